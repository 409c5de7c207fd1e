/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-document.h"

G_BEGIN_DECLS

struct _PlateauDocument
{
  GObject parent_instance;

  PlateauProject *project;
  PlateauStudy *study; /* NULL: to be made when asked for */
  PlateauCache *cache;
  PlateauSelection *selection;
  PlateauJobs *jobs;
  PlateauUndo *undo;
  GListStore *messages;
  GSettings *preferences;

  PlateauStore *store; /* NULL: nothing to keep yet */
  guint n_writing;
  gboolean behind; /* something could not be written: the next change writes all there is */
  guint retry_source;
  GFileMonitor *monitor; /* of the store's file */

  char *action_name, *action_key;
  GPtrArray *action_edits;
  guint depth;
  guint changed_source;
};

void _plateau_document_emit_state_changed (PlateauDocument *document);
void _plateau_document_emit_saved (PlateauDocument *document, const char *path,
                                   const GError *error);
void _plateau_document_keep_edits (PlateauDocument *document, GPtrArray *edits, gboolean forward);
void _plateau_document_watch_file (PlateauDocument *document);

G_END_DECLS
