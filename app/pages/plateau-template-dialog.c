/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/plateau-template-dialog.h"

#include "figure/plateau-template-slots.h"
#include "figure/plateau-template.h"
#include "plateau-figure-paper.h"
#include "plateau-tooltip.h"

#include <glib/gi18n.h>

#define LIST_WIDTH 264
#define PREVIEW_WIDTH 560
#define PREVIEW_HEIGHT 340

typedef struct
{
  PlateauDocument *document;
  PlateauTemplateMade made;
  gpointer owner;
  GtkWidget *window, *list, *search, *paper, *about, *slots_box, *problems, *make;
  GPtrArray *templates; /* of PlateauTemplateInfo */
  const PlateauTemplateInfo *info; /* the chosen one */
  JsonNode *open;                  /* its document */
  GPtrArray *slots;
  GPtrArray *choosers; /* of GtkDropDown, one a slot */
  JsonNode *filled;    /* what the preview shows */
  PlateauJob *job;
} Dialog;

static void
dialog_free (Dialog *dialog)
{
  plateau_jobs_cancel (plateau_document_get_jobs (dialog->document), &dialog->job);
  g_ptr_array_unref (dialog->templates);
  g_clear_pointer (&dialog->open, json_node_unref);
  g_clear_pointer (&dialog->filled, json_node_unref);
  g_clear_pointer (&dialog->slots, g_ptr_array_unref);
  g_ptr_array_unref (dialog->choosers);
  g_object_unref (dialog->document);
  g_object_unref (dialog->owner);
  g_free (dialog);
}

/* ---- Preview ---- */

typedef struct
{
  JsonNode *document;
  PlateauStudy *study;
  PlateauCache *cache;
} Input;

typedef struct
{
  PlateauFigure *figure;
  JsonNode *document;
  guint relaxed; /* panels that take cells of other conditions */
} Preview;

static void
input_free (gpointer data)
{
  Input *input = data;

  g_clear_pointer (&input->document, json_node_unref);
  plateau_study_unref (input->study);
  plateau_cache_unref (input->cache);
  g_free (input);
}

static void
preview_free (gpointer data)
{
  Preview *preview = data;

  g_clear_pointer (&preview->figure, plateau_figure_unref);
  g_clear_pointer (&preview->document, json_node_unref);
  g_free (preview);
}

static PlateauFigure *
bind (Input *input, GCancellable *cancellable, GError **error)
{
  g_autoptr (PlateauFigure) figure = plateau_figure_new_from_json (input->document, error);

  if (!figure || !plateau_figure_bind (figure, input->study, input->cache, cancellable, error))
    return NULL;
  return g_steal_pointer (&figure);
}

static gpointer
make_preview (gpointer data, PlateauJob *job, GCancellable *cancellable, GError **error)
{
  Input *input = data;
  g_autoptr (PlateauFigure) figure = bind (input, cancellable, error);
  Preview *preview;
  guint relaxed;

  if (!figure)
    return NULL;
  relaxed = plateau_template_relax (input->document, figure);
  if (relaxed > 0)
    {
      g_clear_pointer (&figure, plateau_figure_unref);
      figure = bind (input, cancellable, error);
      if (!figure)
        return NULL;
    }
  preview = g_new0 (Preview, 1);
  preview->figure = g_steal_pointer (&figure);
  preview->document = g_steal_pointer (&input->document);
  preview->relaxed = relaxed;
  return preview;
}

/* Panels that stay empty, by letter, and why. */
static void
say_problems (Dialog *dialog, const Preview *preview)
{
  PlateauLayout *layout
      = plateau_figure_paper_get_layout (PLATEAU_FIGURE_PAPER (dialog->paper));
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < preview->figure->panels->len; i++)
    {
      const PlateauPanel *panel = plateau_figure_get_panel (preview->figure, i);
      const char *letter = plateau_layout_get_panel (layout, i)->letter;

      if (!panel->message)
        continue;
      if (letter)
        g_string_append_printf (text, _ ("Panel %s: "), letter);
      g_string_append_printf (text, "%s\n", panel->message);
    }
  if (preview->relaxed > 0)
    g_string_append_printf (text,
                            ngettext ("%u panel shows cells measured under other conditions than "
                                      "the template's.",
                                      "%u panels show cells measured under other conditions than "
                                      "the template's.",
                                      preview->relaxed),
                            preview->relaxed);
  gtk_label_set_text (GTK_LABEL (dialog->problems), g_strchomp (text->str));
  gtk_widget_set_visible (gtk_widget_get_ancestor (dialog->problems, GTK_TYPE_SCROLLED_WINDOW),
                          text->len > 0);
  g_string_free (text, TRUE);
}

static void
previewed (GObject *owner, gpointer result, const GError *error)
{
  Dialog *dialog = g_object_get_data (owner, "dialog");
  Preview *preview = result;

  if (!preview)
    {
      gtk_label_set_text (GTK_LABEL (dialog->problems), error->message);
      return;
    }
  g_clear_pointer (&dialog->filled, json_node_unref);
  dialog->filled = g_steal_pointer (&preview->document);
  plateau_figure_paper_set_figure (PLATEAU_FIGURE_PAPER (dialog->paper), preview->figure);
  say_problems (dialog, preview);
  gtk_widget_set_sensitive (dialog->make, TRUE);
  preview_free (preview);
}

static gint64
chosen_sample (GtkDropDown *chooser)
{
  const gint64 *ids = g_object_get_data (G_OBJECT (chooser), "ids");

  return ids[gtk_drop_down_get_selected (chooser)];
}

static void
start_preview (Dialog *dialog)
{
  PlateauStudy *study = plateau_document_get_study (dialog->document);
  g_autofree gint64 *samples = g_new0 (gint64, dialog->slots->len + 1);
  Input *input = g_new0 (Input, 1);

  for (guint i = 0; i < dialog->slots->len; i++)
    samples[i] = chosen_sample (g_ptr_array_index (dialog->choosers, i));
  input->document = plateau_template_fill (dialog->open, dialog->slots, samples, study);
  input->study = plateau_study_ref (study);
  input->cache = plateau_cache_ref (plateau_document_get_cache (dialog->document));
  gtk_widget_set_sensitive (dialog->make, FALSE);
  plateau_jobs_start (plateau_document_get_jobs (dialog->document), &dialog->job,
                      &(PlateauJobSpec){ .title = _ ("Drawing"),
                                         .run = make_preview,
                                         .input = input,
                                         .free_input = input_free,
                                         .free_result = preview_free,
                                         .done = previewed,
                                         .owner = G_OBJECT (dialog->window) });
}

/* ---- Samples ---- */

static void
sample_chosen (GtkDropDown *chooser, GParamSpec *spec, Dialog *dialog)
{
  start_preview (dialog);
}

static GtkWidget *
new_chooser (Dialog *dialog, const PlateauTemplateSlot *slot)
{
  PlateauStudy *study = plateau_document_get_study (dialog->document);
  guint n = plateau_study_get_n_samples (study), shown = 0;
  gint64 guess = plateau_template_slot_guess (slot, study);
  gint64 *ids = g_new0 (gint64, n + 1);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget *chooser;

  gtk_string_list_append (names, _ ("None"));
  for (guint i = 0; i < n; i++)
    {
      const PlateauStudySample *sample = plateau_study_get_sample (study, i);
      g_autofree char *name
          = sample->family && *sample->family
                ? g_strdup_printf ("%s \302\267 %s", sample->name, sample->family)
                : g_strdup (sample->name);

      gtk_string_list_append (names, name);
      ids[i + 1] = sample->id;
      if (sample->id == guess)
        shown = i + 1;
    }
  chooser = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)),
                               gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (chooser), n > 8);
  g_object_set_data_full (G_OBJECT (chooser), "ids", ids, g_free);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (chooser), shown);
  gtk_widget_set_hexpand (chooser, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chooser), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  slot->label, -1);
  g_signal_connect (chooser, "notify::selected", G_CALLBACK (sample_chosen), dialog);
  return chooser;
}

static void
show_slots (Dialog *dialog)
{
  GtkWidget *child;
  guint per_row = dialog->slots->len > 3 ? 2 : 1;

  while ((child = gtk_widget_get_first_child (dialog->slots_box)))
    gtk_grid_remove (GTK_GRID (dialog->slots_box), child);
  g_ptr_array_set_size (dialog->choosers, 0);
  for (guint i = 0; i < dialog->slots->len; i++)
    {
      const PlateauTemplateSlot *slot = g_ptr_array_index (dialog->slots, i);
      GtkWidget *label = gtk_label_new (slot->label), *chooser = new_chooser (dialog, slot);
      int column = (int)(2 * (i % per_row)), row = (int)(i / per_row);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_max_width_chars (GTK_LABEL (label), 22);
      gtk_label_set_width_chars (GTK_LABEL (label), 10);
      plateau_tooltip_set (label, slot->label);
      gtk_grid_attach (GTK_GRID (dialog->slots_box), label, column, row, 1, 1);
      gtk_grid_attach (GTK_GRID (dialog->slots_box), chooser, column + 1, row, 1, 1);
      g_ptr_array_add (dialog->choosers, chooser);
    }
}

/* ---- Templates ---- */

static void
template_selected (GtkListBox *list, GtkListBoxRow *row, Dialog *dialog)
{
  g_autoptr (GError) error = NULL;

  if (!row)
    return;
  dialog->info = g_object_get_data (G_OBJECT (row), "info");
  g_clear_pointer (&dialog->open, json_node_unref);
  g_clear_pointer (&dialog->slots, g_ptr_array_unref);
  dialog->open = plateau_template_load (dialog->info->name, &error);
  if (!dialog->open)
    {
      gtk_label_set_text (GTK_LABEL (dialog->problems), error->message);
      gtk_widget_set_sensitive (dialog->make, FALSE);
      return;
    }
  dialog->slots = plateau_template_list_slots (dialog->open);
  gtk_label_set_text (GTK_LABEL (dialog->about), dialog->info->text);
  show_slots (dialog);
  start_preview (dialog);
}

static GtkWidget *
new_row (const PlateauTemplateInfo *info)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *name = gtk_label_new (info->label), *about = gtk_label_new (info->text), *count;
  g_autofree char *panels = g_strdup_printf (
      ngettext ("%u panel", "%u panels", info->n_panels), info->n_panels);
  g_autofree char *text = g_strdup_printf ("%s, %s. %s", info->label, panels, info->text);

  count = gtk_label_new (panels);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (name, "heading");
  gtk_widget_add_css_class (count, "caption");
  gtk_widget_add_css_class (about, "caption");
  gtk_label_set_xalign (GTK_LABEL (about), 0);
  gtk_label_set_ellipsize (GTK_LABEL (about), PANGO_ELLIPSIZE_END);
  plateau_tooltip_set (row, info->text);
  gtk_box_append (GTK_BOX (head), name);
  gtk_box_append (GTK_BOX (head), count);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), about);
  gtk_widget_add_css_class (row, "template-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_object_set_data (G_OBJECT (row), "info", (gpointer)info);
  return row;
}

static gboolean
matches (GtkListBoxRow *row, gpointer user_data)
{
  Dialog *dialog = user_data;
  const PlateauTemplateInfo *info = g_object_get_data (G_OBJECT (row), "info");
  const char *wanted = gtk_editable_get_text (GTK_EDITABLE (dialog->search));
  g_autofree char *all = g_strdup_printf ("%s %s", info->label, info->text);

  return g_str_match_string (wanted, all, TRUE) || !*wanted;
}

static void
search_changed (GtkSearchEntry *search, Dialog *dialog)
{
  gtk_list_box_invalidate_filter (GTK_LIST_BOX (dialog->list));
}

static GtkWidget *
build_list (Dialog *dialog)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  dialog->search = gtk_search_entry_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (dialog->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Find a template"), -1);
  g_object_set (dialog->search, "placeholder-text", _ ("Find a template"), NULL);
  g_signal_connect (dialog->search, "search-changed", G_CALLBACK (search_changed), dialog);
  dialog->list = gtk_list_box_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (dialog->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Templates"), -1);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (dialog->list), GTK_SELECTION_BROWSE);
  for (guint i = 0; i < dialog->templates->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (dialog->list),
                         new_row (g_ptr_array_index (dialog->templates, i)));
  gtk_list_box_set_filter_func (GTK_LIST_BOX (dialog->list), matches, dialog, NULL);
  g_signal_connect (dialog->list, "row-selected", G_CALLBACK (template_selected), dialog);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), dialog->list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_has_frame (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_widget_set_size_request (box, LIST_WIDTH, -1);
  gtk_box_append (GTK_BOX (box), dialog->search);
  gtk_box_append (GTK_BOX (box), scrolled);
  return box;
}

static GtkWidget *
build_problems (Dialog *dialog)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  dialog->problems = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (dialog->problems), TRUE);
  gtk_label_set_xalign (GTK_LABEL (dialog->problems), 0);
  gtk_label_set_yalign (GTK_LABEL (dialog->problems), 0);
  gtk_widget_add_css_class (dialog->problems, "warning-text");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), dialog->problems);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 72);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_visible (scrolled, FALSE);
  return scrolled;
}

static void
accept (Dialog *dialog)
{
  if (!dialog->filled)
    return;
  dialog->made (dialog->owner, dialog->filled, dialog->info->label);
  gtk_window_destroy (GTK_WINDOW (dialog->window));
}

static GtkWidget *
build_buttons (Dialog *dialog)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *cancel = gtk_button_new_with_label (_ ("Cancel"));

  dialog->make = gtk_button_new_with_label (_ ("Make figure"));
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  gtk_widget_set_sensitive (dialog->make, FALSE);
  gtk_widget_add_css_class (dialog->make, "suggested-action");
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gtk_window_destroy), dialog->window);
  g_signal_connect_swapped (dialog->make, "clicked", G_CALLBACK (accept), dialog);
  gtk_box_append (GTK_BOX (buttons), cancel);
  gtk_box_append (GTK_BOX (buttons), dialog->make);
  gtk_window_set_default_widget (GTK_WINDOW (dialog->window), dialog->make);
  return buttons;
}

static GtkWidget *
build_preview (Dialog *dialog)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  dialog->paper = plateau_figure_paper_new ();
  gtk_widget_set_can_target (dialog->paper, FALSE);
  gtk_widget_set_can_focus (dialog->paper, FALSE);
  plateau_figure_paper_set_zoom (PLATEAU_FIGURE_PAPER (dialog->paper), PLATEAU_ZOOM_PAGE);
  gtk_widget_add_css_class (scrolled, "desk");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), dialog->paper);
  gtk_scrolled_window_set_has_frame (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_widget_set_size_request (scrolled, PREVIEW_WIDTH, PREVIEW_HEIGHT);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_widget_set_hexpand (scrolled, TRUE);
  dialog->about = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (dialog->about), TRUE);
  gtk_label_set_xalign (GTK_LABEL (dialog->about), 0);
  dialog->slots_box = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (dialog->slots_box), 8);
  gtk_grid_set_row_spacing (GTK_GRID (dialog->slots_box), 4);
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_box_append (GTK_BOX (box), dialog->about);
  gtk_box_append (GTK_BOX (box), dialog->slots_box);
  gtk_box_append (GTK_BOX (box), build_problems (dialog));
  gtk_box_append (GTK_BOX (box), build_buttons (dialog));
  return box;
}

/* The first template of a study, rather than a general one of a single panel. */
static void
select_first (Dialog *dialog)
{
  guint first = 0;

  for (guint i = dialog->templates->len; i > 0; i--)
    if (((PlateauTemplateInfo *)g_ptr_array_index (dialog->templates, i - 1))->n_panels > 1)
      first = i - 1;
  gtk_list_box_select_row (
      GTK_LIST_BOX (dialog->list),
      gtk_list_box_get_row_at_index (GTK_LIST_BOX (dialog->list), (int)first));
}

void
plateau_template_dialog_show (GtkWindow *parent, PlateauDocument *document,
                              PlateauTemplateMade made, gpointer owner)
{
  Dialog *dialog = g_new0 (Dialog, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);

  *dialog = (Dialog){ .document = g_object_ref (document),
                      .made = made,
                      .owner = g_object_ref (owner),
                      .window = gtk_window_new (),
                      .templates = plateau_template_list (),
                      .choosers = g_ptr_array_new () };
  g_object_set_data_full (G_OBJECT (dialog->window), "dialog", dialog,
                          (GDestroyNotify)dialog_free);
  gtk_window_set_title (GTK_WINDOW (dialog->window), _ ("New figure from a template"));
  gtk_window_set_transient_for (GTK_WINDOW (dialog->window), parent);
  gtk_window_set_modal (GTK_WINDOW (dialog->window), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog->window), TRUE);
  gtk_widget_add_css_class (box, "dialog-box");
  gtk_box_append (GTK_BOX (box), build_list (dialog));
  gtk_box_append (GTK_BOX (box), build_preview (dialog));
  gtk_window_set_child (GTK_WINDOW (dialog->window), box);
  select_first (dialog);
  gtk_widget_grab_focus (dialog->search);
  gtk_window_present (GTK_WINDOW (dialog->window));
}
