/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-scan-rates.h"

#include "base/plateau-error.h"

#include <glib/gi18n.h>
#include <math.h>

#define SAME_RATE 1.1 /* factor */
#define INNER 0.01    /* of the common window, left out at each end where the sweep turns */
#define ROOM 298.15   /* K */

#define MEMBER(name) G_STRUCT_OFFSET (PlateauScanRatesOptions, name)

const PlateauOption plateau_scan_rates_option_table[] = {
  { "electrons", N_ ("Electrons"), N_ ("Transferred, for the Randles–Ševčík equation"),
    PLATEAU_OPTION_NUMBER, MEMBER (electrons), NULL, 0.1, 10 },
  { "concentration-mol-cm3", N_ ("Concentration"),
    N_ ("Of what diffuses, for the Randles–Ševčík equation; empty: no diffusion coefficient"),
    PLATEAU_OPTION_NUMBER, MEMBER (concentration), "mol/cm3", 0, 1 },
  { NULL },
};

/* The last cycle at one rate, with both branches. */
typedef struct
{
  double rate;
  PlateauRecording *recording;
  const PlateauVoltammetry *voltammetry;
  const PlateauVoltammetryCycle *cycle;
} Run;

static int
by_rate (gconstpointer a, gconstpointer b)
{
  const Run *one = a, *other = b;
  return (one->rate > other->rate) - (one->rate < other->rate);
}

static void
keep_last (GArray *runs, const Run *run)
{
  for (guint i = 0; i < runs->len; i++)
    {
      Run *other = &g_array_index (runs, Run, i);
      if (run->rate < other->rate * SAME_RATE && run->rate * SAME_RATE > other->rate)
        {
          *other = *run;
          return;
        }
    }
  g_array_append_vals (runs, run, 1);
}

static GArray *
list_runs (PlateauRecording *const *recordings, PlateauVoltammetry *const *voltammetries, guint n)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (Run));
  for (guint k = 0; k < n; k++)
    for (guint c = 0; c < voltammetries[k]->n_cycles; c++)
      {
        const PlateauVoltammetryCycle *cycle = &voltammetries[k]->cycles[c];
        Run run = { cycle->scan_rate, recordings[k], voltammetries[k], cycle };
        if (cycle->scan_rate > 0 && cycle->anodic_sweep != G_MAXUINT
            && cycle->cathodic_sweep != G_MAXUINT)
          keep_last (runs, &run);
      }
  g_array_sort (runs, by_rate);
  return runs;
}

static const PlateauSweep *
sweep_of (const Run *run, guint branch)
{
  return &run->voltammetry
              ->sweeps[branch == 0 ? run->cycle->anodic_sweep : run->cycle->cathodic_sweep];
}

/* The potentials that every sweep has. */
static gboolean
common_window (const GArray *runs, double *low, double *high)
{
  *low = -INFINITY;
  *high = INFINITY;
  for (guint i = 0; i < runs->len; i++)
    for (guint branch = 0; branch < 2; branch++)
      {
        const Run *run = &g_array_index (runs, Run, i);
        const PlateauSweep *sweep = sweep_of (run, branch);
        const double *potential = plateau_recording_peek (run->recording,
                                                          PLATEAU_QUANTITY_POTENTIAL);
        double first = potential[sweep->first_row], last = potential[sweep->last_row];
        *low = MAX (*low, MIN (first, last));
        *high = MIN (*high, MAX (first, last));
      }
  double margin = INNER * (*high - *low);
  *low += margin;
  *high -= margin;
  return *high > *low;
}

/* The current of a sweep at the grid's potentials, linear between records. */
static void
interpolate (const Run *run, guint branch, const double *grid, guint n, double *current)
{
  const PlateauSweep *sweep = sweep_of (run, branch);
  const double *v = plateau_recording_peek (run->recording, PLATEAU_QUANTITY_POTENTIAL);
  const double *i = plateau_recording_peek (run->recording, PLATEAU_QUANTITY_CURRENT);
  int step = branch == 0 ? 1 : -1;
  gsize row = branch == 0 ? sweep->first_row : sweep->last_row;
  gsize end = branch == 0 ? sweep->last_row : sweep->first_row;
  for (guint k = 0; k < n; k++)
    {
      while (row != end && v[row + step] < grid[k])
        row = (gsize) ((gssize) row + step);
      double next = row != end ? v[row + step] : v[row], rise = next - v[row];
      double share = rise > 0 ? (grid[k] - v[row]) / rise : 0;
      current[k] = i[row] + CLAMP (share, 0, 1) * (i[row != end ? row + step : row] - i[row]);
    }
}

/* k1 at each potential, and with it the share of each branch's charge that grows with the rate. */
static void
split (PlateauScanRates *rates, guint branch)
{
  guint n = rates->n_grid;
  g_autofree double *at = g_new (double, rates->n_rates);
  for (guint k = 0; k < n; k++)
    {
      double r2;
      for (guint r = 0; r < rates->n_rates; r++)
        at[r] = rates->current[branch][r * n + k];
      plateau_voltammetry_split (rates->rate, at, rates->n_rates, &rates->surface[branch][k],
                                 &rates->diffusive[branch][k], &r2);
    }
  for (guint r = 0; r < rates->n_rates; r++)
    {
      double part = 0, whole = 0;
      for (guint k = 0; k < n; k++)
        {
          double current = rates->current[branch][r * n + k];
          double surface = rates->surface[branch][k] * rates->rate[r];
          whole += fabs (current);
          /* of the current's sign, and no more than there is */
          if (surface * current > 0)
            part += MIN (fabs (surface), fabs (current));
        }
      rates->share[branch][r] = whole > 0 ? part / whole : NAN;
    }
}

static void
fit_peaks (PlateauScanRates *rates, guint branch, double area, double temperature,
           const PlateauScanRatesOptions *options)
{
  g_autofree double *root = g_new (double, rates->n_rates),
                    *height = g_new (double, rates->n_rates);
  for (guint r = 0; r < rates->n_rates; r++)
    {
      root[r] = sqrt (rates->rate[r]);
      height[r] = fabs (rates->peak[branch][r]);
    }
  rates->has_b[branch] = plateau_voltammetry_b_value (rates->rate, rates->peak[branch],
                                                      rates->n_rates, &rates->b[branch]);
  rates->has_root[branch] = plateau_fit_line (root, height, NULL, rates->n_rates,
                                              &rates->root[branch]);
  rates->diffusion[branch] = NAN;
  if (rates->has_root[branch] && area > 0 && options->concentration > 0)
    rates->diffusion[branch] = plateau_voltammetry_randles_sevcik (
        rates->root[branch].slope, options->electrons, area, options->concentration,
        isfinite (temperature) ? temperature : ROOM);
}

/**
 * plateau_scan_rates_analyse:
 * @recordings: (array length=n): recordings of the same electrode
 * @voltammetries: (array length=n): their cycles
 * @area: of the electrode, m²; NaN: no diffusion coefficient
 * @temperature: K; NaN: 298.15 K
 *
 * Takes the last cycle at each scan rate (rates within a tenth are one). The b value is the slope
 * of log |i_p| against log ν; k1 and k2 come from i = k1 ν + k2 √ν at each of 200 potentials that
 * all sweeps have (Wang, Polleux, Lim and Dunn, J. Phys. Chem. C 111 (2007) 14925), and the share
 * is the integral of k1 ν over that of i, where both have one sign; the diffusion coefficient is
 * that of Randles and Ševčík.
 *
 * Returns: (transfer full): the result, or %NULL with fewer than two scan rates
 */
PlateauScanRates *
plateau_scan_rates_analyse (PlateauRecording *const *recordings,
                            PlateauVoltammetry *const *voltammetries, guint n, double area,
                            double temperature, const PlateauScanRatesOptions *options,
                            GError **error)
{
  g_autoptr (GArray) runs = list_runs (recordings, voltammetries, n);
  double low = 0, high = 0;
  if (runs->len < 2)
    {
      g_set_error_literal (
          error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID,
          _ ("The dependence on the scan rate needs whole cycles at two scan rates "
             "or more."));
      return NULL;
    }
  PlateauScanRates *rates = g_new0 (PlateauScanRates, 1);
  rates->n_rates = runs->len;
  rates->rate = g_new (double, runs->len);
  if (runs->len >= 3 && common_window (runs, &low, &high))
    rates->n_grid = PLATEAU_SCAN_RATES_GRID;
  for (guint k = 0; k < rates->n_grid; k++)
    rates->potential[k] = low + (high - low) * k / (rates->n_grid - 1);
  for (guint branch = 0; branch < 2; branch++)
    {
      rates->peak[branch] = g_new (double, runs->len);
      rates->share[branch] = g_new (double, runs->len);
      rates->current[branch] = g_new (double, (gsize) runs->len *MAX (rates->n_grid, 1));
      for (guint r = 0; r < runs->len; r++)
        {
          const Run *run = &g_array_index (runs, Run, r);
          rates->rate[r] = run->rate;
          rates->peak[branch][r] = branch == 0 ? run->cycle->anodic.height
                                               : run->cycle->cathodic.height;
          rates->share[branch][r] = NAN;
          interpolate (run, branch, rates->potential, rates->n_grid,
                       rates->current[branch] + (gsize) r * rates->n_grid);
        }
      if (rates->n_grid > 0)
        split (rates, branch);
      fit_peaks (rates, branch, area, temperature, options);
    }
  return rates;
}

/**
 * plateau_scan_rates_free:
 * @rates: a result
 */
void
plateau_scan_rates_free (PlateauScanRates *rates)
{
  g_free (rates->rate);
  for (guint branch = 0; branch < 2; branch++)
    {
      g_free (rates->peak[branch]);
      g_free (rates->share[branch]);
      g_free (rates->current[branch]);
    }
  g_free (rates);
}
