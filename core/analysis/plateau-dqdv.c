/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-dqdv.h"

#include "analysis/plateau-smoothing-spline.h"
#include "base/plateau-error.h"
#include "base/plateau-numeric.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MAXIMUM_BINS 50000
/* Records further apart than so many grid steps are sparse. */
#define SPARSE 1.5
#define MAXIMUM_PARTS 100
#define INVERSE_POINTS 1000
#define INVERSE_WINDOW 0.02
#define FWHM_PER_SIGMA 2.3548200450309493

static const char *const method_nicks[] = { "savitzky-golay", "spline", "lean", "difference",
                                            NULL };
static const char *const method_labels[] = { N_ ("Savitzky–Golay"), N_ ("Smoothing spline"),
                                             N_ ("Level counting (LEAN)"), N_ ("Plain differences"),
                                             NULL };
static const char *const branch_nicks[] = { "both", "charge", "discharge", NULL };
static const char *const branch_labels[] = { N_ ("Both"), N_ ("Charge"), N_ ("Discharge"), NULL };

const PlateauOption plateau_dqdv_option_table[] = {
  { "method", N_ ("Method"), N_ ("How dQ/dV is found"), PLATEAU_OPTION_CHOICE,
    G_STRUCT_OFFSET (PlateauDqdvOptions, method), NULL, 0, 0, method_nicks, method_labels },
  { "branch", N_ ("Branch"), N_ ("Charge, discharge or both"), PLATEAU_OPTION_CHOICE,
    G_STRUCT_OFFSET (PlateauDqdvOptions, branch), NULL, 0, 0, branch_nicks, branch_labels },
  { "step-mV", N_ ("Grid step"), N_ ("Distance of the points on the potential axis"),
    PLATEAU_OPTION_NUMBER, G_STRUCT_OFFSET (PlateauDqdvOptions, step), "mV", 0.05, 100, NULL,
    NULL },
  { "window-mV", N_ ("Smoothing window"), N_ ("Full width of the smoothing; 0: none"),
    PLATEAU_OPTION_NUMBER, G_STRUCT_OFFSET (PlateauDqdvOptions, window), "mV", 0, 500, NULL, NULL },
  { "order", N_ ("Polynomial order"), N_ ("Of the Savitzky–Golay polynomial"),
    PLATEAU_OPTION_INTEGER, G_STRUCT_OFFSET (PlateauDqdvOptions, order), NULL, 2, 5, NULL, NULL },
  { "smoothing", N_ ("Spline smoothing"), N_ ("Factor on the penalty that cross-validation finds"),
    PLATEAU_OPTION_NUMBER, G_STRUCT_OFFSET (PlateauDqdvOptions, smoothing), NULL, 1e-6, 1e6, NULL,
    NULL },
  { "prominence", N_ ("Peak prominence"), N_ ("A peak stands out by this share of the highest"),
    PLATEAU_OPTION_NUMBER, G_STRUCT_OFFSET (PlateauDqdvOptions, prominence), NULL, 0, 1, NULL,
    NULL },
  { "inverse", N_ ("dV/dQ"), N_ ("Differential potential against charge"), PLATEAU_OPTION_BOOLEAN,
    G_STRUCT_OFFSET (PlateauDqdvOptions, inverse), NULL, 0, 0, NULL, NULL },
  { NULL },
};

/* Charge by potential: bins of equal width, and the slopes by which charge that spreads over many
 * bins is added in constant time. */
typedef struct
{
  double origin, step;
  gsize n;
  double *mass; /* C, of a bin */
  double *ramp; /* C a bin, changes of the constant part */
} Density;

static void
density_add (Density *d, double low, double high, double charge)
{
  double a = CLAMP ((low - d->origin) / d->step, 0, d->n - 1e-9);
  double b = CLAMP ((high - d->origin) / d->step, 0, d->n - 1e-9);
  gsize first = (gsize) a, last = (gsize) b;
  double per_bin;

  if (first == last || !(b > a))
    {
      d->mass[first] += charge;
      return;
    }
  per_bin = charge / (b - a);
  d->mass[first] += per_bin * (first + 1 - a);
  d->mass[last] += per_bin * (b - last);
  if (last > first + 1)
    {
      d->ramp[first + 1] += per_bin;
      d->ramp[last] -= per_bin;
    }
}

static void
density_finish (Density *d)
{
  double sum = 0, largest = 0;

  for (gsize k = 0; k < d->n; k++)
    {
      sum += d->ramp[k];
      d->mass[k] += sum;
      largest = MAX (largest, fabs (d->mass[k]));
    }
  /* What is left of differences of large numbers is no charge. */
  for (gsize k = 0; k < d->n; k++)
    if (fabs (d->mass[k]) < 1e-13 * largest)
      d->mass[k] = 0;
}

/* The step of the recorder's converter: the smallest difference between two potentials, when it
 * is not just the last digit of a float. 0 when there is none to see. */
static double
find_quantum (const double *v, gsize n, double limit)
{
  double smallest = INFINITY;
  gsize repeated = 0;

  for (gsize i = 1; i < n; i++)
    {
      double difference = fabs (v[i] - v[i - 1]);
      if (difference > 2e-6 && difference < smallest)
        smallest = difference;
      repeated += difference <= 2e-6;
    }
  /* Values that never repeat are not quantised within the noise. */
  return repeated * 20 > n && smallest < limit ? smallest : 0;
}

/* Even weights of a Savitzky-Golay smoother of 2 m + 1 points and polynomial order 2 to 5: the
 * least-squares polynomial's value in the middle. */
static double *
smoothing_weights (int m, int order)
{
  double *weights = g_new (double, m + 1);
  double s[5] = { 0 };

  for (int j = -m; j <= m; j++)
    {
      double p = 1;
      for (int k = 0; k < 5; k++)
        {
          s[k] += p;
          p *= (double) j * j;
        }
    }
  if (order < 4)
    {
      double determinant = s[0] * s[2] - s[1] * s[1];
      for (int j = 0; j <= m; j++)
        weights[j] = (s[2] - s[1] * j * j) / determinant;
    }
  else
    {
      /* First row of the inverse of the moment matrix [s0 s1 s2; s1 s2 s3; s2 s3 s4]. */
      double c0 = s[2] * s[4] - s[3] * s[3], c1 = s[2] * s[3] - s[1] * s[4];
      double c2 = s[1] * s[3] - s[2] * s[2];
      double determinant = s[0] * c0 + s[1] * c1 + s[2] * c2;
      for (int j = 0; j <= m; j++)
        weights[j] = (c0 + c1 * j * j + c2 * j * j * (double) j * j) / determinant;
    }
  return weights;
}

static double *
gaussian_weights (double sigma, int *m)
{
  double *weights, sum;

  *m = MAX (1, (int) ceil (4 * sigma));
  weights = g_new (double, *m + 1);
  sum = weights[0] = 1;
  for (int j = 1; j <= *m; j++)
    {
      weights[j] = exp (-0.5 * j * j / (sigma * sigma));
      sum += 2 * weights[j];
    }
  for (int j = 0; j <= *m; j++)
    weights[j] /= sum;
  return weights;
}

/* Symmetric convolution; what would leave at an end is reflected there, so that the sum, the
 * charge, stays. */
static double *
convolve (const double *values, gsize n, const double *weights, int m)
{
  double *result = g_new (double, n);
  gsize padded = n + 2 * (gsize) m;
  g_autofree double *extended = g_new (double, padded);

  for (gsize i = 0; i < padded; i++)
    {
      gssize k = (gssize) i - m;
      while (k < 0 || k >= (gssize) n)
        k = k < 0 ? -1 - k : 2 * (gssize) n - 1 - k;
      extended[i] = values[k];
    }
  for (gsize i = 0; i < n; i++)
    {
      const double *middle = extended + i + m;
      double sum = weights[0] * middle[0];
      for (int j = 1; j <= m; j++)
        sum += weights[j] * (middle[j] + middle[-j]);
      result[i] = sum;
    }
  return result;
}

static double
sum_of_squares (const double *weights, int m)
{
  double sum = weights[0] * weights[0];
  for (int j = 1; j <= m; j++)
    sum += 2 * weights[j] * weights[j];
  return sum;
}

/* Smoothing spline through the bins. Its penalty leaves constants alone, so the sum stays. */
static double *
smooth_by_spline (const double *bins, gsize n, double factor)
{
  g_autofree double *x = g_new (double, n);
  g_autoptr (PlateauSmoothingSpline) spline = NULL;

  for (gsize i = 0; i < n; i++)
    x[i] = i;
  spline = plateau_smoothing_spline_new (x, bins, n, factor);
  return spline != NULL ? g_steal_pointer (&spline->value) : g_memdup2 (bins, n * sizeof *bins);
}

static void
range_of (const double *values, gsize n, double *low, double *high)
{
  *low = INFINITY;
  *high = -INFINITY;
  for (gsize i = 0; i < n; i++)
    {
      *low = MIN (*low, values[i]);
      *high = MAX (*high, values[i]);
    }
}

/* Slope at a knot that keeps the curve monotone (Fritsch and Butland, SIAM J. Sci. Stat. Comput. 5
 * (1984) 300): the weighted harmonic mean of the slopes on both sides. */
static double
monotone_slope (const double *q, const double *v, gsize n, gsize i)
{
  double h0, h1, s0, s1;

  if (i == 0 || i == n - 1)
    {
      gsize k = i == 0 ? 0 : n - 2;
      return q[k + 1] > q[k] ? (v[k + 1] - v[k]) / (q[k + 1] - q[k]) : 0;
    }
  h0 = q[i] - q[i - 1];
  h1 = q[i + 1] - q[i];
  if (!(h0 > 0) || !(h1 > 0))
    return 0;
  s0 = (v[i] - v[i - 1]) / h0;
  s1 = (v[i + 1] - v[i]) / h1;
  if (s0 * s1 <= 0)
    return 0;
  return 3 * (h0 + h1) / ((2 * h1 + h0) / s0 + (h1 + 2 * h0) / s1);
}

/* Between records that lie further apart than the grid, V(Q) goes on as a monotone cubic; straight
 * lines would make dQ/dV a staircase. */
static gboolean
refine_sparse (const double *q, const double *v, gsize n, double step, GArray *fine_q,
               GArray *fine_v)
{
  g_autofree double *distances = g_new (double, n);
  double slope;

  for (gsize i = 1; i < n; i++)
    distances[i - 1] = fabs (v[i] - v[i - 1]);
  if (plateau_median (distances, n - 1) <= SPARSE * step)
    return FALSE;
  slope = monotone_slope (q, v, n, 0);
  g_array_append_val (fine_q, q[0]);
  g_array_append_val (fine_v, v[0]);
  for (gsize i = 0; i + 1 < n; i++)
    {
      double next = monotone_slope (q, v, n, i + 1), h = q[i + 1] - q[i];
      int parts = (int) CLAMP (ceil (distances[i] / step), 1, MAXIMUM_PARTS);

      for (int k = 1; k <= parts && h > 0; k++)
        {
          double t = (double) k / parts, u = 1 - t;
          double at = q[i] + t * h;
          double value = u * u * (1 + 2 * t) * v[i] + t * t * (1 + 2 * u) * v[i + 1]
                         + h * t * u * (u * slope - t * next);
          g_array_append_val (fine_q, at);
          g_array_append_val (fine_v, value);
        }
      slope = next;
    }
  return TRUE;
}

static Density
collect_density (const double *q, const double *v, gsize n, const PlateauDqdvOptions *options)
{
  double low, high, quantum, first_spread;
  gboolean by_count = options->method == PLATEAU_DQDV_LEAN;
  Density d = { 0 };

  d.step = options->step > 0 ? options->step : 1e-3;
  range_of (v, n, &low, &high);
  quantum = find_quantum (v, n, 5 * d.step);
  if (by_count && quantum > 0)
    d.step = quantum * MAX (1, ceil (d.step / quantum - 1e-6));
  d.step = MAX (d.step, (high - low) / MAXIMUM_BINS);
  /* Bins lie at multiples of the step, so that curves of one study share their grid; the levels
   * of a counter lie in the middle of a bin. */
  d.origin = d.step * (floor ((low - 0.5 * quantum) / d.step) - 1);
  if (by_count && quantum > 0)
    d.origin = low - 1.5 * d.step;
  d.n = (gsize) ceil ((high + 0.5 * quantum - d.origin) / d.step) + 2;
  d.mass = g_new0 (double, d.n);
  d.ramp = g_new0 (double, d.n + 1);
  /* The first record already holds the charge of an interval, over which the potential moved
   * about as far as over the next one. */
  first_spread = n > 1 ? 0.5 * fabs (v[1] - v[0]) : 0;
  density_add (&d, MAX (low, v[0] - first_spread), MIN (high, v[0] + first_spread), q[0]);
  for (gsize i = 1; i < n; i++)
    {
      double dq = q[i] - q[i - 1];
      if (dq == 0)
        continue;
      if (by_count)
        density_add (&d, v[i], v[i], dq);
      else
        density_add (&d, MIN (v[i], v[i - 1]) - 0.5 * quantum, MAX (v[i], v[i - 1]) + 0.5 * quantum,
                     dq);
    }
  density_finish (&d);
  return d;
}

/* From charge by bin to the curve, with an empty bin at either end so that any rule of
 * integration gives the charge. */
static void
fill_curve (PlateauDqdvCurve *curve, Density *d, const PlateauDqdvOptions *options)
{
  g_autofree double *smooth = NULL;
  g_autofree double *residual = NULL;
  g_autofree double *weights = NULL;
  double window = options->window / d->step, gain = 1, sign = curve->charge ? 1 : -1;
  int m = (int) floor (0.5 * window);
  gsize first = 0, last = d->n - 1, n;
  const double *bins;

  while (first < last && d->mass[first] == 0)
    first++;
  while (last > first && d->mass[last] == 0)
    last--;
  n = last - first + 1;
  bins = d->mass + first;
  if (options->method == PLATEAU_DQDV_LEAN && window > 0)
    weights = gaussian_weights (MAX (0.5 * window / FWHM_PER_SIGMA, 0.3), &m);
  else if (options->method == PLATEAU_DQDV_SAVITZKY_GOLAY && m > CLAMP (options->order, 2, 5) / 2)
    weights = smoothing_weights (m, options->order);
  if (options->method == PLATEAU_DQDV_SPLINE)
    smooth = smooth_by_spline (bins, n, options->smoothing);
  else if (weights != NULL)
    smooth = convolve (bins, n, weights, m);
  if (smooth != NULL)
    {
      residual = g_new (double, n);
      for (gsize i = 0; i < n; i++)
        residual[i] = bins[i] - smooth[i];
      if (weights != NULL)
        gain = sqrt (sum_of_squares (weights, m) / MAX (1 - weights[0], 0.1));
    }
  else
    {
      smooth = g_memdup2 (bins, n * sizeof *bins);
      residual = g_new0 (double, n);
      for (gsize i = 1; i + 1 < n; i++)
        residual[i] = (bins[i - 1] - 2 * bins[i] + bins[i + 1]) / sqrt (6);
    }
  curve->n = n + 2;
  curve->step = d->step;
  curve->potential = g_new (double, n + 2);
  curve->dqdv = g_new0 (double, n + 2);
  for (gsize i = 0; i < n + 2; i++)
    curve->potential[i] = d->origin + (first + i - 0.5) * d->step;
  for (gsize i = 0; i < n; i++)
    {
      curve->dqdv[i + 1] = sign * smooth[i] / d->step;
      curve->integral += smooth[i];
    }
  /* A few hundred of them tell the scatter as well as all. */
  {
    gsize stride = MAX (1, n / 400), kept = 0;
    for (gsize i = 0; i < n; i += stride)
      residual[kept++] = residual[i];
    curve->noise = gain * plateau_mad_sigma (residual, kept) / d->step;
  }
}

/* Slope in the middle of the least-squares cubic through 2 @reach + 1 points; a line's when there
 * are only three. */
static double
cubic_slope (const double *middle, int reach)
{
  double s2 = 0, s4 = 0, s6 = 0, first = 0, third = 0;

  for (int j = 1; j <= reach; j++)
    {
      double square = (double) j * j, difference = middle[j] - middle[-j];
      s2 += 2 * square;
      s4 += 2 * square * square;
      s6 += 2 * square * square * square;
      first += j * difference;
      third += j * square * difference;
    }
  return reach == 1 ? first / s2 : (s6 * first - s4 * third) / (s2 * s6 - s4 * s4);
}

/* dV/dQ on a uniform grid of charge: the slope of a cubic through a window of 2 % of it. */
static void
fill_inverse (PlateauDqdvCurve *curve, const double *q, const double *v, gsize n)
{
  gsize points = CLAMP (n, 16, INVERSE_POINTS), at = 0;
  int m = MAX (2, (int) lrint (0.5 * INVERSE_WINDOW * points));
  double width = (q[n - 1] - q[0]) / (points - 1);
  g_autofree double *potential = g_new (double, points);

  for (gsize i = 0; i < points; i++)
    {
      double target = q[0] + i * width;
      double share;
      while (at + 2 < n && q[at + 1] <= target)
        at++;
      share = q[at + 1] > q[at] ? (target - q[at]) / (q[at + 1] - q[at]) : 1;
      potential[i] = v[at] + CLAMP (share, 0, 1) * (v[at + 1] - v[at]);
    }
  curve->n_inverse = (guint) points;
  curve->charge_passed = g_new (double, points);
  curve->dvdq = g_new (double, points);
  for (gssize i = 0; i < (gssize) points; i++)
    {
      /* Towards the ends the window shrinks with the distance to them. */
      int reach = (int) MIN (m, MIN (i, (gssize) points - 1 - i));
      curve->charge_passed[i] = q[0] + i * width;
      if (reach == 0)
        curve->dvdq[i] = (i == 0 ? potential[1] - potential[0]
                                 : potential[points - 1] - potential[points - 2])
                         / width;
      else
        curve->dvdq[i] = cubic_slope (potential + i, reach) / width;
    }
}

/* The standard deviation of the potentials from the median second difference over the mean of both
 * neighbours, which a smooth course hardly moves. */
static double
scatter_of (const double *v, gsize n)
{
  gsize stride = MAX (1, n / 400), kept = 0;
  g_autofree double *second = g_new (double, n / stride + 1);

  for (gsize i = 1; i + 1 < n; i += stride)
    second[kept++] = (v[i - 1] - 2 * v[i] + v[i + 1]) / sqrt (6);
  return plateau_mad_sigma (second, kept);
}

/**
 * plateau_dqdv_compute:
 * @capacity: (array length=n): charge passed since the start of the branch, C, from about 0
 * @potential: (array length=n): V
 * @n: at least 8
 * @charge: whether the branch is a charge; a discharge gives negative values
 * @options: (nullable): %NULL for the defaults
 *
 * Differential capacity of one branch at constant current (give it without its hold).
 *
 * Where records lie further apart than the grid, V(Q) is a monotone cubic between them. The charge
 * of each interval is spread over the potentials between them (and
 * over the step of a converter that shows); summed into bins this is dQ/dV as the derivative of
 * the linearly interpolated Q(V), and where noise makes the potential turn back, charge by
 * potential all the same: no point is thrown away and the integral is the charge passed. On this,
 * Savitzky-Golay smoothing (Anal. Chem. 36 (1964) 1627) over a window in volts, reflected at the
 * ends. The spline method puts a cubic smoothing spline through the bins instead, with the penalty
 * of generalised cross-validation; LEAN counts records by level (Feng et al., eTransportation 3
 * (2020) 100051), weighted by their charge, bins being multiples of the converter's step, with a
 * Gaussian of half the window; plain differences leave the bins as they are.
 *
 * Returns: (transfer full): the curve with its peaks, or %NULL with
 *   PLATEAU_ANALYSIS_ERROR_NO_DATA for too few points or a potential that does not move
 */
PlateauDqdvCurve *
plateau_dqdv_compute (const double *capacity, const double *potential, gsize n, gboolean charge,
                      const PlateauDqdvOptions *options, GError **error)
{
  PlateauDqdvOptions defaults = PLATEAU_DQDV_OPTIONS_INIT;
  g_autoptr (GArray) fine_q = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) fine_v = g_array_new (FALSE, FALSE, sizeof (double));
  PlateauDqdvCurve *curve;
  double low, high;
  Density density;

  options = options != NULL ? options : &defaults;
  range_of (potential, n, &low, &high);
  if (n < 8 || !(high > low) || !(capacity[n - 1] > 0))
    {
      g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA,
                   _ ("dQ/dV needs a branch of at least 8 records at constant current along which "
                      "the potential moves; this one has %zu."),
                   n);
      return NULL;
    }
  curve = g_atomic_rc_box_new0 (PlateauDqdvCurve);
  curve->charge = charge;
  curve->method = (PlateauDqdvMethod) options->method;
  curve->capacity = capacity[n - 1];
  curve->scatter = scatter_of (potential, n);
  curve->record = capacity[n - 1] / (n - 1);
  if (options->inverse)
    fill_inverse (curve, capacity, potential, n);
  if (options->method != PLATEAU_DQDV_LEAN
      && refine_sparse (capacity, potential, n, options->step > 0 ? options->step : 1e-3, fine_q,
                        fine_v))
    {
      capacity = (const double *) (gpointer) fine_q->data;
      potential = (const double *) (gpointer) fine_v->data;
      n = fine_q->len;
    }
  density = collect_density (capacity, potential, n, options);
  fill_curve (curve, &density, options);
  plateau_dqdv_find_peaks (curve, options->prominence);
  g_free (density.mass);
  g_free (density.ramp);
  return curve;
}

static void
clear_curve (gpointer data)
{
  PlateauDqdvCurve *curve = data;

  g_free (curve->potential);
  g_free (curve->dqdv);
  g_free (curve->peaks);
  g_free (curve->charge_passed);
  g_free (curve->dvdq);
}

/**
 * plateau_dqdv_curve_ref:
 *
 * Returns: (transfer full): @curve
 */
PlateauDqdvCurve *
plateau_dqdv_curve_ref (PlateauDqdvCurve *curve)
{
  return g_atomic_rc_box_acquire (curve);
}

/**
 * plateau_dqdv_curve_unref:
 * @curve: (transfer full): freed with its last reference
 */
void
plateau_dqdv_curve_unref (PlateauDqdvCurve *curve)
{
  g_atomic_rc_box_release_full (curve, clear_curve);
}

/**
 * plateau_dqdv_curve_at:
 *
 * Returns: dQ/dV in C/V at @potential, linear between the points, 0 outside
 */
double
plateau_dqdv_curve_at (const PlateauDqdvCurve *curve, double potential)
{
  double at = (potential - curve->potential[0]) / curve->step;
  gsize k;

  if (!(at >= 0) || at > curve->n - 1)
    return 0;
  k = MIN ((gsize) at, curve->n - 2u);
  return curve->dqdv[k] + (at - k) * (curve->dqdv[k + 1] - curve->dqdv[k]);
}

static void
add_branch (GPtrArray *curves, PlateauCycles *cycles, PlateauRecording *recording, guint cycle,
            gboolean charge, const PlateauDqdvOptions *options, GArray *q, GArray *v)
{
  PlateauDqdvCurve *curve;

  g_array_set_size (q, 0);
  g_array_set_size (v, 0);
  if (!plateau_cycles_branch (cycles, recording, cycle, charge, FALSE, q, v, NULL))
    return;
  /* A branch too short for a curve is no failure of the others. */
  curve = plateau_dqdv_compute ((const double *) (gpointer) q->data,
                                (const double *) (gpointer) v->data, q->len, charge, options, NULL);
  if (curve == NULL)
    return;
  curve->cycle = cycle;
  g_ptr_array_add (curves, curve);
}

/**
 * plateau_dqdv_analyse:
 * @cycles: cycles of @recording
 * @cycle_numbers: (array length=n_cycles) (nullable): which cycles; %NULL for all
 * @options: (nullable): %NULL for the defaults
 *
 * Differential capacity of the branches of several cycles, holds and rests left out. Branches too
 * short for a curve are left out.
 *
 * Returns: (transfer full) (element-type PlateauDqdvCurve): by cycle, charge before discharge;
 *   %NULL when cancelled, or with PLATEAU_ANALYSIS_ERROR_NO_DATA when no branch gives a curve
 */
GPtrArray *
plateau_dqdv_analyse (PlateauCycles *cycles, PlateauRecording *recording,
                      const guint *cycle_numbers, guint n_cycles, const PlateauDqdvOptions *options,
                      GCancellable *cancellable, GError **error)
{
  PlateauDqdvOptions defaults = PLATEAU_DQDV_OPTIONS_INIT;
  g_autoptr (GPtrArray)
      curves = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_dqdv_curve_unref);
  g_autoptr (GArray) q = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) v = g_array_new (FALSE, FALSE, sizeof (double));
  guint n;

  g_return_val_if_fail (cycles != NULL && recording != NULL, NULL);
  options = options != NULL ? options : &defaults;
  n = cycle_numbers != NULL ? n_cycles : cycles->n_cycles;
  for (guint i = 0; i < n; i++)
    {
      guint cycle = cycle_numbers != NULL ? cycle_numbers[i] : cycles->cycles[i].cycle;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (options->branch != PLATEAU_BRANCH_DISCHARGE)
        add_branch (curves, cycles, recording, cycle, TRUE, options, q, v);
      if (options->branch != PLATEAU_BRANCH_CHARGE)
        add_branch (curves, cycles, recording, cycle, FALSE, options, q, v);
    }
  if (curves->len == 0)
    {
      g_set_error_literal (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA,
                           _ ("No chosen cycle has a branch at constant current that is long "
                              "enough for dQ/dV."));
      return NULL;
    }
  return g_steal_pointer (&curves);
}
