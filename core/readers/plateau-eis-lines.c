/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of a text file of an impedance analyser: fields, rows of numbers, keys with values. */
#include "readers/plateau-eis-text.h"

#include "base/plateau-date.h"
#include "base/plateau-number.h"
#include "readers/plateau-encoding.h"

#include <math.h>
#include <string.h>

enum
{
  FILE_LIMIT = 256 << 20,
  MAX_COLUMNS = 512,
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

/**
 * plateau_eis_text_guess_row_with:
 * @separator: that of the heads; 0: none is known
 *
 * Like plateau_eis_text_guess_row() for three numbers or more. Rows nearly always have the
 * separator of their heads; then empty fields keep their places.
 *
 * Returns: FALSE when @line is no such row
 */
gboolean
plateau_eis_text_guess_row_with (const char *line, char separator, PlateauEisLayout *layout)
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
