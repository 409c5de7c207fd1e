/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-drt-private.h"

/* Many spectra at one lambda, and one spectrum at many. */

typedef struct
{
  GPtrArray *spectra;
  const PlateauDrtOptions *options;
  GCancellable *cancellable;
  PlateauDrt **results;
  GError **errors;
  guint n_chunks;
} Batch;

/* A chunk is a run of neighbours: their frequencies are usually equal. */
static void
run_chunk (gpointer item, gpointer user_data)
{
  Batch *batch = user_data;
  guint chunk = GPOINTER_TO_UINT (item) - 1, n = batch->spectra->len;
  g_autoptr (PlateauDrtKernel) kernel = NULL;

  for (guint i = (guint64) chunk * n / batch->n_chunks;
       i < (guint64) (chunk + 1) * n / batch->n_chunks; i++)
    batch->results[i] = plateau_drt_analyse_with (&kernel, g_ptr_array_index (batch->spectra, i),
                                                  batch->options, batch->cancellable,
                                                  &batch->errors[i]);
}

static void
clear_drt (gpointer drt)
{
  if (drt != NULL)
    plateau_drt_unref (drt);
}

/**
 * plateau_drt_analyse_many:
 * @spectra: (element-type PlateauSpectrum): a series
 * @options: settings for all of them
 * @n_threads: threads to use; 0: one a processor
 * @errors: (element-type GError) (nullable): receives one entry a spectrum, %NULL where it went
 * well
 * @cancellable: (nullable): to stop early
 *
 * Analyses a series in threads; spectra with equal frequencies share their matrices.
 *
 * Returns: (transfer full) (element-type PlateauDrt): one entry a spectrum, %NULL where it failed
 */
GPtrArray *
plateau_drt_analyse_many (GPtrArray *spectra, const PlateauDrtOptions *options, guint n_threads,
                          GPtrArray *errors, GCancellable *cancellable)
{
  guint n = spectra->len;
  GPtrArray *results = g_ptr_array_new_with_free_func (clear_drt);
  Batch batch = { spectra, options, cancellable, NULL, NULL, 0 };

  if (n_threads == 0)
    n_threads = g_get_num_processors ();
  g_ptr_array_set_size (results, n);
  batch.results = (PlateauDrt **) results->pdata;
  batch.errors = g_new0 (GError *, n);
  batch.n_chunks = CLAMP (n_threads, 1, MAX (n, 1));
  if (batch.n_chunks == 1)
    run_chunk (GUINT_TO_POINTER (1), &batch);
  else
    {
      GThreadPool *pool = g_thread_pool_new (run_chunk, &batch, (int) batch.n_chunks, FALSE, NULL);

      for (guint c = 0; c < batch.n_chunks; c++)
        g_thread_pool_push (pool, GUINT_TO_POINTER (c + 1), NULL);
      g_thread_pool_free (pool, FALSE, TRUE);
    }
  for (guint i = 0; i < n; i++)
    if (errors != NULL)
      g_ptr_array_add (errors, batch.errors[i]);
    else
      g_clear_error (&batch.errors[i]);
  g_free (batch.errors);
  return results;
}

/**
 * plateau_drt_lambda_sensitivity:
 * @spectrum: one spectrum
 * @options: the model and the range of lambda
 * @n_lambda: number of values
 * @cancellable: (nullable): to stop early
 * @error: return location
 *
 * Solves for many values of lambda, so that the peaks can be drawn against it.
 *
 * Returns: (transfer full) (nullable) (element-type PlateauDrt): one result for each lambda, rising
 */
GPtrArray *
plateau_drt_lambda_sensitivity (PlateauSpectrum *spectrum, const PlateauDrtOptions *options,
                                guint n_lambda, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func (clear_drt);
  g_autoptr (PlateauDrtKernel) kernel = NULL;

  g_return_val_if_fail (n_lambda >= 2, NULL);
  for (guint i = 0; i < n_lambda; i++)
    {
      PlateauDrtOptions one = *options;
      PlateauDrt *drt;

      one.credible = FALSE;
      one.lambda_method = PLATEAU_DRT_LAMBDA_FIXED;
      one.lambda = options->lambda_low
                   * pow (options->lambda_high / options->lambda_low, i / (n_lambda - 1.0));
      drt = plateau_drt_analyse_with (&kernel, spectrum, &one, cancellable, error);
      if (drt == NULL)
        return NULL;
      g_ptr_array_add (results, drt);
    }
  return g_steal_pointer (&results);
}
