/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-kinetics.h"

#include "analysis/plateau-distribution.h"
#include "base/plateau-error.h"
#include "base/plateau-unit.h"

#include <glib/gi18n.h>
#include <math.h>

/* Box plots: one value of each replicate by sample, or values that were pasted: "values" of the
 * "plot" object, {"OCV": [0.1, 0.2], "4.3 V": [...]}, with "title" and "unit" of their axis. A
 * template leaves them open, {}, and may have "example" values for projects of simulated cells. */

typedef enum
{
  METRIC_FIRST_CAPACITY,
  METRIC_FIRST_EFFICIENCY,
  METRIC_RETENTION,
} Metric;

typedef struct
{
  int metric;
} Options;

static const char *const metric_nicks[]
    = { "initial-capacity", "initial-efficiency", "retention", NULL };
static const char *const metric_labels[] = { N_ ("First discharge capacity"),
                                             N_ ("Initial coulombic efficiency"),
                                             N_ ("Capacity retention"), NULL };

static const PlateauOption option_table[] = {
  { "metric", N_ ("Value"), N_ ("What is shown of each cell"), PLATEAU_OPTION_CHOICE,
    G_STRUCT_OFFSET (Options, metric), NULL, 0, 0, metric_nicks, metric_labels },
  { NULL },
};

static const Options option_defaults = { METRIC_FIRST_CAPACITY };

typedef struct
{
  PlateauPlotContext *context;
  PlateauTable *table;
  GPtrArray *names; /* of the categories */
} Build;

static void
begin (Build *b, const char *title, const char *unit)
{
  plateau_panel_set_axis (b->context->panel, PLATEAU_AXIS_X, "", NULL);
  b->context->panel->axes[PLATEAU_AXIS_X].scale = PLATEAU_SCALE_CATEGORY;
  plateau_panel_set_axis (b->context->panel, PLATEAU_AXIS_Y, title, unit);
  b->context->panel->axes[PLATEAU_AXIS_Y].fit_margin = 0.12;
  b->context->panel->legend.place = PLATEAU_PLACE_HIDDEN;
  b->table = b->context->panel->data = plateau_table_new (_ ("Distribution"));
  plateau_table_add_column (b->table, "group", _ ("Group"), NULL, PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (b->table, "n", _ ("n"), NULL, PLATEAU_COLUMN_INTEGER, 0);
  plateau_table_add_column (b->table, "median", _ ("Median"), NULL, PLATEAU_COLUMN_NUMBER, 5);
  plateau_table_add_column (b->table, "lower_quartile", _ ("25 %"), NULL, PLATEAU_COLUMN_NUMBER, 5);
  plateau_table_add_column (b->table, "upper_quartile", _ ("75 %"), NULL, PLATEAU_COLUMN_NUMBER, 5);
  plateau_table_add_column (b->table, "lower_whisker", _ ("Lower whisker"), NULL,
                            PLATEAU_COLUMN_NUMBER, 5);
  plateau_table_add_column (b->table, "upper_whisker", _ ("Upper whisker"), NULL,
                            PLATEAU_COLUMN_NUMBER, 5);
  plateau_table_add_column (b->table, "mean", _ ("Mean"), NULL, PLATEAU_COLUMN_NUMBER, 5);
  plateau_table_add_column (b->table, "sd", _ ("s.d."), NULL, PLATEAU_COLUMN_NUMBER, 3);
}

static void
add_box (Build *b, const char *name, PlateauSlot slot, gint64 sample, const GArray *values)
{
  gsize n = values->len;
  double *x = g_new (double, n + 1), *y = g_new (double, n + 1);
  PlateauBox box = plateau_box_of ((const double *)values->data, n);
  const double shown[] = { box.n,
                           box.median,
                           box.lower_quartile,
                           box.upper_quartile,
                           box.lower_whisker,
                           box.upper_whisker,
                           box.mean,
                           box.sd };
  g_autofree char *id = g_strdup_printf ("box/%s", name);
  PlateauLayer *layer = plateau_panel_add_layer (b->context->panel, PLATEAU_LAYER_BOX, id, NULL);
  guint row = plateau_table_add_row (b->table);

  for (gsize i = 0; i < n; i++)
    {
      x[i] = b->names->len;
      y[i] = g_array_index (values, double, i);
    }
  plateau_layer_style_for_slot (&layer->style, slot);
  layer->style.marker = plateau_slot_get_marker (slot);
  layer->box_x = b->names->len;
  layer->bar_width = 0.6;
  layer->tag.sample = sample;
  plateau_layer_take_xy (layer, x, y, n);
  g_ptr_array_add (b->names, plateau_plot_markup (name));
  plateau_table_set_text (b->table, row, 0, name);
  for (guint c = 0; c < G_N_ELEMENTS (shown); c++)
    plateau_table_set_number (b->table, row, c + 1, shown[c]);
}

static gboolean
value_of_cell (PlateauPlotContext *context, const PlateauStudyCell *cell, int metric,
               const char *unit, double *value, GError **error)
{
  g_autoptr (PlateauRecording) recording
      = plateau_plot_get_recording (context, cell, PLATEAU_KIND_CYCLING, error);
  g_autoptr (PlateauCycles) cycles
      = recording ? plateau_plot_get_cycles (context, cell, error) : NULL;
  PlateauCyclesSummary summary;

  if (!cycles)
    return FALSE;
  plateau_cycles_summarise (cycles, recording, NULL, &summary);
  *value = NAN;
  if (metric == METRIC_RETENTION)
    *value = plateau_from_si (summary.retention, "%");
  else if (metric == METRIC_FIRST_EFFICIENCY)
    *value = plateau_from_si (summary.initial_coulombic_efficiency, "%");
  else if (cycles->n_cycles > 0)
    *value = plateau_plot_normalise (cell, cycles->cycles[0].discharge_capacity, unit);
  return TRUE;
}

static gboolean
add_cells (Build *b, int metric, GError **error)
{
  const char *unit = plateau_plot_capacity_unit (b->context, "mAh/g");
  g_autofree char *markup = plot_unit_markup (metric == METRIC_FIRST_CAPACITY ? unit : "%");

  begin (b, _ (metric_labels[metric]), markup);
  for (guint g = 0; g < b->context->n_groups; g++)
    {
      const PlateauPlotGroup *group = &b->context->groups[g];
      g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));

      for (guint c = 0; c < group->n_cells; c++)
        {
          double value;
          PlateauKinds kinds = group->cells[c]->kinds;

          /* Only cells that were cycled; pulses and holds are no cycles. */
          if (!(kinds & PLATEAU_KIND_CYCLING) || (kinds & (PLATEAU_KIND_GITT | PLATEAU_KIND_HOLD)))
            continue;
          if (!value_of_cell (b->context, group->cells[c], metric, unit, &value, error))
            return FALSE;
          if (isfinite (value))
            g_array_append_val (values, value);
        }
      if (values->len > 0)
        add_box (b, group->name, group->slot, group->sample ? group->sample->id : 0, values);
    }
  return TRUE;
}

static void
add_pasted (Build *b, JsonObject *pasted, gboolean simulated)
{
  const char *title = json_object_get_string_member_with_default (b->context->plot, "title",
                                                                  _ ("Value"));
  const char *unit = json_object_get_string_member_with_default (b->context->plot, "unit", NULL);
  const char *origin = simulated
                           ? _ ("The values are simulated, not measured")
                           : _ ("The values were pasted, not measured here");
  g_autoptr (GList) names = json_object_get_members (pasted);

  begin (b, title, unit);
  plateau_panel_note (b->context->panel, "%s", origin);
  for (GList *l = names; l; l = l->next)
    {
      g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
      JsonNode *node = json_object_get_member (pasted, l->data);
      JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

      for (guint i = 0; array && i < json_array_get_length (array); i++)
        {
          double value = json_array_get_double_element (array, i);

          g_array_append_val (values, value);
        }
      add_box (b, l->data, plateau_slot_for_role (PLATEAU_ROLE_NONE, b->names->len), 0, values);
    }
}

static JsonObject *
object_member (JsonObject *plot, const char *key)
{
  JsonNode *node = plot ? json_object_get_member (plot, key) : NULL;

  return node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static gboolean
build (PlateauPlotContext *context, gconstpointer options, GError **error)
{
  const Options *o = options;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  Build b = { .context = context, .names = names };
  JsonObject *values = object_member (context->plot, "values");
  gboolean open = values && json_object_get_size (values) == 0;
  JsonObject *example = open && plateau_study_get_simulated (context->study)
                            ? object_member (context->plot, "example")
                            : NULL;

  if (example)
    add_pasted (&b, example, TRUE);
  else if (open)
    {
      g_set_error (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_EMPTY,
                   _ ("The values of each box are still to be pasted"));
      return FALSE;
    }
  else if (values)
    add_pasted (&b, values,
                json_object_get_boolean_member_with_default (context->plot, "simulated", FALSE));
  else if (!add_cells (&b, o->metric, error))
    return FALSE;
  if (names->len == 0)
    {
      g_set_error (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_EMPTY,
                   _ ("A box plot needs values: none of the chosen cells has one of this metric."));
      return FALSE;
    }
  g_ptr_array_add (names, NULL);
  context->panel->axes[PLATEAU_AXIS_X].categories = g_strdupv ((char **)names->pdata);
  context->panel->axes[PLATEAU_AXIS_X].min = -0.6;
  context->panel->axes[PLATEAU_AXIS_X].max = names->len - 1.4;
  return TRUE;
}

const PlateauPlotKind plateau_plot_box = {
  .id = "box",
  .label = N_ ("Distribution of a value as box plots"),
  .page = "compare",
  .needs = 0,
  .options = option_table,
  .options_size = sizeof (Options),
  .options_init = &option_defaults,
  .build = build,
};
