/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ivium text of cycling: a line of heads like "time /s  I /mA  E /V", columns apart by blanks or
 * tabs. */
#include "readers/plateau-reader-table.h"
#include "readers/plateau-text-reader.h"

#include <glib/gi18n.h>
#include <string.h>

static gboolean
is_header (const char *line)
{
  const char *p = line + strspn (line, " \t\"");
  gsize end = strcspn (p, "\r\n");
  g_autofree char *own = g_strndup (p, end);
  return (g_str_has_prefix (own, "time /s") || g_str_has_prefix (own, "time/s"))
         && (strstr (own, "I /") != NULL || strstr (own, "I/") != NULL)
         && (strstr (own, "E /") != NULL || strstr (own, "E/") != NULL)
         && strstr (own, "Ewe") == NULL;
}

static guint
score_ivium (const PlateauProbe *probe)
{
  if (probe->text == NULL)
    return 0;
  g_auto (GStrv) lines = g_strsplit_set (probe->text, "\n", 100);
  for (guint i = 0; lines[i] != NULL; i++)
    if (is_header (lines[i]))
      return 72;
  return 0;
}

/* The blank before the slash would part name and unit where blanks part the columns. */
static gboolean
find_ivium (GPtrArray *lines, PlateauTextLayout *layout)
{
  for (guint i = 0; i < lines->len; i++)
    {
      if (!is_header (lines->pdata[i]))
        continue;
      g_auto (GStrv) parts = g_strsplit (lines->pdata[i], " /", -1);
      g_free (lines->pdata[i]);
      lines->pdata[i] = g_strjoinv ("/", parts);
      return plateau_text_set_header (lines, i, layout);
    }
  return FALSE;
}

static gboolean
read_ivium (PlateauInput *input, const PlateauReadOptions *options, GPtrArray *measurements,
            GCancellable *cancellable, GError **error)
{
  static const PlateauTextFormat format = { .instrument = "Ivium", .find = find_ivium };
  return plateau_text_read_file (input, options, &format, measurements, cancellable, error);
}

static const char *const suffixes[] = { "txt", "csv", NULL };

const PlateauReader plateau_reader_ivium = {
  .id = "ivium-text",
  .label = N_ ("Ivium text"),
  .suffixes = suffixes,
  .version = 1,
  .experimental = TRUE,
  .score = score_ivium,
  .read = read_ivium,
};
