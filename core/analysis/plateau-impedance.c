/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-impedance.h"

#include "analysis/plateau-masks.h"
#include "base/plateau-complex.h"
#include "base/plateau-number.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define SAME_FREQUENCY 1e-6

#define AT(member) G_STRUCT_OFFSET (PlateauImpedanceOptions, member)

const PlateauOption plateau_impedance_option_table[] = {
  { "frequency-low", N_ ("Frequencies from"), N_ ("Points of lower frequency are left out"),
    PLATEAU_OPTION_NUMBER, AT (frequency_low), "Hz", 0, 0 },
  { "frequency-high", N_ ("Frequencies to"), N_ ("Points of higher frequency are left out"),
    PLATEAU_OPTION_NUMBER, AT (frequency_high), "Hz", 0, 0 },
  { "mask-kk", N_ ("Mask what fails Lin-KK"),
    /* xgettext:no-c-format */
    N_ ("Points whose Kramers-Kronig residual is beyond 1 % are left out"), PLATEAU_OPTION_BOOLEAN,
    AT (mask_kk) },
  { "correct-drift", N_ ("Correct drift along a series"),
    N_ ("Each frequency is interpolated in time between neighbouring spectra"),
    PLATEAU_OPTION_BOOLEAN, AT (correct_drift) },
  { "masks", N_ ("Masked points"), N_ ("CELL:SPECTRUM:FREQUENCY, separated by semicolons"),
    PLATEAU_OPTION_TEXT, AT (masks) },
  { NULL }
};

/**
 * plateau_impedance_choose_electrode:
 * @spectra: (element-type PlateauSpectrum): all spectra of a cell
 *
 * Returns: (transfer full) (element-type PlateauSpectrum): those of the working electrode where
 *   several electrodes were measured at once, else all
 */
GPtrArray *
plateau_impedance_choose_electrode (GPtrArray *spectra)
{
  GPtrArray *kept = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_spectrum_unref);
  gboolean working = FALSE;

  for (guint i = 0; i < spectra->len; i++)
    working |= plateau_spectrum_get_conditions (g_ptr_array_index (spectra, i))->electrode
               == PLATEAU_ELECTRODE_WORKING;
  for (guint i = 0; i < spectra->len; i++)
    if (!working
        || plateau_spectrum_get_conditions (g_ptr_array_index (spectra, i))->electrode
               == PLATEAU_ELECTRODE_WORKING)
      g_ptr_array_add (kept, plateau_spectrum_ref (g_ptr_array_index (spectra, i)));
  return kept;
}

/* Which points stay; the number left out is returned. */
static guint
choose_points (PlateauSpectrum *spectrum, gint64 cell, guint number,
               const PlateauImpedanceOptions *options, PlateauMasks *masks, gboolean *keep)
{
  gsize n = plateau_spectrum_get_n (spectrum);
  const double *frequency = plateau_spectrum_peek_frequency (spectrum);
  guint left_out = 0;

  for (gsize i = 0; i < n; i++)
    {
      PlateauMaskPoint point = { cell, number, frequency[i] };

      keep[i] = !(frequency[i] < options->frequency_low)
                && !(frequency[i] > options->frequency_high)
                && !plateau_masks_contain (masks, &point);
      left_out += !keep[i];
    }
  if (options->mask_kk)
    {
      PlateauKkOptions kk_options = PLATEAU_KK_OPTIONS_INIT;
      g_autoptr (PlateauSpectrum) kept = plateau_spectrum_select (spectrum, keep);
      g_autoptr (PlateauKk) kk = plateau_kk_analyse (kept, &kk_options, NULL, NULL);

      for (gsize i = 0; kk != NULL && i < n; i++)
        for (gsize k = 0; keep[i] && k < kk->n; k++)
          if (kk->failing[k]
              && fabs (kk->frequency[k] - frequency[i]) <= SAME_FREQUENCY * frequency[i])
            {
              keep[i] = FALSE;
              left_out++;
            }
    }
  return left_out;
}

/**
 * plateau_impedance_prepare:
 * @spectra: (element-type PlateauSpectrum): spectra of a cell in their order
 * @cell: id of the cell
 * @options: masks and corrections
 * @notes: (nullable) (element-type utf8): receives what was left out
 *
 * Returns: (transfer full) (element-type PlateauSpectrum): the spectra as they are analysed; a
 *   spectrum of which nothing would be left stays whole
 */
GPtrArray *
plateau_impedance_prepare (GPtrArray *spectra, gint64 cell, const PlateauImpedanceOptions *options,
                           GPtrArray *notes)
{
  GPtrArray *prepared = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_spectrum_unref);
  g_autoptr (GPtrArray)
      corrected = options->correct_drift ? plateau_impedance_correct_drift (spectra) : NULL;
  g_autoptr (PlateauMasks) masks = plateau_masks_new (options->masks);
  GPtrArray *from = corrected != NULL ? corrected : spectra;
  guint points = 0, touched = 0;

  for (guint s = 0; s < from->len; s++)
    {
      PlateauSpectrum *spectrum = g_ptr_array_index (from, s);
      gsize n = plateau_spectrum_get_n (spectrum);
      g_autofree gboolean *keep = g_new (gboolean, n + 1);
      guint left_out = choose_points (spectrum, cell, s + 1, options, masks, keep);

      if (left_out == 0 || left_out == n)
        g_ptr_array_add (prepared, plateau_spectrum_ref (spectrum));
      else
        {
          g_ptr_array_add (prepared, plateau_spectrum_select (spectrum, keep));
          points += left_out;
          touched++;
        }
    }
  if (points > 0 && notes != NULL)
    g_ptr_array_add (notes, g_strdup_printf (ngettext ("points masked: %u, in %u spectrum",
                                                       "points masked: %u, in %u spectra", touched),
                                             points, touched));
  if (corrected != NULL && notes != NULL)
    g_ptr_array_add (notes, g_strdup (_ ("corrected for drift along the series")));
  return prepared;
}

/**
 * plateau_impedance_list_masked:
 * @spectra: (element-type PlateauSpectrum): spectra of a cell in their order
 * @cell: id of the cell
 * @options: masks
 *
 * Returns: (transfer full) (element-type PlateauSpectrum): of each spectrum the points that
 *   plateau_impedance_prepare() leaves out, possibly none
 */
GPtrArray *
plateau_impedance_list_masked (GPtrArray *spectra, gint64 cell,
                               const PlateauImpedanceOptions *options)
{
  g_autoptr (PlateauMasks) masks = plateau_masks_new (options->masks);
  GPtrArray *masked = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_spectrum_unref);

  for (guint s = 0; s < spectra->len; s++)
    {
      PlateauSpectrum *spectrum = g_ptr_array_index (spectra, s);
      gsize n = plateau_spectrum_get_n (spectrum);
      g_autofree gboolean *keep = g_new (gboolean, n + 1);
      guint left_out = choose_points (spectrum, cell, s + 1, options, masks, keep);

      for (gsize i = 0; i < n; i++)
        keep[i] = !keep[i] && left_out < n;
      g_ptr_array_add (masked, plateau_spectrum_select (spectrum, keep));
    }
  return masked;
}

/* --- drift ------------------------------------------------------------------------------------ */

/* When the point was taken: as recorded, or by the share of whole periods that came before it. */
static double *
point_times (PlateauSpectrum *spectrum)
{
  const PlateauConditions *conditions = plateau_spectrum_get_conditions (spectrum);
  const double *time = plateau_spectrum_peek_time (spectrum);
  const double *frequency = plateau_spectrum_peek_frequency (spectrum);
  gsize n = plateau_spectrum_get_n (spectrum);
  double *times = g_new (double, n);
  double total = 0, sum = 0, duration = conditions->duration;

  if (time != NULL)
    {
      memcpy (times, time, n * sizeof (double));
      return times;
    }
  for (gsize i = 0; i < n; i++)
    total += 1 / frequency[i];
  if (!isfinite (duration))
    duration = 3 * total; /* a few periods a point */
  for (gsize i = 0; i < n; i++)
    {
      times[i] = conditions->time + duration * sum / total;
      sum += 1 / frequency[i];
    }
  return times;
}

static gboolean
find_frequency (PlateauSpectrum *spectrum, double frequency, gsize *index)
{
  const double *f = plateau_spectrum_peek_frequency (spectrum);

  for (gsize i = 0; i < plateau_spectrum_get_n (spectrum); i++)
    if (fabs (f[i] - frequency) <= 1e-3 * frequency)
      {
        *index = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * plateau_impedance_is_on_charge:
 * @spectra: (element-type PlateauSpectrum): a series in the order of time
 * @index: one of them
 *
 * Returns: whether the potential had risen, or not fallen, when the spectrum was taken: against the
 *   one before, for the first against the one after. Without potentials: %TRUE
 */
gboolean
plateau_impedance_is_on_charge (GPtrArray *spectra, guint index)
{
  guint later = MAX (index, 1);
  double before, after;

  if (later >= spectra->len)
    return TRUE;
  before = plateau_spectrum_get_conditions (spectra->pdata[later - 1])->potential;
  after = plateau_spectrum_get_conditions (spectra->pdata[later])->potential;
  return !(after < before);
}

/**
 * plateau_impedance_correct_drift:
 * @spectra: (element-type PlateauSpectrum): a series in the order of time
 *
 * A spectrum takes minutes while the cell changes: its low frequencies belong to a later state
 * than its high ones. Each point is interpolated linearly in time between this spectrum and its
 * neighbour of the same frequency, to the time at which the spectrum began (Stoynov's
 * four-dimensional analysis in its simplest form). The first spectrum of a series has no neighbour
 * before it and is extrapolated from the one behind.
 *
 * Returns: (transfer full) (element-type PlateauSpectrum): the series, each spectrum at one time;
 *   spectra without times or neighbours as they were
 */
GPtrArray *
plateau_impedance_correct_drift (GPtrArray *spectra)
{
  GPtrArray *corrected = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_spectrum_unref);
  g_autoptr (GPtrArray) times = g_ptr_array_new_with_free_func (g_free);

  for (guint s = 0; s < spectra->len; s++)
    g_ptr_array_add (times, point_times (g_ptr_array_index (spectra, s)));
  for (guint s = 0; s < spectra->len; s++)
    {
      PlateauSpectrum *spectrum = g_ptr_array_index (spectra, s);
      guint other = s > 0 ? s - 1 : s + 1;
      gsize n = plateau_spectrum_get_n (spectrum), moved = 0;
      const double *own = g_ptr_array_index (times, s);
      g_autofree double *re = NULL, *im = NULL;

      if (other >= spectra->len || n == 0 || !isfinite (own[0]))
        {
          g_ptr_array_add (corrected, plateau_spectrum_ref (spectrum));
          continue;
        }
      re = g_memdup2 (plateau_spectrum_peek_re (spectrum), n * sizeof (double));
      im = g_memdup2 (plateau_spectrum_peek_im (spectrum), n * sizeof (double));
      for (gsize i = 0; i < n; i++)
        {
          PlateauSpectrum *neighbour = g_ptr_array_index (spectra, other);
          const double *their = g_ptr_array_index (times, other);
          double share;
          gsize k;

          if (!find_frequency (neighbour, plateau_spectrum_peek_frequency (spectrum)[i], &k)
              || !(fabs (own[i] - their[k]) > 0))
            continue;
          share = (own[0] - own[i]) / (their[k] - own[i]);
          if (!isfinite (share) || fabs (share) > 1)
            continue;
          re[i] += share * (plateau_spectrum_peek_re (neighbour)[k] - re[i]);
          im[i] += share * (plateau_spectrum_peek_im (neighbour)[k] - im[i]);
          moved++;
        }
      g_ptr_array_add (corrected, moved == 0 ? plateau_spectrum_ref (spectrum)
                                             : plateau_spectrum_new (
                                                 plateau_spectrum_get_label (spectrum),
                                                 plateau_spectrum_get_conditions (spectrum),
                                                 plateau_spectrum_peek_frequency (spectrum), re, im,
                                                 plateau_spectrum_peek_time (spectrum), n));
    }
  return corrected;
}

/* --- other representations ----------------------------------------------------------------------
 */

/**
 * plateau_impedance_admittance:
 * @z_re: ohm
 * @z_im: ohm
 * @re: (out): conductance, S
 * @im: (out): susceptance, S
 */
void
plateau_impedance_admittance (double z_re, double z_im, double *re, double *im)
{
  double complex y = 1 / CMPLX (z_re, z_im);

  *re = creal (y);
  *im = cimag (y);
}

/**
 * plateau_impedance_capacitance:
 * @frequency: Hz
 * @z_re: ohm
 * @z_im: ohm
 * @re: (out): real part of 1/(jwZ), F
 * @im: (out): imaginary part, F
 */
void
plateau_impedance_capacitance (double frequency, double z_re, double z_im, double *re, double *im)
{
  double complex c = 1 / (I * 2 * G_PI * frequency * CMPLX (z_re, z_im));

  *re = creal (c);
  *im = cimag (c);
}

/**
 * plateau_impedance_intercept:
 * @spectrum: one spectrum
 *
 * The resistance read where the spectrum meets the real axis: interpolated between the two points
 * of opposite sign of Z'' at the highest such frequency, else Z' of the point whose phase is
 * smallest among those of higher frequency than the largest phase.
 *
 * Returns: ohm; NaN without points
 */
double
plateau_impedance_intercept (PlateauSpectrum *spectrum)
{
  g_autoptr (PlateauSpectrum) clean = plateau_spectrum_clean (spectrum, NULL, NULL);
  const double *re, *im;
  double smallest = INFINITY, largest = 0, at = NAN;
  gsize n, end = 0;

  if (clean == NULL)
    return NAN;
  n = plateau_spectrum_get_n (clean);
  re = plateau_spectrum_peek_re (clean);
  im = plateau_spectrum_peek_im (clean);
  for (gsize i = 0; i + 1 < n; i++)
    if ((im[i] > 0) != (im[i + 1] > 0) && re[i] > 0)
      return re[i] + (re[i + 1] - re[i]) * im[i] / (im[i] - im[i + 1]);
  /* from the highest frequency up to where the phase is largest: behind it an arc comes down to the
   * axis again, at its other end */
  for (gsize i = 0; i < n; i++)
    if (re[i] > 0 && fabs (im[i]) / re[i] > largest)
      {
        largest = fabs (im[i]) / re[i];
        end = i + 1;
      }
  if (end < 2)
    end = n;
  for (gsize i = 0; i < end; i++)
    if (re[i] > 0 && fabs (im[i]) / re[i] < smallest)
      {
        smallest = fabs (im[i]) / re[i];
        at = re[i];
      }
  return at;
}
