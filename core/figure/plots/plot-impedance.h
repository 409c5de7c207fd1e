/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "analysis/plateau-circuit.h"
#include "analysis/plateau-impedance.h"
#include "figure/plots/plateau-plots.h"

G_BEGIN_DECLS

/* Private to the plots of impedance. The "plot" object of a panel takes "spectra": "1, 5-20" (all
 * when absent), and settings "impedance", "drt", "drt-windows", "circuit", "kk" of its own. */

/* Spectra of one cell as they are drawn: chosen, masked, corrected. */
typedef struct
{
  const PlateauPlotGroup *group;
  const PlateauStudyCell *cell;
  GPtrArray *spectra;  /* of PlateauSpectrum */
  GPtrArray *masked;   /* of PlateauSpectrum: the points that are left out of each */
  GPtrArray *measured; /* the same without the correction for drift; NULL: there is none */
  GArray *numbers;     /* guint: number of each in its cell, from 1 */
  char *key;           /* for the cache: cell, masks and choice */
  double *shades;      /* 0 to 1 of each, by plot_spectra_colour(); NULL: by their order */
  int axis;            /* PlotSeriesAxis that labels say */
  gboolean kelvin;     /* temperatures are in K */
} PlotSpectra;

typedef enum
{
  PLOT_PER_NOTHING,
  PLOT_PER_AREA,
  PLOT_PER_THICKNESS,
} PlotPer;

extern const char *const plot_per_nicks[], *const plot_per_labels[];
const char *plot_per_unit (int per); /* of an impedance, as markup */
/* Factor from ohm to that unit; 1 with a note where the cell lacks what it needs. */
double plot_per_factor (PlateauPlotContext *context, const PlateauStudyCell *cell, int per);

/* Of every cell of every group; an error when there is none at all. */
GPtrArray *plot_spectra_load (PlateauPlotContext *context, GError **error);
/* The project's circuit, or FALSE with a sentence that none is chosen. */
gboolean plot_circuit_get_options (PlateauPlotContext *context, PlateauCircuitOptions *options,
                                   GError **error);
/* Distributions by the settings "drt", through the cache; NULL entries where one failed. The
 * credible band, which takes a second of sampling each, only where @band says that it is shown. */
GPtrArray *plot_spectra_get_drts (PlateauPlotContext *context, const PlotSpectra *set,
                                  gboolean band, GError **error);
/* The largest gamma, ohm; and that of the sets that share the plot's scale. */
double plot_drt_largest (GPtrArray *results);
double plot_drt_largest_of_others (PlateauPlotContext *context);
gboolean plot_drt_options (PlateauPlotContext *context, PlateauDrtOptions *options, GError **error);
GPtrArray *plot_drt_windows (PlateauPlotContext *context);
char *plot_window_markup (const PlateauDrtWindow *window);
void plot_add_windows (PlateauPlotContext *context, GPtrArray *windows);
/* Their names at the top, each over what of its window lies between two relaxation times. */
void plot_name_windows (PlateauPlotContext *context, GPtrArray *windows, double low, double high);

/* Hatches what of the windows lies beyond the measured relaxation times. */
void plot_hatch_windows (PlateauPlotContext *context, GPtrArray *windows, const PlateauDrt *drt);
/* The spectrum that "marked" of the plot names: {"cell": id, "spectrum": number}. */
gboolean plot_spectrum_is_marked (PlateauPlotContext *context, const PlotSpectra *set, guint index);
/* Whether a stack of every @every-th spectrum shows this one: the marked one is always shown. */
gboolean plot_stack_shows (PlateauPlotContext *context, const PlotSpectra *set, guint index,
                           guint every);
/* The sets that "scale_with": [cells] of the plot names, which share its scales; NULL: none. */
GPtrArray *plot_spectra_load_others (PlateauPlotContext *context);

/* Of impedance between blocking electrodes: the axes end some way along the steep lines. */
void plot_nyquist_limit_tails (PlateauPlotContext *context);
guint plot_spectra_count (GPtrArray *sets);
/* Of a stack, every how manieth spectrum is drawn, so that each can be seen. */
guint plot_stack_every (const PlotSpectra *set);
/* The Kramers-Kronig test of one spectrum by the settings "kk", through the cache. */
PlateauKk *plot_spectrum_get_test (PlateauPlotContext *context, const PlotSpectra *set, guint index,
                                   GError **error);
char *plot_options_text (const PlateauOption *table, gconstpointer options);
/* Colours by what the spectra were taken at: @axis. Too many for a legend get their values' colours
 * and a colour bar, several cells their samples' names; else, and in stacks, each has the colour of
 * its rank. Returns whether every curve has an entry in the legend. */
gboolean plot_spectra_colour (PlateauPlotContext *context, GPtrArray *sets, int axis,
                              gboolean stacked);
void plot_spectrum_style (PlateauLayerStyle *style, const PlotSpectra *set, guint index,
                          guint n_sets);
/* "4.54 V", "cycle 3", "2.5 h" or "#4": the first that the spectra differ in. */
char *plot_spectrum_label (const PlotSpectra *set, guint index);
/* What a curve of a stack was taken at, at its right end; that of the marked one stands out. */
void plot_add_stack_label (PlateauPlotContext *context, const PlotSpectra *set, guint index,
                           double shift);
void plot_style_masked (PlateauLayer *layer);
void plot_name_sample (PlateauPlotContext *context, const PlotSpectra *set);
PlateauLayer *plot_spectrum_layer (PlateauPlotContext *context, PlateauLayerKind kind,
                                   const PlotSpectra *set, guint index, guint n_sets,
                                   const char *what, gboolean legend);

typedef enum
{
  PLOT_SERIES_AUTO, /* potential, cycle, time or number: what differs */
  PLOT_SERIES_POTENTIAL,
  PLOT_SERIES_CYCLE,
  PLOT_SERIES_TIME,
  PLOT_SERIES_TEMPERATURE,
  PLOT_SERIES_INVERSE_TEMPERATURE,
  PLOT_SERIES_NUMBER,
} PlotSeriesAxis;

extern const char *const plot_series_axis_nicks[];
extern const char *const plot_series_axis_labels[];
PlotSeriesAxis plot_series_axis_choose (GPtrArray *sets, PlotSeriesAxis wanted);
double plot_series_value (const PlotSpectra *set, guint index, PlotSeriesAxis axis);
void plot_series_set_axis (PlateauPlotContext *context, PlateauAxisId id, PlotSeriesAxis axis);

G_END_DECLS
