/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-dqdv-private.h"

#include "base/plateau-numeric.h"

#include <math.h>

/* Records of a stretch: enough for a median, few enough to tell one part of a branch from another.
 */
#define STRETCH 24
#define STRETCHES 32

/* How far a record lies from the line between its neighbours, as the standard deviation of its
 * potential would be if that were chance. Recorders that store at equal steps of potential have
 * their chance in the charge between two records; along the line both come to the same. */
static double
deviation (const double *q, const double *v, gsize i)
{
  double before = q[i] - q[i - 1], after = q[i + 1] - q[i], both = before + after;

  if (!(before > 0) || !(after > 0))
    return NAN;
  return (v[i] - (v[i - 1] * after + v[i + 1] * before) / both)
         / sqrt (1 + (before * before + after * after) / (both * both));
}

/**
 * plateau_dqdv_find_scatter:
 * @capacity: (array length=n): charge passed, C
 * @potential: (array length=n): V
 * @n: at least 3
 * @n_scatter: (out): number of stretches
 *
 * What the records of each stretch of a branch know of its potential. The scatter is from the
 * deviations of each record from the line between its neighbours about their median, since the
 * course itself bends.
 *
 * Returns: (transfer full) (array length=n_scatter): at least one stretch
 */
PlateauDqdvScatter *
plateau_dqdv_find_scatter (const double *capacity, const double *potential, gsize n,
                           guint *n_scatter)
{
  gsize length = MAX (STRETCH, n / STRETCHES), count = MAX (1, n / length);
  PlateauDqdvScatter *stretches = g_new0 (PlateauDqdvScatter, count);
  g_autofree double *deviations = g_new (double, n);

  for (gsize k = 0; k < count; k++)
    {
      /* The last one takes what is left. */
      gsize first = k * length, last = k + 1 == count ? n - 1 : first + length - 1, kept = 0;
      double sum = 0;

      for (gsize i = first; i <= last; i++)
        {
          sum += potential[i];
          if (i > 0 && i + 1 < n)
            {
              deviations[kept] = deviation (capacity, potential, i);
              kept += !isnan (deviations[kept]);
            }
        }
      stretches[k].potential = sum / (double) (last - first + 1);
      stretches[k].scatter = kept > 2 ? plateau_mad_sigma (deviations, kept) : 0;
      stretches[k].record = (capacity[last] - capacity[first]) / (double) MAX (1, last - first);
    }
  *n_scatter = (guint) count;
  return stretches;
}
