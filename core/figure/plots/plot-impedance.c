/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-impedance.h"

#include "base/plateau-error.h"
#include "base/plateau-unit.h"
#include "figure/plots/plot-cycling.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

static void
set_free (gpointer data)
{
  PlotSpectra *set = data;

  g_ptr_array_unref (set->spectra);
  g_ptr_array_unref (set->masked);
  g_clear_pointer (&set->measured, g_ptr_array_unref);
  g_array_unref (set->numbers);
  g_free (set->key);
  g_free (set->shades);
  g_free (set);
}

char *
plot_options_text (const PlateauOption *table, gconstpointer options)
{
  JsonObject *object = plateau_options_to_json (table, options);
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);

  json_object_unref (object);
  return json_to_string (node, FALSE);
}

/**
 * plateau_plot_choose_spectra:
 * @choice: (nullable): "charge" or "discharge", by the course of the potential; else numbers as
 *   plateau_plot_choose_cycles() has them
 * @spectra: (element-type PlateauSpectrum): a series in the order of time
 *
 * Returns: (transfer full): an array of guint, rising, from 1
 */
GArray *
plateau_plot_choose_spectra (const char *choice, GPtrArray *spectra)
{
  gboolean charge = g_strcmp0 (choice, "charge") == 0;
  GArray *chosen;

  if (!charge && g_strcmp0 (choice, "discharge") != 0)
    return plateau_plot_choose_cycles (choice, spectra->len);
  chosen = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint number = 1; number <= spectra->len; number++)
    if (plateau_impedance_is_on_charge (spectra, number - 1) == charge)
      g_array_append_val (chosen, number);
  return chosen;
}

/* "marked_only": {"cell id": number} of the plot shows of each cell that spectrum alone. */
static GArray *
marked_only (PlateauPlotContext *context, const PlateauStudyCell *cell)
{
  JsonNode *node = context->plot ? json_object_get_member (context->plot, "marked_only") : NULL;
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, cell->id);
  GArray *wanted;
  guint number;

  if (!node || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  wanted = g_array_new (FALSE, FALSE, sizeof (guint));
  number = (guint) json_object_get_int_member_with_default (json_node_get_object (node), id, 0);
  if (number > 0)
    g_array_append_val (wanted, number);
  return wanted;
}

static GPtrArray *
load_measured (GPtrArray *spectra, const PlateauStudyCell *cell,
               const PlateauImpedanceOptions *options)
{
  PlateauImpedanceOptions as_measured = *options;

  as_measured.correct_drift = FALSE;
  return plateau_impedance_prepare (spectra, cell->id, &as_measured, NULL);
}

static PlotSpectra *
load_set (PlateauPlotContext *context, const PlateauPlotGroup *group, const PlateauStudyCell *cell,
          const PlateauImpedanceOptions *options, const char *choice)
{
  g_autoptr (GPtrArray) all = plateau_plot_get_spectra (context, cell, NULL);
  g_autoptr (GPtrArray) mine = NULL, prepared = NULL, masked = NULL, notes = NULL;
  g_autoptr (GPtrArray) measured = NULL;
  g_autoptr (GArray) wanted = NULL;
  g_autoptr (GString) numbers = NULL;
  g_autofree char *cell_key = plateau_plot_cell_key (cell, PLATEAU_KIND_EIS);
  g_autofree char *settings = plot_options_text (plateau_impedance_option_table, options);
  PlotSpectra *set;

  if (!all || all->len == 0)
    return NULL;
  mine = plateau_impedance_choose_electrode (all);
  notes = g_ptr_array_new_with_free_func (g_free);
  prepared = plateau_impedance_prepare (mine, cell->id, options, notes);
  masked = plateau_impedance_list_masked (mine, cell->id, options);
  for (guint i = 0; i < notes->len; i++)
    plateau_panel_note (context->panel, "%s: %s", cell->name,
                        (const char *) g_ptr_array_index (notes, i));
  wanted = marked_only (context, cell);
  if (!wanted)
    wanted = plateau_plot_choose_spectra (choice, prepared);
  set = g_new0 (PlotSpectra, 1);
  set->group = group;
  set->cell = cell;
  set->kelvin = context->notation.kelvin;
  set->spectra = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_spectrum_unref);
  set->masked = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_spectrum_unref);
  set->numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  numbers = g_string_new (NULL);
  for (guint i = 0; i < wanted->len; i++)
    g_string_append_printf (numbers, " %u", g_array_index (wanted, guint, i));
  set->key = g_strdup_printf ("%s %s%s", cell_key, settings, numbers->str);
  measured = options->correct_drift ? load_measured (mine, cell, options) : NULL;
  if (measured)
    set->measured = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_spectrum_unref);
  for (guint i = 0; i < wanted->len; i++)
    {
      guint number = g_array_index (wanted, guint, i);

      if (number < 1 || number > prepared->len)
        continue;
      g_ptr_array_add (set->spectra,
                       plateau_spectrum_ref (g_ptr_array_index (prepared, number - 1)));
      g_ptr_array_add (set->masked, plateau_spectrum_ref (g_ptr_array_index (masked, number - 1)));
      if (measured)
        g_ptr_array_add (set->measured,
                         plateau_spectrum_ref (g_ptr_array_index (measured, number - 1)));
      g_array_append_val (set->numbers, number);
    }
  return set;
}

GPtrArray *
plot_spectra_load (PlateauPlotContext *context, GError **error)
{
  PlateauImpedanceOptions options = PLATEAU_IMPEDANCE_OPTIONS_INIT;
  const char *choice = context->plot ? json_object_get_string_member_with_default (context->plot,
                                                                                   "spectra", "")
                                     : "";
  g_autoptr (GPtrArray) sets = g_ptr_array_new_with_free_func (set_free);
  gboolean ok = plateau_plot_get_settings (context, "impedance", plateau_impedance_option_table,
                                           &options, error);

  for (guint g = 0; ok && g < context->n_groups; g++)
    for (guint c = 0; c < context->groups[g].n_cells; c++)
      {
        PlotSpectra *set = load_set (context, &context->groups[g], context->groups[g].cells[c],
                                     &options, choice);

        if (set)
          g_ptr_array_add (sets, set);
      }
  plateau_options_clear (plateau_impedance_option_table, &options);
  if (!ok)
    return NULL;
  if (plot_spectra_count (sets) == 0)
    {
      g_set_error_literal (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_EMPTY,
                           *choice != '\0'
                               ? _ ("No spectrum of these cells fits the choice of spectra. "
                                    "Choose all spectra.")
                               : _ ("The files of these cells hold no impedance spectra."));
      return NULL;
    }
  return g_steal_pointer (&sets);
}

GPtrArray *
plot_spectra_load_others (PlateauPlotContext *context)
{
  JsonNode *node = context->plot ? json_object_get_member (context->plot, "scale_with") : NULL;
  const char *choice = context->plot ? json_object_get_string_member_with_default (context->plot,
                                                                                   "spectra", "")
                                     : "";
  PlateauImpedanceOptions options = PLATEAU_IMPEDANCE_OPTIONS_INIT;
  GPtrArray *sets;
  JsonArray *cells;

  if (!node || !JSON_NODE_HOLDS_ARRAY (node)
      || !plateau_plot_get_settings (context, "impedance", plateau_impedance_option_table, &options,
                                     NULL))
    return NULL;
  sets = g_ptr_array_new_with_free_func (set_free);
  cells = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (cells); i++)
    {
      const PlateauStudyCell *cell = plateau_study_find_cell (
          context->study, json_array_get_int_element (cells, i));
      PlotSpectra *set = cell ? load_set (context, NULL, cell, &options, choice) : NULL;

      if (set)
        g_ptr_array_add (sets, set);
    }
  plateau_options_clear (plateau_impedance_option_table, &options);
  return sets;
}

guint
plot_spectra_count (GPtrArray *sets)
{
  guint n = 0;

  for (guint i = 0; i < sets->len; i++)
    n += ((PlotSpectra *) g_ptr_array_index (sets, i))->spectra->len;
  return n;
}

guint
plot_stack_every (const PlotSpectra *set)
{
  return (set->spectra->len + 9) / 10;
}

gboolean
plot_spectrum_is_marked (PlateauPlotContext *context, const PlotSpectra *set, guint index)
{
  JsonNode *node = context->plot ? json_object_get_member (context->plot, "marked") : NULL;
  JsonObject *marked;

  if (!node || !JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  marked = json_node_get_object (node);
  return json_object_get_int_member_with_default (marked, "cell", 0) == set->cell->id
         && json_object_get_int_member_with_default (marked, "spectrum", 0)
                == g_array_index (set->numbers, guint, index);
}

gboolean
plot_stack_shows (PlateauPlotContext *context, const PlotSpectra *set, guint index, guint every)
{
  return index % every == 0 || plot_spectrum_is_marked (context, set, index);
}

gboolean
plot_circuit_get_options (PlateauPlotContext *context, PlateauCircuitOptions *options,
                          GError **error)
{
  if (!plateau_plot_get_settings (context, "circuit", plateau_circuit_option_table, options, error))
    return FALSE;
  if (options->circuit != NULL && options->circuit[0] != '\0')
    return TRUE;
  g_set_error_literal (
      error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_EMPTY,
      _ ("No circuit is chosen yet. Choose one in the inspector under Circuit, or type one: "
         "R0-p(R1,CPE1)-W1"));
  return FALSE;
}
