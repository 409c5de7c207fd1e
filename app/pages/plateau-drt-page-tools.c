/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-drt-page-private.h"
#include "plateau-tooltip.h"

#include <glib/gi18n.h>
#include <string.h>

/* The tool bar of the page DRT, and the choices that the project keeps of it. */

static const char *const range_choices[] = { "", "charge", "discharge", NULL };
static const char *const range_labels[] = { N_ ("All spectra"), N_ ("Charge"), N_ ("Discharge"),
                                            N_ ("By number"), NULL };
#define RANGE_NUMBERS 3

const char *
plateau_drt_page_get_choice (PlateauDrtPage *page)
{
  guint range = gtk_drop_down_get_selected (GTK_DROP_DOWN (page->range));
  return range < RANGE_NUMBERS ? range_choices[range]
                               : gtk_editable_get_text (GTK_EDITABLE (page->numbers));
}

/* Settings */

static JsonObject *
collect_settings (PlateauDrtPage *page)
{
  JsonObject *settings = json_object_new ();
  json_object_set_string_member (settings, "mode", plateau_drt_modes[page->mode].nick);
  json_object_set_string_member (settings, "spectra", plateau_drt_page_get_choice (page));
  json_object_set_boolean_member (
      settings, "same_scale", gtk_check_button_get_active (GTK_CHECK_BUTTON (page->same_scale)));
  return settings;
}

static void
store_settings (PlateauDrtPage *page, const char *label)
{
  if (!page->updating)
    plateau_page_store_settings (page, page->document, "page-drt", collect_settings (page), "mode",
                                 label);
}

static void
show_choice (PlateauDrtPage *page, const char *spectra)
{
  guint range = RANGE_NUMBERS;
  for (guint i = 0; range_choices[i] != NULL; i++)
    if (strcmp (spectra, range_choices[i]) == 0)
      range = i;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (page->range), range);
  gtk_widget_set_visible (page->numbers, range == RANGE_NUMBERS);
  if (range == RANGE_NUMBERS)
    gtk_editable_set_text (GTK_EDITABLE (page->numbers), spectra);
}

void
plateau_drt_page_load_settings (PlateauDrtPage *page)
{
  JsonObject *settings = plateau_project_get_settings (
      plateau_document_get_project (page->document), "page-drt");
  const char *mode = NULL, *spectra = "";
  gboolean same = FALSE;
  if (settings != NULL)
    {
      mode = json_object_get_string_member_with_default (settings, "mode", NULL);
      spectra = json_object_get_string_member_with_default (settings, "spectra", "");
      same = json_object_get_boolean_member_with_default (settings, "same_scale", FALSE);
    }
  page->updating = TRUE;
  show_choice (page, spectra);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (page->same_scale), same);
  for (guint i = 0; i < PLATEAU_DRT_N_MODES; i++)
    if (mode == NULL ? i == 0 : strcmp (plateau_drt_modes[i].nick, mode) == 0)
      {
        page->mode = i;
        gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (page->mode_buttons[i]), TRUE);
      }
  plateau_spectra_inspector_refresh (page->inspector, spectra);
  plateau_page_note_settings (page, collect_settings (page));
  page->updating = FALSE;
}

static void
spin_changed (PlateauDrtPage *page)
{
  if (!page->updating)
    plateau_drt_page_mark (page,
                           (guint) gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (page->spin)));
}

/* Tools */

static void
mode_toggled (GtkToggleButton *button, PlateauDrtPage *page)
{
  if (page->updating || !gtk_toggle_button_get_active (button))
    return;
  for (guint i = 0; i < PLATEAU_DRT_N_MODES; i++)
    if (page->mode_buttons[i] == GTK_WIDGET (button))
      page->mode = i;
  store_settings (page, _ ("Choose the plot"));
}

static void
range_chosen (PlateauDrtPage *page)
{
  gboolean numbers = gtk_drop_down_get_selected (GTK_DROP_DOWN (page->range)) == RANGE_NUMBERS;
  gtk_widget_set_visible (page->numbers, numbers);
  if (page->updating)
    return;
  if (numbers)
    gtk_widget_grab_focus (page->numbers);
  else
    store_settings (page, _ ("Choose spectra"));
}

static void
numbers_entered (PlateauDrtPage *page)
{
  store_settings (page, _ ("Choose spectra"));
}

static void
scale_toggled (PlateauDrtPage *page)
{
  store_settings (page, _ ("Share scales"));
}

static void
name_widget (GtkWidget *widget, const char *name, const char *tip)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  plateau_tooltip_set (widget, tip);
}

static void
build_range (PlateauDrtPage *page)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  for (guint i = 0; range_labels[i] != NULL; i++)
    gtk_string_list_append (names, _ (range_labels[i]));
  page->range = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL);
  name_widget (page->range, _ ("Spectra to show"), _ ("Which spectra of each cell are shown"));
  g_signal_connect_swapped (page->range, "notify::selected", G_CALLBACK (range_chosen), page);
  page->numbers = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (page->numbers), 8);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (page->numbers), 10);
  gtk_entry_set_placeholder_text (GTK_ENTRY (page->numbers), "1, 5-20");
  name_widget (page->numbers, _ ("Numbers of the spectra"),
               _ ("Spectra of each cell: “1, 5-20”; empty: all"));
  g_signal_connect_swapped (page->numbers, "activate", G_CALLBACK (numbers_entered), page);
}

static GtkWidget *
build_modes (PlateauDrtPage *page)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (box, "linked");
  for (guint i = 0; i < PLATEAU_DRT_N_MODES; i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (_ (plateau_drt_modes[i].label));
      plateau_tooltip_set (button, _ (plateau_drt_modes[i].tip));
      if (i > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button),
                                     GTK_TOGGLE_BUTTON (page->mode_buttons[0]));
      page->mode_buttons[i] = button;
      g_signal_connect (button, "toggled", G_CALLBACK (mode_toggled), page);
      gtk_box_append (GTK_BOX (box), button);
    }
  return box;
}

void
plateau_drt_page_build_tools (PlateauDrtPage *page)
{
  page->tools = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8));
  build_range (page);
  page->spin = gtk_spin_button_new_with_range (1, 1, 1);
  name_widget (page->spin, _ ("Marked spectrum"),
               _ ("The spectrum that every plot marks, by its number in the first cell; a click on "
                  "a spectrum marks it too, Up and Down go on from it"));
  g_signal_connect_swapped (page->spin, "value-changed", G_CALLBACK (spin_changed), page);
  page->same_scale = gtk_check_button_new_with_label (_ ("Same scale"));
  gtk_widget_set_visible (page->same_scale, FALSE); /* until two cells stand beside each other */
  plateau_tooltip_set (page->same_scale, _ ("Both cells on the same scales of resistance"));
  g_signal_connect_swapped (page->same_scale, "toggled", G_CALLBACK (scale_toggled), page);
  gtk_box_append (GTK_BOX (page->tools), page->range);
  gtk_box_append (GTK_BOX (page->tools), page->numbers);
  gtk_box_append (GTK_BOX (page->tools), build_modes (page));
  gtk_box_append (GTK_BOX (page->tools), page->spin);
  gtk_box_append (GTK_BOX (page->tools), page->same_scale);
}
