/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/plateau-cell.h"

#include <math.h>
#include <string.h>

/* The spectra of a cell's files as one series. */

static int
by_start (gconstpointer a, gconstpointer b)
{
  PlateauMeasurement *first = *(PlateauMeasurement *const *) a;
  PlateauMeasurement *second = *(PlateauMeasurement *const *) b;
  const char *started1 = plateau_measurement_get_info (first, PLATEAU_INFO_STARTED);
  const char *started2 = plateau_measurement_get_info (second, PLATEAU_INFO_STARTED);
  if (started1 != NULL && started2 != NULL && strcmp (started1, started2) != 0)
    return strcmp (started1, started2);
  return 0;
}

/* What a series without dates may run over, the surest first. */
static const gsize series_members[] = {
  G_STRUCT_OFFSET (PlateauConditions, cycle),
  G_STRUCT_OFFSET (PlateauConditions, state_of_charge),
  G_STRUCT_OFFSET (PlateauConditions, potential),
  G_STRUCT_OFFSET (PlateauConditions, temperature),
};

static double
condition_of (gconstpointer spectrum, gsize member)
{
  const PlateauConditions *conditions = plateau_spectrum_get_conditions (
      *(PlateauSpectrum *const *) spectrum);
  return G_STRUCT_MEMBER (double, conditions, member);
}

static int
by_condition (gconstpointer a, gconstpointer b, gpointer member)
{
  double first = condition_of (a, GPOINTER_TO_SIZE (member));
  double second = condition_of (b, GPOINTER_TO_SIZE (member));
  return (first > second) - (first < second);
}

/* One spectrum a file and no dates: the condition that every file tells, and not all the same,
 * is what was varied. */
static void
order_series (GPtrArray *measurements, GPtrArray *spectra)
{
  for (guint i = 0; i < measurements->len; i++)
    if (plateau_measurement_get_n_spectra (measurements->pdata[i]) > 1
        || plateau_measurement_get_info (measurements->pdata[i], PLATEAU_INFO_STARTED) != NULL)
      return;
  for (gsize m = 0; m < G_N_ELEMENTS (series_members); m++)
    {
      gboolean known = spectra->len > 1, differs = FALSE;
      for (guint i = 0; i < spectra->len && known; i++)
        {
          double value = condition_of (&spectra->pdata[i], series_members[m]);
          known = isfinite (value);
          differs = differs || value != condition_of (&spectra->pdata[0], series_members[m]);
        }
      if (!known || !differs)
        continue;
      g_ptr_array_sort_with_data (spectra, by_condition, GSIZE_TO_POINTER (series_members[m]));
      return;
    }
}

/* One spectrum of the series and where it comes from. */
typedef struct
{
  double start;      /* of its file, Unix time, or NaN */
  const char *alone; /* name of its file where it is the only one in it */
} Origin;

static char *
name_without_suffix (const char *name)
{
  const char *dot = name != NULL ? strrchr (name, '.') : NULL;
  return dot != NULL && dot != name ? g_strndup (name, (gsize) (dot - name)) : g_strdup (name);
}

/* Each file may count its time from its own start. Times that rise through the files are of one
 * clock (the techniques of one experiment); else the starting times of the files place them, and
 * where those are not known, no time is better than a wrong one. Files of one spectrum each number
 * it 1: their names tell more. */
static void
place_in_series (GPtrArray *spectra, const Origin *origins)
{
  gboolean rising = TRUE, dated = TRUE;
  double first = INFINITY;
  for (guint i = 0; i < spectra->len; i++)
    {
      double time = plateau_spectrum_get_conditions (spectra->pdata[i])->time;
      rising = rising
               && (i == 0 || time > plateau_spectrum_get_conditions (spectra->pdata[i - 1])->time);
      dated = dated && isfinite (origins[i].start);
      first = MIN (first, origins[i].start);
    }
  for (guint i = 0; i < spectra->len; i++)
    {
      double shift = rising ? 0 : dated ? origins[i].start - first : NAN;
      g_autofree char *label = name_without_suffix (origins[i].alone);
      PlateauSpectrum *placed = plateau_spectrum_place (spectra->pdata[i], label, shift);
      plateau_spectrum_unref (spectra->pdata[i]);
      spectra->pdata[i] = placed;
    }
}

/**
 * plateau_measurements_load_spectra:
 * @measurements: (element-type PlateauMeasurement): of one cell
 *
 * Returns: (transfer full) (element-type PlateauSpectrum): all spectra, files in order of their
 *   starting times, or, where no file tells one and each holds one spectrum, by the cycle, state
 *   of charge, potential or temperature that was varied; possibly none; NULL with @error set when
 *   they cannot be loaded. Times of several files are made to count from the start of the first
 *   one; where that is not known they are NaN
 */
GPtrArray *
plateau_measurements_load_spectra (GPtrArray *measurements, GError **error)
{
  g_autoptr (GPtrArray) ordered = g_ptr_array_copy (measurements, NULL, NULL);
  g_ptr_array_set_free_func (ordered, NULL);
  g_autoptr (GPtrArray)
      all = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_spectrum_unref);
  g_autoptr (GArray) origins = g_array_new (FALSE, FALSE, sizeof (Origin)); /* one a spectrum */
  guint n_files = 0;
  g_ptr_array_sort (ordered, by_start);
  for (guint i = 0; i < ordered->len; i++)
    {
      if (plateau_measurement_get_n_spectra (ordered->pdata[i]) == 0)
        continue;
      g_autoptr (GPtrArray) spectra = plateau_measurement_ref_spectra (ordered->pdata[i], error);
      if (spectra == NULL)
        return NULL;
      Origin origin = { .start = plateau_measurement_get_start (ordered->pdata[i]) };
      if (spectra->len == 1)
        origin.alone = plateau_measurement_get_source (ordered->pdata[i])->name;
      for (guint k = 0; k < spectra->len; k++)
        {
          g_ptr_array_add (all, plateau_spectrum_ref (spectra->pdata[k]));
          g_array_append_val (origins, origin);
        }
      n_files++;
    }
  if (n_files > 1)
    place_in_series (all, (const Origin *) (gpointer) origins->data);
  order_series (ordered, all);
  return g_steal_pointer (&all);
}
