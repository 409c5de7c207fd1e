/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-literature.h"
#include "analysis/plateau-material.h"
#include "base/plateau-error.h"
#include "base/plateau-unit.h"

#include <glib.h>
#include <math.h>
#include <string.h>

static void
test_formulas (void)
{
  static const struct
  {
    const char *formula;
    double mass, lithium;
  } known[] = {
    { "LiCoO2", 97.87, 1 },
    { "Li1.2Mn0.54Ni0.13Co0.13O2", 85.29, 1.2 },
    { "LiNiO2", 97.63, 1 },
    { "LiNi0.8Co0.1Mn0.1O2", 97.28, 1 },
    { "LiFePO4", 157.76, 1 },
    { "Li2In1/3Sc1/3Cl4", 208.94, 2 },
    { "0.5Li2MnO3·0.5LiNiO2", 107.24, 1.5 },
    { "Ca(OH)2", 74.09, 0 },
    { "Li₆PS₅Cl", 268.4, 6 },
    { "Li10GeP2S12", 588.7, 10 },
  };
  const char *const wrong[] = { "",        "Lx2",    "li2o", "LiCoO2)", "(LiCo",
                                "Li-",     "Li1/0O", "2",    "Xy",      "((((((((((Li))))))))))",
                                "\xff\xfe" };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autoptr (GError) error = NULL;
      double mass = 0;
      g_assert_true (plateau_formula_molar_mass (known[i].formula, &mass, &error));
      g_assert_no_error (error);
      g_assert_cmpfloat_with_epsilon (1e3 * mass, known[i].mass, 0.05 + 2e-4 * known[i].mass);
      g_assert_cmpfloat_with_epsilon (plateau_formula_count (known[i].formula, "Li"),
                                      known[i].lithium, 1e-9);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      double mass;
      g_assert_false (plateau_formula_molar_mass (wrong[i], &mass, &error));
      g_assert_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID);
    }
}

static void
test_electrode (void)
{
  double mass, area = plateau_disc_area (10e-3);

  plateau_formula_molar_mass ("LiCoO2", &mass, NULL);
  g_assert_cmpfloat_with_epsilon (plateau_from_si (plateau_theoretical_capacity (mass, 1), "mAh/g"),
                                  273.8, 0.1);
  plateau_formula_molar_mass ("Li1.2Mn0.54Ni0.13Co0.13O2", &mass, NULL);
  g_assert_cmpfloat_with_epsilon (
      plateau_from_si (plateau_theoretical_capacity (mass, 1.2), "mAh/g"), 377, 1);
  /* 10 mg of 60:40:5 on a die of 10 mm: 7.64 mg/cm2 without the carbon, 7.28 with it. */
  g_assert_cmpfloat_with_epsilon (
      plateau_from_si (plateau_active_mass (10e-6, 60, 40) / area, "mg/cm2"), 7.64, 0.005);
  g_assert_cmpfloat_with_epsilon (
      plateau_from_si (plateau_active_mass (10e-6, 60, 45) / area, "mg/cm2"), 7.28, 0.005);
  g_assert_cmpfloat_with_epsilon (plateau_c_rate (-0.5e-3, 5e-6, 250), 0.4, 1e-12);
  g_assert_true (isnan (plateau_c_rate (1e-3, NAN, 250)));
}

static void
test_literature (void)
{
  g_autoptr (PlateauLiterature) literature = plateau_literature_new ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (plateau_literature_get_n (literature), >=, 140);
  g_autoptr (GPtrArray)
      retention = plateau_literature_find (literature, "LRMO|LITC", "C-LRMO", "capacity retention");
  g_assert_cmpuint (retention->len, ==, 4);
  const PlateauReportedValue *first = retention->pdata[0];
  g_assert_cmpfloat (first->value, ==, 83.9);
  g_assert_cmpfloat (first->cycle, ==, 500);
  g_assert_cmpfloat_with_epsilon (plateau_from_si (first->loading, "mg/cm2"), 7.64, 1e-9);
  g_assert_cmpstr (first->place, ==, "text, Fig. 3b");

  /* Where a report disagrees with itself both values stand, each with a word about the other. */
  static const struct
  {
    const char *system, *cathode, *quantity;
    double one, other;
  } doubles[] = {
    { "LRMO|LITC", "C-LRMO", "capacity retention", 81.1, 81.8 },
    { "LCO|LPSCl", "SR-LCO-10min", "capacity retention", 84.63, 87.8 },
    { "LCO|LPSCl", "SR-LCO-10min", "specific discharge capacity", 149.7, 135.5 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (doubles); i++)
    {
      g_autoptr (GPtrArray) values = plateau_literature_find (
          literature, doubles[i].system, doubles[i].cathode, doubles[i].quantity);
      guint one = 0, other = 0, noted = 0;

      for (guint k = 0; k < values->len; k++)
        {
          const PlateauReportedValue *value = values->pdata[k];
          gboolean either = value->value == doubles[i].one || value->value == doubles[i].other;

          one += value->value == doubles[i].one;
          other += value->value == doubles[i].other;
          noted += either && value->note != NULL && *value->note != '\0';
        }
      g_assert_cmpuint (one, ==, 1);
      g_assert_cmpuint (other, ==, 1);
      g_assert_cmpuint (noted, >=, 1);
    }

  g_autoptr (GArray) cells = plateau_literature_list_cells (literature);
  gboolean found = FALSE;
  for (guint i = 0; i < cells->len; i++)
    {
      const PlateauReportedCell *cell = &g_array_index (cells, PlateauReportedCell, i);
      g_assert_cmpfloat (cell->areal_capacity, >, 0);
      if (strcmp (cell->study, "lei2026") == 0
          && fabs (plateau_from_si (cell->areal_capacity, "mAh/cm2") - 4.17) < 0.02)
        {
          found = TRUE;
          g_assert_cmpfloat_with_epsilon (cell->retention, 0.811, 1e-9);
          g_assert_cmpfloat_with_epsilon (plateau_from_si (cell->loading, "mg/cm2"), 19.1, 1e-9);
        }
    }
  g_assert_true (found);

  /* An own entry, and a table that is none. */
  g_assert_true (plateau_literature_add_table (
      literature, "cathode\tquantity\tvalue\tunit\nmine\tareal capacity\t5.5\tmAh/cm2\n", &error));
  g_assert_no_error (error);
  g_assert_false (plateau_literature_add_table (literature, "a\tb\n1\t2\n", &error));
  g_assert_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID);
}

/* What was entered comes back as it was: the table of a project is written again at each change. */
static void
test_own_values (void)
{
  const char *entered = "study\tcathode\tquantity\tvalue\tunit\tloading_mg_cm2\ttemperature_C\n"
                        "wang2025\tS-LRMO\tareal capacity\t2.4\tmAh/cm2\t9.57\t-10\n";
  g_autoptr (PlateauLiterature) own = plateau_literature_new_empty ();
  g_autoptr (PlateauLiterature) again = plateau_literature_new_empty ();
  GError *error = NULL;

  g_assert_true (plateau_literature_add_table (own, entered, &error));
  g_assert_no_error (error);
  g_autofree char *table = plateau_literature_to_table (own);
  g_assert_nonnull (strstr (table, "\t9.57\t-10\t"));
  g_assert_true (plateau_literature_add_table (again, table, &error));
  g_assert_no_error (error);
  g_autofree char *twice = plateau_literature_to_table (again);
  g_assert_cmpstr (twice, ==, table);
  g_assert_cmpuint (plateau_literature_get_n (again), ==, 1);
  g_assert_cmpstr (plateau_literature_get (again, 0)->study, ==, "wang2025");
  g_assert_true (isnan (plateau_literature_get (again, 0)->c_rate));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/material/formulas", test_formulas);
  g_test_add_func ("/material/electrode", test_electrode);
  g_test_add_func ("/literature/table", test_literature);
  g_test_add_func ("/literature/own-values", test_own_values);
  return g_test_run ();
}
