/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-error.h"
#include "readers/plateau-ods.h"
#include "readers/plateau-reader-table.h"
#include "readers/plateau-reader.h"

#include <glib/gi18n.h>
#include <string.h>

/* OpenDocument spreadsheets: their sheets become text tables like those of .xlsx workbooks. */

#define MEDIA_TYPE "application/vnd.oasis.opendocument.spreadsheet"

static guint
score (const PlateauProbe *probe)
{
  if (!plateau_zip_is_zip (probe->head, probe->head_length))
    return probe->text != NULL && strstr (probe->text, "<office:document") != NULL
                   && strstr (probe->text, MEDIA_TYPE) != NULL
               ? 95
               : 0;
  /* The media type is the first member, not packed, right behind its name. */
  static const char first[] = "mimetype" MEDIA_TYPE;
  const gsize at = 30, length = sizeof first - 1;
  if (probe->head_length >= at + length && memcmp (probe->head + at, first, length) == 0)
    return 95;
  return g_str_has_suffix (probe->name, ".ods") ? 92 : 0;
}

/* A password leaves the archive open and makes its parts unreadable; the list of parts says so. */
static gboolean
check_password (PlateauZip *zip, PlateauInput *input, GError **error)
{
  if (!plateau_zip_has (zip, "META-INF/manifest.xml"))
    return TRUE;
  g_autoptr (GBytes) list = plateau_zip_read (zip, "META-INF/manifest.xml", NULL);
  gsize length = 0;
  const char *text = list != NULL ? g_bytes_get_data (list, &length) : NULL;
  if (text == NULL || g_strstr_len (text, (gssize) length, "encryption-data") == NULL)
    return TRUE;
  g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_ENCRYPTED,
               _ ("“%s” is protected by a password. Save it without one and open it again."),
               plateau_input_get_name (input));
  return FALSE;
}

static gboolean
read_ods (PlateauInput *input, const PlateauReadOptions *options, GPtrArray *measurements,
          GCancellable *cancellable, GError **error)
{
  gsize length;
  const guint8 *head = plateau_input_peek_some (input, 0, 4, &length, error);
  if (head == NULL)
    return FALSE;
  g_autoptr (PlateauZip) zip = NULL;
  if (plateau_zip_is_zip (head, length))
    {
      zip = plateau_zip_open (input, error);
      if (zip == NULL || !check_password (zip, input, error))
        return FALSE;
    }
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) sheets = plateau_ods_read_sheets (zip, input, warnings, cancellable, error);
  return sheets != NULL
         && plateau_workbook_read (input, sheets, warnings, NULL, options, measurements, cancellable,
                                   error);
}

static const char *const suffixes[] = { "ods", "fods", NULL };

const PlateauReader plateau_reader_ods = {
  .id = "ods",
  .label = N_ ("OpenDocument spreadsheet (.ods, .fods)"),
  .suffixes = suffixes,
  .version = 1,
  .experimental = TRUE,
  .score = score,
  .read = read_ods,
};
