/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-sidebar-drag.h"

#include "plateau-sidebar-row.h"
#include "plateau-sidebar.h"

#include <glib/gi18n.h>

typedef GArray PlateauCellIds;
G_DEFINE_BOXED_TYPE (PlateauCellIds, plateau_cell_ids, g_array_ref, g_array_unref)

static GdkContentProvider *
drag_prepare (GtkDragSource *source, double x, double y, GtkWidget *widget)
{
  PlateauSidebarRow *row = plateau_sidebar_row_widget_get_row (widget);
  PlateauDocument *document = g_object_get_data (G_OBJECT (widget), "document");
  if (row == NULL || row->kind != PLATEAU_SIDEBAR_CELL)
    return NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  PlateauSelection *selection = plateau_document_get_selection (document);
  GPtrArray *objects = plateau_selection_get_objects (selection);
  if (g_ptr_array_find (objects, row->object, NULL))
    for (guint i = 0; i < objects->len; i++)
      {
        GObject *object = g_ptr_array_index (objects, i);
        if (!PLATEAU_IS_CELL (object))
          continue;
        gint64 id = plateau_cell_get_id (PLATEAU_CELL (object));
        g_array_append_val (ids, id);
      }
  else
    {
      gint64 id = plateau_cell_get_id (PLATEAU_CELL (row->object));
      g_array_append_val (ids, id);
    }
  return gdk_content_provider_new_typed (PLATEAU_TYPE_CELL_IDS, ids);
}

static PlateauSample *
sample_of_row (PlateauSidebarRow *row)
{
  if (row == NULL)
    return NULL;
  if (row->kind == PLATEAU_SIDEBAR_SAMPLE || row->kind == PLATEAU_SIDEBAR_TEST)
    return PLATEAU_SAMPLE (row->object);
  if (row->kind == PLATEAU_SIDEBAR_CELL)
    return plateau_cell_get_sample (PLATEAU_CELL (row->object));
  return NULL;
}

static gboolean
cells_dropped (GtkDropTarget *target, const GValue *value, double x, double y, GtkWidget *widget)
{
  PlateauDocument *document = g_object_get_data (G_OBJECT (widget), "document");
  GArray *ids = g_value_get_boxed (value);
  PlateauProject *project = plateau_document_get_project (document);
  PlateauSample *sample = sample_of_row (plateau_sidebar_row_widget_get_row (widget));
  g_auto (GValue) sample_value = G_VALUE_INIT;
  g_value_init (&sample_value, PLATEAU_TYPE_SAMPLE);
  g_value_set_object (&sample_value, sample);
  PlateauCell *only = ids->len == 1
                          ? plateau_project_find_cell (project, g_array_index (ids, gint64, 0))
                          : NULL;
  g_autofree char *name
      = sample == NULL ? g_strdup (_ ("Take cells out of their sample"))
        : only != NULL
            ? g_strdup_printf (_ ("Move %s to %s"), plateau_cell_get_name (only),
                               plateau_sample_get_name (sample))
            : g_strdup_printf (ngettext ("Move %u cell to %s", "Move %u cells to %s", ids->len),
                               ids->len, plateau_sample_get_name (sample));
  plateau_document_begin (document, name, NULL);
  for (guint i = 0; i < ids->len; i++)
    {
      PlateauCell *cell = plateau_project_find_cell (project, g_array_index (ids, gint64, i));
      if (cell != NULL)
        plateau_document_edit (document, plateau_edit_new_property (
                                                      G_OBJECT (cell), "sample", &sample_value));
    }
  plateau_document_end (document);
  return TRUE;
}

void
plateau_sidebar_row_make_draggable (GtkWidget *widget, PlateauDocument *document)
{
  g_object_set_data (G_OBJECT (widget), "document", document);
  GtkDragSource *drag = gtk_drag_source_new ();
  g_signal_connect (drag, "prepare", G_CALLBACK (drag_prepare), widget);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
  GtkDropTarget *drop = gtk_drop_target_new (PLATEAU_TYPE_CELL_IDS, GDK_ACTION_COPY);
  g_signal_connect (drop, "drop", G_CALLBACK (cells_dropped), widget);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drop));
}
