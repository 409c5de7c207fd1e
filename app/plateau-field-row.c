/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-field-row.h"

#include "base/plateau-unit.h"
#include "plateau-option-editor.h"
#include "plateau-unit-entry.h"
#include "plateau-tooltip.h"

#include <glib/gi18n.h>

struct _PlateauFieldRow
{
  GtkWidget parent_instance;

  PlateauDocument *document;
  const PlateauField *field;
  GObject *object;
  GtkWidget *child, *widget;
  gboolean setting;
};

G_DEFINE_FINAL_TYPE (PlateauFieldRow, plateau_field_row, GTK_TYPE_WIDGET)

char *
plateau_field_action_name (const PlateauField *field, GObject *object)
{
  g_autofree char *name = NULL;
  g_object_get (object, "name", &name, NULL);
  g_autofree char *label = g_utf8_strdown (_ (field->label), -1);
  /* Translators: "Change active mass of S-LRMO-1" */
  return g_strdup_printf (_ ("Change %s of %s"), label, name);
}

static void
set_value (PlateauFieldRow *row, const GValue *value)
{
  if (row->setting || row->object == NULL)
    return;
  g_autofree char *name = plateau_field_action_name (row->field, row->object);
  plateau_document_set_property (row->document, row->object, row->field->property, value, name);
}

static void
number_entered (GtkWidget *widget, double value, PlateauFieldRow *row)
{
  g_auto (GValue) boxed = G_VALUE_INIT;
  g_value_init (&boxed, G_TYPE_DOUBLE);
  g_value_set_double (&boxed, value);
  set_value (row, &boxed);
}

static void
text_entered (PlateauFieldRow *row)
{
  g_auto (GValue) value = G_VALUE_INIT;
  g_value_init (&value, G_TYPE_STRING);
  g_value_set_string (&value, gtk_editable_get_text (GTK_EDITABLE (row->widget)));
  set_value (row, &value);
}

static void
text_focus_left (GtkEventControllerFocus *controller, PlateauFieldRow *row)
{
  text_entered (row);
}

static void
role_chosen (PlateauFieldRow *row)
{
  g_auto (GValue) value = G_VALUE_INIT;
  g_value_init (&value, PLATEAU_TYPE_ROLE);
  g_value_set_enum (&value, (int) gtk_drop_down_get_selected (GTK_DROP_DOWN (row->widget)));
  set_value (row, &value);
}

static void
choice_chosen (PlateauFieldRow *row)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (row->widget));
  g_auto (GValue) value = G_VALUE_INIT;
  g_value_init (&value, G_TYPE_STRING);
  g_value_set_string (&value, row->field->choices[selected].text);
  set_value (row, &value);
}

static void
check_toggled (PlateauFieldRow *row)
{
  g_auto (GValue) value = G_VALUE_INIT;
  g_value_init (&value, G_TYPE_BOOLEAN);
  g_value_set_boolean (&value, gtk_check_button_get_active (GTK_CHECK_BUTTON (row->widget)));
  set_value (row, &value);
}

static GtkWidget *
role_widget_new (PlateauFieldRow *row)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  gtk_string_list_append (names, _ ("Not said"));
  for (int role = PLATEAU_ROLE_PRISTINE; role <= PLATEAU_ROLE_MODIFIED; role++)
    gtk_string_list_append (names, plateau_role_get_label (role));
  GtkWidget *widget = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL);
  g_signal_connect_swapped (widget, "notify::selected", G_CALLBACK (role_chosen), row);
  return widget;
}

static GtkWidget *
choice_widget_new (PlateauFieldRow *row)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  for (const PlateauFieldChoice *choice = row->field->choices; choice->text != NULL; choice++)
    gtk_string_list_append (names, _ (choice->label));
  GtkWidget *widget = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL);
  g_signal_connect_swapped (widget, "notify::selected", G_CALLBACK (choice_chosen), row);
  return widget;
}

static void
show_choice (PlateauFieldRow *row)
{
  g_autofree char *text = NULL;
  g_object_get (row->object, row->field->property, &text, NULL);
  const PlateauFieldChoice *choices = row->field->choices;
  guint selected = 0;
  for (guint i = 0; choices[i].text != NULL; i++)
    if (g_strcmp0 (choices[i].text, text) == 0)
      selected = i;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (row->widget), selected);
}

static GtkWidget *
text_widget_new (PlateauFieldRow *row)
{
  GtkWidget *widget = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (widget), 6);
  g_signal_connect_swapped (widget, "activate", G_CALLBACK (text_entered), row);
  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_signal_connect (focus, "leave", G_CALLBACK (text_focus_left), row);
  gtk_widget_add_controller (widget, focus);
  return widget;
}

static void
build (PlateauFieldRow *row)
{
  const PlateauField *field = row->field;
  const char *help = field->help != NULL ? _ (field->help) : NULL;
  switch (field->type)
    {
    case PLATEAU_FIELD_NUMBER:
      row->widget = plateau_unit_entry_new (_ (field->label), field->unit);
      g_signal_connect (row->widget, "value-changed", G_CALLBACK (number_entered), row);
      break;
    case PLATEAU_FIELD_ROLE:
      row->widget = role_widget_new (row);
      break;
    case PLATEAU_FIELD_CHOICE:
      row->widget = choice_widget_new (row);
      break;
    case PLATEAU_FIELD_BOOLEAN:
      row->widget = gtk_check_button_new_with_label (_ (field->label));
      g_signal_connect_swapped (row->widget, "toggled", G_CALLBACK (check_toggled), row);
      row->child = row->widget;
      plateau_tooltip_set (row->widget, help);
      break;
    case PLATEAU_FIELD_TEXT:
    default:
      row->widget = text_widget_new (row);
      break;
    }
  if (row->child == NULL)
    row->child = plateau_form_row_new (_ (field->label), row->widget, help);
  gtk_widget_set_parent (row->child, GTK_WIDGET (row));
}

static void
show_value (PlateauFieldRow *row)
{
  row->setting = TRUE;
  if (row->field->type == PLATEAU_FIELD_NUMBER)
    {
      double value;
      g_object_get (row->object, row->field->property, &value, NULL);
      plateau_unit_entry_set_value (PLATEAU_UNIT_ENTRY (row->widget), value);
    }
  else if (row->field->type == PLATEAU_FIELD_ROLE)
    gtk_drop_down_set_selected (GTK_DROP_DOWN (row->widget),
                                plateau_sample_get_role (PLATEAU_SAMPLE (row->object)));
  else if (row->field->type == PLATEAU_FIELD_CHOICE)
    show_choice (row);
  else if (row->field->type == PLATEAU_FIELD_BOOLEAN)
    {
      gboolean value;
      g_object_get (row->object, row->field->property, &value, NULL);
      gtk_check_button_set_active (GTK_CHECK_BUTTON (row->widget), value);
    }
  else
    {
      g_autofree char *text = NULL;
      g_object_get (row->object, row->field->property, &text, NULL);
      if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (row->widget)), text != NULL ? text : "")
          != 0)
        gtk_editable_set_text (GTK_EDITABLE (row->widget), text != NULL ? text : "");
    }
  row->setting = FALSE;
}

void
plateau_field_row_set_object (PlateauFieldRow *row, GObject *object)
{
  g_return_if_fail (PLATEAU_IS_FIELD_ROW (row));
  g_set_object (&row->object, object);
  gtk_widget_set_sensitive (GTK_WIDGET (row), object != NULL);
  if (object != NULL)
    show_value (row);
}

void
plateau_field_row_set_missing (PlateauFieldRow *row, gboolean missing)
{
  if (PLATEAU_IS_UNIT_ENTRY (row->widget))
    plateau_unit_entry_set_missing (PLATEAU_UNIT_ENTRY (row->widget), missing);
}

const PlateauField *
plateau_field_row_get_field (PlateauFieldRow *row)
{
  return row->field;
}

static gboolean
plateau_field_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (PLATEAU_FIELD_ROW (widget)->widget);
}

static void
plateau_field_row_dispose (GObject *object)
{
  PlateauFieldRow *row = PLATEAU_FIELD_ROW (object);
  g_clear_object (&row->object);
  g_clear_pointer (&row->child, gtk_widget_unparent);
  g_clear_object (&row->document);
  G_OBJECT_CLASS (plateau_field_row_parent_class)->dispose (object);
}

static void
plateau_field_row_class_init (PlateauFieldRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plateau_field_row_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = plateau_field_row_grab_focus;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
plateau_field_row_init (PlateauFieldRow *row)
{
}

GtkWidget *
plateau_field_row_new (PlateauDocument *document, const PlateauField *field)
{
  PlateauFieldRow *row = g_object_new (PLATEAU_TYPE_FIELD_ROW, NULL);
  row->document = g_object_ref (document);
  row->field = field;
  build (row);
  return GTK_WIDGET (row);
}
