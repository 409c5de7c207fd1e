/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "analysis/plateau-cycles.h"
#include "base/plateau-option.h"
#include "figure/plateau-figure.h"

G_BEGIN_DECLS

/* A plot kind turns a selection of a study into axes, layers and a table. One file in plots/ and
 * one line in the table of plateau-plot-kind.c. The "plot" object of a panel:
 *   {"kind": "capacity-cycle", "samples": [3, "S-LRMO", "$modified"], "cells": [7],
 *    "cycles": "1, 2, 10-100", "tests": "first", "replicates": 1, "options": {...}}
 * samples: ids, names, or "$pristine", "$control", "$modified" (the first of that role; "$modified2"
 * the second) or "$all"; cells: ids or names, else all cells of the samples that are not left out.
 * "family" limits the names to one family. */

typedef struct
{
  const PlateauStudySample *sample; /* NULL: cells without one, one group a cell */
  guint n_cells;
  const PlateauStudyCell **cells;
  PlateauSlot slot; /* its look */
  char *name;       /* of the sample or the cell, plain */
} PlateauPlotGroup;

typedef struct
{
  PlateauStudy *study;
  PlateauCache *cache;
  GCancellable *cancellable;
  JsonObject *plot;
  guint n_groups;
  PlateauPlotGroup *groups;
  const char *cycles; /* text of the choice, "" when none */
  PlateauNotation notation; /* of temperatures; units per gram are rewritten when all is built */
  PlateauPanel *panel; /* to be filled */
  gboolean outliers_noted; /* the panel says what its crosses are */
} PlateauPlotContext;

typedef struct
{
  const char *id;    /* "capacity-cycle": stable, in documents */
  const char *label; /* N_("Capacity and efficiency against cycle") */
  const char *page;  /* the page it belongs to: "cycling", "dqdv", ... */
  PlateauKinds needs; /* cells must have one of these measurements */
  const PlateauOption *options; /* NULL: none */
  gsize options_size;
  const void *options_init; /* defaults, options_size bytes */
  /* Fills context->panel. FALSE and @error: the panel shows the message; the figure lives on. */
  gboolean (*build) (PlateauPlotContext *context, gconstpointer options, GError **error);
} PlateauPlotKind;

const PlateauPlotKind *const *plateau_plot_kind_list (guint *n_kinds);
const PlateauPlotKind *plateau_plot_kind_find (const char *id);

/* Why a plot of this kind is empty with these cells; (transfer full). */
char *plateau_plot_dup_missing (const PlateauPlotKind *kind, const PlateauStudyCell *const *cells,
                                guint n_cells);

/* For binding: the cells that the "plot" asks for, as groups of the context. */
void plateau_plot_select (PlateauPlotContext *context, PlateauKinds needs);
void plateau_plot_unselect (PlateauPlotContext *context);

/* For plot kinds: results shared through the cache; all (transfer full). */
char *plateau_plot_cell_key (const PlateauStudyCell *cell, PlateauKinds kinds);
PlateauRecording *plateau_plot_get_recording (PlateauPlotContext *context,
                                              const PlateauStudyCell *cell, PlateauKinds kinds,
                                              GError **error);
GPtrArray *plateau_plot_get_spectra (PlateauPlotContext *context, const PlateauStudyCell *cell,
                                     GError **error);
PlateauCycles *plateau_plot_get_cycles (PlateauPlotContext *context, const PlateauStudyCell *cell,
                                        GError **error);
/* Settings of an analysis: the study's, then those of the panel's "plot" under @analysis. */
gboolean plateau_plot_get_settings (PlateauPlotContext *context, const char *analysis,
                                    const PlateauOption *table, gpointer options, GError **error);

/* For plot kinds: looks */
void plateau_layer_style_for_slot (PlateauLayerStyle *style, PlateauSlot slot);
double plateau_plot_shade (guint index, guint n); /* amount of a cycle's colour */
gboolean plateau_plot_wants_colour_bar (PlateauPlotContext *context, guint n_curves);
GArray *plateau_plot_choose_spectra (const char *choice, GPtrArray *spectra);
GArray *plateau_plot_choose_cycles (const char *text, guint last); /* of guint, rising; "" all */
char *plateau_plot_markup (const char *plain); /* escaped; Li+/Li gets its superscript */
void plateau_plot_set_potential_axis (PlateauPlotContext *context, PlateauAxisId axis);
const char *plateau_plot_capacity_unit (PlateauPlotContext *context, const char *wanted);
double plateau_plot_normalise (const PlateauStudyCell *cell, double charge, const char *unit_id);

G_END_DECLS
