/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/plateau-workbook-private.h"

#include "base/plateau-error.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>
#include <zip.h>

/* libxlsxwriter knows one vertical axis, and error bars of one length. The charts that need more
 * are changed in the finished file, as ECMA-376 part 1, 21.2.2 has it: the last series move to a
 * second scatter chart in the same plot area, with axes of its own, and error bars take their
 * lengths from cells. */

#define AXIS_X2 "92000001"
#define AXIS_Y2 "92000002"

static char *
limit (const char *which, double value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  if (!isfinite (value))
    return g_strdup ("");
  g_ascii_formatd (number, sizeof number, "%.10g", value);
  return g_strdup_printf ("<c:%s val=\"%s\"/>", which, number);
}

static void
append_second_axes (GString *out, const PlateauBookEdit *edit)
{
  g_autofree char *title = g_markup_escape_text (edit->title, -1);
  g_autofree char *high = limit ("max", edit->max), *low = limit ("min", edit->min);
  g_string_append_printf (
      out,
      "<c:valAx><c:axId val=\"" AXIS_X2 "\"/><c:scaling><c:orientation val=\"minMax\"/>"
      "</c:scaling><c:delete val=\"1\"/><c:axPos val=\"b\"/><c:numFmt formatCode=\"General\" "
      "sourceLinked=\"1\"/><c:majorTickMark val=\"none\"/><c:minorTickMark val=\"none\"/>"
      "<c:tickLblPos val=\"nextTo\"/><c:crossAx val=\"" AXIS_Y2 "\"/><c:crosses val=\"autoZero\"/>"
      "<c:crossBetween val=\"midCat\"/></c:valAx>"
      "<c:valAx><c:axId val=\"" AXIS_Y2 "\"/><c:scaling><c:orientation val=\"minMax\"/>"
      "%s%s</c:scaling><c:delete val=\"0\"/>"
      "<c:axPos val=\"r\"/><c:title><c:tx><c:rich><a:bodyPr rot=\"-5400000\" vert=\"horz\"/>"
      "<a:lstStyle/><a:p><a:pPr><a:defRPr sz=\"1000\" b=\"0\"/></a:pPr><a:r><a:rPr lang=\"en-US\" "
      "sz=\"1000\" b=\"0\"><a:solidFill><a:srgbClr val=\"%06X\"/></a:solidFill></a:rPr>"
      "<a:t>%s</a:t></a:r></a:p></c:rich></c:tx><c:overlay val=\"0\"/>"
      "</c:title><c:numFmt formatCode=\"General\" sourceLinked=\"0\"/><c:majorTickMark val=\"in\"/>"
      "<c:minorTickMark val=\"none\"/><c:tickLblPos val=\"nextTo\"/><c:crossAx val=\"" AXIS_X2
      "\"/><c:crosses val=\"max\"/><c:crossBetween val=\"midCat\"/></c:valAx>",
      high, low, edit->rgb, title);
}

/* Where series number @index begins in @chart, or NULL. */
static const char *
find_series (const char *chart, const char *end, guint index)
{
  const char *p = chart;
  for (guint i = 0;; i++)
    {
      p = g_strstr_len (p, end - p, "<c:ser>");
      if (p == NULL || i == index)
        return p;
      p += strlen ("<c:ser>");
    }
}

static char *
add_second_axis (const char *xml, const PlateauBookEdit *edit)
{
  static const char begin[] = "<c:scatterChart>", finish[] = "</c:scatterChart>";
  const char *chart = strstr (xml, begin);
  const char *end = chart != NULL ? strstr (chart, finish) : NULL;
  const char *first = end != NULL ? find_series (chart, end, 0) : NULL;
  const char *moved = end != NULL ? find_series (chart, end, edit->first_series) : NULL;
  const char *axes = end != NULL ? g_strstr_len (chart, end - chart, "<c:axId ") : NULL;
  const char *last_axis = end != NULL ? g_strrstr (end, "</c:valAx>") : NULL;
  if (first == NULL || moved == NULL || axes == NULL || last_axis == NULL || moved > axes)
    return NULL;
  last_axis += strlen ("</c:valAx>");
  end += strlen (finish);

  g_autoptr (GString) out = g_string_new_len (xml, moved - xml);
  g_string_append_len (out, axes, end - axes);
  g_string_append_len (out, chart, first - chart);
  g_string_append_len (out, moved, axes - moved);
  g_string_append (out, "<c:axId val=\"" AXIS_X2 "\"/><c:axId val=\"" AXIS_Y2 "\"/>");
  g_string_append (out, finish);
  g_string_append_len (out, end, last_axis - end);
  append_second_axes (out, edit);
  g_string_append (out, last_axis);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* Bars of one length, the key of their XML, become those of cells. */
static char *
set_error_bars (char *xml, const PlateauBookEdit *edit)
{
  static const char fixed[] = "<c:errValType val=\"fixedVal\"/>";
  for (guint i = 0; xml != NULL && i < edit->error_bars->len; i++)
    {
      g_autofree char *old = xml;
      g_autofree char *key = g_strdup_printf ("<c:val val=\"%u\"/>", PLATEAU_BOOK_BAR_KEY + i);
      char *value = strstr (old, key);
      char *type = value != NULL ? g_strrstr_len (old, value - old, fixed) : NULL;
      g_autoptr (GString) out = g_string_new (NULL);
      xml = NULL;
      if (type == NULL)
        break;
      g_string_append_len (out, old, type - old);
      g_string_append (out, "<c:errValType val=\"cust\"/>");
      g_string_append_len (out, type + strlen (fixed), value - type - strlen (fixed));
      g_string_append (out, g_ptr_array_index (edit->error_bars, i));
      g_string_append (out, value + strlen (key));
      xml = g_string_free (g_steal_pointer (&out), FALSE);
    }
  return xml;
}

static char *
edit_xml (const char *xml, const PlateauBookEdit *edit)
{
  char *changed = edit->first_series == G_MAXUINT ? g_strdup (xml) : add_second_axis (xml, edit);
  return set_error_bars (changed, edit);
}

static char *
read_entry (zip_t *archive, zip_uint64_t index)
{
  zip_stat_t stat;
  if (zip_stat_index (archive, index, 0, &stat) != 0 || stat.size > (64u << 20))
    return NULL;
  zip_file_t *file = zip_fopen_index (archive, index, 0);
  if (file == NULL)
    return NULL;
  g_autofree char *text = g_malloc (stat.size + 1);
  zip_int64_t got = zip_fread (file, text, stat.size);
  zip_fclose (file);
  if (got != (zip_int64_t) stat.size)
    return NULL;
  text[stat.size] = '\0';
  return g_steal_pointer (&text);
}

static gboolean
change_chart (zip_t *archive, const PlateauBookEdit *edit, guint number)
{
  g_autofree char *name = g_strdup_printf ("xl/charts/chart%u.xml", number);
  zip_int64_t index = zip_name_locate (archive, name, 0);
  zip_stat_t stat;
  if (index < 0 || zip_stat_index (archive, (zip_uint64_t) index, 0, &stat) != 0)
    return FALSE;
  g_autofree char *xml = read_entry (archive, (zip_uint64_t) index);
  char *changed = xml != NULL ? edit_xml (xml, edit) : NULL;
  if (changed == NULL)
    return FALSE;
  zip_source_t *source = zip_source_buffer (archive, changed, strlen (changed), 1);
  if (source == NULL)
    {
      g_free (changed);
      return FALSE;
    }
  if (zip_file_replace (archive, (zip_uint64_t) index, source, 0) != 0)
    {
      zip_source_free (source);
      return FALSE;
    }
  /* The time of now would make two files of one study differ. */
  return zip_file_set_mtime (archive, (zip_uint64_t) index, stat.mtime, 0) == 0;
}

/* The chart of @worksheet, which has one, as libxlsxwriter numbers charts: sheet after sheet. */
guint
plateau_book_chart_number (PlateauBook *book, lxw_worksheet *worksheet)
{
  guint number = 1;
  lxw_worksheet *other;
  lxw_object_properties *chart;
  STAILQ_FOREACH (other, book->workbook->worksheets, list_pointers)
  {
    if (other == worksheet)
      return number;
    STAILQ_FOREACH (chart, other->chart_data, list_pointers)
    number++;
  }
  return number;
}

/* What is to be changed in the chart of @worksheet; nothing yet. */
PlateauBookEdit *
plateau_book_edit_chart (PlateauBook *book, lxw_worksheet *worksheet)
{
  PlateauBookEdit edit = { .worksheet = worksheet,
                           .first_series = G_MAXUINT,
                           .min = NAN,
                           .max = NAN,
                           .error_bars = g_ptr_array_new_with_free_func (g_free) };
  g_array_append_val (book->edits, edit);
  return &g_array_index (book->edits, PlateauBookEdit, book->edits->len - 1);
}

gboolean
plateau_book_apply_edits (const char *path, GArray *edits, const guint *numbers, GError **error)
{
  int code = 0;
  if (edits->len == 0)
    return TRUE;
  zip_t *archive = zip_open (path, 0, &code);
  gboolean ok = archive != NULL;
  for (guint i = 0; ok && i < edits->len; i++)
    ok = change_chart (archive, &g_array_index (edits, PlateauBookEdit, i), numbers[i]);
  if (ok && zip_close (archive) == 0)
    return TRUE;
  if (archive != NULL)
    zip_discard (archive);
  g_set_error (error, PLATEAU_EXPORT_ERROR, PLATEAU_EXPORT_ERROR_FAILED,
               _ ("The charts of the workbook cannot be finished"));
  return FALSE;
}
