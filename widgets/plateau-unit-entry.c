/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-unit-entry.h"

#include "base/plateau-number.h"
#include "plateau-manner.h"
#include "plateau-tooltip.h"

#include <glib/gi18n.h>
#include <math.h>

struct _PlateauUnitEntry
{
  GtkWidget parent_instance;

  GtkWidget *entry;
  GtkWidget *chooser; /* of several units, or NULL */
  const PlateauUnit **units;
  const PlateauUnit *usual; /* as it was asked for */
  const PlateauUnit *unit;  /* as it is shown */
  double value;
  double minimum, maximum; /* SI, when limited */
  gboolean limited, setting;
};

enum
{
  VALUE_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlateauUnitEntry, plateau_unit_entry, GTK_TYPE_WIDGET)

static void
show_value (PlateauUnitEntry *self)
{
  g_autofree char *text = isnan (self->value)
                              ? g_strdup ("")
                              : plateau_format_significant (
                                  plateau_unit_from_si (self->unit, self->value), 6);
  self->setting = TRUE;
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->entry)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_widget_remove_css_class (self->entry, "error");
  plateau_tooltip_set (self->entry, NULL);
  self->setting = FALSE;
}

static void
show_error (PlateauUnitEntry *self, const char *text)
{
  gtk_widget_add_css_class (self->entry, "error");
  plateau_tooltip_set (self->entry, text);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               GTK_ACCESSIBLE_INVALID_TRUE, -1);
}

static gboolean
parse (PlateauUnitEntry *self, double *value)
{
  g_autofree char *text = g_strstrip (
      g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
  *value = NAN;
  if (*text == '\0')
    return TRUE;
  /* People paste what figures and tables print. */
  g_autoptr (GString) plain = g_string_new (text);
  g_string_replace (plain, "\u2212", "-", 0);
  g_string_replace (plain, "\u2009", "", 0);
  if (strchr (plain->str, '.') == NULL)
    g_string_replace (plain, ",", ".", 0);
  double number;
  if (!plateau_parse_number (plain->str, &number))
    {
      g_autofree char *message = g_strdup_printf (_ ("“%s” is not a number."), text);
      show_error (self, message);
      return FALSE;
    }
  *value = plateau_unit_to_si (self->unit, number);
  if (self->limited && (*value < self->minimum || *value > self->maximum))
    {
      g_autofree char *low = plateau_format_significant (
          plateau_unit_from_si (self->unit, self->minimum), 6);
      g_autofree char *high = plateau_format_significant (
          plateau_unit_from_si (self->unit, self->maximum), 6);
      g_autofree char *message = g_strdup_printf (_ ("A value from %s to %s is needed here."), low,
                                                  high);
      show_error (self, message);
      return FALSE;
    }
  return TRUE;
}

static void
commit (PlateauUnitEntry *self)
{
  double value;
  if (self->setting || !parse (self, &value))
    return;
  gtk_widget_remove_css_class (self->entry, "error");
  gtk_accessible_reset_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID);
  /* The text rounds the value: leaving the field untouched must not change it. */
  g_autofree char *shown = isnan (self->value)
                               ? g_strdup ("")
                               : plateau_format_significant (
                                   plateau_unit_from_si (self->unit, self->value), 6);
  if (g_strcmp0 (shown, gtk_editable_get_text (GTK_EDITABLE (self->entry))) == 0)
    return;
  if (value == self->value || (isnan (value) && isnan (self->value)))
    {
      show_value (self);
      return;
    }
  self->value = value;
  show_value (self);
  g_signal_emit (self, signals[VALUE_CHANGED], 0, value);
}

static void
unit_chosen (PlateauUnitEntry *self)
{
  guint index = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->chooser));
  if (index == GTK_INVALID_LIST_POSITION)
    return;
  self->unit = self->units[index];
  show_value (self);
}

static void
focus_left (GtkEventControllerFocus *controller, PlateauUnitEntry *self)
{
  commit (self);
}

static void
plateau_unit_entry_dispose (GObject *object)
{
  PlateauUnitEntry *self = PLATEAU_UNIT_ENTRY (object);
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (plateau_unit_entry_parent_class)->dispose (object);
}

static void
plateau_unit_entry_finalize (GObject *object)
{
  g_free (PLATEAU_UNIT_ENTRY (object)->units);
  G_OBJECT_CLASS (plateau_unit_entry_parent_class)->finalize (object);
}

static gboolean
plateau_unit_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (PLATEAU_UNIT_ENTRY (widget)->entry);
}

static void
plateau_unit_entry_class_init (PlateauUnitEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  object_class->dispose = plateau_unit_entry_dispose;
  object_class->finalize = plateau_unit_entry_finalize;
  widget_class->grab_focus = plateau_unit_entry_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "unitentry");
  signals[VALUE_CHANGED] = g_signal_new ("value-changed", PLATEAU_TYPE_UNIT_ENTRY,
                                         G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                         G_TYPE_DOUBLE);
}

static void
plateau_unit_entry_init (PlateauUnitEntry *self)
{
  self->value = NAN;
  gtk_widget_add_css_class (GTK_WIDGET (self), "linked");
  self->entry = gtk_entry_new ();
  gtk_widget_set_hexpand (self->entry, TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 4);
  gtk_entry_set_alignment (GTK_ENTRY (self->entry), 1);
  gtk_entry_set_input_purpose (GTK_ENTRY (self->entry), GTK_INPUT_PURPOSE_NUMBER);
  gtk_widget_set_parent (self->entry, GTK_WIDGET (self));
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (commit), self);
  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_signal_connect (focus, "leave", G_CALLBACK (focus_left), self);
  gtk_widget_add_controller (self->entry, focus);
}

static const PlateauUnit *
preferred (const PlateauUnit *unit)
{
  return plateau_notation_get_unit (
      plateau_manner_get_notation (plateau_manner_get_default ()), unit);
}

/* Another unit is preferred from now on; one that was chosen here by hand goes too. */
static void
manner_changed (PlateauUnitEntry *self)
{
  const PlateauUnit *unit = preferred (self->usual);
  for (guint i = 0; self->chooser != NULL && self->units[i] != NULL; i++)
    if (self->units[i] == unit)
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->chooser), i);
}

static void
add_chooser (PlateauUnitEntry *self, guint n_units, const char *label)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;
  for (guint i = 0; i < n_units; i++)
    {
      gtk_string_list_append (names, self->units[i]->label);
      if (self->units[i] == self->unit)
        selected = i;
    }
  self->chooser = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->chooser), selected);
  gtk_widget_set_parent (self->chooser, GTK_WIDGET (self));
  g_autofree char *name = g_strdup_printf (_ ("Unit of %s"), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->chooser), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  g_signal_connect_swapped (self->chooser, "notify::selected", G_CALLBACK (unit_chosen), self);
}

/* @label: what the value is, for a screen reader. @unit_id: (nullable): unit shown at first. */
GtkWidget *
plateau_unit_entry_new (const char *label, const char *unit_id)
{
  PlateauUnitEntry *self = g_object_new (PLATEAU_TYPE_UNIT_ENTRY, NULL);
  self->unit = plateau_unit_find (unit_id != NULL ? unit_id : "");
  if (self->unit == NULL)
    self->unit = plateau_unit_find ("");
  self->usual = self->unit;
  self->unit = preferred (self->usual);
  g_signal_connect_object (plateau_manner_get_default (), "changed", G_CALLBACK (manner_changed),
                           self, G_CONNECT_SWAPPED);
  guint n_units = 0;
  self->units = (const PlateauUnit **) plateau_unit_list (self->unit->dimension, &n_units);
  if (self->unit->label[0] != '\0' && n_units > 1)
    add_chooser (self, n_units, label);
  else if (self->unit->label[0] != '\0')
    {
      GtkWidget *unit = gtk_label_new (self->unit->label);
      gtk_widget_add_css_class (unit, "unit");
      gtk_widget_set_parent (unit, GTK_WIDGET (self));
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  return GTK_WIDGET (self);
}

void
plateau_unit_entry_set_value (PlateauUnitEntry *self, double value)
{
  g_return_if_fail (PLATEAU_IS_UNIT_ENTRY (self));
  if (value == self->value || (isnan (value) && isnan (self->value)))
    return;
  self->value = value;
  show_value (self);
}

double
plateau_unit_entry_get_value (PlateauUnitEntry *self)
{
  return self->value;
}

void
plateau_unit_entry_set_limits (PlateauUnitEntry *self, double minimum, double maximum)
{
  self->limited = minimum != 0 || maximum != 0;
  self->minimum = plateau_unit_to_si (self->usual, minimum);
  self->maximum = plateau_unit_to_si (self->usual, maximum);
}

void
plateau_unit_entry_set_missing (PlateauUnitEntry *self, gboolean missing)
{
  if (missing)
    gtk_widget_add_css_class (self->entry, "missing");
  else
    gtk_widget_remove_css_class (self->entry, "missing");
}
