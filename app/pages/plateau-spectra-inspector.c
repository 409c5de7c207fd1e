/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-spectra-page.h"

#include "analysis/plateau-kk.h"
#include "figure/plateau-template.h"
#include "plateau-circuit-editor.h"
#include "plateau-option-editor.h"
#include "plateau-plot-pane.h"
#include "plateau-spectra-view.h"
#include "plateau-tooltip.h"

#include <glib/gi18n.h>
#include <math.h>

#define SCORES_HEIGHT 180
#define COMMIT_DELAY 600 /* ms after the slider's last move */

struct _PlateauSpectraInspector
{
  PlateauDocument *document;
  gboolean drt, updating;
  GtkWidget *box, *view, *sections[PLATEAU_SPECTRA_N_SECTIONS];
  GtkWidget *masks, *kk, *circuit, *circuit_options;                          /* of impedance */
  GtkWidget *slider, *value, *model, *scores, *presets, *windows, *processes; /* of DRT */
  JsonObject *live;
  guint commit_id;
  void (*moved) (gpointer user_data);
  gpointer moved_data;
};

static const char *const mask_names[] = { "frequency-low", "frequency-high", "mask-kk",
                                          "correct-drift", NULL };
static const char *const kk_names[] = { "method", "kk-fit",      "elements", "max-elements",
                                        "mu",     "capacitance", "limit",    NULL };
static const char *const circuit_names[] = { "weighting",        "start-values", "fixed", "links",
                                             "parameter-bounds", "starts",       NULL };
static const char *const model_names[] = { "lambda-method", "derivative", "part",
                                           "rbf",           "inductance", "points-per-decade",
                                           "tail",          "weighting",  "signed",
                                           "credible",      NULL };

static const char *const drt_view_names[] = { "along", "processes", NULL };
static const char *const impedance_view_names[] = { "along",       "per",     "bode", "stack",
                                                    "equal-units", "decades", NULL };

static const PlateauSpectraView view_defaults = PLATEAU_SPECTRA_VIEW_INIT;
static const PlateauImpedanceOptions mask_defaults = PLATEAU_IMPEDANCE_OPTIONS_INIT;
static const PlateauKkOptions kk_defaults = PLATEAU_KK_OPTIONS_INIT;
static const PlateauCircuitOptions circuit_defaults = PLATEAU_CIRCUIT_OPTIONS_INIT;
static const PlateauDrtOptions drt_defaults = PLATEAU_DRT_OPTIONS_INIT;

static JsonObject *
project_settings (PlateauSpectraInspector *inspector, const char *analysis)
{
  return plateau_project_get_settings (plateau_document_get_project (inspector->document),
                                       analysis);
}

/* The editor's values over those that it does not show. */
static JsonObject *
merge_settings (PlateauSpectraInspector *inspector, const char *analysis, GtkWidget *editor,
                const char *const *names)
{
  JsonObject *shown = plateau_option_editor_to_json (PLATEAU_OPTION_EDITOR (editor));
  JsonObject *before = project_settings (inspector, analysis);
  JsonObject *merged = json_object_new ();
  g_autoptr (GList) members = before != NULL ? json_object_get_members (before) : NULL;

  for (GList *l = members; l != NULL; l = l->next)
    json_object_set_member (merged, l->data, json_object_dup_member (before, l->data));
  for (guint i = 0; names[i] != NULL; i++)
    if (json_object_has_member (shown, names[i]))
      json_object_set_member (merged, names[i], json_object_dup_member (shown, names[i]));
  json_object_unref (shown);
  return merged;
}

static void
store (PlateauSpectraInspector *inspector, const char *analysis, JsonObject *settings,
       const char *label)
{
  plateau_document_set_settings (inspector->document, analysis, settings, label);
  json_object_unref (settings);
}

static void
view_changed (PlateauSpectraInspector *inspector, const char *label)
{
  g_autofree char *name = g_strdup_printf (_ ("Change %s"), label);

  if (!inspector->updating)
    store (inspector, "spectra-view",
           merge_settings (inspector, "spectra-view", inspector->view,
                           inspector->drt ? drt_view_names : impedance_view_names),
           name);
}

static void
masks_changed (PlateauSpectraInspector *inspector, const char *label)
{
  if (inspector->updating)
    return;
  store (inspector, "impedance",
         merge_settings (inspector, "impedance", inspector->masks, mask_names), _ ("Mask points"));
}

static void
kk_changed (PlateauSpectraInspector *inspector, const char *label)
{
  g_autofree char *name = g_strdup_printf (_ ("Change %s"), label);

  if (!inspector->updating)
    store (inspector, "kk", merge_settings (inspector, "kk", inspector->kk, kk_names), name);
}

static void
store_circuit (PlateauSpectraInspector *inspector, const char *label)
{
  JsonObject *settings;

  if (inspector->updating)
    return;
  settings = merge_settings (inspector, "circuit", inspector->circuit_options, circuit_names);
  json_object_set_string_member (
      settings, "circuit",
      plateau_circuit_editor_get_text (PLATEAU_CIRCUIT_EDITOR (inspector->circuit)));
  store (inspector, "circuit", settings, label);
}

static void
circuit_changed (PlateauSpectraInspector *inspector)
{
  store_circuit (inspector, _ ("Choose a circuit"));
}

static void
circuit_options_changed (PlateauSpectraInspector *inspector, const char *label)
{
  g_autofree char *name = g_strdup_printf (_ ("Change %s"), label);

  store_circuit (inspector, name);
}

/* --- DRT ----------------------------------------------------------------------------------------
 */

static double
slider_lambda (PlateauSpectraInspector *inspector)
{
  return pow (10, gtk_range_get_value (GTK_RANGE (inspector->slider)));
}

static void
show_lambda (PlateauSpectraInspector *inspector, double lambda)
{
  int exponent = (int) floor (log10 (lambda));
  g_autofree char *text = g_strdup_printf ("%.1f × 10<sup>%s%d</sup>", lambda / pow (10, exponent),
                                           exponent < 0 ? "−" : "", ABS (exponent));

  gtk_label_set_markup (GTK_LABEL (inspector->value), text);
}

static gboolean
commit_lambda (gpointer user_data)
{
  PlateauSpectraInspector *inspector = user_data;
  JsonObject *settings = merge_settings (inspector, "drt", inspector->model, model_names);

  inspector->commit_id = 0;
  json_object_set_string_member (settings, "lambda-method", "fixed");
  json_object_set_double_member (settings, "lambda-value", slider_lambda (inspector));
  g_clear_pointer (&inspector->live, json_object_unref);
  store (inspector, "drt", settings, _ ("Set λ"));
  return G_SOURCE_REMOVE;
}

static void
settle (PlateauSpectraInspector *inspector)
{
  if (inspector->commit_id == 0)
    return;
  g_source_remove (inspector->commit_id);
  commit_lambda (inspector);
}

/* The plots follow at once; the project, and with it the undo stack, when the slider rests. */
static void
slider_moved (PlateauSpectraInspector *inspector)
{
  if (inspector->updating)
    return;
  show_lambda (inspector, slider_lambda (inspector));
  g_clear_pointer (&inspector->live, json_object_unref);
  inspector->live = json_object_new ();
  json_object_set_string_member (inspector->live, "lambda-method", "fixed");
  json_object_set_double_member (inspector->live, "lambda-value", slider_lambda (inspector));
  /* the band, a second of sampling, follows when the slider rests */
  json_object_set_boolean_member (inspector->live, "credible", FALSE);
  if (inspector->commit_id != 0)
    g_source_remove (inspector->commit_id);
  inspector->commit_id = g_timeout_add (COMMIT_DELAY, commit_lambda, inspector);
  if (inspector->moved != NULL)
    inspector->moved (inspector->moved_data);
}

static void
model_changed (PlateauSpectraInspector *inspector, const char *label)
{
  g_autofree char *name = g_strdup_printf (_ ("Change %s"), label);

  if (inspector->updating)
    return;
  store (inspector, "drt", merge_settings (inspector, "drt", inspector->model, model_names), name);
}

static void
store_windows (PlateauSpectraInspector *inspector, const char *text)
{
  JsonObject *settings = json_object_new ();

  json_object_set_string_member (settings, "windows", text);
  store (inspector, "drt-windows", settings, _ ("Name processes"));
}

static void
windows_entered (PlateauSpectraInspector *inspector)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (inspector->windows));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) windows = plateau_drt_windows_from_text (text, &error);

  plateau_tooltip_set (inspector->windows, error != NULL
                                               ? error->message
                                               : _ ("name|short name|from|to; … in seconds"));
  if (windows == NULL)
    {
      gtk_widget_add_css_class (inspector->windows, "error");
      return;
    }
  gtk_widget_remove_css_class (inspector->windows, "error");
  store_windows (inspector, text);
}

static void
preset_chosen (PlateauSpectraInspector *inspector)
{
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (inspector->presets));
  const char *const *ids = plateau_drt_windows_list ();

  if (inspector->updating || chosen == 0)
    return;
  g_autoptr (GPtrArray) windows = plateau_drt_windows_preset (ids[chosen - 1]);
  g_autofree char *text = plateau_drt_windows_to_text (windows);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (inspector->presets), 0);
  store_windows (inspector, text);
}

static GtkWidget *
build_regularisation (PlateauSpectraInspector *inspector)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  inspector->value = gtk_label_new (NULL);
  gtk_widget_set_halign (inspector->value, GTK_ALIGN_END);
  inspector->slider = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, -7, 1, 0.05);
  gtk_scale_set_draw_value (GTK_SCALE (inspector->slider), FALSE);
  plateau_widget_leave_wheel (inspector->slider);
  gtk_accessible_update_property (GTK_ACCESSIBLE (inspector->slider), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("λ, in decades"), -1);
  plateau_tooltip_set (
      inspector->slider,
      _ ("λ in decades: small values follow the data and their noise, large ones smooth peaks "
         "away. The scores below show what the data say (GCV, L-curve, re–im)"));
  g_signal_connect_swapped (inspector->slider, "value-changed", G_CALLBACK (slider_moved),
                            inspector);
  inspector->scores = plateau_plot_pane_new (inspector->document, _ ("Scores"));
  gtk_widget_set_size_request (inspector->scores, -1, SCORES_HEIGHT);
  gtk_box_append (GTK_BOX (box), plateau_form_row_new ("λ", inspector->value,
                                                       _ ("Regularisation parameter: one for all "
                                                          "spectra that are compared")));
  gtk_box_append (GTK_BOX (box), inspector->slider);
  gtk_box_append (GTK_BOX (box), inspector->scores);
  return box;
}

static GtkWidget *
build_processes (PlateauSpectraInspector *inspector)
{
  GtkWidget *box = inspector->processes = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  const char *const *ids = plateau_drt_windows_list ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("Windows of a study…"));
  for (guint i = 0; ids[i] != NULL; i++)
    gtk_string_list_append (names, ids[i]);
  inspector->presets = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (inspector->presets),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Windows of a study"), -1);
  plateau_tooltip_set (inspector->presets,
                       _ ("Windows of relaxation times by which a study names its processes"));
  g_signal_connect_swapped (inspector->presets, "notify::selected", G_CALLBACK (preset_chosen),
                            inspector);
  inspector->windows = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (inspector->windows), 8);
  plateau_tooltip_set (inspector->windows, _ ("name|short name|from|to; … in seconds"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (inspector->windows),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Process windows"), -1);
  g_signal_connect_swapped (inspector->windows, "activate", G_CALLBACK (windows_entered),
                            inspector);
  gtk_box_append (GTK_BOX (box), inspector->presets);
  gtk_box_append (GTK_BOX (box), inspector->windows);
  return box;
}

static void
build_drt (PlateauSpectraInspector *inspector)
{
  inspector->model = plateau_option_editor_new (plateau_drt_option_table, &drt_defaults,
                                                sizeof drt_defaults, model_names);
  g_signal_connect_swapped (inspector->model, "changed", G_CALLBACK (model_changed), inspector);
  gtk_box_append (
      GTK_BOX (inspector->box),
      plateau_section_new (_ ("Regularisation"), build_regularisation (inspector), TRUE));
  gtk_box_append (GTK_BOX (inspector->box),
                  plateau_section_new (_ ("Model"), inspector->model, TRUE));
  gtk_box_append (GTK_BOX (inspector->box),
                  plateau_section_new (_ ("Processes"), build_processes (inspector), TRUE));
}

static void
add_section (PlateauSpectraInspector *inspector, PlateauSpectraSection which, GtkWidget *section)
{
  inspector->sections[which] = section;
  gtk_box_append (GTK_BOX (inspector->box), section);
}

/* The section that a mode is about stands first; the others keep their order behind it. */
void
plateau_spectra_inspector_set_first (PlateauSpectraInspector *inspector,
                                     PlateauSpectraSection section)
{
  static const PlateauSpectraSection order[] = { PLATEAU_SPECTRA_SECTION_PLOT,
                                                 PLATEAU_SPECTRA_SECTION_CIRCUIT,
                                                 PLATEAU_SPECTRA_SECTION_MASKS,
                                                 PLATEAU_SPECTRA_SECTION_TEST };
  GtkBox *box = GTK_BOX (inspector->box);
  GtkWidget *last = inspector->sections[section];

  gtk_box_reorder_child_after (box, last, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if (order[i] != section)
      {
        gtk_box_reorder_child_after (box, inspector->sections[order[i]], last);
        last = inspector->sections[order[i]];
      }
}

static void
build_impedance (PlateauSpectraInspector *inspector)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  inspector->masks = plateau_option_editor_new (plateau_impedance_option_table, &mask_defaults,
                                                sizeof mask_defaults, mask_names);
  g_signal_connect_swapped (inspector->masks, "changed", G_CALLBACK (masks_changed), inspector);
  inspector->kk = plateau_option_editor_new (plateau_kk_option_table, &kk_defaults,
                                             sizeof kk_defaults, kk_names);
  g_signal_connect_swapped (inspector->kk, "changed", G_CALLBACK (kk_changed), inspector);
  inspector->circuit = plateau_circuit_editor_new ();
  g_signal_connect_swapped (inspector->circuit, "changed", G_CALLBACK (circuit_changed), inspector);
  inspector->circuit_options = plateau_option_editor_new (
      plateau_circuit_option_table, &circuit_defaults, sizeof circuit_defaults, circuit_names);
  g_signal_connect_swapped (inspector->circuit_options, "changed",
                            G_CALLBACK (circuit_options_changed), inspector);
  gtk_box_append (GTK_BOX (box), inspector->circuit);
  gtk_box_append (GTK_BOX (box), inspector->circuit_options);
  add_section (inspector, PLATEAU_SPECTRA_SECTION_CIRCUIT,
               plateau_section_new (_ ("Circuit"), box, TRUE));
  add_section (inspector, PLATEAU_SPECTRA_SECTION_MASKS,
               plateau_section_new (_ ("Points left out"), inspector->masks, TRUE));
  add_section (inspector, PLATEAU_SPECTRA_SECTION_TEST,
               plateau_section_new (_ ("Kramers-Kronig test"), inspector->kk, TRUE));
}

static void
build_view (PlateauSpectraInspector *inspector)
{
  inspector->view = plateau_option_editor_new (
      plateau_spectra_view_table, &view_defaults, sizeof view_defaults,
      inspector->drt ? drt_view_names : impedance_view_names);
  g_signal_connect_swapped (inspector->view, "changed", G_CALLBACK (view_changed), inspector);
  add_section (inspector, PLATEAU_SPECTRA_SECTION_PLOT,
               plateau_section_new (_ ("Plot"), inspector->view, TRUE));
}

PlateauSpectraInspector *
plateau_spectra_inspector_new (PlateauDocument *document, gboolean drt)
{
  PlateauSpectraInspector *inspector = g_new0 (PlateauSpectraInspector, 1);

  inspector->document = g_object_ref (document);
  inspector->drt = drt;
  inspector->box = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  if (!drt)
    build_view (inspector);
  if (drt)
    build_drt (inspector);
  else
    build_impedance (inspector);
  if (drt)
    build_view (inspector);
  g_signal_connect_swapped (document, "settle", G_CALLBACK (settle), inspector);
  return inspector;
}

void
plateau_spectra_inspector_free (PlateauSpectraInspector *inspector)
{
  if (inspector->commit_id != 0)
    g_source_remove (inspector->commit_id);
  g_signal_handlers_disconnect_by_data (inspector->document, inspector);
  g_signal_handlers_disconnect_by_data (inspector->view, inspector);
  if (inspector->drt)
    {
      g_signal_handlers_disconnect_by_data (inspector->slider, inspector);
      g_signal_handlers_disconnect_by_data (inspector->model, inspector);
      g_signal_handlers_disconnect_by_data (inspector->presets, inspector);
      g_signal_handlers_disconnect_by_data (inspector->windows, inspector);
    }
  else
    {
      g_signal_handlers_disconnect_by_data (inspector->masks, inspector);
      g_signal_handlers_disconnect_by_data (inspector->kk, inspector);
      g_signal_handlers_disconnect_by_data (inspector->circuit, inspector);
      g_signal_handlers_disconnect_by_data (inspector->circuit_options, inspector);
    }
  g_clear_pointer (&inspector->live, json_object_unref);
  g_clear_object (&inspector->box);
  g_clear_object (&inspector->document);
  g_free (inspector);
}

void
plateau_spectra_inspector_add_processes (PlateauSpectraInspector *inspector, GtkWidget *widget)
{
  gtk_box_append (GTK_BOX (inspector->processes), widget);
}

GtkWidget *
plateau_spectra_inspector_get_widget (PlateauSpectraInspector *inspector)
{
  return inspector->box;
}

JsonObject *
plateau_spectra_inspector_get_live (PlateauSpectraInspector *inspector)
{
  return inspector->live;
}

void
plateau_spectra_inspector_set_moved (PlateauSpectraInspector *inspector, void (*moved) (gpointer),
                                     gpointer user_data)
{
  inspector->moved = moved;
  inspector->moved_data = user_data;
}

static void
refresh_drt (PlateauSpectraInspector *inspector, const char *spectra)
{
  JsonObject *settings = project_settings (inspector, "drt");
  JsonObject *windows = project_settings (inspector, "drt-windows");
  JsonObject *plot = plateau_page_new_plot (inspector->document, "drt-scores");
  double lambda = settings != NULL ? json_object_get_double_member_with_default (
                      settings, "lambda-value", drt_defaults.lambda)
                                   : drt_defaults.lambda;
  const char *text = windows != NULL
                         ? json_object_get_string_member_with_default (windows, "windows", NULL)
                         : NULL;
  g_autoptr (GPtrArray) preset = plateau_drt_windows_preset ("sun2022");
  g_autofree char *preset_text = plateau_drt_windows_to_text (preset);

  plateau_option_editor_set_json (PLATEAU_OPTION_EDITOR (inspector->model), settings);
  if (inspector->commit_id == 0)
    {
      gtk_range_set_value (GTK_RANGE (inspector->slider), log10 (lambda));
      show_lambda (inspector, lambda);
    }
  gtk_editable_set_text (GTK_EDITABLE (inspector->windows), text != NULL ? text : preset_text);
  json_object_set_string_member (plot, "spectra", spectra);
  g_autoptr (JsonNode) figure = plateau_document_for_plot ("drt-scores", plot);
  json_object_unref (plot);
  plateau_plot_pane_set_document (PLATEAU_PLOT_PANE (inspector->scores), figure, "scores");
}

/* Shows what the project says; @spectra: the page's choice, whose first spectrum is scored. */
void
plateau_spectra_inspector_refresh (PlateauSpectraInspector *inspector, const char *spectra)
{
  inspector->updating = TRUE;
  plateau_option_editor_set_json (PLATEAU_OPTION_EDITOR (inspector->view),
                                  project_settings (inspector, "spectra-view"));
  if (inspector->drt)
    refresh_drt (inspector, spectra);
  else
    {
      JsonObject *circuit = project_settings (inspector, "circuit");

      plateau_option_editor_set_json (PLATEAU_OPTION_EDITOR (inspector->masks),
                                      project_settings (inspector, "impedance"));
      plateau_option_editor_set_json (PLATEAU_OPTION_EDITOR (inspector->kk),
                                      project_settings (inspector, "kk"));
      plateau_option_editor_set_json (PLATEAU_OPTION_EDITOR (inspector->circuit_options), circuit);
      plateau_circuit_editor_set_text (
          PLATEAU_CIRCUIT_EDITOR (inspector->circuit),
          circuit != NULL ? json_object_get_string_member_with_default (circuit, "circuit", "")
                          : "");
    }
  inspector->updating = FALSE;
}
