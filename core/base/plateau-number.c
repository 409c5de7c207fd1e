/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-number.h"

#include <math.h>
#include <string.h>

/* Powers of ten that a double holds exactly; with a mantissa below 2^53 one multiplication or
 * division then rounds once, which is correct rounding (Clinger 1990). */
static const double exact_powers[] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                       1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                       1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };

static const char *
parse_slowly (const char *text, const char *stop, char decimal_mark, double *value)
{
  char buffer[512];
  gsize length = MIN ((gsize) (stop - text), sizeof buffer - 1);
  memcpy (buffer, text, length);
  buffer[length] = '\0';
  if (decimal_mark != '.')
    {
      char *mark = memchr (buffer, decimal_mark, length);
      if (mark != NULL)
        *mark = '.';
    }
  char *end = NULL;
  *value = g_ascii_strtod (buffer, &end);
  return end == buffer ? NULL : text + (end - buffer);
}

static const char *
parse_word (const char *p, const char *end, double sign, double *value)
{
  static const struct
  {
    const char *word;
    double value;
  } words[] = { { "infinity", INFINITY }, { "inf", INFINITY }, { "nan", NAN } };
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i].word);
      if ((gsize) (end - p) >= length && g_ascii_strncasecmp (p, words[i].word, length) == 0)
        {
          *value = sign * words[i].value;
          return p + length;
        }
    }
  return NULL;
}

/**
 * plateau_parse_double:
 * @text: where the number begins; no leading blanks
 * @end: one past the last byte that may be read
 * @decimal_mark: '.' or ','
 * @value: (out): the number, correctly rounded
 *
 * Reads a decimal number without the locale. "nan" and "inf" in any case are accepted.
 *
 * Returns: (nullable): one past the number, or NULL when @text does not begin with one
 */
const char *
plateau_parse_double (const char *text, const char *end, char decimal_mark, double *value)
{
  const char *p = text;
  gboolean negative = FALSE;
  if (p < end && (*p == '-' || *p == '+'))
    negative = *p++ == '-';

  guint64 mantissa = 0;
  int digits = 0, exponent = 0;
  const char *first = p;
  for (; p < end && g_ascii_isdigit (*p); p++)
    {
      if (digits < 19)
        {
          mantissa = mantissa * 10 + (guint64) (*p - '0');
          digits += mantissa != 0;
        }
      else
        {
          exponent++;
          digits++;
        }
    }
  gsize seen = (gsize) (p - first);
  if (p < end && *p == decimal_mark)
    {
      const char *fraction = ++p;
      for (; p < end && g_ascii_isdigit (*p); p++)
        if (digits < 19)
          {
            mantissa = mantissa * 10 + (guint64) (*p - '0');
            digits += mantissa != 0;
            exponent--;
          }
        else
          digits++;
      seen += (gsize) (p - fraction);
    }
  if (seen == 0)
    return parse_word (first, end, negative ? -1 : 1, value);

  if (p < end && (*p == 'e' || *p == 'E'))
    {
      const char *q = p + 1;
      gboolean minus = FALSE;
      if (q < end && (*q == '-' || *q == '+'))
        minus = *q++ == '-';
      if (q < end && g_ascii_isdigit (*q))
        {
          int e = 0;
          for (; q < end && g_ascii_isdigit (*q); q++)
            if (e < 100000)
              e = e * 10 + (*q - '0');
          exponent += minus ? -e : e;
          p = q;
        }
    }
  double result;
  if (digits <= 19 && mantissa <= (G_GUINT64_CONSTANT (1) << 53) && exponent >= -22
      && exponent <= 22)
    result = exponent < 0 ? (double) mantissa / exact_powers[-exponent]
                          : (double) mantissa * exact_powers[exponent];
  else if (mantissa == 0)
    result = 0;
  else
    return parse_slowly (text, p, decimal_mark, value);
  *value = negative ? -result : result;
  return p;
}

/**
 * plateau_parse_int64:
 *
 * Reads a whole decimal number.
 *
 * Returns: (nullable): one past the number, or NULL when there is none or it does not fit
 */
const char *
plateau_parse_int64 (const char *text, const char *end, gint64 *value)
{
  const char *p = text;
  gboolean negative = FALSE;
  if (p < end && (*p == '-' || *p == '+'))
    negative = *p++ == '-';
  guint64 magnitude = 0;
  const char *first = p;
  for (; p < end && g_ascii_isdigit (*p); p++)
    {
      if (magnitude > ((guint64) G_MAXINT64 - 9) / 10)
        return NULL;
      magnitude = magnitude * 10 + (guint64) (*p - '0');
    }
  if (p == first)
    return NULL;
  *value = negative ? -(gint64) magnitude : (gint64) magnitude;
  return p;
}

/**
 * plateau_parse_number:
 * @text: a whole field, blanks around it allowed
 * @value: (out): the number
 *
 * For what a person types or a metadata line holds: a decimal point, or a decimal comma when there
 * is no point; U+2212 counts as minus.
 *
 * Returns: FALSE when the field is not one number
 */
gboolean
plateau_parse_number (const char *text, double *value)
{
  g_return_val_if_fail (text != NULL, FALSE);
  g_autofree char *field = g_strstrip (g_strdup (text));
  char *start = field;
  if (g_str_has_prefix (field, "\xE2\x88\x92"))
    {
      start = field + 2;
      *start = '-';
    }
  gsize length = strlen (start);
  char mark = strchr (start, '.') == NULL && strchr (start, ',') != NULL ? ',' : '.';
  return length > 0 && plateau_parse_double (start, start + length, mark, value) == start + length;
}

/**
 * plateau_parse_duration:
 * @text: "hh:mm:ss", "hh:mm:ss.fff", "d hh:mm:ss", "d-hh:mm:ss", "0d 00:00:05", "mm:ss" or plain
 *   seconds; hours may pass 24
 * @length: bytes of it
 * @seconds: (out): the duration
 *
 * Returns: FALSE when @text is none of these
 */
gboolean
plateau_parse_duration (const char *text, gsize length, double *seconds)
{
  const char *p = text, *end = text + length;
  while (p < end && g_ascii_isspace (*p))
    p++;
  while (end > p && g_ascii_isspace (end[-1]))
    end--;
  double parts[3];
  guint n = 0;
  double days = 0, sign = 1;
  if (p < end && *p == '-')
    {
      sign = -1;
      p++;
    }
  while (p < end)
    {
      double part;
      char mark = memchr (p, '.', (gsize) (end - p)) == NULL ? ',' : '.';
      if (!g_ascii_isdigit (*p) && *p != '.')
        return FALSE;
      const char *next = plateau_parse_double (p, end, mark, &part);
      if (next == NULL)
        return FALSE;
      p = next;
      if (n == 0 && p < end && (*p == 'd' || *p == '-' || *p == ' '))
        {
          if (days != 0)
            return FALSE;
          days = part;
          while (p < end && (*p == 'd' || *p == '-' || g_ascii_isspace (*p)))
            p++;
          continue;
        }
      if (n == 3)
        return FALSE;
      parts[n++] = part;
      if (p == end)
        break;
      if (*p != ':')
        return FALSE;
      p++;
      if (p == end)
        return FALSE;
    }
  if (n == 0)
    return FALSE;
  double total = 0;
  for (guint i = 0; i < n; i++)
    total = total * 60 + parts[i];
  *seconds = sign * (days * 86400 + total);
  return TRUE;
}

/**
 * plateau_format_double:
 *
 * Returns: (transfer full): @value in the C locale with as few digits as read back to the same
 *   number; "" for NaN
 */
char *
plateau_format_double (double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  if (isnan (value))
    return g_strdup ("");
  for (int digits = 15; digits <= 17; digits++)
    {
      char format[8];
      g_snprintf (format, sizeof format, "%%.%dg", digits);
      g_ascii_formatd (buffer, sizeof buffer, format, value);
      if (g_ascii_strtod (buffer, NULL) == value)
        break;
    }
  return g_strdup (buffer);
}

/**
 * plateau_format_significant:
 * @value: a number
 * @digits: significant digits, 1 to 17
 *
 * Returns: (transfer full): @value in the C locale; "" for NaN
 */
char *
plateau_format_significant (double value, int digits)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE], format[8];
  if (isnan (value))
    return g_strdup ("");
  g_snprintf (format, sizeof format, "%%.%dg", CLAMP (digits, 1, 17));
  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, format, value));
}
