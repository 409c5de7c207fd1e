/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-table.h"

#include "base/plateau-number.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

typedef struct
{
  char *key, *label;
  const PlateauUnit *unit;
  PlateauColumnType type;
  int digits;
  GArray *numbers;  /* of double; also integers and booleans */
  GPtrArray *texts; /* of nullable char * */
  GPtrArray *names; /* beside them what programs call the same, nullable char * */
} Column;

struct _PlateauTable
{
  char *title;
  GPtrArray *columns;
  GArray *tags;
  guint n_rows;
};

static void
column_free (gpointer data)
{
  Column *column = data;
  g_free (column->key);
  g_free (column->label);
  g_clear_pointer (&column->numbers, g_array_unref);
  g_clear_pointer (&column->texts, g_ptr_array_unref);
  g_clear_pointer (&column->names, g_ptr_array_unref);
  g_free (column);
}

static void
table_clear (gpointer data)
{
  PlateauTable *table = data;
  g_free (table->title);
  g_ptr_array_unref (table->columns);
  g_array_unref (table->tags);
}

static Column *
column_at (PlateauTable *table, guint column)
{
  return g_ptr_array_index (table->columns, column);
}

/**
 * plateau_table_new:
 * @title: what it shows, translated
 *
 * Returns: (transfer full): an empty table
 */
PlateauTable *
plateau_table_new (const char *title)
{
  PlateauTable *table = g_atomic_rc_box_new0 (PlateauTable);
  table->title = g_strdup (title);
  table->columns = g_ptr_array_new_with_free_func (column_free);
  table->tags = g_array_new (FALSE, TRUE, sizeof (gint64));
  return table;
}

PlateauTable *
plateau_table_ref (PlateauTable *table)
{
  return g_atomic_rc_box_acquire (table);
}

void
plateau_table_unref (PlateauTable *table)
{
  g_atomic_rc_box_release_full (table, table_clear);
}

/**
 * plateau_table_add_column:
 * @table: a table without rows
 * @key: stable name with its unit, "discharge_capacity_mAh_g"
 * @label: the head, translated, without the unit
 * @unit_id: (nullable): the unit of the values, an id of the unit table
 * @type: what the cells hold
 * @digits: significant digits a person needs; 0 for integers and booleans; for text the characters
 *   that a narrow view shows before dots, 0: as it likes; negative: that
 *   many decimals
 *
 * Returns: the index of the new column
 */
guint
plateau_table_add_column (PlateauTable *table, const char *key, const char *label,
                          const char *unit_id, PlateauColumnType type, int digits)
{
  g_return_val_if_fail (table->n_rows == 0, 0);
  Column *column = g_new0 (Column, 1);
  column->key = g_strdup (key);
  column->label = g_strdup (label);
  column->unit = unit_id != NULL ? plateau_unit_find (unit_id) : NULL;
  g_warn_if_fail (unit_id == NULL || column->unit != NULL);
  column->type = type;
  column->digits = digits;
  if (type == PLATEAU_COLUMN_TEXT)
    {
      column->texts = g_ptr_array_new_with_free_func (g_free);
      column->names = g_ptr_array_new_with_free_func (g_free);
    }
  else
    column->numbers = g_array_new (FALSE, FALSE, sizeof (double));
  g_ptr_array_add (table->columns, column);
  return table->columns->len - 1;
}

/**
 * plateau_table_add_column_like:
 * @table: a table without rows
 * @other: a table
 * @column: a column of @other
 *
 * Adds a column with the key, head, unit and type of another table's.
 *
 * Returns: the index of the new column
 */
guint
plateau_table_add_column_like (PlateauTable *table, PlateauTable *other, guint column)
{
  const Column *like = column_at (other, column);
  return plateau_table_add_column (table, like->key, like->label,
                                   like->unit != NULL ? like->unit->id : NULL, like->type,
                                   like->digits);
}

/**
 * plateau_table_get_digits:
 * @column: less than plateau_table_get_n_columns()
 *
 * Returns: the digits, or for text the characters, as given to plateau_table_add_column()
 */
int
plateau_table_get_digits (PlateauTable *table, guint column)
{
  return ((const Column *) g_ptr_array_index (table->columns, column))->digits;
}

/**
 * plateau_table_add_row:
 *
 * Returns: the index of a new row of empty cells
 */
guint
plateau_table_add_row (PlateauTable *table)
{
  const double absent = NAN;
  const gint64 no_tag = 0;
  for (guint i = 0; i < table->columns->len; i++)
    {
      Column *column = column_at (table, i);
      if (column->type == PLATEAU_COLUMN_TEXT)
        {
          g_ptr_array_add (column->texts, NULL);
          g_ptr_array_add (column->names, NULL);
        }
      else
        g_array_append_val (column->numbers, absent);
    }
  g_array_append_val (table->tags, no_tag);
  return table->n_rows++;
}

/**
 * plateau_table_set_number:
 * @value: in the unit of the column; NaN: absent; booleans as 0 or 1
 */
void
plateau_table_set_number (PlateauTable *table, guint row, guint column, double value)
{
  Column *c = column_at (table, column);
  g_return_if_fail (c->type != PLATEAU_COLUMN_TEXT && row < table->n_rows);
  g_array_index (c->numbers, double, row) = value;
}

/**
 * plateau_table_set_text:
 * @text: (nullable): the cell of a text column
 */
void
plateau_table_set_text (PlateauTable *table, guint row, guint column, const char *text)
{
  plateau_table_set_word (table, row, column, NULL, text);
}

/**
 * plateau_table_set_word:
 * @name: (nullable): what JSON and separated files with keys hold, the same in every language
 * @text: (nullable): what people read, translated
 */
void
plateau_table_set_word (PlateauTable *table, guint row, guint column, const char *name,
                        const char *text)
{
  Column *c = column_at (table, column);
  g_return_if_fail (c->type == PLATEAU_COLUMN_TEXT && row < table->n_rows);
  g_free (c->texts->pdata[row]);
  g_free (c->names->pdata[row]);
  c->texts->pdata[row] = g_strdup (text);
  c->names->pdata[row] = g_strdup (name);
}

/**
 * plateau_table_copy_cell:
 *
 * Takes over the value of a cell of @from, whose column is of the same type.
 */
void
plateau_table_copy_cell (PlateauTable *table, guint row, guint column, PlateauTable *from,
                         guint from_row, guint from_column)
{
  Column *like = column_at (from, from_column);
  g_return_if_fail (from_row < from->n_rows);
  if (like->type == PLATEAU_COLUMN_TEXT)
    plateau_table_set_word (table, row, column, like->names->pdata[from_row],
                            like->texts->pdata[from_row]);
  else
    plateau_table_set_number (table, row, column, g_array_index (like->numbers, double, from_row));
}

/**
 * plateau_table_set_row_tag:
 * @tag: what the row belongs to (an id of a cell or sample), for selection; 0: nothing
 */
void
plateau_table_set_row_tag (PlateauTable *table, guint row, gint64 tag)
{
  g_return_if_fail (row < table->n_rows);
  g_array_index (table->tags, gint64, row) = tag;
}

const char *
plateau_table_get_title (PlateauTable *table)
{
  return table->title;
}

guint
plateau_table_get_n_columns (PlateauTable *table)
{
  return table->columns->len;
}

guint
plateau_table_get_n_rows (PlateauTable *table)
{
  return table->n_rows;
}

const char *
plateau_table_get_key (PlateauTable *table, guint column)
{
  return column_at (table, column)->key;
}

const char *
plateau_table_get_label (PlateauTable *table, guint column)
{
  return column_at (table, column)->label;
}

/**
 * plateau_table_get_unit:
 *
 * Returns: (transfer none) (nullable): the unit of the column's numbers
 */
const PlateauUnit *
plateau_table_get_unit (PlateauTable *table, guint column)
{
  return column_at (table, column)->unit;
}

/**
 * plateau_table_get_unit_label:
 *
 * Returns: (transfer none): "mAh g⁻¹", or "" for a column without a unit
 */
const char *
plateau_table_get_unit_label (PlateauTable *table, guint column)
{
  const PlateauUnit *unit = column_at (table, column)->unit;
  return unit != NULL ? unit->label : "";
}

PlateauColumnType
plateau_table_get_column_type (PlateauTable *table, guint column)
{
  return column_at (table, column)->type;
}

/**
 * plateau_table_find_column:
 *
 * Returns: the index of the column with @key, or -1
 */
int
plateau_table_find_column (PlateauTable *table, const char *key)
{
  for (guint i = 0; i < table->columns->len; i++)
    if (strcmp (column_at (table, i)->key, key) == 0)
      return (int) i;
  return -1;
}

/**
 * plateau_table_get_number:
 *
 * Returns: the number in the unit of the column; NaN for an empty cell and for text
 */
double
plateau_table_get_number (PlateauTable *table, guint row, guint column)
{
  Column *c = column_at (table, column);
  g_return_val_if_fail (row < table->n_rows, NAN);
  return c->type == PLATEAU_COLUMN_TEXT ? NAN : g_array_index (c->numbers, double, row);
}

/**
 * plateau_table_get_text:
 *
 * Returns: (transfer none) (nullable): the text, NULL for an empty cell and for numbers
 */
const char *
plateau_table_get_text (PlateauTable *table, guint row, guint column)
{
  Column *c = column_at (table, column);
  g_return_val_if_fail (row < table->n_rows, NULL);
  return c->type == PLATEAU_COLUMN_TEXT ? c->texts->pdata[row] : NULL;
}

gint64
plateau_table_get_row_tag (PlateauTable *table, guint row)
{
  g_return_val_if_fail (row < table->n_rows, 0);
  return g_array_index (table->tags, gint64, row);
}

static char *
format_number (const Column *column, double value, gboolean full_precision)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE], format[8];
  if (isnan (value))
    return g_strdup ("");
  if (column->type == PLATEAU_COLUMN_BOOLEAN)
    {
      if (full_precision)
        return g_strdup (value != 0 ? "true" : "false");
      return g_strdup (value != 0 ? _ ("yes") : _ ("no"));
    }
  if (column->type == PLATEAU_COLUMN_INTEGER)
    return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.0f", value));
  if (full_precision || column->digits == 0)
    return plateau_format_double (value);
  if (column->digits < 0)
    g_snprintf (format, sizeof format, "%%.%df", MIN (-column->digits, 15));
  else
    {
      /* Fixed notation where it is readable, so that a column lines up. */
      double magnitude = value == 0 ? 0 : floor (log10 (fabs (value)));
      if (magnitude >= 6 || magnitude < -4)
        g_snprintf (format, sizeof format, "%%.%de", MIN (column->digits - 1, 15));
      else
        g_snprintf (format, sizeof format, "%%.%df", MAX (column->digits - 1 - (int) magnitude, 0));
    }
  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, format, value));
}

/**
 * plateau_table_format_cell:
 *
 * Returns: (transfer full): the cell as a person reads it; "" when empty
 */
char *
plateau_table_format_cell (PlateauTable *table, guint row, guint column)
{
  Column *c = column_at (table, column);
  g_return_val_if_fail (row < table->n_rows, NULL);
  if (c->type != PLATEAU_COLUMN_TEXT)
    return format_number (c, g_array_index (c->numbers, double, row), FALSE);
  const char *text = c->texts->pdata[row];
  return g_strdup (text != NULL ? text : "");
}

/* (nullable) (transfer none) */
static const char *
text_for_programs (const Column *column, guint row)
{
  const char *name = column->names->pdata[row];
  return name != NULL ? name : column->texts->pdata[row];
}

static void
append_field (GString *out, const char *text, char separator)
{
  if (strchr (text, separator) == NULL && strpbrk (text, "\"\r\n") == NULL)
    {
      g_string_append (out, text);
      return;
    }
  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
}

/**
 * plateau_table_to_separated:
 * @separator: ',' for CSV, '\t' for the clipboard
 * @full_precision: TRUE: numbers read back exactly; FALSE: as shown
 *
 * One head line (label and unit for the clipboard, keys for CSV), then the rows; fields quoted
 * where needed (RFC 4180).
 *
 * Returns: (transfer full): the text
 */
char *
plateau_table_to_separated (PlateauTable *table, char separator, gboolean full_precision)
{
  g_autoptr (GString) out = g_string_new (NULL);
  for (guint i = 0; i < table->columns->len; i++)
    {
      Column *c = column_at (table, i);
      if (i > 0)
        g_string_append_c (out, separator);
      if (full_precision)
        append_field (out, c->key, separator);
      else
        {
          g_autofree char *head = c->unit != NULL && c->unit->label[0] != '\0'
                                      ? g_strdup_printf ("%s / %s", c->label, c->unit->label)
                                      : g_strdup (c->label);
          append_field (out, head, separator);
        }
    }
  g_string_append_c (out, '\n');
  for (guint row = 0; row < table->n_rows; row++)
    {
      for (guint i = 0; i < table->columns->len; i++)
        {
          Column *c = column_at (table, i);
          if (i > 0)
            g_string_append_c (out, separator);
          g_autofree char *text = c->type != PLATEAU_COLUMN_TEXT ? format_number (
                                      c, g_array_index (c->numbers, double, row), full_precision)
                                  : full_precision && text_for_programs (c, row) != NULL
                                      ? g_strdup (text_for_programs (c, row))

                                      : plateau_table_format_cell (table, row, i);
          append_field (out, text, separator);
        }
      g_string_append_c (out, '\n');
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static JsonNode *
cell_to_json (const Column *column, guint row)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);
  if (column->type == PLATEAU_COLUMN_TEXT)
    {
      const char *text = text_for_programs (column, row);
      return text != NULL ? json_node_init_string (node, text) : json_node_init_null (node);
    }
  double value = g_array_index (column->numbers, double, row);
  if (!isfinite (value))
    return json_node_init_null (node);
  if (column->type == PLATEAU_COLUMN_BOOLEAN)
    return json_node_init_boolean (node, value != 0);
  if (column->type == PLATEAU_COLUMN_INTEGER)
    return json_node_init_int (node, (gint64) value);
  return json_node_init_double (node, value);
}

/**
 * plateau_table_to_json:
 *
 * Returns: (transfer full): one object a row with the columns' keys; empty cells are null
 */
JsonArray *
plateau_table_to_json (PlateauTable *table)
{
  JsonArray *rows = json_array_sized_new (table->n_rows);
  for (guint row = 0; row < table->n_rows; row++)
    {
      JsonObject *object = json_object_new ();
      for (guint i = 0; i < table->columns->len; i++)
        {
          Column *c = column_at (table, i);
          json_object_set_member (object, c->key, cell_to_json (c, row));
        }
      json_array_add_object_element (rows, object);
    }
  return rows;
}
