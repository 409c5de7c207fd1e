/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads every file of data/eis/MANIFEST.tsv and holds it against the numbers that the public
 * readers named there give; says file by file what was compared.
 *
 * One entry is known to have the other sign: csv-generic/fGP-DRT__500-AIR-3H2O.csv, whose heads are
 * "Freq,Re,Im". Taken as Z'' the data are an inductive end above 100 kHz and capacitive arcs below,
 * as the real part demands; taken as -Z'' every arc would be inductive. */
#include "readers/plateau-reader.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

enum
{
  FILE_NAME,
  INSTRUMENT,
  SOURCE_REPO,
  SOURCE_PATH,
  COMMIT,
  LICENCE,
  N_SPECTRA,
  N_POINTS_FIRST,
  F_MIN,
  F_MAX,
  F_FIRST,
  RE_FIRST,
  IM_FIRST,
  F_LAST,
  RE_LAST,
  IM_LAST,
  READ_BY,
  FURTHER,
  NOTE,
  N_FIELDS
};

#define OTHER_SIGN "csv-generic/fGP-DRT__500-AIR-3H2O.csv"
#define RELATIVE 2e-6 /* MANIFEST prints seven to nine digits */

typedef struct
{
  const char *folder;
  char **fields;
} Sample;

static guint
compare_number (Sample *sample, int field, double found, double sign)
{
  double want = sign * g_ascii_strtod (sample->fields[field], NULL);
  if (!(fabs (found - want) <= RELATIVE * fabs (want) + 1e-12))
    {
      g_test_message ("%s: field %d is %.10g, expected %.10g", sample->fields[FILE_NAME], field,
                      found, want);
      g_test_fail ();
    }
  return 1;
}

static guint
compare_count (Sample *sample, const char *what, double found, double want)
{
  if (found != want)
    {
      g_test_message ("%s: %g %s, expected %g", sample->fields[FILE_NAME], found, what, want);
      g_test_fail ();
    }
  return 1;
}

static guint
compare_first (Sample *sample, PlateauSpectrum *spectrum)
{
  gsize n = plateau_spectrum_get_n (spectrum);
  const double *f = plateau_spectrum_peek_frequency (spectrum);
  const double *re = plateau_spectrum_peek_re (spectrum);
  const double *im = plateau_spectrum_peek_im (spectrum);
  double sign = g_str_equal (sample->fields[FILE_NAME], OTHER_SIGN) ? -1 : 1;
  double low = INFINITY, high = 0;
  for (gsize i = 0; i < n; i++)
    {
      low = MIN (low, f[i]);
      high = MAX (high, f[i]);
    }
  guint compared = compare_count (sample, "points", (double) n,
                                  g_ascii_strtod (sample->fields[N_POINTS_FIRST], NULL));
  compared += compare_number (sample, F_MIN, low, 1);
  compared += compare_number (sample, F_MAX, high, 1);
  compared += compare_number (sample, F_FIRST, f[0], 1);
  compared += compare_number (sample, RE_FIRST, re[0], 1);
  compared += compare_number (sample, IM_FIRST, im[0], sign);
  compared += compare_number (sample, F_LAST, f[n - 1], 1);
  compared += compare_number (sample, RE_LAST, re[n - 1], 1);
  compared += compare_number (sample, IM_LAST, im[n - 1], sign);
  return compared;
}

/* [[n, f_first, f_last], ...] of the second spectrum and those behind it. */
static guint
compare_further (Sample *sample, GPtrArray *spectra)
{
  if (g_strv_length (sample->fields) <= FURTHER || sample->fields[FURTHER][0] == '\0')
    return 0;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_assert_true (json_parser_load_from_data (parser, sample->fields[FURTHER], -1, NULL));
  JsonArray *list = json_node_get_array (json_parser_get_root (parser));
  guint compared = 0;
  for (guint i = 0; i < json_array_get_length (list) && i + 1 < spectra->len; i++)
    {
      JsonArray *entry = json_array_get_array_element (list, i);
      PlateauSpectrum *spectrum = spectra->pdata[i + 1];
      gsize n = plateau_spectrum_get_n (spectrum);
      const double *f = plateau_spectrum_peek_frequency (spectrum);
      compared += compare_count (sample, "points of a further spectrum", (double) n,
                                 json_array_get_double_element (entry, 0));
      g_assert_cmpfloat_with_epsilon (f[0] / json_array_get_double_element (entry, 1), 1, 1e-5);
      g_assert_cmpfloat_with_epsilon (f[n - 1] / json_array_get_double_element (entry, 2), 1, 1e-5);
      compared += 2;
    }
  return compared;
}

/* Of a three-electrode file the sweeps of the first electrode: MANIFEST counts sweeps. */
static GPtrArray *
sweeps_of_first_electrode (GPtrArray *measurements)
{
  GPtrArray *sweeps = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_spectrum_unref);
  for (guint m = 0; m < measurements->len; m++)
    {
      g_autoptr (GPtrArray)
          spectra = plateau_measurement_ref_spectra (measurements->pdata[m], NULL);
      for (guint i = 0; spectra != NULL && i < spectra->len; i++)
        {
          PlateauSpectrum *first = sweeps->len > 0 ? sweeps->pdata[0] : spectra->pdata[i];
          if (plateau_spectrum_get_conditions (first)->electrode
              == plateau_spectrum_get_conditions (spectra->pdata[i])->electrode)
            g_ptr_array_add (sweeps, plateau_spectrum_ref (spectra->pdata[i]));
        }
    }
  return sweeps;
}

static void
test_sample (gconstpointer data)
{
  Sample *sample = (Sample *) data;
  g_autofree char *path = g_build_filename (sample->folder, sample->fields[FILE_NAME], NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) measurements = plateau_read_file (file, NULL, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) sweeps = sweeps_of_first_electrode (measurements);
  g_assert_cmpuint (sweeps->len, >, 0);
  guint compared = compare_count (sample, "spectra", sweeps->len,
                                  g_ascii_strtod (sample->fields[N_SPECTRA], NULL));
  compared += compare_first (sample, sweeps->pdata[0]);
  compared += compare_further (sample, sweeps);
  g_test_message ("%-28s %-60s %u numbers compared",
                  plateau_measurement_get_source (measurements->pdata[0])->reader,
                  sample->fields[FILE_NAME], compared);
}

static void
test_absent (void)
{
  g_test_skip ("SKIP: the shared data are not there; set PLATEAU_SHARED to their folder");
}

/* Conditions that names and headers tell. */
static void
check_conditions (const char *folder, const char *name, gsize member, double want)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GPtrArray) measurements = plateau_read_file (file, NULL, NULL, NULL);
  g_assert_nonnull (measurements);
  g_autoptr (GPtrArray) spectra = plateau_measurement_ref_spectra (measurements->pdata[0], NULL);
  double found = G_STRUCT_MEMBER (double, plateau_spectrum_get_conditions (spectra->pdata[0]),
                                  member);
  if (!(fabs (found - want) < 1e-9 * fabs (want) + 1e-12))
    g_error ("%s: %g, expected %g", name, found, want);
}

static void
test_conditions (gconstpointer folder)
{
#define C(member) G_STRUCT_OFFSET (PlateauConditions, member)
  check_conditions (folder, "csv-temperature/deep-DRT__BLF_D5_pO2_21%_T550.csv", C (temperature),
                    823.15);
  check_conditions (folder, "relaxis-txt/hybrid-drt__PEIS_LPSCl_IonBlocking_-25C_RelaxIS.txt",
                    C (temperature), 248.15);
  check_conditions (folder, "zahner-ism/Zahner-Analysis-Python__025_mvdc.ism", C (potential),
                    0.0505);
  check_conditions (folder, "zahner-ism/Zahner-Analysis-Python__025_mvdc.ism", C (amplitude), 0.01);
  check_conditions (folder, "chinstruments/impedance__exampleDataCHInstruments.txt", C (amplitude),
                    0.025);
  check_conditions (folder, "gamry-dta/gamry-parser__eispot_data.dta", C (amplitude), 0.01);
  check_conditions (folder, "p00/pyimpspec__data.P00", C (potential), 0.30981);
  check_conditions (folder, "versastudio-par/impedance__exampleDataVersaStudio.par", C (amplitude),
                    0.02);
#undef C
}

static char *
find_folder (void)
{
  const char *shared = g_getenv ("PLATEAU_SHARED");
  if (shared == NULL)
    shared = g_getenv ("PLATEAU_SHARED_DEFAULT");
  return shared != NULL ? g_build_filename (shared, "data", "eis", NULL) : NULL;
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autofree char *folder = find_folder ();
  g_autofree char *path = folder != NULL ? g_build_filename (folder, "MANIFEST.tsv", NULL) : NULL;
  g_autofree char *content = NULL;
  if (path == NULL || !g_file_get_contents (path, &content, NULL, NULL))
    {
      g_test_add_func ("/eis-manifest/absent", test_absent);
      return g_test_run ();
    }
  g_autoptr (GPtrArray) samples = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) lines = g_strsplit (content, "\n", -1);
  for (guint i = 1; lines[i] != NULL; i++)
    {
      g_auto (GStrv) fields = g_strsplit (g_strchomp (lines[i]), "\t", N_FIELDS);
      if (g_strv_length (fields) <= IM_LAST)
        continue;
      Sample *sample = g_new0 (Sample, 1);
      sample->folder = folder;
      sample->fields = g_steal_pointer (&fields);
      g_ptr_array_add (samples, sample);
      g_autofree char *test = g_strconcat ("/eis-manifest/", sample->fields[FILE_NAME], NULL);
      g_test_add_data_func (test, sample, test_sample);
    }
  g_test_add_data_func ("/eis-manifest/conditions", folder, test_conditions);
  int status = g_test_run ();
  for (guint i = 0; i < samples->len; i++)
    g_strfreev (((Sample *) samples->pdata[i])->fields);
  return status;
}
