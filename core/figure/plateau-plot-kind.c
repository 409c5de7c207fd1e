/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plateau-plot-kind.h"

#include "figure/plateau-look.h"

#include "analysis/plateau-runs.h"
#include "base/plateau-error.h"
#include "data/plateau-naming.h"
#include "figure/plateau-figure-private.h"
#include "figure/plateau-markup.h"
#include "figure/plots/plateau-plots.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* A new kind of plot is one line here. */
static const PlateauPlotKind *const kinds[] = {
  &plateau_plot_potential_capacity, &plateau_plot_capacity_cycle, &plateau_plot_potential_time,
  &plateau_plot_metric_cycle,       &plateau_plot_rate_cycle,
  &plateau_plot_rate_capability,    &plateau_plot_dqdv,           &plateau_plot_metric_bars,
  &plateau_plot_literature,         &plateau_plot_dqdv_peaks,
  &plateau_plot_gitt,               &plateau_plot_gitt_pulse,     &plateau_plot_voltammogram,
  &plateau_plot_scan_rate_peaks, &plateau_plot_scan_rate_shares, &plateau_plot_scan_rate_split,
  &plateau_plot_hold,               &plateau_plot_arrhenius,
  &plateau_plot_conductivity_composition,
  &plateau_plot_box,
  &plateau_plot_nyquist,
  &plateau_plot_bode,
  &plateau_plot_kk_orders,
  &plateau_plot_kk_residuals,
  &plateau_plot_fit_residuals,
  &plateau_plot_drt,
  &plateau_plot_circuit_series,
  &plateau_plot_zhit_residuals,
  &plateau_plot_drt_difference,
  &plateau_plot_drt_difference_map,
  &plateau_plot_drt_symmetric,
  &plateau_plot_drt_map,
  &plateau_plot_drt_processes,
  &plateau_plot_drt_scores,
  &plateau_plot_drt_sensitivity,
  &plateau_plot_series_curve,
};

/**
 * plateau_plot_kind_list:
 * @n_kinds: (out): number of kinds
 *
 * Returns: (transfer none): all kinds of plots
 */
const PlateauPlotKind *const *
plateau_plot_kind_list (guint *n_kinds)
{
  *n_kinds = G_N_ELEMENTS (kinds);
  return kinds;
}

/**
 * plateau_plot_kind_find:
 * @id: (nullable): id in documents
 *
 * Returns: (transfer none) (nullable): the kind
 */
const PlateauPlotKind *
plateau_plot_kind_find (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (id, kinds[i]->id) == 0)
      return kinds[i];
  return NULL;
}

/* ---- Shared results ---- */

/**
 * plateau_plot_cell_key:
 * @cell: a cell
 * @kinds_wanted: kinds of its measurements that matter
 *
 * Returns: (transfer full): text that changes when the measurements do, for keys of the cache
 */
char *
plateau_plot_cell_key (const PlateauStudyCell *cell, PlateauKinds kinds_wanted)
{
  GString *key = g_string_new (NULL);

  g_string_append_printf (key, "cell %" G_GINT64_FORMAT " %d", cell->id, kinds_wanted);
  for (guint i = 0; cell->measurements && i < cell->measurements->len; i++)
    {
      PlateauMeasurement *m = g_ptr_array_index (cell->measurements, i);
      const PlateauSource *source = plateau_measurement_get_source (m);

      if (source)
        g_string_append_printf (key, "|%s|%s|%" G_GUINT64_FORMAT "|%" G_GINT64_FORMAT,
                                source->uri ? source->uri : "", source->part ? source->part : "",
                                source->size, source->modified);
      g_string_append_printf (key, "|%p|%" G_GUINT64_FORMAT, (void *)m,
                              plateau_measurement_get_n_rows (m));
    }
  return g_string_free (key, FALSE);
}

typedef struct
{
  PlateauPlotContext *context;
  const PlateauStudyCell *cell;
  PlateauKinds kinds;
  const PlateauCyclesOptions *options;
} Wanted;

static gpointer
compute_recording (gpointer user_data, gsize *size, GCancellable *cancellable, GError **error)
{
  Wanted *w = user_data;
  PlateauRecording *recording
      = plateau_measurements_load_recording (w->cell->measurements, w->kinds, error);

  if (recording)
    *size = plateau_recording_get_size (recording);
  return recording;
}

/**
 * plateau_plot_get_recording:
 * @context: of the plot
 * @cell: a cell
 * @kinds_wanted: which of its measurements
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the cell's recordings joined in time order
 */
PlateauRecording *
plateau_plot_get_recording (PlateauPlotContext *context, const PlateauStudyCell *cell,
                            PlateauKinds kinds_wanted, GError **error)
{
  g_autofree char *cell_key = plateau_plot_cell_key (cell, kinds_wanted);
  g_autofree char *key = g_strconcat ("recording ", cell_key, NULL);
  Wanted w = { context, cell, kinds_wanted, NULL };

  return plateau_cache_get (context->cache, key, (GBoxedCopyFunc)plateau_recording_ref,
                            (GDestroyNotify)plateau_recording_unref, compute_recording, &w,
                            context->cancellable, error);
}

static gpointer
compute_spectra (gpointer user_data, gsize *size, GCancellable *cancellable, GError **error)
{
  Wanted *w = user_data;
  GPtrArray *spectra = plateau_measurements_load_spectra (w->cell->measurements, error);

  for (guint i = 0; spectra && i < spectra->len; i++)
    *size += 32 * plateau_spectrum_get_n (g_ptr_array_index (spectra, i));
  return spectra;
}

/**
 * plateau_plot_get_spectra:
 * @context: of the plot
 * @cell: a cell
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the cell's spectra in order
 */
GPtrArray *
plateau_plot_get_spectra (PlateauPlotContext *context, const PlateauStudyCell *cell, GError **error)
{
  g_autofree char *cell_key = plateau_plot_cell_key (cell, PLATEAU_KIND_EIS);
  g_autofree char *key = g_strconcat ("spectra ", cell_key, NULL);
  Wanted w = { context, cell, PLATEAU_KIND_EIS, NULL };

  return plateau_cache_get (context->cache, key, (GBoxedCopyFunc)g_ptr_array_ref,
                            (GDestroyNotify)g_ptr_array_unref, compute_spectra, &w,
                            context->cancellable, error);
}

static gpointer
compute_cycles (gpointer user_data, gsize *size, GCancellable *cancellable, GError **error)
{
  Wanted *w = user_data;
  g_autoptr (PlateauRecording) recording
      = plateau_plot_get_recording (w->context, w->cell, w->kinds, error);
  PlateauCycles *cycles;

  if (!recording)
    return NULL;
  cycles = plateau_cycles_analyse (recording, w->options, cancellable, error);
  if (cycles)
    *size = cycles->n_cycles * sizeof (PlateauCycle) + cycles->n_steps * sizeof (PlateauStep);
  return cycles;
}

/**
 * plateau_plot_get_settings:
 * @context: of the plot
 * @analysis: id of the analysis
 * @table: description of its options
 * @options: the options, already at their defaults
 * @error: return location
 *
 * Applies the study's settings of the analysis, then those that the panel gives itself.
 *
 * Returns: %FALSE with @error when a value cannot be
 */
gboolean
plateau_plot_get_settings (PlateauPlotContext *context, const char *analysis,
                           const PlateauOption *table, gpointer options, GError **error)
{
  JsonObject *study = plateau_study_get_settings (context->study, analysis);
  JsonNode *own = context->plot ? json_object_get_member (context->plot, analysis) : NULL;

  if (study && !plateau_options_from_json (table, options, study, error))
    return FALSE;
  return !own || !JSON_NODE_HOLDS_OBJECT (own)
         || plateau_options_from_json (table, options, json_node_get_object (own), error);
}

/**
 * plateau_plot_get_cycles:
 * @context: of the plot
 * @cell: a cell
 * @error: return location
 *
 * Returns: (transfer full) (nullable): steps and cycles of the cell's cycling, by the settings
 */
PlateauCycles *
plateau_plot_get_cycles (PlateauPlotContext *context, const PlateauStudyCell *cell, GError **error)
{
  g_auto (PlateauCyclesOptions) entered = PLATEAU_CYCLES_OPTIONS_INIT;
  PlateauCyclesOptions options;
  g_autofree char *cell_key = NULL, *key = NULL;
  Wanted w = { context, cell, PLATEAU_KIND_CYCLING, &options };

  if (!plateau_plot_get_settings (context, "cycles", plateau_cycles_option_table, &entered, error))
    return NULL;
  options = plateau_cycles_options_as_measured (&entered, cell->name, cell->reference_offset);
  cell_key = plateau_plot_cell_key (cell, w.kinds);
  key = g_strdup_printf ("cycles %d %d %g %g %s %s", options.rule, options.reference,
                         options.plateau_potential, options.plateau_above,
                         options.outliers != NULL ? options.outliers : "", cell_key);
  return plateau_cache_get (context->cache, key, (GBoxedCopyFunc)plateau_cycles_ref,
                            (GDestroyNotify)plateau_cycles_unref, compute_cycles, &w,
                            context->cancellable, error);
}

/* ---- Looks ---- */

/**
 * plateau_layer_style_for_slot:
 * @style: (inout): colour, dash and marker shape are set; whether a line or markers show is not
 * @slot: look of the sample
 */
void
plateau_layer_style_for_slot (PlateauLayerStyle *style, PlateauSlot slot)
{
  style->colour = plateau_colour_slot (slot, 0);
  style->dash = plateau_slot_get_dash (slot);
  style->fill = plateau_slot_get_fill (slot);
}

/**
 * plateau_plot_shade:
 * @index: position in a series
 * @n: length of the series
 *
 * Returns: 0 for the first to 1 for the last; 0 when there is one
 */
double
plateau_plot_shade (guint index, guint n)
{
  return n > 1 ? (double)index / (n - 1) : 0;
}

/**
 * plateau_plot_wants_colour_bar:
 * @context: of the plot
 * @n_curves: curves of one series
 *
 * Returns: whether a colour bar replaces the legend: above 8 curves, or above "legend_limit" of the
 *   panel's "plot"
 */
gboolean
plateau_plot_wants_colour_bar (PlateauPlotContext *context, guint n_curves)
{
  gint64 limit = context->plot
                     ? json_object_get_int_member_with_default (context->plot, "legend_limit", 8)
                     : 8;

  return n_curves > MAX (limit, 1);
}

/**
 * plateau_plot_choose_cycles:
 * @text: (nullable): "1, 2, 10-100", "10-100:10", "last"; "" is all
 * @last: number of the last cycle there is
 *
 * Returns: (transfer full): an array of guint, rising, without those that are not there
 */
GArray *
plateau_plot_choose_cycles (const char *text, guint last)
{
  GArray *chosen = g_array_new (FALSE, FALSE, sizeof (guint));
  g_auto (GStrv) parts = g_strsplit_set (text ? text : "", ",; ", -1);
  g_autofree guint8 *wanted = g_malloc0 ((gsize)last + 1);
  gboolean any = FALSE;

  for (guint i = 0; parts[i]; i++)
    {
      char *end;
      guint64 a, b, step = 1;

      if (!*parts[i])
        continue;
      any = TRUE;
      if (g_str_equal (parts[i], "last"))
        {
          wanted[last] = 1;
          continue;
        }
      a = b = g_ascii_strtoull (parts[i], &end, 10);
      if (end == parts[i])
        continue;
      if (*end == '-' || g_str_has_prefix (end, "\xe2\x80\x93"))
        {
          const char *from = end + (*end == '-' ? 1 : 3);

          b = g_ascii_strtoull (from, &end, 10);
          if (end == from)
            b = last;
        }
      if (*end == ':')
        step = MAX (1, g_ascii_strtoull (end + 1, NULL, 10));
      for (guint64 k = a; k <= MIN (b, last); k += step)
        wanted[k] = 1;
    }
  for (guint k = any ? 0 : 1; k <= last; k++)
    if (!any || wanted[k])
      g_array_append_val (chosen, k);
  return chosen;
}

/**
 * plateau_plot_markup:
 * @plain: (nullable): a name as the user wrote it
 *
 * Returns: (transfer full): markup in which ions have their charges raised (Li+/Li)
 */
char *
plateau_plot_markup (const char *plain)
{
  g_autofree char *escaped = plateau_markup_escape (plain);
  GString *text = g_string_new (escaped);

  g_string_replace (text, "Li+", "Li<sup>+</sup>", 0);
  g_string_replace (text, "Na+", "Na<sup>+</sup>", 0);
  return g_string_free (text, FALSE);
}

/**
 * plateau_plot_set_potential_axis:
 * @context: of the plot
 * @axis: an axis of the panel
 *
 * Titles it "Potential" in V, against what the cells' potentials are against when all agree.
 */
void
plateau_plot_set_potential_axis (PlateauPlotContext *context, PlateauAxisId axis)
{
  const char *reference = NULL;
  gboolean same = TRUE;

  for (guint g = 0; g < context->n_groups; g++)
    for (guint c = 0; c < context->groups[g].n_cells; c++)
      {
        const PlateauStudyCell *cell = context->groups[g].cells[c];
        const char *name = cell->reference_name;

        /* An offset without a name: lithium alloys are counted to Li+/Li, and Li itself is it. */
        if ((!name || !*name) && (cell->reference_offset != 0 || g_strcmp0 (cell->anode, "Li") == 0)
            && cell->anode && (strstr (cell->anode, "Li") || strstr (cell->anode, "In")))
          name = "Li+/Li";

        if (!reference)
          reference = name ? name : "";
        else
          same = same && g_strcmp0 (reference, name) == 0;
      }
  plateau_panel_set_axis (context->panel, axis, _ ("Potential"), "V");
  g_clear_pointer (&context->panel->axes[axis].reference, g_free);
  if (same && reference && *reference)
    {
      g_autofree char *plain = plateau_naming_without_mark (reference);
      context->panel->axes[axis].reference = plateau_plot_markup (plain);
    }
}

/**
 * plateau_plot_capacity_unit:
 * @context: of the plot
 * @wanted: "mAh/g", "mAh/cm2" or "mAh"
 *
 * Returns: @wanted, or "mAh" with a note in the panel when a cell lacks the mass or area it needs
 */
const char *
plateau_plot_capacity_unit (PlateauPlotContext *context, const char *wanted)
{
  gboolean specific = g_strcmp0 (wanted, "mAh/g") == 0, areal = g_strcmp0 (wanted, "mAh/cm2") == 0;

  for (guint g = 0; g < context->n_groups; g++)
    for (guint c = 0; c < context->groups[g].n_cells; c++)
      {
        const PlateauStudyCell *cell = context->groups[g].cells[c];

        if ((specific && !(cell->active_mass > 0)) || (areal && !(cell->area > 0)))
          {
            plateau_panel_note (context->panel,
                                specific ? _ ("%s has no active mass: capacities are in mAh")
                                         : _ ("%s has no electrode area: capacities are in mAh"),
                                cell->name);
            return "mAh";
          }
      }
  return specific || areal ? wanted : "mAh";
}

/**
 * plateau_plot_normalise:
 * @cell: a cell
 * @charge: C
 * @unit_id: of plateau_plot_capacity_unit()
 *
 * Returns: the charge in the unit; NaN when the cell lacks mass or area
 */
double
plateau_plot_normalise (const PlateauStudyCell *cell, double charge, const char *unit_id)
{
  double per = g_str_equal (unit_id, "mAh/g")     ? cell->active_mass
               : g_str_equal (unit_id, "mAh/cm2") ? cell->area
                                                  : 1;

  return plateau_from_si (charge / per, unit_id);
}

/* ---- Which cells ---- */

typedef struct
{
  GArray *groups; /* of PlateauPlotGroup */
  PlateauPlotContext *context;
  PlateauKinds needs;
  gboolean chosen_cells; /* named one by one: left-out ones are shown too */
} Selection;

static void
group_clear (gpointer data)
{
  PlateauPlotGroup *group = data;

  g_free (group->cells);
  g_free (group->name);
}

/* Further tests of a sample take the looks that follow its own. */
static PlateauSlot
next_variant (PlateauSlot slot)
{
  return slot < PLATEAU_SLOT_VARIANT1 || slot >= PLATEAU_SLOT_VARIANT4 ? PLATEAU_SLOT_VARIANT1
                                                                       : slot + 1;
}

static PlateauPlotGroup *
get_group (Selection *s, const PlateauStudySample *sample, const PlateauStudyCell *lone)
{
  PlateauPlotGroup group = { 0 };
  guint tests = 0; /* other tests of the sample in the plot */

  for (guint i = 0; i < s->groups->len; i++)
    {
      PlateauPlotGroup *g = &g_array_index (s->groups, PlateauPlotGroup, i);
      if (!sample || !g->sample || g->sample->id != sample->id)
        continue;
      if (lone && g->n_cells > 0 && strcmp (g->cells[0]->test, lone->test) != 0)
        tests++;
      else
        return g;
    }
  group.sample = sample;
  group.name = plateau_naming_without_mark (sample ? sample->name : lone->name);
  group.slot = sample ? plateau_look_of_sample (s->context->study, sample)
                      : plateau_slot_for_role (PLATEAU_ROLE_NONE, s->groups->len);
  for (; tests > 0; tests--)
    group.slot = next_variant (group.slot);
  g_array_append_val (s->groups, group);
  return &g_array_index (s->groups, PlateauPlotGroup, s->groups->len - 1);
}

static void
add_cell (Selection *s, const PlateauStudyCell *cell)
{
  PlateauPlotGroup *group;

  if (s->needs && !(cell->kinds & s->needs))
    return;
  group = get_group (s, cell->sample, cell);
  for (guint i = 0; i < group->n_cells; i++)
    if (group->cells[i]->id == cell->id)
      return;
  group->cells = g_renew (const PlateauStudyCell *, group->cells, group->n_cells + 1);
  group->cells[group->n_cells++] = cell;
}

static gboolean
in_range (JsonObject *where, const char *key, double value)
{
  JsonNode *node = json_object_get_member (where, key);
  JsonArray *range;

  if (!node || !JSON_NODE_HOLDS_ARRAY (node))
    return TRUE;
  range = json_node_get_array (node);
  /* What is not known is not held against a cell. */
  if (isnan (value))
    return TRUE;
  return json_array_get_length (range) == 2 && value >= json_array_get_double_element (range, 0)
         && value <= json_array_get_double_element (range, 1);
}

static gboolean
contains (const char *text, const char *part)
{
  g_autofree char *a = g_utf8_casefold (text ? text : "", -1);
  g_autofree char *b = g_utf8_casefold (part, -1);

  return strstr (a, b) != NULL;
}

/* What a cell's cycling is like: number of runs at equal rates, length and rate of the longest. */
static gboolean
cycling_matches (PlateauPlotContext *context, JsonObject *where, const PlateauStudyCell *cell)
{
  g_autoptr (PlateauCycles) cycles = NULL;
  g_autoptr (GArray) runs = NULL;
  const PlateauRun *run;

  if (!json_object_has_member (where, "runs") && !json_object_has_member (where, "cycles")
      && !json_object_has_member (where, "c_rate"))
    return TRUE;
  if (!(cell->kinds & PLATEAU_KIND_CYCLING))
    return FALSE;
  cycles = plateau_plot_get_cycles (context, cell, NULL);
  if (!cycles || cycles->n_cycles == 0)
    return FALSE;
  runs = plateau_runs_find (cycles->cycles, cycles->n_cycles, PLATEAU_RATE_TOLERANCE);
  run = plateau_runs_longest (runs);
  if (!run)
    return FALSE;
  return in_range (where, "runs", runs->len) && in_range (where, "cycles", run->n)
         && in_range (where, "c_rate", cycles->cycles[run->last].discharge_current / cell->one_c);
}

/* "where": {"match": "rate", "not": "mg", "loading_mg_cm2": [10, 15], "temperature_C": [20, 30],
 *   "runs": [3, 99], "cycles": [20, 1e9], "c_rate": [0.18, 0.22], "test": "0.2C"} */
static gboolean
cell_matches (PlateauPlotContext *context, const PlateauStudyCell *cell)
{
  JsonObject *plot = context->plot;
  JsonNode *node = plot ? json_object_get_member (plot, "where") : NULL;
  JsonObject *where;
  g_autofree char *test = plateau_naming_without_mark (cell->test);
  const char *match, *not, *wanted;

  if (!node || !JSON_NODE_HOLDS_OBJECT (node))
    return TRUE;
  where = json_node_get_object (node);
  match = json_object_get_string_member_with_default (where, "match", NULL);
  not = json_object_get_string_member_with_default (where, "not", NULL);
  wanted = json_object_get_string_member_with_default (where, "test", NULL);
  if (wanted && !g_str_equal (wanted, test))
    return FALSE;
  if (match && !contains (cell->name, match) && !contains (cell->tags, match))
    return FALSE;
  if (not && (contains (cell->name, not) || contains (cell->tags, not)))
    return FALSE;
  return in_range (where, "loading_mg_cm2", plateau_from_si (cell->active_mass / cell->area, "mg/cm2"))
         && in_range (where, "temperature_C", cell->temperature - 273.15)
         && cycling_matches (context, where, cell);
}

static void
add_sample (Selection *s, const PlateauStudySample *sample)
{
  for (guint i = 0; i < plateau_study_get_n_cells (s->context->study); i++)
    {
      const PlateauStudyCell *cell = plateau_study_get_cell (s->context->study, i);

      if (cell->sample && cell->sample->id == sample->id && !cell->excluded
          && cell_matches (s->context, cell))
        add_cell (s, cell);
    }
}

static gboolean
family_fits (const char *family, const PlateauStudySample *sample)
{
  return !family || !*family || g_strcmp0 (family, sample->family) == 0;
}

/* "$modified2": the second sample of that role in the family. */
static void
add_role (Selection *s, const char *token, const char *family)
{
  g_autofree char *name = g_strdup (token);
  gsize length = strlen (name);
  guint wanted = 1, seen = 0;
  PlateauRole role;
  gboolean all = FALSE;

  if (length > 0 && g_ascii_isdigit (name[length - 1]))
    {
      wanted = name[length - 1] - '0';
      name[length - 1] = '\0';
    }
  else if (length > 1 && name[length - 1] == '*')
    {
      all = TRUE;
      name[length - 1] = '\0';
    }
  if (!plateau_role_from_text (name, &role))
    return;
  for (guint i = 0; i < plateau_study_get_n_samples (s->context->study); i++)
    {
      const PlateauStudySample *sample = plateau_study_get_sample (s->context->study, i);

      if (sample->role == role && family_fits (family, sample) && (++seen == wanted || all))
        {
          if (!family || !*family)
            family = sample->family;
          add_sample (s, sample);
        }
    }
}

static void
add_named (Selection *s, JsonNode *node, const char *family)
{
  const char *text;

  if (!JSON_NODE_HOLDS_VALUE (node))
    return;
  text = json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
  if (text && text[0] == '$' && !g_str_equal (text, "$all"))
    {
      add_role (s, text + 1, family);
      return;
    }
  for (guint i = 0; i < plateau_study_get_n_samples (s->context->study); i++)
    {
      const PlateauStudySample *sample = plateau_study_get_sample (s->context->study, i);
      g_autofree char *brief = plateau_naming_without_mark (sample->name);
      gboolean fits = text ? (g_str_equal (text, "$all") || g_str_equal (text, sample->name)
                              || g_str_equal (text, brief))
                                 && family_fits (family, sample)
                           : sample->id == json_node_get_int (node);

      if (fits)
        add_sample (s, sample);
    }
}

static void
select_cells (Selection *s, JsonArray *cells)
{
  for (guint k = 0; k < json_array_get_length (cells); k++)
    {
      JsonNode *node = json_array_get_element (cells, k);
      const char *text;

      if (!JSON_NODE_HOLDS_VALUE (node))
        continue;
      text = json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
      for (guint i = 0; i < plateau_study_get_n_cells (s->context->study); i++)
        {
          const PlateauStudyCell *cell = plateau_study_get_cell (s->context->study, i);

          if (text ? g_str_equal (text, cell->name) : cell->id == json_node_get_int (node))
            add_cell (s, cell);
        }
    }
}

static JsonArray *
array_member (JsonObject *object, const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return node && JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) > 0
             ? json_node_get_array (node)
             : NULL;
}

static void
select_all (Selection *s)
{
  JsonObject *plot = s->context->plot;
  JsonArray *cells = array_member (plot, "cells"), *samples = array_member (plot, "samples");
  const char *family = json_object_get_string_member_with_default (plot, "family", NULL);

  if (cells)
    select_cells (s, cells);
  else if (samples)
    for (guint i = 0; i < json_array_get_length (samples); i++)
      add_named (s, json_array_get_element (samples, i), family);
  else
    for (guint i = 0; i < plateau_study_get_n_cells (s->context->study); i++)
      {
        const PlateauStudyCell *cell = plateau_study_get_cell (s->context->study, i);

        if (!cell->excluded && cell_matches (s->context, cell)
            && (!cell->sample || family_fits (family, cell->sample)))
          add_cell (s, cell);
      }
  for (guint i = s->groups->len; i > 0; i--)
    if (g_array_index (s->groups, PlateauPlotGroup, i - 1).n_cells == 0)
      g_array_remove_index (s->groups, i - 1);
}

static gboolean
is_taken (Selection *s, guint n, PlateauSlot slot)
{
  for (guint i = 0; i < n; i++)
    if (g_array_index (s->groups, PlateauPlotGroup, i).slot == slot)
      return TRUE;
  return FALSE;
}

/* Two families in one plot may each have a modified sample: the later one takes a look that is
 * still free. */
static void
part_equal_slots (Selection *s)
{
  for (guint i = 1; i < s->groups->len; i++)
    {
      PlateauPlotGroup *g = &g_array_index (s->groups, PlateauPlotGroup, i);
      if (g->sample && plateau_look_is_chosen (g->sample))
        continue;
      for (guint tries = 0; tries < PLATEAU_N_SLOTS && is_taken (s, i, g->slot); tries++)
        g->slot = next_variant (g->slot);
    }
}

/* Samples of a role that stand alone in the plot look like the first of their role: what differs
 * within the plot is what matters. */
static void
settle_slots (Selection *s)
{
  for (guint i = 0; i < s->groups->len; i++)
    {
      PlateauPlotGroup *g = &g_array_index (s->groups, PlateauPlotGroup, i);
      gboolean alone = g->sample && !plateau_look_is_chosen (g->sample);

      for (guint k = 0; k < s->groups->len; k++)
        {
          PlateauPlotGroup *other = &g_array_index (s->groups, PlateauPlotGroup, k);
          if (k != i && g->sample && other->sample && other->sample->role == g->sample->role)
            alone = FALSE;
        }
      if (alone)
        g->slot = plateau_slot_for_role (g->sample->role, 0);
    }
  part_equal_slots (s);
}

/* Where a sample stands in the plot with several tests, the tests are named. */
static void
name_tests (Selection *s)
{
  for (guint i = 0; i < s->groups->len; i++)
    {
      PlateauPlotGroup *g = &g_array_index (s->groups, PlateauPlotGroup, i);
      guint same = 0;

      for (guint k = 0; k < s->groups->len; k++)
        same += g->sample && g_array_index (s->groups, PlateauPlotGroup, k).sample == g->sample;
      if (same > 1 && *g->cells[0]->test)
        {
          g_autofree char *test = plateau_naming_without_mark (g->cells[0]->test);
          char *name = g_strdup_printf ("%s, %s", g->name, test);

          g_free (g->name);
          g->name = name;
        }
    }
}

/* ---- Binding ---- */

static gboolean
build (PlateauPlotContext *context, const PlateauPlotKind *kind, GError **error)
{
  g_autofree gpointer options = NULL;
  gboolean ok = TRUE;

  if (kind->options)
    {
      JsonNode *own = json_object_get_member (context->plot, "options");

      options = g_malloc0 (kind->options_size);
      plateau_options_copy (kind->options, kind->options_init, options);
      if (own && JSON_NODE_HOLDS_OBJECT (own))
        ok = plateau_options_from_json (kind->options, options, json_node_get_object (own), error);
    }
  ok = ok && kind->build (context, options, error);
  if (options)
    plateau_options_clear (kind->options, options);
  return ok;
}

static gboolean
fill_panel (PlateauPlotContext *context, GError **error)
{
  const char *id = json_object_get_string_member_with_default (context->plot, "kind", NULL);
  const PlateauPlotKind *kind = plateau_plot_kind_find (id);
  Selection s = { g_array_new (FALSE, TRUE, sizeof (PlateauPlotGroup)), context, 0, FALSE };
  gboolean ok;

  g_array_set_clear_func (s.groups, group_clear);
  if (!kind)
    {
      g_array_unref (s.groups);
      g_set_error (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_INVALID,
                   _ ("“%s” is not a kind of plot that this version knows"), id ? id : "");
      return FALSE;
    }
  s.needs = kind->needs;
  select_all (&s);
  settle_slots (&s);
  name_tests (&s);
  context->n_groups = s.groups->len;
  context->groups = (PlateauPlotGroup *)(void *)s.groups->data;
  if (context->n_groups == 0)
    {
      g_set_error_literal (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_EMPTY,
                           _ ("No cell with such a measurement is chosen"));
      ok = FALSE;
    }
  else
    ok = build (context, kind, error);
  g_array_unref (s.groups);
  return ok;
}

static gboolean
bind_panel (PlateauFigure *figure, PlateauPanel *panel, PlateauStudy *study, PlateauCache *cache,
            GCancellable *cancellable, GError **error)
{
  PlateauPlotContext context = { .study = study, .cache = cache, .cancellable = cancellable,
                                 .plot = panel->plot, .panel = panel };
  g_autoptr (GError) local = NULL;

  plateau_panel_reset (panel);
  context.cycles = json_object_get_string_member_with_default (panel->plot, "cycles", "");
  if (!fill_panel (&context, &local))
    {
      if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      g_ptr_array_set_size (panel->layers, 0);
      g_array_set_size (panel->annotations, 0);
      panel->message = g_strdup (local->message);
    }
  /* The document's own words were checked when it was read. */
  return !panel->source || plateau_panel_apply_json (panel, panel->source, error);
}

/**
 * plateau_figure_bind:
 * @figure: a figure of plateau_figure_new_from_json(), not shared yet
 * @study: what to show
 * @cache: results of analyses
 * @cancellable: (nullable): stops between panels and within analyses
 * @error: return location
 *
 * Fills every panel that has a "plot". A panel whose selection is empty or whose analysis fails
 * holds its reason in `message`; the figure is still good. Runs on any thread.
 *
 * Returns: %FALSE with @error when it was cancelled
 */
gboolean
plateau_figure_bind (PlateauFigure *figure, PlateauStudy *study, PlateauCache *cache,
                     GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < figure->panels->len; i++)
    {
      PlateauPanel *panel = g_ptr_array_index (figure->panels, i);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (panel->plot && !bind_panel (figure, panel, study, cache, cancellable, error))
        return FALSE;
    }
  if (plateau_study_get_simulated (study) && !figure->note)
    figure->note = g_strdup (_ ("Simulated data"));
  return TRUE;
}
