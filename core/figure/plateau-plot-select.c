/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which cells a plot shows: by id, name, role, family and conditions; and the choice of cycles. */

#include "figure/plateau-figure-private.h"
#include "figure/plateau-plot-kind.h"

#include "analysis/plateau-runs.h"
#include "data/plateau-naming.h"
#include "figure/plateau-look.h"

#include <math.h>
#include <string.h>

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
  g_autofree guint8 *wanted = g_malloc0 ((gsize) last + 1);
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

typedef struct
{
  GArray *groups; /* of PlateauPlotGroup */
  PlateauPlotContext *context;
  PlateauKinds needs;
} Selection;

static void
group_clear (PlateauPlotGroup *group)
{
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
  if (not &&(contains (cell->name, not ) || contains (cell->tags, not )))
    return FALSE;
  return in_range (where, "loading_mg_cm2",
                   plateau_from_si (cell->active_mass / cell->area, "mg/cm2"))
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

  return node && JSON_NODE_HOLDS_ARRAY (node)
                 && json_array_get_length (json_node_get_array (node)) > 0
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
      {
        group_clear (&g_array_index (s->groups, PlateauPlotGroup, i - 1));
        g_array_remove_index (s->groups, i - 1);
      }
}

/* "tests": "first" leaves of each sample only the test that stands first in the project. */
static void
keep_first_tests (Selection *s)
{
  const char *tests = json_object_get_string_member_with_default (s->context->plot, "tests", NULL);

  for (guint i = s->groups->len; i > 1 && g_strcmp0 (tests, "first") == 0; i--)
    {
      PlateauPlotGroup *g = &g_array_index (s->groups, PlateauPlotGroup, i - 1);
      gboolean earlier = FALSE;

      for (guint k = 0; k < i - 1; k++)
        earlier = earlier
                  || (g->sample
                      && g_array_index (s->groups, PlateauPlotGroup, k).sample == g->sample);
      if (earlier)
        {
          group_clear (g);
          g_array_remove_index (s->groups, i - 1);
        }
    }
}

/* "replicates": 1 shows one cell of each sample. */
static void
keep_replicates (Selection *s)
{
  gint64 most = json_object_get_int_member_with_default (s->context->plot, "replicates", 0);

  for (guint i = 0; i < s->groups->len && most > 0; i++)
    {
      PlateauPlotGroup *g = &g_array_index (s->groups, PlateauPlotGroup, i);
      g->n_cells = MIN (g->n_cells, most);
    }
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
  static const PlateauSlot others[]
      = { PLATEAU_SLOT_NONE, PLATEAU_SLOT_CONTROL, PLATEAU_SLOT_PRISTINE, PLATEAU_SLOT_MODIFIED };

  for (guint i = 1; i < s->groups->len; i++)
    {
      PlateauPlotGroup *g = &g_array_index (s->groups, PlateauPlotGroup, i);
      if (g->sample && plateau_look_is_chosen (g->sample))
        continue;
      for (guint tries = 0; tries < PLATEAU_N_SLOTS && is_taken (s, i, g->slot); tries++)
        g->slot = next_variant (g->slot);
      /* More samples than variants: looks of roles that nobody in the plot has. */
      for (guint k = 0; k < G_N_ELEMENTS (others) && is_taken (s, i, g->slot); k++)
        g->slot = others[k];
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

/**
 * plateau_plot_select:
 * @context: a plot; @groups and @n_groups are filled
 * @needs: measurements that a cell must have one of; 0: any
 *
 * Finds the cells that the "plot" of the context asks for, sample by sample, each with its look and
 * name. Freed with plateau_plot_unselect().
 */
void
plateau_plot_select (PlateauPlotContext *context, PlateauKinds needs)
{
  Selection s = { g_array_new (FALSE, TRUE, sizeof (PlateauPlotGroup)), context, needs };

  select_all (&s);
  keep_first_tests (&s);
  keep_replicates (&s);
  settle_slots (&s);
  name_tests (&s);
  context->n_groups = s.groups->len;
  context->groups = (PlateauPlotGroup *) (void *) g_array_free (s.groups, FALSE);
}

/**
 * plateau_plot_unselect:
 * @context: a plot
 *
 * Frees what plateau_plot_select() found.
 */
void
plateau_plot_unselect (PlateauPlotContext *context)
{
  for (guint i = 0; i < context->n_groups; i++)
    group_clear (&context->groups[i]);
  g_clear_pointer (&context->groups, g_free);
  context->n_groups = 0;
}
