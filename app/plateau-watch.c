/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-watch.h"

#include <execinfo.h>
#include <pthread.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#define LOOK_EVERY_US 2000
#define DEEPEST 48
#define MOST_LOOKS 8

/* The main thread notes when it began to work; a thread of its own looks and, where it lasts, asks
 * it by a signal where it is. */
static struct
{
  gint64 threshold; /* µs */
  gint64 since;     /* atomic by being written by one thread: 0 while waiting */
  double cpu;       /* ms of the processor that the main thread had by then */
  int n_asked, n_looks;
  pthread_t main_thread;
  GPollFunc poll;
  void *stacks[MOST_LOOKS][DEEPEST];
  int depths[MOST_LOOKS];
} watch;

/* Where other programs want the processor too, the time that passes is not only ours. */
static double
processor_time (void)
{
  struct timespec now;
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return 1e3 * (double) now.tv_sec + 1e-6 * (double) now.tv_nsec;
}

static void
note_stack (int number)
{
  if (watch.n_looks >= MOST_LOOKS)
    return;
  watch.depths[watch.n_looks] = backtrace (watch.stacks[watch.n_looks], DEEPEST);
  watch.n_looks++;
}

static gpointer
look (gpointer data)
{
  for (;;)
    {
      gint64 since = __atomic_load_n (&watch.since, __ATOMIC_ACQUIRE);
      /* first early, then rarely, so that what takes long is met */
      if (since > 0 && watch.n_asked < MOST_LOOKS
          && g_get_monotonic_time () - since > watch.threshold * (2 * watch.n_asked + 1))
        {
          watch.n_asked++;
          pthread_kill (watch.main_thread, SIGUSR2);
        }
      g_usleep (LOOK_EVERY_US);
    }
  return NULL;
}

static gint
watching_poll (GPollFD *fds, guint n_fds, gint timeout)
{
  gint64 since = watch.since, took = since > 0 ? g_get_monotonic_time () - since : 0;
  __atomic_store_n (&watch.since, 0, __ATOMIC_RELEASE);
  if (took >= watch.threshold)
    {
      g_printerr ("busy\t%.1f\tms\t%.1f\n", 1e-3 * (double) took, processor_time () - watch.cpu);
      for (int i = 0; i < watch.n_looks; i++)
        {
          g_printerr ("at\n");
          backtrace_symbols_fd (watch.stacks[i], watch.depths[i], STDERR_FILENO);
        }
      g_printerr ("end\n");
    }
  watch.n_asked = watch.n_looks = 0;
  gint result = watch.poll (fds, n_fds, timeout);
  watch.cpu = processor_time ();
  __atomic_store_n (&watch.since, g_get_monotonic_time (), __ATOMIC_RELEASE);
  return result;
}

void
plateau_watch_start (void)
{
  const char *wanted = g_getenv ("PLATEAU_WATCH_MS");
  watch.threshold = wanted != NULL ? (gint64) (1000 * g_ascii_strtod (wanted, NULL)) : 0;
  if (watch.threshold <= 0)
    return;
  watch.main_thread = pthread_self ();
  watch.poll = g_main_context_get_poll_func (NULL);
  backtrace (watch.stacks[0], DEEPEST); /* loads what it needs before the first signal */
  struct sigaction action = { .sa_handler = note_stack, .sa_flags = SA_RESTART };
  sigaction (SIGUSR2, &action, NULL);
  g_main_context_set_poll_func (NULL, watching_poll);
  g_thread_unref (g_thread_new ("watch", look, NULL));
}
