/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/plateau-figures-data.h"

#include "data/plateau-naming.h"
#include "figure/plateau-figure-edit.h"
#include "figure/plateau-plot-kind.h"
#include "plateau-option-editor.h"
#include "plateau-tooltip.h"

#include <glib/gi18n.h>

#define LIST_WIDTH 300
#define LIST_HEIGHT 360

struct _PlateauFiguresData
{
  GtkWidget parent_instance;

  PlateauDocument *document;
  GtkWidget *box, *kind, *cells, *cells_box, *cycles, *conditions, *options_box, *editor, *problem;
  JsonNode *plot;     /* of the panel shown, or NULL */
  const char *edited; /* id of the kind that the option editor is of */
  gboolean updating;
};

enum
{
  EDITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlateauFiguresData, plateau_figures_data, GTK_TYPE_WIDGET)

static void
hand_over (PlateauFiguresData *self, JsonNode *plot, const char *label)
{
  g_autofree char *problem = NULL;

  g_signal_emit (self, signals[EDITED], 0, plot, label, &problem);
  gtk_label_set_text (GTK_LABEL (self->problem), problem ? problem : "");
  gtk_widget_set_visible (self->problem, problem != NULL);
}

/* ---- Cells ---- */

static GHashTable *
selected_cells (PlateauFiguresData *self)
{
  GHashTable *set = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  PlateauPlotContext context = { .study = plateau_document_get_study (self->document),
                                 .cache = plateau_document_get_cache (self->document),
                                 .plot = json_node_get_object (self->plot) };

  plateau_plot_select (&context, 0);
  for (guint i = 0; i < context.n_groups; i++)
    for (guint k = 0; k < context.groups[i].n_cells; k++)
      g_hash_table_add (set, g_memdup2 (&context.groups[i].cells[k]->id, sizeof (gint64)));
  plateau_plot_unselect (&context);
  return set;
}

static gboolean
is_usable (PlateauFiguresData *self, const PlateauStudyCell *cell)
{
  const PlateauPlotKind *kind = plateau_plot_kind_find (json_object_get_string_member_with_default (
      json_node_get_object (self->plot), "kind", NULL));

  return !kind || !kind->needs || cell->kinds & kind->needs;
}

/* The checks as they stand become the list of cells; conditions that no longer choose go. */
static void
take_cells (PlateauFiguresData *self)
{
  g_autoptr (JsonNode) plot = plateau_document_copy (self->plot);
  JsonObject *object = json_node_get_object (plot);
  JsonArray *cells = json_array_new ();

  for (GtkWidget *row = gtk_widget_get_first_child (self->cells_box); row;
       row = gtk_widget_get_next_sibling (row))
    {
      GPtrArray *checks = g_object_get_data (G_OBJECT (row), "checks");

      for (guint i = 0; checks && i < checks->len; i++)
        {
          GtkWidget *check = g_ptr_array_index (checks, i);
          const gint64 *id = g_object_get_data (G_OBJECT (check), "cell");

          if (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)))
            json_array_add_int_element (cells, *id);
        }
    }
  json_object_set_array_member (object, "cells", cells);
  json_object_remove_member (object, "samples");
  json_object_remove_member (object, "where");
  json_object_remove_member (object, "family");
  hand_over (self, plot, _ ("Choose cells"));
}

static void
show_count (GtkWidget *row)
{
  GPtrArray *checks = g_object_get_data (G_OBJECT (row), "checks");
  GtkWidget *all = g_object_get_data (G_OBJECT (row), "all");
  guint n = 0;

  for (guint i = 0; i < checks->len; i++)
    n += gtk_check_button_get_active (GTK_CHECK_BUTTON (g_ptr_array_index (checks, i)));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (all), n > 0);
  gtk_check_button_set_inconsistent (GTK_CHECK_BUTTON (all), n > 0 && n < checks->len);
}

static void
cell_toggled (GtkCheckButton *check, PlateauFiguresData *self)
{
  if (self->updating)
    return;
  self->updating = TRUE;
  show_count (g_object_get_data (G_OBJECT (check), "row"));
  self->updating = FALSE;
  take_cells (self);
}

static void
sample_toggled (GtkCheckButton *all, PlateauFiguresData *self)
{
  GtkWidget *row = g_object_get_data (G_OBJECT (all), "row");
  GPtrArray *checks = g_object_get_data (G_OBJECT (row), "checks");

  if (self->updating)
    return;
  self->updating = TRUE;
  for (guint i = 0; i < checks->len; i++)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (g_ptr_array_index (checks, i)),
                                 gtk_check_button_get_active (all));
  show_count (row);
  self->updating = FALSE;
  take_cells (self);
}

static GtkWidget *
new_row (PlateauFiguresData *self, const char *name, GtkWidget **content)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *all = gtk_check_button_new (), *expander = gtk_expander_new (name);

  *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_expander_set_child (GTK_EXPANDER (expander), *content);
  gtk_widget_set_valign (all, GTK_ALIGN_START);
  gtk_widget_set_hexpand (expander, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (all), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (all, "toggled", G_CALLBACK (sample_toggled), self);
  g_object_set_data (G_OBJECT (all), "row", row);
  g_object_set_data (G_OBJECT (row), "all", all);
  g_object_set_data_full (G_OBJECT (row), "checks", g_ptr_array_new (),
                          (GDestroyNotify)g_ptr_array_unref);
  gtk_box_append (GTK_BOX (row), all);
  gtk_box_append (GTK_BOX (row), expander);
  return row;
}

static void
add_cell (PlateauFiguresData *self, GtkWidget *row, GtkWidget *content,
          const PlateauStudyCell *cell, gboolean active)
{
  g_autofree char *name = plateau_naming_without_mark (cell->name);
  GtkWidget *check = gtk_check_button_new_with_label (name);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), active);
  g_object_set_data_full (G_OBJECT (check), "cell", g_memdup2 (&cell->id, sizeof (gint64)), g_free);
  g_object_set_data (G_OBJECT (check), "row", row);
  g_signal_connect (check, "toggled", G_CALLBACK (cell_toggled), self);
  g_ptr_array_add (g_object_get_data (G_OBJECT (row), "checks"), check);
  gtk_box_append (GTK_BOX (content), check);
}

/* One row a sample that has cells with the measurements that the analysis needs. */
static void
fill_cells (GtkWidget *popover, PlateauFiguresData *self)
{
  PlateauStudy *study = plateau_document_get_study (self->document);
  g_autoptr (GHashTable) chosen = NULL;
  const PlateauStudySample *sample = NULL;
  GtkWidget *child, *row = NULL, *content = NULL;

  while ((child = gtk_widget_get_first_child (self->cells_box)))
    gtk_box_remove (GTK_BOX (self->cells_box), child);
  if (!self->plot)
    return;
  chosen = selected_cells (self);
  self->updating = TRUE;
  for (guint i = 0; i < plateau_study_get_n_cells (study); i++)
    {
      const PlateauStudyCell *cell = plateau_study_get_cell (study, i);

      if (!is_usable (self, cell))
        continue;
      if (!row || cell->sample != sample)
        {
          g_autofree char *brief
              = plateau_naming_without_mark (cell->sample ? cell->sample->name : _ ("No sample"));
          g_autofree char *name = cell->sample && *cell->sample->family
                                      ? g_strdup_printf ("%s · %s", brief, cell->sample->family)
                                      : g_strdup (brief);

          sample = cell->sample;
          row = new_row (self, name, &content);
          gtk_box_append (GTK_BOX (self->cells_box), row);
        }
      add_cell (self, row, content, cell, g_hash_table_contains (chosen, &cell->id));
      show_count (row);
    }
  self->updating = FALSE;
}

static GtkWidget *
build_cells (PlateauFiguresData *self)
{
  GtkWidget *popover = gtk_popover_new (), *scrolled = gtk_scrolled_window_new ();

  self->cells_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->cells_box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_size_request (scrolled, LIST_WIDTH, LIST_HEIGHT);
  gtk_popover_set_child (GTK_POPOVER (popover), scrolled);
  g_signal_connect (popover, "show", G_CALLBACK (fill_cells), self);
  self->cells = gtk_menu_button_new ();
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->cells), popover);
  return self->cells;
}

static void
show_cells (PlateauFiguresData *self, PlateauPanel *panel)
{
  g_autoptr (GHashTable) samples = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GHashTable) cells = selected_cells (self);
  PlateauStudy *study = plateau_document_get_study (self->document);
  GHashTableIter iter;
  gpointer id;
  g_autofree char *text = NULL;

  g_hash_table_iter_init (&iter, cells);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      const PlateauStudyCell *cell = plateau_study_find_cell (study, *(gint64 *)id);

      if (cell && cell->sample && is_usable (self, cell))
        g_hash_table_add (samples, (gpointer)&cell->sample->id);
    }
  text = g_strdup_printf (ngettext ("%u sample", "%u samples", g_hash_table_size (samples)),
                          g_hash_table_size (samples));
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->cells), text);
}

/* ---- Kind, cycles, conditions, options ---- */

static void
kind_changed (GtkDropDown *chooser, GParamSpec *spec, PlateauFiguresData *self)
{
  guint n, index = gtk_drop_down_get_selected (chooser);
  const PlateauPlotKind *const *kinds = plateau_plot_kind_list (&n);
  g_autoptr (JsonNode) plot = NULL;

  if (self->updating || !self->plot || index >= n)
    return;
  plot = plateau_document_copy (self->plot);
  json_object_set_string_member (json_node_get_object (plot), "kind", kinds[index]->id);
  json_object_remove_member (json_node_get_object (plot), "options");
  hand_over (self, plot, _ ("Change analysis"));
}

static void
take_cycles (GtkWidget *entry, PlateauFiguresData *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));
  g_autoptr (JsonNode) plot = NULL;
  JsonObject *object;

  if (self->updating || !self->plot)
    return;
  plot = plateau_document_copy (self->plot);
  object = json_node_get_object (plot);
  if (g_str_equal (text, json_object_get_string_member_with_default (object, "cycles", "")))
    return;
  if (*text)
    json_object_set_string_member (object, "cycles", text);
  else
    json_object_remove_member (object, "cycles");
  hand_over (self, plot, _ ("Choose cycles"));
}

static void
cycles_left (GtkEventController *controller, PlateauFiguresData *self)
{
  take_cycles (self->cycles, self);
}

static void
conditions_toggled (GtkCheckButton *check, PlateauFiguresData *self)
{
  g_autoptr (JsonNode) plot = NULL;

  if (self->updating || !self->plot || gtk_check_button_get_active (check))
    return;
  plot = plateau_document_copy (self->plot);
  json_object_remove_member (json_node_get_object (plot), "where");
  hand_over (self, plot, _ ("Drop conditions"));
}

static void
options_changed (PlateauOptionEditor *editor, const char *label, PlateauFiguresData *self)
{
  g_autoptr (JsonNode) plot = NULL;

  if (self->updating || !self->plot)
    return;
  plot = plateau_document_copy (self->plot);
  json_object_set_object_member (json_node_get_object (plot), "options",
                                 plateau_option_editor_to_json (editor));
  hand_over (self, plot, label);
}

static void
show_options (PlateauFiguresData *self, const PlateauPlotKind *kind)
{
  JsonObject *object = json_node_get_object (self->plot);
  JsonNode *node = json_object_get_member (object, "options");

  if (self->edited != kind->id)
    {
      if (self->editor)
        gtk_box_remove (GTK_BOX (self->options_box), self->editor);
      self->editor = NULL;
      if (kind->options)
        {
          self->editor = plateau_option_editor_new (kind->options, kind->options_init,
                                                    kind->options_size, NULL);
          g_signal_connect (self->editor, "changed", G_CALLBACK (options_changed), self);
          gtk_box_append (GTK_BOX (self->options_box), self->editor);
        }
      self->edited = kind->id;
    }
  if (self->editor)
    plateau_option_editor_set_json (PLATEAU_OPTION_EDITOR (self->editor),
                                    node && JSON_NODE_HOLDS_OBJECT (node)
                                        ? json_node_get_object (node)
                                        : NULL);
}

static guint
index_of_kind (const PlateauPlotKind *kind)
{
  guint n;
  const PlateauPlotKind *const *kinds = plateau_plot_kind_list (&n);

  for (guint i = 0; i < n; i++)
    if (kinds[i] == kind)
      return i;
  return GTK_INVALID_LIST_POSITION;
}

void
plateau_figures_data_show (PlateauFiguresData *self, JsonObject *object, PlateauPanel *panel)
{
  JsonNode *plot = object ? json_object_get_member (object, "plot") : NULL;
  const PlateauPlotKind *kind;
  JsonObject *members;
  const char *cycles;

  g_clear_pointer (&self->plot, json_node_unref);
  if (plot && JSON_NODE_HOLDS_OBJECT (plot))
    self->plot = plateau_document_copy (plot);
  gtk_widget_set_sensitive (self->box, self->plot != NULL);
  if (!self->plot)
    return;
  members = json_node_get_object (self->plot);
  kind = plateau_plot_kind_find (json_object_get_string_member_with_default (members, "kind", NULL));
  cycles = json_object_get_string_member_with_default (members, "cycles", "");
  self->updating = TRUE;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->kind), index_of_kind (kind));
  show_cells (self, panel);
  if (!g_str_equal (cycles, gtk_editable_get_text (GTK_EDITABLE (self->cycles))))
    gtk_editable_set_text (GTK_EDITABLE (self->cycles), cycles);
  gtk_widget_set_visible (self->conditions, json_object_has_member (members, "where"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->conditions), TRUE);
  if (kind)
    show_options (self, kind);
  gtk_label_set_text (GTK_LABEL (self->problem), panel && panel->message ? panel->message : "");
  gtk_widget_set_visible (self->problem, panel && panel->message);
  self->updating = FALSE;
}

/* ---- Class ---- */

static void
plateau_figures_data_dispose (GObject *object)
{
  PlateauFiguresData *self = PLATEAU_FIGURES_DATA (object);

  self->updating = TRUE;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->plot, json_node_unref);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (plateau_figures_data_parent_class)->dispose (object);
}

static void
plateau_figures_data_class_init (PlateauFiguresDataClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plateau_figures_data_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_STRING, 2, G_TYPE_POINTER, G_TYPE_STRING);
}

/* Long names end in dots in the button, so that the inspector keeps its width. */
static void
setup_name (GtkListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), GPOINTER_TO_INT (user_data));
  gtk_list_item_set_child (item, label);
}

static void
bind_name (GtkListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  const char *text = gtk_string_object_get_string (gtk_list_item_get_item (item));

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)), text);
  plateau_tooltip_set (gtk_list_item_get_child (item), text);
}

static GtkListItemFactory *
new_factory (int chars)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_name), GINT_TO_POINTER (chars));
  g_signal_connect (factory, "bind", G_CALLBACK (bind_name), NULL);
  return factory;
}

static GtkWidget *
build_kind (PlateauFiguresData *self)
{
  g_autoptr (GtkListItemFactory) shown = new_factory (12), listed = new_factory (60);
  GtkStringList *names = gtk_string_list_new (NULL);
  guint n;
  const PlateauPlotKind *const *kinds = plateau_plot_kind_list (&n);

  for (guint i = 0; i < n; i++)
    gtk_string_list_append (names, _ (kinds[i]->label));
  self->kind = gtk_drop_down_new (
      G_LIST_MODEL (names), gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));
  gtk_drop_down_set_factory (GTK_DROP_DOWN (self->kind), shown);
  gtk_drop_down_set_list_factory (GTK_DROP_DOWN (self->kind), listed);
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (self->kind), TRUE);
  g_signal_connect (self->kind, "notify::selected", G_CALLBACK (kind_changed), self);
  return self->kind;
}

static GtkWidget *
build_cycles (PlateauFiguresData *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->cycles = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (self->cycles), 4);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->cycles), _ ("automatic"));
  g_signal_connect (self->cycles, "activate", G_CALLBACK (take_cycles), self);
  g_signal_connect (focus, "leave", G_CALLBACK (cycles_left), self);
  gtk_widget_add_controller (self->cycles, focus);
  return self->cycles;
}

static void
plateau_figures_data_init (PlateauFiguresData *self)
{
  self->updating = TRUE;
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_box_append (GTK_BOX (self->box),
                  plateau_form_row_new (_ ("Analysis"), build_kind (self),
                                        _ ("What the panel shows")));
  gtk_box_append (GTK_BOX (self->box),
                  plateau_form_row_new (_ ("Cells"), build_cells (self),
                                        _ ("Cells whose measurements the panel shows")));
  gtk_box_append (GTK_BOX (self->box),
                  plateau_form_row_new (_ ("Cycles"), build_cycles (self),
                                        _ ("Cycles to draw: “1, 2, 25, 60” or “10-100”; empty: all")));
  self->conditions = gtk_check_button_new_with_label (_ ("The template's conditions"));
  plateau_tooltip_set (self->conditions, _ ("Only cells with the loading, rate and temperature that "
                                            "the template asks for"));
  g_signal_connect (self->conditions, "toggled", G_CALLBACK (conditions_toggled), self);
  gtk_box_append (GTK_BOX (self->box), self->conditions);
  self->options_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_box_append (GTK_BOX (self->box), self->options_box);
  self->problem = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->problem), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (self->problem), 30);
  gtk_widget_add_css_class (self->problem, "warning-text");
  gtk_box_append (GTK_BOX (self->box), self->problem);
  self->updating = FALSE;
}

GtkWidget *
plateau_figures_data_new (PlateauDocument *document)
{
  PlateauFiguresData *self = g_object_new (PLATEAU_TYPE_FIGURES_DATA, NULL);

  self->document = g_object_ref (document);
  return GTK_WIDGET (self);
}
