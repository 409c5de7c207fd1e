/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-compare.h"
#include "base/plateau-unit.h"
#include "cli-commands.h"

#include <glib/gi18n.h>
#include <math.h>

/* Every metric of every sample of a project, against the pristine one. */

typedef struct
{
  gboolean list;
} CompareOptions;

static const PlateauOption compare_table[] = {
  { "list", N_ ("List"), N_ ("List the metrics"), PLATEAU_OPTION_BOOLEAN,
    G_STRUCT_OFFSET (CompareOptions, list) },
  { NULL },
};

static const CliOptionSet sets[] = {
  { compare_table, sizeof (CompareOptions), NULL },
  { NULL },
};

static void
set_conditions (JsonObject *object, const PlateauCompareConditions *conditions)
{
  JsonObject *c = cli_set_object (object, "conditions");

  cli_set_number (c, "c_rate", conditions->c_rate);
  cli_set_number (c, "window_low_V", conditions->window_low);
  cli_set_number (c, "window_high_V", conditions->window_high);
  cli_set_number (c, "temperature_C", plateau_from_si (conditions->temperature, "degC"));
  cli_set_number (c, "loading_mg_cm2", plateau_from_si (conditions->loading, "mg/cm2"));
  if (isnan (conditions->cycles))
    cli_set_number (c, "cycles", NAN);
  else
    cli_set_integer (c, "cycles", (gint64) conditions->cycles);
  cli_set_text (c, "electrolyte", conditions->electrolyte);
}

static void
set_samples (JsonObject *object, const PlateauCompareEntry *entry)
{
  JsonArray *samples = cli_set_list (object, "samples");

  for (guint i = 0; i < entry->n_samples; i++)
    {
      const PlateauCompareSample *sample = &entry->samples[i];
      g_autofree char *sentence = plateau_compare_sentence (entry, i, -1);
      JsonObject *s = cli_append_object (samples);

      cli_set_text (s, "sample", sample->sample->name);
      cli_set_text (s, "family", entry->family);
      cli_set_text (s, "role", plateau_role_get_nick (sample->sample->role));
      cli_set_integer (s, "n", sample->n);
      cli_set_number (s, "mean", sample->mean);
      cli_set_number (s, "sd", sample->sd);
      cli_set_number (s, "difference", sample->to_base.value);
      cli_set_number (s, "difference_percent", sample->to_base.percent);
      cli_set_number (s, "difference_low", sample->to_base.low);
      cli_set_number (s, "difference_high", sample->to_base.high);
      cli_set_number (s, "p_value", sample->to_base.p_value);
      cli_set_text (s, "note", sample->note);
      cli_set_text (s, "sentence", sentence);
    }
}

static gboolean
compare_each_input (CliContext *context, CliInput *input, JsonObject *result, GError **error)
{
  g_autoptr (PlateauCompare) compare = plateau_compare_analyse (input->study, NULL, error);
  JsonArray *metrics;

  if (compare == NULL)
    return FALSE;
  if (compare->warnings[0] != NULL)
    cli_set_texts (result, "warnings", compare->warnings);
  metrics = cli_set_list (result, "metrics");
  for (guint i = 0; i < compare->n_entries; i++)
    {
      const PlateauCompareEntry *entry = &compare->entries[i];
      const PlateauUnit *unit = plateau_unit_find (entry->metric->unit);
      JsonObject *m = cli_append_object (metrics);

      cli_set_text (m, "metric", entry->metric->id);
      cli_set_text (m, "unit", unit != NULL ? unit->id : "");
      set_conditions (m, &entry->conditions);
      set_samples (m, entry);
    }
  return TRUE;
}

static gboolean
compare_without_files (CliContext *context, JsonObject *result)
{
  const CompareOptions *options = cli_context_get_options (context, compare_table);
  const PlateauMetric *metrics = plateau_metric_list (NULL);
  JsonArray *list;

  if (!options->list)
    return FALSE;
  list = cli_set_list (result, "metrics");
  for (guint i = 0; metrics[i].id != NULL; i++)
    {
      JsonObject *m = cli_append_object (list);
      cli_set_text (m, "metric", metrics[i].id);
      cli_set_text (m, "label", _ (metrics[i].label));
      cli_set_text (m, "unit", metrics[i].unit);
    }
  return TRUE;
}

const CliCommand cli_compare_command = {
  .name = "compare",
  .summary = N_ ("Every metric of every sample against the pristine one"),
  .arguments = N_ ("PROJECT"),
  .options = sets,
  .each_input = compare_each_input,
  .without_files = compare_without_files,
};
