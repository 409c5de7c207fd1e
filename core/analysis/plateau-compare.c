/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-compare.h"

#include "analysis/plateau-metrics.h"
#include "base/plateau-error.h"
#include "base/plateau-numeric.h"
#include "base/plateau-unit.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* An entry while it is being filled. */
typedef struct
{
  PlateauCompareEntry entry;
  GArray *observations; /* of PlateauObservation */
  guint position;       /* of the metric */
} Draft;

typedef struct
{
  PlateauCompare public;
  gint ref_count;
  GPtrArray *warnings;
} Private;

static Draft *
find_draft (GPtrArray *drafts, const PlateauObservation *observation)
{
  const PlateauMetric *first = plateau_metric_list (NULL);
  Draft *draft;

  for (guint i = 0; i < drafts->len; i++)
    {
      draft = drafts->pdata[i];
      if (draft->entry.metric == observation->metric
          && strcmp (draft->entry.family, plateau_cell_family (observation->cell)) == 0
          && plateau_conditions_agree (&draft->entry.conditions, &observation->conditions))
        return draft;
    }
  draft = g_new0 (Draft, 1);
  draft->entry.metric = observation->metric;
  draft->entry.family = plateau_cell_family (observation->cell);
  draft->entry.reference_name = observation->cell->reference_name;
  /* An offset is given to show potentials against lithium unless another reference is named. */
  if ((draft->entry.reference_name == NULL || *draft->entry.reference_name == 0)
      && observation->cell->reference_offset > 0)
    draft->entry.reference_name = "Li⁺/Li";
  draft->entry.conditions = observation->conditions;
  draft->observations = g_array_new (FALSE, FALSE, sizeof (PlateauObservation));
  draft->position = (guint) (observation->metric - first);
  g_ptr_array_add (drafts, draft);
  return draft;
}

static void
free_draft (gpointer data)
{
  Draft *draft = data;
  g_array_unref (draft->observations);
  g_free (draft);
}

static gboolean
is_base_role (PlateauRole role)
{
  return role == PLATEAU_ROLE_PRISTINE || role == PLATEAU_ROLE_CONTROL;
}

static gboolean
draft_has_base (const Draft *draft)
{
  for (guint i = 0; i < draft->observations->len; i++)
    if (is_base_role (
            g_array_index (draft->observations, PlateauObservation, i).cell->sample->role))
      return TRUE;
  return FALSE;
}

static gboolean
draft_has_sample (const Draft *draft, const PlateauStudySample *sample)
{
  for (guint i = 0; i < draft->observations->len; i++)
    if (g_array_index (draft->observations, PlateauObservation, i).cell->sample == sample)
      return TRUE;
  return FALSE;
}

/* Whether both hold the same number under conditions that are equal but for the electrolyte. */
static gboolean
differ_in_electrolyte (const PlateauCompareEntry *a, const PlateauCompareEntry *b)
{
  PlateauCompareConditions moved = b->conditions;

  moved.electrolyte = a->conditions.electrolyte;
  return a != b && a->metric == b->metric && strcmp (a->family, b->family) == 0
         && plateau_conditions_agree (&a->conditions, &moved);
}

/* The one other draft in which the base of the family is; NULL when @sample was measured in more
 * electrolytes than that of @draft, which are not to be mixed. */
static Draft *
draft_with_base (GPtrArray *drafts, const Draft *draft, const PlateauStudySample *sample)
{
  Draft *with_base = NULL;

  for (guint i = 0; i < drafts->len; i++)
    {
      Draft *other = drafts->pdata[i];

      if (!differ_in_electrolyte (&draft->entry, &other->entry))
        continue;
      if (draft_has_sample (other, sample))
        return NULL;
      if (with_base == NULL && draft_has_base (other))
        with_base = other;
    }
  return with_base;
}

/* A sample of which all cells have an electrolyte that no pristine cell has is a variant by its
 * electrolyte: it is compared with the pristine one all the same, and a note says so. */
static void
merge_electrolytes (GPtrArray *drafts)
{
  for (guint i = drafts->len; i-- > 0;)
    {
      Draft *draft = drafts->pdata[i];

      if (draft_has_base (draft))
        continue;
      g_autoptr (GHashTable) goals = g_hash_table_new (NULL, NULL);
      g_autoptr (GArray) all = g_steal_pointer (&draft->observations);

      draft->observations = g_array_new (FALSE, FALSE, sizeof (PlateauObservation));
      for (guint k = 0; k < all->len; k++)
        {
          const PlateauObservation *o = &g_array_index (all, PlateauObservation, k);
          gpointer sample = (gpointer) o->cell->sample, goal;

          /* All of a sample's cells move, or none. */
          if (!g_hash_table_lookup_extended (goals, sample, NULL, &goal))
            {
              goal = draft_with_base (drafts, draft, sample);
              g_hash_table_insert (goals, sample, goal);
            }
          g_array_append_vals ((goal != NULL ? (Draft *) goal : draft)->observations, o, 1);
        }
      if (draft->observations->len == 0)
        g_ptr_array_remove_index (drafts, i);
    }
}

static int
compare_numbers (double a, double b)
{
  if (isnan (a) || isnan (b))
    return isnan (a) - isnan (b);
  return (a > b) - (a < b);
}

static int
compare_drafts (gconstpointer a, gconstpointer b)
{
  const Draft *x = *(Draft *const *) a, *y = *(Draft *const *) b;
  const PlateauCompareConditions *p = &x->entry.conditions, *q = &y->entry.conditions;
  int order = strcmp (x->entry.family, y->entry.family);

  if (order == 0 && x->position != y->position)
    order = x->position < y->position ? -1 : 1;
  if (order == 0)
    order = compare_numbers (p->c_rate, q->c_rate);
  if (order == 0)
    order = compare_numbers (p->cycles, q->cycles);
  if (order == 0)
    order = compare_numbers (q->temperature, p->temperature);
  return order != 0 ? order : compare_numbers (p->loading, q->loading);
}

static void
fill_sample (const GArray *observations, const PlateauStudySample *sample,
             PlateauCompareSample *result)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) cells = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < observations->len; i++)
    {
      const PlateauObservation *o = &g_array_index (observations, PlateauObservation, i);
      gboolean seen = FALSE;

      for (guint k = 0; k < cells->len; k++)
        seen = seen || g_array_index (cells, gint64, k) == o->cell->id;
      if (o->cell->sample != sample || seen)
        continue;
      g_array_append_val (values, o->value);
      g_array_append_val (cells, o->cell->id);
    }
  *result = (PlateauCompareSample){ .sample = sample,
                                    .n = values->len,
                                    .to_base = { NAN, NAN, NAN, NAN, NAN } };
  result->values = (double *) (gpointer) g_array_free (g_steal_pointer (&values), FALSE);
  result->cells = (gint64 *) (gpointer) g_array_free (g_steal_pointer (&cells), FALSE);
  result->mean = plateau_mean (result->values, result->n);
  result->sd = result->n > 1 ? plateau_sd (result->values, result->n) : NAN;
}

static int
find_base (const PlateauCompareEntry *entry)
{
  const PlateauRole wanted[] = { PLATEAU_ROLE_PRISTINE, PLATEAU_ROLE_CONTROL };

  for (guint k = 0; k < G_N_ELEMENTS (wanted); k++)
    for (guint i = 0; i < entry->n_samples; i++)
      if (entry->samples[i].sample->role == wanted[k])
        return (int) i;
  return -1;
}

/**
 * plateau_compare_difference:
 * @sample: a sample of an entry
 * @base: another one of the same entry
 * @difference: (out): of @sample to @base; its test and interval are NaN where either has one cell
 *   or neither scatters
 */
void
plateau_compare_difference (const PlateauCompareSample *sample, const PlateauCompareSample *base,
                            PlateauCompareDifference *difference)
{
  double value = sample->mean - base->mean;

  *difference = (PlateauCompareDifference){
    .value = value,
    .percent = base->mean != 0 ? 100 * value / fabs (base->mean) : NAN,
    .p_value = plateau_welch_p (sample->mean, sample->sd, sample->n, base->mean, base->sd, base->n),
  };
  plateau_welch_interval (sample->mean, sample->sd, sample->n, base->mean, base->sd, base->n, 0.95,
                          &difference->low, &difference->high);
}

static void
add_note (PlateauCompareSample *sample, const char *text)
{
  char *both = sample->note != NULL ? g_strconcat (sample->note, "; ", text, NULL)
                                    : g_strdup (text);

  g_free (sample->note);
  sample->note = both;
}

static void
compare_to_base (PlateauCompareEntry *entry)
{
  int base = find_base (entry);

  for (guint i = 0; base >= 0 && i < entry->n_samples; i++)
    {
      PlateauCompareSample *sample = &entry->samples[i], *to = &entry->samples[base];

      if ((int) i == base)
        {
          sample->is_base = TRUE;
          continue;
        }
      plateau_compare_difference (sample, to, &sample->to_base);
      if (sample->n == 1 || to->n == 1)
        add_note (sample, _ ("n = 1: no test"));
    }
}

/* Which conditions keep two entries apart. */
static char *
describe_mismatch (const PlateauCompareConditions *a, const PlateauCompareConditions *b,
                   guint *count)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  const double nan = NAN;
  const PlateauCompareConditions none = { nan, nan, nan, nan, nan, nan, NULL };
  PlateauCompareConditions x = none, y = none;

#define CHECK(member, text)                                                                        \
  x = y = none;                                                                                    \
  x.member = a->member;                                                                            \
  y.member = b->member;                                                                            \
  if (!plateau_conditions_agree (&x, &y))                                                          \
    g_ptr_array_add (parts, (gpointer) (text));
  CHECK (c_rate, _ ("rate"))
  CHECK (window_low, _ ("lower potential"))
  CHECK (window_high, _ ("upper potential"))
  CHECK (temperature, _ ("temperature"))
  CHECK (loading, _ ("loading"))
  CHECK (cycles, _ ("number of cycles"))
  CHECK (electrolyte, _ ("electrolyte"))
#undef CHECK
  *count = parts->len;
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (", ", (char **) parts->pdata);
}

/* Samples whose base was only measured under other conditions: say so instead of comparing. */
static void
note_incomparable (PlateauCompare *compare)
{
  for (guint i = 0; i < compare->n_entries; i++)
    {
      PlateauCompareEntry *entry = &compare->entries[i];
      g_autofree char *mismatch = NULL;
      const PlateauCompareSample *base = NULL;
      guint fewest = G_MAXUINT;

      if (find_base (entry) >= 0)
        continue;
      for (guint k = 0; k < compare->n_entries; k++)
        {
          const PlateauCompareEntry *other = &compare->entries[k];
          int index = k != i && other->metric == entry->metric
                              && strcmp (other->family, entry->family) == 0
                          ? find_base (other)
                          : -1;
          guint count = 0;
          g_autofree char *text = index >= 0 ? describe_mismatch (&entry->conditions,
                                                                  &other->conditions, &count)
                                             : NULL;

          /* The nearest one tells best what keeps them apart. */
          if (index >= 0 && count < fewest)
            {
              base = &other->samples[index];
              fewest = count;
              g_free (mismatch);
              mismatch = g_steal_pointer (&text);
            }
        }
      for (guint s = 0; base != NULL && s < entry->n_samples; s++)
        if (entry->samples[s].note == NULL)
          entry->samples[s].note = g_strdup_printf (
              _ ("not compared: %s was measured with another %s"), base->sample->name, mismatch);
    }
}

static const char *
electrolyte_of (PlateauStudy *study, const PlateauCompareSample *sample)
{
  const PlateauStudyCell *cell = plateau_study_find_cell (study, sample->cells[0]);

  return cell != NULL && cell->electrolyte != NULL && *cell->electrolyte != 0
             ? cell->electrolyte
             : _ ("electrolyte not given");
}

/* Where samples beside each other differ in the electrolyte, both are named. */
static void
note_electrolytes (PlateauStudy *study, PlateauCompareEntry *entry)
{
  int base = find_base (entry);

  for (guint i = 0; base >= 0 && i < entry->n_samples; i++)
    {
      const char *own = electrolyte_of (study, &entry->samples[i]);
      const char *other = electrolyte_of (study, &entry->samples[base]);

      if (plateau_electrolytes_agree (own, other))
        continue;
      g_autofree char *text = g_strdup_printf (_ ("another electrolyte: %s, %s: %s"), own,
                                               entry->samples[base].sample->name, other);
      add_note (&entry->samples[i], text);
    }
}

/* What the numbers of an entry were taken under on average; they agree within their tolerances. */
static void
average_conditions (const GArray *observations, PlateauCompareConditions *conditions)
{
  const gsize averaged[] = { G_STRUCT_OFFSET (PlateauCompareConditions, c_rate),
                             G_STRUCT_OFFSET (PlateauCompareConditions, window_low),
                             G_STRUCT_OFFSET (PlateauCompareConditions, window_high),
                             G_STRUCT_OFFSET (PlateauCompareConditions, temperature),
                             G_STRUCT_OFFSET (PlateauCompareConditions, loading) };

  for (guint k = 0; k < G_N_ELEMENTS (averaged); k++)
    {
      double sum = 0;

      for (guint i = 0; i < observations->len; i++)
        sum += G_STRUCT_MEMBER (
            double, &g_array_index (observations, PlateauObservation, i).conditions, averaged[k]);
      G_STRUCT_MEMBER (double, conditions, averaged[k]) = sum / observations->len;
    }
}

static void
finish_entries (PlateauCompare *compare, GPtrArray *drafts)
{
  guint n_samples = plateau_study_get_n_samples (compare->study);

  g_ptr_array_sort (drafts, compare_drafts);
  compare->n_entries = drafts->len;
  compare->entries = g_new0 (PlateauCompareEntry, drafts->len + 1);
  for (guint i = 0; i < drafts->len; i++)
    {
      Draft *draft = drafts->pdata[i];
      PlateauCompareEntry *entry = &compare->entries[i];
      g_autoptr (GArray) samples = g_array_new (FALSE, TRUE, sizeof (PlateauCompareSample));

      for (guint s = 0; s < n_samples; s++)
        {
          PlateauCompareSample sample;
          fill_sample (draft->observations, plateau_study_get_sample (compare->study, s), &sample);
          if (sample.n > 0)
            g_array_append_val (samples, sample);
          else
            {
              g_free (sample.values);
              g_free (sample.cells);
            }
        }
      *entry = draft->entry;
      average_conditions (draft->observations, &entry->conditions);
      entry->n_samples = samples->len;
      entry->samples = (PlateauCompareSample *) (gpointer) g_array_free (g_steal_pointer (&samples),
                                                                         FALSE);
      compare_to_base (entry);
      note_electrolytes (compare->study, entry);
    }
  note_incomparable (compare);
  for (guint i = 0; i < compare->n_entries; i++)
    for (guint k = 0; k < compare->n_entries && !compare->entries[i].by_electrolyte; k++)
      compare->entries[i].by_electrolyte =
          differ_in_electrolyte (&compare->entries[i], &compare->entries[k])
          && !plateau_electrolytes_agree (compare->entries[i].conditions.electrolyte,
                                          compare->entries[k].conditions.electrolyte);
}

static GPtrArray *
load_facts (PlateauStudy *study, GPtrArray *warnings, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray)
      all = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_cell_facts_free);
  g_auto (PlateauCyclesOptions) options = PLATEAU_CYCLES_OPTIONS_INIT;
  g_auto (PlateauRateOptions) rates = PLATEAU_RATE_OPTIONS_INIT;
  JsonObject *settings = plateau_study_get_settings (study, "cycles");
  JsonObject *rate_settings = plateau_study_get_settings (study, "rate");

  if ((settings != NULL
       && !plateau_options_from_json (plateau_cycles_option_table, &options, settings, error))
      || (rate_settings != NULL
          && !plateau_options_from_json (plateau_rate_option_table, &rates, rate_settings, error)))
    return NULL;
  for (guint i = 0; i < plateau_study_get_n_cells (study); i++)
    {
      const PlateauStudyCell *cell = plateau_study_get_cell (study, i);
      g_autoptr (GError) reason = NULL;
      PlateauCellFacts *facts;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (cell->excluded || cell->sample == NULL || (cell->kinds & PLATEAU_KIND_CYCLING) == 0)
        continue;
      facts = plateau_cell_facts_new (cell, &options, &rates, cancellable, &reason);
      if (facts != NULL)
        g_ptr_array_add (all, facts);
      else
        g_ptr_array_add (warnings, g_strdup_printf ("%s: %s", cell->name, reason->message));
    }
  return g_steal_pointer (&all);
}

/* Why there is nothing to compare, and what to do. */
static const char *
why_nothing (PlateauStudy *study)
{
  gboolean any = FALSE, counts = FALSE, sampled = FALSE;

  for (guint i = 0; i < plateau_study_get_n_cells (study); i++)
    {
      const PlateauStudyCell *cell = plateau_study_get_cell (study, i);
      gboolean cycling = (cell->kinds & PLATEAU_KIND_CYCLING) != 0;

      any = any || cycling;
      counts = counts || (cycling && !cell->excluded);
      sampled = sampled || (cycling && !cell->excluded && cell->sample != NULL);
    }
  return !any      ? _ ("A comparison needs the cycling of two samples or more, and no cell of this "
                        "project has any. Add files of a cycler.")
         : !counts ? _ ("A comparison needs cells that count, and every cell with cycling is left "
                        "out. Take cells in again.")
         : !sampled
             ? _ ("A comparison needs samples, and the cells with cycling belong to none. Drag "
                  "them to a sample, or make a sample of them.")
             : _ ("No cell that belongs to a sample has a complete cycle. Assign cells to samples, "
                  "and give their active masses.");
}

/**
 * plateau_compare_analyse:
 * @study: a study; excluded cells and cells without a sample are left out
 *
 * Every metric of every sample: mean, standard deviation (n - 1) and number of its cells, and the
 * difference to the pristine sample of the same family, else to its control, with the p-value of
 * Welch's test when both have two cells or more. Numbers are only put beside each other when they
 * were taken under equal conditions (plateau_conditions_agree()); others form entries of their
 * own, with a note that says what differs. Retentions of samples that were cycled for different
 * numbers of cycles are also given after the smaller number, and the potential of the first charge
 * is compared at half of the smallest first charge among cells under equal conditions.
 *
 * Returns: (transfer full): the comparison; %NULL with PLATEAU_ANALYSIS_ERROR_NO_DATA when no cell
 *   gives a number, or cancelled
 */
PlateauCompare *
plateau_compare_analyse (PlateauStudy *study, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) facts = load_facts (study, warnings, cancellable, error);
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func (free_draft);
  g_autoptr (GArray) observations = g_array_new (FALSE, FALSE, sizeof (PlateauObservation));
  Private *private;

  if (facts == NULL)
    return NULL;
  for (guint i = 0; i < facts->len; i++)
    plateau_metrics_observe (facts->pdata[i], observations);
  plateau_metrics_observe_across (facts, observations);
  if (observations->len == 0)
    {
      g_set_error_literal (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA,
                           why_nothing (study));
      return NULL;
    }
  for (guint i = 0; i < observations->len; i++)
    {
      PlateauObservation *o = &g_array_index (observations, PlateauObservation, i);
      g_array_append_vals (find_draft (drafts, o)->observations, o, 1);
    }
  merge_electrolytes (drafts);
  private = g_new0 (Private, 1);
  private->ref_count = 1;
  private->public.study = plateau_study_ref (study);
  finish_entries (&private->public, drafts);
  g_ptr_array_add (warnings, NULL);
  private->warnings = g_steal_pointer (&warnings);
  private->public.warnings = (const char *const *) private->warnings->pdata;
  return &private->public;
}

/**
 * plateau_compare_ref:
 *
 * Returns: (transfer full): @compare
 */
PlateauCompare *
plateau_compare_ref (PlateauCompare *compare)
{
  g_atomic_int_inc (&((Private *) compare)->ref_count);
  return compare;
}

/**
 * plateau_compare_unref:
 * @compare: (transfer full): freed with its last reference
 */
void
plateau_compare_unref (PlateauCompare *compare)
{
  Private *private = (Private *) compare;

  if (!g_atomic_int_dec_and_test (&private->ref_count))
    return;
  for (guint i = 0; i < compare->n_entries; i++)
    {
      for (guint s = 0; s < compare->entries[i].n_samples; s++)
        {
          g_free (compare->entries[i].samples[s].values);
          g_free (compare->entries[i].samples[s].cells);
          g_free (compare->entries[i].samples[s].note);
        }
      g_free (compare->entries[i].samples);
    }
  g_free (compare->entries);
  g_ptr_array_unref (private->warnings);
  plateau_study_unref (compare->study);
  g_free (private);
}
