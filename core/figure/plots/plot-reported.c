/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-cycling.h"

#include "analysis/plateau-runs.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* Values that studies report for the samples of a plot: open diamonds beside the measured ones. */

#define SAME_RATE 0.12
#define SAME_LOADING 0.2
#define SAME_TEMPERATURE 5 /* K */
#define SAME_WINDOW 0.1    /* V */

/* The reported values that come with the program and those that were added to the project. */
PlateauLiterature *
plot_literature_new (PlateauPlotContext *context)
{
  PlateauLiterature *literature = plateau_literature_new ();
  JsonObject *settings = plateau_study_get_settings (context->study, "literature");
  const char *own = settings != NULL
                        ? json_object_get_string_member_with_default (settings, "table", NULL)
                        : NULL;
  g_autoptr (GError) error = NULL;

  if (own != NULL && !plateau_literature_add_table (literature, own, &error))
    plateau_panel_note (context->panel, _ ("Own reported values: %s"), error->message);
  return literature;
}

/* "S-LRMO" reports for the samples "S-LRMO" and "S-LRMO (batch 2)" of its family. */
static gboolean
is_about (const PlateauReportedValue *value, const PlateauStudySample *sample)
{
  gsize length = strlen (value->cathode);

  return length > 0 && strncmp (sample->name, value->cathode, length) == 0
         && (sample->name[length] == 0 || g_str_has_prefix (sample->name + length, " ("))
         && (sample->family == NULL || *sample->family == 0 || *value->system == 0
             || strcmp (sample->family, value->system) == 0);
}

/* What a group was measured under; NaN where that is not known. */
typedef struct
{
  double c_rate, loading, temperature, low, high; /* SI, potentials with the offset */
} Conditions;

static Conditions
conditions_of_group (PlateauPlotContext *context, const PlateauPlotGroup *group)
{
  const PlateauStudyCell *cell = group->cells[0];
  g_autoptr (PlateauCycles) cycles = plateau_plot_get_cycles (context, cell, NULL);
  g_autoptr (GArray) runs = cycles != NULL ? plateau_runs_find (cycles->cycles, cycles->n_cycles,
                                                                PLATEAU_RATE_TOLERANCE)
                                           : NULL;
  const PlateauRun *run = runs != NULL ? plateau_runs_longest (runs) : NULL;
  Conditions c = { NAN, cell->area > 0 ? cell->active_mass / cell->area : NAN, cell->temperature,
                   NAN, NAN };

  if (run != NULL)
    c.c_rate = plot_c_rate (cell, cycles->cycles[run->first].discharge_current);
  for (guint i = 0; cycles != NULL && i < cycles->n_steps; i++)
    if (cycles->steps[i].kind == PLATEAU_STEP_CHARGE
        || cycles->steps[i].kind == PLATEAU_STEP_DISCHARGE)
      {
        c.low = fmin (c.low, cycles->steps[i].potential_end);
        c.high = fmax (c.high, cycles->steps[i].potential_end);
      }
  c.low += cell->reference_offset;
  c.high += cell->reference_offset;
  return c;
}

/* What either side does not say contradicts nothing. */
static gboolean
same (double a, double b, double limit)
{
  return isnan (a) || isnan (b) || fabs (a - b) <= limit;
}

static gboolean
same_rate (double a, double b)
{
  return isnan (a) || isnan (b) || fabs (log (a / b)) <= SAME_RATE;
}

static gboolean
same_conditions (const PlateauReportedValue *value, const Conditions *c, gboolean any_rate)
{
  return (any_rate || same_rate (value->c_rate, c->c_rate))
         && same (value->loading, c->loading, SAME_LOADING * c->loading)
         && same (value->temperature, c->temperature, SAME_TEMPERATURE)
         && same (value->window_low, c->low, SAME_WINDOW)
         && same (value->window_high, c->high, SAME_WINDOW);
}

/* Adds what is reported of @quantity for the sample of @group under its conditions (rate unless
 * against the rate, loading, temperature, window; those not told on either side agree); the panel's
 * table has sample, x and y as its first columns. */
void
plot_add_reported (PlateauPlotContext *context, const PlateauPlotGroup *group,
                   const PlotReported *what)
{
  g_autoptr (PlateauLiterature) literature = plot_literature_new (context);
  g_autoptr (GPtrArray) values = plateau_literature_find (literature, NULL, NULL, what->quantity);
  g_autoptr (GArray) x = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) y = g_array_new (FALSE, FALSE, sizeof (double));
  Conditions conditions = conditions_of_group (context, group);

  if (group->sample == NULL)
    return;
  for (guint i = 0; i < values->len; i++)
    {
      const PlateauReportedValue *value = values->pdata[i];
      double cycle = isnan (value->cycle) ? what->cycle : value->cycle;
      double at = what->against_rate ? value->c_rate : cycle;
      g_autofree char *name = NULL;

      /* After cycles a capacity is no rate capability. */
      if (!is_about (value, group->sample) || g_strcmp0 (value->unit, what->unit) != 0 || !(at > 0)
          || !same_conditions (value, &conditions, what->against_rate)
          || (what->against_rate && !isnan (value->cycle)))
        continue;
      g_array_append_val (x, at);
      g_array_append_val (y, value->value);
      if (what->use_y2)
        continue;
      name = g_strdup_printf (_ ("%s, %s, %s (reported)"), value->cathode, value->study,
                              value->place);
      guint row = plateau_table_add_row (context->panel->data);
      plateau_table_set_text (context->panel->data, row, 0, name);
      plateau_table_set_number (context->panel->data, row, 1, at);
      plateau_table_set_number (context->panel->data, row, 2, value->value);
    }
  if (x->len == 0)
    return;
  g_autofree char *id = g_strdup_printf ("reported/%s/%s", what->quantity, group->name);
  g_autofree char *name = plot_group_label (group);
  g_autofree char *label = g_strdup_printf (_ ("%s (reported)"), name);
  PlateauLayer *layer = plateau_panel_add_layer (context->panel, PLATEAU_LAYER_LINE, id, label);
  guint n = x->len;
  plateau_layer_style_for_slot (&layer->style, group->slot);
  layer->style.width = 0;
  layer->style.marker = PLATEAU_MARKER_DIAMOND;
  layer->style.fill = PLATEAU_FILL_OPEN;
  layer->style.marker_size = 1.3;
  layer->style.marker_every = 1;
  layer->use_y2 = what->use_y2;
  layer->tag.sample = group->sample->id;
  plateau_layer_take_xy (layer, (double *) (gpointer) g_array_free (g_steal_pointer (&x), FALSE),
                         (double *) (gpointer) g_array_free (g_steal_pointer (&y), FALSE), n);
}
