/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/plateau-option.h"
#include "data/plateau-spectrum.h"

G_BEGIN_DECLS

/* Validity of a spectrum by the Kramers-Kronig relations. */

typedef enum
{
  PLATEAU_KK_LIN_KK,
  PLATEAU_KK_Z_HIT,
} PlateauKkMethod;

typedef enum
{
  PLATEAU_KK_FIT_COMPLEX,
  PLATEAU_KK_FIT_RE,
  PLATEAU_KK_FIT_IM,
} PlateauKkFit;

typedef enum
{
  PLATEAU_KK_SOUND, /* every residual is within the limit */
  PLATEAU_KK_MASK,  /* sound once the failing points are masked */
  PLATEAU_KK_FAILS, /* not sound even then */
} PlateauKkVerdict;

typedef struct
{
  int method;   /* PlateauKkMethod */
  int fit;      /* PlateauKkFit */
  int elements; /* number of RC elements; 0: chosen by mu */
  int max_elements;
  double mu_limit;
  gboolean capacitance; /* a series capacitance, for blocking spectra */
  double limit;         /* of a residual, share of |Z| */
} PlateauKkOptions;

#define PLATEAU_KK_OPTIONS_INIT                                                                    \
  {                                                                                                \
    .max_elements = 50, .mu_limit = 0.85, .limit = 0.01                                            \
  }
extern const PlateauOption plateau_kk_option_table[];

/* Immutable, counted by reference. Points are clean and of falling frequency. */
typedef struct
{
  /*< read-only >*/
  PlateauKkMethod method;
  gsize n;
  const double *frequency, *z_re, *z_im;
  const double *fit_re, *fit_im;           /* ohm */
  const double *residual_re, *residual_im; /* (Z - fit) / |Z| */
  const gboolean *failing;                 /* of the model that the verdict is of */
  guint n_orders;                          /* order k + 1 is at index k; 0 for Z-HIT */
  const double *order_mu, *order_chi2;
  guint elements;
  double mu, pseudo_chi2, largest; /* largest: of the residuals' magnitudes */
  double r0, inductance, capacitance;
  /* The model that the verdict is of: the chosen one, or where mu stopped at too few elements, the
   * order from which more of them no longer help, with a series capacitance where that does. */
  guint judged_elements;
  gboolean judged_capacitance;
  double judged_largest;
  guint n_failing, n_failing_after_mask;
  PlateauKkVerdict verdict;
  const char *sentence; /* the verdict in words */
} PlateauKk;

PlateauKk *plateau_kk_analyse (PlateauSpectrum *spectrum, const PlateauKkOptions *options,
                               GCancellable *cancellable, GError **error);
GPtrArray *plateau_kk_analyse_many (GPtrArray *spectra, const PlateauKkOptions *options,
                                    guint n_threads, GPtrArray *errors, GCancellable *cancellable);
PlateauKk *plateau_kk_ref (PlateauKk *kk);
void plateau_kk_unref (PlateauKk *kk);
const char *plateau_kk_verdict_nick (PlateauKkVerdict verdict);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauKk, plateau_kk_unref)

G_END_DECLS
