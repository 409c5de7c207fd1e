/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/plateau-source-check.h"

#define BLOCK 65536
#define ATTRIBUTES                                                                                 \
  G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_TIME_MODIFIED                                \
                                 "," G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC

/**
 * plateau_file_info_get_modified:
 *
 * Returns: the time of modification, Unix time in microseconds; 0 where it is not known
 */
gint64
plateau_file_info_get_modified (GFileInfo *info)
{
  g_autoptr (GDateTime) time = g_file_info_get_modification_date_time (info);
  return time != NULL
             ? g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time)
             : 0;
}

/**
 * plateau_file_sha256:
 *
 * Reads the whole file, a block at a time; for worker threads.
 *
 * Returns: (transfer full): SHA-256 in lower-case hexadecimal, or NULL with @error
 */
char *
plateau_file_sha256 (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guchar *block = g_malloc (BLOCK);
  gssize n = 0;
  if (stream == NULL)
    return NULL;
  while ((n = g_input_stream_read (G_INPUT_STREAM (stream), block, BLOCK, cancellable, error)) > 0)
    g_checksum_update (sum, block, n);
  return n == 0 ? g_strdup (g_checksum_get_string (sum)) : NULL;
}

/**
 * plateau_source_check:
 * @source: a file as it was when it was read
 * @file: (nullable): where to look; NULL: where it was
 * @sha256: (out) (optional) (transfer full): the hash of a file that is the same, NULL where it is
 *   not
 *
 * Compares size and time first and hashes only where they leave it open, or where @sha256 is asked
 * for and the source has none yet. A file with another time but the same hash is the same. Without
 * a hash of the time of reading, another time or size counts as a change. For worker threads.
 *
 * Returns: what has become of the file
 */
PlateauSourceState
plateau_source_check (const PlateauSource *source, GFile *file, GCancellable *cancellable,
                      char **sha256)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) place = file != NULL          ? g_object_ref (file)
                            : source->uri != NULL ? g_file_new_for_uri (source->uri)
                                                  : NULL;
  if (sha256 != NULL)
    *sha256 = NULL;
  if (place == NULL)
    return PLATEAU_SOURCE_UNKNOWN;
  g_autoptr (GFileInfo)
      info = g_file_query_info (place, ATTRIBUTES, G_FILE_QUERY_INFO_NONE, cancellable, &error);
  if (info == NULL)
    return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ? PLATEAU_SOURCE_MISSING
                                                                     : PLATEAU_SOURCE_UNKNOWN;
  if ((guint64) g_file_info_get_size (info) != source->size)
    return PLATEAU_SOURCE_CHANGED;
  gboolean same_time = plateau_file_info_get_modified (info) == source->modified;
  if (source->sha256 == NULL && !same_time)
    return PLATEAU_SOURCE_CHANGED;
  if (same_time && (source->sha256 != NULL || sha256 == NULL))
    {
      if (sha256 != NULL)
        *sha256 = g_strdup (source->sha256);
      return PLATEAU_SOURCE_SAME;
    }
  g_autofree char *found = plateau_file_sha256 (place, cancellable, NULL);
  if (found == NULL)
    return PLATEAU_SOURCE_UNKNOWN;
  if (source->sha256 != NULL && g_strcmp0 (found, source->sha256) != 0)
    return PLATEAU_SOURCE_CHANGED;
  if (sha256 != NULL)
    *sha256 = g_steal_pointer (&found);
  return PLATEAU_SOURCE_SAME;
}
