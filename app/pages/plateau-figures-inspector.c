/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/plateau-figures-inspector.h"

#include "base/plateau-number.h"
#include "plateau-colour-button.h"
#include "plateau-markup-entry.h"
#include "plateau-page.h"
#include "plateau-tooltip.h"

#include <glib/gi18n.h>

#define LABEL_WIDTH 84

typedef struct
{
  const PlateauFigureSection *section;
  const PlateauFigureField *field;
  GtkWidget *editor, *row; /* row: of the first field in it */
  GtkWidget *label;        /* "to", within a row */
  GtkWidget *problem;
  char *before;   /* what the editor showed last */
  char *rejected; /* what was entered and could not be */
  char *message;  /* why */
} Editor;

typedef struct
{
  guint shown;
  GtkWidget *widget;
} Extra;

struct _PlateauFiguresInspector
{
  GtkWidget parent_instance;

  GtkWidget *box, *title, *subtitle, *up, *error, *content;
  GPtrArray *editors; /* of Editor */
  GPtrArray *widgets; /* section widgets, in the order of the table */
  GArray *extras;     /* of Extra */
  PlateauHit selected;
  gboolean updating;
};

enum
{
  EDITED,
  OPENED,
  UP,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlateauFiguresInspector, plateau_figures_inspector, GTK_TYPE_WIDGET)

static void
editor_free (gpointer data)
{
  Editor *editor = data;

  g_free (editor->before);
  g_free (editor->rejected);
  g_free (editor->message);
  g_free (editor);
}

/* ---- From an editor to the document ---- */

static void
say_in_place (Editor *editor, const char *problem)
{
  if (problem != editor->message)
    {
      g_free (editor->message);
      editor->message = g_strdup (problem);
    }
  gtk_label_set_text (GTK_LABEL (editor->problem), problem ? problem : "");
  gtk_widget_set_visible (editor->problem, problem != NULL);
  (problem ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (editor->editor, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (editor->editor), GTK_ACCESSIBLE_STATE_INVALID,
                               problem ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

/* Returns why it cannot be. */
static char *
hand_over (PlateauFiguresInspector *self, Editor *editor, JsonNode *value)
{
  const PlateauFigureField *f = editor->field;
  const PlateauFigureSection *s = editor->section;
  g_autofree char *label = g_strdup_printf ("%s: %s", _ (s->title),
                                            f->same_row ? _ (f[-1].label) : _ (f->label));
  char *problem = NULL;

  g_signal_emit (self, signals[EDITED], 0, s->owner, s->member, f->key, value, label, &problem);
  return problem;
}

static char *
take_value (PlateauFiguresInspector *self, Editor *editor, JsonNode *value)
{
  char *problem = hand_over (self, editor, value);

  say_in_place (editor, problem);
  return problem;
}

static JsonNode *
number_node (const PlateauFigureField *field, const char *text, char **problem)
{
  double number;

  if (plateau_parse_number (text, &number))
    return json_node_init_double (json_node_alloc (),
                                  field->type == PLATEAU_FIELD_PLACE ? number - 1 : number);
  *problem = g_strdup_printf (_ ("“%s” is not a number"), text);
  return NULL;
}

static gboolean
knows_font (const char *family)
{
  PangoFontFamily **families;
  g_auto (GStrv) wanted = g_strsplit (family, ",", -1);
  gboolean found = FALSE;
  int n;

  pango_font_map_list_families (pango_cairo_font_map_get_default (), &families, &n);
  for (guint k = 0; wanted[k]; k++)
    for (int i = 0; i < n && !found; i++)
      found = g_ascii_strcasecmp (g_strstrip (wanted[k]), pango_font_family_get_name (families[i]))
              == 0;
  g_free (families);
  return found;
}

static void
entry_taken (PlateauFiguresInspector *self, Editor *editor)
{
  const PlateauFigureField *field = editor->field;
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (editor->editor)));
  g_autofree char *problem = NULL;
  g_autoptr (JsonNode) value = NULL;

  if (self->updating || g_strcmp0 (text, editor->before) == 0)
    {
      /* The old value again: nothing is wrong any more. */
      if (!self->updating && editor->rejected)
        say_in_place (editor, NULL);
      g_clear_pointer (&editor->rejected, g_free);
      return;
    }
  if (g_strcmp0 (text, editor->rejected) == 0)
    return;
  if (*text && (field->type == PLATEAU_FIELD_NUMBER || field->type == PLATEAU_FIELD_PLACE))
    value = number_node (field, text, &problem);
  else if (*text && field->type == PLATEAU_FIELD_FONT && !knows_font (text))
    problem = g_strdup_printf (_ ("There is no font “%s” on this computer"), text);
  else if (*text)
    value = json_node_init_string (json_node_alloc (), text);
  g_clear_pointer (&editor->rejected, g_free);
  if (!problem)
    problem = hand_over (self, editor, value);
  editor->rejected = problem ? g_strdup (text) : NULL;
  /* What was entered stays, to be mended. */
  if (problem)
    gtk_editable_set_text (GTK_EDITABLE (editor->editor), text);
  say_in_place (editor, problem);
}

static Editor *
editor_of (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), "editor");
}

static void
entry_activated (GtkWidget *entry, PlateauFiguresInspector *self)
{
  entry_taken (self, editor_of (entry));
}

static void
focus_left (GtkEventController *controller, PlateauFiguresInspector *self)
{
  GtkWidget *entry = gtk_event_controller_get_widget (controller);

  if (!plateau_markup_entry_is_open (entry))
    entry_taken (self, editor_of (entry));
}

static void
choice_changed (GtkWidget *chooser, GParamSpec *spec, PlateauFiguresInspector *self)
{
  Editor *editor = editor_of (chooser);
  const char *nick = editor->field->choices[gtk_drop_down_get_selected (GTK_DROP_DOWN (chooser))];
  g_autoptr (JsonNode) value = NULL;

  if (self->updating)
    return;
  if (*nick && editor->field->type == PLATEAU_FIELD_BOOLEAN)
    value = json_node_init_boolean (json_node_alloc (), g_str_equal (nick, "true"));
  else if (*nick)
    value = json_node_init_string (json_node_alloc (), nick);
  g_free (take_value (self, editor, value));
}

static char *
colour_chosen (GtkWidget *button, const char *text, PlateauFiguresInspector *self)
{
  g_autoptr (JsonNode) value = *text ? json_node_init_string (json_node_alloc (), text) : NULL;

  return take_value (self, editor_of (button), value);
}

/* ---- Building ---- */

static GtkWidget *
new_entry (PlateauFiguresInspector *self, const PlateauFigureField *field)
{
  GtkWidget *entry = field->type == PLATEAU_FIELD_MARKUP ? plateau_markup_entry_new ()
                                                         : gtk_entry_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 4);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), 8);
  g_signal_connect (entry, "activate", G_CALLBACK (entry_activated), self);
  g_signal_connect (focus, "leave", G_CALLBACK (focus_left), self);
  gtk_widget_add_controller (entry, focus);
  return entry;
}

static GtkWidget *
new_widget (PlateauFiguresInspector *self, const PlateauFigureField *field)
{
  GtkWidget *widget;

  if (field->choices)
    {
      GtkStringList *list = gtk_string_list_new (NULL);

      for (guint i = 0; field->choice_labels[i]; i++)
        gtk_string_list_append (list, _ (field->choice_labels[i]));
      widget = gtk_drop_down_new (G_LIST_MODEL (list), NULL);
      g_signal_connect (widget, "notify::selected", G_CALLBACK (choice_changed), self);
    }
  else if (field->type == PLATEAU_FIELD_COLOUR)
    {
      widget = plateau_colour_button_new ();
      g_signal_connect (widget, "chosen", G_CALLBACK (colour_chosen), self);
    }
  else
    widget = new_entry (self, field);
  gtk_widget_set_hexpand (widget, TRUE);
  return widget;
}

static GtkWidget *
new_problem (void)
{
  GtkWidget *problem = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (problem), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (problem), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (problem), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (problem), 30);
  gtk_widget_add_css_class (problem, "error-text");
  gtk_widget_set_visible (problem, FALSE);
  return problem;
}

static GtkWidget *
new_row (const char *text)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *label = gtk_label_new (text);

  gtk_widget_set_size_request (label, LABEL_WIDTH, -1);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 12);
  gtk_widget_add_css_class (label, "form-label");
  gtk_box_append (GTK_BOX (row), label);
  return row;
}

/* There are many fields; those of a section are made when it is first open. */
static void
fill_section (PlateauFiguresInspector *self, guint index)
{
  guint n;
  const PlateauFigureSection *section = &plateau_figure_sections (&n)[index];
  GtkWidget *expander = g_ptr_array_index (self->widgets, index), *row = NULL, *problem = NULL;
  GtkWidget *content = gtk_expander_get_child (GTK_EXPANDER (expander));

  if (gtk_widget_get_first_child (content))
    return;
  for (const PlateauFigureField *field = section->fields; field->key; field++)
    {
      Editor *editor = g_new0 (Editor, 1);
      g_autofree char *name = field->same_row ? g_strdup_printf ("%s, %s", _ (field[-1].label),
                                                                 _ (field->label))
                                              : g_strdup (_ (field->label));

      *editor = (Editor){ .section = section, .field = field, .editor = new_widget (self, field) };
      if (field->same_row)
        {
          editor->label = gtk_label_new (_ (field->label));
          gtk_widget_add_css_class (editor->label, "form-label");
          gtk_box_append (GTK_BOX (row), editor->label);
        }
      else
        {
          row = new_row (_ (field->label));
          problem = new_problem ();
          gtk_box_append (GTK_BOX (content), row);
          gtk_box_append (GTK_BOX (content), problem);
        }
      editor->row = row;
      editor->problem = problem;
      gtk_box_append (GTK_BOX (row), editor->editor);
      plateau_tooltip_set (editor->editor, plateau_figure_field_get_help (section, field));
      g_object_set_data (G_OBJECT (editor->editor), "editor", editor);
      gtk_accessible_update_property (GTK_ACCESSIBLE (editor->editor),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      g_ptr_array_add (self->editors, editor);
    }
}

static void
section_opened (PlateauFiguresInspector *self)
{
  if (!self->updating)
    g_signal_emit (self, signals[OPENED], 0);
}

static void
up_clicked (GtkButton *button, PlateauFiguresInspector *self)
{
  g_signal_emit (self, signals[UP], 0);
}

static GtkWidget *
build_header (PlateauFiguresInspector *self)
{
  GtkWidget *header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (header, "inspector-header");
  self->title = gtk_label_new (NULL);
  self->subtitle = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_label_set_xalign (GTK_LABEL (self->subtitle), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (self->subtitle), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->title, "inspector-title");
  gtk_widget_add_css_class (self->subtitle, "caption");
  gtk_box_append (GTK_BOX (texts), self->title);
  gtk_box_append (GTK_BOX (texts), self->subtitle);
  gtk_widget_set_hexpand (texts, TRUE);
  self->up = gtk_button_new_from_icon_name ("go-up-symbolic");
  gtk_widget_set_valign (self->up, GTK_ALIGN_CENTER);
  plateau_tooltip_set (self->up, _ ("To what the selected part belongs"));
  g_signal_connect (self->up, "clicked", G_CALLBACK (up_clicked), self);
  gtk_box_append (GTK_BOX (header), texts);
  gtk_box_append (GTK_BOX (header), self->up);
  return header;
}

static void
plateau_figures_inspector_dispose (GObject *object)
{
  PlateauFiguresInspector *self = PLATEAU_FIGURES_INSPECTOR (object);

  self->updating = TRUE; /* entries lose their focus now */
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->editors, g_ptr_array_unref);
  g_clear_pointer (&self->widgets, g_ptr_array_unref);
  g_clear_pointer (&self->extras, g_array_unref);
  G_OBJECT_CLASS (plateau_figures_inspector_parent_class)->dispose (object);
}

static void
plateau_figures_inspector_class_init (PlateauFiguresInspectorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plateau_figures_inspector_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[EDITED] = g_signal_new ("edited", PLATEAU_TYPE_FIGURES_INSPECTOR, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_STRING, 5, G_TYPE_INT, G_TYPE_STRING,
                                  G_TYPE_STRING, G_TYPE_POINTER, G_TYPE_STRING);
  signals[OPENED] = g_signal_new ("opened", PLATEAU_TYPE_FIGURES_INSPECTOR, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[UP] = g_signal_new ("up", PLATEAU_TYPE_FIGURES_INSPECTOR, G_SIGNAL_RUN_LAST, 0, NULL,
                              NULL, NULL, G_TYPE_NONE, 0);
}

static void
plateau_figures_inspector_init (PlateauFiguresInspector *self)
{
  guint n;
  const PlateauFigureSection *sections = plateau_figure_sections (&n);

  self->editors = g_ptr_array_new_with_free_func (editor_free);
  self->widgets = g_ptr_array_new ();
  self->extras = g_array_new (FALSE, FALSE, sizeof (Extra));
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_box_append (GTK_BOX (self->box), build_header (self));
  self->error = new_problem ();
  gtk_widget_set_margin_start (self->error, 12);
  gtk_widget_set_margin_end (self->error, 12);
  gtk_box_append (GTK_BOX (self->box), self->error);
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->box), self->content);
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *widget = plateau_section_new (_ (sections[i].title),
                                               gtk_box_new (GTK_ORIENTATION_VERTICAL, 4), TRUE);

      g_signal_connect_swapped (widget, "notify::expanded", G_CALLBACK (section_opened), self);
      g_ptr_array_add (self->widgets, widget);
      gtk_box_append (GTK_BOX (self->content), widget);
    }
  plateau_figures_inspector_show (self, NULL);
}

GtkWidget *
plateau_figures_inspector_new (void)
{
  return g_object_new (PLATEAU_TYPE_FIGURES_INSPECTOR, NULL);
}

void
plateau_figures_inspector_add (PlateauFiguresInspector *self, const char *title, GtkWidget *widget,
                               guint shown)
{
  guint n;
  const PlateauFigureSection *sections = plateau_figure_sections (&n);
  GtkWidget *section, *before = NULL;
  Extra extra;

  for (guint i = 0; i < n; i++)
    {
      if (g_str_equal (title, _ (sections[i].title)))
        {
          fill_section (self, i);
          gtk_box_append (GTK_BOX (gtk_expander_get_child (
                              GTK_EXPANDER (g_ptr_array_index (self->widgets, i)))),
                          widget);
          return;
        }
      if (sections[i].axis < 0 && (sections[i].shown & PLATEAU_SHOW_HEAD))
        before = g_ptr_array_index (self->widgets, i);
    }
  section = plateau_section_new (title, widget, TRUE);
  gtk_box_insert_child_after (GTK_BOX (self->content), section, before);
  extra = (Extra){ shown, section };
  g_array_append_val (self->extras, extra);
}

/* ---- Showing ---- */

static JsonNode *
value_of (const Editor *editor, JsonObject *const *owners)
{
  JsonObject *object = owners[editor->section->owner];

  if (object && *editor->section->member)
    {
      JsonNode *node = json_object_get_member (object, editor->section->member);

      object = node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
    }
  return object ? json_object_get_member (object, editor->field->key) : NULL;
}

static char *
text_of (const PlateauFigureField *field, JsonNode *node)
{
  if (!node || !JSON_NODE_HOLDS_VALUE (node))
    return g_strdup ("");
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_dup_string (node);
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (node) ? "true" : "false");
  return plateau_format_significant (
      json_node_get_double (node) + (field->type == PLATEAU_FIELD_PLACE), 6);
}

static gboolean
is_being_written (Editor *editor)
{
  return gtk_widget_get_state_flags (editor->editor) & GTK_STATE_FLAG_FOCUS_WITHIN
         && g_strcmp0 (editor->before, gtk_editable_get_text (GTK_EDITABLE (editor->editor))) != 0;
}

static void
show_value (Editor *editor, JsonNode *own, JsonNode *shown, gboolean keep)
{
  const PlateauFigureField *field = editor->field;
  g_autofree char *text = text_of (field, own), *hint = text_of (field, shown);
  gboolean number = field->type == PLATEAU_FIELD_NUMBER || field->type == PLATEAU_FIELD_PLACE;

  if (field->choices)
    {
      for (guint i = 0; field->choices[i]; i++)
        if (g_str_equal (field->choices[i], text))
          gtk_drop_down_set_selected (GTK_DROP_DOWN (editor->editor), i);
      return;
    }
  if (field->type == PLATEAU_FIELD_COLOUR)
    {
      plateau_colour_button_set_text (PLATEAU_COLOUR_BUTTON (editor->editor), text, hint);
      return;
    }
  gtk_entry_set_placeholder_text (GTK_ENTRY (editor->editor), *hint    ? hint
                                                              : number ? _ ("auto")
                                                                       : _ ("automatic"));
  /* What could not be, and what is just being written, stays while the same thing is selected. */
  if (keep && (editor->rejected || is_being_written (editor)))
    return;
  g_clear_pointer (&editor->rejected, g_free);
  if (g_strcmp0 (text, gtk_editable_get_text (GTK_EDITABLE (editor->editor))) != 0)
    gtk_editable_set_text (GTK_EDITABLE (editor->editor), text);
  g_free (editor->before);
  editor->before = g_steal_pointer (&text);
}

static gboolean
section_is_shown (const PlateauFigureSection *s, const PlateauInspected *what)
{
  guint show = plateau_figure_show_of (&what->selected);

  if (!(s->shown & show) || !what->own[s->owner])
    return FALSE;
  if (s->axis >= 0)
    return show == PLATEAU_SHOW_AXIS ? s->axis == what->selected.index
                                     : (what->axes & 1u << s->axis) != 0;
  if (g_str_equal (s->member, "colour_bar"))
    return what->has_colour_bar;
  return TRUE;
}

static void
show_header (PlateauFiguresInspector *self, const PlateauInspected *what)
{
  const char *up = what && what->selected.panel >= 0
                           && plateau_figure_show_of (&what->selected) != PLATEAU_SHOW_PANEL
                       ? _ ("To the panel")
                       : _ ("To the figure");

  gtk_label_set_text (GTK_LABEL (self->title), what ? what->title : _ ("Figure"));
  gtk_label_set_text (GTK_LABEL (self->subtitle), what ? what->subtitle : "");
  gtk_widget_set_visible (self->subtitle, what && what->subtitle);
  gtk_widget_set_visible (self->up, what && what->selected.panel >= 0);
  plateau_tooltip_set (self->up, up);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->up), GTK_ACCESSIBLE_PROPERTY_LABEL, up, -1);
}

static gboolean
same_selection (const PlateauHit *a, const PlateauHit *b)
{
  return a->part == b->part && a->panel == b->panel && a->index == b->index;
}

static void
show_sections (PlateauFiguresInspector *self, const PlateauInspected *what, gboolean same)
{
  guint n, show = what ? plateau_figure_show_of (&what->selected) : 0;
  const PlateauFigureSection *sections = plateau_figure_sections (&n);

  for (guint i = 0; i < n; i++)
    {
      GtkWidget *widget = g_ptr_array_index (self->widgets, i);

      gboolean shown = what && section_is_shown (&sections[i], what);

      gtk_widget_set_visible (widget, shown);
      if (!same)
        gtk_expander_set_expanded (GTK_EXPANDER (widget),
                                   sections[i].open || show != PLATEAU_SHOW_PANEL);
      if (shown && gtk_expander_get_expanded (GTK_EXPANDER (widget)))
        fill_section (self, i);
    }
  for (guint i = 0; i < self->extras->len; i++)
    {
      const Extra *extra = &g_array_index (self->extras, Extra, i);

      gtk_widget_set_visible (extra->widget, (extra->shown & show) != 0);
    }
}

void
plateau_figures_inspector_show (PlateauFiguresInspector *self, const PlateauInspected *what)
{
  gboolean same = what && same_selection (&self->selected, &what->selected);

  self->updating = TRUE;
  if (what)
    self->selected = what->selected;
  show_header (self, what);
  show_sections (self, what, same);
  for (guint i = 0; what && i < self->editors->len; i++)
    {
      Editor *editor = g_ptr_array_index (self->editors, i);
      guint kinds = editor->field->kinds;
      gboolean has = kinds == 0 || kinds & 1u << what->annotation_kind;

      if (!same || !editor->rejected)
        say_in_place (editor, NULL);
      show_value (editor, value_of (editor, what->own), value_of (editor, what->shown), same);
      gtk_widget_set_visible (editor->editor, has);
      if (editor->label)
        gtk_widget_set_visible (editor->label, has);
      else
        gtk_widget_set_visible (editor->row, has);
    }
  /* Fields of one row share the line below it. */
  for (guint i = 0; i < self->editors->len; i++)
    {
      Editor *editor = g_ptr_array_index (self->editors, i);

      if (editor->rejected)
        say_in_place (editor, editor->message);
    }
  plateau_figures_inspector_say (self, NULL);
  self->updating = FALSE;
}

void
plateau_figures_inspector_say (PlateauFiguresInspector *self, const char *error)
{
  gtk_label_set_text (GTK_LABEL (self->error), error ? error : "");
  gtk_widget_set_visible (self->error, error != NULL);
}

/* The first field that is seen, for a double click on what has no text. */
void
plateau_figures_inspector_focus (PlateauFiguresInspector *self)
{
  for (guint i = 0; i < self->editors->len; i++)
    {
      Editor *editor = g_ptr_array_index (self->editors, i);

      if (gtk_widget_get_mapped (editor->editor))
        {
          gtk_widget_grab_focus (editor->editor);
          return;
        }
    }
}
