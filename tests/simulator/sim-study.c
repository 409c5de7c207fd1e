/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-study.h"
#include "sim-test.h"

#include <math.h>
#include <string.h>

#define SIMULATED " (simulated)"

typedef gboolean (*RunFunc) (SimTest *test, GError **error);

static const struct
{
  const char *name;
  RunFunc run;
} kinds[] = {
  { "cycling", sim_cycling_run }, { "impedance", sim_spectra_run },       { "gitt", sim_gitt_run },
  { "hold", sim_hold_run },       { "voltammetry", sim_voltammetry_run },
};

/* The columns of the sheet that plateau-cli build reads. */
static const char sheet_head[] =
    "file,cell,sample,family,role,formula,mass_mg,area_cm2,thickness_um,one_c_mAh_g,offset_V,"
    "electrolyte,anode,temperature_C,pressure_MPa,composite_mass_mg,active_fraction,channel,"
    "variable_name,variable_value,variable_unit,tags,note,simulated,study,test,"
    "molar_mass_g_mol,molar_volume_cm3_mol,specific_area_m2_g\n";

typedef struct
{
  JsonObject *root;
  const char *folder;
  GString *sheet;
  guint32 seed;
  guint channel;
} Study;

static void
add_text (GString *sheet, const char *text, gboolean mark)
{
  if (text != NULL && *text != 0)
    {
      g_autofree char *whole = mark ? g_strconcat (text, SIMULATED, NULL) : g_strdup (text);
      g_auto (GStrv) parts = g_strsplit (whole, "\"", -1);
      g_autofree char *quoted = g_strjoinv ("\"\"", parts);
      g_string_append_printf (sheet, "\"%s\"", quoted);
    }
  g_string_append_c (sheet, ',');
}

static void
add_number (GString *sheet, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  if (isfinite (value))
    g_string_append (sheet, g_ascii_formatd (buffer, sizeof buffer, "%.10g", value));
  g_string_append_c (sheet, ',');
}

static void
add_files (GString *sheet, GPtrArray *files)
{
  g_string_append_c (sheet, '"');
  for (guint i = 0; i < files->len; i++)
    g_string_append_printf (sheet, "%s%s", i > 0 ? ";" : "",
                            (const char *) g_ptr_array_index (files, i));
  g_string_append (sheet, "\",");
}

static void
add_to_sheet (Study *study, SimTest *test)
{
  SimParameters *p = test->parameters;
  GString *sheet = study->sheet;
  const char *sample = sim_text (p, "sample", ""), *name = sim_text (p, "name", "");
  g_autofree char *cell = g_strdup_printf ("%s %s %u", sample, name, test->replicate + 1);
  g_autofree char *channel = g_strdup_printf ("%u-%u", study->channel / 8 + 1,
                                              study->channel % 8 + 1);
  g_autofree char *tags = g_strdup_printf ("simulated, %s, %s", sim_text (p, "study", ""),
                                           sim_text (p, "tag", name));
  double fraction = sim_number_or (p, "active_fraction", NAN);
  study->channel++;
  add_files (sheet, test->files);
  add_text (sheet, cell, TRUE);
  add_text (sheet, sample, TRUE);
  add_text (sheet, sim_text (p, "family", ""), FALSE);
  add_text (sheet, sim_text (p, "role", ""), FALSE);
  add_text (sheet, sim_text (p, "formula", ""), FALSE);
  add_number (sheet, test->mass);
  add_number (sheet, test->area);
  add_number (sheet, sim_number_or (p, "thickness_um", NAN));
  add_number (sheet, sim_number_or (p, "one_c_mAh_g", NAN));
  add_number (sheet, test->reference_offset);
  add_text (sheet, sim_text (p, "electrolyte", ""), TRUE);
  add_text (sheet, sim_text (p, "anode", ""), TRUE);
  add_number (sheet, test->temperature - 273.15);
  add_number (sheet, sim_number_or (p, "pressure_MPa", NAN));
  add_number (sheet, test->mass / fraction);
  add_number (sheet, fraction);
  add_text (sheet, channel, TRUE);
  add_text (sheet, sim_text (p, "variable_name", ""), FALSE);
  add_number (sheet, sim_number_or (p, "variable_value", NAN));
  add_text (sheet, sim_text (p, "variable_unit", ""), FALSE);
  add_text (sheet, tags, FALSE);
  g_autofree char *note = sim_parameters_describe (p);
  add_text (sheet, note, FALSE);
  g_string_append (sheet, "yes,");
  add_text (sheet, sim_text (p, "study", ""), TRUE);
  add_text (sheet, name, TRUE);
  add_number (sheet, sim_number_or (p, "molar_mass_g_mol", NAN));
  add_number (sheet, sim_number_or (p, "molar_volume_cm3_mol", NAN));
  add_number (sheet, sim_number_or (p, "contact_m2_g", NAN));
  sheet->str[sheet->len - 1] = '\n';
}

static char *
file_name_of (SimParameters *p, guint replicate)
{
  char *base = g_strdup_printf ("simulated_%s_%s_%s_%s_%u", sim_text (p, "study", ""),
                                sim_text (p, "family", ""), sim_text (p, "sample", ""),
                                sim_text (p, "name", ""), replicate + 1);
  g_strcanon (base, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-._", '-');
  return base;
}

static gboolean
run_replicate (Study *study, SimParameters *p, RunFunc run, guint replicate, guint n,
               GError **error)
{
  const char *sample = sim_text (p, "sample", "?"), *name = sim_text (p, "name", "?");
  g_autofree char *base = file_name_of (p, replicate);
  g_autofree char *key = g_strconcat (sample, sim_text (p, "family", ""), name, NULL);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) reported = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) assumed = g_ptr_array_new_with_free_func (g_free);
  p->where = base;
  p->reported = reported;
  p->assumed = assumed;
  SimTest test = {
    .parameters = p,
    .folder = study->folder,
    .base = base,
    .files = files,
    .replicate = replicate,
    .n_replicates = n,
    .seed = study->seed ^ g_str_hash (key),
    .instrument = {
      .potential_decimals = (int) sim_number (p, "potential_decimals"),
      .current_decimals = (int) sim_number (p, "current_decimals"),
      .charge_decimals = (int) sim_number (p, "charge_decimals"),
      .potential_noise = sim_number (p, "potential_noise_V"),
      .current_noise = sim_number (p, "current_noise_A"),
    },
    .area = sim_number (p, "area_cm2"),
    .temperature = sim_number (p, "temperature_C") + 273.15,
    .reference_offset = sim_number_or (p, "offset_V", 0),
    .scale_fade = sim_number_or (p, "scale_fade", 1),
    .scale_resistance = sim_number_or (p, "scale_resistance", 1),
  };
  test.mass = test.area * sim_number_or (p, "loading_mg_cm2", NAN)
              * (1 + sim_test_scatter (&test, "mass"));
  test.mass = round (test.mass * 100) / 100;
  if (p->error == NULL && !run (&test, error))
    return FALSE;
  if (p->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&p->error));
      return FALSE;
    }
  add_to_sheet (study, &test);
  return TRUE;
}

static gboolean
run_test (Study *study, JsonObject *sample, JsonObject *test, GError **error)
{
  JsonObject *defaults = json_object_get_object_member (study->root, "defaults");
  JsonObject *scopes[] = { test, sample, defaults, NULL };
  SimParameters p = { .scopes = scopes };
  const char *kind = sim_text (&p, "kind", "cycling");
  RunFunc run = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].name, kind) == 0)
      run = kinds[i].run;
  if (run == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "no test is of kind \"%s\"", kind);
      return FALSE;
    }
  guint n = json_object_has_member (test, "replicates")
                ? (guint) json_object_get_int_member (test, "replicates")
                : 3;
  for (guint replicate = 0; replicate < n; replicate++)
    if (!run_replicate (study, &p, run, replicate, n, error))
      return FALSE;
  return TRUE;
}

static gboolean
run_samples (Study *study, GError **error)
{
  JsonArray *samples = json_object_get_array_member (study->root, "samples");
  for (guint i = 0; i < json_array_get_length (samples); i++)
    {
      JsonObject *sample = json_array_get_object_element (samples, i);
      JsonArray *tests = json_object_get_array_member (sample, "tests");
      for (guint j = 0; j < json_array_get_length (tests); j++)
        if (!run_test (study, sample, json_array_get_object_element (tests, j), error))
          return FALSE;
    }
  return TRUE;
}

/**
 * sim_study_run_parameters:
 * @parameters: the content of a parameter file
 * @folder: is made; gets the records of every cell and cells.csv
 *
 * The same parameters give the same bytes.
 */
gboolean
sim_study_run_parameters (JsonObject *parameters, const char *folder, GError **error)
{
  if (g_mkdir_with_parents (folder, 0777) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s cannot be made", folder);
      return FALSE;
    }
  g_autoptr (GString) sheet = g_string_new (sheet_head);
  Study study = { .root = parameters, .folder = folder, .sheet = sheet };
  study.seed = (guint32) json_object_get_int_member (parameters, "seed");
  g_autofree char *path = g_build_filename (folder, "cells.csv", NULL);
  return run_samples (&study, error)
         && g_file_set_contents (path, sheet->str, (gssize) sheet->len, error);
}

/**
 * sim_study_run:
 * @parameters_path: the parameter file
 *
 * See sim_study_run_parameters().
 */
gboolean
sim_study_run (const char *parameters_path, const char *folder, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  if (!json_parser_load_from_file (parser, parameters_path, error))
    return FALSE;
  JsonNode *root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s holds no object",
                   parameters_path);
      return FALSE;
    }
  return sim_study_run_parameters (json_node_get_object (root), folder, error);
}
