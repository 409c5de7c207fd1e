/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changed bytes of a zip archive seldom unpack, so here the members are made from the input and
 * packed anew: each is a length of two bytes (times FUZZ_UNIT) and that many bytes. */
#include "fuzz.h"

#include <zip.h>

static const char *const members[] = { FUZZ_MEMBERS };

static GBytes *
pack (const uint8_t *data, size_t size)
{
  zip_error_t problem;
  zip_error_init (&problem);
  zip_source_t *archive_source = zip_source_buffer_create (NULL, 0, 0, &problem);
  zip_source_keep (archive_source);
  zip_t *archive = zip_open_from_source (archive_source, ZIP_TRUNCATE, &problem);
  size_t at = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (members) && at + 2 <= size; i++)
    {
      size_t length = (data[at] | (size_t) data[at + 1] << 8) * FUZZ_UNIT;
      at += 2;
      length = MIN (length, size - at);
      zip_source_t *source = zip_source_buffer (archive, data + at, length, 0);
      zip_int64_t index = zip_file_add (archive, members[i], source, 0);
      zip_set_file_compression (archive, (zip_uint64_t) index, ZIP_CM_STORE, 0);
      at += length;
    }
#ifdef FUZZ_WORKBOOK
  static const char workbook[] = "<workbook><sheets><sheet name=\"Record\"/><sheet "
                                 "name=\"Record(1)\"/></sheets></workbook>";
  zip_file_add (archive, "xl/workbook.xml",
                zip_source_buffer (archive, workbook, sizeof workbook - 1, 0), 0);
#endif
  zip_close (archive);
  zip_stat_t status;
  zip_stat_init (&status);
  zip_source_stat (archive_source, &status);
  guint8 *bytes = g_malloc (status.size + 1);
  zip_source_open (archive_source);
  zip_int64_t n = zip_source_read (archive_source, bytes, status.size);
  zip_source_close (archive_source);
  zip_source_free (archive_source);
  return g_bytes_new_take (bytes, n > 0 ? (gsize) n : 0);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = pack (data, size);
  fuzz_read (bytes, FUZZ_READER);
  return 0;
}
