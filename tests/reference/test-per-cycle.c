/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-cycles.h"
#include "base/plateau-unit.h"
#include "data/plateau-cell.h"
#include "readers/plateau-reader.h"
#include "reference-data.h"

#include <glib.h>
#include <math.h>
#include <string.h>

/* Per-cycle capacities of real files against those that published tools, or the instruments'
 * own counters, give. */

#define FOLDER "reference/cycling/per_cycle"
#define TOLERANCE 1e-3

/* Files that count discharge as positive while the reference takes the sign as it stands. */
static const char *const swapped[] = { "bdf-csv__batmo_bdf.csv.csv", NULL };

/* Where ours is right and the reference is not, or counts something else, and how many of its
 * cycles that touches. */
static const struct
{
  const char *file, *reason;
  guint cycles;
} exceptions[] = {
  { "bdf-csv__batmo_bdf.csv.csv",
    "The file has counters, which begin with the first record of each step; they are taken. The "
    "reference integrates the current and so has the interval before that record as well.",
    109 },
  { "maccor__xTESLADIAG_000038.078.csv",
    "The last record, with which the test was suspended, holds the end of the counter; the "
    "reference looks at records in the state of discharge only.",
    1 },
  { "novonix__novonix.csv.csv",
    "Time stamps of the file leap and fall back; integrated over them the reference has 41 Ah in "
    "one cycle of a cell of 5 Ah.",
    9 },
  { NULL, NULL, 0 },
};

typedef struct
{
  double number, charge, discharge; /* mAh */
} Row;

static GArray *
load_reference (const char *path, gboolean *half_cycles)
{
  g_autofree char *contents = NULL;
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (Row));

  if (!g_file_get_contents (path, &contents, NULL, NULL))
    return rows;
  g_auto (GStrv) lines = g_strsplit (contents, "\n", -1);
  *half_cycles = g_str_has_prefix (lines[0], "half_cycle");
  for (guint i = 1; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], ",", -1);
      if (g_strv_length (cells) >= 3)
        {
          Row row = { g_ascii_strtod (cells[0], NULL), g_ascii_strtod (cells[1], NULL),
                      g_ascii_strtod (cells[2], NULL) };
          g_array_append_val (rows, row);
        }
    }
  return rows;
}

/* Half cycles in the order of time, one value each. */
static void
split_halves (GArray *rows, gboolean charge_first)
{
  GArray *halves = g_array_new (FALSE, FALSE, sizeof (Row));

  for (guint i = 0; i < rows->len; i++)
    {
      Row row = g_array_index (rows, Row, i);
      Row charge = { row.number, row.charge, 0 }, discharge = { row.number, 0, row.discharge };
      Row *order[] = { charge_first ? &charge : &discharge, charge_first ? &discharge : &charge };
      for (guint k = 0; k < 2; k++)
        if (order[k]->charge + order[k]->discharge > 0)
          g_array_append_val (halves, *order[k]);
    }
  g_array_set_size (rows, 0);
  g_array_append_vals (rows, halves->data, halves->len);
  g_array_unref (halves);
}

static PlateauRecording *
load_recording (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GPtrArray) measurements = plateau_read_file (file, NULL, NULL, error);

  return measurements != NULL ? plateau_measurements_load_recording (measurements, 0, error) : NULL;
}

static GArray *
count_cycles (PlateauRecording *recording, PlateauCycleRule rule, gboolean half_cycles,
              GError **error)
{
  g_autoptr (PlateauCycles) cycles = NULL;
  PlateauCyclesOptions options = PLATEAU_CYCLES_OPTIONS_INIT;
  GArray *rows;

  options.rule = rule;
  cycles = plateau_cycles_analyse (recording, &options, NULL, error);
  if (cycles == NULL)
    return NULL;
  rows = g_array_new (FALSE, FALSE, sizeof (Row));
  for (guint i = 0; i < cycles->n_cycles; i++)
    {
      Row row = { cycles->cycles[i].instrument_cycle,
                  plateau_from_si (cycles->cycles[i].charge_capacity, "mAh"),
                  plateau_from_si (cycles->cycles[i].discharge_capacity, "mAh") };
      g_array_append_val (rows, row);
    }
  if (half_cycles)
    split_halves (rows, cycles->starts_with_charge);
  return rows;
}

static gboolean
agrees (double ours, double theirs, double largest)
{
  /* A capacity that is next to nothing is compared on the scale of the others. */
  return fabs (ours - theirs) <= TOLERANCE * MAX (fabs (theirs), 0.01 * largest);
}

static guint
compare (const char *name, GArray *ours, GArray *theirs)
{
  double largest = 0;
  guint wrong = 0;

  for (guint i = 0; i < theirs->len; i++)
    largest = MAX (largest, MAX (g_array_index (theirs, Row, i).charge,
                                 g_array_index (theirs, Row, i).discharge));
  for (guint i = 0; i < theirs->len; i++)
    {
      Row t = g_array_index (theirs, Row, i);
      Row o = i < ours->len ? g_array_index (ours, Row, i) : (Row){ -1, NAN, NAN };
      if (agrees (o.charge, t.charge, largest) && agrees (o.discharge, t.discharge, largest))
        continue;
      if (wrong++ < 4)
        g_test_message ("%s, %g: charge %.6g (reference %.6g), discharge %.6g (%.6g) mAh", name,
                        t.number, o.charge, t.charge, o.discharge, t.discharge);
    }
  return wrong;
}

/* "neware-nda__TestFile.nda.csv" is of data/cycling/neware-nda/TestFile.nda. */
static char *
data_path (const char *reference)
{
  g_autofree char *name = g_strndup (reference, strlen (reference) - strlen (".csv"));
  char *separator = strstr (name, "__");
  g_autofree char *relative = NULL;

  g_assert_nonnull (separator);
  *separator = 0;
  relative = g_build_filename ("data", "cycling", name, separator + 2, NULL);
  return reference_path (relative);
}

static void
test_file (gconstpointer data)
{
  const char *name = data;
  g_autofree char *relative = g_build_filename (FOLDER, name, NULL);
  g_autofree char *path = data_path (name), *reference = NULL;
  g_autoptr (GError) error = NULL;
  gboolean half_cycles = FALSE;
  guint allowed = 0;
  guint fewest = G_MAXUINT;

  if (path == NULL)
    return;
  reference = reference_path (relative);
  g_autoptr (GArray) theirs = load_reference (reference, &half_cycles);
  g_autoptr (PlateauRecording) recording = load_recording (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (theirs->len, >, 0);
  if (recording == NULL || theirs->len == 0)
    return;
  for (guint i = 0; g_strv_contains (swapped, name) && i < theirs->len; i++)
    {
      Row *row = &g_array_index (theirs, Row, i);
      *row = (Row){ row->number, row->discharge, row->charge };
    }
  if (half_cycles)
    {
      gboolean charge_first = g_array_index (theirs, Row, 0).charge > 0;
      split_halves (theirs, charge_first);
    }
  for (guint i = 0; exceptions[i].file != NULL; i++)
    if (strcmp (exceptions[i].file, name) == 0)
      {
        allowed = exceptions[i].cycles;
        g_test_message ("%s", exceptions[i].reason);
      }
  /* The tools count cycles by different rules; with one of ours all of theirs have to agree. */
  for (PlateauCycleRule rule = PLATEAU_CYCLE_RULE_INSTRUMENT; fewest > 0; rule--)
    {
      g_autoptr (GArray) ours = count_cycles (recording, rule, half_cycles, &error);
      g_assert_no_error (error);
      fewest = ours != NULL ? MIN (fewest, compare (name, ours, theirs)) : fewest;
      if (rule == PLATEAU_CYCLE_RULE_AUTO)
        break;
    }
  g_test_message ("%s: %u of %u differ", name, fewest, theirs->len);
  g_assert_cmpuint (fewest, <=, allowed);
}

static void
test_absent (void)
{
  g_autofree char *folder = reference_path (FOLDER);
  g_assert_null (folder);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *shared, *entry;
  g_autofree char *root = NULL;
  g_autoptr (GDir) dir = NULL;

  g_test_init (&argc, &argv, NULL);
  /* Every file is looked at, also behind one that disagrees. */
  g_test_set_nonfatal_assertions ();
  shared = g_getenv ("PLATEAU_SHARED");
  root = shared != NULL ? g_strdup (shared)
                        : g_build_filename (PLATEAU_SOURCE_ROOT, "..", "shared", NULL);
  folder = g_build_filename (root, FOLDER, NULL);
  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (entry = g_dir_read_name (dir)) != NULL)
    if (strstr (entry, "_summary__") == NULL && g_str_has_suffix (entry, ".csv"))
      g_ptr_array_add (names, g_strdup (entry));
  if (names->len == 0)
    g_test_add_func ("/per-cycle/absent", test_absent);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_strconcat ("/per-cycle/", names->pdata[i], NULL);
      g_test_add_data_func (path, names->pdata[i], test_file);
    }
  return g_test_run ();
}
