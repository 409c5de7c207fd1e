/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/plateau-figures-page-private.h"

#include "figure/plateau-journal.h"
#include "pages/plateau-figures-data.h"
#include "pages/plateau-figures-legend.h"
#include "pages/plateau-figures-styles.h"
#include "plateau-tooltip.h"

#include <glib/gi18n.h>
#include <math.h>

static void page_interface_init (PlateauPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlateauFiguresPage, plateau_figures_page, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (PLATEAU_TYPE_PAGE, page_interface_init))

JsonNode *
_plateau_figures_page_dup (PlateauFiguresPage *page)
{
  JsonNode *node = page->name ? plateau_project_get_figure (
                                    plateau_document_get_project (page->document), page->name)
                              : NULL;

  return node ? plateau_document_copy (node) : NULL;
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
  _plateau_figures_page_show_zoom (page);
  _plateau_figures_page_show_selected (page);
}

static void
draw (PlateauFiguresPage *page)
{
  JsonNode *document = _plateau_figures_page_dup (page);
  BindInput *input;

  gtk_stack_set_visible_child (GTK_STACK (page->stack), document ? page->scrolled : page->empty);
  if (!document)
    {
      plateau_figure_paper_set_figure (PLATEAU_FIGURE_PAPER (page->paper), NULL);
      show_checks (page);
      _plateau_figures_page_show_selected (page);
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

void
_plateau_figures_page_show_zoom (PlateauFiguresPage *page)
{
  double zoom = plateau_figure_paper_get_zoom (PLATEAU_FIGURE_PAPER (page->paper));
  /* Fitted it follows the window, whose width is not known before it is shown. */
  g_autofree char *text = page->fits ? g_strdup (_ ("Fit")) : g_strdup_printf ("%.0f %%", 100 * zoom);

  gtk_label_set_text (GTK_LABEL (page->zoom_label), text);
}

/* ---- Edits: all of them are steps of the document ---- */

/* What cannot be is said, and the figure keeps its last good state. */
char *
_plateau_figures_page_store (PlateauFiguresPage *page, JsonNode *document, const char *label)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauFigure) tried = plateau_figure_new_from_json (document, &error);

  if (!tried)
    return g_strdup (error->message);
  plateau_document_set_figure (page->document, page->name, document, label);
  return NULL;
}

gboolean
_plateau_figures_page_do (PlateauFiguresPage *page, JsonNode *document, const char *label)
{
  g_autofree char *problem = _plateau_figures_page_store (page, document, label);

  if (problem)
    plateau_figures_inspector_say (PLATEAU_FIGURES_INSPECTOR (page->inspector), problem);
  return problem == NULL;
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

void
_plateau_figures_page_show_new (PlateauFiguresPage *page, JsonNode *document,
                                const char *wanted_name, const char *label)
{
  char *name = free_name (page, wanted_name);

  g_free (page->name);
  page->name = name;
  _plateau_figures_page_select (page, PLATEAU_PART_NONE, -1, -1);
  _plateau_figures_page_do (page, document, label);
}

void
_plateau_figures_page_show_figure (PlateauFiguresPage *page, const char *name)
{
  char *copy = g_strdup (name);

  g_free (page->name);
  page->name = copy;
  _plateau_figures_page_select (page, PLATEAU_PART_NONE, -1, -1);
  plateau_page_refresh (PLATEAU_PAGE (page));
}

/* ---- What is selected ---- */

void
_plateau_figures_page_select (PlateauFiguresPage *page, PlateauPart part, int panel, int index)
{
  plateau_figure_paper_select (PLATEAU_FIGURE_PAPER (page->paper), part, panel, index);
  _plateau_figures_page_take_curves (page);
}

static void
set_text (JsonObject *object, const char *key, const char *text)
{
  if (text)
    json_object_set_string_member (object, key, text);
}

static void
set_number (JsonObject *object, const char *key, double value)
{
  if (isfinite (value))
    json_object_set_double_member (object, key, value);
}

static JsonObject *
shown_axis (const PlateauAxis *axis, const PlateauScale *scale)
{
  JsonObject *object = json_object_new ();
  g_autofree char *colour = plateau_colour_to_text (&axis->colour);

  set_text (object, "title", axis->title);
  set_text (object, "unit", axis->unit);
  set_number (object, "min", scale->min);
  set_number (object, "max", scale->max);
  set_text (object, "colour", colour);
  return object;
}

static JsonObject *
shown_panel (const PlateauPanel *panel, const PlateauPanelLayout *pl)
{
  JsonObject *object = json_object_new (), *legend = json_object_new (), *bar = json_object_new ();

  set_text (object, "title", panel->title);
  set_text (object, "letter", pl->letter);
  set_number (object, "column", panel->column);
  set_number (object, "row", panel->row);
  set_number (object, "column_span", panel->column_span);
  set_number (object, "row_span", panel->row_span);
  for (guint a = 0; a < PLATEAU_N_AXES; a++)
    if (panel->axes[a].used)
      json_object_set_object_member (object, plateau_axis_id_get_nick (a),
                                     shown_axis (&panel->axes[a], &pl->scales[a]));
  set_text (legend, "title", panel->legend.title);
  set_number (legend, "columns", pl->legend_columns);
  json_object_set_object_member (object, "legend", legend);
  set_text (bar, "title", panel->colour_bar.title);
  set_number (bar, "min", panel->colour_bar.min);
  set_number (bar, "max", panel->colour_bar.max);
  json_object_set_object_member (object, "colour_bar", bar);
  return object;
}

static JsonObject *
shown_curve (const PlateauLayer *layer)
{
  JsonObject *object = json_object_new ();
  const PlateauLayerStyle *s = &layer->style;
  g_autofree char *colour = plateau_colour_to_text (&s->colour);

  set_text (object, "label", layer->label);
  set_text (object, "colour", colour);
  set_number (object, "width", s->width);
  set_number (object, "marker_size", s->marker_size);
  set_number (object, "marker_every", s->marker_every);
  set_number (object, "alpha", s->alpha);
  set_number (object, "area_alpha", s->area_alpha);
  return object;
}

static JsonObject *
shown_figure (PlateauFigure *figure)
{
  JsonObject *object = json_object_new ();
  double width, height;

  plateau_figure_get_size (figure, &width, &height);
  set_number (object, "width_mm", width);
  set_number (object, "height_mm", height);
  json_object_set_object_member (object, "style_overrides", plateau_style_to_json (figure->style));
  return object;
}

static PlateauLayer *
find_layer (const PlateauPanel *panel, const char *id)
{
  for (guint i = 0; i < panel->layers->len; i++)
    if (g_str_equal (((PlateauLayer *)g_ptr_array_index (panel->layers, i))->id, id))
      return g_ptr_array_index (panel->layers, i);
  return NULL;
}

static void
inspect_panel (PlateauFiguresPage *page, JsonObject *object, const PlateauPanel *panel,
               const PlateauPanelLayout *pl, PlateauInspected *what)
{
  const PlateauHit *s = &what->selected;
  const PlateauLayer *layer
      = page->curves->len > 0 ? find_layer (panel, g_ptr_array_index (page->curves, 0)) : NULL;

  what->own[PLATEAU_EDITED_PANEL] = object;
  what->shown[PLATEAU_EDITED_PANEL] = shown_panel (panel, pl);
  what->has_colour_bar = panel->colour_bar.used;
  for (guint a = 0; a < PLATEAU_N_AXES; a++)
    what->axes |= panel->axes[a].used ? 1u << a : 0;
  if (layer)
    {
      what->own[PLATEAU_EDITED_CURVE] = plateau_document_get_section (
          plateau_document_get_section (object, "looks"), layer->id);
      what->shown[PLATEAU_EDITED_CURVE] = shown_curve (layer);
    }
  if (s->part == PLATEAU_PART_ANNOTATION && s->index < (int)panel->annotations->len)
    {
      const PlateauAnnotation *a = &g_array_index (panel->annotations, PlateauAnnotation, s->index);

      what->own[PLATEAU_EDITED_ANNOTATION]
          = plateau_document_get_annotation (object, panel, s->index);
      what->shown[PLATEAU_EDITED_ANNOTATION] = plateau_annotation_to_json (a);
      what->annotation_kind = a->kind;
    }
  if (s->part == PLATEAU_PART_INSET)
    what->own[PLATEAU_EDITED_INSET] = plateau_document_get_element (object, "insets", s->index);
}

/* "62.0 × 34.0 mm, legend" */
static char *
dup_subtitle (PlateauLayout *layout, const PlateauHit *selected)
{
  const PlateauPanelLayout *pl
      = selected->panel >= 0 ? plateau_layout_get_panel (layout, (guint)selected->panel) : NULL;
  const char *part = plateau_figure_paper_get_part_name (selected);
  double mm = 25.4 / 72;

  if (!pl)
    return g_strdup_printf ("%.4g × %.4g mm", layout->width * mm, layout->height * mm);
  if (!part)
    return g_strdup_printf ("%.1f × %.1f mm", pl->cell.width * mm, pl->cell.height * mm);
  return g_strdup_printf (_ ("%.1f × %.1f mm · selected: %s"), pl->cell.width * mm,
                          pl->cell.height * mm, part);
}

void
_plateau_figures_page_show_selected (PlateauFiguresPage *page)
{
  PlateauFigurePaper *paper = PLATEAU_FIGURE_PAPER (page->paper);
  PlateauFigure *figure = plateau_figure_paper_get_figure (paper);
  PlateauLayout *layout = plateau_figure_paper_get_layout (paper);
  g_autoptr (JsonNode) document = _plateau_figures_page_dup (page);
  const PlateauHit *selected = plateau_figure_paper_get_selected (paper);
  PlateauInspected what = { .selected = *selected };
  g_autofree char *title = NULL, *subtitle = NULL;
  JsonObject *object = document ? plateau_document_get_panel (document, selected->panel) : NULL;
  PlateauPanel *panel = figure && object
                            ? plateau_figure_get_panel (figure, (guint)selected->panel)
                            : NULL;

  if (!document || !figure)
    {
      plateau_figures_inspector_show (PLATEAU_FIGURES_INSPECTOR (page->inspector), NULL);
      return;
    }
  what.title = title = plateau_figure_paper_dup_panel_name (paper, selected->panel);
  what.subtitle = subtitle = dup_subtitle (layout, selected);
  what.own[PLATEAU_EDITED_FIGURE] = json_node_get_object (document);
  what.shown[PLATEAU_EDITED_FIGURE] = shown_figure (figure);
  if (panel)
    inspect_panel (page, object, panel,
                   plateau_layout_get_panel (layout, (guint)selected->panel), &what);
  else
    what.selected = (PlateauHit){ .panel = -1, .index = -1, .point = -1 };
  plateau_figures_inspector_show (PLATEAU_FIGURES_INSPECTOR (page->inspector), &what);
  plateau_figures_legend_show (PLATEAU_FIGURES_LEGEND (page->legend), panel,
                               panel ? plateau_layout_get_panel (layout, (guint)selected->panel)
                                     : NULL,
                               figure->style);
  plateau_figures_data_show (PLATEAU_FIGURES_DATA (page->data), object, panel);
  gtk_editable_set_text (GTK_EDITABLE (page->name_entry), page->name);
  for (guint i = 0; i < PLATEAU_N_EDITED; i++)
    g_clear_pointer (&what.shown[i], json_object_unref);
}

/* ---- Interface of pages ---- */

static void
refresh (PlateauPage *iface)
{
  PlateauFiguresPage *page = PLATEAU_FIGURES_PAGE (iface);
  PlateauProject *project = plateau_document_get_project (page->document);
  guint n = plateau_project_get_n_figures (project);

  if (page->name && !plateau_project_get_figure (project, page->name))
    {
      g_clear_pointer (&page->name, g_free);
      _plateau_figures_page_select (page, PLATEAU_PART_NONE, -1, -1);
    }
  if (!page->name && n > 0)
    page->name = g_strdup (plateau_project_get_figure_name (project, n - 1));
  _plateau_figures_page_show_tools (page);
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
  return _plateau_figures_page_dup (PLATEAU_FIGURES_PAGE (iface));
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
show_figure (PlateauPage *iface, const char *name)
{
  PlateauFiguresPage *page = PLATEAU_FIGURES_PAGE (iface);

  if (g_strcmp0 (page->name, name) != 0)
    _plateau_figures_page_show_figure (page, name);
}

static void
page_interface_init (PlateauPageInterface *iface)
{
  iface->refresh = refresh;
  iface->get_tools = get_tools;
  iface->get_inspector = get_inspector;
  iface->inspector_first = iface->inspector_alone = TRUE;
  iface->dup_figure = dup_figure;
  iface->ref_table = ref_table;
  iface->show_figure = show_figure;
}

static void
plateau_figures_page_dispose (GObject *object)
{
  PlateauFiguresPage *page = PLATEAU_FIGURES_PAGE (object);

  if (page->document)
    plateau_jobs_cancel (plateau_document_get_jobs (page->document), &page->job);
  g_clear_pointer (&page->menu, gtk_widget_unparent);
  g_clear_pointer (&page->box, gtk_widget_unparent);
  g_clear_object (&page->actions);
  g_clear_object (&page->tools);
  g_clear_object (&page->inspector);
  g_clear_object (&page->document);
  g_clear_pointer (&page->curves, g_ptr_array_unref);
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

/* The name of the figure, in the section of its size. */
static GtkWidget *
build_name (PlateauFiguresPage *page)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *label = gtk_label_new (_ ("Name"));

  gtk_widget_set_size_request (label, 84, -1);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "form-label");
  page->name_entry = gtk_entry_new ();
  gtk_widget_set_hexpand (page->name_entry, TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (page->name_entry), 4);
  plateau_tooltip_set (page->name_entry,
                       _ ("Name of the figure in the list above and in file names"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (page->name_entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Name"), -1);
  page->name_problem = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (page->name_problem), TRUE);
  gtk_label_set_xalign (GTK_LABEL (page->name_problem), 0);
  gtk_widget_add_css_class (page->name_problem, "error-text");
  gtk_widget_set_visible (page->name_problem, FALSE);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), page->name_entry);
  gtk_box_append (GTK_BOX (box), row);
  gtk_box_append (GTK_BOX (box), page->name_problem);
  return box;
}

static void
build_inspector (PlateauFiguresPage *page)
{
  PlateauFiguresInspector *inspector;

  page->inspector = g_object_ref_sink (plateau_figures_inspector_new ());
  inspector = PLATEAU_FIGURES_INSPECTOR (page->inspector);
  page->legend = plateau_figures_legend_new ();
  page->data = plateau_figures_data_new (page->document);
  plateau_figures_inspector_add (inspector, _ ("Figure"), build_name (page), PLATEAU_SHOW_FIGURE);
  plateau_figures_inspector_add (inspector, _ ("Legend"), page->legend, PLATEAU_SHOW_PANEL);
  plateau_figures_inspector_add (inspector, _ ("Data"), page->data, PLATEAU_SHOW_PANEL);
}

/* What to do while there is no figure; the tools add their button to it. */
static GtkWidget *
build_empty (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *text = gtk_label_new (_ ("No figure yet. Make one of a template, or go to any other "
                                      "page and press “Send to figure” there."));

  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_justify (GTK_LABEL (text), GTK_JUSTIFY_CENTER);
  gtk_label_set_max_width_chars (GTK_LABEL (text), 48);
  gtk_widget_add_css_class (text, "dim-label");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), text);
  return box;
}

static void
build_desk (PlateauFiguresPage *page)
{
  GtkWidget *viewport;

  page->paper = plateau_figure_paper_new ();
  page->scrolled = gtk_scrolled_window_new ();
  gtk_widget_add_css_class (page->scrolled, "desk");
  viewport = gtk_viewport_new (NULL, NULL);
  /* The paper takes the focus as a whole; what is selected on it is brought into view instead. */
  gtk_viewport_set_scroll_to_focus (GTK_VIEWPORT (viewport), FALSE);
  gtk_viewport_set_child (GTK_VIEWPORT (viewport), page->paper);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (page->scrolled), viewport);
  page->empty = build_empty ();
  page->stack = gtk_stack_new ();
  gtk_widget_set_vexpand (page->stack, TRUE);
  gtk_stack_add_child (GTK_STACK (page->stack), page->empty);
  gtk_stack_add_child (GTK_STACK (page->stack), page->scrolled);
  gtk_box_append (GTK_BOX (page->box), page->stack);
  page->checks = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 24);
  gtk_widget_add_css_class (page->checks, "figure-checks");
  gtk_box_append (GTK_BOX (page->box), page->checks);
}

static void
plateau_figures_page_init (PlateauFiguresPage *page)
{
  page->curves = g_ptr_array_new_with_free_func (g_free);
  page->fits = TRUE;
  page->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (page->box, GTK_WIDGET (page));
  build_desk (page);
}

GtkWidget *
plateau_figures_page_new (PlateauDocument *document)
{
  PlateauFiguresPage *page = g_object_new (PLATEAU_TYPE_FIGURES_PAGE, NULL);

  page->document = g_object_ref (document);
  build_inspector (page);
  page->updating = TRUE;
  _plateau_figures_page_make_tools (page);
  page->updating = FALSE;
  _plateau_figures_page_connect_edits (page);
  return GTK_WIDGET (page);
}
