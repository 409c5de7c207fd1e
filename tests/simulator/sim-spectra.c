/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-impedance.h"
#include "sim-test.h"

#include <math.h>
#include <string.h>

/* Impedance spectra in the text layout of EC-Lab, several a file: along the first cycle with its
 * curve beside it, or at given cycles, hours or temperatures. */
typedef struct
{
  SimTest *test;
  GArray *elements;
  GRand *random;
  GString *text;
  double high, low, noise;
  guint per_decade, cycle;
  gboolean galvanostatic;
} Sweep;

/* Where a cell is at a time, so that a spectrum taken under current drifts. */
typedef struct
{
  const double *time, *potential; /* s, V vs Li+/Li */
  guint n;
  double current; /* A */
} Course;

static void
begin (Sweep *sweep, double amplitude)
{
  const char *technique = sweep->galvanostatic ? "Galvanostatic" : "Potentio";
  g_autoptr (GString) head = g_string_new (NULL);
  g_string_append_printf (head, "\n%s Electrochemical Impedance Spectroscopy\n\n", technique);
  g_string_append (head, "Acquisition started on : 01/01/2024 00:00:00\n");
  g_string_append (head, "Comments : simulated, not measured\n");
  g_string_append (head, "Electrode material : simulated\nElectrolyte : simulated\n");
  g_string_append_printf (head, "%-20s%.3f\n", sweep->galvanostatic ? "Ia (mA)" : "Va (mV)",
                          amplitude * 1e3);
  guint lines = 2;
  for (const char *c = head->str; *c != 0; c++)
    lines += *c == '\n';
  g_string_printf (sweep->text, "EC-Lab ASCII FILE\nNb header lines : %u\n%s", lines + 1,
                   head->str);
  g_string_append (sweep->text, "freq/Hz\tRe(Z)/Ohm\t-Im(Z)/Ohm\ttime/s\t<Ewe>/V\t<I>/mA\tcycle "
                                "number\tTemperature/°C\n");
}

static void
append (GString *text, double value, char end)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  g_string_append (text, g_ascii_formatd (buffer, sizeof buffer, "%.7E", value));
  g_string_append_c (text, end);
}

static double
course_at (const Course *course, double time)
{
  guint i = 1;
  while (i + 1 < course->n && course->time[i] < time)
    i++;
  double share = (time - course->time[i - 1]) / (course->time[i] - course->time[i - 1]);
  return course->potential[i - 1]
         + CLAMP (share, 0, 1) * (course->potential[i] - course->potential[i - 1]);
}

/* One spectrum from @time on. @x is NaN where the potential decides. */
static void
take (Sweep *sweep, const Course *course, double time, double x, double temperature)
{
  guint points = (guint) lround (log10 (sweep->high / sweep->low) * sweep->per_decade) + 1;
  sweep->cycle++;
  for (guint i = 0; i < points; i++)
    {
      double frequency = sweep->high * pow (10, -(double) i / sweep->per_decade);
      double potential = course_at (course, time);
      double complex z = sim_elements_impedance (sweep->elements, frequency,
                                                 isfinite (x) ? x : potential);
      double off = sweep->noise * cabs (z);
      append (sweep->text, frequency, '\t');
      append (sweep->text, creal (z) + off * sim_recorder_gauss (sweep->random), '\t');
      append (sweep->text, -(cimag (z) + off * sim_recorder_gauss (sweep->random)), '\t');
      append (sweep->text, time, '\t');
      append (sweep->text, potential - sweep->test->reference_offset, '\t');
      append (sweep->text, course->current * 1e3, '\t');
      append (sweep->text, sweep->cycle, '\t');
      append (sweep->text, temperature, '\n');
      time += 0.2 + 2 / frequency;
    }
}

static gboolean
open_sweep (Sweep *sweep, SimTest *test, const char *points_name)
{
  SimParameters *p = test->parameters;
  JsonArray *list = sim_list (p, "elements");
  if (list == NULL)
    return FALSE;
  sweep->test = test;
  sweep->elements = sim_elements_read (p, list, points_name);
  sweep->random = g_rand_new_with_seed (test->seed * 17 + test->replicate);
  sweep->text = g_string_new (NULL);
  sweep->high = sim_number (p, "frequency_high_Hz");
  sweep->low = sim_number (p, "frequency_low_Hz");
  sweep->noise = sim_number (p, "impedance_noise");
  sweep->per_decade = (guint) sim_number (p, "points_per_decade");
  sweep->galvanostatic = strcmp (sim_text (p, "mode", "PEIS"), "GEIS") == 0;
  begin (sweep, sim_number (p, sweep->galvanostatic ? "amplitude_A" : "amplitude_V"));
  return TRUE;
}

static void
close_sweep (Sweep *sweep)
{
  g_clear_pointer (&sweep->elements, g_array_unref);
  g_clear_pointer (&sweep->random, g_rand_free);
  if (sweep->text != NULL)
    g_string_free (sweep->text, TRUE);
  sweep->text = NULL;
}

/* Spectra at listed cycles, hours or temperatures, or a single one. */
static gboolean
run_listed (SimTest *test, const char *along, GError **error)
{
  SimParameters *p = test->parameters;
  Sweep sweep = { NULL };
  JsonArray *points = sim_list (p, "points");
  if (points == NULL || !open_sweep (&sweep, test, "at"))
    return TRUE; /* the caller reports the parameters' error */
  double potential = sim_number_or (p, "potential_V", test->reference_offset);
  gboolean temperatures = strcmp (along, "temperature") == 0;
  for (guint i = 0; i < json_array_get_length (points); i++)
    {
      double x = json_array_get_double_element (points, i);
      double time = strcmp (along, "hours") == 0 ? x * 3600 : i * 7200.0;
      double times[] = { time, time + 1 }, potentials[] = { potential, potential };
      Course course = { times, potentials, 2, 0 };
      if (strcmp (along, "cycle") == 0)
        sweep.cycle = (guint) x - 1;
      take (&sweep, &course, time, x, temperatures ? x : test->temperature - 273.15);
    }
  gboolean done = sim_test_write (test, "_eis.mpt", sweep.text, error);
  close_sweep (&sweep);
  return done;
}

/* One branch of the first cycle: its records, and its spectra every so often. */
static gboolean
run_branch (SimTest *test, SimRecorder *recorder, const SimBranch *branch, double current,
            const char *points_name, GError **error)
{
  SimParameters *p = test->parameters;
  Sweep sweep = { NULL };
  double times[SIM_BRANCH_POINTS], amperes = current * test->mass * 1e-6;
  double begun = recorder->time, every = 3600 * sim_number (p, "every_h");
  sim_recorder_begin_step (recorder);
  for (guint i = 0; i < branch->n; i++)
    {
      times[i] = begun + branch->q[i] / fabs (current) * 3600;
      if (i > 0)
        sim_recorder_pass (recorder, times[i] - times[i - 1], amperes);
      sim_recorder_write (recorder, branch->v[i], amperes, i + 1 == branch->n);
    }
  if (!open_sweep (&sweep, test, points_name))
    return TRUE;
  Course course = { times, branch->v, branch->n, sweep.galvanostatic ? amperes : 0 };
  for (double time = begun + every; time < recorder->time; time += every)
    take (&sweep, &course, time, NAN, test->temperature - 273.15);
  take (&sweep, &course, recorder->time, NAN, test->temperature - 273.15);
  g_autofree char *suffix = g_strdup_printf ("_eis_%s.mpt", current > 0 ? "charge" : "discharge");
  gboolean done = sim_test_write (test, suffix, sweep.text, error);
  close_sweep (&sweep);
  return done;
}

static gboolean
run_first_cycle (SimTest *test, GError **error)
{
  SimParameters *p = test->parameters;
  SimCell cell;
  SimBranch branch;
  if (!sim_test_make_cell (test, &cell, error))
    return FALSE;
  SimState state = { sim_test_current (test, sim_number (p, "formation_c_rate")), 1, 0, 1, 0 };
  double capacity = sim_number (p, "formation_capacity_mAh_g")
                    * (1 + sim_test_scatter (test, "capacity"));
  double efficiency = sim_number (p, "initial_efficiency_percent") / 100;
  double share = sim_number_or (p, "plateau_share_percent", NAN) / 100;
  state.lead = (sim_cell_span (&cell, &state) - capacity / cell.capacity) / 2;
  g_autoptr (SimRecorder) recorder = sim_recorder_new (
      &test->instrument, test->seed + test->replicate, test->reference_offset, test->temperature);
  sim_recorder_begin_cycle (recorder);
  gboolean done = sim_cell_first_charge (&cell, &state, capacity / efficiency, share, &branch,
                                         error)
                  && run_branch (test, recorder, &branch, state.current, "at", error);
  if (done)
    {
      sim_cell_discharge (&cell, &state, sim_cell_upper (&cell, &state),
                          sim_cell_lower (&cell, &state), &branch);
      done = run_branch (test, recorder, &branch, -state.current, "discharge", error)
             && sim_test_write (test, ".bdf.csv", recorder->text, error);
    }
  sim_test_clear_cell (&cell);
  return done;
}

/**
 * sim_spectra_run:
 *
 * Impedance of series-connected elements whose values follow the potential (along "first-cycle"),
 * or the test's points (along "cycle", "hours", "temperature").
 */
gboolean
sim_spectra_run (SimTest *test, GError **error)
{
  const char *along = sim_text (test->parameters, "along", "cycle");
  if (strcmp (along, "first-cycle") == 0)
    return run_first_cycle (test, error);
  return run_listed (test, along, error);
}
