/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-dqdv.h"

#include "analysis/plateau-dqdv-private.h"
#include "base/plateau-error.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const method_nicks[] = { "savitzky-golay", "spline", "lean", "difference",
                                            NULL };
static const char *const method_labels[] = { N_ ("Savitzky–Golay"), N_ ("Smoothing spline"),
                                             N_ ("Level counting (LEAN)"), N_ ("Plain differences"),
                                             NULL };
static const char *const branch_nicks[] = { "both", "charge", "discharge", NULL };
static const char *const branch_labels[] = { N_ ("Both"), N_ ("Charge"), N_ ("Discharge"), NULL };

const PlateauOption plateau_dqdv_option_table[] = {
  { "method", N_ ("Method"),
    N_ ("How dQ/dV is found: slope of a Savitzky–Golay polynomial on a uniform grid of potential; "
        "of a smoothing spline with cross-validated penalty; by counting the time at each "
        "potential (LEAN, Feng 2020); or plain differences"),
    PLATEAU_OPTION_CHOICE, G_STRUCT_OFFSET (PlateauDqdvOptions, method), NULL, 0, 0, method_nicks,
    method_labels },
  { "branch", N_ ("Branch"), N_ ("Charge, discharge or both"), PLATEAU_OPTION_CHOICE,
    G_STRUCT_OFFSET (PlateauDqdvOptions, branch), NULL, 0, 0, branch_nicks, branch_labels },
  { "step-mV", N_ ("Grid step"), N_ ("Distance of the points on the potential axis"),
    PLATEAU_OPTION_NUMBER, G_STRUCT_OFFSET (PlateauDqdvOptions, step), "mV", 0.05, 100, NULL,
    NULL },
  { "window-mV", N_ ("Smoothing window"), N_ ("Full width of the smoothing; 0: none"),
    PLATEAU_OPTION_NUMBER, G_STRUCT_OFFSET (PlateauDqdvOptions, window), "mV", 0, 500, NULL, NULL },
  { "order", N_ ("Polynomial order"),
    N_ ("Degree of the Savitzky–Golay polynomial: higher keeps narrow peaks and more noise"),
    PLATEAU_OPTION_INTEGER, G_STRUCT_OFFSET (PlateauDqdvOptions, order), NULL, 2, 5, NULL, NULL },
  { "smoothing", N_ ("Spline smoothing"), N_ ("Factor on the penalty that cross-validation finds"),
    PLATEAU_OPTION_NUMBER, G_STRUCT_OFFSET (PlateauDqdvOptions, smoothing), NULL, 1e-6, 1e6, NULL,
    NULL },
  { "prominence", N_ ("Peak prominence"), N_ ("A peak stands out by this share of the highest"),
    PLATEAU_OPTION_NUMBER, G_STRUCT_OFFSET (PlateauDqdvOptions, prominence), NULL, 0, 1, NULL,
    NULL },
  { "inverse", N_ ("dV/dQ"),
    N_ ("dV/dQ against charge instead: phase transitions are peaks, plateaus valleys"),
    PLATEAU_OPTION_BOOLEAN, G_STRUCT_OFFSET (PlateauDqdvOptions, inverse), NULL, 0, 0, NULL, NULL },
  { NULL },
};

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
  PlateauDqdvCurve *curve;
  PlateauDqdvDensity density;
  double low, high;

  options = options != NULL ? options : &defaults;
  plateau_dqdv_range (potential, n, &low, &high);
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
  curve->scatter = plateau_dqdv_find_scatter (capacity, potential, n, &curve->n_scatter);
  if (options->inverse)
    plateau_dqdv_invert (curve, capacity, potential, n);
  plateau_dqdv_collect (capacity, potential, n, options, &density);
  plateau_dqdv_smooth (curve, &density, options);
  plateau_dqdv_find_peaks (curve, options->prominence);
  plateau_dqdv_density_clear (&density);
  return curve;
}

static void
clear_curve (gpointer data)
{
  PlateauDqdvCurve *curve = data;

  g_free (curve->potential);
  g_free (curve->dqdv);
  g_free (curve->scatter);
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
