/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/plateau-figures-styles.h"

#include "figure/plateau-figure-edit.h"
#include "figure/plateau-own-style.h"
#include "figure/plateau-style.h"
#include "plateau-tooltip.h"

#include <glib/gi18n.h>

#define WIDTH 300

struct _PlateauFiguresStyles
{
  GtkWidget parent_instance;

  PlateauDocument *document;
  GtkWidget *box, *list, *save_entry, *others, *others_box, *apply, *problem;
  char *name;   /* of the figure shown */
  char *folder; /* of the styles of one's own */
  char *renamed; /* the own style whose name is being written */
  gboolean updating;
};

enum
{
  CHOSEN,
  APPLIED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlateauFiguresStyles, plateau_figures_styles, GTK_TYPE_WIDGET)

static void fill (PlateauFiguresStyles *self);

static void
say (PlateauFiguresStyles *self, const char *problem)
{
  gtk_label_set_text (GTK_LABEL (self->problem), problem ? problem : "");
  gtk_widget_set_visible (self->problem, problem != NULL);
}

static JsonObject *
figure_of (PlateauDocument *document, const char *name)
{
  JsonNode *node
      = name ? plateau_project_get_figure (plateau_document_get_project (document), name) : NULL;

  return node ? json_node_get_object (node) : NULL;
}

/* ---- What a person does ---- */

static const char *
style_of (gpointer widget)
{
  return g_object_get_data (G_OBJECT (widget), "style");
}

static void
built_in_chosen (GtkCheckButton *check, PlateauFiguresStyles *self)
{
  if (!self->updating && gtk_check_button_get_active (check))
    g_signal_emit (self, signals[CHOSEN], 0, style_of (check), NULL);
}

static void
own_chosen (GtkCheckButton *check, PlateauFiguresStyles *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) own = NULL;

  if (self->updating || !gtk_check_button_get_active (check))
    return;
  own = plateau_own_style_load (self->folder, style_of (check), &error);
  say (self, own ? NULL : error->message);
  if (own)
    g_signal_emit (self, signals[CHOSEN], 0, NULL, own);
}

static void
remove_clicked (GtkButton *button, PlateauFiguresStyles *self)
{
  g_autoptr (GError) error = NULL;

  /* Asked for twice: a style is not a part of the project, so it cannot be undone. */
  if (!gtk_widget_has_css_class (GTK_WIDGET (button), "destructive-action"))
    {
      gtk_widget_add_css_class (GTK_WIDGET (button), "destructive-action");
      gtk_button_set_label (button, _ ("Delete?"));
      return;
    }
  say (self, plateau_own_style_remove (self->folder, style_of (button), &error) ? NULL
                                                                                : error->message);
  fill (self);
}

static void
rename_clicked (GtkButton *button, PlateauFiguresStyles *self)
{
  g_free (self->renamed);
  self->renamed = g_strdup (style_of (button));
  fill (self);
}

static void
rename_taken (GtkEntry *entry, PlateauFiguresStyles *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *from = g_strdup (style_of (entry));
  g_autofree char *to = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));

  if (*to && !g_str_equal (from, to)
      && !plateau_own_style_rename (self->folder, from, to, &error))
    {
      say (self, error->message);
      return;
    }
  say (self, NULL);
  g_clear_pointer (&self->renamed, g_free);
  fill (self);
}

static void
save_taken (PlateauFiguresStyles *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name
      = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->save_entry))));
  JsonNode *node = self->name ? plateau_project_get_figure (
                                    plateau_document_get_project (self->document), self->name)
                              : NULL;
  g_autoptr (JsonObject) own = NULL;

  if (!node)
    return;
  if (!*name)
    {
      say (self, _ ("A style needs a name"));
      return;
    }
  if (!plateau_own_style_save (self->folder, name, node, &error)
      || !(own = plateau_own_style_load (self->folder, name, &error)))
    {
      say (self, error->message);
      return;
    }
  say (self, NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->save_entry), "");
  /* The figure itself has that style from now on. */
  g_signal_emit (self, signals[CHOSEN], 0, NULL, own);
  fill (self);
}

static void
apply_clicked (PlateauFiguresStyles *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  for (GtkWidget *check = gtk_widget_get_first_child (self->others_box); check;
       check = gtk_widget_get_next_sibling (check))
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)))
      g_strv_builder_add (names, style_of (check));
  list = g_strv_builder_end (names);
  if (list[0])
    g_signal_emit (self, signals[APPLIED], 0, list);
}

/* ---- Rows ---- */

static GtkWidget *
add_choice (PlateauFiguresStyles *self, GtkWidget *row, GtkWidget *group, const char *style,
            const char *label, gboolean active, GCallback callback)
{
  GtkWidget *check = gtk_check_button_new_with_label (label);

  if (group)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (check), GTK_CHECK_BUTTON (group));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), active);
  gtk_widget_set_hexpand (check, TRUE);
  gtk_widget_set_sensitive (check, self->name != NULL);
  g_object_set_data_full (G_OBJECT (check), "style", g_strdup (style), g_free);
  g_signal_connect (check, "toggled", callback, self);
  gtk_box_append (GTK_BOX (row), check);
  return check;
}

static void
add_button (PlateauFiguresStyles *self, GtkWidget *row, const char *icon, const char *style,
            const char *format, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  g_autofree char *name = g_strdup_printf ("%s: %s", format, style);

  gtk_button_set_has_frame (GTK_BUTTON (button), FALSE);
  plateau_tooltip_set (button, format);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), "style", g_strdup (style), g_free);
  g_signal_connect (button, "clicked", callback, self);
  gtk_box_append (GTK_BOX (row), button);
}

static void
add_rename (PlateauFiguresStyles *self, GtkWidget *row, const char *style)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_text (GTK_EDITABLE (entry), style);
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Name of the style"), -1);
  g_object_set_data_full (G_OBJECT (entry), "style", g_strdup (style), g_free);
  g_signal_connect (entry, "activate", G_CALLBACK (rename_taken), self);
  gtk_box_append (GTK_BOX (row), entry);
  gtk_widget_grab_focus (entry);
}

static void
add_heading (PlateauFiguresStyles *self, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (self->list), label);
}

static GtkWidget *
fill_built_in (PlateauFiguresStyles *self, const char *style, gboolean own)
{
  g_auto (GStrv) names = plateau_style_list ();
  GtkWidget *group = NULL;

  add_heading (self, _ ("Journals"));
  for (guint i = 0; names[i]; i++)
    {
      g_autoptr (PlateauStyle) s = plateau_style_find (names[i], NULL);
      GtkWidget *check = add_choice (self, self->list, group, names[i], s ? s->label : names[i],
                                     !own && g_str_equal (names[i], style),
                                     G_CALLBACK (built_in_chosen));

      group = group ? group : check;
    }
  return group;
}

static void
fill_own (PlateauFiguresStyles *self, GtkWidget *group, const char *shown)
{
  g_auto (GStrv) names = plateau_own_style_list (self->folder);

  if (names[0])
    add_heading (self, _ ("Your own"));
  for (guint i = 0; names[i]; i++)
    {
      GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

      gtk_box_append (GTK_BOX (self->list), row);
      if (g_strcmp0 (names[i], self->renamed) == 0)
        {
          add_rename (self, row, names[i]);
          continue;
        }
      add_choice (self, row, group, names[i], names[i], g_strcmp0 (names[i], shown) == 0,
                  G_CALLBACK (own_chosen));
      add_button (self, row, "document-edit-symbolic", names[i], _ ("Rename"),
                  G_CALLBACK (rename_clicked));
      add_button (self, row, "user-trash-symbolic", names[i], _ ("Delete"),
                  G_CALLBACK (remove_clicked));
    }
}

static void
fill_others (PlateauFiguresStyles *self)
{
  PlateauProject *project = plateau_document_get_project (self->document);
  guint n = plateau_project_get_n_figures (project);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->others_box)))
    gtk_box_remove (GTK_BOX (self->others_box), child);
  for (guint i = 0; i < n; i++)
    {
      const char *name = plateau_project_get_figure_name (project, i);
      GtkWidget *check;

      if (g_strcmp0 (name, self->name) == 0)
        continue;
      check = gtk_check_button_new_with_label (name);
      gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
      g_object_set_data_full (G_OBJECT (check), "style", g_strdup (name), g_free);
      gtk_box_append (GTK_BOX (self->others_box), check);
    }
  gtk_widget_set_visible (self->others, self->name && n > 1);
}

static void
fill (PlateauFiguresStyles *self)
{
  JsonObject *figure = figure_of (self->document, self->name);
  const char *style
      = figure ? json_object_get_string_member_with_default (figure, "style", "default") : "";
  const char *own
      = figure ? json_object_get_string_member_with_default (figure, "own_style", NULL) : NULL;
  GtkWidget *child, *group;

  self->updating = TRUE;
  while ((child = gtk_widget_get_first_child (self->list)))
    gtk_box_remove (GTK_BOX (self->list), child);
  group = fill_built_in (self, style, own != NULL);
  fill_own (self, group, own);
  fill_others (self);
  self->updating = FALSE;
}

void
plateau_figures_styles_show (PlateauFiguresStyles *self, const char *name)
{
  g_return_if_fail (PLATEAU_IS_FIGURES_STYLES (self));
  if (name != self->name)
    {
      g_free (self->name);
      self->name = g_strdup (name);
    }
  g_clear_pointer (&self->renamed, g_free);
  say (self, NULL);
  fill (self);
}

char *
plateau_figures_styles_dup_label (PlateauDocument *document, const char *name)
{
  JsonObject *figure = figure_of (document, name);
  const char *own
      = figure ? json_object_get_string_member_with_default (figure, "own_style", NULL) : NULL;
  g_autoptr (PlateauStyle) style = NULL;

  if (!figure)
    return g_strdup (_ ("Style"));
  if (own)
    return g_strdup (own);
  style = plateau_style_find (
      json_object_get_string_member_with_default (figure, "style", "default"), NULL);
  return g_strdup (style ? style->label : _ ("Style"));
}

/* ---- Class ---- */

static void
plateau_figures_styles_dispose (GObject *object)
{
  PlateauFiguresStyles *self = PLATEAU_FIGURES_STYLES (object);

  self->updating = TRUE;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->renamed, g_free);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (plateau_figures_styles_parent_class)->dispose (object);
}

static void
plateau_figures_styles_class_init (PlateauFiguresStylesClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plateau_figures_styles_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[CHOSEN] = g_signal_new ("chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_POINTER);
  signals[APPLIED] = g_signal_new ("applied", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRV);
}

static GtkWidget *
build_save (PlateauFiguresStyles *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *button = gtk_button_new_with_label (_ ("Save"));

  self->save_entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->save_entry), _ ("Save as a style of your own"));
  gtk_widget_set_hexpand (self->save_entry, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->save_entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Save as a style of your own"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Save the style"), -1);
  g_signal_connect_swapped (self->save_entry, "activate", G_CALLBACK (save_taken), self);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (save_taken), self);
  gtk_box_append (GTK_BOX (row), self->save_entry);
  gtk_box_append (GTK_BOX (row), button);
  return row;
}

static GtkWidget *
build_others (PlateauFiguresStyles *self)
{
  GtkWidget *title = gtk_label_new (_ ("Give this style to other figures"));
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->others = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  self->others_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "caption");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->others_box);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 160);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  self->apply = gtk_button_new_with_label (_ ("Apply to these"));
  g_signal_connect_swapped (self->apply, "clicked", G_CALLBACK (apply_clicked), self);
  gtk_box_append (GTK_BOX (self->others), title);
  gtk_box_append (GTK_BOX (self->others), scrolled);
  gtk_box_append (GTK_BOX (self->others), self->apply);
  return self->others;
}

static void
plateau_figures_styles_init (PlateauFiguresStyles *self)
{
  self->folder = plateau_own_style_dup_folder ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_set_size_request (self->box, WIDTH, -1);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_box_append (GTK_BOX (self->box), self->list);
  gtk_box_append (GTK_BOX (self->box), build_save (self));
  gtk_box_append (GTK_BOX (self->box), build_others (self));
  self->problem = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->problem), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (self->problem), 36);
  gtk_widget_add_css_class (self->problem, "error-text");
  gtk_widget_set_visible (self->problem, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->problem);
}

GtkWidget *
plateau_figures_styles_new (PlateauDocument *document)
{
  PlateauFiguresStyles *self = g_object_new (PLATEAU_TYPE_FIGURES_STYLES, NULL);

  self->document = g_object_ref (document);
  return GTK_WIDGET (self);
}
