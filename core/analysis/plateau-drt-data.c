/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-drt-private.h"

#include "base/plateau-error.h"

#include <glib/gi18n.h>
#include <string.h>

#define MIN_POINTS 5

/**
 * plateau_drt_warn:
 * @warnings: (element-type utf8): receives the sentence
 * @format: of printf
 *
 * Adds a sentence for the user.
 */
void
plateau_drt_warn (GPtrArray *warnings, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (warnings, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

/**
 * plateau_drt_data_init:
 * @data: receives the arrays
 * @spectrum: one spectrum
 * @options: whether inductive points stay
 * @warnings: (element-type utf8): receives what was left out
 * @error: return location
 *
 * Returns: whether enough points are left
 */
gboolean
plateau_drt_data_init (PlateauDrtData *data, PlateauSpectrum *spectrum,
                       const PlateauDrtOptions *options, GPtrArray *warnings, GError **error)
{
  g_autoptr (PlateauSpectrum) clean = plateau_spectrum_clean (spectrum, warnings, error);
  double smallest = INFINITY, largest = 0;
  gsize n, inductive = 0;

  memset (data, 0, sizeof *data);
  if (clean == NULL)
    return FALSE;
  n = plateau_spectrum_get_n (clean);
  data->frequency = g_new (double, n);
  data->z_re = g_new (double, n);
  data->z_im = g_new (double, n);
  for (gsize i = 0; i < n; i++)
    {
      double re = plateau_spectrum_peek_re (clean)[i], im = plateau_spectrum_peek_im (clean)[i];
      double modulus = hypot (re, im);

      if (im > 0)
        inductive++;
      if ((im > 0 && options->inductance == PLATEAU_DRT_INDUCTANCE_DISCARD) || modulus == 0)
        continue;
      data->frequency[data->n] = plateau_spectrum_peek_frequency (clean)[i];
      data->z_re[data->n] = re;
      data->z_im[data->n++] = im;
      smallest = MIN (smallest, modulus);
      largest = MAX (largest, modulus);
    }
  if (data->n < MIN_POINTS)
    {
      g_set_error (
          error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA,
          inductive == n ? _ (
              "Every one of the %zu points is inductive (Z'' > 0); %d others are needed for a DRT. "
              "Check the sign of Z'' in the file.")
                         : _ ("The spectrum has %zu usable points; a DRT needs at least %d."),
          inductive == n ? n : data->n, MIN_POINTS);
      plateau_drt_data_clear (data);
      return FALSE;
    }
  if (inductive == n)
    plateau_drt_warn (warnings,
                      _ ("Every point is inductive (Z'' > 0). Check the sign of Z'' in the file."));
  if (largest > 1e4 * smallest && options->weighting == PLATEAU_DRT_WEIGHT_UNIT)
    plateau_drt_warn (
        warnings,
        _ ("|Z| spans %.0f decades: without modulus weights the small impedances do not count."),
        log10 (largest / smallest));
  return TRUE;
}

/**
 * plateau_drt_data_clear:
 * @data: arrays to free
 */
void
plateau_drt_data_clear (PlateauDrtData *data)
{
  g_clear_pointer (&data->frequency, g_free);
  g_clear_pointer (&data->z_re, g_free);
  g_clear_pointer (&data->z_im, g_free);
}
