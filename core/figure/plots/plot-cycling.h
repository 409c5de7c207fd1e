/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "analysis/plateau-literature.h"
#include "figure/plots/plateau-plots.h"

G_BEGIN_DECLS

/* Private to the plots: per-cycle values of the cells of one group. */

typedef enum
{
  PLOT_DISCHARGE_CAPACITY,
  PLOT_CHARGE_CAPACITY,
  PLOT_COULOMBIC_EFFICIENCY,
  PLOT_ENERGY_EFFICIENCY,
  PLOT_DISCHARGE_ENERGY,
  PLOT_MEAN_DISCHARGE_POTENTIAL,
  PLOT_MEAN_CHARGE_POTENTIAL,
  PLOT_POLARISATION,
  PLOT_RETENTION,
  PLOT_N_METRICS
} PlotMetric;

typedef struct
{
  gsize n;
  double *cycle, *mean, *sd; /* sd NaN with one cell */
  int *numbers;
  guint most_cells;
} PlotSeries;

extern const char *const plot_capacity_units[];
extern const char *const plot_capacity_unit_labels[];

gboolean plot_series_compute (PlateauPlotContext *context, const PlateauPlotGroup *group,
                              const PlateauStudyCell *only, PlotMetric metric, const char *unit,
                              const GArray *chosen, PlotSeries *series, GError **error);
void plot_series_clear (PlotSeries *series);
void plot_add_outliers (PlateauPlotContext *context, const PlateauPlotGroup *group,
                        const PlateauStudyCell *only, PlotMetric metric, const char *unit,
                        const GArray *chosen);
PlateauLayer *plot_series_add_layer (PlateauPlotContext *context, const PlateauPlotGroup *group,
                                     const PlateauStudyCell *only, PlotSeries *series,
                                     const char *id, const char *label);
guint plot_last_cycle (PlateauPlotContext *context, GError **error);
char *plot_group_label (const PlateauPlotGroup *group);
char *plot_unit_markup (const char *unit_id);
double plot_c_rate (const PlateauStudyCell *cell, double current);
char *plot_rate_label (double c_rate);
/* What 1C means for the chosen samples, in a corner. */
void plot_state_one_c (PlateauPlotContext *context);
guint plot_retention_reference (PlateauPlotContext *context);
char *plot_conditions (PlateauPlotContext *context, gboolean replicates);
/* Cycle numbers to show: the panel's choice, or one cycle a rate for "rates". */
GArray *plot_choose_cycles (PlateauPlotContext *context, GError **error);

/* Which reported values a plot shows beside its own. */
typedef struct
{
  const char *quantity, *unit; /* as in the table of reported values */
  gboolean against_rate;       /* x is the C-rate, else the cycle */
  double cycle;                /* of values that name none; NaN: those are left out */
  gboolean use_y2;
} PlotReported;

#define PLOT_REPORTED_OPTION(type)                                                                 \
  {                                                                                                \
    "reported", N_ ("Reported values"),                                                            \
        N_ ("What studies report for samples of the same name, as open diamonds"),                 \
        PLATEAU_OPTION_BOOLEAN, G_STRUCT_OFFSET (type, reported), NULL, 0, 0, NULL, NULL           \
  }

PlateauLiterature *plot_literature_new (PlateauPlotContext *context);
void plot_add_reported (PlateauPlotContext *context, const PlateauPlotGroup *group,
                        const PlotReported *what);

G_END_DECLS
