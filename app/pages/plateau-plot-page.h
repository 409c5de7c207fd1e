/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/plateau-option.h"
#include "figure/plateau-plot-kind.h"
#include "plateau-page.h"

G_BEGIN_DECLS

#define PLATEAU_PLOT_PAGE_PANES 2

/* A page of plots side by side over a table, described as data: what DRT, dQ/dV and Rate have in
 * common. */
typedef struct
{
  const char *title;   /* N_() */
  const char *kind;    /* of a plot */
  const char *options; /* JSON of the plot's options, without "mean"; or NULL */
  gboolean has_mean;
  gboolean needs_two;   /* samples: hidden for one */
  gboolean every_cycle; /* whatever cycles are chosen */
  const char *cycles;   /* these, whatever cycles are chosen; or NULL */
} PlateauPlotPagePane;

typedef struct
{
  const char *settings; /* the page's own choices in the project: "page-dqdv" */
  const char *analysis; /* whose options the inspector shows: "dqdv" */
  const PlateauOption *options;
  gconstpointer defaults;
  gsize size;
  PlateauPlotPagePane panes[PLATEAU_PLOT_PAGE_PANES];
  const PlateauPlotPagePane *views; /* what else the last pane can show, up to a NULL title */
  const char *default_cycles;       /* NULL: no choice of cycles */
  PlateauKinds kinds;               /* cells must have one of these */
  const char *table_label;          /* N_() */
  const char *job_title;            /* N_() */
  /* On a worker thread, of the context's cycles; rows are tagged with the cell's id. */
  PlateauTable *(*build_table) (PlateauPlotContext *context, GArray *cells, GError **error);
} PlateauPlotPageSpec;

#define PLATEAU_TYPE_PLOT_PAGE (plateau_plot_page_get_type ())
G_DECLARE_FINAL_TYPE (PlateauPlotPage, plateau_plot_page, PLATEAU, PLOT_PAGE, GtkWidget)

GtkWidget *plateau_plot_page_new (PlateauDocument *document, const PlateauPlotPageSpec *spec);

GtkWidget *plateau_dqdv_page_new (PlateauDocument *document);
GtkWidget *plateau_rate_page_new (PlateauDocument *document);

G_END_DECLS
