/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-compare-view.h"

#include "base/plateau-number.h"
#include "base/plateau-unit.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define SIGNIFICANT 0.05

GPtrArray *
plateau_compare_view_families (PlateauCompare *compare)
{
  GPtrArray *families = g_ptr_array_new ();

  for (guint i = 0; i < compare->n_entries; i++)
    if (!g_ptr_array_find_with_equal_func (families, compare->entries[i].family, g_str_equal, NULL))
      g_ptr_array_add (families, (gpointer) compare->entries[i].family);
  return families;
}

GPtrArray *
plateau_compare_view_samples (PlateauCompare *compare, const char *family)
{
  GPtrArray *samples = g_ptr_array_new ();
  PlateauStudy *study = compare->study;

  /* The study has them by role: pristine, control, modified. */
  for (guint s = 0; s < plateau_study_get_n_samples (study); s++)
    {
      const PlateauStudySample *sample = plateau_study_get_sample (study, s);
      gboolean has = FALSE;

      for (guint i = 0; !has && i < compare->n_entries; i++)
        has = strcmp (compare->entries[i].family, family) == 0
              && plateau_compare_view_find (&compare->entries[i], sample) >= 0;
      if (has)
        g_ptr_array_add (samples, (gpointer) sample);
    }
  return samples;
}

int
plateau_compare_view_find (const PlateauCompareEntry *entry, const PlateauStudySample *sample)
{
  for (guint s = 0; sample != NULL && s < entry->n_samples; s++)
    if (entry->samples[s].sample->id == sample->id)
      return (int) s;
  return -1;
}

gboolean
plateau_compare_view_difference (const PlateauCompareChoice *choice,
                                 const PlateauCompareEntry *entry,
                                 PlateauCompareDifference *difference)
{
  int b = plateau_compare_view_find (entry, choice->base);
  int o = plateau_compare_view_find (entry, choice->other);

  if (b < 0 || o < 0 || b == o)
    return FALSE;
  plateau_compare_difference (&entry->samples[o], &entry->samples[b], difference);
  return TRUE;
}

char *
plateau_compare_view_verdict (const PlateauCompareChoice *choice, const PlateauCompareEntry *entry)
{
  PlateauCompareDifference difference;

  if (!plateau_compare_view_difference (choice, entry, &difference))
    return g_strdup (choice->base == choice->other ? "" : _ ("not comparable"));
  if (isnan (difference.p_value))
    return g_strdup (entry->samples[plateau_compare_view_find (entry, choice->other)].n < 2
                             || entry->samples[plateau_compare_view_find (entry, choice->base)].n
                                    < 2
                         ? _ ("no test, n = 1")
                         : _ ("no test, no scatter"));
  if (difference.p_value < 0.001)
    return g_strdup (_ ("yes, p < 0.001"));
  g_autofree char *p = plateau_format_significant (difference.p_value, 2);
  return g_strdup_printf (difference.p_value < SIGNIFICANT ? _ ("yes, p = %s") : _ ("no, p = %s"),
                          p);
}

char *
plateau_compare_view_interval (const PlateauCompareChoice *choice, const PlateauCompareEntry *entry)
{
  PlateauCompareDifference difference;

  if (!plateau_compare_view_difference (choice, entry, &difference) || isnan (difference.low))
    return NULL;
  return g_strdup_printf ("%.*f … %.*f", entry->metric->digits, difference.low,
                          entry->metric->digits, difference.high);
}

const char *
plateau_compare_view_class (const PlateauCompareChoice *choice, gint64 tag, const char *column)
{
  const PlateauCompareEntry *entry = &choice->compare->entries[tag];
  gboolean verdict = g_str_equal (column, "verdict");
  PlateauCompareDifference difference;

  if (!verdict && !g_str_has_prefix (column, "difference"))
    return NULL;
  if (!plateau_compare_view_difference (choice, entry, &difference))
    return verdict ? "warning-text" : NULL;
  if (!(difference.p_value < SIGNIFICANT))
    return "dim-label";
  return verdict ? "good-text" : "strong";
}

const PlateauCompareEntry *
plateau_compare_view_best (const PlateauCompareChoice *choice, const char *metric)
{
  const PlateauCompareEntry *best = NULL;
  guint most = 0;

  for (guint i = 0; i < choice->compare->n_entries; i++)
    {
      const PlateauCompareEntry *entry = &choice->compare->entries[i];
      int b, o;
      guint count;

      if (strcmp (entry->family, choice->family) != 0 || strcmp (entry->metric->id, metric) != 0)
        continue;
      b = plateau_compare_view_find (entry, choice->base);
      o = plateau_compare_view_find (entry, choice->other);
      /* Both beside each other are worth more than many of one. */
      count = (b >= 0 ? entry->samples[b].n : 0) + (o >= 0 ? entry->samples[o].n : 0)
              + (b >= 0 && o >= 0 ? 1000 : 0);
      if (count > most)
        {
          most = count;
          best = entry;
        }
    }
  return best;
}

static char *
value_text (const PlateauCompareEntry *entry, int index)
{
  const PlateauCompareSample *sample;
  char mean[G_ASCII_DTOSTR_BUF_SIZE], sd[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *format = g_strdup_printf ("%%.%df", entry->metric->digits);

  if (index < 0)
    return g_strdup ("—");
  sample = &entry->samples[index];
  g_ascii_formatd (mean, sizeof mean, format, sample->mean);
  if (sample->n < 2)
    return g_strdup_printf ("%s (1)", mean);
  g_ascii_formatd (sd, sizeof sd, format, sample->sd);
  return g_strdup_printf ("%s ± %s (%u)", mean, sd, sample->n);
}

char *
plateau_compare_view_name (const PlateauStudySample *sample)
{
  const char *bracket = strstr (sample->name, " (simulated)");

  return bracket != NULL ? g_strndup (sample->name, (gsize) (bracket - sample->name))
                         : g_strdup (sample->name);
}

/* Mean, scatter and number of cells stand in one column under the sample's short name. */
static char *
head_of (const PlateauStudySample *sample)
{
  const char *bracket = sample != NULL ? strstr (sample->name, " (") : NULL;
  g_autofree char *name = bracket != NULL
                              ? g_strndup (sample->name, (gsize) (bracket - sample->name))
                              : g_strdup (sample != NULL ? sample->name : "—");

  return g_strdup_printf (_ ("%s (n)"), name);
}

static PlateauTable *
new_table (const PlateauCompareChoice *choice)
{
  PlateauTable *table = plateau_table_new (_ ("Comparison"));
  g_autofree char *base = head_of (choice->base), *other = head_of (choice->other);

  plateau_table_add_column (table, "metric", _ ("Metric"), NULL, PLATEAU_COLUMN_TEXT, 18);
  plateau_table_add_column (table, "unit", _ ("Unit"), NULL, PLATEAU_COLUMN_TEXT, 10);
  plateau_table_add_column (table, "conditions", _ ("At"), NULL, PLATEAU_COLUMN_TEXT, 7);
  plateau_table_add_column (table, "base", base, NULL, PLATEAU_COLUMN_TEXT, 20);
  if (choice->base != choice->other)
    {
      plateau_table_add_column (table, "other", other, NULL, PLATEAU_COLUMN_TEXT, 20);
      plateau_table_add_column (table, "difference", _ ("Differ."), NULL, PLATEAU_COLUMN_NUMBER, 3);
      plateau_table_add_column (table, "difference_percent", "%", NULL, PLATEAU_COLUMN_NUMBER, 2);
      plateau_table_add_column (table, "interval", _ ("95 % interval"), NULL, PLATEAU_COLUMN_TEXT,
                                18);
      plateau_table_add_column (table, "verdict", _ ("Beyond scatter?"), NULL, PLATEAU_COLUMN_TEXT,
                                18);
    }
  return table;
}

/* The conditions that tell the rows of one metric apart; loadings of samples that stand beside each
 * other agree and go without saying. */
static char *
short_conditions (const PlateauCompareEntry *entry, gboolean both)
{
  const PlateauCompareConditions *c = &entry->conditions;
  GString *text = g_string_new (NULL);

  /* Short, so that the verdict stays in sight: the sentence has them in words. */
  if (!isnan (c->cycles))
    g_string_append_printf (text, "%.0f×", c->cycles);
  if (!isnan (c->c_rate))
    g_string_append_printf (text, "%.2gC", c->c_rate);
  if (!isnan (c->temperature) && fabs (c->temperature - 298.15) > 5)
    g_string_append_printf (text, " %.0f °C", c->temperature - 273.15);
  if (!isnan (c->loading) && !both)
    g_string_append_printf (text, " %.2g mg/cm²", plateau_from_si (c->loading, "mg/cm2"));
  if (entry->by_electrolyte && c->electrolyte != NULL)
    g_string_append_printf (text, " %s", c->electrolyte);
  return g_string_free (text, FALSE);
}

static void
add_entry (PlateauTable *table, const PlateauCompareChoice *choice, guint index)
{
  const PlateauCompareEntry *entry = &choice->compare->entries[index];
  const PlateauUnit *unit = plateau_unit_find (entry->metric->unit);
  PlateauCompareDifference difference;
  gboolean both = plateau_compare_view_difference (choice, entry, &difference);
  g_autofree char *conditions = short_conditions (entry, both);
  g_autofree char *base = value_text (entry, plateau_compare_view_find (entry, choice->base));
  g_autofree char *other = value_text (entry, plateau_compare_view_find (entry, choice->other));
  g_autofree char *interval = plateau_compare_view_interval (choice, entry);
  g_autofree char *verdict = plateau_compare_view_verdict (choice, entry);
  guint row = plateau_table_add_row (table);

  plateau_table_set_row_tag (table, row, index);
  plateau_table_set_text (table, row, 0, _ (entry->metric->short_label));
  plateau_table_set_text (table, row, 1, unit != NULL ? unit->label : "");
  plateau_table_set_text (table, row, 2, conditions);
  plateau_table_set_text (table, row, 3, base);
  if (choice->base == choice->other)
    return;
  plateau_table_set_text (table, row, 4, other);
  plateau_table_set_number (table, row, 5, both ? difference.value : NAN);
  plateau_table_set_number (table, row, 6, both ? difference.percent : NAN);
  plateau_table_set_text (table, row, 7, interval != NULL ? interval : "");
  plateau_table_set_text (table, row, 8, verdict);
}

PlateauTable *
plateau_compare_view_table (const PlateauCompareChoice *choice)
{
  PlateauTable *table = new_table (choice);

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < choice->compare->n_entries; i++)
      {
        const PlateauCompareEntry *entry = &choice->compare->entries[i];
        gboolean has_base = plateau_compare_view_find (entry, choice->base) >= 0;
        gboolean has_other = plateau_compare_view_find (entry, choice->other) >= 0;

        if (strcmp (entry->family, choice->family) == 0
            && (pass == 0 ? has_base && has_other : has_base != has_other))
          add_entry (table, choice, i);
      }
  return table;
}
