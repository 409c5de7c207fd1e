/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/plateau-cycling-page.h"
#include "pages/plateau-compare-page.h"
#include "pages/plateau-plot-page.h"
#include "pages/plateau-kinetics-page.h"
#include "pages/plateau-spectra-page.h"
#include "pages/plateau-figures-page.h"
#include "plateau-page.h"

#include <glib/gi18n.h>

/* One line a page; the order is that of the tabs. */
static const PlateauPageInfo pages[] = {
  { "cycling", N_ ("Cycling"), plateau_cycling_page_new },
  { "dqdv", N_ ("dQ/dV"), plateau_dqdv_page_new },
  { "rate", N_ ("Rate"), plateau_rate_page_new },
  { "gitt", N_ ("GITT"), plateau_gitt_page_new },
  { "cv", N_ ("CV"), plateau_cv_page_new },
  { "impedance", N_ ("Impedance"), plateau_impedance_page_new },
  { "drt", N_ ("DRT"), plateau_drt_page_new },
  { "conductivity", N_ ("Conductivity"), plateau_conductivity_page_new },
  { "compare", N_ ("Compare"), plateau_compare_page_new },
  { "figures", N_ ("Figures"), plateau_figures_page_new },
};

const PlateauPageInfo *
plateau_pages_list (guint *n_pages)
{
  *n_pages = G_N_ELEMENTS (pages);
  return pages;
}
