/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/plateau-input.h"

#include "base/plateau-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum
{
  WINDOW_SIZE = 1 << 18, /* stays in the second-level cache while it is parsed */
  MAX_RATIO = 200,       /* of unpacked to packed */
};

/* A file without a local path is copied to disk first; beyond this it is no measurement. */
#define SPOOL_LIMIT ((guint64) 8 << 30)

struct _PlateauInput
{
  GObject parent_instance;
  char *name;
  char *uri;
  char *path; /* of the file itself or of its spooled copy */
  gboolean spooled;
  guint64 size;
  guint64 source_size; /* of the file that the content came from */
  char *part;          /* of that file, or NULL */
  gint64 modified;
  const char *reader;
  guint reader_version;

  GBytes *bytes; /* the whole content, or NULL when it is read through fd */
  int fd;
  guint8 *window;
  gsize window_capacity;
  guint64 window_offset;
  gsize window_length;
};

G_DEFINE_FINAL_TYPE (PlateauInput, plateau_input, G_TYPE_OBJECT)

static void
plateau_input_finalize (GObject *object)
{
  PlateauInput *self = PLATEAU_INPUT (object);
  if (self->fd >= 0)
    close (self->fd);
  if (self->spooled)
    g_unlink (self->path);
  g_free (self->window);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->name);
  g_free (self->uri);
  g_free (self->path);
  g_free (self->part);
  G_OBJECT_CLASS (plateau_input_parent_class)->finalize (object);
}

static void
plateau_input_class_init (PlateauInputClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plateau_input_finalize;
}

static void
plateau_input_init (PlateauInput *self)
{
  self->fd = -1;
}

static gboolean
open_local (PlateauInput *self, GError **error)
{
  /* Opening a named pipe would otherwise wait for a writer that may never come. */
  self->fd = g_open (self->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  struct stat status;
  if (self->fd < 0 || fstat (self->fd, &status) < 0)
    {
      int code = errno;
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), _ ("Cannot open “%s”: %s"),
                   self->name, g_strerror (code));
      return FALSE;
    }
  if (!S_ISREG (status.st_mode))
    {
      g_set_error (error, G_IO_ERROR,
                   S_ISDIR (status.st_mode) ? G_IO_ERROR_IS_DIRECTORY : G_IO_ERROR_NOT_REGULAR_FILE,
                   S_ISDIR (status.st_mode) ? _ ("“%s” is a folder, not a file")
                                            : _ ("“%s” is not a regular file"),
                   self->name);
      return FALSE;
    }
  self->size = (guint64) status.st_size;
  if (self->modified == 0)
    self->modified = (gint64) status.st_mtim.tv_sec * G_USEC_PER_SEC
                     + status.st_mtim.tv_nsec / 1000;
  return TRUE;
}

/* @limit: at most this many bytes, with the sentence that is said beyond it. */
static gboolean
copy_stream (GInputStream *from, int to, const char *name, guint64 limit, const char *too_long,
             GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *buffer = g_malloc (WINDOW_SIZE);
  guint64 total = 0;
  for (;;)
    {
      gssize n = g_input_stream_read (from, buffer, WINDOW_SIZE, cancellable, error);
      if (n <= 0)
        return n == 0;
      total += (guint64) n;
      if (total > limit)
        {
          g_set_error_literal (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_LIMIT, too_long);
          return FALSE;
        }
      for (gssize done = 0; done < n;)
        {
          gssize written = write (to, buffer + done, (gsize) (n - done));
          if (written < 0 && errno == EINTR)
            continue;
          if (written < 0)
            {
              int code = errno;
              g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code),
                           _ ("Cannot copy “%s” to the disk for reading: %s"), name,
                           g_strerror (code));
              return FALSE;
            }
          done += written;
        }
    }
}

static gboolean
spool (PlateauInput *self, GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  if (stream == NULL)
    return FALSE;
  g_autoptr (GFileInfo) info = g_file_input_stream_query_info (
      stream, G_FILE_ATTRIBUTE_TIME_MODIFIED "," G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC, cancellable,
      NULL);
  g_autoptr (GDateTime) modified = info != NULL ? g_file_info_get_modification_date_time (info)
                                                : NULL;
  if (modified != NULL)
    self->modified = g_date_time_to_unix (modified) * G_USEC_PER_SEC
                     + g_date_time_get_microsecond (modified);
  int fd = g_file_open_tmp ("plateau-XXXXXX", &self->path, error);
  if (fd < 0)
    return FALSE;
  self->spooled = TRUE;
  g_autofree char *too_long = g_strdup_printf (
      _ ("“%s” is larger than %d GiB. Copy it to a local disk and open it there."), self->name,
      (int) (SPOOL_LIMIT >> 30));
  gboolean copied = copy_stream (G_INPUT_STREAM (stream), fd, self->name, SPOOL_LIMIT, too_long,
                                 cancellable, error);
  close (fd);
  return copied && open_local (self, error);
}

static gboolean
is_gzip (PlateauInput *self)
{
  guint8 head[3];
  return self->size >= 18 && pread (self->fd, head, sizeof head, 0) == sizeof head
         && head[0] == 0x1F && head[1] == 0x8B && head[2] == 8;
}

/* The content of a file that gzip packed takes the place of the file, without ".gz" in its name. */
static gboolean
unpack (PlateauInput *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->path);
  g_autoptr (GFileInputStream) packed = g_file_read (file, cancellable, error);
  g_autofree char *path = NULL;
  int fd = packed != NULL ? g_file_open_tmp ("plateau-XXXXXX", &path, error) : -1;
  if (fd < 0)
    return FALSE;
  g_autoptr (GZlibDecompressor) gzip = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GInputStream)
      content = g_converter_input_stream_new (G_INPUT_STREAM (packed), G_CONVERTER (gzip));
  g_autofree char *too_long = g_strdup_printf (
      _ ("“%s” unpacks to more than %d times its size. No measurement does that; the file is not "
         "read."),
      self->name, MAX_RATIO);
  g_autoptr (GError) problem = NULL;
  gboolean fine = copy_stream (content, fd, self->name, MAX_RATIO * self->size, too_long,
                               cancellable, &problem);
  close (self->fd);
  close (fd);
  if (self->spooled)
    g_unlink (self->path);
  g_free (self->path);
  self->path = g_steal_pointer (&path);
  self->spooled = TRUE;
  self->fd = -1;
  self->source_size = self->size;
  if (!fine && problem->domain == G_IO_ERROR
      && (problem->code == G_IO_ERROR_INVALID_DATA || problem->code == G_IO_ERROR_PARTIAL_INPUT))
    g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_INVALID,
                 _ ("“%s” was packed by gzip and is damaged or cut (%s). Copy it again."),
                 self->name, problem->message);
  else if (!fine)
    g_propagate_error (error, g_steal_pointer (&problem));
  if (g_str_has_suffix (self->name, ".gz"))
    self->name[strlen (self->name) - strlen (".gz")] = '\0';
  return fine && open_local (self, error);
}

/**
 * plateau_input_new_for_file:
 * @file: a file, local or remote
 *
 * Opens @file for reading. A file without a local path is copied to a temporary file that goes
 * with the input, and so is the content of a file that gzip packed.
 *
 * Returns: (transfer full) (nullable): the input, or NULL with @error set (G_IO_ERROR, or
 *   PLATEAU_READER_ERROR_LIMIT for an endless remote file or one that unpacks without end)
 */
PlateauInput *
plateau_input_new_for_file (GFile *file, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_autoptr (PlateauInput) self = g_object_new (PLATEAU_TYPE_INPUT, NULL);
  g_autofree char *base = g_file_get_basename (file);
  self->name = base != NULL ? g_filename_display_name (base) : g_strdup ("");
  self->uri = g_file_get_uri (file);
  self->path = g_file_get_path (file);
  if (self->path != NULL ? !open_local (self, error) : !spool (self, file, cancellable, error))
    return NULL;
  if (is_gzip (self) && !unpack (self, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * plateau_input_new_for_bytes:
 * @bytes: the content
 * @name: what to call it: the name a file of this content would have
 *
 * Returns: (transfer full): an input of content that is already in memory
 */
PlateauInput *
plateau_input_new_for_bytes (GBytes *bytes, const char *name)
{
  g_return_val_if_fail (bytes != NULL && name != NULL, NULL);
  PlateauInput *self = g_object_new (PLATEAU_TYPE_INPUT, NULL);
  self->name = g_strdup (name);
  self->bytes = g_bytes_ref (bytes);
  self->size = g_bytes_get_size (bytes);
  return self;
}

/**
 * plateau_input_new_for_part:
 * @whole: a file that holds several parts: a workbook, an archive
 * @bytes: the content of one, made readable
 * @part: what the part is called
 *
 * Returns: (transfer full): an input of @bytes whose measurements come from @whole
 */
PlateauInput *
plateau_input_new_for_part (PlateauInput *whole, GBytes *bytes, const char *part)
{
  g_return_val_if_fail (PLATEAU_IS_INPUT (whole) && bytes != NULL, NULL);
  PlateauInput *self = plateau_input_new_for_bytes (bytes, whole->name);
  self->uri = g_strdup (whole->uri);
  self->source_size = whole->size;
  self->modified = whole->modified;
  self->reader = whole->reader;
  self->reader_version = whole->reader_version;
  self->part = g_strdup (part);
  return self;
}

/**
 * plateau_input_get_name:
 *
 * Returns: (transfer none): the name to show, UTF-8
 */
const char *
plateau_input_get_name (PlateauInput *input)
{
  g_return_val_if_fail (PLATEAU_IS_INPUT (input), "");
  return input->name;
}

/**
 * plateau_input_get_path:
 *
 * For libraries that insist on opening a file by its path.
 *
 * Returns: (transfer none) (nullable): a local path to the content (possibly a spooled copy), or
 *   NULL when the input is in memory
 */
const char *
plateau_input_get_path (PlateauInput *input)
{
  g_return_val_if_fail (PLATEAU_IS_INPUT (input), NULL);
  return input->path;
}

/**
 * plateau_input_get_size:
 *
 * Returns: the size in bytes when the input was opened
 */
guint64
plateau_input_get_size (PlateauInput *input)
{
  g_return_val_if_fail (PLATEAU_IS_INPUT (input), 0);
  return input->size;
}

static gboolean
read_exactly (PlateauInput *self, guint64 offset, guint8 *to, gsize length, GError **error)
{
  gsize done = 0;
  while (done < length)
    {
      gssize n = pread (self->fd, to + done, length - done, (off_t) (offset + done));
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          int code = errno;
          g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code),
                       _ ("Cannot read “%s” at byte %llu: %s"), self->name,
                       (unsigned long long) (offset + done), g_strerror (code));
          return FALSE;
        }
      if (n == 0)
        {
          g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_TRUNCATED,
                       _ ("“%s” became shorter while it was read: it had %llu bytes and now ends "
                          "at %llu. Read it again."),
                       self->name, (unsigned long long) self->size,
                       (unsigned long long) (offset + done));
          return FALSE;
        }
      done += (gsize) n;
    }
  return TRUE;
}

static const guint8 *
look (PlateauInput *self, guint64 offset, gsize length, GError **error)
{
  if (self->bytes != NULL)
    return (const guint8 *) g_bytes_get_data (self->bytes, NULL) + offset;
  if (offset >= self->window_offset && offset + length <= self->window_offset + self->window_length)
    return self->window + (offset - self->window_offset);

  gsize wanted = (gsize) MIN (MAX ((guint64) length, (guint64) WINDOW_SIZE), self->size - offset);
  if (wanted > self->window_capacity)
    {
      g_free (self->window);
      self->window_capacity = 0;
      self->window = g_try_malloc (wanted);
      if (self->window == NULL)
        {
          self->window_length = 0;
          g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_LIMIT,
                       _ ("“%s” needs more memory than there is"), self->name);
          return NULL;
        }
      self->window_capacity = wanted;
    }
  self->window_length = 0;
  if (!read_exactly (self, offset, self->window, wanted, error))
    return NULL;
  self->window_offset = offset;
  self->window_length = wanted;
  return self->window;
}

/**
 * plateau_input_peek:
 * @offset: from the beginning of the content
 * @length: bytes wanted, at least 1
 *
 * Looks at exactly @length bytes.
 *
 * Returns: (transfer none) (nullable): the bytes, good until the next look at @input, or NULL with
 *   @error set: PLATEAU_READER_ERROR_TRUNCATED when the content ends before @offset + @length
 */
const guint8 *
plateau_input_peek (PlateauInput *input, guint64 offset, gsize length, GError **error)
{
  g_return_val_if_fail (PLATEAU_IS_INPUT (input), NULL);
  if (offset > input->size || length > input->size - offset)
    {
      g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_TRUNCATED,
                   _ ("“%s” ends at byte %llu, but %zu bytes were expected at byte %llu. The file "
                      "is incomplete or damaged: copy it again from where it was recorded."),
                   input->name, (unsigned long long) input->size, length,
                   (unsigned long long) offset);
      return NULL;
    }
  if (length == 0)
    return (const guint8 *) "";
  return look (input, offset, length, error);
}

/**
 * plateau_input_peek_some:
 * @offset: from the beginning of the content
 * @wanted: bytes wanted
 * @length: (out): bytes got; fewer than @wanted only at the end of the content
 *
 * Looks at up to @wanted bytes.
 *
 * Returns: (transfer none) (nullable): the bytes, good until the next look at @input (with @length
 *   0 at or behind the end), or NULL with @error set when the file cannot be read
 */
const guint8 *
plateau_input_peek_some (PlateauInput *input, guint64 offset, gsize wanted, gsize *length,
                         GError **error)
{
  g_return_val_if_fail (PLATEAU_IS_INPUT (input) && length != NULL, NULL);
  *length = 0;
  if (offset >= input->size || wanted == 0)
    return (const guint8 *) "";
  gsize n = (gsize) MIN ((guint64) wanted, input->size - offset);
  const guint8 *data = look (input, offset, n, error);
  if (data != NULL)
    *length = n;
  return data;
}

/**
 * plateau_input_read_all:
 * @limit: the largest size that a sane file of the kind has
 *
 * The whole content in memory, for formats that cannot be read in order.
 *
 * Returns: (transfer full) (nullable): the content, or NULL with @error set:
 *   PLATEAU_READER_ERROR_LIMIT when it is larger than @limit
 */
GBytes *
plateau_input_read_all (PlateauInput *input, guint64 limit, GError **error)
{
  g_return_val_if_fail (PLATEAU_IS_INPUT (input), NULL);
  if (input->size > limit)
    {
      g_autofree char *size = g_format_size (input->size);
      g_autofree char *most = g_format_size (limit);
      g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_LIMIT,
                   _ ("“%s” has %s; files of this kind are read up to %s"), input->name, size,
                   most);
      return NULL;
    }
  if (input->bytes != NULL)
    return g_bytes_ref (input->bytes);
  g_autofree guint8 *data = g_try_malloc (MAX (input->size, 1));
  if (data == NULL)
    {
      g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_LIMIT,
                   _ ("“%s” needs more memory than there is"), input->name);
      return NULL;
    }
  if (!read_exactly (input, 0, data, (gsize) input->size, error))
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&data), (gsize) input->size);
}

/**
 * plateau_input_set_reader:
 * @id: (nullable): id of the reader that reads @input now; a static string
 * @version: its version
 *
 * Goes into the source of the measurements made from @input; plateau_read_input() calls it.
 */
void
plateau_input_set_reader (PlateauInput *input, const char *id, guint version)
{
  g_return_if_fail (PLATEAU_IS_INPUT (input));
  input->reader = id;
  input->reader_version = version;
}

/**
 * plateau_input_new_measurement:
 * @part: (nullable): which test or sheet of the file
 *
 * Returns: (transfer full): an empty measurement whose source is @input
 */
PlateauMeasurement *
plateau_input_new_measurement (PlateauInput *input, const char *part)
{
  g_return_val_if_fail (PLATEAU_IS_INPUT (input), NULL);
  PlateauSource *source = plateau_source_new (
      input->uri != NULL ? input->uri : "", input->name,
      input->source_size > 0 ? input->source_size : input->size, input->modified);
  g_free (source->reader);
  source->reader = g_strdup (input->reader);
  source->reader_version = input->reader_version;
  g_free (source->part);
  source->part = g_strdup (part != NULL ? part : input->part);
  return plateau_measurement_new (source);
}
