/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-date.h"

#include <math.h>
#include <string.h>

/* Days from 1970-01-01 to a date of the Gregorian calendar (era of 400 years, year from March). */
static gint64
days_from_civil (gint64 year, int month, int day)
{
  year -= month <= 2;
  gint64 era = (year >= 0 ? year : year - 399) / 400;
  gint64 of_era = year - era * 400;
  gint64 of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

typedef struct
{
  const char *p, *end;
} Cursor;

static gboolean
at_digit (const Cursor *c)
{
  return c->p < c->end && g_ascii_isdigit (*c->p);
}

static gboolean
take_integer (Cursor *c, int *value, int *digits)
{
  *value = *digits = 0;
  for (; at_digit (c); c->p++)
    {
      if (++*digits > 9)
        return FALSE;
      *value = *value * 10 + (*c->p - '0');
    }
  return *digits > 0;
}

/* English month names by their first three letters. */
static int
take_month_name (Cursor *c)
{
  static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
  if (c->end - c->p < 3)
    return 0;
  for (int m = 0; m < 12; m++)
    if (g_ascii_strncasecmp (c->p, names + 3 * m, 3) == 0)
      {
        while (c->p < c->end && (g_ascii_isalpha (*c->p) || *c->p == '.'))
          c->p++;
        return m + 1;
      }
  return 0;
}

/* Between the parts of a date: one of "/-.", commas, blanks, or the characters for year, month,
 * day. */
static void
skip_between (Cursor *c)
{
  while (c->p < c->end
         && (*c->p == '/' || *c->p == '-' || *c->p == '.' || *c->p == ',' || *c->p == ' '
             || (guint8) *c->p >= 0x80))
    c->p++;
}

static gboolean
take_date (Cursor *c, PlateauDateOrder order, gint64 *days)
{
  int part[3] = { 0, 0, 0 }, digits[3] = { 0, 0, 0 }, month_at = -1;
  for (int i = 0; i < 3; i++)
    {
      if (i > 0)
        skip_between (c);
      if (at_digit (c))
        {
          if (!take_integer (c, &part[i], &digits[i]))
            return FALSE;
        }
      else if (month_at < 0 && (part[i] = take_month_name (c)) > 0)
        month_at = i;
      else
        return FALSE;
    }
  int year, month, day;
  if (month_at == 0)
    month = part[0], day = part[1], year = part[2];
  else if (digits[0] == 4 || (month_at < 0 && order == PLATEAU_DATE_YMD && digits[2] <= 2))
    year = part[0], month = part[1], day = part[2];
  else if (month_at == 1 || order == PLATEAU_DATE_DMY)
    day = part[0], month = part[1], year = part[2];
  else
    month = part[0], day = part[1], year = part[2];
  if (year < 100)
    year += year < 70 ? 2000 : 1900;
  if (month < 1 || month > 12 || day < 1 || day > 31 || year < 1900 || year > 9999)
    return FALSE;
  *days = days_from_civil (year, month, day);
  return TRUE;
}

static gboolean
take_time (Cursor *c, double *seconds)
{
  int part[3] = { 0, 0, 0 }, digits;
  int n = 0;
  do
    {
      if (n > 0)
        c->p++;
      if (!take_integer (c, &part[n], &digits))
        return FALSE;
      n++;
    }
  while (n < 3 && c->p < c->end && *c->p == ':');
  if (n < 2)
    return FALSE;
  double fraction = 0;
  if (n == 3 && c->p < c->end && (*c->p == '.' || *c->p == ',' || *c->p == ':'))
    {
      c->p++;
      double scale = 1;
      double sum = 0;
      for (; at_digit (c); c->p++)
        {
          sum = sum * 10 + (*c->p - '0');
          scale *= 10;
        }
      fraction = sum / scale;
    }
  while (c->p < c->end && *c->p == ' ')
    c->p++;
  if (c->end - c->p >= 2 && (c->p[1] == 'M' || c->p[1] == 'm'))
    {
      gboolean afternoon = *c->p == 'P' || *c->p == 'p';
      if (part[0] == 12)
        part[0] = 0;
      if (afternoon)
        part[0] += 12;
      c->p += 2;
    }
  if (part[0] > 24 || part[1] > 59 || part[2] > 60)
    return FALSE;
  *seconds = part[0] * 3600.0 + part[1] * 60.0 + part[2] + fraction;
  return TRUE;
}

/* "Z", "+08:00", "+0800"; 0 when there is none. */
static double
take_zone (Cursor *c)
{
  if (c->p >= c->end || (*c->p != '+' && *c->p != '-'))
    return 0;
  double sign = *c->p++ == '-' ? -1 : 1;
  int hours = 0, minutes = 0, digits;
  if (!take_integer (c, &hours, &digits))
    return 0;
  if (digits == 4)
    {
      minutes = hours % 100;
      hours /= 100;
    }
  else if (c->p < c->end && *c->p == ':')
    {
      c->p++;
      take_integer (c, &minutes, &digits);
    }
  return sign * (hours * 3600.0 + minutes * 60.0);
}

/**
 * plateau_parse_date:
 * @text: (array length=length): "2024-09-20 08:32:34.558", "3/31/2016 4:05:31 PM", "23-Nov-23",
 *   "19.06.2023 17:56:53", "2022-05-18T16:27:52+02:00"
 * @order: how a date without a four-digit year in front or a month by name is to be understood
 * @unix_time: (out): seconds since 1970-01-01 00:00 UTC; a time without zone is taken as UTC
 *
 * Returns: FALSE when @text is no date
 */
gboolean
plateau_parse_date (const char *text, gsize length, PlateauDateOrder order, double *unix_time)
{
  Cursor c = { text, text + length };
  while (c.p < c.end && (*c.p == ' ' || *c.p == '\t' || *c.p == '"'))
    c.p++;
  gint64 days;
  if (!take_date (&c, order, &days))
    return FALSE;
  while (c.p < c.end
         && (*c.p == ' ' || *c.p == 'T' || *c.p == '\t' || *c.p == ',' || (guint8) *c.p >= 0x80))
    c.p++;
  double seconds = 0;
  if (at_digit (&c) && !take_time (&c, &seconds))
    return FALSE;
  *unix_time = (double) (days * 86400) + seconds - take_zone (&c);
  return TRUE;
}

/**
 * plateau_guess_date_order:
 * @samples: (array length=n_samples): dates of one column
 *
 * A first number above 12 is a day, a second above 12 too; where both orders fit, points and dashes
 * stand for day first and slashes for month first.
 *
 * Returns: the order; %PLATEAU_DATE_MDY when there are no samples
 */
PlateauDateOrder
plateau_guess_date_order (const char *const *samples, gsize n_samples)
{
  gboolean day_first_mark = FALSE;
  for (gsize i = 0; i < n_samples; i++)
    {
      Cursor c = { samples[i], samples[i] + strlen (samples[i]) };
      int first, second, digits;
      while (c.p < c.end && (*c.p == ' ' || *c.p == '\t' || *c.p == '"'))
        c.p++;
      if (!take_integer (&c, &first, &digits) || c.p >= c.end)
        continue;
      if (digits == 4 || first > 31)
        return PLATEAU_DATE_YMD;
      day_first_mark |= *c.p == '.' || *c.p == '-';
      c.p++;
      if (first > 12)
        return PLATEAU_DATE_DMY;
      if (take_integer (&c, &second, &digits) && second > 12)
        return PLATEAU_DATE_MDY;
    }
  return day_first_mark ? PLATEAU_DATE_DMY : PLATEAU_DATE_MDY;
}

/**
 * plateau_format_date:
 * @unix_time: seconds since 1970-01-01 00:00 UTC
 *
 * Returns: (transfer full) (nullable): ISO 8601 without a zone, to the second; NULL for NaN or a
 *   year outside 1..9999
 */
char *
plateau_format_date (double unix_time)
{
  if (!isfinite (unix_time) || fabs (unix_time) > 2e11)
    return NULL;
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc ((gint64) floor (unix_time));
  return date != NULL ? g_date_time_format (date, "%Y-%m-%dT%H:%M:%S") : NULL;
}

/**
 * plateau_unix_from_ole_date:
 * @days: days since 1899-12-30, as spreadsheets and OLE automation count
 *
 * Returns: seconds since 1970-01-01
 */
double
plateau_unix_from_ole_date (double days)
{
  return (days - 25569) * 86400;
}
