/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every option, metric, field and column says what it is: the tooltips, the settings sheet and the
 * help of the command line have no other source. */

#include "analysis/plateau-circuit.h"
#include "analysis/plateau-compare.h"
#include "analysis/plateau-conductivity.h"
#include "analysis/plateau-definition.h"
#include "analysis/plateau-dqdv.h"
#include "analysis/plateau-drt.h"
#include "analysis/plateau-gitt.h"
#include "analysis/plateau-hold.h"
#include "analysis/plateau-impedance.h"
#include "analysis/plateau-kk.h"
#include "analysis/plateau-rate.h"
#include "analysis/plateau-scan-rates.h"
#include "analysis/plateau-voltammetry.h"
#include "data/plateau-field.h"
#include "figure/plateau-plot-kind.h"

#include <string.h>

#define SHORTEST 10

static void
check_text (const char *owner, const char *name, const char *label, const char *text)
{
  if (text != NULL && strlen (text) >= SHORTEST && g_strcmp0 (text, label) != 0)
    return;
  g_test_message ("%s “%s” does not say what it is: “%s”", owner, name, text != NULL ? text : "");
  g_test_fail ();
}

static void
check_options (const char *owner, const PlateauOption *table)
{
  for (; table != NULL && table->name != NULL; table++)
    check_text (owner, table->name, table->label, table->help);
}

static void
test_options (void)
{
  check_options ("cycles", plateau_cycles_option_table);
  check_options ("dqdv", plateau_dqdv_option_table);
  check_options ("rate", plateau_rate_option_table);
  check_options ("gitt", plateau_gitt_option_table);
  check_options ("cv", plateau_voltammetry_option_table);
  check_options ("scan rates", plateau_scan_rates_option_table);
  check_options ("hold", plateau_hold_option_table);
  check_options ("impedance", plateau_impedance_option_table);
  check_options ("kk", plateau_kk_option_table);
  check_options ("circuit", plateau_circuit_option_table);
  check_options ("drt", plateau_drt_option_table);
  check_options ("conductivity", plateau_conductivity_option_table);
}

static void
test_plots (void)
{
  guint n;
  const PlateauPlotKind *const *kinds = plateau_plot_kind_list (&n);
  for (guint i = 0; i < n; i++)
    check_options (kinds[i]->id, kinds[i]->options);
}

static void
test_metrics (void)
{
  guint n;
  const PlateauMetric *metrics = plateau_metric_list (&n);
  g_assert_cmpuint (n, >, 20);
  for (guint i = 0; i < n; i++)
    check_text ("metric", metrics[i].id, metrics[i].label, metrics[i].definition);
}

static void
test_fields (void)
{
  guint n;
  const PlateauField *fields = plateau_field_list (&n);
  for (guint i = 0; i < n; i++)
    check_text ("field", fields[i].column, fields[i].label, fields[i].help);
}

static void
test_columns (void)
{
  /* What begins alike is told apart. */
  const char *over_tau = plateau_definition_of_column ("diffusion_time_over_tau");
  const char *diffusion = plateau_definition_of_column ("diffusion_cm2_s");
  g_assert_nonnull (over_tau);
  g_assert_nonnull (diffusion);
  g_assert_cmpstr (over_tau, !=, diffusion);
  g_assert_nonnull (plateau_definition_of_column ("charge_capacity_mAh_g"));
  g_assert_null (plateau_definition_of_column ("no_such_column"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/definitions/options", test_options);
  g_test_add_func ("/definitions/plots", test_plots);
  g_test_add_func ("/definitions/metrics", test_metrics);
  g_test_add_func ("/definitions/fields", test_fields);
  g_test_add_func ("/definitions/columns", test_columns);
  return g_test_run ();
}
