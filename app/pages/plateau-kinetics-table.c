/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-kinetics-table.h"

#include "analysis/plateau-conductivity.h"
#include "analysis/plateau-gitt.h"
#include "analysis/plateau-hold.h"
#include "analysis/plateau-voltammetry.h"
#include "base/plateau-error.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* Tests with rests that are worth a look. */
#define RESTING (PlateauKinds) (PLATEAU_KIND_OCV | PLATEAU_KIND_HOLD)

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
  const PlateauUnit *unit = plateau_table_get_unit (from, column);
  plateau_table_add_column (to, plateau_table_get_key (from, column),
                            plateau_table_get_label (from, column), unit != NULL ? unit->id : NULL,
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
        plateau_table_copy_cell (*all, row, c + 1, own, r, c);
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

static PlateauGitt *
titration_of (PlateauStudy *study, const PlateauStudyCell *cell, PlateauRecording **recording,
              GCancellable *cancellable, GError **error)
{
  PlateauGittOptions options = PLATEAU_GITT_OPTIONS_INIT;
  PlateauGitt *gitt = NULL;
  *recording = plateau_measurements_load_recording (cell->measurements, PLATEAU_KIND_GITT, error);
  if (*recording != NULL
      && read_settings (study, "gitt", plateau_gitt_option_table, &options, error))
    gitt = plateau_gitt_analyse_cell (*recording, cell, &options, cancellable, error);
  plateau_options_clear (plateau_gitt_option_table, &options);
  return gitt;
}

static PlateauTable *
gitt_of_cell (PlateauStudy *study, const PlateauStudyCell *cell, GCancellable *cancellable,
              GError **error)
{
  g_autoptr (PlateauRecording) recording = NULL;
  g_autoptr (PlateauGitt) gitt = titration_of (study, cell, &recording, cancellable, error);
  return gitt != NULL ? plateau_gitt_table (gitt, cell->active_mass, offset_of (cell)) : NULL;
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

static PlateauHolds *
holds_of (PlateauStudy *study, const PlateauStudyCell *cell, PlateauKinds kinds,
          GCancellable *cancellable, GError **error)
{
  PlateauHoldOptions options = PLATEAU_HOLD_OPTIONS_INIT;
  g_autoptr (PlateauRecording)
      recording = plateau_measurements_load_recording (cell->measurements, kinds, error);
  if (recording == NULL
      || !read_settings (study, "hold", plateau_hold_option_table, &options, error))
    return NULL;
  return plateau_holds_analyse (recording, &options, cancellable, error);
}

static PlateauTable *
hold_of_cell (PlateauStudy *study, const PlateauStudyCell *cell, GCancellable *cancellable,
              GError **error)
{
  g_autoptr (PlateauHolds) holds = holds_of (study, cell, PLATEAU_KIND_HOLD, cancellable, error);
  return holds != NULL ? plateau_holds_table (holds, offset_of (cell)) : NULL;
}

static PlateauTable *
relaxation_of_cell (PlateauStudy *study, const PlateauStudyCell *cell, GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (PlateauHolds) holds = holds_of (study, cell, RESTING, cancellable, error);
  return holds != NULL ? plateau_relaxations_table (holds, offset_of (cell)) : NULL;
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

static gboolean
add_points (PlateauStudy *study, const PlateauStudyCell *cell,
            const PlateauConductivityOptions *options, PlateauConductivityBuilder *builder,
            GCancellable *cancellable, GError **error)
{
  if (options->quantity == PLATEAU_TRANSPORT_DIFFUSION)
    {
      g_autoptr (PlateauRecording) recording = NULL;
      g_autoptr (PlateauGitt) gitt = titration_of (study, cell, &recording, cancellable, error);
      if (gitt != NULL)
        plateau_conductivity_builder_add_titration (builder, cell->name, cell->temperature,
                                                    recording, gitt);
      return gitt != NULL;
    }
  g_autoptr (GPtrArray) spectra = plateau_measurements_load_spectra (cell->measurements, error);
  return spectra != NULL
         && plateau_conductivity_builder_add_spectra (builder, cell->name, spectra,
                                                      cell->temperature, cell->thickness,
                                                      cell->area, cell->sample, cancellable, error);
}

/* Rows of one sample: its points, each with the activation energy of the sample's line. */
static void
append_sample (PlateauTable **all, PlateauStudy *study, const GArray *cells, const char *sample,
               PlateauConductivity *conductivity)
{
  g_autoptr (PlateauTable) own = plateau_conductivity_table (conductivity);
  guint n = plateau_table_get_n_columns (own);
  if (*all == NULL)
    {
      *all = plateau_table_new (plateau_table_get_title (own));
      plateau_table_add_column (*all, "sample", _ ("Sample"), NULL, PLATEAU_COLUMN_TEXT, 0);
      for (guint c = 0; c < n; c++)
        copy_column (*all, own, c);
      plateau_table_add_column (*all, "activation_energy_eV", _ ("Activation energy (eV)"), NULL,
                                PLATEAU_COLUMN_NUMBER, 4);
      plateau_table_add_column (*all, "activation_energy_stderr_eV", _ ("Its standard error (eV)"),
                                NULL, PLATEAU_COLUMN_NUMBER, 2);
      plateau_table_add_column (*all, "form", _ ("Line"), NULL, PLATEAU_COLUMN_TEXT, 0);
    }
  for (guint r = 0; r < conductivity->n_points; r++)
    {
      guint row = plateau_table_add_row (*all);
      for (guint i = 0; i < cells->len; i++)
        {
          gint64 id = g_array_index (cells, gint64, i);
          if (strcmp (plateau_study_find_cell (study, id)->name, conductivity->points[r].label)
              == 0)
            plateau_table_set_row_tag (*all, row, id * NUMBERS + conductivity->points[r].number);
        }
      plateau_table_set_text (*all, row, 0, sample);
      for (guint c = 0; c < n; c++)
        plateau_table_copy_cell (*all, row, c + 1, own, r, c);
      plateau_table_set_number (*all, row, n + 1, conductivity->fit.activation_energy);
      plateau_table_set_number (*all, row, n + 2, conductivity->fit.activation_energy_stderr);
      plateau_table_set_text (*all, row, n + 3, plateau_conductivity_get_form (conductivity));
    }
}

/* The cells of one sample that have the quantity, taken out of @cells. */
static GPtrArray *
take_sample (PlateauStudy *study, GArray *cells, const PlateauConductivityOptions *options)
{
  GPtrArray *taken = g_ptr_array_new ();
  for (guint i = 0; i < cells->len;)
    {
      const PlateauStudyCell *cell = plateau_study_find_cell (study,
                                                              g_array_index (cells, gint64, i));
      const PlateauStudyCell *first = taken->len > 0 ? taken->pdata[0] : cell;
      gboolean wanted = cell != NULL && plateau_conductivity_takes (options, cell);
      if (wanted && first->sample != cell->sample)
        {
          i++;
          continue;
        }
      if (wanted)
        g_ptr_array_add (taken, (gpointer) cell);
      g_array_remove_index (cells, i);
    }
  return taken;
}

static gboolean
add_sample (PlateauTable **all, PlateauStudy *study, const GArray *cells, GPtrArray *of_sample,
            const PlateauConductivityOptions *options, GCancellable *cancellable, GError **error)
{
  g_autoptr (PlateauConductivityBuilder) builder = plateau_conductivity_builder_new (options);
  const PlateauStudyCell *first = of_sample->pdata[0];
  for (guint i = 0; i < of_sample->len; i++)
    if (!add_points (study, of_sample->pdata[i], options, builder, cancellable, error))
      return FALSE;
  g_autoptr (PlateauConductivity) conductivity = plateau_conductivity_builder_finish (
      g_steal_pointer (&builder), cancellable, error);
  if (conductivity == NULL)
    return FALSE;
  append_sample (all, study, cells, first->sample != NULL ? first->sample->name : first->name,
                 conductivity);
  return TRUE;
}

PlateauTable *
plateau_kinetics_relaxation_table (PlateauStudy *study, const GArray *cells,
                                   GCancellable *cancellable, GError **error)
{
  return table_of_cells (study, cells, RESTING, relaxation_of_cell, cancellable, error);
}

PlateauTable *
plateau_kinetics_conductivity_table (PlateauStudy *study, const GArray *cells,
                                     GCancellable *cancellable, GError **error)
{
  PlateauConductivityOptions options = PLATEAU_CONDUCTIVITY_OPTIONS_INIT;
  g_autoptr (GArray) left = g_array_copy ((GArray *) cells);
  PlateauTable *all = NULL;
  gboolean good = read_settings (study, "conductivity", plateau_conductivity_option_table, &options,
                                 error);
  while (good && left->len > 0)
    {
      g_autoptr (GPtrArray) of_sample = take_sample (study, left, &options);
      g_autoptr (GError) failed = NULL;
      if (of_sample->len == 0
          || add_sample (&all, study, cells, of_sample, &options, cancellable, &failed)
          || g_error_matches (failed, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA))
        continue; /* a sample without such a value is noted in the plot */
      g_propagate_error (error, g_steal_pointer (&failed));
      good = FALSE;
    }
  plateau_options_clear (plateau_conductivity_option_table, &options);
  if (!good)
    {
      g_clear_pointer (&all, plateau_table_unref);
      return NULL;
    }
  return all != NULL ? all : plateau_table_new ("");
}

typedef struct
{
  PlateauStudy *study;
  GArray *cells;
  PlateauKineticsTableFunc make;
} TableInput;

static void
table_input_free (TableInput *input)
{
  plateau_study_unref (input->study);
  g_array_unref (input->cells);
  g_free (input);
}

static gpointer
build_table (gpointer data, PlateauJob *job, GCancellable *cancellable, GError **error)
{
  TableInput *input = data;
  return input->make (input->study, input->cells, cancellable, error);
}

PlateauJobSpec
plateau_kinetics_table_job (PlateauStudy *study, GArray *cells, PlateauKineticsTableFunc make)
{
  TableInput *input = g_new0 (TableInput, 1);
  input->study = plateau_study_ref (study);
  input->cells = cells;
  input->make = make;
  return (PlateauJobSpec){
    .title = _ ("Evaluating"),
    .run = build_table,
    .input = input,
    .free_input = (GDestroyNotify) table_input_free,
    .free_result = (GDestroyNotify) plateau_table_unref,
  };
}
