/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-error.h"
#include "base/plateau-number.h"
#include "readers/plateau-eis-name.h"
#include "readers/plateau-eis-text.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* Zahner Thales .ism, big-endian: 6 marks, the index of the last point (u32 at 8), then arrays of
 * f64: f in Hz, |Z| in ohm, phase in rad, time in s since 1980; then u16 significances. Texts
 * follow with a u16 length each: date, system, potential with amplitude, current, temperature,
 * clock, comments; upper and lower case are exchanged in them. Newer files hold more arrays before.
 */

enum
{
  HEAD = 12,
  MAX_POINTS = 100000,
};

#define EPOCH_1980 315532800

static guint32
get_u32 (const guint8 *p)
{
  return (guint32) p[0] << 24 | (guint32) p[1] << 16 | (guint32) p[2] << 8 | p[3];
}

static double
get_f64 (const guint8 *p)
{
  guint64 bits = (guint64) get_u32 (p) << 32 | get_u32 (p + 4);
  double value;
  memcpy (&value, &bits, sizeof value);
  return value;
}

static gsize
count_points (const guint8 *data, gsize length)
{
  if (length < HEAD + 8 || data[0] != 0 || data[1] != 0 || get_u32 (data + 2) < 0xFFFFFFF0u)
    return 0;
  guint64 n = (guint64) get_u32 (data + 8) + 1;
  return n <= MAX_POINTS ? (gsize) n : 0;
}

static guint
ism_score (const PlateauProbe *probe)
{
  gsize n = count_points (probe->head, probe->head_length);
  if (n == 0)
    return 0;
  double f = get_f64 (probe->head + HEAD);
  gboolean sane = f > 0 && f < 1e9 && probe->size >= HEAD + 24 * (guint64) n;
  gboolean suffix = g_str_has_suffix (probe->name, ".ism");
  return sane ? (suffix ? 95 : 70) : suffix ? 40 : 0;
}

static char *
take_text (const guint8 *data, gsize length, gsize *at)
{
  if (*at + 2 > length)
    return NULL;
  gsize n = (gsize) data[*at] << 8 | data[*at + 1];
  if (n > 200 || *at + 2 + n > length)
    return NULL;
  for (gsize i = 0; i < n; i++)
    if (data[*at + 2 + i] < 0x20)
      return NULL;
  g_autofree char *raw = g_strndup ((const char *) data + *at + 2, n);
  for (char *p = raw; *p != '\0'; p++)
    *p = g_ascii_isupper (*p) ? g_ascii_tolower (*p) : g_ascii_toupper (*p);
  *at += 2 + n;
  g_autofree char *text = g_convert (raw, -1, "UTF-8", "WINDOWS-1252", NULL, NULL, NULL);
  return text != NULL ? g_strstrip (g_steal_pointer (&text)) : NULL;
}

/* The texts begin with the date as six digits. */
static gsize
find_texts (const guint8 *data, gsize length, gsize from)
{
  for (gsize at = from; at + 8 <= length; at++)
    {
      if (data[at] != 0 || data[at + 1] != 6)
        continue;
      gsize i = 0;
      while (i < 6 && g_ascii_isdigit (data[at + 2 + i]))
        i++;
      if (i == 6)
        return at;
    }
  return length;
}

/* "10mV", "3.2976uA": the number in SI when its unit measures @dimension. */
static double
parse_quantity (const char *text, PlateauDimension dimension)
{
  double value;
  const char *after = plateau_parse_double (text, text + strlen (text), '.', &value);
  if (after == NULL)
    return NAN;
  after += strspn (after, " ");
  gsize n = 0;
  while (g_ascii_isalpha (after[n]))
    n++;
  g_autofree char *name = g_strndup (after, n);
  const PlateauUnit *unit = name[0] != '\0' ? plateau_unit_parse (name, dimension)
                                            : plateau_unit_si (dimension);
  return unit != NULL ? plateau_unit_to_si (unit, value) : NAN;
}

static void
read_texts (const guint8 *data, gsize length, gsize from, PlateauConditions *conditions,
            PlateauMeasurement *measurement)
{
  gsize at = find_texts (data, length, from);
  g_autofree char *date = take_text (data, length, &at);
  g_autofree char *system = date != NULL ? take_text (data, length, &at) : NULL;
  g_autofree char *potential = system != NULL ? take_text (data, length, &at) : NULL;
  g_autofree char *current = potential != NULL ? take_text (data, length, &at) : NULL;
  if (system != NULL && system[0] != '\0')
    plateau_measurement_set_info (measurement, PLATEAU_INFO_COMMENT, system);
  if (potential != NULL)
    {
      conditions->potential = parse_quantity (potential, PLATEAU_DIMENSION_POTENTIAL);
      const char *amplitude = strstr (potential, "Ampl:");
      if (amplitude != NULL)
        {
          amplitude += strlen ("Ampl:");
          amplitude += strspn (amplitude, " ");
          double volts = parse_quantity (amplitude, PLATEAU_DIMENSION_POTENTIAL);
          double amperes = parse_quantity (amplitude, PLATEAU_DIMENSION_CURRENT);
          conditions->mode = !isnan (volts)     ? PLATEAU_EIS_PEIS
                             : !isnan (amperes) ? PLATEAU_EIS_GEIS
                                                : PLATEAU_EIS_UNKNOWN;
          conditions->amplitude = !isnan (volts) ? volts : amperes;
        }
    }
  if (current != NULL)
    conditions->dc_current = parse_quantity (current, PLATEAU_DIMENSION_CURRENT);
}

typedef struct
{
  double frequency, modulus, phase, time;
} Point;

static int
by_falling_frequency (gconstpointer a, gconstpointer b)
{
  const Point *first = a, *second = b;
  return (first->frequency < second->frequency) - (first->frequency > second->frequency);
}

/* The instrument begins in the middle, goes up and then down; spectra are given from the highest
 * frequency on. */
static void
add_points (const guint8 *data, gsize n, gboolean timed, const PlateauConditions *conditions,
            PlateauMeasurement *measurement)
{
  static const PlateauEisRole roles[] = { PLATEAU_EIS_ROLE_FREQUENCY, PLATEAU_EIS_ROLE_RE,
                                          PLATEAU_EIS_ROLE_IM, PLATEAU_EIS_ROLE_TIME };
  g_autofree Point *points = g_new (Point, n);
  double start = INFINITY;
  for (gsize i = 0; i < n; i++)
    {
      const guint8 *p = data + HEAD + 8 * i;
      points[i] = (Point){ get_f64 (p), get_f64 (p + 8 * n), get_f64 (p + 16 * n),
                           timed ? get_f64 (p + 24 * n) : NAN };
      if (!isfinite (points[i].frequency) || !(points[i].frequency > 0))
        points[i].frequency = 0;
      if (points[i].time < start)
        start = points[i].time;
    }
  timed = timed && start > 0 && start < 4e9;
  if (timed)
    {
      g_autoptr (GDateTime) began = g_date_time_new_from_unix_utc (EPOCH_1980 + (gint64) start);
      g_autofree char *iso = g_date_time_format (began, "%Y-%m-%dT%H:%M:%S");
      plateau_measurement_set_info (measurement, PLATEAU_INFO_STARTED, iso);
    }
  qsort (points, n, sizeof *points, by_falling_frequency);
  g_autoptr (PlateauEisTable) table = plateau_eis_table_new ();
  plateau_eis_table_set_roles (table, roles, timed ? 4 : 3);
  plateau_eis_table_trust_sign (table);
  *plateau_eis_table_get_conditions (table) = *conditions;
  for (gsize i = 0; i < n; i++)
    {
      double row[] = { points[i].frequency, points[i].modulus * cos (points[i].phase),
                       points[i].modulus * sin (points[i].phase), points[i].time - start };
      plateau_eis_table_add_row (table, row, G_N_ELEMENTS (row));
    }
  plateau_eis_table_flush (table, measurement);
}

static gboolean
ism_read (PlateauInput *input, const PlateauReadOptions *options, GPtrArray *measurements,
          GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = plateau_input_read_all (input, 64 << 20, error);
  if (bytes == NULL)
    return FALSE;
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  gsize n = count_points (data, length);
  if (n == 0 || length < HEAD + 24 * n)
    {
      g_set_error (
          error, PLATEAU_READER_ERROR,
          n == 0 ? PLATEAU_READER_ERROR_INVALID : PLATEAU_READER_ERROR_TRUNCATED,
          n == 0 ? _ ("“%s” does not begin like a Zahner .ism file: it is another file of that "
                      "name, or damaged. Copy it again, or choose another reader.")
                 : _ ("“%s” ends before the frequencies, impedances and phases that it "
                      "announces: it is cut. Copy it again."),
          plateau_input_get_name (input));
      return FALSE;
    }
  PlateauMeasurement *measurement = plateau_input_new_measurement (input, NULL);
  plateau_measurement_set_info (measurement, PLATEAU_INFO_INSTRUMENT, "Zahner");
  PlateauConditions conditions = PLATEAU_CONDITIONS_INIT;
  gboolean timed = length >= HEAD + 32 * n;
  if (timed)
    read_texts (data, length, HEAD + 32 * n, &conditions, measurement);
  g_autofree char *stem = plateau_eis_text_stem (input);
  plateau_eis_name_conditions (stem, &conditions);
  add_points (data, n, timed, &conditions, measurement);
  return plateau_eis_text_finish (input, measurement, measurements, error);
}

static const char *const ism_suffixes[] = { "ism", NULL };

const PlateauReader plateau_reader_ism = {
  .id = "zahner-ism",
  .label = N_ ("Zahner Thales impedance (.ism)"),
  .suffixes = ism_suffixes,
  .version = 1,
  .score = ism_score,
  .read = ism_read,
};
