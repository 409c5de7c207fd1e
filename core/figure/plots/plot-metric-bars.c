/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-cycling.h"

#include "analysis/plateau-compare.h"
#include "base/plateau-error.h"
#include "base/plateau-unit.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* One metric of the comparison: a bar a sample with its scatter, and a point a cell; or, against
 * the variable of the samples, points. */

typedef struct
{
  char *metric, *conditions;
  gboolean variable, box;
} Options;

static const PlateauOption option_table[] = {
  { "metric", N_ ("Metric"), N_ ("Id of a metric, as plateau-cli compare --list gives them"),
    PLATEAU_OPTION_TEXT, G_STRUCT_OFFSET (Options, metric), NULL, 0, 0, NULL, NULL },
  { "conditions", N_ ("Conditions"),
    N_ ("Which of several conditions, as they are written; empty: those of most samples"),
    PLATEAU_OPTION_TEXT, G_STRUCT_OFFSET (Options, conditions), NULL, 0, 0, NULL, NULL },
  { "variable", N_ ("Against the variable"), N_ ("Points against the variable of the samples"),
    PLATEAU_OPTION_BOOLEAN, G_STRUCT_OFFSET (Options, variable), NULL, 0, 0, NULL, NULL },
  { "box", N_ ("Box plots"), N_ ("Median, quartiles and whiskers of the cells instead of bars"),
    PLATEAU_OPTION_BOOLEAN, G_STRUCT_OFFSET (Options, box), NULL, 0, 0, NULL, NULL },
  { NULL },
};

static const Options option_defaults = { NULL, NULL, FALSE, FALSE };

static gpointer
compute_compare (gpointer user_data, gsize *size, GCancellable *cancellable, GError **error)
{
  PlateauStudy *study = user_data;
  PlateauCompare *compare = plateau_compare_analyse (study, cancellable, error);

  *size = compare ? 4096 * (gsize) compare->n_entries : 0;
  return compare;
}

static void
add_settings (GChecksum *sum, PlateauStudy *study, const char *analysis)
{
  JsonObject *settings = plateau_study_get_settings (study, analysis);

  if (!settings)
    return;
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), settings);
  g_autofree char *text = json_to_string (node, FALSE);
  g_checksum_update (sum, (const guchar *) text, -1);
}

static const char *
text_or_none (const char *text)
{
  return text != NULL ? text : "";
}

/* The comparison of the whole study, worked out once for all plots of it. */
static PlateauCompare *
get_compare (PlateauPlotContext *context, GError **error)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *key = NULL;

  for (guint i = 0; i < plateau_study_get_n_cells (context->study); i++)
    {
      const PlateauStudyCell *cell = plateau_study_get_cell (context->study, i);
      g_autofree char *cell_key = plateau_plot_cell_key (cell, PLATEAU_KIND_CYCLING);
      g_autofree char *facts = g_strdup_printf (
          "%s|%s|%.17g|%.17g|%.17g|%.17g|%.17g|%d|%s|%s|%s|%" G_GINT64_FORMAT ";", cell_key,
          cell->name, cell->active_mass, cell->area, cell->one_c, cell->temperature,
          cell->reference_offset, cell->excluded, text_or_none (cell->electrolyte),
          text_or_none (cell->reference_name), text_or_none (cell->test),
          cell->sample ? cell->sample->id : 0);
      g_checksum_update (sum, (const guchar *) facts, -1);
    }
  for (guint i = 0; i < plateau_study_get_n_samples (context->study); i++)
    {
      const PlateauStudySample *sample = plateau_study_get_sample (context->study, i);
      g_autofree char *facts = g_strdup_printf (
          "%" G_GINT64_FORMAT "|%s|%s|%d|%s|%.17g|%s;", sample->id, text_or_none (sample->name),
          text_or_none (sample->family), (int) sample->role, text_or_none (sample->variable_name),
          sample->variable_value, text_or_none (sample->variable_unit));
      g_checksum_update (sum, (const guchar *) facts, -1);
    }
  add_settings (sum, context->study, "cycles");
  add_settings (sum, context->study, "rate");
  key = g_strdup_printf ("compare %s", g_checksum_get_string (sum));
  return plateau_cache_get (context->cache, key, (GBoxedCopyFunc) plateau_compare_ref,
                            (GDestroyNotify) plateau_compare_unref, compute_compare, context->study,
                            context->cancellable, error);
}

static const PlateauPlotGroup *
group_of (PlateauPlotContext *context, const PlateauStudySample *sample)
{
  for (guint g = 0; g < context->n_groups; g++)
    if (context->groups[g].sample && context->groups[g].sample->id == sample->id)
      return &context->groups[g];
  return NULL;
}

/* The entry of the metric with the most of the chosen samples, or with the wanted conditions. */
static const PlateauCompareEntry *
choose_entry (PlateauPlotContext *context, PlateauCompare *compare, const Options *o)
{
  const PlateauCompareEntry *best = NULL;
  guint most = 0;

  for (guint i = 0; i < compare->n_entries; i++)
    {
      const PlateauCompareEntry *entry = &compare->entries[i];
      guint count = 0;

      if (g_strcmp0 (entry->metric->id, o->metric) != 0)
        continue;
      for (guint s = 0; s < entry->n_samples; s++)
        count += group_of (context, entry->samples[s].sample) != NULL;
      if (count > 0 && o->conditions && *o->conditions)
        {
          g_autofree char *text = plateau_compare_conditions_text (entry);
          count = strcmp (text, o->conditions) == 0 ? G_MAXUINT : count;
        }
      if (count > most)
        {
          most = count;
          best = entry;
        }
    }
  return best;
}

static void
add_row (PlateauTable *table, const PlateauCompareSample *sample)
{
  guint row = plateau_table_add_row (table);

  plateau_table_set_text (table, row, 0, sample->sample->name);
  plateau_table_set_number (table, row, 1, sample->mean);
  plateau_table_set_number (table, row, 2, sample->sd);
  plateau_table_set_number (table, row, 3, sample->n);
  plateau_table_set_number (table, row, 4, sample->sample->variable_value);
}

static double *
one (double value)
{
  return g_memdup2 (&value, sizeof value);
}

/* A point a cell, a little apart from one another. */
static void
add_cells (PlateauPlotContext *context, const PlateauPlotGroup *group,
           const PlateauCompareSample *sample, double at, double spread)
{
  g_autofree char *id = g_strdup_printf ("cells/%s", sample->sample->name);
  PlateauLayer *layer = plateau_panel_add_layer (context->panel, PLATEAU_LAYER_LINE, id, NULL);
  double *x = g_new (double, sample->n), *y = g_new (double, sample->n);

  for (guint i = 0; i < sample->n; i++)
    {
      x[i] = at + (sample->n > 1 ? spread * ((double) i / (sample->n - 1) - 0.5) : 0);
      y[i] = sample->values[i];
    }
  plateau_layer_style_for_slot (&layer->style, group->slot);
  layer->style.width = 0;
  layer->style.marker = plateau_slot_get_marker (group->slot);
  layer->style.marker_every = 1;
  layer->style.marker_size = 0.8;
  layer->tag.sample = sample->sample->id;
  plateau_layer_take_xy (layer, x, y, sample->n);
}

static void
add_bar (PlateauPlotContext *context, const PlateauPlotGroup *group,
         const PlateauCompareSample *sample, double at)
{
  PlateauLayer *layer = plateau_panel_add_layer (context->panel, PLATEAU_LAYER_BAR,
                                                 sample->sample->name, NULL);

  plateau_layer_style_for_slot (&layer->style, group->slot);
  layer->style.area_alpha = 0.25;
  layer->style.width = 1;
  layer->bar_width = 0.6;
  layer->tag.sample = sample->sample->id;
  plateau_layer_take_xy (layer, one (at), one (sample->mean), 1);
  if (sample->n > 1)
    plateau_layer_take_y_range (layer, one (sample->mean - sample->sd),
                                one (sample->mean + sample->sd));
}

/* Median, quartiles, whiskers and the cells. */
static void
add_box (PlateauPlotContext *context, const PlateauPlotGroup *group,
         const PlateauCompareSample *sample, double at)
{
  PlateauLayer *layer = plateau_panel_add_layer (context->panel, PLATEAU_LAYER_BOX,
                                                 sample->sample->name, NULL);
  double *x = g_new (double, sample->n + 1);

  for (guint i = 0; i < sample->n; i++)
    x[i] = at;
  plateau_layer_style_for_slot (&layer->style, group->slot);
  layer->style.marker = plateau_slot_get_marker (group->slot);
  layer->box_x = at;
  layer->bar_width = 0.6;
  layer->tag.sample = sample->sample->id;
  plateau_layer_take_xy (layer, x, g_memdup2 (sample->values, sample->n * sizeof (double)),
                         sample->n);
}

static void
set_categories (PlateauPlotContext *context, GPtrArray *names)
{
  PlateauAxis *axis;

  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_X, NULL, NULL);
  axis = &context->panel->axes[PLATEAU_AXIS_X];
  axis->scale = PLATEAU_SCALE_CATEGORY;
  axis->min = -0.6;
  axis->max = names->len - 0.4;
  g_ptr_array_add (names, NULL);
  axis->categories = g_strdupv ((char **) names->pdata);
}

/* Names for a narrow axis: what the samples share in their ends is left out. */
static char *
short_name (const PlateauStudySample *sample)
{
  const char *bracket = strstr (sample->name, " (");

  return bracket ? g_strndup (sample->name, (gsize) (bracket - sample->name))
                 : g_strdup (sample->name);
}

/* The variable that most of the samples were made with; one axis shows one variable. */
static const PlateauStudySample *
find_variable (PlateauPlotContext *context, const PlateauCompareEntry *entry)
{
  const PlateauStudySample *best = NULL;
  guint most = 0;

  for (guint s = 0; s < entry->n_samples; s++)
    {
      const PlateauStudySample *sample = entry->samples[s].sample;
      guint count = 0;

      for (guint k = 0; k < entry->n_samples; k++)
        count += group_of (context, entry->samples[k].sample) != NULL
                 && !isnan (entry->samples[k].sample->variable_value)
                 && g_strcmp0 (entry->samples[k].sample->variable_name, sample->variable_name) == 0;
      if (!isnan (sample->variable_value) && count > most)
        {
          most = count;
          best = sample;
        }
    }
  return best;
}

static int
compare_variables (gconstpointer a, gconstpointer b)
{
  double x = (*(const PlateauCompareSample *const *) a)->sample->variable_value;
  double y = (*(const PlateauCompareSample *const *) b)->sample->variable_value;
  return (x > y) - (x < y);
}

/* Means with their standard deviations from one value of the variable to the next. */
static void
add_trend (PlateauPlotContext *context, GPtrArray *samples)
{
  PlateauLayer *layer = plateau_panel_add_layer (context->panel, PLATEAU_LAYER_LINE, "trend", NULL);
  double *x = g_new (double, samples->len + 1), *y = g_new (double, samples->len + 1);
  double *low = g_new (double, samples->len + 1), *high = g_new (double, samples->len + 1);

  g_ptr_array_sort (samples, compare_variables);
  for (guint i = 0; i < samples->len; i++)
    {
      const PlateauCompareSample *sample = samples->pdata[i];

      x[i] = sample->sample->variable_value;
      y[i] = sample->mean;
      low[i] = sample->mean - sample->sd;
      high[i] = sample->mean + sample->sd;
    }
  layer->style.colour = plateau_colour_simple (PLATEAU_COLOUR_DIM);
  layer->style.width = 1;
  plateau_layer_take_xy (layer, x, y, samples->len);
  plateau_layer_take_y_range (layer, low, high);
}

static void
add_samples (PlateauPlotContext *context, const PlateauCompareEntry *entry, gboolean variable,
             gboolean box)
{
  const PlateauStudySample *like = variable ? find_variable (context, entry) : NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) against = g_ptr_array_new ();
  const char *axis_name = NULL, *axis_unit = NULL;

  for (guint s = 0; s < entry->n_samples; s++)
    {
      const PlateauCompareSample *sample = &entry->samples[s];
      const PlateauPlotGroup *group = group_of (context, sample->sample);

      if (!group)
        continue;
      if (variable
          && (like == NULL || isnan (sample->sample->variable_value)
              || g_strcmp0 (sample->sample->variable_name, like->variable_name) != 0))
        {
          plateau_panel_note (context->panel, _ ("%s has no %s"), sample->sample->name,
                              like && like->variable_name ? like->variable_name : _ ("variable"));
          continue;
        }
      add_row (context->panel->data, sample);
      if (variable)
        {
          add_cells (context, group, sample, sample->sample->variable_value, 0);
          g_ptr_array_add (against, (gpointer) sample);
          axis_name = sample->sample->variable_name;
          axis_unit = sample->sample->variable_unit;
          continue;
        }
      if (box)
        add_box (context, group, sample, names->len);
      else
        {
          add_bar (context, group, sample, names->len);
          add_cells (context, group, sample, names->len, 0.3);
        }
      g_ptr_array_add (names, short_name (sample->sample));
    }
  if (!variable)
    {
      set_categories (context, names);
      return;
    }
  add_trend (context, against);
  g_autofree char *title = plateau_plot_markup (axis_name && *axis_name ? axis_name
                                                                        : _ ("Variable"));
  g_autofree char *unit = axis_unit && *axis_unit ? plateau_plot_markup (axis_unit) : NULL;
  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_X, title, unit);
}

static gboolean
build (PlateauPlotContext *context, gconstpointer options, GError **error)
{
  const Options *o = options;
  g_autoptr (PlateauCompare) compare = get_compare (context, error);
  const PlateauCompareEntry *entry = compare ? choose_entry (context, compare, o) : NULL;
  const PlateauUnit *unit;
  PlateauTable *table;

  if (!compare)
    return FALSE;
  if (!entry)
    {
      g_set_error_literal (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_EMPTY,
                           _ ("The chosen samples do not have this number"));
      return FALSE;
    }
  unit = plateau_unit_find (entry->metric->unit);
  table = context->panel->data = plateau_table_new (_ (entry->metric->label));
  plateau_table_add_column (table, "sample", _ ("Sample"), NULL, PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (table, "mean", _ ("Mean"), entry->metric->unit, PLATEAU_COLUMN_NUMBER,
                            4);
  plateau_table_add_column (table, "sd", _ ("s.d."), entry->metric->unit, PLATEAU_COLUMN_NUMBER, 2);
  plateau_table_add_column (table, "n", _ ("Cells"), NULL, PLATEAU_COLUMN_INTEGER, 0);
  plateau_table_add_column (table, "variable", _ ("Variable"), NULL, PLATEAU_COLUMN_NUMBER, 4);
  add_samples (context, entry, o->variable, o->box);
  g_autofree char *title = plateau_plot_markup (_ (entry->metric->label));
  g_autofree char *unit_markup = unit && *unit->label ? plot_unit_markup (unit->id) : NULL;
  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_Y, title, unit_markup);
  context->panel->axes[PLATEAU_AXIS_Y].from_zero = !o->variable && !o->box
                                                   && entry->metric->better >= 0
                                                   && strcmp (entry->metric->unit, "V") != 0;
  context->panel->legend.place = PLATEAU_PLACE_HIDDEN;
  return TRUE;
}

const PlateauPlotKind plateau_plot_metric_bars = {
  .id = "metric",
  .label = N_ ("A metric of the comparison"),
  .page = "compare",
  .needs = PLATEAU_KIND_CYCLING,
  .options = option_table,
  .options_size = sizeof (Options),
  .options_init = &option_defaults,
  .build = build,
};
