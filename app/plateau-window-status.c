/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-window-private.h"

#include "plateau-later.h"
#include "plateau-messages.h"
#include "plateau-tooltip.h"

#include <glib/gi18n.h>
#include <string.h>

/* Jobs shorter than this are not worth a flicker. */
#define SHOW_JOBS_AFTER (300 * G_TIME_SPAN_MILLISECOND)
#define NOTIFY_AFTER_MS 5000
#define LET_LOG_OUT_AFTER_MS 500
#define POLL_INTERVAL 100

static void
update_title (PlateauWindow *window)
{
  g_autofree char *title = plateau_document_dup_title (window->document);
  gboolean empty = plateau_document_is_empty (window->document);
  g_autofree char *state = empty ? NULL : plateau_document_dup_state (window->document);
  gtk_label_set_text (GTK_LABEL (window->title_label), title);
  gtk_label_set_text (GTK_LABEL (window->subtitle_label), state != NULL ? state : "");
  plateau_tooltip_set (window->title_label, title);
  plateau_tooltip_set (window->subtitle_label, state);
  gtk_widget_set_visible (window->subtitle_label, state != NULL);
  gtk_window_set_title (GTK_WINDOW (window), title);
}

static guint
count_files (PlateauStudy *study)
{
  g_autoptr (GHashTable) files = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < plateau_study_get_n_cells (study); i++)
    {
      GPtrArray *measurements = plateau_study_get_cell (study, i)->measurements;
      for (guint j = 0; j < measurements->len; j++)
        {
          const PlateauSource *source = plateau_measurement_get_source (
              g_ptr_array_index (measurements, j));
          g_hash_table_add (files, source->uri != NULL ? source->uri : source->name);
        }
    }
  return g_hash_table_size (files);
}

static void
update_files (PlateauWindow *window)
{
  if (plateau_document_is_empty (window->document))
    {
      gtk_label_set_text (GTK_LABEL (window->files_label), _ ("No project open"));
      return;
    }
  guint n = count_files (plateau_document_get_study (window->document));
  g_autofree char *text = g_strdup_printf (ngettext ("%u file", "%u files", n), n);
  gtk_label_set_text (GTK_LABEL (window->files_label), text);
}

static void
document_changed (PlateauWindow *window)
{
  update_title (window);
  update_files (window);
}

/* Logging out waits while something is being written or read in, and a moment longer: changes come in
 * rows. */

static gboolean
let_log_out (gpointer user_data)
{
  PlateauWindow *window = user_data;
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (window));
  window->inhibit_source = 0;
  if (application != NULL)
    gtk_application_uninhibit (application, window->inhibit_cookie);
  window->inhibit_cookie = 0;
  return G_SOURCE_REMOVE;
}

static void
state_changed (PlateauWindow *window)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (window));
  gboolean writing = plateau_document_is_writing (window->document);
  update_title (window);
  if (application == NULL)
    return;
  if (writing)
    g_clear_handle_id (&window->inhibit_source, g_source_remove);
  if (writing && window->inhibit_cookie == 0)
    window->inhibit_cookie = gtk_application_inhibit (
        application, GTK_WINDOW (window), GTK_APPLICATION_INHIBIT_LOGOUT, _ ("Saving the project"));
  else if (!writing && window->inhibit_cookie != 0 && window->inhibit_source == 0)
    window->inhibit_source = g_timeout_add (LET_LOG_OUT_AFTER_MS, let_log_out, window);
  if (window->closes_when_written && !plateau_document_has_unwritten (window->document))
    gtk_window_close (GTK_WINDOW (window));
}

static void
reveal_messages (gpointer object)
{
  PlateauWindow *window = object;
  if (!gtk_revealer_get_reveal_child (GTK_REVEALER (window->messages_revealer)))
    gtk_widget_activate_action (GTK_WIDGET (window), "win.show-messages", NULL);
}

static void
messages_changed (PlateauWindow *window)
{
  GListModel *messages = plateau_document_get_messages (window->document);
  g_autofree char *text = plateau_messages_summarise (messages);
  gboolean errors = FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (messages); i++)
    {
      g_autoptr (PlateauMessage) message = g_list_model_get_item (messages, i);
      errors |= plateau_message_get_severity (message) == PLATEAU_MESSAGE_ERROR;
    }
  gtk_widget_set_visible (window->messages_button, text != NULL);
  gtk_label_set_text (GTK_LABEL (window->messages_label), text != NULL ? text : "");
  gtk_image_set_from_icon_name (GTK_IMAGE (window->messages_icon),
                                errors ? "dialog-error-symbolic" : "dialog-warning-symbolic");
  gtk_widget_remove_css_class (window->messages_icon, errors ? "warning-mark" : "error-mark");
  gtk_widget_add_css_class (window->messages_icon, errors ? "error-mark" : "warning-mark");
  if (text == NULL)
    gtk_revealer_set_reveal_child (GTK_REVEALER (window->messages_revealer), FALSE);
  else if (errors)
    plateau_later (window, reveal_messages);
}

static void
show_read_off (PlateauWindow *window, const char *text)
{
  gtk_label_set_text (GTK_LABEL (window->read_off_label), text != NULL ? text : "");
}

/* Jobs */

static gboolean
poll_jobs (gpointer user_data)
{
  PlateauWindow *window = user_data;
  PlateauJobs *jobs = plateau_document_get_jobs (window->document);
  PlateauJob *job = plateau_jobs_peek (jobs);
  gboolean shown = job != NULL && plateau_job_get_age (job) > SHOW_JOBS_AFTER;
  gtk_widget_set_visible (window->job_progress, shown);
  gtk_widget_set_visible (window->job_cancel, shown);
  if (shown)
    {
      g_autofree char *text = plateau_job_dup_text (job);
      double fraction = plateau_job_get_fraction (job);
      gtk_label_set_text (GTK_LABEL (window->job_label), text);
      if (fraction >= 0)
        gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (window->job_progress), fraction);
      else
        gtk_progress_bar_pulse (GTK_PROGRESS_BAR (window->job_progress));
    }
  else
    gtk_label_set_text (GTK_LABEL (window->job_label), "");
  if (plateau_jobs_busy (jobs))
    return G_SOURCE_CONTINUE;
  window->job_source = 0;
  return G_SOURCE_REMOVE;
}

static void
jobs_changed (PlateauWindow *window)
{
  state_changed (window);
  if (window->job_source == 0)
    window->job_source = g_timeout_add (POLL_INTERVAL, poll_jobs, window);
}

/* Tests cannot wait that long. */
static gint64
notify_after (void)
{
  const char *wanted = g_getenv ("PLATEAU_NOTIFY_MS");
  return (wanted != NULL ? g_ascii_strtoll (wanted, NULL, 10) : NOTIFY_AFTER_MS)
         * G_TIME_SPAN_MILLISECOND;
}

static void
job_ended (PlateauWindow *window, const char *title, gint64 duration)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (window));
  if (duration < notify_after () || application == NULL || gtk_window_is_active (GTK_WINDOW (window)))
    return;
  g_autofree char *project = plateau_document_dup_title (window->document);
  g_autofree char *text = g_strdup_printf (_ ("%s: done"), title);
  g_autoptr (GNotification) notification = g_notification_new (project);
  g_notification_set_body (notification, text);
  g_application_send_notification (G_APPLICATION (application), "job", notification);
}

void
_plateau_window_connect_status (PlateauWindow *window)
{
  PlateauDocument *document = window->document;
  g_signal_connect_swapped (document, "changed", G_CALLBACK (document_changed), window);
  g_signal_connect_swapped (document, "state-changed", G_CALLBACK (state_changed), window);
  g_signal_connect_swapped (document, "saved", G_CALLBACK (_plateau_window_saved), window);
  g_signal_connect_swapped (document, "read-off", G_CALLBACK (show_read_off), window);
  g_signal_connect_swapped (plateau_document_get_jobs (document), "changed",
                            G_CALLBACK (jobs_changed), window);
  g_signal_connect_swapped (plateau_document_get_jobs (document), "ended", G_CALLBACK (job_ended),
                            window);
  g_signal_connect_swapped (plateau_document_get_messages (document), "items-changed",
                            G_CALLBACK (messages_changed), window);
  document_changed (window);
  messages_changed (window);
}

void
_plateau_window_init_status (PlateauWindow *window)
{
  gtk_widget_set_size_request (window->job_progress, 120, -1);
}
