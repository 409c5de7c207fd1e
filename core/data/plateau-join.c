/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/plateau-join.h"

#include "data/plateau-naming.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* Files may overlap by as much as clocks are wrong. */
#define CLOCK_TOLERANCE 120.0

typedef struct
{
  PlateauMeasurement *measurement;
  const char *name;
  double start, end; /* Unix time, or NaN */
  gint64 sequence;
  guint index;
} Part;

static void
part_init (Part *part, PlateauMeasurement *measurement, guint index)
{
  const PlateauSource *source = plateau_measurement_get_source (measurement);
  g_autoptr (PlateauNaming) naming = plateau_naming_guess (source->name, NULL, NULL);
  g_autoptr (PlateauRecording) recording = NULL;

  *part = (Part){
    .measurement = measurement, .name = source->name, .index = index, .sequence = naming->sequence
  };
  part->start = plateau_measurement_get_start (measurement);
  part->end = NAN;
  if (plateau_measurement_get_n_rows (measurement) > 0)
    recording = plateau_measurement_ref_recording (measurement, NULL);
  if (recording != NULL)
    {
      gsize n = plateau_recording_get_n_rows (recording);
      const double *clock = plateau_recording_peek (recording, PLATEAU_QUANTITY_CLOCK);
      const double *time = plateau_recording_peek (recording, PLATEAU_QUANTITY_TIME);

      /* The records' own clock is nearer to the data than the head of the file. */
      if (clock != NULL && isfinite (clock[0]) && isfinite (clock[n - 1])
          && clock[n - 1] >= clock[0])
        {
          part->start = clock[0];
          part->end = clock[n - 1];
        }
      else if (time != NULL)
        part->end = part->start + time[n - 1] - time[0];
    }
}

static int
compare_by_start (gconstpointer a, gconstpointer b)
{
  const Part *x = a, *y = b;

  if (x->start != y->start)
    return x->start < y->start ? -1 : 1;
  return plateau_naming_compare (x->name, y->name);
}

static int
compare_by_name (gconstpointer a, gconstpointer b)
{
  const Part *x = a, *y = b;
  int order;

  if (x->sequence >= 0 && y->sequence >= 0 && x->sequence != y->sequence)
    return x->sequence < y->sequence ? -1 : 1;
  order = plateau_naming_compare (x->name, y->name);
  return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

/* Whether @small holds nothing but the first records of @large: the same test, exported earlier. */
static gboolean
is_beginning_of (PlateauMeasurement *small, PlateauMeasurement *large)
{
  const PlateauQuantity quantities[] = { PLATEAU_QUANTITY_TIME, PLATEAU_QUANTITY_POTENTIAL,
                                         PLATEAU_QUANTITY_CURRENT };
  g_autoptr (PlateauRecording) a = plateau_measurement_ref_recording (small, NULL);
  g_autoptr (PlateauRecording) b = plateau_measurement_ref_recording (large, NULL);
  gsize n;
  gboolean any = FALSE;

  if (a == NULL || b == NULL)
    return FALSE;
  n = plateau_recording_get_n_rows (a);
  if (n > plateau_recording_get_n_rows (b) || n < 2)
    return FALSE;
  for (gsize k = 0; k < G_N_ELEMENTS (quantities); k++)
    {
      const double *x = plateau_recording_peek (a, quantities[k]);
      const double *y = plateau_recording_peek (b, quantities[k]);

      if ((x == NULL) != (y == NULL))
        return FALSE;
      if (x == NULL)
        continue;
      if (memcmp (x, y, n * sizeof (double)) != 0)
        return FALSE;
      any = TRUE;
    }
  return any;
}

/* Leaves out files that are copies or earlier exports of others. */
static void
drop_contained (GArray *parts, GPtrArray *notes)
{
  for (guint i = 0; i < parts->len;)
    {
      const Part *part = &g_array_index (parts, Part, i), *whole = NULL;

      for (guint k = 0; whole == NULL && k < parts->len; k++)
        {
          const Part *other = &g_array_index (parts, Part, k);
          guint64 rows = plateau_measurement_get_n_rows (part->measurement);
          guint64 other_rows = plateau_measurement_get_n_rows (other->measurement);

          if (k == i || rows == 0 || rows > other_rows || (rows == other_rows && k > i))
            continue;
          if ((isnan (part->start) || isnan (other->start)
               || fabs (part->start - other->start) <= CLOCK_TOLERANCE)
              && is_beginning_of (part->measurement, other->measurement))
            whole = other;
        }
      if (whole == NULL)
        {
          i++;
          continue;
        }
      if (notes != NULL)
        g_ptr_array_add (notes, g_strdup_printf (_ ("“%s” holds the first records of “%s” again "
                                                    "and was left out."),
                                                 part->name, whole->name));
      g_array_remove_index (parts, i);
    }
}

static void
note_doubts (GArray *parts, gboolean by_start, GPtrArray *notes)
{
  if (notes == NULL || parts->len < 2)
    return;
  if (!by_start)
    g_ptr_array_add (notes, g_strdup_printf (_ ("Not every file says when it was started; %u files "
                                                "were joined in the order of their names."),
                                             parts->len));
  for (guint i = 1; by_start && i < parts->len; i++)
    {
      const Part *before = &g_array_index (parts, Part, i - 1);
      const Part *part = &g_array_index (parts, Part, i);
      double overlap = before->end - part->start;

      if (overlap > CLOCK_TOLERANCE)
        g_ptr_array_add (notes,
                         g_strdup_printf (_ ("“%s” starts %.1f h before “%s” ends. Are they of one "
                                             "cell? They were joined one behind the other."),
                                          part->name, overlap / 3600, before->name));
    }
}

/**
 * plateau_join_order:
 * @measurements: (element-type PlateauMeasurement): of one cell, in any order
 * @notes: (nullable) (element-type utf8): gets a sentence for everything that is uncertain
 *
 * Puts the files of one cell in the order in which they were taken: by the clock of their records
 * or their starting times when all have one, else by dates and part numbers in their names and then
 * by the names. A file that only repeats the first records of another one (an earlier export of
 * a test that went on) is left out.
 *
 * Returns: (transfer container) (element-type PlateauMeasurement): the files to join
 */
GPtrArray *
plateau_join_order (GPtrArray *measurements, GPtrArray *notes)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, TRUE, sizeof (Part));
  GPtrArray *ordered = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_measurement_unref);
  gboolean by_start = TRUE;

  for (guint i = 0; i < measurements->len; i++)
    {
      Part part;
      if (measurements->len == 1)
        {
          g_ptr_array_add (ordered, plateau_measurement_ref (measurements->pdata[0]));
          return ordered;
        }
      part_init (&part, measurements->pdata[i], i);
      by_start = by_start && !isnan (part.start);
      g_array_append_val (parts, part);
    }
  g_array_sort (parts, by_start ? compare_by_start : compare_by_name);
  drop_contained (parts, notes);
  note_doubts (parts, by_start, notes);
  for (guint i = 0; i < parts->len; i++)
    g_ptr_array_add (ordered, plateau_measurement_ref (g_array_index (parts, Part, i).measurement));
  return ordered;
}

/* Parts that number each file, so that the names tell the order. */
static gboolean
names_tell (GArray *parts)
{
  for (guint i = 0; i < parts->len; i++)
    {
      const Part *part = &g_array_index (parts, Part, i);
      if (part->sequence < 0
          || (i > 0 && part->sequence == g_array_index (parts, Part, i - 1).sequence))
        return FALSE;
    }
  return TRUE;
}

/**
 * plateau_join_find_doubt:
 * @measurements: (element-type PlateauMeasurement): of one cell, in any order
 *
 * Whether a person should be asked if these files are of one cell: two of them were taken at the
 * same time, or neither clocks nor part numbers tell which came first. Files of spectra alone, and
 * files that hold the first records of another one again, raise no doubt.
 *
 * Returns: (transfer full) (nullable): a sentence, or %NULL when the files join without a doubt
 */
char *
plateau_join_find_doubt (GPtrArray *measurements)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, TRUE, sizeof (Part));
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  gboolean by_start = TRUE;

  for (guint i = 0; i < measurements->len; i++)
    {
      Part part;
      if (plateau_measurement_get_n_rows (measurements->pdata[i]) == 0)
        continue;
      part_init (&part, measurements->pdata[i], i);
      by_start = by_start && !isnan (part.start);
      g_array_append_val (parts, part);
    }
  g_array_sort (parts, by_start ? compare_by_start : compare_by_name);
  drop_contained (parts, NULL);
  if (parts->len < 2 || (!by_start && names_tell (parts)))
    return NULL;
  note_doubts (parts, by_start, notes);
  g_ptr_array_add (notes, NULL);
  return notes->len > 1 ? g_strjoinv (" ", (char **) notes->pdata) : NULL;
}
