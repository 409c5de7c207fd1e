/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "data/plateau-measurement.h"
#include "data/plateau-sample.h"

G_BEGIN_DECLS

#define PLATEAU_TYPE_CELL (plateau_cell_get_type ())
G_DECLARE_FINAL_TYPE (PlateauCell, plateau_cell, PLATEAU, CELL, GObject)

/* One assembled cell. Properties (all writable, SI, NaN or "" where not given):
 *   id (int64, set by the project), name, sample (PlateauSample, NULL: not yet assigned),
 *   active-mass (kg), area (m2), thickness (m), reference-offset (V, added to potentials for
 *   display; 0 by default), reference-name ("Li+/Li": what potentials are then against),
 *   test (what it was made to do, "rate", "0.2C": cells of one sample and one test are replicates),
 *   electrolyte, anode, temperature (K), pressure (Pa), composite-mass (kg), active-fraction,
 *   channel, tags (comma separated), note, fields (a{ss} GVariant of free fields),
 *   excluded (gboolean), exclusion-reason
 * Signal measurements-changed. */
PlateauCell *plateau_cell_new (const char *name);
gint64 plateau_cell_get_id (PlateauCell *cell);
void plateau_cell_set_id (PlateauCell *cell, gint64 id);
const char *plateau_cell_get_name (PlateauCell *cell);
PlateauSample *plateau_cell_get_sample (PlateauCell *cell);
double plateau_cell_get_active_mass (PlateauCell *cell);
double plateau_cell_get_area (PlateauCell *cell);
double plateau_cell_get_thickness (PlateauCell *cell);
double plateau_cell_get_reference_offset (PlateauCell *cell);
double plateau_cell_get_temperature (PlateauCell *cell);
double plateau_cell_get_loading (PlateauCell *cell); /* kg/m2: active mass over area, or NaN */
double plateau_cell_get_one_c (PlateauCell *cell);   /* A that 1C means for this cell, or NaN */
gboolean plateau_cell_get_excluded (PlateauCell *cell);
char *plateau_cell_dup_property_text (PlateauCell *cell, const char *property);

void plateau_cell_add_measurement (PlateauCell *cell, PlateauMeasurement *measurement);
void plateau_cell_insert_measurement (PlateauCell *cell, PlateauMeasurement *measurement,
                                      guint position);
void plateau_cell_remove_measurement (PlateauCell *cell, PlateauMeasurement *measurement);
void plateau_cell_replace_measurement (PlateauCell *cell, PlateauMeasurement *old,
                                       PlateauMeasurement *replacement);
guint plateau_cell_get_n_measurements (PlateauCell *cell);
PlateauMeasurement *plateau_cell_get_measurement (PlateauCell *cell, guint index);
PlateauKinds plateau_cell_get_kinds (PlateauCell *cell);

/* All recordings joined in time order, and all spectra in order. Thread-safe snapshots: take the
 * list of measurements on the main thread, load it anywhere. */
GPtrArray *plateau_cell_list_measurements (PlateauCell *cell);
PlateauRecording *plateau_measurements_load_recording (GPtrArray *measurements, PlateauKinds kinds,
                                                       GError **error);
GPtrArray *plateau_measurements_load_spectra (GPtrArray *measurements, GError **error);

G_END_DECLS
