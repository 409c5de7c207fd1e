/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/plateau-text-reader.h"

#include "base/plateau-error.h"
#include "readers/plateau-header.h"
#include "readers/plateau-text-check.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

enum
{
  HEAD_LINES = 300,
};

/* A numeric clock counts seconds or milliseconds since 1970, or days since 1899-12-30 or since the
 * year 0: told apart by the size of the number. */
static void
convert_clock (double *values, gsize n)
{
  double first = NAN;
  for (gsize i = 0; i < n && isnan (first); i++)
    first = values[i];
  double scale = 1, zero = 0;
  if (first > 1e11)
    scale = 1e-3;
  else if (first > 6e5 && first < 1e6)
    scale = 86400, zero = 719529;
  else if (first > 2e4 && first < 8e4)
    scale = 86400, zero = 25569;
  else if (first < 1e8)
    scale = NAN; /* no date of a measurement */
  for (gsize i = 0; i < n; i++)
    values[i] = (values[i] - zero) * scale;
}

static void
to_si (PlateauTextColumn *column, gsize n)
{
  double *values = column->values;
  if (column->quantity == PLATEAU_QUANTITY_CLOCK && column->kind == PLATEAU_TEXT_NUMBER)
    {
      convert_clock (values, n);
      return;
    }
  if (column->quantity == PLATEAU_QUANTITY_OTHER || column->unit == NULL
      || column->kind != PLATEAU_TEXT_NUMBER)
    return;
  double factor = column->unit->factor * (column->negative ? -1 : 1), offset = column->unit->offset;
  if (factor == 1 && offset == 0)
    return;
  for (gsize i = 0; i < n; i++)
    values[i] = values[i] * factor + offset;
}

/* One sentence for all units that the file does not state. */
static void
report_units (PlateauTextTable *table, PlateauMeasurement *measurement)
{
  g_autoptr (GString) list = g_string_new (NULL);
  g_autoptr (GString) lines = g_string_new (NULL);
  for (guint i = 0; i < table->columns->len; i++)
    {
      const PlateauTextColumn *column = g_ptr_array_index (table->columns, i);
      if (column->unit_assumed && column->kind == PLATEAU_TEXT_NUMBER
          && column->quantity != PLATEAU_QUANTITY_OTHER
          && column->quantity != PLATEAU_QUANTITY_CLOCK && column->unit != NULL)
        {
          g_string_append_printf (list, "%s“%s” %s", list->len > 0 ? ", " : "", column->header,
                                  column->unit->label);
          g_string_append_printf (lines, "%s%s\t%s", lines->len > 0 ? "\n" : "", column->header,
                                  column->unit->id);
        }
    }
  if (list->len == 0)
    return;
  plateau_measurement_warn (
      measurement, _ ("The file states no unit for some columns; assumed were: %s."), list->str);
  plateau_measurement_set_info (measurement, PLATEAU_INFO_ASSUMED_UNITS, lines->str);
}

static void
report (PlateauTextTable *table, const PlateauTextTraits *traits, PlateauMeasurement *measurement)
{
  if (table->n_skipped > 0)
    plateau_measurement_warn (measurement,
                              ngettext ("%llu line between the data could not be read as a "
                                        "record and was left out: line %llu.",
                                        "%llu lines between the data could not be read as "
                                        "records and were left out, the first is line %llu.",
                                        (gulong) table->n_skipped),
                              (unsigned long long) table->n_skipped,
                              (unsigned long long) table->first_skipped_line);
  if (table->last_row_cut)
    plateau_measurement_warn (measurement,
                              _ ("The file ends inside a record; what is missing there is left "
                                 "empty. If the test has ended, copy or export the file again."));
  for (guint i = 0; i < table->columns->len; i++)
    {
      PlateauTextColumn *column = g_ptr_array_index (table->columns, i);
      if (column->n_bad == 0)
        continue;
      if (column->quantity == PLATEAU_QUANTITY_OTHER && column->n_bad * 2 > table->n_rows)
        column->kind = PLATEAU_TEXT_SKIP; /* words, after a beginning that looked like numbers */
      else
        plateau_measurement_warn (
            measurement,
            _ ("Column “%s”: %llu values are not numbers, the first is “%s” in line "
               "%llu."),
            column->header, (unsigned long long) column->n_bad, column->first_bad,
            (unsigned long long) column->first_bad_line);
    }
  if (!traits->units_are_known)
    report_units (table, measurement);
}

/* Splits the state into mode and direction. Returns (transfer full) the directions. */
static double *
split_state (PlateauTextTable *table)
{
  PlateauTextColumn *state = plateau_text_table_find (table, PLATEAU_QUANTITY_MODE);
  if (state == NULL || state->word == NULL)
    return NULL;
  double *direction = g_new (double, MAX (table->n_rows, 1));
  for (gsize i = 0; i < table->n_rows; i++)
    {
      int code = isnan (state->values[i]) ? 1 : (int) state->values[i];
      direction[i] = code % 4 - 1;
      state->values[i] = code / 4;
    }
  return direction;
}

/* A test time printed as dates is a clock and, from its first value on, the test time. */
static void
add_time_from_dates (PlateauTextTable *table)
{
  PlateauTextColumn *clock = plateau_text_table_find (table, PLATEAU_QUANTITY_CLOCK);
  if (clock == NULL || !clock->time_as_date
      || plateau_text_table_find (table, PLATEAU_QUANTITY_TIME) != NULL)
    return;
  PlateauTextColumn *time = plateau_text_column_new (clock->header);
  time->kind = PLATEAU_TEXT_CARRIED;
  time->quantity = PLATEAU_QUANTITY_TIME;
  time->values = g_new (double, MAX (table->n_rows, 1));
  double start = NAN;
  for (gsize i = 0; i < table->n_rows; i++)
    {
      if (isnan (start))
        start = clock->values[i];
      /* Unix times hold microseconds at best: the difference is not worth more digits. */
      time->values[i] = round ((clock->values[i] - start) * 1e6) * 1e-6;
    }
  g_ptr_array_add (table->columns, time);
}

static gboolean
is_empty (const double *values, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (!isnan (values[i]))
      return FALSE;
  return TRUE;
}

static PlateauRecording *
build (PlateauTextTable *table, PlateauMeasurement *measurement, GError **error)
{
  g_autoptr (PlateauRecordingBuilder) builder = plateau_recording_builder_new ();
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  for (guint i = 0; i < table->columns->len; i++)
    {
      PlateauTextColumn *column = g_ptr_array_index (table->columns, i);
      if (column->kind == PLATEAU_TEXT_SKIP || column->values == NULL
          || is_empty (column->values, table->n_rows))
        continue;
      gboolean other = column->quantity == PLATEAU_QUANTITY_OTHER;
      plateau_recording_builder_add_column (
          builder, column->quantity, other ? column->name : column->header,
          other && column->unit_text != NULL ? column->unit_text : "");
      g_ptr_array_add (kept, column);
    }
  for (guint i = 0; i < kept->len; i++)
    {
      PlateauTextColumn *column = kept->pdata[i];
      plateau_recording_builder_take_column (builder, i, g_steal_pointer (&column->values),
                                             table->n_rows);
    }
  PlateauRecordingRules rules = { .derive_current = TRUE };
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  PlateauRecording *recording = plateau_recording_builder_finish (builder, &rules, warnings, error);
  plateau_measurement_add_warnings (measurement, warnings);
  if (recording != NULL && plateau_text_table_find (table, PLATEAU_QUANTITY_CURRENT) == NULL
      && plateau_recording_peek (recording, PLATEAU_QUANTITY_CURRENT) != NULL)
    plateau_measurement_warn (measurement, "%s",
                              _ ("The file has no column of current: it was taken from the charge "
                                 "counter, as change of charge over change of time."));
  return recording;
}
/* A spectrum without its frequencies. */
static gboolean
names_impedance (PlateauTextTable *table)
{
  static const char *const marks[] = { "z'", "z′", "re(z)", "zre", "z_re", "im(z)", "z real" };

  for (guint i = 0; i < table->columns->len; i++)
    {
      const PlateauTextColumn *column = g_ptr_array_index (table->columns, i);
      g_autofree char *head = g_utf8_casefold (column->header, -1);
      for (guint k = 0; k < G_N_ELEMENTS (marks); k++)
        if (strstr (head, marks[k]) != NULL)
          return TRUE;
    }
  return FALSE;
}

static gboolean
refuse_empty (PlateauText *text, GError **error)
{
  g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_NO_DATA,
               _ ("“%s” has a table of measurements without a single record. Nothing was recorded "
                  "yet, or the file is cut: export it again."),
               plateau_text_get_name (text));
  return FALSE;
}

/**
 * plateau_text_set_info_from_pairs:
 * @lines: (element-type utf8): the head of the file
 * @n_lines: lines before the table
 *
 * Keeps lines of a preamble that read "name: value", "name,value" or "name<tab>value" as info.
 */
void
plateau_text_set_info_from_pairs (GPtrArray *lines, guint n_lines, PlateauMeasurement *measurement)
{
  guint kept = 0;
  for (guint i = 0; i < MIN (n_lines, lines->len) && kept < 64; i++)
    {
      const char *line = lines->pdata[i];
      gsize cut = strcspn (line, ":\t,;=");
      if (cut == 0 || cut > 60 || line[cut] == '\0' || strlen (line) > 2000)
        continue;
      g_autofree char *key = g_strstrip (g_strndup (line, cut));
      g_autofree char *value = g_strdup (line + cut + strspn (line + cut, ":\t,;= "));
      g_strstrip (value);
      for (gsize n = strlen (value); n > 0 && strchr (",;\t ", value[n - 1]) != NULL; n--)
        value[n - 1] = '\0';
      if (key[0] == '\0' || value[0] == '\0')
        continue;
      plateau_measurement_set_info (measurement, key, value);
      kept++;
    }
}

/**
 * plateau_text_finish:
 * @table: a table with its rows; emptied
 * @text: where it came from
 * @traits: (nullable): what is peculiar to the format
 * @measurement: gets the recording, its start and the warnings
 *
 * Converts to SI, checks the plausibility of units, signs and times, and builds the recording.
 *
 * Returns: FALSE with @error set: PLATEAU_READER_ERROR_NO_DATA when there is no row
 */
gboolean
plateau_text_finish (PlateauTextTable *table, PlateauText *text, const PlateauReadOptions *options,
                     const PlateauTextTraits *traits, PlateauMeasurement *measurement,
                     GCancellable *cancellable, GError **error)
{
  static const PlateauTextTraits no_traits = { 0 };
  if (traits == NULL)
    traits = &no_traits;
  if (table->n_rows == 0)
    return refuse_empty (text, error);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  for (guint i = 0; i < table->columns->len; i++)
    {
      PlateauTextColumn *column = g_ptr_array_index (table->columns, i);
      if (column->values != NULL)
        to_si (column, table->n_rows);
    }
  plateau_text_check_counter_units (table, measurement);
  report (table, traits, measurement);
  g_autofree double *direction = split_state (table);
  add_time_from_dates (table);
  plateau_text_check_times (table, traits, measurement);
  plateau_text_check_counter (table, measurement);
  plateau_text_check_potential (table, measurement);
  plateau_text_check_sign (table, direction, traits, options->flip_current, measurement);

  PlateauTextColumn *clock = plateau_text_table_find (table, PLATEAU_QUANTITY_CLOCK);
  if (clock != NULL && plateau_measurement_get_info (measurement, PLATEAU_INFO_STARTED) == NULL)
    {
      g_autofree char *started = plateau_format_date (clock->values[0]);
      if (started != NULL)
        plateau_measurement_set_info (measurement, PLATEAU_INFO_STARTED, started);
    }
  g_autoptr (PlateauRecording) recording = build (table, measurement, error);
  if (recording == NULL)
    return FALSE;
  plateau_measurement_set_recording (measurement, recording);
  if (traits->kinds != 0)
    plateau_measurement_set_kinds (measurement, traits->kinds);
  else if (plateau_measurement_get_kinds (measurement) == 0)
    plateau_measurement_set_kinds (measurement, plateau_recording_guess_kinds (recording));
  if ((plateau_measurement_get_kinds (measurement) & PLATEAU_KIND_CYCLING) != 0
      && plateau_recording_peek (recording, PLATEAU_QUANTITY_POTENTIAL) != NULL
      && plateau_recording_peek (recording, PLATEAU_QUANTITY_CURRENT) == NULL
      && plateau_recording_peek (recording, PLATEAU_QUANTITY_CHARGE) == NULL)
    plateau_measurement_warn (measurement,
                              _ ("The file has no current and no capacity: charge and discharge "
                                 "cannot be told apart. If a column holds one, name it by hand."));
  return TRUE;
}

/**
 * plateau_text_has_curve:
 *
 * Returns: whether @table has what a cycling curve needs: a potential or a current, and a second
 *   quantity to see it against; or a frequency and an impedance
 */
gboolean
plateau_text_has_curve (PlateauTextTable *table)
{
  static const PlateauQuantity others[] = {
    PLATEAU_QUANTITY_TIME,
    PLATEAU_QUANTITY_STEP_TIME,
    PLATEAU_QUANTITY_CLOCK,
    PLATEAU_QUANTITY_CHARGE_INCREMENT,
    PLATEAU_QUANTITY_COUNTER_SIGNED_CHARGE,
    PLATEAU_QUANTITY_COUNTER_CAPACITY,
    PLATEAU_QUANTITY_COUNTER_CHARGE_CAPACITY,
    PLATEAU_QUANTITY_COUNTER_DISCHARGE_CAPACITY,
  };
  gboolean potential = plateau_text_table_find (table, PLATEAU_QUANTITY_POTENTIAL) != NULL;
  gboolean current = plateau_text_table_find (table, PLATEAU_QUANTITY_CURRENT) != NULL;
  if (potential && current)
    return TRUE;
  if (plateau_text_table_find (table, PLATEAU_QUANTITY_FREQUENCY) != NULL
      && plateau_text_table_find (table, PLATEAU_QUANTITY_IMPEDANCE_REAL) != NULL
      && plateau_text_table_find (table, PLATEAU_QUANTITY_IMPEDANCE_IMAGINARY) != NULL)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    if (plateau_text_table_find (table, others[i]) != NULL)
      return potential || current;
  return FALSE;
}

/* A head that the user named and the file does not have. */
static const char *
find_missing (PlateauTextTable *table, const PlateauReadOptions *options)
{
  if (options->columns == NULL)
    return NULL;
  GHashTableIter iter;
  gpointer head;
  g_hash_table_iter_init (&iter, options->columns);
  while (g_hash_table_iter_next (&iter, NULL, &head))
    {
      gboolean found = FALSE;
      for (guint i = 0; i < table->columns->len && !found; i++)
        found = strcmp (((PlateauTextColumn *) table->columns->pdata[i])->header, head) == 0;
      if (!found)
        return head;
    }
  return NULL;
}

/**
 * plateau_text_check_columns:
 * @options: the columns that the user named must be there
 *
 * Returns: TRUE when the columns make a curve; FALSE with @error set to
 *   PLATEAU_READER_ERROR_NEEDS_COLUMNS, which lists the heads of all columns
 */
gboolean
plateau_text_check_columns (PlateauTextTable *table, PlateauText *text,
                            const PlateauReadOptions *options, GError **error)
{
  const char *missing = find_missing (table, options);
  if (missing == NULL && plateau_text_has_curve (table))
    return TRUE;
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = 0; i < table->columns->len && names->len < 2000; i++)
    {
      const PlateauTextColumn *column = g_ptr_array_index (table->columns, i);
      if (column->header[0] != '\0')
        g_string_append_printf (names, "%s“%s”", names->len > 0 ? ", " : "", column->header);
    }
  if (missing == NULL && names_impedance (table))
    g_set_error (
        error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_NEEDS_COLUMNS,
        _ ("“%s” has columns of impedance, but none that is known as frequency: without it "
           "there is no spectrum. Export it with the frequency, or name the column; the "
           "columns are: %s."),
        plateau_text_get_name (text), names->str);
  else if (missing != NULL)
    g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_NEEDS_COLUMNS,
                 _ ("“%s” has no column “%s”; its columns are: %s."), plateau_text_get_name (text),
                 missing, names->str);
  else
    g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_NEEDS_COLUMNS,
                 _ ("“%s” is a table, but its header does not tell potential, current and time. "
                    "Name them by hand; the columns are: %s."),
                 plateau_text_get_name (text), names->str);
  return FALSE;
}

/**
 * plateau_text_read_table:
 * @lines: the head of the file
 * @layout: where the table is
 * @measurement: gets the recording
 *
 * Reads the table at @layout to the end of the file and finishes it.
 *
 * Returns: FALSE with @error set
 */
gboolean
plateau_text_read_table (PlateauText *text, GPtrArray *lines, const PlateauTextLayout *layout,
                         const PlateauReadOptions *options, const PlateauTextTraits *traits,
                         PlateauMeasurement *measurement, GCancellable *cancellable, GError **error)
{
  const char *units = layout->units_line != G_MAXUINT ? lines->pdata[layout->units_line] : NULL;
  g_autoptr (PlateauTextTable) table = plateau_text_describe (
      lines->pdata[layout->header_line], units, layout->dialect, options, traits);
  plateau_text_sample (table, lines, layout->first_row);
  if (!plateau_text_check_columns (table, text, options, error))
    return FALSE;
  return plateau_text_rewind (text, layout->first_row, error)
         && plateau_text_table_read (table, text, error)
         && plateau_text_finish (table, text, options, traits, measurement, cancellable, error);
}

/**
 * plateau_text_find_line:
 *
 * Returns: the index of the first line that begins with @prefix, or G_MAXUINT
 */
guint
plateau_text_find_line (GPtrArray *lines, const char *prefix)
{
  for (guint i = 0; i < lines->len; i++)
    if (g_str_has_prefix (lines->pdata[i], prefix))
      return i;
  return G_MAXUINT;
}

/**
 * plateau_text_set_header:
 * @header: index of the line of column heads
 * @layout: (out): guessed from there on
 *
 * Returns: FALSE when there is no such line
 */
gboolean
plateau_text_set_header (GPtrArray *lines, guint header, PlateauTextLayout *layout)
{
  if (header >= lines->len)
    return FALSE;
  char separator = plateau_text_guess_separator (lines->pdata[header]);
  plateau_text_settle_layout (lines, header, separator, layout);
  return TRUE;
}

/**
 * plateau_text_read_file:
 * @format: what is peculiar to the format
 * @measurements: gets one measurement
 *
 * Reads a file that holds one table.
 *
 * Returns: FALSE with @error set: PLATEAU_READER_ERROR_NO_DATA without table or rows,
 *   PLATEAU_READER_ERROR_NEEDS_COLUMNS when the header does not tell what the columns are
 */
gboolean
plateau_text_read_file (PlateauInput *input, const PlateauReadOptions *options,
                        const PlateauTextFormat *format, GPtrArray *measurements,
                        GCancellable *cancellable, GError **error)
{
  g_autoptr (PlateauText) text = plateau_text_new (input, options->encoding, cancellable, error);
  if (text == NULL)
    return FALSE;
  g_autoptr (GPtrArray)
      lines = plateau_text_head (text, format->max_head > 0 ? format->max_head : HEAD_LINES, error);
  if (lines == NULL)
    return FALSE;
  PlateauTextLayout layout;
  if ((format->find == NULL || options->columns != NULL || !format->find (lines, &layout))
      && !plateau_text_find_layout (lines, options, &layout))
    {
      g_set_error (
          error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_NO_DATA,
          _ ("“%s” is text, but no table of numbers was found in it. Open the file that the "
             "instrument wrote, or export its records as a table."),
          plateau_input_get_name (input));
      return FALSE;
    }
  g_autoptr (PlateauMeasurement) measurement = plateau_input_new_measurement (input, NULL);
  if (format->instrument != NULL)
    plateau_measurement_set_info (measurement, PLATEAU_INFO_INSTRUMENT, format->instrument);
  guint n_preamble = layout.header_line != G_MAXUINT ? layout.header_line : layout.first_row;
  if (format->preamble != NULL)
    format->preamble (lines, n_preamble, measurement);
  else
    plateau_text_set_info_from_pairs (lines, n_preamble, measurement);

  g_autoptr (PlateauTextTable)
      table = plateau_text_describe_layout (lines, &layout, options, &format->traits);
  plateau_text_sample (table, lines, layout.first_row);
  if (!plateau_text_check_columns (table, text, options, error))
    return FALSE;
  PlateauTextFormatState state = { .lines = lines, .layout = &layout };
  if (format->prepare != NULL)
    format->prepare (table, &state);
  table->classify = format->classify;
  table->user_data = &state;
  if (!plateau_text_rewind (text, layout.first_row, error)
      || !plateau_text_table_read (table, text, error))
    return FALSE;
  if (format->adjust != NULL && table->n_rows > 0)
    format->adjust (table, lines, measurement);
  if (!plateau_text_finish (table, text, options, &format->traits, measurement, cancellable, error))
    return FALSE;
  g_ptr_array_add (measurements, g_steal_pointer (&measurement));
  return TRUE;
}
