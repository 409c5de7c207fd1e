/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim-cell.h"
#include "sim-parameters.h"
#include "sim-recorder.h"

G_BEGIN_DECLS

/* One cell in one test: what it is made of, how this replicate differs from the mean of its
 * kind, and the files that the test leaves. */
typedef struct
{
  SimParameters *parameters;
  const char *folder, *base; /* of the files */
  GPtrArray *files;          /* names written so far */
  guint replicate, n_replicates;
  guint32 seed;
  SimInstrument instrument;
  double mass; /* mg of active material */
  double area; /* cm2 */
  double temperature, reference_offset;
  double scale_fade, scale_resistance; /* applied after calibration: 1 leaves the targets met */
} SimTest;

double sim_test_scatter (const SimTest *test, const char *quantity);
double sim_test_current (SimTest *test, double c_rate);
gboolean sim_test_make_cell (SimTest *test, SimCell *cell, GError **error);
void sim_test_clear_cell (SimCell *cell);
gboolean sim_test_write (SimTest *test, const char *suffix, const GString *text, GError **error);

/* The kinds of test. */
gboolean sim_cycling_run (SimTest *test, GError **error);
gboolean sim_spectra_run (SimTest *test, GError **error);
gboolean sim_gitt_run (SimTest *test, GError **error);
gboolean sim_voltammetry_run (SimTest *test, GError **error);
gboolean sim_hold_run (SimTest *test, GError **error);

G_END_DECLS
