/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-facts-dialog.h"

#include "analysis/plateau-material.h"
#include "base/plateau-number.h"
#include "plateau-option-editor.h"
#include "plateau-unit-entry.h"

#include "plateau-manner.h"
#include "plateau-undo-keys.h"

#include <glib/gi18n.h>
#include <math.h>

typedef struct
{
  PlateauDocument *document;
  GtkWidget *formula, *electrons, *formula_result, *use_capacity;
  GtkWidget *mix, *composite, *diameter, *carbon, *mix_result, *use_mass;
  GtkWidget *current, *rate_result;
  double capacity;                              /* C/kg, or NaN */
  double active_mass, composite_mass, fraction; /* as the mix gives them, or NaN */
  double area;                                  /* m2, or NaN */
} Dialog;

static void
dialog_free (Dialog *dialog)
{
  g_object_unref (dialog->document);
  g_free (dialog);
}

static PlateauCell *
current_cell (Dialog *dialog)
{
  return plateau_selection_get_current_cell (plateau_document_get_selection (dialog->document));
}

static PlateauSample *
current_sample (Dialog *dialog)
{
  GObject *current = plateau_selection_get_current (
      plateau_document_get_selection (dialog->document));

  if (PLATEAU_IS_SAMPLE (current))
    return PLATEAU_SAMPLE (current);
  return PLATEAU_IS_CELL (current) ? plateau_cell_get_sample (PLATEAU_CELL (current)) : NULL;
}

static const char *
entered (GtkWidget *entry)
{
  return gtk_editable_get_text (GTK_EDITABLE (entry));
}

/* Formula */

static void
show_formula (Dialog *dialog)
{
  g_autoptr (GError) error = NULL;
  double molar_mass, electrons;

  dialog->capacity = NAN;
  gtk_widget_set_sensitive (dialog->use_capacity, FALSE);
  if (*entered (dialog->formula) == 0)
    {
      gtk_label_set_text (GTK_LABEL (dialog->formula_result), "");
      return;
    }
  if (!plateau_formula_molar_mass (entered (dialog->formula), &molar_mass, &error))
    {
      gtk_label_set_text (GTK_LABEL (dialog->formula_result), error->message);
      return;
    }
  g_autofree char *mass = plateau_format_significant (1000 * molar_mass, 6);
  if (*entered (dialog->electrons) == 0)
    electrons = plateau_formula_count (entered (dialog->formula), "Li");
  else if (!plateau_parse_number (entered (dialog->electrons), &electrons))
    electrons = NAN;
  if (!(electrons > 0))
    {
      g_autofree char *text = g_strdup_printf (
          _ ("M = %s g mol⁻¹; how many electrons are exchanged is not a number above 0."), mass);
      gtk_label_set_text (GTK_LABEL (dialog->formula_result), text);
      return;
    }
  dialog->capacity = plateau_theoretical_capacity (molar_mass, electrons);
  g_autofree char *number = plateau_format_significant (plateau_from_si (dialog->capacity, "mAh/g"),
                                                        5);
  g_autofree char *plain = g_strdup_printf (
      _ ("M = %s g mol⁻¹; theoretical capacity %s mAh g⁻¹ for %.4g electrons"), mass, number,
      electrons);
  g_autofree char *text = plateau_manner_dup_text (plain);
  gtk_label_set_text (GTK_LABEL (dialog->formula_result), text);
  gtk_widget_set_sensitive (dialog->use_capacity, current_sample (dialog) != NULL);
}

static void
set_number (Dialog *dialog, GObject *object, const char *property, double number)
{
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_DOUBLE);
  g_value_set_double (&value, number);
  plateau_document_edit (dialog->document, plateau_edit_new_property (object, property, &value));
}

static void
use_capacity (Dialog *dialog)
{
  PlateauSample *sample = current_sample (dialog);
  g_auto (GValue) formula = G_VALUE_INIT;

  if (sample == NULL || isnan (dialog->capacity))
    return;
  g_value_init (&formula, G_TYPE_STRING);
  g_value_set_string (&formula, entered (dialog->formula));
  plateau_document_begin (dialog->document, _ ("1C from the formula"), NULL);
  plateau_document_edit (dialog->document,
                         plateau_edit_new_property (G_OBJECT (sample), "formula", &formula));
  set_number (dialog, G_OBJECT (sample), "specific-current-1c", dialog->capacity / 3600);
  plateau_document_end (dialog->document);
}

/* Mix and die */

/* Parts by weight "60:40:5": active material, electrolyte, carbon. */
static guint
parse_mix (const char *text, double parts[3])
{
  g_auto (GStrv) words = g_strsplit_set (text, ":/", -1);
  guint n = 0;

  for (; words[n] != NULL && n < 3; n++)
    if (!plateau_parse_number (g_strstrip (words[n]), &parts[n]) || !(parts[n] >= 0))
      return 0;
  return words[n] == NULL && n > 0 && parts[0] > 0 ? n : 0;
}

static char *
loading_text (double mass, double area)
{
  g_autofree char *milligrams = plateau_format_significant (plateau_from_si (mass, "mg"), 4);
  g_autofree char *loading =
      area > 0 ? plateau_format_significant (plateau_from_si (mass / area, "mg/cm2"), 4) : NULL;

  return loading != NULL ? g_strdup_printf ("%s mg, %s mg cm⁻²", milligrams, loading)
                         : g_strdup_printf ("%s mg", milligrams);
}

static void
show_mix (Dialog *dialog)
{
  double diameter = plateau_unit_entry_get_value (PLATEAU_UNIT_ENTRY (dialog->diameter));
  gboolean without = gtk_drop_down_get_selected (GTK_DROP_DOWN (dialog->carbon)) == 1;
  double parts[3] = { 0, 0, 0 }, with_carbon, without_carbon;
  guint n = parse_mix (entered (dialog->mix), parts);
  gboolean is_share = n == 1 && parts[0] <= 1;

  dialog->composite_mass = plateau_unit_entry_get_value (PLATEAU_UNIT_ENTRY (dialog->composite));
  dialog->area = diameter > 0 ? plateau_disc_area (diameter) : NAN;
  dialog->active_mass = dialog->fraction = NAN;
  gtk_widget_set_sensitive (dialog->use_mass, FALSE);
  if (n == 0 || !(dialog->composite_mass > 0))
    {
      gtk_label_set_text (GTK_LABEL (dialog->mix_result),
                          n == 0 && *entered (dialog->mix) != 0
                              ? _ ("The mix is parts by weight such as 60:40:5 (active material, "
                                   "electrolyte, carbon), or a share such as 0.7.")
                              : "");
      return;
    }
  if (is_share)
    parts[1] = 1 - parts[0];
  with_carbon = plateau_active_mass (dialog->composite_mass, parts[0], parts[1] + parts[2]);
  without_carbon = plateau_active_mass (dialog->composite_mass, parts[0], parts[1]);
  dialog->active_mass = without ? without_carbon : with_carbon;
  dialog->fraction = dialog->active_mass / dialog->composite_mass;
  g_autofree char *counted = loading_text (with_carbon, dialog->area);
  g_autofree char *left_out = loading_text (without_carbon, dialog->area);
  g_autofree char *text = parts[2] > 0
                              ? g_strdup_printf (_ ("Active material: %s with the carbon counted; "
                                                    "%s without"),
                                                 counted, left_out)
                              : g_strdup_printf (_ ("Active material: %s"), counted);
  gtk_label_set_text (GTK_LABEL (dialog->mix_result), text);
  gtk_widget_set_sensitive (dialog->use_mass, current_cell (dialog) != NULL);
}

static void
use_mass (Dialog *dialog)
{
  PlateauCell *cell = current_cell (dialog);

  if (cell == NULL || isnan (dialog->active_mass))
    return;
  plateau_document_begin (dialog->document, _ ("Mass and area from mix and die"), NULL);
  set_number (dialog, G_OBJECT (cell), "composite-mass", dialog->composite_mass);
  set_number (dialog, G_OBJECT (cell), "active-fraction", dialog->fraction);
  set_number (dialog, G_OBJECT (cell), "active-mass", dialog->active_mass);
  if (dialog->area > 0)
    set_number (dialog, G_OBJECT (cell), "area", dialog->area);
  plateau_document_end (dialog->document);
}

/* C-rate */

static void
show_rate (Dialog *dialog)
{
  PlateauCell *cell = current_cell (dialog);
  PlateauSample *sample = current_sample (dialog);
  double current = plateau_unit_entry_get_value (PLATEAU_UNIT_ENTRY (dialog->current));
  double mass = cell != NULL ? plateau_cell_get_active_mass (cell) : NAN, one_c = NAN, rate;

  if (sample != NULL)
    g_object_get (sample, "specific-current-1c", &one_c, NULL);
  rate = plateau_c_rate (current, mass, one_c);
  if (isnan (current))
    gtk_label_set_text (GTK_LABEL (dialog->rate_result), "");
  else if (isnan (rate))
    gtk_label_set_text (GTK_LABEL (dialog->rate_result),
                        _ ("Needs a cell with an active mass, and what 1C means for its sample."));
  else
    {
      g_autofree char *number = plateau_format_significant (rate, 4);
      g_autofree char *one = plateau_format_significant (plateau_from_si (one_c, "mA/g"), 5);
      g_autofree char *plain = g_strdup_printf (_ ("%sC, 1C being %s mA g⁻¹"), number, one);
      g_autofree char *text = plateau_manner_dup_text (plain);
      gtk_label_set_text (GTK_LABEL (dialog->rate_result), text);
    }
}

/* Building */

static GtkWidget *
heading_new (const char *text)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  return label;
}

static GtkWidget *
result_new (void)
{
  GtkWidget *label = gtk_label_new ("");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  return label;
}

static GtkWidget *
text_entry_new (Dialog *dialog, GtkWidget *box, const char *label, const char *hint,
                void (*show) (Dialog *))
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), hint);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (show), dialog);
  gtk_box_append (GTK_BOX (box), plateau_form_row_new (label, entry, NULL));
  return entry;
}

static GtkWidget *
number_entry_new (Dialog *dialog, GtkWidget *box, const char *label, const char *unit,
                  void (*show) (Dialog *))
{
  GtkWidget *entry = plateau_unit_entry_new (label, unit);

  g_signal_connect_swapped (entry, "value-changed", G_CALLBACK (show), dialog);
  gtk_box_append (GTK_BOX (box), plateau_form_row_new (label, entry, NULL));
  return entry;
}

static GtkWidget *
button_new (Dialog *dialog, GtkWidget *box, const char *label, void (*clicked) (Dialog *))
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_halign (button, GTK_ALIGN_END);
  gtk_widget_set_sensitive (button, FALSE);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (clicked), dialog);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
build (Dialog *dialog, GtkWidget *box)
{
  const char *const carbon[] = { _ ("Counted in the composite"), _ ("Left out"), NULL };

  gtk_box_append (GTK_BOX (box), heading_new (_ ("From the formula")));
  dialog->formula = text_entry_new (dialog, box, _ ("Formula"), "Li1.2Mn0.54Ni0.13Co0.13O2",
                                    show_formula);
  dialog->electrons = text_entry_new (dialog, box, _ ("Electrons"), _ ("Empty: all Li"),
                                      show_formula);
  gtk_box_append (GTK_BOX (box), dialog->formula_result = result_new ());
  dialog->use_capacity = button_new (dialog, box, _ ("Use as 1C of the sample"), use_capacity);
  gtk_box_append (GTK_BOX (box), heading_new (_ ("From mix and die")));
  dialog->mix = text_entry_new (dialog, box, _ ("Mix by weight"), "60:40:5", show_mix);
  dialog->composite = number_entry_new (dialog, box, _ ("Composite mass"), "mg", show_mix);
  dialog->diameter = number_entry_new (dialog, box, _ ("Die diameter"), "mm", show_mix);
  dialog->carbon = gtk_drop_down_new_from_strings (carbon);
  gtk_accessible_update_property (GTK_ACCESSIBLE (dialog->carbon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Carbon"), -1);
  gtk_box_append (GTK_BOX (box), plateau_form_row_new (_ ("Carbon"), dialog->carbon, NULL));
  gtk_box_append (GTK_BOX (box), dialog->mix_result = result_new ());
  dialog->use_mass = button_new (dialog, box, _ ("Use for the cell"), use_mass);
  g_signal_connect_swapped (dialog->carbon, "notify::selected", G_CALLBACK (show_mix), dialog);
  gtk_box_append (GTK_BOX (box), heading_new (_ ("C-rate")));
  dialog->current = number_entry_new (dialog, box, _ ("Current"), "mA", show_rate);
  gtk_box_append (GTK_BOX (box), dialog->rate_result = result_new ());
}

/* What the project already knows stands in the form. */
static void
fill (Dialog *dialog)
{
  PlateauCell *cell = current_cell (dialog);
  PlateauSample *sample = current_sample (dialog);
  double number;

  if (sample != NULL)
    {
      g_autofree char *formula = NULL;
      g_object_get (sample, "formula", &formula, NULL);
      gtk_editable_set_text (GTK_EDITABLE (dialog->formula), formula != NULL ? formula : "");
    }
  if (cell == NULL)
    return;
  g_object_get (cell, "composite-mass", &number, NULL);
  plateau_unit_entry_set_value (PLATEAU_UNIT_ENTRY (dialog->composite), number);
  g_object_get (cell, "active-fraction", &number, NULL);
  if (number > 0)
    {
      g_autofree char *share = plateau_format_significant (number, 6);
      gtk_editable_set_text (GTK_EDITABLE (dialog->mix), share);
    }
  g_object_get (cell, "area", &number, NULL);
  plateau_unit_entry_set_value (PLATEAU_UNIT_ENTRY (dialog->diameter), sqrt (4 * number / G_PI));
  show_mix (dialog);
}

/* Another cell or sample was selected, or a mass was entered elsewhere. */
static void
target_changed (GtkWidget *window)
{
  Dialog *dialog = g_object_get_data (G_OBJECT (window), "dialog");

  show_formula (dialog);
  show_mix (dialog);
  show_rate (dialog);
}

GtkWidget *
plateau_facts_dialog_new (PlateauDocument *document, GtkWindow *parent)
{
  Dialog *dialog = g_new0 (Dialog, 1);
  GtkWidget *window = gtk_window_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);

  dialog->document = g_object_ref (document);
  g_object_set_data_full (G_OBJECT (window), "dialog", dialog, (GDestroyNotify) dialog_free);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Material facts"));
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 480, -1);
  gtk_widget_add_css_class (box, "dialog-box");
  build (dialog, box);
  fill (dialog);
  gtk_window_set_child (GTK_WINDOW (window), box);
  plateau_undo_keys_add (window, document, GTK_PHASE_BUBBLE);
  g_signal_connect_object (document, "changed", G_CALLBACK (target_changed), window,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (plateau_document_get_selection (document), "changed",
                           G_CALLBACK (target_changed), window, G_CONNECT_SWAPPED);
  return window;
}
