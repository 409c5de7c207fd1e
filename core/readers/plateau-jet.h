/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "readers/plateau-input.h"

G_BEGIN_DECLS

/* Tables of an Access 97-2003 database. No index, map of pages or count is believed: a table is
 * what the pages that name it as their owner hold, so a damaged file gives the rows that are
 * left. */
typedef struct _PlateauJet PlateauJet;

/* One table with all its rows. Numbers are columns of doubles (dates as days since 1899-12-30,
 * absent values NaN); texts are kept only when asked for. */
typedef struct
{
  guint n_columns;
  char **names;
  double **numbers; /* NULL for a column of text */
  char ***texts;    /* NULL for a column of numbers; entries may be NULL */
  gsize n_rows;
} PlateauJetTable;

PlateauJet *plateau_jet_open (PlateauInput *input, GCancellable *cancellable, GError **error);
void plateau_jet_close (PlateauJet *jet);
gboolean plateau_jet_has_table (PlateauJet *jet, const char *table);
char *plateau_jet_list_tables (PlateauJet *jet);
PlateauJetTable *plateau_jet_read_table (PlateauJet *jet, const char *table, gboolean with_text,
                                         GCancellable *cancellable, GError **error);
void plateau_jet_table_free (PlateauJetTable *table);
int plateau_jet_table_find (const PlateauJetTable *table, const char *column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauJet, plateau_jet_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauJetTable, plateau_jet_table_free)

G_END_DECLS
