/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/plateau-store-lock.h"
#include "store/plateau-store-private.h"

#include <sys/types.h>

G_BEGIN_DECLS

struct _PlateauStore
{
  GObject parent_instance;
  char *path;          /* atomic: read on the main thread while another saves under a new name */
  GPtrArray *old_paths; /* somebody may still look at them */
  gint read_only;      /* atomic */
  PlateauStoreLock lock;
  GThreadPool *writer; /* one thread: changes are carried out in order */
  GThreadPool *syncer; /* one thread: brings them to the disk */
  gint syncs;          /* atomic: it has been asked to */
  GMutex mutex;        /* guards db; held while something is read or written */
  sqlite3 *db;         /* NULL once closed */
  gboolean logs;       /* changes go to a log beside the file first */
  dev_t device;        /* of the file when it was opened */
  ino_t inode;
  GMutex ids_mutex; /* guards ids, never held for long: measurements end on the main thread */
  GHashTable *ids;  /* PlateauMeasurement, no reference -> gint64 * */
  gboolean adopts;  /* measurements load their columns from here once they are written */
  GMutex queue_mutex; /* guards pending */
  GCond drained;
  guint pending;
};

gboolean plateau_store_connect (PlateauStore *store, int flags, GError **error);
gboolean plateau_store_is_open (PlateauStore *store, GError **error);
gboolean plateau_store_disconnect (PlateauStore *store, GError **error);
void plateau_store_drain (PlateauStore *store);

G_END_DECLS
