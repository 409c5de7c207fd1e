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
  SAMPLE_LINES = 60,
  MAX_COLUMNS = 4096,
  HEAD_LINES = 300,
};

double
plateau_text_state_code (const char *word)
{
  PlateauState state;
  plateau_state_parse (word, &state);
  return state.mode * 4 + state.direction + 1;
}

static gboolean
apply_options (PlateauTextColumn *column, const PlateauReadOptions *options)
{
  gboolean chosen = FALSE;
  if (options->columns != NULL)
    {
      GHashTableIter iter;
      gpointer id, header;
      g_hash_table_iter_init (&iter, options->columns);
      while (g_hash_table_iter_next (&iter, &id, &header))
        if (strcmp (header, column->header) == 0)
          {
            column->quantity = plateau_quantity_from_id (id);
            chosen = TRUE;
            if (column->quantity == PLATEAU_QUANTITY_MODE)
              {
                column->kind = PLATEAU_TEXT_WORD;
                column->word = plateau_text_state_code;
              }
          }
    }
  PlateauDimension dimension = plateau_quantity_get_info (column->quantity)->dimension;
  if (chosen)
    {
      const PlateauUnit *stated = column->unit_text != NULL
                                      ? plateau_unit_parse (column->unit_text, dimension)
                                      : NULL;
      if (stated != NULL)
        column->unit = stated;
      else if (column->unit == NULL || column->unit->dimension != dimension)
        {
          /* Where nothing is said: what plain numbers usually are. */
          const char *usual = plateau_quantity_get_info (column->quantity)->bdf_unit;
          column->unit = plateau_unit_find (usual);
          column->unit_assumed = dimension != PLATEAU_DIMENSION_FRACTION;
        }
    }
  const char *unit = options->units != NULL ? g_hash_table_lookup (options->units, column->header)
                                            : NULL;
  if (unit != NULL)
    {
      const PlateauUnit *named = plateau_unit_find (unit);
      if (named == NULL)
        named = plateau_unit_parse (unit, dimension);
      if (named != NULL
          && (named->dimension == dimension || column->quantity == PLATEAU_QUANTITY_OTHER))
        {
          column->unit = named;
          column->unit_assumed = FALSE;
          column->unit_confirmed = TRUE;
        }
    }
  return chosen;
}

static gboolean
is_chosen (const PlateauReadOptions *options, PlateauQuantity quantity)
{
  if (options->columns == NULL)
    return FALSE;
  GHashTableIter iter;
  gpointer id;
  g_hash_table_iter_init (&iter, options->columns);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (plateau_quantity_from_id (id) == quantity)
      return TRUE;
  return FALSE;
}

static void
demote (PlateauTextColumn *column)
{
  column->quantity = PLATEAU_QUANTITY_OTHER;
  if (column->kind == PLATEAU_TEXT_WORD)
    column->kind = PLATEAU_TEXT_SKIP;
}

/* One column a quantity: the one of lowest rank, of equals the first. A second, vaguer "time"
 * beside a total time is the time in the step. */
static void
settle_quantities (PlateauTextTable *table)
{
  PlateauTextColumn *best[PLATEAU_N_QUANTITIES] = { NULL };
  for (guint i = 0; i < table->columns->len; i++)
    {
      PlateauTextColumn *column = g_ptr_array_index (table->columns, i);
      PlateauTextColumn **slot = &best[column->quantity];
      if (column->quantity == PLATEAU_QUANTITY_OTHER)
        continue;
      PlateauTextColumn *loser = *slot != NULL && (*slot)->rank <= column->rank ? column : *slot;
      if (loser != column)
        *slot = column;
      if (loser == NULL)
        continue;
      if (loser->quantity == PLATEAU_QUANTITY_TIME && best[PLATEAU_QUANTITY_STEP_TIME] == NULL)
        {
          loser->quantity = PLATEAU_QUANTITY_STEP_TIME;
          loser->rank = 1;
          best[PLATEAU_QUANTITY_STEP_TIME] = loser;
        }
      else
        demote (loser);
    }
  /* Where charge and discharge are counted apart, a common counter adds nothing. */
  static const PlateauQuantity pairs[][3] = {
    { PLATEAU_QUANTITY_COUNTER_CHARGE_CAPACITY, PLATEAU_QUANTITY_COUNTER_DISCHARGE_CAPACITY,
      PLATEAU_QUANTITY_COUNTER_CAPACITY },
    { PLATEAU_QUANTITY_COUNTER_CHARGE_ENERGY, PLATEAU_QUANTITY_COUNTER_DISCHARGE_ENERGY,
      PLATEAU_QUANTITY_COUNTER_ENERGY }
  };
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      gboolean both = best[pairs[i][0]] != NULL && best[pairs[i][1]] != NULL;
      if (both && best[pairs[i][2]] != NULL)
        demote (best[pairs[i][2]]);
      for (int k = 0; k < 2 && !both && best[pairs[i][2]] != NULL; k++)
        if (best[pairs[i][k]] != NULL)
          demote (best[pairs[i][k]]);
    }
}

/**
 * plateau_text_describe:
 * @header: the line of column heads
 * @units: (nullable): the line of units below it
 * @dialect: how the table is written
 * @options: columns and units that the user named
 * @traits: (nullable): what is peculiar to the format
 *
 * Returns: (transfer full): a table whose columns know what they hold
 */
PlateauTextTable *
plateau_text_describe (const char *header, const char *units, PlateauDialect dialect,
                       const PlateauReadOptions *options, const PlateauTextTraits *traits)
{
  PlateauTextTable *table = plateau_text_table_new (dialect);
  g_auto (GStrv) cells = plateau_text_split (header, dialect.separator);
  g_auto (GStrv) unit_cells = units != NULL ? plateau_text_split (units, dialect.separator) : NULL;
  guint n_units = unit_cells != NULL ? g_strv_length (unit_cells) : 0;
  for (guint i = 0; cells[i] != NULL && i < MAX_COLUMNS; i++)
    {
      PlateauTextColumn *column = plateau_text_column_new (cells[i]);
      g_auto (PlateauHeader) parsed = { 0 };
      if (traits == NULL || traits->understand == NULL || !traits->understand (cells[i], &parsed))
        plateau_header_parse (cells[i], i < n_units ? unit_cells[i] : NULL, &parsed);
      column->quantity = parsed.quantity;
      column->rank = parsed.rank;
      column->unit = parsed.unit;
      column->unit_assumed = parsed.unit_assumed;
      column->negative = parsed.negative;
      column->is_row_number = parsed.is_row_number;
      g_free (column->name);
      column->name = g_steal_pointer (&parsed.name);
      column->unit_text = g_steal_pointer (&parsed.unit_text);
      if (parsed.is_state)
        {
          column->kind = PLATEAU_TEXT_WORD;
          column->word = parsed.word != NULL ? parsed.word : plateau_text_state_code;
        }
      if (parsed.is_row_number || cells[i][0] == '\0')
        column->kind = PLATEAU_TEXT_SKIP;
      if (apply_options (column, options))
        column->rank = 0;
      else if (is_chosen (options, column->quantity))
        demote (column);
      g_ptr_array_add (table->columns, column);
    }
  settle_quantities (table);
  return table;
}

/* What the fields of one column look like in the first rows. */
typedef struct
{
  guint filled, numbers, durations, dates, epochs;
} Look;

static gboolean
looks_like_date (const char *field)
{
  double value;
  gsize n = strlen (field);
  return n >= 6 && (strpbrk (field, "/-.") != NULL || strstr (field, "年") != NULL)
                 && plateau_parse_date (field, n, PLATEAU_DATE_DMY, &value)
             ? TRUE
             : n >= 6 && strpbrk (field, "/-") != NULL
                   && plateau_parse_date (field, n, PLATEAU_DATE_MDY, &value);
}

static gboolean
looks_like_duration (const char *field)
{
  const char *colon = strchr (field, ':');
  if (colon == NULL || !(g_ascii_isdigit (field[0]) || field[0] == '-'))
    return FALSE;
  for (const char *p = field; *p != '\0'; p++)
    if (!g_ascii_isdigit (*p) && strchr (":.,- d", *p) == NULL)
      return FALSE;
  return TRUE;
}

static void
decide_kind (PlateauTextColumn *column, const Look *look, const char *const *dates, guint n_dates)
{
  if (column->kind == PLATEAU_TEXT_SKIP || column->kind == PLATEAU_TEXT_CARRIED)
    return;
  gboolean of_time = column->quantity == PLATEAU_QUANTITY_TIME
                     || column->quantity == PLATEAU_QUANTITY_STEP_TIME
                     || column->quantity == PLATEAU_QUANTITY_CLOCK;
  if (column->kind == PLATEAU_TEXT_WORD)
    {
      /* "mode" as a number is an instrument's code that only its own reader knows. */
      if (column->word == plateau_text_state_code && look->filled > 0
          && look->numbers == look->filled)
        {
          column->kind = PLATEAU_TEXT_NUMBER;
          column->quantity = PLATEAU_QUANTITY_OTHER;
          column->unit = NULL;
        }
      return;
    }
  if (look->dates > look->filled / 2)
    {
      if (of_time || column->quantity == PLATEAU_QUANTITY_OTHER)
        {
          column->kind = PLATEAU_TEXT_DATE;
          column->date_order = plateau_guess_date_order (dates, n_dates);
          column->unit = NULL;
          column->unit_assumed = FALSE;
          column->time_as_date = column->quantity == PLATEAU_QUANTITY_TIME;
          if (of_time)
            column->quantity = PLATEAU_QUANTITY_CLOCK;
          else
            column->kind = PLATEAU_TEXT_SKIP;
        }
    }
  else if (look->durations > look->filled / 2)
    {
      column->kind = PLATEAU_TEXT_DURATION;
      column->unit_assumed = FALSE;
      column->unit = plateau_unit_find ("s");
      /* The time of day alone is no clock. */
      if (column->quantity == PLATEAU_QUANTITY_CLOCK)
        column->kind = PLATEAU_TEXT_SKIP;
    }
  else if (look->filled > 0 && look->numbers == 0)
    {
      /* Text, or a quantity whose values are words: nothing to read. */
      column->kind = PLATEAU_TEXT_SKIP;
    }
}

/**
 * plateau_text_sample:
 * @table: a described table
 * @lines: the head of the file
 * @from: index of the first row
 *
 * Looks at the first rows to tell numbers from durations, dates and text.
 */
void
plateau_text_sample (PlateauTextTable *table, GPtrArray *lines, guint from)
{
  guint n = table->columns->len;
  g_autofree Look *looks = g_new0 (Look, MAX (n, 1));
  g_autoptr (GPtrArray)
      samples = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  for (guint k = 0; k < n; k++)
    g_ptr_array_add (samples, g_ptr_array_new_with_free_func (g_free));
  for (guint i = from; i < lines->len && i < from + SAMPLE_LINES; i++)
    {
      g_auto (GStrv) fields = plateau_text_split (lines->pdata[i], table->dialect.separator);
      for (guint k = 0; fields[k] != NULL && k < n; k++)
        {
          double value;
          const char *field = fields[k];
          gboolean number = plateau_text_field_to_number (field, strlen (field),
                                                          table->dialect.decimal_mark, &value);
          if (number && isnan (value))
            continue;
          looks[k].filled++;
          if (number)
            looks[k].numbers++;
          else if (looks_like_duration (field) && !looks_like_date (field))
            looks[k].durations++;
          else if (looks_like_date (field))
            {
              looks[k].dates++;
              g_ptr_array_add (samples->pdata[k], g_strdup (field));
            }
        }
    }
  for (guint k = 0; k < n; k++)
    {
      GPtrArray *dates = samples->pdata[k];
      decide_kind (table->columns->pdata[k], &looks[k], (const char *const *) dates->pdata,
                   dates->len);
    }
}

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
  for (guint i = 0; i < table->columns->len; i++)
    {
      const PlateauTextColumn *column = g_ptr_array_index (table->columns, i);
      if (column->unit_assumed && column->kind == PLATEAU_TEXT_NUMBER
          && column->quantity != PLATEAU_QUANTITY_OTHER
          && column->quantity != PLATEAU_QUANTITY_CLOCK)
        g_string_append_printf (list, "%s“%s” %s", list->len > 0 ? ", " : "", column->header,
                                column->unit->label);
    }
  if (list->len > 0)
    plateau_measurement_warn (
        measurement, _ ("The file states no unit for some columns; assumed were: %s."), list->str);
}

static void
report (PlateauTextTable *table, const PlateauTextTraits *traits, PlateauMeasurement *measurement)
{
  if (table->n_skipped > 0)
    plateau_measurement_warn (
        measurement,
        _ ("%" G_GUINT64_FORMAT " lines between the data could not be read as "
           "records and were left out, the first is line %" G_GUINT64_FORMAT "."),
        table->n_skipped, table->first_skipped_line);
  if (table->last_row_cut)
    plateau_measurement_warn (measurement,
                              _ ("The file ends inside a record; what is missing there is left "
                                 "empty."));
  for (guint i = 0; i < table->columns->len; i++)
    {
      PlateauTextColumn *column = g_ptr_array_index (table->columns, i);
      if (column->n_bad == 0)
        continue;
      if (column->quantity == PLATEAU_QUANTITY_OTHER && column->n_bad * 2 > table->n_rows)
        column->kind = PLATEAU_TEXT_SKIP; /* words, after a beginning that looked like numbers */
      else
        plateau_measurement_warn (measurement,
                                  _ ("Column “%s”: %" G_GUINT64_FORMAT
                                     " values are not numbers, the first is “%s” in line "
                                     "%" G_GUINT64_FORMAT "."),
                                  column->header, column->n_bad, column->first_bad,
                                  column->first_bad_line);
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
  return recording;
}

static gboolean
refuse_empty (PlateauText *text, GError **error)
{
  g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_NO_DATA,
               _ ("“%s” has a table of measurements without a single record"),
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
  return TRUE;
}

/**
 * plateau_text_has_curve:
 *
 * Returns: whether @table has what a cycling curve needs: a potential or a current, and a second
 *   quantity to see it against
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
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    if (plateau_text_table_find (table, others[i]) != NULL)
      return potential || current;
  return FALSE;
}

/**
 * plateau_text_refuse_columns:
 *
 * Sets @error to PLATEAU_READER_ERROR_NEEDS_COLUMNS with the heads of all columns.
 *
 * Returns: FALSE
 */
gboolean
plateau_text_refuse_columns (PlateauTextTable *table, PlateauText *text, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = 0; i < table->columns->len && names->len < 2000; i++)
    {
      const PlateauTextColumn *column = g_ptr_array_index (table->columns, i);
      if (column->header[0] != '\0')
        g_string_append_printf (names, "%s“%s”", names->len > 0 ? ", " : "", column->header);
    }
  g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_NEEDS_COLUMNS,
               _ ("“%s” is a table, but its header does not tell potential, current and time. Name "
                  "them by hand; the columns are: %s."),
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
  if (!plateau_text_has_curve (table))
    return plateau_text_refuse_columns (table, text, error);
  return plateau_text_rewind (text, layout->first_row, error)
         && plateau_text_table_read (table, text, error)
         && plateau_text_finish (table, text, options, traits, measurement, cancellable, error);
}

/* A table without header gets one, so that its columns can be named by hand. */
static char *
make_header (GPtrArray *lines, const PlateauTextLayout *layout, char separator)
{
  g_auto (GStrv)
      row = plateau_text_split (lines->pdata[layout->first_row], layout->dialect.separator);
  g_autoptr (GString) header = g_string_new (NULL);
  for (guint i = 0; row[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (header, separator);
      g_string_append_printf (header, "Column %u", i + 1);
    }
  return g_string_free (g_steal_pointer (&header), FALSE);
}

static PlateauTextTable *
describe_layout (GPtrArray *lines, const PlateauTextLayout *layout,
                 const PlateauReadOptions *options, const PlateauTextTraits *traits)
{
  if (layout->header_line != G_MAXUINT)
    return plateau_text_describe (lines->pdata[layout->header_line],
                                  layout->units_line != G_MAXUINT ? lines->pdata[layout->units_line]
                                                                  : NULL,
                                  layout->dialect, options, traits);
  PlateauDialect dialect = layout->dialect;
  if (dialect.separator == ' ')
    dialect.separator = '\t';
  g_autofree char *header = make_header (lines, layout, dialect.separator);
  PlateauTextTable *table = plateau_text_describe (header, NULL, dialect, options, traits);
  table->dialect = layout->dialect;
  return table;
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
      g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_NO_DATA,
                   _ ("“%s” is text, but no table of numbers was found in it"),
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

  g_autoptr (PlateauTextTable) table = describe_layout (lines, &layout, options, &format->traits);
  plateau_text_sample (table, lines, layout.first_row);
  if (!plateau_text_has_curve (table))
    return plateau_text_refuse_columns (table, text, error);
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
