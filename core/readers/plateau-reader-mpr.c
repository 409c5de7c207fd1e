/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-error.h"
#include "base/plateau-memory.h"
#include "base/plateau-numeric.h"
#include "readers/plateau-eclab.h"
#include "readers/plateau-mpr-data.h"
#include "readers/plateau-reader.h"
#include "readers/plateau-reader-table.h"
#include "readers/plateau-sweep.h"

#include <glib/gi18n.h>
#include <math.h>

/* BioLogic EC-Lab's binary data files: a magic, then modules for settings, data, log and loops.
 * The columns of the data module are numbered; plateau-mpr-columns.c says what they are. */

enum
{
  /* Ids of columns that spectra are made of beside the recording's own quantities. */
  ID_AMPLITUDE_POTENTIAL = 33,
  ID_AMPLITUDE_CURRENT = 34,
  ID_COUNTER_RE = 100,
  ID_COUNTER_IM = 101,
  ID_CELL_RE = 432,
  ID_CELL_IM = 433,
  ID_CHARGE_IN_COULOMB = 434,
};

static guint
score (const PlateauProbe *probe)
{
  gsize magic = sizeof PLATEAU_MPR_MAGIC - 1;
  if (probe->head_length >= magic && memcmp (probe->head, PLATEAU_MPR_MAGIC, magic) == 0)
    return 100;
  return g_str_has_suffix (probe->name, ".mpr") ? 20 : 0;
}

static void
warn_about (PlateauMeasurement *measurement, GError *problem)
{
  plateau_measurement_warn (measurement, "%s", problem->message);
}

/* Reads the small modules as it meets them; the data module comes before the log, whose start time
 * the records need, so it is only noted. */
static gboolean
walk_modules (PlateauInput *input, PlateauMeasurement *measurement, PlateauMprHead *head,
              PlateauMprModule *data, gboolean *has_data, GError **error)
{
  guint64 offset = PLATEAU_MPR_FIRST_MODULE;
  *has_data = FALSE;
  while (offset < plateau_input_get_size (input))
    {
      PlateauMprModule module;
      g_autoptr (GError) problem = NULL;
      if (!plateau_mpr_module_read (input, offset, &module, &problem))
        {
          if (!*has_data || problem->domain != PLATEAU_READER_ERROR)
            {
              g_propagate_error (error, g_steal_pointer (&problem));
              return FALSE;
            }
          warn_about (measurement, problem);
          break;
        }
      gboolean fine = TRUE;
      if (g_str_equal (module.name, "VMP Set"))
        fine = plateau_mpr_settings_read (input, &module, measurement, head, error);
      else if (g_str_equal (module.name, "VMP LOG"))
        fine = plateau_mpr_log_read (input, &module, measurement, head, error);
      else if (g_str_equal (module.name, "VMP ExtDev"))
        plateau_measurement_set_info (measurement, "external_device", "yes");
      else if (g_str_equal (module.name, "VMP data") && !*has_data)
        {
          *data = module;
          *has_data = TRUE;
        }
      if (!fine)
        return FALSE;
      if (module.available < module.length)
        plateau_measurement_warn (
            measurement,
            _ ("The file is cut: the module “%s” at byte %llu has %u bytes, of "
               "which %llu are there."),
            module.name, (unsigned long long) module.offset, module.length,
            (unsigned long long) module.available);
      offset = module.offset + module.available;
    }
  return TRUE;
}

static gboolean
check_size (PlateauInput *input, const PlateauMprLayout *layout, GError **error)
{
  const guint64 slack = 64 << 20;
  guint64 columns = layout->fields->len + 2 + (layout->has_charge ? 3 : 0);
  if (8 * columns * layout->n_records <= 4 * plateau_input_get_size (input) + slack)
    return TRUE;
  g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_LIMIT,
               _ ("“%s”: %llu records of only %zu bytes cannot be a measurement."),
               plateau_input_get_name (input), (unsigned long long) layout->n_records,
               layout->record_size);
  return FALSE;
}

/* The builder with every column of the file in place; *@keep gets pointers by field. */
static PlateauRecordingBuilder *
read_columns (PlateauInput *input, const PlateauMprLayout *layout, const PlateauMprHead *head,
              PlateauMeasurement *measurement, GCancellable *cancellable, GError **error)
{
  gsize n = (gsize) layout->n_records;
  guint n_fields = layout->fields->len;
  g_autofree double **columns = g_new0 (double *, n_fields);
  g_autofree double *modes = layout->flags_offset >= 0 ? plateau_column_new (n) : NULL;
  for (guint i = 0; i < n_fields; i++)
    columns[i] = plateau_column_new (n);
  guint n_marks;
  gboolean fine = plateau_mpr_records_read (input, layout, columns, modes,
                                            plateau_mpr_technique_is_sweep (head->technique),
                                            &n_marks, cancellable, error);
  g_autoptr (PlateauRecordingBuilder) builder = fine ? plateau_recording_builder_new () : NULL;
  const double *time = NULL;
  for (guint i = 0; i < n_fields; i++)
    {
      const PlateauMprField *field = &g_array_index (layout->fields, PlateauMprField, i);
      if (!fine)
        {
          g_free (columns[i]);
          continue;
        }
      if (field->quantity == PLATEAU_QUANTITY_TIME)
        time = columns[i];
      guint column = plateau_recording_builder_add_column (builder, field->quantity, field->name,
                                                           field->unit);
      plateau_recording_builder_take_column (builder, column, columns[i], n);
    }
  if (!fine)
    return NULL;
  if (n_marks > 0)
    plateau_measurement_warn (measurement, _ ("The instrument marked %u records as faulty."),
                              n_marks);
  if (time != NULL && isfinite (head->start))
    {
      double *clock = plateau_column_new (n);
      for (gsize i = 0; i < n; i++)
        clock[i] = head->start + time[i];
      guint column = plateau_recording_builder_add_column (builder, PLATEAU_QUANTITY_CLOCK, NULL,
                                                           NULL);
      plateau_recording_builder_take_column (builder, column, clock, n);
    }
  if (modes != NULL)
    {
      guint column = plateau_recording_builder_add_column (builder, PLATEAU_QUANTITY_MODE, "mode",
                                                           NULL);
      plateau_recording_builder_take_column (builder, column, g_steal_pointer (&modes), n);
    }
  return g_steal_pointer (&builder);
}

static const double *
peek_id (PlateauRecording *recording, guint16 id)
{
  const PlateauMprColumn *column = plateau_mpr_column_find (id, FALSE);
  return plateau_recording_peek_named (recording, column->name);
}

static double
relative_spread (const double *values, gsize n)
{
  double mean = plateau_mean (values, n);
  return mean > 0 ? plateau_sd (values, n) / mean : INFINITY;
}

/* The amplitude that was held constant tells whether potential or current was modulated. */
static PlateauEisMode
eis_mode (int technique, const double *potential, const double *current, gsize n)
{
  const char *name = plateau_mpr_technique_name (technique);
  if (g_strcmp0 (name, "PEIS") == 0)
    return PLATEAU_EIS_PEIS;
  if (g_strcmp0 (name, "GEIS") == 0)
    return PLATEAU_EIS_GEIS;
  if (potential == NULL || current == NULL)
    return PLATEAU_EIS_UNKNOWN;
  return relative_spread (potential, n) < relative_spread (current, n) ? PLATEAU_EIS_PEIS
                                                                       : PLATEAU_EIS_GEIS;
}

/* A further pair of impedance columns, unless the electrode was shorted to the reference. */
static void
add_electrode (PlateauRecording *recording, PlateauMeasurement *measurement,
               const PlateauSweepTable *main, guint16 re_id, guint16 im_id,
               PlateauElectrode electrode)
{
  const double *re = peek_id (recording, re_id), *printed = peek_id (recording, im_id);
  if (re == NULL || printed == NULL)
    return;
  g_autofree double *im = g_new (double, main->n);
  double size = 0, main_size = 0;
  for (gsize i = 0; i < main->n; i++)
    {
      im[i] = -printed[i];
      if (main->frequency[i] > 0 && isfinite (re[i]) && isfinite (im[i]))
        {
          size += hypot (re[i], im[i]);
          main_size += hypot (main->z_re[i], main->z_im[i]);
        }
    }
  if (!(size > 1e-3 * main_size))
    return;
  PlateauSweepTable table = *main;
  table.z_re = re;
  table.z_im = im;
  table.electrode = electrode;
  plateau_sweep_add_spectra (&table, measurement);
}

static void
add_spectra (PlateauRecording *recording, const PlateauMprHead *head,
             PlateauMeasurement *measurement)
{
  PlateauSweepTable table = {
    .n = plateau_recording_get_n_rows (recording),
    .frequency = plateau_recording_peek (recording, PLATEAU_QUANTITY_FREQUENCY),
    .z_re = plateau_recording_peek (recording, PLATEAU_QUANTITY_IMPEDANCE_REAL),
    .z_im = plateau_recording_peek (recording, PLATEAU_QUANTITY_IMPEDANCE_IMAGINARY),
    .time = plateau_recording_peek (recording, PLATEAU_QUANTITY_TIME),
    .potential = plateau_recording_peek (recording, PLATEAU_QUANTITY_POTENTIAL),
    .current = plateau_recording_peek (recording, PLATEAU_QUANTITY_CURRENT),
    .cycle = plateau_recording_peek (recording, PLATEAU_QUANTITY_CYCLE),
    .charge = plateau_recording_peek (recording, PLATEAU_QUANTITY_CHARGE),
    .temperature = plateau_recording_peek (recording, PLATEAU_QUANTITY_TEMPERATURE),
    .electrode = PLATEAU_ELECTRODE_CELL,
  };
  if (table.frequency == NULL || table.z_re == NULL || table.z_im == NULL)
    return;
  const double *potential = peek_id (recording, ID_AMPLITUDE_POTENTIAL);
  const double *current = peek_id (recording, ID_AMPLITUDE_CURRENT);
  table.mode = eis_mode (head->technique, potential, current, table.n);
  table.amplitude = table.mode == PLATEAU_EIS_GEIS ? current : potential;
  if (peek_id (recording, ID_COUNTER_RE) != NULL)
    table.electrode = PLATEAU_ELECTRODE_WORKING;
  plateau_sweep_add_spectra (&table, measurement);
  add_electrode (recording, measurement, &table, ID_COUNTER_RE, ID_COUNTER_IM,
                 PLATEAU_ELECTRODE_COUNTER);
  add_electrode (recording, measurement, &table, ID_CELL_RE, ID_CELL_IM, PLATEAU_ELECTRODE_CELL);
}

static gboolean
any_active (PlateauRecording *recording)
{
  const double *current = plateau_recording_peek (recording, PLATEAU_QUANTITY_CURRENT);
  gsize n = plateau_recording_get_n_rows (recording);
  for (gsize i = 0; current != NULL && i < n; i++)
    if (fabs (current[i]) > 0)
      return TRUE;
  return FALSE;
}

static gboolean
all_in_mode (PlateauRecording *recording, PlateauMode mode)
{
  const double *modes = plateau_recording_peek (recording, PLATEAU_QUANTITY_MODE);
  gsize n = plateau_recording_get_n_rows (recording);
  for (gsize i = 0; modes != NULL && i < n; i++)
    if (modes[i] != mode)
      return FALSE;
  return modes != NULL && n > 0;
}

static PlateauKinds
find_kinds (PlateauRecording *recording, const PlateauMprHead *head,
            PlateauMeasurement *measurement)
{
  const char *name = plateau_mpr_technique_name (head->technique);
  PlateauKinds kinds = name != NULL ? plateau_eclab_technique_kinds (name) : 0;
  if (all_in_mode (recording, PLATEAU_MODE_REST) || (kinds == 0 && !any_active (recording)))
    kinds = PLATEAU_KIND_OCV;
  else if (kinds == 0 && all_in_mode (recording, PLATEAU_MODE_POTENTIOSTATIC))
    kinds = PLATEAU_KIND_HOLD;
  else if (kinds == 0 && plateau_measurement_get_n_spectra (measurement) == 0)
    kinds = PLATEAU_KIND_CYCLING;
  kinds &= ~(guint) PLATEAU_KIND_EIS;
  if (plateau_measurement_get_n_spectra (measurement) > 0)
    kinds |= PLATEAU_KIND_EIS;
  return kinds;
}

/* Where the current decides the charge, EC-Lab's own counter of it is compared. */
static void
compare_counter (PlateauRecording *recording, const PlateauMprLayout *layout,
                 PlateauMeasurement *measurement)
{
  const double *counter = peek_id (recording, ID_CHARGE_IN_COULOMB);
  const double *charge = plateau_recording_peek (recording, PLATEAU_QUANTITY_CHARGE);
  gsize n = plateau_recording_get_n_rows (recording);
  if (layout->has_charge || counter == NULL || charge == NULL || n < 2)
    return;
  double counted = counter[n - 1] - counter[0], integral = charge[n - 1] - charge[0];
  if (fabs (counted - integral) > 5e-3 * MAX (fabs (counted), fabs (integral)))
    plateau_measurement_warn (measurement,
                              _ ("The instrument counted %.6g mAh, the integral of the current is "
                                 "%.6g mAh; the integral is used."),
                              counted / 3.6, integral / 3.6);
}

static gboolean
read_data (PlateauInput *input, const PlateauReadOptions *options, const PlateauMprModule *module,
           const PlateauMprHead *head, PlateauMeasurement *measurement, GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PlateauMprLayout) layout = plateau_mpr_layout_read (input, module, warnings, error);
  if (layout == NULL)
    return FALSE;
  if (layout->n_records == 0)
    {
      gboolean cut = layout->n_promised > 0;
      const char *technique = plateau_measurement_get_info (measurement, PLATEAU_INFO_TECHNIQUE);
      g_set_error (error, PLATEAU_READER_ERROR,
                   cut ? PLATEAU_READER_ERROR_TRUNCATED : PLATEAU_READER_ERROR_NO_DATA,
                   cut ? _ ("“%s” (%s) is cut before its first record.")
                       : _ ("“%s” (%s) holds no records: the technique ended before anything was "
                            "recorded."),
                   plateau_input_get_name (input), technique != NULL ? technique : "EC-Lab");
      return FALSE;
    }
  if (!check_size (input, layout, error))
    return FALSE;
  g_autoptr (PlateauRecordingBuilder)
      builder = read_columns (input, layout, head, measurement, cancellable, error);
  if (builder == NULL)
    return FALSE;
  if (layout->n_records < layout->n_promised)
    g_ptr_array_add (warnings, g_strdup_printf (_ ("%llu of %llu records are in the file."),
                                                (unsigned long long) layout->n_records,
                                                (unsigned long long) layout->n_promised));
  PlateauRecordingRules rules = { .derive_current = layout->has_charge,
                                  .flip_current = options->flip_current };
  g_autoptr (PlateauRecording)
      recording = plateau_recording_builder_finish (builder, &rules, warnings, error);
  plateau_measurement_add_warnings (measurement, warnings);
  if (recording == NULL)
    return FALSE;
  plateau_measurement_set_recording (measurement, recording);
  add_spectra (recording, head, measurement);
  compare_counter (recording, layout, measurement);
  plateau_measurement_set_kinds (measurement, find_kinds (recording, head, measurement));
  return TRUE;
}

static gboolean
read_mpr (PlateauInput *input, const PlateauReadOptions *options, GPtrArray *measurements,
          GCancellable *cancellable, GError **error)
{
  const guint8 *magic = plateau_input_peek (input, 0, PLATEAU_MPR_FIRST_MODULE, error);
  if (magic == NULL)
    return FALSE;
  if (memcmp (magic, PLATEAU_MPR_MAGIC, sizeof PLATEAU_MPR_MAGIC - 1) != 0)
    {
      g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_INVALID,
                   _ ("“%s” does not begin like a file of EC-Lab (.mpr): it is another file of "
                      "that name, or damaged. Copy it again, or choose another reader."),
                   plateau_input_get_name (input));
      return FALSE;
    }
  g_autoptr (PlateauMeasurement) measurement = plateau_input_new_measurement (input, NULL);
  plateau_measurement_set_info (measurement, PLATEAU_INFO_INSTRUMENT, "BioLogic");
  PlateauMprHead head = { .technique = -1, .start = NAN };
  PlateauMprModule data;
  gboolean has_data;
  if (!walk_modules (input, measurement, &head, &data, &has_data, error))
    return FALSE;
  if (!has_data)
    {
      g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_NO_DATA,
                   _ ("“%s” has no data module: it holds settings only, or is cut. Open the file "
                      "that EC-Lab wrote while it measured."),
                   plateau_input_get_name (input));
      return FALSE;
    }
  if (!read_data (input, options, &data, &head, measurement, cancellable, error))
    return FALSE;
  g_ptr_array_add (measurements, g_steal_pointer (&measurement));
  return TRUE;
}

static const char *const suffixes[] = { "mpr", NULL };

const PlateauReader plateau_reader_mpr = {
  .id = "biologic-mpr",
  .label = N_ ("BioLogic EC-Lab binary (.mpr)"),
  .suffixes = suffixes,
  .version = 1,
  .score = score,
  .read = read_mpr,
};
