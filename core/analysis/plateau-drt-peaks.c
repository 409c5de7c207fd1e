/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-drt-private.h"

#include "base/plateau-matrix.h"

#include <string.h>

/* A maximum counts when it stands out by this share of the largest one, and of itself. */
#define PROMINENCE 0.005
#define OWN_PROMINENCE 0.05
#define MAX_PEAKS 16
#define MAX_FIT_STEPS 15
#define FIT_POINTS 200
#define ROUNDING 1e-12 /* of |Z|: what is less is no process */

typedef struct
{
  gsize at, left, right; /* maximum and the minima beside it */
  double prominence, sign;
} Maximum;

/* How far one may walk on each side before the curve rises above the maximum, and the highest of
 * the two lowest points on the way. */
static double
prominence_of (const double *y, gsize n, gsize at, double sign)
{
  double left = sign * y[at], right = left;

  for (gsize i = at; i-- > 0 && sign * y[i] <= sign * y[at];)
    left = MIN (left, sign * y[i]);
  for (gsize i = at + 1; i < n && sign * y[i] <= sign * y[at]; i++)
    right = MIN (right, sign * y[i]);
  return sign * y[at] - MAX (MAX (left, right), 0);
}

static int
compare_prominence (gconstpointer a, gconstpointer b)
{
  const Maximum *left = a, *right = b;

  return (left->prominence < right->prominence) - (left->prominence > right->prominence);
}

static int
compare_position (gconstpointer a, gconstpointer b)
{
  const Maximum *left = a, *right = b;

  return (left->at > right->at) - (left->at < right->at);
}

static GArray *
find_maxima (const double *y, gsize n, gboolean with_negative, int limit)
{
  GArray *maxima = g_array_new (FALSE, FALSE, sizeof (Maximum));
  double largest = 0;

  for (gsize i = 0; i < n; i++)
    largest = MAX (largest, fabs (y[i]));
  for (int side = 0; side < (with_negative ? 2 : 1); side++)
    for (gsize i = 1; i + 1 < n; i++)
      {
        double sign = side == 0 ? 1 : -1;
        Maximum maximum = { i, i, i, 0, sign };

        if (!(sign * y[i] > sign * y[i - 1] && sign * y[i] >= sign * y[i + 1] && sign * y[i] > 0))
          continue;
        maximum.prominence = prominence_of (y, n, i, sign);
        if (maximum.prominence > PROMINENCE * largest
            && maximum.prominence > OWN_PROMINENCE * sign * y[i])
          g_array_append_val (maxima, maximum);
      }
  g_array_sort (maxima, compare_prominence);
  g_array_set_size (maxima, MIN (maxima->len, (guint) (limit > 0 ? limit : MAX_PEAKS)));
  g_array_sort (maxima, compare_position);
  return maxima;
}

static void
find_borders (const double *y, gsize n, GArray *maxima)
{
  for (guint p = 0; p < maxima->len; p++)
    {
      Maximum *maximum = &g_array_index (maxima, Maximum, p);
      gsize low = p > 0 ? g_array_index (maxima, Maximum, p - 1).at : 0;
      gsize high = p + 1 < maxima->len ? g_array_index (maxima, Maximum, p + 1).at : n - 1;

      maximum->left = low;
      for (gsize i = low; i < maximum->at; i++)
        if (maximum->sign * y[i] <= maximum->sign * y[maximum->left])
          maximum->left = i;
      maximum->right = maximum->at;
      for (gsize i = maximum->at; i <= high; i++)
        if (maximum->sign * y[i] < maximum->sign * y[maximum->right])
          maximum->right = i;
    }
}

static double
trapezoid (const double *x, const double *y, gsize from, gsize to)
{
  double sum = 0;

  for (gsize i = from; i < to; i++)
    sum += 0.5 * (y[i] + y[i + 1]) * (x[i + 1] - x[i]);
  return sum;
}

/* Sum of Gaussians: height, centre and ln width of each. */
typedef struct
{
  const double *x, *y;
  gsize n;
} Curve;

/* Sum of squares at @p; with @j also the Jacobian and the residuals y - model. */
static double
misfit (const Curve *curve, const double *p, gsize n, double *j, double *residual)
{
  double sum = 0;

  if (j != NULL)
    memset (j, 0, curve->n * n * sizeof (double));
  for (gsize i = 0; i < curve->n; i++)
    {
      double r = curve->y[i];

      for (gsize k = 0; k < n; k += 3)
        {
          double width = exp (-p[k + 2]), t = (curve->x[i] - p[k + 1]) * width, e;

          if (!(fabs (t) < 6.5))
            continue;
          e = exp (-0.5 * t * t);
          r -= p[k] * e;
          if (j == NULL)
            continue;
          j[i * n + k] = e;
          j[i * n + k + 1] = p[k] * e * t * width;
          j[i * n + k + 2] = p[k] * e * t * t;
        }
      if (residual != NULL)
        residual[i] = r;
      sum += r * r;
    }
  return sum;
}

/* Width from the curvature of the half that falls off within the borders. */
static double
starting_width (const Curve *curve, const Maximum *maximum)
{
  double half = 0.5 * curve->y[maximum->at];
  gsize left = maximum->at, right = maximum->at;
  double width;

  while (left > maximum->left && maximum->sign * curve->y[left] > maximum->sign * half)
    left--;
  while (right < maximum->right && maximum->sign * curve->y[right] > maximum->sign * half)
    right++;
  width = 2 * MIN (curve->x[maximum->at] - curve->x[left], curve->x[right] - curve->x[maximum->at])
          / 2.355;
  return width > 0 ? width : (curve->x[right] - curve->x[left] + 1e-3) / 2.355;
}

/* Levenberg-Marquardt on the normal equations: small, local and run for every spectrum of a series,
 * so it uses the vectorised kernels. */
static gboolean
fit_gaussians (const Curve *curve, GArray *maxima, double *p)
{
  gsize n = 3 * maxima->len;
  g_autofree double *j = g_new (double, curve->n *n), *residual = g_new (double, curve->n);
  g_autofree double *gram = g_new (double, n *n), *factor = g_new (double, n *n);
  g_autofree double *gradient = g_new (double, n), *step = g_new (double, n);
  g_autofree double *trial = g_new (double, n);
  double damping = 1e-3, sum = misfit (curve, p, n, j, residual);

  for (int iteration = 0; iteration < MAX_FIT_STEPS && isfinite (sum); iteration++)
    {
      gboolean better = FALSE;
      double next = sum;

      memset (gram, 0, n * n * sizeof (double));
      plateau_matrix_add_gram (j, curve->n, n, n, gram, n);
      plateau_matrix_transposed_times (j, curve->n, n, n, residual, gradient);
      for (int attempt = 0; attempt < 8 && !better; attempt++)
        {
          memcpy (factor, gram, n * n * sizeof (double));
          for (gsize k = 0; k < n; k++)
            factor[k * n + k] += damping * (gram[k * n + k] + 1e-12);
          memcpy (step, gradient, n * sizeof (double));
          if (plateau_matrix_cholesky (factor, n, n))
            {
              plateau_matrix_cholesky_solve (factor, n, n, step);
              for (gsize k = 0; k < n; k++)
                trial[k] = p[k] + step[k];
              next = misfit (curve, trial, n, NULL, NULL);
              better = next < sum;
            }
          damping *= better ? 0.2 : 5;
        }
      if (!better)
        break;
      memcpy (p, trial, n * sizeof (double));
      if (next > sum * (1 - 1e-5))
        break;
      sum = misfit (curve, p, n, j, residual);
    }
  return isfinite (sum);
}

/* A component that ran away from its maximum says nothing about it. */
static gboolean
sensible (const Curve *curve, const Maximum *maximum, const double *p)
{
  return isfinite (p[0]) && isfinite (p[1]) && isfinite (p[2]) && maximum->sign * p[0] > 0
         && p[1] > curve->x[maximum->left] - 1 && p[1] < curve->x[maximum->right] + 1
         && fabs (p[0]) < 20 * fabs (curve->y[maximum->at]) && fabs (p[2]) < 4;
}

static void
fill_peak (PlateauDrtPeak *peak, const PlateauDrt *drt, const Curve *curve, const Maximum *maximum,
           const double *p, gboolean fitted)
{
  const double edge = sqrt (10.0);

  peak->area = trapezoid (curve->x, curve->y, maximum->left, maximum->right);
  peak->tau = exp (fitted ? p[1] : curve->x[maximum->at]);
  peak->height = fitted ? p[0] : curve->y[maximum->at];
  peak->sigma = fitted ? exp (p[2]) : starting_width (curve, maximum);
  peak->resistance = fitted ? sqrt (2 * G_PI) * p[0] * exp (p[2]) : peak->area;
  peak->frequency = 1 / (2 * G_PI * peak->tau);
  peak->capacitance = peak->tau / peak->resistance;
  peak->share = peak->resistance / drt->polarisation_resistance;
  peak->resistance_lower = peak->resistance_upper = NAN;
  peak->at_edge = peak->tau < drt->measured_tau_low * edge
                  || peak->tau > drt->measured_tau_high / edge;
  peak->extrapolated = peak->tau < drt->measured_tau_low || peak->tau > drt->measured_tau_high;
}

static int
compare_peaks (gconstpointer a, gconstpointer b)
{
  const PlateauDrtPeak *left = a, *right = b;

  return (left->tau > right->tau) - (left->tau < right->tau);
}

/* Whether gamma is but the rounding of a spectrum of resistance and inductance alone. */
static gboolean
is_nothing (const PlateauDrt *drt, const double *y, gsize n)
{
  double gamma = 0, z = 0;

  for (gsize i = 0; i < n; i++)
    gamma = MAX (gamma, fabs (y[i]));
  for (gsize i = 0; i < drt->n_points; i++)
    z = MAX (z, hypot (drt->z_re[i], drt->z_im[i]));
  return gamma <= ROUNDING * z;
}

/**
 * plateau_drt_find_peaks:
 * @drt: a result whose fine curve is there
 * @max_peaks: how many to keep at most, by prominence; 0: all that stand out
 *
 * Finds the maxima of gamma(ln tau), fits a sum of Gaussians started at them (Levenberg-Marquardt),
 * and takes each component's area as the resistance of its process. A component that leaves its
 * maximum is replaced by the area between the neighbouring minima.
 */
void
plateau_drt_find_peaks (PlateauDrtPrivate *drt, int max_peaks)
{
  const PlateauDrt *result = &drt->parent;
  gsize step = MAX (1, result->n_fine / FIT_POINTS), n = (result->n_fine + step - 1) / step;
  g_autofree double *x = g_new (double, n), *y = g_new (double, n), *p = NULL;
  Curve curve = { x, y, n };
  g_autoptr (GArray) maxima = NULL;
  gboolean fitted;

  for (gsize i = 0; i < n; i++)
    {
      x[i] = log (result->fine_tau[i * step]);
      y[i] = result->fine_gamma[i * step];
    }
  if (is_nothing (result, y, n))
    return;
  maxima = find_maxima (y, n, TRUE, max_peaks);
  if (maxima->len == 0)
    return;
  find_borders (y, n, maxima);
  p = g_new (double, 3 * maxima->len);
  for (guint k = 0; k < maxima->len; k++)
    {
      const Maximum *maximum = &g_array_index (maxima, Maximum, k);

      p[3 * k] = y[maximum->at];
      p[3 * k + 1] = x[maximum->at];
      p[3 * k + 2] = log (starting_width (&curve, maximum));
    }
  fitted = n > 3 * maxima->len && fit_gaussians (&curve, maxima, p);
  for (guint k = 0; k < maxima->len; k++)
    {
      const Maximum *maximum = &g_array_index (maxima, Maximum, k);
      PlateauDrtPeak peak = { 0 };

      fill_peak (&peak, result, &curve, maximum, p + 3 * k,
                 fitted && sensible (&curve, maximum, p + 3 * k));
      g_array_append_val (drt->peak_list, peak);
    }
  g_array_sort (drt->peak_list, compare_peaks);
}

/* --- along a series --------------------------------------------------------------------------- */

/* Ordered assignment of peaks to tracks by dynamic programming: the cost of a match is its
 * distance in decades, of leaving one alone half the largest step. */
static void
match (const double *tracks, guint n_tracks, const PlateauDrtPeak *peaks, guint n_peaks,
       double max_step, int *assigned)
{
  guint width = n_peaks + 1;
  g_autofree double *cost = g_new (double, (n_tracks + 1) * width);
  guint i, j;

  for (i = 0; i <= n_tracks; i++)
    for (j = 0; j <= n_peaks; j++)
      {
        double best = INFINITY, distance;

        if (i == 0 && j == 0)
          best = 0;
        if (i > 0)
          best = MIN (best, cost[(i - 1) * width + j] + max_step / 2);
        if (j > 0)
          best = MIN (best, cost[i * width + j - 1] + max_step / 2);
        if (i > 0 && j > 0)
          {
            distance = fabs (log10 (peaks[j - 1].tau) - tracks[i - 1]);
            if (distance <= max_step)
              best = MIN (best, cost[(i - 1) * width + j - 1] + distance);
          }
        cost[i * width + j] = best;
      }
  for (j = 0; j < n_peaks; j++)
    assigned[j] = -1;
  i = n_tracks;
  j = n_peaks;
  while (i > 0 && j > 0)
    {
      double distance = fabs (log10 (peaks[j - 1].tau) - tracks[i - 1]);

      if (distance <= max_step
          && cost[i * width + j] >= cost[(i - 1) * width + j - 1] + distance - 1e-12)
        {
          assigned[--j] = (int) --i;
        }
      else if (cost[i * width + j] >= cost[(i - 1) * width + j] + max_step / 2 - 1e-12)
        i--;
      else
        j--;
    }
}

typedef struct
{
  double position; /* log10 tau, last seen */
  GArray *peaks;   /* int, one a spectrum */
} Track;

static int
compare_tracks (gconstpointer a, gconstpointer b)
{
  const Track *const *left = a, *const *right = b;

  return ((*left)->position > (*right)->position) - ((*left)->position < (*right)->position);
}

static void
track_free (gpointer data)
{
  Track *track = data;

  g_array_unref (track->peaks);
  g_free (track);
}

static Track *
track_new (guint before)
{
  Track *track = g_new0 (Track, 1);
  int none = -1;

  track->peaks = g_array_new (FALSE, FALSE, sizeof (int));
  for (guint i = 0; i < before; i++)
    g_array_append_val (track->peaks, none);
  return track;
}

/**
 * plateau_drt_track:
 * @series: (array length=n_spectra): results in the order of the series, %NULL where one failed
 * @n_spectra: number of spectra
 * @max_step_decades: how far a peak may move in tau from one spectrum to the next
 *
 * Follows the peaks along a series, keeping their order in tau.
 *
 * Returns: (transfer full): the tracks, by rising tau where each was last seen
 */
PlateauDrtTracks *
plateau_drt_track (PlateauDrt *const *series, guint n_spectra, double max_step_decades)
{
  g_autoptr (GPtrArray) tracks = g_ptr_array_new_with_free_func (track_free);
  PlateauDrtTracks *result = g_new0 (PlateauDrtTracks, 1);
  int none = -1;

  for (guint s = 0; s < n_spectra; s++)
    {
      guint n_before = tracks->len, n_peaks = series[s] != NULL ? series[s]->n_peaks : 0;
      g_autofree double *positions = g_new (double, n_before + 1);
      g_autofree int *assigned = g_new (int, n_peaks + 1);

      for (guint t = 0; t < n_before; t++)
        positions[t] = ((Track *) g_ptr_array_index (tracks, t))->position;
      if (n_peaks > 0)
        match (positions, n_before, series[s]->peaks, n_peaks, max_step_decades, assigned);
      for (guint t = 0; t < n_before; t++)
        g_array_append_val (((Track *) g_ptr_array_index (tracks, t))->peaks, none);
      for (guint j = 0; j < n_peaks; j++)
        {
          Track *track;

          if (assigned[j] < 0)
            {
              track = track_new (s + 1);
              g_ptr_array_add (tracks, track);
            }
          else
            track = g_ptr_array_index (tracks, assigned[j]);
          track->position = log10 (series[s]->peaks[j].tau);
          g_array_index (track->peaks, int, s) = (int) j;
        }
      g_ptr_array_sort (tracks, compare_tracks);
    }
  result->n_tracks = tracks->len;
  result->n_spectra = n_spectra;
  result->peak = g_new (int, (gsize) tracks->len *n_spectra + 1);
  for (guint t = 0; t < tracks->len; t++)
    memcpy (result->peak + (gsize) t * n_spectra,
            ((Track *) g_ptr_array_index (tracks, t))->peaks->data, n_spectra * sizeof (int));
  return result;
}

/**
 * plateau_drt_tracks_free:
 * @tracks: tracks
 */
void
plateau_drt_tracks_free (PlateauDrtTracks *tracks)
{
  g_free (tracks->peak);
  g_free (tracks);
}
