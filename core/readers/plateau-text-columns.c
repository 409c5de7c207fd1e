/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the head of a table and its first rows to columns that know what they hold. */
#include "readers/plateau-text-reader.h"

#include <math.h>
#include <string.h>

enum
{
  SAMPLE_LINES = 60,
  MAX_COLUMNS = 4096,
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

/**
 * plateau_text_describe_layout:
 *
 * As plateau_text_describe(), from where the table is; without a header the columns get numbers.
 *
 * Returns: (transfer full): a table whose columns know what they hold
 */
PlateauTextTable *
plateau_text_describe_layout (GPtrArray *lines, const PlateauTextLayout *layout,
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
