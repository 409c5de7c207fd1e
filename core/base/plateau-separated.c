/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-separated.h"

#include <string.h>

/**
 * plateau_separated_decode:
 * @bytes: (array length=length): the content of a file or of the clipboard
 * @length: bytes of it
 *
 * Understands UTF-8 and UTF-16 by their byte order marks, then plain UTF-8, then GB18030 (Excel on
 * a Chinese system), then windows-1252.
 *
 * Returns: (transfer full): the text as UTF-8 without a byte order mark
 */
char *
plateau_separated_decode (const char *bytes, gsize length)
{
  static const char *const fallbacks[] = { "GB18030", "WINDOWS-1252" };
  char *text = NULL;
  if (length >= 2 && memcmp (bytes, "\xFF\xFE", 2) == 0)
    text = g_convert (bytes + 2, (gssize) length - 2, "UTF-8", "UTF-16LE", NULL, NULL, NULL);
  else if (length >= 2 && memcmp (bytes, "\xFE\xFF", 2) == 0)
    text = g_convert (bytes + 2, (gssize) length - 2, "UTF-8", "UTF-16BE", NULL, NULL, NULL);
  if (text != NULL)
    return text;
  if (length >= 3 && memcmp (bytes, "\xEF\xBB\xBF", 3) == 0)
    {
      bytes += 3;
      length -= 3;
    }
  if (g_utf8_validate (bytes, (gssize) length, NULL))
    return g_strndup (bytes, length);
  for (gsize i = 0; i < G_N_ELEMENTS (fallbacks); i++)
    {
      text = g_convert (bytes, (gssize) length, "UTF-8", fallbacks[i], NULL, NULL, NULL);
      if (text != NULL)
        return text;
    }
  return g_utf8_make_valid (bytes, (gssize) length);
}

/**
 * plateau_separated_guess:
 * @text: a sheet
 *
 * Returns: the separator of the first line that has one: a tab, else a semicolon, else a comma
 */
char
plateau_separated_guess (const char *text)
{
  static const char marks[] = { '\t', ';', ',' };
  for (const char *line = text; *line != '\0';)
    {
      gsize length = strcspn (line, "\r\n");
      for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
        if (memchr (line, marks[i], length) != NULL)
          return marks[i];
      line += length + strspn (line + length, "\r\n");
    }
  return ',';
}

/* One field from @p on; quotes may hold separators, line ends and doubled quotes. */
static const char *
take_field (const char *p, char separator, GString *field)
{
  g_string_truncate (field, 0);
  if (*p == '"')
    {
      for (p++; *p != '\0'; p++)
        {
          if (*p == '"' && p[1] == '"')
            p++;
          else if (*p == '"')
            break;
          g_string_append_c (field, *p);
        }
      if (*p == '"')
        p++;
    }
  while (*p != '\0' && *p != separator && *p != '\r' && *p != '\n')
    g_string_append_c (field, *p++);
  return p;
}

/**
 * plateau_separated_parse:
 * @text: a sheet in UTF-8
 * @separator: what stands between fields, or 0 to guess
 *
 * Fields may stand in double quotes (RFC 4180). Blanks around fields go; empty lines are left out.
 *
 * Returns: (transfer full) (element-type GStrv): one vector of fields for each line, as long as
 *   the line has fields
 */
GPtrArray *
plateau_separated_parse (const char *text, char separator)
{
  g_return_val_if_fail (text != NULL, NULL);
  if (separator == 0)
    separator = plateau_separated_guess (text);
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autoptr (GString) field = g_string_new (NULL);
  for (const char *p = text; *p != '\0';)
    {
      g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
      gboolean empty = TRUE;
      while (TRUE)
        {
          p = take_field (p, separator, field);
          g_strstrip (field->str);
          empty = empty && field->str[0] == '\0';
          g_strv_builder_add (builder, field->str);
          if (*p != separator)
            break;
          p++;
        }
      if (*p == '\r')
        p++;
      if (*p == '\n')
        p++;
      if (!empty)
        g_ptr_array_add (rows, g_strv_builder_end (builder));
    }
  return rows;
}

/**
 * plateau_separated_append:
 * @out: where to write
 * @field: UTF-8
 * @separator: what stands between fields
 *
 * Appends @field, in quotes where it needs them.
 */
void
plateau_separated_append (GString *out, const char *field, char separator)
{
  if (strchr (field, separator) == NULL && strpbrk (field, "\"\r\n") == NULL)
    {
      g_string_append (out, field);
      return;
    }
  g_string_append_c (out, '"');
  for (const char *p = field; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
}
