/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-cache.h"

typedef struct
{
  char *key;
  gpointer result; /* NULL while it is computed */
  GBoxedCopyFunc ref;
  GDestroyNotify unref;
  gsize size;
  GList link; /* in PlateauCache.recent, newest first */
} Entry;

struct _PlateauCache
{
  GMutex mutex;
  GCond computed;
  GHashTable *entries;
  GQueue recent;
  gsize size, size_limit;
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;
  if (entry->result != NULL)
    entry->unref (entry->result);
  g_free (entry->key);
  g_free (entry);
}

/**
 * plateau_cache_new:
 * @size_limit: bytes that finished results may hold together
 *
 * Returns: (transfer full): an empty cache
 */
PlateauCache *
plateau_cache_new (gsize size_limit)
{
  PlateauCache *cache = g_atomic_rc_box_new0 (PlateauCache);
  g_mutex_init (&cache->mutex);
  g_cond_init (&cache->computed);
  cache->entries = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, entry_free);
  g_queue_init (&cache->recent);
  cache->size_limit = size_limit;
  return cache;
}

PlateauCache *
plateau_cache_ref (PlateauCache *cache)
{
  return g_atomic_rc_box_acquire (cache);
}

static void
cache_clear (gpointer data)
{
  PlateauCache *cache = data;
  g_hash_table_unref (cache->entries);
  g_mutex_clear (&cache->mutex);
  g_cond_clear (&cache->computed);
}

void
plateau_cache_unref (PlateauCache *cache)
{
  g_atomic_rc_box_release_full (cache, cache_clear);
}

static void
remove_entry (PlateauCache *cache, Entry *entry)
{
  if (entry->result != NULL)
    {
      cache->size -= entry->size;
      g_queue_unlink (&cache->recent, &entry->link);
    }
  g_hash_table_remove (cache->entries, entry->key);
}

/* Called with the mutex held; gives it up while computing. */
static gpointer
compute_entry (PlateauCache *cache, Entry *entry, PlateauCacheCompute compute, gpointer user_data,
               GCancellable *cancellable, GError **error)
{
  gsize size = 0;
  g_mutex_unlock (&cache->mutex);
  gpointer result = compute (user_data, &size, cancellable, error);
  g_mutex_lock (&cache->mutex);
  g_cond_broadcast (&cache->computed);
  if (result == NULL)
    {
      remove_entry (cache, entry);
      return NULL;
    }
  entry->result = result;
  entry->size = size;
  cache->size += size;
  g_queue_push_head_link (&cache->recent, &entry->link);
  gpointer given = entry->ref (result);
  while (cache->size > cache->size_limit && cache->recent.length > 1)
    remove_entry (cache, cache->recent.tail->data);
  return given;
}

/**
 * plateau_cache_get:
 * @key: names the input and every setting that the result depends on
 * @ref: takes a reference on a result
 * @unref: drops one
 * @compute: makes the result; runs on the calling thread without a lock
 * @user_data: for @compute
 * @cancellable: (nullable): ends @compute
 *
 * Returns: (transfer full) (nullable): the result, or NULL with @error set as @compute set it
 */
gpointer
plateau_cache_get (PlateauCache *cache, const char *key, GBoxedCopyFunc ref, GDestroyNotify unref,
                   PlateauCacheCompute compute, gpointer user_data, GCancellable *cancellable,
                   GError **error)
{
  g_mutex_lock (&cache->mutex);
  Entry *entry = g_hash_table_lookup (cache->entries, key);
  while (entry != NULL && entry->result == NULL)
    {
      g_cond_wait (&cache->computed, &cache->mutex);
      entry = g_hash_table_lookup (cache->entries, key);
    }
  gpointer result;
  if (entry != NULL)
    {
      g_queue_unlink (&cache->recent, &entry->link);
      g_queue_push_head_link (&cache->recent, &entry->link);
      result = ref (entry->result);
    }
  else
    {
      entry = g_new0 (Entry, 1);
      entry->key = g_strdup (key);
      entry->ref = ref;
      entry->unref = unref;
      entry->link.data = entry;
      g_hash_table_insert (cache->entries, entry->key, entry);
      result = compute_entry (cache, entry, compute, user_data, cancellable, error);
    }
  g_mutex_unlock (&cache->mutex);
  return result;
}

/**
 * plateau_cache_clear:
 *
 * Drops all finished results.
 */
void
plateau_cache_clear (PlateauCache *cache)
{
  g_mutex_lock (&cache->mutex);
  while (cache->recent.length > 0)
    remove_entry (cache, cache->recent.tail->data);
  g_mutex_unlock (&cache->mutex);
}
