/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-error.h"
#include "store/plateau-store.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

/* A process that edits and imports is killed 200 times at any moment. What it had said to be done
 * is there afterwards, at most the one action more that was under way, and each action whole. */

#define ROUNDS 200
#define ROUNDS_PER_FILE 20
#define N_ROWS 1500
#define STRIDE 100000 /* of ids between rounds */

static PlateauMeasurement *
make_measurement (gint64 seed)
{
  PlateauMeasurement *measurement = plateau_measurement_new (
      plateau_source_new ("file:///cell.mpr", "cell.mpr", 123, 456));
  g_autoptr (PlateauRecordingBuilder) builder = plateau_recording_builder_new ();
  plateau_recording_builder_add_column (builder, PLATEAU_QUANTITY_TIME, NULL, NULL);
  plateau_recording_builder_add_column (builder, PLATEAU_QUANTITY_POTENTIAL, NULL, NULL);
  for (gsize i = 0; i < N_ROWS; i++)
    {
      double *row = plateau_recording_builder_append_row (builder);
      row[0] = (double) i;
      row[1] = (double) seed + (double) i;
    }
  g_autoptr (PlateauRecording)
      recording = plateau_recording_builder_finish (builder, NULL, NULL, NULL);
  plateau_measurement_set_recording (measurement, recording);
  plateau_measurement_set_kinds (measurement, PLATEAU_KIND_CYCLING);
  return measurement;
}

static gboolean
edit (PlateauStore *store, PlateauSample *sample, gint64 action)
{
  g_autofree char *note = g_strdup_printf ("%" G_GINT64_FORMAT, action);
  PlateauStoreChange *change = plateau_store_change_new ();
  g_object_set (sample, "note", note, NULL);
  plateau_store_put_sample (change, sample);
  return plateau_store_commit (store, change, NULL);
}

/* A cell, its recording and a note, in one action. */
static gboolean
import (PlateauStore *store, PlateauSample *sample, gint64 action)
{
  g_autoptr (PlateauCell) cell = plateau_cell_new ("cell");
  g_autoptr (PlateauMeasurement) measurement = make_measurement (action);
  g_autofree char *note = g_strdup_printf ("%" G_GINT64_FORMAT, action);
  PlateauStoreChange *change = plateau_store_change_new ();
  plateau_cell_set_id (cell, action);
  g_object_set (cell, "sample", sample, NULL);
  g_object_set (sample, "note", note, NULL);
  plateau_store_put_sample (change, sample);
  plateau_store_put_cell (change, cell, 0);
  plateau_store_put_measurement (change, action, 0, measurement);
  return plateau_store_commit (store, change, NULL);
}

/* Never returns. Says "+" after each action that is done. */
static void
work (const char *path, int round, int said)
{
  g_autoptr (PlateauStore) store = g_file_test (path, G_FILE_TEST_EXISTS)
                                       ? plateau_store_open (path, 0, NULL)
                                       : plateau_store_create (path, NULL);
  g_autoptr (PlateauSample) sample = plateau_sample_new ("S-LRMO");
  plateau_sample_set_id (sample, 1);
  for (gint64 i = 1; store != NULL; i++)
    {
      gint64 action = (gint64) STRIDE * (round + 1) + i;
      if (!(i % 3 == 0 ? import (store, sample, action) : edit (store, sample, action))
          || write (said, "+", 1) != 1)
        break;
    }
  _exit (1);
}

static gint64
run_and_kill (const char *path, int round, GRand *random)
{
  int pipes[2];
  char buffer[4096];
  gint64 finished = 0;
  gssize got;
  g_assert_cmpint (pipe (pipes), ==, 0);
  pid_t child = fork ();
  if (child == 0)
    work (path, round, pipes[1]);
  g_assert_cmpint (child, >, 0);
  close (pipes[1]);
  g_usleep ((gulong) g_rand_int_range (random, 2000, 60000));
  kill (child, SIGKILL);
  waitpid (child, NULL, 0);
  while ((got = read (pipes[0], buffer, sizeof buffer)) > 0)
    finished += got;
  close (pipes[0]);
  return finished;
}

static void
check_cell (PlateauCell *cell)
{
  g_autoptr (GError) error = NULL;
  g_assert_cmpuint (plateau_cell_get_n_measurements (cell), ==, 1);
  g_autoptr (PlateauRecording) recording = plateau_measurement_ref_recording (
      plateau_cell_get_measurement (cell, 0), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (plateau_recording_get_n_rows (recording), ==, N_ROWS);
  g_assert_cmpfloat (plateau_recording_peek (recording, PLATEAU_QUANTITY_POTENTIAL)[N_ROWS - 1], ==,
                     (double) plateau_cell_get_id (cell) + N_ROWS - 1);
}

/* The last action is told by the sample's note; every import up to it has its cell, and the last
 * cells are whole. */
static void
check (const char *path, int round, gint64 finished)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *note = NULL;
  g_autoptr (PlateauStore) store = plateau_store_open (path, 0, &error);
  g_assert_no_error (error);
  g_autoptr (PlateauProject) project = plateau_store_load (store, &error);
  g_assert_no_error (error);
  PlateauSample *sample = plateau_project_find_sample (project, 1);
  gint64 first = (gint64) STRIDE * (round + 1), last = first;
  if (sample != NULL)
    {
      g_object_get (sample, "note", &note, NULL);
      last = MAX (first, g_ascii_strtoll (note, NULL, 10));
    }
  g_assert_cmpint (last - first, >=, finished);
  g_assert_cmpint (last - first, <=, finished + 1);
  for (gint64 i = 3; i <= last - first; i += 3)
    {
      PlateauCell *cell = plateau_project_find_cell (project, first + i);
      g_assert_nonnull (cell);
      if (i > last - first - 9)
        check_cell (cell);
    }
  g_assert_null (plateau_project_find_cell (project, first + (last - first) / 3 * 3 + 3));
  plateau_store_close (store, NULL);
}

static void
remove_files (const char *path)
{
  static const char *const ends[] = { "", "-wal", "-shm", "-journal", ".lock" };
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *name = g_strconcat (path, ends[i], NULL);
      g_unlink (name);
    }
}

static void
test_kill (void)
{
  g_autofree char *folder = g_dir_make_tmp ("plateau-kill-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "study.plateau", NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  gint64 actions = 0;
  guint killed_before_any = 0;
  for (int round = 0; round < ROUNDS; round++)
    {
      if (round % ROUNDS_PER_FILE == 0)
        remove_files (path);
      gint64 finished = run_and_kill (path, round, random);
      actions += finished;
      /* Killed while the file was being made: there is none, or one that opens. */
      if (finished == 0 && !g_file_test (path, G_FILE_TEST_EXISTS))
        killed_before_any++;
      else
        check (path, round, finished);
    }
  g_test_message ("%d kills, %" G_GINT64_FORMAT " actions, %u before the file was there", ROUNDS,
                  actions, killed_before_any);
  g_assert_cmpint (actions, >, ROUNDS);
  remove_files (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/killed-200-times", test_kill);
  return g_test_run ();
}
