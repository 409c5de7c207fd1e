/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plateau-scale.h"

#include <float.h>
#include <glib/gi18n.h>
#include <math.h>

#define MINUS "\xe2\x88\x92"
#define THIN_SPACE "\xe2\x80\x89"

/* Scores of Talbot, Lin and Hanrahan, "An Extension of Wilkinson's Algorithm for Positioning Tick
 * Labels on Axes", IEEE TVCG 16(6), 1036 (2010). */

static const double nice[] = { 1, 5, 2, 2.5, 4, 3 };
static const double weights[] = { 0.25, 0.2, 0.5, 0.05 }; /* of the authors' code */

static double
simplicity (guint i, int j, double lmin, double lmax, double step)
{
  double rest = lmin - step * floor (lmin / step), eps = DBL_EPSILON * 100;
  gboolean zero = (rest < eps || step - rest < eps) && lmin <= 0 && lmax >= 0;

  return 1 - (double)i / (G_N_ELEMENTS (nice) - 1) - j + (zero ? 1 : 0);
}

static double
coverage (double dmin, double dmax, double lmin, double lmax)
{
  double range = 0.1 * (dmax - dmin);

  return 1 - 0.5 * ((dmax - lmax) * (dmax - lmax) + (dmin - lmin) * (dmin - lmin)) / (range * range);
}

static double
coverage_max (double dmin, double dmax, double span)
{
  double range = dmax - dmin, half = (span - range) / 2;

  return span > range ? 1 - half * half / (0.01 * range * range) : 1;
}

static double
density (int k, double m, double dmin, double dmax, double lmin, double lmax)
{
  double r = (k - 1) / (lmax - lmin);
  double rt = (m - 1) / (MAX (lmax, dmax) - MIN (dmin, lmin));

  return 2 - MAX (r / rt, rt / r);
}

static double
density_max (int k, double m)
{
  return k >= m ? 2 - (k - 1) / (m - 1) : 1;
}

typedef struct
{
  double dmin, dmax, m;
  gboolean whole;
  double score, first, last, step;
} Search;

/* All positions of k labels at one step. */
static void
search_starts (Search *s, guint i, int j, int k, double step)
{
  double from = floor (s->dmax / step) * j - (k - 1) * (double)j;
  double to = ceil (s->dmin / step) * j;

  if (s->whole && step != floor (step))
    return;
  for (double start = from; start <= to; start++)
    {
      double lmin = start * (step / j), lmax = lmin + step * (k - 1);
      double score = weights[0] * simplicity (i, j, lmin, lmax, step)
                     + weights[1] * coverage (s->dmin, s->dmax, lmin, lmax)
                     + weights[2] * density (k, s->m, s->dmin, s->dmax, lmin, lmax) + weights[3];

      if (s->whole && lmin != floor (lmin))
        continue;
      if (score > s->score)
        {
          s->score = score;
          s->first = lmin;
          s->last = lmax;
          s->step = step;
        }
    }
}

/* All steps with k labels; FALSE when more labels cannot score better. */
static gboolean
search_steps (Search *s, guint i, int j, int k, double best_simplicity)
{
  double dm = density_max (k, s->m);
  double q = nice[i];

  if (weights[0] * best_simplicity + weights[1] + weights[2] * dm + weights[3] < s->score)
    return FALSE;
  for (int z = (int)ceil (log10 ((s->dmax - s->dmin) / (k + 1) / j / q)), tries = 0; tries < 20;
       z++, tries++)
    {
      double step = j * q * pow (10, z);
      double cm = coverage_max (s->dmin, s->dmax, step * (k - 1));

      if (weights[0] * best_simplicity + weights[1] * cm + weights[2] * dm + weights[3] < s->score)
        break;
      search_starts (s, i, j, k, step);
    }
  return TRUE;
}

/**
 * plateau_wilkinson:
 * @dmin: lower end of the range
 * @dmax: upper end, > @dmin
 * @m: number of labels aimed at, >= 2
 * @whole: only whole steps and labels (cycle numbers)
 * @first: (out): first label
 * @last: (out): last label
 * @step: (out): distance of labels
 *
 * The extended Wilkinson algorithm without its search for legibility (labels that collide are
 * dropped later). Labels may lie a little outside the range.
 *
 * Returns: %FALSE, with the ends as labels, when the range is empty or not finite
 */
gboolean
plateau_wilkinson (double dmin, double dmax, double m, gboolean whole, double *first, double *last,
                   double *step)
{
  Search s = { dmin, dmax, MAX (m, 2), whole, -2, dmin, dmax, dmax - dmin };
  gboolean done = FALSE;

  if (!isfinite (dmin) || !isfinite (dmax) || dmax - dmin <= 0
      || dmax - dmin < 1e-13 * MAX (fabs (dmin), fabs (dmax)))
    {
      *first = dmin;
      *last = dmax;
      *step = dmax - dmin;
      return FALSE;
    }
  for (int j = 1; j < 12 && !done; j++)
    for (guint i = 0; i < G_N_ELEMENTS (nice); i++)
      {
        double sm = 1 - (double)i / (G_N_ELEMENTS (nice) - 1) - j + 1;

        if (weights[0] * sm + weights[1] + weights[2] + weights[3] < s.score)
          {
            done = TRUE;
            break;
          }
        for (int k = 2; k < 200; k++)
          if (!search_steps (&s, i, j, k, sm))
            break;
      }
  *first = s.first;
  *last = s.last;
  *step = s.step;
  return s.score > -2;
}

/**
 * plateau_format_tick:
 * @value: a number
 * @decimals: digits after the point, 0 to 15
 *
 * A number as it stands on an axis: U+2212 as the minus, thin spaces between groups of three from
 * five digits on, no negative zero.
 *
 * Returns: (transfer full): the text
 */
char *
plateau_format_tick (double value, int decimals)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE * 12], format[16];
  GString *text = g_string_new (NULL);
  const char *p, *dot;
  gsize whole;

  g_snprintf (format, sizeof format, "%%.%df", CLAMP (decimals, 0, 15));
  if (fabs (value) < 0.5 * pow (10, -decimals))
    value = 0;
  g_ascii_formatd (digits, sizeof digits, format, fabs (value));
  if (value < 0)
    g_string_append (text, MINUS);
  dot = strchr (digits, '.');
  whole = dot ? (gsize)(dot - digits) : strlen (digits);
  for (p = digits; *p; p++)
    {
      gsize position = p - digits;

      if (whole >= 5 && position > 0 && position < whole && (whole - position) % 3 == 0)
        g_string_append (text, THIN_SPACE);
      g_string_append_c (text, *p);
    }
  return g_string_free (text, FALSE);
}

static void
tick_clear (gpointer data)
{
  g_free (((PlateauTick *)data)->label);
}

static void
add_tick (PlateauTicks *ticks, double value, gboolean major, char *label)
{
  PlateauTick tick = { value, major, label };

  g_array_append_val (ticks->ticks, tick);
}

/* Digits after the point that tell neighbours a step apart. */
static int
decimals_of_step (double step)
{
  for (int d = 0; d < 12; d++)
    {
      double scaled = step * pow (10, d);
      if (fabs (scaled - round (scaled)) < 1e-6 * MAX (1, fabs (scaled)))
        return d;
    }
  return 12;
}

static int
n_minor (double step)
{
  double mantissa = step / pow (10, floor (log10 (step) + 1e-9));

  if (fabs (mantissa - 2) < 1e-6 || fabs (mantissa - 4) < 1e-6)
    return 3;
  if (fabs (mantissa - 3) < 1e-6)
    return 2;
  return 4;
}

static void
find_exponent (PlateauTicks *ticks, const PlateauScale *scale, double step)
{
  double largest = MAX (fabs (scale->min), fabs (scale->max));
  gboolean extreme = largest >= 1e5 || largest < 1e-3;

  if (largest > 0
      && (scale->numbers == PLATEAU_NUMBERS_POWER
          || (extreme && scale->numbers == PLATEAU_NUMBERS_AUTOMATIC)))
    {
      g_autofree char *number = NULL;
      int e = (int)floor (log10 (largest) + 1e-9);

      if (largest < 1e-3)
        e = 3 * (int)floor (e / 3.0);
      if (e == 0)
        return;
      ticks->exponent = e;
      number = plateau_format_tick (e, 0);
      ticks->exponent_label = g_strdup_printf ("10<sup>%s</sup>", number);
    }
}

static void
linear_ticks (PlateauTicks *ticks, const PlateauScale *scale, double target, double step,
              int decimals)
{
  double first, last, range = scale->max - scale->min;
  gboolean whole = scale->kind == PLATEAU_SCALE_CYCLE;
  double power;
  int minor;

  if (!(step > 0) || range / step > 200)
    plateau_wilkinson (scale->min, scale->max, target, whole, &first, &last, &step);
  else
    first = 0;
  if (!(step > 0))
    return;
  ticks->step = step;
  if (scale->kind != PLATEAU_SCALE_CYCLE)
    find_exponent (ticks, scale, step);
  power = pow (10, ticks->exponent);
  if (decimals < 0)
    decimals = decimals_of_step (step / power);
  minor = n_minor (step);
  if (whole && step < 2)
    minor = 0;
  for (double i = floor ((scale->min - first) / step) - 1; first + i * step <= scale->max + step; i++)
    {
      double value = first + i * step;

      if (fabs (value) < 1e-9 * step)
        value = 0;
      if (value >= scale->min - 1e-9 * range && value <= scale->max + 1e-9 * range)
        add_tick (ticks, value, TRUE, plateau_format_tick (value / power, decimals));
      for (int k = 1; k <= minor; k++)
        {
          double small = value + k * step / (minor + 1);
          if (small > scale->min + 1e-9 * range && small < scale->max - 1e-9 * range)
            add_tick (ticks, small, FALSE, NULL);
        }
    }
}

static char *
decade_label (int exponent, gboolean plain)
{
  g_autofree char *number = NULL;

  if (plain)
    return plateau_format_tick (pow (10, exponent), MAX (0, -exponent));
  number = plateau_format_tick (exponent, 0);
  return g_strdup_printf ("10<sup>%s</sup>", number);
}

static void
log_ticks (PlateauTicks *ticks, const PlateauScale *scale, double target, int decimals)
{
  double low = log10 (scale->min), high = log10 (scale->max), decades = high - low;
  int first = (int)floor (low - 1e-9), last = (int)ceil (high + 1e-9);
  int every = MAX (1, (int)ceil (decades / MAX (target, 2)));
  gboolean plain = low >= -2 - 1e-9 && high <= 4 + 1e-9;

  if (decades < 1)
    {
      linear_ticks (ticks, scale, target, 0, decimals);
      return;
    }
  for (int e = first; e <= last; e++)
    {
      double decade = pow (10, e);

      for (int k = 1; k <= 9; k++)
        {
          double value = k * decade;
          gboolean in = log10 (value) >= low - 1e-9 && log10 (value) <= high + 1e-9;
          gboolean labelled = k == 1 ? (e % every + every) % every == 0
                                     : decades < 2 && (k == 2 || k == 5);

          if (!in || (every > 1 && k > 1))
            continue;
          if (k == 1)
            add_tick (ticks, value, TRUE, labelled ? decade_label (e, plain) : NULL);
          else if (labelled && plain)
            add_tick (ticks, value, TRUE, plateau_format_tick (value, MAX (0, -e)));
          else
            add_tick (ticks, value, FALSE, NULL);
        }
    }
}

static const double time_steps[]
    = { 1,    2,    5,     10,    15,    30,    60,     120,    300,    600,     900,
        1800, 3600, 7200,  10800, 21600, 43200, 86400,  172800, 432000, 864000,  1728000,
        4320000, 8640000, 31536000 };

static void
time_ticks (PlateauTicks *ticks, const PlateauScale *scale, double target)
{
  double range = scale->max - scale->min, step = 0, unit;
  const char *name;
  gboolean first = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (time_steps) && !(step > 0); i++)
    if (range / time_steps[i] <= target)
      step = time_steps[i];
  if (!(step > 0) || range < 2)
    {
      linear_ticks (ticks, scale, target, 0, -1);
      return;
    }
  unit = step >= 86400 ? 86400 : step >= 3600 ? 3600 : step >= 60 ? 60 : 1;
  name = step >= 86400 ? "d" : step >= 3600 ? "h" : step >= 60 ? "min" : "s";
  ticks->step = step;
  for (double value = ceil (scale->min / step - 1e-9) * step; value <= scale->max + 1e-9 * range;
       value += step)
    {
      g_autofree char *number = plateau_format_tick (value / unit, decimals_of_step (step / unit));

      add_tick (ticks, value, TRUE, first ? g_strdup_printf ("%s " "%s", number, name)
                                          : g_strdup (number));
      first = FALSE;
    }
}

static void
sqrt_ticks (PlateauTicks *ticks, const PlateauScale *scale, double target, int decimals)
{
  PlateauScale even = { PLATEAU_SCALE_LINEAR, sqrt (MAX (scale->min, 0)), sqrt (scale->max), FALSE };
  double first, last, step;

  plateau_wilkinson (even.min, even.max, target, FALSE, &first, &last, &step);
  for (double i = 0; first + i * step <= even.max + 1e-9 * step && i < 200; i++)
    {
      double value = (first + i * step) * (first + i * step);

      if (first + i * step < even.min - 1e-9 * step)
        continue;
      add_tick (ticks, value, TRUE,
                plateau_format_tick (value, decimals >= 0 ? decimals : decimals_of_step (value)));
    }
}

/* Reciprocal: the values of a linear axis, as many as fit; collisions are dropped by the layout. */
static void
inverse_ticks (PlateauTicks *ticks, const PlateauScale *scale, double target, double step,
               int decimals)
{
  PlateauScale linear = *scale;

  linear.kind = PLATEAU_SCALE_LINEAR;
  linear_ticks (ticks, &linear, target, step, decimals);
}

/**
 * plateau_ticks_new:
 * @scale: the axis' scale and limits
 * @target: number of labels aimed at
 * @step: distance of labels, or NaN or 0: chosen (linear and inverse scales only)
 * @decimals: digits after the point, or -1: as many as the step needs
 * @categories: (nullable): names of 0, 1, 2 ... on a category axis
 *
 * Ticks inside the limits, in no particular order of major and minor ones.
 *
 * Returns: (transfer full): the ticks
 */
PlateauTicks *
plateau_ticks_new (const PlateauScale *scale, double target, double step, int decimals,
                   const char *const *categories)
{
  PlateauTicks *ticks = g_new0 (PlateauTicks, 1);

  ticks->ticks = g_array_new (FALSE, TRUE, sizeof (PlateauTick));
  g_array_set_clear_func (ticks->ticks, tick_clear);
  if (!isfinite (scale->min) || !isfinite (scale->max) || scale->max <= scale->min)
    return ticks;
  target = MAX (target, 2);
  switch (scale->kind)
    {
    case PLATEAU_SCALE_LOG:
      if (scale->min > 0)
        log_ticks (ticks, scale, target, decimals);
      break;
    case PLATEAU_SCALE_TIME:
      time_ticks (ticks, scale, target);
      break;
    case PLATEAU_SCALE_SQRT:
      sqrt_ticks (ticks, scale, target, decimals);
      break;
    case PLATEAU_SCALE_INVERSE:
      inverse_ticks (ticks, scale, target, step, decimals);
      break;
    case PLATEAU_SCALE_CATEGORY:
      for (guint i = 0; categories && categories[i]; i++)
        if (i >= scale->min && i <= scale->max)
          add_tick (ticks, i, TRUE, g_strdup (categories[i]));
      break;
    case PLATEAU_SCALE_LINEAR:
    case PLATEAU_SCALE_CYCLE:
    default:
      linear_ticks (ticks, scale, target, step, decimals);
      break;
    }
  return ticks;
}

/**
 * plateau_ticks_free:
 * @ticks: (transfer full) (nullable): ticks
 */
void
plateau_ticks_free (PlateauTicks *ticks)
{
  if (!ticks)
    return;
  g_array_unref (ticks->ticks);
  g_free (ticks->exponent_label);
  g_free (ticks);
}
