/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-ranges.h"

#include <glib/gi18n.h>

typedef struct
{
  guint first, last;
} Range;

static gboolean
parse_range (const char *text, Range *range)
{
  guint64 value;
  const char *dash = strchr (text, '-');
  g_autofree char *head = dash != NULL ? g_strndup (text, (gsize) (dash - text)) : g_strdup (text);
  g_strstrip (head);
  if (!g_ascii_string_to_unsigned (head, 10, 0, G_MAXUINT, &value, NULL))
    return FALSE;
  range->first = range->last = (guint) value;
  if (dash == NULL)
    return TRUE;
  g_autofree char *tail = g_strstrip (g_strdup (dash + 1));
  if (tail[0] == '\0')
    {
      range->last = G_MAXUINT;
      return TRUE;
    }
  if (!g_ascii_string_to_unsigned (tail, 10, 0, G_MAXUINT, &value, NULL))
    return FALSE;
  range->last = (guint) value;
  return range->last >= range->first;
}

GArray *
cli_ranges_parse (const char *option, const char *text, GError **error)
{
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (Range));
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  for (gsize i = 0; parts[i] != NULL; i++)
    {
      Range range;
      if (!parse_range (g_strstrip (parts[i]), &range))
        {
          g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       _ ("--%s: “%s” is not a list of numbers and ranges like 1,2,10-100"), option,
                       text);
          return NULL;
        }
      g_array_append_val (ranges, range);
    }
  return g_steal_pointer (&ranges);
}

gboolean
cli_ranges_contain (GArray *ranges, guint number)
{
  if (ranges == NULL)
    return TRUE;
  for (guint i = 0; i < ranges->len; i++)
    {
      const Range *range = &g_array_index (ranges, Range, i);
      if (number >= range->first && number <= range->last)
        return TRUE;
    }
  return FALSE;
}
