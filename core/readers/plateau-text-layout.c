/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where in a text file the table is: its separator, its header, its first row. */
#include "readers/plateau-header.h"
#include "readers/plateau-text-reader.h"

#include <math.h>
#include <string.h>

enum
{
  SAMPLE_LINES = 50,
  LONG_HEADER = 16 << 10, /* no line of column heads is longer */
};

static const char separators[] = { '\t', ',', ';', '|', ' ' };

static gboolean
is_number (const char *field, char decimal_mark)
{
  double value;
  return field[0] != '\0'
         && plateau_text_field_to_number (field, strlen (field), decimal_mark, &value)
         && (isfinite (value) || g_ascii_strcasecmp (field, "nan") == 0);
}

/* Dates, durations and numbers: what stands in rows and not in headers. */
static gboolean
is_value (const char *field)
{
  double value;
  return is_number (field, '.') || is_number (field, ',')
         || (g_ascii_isdigit (field[0])
             && (strchr (field, ':') != NULL
                 || plateau_parse_date (field, strlen (field), PLATEAU_DATE_MDY, &value)));
}

static void
count_fields (char **fields, guint *n_filled, guint *n_values)
{
  *n_filled = *n_values = 0;
  for (guint i = 0; fields[i] != NULL; i++)
    {
      *n_filled += fields[i][0] != '\0';
      *n_values += is_value (fields[i]);
    }
}

static gboolean
is_row (const char *line, char separator)
{
  g_auto (GStrv) fields = plateau_text_split (line, separator);
  guint filled, values;
  count_fields (fields, &filled, &values);
  return values >= 1 && values * 2 >= filled && (filled >= 2 || separator == '\n');
}

/* A line of column heads holds no values; says how many of its names are known. */
static guint
count_known (const char *line, char separator, guint *n_filled)
{
  g_auto (GStrv) fields = plateau_text_split (line, separator);
  guint known = 0, values;
  count_fields (fields, n_filled, &values);
  if (*n_filled < 2 || values * 3 > *n_filled)
    return 0;
  for (guint i = 0; fields[i] != NULL; i++)
    {
      g_auto (PlateauHeader) header = { 0 };
      if (fields[i][0] == '\0' || strlen (fields[i]) > 120)
        continue;
      plateau_header_parse (fields[i], NULL, &header);
      known += header.quantity != PLATEAU_QUANTITY_OTHER;
    }
  return known;
}

/**
 * plateau_text_guess_separator:
 * @header: a line of column heads
 *
 * Returns: the separator that cuts most known names out of @header, or most fields when none is
 *   known
 */
char
plateau_text_guess_separator (const char *header)
{
  char best = ',';
  guint best_score = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (separators); i++)
    {
      guint filled;
      guint known = count_known (header, separators[i], &filled);
      guint score = filled >= 2 ? known * 1000 + filled : 0;
      /* Blanks stand inside names too: they separate only where nothing else does. */
      if (separators[i] == ' ' && best_score > 0)
        break;
      if (score > best_score)
        {
          best_score = score;
          best = separators[i];
        }
    }
  return best;
}

static gboolean
has_form (const char *field, char mark)
{
  const char *p = field;
  guint marks = 0, digits = 0;
  if (*p == '-' || *p == '+')
    p++;
  for (; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      digits++;
    else if (*p == mark)
      marks++;
    else if ((*p == 'e' || *p == 'E') && digits > 0)
      break;
    else
      return FALSE;
  return marks == 1 && digits > 0;
}

/**
 * plateau_text_guess_dialect:
 * @lines: the head of the file
 * @from: index of the first row
 * @separator: between the fields
 *
 * Decimal commas are assumed where fields read "digits,digits" and none reads "digits.digits".
 *
 * Returns: separator and decimal mark
 */
PlateauDialect
plateau_text_guess_dialect (GPtrArray *lines, guint from, char separator)
{
  guint points = 0, commas = 0;
  for (guint i = from; i < lines->len && i < from + SAMPLE_LINES; i++)
    {
      g_auto (GStrv) fields = plateau_text_split (lines->pdata[i], separator);
      for (guint k = 0; fields[k] != NULL; k++)
        {
          points += has_form (fields[k], '.');
          commas += has_form (fields[k], ',');
        }
    }
  /* A few points may be dates like 31.12; commas beside many points are thousands. */
  return (PlateauDialect){ separator, commas > 4 * points ? ',' : '.' };
}

/* The line after the header may hold units: "s<tab>V<tab>A". */
static gboolean
is_units_line (const char *line, char separator)
{
  g_auto (GStrv) fields = plateau_text_split (line, separator);
  guint units = 0, filled = 0;
  for (guint i = 0; fields[i] != NULL; i++)
    {
      gsize n = strlen (fields[i]);
      if (n == 0)
        continue;
      filled++;
      g_autofree char *inside = n >= 2 && strchr ("([", fields[i][0]) != NULL
                                    ? g_strndup (fields[i] + 1, n - 2)
                                    : g_strdup (fields[i]);
      units += plateau_unit_parse (inside, PLATEAU_DIMENSION_NONE) != NULL;
    }
  return units >= 2 && units * 2 >= filled;
}

static gboolean
holds_chosen (const char *line, const PlateauReadOptions *options, char *separator)
{
  guint wanted = g_hash_table_size (options->columns);
  for (gsize s = 0; s < G_N_ELEMENTS (separators); s++)
    {
      g_auto (GStrv) fields = plateau_text_split (line, separators[s]);
      guint found = 0;
      GHashTableIter iter;
      gpointer value;
      g_hash_table_iter_init (&iter, options->columns);
      while (g_hash_table_iter_next (&iter, NULL, &value))
        found += g_strv_contains ((const char *const *) fields, value);
      if (wanted > 0 && found == wanted)
        {
          *separator = separators[s];
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * plateau_text_settle_layout:
 * @header: index of the line of column heads
 * @separator: between them
 * @layout: (out): with a line of units, if one follows, and the decimal mark of the rows
 */
void
plateau_text_settle_layout (GPtrArray *lines, guint header, char separator,
                            PlateauTextLayout *layout)
{
  layout->header_line = header;
  layout->units_line = G_MAXUINT;
  layout->first_row = header + 1;
  guint next = header + 1;
  while (next < lines->len && ((const char *) lines->pdata[next])[0] == '\0')
    next++;
  if (next < lines->len && !is_row (lines->pdata[next], separator)
      && is_units_line (lines->pdata[next], separator))
    {
      layout->units_line = next;
      layout->first_row = next + 1;
    }
  layout->dialect = plateau_text_guess_dialect (lines, layout->first_row, separator);
}

/* A table whose header says nothing that is known: the line before the first of several rows of
 * one shape. */
static gboolean
find_unnamed (GPtrArray *lines, PlateauTextLayout *layout)
{
  for (gsize s = 0; s < G_N_ELEMENTS (separators); s++)
    for (guint i = 0; i + 1 < lines->len; i++)
      {
        if (!is_row (lines->pdata[i], separators[s])
            || !is_row (lines->pdata[i + 1], separators[s]))
          continue;
        g_auto (GStrv) row = plateau_text_split (lines->pdata[i], separators[s]);
        g_auto (GStrv) above = plateau_text_split (i > 0 ? lines->pdata[i - 1] : "", separators[s]);
        guint columns = g_strv_length (row), heads = g_strv_length (above);
        if (columns < 2)
          continue;
        gboolean named = i > 0 && heads >= 2 && heads + 1 >= columns && heads <= columns + 1;
        plateau_text_settle_layout (lines, named ? i - 1 : i, separators[s], layout);
        if (!named)
          {
            layout->header_line = G_MAXUINT;
            layout->first_row = i;
          }
        layout->n_known = 0;
        return TRUE;
      }
  return FALSE;
}

/**
 * plateau_text_find_layout:
 * @lines: (element-type utf8): the head of the file
 * @options: the columns that the user named lead to the header when they are there
 * @layout: (out): where the table is
 *
 * The header is the line with most known column names; of equals the first.
 *
 * Returns: FALSE when there is no table; TRUE with n_known 0 when there is one without known names
 */
gboolean
plateau_text_find_layout (GPtrArray *lines, const PlateauReadOptions *options,
                          PlateauTextLayout *layout)
{
  *layout = (PlateauTextLayout){ { ',', '.' }, G_MAXUINT, G_MAXUINT, 0, 0 };
  guint best = 0, best_line = 0;
  char best_separator = ',', separator;
  for (guint i = 0; i < lines->len; i++)
    {
      const char *line = lines->pdata[i];
      if (options->columns != NULL && holds_chosen (line, options, &separator))
        {
          plateau_text_settle_layout (lines, i, separator, layout);
          layout->n_known = g_hash_table_size (options->columns);
          return TRUE;
        }
      if (g_ascii_isdigit (line[0]) || line[0] == '\0' || strlen (line) > LONG_HEADER)
        continue;
      for (gsize s = 0; s < G_N_ELEMENTS (separators); s++)
        {
          guint filled;
          if (separators[s] != ' ' && strchr (line, separators[s]) == NULL)
            continue;
          guint known = count_known (line, separators[s], &filled);
          /* Blanks stand inside names too: they separate only where nothing else does. */
          if (separators[s] == ' ')
            known = known * 2 > filled ? known / 2 + 1 : 0;
          if (known > best)
            {
              best = known;
              best_line = i;
              best_separator = separators[s];
            }
        }
      if (best >= 3 && best_line == i && options->columns == NULL && i + 1 < lines->len
          && is_row (lines->pdata[i + 1], best_separator))
        break;
    }
  if (best < 2)
    return find_unnamed (lines, layout);
  plateau_text_settle_layout (lines, best_line, best_separator, layout);
  layout->n_known = best;
  return TRUE;
}
