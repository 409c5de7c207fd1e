/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/plateau-spectrum.h"

#include "base/plateau-error.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdlib.h>

struct _PlateauSpectrum
{
  char *label;
  PlateauConditions conditions;
  gsize n;
  double *frequency, *re, *im, *time;
};

static double *
copy (const double *values, gsize n)
{
  return values != NULL ? g_memdup2 (values, MAX (n, 1) * sizeof (double)) : NULL;
}

/**
 * plateau_spectrum_new:
 * @label: (nullable): a name for the series, "4.20 V" or the file's own
 * @conditions: (nullable): what it was taken at, or NULL when nothing is known
 * @frequency: Hz
 * @z_re: ohm
 * @z_im: ohm, negative where capacitive
 * @point_time: (nullable): s since the start of the test, for each point
 * @n: number of points
 *
 * Returns: (transfer full): a spectrum with copies of the arrays, in their order
 */
PlateauSpectrum *
plateau_spectrum_new (const char *label, const PlateauConditions *conditions,
                      const double *frequency, const double *z_re, const double *z_im,
                      const double *point_time, gsize n)
{
  const PlateauConditions unknown = PLATEAU_CONDITIONS_INIT;
  PlateauSpectrum *spectrum = g_atomic_rc_box_new0 (PlateauSpectrum);
  spectrum->label = g_strdup (label != NULL ? label : "");
  spectrum->conditions = conditions != NULL ? *conditions : unknown;
  spectrum->n = n;
  spectrum->frequency = copy (frequency, n);
  spectrum->re = copy (z_re, n);
  spectrum->im = copy (z_im, n);
  spectrum->time = copy (point_time, n);
  return spectrum;
}

static void
spectrum_clear (gpointer data)
{
  PlateauSpectrum *spectrum = data;
  g_free (spectrum->label);
  g_free (spectrum->frequency);
  g_free (spectrum->re);
  g_free (spectrum->im);
  g_free (spectrum->time);
}

PlateauSpectrum *
plateau_spectrum_ref (PlateauSpectrum *spectrum)
{
  return g_atomic_rc_box_acquire (spectrum);
}

void
plateau_spectrum_unref (PlateauSpectrum *spectrum)
{
  g_atomic_rc_box_release_full (spectrum, spectrum_clear);
}

const char *
plateau_spectrum_get_label (PlateauSpectrum *spectrum)
{
  return spectrum->label;
}

const PlateauConditions *
plateau_spectrum_get_conditions (PlateauSpectrum *spectrum)
{
  return &spectrum->conditions;
}

gsize
plateau_spectrum_get_n (PlateauSpectrum *spectrum)
{
  return spectrum->n;
}

const double *
plateau_spectrum_peek_frequency (PlateauSpectrum *spectrum)
{
  return spectrum->frequency;
}

const double *
plateau_spectrum_peek_re (PlateauSpectrum *spectrum)
{
  return spectrum->re;
}

const double *
plateau_spectrum_peek_im (PlateauSpectrum *spectrum)
{
  return spectrum->im;
}

const double *
plateau_spectrum_peek_time (PlateauSpectrum *spectrum)
{
  return spectrum->time;
}

static PlateauSpectrum *
pick (PlateauSpectrum *spectrum, const gsize *order, gsize n)
{
  g_autofree double *f = g_new (double, MAX (n, 1)), *re = g_new (double, MAX (n, 1));
  g_autofree double *im = g_new (double, MAX (n, 1)), *time = g_new (double, MAX (n, 1));
  for (gsize i = 0; i < n; i++)
    {
      f[i] = spectrum->frequency[order[i]];
      re[i] = spectrum->re[order[i]];
      im[i] = spectrum->im[order[i]];
      time[i] = spectrum->time != NULL ? spectrum->time[order[i]] : NAN;
    }
  return plateau_spectrum_new (spectrum->label, &spectrum->conditions, f, re, im,
                               spectrum->time != NULL ? time : NULL, n);
}

/**
 * plateau_spectrum_place:
 * @label: (nullable): a name for the series; %NULL: its own
 * @shift: s, added to the time of the spectrum and of its points; NaN: its time is not known
 *
 * What a spectrum of one file is called, and when it was taken, in a series of several files.
 *
 * Returns: (transfer full): the same points
 */
PlateauSpectrum *
plateau_spectrum_place (PlateauSpectrum *spectrum, const char *label, double shift)
{
  PlateauSpectrum *placed = plateau_spectrum_new (
      label != NULL ? label : spectrum->label, &spectrum->conditions, spectrum->frequency,
      spectrum->re, spectrum->im, isfinite (shift) ? spectrum->time : NULL, spectrum->n);
  /* A file without times of its points still has the time at which it was started. */
  placed->conditions.time = isfinite (spectrum->conditions.time) ? spectrum->conditions.time + shift
                                                                 : shift;
  for (gsize i = 0; placed->time != NULL && i < placed->n; i++)
    placed->time[i] += shift;
  return placed;
}

/**
 * plateau_spectrum_select:
 * @keep: one flag a point
 *
 * Returns: (transfer full): the kept points in their order, possibly none
 */
PlateauSpectrum *
plateau_spectrum_select (PlateauSpectrum *spectrum, const gboolean *keep)
{
  g_autofree gsize *order = g_new (gsize, MAX (spectrum->n, 1));
  gsize n = 0;
  for (gsize i = 0; i < spectrum->n; i++)
    if (keep[i])
      order[n++] = i;
  return pick (spectrum, order, n);
}

static int
by_falling_frequency (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const double *f = user_data;
  gsize i = *(const gsize *) a, j = *(const gsize *) b;
  if (f[i] != f[j])
    return f[i] > f[j] ? -1 : 1;
  return i < j ? -1 : i > j;
}

/* Repeated frequencies, adjacent after sorting, become their mean. */
static gsize
merge_repeats (PlateauSpectrum *spectrum)
{
  gsize kept = 0;
  for (gsize i = 0; i < spectrum->n;)
    {
      gsize j = i;
      double re = 0, im = 0;
      for (; j < spectrum->n && spectrum->frequency[j] == spectrum->frequency[i]; j++)
        {
          re += spectrum->re[j];
          im += spectrum->im[j];
        }
      spectrum->frequency[kept] = spectrum->frequency[i];
      spectrum->re[kept] = re / (double) (j - i);
      spectrum->im[kept] = im / (double) (j - i);
      if (spectrum->time != NULL)
        spectrum->time[kept] = spectrum->time[i];
      kept++;
      i = j;
    }
  gsize merged = spectrum->n - kept;
  spectrum->n = kept;
  return merged;
}

/**
 * plateau_spectrum_clean:
 * @warnings: (nullable): gets a sentence for everything that was changed
 *
 * What analyses need: points sorted by falling frequency, points without a finite value or with a
 * frequency that is not positive left out, repeated frequencies averaged.
 *
 * Returns: (transfer full): a new spectrum; NULL with PLATEAU_ANALYSIS_ERROR_NO_DATA when no point
 *   is left
 */
PlateauSpectrum *
plateau_spectrum_clean (PlateauSpectrum *spectrum, GPtrArray *warnings, GError **error)
{
  g_autofree gsize *order = g_new (gsize, MAX (spectrum->n, 1));
  gsize n = 0;
  for (gsize i = 0; i < spectrum->n; i++)
    if (isfinite (spectrum->frequency[i]) && spectrum->frequency[i] > 0
        && isfinite (spectrum->re[i]) && isfinite (spectrum->im[i]))
      order[n++] = i;
  if (n == 0)
    {
      g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA,
                   _ ("None of the %zu points has a positive frequency and a finite impedance."),
                   spectrum->n);
      return NULL;
    }
  if (n < spectrum->n && warnings != NULL)
    g_ptr_array_add (warnings, g_strdup_printf (_ ("%zu points without a positive frequency or a "
                                                   "finite impedance were left out."),
                                                spectrum->n - n));
  g_qsort_with_data (order, (int) n, sizeof *order, by_falling_frequency, spectrum->frequency);
  PlateauSpectrum *cleaned = pick (spectrum, order, n);
  gsize merged = merge_repeats (cleaned);
  if (merged > 0 && warnings != NULL)
    g_ptr_array_add (warnings,
                     g_strdup_printf (_ ("%zu repeated frequencies were averaged."), merged));
  return cleaned;
}
