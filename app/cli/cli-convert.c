/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-commands.h"

#include "base/plateau-error.h"
#include "export/plateau-bdf.h"

#include <glib/gi18n.h>
#include <string.h>

/* A measurement, or one cell of a project, as Battery Data Format. */

#define SERIES_KINDS                                                                               \
  ((PlateauKinds) (PLATEAU_KIND_CYCLING | PLATEAU_KIND_GITT | PLATEAU_KIND_CV | PLATEAU_KIND_OCV   \
                   | PLATEAU_KIND_HOLD))

/* Beside "a.bdf.csv" the spectra of the same cell go to "a.eis.bdf.csv". */
static char *
spectra_path (const char *output)
{
  static const char *const endings[] = { ".bdf.csv", ".csv" };
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (output, endings[i]))
      {
        g_autofree char *stem = g_strndup (output, strlen (output) - strlen (endings[i]));
        return g_strconcat (stem, ".eis", endings[i], NULL);
      }
  return g_strconcat (output, ".eis.csv", NULL);
}

static const PlateauStudyCell *
find_cell (CliContext *context, CliInput *input, GError **error)
{
  const char *wanted = cli_context_get_common (context)->cell;
  guint n = plateau_study_get_n_cells (input->study);
  if (n == 1 && (wanted == NULL || !input->is_project))
    return plateau_study_get_cell (input->study, 0);
  if (wanted == NULL)
    {
      g_set_error (error, PLATEAU_DATA_ERROR, PLATEAU_DATA_ERROR_MISSING,
                   _ ("the project has %u cells; choose one with --cell NAME"), n);
      return NULL;
    }
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (plateau_study_get_cell (input->study, i)->name, wanted) == 0)
      return plateau_study_get_cell (input->study, i);
  g_set_error (error, PLATEAU_DATA_ERROR, PLATEAU_DATA_ERROR_MISSING,
               _ ("the project has no cell “%s”"), wanted);
  return NULL;
}

static GPtrArray *
choose_spectra (CliContext *context, GPtrArray *all)
{
  GPtrArray *chosen = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_spectrum_unref);
  for (guint i = 0; i < all->len; i++)
    if (cli_context_has_spectrum (context, i + 1))
      g_ptr_array_add (chosen, plateau_spectrum_ref (all->pdata[i]));
  return chosen;
}

static gboolean
convert_input (CliContext *context, CliInput *input, JsonObject *result, GError **error)
{
  const char *output = cli_context_get_output (context);
  const PlateauStudyCell *cell = find_cell (context, input, error);
  if (cell == NULL)
    return FALSE;
  g_autoptr (GError) no_recording = NULL;
  g_autoptr (PlateauRecording) recording = plateau_measurements_load_recording (
      cell->measurements, SERIES_KINDS, &no_recording);
  g_autoptr (GPtrArray) spectra = cli_context_load_spectra (context, cell, NULL);
  g_autoptr (GPtrArray) chosen = spectra != NULL ? choose_spectra (context, spectra)
                                                 : g_ptr_array_new ();
  if (recording == NULL && chosen->len == 0)
    {
      if (no_recording != NULL)
        g_propagate_error (error, g_steal_pointer (&no_recording));
      else
        g_set_error (error, PLATEAU_EXPORT_ERROR, PLATEAU_EXPORT_ERROR_INVALID,
                     _ ("holds nothing to convert"));
      return FALSE;
    }
  if (recording != NULL)
    {
      if (!plateau_bdf_write_recording (recording, output, NULL, error))
        return FALSE;
      cli_set_text (result, "output", output);
      cli_set_integer (result, "rows", (gint64) plateau_recording_get_n_rows (recording));
    }
  if (chosen->len > 0)
    {
      g_autofree char *beside = recording != NULL ? spectra_path (output) : g_strdup (output);
      if (!plateau_bdf_write_spectra (chosen, beside, NULL, error))
        return FALSE;
      cli_set_text (result, recording != NULL ? "spectra_output" : "output", beside);
      cli_set_integer (result, "spectra", chosen->len);
    }
  return TRUE;
}

static gboolean
check_convert (CliContext *context, GError **error)
{
  guint n = g_strv_length ((char **) cli_context_get_files (context));
  if (n <= 1 || cli_context_get_common (context)->join)
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("one FILE can be converted at a time, or several with --join"));
  return FALSE;
}

const CliCommand cli_convert_command = {
  .name = "convert",
  .summary = N_ ("Write a measurement as Battery Data Format csv"),
  .arguments = N_ ("FILE"),
  .writes_file = TRUE,
  .check = check_convert,
  .each_input = convert_input,
};
