/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-compare-view.h"

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

const char *
plateau_compare_view_verdict (const PlateauCompareEntry *entry, const PlateauStudySample *base,
                              const PlateauStudySample *other)
{
  int b = plateau_compare_view_find (entry, base), o = plateau_compare_view_find (entry, other);

  if (b < 0 || o < 0)
    return _ ("not comparable");
  if (isnan (entry->samples[o].p_value))
    return _ ("no test, n = 1");
  return entry->samples[o].p_value < SIGNIFICANT ? _ ("beyond scatter") : _ ("within scatter");
}

int
plateau_compare_view_best (PlateauCompare *compare, const char *family, const char *metric,
                           const PlateauStudySample *base, const PlateauStudySample *other)
{
  int best = -1;
  guint most = 0;

  for (guint i = 0; i < compare->n_entries; i++)
    {
      const PlateauCompareEntry *entry = &compare->entries[i];
      int b, o;
      guint count;

      if (strcmp (entry->family, family) != 0 || strcmp (entry->metric->id, metric) != 0)
        continue;
      b = plateau_compare_view_find (entry, base);
      o = plateau_compare_view_find (entry, other);
      /* Both beside each other are worth more than many of one. */
      count = (b >= 0 ? entry->samples[b].n : 0) + (o >= 0 ? entry->samples[o].n : 0)
              + (b >= 0 && o >= 0 ? 1000 : 0);
      if (count > most)
        {
          most = count;
          best = (int) i;
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

static char *
p_text (double p)
{
  if (isnan (p))
    return g_strdup ("—");
  return p < 0.001 ? g_strdup ("< 0.001") : g_strdup_printf ("%.2g", p);
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
new_table (const PlateauStudySample *base, const PlateauStudySample *other)
{
  PlateauTable *table = plateau_table_new (_ ("Comparison"));
  g_autofree char *base_name = head_of (base), *other_name = head_of (other);

  plateau_table_add_column (table, "metric", _ ("Metric"), NULL, PLATEAU_COLUMN_TEXT, 20);
  plateau_table_add_column (table, "unit", _ ("Unit"), NULL, PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (table, "conditions", _ ("At"), NULL, PLATEAU_COLUMN_TEXT, 8);
  plateau_table_add_column (table, "base", base_name, NULL, PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (table, "other", other_name, NULL, PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (table, "difference", _ ("Differ."), NULL, PLATEAU_COLUMN_NUMBER, 3);
  plateau_table_add_column (table, "difference_percent", "%", NULL, PLATEAU_COLUMN_NUMBER, 2);
  plateau_table_add_column (table, "verdict", _ ("Verdict"), NULL, PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (table, "p_value", _ ("Welch p"), NULL, PLATEAU_COLUMN_TEXT, 0);
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
  return g_string_free (text, FALSE);
}

static void
add_entry (PlateauTable *table, PlateauCompare *compare, guint index,
           const PlateauStudySample *base, const PlateauStudySample *other)
{
  const PlateauCompareEntry *entry = &compare->entries[index];
  int b = plateau_compare_view_find (entry, base), o = plateau_compare_view_find (entry, other);
  const PlateauUnit *unit = plateau_unit_find (entry->metric->unit);
  gboolean both = b >= 0 && o >= 0;
  g_autofree char *conditions = short_conditions (entry, both);
  g_autofree char *base_text = value_text (entry, b);
  g_autofree char *other_text = value_text (entry, o);
  g_autofree char *p = p_text (both ? entry->samples[o].p_value : NAN);
  guint row = plateau_table_add_row (table);

  plateau_table_set_row_tag (table, row, index);
  plateau_table_set_text (table, row, 0, _ (entry->metric->label));
  plateau_table_set_text (table, row, 1, unit != NULL ? unit->label : "");
  plateau_table_set_text (table, row, 2, conditions);
  plateau_table_set_text (table, row, 3, base_text);
  plateau_table_set_text (table, row, 4, other_text);
  plateau_table_set_number (table, row, 5,
                            both ? entry->samples[o].mean - entry->samples[b].mean : NAN);
  plateau_table_set_number (table, row, 6,
                            both ? 100 * (entry->samples[o].mean - entry->samples[b].mean)
                                       / fabs (entry->samples[b].mean)
                                 : NAN);
  plateau_table_set_text (table, row, 7, plateau_compare_view_verdict (entry, base, other));
  plateau_table_set_text (table, row, 8, p);
}

PlateauTable *
plateau_compare_view_table (PlateauCompare *compare, const char *family,
                            const PlateauStudySample *base, const PlateauStudySample *other)
{
  PlateauTable *table = new_table (base, other);

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < compare->n_entries; i++)
      {
        const PlateauCompareEntry *entry = &compare->entries[i];
        gboolean has_base = plateau_compare_view_find (entry, base) >= 0;
        gboolean has_other = plateau_compare_view_find (entry, other) >= 0;

        if (strcmp (entry->family, family) == 0
            && (pass == 0 ? has_base && has_other : has_base != has_other))
          add_entry (table, compare, i, base, other);
      }
  return table;
}
