/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-option-editor.h"

#include "plateau-manner.h"
#include "plateau-unit-entry.h"
#include "plateau-tooltip.h"

#include <glib/gi18n.h>

struct _PlateauOptionEditor
{
  GtkWidget parent_instance;

  const PlateauOption *table;
  gpointer defaults, options;
  GHashTable *widgets; /* PlateauOption -> the widget of its value */
  gboolean setting;
};

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlateauOptionEditor, plateau_option_editor, GTK_TYPE_WIDGET)

static void
plateau_option_editor_dispose (GObject *object)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (plateau_option_editor_parent_class)->dispose (object);
}

static void
plateau_option_editor_finalize (GObject *object)
{
  PlateauOptionEditor *editor = PLATEAU_OPTION_EDITOR (object);
  if (editor->table != NULL)
    {
      plateau_options_clear (editor->table, editor->options);
      plateau_options_clear (editor->table, editor->defaults);
    }
  g_free (editor->options);
  g_free (editor->defaults);
  g_hash_table_unref (editor->widgets);
  G_OBJECT_CLASS (plateau_option_editor_parent_class)->finalize (object);
}

static void
plateau_option_editor_class_init (PlateauOptionEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plateau_option_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = plateau_option_editor_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "optioneditor");
  signals[CHANGED] = g_signal_new ("changed", PLATEAU_TYPE_OPTION_EDITOR, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
plateau_option_editor_init (PlateauOptionEditor *editor)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (editor));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 8);
  editor->widgets = g_hash_table_new (NULL, NULL);
}

static gpointer
member (PlateauOptionEditor *editor, const PlateauOption *option)
{
  return (char *) editor->options + option->offset;
}

static void
emit_changed (PlateauOptionEditor *editor, const PlateauOption *option)
{
  g_signal_emit (editor, signals[CHANGED], 0, _ (option->label));
}

static const PlateauOption *
option_of (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), "option");
}

static void
number_changed (GtkWidget *widget, double value, PlateauOptionEditor *editor)
{
  const PlateauOption *option = option_of (widget);
  *(double *) member (editor, option) = value;
  emit_changed (editor, option);
}

static void
integer_changed (GtkWidget *widget, PlateauOptionEditor *editor)
{
  if (editor->setting)
    return;
  const PlateauOption *option = option_of (widget);
  *(int *) member (editor, option) = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (widget));
  emit_changed (editor, option);
}

static void
boolean_changed (GtkWidget *widget, PlateauOptionEditor *editor)
{
  if (editor->setting)
    return;
  const PlateauOption *option = option_of (widget);
  *(gboolean *) member (editor, option) = gtk_check_button_get_active (GTK_CHECK_BUTTON (widget));
  emit_changed (editor, option);
}

static void
choice_changed (GtkWidget *widget, GParamSpec *pspec, PlateauOptionEditor *editor)
{
  if (editor->setting)
    return;
  const PlateauOption *option = option_of (widget);
  *(int *) member (editor, option) = (int) gtk_drop_down_get_selected (GTK_DROP_DOWN (widget));
  emit_changed (editor, option);
}

static void
text_changed (GtkWidget *widget, PlateauOptionEditor *editor)
{
  const PlateauOption *option = option_of (widget);
  char **text = member (editor, option);
  const char *entered = gtk_editable_get_text (GTK_EDITABLE (widget));
  if (editor->setting || g_strcmp0 (entered, *text != NULL ? *text : "") == 0)
    return;
  g_free (*text);
  *text = g_strdup (entered);
  emit_changed (editor, option);
}

static void
text_focus_left (GtkEventControllerFocus *controller, PlateauOptionEditor *editor)
{
  text_changed (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller)), editor);
}

/* A widget per type of option */

static GtkWidget *
number_new (PlateauOptionEditor *editor, const PlateauOption *option)
{
  GtkWidget *widget = plateau_unit_entry_new (_ (option->label), option->unit);
  plateau_unit_entry_set_limits (PLATEAU_UNIT_ENTRY (widget), option->minimum, option->maximum);
  g_signal_connect (widget, "value-changed", G_CALLBACK (number_changed), editor);
  return widget;
}

static GtkWidget *
integer_new (PlateauOptionEditor *editor, const PlateauOption *option)
{
  gboolean limited = option->minimum != 0 || option->maximum != 0;
  GtkWidget *widget = gtk_spin_button_new_with_range (limited ? option->minimum : -1e6,
                                                      limited ? option->maximum : 1e6, 1);
  gtk_editable_set_width_chars (GTK_EDITABLE (widget), 4);
  g_signal_connect (widget, "value-changed", G_CALLBACK (integer_changed), editor);
  return widget;
}

static const char *const *
choice_labels (const PlateauOption *option)
{
  return option->choice_labels != NULL ? option->choice_labels : option->choices;
}

static GtkWidget *
choice_new (PlateauOptionEditor *editor, const PlateauOption *option)
{
  GtkWidget *widget = gtk_drop_down_new (G_LIST_MODEL (gtk_string_list_new (NULL)), NULL);
  plateau_manner_label_choices (GTK_DROP_DOWN (widget), choice_labels (option));
  g_signal_connect (widget, "notify::selected", G_CALLBACK (choice_changed), editor);
  return widget;
}

static GtkWidget *
text_new (PlateauOptionEditor *editor, const PlateauOption *option)
{
  GtkWidget *widget = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (widget), 6);
  g_signal_connect (widget, "activate", G_CALLBACK (text_changed), editor);
  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_signal_connect (focus, "leave", G_CALLBACK (text_focus_left), editor);
  gtk_widget_add_controller (widget, focus);
  return widget;
}

static GtkWidget *
widget_new (PlateauOptionEditor *editor, const PlateauOption *option)
{
  GtkWidget *widget = NULL;
  switch (option->type)
    {
    case PLATEAU_OPTION_NUMBER:
      widget = number_new (editor, option);
      break;
    case PLATEAU_OPTION_INTEGER:
      widget = integer_new (editor, option);
      break;
    case PLATEAU_OPTION_BOOLEAN:
      widget = gtk_check_button_new_with_label (_ (option->label));
      g_signal_connect (widget, "toggled", G_CALLBACK (boolean_changed), editor);
      break;
    case PLATEAU_OPTION_CHOICE:
      widget = choice_new (editor, option);
      break;
    case PLATEAU_OPTION_TEXT:
      widget = text_new (editor, option);
      break;
    default:
      g_assert_not_reached ();
    }
  g_object_set_data (G_OBJECT (widget), "option", (gpointer) option);
  g_hash_table_insert (editor->widgets, (gpointer) option, widget);
  return widget;
}

static void
show_option (PlateauOptionEditor *editor, const PlateauOption *option, GtkWidget *widget)
{
  gpointer value = member (editor, option);
  switch (option->type)
    {
    case PLATEAU_OPTION_NUMBER:
      plateau_unit_entry_set_value (PLATEAU_UNIT_ENTRY (widget), *(double *) value);
      break;
    case PLATEAU_OPTION_INTEGER:
      gtk_spin_button_set_value (GTK_SPIN_BUTTON (widget), *(int *) value);
      break;
    case PLATEAU_OPTION_BOOLEAN:
      gtk_check_button_set_active (GTK_CHECK_BUTTON (widget), *(gboolean *) value);
      break;
    case PLATEAU_OPTION_CHOICE:
      plateau_manner_label_choices (GTK_DROP_DOWN (widget), choice_labels (option));
      gtk_drop_down_set_selected (GTK_DROP_DOWN (widget), *(int *) value);
      break;
    case PLATEAU_OPTION_TEXT:
      {
        const char *text = *(char **) value;
        gtk_editable_set_text (GTK_EDITABLE (widget), text != NULL ? text : "");
        break;
      }
    default:
      g_assert_not_reached ();
    }
}

static void
show_options (PlateauOptionEditor *editor)
{
  GHashTableIter iter;
  gpointer option, widget;
  editor->setting = TRUE;
  g_hash_table_iter_init (&iter, editor->widgets);
  while (g_hash_table_iter_next (&iter, &option, &widget))
    show_option (editor, option, widget);
  editor->setting = FALSE;
}

/* In a list that scrolls the wheel scrolls, whatever value lies under the pointer. */
void
plateau_widget_leave_wheel (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  for (guint i = g_list_model_get_n_items (controllers); i-- > 0;)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
        gtk_widget_remove_controller (widget, controller);
    }
}

GtkWidget *
plateau_form_row_new (const char *label, GtkWidget *widget, const char *help)
{
  if (GTK_IS_SPIN_BUTTON (widget))
    plateau_widget_leave_wheel (widget);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_add_css_class (row, "form-row");
  GtkWidget *caption = gtk_label_new (label);
  gtk_label_set_xalign (GTK_LABEL (caption), 0);
  gtk_label_set_wrap (GTK_LABEL (caption), TRUE);
  gtk_widget_add_css_class (caption, "form-label");
  gtk_widget_set_size_request (caption, 88, -1);
  gtk_label_set_max_width_chars (GTK_LABEL (caption), 11);
  gtk_box_append (GTK_BOX (row), caption);
  gtk_widget_set_hexpand (widget, TRUE);
  gtk_box_append (GTK_BOX (row), widget);
  plateau_tooltip_set (row, help);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  if (help != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    help, -1);
  return row;
}

GtkWidget *
plateau_option_editor_new (const PlateauOption *table, gconstpointer defaults, gsize size,
                           const char *const *only)
{
  PlateauOptionEditor *editor = g_object_new (PLATEAU_TYPE_OPTION_EDITOR, NULL);
  editor->table = table;
  editor->defaults = g_malloc0 (size);
  editor->options = g_malloc0 (size);
  plateau_options_copy (table, defaults, editor->defaults);
  plateau_options_copy (table, defaults, editor->options);
  for (const PlateauOption *option = table; option->name != NULL; option++)
    {
      if (only != NULL && !g_strv_contains (only, option->name))
        continue;
      GtkWidget *widget = widget_new (editor, option);
      const char *help = option->help != NULL ? _ (option->help) : NULL;
      GtkWidget *row = widget;
      if (option->type == PLATEAU_OPTION_BOOLEAN)
        plateau_tooltip_set (widget, help);
      else
        row = plateau_form_row_new (_ (option->label), widget, help);
      gtk_widget_set_parent (row, GTK_WIDGET (editor));
    }
  show_options (editor);
  return GTK_WIDGET (editor);
}

/* @values: (nullable): as of plateau_options_to_json(); what it lacks gets its default. */
void
plateau_option_editor_set_json (PlateauOptionEditor *editor, JsonObject *values)
{
  g_return_if_fail (PLATEAU_IS_OPTION_EDITOR (editor));
  g_autoptr (GError) error = NULL;
  plateau_options_clear (editor->table, editor->options);
  plateau_options_copy (editor->table, editor->defaults, editor->options);
  if (values != NULL && !plateau_options_from_json (editor->table, editor->options, values, &error))
    g_message ("Settings of the project are not all understood: %s", error->message);
  show_options (editor);
}

/* Returns: (transfer full): all options, those that are not shown too */
JsonObject *
plateau_option_editor_to_json (PlateauOptionEditor *editor)
{
  return plateau_options_to_json (editor->table, editor->options);
}

gconstpointer
plateau_option_editor_get_options (PlateauOptionEditor *editor)
{
  return editor->options;
}
