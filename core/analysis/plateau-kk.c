/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-kk-private.h"

#include "base/plateau-error.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define MIN_POINTS 5
/* Lin-KK of more points than this is not computed at once for every order. */
#define MAX_POINTS 5000
/* A verdict of "sound after masking" may mask at most this share of the points. */
#define MAX_MASKED 0.35

static const char *const method_nicks[] = { "lin-kk", "z-hit", NULL };
static const char *const method_labels[] = { N_ ("Lin-KK"), N_ ("Z-HIT"), NULL };
static const char *const fit_nicks[] = { "complex", "re", "im", NULL };
static const char *const fit_labels[] = { N_ ("Both parts"), N_ ("Real part"),
                                          N_ ("Imaginary part"), NULL };

#define AT(member) G_STRUCT_OFFSET (PlateauKkOptions, member)

const PlateauOption plateau_kk_option_table[] = {
  { "method", N_ ("Test"),
    N_ ("Lin-KK fits RC elements of fixed time constants, whose residuals show what no stable, "
        "linear cell does (Boukamp 1995); Z-HIT compares |Z| with what the phase predicts (Ehm "
        "2000)"),
    PLATEAU_OPTION_CHOICE, AT (method), NULL, 0, 0, method_nicks, method_labels },
  { "kk-fit", N_ ("Fit of"), N_ ("Part of the impedance that the model is fitted to"),
    PLATEAU_OPTION_CHOICE, AT (fit), NULL, 0, 0, fit_nicks, fit_labels },
  { "elements", N_ ("RC elements"), N_ ("Number of RC elements; 0: chosen by μ"),
    PLATEAU_OPTION_INTEGER, AT (elements), NULL, 0, 200 },
  { "max-elements", N_ ("RC elements at most"), N_ ("Largest order that is tried"),
    PLATEAU_OPTION_INTEGER, AT (max_elements), NULL, 3, 200 },
  { "mu", N_ ("μ limit"),
    N_ ("The first order with μ = 1 − Σ|R < 0| / Σ R ≥ 0 below it is taken (Schönleber 2014); 0.85 "
        "is usual"),
    PLATEAU_OPTION_NUMBER, AT (mu_limit), NULL, 0, 1 },
  { "capacitance", N_ ("Series capacitance"), N_ ("For spectra with a blocking tail"),
    PLATEAU_OPTION_BOOLEAN, AT (capacitance) },
  { "limit", N_ ("Limit of the residuals"),
    N_ ("Points with |Z − Z_KK| / |Z| beyond it fail; 1 % is usual"), PLATEAU_OPTION_NUMBER,
    AT (limit), "%", 0.001, 100 },
  { NULL }
};

typedef struct
{
  PlateauKk parent;
  gatomicrefcount ref_count;
} KkPrivate;

/**
 * plateau_kk_verdict_nick:
 * @verdict: a verdict
 *
 * Returns: its stable name: "sound", "mask" or "fails"
 */
const char *
plateau_kk_verdict_nick (PlateauKkVerdict verdict)
{
  static const char *const nicks[] = { "sound", "mask", "fails" };

  return nicks[verdict];
}

/* All orders, and the one that the rule of Schonleber et al. (Electrochim. Acta 131 (2014) 20)
 * takes: the first whose mu does not exceed the limit. */
static gboolean
run_orders (PlateauKk *kk, const PlateauKkOptions *options, GCancellable *cancellable,
            GError **error)
{
  guint largest = options->elements > 0 ? MAX (options->elements, options->max_elements)
                                        : options->max_elements;
  double *mu = g_new (double, largest), *chi2 = g_new (double, largest);
  g_autofree double *fit_re = NULL, *fit_im = NULL;
  gboolean chosen = FALSE;

  kk->order_mu = mu;
  kk->order_chi2 = chi2;
  for (guint m = 1; m <= largest; m++)
    {
      PlateauLinKk model;
      gboolean take;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (!plateau_lin_kk_fit (kk->frequency, kk->z_re, kk->z_im, kk->n, m, options->fit,
                               options->capacitance, &model))
        break;
      mu[m - 1] = model.mu;
      chi2[m - 1] = model.chi2;
      kk->n_orders = m;
      take = options->elements > 0 ? m <= (guint) options->elements : !chosen;
      if (take)
        {
          g_free (fit_re);
          g_free (fit_im);
          fit_re = g_steal_pointer (&model.fit_re);
          fit_im = g_steal_pointer (&model.fit_im);
          kk->elements = m;
          kk->mu = model.mu;
          kk->pseudo_chi2 = model.chi2;
          kk->r0 = model.r0;
          kk->inductance = model.inductance;
          kk->capacitance = model.capacitance;
          chosen = model.mu <= options->mu_limit;
        }
      plateau_lin_kk_clear (&model);
    }
  if (kk->n_orders == 0)
    {
      g_set_error_literal (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA,
                           _ ("The spectrum determines not even one RC element."));
      return FALSE;
    }
  kk->fit_re = g_steal_pointer (&fit_re);
  kk->fit_im = g_steal_pointer (&fit_im);
  return TRUE;
}

static gboolean
run_z_hit (PlateauKk *kk, GError **error)
{
  double *fit_re = g_new (double, kk->n), *fit_im = g_new (double, kk->n);

  kk->fit_re = fit_re;
  kk->fit_im = fit_im;
  kk->mu = kk->r0 = kk->inductance = kk->capacitance = NAN;
  return plateau_z_hit (kk->frequency, kk->z_re, kk->z_im, kk->n, fit_re, fit_im, error);
}

static void
judge_points (PlateauKk *kk, double limit)
{
  double *re = g_new (double, kk->n), *im = g_new (double, kk->n);
  gboolean *failing = g_new (gboolean, kk->n);

  kk->pseudo_chi2 = 0;
  for (gsize i = 0; i < kk->n; i++)
    {
      double modulus = hypot (kk->z_re[i], kk->z_im[i]);

      re[i] = (kk->z_re[i] - kk->fit_re[i]) / modulus;
      im[i] = (kk->z_im[i] - kk->fit_im[i]) / modulus;
      kk->pseudo_chi2 += re[i] * re[i] + im[i] * im[i];
      kk->largest = MAX (kk->largest, MAX (fabs (re[i]), fabs (im[i])));
      failing[i] = fabs (re[i]) > limit || fabs (im[i]) > limit;
      kk->n_failing += failing[i];
    }
  kk->residual_re = re;
  kk->residual_im = im;
  kk->failing = failing;
}

/* Points beyond @limit of the model of @elements, their number and the largest residual. */
static guint
failing_at (const PlateauKk *kk, guint elements, gboolean capacitance,
            const PlateauKkOptions *options, gboolean *failing, double *largest)
{
  PlateauLinKk model;
  guint count = 0;

  *largest = 0;
  if (!plateau_lin_kk_fit (kk->frequency, kk->z_re, kk->z_im, kk->n, elements, options->fit,
                           capacitance, &model))
    return G_MAXUINT;
  for (gsize i = 0; i < kk->n; i++)
    {
      double modulus = hypot (kk->z_re[i], kk->z_im[i]);
      double re = fabs (kk->z_re[i] - model.fit_re[i]) / modulus;
      double im = fabs (kk->z_im[i] - model.fit_im[i]) / modulus;

      *largest = MAX (*largest, MAX (re, im));
      failing[i] = re > options->limit || im > options->limit;
      count += failing[i];
    }
  plateau_lin_kk_clear (&model);
  return count;
}

/* From which order on more elements do not halve the misfit: at most half as many as points, and
 * seven a decade (Boukamp, J. Electrochem. Soc. 142 (1995) 1885). */
static guint
order_of_plateau (const PlateauKk *kk)
{
  double decades = log10 (kk->frequency[0] / kk->frequency[kk->n - 1]);
  guint most = MIN (kk->n_orders, MIN ((guint) kk->n / 2, (guint) ceil (7 * decades) + 1));

  for (guint m = kk->elements; m < most; m++)
    if (kk->order_chi2[m - 1] <= 2 * kk->order_chi2[most - 1])
      return m;
  return MAX (most, kk->elements);
}

/* mu counts negative elements, which data of little noise or an arc that ends beyond the data need
 * early: where its order fails, the order of the plateau and a series capacitance are tried. */
static void
judge_at_plateau (PlateauKk *kk, const PlateauKkOptions *options)
{
  guint order = order_of_plateau (kk);
  g_autofree gboolean *failing = g_new (gboolean, kk->n);

  for (int capacitance = options->capacitance; capacitance < 2 && kk->n_failing > 0; capacitance++)
    {
      double largest;
      guint count = failing_at (kk, order, capacitance, options, failing, &largest);

      if (count >= kk->n_failing)
        continue;
      memcpy ((gpointer) kk->failing, failing, kk->n * sizeof *failing);
      kk->n_failing = count;
      kk->judged_elements = order;
      kk->judged_capacitance = capacitance;
      kk->judged_largest = largest;
    }
}

/* What is left when the failing points are masked and the test is repeated. */
static guint
failing_after_mask (const PlateauKk *kk, const PlateauKkOptions *options)
{
  gsize kept = 0, n = kk->n;
  g_autofree double *block = g_new (double, 5 * n);
  g_autofree gboolean *failing = g_new (gboolean, n);
  double largest;
  PlateauKk again = { .frequency = block, .z_re = block + n, .z_im = block + 2 * n };

  for (gsize i = 0; i < n; i++)
    if (!kk->failing[i])
      {
        block[kept] = kk->frequency[i];
        block[n + kept] = kk->z_re[i];
        block[2 * n + kept++] = kk->z_im[i];
      }
  again.n = kept;
  if (kept < MIN_POINTS)
    return G_MAXUINT;
  if (kk->method == PLATEAU_KK_LIN_KK)
    return failing_at (&again, kk->judged_elements, kk->judged_capacitance, options, failing,
                       &largest);
  again.fit_re = block + 3 * n;
  again.fit_im = block + 4 * n;
  if (!plateau_z_hit (block, block + n, block + 2 * n, kept, block + 3 * n, block + 4 * n, NULL))
    return G_MAXUINT;
  judge_points (&again, options->limit);
  g_free ((gpointer) again.residual_re);
  g_free ((gpointer) again.residual_im);
  g_free ((gpointer) again.failing);
  return again.n_failing;
}

static char *
say_sound (const PlateauKk *kk, double limit)
{
  if (kk->judged_elements == kk->elements)
    return g_strdup_printf (_ ("Sound: every residual is within %.3g %% of |Z|."), 100 * limit);
  if (kk->judged_capacitance)
    return g_strdup_printf (_ ("Sound: with %u RC elements and a series capacitance every residual "
                               "is within %.3g %% of |Z| (μ stops at %u)."),
                            kk->judged_elements, 100 * limit, kk->elements);
  return g_strdup_printf (_ ("Sound: with %u RC elements every residual is within %.3g %% of |Z| "
                             "(μ stops at %u)."),
                          kk->judged_elements, 100 * limit, kk->elements);
}

static void
judge (PlateauKk *kk, const PlateauKkOptions *options)
{
  double low = INFINITY, high = 0;

  kk->n_failing_after_mask = 0;
  if (kk->n_failing == 0)
    {
      kk->verdict = PLATEAU_KK_SOUND;
      kk->sentence = say_sound (kk, options->limit);
      return;
    }
  for (gsize i = 0; i < kk->n; i++)
    if (kk->failing[i])
      {
        low = MIN (low, kk->frequency[i]);
        high = MAX (high, kk->frequency[i]);
      }
  kk->n_failing_after_mask = failing_after_mask (kk, options);
  if (kk->n_failing_after_mask == 0 && kk->n_failing <= MAX_MASKED * kk->n)
    {
      kk->verdict = PLATEAU_KK_MASK;
      kk->sentence = g_strdup_printf (
          _ ("%u of %u points between %.3g and %.3g Hz are beyond %.3g %%; without them the "
             "spectrum is sound."),
          kk->n_failing, (guint) kk->n, low, high, 100 * options->limit);
    }
  else
    {
      kk->verdict = PLATEAU_KK_FAILS;
      kk->sentence = g_strdup_printf (
          _ ("%u of %u points between %.3g and %.3g Hz are beyond %.3g %%, the largest residual is "
             "%.3g %%; masking them does not mend it."),
          kk->n_failing, (guint) kk->n, low, high, 100 * options->limit, 100 * kk->judged_largest);
    }
}

/**
 * plateau_kk_analyse:
 * @spectrum: one spectrum
 * @options: settings
 * @cancellable: (nullable): to stop early
 * @error: return location
 *
 * Tests a spectrum: Lin-KK with every order at once, or Z-HIT. The residuals are those of the order
 * that mu or the user chose. The verdict says whether all residuals are within the limit, and what
 * masking those beyond it would do; where the order that mu chose does not meet the data, it is of
 * the order from which more elements no longer help.
 *
 * Returns: (transfer full) (nullable): the result
 */
PlateauKk *
plateau_kk_analyse (PlateauSpectrum *spectrum, const PlateauKkOptions *options,
                    GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PlateauSpectrum) clean = plateau_spectrum_clean (spectrum, warnings, error);
  g_autoptr (PlateauKk) kk = NULL;
  double *frequency, *z_re, *z_im;
  gsize n;

  if (clean == NULL)
    return NULL;
  n = plateau_spectrum_get_n (clean);
  kk = (PlateauKk *) g_new0 (KkPrivate, 1);
  g_atomic_ref_count_init (&((KkPrivate *) kk)->ref_count);
  kk->method = options->method;
  kk->frequency = frequency = g_new (double, n);
  kk->z_re = z_re = g_new (double, n);
  kk->z_im = z_im = g_new (double, n);
  for (gsize i = 0; i < n; i++)
    {
      z_re[kk->n] = plateau_spectrum_peek_re (clean)[i];
      z_im[kk->n] = plateau_spectrum_peek_im (clean)[i];
      frequency[kk->n] = plateau_spectrum_peek_frequency (clean)[i];
      if (hypot (z_re[kk->n], z_im[kk->n]) > 0)
        kk->n++;
    }
  if (kk->n < MIN_POINTS || kk->n > MAX_POINTS)
    {
      g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA,
                   _ ("The spectrum has %u usable points; the Kramers-Kronig test takes %d to %d."),
                   (guint) kk->n, MIN_POINTS, MAX_POINTS);
      return NULL;
    }
  if (options->method == PLATEAU_KK_Z_HIT ? !run_z_hit (kk, error)
                                          : !run_orders (kk, options, cancellable, error))
    return NULL;
  judge_points (kk, options->limit);
  kk->judged_elements = kk->elements;
  kk->judged_capacitance = options->capacitance;
  kk->judged_largest = kk->largest;
  if (kk->method == PLATEAU_KK_LIN_KK && options->elements == 0)
    judge_at_plateau (kk, options);
  judge (kk, options);
  return g_steal_pointer (&kk);
}

typedef struct
{
  GPtrArray *spectra;
  const PlateauKkOptions *options;
  GCancellable *cancellable;
  PlateauKk **results;
  GError **errors;
} Batch;

static void
run_one (gpointer item, gpointer user_data)
{
  Batch *batch = user_data;
  guint i = GPOINTER_TO_UINT (item) - 1;

  batch->results[i] = plateau_kk_analyse (g_ptr_array_index (batch->spectra, i), batch->options,
                                          batch->cancellable, &batch->errors[i]);
}

static void
clear_kk (gpointer kk)
{
  if (kk != NULL)
    plateau_kk_unref (kk);
}

/**
 * plateau_kk_analyse_many:
 * @spectra: (element-type PlateauSpectrum): a series
 * @options: settings
 * @n_threads: threads; 0: one a processor
 * @errors: (nullable) (element-type GError): receives one entry a spectrum, %NULL where it went
 * well
 * @cancellable: (nullable): to stop early
 *
 * Returns: (transfer full) (element-type PlateauKk): one entry a spectrum, %NULL where it failed
 */
GPtrArray *
plateau_kk_analyse_many (GPtrArray *spectra, const PlateauKkOptions *options, guint n_threads,
                         GPtrArray *errors, GCancellable *cancellable)
{
  guint n = spectra->len;
  GPtrArray *results = g_ptr_array_new_with_free_func (clear_kk);
  Batch batch = { spectra, options, cancellable, NULL, NULL };
  GThreadPool *pool;

  g_ptr_array_set_size (results, n);
  batch.results = (PlateauKk **) results->pdata;
  batch.errors = g_new0 (GError *, n);
  pool = g_thread_pool_new (run_one, &batch, n_threads > 0 ? n_threads : g_get_num_processors (),
                            FALSE, NULL);
  for (guint i = 0; i < n; i++)
    g_thread_pool_push (pool, GUINT_TO_POINTER (i + 1), NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
  for (guint i = 0; i < n; i++)
    if (errors != NULL)
      g_ptr_array_add (errors, batch.errors[i]);
    else
      g_clear_error (&batch.errors[i]);
  g_free (batch.errors);
  return results;
}

/**
 * plateau_kk_ref:
 * @kk: a result
 *
 * Returns: @kk with one more reference
 */
PlateauKk *
plateau_kk_ref (PlateauKk *kk)
{
  g_atomic_ref_count_inc (&((KkPrivate *) kk)->ref_count);
  return kk;
}

/**
 * plateau_kk_unref:
 * @kk: a result
 *
 * Drops one reference.
 */
void
plateau_kk_unref (PlateauKk *kk)
{
  if (!g_atomic_ref_count_dec (&((KkPrivate *) kk)->ref_count))
    return;
  g_free ((gpointer) kk->frequency);
  g_free ((gpointer) kk->z_re);
  g_free ((gpointer) kk->z_im);
  g_free ((gpointer) kk->fit_re);
  g_free ((gpointer) kk->fit_im);
  g_free ((gpointer) kk->residual_re);
  g_free ((gpointer) kk->residual_im);
  g_free ((gpointer) kk->failing);
  g_free ((gpointer) kk->order_mu);
  g_free ((gpointer) kk->order_chi2);
  g_free ((gpointer) kk->sentence);
  g_free (kk);
}
