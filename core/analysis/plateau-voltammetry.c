/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-voltammetry-peak.h"
#include "analysis/plateau-steps.h"

#include "base/plateau-error.h"
#include "base/plateau-unit.h"

#include <glib/gi18n.h>
#include <math.h>

#define TURN 0.02      /* of the range of potential: a reversal by more is a turning point */
#define LEAST_SPAN 0.1 /* of the range: a shorter sweep is no branch of a cycle */

#define MEMBER(name) G_STRUCT_OFFSET (PlateauVoltammetryOptions, name)
#define NUMBER PLATEAU_OPTION_NUMBER

const PlateauOption plateau_voltammetry_option_table[] = {
  { "ir-ohm", N_ ("Series resistance"), N_ ("Potentials are corrected by current times this"),
    NUMBER, MEMBER (resistance), "ohm", 0, 1e9 },
  { "anodic-baseline-low-V", N_ ("Anodic baseline from"),
    N_ ("Begin of the baseline's window, as measured; empty: found"), NUMBER, MEMBER (baseline_low),
    "V", -20, 20 },
  { "anodic-baseline-high-V", N_ ("Anodic baseline to"), N_ ("End of the baseline's window"),
    NUMBER, MEMBER (baseline_high), "V", -20, 20 },
  { "cathodic-baseline-low-V", N_ ("Cathodic baseline from"),
    N_ ("Begin of the baseline's window, as measured; empty: found"), NUMBER, MEMBER (cathodic_low),
    "V", -20, 20 },
  { "cathodic-baseline-high-V", N_ ("Cathodic baseline to"), N_ ("End of the baseline's window"),
    NUMBER, MEMBER (cathodic_high), "V", -20, 20 },
  { "window-mV", N_ ("Smoothing"), N_ ("Width of the smoothing while a peak is looked for"), NUMBER,
    MEMBER (window), "mV", 0, 200 },
  { NULL },
};

typedef struct
{
  PlateauVoltammetry public;
  gatomicrefcount ref_count;
  GArray *sweeps, *cycles;
} Voltammetry;

static double
range_of (const double *values, gsize n)
{
  double low = HUGE_VAL, high = -HUGE_VAL;
  for (gsize i = 0; i < n; i++)
    {
      low = MIN (low, values[i]);
      high = MAX (high, values[i]);
    }
  return high - low;
}

static double
median_rate (const PlateauSeries *series, gsize first, gsize last)
{
  PlateauLine line;
  if (!plateau_fit_line (series->time + first, series->potential + first, NULL, last - first + 1,
                         &line))
    return NAN;
  return fabs (line.slope);
}

static void
add_sweep (const PlateauSeries *series, gsize first, gsize last, GArray *sweeps)
{
  PlateauSweep sweep = {
    .first_row = first,
    .last_row = last,
    .anodic = series->potential[last] > series->potential[first],
    .scan_rate = median_rate (series, first, last),
  };
  for (gsize i = first + 1; i <= last; i++)
    sweep.charge += 0.5 * (series->current[i] + series->current[i - 1])
                    * (series->time[i] - series->time[i - 1]);
  g_array_append_val (sweeps, sweep);
}

/* Cuts where the potential turns back by more than a small part of its range. */
static void
find_sweeps (const PlateauSeries *series, GArray *sweeps)
{
  double range = range_of (series->potential, series->n), turn = TURN * range;
  const double *e = series->potential;
  gsize first = 0, extreme = 0;
  int direction = 0;
  for (gsize i = 1; i < series->n; i++)
    {
      if (direction == 0 && fabs (e[i] - e[first]) > turn)
        direction = e[i] > e[first] ? 1 : -1;
      if (direction == 0 || direction * (e[i] - e[extreme]) >= 0)
        {
          extreme = i;
          continue;
        }
      if (direction * (e[extreme] - e[i]) <= turn)
        continue;
      if (fabs (e[extreme] - e[first]) > LEAST_SPAN * range)
        add_sweep (series, first, extreme, sweeps);
      first = extreme;
      extreme = i;
      direction = -direction;
    }
  if (direction != 0 && fabs (e[extreme] - e[first]) > LEAST_SPAN * range)
    add_sweep (series, first, extreme, sweeps);
}

static void
evaluate_sweep (const PlateauSeries *series, const PlateauSweep *sweep,
                const PlateauVoltammetryOptions *options, PlateauVoltammetryCycle *cycle)
{
  plateau_voltammetry_find_peak (series->potential + sweep->first_row,
                                 series->current + sweep->first_row,
                                 sweep->last_row - sweep->first_row + 1, sweep->anodic, options,
                                 sweep->anodic ? &cycle->anodic : &cycle->cathodic);
  if (sweep->anodic)
    cycle->anodic_charge = fabs (sweep->charge);
  else
    cycle->cathodic_charge = fabs (sweep->charge);
}

/* A cycle is two sweeps; the first one decides which comes first. */
static gboolean
make_cycles (const PlateauSeries *series, const GArray *sweeps,
             const PlateauVoltammetryOptions *options, GArray *cycles, GCancellable *cancellable,
             GError **error)
{
  for (guint i = 0; i < sweeps->len;)
    {
      const PlateauVoltammetryPeak none = { NAN, NAN, NAN, 0, 0, NAN, NAN };
      PlateauVoltammetryCycle cycle = { .cycle = cycles->len + 1,
                                        .anodic_sweep = G_MAXUINT,
                                        .cathodic_sweep = G_MAXUINT,
                                        .anodic = none,
                                        .cathodic = none,
                                        .anodic_charge = NAN,
                                        .cathodic_charge = NAN };
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      const PlateauSweep *first = &g_array_index (sweeps, PlateauSweep, i);
      for (guint k = 0; k < 2 && i < sweeps->len; k++, i++)
        {
          const PlateauSweep *sweep = &g_array_index (sweeps, PlateauSweep, i);
          if (k == 1 && sweep->anodic == first->anodic)
            break;
          evaluate_sweep (series, sweep, options, &cycle);
          *(sweep->anodic ? &cycle.anodic_sweep : &cycle.cathodic_sweep) = i;
        }
      cycle.scan_rate = first->scan_rate;
      cycle.separation = cycle.anodic.potential - cycle.cathodic.potential;
      cycle.formal_potential = 0.5 * (cycle.anodic.potential + cycle.cathodic.potential);
      g_array_append_val (cycles, cycle);
    }
  return TRUE;
}

/**
 * plateau_voltammetry_analyse:
 * @recording: potential sweeps with time, potential and current
 *
 * Sweeps are cut at turning points (a reversal by more than 2 % of the range); two make a cycle.
 * The peak of a sweep is its most prominent maximum of current in the sweep's direction; its
 * place is the top of a parabola through its cap, its height is over a baseline: the tangent of
 * the flattest stretch before it, or a line through the window of @options. The peak's potential
 * is corrected by - i R.
 *
 * Returns: (transfer full): the cycles, or %NULL with @error set when there is no sweep
 */
PlateauVoltammetry *
plateau_voltammetry_analyse (PlateauRecording *recording, const PlateauVoltammetryOptions *options,
                             GCancellable *cancellable, GError **error)
{
  g_auto (PlateauSeries) series = { 0 };
  g_return_val_if_fail (recording != NULL && options != NULL, NULL);
  if (!plateau_series_init (&series, recording, error))
    return NULL;
  if (series.time == NULL || series.potential == NULL || series.current == NULL)
    {
      g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA,
                   _ ("voltammetry needs time, potential and current; the file lacks one of them"));
      return NULL;
    }
  Voltammetry *self = g_new0 (Voltammetry, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->sweeps = g_array_new (FALSE, TRUE, sizeof (PlateauSweep));
  self->cycles = g_array_new (FALSE, TRUE, sizeof (PlateauVoltammetryCycle));
  g_autoptr (PlateauVoltammetry) result = &self->public;
  find_sweeps (&series, self->sweeps);
  if (self->sweeps->len == 0)
    {
      g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA,
                   _ ("the potential is not swept: there is no voltammogram"));
      return NULL;
    }
  if (!make_cycles (&series, self->sweeps, options, self->cycles, cancellable, error))
    return NULL;
  result->sweeps = (const PlateauSweep *) self->sweeps->data;
  result->n_sweeps = self->sweeps->len;
  result->cycles = (const PlateauVoltammetryCycle *) self->cycles->data;
  result->n_cycles = self->cycles->len;
  return g_steal_pointer (&result);
}

/**
 * plateau_voltammetry_ref:
 */
PlateauVoltammetry *
plateau_voltammetry_ref (PlateauVoltammetry *voltammetry)
{
  g_atomic_ref_count_inc (&((Voltammetry *) voltammetry)->ref_count);
  return voltammetry;
}

/**
 * plateau_voltammetry_unref:
 */
void
plateau_voltammetry_unref (PlateauVoltammetry *voltammetry)
{
  Voltammetry *self = (Voltammetry *) voltammetry;
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_array_unref (self->sweeps);
  g_array_unref (self->cycles);
  g_free (self);
}

/**
 * plateau_voltammetry_table:
 * @offset: V added to potentials
 *
 * Returns: (transfer full): one row a cycle, tagged with its number
 */
PlateauTable *
plateau_voltammetry_table (PlateauVoltammetry *voltammetry, double offset)
{
  static const struct
  {
    const char *key, *label, *unit;
    int digits;
  } heads[] = {
    { "scan_rate_mV_s", N_ ("Scan rate"), "mV/s", 5 },
    { "anodic_peak_V", N_ ("Anodic peak"), "V", 6 },
    { "anodic_peak_mA", N_ ("Anodic peak current"), "mA", 5 },
    { "cathodic_peak_V", N_ ("Cathodic peak"), "V", 6 },
    { "cathodic_peak_mA", N_ ("Cathodic peak current"), "mA", 5 },
    { "separation_V", N_ ("Peak separation"), "V", 5 },
    { "formal_potential_V", N_ ("Formal potential"), "V", 6 },
    { "anodic_charge_mAh", N_ ("Anodic charge"), "mAh", 5 },
    { "cathodic_charge_mAh", N_ ("Cathodic charge"), "mAh", 5 },
  };
  PlateauTable *table = plateau_table_new (_ ("Voltammetry"));
  plateau_table_add_column (table, "cycle", _ ("Cycle"), "", PLATEAU_COLUMN_INTEGER, 0);
  for (guint c = 0; c < G_N_ELEMENTS (heads); c++)
    plateau_table_add_column (table, heads[c].key, _ (heads[c].label), heads[c].unit,
                              PLATEAU_COLUMN_NUMBER, heads[c].digits);
  for (guint i = 0; i < voltammetry->n_cycles; i++)
    {
      const PlateauVoltammetryCycle *cycle = &voltammetry->cycles[i];
      const double values[] = {
        cycle->scan_rate,
        cycle->anodic.potential + offset,
        cycle->anodic.height,
        cycle->cathodic.potential + offset,
        cycle->cathodic.height,
        cycle->separation,
        cycle->formal_potential + offset,
        cycle->anodic_charge,
        cycle->cathodic_charge,
      };
      guint row = plateau_table_add_row (table);
      plateau_table_set_row_tag (table, row, cycle->cycle);
      plateau_table_set_number (table, row, 0, cycle->cycle);
      for (guint c = 0; c < G_N_ELEMENTS (heads); c++)
        plateau_table_set_number (table, row, c + 1, plateau_from_si (values[c], heads[c].unit));
    }
  return table;
}

/**
 * plateau_voltammetry_b_value:
 * @scan_rates: V/s
 * @currents: peak currents in A; their sign does not matter
 * @line: (out): log10 |i| against log10 of the rate; the slope is b
 *
 * i = a ν^b: 0.5 for diffusion, 1 for surface processes.
 *
 * Returns: %FALSE with fewer than two rates that differ by a tenth
 */
gboolean
plateau_voltammetry_b_value (const double *scan_rates, const double *currents, gsize n,
                             PlateauLine *line)
{
  g_autofree double *x = g_new (double, MAX (n, 1)), *y = g_new (double, MAX (n, 1));
  double low = HUGE_VAL, high = 0;
  for (gsize i = 0; i < n; i++)
    {
      gboolean usable = scan_rates[i] > 0 && fabs (currents[i]) > 0;
      x[i] = usable ? log10 (scan_rates[i]) : NAN;
      y[i] = usable ? log10 (fabs (currents[i])) : NAN;
      if (usable)
        {
          low = MIN (low, scan_rates[i]);
          high = MAX (high, scan_rates[i]);
        }
    }
  return high > 1.1 * low && plateau_fit_line (x, y, NULL, n, line);
}

/**
 * plateau_voltammetry_split:
 * @currents: A at one potential at each scan rate
 * @surface: (out): k1 of i = k1 ν + k2 √ν, in A s/V
 * @diffusion: (out): k2
 *
 * Linear regression of i / √ν on √ν (Wang, Polleux, Lim and Dunn, J. Phys. Chem. C 111 (2007)
 * 14925).
 *
 * Returns: %FALSE with fewer than two rates
 */
gboolean
plateau_voltammetry_split (const double *scan_rates, const double *currents, gsize n,
                           double *surface, double *diffusion, double *r2)
{
  g_autofree double *x = g_new (double, MAX (n, 1)), *y = g_new (double, MAX (n, 1));
  PlateauLine line;
  for (gsize i = 0; i < n; i++)
    {
      x[i] = sqrt (scan_rates[i]);
      y[i] = currents[i] / x[i];
    }
  *surface = *diffusion = *r2 = NAN;
  if (!plateau_fit_line (x, y, NULL, n, &line))
    return FALSE;
  *surface = line.slope;
  *diffusion = line.intercept;
  *r2 = line.r2;
  return TRUE;
}

/**
 * plateau_voltammetry_randles_sevcik:
 * @slope: of the peak current against the square root of the scan rate, A (s/V)^½
 * @electrons: transferred
 * @area: m²
 * @concentration: mol/m³
 * @temperature: K
 *
 * i = 0.4463 n F A c √(n F ν D / (R T)), for reversible systems only.
 *
 * Returns: the diffusion coefficient in m²/s
 */
double
plateau_voltammetry_randles_sevcik (double slope, double electrons, double area,
                                    double concentration, double temperature)
{
  const double faraday = 96485.33212, gas = 8.314462618;
  double factor = 0.4463 * electrons * faraday * area * concentration
                  * sqrt (electrons * faraday / (gas * temperature));
  return slope * slope / (factor * factor);
}
