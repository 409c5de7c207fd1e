/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-import.h"

#include "base/plateau-error.h"
#include "base/plateau-number.h"
#include "base/plateau-unit.h"
#include "data/plateau-naming.h"
#include "plateau-import-join.h"
#include "plateau-import-read.h"
#include "plateau-preferences.h"
#include "plateau-read-options.h"

#include "plateau-manner.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* More warnings than this of one file say no more than the first do. */
#define MAX_WARNINGS 4

/* The request; the result carries it back to the main thread. Counted by reference. */
typedef struct
{
  GPtrArray *files; /* of GFile */
  PlateauReadOptions *options;
  GVariant *memory;
  gint64 cell; /* 0: guessed from the names */
  PlateauImportDone done;
  gpointer user_data;
} Import;

typedef struct
{
  Import *import;
  GPtrArray *results;
} ImportResult;

static void
import_clear (gpointer data)
{
  Import *import = data;
  g_ptr_array_unref (import->files);
  plateau_read_options_free (import->options);
  g_clear_pointer (&import->memory, g_variant_unref);
}

static void
import_unref (Import *import)
{
  g_atomic_rc_box_release_full (import, import_clear);
}

static void
import_result_free (ImportResult *result)
{
  import_unref (result->import);
  g_ptr_array_unref (result->results);
  g_free (result);
}

static gpointer
read_all (gpointer data, PlateauJob *job, GCancellable *cancellable, GError **error)
{
  Import *import = data;
  GPtrArray *results = plateau_import_read_all ((GFile *const *) import->files->pdata,
                                                import->files->len, import->options, import->memory,
                                                job, cancellable, error);
  if (results == NULL)
    return NULL;
  ImportResult *result = g_new (ImportResult, 1);
  result->import = g_atomic_rc_box_acquire (import);
  result->results = results;
  return result;
}

/* Messages */

static char *
subject_of (GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);
  return g_strconcat ("file:", uri, NULL);
}

/* Columns can be named in what has lines: no picture, no document, no binary file. */
static gboolean
is_text (GFile *file)
{
  char head[512];
  gsize length = 0;
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, NULL);
  if (stream == NULL
      || !g_input_stream_read_all (G_INPUT_STREAM (stream), head, sizeof head, &length, NULL, NULL))
    return FALSE;
  gboolean utf16 = length > 1
                   && (memcmp (head, "\xff\xfe", 2) == 0 || memcmp (head, "\xfe\xff", 2) == 0);
  return length > 0 && (utf16 || memchr (head, '\0', length) == NULL)
         && !(length > 4 && memcmp (head, "%PDF", 4) == 0);
}

static void
report_error (PlateauDocument *document, PlateauReadResult *result)
{
  g_autofree char *subject = subject_of (result->file);
  g_autofree char *uri = g_file_get_uri (result->file);
  g_autofree char *title = g_strdup_printf (_ ("%s cannot be read"), result->name);
  g_autoptr (PlateauMessage)
      message = plateau_message_new (PLATEAU_MESSAGE_ERROR, title, result->error->message);
  plateau_message_set_subject (message, subject);
  if (g_error_matches (result->error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_NEEDS_COLUMNS)
      || (g_error_matches (result->error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_UNKNOWN_FORMAT)
          && is_text (result->file)))
    plateau_message_add_action (message, _ ("Name columns"), "win.name-columns",
                                g_variant_new_string (uri));
  plateau_message_add_action (message, _ ("Read as…"), "win.read-as", g_variant_new_string (uri));
  plateau_document_add_message (document, message);
}

static void
report_warnings (PlateauDocument *document, PlateauReadResult *result, gint64 cell)
{
  g_autofree char *subject = subject_of (result->file);
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = 0;
  const char *units = NULL;
  gboolean lacks_columns = FALSE;
  for (guint i = 0; i < result->measurements->len; i++)
    {
      PlateauMeasurement *measurement = g_ptr_array_index (result->measurements, i);
      g_autoptr (PlateauRecording)
          recording = plateau_measurement_ref_recording (measurement, NULL);
      lacks_columns = lacks_columns
                      || (recording != NULL
                          && (plateau_recording_peek (recording, PLATEAU_QUANTITY_TIME) == NULL
                              || plateau_recording_peek (recording, PLATEAU_QUANTITY_POTENTIAL)
                                     == NULL));
      units = units != NULL
                  ? units
                  : plateau_measurement_get_info (measurement, PLATEAU_INFO_ASSUMED_UNITS);
      const char *const *warnings = plateau_measurement_get_warnings (
          g_ptr_array_index (result->measurements, i));
      for (guint j = 0; warnings != NULL && warnings[j] != NULL; j++, n++)
        if (n < MAX_WARNINGS)
          g_string_append_printf (text, "%s%s", n > 0 ? "\n" : "", warnings[j]);
    }
  plateau_document_remove_message (document, subject);
  if (n == 0)
    return;
  if (n > MAX_WARNINGS)
    g_string_append_printf (text, _ ("\n… and %u more"), n - MAX_WARNINGS);
  g_autofree char *title = g_strdup_printf (ngettext ("%s: a warning", "%s: %u warnings", n),
                                            result->name, n);
  g_autofree char *uri = g_file_get_uri (result->file);
  g_autoptr (PlateauMessage)
      message = plateau_message_new (PLATEAU_MESSAGE_WARNING, title, text->str);
  plateau_message_set_subject (message, subject);
  plateau_message_add_action (message, _ ("Show cell"), "win.show-cell",
                              g_variant_new_int64 (cell));
  if (units != NULL)
    plateau_message_add_action (message, _ ("Units…"), "win.confirm-units",
                                g_variant_new_string (uri));
  if (lacks_columns)
    plateau_message_add_action (message, _ ("Name columns"), "win.name-columns",
                                g_variant_new_string (uri));
  else
    plateau_message_add_action (message, _ ("Read as…"), "win.read-as", g_variant_new_string (uri));
  plateau_document_add_message (document, message);
}

static void
report_missing_masses (PlateauDocument *document)
{
  PlateauStudy *study = plateau_document_get_study (document);
  guint n = 0;
  const PlateauStudyCell *first = NULL;
  for (guint i = 0; i < plateau_study_get_n_cells (study); i++)
    {
      const PlateauStudyCell *cell = plateau_study_get_cell (study, i);
      if (!isnan (cell->active_mass) || (cell->kinds & PLATEAU_KIND_CYCLING) == 0)
        continue;
      first = first == NULL ? cell : first;
      n++;
    }
  plateau_document_remove_message (document, "mass");
  if (n == 0)
    return;
  g_autofree char *title = n == 1 ? g_strdup_printf (_ ("%s has no active mass"), first->name)
                                  : g_strdup_printf (ngettext ("%u cell has no active mass",
                                                               "%u cells have no active mass", n),
                                                     n);
  g_autofree char *remedy = plateau_manner_dup_text (
      _ ("Capacity is shown in mAh. Enter the mass to see mAh g⁻¹."));
  g_autoptr (PlateauMessage) message = plateau_message_new (PLATEAU_MESSAGE_WARNING, title, remedy);
  plateau_message_set_subject (message, "mass");
  if (n == 1)
    plateau_message_add_action (message, _ ("Enter mass"), "win.enter-mass",
                                g_variant_new_int64 (first->id));
  else
    plateau_message_add_action (message, _ ("Enter masses"), "win.cell-table", NULL);
  plateau_document_add_message (document, message);
}

/* Cells of the files */

static double
info_number (PlateauMeasurement *measurement, const char *key, const char *unit)
{
  const char *text = plateau_measurement_get_info (measurement, key);
  double value;
  if (text == NULL || !plateau_parse_number (text, &value) || !(value > 0))
    return NAN;
  return plateau_to_si (value, unit);
}

/* What the file says about the cell, where nothing better is known. */
static void
take_info (PlateauCell *cell, PlateauMeasurement *measurement)
{
  double mass = info_number (measurement, PLATEAU_INFO_MASS_MG, "mg");
  double area = info_number (measurement, PLATEAU_INFO_AREA_CM2, "cm2");
  const char *channel = plateau_measurement_get_info (measurement, PLATEAU_INFO_CHANNEL);
  if (isnan (plateau_cell_get_active_mass (cell)) && !isnan (mass))
    g_object_set (cell, "active-mass", mass, NULL);
  if (isnan (plateau_cell_get_area (cell)) && !isnan (area))
    g_object_set (cell, "area", area, NULL);
  if (channel != NULL)
    g_object_set (cell, "channel", channel, NULL);
}

/* The sample that the names tell of: the project's own if it has one of that name. */
static PlateauSample *
ensure_sample (PlateauDocument *document, const PlateauNaming *naming)
{
  PlateauProject *project = plateau_document_get_project (document);
  if (naming->sample == NULL || *naming->sample == '\0')
    return NULL;
  PlateauSample *known = plateau_project_find_sample_named (project, naming->sample,
                                                            naming->family);
  if (known == NULL)
    known = plateau_project_find_sample_named (project, naming->sample, NULL);
  if (known != NULL)
    return known;
  g_autoptr (PlateauSample) sample = plateau_sample_new (naming->sample);
  double one_c, offset;
  plateau_preferences_get_family (naming->family, &one_c, &offset);
  g_object_set (sample, "family", naming->family != NULL ? naming->family : "", "role",
                naming->role, "specific-current-1c", one_c, NULL);
  plateau_document_edit (document, plateau_edit_new_member (project, G_OBJECT (sample), G_MAXINT));
  return plateau_project_find_sample (project, plateau_sample_get_id (sample));
}

static PlateauCell *
ensure_cell (PlateauDocument *document, const PlateauNaming *naming)
{
  PlateauProject *project = plateau_document_get_project (document);
  PlateauCell *known = plateau_project_find_cell_named (project, naming->cell);
  if (known != NULL)
    return known;
  g_autoptr (PlateauCell) cell = plateau_cell_new (naming->cell);
  PlateauSample *sample = ensure_sample (document, naming);
  double one_c, offset;
  plateau_preferences_get_family (
      sample != NULL ? plateau_sample_get_family (sample) : naming->family, &one_c, &offset);
  if (sample != NULL)
    g_object_set (cell, "sample", sample, NULL);
  if (!isnan (offset))
    g_object_set (cell, "reference-offset", offset, NULL);
  plateau_document_edit (document, plateau_edit_new_member (project, G_OBJECT (cell), G_MAXINT));
  return plateau_project_find_cell (project, plateau_cell_get_id (cell));
}

/* The same file again replaces what was read of it before. */
static PlateauMeasurement *
find_measurement (PlateauCell *cell, const PlateauSource *source)
{
  for (guint i = 0; i < plateau_cell_get_n_measurements (cell); i++)
    {
      PlateauMeasurement *measurement = plateau_cell_get_measurement (cell, i);
      const PlateauSource *other = plateau_measurement_get_source (measurement);
      if (source->uri != NULL && g_strcmp0 (other->uri, source->uri) == 0
          && g_strcmp0 (other->part, source->part) == 0)
        return measurement;
    }
  return NULL;
}

/* @namings: of the result's measurements, from @first on. Returns: the id of the first cell */
static gint64
add_result (PlateauDocument *document, PlateauReadResult *result, GPtrArray *namings, guint first,
            PlateauCell *known, GArray *cells)
{
  gint64 first_id = 0;
  for (guint i = 0; i < result->measurements->len; i++)
    {
      PlateauMeasurement *measurement = g_ptr_array_index (result->measurements, i);
      PlateauCell *cell = known != NULL
                              ? known
                              : ensure_cell (document, g_ptr_array_index (namings, first + i));
      take_info (cell, measurement);
      PlateauMeasurement *old = find_measurement (cell,
                                                  plateau_measurement_get_source (measurement));
      plateau_document_edit (document, plateau_edit_new_measurement (cell, old, measurement));
      gint64 id = plateau_cell_get_id (cell);
      first_id = first_id == 0 ? id : first_id;
      g_array_append_val (cells, id);
    }
  return first_id;
}

static GPtrArray *
guess_names (GPtrArray *results)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  for (guint i = 0; i < results->len; i++)
    {
      PlateauReadResult *result = g_ptr_array_index (results, i);
      if (result->measurements != NULL)
        g_ptr_array_extend (all, result->measurements, NULL, NULL);
    }
  return plateau_naming_guess_list (all);
}

static void
files_read (GObject *owner, gpointer data, const GError *error)
{
  PlateauDocument *document = PLATEAU_DOCUMENT (owner);
  ImportResult *read = data;
  if (read == NULL)
    {
      g_autoptr (PlateauMessage) message = plateau_message_new (
          PLATEAU_MESSAGE_ERROR, _ ("The files could not be read"), error->message);
      plateau_document_add_message (document, message);
      return;
    }
  Import *import = read->import;
  PlateauCell *known = plateau_project_find_cell (plateau_document_get_project (document),
                                                  import->cell);
  g_autoptr (GArray) cells = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint n = read->results->len;
  g_autofree char *name = g_strdup_printf (ngettext ("Add a file", "Add %u files", n), n);
  plateau_document_begin (document, name, NULL);
  g_autoptr (GPtrArray) namings = guess_names (read->results);
  guint first = 0;
  for (guint i = 0; i < n; i++)
    {
      PlateauReadResult *result = g_ptr_array_index (read->results, i);
      if (result->measurements == NULL)
        {
          report_error (document, result);
          continue;
        }
      gint64 cell = add_result (document, result, namings, first, known, cells);
      report_warnings (document, result, cell);
      first += result->measurements->len;
    }
  plateau_document_end (document);
  plateau_import_ask_joins (document, cells);
  report_missing_masses (document);
  if (import->done != NULL)
    import->done (document, cells, import->user_data);
  import_result_free (read);
}

void
plateau_import_files (PlateauDocument *document, GFile *const *files, guint n_files,
                      const PlateauReadOptions *options, PlateauCell *cell, PlateauImportDone done,
                      gpointer user_data)
{
  g_return_if_fail (PLATEAU_IS_DOCUMENT (document));
  if (n_files == 0)
    return;
  Import *import = g_atomic_rc_box_new0 (Import);
  import->files = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < n_files; i++)
    g_ptr_array_add (import->files, g_object_ref (files[i]));
  import->options = plateau_read_options_copy (options);
  import->memory = plateau_read_memory_load ();
  import->cell = cell != NULL ? plateau_cell_get_id (cell) : 0;
  import->done = done;
  import->user_data = user_data;
  PlateauJobSpec spec = {
    .title = _ ("Reading"),
    .run = read_all,
    .input = import,
    .free_input = (GDestroyNotify) import_unref,
    .free_result = (GDestroyNotify) import_result_free,
    .done = files_read,
    .owner = G_OBJECT (document),
    .holds = TRUE,
  };
  plateau_jobs_start (plateau_document_get_jobs (document), NULL, &spec);
}

static char *
folder_name (GFile *file)
{
  g_autoptr (GFile) parent = g_file_get_parent (file);
  return parent != NULL ? g_file_get_basename (parent) : NULL;
}

char *
plateau_import_foresee (PlateauDocument *document, GSList *files)
{
  PlateauProject *project = plateau_document_get_project (document);
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = 0;
  for (GSList *link = files; link != NULL; link = link->next, n++)
    {
      if (n == 3)
        {
          g_string_append_printf (text, _ ("\n… and %u more"), g_slist_length (link));
          break;
        }
      g_autofree char *name = g_file_get_basename (link->data);
      if (g_file_query_file_type (link->data, G_FILE_QUERY_INFO_NONE, NULL)
          == G_FILE_TYPE_DIRECTORY)
        {
          g_string_append_printf (text, _ ("%sall of folder %s"), n > 0 ? "\n" : "", name);
          continue;
        }
      g_autofree char *folder = folder_name (link->data);
      g_autoptr (PlateauNaming) naming = plateau_naming_guess (name, folder, NULL);
      gboolean known = plateau_project_find_cell_named (project, naming->cell) != NULL;
      if (known)
        g_string_append_printf (text, _ ("%s%s joins the cell %s"), n > 0 ? "\n" : "", name,
                                naming->cell);
      else if (naming->sample != NULL && *naming->sample != '\0')
        g_string_append_printf (text, _ ("%s%s goes to %s"), n > 0 ? "\n" : "", naming->cell,
                                naming->sample);
      else
        g_string_append_printf (text, _ ("%s%s stays unassigned"), n > 0 ? "\n" : "", name);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
