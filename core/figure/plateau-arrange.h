/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/plateau-figure.h"

G_BEGIN_DECLS

/* Where a panel stands in the grid. */
typedef struct
{
  guint column, row, column_span, row_span;
} PlateauGridPlace;

/* The grid of a figure at some width. */
typedef struct
{
  guint columns, rows;
  double *column_weights, *row_weights; /* NULL: equal */
  PlateauGridPlace *places;             /* one a panel */
  double height_mm;
} PlateauArrangement;

PlateauArrangement *plateau_arrangement_new (PlateauFigure *figure);
PlateauArrangement *plateau_arrangement_new_narrow (PlateauFigure *figure, double width_mm,
                                                    const PlateauStyle *style);
double plateau_grid_offset (const double *weights, guint n, guint line);
void plateau_arrangement_free (PlateauArrangement *arrangement);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauArrangement, plateau_arrangement_free)

G_END_DECLS
