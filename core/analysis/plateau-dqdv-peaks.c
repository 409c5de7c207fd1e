/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-dqdv.h"

#include "base/plateau-unit.h"

#include <glib/gi18n.h>
#include <math.h>

/* Peaks of a curve that are fitted together for the table. */
#define FITTED_PEAKS 4

#define NOISE_SIGMAS 5
#define SCATTER_SIGMAS 16
#define REFINE_SHARE 0.3
/* Share of the width over which the level at a peak's foot is averaged. */
#define BASE_SHARE 0.3
/* Widths from the top within which the feet of a peak lie. */
#define FOOT_DISTANCE 2.5
#define BENT 0.9
/* Share of the smoothing window; the middle of a cubic's weights is twice as wide. */
#define LEAST_SPREAD 0.25

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

/* The maximum of the least-squares parabola through the points up to @reach away from @at, in
 * steps from there. */
static double
parabola_top (const double *y, guint at, int reach, double *height)
{
  double n = 2 * reach + 1, s2 = 0, s4 = 0, sum = 0, first = 0, second = 0, a, b, c, shift;

  for (int j = -reach; j <= reach; j++)
    {
      double value = y[(int) at + j], square = (double) j * j;
      s2 += square;
      s4 += square * square;
      sum += value;
      first += j * value;
      second += square * value;
    }
  b = first / s2;
  c = (n * second - s2 * sum) / (n * s4 - s2 * s2);
  a = (sum - c * s2) / n;
  shift = c < 0 ? CLAMP (-b / (2 * c), -reach, reach) : 0;
  *height = c < 0 ? a + b * shift + c * shift * shift : y[at];
  return shift;
}

/* Position of the top in steps. The parabola covers the upper third of the peak, so that noise at
 * the very top does not decide. */
static double
refine (const double *y, guint at, double width, guint first, guint last, double *height)
{
  double top = at;

  for (int i = 0; i < 2; i++)
    {
      guint middle = (guint) lrint (top);
      int room = (int) MIN (middle - first, last - middle);
      int reach = (int) CLAMP (REFINE_SHARE * width, 2, MAX (room, 2));
      if (room < 2)
        break;
      top = middle + parabola_top (y, middle, reach, height);
      top = CLAMP (top, first + 2.0, last - 2.0);
    }
  return top - at;
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

/* Whether the values fall by @limit before one is higher than at @from. */
static gboolean
stands_out (const double *y, guint from, guint first, guint last, int towards, double limit)
{
  double floor_value = y[from] - limit;

  for (guint i = from; (towards < 0 && i > first) || (towards > 0 && i < last);)
    {
      i = (guint) ((int) i + towards);
      if (y[i] > y[from])
        return FALSE;
      if (y[i] <= floor_value)
        return TRUE;
    }
  return FALSE;
}

/* Lowest point from @from to @to. */
static guint
lowest_between (const double *y, guint from, guint to)
{
  guint lowest = from;

  for (guint i = from; i <= to; i++)
    if (y[i] < y[lowest])
      lowest = i;
  return lowest;
}

/* The level around a lowest point; the point alone would lie at the bottom of the noise. */
static double
base_level (const double *y, guint at, guint reach, guint first, guint last)
{
  double sum = 0;
  guint from = at > first + reach ? at - reach : first, to = MIN (last, at + reach);

  for (guint i = from; i <= to; i++)
    sum += y[i];
  return sum / (to - from + 1);
}

/* Position, height, width and area over the straight baseline from @left to @right; FALSE for what
 * is too narrow to be a peak. */
static gboolean
measure_peak (const PlateauDqdvCurve *curve, const double *y, guint at, guint left, guint right,
              PlateauDqdvPeak *peak)
{
  const guint first = 2, last = curve->n - 3;
  double height = y[at], foot = MAX (y[left], y[right]), width, shift, start, end, base, half;
  double area = 0, above = 0;
  guint reach;

  /* A first guess of the width sets how far around top and feet to look. A foot further away than
   * that is the end of another slope, and a line to it would cut through the curve. */
  half = 0.5 * (y[at] + foot);
  width = crossing (y, at, right, half, 1) - crossing (y, at, left, half, -1);
  left = lowest_between (y, (guint) MAX (left, at - FOOT_DISTANCE * width), at);
  right = lowest_between (y, at, (guint) MIN (right, at + FOOT_DISTANCE * width));
  shift = refine (y, at, width, first, last, &height);
  reach = (guint) CLAMP (BASE_SHARE * width, 3, 100);
  start = base_level (y, left, reach, first, last);
  end = base_level (y, right, reach, first, last);
  base = start + (end - start) * ((double) at + shift - left) / MAX (1, (double) right - left);
  half = base + 0.5 * (height - base);
  peak->fwhm = (crossing (y, at, right, half, 1) - crossing (y, at, left, half, -1)) * curve->step;
  /* No peak comes out of the smoothing narrower than it spreads a single point. */
  if (peak->fwhm < MAX (2 * curve->step, LEAST_SPREAD * curve->window))
    return FALSE;
  peak->potential = curve->potential[at] + shift * curve->step;
  peak->height = curve->charge ? height : -height;
  peak->left = curve->potential[left];
  peak->right = curve->potential[right];
  for (guint i = left; i <= right; i++)
    {
      double line = start + (end - start) * (i - left) / MAX (1, right - left);
      double part = (i == left || i == right ? 0.5 : 1) * (y[i] - line) * curve->step;

      area += part;
      above += MAX (part, 0);
    }
  /* Where the feet bend below their line, only what lies above it is the peak. */
  peak->area = area < BENT * above ? above : area;
  return TRUE;
}

/* Whether scatter of the potentials could have made the maximum at @at: it moves charge from one
 * potential to another, as much as dQ/dV times the scatter, less what the records under the peak
 * average out. */
static gboolean
is_scatter (const PlateauDqdvCurve *curve, const double *y, guint at, guint first, guint last,
            double prominence)
{
  double half = y[at] - 0.5 * prominence, potential = curve->potential[at];
  double width = (crossing (y, at, last, half, 1) - crossing (y, at, first, half, -1))
                 * curve->step;
  const PlateauDqdvScatter *here = &curve->scatter[0];

  for (guint k = 1; k < curve->n_scatter; k++)
    if (fabs (curve->scatter[k].potential - potential) < fabs (here->potential - potential))
      here = &curve->scatter[k];
  double records = here->record > 0 ? MAX (1, y[at] * width / here->record) : 1;

  return prominence * width < SCATTER_SIGMAS * here->scatter * y[at] / sqrt (records);
}

/* Indices of the maxima that stand out by @limit. */
static GArray *
find_maxima (const PlateauDqdvCurve *curve, const double *y, guint first, guint last, double limit,
             GArray *prominences)
{
  GArray *maxima = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = first + 1; i + 1 <= last; i++)
    {
      guint end = i, at;
      double prominence;

      if (!(y[i] > y[i - 1]) || y[i] < limit)
        continue;
      while (end + 1 <= last && y[end + 1] == y[i])
        end++;
      at = (i + end) / 2;
      if (end + 1 <= last && y[end + 1] < y[i] && at >= first + 2 && at + 2 <= last
          && stands_out (y, at, first, last, -1, limit)
          && stands_out (y, at, first, last, 1, limit))
        {
          prominence = y[at]
                       - MAX (y[find_base (y, at, first, last, -1)],
                              y[find_base (y, at, first, last, 1)]);
          if (prominence >= limit && !is_scatter (curve, y, at, first, last, prominence))
            {
              g_array_append_val (maxima, at);
              g_array_append_val (prominences, prominence);
            }
        }
      i = end;
    }
  return maxima;
}

/**
 * plateau_dqdv_find_peaks:
 * @curve: a curve; its peaks are replaced
 * @prominence: share of the highest value by which a peak has to stand out
 *
 * Local maxima of the magnitude that stand out by that share and by five standard deviations of
 * the noise, cannot come from the scatter of the records' potentials, and are wider than two steps.
 * The position and height are those of the least-squares parabola through the points around the
 * top; the baseline is straight between the lowest points on either side before the next peak.
 */
void
plateau_dqdv_find_peaks (PlateauDqdvCurve *curve, double prominence)
{
  g_autoptr (GArray) peaks = g_array_new (FALSE, TRUE, sizeof (PlateauDqdvPeak));
  g_autoptr (GArray) prominences = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) maxima = NULL;
  g_autofree double *y = g_new (double, curve->n);
  double highest = 0;
  /* The outermost bins are only partly filled. */
  guint first = 2, last = curve->n - 3;

  for (guint i = 0; i < curve->n; i++)
    {
      y[i] = curve->charge ? curve->dqdv[i] : -curve->dqdv[i];
      highest = MAX (highest, y[i]);
    }
  if (curve->n < 10)
    last = first;
  maxima = find_maxima (curve, y, first, last,
                        MAX (prominence * highest, NOISE_SIGMAS * curve->noise), prominences);
  for (guint k = 0; k < maxima->len; k++)
    {
      PlateauDqdvPeak peak = { .prominence = g_array_index (prominences, double, k) };
      guint at = g_array_index (maxima, guint, k);
      guint from = k > 0 ? g_array_index (maxima, guint, k - 1) : first;
      guint to = k + 1 < maxima->len ? g_array_index (maxima, guint, k + 1) : last;

      if (measure_peak (curve, y, at, lowest_between (y, from, at), lowest_between (y, at, to),
                        &peak))
        g_array_append_val (peaks, peak);
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

/* The fit of the most prominent peaks of @curve; @fitted gets for each peak its place in the fit or
 * -1. A sum of many shapes takes long and tells little. */
static PlateauDqdvFit *
fit_main_peaks (const PlateauDqdvCurve *curve, int *fitted)
{
  double positions[FITTED_PEAKS];
  guint n = 0;

  for (guint p = 0; p < curve->n_peaks; p++)
    {
      guint higher = 0;

      for (guint k = 0; k < curve->n_peaks; k++)
        higher += curve->peaks[k].prominence > curve->peaks[p].prominence;
      fitted[p] = -1;
      if (higher < FITTED_PEAKS && n < FITTED_PEAKS)
        {
          fitted[p] = (int) n;
          positions[n++] = curve->peaks[p].potential;
        }
    }
  return plateau_dqdv_fit (curve, positions, n, NAN, NAN, PLATEAU_PEAK_PSEUDO_VOIGT, NULL);
}

/* Behind the eight columns of the peak as found. */
static void
set_fitted (PlateauTable *table, guint row, const PlateauDqdvFittedPeak *peak, double active_mass,
            double offset)
{
  plateau_table_set_number (table, row, 8, peak->potential + offset);
  plateau_table_set_number (table, row, 9, peak->potential_stderr);
  plateau_table_set_number (table, row, 10, peak->fwhm);
  plateau_table_set_number (table, row, 11, plateau_from_si (peak->area, "mAh"));
  plateau_table_set_number (table, row, 12, plateau_from_si (peak->area / active_mass, "mAh/g"));
}

/**
 * plateau_dqdv_peaks_table:
 * @curves: (element-type PlateauDqdvCurve): curves
 * @active_mass: kg, or NaN: then the specific columns are empty
 * @offset: V added to potentials
 *
 * Each peak as found and, where the four most prominent peaks of a curve can be fitted as a sum of
 * pseudo-Voigts, its fitted values (plateau_dqdv_fit()); else these are empty.
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
  plateau_table_add_column (table, "fitted_potential_V", _ ("Fitted potential"), "V",
                            PLATEAU_COLUMN_NUMBER, 5);
  plateau_table_add_column (table, "fitted_potential_stderr_V", _ ("Its error"), "V",
                            PLATEAU_COLUMN_NUMBER, 2);
  plateau_table_add_column (table, "fitted_fwhm_V", _ ("Fitted width"), "V", PLATEAU_COLUMN_NUMBER,
                            3);
  plateau_table_add_column (table, "fitted_area_mAh", _ ("Fitted area"), "mAh",
                            PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "fitted_area_mAh_g", _ ("Fitted specific area"), "mAh/g",
                            PLATEAU_COLUMN_NUMBER, 4);
  for (guint i = 0; i < curves->len; i++)
    {
      const PlateauDqdvCurve *curve = g_ptr_array_index (curves, i);
      g_autofree int *fitted = g_new (int, curve->n_peaks + 1);
      g_autoptr (PlateauDqdvFit) fit = fit_main_peaks (curve, fitted);

      for (guint p = 0; p < curve->n_peaks; p++)
        {
          const PlateauDqdvPeak *peak = &curve->peaks[p];
          guint row = plateau_table_add_row (table);

          plateau_table_set_row_tag (table, row, curve->cycle);
          plateau_table_set_number (table, row, 0, curve->cycle);
          plateau_table_set_word (table, row, 1, curve->charge ? "charge" : "discharge",
                                  curve->charge ? _ ("charge") : _ ("discharge"));
          plateau_table_set_number (table, row, 2, peak->potential + offset);
          plateau_table_set_number (table, row, 3, plateau_from_si (peak->height, "mAh/V"));
          plateau_table_set_number (table, row, 4,
                                    plateau_from_si (peak->height / active_mass, "mAh/(g V)"));
          plateau_table_set_number (table, row, 5, peak->fwhm);
          plateau_table_set_number (table, row, 6, plateau_from_si (peak->area, "mAh"));
          plateau_table_set_number (table, row, 7,
                                    plateau_from_si (peak->area / active_mass, "mAh/g"));
          if (fit != NULL && fitted[p] >= 0)
            set_fitted (table, row, &fit->peaks[fitted[p]], active_mass, offset);
        }
    }
  return table;
}
