/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-impedance-batch.h"
#include "plateau-page.h"

G_BEGIN_DECLS

/* The pages Impedance and DRT: modes that each show up to four plots, a choice of spectra, a table
 * of the whole batch. With several cells, a mode may show one column of plots for each. */
#define PLATEAU_SPECTRA_MODES 6
#define PLATEAU_SPECTRA_PLOTS 4

typedef enum
{
  PLATEAU_SPECTRA_SECTION_PLOT,
  PLATEAU_SPECTRA_SECTION_CIRCUIT,
  PLATEAU_SPECTRA_SECTION_TEST,
  PLATEAU_SPECTRA_SECTION_MASKS,
  PLATEAU_SPECTRA_N_SECTIONS
} PlateauSpectraSection;

typedef struct
{
  const char *title;   /* N_() */
  const char *kind;    /* of a plot */
  const char *options; /* JSON, or NULL */
  gboolean marked;     /* of each cell only the marked spectrum */
} PlateauSpectraPlot;

typedef struct
{
  const char *nick, *label, *tip; /* N_() but the nick */
  gboolean per_cell;              /* 2 x 2 plots for each of the first two cells */
  PlateauSpectraPlot plots[PLATEAU_SPECTRA_PLOTS];
  PlateauBatchKind table;
  PlateauSpectraSection section; /* that stands first in the inspector */
  gboolean rows;                 /* the plots one above the other, wide */
} PlateauSpectraMode;

typedef struct
{
  const char *settings; /* the page's own choices in the project */
  gboolean drt;         /* lambda, model and windows in the inspector; else masks and circuit */
  PlateauSpectraMode modes[PLATEAU_SPECTRA_MODES]; /* ends with an empty nick */
} PlateauSpectraPageSpec;

#define PLATEAU_TYPE_SPECTRA_PAGE (plateau_spectra_page_get_type ())
G_DECLARE_FINAL_TYPE (PlateauSpectraPage, plateau_spectra_page, PLATEAU, SPECTRA_PAGE, GtkWidget)

GtkWidget *plateau_spectra_page_new (PlateauDocument *document, const PlateauSpectraPageSpec *spec);
GtkWidget *plateau_impedance_page_new (PlateauDocument *document);
GtkWidget *plateau_drt_page_new (PlateauDocument *document);

/* Private: the inspector of the two pages. */
typedef struct _PlateauSpectraInspector PlateauSpectraInspector;

PlateauSpectraInspector *plateau_spectra_inspector_new (PlateauDocument *document, gboolean drt);
void plateau_spectra_inspector_free (PlateauSpectraInspector *inspector);
GtkWidget *plateau_spectra_inspector_get_widget (PlateauSpectraInspector *inspector);
void plateau_spectra_inspector_refresh (PlateauSpectraInspector *inspector, const char *spectra);
/* Of impedance: what stands first. */
void plateau_spectra_inspector_set_first (PlateauSpectraInspector *inspector,
                                          PlateauSpectraSection section);
/* A widget at the end of the section of processes. */
void plateau_spectra_inspector_add_processes (PlateauSpectraInspector *inspector,
                                              GtkWidget *widget);
/* While the slider moves: settings of "drt" that the plots use instead of the project's; else NULL.
 * @moved is called when they change. */
JsonObject *plateau_spectra_inspector_get_live (PlateauSpectraInspector *inspector);
void plateau_spectra_inspector_set_moved (PlateauSpectraInspector *inspector,
                                          void (*moved) (gpointer), gpointer user_data);

G_END_DECLS
