/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-masks.h"

#include "base/plateau-number.h"

#include <math.h>

#define SAME_FREQUENCY 1e-6

/* The points, and where those of one spectrum are, so that a long list costs no more than a short
 * one. */
struct _PlateauMasks
{
  GPtrArray *spectra;    /* of GArray of PlateauMaskPoint, in the order of the text */
  GHashTable *by_number; /* PlateauMaskPoint -> GArray, by cell and spectrum */
};

static guint
hash (gconstpointer key)
{
  const PlateauMaskPoint *point = key;
  return g_int64_hash (&point->cell) * 31 + point->spectrum;
}

static gboolean
same_spectrum (gconstpointer a, gconstpointer b)
{
  const PlateauMaskPoint *one = a, *other = b;
  return one->cell == other->cell && one->spectrum == other->spectrum;
}

static GArray *
points_of (PlateauMasks *masks, const PlateauMaskPoint *point, gboolean make)
{
  GArray *points = g_hash_table_lookup (masks->by_number, point);
  if (points == NULL && make)
    {
      points = g_array_new (FALSE, FALSE, sizeof (PlateauMaskPoint));
      g_ptr_array_add (masks->spectra, points);
      g_hash_table_insert (masks->by_number, g_memdup2 (point, sizeof *point), points);
    }
  return points;
}

static int
find (GArray *points, double frequency)
{
  for (guint i = 0; points != NULL && i < points->len; i++)
    if (fabs (g_array_index (points, PlateauMaskPoint, i).frequency - frequency)
        <= SAME_FREQUENCY * frequency)
      return (int) i;
  return -1;
}

static gboolean
parse (const char *item, PlateauMaskPoint *point)
{
  g_auto (GStrv) parts = g_strsplit (item, ":", 3);
  guint64 spectrum;
  return g_strv_length (parts) == 3
         && g_ascii_string_to_signed (parts[0], 10, G_MININT64, G_MAXINT64, &point->cell, NULL)
         && g_ascii_string_to_unsigned (parts[1], 10, 1, G_MAXUINT, &spectrum, NULL)
         && (point->spectrum = (guint) spectrum) > 0
         && plateau_parse_number (parts[2], &point->frequency);
}

/**
 * plateau_masks_new:
 * @text: (nullable): masks as a project keeps them; items that are none are passed over
 *
 * Returns: (transfer full): the points
 */
PlateauMasks *
plateau_masks_new (const char *text)
{
  g_auto (GStrv) items = g_strsplit (text != NULL ? text : "", ";", -1);
  PlateauMasks *masks = g_new0 (PlateauMasks, 1);
  masks->spectra = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  masks->by_number = g_hash_table_new_full (hash, same_spectrum, g_free, NULL);
  for (guint i = 0; items[i] != NULL; i++)
    {
      PlateauMaskPoint point;
      if (parse (items[i], &point) && !plateau_masks_contain (masks, &point))
        g_array_append_val (points_of (masks, &point, TRUE), point);
    }
  return masks;
}

void
plateau_masks_free (PlateauMasks *masks)
{
  g_hash_table_unref (masks->by_number);
  g_ptr_array_unref (masks->spectra);
  g_free (masks);
}

/**
 * plateau_masks_contain:
 *
 * Returns: whether the point is left out; frequencies are the same within 1e-6 of their value
 */
gboolean
plateau_masks_contain (PlateauMasks *masks, const PlateauMaskPoint *point)
{
  return find (points_of (masks, point, FALSE), point->frequency) >= 0;
}

/**
 * plateau_masks_toggle:
 * @points: (array length=n): points that are chosen together
 *
 * Adds the points that are not masked; when all of them are, takes them all out.
 *
 * Returns: whether points were added
 */
gboolean
plateau_masks_toggle (PlateauMasks *masks, const PlateauMaskPoint *points, guint n)
{
  gboolean added = FALSE;
  for (guint i = 0; i < n; i++)
    if (!plateau_masks_contain (masks, &points[i]))
      {
        g_array_append_val (points_of (masks, &points[i], TRUE), points[i]);
        added = TRUE;
      }
  for (guint i = 0; !added && i < n; i++)
    {
      GArray *of_spectrum = points_of (masks, &points[i], FALSE);
      int at = find (of_spectrum, points[i].frequency);
      if (at >= 0)
        g_array_remove_index (of_spectrum, (guint) at);
    }
  return added;
}

/**
 * plateau_masks_to_text:
 *
 * Returns: (transfer full): the points as a project keeps them, "" for none
 */
char *
plateau_masks_to_text (PlateauMasks *masks)
{
  GString *text = g_string_new (NULL);
  for (guint s = 0; s < masks->spectra->len; s++)
    {
      GArray *points = masks->spectra->pdata[s];
      for (guint i = 0; i < points->len; i++)
        {
          const PlateauMaskPoint *point = &g_array_index (points, PlateauMaskPoint, i);
          g_autofree char *number = plateau_format_double (point->frequency);
          g_string_append_printf (text, "%s%" G_GINT64_FORMAT ":%u:%s", text->len > 0 ? ";" : "",
                                  point->cell, point->spectrum, number);
        }
    }
  return g_string_free (text, FALSE);
}
