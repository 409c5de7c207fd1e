/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-impedance.h"

#include "base/plateau-unit.h"

#include <glib/gi18n.h>
#include <math.h>

/* What a spectrum was taken at, in every table of a batch. */
static guint
add_condition_columns (PlateauTable *table)
{
  plateau_table_add_column (table, "spectrum", _ ("Spectrum"), NULL, PLATEAU_COLUMN_INTEGER, 0);
  plateau_table_add_column (table, "label", _ ("Label"), NULL, PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (table, "potential", _ ("Potential"), "V", PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "time", _ ("Time"), "h", PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "cycle", _ ("Cycle"), NULL, PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "temperature", _ ("Temperature"), "degC", PLATEAU_COLUMN_NUMBER,
                            4);
  return 6;
}

static guint
add_row (PlateauTable *table, guint number, PlateauSpectrum *spectrum, double offset)
{
  const PlateauConditions *conditions = plateau_spectrum_get_conditions (spectrum);
  guint row = plateau_table_add_row (table);

  plateau_table_set_number (table, row, 0, number);
  plateau_table_set_text (table, row, 1, plateau_spectrum_get_label (spectrum));
  plateau_table_set_number (table, row, 2, conditions->potential + offset);
  plateau_table_set_number (table, row, 3, plateau_from_si (conditions->time, "h"));
  plateau_table_set_number (table, row, 4, conditions->cycle);
  plateau_table_set_number (table, row, 5, plateau_from_si (conditions->temperature, "degC"));
  plateau_table_set_row_tag (table, row, number);
  return row;
}

/**
 * plateau_impedance_spectra_table:
 * @spectra: (element-type PlateauSpectrum): spectra
 * @tests: (nullable) (element-type PlateauKk): their Kramers-Kronig tests, %NULL where one failed
 * @before: (nullable) (element-type PlateauKk): the tests of the spectra as they were measured,
 * where the series was corrected for drift
 * @potential_offset: added to the potentials, V
 *
 * Returns: (transfer full): one row a spectrum: conditions, range, verdict
 */
PlateauTable *
plateau_impedance_spectra_table (GPtrArray *spectra, GPtrArray *tests, GPtrArray *before,
                                 double potential_offset)
{
  PlateauTable *table = plateau_table_new (_ ("Spectra"));
  guint first = add_condition_columns (table);

  plateau_table_add_column (table, "points", _ ("Points"), NULL, PLATEAU_COLUMN_INTEGER, 0);
  plateau_table_add_column (table, "f_high", _ ("From"), "Hz", PLATEAU_COLUMN_NUMBER, 3);
  plateau_table_add_column (table, "f_low", _ ("To"), "Hz", PLATEAU_COLUMN_NUMBER, 3);
  plateau_table_add_column (table, "intercept", _ ("Intercept"), "ohm", PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "kk_elements", _ ("Lin-KK order"), NULL, PLATEAU_COLUMN_INTEGER,
                            0);
  plateau_table_add_column (table, "kk_largest", _ ("Largest residual"), "%", PLATEAU_COLUMN_NUMBER,
                            3);
  plateau_table_add_column (table, "kk_failing", _ ("Points beyond 1 %"), NULL,
                            PLATEAU_COLUMN_INTEGER, 0);
  plateau_table_add_column (table, "verdict", _ ("Verdict"), NULL, PLATEAU_COLUMN_TEXT, 0);
  if (before != NULL)
    {
      plateau_table_add_column (table, "kk_largest_before",
                                _ ("Largest residual before correction"), "%",
                                PLATEAU_COLUMN_NUMBER, 3);
      plateau_table_add_column (table, "verdict_before", _ ("Verdict before correction"), NULL,
                                PLATEAU_COLUMN_TEXT, 0);
    }
  for (guint s = 0; s < spectra->len; s++)
    {
      PlateauSpectrum *spectrum = g_ptr_array_index (spectra, s);
      const PlateauKk *kk = tests != NULL ? g_ptr_array_index (tests, s) : NULL;
      const double *frequency = plateau_spectrum_peek_frequency (spectrum);
      gsize n = plateau_spectrum_get_n (spectrum);
      guint row = add_row (table, s + 1, spectrum, potential_offset);
      double low = INFINITY, high = -INFINITY;

      for (gsize i = 0; i < n; i++)
        {
          low = MIN (low, frequency[i]);
          high = MAX (high, frequency[i]);
        }
      plateau_table_set_number (table, row, first, n);
      plateau_table_set_number (table, row, first + 1, n > 0 ? high : NAN);
      plateau_table_set_number (table, row, first + 2, n > 0 ? low : NAN);
      plateau_table_set_number (table, row, first + 3, plateau_impedance_intercept (spectrum));
      if (kk == NULL)
        continue;
      plateau_table_set_number (table, row, first + 4, kk->judged_elements);
      plateau_table_set_number (table, row, first + 5, 100 * kk->judged_largest);
      plateau_table_set_number (table, row, first + 6, kk->n_failing);
      plateau_table_set_text (table, row, first + 7, kk->sentence);
      kk = before != NULL ? g_ptr_array_index (before, s) : NULL;
      if (kk == NULL)
        continue;
      plateau_table_set_number (table, row, first + 8, 100 * kk->judged_largest);
      plateau_table_set_text (table, row, first + 9, kk->sentence);
    }
  return table;
}

/**
 * plateau_circuit_table:
 * @spectra: (element-type PlateauSpectrum): spectra
 * @fits: (element-type PlateauCircuitFit): their fits, %NULL where one failed
 * @potential_offset: added to the potentials, V
 *
 * Returns: (transfer full): one row a parameter of a spectrum, with errors
 */
PlateauTable *
plateau_circuit_table (GPtrArray *spectra, GPtrArray *fits, double potential_offset)
{
  PlateauTable *table = plateau_table_new (_ ("Fitted parameters"));
  guint first = add_condition_columns (table);

  plateau_table_add_column (table, "parameter", _ ("Parameter"), NULL, PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (table, "value", _ ("Value"), NULL, PLATEAU_COLUMN_NUMBER, 5);
  plateau_table_add_column (table, "stderr", _ ("Standard error"), NULL, PLATEAU_COLUMN_NUMBER, 2);
  plateau_table_add_column (table, "unit", _ ("Unit"), NULL, PLATEAU_COLUMN_TEXT, 0);
  /* xgettext:no-c-format */
  plateau_table_add_column (table, "lower", _ ("95 % from"), NULL, PLATEAU_COLUMN_NUMBER, 4);
  /* xgettext:no-c-format */
  plateau_table_add_column (table, "upper", _ ("95 % to"), NULL, PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "note", _ ("Note"), NULL, PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (table, "chi2", _ ("Pseudo χ²"), NULL, PLATEAU_COLUMN_NUMBER, 3);
  plateau_table_add_column (table, "aicc", "AICc", NULL, PLATEAU_COLUMN_NUMBER, 4);
  for (guint s = 0; s < spectra->len; s++)
    {
      const PlateauCircuitFit *fit = g_ptr_array_index (fits, s);

      for (guint i = 0; fit != NULL && i < fit->circuit->n_parameters; i++)
        {
          const PlateauCircuitEstimate *e = &fit->estimates[i];
          guint row = add_row (table, s + 1, g_ptr_array_index (spectra, s), potential_offset);

          plateau_table_set_text (table, row, first, fit->circuit->parameters[i].name);
          plateau_table_set_number (table, row, first + 1, e->value);
          plateau_table_set_number (table, row, first + 2,
                                    isfinite (e->standard_error) ? e->standard_error : NAN);
          plateau_table_set_text (table, row, first + 3, fit->circuit->parameters[i].unit);
          plateau_table_set_number (table, row, first + 4, e->lower);
          plateau_table_set_number (table, row, first + 5, isfinite (e->upper) ? e->upper : NAN);
          plateau_table_set_text (table, row, first + 6,
                                  e->fixed          ? _ ("fixed")
                                  : e->linked       ? _ ("linked")
                                  : e->undetermined ? _ ("not determined by the data")
                                  : e->at_bound     ? _ ("at the end of its range")
                                                    : "");
          plateau_table_set_number (table, row, first + 7, fit->pseudo_chi2);
          plateau_table_set_number (table, row, first + 8, fit->aicc);
        }
    }
  return table;
}

/**
 * plateau_drt_hilbert_table:
 * @spectra: (element-type PlateauSpectrum): spectra
 * @scores: (array): their scores, n of 0 where they could not be computed
 * @numbers: (array): number of each spectrum in its cell
 * @potential_offset: added to the potentials, V
 *
 * Returns: (transfer full): two rows a spectrum, of each part as the other one predicts it
 */
PlateauTable *
plateau_drt_hilbert_table (GPtrArray *spectra, const PlateauDrtHilbert *scores,
                           const guint *numbers, double potential_offset)
{
  PlateauTable *table = plateau_table_new (_ ("Hilbert scores"));
  guint first = add_condition_columns (table);

  plateau_table_add_column (table, "part", _ ("Part"), NULL, PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (table, "s_mu", "s(μ)", NULL, PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "s_1sigma", "s(1σ)", NULL, PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "s_2sigma", "s(2σ)", NULL, PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "s_3sigma", "s(3σ)", NULL, PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "s_hellinger", "s(HD)", NULL, PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "s_jensen_shannon", "s(JSD)", NULL, PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "sigma", _ ("Noise σ"), "ohm", PLATEAU_COLUMN_NUMBER, 3);
  for (guint s = 0; s < spectra->len; s++)
    for (int part = 0; scores[s].n > 0 && part < 2; part++)
      {
        const PlateauDrtHilbert *h = &scores[s];
        guint row = add_row (table, numbers[s], g_ptr_array_index (spectra, s), potential_offset);
        const double *inside = part == 0 ? h->residual_re : h->residual_im;

        plateau_table_set_text (table, row, first, part == 0 ? _ ("Z′ by Z″") : _ ("Z″ by Z′"));
        plateau_table_set_number (table, row, first + 1, part == 0 ? h->mean_re : h->mean_im);
        for (guint k = 0; k < 3; k++)
          plateau_table_set_number (table, row, first + 2 + k, inside[k]);
        plateau_table_set_number (table, row, first + 5,
                                  part == 0 ? h->hellinger_re : h->hellinger_im);
        plateau_table_set_number (table, row, first + 6,
                                  part == 0 ? h->jensen_shannon_re : h->jensen_shannon_im);
        plateau_table_set_number (table, row, first + 7, part == 0 ? h->sigma_re : h->sigma_im);
      }
  return table;
}

/**
 * plateau_drt_peak_table:
 * @spectra: (element-type PlateauSpectrum): spectra
 * @results: (element-type PlateauDrt): their distributions, %NULL where one failed
 * @windows: (nullable) (element-type PlateauDrtWindow): windows that name processes
 * @potential_offset: added to the potentials, V
 *
 * Returns: (transfer full): one row a peak
 */
PlateauTable *
plateau_drt_peak_table (GPtrArray *spectra, GPtrArray *results, GPtrArray *windows,
                        double potential_offset)
{
  PlateauTable *table = plateau_table_new (_ ("Peaks"));
  guint first = add_condition_columns (table);

  plateau_table_add_column (table, "tau", "τ", "s", PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "frequency", _ ("Frequency"), "Hz", PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "resistance", "R", "ohm", PLATEAU_COLUMN_NUMBER, 4);
  /* xgettext:no-c-format */
  plateau_table_add_column (table, "lower", _ ("99 % from"), "ohm", PLATEAU_COLUMN_NUMBER, 4);
  /* xgettext:no-c-format */
  plateau_table_add_column (table, "upper", _ ("99 % to"), "ohm", PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "capacitance", "C", "F", PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "share", _ ("Share"), "%", PLATEAU_COLUMN_NUMBER, 3);
  plateau_table_add_column (table, "process", _ ("Process"), NULL, PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (table, "note", _ ("Note"), NULL, PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (table, "lambda", "λ", NULL, PLATEAU_COLUMN_NUMBER, 3);
  for (guint s = 0; s < spectra->len; s++)
    {
      const PlateauDrt *drt = g_ptr_array_index (results, s);

      for (guint p = 0; drt != NULL && p < drt->n_peaks; p++)
        {
          const PlateauDrtPeak *peak = &drt->peaks[p];
          guint row = add_row (table, s + 1, g_ptr_array_index (spectra, s), potential_offset);
          const char *process = windows != NULL ? plateau_drt_windows_assign (windows, peak->tau)
                                                : NULL;

          plateau_table_set_number (table, row, first, peak->tau);
          plateau_table_set_number (table, row, first + 1, peak->frequency);
          plateau_table_set_number (table, row, first + 2, peak->resistance);
          plateau_table_set_number (table, row, first + 3, peak->resistance_lower);
          plateau_table_set_number (table, row, first + 4, peak->resistance_upper);
          plateau_table_set_number (table, row, first + 5, peak->capacitance);
          plateau_table_set_number (table, row, first + 6, 100 * peak->share);
          plateau_table_set_text (table, row, first + 7, process != NULL ? process : "");
          plateau_table_set_text (table, row, first + 8,
                                  peak->extrapolated ? _ ("extrapolated: beyond the data")
                                  : peak->at_edge    ? _ ("at the edge of the data")
                                                     : "");
          plateau_table_set_number (table, row, first + 9, drt->lambda);
        }
    }
  return table;
}
