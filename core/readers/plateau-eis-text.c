/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/plateau-eis-text.h"

#include "base/plateau-date.h"
#include "base/plateau-error.h"
#include "base/plateau-number.h"
#include "readers/plateau-encoding.h"
#include "readers/plateau-eis-name.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

enum
{
  FILE_LIMIT = 256 << 20,
  MAX_COLUMNS = 512,
  MAX_PREAMBLE = 5000, /* lines before a table in which its head is looked for */
  MAX_HEAD_LENGTH = 16384,
};

/* A line without the blanks at its end, and without quotes around the whole of it: old programs
 * write heads and comments as one quoted string. */
static char *
dup_line (const char *line, gsize length)
{
  while (length > 0 && line[length - 1] == ' ')
    length--;
  gboolean quoted = length >= 2 && line[0] == '"' && line[length - 1] == '"'
                    && memchr (line + 1, '"', length - 2) == NULL
                    && memchr (line, ',', length) == NULL && memchr (line, ';', length) == NULL;
  return quoted ? g_strchomp (g_strndup (line + 1, length - 2)) : g_strndup (line, length);
}

/**
 * plateau_eis_text_lines:
 * @input: a text file
 * @options: (nullable): may name the encoding
 *
 * Returns: (transfer full) (element-type utf8) (nullable): its lines as UTF-8 without line ends,
 *   without blanks at their ends and without quotes around them, or NULL with @error set
 */
GPtrArray *
plateau_eis_text_lines (PlateauInput *input, const PlateauReadOptions *options,
                        GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = plateau_input_read_all (input, FILE_LIMIT, error);
  if (bytes == NULL)
    return NULL;
  gsize length, bom = 0;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  PlateauEncoding encoding;
  if (options == NULL || options->encoding == NULL
      || !plateau_encoding_from_name (options->encoding, &encoding))
    encoding = plateau_encoding_detect (data, length, &bom);
  /* Some formats have binary bytes between their lines: a zero must not end the text. */
  gboolean wide = encoding == PLATEAU_ENCODING_UTF_16LE || encoding == PLATEAU_ENCODING_UTF_16BE;
  g_autofree guint8 *clean = NULL;
  if (!wide && memchr (data, 0, length) != NULL)
    {
      clean = g_memdup2 (data, length);
      for (gsize i = 0; i < length; i++)
        if (clean[i] == 0)
          clean[i] = ' ';
      data = clean;
    }
  g_autofree char *text = plateau_encoding_decode (encoding, data + bom, length - bom);
  g_clear_pointer (&bytes, g_bytes_unref);
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  for (const char *p = text; *p != '\0';)
    {
      gsize n = strcspn (p, "\r\n");
      g_ptr_array_add (lines, dup_line (p, n));
      p += n;
      if (*p == '\r')
        p++;
      if (*p == '\n')
        p++;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        {
          g_ptr_array_unref (lines);
          return NULL;
        }
    }
  return lines;
}

static char *
take_cell (const char *start, gsize length)
{
  g_autofree char *cell = g_strstrip (g_strndup (start, length));
  gsize n = strlen (cell);
  if (n >= 2 && cell[0] == '"' && cell[n - 1] == '"')
    {
      cell[n - 1] = '\0';
      return g_strstrip (g_strdup (cell + 1));
    }
  return g_steal_pointer (&cell);
}

/**
 * plateau_eis_text_split:
 * @line: UTF-8
 * @separator: what stands between fields, or 0 for any run of blanks
 *
 * Returns: (transfer full): the fields, stripped and without quotes
 */
char **
plateau_eis_text_split (const char *line, char separator)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *p = line;
  guint n = 0;
  if (separator == 0)
    while (TRUE)
      {
        p += strspn (p, " \t");
        gsize length = strcspn (p, " \t");
        if (length == 0 || n++ == MAX_COLUMNS)
          break;
        g_autofree char *cell = take_cell (p, length);
        g_strv_builder_add (builder, cell);
        p += length;
      }
  else
    while (n++ < MAX_COLUMNS)
      {
        gsize length;
        const char *close = *p == '"' ? strchr (p + 1, '"') : NULL;
        const char *from = close != NULL ? close : p;
        const char *end = strchr (from, separator);
        length = end != NULL ? (gsize) (end - p) : strlen (p);
        g_autofree char *cell = take_cell (p, length);
        g_strv_builder_add (builder, cell);
        if (end == NULL)
          break;
        p = end + 1;
      }
  return g_strv_builder_end (builder);
}

static const char *
skip_blanks (const char *p, char separator)
{
  while (*p == ' ' || (*p == '\t' && separator != '\t') || *p == '"')
    p++;
  return p;
}

/**
 * plateau_eis_text_parse_row:
 * @values: (array length=max) (out caller-allocates): the fields as numbers, NaN for others
 *
 * Returns: the number of fields of @line
 */
guint
plateau_eis_text_parse_row (const char *line, const PlateauEisLayout *layout, double *values,
                            guint max)
{
  guint n = 0;
  const char *stop = line + strlen (line);
  const char *p = line;
  char separator = layout->separator;
  while (n < max)
    {
      p = skip_blanks (p, separator);
      if (*p == '\0' && separator == 0)
        break;
      const char *end = separator == 0 ? p + strcspn (p, " \t") : strchr (p, separator);
      if (end == NULL)
        end = stop;
      double value = NAN;
      const char *after = plateau_parse_double (p, end, layout->decimal, &value);
      if (after != NULL)
        {
          while (after < end && (g_ascii_isspace (*after) || *after == '"'))
            after++;
          if (after != end)
            value = NAN; /* "12:30" */
        }
      values[n++] = isfinite (value) ? value : NAN;
      if (end == stop)
        break;
      p = end + (separator != 0);
    }
  return n;
}

static guint
count_numbers (const char *line, const PlateauEisLayout *layout, guint *n_fields)
{
  double values[64];
  guint numbers = 0;
  *n_fields = plateau_eis_text_parse_row (line, layout, values, G_N_ELEMENTS (values));
  for (guint i = 0; i < *n_fields; i++)
    numbers += !isnan (values[i]);
  return numbers;
}

/**
 * plateau_eis_text_guess_row:
 * @line: a line that may be a row of numbers
 * @min_numbers: how many numbers a row has at least
 * @layout: (out): the separator and decimal mark with which it is one
 *
 * Of several readings the one with most numbers and fewest other fields counts.
 *
 * Returns: FALSE when @line is no such row
 */
gboolean
plateau_eis_text_guess_row (const char *line, guint min_numbers, PlateauEisLayout *layout)
{
  static const PlateauEisLayout candidates[] = { { '\t', '.' }, { ';', '.' },  { ',', '.' },
                                                 { 0, '.' },    { '\t', ',' }, { ';', ',' },
                                                 { 0, ',' } };
  int best = G_MININT;
  for (gsize i = 0; i < G_N_ELEMENTS (candidates); i++)
    {
      const PlateauEisLayout *candidate = &candidates[i];
      if (candidate->separator != 0 && strchr (line, candidate->separator) == NULL)
        continue;
      guint n_fields;
      guint numbers = count_numbers (line, candidate, &n_fields);
      int score = 4 * (int) numbers - 3 * (int) (n_fields - numbers);
      if (numbers < min_numbers || score <= best)
        continue;
      best = score;
      *layout = *candidate;
    }
  return best > G_MININT;
}

/* Rows nearly always have the separator of their heads; then empty fields keep their places. */
static gboolean
guess_with_separator (const char *line, char separator, PlateauEisLayout *layout)
{
  if (separator == 0 || strchr (line, separator) == NULL)
    return FALSE;
  PlateauEisLayout point = { separator, '.' }, comma = { separator, ',' };
  guint n_fields;
  guint with_point = count_numbers (line, &point, &n_fields);
  guint with_comma = separator != ',' ? count_numbers (line, &comma, &n_fields) : 0;
  *layout = with_comma > with_point ? comma : point;
  return MAX (with_point, with_comma) >= 3;
}

/* One spectrum may stand beside another: each frequency column begins a table of its own. */
typedef struct
{
  GPtrArray *tables; /* of PlateauEisTable */
  GArray *offsets;   /* first column of each */
  PlateauEisLayout layout;
  gboolean layout_known;
  char head_separator; /* of the heads; 0: blanks or none */
  guint n_columns;
  guint needed; /* fields that a row has at least */
  guint n_skipped;
} Block;

static void
block_clear (Block *block)
{
  g_clear_pointer (&block->tables, g_ptr_array_unref);
  g_clear_pointer (&block->offsets, g_array_unref);
}

static void
block_init (Block *block)
{
  *block =
      (Block){ .tables = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_eis_table_free),
               .offsets = g_array_new (FALSE, FALSE, sizeof (guint)) };
}

static void
block_add (Block *block, const PlateauEisTraits *traits, PlateauEisTable *table, guint offset)
{
  *plateau_eis_table_get_conditions (table) = traits->conditions;
  if (traits->trust_sign)
    plateau_eis_table_trust_sign (table);
  g_ptr_array_add (block->tables, table);
  g_array_append_val (block->offsets, offset);
}

static guint
next_frequency (char **heads, guint from)
{
  PlateauEisColumn column;
  for (guint i = from; heads[i] != NULL; i++)
    {
      plateau_eis_column_parse (heads[i], NULL, &column);
      if (column.role == PLATEAU_EIS_ROLE_FREQUENCY)
        return i;
    }
  return G_MAXUINT;
}

static gboolean
block_set_heads (Block *block, char **heads, char **units, const PlateauEisTraits *traits)
{
  guint n = g_strv_length (heads);
  guint n_units = units != NULL ? g_strv_length (units) : 0;
  guint first = next_frequency (heads, 0);
  if (first == G_MAXUINT)
    return FALSE;
  guint start = 0;
  guint next = next_frequency (heads, first + 1);
  while (TRUE)
    {
      guint end = next != G_MAXUINT ? next : n;
      g_auto (GStrv) part = g_new0 (char *, end - start + 1);
      g_auto (GStrv) part_units = g_new0 (char *, end - start + 1);
      for (guint i = start; i < end; i++)
        {
          part[i - start] = g_strdup (heads[i]);
          part_units[i - start] = g_strdup (i < n_units ? units[i] : "");
        }
      PlateauEisTable *table = plateau_eis_table_new ();
      if (plateau_eis_table_set_heads (table, (const char *const *) part,
                                       n_units > 0 ? (const char *const *) part_units : NULL))
        block_add (block, traits, table, start);
      else
        plateau_eis_table_free (table);
      if (next == G_MAXUINT)
        break;
      start = next;
      next = next_frequency (heads, start + 1);
    }
  block->n_columns = n;
  return block->tables->len > 0;
}

static guint
block_flush (Block *block, PlateauMeasurement *measurement)
{
  guint n = 0;
  for (guint i = 0; i < block->tables->len; i++)
    n += plateau_eis_table_flush (block->tables->pdata[i], measurement);
  return n;
}

static void
block_add_row (Block *block, const char *line)
{
  double values[MAX_COLUMNS];
  if (!block->layout_known)
    {
      if (!guess_with_separator (line, block->head_separator, &block->layout)
          && !plateau_eis_text_guess_row (line, 3, &block->layout))
        {
          block->n_skipped++;
          return;
        }
      block->layout_known = TRUE;
    }
  guint n = plateau_eis_text_parse_row (line, &block->layout, values, MAX_COLUMNS);
  guint numbers = 0;
  for (guint i = 0; i < n; i++)
    numbers += !isnan (values[i]);
  /* A count of points, a line of words: not a point that lost its numbers. */
  if (numbers < 2)
    {
      block->n_skipped++;
      return;
    }
  for (guint i = 0; i < block->tables->len; i++)
    {
      guint offset = g_array_index (block->offsets, guint, i);
      guint end = i + 1 < block->offsets->len ? g_array_index (block->offsets, guint, i + 1)
                                              : MAX_COLUMNS;
      if (offset >= n)
        continue;
      /* A shorter spectrum beside a longer one ends in empty cells. */
      gboolean any = FALSE;
      for (guint c = offset; c < MIN (n, end); c++)
        any = any || !isnan (values[c]);
      if (any)
        plateau_eis_table_add_row (block->tables->pdata[i], values + offset, MIN (n, end) - offset);
    }
}

/* The line as the head of a table, by whichever separator makes it one. */
static char **
head_cells (const char *line, Block *block, const PlateauEisTraits *traits)
{
  static const char separators[] = { '\t', ';', ',', 0 };
  for (gsize i = 0; i < G_N_ELEMENTS (separators); i++)
    {
      if (separators[i] != 0 && strchr (line, separators[i]) == NULL)
        continue;
      g_auto (GStrv) cells = plateau_eis_text_split (line, separators[i]);
      if (!block_set_heads (block, cells, NULL, traits))
        continue;
      block->head_separator = separators[i];
      return g_steal_pointer (&cells);
    }
  return NULL;
}

/* Cheap reasons why a line cannot name a frequency and an impedance. */
static gboolean
can_name_impedance (const char *line)
{
  gsize length = strlen (line);
  gboolean wide = FALSE;
  if (length > MAX_HEAD_LENGTH)
    return FALSE;
  for (const char *p = line; *p != '\0' && !wide; p++)
    wide = (guchar) *p >= 0x80;
  return wide || (strpbrk (line, "fFwWoO") != NULL && strpbrk (line, "zZrRmM|") != NULL);
}

static gboolean
may_be_head (const char *line)
{
  /* A head has letters; rows of numbers have at most e, n, a, i, f, t, y. */
  for (const char *p = line; *p != '\0'; p++)
    if ((guchar) *p >= 0x80 || (g_ascii_isalpha (*p) && strchr ("eEnNaAiI", *p) == NULL))
      return TRUE;
  return FALSE;
}

/* Units on a line of their own right below the heads. */
static char **
units_below (GPtrArray *lines, guint line, guint n_columns)
{
  if (line + 1 >= lines->len)
    return NULL;
  const char *text = lines->pdata[line + 1];
  static const char separators[] = { '\t', ';', ',', 0 };
  for (gsize i = 0; i < G_N_ELEMENTS (separators); i++)
    {
      g_auto (GStrv) cells = plateau_eis_text_split (text, separators[i]);
      if (g_strv_length (cells) + 2 < n_columns || !may_be_head (text))
        continue;
      guint known = 0;
      for (guint c = 0; cells[c] != NULL; c++)
        known += plateau_unit_parse (cells[c], PLATEAU_DIMENSION_FREQUENCY) != NULL
                 || plateau_unit_parse (cells[c], PLATEAU_DIMENSION_RESISTANCE) != NULL;
      if (known >= 2)
        return g_steal_pointer (&cells);
    }
  return NULL;
}

static gboolean
begin_block (GPtrArray *lines, guint line, Block *block, const PlateauEisTraits *traits,
             gboolean *units_used)
{
  *units_used = FALSE;
  if (!may_be_head (lines->pdata[line]) || !can_name_impedance (lines->pdata[line]))
    return FALSE;
  g_auto (GStrv) heads = head_cells (lines->pdata[line], block, traits);
  if (heads == NULL)
    return FALSE;
  g_auto (GStrv) units = units_below (lines, line, g_strv_length (heads));
  if (units != NULL)
    {
      g_ptr_array_set_size (block->tables, 0);
      g_array_set_size (block->offsets, 0);
      block_set_heads (block, heads, units, traits);
      *units_used = TRUE;
    }
  return TRUE;
}

/**
 * plateau_eis_text_find_head:
 * @lines: (element-type utf8): of a file
 * @line: (inout): where to begin; the first line that heads a table of impedance
 *
 * Returns: FALSE when there is none
 */
gboolean
plateau_eis_text_find_head (GPtrArray *lines, guint *line)
{
  static const PlateauEisTraits traits = PLATEAU_EIS_TRAITS_INIT;
  for (guint i = *line; i < lines->len && i < *line + MAX_PREAMBLE; i++)
    {
      Block block;
      block_init (&block);
      gboolean units;
      gboolean found = begin_block (lines, i, &block, &traits, &units);
      block_clear (&block);
      if (found)
        {
          *line = i;
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * plateau_eis_text_read_tables:
 * @lines: (element-type utf8): of a file
 * @first: where to begin
 * @traits: what the format says beyond the heads
 * @measurement: gets the spectra
 *
 * Reads every table whose head names a frequency and an impedance. A repeated head begins a new
 * spectrum; spectra side by side become several. Separator and decimal mark come from the rows.
 *
 * Returns: the number of spectra
 */
guint
plateau_eis_text_read_tables (GPtrArray *lines, guint first, const PlateauEisTraits *traits,
                              PlateauMeasurement *measurement)
{
  guint n_spectra = 0, n_skipped = 0, preamble = 0;
  Block block = { NULL };
  for (guint i = first; i < lines->len; i++)
    {
      const char *line = lines->pdata[i];
      if (line[strspn (line, " \t,;\"")] == '\0')
        continue;
      Block next;
      block_init (&next);
      gboolean units_used;
      if ((block.tables != NULL || preamble++ < MAX_PREAMBLE)
          && begin_block (lines, i, &next, traits, &units_used))
        {
          if (block.tables != NULL)
            n_spectra += block_flush (&block, measurement);
          n_skipped += block.n_skipped;
          block_clear (&block);
          block = next;
          i += units_used;
          continue;
        }
      block_clear (&next);
      if (block.tables != NULL)
        block_add_row (&block, line);
    }
  if (block.tables != NULL)
    n_spectra += block_flush (&block, measurement);
  n_skipped += block.n_skipped;
  block_clear (&block);
  if (n_skipped > 2)
    plateau_measurement_warn (measurement, _ ("%u lines that are no rows of numbers were left out"),
                              n_skipped);
  return n_spectra;
}

/**
 * plateau_eis_text_read_rows:
 * @lines: (element-type utf8): of a file
 * @first: where to begin
 * @roles: (array length=n_roles): what the columns are
 * @traits: what the format says
 * @measurement: gets the spectra
 *
 * Reads rows of numbers whose columns are known without a head; other lines are passed over.
 *
 * Returns: the number of spectra
 */
guint
plateau_eis_text_read_rows (GPtrArray *lines, guint first, const PlateauEisRole *roles,
                            guint n_roles, const PlateauEisTraits *traits,
                            PlateauMeasurement *measurement)
{
  Block block;
  block_init (&block);
  PlateauEisTable *table = plateau_eis_table_new ();
  plateau_eis_table_set_roles (table, roles, n_roles);
  block_add (&block, traits, table, 0);
  for (guint i = first; i < lines->len; i++)
    {
      const char *line = lines->pdata[i];
      if (line[0] != '\0' && !may_be_head (line))
        block_add_row (&block, line);
    }
  guint n = block_flush (&block, measurement);
  block_clear (&block);
  return n;
}

/**
 * plateau_eis_text_find_value:
 * @lines: (element-type utf8): of a file
 * @end: lines to look at
 * @key: what stands in front of a colon, equals sign or tab, in any case
 *
 * Returns: (transfer none) (nullable): what stands behind it
 */
const char *
plateau_eis_text_find_value (GPtrArray *lines, guint end, const char *key)
{
  gsize length = strlen (key);
  for (guint i = 0; i < MIN (end, lines->len); i++)
    {
      const char *line = lines->pdata[i];
      line += strspn (line, " \t\"");
      if (g_ascii_strncasecmp (line, key, length) != 0)
        continue;
      const char *p = line + length;
      p += strspn (p, " ");
      if (*p != ':' && *p != '=' && *p != '\t')
        continue;
      p++;
      return p + strspn (p, " \t");
    }
  return NULL;
}

/**
 * plateau_eis_text_find_number:
 *
 * Returns: the number behind @key as printed, a unit behind it left out; NaN when there is none
 */
double
plateau_eis_text_find_number (GPtrArray *lines, guint end, const char *key)
{
  const char *text = plateau_eis_text_find_value (lines, end, key);
  double value;
  if (text == NULL)
    return NAN;
  char mark = strchr (text, '.') == NULL && strchr (text, ',') != NULL ? ',' : '.';
  return plateau_parse_double (text, text + strlen (text), mark, &value) != NULL && isfinite (value)
             ? value
             : NAN;
}

/**
 * plateau_eis_text_set_started:
 * @date: (nullable): as printed, in any order of day and month
 * @time: (nullable): as printed, when it stands apart
 *
 * Notes when the measurement began; texts that are no date are passed over.
 */
void
plateau_eis_text_set_started (PlateauMeasurement *measurement, const char *date, const char *time)
{
  double unix_time;
  if (date == NULL || date[0] == '\0')
    return;
  g_autofree char *text = time != NULL && time[0] != '\0' ? g_strdup_printf ("%s %s", date, time)
                                                          : g_strdup (date);
  const char *samples[] = { text };
  if (!plateau_parse_date (text, strlen (text), plateau_guess_date_order (samples, 1), &unix_time))
    return;
  g_autofree char *started = plateau_format_date (unix_time);
  plateau_measurement_set_info (measurement, PLATEAU_INFO_STARTED, started);
}

/**
 * plateau_eis_text_stem:
 *
 * Returns: (transfer full): the name of the file without its last suffix
 */
char *
plateau_eis_text_stem (PlateauInput *input)
{
  char *name = g_strdup (plateau_input_get_name (input));
  char *dot = strrchr (name, '.');
  if (dot != NULL && dot != name && strlen (dot) <= 6 && !g_ascii_isdigit (dot[1]))
    *dot = '\0';
  return name;
}

/**
 * plateau_eis_text_read_file:
 * @instrument: (nullable): what measured, when the format tells
 * @preamble: (nullable): understands the lines in front of the table
 *
 * The whole of a reader whose tables have heads: lines, preamble, conditions from the file's name
 * where the file itself does not tell, tables.
 */
gboolean
plateau_eis_text_read_file (PlateauInput *input, const PlateauReadOptions *options,
                            const char *instrument, PlateauEisPreamble preamble,
                            GPtrArray *measurements, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) lines = plateau_eis_text_lines (input, options, cancellable, error);
  if (lines == NULL)
    return FALSE;
  PlateauMeasurement *measurement = plateau_input_new_measurement (input, NULL);
  PlateauEisTraits traits = PLATEAU_EIS_TRAITS_INIT;
  guint head = 0;
  if (!plateau_eis_text_find_head (lines, &head))
    head = MIN (lines->len, MAX_PREAMBLE);
  if (instrument != NULL)
    plateau_measurement_set_info (measurement, PLATEAU_INFO_INSTRUMENT, instrument);
  if (preamble != NULL)
    preamble (lines, head, &traits, measurement);
  g_autofree char *stem = plateau_eis_text_stem (input);
  plateau_eis_name_conditions (stem, &traits.conditions);
  plateau_eis_text_read_tables (lines, head, &traits, measurement);
  return plateau_eis_text_finish (input, measurement, measurements, error);
}

/**
 * plateau_eis_text_finish:
 * @measurement: (transfer full): after reading
 * @measurements: gets it
 *
 * Says what the file's name tells about conditions, and refuses a file that gave no point.
 *
 * Returns: FALSE with PLATEAU_READER_ERROR_NO_DATA
 */
gboolean
plateau_eis_text_finish (PlateauInput *input, PlateauMeasurement *measurement,
                         GPtrArray *measurements, GError **error)
{
  if (plateau_measurement_get_n_spectra (measurement) == 0)
    {
      g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_NO_DATA,
                   _ ("“%s” has the head of an impedance file, but no point with a frequency above "
                      "0 and an impedance"),
                   plateau_input_get_name (input));
      plateau_measurement_unref (measurement);
      return FALSE;
    }
  plateau_measurement_set_kinds (measurement, PLATEAU_KIND_EIS);
  g_ptr_array_add (measurements, measurement);
  return TRUE;
}
