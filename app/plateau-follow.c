/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-follow.h"

#include "data/plateau-source-check.h"
#include "plateau-read-options.h"

#include <glib/gi18n.h>
#include <string.h>

/* A cycler writes in bursts: wait for the end of one, but not for ever. */
#define QUIET_MS 800
#define PATIENCE (4 * G_TIME_SPAN_SECOND)
/* Shared folders give no notice of what others write. */
#define POLL_MS 10000
/* A file that nobody wrote for so long is not asked for its size any more. */
#define STALE_AFTER (2 * G_TIME_SPAN_DAY)
/* Reading again takes at most this part of the time. */
#define REST_FACTOR 10

struct _PlateauFollow
{
  GObject parent_instance;

  PlateauDocument *document; /* weak */
  GHashTable *watches;       /* uri -> Watch */
  guint quiet_ms, poll_ms, poll_source;
};

/* One file that is followed; owns the job that reads it. */
typedef struct
{
  GObject parent_instance;

  PlateauFollow *follow; /* NULL: given up */
  GFile *file;
  GFileMonitor *monitor;
  GCancellable *cancellable;
  PlateauJob *job;
  guint source;
  gint64 first_notice, rest_until, started; /* monotonic */
  guint64 size;                             /* as it was last read */
  gint64 modified;
  gboolean asking, marked; /* marked: seen in the document */
} Watch;

typedef GObjectClass WatchClass;
static GType watch_get_type (void);

G_DEFINE_FINAL_TYPE (Watch, watch, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE (PlateauFollow, plateau_follow, G_TYPE_OBJECT)

static void schedule (Watch *watch);

static void
watch_dispose (GObject *object)
{
  Watch *watch = (Watch *) object;
  g_clear_handle_id (&watch->source, g_source_remove);
  if (watch->follow != NULL && watch->follow->document != NULL)
    plateau_jobs_cancel (plateau_document_get_jobs (watch->follow->document), &watch->job);
  watch->follow = NULL;
  g_cancellable_cancel (watch->cancellable);
  if (watch->monitor != NULL)
    {
      g_signal_handlers_disconnect_by_data (watch->monitor, watch);
      g_file_monitor_cancel (watch->monitor);
    }
  g_clear_object (&watch->monitor);
  G_OBJECT_CLASS (watch_parent_class)->dispose (object);
}

static void
watch_finalize (GObject *object)
{
  Watch *watch = (Watch *) object;
  g_object_unref (watch->cancellable);
  g_object_unref (watch->file);
  G_OBJECT_CLASS (watch_parent_class)->finalize (object);
}

static void
watch_class_init (WatchClass *klass)
{
  klass->dispose = watch_dispose;
  klass->finalize = watch_finalize;
}

static void
watch_init (Watch *watch)
{
  watch->cancellable = g_cancellable_new ();
}

/* Reading again, on a worker thread */

typedef struct
{
  GFile *file;
  char *uri;
  PlateauReadOptions *options;
  GPtrArray *old; /* PlateauMeasurement: what was read of it before */
} Reading;

typedef struct
{
  char *uri;
  GPtrArray *old, *fresh;
  gboolean continues; /* the old rows are the beginning of the new ones */
  GError *error;      /* the file as it is now cannot be read */
} Outcome;

static void
reading_free (Reading *reading)
{
  g_object_unref (reading->file);
  g_ptr_array_unref (reading->old);
  plateau_read_options_free (reading->options);
  g_free (reading->uri);
  g_free (reading);
}

static void
outcome_free (Outcome *outcome)
{
  g_ptr_array_unref (outcome->old);
  g_clear_pointer (&outcome->fresh, g_ptr_array_unref);
  g_clear_error (&outcome->error);
  g_free (outcome->uri);
  g_free (outcome);
}

static PlateauMeasurement *
find_part (GPtrArray *measurements, PlateauMeasurement *like)
{
  const char *part = plateau_measurement_get_source (like)->part;
  for (guint i = 0; i < measurements->len; i++)
    if (g_strcmp0 (plateau_measurement_get_source (measurements->pdata[i])->part, part) == 0)
      return measurements->pdata[i];
  return NULL;
}

/* The last record may have been cut when it was read, so it does not count. */
static gboolean
continues (PlateauMeasurement *old, PlateauMeasurement *fresh)
{
  static const PlateauQuantity quantities[] = { PLATEAU_QUANTITY_TIME, PLATEAU_QUANTITY_POTENTIAL };
  guint64 n = plateau_measurement_get_n_rows (old);
  if (plateau_measurement_get_n_rows (fresh) + 1 < n
      || plateau_measurement_get_n_spectra (fresh) < plateau_measurement_get_n_spectra (old))
    return FALSE;
  if (n < 2)
    return TRUE;
  g_autoptr (PlateauRecording) a = plateau_measurement_ref_recording (old, NULL);
  g_autoptr (PlateauRecording) b = plateau_measurement_ref_recording (fresh, NULL);
  for (guint i = 0; a != NULL && b != NULL && i < G_N_ELEMENTS (quantities); i++)
    {
      const double *x = plateau_recording_peek (a, quantities[i]);
      const double *y = plateau_recording_peek (b, quantities[i]);
      if ((x == NULL) != (y == NULL)
          || (x != NULL && memcmp (x, y, (n - 1) * sizeof (double)) != 0))
        return FALSE;
    }
  return a != NULL && b != NULL;
}

static gpointer
read_again (gpointer data, PlateauJob *job, GCancellable *cancellable, GError **error)
{
  Reading *reading = data;
  g_autoptr (GError) failure = NULL;
  g_autoptr (GPtrArray)
      fresh = plateau_read_file (reading->file, reading->options, cancellable, &failure);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  Outcome *outcome = g_new0 (Outcome, 1);
  outcome->uri = g_strdup (reading->uri);
  outcome->old = g_ptr_array_ref (reading->old);
  outcome->error = g_steal_pointer (&failure);
  outcome->continues = fresh != NULL;
  for (guint i = 0; fresh != NULL && i < reading->old->len; i++)
    {
      PlateauMeasurement *now = find_part (fresh, reading->old->pdata[i]);
      outcome->continues &= now != NULL && continues (reading->old->pdata[i], now);
    }
  for (guint i = 0; fresh != NULL && i < fresh->len; i++)
    plateau_read_options_note (reading->options, fresh->pdata[i]);
  outcome->fresh = g_steal_pointer (&fresh);
  return outcome;
}

/* Taking over, on the main thread */

static PlateauCell *
find_owner (PlateauDocument *document, PlateauMeasurement *measurement)
{
  GListModel *cells = plateau_project_get_cells (plateau_document_get_project (document));
  for (guint i = 0; i < g_list_model_get_n_items (cells); i++)
    {
      g_autoptr (PlateauCell) cell = g_list_model_get_item (cells, i);
      for (guint k = 0; k < plateau_cell_get_n_measurements (cell); k++)
        if (plateau_cell_get_measurement (cell, k) == measurement)
          return cell; /* the project keeps it */
    }
  return NULL;
}

static char *
message_subject (const char *uri)
{
  return g_strconcat ("follow:", uri, NULL);
}

static void
tell (PlateauDocument *document, Outcome *outcome)
{
  const char *name = plateau_measurement_get_source (outcome->old->pdata[0])->name;
  g_autofree char *subject = message_subject (outcome->uri);
  g_autofree char *title = g_strdup_printf (_ ("%s was changed on disk"), name);
  g_autoptr (PlateauMessage) message = plateau_message_new (
      PLATEAU_MESSAGE_WARNING, title,
      outcome->error != NULL
          ? outcome->error->message
          : _ ("What was read of it before is not the beginning of what it holds now, so it was "
               "not taken over."));
  plateau_message_set_subject (message, subject);
  plateau_message_add_action (message, _ ("Read again"), "win.read-again",
                              g_variant_new_string (outcome->uri));
  plateau_message_add_action (message, _ ("Leave"), "win.leave-message",
                              g_variant_new_string (subject));
  plateau_document_add_message (document, message);
}

static void
take_over (PlateauDocument *document, Outcome *outcome)
{
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_edit_free);
  PlateauCell *owner = NULL;
  for (guint i = 0; i < outcome->old->len; i++)
    {
      PlateauMeasurement *old = outcome->old->pdata[i];
      PlateauCell *cell = find_owner (document, old);
      if (cell == NULL)
        continue; /* taken out meanwhile */
      owner = cell;
      g_ptr_array_add (edits,
                       plateau_edit_new_measurement (cell, old, find_part (outcome->fresh, old)));
    }
  for (guint i = 0; owner != NULL && i < outcome->fresh->len; i++)
    if (find_part (outcome->old, outcome->fresh->pdata[i]) == NULL)
      g_ptr_array_add (edits, plateau_edit_new_measurement (owner, NULL, outcome->fresh->pdata[i]));
  plateau_document_amend (document, edits);
}

static void
file_read (GObject *object, gpointer result, const GError *error)
{
  Watch *watch = (Watch *) object;
  Outcome *outcome = result;
  PlateauDocument *document = watch->follow != NULL ? watch->follow->document : NULL;
  if (outcome == NULL || document == NULL)
    {
      g_clear_pointer (&outcome, outcome_free);
      return;
    }
  gint64 now = g_get_monotonic_time ();
  watch->rest_until = now + REST_FACTOR * (now - watch->started);
  if (outcome->error != NULL || !outcome->continues)
    tell (document, outcome);
  else
    {
      g_autofree char *subject = message_subject (outcome->uri);
      plateau_document_remove_message (document, subject);
      take_over (document, outcome);
    }
  outcome_free (outcome);
}

static GPtrArray *
list_measurements_of (PlateauDocument *document, const char *uri)
{
  GListModel *cells = plateau_project_get_cells (plateau_document_get_project (document));
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_measurement_unref);
  for (guint i = 0; i < g_list_model_get_n_items (cells); i++)
    {
      g_autoptr (PlateauCell) cell = g_list_model_get_item (cells, i);
      for (guint k = 0; k < plateau_cell_get_n_measurements (cell); k++)
        {
          PlateauMeasurement *measurement = plateau_cell_get_measurement (cell, k);
          if (g_strcmp0 (plateau_measurement_get_source (measurement)->uri, uri) == 0)
            g_ptr_array_add (found, plateau_measurement_ref (measurement));
        }
    }
  return found;
}

static void
start_reading (Watch *watch)
{
  PlateauDocument *document = watch->follow->document;
  Reading *reading = g_new0 (Reading, 1);
  reading->file = g_object_ref (watch->file);
  reading->uri = g_file_get_uri (watch->file);
  reading->old = list_measurements_of (document, reading->uri);
  if (reading->old->len == 0)
    {
      reading_free (reading);
      return;
    }
  reading->options = plateau_read_options_recall (reading->old->pdata[0]);
  watch->started = g_get_monotonic_time ();
  PlateauJobSpec spec = {
    .title = _ ("Reading"),
    .run = read_again,
    .input = reading,
    .free_input = (GDestroyNotify) reading_free,
    .free_result = (GDestroyNotify) outcome_free,
    .done = file_read,
    .owner = G_OBJECT (watch),
  };
  plateau_jobs_start (plateau_document_get_jobs (document), &watch->job, &spec);
}

/* Noticing */

static void
size_known (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (object), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the watch is gone */
  Watch *watch = user_data;
  watch->asking = FALSE;
  if (info == NULL || watch->follow->document == NULL)
    return; /* moved or out of reach: what was read stays */
  guint64 size = (guint64) g_file_info_get_size (info);
  gint64 modified = plateau_file_info_get_modified (info);
  if (size == watch->size && modified == watch->modified)
    return;
  watch->size = size;
  watch->modified = modified;
  start_reading (watch);
}

static gboolean
ask_size (gpointer user_data)
{
  Watch *watch = user_data;
  watch->source = 0;
  watch->first_notice = 0;
  if (watch->asking)
    return G_SOURCE_REMOVE;
  if (watch->job != NULL || g_get_monotonic_time () < watch->rest_until)
    {
      schedule (watch); /* again when it has rested */
      return G_SOURCE_REMOVE;
    }
  watch->asking = TRUE;
  g_file_query_info_async (watch->file,
                           G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_TIME_MODIFIED
                                                          "," G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC,
                           G_FILE_QUERY_INFO_NONE, G_PRIORITY_LOW, watch->cancellable, size_known,
                           watch);
  return G_SOURCE_REMOVE;
}

static void
schedule (Watch *watch)
{
  gint64 now = g_get_monotonic_time ();
  if (watch->first_notice == 0)
    watch->first_notice = now;
  if (watch->source != 0 && now - watch->first_notice > PATIENCE)
    return; /* it is written without a pause: read it when it is due */
  g_clear_handle_id (&watch->source, g_source_remove);
  watch->source = g_timeout_add (watch->follow->quiet_ms, ask_size, watch);
}

static void
file_changed (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event,
              Watch *watch)
{
  if (event == G_FILE_MONITOR_EVENT_CHANGED || event == G_FILE_MONITOR_EVENT_CHANGES_DONE_HINT
      || event == G_FILE_MONITOR_EVENT_CREATED || event == G_FILE_MONITOR_EVENT_RENAMED
      || event == G_FILE_MONITOR_EVENT_MOVED_IN)
    schedule (watch);
}

static gboolean
poll_files (gpointer user_data)
{
  PlateauFollow *follow = user_data;
  GHashTableIter iter;
  gpointer value;
  gint64 now = g_get_real_time ();
  g_hash_table_iter_init (&iter, follow->watches);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Watch *watch = value;
      if (watch->source == 0 && watch->job == NULL && now - watch->modified < STALE_AFTER)
        ask_size (watch);
    }
  return G_SOURCE_CONTINUE;
}

/* The watches are those of the document's files */

static void
ensure_watch (PlateauFollow *follow, const PlateauSource *source)
{
  Watch *watch = g_hash_table_lookup (follow->watches, source->uri);
  if (watch != NULL)
    {
      watch->marked = TRUE;
      return;
    }
  watch = g_object_new (watch_get_type (), NULL);
  watch->follow = follow;
  watch->file = g_file_new_for_uri (source->uri);
  watch->size = source->size;
  watch->modified = source->modified;
  watch->marked = TRUE;
  watch->monitor = g_file_monitor_file (watch->file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (watch->monitor != NULL)
    g_signal_connect (watch->monitor, "changed", G_CALLBACK (file_changed), watch);
  g_hash_table_insert (follow->watches, g_strdup (source->uri), watch);
  schedule (watch); /* it may have grown since it was read */
}

static gboolean
drop_unmarked (gpointer key, gpointer value, gpointer user_data)
{
  return !((Watch *) value)->marked;
}

static void
document_changed (PlateauFollow *follow)
{
  GListModel *cells = plateau_project_get_cells (plateau_document_get_project (follow->document));
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init (&iter, follow->watches);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    ((Watch *) value)->marked = FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (cells); i++)
    {
      g_autoptr (PlateauCell) cell = g_list_model_get_item (cells, i);
      for (guint k = 0; k < plateau_cell_get_n_measurements (cell); k++)
        {
          const PlateauSource *source = plateau_measurement_get_source (
              plateau_cell_get_measurement (cell, k));
          if (source->uri != NULL && source->size > 0)
            ensure_watch (follow, source);
        }
    }
  g_hash_table_foreach_remove (follow->watches, drop_unmarked, NULL);
}

static void
plateau_follow_dispose (GObject *object)
{
  PlateauFollow *follow = PLATEAU_FOLLOW (object);
  g_clear_handle_id (&follow->poll_source, g_source_remove);
  g_hash_table_remove_all (follow->watches);
  if (follow->document != NULL)
    g_signal_handlers_disconnect_by_data (follow->document, follow);
  g_clear_weak_pointer (&follow->document);
  G_OBJECT_CLASS (plateau_follow_parent_class)->dispose (object);
}

static void
plateau_follow_finalize (GObject *object)
{
  g_hash_table_unref (PLATEAU_FOLLOW (object)->watches);
  G_OBJECT_CLASS (plateau_follow_parent_class)->finalize (object);
}

static void
plateau_follow_class_init (PlateauFollowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plateau_follow_dispose;
  G_OBJECT_CLASS (klass)->finalize = plateau_follow_finalize;
}

static void
plateau_follow_init (PlateauFollow *follow)
{
  follow->watches = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

PlateauFollow *
plateau_follow_new (PlateauDocument *document)
{
  PlateauFollow *follow = g_object_new (PLATEAU_TYPE_FOLLOW, NULL);
  g_set_weak_pointer (&follow->document, document);
  g_signal_connect_swapped (document, "changed", G_CALLBACK (document_changed), follow);
  plateau_follow_set_pace (follow, QUIET_MS, POLL_MS);
  document_changed (follow);
  return follow;
}

void
plateau_follow_set_pace (PlateauFollow *follow, guint quiet, guint poll)
{
  g_clear_handle_id (&follow->poll_source, g_source_remove);
  follow->quiet_ms = quiet;
  follow->poll_ms = poll;
  follow->poll_source = g_timeout_add (poll, poll_files, follow);
}
