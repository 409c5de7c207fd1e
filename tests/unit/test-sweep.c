/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/plateau-sweep.h"

#include <math.h>

static guint
split (const double *frequency, gsize n, gsize *sizes, guint max)
{
  g_autofree double *re = g_new (double, n + 1), *im = g_new (double, n + 1);
  for (gsize i = 0; i < n; i++)
    {
      re[i] = 1;
      im[i] = -1;
    }
  PlateauSweepTable table = PLATEAU_SWEEP_TABLE_INIT;
  table.n = n;
  table.frequency = frequency;
  table.z_re = re;
  table.z_im = im;
  g_autoptr (PlateauMeasurement) m = plateau_measurement_new (plateau_source_new ("", "x", 0, 0));
  guint found = plateau_sweep_add_spectra (&table, m);
  g_autoptr (GPtrArray) spectra = plateau_measurement_ref_spectra (m, NULL);
  for (guint i = 0; i < found && i < max; i++)
    sizes[i] = plateau_spectrum_get_n (spectra->pdata[i]);
  return found;
}

static void
test_loops (void)
{
  const double f[] = { 0, 0, 100, 10, 1, 100, 10, 1, 0, 100, 10, 1 };
  gsize sizes[4];
  g_assert_cmpuint (split (f, G_N_ELEMENTS (f), sizes, 4), ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (sizes[i], ==, 3);
}

static void
test_down_and_up (void)
{
  const double f[] = { 100, 10, 1, 10, 100, 1000 };
  gsize sizes[4];
  g_assert_cmpuint (split (f, G_N_ELEMENTS (f), sizes, 4), ==, 2);
  g_assert_cmpuint (sizes[0], ==, 3);
  g_assert_cmpuint (sizes[1], ==, 3);
}

static void
test_bad_point_does_not_cut (void)
{
  const double f[] = { 1000, 100, NAN, 10, 1 };
  gsize sizes[4];
  g_assert_cmpuint (split (f, G_N_ELEMENTS (f), sizes, 4), ==, 1);
  g_assert_cmpuint (sizes[0], ==, 4);
}

static void
test_repeated_and_unordered (void)
{
  const double same[] = { 100, 100.0004, 10, 9.99998, 1 };
  const double mixed[] = { 1, 100, 3, 50, 2, 70, 4, 60 };
  gsize sizes[4];
  g_assert_cmpuint (split (same, G_N_ELEMENTS (same), sizes, 4), ==, 1);
  g_assert_cmpuint (split (mixed, G_N_ELEMENTS (mixed), sizes, 4), ==, 1);
  g_assert_cmpuint (sizes[0], ==, 8);
}

static void
test_nothing (void)
{
  const double none[] = { 0, -1, NAN };
  g_assert_cmpuint (split (none, G_N_ELEMENTS (none), NULL, 0), ==, 0);
  g_assert_cmpuint (split (none, 0, NULL, 0), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sweep/loops", test_loops);
  g_test_add_func ("/sweep/down-and-up", test_down_and_up);
  g_test_add_func ("/sweep/bad-point", test_bad_point_does_not_cut);
  g_test_add_func ("/sweep/repeated-and-unordered", test_repeated_and_unordered);
  g_test_add_func ("/sweep/nothing", test_nothing);
  return g_test_run ();
}
