/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-plot-pane.h"

#include "figure/plateau-plot-kind.h"
#include "plateau-page.h"
#include "plateau-tooltip.h"

#include <glib/gi18n.h>
#include <math.h>

struct _PlateauPlotPane
{
  GtkWidget parent_instance;

  PlateauDocument *document;
  GtkWidget *header, *title, *view, *overlay, *offer, *notes;
  JsonNode *figure_document;
  char *view_key, *shown_key;
  PlateauJob *job;
};

enum
{
  SHOWN,
  TAG_ACTIVATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlateauPlotPane, plateau_plot_pane, GTK_TYPE_WIDGET)

/* Binding, on a worker thread */

typedef struct
{
  JsonNode *figure;
  PlateauStudy *study;
  PlateauCache *cache;
} BindInput;

static void
bind_input_free (BindInput *input)
{
  json_node_unref (input->figure);
  plateau_study_unref (input->study);
  plateau_cache_unref (input->cache);
  g_free (input);
}

static gpointer
bind_figure (gpointer data, PlateauJob *job, GCancellable *cancellable, GError **error)
{
  BindInput *input = data;
  g_autoptr (PlateauFigure) figure = plateau_figure_new_from_json (input->figure, error);
  if (figure == NULL
      || !plateau_figure_bind (figure, input->study, input->cache, cancellable, error))
    return NULL;
  return g_steal_pointer (&figure);
}

/* The kind of the plot that the pane's document shows, or NULL. */
static const char *
kind_of (JsonNode *figure)
{
  JsonObject *panel = json_array_get_object_element (
      json_object_get_array_member (json_node_get_object (figure), "panels"), 0);
  return json_object_get_string_member_with_default (json_object_get_object_member (panel, "plot"),
                                                     "kind", NULL);
}

/* A selected pellet has spectra but not what makes a conductivity of them. */
static gboolean
lacks_thickness (PlateauPlotPane *pane, const char *kind_id)
{
  const PlateauPlotKind *kind = plateau_plot_kind_find (kind_id);
  PlateauStudy *study = plateau_document_get_study (pane->document);
  JsonObject *settings = plateau_study_get_settings (study, "conductivity");
  const char *quantity = settings != NULL ? json_object_get_string_member_with_default (
                             settings, "quantity", "conductivity")
                                          : "conductivity";
  g_autoptr (GArray) ids = plateau_selection_list_cell_ids (
      plateau_document_get_selection (pane->document), study);
  if (kind == NULL || g_strcmp0 (kind->page, "conductivity") != 0
      || strcmp (quantity, "conductivity") != 0)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      const PlateauStudyCell *cell = plateau_study_find_cell (study,
                                                              g_array_index (ids, gint64, i));
      if ((cell->kinds & PLATEAU_KIND_EIS) && (isnan (cell->thickness) || isnan (cell->area)))
        return TRUE;
    }
  return FALSE;
}

static void
offer_test (PlateauPlotPane *pane, gboolean empty)
{
  const char *kind = empty ? kind_of (pane->figure_document) : NULL;
  plateau_test_offer_look (PLATEAU_TEST_OFFER (pane->offer), kind,
                           lacks_thickness (pane, kind) ? PLATEAU_REMEDY_THICKNESS
                                                        : PLATEAU_REMEDY_NONE);
}

/* What is said while there is no plot */

static guint
count_cells_of_selected (PlateauPlotPane *pane, const char **name)
{
  PlateauStudy *study = plateau_document_get_study (pane->document);
  PlateauSelection *selection = plateau_document_get_selection (pane->document);
  guint count = 0;
  for (guint i = 0; i < plateau_study_get_n_samples (study); i++)
    {
      const PlateauStudySample *sample = plateau_study_get_sample (study, i);
      PlateauSample *object = plateau_project_find_sample (
          plateau_document_get_project (pane->document), sample->id);
      if (object == NULL || !plateau_selection_contains (selection, object))
        continue;
      *name = sample->name;
      for (guint k = 0; k < plateau_study_get_n_cells (study); k++)
        count += plateau_study_get_cell (study, k)->sample == sample;
    }
  return count;
}

/* (transfer full) */
static char *
dup_missing (PlateauPlotPane *pane, const char *kind, PlateauRemedy *remedy)
{
  PlateauStudy *study = plateau_document_get_study (pane->document);
  PlateauSelection *selection = plateau_document_get_selection (pane->document);
  g_autoptr (GArray) ids = plateau_selection_list_cell_ids (selection, study);
  g_autoptr (GPtrArray) cells = g_ptr_array_new ();
  guint n_selected = plateau_selection_get_objects (selection)->len;
  const char *name = NULL;
  *remedy = PLATEAU_REMEDY_NONE;
  if (n_selected == 0)
    return g_strdup (_ ("Nothing is selected. Select samples or cells at the left."));
  *remedy = PLATEAU_REMEDY_TAKE_IN;
  if (ids->len == 0 && count_cells_of_selected (pane, &name) > 0)
    return n_selected == 1 ? g_strdup_printf (_ ("Every cell of %s is left out. Take them in "
                                                 "again, or select other samples."),
                                              name)
                           : g_strdup (_ ("Every cell of the selected samples is left out. Take "
                                          "them in again, or select other samples."));
  *remedy = PLATEAU_REMEDY_ADD_DATA;
  if (ids->len == 0)
    return g_strdup_printf (_ ("%s has no cells yet. Drop files on the window, or drag cells to "
                               "the sample at the left."),
                            name != NULL ? name : _ ("The sample"));
  for (guint i = 0; i < ids->len; i++)
    g_ptr_array_add (cells,
                     (gpointer) plateau_study_find_cell (study, g_array_index (ids, gint64, i)));
  g_autofree char *missing = plateau_plot_dup_missing (
      plateau_plot_kind_find (kind), (const PlateauStudyCell *const *) cells->pdata, cells->len);
  return g_strdup_printf (_ ("%s. Add such a measurement, or select cells that have one."),
                          missing);
}

/* No selected cell has a measurement that the plot is made of. */
static gboolean
is_missing (PlateauPlotPane *pane, const char *kind_id)
{
  const PlateauPlotKind *kind = plateau_plot_kind_find (kind_id);
  PlateauStudy *study = plateau_document_get_study (pane->document);
  g_autoptr (GArray) ids = plateau_selection_list_cell_ids (
      plateau_document_get_selection (pane->document), study);
  for (guint i = 0; kind != NULL && i < ids->len; i++)
    if (kind->needs == 0
        || (plateau_study_find_cell (study, g_array_index (ids, gint64, i))->kinds & kind->needs))
      return FALSE;
  return kind != NULL;
}

static void
add_notes (GString *text, const PlateauPanel *panel)
{
  for (guint i = 0; i < panel->notes->len; i++)
    {
      const char *note = g_ptr_array_index (panel->notes, i);
      if (strstr (text->str, note) == NULL) /* of several panels or cells often the same */
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", note);
    }
}

/* What the plot has to say beside its curves: what was left out, verdicts, doubts. */
static void
show_notes (PlateauPlotPane *pane, PlateauFigure *figure)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint p = 0; figure != NULL && p < figure->panels->len; p++)
    add_notes (text, g_ptr_array_index (figure->panels, p));
  gtk_widget_set_visible (pane->notes, text->len > 0);
  plateau_tooltip_set (pane->notes, text->len > 0 ? text->str : NULL);
  g_string_replace (text, "\n", " · ", 0);
  gtk_label_set_text (GTK_LABEL (pane->notes), text->str);
}

static void
figure_bound (GObject *owner, gpointer result, const GError *error)
{
  PlateauPlotPane *pane = PLATEAU_PLOT_PANE (owner);
  g_autoptr (PlateauFigure) figure = result;
  if (figure == NULL)
    {
      plateau_plot_view_set_busy (PLATEAU_PLOT_VIEW (pane->view), FALSE);
      plateau_plot_view_set_message (PLATEAU_PLOT_VIEW (pane->view), error->message);
      show_notes (pane, NULL);
      offer_test (pane, TRUE);
      return;
    }
  const char *kind = kind_of (pane->figure_document);
  if (plateau_figure_get_message (figure) != NULL && is_missing (pane, kind))
    {
      plateau_plot_pane_set_missing (pane, kind);
      return;
    }
  gboolean keep = g_strcmp0 (pane->view_key, pane->shown_key) == 0;
  plateau_plot_view_set_figure (PLATEAU_PLOT_VIEW (pane->view), figure, keep);
  show_notes (pane, figure);
  offer_test (pane, plateau_figure_get_message (figure) != NULL);
  g_free (pane->shown_key);
  pane->shown_key = g_strdup (pane->view_key);
  g_signal_emit (pane, signals[SHOWN], 0);
}

void
plateau_plot_pane_set_document (PlateauPlotPane *pane, JsonNode *figure, const char *view_key)
{
  g_return_if_fail (PLATEAU_IS_PLOT_PANE (pane));
  g_clear_pointer (&pane->figure_document, json_node_unref);
  pane->figure_document = json_node_copy (figure);
  g_free (pane->view_key);
  pane->view_key = g_strdup (view_key);

  BindInput *input = g_new0 (BindInput, 1);
  input->figure = json_node_copy (figure); /* json-glib counts references without locks */
  input->study = plateau_study_ref (plateau_document_get_study (pane->document));
  input->cache = plateau_cache_ref (plateau_document_get_cache (pane->document));
  PlateauJobSpec spec = {
    .title = _ ("Drawing"),
    .run = bind_figure,
    .input = input,
    .free_input = (GDestroyNotify) bind_input_free,
    .free_result = (GDestroyNotify) plateau_figure_unref,
    .done = figure_bound,
    .owner = G_OBJECT (pane),
  };
  plateau_plot_view_set_busy (PLATEAU_PLOT_VIEW (pane->view), TRUE);
  plateau_jobs_start (plateau_document_get_jobs (pane->document), &pane->job, &spec);
}

static void
add_range (JsonObject *panel, PlateauAxisId axis, const PlateauView *seen)
{
  const char *nick = plateau_axis_id_get_nick (axis);
  if (isnan (seen->min[axis]))
    return;
  JsonObject *object;
  if (json_object_has_member (panel, nick))
    object = json_object_ref (json_object_get_object_member (panel, nick));
  else
    object = json_object_new ();
  json_object_set_double_member (object, "min", seen->min[axis]);
  json_object_set_double_member (object, "max", seen->max[axis]);
  json_object_set_object_member (panel, nick, object);
}

/* The limits that are seen become the panel's own. */
static void
add_views (JsonObject *figure, const PlateauView *views, guint n_views)
{
  JsonArray *panels = json_object_has_member (figure, "panels")
                          ? json_object_get_array_member (figure, "panels")
                          : NULL;
  for (guint i = 0; panels != NULL && i < n_views && i < json_array_get_length (panels); i++)
    {
      JsonObject *panel = json_array_get_object_element (panels, i);
      for (guint axis = 0; axis < PLATEAU_N_AXES; axis++)
        add_range (panel, axis, &views[i]);
    }
}

JsonNode *
plateau_plot_pane_dup_document (PlateauPlotPane *pane)
{
  if (pane->figure_document == NULL || plateau_plot_pane_get_figure (pane) == NULL)
    return NULL;
  /* json_node_copy() would share the object: the text makes one of our own. */
  g_autofree char *text = json_to_string (pane->figure_document, FALSE);
  JsonNode *copy = json_from_string (text, NULL);
  guint n_views;
  const PlateauView *views = plateau_plot_view_get_views (PLATEAU_PLOT_VIEW (pane->view), &n_views);
  if (views != NULL && JSON_NODE_HOLDS_OBJECT (copy))
    add_views (json_node_get_object (copy), views, n_views);
  return copy;
}

void
plateau_plot_pane_set_message (PlateauPlotPane *pane, const char *message, const char *kinds)
{
  plateau_jobs_cancel (plateau_document_get_jobs (pane->document), &pane->job);
  plateau_plot_view_set_busy (PLATEAU_PLOT_VIEW (pane->view), FALSE);
  plateau_plot_view_set_message (PLATEAU_PLOT_VIEW (pane->view), message);
  show_notes (pane, NULL);
  plateau_test_offer_look (PLATEAU_TEST_OFFER (pane->offer), kinds, PLATEAU_REMEDY_NONE);
}

void
plateau_plot_pane_set_remedy (PlateauPlotPane *pane, const char *message, PlateauRemedy remedy)
{
  plateau_plot_pane_set_message (pane, message, NULL);
  plateau_test_offer_look (PLATEAU_TEST_OFFER (pane->offer), NULL, remedy);
}

void
plateau_plot_pane_set_missing (PlateauPlotPane *pane, const char *kinds)
{
  PlateauRemedy remedy;
  g_auto (GStrv) ids = g_strsplit (kinds, " ", -1);
  g_autofree char *message = dup_missing (pane, ids[0], &remedy);
  plateau_plot_pane_set_message (pane, message, NULL);
  plateau_test_offer_look (PLATEAU_TEST_OFFER (pane->offer), kinds, remedy);
}

/* Without its title a small plot is larger; a double click still fits it. */
void
plateau_plot_pane_show_header (PlateauPlotPane *pane, gboolean shown)
{
  gtk_widget_set_visible (pane->header, shown);
}

PlateauFigure *
plateau_plot_pane_get_figure (PlateauPlotPane *pane)
{
  return plateau_plot_view_get_figure (PLATEAU_PLOT_VIEW (pane->view));
}

PlateauPlotView *
plateau_plot_pane_get_view (PlateauPlotPane *pane)
{
  return PLATEAU_PLOT_VIEW (pane->view);
}

void
plateau_plot_pane_set_title (PlateauPlotPane *pane, const char *title)
{
  gtk_label_set_text (GTK_LABEL (pane->title), title);
  plateau_plot_view_set_title (PLATEAU_PLOT_VIEW (pane->view), title);
}

void
plateau_plot_pane_set_compact (PlateauPlotPane *pane)
{
  gtk_widget_set_visible (gtk_widget_get_next_sibling (pane->title), FALSE);
}

static void
read_off (PlateauPlotPane *pane, const char *text)
{
  plateau_document_read_off (pane->document, text);
}

static void
tag_activated (PlateauPlotPane *pane, PlateauTag *tag)
{
  PlateauProject *project = plateau_document_get_project (pane->document);
  PlateauSelection *selection = plateau_document_get_selection (pane->document);
  GObject *object = NULL;
  if (tag->cell != 0)
    object = (GObject *) plateau_project_find_cell (project, tag->cell);
  if (object == NULL && tag->sample != 0)
    object = (GObject *) plateau_project_find_sample (project, tag->sample);
  if (object != NULL)
    plateau_selection_set_current (selection, object);
  g_signal_emit (pane, signals[TAG_ACTIVATED], 0, tag);
}

static void
fit_clicked (PlateauPlotPane *pane)
{
  plateau_plot_view_fit (PLATEAU_PLOT_VIEW (pane->view));
}

static void
export_clicked (PlateauPlotPane *pane)
{
  g_autoptr (JsonNode) figure = plateau_plot_pane_dup_document (pane);
  if (figure == NULL)
    return;
  g_autofree char *text = json_to_string (figure, FALSE);
  gtk_widget_activate_action (GTK_WIDGET (pane), "win.export-figure", "s", text);
}

static GtkWidget *
icon_button (PlateauPlotPane *pane, const char *icon, const char *text, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  gtk_widget_add_css_class (button, "flat");
  plateau_tooltip_set (button, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_signal_connect_swapped (button, "clicked", callback, pane);
  return button;
}

/* Below the message, which is in the middle of the plot. */
static gboolean
place_offer (GtkOverlay *overlay, GtkWidget *offer, GdkRectangle *place, PlateauPlotPane *pane)
{
  int width = gtk_widget_get_width (GTK_WIDGET (overlay));
  int height = gtk_widget_get_height (GTK_WIDGET (overlay));
  int bottom = plateau_plot_view_get_message_end (PLATEAU_PLOT_VIEW (pane->view));
  gtk_widget_measure (offer, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &place->width, NULL, NULL);
  place->width = MIN (place->width, width);
  gtk_widget_measure (offer, GTK_ORIENTATION_VERTICAL, place->width, NULL, &place->height, NULL,
                      NULL);
  place->x = (width - place->width) / 2;
  place->y = MAX (MIN (bottom + 12, height - place->height), 0);
  return TRUE;
}

static void
plateau_plot_pane_dispose (GObject *object)
{
  PlateauPlotPane *pane = PLATEAU_PLOT_PANE (object);
  if (pane->document != NULL)
    plateau_jobs_cancel (plateau_document_get_jobs (pane->document), &pane->job);
  g_clear_pointer (&pane->header, gtk_widget_unparent);
  g_clear_pointer (&pane->overlay, gtk_widget_unparent);
  g_clear_pointer (&pane->notes, gtk_widget_unparent);
  g_clear_pointer (&pane->figure_document, json_node_unref);
  g_clear_pointer (&pane->view_key, g_free);
  g_clear_pointer (&pane->shown_key, g_free);
  g_clear_object (&pane->document);
  G_OBJECT_CLASS (plateau_plot_pane_parent_class)->dispose (object);
}

static void
plateau_plot_pane_class_init (PlateauPlotPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plateau_plot_pane_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "plotpane");
  signals[SHOWN] = g_signal_new ("shown", PLATEAU_TYPE_PLOT_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  signals[TAG_ACTIVATED] = g_signal_new ("tag-activated", PLATEAU_TYPE_PLOT_PANE, G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
plateau_plot_pane_init (PlateauPlotPane *pane)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (pane));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  pane->header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (pane->header, "plot-header");
  pane->title = gtk_label_new (NULL);
  gtk_widget_add_css_class (pane->title, "plot-title");
  gtk_widget_set_hexpand (pane->title, TRUE);
  gtk_label_set_xalign (GTK_LABEL (pane->title), 0);
  gtk_label_set_wrap (GTK_LABEL (pane->title), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (pane->title), PANGO_WRAP_WORD_CHAR);
  gtk_box_append (GTK_BOX (pane->header), pane->title);
  gtk_box_append (GTK_BOX (pane->header),
                  icon_button (pane, "zoom-fit-best-symbolic", _ ("Fit to the data (0)"),
                               G_CALLBACK (fit_clicked)));
  gtk_box_append (GTK_BOX (pane->header),
                  icon_button (pane, "plateau-export-symbolic", _ ("Export this plot"),
                               G_CALLBACK (export_clicked)));
  gtk_widget_set_parent (pane->header, GTK_WIDGET (pane));
  pane->view = plateau_plot_view_new ("");
  gtk_widget_set_size_request (pane->view, 220, 120);
  pane->overlay = gtk_overlay_new ();
  gtk_overlay_set_child (GTK_OVERLAY (pane->overlay), pane->view);
  gtk_widget_set_parent (pane->overlay, GTK_WIDGET (pane));
  pane->notes = gtk_label_new (NULL);
  gtk_widget_add_css_class (pane->notes, "plot-notes");
  gtk_label_set_xalign (GTK_LABEL (pane->notes), 0);
  gtk_label_set_wrap (GTK_LABEL (pane->notes), TRUE);
  gtk_label_set_lines (GTK_LABEL (pane->notes), 2);
  gtk_label_set_ellipsize (GTK_LABEL (pane->notes), PANGO_ELLIPSIZE_END);
  gtk_widget_set_visible (pane->notes, FALSE);
  gtk_widget_set_parent (pane->notes, GTK_WIDGET (pane));
  g_signal_connect_swapped (pane->view, "read-off", G_CALLBACK (read_off), pane);
  g_signal_connect_swapped (pane->view, "tag-activated", G_CALLBACK (tag_activated), pane);
}

GtkWidget *
plateau_plot_pane_new (PlateauDocument *document, const char *title)
{
  PlateauPlotPane *pane = g_object_new (PLATEAU_TYPE_PLOT_PANE, NULL);
  pane->document = g_object_ref (document);
  pane->offer = plateau_test_offer_new (document);
  gtk_overlay_add_overlay (GTK_OVERLAY (pane->overlay), pane->offer);
  g_signal_connect_object (pane->overlay, "get-child-position", G_CALLBACK (place_offer), pane, 0);
  plateau_plot_pane_set_title (pane, title);
  plateau_plot_view_set_name_func (PLATEAU_PLOT_VIEW (pane->view), plateau_page_name_tag, document);
  return GTK_WIDGET (pane);
}
