/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-conductivity.h"

#include "base/plateau-error.h"

#include <glib/gi18n.h>
#include <math.h>

/* The resistance of a pellet between blocking electrodes without a circuit. */

#define TAIL_LEAST 4 /* points of a blocking tail */

/* Rows by falling frequency. */
static guint *
order_by_frequency (const double *frequency, gsize n)
{
  guint *order = g_new (guint, n);
  for (guint i = 0; i < n; i++)
    {
      guint k = i;
      for (; k > 0 && frequency[order[k - 1]] < frequency[i]; k--)
        order[k] = order[k - 1];
      order[k] = i;
    }
  return order;
}

/* The tail of blocking electrodes begins where - Z'' is least on its way down in frequency and
 * rises from there to the end, more than fivefold or steeper than it is wide. */
static gboolean
find_tail (const double *re, const double *im, const guint *order, gsize n, gsize *begin)
{
  gsize least = n - 1;
  while (least > 0 && -im[order[least - 1]] < -im[order[least]])
    least--;
  double rise = im[order[least]] - im[order[n - 1]], width = re[order[n - 1]] - re[order[least]];
  *begin = least;
  return n - least > TAIL_LEAST && rise > fabs (width)
         && (-im[order[n - 1]] > 5 * -im[order[least]] || rise > 2 * fabs (width));
}

/**
 * plateau_conductivity_intercept:
 * @spectrum: an impedance spectrum
 * @intercept: (out): the resistance
 *
 * Between blocking electrodes the low-frequency tail is a straight line in the complex plane,
 * also for a constant phase element; it is carried on to the real axis, its points beyond the
 * bend weighed by 1/|Z|². Without a tail the resistance is Z' where |Z''| is least at the low
 * frequencies.
 *
 * Returns: %FALSE with @error set with fewer than three points
 */
gboolean
plateau_conductivity_intercept (PlateauSpectrum *spectrum, PlateauIntercept *intercept,
                                GError **error)
{
  gsize n = plateau_spectrum_get_n (spectrum), begin;
  const double *re = plateau_spectrum_peek_re (spectrum);
  const double *im = plateau_spectrum_peek_im (spectrum);
  const double *frequency = plateau_spectrum_peek_frequency (spectrum);
  *intercept = (PlateauIntercept){ NAN, NAN, FALSE, NAN };
  if (n < 3)
    {
      g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA,
                   _ ("a spectrum of %u points has no intercept"), (guint) n);
      return FALSE;
    }
  g_autofree guint *order = order_by_frequency (frequency, n);
  intercept->blocking = find_tail (re, im, order, n, &begin);
  if (!intercept->blocking)
    {
      gsize at = n - 1;
      for (gsize i = n / 2; i < n; i++)
        if (fabs (im[order[i]]) < fabs (im[order[at]]))
          at = i;
      /* The half is no end of its own: a wide arc is followed up to where it begins. */
      gboolean cut = at == n / 2;
      while (cut && at > 0 && fabs (im[order[at - 1]]) < fabs (im[order[at]]))
        at--;
      intercept->resistance = re[order[at]];
      intercept->frequency = frequency[order[at]];
      return TRUE;
    }
  /* The first points of the tail still bend into the arc. */
  gsize from = begin + (n - begin) / 3, m = n - from;
  g_autofree double *x = g_new (double, m), *y = g_new (double, m), *w = g_new (double, m);
  PlateauLine line;
  for (gsize i = 0; i < m; i++)
    {
      guint row = order[from + i];
      x[i] = -im[row];
      y[i] = re[row];
      w[i] = 1 / (re[row] * re[row] + im[row] * im[row]);
    }
  plateau_fit_line (x, y, w, m, &line);
  double chi2 = 0;
  for (gsize i = 0; i < m; i++)
    chi2 += w[i] * pow (y[i] - line.intercept - line.slope * x[i], 2);
  intercept->resistance = line.intercept;
  intercept->resistance_stderr = m > 2 ? line.intercept_stderr * sqrt (chi2 / (double) (m - 2))
                                       : NAN;
  intercept->frequency = frequency[order[begin]];
  return TRUE;
}
