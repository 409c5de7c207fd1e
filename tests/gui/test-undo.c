/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any sequence of edits, taken back one by one, gives the project as it was before each of them,
 * and done again as it was after; in memory and in the file, also in one saved under another name
 * meanwhile. */

#include "../unit/simulated-test.h"
#include "plateau-cell-sheet.h"
#include "plateau-document-file.h"

#include <glib/gstdio.h>
#include <math.h>

#define N_SEQUENCES 12
#define N_STEPS 60

typedef struct
{
  PlateauDocument *document;
  PlateauProject *project;
  GRand *rand;
  GPtrArray *states; /* of char *: what the project is after so many actions */
  guint position;    /* actions done */
  guint n_made;      /* names are never the same twice */
  char *folder;
} Walk;

/* What the project says, without addresses. */

static void
describe_value (GString *out, const GValue *value)
{
  if (G_VALUE_HOLDS_DOUBLE (value))
    g_string_append_printf (out, "%.17g", g_value_get_double (value));
  else if (G_VALUE_HOLDS_OBJECT (value))
    {
      gint64 id = 0;
      if (g_value_get_object (value) != NULL)
        g_object_get (g_value_get_object (value), "id", &id, NULL);
      g_string_append_printf (out, "#%" G_GINT64_FORMAT, id);
    }
  else if (G_VALUE_HOLDS_VARIANT (value))
    {
      GVariant *variant = g_value_get_variant (value);
      g_autofree char *text
          = variant != NULL && g_variant_n_children (variant) > 0 ? g_variant_print (variant, FALSE)
                                                                  : g_strdup ("{}");
      g_string_append (out, text);
    }
  else
    {
      g_autofree char *text = g_strdup_value_contents (value);
      g_string_append (out, text);
    }
}

static void
describe_object (GString *out, gpointer object)
{
  guint n;
  g_autofree GParamSpec **specs = g_object_class_list_properties (G_OBJECT_GET_CLASS (object), &n);
  g_string_append_printf (out, "%s\n", G_OBJECT_TYPE_NAME (object));
  for (guint i = 0; i < n; i++)
    {
      g_auto (GValue) value = G_VALUE_INIT;
      g_value_init (&value, specs[i]->value_type);
      g_object_get_property (object, specs[i]->name, &value);
      g_string_append_printf (out, "  %s = ", specs[i]->name);
      describe_value (out, &value);
      g_string_append_c (out, '\n');
    }
}

static void
describe_measurements (GString *out, PlateauCell *cell)
{
  for (guint i = 0; i < plateau_cell_get_n_measurements (cell); i++)
    {
      PlateauMeasurement *m = plateau_cell_get_measurement (cell, i);
      const PlateauSource *source = plateau_measurement_get_source (m);
      g_autoptr (GError) error = NULL;
      g_autoptr (PlateauRecording) recording = plateau_measurement_ref_recording (m, &error);
      g_assert_no_error (error);
      const double *current = plateau_recording_peek (recording, PLATEAU_QUANTITY_CURRENT);
      g_string_append_printf (out, "  measured %s at %s (%" G_GINT64_FORMAT "): %zu rows of %g A\n",
                              source->name, source->uri, source->modified,
                              plateau_measurement_get_n_rows (m), current[1]);
    }
}

static char *
describe (PlateauProject *project)
{
  GString *out = g_string_new (NULL);
  GListModel *lists[] = { plateau_project_get_samples (project),
                          plateau_project_get_cells (project) };
  describe_object (out, project);
  for (guint k = 0; k < G_N_ELEMENTS (lists); k++)
    for (guint i = 0; i < g_list_model_get_n_items (lists[k]); i++)
      {
        g_autoptr (GObject) object = g_list_model_get_item (lists[k], i);
        describe_object (out, object);
        if (PLATEAU_IS_CELL (object))
          describe_measurements (out, PLATEAU_CELL (object));
      }
  g_auto (GStrv) analyses = plateau_project_list_settings (project);
  for (guint i = 0; analyses[i] != NULL; i++)
    {
      g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
      json_node_set_object (node, plateau_project_get_settings (project, analyses[i]));
      g_autofree char *text = json_to_string (node, FALSE);
      g_string_append_printf (out, "%s: %s\n", analyses[i], text);
    }
  for (guint i = 0; i < plateau_project_get_n_figures (project); i++)
    {
      const char *name = plateau_project_get_figure_name (project, i);
      g_autofree char *text = json_to_string (plateau_project_get_figure (project, name), FALSE);
      g_string_append_printf (out, "figure %s: %s\n", name, text);
    }
  return g_string_free (out, FALSE);
}

static void
assert_is (PlateauProject *project, const char *wanted)
{
  g_autofree char *seen = describe (project);
  g_assert_cmpstr (seen, ==, wanted);
}

static void
wait_written (Walk *w)
{
  while (plateau_document_is_writing (w->document))
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_file_is (Walk *w, const char *wanted)
{
  PlateauStore *store = plateau_document_get_store (w->document);
  g_autoptr (GError) error = NULL;
  if (store == NULL)
    return; /* nothing was done yet */
  wait_written (w);
  g_autoptr (PlateauProject) kept = plateau_store_load_file (plateau_store_get_path (store), &error);
  g_assert_no_error (error);
  assert_is (kept, wanted);
}

/* Edits, each of them chosen at random */

static guint
below (Walk *w, guint n)
{
  return (guint) g_rand_int_range (w->rand, 0, (gint32) n);
}

static char *
new_name (Walk *w, const char *what)
{
  return g_strdup_printf ("%s %u", what, ++w->n_made);
}

static gpointer
pick (Walk *w, GListModel *list)
{
  guint n = g_list_model_get_n_items (list);
  g_autoptr (GObject) object = n > 0 ? g_list_model_get_item (list, below (w, n)) : NULL;
  return object; /* the project has it */
}

static PlateauCell *
pick_cell (Walk *w)
{
  return pick (w, plateau_project_get_cells (w->project));
}

static PlateauSample *
pick_sample (Walk *w)
{
  return pick (w, plateau_project_get_samples (w->project));
}

static void
edit (Walk *w, PlateauEdit *what)
{
  plateau_document_edit (w->document, what);
}

static void
random_value (Walk *w, GValue *value, GParamSpec *spec)
{
  if (G_VALUE_HOLDS_DOUBLE (value))
    g_value_set_double (value, below (w, 4) > 0 ? g_rand_double (w->rand) : NAN);
  else if (G_VALUE_HOLDS_BOOLEAN (value))
    g_value_set_boolean (value, below (w, 2) > 0);
  else if (G_VALUE_HOLDS_ENUM (value))
    g_value_set_enum (value, (int) below (w, 4));
  else if (G_VALUE_HOLDS_STRING (value))
    g_value_take_string (value, new_name (w, "锂 “é” text"));
  else if (G_VALUE_HOLDS_OBJECT (value))
    g_value_set_object (value, pick_sample (w));
  else if (G_VALUE_HOLDS_VARIANT (value))
    g_value_take_variant (value, g_variant_ref_sink (g_variant_new_parsed (
                                     "{'batch': %s}", below (w, 2) > 0 ? "A" : "B")));
  else
    g_error ("no values of %s", spec->name);
}

static void
edit_property (Walk *w)
{
  GObject *objects[] = { (GObject *) pick_cell (w), (GObject *) pick_sample (w),
                         G_OBJECT (w->project) };
  GObject *object = objects[below (w, G_N_ELEMENTS (objects))];
  guint n;
  if (object == NULL)
    return;
  g_autofree GParamSpec **specs = g_object_class_list_properties (G_OBJECT_GET_CLASS (object), &n);
  GParamSpec *spec = specs[below (w, n)];
  g_auto (GValue) value = G_VALUE_INIT;
  if (g_str_equal (spec->name, "id"))
    return;
  g_value_init (&value, spec->value_type);
  random_value (w, &value, spec);
  edit (w, plateau_edit_new_property (object, spec->name, &value));
}

static void
edit_settings (Walk *w)
{
  static const char *const analyses[] = { "cycles", "drt", "page-compare", "impedance" };
  g_autoptr (JsonObject) settings = json_object_new ();
  for (guint i = below (w, 3); i > 0; i--)
    {
      g_autofree char *key = g_strdup_printf ("option-%u", below (w, 3));
      json_object_set_double_member (settings, key, g_rand_double (w->rand));
    }
  edit (w, plateau_edit_new_settings (w->project, analyses[below (w, 4)], settings));
}

static JsonNode *
new_figure (Walk *w)
{
  g_autofree char *text = g_strdup_printf ("{\"width_mm\": %u, \"panels\": [{\"id\": \"p%u\"}]}",
                                           60 + below (w, 100), below (w, 9));
  return json_from_string (text, NULL);
}

static const char *
pick_figure (Walk *w)
{
  guint n = plateau_project_get_n_figures (w->project);
  return n > 0 ? plateau_project_get_figure_name (w->project, below (w, n)) : NULL;
}

static void
edit_figure (Walk *w)
{
  g_autofree char *name = new_name (w, "Figure");
  g_autofree char *old = g_strdup (pick_figure (w));
  g_autoptr (JsonNode) document = new_figure (w);
  switch (old != NULL ? below (w, 4) : 0)
    {
    case 0:
      edit (w, plateau_edit_new_figure (w->project, name, document));
      break;
    case 1:
      edit (w, plateau_edit_new_figure (w->project, old, document));
      break;
    case 2:
      edit (w, plateau_edit_new_figure (w->project, old, NULL));
      break;
    default:
      {
        PlateauEdit *gone = plateau_edit_new_figure (w->project, old, NULL);
        int place = gone->old_position;
        edit (w, gone);
        edit (w, plateau_edit_new_figure_at (w->project, name, document, place));
      }
    }
}

static void
edit_sample (Walk *w)
{
  PlateauSample *old = below (w, 3) == 0 ? pick_sample (w) : NULL;
  if (old == NULL)
    {
      g_autofree char *name = new_name (w, "Sample");
      g_autoptr (PlateauSample) sample = plateau_sample_new (name);
      g_object_set (sample, "family", below (w, 2) > 0 ? "LRMO" : "LCO", NULL);
      edit (w, plateau_edit_new_member (w->project, G_OBJECT (sample), G_MAXINT));
      return;
    }
  g_auto (GValue) none = G_VALUE_INIT;
  g_value_init (&none, PLATEAU_TYPE_SAMPLE);
  g_autoptr (GPtrArray) cells = plateau_project_list_cells_of (w->project, old, TRUE);
  for (guint i = 0; i < cells->len; i++)
    edit (w, plateau_edit_new_property (cells->pdata[i], "sample", &none));
  edit (w, plateau_edit_new_member (w->project, G_OBJECT (old), -1));
}

static PlateauMeasurement *
new_measurement (Walk *w)
{
  SimulatedTest test = simulated_test_new ();
  simulated_test_ramp (&test, 3.6, 1e-3 * (1 + below (w, 50)), 3, 4, 5 + below (w, 20));
  g_autofree char *name = new_name (w, "file.csv");
  g_autofree char *uri = g_strdup_printf ("file:///measured/%u", w->n_made);
  PlateauSource *source = plateau_source_new (uri, name, 1234, w->n_made);
  PlateauMeasurement *measurement = plateau_measurement_new (source);
  g_autoptr (PlateauRecording) recording = simulated_test_end (&test, FALSE);
  plateau_measurement_set_recording (measurement, recording);
  return measurement;
}

static void
edit_cells (Walk *w)
{
  PlateauCell *old = pick_cell (w);
  guint n = g_list_model_get_n_items (plateau_project_get_cells (w->project));
  if (old != NULL && below (w, 2) == 0)
    {
      int place = below (w, 2) == 0 ? (int) below (w, n) : -1;
      edit (w, plateau_edit_new_member (w->project, G_OBJECT (old), place));
      return;
    }
  g_autofree char *name = new_name (w, "Cell");
  g_autoptr (PlateauCell) cell = plateau_cell_new (name);
  g_autoptr (PlateauMeasurement) measurement = new_measurement (w);
  plateau_cell_add_measurement (cell, measurement);
  edit (w, plateau_edit_new_member (w->project, G_OBJECT (cell), G_MAXINT));
}

static void
edit_measurement (Walk *w)
{
  PlateauCell *cell = pick_cell (w), *other = pick_cell (w);
  guint n = cell != NULL ? plateau_cell_get_n_measurements (cell) : 0;
  g_autoptr (PlateauMeasurement) fresh = new_measurement (w);
  if (cell == NULL)
    return;
  g_autoptr (PlateauMeasurement) old
      = n > 0 ? plateau_measurement_ref (plateau_cell_get_measurement (cell, below (w, n))) : NULL;
  switch (old != NULL ? below (w, 5) : 0)
    {
    case 0:
      edit (w, plateau_edit_new_measurement (cell, NULL, fresh));
      break;
    case 1:
      edit (w, plateau_edit_new_measurement (cell, old, NULL));
      break;
    case 2:
      edit (w, plateau_edit_new_measurement (cell, old, fresh));
      break;
    case 3:
      edit (w, plateau_edit_new_measurement (cell, old, NULL));
      edit (w, plateau_edit_new_measurement (other, NULL, old));
      break;
    default:
      edit (w, plateau_edit_new_place (cell, old, "file:///elsewhere/again", 77));
    }
}

static void
edit_sheet (Walk *w)
{
  GListModel *cells = plateau_project_get_cells (w->project);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autoptr (GString) text = g_string_new ("cell\tmass_mg\tsample\trole\n");
  PlateauSheetReport report;
  for (guint i = 0; i < g_list_model_get_n_items (cells); i++)
    {
      g_autoptr (PlateauCell) cell = g_list_model_get_item (cells, i);
      g_ptr_array_add (rows, cell);
      g_string_append_printf (text, "%s\t%u\tPasted %u\tmodified\n", plateau_cell_get_name (cell),
                              1 + below (w, 9), below (w, 4));
    }
  plateau_sheet_paste (w->document, rows, text->str, 0, 0, &report);
  plateau_sheet_report_clear (&report);
}

static void (*const edits[]) (Walk *) = { edit_property, edit_property,    edit_settings,
                                          edit_figure,   edit_sample,      edit_cells,
                                          edit_cells,    edit_measurement, edit_sheet };

/* Actions of one to three edits. */
static void
act (Walk *w)
{
  g_autofree char *name = g_strdup_printf ("Action %u", w->position);
  plateau_undo_end_merge (plateau_document_get_undo (w->document));
  plateau_document_begin (w->document, name, NULL);
  for (guint i = 1 + below (w, 3); i > 0; i--)
    edits[below (w, G_N_ELEMENTS (edits))](w);
  if (!plateau_document_end (w->document))
    return;
  g_ptr_array_set_size (w->states, (int) ++w->position);
  g_ptr_array_add (w->states, describe (w->project));
}

static void
back (Walk *w)
{
  if (w->position == 0)
    return;
  plateau_document_undo (w->document);
  assert_is (w->project, w->states->pdata[--w->position]);
}

static void
forth (Walk *w)
{
  if (w->position + 1 == w->states->len)
    return;
  plateau_document_redo (w->document);
  assert_is (w->project, w->states->pdata[++w->position]);
}

static void
saved (PlateauDocument *document, const char *path, const GError *error, gpointer done)
{
  g_assert_no_error (error);
  *(gboolean *) done = TRUE;
}

static void
save_as (Walk *w)
{
  g_autofree char *name = new_name (w, "saved");
  g_autofree char *path = g_strconcat (w->folder, "/", name, ".plateau", NULL);
  gboolean done = FALSE;
  gulong handler = g_signal_connect (w->document, "saved", G_CALLBACK (saved), &done);
  plateau_document_save_as (w->document, path);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (w->document, handler);
}

static void
walk (Walk *w)
{
  g_ptr_array_add (w->states, describe (w->project));
  for (guint i = 0; i < N_STEPS; i++)
    switch (below (w, 12))
      {
      case 0:
      case 1:
        back (w);
        break;
      case 2:
        forth (w);
        break;
      case 3:
        if (i % 4 == 0)
          save_as (w);
        break;
      default:
        act (w);
        if (i % 5 == 0)
          assert_file_is (w, w->states->pdata[w->position]);
      }
  while (w->position > 0)
    back (w);
  assert_file_is (w, w->states->pdata[0]);
  while (w->position + 1 < w->states->len)
    forth (w);
  assert_file_is (w, w->states->pdata[w->states->len - 1]);
}

/* Closed and opened again, edited further and taken back: as it was when it was opened. */
static void
reopened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  *(PlateauDocument **) user_data = plateau_document_open_finish (result, &error);
  g_assert_no_error (error);
}

static void
open_again (Walk *w)
{
  g_autofree char *wanted = g_strdup (w->states->pdata[w->position]);
  save_as (w);
  wait_written (w);
  g_autofree char *path = g_strdup (plateau_document_get_path (w->document));
  plateau_document_close (w->document);
  g_clear_object (&w->document);
  plateau_document_open_async (path, FALSE, NULL, reopened, &w->document);
  while (w->document == NULL)
    g_main_context_iteration (NULL, TRUE);
  w->project = plateau_document_get_project (w->document);
  assert_is (w->project, wanted);
  g_ptr_array_set_size (w->states, 0);
  w->position = 0;
}

static void
test_walks (void)
{
  for (guint32 seed = 1; seed <= N_SEQUENCES; seed++)
    {
      Walk w = { .rand = g_rand_new_with_seed (seed),
                 .states = g_ptr_array_new_with_free_func (g_free),
                 .folder = g_dir_make_tmp ("plateau-undo-XXXXXX", NULL) };
      g_test_message ("seed %u", seed);
      w.document = plateau_document_new ();
      w.project = plateau_document_get_project (w.document);
      walk (&w);
      open_again (&w);
      walk (&w);
      wait_written (&w);
      plateau_document_close (w.document);
      g_clear_object (&w.document);
      g_ptr_array_unref (w.states);
      g_rand_free (w.rand);
      g_autoptr (GDir) dir = g_dir_open (w.folder, 0, NULL);
      const char *name;
      while ((name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *path = g_build_filename (w.folder, name, NULL);
          g_unlink (path);
        }
      g_rmdir (w.folder);
      g_free (w.folder);
    }
}

int
main (int argc, char **argv)
{
  g_autofree char *state = g_dir_make_tmp ("plateau-undo-state-XXXXXX", NULL);
  g_setenv ("XDG_STATE_HOME", state, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/undo/walks", test_walks);
  return g_test_run ();
}
