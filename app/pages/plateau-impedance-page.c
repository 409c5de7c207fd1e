/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-spectra-page.h"

#include <glib/gi18n.h>

/* The page Impedance as data. */

static const PlateauSpectraPageSpec impedance_page = {
  .settings = "page-impedance",
  .modes = {
    { "nyquist", N_ ("Nyquist"), N_ ("Complex plane and Bode plot"), FALSE,
      { { N_ ("Nyquist"), "nyquist", NULL }, { N_ ("Bode"), "bode", NULL } },
      PLATEAU_BATCH_SPECTRA, .rows = TRUE },
    { "series", N_ ("Series"), N_ ("Where the spectra were taken, and the spectra above each other"),
      TRUE,
      { { N_ ("Course"), "series-curve", NULL, FALSE },
        { N_ ("Nyquist stack"), "nyquist", "{\"stack\": true}", FALSE } },
      PLATEAU_BATCH_SPECTRA },
    { "other", N_ ("Y and C"), N_ ("Admittance and complex capacitance"), FALSE,
      { { N_ ("Admittance"), "nyquist", "{\"quantity\": \"admittance\"}" },
        { N_ ("Complex capacitance"), "nyquist", "{\"quantity\": \"capacitance\"}" } },
      PLATEAU_BATCH_SPECTRA },
    { "validity", N_ ("Validity"), N_ ("Kramers-Kronig test of the marked spectrum"), FALSE,
      { { N_ ("Nyquist"), "nyquist", NULL, TRUE },
        { N_ ("Kramers-Kronig residuals"), "kk-residuals", NULL, TRUE },
        { N_ ("Orders of the Kramers-Kronig test"), "kk-orders", NULL, TRUE },
        { N_ ("Z-HIT residuals"), "zhit-residuals", NULL, TRUE } },
      PLATEAU_BATCH_SPECTRA, PLATEAU_SPECTRA_SECTION_TEST },
    { "fit", N_ ("Circuit"), N_ ("The fitted circuit and its residuals"), FALSE,
      { { N_ ("Nyquist with fit"), "nyquist", "{\"fit\": true}", TRUE },
        { N_ ("Resistances along the series"), "circuit-series", NULL, FALSE },
        { N_ ("Residuals of the circuit"), "fit-residuals", NULL, TRUE } },
      PLATEAU_BATCH_FIT, PLATEAU_SPECTRA_SECTION_CIRCUIT },
  },
};

GtkWidget *
plateau_impedance_page_new (PlateauDocument *document)
{
  return plateau_spectra_page_new (document, &impedance_page);
}
