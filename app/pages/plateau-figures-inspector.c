/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/plateau-figures-inspector.h"

#include "base/plateau-number.h"
#include "plateau-page.h"

#include <glib/gi18n.h>
#include <math.h>

typedef enum
{
  FIELD_TEXT,
  FIELD_NUMBER,
  FIELD_PLACE,   /* whole number from 1 for people, from 0 in the document */
  FIELD_CHOICE,
  FIELD_BOOLEAN, /* a choice of automatic, yes and no */
} FieldType;

typedef struct
{
  PlateauEditedOwner of; /* its section is shown while that is selected */
  const char *section; /* member of the panel, "" the panel or the figure itself */
  const char *title;   /* of the first field of a section */
  const char *key;
  const char *label;
  FieldType type;
  const char *const *choices;
  const char *const *choice_labels;
} Field;

#define OF_FIGURE PLATEAU_EDITED_FIGURE
#define OF_PANEL PLATEAU_EDITED_PANEL
#define OF_CURVE PLATEAU_EDITED_CURVE
#define OF_ANNOTATION PLATEAU_EDITED_ANNOTATION

static const char *const scales[] = { "", "linear", "log", "inverse", "sqrt", "time", "cycle", NULL };
static const char *const scale_labels[]
    = { N_ ("Automatic"),   N_ ("Linear"), N_ ("Logarithmic"), N_ ("Inverse"),
        N_ ("Square root"), N_ ("Time"),   N_ ("Cycle"),       NULL };
static const char *const places[]
    = { "",          "best", "top-left",      "top-right",      "bottom-left", "bottom-right",
        "outside-right", "outside-bottom", "hidden", NULL };
static const char *const place_labels[]
    = { N_ ("Automatic"),   N_ ("Best place"),  N_ ("Upper left"),     N_ ("Upper right"),
        N_ ("Lower left"),  N_ ("Lower right"), N_ ("Outside, right"), N_ ("Outside, below"),
        N_ ("Hidden"),      NULL };

static const char *const answers[] = { "", "true", "false", NULL };
static const char *const answer_labels[] = { N_ ("Automatic"), N_ ("Yes"), N_ ("No"), NULL };
static const char *const dashes[] = { "", "solid", "dashed", "dotted", "dash-dot", "long", NULL };
static const char *const dash_labels[] = { N_ ("Automatic"), N_ ("Solid"),    N_ ("Dashed"),
                                           N_ ("Dotted"),    N_ ("Dash-dot"), N_ ("Long dashes"),
                                           NULL };
static const char *const markers[]
    = { "",         "none",     "circle", "square", "triangle", "diamond", "inverted",
        "pentagon", "cross",    "plus",   NULL };
static const char *const marker_labels[]
    = { N_ ("Automatic"), N_ ("No marker"), N_ ("Circle"),            N_ ("Square"),
        N_ ("Triangle"),  N_ ("Diamond"),   N_ ("Inverted triangle"), N_ ("Pentagon"),
        N_ ("Cross"),     N_ ("Plus"),      NULL };
static const char *const fills[] = { "", "open", "solid", "half", NULL };
static const char *const fill_labels[]
    = { N_ ("Automatic"), N_ ("Open"), N_ ("Filled"), N_ ("Half filled"), NULL };
static const char *const letters[] = { "", "none", "A", "a", "(a)", NULL };
static const char *const letter_labels[] = { N_ ("Automatic"), N_ ("None"), "A", "a", "(a)", NULL };
static const char *const forms[] = { "", "slash", "parentheses", NULL };
static const char *const form_labels[]
    = { N_ ("Automatic"), N_ ("Quantity / unit"), N_ ("Quantity (unit)"), NULL };

#define AXIS(id, name)                                                                             \
  { OF_PANEL, id, name, "title", N_ ("Title"), FIELD_TEXT },                                           \
      { OF_PANEL, id, NULL, "unit", N_ ("Unit"), FIELD_TEXT },                                         \
      { OF_PANEL, id, NULL, "min", N_ ("From"), FIELD_NUMBER },                                        \
      { OF_PANEL, id, NULL, "max", N_ ("To"), FIELD_NUMBER },                                          \
      { OF_PANEL, id, NULL, "step", N_ ("Step"), FIELD_NUMBER },                                       \
      { OF_PANEL, id, NULL, "decimals", N_ ("Decimals"), FIELD_NUMBER },                               \
      { OF_PANEL, id, NULL, "labels", N_ ("Tick labels"), FIELD_BOOLEAN, answers, answer_labels },     \
      { OF_PANEL, id, NULL, "reversed", N_ ("Reversed"), FIELD_BOOLEAN, answers, answer_labels },      \
      { OF_PANEL, id, NULL, "scale", N_ ("Scale"), FIELD_CHOICE, scales, scale_labels }

static const Field fields[] = {
  { OF_FIGURE, "", N_ ("Figure"), "title", N_ ("Title"), FIELD_TEXT },
  { OF_FIGURE, "", NULL, "width_mm", N_ ("Width, mm"), FIELD_NUMBER },
  { OF_FIGURE, "", NULL, "height_mm", N_ ("Height, mm"), FIELD_NUMBER },
  { OF_FIGURE, "", NULL, "note", N_ ("Note"), FIELD_TEXT },
  { OF_FIGURE, "style_overrides", NULL, "letters", N_ ("Letters"), FIELD_CHOICE, letters,
    letter_labels },
  { OF_FIGURE, "style_overrides", NULL, "title_form", N_ ("Axis titles"), FIELD_CHOICE, forms,
    form_labels },
  { OF_FIGURE, "style_overrides", NULL, "font", N_ ("Font"), FIELD_TEXT },
  { OF_FIGURE, "style_overrides", NULL, "text_pt", N_ ("Text, pt"), FIELD_NUMBER },
  { OF_FIGURE, "style_overrides", NULL, "curve_line_pt", N_ ("Curves, pt"), FIELD_NUMBER },
  { OF_FIGURE, "style_overrides", NULL, "marker_pt", N_ ("Markers, pt"), FIELD_NUMBER },
  { OF_CURVE, "", N_ ("Curve"), "label", N_ ("Name"), FIELD_TEXT },
  { OF_CURVE, "", NULL, "colour", N_ ("Colour"), FIELD_TEXT },
  { OF_CURVE, "", NULL, "width", N_ ("Line width"), FIELD_NUMBER },
  { OF_CURVE, "", NULL, "dash", N_ ("Dash"), FIELD_CHOICE, dashes, dash_labels },
  { OF_CURVE, "", NULL, "marker", N_ ("Marker"), FIELD_CHOICE, markers, marker_labels },
  { OF_CURVE, "", NULL, "fill", N_ ("Fill"), FIELD_CHOICE, fills, fill_labels },
  { OF_CURVE, "", NULL, "marker_size", N_ ("Marker size"), FIELD_NUMBER },
  { OF_CURVE, "", NULL, "marker_every", N_ ("Every n-th"), FIELD_NUMBER },
  { OF_CURVE, "", NULL, "alpha", N_ ("Opacity"), FIELD_NUMBER },
  { OF_CURVE, "", NULL, "area_alpha", N_ ("Area opacity"), FIELD_NUMBER },
  { OF_CURVE, "", NULL, "hidden", N_ ("Hidden"), FIELD_BOOLEAN, answers, answer_labels },
  { OF_ANNOTATION, "", N_ ("Annotation"), "text", N_ ("Text"), FIELD_TEXT },
  { OF_ANNOTATION, "", NULL, "x", N_ ("x"), FIELD_NUMBER },
  { OF_ANNOTATION, "", NULL, "y", N_ ("y"), FIELD_NUMBER },
  { OF_ANNOTATION, "", NULL, "x1", N_ ("x, end"), FIELD_NUMBER },
  { OF_ANNOTATION, "", NULL, "y1", N_ ("y, end"), FIELD_NUMBER },
  { OF_ANNOTATION, "", NULL, "colour", N_ ("Colour"), FIELD_TEXT },
  { OF_ANNOTATION, "", NULL, "dash", N_ ("Dash"), FIELD_CHOICE, dashes, dash_labels },
  { OF_ANNOTATION, "", NULL, "bold", N_ ("Bold"), FIELD_BOOLEAN, answers, answer_labels },
  { OF_PANEL, "", N_ ("Panel"), "title", N_ ("Title"), FIELD_TEXT },
  { OF_PANEL, "", NULL, "letter", N_ ("Letter"), FIELD_TEXT },
  { OF_PANEL, "", NULL, "column", N_ ("Column"), FIELD_PLACE },
  { OF_PANEL, "", NULL, "row", N_ ("Row"), FIELD_PLACE },
  { OF_PANEL, "", NULL, "column_span", N_ ("Columns wide"), FIELD_NUMBER },
  { OF_PANEL, "", NULL, "row_span", N_ ("Rows high"), FIELD_NUMBER },
  { OF_PANEL, "plot", NULL, "cycles", N_ ("Cycles"), FIELD_TEXT },
  AXIS ("x", N_ ("x axis")),
  AXIS ("y", N_ ("Left y axis")),
  AXIS ("y2", N_ ("Right y axis")),
  { OF_PANEL, "legend", N_ ("Legend"), "title", N_ ("Title"), FIELD_TEXT },
  { OF_PANEL, "legend", NULL, "place", N_ ("Place"), FIELD_CHOICE, places, place_labels },
};

struct _PlateauFiguresInspector
{
  GtkWidget parent_instance;

  GtkWidget *box, *error, *sections[G_N_ELEMENTS (fields)], *editors[G_N_ELEMENTS (fields)];
  gboolean updating;
};

enum
{
  EDITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlateauFiguresInspector, plateau_figures_inspector, GTK_TYPE_WIDGET)

static guint
field_of (GtkWidget *editor)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (editor), "field"));
}

static void
emit_edited (PlateauFiguresInspector *self, GtkWidget *editor)
{
  const Field *field = &fields[field_of (editor)];
  g_autoptr (JsonNode) value = NULL;

  if (self->updating)
    return;
  if (field->choices)
    {
      const char *nick = field->choices[gtk_drop_down_get_selected (GTK_DROP_DOWN (editor))];
      if (*nick && field->type == FIELD_BOOLEAN)
        value = json_node_init_boolean (json_node_alloc (), g_str_equal (nick, "true"));
      else if (*nick)
        value = json_node_init_string (json_node_alloc (), nick);
    }
  else
    {
      const char *text = gtk_editable_get_text (GTK_EDITABLE (editor));
      double number;

      if (field->type == FIELD_TEXT && *text)
        value = json_node_init_string (json_node_alloc (), text);
      else if (*text)
        {
          if (!plateau_parse_number (text, &number))
            {
              g_autofree char *message = g_strdup_printf (_ ("“%s” is not a number"), text);
              plateau_figures_inspector_say (self, message);
              return;
            }
          value = json_node_init_double (json_node_alloc (),
                                         field->type == FIELD_PLACE ? number - 1 : number);
        }
    }
  g_signal_emit (self, signals[EDITED], 0, field->of, field->section, field->key, value);
}

static void
entry_activated (GtkWidget *entry, PlateauFiguresInspector *self)
{
  emit_edited (self, entry);
}

static void
focus_left (GtkEventController *controller, PlateauFiguresInspector *self)
{
  GtkWidget *entry = gtk_event_controller_get_widget (controller);
  const char *before = g_object_get_data (G_OBJECT (entry), "shown");

  if (g_strcmp0 (before, gtk_editable_get_text (GTK_EDITABLE (entry))) != 0)
    emit_edited (self, entry);
}

static void
choice_changed (GtkWidget *chooser, GParamSpec *spec, PlateauFiguresInspector *self)
{
  emit_edited (self, chooser);
}

static GtkWidget *
new_editor (PlateauFiguresInspector *self, guint index)
{
  const Field *field = &fields[index];
  GtkWidget *editor;

  if (field->choices)
    {
      GtkStringList *list = gtk_string_list_new (NULL);

      for (guint i = 0; field->choice_labels[i]; i++)
        gtk_string_list_append (list, _ (field->choice_labels[i]));
      editor = gtk_drop_down_new (G_LIST_MODEL (list), NULL);
      g_signal_connect (editor, "notify::selected", G_CALLBACK (choice_changed), self);
    }
  else
    {
      GtkEventController *focus = gtk_event_controller_focus_new ();

      editor = gtk_entry_new ();
      gtk_editable_set_width_chars (GTK_EDITABLE (editor), 6);
      gtk_entry_set_placeholder_text (GTK_ENTRY (editor), _ ("automatic"));
      g_signal_connect (editor, "activate", G_CALLBACK (entry_activated), self);
      g_signal_connect (focus, "leave", G_CALLBACK (focus_left), self);
      gtk_widget_add_controller (editor, focus);
    }
  gtk_widget_set_hexpand (editor, TRUE);
  g_object_set_data (G_OBJECT (editor), "field", GUINT_TO_POINTER (index));
  gtk_accessible_update_property (GTK_ACCESSIBLE (editor), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (field->label), -1);
  return editor;
}

static GtkWidget *
new_row (PlateauFiguresInspector *self, guint index)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new (_ (fields[index].label));

  gtk_widget_set_size_request (label, 84, -1);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "dim-label");
  self->editors[index] = new_editor (self, index);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), self->editors[index]);
  return row;
}

static void
plateau_figures_inspector_dispose (GObject *object)
{
  PlateauFiguresInspector *self = PLATEAU_FIGURES_INSPECTOR (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (plateau_figures_inspector_parent_class)->dispose (object);
}

static void
plateau_figures_inspector_class_init (PlateauFiguresInspectorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plateau_figures_inspector_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[EDITED] = g_signal_new ("edited", PLATEAU_TYPE_FIGURES_INSPECTOR, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 4, G_TYPE_INT, G_TYPE_STRING,
                                  G_TYPE_STRING, G_TYPE_POINTER);
}

static void
plateau_figures_inspector_init (PlateauFiguresInspector *self)
{
  GtkWidget *content = NULL;

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->error = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->error), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->error), 0);
  gtk_widget_add_css_class (self->error, "error");
  gtk_widget_set_margin_start (self->error, 12);
  gtk_widget_set_margin_end (self->error, 12);
  gtk_widget_set_visible (self->error, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->error);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      if (fields[i].title)
        {
          content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
          self->sections[i] = plateau_section_new (_ (fields[i].title), content, TRUE);
          gtk_box_append (GTK_BOX (self->box), self->sections[i]);
        }
      gtk_box_append (GTK_BOX (content), new_row (self, i));
    }
}

GtkWidget *
plateau_figures_inspector_new (void)
{
  return g_object_new (PLATEAU_TYPE_FIGURES_INSPECTOR, NULL);
}

void
plateau_figures_inspector_say (PlateauFiguresInspector *self, const char *error)
{
  gtk_label_set_text (GTK_LABEL (self->error), error ? error : "");
  gtk_widget_set_visible (self->error, error != NULL);
}

static JsonNode *
value_of (const Field *field, JsonObject *object)
{
  if (object && *field->section)
    {
      JsonNode *node = json_object_get_member (object, field->section);
      object = node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
    }
  return object ? json_object_get_member (object, field->key) : NULL;
}

static void
show_value (PlateauFiguresInspector *self, guint index, JsonNode *node)
{
  const Field *field = &fields[index];
  GtkWidget *editor = self->editors[index];
  g_autofree char *text = NULL;
  const char *nick = "";

  if (node && JSON_NODE_HOLDS_VALUE (node))
    {
      if (json_node_get_value_type (node) == G_TYPE_STRING)
        nick = json_node_get_string (node);
      else if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
        nick = json_node_get_boolean (node) ? "true" : "false";
      else
        text = plateau_format_significant (json_node_get_double (node)
                                               + (field->type == FIELD_PLACE),
                                           6);
    }
  if (field->choices)
    {
      for (guint i = 0; field->choices[i]; i++)
        if (g_str_equal (field->choices[i], nick))
          gtk_drop_down_set_selected (GTK_DROP_DOWN (editor), i);
      return;
    }
  gtk_editable_set_text (GTK_EDITABLE (editor), text ? text : nick);
  g_object_set_data_full (G_OBJECT (editor), "shown", g_strdup (text ? text : nick), g_free);
}

void
plateau_figures_inspector_show (PlateauFiguresInspector *self, JsonObject *figure,
                                JsonObject *panel, JsonObject *curve, JsonObject *annotation)
{
  JsonObject *const owners[] = { figure, panel, curve, annotation };

  self->updating = TRUE;
  plateau_figures_inspector_say (self, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      show_value (self, i, value_of (&fields[i], owners[fields[i].of]));
      if (self->sections[i])
        gtk_widget_set_visible (self->sections[i], fields[i].of == OF_FIGURE
                                                       ? figure != NULL && panel == NULL
                                                       : owners[fields[i].of] != NULL);
    }
  self->updating = FALSE;
}
