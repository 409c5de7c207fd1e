/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/plateau-text-shape.h"

#include "base/plateau-error.h"
#include "readers/plateau-text-reader.h"

#include <glib/gi18n.h>
#include <string.h>

enum
{
  HEAD_LINES = 300,
  N_SAMPLES = 5,
};

/* Separator and column heads in order, folded: what files of one export setting share. Numbers of
 * the file (dates, names in the preamble) do not enter. */
static char *
make_fingerprint (PlateauTextTable *table, const PlateauTextLayout *layout)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (sum, (const guchar *) &layout->dialect.separator, 1);
  for (guint i = 0; i < table->columns->len; i++)
    {
      const PlateauTextColumn *column = table->columns->pdata[i];
      g_autofree char *folded = plateau_header_fold (column->header);
      g_checksum_update (sum, (const guchar *) folded, (gssize) strlen (folded) + 1);
    }
  return g_strdup (g_checksum_get_string (sum));
}

static char **
take_samples (GPtrArray *lines, const PlateauTextLayout *layout, guint column)
{
  g_autoptr (GPtrArray) samples = g_ptr_array_new ();
  for (guint i = layout->first_row; i < lines->len && samples->len < N_SAMPLES; i++)
    {
      g_auto (GStrv) fields = plateau_text_split (lines->pdata[i], layout->dialect.separator);
      if (column < g_strv_length (fields))
        g_ptr_array_add (samples, g_strdup (fields[column]));
    }
  g_ptr_array_add (samples, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&samples), FALSE);
}

/**
 * plateau_text_shape_new:
 * @input: a text file
 * @options: (nullable): columns and units that are named already
 *
 * Looks at the beginning of @input.
 *
 * Returns: (transfer full) (nullable): the columns of its table, or NULL with @error set:
 *   PLATEAU_READER_ERROR_NO_DATA when no table is found
 */
PlateauTextShape *
plateau_text_shape_new (PlateauInput *input, const PlateauReadOptions *options,
                        GCancellable *cancellable, GError **error)
{
  static const PlateauReadOptions defaults = PLATEAU_READ_OPTIONS_INIT;
  g_return_val_if_fail (PLATEAU_IS_INPUT (input), NULL);
  if (options == NULL)
    options = &defaults;
  g_autoptr (PlateauText) text = plateau_text_new (input, options->encoding, cancellable, error);
  if (text == NULL)
    return NULL;
  g_autoptr (GPtrArray) lines = plateau_text_head (text, HEAD_LINES, error);
  if (lines == NULL)
    return NULL;
  PlateauTextLayout layout;
  if (!plateau_text_find_layout (lines, options, &layout))
    {
      g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_NO_DATA,
                   _ ("“%s” holds no table of numbers"), plateau_input_get_name (input));
      return NULL;
    }
  g_autoptr (PlateauTextTable) table = plateau_text_describe_layout (lines, &layout, options, NULL);
  plateau_text_sample (table, lines, layout.first_row);
  PlateauTextShape *shape = g_new0 (PlateauTextShape, 1);
  shape->fingerprint = make_fingerprint (table, &layout);
  shape->header_line = layout.header_line != G_MAXUINT ? layout.header_line + 1 : 0;
  shape->separator = layout.dialect.separator;
  shape->decimal_mark = layout.dialect.decimal_mark;
  shape->n_columns = table->columns->len;
  shape->columns = g_new0 (PlateauShapeColumn, MAX (shape->n_columns, 1));
  for (guint i = 0; i < shape->n_columns; i++)
    {
      const PlateauTextColumn *column = table->columns->pdata[i];
      gboolean skipped = column->kind == PLATEAU_TEXT_SKIP;
      shape->columns[i] = (PlateauShapeColumn){
        .name = g_strdup (column->header),
        .quantity = skipped ? PLATEAU_QUANTITY_OTHER : column->quantity,
        .unit = skipped ? NULL : column->unit,
        .unit_assumed = !skipped && column->unit_assumed,
        .samples = take_samples (lines, &layout, i),
      };
    }
  return shape;
}

/**
 * plateau_text_shape_free:
 */
void
plateau_text_shape_free (PlateauTextShape *shape)
{
  if (shape == NULL)
    return;
  for (guint i = 0; i < shape->n_columns; i++)
    {
      g_free (shape->columns[i].name);
      g_strfreev (shape->columns[i].samples);
    }
  g_free (shape->columns);
  g_free (shape->fingerprint);
  g_free (shape);
}
