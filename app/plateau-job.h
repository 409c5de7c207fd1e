/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Work off the main thread. A slot holds at most one job: starting another cancels the one before,
 * whose result is then never delivered, so nothing stale is shown. A job ends quietly with its
 * owner. */
#define PLATEAU_TYPE_JOB (plateau_job_get_type ())
G_DECLARE_FINAL_TYPE (PlateauJob, plateau_job, PLATEAU, JOB, GObject)

#define PLATEAU_TYPE_JOBS (plateau_jobs_get_type ())
G_DECLARE_FINAL_TYPE (PlateauJobs, plateau_jobs, PLATEAU, JOBS, GObject)

/* On a worker thread. Returns the result, or NULL with @error set. Core types only. */
typedef gpointer (*PlateauJobFunc) (gpointer input, PlateauJob *job, GCancellable *cancellable,
                                    GError **error);
/* On the main thread. Takes @result; @error is set when @result is NULL. Not called after a
 * cancellation. */
typedef void (*PlateauJobDone) (GObject *owner, gpointer result, const GError *error);

typedef struct
{
  const char *title; /* translated; NULL: too short to be shown */
  PlateauJobFunc run;
  gpointer input; /* taken */
  GDestroyNotify free_input;
  GDestroyNotify free_result;
  PlateauJobDone done;
  GObject *owner;
  gboolean holds; /* logging out waits for it, and the program does when its windows are gone */
  gboolean keeps; /* goes on when its window closes, and is told of when cancelled too late */
} PlateauJobSpec;

/* Signals of PlateauJobs: changed (a job came or went), ended (char *title, gint64 duration). */
PlateauJobs *plateau_jobs_new (void);
PlateauJob *plateau_jobs_start (PlateauJobs *jobs, PlateauJob **slot, const PlateauJobSpec *spec);
void plateau_jobs_cancel (PlateauJobs *jobs, PlateauJob **slot);
void plateau_jobs_cancel_all (PlateauJobs *jobs);
PlateauJob *plateau_jobs_peek (PlateauJobs *jobs); /* the one to show, or NULL */
/* The one to show and those of the same title; who shows their results in a slot is told with an
 * error. */
void plateau_jobs_stop (PlateauJobs *jobs);
gboolean plateau_jobs_busy (PlateauJobs *jobs);
gboolean plateau_jobs_holds (PlateauJobs *jobs);

/* From any thread */
void plateau_job_set_progress (PlateauJob *job, guint done, guint total);
void plateau_job_set_fraction (PlateauJob *job, double fraction);
void plateau_job_cancel (PlateauJob *job);
double plateau_job_get_fraction (PlateauJob *job); /* < 0: unknown */
char *plateau_job_dup_text (PlateauJob *job);
gint64 plateau_job_get_age (PlateauJob *job); /* µs */

G_END_DECLS
