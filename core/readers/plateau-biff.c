/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/plateau-biff.h"

#include "base/plateau-error.h"
#include "readers/plateau-bytes.h"
#include "readers/plateau-encoding.h"

#include <glib/gi18n.h>

/* Workbooks of Excel 5 to 2003: a stream of records, each a type and a length. Layout as in the
 * published specification of the Excel binary file format. */

enum
{
  BOF = 0x809,
  EOF_RECORD = 0x0A,
  FILEPASS = 0x2F,
  DATEMODE = 0x22,
  CONTINUE = 0x3C,
  BOUNDSHEET = 0x85,
  XF = 0xE0,
  FORMAT = 0x41E,
  SST = 0xFC,
  NUMBER = 0x203,
  RK = 0x27E,
  MULRK = 0xBD,
  LABEL = 0x204,
  RSTRING = 0xD6,
  LABELSST = 0xFD,
  FORMULA = 0x06,
  STRING = 0x207,
  BOOLERR = 0x205,
  BIFF8 = 0x600,
  MAX_SHEETS = 1000,
};

typedef struct
{
  guint type;
  const guint8 *data;
  gsize length;
} Record;

typedef struct
{
  const guint8 *data;
  gsize length;
  PlateauInput *input;
  gboolean biff8, from_1904;
  GArray *styles;      /* of PlateauCellStyle, by cell format */
  GHashTable *formats; /* number -> PlateauCellStyle */
  GPtrArray *strings;
  GPtrArray *names;
  GArray *offsets;     /* of guint32, by sheet */
  guint64 used, limit; /* bytes of text */
} Book;

static gboolean
next_record (const Book *book, gsize *at, Record *record)
{
  if (*at + 4 > book->length)
    return FALSE;
  record->type = plateau_le_u16 (book->data + *at);
  record->length = plateau_le_u16 (book->data + *at + 2);
  record->data = book->data + *at + 4;
  if (record->length > book->length - *at - 4)
    return FALSE;
  *at += 4 + record->length;
  return TRUE;
}

/* Shared strings go on over several records; where the characters of one are cut, the next record
 * says anew whether they take one byte or two. */
typedef struct
{
  const Book *book;
  gsize at; /* of the next record */
  Record record;
  gsize position;
  gboolean ended;
} Cursor;

static gboolean
cursor_need (Cursor *cursor, gsize n)
{
  while (!cursor->ended && cursor->position >= cursor->record.length)
    {
      gsize at = cursor->at;
      Record next;
      cursor->ended = !next_record (cursor->book, &at, &next) || next.type != CONTINUE;
      if (cursor->ended)
        break;
      cursor->at = at;
      cursor->record = next;
      cursor->position = 0;
    }
  return !cursor->ended && cursor->record.length - cursor->position >= n;
}

static guint32
cursor_number (Cursor *cursor, gsize size)
{
  if (!cursor_need (cursor, size))
    {
      cursor->ended = TRUE;
      return 0;
    }
  const guint8 *p = cursor->record.data + cursor->position;
  cursor->position += size;
  return size == 1 ? p[0] : size == 2 ? plateau_le_u16 (p) : plateau_le_u32 (p);
}

static void
cursor_skip (Cursor *cursor, gsize n)
{
  while (n > 0 && cursor_need (cursor, 1))
    {
      gsize step = MIN (n, cursor->record.length - cursor->position);
      cursor->position += step;
      n -= step;
    }
}

static void
append_utf8 (GString *text, const guint8 *characters, gsize n, gboolean wide)
{
  g_autofree char *part =
      wide ? plateau_encoding_decode (PLATEAU_ENCODING_UTF_16LE, characters, 2 * n)
           : plateau_encoding_decode (PLATEAU_ENCODING_WINDOWS_1252, characters, n);
  g_string_append (text, part);
}

static char *
read_shared_string (Cursor *cursor)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize left = cursor_number (cursor, 2);
  guint flags = cursor_number (cursor, 1);
  guint n_runs = (flags & 8) != 0 ? cursor_number (cursor, 2) : 0;
  guint32 extra = (flags & 4) != 0 ? cursor_number (cursor, 4) : 0;
  gboolean wide = (flags & 1) != 0;
  while (left > 0 && !cursor->ended)
    {
      if (cursor->position >= cursor->record.length)
        {
          if (!cursor_need (cursor, 1))
            break;
          wide = (cursor_number (cursor, 1) & 1) != 0;
        }
      gsize room = (cursor->record.length - cursor->position) / (wide ? 2 : 1);
      gsize n = MIN (left, room);
      if (n == 0)
        {
          cursor->position = cursor->record.length; /* half a character */
          continue;
        }
      append_utf8 (text, cursor->record.data + cursor->position, n, wide);
      cursor->position += n * (wide ? 2 : 1);
      left -= n;
    }
  cursor_skip (cursor, 4 * (gsize) n_runs + extra);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
read_shared_strings (Book *book, gsize at, const Record *record)
{
  Cursor cursor = { .book = book, .at = at, .record = *record };
  cursor_number (&cursor, 4);
  guint32 n = cursor_number (&cursor, 4);
  for (guint32 i = 0; i < n && cursor_need (&cursor, 3); i++)
    g_ptr_array_add (book->strings, read_shared_string (&cursor));
}

/* A string with its length before it, in one record. */
static char *
read_string (const Book *book, const guint8 *data, gsize length, gsize size_of_length)
{
  gsize n = length < size_of_length ? 0 : size_of_length == 1 ? data[0] : plateau_le_u16 (data);
  gsize at = size_of_length;
  gboolean wide = FALSE;
  if (book->biff8 && at < length)
    wide = (data[at++] & 1) != 0;
  if (at >= length)
    return g_strdup ("");
  n = MIN (n, (length - at) / (wide ? 2 : 1));
  g_autoptr (GString) text = g_string_new (NULL);
  append_utf8 (text, data + at, n, wide);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_format (Book *book, const Record *record)
{
  if (record->length < 5)
    return;
  g_autofree char *code = read_string (book, record->data + 2, record->length - 2,
                                       book->biff8 ? 2 : 1);
  g_hash_table_insert (book->formats, GUINT_TO_POINTER ((guint) plateau_le_u16 (record->data)),
                       GINT_TO_POINTER (plateau_cell_style_of_code (code, strlen (code))));
}

static void
add_cell_format (Book *book, const Record *record)
{
  if (record->length < 4)
    return;
  guint number = plateau_le_u16 (record->data + 2);
  gpointer known;
  PlateauCellStyle style = g_hash_table_lookup_extended (book->formats, GUINT_TO_POINTER (number),
                                                         NULL, &known)
                               ? (PlateauCellStyle) GPOINTER_TO_INT (known)
                               : plateau_cell_style_of_number (number);
  g_array_append_val (book->styles, style);
}

static void
add_sheet (Book *book, const Record *record)
{
  const guint worksheet = 0;
  if (record->length < 8 || (record->data[5] & 0x0F) != worksheet || book->names->len >= MAX_SHEETS)
    return;
  guint32 offset = plateau_le_u32 (record->data);
  g_ptr_array_add (book->names, read_string (book, record->data + 6, record->length - 6, 1));
  g_array_append_val (book->offsets, offset);
}

static gboolean
read_globals (Book *book, GError **error)
{
  gsize at = 0;
  Record record;
  if (!next_record (book, &at, &record) || record.type != BOF || record.length < 4)
    {
      g_set_error (
          error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_UNSUPPORTED_VERSION,
          _ ("“%s” is a workbook of a version that is not known here. Save it as .xlsx and "
             "open it again."),
          plateau_input_get_name (book->input));
      return FALSE;
    }
  book->biff8 = plateau_le_u16 (record.data) >= BIFF8;
  while (next_record (book, &at, &record) && record.type != EOF_RECORD)
    switch (record.type)
      {
      case FILEPASS:
        g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_ENCRYPTED,
                     _ ("“%s” is protected by a password. Save it without one and open it again."),
                     plateau_input_get_name (book->input));
        return FALSE;
      case DATEMODE:
        book->from_1904 = record.length >= 2 && plateau_le_u16 (record.data) == 1;
        break;
      case FORMAT:
        add_format (book, &record);
        break;
      case XF:
        add_cell_format (book, &record);
        break;
      case BOUNDSHEET:
        add_sheet (book, &record);
        break;
      case SST:
        read_shared_strings (book, at, &record);
        break;
      default:
        break;
      }
  return TRUE;
}

/* Cells come by rows, from left to right. */
typedef struct
{
  Book *book;
  PlateauSheet *sheet;
  int row;      /* of the line that is open, -1: none */
  guint column; /* tabs written in it */
} Writer;

static gboolean
go_to (Writer *writer, const guint8 *cell)
{
  int row = plateau_le_u16 (cell);
  guint column = plateau_le_u16 (cell + 2);
  if (row != writer->row)
    {
      if (writer->row >= 0)
        g_string_append_c (writer->sheet->text, '\n');
      writer->row = row;
      writer->column = 0;
    }
  if (column < writer->column || column >= 1024)
    return FALSE;
  for (; writer->column < column; writer->column++)
    g_string_append_c (writer->sheet->text, '\t');
  return TRUE;
}

static void
write_number (Writer *writer, guint format, double number)
{
  const Book *book = writer->book;
  PlateauCellStyle style = format < book->styles->len
                               ? g_array_index (book->styles, PlateauCellStyle, format)
                               : PLATEAU_CELL_PLAIN;
  if (!isfinite (number))
    return;
  if (style != PLATEAU_CELL_PLAIN)
    {
      double shift = book->from_1904 && style == PLATEAU_CELL_DATE ? 1462 : 0;
      plateau_sheet_append_date (writer->sheet, number + shift, style == PLATEAU_CELL_ELAPSED);
      return;
    }
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd (text, sizeof text, "%.15g", number);
  g_string_append (writer->sheet->text, text);
}

static void
write_text (Writer *writer, const char *text)
{
  plateau_sheet_append_text (writer->sheet, text, strlen (text));
}

/* Thirty bits of a number, as an integer or as the upper part of a double, perhaps in percent. */
static double
decode_rk (guint32 rk)
{
  double value;
  if ((rk & 2) != 0)
    value = (double) ((gint32) rk >> 2);
  else
    {
      guint64 bits = (guint64) (rk & ~3u) << 32;
      memcpy (&value, &bits, 8);
    }
  return (rk & 1) != 0 ? value / 100 : value;
}

static void
write_formula (Writer *writer, const Record *record, gsize at)
{
  const guint8 *result = record->data + 6;
  if (plateau_le_u16 (result + 6) != 0xFFFF)
    write_number (writer, plateau_le_u16 (record->data + 4), plateau_le_f64 (result));
  else if (result[0] == 0)
    {
      Record next;
      if (next_record (writer->book, &at, &next) && next.type == STRING)
        {
          g_autofree char *text = read_string (writer->book, next.data, next.length, 2);
          write_text (writer, text);
        }
    }
}

static void
write_many (Writer *writer, const Record *record)
{
  for (gsize k = 4; k + 6 + 2 <= record->length; k += 6)
    {
      guint16 column = (guint16) (plateau_le_u16 (record->data + 2) + (k - 4) / 6);
      guint8 cell[4] = { record->data[0], record->data[1], (guint8) column,
                         (guint8) (column >> 8) };
      if (go_to (writer, cell))
        write_number (writer, plateau_le_u16 (record->data + k),
                      decode_rk (plateau_le_u32 (record->data + k + 2)));
    }
}

static void
write_cell (Writer *writer, const Record *record, gsize at)
{
  const Book *book = writer->book;
  const guint8 *data = record->data;
  gsize length = record->length;
  if (record->type == MULRK)
    {
      if (length >= 12)
        write_many (writer, record);
      return;
    }
  const gsize needed = record->type == NUMBER || record->type == FORMULA ? 14
                       : record->type == RK || record->type == LABELSST  ? 10
                                                                         : 8;
  if (length < needed || !go_to (writer, data))
    return;
  switch (record->type)
    {
    case NUMBER:
      write_number (writer, plateau_le_u16 (data + 4), plateau_le_f64 (data + 6));
      break;
    case RK:
      write_number (writer, plateau_le_u16 (data + 4), decode_rk (plateau_le_u32 (data + 6)));
      break;
    case LABELSST:
      if (plateau_le_u32 (data + 6) < book->strings->len)
        write_text (writer, book->strings->pdata[plateau_le_u32 (data + 6)]);
      break;
    case FORMULA:
      write_formula (writer, record, at);
      break;
    case BOOLERR:
      if (data[7] == 0)
        g_string_append (writer->sheet->text, data[6] != 0 ? "1" : "0");
      break;
    default:
      {
        g_autofree char *text = read_string (book, data + 6, length - 6, 2);
        write_text (writer, text);
      }
    }
}

static gboolean
is_cell (guint type)
{
  return type == NUMBER || type == RK || type == MULRK || type == LABEL || type == RSTRING
         || type == LABELSST || type == FORMULA || type == BOOLERR;
}

static PlateauSheet *
read_sheet (Book *book, guint index, GPtrArray *warnings, GCancellable *cancellable, GError **error)
{
  PlateauSheet *sheet = plateau_sheet_new (book->names->pdata[index]);
  Writer writer = { .book = book, .sheet = sheet, .row = -1 };
  gsize at = g_array_index (book->offsets, guint32, index);
  Record record;
  guint depth = 0, n = 0;
  gboolean more = at < book->length && next_record (book, &at, &record) && record.type == BOF;
  gboolean ended = FALSE;
  while (more && next_record (book, &at, &record))
    {
      if (record.type == BOF)
        depth++; /* a chart inside the sheet */
      else if (record.type == EOF_RECORD && depth == 0)
        {
          ended = TRUE;
          break;
        }
      else if (record.type == EOF_RECORD)
        depth--;
      else if (depth == 0 && is_cell (record.type))
        write_cell (&writer, &record, at);
      if (++n % 4096 == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        break;
      if (book->used + sheet->text->len > book->limit)
        {
          g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_LIMIT,
                       _ ("“%s”: the sheet “%s” holds far more text than its size; it is no table "
                          "of measurements."),
                       plateau_input_get_name (book->input), sheet->name);
          break;
        }
    }
  if (error != NULL && *error != NULL)
    {
      plateau_sheet_free (sheet);
      return NULL;
    }
  if (writer.row >= 0)
    g_string_append_c (sheet->text, '\n');
  if (!ended)
    g_ptr_array_add (warnings,
                     g_strdup_printf (_ ("Sheet “%s” is cut or damaged; it was read up to there."),
                                      sheet->name));
  book->used += sheet->text->len;
  return sheet;
}

static GPtrArray *
read_sheets (Book *book, GPtrArray *warnings, GCancellable *cancellable, GError **error)
{
  if (!read_globals (book, error))
    return NULL;
  g_autoptr (GPtrArray)
      sheets = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_sheet_free);
  for (guint i = 0; i < book->names->len; i++)
    {
      g_autoptr (GError) problem = NULL;
      PlateauSheet *sheet = read_sheet (book, i, warnings, cancellable, &problem);
      if (sheet == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return NULL;
        }
      g_ptr_array_add (sheets, sheet);
    }
  return g_steal_pointer (&sheets);
}

/**
 * plateau_biff_read_sheets:
 * @stream: the stream "Workbook" or "Book" of an .xls file
 * @warnings: (element-type utf8): gets what was left out
 *
 * Reads every worksheet of a workbook of Excel 5 to 2003 as plateau_xlsx_read_sheets() does.
 *
 * Returns: (transfer full) (element-type PlateauSheet): the sheets in order, or NULL with @error
 *   set
 */
GPtrArray *
plateau_biff_read_sheets (GBytes *stream, PlateauInput *input, GPtrArray *warnings,
                          GCancellable *cancellable, GError **error)
{
  Book book = {
    .input = input,
    .styles = g_array_new (FALSE, FALSE, sizeof (PlateauCellStyle)),
    .formats = g_hash_table_new (NULL, NULL),
    .strings = g_ptr_array_new_with_free_func (g_free),
    .names = g_ptr_array_new_with_free_func (g_free),
    .offsets = g_array_new (FALSE, FALSE, sizeof (guint32)),
  };
  book.data = g_bytes_get_data (stream, &book.length);
  book.limit = (16 << 20) + 3 * (guint64) book.length;
  GPtrArray *sheets = read_sheets (&book, warnings, cancellable, error);
  g_array_unref (book.styles);
  g_hash_table_unref (book.formats);
  g_ptr_array_unref (book.strings);
  g_ptr_array_unref (book.names);
  g_array_unref (book.offsets);
  return sheets;
}
