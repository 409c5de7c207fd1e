/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/plateau-text-table.h"

#include "base/plateau-error.h"
#include "base/plateau-memory.h"
#include "base/plateau-number.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

enum
{
  FIRST_ROWS = 1024,   /* after these the number of rows is estimated from the size */
  MAX_BAD_IN_ROW = 32, /* unreadable fields of a row that are remembered */
  WORD_LENGTH = 48,
  MAX_WORDS = 32,
};

/**
 * plateau_text_column_new:
 * @header: the head of the column as printed
 *
 * Returns: (transfer full): a column of numbers of no known quantity
 */
PlateauTextColumn *
plateau_text_column_new (const char *header)
{
  PlateauTextColumn *column = g_new0 (PlateauTextColumn, 1);
  column->kind = PLATEAU_TEXT_NUMBER;
  column->header = g_strdup (header);
  column->name = g_strdup (header);
  column->carried = NAN;
  return column;
}

/**
 * plateau_text_column_free:
 */
void
plateau_text_column_free (PlateauTextColumn *column)
{
  if (column == NULL)
    return;
  g_free (column->header);
  g_free (column->name);
  g_free (column->unit_text);
  g_free (column->values);
  g_free (column->first_bad);
  g_free (column);
}

/**
 * plateau_text_table_new:
 *
 * Returns: (transfer full): a table without columns
 */
PlateauTextTable *
plateau_text_table_new (PlateauDialect dialect)
{
  PlateauTextTable *table = g_new0 (PlateauTextTable, 1);
  table->dialect = dialect;
  table->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_text_column_free);
  return table;
}

/**
 * plateau_text_table_free:
 */
void
plateau_text_table_free (PlateauTextTable *table)
{
  if (table == NULL)
    return;
  g_ptr_array_unref (table->columns);
  g_free (table);
}

/**
 * plateau_text_table_find:
 *
 * Returns: (transfer none) (nullable): the column of @quantity
 */
PlateauTextColumn *
plateau_text_table_find (PlateauTextTable *table, PlateauQuantity quantity)
{
  for (guint i = 0; i < table->columns->len; i++)
    {
      PlateauTextColumn *column = g_ptr_array_index (table->columns, i);
      if (column->quantity == quantity && column->kind != PLATEAU_TEXT_SKIP)
        return column;
    }
  return NULL;
}

/**
 * plateau_text_split:
 * @line: a line as UTF-8
 * @separator: between the fields; ' ' for any run of blanks
 *
 * Separators inside double quotes do not count; the quotes go.
 *
 * Returns: (transfer full): the stripped fields, ending with NULL
 */
char **
plateau_text_split (const char *line, char separator)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  const char *p = line;
  for (;;)
    {
      if (separator == ' ')
        {
          while (*p == ' ' || *p == '\t')
            p++;
          if (*p == '\0')
            break;
        }
      gboolean quoted = FALSE;
      const char *end = p;
      for (; *end != '\0'; end++)
        if (*end == '"')
          quoted = !quoted;
        else if (!quoted && (*end == separator || (separator == ' ' && *end == '\t')))
          break;
      char *field = g_malloc ((gsize) (end - p) + 1);
      gsize length = 0;
      for (; p < end; p++)
        if (*p != '"')
          field[length++] = *p;
      field[length] = '\0';
      g_ptr_array_add (fields, g_strstrip (field));
      if (*p == '\0')
        break;
      p++;
    }
  g_ptr_array_add (fields, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&fields), FALSE);
}

static gboolean
is_absence (const char *text)
{
  static const char *const words[] = { "",        "-",    "--",   "---",      "nan",
                                       "n/a",     "na",   "null", "none",     "#n/a",
                                       "inf",     "-inf", "+inf", "infinity", "-infinity",
                                       "#div/0!", "void", "nat",  "/" };
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (words[i], text) == 0)
      return TRUE;
  return strncmp (text, "1.#", 3) == 0 || strncmp (text, "-1.#", 4) == 0
         || g_str_has_prefix (text, "-nan");
}

/**
 * plateau_text_field_to_number:
 * @field: (array length=length): a field as it stands between its separators
 * @decimal_mark: '.' or ','
 * @value: (out): the number; NaN for an empty field and for "N/A", "-", "NaN", "inf"
 *
 * Understands quotes, blanks around and inside, thousands marks, and "D" for the exponent.
 *
 * Returns: FALSE when @field is neither a number nor one of the ways to say that there is none
 */
gboolean
plateau_text_field_to_number (const char *field, gsize length, char decimal_mark, double *value)
{
  char buffer[80];
  gsize n = 0;
  *value = NAN;
  char thousands = decimal_mark == ',' ? '.' : ',';
  gsize marks = 0;
  for (gsize i = 0; i < length; i++)
    {
      char c = field[i];
      if (c == ' ' || c == '"' || c == '\t' || c == '\r' || c == '\0' || c == '\'')
        continue;
      if ((guint8) c == 0xC2 && i + 1 < length && (guint8) field[i + 1] == 0xA0)
        {
          i++;
          continue;
        }
      if ((guint8) c == 0xA0)
        continue;
      if (n + 1 >= sizeof buffer)
        return FALSE;
      marks += c == thousands;
      buffer[n++] = c;
    }
  buffer[n] = '\0';
  double parsed;
  if (marks == 0 && n > 0
      && plateau_parse_double (buffer, buffer + n, decimal_mark, &parsed) == buffer + n)
    {
      *value = isfinite (parsed) ? parsed : NAN;
      return TRUE;
    }
  if (is_absence (buffer))
    return TRUE;
  if (marks > 0 && strchr (buffer, decimal_mark) == NULL && marks == 1)
    {
      /* One mark of the other kind: thousands before exactly three digits, else a decimal. */
      char *mark = strchr (buffer, thousands);
      gsize before = (gsize) (mark - buffer) - (buffer[0] == '-' || buffer[0] == '+');
      gboolean is_thousands = before >= 1 && before <= 3 && strlen (mark + 1) == 3
                              && buffer[0] != '0';
      if (!is_thousands)
        *mark = decimal_mark;
    }
  if (marks > 0)
    {
      gsize kept = 0;
      for (gsize i = 0; i < n; i++)
        if (buffer[i] != thousands)
          buffer[kept++] = buffer[i];
      n = kept;
    }
  for (gsize i = 1; i < n; i++)
    if (buffer[i] == 'D' || buffer[i] == 'd')
      buffer[i] = 'E';
  const char *end = plateau_parse_double (buffer, buffer + n, decimal_mark, &parsed);
  if (end != buffer + n)
    return FALSE;
  *value = isfinite (parsed) ? parsed : NAN;
  return TRUE;
}

/* Values of words, so that a word is decoded and understood once. */
typedef struct
{
  char text[WORD_LENGTH];
  gsize length;
  double value;
} Word;

typedef struct
{
  Word words[MAX_WORDS];
  guint n_words;
  guint last;
} WordCache;

/* The day of the last date of a column. */
typedef struct
{
  char text[32];
  gsize length;
  double day; /* Unix time of its beginning */
} DateCache;

/* The number of a column in the line before. */
typedef struct
{
  const char *start;
  gsize length; /* with the separator behind it; 0: none */
  double value;
} Previous;

typedef struct
{
  PlateauTextTable *table;
  PlateauText *text;
  guint n_columns; /* of the file: CARRIED ones stand behind them */
  guint n_key;     /* number columns of known quantities */
  PlateauTextColumn **columns;
  double **values; /* columns[i]->values, once more for speed */
  WordCache **words;
  DateCache *dates;
  Previous *previous;
  guint64 window; /* of the text, in which previous points */
  gsize row, capacity;
  /* of the row under reading */
  guint n_good, n_bad, n_fields;
  guint bad_column[MAX_BAD_IN_ROW];
  const char *bad_start[MAX_BAD_IN_ROW];
  gsize bad_length[MAX_BAD_IN_ROW];
} Parser;

static gboolean
parser_grow (Parser *p, GError **error)
{
  gsize wanted = p->capacity == 0 ? FIRST_ROWS : p->capacity + p->capacity / 2;
  if (p->capacity == FIRST_ROWS)
    {
      double done = (double) plateau_text_get_offset (p->text);
      double total = (double) plateau_text_get_size (p->text);
      if (done > 0 && total > done)
        wanted = (gsize) ((double) p->row * (total / done) * 1.02) + FIRST_ROWS;
    }
  for (guint i = 0; i < p->table->columns->len; i++)
    {
      if (p->columns[i]->kind == PLATEAU_TEXT_SKIP)
        continue;
      double *grown = wanted < G_MAXSIZE / sizeof (double)
                          ? g_try_realloc (p->columns[i]->values, wanted * sizeof (double))
                          : NULL;
      if (grown == NULL)
        {
          g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_LIMIT,
                       _ ("“%s” needs more memory than there is"), plateau_text_get_name (p->text));
          return FALSE;
        }
      plateau_memory_expect_filling (grown, wanted * sizeof (double));
      p->columns[i]->values = p->values[i] = grown;
    }
  p->capacity = wanted;
  return TRUE;
}

static double
parser_word (Parser *p, guint column, const char *start, gsize length)
{
  WordCache *cache = p->words[column];
  if (cache == NULL)
    cache = p->words[column] = g_new0 (WordCache, 1);
  for (guint i = 0; i < cache->n_words; i++)
    {
      guint k = (cache->last + i) % cache->n_words;
      if (cache->words[k].length == length && memcmp (cache->words[k].text, start, length) == 0)
        {
          cache->last = k;
          return cache->words[k].value;
        }
    }
  g_autofree char *decoded = plateau_text_decode (p->text, start, length);
  g_strstrip (decoded);
  double value = p->columns[column]->word (decoded);
  if (length < WORD_LENGTH && cache->n_words < MAX_WORDS)
    {
      Word *word = &cache->words[cache->n_words++];
      memcpy (word->text, start, length);
      word->length = length;
      word->value = value;
    }
  return value;
}

static void
parser_bad (Parser *p, guint column, const char *start, gsize length)
{
  if (p->n_bad < MAX_BAD_IN_ROW)
    {
      p->bad_column[p->n_bad] = column;
      p->bad_start[p->n_bad] = start;
      p->bad_length[p->n_bad] = length;
    }
  p->n_bad++;
}

/* "14:12:48.125" from @start to its end. */
static gboolean
parse_time_of_day (const char *start, const char *end, double *seconds)
{
  double rest;
  if (end - start < 7 || start[2] != ':' || start[5] != ':' || !g_ascii_isdigit (start[0])
      || !g_ascii_isdigit (start[1]) || !g_ascii_isdigit (start[3]) || !g_ascii_isdigit (start[4])
      || plateau_parse_double (start + 6, end, '.', &rest) != end || !(rest >= 0 && rest < 60))
    return FALSE;
  int hours = 10 * (start[0] - '0') + start[1] - '0',
      minutes = 10 * (start[3] - '0') + start[4] - '0';
  *seconds = 3600 * hours + 60 * minutes + rest;
  return hours < 24 && minutes < 60;
}

/* Rows of one day differ in the time alone: "2010-09-27 14:12:48.125" after
 * "2010-09-27 14:12:18". Everything else goes through the calendar. */
static gboolean
parser_date (Parser *p, guint column, const char *start, gsize length, double *value)
{
  DateCache *cache = &p->dates[column];
  double seconds;
  if (cache->length > 0 && length > cache->length && memcmp (cache->text, start, cache->length) == 0
      && parse_time_of_day (start + cache->length, start + length, &seconds))
    {
      *value = cache->day + seconds;
      return TRUE;
    }
  cache->length = 0;
  if (!plateau_parse_date (start, length, p->columns[column]->date_order, value))
    return FALSE;
  const char *colon = memchr (start, ':', length);
  gsize before = colon != NULL && colon - start > 3 ? (gsize) (colon - start) - 2 : 0;
  if (before > 0 && before < sizeof cache->text
      && (start[before - 1] == ' ' || start[before - 1] == 'T')
      && parse_time_of_day (start + before, start + length, &seconds))
    {
      cache->length = before;
      memcpy (cache->text, start, before);
      cache->day = floor (*value - seconds + 0.5);
    }
  return TRUE;
}

/* The value of a field that is not a plain number directly before a separator. */
static double
parser_field (Parser *p, guint column, const char *start, gsize length)
{
  double value = NAN;
  while (length > 0 && (*start == ' ' || *start == '\t' || *start == '"'))
    start++, length--;
  while (length > 0
         && (start[length - 1] == ' ' || start[length - 1] == '\t' || start[length - 1] == '"'))
    length--;
  if (length == 0)
    return NAN;
  switch (p->columns[column]->kind)
    {
    case PLATEAU_TEXT_DURATION:
      if (plateau_parse_duration (start, length, &value))
        return value;
      break;
    case PLATEAU_TEXT_DATE:
      if (parser_date (p, column, start, length, &value))
        return value;
      break;
    case PLATEAU_TEXT_WORD:
      return parser_word (p, column, start, length);
    case PLATEAU_TEXT_NUMBER:
    case PLATEAU_TEXT_SKIP:
    case PLATEAU_TEXT_CARRIED:
    default:
      break;
    }
  if (!plateau_text_field_to_number (start, length, p->table->dialect.decimal_mark, &value))
    parser_bad (p, column, start, length);
  return value;
}

/* The end of the field at @start: its separator or @end. */
static const char *
field_end (const char *start, const char *end, char separator)
{
  const char *p = start;
  while (p < end && *p == ' ')
    p++;
  if (p < end && *p == '"')
    {
      for (p++; p < end; p++)
        if (*p == '"' && (p + 1 == end || p[1] != '"'))
          break;
        else if (*p == '"')
          p++;
      start = MIN (p, end);
    }
  if (separator == ' ')
    {
      for (p = start; p < end && *p != ' ' && *p != '\t'; p++)
        ;
      return p;
    }
  const char *found = start < end ? memchr (start, separator, (gsize) (end - start)) : NULL;
  return found != NULL ? found : end;
}

/* Whether the field at @start is the one of the line before: counters, steps and cycles stand still
 * for most of a test. Padding behind the line makes whole words readable. */
static inline gboolean
is_repeated (const Previous *previous, const char *start, const char *end)
{
  gsize left = previous->length;
  if (left == 0 || left > (gsize) (end - start))
    return FALSE;
  guint64 old, new;
  const char *before = previous->start;
  for (; left > 8; left -= 8, before += 8, start += 8)
    {
      memcpy (&old, before, 8);
      memcpy (&new, start, 8);
      if (old != new)
        return FALSE;
    }
  memcpy (&old, before, 8);
  memcpy (&new, start, 8);
  return GUINT64_TO_LE (old ^ new) << 8 * (8 - left) == 0;
}

static void
parser_row (Parser *p, const char *start, const char *end)
{
  const char separator = p->table->dialect.separator;
  const char decimal_mark = p->table->dialect.decimal_mark;
  const gsize row = p->row;
  guint i = 0;
  p->n_good = p->n_bad = 0;
  for (; i < p->n_columns; i++)
    {
      if (separator == ' ')
        while (start < end && (*start == ' ' || *start == '\t'))
          start++;
      if (start >= end && (start > end || separator == ' '))
        break;
      PlateauTextKind kind = p->columns[i]->kind;
      double value;
      const char *stop;
      Previous *previous = &p->previous[i];
      if (is_repeated (previous, start, end))
        {
          p->values[i][row] = previous->value;
          p->n_good += p->columns[i]->quantity != PLATEAU_QUANTITY_OTHER;
          previous->start = start;
          start += previous->length;
          continue;
        }
      previous->length = 0;
      if (kind == PLATEAU_TEXT_NUMBER
          && (stop = plateau_parse_double (start, end, decimal_mark, &value)) != NULL
          && stop > start && (stop == end || *stop == separator))
        {
          if (stop < end)
            *previous = (Previous){ start, (gsize) (stop + 1 - start), value };
          p->values[i][row] = value;
          p->n_good += p->columns[i]->quantity != PLATEAU_QUANTITY_OTHER;
          start = stop + 1;
          continue;
        }
      stop = field_end (start, end, separator);
      if (kind != PLATEAU_TEXT_SKIP)
        {
          value = parser_field (p, i, start, (gsize) (stop - start));
          p->values[i][row] = value;
          p->n_good += p->columns[i]->quantity != PLATEAU_QUANTITY_OTHER
                       && kind != PLATEAU_TEXT_WORD && isfinite (value);
        }
      start = stop + 1;
    }
  p->n_fields = i;
  for (; i < p->n_columns; i++)
    if (p->columns[i]->kind != PLATEAU_TEXT_SKIP)
      p->values[i][row] = NAN;
  for (i = p->n_columns; i < p->table->columns->len; i++)
    p->values[i][row] = p->columns[i]->carried;
}

static gboolean
is_blank (const PlateauTextLine *line)
{
  for (gsize i = 0; i < line->length; i++)
    if (strchr (" \t,;\r", line->start[i]) == NULL || line->start[i] == '\0')
      return FALSE;
  return TRUE;
}

/* Keeps or drops the row just parsed. */
static void
parser_settle_row (Parser *p, const PlateauTextLine *line)
{
  PlateauTextTable *table = p->table;
  gboolean is_data = p->n_good > 0 && p->n_good * 3 >= p->n_key && p->n_bad <= p->n_good;
  if (!is_data)
    {
      if (is_blank (line))
        return;
      table->n_skipped++;
      if (table->first_skipped_line == 0)
        table->first_skipped_line = plateau_text_get_line_number (p->text);
      return;
    }
  for (guint i = 0; i < MIN (p->n_bad, MAX_BAD_IN_ROW); i++)
    {
      PlateauTextColumn *column = p->columns[p->bad_column[i]];
      if (column->n_bad++ == 0)
        {
          column->first_bad_line = plateau_text_get_line_number (p->text);
          column->first_bad = plateau_text_decode (p->text, p->bad_start[i],
                                                   MIN (p->bad_length[i], 60));
        }
    }
  p->row++;
}

/* The file ends inside this row, so its last number may have lost digits. */
static void
parser_cut_row (Parser *p)
{
  guint last = p->n_fields - 1;
  p->table->last_row_cut = TRUE;
  if (p->columns[last]->kind == PLATEAU_TEXT_SKIP)
    return;
  p->n_good -= p->n_good > 0 && p->columns[last]->quantity != PLATEAU_QUANTITY_OTHER
               && p->columns[last]->kind != PLATEAU_TEXT_WORD && isfinite (p->values[last][p->row]);
  p->values[last][p->row] = NAN;
}

static gboolean
parser_run (Parser *p, GError **error)
{
  PlateauTextTable *table = p->table;
  g_autoptr (GError) failure = NULL;
  PlateauTextLine line;
  guint usual_fields = 0;
  while (plateau_text_next_line (p->text, &line, &failure))
    {
      if (table->classify != NULL)
        {
          PlateauLineClass class = table->classify (table, p->text, &line, table->user_data);
          if (class == PLATEAU_LINE_STOP)
            break;
          if (class == PLATEAU_LINE_SKIP)
            continue;
        }
      if (p->row == p->capacity && !parser_grow (p, error))
        return FALSE;
      if (p->window != plateau_text_get_window (p->text))
        {
          p->window = plateau_text_get_window (p->text);
          memset (p->previous, 0, p->table->columns->len * sizeof (Previous));
        }
      parser_row (p, line.start, line.start + line.length);
      if (plateau_text_ended_in_line (p->text) && p->n_fields > 0 && p->n_fields < usual_fields)
        parser_cut_row (p);
      usual_fields = MAX (usual_fields, p->n_fields);
      parser_settle_row (p, &line);
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return TRUE;
}

/**
 * plateau_text_table_read:
 * @table: a table whose columns are described
 * @text: text before the first row
 *
 * Reads rows to the end of the text or until the table's classify function says stop. Fields that
 * are missing or unreadable become NaN; lines in which too little is readable are left out and
 * counted. Where the end of the file cuts a row, the field that is cut becomes NaN.
 *
 * Returns: FALSE with @error set when the file cannot be read, a line has no end, memory ends, or
 *   the reading was cancelled
 */
gboolean
plateau_text_table_read (PlateauTextTable *table, PlateauText *text, GError **error)
{
  g_return_val_if_fail (table != NULL && text != NULL, FALSE);
  guint n = table->columns->len;
  g_autofree double **values = g_new0 (double *, n);
  g_autofree WordCache **words = g_new0 (WordCache *, n);
  g_autofree DateCache *dates = g_new0 (DateCache, n);
  g_autofree Previous *previous = g_new0 (Previous, n);
  Parser parser = { .table = table,
                    .text = text,
                    .columns = (PlateauTextColumn **) table->columns->pdata,
                    .values = values,
                    .words = words,
                    .dates = dates,
                    .previous = previous };
  for (guint i = 0; i < n; i++)
    {
      PlateauTextColumn *column = parser.columns[i];
      if (column->kind != PLATEAU_TEXT_CARRIED)
        parser.n_columns = i + 1;
      parser.n_key += column->quantity != PLATEAU_QUANTITY_OTHER
                      && column->kind != PLATEAU_TEXT_SKIP && column->kind != PLATEAU_TEXT_WORD
                      && column->kind != PLATEAU_TEXT_CARRIED;
    }
  gboolean done = parser_run (&parser, error);
  table->n_rows = parser.row;
  for (guint i = 0; i < n; i++)
    {
      g_free (words[i]);
      if (values[i] != NULL && parser.row < parser.capacity)
        parser.columns[i]->values = g_realloc (values[i], MAX (parser.row, 1) * sizeof (double));
    }
  return done;
}
