/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/plateau-jet.h"

#include "base/plateau-error.h"
#include "readers/plateau-bytes.h"
#include "readers/plateau-encoding.h"

#include <glib/gi18n.h>

/* Layout of Jet databases as the documentation of the mdbtools project gives it (HACKING.md). */

enum
{
  DATA_PAGE = 1,
  TABLE_PAGE = 2,
  CATALOG_PAGE = 2, /* where the table of tables is defined */
  MAX_CHAIN = 64,   /* pages of one definition */
  MAX_COLUMNS = 512,
  MAX_TABLES = 4096,
  ROW_DELETED = 0x4000,
  ROW_ELSEWHERE = 0x8000,
  ROW_OFFSET = 0x1FFF,
};

typedef enum
{
  TYPE_BYTE = 2,
  TYPE_INT = 3,
  TYPE_LONG = 4,
  TYPE_FLOAT = 6,
  TYPE_DOUBLE = 7,
  TYPE_DATE = 8,
  TYPE_TEXT = 10,
} JetType;

/* Offsets that differ between Jet 3 (Access 97) and Jet 4 (2000 and later). */
typedef struct
{
  guint page_size, row_count;
  guint n_columns, n_real_indices, columns, index_entry, column_entry;
  guint column_variable, column_row_number, column_flags, column_fixed;
  guint row_head; /* bytes of the number of columns in a row */
} Format;

static const Format jet3 = { 2048, 8, 25, 31, 43, 8, 18, 3, 5, 13, 14, 1 };
static const Format jet4 = { 4096, 12, 45, 51, 63, 12, 25, 7, 9, 15, 21, 2 };

typedef struct
{
  char *name;
  guint type, row_number, variable, fixed;
  gboolean is_fixed;
} Column;

struct _PlateauJet
{
  PlateauInput *input;
  const Format *format;
  guint32 n_pages;
  GHashTable *pages; /* page of the definition -> GArray of guint32, its data pages */
  GPtrArray *tables; /* names */
  GArray *tables_at; /* of guint32, their definitions */
};

static void
column_clear (gpointer data)
{
  g_free (((Column *) data)->name);
}

static const guint8 *
peek_page (PlateauJet *jet, guint32 page, GError **error)
{
  return plateau_input_peek (jet->input, (guint64) page * jet->format->page_size,
                             jet->format->page_size, error);
}

/* One pass over the file: which pages hold the rows of which table. */
static gboolean
list_pages (PlateauJet *jet, GCancellable *cancellable, GError **error)
{
  for (guint32 page = 0; page < jet->n_pages; page++)
    {
      if (page % 1024 == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      const guint8 *data = peek_page (jet, page, error);
      if (data == NULL)
        return FALSE;
      if (data[0] != DATA_PAGE)
        continue;
      gpointer owner = GUINT_TO_POINTER (plateau_le_u32 (data + 4));
      GArray *list = g_hash_table_lookup (jet->pages, owner);
      if (list == NULL)
        {
          list = g_array_new (FALSE, FALSE, sizeof (guint32));
          g_hash_table_insert (jet->pages, owner, list);
        }
      g_array_append_val (list, page);
    }
  return TRUE;
}

/* A definition goes over several pages when a table has many columns. */
static GByteArray *
read_definition (PlateauJet *jet, guint32 page)
{
  g_autoptr (GByteArray) definition = g_byte_array_new ();
  for (guint links = 0; page != 0 && links < MAX_CHAIN; links++)
    {
      const guint8 *data = page < jet->n_pages ? peek_page (jet, page, NULL) : NULL;
      if (data == NULL || data[0] != TABLE_PAGE)
        break;
      guint head = links == 0 ? 0 : 8;
      page = plateau_le_u32 (data + 4);
      g_byte_array_append (definition, data + head, jet->format->page_size - head);
    }
  return definition->len > 0 ? g_steal_pointer (&definition) : NULL;
}

static char *
decode_text (PlateauJet *jet, const guint8 *text, gsize length)
{
  if (jet->format == &jet3)
    return plateau_encoding_decode (PLATEAU_ENCODING_WINDOWS_1252, text, length);
  if (length < 2 || text[0] != 0xFF || text[1] != 0xFE)
    return plateau_encoding_decode (PLATEAU_ENCODING_UTF_16LE, text, length & ~(gsize) 1);
  /* Compressed: one byte a character, a zero byte switches to two and back. */
  g_autoptr (GByteArray) wide = g_byte_array_new ();
  gboolean narrow = TRUE;
  for (gsize i = 2; i < length; i++)
    {
      const guint8 zero = 0;
      if (narrow && text[i] == 0)
        narrow = FALSE;
      else if (narrow)
        {
          g_byte_array_append (wide, text + i, 1);
          g_byte_array_append (wide, &zero, 1);
        }
      else if (text[i] == 0 && (i + 1 >= length || text[i + 1] != 0))
        narrow = TRUE;
      else if (i + 1 < length)
        g_byte_array_append (wide, text + i++, 2);
    }
  return plateau_encoding_decode (PLATEAU_ENCODING_UTF_16LE, wide->data, wide->len);
}

/* The columns of a table, or NULL when its definition contradicts itself. */
static GArray *
read_columns (PlateauJet *jet, guint32 page)
{
  const Format *f = jet->format;
  g_autoptr (GByteArray) definition = read_definition (jet, page);
  if (definition == NULL)
    return NULL;
  guint n_columns = plateau_le_u16 (definition->data + f->n_columns);
  guint32 n_indices = plateau_le_u32 (definition->data + f->n_real_indices);
  gsize at = f->columns + (gsize) MIN (n_indices, 1000) * f->index_entry;
  gsize names = at + (gsize) n_columns * f->column_entry;
  if (n_columns == 0 || n_columns > MAX_COLUMNS || names > definition->len)
    return NULL;
  g_autoptr (GArray) columns = g_array_new (FALSE, TRUE, sizeof (Column));
  g_array_set_clear_func (columns, column_clear);
  for (guint i = 0; i < n_columns; i++, at += f->column_entry)
    {
      const guint8 *entry = definition->data + at;
      gsize size_of_length = f == &jet3 ? 1 : 2;
      if (names + size_of_length > definition->len)
        return NULL;
      gsize length = f == &jet3 ? definition->data[names]
                                : plateau_le_u16 (definition->data + names);
      names += size_of_length;
      if (length > definition->len - names)
        return NULL;
      Column column = {
        .name = decode_text (jet, definition->data + names, length),
        .type = entry[0],
        .row_number = plateau_le_u16 (entry + f->column_row_number),
        .variable = plateau_le_u16 (entry + f->column_variable),
        .fixed = plateau_le_u16 (entry + f->column_fixed),
        .is_fixed = (entry[f->column_flags] & 1) != 0,
      };
      names += length;
      g_array_append_val (columns, column);
    }
  return g_steal_pointer (&columns);
}

/* A row and what is needed to find its values. */
typedef struct
{
  const guint8 *data;
  gsize length;
  guint n_columns;
  gsize null_bytes;
} Row;

static gboolean
row_open (const Format *f, const guint8 *page, guint start, guint end, Row *row)
{
  if (start >= end || end > f->page_size || end - start <= f->row_head)
    return FALSE;
  row->data = page + start;
  row->length = end - start;
  row->n_columns = f->row_head == 1 ? row->data[0] : plateau_le_u16 (row->data);
  row->null_bytes = (row->n_columns + 7) / 8;
  return row->n_columns > 0 && f->row_head + row->null_bytes <= row->length;
}

static gboolean
row_has (const Row *row, guint number)
{
  if (number >= row->n_columns)
    return FALSE; /* the column was added later */
  return (row->data[row->length - row->null_bytes + number / 8] & (1u << (number % 8))) != 0;
}

static gsize
number_size (guint type)
{
  switch (type)
    {
    case TYPE_BYTE:
      return 1;
    case TYPE_INT:
      return 2;
    case TYPE_LONG:
    case TYPE_FLOAT:
      return 4;
    case TYPE_DOUBLE:
    case TYPE_DATE:
      return 8;
    default:
      return 0;
    }
}

static double
row_number (const Format *f, const Row *row, const Column *column)
{
  gsize size = number_size (column->type), at = f->row_head + column->fixed;
  if (size == 0 || !column->is_fixed || !row_has (row, column->row_number)
      || at + size + row->null_bytes > row->length)
    return NAN;
  const guint8 *value = row->data + at;
  double number;
  switch (column->type)
    {
    case TYPE_BYTE:
      return value[0];
    case TYPE_INT:
      return plateau_le_i16 (value);
    case TYPE_LONG:
      return plateau_le_i32 (value);
    case TYPE_FLOAT:
      number = plateau_le_f32 (value);
      break;
    default:
      number = plateau_le_f64 (value);
    }
  return isfinite (number) ? number : NAN;
}

/* Where the variable column @index begins, from the table of offsets at the row's end. */
static gboolean
variable_offset (const Format *f, const Row *row, guint index, gsize *offset)
{
  gsize tail = row->length - row->null_bytes;
  if (f == &jet4)
    {
      if (tail < 2 + 2 * ((gsize) index + 1))
        return FALSE;
      if (index > plateau_le_u16 (row->data + tail - 2))
        return FALSE;
      *offset = plateau_le_u16 (row->data + tail - 2 - 2 * ((gsize) index + 1));
      return *offset <= tail;
    }
  /* One byte an offset, and a table of the places where they pass 256. */
  if (tail < 1)
    return FALSE;
  guint n = row->data[tail - 1];
  gsize jumps = (row->length - 1) / 256;
  if (tail < 2 + jumps + n)
    return FALSE;
  if ((tail - 2 - jumps - n) / 256 < jumps)
    jumps--;
  if (index > n || tail < 2 + jumps + index)
    return FALSE;
  gsize passed = 0;
  while (passed < jumps && index >= row->data[tail - 2 - passed])
    passed++;
  *offset = row->data[tail - 2 - jumps - index] + 256 * passed;
  return *offset <= tail;
}

static char *
row_text (PlateauJet *jet, const Row *row, const Column *column)
{
  gsize from, to;
  if (column->type != TYPE_TEXT || column->is_fixed || !row_has (row, column->row_number)
      || !variable_offset (jet->format, row, column->variable, &from)
      || !variable_offset (jet->format, row, column->variable + 1, &to) || from >= to)
    return NULL;
  return decode_text (jet, row->data + from, to - from);
}

typedef void (*RowFunc) (PlateauJet *jet, const Row *row, gpointer user_data);

static guint
row_entry (const Format *f, const guint8 *page, guint index)
{
  return plateau_le_u16 (page + f->row_count + 2 + 2 * index);
}

static gboolean
row_at (const Format *f, const guint8 *page, guint index, Row *row)
{
  guint end = index == 0 ? f->page_size : row_entry (f, page, index - 1) & ROW_OFFSET;
  return row_open (f, page, row_entry (f, page, index) & ROW_OFFSET, end, row);
}

static guint
rows_of_page (const Format *f, const guint8 *page)
{
  return MIN (plateau_le_u16 (page + f->row_count), (f->page_size - f->row_count - 2) / 2);
}

/* A row that grew was moved; four bytes say where to: row and page. */
static void
follow_row (PlateauJet *jet, guint32 pointer, RowFunc func, gpointer user_data)
{
  const Format *f = jet->format;
  guint32 page = pointer >> 8;
  guint index = pointer & 0xFF;
  const guint8 *data = page < jet->n_pages ? peek_page (jet, page, NULL) : NULL;
  Row row;
  if (data != NULL && data[0] == DATA_PAGE && index < rows_of_page (f, data)
      && row_at (f, data, index, &row))
    func (jet, &row, user_data);
}

static gboolean
each_row (PlateauJet *jet, guint32 table, RowFunc func, gpointer user_data,
          GCancellable *cancellable, GError **error)
{
  const Format *f = jet->format;
  const GArray *pages = g_hash_table_lookup (jet->pages, GUINT_TO_POINTER (table));
  g_autoptr (GArray) moved = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint p = 0; pages != NULL && p < pages->len; p++)
    {
      if (p % 256 == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      const guint8 *data = peek_page (jet, g_array_index (pages, guint32, p), error);
      if (data == NULL)
        return FALSE;
      guint n_rows = rows_of_page (f, data);
      for (guint i = 0; i < n_rows; i++)
        {
          guint entry = row_entry (f, data, i), start = entry & ROW_OFFSET;
          Row row;
          if ((entry & ROW_DELETED) != 0)
            continue;
          if ((entry & ROW_ELSEWHERE) != 0 && start + 4 <= f->page_size)
            {
              guint32 pointer = plateau_le_u32 (data + start);
              g_array_append_val (moved, pointer);
            }
          else if (row_at (f, data, i, &row))
            func (jet, &row, user_data);
        }
    }
  for (guint i = 0; i < moved->len; i++)
    follow_row (jet, g_array_index (moved, guint32, i), func, user_data);
  return TRUE;
}

static const Column *
find_column (const GArray *columns, const char *name)
{
  for (guint i = 0; i < columns->len; i++)
    if (g_ascii_strcasecmp (g_array_index (columns, Column, i).name, name) == 0)
      return &g_array_index (columns, Column, i);
  return NULL;
}

typedef struct
{
  const Column *id, *name, *type;
} Catalog;

static void
add_table (PlateauJet *jet, const Row *row, gpointer user_data)
{
  const Catalog *catalog = user_data;
  const double a_table = 1;
  if (jet->tables->len >= MAX_TABLES || row_number (jet->format, row, catalog->type) != a_table)
    return;
  double id = row_number (jet->format, row, catalog->id);
  char *name = row_text (jet, row, catalog->name);
  if (name == NULL || isnan (id))
    {
      g_free (name);
      return;
    }
  guint32 page = (guint32) (gint64) id & 0xFFFFFF;
  g_ptr_array_add (jet->tables, name);
  g_array_append_val (jet->tables_at, page);
}

static gboolean
read_catalog (PlateauJet *jet, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) columns = read_columns (jet, CATALOG_PAGE);
  Catalog catalog = { NULL };
  if (columns != NULL)
    catalog = (Catalog){ find_column (columns, "Id"), find_column (columns, "Name"),
                         find_column (columns, "Type") };
  if (catalog.id == NULL || catalog.name == NULL || catalog.type == NULL)
    {
      g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_ENCRYPTED,
                   _ ("“%s”: the list of tables of this Access database cannot be read: it is "
                      "damaged, or the database is protected by a password."),
                   plateau_input_get_name (jet->input));
      return FALSE;
    }
  return each_row (jet, CATALOG_PAGE, add_table, &catalog, cancellable, error);
}

/**
 * plateau_jet_open:
 * @input: a file that begins like a Jet database
 *
 * Returns: (transfer full) (nullable): the database, or NULL with @error set when it is none, or
 *   its list of tables cannot be read
 */
PlateauJet *
plateau_jet_open (PlateauInput *input, GCancellable *cancellable, GError **error)
{
  const guint8 *head = plateau_input_peek (input, 0, 128, error);
  if (head == NULL)
    return NULL;
  if (memcmp (head + 4, "Standard Jet DB", 15) != 0
      && memcmp (head + 4, "Standard ACE DB", 15) != 0)
    {
      g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_INVALID,
                   _ ("“%s” does not begin like an Access database (.res): it is another file of "
                      "that name, or damaged. Copy it again, or choose another reader."),
                   plateau_input_get_name (input));
      return NULL;
    }
  g_autoptr (PlateauJet) jet = g_new0 (PlateauJet, 1);
  jet->format = head[0x14] == 0 ? &jet3 : &jet4;
  jet->input = g_object_ref (input);
  jet->n_pages = (guint32) MIN (plateau_input_get_size (input) / jet->format->page_size, 0xFFFFFF);
  jet->pages = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
  jet->tables = g_ptr_array_new_with_free_func (g_free);
  jet->tables_at = g_array_new (FALSE, FALSE, sizeof (guint32));
  if (!list_pages (jet, cancellable, error) || !read_catalog (jet, cancellable, error))
    return NULL;
  return g_steal_pointer (&jet);
}

/**
 * plateau_jet_close:
 * @jet: (transfer full): a database
 */
void
plateau_jet_close (PlateauJet *jet)
{
  g_hash_table_unref (jet->pages);
  g_ptr_array_unref (jet->tables);
  g_array_unref (jet->tables_at);
  g_object_unref (jet->input);
  g_free (jet);
}

static gboolean
find_table (PlateauJet *jet, const char *table, guint32 *page)
{
  for (guint i = 0; i < jet->tables->len; i++)
    if (g_ascii_strcasecmp (jet->tables->pdata[i], table) == 0)
      {
        *page = g_array_index (jet->tables_at, guint32, i);
        return TRUE;
      }
  return FALSE;
}

/**
 * plateau_jet_has_table:
 *
 * Returns: whether there is a table of that name
 */
gboolean
plateau_jet_has_table (PlateauJet *jet, const char *table)
{
  guint32 page;
  return find_table (jet, table, &page);
}

/**
 * plateau_jet_list_tables:
 *
 * Returns: (transfer full): the names of the tables that are not the database's own, for a message
 */
char *
plateau_jet_list_tables (PlateauJet *jet)
{
  g_autoptr (GString) list = g_string_new (NULL);
  for (guint i = 0; i < jet->tables->len && list->len < 300; i++)
    if (!g_str_has_prefix (jet->tables->pdata[i], "MSys"))
      g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "",
                              (const char *) jet->tables->pdata[i]);
  return list->len > 0 ? g_string_free (g_steal_pointer (&list), FALSE) : g_strdup (_ ("none"));
}

typedef struct
{
  PlateauJetTable *table;
  const GArray *columns;
  gsize allocated;
  guint64 budget; /* bytes: rows of a damaged page may lie over one another */
  gboolean exhausted;
} Filling;

static void
add_row (PlateauJet *jet, const Row *row, gpointer user_data)
{
  Filling *filling = user_data;
  PlateauJetTable *table = filling->table;
  guint64 size = 8 * (guint64) table->n_columns;
  filling->exhausted = filling->exhausted || filling->budget < size;
  if (filling->exhausted)
    return;
  filling->budget -= size;
  if (table->n_rows == filling->allocated)
    {
      filling->allocated = filling->allocated * 3 / 2 + 256;
      for (guint c = 0; c < table->n_columns; c++)
        if (table->numbers[c] != NULL)
          table->numbers[c] = g_renew (double, table->numbers[c], filling->allocated);
        else
          table->texts[c] = g_renew (char *, table->texts[c], filling->allocated);
    }
  for (guint c = 0; c < table->n_columns; c++)
    {
      const Column *column = &g_array_index (filling->columns, Column, c);
      if (table->numbers[c] != NULL)
        table->numbers[c][table->n_rows] = row_number (jet->format, row, column);
      else
        {
          char *text = row_text (jet, row, column);
          table->texts[c][table->n_rows] = text;
          filling->budget -= MIN (filling->budget, text != NULL ? strlen (text) + 32 : 0);
        }
    }
  table->n_rows++;
}

static PlateauJetTable *
table_new (const GArray *columns, gboolean with_text)
{
  PlateauJetTable *table = g_new0 (PlateauJetTable, 1);
  table->n_columns = columns->len;
  table->names = g_new0 (char *, columns->len + 1);
  table->numbers = g_new0 (double *, columns->len + 1);
  table->texts = g_new0 (char **, columns->len + 1);
  for (guint c = 0; c < columns->len; c++)
    {
      const Column *column = &g_array_index (columns, Column, c);
      table->names[c] = g_strdup (column->name);
      if (column->type == TYPE_TEXT && with_text)
        table->texts[c] = g_new (char *, 1);
      else
        table->numbers[c] = g_new (double, 1);
    }
  return table;
}

/**
 * plateau_jet_read_table:
 * @table: name of a table
 * @with_text: whether columns of text are wanted; else they are NaN
 *
 * Reads all rows in the order of the pages, which is not the order in which they were written.
 *
 * Returns: (transfer full) (nullable): the table, or NULL with @error set
 */
PlateauJetTable *
plateau_jet_read_table (PlateauJet *jet, const char *table_name, gboolean with_text,
                        GCancellable *cancellable, GError **error)
{
  guint32 page;
  gboolean known = find_table (jet, table_name, &page);
  g_autoptr (GArray) columns = known ? read_columns (jet, page) : NULL;
  if (columns == NULL)
    {
      g_autofree char *tables = plateau_jet_list_tables (jet);
      g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_INVALID,
                   known ? _ ("“%s”: the table “%s” is damaged (tables: %s).")
                         : _ ("“%s” has no table “%s”; it has: %s. The database is cut, or is not "
                              "of Arbin MITS: copy it again."),
                   plateau_input_get_name (jet->input), table_name, tables);
      return NULL;
    }
  g_autoptr (PlateauJetTable) table = table_new (columns, with_text);
  guint64 size = plateau_input_get_size (jet->input);
  Filling filling = { table, columns, 1, 2 * size + (16 << 20), FALSE };
  if (!each_row (jet, page, add_row, &filling, cancellable, error))
    return NULL;
  if (filling.exhausted)
    {
      g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_LIMIT,
                   _ ("“%s”: the table “%s” would be larger than the file can hold. The file is "
                      "damaged."),
                   plateau_input_get_name (jet->input), table_name);
      return NULL;
    }
  return g_steal_pointer (&table);
}

/**
 * plateau_jet_table_free:
 * @table: (transfer full): a table
 */
void
plateau_jet_table_free (PlateauJetTable *table)
{
  for (guint c = 0; c < table->n_columns; c++)
    {
      g_free (table->names[c]);
      g_free (table->numbers[c]);
      for (gsize r = 0; table->texts[c] != NULL && r < table->n_rows; r++)
        g_free (table->texts[c][r]);
      g_free (table->texts[c]);
    }
  g_free (table->names);
  g_free (table->numbers);
  g_free (table->texts);
  g_free (table);
}

/**
 * plateau_jet_table_find:
 *
 * Returns: the index of the column, upper and lower case alike; -1 when there is none
 */
int
plateau_jet_table_find (const PlateauJetTable *table, const char *column)
{
  for (guint c = 0; c < table->n_columns; c++)
    if (g_ascii_strcasecmp (table->names[c], column) == 0)
      return (int) c;
  return -1;
}
