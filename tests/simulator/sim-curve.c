/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-curve.h"

#include <gio/gio.h>
#include <math.h>

static double
member (JsonObject *object, const char *name, double fallback)
{
  return json_object_has_member (object, name) ? json_object_get_double_member (object, name)
                                               : fallback;
}

static double *
new_basis (const SimCurve *curve, gboolean charge)
{
  double *basis = g_new (double, (gsize) curve->n *SIM_CURVE_POINTS);
  for (guint k = 0; k < curve->n; k++)
    {
      const SimProcess *p = &curve->processes[k];
      double centre = charge ? p->charge_potential : p->discharge_potential;
      for (guint i = 0; i < SIM_CURVE_POINTS; i++)
        basis[(gsize) k * SIM_CURVE_POINTS + i] =
            1 / (1 + exp (-(SIM_CURVE_LOW + i * SIM_CURVE_STEP - centre) / p->width));
    }
  return basis;
}

/**
 * sim_curve_new:
 * @processes: objects with charge_V, discharge_V, width_V, share and growth
 *
 * Returns: (transfer full): a curve whose shares are scaled to a sum of 1, or %NULL
 */
SimCurve *
sim_curve_new (JsonArray *processes, GError **error)
{
  g_autoptr (SimCurve) curve = g_new0 (SimCurve, 1);
  curve->n = json_array_get_length (processes);
  if (curve->n == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "a curve has no processes");
      return NULL;
    }
  curve->processes = g_new0 (SimProcess, curve->n);
  double sum = 0;
  for (guint k = 0; k < curve->n; k++)
    {
      JsonObject *object = json_array_get_object_element (processes, k);
      SimProcess *p = &curve->processes[k];
      p->charge_potential = member (object, "charge_V", NAN);
      p->discharge_potential = member (object, "discharge_V", p->charge_potential);
      p->width = member (object, "width_V", NAN);
      p->share = member (object, "share", NAN);
      p->growth = member (object, "growth", 0);
      if (!(p->width > 0) || !(p->share >= 0) || !isfinite (p->charge_potential))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       "process %u of a curve needs charge_V, width_V and share", k + 1);
          return NULL;
        }
      sum += p->share;
    }
  for (guint k = 0; k < curve->n; k++)
    curve->processes[k].share /= sum;
  curve->basis[0] = new_basis (curve, FALSE);
  curve->basis[1] = new_basis (curve, TRUE);
  curve->transformation = NAN;
  sim_curve_set_transformation (curve, 0);
  return g_steal_pointer (&curve);
}

void
sim_curve_free (SimCurve *curve)
{
  if (curve == NULL)
    return;
  g_free (curve->processes);
  g_free (curve->basis[0]);
  g_free (curve->basis[1]);
  g_free (curve);
}

/**
 * sim_curve_set_transformation:
 * @transformation: 0 as made; the shares grow by @transformation x growth
 */
void
sim_curve_set_transformation (SimCurve *curve, double transformation)
{
  if (curve->transformation == transformation)
    return;
  curve->transformation = transformation;
  for (guint branch = 0; branch < 2; branch++)
    {
      double *table = curve->table[branch];
      for (guint k = 0; k < curve->n; k++)
        {
          const double *basis = curve->basis[branch] + (gsize) k * SIM_CURVE_POINTS;
          const SimProcess *p = &curve->processes[k];
          double share = MAX (p->share + transformation * p->growth, 0);
          for (guint i = 0; i < SIM_CURVE_POINTS; i++)
            table[i] = (k == 0 ? 0 : table[i]) + share * basis[i];
        }
    }
}

/**
 * sim_curve_fraction:
 *
 * Returns: the fraction of the lithium that is out at @potential, on the charge or the
 *   discharge curve
 */
double
sim_curve_fraction (const SimCurve *curve, gboolean charge, double potential)
{
  const double *table = curve->table[charge ? 1 : 0];
  double at = CLAMP ((potential - SIM_CURVE_LOW) / SIM_CURVE_STEP, 0, SIM_CURVE_POINTS - 1.001);
  guint i = (guint) at;
  return table[i] + (at - i) * (table[i + 1] - table[i]);
}

/**
 * sim_curve_potential:
 *
 * Returns: the equilibrium potential at @fraction, the inverse of sim_curve_fraction()
 */
double
sim_curve_potential (const SimCurve *curve, gboolean charge, double fraction)
{
  const double *table = curve->table[charge ? 1 : 0];
  guint low = 0, high = SIM_CURVE_POINTS - 1;
  if (fraction <= table[low])
    return SIM_CURVE_LOW;
  if (fraction >= table[high])
    return SIM_CURVE_LOW + high * SIM_CURVE_STEP;
  while (high - low > 1)
    {
      guint middle = (low + high) / 2;
      if (table[middle] <= fraction)
        low = middle;
      else
        high = middle;
    }
  return SIM_CURVE_LOW
         + SIM_CURVE_STEP * (low + (fraction - table[low]) / (table[high] - table[low]));
}

/**
 * sim_curve_slope:
 *
 * Returns: dU/dy in V at @fraction
 */
double
sim_curve_slope (const SimCurve *curve, gboolean charge, double fraction)
{
  double potential = sim_curve_potential (curve, charge, fraction), step = 2 * SIM_CURVE_STEP;
  double rise = sim_curve_fraction (curve, charge, potential + step)
                - sim_curve_fraction (curve, charge, potential - step);
  return 2 * step / MAX (rise, 1e-12);
}
