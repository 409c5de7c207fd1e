/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-error.h"
#include "readers/plateau-ndax.h"
#include "readers/plateau-reader.h"
#include "readers/plateau-reader-table.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

/* Neware's archives of BTS 8 (.ndax): a zip of XML about the test and of binary tables (.ndc). */

static guint
score (const PlateauProbe *probe)
{
  if (!plateau_zip_is_zip (probe->head, probe->head_length))
    return g_str_has_suffix (probe->name, ".ndax") ? 15 : 0;
  if (plateau_zip_lists (probe->head, probe->head_length, "data.ndc")
      || plateau_zip_lists (probe->head, probe->head_length, "VersionInfo.xml"))
    return 100;
  return g_str_has_suffix (probe->name, ".ndax") ? 90 : 0;
}

static PlateauNdc *
open_optional (PlateauZip *zip, const char *name, PlateauNdcType type,
               PlateauMeasurement *measurement)
{
  if (!plateau_zip_has (zip, name))
    return NULL;
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) problem = NULL;
  g_autoptr (PlateauNdc) ndc = plateau_ndc_open (zip, name, warnings, &problem);
  plateau_measurement_add_warnings (measurement, warnings);
  if (ndc == NULL)
    plateau_measurement_warn (measurement, "%s", problem->message);
  else if (ndc->type != (guint) type)
    {
      plateau_measurement_warn (measurement,
                                _ ("The part “%s” is not what its name says (type %u "
                                   "instead of %u); it was left out."),
                                name, ndc->type, (guint) type);
      return NULL;
    }
  return g_steal_pointer (&ndc);
}

static PlateauNewareTable *
read_table (PlateauZip *zip, PlateauInput *input, PlateauMeasurement *measurement, guint *version,
            GError **error)
{
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PlateauNdc) data = plateau_ndc_open (zip, "data.ndc", warnings, error);
  plateau_measurement_add_warnings (measurement, warnings);
  if (data == NULL)
    return NULL;
  *version = data->version;
  if (data->type != PLATEAU_NDC_DATA)
    {
      g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_INVALID,
                   _ ("“%s”: its part “data.ndc” is not a table of records (type %u instead of "
                      "%u). The file is damaged."),
                   plateau_input_get_name (input), data->type, (guint) PLATEAU_NDC_DATA);
      return NULL;
    }
  if (data->version < 11)
    return plateau_ndax_whole_records (data, input, error);
  g_autoptr (PlateauNdc)
      steps = open_optional (zip, "data_step.ndc", PLATEAU_NDC_STEP, measurement);
  g_autoptr (PlateauNdc)
      run_info = open_optional (zip, "data_runInfo.ndc", PLATEAU_NDC_RUN_INFO, measurement);
  if (run_info != NULL)
    return plateau_ndax_split_records (data, run_info, steps, input, measurement, error);
  g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_INVALID,
               _ ("“%s” has no usable “data_runInfo.ndc”, which holds the times and capacities of "
                  "its records. Export the test again from BTSDA."),
               plateau_input_get_name (input));
  return NULL;
}

static const PlateauNdaxChannel *
find_channel (const GArray *channels, const char *name)
{
  guint number = 0;
  gboolean by_real_id = sscanf (name, "data_AUX_%u", &number) == 1;
  if (!by_real_id && sscanf (name, "data_%u", &number) != 1)
    return NULL;
  for (guint i = 0; i < channels->len; i++)
    {
      const PlateauNdaxChannel *channel = &g_array_index (channels, PlateauNdaxChannel, i);
      if ((by_real_id ? channel->real_id : channel->id) == number)
        return channel;
    }
  return NULL;
}

static gboolean
is_table_of_records (const char *name)
{
  static const char *const others[] = { "data.ndc",     "data_step.ndc", "data_runInfo.ndc",
                                        "data_log.ndc", "data_es.ndc",   "data_Aux.ndc" };
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    if (g_ascii_strcasecmp (name, others[i]) == 0)
      return TRUE;
  return FALSE;
}

static void
add_aux (PlateauZip *zip, PlateauNewareTable *table, const GArray *channels,
         PlateauMeasurement *measurement)
{
  enum
  {
    MAX_CHANNELS = 64
  };
  guint n = plateau_zip_get_n_members (zip), n_channels = 0;
  for (guint i = 0; i < n && n_channels < MAX_CHANNELS; i++)
    {
      const char *name = plateau_zip_get_member_name (zip, i);
      if (!g_str_has_suffix (name, ".ndc") || is_table_of_records (name))
        continue;
      g_autoptr (PlateauNdc) aux = open_optional (zip, name, PLATEAU_NDC_AUX, measurement);
      if (aux == NULL)
        continue;
      plateau_ndax_add_aux (table, aux, name, find_channel (channels, name));
      n_channels++;
    }
}

static gboolean
read_ndax (PlateauInput *input, const PlateauReadOptions *options, GPtrArray *measurements,
           GCancellable *cancellable, GError **error)
{
  g_autoptr (PlateauZip) zip = plateau_zip_open (input, error);
  if (zip == NULL)
    return FALSE;
  if (!plateau_zip_has (zip, "data.ndc"))
    {
      g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_NO_DATA,
                   _ ("“%s” is a zip archive without “data.ndc”; it is no Neware test (.ndax)."),
                   plateau_input_get_name (input));
      return FALSE;
    }
  g_autoptr (PlateauMeasurement) measurement = plateau_input_new_measurement (input, NULL);
  plateau_measurement_set_info (measurement, PLATEAU_INFO_INSTRUMENT, "Neware");
  g_autoptr (GArray) channels = plateau_ndax_read_info (zip, measurement);
  guint version = 0;
  g_autoptr (PlateauNewareTable) table = read_table (zip, input, measurement, &version, error);
  if (table == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (table->n > 0)
    add_aux (zip, table, channels, measurement);
  g_autofree char *place = g_strdup_printf ("ndc %u", version);
  if (!plateau_neware_table_finish (table, input, place, options, measurement, error))
    return FALSE;
  g_ptr_array_add (measurements, g_steal_pointer (&measurement));
  return TRUE;
}

static const char *const suffixes[] = { "ndax", NULL };

const PlateauReader plateau_reader_ndax = {
  .id = "neware-ndax",
  .label = N_ ("Neware archive (.ndax)"),
  .suffixes = suffixes,
  .version = 1,
  .score = score,
  .read = read_ndax,
};
