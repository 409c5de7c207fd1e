/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-run.h"

#include "archive/plateau-archive.h"
#include "data/plateau-join.h"
#include "store/plateau-store.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

typedef struct
{
  const char *file;
  GPtrArray *measurements;
  double start; /* Unix time, NaN when the file does not tell */
} Part;

static void
part_free (Part *part)
{
  g_clear_pointer (&part->measurements, g_ptr_array_unref);
  g_free (part);
}

static double
measurement_start (PlateauMeasurement *measurement)
{
  g_autoptr (PlateauRecording) recording = plateau_measurement_ref_recording (measurement, NULL);
  const double *clock = recording != NULL
                            ? plateau_recording_peek (recording, PLATEAU_QUANTITY_CLOCK)
                            : NULL;
  if (clock != NULL && plateau_recording_get_n_rows (recording) > 0 && isfinite (clock[0]))
    return clock[0];
  const char *started = plateau_measurement_get_info (measurement, PLATEAU_INFO_STARTED);
  if (started == NULL)
    return NAN;
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (started, utc);
  return time != NULL ? (double) g_date_time_to_unix (time) : NAN;
}

/* Reading a pipe or a device would never end; a folder is no measurement. */
static gboolean
check_file (GFile *file, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE,
                                                  G_FILE_QUERY_INFO_NONE, NULL, &failure);
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("there is no such file"));
  else if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  if (info == NULL)
    return FALSE;
  if (g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
               g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY
                   ? _ ("is a folder; name the files in it")
                   : _ ("is not a file"));
  return FALSE;
}

static GPtrArray *
read_measurements (CliContext *context, const char *file, GError **error)
{
  PlateauReadOptions options = PLATEAU_READ_OPTIONS_INIT;
  cli_context_fill_read_options (context, &options);
  g_autoptr (GFile) location = g_file_new_for_commandline_arg (file);
  if (!check_file (location, error))
    return NULL;
  return plateau_read_file (location, &options, NULL, error);
}

static void
apply_overrides (const CliCommon *common, PlateauCell *cell)
{
  const struct
  {
    const char *property;
    double value;
  } overrides[] = {
    { "active-mass", common->mass },
    { "area", common->area },
    { "thickness", common->thickness },
    { "reference-offset", common->offset },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (overrides); i++)
    if (!isnan (overrides[i].value))
      g_object_set (cell, overrides[i].property, overrides[i].value, NULL);
  if (!isnan (common->one_c) && plateau_cell_get_sample (cell) != NULL)
    g_object_set (plateau_cell_get_sample (cell), "specific-current-1c", common->one_c, NULL);
}

static char *
stem_of (const char *file)
{
  g_autofree char *base = g_path_get_basename (file);
  g_autofree char *name = g_filename_display_name (base);
  char *dot = strrchr (name, '.');
  if (dot != NULL && dot != name)
    *dot = '\0';
  return g_steal_pointer (&name);
}

/* A measurement is a project of one cell of one sample. */
static PlateauStudy *
study_of_measurements (const CliCommon *common, const char *file, GPtrArray *parts)
{
  g_autoptr (PlateauProject) project = plateau_project_new ();
  g_autofree char *name = stem_of (file);
  g_autoptr (PlateauSample) sample = plateau_sample_new (name);
  g_autoptr (PlateauCell) cell = plateau_cell_new (name);
  plateau_project_add_sample (project, sample);
  g_object_set (cell, "sample", sample, NULL);
  plateau_project_add_cell (project, cell);
  apply_overrides (common, cell);
  for (guint p = 0; p < parts->len; p++)
    {
      Part *part = parts->pdata[p];
      for (guint i = 0; i < part->measurements->len; i++)
        plateau_cell_add_measurement (cell, part->measurements->pdata[i]);
    }
  return plateau_study_new (project);
}

/* A project is an SQLite database, whatever its name. */
static gboolean
is_project_file (const char *file)
{
  static const char magic[16] = "SQLite format 3";
  char head[sizeof magic] = { 0 };
  g_autoptr (GFile) location = g_file_new_for_commandline_arg (file);
  g_autoptr (GFileInputStream)
      stream = check_file (location, NULL) ? g_file_read (location, NULL, NULL) : NULL;
  return stream != NULL
         && g_input_stream_read_all (G_INPUT_STREAM (stream), head, sizeof head, NULL, NULL, NULL)
         && memcmp (head, magic, sizeof magic) == 0;
}

gboolean
cli_context_has_project (CliContext *context)
{
  const char *const *files = cli_context_get_files (context);
  for (guint i = 0; files[i] != NULL; i++)
    if (plateau_archive_is (files[i]) || is_project_file (files[i]))
      return TRUE;
  return FALSE;
}

static PlateauStudy *
open_project (CliContext *context, const char *file, GError **error)
{
  g_autoptr (GFile) location = g_file_new_for_commandline_arg (file);
  g_autofree char *path = g_file_get_path (location);
  g_autoptr (PlateauProject) project = plateau_store_load_file (path, error);
  if (project == NULL)
    return NULL;
  GListModel *cells = plateau_project_get_cells (project);
  for (guint i = 0; i < g_list_model_get_n_items (cells); i++)
    {
      g_autoptr (PlateauCell) cell = g_list_model_get_item (cells, i);
      apply_overrides (cli_context_get_common (context), cell);
    }
  return plateau_study_new (project);
}

static Part *
open_part (CliContext *context, const char *file, GError **error)
{
  g_autoptr (GPtrArray) measurements = read_measurements (context, file, error);
  if (measurements == NULL)
    return NULL;
  Part *part = g_new0 (Part, 1);
  part->file = file;
  part->start = measurements->len > 0 ? measurement_start (measurements->pdata[0]) : NAN;
  part->measurements = g_steal_pointer (&measurements);
  return part;
}

/* Opens the project and takes over what it keeps of the analyses. */
static void
take_project (CliContext *context, CliInput *input, const char *file)
{
  input->study = open_project (context, file, &input->error);
  if (input->study == NULL)
    return;
  CliContext *own = cli_context_for_project (context, input->study, &input->error);
  if (own != NULL)
    input->context = own;
  else
    g_clear_pointer (&input->study, plateau_study_unref);
}

/* The project of an archive "figure + data + settings" is read from a copy. */
static char *
unpack (const char *file, GError **error)
{
  char *path = NULL;
  int fd = g_file_open_tmp ("plateau-XXXXXX.plateau", &path, error);
  if (fd < 0)
    return NULL;
  g_close (fd, NULL);
  if (plateau_archive_extract_project (file, path, error))
    return path;
  g_unlink (path);
  g_free (path);
  return NULL;
}

CliInput *
cli_input_open (CliContext *context, const char *file)
{
  CliInput *input = g_new0 (CliInput, 1);
  input->file = g_filename_display_name (file);
  input->context = context;
  if (cli_context_get_command (context)->takes_other_files)
    return input;
  if (plateau_archive_is (file))
    {
      input->is_project = TRUE;
      input->unpacked = unpack (file, &input->error);
      if (input->unpacked != NULL)
        take_project (context, input, input->unpacked);
      return input;
    }
  if (is_project_file (file))
    {
      input->is_project = TRUE;
      take_project (context, input, file);
      return input;
    }
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) part_free);
  Part *part = open_part (context, file, &input->error);
  if (part == NULL)
    return input;
  g_ptr_array_add (parts, part);
  input->study = study_of_measurements (cli_context_get_common (context), file, parts);
  return input;
}

static int
compare_starts (gconstpointer a, gconstpointer b)
{
  const Part *first = *(Part *const *) a, *second = *(Part *const *) b;
  return (first->start > second->start) - (first->start < second->start);
}

/* Nobody can be asked here: joined they are, and the doubt is said with the first file. */
static void
warn_of_doubt (CliContext *context, GPtrArray *parts)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  for (guint i = 0; i < parts->len; i++)
    g_ptr_array_extend (all, ((Part *) parts->pdata[i])->measurements, NULL, NULL);
  g_autofree char *doubt = all->len > 1 ? plateau_join_find_doubt (all) : NULL;
  if (doubt == NULL)
    return;
  plateau_measurement_warn (all->pdata[0], "%s", doubt);
  cli_context_say (context, "%s", doubt);
}

CliInput *
cli_input_join (CliContext *context, GPtrArray *inputs)
{
  CliInput *joined = g_new0 (CliInput, 1);
  joined->context = context;
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) part_free);
  gboolean all_dated = TRUE;
  for (guint i = 0; i < inputs->len; i++)
    {
      CliInput *input = inputs->pdata[i];
      if (input->error != NULL || input->study == NULL)
        continue;
      const PlateauStudyCell *cell = plateau_study_get_cell (input->study, 0);
      Part *part = g_new0 (Part, 1);
      part->file = input->file;
      part->measurements = g_ptr_array_ref (cell->measurements);
      part->start = part->measurements->len > 0 ? measurement_start (part->measurements->pdata[0])
                                                : NAN;
      all_dated = all_dated && !isnan (part->start);
      g_ptr_array_add (parts, part);
    }
  /* Without dates the order on the command line is the best guess there is. */
  if (all_dated)
    g_ptr_array_sort (parts, compare_starts);
  warn_of_doubt (context, parts);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (guint i = 0; i < parts->len; i++)
    g_ptr_array_add (names, g_strdup (((Part *) parts->pdata[i])->file));
  g_ptr_array_add (names, NULL);
  joined->files = (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
  joined->file = g_strjoinv ("; ", joined->files);
  if (parts->len > 0)
    joined->study = study_of_measurements (cli_context_get_common (context), joined->files[0],
                                           parts);
  return joined;
}

CliInput *
cli_input_gather (CliContext *context, GPtrArray *inputs, gboolean first_is_reference,
                  GError **error)
{
  g_autoptr (PlateauProject) project = plateau_project_new ();
  for (guint i = 0; i < inputs->len; i++)
    {
      CliInput *input = inputs->pdata[i];
      if (input->is_project)
        {
          g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       _ ("“%s” is a project; it is taken alone"), input->file);
          return NULL;
        }
      const PlateauStudyCell *from = plateau_study_get_cell (input->study, 0);
      g_autoptr (PlateauSample) sample = plateau_sample_new (from->name);
      g_autoptr (PlateauCell) cell = plateau_cell_new (from->name);
      if (first_is_reference && inputs->len > 1)
        g_object_set (sample, "role", i == 0 ? PLATEAU_ROLE_PRISTINE : PLATEAU_ROLE_MODIFIED, NULL);
      plateau_project_add_sample (project, sample);
      g_object_set (cell, "sample", sample, NULL);
      plateau_project_add_cell (project, cell);
      apply_overrides (cli_context_get_common (context), cell);
      for (guint m = 0; m < from->measurements->len; m++)
        plateau_cell_add_measurement (cell, from->measurements->pdata[m]);
    }
  CliInput *together = g_new0 (CliInput, 1);
  together->context = context;
  together->file = g_strdup ("");
  together->study = plateau_study_new (project);
  return together;
}

void
cli_input_free (CliInput *input)
{
  g_free (input->file);
  g_strfreev (input->files);
  if (input->is_project && input->study != NULL)
    cli_context_free (input->context);
  g_clear_pointer (&input->study, plateau_study_unref);
  g_clear_error (&input->error);
  if (input->unpacked != NULL)
    g_unlink (input->unpacked);
  g_free (input->unpacked);
  g_free (input);
}
