/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/plateau-ole.h"

#include "base/plateau-error.h"
#include "readers/plateau-bytes.h"
#include "readers/plateau-encoding.h"

#include <glib/gi18n.h>

/* Layout as in the published specification of the Compound File Binary format. */

enum
{
  HEADER_SIZE = 512,
  ENTRY_SIZE = 128,
  N_DIFAT_IN_HEADER = 109,
  MAX_ENTRIES = 4096,
  TYPE_STREAM = 2,
  TYPE_ROOT = 5,
};

#define LAST_REGULAR 0xFFFFFFFAu /* larger numbers mark ends and free sectors */

static const guint8 magic[] = { 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1 };

typedef struct
{
  char *name;
  guint8 type;
  guint32 start;
  guint64 size;
} Entry;

struct _PlateauOle
{
  PlateauInput *input;
  guint sector_shift, mini_shift;
  guint32 n_sectors, mini_cutoff, first_mini_fat;
  GArray *fat;     /* of guint32: the sector behind each sector */
  GArray *entries; /* of Entry */
};

static void
entry_clear (gpointer data)
{
  g_free (((Entry *) data)->name);
}

/**
 * plateau_ole_is_ole:
 *
 * Returns: whether a file that begins with @head is a compound file
 */
gboolean
plateau_ole_is_ole (const guint8 *head, gsize length)
{
  return length >= sizeof magic && memcmp (head, magic, sizeof magic) == 0;
}

static gboolean
set_broken (PlateauOle *ole, GError **error)
{
  g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_INVALID,
               _ ("“%s” begins like an old Office file, but its directory is damaged or cut."),
               plateau_input_get_name (ole->input));
  return FALSE;
}

static const guint8 *
peek_sector (PlateauOle *ole, guint32 sector)
{
  if (sector >= ole->n_sectors)
    return NULL;
  return plateau_input_peek (ole->input, ((guint64) sector + 1) << ole->sector_shift,
                             (gsize) 1 << ole->sector_shift, NULL);
}

static void
append_fat_sector (PlateauOle *ole, guint32 sector)
{
  const guint8 *data = peek_sector (ole, sector);
  guint n = 1u << (ole->sector_shift - 2);
  for (guint i = 0; data != NULL && i < n && ole->fat->len < ole->n_sectors; i++)
    {
      guint32 next = plateau_le_u32 (data + 4 * i);
      g_array_append_val (ole->fat, next);
    }
}

/* The table of sectors is itself kept in sectors, which the header and a chain of lists name. */
static void
read_fat (PlateauOle *ole, const guint8 *header)
{
  for (guint i = 0; i < N_DIFAT_IN_HEADER; i++)
    append_fat_sector (ole, plateau_le_u32 (header + 0x4C + 4 * i));
  guint32 list = plateau_le_u32 (header + 0x44);
  guint per_sector = (1u << (ole->sector_shift - 2)) - 1;
  for (guint32 steps = 0; list < ole->n_sectors && steps < ole->n_sectors; steps++)
    {
      const guint8 *data = peek_sector (ole, list);
      g_autofree guint8 *copy = data != NULL ? g_memdup2 (data, (gsize) 1 << ole->sector_shift)
                                             : NULL;
      if (copy == NULL)
        return;
      for (guint i = 0; i < per_sector; i++)
        append_fat_sector (ole, plateau_le_u32 (copy + 4 * i));
      list = plateau_le_u32 (copy + 4 * per_sector);
    }
}

/* The bytes of a chain of sectors, at most @size. A broken chain gives what comes before. */
static GByteArray *
read_chain (PlateauOle *ole, guint32 sector, guint64 size)
{
  GByteArray *bytes = g_byte_array_new ();
  gsize sector_size = (gsize) 1 << ole->sector_shift;
  for (guint32 steps = 0; sector <= LAST_REGULAR && bytes->len < size && steps < ole->n_sectors;
       steps++)
    {
      const guint8 *data = peek_sector (ole, sector);
      if (data == NULL)
        break;
      g_byte_array_append (bytes, data, (guint) MIN ((guint64) sector_size, size - bytes->len));
      sector = sector < ole->fat->len ? g_array_index (ole->fat, guint32, sector) : G_MAXUINT32;
    }
  return bytes;
}

static void
read_directory (PlateauOle *ole, guint32 first)
{
  g_autoptr (GByteArray) directory = read_chain (ole, first, MAX_ENTRIES * ENTRY_SIZE);
  for (gsize at = 0; at + ENTRY_SIZE <= directory->len; at += ENTRY_SIZE)
    {
      const guint8 *data = directory->data + at;
      guint length = plateau_le_u16 (data + 64);
      if (data[66] != TYPE_STREAM && data[66] != TYPE_ROOT)
        continue;
      length = length >= 2 && length <= 64 ? length - 2 : 0;
      Entry entry = {
        .name = plateau_encoding_decode (PLATEAU_ENCODING_UTF_16LE, data, length),
        .type = data[66],
        .start = plateau_le_u32 (data + 116),
        .size = plateau_le_u32 (data + 120),
      };
      g_array_append_val (ole->entries, entry);
    }
}

/**
 * plateau_ole_open:
 * @input: a file that begins like a compound file
 *
 * Returns: (transfer full) (nullable): the file, or NULL with @error set when its directory cannot
 *   be read
 */
PlateauOle *
plateau_ole_open (PlateauInput *input, GError **error)
{
  g_autoptr (PlateauOle) ole = g_new0 (PlateauOle, 1);
  ole->input = g_object_ref (input);
  ole->fat = g_array_new (FALSE, FALSE, sizeof (guint32));
  ole->entries = g_array_new (FALSE, TRUE, sizeof (Entry));
  g_array_set_clear_func (ole->entries, entry_clear);
  const guint8 *window = plateau_input_peek (input, 0, HEADER_SIZE, error);
  if (window == NULL)
    return NULL;
  g_autofree guint8 *header = g_memdup2 (window, HEADER_SIZE);
  ole->sector_shift = plateau_le_u16 (header + 0x1E);
  ole->mini_shift = plateau_le_u16 (header + 0x20);
  if (!plateau_ole_is_ole (header, HEADER_SIZE)
      || (ole->sector_shift != 9 && ole->sector_shift != 12) || ole->mini_shift != 6)
    {
      set_broken (ole, error);
      return NULL;
    }
  guint64 sectors = plateau_input_get_size (input) >> ole->sector_shift;
  ole->n_sectors = (guint32) MIN (sectors, LAST_REGULAR);
  ole->mini_cutoff = plateau_le_u32 (header + 0x38);
  ole->first_mini_fat = plateau_le_u32 (header + 0x3C);
  read_fat (ole, header);
  read_directory (ole, plateau_le_u32 (header + 0x30));
  if (ole->entries->len == 0)
    {
      set_broken (ole, error);
      return NULL;
    }
  return g_steal_pointer (&ole);
}

/**
 * plateau_ole_close:
 * @ole: (transfer full): a compound file
 */
void
plateau_ole_close (PlateauOle *ole)
{
  g_array_unref (ole->fat);
  g_array_unref (ole->entries);
  g_object_unref (ole->input);
  g_free (ole);
}

static const Entry *
find_entry (PlateauOle *ole, const char *name)
{
  for (guint i = 0; i < ole->entries->len; i++)
    {
      const Entry *entry = &g_array_index (ole->entries, Entry, i);
      if (entry->type == TYPE_STREAM && g_ascii_strcasecmp (entry->name, name) == 0)
        return entry;
    }
  return NULL;
}

/**
 * plateau_ole_has:
 *
 * Returns: whether there is a stream of that name
 */
gboolean
plateau_ole_has (PlateauOle *ole, const char *stream)
{
  return find_entry (ole, stream) != NULL;
}

/* Streams below the cutoff lie in pieces of 64 bytes inside the root's stream. */
static GByteArray *
read_small (PlateauOle *ole, const Entry *entry)
{
  const Entry *root = NULL;
  for (guint i = 0; i < ole->entries->len && root == NULL; i++)
    if (g_array_index (ole->entries, Entry, i).type == TYPE_ROOT)
      root = &g_array_index (ole->entries, Entry, i);
  GByteArray *bytes = g_byte_array_new ();
  if (root == NULL)
    return bytes;
  g_autoptr (GByteArray) store = read_chain (ole, root->start, root->size);
  g_autoptr (GByteArray) table = read_chain (ole, ole->first_mini_fat, G_MAXUINT32);
  gsize piece = (gsize) 1 << ole->mini_shift;
  guint32 sector = entry->start;
  for (guint32 steps = 0; sector <= LAST_REGULAR && bytes->len < entry->size; steps++)
    {
      guint64 at = (guint64) sector * piece;
      if (at + piece > store->len || 4 * (guint64) sector + 4 > table->len
          || steps > table->len / 4)
        break;
      g_byte_array_append (bytes, store->data + at,
                           (guint) MIN ((guint64) piece, entry->size - bytes->len));
      sector = plateau_le_u32 (table->data + 4 * (gsize) sector);
    }
  return bytes;
}

/**
 * plateau_ole_read:
 * @stream: name of a stream
 * @cut: (out): whether less of it is there than the directory says
 *
 * Returns: (transfer full) (nullable): the stream as far as it is there, or NULL with @error set
 *   when there is none of that name
 */
GBytes *
plateau_ole_read (PlateauOle *ole, const char *stream, gboolean *cut, GError **error)
{
  const Entry *entry = find_entry (ole, stream);
  if (entry == NULL)
    {
      g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_INVALID,
                   _ ("“%s” holds no “%s”."), plateau_input_get_name (ole->input), stream);
      return NULL;
    }
  GByteArray *bytes = entry->size < ole->mini_cutoff ? read_small (ole, entry)
                                                     : read_chain (ole, entry->start, entry->size);
  *cut = bytes->len < entry->size;
  return g_byte_array_free_to_bytes (bytes);
}
