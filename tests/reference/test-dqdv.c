/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-dqdv.h"
#include "base/plateau-unit.h"
#include "data/plateau-cell.h"
#include "readers/plateau-reader.h"
#include "reference-data.h"

#include <glib.h>
#include <math.h>
#include <string.h>

/* Differential capacity of real branches: peaks against a published tool, and the integral
 * against the charge passed. */

#define POSITION_TOLERANCE 10e-3
#define INTEGRAL_TOLERANCE 0.01

/* Two columns of a csv with a head. */
static gboolean
load_columns (const char *relative, guint first, guint second, GArray *a, GArray *b)
{
  g_autofree char *path = reference_path (relative), *contents = NULL;

  if (path == NULL || !g_file_get_contents (path, &contents, NULL, NULL))
    return FALSE;
  g_auto (GStrv) lines = g_strsplit (contents, "\n", -1);
  for (guint i = 1; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], ",", -1);
      if (g_strv_length (cells) > MAX (first, second))
        {
          double x = g_ascii_strtod (cells[first], NULL), y = g_ascii_strtod (cells[second], NULL);
          g_array_append_val (a, x);
          g_array_append_val (b, y);
        }
    }
  return a->len > 8;
}

/* The tool's peaks: points that are the highest within 25 mV and stand above 30 % of the whole. */
static GArray *
their_peaks (GArray *v, GArray *dqdv)
{
  GArray *peaks = g_array_new (FALSE, FALSE, sizeof (double));
  double highest = 0;

  for (guint i = 0; i < v->len; i++)
    highest = MAX (highest, fabs (g_array_index (dqdv, double, i)));
  for (guint i = 2; i + 2 < v->len; i++)
    {
      double at = g_array_index (v, double, i), own = fabs (g_array_index (dqdv, double, i));
      gboolean top = own > 0.3 * highest;

      for (guint k = 0; top && k < v->len; k++)
        top = fabs (g_array_index (v, double, k) - at) > 0.025
              || fabs (g_array_index (dqdv, double, k)) <= own;
      /* At an end of the curve the highest point is no peak. */
      if (top && at - g_array_index (v, double, 0) > 0.03
          && g_array_index (v, double, v->len - 1) - at > 0.03)
        g_array_append_val (peaks, at);
    }
  return peaks;
}

static double
nearest (const PlateauDqdvCurve *curve, double potential)
{
  double best = INFINITY;

  for (guint p = 0; p < curve->n_peaks; p++)
    if (fabs (curve->peaks[p].potential - potential) < fabs (best - potential))
      best = curve->peaks[p].potential;
  return best;
}

/* Ours against the peaks of one tool's curve; @tolerance 0: only shown. */
static void
compare_peaks (const PlateauDqdvCurve *curve, const char *tool, const char *name, double tolerance)
{
  g_autofree char *output = g_strdup_printf ("reference/cycling/dqdv/%s__%s.csv", tool, name);
  g_autoptr (GArray) their_v = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) their_dqdv = g_array_new (FALSE, FALSE, sizeof (double));

  g_assert_true (load_columns (output, 0, 1, their_v, their_dqdv));
  g_autoptr (GArray) theirs = their_peaks (their_v, their_dqdv);
  g_assert_cmpuint (theirs->len, >, 0);
  for (guint p = 0; p < theirs->len; p++)
    {
      double position = g_array_index (theirs, double, p), ours = nearest (curve, position);

      g_test_message ("%s: %.4f V, %s %.4f V", name, ours, tool, position);
      if (tolerance > 0)
        g_assert_cmpfloat_with_epsilon (ours, position, tolerance);
    }
}

static void
test_peaks (gconstpointer data)
{
  const char *name = data;
  g_autofree char *input = g_strdup_printf ("reference/cycling/dqdv/input__%s.csv", name);
  g_autoptr (GArray) q = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) v = g_array_new (FALSE, FALSE, sizeof (double));
  PlateauDqdvOptions options = PLATEAU_DQDV_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;

  if (!load_columns (input, 0, 1, q, v))
    return;
  gboolean charge = g_array_index (v, double, v->len - 1) > g_array_index (v, double, 0);
  g_autoptr (PlateauDqdvCurve) curve = plateau_dqdv_compute ((const double *) (gpointer) q->data,
                                                             (const double *) (gpointer) v->data,
                                                             q->len, charge, &options, &error);
  g_assert_no_error (error);
  compare_peaks (curve, "cellpy_ica_raw_units_5mV", name, POSITION_TOLERANCE);
  compare_peaks (curve, "cellpy_ica_default", name, POSITION_TOLERANCE);
  compare_peaks (curve, "navani", name, 0);
}

typedef struct
{
  guint branches, wrong;
} Count;

static void
check_recording (const char *name, PlateauRecording *recording, Count *count)
{
  g_autoptr (PlateauCycles) cycles = plateau_cycles_analyse (recording, NULL, NULL, NULL);
  g_autoptr (GPtrArray)
      curves = cycles != NULL ? plateau_dqdv_analyse (cycles, recording, NULL, 0, NULL, NULL, NULL)
                              : NULL;

  for (guint i = 0; curves != NULL && i < curves->len; i++)
    {
      const PlateauDqdvCurve *curve = curves->pdata[i];
      double sum = 0;

      for (guint k = 1; k < curve->n; k++)
        sum += 0.5 * (curve->dqdv[k] + curve->dqdv[k - 1]) * curve->step;
      count->branches++;
      if (fabs (fabs (sum) - curve->capacity) <= INTEGRAL_TOLERANCE * curve->capacity)
        continue;
      count->wrong++;
      g_test_message ("%s, cycle %u %s: integral %g, capacity %g mAh", name, curve->cycle,
                      curve->charge ? "charge" : "discharge", plateau_from_si (fabs (sum), "mAh"),
                      plateau_from_si (curve->capacity, "mAh"));
    }
}

static void
check_folder (const char *folder, Count *count)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (GPtrArray) measurements = NULL;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          check_folder (path, count);
          continue;
        }
      measurements = plateau_read_file (file, NULL, NULL, NULL);
      for (guint i = 0; measurements != NULL && i < measurements->len; i++)
        {
          g_autoptr (PlateauRecording)
              recording = plateau_measurement_get_n_rows (measurements->pdata[i]) > 0
                              ? plateau_measurement_ref_recording (measurements->pdata[i], NULL)
                              : NULL;
          if (recording != NULL)
            check_recording (name, recording, count);
        }
    }
}

/* Branches of real files of which the peaks are known by eye: the recorder of the first stores each
 * 5 mV, that of the second everything twice, and both have more ups and downs than peaks. */
static const struct
{
  const char *file;
  guint most;          /* peaks of a branch */
  double positions[8]; /* V, of peaks of the first full cycles, within 30 mV both ways; 0 ends */
} known[] = {
  { "data/cycling/arbin-res/20160805_test001_45_cc_01.res", 4, { 0 } },
  { "data/cycling/arbin-csv/arbin_example.csv", 2, { 0 } },
  { "data/cycling/neware-nda/TestFile.nda", 5, { 0 } },
  { "data/cycling/biologic-mpr/jdb11-1_c3_gcpl_5cycles_2V-3p8V_C-24_data_C09.mpr",
    17,
    { 2.44, 2.55, 2.96, 3.16, 3.26, 3.66 } },
};

static void
test_known (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (known); k++)
    {
      g_autofree char *path = reference_path (known[k].file);
      g_autoptr (GFile) file = path != NULL ? g_file_new_for_path (path) : NULL;
      g_autoptr (GError) error = NULL;

      if (file == NULL)
        return;
      g_autoptr (GPtrArray) measurements = plateau_read_file (file, NULL, NULL, &error);
      g_assert_no_error (error);
      g_autoptr (PlateauRecording)
          recording = plateau_measurements_load_recording (measurements, 0, &error);
      g_assert_no_error (error);
      g_autoptr (PlateauCycles) cycles = plateau_cycles_analyse (recording, NULL, NULL, &error);
      g_autoptr (GPtrArray)
          curves = plateau_dqdv_analyse (cycles, recording, NULL, 0, NULL, NULL, &error);
      g_assert_no_error (error);
      for (guint i = 0; i < curves->len; i++)
        {
          const PlateauDqdvCurve *curve = curves->pdata[i];

          if (curve->n_peaks > known[k].most)
            g_test_message ("%s, cycle %u %s: %u peaks", known[k].file, curve->cycle,
                            curve->charge ? "charge" : "discharge", curve->n_peaks);
          g_assert_cmpuint (curve->n_peaks, <=, known[k].most);
          for (guint p = 0; known[k].positions[p] > 0 && curve->cycle >= 1 && curve->cycle <= 4;
               p++)
            g_assert_cmpfloat_with_epsilon (nearest (curve, known[k].positions[p]),
                                            known[k].positions[p], 0.03);
        }
    }
}

static void
test_integrals (void)
{
  g_autofree char *folder = reference_path ("data");
  Count count = { 0 };

  if (folder == NULL)
    return;
  check_folder (folder, &count);
  g_test_message ("%u branches, %u wrong", count.branches, count.wrong);
  g_assert_cmpuint (count.branches, >, 500);
  g_assert_cmpuint (count.wrong, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
#define CASE(name) g_test_add_data_func ("/dqdv/peaks/" name, name, test_peaks)
  CASE ("jdb11-1_c3_gcpl_5cycles_2V-3p8V_C-24_data_C09.mpr__half3");
  CASE ("jdb11-1_c3_gcpl_5cycles_2V-3p8V_C-24_data_C09.mpr__half4");
  CASE ("arbin_example.res__half1");
  CASE ("arbin_example.res__half2");
#undef CASE
  g_test_add_func ("/dqdv/known", test_known);
  g_test_add_func ("/dqdv/integrals", test_integrals);
  return g_test_run ();
}
