/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Results by what made them: key = input identity + settings as text. Thread-safe. A result that
 * two threads ask for at once is computed once; failures are not kept. The least recently used
 * results go when their sizes pass the limit. */
typedef struct _PlateauCache PlateauCache;

/* Returns a result with one reference for the cache, or NULL with @error set. */
typedef gpointer (*PlateauCacheCompute) (gpointer user_data, gsize *size, GCancellable *cancellable,
                                         GError **error);

PlateauCache *plateau_cache_new (gsize size_limit);
PlateauCache *plateau_cache_ref (PlateauCache *cache);
void plateau_cache_unref (PlateauCache *cache);
gpointer plateau_cache_get (PlateauCache *cache, const char *key, GBoxedCopyFunc ref,
                            GDestroyNotify unref, PlateauCacheCompute compute, gpointer user_data,
                            GCancellable *cancellable, GError **error);
void plateau_cache_clear (PlateauCache *cache);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauCache, plateau_cache_unref)

G_END_DECLS
