/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/plateau-table.h"
#include "data/plateau-study.h"
#include "plateau-job.h"

G_BEGIN_DECLS

/* The numbers of several cells in one table, for the pages of kinetics. The tag of a row is that
 * of its cell and of its number within the cell; see plateau_kinetics_tag_get_cell(). */
typedef PlateauTable *(*PlateauKineticsTableFunc) (PlateauStudy *study, const GArray *cells,
                                                   GCancellable *cancellable, GError **error);

PlateauTable *plateau_kinetics_gitt_table (PlateauStudy *study, const GArray *cells,
                                           GCancellable *cancellable, GError **error);
PlateauTable *plateau_kinetics_cv_table (PlateauStudy *study, const GArray *cells,
                                         GCancellable *cancellable, GError **error);
PlateauTable *plateau_kinetics_hold_table (PlateauStudy *study, const GArray *cells,
                                           GCancellable *cancellable, GError **error);
PlateauTable *plateau_kinetics_relaxation_table (PlateauStudy *study, const GArray *cells,
                                                 GCancellable *cancellable, GError **error);
PlateauTable *plateau_kinetics_conductivity_table (PlateauStudy *study, const GArray *cells,
                                                   GCancellable *cancellable, GError **error);

gint64 plateau_kinetics_tag_get_cell (gint64 tag);
int plateau_kinetics_tag_get_number (gint64 tag);

/* A job that makes the table of @cells (of gint64; taken); the page adds what is done with it. */
PlateauJobSpec plateau_kinetics_table_job (PlateauStudy *study, GArray *cells,
                                           PlateauKineticsTableFunc make);

G_END_DECLS
