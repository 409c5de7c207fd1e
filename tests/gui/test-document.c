/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The document behind the window, without a display: undo of every kind of edit, what is kept on
 * disk, and pasting into the cell table. */

#include "plateau-cell-sheet.h"
#include "plateau-document-file.h"
#include "plateau-family.h"

#include <glib/gstdio.h>
#include <math.h>

typedef struct
{
  PlateauDocument *document;
  PlateauCell *cells[3];
} Fixture;

static void
add_cell (PlateauDocument *document, const char *name, const char *channel)
{
  g_autoptr (PlateauCell) cell = plateau_cell_new (name);
  g_object_set (cell, "channel", channel, NULL);
  plateau_document_edit (document, plateau_edit_new_member (plateau_document_get_project (document),
                                                            G_OBJECT (cell), G_MAXINT));
}

static void
set_up (Fixture *f, gconstpointer data)
{
  static const char *const names[] = { "S-1", "S-2", "P-1" };
  static const char *const channels[] = { "1-1", "1-2", "1-3" };
  f->document = plateau_document_new ();
  plateau_document_begin (f->document, "Add cells", NULL);
  for (guint i = 0; i < 3; i++)
    add_cell (f->document, names[i], channels[i]);
  g_assert_true (plateau_document_end (f->document));
  for (guint i = 0; i < 3; i++)
    f->cells[i] = plateau_project_find_cell_named (plateau_document_get_project (f->document),
                                                   names[i]);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  while (plateau_document_is_writing (f->document))
    g_main_context_iteration (NULL, TRUE);
  plateau_document_close (f->document);
  g_clear_object (&f->document);
}

static double
mass_mg (PlateauCell *cell)
{
  return plateau_from_si (plateau_cell_get_active_mass (cell), "mg");
}

static void
set_mass (Fixture *f, double mg)
{
  g_auto (GValue) value = G_VALUE_INIT;
  g_value_init (&value, G_TYPE_DOUBLE);
  g_value_set_double (&value, plateau_to_si (mg, "mg"));
  plateau_document_set_property (f->document, G_OBJECT (f->cells[0]), "active-mass", &value,
                                 "Change active mass of S-1");
}

static void
test_property (Fixture *f, gconstpointer data)
{
  PlateauUndo *undo = plateau_document_get_undo (f->document);
  set_mass (f, 3.3);
  g_assert_cmpfloat_with_epsilon (mass_mg (f->cells[0]), 3.3, 1e-12);
  g_assert_cmpstr (plateau_undo_get_undo_name (undo), ==, "Change active mass of S-1");
  plateau_document_undo (f->document);
  g_assert_true (isnan (mass_mg (f->cells[0])));
  g_assert_cmpstr (plateau_undo_get_redo_name (undo), ==, "Change active mass of S-1");
  plateau_document_redo (f->document);
  g_assert_cmpfloat_with_epsilon (mass_mg (f->cells[0]), 3.3, 1e-12);
}

/* The steps of a dragged slider are one action; the same value again is none. */
static void
test_merge (Fixture *f, gconstpointer data)
{
  for (int i = 1; i <= 10; i++)
    set_mass (f, i);
  set_mass (f, 10);
  plateau_document_undo (f->document);
  g_assert_true (isnan (mass_mg (f->cells[0])));
  g_assert_cmpstr (plateau_undo_get_undo_name (plateau_document_get_undo (f->document)), ==,
                   "Add cells");
}

static void
test_members (Fixture *f, gconstpointer data)
{
  PlateauProject *project = plateau_document_get_project (f->document);
  g_autoptr (PlateauSample) sample = plateau_sample_new ("S");
  plateau_document_begin (f->document, "Remove S-1, add S", NULL);
  plateau_document_edit (f->document,
                         plateau_edit_new_member (project, G_OBJECT (f->cells[0]), -1));
  plateau_document_edit (f->document,
                         plateau_edit_new_member (project, G_OBJECT (sample), G_MAXINT));
  plateau_document_end (f->document);
  g_assert_null (plateau_project_find_cell_named (project, "S-1"));
  g_assert_nonnull (plateau_project_find_sample_named (project, "S", NULL));
  plateau_document_undo (f->document);
  g_assert_true (plateau_project_find_cell_named (project, "S-1") == f->cells[0]);
  g_assert_null (plateau_project_find_sample_named (project, "S", NULL));
  g_autoptr (PlateauCell) first = g_list_model_get_item (plateau_project_get_cells (project), 0);
  g_assert_true (first == f->cells[0]);
}

static void
test_settings (Fixture *f, gconstpointer data)
{
  PlateauProject *project = plateau_document_get_project (f->document);
  g_autoptr (JsonObject) settings = json_object_new ();
  json_object_set_int_member (settings, "reference", 3);
  plateau_document_set_settings (f->document, "cycles", settings, "Change reference cycle");
  g_assert_cmpint (
      json_object_get_int_member (plateau_project_get_settings (project, "cycles"), "reference"),
      ==, 3);
  plateau_document_undo (f->document);
  JsonObject *after = plateau_project_get_settings (project, "cycles");
  g_assert_true (after == NULL || !json_object_has_member (after, "reference"));
}

/* Everything up to the last action is in the file. */
static void
test_kept (Fixture *f, gconstpointer data)
{
  set_mass (f, 4.5);
  while (plateau_document_is_writing (f->document))
    g_main_context_iteration (NULL, TRUE);
  g_autofree char *path = g_strdup (
      plateau_store_get_path (plateau_document_get_store (f->document)));
  plateau_document_close (f->document);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauProject) again = plateau_store_load_file (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (plateau_project_get_cells (again)), ==, 3);
  g_assert_cmpfloat_with_epsilon (mass_mg (plateau_project_find_cell_named (again, "S-1")), 4.5,
                                  1e-9);
  g_unlink (path);
}

static GPtrArray *
rows_of (Fixture *f)
{
  GPtrArray *rows = g_ptr_array_new ();
  for (guint i = 0; i < 3; i++)
    g_ptr_array_add (rows, f->cells[i]);
  return rows;
}

static void
paste (Fixture *f, const char *text, guint row, const char *column, PlateauSheetReport *report)
{
  g_autoptr (GPtrArray) rows = rows_of (f);
  guint n_fields;
  const PlateauField *fields = plateau_field_list (&n_fields);
  plateau_sheet_paste (f->document, rows, text, row, (guint) (plateau_field_find (column) - fields),
                       report);
}

static void
test_paste_by_name (Fixture *f, gconstpointer data)
{
  PlateauSheetReport report;
  paste (f, "cell\tmass_mg\tsample\nP-1\t3.1\tP\nS-2\t3.2\tS\nnobody\t9\tX\n", 0, "mass_mg",
         &report);
  g_assert_cmpfloat_with_epsilon (mass_mg (f->cells[2]), 3.1, 1e-12);
  g_assert_cmpfloat_with_epsilon (mass_mg (f->cells[1]), 3.2, 1e-12);
  g_assert_true (isnan (mass_mg (f->cells[0])));
  g_assert_cmpstr (plateau_sample_get_name (plateau_cell_get_sample (f->cells[1])), ==, "S");
  g_assert_cmpuint (report.n_set, ==, 4);
  g_assert_cmpuint (report.n_unknown, ==, 1);
  plateau_sheet_report_clear (&report);
  plateau_document_undo (f->document);
  g_assert_true (isnan (mass_mg (f->cells[2])));
  g_assert_null (plateau_cell_get_sample (f->cells[1]));
}

static void
test_paste_by_channel (Fixture *f, gconstpointer data)
{
  PlateauSheetReport report;
  paste (f, "Channel\tActive mass (mg)\n1-2\t2.5\n", 0, "mass_mg", &report);
  g_assert_cmpfloat_with_epsilon (mass_mg (f->cells[1]), 2.5, 1e-12);
  plateau_sheet_report_clear (&report);
}

static void
test_paste_by_place (Fixture *f, gconstpointer data)
{
  PlateauSheetReport report;
  paste (f, "3.3\t0.785\n3.4\tnonsense\n", 1, "mass_mg", &report);
  g_assert_true (isnan (mass_mg (f->cells[0])));
  g_assert_cmpfloat_with_epsilon (mass_mg (f->cells[1]), 3.3, 1e-12);
  g_assert_cmpfloat_with_epsilon (mass_mg (f->cells[2]), 3.4, 1e-12);
  g_assert_cmpfloat_with_epsilon (plateau_from_si (plateau_cell_get_area (f->cells[1]), "cm2"),
                                  0.785, 1e-12);
  g_assert_cmpuint (report.n_bad, ==, 1);
  g_assert_nonnull (report.first_bad);
  plateau_sheet_report_clear (&report);
}

/* 300 masses at once, by name, in the unit that the head names: one step to undo, one to write. */
static void
test_paste_300 (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GString) text = g_string_new ("Cell\tActive mass / g\n");
  PlateauSheetReport report;
  plateau_document_begin (f->document, "Add cells", NULL);
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *name = g_strdup_printf ("M-%03u", i);
      PlateauCell *cell = plateau_cell_new (name);
      plateau_document_edit (f->document,
                             plateau_edit_new_member (plateau_document_get_project (f->document),
                                                      G_OBJECT (cell), G_MAXINT));
      g_ptr_array_add (cells, cell);
    }
  plateau_document_end (f->document);
  for (guint i = 300; i-- > 0;)
    g_string_append_printf (text, "M-%03u\t0.00%03u\n", i, 100 + i);
  plateau_sheet_paste (f->document, cells, text->str, 0, 0, &report);
  g_assert_cmpuint (report.n_set, ==, 300);
  g_assert_cmpuint (report.n_unknown + report.n_bad, ==, 0);
  for (guint i = 0; i < 300; i++)
    g_assert_cmpfloat_with_epsilon (mass_mg (cells->pdata[i]), 0.01 * (100 + i), 1e-9);
  plateau_sheet_report_clear (&report);
  g_assert_cmpstr (plateau_undo_get_undo_name (plateau_document_get_undo (f->document)), ==,
                   "Paste values");
  while (plateau_document_is_writing (f->document))
    g_main_context_iteration (NULL, TRUE);
  {
    g_autoptr (PlateauProject) kept = plateau_store_load_file (
        plateau_store_get_path (plateau_document_get_store (f->document)), NULL);
    PlateauCell *last = plateau_project_find_cell_named (kept, "M-299");
    g_assert_cmpfloat_with_epsilon (mass_mg (last), 3.99, 1e-9);
  }
  plateau_document_undo (f->document);
  for (guint i = 0; i < 300; i++)
    g_assert_true (isnan (mass_mg (cells->pdata[i])));
}

/* What the preferences say of a family reaches the cells that are there, as one step. */
static void
test_family (Fixture *f, gconstpointer data)
{
  PlateauProject *project = plateau_document_get_project (f->document);
  g_autoptr (GSettings) settings = g_settings_new ("io.github.plateau.Plateau");
  g_autoptr (PlateauSample) sample = plateau_sample_new ("S");
  g_autoptr (PlateauSample) other = plateau_sample_new ("P");
  g_settings_set_value (settings, "families",
                        g_variant_new_parsed ("{'LRMO': (250.0, 0.62), 'NMC': (200.0, %d)}", NAN));
  g_object_set (sample, "family", "LRMO", NULL);
  g_object_set (other, "family", "LCO", NULL);
  plateau_project_add_sample (project, sample);
  plateau_project_add_sample (project, other);
  g_object_set (f->cells[0], "sample", sample, NULL);
  g_object_set (f->cells[2], "sample", other, NULL);
  g_autofree char *said = plateau_family_apply (f->document, "LRMO");
  g_assert_cmpstr (said, ==, "Set 1C and offset of LRMO: samples 1, cells 1.");
  g_assert_cmpfloat (plateau_sample_get_specific_current_1c (sample), ==, 250);
  g_assert_cmpfloat (plateau_cell_get_reference_offset (f->cells[0]), ==, 0.62);
  g_assert_cmpfloat (plateau_cell_get_reference_offset (f->cells[2]), ==, 0);
  g_assert_true (isnan (plateau_sample_get_specific_current_1c (other)));
  g_autofree char *again = plateau_family_apply (f->document, "LRMO");
  g_assert_nonnull (strstr (again, "already"));
  g_autofree char *none = plateau_family_apply (f->document, "NMC");
  g_assert_nonnull (strstr (none, "no sample"));
  plateau_document_undo (f->document);
  g_assert_true (isnan (plateau_sample_get_specific_current_1c (sample)));
  g_assert_cmpfloat (plateau_cell_get_reference_offset (f->cells[0]), ==, 0);
  g_settings_reset (settings, "families");
}

/* Which plot is looked at is kept, has no step, and no step changes it; also in the file. */
static void
test_view (Fixture *f, gconstpointer data)
{
  PlateauProject *project = plateau_document_get_project (f->document);
  g_autoptr (JsonNode) one = json_from_string ("{\"cycles\": \"1\", \"shown\": \"a\"}", NULL);
  g_autoptr (JsonNode) two = json_from_string ("{\"cycles\": \"1\", \"shown\": \"b\"}", NULL);
  plateau_document_set_settings (f->document, "page-x", json_node_get_object (one), "Choose cycles");
  plateau_document_keep_view (f->document, "page-x", json_node_get_object (two), "shown");
  g_assert_cmpstr (plateau_undo_get_undo_name (plateau_document_get_undo (f->document)), ==,
                   "Choose cycles");
  for (guint i = 0; i < 2; i++)
    {
      plateau_document_undo (f->document);
      JsonObject *before = plateau_project_get_settings (project, "page-x");
      g_assert_cmpstr (json_object_get_string_member (before, "shown"), ==, "b");
      g_assert_false (json_object_has_member (before, "cycles"));
      plateau_document_redo (f->document);
      JsonObject *after = plateau_project_get_settings (project, "page-x");
      g_assert_cmpstr (json_object_get_string_member (after, "shown"), ==, "b");
      g_assert_cmpstr (json_object_get_string_member (after, "cycles"), ==, "1");
    }
  while (plateau_document_is_writing (f->document))
    g_main_context_iteration (NULL, TRUE);
  g_autoptr (PlateauProject) kept = plateau_store_load_file (
      plateau_store_get_path (plateau_document_get_store (f->document)), NULL);
  JsonObject *settings = plateau_project_get_settings (kept, "page-x");
  g_assert_cmpstr (json_object_get_string_member (settings, "shown"), ==, "b");
}

/* A slider that comes back to where it was leaves no step; switches are a step each. */
static void
test_steps (Fixture *f, gconstpointer data)
{
  PlateauUndo *undo = plateau_document_get_undo (f->document);
  g_auto (GValue) value = G_VALUE_INIT;
  set_mass (f, 1);
  plateau_undo_end_merge (undo);
  for (int i = 2; i <= 6; i++)
    set_mass (f, i);
  set_mass (f, 1);
  plateau_document_undo (f->document);
  g_assert_true (isnan (mass_mg (f->cells[0])));
  g_value_init (&value, G_TYPE_BOOLEAN);
  for (int i = 0; i < 3; i++)
    {
      g_value_set_boolean (&value, i % 2 == 0);
      plateau_document_set_property (f->document, G_OBJECT (f->cells[0]), "excluded", &value,
                                     "Leave out S-1");
    }
  plateau_document_undo (f->document);
  g_assert_false (plateau_cell_get_excluded (f->cells[0]));
  plateau_document_undo (f->document);
  g_assert_true (plateau_cell_get_excluded (f->cells[0]));
}

int
main (int argc, char **argv)
{
  g_autofree char *state = g_dir_make_tmp ("plateau-document-XXXXXX", NULL);
  g_setenv ("XDG_STATE_HOME", state, TRUE);
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  ADD ("/document/property", test_property);
  ADD ("/document/merge", test_merge);
  ADD ("/document/members", test_members);
  ADD ("/document/settings", test_settings);
  ADD ("/document/kept", test_kept);
  ADD ("/document/family", test_family);
  ADD ("/document/view", test_view);
  ADD ("/document/steps", test_steps);
  ADD ("/document/paste-by-name", test_paste_by_name);
  ADD ("/document/paste-by-channel", test_paste_by_channel);
  ADD ("/document/paste-by-place", test_paste_by_place);
  ADD ("/document/paste-300", test_paste_300);
#undef ADD
  return g_test_run ();
}
