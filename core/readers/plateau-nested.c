/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/plateau-nested.h"

#include "base/plateau-error.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

enum
{
  HEAD_LINES = 400,
  N_LEVELS = 3,
  CYCLES = 0,
  STEPS = 1,
  RECORDS = 2,
};

static const char separators[] = { '\t', ',', ';' };

/* How the first cell of a block's heads names the table, after folding. */
static const struct
{
  const char *name;
  int level;
} block_names[] = {
  { "cycle", CYCLES },     { "cycleno", CYCLES },    { "cycleindex", CYCLES },
  { "循环", CYCLES },      { "循环序号", CYCLES },   { "循环号", CYCLES },
  { "step", STEPS },       { "stepno", STEPS },      { "stepindex", STEPS },
  { "步骤", STEPS },       { "步骤序号", STEPS },    { "过程序号", STEPS },
  { "工步", STEPS },       { "工步号", STEPS },      { "工步序号", STEPS },
  { "record", RECORDS },   { "recordno", RECORDS },  { "index", RECORDS },
  { "记录", RECORDS },     { "记录序号", RECORDS },  { "序号", RECORDS },
  { "数据序号", RECORDS }, { "datapoint", RECORDS }, { "记录号", RECORDS },
};

typedef struct
{
  char **cells;  /* of the head, without the indentation */
  guint n_cells; /* up to the last that is not empty */
  guint line;
  char separator;
} Level;

typedef struct
{
  PlateauNesting nesting;
  Level levels[N_LEVELS]; /* cells NULL: no such table */
} Nest;

static void
nest_clear (Nest *nest)
{
  for (int i = 0; i < N_LEVELS; i++)
    g_strfreev (nest->levels[i].cells);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Nest, nest_clear)

static guint
count_cells (char **cells)
{
  guint n = g_strv_length (cells);
  while (n > 0 && cells[n - 1][0] == '\0')
    n--;
  return n;
}

/* A line of heads: several cells, none of them a number. */
static gboolean
is_heads (char **cells)
{
  guint filled = 0;
  for (guint i = 0; cells[i] != NULL; i++)
    {
      double value;
      if (cells[i][0] == '\0')
        continue;
      filled++;
      if (plateau_text_field_to_number (cells[i], strlen (cells[i]), '.', &value) && !isnan (value))
        return FALSE;
    }
  return filled >= 2;
}

static guint
indentation (char **cells)
{
  guint n = 0;
  while (cells[n] != NULL && cells[n][0] == '\0')
    n++;
  return cells[n] == NULL ? 0 : n;
}

static gboolean
has_quantity (char **cells, PlateauQuantity quantity)
{
  for (guint i = 0; cells[i] != NULL; i++)
    {
      g_auto (PlateauHeader) header = { 0 };
      if (cells[i][0] == '\0')
        continue;
      plateau_header_parse (cells[i], NULL, &header);
      if (header.quantity == quantity)
        return TRUE;
    }
  return FALSE;
}

static void
set_level (Nest *nest, int level, char **cells, guint skip, guint line, char separator)
{
  Level *to = &nest->levels[level];
  g_strfreev (to->cells);
  to->cells = g_strdupv (cells + skip);
  to->n_cells = count_cells (to->cells);
  to->line = line;
  to->separator = separator;
}

/* Three lines of heads with 0, 1 and 2 empty cells in front, the last with a potential. */
static gboolean
find_indented (GPtrArray *lines, char separator, Nest *nest)
{
  for (guint i = 0; i + 2 < lines->len; i++)
    {
      g_auto (GStrv) record = plateau_text_split (lines->pdata[i + 2], separator);
      if (indentation (record) != 2 || !is_heads (record)
          || !has_quantity (record, PLATEAU_QUANTITY_POTENTIAL))
        continue;
      g_auto (GStrv) cycle = plateau_text_split (lines->pdata[i], separator);
      g_auto (GStrv) step = plateau_text_split (lines->pdata[i + 1], separator);
      if (!is_heads (cycle) || !is_heads (step) || indentation (cycle) != 0
          || indentation (step) != 1)
        continue;
      set_level (nest, CYCLES, cycle, 0, i, separator);
      set_level (nest, STEPS, step, 1, i + 1, separator);
      set_level (nest, RECORDS, record, 2, i + 2, separator);
      nest->nesting = PLATEAU_NESTED_INDENTED;
      return TRUE;
    }
  return FALSE;
}

static int
block_level (const char *cell)
{
  g_autofree char *folded = plateau_header_fold (cell);
  for (gsize i = 0; i < G_N_ELEMENTS (block_names); i++)
    if (strcmp (block_names[i].name, folded) == 0)
      return block_names[i].level;
  return -1;
}

/* Blocks: heads that begin with Cycle or Step, and heads that begin with Record and have a
 * potential. A table of records alone is not nested. */
static gboolean
find_blocks (GPtrArray *lines, char separator, Nest *nest)
{
  for (guint i = 0; i < lines->len; i++)
    {
      g_auto (GStrv) cells = plateau_text_split (lines->pdata[i], separator);
      guint indent = indentation (cells);
      if (!is_heads (cells))
        continue;
      int level = block_level (cells[indent]);
      if (level < 0 || nest->levels[level].cells != NULL)
        continue;
      if (level == RECORDS && !has_quantity (cells, PLATEAU_QUANTITY_POTENTIAL))
        continue;
      set_level (nest, level, cells, indent, i, separator);
    }
  if (nest->levels[RECORDS].cells != NULL
      && (nest->levels[CYCLES].cells != NULL || nest->levels[STEPS].cells != NULL))
    {
      nest->nesting = PLATEAU_NESTED_BLOCKS;
      return TRUE;
    }
  nest_clear (nest);
  *nest = (Nest){ 0 };
  return FALSE;
}

static gboolean
find_nest (GPtrArray *lines, Nest *nest)
{
  for (gsize s = 0; s < G_N_ELEMENTS (separators); s++)
    if (find_indented (lines, separators[s], nest))
      return TRUE;
  for (gsize s = 0; s < G_N_ELEMENTS (separators); s++)
    if (find_blocks (lines, separators[s], nest))
      return TRUE;
  return FALSE;
}

/**
 * plateau_nested_detect:
 * @lines: (element-type utf8): the head of a file
 *
 * Returns: how tables are nested in it
 */
PlateauNesting
plateau_nested_detect (GPtrArray *lines)
{
  g_auto (Nest) nest = { 0 };
  find_nest (lines, &nest);
  return nest.nesting;
}

/* What rows of cycles and steps leave for the records behind them. */
typedef struct
{
  const Nest *nest;
  int block;                                /* of BLOCKS: which table the rows belong to */
  guint cycle_rows;                         /* since the last record */
  int cycle_field, step_field, state_field; /* in the rows of their tables, or -1 */
  int step_cycle_field;                     /* the cycle's number in a row of steps */
  PlateauTextColumn *cycle, *step, *state;  /* carried, or NULL: the records say it themselves */
} Carrier;

static int
find_field (const Level *level, PlateauQuantity quantity)
{
  for (guint i = 0; level->cells != NULL && level->cells[i] != NULL; i++)
    {
      g_auto (PlateauHeader) header = { 0 };
      if (level->cells[i][0] == '\0')
        continue;
      plateau_header_parse (level->cells[i], NULL, &header);
      if (header.quantity == quantity)
        return (int) i;
    }
  return -1;
}

static void
carry_number (PlateauTextColumn *column, char **fields, int field, guint n)
{
  double value;
  if (column != NULL && field >= 0 && (guint) field < n
      && plateau_text_field_to_number (fields[field], strlen (fields[field]), '.', &value))
    column->carried = value;
}

static void
carry_cycle (Carrier *carrier, char **fields, guint n)
{
  carry_number (carrier->cycle, fields, carrier->cycle_field, n);
  /* Several cycles before any record: a table of its own, which does not say where the records
   * that follow belong. */
  if (++carrier->cycle_rows > 1 && carrier->nest->nesting == PLATEAU_NESTED_BLOCKS
      && carrier->cycle != NULL)
    carrier->cycle->carried = NAN;
}

static void
carry_step (Carrier *carrier, char **fields, guint n)
{
  carry_number (carrier->step, fields, carrier->step_field, n);
  carry_number (carrier->cycle, fields, carrier->step_cycle_field, n);
  if (carrier->state != NULL && carrier->state_field >= 0 && (guint) carrier->state_field < n)
    carrier->state->carried = plateau_text_state_code (fields[carrier->state_field]);
}

/* Moves the start of @line behind @n separators. FALSE: there is nothing behind them. */
static gboolean
skip_fields (PlateauTextLine *line, char separator, guint n)
{
  gboolean quoted = FALSE;
  for (gsize i = 0; i < line->length && n > 0; i++)
    {
      if (line->start[i] == '"')
        quoted = !quoted;
      else if (!quoted && line->start[i] == separator && --n == 0)
        {
          line->start += i + 1;
          line->length -= i + 1;
        }
    }
  if (n > 0)
    return FALSE;
  for (gsize i = 0; i < line->length; i++)
    if (line->start[i] != separator && line->start[i] != ' ' && line->start[i] != '\t')
      return TRUE;
  return FALSE;
}

/* Which level the indentation of @line is, without decoding the line. */
static guint
line_indentation (const PlateauTextLine *line, char separator)
{
  guint n = 0;
  for (gsize i = 0; i < line->length && n < N_LEVELS; i++)
    if (line->start[i] == separator)
      n++;
    else if (line->start[i] != ' ' && line->start[i] != '"')
      break;
  return n;
}

static PlateauLineClass
classify_indented (PlateauTextTable *table, PlateauText *text, PlateauTextLine *line,
                   gpointer user_data)
{
  Carrier *carrier = user_data;
  const Level *levels = carrier->nest->levels;
  char separator = table->dialect.separator;
  guint indent = line_indentation (line, separator);
  if (indent >= 2)
    {
      if (!skip_fields (line, separator, 2))
        return PLATEAU_LINE_SKIP;
      if (g_ascii_isdigit (line->start[0]))
        return PLATEAU_LINE_DATA;
      g_autofree char *decoded = plateau_text_decode (text, line->start, line->length);
      g_auto (GStrv) fields = plateau_text_split (decoded, separator);
      return is_heads (fields) ? PLATEAU_LINE_SKIP : PLATEAU_LINE_DATA;
    }
  g_autofree char *decoded = plateau_text_decode (text, line->start, line->length);
  g_auto (GStrv) fields = plateau_text_split (decoded, separator);
  guint n = count_cells (fields);
  if (n == 0 || is_heads (fields))
    return PLATEAU_LINE_SKIP;
  guint at = indent;
  if (indent == 0)
    {
      carry_cycle (carrier, fields, n);
      at = levels[CYCLES].n_cells;
      if (n <= at)
        return PLATEAU_LINE_SKIP;
    }
  carry_step (carrier, fields + at, n - at);
  at += levels[STEPS].n_cells;
  return n > at && skip_fields (line, separator, at) ? PLATEAU_LINE_DATA : PLATEAU_LINE_SKIP;
}

static PlateauLineClass
classify_blocks (PlateauTextTable *table, PlateauText *text, PlateauTextLine *line,
                 gpointer user_data)
{
  Carrier *carrier = user_data;
  char separator = table->dialect.separator;
  guint indent = line_indentation (line, separator);
  const char *first = line->start;
  gsize left = line->length;
  for (guint seen = 0; left > 0 && seen < indent; first++, left--)
    seen += *first == separator;
  gboolean number = left > 0 && (g_ascii_isdigit (*first) || *first == '-' || *first == '"');
  if (number && carrier->block == RECORDS)
    {
      carrier->cycle_rows = 0;
      if (indent > 0)
        skip_fields (line, separator, indent);
      return PLATEAU_LINE_DATA;
    }
  g_autofree char *decoded = plateau_text_decode (text, line->start, line->length);
  g_auto (GStrv) fields = plateau_text_split (decoded, separator);
  guint n = count_cells (fields);
  if (n <= indent)
    return PLATEAU_LINE_SKIP;
  if (is_heads (fields))
    {
      int level = block_level (fields[indent]);
      if (level >= 0)
        carrier->block = level;
      return PLATEAU_LINE_SKIP;
    }
  if (carrier->block == CYCLES)
    carry_cycle (carrier, fields + indent, n - indent);
  else if (carrier->block == STEPS)
    carry_step (carrier, fields + indent, n - indent);
  else
    return PLATEAU_LINE_DATA;
  return PLATEAU_LINE_SKIP;
}

/* A column that the records lack and the tables around them have. */
static PlateauTextColumn *
add_carried (PlateauTextTable *table, PlateauQuantity quantity, const Level *level, int field)
{
  if (field < 0 || plateau_text_table_find (table, quantity) != NULL)
    return NULL;
  PlateauTextColumn *column = plateau_text_column_new (level->cells[field]);
  column->kind = PLATEAU_TEXT_CARRIED;
  column->quantity = quantity;
  if (quantity == PLATEAU_QUANTITY_MODE)
    column->word = plateau_text_state_code;
  g_ptr_array_add (table->columns, column);
  return column;
}

static void
set_up_carrier (Carrier *carrier, PlateauTextTable *table)
{
  const Level *levels = carrier->nest->levels;
  carrier->cycle_field = find_field (&levels[CYCLES], PLATEAU_QUANTITY_CYCLE);
  carrier->step_field = find_field (&levels[STEPS], PLATEAU_QUANTITY_STEP_INDEX);
  carrier->state_field = find_field (&levels[STEPS], PLATEAU_QUANTITY_MODE);
  carrier->step_cycle_field = find_field (&levels[STEPS], PLATEAU_QUANTITY_CYCLE);
  if (carrier->cycle_field >= 0)
    carrier->cycle = add_carried (table, PLATEAU_QUANTITY_CYCLE, &levels[CYCLES],
                                  carrier->cycle_field);
  else
    carrier->cycle = add_carried (table, PLATEAU_QUANTITY_CYCLE, &levels[STEPS],
                                  carrier->step_cycle_field);
  carrier->step = add_carried (table, PLATEAU_QUANTITY_STEP_INDEX, &levels[STEPS],
                               carrier->step_field);
  carrier->state = add_carried (table, PLATEAU_QUANTITY_MODE, &levels[STEPS], carrier->state_field);
}

/* The first rows of records as lines of their own, for telling what the columns hold. */
static GPtrArray *
record_lines (GPtrArray *lines, const Nest *nest)
{
  GPtrArray *records = g_ptr_array_new_with_free_func (g_free);
  int block = RECORDS;
  char separator = nest->levels[RECORDS].separator;
  for (guint i = 0; i < lines->len; i++)
    {
      g_auto (GStrv) fields = plateau_text_split (lines->pdata[i], separator);
      guint indent = indentation (fields);
      if (count_cells (fields) == 0)
        continue;
      if (is_heads (fields))
        {
          int level = block_level (fields[indent]);
          block = level >= 0 ? level : block;
          continue;
        }
      gboolean record = nest->nesting == PLATEAU_NESTED_INDENTED ? indent >= 2 : block == RECORDS;
      if (!record)
        continue;
      PlateauTextLine line = { lines->pdata[i], strlen (lines->pdata[i]) };
      if (indent > 0)
        skip_fields (&line, separator, indent);
      g_ptr_array_add (records, g_strndup (line.start, line.length));
    }
  return records;
}

static PlateauTextTable *
describe (GPtrArray *lines, GPtrArray *records, const Nest *nest, const PlateauReadOptions *options,
          const PlateauTextFormat *format)
{
  const Level *level = &nest->levels[RECORDS];
  PlateauDialect dialect = plateau_text_guess_dialect (records, 0, level->separator);
  PlateauTextLine line = { lines->pdata[level->line], strlen (lines->pdata[level->line]) };
  g_auto (GStrv) cells = plateau_text_split (line.start, level->separator);
  guint indent = indentation (cells);
  if (indent > 0)
    skip_fields (&line, level->separator, indent);
  g_autofree char *header = g_strndup (line.start, line.length);
  PlateauTextTable *table = plateau_text_describe (header, NULL, dialect, options, &format->traits);
  plateau_text_sample (table, records, 0);
  return table;
}

/**
 * plateau_nested_read:
 * @format: what is peculiar to the format; its find and classify are not asked
 * @measurements: gets one measurement
 *
 * Reads the records of nested tables; each takes cycle, step and state from the rows above it
 * unless it has them itself.
 *
 * Returns: FALSE with @error set
 */
gboolean
plateau_nested_read (PlateauInput *input, const PlateauReadOptions *options,
                     const PlateauTextFormat *format, GPtrArray *measurements,
                     GCancellable *cancellable, GError **error)
{
  g_autoptr (PlateauText) text = plateau_text_new (input, options->encoding, cancellable, error);
  if (text == NULL)
    return FALSE;
  g_autoptr (GPtrArray) lines = plateau_text_head (text, HEAD_LINES, error);
  if (lines == NULL)
    return FALSE;
  g_auto (Nest) nest = { 0 };
  if (!find_nest (lines, &nest))
    {
      g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_INVALID,
                   _ ("“%s” does not hold tables of cycles, steps and records"),
                   plateau_input_get_name (input));
      return FALSE;
    }
  g_autoptr (PlateauMeasurement) measurement = plateau_input_new_measurement (input, NULL);
  if (format->instrument != NULL)
    plateau_measurement_set_info (measurement, PLATEAU_INFO_INSTRUMENT, format->instrument);
  guint first = nest.levels[RECORDS].line;
  for (int i = 0; i < RECORDS; i++)
    if (nest.levels[i].cells != NULL)
      first = MIN (first, nest.levels[i].line);
  plateau_text_set_info_from_pairs (lines, first, measurement);

  g_autoptr (GPtrArray) records = record_lines (lines, &nest);
  g_autoptr (PlateauTextTable) table = describe (lines, records, &nest, options, format);
  if (!plateau_text_check_columns (table, text, options, error))
    return FALSE;
  Carrier carrier = { .nest = &nest, .block = CYCLES };
  set_up_carrier (&carrier, table);
  table->classify = nest.nesting == PLATEAU_NESTED_INDENTED ? classify_indented : classify_blocks;
  table->user_data = &carrier;
  if (!plateau_text_rewind (text, first, error) || !plateau_text_table_read (table, text, error))
    return FALSE;
  if (format->adjust != NULL && table->n_rows > 0)
    format->adjust (table, lines, measurement);
  if (!plateau_text_finish (table, text, options, &format->traits, measurement, cancellable, error))
    return FALSE;
  g_ptr_array_add (measurements, g_steal_pointer (&measurement));
  return TRUE;
}

/**
 * plateau_nested_read_any:
 *
 * Reads nested tables with plateau_nested_read(), and a file of one table with
 * plateau_text_read_file().
 *
 * Returns: FALSE with @error set
 */
gboolean
plateau_nested_read_any (PlateauInput *input, const PlateauReadOptions *options,
                         const PlateauTextFormat *format, GPtrArray *measurements,
                         GCancellable *cancellable, GError **error)
{
  g_autoptr (PlateauText) text = plateau_text_new (input, options->encoding, cancellable, error);
  if (text == NULL)
    return FALSE;
  g_autoptr (GPtrArray) lines = plateau_text_head (text, HEAD_LINES, error);
  if (lines == NULL)
    return FALSE;
  gboolean nested = plateau_nested_detect (lines) != PLATEAU_NESTED_NONE;
  return (nested ? plateau_nested_read : plateau_text_read_file) (input, options, format,
                                                                  measurements, cancellable, error);
}
