/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-test.h"

#include <math.h>

/**
 * sim_test_scatter:
 * @quantity: what varies between replicates; its standard deviation is scatter_@quantity
 *
 * The deviations of the replicates of one test sum to zero, so that their mean is the target.
 *
 * Returns: the deviation of this replicate
 */
double
sim_test_scatter (const SimTest *test, const char *quantity)
{
  g_autofree char *name = g_strdup_printf ("scatter_%s", quantity);
  double sd = sim_number_or (test->parameters, name, 0), sum = 0, square = 0, mine = 0;
  if (test->n_replicates < 2 || sd == 0)
    return 0;
  g_autoptr (GRand) random = g_rand_new_with_seed (test->seed ^ g_str_hash (quantity));
  g_autofree double *draws = g_new (double, test->n_replicates);
  for (guint i = 0; i < test->n_replicates; i++)
    sum += draws[i] = sim_recorder_gauss (random);
  for (guint i = 0; i < test->n_replicates; i++)
    {
      draws[i] -= sum / test->n_replicates;
      square += draws[i] * draws[i];
    }
  mine = draws[test->replicate] / sqrt (square / (test->n_replicates - 1));
  return sd * mine;
}

/* The current in mA/g. */
double
sim_test_current (SimTest *test, double c_rate)
{
  return c_rate * sim_number (test->parameters, "one_c_mAh_g");
}

static SimCurve *
find_curve (SimTest *test, const char *name, GError **error)
{
  JsonArray *processes = sim_list (test->parameters, name);
  return processes == NULL ? NULL : sim_curve_new (processes, error);
}

/**
 * sim_test_make_cell:
 *
 * Fills @cell from the parameters; its capacity is that of the sample's first discharge at its
 * formation current, with room for the polarisation.
 */
gboolean
sim_test_make_cell (SimTest *test, SimCell *cell, GError **error)
{
  SimParameters *parameters = test->parameters;
  const char *curve = sim_text (parameters, "curve", "LCO");
  g_autofree char *first = g_strconcat (curve, "_first_charge", NULL);
  *cell = (SimCell){
    .resistance = sim_number (parameters, "resistance_ohm_g") * 1e-3
                  * (1 + sim_test_scatter (test, "resistance")),
    .exchange = sim_number (parameters, "exchange_current_mA_g"),
    .activation = sim_number (parameters, "polarisation_activation_energy_eV"),
    .temperature = test->temperature,
    .low = sim_number (parameters, "window_low_V"),
    .high = sim_number (parameters, "window_high_V"),
  };
  cell->curve = find_curve (test, curve, error);
  if (cell->curve == NULL)
    return FALSE;
  if (sim_number_or (parameters, "activated", 0) > 0)
    {
      cell->first_charge = find_curve (test, first, error);
      if (cell->first_charge == NULL)
        return FALSE;
    }
  SimState fresh = { sim_test_current (test, sim_number (parameters, "formation_c_rate")), 1, 0, 1,
                     0 };
  SimCell at_room = *cell;
  at_room.temperature = 298.15;
  cell->capacity = sim_number (parameters, "capacity_margin")
                   * sim_number (parameters, "formation_capacity_mAh_g")
                   * (1 + sim_test_scatter (test, "capacity")) / sim_cell_span (&at_room, &fresh);
  if (parameters->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&parameters->error));
      return FALSE;
    }
  return TRUE;
}

void
sim_test_clear_cell (SimCell *cell)
{
  g_clear_pointer (&cell->curve, sim_curve_free);
  g_clear_pointer (&cell->first_charge, sim_curve_free);
}

gboolean
sim_test_write (SimTest *test, const char *suffix, const GString *text, GError **error)
{
  char *name = g_strconcat (test->base, suffix, NULL);
  g_ptr_array_add (test->files, name);
  g_autofree char *path = g_build_filename (test->folder, name, NULL);
  return g_file_set_contents (path, text->str, (gssize) text->len, error);
}
