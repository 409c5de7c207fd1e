/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the paper, the inspector and the menus ask for, as steps of the document. */
#include "pages/plateau-figures-page-private.h"

#include "pages/plateau-figures-data.h"
#include "pages/plateau-figures-legend.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

static PlateauFigurePaper *
paper_of (PlateauFiguresPage *page)
{
  return PLATEAU_FIGURE_PAPER (page->paper);
}

static PlateauPanel *
bound_panel (PlateauFiguresPage *page, int panel)
{
  PlateauFigure *figure = plateau_figure_paper_get_figure (paper_of (page));

  return figure && panel >= 0 ? plateau_figure_get_panel (figure, (guint)panel) : NULL;
}

/* ---- Selection ---- */

/* The curves that fields of the inspector change: one, or all of an entry of the legend. */
void
_plateau_figures_page_take_curves (PlateauFiguresPage *page)
{
  const PlateauHit *hit = plateau_figure_paper_get_selected (paper_of (page));
  PlateauPanel *panel = bound_panel (page, hit->panel);
  const PlateauPanelLayout *laid;
  const PlateauLegendEntry *entry;

  g_ptr_array_set_size (page->curves, 0);
  if (!panel || hit->index < 0)
    return;
  if (hit->part == PLATEAU_PART_LAYER && hit->index < (int)panel->layers->len)
    g_ptr_array_add (page->curves,
                     g_strdup (((PlateauLayer *)g_ptr_array_index (panel->layers, hit->index))->id));
  if (hit->part != PLATEAU_PART_LEGEND_ENTRY)
    return;
  laid = plateau_layout_get_panel (plateau_figure_paper_get_layout (paper_of (page)),
                                   (guint)hit->panel);
  if (hit->index >= (int)laid->entries->len)
    return;
  entry = g_ptr_array_index (laid->entries, hit->index);
  for (guint i = 0; i < entry->layers->len; i++)
    {
      guint layer = g_array_index (entry->layers, guint, i);

      g_ptr_array_add (page->curves,
                       g_strdup (((PlateauLayer *)g_ptr_array_index (panel->layers, layer))->id));
    }
}

static void
bring_into_view (GtkAdjustment *adjustment, double begin, double end)
{
  double value = gtk_adjustment_get_value (adjustment);
  double size = gtk_adjustment_get_page_size (adjustment);

  if (begin < value)
    gtk_adjustment_set_value (adjustment, begin);
  else if (end > value + size)
    gtk_adjustment_set_value (adjustment, MIN (end - size, begin));
}

static void
selected (PlateauFigurePaper *paper, PlateauHit *hit, PlateauFiguresPage *page)
{
  GtkScrolledWindow *scrolled = GTK_SCROLLED_WINDOW (page->scrolled);
  GdkRectangle area;

  if (plateau_figure_paper_get_area (paper, &area))
    {
      bring_into_view (gtk_scrolled_window_get_vadjustment (scrolled), area.y - 8,
                       area.y + area.height + 8);
      bring_into_view (gtk_scrolled_window_get_hadjustment (scrolled), area.x - 8,
                       area.x + area.width + 8);
    }
  _plateau_figures_page_take_curves (page);
  _plateau_figures_page_show_selected (page);
}

static void
go_up (PlateauFiguresInspector *inspector, PlateauFiguresPage *page)
{
  const PlateauHit *hit = plateau_figure_paper_get_selected (paper_of (page));

  if (plateau_figure_show_of (hit) == PLATEAU_SHOW_PANEL)
    _plateau_figures_page_select (page, PLATEAU_PART_NONE, -1, -1);
  else
    _plateau_figures_page_select (page, PLATEAU_PART_PANEL, hit->panel, -1);
  _plateau_figures_page_show_selected (page);
}

/* ---- Fields ---- */

static void
set_member (JsonObject *owner, const char *section, const char *key, JsonNode *value)
{
  JsonObject *object = plateau_document_get_section (owner, section);

  if (value)
    json_object_set_member (object, key, json_node_copy (value));
  else
    json_object_remove_member (object, key);
}

/* A place or a span typed in goes through the grid, so that no panel comes to lie on another. */
static gboolean
set_place (PlateauFiguresPage *page, JsonNode *document, const char *key, JsonNode *value,
           char **problem)
{
  int panel = plateau_figure_paper_get_panel (paper_of (page));
  PlateauGridPlace place = plateau_document_get_place (document, (guint)panel);
  gboolean span = g_str_has_suffix (key, "_span"), of_columns = g_str_has_prefix (key, "column");
  guint *member = of_columns ? (span ? &place.column_span : &place.column)
                             : (span ? &place.row_span : &place.row);
  double number = value ? json_node_get_double (value) : span ? 1 : *member;
  guint index;

  if (!g_str_equal (key, "column") && !g_str_equal (key, "row") && !span)
    return FALSE;
  if (number != floor (number) || number < (span ? 1 : 0) || number > 99)
    {
      *problem = g_strdup_printf (_ ("It must be a whole number from %d to %d"), 1,
                                  span ? 99 : 100);
      return TRUE;
    }
  *member = (guint)number;
  index = plateau_document_span_panel (document, (guint)panel, &place);
  plateau_figure_paper_select (paper_of (page), PLATEAU_PART_PANEL, (int)index, -1);
  return TRUE;
}

static JsonObject *
panel_of (JsonNode *document, int panel)
{
  return document ? plateau_document_get_panel (document, panel) : NULL;
}

static char *
edited (PlateauFiguresInspector *inspector, int owner, const char *section, const char *key,
        JsonNode *value, const char *label, PlateauFiguresPage *page)
{
  g_autoptr (JsonNode) document = _plateau_figures_page_dup (page);
  const PlateauHit *hit = plateau_figure_paper_get_selected (paper_of (page));
  JsonObject *panel = panel_of (document, hit->panel);
  PlateauPanel *bound = bound_panel (page, hit->panel);
  JsonObject *object = NULL;
  char *problem = NULL;

  if (!document || (owner != PLATEAU_EDITED_FIGURE && (!panel || !bound)))
    return NULL;
  switch (owner)
    {
    case PLATEAU_EDITED_FIGURE:
      object = json_node_get_object (document);
      break;
    case PLATEAU_EDITED_PANEL:
      if (!*section && set_place (page, document, key, value, &problem))
        return problem ? problem : _plateau_figures_page_store (page, document, label);
      object = panel;
      break;
    case PLATEAU_EDITED_ANNOTATION:
      object = plateau_document_get_annotation (panel, bound, hit->index);
      break;
    case PLATEAU_EDITED_INSET:
      object = plateau_document_get_element (panel, "insets", hit->index);
      break;
    case PLATEAU_EDITED_CURVE:
    default:
      for (guint i = 0; i < page->curves->len; i++)
        set_member (plateau_document_get_section (panel, "looks"),
                    g_ptr_array_index (page->curves, i), key, value);
      return _plateau_figures_page_store (page, document, label);
    }
  if (object)
    set_member (object, section, key, value);
  return _plateau_figures_page_store (page, document, label);
}

/* "Specific capacity / mAh g⁻¹": the last solidus between spaces divides. */
static void
set_axis_title (JsonObject *axis, const char *text)
{
  const char *unit = g_strrstr (text, " / ");
  g_autofree char *title = unit ? g_strndup (text, (gsize)(unit - text)) : g_strdup (text);

  if (!*text)
    {
      json_object_remove_member (axis, "title");
      json_object_remove_member (axis, "unit");
      return;
    }
  json_object_set_string_member (axis, "title", g_strstrip (title));
  json_object_set_string_member (axis, "unit", unit ? unit + strlen (" / ") : "");
}

static void
set_text (JsonObject *object, const char *key, const char *text)
{
  if (*text)
    json_object_set_string_member (object, key, text);
  else
    json_object_remove_member (object, key);
}

static char *
text_edited (PlateauFigurePaper *paper, PlateauHit *hit, const char *text, PlateauFiguresPage *page)
{
  g_autoptr (JsonNode) document = _plateau_figures_page_dup (page);
  JsonObject *panel = panel_of (document, hit->panel);
  const PlateauPanelLayout *laid
      = plateau_layout_get_panel (plateau_figure_paper_get_layout (paper), (guint)hit->panel);
  const char *label = _ ("Edit text");

  if (!panel)
    return NULL;
  switch (hit->part)
    {
    case PLATEAU_PART_LETTER:
      label = _ ("Edit letter");
      set_text (panel, "letter", text);
      break;
    case PLATEAU_PART_AXIS_TITLE:
      label = _ ("Edit axis title");
      set_axis_title (plateau_document_get_section (panel, plateau_axis_id_get_nick (hit->index)),
                      text);
      break;
    case PLATEAU_PART_LEGEND:
      set_text (plateau_document_get_section (panel, "legend"), "title", text);
      break;
    case PLATEAU_PART_LEGEND_ENTRY:
      label = _ ("Rename entry");
      plateau_document_rename_entry (
          panel, ((PlateauLegendEntry *)g_ptr_array_index (laid->entries, hit->index))->label, text);
      break;
    case PLATEAU_PART_COLOUR_BAR:
      set_text (plateau_document_get_section (panel, "colour_bar"), "title", text);
      break;
    case PLATEAU_PART_ANNOTATION:
      json_object_set_string_member (
          plateau_document_get_annotation (panel, bound_panel (page, hit->panel), hit->index),
          "text", text);
      break;
    case PLATEAU_PART_TITLE:
    case PLATEAU_PART_PANEL:
      label = _ ("Edit title");
      set_text (panel, "title", text);
      break;
    case PLATEAU_PART_NONE:
    case PLATEAU_PART_PLOT_AREA:
    case PLATEAU_PART_AXIS:
    case PLATEAU_PART_LAYER:
    case PLATEAU_PART_INSET:
    default:
      return NULL;
    }
  return _plateau_figures_page_store (page, document, label);
}

/* ---- Drags ---- */

static double
share (double value)
{
  return round (value * 1e4) / 1e4;
}

static void
move_legend (PlateauFiguresPage *page, JsonObject *panel, const PlateauPanelLayout *laid, double dx,
             double dy)
{
  JsonObject *legend = plateau_document_get_section (panel, "legend");

  json_object_set_string_member (legend, "place", "free");
  json_object_set_double_member (legend, "x",
                                 share ((laid->legend.x + dx - laid->plot.x) / laid->plot.width));
  json_object_set_double_member (legend, "y",
                                 share ((laid->legend.y + dy - laid->plot.y) / laid->plot.height));
}

/* @edges: those that move; none: the whole inset does. */
static void
move_inset (PlateauFiguresPage *page, JsonObject *panel, const PlateauPanelLayout *laid, int index,
            int edges, double dx, double dy)
{
  JsonObject *inset = plateau_document_get_element (panel, "insets", index);
  const PlateauPanel *bound = bound_panel (
      page, plateau_figure_paper_get_panel (paper_of (page)));
  PlateauRect area;

  if (!inset || !bound || index >= (int)bound->insets->len)
    return;
  area = g_array_index (bound->insets, PlateauInset, index).area;
  dx /= laid->plot.width;
  dy /= laid->plot.height;
  if (edges == PLATEAU_EDGE_NONE || edges & PLATEAU_EDGE_LEFT)
    area.x += dx;
  if (edges == PLATEAU_EDGE_NONE || edges & PLATEAU_EDGE_TOP)
    area.y += dy;
  area.width += edges & PLATEAU_EDGE_RIGHT ? dx : edges & PLATEAU_EDGE_LEFT ? -dx : 0;
  area.height += edges & PLATEAU_EDGE_BOTTOM ? dy : edges & PLATEAU_EDGE_TOP ? -dy : 0;
  json_object_set_double_member (inset, "left", share (area.x));
  json_object_set_double_member (inset, "top", share (area.y));
  json_object_set_double_member (inset, "width", share (MAX (area.width, 0.05)));
  json_object_set_double_member (inset, "height", share (MAX (area.height, 0.05)));
}

static void
part_moved (PlateauFigurePaper *paper, PlateauHit *hit, int grip, double dx, double dy,
            PlateauFiguresPage *page)
{
  g_autoptr (JsonNode) document = _plateau_figures_page_dup (page);
  PlateauLayout *layout = plateau_figure_paper_get_layout (paper);
  JsonObject *panel = panel_of (document, hit->panel);
  const PlateauPanelLayout *laid;

  if (!panel || !layout)
    return;
  laid = plateau_layout_get_panel (layout, (guint)hit->panel);
  switch (hit->part)
    {
    case PLATEAU_PART_LEGEND:
    case PLATEAU_PART_LEGEND_ENTRY:
      move_legend (page, panel, laid, dx, dy);
      _plateau_figures_page_do (page, document, _ ("Move legend"));
      break;
    case PLATEAU_PART_INSET:
      move_inset (page, panel, laid, hit->index, grip, dx, dy);
      _plateau_figures_page_do (page, document, _ ("Move inset"));
      break;
    case PLATEAU_PART_ANNOTATION:
      plateau_document_move_annotation (
          plateau_document_get_annotation (panel, bound_panel (page, hit->panel), hit->index),
          layout, (guint)hit->panel, (guint)hit->index, grip, dx, dy);
      _plateau_figures_page_do (page, document, _ ("Move annotation"));
      break;
    case PLATEAU_PART_NONE:
    case PLATEAU_PART_PANEL:
    case PLATEAU_PART_PLOT_AREA:
    case PLATEAU_PART_AXIS:
    case PLATEAU_PART_AXIS_TITLE:
    case PLATEAU_PART_TITLE:
    case PLATEAU_PART_LETTER:
    case PLATEAU_PART_COLOUR_BAR:
    case PLATEAU_PART_LAYER:
    default:
      break;
    }
}

static void
panel_moved (PlateauFigurePaper *paper, guint panel, guint column, guint row,
             PlateauFiguresPage *page)
{
  g_autoptr (JsonNode) document = _plateau_figures_page_dup (page);
  guint index;

  if (!document)
    return;
  index = plateau_document_move_panel (document, panel, column, row);
  _plateau_figures_page_select (page, PLATEAU_PART_PANEL, (int)index, -1);
  _plateau_figures_page_do (page, document, _ ("Move panel"));
}

static void
panel_spanned (PlateauFigurePaper *paper, guint panel, PlateauGridPlace *place,
               PlateauFiguresPage *page)
{
  g_autoptr (JsonNode) document = _plateau_figures_page_dup (page);
  guint index;

  if (!document)
    return;
  index = plateau_document_span_panel (document, panel, place);
  _plateau_figures_page_select (page, PLATEAU_PART_PANEL, (int)index, -1);
  _plateau_figures_page_do (page, document, _ ("Resize panel"));
}

static void
border_moved (PlateauFigurePaper *paper, gboolean of_columns, guint line, double at,
              PlateauFiguresPage *page)
{
  g_autoptr (JsonNode) document = _plateau_figures_page_dup (page);

  if (!document)
    return;
  plateau_document_set_border (document, of_columns, line, at);
  _plateau_figures_page_do (page, document, of_columns ? _ ("Resize columns") : _ ("Resize rows"));
}

static void
resized (PlateauFigurePaper *paper, double width, double height, PlateauFiguresPage *page)
{
  g_autoptr (JsonNode) document = _plateau_figures_page_dup (page);
  PlateauLayout *layout = plateau_figure_paper_get_layout (paper);
  double mm = 25.4 / 72;

  if (!document)
    return;
  /* The side that was not dragged keeps what it had, be it nothing. */
  if (fabs (width - layout->width * mm) > 0.5)
    json_object_set_double_member (json_node_get_object (document), "width_mm", width);
  if (fabs (height - layout->height * mm) > 0.5)
    json_object_set_double_member (json_node_get_object (document), "height_mm", height);
  _plateau_figures_page_do (page, document, _ ("Resize figure"));
}

/* ---- Legend ---- */

static void
move_entry (PlateauFiguresPage *page, guint panel, guint from, guint to, gboolean select)
{
  g_autoptr (JsonNode) document = _plateau_figures_page_dup (page);
  PlateauLayout *layout = plateau_figure_paper_get_layout (paper_of (page));
  JsonObject *object = panel_of (document, (int)panel);
  const PlateauPanelLayout *laid;

  if (!object || !layout)
    return;
  laid = plateau_layout_get_panel (layout, panel);
  if (from >= laid->entries->len || to >= laid->entries->len || from == to)
    return;
  plateau_document_order_legend (object, laid->entries, from, to);
  if (select)
    plateau_figure_paper_select (paper_of (page), PLATEAU_PART_LEGEND_ENTRY, (int)panel, (int)to);
  _plateau_figures_page_do (page, document, _ ("Reorder legend"));
}

static void
entry_moved (PlateauFigurePaper *paper, guint panel, guint from, guint to, PlateauFiguresPage *page)
{
  move_entry (page, panel, from, to, TRUE);
}

static void
list_moved (PlateauFiguresLegend *legend, guint from, guint to, PlateauFiguresPage *page)
{
  move_entry (page, (guint)plateau_figure_paper_get_panel (paper_of (page)), from, to, FALSE);
}

static char *
list_renamed (PlateauFiguresLegend *legend, const char *label, const char *name,
              PlateauFiguresPage *page)
{
  g_autoptr (JsonNode) document = _plateau_figures_page_dup (page);
  JsonObject *panel = panel_of (document, plateau_figure_paper_get_panel (paper_of (page)));

  if (!panel)
    return NULL;
  plateau_document_rename_entry (panel, label, name);
  return _plateau_figures_page_store (page, document, _ ("Rename entry"));
}

/* Hides and shows the curves of a label. */
static void
list_toggled (PlateauFiguresLegend *legend, const char *label, gboolean shown,
              PlateauFiguresPage *page)
{
  g_autoptr (JsonNode) document = _plateau_figures_page_dup (page);
  int index = plateau_figure_paper_get_panel (paper_of (page));
  JsonObject *panel = panel_of (document, index);
  PlateauPanel *bound = bound_panel (page, index);

  if (!panel || !bound)
    return;
  for (guint i = 0; i < bound->layers->len; i++)
    {
      const PlateauLayer *layer = g_ptr_array_index (bound->layers, i);
      JsonObject *look;

      if (g_strcmp0 (layer->label, label) != 0)
        continue;
      look = plateau_document_get_section (plateau_document_get_section (panel, "looks"),
                                           layer->id);
      if (shown)
        json_object_remove_member (look, "hidden");
      else
        json_object_set_boolean_member (look, "hidden", TRUE);
    }
  _plateau_figures_page_do (page, document, shown ? _ ("Show curve") : _ ("Hide curve"));
}

/* ---- Removing ---- */

static const char *
remove_part (PlateauFiguresPage *page, JsonNode *document, JsonObject *panel, const PlateauHit *hit)
{
  switch (hit->part)
    {
    case PLATEAU_PART_ANNOTATION:
      plateau_document_remove_annotation (panel, bound_panel (page, hit->panel), hit->index);
      return _ ("Remove annotation");
    case PLATEAU_PART_INSET:
      json_array_remove_element (json_object_get_array_member (panel, "insets"), (guint)hit->index);
      return _ ("Remove inset");
    case PLATEAU_PART_LEGEND:
      json_object_set_string_member (plateau_document_get_section (panel, "legend"), "place",
                                     "hidden");
      return _ ("Hide legend");
    case PLATEAU_PART_LEGEND_ENTRY:
    case PLATEAU_PART_LAYER:
      for (guint i = 0; i < page->curves->len; i++)
        json_object_set_boolean_member (
            plateau_document_get_section (plateau_document_get_section (panel, "looks"),
                                          g_ptr_array_index (page->curves, i)),
            "hidden", TRUE);
      return _ ("Hide curve");
    case PLATEAU_PART_TITLE:
      json_object_set_string_member (panel, "title", "");
      return _ ("Remove title");
    case PLATEAU_PART_LETTER:
      json_object_set_string_member (panel, "letter", "");
      return _ ("Remove letter");
    case PLATEAU_PART_AXIS_TITLE:
      json_object_set_string_member (
          plateau_document_get_section (panel, plateau_axis_id_get_nick (hit->index)), "title", "");
      json_object_set_string_member (
          plateau_document_get_section (panel, plateau_axis_id_get_nick (hit->index)), "unit", "");
      return _ ("Remove axis title");
    case PLATEAU_PART_AXIS:
      json_object_set_boolean_member (
          plateau_document_get_section (panel, plateau_axis_id_get_nick (hit->index)), "labels",
          FALSE);
      return _ ("Remove tick labels");
    case PLATEAU_PART_COLOUR_BAR:
      json_object_set_boolean_member (plateau_document_get_section (panel, "colour_bar"), "used",
                                      FALSE);
      return _ ("Remove colour bar");
    case PLATEAU_PART_PANEL:
    case PLATEAU_PART_PLOT_AREA:
      plateau_document_remove_panel (document, (guint)hit->panel);
      return _ ("Remove panel");
    case PLATEAU_PART_NONE:
    default:
      return NULL;
    }
}

static void
remove_selected (PlateauFigurePaper *paper, PlateauHit *hit, PlateauFiguresPage *page)
{
  g_autoptr (JsonNode) document = _plateau_figures_page_dup (page);
  JsonObject *panel = panel_of (document, hit->panel);
  gboolean whole = plateau_figure_show_of (hit) == PLATEAU_SHOW_PANEL;
  int index = hit->panel;
  const char *label = panel ? remove_part (page, document, panel, hit) : NULL;

  if (!label)
    return;
  _plateau_figures_page_select (page, whole ? PLATEAU_PART_NONE : PLATEAU_PART_PANEL,
                                whole ? -1 : index, -1);
  _plateau_figures_page_do (page, document, label);
}

/* ---- Data and name ---- */

static gboolean
same_kind (JsonObject *panel, JsonObject *plot)
{
  JsonObject *old = json_object_has_member (panel, "plot")
                        ? json_object_get_object_member (panel, "plot")
                        : NULL;

  return old
         && g_strcmp0 (json_object_get_string_member_with_default (old, "kind", NULL),
                       json_object_get_string_member_with_default (plot, "kind", NULL))
                == 0;
}

static char *
plot_edited (PlateauFiguresData *data, JsonNode *plot, const char *label, PlateauFiguresPage *page)
{
  static const char *const of_kind[]
      = { "x", "y", "x2", "y2", "looks", "auto_looks", "colour_bar", "annotations", "insets",
          "legend", "equal_units" };
  g_autoptr (JsonNode) document = _plateau_figures_page_dup (page);
  JsonObject *panel = panel_of (document, plateau_figure_paper_get_panel (paper_of (page)));

  if (!panel)
    return NULL;
  /* Another analysis has other axes and curves. */
  if (!same_kind (panel, json_node_get_object (plot)))
    for (guint i = 0; i < G_N_ELEMENTS (of_kind); i++)
      json_object_remove_member (panel, of_kind[i]);
  json_object_set_member (panel, "plot", json_node_copy (plot));
  return _plateau_figures_page_store (page, document, label);
}

static void
renamed (GtkEntry *entry, PlateauFiguresPage *page)
{
  PlateauProject *project = plateau_document_get_project (page->document);
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
  g_autofree char *old = g_strdup (page->name);
  g_autoptr (JsonNode) document = _plateau_figures_page_dup (page);
  const char *problem = NULL;

  if (!document || g_str_equal (name, old))
    {
      gtk_widget_set_visible (page->name_problem, FALSE);
      return;
    }
  if (!*name)
    problem = _ ("A figure needs a name");
  else if (plateau_project_get_figure (project, name))
    problem = _ ("There is a figure of that name already");
  gtk_label_set_text (GTK_LABEL (page->name_problem), problem ? problem : "");
  gtk_widget_set_visible (page->name_problem, problem != NULL);
  if (problem)
    return;
  g_free (page->name);
  page->name = g_strdup (name);
  PlateauEdit *gone = plateau_edit_new_figure (project, old, NULL);
  PlateauEdit *come = plateau_edit_new_figure_at (project, name, document, gone->old_position);
  plateau_document_begin (page->document, _ ("Rename figure"), NULL);
  plateau_document_edit (page->document, gone);
  plateau_document_edit (page->document, come);
  plateau_document_end (page->document);
}

void
_plateau_figures_page_connect_edits (PlateauFiguresPage *page)
{
  g_signal_connect (page->paper, "selected", G_CALLBACK (selected), page);
  g_signal_connect (page->paper, "part-moved", G_CALLBACK (part_moved), page);
  g_signal_connect (page->paper, "panel-moved", G_CALLBACK (panel_moved), page);
  g_signal_connect (page->paper, "panel-spanned", G_CALLBACK (panel_spanned), page);
  g_signal_connect (page->paper, "border-moved", G_CALLBACK (border_moved), page);
  g_signal_connect (page->paper, "resized", G_CALLBACK (resized), page);
  g_signal_connect (page->paper, "entry-moved", G_CALLBACK (entry_moved), page);
  g_signal_connect (page->paper, "remove", G_CALLBACK (remove_selected), page);
  g_signal_connect (page->paper, "text-edited", G_CALLBACK (text_edited), page);
  g_signal_connect_swapped (page->paper, "details", G_CALLBACK (plateau_figures_inspector_focus),
                            page->inspector);
  g_signal_connect (page->inspector, "edited", G_CALLBACK (edited), page);
  g_signal_connect_swapped (page->inspector, "opened",
                            G_CALLBACK (_plateau_figures_page_show_selected), page);
  g_signal_connect (page->inspector, "up", G_CALLBACK (go_up), page);
  g_signal_connect (page->legend, "moved", G_CALLBACK (list_moved), page);
  g_signal_connect (page->legend, "renamed", G_CALLBACK (list_renamed), page);
  g_signal_connect (page->legend, "toggled", G_CALLBACK (list_toggled), page);
  g_signal_connect (page->data, "edited", G_CALLBACK (plot_edited), page);
  g_signal_connect (page->name_entry, "activate", G_CALLBACK (renamed), page);
}
