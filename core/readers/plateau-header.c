/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/plateau-header.h"

#include "readers/plateau-header-names.h"

#include <string.h>

enum
{
  LONGEST_NAME = 120, /* bytes; a longer cell is a sentence */
};

/**
 * plateau_header_fold:
 * @text: a column name
 *
 * Returns: (transfer full): @text in lower case without blanks, quotes and the marks that
 *   instruments put between words or do not put
 */
char *
plateau_header_fold (const char *text)
{
  g_autofree char *lower = g_utf8_strdown (text, -1);
  g_autoptr (GString) out = g_string_new (NULL);
  for (const char *p = lower; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (c < 0x80 && strchr (" \t_-.#:*~\"\r,", (int) c) != NULL)
        continue;
      if (c == 0xA0 || c == 0xFEFF || c == 0x3000 || g_unichar_isspace (c))
        continue;
      if (c == 0xFF08)
        c = '(';
      if (c == 0xFF09)
        c = ')';
      g_string_append_unichar (out, c);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
strip (const char *text)
{
  g_autofree char *copy = g_strdup (text);
  g_strstrip (copy);
  gsize n = strlen (copy);
  if (n >= 2 && copy[0] == '"' && copy[n - 1] == '"')
    {
      copy[n - 1] = '\0';
      return g_strstrip (g_strdup (copy + 1));
    }
  return g_steal_pointer (&copy);
}

/* A line of units may put each in brackets. */
static char *
strip_brackets (const char *text)
{
  g_autofree char *unit = strip (text);
  gsize n = strlen (unit);
  gboolean bracketed =
      n >= 2 && ((unit[0] == '(' && unit[n - 1] == ')') || (unit[0] == '[' && unit[n - 1] == ']'));
  return bracketed ? g_strndup (unit + 1, n - 2) : g_steal_pointer (&unit);
}

/* "hh:mm:ss", "h:min:s.ms" beside a time: the values say it themselves. */
static gboolean
is_clock_format (const char *unit)
{
  return strchr (unit, ':') != NULL && strpbrk (unit, "hH") != NULL;
}

/* "Sec." is "Sec". */
static const PlateauUnit *
parse_unit (const char *text, PlateauDimension dimension)
{
  const PlateauUnit *unit = plateau_unit_parse (text, dimension);
  gsize n = strlen (text);
  if (unit != NULL || n < 2 || text[n - 1] != '.')
    return unit;
  g_autofree char *bare = g_strndup (text, n - 1);
  return plateau_unit_parse (bare, dimension);
}

/* TRUE when @name is in the table and @unit (may be NULL) suits it. */
static gboolean
lookup (const char *name, const char *unit, PlateauHeader *header)
{
  g_autofree char *folded = plateau_header_fold (name);
  if (folded[0] == '\0')
    return FALSE;
  gsize n_entries;
  const PlateauHeaderName *entries = plateau_header_names (&n_entries);
  for (gsize i = 0; i < n_entries; i++)
    {
      if (entries[i].name[0] != folded[0] || strcmp (entries[i].name, folded) != 0)
        continue;
      const PlateauUnit *parsed = NULL;
      if (entries[i].unit[0] != '\0')
        {
          const PlateauUnit *usual = plateau_unit_find (entries[i].unit);
          gboolean of_time = usual->dimension == PLATEAU_DIMENSION_TIME;
          if (unit == NULL || unit[0] == '\0' || (of_time && is_clock_format (unit)))
            {
              if (entries[i].flags & PLATEAU_HEADER_NEEDS_UNIT && unit == NULL)
                continue;
              parsed = usual;
            }
          else if (entries[i].quantity == PLATEAU_QUANTITY_CLOCK)
            {
              parsed = plateau_unit_parse (unit, PLATEAU_DIMENSION_TIME);
              if (parsed == NULL)
                parsed = usual;
            }
          else
            parsed = parse_unit (unit, usual->dimension);
          if (parsed == NULL)
            continue;
        }
      header->quantity = entries[i].quantity;
      header->rank = entries[i].rank;
      header->is_state = (entries[i].flags & PLATEAU_HEADER_STATE) != 0;
      header->is_row_number = (entries[i].flags & PLATEAU_HEADER_ROW_NUMBER) != 0;
      header->negative = (entries[i].flags & PLATEAU_HEADER_NEGATIVE) != 0;
      header->unit = parsed;
      header->unit_assumed = (unit == NULL || unit[0] == '\0') && parsed != NULL
                             && parsed->dimension != PLATEAU_DIMENSION_FRACTION;
      return TRUE;
    }
  return FALSE;
}

/* Name and unit are known now: keep both texts. */
static gboolean
settle (PlateauHeader *header, const char *name, const char *unit)
{
  header->name = strip (name);
  header->unit_text = unit != NULL && unit[0] != '\0' ? strip (unit) : NULL;
  return TRUE;
}

/* "Current(A)", "U[V]", "TestTime{hh:mm:ss}", with ASCII or full-width brackets: cuts the last pair
 * off @cell. */
static gboolean
split_bracket (const char *cell, char **name, char **unit)
{
  static const char *const pairs[][2] = {
    { "(", ")" }, { "[", "]" }, { "{", "}" }, { "（", "）" }
  };
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      if (!g_str_has_suffix (cell, pairs[i][1]))
        continue;
      const char *open = g_strrstr (cell, pairs[i][0]);
      if (open == NULL || open == cell)
        continue;
      const char *inside = open + strlen (pairs[i][0]);
      *name = g_strndup (cell, (gsize) (open - cell));
      *unit = g_strndup (inside, strlen (inside) - strlen (pairs[i][1]));
      g_strstrip (*name);
      g_strstrip (*unit);
      return TRUE;
    }
  return FALSE;
}

/* Tries @cell split at each place where @mark stands, from the left or from the right. */
static gboolean
lookup_split (const char *cell, char mark, gboolean from_right, PlateauHeader *header)
{
  gsize length = strlen (cell);
  for (gsize k = 1; k + 1 < length; k++)
    {
      gsize i = from_right ? length - 1 - k : k;
      if (cell[i] != mark)
        continue;
      g_autofree char *name = g_strndup (cell, i);
      g_autofree char *unit = g_strstrip (g_strdup (cell + i + 1));
      if (unit[0] != '\0' && lookup (name, unit, header))
        return settle (header, name, unit);
    }
  return FALSE;
}

static gboolean
lookup_cell (const char *cell, PlateauHeader *header)
{
  if (lookup (cell, NULL, header))
    return settle (header, cell, NULL);
  g_autofree char *name = NULL, *unit = NULL;
  if (split_bracket (cell, &name, &unit))
    {
      if (lookup (name, unit, header))
        return settle (header, name, unit);
      /* "TestTime/Sec.{hh:mm:ss.fff}": the bracket is a format, the unit stands before it. */
      if (is_clock_format (unit) && lookup_split (name, '/', FALSE, header))
        return TRUE;
      g_autofree char *inner_name = NULL, *inner_unit = NULL;
      if (split_bracket (name, &inner_name, &inner_unit) && lookup (inner_name, inner_unit, header))
        return settle (header, inner_name, inner_unit);
    }
  return lookup_split (cell, '/', FALSE, header) || lookup_split (cell, '_', TRUE, header)
         || lookup_split (cell, ' ', TRUE, header) || lookup_split (cell, ',', TRUE, header);
}

/* "E vs. Li/Li+ (V)", "Potential (V vs Li-In)": @text without what the potential is measured
 * against, or NULL when it names nothing. */
static char *
drop_reference (const char *text)
{
  static const char *const words[] = { "vs", "versus", "gegen" };
  for (const char *p = text; *p != '\0'; p++)
    for (gsize w = 0; w < G_N_ELEMENTS (words); w++)
      {
        gsize n = strlen (words[w]);
        if ((p > text && g_ascii_isalnum (p[-1])) || g_ascii_strncasecmp (p, words[w], n) != 0
            || g_ascii_isalnum (p[n]))
          continue;
        const char *electrode = p + n + strspn (p + n, ". ");
        gsize length = strcspn (electrode, " )],;");
        /* The unit may stand right behind the electrode: "Li/V". */
        const char *slash = g_strrstr_len (electrode, (gssize) length, "/");
        g_autofree char *tail =
            slash != NULL ? g_strndup (slash + 1, (gsize) (electrode + length - slash) - 1) : NULL;
        if (tail != NULL && plateau_unit_parse (tail, PLATEAU_DIMENSION_POTENTIAL) != NULL)
          length = (gsize) (slash - electrode);
        g_autofree char *before = g_strchomp (g_strndup (text, (gsize) (p - text)));
        return length > 0 ? g_strconcat (before, electrode + length, NULL) : NULL;
      }
  return NULL;
}

static gboolean
lookup_without_reference (const char *cell, const char *unit, PlateauHeader *header)
{
  g_autofree char *bare = drop_reference (cell);
  if (bare == NULL)
    return FALSE;
  if (unit != NULL && unit[0] != '\0' && lookup (bare, unit, header))
    return settle (header, bare, unit);
  return lookup_cell (bare, header);
}

/* An unknown column still shows its unit. */
static void
settle_unknown (const char *cell, PlateauHeader *header)
{
  g_autofree char *name = NULL, *unit = NULL;
  if (split_bracket (cell, &name, &unit))
    {
      settle (header, name, unit);
      return;
    }
  for (const char *slash = strchr (cell, '/'); slash != NULL; slash = strchr (slash + 1, '/'))
    {
      g_autofree char *tail = g_strstrip (g_strdup (slash + 1));
      if (tail[0] != '\0' && plateau_unit_parse (tail, PLATEAU_DIMENSION_NONE) != NULL)
        {
          g_autofree char *before = g_strndup (cell, (gsize) (slash - cell));
          settle (header, before, tail);
          return;
        }
    }
  settle (header, cell, NULL);
}

/**
 * plateau_header_parse:
 * @cell: the head of a column as printed: "Current(A)", "Ewe/V", "test_time_second", "电压(V)"
 * @unit_cell: (nullable): the unit when the table prints it in a line of its own
 * @header: (out caller-allocates): what it says
 *
 * Finds the quantity by a table of names, and its unit in brackets, behind a slash, an underscore
 * or a blank. A known name with a unit of another dimension ("Capacity(mAh/g)") is no match.
 */
void
plateau_header_parse (const char *cell, const char *unit_cell, PlateauHeader *header)
{
  g_return_if_fail (cell != NULL && header != NULL);
  *header = (PlateauHeader){ .quantity = PLATEAU_QUANTITY_OTHER };
  g_autofree char *text = strip (cell);
  if (strlen (text) > LONGEST_NAME)
    {
      settle (header, text, NULL);
      return;
    }
  g_autofree char *unit = unit_cell != NULL ? strip_brackets (unit_cell) : NULL;
  if (unit != NULL && unit[0] != '\0' && lookup (text, unit, header))
    settle (header, text, unit);
  else if (lookup_cell (text, header) || lookup_without_reference (text, unit, header))
    ;
  else if (unit != NULL && unit[0] != '\0')
    settle (header, text, unit);
  else
    settle_unknown (text, header);
}

/**
 * plateau_header_clear:
 */
void
plateau_header_clear (PlateauHeader *header)
{
  g_clear_pointer (&header->name, g_free);
  g_clear_pointer (&header->unit_text, g_free);
}
