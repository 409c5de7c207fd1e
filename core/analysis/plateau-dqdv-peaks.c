/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-dqdv.h"

#include "base/plateau-unit.h"

#include <glib/gi18n.h>
#include <math.h>

#define NOISE_SIGMAS 5

/* The lowest point between @from and the next higher one, or the end, in direction @towards. */
static guint
find_base (const double *y, guint from, guint first, guint last, int towards)
{
  guint lowest = from, i = from;

  while ((towards < 0 && i > first) || (towards > 0 && i < last))
    {
      i = (guint) ((int) i + towards);
      if (y[i] > y[from])
        break;
      if (y[i] < y[lowest])
        lowest = i;
    }
  return lowest;
}

/* The maximum of the least-squares parabola through five points, in steps from the middle one. */
static double
refine (const double *y, guint at, double *height)
{
  double linear = (2 * y[at + 2] + y[at + 1] - y[at - 1] - 2 * y[at - 2]) / 10;
  double curvature = (2 * y[at - 2] - y[at - 1] - 2 * y[at] - y[at + 1] + 2 * y[at + 2]) / 14;
  double middle = (-3 * y[at - 2] + 12 * y[at - 1] + 17 * y[at] + 12 * y[at + 1] - 3 * y[at + 2])
                  / 35;
  double shift = curvature < 0 ? CLAMP (-linear / (2 * curvature), -1, 1) : 0;

  *height = curvature < 0 ? middle + linear * shift + curvature * shift * shift : y[at];
  return shift;
}

/* Where y falls through @level from @at on, in steps. */
static double
crossing (const double *y, guint at, guint end, double level, int towards)
{
  guint i = at;

  while (i != end)
    {
      guint next = (guint) ((int) i + towards);
      if (y[next] <= level)
        return i + towards * (y[i] - level) / (y[i] - y[next]);
      i = next;
    }
  return end;
}

static gboolean
measure_peak (const PlateauDqdvCurve *curve, const double *y, guint at, guint first, guint last,
              double limit, PlateauDqdvPeak *peak)
{
  guint left = find_base (y, at, first, last, -1), right = find_base (y, at, first, last, 1);
  double height, shift, base, half, from, to;

  peak->prominence = y[at] - MAX (y[left], y[right]);
  if (peak->prominence < limit || at < first + 2 || at + 2 > last)
    return FALSE;
  shift = refine (y, at, &height);
  base = y[left]
         + (y[right] - y[left]) * ((double) at + shift - left) / MAX (1, (double) right - left);
  half = base + 0.5 * (height - base);
  from = crossing (y, at, left, half, -1);
  to = crossing (y, at, right, half, 1);
  peak->fwhm = (to - from) * curve->step;
  if (peak->fwhm < 2 * curve->step)
    return FALSE;
  peak->potential = curve->potential[at] + shift * curve->step;
  peak->height = curve->charge ? height : -height;
  peak->left = curve->potential[left];
  peak->right = curve->potential[right];
  peak->area = 0;
  for (guint i = left; i <= right; i++)
    {
      double line = y[left] + (y[right] - y[left]) * (i - left) / MAX (1, right - left);
      peak->area += (i == left || i == right ? 0.5 : 1) * (y[i] - line) * curve->step;
    }
  return TRUE;
}

/**
 * plateau_dqdv_find_peaks:
 * @curve: a curve; its peaks are replaced
 * @prominence: share of the highest value by which a peak has to stand out
 *
 * Local maxima of the magnitude that stand out by that share and by five standard deviations of
 * the noise, and are wider than two steps. The position and height are those of the
 * least-squares parabola through five points; the baseline is straight between the lowest points
 * on either side before a higher one.
 */
void
plateau_dqdv_find_peaks (PlateauDqdvCurve *curve, double prominence)
{
  g_autoptr (GArray) peaks = g_array_new (FALSE, TRUE, sizeof (PlateauDqdvPeak));
  g_autofree double *y = g_new (double, curve->n);
  double highest = 0, limit;
  guint first = 1, last = curve->n - 2;

  for (guint i = 0; i < curve->n; i++)
    {
      y[i] = curve->charge ? curve->dqdv[i] : -curve->dqdv[i];
      highest = MAX (highest, y[i]);
    }
  limit = MAX (prominence * highest, NOISE_SIGMAS * curve->noise);
  for (guint i = first + 1; i + 1 <= last; i++)
    {
      PlateauDqdvPeak peak = { 0 };
      guint end = i;

      if (!(y[i] > y[i - 1]) || y[i] < limit)
        continue;
      while (end + 1 <= last && y[end + 1] == y[i])
        end++;
      if (end + 1 <= last && y[end + 1] < y[i]
          && measure_peak (curve, y, (i + end) / 2, first, last, limit, &peak))
        g_array_append_val (peaks, peak);
      i = end;
    }
  g_free (curve->peaks);
  curve->n_peaks = peaks->len;
  curve->peaks = (PlateauDqdvPeak *) (gpointer) g_array_free (g_steal_pointer (&peaks), FALSE);
}

typedef struct
{
  double distance;
  guint track, peak;
} Pair;

static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  double x = ((const Pair *) a)->distance, y = ((const Pair *) b)->distance;
  return (x > y) - (x < y);
}

static void
continue_tracks (GPtrArray *tracks, GPtrArray *curves, guint index, double limit)
{
  const PlateauDqdvCurve *curve = g_ptr_array_index (curves, index);
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (Pair));
  g_autofree gboolean *peak_taken = g_new0 (gboolean, curve->n_peaks + 1);
  g_autofree gboolean *track_taken = g_new0 (gboolean, tracks->len + 1);

  for (guint t = 0; t < tracks->len; t++)
    {
      const GArray *track = g_ptr_array_index (tracks, t);
      const PlateauDqdvTrackPoint *end = &g_array_index (track, PlateauDqdvTrackPoint,
                                                         track->len - 1);
      const PlateauDqdvCurve *before = g_ptr_array_index (curves, end->curve);

      for (guint p = 0; before->charge == curve->charge && p < curve->n_peaks; p++)
        {
          Pair pair = { fabs (before->peaks[end->peak].potential - curve->peaks[p].potential), t,
                        p };
          if (pair.distance <= limit)
            g_array_append_val (pairs, pair);
        }
    }
  g_array_sort (pairs, compare_pairs);
  for (guint i = 0; i < pairs->len; i++)
    {
      const Pair *pair = &g_array_index (pairs, Pair, i);
      PlateauDqdvTrackPoint point = { index, pair->peak };

      if (peak_taken[pair->peak] || track_taken[pair->track])
        continue;
      peak_taken[pair->peak] = track_taken[pair->track] = TRUE;
      g_array_append_val ((GArray *) g_ptr_array_index (tracks, pair->track), point);
    }
  for (guint p = 0; p < curve->n_peaks; p++)
    if (!peak_taken[p])
      {
        PlateauDqdvTrackPoint point = { index, p };
        GArray *track = g_array_new (FALSE, FALSE, sizeof (PlateauDqdvTrackPoint));
        g_array_append_val (track, point);
        g_ptr_array_add (tracks, track);
      }
}

/**
 * plateau_dqdv_track:
 * @curves: (element-type PlateauDqdvCurve): in the order of the cycles
 * @limit: V that a peak may move from one curve to the next, for example 0.05
 *
 * Follows peaks through the cycles by the nearest position; charge and discharge apart. A peak
 * that vanishes for some cycles and comes back within the limit goes on.
 *
 * Returns: (transfer full) (element-type GArray): tracks of PlateauDqdvTrackPoint
 */
GPtrArray *
plateau_dqdv_track (GPtrArray *curves, double limit)
{
  GPtrArray *tracks = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  for (guint i = 0; i < curves->len; i++)
    continue_tracks (tracks, curves, i, limit);
  return tracks;
}

/**
 * plateau_dqdv_peaks_table:
 * @curves: (element-type PlateauDqdvCurve): curves
 * @active_mass: kg, or NaN: then the specific columns are empty
 * @offset: V added to potentials
 *
 * Returns: (transfer full): one row a peak
 */
PlateauTable *
plateau_dqdv_peaks_table (GPtrArray *curves, double active_mass, double offset)
{
  PlateauTable *table = plateau_table_new (_ ("dQ/dV peaks"));

  plateau_table_add_column (table, "cycle", _ ("Cycle"), "", PLATEAU_COLUMN_INTEGER, 0);
  plateau_table_add_column (table, "branch", _ ("Branch"), "", PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (table, "potential_V", _ ("Potential"), "V", PLATEAU_COLUMN_NUMBER, 5);
  plateau_table_add_column (table, "height_mAh_V", _ ("Height"), "mAh/V", PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "height_mAh_g_V", _ ("Specific height"), "mAh/(g V)",
                            PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "fwhm_V", _ ("Full width at half maximum"), "V",
                            PLATEAU_COLUMN_NUMBER, 3);
  plateau_table_add_column (table, "area_mAh", _ ("Area"), "mAh", PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "area_mAh_g", _ ("Specific area"), "mAh/g",
                            PLATEAU_COLUMN_NUMBER, 4);
  for (guint i = 0; i < curves->len; i++)
    {
      const PlateauDqdvCurve *curve = g_ptr_array_index (curves, i);

      for (guint p = 0; p < curve->n_peaks; p++)
        {
          const PlateauDqdvPeak *peak = &curve->peaks[p];
          guint row = plateau_table_add_row (table);

          plateau_table_set_row_tag (table, row, curve->cycle);
          plateau_table_set_number (table, row, 0, curve->cycle);
          plateau_table_set_text (table, row, 1, curve->charge ? _ ("charge") : _ ("discharge"));
          plateau_table_set_number (table, row, 2, peak->potential + offset);
          plateau_table_set_number (table, row, 3, plateau_from_si (peak->height, "mAh/V"));
          plateau_table_set_number (table, row, 4,
                                    plateau_from_si (peak->height / active_mass, "mAh/(g V)"));
          plateau_table_set_number (table, row, 5, peak->fwhm);
          plateau_table_set_number (table, row, 6, plateau_from_si (peak->area, "mAh"));
          plateau_table_set_number (table, row, 7,
                                    plateau_from_si (peak->area / active_mass, "mAh/g"));
        }
    }
  return table;
}
