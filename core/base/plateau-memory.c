/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-memory.h"

#include <sys/mman.h>
#include <unistd.h>

#define LARGE ((gsize) 1 << 20)

/**
 * plateau_memory_expect_filling:
 * @block: (nullable): from g_malloc() or g_realloc()
 * @size: bytes of it
 *
 * Says that @block will be filled from end to end. The system may then give a large block huge
 * pages, for the first touch of every small page takes longer than filling it.
 */
void
plateau_memory_expect_filling (gpointer block, gsize size)
{
#ifdef MADV_HUGEPAGE
  if (block == NULL || size < LARGE)
    return;
  gsize page = (gsize) sysconf (_SC_PAGESIZE);
  gsize first = ((gsize) block + page - 1) / page * page,
        end = ((gsize) block + size) / page * page;
  /* A system without huge pages refuses, which does no harm. */
  (void) madvise ((gpointer) first, end - first, MADV_HUGEPAGE);
#endif
}

/**
 * plateau_column_try_new:
 * @n: rows
 *
 * Returns: (transfer full) (nullable): room for @n numbers that will all be written, for g_free();
 *   NULL when there is not the memory
 */
double *
plateau_column_try_new (gsize n)
{
  double *column = g_try_new (double, MAX (n, 1));
  plateau_memory_expect_filling (column, n * sizeof (double));
  return column;
}

/**
 * plateau_column_new:
 * @n: rows
 *
 * Returns: (transfer full): as plateau_column_try_new(), for numbers of rows that are checked
 */
double *
plateau_column_new (gsize n)
{
  double *column = g_new (double, MAX (n, 1));
  plateau_memory_expect_filling (column, n * sizeof (double));
  return column;
}
