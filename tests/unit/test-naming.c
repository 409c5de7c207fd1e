/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/plateau-cell.h"
#include "data/plateau-join.h"
#include "data/plateau-naming.h"
#include "simulated-test.h"

#include <string.h>

#include <glib.h>

static const struct
{
  const char *name, *cell, *sample, *family;
  guint replicate;
  PlateauRole role;
} names[] = {
  { "S-LRMO-1_0.1C_0.2C.ndax", "S-LRMO-1", "S-LRMO", "LRMO", 1, PLATEAU_ROLE_MODIFIED },
  { "B-LRMO-2_rate_25degC.ndax", "B-LRMO-2", "B-LRMO", "LRMO", 2, PLATEAU_ROLE_PRISTINE },
  { "P-LCO_0.2C.txt", "P-LCO", "P-LCO", "LCO", 0, PLATEAU_ROLE_PRISTINE },
  { "SR-LCO-10min_0.5C_longterm.csv", "SR-LCO-10min", "SR-LCO-10min", "LCO", 0,
    PLATEAU_ROLE_MODIFIED },
  { "SR(H2S)-LCO-10min #3.csv", "SR(H2S)-LCO-10min_#3", "SR(H2S)-LCO-10min", "LCO", 3,
    PLATEAU_ROLE_MODIFIED },
  { "pristine NCM811 cell2 0.1C.xlsx", "pristine_NCM811_cell2", "pristine_NCM811", "NCM811", 2,
    PLATEAU_ROLE_PRISTINE },
  { "uncoated_NCM622-1.mpr", "uncoated_NCM622-1", "uncoated_NCM622", "NCM622", 1,
    PLATEAU_ROLE_PRISTINE },
  { "jdb11-1_c3_gcpl_5cycles_2V-3p8V_C-24_data_C09.mpr", "jdb11-1_c3", "jdb11-1_c3", "1_c3", 0,
    PLATEAU_ROLE_NONE },
  { "250116_kigr_gen6_01_02_GCPL_CD8.mpr", "250116_kigr_gen6_01", "250116_kigr_gen6", NULL, 1,
    PLATEAU_ROLE_NONE },
  { "20160805_test001_45_cc_01.res", "20160805_test001_45", "20160805_test001_45", NULL, 0,
    PLATEAU_ROLE_NONE },
  { "CS2_33_10_04_10.csv", "CS2_33", "CS2_33", "CS2_33", 0, PLATEAU_ROLE_NONE },
  { "CS2_33_8_17_10.csv", "CS2_33", "CS2_33", "CS2_33", 0, PLATEAU_ROLE_NONE },
  { "bs542_004_gr_li_50ua_50mv_1v_191020_Channel_11.xlsx", "bs542_004_gr_li", NULL, NULL, 0,
    PLATEAU_ROLE_NONE },
  { "SINTEF__LiGrR2032__2024-04-30__25degC__Landt.bdf.csv", "SINTEF_LiGrR2032", NULL, NULL, 0,
    PLATEAU_ROLE_NONE },
  { "21_10_7_85.ndax", "21_10_7_85", NULL, NULL, 0, PLATEAU_ROLE_NONE },
  { "BLF_D5_pO2_21%_T500.csv", "BLF_D5_pO2_21%", "BLF_D5_pO2_21%", NULL, 0, PLATEAU_ROLE_NONE },
  { "Sample7_025_mvdc.ism", "Sample7", "Sample7", NULL, 0, PLATEAU_ROLE_NONE },
  { "LPSCl_pellet_-25C.mpr", "LPSCl_pellet", "LPSCl_pellet", NULL, 0, PLATEAU_ROLE_NONE },
  { "cell4_SOC50_PEIS.mpt", "cell4", NULL, NULL, 0, PLATEAU_ROLE_NONE },
  { "cell4 80 SOC.z", "cell4", NULL, NULL, 0, PLATEAU_ROLE_NONE },
  { "pulse_7.csv", "pulse", "pulse", NULL, 0, PLATEAU_ROLE_NONE },
  { ".csv", ".csv", NULL, NULL, 0, PLATEAU_ROLE_NONE },
};

static void
test_names (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (PlateauNaming) naming = plateau_naming_guess (names[i].name, NULL, NULL);

      g_test_message ("%s: cell %s, sample %s, family %s, replicate %u", names[i].name,
                      naming->cell, naming->sample, naming->family, naming->replicate);
      g_assert_cmpstr (naming->cell, ==, names[i].cell);
      if (names[i].sample != NULL)
        g_assert_cmpstr (naming->sample, ==, names[i].sample);
      if (names[i].family != NULL && names[i].role != PLATEAU_ROLE_NONE)
        g_assert_cmpstr (naming->family, ==, names[i].family);
      g_assert_cmpuint (naming->replicate, ==, names[i].replicate);
      if (names[i].role != PLATEAU_ROLE_NONE)
        g_assert_cmpint (naming->role, ==, names[i].role);
    }
  g_autoptr (PlateauNaming)
      from_folder = plateau_naming_guess ("0.1C_25degC.csv", "S-LRMO-3", NULL);
  g_assert_cmpstr (from_folder->cell, ==, "S-LRMO-3");
  g_autoptr (PlateauNaming) from_file = plateau_naming_guess ("46_1_5_60.ndax", "data", "P-LCO-2");
  g_assert_cmpstr (from_file->cell, ==, "P-LCO-2");
}

static PlateauMeasurement *
make_measurement (const char *name, const char *started, PlateauRecording *recording)
{
  PlateauMeasurement *m = plateau_measurement_new (plateau_source_new (NULL, name, 1, 0));

  if (started != NULL)
    plateau_measurement_set_info (m, PLATEAU_INFO_STARTED, started);
  if (recording != NULL)
    plateau_measurement_set_recording (m, recording);
  return m;
}

/* A folder of 200 files: 20 cells of 4 samples, in 10 parts each. */
static void
test_folder (void)
{
  const char *const samples[] = { "B-LRMO", "S-LRMO", "P-LCO", "SR-LCO-10min" };
  g_autoptr (GPtrArray)
      list = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_measurement_unref);
  g_autoptr (GHashTable) cells = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) found = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint s = 0; s < 4; s++)
    for (guint c = 1; c <= 5; c++)
      for (guint part = 1; part <= 10; part++)
        {
          g_autofree char *name = g_strdup_printf ("%s-%u_0.%uC_%02u_GCPL_C%02u.mpr", samples[s], c,
                                                   part % 5 + 1, part, c + 5 * s);
          g_ptr_array_add (list, make_measurement (name, NULL, NULL));
        }
  g_autoptr (GPtrArray) namings = plateau_naming_guess_list (list);
  g_assert_cmpuint (namings->len, ==, 200);
  for (guint i = 0; i < namings->len; i++)
    {
      const PlateauNaming *naming = namings->pdata[i];
      g_hash_table_add (cells, naming->cell);
      g_hash_table_add (found, naming->sample);
      g_assert_cmpstr (naming->sample, ==, samples[i / 50]);
      g_assert_cmpuint (naming->replicate, ==, i / 10 % 5 + 1);
      g_assert_cmpint (naming->sequence, ==, i % 10 + 1);
      g_assert_cmpint (naming->role, ==,
                       i / 50 % 2 == 0 ? PLATEAU_ROLE_PRISTINE : PLATEAU_ROLE_MODIFIED);
    }
  g_assert_cmpuint (g_hash_table_size (cells), ==, 20);
  g_assert_cmpuint (g_hash_table_size (found), ==, 4);
}

static PlateauRecording *
make_part (double capacity)
{
  SimulatedTest t = simulated_test_new ();
  simulated_test_ramp (&t, capacity, 1e-3, 3, 4.2, 20);
  simulated_test_ramp (&t, -capacity, 1e-3, 4.1, 2.9, 20);
  return simulated_test_end (&t, FALSE);
}

static void
test_order (void)
{
  const char *const in_order[] = { "CS2_33_8_17_10.csv", "CS2_33_8_18_10.csv",
                                   "CS2_33_10_04_10.csv", "CS2_33_1_10_11.csv" };
  const guint shuffled[] = { 2, 0, 3, 1 };
  g_autoptr (GPtrArray)
      list = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_measurement_unref);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (PlateauRecording) recording = make_part (1 + shuffled[i]);
      g_ptr_array_add (list, make_measurement (in_order[shuffled[i]], NULL, recording));
    }
  g_autoptr (GPtrArray) ordered = plateau_join_order (list, notes);
  g_assert_cmpuint (ordered->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpstr (plateau_measurement_get_source (ordered->pdata[i])->name, ==, in_order[i]);
  g_assert_cmpuint (notes->len, ==, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauRecording) joined = plateau_measurements_load_recording (list, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (plateau_recording_get_n_rows (joined), ==, 4 * 41);
}

static void
test_overlap (void)
{
  g_autoptr (GPtrArray)
      list = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_measurement_unref);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  SimulatedTest t = simulated_test_new ();

  simulated_test_ramp (&t, 1, 1e-3, 3, 4.2, 20);
  g_autoptr (PlateauRecording) early = simulated_test_end (&t, FALSE);
  g_autoptr (PlateauRecording) late = make_part (1);
  g_autoptr (PlateauRecording) other = make_part (3);
  g_ptr_array_add (list, make_measurement ("cell (1).csv", "2025-01-01T10:00:00", late));
  g_ptr_array_add (list, make_measurement ("cell.csv", "2025-01-01T10:00:00", early));
  g_ptr_array_add (list, make_measurement ("cell_b.csv", "2025-01-01T10:20:00", other));
  g_autoptr (GPtrArray) ordered = plateau_join_order (list, notes);
  g_assert_cmpuint (ordered->len, ==, 2);
  g_assert_true (ordered->pdata[0] == list->pdata[0]);
  g_assert_cmpuint (notes->len, ==, 2);
  g_autofree char *doubt = plateau_join_find_doubt (list);
  g_assert_nonnull (strstr (doubt, "cell_b.csv"));
  g_ptr_array_set_size (list, 2); /* a test and its beginning */
  g_assert_null (plateau_join_find_doubt (list));
}

/* Numbered parts need no question; names that tell nothing do, and so do spectra never. */
static void
test_doubt (void)
{
  const char *const pairs[][2] = { { "S-LRMO-1_01.csv", "S-LRMO-1_02.csv" },
                                   { "S-LRMO-1_rate.csv", "S-LRMO-1_formation.csv" } };

  for (guint k = 0; k < 2; k++)
    {
      g_autoptr (GPtrArray)
          list = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_measurement_unref);
      for (guint i = 0; i < 2; i++)
        {
          g_autoptr (PlateauRecording) recording = make_part (1 + i);
          g_ptr_array_add (list, make_measurement (pairs[k][i], NULL, recording));
        }
      g_autofree char *doubt = plateau_join_find_doubt (list);
      g_assert_true ((doubt != NULL) == (k == 1));
      g_ptr_array_set_size (list, 0);
      g_ptr_array_add (list, make_measurement (pairs[k][0], NULL, NULL));
      g_ptr_array_add (list, make_measurement (pairs[k][1], NULL, NULL));
      g_assert_null (plateau_join_find_doubt (list));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/naming/names", test_names);
  g_test_add_func ("/naming/folder", test_folder);
  g_test_add_func ("/join/order", test_order);
  g_test_add_func ("/join/overlap", test_overlap);
  g_test_add_func ("/join/doubt", test_doubt);
  return g_test_run ();
}
