/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-impedance.h"
#include "figure/plots/plot-kinetics.h"

#include "analysis/plateau-conductivity.h"
#include "base/plateau-error.h"
#include "base/plateau-number.h"
#include "base/plateau-unit.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* Ionic conductivity of pellets against 1000/T with the line of each sample; and conductivity at
 * one temperature with the activation energy against the samples' variable. */

#define LINE_POINTS 40
#define ROOM 298.15 /* K */

static gboolean
add_cells (PlateauPlotContext *context, const PlateauPlotGroup *group,
           const PlateauConductivityOptions *options, PlateauConductivityBuilder *builder,
           GError **error)
{
  for (guint c = 0; c < group->n_cells; c++)
    {
      const PlateauStudyCell *cell = group->cells[c];
      g_autoptr (GPtrArray) spectra = NULL;

      if (!(cell->thickness > 0))
        continue;
      spectra = plateau_plot_get_spectra (context, cell, error);
      if (!spectra
          || !plateau_conductivity_builder_add_spectra (
              builder, cell->name, spectra, cell->temperature, cell->thickness, cell->area, options,
              context->cancellable, error))
        return FALSE;
    }
  return TRUE;
}

static PlateauConductivity *
analyse (PlateauPlotContext *context, const PlateauPlotGroup *group, GError **error)
{
  PlateauConductivityOptions options = PLATEAU_CONDUCTIVITY_OPTIONS_INIT;
  g_autoptr (PlateauConductivityBuilder) builder = plateau_conductivity_builder_new ();
  PlateauConductivity *result = NULL;

  if (plateau_plot_get_settings (context, "conductivity", plateau_conductivity_option_table,
                                 &options, error)
      && add_cells (context, group, &options, builder, error))
    result = plateau_conductivity_builder_finish (g_steal_pointer (&builder), &options, error);
  plateau_options_clear (plateau_conductivity_option_table, &options);
  return result;
}

static PlateauTable *
make_table (void)
{
  PlateauTable *table = plateau_table_new (_ ("Conductivity"));

  plateau_table_add_column (table, "sample", _ ("Sample"), NULL, PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (table, "temperature", _ ("Temperature"), "degC", PLATEAU_COLUMN_NUMBER,
                            4);
  plateau_table_add_column (table, "resistance", _ ("Resistance"), "ohm", PLATEAU_COLUMN_NUMBER, 5);
  plateau_table_add_column (table, "conductivity", _ ("Conductivity"), "mS/cm",
                            PLATEAU_COLUMN_NUMBER, 4);
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
      plateau_table_set_number (table, row, 3, plateau_from_si (point->conductivity, "mS/cm"));
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
      y[i] = plateau_from_si (sigma, "mS/cm");
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

          if (point->used != used || !(point->temperature > 0) || !(point->conductivity > 0)
              || strcmp (point->label, group->cells[c]->name) != 0)
            continue;
          x[n] = 1000 / point->temperature;
          y[n] = plateau_from_si (point->conductivity, "mS/cm");
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

static void
add_group (PlateauPlotContext *context, const PlateauPlotGroup *group,
           PlateauConductivity *conductivity)
{
  double energy = conductivity->fit.activation_energy;
  double error = conductivity->fit.activation_energy_stderr;
  g_autofree char *name = plot_group_label (group);
  /* No electrolyte is known to better than a meV. */
  g_autofree char *number = error < 0.5e-3 ? g_strdup_printf ("%.3f", energy)
                                           : plateau_format_with_error (energy, error);
  g_autofree char *label = isnan (energy) ? g_strdup (name)
                                          : g_strdup_printf ("%s, %s eV", name, number);

  add_line (context, group, conductivity);
  add_points (context, group, conductivity, TRUE, label);
  add_points (context, group, conductivity, FALSE, NULL);
}

static gboolean
has_pellet (const PlateauPlotGroup *group)
{
  for (guint c = 0; c < group->n_cells; c++)
    if (group->cells[c]->thickness > 0)
      return TRUE;
  return FALSE;
}

static gboolean
no_pellet (GError **error)
{
  g_set_error (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_EMPTY,
               _ ("no cell has both spectra and a thickness"));
  return FALSE;
}

static gboolean
build_arrhenius (PlateauPlotContext *context, gconstpointer options, GError **error)
{
  PlateauTable *table = context->panel->data = make_table ();
  gboolean any = FALSE;

  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_X, "1000 / <i>T</i>", "K<sup>−1</sup>");
  context->panel->axes[PLATEAU_AXIS_X2].used = TRUE;
  context->panel->axes[PLATEAU_AXIS_X2].link
      = context->notation.kelvin ? PLATEAU_LINK_KELVIN : PLATEAU_LINK_CELSIUS;
  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_X2, _ ("Temperature"),
                          context->notation.kelvin ? "K" : "°C");
  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_Y, _ ("Conductivity"), "mS cm<sup>−1</sup>");
  context->panel->axes[PLATEAU_AXIS_Y].scale = PLATEAU_SCALE_LOG;
  context->panel->axes[PLATEAU_AXIS_Y].fit_margin = 0.1;
  for (guint g = 0; g < context->n_groups; g++)
    {
      g_autoptr (PlateauConductivity) conductivity = NULL;

      if (!has_pellet (&context->groups[g]))
        continue;
      conductivity = analyse (context, &context->groups[g], error);
      if (!conductivity)
        return FALSE;
      any = TRUE;
      add_group (context, &context->groups[g], conductivity);
      add_rows (table, &context->groups[g], conductivity);
      for (guint i = 0; conductivity->warnings[i] != NULL; i++)
        plateau_panel_note (context->panel, "%s", conductivity->warnings[i]);
    }
  return any || no_pellet (error);
}

/* The conductivity that was measured nearest to room temperature. */
static double
at_room (PlateauConductivity *conductivity)
{
  double nearest = HUGE_VAL, found = NAN;

  for (guint i = 0; i < conductivity->n_points; i++)
    if (fabs (conductivity->points[i].temperature - ROOM) < nearest)
      {
        nearest = fabs (conductivity->points[i].temperature - ROOM);
        found = conductivity->points[i].conductivity;
      }
  return found;
}

static void
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
}

static gboolean
build_composition (PlateauPlotContext *context, gconstpointer options, GError **error)
{
  PlateauTable *table = context->panel->data = make_table ();
  g_autofree double *x = g_new0 (double, context->n_groups + 1);
  g_autofree double *sigma = g_new0 (double, context->n_groups + 1);
  g_autofree double *energy = g_new0 (double, context->n_groups + 1);
  const PlateauStudySample *named = NULL;
  gboolean any = FALSE;
  guint n = 0;

  for (guint g = 0; g < context->n_groups; g++)
    {
      const PlateauPlotGroup *group = &context->groups[g];
      g_autoptr (PlateauConductivity) conductivity = NULL;

      any = any || has_pellet (group);
      if (!has_pellet (group) || !group->sample || isnan (group->sample->variable_value))
        continue;
      conductivity = analyse (context, group, error);
      if (!conductivity)
        return FALSE;
      named = group->sample;
      x[n] = group->sample->variable_value;
      sigma[n] = plateau_from_si (at_room (conductivity), "mS/cm");
      energy[n++] = conductivity->fit.activation_energy;
      add_rows (table, group, conductivity);
    }
  if (n == 0 && any)
    g_set_error (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_EMPTY,
                 _ ("None of the chosen samples has a value of a variable such as its composition; "
                    "it is set under “More” in the inspector"));
  if (n == 0)
    return any ? FALSE : no_pellet (error);
  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_X, named->variable_name,
                          g_strcmp0 (named->variable_unit, "1") == 0 ? NULL : named->variable_unit);
  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_Y, _ ("Conductivity"), "mS cm<sup>−1</sup>");
  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_Y2, _ ("Activation energy"), "eV");
  context->panel->axes[PLATEAU_AXIS_Y].fit_margin = 0.3;
  context->panel->axes[PLATEAU_AXIS_Y2].fit_margin = 0.8;
  add_series (context, "conductivity", _ ("Conductivity"), x, sigma, n, context->groups[0].slot,
              FALSE);
  add_series (context, "activation-energy", _ ("Activation energy"), x, energy, n,
              context->groups[context->n_groups - 1].slot, TRUE);
  return TRUE;
}

/* A bar a sample: its conductivity nearest to room temperature. */
static gboolean
build_bars (PlateauPlotContext *context, gconstpointer options, GError **error)
{
  PlateauTable *table = context->panel->data = make_table ();
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_X, "", NULL);
  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_Y, _ ("Conductivity"), "mS cm<sup>−1</sup>");
  context->panel->axes[PLATEAU_AXIS_X].scale = PLATEAU_SCALE_CATEGORY;
  context->panel->axes[PLATEAU_AXIS_Y].from_zero = TRUE;
  context->panel->legend.place = PLATEAU_PLACE_HIDDEN;
  for (guint g = 0; g < context->n_groups; g++)
    {
      const PlateauPlotGroup *group = &context->groups[g];
      g_autoptr (PlateauConductivity) conductivity = NULL;
      PlateauLayer *layer;
      double *x, *y;

      if (!has_pellet (group))
        continue;
      conductivity = analyse (context, group, error);
      if (!conductivity)
        return FALSE;
      x = g_new (double, 1);
      y = g_new (double, 1);
      x[0] = names->len;
      y[0] = plateau_from_si (at_room (conductivity), "mS/cm");
      layer = plateau_panel_add_layer (context->panel, PLATEAU_LAYER_BAR, group->name, NULL);
      plateau_layer_style_for_slot (&layer->style, group->slot);
      layer->style.area_alpha = 0.25;
      layer->style.width = 1;
      layer->bar_width = 0.6;
      layer->tag.sample = group->sample ? group->sample->id : 0;
      plateau_layer_take_xy (layer, x, y, 1);
      add_rows (table, group, conductivity);
      g_ptr_array_add (names, plot_group_label (group));
    }
  if (names->len == 0)
    return no_pellet (error);
  g_ptr_array_add (names, NULL);
  context->panel->axes[PLATEAU_AXIS_X].categories = g_strdupv ((char **)names->pdata);
  return TRUE;
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
  .label = N_ ("Conductivity against temperature"),
  .page = "conductivity",
  .needs = PLATEAU_KIND_EIS,
  .build = build_arrhenius,
};

const PlateauPlotKind plateau_plot_conductivity_composition = {
  .id = "conductivity-composition",
  .label = N_ ("Conductivity and activation energy against the samples' variable"),
  .page = "conductivity",
  .needs = PLATEAU_KIND_EIS,
  .build = build_composition,
};
