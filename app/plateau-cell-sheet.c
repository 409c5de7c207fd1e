/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-cell-sheet.h"

#include "base/plateau-error.h"
#include "base/plateau-number.h"
#include "base/plateau-separated.h"
#include "plateau-manner.h"

#include <glib/gi18n.h>
#include <string.h>

void
plateau_sheet_report_clear (PlateauSheetReport *report)
{
  g_clear_pointer (&report->first_bad, g_free);
}

char *
plateau_sheet_report_to_text (const PlateauSheetReport *report)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_string_append_printf (text, ngettext ("%u value set.", "%u values set.", report->n_set),
                          report->n_set);
  if (report->n_unknown > 0)
    g_string_append_printf (text,
                            ngettext (" %u row matches no cell by name or channel.",
                                      " %u rows match no cell by name or channel.",
                                      report->n_unknown),
                            report->n_unknown);
  if (report->n_bad > 0)
    g_string_append_printf (text,
                            ngettext (" %u value was left out: %s",
                                      " %u values were left out, the first: %s", report->n_bad),
                            report->n_bad, report->first_bad);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Setting */

static gboolean
set_sample (PlateauDocument *document, PlateauCell *cell, const char *name)
{
  PlateauProject *project = plateau_document_get_project (document);
  g_autofree char *stripped = g_strstrip (g_strdup (name));
  g_autoptr (PlateauSample) sample = NULL;
  if (*stripped != '\0')
    {
      sample = plateau_project_find_sample_named (project, stripped, NULL);
      if (sample != NULL)
        g_object_ref (sample);
      else
        {
          sample = plateau_sample_new (stripped);
          plateau_document_edit (document,
                                 plateau_edit_new_member (project, G_OBJECT (sample), G_MAXINT));
        }
    }
  g_auto (GValue) value = G_VALUE_INIT;
  g_value_init (&value, PLATEAU_TYPE_SAMPLE);
  g_value_set_object (&value, sample);
  plateau_document_edit (document, plateau_edit_new_property (G_OBJECT (cell), "sample", &value));
  return TRUE;
}

const PlateauUnit *
plateau_sheet_get_unit (const PlateauField *field)
{
  const PlateauUnit *unit = field->unit != NULL ? plateau_unit_find (field->unit) : NULL;
  return plateau_notation_get_unit (plateau_manner_get_notation (plateau_manner_get_default ()),
                                    unit);
}

/* A number in one unit as text in another; what is no number is for the field to complain of. */
static char *
convert (const char *text, const PlateauUnit *from, const PlateauUnit *to)
{
  double number;
  if (from == NULL || to == NULL || from == to || *text == '\0'
      || !plateau_parse_number (text, &number))
    return g_strdup (text);
  double value = from->factor == to->factor
                     ? number + (from->offset - to->offset) / to->factor
                     : plateau_unit_from_si (to, plateau_unit_to_si (from, number));
  return plateau_format_significant (value, 12);
}

char *
plateau_sheet_dup_text (PlateauCell *cell, const PlateauField *field)
{
  g_autofree char *text = plateau_field_get_shown (field, cell);
  if (field->unit == NULL)
    return g_steal_pointer (&text);
  return convert (text, plateau_unit_find (field->unit), plateau_sheet_get_unit (field));
}

/* @unit: (nullable): of a number; NULL: as it is shown */
static gboolean
set_in_unit (PlateauDocument *document, PlateauCell *cell, const PlateauField *field,
             const PlateauUnit *unit, const char *shown, GError **error)
{
  g_autofree char *text = field->unit != NULL
                              ? convert (shown, unit != NULL ? unit : plateau_sheet_get_unit (field),
                                         plateau_unit_find (field->unit))
                              : g_strdup (shown);
  if (g_str_equal (field->column, "sample"))
    return set_sample (document, cell, text);
  GObject *object = plateau_field_get_object (field, cell);
  if (object == NULL)
    {
      if (*text == '\0')
        return TRUE;
      g_set_error (error, PLATEAU_DATA_ERROR, PLATEAU_DATA_ERROR_MISSING,
                   _ ("%s belongs to a sample; %s has none yet"), _ (field->label),
                   plateau_cell_get_name (cell));
      return FALSE;
    }
  g_auto (GValue) value = G_VALUE_INIT;
  if (!plateau_field_parse (field, text, &value, error))
    return FALSE;
  plateau_document_edit (document, plateau_edit_new_property (object, field->property, &value));
  return TRUE;
}

gboolean
plateau_sheet_set (PlateauDocument *document, PlateauCell *cell, const PlateauField *field,
                   const char *text, GError **error)
{
  return set_in_unit (document, cell, field, NULL, text, error);
}

static void
set_reported (PlateauDocument *document, PlateauCell *cell, const PlateauField *field,
              const PlateauUnit *unit, const char *text, PlateauSheetReport *report)
{
  g_autoptr (GError) error = NULL;
  if (set_in_unit (document, cell, field, unit, text, &error))
    report->n_set++;
  else if (report->n_bad++ == 0)
    report->first_bad = g_strdup (error->message);
}

/* Pasting */

/* A head as people write it: the column's id, the label, or the label with a unit. */
static const PlateauField *
field_of_head (const char *head)
{
  guint n_fields;
  const PlateauField *fields = plateau_field_list (&n_fields);
  g_autofree char *stripped = g_strstrip (g_strdup (head));
  g_autofree char *folded = g_utf8_casefold (stripped, -1);
  for (guint i = 0; i < n_fields; i++)
    {
      g_autofree char *label = g_utf8_casefold (_ (fields[i].label), -1);
      g_autofree char *plain = g_utf8_casefold (fields[i].label, -1);
      if (g_ascii_strcasecmp (fields[i].column, stripped) == 0 || strcmp (label, folded) == 0
          || strcmp (plain, folded) == 0)
        return &fields[i];
      gsize length = strlen (plain);
      if (strncmp (folded, plain, length) == 0
          && (folded[length] == ' ' || folded[length] == '(' || folded[length] == '/'))
        return &fields[i];
    }
  return NULL;
}

/* The unit that a head names: "Active mass / g", "Temperature (K)"; a column's id has its own. NULL:
 * none, so that it is the one that is shown. */
static const PlateauUnit *
unit_of_head (const PlateauField *field, const char *head)
{
  const PlateauUnit *own = field->unit != NULL ? plateau_unit_find (field->unit) : NULL;
  g_autofree char *name = g_strdelimit (g_strdup (head), "/()[]\n", ' ');
  if (own == NULL)
    return NULL;
  if (g_ascii_strcasecmp (g_strstrip (name), field->column) == 0)
    return own;
  for (const char *word = strchr (name, ' '); word != NULL; word = strchr (word + 1, ' '))
    {
      g_autofree char *rest = g_strstrip (g_strdup (word));
      const PlateauUnit *unit = *rest != '\0' ? plateau_unit_parse (rest, own->dimension) : NULL;
      if (unit != NULL)
        return unit;
    }
  return NULL;
}

static PlateauCell *
cell_of_row (GPtrArray *cells, char **row, char **heads)
{
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; heads[i] != NULL && row[i] != NULL; i++)
      {
        const PlateauField *field = field_of_head (heads[i]);
        const char *wanted = pass == 0 ? "cell" : "channel";
        if (field == NULL || !g_str_equal (field->column, wanted) || *row[i] == '\0')
          continue;
        for (guint k = 0; k < cells->len; k++)
          {
            g_autofree char *text = plateau_field_get_text (field, g_ptr_array_index (cells, k));
            if (g_strcmp0 (text, row[i]) == 0)
              return g_ptr_array_index (cells, k);
          }
      }
  return NULL;
}

static gboolean
has_heads (char **row)
{
  guint n_known = 0, n = 0;
  for (; row[n] != NULL; n++)
    n_known += field_of_head (row[n]) != NULL;
  return n > 1 && n_known >= 2;
}

/* Two columns of names and numbers without heads: the first names the cells. */
static gboolean
first_column_names_cells (GPtrArray *rows, GPtrArray *cells)
{
  char *heads[] = { (char *) "cell", NULL };
  guint n = 0;
  for (guint i = 0; i < rows->len; i++)
    {
      char **row = g_ptr_array_index (rows, i);
      n += g_strv_length (row) >= 2 && cell_of_row (cells, row, heads) != NULL;
    }
  return n > 0 && 2 * n >= rows->len;
}

static void
paste_by_name (PlateauDocument *document, GPtrArray *cells, GPtrArray *rows,
               PlateauSheetReport *report)
{
  char **heads = g_ptr_array_index (rows, 0);
  for (guint i = 1; i < rows->len; i++)
    {
      char **row = g_ptr_array_index (rows, i);
      PlateauCell *cell = cell_of_row (cells, row, heads);
      if (cell == NULL)
        {
          report->n_unknown++;
          continue;
        }
      for (guint k = 0; heads[k] != NULL && row[k] != NULL; k++)
        {
          const PlateauField *field = field_of_head (heads[k]);
          if (field != NULL && !g_str_equal (field->column, "cell") && *row[k] != '\0')
            set_reported (document, cell, field, unit_of_head (field, heads[k]), row[k], report);
        }
    }
}

static void
paste_after_names (PlateauDocument *document, GPtrArray *cells, GPtrArray *rows, guint first_field,
                   PlateauSheetReport *report)
{
  char *heads[] = { (char *) "cell", NULL };
  guint n_fields;
  const PlateauField *fields = plateau_field_list (&n_fields);
  for (guint i = 0; i < rows->len; i++)
    {
      char **row = g_ptr_array_index (rows, i);
      PlateauCell *cell = cell_of_row (cells, row, heads);
      report->n_unknown += cell == NULL;
      for (guint k = 1; cell != NULL && row[k] != NULL && first_field + k - 1 < n_fields; k++)
        set_reported (document, cell, &fields[first_field + k - 1], NULL, row[k], report);
    }
}

static void
paste_by_place (PlateauDocument *document, GPtrArray *cells, GPtrArray *rows, guint first_row,
                guint first_field, PlateauSheetReport *report)
{
  guint n_fields;
  const PlateauField *fields = plateau_field_list (&n_fields);
  for (guint i = 0; i < rows->len; i++)
    {
      char **row = g_ptr_array_index (rows, i);
      if (first_row + i >= cells->len)
        {
          report->n_unknown++;
          continue;
        }
      for (guint k = 0; row[k] != NULL && first_field + k < n_fields; k++)
        set_reported (document, g_ptr_array_index (cells, first_row + i), &fields[first_field + k],
                      NULL, row[k], report);
    }
}

void
plateau_sheet_paste (PlateauDocument *document, GPtrArray *cells, const char *text, guint first_row,
                     guint first_field, PlateauSheetReport *report)
{
  *report = (PlateauSheetReport){ 0 };
  g_autoptr (GPtrArray) rows = plateau_separated_parse (text, plateau_separated_guess (text));
  if (rows->len == 0)
    return;
  plateau_document_begin (document, _ ("Paste values"), NULL);
  if (rows->len > 1 && has_heads (g_ptr_array_index (rows, 0)))
    paste_by_name (document, cells, rows, report);
  else if (first_column_names_cells (rows, cells))
    paste_after_names (document, cells, rows, first_field, report);
  else
    paste_by_place (document, cells, rows, first_row, first_field, report);
  plateau_document_end (document);
}

/* The sheet of the command line */

static char *
files_of_cell (PlateauCell *cell)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < plateau_cell_get_n_measurements (cell); i++)
    {
      const PlateauSource *source = plateau_measurement_get_source (
          plateau_cell_get_measurement (cell, i));
      g_autofree char *path = source->uri != NULL ? g_filename_from_uri (source->uri, NULL, NULL)
                                                  : NULL;
      g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "",
                              path != NULL ? path : source->name);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
plateau_sheet_to_csv (PlateauDocument *document)
{
  guint n_fields;
  const PlateauField *fields = plateau_field_list (&n_fields);
  GListModel *cells = plateau_project_get_cells (plateau_document_get_project (document));
  GString *out = g_string_new ("file");
  for (guint i = 0; i < n_fields; i++)
    g_string_append_printf (out, ",%s", fields[i].column);
  g_string_append_c (out, '\n');
  for (guint i = 0; i < g_list_model_get_n_items (cells); i++)
    {
      g_autoptr (PlateauCell) cell = g_list_model_get_item (cells, i);
      g_autofree char *files = files_of_cell (cell);
      plateau_separated_append (out, files, ',');
      for (guint k = 0; k < n_fields; k++)
        {
          g_autofree char *text = plateau_field_get_text (&fields[k], cell);
          g_string_append_c (out, ',');
          plateau_separated_append (out, text != NULL ? text : "", ',');
        }
      g_string_append_c (out, '\n');
    }
  return g_string_free (out, FALSE);
}
