/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text exports of EC-Lab and BT-Lab: .mpt, .txt. */
#include "base/plateau-error.h"
#include "readers/plateau-eclab.h"
#include "readers/plateau-reader-table.h"
#include "readers/plateau-sweep.h"
#include "readers/plateau-text-reader.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum
{
  MAX_HEADER = 20000, /* lines; long programs print several hundred */
};

#define Q(name) PLATEAU_QUANTITY_##name

/* Column heads without blanks. The rank decides where a file has several of one quantity: the
 * charge increment is exact to the last bit, the counters follow. */
static const struct
{
  const char *name;
  PlateauQuantity quantity;
  const char *unit;
  guint rank;
  gboolean negative;
} columns[] = {
  { "time/s", Q (TIME), "s", 0 },
  { "steptime/s", Q (STEP_TIME), "s", 0 },
  { "Ewe/V", Q (POTENTIAL), "V", 0 },
  { "<Ewe>/V", Q (POTENTIAL), "V", 1 },
  { "<Ewe/V>", Q (POTENTIAL), "V", 1 },
  { "Ecell/V", Q (POTENTIAL), "V", 2 },
  { "<Ecell>/V", Q (POTENTIAL), "V", 3 },
  { "<Ecell/V>", Q (POTENTIAL), "V", 3 },
  { "Ece/V", Q (COUNTER_POTENTIAL), "V", 0 },
  { "<Ece>/V", Q (COUNTER_POTENTIAL), "V", 1 },
  { "<Ece/V>", Q (COUNTER_POTENTIAL), "V", 1 },
  { "Ewe-Ece/V", Q (CELL_POTENTIAL), "V", 0 },
  { "I/mA", Q (CURRENT), "mA", 0 },
  { "<I>/mA", Q (CURRENT), "mA", 1 },
  { "<I/mA>", Q (CURRENT), "mA", 1 },
  { "I/A", Q (CURRENT), "A", 0 },
  { "<I>/A", Q (CURRENT), "A", 1 },
  { "dq/mA.h", Q (CHARGE_INCREMENT), "mAh", 0 },
  { "dq/A.h", Q (CHARGE_INCREMENT), "Ah", 0 },
  { "Qcharge/discharge/mA.h", Q (COUNTER_SIGNED_CHARGE), "mAh", 1 },
  { "Qcharge/discharge/A.h", Q (COUNTER_SIGNED_CHARGE), "Ah", 1 },
  { "(Q-Qo)/mA.h", Q (COUNTER_SIGNED_CHARGE), "mAh", 2 },
  { "(Q-Qo)/A.h", Q (COUNTER_SIGNED_CHARGE), "Ah", 2 },
  { "(Q-Qo)/C", Q (COUNTER_SIGNED_CHARGE), "C", 3 },
  { "Qcharge/mA.h", Q (COUNTER_CHARGE_CAPACITY), "mAh", 0 },
  { "Qcharge/A.h", Q (COUNTER_CHARGE_CAPACITY), "Ah", 0 },
  { "Qdischarge/mA.h", Q (COUNTER_DISCHARGE_CAPACITY), "mAh", 0 },
  { "Qdischarge/A.h", Q (COUNTER_DISCHARGE_CAPACITY), "Ah", 0 },
  { "Energycharge/W.h", Q (COUNTER_CHARGE_ENERGY), "Wh", 0 },
  { "Energydischarge/W.h", Q (COUNTER_DISCHARGE_ENERGY), "Wh", 0 },
  { "cyclenumber", Q (CYCLE), "1", 0 },
  { "halfcycle", Q (HALF_CYCLE), "1", 0 },
  { "Ns", Q (STEP_INDEX), "1", 0 },
  { "P/W", Q (POWER), "W", 0 },
  { "Temperature/°C", Q (TEMPERATURE), "degC", 0 },
  { "T/°C", Q (TEMPERATURE), "degC", 1 },
  { "freq/Hz", Q (FREQUENCY), "Hz", 0 },
  { "Re(Z)/Ohm", Q (IMPEDANCE_REAL), "ohm", 0 },
  { "-Im(Z)/Ohm", Q (IMPEDANCE_IMAGINARY), "ohm", 0, TRUE },
  { "Im(Z)/Ohm", Q (IMPEDANCE_IMAGINARY), "ohm", 0 },
};

#undef Q

static double
mode_code (const char *word)
{
  return plateau_eclab_mode ((guint) atoi (word), FALSE) * 4 + 1;
}

static gboolean
understand (const char *cell, PlateauHeader *header)
{
  g_autofree char *name = g_strdup (cell);
  char *to = name;
  for (const char *from = cell; *from != '\0'; from++)
    if (*from != ' ')
      *to++ = *from;
  *to = '\0';
  *header = (PlateauHeader){ .quantity = PLATEAU_QUANTITY_OTHER, .name = g_strdup (cell) };
  if (strcmp (name, "mode") == 0)
    {
      header->quantity = PLATEAU_QUANTITY_MODE;
      header->is_state = TRUE;
      header->word = mode_code;
      return TRUE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    if (strcmp (name, columns[i].name) == 0)
      {
        header->quantity = columns[i].quantity;
        header->unit = plateau_unit_find (columns[i].unit);
        header->rank = columns[i].rank;
        header->negative = columns[i].negative;
        return TRUE;
      }
  /* Everything else keeps its name; the unit stands behind the last slash. */
  const char *slash = strrchr (cell, '/');
  if (slash != NULL && slash != cell && slash[1] != '\0' && strchr (slash, ')') == NULL)
    {
      g_free (header->name);
      header->name = g_strndup (cell, (gsize) (slash - cell));
      header->unit_text = g_strdup (slash + 1);
    }
  return TRUE;
}

static gboolean
is_column_line (const char *line)
{
  return strchr (line, '\t') != NULL
         && (strstr (line, "time/s") != NULL || strstr (line, "freq/Hz") != NULL
             || strstr (line, "Ewe/V") != NULL || strstr (line, "Ecell/V") != NULL
             || strstr (line, "<Ewe>/V") != NULL);
}

static guint
score_mpt (const PlateauProbe *probe)
{
  if (probe->text == NULL)
    return 0;
  const char *text = probe->text;
  if (g_str_has_prefix (text, "EC-Lab ASCII FILE") || g_str_has_prefix (text, "BT-Lab ASCII FILE"))
    return 100;
  const char *mark = strstr (text, "Nb header lines");
  if (mark != NULL && mark - text < 4000)
    return 90;
  const char *time = strstr (text, "time/s\t"), *frequency = strstr (text, "freq/Hz\t");
  gboolean potential = strstr (text, "Ewe/V") != NULL || strstr (text, "Ecell/V") != NULL
                       || strstr (text, "<Ewe>/V") != NULL;
  gboolean current = strstr (text, "I/mA") != NULL || strstr (text, "<I>/mA") != NULL
                     || strstr (text, "mA.h") != NULL;
  return (time != NULL && potential && current)
                 || (frequency != NULL && strstr (text, "Re(Z)/Ohm") != NULL)
             ? 80
             : 0;
}

/* The column line: as the second line says, else the first line that looks like one. */
static guint
find_column_line (GPtrArray *lines)
{
  for (guint i = 0; i < MIN (lines->len, 20); i++)
    {
      const char *mark = strstr (lines->pdata[i], "Nb header lines");
      const char *colon = mark != NULL ? strchr (mark, ':') : NULL;
      guint64 n = colon != NULL ? g_ascii_strtoull (colon + 1, NULL, 10) : 0;
      if (n >= 1 && n <= lines->len && strchr (lines->pdata[n - 1], '\t') != NULL)
        return (guint) n - 1;
    }
  for (guint i = 0; i < lines->len; i++)
    if (is_column_line (lines->pdata[i]))
      return i;
  return G_MAXUINT;
}

static const struct
{
  const char *prefix, *key;
} infos[] = {
  { "Acquisition started on", PLATEAU_INFO_STARTED },
  { "Run on channel", PLATEAU_INFO_CHANNEL },
  { "Mass of active material", PLATEAU_INFO_MASS_MG },
  { "Electrode surface area", PLATEAU_INFO_AREA_CM2 },
  { "Battery capacity", PLATEAU_INFO_NOMINAL_CAPACITY_MAH },
  { "Comments", PLATEAU_INFO_COMMENT },
  { "Device", PLATEAU_INFO_INSTRUMENT },
  { "Loaded Setting File", PLATEAU_INFO_SETTINGS_FILE },
  { "Electrode material", "electrode_material" },
  { "Electrolyte", "electrolyte" },
  { "Reference electrode", "reference_electrode" },
  { "Characteristic mass", "characteristic_mass" },
  { "Cycle Definition", "cycle_definition" },
};

/* "Mass of active material : 1,234 mg" as a number in @wanted. */
static char *
convert_value (const char *value, const char *wanted)
{
  gsize length = strcspn (value, " ");
  double number;
  char mark = memchr (value, ',', length) != NULL ? ',' : '.';
  if (!plateau_text_field_to_number (value, length, mark, &number) || !(number > 0))
    return NULL;
  const PlateauUnit *to = plateau_unit_find (wanted);
  const PlateauUnit *from = plateau_unit_parse (value + length, to->dimension);
  if (from == NULL)
    return NULL;
  return g_strdup_printf ("%.10g", plateau_unit_from_si (to, plateau_unit_to_si (from, number)));
}

static void
set_info (PlateauMeasurement *measurement, const char *key, const char *value)
{
  g_autofree char *converted = NULL;
  if (strcmp (key, PLATEAU_INFO_STARTED) == 0)
    {
      double started;
      const char *samples[] = { value };
      if (!plateau_parse_date (value, strlen (value), plateau_guess_date_order (samples, 1),
                               &started))
        return;
      converted = plateau_format_date (started);
    }
  else if (strcmp (key, PLATEAU_INFO_MASS_MG) == 0)
    converted = convert_value (value, "mg");
  else if (strcmp (key, PLATEAU_INFO_AREA_CM2) == 0)
    converted = convert_value (value, "cm2");
  else if (strcmp (key, PLATEAU_INFO_NOMINAL_CAPACITY_MAH) == 0)
    converted = convert_value (value, "mAh");
  else
    converted = g_strdup (value);
  if (converted != NULL && converted[0] != '\0')
    plateau_measurement_set_info (measurement, key, converted);
}

static void
read_preamble (GPtrArray *lines, guint n_lines, PlateauMeasurement *measurement)
{
  for (guint i = 0; i < n_lines; i++)
    {
      const char *line = lines->pdata[i];
      if (strstr (line, "(software)") != NULL)
        {
          g_autofree char *software = g_strndup (line,
                                                 (gsize) (strstr (line, "(software)") - line));
          plateau_measurement_set_info (measurement, PLATEAU_INFO_SOFTWARE, g_strstrip (software));
        }
      for (gsize k = 0; k < G_N_ELEMENTS (infos); k++)
        {
          if (!g_str_has_prefix (line, infos[k].prefix))
            continue;
          const char *colon = strstr (line, " : ");
          if (colon == NULL)
            continue;
          g_autofree char *value = g_strstrip (g_strdup (colon + 3));
          if (value[0] != '\0')
            set_info (measurement, infos[k].key, value);
        }
    }
  if (n_lines > 3 && ((const char *) lines->pdata[3])[0] != '\0'
      && strchr (lines->pdata[3], '\t') == NULL)
    {
      g_autofree char *technique = g_strstrip (g_strdup (lines->pdata[3]));
      plateau_measurement_set_info (measurement, PLATEAU_INFO_TECHNIQUE, technique);
    }
}

/* Line 4 of an export is the technique's long name. */
static PlateauKinds
kinds_of (const char *technique)
{
  static const struct
  {
    const char *word;
    PlateauKinds kinds;
  } known[] = {
    { "Impedance", PLATEAU_KIND_EIS },
    { "IR compensation (PEIS)", PLATEAU_KIND_EIS },
    { "Galvanostatic Intermittent", PLATEAU_KIND_GITT | PLATEAU_KIND_CYCLING },
    { "Cyclic Voltammetry", PLATEAU_KIND_CV },
    { "Linear Sweep", PLATEAU_KIND_CV },
    { "Open Circuit", PLATEAU_KIND_OCV },
    { "Chronoamperometry", PLATEAU_KIND_HOLD },
    { "Constant Voltage", PLATEAU_KIND_HOLD },
  };
  for (gsize i = 0; technique != NULL && i < G_N_ELEMENTS (known); i++)
    if (strstr (technique, known[i].word) != NULL)
      return known[i].kinds;
  return technique != NULL ? plateau_eclab_technique_kinds (technique) : 0;
}

/* A table of impedance alone tells nothing of a test's course. */
static gboolean
has_course (PlateauRecording *recording)
{
  return plateau_recording_peek (recording, PLATEAU_QUANTITY_POTENTIAL) != NULL
         && (plateau_recording_peek (recording, PLATEAU_QUANTITY_CURRENT) != NULL
             || plateau_recording_peek (recording, PLATEAU_QUANTITY_TIME) != NULL);
}

/* Impedance loops of PEIS, GEIS and the techniques that contain them. */
static void
add_spectra (PlateauMeasurement *measurement)
{
  g_autoptr (PlateauRecording) recording = plateau_measurement_ref_recording (measurement, NULL);
  if (recording == NULL)
    return;
  const char *technique = plateau_measurement_get_info (measurement, PLATEAU_INFO_TECHNIQUE);
  gboolean impedance = technique != NULL && strstr (technique, "Impedance") != NULL;
  PlateauEisMode mode = !impedance                              ? PLATEAU_EIS_UNKNOWN
                        : strstr (technique, "Galvano") != NULL ? PLATEAU_EIS_GEIS
                                                                : PLATEAU_EIS_PEIS;
  guint n = plateau_sweep_add_recording (recording, mode, measurement);
  PlateauKinds kinds = plateau_measurement_get_kinds (measurement);
  if (n > 0)
    plateau_measurement_set_kinds (measurement, (has_course (recording) ? kinds : 0)
                                                    | PLATEAU_KIND_EIS);
  else if (kinds == PLATEAU_KIND_EIS)
    plateau_measurement_set_kinds (measurement, PLATEAU_KIND_OCV);
}

static gboolean
read_mpt (PlateauInput *input, const PlateauReadOptions *options, GPtrArray *measurements,
          GCancellable *cancellable, GError **error)
{
  g_autoptr (PlateauText) text = plateau_text_new (input, options->encoding, cancellable, error);
  if (text == NULL)
    return FALSE;
  g_autoptr (GPtrArray) lines = plateau_text_head (text, MAX_HEADER, error);
  if (lines == NULL)
    return FALSE;
  guint header = find_column_line (lines);
  if (header == G_MAXUINT)
    {
      g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_INVALID,
                   _ ("“%s” begins like an EC-Lab text export but has no line of column names. "
                      "Export it again from EC-Lab."),
                   plateau_input_get_name (input));
      return FALSE;
    }
  g_autoptr (PlateauMeasurement) measurement = plateau_input_new_measurement (input, NULL);
  plateau_measurement_set_info (measurement, PLATEAU_INFO_INSTRUMENT, "BioLogic");
  read_preamble (lines, header, measurement);
  PlateauTextLayout layout = {
    .dialect = plateau_text_guess_dialect (lines, header + 1, '\t'),
    .header_line = header,
    .units_line = G_MAXUINT,
    .first_row = header + 1,
  };
  PlateauTextTraits traits = {
    .understand = understand,
    .kinds = kinds_of (plateau_measurement_get_info (measurement, PLATEAU_INFO_TECHNIQUE)),
  };
  if (!plateau_text_read_table (text, lines, &layout, options, &traits, measurement, cancellable,
                                error))
    return FALSE;
  add_spectra (measurement);
  g_ptr_array_add (measurements, g_steal_pointer (&measurement));
  return TRUE;
}

static const char *const suffixes[] = { "mpt", "txt", NULL };

const PlateauReader plateau_reader_mpt = {
  .id = "biologic-mpt",
  .label = N_ ("BioLogic EC-Lab text (.mpt, .txt)"),
  .suffixes = suffixes,
  .version = 1,
  .score = score_mpt,
  .read = read_mpt,
};
