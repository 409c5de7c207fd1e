/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-plot-pane.h"
#include "plateau-spectra-page.h"

G_BEGIN_DECLS

/* The parts of a page of spectra: its plots and table, and its tools. */

#define PLATEAU_SPECTRA_COLUMNS 4
#define PLATEAU_SPECTRA_ROWS 2

struct _PlateauSpectraPage
{
  GtkWidget parent_instance;

  const PlateauSpectraPageSpec *spec;
  PlateauDocument *document;
  PlateauSpectraInspector *inspector;
  GtkWidget *paned, *grid, *panes[PLATEAU_SPECTRA_COLUMNS][PLATEAU_SPECTRA_ROWS], *table;
  GtkWidget *tools, *spectra_entry, *mode_buttons[PLATEAU_SPECTRA_MODES], *mask_button, *spin;
  PlateauJob *table_job;
  guint mode;
  gboolean updating;
};

void plateau_spectra_page_show_plots (PlateauSpectraPage *page);

/* Tools: the choice of spectra and mode that the project keeps, the marked spectrum, masks. */
const char *plateau_spectra_page_get_choice (PlateauSpectraPage *page);
void plateau_spectra_page_load_settings (PlateauSpectraPage *page);
void plateau_spectra_page_update_spin (PlateauSpectraPage *page, GArray *cells);
void plateau_spectra_page_mask (PlateauSpectraPage *page, GArray *picks);
void plateau_spectra_page_build_tools (PlateauSpectraPage *page);

G_END_DECLS
