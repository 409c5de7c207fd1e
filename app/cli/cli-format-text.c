/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-grid.h"
#include "cli-run.h"

#include <string.h>

#define TABLE_DIGITS 6

static void
append_scalars (GString *out, CliSheet *sheet, int digits)
{
  for (guint i = 0; i < sheet->keys->len; i++)
    {
      g_autofree char *text = cli_node_to_text (sheet->values->pdata[i], digits);
      /* One line a key, whatever the text holds. */
      g_strdelimit (text, "\r\n", ' ');
      g_string_append_printf (out, "# %s:%s%s\n", (char *) sheet->keys->pdata[i],
                              text[0] != '\0' ? " " : "", text);
    }
}

static void
append_csv_field (GString *out, const char *text)
{
  if (strpbrk (text, ",\"\r\n") == NULL && text[0] != '#')
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

static void
append_csv_grid (GString *out, CliGrid *grid)
{
  for (guint c = 0; c < grid->columns->len; c++)
    {
      if (c > 0)
        g_string_append_c (out, ',');
      append_csv_field (out, grid->columns->pdata[c]);
    }
  g_string_append_c (out, '\n');
  for (guint r = 0; r < grid->rows->len; r++)
    {
      GPtrArray *row = grid->rows->pdata[r];
      for (guint c = 0; c < grid->columns->len; c++)
        {
          g_autofree char *text = cli_node_to_text (c < row->len ? row->pdata[c] : NULL, 0);
          if (c > 0)
            g_string_append_c (out, ',');
          append_csv_field (out, text);
        }
      g_string_append_c (out, '\n');
    }
}

static gboolean
node_is_number (JsonNode *node)
{
  return node == NULL || JSON_NODE_HOLDS_NULL (node)
         || (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) != G_TYPE_STRING
             && json_node_get_value_type (node) != G_TYPE_BOOLEAN);
}

static guint
text_width (const char *text)
{
  guint width = 0;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      width += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
    }
  return width;
}

static void
append_padded (GString *out, const char *text, guint width, gboolean right)
{
  guint own = text_width (text);
  guint pad = width > own ? width - own : 0;
  if (!right)
    g_string_append (out, text);
  for (guint i = 0; i < pad; i++)
    g_string_append_c (out, ' ');
  if (right)
    g_string_append (out, text);
}

static void
append_table_grid (GString *out, CliGrid *grid)
{
  guint n_columns = grid->columns->len, n_rows = grid->rows->len;
  g_autoptr (GPtrArray) texts = g_ptr_array_new_full (n_columns * n_rows, g_free);
  g_autofree guint *widths = g_new0 (guint, n_columns + 1);
  g_autofree gboolean *right = g_new0 (gboolean, n_columns + 1);
  for (guint c = 0; c < n_columns; c++)
    {
      widths[c] = text_width (grid->columns->pdata[c]);
      right[c] = TRUE;
    }
  for (guint r = 0; r < n_rows; r++)
    for (guint c = 0; c < n_columns; c++)
      {
        GPtrArray *row = grid->rows->pdata[r];
        JsonNode *node = c < row->len ? row->pdata[c] : NULL;
        char *text = cli_node_to_text (node, TABLE_DIGITS);
        g_strdelimit (text, "\r\n\t", ' ');
        g_ptr_array_add (texts, text);
        widths[c] = MAX (widths[c], text_width (text));
        right[c] = right[c] && node_is_number (node);
      }
  for (guint r = 0; r <= n_rows; r++)
    {
      for (guint c = 0; c < n_columns; c++)
        {
          const char *text = r == 0 ? grid->columns->pdata[c]
                                    : texts->pdata[(r - 1) * n_columns + c];
          if (c > 0)
            g_string_append (out, "  ");
          append_padded (out, text, !right[c] && c + 1 == n_columns ? 0 : widths[c], right[c]);
        }
      g_string_append_c (out, '\n');
    }
}

static void
append_results (GString *out, JsonArray *results, int digits, void (*append) (GString *, CliGrid *))
{
  for (guint i = 0; i < json_array_get_length (results); i++)
    {
      g_autoptr (CliSheet) sheet = cli_sheet_new (json_array_get_object_element (results, i));
      if (i > 0)
        g_string_append_c (out, '\n');
      append_scalars (out, sheet, digits);
      for (guint g = 0; g < sheet->grids->len; g++)
        {
          CliGrid *grid = sheet->grids->pdata[g];
          if (g > 0)
            g_string_append_printf (out, "\n# [%s]\n", grid->title);
          append (out, grid);
        }
    }
}

/* Scalars first as "# key: value", then each list as rows of one table. */
void
cli_append_csv (GString *out, JsonArray *results)
{
  append_results (out, results, 0, append_csv_grid);
}

/* The same for eyes: aligned, and numbers cut to what is worth reading. */
void
cli_append_table (GString *out, JsonArray *results)
{
  append_results (out, results, TABLE_DIGITS, append_table_grid);
}
