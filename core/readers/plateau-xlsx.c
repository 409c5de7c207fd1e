/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/plateau-xlsx.h"

#include "base/plateau-error.h"
#include "base/plateau-number.h"
#include "readers/plateau-xml.h"

#include <glib/gi18n.h>
#include <string.h>

/* Office Open XML workbooks: the list of sheets, shared strings and styles are small and kept; each
 * sheet is read as a stream and becomes text. */

enum
{
  MAX_SHEETS = 1000,
  MAX_COLUMNS = 1024,
  MAX_STRING = 32767, /* what a cell can hold */
};

typedef struct
{
  PlateauZip *zip;
  PlateauInput *input;
  GPtrArray *warnings;
  GCancellable *cancellable;
  gboolean from_1904;
  GPtrArray *names, *ids; /* of the sheets, in order */
  GHashTable *targets;    /* id -> member */
  GHashTable *formats;    /* number of a format -> PlateauCellStyle */
  GArray *styles;         /* of PlateauCellStyle, by cell format */
  gboolean in_cell_formats;
  GString *strings;      /* shared ones, each with a zero behind */
  GArray *string_starts; /* of gsize */
  guint phonetic;        /* depth inside readings, which are not text */
  gboolean in_text;
  guint64 limit; /* for all text together */
  guint64 used;
} Book;

static void
no_end (gpointer user_data, const char *name)
{
}

/* workbook.xml */

static void
on_workbook (gpointer user_data, const char *name, const char *const *attributes)
{
  Book *book = user_data;
  if (strcmp (name, "workbookPr") == 0)
    book->from_1904 = plateau_xml_attribute_is (attributes, "date1904", "1")
                      || plateau_xml_attribute_is (attributes, "date1904", "true");
  if (strcmp (name, "sheet") != 0 || book->names->len >= MAX_SHEETS)
    return;
  char *title = plateau_xml_dup_attribute (attributes, "name");
  char *id = plateau_xml_dup_attribute (attributes, "id");
  g_ptr_array_add (book->names, title != NULL ? title : g_strdup (""));
  g_ptr_array_add (book->ids, id != NULL ? id : g_strdup (""));
}

static void
on_relationship (gpointer user_data, const char *name, const char *const *attributes)
{
  Book *book = user_data;
  if (strcmp (name, "Relationship") != 0)
    return;
  char *id = plateau_xml_dup_attribute (attributes, "Id");
  g_autofree char *target = plateau_xml_dup_attribute (attributes, "Target");
  if (id == NULL || target == NULL)
    {
      g_free (id);
      return;
    }
  g_hash_table_insert (book->targets, id,
                       target[0] == '/' ? g_strdup (target + 1)
                                        : g_strconcat ("xl/", target, NULL));
}

/* styles.xml */

static PlateauCellStyle
style_of_number (Book *book, guint number)
{
  gpointer style;
  if (g_hash_table_lookup_extended (book->formats, GUINT_TO_POINTER (number), NULL, &style))
    return GPOINTER_TO_INT (style);
  return plateau_cell_style_of_number (number);
}

static void
on_style (gpointer user_data, const char *name, const char *const *attributes)
{
  Book *book = user_data;
  if (strcmp (name, "numFmt") == 0)
    {
      gsize length;
      const char *code = plateau_xml_attribute (attributes, "formatCode", &length);
      if (code != NULL)
        g_hash_table_insert (
            book->formats, GUINT_TO_POINTER (plateau_xml_attribute_number (attributes, "numFmtId")),
            GINT_TO_POINTER (plateau_cell_style_of_code (code, length)));
    }
  else if (strcmp (name, "cellXfs") == 0)
    book->in_cell_formats = TRUE;
  else if (book->in_cell_formats && strcmp (name, "xf") == 0)
    {
      PlateauCellStyle style = style_of_number (
          book, plateau_xml_attribute_number (attributes, "numFmtId"));
      g_array_append_val (book->styles, style);
    }
}

static void
on_style_end (gpointer user_data, const char *name)
{
  Book *book = user_data;
  if (strcmp (name, "cellXfs") == 0)
    book->in_cell_formats = FALSE;
}

/* sharedStrings.xml */

static void
on_string (gpointer user_data, const char *name, const char *const *attributes)
{
  Book *book = user_data;
  if (strcmp (name, "si") == 0)
    g_array_append_val (book->string_starts, book->strings->len);
  else if (strcmp (name, "rPh") == 0)
    book->phonetic++;
  else if (strcmp (name, "t") == 0)
    book->in_text = book->phonetic == 0;
}

static void
on_string_end (gpointer user_data, const char *name)
{
  Book *book = user_data;
  if (strcmp (name, "si") == 0)
    g_string_append_c (book->strings, '\0');
  else if (strcmp (name, "rPh") == 0 && book->phonetic > 0)
    book->phonetic--;
  else if (strcmp (name, "t") == 0)
    book->in_text = FALSE;
}

static void
on_string_text (gpointer user_data, const char *text, gsize length)
{
  Book *book = user_data;
  if (book->in_text)
    g_string_append_len (book->strings, text, (gssize) length);
}

/* sheetN.xml */

typedef struct
{
  Book *book;
  PlateauSheet *sheet;
  GString *value; /* of the cell that is open */
  guint column;   /* of the next cell */
  guint cell;     /* column of the open cell */
  guint tabs;     /* written in the row so far */
  char type;      /* first letter of the cell's type, or 'n' */
  guint style;
  gboolean in_value;
  guint phonetic;
  guint n_far; /* cells beyond the last column that is kept */
  gboolean row_has_cells;
} SheetState;

static guint
column_of_reference (const char *reference, gsize length, guint otherwise)
{
  guint column = 0;
  gsize i = 0;
  for (; i < length && i < 4 && g_ascii_isalpha (reference[i]); i++)
    column = 26 * column + (guint) (g_ascii_toupper (reference[i]) - 'A' + 1);
  return i > 0 ? column - 1 : otherwise;
}

static void
open_cell (SheetState *state, const char *const *attributes)
{
  gsize length;
  const char *reference = plateau_xml_attribute (attributes, "r", &length);
  state->cell = reference != NULL ? column_of_reference (reference, length, state->column)
                                  : state->column;
  state->column = state->cell + 1;
  const char *type = plateau_xml_attribute (attributes, "t", &length);
  state->type = type == NULL || length == 0 ? 'n' : type[0];
  if (type != NULL && length == 3 && memcmp (type, "str", 3) == 0)
    state->type = 't'; /* result of a formula */
  state->style = plateau_xml_attribute_number (attributes, "s");
  g_string_truncate (state->value, 0);
}

static void
on_sheet (gpointer user_data, const char *name, const char *const *attributes)
{
  SheetState *state = user_data;
  if (name[0] == 'c' && name[1] == '\0')
    open_cell (state, attributes);
  else if (name[0] == 'v' && name[1] == '\0')
    state->in_value = TRUE;
  else if (name[0] == 't' && name[1] == '\0')
    state->in_value = state->type == 'i' && state->phonetic == 0;
  else if (strcmp (name, "row") == 0)
    {
      state->column = state->tabs = 0;
      state->row_has_cells = FALSE;
    }
  else if (strcmp (name, "rPh") == 0)
    state->phonetic++;
}

static void
write_number (SheetState *state)
{
  Book *book = state->book;
  PlateauCellStyle style = state->style < book->styles->len
                               ? g_array_index (book->styles, PlateauCellStyle, state->style)
                               : PLATEAU_CELL_PLAIN;
  double number;
  if (style == PLATEAU_CELL_PLAIN || !plateau_parse_number (state->value->str, &number))
    plateau_sheet_append_text (state->sheet, state->value->str, state->value->len);
  else
    plateau_sheet_append_date (state->sheet,
                               number + (book->from_1904 && style == PLATEAU_CELL_DATE ? 1462 : 0),
                               style == PLATEAU_CELL_ELAPSED);
}

static void
write_shared_string (SheetState *state)
{
  Book *book = state->book;
  gint64 index;
  const char *digits = state->value->str, *end = digits + state->value->len;
  if (plateau_parse_int64 (digits, end, &index) == NULL || index < 0
      || index >= book->string_starts->len)
    return;
  const char *text = book->strings->str + g_array_index (book->string_starts, gsize, index);
  plateau_sheet_append_text (state->sheet, text, MIN (strlen (text), (gsize) MAX_STRING));
}

static void
close_cell (SheetState *state)
{
  if (state->value->len == 0)
    return;
  if (state->cell >= MAX_COLUMNS)
    {
      state->n_far++;
      return;
    }
  if (state->cell < state->tabs) /* a damaged file goes back */
    return;
  for (; state->tabs < state->cell; state->tabs++)
    g_string_append_c (state->sheet->text, '\t');
  state->row_has_cells = TRUE;
  switch (state->type)
    {
    case 's':
      write_shared_string (state);
      break;
    case 'e': /* #N/A */
      break;
    case 'n':
      write_number (state);
      break;
    default:
      plateau_sheet_append_text (state->sheet, state->value->str, state->value->len);
    }
}

static void
on_sheet_end (gpointer user_data, const char *name)
{
  SheetState *state = user_data;
  if (name[0] == 'c' && name[1] == '\0')
    close_cell (state);
  else if ((name[0] == 'v' || name[0] == 't') && name[1] == '\0')
    state->in_value = FALSE;
  else if (strcmp (name, "rPh") == 0 && state->phonetic > 0)
    state->phonetic--;
  else if (strcmp (name, "row") == 0 && state->row_has_cells)
    g_string_append_c (state->sheet->text, '\n');
}

static void
on_sheet_text (gpointer user_data, const char *text, gsize length)
{
  SheetState *state = user_data;
  if (state->in_value && state->value->len + length <= MAX_STRING)
    g_string_append_len (state->value, text, (gssize) length);
}

static gboolean
check_limit (gpointer user_data, GError **error)
{
  SheetState *state = user_data;
  Book *book = state->book;
  if (book->used + state->sheet->text->len <= book->limit)
    return TRUE;
  return plateau_sheet_set_too_long (state->sheet, book->input, error);
}

/* The sheet as far as it can be read. */
static PlateauSheet *
read_sheet (Book *book, const char *title, const char *member, GError **error)
{
  static const PlateauXmlEvents events = { on_sheet, on_sheet_end, on_sheet_text, check_limit };
  PlateauSheet *sheet = plateau_sheet_new (title);
  SheetState state = { .book = book, .sheet = sheet, .value = g_string_new (NULL), .type = 'n' };
  g_autoptr (GError) problem = NULL;
  gboolean fine = plateau_xml_parse (book->zip, member, &events, &state, book->cancellable,
                                     &problem);
  g_string_free (state.value, TRUE);
  book->used += sheet->text->len;
  if (state.n_far > 0)
    g_ptr_array_add (book->warnings,
                     g_strdup_printf (_ ("Sheet “%s”: %u cells beyond column %d were left out."),
                                      title, state.n_far, MAX_COLUMNS));
  if (fine)
    return sheet;
  gboolean kept = problem->domain == PLATEAU_READER_ERROR
                  && problem->code == PLATEAU_READER_ERROR_INVALID && sheet->text->len > 0;
  if (kept)
    {
      /* The last row may be half there. */
      const char *end = g_strrstr (sheet->text->str, "\n");
      g_string_truncate (sheet->text, end != NULL ? (gsize) (end + 1 - sheet->text->str) : 0);
      g_ptr_array_add (book->warnings, g_strdup_printf (_ ("Sheet “%s” is read up to a damage: %s"),
                                                        title, problem->message));
      return sheet;
    }
  g_propagate_error (error, g_steal_pointer (&problem));
  plateau_sheet_free (sheet);
  return NULL;
}

static void
read_optional (Book *book, const char *member, const PlateauXmlEvents *events)
{
  g_autoptr (GError) problem = NULL;
  if (plateau_zip_has (book->zip, member)
      && !plateau_xml_parse (book->zip, member, events, book, book->cancellable, &problem))
    g_ptr_array_add (book->warnings, g_strdup (problem->message));
}

static char *
member_of_sheet (Book *book, guint index)
{
  const char *target = g_hash_table_lookup (book->targets, book->ids->pdata[index]);
  return target != NULL ? g_strdup (target)
                        : g_strdup_printf ("xl/worksheets/sheet%u.xml", index + 1);
}

static GPtrArray *
read_sheets (Book *book, GError **error)
{
  static const PlateauXmlEvents workbook = { on_workbook, no_end, NULL, NULL };
  static const PlateauXmlEvents relationships = { on_relationship, no_end, NULL, NULL };
  static const PlateauXmlEvents styles = { on_style, on_style_end, NULL, NULL };
  static const PlateauXmlEvents strings = { on_string, on_string_end, on_string_text, NULL };
  if (!plateau_xml_parse (book->zip, "xl/workbook.xml", &workbook, book, book->cancellable, error))
    return NULL;
  read_optional (book, "xl/_rels/workbook.xml.rels", &relationships);
  read_optional (book, "xl/styles.xml", &styles);
  read_optional (book, "xl/sharedStrings.xml", &strings);
  g_autoptr (GPtrArray)
      sheets = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_sheet_free);
  g_autoptr (GError) first_problem = NULL;
  for (guint i = 0; i < book->names->len; i++)
    {
      g_autofree char *member = member_of_sheet (book, i);
      if (strstr (member, "chartsheets/") != NULL)
        continue;
      GError *problem = NULL;
      PlateauSheet *sheet = read_sheet (book, book->names->pdata[i], member, &problem);
      if (sheet != NULL)
        {
          g_ptr_array_add (sheets, sheet);
          continue;
        }
      gboolean fatal = problem->domain != PLATEAU_READER_ERROR
                       || problem->code == PLATEAU_READER_ERROR_LIMIT
                       || problem->code == PLATEAU_READER_ERROR_ENCRYPTED;
      if (fatal)
        {
          g_propagate_error (error, problem);
          return NULL;
        }
      g_ptr_array_add (book->warnings, g_strdup (problem->message));
      if (first_problem == NULL)
        first_problem = problem;
      else
        g_error_free (problem);
    }
  if (sheets->len == 0 && first_problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&first_problem));
      return NULL;
    }
  return g_steal_pointer (&sheets);
}

/**
 * plateau_xlsx_read_sheets:
 * @zip: an .xlsx archive
 * @warnings: (element-type utf8): gets what was left out
 *
 * Reads every sheet of a workbook. Dates become "2024-01-31 12:00:00.000", times without a day
 * "36:00:00.000"; formulas give their stored results; merged cells their first; comments, charts
 * and empty rows nothing. A damaged sheet is kept up to the damage.
 *
 * Returns: (transfer full) (element-type PlateauSheet): the sheets in order, or NULL with @error
 *   set
 */
GPtrArray *
plateau_xlsx_read_sheets (PlateauZip *zip, PlateauInput *input, GPtrArray *warnings,
                          GCancellable *cancellable, GError **error)
{
  Book book = {
    .zip = zip,
    .input = input,
    .warnings = warnings,
    .cancellable = cancellable,
    .names = g_ptr_array_new_with_free_func (g_free),
    .ids = g_ptr_array_new_with_free_func (g_free),
    .targets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
    .formats = g_hash_table_new (NULL, NULL),
    .styles = g_array_new (FALSE, FALSE, sizeof (PlateauCellStyle)),
    .strings = g_string_new (NULL),
    .string_starts = g_array_new (FALSE, FALSE, sizeof (gsize)),
  };
  /* Stated sizes may lie, and one shared string may be told a million times. */
  guint64 stated = 0;
  for (guint i = 0; i < plateau_zip_get_n_members (zip); i++)
    stated += plateau_zip_get_size (zip, plateau_zip_get_member_name (zip, i));
  book.limit = (16 << 20) + MIN (stated, 40 * plateau_input_get_size (input));
  GPtrArray *sheets = read_sheets (&book, error);
  g_ptr_array_unref (book.names);
  g_ptr_array_unref (book.ids);
  g_hash_table_unref (book.targets);
  g_hash_table_unref (book.formats);
  g_array_unref (book.styles);
  g_string_free (book.strings, TRUE);
  g_array_unref (book.string_starts);
  return sheets;
}
