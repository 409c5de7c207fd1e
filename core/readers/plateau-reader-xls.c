/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-error.h"
#include "readers/plateau-biff.h"
#include "readers/plateau-ole.h"
#include "readers/plateau-reader.h"
#include "readers/plateau-reader-table.h"

#include <glib/gi18n.h>

/* Old workbooks (.xls), and what else comes in their container: protected new workbooks. A file
 * named .xls that is text or a web page is left to the readers of these. */

static guint
score (const PlateauProbe *probe)
{
  if (plateau_ole_is_ole (probe->head, probe->head_length))
    return 90;
  return probe->text == NULL && g_str_has_suffix (probe->name, ".xls") ? 15 : 0;
}

static gboolean
read_xls (PlateauInput *input, const PlateauReadOptions *options, GPtrArray *measurements,
          GCancellable *cancellable, GError **error)
{
  g_autoptr (PlateauOle) ole = plateau_ole_open (input, error);
  if (ole == NULL)
    return FALSE;
  if (plateau_ole_has (ole, "EncryptedPackage"))
    {
      g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_ENCRYPTED,
                   _ ("“%s” is protected by a password. Save it without one and open it again."),
                   plateau_input_get_name (input));
      return FALSE;
    }
  const char *name = plateau_ole_has (ole, "Workbook") ? "Workbook" : "Book";
  if (!plateau_ole_has (ole, name))
    {
      g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_UNKNOWN_FORMAT,
                   _ ("“%s” is an old Office file, but no workbook (.xls)."),
                   plateau_input_get_name (input));
      return FALSE;
    }
  gboolean cut;
  g_autoptr (GBytes) stream = plateau_ole_read (ole, name, &cut, error);
  if (stream == NULL)
    return FALSE;
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  if (cut)
    g_ptr_array_add (warnings, g_strdup (_ ("The workbook is cut; it was read up to there.")));
  g_autoptr (GPtrArray)
      sheets = plateau_biff_read_sheets (stream, input, warnings, cancellable, error);
  if (sheets == NULL)
    return FALSE;
  return plateau_workbook_read (input, sheets, warnings, NULL, options, measurements, cancellable,
                                error);
}

static const char *const suffixes[] = { "xls", NULL };

const PlateauReader plateau_reader_xls = {
  .id = "xls",
  .label = N_ ("Old workbook (.xls) of LAND, Neware and others"),
  .suffixes = suffixes,
  .version = 1,
  .experimental = TRUE,
  .score = score,
  .read = read_xls,
};
