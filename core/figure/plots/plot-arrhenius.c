/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-impedance.h"
#include "figure/plots/plot-kinetics.h"

#include "analysis/plateau-conductivity.h"
#include "base/plateau-error.h"
#include "base/plateau-number.h"
#include "base/plateau-unit.h"
#include "data/plateau-naming.h"
#include "figure/plateau-look.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* A quantity over temperature against 1000/T with the line of each sample: the conductivity of
 * pellets, the resistance of charge transfer, or diffusion; and its value at room temperature with
 * the activation energy against the samples' variable. */

#define LINE_POINTS 40
#define ROOM 298.15 /* K */

/* The cells of one sample stand for one line, whichever tests they were in. */
static void
clear_group (gpointer data)
{
  PlateauPlotGroup *group = data;

  g_free (group->name);
  g_free (group->cells);
}

static void
append_cells (PlateauPlotGroup *to, const PlateauPlotGroup *from)
{
  to->cells = g_renew (const PlateauStudyCell *, to->cells, to->n_cells + from->n_cells);
  for (guint c = 0; c < from->n_cells; c++)
    to->cells[to->n_cells++] = from->cells[c];
}

static GArray *
list_samples (PlateauPlotContext *context)
{
  GArray *samples = g_array_new (FALSE, TRUE, sizeof (PlateauPlotGroup));

  g_array_set_clear_func (samples, clear_group);
  for (guint g = 0; g < context->n_groups; g++)
    {
      const PlateauPlotGroup *group = &context->groups[g];
      PlateauPlotGroup *same = NULL, own = { .sample = group->sample, .slot = group->slot };

      for (guint i = 0; group->sample && i < samples->len && !same; i++)
        if (g_array_index (samples, PlateauPlotGroup, i).sample == group->sample)
          same = &g_array_index (samples, PlateauPlotGroup, i);
      if (same)
        {
          g_free (same->name);
          same->name = plateau_naming_without_mark (group->sample->name);
          same->slot = plateau_look_of_sample (context->study, group->sample);
          append_cells (same, group);
          continue;
        }
      own.name = g_strdup (group->name);
      append_cells (&own, group);
      g_array_append_val (samples, own);
    }
  return samples;
}

static gboolean
add_cell (PlateauPlotContext *context, const PlateauStudyCell *cell,
          const PlateauConductivityOptions *options, PlateauConductivityBuilder *builder,
          GError **error)
{
  g_autoptr (GPtrArray) spectra = NULL;

  if (options->quantity == PLATEAU_TRANSPORT_DIFFUSION)
    {
      g_autoptr (PlateauGitt) gitt = plot_kinetics_gitt (context, cell, error);
      g_autoptr (PlateauRecording) recording
          = gitt ? plateau_plot_get_recording (context, cell, PLATEAU_KIND_GITT, error) : NULL;

      if (recording)
        plateau_conductivity_builder_add_titration (builder, cell->name, cell->temperature,
                                                    recording, gitt);
      return gitt != NULL;
    }
  spectra = plateau_plot_get_spectra (context, cell, error);
  return spectra
         && plateau_conductivity_builder_add_spectra (
             builder, cell->name, spectra, cell->temperature, cell->thickness, cell->area,
             cell->sample, context->cancellable, error);
}

/* What the sample's cells say; %NULL without @error: none of them has the quantity. */
static PlateauConductivity *
analyse (PlateauPlotContext *context, const PlateauPlotGroup *group,
         const PlateauConductivityOptions *options, GError **error)
{
  g_autoptr (PlateauConductivityBuilder) builder = plateau_conductivity_builder_new (options);
  gboolean any = FALSE;

  for (guint c = 0; c < group->n_cells; c++)
    if (plateau_conductivity_takes (options, group->cells[c]))
      {
        if (!add_cell (context, group->cells[c], options, builder, error))
          return NULL;
        any = TRUE;
      }
  return any ? plateau_conductivity_builder_finish (g_steal_pointer (&builder),
                                                    context->cancellable, error)
             : NULL;
}

/* The same; a sample without such a value is noted and left out, as long as another has one. */
static gboolean
try_group (PlateauPlotContext *context, const PlateauPlotGroup *group,
           const PlateauConductivityOptions *options, PlateauConductivity **found,
           GError **no_data, GError **error)
{
  g_autoptr (GError) failed = NULL;

  *found = analyse (context, group, options, &failed);
  if (!failed)
    return TRUE;
  g_prefix_error (&failed, "%s: ", group->name);
  if (!g_error_matches (failed, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA))
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  plateau_panel_note (context->panel, "%s", failed->message);
  if (!*no_data)
    *no_data = g_steal_pointer (&failed);
  return TRUE;
}

static PlateauTable *
make_table (PlateauConductivity *conductivity)
{
  PlateauTable *table = plateau_table_new (plateau_conductivity_get_title (conductivity));

  plateau_table_add_column (table, "sample", _ ("Sample"), NULL, PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (table, "temperature", _ ("Temperature"), "degC", PLATEAU_COLUMN_NUMBER,
                            4);
  plateau_table_add_column (table, "resistance", _ ("Resistance"), "ohm", PLATEAU_COLUMN_NUMBER, 5);
  plateau_table_add_column (table, "value", plateau_conductivity_get_title (conductivity),
                            plateau_conductivity_get_unit (conductivity), PLATEAU_COLUMN_NUMBER,
                            4);
  plateau_table_add_column (table, "activation_energy", _ ("Activation energy (eV)"), NULL,
                            PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "activation_energy_stderr", _ ("Its standard error (eV)"), NULL,
                            PLATEAU_COLUMN_NUMBER, 2);
  return table;
}

static void
add_rows (PlateauTable *table, const PlateauPlotGroup *group, PlateauConductivity *conductivity)
{
  for (guint i = 0; i < conductivity->n_points; i++)
    {
      const PlateauConductivityPoint *point = &conductivity->points[i];
      guint row = plateau_table_add_row (table);

      plateau_table_set_text (table, row, 0, group->name);
      plateau_table_set_number (table, row, 1, plateau_from_si (point->temperature, "degC"));
      plateau_table_set_number (table, row, 2, point->resistance);
      plateau_table_set_number (table, row, 3,
                                plateau_conductivity_show (conductivity, point->value));
      plateau_table_set_number (table, row, 4, conductivity->fit.activation_energy);
      plateau_table_set_number (table, row, 5, conductivity->fit.activation_energy_stderr);
    }
}

static void
add_line (PlateauPlotContext *context, const PlateauPlotGroup *group,
          PlateauConductivity *conductivity)
{
  double low = HUGE_VAL, high = 0, *x, *y;
  g_autofree char *id = g_strdup_printf ("line/%s", group->name);

  for (guint i = 0; i < conductivity->n_points; i++)
    if (conductivity->points[i].used)
      {
        low = MIN (low, conductivity->points[i].temperature);
        high = MAX (high, conductivity->points[i].temperature);
      }
  if (!isfinite (conductivity->fit.activation_energy) || !(high > low))
    return;
  x = g_new (double, LINE_POINTS);
  y = g_new (double, LINE_POINTS);
  for (guint i = 0; i < LINE_POINTS; i++)
    {
      double inverse = 1 / high + (1 / low - 1 / high) * i / (LINE_POINTS - 1);
      double sigma = plateau_arrhenius_at (&conductivity->fit, conductivity->form, 1 / inverse);

      x[i] = 1000 * inverse;
      y[i] = plateau_conductivity_show (conductivity, sigma);
    }
  plot_kinetics_add_line (context, group, NULL, id, NULL, x, y, LINE_POINTS);
}

/* One layer a pellet, so that a pick tells whose point it is; those left out are crosses. */
static void
add_points (PlateauPlotContext *context, const PlateauPlotGroup *group,
            PlateauConductivity *conductivity, gboolean used, const char *label)
{
  for (guint c = 0; c < group->n_cells; c++)
    {
      guint n = 0;
      double *x = g_new (double, conductivity->n_points);
      double *y = g_new (double, conductivity->n_points);
      double *key = g_new (double, conductivity->n_points);
      g_autofree char *id = g_strdup_printf ("%s/%s", used ? "points" : "left-out",
                                             group->cells[c]->name);

      for (guint i = 0; i < conductivity->n_points; i++)
        {
          const PlateauConductivityPoint *point = &conductivity->points[i];

          if (point->used != used || !(point->temperature > 0) || !(point->value > 0)
              || strcmp (point->label, group->cells[c]->name) != 0)
            continue;
          x[n] = 1000 / point->temperature;
          y[n] = plateau_conductivity_show (conductivity, point->value);
          key[n++] = point->number;
        }
      if (n > 0)
        {
          PlateauLayer *layer = plot_kinetics_add_points (context, group, group->cells[c], id,
                                                          label, x, y, n, FALSE);
          plateau_array_take (&layer->key, key);
          if (!used)
            plot_style_masked (layer);
          label = NULL;
          continue;
        }
      g_free (x);
      g_free (y);
      g_free (key);
    }
}

/* No activation energy is known to better than a meV. */
static char *
format_energy (double energy, double error)
{
  if (!(error >= 0.5e-3))
    return g_strdup_printf ("%.3f", energy);
  return error < 0.01 ? g_strdup_printf ("%.3f ± %.3f", energy, error)
                      : plateau_format_with_error (energy, error);
}

static void
add_group (PlateauPlotContext *context, const PlateauPlotGroup *group,
           PlateauConductivity *conductivity)
{
  double energy = conductivity->fit.activation_energy;
  double error = conductivity->fit.activation_energy_stderr;
  g_autofree char *name = plot_group_label (group);
  g_autofree char *number = format_energy (energy, error);
  g_autofree char *label = isnan (energy) ? g_strdup (name)
                                          : g_strdup_printf ("%s, %s eV", name, number);

  add_line (context, group, conductivity);
  add_points (context, group, conductivity, TRUE, label);
  add_points (context, group, conductivity, FALSE, NULL);
}

static gboolean
nothing (const PlateauConductivityOptions *options, GError **why, GError **error)
{
  static const char *const messages[]
      = { N_ ("no cell has both spectra and a thickness"),
          N_ ("no cell has spectra to find a charge transfer in"),
          N_ ("no cell has a titration") };

  if (*why)
    {
      g_propagate_error (error, g_steal_pointer (why));
      return FALSE;
    }
  g_set_error_literal (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_EMPTY,
                       _ (messages[options->quantity]));
  return FALSE;
}

/* The axis of the quantity, on whichever side. */
static void
set_value_axis (PlateauPlotContext *context, PlateauConductivity *conductivity)
{
  static const char *const titles[] = { N_ ("Conductivity"), N_ ("<i>R</i><sub>ct</sub>"),
                                        N_ ("<i>D</i><sub>Li</sub>") };
  const char *unit = plateau_conductivity_get_unit (conductivity);
  g_autofree char *markup = unit ? plot_unit_markup (unit) : g_strdup ("s<sup>−1</sup>");
  PlateauAxis *axis = &context->panel->axes[PLATEAU_AXIS_Y];

  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_Y,
                          conductivity->relative ? _ ("<i>D</i> / <i>L</i><sup>2</sup>")
                                                 : _ (titles[conductivity->quantity]),
                          markup);
  axis->fit_margin = 0.1;
}

/* Over the legend: which line the energies are of. */
static char *
form_title (PlateauConductivity *conductivity)
{
  static const char *const forms[3][2] = { { "ln(<i>σT</i>)", "ln <i>σ</i>" },
                                           { "ln(<i>T</i>/<i>R</i>)", "ln(1/<i>R</i>)" },
                                           { "ln <i>D</i>", "ln <i>D</i>" } };

  return g_strdup_printf (_ ("<i>E</i><sub>a</sub> of %s over 1/<i>T</i>"),
                          forms[conductivity->quantity][conductivity->form]);
}

static gboolean
add_groups (PlateauPlotContext *context, const PlateauConductivityOptions *options, GError **error)
{
  g_autoptr (GError) no_data = NULL;
  g_autoptr (GArray) samples = list_samples (context);

  for (guint g = 0; g < samples->len; g++)
    {
      const PlateauPlotGroup *group = &g_array_index (samples, PlateauPlotGroup, g);
      g_autoptr (PlateauConductivity) conductivity = NULL;

      if (!try_group (context, group, options, &conductivity, &no_data, error))
        return FALSE;
      if (!conductivity)
        continue;
      if (!context->panel->data)
        {
          context->panel->data = make_table (conductivity);
          set_value_axis (context, conductivity);
        }
      add_group (context, group, conductivity);
      add_rows (context->panel->data, group, conductivity);
      for (guint i = 0; conductivity->warnings[i] != NULL; i++)
        plateau_panel_note (context->panel, "%s", conductivity->warnings[i]);
      if (isfinite (conductivity->fit.activation_energy) && !context->panel->legend.title)
        context->panel->legend.title = form_title (conductivity);
    }
  return context->panel->data || nothing (options, &no_data, error);
}

static gboolean
build_arrhenius (PlateauPlotContext *context, gconstpointer unused, GError **error)
{
  PlateauConductivityOptions options = PLATEAU_CONDUCTIVITY_OPTIONS_INIT;
  gboolean done;

  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_X, "1000 / <i>T</i>", "K<sup>−1</sup>");
  context->panel->axes[PLATEAU_AXIS_X2].used = TRUE;
  context->panel->axes[PLATEAU_AXIS_X2].link
      = context->notation.kelvin ? PLATEAU_LINK_KELVIN : PLATEAU_LINK_CELSIUS;
  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_X2, _ ("Temperature"),
                          context->notation.kelvin ? "K" : "°C");
  context->panel->axes[PLATEAU_AXIS_Y].scale = PLATEAU_SCALE_LOG;
  done = plateau_plot_get_settings (context, "conductivity", plateau_conductivity_option_table,
                                    &options, error)
         && add_groups (context, &options, error);
  plateau_options_clear (plateau_conductivity_option_table, &options);
  return done;
}

/* The value that was measured nearest to room temperature, and where. */
static double
at_room (PlateauConductivity *conductivity, double *temperature)
{
  double nearest = HUGE_VAL, found = NAN;

  *temperature = NAN;

  for (guint i = 0; i < conductivity->n_points; i++)
    if (fabs (conductivity->points[i].temperature - ROOM) < nearest)
      {
        nearest = fabs (conductivity->points[i].temperature - ROOM);
        found = conductivity->points[i].value;
        *temperature = conductivity->points[i].temperature;
      }
  return found;
}

static PlateauLayer *
add_series (PlateauPlotContext *context, const char *id, const char *label, const double *x,
            const double *y, gsize n, PlateauSlot slot, gboolean second)
{
  double *xs = g_memdup2 (x, n * sizeof (double)), *ys = g_memdup2 (y, n * sizeof (double));
  PlateauLayer *layer = plateau_panel_add_layer (context->panel, PLATEAU_LAYER_LINE, id, label);

  plateau_layer_style_for_slot (&layer->style, slot);
  layer->style.marker = plateau_slot_get_marker (slot);
  layer->style.marker_every = 1;
  layer->style.width = 0.6;
  layer->use_y2 = second;
  plateau_layer_take_xy (layer, xs, ys, n);
  return layer;
}

/* What is drawn of each sample with a value of its variable. */
typedef struct
{
  double *x, *value, *energy, *energy_low, *energy_high;
  guint n;
  const PlateauStudySample *named;
  double coldest, warmest; /* K of the values */
  gboolean any;            /* of the quantity at all */
} Series;

static gboolean
collect (PlateauPlotContext *context, const PlateauConductivityOptions *options, Series *series,
         GError **error)
{
  g_autoptr (GError) no_data = NULL;
  g_autoptr (GArray) samples = list_samples (context);

  for (guint g = 0; g < samples->len; g++)
    {
      const PlateauPlotGroup *group = &g_array_index (samples, PlateauPlotGroup, g);
      g_autoptr (PlateauConductivity) conductivity = NULL;
      double energy, off, temperature, value;

      if (!try_group (context, group, options, &conductivity, &no_data, error))
        return FALSE;
      series->any = series->any || conductivity;
      if (!conductivity || !group->sample || isnan (group->sample->variable_value))
        continue;
      if (!context->panel->data)
        {
          context->panel->data = make_table (conductivity);
          set_value_axis (context, conductivity);
        }
      energy = conductivity->fit.activation_energy;
      off = conductivity->fit.activation_energy_stderr;
      series->named = group->sample;
      series->x[series->n] = group->sample->variable_value;
      value = at_room (conductivity, &temperature);
      series->coldest = series->n > 0 ? MIN (series->coldest, temperature) : temperature;
      series->warmest = series->n > 0 ? MAX (series->warmest, temperature) : temperature;
      series->value[series->n] = plateau_conductivity_show (conductivity, value);
      series->energy[series->n] = energy;
      series->energy_low[series->n] = energy - off;
      series->energy_high[series->n++] = energy + off;
      add_rows (context->panel->data, group, conductivity);
    }
  return series->any || nothing (options, &no_data, error);
}

static void
draw_series (PlateauPlotContext *context, const Series *series)
{
  PlateauPanel *panel = context->panel;
  const PlateauStudySample *named = series->named;
  PlateauLayer *energies;
  g_autofree char *label = NULL;

  plateau_panel_set_axis (panel, PLATEAU_AXIS_X, named->variable_name,
                          g_strcmp0 (named->variable_unit, "1") == 0 ? NULL : named->variable_unit);
  plateau_panel_set_axis (panel, PLATEAU_AXIS_Y2, _ ("Activation energy"), "eV");
  panel->axes[PLATEAU_AXIS_Y].fit_margin = 0.3;
  panel->axes[PLATEAU_AXIS_Y2].fit_margin = 0.8;
  label = series->warmest - series->coldest < 1
              ? g_strdup_printf ("%s, %.0f °C", panel->axes[PLATEAU_AXIS_Y].title,
                                 plateau_from_si (series->coldest, "degC"))
              : g_strdup (panel->axes[PLATEAU_AXIS_Y].title);
  add_series (context, "conductivity", label, series->x, series->value, series->n,
              context->groups[0].slot, FALSE);
  energies = add_series (context, "activation-energy", _ ("Activation energy"), series->x,
                         series->energy, series->n, context->groups[context->n_groups - 1].slot,
                         TRUE);
  plateau_layer_take_y_range (energies,
                              g_memdup2 (series->energy_low, series->n * sizeof (double)),
                              g_memdup2 (series->energy_high, series->n * sizeof (double)));
}

static gboolean
build_composition (PlateauPlotContext *context, gconstpointer unused, GError **error)
{
  PlateauConductivityOptions options = PLATEAU_CONDUCTIVITY_OPTIONS_INIT;
  g_autofree double *numbers = g_new0 (double, 5 * (gsize)context->n_groups + 5);
  gsize n = context->n_groups + 1;
  Series series = { numbers, numbers + n, numbers + 2 * n, numbers + 3 * n, numbers + 4 * n };
  gboolean done = plateau_plot_get_settings (context, "conductivity",
                                             plateau_conductivity_option_table, &options, error)
                  && collect (context, &options, &series, error);

  if (done && series.n > 0)
    draw_series (context, &series);
  else if (done && series.any)
    g_set_error (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_EMPTY,
                 _ ("None of the chosen samples has a value of a variable such as its composition; "
                    "it is set under “More” in the inspector"));
  plateau_options_clear (plateau_conductivity_option_table, &options);
  return done && series.n > 0;
}

static void
add_bar (PlateauPlotContext *context, const PlateauPlotGroup *group, guint at, double value)
{
  PlateauLayer *layer
      = plateau_panel_add_layer (context->panel, PLATEAU_LAYER_BAR, group->name, NULL);
  double *x = g_new (double, 1), *y = g_new (double, 1);

  x[0] = at;
  y[0] = value;
  plateau_layer_style_for_slot (&layer->style, group->slot);
  layer->style.area_alpha = 0.25;
  layer->style.width = 1;
  layer->bar_width = 0.6;
  layer->tag.sample = group->sample ? group->sample->id : 0;
  plateau_layer_take_xy (layer, x, y, 1);
}

static gboolean
add_bars (PlateauPlotContext *context, const PlateauConductivityOptions *options, GPtrArray *names,
          GError **error)
{
  g_autoptr (GError) no_data = NULL;
  g_autoptr (GArray) samples = list_samples (context);

  for (guint g = 0; g < samples->len; g++)
    {
      const PlateauPlotGroup *group = &g_array_index (samples, PlateauPlotGroup, g);
      g_autoptr (PlateauConductivity) conductivity = NULL;
      double temperature, value;

      if (!try_group (context, group, options, &conductivity, &no_data, error))
        return FALSE;
      if (!conductivity)
        continue;
      if (!context->panel->data)
        {
          context->panel->data = make_table (conductivity);
          set_value_axis (context, conductivity);
        }
      value = at_room (conductivity, &temperature);
      add_bar (context, group, names->len, plateau_conductivity_show (conductivity, value));
      add_rows (context->panel->data, group, conductivity);
      g_ptr_array_add (names, plot_group_label (group));
    }
  return names->len > 0 || nothing (options, &no_data, error);
}

/* A bar a sample: its conductivity nearest to room temperature. */
static gboolean
build_bars (PlateauPlotContext *context, gconstpointer unused, GError **error)
{
  PlateauConductivityOptions options = PLATEAU_CONDUCTIVITY_OPTIONS_INIT;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  gboolean done = plateau_plot_get_settings (context, "conductivity",
                                             plateau_conductivity_option_table, &options, error);

  options.quantity = PLATEAU_TRANSPORT_CONDUCTIVITY;
  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_X, "", NULL);
  context->panel->axes[PLATEAU_AXIS_X].scale = PLATEAU_SCALE_CATEGORY;
  context->panel->axes[PLATEAU_AXIS_Y].from_zero = TRUE;
  context->panel->legend.place = PLATEAU_PLACE_HIDDEN;
  done = done && add_bars (context, &options, names, error);
  plateau_options_clear (plateau_conductivity_option_table, &options);
  g_ptr_array_add (names, NULL);
  context->panel->axes[PLATEAU_AXIS_X].categories = g_strdupv ((char **)names->pdata);
  return done;
}

const PlateauPlotKind plateau_plot_conductivity_bars = {
  .id = "conductivity-bars",
  .label = N_ ("Conductivity of samples at room temperature"),
  .page = "conductivity",
  .needs = PLATEAU_KIND_EIS,
  .build = build_bars,
};

const PlateauPlotKind plateau_plot_arrhenius = {
  .id = "arrhenius",
  .label = N_ ("Conductivity, charge transfer or diffusion against temperature"),
  .page = "conductivity",
  .needs = PLATEAU_KIND_EIS | PLATEAU_KIND_GITT,
  .build = build_arrhenius,
};

const PlateauPlotKind plateau_plot_conductivity_composition = {
  .id = "conductivity-composition",
  .label = N_ ("Conductivity and activation energy against the samples' variable"),
  .page = "conductivity",
  .needs = PLATEAU_KIND_EIS | PLATEAU_KIND_GITT,
  .build = build_composition,
};
