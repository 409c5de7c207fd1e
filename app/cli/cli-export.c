/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-commands.h"
#include "cli-manner.h"

#include "base/plateau-error.h"
#include "export/plateau-workbook.h"

#include <glib/gi18n.h>
#include <math.h>

/* A workbook of one project, or of measurements taken as the cells of one. */

typedef struct
{
  gboolean raw;
  char *template;
  gboolean charts;
  int curves;
  double created;
} ExportOptions;

static const ExportOptions export_defaults = { FALSE, NULL, TRUE, PLATEAU_WORKBOOK_CURVES_AUTO, NAN };

static const char *const curves_choices[] = { "auto", "all", "none", NULL };

static const PlateauOption export_table[] = {
  { "raw", N_ ("Raw"), N_ ("Write the recordings themselves instead of the values of cycles"),
    PLATEAU_OPTION_BOOLEAN, G_STRUCT_OFFSET (ExportOptions, raw) },
  { "template", N_ ("Template"), N_ ("Export template (JSON): columns, their order and heads"),
    PLATEAU_OPTION_TEXT, G_STRUCT_OFFSET (ExportOptions, template) },
  { "charts", N_ ("Charts"), N_ ("Charts in the workbook (--no-charts leaves them out)"),
    PLATEAU_OPTION_BOOLEAN, G_STRUCT_OFFSET (ExportOptions, charts) },
  { "curves", N_ ("Curves"),
    N_ ("Curves and peaks of the analyses: auto (each with up to 20 cells and 200 spectra), all, none"),
    PLATEAU_OPTION_CHOICE, G_STRUCT_OFFSET (ExportOptions, curves), NULL, 0, 0, curves_choices,
    NULL },
  { "created", N_ ("Created"),
    N_ ("Unix time that the file says it was made at, for identical bytes"), PLATEAU_OPTION_NUMBER,
    G_STRUCT_OFFSET (ExportOptions, created) },
  { NULL },
};

static const CliOptionSet export_options[] = {
  { export_table, sizeof (ExportOptions), &export_defaults },
  { cli_manner_table, sizeof (CliManner), &cli_manner_defaults },
  { NULL },
};

static PlateauExportTemplate *
load_template (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize length;
  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  return plateau_export_template_new_from_json (text, (gssize) length, error);
}

/* The cell called by --cell, or all. */
static GPtrArray *
choose_cells (CliContext *context, CliInput *input, GError **error)
{
  const char *wanted = cli_context_get_common (context)->cell;
  g_autoptr (GPtrArray) cells = g_ptr_array_new ();
  for (guint i = 0; i < plateau_study_get_n_cells (input->study); i++)
    {
      const PlateauStudyCell *cell = plateau_study_get_cell (input->study, i);
      if (wanted == NULL || !input->is_project || g_strcmp0 (wanted, cell->name) == 0)
        g_ptr_array_add (cells, (gpointer) cell);
    }
  if (cells->len > 0)
    return g_steal_pointer (&cells);
  g_set_error (error, PLATEAU_DATA_ERROR, PLATEAU_DATA_ERROR_MISSING,
               _ ("the project has no cell “%s”"), wanted != NULL ? wanted : "");
  return NULL;
}

static gboolean
export_all (CliContext *context, GPtrArray *inputs, JsonObject *result, GError **error)
{
  const ExportOptions *given = cli_context_get_options (context, export_table);
  const char *output = cli_context_get_output (context);
  CliInput *input = inputs->pdata[0];
  g_autoptr (CliInput) together = NULL;
  if (inputs->len > 1)
    {
      together = cli_input_gather (context, inputs, FALSE, error);
      if (together == NULL)
        return FALSE;
      input = together;
    }
  g_autoptr (PlateauExportTemplate) template = NULL;
  if (given->template != NULL && (template = load_template (given->template, error)) == NULL)
    return FALSE;
  g_autoptr (GPtrArray) cells = choose_cells (context, input, error);
  if (cells == NULL)
    return FALSE;
  PlateauWorkbookOptions options = PLATEAU_WORKBOOK_OPTIONS_INIT;
  cli_manner_apply (context, input->study);
  options.cells = cells;
  options.template = template;
  options.charts = given->charts;
  options.curves = given->curves;
  options.created = isfinite (given->created) ? (gint64) given->created : -1;
  options.n_jobs = cli_context_get_common (context)->jobs;
  gboolean ok = given->raw
                    ? plateau_workbook_write_raw (input->study, &options, output, NULL, error)
                    : plateau_workbook_write (input->study, &options, output, NULL, error);
  if (!ok)
    return FALSE;
  cli_set_text (result, "output", output);
  cli_set_integer (result, "cells", cells->len);
  return TRUE;
}

const CliCommand cli_export_command = {
  .name = "export",
  .summary = N_ ("Write an Excel workbook"),
  .arguments = N_ ("INPUT…"),
  .options = export_options,
  .writes_file = TRUE,
  .all = export_all,
};
