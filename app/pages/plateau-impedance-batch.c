/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-impedance-batch.h"

#include <glib/gi18n.h>

static gboolean
read_settings (PlateauStudy *study, const char *analysis, const PlateauOption *table,
               gpointer options, GError **error)
{
  JsonObject *settings = plateau_study_get_settings (study, analysis);

  return settings == NULL || plateau_options_from_json (table, options, settings, error);
}

/* @as_measured: without the correction for drift; %NULL then when there is none. */
static GPtrArray *
load (PlateauStudy *study, const PlateauStudyCell *cell, gboolean as_measured, GError **error)
{
  PlateauImpedanceOptions options = PLATEAU_IMPEDANCE_OPTIONS_INIT;
  g_autoptr (GPtrArray) all = plateau_measurements_load_spectra (cell->measurements, error);
  g_autoptr (GPtrArray) chosen = NULL;
  GPtrArray *prepared = NULL;

  if (all == NULL)
    return NULL;
  chosen = plateau_impedance_choose_electrode (all);
  if (read_settings (study, "impedance", plateau_impedance_option_table, &options, error)
      && (!as_measured || options.correct_drift))
    {
      options.correct_drift = options.correct_drift && !as_measured;
      prepared = plateau_impedance_prepare (chosen, cell->id, &options, NULL);
    }
  plateau_options_clear (plateau_impedance_option_table, &options);
  return prepared;
}

GPtrArray *
plateau_impedance_batch_load (PlateauStudy *study, const PlateauStudyCell *cell, GError **error)
{
  return load (study, cell, FALSE, error);
}

static GPtrArray *
load_measured (PlateauStudy *study, const PlateauStudyCell *cell)
{
  return load (study, cell, TRUE, NULL);
}

GPtrArray *
plateau_impedance_batch_windows (PlateauStudy *study)
{
  JsonObject *settings = plateau_study_get_settings (study, "drt-windows");
  const char *text = settings != NULL
                         ? json_object_get_string_member_with_default (settings, "windows", NULL)
                         : NULL;
  GPtrArray *windows = text != NULL ? plateau_drt_windows_from_text (text, NULL) : NULL;

  return windows != NULL ? windows : plateau_drt_windows_preset ("sun2022");
}

static PlateauTable *
build_fit (PlateauStudy *study, GPtrArray *spectra, double offset, GCancellable *cancellable,
           GError **error)
{
  PlateauCircuitOptions options = PLATEAU_CIRCUIT_OPTIONS_INIT;
  PlateauTable *table = NULL;

  if (read_settings (study, "circuit", plateau_circuit_option_table, &options, error)
      && options.circuit != NULL && options.circuit[0] != '\0')
    {
      g_autoptr (PlateauCircuit) circuit = plateau_circuit_parse (options.circuit, error);

      if (circuit != NULL)
        {
          g_autoptr (GPtrArray)
              fits = plateau_circuit_fit_series (spectra, &options, NULL, cancellable);

          table = plateau_circuit_table (spectra, fits, offset);
        }
    }
  plateau_options_clear (plateau_circuit_option_table, &options);
  return table;
}

static PlateauTable *
build_one (PlateauStudy *study, const PlateauStudyCell *cell, PlateauBatchKind kind,
           GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) spectra = plateau_impedance_batch_load (study, cell, error);
  double offset = isfinite (cell->reference_offset) ? cell->reference_offset : 0;

  if (spectra == NULL)
    return NULL;
  if (kind == PLATEAU_BATCH_SPECTRA)
    {
      PlateauKkOptions options = PLATEAU_KK_OPTIONS_INIT;
      g_autoptr (GPtrArray) tests = NULL, measured = NULL, before = NULL;

      if (!read_settings (study, "kk", plateau_kk_option_table, &options, error))
        return NULL;
      tests = plateau_kk_analyse_many (spectra, &options, 0, NULL, cancellable);
      measured = load_measured (study, cell);
      if (measured != NULL && measured->len == spectra->len)
        before = plateau_kk_analyse_many (measured, &options, 0, NULL, cancellable);
      return plateau_impedance_spectra_table (spectra, tests, before, offset);
    }
  if (kind == PLATEAU_BATCH_FIT)
    return build_fit (study, spectra, offset, cancellable, error);

  PlateauDrtOptions options = PLATEAU_DRT_OPTIONS_INIT;
  g_autoptr (GPtrArray) results = NULL, windows = plateau_impedance_batch_windows (study);

  if (!read_settings (study, "drt", plateau_drt_option_table, &options, error))
    return NULL;
  /* sampling bands of a series takes long: the plots keep a processor */
  results = plateau_drt_analyse_many (spectra, &options, options.credible ? 1 : 0, NULL,
                                      cancellable);
  return plateau_drt_peak_table (spectra, results, windows, offset);
}

/* The columns of @part behind one that names the cell. */
static PlateauTable *
append (PlateauTable *all, PlateauTable *part, const PlateauStudyCell *cell)
{
  guint columns = plateau_table_get_n_columns (part);

  if (all == NULL)
    {
      all = plateau_table_new (plateau_table_get_title (part));
      plateau_table_add_column (all, "cell", _ ("Cell"), NULL, PLATEAU_COLUMN_TEXT, 0);
      for (guint c = 0; c < columns; c++)
        plateau_table_add_column_like (all, part, c);
    }
  for (guint r = 0; r < plateau_table_get_n_rows (part); r++)
    {
      guint row = plateau_table_add_row (all);

      plateau_table_set_text (all, row, 0, cell->name);
      for (guint c = 0; c < columns; c++)
        plateau_table_copy_cell (all, row, c + 1, part, r, c);
      plateau_table_set_row_tag (all, row, cell->id);
    }
  return all;
}

PlateauTable *
plateau_impedance_batch_build (PlateauStudy *study, GArray *cells, PlateauBatchKind kind,
                               GCancellable *cancellable, GError **error)
{
  g_autoptr (PlateauTable) all = NULL;

  for (guint i = 0; i < cells->len; i++)
    {
      const PlateauStudyCell *cell = plateau_study_find_cell (study,
                                                              g_array_index (cells, gint64, i));
      g_autoptr (PlateauTable) part = NULL;
      g_autoptr (GError) reason = NULL;

      if (cell == NULL || !(cell->kinds & PLATEAU_KIND_EIS))
        continue;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      part = build_one (study, cell, kind, cancellable, &reason);
      if (part != NULL)
        all = append (g_steal_pointer (&all), part, cell);
      else if (reason != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return NULL;
        }
    }
  return all != NULL ? g_steal_pointer (&all) : plateau_table_new ("");
}

static PlateauTable *
score_one (PlateauStudy *study, const PlateauStudyCell *cell, guint number,
           const PlateauDrtOptions *options, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) spectra = plateau_impedance_batch_load (study, cell, error);
  g_autoptr (GPtrArray) one = NULL;
  g_auto (PlateauDrtHilbert) scores = { 0 };
  double offset = isfinite (cell->reference_offset) ? cell->reference_offset : 0;

  if (spectra == NULL || number == 0 || number > spectra->len)
    return NULL;
  if (!plateau_drt_hilbert (spectra->pdata[number - 1], options, &scores, cancellable, error))
    return NULL;
  one = g_ptr_array_new ();
  g_ptr_array_add (one, spectra->pdata[number - 1]);
  return plateau_drt_hilbert_table (one, &scores, &number, offset);
}

PlateauTable *
plateau_impedance_batch_hilbert (PlateauStudy *study, GArray *cells, GArray *numbers,
                                 GCancellable *cancellable, GError **error)
{
  PlateauDrtOptions options = PLATEAU_DRT_OPTIONS_INIT;
  g_autoptr (PlateauTable) all = NULL;

  if (!read_settings (study, "drt", plateau_drt_option_table, &options, error))
    return NULL;
  for (guint i = 0; i < cells->len; i++)
    {
      const PlateauStudyCell *cell = plateau_study_find_cell (study,
                                                              g_array_index (cells, gint64, i));
      g_autoptr (PlateauTable) part = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      /* a spectrum without scores is said in its plot */
      part = cell != NULL ? score_one (study, cell, g_array_index (numbers, guint, i), &options,
                                       cancellable, NULL)
                          : NULL;
      if (part != NULL)
        all = append (g_steal_pointer (&all), part, cell);
    }
  return all != NULL ? g_steal_pointer (&all) : plateau_table_new ("");
}

static PlateauDrt *
analyse_one (PlateauStudy *study, const PlateauStudyCell *cell, guint number,
             const PlateauDrtOptions *options, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) spectra = plateau_impedance_batch_load (study, cell, error);

  if (spectra == NULL || number == 0 || number > spectra->len)
    return NULL;
  return plateau_drt_analyse (spectra->pdata[number - 1], options, cancellable, error);
}

PlateauTable *
plateau_impedance_batch_assign (PlateauStudy *study, GArray *cells, GArray *numbers,
                                GCancellable *cancellable, GError **error)
{
  PlateauDrtOptions options = PLATEAU_DRT_OPTIONS_INIT;
  g_autoptr (GPtrArray)
      results = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_drt_unref);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  PlateauTable *table;

  if (!read_settings (study, "drt", plateau_drt_option_table, &options, error))
    return NULL;
  for (guint i = 0; i < cells->len; i++)
    {
      const PlateauStudyCell *cell = plateau_study_find_cell (study,
                                                              g_array_index (cells, gint64, i));
      g_autoptr (GError) reason = NULL;
      PlateauDrt *drt = cell != NULL ? analyse_one (study, cell, g_array_index (numbers, guint, i),
                                                    &options, cancellable, &reason)
                                     : NULL;

      if (drt == NULL && reason != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return NULL;
        }
      if (drt == NULL && i == 0)
        return plateau_table_new ("");
      if (drt == NULL)
        continue;
      g_ptr_array_add (results, drt);
      if (i > 0)
        g_ptr_array_add (names, (char *) cell->name);
    }
  if (results->len == 0)
    return plateau_table_new ("");
  table = plateau_drt_assignment_table (results->pdata[0], (PlateauDrt *const *) results->pdata + 1,
                                        (const char *const *) names->pdata, names->len);
  for (guint r = 0; r < plateau_table_get_n_rows (table); r++)
    plateau_table_set_row_tag (table, r, g_array_index (cells, gint64, 0));
  return table;
}
