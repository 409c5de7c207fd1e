/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-conductivity-private.h"
#include "analysis/plateau-drt.h"

#include "base/plateau-error.h"
#include "base/plateau-number.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* The charge transfer of cells over temperature, without a circuit: the largest peak of the
 * distribution of relaxation times between two times near room temperature, followed from there to
 * the other temperatures, where it lies elsewhere. */

#define ROOM 298.15 /* K */
#define STEP 1.5    /* decades that a peak may move from one temperature to the next */
#define DEFAULT_LOW 1e-3
#define DEFAULT_HIGH 1e-1

static gboolean
parse_process (const char *text, double *low, double *high, GError **error)
{
  *low = DEFAULT_LOW;
  *high = DEFAULT_HIGH;
  if (text == NULL || *text == '\0')
    return TRUE;
  const char *end = text + strlen (text), *at = plateau_parse_double (text, end, '.', low);
  if (at != NULL && at < end && *at == ':' && plateau_parse_double (at + 1, end, '.', high) == end
      && *low > 0 && *high > *low)
    return TRUE;
  g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID,
               _ ("“%s” is not a range of relaxation times: write it in seconds as 1e-3:1e-1"),
               text);
  return FALSE;
}

static int
by_temperature (gconstpointer a, gconstpointer b)
{
  const PlateauPendingSpectrum *one = a, *other = b;
  return (one->temperature > other->temperature) - (one->temperature < other->temperature);
}

static guint
nearest_to_room (const GArray *pending)
{
  guint nearest = 0;
  double least = HUGE_VAL;
  for (guint i = 0; i < pending->len; i++)
    {
      double off = fabs (g_array_index (pending, PlateauPendingSpectrum, i).temperature - ROOM);
      if (off < least)
        {
          least = off;
          nearest = i;
        }
    }
  return nearest;
}

static int
largest_between (const PlateauDrt *drt, double low, double high)
{
  int found = -1;
  for (guint i = 0; i < drt->n_peaks; i++)
    if (drt->peaks[i].tau >= low && drt->peaks[i].tau <= high
        && (found < 0 || drt->peaks[i].resistance > drt->peaks[found].resistance))
      found = (int) i;
  return found;
}

/* The track that holds a peak of a spectrum; -1: none. */
static int
track_of (const PlateauDrtTracks *tracks, guint spectrum, int peak)
{
  for (guint t = 0; t < tracks->n_tracks; t++)
    if (tracks->peak[t * tracks->n_spectra + spectrum] == peak)
      return (int) t;
  return -1;
}

static void
add_track (PlateauConductivityBuilder *builder, GPtrArray *drts, const PlateauDrtTracks *tracks,
           int track)
{
  for (guint i = 0; i < drts->len; i++)
    {
      const PlateauPendingSpectrum *pending = &g_array_index (builder->spectra,
                                                              PlateauPendingSpectrum, i);
      const PlateauDrt *drt = drts->pdata[i];
      int peak = tracks->peak[(guint) track * tracks->n_spectra + i];
      if (peak < 0 || drt->peaks[peak].extrapolated)
        plateau_conductivity_builder_warn (
            builder, _ ("%s at %.0f °C: the process lies outside the spectrum or is not resolved"),
            pending->label, pending->temperature - 273.15);
      else
        plateau_conductivity_builder_add (builder, pending->label, pending->temperature,
                                          drt->peaks[peak].resistance, NAN, NAN, pending->area);
    }
}

/* All spectra in rising temperature; those without one cannot be followed. */
static void
drop_without_temperature (PlateauConductivityBuilder *builder)
{
  for (guint i = builder->spectra->len; i > 0; i--)
    {
      const PlateauPendingSpectrum *pending = &g_array_index (builder->spectra,
                                                              PlateauPendingSpectrum, i - 1);
      if (pending->temperature > 0)
        continue;
      plateau_conductivity_builder_warn (builder,
                                         _ ("%s: the temperature is not known; it is not in the "
                                            "line"),
                                         pending->label);
      g_array_remove_index (builder->spectra, i - 1);
    }
  g_array_sort (builder->spectra, by_temperature);
}

static void
clear_error (gpointer error)
{
  g_clear_error ((GError **) &error);
}

static GPtrArray *
analyse_all (PlateauConductivityBuilder *builder, GCancellable *cancellable, GError **error)
{
  PlateauDrtOptions options = PLATEAU_DRT_OPTIONS_INIT;
  g_autoptr (GPtrArray) spectra = g_ptr_array_new ();
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func (clear_error);
  for (guint i = 0; i < builder->spectra->len; i++)
    g_ptr_array_add (spectra, g_array_index (builder->spectra, PlateauPendingSpectrum, i).spectrum);
  g_autoptr (GPtrArray) drts = plateau_drt_analyse_many (spectra, &options, 0, errors, cancellable);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  for (guint i = 0; i < drts->len; i++)
    if (drts->pdata[i] == NULL)
      {
        g_propagate_prefixed_error (
            error, g_steal_pointer ((GError **) &errors->pdata[i]),
            "%s: ", g_array_index (builder->spectra, PlateauPendingSpectrum, i).label);
        return NULL;
      }
  return g_steal_pointer (&drts);
}

gboolean
plateau_conductivity_add_processes (PlateauConductivityBuilder *builder, GCancellable *cancellable,
                                    GError **error)
{
  double low, high;
  if (builder->spectra->len == 0)
    return TRUE;
  drop_without_temperature (builder);
  if (!parse_process (builder->options.process, &low, &high, error))
    return FALSE;
  if (builder->spectra->len == 0)
    return TRUE;
  g_autoptr (GPtrArray) drts = analyse_all (builder, cancellable, error);
  if (drts == NULL)
    return FALSE;
  guint room = nearest_to_room (builder->spectra);
  int peak = largest_between (drts->pdata[room], low, high);
  PlateauDrtTracks *tracks = plateau_drt_track ((PlateauDrt *const *) drts->pdata, drts->len, STEP);
  int track = peak >= 0 ? track_of (tracks, room, peak) : -1;
  if (track >= 0)
    add_track (builder, drts, tracks, track);
  else
    g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA,
                 _ ("no process between %.2g and %.2g s at %.0f °C; give other relaxation times or "
                    "a circuit"),
                 low, high,
                 g_array_index (builder->spectra, PlateauPendingSpectrum, room).temperature
                     - 273.15);
  plateau_drt_tracks_free (tracks);
  return track >= 0;
}
