/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-compare-details.h"

#include "base/plateau-unit.h"
#include "plateau-manner.h"
#include "plateau-page.h"
#include "plateau-tooltip.h"

#include <glib/gi18n.h>
#include <math.h>

struct _PlateauCompareDetails
{
  GtkWidget parent_instance;

  PlateauDocument *document;
  GtkWidget *title, *subtitle, *definition, *test_box, *cells_box;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (PlateauCompareDetails, plateau_compare_details, GTK_TYPE_WIDGET)

static void
clear_box (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static GtkWidget *
add_line (GtkWidget *box, GtkWidget *left, const char *value)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *right = gtk_label_new (value);

  gtk_widget_set_hexpand (left, TRUE);
  gtk_label_set_wrap (GTK_LABEL (right), TRUE);
  gtk_label_set_xalign (GTK_LABEL (right), 1);
  gtk_label_set_selectable (GTK_LABEL (right), TRUE);
  gtk_box_append (GTK_BOX (row), left);
  gtk_box_append (GTK_BOX (row), right);
  gtk_box_append (GTK_BOX (box), row);
  return right;
}

static GtkWidget *
name_label (const char *name)
{
  GtkWidget *label = gtk_label_new (name);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "dim-label");
  return label;
}

/* Test and conditions */

static void
show_test (PlateauCompareDetails *details, const PlateauCompareChoice *choice)
{
  const PlateauCompareEntry *entry = choice->entry;
  int index = plateau_compare_view_find (entry, choice->other);
  const PlateauUnit *unit = plateau_unit_find (entry->metric->unit);
  PlateauCompareDifference difference;
  g_autofree char *plain = plateau_compare_conditions_text (entry);
  g_autofree char *conditions = plateau_manner_dup_text (plain);
  g_autofree char *verdict = plateau_compare_view_verdict (choice, entry);
  g_autofree char *interval = plateau_compare_view_interval (choice, entry);
  GtkWidget *value;

  if (plateau_compare_view_difference (choice, entry, &difference))
    {
      g_autofree char *plain_text = g_strdup_printf (
          "%+.*f %s", entry->metric->digits, difference.value, unit != NULL ? unit->label : "");
      g_autofree char *text = plateau_manner_dup_text (plain_text);
      add_line (details->test_box, name_label (_ ("Difference")), text);
      add_line (details->test_box, name_label (_ ("95 % interval")),
                interval != NULL ? interval : "—");
      add_line (details->test_box, name_label (_ ("Welch t, two-sided")),
                isnan (difference.p_value)   ? "—"
                : difference.p_value < 0.001 ? "p < 0.001"
                                             : verdict + strcspn (verdict, "p"));
    }
  value = add_line (details->test_box, name_label (_ ("Beyond scatter?")), verdict);
  const char *class = plateau_compare_view_class (choice, entry - choice->compare->entries,
                                                  "verdict");
  if (class != NULL)
    gtk_widget_add_css_class (value, class);
  add_line (details->test_box, name_label (_ ("Conditions")), conditions);
  if (index >= 0 && entry->samples[index].note != NULL)
    add_line (details->test_box, name_label (_ ("Note")), entry->samples[index].note);
}

/* Cells */

static PlateauCell *
cell_of_widget (PlateauCompareDetails *details, GtkWidget *widget)
{
  const gint64 *id = g_object_get_data (G_OBJECT (widget), "cell");

  return plateau_project_find_cell (plateau_document_get_project (details->document), *id);
}

static void
set_cell_of_widget (GtkWidget *widget, gint64 id)
{
  g_object_set_data_full (G_OBJECT (widget), "cell", g_memdup2 (&id, sizeof id), g_free);
}

static void
cell_toggled (GtkCheckButton *button, PlateauCompareDetails *details)
{
  PlateauCell *cell = cell_of_widget (details, GTK_WIDGET (button));
  gboolean excluded = !gtk_check_button_get_active (button);
  g_auto (GValue) value = G_VALUE_INIT;

  if (details->updating || cell == NULL)
    return;
  g_autofree char *title = g_strdup_printf (excluded ? _ ("Leave out %s") : _ ("Take in %s again"),
                                            plateau_cell_get_name (cell));
  g_value_init (&value, G_TYPE_BOOLEAN);
  g_value_set_boolean (&value, excluded);
  plateau_document_set_property (details->document, G_OBJECT (cell), "excluded", &value, title);
}

static void
reason_entered (GtkWidget *entry, PlateauCompareDetails *details)
{
  PlateauCell *cell = cell_of_widget (details, entry);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));
  g_auto (GValue) value = G_VALUE_INIT;
  g_autofree char *reason = NULL;

  if (details->updating || cell == NULL)
    return;
  g_object_get (cell, "exclusion-reason", &reason, NULL);
  if (g_strcmp0 (reason != NULL ? reason : "", text) == 0)
    return;
  g_autofree char *title = g_strdup_printf (_ ("Say why %s is left out"),
                                            plateau_cell_get_name (cell));
  g_value_init (&value, G_TYPE_STRING);
  g_value_set_string (&value, text);
  plateau_document_set_property (details->document, G_OBJECT (cell), "exclusion-reason", &value,
                                 title);
}

static void
reason_left (GtkEventControllerFocus *focus, PlateauCompareDetails *details)
{
  reason_entered (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (focus)), details);
}

static GtkWidget *
cell_check (PlateauCompareDetails *details, const PlateauStudyCell *cell)
{
  GtkWidget *check = gtk_check_button_new (), *label = gtk_label_new (cell->name);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  plateau_tooltip_set (check, cell->name);
  plateau_tooltip_set (label, cell->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, cell->name,
                                  -1);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), !cell->excluded);
  set_cell_of_widget (check, cell->id);
  g_signal_connect (check, "toggled", G_CALLBACK (cell_toggled), details);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), check);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

static void
add_excluded (PlateauCompareDetails *details, const PlateauStudyCell *cell)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  add_line (details->cells_box, cell_check (details, cell), _ ("left out"));
  gtk_editable_set_text (GTK_EDITABLE (entry),
                         cell->exclusion_reason != NULL ? cell->exclusion_reason : "");
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Reason"));
  g_autofree char *label = g_strdup_printf (_ ("Why %s is left out"), cell->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  set_cell_of_widget (entry, cell->id);
  g_signal_connect (entry, "activate", G_CALLBACK (reason_entered), details);
  g_signal_connect (focus, "leave", G_CALLBACK (reason_left), details);
  gtk_widget_add_controller (entry, focus);
  gtk_box_append (GTK_BOX (details->cells_box), entry);
}

static void
show_cells (PlateauCompareDetails *details, const PlateauCompareChoice *choice)
{
  const PlateauCompareEntry *entry = choice->entry;
  const PlateauStudySample *both[] = { choice->base, choice->other };
  PlateauStudy *study = plateau_document_get_study (details->document);

  for (guint k = 0; k < (choice->base == choice->other ? 1 : 2); k++)
    {
      int index = plateau_compare_view_find (entry, both[k]);
      const PlateauCompareSample *sample = index >= 0 ? &entry->samples[index] : NULL;

      for (guint i = 0; sample != NULL && i < sample->n; i++)
        {
          const PlateauStudyCell *cell = plateau_study_find_cell (study, sample->cells[i]);
          g_autofree char *value = g_strdup_printf ("%.*f", entry->metric->digits,
                                                    sample->values[i]);
          if (cell != NULL)
            add_line (details->cells_box, cell_check (details, cell), value);
        }
    }
  for (guint c = 0; c < plateau_study_get_n_cells (study); c++)
    {
      const PlateauStudyCell *cell = plateau_study_get_cell (study, c);
      if (cell->excluded && cell->sample != NULL
          && (cell->sample->id == choice->base->id || cell->sample->id == choice->other->id))
        add_excluded (details, cell);
    }
}

void
plateau_compare_details_show (PlateauCompareDetails *details, const PlateauCompareChoice *choice)
{
  const PlateauCompareEntry *entry = choice->entry;

  details->updating = TRUE;
  clear_box (details->test_box);
  clear_box (details->cells_box);
  gtk_label_set_text (GTK_LABEL (details->title),
                      entry != NULL ? _ (entry->metric->label) : _ ("No metric"));
  gtk_label_set_text (GTK_LABEL (details->subtitle), entry != NULL ? ""
                                                                   : _ ("Choose a metric in the "
                                                                        "table."));
  gtk_label_set_text (GTK_LABEL (details->definition),
                      entry != NULL ? _ (entry->metric->definition) : "");
  gtk_widget_set_visible (details->definition, entry != NULL);
  if (entry != NULL)
    {
      g_autofree char *base = plateau_compare_view_name (choice->base);
      g_autofree char *other = plateau_compare_view_name (choice->other);
      g_autofree char *pair = choice->base != choice->other
                                  ? g_strdup_printf (_ ("%s against %s"), other, base)
                                  : g_strdup (base);
      gtk_label_set_text (GTK_LABEL (details->subtitle), pair);
      show_test (details, choice);
      show_cells (details, choice);
    }
  details->updating = FALSE;
}

static void
plateau_compare_details_dispose (GObject *object)
{
  PlateauCompareDetails *details = PLATEAU_COMPARE_DETAILS (object);
  GtkWidget *child;

  details->updating = TRUE; /* what has the focus loses it now */
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (details))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&details->document);
  G_OBJECT_CLASS (plateau_compare_details_parent_class)->dispose (object);
}

static void
plateau_compare_details_class_init (PlateauCompareDetailsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plateau_compare_details_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
plateau_compare_details_init (PlateauCompareDetails *details)
{
  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (details))),
      GTK_ORIENTATION_VERTICAL);
}

GtkWidget *
plateau_compare_details_new (PlateauDocument *document)
{
  PlateauCompareDetails *details = g_object_new (PLATEAU_TYPE_COMPARE_DETAILS, NULL);
  GtkWidget *header = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  const char *const classes[] = { "inspector-title", "caption", "caption" };
  GtkWidget **labels[] = { &details->title, &details->subtitle, &details->definition };

  details->document = g_object_ref (document);
  gtk_widget_add_css_class (header, "inspector-header");
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      GtkWidget *label = *labels[i] = gtk_label_new (NULL);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_widget_add_css_class (label, classes[i]);
      gtk_box_append (GTK_BOX (header), label);
    }
  details->test_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  details->cells_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_widget_set_parent (header, GTK_WIDGET (details));
  gtk_widget_set_parent (plateau_section_new (_ ("Test and conditions"), details->test_box, TRUE),
                         GTK_WIDGET (details));
  gtk_widget_set_parent (plateau_section_new (_ ("Cells"), details->cells_box, TRUE),
                         GTK_WIDGET (details));
  return GTK_WIDGET (details);
}
