/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-job.h"

#include <glib/gi18n.h>

struct _PlateauJob
{
  GObject parent_instance;

  char *title;
  PlateauJobFunc run;
  gpointer input;
  GDestroyNotify free_input, free_result;
  PlateauJobDone done;
  GWeakRef owner;
  PlateauJob **slot; /* valid while owner lives */
  GCancellable *cancellable;
  gint64 started;
  gint n_done, n_total; /* atomic */
  gboolean holds, keeps;
  gboolean stopped; /* by the user, who is told */
};

struct _PlateauJobs
{
  GObject parent_instance;

  GPtrArray *jobs;
};

enum
{
  CHANGED,
  ENDED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlateauJob, plateau_job, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE (PlateauJobs, plateau_jobs, G_TYPE_OBJECT)

static void
plateau_job_finalize (GObject *object)
{
  PlateauJob *job = PLATEAU_JOB (object);
  if (job->free_input != NULL)
    g_clear_pointer (&job->input, job->free_input);
  g_weak_ref_clear (&job->owner);
  g_clear_object (&job->cancellable);
  g_free (job->title);
  G_OBJECT_CLASS (plateau_job_parent_class)->finalize (object);
}

static void
plateau_job_class_init (PlateauJobClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plateau_job_finalize;
}

static void
plateau_job_init (PlateauJob *job)
{
  job->cancellable = g_cancellable_new ();
  job->started = g_get_monotonic_time ();
}

static void
plateau_jobs_finalize (GObject *object)
{
  g_ptr_array_unref (PLATEAU_JOBS (object)->jobs);
  G_OBJECT_CLASS (plateau_jobs_parent_class)->finalize (object);
}

static void
plateau_jobs_class_init (PlateauJobsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plateau_jobs_finalize;
  signals[CHANGED] = g_signal_new ("changed", PLATEAU_TYPE_JOBS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[ENDED] = g_signal_new ("ended", PLATEAU_TYPE_JOBS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT64);
}

static void
plateau_jobs_init (PlateauJobs *jobs)
{
  jobs->jobs = g_ptr_array_new_with_free_func (g_object_unref);
}

PlateauJobs *
plateau_jobs_new (void)
{
  return g_object_new (PLATEAU_TYPE_JOBS, NULL);
}

/* What is being written is ended, or taken away again, before the program ends. */
static void
hold_program (PlateauJob *job, gboolean hold)
{
  GApplication *application = job->holds ? g_application_get_default () : NULL;
  if (application != NULL && hold)
    g_application_hold (application);
  else if (application != NULL)
    g_application_release (application);
}

static void
run_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  PlateauJob *job = task_data;
  GError *error = NULL;
  gpointer result = job->run (job->input, job, cancellable, &error);
  if (error == NULL)
    g_task_return_pointer (task, result, job->free_result);
  else
    g_task_return_error (task, error);
}

static void
job_finished (GObject *source, GAsyncResult *async_result, gpointer user_data)
{
  PlateauJobs *jobs = PLATEAU_JOBS (source);
  GTask *task = G_TASK (async_result);
  g_autoptr (PlateauJob) job = g_object_ref (g_task_get_task_data (task));
  g_autoptr (GError) error = NULL;
  gpointer result = g_task_propagate_pointer (task, &error);
  g_autoptr (GObject) owner = g_weak_ref_get (&job->owner);

  g_ptr_array_remove (jobs->jobs, job);
  gboolean current = owner != NULL && (job->slot == NULL || *job->slot == job);
  if (current && job->slot != NULL)
    *job->slot = NULL;
  gboolean cancelled = g_cancellable_is_cancelled (job->cancellable)
                       && !(job->keeps && result != NULL);
  if (current && job->stopped && job->slot != NULL)
    {
      /* What was there before is of other settings or cells: it must not stay. */
      g_clear_error (&error);
      if (result == NULL)
        g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                             _ ("Stopped before it was done. Press F5 to compute it again."));
      job->done (owner, result, error);
    }
  else if (current && !cancelled && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      job->done (owner, result, error);
      if (job->title != NULL)
        g_signal_emit (jobs, signals[ENDED], 0, job->title, plateau_job_get_age (job));
    }
  else if (result != NULL && job->free_result != NULL)
    job->free_result (result);
  g_signal_emit (jobs, signals[CHANGED], 0);
  hold_program (job, FALSE);
}

/* @slot: (nullable): a member of the owner, NULL or the job running in it. */
PlateauJob *
plateau_jobs_start (PlateauJobs *jobs, PlateauJob **slot, const PlateauJobSpec *spec)
{
  g_return_val_if_fail (PLATEAU_IS_JOBS (jobs), NULL);
  plateau_jobs_cancel (jobs, slot);
  PlateauJob *job = g_object_new (PLATEAU_TYPE_JOB, NULL);
  job->title = g_strdup (spec->title);
  job->run = spec->run;
  job->input = spec->input;
  job->free_input = spec->free_input;
  job->free_result = spec->free_result;
  job->done = spec->done;
  job->slot = slot;
  job->holds = spec->holds;
  job->keeps = spec->keeps;
  g_weak_ref_init (&job->owner, spec->owner);
  g_ptr_array_add (jobs->jobs, job);
  if (slot != NULL)
    *slot = job;

  g_autoptr (GTask) task = g_task_new (jobs, job->cancellable, job_finished, NULL);
  g_task_set_source_tag (task, plateau_jobs_start);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, g_object_ref (job), g_object_unref);
  g_task_run_in_thread (task, run_in_thread);
  hold_program (job, TRUE);
  g_signal_emit (jobs, signals[CHANGED], 0);
  return job;
}

void
plateau_jobs_cancel (PlateauJobs *jobs, PlateauJob **slot)
{
  if (slot != NULL && *slot != NULL)
    {
      g_cancellable_cancel ((*slot)->cancellable);
      *slot = NULL;
    }
}

void
plateau_jobs_cancel_all (PlateauJobs *jobs)
{
  for (guint i = 0; i < jobs->jobs->len; i++)
    {
      PlateauJob *job = g_ptr_array_index (jobs->jobs, i);
      if (!job->keeps)
        plateau_job_cancel (job);
    }
}

PlateauJob *
plateau_jobs_peek (PlateauJobs *jobs)
{
  for (guint i = jobs->jobs->len; i-- > 0;)
    {
      PlateauJob *job = g_ptr_array_index (jobs->jobs, i);
      if (job->title != NULL && !g_cancellable_is_cancelled (job->cancellable))
        return job;
    }
  return NULL;
}

/* Whether one of them must not be broken off. */
gboolean
plateau_jobs_holds (PlateauJobs *jobs)
{
  for (guint i = 0; i < jobs->jobs->len; i++)
    {
      PlateauJob *job = g_ptr_array_index (jobs->jobs, i);
      if (job->holds && (job->keeps || !g_cancellable_is_cancelled (job->cancellable)))
        return TRUE;
    }
  return FALSE;
}

gboolean
plateau_jobs_busy (PlateauJobs *jobs)
{
  return jobs->jobs->len > 0;
}

void
plateau_job_set_progress (PlateauJob *job, guint done, guint total)
{
  g_atomic_int_set (&job->n_total, (gint) total);
  g_atomic_int_set (&job->n_done, (gint) done);
}

/* Of what cannot be counted: 0 to 1. */
void
plateau_job_set_fraction (PlateauJob *job, double fraction)
{
  g_atomic_int_set (&job->n_total, -1000);
  g_atomic_int_set (&job->n_done, (gint) (1000 * fraction));
}

void
plateau_job_cancel (PlateauJob *job)
{
  g_cancellable_cancel (job->cancellable);
}

void
plateau_jobs_stop (PlateauJobs *jobs)
{
  PlateauJob *shown = plateau_jobs_peek (jobs);
  for (guint i = 0; shown != NULL && i < jobs->jobs->len; i++)
    {
      PlateauJob *job = g_ptr_array_index (jobs->jobs, i);
      if (g_strcmp0 (job->title, shown->title) != 0 || g_cancellable_is_cancelled (job->cancellable))
        continue;
      job->stopped = TRUE;
      plateau_job_cancel (job);
    }
}

double
plateau_job_get_fraction (PlateauJob *job)
{
  int total = g_atomic_int_get (&job->n_total);
  return total != 0 ? (double) g_atomic_int_get (&job->n_done) / ABS (total) : -1;
}

char *
plateau_job_dup_text (PlateauJob *job)
{
  int total = g_atomic_int_get (&job->n_total);
  if (total <= 1)
    return g_strdup (job->title);
  /* Translators: what is being done, then how far: "Reading 3 of 12" */
  return g_strdup_printf (_ ("%s %d of %d"), job->title,
                          MIN (g_atomic_int_get (&job->n_done) + 1, total), total);
}

gint64
plateau_job_get_age (PlateauJob *job)
{
  return g_get_monotonic_time () - job->started;
}
