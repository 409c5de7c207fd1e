/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-error.h"
#include "readers/plateau-reader.h"
#include "readers/plateau-reader-table.h"
#include "readers/plateau-xlsx.h"

#include <glib/gi18n.h>

/* Workbooks (.xlsx) of Arbin, Neware, LAND and anyone: their sheets become text tables. */

static guint
score (const PlateauProbe *probe)
{
  if (!plateau_zip_is_zip (probe->head, probe->head_length))
    return g_str_has_suffix (probe->name, ".xlsx") ? 15 : 0;
  /* Workbooks as their own programs write them begin with the list of types. */
  if (plateau_zip_lists (probe->head, probe->head_length, "xl/")
      || plateau_zip_lists (probe->head, probe->head_length, "[Content_Types].xml"))
    return 90;
  return g_str_has_suffix (probe->name, ".xlsx") || g_str_has_suffix (probe->name, ".xlsm") ? 85
                                                                                            : 0;
}

static gboolean
read_xlsx (PlateauInput *input, const PlateauReadOptions *options, GPtrArray *measurements,
           GCancellable *cancellable, GError **error)
{
  g_autoptr (PlateauZip) zip = plateau_zip_open (input, error);
  if (zip == NULL)
    return FALSE;
  if (!plateau_zip_has (zip, "xl/workbook.xml"))
    {
      g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_UNKNOWN_FORMAT,
                   plateau_zip_has (zip, "xl/workbook.bin") ? _ (
                       "“%s” is a binary workbook (.xlsb). Save it as .xlsx and open it again.")
                       : _ ("“%s” is a zip archive, but no workbook (.xlsx)."),
                   plateau_input_get_name (input));
      return FALSE;
    }
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray)
      sheets = plateau_xlsx_read_sheets (zip, input, warnings, cancellable, error);
  if (sheets == NULL)
    return FALSE;
  gboolean arbin = FALSE;
  for (guint i = 0; i < sheets->len; i++)
    {
      const PlateauSheet *sheet = sheets->pdata[i];
      arbin |= g_ascii_strcasecmp (sheet->name, "Global_Info") == 0;
    }
  return plateau_workbook_read (input, sheets, warnings, arbin ? "Arbin" : NULL, options,
                                measurements, cancellable, error);
}

static const char *const suffixes[] = { "xlsx", "xlsm", NULL };

const PlateauReader plateau_reader_xlsx = {
  .id = "xlsx",
  .label = N_ ("Workbook (.xlsx) of Arbin, Neware, LAND and others"),
  .suffixes = suffixes,
  .version = 1,
  .score = score,
  .read = read_xlsx,
};
