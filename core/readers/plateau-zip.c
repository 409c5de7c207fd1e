/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "readers/plateau-zip.h"

#include "base/plateau-error.h"
#include "readers/plateau-bytes.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <zip.h>

#ifdef HAVE_LIBDEFLATE
#include <libdeflate.h>
#endif

/* Small members of mostly empty pages pack very well; only large ones can do harm. */
#define HARMLESS_SIZE ((guint64) 1 << 20)
#define MAX_MEMBERS 100000

struct _PlateauZip
{
  PlateauInput *input;
  zip_t *archive;
  guint64 position; /* of the reading callback in the input */
  zip_error_t source_error;
};

struct _PlateauZipMember
{
  PlateauZip *zip;
  char *name;
  zip_file_t *file;
  zip_uint64_t index;
  zip_stat_t status;
  guint64 size, given;
};

static zip_int64_t
source_read (PlateauZip *zip, void *data, zip_uint64_t length)
{
  gsize got;
  const guint8 *bytes = plateau_input_peek_some (zip->input, zip->position,
                                                 (gsize) MIN (length, 128 << 10), &got, NULL);
  if (bytes == NULL)
    {
      zip_error_set (&zip->source_error, ZIP_ER_READ, EIO);
      return -1;
    }
  memcpy (data, bytes, got);
  zip->position += got;
  return (zip_int64_t) got;
}

static zip_int64_t
source_seek (PlateauZip *zip, void *data, zip_uint64_t length)
{
  zip_int64_t to = zip_source_seek_compute_offset (
      zip->position, plateau_input_get_size (zip->input), data, length, &zip->source_error);
  if (to < 0)
    return -1;
  zip->position = (guint64) to;
  return 0;
}

/* libzip reads the archive through this, so the file is looked at in windows and never mapped. */
static zip_int64_t
source_callback (void *user_data, void *data, zip_uint64_t length, zip_source_cmd_t command)
{
  PlateauZip *zip = user_data;
  switch (command)
    {
    case ZIP_SOURCE_OPEN:
      zip->position = 0;
      return 0;
    case ZIP_SOURCE_READ:
      return source_read (zip, data, length);
    case ZIP_SOURCE_CLOSE:
    case ZIP_SOURCE_FREE:
      return 0;
    case ZIP_SOURCE_SEEK:
      return source_seek (zip, data, length);
    case ZIP_SOURCE_TELL:
      return (zip_int64_t) zip->position;
    case ZIP_SOURCE_STAT:
      {
        zip_stat_t *status = data;
        zip_stat_init (status);
        status->size = plateau_input_get_size (zip->input);
        status->valid = ZIP_STAT_SIZE;
        return sizeof *status;
      }
    case ZIP_SOURCE_ERROR:
      return zip_error_to_data (&zip->source_error, data, length);
    case ZIP_SOURCE_SUPPORTS:
      return zip_source_make_command_bitmap (
          ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR,
          ZIP_SOURCE_FREE, ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL, ZIP_SOURCE_SUPPORTS, -1);
    default:
      zip_error_set (&zip->source_error, ZIP_ER_OPNOTSUPP, 0);
      return -1;
    }
}

static gboolean
begins_like_zip (PlateauInput *input)
{
  const guint8 *head = plateau_input_peek (input, 0, 2, NULL);
  return head != NULL && head[0] == 'P' && head[1] == 'K';
}

/**
 * plateau_zip_open:
 * @input: a file that begins like a zip archive
 *
 * Returns: (transfer full) (nullable): the archive, or NULL with @error set when its directory
 *   cannot be read (a cut file has none)
 */
PlateauZip *
plateau_zip_open (PlateauInput *input, GError **error)
{
  g_return_val_if_fail (PLATEAU_IS_INPUT (input), NULL);
  g_autoptr (PlateauZip) zip = g_new0 (PlateauZip, 1);
  zip->input = g_object_ref (input);
  zip_error_init (&zip->source_error);
  zip_error_t problem;
  zip_error_init (&problem);
  zip_source_t *source = zip_source_function_create (source_callback, zip, &problem);
  if (source != NULL)
    {
      zip->archive = zip_open_from_source (source, ZIP_RDONLY, &problem);
      if (zip->archive == NULL)
        zip_source_free (source);
    }
  if (zip->archive == NULL)
    {
      if (begins_like_zip (input))
        g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_TRUNCATED,
                     _ ("“%s” begins like a zip archive, but its directory at the end cannot be "
                        "read (%s). The file is cut or damaged: copy it again from its source."),
                     plateau_input_get_name (input), zip_error_strerror (&problem));
      else
        g_set_error (
            error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_INVALID,
            _ ("“%s” does not begin like a zip archive, as .ndax, .xlsx and .ods files do: "
               "it is another file of that name, or damaged. Copy it again, or choose "
               "another reader."),
            plateau_input_get_name (input));
      zip_error_fini (&problem);
      return NULL;
    }
  zip_error_fini (&problem);
  if (zip_get_num_entries (zip->archive, 0) > MAX_MEMBERS)
    {
      g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_LIMIT,
                   _ ("“%s” is an archive of more than %d files; it is no measurement."),
                   plateau_input_get_name (input), MAX_MEMBERS);
      return NULL;
    }
  return g_steal_pointer (&zip);
}

/**
 * plateau_zip_free:
 * @zip: (transfer full): an archive; its members must be freed before
 */
void
plateau_zip_free (PlateauZip *zip)
{
  if (zip->archive != NULL)
    zip_discard (zip->archive);
  zip_error_fini (&zip->source_error);
  g_object_unref (zip->input);
  g_free (zip);
}

/**
 * plateau_zip_get_n_members:
 *
 * Returns: how many files the archive holds
 */
guint
plateau_zip_get_n_members (PlateauZip *zip)
{
  return (guint) MAX (zip_get_num_entries (zip->archive, 0), 0);
}

/**
 * plateau_zip_get_member_name:
 *
 * Returns: (transfer none): the name of a member, "" when it has none that can be read
 */
const char *
plateau_zip_get_member_name (PlateauZip *zip, guint index)
{
  const char *name = zip_get_name (zip->archive, index, 0);
  return name != NULL ? name : "";
}

/**
 * plateau_zip_has:
 *
 * Returns: whether there is a member @name; upper and lower case do not count
 */
gboolean
plateau_zip_has (PlateauZip *zip, const char *name)
{
  return zip_name_locate (zip->archive, name, ZIP_FL_NOCASE) >= 0;
}

/**
 * plateau_zip_get_size:
 *
 * Returns: the unpacked size that the archive states for the member @name; 0 when there is none
 */
guint64
plateau_zip_get_size (PlateauZip *zip, const char *name)
{
  zip_stat_t status;
  if (zip_stat (zip->archive, name, ZIP_FL_NOCASE, &status) != 0
      || (status.valid & ZIP_STAT_SIZE) == 0)
    return 0;
  return status.size;
}

static gboolean
check_member (PlateauZip *zip, const char *name, const zip_stat_t *status, GError **error)
{
  const char *file = plateau_input_get_name (zip->input);
  if ((status->valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && status->encryption_method != ZIP_EM_NONE)
    {
      g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_ENCRYPTED,
                   _ ("“%s” is protected by a password (its part “%s” is encrypted). Save it "
                      "without a password and open it again."),
                   file, name);
      return FALSE;
    }
  if ((status->valid & ZIP_STAT_SIZE) == 0 || (status->valid & ZIP_STAT_COMP_SIZE) == 0)
    {
      g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_INVALID,
                   _ ("“%s”: the archive does not state the size of its part “%s”."), file, name);
      return FALSE;
    }
  /* A packed size beyond the file is a lie that would make room for a larger unpacked one. */
  if (status->size > HARMLESS_SIZE
      && (status->comp_size == 0 || status->comp_size > plateau_input_get_size (zip->input)
          || status->size / status->comp_size >= PLATEAU_ZIP_MAX_RATIO))
    {
      g_autofree char *packed = g_format_size (status->comp_size);
      g_autofree char *unpacked = g_format_size (status->size);
      g_set_error (
          error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_LIMIT,
          _ ("“%s”: its part “%s” would unpack from %s to %s, more than %d times its size. "
             "No measurement does that; the file is not read."),
          file, name, packed, unpacked, PLATEAU_ZIP_MAX_RATIO);
      return FALSE;
    }
  return TRUE;
}

/**
 * plateau_zip_open_member:
 * @name: name of a member; upper and lower case do not count
 *
 * Returns: (transfer full) (nullable): the member for reading from its start, or NULL with @error
 *   set: absent, encrypted, packed by an unknown method, or unpacking to too much
 */
PlateauZipMember *
plateau_zip_open_member (PlateauZip *zip, const char *name, GError **error)
{
  const char *file = plateau_input_get_name (zip->input);
  zip_int64_t index = zip_name_locate (zip->archive, name, ZIP_FL_NOCASE);
  zip_stat_t status;
  if (index < 0 || zip_stat_index (zip->archive, (zip_uint64_t) index, 0, &status) != 0)
    {
      g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_INVALID,
                   _ ("“%s” has no part “%s”, which files of this kind have."), file, name);
      return NULL;
    }
  if (!check_member (zip, name, &status, error))
    return NULL;
  zip_file_t *opened = zip_fopen_index (zip->archive, (zip_uint64_t) index, 0);
  if (opened == NULL)
    {
      g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_INVALID,
                   _ ("“%s”: its part “%s” cannot be unpacked: %s"), file, name,
                   zip_strerror (zip->archive));
      return NULL;
    }
  PlateauZipMember *member = g_new0 (PlateauZipMember, 1);
  member->zip = zip;
  member->name = g_strdup (name);
  member->file = opened;
  member->index = (zip_uint64_t) index;
  member->status = status;
  member->size = status.size;
  return member;
}

/**
 * plateau_zip_member_read:
 * @buffer: (out caller-allocates) (array length=length): where the bytes go
 *
 * Reads on. Fewer bytes than @length come only at the end of the member.
 *
 * Returns: the number of bytes, 0 at the end, -1 with @error set when the packed data are damaged
 */
gssize
plateau_zip_member_read (PlateauZipMember *member, gpointer buffer, gsize length, GError **error)
{
  const char *file = plateau_input_get_name (member->zip->input);
  gsize done = 0;
  while (done < length)
    {
      zip_int64_t n = zip_fread (member->file, (guint8 *) buffer + done, length - done);
      if (n == 0)
        break;
      if (n > 0)
        member->given += (guint64) n;
      if (n < 0 || member->given > member->size)
        {
          g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_INVALID,
                       _ ("“%s”: its part “%s” is damaged after %llu unpacked bytes (%s)."), file,
                       member->name, (unsigned long long) MIN (member->given, member->size),
                       n < 0 ? zip_error_strerror (zip_file_get_error (member->file))
                             : _ ("there is more than the archive states"));
          return -1;
        }
      done += (gsize) n;
    }
  return (gssize) done;
}

#ifdef HAVE_LIBDEFLATE
static guint8 *
read_packed (PlateauZipMember *member)
{
  gsize size = (gsize) member->status.comp_size;
  g_autofree guint8 *packed = g_try_malloc (size);
  zip_file_t *file = packed != NULL
                         ? zip_fopen_index (member->zip->archive, member->index, ZIP_FL_COMPRESSED)
                         : NULL;
  if (file == NULL)
    return NULL;
  zip_int64_t n = zip_fread (file, packed, size);
  zip_fclose (file);
  return n == (zip_int64_t) size ? g_steal_pointer (&packed) : NULL;
}

static gboolean
unpack_at_once (PlateauZipMember *member, guint8 *buffer)
{
  const guint64 needed = ZIP_STAT_COMP_METHOD | ZIP_STAT_COMP_SIZE | ZIP_STAT_CRC;
  const zip_stat_t *status = &member->status;
  if ((status->valid & needed) != needed || status->comp_method != ZIP_CM_DEFLATE
      || status->comp_size == 0 || status->comp_size > plateau_input_get_size (member->zip->input))
    return FALSE;
  g_autofree guint8 *packed = read_packed (member);
  struct libdeflate_decompressor *inflater = packed != NULL ? libdeflate_alloc_decompressor ()
                                                            : NULL;
  if (inflater == NULL)
    return FALSE;
  gsize n;
  gboolean done = libdeflate_deflate_decompress (inflater, packed, (gsize) status->comp_size,
                                                 buffer, (gsize) member->size, &n)
                      == LIBDEFLATE_SUCCESS
                  && n == member->size && libdeflate_crc32 (0, buffer, n) == status->crc;
  libdeflate_free_decompressor (inflater);
  return done;
}
#endif

/**
 * plateau_zip_member_unpack:
 * @member: a member of which nothing was read yet
 * @buffer: (out caller-allocates): room for its whole size
 *
 * Unpacks a whole member at once, in half the time of reading it in steps.
 *
 * Returns: FALSE when it is damaged or packed in another way: read it in steps then
 */
gboolean
plateau_zip_member_unpack (PlateauZipMember *member, guint8 *buffer)
{
#ifdef HAVE_LIBDEFLATE
  return member->given == 0 && unpack_at_once (member, buffer);
#else
  return FALSE;
#endif
}

/**
 * plateau_zip_member_free:
 * @member: (transfer full): a member
 */
void
plateau_zip_member_free (PlateauZipMember *member)
{
  zip_fclose (member->file);
  g_free (member->name);
  g_free (member);
}

/**
 * plateau_zip_read:
 * @name: name of a member
 *
 * Unpacks a whole member. What could be unpacked before a damage is not returned; read the member
 * in steps for that.
 *
 * Returns: (transfer full) (nullable): the bytes, or NULL with @error set
 */
GBytes *
plateau_zip_read (PlateauZip *zip, const char *name, GError **error)
{
  g_autoptr (PlateauZipMember) member = plateau_zip_open_member (zip, name, error);
  if (member == NULL)
    return NULL;
  g_autofree guint8 *data = g_try_malloc (MAX (member->size, 1));
  if (data == NULL)
    {
      g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_LIMIT,
                   _ ("“%s” needs more memory than there is"), plateau_input_get_name (zip->input));
      return NULL;
    }
  gssize n = plateau_zip_member_unpack (member, data)
                 ? (gssize) member->size
                 : plateau_zip_member_read (member, data, (gsize) member->size, error);
  if (n < 0)
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&data), (gsize) n);
}

/**
 * plateau_zip_is_zip:
 *
 * Returns: whether a file that begins with @head is a zip archive
 */
gboolean
plateau_zip_is_zip (const guint8 *head, gsize length)
{
  return length >= 4 && memcmp (head, "PK\003\004", 4) == 0;
}

/**
 * plateau_zip_lists:
 * @head: the beginning of a zip archive
 * @name: what to look for in the names of its members
 *
 * A cheap look for scoring, before an archive is opened.
 *
 * Returns: whether a member whose name contains @name starts within @head
 */
gboolean
plateau_zip_lists (const guint8 *head, gsize length, const char *name)
{
  gsize name_length = strlen (name);
  for (gsize at = 0; at + 30 <= length; at++)
    {
      const guint8 *mark = memchr (head + at, 'P', length - at - 29);
      if (mark == NULL)
        return FALSE;
      at = (gsize) (mark - head);
      if (memcmp (mark, "PK\003\004", 4) != 0)
        continue;
      gsize entry_length = plateau_le_u16 (mark + 26);
      if (entry_length >= name_length && at + 30 + entry_length <= length
          && g_strstr_len ((const char *) mark + 30, (gssize) entry_length, name) != NULL)
        return TRUE;
    }
  return FALSE;
}
