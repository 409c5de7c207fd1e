/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-commands.h"

#include "base/plateau-error.h"
#include "base/plateau-separated.h"
#include "data/plateau-field.h"
#include "store/plateau-store.h"

#include <glib/gi18n.h>
#include <string.h>

/* A project of a whole study from a sheet: one row a cell. */

typedef struct
{
  char *title;
  gboolean simulated;
} BuildOptions;

static const PlateauOption build_table[] = {
  { "title", N_ ("Title"), N_ ("Title of the project"), PLATEAU_OPTION_TEXT,
    G_STRUCT_OFFSET (BuildOptions, title) },
  { "simulated", N_ ("Simulated"),
    N_ ("The files are simulated, not measured: every output says so"), PLATEAU_OPTION_BOOLEAN,
    G_STRUCT_OFFSET (BuildOptions, simulated) },
  { NULL },
};

static const CliOptionSet build_options[] = {
  { build_table, sizeof (BuildOptions), NULL },
  { NULL },
};

#define FILE_COLUMN "file"

/* A row of the sheet, its files, and what came of reading them. */
typedef struct
{
  guint line;
  char **cells;
  GPtrArray *paths;   /* of char * */
  GPtrArray *results; /* of ReadResult, one for each path */
  char *problem;      /* why no path was found */
} Row;

typedef struct
{
  const char *path;
  GPtrArray *measurements;
  GError *error;
} ReadResult;

typedef struct
{
  char *folder;
  char **heads;
  int file_column;
  GPtrArray *rows;
} Sheet;

static void
read_result_free (ReadResult *result)
{
  g_clear_pointer (&result->measurements, g_ptr_array_unref);
  g_clear_error (&result->error);
  g_free (result);
}

static void
row_free (Row *row)
{
  g_strfreev (row->cells);
  g_ptr_array_unref (row->paths);
  g_ptr_array_unref (row->results);
  g_free (row->problem);
  g_free (row);
}

static void
sheet_free (Sheet *sheet)
{
  g_free (sheet->folder);
  g_strfreev (sheet->heads);
  g_ptr_array_unref (sheet->rows);
  g_free (sheet);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sheet, sheet_free)

static const char *
row_get (const Row *row, int column)
{
  return column >= 0 && (guint) column < g_strv_length (row->cells) ? row->cells[column] : "";
}

static int
find_head (char **heads, const char *name)
{
  for (int i = 0; heads[i] != NULL; i++)
    if (g_ascii_strcasecmp (heads[i], name) == 0)
      return i;
  return -1;
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  g_autofree char *first = g_utf8_collate_key_for_filename (*(char *const *) a, -1);
  g_autofree char *second = g_utf8_collate_key_for_filename (*(char *const *) b, -1);
  return strcmp (first, second);
}

/* Files of one folder whose names match; the folder itself has no wildcards. */
static void
add_matches (GPtrArray *paths, const char *pattern)
{
  g_autofree char *folder = g_path_get_dirname (pattern);
  g_autofree char *base = g_path_get_basename (pattern);
  g_autoptr (GPatternSpec) spec = g_pattern_spec_new (base);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      if (g_pattern_spec_match_string (spec, name) && g_file_test (path, G_FILE_TEST_IS_REGULAR))
        g_ptr_array_add (found, g_steal_pointer (&path));
    }
  g_ptr_array_sort (found, compare_paths);
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (paths, found->pdata[i]);
}

/* "a.mpr; b_*.mpr": names and patterns, relative to the sheet. A name that exists is no pattern,
 * whatever characters it has. */
static void
resolve_files (Sheet *sheet, Row *row)
{
  const char *text = row_get (row, sheet->file_column);
  g_auto (GStrv) parts = g_strsplit_set (text, ";|\n", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *part = g_strstrip (parts[i]);
      if (part[0] == '\0')
        continue;
      g_autofree char *path = g_path_is_absolute (part)
                                  ? g_strdup (part)
                                  : g_build_filename (sheet->folder, part, NULL);
      guint before = row->paths->len;
      if (g_file_test (path, G_FILE_TEST_EXISTS) || strpbrk (part, "*?") == NULL)
        g_ptr_array_add (row->paths, g_steal_pointer (&path));
      else
        add_matches (row->paths, path);
      if (row->paths->len == before && row->problem == NULL)
        row->problem = g_strdup_printf (_ ("line %u: no file matches “%s”"), row->line, part);
    }
}

static Sheet *
read_sheet (const char *path, GError **error)
{
  g_autofree char *bytes = NULL;
  gsize length;
  if (!g_file_get_contents (path, &bytes, &length, error))
    return NULL;
  g_autofree char *text = plateau_separated_decode (bytes, length);
  g_autoptr (GPtrArray) lines = plateau_separated_parse (text, 0);
  if (lines->len < 2)
    {
      g_set_error (error, PLATEAU_DATA_ERROR, PLATEAU_DATA_ERROR_INVALID,
                   _ ("is no sheet of cells: a line with the names of the columns and one line for "
                      "each cell were expected"));
      return NULL;
    }
  g_autoptr (Sheet) sheet = g_new0 (Sheet, 1);
  sheet->folder = g_path_get_dirname (path);
  sheet->heads = g_strdupv (lines->pdata[0]);
  sheet->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  sheet->file_column = find_head (sheet->heads, FILE_COLUMN);
  if (sheet->file_column < 0)
    {
      g_autofree char *heads = g_strjoinv (", ", sheet->heads);
      g_set_error (error, PLATEAU_DATA_ERROR, PLATEAU_DATA_ERROR_INVALID,
                   _ ("has no column “file”; its columns are: %s"), heads);
      return NULL;
    }
  for (guint i = 1; i < lines->len; i++)
    {
      Row *row = g_new0 (Row, 1);
      row->line = i + 1;
      row->cells = g_strdupv (lines->pdata[i]);
      row->paths = g_ptr_array_new_with_free_func (g_free);
      row->results = g_ptr_array_new_with_free_func ((GDestroyNotify) read_result_free);
      resolve_files (sheet, row);
      g_ptr_array_add (sheet->rows, row);
    }
  return g_steal_pointer (&sheet);
}

static void
on_read (gpointer data, gpointer user_data)
{
  ReadResult *result = data;
  CliContext *context = user_data;
  PlateauReadOptions options = PLATEAU_READ_OPTIONS_INIT;
  cli_context_fill_read_options (context, &options);
  g_autoptr (GFile) file = g_file_new_for_path (result->path);
  result->measurements = plateau_read_file (file, &options, NULL, &result->error);
}

static void
read_files (CliContext *context, Sheet *sheet)
{
  int jobs = cli_context_get_common (context)->jobs;
  if (jobs < 1)
    jobs = (int) g_get_num_processors ();
  GThreadPool *pool = g_thread_pool_new (on_read, context, jobs, FALSE, NULL);
  for (guint r = 0; r < sheet->rows->len; r++)
    {
      Row *row = sheet->rows->pdata[r];
      for (guint i = 0; i < row->paths->len; i++)
        {
          ReadResult *result = g_new0 (ReadResult, 1);
          result->path = row->paths->pdata[i];
          g_ptr_array_add (row->results, result);
          g_thread_pool_push (pool, result, NULL);
        }
    }
  g_thread_pool_free (pool, FALSE, TRUE);
}

static char *
cell_name (Sheet *sheet, Row *row)
{
  const char *given = row_get (row, find_head (sheet->heads, "cell"));
  if (given[0] != '\0')
    return g_strdup (given);
  if (row->paths->len == 0)
    return g_strdup_printf (_ ("Cell %u"), row->line - 1);
  g_autofree char *base = g_path_get_basename (row->paths->pdata[0]);
  g_autofree char *name = g_filename_display_name (base);
  char *dot = strrchr (name, '.');
  if (dot != NULL && dot != name)
    *dot = '\0';
  return g_steal_pointer (&name);
}

static PlateauSample *
find_or_add_sample (PlateauProject *project, Sheet *sheet, Row *row, const char *fallback)
{
  const char *name = row_get (row, find_head (sheet->heads, "sample"));
  const char *family = row_get (row, find_head (sheet->heads, "family"));
  if (name[0] == '\0')
    name = fallback;
  PlateauSample *known = plateau_project_find_sample_named (project, name, family);
  if (known != NULL)
    return known;
  g_autoptr (PlateauSample) sample = plateau_sample_new (name);
  g_object_set (sample, "family", family, NULL);
  plateau_project_add_sample (project, sample);
  return sample; /* the project holds it */
}

/* One sample may stand in many rows, but it can have only one formula, role and so on. */
static gboolean
set_field (const PlateauField *field, PlateauCell *cell, const char *text, GError **error)
{
  g_auto (GValue) value = G_VALUE_INIT;
  if (!plateau_field_parse (field, text, &value, error))
    return FALSE;
  g_autofree char *before = plateau_field_get_text (field, cell);
  GObject *object = plateau_field_get_object (field, cell);
  g_object_set_property (object, field->property, &value);
  g_autofree char *after = plateau_field_get_text (field, cell);
  if (!field->of_sample || before[0] == '\0' || strcmp (before, after) == 0)
    return TRUE;
  g_set_error (error, PLATEAU_DATA_ERROR, PLATEAU_DATA_ERROR_INVALID,
               _ ("the sample “%s” has %s “%s” here and “%s” in a line above"),
               plateau_sample_get_name (PLATEAU_SAMPLE (object)), field->column, after, before);
  return FALSE;
}

static gboolean
is_name_column (const char *head)
{
  static const char *const handled[] = { FILE_COLUMN, "cell", "sample", "family", NULL };
  for (guint i = 0; handled[i] != NULL; i++)
    if (g_ascii_strcasecmp (head, handled[i]) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
fill_cell (Sheet *sheet, Row *row, PlateauCell *cell, GError **error)
{
  GVariantBuilder fields;
  g_variant_builder_init (&fields, G_VARIANT_TYPE ("a{ss}"));
  for (int c = 0; sheet->heads[c] != NULL; c++)
    {
      const char *head = sheet->heads[c], *text = row_get (row, c);
      if (text[0] == '\0' || head[0] == '\0' || is_name_column (head))
        continue;
      const PlateauField *field = plateau_field_find (head);
      if (field == NULL)
        {
          g_variant_builder_add (&fields, "{ss}", head, text);
          continue;
        }
      if (!set_field (field, cell, text, error))
        {
          g_prefix_error (error, _ ("line %u, column %s: "), row->line, head);
          g_variant_builder_clear (&fields);
          return FALSE;
        }
    }
  g_object_set (cell, "fields", g_variant_builder_end (&fields), NULL);
  return TRUE;
}

static guint
add_measurements (CliContext *context, Row *row, PlateauCell *cell, JsonArray *failed)
{
  guint added = 0;
  for (guint i = 0; i < row->results->len; i++)
    {
      ReadResult *result = row->results->pdata[i];
      if (result->error != NULL)
        {
          g_autofree char *name = g_filename_display_name (result->path);
          cli_context_fail (context, name, result->error->message);
          JsonObject *entry = cli_append_object (failed);
          cli_set_text (entry, "file", name);
          cli_set_text (entry, "error", result->error->message);
          continue;
        }
      for (guint m = 0; m < result->measurements->len; m++, added++)
        plateau_cell_add_measurement (cell, result->measurements->pdata[m]);
    }
  return added;
}

/* Rows that name the same cell of the same sample are parts of one test. */
static PlateauCell *
find_or_add_cell (PlateauProject *project, Sheet *sheet, Row *row)
{
  g_autofree char *name = cell_name (sheet, row);
  PlateauSample *sample = find_or_add_sample (project, sheet, row, name);
  PlateauCell *known = plateau_project_find_cell_named (project, name);
  if (known != NULL && plateau_cell_get_sample (known) == sample)
    return known;
  g_autoptr (PlateauCell) cell = plateau_cell_new (name);
  g_object_set (cell, "sample", sample, NULL);
  plateau_project_add_cell (project, cell);
  return cell; /* the project holds it */
}

static PlateauProject *
make_project (CliContext *context, CliInput *input, Sheet *sheet, JsonObject *result,
              GError **error)
{
  const BuildOptions *options = cli_context_get_options (context, build_table);
  g_autoptr (PlateauProject) project = plateau_project_new ();
  if (options->title != NULL)
    plateau_project_set_title (project, options->title);
  g_object_set (project, "simulated", options->simulated, NULL);
  JsonArray *failed = json_array_new ();
  guint n_measurements = 0;
  gboolean ok = TRUE;
  for (guint r = 0; r < sheet->rows->len && ok; r++)
    {
      Row *row = sheet->rows->pdata[r];
      PlateauCell *cell = find_or_add_cell (project, sheet, row);
      ok = fill_cell (sheet, row, cell, error);
      if (row->problem != NULL)
        cli_context_fail (context, input->file, row->problem);
      n_measurements += add_measurements (context, row, cell, failed);
    }
  cli_set_integer (result, "samples",
                   g_list_model_get_n_items (plateau_project_get_samples (project)));
  cli_set_integer (result, "cells", g_list_model_get_n_items (plateau_project_get_cells (project)));
  cli_set_integer (result, "measurements", n_measurements);
  json_object_set_array_member (result, "failed", failed);
  return ok ? g_steal_pointer (&project) : NULL;
}

static gboolean
build_input (CliContext *context, CliInput *input, JsonObject *result, GError **error)
{
  const char *output = cli_context_get_output (context);
  g_autoptr (Sheet) sheet = read_sheet (cli_context_get_files (context)[0], error);
  if (sheet == NULL)
    return FALSE;
  read_files (context, sheet);
  g_autoptr (PlateauProject) project = make_project (context, input, sheet, result, error);
  if (project == NULL || !plateau_store_write_project (project, output, error))
    return FALSE;
  cli_set_text (result, "output", output);
  return TRUE;
}

static gboolean
check_build (CliContext *context, GError **error)
{
  if (g_strv_length ((char **) cli_context_get_files (context)) <= 1)
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("a project is made of one sheet of cells"));
  return FALSE;
}

const CliCommand cli_build_command = {
  .name = "build",
  .summary = N_ ("Make a project of a study from a sheet of its cells"),
  .arguments = N_ ("CELLS.csv"),
  .options = build_options,
  .writes_file = TRUE,
  .takes_other_files = TRUE,
  .check = check_build,
  .each_input = build_input,
};
