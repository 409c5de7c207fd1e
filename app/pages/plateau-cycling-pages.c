/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-cycles-table.h"
#include "analysis/plateau-rate.h"
#include "figure/plateau-plot-dqdv.h"
#include "plateau-plot-page.h"

#include <glib/gi18n.h>
#include <math.h>

/* The pages dQ/dV and Rate as data. */

/* Appends the rows of @part to @table behind a column with the cell's name. */
static void
append_rows (PlateauTable **table, const char *title, PlateauTable *part,
             const PlateauStudyCell *cell)
{
  guint n = plateau_table_get_n_columns (part);

  if (*table == NULL)
    {
      *table = plateau_table_new (title);
      plateau_table_add_column (*table, "cell", _ ("Cell"), NULL, PLATEAU_COLUMN_TEXT, 0);
      for (guint c = 0; c < n; c++)
        plateau_table_add_column_like (*table, part, c);
    }
  for (guint r = 0; r < plateau_table_get_n_rows (part); r++)
    {
      guint row = plateau_table_add_row (*table);

      plateau_table_set_row_tag (*table, row, cell->id);
      plateau_table_set_text (*table, row, 0, cell->name);
      for (guint c = 0; c < n; c++)
        plateau_table_copy_cell (*table, row, c + 1, part, r, c);
    }
}

static PlateauTable *
build_peaks (PlateauPlotContext *context, GArray *cells, GError **error)
{
  PlateauDqdvOptions options = PLATEAU_DQDV_OPTIONS_INIT;
  PlateauStudy *study = context->study;
  PlateauTable *table = NULL;

  if (!plateau_plot_get_settings (context, "dqdv", plateau_dqdv_option_table, &options, error))
    return NULL;
  for (guint i = 0; i < cells->len; i++)
    {
      const PlateauStudyCell *cell = plateau_study_find_cell (study,
                                                              g_array_index (cells, gint64, i));

      if (g_cancellable_set_error_if_cancelled (context->cancellable, error))
        {
          g_clear_pointer (&table, plateau_table_unref);
          return NULL;
        }
      if ((cell->kinds & PLATEAU_KIND_CYCLING) == 0)
        continue;
      g_autoptr (PlateauCycles) cycles = plateau_plot_get_cycles (context, cell, NULL);
      if (cycles == NULL || cycles->n_cycles == 0)
        continue;
      g_autoptr (GArray) wanted = plateau_plot_choose_cycles (
          context->cycles, cycles->cycles[cycles->n_cycles - 1].cycle);
      g_autoptr (PlateauTable) part = plateau_plot_get_dqdv_peaks (
          context, cell, (const guint *) (gpointer) wanted->data, wanted->len, &options, NULL);
      if (part != NULL)
        append_rows (&table, _ ("dQ/dV peaks"), part, cell);
    }
  return table != NULL ? table : plateau_table_new (_ ("dQ/dV peaks"));
}

static PlateauTable *
build_rates (PlateauPlotContext *context, GArray *cells, GError **error)
{
  PlateauRateOptions options = PLATEAU_RATE_OPTIONS_INIT;
  PlateauTable *table = NULL;

  if (!plateau_plot_get_settings (context, "rate", plateau_rate_option_table, &options, error))
    {
      plateau_options_clear (plateau_rate_option_table, &options);
      return NULL;
    }
  for (guint i = 0; i < cells->len && !g_cancellable_is_cancelled (context->cancellable); i++)
    {
      const PlateauStudyCell *cell = plateau_study_find_cell (context->study,
                                                              g_array_index (cells, gint64, i));
      g_autoptr (PlateauCycles) cycles = (cell->kinds & PLATEAU_KIND_CYCLING) != 0
                                             ? plateau_plot_get_cycles (context, cell, NULL)
                                             : NULL;
      PlateauRateOptions own = plateau_rate_options_of_cell (&options, cell->name);
      g_autoptr (PlateauRate) rate = cycles != NULL ? plateau_rate_analyse (cycles, &own, NULL)
                                                    : NULL;

      if (rate == NULL || rate->n_groups < 2)
        continue;
      PlateauNormalisation by = plateau_normalisation_of_cell (cell);
      g_autoptr (PlateauTable) part = plateau_rate_table (rate, by.active_mass, by.one_c);
      append_rows (&table, _ ("Rate capability"), part, cell);
    }
  plateau_options_clear (plateau_rate_option_table, &options);
  return table != NULL ? table : plateau_table_new (_ ("Rate capability"));
}

static const PlateauDqdvOptions dqdv_defaults = PLATEAU_DQDV_OPTIONS_INIT;
static const PlateauRateOptions rate_defaults = PLATEAU_RATE_OPTIONS_INIT;

static const PlateauPlotPagePane peak_views[] = {
  { N_ ("Peak potential against cycle"), "dqdv-peaks", "{\"value\": \"potential\"}",
    .every_cycle = TRUE },
  { N_ ("Peak height against cycle"), "dqdv-peaks", "{\"value\": \"height\"}",
    .every_cycle = TRUE },
  { NULL },
};

static const PlateauPlotPageSpec dqdv_page = {
  .settings = "page-dqdv",
  .analysis = "dqdv",
  .options = plateau_dqdv_option_table,
  .defaults = &dqdv_defaults,
  .size = sizeof dqdv_defaults,
  .panes = {
    { N_ ("Differential capacity"), "dqdv", NULL, TRUE },
    { N_ ("Difference to the pristine sample"), "dqdv", "{\"difference\": true}", TRUE, TRUE },
  },
  .views = peak_views,
  .default_cycles = "2",
  .kinds = PLATEAU_KIND_CYCLING,
  .table_label = N_ ("Peaks"),
  .job_title = N_ ("Finding peaks"),
  .build_table = build_peaks,
};

static const PlateauPlotPagePane rate_views[] = {
  { N_ ("Curves at each rate"), "potential-capacity", "{\"label\": \"rate\"}", TRUE,
    .cycles = "rates" },
  { N_ ("Charge capacity against C-rate"), "rate-capability", "{\"charge\": true}",
    .every_cycle = TRUE },
  { NULL },
};

static const PlateauPlotPageSpec rate_page = {
  .settings = "page-rate",
  .analysis = "rate",
  .options = plateau_rate_option_table,
  .defaults = &rate_defaults,
  .size = sizeof rate_defaults,
  .panes = {
    { N_ ("Capacity against C-rate"), "rate-capability", NULL, FALSE },
    { N_ ("Capacity against cycle"), "rate-cycle", NULL, TRUE },
  },
  .views = rate_views,
  .kinds = PLATEAU_KIND_CYCLING,
  .table_label = N_ ("Groups of cycles at equal rates"),
  .job_title = N_ ("Grouping rates"),
  .build_table = build_rates,
};

GtkWidget *
plateau_dqdv_page_new (PlateauDocument *document)
{
  return plateau_plot_page_new (document, &dqdv_page);
}

GtkWidget *
plateau_rate_page_new (PlateauDocument *document)
{
  return plateau_plot_page_new (document, &rate_page);
}
