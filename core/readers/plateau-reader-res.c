/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-date.h"
#include "base/plateau-error.h"
#include "base/plateau-number.h"
#include "readers/plateau-jet.h"
#include "readers/plateau-reader.h"
#include "readers/plateau-reader-table.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Arbin's result files (.res): an Access database of records, one file for any number of tests. */

/* The columns of records; any other column of numbers is kept as it is. */
static const struct
{
  const char *name;
  PlateauQuantity quantity;
  double factor; /* to SI */
} record_columns[] = {
  { "Test_Time", PLATEAU_QUANTITY_TIME, 1 },
  { "Step_Time", PLATEAU_QUANTITY_STEP_TIME, 1 },
  { "DateTime", PLATEAU_QUANTITY_CLOCK, 1 },
  { "Step_Index", PLATEAU_QUANTITY_STEP_INDEX, 1 },
  { "Cycle_Index", PLATEAU_QUANTITY_CYCLE, 1 },
  { "Current", PLATEAU_QUANTITY_CURRENT, 1 },
  { "Voltage", PLATEAU_QUANTITY_POTENTIAL, 1 },
  { "Charge_Capacity", PLATEAU_QUANTITY_COUNTER_CHARGE_CAPACITY, 3600 },
  { "Discharge_Capacity", PLATEAU_QUANTITY_COUNTER_DISCHARGE_CAPACITY, 3600 },
  { "Charge_Energy", PLATEAU_QUANTITY_COUNTER_CHARGE_ENERGY, 3600 },
  { "Discharge_Energy", PLATEAU_QUANTITY_COUNTER_DISCHARGE_ENERGY, 3600 },
};

static const struct
{
  const char *name, *unit;
} other_columns[] = {
  { "dV/dt", "V/s" },        { "Internal_Resistance", "ohm" },
  { "AC_Impedance", "ohm" }, { "ACI_Phase_Angle", "deg" },
  { "ACR", "ohm" },
};

static guint
score (const PlateauProbe *probe)
{
  gboolean jet = probe->head_length > 20
                 && (memcmp (probe->head + 4, "Standard Jet DB", 15) == 0
                     || memcmp (probe->head + 4, "Standard ACE DB", 15) == 0);
  gboolean suffix = g_str_has_suffix (probe->name, ".res");
  if (jet)
    return suffix ? 95 : 90;
  return suffix ? 15 : 0;
}

typedef struct
{
  double test, point;
  guint row;
} Key;

static int
compare_keys (const void *a, const void *b)
{
  const Key *x = a, *y = b;
  if (x->test != y->test)
    return x->test < y->test ? -1 : 1;
  if (x->point != y->point)
    return x->point < y->point ? -1 : 1;
  return x->row < y->row ? -1 : x->row > y->row;
}

/* The rows by test and record number. */
static GArray *
sort_rows (const PlateauJetTable *table)
{
  int test = plateau_jet_table_find (table, "Test_ID");
  int point = plateau_jet_table_find (table, "Data_Point");
  GArray *keys = g_array_sized_new (FALSE, FALSE, sizeof (Key), (guint) table->n_rows);
  gboolean in_order = TRUE;
  for (gsize r = 0; r < table->n_rows; r++)
    {
      Key key = { test >= 0 ? table->numbers[test][r] : 1,
                  point >= 0 ? table->numbers[point][r] : (double) r, (guint) r };
      if (isnan (key.test) || isnan (key.point))
        continue;
      in_order = in_order
                 && (keys->len == 0
                     || compare_keys (&g_array_index (keys, Key, keys->len - 1), &key) < 0);
      g_array_append_val (keys, key);
    }
  if (!in_order)
    qsort (keys->data, keys->len, sizeof (Key), compare_keys);
  return keys;
}

static double *
take_values (const PlateauJetTable *table, int column, const Key *rows, gsize n, double factor)
{
  double *values = g_new (double, MAX (n, 1));
  for (gsize i = 0; i < n; i++)
    values[i] = table->numbers[column][rows[i].row] * factor;
  return values;
}

static void
add_column (PlateauRecordingBuilder *builder, PlateauQuantity quantity, const char *name,
            const char *unit, double *values, gsize n)
{
  guint column = plateau_recording_builder_add_column (builder, quantity, name, unit);
  plateau_recording_builder_take_column (builder, column, values, n);
}

static gboolean
is_constant (const double *values, gsize n)
{
  for (gsize i = 1; i < n; i++)
    if (values[i] != values[0])
      return FALSE;
  return TRUE;
}

static void
add_record_columns (PlateauRecordingBuilder *builder, const PlateauJetTable *table, const Key *rows,
                    gsize n)
{
  for (gsize k = 0; k < G_N_ELEMENTS (record_columns); k++)
    {
      int column = plateau_jet_table_find (table, record_columns[k].name);
      if (column < 0)
        continue;
      double *values = take_values (table, column, rows, n, record_columns[k].factor);
      if (record_columns[k].quantity == PLATEAU_QUANTITY_CLOCK)
        for (gsize i = 0; i < n; i++)
          values[i] = plateau_unix_from_ole_date (values[i]);
      add_column (builder, record_columns[k].quantity, record_columns[k].name, NULL, values, n);
    }
  /* Impedance and so on are columns of zeros unless they were asked for. */
  for (gsize k = 0; k < G_N_ELEMENTS (other_columns); k++)
    {
      int column = plateau_jet_table_find (table, other_columns[k].name);
      double *values = column >= 0 ? take_values (table, column, rows, n, 1) : NULL;
      if (values != NULL && is_constant (values, n))
        g_free (values);
      else if (values != NULL)
        add_column (builder, PLATEAU_QUANTITY_OTHER, other_columns[k].name, other_columns[k].unit,
                    values, n);
    }
}

/* Records of auxiliary channels: 0 potential, 1 temperature, ... each with a number. */
static void
add_aux_channel (PlateauRecordingBuilder *builder, const PlateauJetTable *aux, const Key *order,
                 gsize n_order, int type, int number, const Key *rows, gsize n,
                 gboolean *has_temperature)
{
  int type_column = plateau_jet_table_find (aux, "Data_Type");
  int number_column = plateau_jet_table_find (aux, "Auxiliary_Index");
  int x = plateau_jet_table_find (aux, "X");
  double *values = g_new (double, MAX (n, 1));
  gboolean as_temperature = type == 1 && !*has_temperature;
  gsize k = 0;
  for (gsize i = 0; i < n; i++)
    {
      values[i] = NAN;
      for (; k < n_order
             && (order[k].test < rows[i].test
                 || (order[k].test == rows[i].test && order[k].point <= rows[i].point));
           k++)
        if (order[k].test == rows[i].test && order[k].point == rows[i].point
            && aux->numbers[type_column][order[k].row] == type
            && aux->numbers[number_column][order[k].row] == number)
          values[i] = aux->numbers[x][order[k].row] + (as_temperature ? 273.15 : 0);
    }
  g_autofree char *name = type == 0   ? g_strdup_printf ("Aux_Voltage_%d", number)
                          : type == 1 ? g_strdup_printf ("Aux_Temperature_%d", number)
                                      : g_strdup_printf ("Auxiliary_%d_%d", type, number);
  const char *unit = type == 0 ? "V" : type == 1 ? "degC" : "";
  add_column (builder, as_temperature ? PLATEAU_QUANTITY_TEMPERATURE : PLATEAU_QUANTITY_OTHER, name,
              unit, values, n);
  *has_temperature = *has_temperature || as_temperature;
}

static void
add_aux (PlateauRecordingBuilder *builder, const PlateauJetTable *aux, const Key *rows, gsize n)
{
  enum
  {
    MAX_TYPE = 8,
    MAX_NUMBER = 64
  };
  int type_column = plateau_jet_table_find (aux, "Data_Type");
  int number_column = plateau_jet_table_find (aux, "Auxiliary_Index");
  if (type_column < 0 || number_column < 0 || plateau_jet_table_find (aux, "X") < 0)
    return;
  g_autoptr (GArray) order = sort_rows (aux);
  const Key *keys = (const Key *) (gconstpointer) order->data;
  gboolean seen[MAX_TYPE][MAX_NUMBER] = { { FALSE } }, has_temperature = FALSE;
  for (guint i = 0; i < order->len; i++)
    {
      double type = aux->numbers[type_column][keys[i].row];
      double number = aux->numbers[number_column][keys[i].row];
      if (keys[i].test == rows[0].test && type >= 0 && type < MAX_TYPE && number >= 0
          && number < MAX_NUMBER)
        seen[(int) type][(int) number] = TRUE;
    }
  for (int type = 0; type < MAX_TYPE; type++)
    for (int number = 0; number < MAX_NUMBER; number++)
      if (seen[type][number])
        add_aux_channel (builder, aux, keys, order->len, type, number, rows, n, &has_temperature);
}

static void
set_info_from_text (PlateauMeasurement *measurement, const char *key, const PlateauJetTable *global,
                    const char *column, gsize row)
{
  int c = plateau_jet_table_find (global, column);
  if (c < 0 || global->texts[c] == NULL || global->texts[c][row] == NULL)
    return;
  g_autofree char *text = g_strstrip (g_strdup (global->texts[c][row]));
  if (text[0] != '\0')
    plateau_measurement_set_info (measurement, key, text);
}

static double
global_number (const PlateauJetTable *global, const char *column, gsize row)
{
  int c = plateau_jet_table_find (global, column);
  return c >= 0 && global->numbers[c] != NULL ? global->numbers[c][row] : NAN;
}

static void
set_info_from_number (PlateauMeasurement *measurement, const char *key, double value)
{
  if (!(value > 0))
    return;
  g_autofree char *text = plateau_format_significant (value, 7);
  plateau_measurement_set_info (measurement, key, text);
}

static void
add_global_info (PlateauMeasurement *measurement, const PlateauJetTable *global, double test)
{
  for (gsize row = 0; row < global->n_rows; row++)
    {
      if (global_number (global, "Test_ID", row) != test)
        continue;
      set_info_from_text (measurement, PLATEAU_INFO_CELL_NAME, global, "Test_Name", row);
      set_info_from_text (measurement, PLATEAU_INFO_COMMENT, global, "Comments", row);
      set_info_from_text (measurement, "operator", global, "Creator", row);
      set_info_from_text (measurement, "program", global, "Schedule_File_Name", row);
      set_info_from_text (measurement, "item", global, "Item_ID", row);
      set_info_from_text (measurement, PLATEAU_INFO_SOFTWARE, global, "Software_Version", row);
      set_info_from_number (measurement, PLATEAU_INFO_CHANNEL,
                            global_number (global, "Channel_Index", row));
      /* The mass is in grams, the capacity in A h. */
      set_info_from_number (measurement, PLATEAU_INFO_MASS_MG,
                            1000 * global_number (global, "MASS", row));
      set_info_from_number (measurement, PLATEAU_INFO_NOMINAL_CAPACITY_MAH,
                            1000 * global_number (global, "Capacity", row));
      double start = global_number (global, "Start_DateTime", row);
      g_autofree char *started = plateau_format_date (plateau_unix_from_ole_date (start));
      if (started != NULL)
        plateau_measurement_set_info (measurement, PLATEAU_INFO_STARTED, started);
      return;
    }
}

static gboolean
read_test (PlateauInput *input, const PlateauJetTable *records, const PlateauJetTable *global,
           const PlateauJetTable *aux, const Key *rows, gsize n, gboolean only_one,
           const PlateauReadOptions *options, GPtrArray *measurements, GError **error)
{
  g_autofree char *part = only_one ? NULL : g_strdup_printf (_ ("Test %.0f"), rows[0].test);
  g_autoptr (PlateauMeasurement) measurement = plateau_input_new_measurement (input, part);
  plateau_measurement_set_info (measurement, PLATEAU_INFO_INSTRUMENT, "Arbin");
  if (global != NULL)
    add_global_info (measurement, global, rows[0].test);
  g_autoptr (PlateauRecordingBuilder) builder = plateau_recording_builder_new ();
  add_record_columns (builder, records, rows, n);
  if (aux != NULL)
    add_aux (builder, aux, rows, n);
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  PlateauRecordingRules rules = { .flip_current = options->flip_current };
  g_autoptr (PlateauRecording)
      recording = plateau_recording_builder_finish (builder, &rules, warnings, error);
  if (recording == NULL)
    return FALSE;
  plateau_measurement_add_warnings (measurement, warnings);
  plateau_measurement_set_recording (measurement, recording);
  plateau_measurement_set_kinds (measurement, PLATEAU_KIND_CYCLING);
  g_ptr_array_add (measurements, g_steal_pointer (&measurement));
  return TRUE;
}

static PlateauJetTable *
read_optional (PlateauJet *jet, const char *name, gboolean with_text, GPtrArray *warnings)
{
  g_autoptr (GError) problem = NULL;
  if (!plateau_jet_has_table (jet, name))
    {
      g_ptr_array_add (warnings, g_strdup_printf (_ ("The file has no table “%s”."), name));
      return NULL;
    }
  PlateauJetTable *table = plateau_jet_read_table (jet, name, with_text, NULL, &problem);
  if (table == NULL)
    g_ptr_array_add (warnings, g_strdup (problem->message));
  return table;
}

static gboolean
check_columns (PlateauInput *input, const PlateauJetTable *records, GError **error)
{
  static const char *const needed[] = { "Test_Time", "Voltage", "Current" };
  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++)
    {
      int column = plateau_jet_table_find (records, needed[i]);
      if (column < 0 || records->numbers[column] == NULL)
        {
          g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_INVALID,
                       _ ("“%s”: the table of records has no column “%s”."),
                       plateau_input_get_name (input), needed[i]);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
read_res (PlateauInput *input, const PlateauReadOptions *options, GPtrArray *measurements,
          GCancellable *cancellable, GError **error)
{
  g_autoptr (PlateauJet) jet = plateau_jet_open (input, cancellable, error);
  if (jet == NULL)
    return FALSE;
  g_autoptr (PlateauJetTable)
      records = plateau_jet_read_table (jet, "Channel_Normal_Table", FALSE, cancellable, error);
  if (records == NULL || !check_columns (input, records, error))
    return FALSE;
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PlateauJetTable) global = read_optional (jet, "Global_Table", TRUE, warnings);
  g_autoptr (PlateauJetTable) aux = read_optional (jet, "Auxiliary_Table", FALSE, warnings);
  g_autoptr (GArray) order = sort_rows (records);
  const Key *keys = (const Key *) (gconstpointer) order->data;
  guint first_measurement = measurements->len;
  for (guint first = 0, next; first < order->len; first = next)
    {
      for (next = first; next < order->len && keys[next].test == keys[first].test;)
        next++;
      gboolean only_one = first == 0 && next == order->len;
      if (!read_test (input, records, global, aux, keys + first, next - first, only_one, options,
                      measurements, error))
        return FALSE;
    }
  if (measurements->len == first_measurement)
    {
      g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_NO_DATA,
                   _ ("“%s” holds no records: the test was started but nothing was recorded."),
                   plateau_input_get_name (input));
      return FALSE;
    }
  plateau_measurement_add_warnings (measurements->pdata[first_measurement], warnings);
  return TRUE;
}

static const char *const suffixes[] = { "res", NULL };

const PlateauReader plateau_reader_res = {
  .id = "arbin-res",
  .label = N_ ("Arbin results (.res)"),
  .suffixes = suffixes,
  .version = 1,
  .score = score,
  .read = read_res,
};
