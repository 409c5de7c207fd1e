/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-drt-series.h"
#include "plateau-plot-pane.h"
#include "plateau-spectra-page.h"

G_BEGIN_DECLS

/* The parts of the page DRT: what it shows (-plots), what it computes (-results), its tools. */

#define PLATEAU_DRT_MOST_CELLS 2
#define PLATEAU_DRT_MOST_PLOTS 4

typedef struct
{
  const char *title;   /* N_() */
  const char *kind;    /* of a plot */
  const char *options; /* JSON, or NULL */
  gboolean marked;     /* of each cell only the marked spectrum */
} PlateauDrtPlot;

/* The table under the plots: of all peaks, or of what the marked spectra say. */
typedef enum
{
  PLATEAU_DRT_TABLE_PEAKS,
  PLATEAU_DRT_TABLE_ASSIGNMENT,
  PLATEAU_DRT_TABLE_HILBERT,
} PlateauDrtTable;

typedef struct
{
  const char *nick, *label, *tip; /* N_() but the nick */
  gboolean per_cell;
  PlateauDrtTable table;
  PlateauDrtPlot plots[PLATEAU_DRT_MOST_PLOTS];
} PlateauDrtMode;

#define PLATEAU_DRT_N_MODES 5

extern const PlateauDrtMode plateau_drt_modes[PLATEAU_DRT_N_MODES];

/* One cell's half of the series, or all plots of another mode. */
typedef struct
{
  GtkWidget *box, *header, *key, *name, *state, *grid, *panes[PLATEAU_DRT_MOST_PLOTS];
} PlateauDrtColumn;

struct _PlateauDrtPage
{
  GtkWidget parent_instance;

  PlateauDocument *document;
  PlateauSpectraInspector *inspector;
  GtkWidget *paned, *columns_box, *table, *processes;
  PlateauDrtColumn columns[PLATEAU_DRT_MOST_CELLS];
  GtkWidget *tools, *range, *numbers, *mode_buttons[PLATEAU_DRT_N_MODES], *same_scale, *spin;
  PlateauJob *table_job, *overview_job;
  PlateauDrtOverview *overview; /* NULL: not known yet */
  GArray *cells;                /* of gint64: those with spectra */
  guint mode, marked;           /* number of the first cell's marked spectrum */
  JsonObject *live_windows;     /* while one is dragged */
  gboolean updating;
};

#define PLATEAU_TYPE_DRT_PAGE (plateau_drt_page_get_type ())
G_DECLARE_FINAL_TYPE (PlateauDrtPage, plateau_drt_page, PLATEAU, DRT_PAGE, GtkWidget)

/* Cells with spectra, in order; the spectrum marked in one, or NULL. */
gint64 plateau_drt_page_nth_cell (PlateauDrtPage *page, guint index);
const PlateauDrtPoint *plateau_drt_page_find_marked (PlateauDrtPage *page, gint64 cell);

void plateau_drt_page_show_plots (PlateauDrtPage *page);
void plateau_drt_page_follow_slider (PlateauDrtPage *page);

/* Table and overview in the background; the plots follow. */
void plateau_drt_page_start (PlateauDrtPage *page);
void plateau_drt_page_show_processes (PlateauDrtPage *page);
void plateau_drt_page_mark (PlateauDrtPage *page, guint number);

const char *plateau_drt_page_get_choice (PlateauDrtPage *page);
void plateau_drt_page_load_settings (PlateauDrtPage *page);
void plateau_drt_page_build_tools (PlateauDrtPage *page);

G_END_DECLS
