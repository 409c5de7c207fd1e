/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/plateau-mpr-modules.h"

#include "base/plateau-error.h"
#include "base/plateau-number.h"
#include "readers/plateau-bytes.h"
#include "readers/plateau-eclab.h"
#include "readers/plateau-encoding.h"

#include <glib/gi18n.h>

enum
{
  MARK_SIZE = 6, /* the word MODULE */
  OLD_HEADER_SIZE = 51,
  NEW_HEADER_SIZE = 59,
};

static const struct
{
  guint8 id;
  const char *name;
  gboolean sweep;
} techniques[] = {
  { 0x04, "GCPL", FALSE }, { 0x06, "CV", TRUE },    { 0x0B, "OCV", FALSE },
  { 0x16, "MP", TRUE },    { 0x18, "CA", FALSE },   { 0x19, "CP", FALSE },
  { 0x1C, "WAIT", FALSE }, { 0x1D, "PEIS", FALSE }, { 0x1E, "GEIS", FALSE },
  { 0x30, "CV", TRUE },    { 0x32, "ZIR", FALSE },  { 0x33, "CVA", TRUE },
  { 0x6C, "LSV", TRUE },   { 0x75, "CstV", FALSE }, { 0x76, "CstC", FALSE },
  { 0x77, "GCPL", FALSE }, { 0x7F, "MB", FALSE },   { 0x88, "BCD", FALSE },
};

/**
 * plateau_mpr_technique_name:
 *
 * Returns: (nullable): EC-Lab's short name of a technique, or NULL when the id is not known
 */
const char *
plateau_mpr_technique_name (int technique)
{
  for (gsize i = 0; i < G_N_ELEMENTS (techniques); i++)
    if (techniques[i].id == technique)
      return techniques[i].name;
  return NULL;
}

/**
 * plateau_mpr_technique_is_sweep:
 *
 * Returns: whether the technique ramps the potential
 */
gboolean
plateau_mpr_technique_is_sweep (int technique)
{
  for (gsize i = 0; i < G_N_ELEMENTS (techniques); i++)
    if (techniques[i].id == technique)
      return techniques[i].sweep;
  return FALSE;
}

/**
 * plateau_mpr_module_read:
 * @offset: where the word MODULE is expected
 * @module: (out caller-allocates): the header found there
 *
 * Returns: whether a module starts at @offset; @error says what is there instead, or that the file
 *   ends inside the header
 */
gboolean
plateau_mpr_module_read (PlateauInput *input, guint64 offset, PlateauMprModule *module,
                         GError **error)
{
  const guint8 *mark = plateau_input_peek (input, offset, MARK_SIZE + OLD_HEADER_SIZE, error);
  if (mark == NULL)
    return FALSE;
  if (memcmp (mark, "MODULE", MARK_SIZE) != 0)
    {
      g_set_error (
          error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_INVALID,
          _ ("“%s”: a module was expected at byte %llu, but there is none. The file is damaged."),
          plateau_input_get_name (input), (unsigned long long) offset);
      return FALSE;
    }
  const guint8 *header = mark + MARK_SIZE;
  module->new_header = plateau_le_u32 (header + 35) == G_MAXUINT32;
  gsize header_size = module->new_header ? NEW_HEADER_SIZE : OLD_HEADER_SIZE;
  mark = plateau_input_peek (input, offset, MARK_SIZE + header_size, error);
  if (mark == NULL)
    return FALSE;
  header = mark + MARK_SIZE;
  memcpy (module->name, header, 10);
  module->name[10] = '\0';
  g_strchomp (module->name);
  module->length = plateau_le_u32 (header + (module->new_header ? 39 : 35));
  module->version = plateau_le_u32 (header + (module->new_header ? 47 : 39));
  module->offset = offset + MARK_SIZE + header_size;
  module->available = MIN ((guint64) module->length,
                           plateau_input_get_size (input) - module->offset);
  return TRUE;
}

/* A byte of length, then the text. */
static void
set_info_from_pascal (PlateauMeasurement *measurement, const char *key, const guint8 *data,
                      gsize length, gsize at)
{
  if (at >= length || data[at] == 0 || data[at] > length - at - 1)
    return;
  g_autofree char *text = plateau_encoding_decode (PLATEAU_ENCODING_WINDOWS_1252, data + at + 1,
                                                   data[at]);
  g_strstrip (text);
  if (text[0] != '\0')
    plateau_measurement_set_info (measurement, key, text);
}

/* EC-Lab fills 0.001 in where the user enters nothing. */
static double
entered_float (const guint8 *data, gsize length, gsize at)
{
  if (at + 4 > length)
    return NAN;
  float value = plateau_le_f32 (data + at);
  return value > 0 && value != 0.001f && value < 1e9f ? (double) value : NAN;
}

static void
set_info_from_number (PlateauMeasurement *measurement, const char *key, double value)
{
  if (!isfinite (value))
    return;
  g_autofree char *text = plateau_format_significant (value, 7);
  plateau_measurement_set_info (measurement, key, text);
}

/* The active mass in mg. EC-Lab's battery page starts with 7 g of LiCoO2, which no one has in a
 * laboratory cell; the characteristic mass is what it divides by, so it stands in. */
static double
entered_mass (const guint8 *data, gsize length)
{
  double mass = entered_float (data, length, 0x107);
  if (mass == 7000 && length >= 0x113 && fabsf (plateau_le_f32 (data + 0x10F) - 90.93f) < 0.01f)
    mass = NAN;
  if (isfinite (mass) || length <= 0x251)
    return mass;
  double characteristic = entered_float (data, length, 0x24C);
  switch (data[0x251])
    {
    case 1:
      return 1000 * characteristic;
    case 2:
      return characteristic;
    default:
      return NAN;
    }
}

static double
entered_area (const guint8 *data, gsize length)
{
  double area = entered_float (data, length, 0x211);
  if (length <= 0x250 || data[0x250] == 2)
    return area;
  return data[0x250] == 3 ? area / 100 : NAN; /* mm2 */
}

/**
 * plateau_mpr_settings_read:
 * @module: a module "VMP Set"
 * @measurement: gets technique, comment, active mass, area, electrolyte and electrode
 * @head: gets the technique's id
 *
 * Returns: FALSE with @error set only when the file cannot be read
 */
gboolean
plateau_mpr_settings_read (PlateauInput *input, const PlateauMprModule *module,
                           PlateauMeasurement *measurement, PlateauMprHead *head, GError **error)
{
  gsize length = (gsize) MIN (module->available, 0x1000);
  if (length == 0)
    return TRUE;
  const guint8 *data = plateau_input_peek (input, module->offset, length, error);
  if (data == NULL)
    return FALSE;
  head->technique = data[0];
  const char *name = plateau_mpr_technique_name (head->technique);
  if (name != NULL)
    plateau_measurement_set_info (measurement, PLATEAU_INFO_TECHNIQUE, name);
  else
    {
      g_autofree char *number = g_strdup_printf ("EC-Lab 0x%02X", (guint) head->technique);
      plateau_measurement_set_info (measurement, PLATEAU_INFO_TECHNIQUE, number);
    }
  set_info_from_pascal (measurement, PLATEAU_INFO_COMMENT, data, length, 0x007);
  set_info_from_number (measurement, PLATEAU_INFO_MASS_MG, entered_mass (data, length));
  set_info_from_number (measurement, PLATEAU_INFO_AREA_CM2, entered_area (data, length));
  /* In mAh whatever unit the unit code behind it shows it in. */
  set_info_from_number (measurement, PLATEAU_INFO_NOMINAL_CAPACITY_MAH,
                        entered_float (data, length, 0x25C));
  set_info_from_pascal (measurement, "electrode_material", data, length, 0x11E);
  set_info_from_pascal (measurement, "electrolyte", data, length, 0x1C0);
  set_info_from_pascal (measurement, "reference_electrode", data, length, 0x215);
  return TRUE;
}

/* Days since 1899-12-30 of the instrument's local clock. */
static gboolean
is_ole_date (double days)
{
  return days > 35000 && days < 60000;
}

static void
set_start (PlateauMeasurement *measurement, PlateauMprHead *head, double days)
{
  const double unix_epoch = 25569;
  head->start = (days - unix_epoch) * 86400;
  g_autoptr (GDateTime) whole = g_date_time_new_from_unix_utc ((gint64) floor (head->start));
  if (whole == NULL)
    return;
  int milliseconds = (int) (1000 * (head->start - floor (head->start)));
  g_autofree char *day = g_date_time_format (whole, "%Y-%m-%dT%H:%M:%S");
  g_autofree char *text = g_strdup_printf ("%s.%03d", day, milliseconds);
  plateau_measurement_set_info (measurement, PLATEAU_INFO_STARTED, text);
}

/**
 * plateau_mpr_log_read:
 * @module: a module "VMP LOG"
 * @measurement: gets start, channel, software version and the name of the settings file
 * @head: gets the start as a number
 *
 * Returns: FALSE with @error set only when the file cannot be read
 */
gboolean
plateau_mpr_log_read (PlateauInput *input, const PlateauMprModule *module,
                      PlateauMeasurement *measurement, PlateauMprHead *head, GError **error)
{
  static const guint16 start_offsets[] = { 0x249, 465, 469, 473 };
  gsize length = (gsize) MIN (module->available, 0x500);
  if (length == 0)
    return TRUE;
  const guint8 *data = plateau_input_peek (input, module->offset, length, error);
  if (data == NULL)
    return FALSE;
  if (length > 0x09)
    {
      g_autofree char *channel = g_strdup_printf ("%u", data[0x09] + 1u);
      plateau_measurement_set_info (measurement, PLATEAU_INFO_CHANNEL, channel);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (start_offsets); i++)
    if (start_offsets[i] + 8u <= length && is_ole_date (plateau_le_f64 (data + start_offsets[i])))
      {
        set_start (measurement, head, plateau_le_f64 (data + start_offsets[i]));
        break;
      }
  set_info_from_pascal (measurement, PLATEAU_INFO_SOFTWARE, data, length, 0x3B7);
  set_info_from_pascal (measurement, "recorded_as", data, length, 0x251);
  const char *recorded = plateau_measurement_get_info (measurement, "recorded_as");
  if (recorded != NULL)
    {
      g_autofree char *settings = plateau_eclab_settings_name (recorded);
      plateau_measurement_set_info (measurement, PLATEAU_INFO_SETTINGS_FILE, settings);
    }
  return TRUE;
}
