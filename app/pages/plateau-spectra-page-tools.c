/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-spectra-page-private.h"
#include "plateau-tooltip.h"

#include "analysis/plateau-masks.h"

#include <glib/gi18n.h>
#include <string.h>

/* The tool bar of a page of spectra: what is shown, and points masked by hand. */

const char *
plateau_spectra_page_get_choice (PlateauSpectraPage *page)
{
  return gtk_editable_get_text (GTK_EDITABLE (page->spectra_entry));
}

static JsonObject *
collect_settings (PlateauSpectraPage *page)
{
  JsonObject *settings = json_object_new ();

  json_object_set_string_member (settings, "mode", page->spec->modes[page->mode].nick);
  json_object_set_string_member (settings, "spectra", plateau_spectra_page_get_choice (page));
  return settings;
}

static void
store_settings (PlateauSpectraPage *page, const char *label)
{
  if (!page->updating)
    plateau_page_store_settings (page, page->document, page->spec->settings,
                                 collect_settings (page), "mode", label);
}

void
plateau_spectra_page_load_settings (PlateauSpectraPage *page)
{
  JsonObject *settings = plateau_project_get_settings (
      plateau_document_get_project (page->document), page->spec->settings);
  const char *mode = settings != NULL
                         ? json_object_get_string_member_with_default (settings, "mode", NULL)
                         : NULL;
  const char *spectra = settings != NULL
                            ? json_object_get_string_member_with_default (settings, "spectra", "")
                            : "";

  page->updating = TRUE;
  if (strcmp (plateau_spectra_page_get_choice (page), spectra) != 0)
    gtk_editable_set_text (GTK_EDITABLE (page->spectra_entry), spectra);
  for (guint i = 0; i < PLATEAU_SPECTRA_MODES && page->spec->modes[i].nick != NULL; i++)
    if (mode == NULL ? i == 0 : strcmp (page->spec->modes[i].nick, mode) == 0)
      {
        page->mode = i;
        gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (page->mode_buttons[i]), TRUE);
      }
  plateau_spectra_inspector_set_first (page->inspector, page->spec->modes[page->mode].section);
  plateau_spectra_inspector_refresh (page->inspector, spectra);
  plateau_page_note_settings (page, collect_settings (page));
  page->updating = FALSE;
}

static gboolean
has_marked (const PlateauSpectraMode *mode)
{
  for (guint p = 0; p < PLATEAU_SPECTRA_PLOTS; p++)
    if (mode->plots[p].marked)
      return TRUE;
  return FALSE;
}

/* The longest series sets how far the marked number goes. */
void
plateau_spectra_page_update_spin (PlateauSpectraPage *page, GArray *cells)
{
  PlateauStudy *study = plateau_document_get_study (page->document);
  guint most = 1;

  for (guint i = 0; i < cells->len; i++)
    {
      GPtrArray *measurements =
          plateau_study_find_cell (study, g_array_index (cells, gint64, i))->measurements;
      guint n = 0;

      for (guint m = 0; m < measurements->len; m++)
        n += plateau_measurement_get_n_spectra (g_ptr_array_index (measurements, m));
      most = MAX (most, n);
    }
  page->updating = TRUE;
  gtk_spin_button_set_range (GTK_SPIN_BUTTON (page->spin), 1, most);
  page->updating = FALSE;
  gtk_widget_set_visible (page->spin, most > 1 && has_marked (&page->spec->modes[page->mode]));
}

static void
spin_changed (PlateauSpectraPage *page)
{
  if (!page->updating)
    plateau_spectra_page_show_plots (page);
}

static void
mode_toggled (GtkToggleButton *button, PlateauSpectraPage *page)
{
  if (page->updating || !gtk_toggle_button_get_active (button))
    return;
  for (guint i = 0; i < PLATEAU_SPECTRA_MODES; i++)
    if (page->mode_buttons[i] == GTK_WIDGET (button))
      page->mode = i;
  store_settings (page, _ ("Choose the plot"));
}

static void
spectra_entered (PlateauSpectraPage *page)
{
  store_settings (page, _ ("Choose spectra"));
}

static void
spectra_focus_left (GtkEventControllerFocus *controller, PlateauSpectraPage *page)
{
  store_settings (page, _ ("Choose spectra"));
}

static void
mask_toggled (GtkToggleButton *button, PlateauSpectraPage *page)
{
  for (guint c = 0; c < PLATEAU_SPECTRA_COLUMNS; c++)
    for (guint r = 0; r < PLATEAU_SPECTRA_ROWS; r++)
      plateau_plot_view_set_picking (
          plateau_plot_pane_get_view (PLATEAU_PLOT_PANE (page->panes[c][r])),
          gtk_toggle_button_get_active (button));
}

void
plateau_spectra_page_mask (PlateauSpectraPage *page, GArray *picks)
{
  JsonObject *before = plateau_project_get_settings (plateau_document_get_project (page->document),
                                                     "impedance");
  g_autoptr (PlateauMasks) masks = plateau_masks_new (
      before != NULL ? json_object_get_string_member_with_default (before, "masks", "") : "");
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (PlateauMaskPoint));
  JsonObject *settings = json_object_new ();

  for (guint i = 0; i < picks->len; i++)
    {
      const PlateauPick *pick = &g_array_index (picks, PlateauPick, i);
      PlateauMaskPoint point = { pick->tag.cell, (guint) pick->tag.spectrum + 1, pick->key };

      g_array_append_val (points, point);
    }
  gboolean added = plateau_masks_toggle (masks, (const PlateauMaskPoint *) points->data,
                                         points->len);
  g_autofree char *text = plateau_masks_to_text (masks);
  g_autoptr (GList) members = before != NULL ? json_object_get_members (before) : NULL;
  for (GList *l = members; l != NULL; l = l->next)
    json_object_set_member (settings, l->data, json_object_dup_member (before, l->data));
  json_object_set_string_member (settings, "masks", text);
  plateau_document_set_settings (page->document, "impedance", settings,
                                 added ? _ ("Mask points") : _ ("Unmask points"));
  json_object_unref (settings);
}

void
plateau_spectra_page_build_tools (PlateauSpectraPage *page)
{
  GtkWidget *modes = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  page->tools = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8));
  page->spectra_entry = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (page->spectra_entry), 8);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (page->spectra_entry), 10);
  gtk_entry_set_placeholder_text (GTK_ENTRY (page->spectra_entry), _ ("All spectra"));
  plateau_tooltip_set (page->spectra_entry, _ ("Spectra of each cell: “1, 5-20”; empty: all"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (page->spectra_entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Spectra to show"), -1);
  g_signal_connect_swapped (page->spectra_entry, "activate", G_CALLBACK (spectra_entered), page);
  g_signal_connect (focus, "leave", G_CALLBACK (spectra_focus_left), page);
  gtk_widget_add_controller (page->spectra_entry, focus);
  gtk_box_append (GTK_BOX (page->tools), page->spectra_entry);
  gtk_widget_add_css_class (modes, "linked");
  for (guint i = 0; i < PLATEAU_SPECTRA_MODES && page->spec->modes[i].nick != NULL; i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (_ (page->spec->modes[i].label));

      plateau_tooltip_set (button, _ (page->spec->modes[i].tip));
      if (i > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button),
                                     GTK_TOGGLE_BUTTON (page->mode_buttons[0]));
      page->mode_buttons[i] = button;
      g_signal_connect (button, "toggled", G_CALLBACK (mode_toggled), page);
      gtk_box_append (GTK_BOX (modes), button);
    }
  gtk_box_append (GTK_BOX (page->tools), modes);
  page->spin = gtk_spin_button_new_with_range (1, 1, 1);
  plateau_tooltip_set (page->spin, _ ("Number of the spectrum of each cell that is shown"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (page->spin), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Marked spectrum"), -1);
  g_signal_connect_swapped (page->spin, "value-changed", G_CALLBACK (spin_changed), page);
  gtk_box_append (GTK_BOX (page->tools), page->spin);
  page->mask_button = gtk_toggle_button_new_with_label (_ ("Mask points"));
  plateau_tooltip_set (page->mask_button,
                       _ ("A click on a point or a box around points masks them, and brings "
                          "masked ones back; every analysis leaves them out"));
  g_signal_connect (page->mask_button, "toggled", G_CALLBACK (mask_toggled), page);
  gtk_box_append (GTK_BOX (page->tools), page->mask_button);
}
