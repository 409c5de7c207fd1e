/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tools row of the Figures page, its menus and their actions. */
#include "pages/plateau-figures-page-private.h"

#include "figure/plateau-own-style.h"
#include "figure/plateau-template.h"
#include "pages/plateau-figures-styles.h"
#include "pages/plateau-template-dialog.h"
#include "plateau-values-dialog.h"
#include "plateau-tooltip.h"

#include <glib/gi18n.h>

static PlateauFigurePaper *
paper_of (PlateauFiguresPage *page)
{
  return PLATEAU_FIGURE_PAPER (page->paper);
}

/* ---- Things to add ---- */

static JsonObject *
new_annotation (const char *kind, PlateauLayout *layout, guint panel)
{
  const PlateauRect *plot = &plateau_layout_get_panel (layout, panel)->plot;
  JsonObject *object = json_object_new ();
  double x0, y0, x1, y1;

  plateau_layout_to_data (layout, panel, FALSE, FALSE, plot->x + 0.4 * plot->width,
                          plot->y + 0.6 * plot->height, &x0, &y0);
  plateau_layout_to_data (layout, panel, FALSE, FALSE, plot->x + 0.6 * plot->width,
                          plot->y + 0.4 * plot->height, &x1, &y1);
  if (g_str_equal (kind, "inset"))
    {
      json_object_set_double_member (object, "x_min", MIN (x0, x1));
      json_object_set_double_member (object, "x_max", MAX (x0, x1));
      json_object_set_double_member (object, "y_min", MIN (y0, y1));
      json_object_set_double_member (object, "y_max", MAX (y0, y1));
      return object;
    }
  json_object_set_string_member (object, "kind", g_str_equal (kind, "level") ? "line" : kind);
  if (!g_str_equal (kind, "level"))
    json_object_set_double_member (object, "x", x0);
  if (g_str_equal (kind, "text"))
    {
      json_object_set_string_member (object, "text", _ ("Text"));
      json_object_set_string_member (object, "coordinates", "data");
    }
  if (!g_str_equal (kind, "line") && !g_str_equal (kind, "window"))
    json_object_set_double_member (object, "y", y0);
  if (g_str_equal (kind, "arrow") || g_str_equal (kind, "rectangle"))
    json_object_set_double_member (object, "y1", y1);
  if (g_str_equal (kind, "arrow") || g_str_equal (kind, "window") || g_str_equal (kind, "rectangle"))
    json_object_set_double_member (object, "x1", x1);
  return object;
}

static void
add_to_panel (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlateauFiguresPage *page = user_data;
  const char *kind = g_variant_get_string (parameter, NULL);
  gboolean inset = g_str_equal (kind, "inset");
  const char *list = inset ? "insets" : "annotations";
  int index = MAX (plateau_figure_paper_get_panel (paper_of (page)), 0);
  g_autoptr (JsonNode) document = _plateau_figures_page_dup (page);
  JsonObject *panel = document ? plateau_document_get_panel (document, index) : NULL;
  PlateauLayout *layout = plateau_figure_paper_get_layout (paper_of (page));
  guint before;

  if (!panel || !layout || index >= (int)plateau_layout_get_n_panels (layout))
    return;
  before = inset ? plateau_figure_get_panel (layout->figure, (guint)index)->insets->len
                 : plateau_figure_get_panel (layout->figure, (guint)index)->annotations->len;
  if (!json_object_has_member (panel, list))
    json_object_set_array_member (panel, list, json_array_new ());
  json_array_add_object_element (json_object_get_array_member (panel, list),
                                 new_annotation (kind, layout, (guint)index));
  _plateau_figures_page_select (page, inset ? PLATEAU_PART_INSET : PLATEAU_PART_ANNOTATION, index,
                                (int)before);
  if (_plateau_figures_page_do (page, document, inset ? _ ("Add inset") : _ ("Add annotation")))
    gtk_widget_grab_focus (page->paper);
}

/* A panel of the samples that are selected in the sidebar; what it shows is chosen after. */
static void
add_panel (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlateauFiguresPage *page = user_data;
  g_autoptr (JsonNode) document = _plateau_figures_page_dup (page);
  g_autoptr (JsonNode) one = NULL;
  JsonObject *plot = plateau_page_new_plot (page->document, "capacity-cycle");
  guint index;

  one = plateau_document_for_plot ("capacity-cycle", plot);
  json_object_unref (plot);
  if (!document)
    {
      _plateau_figures_page_show_new (page, one, _ ("Figure"), _ ("Make figure"));
      return;
    }
  index = plateau_document_insert_panel (
      document, json_object_ref (plateau_document_get_panel (one, 0)));
  _plateau_figures_page_select (page, PLATEAU_PART_PANEL, (int)index, -1);
  _plateau_figures_page_do (page, document, _ ("Add panel"));
}

static void
duplicate_panel (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlateauFiguresPage *page = user_data;
  g_autoptr (JsonNode) document = _plateau_figures_page_dup (page);
  int panel = plateau_figure_paper_get_panel (paper_of (page));
  guint index;

  if (!document || !plateau_document_get_panel (document, panel))
    return;
  index = plateau_document_duplicate_panel (document, (guint)panel);
  _plateau_figures_page_select (page, PLATEAU_PART_PANEL, (int)index, -1);
  _plateau_figures_page_do (page, document, _ ("Duplicate panel"));
}

static void
remove_selected (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlateauFiguresPage *page = user_data;

  g_signal_emit_by_name (page->paper, "remove",
                         plateau_figure_paper_get_selected (paper_of (page)));
}

static void
edit_text (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  plateau_figure_paper_edit_text (paper_of (user_data));
}

static void
move_entry (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlateauFiguresPage *page = user_data;
  const PlateauHit *hit = plateau_figure_paper_get_selected (paper_of (page));
  int to = hit->index + g_variant_get_int32 (parameter);

  if (hit->part == PLATEAU_PART_LEGEND_ENTRY && to >= 0)
    g_signal_emit_by_name (page->paper, "entry-moved", (guint)hit->panel, (guint)hit->index,
                           (guint)to);
}

/* "x": the panels of each column share their x axes, "y": those of each row their y axes; once more
 * and each has its own again. */
static void
share_axes (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlateauFiguresPage *page = user_data;
  const char *axis = g_variant_get_string (parameter, NULL);
  g_autoptr (JsonNode) document = _plateau_figures_page_dup (page);
  guint n = document ? plateau_document_n_panels (document) : 0;
  gboolean all = TRUE;

  for (guint i = 0; i < n; i++)
    {
      JsonObject *section = plateau_document_get_section (
          plateau_document_get_panel (document, (int)i), axis);

      all = all && json_object_get_boolean_member_with_default (section, "shared", FALSE);
    }
  for (guint i = 0; i < n; i++)
    {
      JsonObject *section = plateau_document_get_section (
          plateau_document_get_panel (document, (int)i), axis);

      if (all)
        json_object_remove_member (section, "shared");
      else
        json_object_set_boolean_member (section, "shared", TRUE);
    }
  if (n > 0)
    _plateau_figures_page_do (page, document, all ? _ ("Part axes") : _ ("Share axes"));
}

/* ---- Figures as a whole ---- */

static void
template_made (gpointer owner, JsonNode *document, const char *label)
{
  _plateau_figures_page_show_new (owner, document, label, _ ("Make figure"));
}

static void
new_from_template (PlateauFiguresPage *page)
{
  plateau_template_dialog_show (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))),
                                page->document, template_made, page);
}

static void
values_made (gpointer owner, const char *name)
{
  _plateau_figures_page_show_figure (owner, name);
}

static void
paste_values (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlateauFiguresPage *page = user_data;

  plateau_values_dialog_show (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))), page->document,
                              values_made, page);
}

static void
duplicate_figure (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlateauFiguresPage *page = user_data;
  g_autoptr (JsonNode) document = _plateau_figures_page_dup (page);
  g_autofree char *name = g_strdup (page->name);

  if (document)
    _plateau_figures_page_show_new (page, document, name, _ ("Duplicate figure"));
}

static void
delete_figure (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlateauFiguresPage *page = user_data;
  g_autofree char *name = g_strdup (page->name);

  if (name)
    plateau_document_set_figure (page->document, name, NULL, _ ("Delete figure"));
}

static void
figure_chosen (GtkDropDown *chooser, GParamSpec *spec, PlateauFiguresPage *page)
{
  PlateauProject *project = plateau_document_get_project (page->document);
  guint index = gtk_drop_down_get_selected (chooser);

  if (!page->updating && index < plateau_project_get_n_figures (project))
    _plateau_figures_page_show_figure (page, plateau_project_get_figure_name (project, index));
}

static void
export_clicked (PlateauFiguresPage *page)
{
  g_autoptr (JsonNode) document = _plateau_figures_page_dup (page);
  g_autofree char *text = document ? json_to_string (document, FALSE) : NULL;

  if (text)
    gtk_widget_activate_action (GTK_WIDGET (page), "win.export-figure", "s", text);
}

/* ---- Styles ---- */

static void
style_chosen (PlateauFiguresStyles *styles, const char *style, JsonObject *own,
              PlateauFiguresPage *page)
{
  g_autoptr (JsonNode) document = _plateau_figures_page_dup (page);
  g_autoptr (GError) error = NULL;

  if (!document)
    return;
  if (!plateau_document_apply_style (document, style, own, &error))
    plateau_figures_inspector_say (PLATEAU_FIGURES_INSPECTOR (page->inspector), error->message);
  else
    _plateau_figures_page_do (page, document, _ ("Change style"));
}

/* One step for all of them. */
static void
style_applied (PlateauFiguresStyles *styles, char **figures, PlateauFiguresPage *page)
{
  PlateauProject *project = plateau_document_get_project (page->document);
  g_autoptr (JsonNode) shown = _plateau_figures_page_dup (page);
  JsonObject *root = shown ? json_node_get_object (shown) : NULL;

  if (!root)
    return;
  /* What the figure says about its style is all that is taken of it. */
  if (json_object_has_member (root, "own_style"))
    json_object_set_string_member (root, "name", json_object_get_string_member (root, "own_style"));
  plateau_document_begin (page->document, _ ("Change style of figures"), NULL);
  for (guint i = 0; figures[i]; i++)
    {
      JsonNode *before = plateau_project_get_figure (project, figures[i]);
      g_autoptr (JsonNode) document = before ? plateau_document_copy (before) : NULL;

      if (!document || !plateau_document_apply_style (document, NULL, root, NULL))
        continue;
      if (!json_object_has_member (root, "own_style"))
        json_object_remove_member (json_node_get_object (document), "own_style");
      plateau_document_edit (page->document,
                             plateau_edit_new_figure (project, figures[i], document));
    }
  plateau_document_end (page->document);
}

static void
styles_opened (GtkWidget *popover, PlateauFiguresPage *page)
{
  plateau_figures_styles_show (PLATEAU_FIGURES_STYLES (page->styles), page->name);
}

/* ---- Zoom ---- */

static void
zoom_by (PlateauFiguresPage *page, double factor)
{
  PlateauFigurePaper *paper = paper_of (page);

  plateau_figure_paper_set_zoom (paper, factor > 0 ? plateau_figure_paper_get_zoom (paper) * factor
                                                   : PLATEAU_ZOOM_WIDTH);
  page->fits = factor <= 0;
  _plateau_figures_page_show_zoom (page);
}

static void
zoom_in (PlateauFiguresPage *page)
{
  zoom_by (page, 1.2);
}

static void
zoom_out (PlateauFiguresPage *page)
{
  zoom_by (page, 1 / 1.2);
}

static void
zoom_fit (PlateauFiguresPage *page)
{
  zoom_by (page, 0);
}

/* ---- Menus ---- */

static const struct
{
  const char *kind, *label;
} things[] = { { "text", N_ ("Text") },           { "arrow", N_ ("Arrow") },
               { "line", N_ ("Reference line") }, { "level", N_ ("Level line") },
               { "window", N_ ("Window") },       { "rectangle", N_ ("Rectangle") },
               { "inset", N_ ("Inset") } };

static void
append_targeted (GMenu *menu, const char *label, const char *action, const char *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", target);
  g_menu_append_item (menu, item);
}

static GMenu *
new_things_menu (void)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (things); i++)
    append_targeted (menu, _ (things[i].label), "figure.add", things[i].kind);
  return menu;
}

static GMenuModel *
new_add_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) parts = new_things_menu (), panels = g_menu_new ();

  g_menu_append (panels, _ ("Panel"), "figure.add-panel");
  g_menu_append (panels, _ ("Copy of the panel"), "figure.duplicate-panel");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (parts));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (panels));
  return G_MENU_MODEL (menu);
}

static GMenuModel *
new_more_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) share = g_menu_new (), figures = g_menu_new ();

  g_menu_append (menu, _ ("Box plots of pasted values…"), "figure.paste-values");
  append_targeted (share, _ ("Share x axes of columns"), "figure.share-axes", "x");
  append_targeted (share, _ ("Share y axes of rows"), "figure.share-axes", "y");
  g_menu_append (figures, _ ("Duplicate figure"), "figure.duplicate-figure");
  g_menu_append (figures, _ ("Delete figure"), "figure.delete-figure");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (share));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (figures));
  return G_MENU_MODEL (menu);
}

/* The menu of what was clicked on the paper. */
static GMenuModel *
new_part_menu (const PlateauHit *hit)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) add = new_things_menu (), panel = g_menu_new (), own = g_menu_new ();
  gboolean whole = plateau_figure_show_of (hit) == PLATEAU_SHOW_PANEL;

  if (hit->panel < 0)
    {
      g_menu_append (menu, _ ("Add panel"), "figure.add-panel");
      return G_MENU_MODEL (menu);
    }
  if (hit->part != PLATEAU_PART_LAYER && hit->part != PLATEAU_PART_AXIS
      && hit->part != PLATEAU_PART_INSET)
    g_menu_append (own, whole ? _ ("Edit title") : _ ("Edit text"), "figure.edit-text");
  if (hit->part == PLATEAU_PART_LEGEND_ENTRY)
    {
      g_menu_append (own, _ ("Move up"), "figure.move-entry(-1)");
      g_menu_append (own, _ ("Move down"), "figure.move-entry(1)");
    }
  if (!whole)
    g_menu_append (own, hit->part == PLATEAU_PART_LAYER || hit->part == PLATEAU_PART_LEGEND_ENTRY
                            ? _ ("Hide")
                            : _ ("Remove"),
                   "figure.remove");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (own));
  g_menu_append_submenu (panel, _ ("Add to the panel"), G_MENU_MODEL (add));
  g_menu_append (panel, _ ("Duplicate panel"), "figure.duplicate-panel");
  if (whole)
    g_menu_append (panel, _ ("Remove panel"), "figure.remove");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (panel));
  return G_MENU_MODEL (menu);
}

static void
show_menu (PlateauFigurePaper *paper, PlateauHit *hit, double x, double y, PlateauFiguresPage *page)
{
  g_autoptr (GMenuModel) model = new_part_menu (hit);
  graphene_point_t at;

  if (!gtk_widget_compute_point (GTK_WIDGET (paper), GTK_WIDGET (page),
                                 &GRAPHENE_POINT_INIT ((float)x, (float)y), &at))
    return;
  g_clear_pointer (&page->menu, gtk_widget_unparent);
  page->menu = gtk_popover_menu_new_from_model (model);
  gtk_popover_set_has_arrow (GTK_POPOVER (page->menu), FALSE);
  gtk_widget_set_halign (page->menu, GTK_ALIGN_START);
  gtk_popover_set_pointing_to (GTK_POPOVER (page->menu),
                               &(GdkRectangle){ (int)at.x, (int)at.y, 1, 1 });
  gtk_widget_set_parent (page->menu, GTK_WIDGET (page));
  gtk_popover_popup (GTK_POPOVER (page->menu));
}

/* ---- The row ---- */

static void
name_widget (GtkWidget *widget, const char *name)
{
  plateau_tooltip_set (widget, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
add_icon (PlateauFiguresPage *page, const char *icon, const char *text, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  name_widget (button, text);
  g_signal_connect_swapped (button, "clicked", callback, page);
  gtk_box_append (GTK_BOX (page->tools), button);
}

static GtkWidget *
add_menu (PlateauFiguresPage *page, const char *label, const char *icon, const char *name,
          GMenuModel *model)
{
  GtkWidget *button = gtk_menu_button_new ();

  if (label)
    gtk_menu_button_set_label (GTK_MENU_BUTTON (button), label);
  else
    gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), icon);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), model);
  g_object_unref (model);
  name_widget (button, name);
  gtk_box_append (GTK_BOX (page->tools), button);
  return button;
}

static void
add_styles (PlateauFiguresPage *page)
{
  GtkWidget *popover = gtk_popover_new (), *label = gtk_label_new (NULL);

  page->styles = plateau_figures_styles_new (page->document);
  gtk_popover_set_child (GTK_POPOVER (popover), page->styles);
  g_signal_connect (popover, "show", G_CALLBACK (styles_opened), page);
  g_signal_connect (page->styles, "chosen", G_CALLBACK (style_chosen), page);
  g_signal_connect (page->styles, "applied", G_CALLBACK (style_applied), page);
  page->style_button = gtk_menu_button_new ();
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 14);
  gtk_menu_button_set_child (GTK_MENU_BUTTON (page->style_button), label);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (page->style_button), popover);
  name_widget (page->style_button, _ ("Style"));
  gtk_box_append (GTK_BOX (page->tools), page->style_button);
}

static void
shorten_name (GtkListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 16);
  gtk_list_item_set_child (item, label);
}

static void
bind_name (GtkListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkStringObject *text = gtk_list_item_get_item (item);

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      gtk_string_object_get_string (text));
}

static void
add_chooser (PlateauFiguresPage *page)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  page->figure_chooser = gtk_drop_down_new (NULL, NULL);
  g_signal_connect (factory, "setup", G_CALLBACK (shorten_name), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_name), NULL);
  gtk_drop_down_set_factory (GTK_DROP_DOWN (page->figure_chooser), factory);
  name_widget (page->figure_chooser, _ ("Figure"));
  g_signal_connect (page->figure_chooser, "notify::selected", G_CALLBACK (figure_chosen), page);
  gtk_box_append (GTK_BOX (page->tools), page->figure_chooser);
}

static void
add_actions (PlateauFiguresPage *page)
{
  static const GActionEntry entries[] = { { "add", add_to_panel, "s" },
                                          { "add-panel", add_panel },
                                          { "duplicate-panel", duplicate_panel },
                                          { "remove", remove_selected },
                                          { "edit-text", edit_text },
                                          { "move-entry", move_entry, "i" },
                                          { "share-axes", share_axes, "s" },
                                          { "paste-values", paste_values },
                                          { "duplicate-figure", duplicate_figure },
                                          { "delete-figure", delete_figure } };

  page->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (page->actions), entries, G_N_ELEMENTS (entries),
                                   page);
  gtk_widget_insert_action_group (page->tools, "figure", G_ACTION_GROUP (page->actions));
  gtk_widget_insert_action_group (GTK_WIDGET (page), "figure", G_ACTION_GROUP (page->actions));
}

static GtkWidget *
new_template_button (PlateauFiguresPage *page)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("From template…"));

  name_widget (button, _ ("From template…"));
  plateau_tooltip_set (button, _ ("New figure from a template"));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (new_from_template), page);
  return button;
}

void
_plateau_figures_page_make_tools (PlateauFiguresPage *page)
{
  GtkWidget *spacer, *button;

  page->tools = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8));
  add_actions (page);
  add_chooser (page);
  gtk_box_append (GTK_BOX (page->tools), new_template_button (page));
  button = new_template_button (page);
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (page->empty), button);
  add_menu (page, _ ("Add"), NULL, _ ("Add to the selected panel"), new_add_menu ());
  add_styles (page);
  spacer = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_hexpand (spacer, TRUE);
  gtk_box_append (GTK_BOX (page->tools), spacer);
  add_icon (page, "zoom-out-symbolic", _ ("Smaller"), G_CALLBACK (zoom_out));
  button = gtk_button_new ();
  page->zoom_label = gtk_label_new ("100 %");
  gtk_label_set_width_chars (GTK_LABEL (page->zoom_label), 4);
  gtk_button_set_child (GTK_BUTTON (button), page->zoom_label);
  gtk_button_set_has_frame (GTK_BUTTON (button), FALSE);
  name_widget (button, _ ("Fit the width"));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (zoom_fit), page);
  gtk_box_append (GTK_BOX (page->tools), button);
  add_icon (page, "zoom-in-symbolic", _ ("Larger"), G_CALLBACK (zoom_in));
  add_menu (page, NULL, "view-more-symbolic", _ ("More about the figure"), new_more_menu ());
  button = gtk_button_new_with_label (_ ("Export…"));
  plateau_tooltip_set (button, _ ("Saves the figure as PDF, SVG, EPS, PNG or TIFF, or copies it"));
  gtk_widget_add_css_class (button, "suggested-action");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (export_clicked), page);
  gtk_box_append (GTK_BOX (page->tools), button);
  g_signal_connect (page->paper, "menu", G_CALLBACK (show_menu), page);
}

void
_plateau_figures_page_show_tools (PlateauFiguresPage *page)
{
  PlateauProject *project = plateau_document_get_project (page->document);
  guint n = plateau_project_get_n_figures (project), shown = GTK_INVALID_LIST_POSITION;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autofree char *style = plateau_figures_styles_dup_label (page->document, page->name);

  page->updating = TRUE;
  for (guint i = 0; i < n; i++)
    {
      const char *name = plateau_project_get_figure_name (project, i);

      gtk_string_list_append (names, name);
      if (g_strcmp0 (name, page->name) == 0)
        shown = i;
    }
  gtk_drop_down_set_model (GTK_DROP_DOWN (page->figure_chooser), G_LIST_MODEL (names));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (page->figure_chooser), shown);
  gtk_widget_set_sensitive (page->figure_chooser, n > 0);
  for (GtkWidget *tool = page->style_button; tool != NULL; tool = gtk_widget_get_next_sibling (tool))
    gtk_widget_set_sensitive (tool, n > 0); /* they act on a figure */
  gtk_label_set_text (
      GTK_LABEL (gtk_menu_button_get_child (GTK_MENU_BUTTON (page->style_button))), style);
  page->updating = FALSE;
}
