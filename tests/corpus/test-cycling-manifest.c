/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads every file of data/cycling/MANIFEST.tsv and holds it against the numbers that public tools
 * or the instrument's own exports give. Prints a table: format, files, compared numbers, failures.
 */
#include "analysis/plateau-cycles.h"
#include "base/plateau-error.h"
#include "readers/plateau-reader.h"

#include <math.h>
#include <string.h>

enum
{
  FILE_NAME,
  INSTRUMENT,
  FORMAT_VERSION,
  SOURCE_REPO,
  PATH,
  LICENCE,
  ROWS,
  CYCLES,
  TOTAL_TIME,
  V_FIRST,
  V_LAST,
  I_ABSMAX,
  QC_FIRST,
  QD_FIRST,
  QC_LAST,
  QD_LAST,
  PEER,
  EXPECT,
  NOTE,
  N_FIELDS
};

/* The reader that a format needs; a format whose reader is not built yet is reported, not failed.
 */
static const struct
{
  const char *format, *reader;
} needs[] = {
  { "landt", "delimited" },    { "gitt-pulses", "delimited" }, { "ici-hppc", "delimited" },
  { "dqdv-csv", "delimited" }, { "other-csv", "delimited" },   { "ivium", "ivium-text" },
  { "chi", "chi-eis" },        { "arbin-xlsx", "xlsx" },
};

typedef struct
{
  char *format;
  GPtrArray *lines; /* of char ** */
  guint files, compared, failures, waiting;
} Format;

static char *cycling_folder;
static GPtrArray *formats;

/* Where the expected number is not what the file says: ours, and why. It must come out as here. */
static const struct
{
  const char *file, *what;
  double right;
  const char *reason;
} excused[] = {
  { "maccor/maccor_002.txt", "total time / s", 228590.51,
    "TestTime without a unit is minutes: the file's DPT Time runs 60 s per unit" },
  { "maccor/maccor_two.txt", "total time / s", 12780,
    "TestTime without a unit is minutes: the file's DPT Time runs 60 s per unit" },
  { "maccor/example_data.csv", "total time / s", 4158,
    "TestTime without a unit is minutes: only so current times time is the counted capacity" },
  { "maccor/xTESLADIAG_000038.078", "last discharge / mAh", 2237.64795,
    "the suspension's own record counts 9.1 mAh more than the record before it" },
  { "novonix/novonix.csv", "total time / s", 188885.6124,
    "the run time starts again where the test was resumed; the dates span 188 894 s" },
  { "novonix/novonix.csv", "first discharge / mAh", 432.768218,
    "the expected sum runs across the resumption, where the run time falls by 10 h" },
  { "neware-csv/nw_regular_export_ife_example.csv", "cycles", 20,
    "the report has 20 rows of cycles; the expected number stops at the first" },
  { "neware-csv/nw_regular_export_ife_example.csv", "last charge / mAh", 267.379016,
    "the last row of cycles prints 0.26738 Ah" },
  { "neware-csv/nw_regular_export_ife_example.csv", "last discharge / mAh", 263.203025,
    "the last row of cycles prints 0.26320 Ah" },
  { "pec/Test25205.csv", "first charge / mAh", 0.01,
    "an idle channel's noise: both counters rise between the same records" },
  { "pec/Test25205.csv", "first discharge / mAh", 0.019,
    "an idle channel's noise: both counters rise between the same records" },
  { "pec/Test25205.csv", "last charge / mAh", 0.01,
    "an idle channel's noise: both counters rise between the same records" },
  { "pec/Test25205.csv", "last discharge / mAh", 0.019,
    "an idle channel's noise: both counters rise between the same records" },
};

static gboolean
is_excused (const char *file, const char *what, double found)
{
  for (gsize i = 0; i < G_N_ELEMENTS (excused); i++)
    if (strcmp (excused[i].file, file) == 0 && strcmp (excused[i].what, what) == 0
        && fabs (found - excused[i].right) <= 1e-6 * fabs (excused[i].right))
      {
        g_test_message ("OURS %s: %s is %.9g, because %s", file, what, found, excused[i].reason);
        return TRUE;
      }
  return FALSE;
}

static void
fail (Format *format, const char *file, const char *text, ...)
{
  va_list arguments;
  va_start (arguments, text);
  g_autofree char *message = g_strdup_vprintf (text, arguments);
  va_end (arguments);
  format->failures++;
  g_test_message ("FAIL %s: %s", file, message);
}

/* MANIFEST prints nine significant digits; @printed is half of the last digit of the peer's own
 * source where that has fewer. */
static void
compare_digits (Format *format, const char *file, const char *what, const char *expected,
                double found, double printed)
{
  if (expected[0] == '\0' || g_ascii_strcasecmp (expected, "nan") == 0)
    return;
  double want = g_ascii_strtod (expected, NULL);
  double digit = want != 0 ? pow (10, floor (log10 (fabs (want))) - 8) : 1e-12;
  format->compared++;
  if (!(fabs (found - want) <= MAX (0.51 * digit, printed) + 1e-14)
      && !is_excused (file, what, found))
    fail (format, file, "%s is %.10g, expected %s", what, found, expected);
}

/* BTSDA exports, which some lines were taken from, cut at 0.1 mV, 1 ms, 0.1 mA and 0.1 mA s. */
static gboolean
is_btsda (char **line)
{
  return strstr (line[PEER], "BTSDA export") != NULL;
}

/* What the peer's numbers resolve: @btsda for a BTSDA export, single precision for NewareNDA, eight
 * digits for mdbtools. */
static double
peer_digit (char **line, const char *expected, double btsda)
{
  if (is_btsda (line))
    return btsda;
  if (strstr (line[PEER], "mdbtools") != NULL)
    return 0.51e-7 * pow (10, floor (log10 (fabs (g_ascii_strtod (expected, NULL)))));
  return strstr (line[PEER], "NewareNDA") != NULL ? 6e-8 * fabs (g_ascii_strtod (expected, NULL))
                                                  : 0;
}

/* Half of the last digit as @text prints it. */
static double
half_digit (const char *text)
{
  const char *point = strchr (text, '.');
  return strpbrk (text, "eE") != NULL || point == NULL
             ? 0
             : 0.51 * pow (10, -(double) strlen (point + 1));
}

static void
compare_share (Format *format, const char *file, const char *what, double want, double found,
               double share, double printed)
{
  format->compared++;
  if (!(fabs (found - want) <= MAX (share * fabs (want), printed) + 1e-9)
      && !is_excused (file, what, found))
    fail (format, file, "%s is %.9g, expected %.9g", what, found, want);
}

typedef struct
{
  double charge, discharge; /* mAh */
} Pair;

/* Charge passed in each direction in the rows of each value of @group; by the trapezoid of the
 * current inside the group where the expected numbers were made so. */
static GArray *
sum_groups (PlateauRecording *recording, const double *group, gboolean trapezoid)
{
  const double *charge = plateau_recording_peek (recording, PLATEAU_QUANTITY_CHARGE);
  const double *time = plateau_recording_peek (recording, PLATEAU_QUANTITY_TIME);
  const double *flow = plateau_recording_peek (recording, PLATEAU_QUANTITY_CURRENT);
  trapezoid = trapezoid && time != NULL && flow != NULL;
  gsize n = plateau_recording_get_n_rows (recording);
  GArray *pairs = g_array_new (FALSE, TRUE, sizeof (Pair));
  double current = NAN;
  for (gsize i = 0; i < n; i++)
    {
      gboolean first = FALSE;
      if (i == 0 || (group != NULL && !isnan (group[i]) && group[i] != current))
        {
          Pair pair = { 0, 0 };
          g_array_append_val (pairs, pair);
          current = group != NULL ? group[i] : 0;
          first = TRUE;
        }
      double step = 0;
      if (trapezoid && !first)
        step = 0.5 * (flow[i] + flow[i - 1]) * (time[i] - time[i - 1]) / 3.6;
      else if (!trapezoid && i > 0 && charge != NULL)
        step = (charge[i] - charge[i - 1]) / 3.6;
      Pair *pair = &g_array_index (pairs, Pair, pairs->len - 1);
      if (step > 0)
        pair->charge += step;
      else
        pair->discharge -= step;
    }
  return pairs;
}

/* NewareNDA numbers cycles itself: one begins where a charge follows a discharge. */
static GArray *
cycles_by_charge (PlateauRecording *recording)
{
  PlateauCyclesOptions options = PLATEAU_CYCLES_OPTIONS_INIT;
  options.rule = PLATEAU_CYCLE_RULE_CHARGE;
  g_autoptr (PlateauCycles) cycles = plateau_cycles_analyse (recording, &options, NULL, NULL);
  GArray *pairs = g_array_new (FALSE, TRUE, sizeof (Pair));
  for (guint i = 0; cycles != NULL && i < cycles->n_cycles; i++)
    {
      Pair pair = { cycles->cycles[i].charge_capacity / 3.6,
                    cycles->cycles[i].discharge_capacity / 3.6 };
      g_array_append_val (pairs, pair);
    }
  return pairs;
}

static guint
count_values (const double *group, gsize n)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_double_hash, g_double_equal, g_free, NULL);
  for (gsize i = 0; i < n; i++)
    if (!isnan (group[i]))
      g_hash_table_add (seen, g_memdup2 (&group[i], sizeof (double)));
  return g_hash_table_size (seen);
}

/* Half cycles by the sign of their net charge; what passed in that direction. */
static void
pick_half_cycles (GArray *pairs, Pair *first, Pair *last)
{
  *first = *last = (Pair){ NAN, NAN };
  for (guint i = 0; i < pairs->len; i++)
    {
      const Pair *pair = &g_array_index (pairs, Pair, i);
      double net = pair->charge - pair->discharge;
      if (net > 0)
        {
          if (isnan (first->charge))
            first->charge = pair->charge;
          last->charge = pair->charge;
        }
      else if (net < 0)
        {
          if (isnan (first->discharge))
            first->discharge = pair->discharge;
          last->discharge = pair->discharge;
        }
    }
}

/* These files begin after charge has passed, and the expected sums count it; a recording's charge
 * counts from its first record. What the file's counter reads there, mAh: */
static const struct
{
  const char *file;
  double charge;
} before_first[] = {
  { "biologic-mpt/peis.mpt", -0.01767531756553054 },
  { "biologic-mpt/peis.issue_225.with_ece.mpt", 0.0001063646858023583 },
  { "arbin-csv/arbin_example.csv", 880.0053 },
  /* Both counters rise between the same two records; a signed charge has their difference. */
  { "arbin-csv/sample_data_arbin.csv", 0.0201404 },
  { "arbin-csv/sample_data_arbin.csv", -0.0201404 },
};

static void
add_before_first (const char *file, Pair *pair)
{
  for (gsize i = 0; i < G_N_ELEMENTS (before_first); i++)
    if (strcmp (file, before_first[i].file) == 0)
      {
        if (before_first[i].charge > 0)
          pair->charge += before_first[i].charge;
        else
          pair->discharge -= before_first[i].charge;
      }
}

static void
compare_capacities (Format *format, char **line, PlateauRecording *recording, double scale,
                    gboolean swapped)
{
  const char *file = line[FILE_NAME];
  gsize n = plateau_recording_get_n_rows (recording);
  const double *half = plateau_recording_peek (recording, PLATEAU_QUANTITY_HALF_CYCLE);
  const double *cycle = plateau_recording_peek (recording, PLATEAU_QUANTITY_CYCLE);
  gboolean by_half = g_str_has_prefix (format->format, "biologic");
  const double *group = by_half ? half : cycle;
  gboolean by_rule = strstr (line[PEER], "NewareNDA") != NULL;
  g_autoptr (GArray)
      pairs = by_rule ? cycles_by_charge (recording)
                      : sum_groups (recording, group, strstr (line[NOTE], "trapezoid") != NULL);
  if (line[CYCLES][0] != '\0' && g_ascii_isdigit (line[CYCLES][0])
      && strchr (line[CYCLES], ' ') == NULL)
    {
      guint want = (guint) g_ascii_strtoull (line[CYCLES], NULL, 10);
      guint found = by_rule ? pairs->len : group != NULL ? count_values (group, n) : 1;
      format->compared++;
      if (found != want && !is_excused (file, "cycles", found))
        fail (format, file, "%u cycles, expected %u", found, want);
    }
  if (pairs->len == 0)
    g_array_set_size (pairs, 1); /* nothing flowed */
  add_before_first (file, &g_array_index (pairs, Pair, 0));
  Pair first = g_array_index (pairs, Pair, 0), last = g_array_index (pairs, Pair, pairs->len - 1);
  if (by_half)
    pick_half_cycles (pairs, &first, &last);
  if (swapped)
    {
      first = (Pair){ first.discharge, first.charge };
      last = (Pair){ last.discharge, last.charge };
    }
  const struct
  {
    int field;
    const char *what;
    double found;
  } checks[] = { { QC_FIRST, "first charge / mAh", first.charge },
                 { QD_FIRST, "first discharge / mAh", first.discharge },
                 { QC_LAST, "last charge / mAh", last.charge },
                 { QD_LAST, "last discharge / mAh", last.discharge } };
  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    if (line[checks[i].field][0] != '\0')
      {
        double want = g_ascii_strtod (line[checks[i].field], NULL) * scale;
        compare_share (format, file, checks[i].what, want,
                       isnan (checks[i].found) && want == 0 ? 0 : checks[i].found, 1e-3,
                       is_btsda (line) ? 0.1 / 3600 : 0);
      }
}

static double
absolute_maximum (const double *values, gsize n)
{
  double largest = 0;
  for (gsize i = 0; values != NULL && i < n; i++)
    if (fabs (values[i]) > largest)
      largest = fabs (values[i]);
  return largest;
}

/* The file's counters show 0.1 mAh only; its note gives the integral of the current of its twin. */
static void
compare_coarse (Format *format, char **line, PlateauRecording *recording)
{
  g_autoptr (GArray) pairs = sum_groups (recording, NULL, FALSE);
  compare_share (format, line[FILE_NAME], "charge of the whole file / mAh", 3.5634,
                 g_array_index (pairs, Pair, 0).charge, 1e-3, 0);
  compare_share (format, line[FILE_NAME], "discharge of the whole file / mAh", 8.6287,
                 g_array_index (pairs, Pair, 0).discharge, 1e-3, 0);
}

static void
compare_recording (Format *format, char **line, PlateauMeasurement *measurement)
{
  const char *file = line[FILE_NAME], *expect = line[EXPECT];
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauRecording) recording = plateau_measurement_ref_recording (measurement, &error);
  if (recording == NULL)
    {
      fail (format, file, "no recording: %s", error != NULL ? error->message : "none");
      return;
    }
  gsize n = plateau_recording_get_n_rows (recording);
  const double *time = plateau_recording_peek (recording, PLATEAU_QUANTITY_TIME);
  const double *potential = plateau_recording_peek (recording, PLATEAU_QUANTITY_POTENTIAL);
  const double *current = plateau_recording_peek (recording, PLATEAU_QUANTITY_CURRENT);
  gboolean convert = g_str_has_prefix (expect, "convert"), swap = g_str_has_prefix (expect, "swap"),
           warn = g_str_has_prefix (expect, "warn");
  const char *const *warnings = plateau_measurement_get_warnings (measurement);

  format->compared++;
  if (line[ROWS][0] != '\0' && n != g_ascii_strtoull (line[ROWS], NULL, 10))
    fail (format, file, "%zu rows, expected %s", n, line[ROWS]);
  if (convert || swap || warn)
    {
      format->compared++;
      if (warnings[0] == NULL)
        fail (format, file, "read without a warning");
    }
  /* Exports give the last time, which is the duration when the first is 0. */
  gboolean exported = time != NULL && is_btsda (line)
                      && fabs (time[n - 1] - g_ascii_strtod (line[TOTAL_TIME], NULL)) <= 1.01e-3;
  if (time != NULL && !convert)
    compare_digits (format, file, "total time / s", line[TOTAL_TIME],
                    exported ? time[n - 1] : time[n - 1] - time[0],
                    peer_digit (line, line[TOTAL_TIME], 1.01e-3));
  else if (time != NULL)
    compare_share (format, file, "total time / s", g_ascii_strtod (line[TOTAL_TIME], NULL) * 1e-3,
                   time[n - 1] - time[0], 1e-8, 0);
  else if (line[TOTAL_TIME][0] != '\0')
    fail (format, file, "no time");
  if (potential != NULL)
    {
      compare_digits (format, file, "first potential / V", line[V_FIRST], potential[0],
                      peer_digit (line, line[V_FIRST], 0.51e-4));
      compare_digits (format, file, "last potential / V", line[V_LAST], potential[n - 1],
                      peer_digit (line, line[V_LAST], 0.51e-4));
    }
  else if (line[V_FIRST][0] != '\0')
    fail (format, file, "no potential");
  if (line[I_ABSMAX][0] != '\0' && g_ascii_strcasecmp (line[I_ABSMAX], "nan") != 0)
    compare_share (format, file, "largest current / mA", g_ascii_strtod (line[I_ABSMAX], NULL),
                   absolute_maximum (current, n) * 1e3, 1e-6, half_digit (line[I_ABSMAX]));
  if (strstr (line[NOTE], "0.1 mAh resolution") != NULL)
    compare_coarse (format, line, recording);
  else if (!warn)
    compare_capacities (format, line, recording, convert ? 1e-3 : 1, swap);
}

static const char *
needed_reader (const char *format)
{
  for (gsize i = 0; i < G_N_ELEMENTS (needs); i++)
    if (strcmp (needs[i].format, format) == 0)
      return needs[i].reader;
  return format;
}

/* "use the column X" in a note is a column named by hand. */
static GHashTable *
chosen_columns (const char *note)
{
  const char *mark = strstr (note, "use the column ");
  if (mark == NULL)
    return NULL;
  GHashTable *columns = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_hash_table_insert (columns, (gpointer) "potential",
                       g_strdup (mark + strlen ("use the column ")));
  return columns;
}

static void
check_file (Format *format, char **line)
{
  const char *file = line[FILE_NAME], *expect = line[EXPECT];
  format->files++;
  if (plateau_reader_find (needed_reader (format->format)) == NULL)
    {
      format->waiting++;
      g_test_message ("WAIT %s: no reader “%s” yet", file, needed_reader (format->format));
      return;
    }
  g_autofree char *path = g_build_filename (cycling_folder, file, NULL);
  g_autoptr (GFile) location = g_file_new_for_path (path);
  g_autoptr (GHashTable) columns = chosen_columns (line[NOTE]);
  g_autoptr (GError) error = NULL;
  PlateauReadOptions options = PLATEAU_READ_OPTIONS_INIT;
  options.columns = columns;
  g_autoptr (GPtrArray) measurements = plateau_read_file (location, &options, NULL, &error);
  if (g_str_has_prefix (expect, "empty"))
    {
      format->compared++;
      if (measurements != NULL)
        {
          PlateauMeasurement *only = g_ptr_array_index (measurements, 0);
          if (plateau_measurement_get_n_rows (only) > 0)
            fail (format, file, "%" G_GUINT64_FORMAT " rows read where there is nothing to read",
                  plateau_measurement_get_n_rows (only));
        }
      else if (error->domain != PLATEAU_READER_ERROR)
        fail (format, file, "unexpected error: %s", error->message);
      return;
    }
  if (measurements == NULL)
    {
      fail (format, file, "%s", error->message);
      return;
    }
  PlateauMeasurement *measurement = g_ptr_array_index (measurements, 0);
  const char *const *warnings = plateau_measurement_get_warnings (measurement);
  for (guint i = 0; warnings[i] != NULL; i++)
    g_test_message ("     %s: %s", file, warnings[i]);
  if (g_str_has_prefix (expect, "eis"))
    {
      format->compared++;
      if (plateau_measurement_get_n_spectra (measurement) == 0)
        fail (format, file, "no spectrum");
      return;
    }
  compare_recording (format, line, measurement);
}

static void
test_format (gconstpointer data)
{
  Format *format = (Format *) data;
  for (guint i = 0; i < format->lines->len; i++)
    check_file (format, format->lines->pdata[i]);
  g_test_message ("%-14s %3u files, %4u numbers compared, %u failures, %u without a reader",
                  format->format, format->files, format->compared, format->failures,
                  format->waiting);
  if (format->failures > 0)
    g_test_fail_printf ("%s: %u failures", format->format, format->failures);
  else if (format->waiting == format->files)
    g_test_incomplete ("no reader yet");
}

static Format *
find_format (const char *name)
{
  for (guint i = 0; i < formats->len; i++)
    {
      Format *format = formats->pdata[i];
      if (strcmp (format->format, name) == 0)
        return format;
    }
  Format *format = g_new0 (Format, 1);
  format->format = g_strdup (name);
  format->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_ptr_array_add (formats, format);
  return format;
}

static void
free_format (gpointer data)
{
  Format *format = data;
  g_free (format->format);
  g_ptr_array_unref (format->lines);
  g_free (format);
}

static gboolean
load_manifest (const char *shared)
{
  cycling_folder = g_build_filename (shared, "data", "cycling", NULL);
  g_autofree char *path = g_build_filename (cycling_folder, "MANIFEST.tsv", NULL);
  g_autofree char *text = NULL;
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 1; lines[0] != NULL && lines[i] != NULL; i++)
    {
      g_auto (GStrv) fields = g_strsplit (g_strchomp (lines[i]), "\t", -1);
      if (g_strv_length (fields) < EXPECT + 1)
        continue;
      char **line = g_new0 (char *, N_FIELDS + 1);
      for (guint k = 0, have = g_strv_length (fields); k < N_FIELDS; k++)
        line[k] = g_strdup (k < have ? fields[k] : "");
      g_autofree char *name = g_path_get_dirname (line[FILE_NAME]);
      g_ptr_array_add (find_format (name)->lines, line);
    }
  return TRUE;
}

static void
skip_all (void)
{
  g_test_skip ("SKIP: the shared data are not here (set PLATEAU_SHARED)");
}

static void
print_table (void)
{
  g_print ("# %-16s %6s %9s %9s %8s\n", "format", "files", "compared", "failures", "waiting");
  for (guint i = 0; i < formats->len; i++)
    {
      const Format *format = formats->pdata[i];
      g_print ("# %-16s %6u %9u %9u %8u\n", format->format, format->files, format->compared,
               format->failures, format->waiting);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  formats = g_ptr_array_new_with_free_func (free_format);
  const char *shared = g_getenv ("PLATEAU_SHARED");
  if (shared == NULL)
    shared = g_getenv ("PLATEAU_SHARED_DEFAULT");
  if (shared == NULL || !load_manifest (shared))
    {
      g_print ("# SKIP: the shared data are not here (set PLATEAU_SHARED)\n");
      g_test_add_func ("/cycling-manifest/none", skip_all);
    }
  for (guint i = 0; i < formats->len; i++)
    {
      Format *format = formats->pdata[i];
      g_autofree char *path = g_strdup_printf ("/cycling-manifest/%s", format->format);
      g_test_add_data_func (path, format, test_format);
    }
  int result = g_test_run ();
  print_table ();
  g_ptr_array_unref (formats);
  g_free (cycling_folder);
  return result;
}
