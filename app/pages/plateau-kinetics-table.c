/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-kinetics-table.h"

#include "analysis/plateau-conductivity.h"
#include "analysis/plateau-gitt.h"
#include "analysis/plateau-hold.h"
#include "analysis/plateau-voltammetry.h"

#include <glib/gi18n.h>
#include <math.h>

#define NUMBERS 1000000 /* rows that a cell can have in a tag */

gint64
plateau_kinetics_tag_get_cell (gint64 tag)
{
  return tag / NUMBERS;
}

int
plateau_kinetics_tag_get_number (gint64 tag)
{
  return (int) (tag % NUMBERS);
}

/* A column with the unit of another table's. */
static void
copy_column (PlateauTable *to, PlateauTable *from, guint column)
{
  const char *unit = plateau_table_get_unit_label (from, column);
  const char *label = plateau_table_get_label (from, column);
  g_autofree char *head = unit != NULL && *unit != 0 ? g_strdup_printf ("%s (%s)", label, unit)
                                                     : g_strdup (label);
  plateau_table_add_column (to, plateau_table_get_key (from, column), head, NULL,
                            plateau_table_get_column_type (from, column), 5);
}

/* Adds the rows of one cell's table behind a column with its name. */
static void
append_cell (PlateauTable **all, const PlateauStudyCell *cell, PlateauTable *own)
{
  guint n = plateau_table_get_n_columns (own);
  if (*all == NULL)
    {
      *all = plateau_table_new (plateau_table_get_title (own));
      plateau_table_add_column (*all, "cell", _ ("Cell"), NULL, PLATEAU_COLUMN_TEXT, 0);
      for (guint c = 0; c < n; c++)
        copy_column (*all, own, c);
    }
  for (guint r = 0; r < plateau_table_get_n_rows (own); r++)
    {
      guint row = plateau_table_add_row (*all);
      plateau_table_set_row_tag (*all, row,
                                 cell->id * NUMBERS + plateau_table_get_row_tag (own, r));
      plateau_table_set_text (*all, row, 0, cell->name);
      for (guint c = 0; c < n; c++)
        if (plateau_table_get_column_type (own, c) == PLATEAU_COLUMN_TEXT)
          plateau_table_set_text (*all, row, c + 1, plateau_table_get_text (own, r, c));
        else
          plateau_table_set_number (*all, row, c + 1, plateau_table_get_number (own, r, c));
    }
}

typedef PlateauTable *(*CellTableFunc) (PlateauStudy *study, const PlateauStudyCell *cell,
                                        GCancellable *cancellable, GError **error);

static PlateauTable *
table_of_cells (PlateauStudy *study, const GArray *cells, PlateauKinds kind, CellTableFunc make,
                GCancellable *cancellable, GError **error)
{
  PlateauTable *all = NULL;
  for (guint i = 0; i < cells->len; i++)
    {
      const PlateauStudyCell *cell = plateau_study_find_cell (study,
                                                              g_array_index (cells, gint64, i));
      if (cell == NULL || !(cell->kinds & kind))
        continue;
      g_autoptr (PlateauTable) own = make (study, cell, cancellable, error);
      if (own == NULL)
        {
          g_clear_pointer (&all, plateau_table_unref);
          return NULL;
        }
      append_cell (&all, cell, own);
    }
  return all != NULL ? all : plateau_table_new ("");
}

static gboolean
read_settings (PlateauStudy *study, const char *analysis, const PlateauOption *table,
               gpointer options, GError **error)
{
  JsonObject *settings = plateau_study_get_settings (study, analysis);
  return settings == NULL || plateau_options_from_json (table, options, settings, error);
}

static double
offset_of (const PlateauStudyCell *cell)
{
  return isnan (cell->reference_offset) ? 0 : cell->reference_offset;
}

static PlateauTable *
gitt_of_cell (PlateauStudy *study, const PlateauStudyCell *cell, GCancellable *cancellable,
              GError **error)
{
  PlateauGittOptions options = PLATEAU_GITT_OPTIONS_INIT;
  PlateauTable *table = NULL;
  g_autoptr (PlateauRecording) recording = plateau_measurements_load_recording (
      cell->measurements, PLATEAU_KIND_GITT, error);
  if (recording != NULL
      && read_settings (study, "gitt", plateau_gitt_option_table, &options, error))
    {
      g_autoptr (PlateauGitt)
          gitt = plateau_gitt_analyse_cell (recording, cell, &options, cancellable, error);
      if (gitt != NULL)
        table = plateau_gitt_table (gitt, cell->active_mass, offset_of (cell));
    }
  plateau_options_clear (plateau_gitt_option_table, &options);
  return table;
}

static PlateauTable *
cv_of_cell (PlateauStudy *study, const PlateauStudyCell *cell, GCancellable *cancellable,
            GError **error)
{
  PlateauVoltammetryOptions options = PLATEAU_VOLTAMMETRY_OPTIONS_INIT;
  g_autoptr (PlateauRecording)
      recording = plateau_measurements_load_recording (cell->measurements, PLATEAU_KIND_CV, error);
  if (recording == NULL
      || !read_settings (study, "cv", plateau_voltammetry_option_table, &options, error))
    return NULL;
  g_autoptr (PlateauVoltammetry)
      cv = plateau_voltammetry_analyse (recording, &options, cancellable, error);
  return cv != NULL ? plateau_voltammetry_table (cv, offset_of (cell)) : NULL;
}

static PlateauTable *
hold_of_cell (PlateauStudy *study, const PlateauStudyCell *cell, GCancellable *cancellable,
              GError **error)
{
  PlateauHoldOptions options = PLATEAU_HOLD_OPTIONS_INIT;
  g_autoptr (PlateauRecording) recording = plateau_measurements_load_recording (
      cell->measurements, PLATEAU_KIND_HOLD, error);
  if (recording == NULL
      || !read_settings (study, "hold", plateau_hold_option_table, &options, error))
    return NULL;
  g_autoptr (PlateauHolds) holds = plateau_holds_analyse (recording, &options, cancellable, error);
  return holds != NULL ? plateau_holds_table (holds, offset_of (cell)) : NULL;
}

static PlateauTable *
conductivity_of_cell (PlateauStudy *study, const PlateauStudyCell *cell, GCancellable *cancellable,
                      GError **error)
{
  PlateauConductivityOptions options = PLATEAU_CONDUCTIVITY_OPTIONS_INIT;
  g_autoptr (PlateauConductivityBuilder) builder = plateau_conductivity_builder_new ();
  g_autoptr (GPtrArray) spectra = plateau_measurements_load_spectra (cell->measurements, error);
  if (spectra == NULL)
    return NULL;
  PlateauTable *table = NULL;
  if (read_settings (study, "conductivity", plateau_conductivity_option_table, &options, error)
      && plateau_conductivity_builder_add_spectra (builder, cell->name, spectra, cell->temperature,
                                                   cell->thickness, cell->area, &options,
                                                   cancellable, error))
    {
      g_autoptr (PlateauConductivity) result = plateau_conductivity_builder_finish (
          g_steal_pointer (&builder), &options, error);
      if (result != NULL)
        table = plateau_conductivity_table (result);
    }
  plateau_options_clear (plateau_conductivity_option_table, &options);
  return table;
}

PlateauTable *
plateau_kinetics_gitt_table (PlateauStudy *study, const GArray *cells, GCancellable *cancellable,
                             GError **error)
{
  return table_of_cells (study, cells, PLATEAU_KIND_GITT, gitt_of_cell, cancellable, error);
}

PlateauTable *
plateau_kinetics_cv_table (PlateauStudy *study, const GArray *cells, GCancellable *cancellable,
                           GError **error)
{
  return table_of_cells (study, cells, PLATEAU_KIND_CV, cv_of_cell, cancellable, error);
}

PlateauTable *
plateau_kinetics_hold_table (PlateauStudy *study, const GArray *cells, GCancellable *cancellable,
                             GError **error)
{
  return table_of_cells (study, cells, PLATEAU_KIND_HOLD, hold_of_cell, cancellable, error);
}

/* Only pellets: cells with a thickness. */
PlateauTable *
plateau_kinetics_conductivity_table (PlateauStudy *study, const GArray *cells,
                                     GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) pellets = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < cells->len; i++)
    {
      gint64 id = g_array_index (cells, gint64, i);
      const PlateauStudyCell *cell = plateau_study_find_cell (study, id);
      if (cell != NULL && cell->thickness > 0)
        g_array_append_val (pellets, id);
    }
  return table_of_cells (study, pellets, PLATEAU_KIND_EIS, conductivity_of_cell, cancellable,
                         error);
}
