/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "data/plateau-recording.h"
#include "data/plateau-spectrum.h"

G_BEGIN_DECLS

/* Where a measurement came from. */
typedef struct
{
  char *uri;       /* as it was opened, may no longer exist */
  char *name;      /* display name of the file */
  guint64 size;    /* bytes */
  gint64 modified; /* Unix time, microseconds */
  char *sha256;    /* NULL until computed */
  char *reader;    /* id */
  guint reader_version;
  char *part; /* which test or sheet of the file, or NULL */
} PlateauSource;

PlateauSource *plateau_source_new (const char *uri, const char *name, guint64 size,
                                   gint64 modified);
PlateauSource *plateau_source_copy (const PlateauSource *source);
void plateau_source_free (PlateauSource *source);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauSource, plateau_source_free)

typedef enum
{
  PLATEAU_KIND_CYCLING = 1 << 0,
  PLATEAU_KIND_GITT = 1 << 1,
  PLATEAU_KIND_CV = 1 << 2,
  PLATEAU_KIND_EIS = 1 << 3,
  PLATEAU_KIND_OCV = 1 << 4,
  PLATEAU_KIND_HOLD = 1 << 5,
} PlateauKinds;

/* What one test in one file holds: at most one recording, any number of spectra, what the file
 * says about the cell, and what the reader has to say about the file. Immutable after reading
 * except that a measurement of a project loads its columns when they are first asked for; that is
 * safe from any thread. */
typedef struct _PlateauMeasurement PlateauMeasurement;

/* Fetches the columns of a stored measurement; called at most once at a time. */
typedef gboolean (*PlateauMeasurementLoader) (PlateauMeasurement *measurement, gpointer user_data,
                                              PlateauRecording **recording, GPtrArray **spectra,
                                              GError **error);

PlateauKinds plateau_recording_guess_kinds (PlateauRecording *recording);

PlateauMeasurement *plateau_measurement_new (PlateauSource *source /* transfer full */);
PlateauMeasurement *plateau_measurement_ref (PlateauMeasurement *measurement);
void plateau_measurement_unref (PlateauMeasurement *measurement);

/* While reading */
void plateau_measurement_set_recording (PlateauMeasurement *m, PlateauRecording *recording);
void plateau_measurement_add_spectrum (PlateauMeasurement *m, PlateauSpectrum *spectrum);
void plateau_measurement_set_info (PlateauMeasurement *m, const char *key, const char *value);
void plateau_measurement_warn (PlateauMeasurement *m, const char *format, ...) G_GNUC_PRINTF (2, 3);
void plateau_measurement_add_warnings (PlateauMeasurement *m, GPtrArray *texts);
void plateau_measurement_set_kinds (PlateauMeasurement *m, PlateauKinds kinds);
void plateau_measurement_set_loader (PlateauMeasurement *m, guint64 n_rows, guint n_spectra,
                                     PlateauMeasurementLoader loader, gpointer user_data,
                                     GDestroyNotify destroy);
void plateau_measurement_unload (PlateauMeasurement *m);

/* Reading out */
const PlateauSource *plateau_measurement_get_source (PlateauMeasurement *m);
void plateau_measurement_set_sha256 (PlateauMeasurement *m, const char *sha256);
void plateau_measurement_relocate (PlateauMeasurement *m, const char *uri, gint64 modified);
PlateauRecording *plateau_measurement_ref_recording (PlateauMeasurement *m, GError **error);
GPtrArray *plateau_measurement_ref_spectra (PlateauMeasurement *m, GError **error);
guint64 plateau_measurement_get_n_rows (PlateauMeasurement *m);
guint plateau_measurement_get_n_spectra (PlateauMeasurement *m);
const char *plateau_measurement_get_info (PlateauMeasurement *m, const char *key);
char **plateau_measurement_list_info (PlateauMeasurement *m);
const char *const *plateau_measurement_get_warnings (PlateauMeasurement *m);
PlateauKinds plateau_measurement_get_kinds (PlateauMeasurement *m);
double plateau_measurement_get_start (PlateauMeasurement *measurement);
gboolean plateau_measurement_get_charge_check (PlateauMeasurement *measurement,
                                               PlateauChargeCheck *check);

/* Keys of info that every reader uses for the same thing. Values are text; numbers in the unit
 * that the key says, C locale. */
#define PLATEAU_INFO_INSTRUMENT "instrument"
#define PLATEAU_INFO_TECHNIQUE "technique"
#define PLATEAU_INFO_STARTED "started" /* ISO 8601, local when the file gives no zone */
#define PLATEAU_INFO_CHANNEL "channel"
#define PLATEAU_INFO_CELL_NAME "cell_name"
#define PLATEAU_INFO_MASS_MG "active_mass_mg"
#define PLATEAU_INFO_AREA_CM2 "electrode_area_cm2"
#define PLATEAU_INFO_NOMINAL_CAPACITY_MAH "nominal_capacity_mAh"
#define PLATEAU_INFO_COMMENT "comment"
#define PLATEAU_INFO_SOFTWARE "software"
#define PLATEAU_INFO_SETTINGS_FILE "settings_file" /* techniques of one experiment share it */
/* Counters against the integral of the current, mAh: charge counted, charge integrated, discharge
 * counted, discharge integrated, with spaces between */
#define PLATEAU_INFO_CHARGE_CHECK "charge_check"
/* Units that the file does not state and a person should confirm: lines of header, tab, unit id */
#define PLATEAU_INFO_ASSUMED_UNITS "assumed_units"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauMeasurement, plateau_measurement_unref)

G_END_DECLS
