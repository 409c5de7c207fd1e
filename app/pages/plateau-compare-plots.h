/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-compare-view.h"
#include "plateau-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The small multiples of the Compare page: the chosen metric, the first cycle, rate capability, and
 * retention or the samples among reported values. */
#define PLATEAU_TYPE_COMPARE_PLOTS (plateau_compare_plots_get_type ())
G_DECLARE_FINAL_TYPE (PlateauComparePlots, plateau_compare_plots, PLATEAU, COMPARE_PLOTS, GtkWidget)

typedef struct
{
  gboolean all;         /* the metric of every sample of the family */
  gboolean boxes;       /* box plots */
  gboolean reported;    /* values that studies report */
  gboolean metric_only; /* the other plots stay */
} PlateauComparePlotsShown;

GtkWidget *plateau_compare_plots_new (PlateauDocument *document);
void plateau_compare_plots_show (PlateauComparePlots *plots, const PlateauCompareChoice *choice,
                                 const PlateauComparePlotsShown *shown);
void plateau_compare_plots_say (PlateauComparePlots *plots, const char *message);
/* All that is shown as one document; (transfer full), or NULL. */
JsonNode *plateau_compare_plots_dup_figure (PlateauComparePlots *plots);

G_END_DECLS
