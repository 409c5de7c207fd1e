/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-import-join.h"

#include "data/plateau-join.h"

#include <glib/gi18n.h>

/* More names than these say no more. */
#define MAX_NAMES 6

static char *
subject_of (gint64 cell)
{
  return g_strdup_printf ("join:%" G_GINT64_FORMAT, cell);
}

static void
append_names (GString *text, PlateauCell *cell)
{
  guint n = plateau_cell_get_n_measurements (cell);
  for (guint i = 0; i < n && i < MAX_NAMES; i++)
    g_string_append_printf (
        text, "%s%s", i > 0 ? ", " : "",
        plateau_measurement_get_source (plateau_cell_get_measurement (cell, i))->name);
  if (n > MAX_NAMES)
    g_string_append_printf (text, _ ("\n… and %u more"), n - MAX_NAMES);
}

static void
ask (PlateauDocument *document, PlateauCell *cell)
{
  gint64 id = plateau_cell_get_id (cell);
  g_autofree char *subject = subject_of (id);
  g_autoptr (GPtrArray) measurements = plateau_cell_list_measurements (cell);
  g_autofree char *doubt = measurements->len > 1 ? plateau_join_find_doubt (measurements) : NULL;
  plateau_document_remove_message (document, subject);
  if (doubt == NULL)
    return;
  g_autofree char *title = g_strdup_printf (_ ("Are these files all of the cell %s?"),
                                            plateau_cell_get_name (cell));
  g_autoptr (GString) detail = g_string_new (NULL);
  append_names (detail, cell);
  g_string_append_printf (detail, "\n%s", doubt);
  g_autoptr (PlateauMessage)
      message = plateau_message_new (PLATEAU_MESSAGE_WARNING, title, detail->str);
  plateau_message_set_subject (message, subject);
  plateau_message_add_action (message, _ ("Join"), "win.keep-joined", g_variant_new_int64 (id));
  plateau_message_add_action (message, _ ("Keep apart"), "win.keep-apart",
                              g_variant_new_int64 (id));
  plateau_document_add_message (document, message);
}

void
plateau_import_ask_joins (PlateauDocument *document, GArray *cells)
{
  PlateauProject *project = plateau_document_get_project (document);
  g_autoptr (GHashTable) asked = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < cells->len; i++)
    {
      PlateauCell *cell = plateau_project_find_cell (project, g_array_index (cells, gint64, i));
      if (cell != NULL && g_hash_table_add (asked, cell))
        ask (document, cell);
    }
}

void
plateau_import_keep_joined (PlateauDocument *document, gint64 cell)
{
  g_autofree char *subject = subject_of (cell);
  plateau_document_remove_message (document, subject);
}

/* Named after its file, like the cell in all else. */
static PlateauCell *
new_cell_beside (PlateauDocument *document, PlateauCell *cell, const char *file_name)
{
  static const char *const same[] = { "sample", "reference-offset", "active-mass", "area" };
  PlateauProject *project = plateau_document_get_project (document);
  g_autofree char *name = g_strdup (file_name);
  char *dot = strrchr (name, '.');
  if (dot != NULL && dot != name)
    *dot = '\0';
  g_autoptr (PlateauCell) beside = plateau_cell_new (name);
  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_auto (GValue) value = G_VALUE_INIT;
      g_object_get_property (G_OBJECT (cell), same[i], &value);
      g_object_set_property (G_OBJECT (beside), same[i], &value);
    }
  plateau_document_edit (document, plateau_edit_new_member (project, G_OBJECT (beside), G_MAXINT));
  return plateau_project_find_cell (project, plateau_cell_get_id (beside));
}

void
plateau_import_keep_apart (PlateauDocument *document, gint64 id)
{
  PlateauCell *cell = plateau_project_find_cell (plateau_document_get_project (document), id);
  plateau_import_keep_joined (document, id);
  if (cell == NULL || plateau_cell_get_n_measurements (cell) < 2)
    return;
  g_autoptr (GPtrArray) measurements = plateau_cell_list_measurements (cell);
  g_autoptr (GHashTable) of_file = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *name = g_strdup_printf (_ ("Keep the files of %s apart"),
                                           plateau_cell_get_name (cell));
  plateau_document_begin (document, name, NULL);
  for (guint i = 0; i < measurements->len; i++)
    {
      PlateauMeasurement *measurement = measurements->pdata[i];
      const PlateauSource *source = plateau_measurement_get_source (measurement);
      const char *key = source->uri != NULL ? source->uri : source->name;
      if (i == 0)
        g_hash_table_insert (of_file, (gpointer) key, cell);
      PlateauCell *target = g_hash_table_lookup (of_file, key);
      if (target == cell)
        continue;
      if (target == NULL)
        target = new_cell_beside (document, cell, source->name);
      g_hash_table_insert (of_file, (gpointer) key, target);
      plateau_document_edit (document, plateau_edit_new_measurement (cell, measurement, NULL));
      plateau_document_edit (document, plateau_edit_new_measurement (target, NULL, measurement));
    }
  plateau_document_end (document);
}
