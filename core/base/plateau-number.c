/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-number.h"

#include "base/plateau-powers.h"

#include <math.h>
#include <string.h>

G_NO_INLINE static const char *
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

G_NO_INLINE static const char *
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

/* @mantissa times 10^@exponent, correctly rounded (Lemire, Number parsing at a gigabyte per second,
 * 2021, section 5): the significand is multiplied by a truncated 5^exponent; the rare products that
 * could round either way, and numbers near the ends of the range, are left to the slow way. */
static inline gboolean
scale_mantissa (guint64 mantissa, int exponent, double *value)
{
  if (exponent < -PLATEAU_POWER_LIMIT || exponent > PLATEAU_POWER_LIMIT)
    return FALSE;
  const guint64 *power = powers_of_five[exponent + PLATEAU_POWER_LIMIT];
  int shift = __builtin_clzll (mantissa);
  mantissa <<= shift;
  __extension__ typedef unsigned __int128 Wide;
  Wide product = (Wide) mantissa * power[0];
  guint64 upper = (guint64) (product >> 64), lower = (guint64) product;
  if ((upper & 0x1FF) == 0x1FF)
    {
      guint64 more = (guint64) (((Wide) mantissa * power[1]) >> 64);
      lower += more;
      upper += lower < more;
    }
  if (lower == G_MAXUINT64 && (exponent < -27 || exponent > 55))
    return FALSE;
  int top = (int) (upper >> 63);
  guint64 bits = upper >> (top + 9);
  int binary = (((152170 + 65536) * exponent) >> 16) + 63 + top - shift + 1023;
  if (binary <= 0 || binary >= 2046)
    return FALSE;
  /* Exactly half way between two doubles: to the even one. */
  if (lower <= 1 && exponent >= -4 && exponent <= 23 && (bits & 3) == 1
      && bits << (top + 9) == upper)
    bits &= ~(guint64) 1;
  bits = (bits + (bits & 1)) >> 1;
  if (bits >= G_GUINT64_CONSTANT (1) << 53)
    {
      bits = G_GUINT64_CONSTANT (1) << 52;
      binary++;
    }
  union
  {
    guint64 bits;
    double value;
  } result = { (bits & ~(G_GUINT64_CONSTANT (1) << 52)) | (guint64) binary << 52 };
  *value = result.value;
  return TRUE;
}

#define IS_DIGIT(c) ((guint8) ((c) - '0') < 10)

/* The digits at the beginning of eight bytes, summed pairwise in one word without a branch on how
 * many they are. */
static inline guint
take_word_of_digits (const char *p, guint64 *mantissa)
{
  static const guint32 powers[] = { 1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000 };
  guint64 word;
  memcpy (&word, p, 8);
  word = GUINT64_FROM_LE (word) ^ G_GUINT64_CONSTANT (0x3030303030303030);
  /* Bit 7 of the first byte that is no digit; the bytes behind it may be marked wrongly. */
  guint64 others = ((word + G_GUINT64_CONSTANT (0x7676767676767676)) | word)
                   & G_GUINT64_CONSTANT (0x8080808080808080);
  guint n = others != 0 ? (guint) __builtin_ctzll (others) >> 3 : 8;
  /* Zeros in front of the digits, in two steps for there may be none of them. */
  word = word << 4 * (8 - n) << 4 * (8 - n);
  word = word * 10 + (word >> 8);
  word =
      (((word & G_GUINT64_CONSTANT (0x000000FF000000FF)) * G_GUINT64_CONSTANT (0x000F424000000064))
       + (((word >> 16) & G_GUINT64_CONSTANT (0x000000FF000000FF))
          * G_GUINT64_CONSTANT (0x0000271000000001)))
      >> 32;
  *mantissa = *mantissa * powers[n] + (guint32) word;
  return n;
}

static inline const char *
take_digits (const char *p, const char *end, guint64 *mantissa)
{
  while (end - p >= 8)
    {
      guint n = take_word_of_digits (p, mantissa);
      p += n;
      if (n < 8)
        return p;
    }
  for (; p < end && IS_DIGIT (*p); p++)
    *mantissa = *mantissa * 10 + (guint64) (*p - '0');
  return p;
}

static inline const char *
take_exponent (const char *p, const char *end, int *exponent)
{
  const char *q = p + 1;
  gboolean minus = FALSE;
  if (q < end && (*q == '-' || *q == '+'))
    minus = *q++ == '-';
  if (q >= end || !IS_DIGIT (*q))
    return p;
  int e = 0;
  for (; q < end && IS_DIGIT (*q); q++)
    if (e < 100000)
      e = e * 10 + (*q - '0');
  *exponent += minus ? -e : e;
  return q;
}

/* A mantissa of 19 digits fits 64 bits; zeros in front do not count. */
static gboolean
fits_mantissa (const char *first, const char *end, char decimal_mark, gsize digits)
{
  for (; digits > 19 && first < end && (*first == '0' || *first == decimal_mark); first++)
    digits -= *first == '0';
  return digits <= 19;
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
  int exponent = 0;
  const char *first = p;
  for (; p < end && IS_DIGIT (*p); p++)
    mantissa = mantissa * 10 + (guint64) (*p - '0');
  gsize digits = (gsize) (p - first);
  if (p < end && *p == decimal_mark)
    {
      const char *fraction = p + 1;
      p = take_digits (fraction, end, &mantissa);
      digits += (gsize) (p - fraction);
      exponent = -(int) MIN (p - fraction, 100000);
    }
  if (G_UNLIKELY (digits == 0))
    return parse_word (first, end, negative ? -1 : 1, value);
  const char *mantissa_end = p;
  if (p < end && (*p | 0x20) == 'e')
    p = take_exponent (p, end, &exponent);

  double result;
  if (G_UNLIKELY (digits > 19) && !fits_mantissa (first, mantissa_end, decimal_mark, digits))
    return parse_slowly (text, p, decimal_mark, value);
  if (mantissa == 0)
    result = 0;
  else if (exponent == 0 && mantissa <= G_GUINT64_CONSTANT (1) << 53)
    result = (double) mantissa;
  else if (!scale_mantissa (mantissa, exponent, &result))
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

/**
 * plateau_format_with_error:
 * @value: a value
 * @error: its standard error, in the same unit
 *
 * Returns: (transfer full): "0.3600 ± 0.0015": the error to two significant digits, the value to
 * the same place; without an error (NaN, infinite or 0) four significant digits of the value alone.
 *   A small error leaves the value at most nine decimals
 */
char *
plateau_format_with_error (double value, double error)
{
  if (!isfinite (value) || !isfinite (error) || !(error > 0))
    return plateau_format_significant (value, 4);
  int decimals = CLAMP (1 - (int) floor (log10 (error)), 0, 9);
  char first[G_ASCII_DTOSTR_BUF_SIZE + 320], second[G_ASCII_DTOSTR_BUF_SIZE + 320];
  g_autofree char *format = g_strdup_printf ("%%.%df", decimals);
  if (fabs (value) > 1e15 || error > 1e15)
    return plateau_format_significant (value, 4);
  g_ascii_formatd (first, sizeof first, format, value);
  g_ascii_formatd (second, sizeof second, format, error);
  return g_strdup_printf ("%s ± %s", first, second);
}
