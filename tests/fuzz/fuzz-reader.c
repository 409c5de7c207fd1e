/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gives any bytes to one reader (FUZZ_READER). What comes back is looked at, so that values that
 * were never set or lie outside show up. */
#include "fuzz.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  fuzz_read (bytes, FUZZ_READER);
  return 0;
}
