/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/plateau-workbook.h"

#include "base/plateau-date.h"
#include "base/plateau-error.h"
#include "base/plateau-number.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

enum
{
  SURE_SCORE = 40, /* of a text reader that found the columns of a measurement */
};

/* One or more sheets that hold one table. */
typedef struct
{
  char *name;
  GString *text;
} Group;

/**
 * plateau_cell_style_of_code:
 * @code: (array length=length): a number format as a workbook defines it
 *
 * A format shows dates when letters for them stand outside quotes and brackets.
 *
 * Returns: what a number in that format is
 */
PlateauCellStyle
plateau_cell_style_of_code (const char *code, gsize length)
{
  gboolean day = FALSE, time = FALSE, elapsed = FALSE;
  for (gsize i = 0; i < length; i++)
    {
      char c = g_ascii_tolower (code[i]);
      if (c == '"')
        for (i++; i < length && code[i] != '"'; i++)
          ;
      else if (c == '\\')
        i++;
      else if (c == '[')
        {
          char next = i + 1 < length ? g_ascii_tolower (code[i + 1]) : '\0';
          elapsed |= next == 'h' || next == 's'
                     || (next == 'm' && i + 2 < length && strchr ("mM]", code[i + 2]) != NULL);
          for (; i < length && code[i] != ']'; i++)
            ;
        }
      else if (c == ';')
        break; /* the other parts are for negative numbers and text */
      else if (c == 'y' || c == 'd')
        day = TRUE;
      else if (c == 'h' || c == 's')
        time = TRUE;
    }
  if (elapsed || (time && !day))
    return PLATEAU_CELL_ELAPSED;
  return day ? PLATEAU_CELL_DATE : PLATEAU_CELL_PLAIN;
}

/**
 * plateau_cell_style_of_number:
 * @number: of a format that every workbook has without defining it
 *
 * Returns: what a number in that format is
 */
PlateauCellStyle
plateau_cell_style_of_number (guint number)
{
  if ((number >= 14 && number <= 17) || number == 22 || (number >= 27 && number <= 31)
      || (number >= 50 && number <= 58))
    return PLATEAU_CELL_DATE;
  if ((number >= 18 && number <= 21) || (number >= 32 && number <= 36)
      || (number >= 45 && number <= 47))
    return PLATEAU_CELL_ELAPSED;
  return PLATEAU_CELL_PLAIN;
}

/**
 * plateau_sheet_new:
 *
 * Returns: (transfer full): an empty sheet
 */
PlateauSheet *
plateau_sheet_new (const char *name)
{
  PlateauSheet *sheet = g_new (PlateauSheet, 1);
  sheet->name = g_utf8_make_valid (name, -1);
  sheet->text = g_string_new (NULL);
  return sheet;
}

/**
 * plateau_sheet_free:
 * @sheet: (transfer full): a sheet
 */
void
plateau_sheet_free (PlateauSheet *sheet)
{
  g_free (sheet->name);
  if (sheet->text != NULL)
    g_string_free (sheet->text, TRUE);
  g_free (sheet);
}

/**
 * plateau_sheet_append_text:
 * @text: (array length=length): what a cell holds, UTF-8
 *
 * Characters that would end a cell become blanks.
 */
void
plateau_sheet_append_text (PlateauSheet *sheet, const char *text, gsize length)
{
  gsize at = sheet->text->len;
  g_string_append_len (sheet->text, text, (gssize) length);
  for (char *p = sheet->text->str + at; p < sheet->text->str + sheet->text->len; p++)
    if (*p == '\t' || *p == '\n' || *p == '\r' || *p == '\0')
      *p = ' ';
    else if (*p == '"')
      *p = '\'';
}

/**
 * plateau_sheet_append_date:
 * @days: since 1899-12-30
 * @elapsed: whether the cell shows a time without a day
 */
void
plateau_sheet_append_date (PlateauSheet *sheet, double days, gboolean elapsed)
{
  /* Some programs show whole dates by their time only. */
  const double first_real_date = 20000;
  if (!isfinite (days) || fabs (days) > 3e6)
    return;
  gint64 milliseconds = llrint (days * 86400e3);
  if (elapsed && days < first_real_date)
    {
      const char *sign = milliseconds < 0 ? "-" : "";
      milliseconds = ABS (milliseconds);
      g_string_append_printf (sheet->text, "%s%02d:%02d:%02d.%03d", sign,
                              (int) (milliseconds / 3600000), (int) (milliseconds / 60000 % 60),
                              (int) (milliseconds / 1000 % 60), (int) (milliseconds % 1000));
      return;
    }
  double whole = floor ((double) milliseconds / 1000);
  g_autofree char *date = plateau_format_date (plateau_unix_from_ole_date (0) + whole);
  if (date != NULL)
    g_string_append_printf (sheet->text, "%.10s %s.%03d", date, date + 11,
                            (int) ((double) milliseconds - whole * 1000));
}

/**
 * plateau_sheet_set_too_long:
 * @sheet: (nullable): one that unpacks to far more text than its file is large
 *
 * Returns: FALSE with @error set to a sentence that says so
 */
gboolean
plateau_sheet_set_too_long (const PlateauSheet *sheet, PlateauInput *input, GError **error)
{
  g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_LIMIT,
               _ ("“%s”: the sheet “%s” holds far more text than its size; it is no table of "
                  "measurements."),
               plateau_input_get_name (input), sheet != NULL ? sheet->name : "");
  return FALSE;
}

static void
group_free (Group *group)
{
  g_free (group->name);
  g_string_free (group->text, TRUE);
  g_free (group);
}

static gsize
line_length (const char *text)
{
  return strcspn (text, "\n");
}

/* The first number of the first row of numbers at or behind @text. */
static gboolean
first_number (const char *text, double *value)
{
  while (*text != '\0')
    {
      gsize length = strcspn (text, "\t\n");
      g_autofree char *cell = g_strndup (text, length);
      if (plateau_parse_number (cell, value))
        return TRUE;
      text += line_length (text);
      text += *text == '\n';
    }
  return FALSE;
}

static gboolean
last_number (const GString *text, double *value)
{
  gsize end = text->len > 0 && text->str[text->len - 1] == '\n' ? text->len - 1 : text->len;
  gsize start = end;
  while (start > 0 && text->str[start - 1] != '\n')
    start--;
  g_autofree char *cell = g_strndup (text->str + start, strcspn (text->str + start, "\t\n"));
  return plateau_parse_number (cell, value);
}

/* "Record" of "Record_2", "Record(1)" and "Record 3": one number behind one of these marks. */
static char *
series_name (const char *name)
{
  g_autoptr (GRegex) number = g_regex_new (
      "([_ ][0-9]{1,4}|\\([0-9]{1,4}\\)|(?<=[^0-9_-])[0-9]{1,4})$", 0, 0, NULL);
  char *series = g_regex_replace_literal (number, name, -1, 0, "", 0, NULL);
  return series != NULL ? series : g_strdup (name);
}

/* Record sheets run on when a sheet is full: the next has the same head and goes on counting, or
 * has no head at all. Returns where its rows begin, or NULL when it is another table. */
static const char *
continues (const Group *group, const PlateauSheet *sheet)
{
  g_autofree char *ours = series_name (group->name), *theirs = series_name (sheet->name);
  gboolean longer = g_str_has_prefix (sheet->name, group->name)
                    && strlen (sheet->name) > strlen (group->name)
                    && strchr ("_( ", sheet->name[strlen (group->name)]) != NULL;
  if (!longer && g_ascii_strcasecmp (ours, theirs) != 0)
    return NULL;
  const char *text = sheet->text->str;
  gsize head = line_length (text);
  double last, first;
  g_autofree char *cell = g_strndup (text, strcspn (text, "\t\n"));
  if (plateau_parse_number (cell, &first))
    return text;
  if (line_length (group->text->str) != head || memcmp (group->text->str, text, head) != 0)
    return NULL;
  const char *rows = text + head + (text[head] == '\n');
  if (!last_number (group->text, &last) || !first_number (rows, &first) || first <= last)
    return NULL;
  return rows;
}

static GPtrArray *
group_sheets (GPtrArray *sheets)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify) group_free);
  for (guint i = 0; i < sheets->len; i++)
    {
      PlateauSheet *sheet = sheets->pdata[i];
      if (sheet->text->len == 0)
        continue;
      Group *last = groups->len > 0 ? groups->pdata[groups->len - 1] : NULL;
      const char *rows = last != NULL ? continues (last, sheet) : NULL;
      if (rows != NULL)
        {
          g_string_append (last->text, rows);
          g_string_free (sheet->text, TRUE);
          sheet->text = NULL;
          continue;
        }
      Group *group = g_new (Group, 1);
      group->name = g_strdup (sheet->name);
      group->text = g_steal_pointer (&sheet->text);
      g_ptr_array_add (groups, group);
    }
  return groups;
}

/* Sheets about the test, and sums by cycle and step; the records are elsewhere. */
static gboolean
is_summary (const char *name)
{
  static const char *const beginnings[] = {
    "global", "statis", "cycle", "step", "unit", "test", "info", "log",  "aux",
    "idle",   "curve",  "chart", "循环", "工步", "测试", "单位", "日志", NULL,
  };
  g_autofree char *lower = g_utf8_strdown (name, -1);
  for (guint i = 0; beginnings[i] != NULL; i++)
    if (g_str_has_prefix (lower, beginnings[i]))
      return TRUE;
  return strstr (lower, "chart") != NULL;
}

typedef struct
{
  PlateauInput *input;
  const char *instrument;
  const PlateauReadOptions *options;
  GPtrArray *measurements;
  GCancellable *cancellable;
  GError *problem; /* the first */
} Job;

static void
keep_problem (Job *job, GError *problem)
{
  if (job->problem == NULL)
    job->problem = problem;
  else
    g_clear_error (&problem);
}

/* Reads a table with the text reader that knows it best, when that one scores @at_least. */
static void
read_group (Job *job, const Group *group, guint at_least)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (group->text->str, group->text->len);
  g_autoptr (PlateauInput) part = plateau_input_new_for_part (job->input, bytes, group->name);
  GError *problem = NULL;
  guint score = 0;
  const PlateauReader *reader = plateau_reader_probe (part, &score, &problem);
  if (job->options->columns != NULL && g_hash_table_size (job->options->columns) > 0)
    {
      reader = plateau_reader_find ("delimited");
      score = SURE_SCORE;
    }
  if (reader != NULL && score >= at_least)
    {
      guint first = job->measurements->len;
      if (reader->read (part, job->options, job->measurements, job->cancellable, &problem))
        for (guint i = first; i < job->measurements->len; i++)
          if (job->instrument != NULL)
            plateau_measurement_set_info (job->measurements->pdata[i], PLATEAU_INFO_INSTRUMENT,
                                          job->instrument);
    }
  if (problem != NULL)
    keep_problem (job, problem);
}

/**
 * plateau_workbook_read:
 * @sheets: (element-type PlateauSheet): the sheets of a workbook, emptied
 * @warnings: (element-type utf8): what happened while the sheets were made
 * @instrument: (nullable): what wrote it, when that is certain
 *
 * Joins sheets that continue one another, and reads each table of records or impedance points by
 * the readers of text. Sums by cycle and step, charts and settings are used only when there is
 * nothing else.
 *
 * Returns: FALSE with @error set when no sheet holds a measurement
 */
gboolean
plateau_workbook_read (PlateauInput *input, GPtrArray *sheets, GPtrArray *warnings,
                       const char *instrument, const PlateauReadOptions *options,
                       GPtrArray *measurements, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) groups = group_sheets (sheets);
  Job job = { input, instrument, options, measurements, cancellable, NULL };
  guint first = measurements->len;
  /* Records first, then anything that looks like it, then whatever there is for its message. */
  const guint least[] = { SURE_SCORE, SURE_SCORE, 1 };
  for (guint pass = 0; pass < G_N_ELEMENTS (least) && measurements->len == first; pass++)
    for (guint i = 0; i < groups->len; i++)
      {
        const Group *group = groups->pdata[i];
        if (is_summary (group->name) == (pass == 1) || pass == 2)
          read_group (&job, group, least[pass]);
      }
  if (measurements->len > first)
    {
      g_clear_error (&job.problem);
      plateau_measurement_add_warnings (measurements->pdata[first], warnings);
      return TRUE;
    }
  if (job.problem != NULL)
    g_propagate_error (error, job.problem);
  else
    g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_NO_DATA,
                 _ ("“%s” is a workbook of %u sheets, but none holds a table of measurements."),
                 plateau_input_get_name (input), sheets->len);
  return FALSE;
}
