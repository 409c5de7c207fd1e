/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-compare.h"

#include "base/plateau-number.h"
#include "base/plateau-unit.h"

#include <glib/gi18n.h>
#include <math.h>

static char *
decimals (double value, int digits)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE + 32];
  g_autofree char *format = g_strdup_printf ("%%.%df", digits);

  if (!isfinite (value) || fabs (value) > 1e15)
    return g_strdup ("–");
  g_ascii_formatd (buffer, sizeof buffer, format, value);
  /* A typographic minus, as in print. */
  return buffer[0] == '-' ? g_strconcat ("−", buffer + 1, NULL) : g_strdup (buffer);
}

static void
add_part (GPtrArray *parts, char *text)
{
  g_ptr_array_add (parts, text);
}

/**
 * plateau_compare_conditions_text:
 *
 * Returns: (transfer full): the conditions as a paper writes them, "0.2C, 2.3–4.6 V vs Li⁺/Li, 25
 * °C, 4.2 mg cm⁻², 100 cycles", and the electrolyte where the same number was also had in another;
 * what is not known is left out
 */
char *
plateau_compare_conditions_text (const PlateauCompareEntry *entry)
{
  const PlateauCompareConditions *c = &entry->conditions;
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  if (!isnan (c->c_rate))
    {
      g_autofree char *rate = plateau_format_significant (c->c_rate, 2);
      add_part (parts, g_strdup_printf ("%sC", rate));
    }
  if (!isnan (c->window_low) && !isnan (c->window_high))
    {
      g_autofree char *low = decimals (c->window_low, 1), *high = decimals (c->window_high, 1);
      gboolean named = entry->reference_name != NULL && *entry->reference_name != 0;
      add_part (parts, g_strdup_printf ("%s–%s V%s%s", low, high, named ? " vs " : "",
                                        named ? entry->reference_name : ""));
    }
  if (!isnan (c->temperature))
    {
      g_autofree char *temperature = decimals (plateau_from_si (c->temperature, "degC"), 0);
      add_part (parts, g_strdup_printf ("%s °C", temperature));
    }
  if (!isnan (c->loading))
    {
      g_autofree char *loading = plateau_format_significant (plateau_from_si (c->loading, "mg/cm2"),
                                                             2);
      add_part (parts, g_strdup_printf ("%s mg cm⁻²", loading));
    }
  if (!isnan (c->cycles))
    add_part (parts, g_strdup_printf (ngettext ("%.0f cycle", "%.0f cycles", (gulong) c->cycles),
                                      c->cycles));
  if (entry->by_electrolyte && c->electrolyte != NULL && *c->electrolyte != 0)
    add_part (parts, g_strdup (c->electrolyte));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (", ", (char **) parts->pdata);
}

/* "80.1 ± 0.6 % (n = 3)" */
static char *
value_text (const PlateauMetric *metric, const PlateauCompareSample *sample)
{
  const PlateauUnit *unit = plateau_unit_find (metric->unit);
  const char *label = unit != NULL ? unit->label : "";
  g_autofree char *mean = decimals (sample->mean, metric->digits);
  g_autofree char *sd = decimals (sample->sd, metric->digits);

  return sample->n > 1 ? g_strdup_printf ("%s ± %s%s%s (n = %u)", mean, sd, *label != 0 ? " " : "",
                                          label, sample->n)
                       : g_strdup_printf ("%s%s%s (n = 1)", mean, *label != 0 ? " " : "", label);
}

static char *
test_text (const PlateauCompareSample *own, const PlateauCompareSample *base,
           const PlateauCompareDifference *difference)
{
  if (isnan (difference->p_value))
    return g_strdup (own->n < 2 || base->n < 2 ? _ ("not tested, n = 1")
                                               : _ ("not tested, no scatter"));
  if (difference->p_value < 0.001)
    return g_strdup (_ ("p < 0.001, Welch’s t-test"));
  g_autofree char *p = plateau_format_significant (difference->p_value, 2);
  return g_strdup_printf (_ ("p = %s, Welch’s t-test"), p);
}

/* "98.0 mAh g⁻¹ (65.3 %; 95 % interval 96.5 to 99.5)" */
static char *
change_text (const PlateauMetric *metric, const PlateauCompareDifference *difference)
{
  const PlateauUnit *unit = plateau_unit_find (metric->unit);
  const char *label = unit != NULL ? unit->label : "";
  gboolean is_percent = g_strcmp0 (metric->unit, "%") == 0;
  g_autofree char *value = decimals (difference->value, metric->digits);
  g_autofree char *change = is_percent
                                ? g_strdup_printf (_ ("%s percentage points"), value)
                                : g_strdup_printf ("%s%s%s", value, *label != 0 ? " " : "", label);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  if (!is_percent)
    {
      g_autofree char *percent = decimals (difference->percent, 1);
      g_ptr_array_add (parts, g_strdup_printf ("%s %%", percent));
    }
  if (isfinite (difference->low))
    {
      g_autofree char *low = decimals (difference->low, metric->digits);
      g_autofree char *high = decimals (difference->high, metric->digits);
      g_ptr_array_add (parts, g_strdup_printf (_ ("95 %% interval %s to %s"), low, high));
    }
  if (parts->len == 0)
    return g_steal_pointer (&change);
  g_ptr_array_add (parts, NULL);
  g_autofree char *inside = g_strjoinv ("; ", (char **) parts->pdata);
  return g_strdup_printf ("%s (%s)", change, inside);
}

/**
 * plateau_compare_sentence:
 * @entry: a metric under its conditions
 * @sample: index of one of its samples
 * @base: index of the sample that it is held against, or -1 for the one of its role
 *
 * Returns: (transfer full): a sentence for a paper: the value with scatter and number, the base
 *   sample's, the difference with its interval and test, and the conditions
 */
char *
plateau_compare_sentence (const PlateauCompareEntry *entry, guint sample, int base)
{
  const PlateauCompareSample *own = &entry->samples[sample], *other = NULL;
  g_autofree char *conditions = plateau_compare_conditions_text (entry);
  g_autofree char *value = value_text (entry->metric, own);
  PlateauCompareDifference difference;

  for (guint i = 0; i < entry->n_samples; i++)
    if (base < 0 ? entry->samples[i].is_base : i == (guint) base)
      other = &entry->samples[i];
  if (other == NULL || other == own)
    return g_strdup_printf (_ ("%s of %s: %s (%s)."), _ (entry->metric->label), own->sample->name,
                            value, conditions);
  plateau_compare_difference (own, other, &difference);
  g_autofree char *other_value = value_text (entry->metric, other);
  g_autofree char *change = change_text (entry->metric, &difference);
  g_autofree char *test = test_text (own, other, &difference);
  return g_strdup_printf (_ ("%s of %s: %s against %s for %s; difference %s, %s (%s)."),
                          _ (entry->metric->label), own->sample->name, value, other_value,
                          other->sample->name, change, test, conditions);
}

/**
 * plateau_compare_table:
 *
 * Returns: (transfer full): one row for each sample of each entry, tagged with the sample's id
 */
PlateauTable *
plateau_compare_table (PlateauCompare *compare)
{
  PlateauTable *table = plateau_table_new (_ ("Comparison"));
  static const struct
  {
    const char *key, *label;
    PlateauColumnType type;
    int digits;
  } columns[] = {
    { "family", N_ ("Family"), PLATEAU_COLUMN_TEXT, 0 },
    { "metric", N_ ("Metric"), PLATEAU_COLUMN_TEXT, 0 },
    { "unit", N_ ("Unit"), PLATEAU_COLUMN_TEXT, 0 },
    { "conditions", N_ ("Conditions"), PLATEAU_COLUMN_TEXT, 0 },
    { "sample", N_ ("Sample"), PLATEAU_COLUMN_TEXT, 0 },
    { "role", N_ ("Role"), PLATEAU_COLUMN_TEXT, 0 },
    { "n", N_ ("Cells"), PLATEAU_COLUMN_INTEGER, 0 },
    { "mean", N_ ("Mean"), PLATEAU_COLUMN_NUMBER, 4 },
    { "sd", N_ ("s.d."), PLATEAU_COLUMN_NUMBER, 2 },
    { "difference", N_ ("Difference"), PLATEAU_COLUMN_NUMBER, 3 },
    { "difference_percent", N_ ("Difference, %"), PLATEAU_COLUMN_NUMBER, 3 },
    { "difference_low", N_ ("95 % from"), PLATEAU_COLUMN_NUMBER, 3 },
    { "difference_high", N_ ("95 % to"), PLATEAU_COLUMN_NUMBER, 3 },
    { "p_value", N_ ("p (Welch)"), PLATEAU_COLUMN_NUMBER, 2 },
    { "note", N_ ("Note"), PLATEAU_COLUMN_TEXT, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    plateau_table_add_column (table, columns[i].key, _ (columns[i].label), NULL, columns[i].type,
                              columns[i].digits);
  for (guint i = 0; i < compare->n_entries; i++)
    {
      const PlateauCompareEntry *entry = &compare->entries[i];
      g_autofree char *conditions = plateau_compare_conditions_text (entry);
      const PlateauUnit *unit = plateau_unit_find (entry->metric->unit);

      for (guint s = 0; s < entry->n_samples; s++)
        {
          const PlateauCompareSample *sample = &entry->samples[s];
          const double numbers[] = { sample->n,
                                     sample->mean,
                                     sample->sd,
                                     sample->to_base.value,
                                     sample->to_base.percent,
                                     sample->to_base.low,
                                     sample->to_base.high,
                                     sample->to_base.p_value };
          const char *texts[] = {
            entry->family, _ (entry->metric->label), unit != NULL ? unit->label : "",
            conditions,    sample->sample->name,     plateau_role_get_label (sample->sample->role)
          };
          guint row = plateau_table_add_row (table);

          plateau_table_set_row_tag (table, row, sample->sample->id);
          for (guint k = 0; k < G_N_ELEMENTS (texts); k++)
            plateau_table_set_text (table, row, k, texts[k]);
          for (guint k = 0; k < G_N_ELEMENTS (numbers); k++)
            plateau_table_set_number (table, row, 6 + k, numbers[k]);
          plateau_table_set_text (table, row, G_N_ELEMENTS (columns) - 1,
                                  sample->note != NULL ? sample->note : "");
        }
    }
  return table;
}
