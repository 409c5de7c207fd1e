/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "data/plateau-cell.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define PLATEAU_TYPE_PROJECT (plateau_project_get_type ())
G_DECLARE_FINAL_TYPE (PlateauProject, plateau_project, PLATEAU, PROJECT, GObject)

/* Samples, cells, settings and figures. Lives on one thread. Properties: title, note,
 * simulated (gboolean: the data are not measurements; every output says so).
 * Signals: changed (anything), settings-changed (detail: the analysis' id). */
PlateauProject *plateau_project_new (void);
const char *plateau_project_get_title (PlateauProject *project);
void plateau_project_set_title (PlateauProject *project, const char *title);
gboolean plateau_project_get_simulated (PlateauProject *project);

GListModel *plateau_project_get_samples (PlateauProject *project); /* of PlateauSample */
GListModel *plateau_project_get_cells (PlateauProject *project);   /* of PlateauCell */

/* Ids are given here when they are 0; removing keeps the object alive for undo. */
void plateau_project_add_sample (PlateauProject *project, PlateauSample *sample);
void plateau_project_remove_sample (PlateauProject *project, PlateauSample *sample);
void plateau_project_insert_sample (PlateauProject *project, PlateauSample *sample, guint position);
void plateau_project_add_cell (PlateauProject *project, PlateauCell *cell);
void plateau_project_insert_cell (PlateauProject *project, PlateauCell *cell, guint position);
void plateau_project_remove_cell (PlateauProject *project, PlateauCell *cell);
void plateau_project_move_cell (PlateauProject *project, PlateauCell *cell, guint position);
PlateauSample *plateau_project_find_sample (PlateauProject *project, gint64 id);
PlateauSample *plateau_project_find_sample_named (PlateauProject *project, const char *name,
                                                  const char *family);
PlateauCell *plateau_project_find_cell (PlateauProject *project, gint64 id);
PlateauCell *plateau_project_find_cell_named (PlateauProject *project, const char *name);
GPtrArray *plateau_project_list_cells_of (PlateauProject *project, PlateauSample *sample,
                                          gboolean with_excluded);
GPtrArray *plateau_project_list_samples_ordered (PlateauProject *project); /* family, then role */

/* Settings of an analysis ("cycles", "drt") as the JSON of plateau_options_to_json(). */
JsonObject *plateau_project_get_settings (PlateauProject *project, const char *analysis);
void plateau_project_set_settings (PlateauProject *project, const char *analysis,
                                   JsonObject *settings);
char **plateau_project_list_settings (PlateauProject *project);

/* Figures as versioned JSON documents, by name, in order. */
guint plateau_project_get_n_figures (PlateauProject *project);
const char *plateau_project_get_figure_name (PlateauProject *project, guint index);
JsonNode *plateau_project_get_figure (PlateauProject *project, const char *name);
void plateau_project_set_figure (PlateauProject *project, const char *name, JsonNode *document);
void plateau_project_insert_figure (PlateauProject *project, const char *name, JsonNode *document,
                                    guint position);
void plateau_project_remove_figure (PlateauProject *project, const char *name);

G_END_DECLS
