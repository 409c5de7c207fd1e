/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-cycling.h"

#include "analysis/plateau-rate.h"
#include "analysis/plateau-runs.h"
#include "base/plateau-error.h"
#include "base/plateau-numeric.h"
#include "base/plateau-unit.h"

#include <glib/gi18n.h>
#include <math.h>

const char *const plot_capacity_units[] = { "mAh/g", "mAh/cm2", "mAh", NULL };
const char *const plot_capacity_unit_labels[] = { "mAh g\xe2\x81\xbb\xc2\xb9",
                                                  "mAh cm\xe2\x81\xbb\xc2\xb2", "mAh", NULL };

static double
metric_of (const PlateauStudyCell *cell, const PlateauCycles *cycles, const PlateauCycle *c,
           PlotMetric metric, const char *unit)
{
  switch (metric)
    {
    case PLOT_DISCHARGE_CAPACITY:
    case PLOT_RETENTION:
      return plateau_plot_normalise (cell, c->discharge_capacity, unit);
    case PLOT_CHARGE_CAPACITY:
      return plateau_plot_normalise (cell, c->charge_capacity, unit);
    case PLOT_COULOMBIC_EFFICIENCY:
      return 100 * plateau_cycle_coulombic_efficiency (c, cycles->starts_with_charge);
    case PLOT_ENERGY_EFFICIENCY:
      return 100 * plateau_cycle_energy_efficiency (c);
    case PLOT_DISCHARGE_ENERGY:
      return c->discharge_energy / 3.6 / (cell->active_mass > 0 ? 1e3 * cell->active_mass : NAN);
    case PLOT_MEAN_DISCHARGE_POTENTIAL:
      return c->mean_discharge_potential
             + (isnan (cell->reference_offset) ? 0 : cell->reference_offset);
    case PLOT_MEAN_CHARGE_POTENTIAL:
      return c->mean_charge_potential
             + (isnan (cell->reference_offset) ? 0 : cell->reference_offset);
    case PLOT_POLARISATION:
      return c->mean_charge_potential - c->mean_discharge_potential;
    case PLOT_N_METRICS:
    default:
      return NAN;
    }
}

/* Capacity that a cell's retention refers to. */
static double
reference_capacity (PlateauPlotContext *context, const PlateauStudyCell *cell,
                    PlateauCycles *cycles, const char *unit, guint *reference)
{
  g_auto (PlateauCyclesOptions) entered = PLATEAU_CYCLES_OPTIONS_INIT;
  PlateauCyclesOptions options;
  PlateauCyclesSummary summary = { 0 };
  int index;

  if (!plateau_plot_get_settings (context, "cycles", plateau_cycles_option_table, &entered, NULL))
    return NAN;
  options = plateau_cycles_options_as_measured (&entered, cell->name, cell->reference_offset);
  plateau_cycles_summarise (cycles, NULL, &options, &summary);
  *reference = summary.retention_reference_cycle;
  index = plateau_cycles_find (cycles, *reference);
  return index < 0 ? NAN
                   : plateau_plot_normalise (cell, cycles->cycles[index].discharge_capacity, unit);
}

/**
 * plot_retention_reference:
 *
 * Returns: the cycle that the retention of all cells of the plot refers to, or 0 where they differ
 */
guint
plot_retention_reference (PlateauPlotContext *context)
{
  guint common = 0;

  for (guint g = 0; g < context->n_groups; g++)
    for (guint c = 0; c < context->groups[g].n_cells; c++)
      {
        const PlateauStudyCell *cell = context->groups[g].cells[c];
        g_autoptr (PlateauCycles) cycles = plateau_plot_get_cycles (context, cell, NULL);
        guint own = 0;

        if (cycles == NULL)
          continue;
        reference_capacity (context, cell, cycles, "mAh", &own);
        if (common != 0 && own != common)
          return 0;
        common = own;
      }
  return common;
}

static int
compare_guints (gconstpointer a, gconstpointer b)
{
  guint x = *(const guint *) a, y = *(const guint *) b;

  return x < y ? -1 : x > y;
}

static gboolean
is_chosen (const GArray *chosen, guint cycle)
{
  return !chosen || g_array_binary_search ((GArray *) chosen, &cycle, compare_guints, NULL);
}

static void
add_value (GArray *values, guint cycle, double value)
{
  while (values->len <= cycle)
    {
      GArray *empty = NULL;
      g_array_append_val (values, empty);
    }
  if (!g_array_index (values, GArray *, cycle))
    g_array_index (values, GArray *, cycle) = g_array_new (FALSE, FALSE, sizeof (double));
  g_array_append_val (g_array_index (values, GArray *, cycle), value);
}

/* Of the cycles that count, or of the outliers. */
static gboolean
collect (PlateauPlotContext *context, const PlateauStudyCell *cell, PlotMetric metric,
         const char *unit, const GArray *chosen, gboolean outliers, GArray *values, GError **error)
{
  g_autoptr (PlateauCycles) cycles = plateau_plot_get_cycles (context, cell, error);
  double scale = 1;
  guint reference = 0;

  if (!cycles)
    return FALSE;
  if (metric == PLOT_RETENTION)
    scale = 100 / reference_capacity (context, cell, cycles, unit, &reference);
  for (guint i = 0; i < cycles->n_cycles; i++)
    {
      const PlateauCycle *c = &cycles->cycles[i];
      double value = metric_of (cell, cycles, c, metric, unit) * scale;

      /* An unfinished or odd cycle would be taken for fading; what came before the reference was at
       * another rate. */
      if ((outliers ? c->outlier : plateau_cycle_is_usable (c)) && c->cycle > 0
          && c->cycle >= reference && isfinite (value) && is_chosen (chosen, c->cycle))
        add_value (values, c->cycle, value);
    }
  return TRUE;
}

static void
reduce (GArray *values, PlotSeries *series)
{
  gsize n = 0;

  *series = (PlotSeries){ 0,
                          g_new (double, values->len + 1),
                          g_new (double, values->len + 1),
                          g_new (double, values->len + 1),
                          g_new (int, values->len + 1),
                          0 };
  for (guint cycle = 0; cycle < values->len; cycle++)
    {
      GArray *v = g_array_index (values, GArray *, cycle);

      if (!v)
        continue;
      series->cycle[n] = cycle;
      series->numbers[n] = (int) cycle;
      series->mean[n] = plateau_mean ((const double *) (void *) v->data, v->len);
      series->sd[n] = v->len > 1 ? plateau_sd ((const double *) (void *) v->data, v->len) : NAN;
      series->most_cells = MAX (series->most_cells, v->len);
      n++;
      g_array_unref (v);
    }
  series->n = n;
}

gboolean
plot_series_compute (PlateauPlotContext *context, const PlateauPlotGroup *group,
                     const PlateauStudyCell *only, PlotMetric metric, const char *unit,
                     const GArray *chosen, PlotSeries *series, GError **error)
{
  g_autoptr (GArray) values = g_array_new (FALSE, TRUE, sizeof (GArray *));
  g_autoptr (GError) first = NULL;
  guint good = 0;

  for (guint i = 0; i < group->n_cells; i++)
    {
      g_autoptr (GError) local = NULL;

      if (only && group->cells[i] != only)
        continue;
      if (collect (context, group->cells[i], metric, unit, chosen, FALSE, values, &local))
        good++;
      else
        {
          plateau_panel_note (context->panel, _ ("%s is left out: %s"), group->cells[i]->name,
                              local->message);
          if (!first)
            first = g_steal_pointer (&local);
        }
    }
  reduce (values, series);
  if (good == 0 && first)
    {
      plot_series_clear (series);
      g_propagate_error (error, g_steal_pointer (&first));
      return FALSE;
    }
  return TRUE;
}

/* Cycles that are left out, each cell's as a cross: nothing is hidden. */
void
plot_add_outliers (PlateauPlotContext *context, const PlateauPlotGroup *group,
                   const PlateauStudyCell *only, PlotMetric metric, const char *unit,
                   const GArray *chosen)
{
  for (guint i = 0; i < group->n_cells; i++)
    {
      const PlateauStudyCell *cell = group->cells[i];
      g_autoptr (GArray) values = g_array_new (FALSE, TRUE, sizeof (GArray *));
      g_autofree char *id = g_strdup_printf ("outliers/%s", cell->name);
      PlateauLayer *layer;
      PlotSeries series;

      if ((only && cell != only)
          || !collect (context, cell, metric, unit, chosen, TRUE, values, NULL))
        continue;
      reduce (values, &series);
      if (series.n > 0)
        {
          layer = plot_series_add_layer (context, group, cell, &series, id, NULL);
          layer->style.marker = PLATEAU_MARKER_CROSS;
          layer->style.fill = PLATEAU_FILL_OPEN; /* strokes alone */
          layer->style.marker_every = 1;
          if (!context->outliers_noted)
            plateau_panel_note (context->panel,
                                _ ("Crosses: outliers, left out of means, slopes and retention"));
          context->outliers_noted = TRUE;
        }
      plot_series_clear (&series);
    }
}

void
plot_series_clear (PlotSeries *series)
{
  g_clear_pointer (&series->cycle, g_free);
  g_clear_pointer (&series->mean, g_free);
  g_clear_pointer (&series->sd, g_free);
  g_clear_pointer (&series->numbers, g_free);
}

/* Markers of a group's series with its scatter; takes the arrays. */
PlateauLayer *
plot_series_add_layer (PlateauPlotContext *context, const PlateauPlotGroup *group,
                       const PlateauStudyCell *only, PlotSeries *series, const char *id,
                       const char *label)
{
  PlateauLayer *layer = plateau_panel_add_layer (context->panel, PLATEAU_LAYER_LINE, id, label);
  gsize n = series->n;

  plateau_layer_style_for_slot (&layer->style, group->slot);
  layer->style.width = 0;
  layer->style.marker = plateau_slot_get_marker (group->slot);
  layer->style.marker_every = 0;
  layer->tag.sample = group->sample ? group->sample->id : 0;
  layer->tag.cell = only ? only->id : group->n_cells == 1 ? group->cells[0]->id : 0;
  if (series->most_cells > 1)
    {
      double *low = g_new (double, n + 1), *high = g_new (double, n + 1);

      for (gsize i = 0; i < n; i++)
        {
          low[i] = series->mean[i] - series->sd[i];
          high[i] = series->mean[i] + series->sd[i];
        }
      plateau_layer_take_y_range (layer, low, high);
    }
  layer->point_cycle_owner = g_bytes_new (series->numbers, n * sizeof (int));
  layer->point_cycle = g_bytes_get_data (layer->point_cycle_owner, NULL);
  plateau_layer_take_xy (layer, g_steal_pointer (&series->cycle), g_steal_pointer (&series->mean),
                         n);
  return layer;
}

guint
plot_last_cycle (PlateauPlotContext *context, GError **error)
{
  guint last = 0;

  for (guint g = 0; g < context->n_groups; g++)
    for (guint c = 0; c < context->groups[g].n_cells; c++)
      {
        g_autoptr (PlateauCycles)
            cycles = plateau_plot_get_cycles (context, context->groups[g].cells[c], NULL);

        if (cycles && cycles->n_cycles > 0)
          last = MAX (last, cycles->cycles[cycles->n_cycles - 1].cycle);
      }
  if (last == 0)
    g_set_error_literal (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_EMPTY,
                         _ ("The chosen cells have no cycles"));
  return last;
}

char *
plot_group_label (const PlateauPlotGroup *group)
{
  return plateau_plot_markup (group->name);
}

char *
plot_unit_markup (const char *unit_id)
{
  const PlateauUnit *unit = plateau_unit_find (unit_id);

  return plateau_plot_markup (unit ? unit->label : unit_id);
}

double
plot_c_rate (const PlateauStudyCell *cell, double current)
{
  return fabs (current) / cell->one_c;
}

/* "0.1C", "C/3" as the rate reads best; "" when 1C is not known. */
char *
plot_rate_label (double c_rate)
{
  double nearest[] = { 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.15,
                       0.2,  0.25, 0.3,  0.4,  0.5,  0.6,  0.75, 0.8, 1,
                       1.5,  2,    3,    4,    5,    6,    8,    10,  20 };

  if (!(c_rate > 0) || !isfinite (c_rate))
    return g_strdup ("");
  for (guint i = 0; i < G_N_ELEMENTS (nearest); i++)
    if (fabs (c_rate - nearest[i]) < 0.03 * nearest[i])
      return g_strdup_printf ("%gC", nearest[i]);
  for (int k = 3; k <= 12; k++)
    if (fabs (c_rate * k - 1) < 0.03)
      return g_strdup_printf ("C/%d", k);
  return g_strdup_printf ("%.2gC", c_rate);
}

/* "0.2C, n = 3": rate of most cycles when all cells agree, number of replicates. */
char *
plot_conditions (PlateauPlotContext *context, gboolean replicates)
{
  GString *text = g_string_new (NULL);
  double rate = NAN;
  gboolean same = TRUE;
  guint least = G_MAXUINT, most = 0;

  for (guint g = 0; g < context->n_groups; g++)
    {
      least = MIN (least, context->groups[g].n_cells);
      most = MAX (most, context->groups[g].n_cells);
      for (guint c = 0; c < context->groups[g].n_cells; c++)
        {
          const PlateauStudyCell *cell = context->groups[g].cells[c];
          g_autoptr (PlateauCycles) cycles = plateau_plot_get_cycles (context, cell, NULL);
          g_autoptr (GArray) runs = NULL;
          const PlateauRun *run;
          double r;

          if (!cycles || cycles->n_cycles == 0)
            continue;
          runs = plateau_runs_find (cycles->cycles, cycles->n_cycles, PLATEAU_RATE_TOLERANCE);
          run = plateau_runs_longest (runs);
          if (!run || runs->len > 3)
            {
              same = FALSE;
              continue;
            }
          r = plot_c_rate (cell, cycles->cycles[run->first].discharge_current);
          if (isnan (rate))
            rate = r;
          else
            same = same && fabs (r - rate) < 0.1 * rate;
        }
    }
  if (same && isfinite (rate))
    {
      g_autofree char *label = plot_rate_label (rate);
      g_string_append (text, label);
    }
  if (replicates && most > 1)
    {
      if (text->len > 0)
        g_string_append (text, ", ");
      if (least == most)
        g_string_append_printf (text, "<i>n</i> = %u", most);
      else
        g_string_append_printf (text, "<i>n</i> = %u\xe2\x80\x93%u", least, most);
    }
  return g_string_free (text, FALSE);
}

void
plot_state_one_c (PlateauPlotContext *context)
{
  g_autoptr (GString) text = g_string_new (NULL);
  double values[3];
  guint n = 0;

  for (guint g = 0; g < context->n_groups; g++)
    {
      const PlateauStudySample *sample = context->groups[g].sample;
      gboolean seen = FALSE;

      if (!sample || !(sample->specific_current_1c > 0))
        return;
      for (guint k = 0; k < n; k++)
        seen = seen || fabs (values[k] - sample->specific_current_1c) < 1e-6 * values[k];
      if (seen)
        continue;
      /* More would be a table. */
      if (n == G_N_ELEMENTS (values))
        return;
      values[n++] = sample->specific_current_1c;
      g_string_append_printf (text, n == 1 ? "1C = %g" : ", %g", sample->specific_current_1c);
      if (n > 1 || context->n_groups > 1)
        g_string_append_printf (text, " (%s)", context->groups[g].name);
    }
  if (n == 0)
    return;
  if (n == 1)
    g_string_printf (text, "1C = %g", values[0]);
  g_string_append (text, " mA g⁻¹");
  g_autofree char *markup = plateau_plot_markup (text->str);
  PlateauAnnotation *a = plateau_panel_add_annotation (context->panel, PLATEAU_ANNOTATION_TEXT,
                                                       markup);
  a->x = 0.04;
  a->y = 0.04;
  a->vertical = PLATEAU_ANCHOR_END;
  a->small = a->avoid = TRUE;
}

GArray *
plot_choose_cycles (PlateauPlotContext *context, GError **error)
{
  guint last;

  if (g_strcmp0 (context->cycles, "rates") == 0)
    {
      GArray *chosen = g_array_new (FALSE, FALSE, sizeof (guint));
      g_autoptr (PlateauCycles)
          cycles = plateau_plot_get_cycles (context, context->groups[0].cells[0], error);
      PlateauRateOptions options = PLATEAU_RATE_OPTIONS_INIT, own;
      g_autoptr (PlateauRate) rate = NULL;

      if (cycles
          && plateau_plot_get_settings (context, "rate", plateau_rate_option_table, &options,
                                        error))
        {
          own = plateau_rate_options_of_cell (&options, context->groups[0].cells[0]->name);
          rate = plateau_rate_analyse (cycles, &own, error);
        }
      plateau_options_clear (plateau_rate_option_table, &options);
      if (!rate)
        {
          g_array_unref (chosen);
          return NULL;
        }
      for (guint i = 0; i < rate->n_groups; i++)
        {
          gboolean again = FALSE;
          for (guint k = 0; k < i; k++)
            again = again
                    || fabs (rate->groups[k].discharge_current - rate->groups[i].discharge_current)
                           < 0.1 * rate->groups[i].discharge_current;
          if (!again)
            g_array_append_val (chosen, rate->groups[i].last_cycle);
        }
      return chosen;
    }
  last = plot_last_cycle (context, error);
  return last > 0 ? plateau_plot_choose_cycles (context->cycles, last) : NULL;
}
