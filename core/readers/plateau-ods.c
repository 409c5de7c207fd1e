/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/plateau-ods.h"

#include "base/plateau-error.h"
#include "base/plateau-number.h"
#include "readers/plateau-xml.h"

#include <glib/gi18n.h>
#include <string.h>

/* OpenDocument spreadsheets (ISO/IEC 26300): one stream of XML holds every sheet, as a member of an
 * archive (.ods) or as the file itself (.fods). Equal cells and equal rows that follow one another
 * are written once with a number of repetitions. */

enum
{
  MAX_SHEETS = 1000,
  MAX_COLUMNS = 1024,
  MAX_STRING = 32767,
};

typedef struct
{
  PlateauInput *input;
  GPtrArray *sheets;
  GPtrArray *warnings;
  PlateauSheet *sheet; /* the open one */
  guint depth;         /* of tables: a cell can hold one, which is left out */
  GString *row;        /* text of the open row */
  guint row_repeats;
  guint column;  /* of the open cell */
  guint tabs;    /* written in the row so far */
  guint repeats; /* of the open cell */
  gboolean in_cell;
  GString *value;   /* what the cell's attributes say */
  GString *text;    /* what it shows */
  guint paragraphs; /* of the text */
  gboolean in_paragraph;
  guint aside;  /* depth inside notes and drawings, which are no values */
  guint n_far;  /* cells beyond the last column that is kept */
  guint64 limit, used; /* for all text together */
  gboolean over;
} Book;

static void
append_duration (PlateauSheet *scratch, const char *text)
{
  double days = 0, number;
  g_return_if_fail (text != NULL);
  gboolean negative = text[0] == '-';
  for (const char *p = text + negative; *p != '\0';)
    {
      gsize digits = strspn (p, "0123456789.");
      if (digits == 0)
        {
          p++;
          continue;
        }
      g_autofree char *piece = g_strndup (p, digits);
      p += digits;
      if (!plateau_parse_number (piece, &number))
        continue;
      days += *p == 'D'   ? number
              : *p == 'H' ? number / 24
              : *p == 'M' ? number / 1440
              : *p == 'S' ? number / 86400
                          : 0;
    }
  plateau_sheet_append_date (scratch, negative ? -days : days, TRUE);
}

static void
open_cell (Book *book, const char *const *attributes)
{
  book->in_cell = TRUE;
  book->repeats = MAX (1, plateau_xml_attribute_number (attributes, "number-columns-repeated"));
  book->paragraphs = 0;
  g_string_truncate (book->value, 0);
  g_string_truncate (book->text, 0);
  g_autofree char *value = plateau_xml_dup_attribute (attributes, "value");
  g_autofree char *date = plateau_xml_dup_attribute (attributes, "date-value");
  g_autofree char *time = plateau_xml_dup_attribute (attributes, "time-value");
  if (plateau_xml_attribute_is (attributes, "value-type", "string"))
    {
      g_autofree char *string = plateau_xml_dup_attribute (attributes, "string-value");
      if (string != NULL)
        g_string_append_len (book->value, string, (gssize) MIN (strlen (string), MAX_STRING));
    }
  else if (value != NULL)
    g_string_append_len (book->value, value, (gssize) MIN (strlen (value), MAX_STRING));
  else if (date != NULL)
    {
      g_string_append_len (book->value, date, (gssize) MIN (strlen (date), MAX_STRING));
      g_strdelimit (book->value->str, "T", ' ');
    }
  else if (time != NULL)
    {
      PlateauSheet scratch = { .text = book->value };
      append_duration (&scratch, time);
    }
}

static void
open_table (Book *book, const char *const *attributes)
{
  if (book->depth++ > 0 || book->sheets->len >= MAX_SHEETS)
    return;
  g_autofree char *title = plateau_xml_dup_attribute (attributes, "name");
  book->sheet = plateau_sheet_new (title != NULL ? title : "");
  book->n_far = 0;
  g_ptr_array_add (book->sheets, book->sheet);
}

static gboolean
is_cell (const char *name)
{
  return strcmp (name, "table-cell") == 0 || strcmp (name, "covered-table-cell") == 0;
}

/* Notes, drawings and the file's history hold text too. */
static gboolean
is_aside (const char *name)
{
  return strcmp (name, "annotation") == 0 || strcmp (name, "shapes") == 0
         || strcmp (name, "frame") == 0 || strcmp (name, "custom-shape") == 0
         || strcmp (name, "tracked-changes") == 0;
}

static void
on_start (gpointer user_data, const char *name, const char *const *attributes)
{
  Book *book = user_data;
  if (is_aside (name))
    book->aside++;
  if (book->aside > 0)
    return;
  if (strcmp (name, "table") == 0)
    open_table (book, attributes);
  else if (book->sheet == NULL || book->depth != 1)
    return;
  else if (strcmp (name, "table-row") == 0)
    {
      g_string_truncate (book->row, 0);
      book->column = book->tabs = 0;
      book->row_repeats = MAX (1, plateau_xml_attribute_number (attributes, "number-rows-repeated"));
    }
  else if (is_cell (name))
    open_cell (book, attributes);
  else if (book->in_cell && strcmp (name, "p") == 0)
    {
      book->in_paragraph = TRUE;
      if (book->paragraphs++ > 0)
        g_string_append_c (book->text, ' ');
    }
  else if (book->in_paragraph
           && (strcmp (name, "s") == 0 || strcmp (name, "tab") == 0
               || strcmp (name, "line-break") == 0))
    g_string_append_c (book->text, ' ');
}

static void
close_cell (Book *book)
{
  book->in_cell = FALSE;
  const GString *content = book->value->len > 0 ? book->value : book->text;
  guint first = book->column;
  book->column += MIN (book->repeats, G_MAXUINT / 4 - MIN (book->column, G_MAXUINT / 4));
  if (content->len == 0)
    return;
  PlateauSheet scratch = { .text = book->row };
  for (guint i = first; i < book->column && i < MAX_COLUMNS; i++)
    {
      for (; book->tabs < i; book->tabs++)
        g_string_append_c (book->row, '\t');
      plateau_sheet_append_text (&scratch, content->str, content->len);
    }
  if (book->column > MAX_COLUMNS)
    book->n_far += book->column - MAX (first, MAX_COLUMNS);
}

static void
close_row (Book *book)
{
  if (book->row->len == 0)
    return;
  for (guint i = 0; i < book->row_repeats && !book->over; i++)
    {
      g_string_append_len (book->sheet->text, book->row->str, (gssize) book->row->len);
      g_string_append_c (book->sheet->text, '\n');
      book->used += book->row->len + 1;
      book->over = book->used > book->limit;
    }
  g_string_truncate (book->row, 0);
}

static void
close_table (Book *book)
{
  if (--book->depth > 0 || book->sheet == NULL)
    return;
  if (book->n_far > 0)
    g_ptr_array_add (book->warnings,
                     g_strdup_printf (_ ("Sheet “%s”: %u cells beyond column %d were left out."),
                                      book->sheet->name, book->n_far, MAX_COLUMNS));
  book->sheet = NULL;
}

static void
on_end (gpointer user_data, const char *name)
{
  Book *book = user_data;
  if (is_aside (name) && book->aside > 0)
    {
      book->aside--;
      return;
    }
  if (book->aside > 0)
    return;
  if (strcmp (name, "table") == 0 && book->depth > 0)
    close_table (book);
  else if (book->sheet == NULL || book->depth != 1)
    return;
  else if (strcmp (name, "p") == 0)
    book->in_paragraph = FALSE;
  else if (is_cell (name) && book->in_cell)
    close_cell (book);
  else if (strcmp (name, "table-row") == 0)
    close_row (book);
}

static void
on_text (gpointer user_data, const char *text, gsize length)
{
  Book *book = user_data;
  if (book->in_paragraph && book->aside == 0 && book->text->len + length <= MAX_STRING)
    g_string_append_len (book->text, text, (gssize) length);
}

static gboolean
check_limit (gpointer user_data, GError **error)
{
  Book *book = user_data;
  if (book->over)
    return plateau_sheet_set_too_long (book->sheet, book->input, error);
  return TRUE;
}

/* Rows before a damage are whole: a row is written when it ends. */
static gboolean
keep_before_damage (Book *book, GError **problem)
{
  if (!g_error_matches (*problem, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_INVALID)
      || book->used == 0)
    return FALSE;
  const PlateauSheet *last = book->sheets->pdata[book->sheets->len - 1];
  g_ptr_array_add (book->warnings, g_strdup_printf (_ ("Sheet “%s” is read up to a damage: %s"),
                                                    last->name, (*problem)->message));
  g_clear_error (problem);
  return TRUE;
}

/**
 * plateau_ods_read_sheets:
 * @zip: (nullable): the archive of an .ods file, or NULL when @input is a flat .fods file
 * @warnings: (element-type utf8): gets what was left out
 *
 * Reads every sheet of a spreadsheet. Numbers are those stored, not those shown; dates become
 * "2024-01-31 12:00:00", times without a day "36:00:00.000"; merged cells give their first; notes,
 * drawings and empty rows nothing. A damaged file is kept up to the damage.
 *
 * Returns: (transfer full) (element-type PlateauSheet): the sheets in order, or NULL with @error
 *   set
 */
GPtrArray *
plateau_ods_read_sheets (PlateauZip *zip, PlateauInput *input, GPtrArray *warnings,
                         GCancellable *cancellable, GError **error)
{
  static const PlateauXmlEvents events = { on_start, on_end, on_text, check_limit };
  g_autoptr (GPtrArray)
      sheets = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_sheet_free);
  guint64 stated = zip != NULL ? plateau_zip_get_size (zip, "content.xml") : 0;
  Book book = {
    .input = input,
    .sheets = sheets,
    .warnings = warnings,
    .row = g_string_new (NULL),
    .value = g_string_new (NULL),
    .text = g_string_new (NULL),
    .limit = (16 << 20) + MAX (stated, plateau_input_get_size (input)),
  };
  GError *problem = NULL;
  gboolean fine
      = zip != NULL
            ? plateau_xml_parse (zip, "content.xml", &events, &book, cancellable, &problem)
            : plateau_xml_parse_input (input, &events, &book, cancellable, &problem);
  g_string_free (book.row, TRUE);
  g_string_free (book.value, TRUE);
  g_string_free (book.text, TRUE);
  if (fine || keep_before_damage (&book, &problem))
    return g_steal_pointer (&sheets);
  g_propagate_error (error, problem);
  return NULL;
}
