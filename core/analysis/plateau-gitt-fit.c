/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-gitt-private.h"

#include "base/plateau-numeric.h"

#include <math.h>

/* The window in seconds after the switch. */
static void
window_of (double begin, double end, gboolean in_seconds, double duration, double *from, double *to)
{
  *from = in_seconds ? begin : begin * duration;
  *to = MIN (in_seconds ? end : end * duration, duration);
}

/* Regression of the potential on @abscissa(t) for the rows first..last within the window;
 * times count from @origin. */
static void
regress (const PlateauSeries *series, gsize first, gsize last, double origin, double tau,
         gboolean relaxation, double from, double to, PlateauGittPulse *pulse)
{
  gsize most = last - first + 1, n = 0;
  g_autofree double *x = g_new (double, most), *y = g_new (double, most);
  PlateauLine line;
  double slack = 1e-9 * tau;
  pulse->fit_begin = pulse->fit_end = NAN;
  for (gsize i = first; i <= last; i++)
    {
      double t = series->time[i] - origin;
      if (t < from - slack || t > to + slack || isnan (series->potential[i]))
        continue;
      x[n] = relaxation ? sqrt (t + tau) - sqrt (MAX (t, 0)) : sqrt (MAX (t, 0));
      y[n++] = series->potential[i];
      if (isnan (pulse->fit_begin))
        pulse->fit_begin = t;
      pulse->fit_end = t;
    }
  pulse->fit_intercept = pulse->fit_slope = pulse->fit_r2 = NAN;
  if (n < 3 || !plateau_fit_line (x, y, NULL, n, &line))
    return;
  pulse->fit_intercept = line.intercept;
  pulse->fit_slope = line.slope;
  pulse->fit_r2 = line.r2;
}

void
plateau_gitt_fit_pulse (const PlateauSeries *series, const PlateauGittOptions *options,
                        double window_begin, double window_end, gboolean window_in_seconds,
                        PlateauGittPulse *pulse)
{
  gboolean relaxation = options->method == PLATEAU_GITT_RELAXATION;
  double from, to, tau = pulse->duration;
  window_of (window_begin, window_end, window_in_seconds, relaxation ? MIN (pulse->rest, tau) : tau,
             &from, &to);
  if (relaxation)
    regress (series, pulse->last_row + 1, pulse->rest_row, series->time[pulse->last_row], tau, TRUE,
             from, to, pulse);
  else
    regress (series, pulse->first_row, pulse->last_row, pulse->start, tau, FALSE, from, to, pulse);

  pulse->ir_drop = pulse->first - pulse->relaxed_before;
  pulse->delta_et = pulse->end_of_pulse - pulse->first;
  if (options->method != PLATEAU_GITT_ENDPOINTS)
    pulse->delta_et = pulse->fit_slope * sqrt (tau);
  if (options->method == PLATEAU_GITT_SQRT_FIT)
    pulse->ir_drop = pulse->fit_intercept - pulse->relaxed_before;
  pulse->charge_transfer = relaxation ? NAN : pulse->fit_intercept - pulse->first;
  pulse->resistance = fabs (pulse->ir_drop / pulse->current);
  pulse->total_resistance = fabs (pulse->overpotential / pulse->current);
}

/* The change of the concentration at the surface, in units of flux x L / D, after a constant flux
 * for @time in units of L^2 / D. Short times by the semi-infinite solution, long times by the
 * series of Crank, The Mathematics of Diffusion, equations 4.55 (slab) and 6.45 (sphere, with its
 * radius as unit). */
static double
slab_response (double time)
{
  double sum = 0;
  if (time < 0.05)
    return 2 * sqrt (time / G_PI);
  for (guint k = 1; k <= 12; k++)
    sum += exp (-(double) k * k * G_PI * G_PI * time) / ((double) k * k);
  return time + 1.0 / 3 - 2 / (G_PI * G_PI) * sum;
}

static double
sphere_response (double time)
{
  /* The positive roots of tan a = a. */
  static const double roots[] = { 4.493409457909064,  7.725251836937707,  10.904121659428899,
                                  14.066193912831473, 17.220755271930768, 20.371302959287561,
                                  23.519452498689007, 26.666054258812675, 29.811598790892958,
                                  32.956389039822477 };
  double sum = 0, root = sqrt (MAX (time, 0));
  if (time < 0.03)
    return expm1 (time) + exp (time) * erf (root);
  for (guint k = 0; k < G_N_ELEMENTS (roots); k++)
    sum += exp (-roots[k] * roots[k] * time) / (roots[k] * roots[k]);
  return 3 * time + 0.2 - 2 * sum;
}

/**
 * plateau_gitt_response:
 * @geometry: a slab that takes up at one side, or a sphere
 * @time: in units of L² / D, L the thickness of the slab or the radius of the sphere
 *
 * Returns: the change of the concentration at the surface under a constant flux, in units of
 *   flux × L / D (Crank, The Mathematics of Diffusion, 1975)
 */
double
plateau_gitt_response (PlateauGittGeometry geometry, double time)
{
  return geometry == PLATEAU_GITT_SPHERE ? sphere_response (time) : slab_response (time);
}

/* dE_t / dE_s of a sphere: the regression's slope is that of the chord between its window's ends
 * on the axis of sqrt (t); end points are the window 0 .. 1. */
static double
sphere_ratio (double time, double begin, double end)
{
  double rise = sphere_response (time * end) - sphere_response (time * begin);
  return rise / (sqrt (end) - sqrt (begin)) / (3 * time);
}

double
plateau_gitt_invert_sphere (double ratio, double begin, double end)
{
  double low = log (1e-9), high = log (20);
  if (!(ratio > sphere_ratio (exp (high), begin, end))
      || !(ratio < sphere_ratio (exp (low), begin, end)))
    return NAN;
  for (guint i = 0; i < 80; i++)
    {
      double middle = 0.5 * (low + high);
      if (sphere_ratio (exp (middle), begin, end) > ratio)
        low = middle;
      else
        high = middle;
    }
  return exp (0.5 * (low + high)) * 9; /* in units of (radius / 3)^2 */
}
