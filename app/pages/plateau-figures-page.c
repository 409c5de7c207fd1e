/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/plateau-figures-page.h"

#include "figure/plateau-journal.h"
#include "figure/plateau-template.h"
#include "pages/plateau-figures-inspector.h"
#include "pages/plateau-template-dialog.h"
#include "plateau-figure-paper.h"
#include "plateau-values-dialog.h"
#include "plateau-tooltip.h"

#include <glib/gi18n.h>
#include <math.h>

struct _PlateauFiguresPage
{
  GtkWidget parent_instance;

  PlateauDocument *document;
  GtkWidget *box, *paper, *scrolled, *empty, *stack, *checks, *inspector, *tools, *tools_box;
  GtkWidget *figure_chooser, *style_chooser, *zoom_label;
  char **styles;
  char *name; /* of the figure shown */
  GPtrArray *curves; /* ids of the selected layers: one, or those of an entry of the legend */
  int annotation;    /* of the panel's document, -1 */
  PlateauJob *job;
  gboolean updating;
  gboolean fits; /* the width that there is */
};

static void page_interface_init (PlateauPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlateauFiguresPage, plateau_figures_page, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (PLATEAU_TYPE_PAGE, page_interface_init))

/* A copy of one's own: json_node_copy() shares the objects within. */
static JsonNode *
copy_document (JsonNode *node)
{
  g_autofree char *text = json_to_string (node, FALSE);

  return json_from_string (text, NULL);
}

static JsonNode *
dup_shown (PlateauFiguresPage *page)
{
  JsonNode *node = page->name ? plateau_project_get_figure (
                                    plateau_document_get_project (page->document), page->name)
                              : NULL;

  return node ? copy_document (node) : NULL;
}

/* ---- What is selected ---- */

static JsonObject *
panel_of (JsonNode *document, int index)
{
  JsonObject *root = json_node_get_object (document);
  JsonArray *panels = json_object_has_member (root, "panels")
                          ? json_object_get_array_member (root, "panels")
                          : NULL;

  return panels && index >= 0 && index < (int)json_array_get_length (panels)
             ? json_array_get_object_element (panels, index)
             : NULL;
}

static JsonObject *
section_of (JsonObject *object, const char *section)
{
  JsonNode *node;

  if (!*section)
    return object;
  node = json_object_get_member (object, section);
  if (!node || !JSON_NODE_HOLDS_OBJECT (node))
    json_object_set_object_member (object, section, json_object_new ());
  return json_object_get_object_member (object, section);
}

static JsonObject *
annotation_of (JsonObject *panel, int index)
{
  JsonArray *array = panel && json_object_has_member (panel, "annotations")
                         ? json_object_get_array_member (panel, "annotations")
                         : NULL;

  return array && index >= 0 && index < (int)json_array_get_length (array)
             ? json_array_get_object_element (array, index)
             : NULL;
}

static void
select_nothing (PlateauFiguresPage *page)
{
  g_ptr_array_set_size (page->curves, 0);
  page->annotation = -1;
  plateau_figure_paper_select (PLATEAU_FIGURE_PAPER (page->paper), -1, PLATEAU_PART_NONE);
}

static void
show_selected (PlateauFiguresPage *page, JsonNode *document)
{
  JsonObject *panel
      = document ? panel_of (document, plateau_figure_paper_get_panel (
                                           PLATEAU_FIGURE_PAPER (page->paper)))
                 : NULL;
  JsonObject *curve = NULL;

  if (panel && page->curves->len > 0)
    curve = section_of (section_of (panel, "looks"), g_ptr_array_index (page->curves, 0));
  plateau_figures_inspector_show (PLATEAU_FIGURES_INSPECTOR (page->inspector),
                                  document ? json_node_get_object (document) : NULL, panel, curve,
                                  annotation_of (panel, page->annotation));
}

/* ---- Drawing ---- */

typedef struct
{
  JsonNode *document;
  PlateauStudy *study;
  PlateauCache *cache;
} BindInput;

static void
bind_input_free (gpointer data)
{
  BindInput *input = data;

  json_node_unref (input->document);
  plateau_study_unref (input->study);
  plateau_cache_unref (input->cache);
  g_free (input);
}

static gpointer
bind_figure (gpointer data, PlateauJob *job, GCancellable *cancellable, GError **error)
{
  BindInput *input = data;
  g_autoptr (PlateauFigure) figure = plateau_figure_new_from_json (input->document, error);

  if (!figure || !plateau_figure_bind (figure, input->study, input->cache, cancellable, error))
    return NULL;
  return g_steal_pointer (&figure);
}

static void
show_checks (PlateauFiguresPage *page)
{
  PlateauLayout *layout = plateau_figure_paper_get_layout (PLATEAU_FIGURE_PAPER (page->paper));
  g_autoptr (GPtrArray) checks = layout ? plateau_layout_check (layout) : NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (page->checks)))
    gtk_box_remove (GTK_BOX (page->checks), child);
  for (guint i = 0; checks && i < checks->len; i++)
    {
      const PlateauCheck *check = g_ptr_array_index (checks, i);
      gboolean good = check->state == PLATEAU_CHECK_GOOD;
      g_autofree char *text = g_strdup_printf ("%s %s", good ? "\xe2\x9c\x93" : "\xe2\x9a\xa0",
                                               check->text);
      GtkWidget *label = gtk_label_new (text);

      gtk_widget_add_css_class (label, good ? "success" : "warning");
      gtk_widget_add_css_class (label, "caption");
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      plateau_tooltip_set (label, check->text);
      gtk_box_append (GTK_BOX (page->checks), label);
    }
}

static void
show_zoom (PlateauFiguresPage *page)
{
  double zoom = plateau_figure_paper_get_zoom (PLATEAU_FIGURE_PAPER (page->paper));
  /* Fitted it follows the window, whose width is not known before it is shown. */
  g_autofree char *text = page->fits ? g_strdup (_ ("Fit")) : g_strdup_printf ("%.0f %%", 100 * zoom);

  gtk_label_set_text (GTK_LABEL (page->zoom_label), text);
}

static void
figure_bound (GObject *owner, gpointer result, const GError *error)
{
  PlateauFiguresPage *page = PLATEAU_FIGURES_PAGE (owner);
  g_autoptr (PlateauFigure) figure = result;

  if (!figure)
    {
      plateau_figures_inspector_say (PLATEAU_FIGURES_INSPECTOR (page->inspector), error->message);
      return;
    }
  plateau_figure_paper_set_figure (PLATEAU_FIGURE_PAPER (page->paper), figure);
  show_checks (page);
  show_zoom (page);
}

static void
draw (PlateauFiguresPage *page)
{
  JsonNode *document = dup_shown (page);
  BindInput *input;

  gtk_stack_set_visible_child (GTK_STACK (page->stack), document ? page->scrolled : page->empty);
  show_selected (page, document);
  if (!document)
    {
      plateau_figure_paper_set_figure (PLATEAU_FIGURE_PAPER (page->paper), NULL);
      show_checks (page);
      return;
    }
  input = g_new0 (BindInput, 1);
  input->document = document;
  input->study = plateau_study_ref (plateau_document_get_study (page->document));
  input->cache = plateau_cache_ref (plateau_document_get_cache (page->document));
  plateau_jobs_start (plateau_document_get_jobs (page->document), &page->job,
                      &(PlateauJobSpec){ .title = _ ("Drawing"),
                                         .run = bind_figure,
                                         .input = input,
                                         .free_input = bind_input_free,
                                         .free_result = (GDestroyNotify)plateau_figure_unref,
                                         .done = figure_bound,
                                         .owner = G_OBJECT (page) });
}

/* ---- Edits: all of them are edits of the document ---- */

/* What cannot be is said, and the figure keeps its last good state. */
static gboolean
store (PlateauFiguresPage *page, JsonNode *document, const char *label)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauFigure) tried = plateau_figure_new_from_json (document, &error);

  if (!tried)
    {
      plateau_figures_inspector_say (PLATEAU_FIGURES_INSPECTOR (page->inspector), error->message);
      return FALSE;
    }
  plateau_document_set_figure (page->document, page->name, document, label);
  return TRUE;
}

static void
set_member (JsonObject *owner, const char *section, const char *key, JsonNode *value)
{
  JsonObject *object = section_of (owner, section);

  if (value)
    json_object_set_member (object, key, json_node_copy (value));
  else
    json_object_remove_member (object, key);
}

static void
edited (PlateauFiguresInspector *inspector, int owner, const char *section, const char *key,
        JsonNode *value, PlateauFiguresPage *page)
{
  static const char *const names[] = { N_ ("Edit figure"), N_ ("Edit panel"), N_ ("Edit curve"),
                                       N_ ("Edit annotation") };
  g_autoptr (JsonNode) document = dup_shown (page);
  int index = plateau_figure_paper_get_panel (PLATEAU_FIGURE_PAPER (page->paper));
  JsonObject *panel = document ? panel_of (document, index) : NULL;
  JsonObject *annotation = annotation_of (panel, page->annotation);

  if (!document || (owner != PLATEAU_EDITED_FIGURE && !panel))
    return;
  if (owner == PLATEAU_EDITED_FIGURE)
    set_member (json_node_get_object (document), section, key, value);
  else if (owner == PLATEAU_EDITED_PANEL)
    set_member (panel, section, key, value);
  else if (owner == PLATEAU_EDITED_ANNOTATION && annotation)
    set_member (annotation, section, key, value);
  else
    for (guint i = 0; i < page->curves->len; i++)
      set_member (section_of (section_of (panel, "looks"), g_ptr_array_index (page->curves, i)),
                  section, key, value);
  store (page, document, _ (names[owner]));
}

static void
legend_moved (PlateauFigurePaper *paper, guint index, double x, double y, PlateauFiguresPage *page)
{
  g_autoptr (JsonNode) document = dup_shown (page);
  JsonObject *panel = document ? panel_of (document, (int)index) : NULL, *legend;

  if (!panel)
    return;
  legend = section_of (panel, "legend");
  json_object_set_string_member (legend, "place", "free");
  json_object_set_double_member (legend, "x", x);
  json_object_set_double_member (legend, "y", y);
  store (page, document, _ ("Move legend"));
}

/* Delete takes away what is selected: an annotation before its panel. */
static void
remove_panel (PlateauFigurePaper *paper, guint index, PlateauFiguresPage *page)
{
  g_autoptr (JsonNode) document = dup_shown (page);
  JsonObject *panel = document ? panel_of (document, (int)index) : NULL;

  if (!panel)
    return;
  if (annotation_of (panel, page->annotation))
    {
      json_array_remove_element (json_object_get_array_member (panel, "annotations"),
                                 (guint)page->annotation);
      page->annotation = -1;
      store (page, document, _ ("Remove annotation"));
      return;
    }
  json_array_remove_element (
      json_object_get_array_member (json_node_get_object (document), "panels"), index);
  store (page, document, _ ("Remove panel"));
}

/* The annotations that the plot has made by itself come before those of the document. */
static int
document_annotation (PlateauPanel *panel, int index)
{
  JsonArray *own = panel->source && json_object_has_member (panel->source, "annotations")
                       ? json_object_get_array_member (panel->source, "annotations")
                       : NULL;
  int before = (int)panel->annotations->len - (own ? (int)json_array_get_length (own) : 0);

  return index >= before ? index - before : -1;
}

static void
add_curve (PlateauFiguresPage *page, PlateauPanel *panel, guint layer)
{
  PlateauLayer *of = layer < panel->layers->len ? g_ptr_array_index (panel->layers, layer) : NULL;

  if (of)
    g_ptr_array_add (page->curves, g_strdup (of->id));
}

static void
selected (PlateauFigurePaper *paper, PlateauHit *hit, PlateauFiguresPage *page)
{
  g_autoptr (JsonNode) document = dup_shown (page);
  PlateauFigure *figure = plateau_figure_paper_get_figure (paper);
  PlateauPanel *panel
      = figure && hit->panel >= 0 ? plateau_figure_get_panel (figure, (guint)hit->panel) : NULL;

  g_ptr_array_set_size (page->curves, 0);
  page->annotation = -1;
  if (panel && hit->part == PLATEAU_PART_LAYER)
    add_curve (page, panel, (guint)hit->index);
  else if (panel && hit->part == PLATEAU_PART_LEGEND_ENTRY)
    {
      const PlateauPanelLayout *laid
          = plateau_layout_get_panel (plateau_figure_paper_get_layout (paper), (guint)hit->panel);
      const PlateauLegendEntry *entry = g_ptr_array_index (laid->entries, hit->index);

      for (guint i = 0; i < entry->layers->len; i++)
        add_curve (page, panel, g_array_index (entry->layers, guint, i));
    }
  else if (panel && hit->part == PLATEAU_PART_ANNOTATION)
    page->annotation = document_annotation (panel, hit->index);
  show_selected (page, document);
}

/* ---- Annotations and insets ---- */

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
  json_object_set_string_member (object, "kind", kind);
  json_object_set_double_member (object, "x", x0);
  if (g_str_equal (kind, "text"))
    {
      json_object_set_string_member (object, "text", _ ("Text"));
      json_object_set_string_member (object, "coordinates", "data");
    }
  if (g_str_equal (kind, "text") || g_str_equal (kind, "arrow"))
    json_object_set_double_member (object, "y", y0);
  if (g_str_equal (kind, "arrow"))
    json_object_set_double_member (object, "y1", y1);
  if (g_str_equal (kind, "arrow") || g_str_equal (kind, "window"))
    json_object_set_double_member (object, "x1", x1);
  return object;
}

static void
add_annotation (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlateauFiguresPage *page = user_data;
  PlateauFigurePaper *paper = PLATEAU_FIGURE_PAPER (page->paper);
  const char *kind = g_variant_get_string (parameter, NULL);
  const char *list = g_str_equal (kind, "inset") ? "insets" : "annotations";
  int index = MAX (plateau_figure_paper_get_panel (paper), 0);
  g_autoptr (JsonNode) document = dup_shown (page);
  JsonObject *panel = document ? panel_of (document, index) : NULL;
  PlateauLayout *layout = plateau_figure_paper_get_layout (paper);

  if (!panel || !layout || index >= (int)plateau_layout_get_n_panels (layout))
    return;
  if (!json_object_has_member (panel, list))
    json_object_set_array_member (panel, list, json_array_new ());
  json_array_add_object_element (json_object_get_array_member (panel, list),
                                 new_annotation (kind, layout, (guint)index));
  plateau_figure_paper_select (paper, index, PLATEAU_PART_PANEL);
  if (g_str_equal (list, "annotations"))
    page->annotation
        = (int)json_array_get_length (json_object_get_array_member (panel, list)) - 1;
  store (page, document,
         g_str_equal (kind, "inset") ? _ ("Add inset") : _ ("Add annotation"));
}

static GtkWidget *
new_add_menu (void)
{
  static const struct
  {
    const char *kind, *label;
  } kinds[] = { { "text", N_ ("Text") },
                { "arrow", N_ ("Arrow") },
                { "line", N_ ("Reference line") },
                { "window", N_ ("Window") },
                { "inset", N_ ("Inset") } };
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_ (kinds[i].label), NULL);

      g_menu_item_set_action_and_target (item, "figure.annotate", "s", kinds[i].kind);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _ ("Add"));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  plateau_tooltip_set (button, _ ("Add to the selected panel"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Add to the selected panel"), -1);
  return button;
}

/* ---- Choosing ---- */

static void
figure_chosen (GtkDropDown *chooser, GParamSpec *spec, PlateauFiguresPage *page)
{
  PlateauProject *project = plateau_document_get_project (page->document);
  guint index = gtk_drop_down_get_selected (chooser);

  if (page->updating || index >= plateau_project_get_n_figures (project))
    return;
  g_free (page->name);
  page->name = g_strdup (plateau_project_get_figure_name (project, index));
  select_nothing (page);
  plateau_page_refresh (PLATEAU_PAGE (page));
}

static char *
free_name (PlateauFiguresPage *page, const char *wanted)
{
  PlateauProject *project = plateau_document_get_project (page->document);
  char *name = g_strdup (wanted);

  for (guint i = 2; plateau_project_get_figure (project, name); i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s (%u)", wanted, i);
    }
  return name;
}

static void
template_made (gpointer owner, JsonNode *document, const char *label)
{
  PlateauFiguresPage *page = owner;

  g_free (page->name);
  page->name = free_name (page, label);
  select_nothing (page);
  store (page, document, _ ("Make figure"));
}

static void
new_from_template (PlateauFiguresPage *page)
{
  plateau_template_dialog_show (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))),
                                page->document, template_made, page);
}

static void
style_chosen (GtkDropDown *chooser, GParamSpec *spec, PlateauFiguresPage *page)
{
  guint index = gtk_drop_down_get_selected (chooser);
  g_autoptr (JsonNode) document = dup_shown (page);
  g_autoptr (PlateauStyle) style = NULL;
  JsonObject *root;
  double width;

  if (page->updating || !document || index >= g_strv_length (page->styles))
    return;
  style = plateau_style_find (page->styles[index], NULL);
  root = json_node_get_object (document);
  json_object_set_string_member (root, "style", page->styles[index]);
  /* One column stays one column, two stay two. */
  width = json_object_get_double_member_with_default (root, "width_mm", style->width_single_mm);
  json_object_set_double_member (root, "width_mm",
                                 width > 0.75 * style->width_double_mm ? style->width_double_mm
                                                                       : style->width_single_mm);
  store (page, document, _ ("Change style"));
}

static void
zoom_by (PlateauFiguresPage *page, double factor)
{
  PlateauFigurePaper *paper = PLATEAU_FIGURE_PAPER (page->paper);

  plateau_figure_paper_set_zoom (paper, factor > 0 ? plateau_figure_paper_get_zoom (paper) * factor
                                                   : 0);
  page->fits = factor <= 0;
  show_zoom (page);
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

static void
export_clicked (PlateauFiguresPage *page)
{
  g_autoptr (JsonNode) document = dup_shown (page);
  g_autofree char *text = document ? json_to_string (document, FALSE) : NULL;

  if (text)
    gtk_widget_activate_action (GTK_WIDGET (page), "win.export-figure", "s", text);
}

/* ---- Interface of pages ---- */

static void
show_figures (PlateauFiguresPage *page)
{
  PlateauProject *project = plateau_document_get_project (page->document);
  guint n = plateau_project_get_n_figures (project), shown = GTK_INVALID_LIST_POSITION;
  GtkStringList *names = gtk_string_list_new (NULL);

  page->updating = TRUE;
  if (page->name && !plateau_project_get_figure (project, page->name))
    g_clear_pointer (&page->name, g_free);
  if (!page->name && n > 0)
    page->name = g_strdup (plateau_project_get_figure_name (project, n - 1));
  for (guint i = 0; i < n; i++)
    {
      const char *name = plateau_project_get_figure_name (project, i);

      gtk_string_list_append (names, name);
      if (g_strcmp0 (name, page->name) == 0)
        shown = i;
    }
  gtk_drop_down_set_model (GTK_DROP_DOWN (page->figure_chooser), G_LIST_MODEL (names));
  g_object_unref (names);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (page->figure_chooser), shown);
  gtk_widget_set_sensitive (page->figure_chooser, n > 0);
  gtk_widget_set_sensitive (page->style_chooser, n > 0);
  if (page->name)
    {
      g_autoptr (JsonNode) document = dup_shown (page);
      const char *style = json_object_get_string_member_with_default (
          json_node_get_object (document), "style", "default");

      for (guint i = 0; page->styles[i]; i++)
        if (g_str_equal (page->styles[i], style))
          gtk_drop_down_set_selected (GTK_DROP_DOWN (page->style_chooser), i);
    }
  page->updating = FALSE;
}

static void
refresh (PlateauPage *iface)
{
  PlateauFiguresPage *page = PLATEAU_FIGURES_PAGE (iface);

  show_figures (page);
  draw (page);
}

static GtkWidget *
get_tools (PlateauPage *iface)
{
  return PLATEAU_FIGURES_PAGE (iface)->tools;
}

static GtkWidget *
get_inspector (PlateauPage *iface)
{
  return PLATEAU_FIGURES_PAGE (iface)->inspector;
}

static JsonNode *
dup_figure (PlateauPage *iface)
{
  return dup_shown (PLATEAU_FIGURES_PAGE (iface));
}

static PlateauTable *
ref_table (PlateauPage *iface)
{
  PlateauFigurePaper *paper = PLATEAU_FIGURE_PAPER (PLATEAU_FIGURES_PAGE (iface)->paper);
  PlateauFigure *figure = plateau_figure_paper_get_figure (paper);
  PlateauPanel *panel
      = figure ? plateau_figure_get_panel (figure, MAX (plateau_figure_paper_get_panel (paper), 0))
               : NULL;

  return panel && panel->data ? plateau_table_ref (panel->data) : NULL;
}

static void
page_interface_init (PlateauPageInterface *iface)
{
  iface->refresh = refresh;
  iface->get_tools = get_tools;
  iface->get_inspector = get_inspector;
  iface->inspector_first = TRUE;
  iface->dup_figure = dup_figure;
  iface->ref_table = ref_table;
}

static void
plateau_figures_page_dispose (GObject *object)
{
  PlateauFiguresPage *page = PLATEAU_FIGURES_PAGE (object);

  if (page->document)
    plateau_jobs_cancel (plateau_document_get_jobs (page->document), &page->job);
  g_clear_pointer (&page->box, gtk_widget_unparent);
  g_clear_object (&page->tools);
  g_clear_object (&page->inspector);
  g_clear_object (&page->document);
  g_clear_pointer (&page->curves, g_ptr_array_unref);
  g_clear_pointer (&page->styles, g_strfreev);
  g_clear_pointer (&page->name, g_free);
  G_OBJECT_CLASS (plateau_figures_page_parent_class)->dispose (object);
}

static void
plateau_figures_page_class_init (PlateauFiguresPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plateau_figures_page_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "figurespage");
}

static GtkWidget *
new_chooser (PlateauFiguresPage *page, const char *const *texts, const char *name,
             GCallback callback)
{
  GtkWidget *chooser = gtk_drop_down_new_from_strings (texts);

  plateau_tooltip_set (chooser, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chooser), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  g_signal_connect (chooser, "notify::selected", callback, page);
  gtk_box_append (GTK_BOX (page->tools_box), chooser);
  return chooser;
}

static void
add_button (PlateauFiguresPage *page, const char *icon, const char *text, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  plateau_tooltip_set (button, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_signal_connect_swapped (button, "clicked", callback, page);
  gtk_box_append (GTK_BOX (page->tools_box), button);
}

static void
values_made (gpointer owner, const char *name)
{
  PlateauFiguresPage *page = owner;

  g_free (page->name);
  page->name = g_strdup (name);
  select_nothing (page);
  plateau_page_refresh (PLATEAU_PAGE (page));
}

static void
paste_values (PlateauFiguresPage *page)
{
  plateau_values_dialog_show (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))), page->document,
                              values_made, page);
}

static void
make_tools (PlateauFiguresPage *page)
{
  static const char *const none[] = { NULL };
  static const GActionEntry entries[] = { { "annotate", add_annotation, "s" } };
  g_autoptr (GSimpleActionGroup) group = NULL;
  g_autoptr (GPtrArray) styles = g_ptr_array_new_with_free_func (g_free);
  GtkWidget *spacer, *button;

  page->tools_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  /* The row may be narrower than its buttons: then it scrolls and the window keeps its width. */
  page->tools = g_object_ref_sink (gtk_scrolled_window_new ());
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (page->tools), GTK_POLICY_EXTERNAL,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (page->tools), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (page->tools), page->tools_box);
  gtk_widget_set_hexpand (page->tools, TRUE);
  page->figure_chooser = new_chooser (page, none, _ ("Figure"), G_CALLBACK (figure_chosen));
  button = gtk_button_new_with_label (_ ("From template…"));
  plateau_tooltip_set (button, _ ("New figure from a template"));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (new_from_template), page);
  gtk_box_append (GTK_BOX (page->tools_box), button);
  for (guint i = 0; page->styles[i]; i++)
    {
      g_autoptr (PlateauStyle) style = plateau_style_find (page->styles[i], NULL);
      g_ptr_array_add (styles, g_strdup (style ? style->label : page->styles[i]));
    }
  g_ptr_array_add (styles, NULL);
  page->style_chooser = new_chooser (page, (const char *const *)styles->pdata, _ ("Style"),
                                     G_CALLBACK (style_chosen));
  add_button (page, "edit-paste-symbolic", _ ("Box plots of pasted values…"),
              G_CALLBACK (paste_values));
  gtk_box_append (GTK_BOX (page->tools_box), new_add_menu ());
  group = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), page);
  gtk_widget_insert_action_group (page->tools, "figure", G_ACTION_GROUP (group));
  spacer = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_hexpand (spacer, TRUE);
  gtk_box_append (GTK_BOX (page->tools_box), spacer);
  add_button (page, "zoom-out-symbolic", _ ("Smaller"), G_CALLBACK (zoom_out));
  page->zoom_label = gtk_label_new ("100 %");
  gtk_label_set_width_chars (GTK_LABEL (page->zoom_label), 6);
  gtk_box_append (GTK_BOX (page->tools_box), page->zoom_label);
  add_button (page, "zoom-in-symbolic", _ ("Larger"), G_CALLBACK (zoom_in));
  add_button (page, "zoom-fit-best-symbolic", _ ("Fit the width"), G_CALLBACK (zoom_fit));
  button = gtk_button_new_with_label (_ ("Export…"));
  gtk_widget_add_css_class (button, "suggested-action");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (export_clicked), page);
  gtk_box_append (GTK_BOX (page->tools_box), button);
}

static void
plateau_figures_page_init (PlateauFiguresPage *page)
{
  page->curves = g_ptr_array_new_with_free_func (g_free);
  page->annotation = -1;
  page->fits = TRUE;
  page->styles = plateau_style_list ();
  page->updating = TRUE;
  make_tools (page);
  page->updating = FALSE;
  page->inspector = g_object_ref_sink (plateau_figures_inspector_new ());
  page->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (page->box, GTK_WIDGET (page));
  page->paper = plateau_figure_paper_new ();
  page->scrolled = gtk_scrolled_window_new ();
  gtk_widget_add_css_class (page->scrolled, "desk");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (page->scrolled), page->paper);
  page->empty = gtk_label_new (_ ("No figure yet. Choose a template above, or press “Send to figure” "
                                  "on any page."));
  gtk_label_set_wrap (GTK_LABEL (page->empty), TRUE);
  gtk_label_set_justify (GTK_LABEL (page->empty), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (page->empty, "dim-label");
  page->stack = gtk_stack_new ();
  gtk_widget_set_vexpand (page->stack, TRUE);
  gtk_stack_add_child (GTK_STACK (page->stack), page->empty);
  gtk_stack_add_child (GTK_STACK (page->stack), page->scrolled);
  gtk_box_append (GTK_BOX (page->box), page->stack);
  page->checks = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 24);
  gtk_widget_set_margin_start (page->checks, 16);
  gtk_widget_set_margin_end (page->checks, 16);
  gtk_widget_set_margin_top (page->checks, 8);
  gtk_widget_set_margin_bottom (page->checks, 8);
  gtk_box_append (GTK_BOX (page->box), page->checks);
  g_signal_connect (page->paper, "selected", G_CALLBACK (selected), page);
  g_signal_connect (page->paper, "legend-moved", G_CALLBACK (legend_moved), page);
  g_signal_connect (page->paper, "remove-panel", G_CALLBACK (remove_panel), page);
  g_signal_connect (page->inspector, "edited", G_CALLBACK (edited), page);
}

GtkWidget *
plateau_figures_page_new (PlateauDocument *document)
{
  PlateauFiguresPage *page = g_object_new (PLATEAU_TYPE_FIGURES_PAGE, NULL);

  page->document = g_object_ref (document);
  return GTK_WIDGET (page);
}
