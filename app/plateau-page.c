/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-page.h"

#include "plateau-tooltip.h"

#include "figure/plateau-look.h"
#include "plateau-manner.h"

#include <glib/gi18n.h>

G_DEFINE_INTERFACE (PlateauPage, plateau_page, GTK_TYPE_WIDGET)

static void
plateau_page_default_init (PlateauPageInterface *iface)
{
}

void
plateau_page_refresh (PlateauPage *page)
{
  PLATEAU_PAGE_GET_IFACE (page)->refresh (page);
}

GtkWidget *
plateau_page_get_tools (PlateauPage *page)
{
  PlateauPageInterface *iface = PLATEAU_PAGE_GET_IFACE (page);
  return iface->get_tools != NULL ? iface->get_tools (page) : NULL;
}

GtkWidget *
plateau_page_get_inspector (PlateauPage *page)
{
  PlateauPageInterface *iface = PLATEAU_PAGE_GET_IFACE (page);
  return iface->get_inspector != NULL ? iface->get_inspector (page) : NULL;
}

gboolean
plateau_page_is_inspector_first (PlateauPage *page)
{
  g_return_val_if_fail (PLATEAU_IS_PAGE (page), FALSE);
  return PLATEAU_PAGE_GET_IFACE (page)->inspector_first;
}

gboolean
plateau_page_is_inspector_alone (PlateauPage *page)
{
  g_return_val_if_fail (PLATEAU_IS_PAGE (page), FALSE);
  return PLATEAU_PAGE_GET_IFACE (page)->inspector_alone;
}

JsonNode *
plateau_page_dup_figure (PlateauPage *page)
{
  PlateauPageInterface *iface = PLATEAU_PAGE_GET_IFACE (page);
  return iface->dup_figure != NULL ? iface->dup_figure (page) : NULL;
}

PlateauTable *
plateau_page_ref_table (PlateauPage *page)
{
  PlateauPageInterface *iface = PLATEAU_PAGE_GET_IFACE (page);
  g_autoptr (PlateauTable) table = iface->ref_table != NULL ? iface->ref_table (page) : NULL;
  return table != NULL ? plateau_notation_convert_table (
                             plateau_manner_get_notation (plateau_manner_get_default ()), table)
                       : NULL;
}

void
plateau_page_show_tag (PlateauPage *page, const PlateauTag *tag)
{
  PlateauPageInterface *iface = PLATEAU_PAGE_GET_IFACE (page);
  if (iface->show_tag != NULL)
    iface->show_tag (page, tag);
}

void
plateau_page_show_figure (PlateauPage *page, const char *name)
{
  PlateauPageInterface *iface = PLATEAU_PAGE_GET_IFACE (page);
  if (iface->show_figure != NULL)
    iface->show_figure (page, name);
}

void
plateau_page_set_narrow (PlateauPage *page, int narrow)
{
  PlateauPageInterface *iface = PLATEAU_PAGE_GET_IFACE (page);
  if (iface->set_narrow != NULL)
    iface->set_narrow (page, narrow);
}

static char *
settings_to_text (JsonObject *settings)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  json_node_set_object (node, settings);
  return json_to_string (node, FALSE);
}

void
plateau_page_note_settings (gpointer page, JsonObject *settings)
{
  g_object_set_data_full (page, "noted-settings", settings_to_text (settings), g_free);
  json_object_unref (settings);
}

/* Whether two texts of settings differ in @view at most. */
static gboolean
same_but_view (const char *before, JsonObject *settings, const char *view)
{
  g_autoptr (JsonNode) old = json_from_string (before, NULL);
  g_autofree char *text = settings_to_text (settings);
  g_autoptr (JsonNode) now = json_from_string (text, NULL);
  json_object_remove_member (json_node_get_object (old), view);
  json_object_remove_member (json_node_get_object (now), view);
  return json_node_equal (old, now);
}

void
plateau_page_store_settings (gpointer page, PlateauDocument *document, const char *analysis,
                             JsonObject *settings, const char *view, const char *label)
{
  const char *noted = g_object_get_data (page, "noted-settings");
  g_autofree char *text = settings_to_text (settings);
  if (g_strcmp0 (noted, text) == 0)
    {
      json_object_unref (settings);
      return;
    }
  gboolean only_view = view != NULL && noted != NULL && same_but_view (noted, settings, view);
  g_object_set_data_full (page, "noted-settings", g_steal_pointer (&text), g_free);
  if (only_view)
    plateau_document_keep_view (document, analysis, settings, view);
  else
    plateau_document_set_settings (document, analysis, settings, label);
  json_object_unref (settings);
}

GtkWidget *
plateau_section_new (const char *title, GtkWidget *content, gboolean expanded)
{
  GtkWidget *expander = gtk_expander_new (title);
  gtk_widget_add_css_class (expander, "inspector-section");
  gtk_accessible_update_property (GTK_ACCESSIBLE (expander), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  gtk_expander_set_expanded (GTK_EXPANDER (expander), expanded);
  gtk_widget_add_css_class (content, "inspector-content");
  gtk_expander_set_child (GTK_EXPANDER (expander), content);
  return expander;
}

static void
place_table (GtkPaned *paned, GParamSpec *pspec, gpointer height)
{
  GtkWidget *table = gtk_paned_get_end_child (paned);
  int whole, least;
  g_object_get (paned, "max-position", &whole, NULL);
  gtk_widget_get_size_request (table, NULL, &least);
  whole += MAX (least, 0);
  if (whole < 300)
    return;
  g_signal_handlers_disconnect_by_func (paned, place_table, height);
  gtk_paned_set_position (paned, MAX (whole - GPOINTER_TO_INT (height), (int) (0.6 * whole)));
}

void
plateau_page_place_table (GtkPaned *paned, int height)
{
  g_signal_connect (paned, "notify::max-position", G_CALLBACK (place_table),
                    GINT_TO_POINTER (height));
}

/* Choosers of names */

static void
setup_name (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static void
bind_name (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkStringObject *name = gtk_list_item_get_item (item);
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      gtk_string_object_get_string (name));
  plateau_tooltip_set (gtk_list_item_get_child (item), gtk_string_object_get_string (name));
}

void
plateau_page_shorten_names (GtkDropDown *chooser)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (setup_name), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_name), NULL);
  gtk_drop_down_set_factory (chooser, factory);
}

char *
plateau_page_name_tag (const PlateauTag *tag, gpointer document)
{
  PlateauStudy *study = plateau_document_get_study (document);
  const PlateauStudyCell *cell = tag->cell != 0 ? plateau_study_find_cell (study, tag->cell) : NULL;
  const PlateauStudySample *sample = tag->sample != 0
                                         ? plateau_study_find_sample (study, tag->sample)
                                         : NULL;
  const char *name = cell != NULL ? cell->name : sample != NULL ? sample->name : NULL;
  if (name == NULL)
    return NULL;
  GString *text = g_string_new (name);
  const char *branch = tag->branch == PLATEAU_TAG_CHARGE      ? _ (", charge")
                       : tag->branch == PLATEAU_TAG_DISCHARGE ? _ (", discharge")
                                                              : "";
  if (tag->cycle >= 0)
    {
      g_string_append (text, "   ");
      g_string_append_printf (text, _ ("cycle %d"), tag->cycle);
      g_string_append (text, branch);
    }
  if (tag->spectrum >= 0)
    {
      g_string_append (text, "   ");
      g_string_append_printf (text, _ ("spectrum %d"), tag->spectrum + 1);
    }
  return g_string_free (text, FALSE);
}

/* Row tags of tables are cell ids; sample ids are given negative. */
PlateauSlot
plateau_page_row_slot (gint64 tag, gpointer document)
{
  PlateauStudy *study = plateau_document_get_study (document);
  const PlateauStudyCell *cell = tag > 0 ? plateau_study_find_cell (study, tag) : NULL;
  const PlateauStudySample *sample = tag < 0        ? plateau_study_find_sample (study, -tag)
                                     : cell != NULL ? cell->sample
                                                    : NULL;
  return plateau_look_of_sample (study, sample);
}

JsonObject *
plateau_page_new_plot (PlateauDocument *document, const char *kind)
{
  JsonObject *plot = json_object_new ();
  JsonArray *cells = json_array_new ();
  g_autoptr (GArray) ids = plateau_selection_list_cell_ids (
      plateau_document_get_selection (document), plateau_document_get_study (document));
  for (guint i = 0; i < ids->len; i++)
    json_array_add_int_element (cells, g_array_index (ids, gint64, i));
  json_object_set_string_member (plot, "kind", kind);
  json_object_set_array_member (plot, "cells", cells);
  return plot;
}
