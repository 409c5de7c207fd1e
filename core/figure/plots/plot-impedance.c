/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-impedance.h"

#include "base/plateau-error.h"
#include "base/plateau-unit.h"
#include "figure/plots/plot-cycling.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

const char *const plot_series_axis_nicks[] = { "auto",   "potential",   "cycle",
                                               "time",   "temperature", "inverse-temperature",
                                               "number", NULL };
const char *const plot_series_axis_labels[] = { N_ ("What differs"), N_ ("Potential"),
                                                N_ ("Cycle"),        N_ ("Time"),
                                                N_ ("Temperature"),  "1000/T",
                                                N_ ("Number"),       NULL };

static void
set_free (gpointer data)
{
  PlotSpectra *set = data;

  g_ptr_array_unref (set->spectra);
  g_ptr_array_unref (set->masked);
  g_array_unref (set->numbers);
  g_free (set->key);
  g_free (set);
}

static char *
options_text (const PlateauOption *table, gconstpointer options)
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

static PlotSpectra *
load_set (PlateauPlotContext *context, const PlateauPlotGroup *group, const PlateauStudyCell *cell,
          const PlateauImpedanceOptions *options, const char *choice)
{
  g_autoptr (GPtrArray) all = plateau_plot_get_spectra (context, cell, NULL);
  g_autoptr (GPtrArray) mine = NULL, prepared = NULL, masked = NULL, notes = NULL;
  g_autoptr (GArray) wanted = NULL;
  g_autoptr (GString) numbers = NULL;
  g_autofree char *cell_key = plateau_plot_cell_key (cell, PLATEAU_KIND_EIS);
  g_autofree char *settings = options_text (plateau_impedance_option_table, options);
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
  for (guint i = 0; i < wanted->len; i++)
    {
      guint number = g_array_index (wanted, guint, i);

      if (number < 1 || number > prepared->len)
        continue;
      g_ptr_array_add (set->spectra,
                       plateau_spectrum_ref (g_ptr_array_index (prepared, number - 1)));
      g_ptr_array_add (set->masked,
                       plateau_spectrum_ref (g_ptr_array_index (masked, number - 1)));
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
                           _ ("No impedance spectra in these cells"));
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
plot_drt_options (PlateauPlotContext *context, PlateauDrtOptions *options, GError **error)
{
  *options = (PlateauDrtOptions) PLATEAU_DRT_OPTIONS_INIT;
  return plateau_plot_get_settings (context, "drt", plateau_drt_option_table, options, error);
}

typedef struct
{
  const PlotSpectra *set;
  const PlateauDrtOptions *options;
} Wanted;

static gpointer
compute_drts (gpointer user_data, gsize *size, GCancellable *cancellable, GError **error)
{
  Wanted *wanted = user_data;
  GPtrArray *results = plateau_drt_analyse_many (wanted->set->spectra, wanted->options, 0, NULL,
                                                 cancellable);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    {
      g_ptr_array_unref (results);
      return NULL;
    }
  for (guint i = 0; i < results->len; i++)
    {
      const PlateauDrt *drt = g_ptr_array_index (results, i);

      if (drt)
        *size += (2 * drt->n_fine + 5 * drt->n_tau + 6 * drt->n_points) * sizeof (double);
    }
  return results;
}

GPtrArray *
plot_spectra_get_drts (PlateauPlotContext *context, const PlotSpectra *set, GError **error)
{
  PlateauDrtOptions options;
  g_autofree char *settings = NULL, *key = NULL;
  Wanted wanted = { set, &options };

  if (!plot_drt_options (context, &options, error))
    return NULL;
  settings = options_text (plateau_drt_option_table, &options);
  key = g_strconcat ("drt ", settings, " ", set->key, NULL);
  return plateau_cache_get (context->cache, key, (GBoxedCopyFunc) g_ptr_array_ref,
                            (GDestroyNotify) g_ptr_array_unref, compute_drts, &wanted,
                            context->cancellable, error);
}

double
plot_drt_largest (GPtrArray *results)
{
  double largest = 0;

  for (guint i = 0; i < results->len; i++)
    {
      const PlateauDrt *drt = g_ptr_array_index (results, i);

      for (gsize k = 0; drt && k < drt->n_tau; k++)
        largest = MAX (largest, drt->gamma[k]);
    }
  return largest;
}

double
plot_drt_largest_of_others (PlateauPlotContext *context)
{
  g_autoptr (GPtrArray) others = plot_spectra_load_others (context);
  double largest = 0;

  for (guint i = 0; others && i < others->len; i++)
    {
      g_autoptr (GPtrArray)
          results = plot_spectra_get_drts (context, g_ptr_array_index (others, i), NULL);

      if (results)
        largest = MAX (largest, plot_drt_largest (results));
    }
  return largest;
}

/* The project's windows, or those of a preset when it has none of its own. */
GPtrArray *
plot_drt_windows (PlateauPlotContext *context)
{
  JsonObject *settings = plateau_study_get_settings (context->study, "drt-windows");
  JsonNode *own = context->plot ? json_object_get_member (context->plot, "drt-windows") : NULL;
  const char *text = NULL;
  GPtrArray *windows = NULL;

  if (own && JSON_NODE_HOLDS_OBJECT (own))
    settings = json_node_get_object (own);
  if (settings)
    text = json_object_get_string_member_with_default (settings, "windows", NULL);
  if (text)
    windows = plateau_drt_windows_from_text (text, NULL);
  return windows ? windows : plateau_drt_windows_preset ("sun2022");
}

/* R_ct1 as people write it: an italic letter with an index. */
char *
plot_window_markup (const PlateauDrtWindow *window)
{
  if (g_str_has_prefix (window->brief, "R_"))
    {
      g_autofree char *index = plateau_plot_markup (window->brief + 2);

      return g_strdup_printf ("<i>R</i><sub>%s</sub>", index);
    }
  return plateau_plot_markup (window->brief);
}

void
plot_add_windows (PlateauPlotContext *context, GPtrArray *windows, gboolean names)
{
  for (guint i = 0; i < windows->len; i++)
    {
      const PlateauDrtWindow *window = g_ptr_array_index (windows, i);
      PlateauAnnotation *a = plateau_panel_add_annotation (context->panel,
                                                           PLATEAU_ANNOTATION_WINDOW, NULL);

      a->x_coordinates = PLATEAU_COORDINATES_DATA;
      a->x = window->low;
      a->x1 = window->high;
      a->y = a->y1 = NAN;
      a->colour = plateau_colour_simple (PLATEAU_COLOUR_WINDOW);
      a->handle = g_strdup_printf ("window/%u", i);
      if (names)
        {
          g_autofree char *markup = plot_window_markup (window);

          a = plateau_panel_add_annotation (context->panel, PLATEAU_ANNOTATION_TEXT, markup);
          a->x_coordinates = PLATEAU_COORDINATES_DATA;
          a->y_coordinates = PLATEAU_COORDINATES_AXES;
          a->x = sqrt (window->low * window->high);
          a->y = 0.97;
          a->horizontal = PLATEAU_ANCHOR_MIDDLE;
          a->small = TRUE;
          a->colour = plateau_colour_simple (PLATEAU_COLOUR_DIM);
        }
    }
}

static void
hatch (PlateauPlotContext *context, double low, double high)
{
  PlateauAnnotation *a;

  if (!(high > low))
    return;
  a = plateau_panel_add_annotation (context->panel, PLATEAU_ANNOTATION_WINDOW, NULL);
  a->x_coordinates = PLATEAU_COORDINATES_DATA;
  a->x = low;
  a->x1 = high;
  a->y = a->y1 = NAN;
  a->hatched = TRUE;
}

void
plot_hatch_windows (PlateauPlotContext *context, GPtrArray *windows, const PlateauDrt *drt)
{
  for (guint i = 0; i < windows->len; i++)
    {
      const PlateauDrtWindow *window = g_ptr_array_index (windows, i);

      hatch (context, window->low, MIN (window->high, drt->measured_tau_low));
      hatch (context, MAX (window->low, drt->measured_tau_high), window->high);
    }
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

/* --- looks --------------------------------------------------------------------------------------
 */

void
plot_spectrum_style (PlateauLayerStyle *style, const PlotSpectra *set, guint index, guint n_sets)
{
  plateau_layer_style_for_slot (style, set->group->slot);
  style->dash = PLATEAU_DASH_SOLID;
  if (set->spectra->len > 1)
    style->colour = n_sets > 1
                        ? plateau_colour_slot (set->group->slot,
                                               plateau_plot_shade (index, set->spectra->len))
                        : plateau_colour_sequential (plateau_plot_shade (index, set->spectra->len));
}

static double
condition (PlateauSpectrum *spectrum, const PlotSpectra *set, PlotSeriesAxis axis)
{
  const PlateauConditions *c = plateau_spectrum_get_conditions (spectrum);
  const PlateauStudyCell *cell = set->cell;
  double offset = isfinite (cell->reference_offset) ? cell->reference_offset : 0;

  switch (axis)
    {
    case PLOT_SERIES_POTENTIAL:
      return c->potential + offset;
    case PLOT_SERIES_CYCLE:
      return c->cycle;
    case PLOT_SERIES_TIME:
      return plateau_from_si (c->time, "h");
    case PLOT_SERIES_TEMPERATURE:
      return plateau_from_si (isfinite (c->temperature) ? c->temperature : cell->temperature,
                              set->kelvin ? "K" : "degC");
    case PLOT_SERIES_INVERSE_TEMPERATURE:
      return 1000 / (isfinite (c->temperature) ? c->temperature : cell->temperature);
    default:
      return NAN;
    }
}

double
plot_series_value (const PlotSpectra *set, guint index, PlotSeriesAxis axis)
{
  if (axis == PLOT_SERIES_NUMBER)
    return g_array_index (set->numbers, guint, index);
  return condition (g_ptr_array_index (set->spectra, index), set, axis);
}

static gboolean
differs (const PlotSpectra *set, PlotSeriesAxis axis)
{
  double least = INFINITY, most = -INFINITY;

  for (guint i = 0; i < set->spectra->len; i++)
    {
      double value = plot_series_value (set, i, axis);

      if (!isfinite (value))
        return FALSE;
      least = MIN (least, value);
      most = MAX (most, value);
    }
  /* a potential that only scatters is none to sort by */
  return most - least
         > (axis == PLOT_SERIES_POTENTIAL ? 5e-3 : 1e-3 * MAX (fabs (most), fabs (least)));
}

static PlotSeriesAxis
choose_for_set (const PlotSpectra *set)
{
  static const PlotSeriesAxis order[] = { PLOT_SERIES_POTENTIAL, PLOT_SERIES_CYCLE,
                                          PLOT_SERIES_TEMPERATURE, PLOT_SERIES_TIME };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if (differs (set, order[i]))
      return order[i];
  return PLOT_SERIES_NUMBER;
}

PlotSeriesAxis
plot_series_axis_choose (GPtrArray *sets, PlotSeriesAxis wanted)
{
  if (wanted != PLOT_SERIES_AUTO)
    return wanted;
  return sets->len > 0 ? choose_for_set (g_ptr_array_index (sets, 0)) : PLOT_SERIES_NUMBER;
}

void
plot_series_set_axis (PlateauPlotContext *context, PlateauAxisId id, PlotSeriesAxis axis)
{
  switch (axis)
    {
    case PLOT_SERIES_POTENTIAL:
      plateau_plot_set_potential_axis (context, id);
      return;
    case PLOT_SERIES_CYCLE:
      plateau_panel_set_axis (context->panel, id, _ ("Cycle number"), NULL);
      return;
    case PLOT_SERIES_TIME:
      plateau_panel_set_axis (context->panel, id, _ ("Time"), "h");
      return;
    case PLOT_SERIES_TEMPERATURE:
      plateau_panel_set_axis (context->panel, id, _ ("Temperature"),
                              context->notation.kelvin ? "K" : "°C");
      return;
    case PLOT_SERIES_INVERSE_TEMPERATURE:
      plateau_panel_set_axis (context->panel, id, "1000 <i>T</i><sup>−1</sup>", "K<sup>−1</sup>");
      return;
    default:
      plateau_panel_set_axis (context->panel, id, _ ("Spectrum"), NULL);
    }
}

char *
plot_spectrum_label (const PlotSpectra *set, guint index)
{
  PlotSeriesAxis axis = choose_for_set (set);
  double value = plot_series_value (set, index, axis);
  const char *label = plateau_spectrum_get_label (g_ptr_array_index (set->spectra, index));

  switch (axis)
    {
    case PLOT_SERIES_POTENTIAL:
      return g_strdup_printf ("%.2f V", value);
    case PLOT_SERIES_CYCLE:
      return g_strdup_printf (_ ("cycle %.0f"), value);
    case PLOT_SERIES_TEMPERATURE:
      return g_strdup_printf (set->kelvin ? "%.0f K" : "%.0f °C", value);
    case PLOT_SERIES_TIME:
      return g_strdup_printf ("%.1f h", value);
    default:
      if (label && *label && set->spectra->len > 1)
        return plateau_plot_markup (label);
      return g_strdup_printf ("%u", g_array_index (set->numbers, guint, index));
    }
}

/* Small grey crosses where points are masked, which a pick brings back. */
void
plot_style_masked (PlateauLayer *layer)
{
  layer->style.width = 0;
  layer->style.marker = PLATEAU_MARKER_CROSS;
  layer->style.marker_size = 0.8;
  layer->style.colour = plateau_colour_simple (PLATEAU_COLOUR_DIM);
}

PlateauLayer *
plot_spectrum_layer (PlateauPlotContext *context, PlateauLayerKind kind, const PlotSpectra *set,
                     guint index, guint n_sets, const char *what, gboolean legend)
{
  guint number = g_array_index (set->numbers, guint, index);
  g_autofree char *id = g_strdup_printf ("%s/%s/%u", what, set->cell->name, number);
  g_autofree char *group = plot_group_label (set->group);
  g_autofree char *own = plot_spectrum_label (set, index);
  g_autofree char *label = set->spectra->len > 1 && n_sets > 1
                               ? g_strconcat (group, ", ", own, NULL)
                           : set->spectra->len > 1 ? g_strdup (own)
                                                   : g_strdup (group);
  PlateauLayer *layer = plateau_panel_add_layer (context->panel, kind, id, legend ? label : NULL);

  plot_spectrum_style (&layer->style, set, index, n_sets);
  layer->tag.cell = set->cell->id;
  layer->tag.sample = set->group->sample ? set->group->sample->id : 0;
  layer->tag.spectrum = (int) number - 1;
  if (plot_spectrum_is_marked (context, set, index))
    layer->style.width *= 2.2;
  return layer;
}

/* A legend entry that names the colour of a sample, where markers tell what differs within it. */
void
plot_name_sample (PlateauPlotContext *context, const PlotSpectra *set)
{
  g_autofree char *id = g_strdup_printf ("sample/%s", set->cell->name);
  g_autofree char *label = plot_group_label (set->group);
  PlateauLayer *layer = plateau_panel_add_layer (context->panel, PLATEAU_LAYER_LINE, id, label);
  double *x = g_new (double, 1), *y = g_new (double, 1);

  x[0] = y[0] = NAN;
  plateau_layer_style_for_slot (&layer->style, set->group->slot);
  layer->style.dash = PLATEAU_DASH_SOLID;
  layer->tag.cell = set->cell->id;
  plateau_layer_take_xy (layer, x, y, 1);
}
