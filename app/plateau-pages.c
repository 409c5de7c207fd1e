/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/plateau-cycling-page.h"
#include "pages/plateau-compare-page.h"
#include "pages/plateau-plot-page.h"
#include "pages/plateau-kinetics-page.h"
#include "pages/plateau-spectra-page.h"
#include "pages/plateau-figures-page.h"
#include "plateau-page.h"

#include <glib/gi18n.h>

#define SETTINGS(...) (const char *const[]) { __VA_ARGS__, NULL }

/* One line a page; the order is that of the tabs. */
static const PlateauPageInfo pages[] = {
  { "cycling", N_ ("Cycling"), N_ ("Capacity, coulombic efficiency and potential of each cycle"),
    plateau_cycling_page_new,
    SETTINGS ("cycles", "page-cycling") },
  { "dqdv", N_ ("dQ/dV"),
    N_ ("Differential capacity dQ/dV: where along the potential the charge goes, and its peaks"),
    plateau_dqdv_page_new,
    SETTINGS ("dqdv", "page-dqdv") },
  { "rate", N_ ("Rate"), N_ ("Capacity against the C-rate, and how much of it comes back"),
    plateau_rate_page_new,
    SETTINGS ("rate", "page-rate") },
  { "gitt", N_ ("GITT"),
    N_ ("Diffusion coefficient and overpotential by current pulses and rests (galvanostatic "
        "intermittent titration)"),
    plateau_gitt_page_new,
    SETTINGS ("gitt", "page-gitt") },
  { "cv", N_ ("CV"),
    N_ ("Cyclic voltammograms with their peaks and scan rates, potential holds and relaxation"),
    plateau_cv_page_new,
    SETTINGS ("cv", "hold", "cv-scan-rates", "page-cv") },
  { "impedance", N_ ("Impedance"),
    N_ ("Spectra as Nyquist and Bode plots, their Kramers–Kronig test and fits of equivalent "
        "circuits"),
    plateau_impedance_page_new,
    SETTINGS ("impedance", "kk", "circuit", "spectra-view", "page-impedance") },
  { "drt", N_ ("DRT"),
    N_ ("Distribution of relaxation times: the processes in a spectrum apart by their time "
        "constants"),
    plateau_drt_page_new,
    SETTINGS ("drt", "drt-windows", "spectra-view", "impedance", "page-drt") },
  { "conductivity", N_ ("Conductivity"),
    N_ ("Conductivity, charge transfer or diffusion against temperature, with activation energies"),
    plateau_conductivity_page_new,
    SETTINGS ("conductivity", "page-conductivity") },
  { "compare", N_ ("Compare"),
    N_ ("Modified against pristine, metric by metric, with scatter and Welch’s t test"),
    plateau_compare_page_new,
    SETTINGS ("literature") },
  { "figures", N_ ("Figures"),
    N_ ("Figures of several panels for a paper, made of templates or of plots that were sent"),
    plateau_figures_page_new,
    NULL },
};

const PlateauPageInfo *
plateau_pages_list (guint *n_pages)
{
  *n_pages = G_N_ELEMENTS (pages);
  return pages;
}
