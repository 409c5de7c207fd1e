/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-error.h"
#include "data/plateau-project.h"
#include "export/plateau-workbook-private.h"

#include <glib/gstdio.h>
#include <libxml/parser.h>
#include <math.h>
#include <string.h>
#include <zip.h>

/* Charge and discharge at 1 mA between 3 and 4 V; each cycle gives 1 % less. */
static PlateauRecording *
make_recording (guint n_cycles)
{
  g_autoptr (PlateauRecordingBuilder) builder = plateau_recording_builder_new ();
  plateau_recording_builder_add_column (builder, PLATEAU_QUANTITY_TIME, "t", "s");
  plateau_recording_builder_add_column (builder, PLATEAU_QUANTITY_POTENTIAL, "E", "V");
  plateau_recording_builder_add_column (builder, PLATEAU_QUANTITY_CURRENT, "I", "A");
  double time = 0;
  for (guint cycle = 0; cycle < n_cycles; cycle++)
    for (int sign = 1; sign >= -1; sign -= 2)
      for (guint i = 0; i <= 40; i++)
        {
          double share = i / 40.0;
          double *row = plateau_recording_builder_append_row (builder);
          row[0] = time;
          row[1] = sign > 0 ? 3 + share : 4 - share;
          row[2] = sign * 1e-3;
          time += 90 * pow (0.99, cycle);
        }
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  static const PlateauRecordingRules rules = { FALSE };
  g_autoptr (GError) error = NULL;
  PlateauRecording *recording = plateau_recording_builder_finish (builder, &rules, warnings,
                                                                  &error);
  g_assert_no_error (error);
  return recording;
}

static void
add_cell (PlateauProject *project, PlateauSample *sample, const char *name, double mass)
{
  g_autoptr (PlateauCell) cell = plateau_cell_new (name);
  g_object_set (cell, "sample", sample, "active-mass", mass, NULL);
  g_autoptr (PlateauMeasurement)
      measurement = plateau_measurement_new (plateau_source_new ("file:///x", "x.csv", 123, 0));
  g_autoptr (PlateauRecording) recording = make_recording (12);
  plateau_measurement_set_recording (measurement, recording);
  plateau_measurement_set_kinds (measurement, PLATEAU_KIND_CYCLING);
  plateau_measurement_warn (measurement, "a warning & more");
  plateau_cell_add_measurement (cell, measurement);
  plateau_project_add_cell (project, cell);
}

static PlateauStudy *
make_study (gboolean simulated)
{
  g_autoptr (PlateauProject) project = plateau_project_new ();
  g_autoptr (PlateauSample) pristine = plateau_sample_new ("P-LCO");
  g_autoptr (PlateauSample) modified = plateau_sample_new ("SR-LCO");
  g_object_set (project, "simulated", simulated, "title", "Two <cathodes> & more", NULL);
  g_object_set (pristine, "family", "LCO", "role", PLATEAU_ROLE_PRISTINE, NULL);
  g_object_set (modified, "family", "LCO", "role", PLATEAU_ROLE_MODIFIED, NULL);
  plateau_project_add_sample (project, pristine);
  plateau_project_add_sample (project, modified);
  add_cell (project, pristine, "P[1]: a/b", 10e-6);
  add_cell (project, pristine, "it's", 12e-6);
  add_cell (project, modified, "A very long name of a cell that no sheet can have", 11e-6);
  add_cell (project, modified, "A very long name of a cell that no other sheet has", NAN);
  return plateau_study_new (project);
}

static char *
entry_text (const char *path, const char *name)
{
  int code;
  zip_t *archive = zip_open (path, ZIP_RDONLY, &code);
  g_assert_nonnull (archive);
  zip_stat_t stat;
  char *text = NULL;
  if (zip_stat (archive, name, 0, &stat) == 0)
    {
      text = g_malloc (stat.size + 1);
      zip_file_t *file = zip_fopen (archive, name, 0);
      g_assert_cmpint (zip_fread (file, text, stat.size), ==, (zip_int64_t) stat.size);
      text[stat.size] = '\0';
      zip_fclose (file);
    }
  zip_discard (archive);
  return text;
}

static guint
count (const char *text, const char *what)
{
  guint n = 0;
  for (const char *p = text; (p = strstr (p, what)) != NULL; p += strlen (what))
    n++;
  return n;
}

/* Every XML part is well formed. */
static void
check_parts (const char *path)
{
  int code;
  zip_t *archive = zip_open (path, ZIP_RDONLY, &code);
  g_assert_nonnull (archive);
  for (zip_int64_t i = 0; i < zip_get_num_entries (archive, 0); i++)
    {
      const char *name = zip_get_name (archive, (zip_uint64_t) i, 0);
      if (!g_str_has_suffix (name, ".xml") && !g_str_has_suffix (name, ".rels"))
        continue;
      g_autofree char *text = entry_text (path, name);
      xmlDoc *document = xmlReadMemory (text, (int) strlen (text), name, NULL, XML_PARSE_NONET);
      g_assert_nonnull (document);
      xmlFreeDoc (document);
    }
  zip_discard (archive);
}

static char *
write_study (PlateauStudy *study, gboolean raw, const PlateauExportTemplate *template)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (g_get_tmp_dir (), "plateau-test-XXXXXX.xlsx", NULL);
  int fd = g_mkstemp (path);
  g_assert_cmpint (fd, >=, 0);
  close (fd);
  PlateauWorkbookOptions options = PLATEAU_WORKBOOK_OPTIONS_INIT;
  options.created = 1000000000;
  options.template = template;
  gboolean ok = raw ? plateau_workbook_write_raw (study, &options, path, NULL, &error)
                    : plateau_workbook_write (study, &options, path, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (ok);
  return path;
}

static void
remove_file (char *path)
{
  g_unlink (path);
  g_free (path);
}

static void
test_contents (void)
{
  g_autoptr (PlateauStudy) study = make_study (FALSE);
  char *path = write_study (study, FALSE, NULL);
  check_parts (path);
  g_autofree char *workbook = entry_text (path, "xl/workbook.xml");
  /* Of each cell its cycles and its dQ/dV, which is flat: there are no peaks to list. */
  g_assert_cmpuint (count (workbook, "<sheet "), ==, 4 + 4 + 4 + 2);
  g_assert_nonnull (strstr (workbook, "name=\"dQdV P_1__ a_b\""));
  g_assert_nonnull (strstr (workbook, "name=\"P_1__ a_b\""));
  g_assert_nonnull (strstr (workbook, "name=\"A very long name of a cell (2)\""));
  /* Four cells, one family. */
  for (guint i = 1; i <= 5; i++)
    {
      g_autofree char *name = g_strdup_printf ("xl/charts/chart%u.xml", i);
      g_autofree char *chart = entry_text (path, name);
      g_assert_nonnull (chart);
      g_assert_cmpuint (count (chart, "<c:valAx>"), ==, i == 1 ? 2 : 4);
      g_assert_cmpuint (count (chart, "<c:ser>"), ==, i == 1 ? 4 : 3);
      g_assert_cmpuint (count (chart, "<c:scatterChart>"), ==, i == 1 ? 1 : 2);
    }
  g_autofree char *summary = entry_text (path, "xl/worksheets/sheet3.xml");
  g_assert_nonnull (strstr (summary, "'P_1__ a_b'!$"));
  g_assert_nonnull (strstr (summary, "'it''s'!$"));
  g_assert_nonnull (strstr (summary, "<f>AVERAGE("));
  g_assert_nonnull (strstr (summary, "<f>STDEV("));
  g_assert_cmpuint (count (summary, "<f>-SLOPE("), ==, 2 * 4);
  g_assert_cmpuint (count (summary, "<f>STEYX("), ==, 4);
  g_autofree char *table = entry_text (path, "xl/tables/table3.xml");
  g_assert_nonnull (table);
  g_assert_nonnull (strstr (table, "mAh g⁻¹"));
  g_autofree char *cell = entry_text (path, "xl/worksheets/sheet5.xml");
  g_assert_nonnull (strstr (cell, "state=\"frozen\""));
  remove_file (path);
}

/* The text of a cell such as "A5", NULL when it is empty. */
static char *
cell_text (const char *path, guint sheet, const char *address)
{
  g_autofree char *name = g_strdup_printf ("xl/worksheets/sheet%u.xml", sheet);
  g_autofree char *text = entry_text (path, name);
  g_autofree char *start = g_strdup_printf ("<c r=\"%s\"", address);
  const char *cell = strstr (text, start);
  const char *value = cell != NULL ? strstr (cell, "<v>") : NULL;
  if (value == NULL)
    return NULL;
  const char *end = strstr (value, "</v>");
  if (g_strstr_len (cell, value - cell, "t=\"s\"") == NULL)
    return g_strndup (value + 3, (gsize) (end - value) - 3);
  g_autofree char *strings = entry_text (path, "xl/sharedStrings.xml");
  const char *item = strings;
  for (guint64 i = g_ascii_strtoull (value + 3, NULL, 10) + 1; i > 0 && item != NULL; i--)
    item = strstr (item + 1, "<si>");
  g_assert_nonnull (item);
  const char *begin = strchr (strstr (item, "<t"), '>') + 1;
  return g_strndup (begin, (gsize) (strstr (begin, "</t>") - begin));
}

/* dQ/dV of 1 mA over 1 V: the capacity of the branch, everywhere; as much as the cycle passed. */
static void
test_curves (void)
{
  g_autoptr (PlateauStudy) study = make_study (FALSE);
  char *path = write_study (study, FALSE, NULL);
  const guint sheet = 4 + 4 + 1;
  g_autofree char *head = cell_text (path, sheet, "E4");
  g_assert_cmpstr (head, ==, "Specific dQ/dV / mAh g⁻¹ V⁻¹");
  g_autofree char *cycle = cell_text (path, sheet, "A5");
  g_assert_cmpstr (cycle, ==, "1");
  g_autofree char *branch = cell_text (path, sheet, "B5");
  g_assert_cmpstr (branch, ==, "charge");
  double charge = 1 * 90 * 40 / 3600.0; /* mAh */
  g_autofree char *potential = cell_text (path, sheet, "C505");
  g_autofree char *dqdv = cell_text (path, sheet, "D505");
  g_autofree char *specific = cell_text (path, sheet, "E505");
  g_assert_cmpfloat_with_epsilon (g_ascii_strtod (potential, NULL), 3.5, 2e-3);
  g_assert_cmpfloat_with_epsilon (g_ascii_strtod (dqdv, NULL), charge, 1e-3 * charge);
  g_assert_cmpfloat_with_epsilon (g_ascii_strtod (specific, NULL),
                                  g_ascii_strtod (dqdv, NULL) / 10e-3, 1e-6);
  g_autofree char *part = g_strdup_printf ("xl/worksheets/sheet%u.xml", sheet);
  g_autofree char *text = entry_text (path, part);
  g_assert_nonnull (strstr (text, "state=\"frozen\""));
  g_assert_nonnull (strstr (text, "<tablePart "));
  /* Behind one chart of the family and four of the cells; cycles 1, 2 and 12, both branches. */
  g_autofree char *chart = entry_text (path, "xl/charts/chart6.xml");
  g_assert_nonnull (chart);
  g_assert_cmpuint (count (chart, "<c:ser>"), ==, 6);
  g_assert_cmpuint (count (chart, "<c:delete val=\"1\"/>"), ==, 3);
  g_assert_nonnull (strstr (chart, "Cycle 12"));
  remove_file (path);
}

/* Panels of lines and bars are charts over their rows, on two axes and with error bars; a map is a
 * picture. */
static void
test_figures (void)
{
  g_autoptr (PlateauProject) project = plateau_project_new ();
  g_autoptr (JsonNode) document = json_from_string (
      "{\"plateau-figure\":1,\"columns\":2,\"panels\":["
      "{\"id\":\"a\",\"x\":{\"title\":\"Time\",\"unit\":\"h\"},\"layers\":["
      "{\"kind\":\"line\",\"id\":\"one\",\"x\":[1,2,3],\"y\":[4,5,6.5]},"
      "{\"kind\":\"line\",\"id\":\"two\",\"label\":\"Second\",\"x\":[1,2],\"y\":[7,8]}]},"
      "{\"id\":\"b\",\"column\":1,\"layers\":["
      "{\"kind\":\"bar\",\"id\":\"bars\",\"x\":[1,2],\"y\":[3,4]}]},"
      "{\"id\":\"c\",\"row\":1,\"y\":{\"title\":\"Q\",\"unit\":\"mAh g<sup>−1</sup>\"},"
      "\"y2\":{\"title\":\"CE\",\"unit\":\"%\",\"min\":0,\"max\":105},\"layers\":["
      "{\"kind\":\"line\",\"id\":\"ce\",\"axis\":\"y2\",\"x\":[1,2],\"y\":[98,99]},"
      "{\"kind\":\"line\",\"id\":\"q\",\"x\":[1,2],\"y\":[3,4],\"y_low\":[2.5,3.75],"
      "\"y_high\":[3.5,5]}]},"
      "{\"id\":\"d\",\"row\":1,\"column\":1,\"layers\":["
      "{\"kind\":\"box\",\"id\":\"boxes\",\"x\":[1,1,1],\"y\":[3,4,5]}]}]}",
      NULL);
  g_assert_nonnull (document);
  plateau_project_set_figure (project, "My figure", document);
  g_autoptr (PlateauStudy) study = plateau_study_new (project);
  char *path = write_study (study, FALSE, NULL);
  check_parts (path);
  /* Study, Cells, Summary, Figures, Figure 1a to 1d */
  static const struct
  {
    guint sheet;
    const char *address, *text;
  } cells[] = {
    { 4, "A5", "My figure" },      { 4, "C6", "Figure 1b" }, { 4, "D5", "data and chart" },
    { 4, "D6", "data and chart" }, { 5, "C4", "Time / h" },  { 5, "A7", "one" },
    { 5, "C7", "3" },              { 5, "D7", "6.5" },       { 5, "B8", "Second" },
    { 5, "D9", "8" },              { 6, "D6", "4" },         { 7, "D4", "Q / mAh g⁻¹" },
    { 7, "G8", "0.25" },           { 7, "H8", "1" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      g_autofree char *text = cell_text (path, cells[i].sheet, cells[i].address);
      g_assert_cmpstr (text, ==, cells[i].text);
    }
  g_autofree char *chart = entry_text (path, "xl/charts/chart1.xml");
  g_assert_nonnull (chart);
  g_assert_cmpuint (count (chart, "<c:ser>"), ==, 2);
  g_assert_nonnull (strstr (chart, "'Figure 1a'!$D$8:$D$9"));
  g_autofree char *bars = entry_text (path, "xl/charts/chart2.xml");
  g_assert_cmpuint (count (bars, "<c:barChart>"), ==, 1);
  /* Two axes, the efficiency on the second; lengths of error bars from cells. */
  g_autofree char *twin = entry_text (path, "xl/charts/chart3.xml");
  g_assert_cmpuint (count (twin, "<c:scatterChart>"), ==, 2);
  g_assert_cmpuint (count (twin, "<c:valAx>"), ==, 4);
  g_assert_nonnull (strstr (twin, "<a:t>CE / %</a:t>"));
  g_assert_nonnull (strstr (twin, "<c:max val=\"105\"/><c:min val=\"0\"/>"));
  g_assert_nonnull (strstr (twin, "<c:errValType val=\"cust\"/>"));
  g_assert_nonnull (strstr (twin, "<c:plus><c:numRef><c:f>'Figure 1c'!$H$7:$H$8</c:f>"));
  g_assert_nonnull (strstr (twin, "<c:minus><c:numRef><c:f>'Figure 1c'!$G$7:$G$8</c:f>"));
  g_assert_null (strstr (twin, "77000"));
  g_autofree char *none = entry_text (path, "xl/charts/chart4.xml");
  g_assert_null (none);
  g_autofree char *picture = entry_text (path, "xl/media/image1.png");
  g_assert_nonnull (picture);
  g_assert_cmpmem (picture, 4, "\x89PNG", 4);
  remove_file (path);
}

/* What is left out is said on the front sheet. */
static void
test_omitted (void)
{
  g_autoptr (PlateauStudy) study = make_study (FALSE);
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (g_get_tmp_dir (), "plateau-omitted.xlsx", NULL);
  PlateauWorkbookOptions options = PLATEAU_WORKBOOK_OPTIONS_INIT;
  options.curves = PLATEAU_WORKBOOK_CURVES_NONE;
  g_assert_true (plateau_workbook_write (study, &options, path, NULL, &error));
  g_assert_no_error (error);
  check_parts (path);
  g_autofree char *workbook = entry_text (path, "xl/workbook.xml");
  g_assert_cmpuint (count (workbook, "<sheet "), ==, 4 + 4 + 2);
  g_autofree char *head = cell_text (path, 1, "A12"); /* below two samples */
  g_assert_cmpstr (head, ==, "Not in this workbook");
  g_autofree char *first = cell_text (path, 1, "A13");
  g_assert_cmpstr (first, ==, "Differential capacity, curves and peaks: not asked for");
  g_assert_null (cell_text (path, 1, "A14"));
  remove_file (path);
}

/* The person's units are in heads, axis titles and texts; nothing is left of the others. */
static void
test_notation (void)
{
  g_autoptr (PlateauStudy) study = make_study (FALSE);
  JsonObject *manner = json_object_new ();
  json_object_set_boolean_member (manner, "per_kg", TRUE);
  json_object_set_boolean_member (manner, "kelvin", TRUE);
  plateau_study_set_manner (study, manner);
  char *path = write_study (study, FALSE, NULL);
  g_autofree char *strings = entry_text (path, "xl/sharedStrings.xml");
  g_autofree char *values = entry_text (path, "xl/tables/table3.xml");
  g_autofree char *chart = entry_text (path, "xl/charts/chart2.xml");
  g_assert_nonnull (strstr (values, "Ah kg⁻¹"));
  g_assert_nonnull (strstr (chart, "Ah kg⁻¹"));
  g_assert_nonnull (strstr (strings, "Temperature / K"));
  g_assert_null (strstr (strings, "A g⁻¹"));
  g_assert_null (strstr (strings, "mAh g⁻¹"));
  g_assert_null (strstr (chart, "mAh g⁻¹"));
  g_assert_null (strstr (strings, " / °C"));
  remove_file (path);
}

static void
test_same_bytes (void)
{
  g_autoptr (PlateauStudy) study = make_study (FALSE);
  char *first = write_study (study, FALSE, NULL);
  g_usleep (2100000); /* the clock of a zip counts in two seconds */
  char *second = write_study (study, FALSE, NULL);
  g_autofree char *a = NULL, *b = NULL;
  gsize n_a, n_b;
  g_assert_true (g_file_get_contents (first, &a, &n_a, NULL));
  g_assert_true (g_file_get_contents (second, &b, &n_b, NULL));
  g_assert_cmpmem (a, n_a, b, n_b);
  remove_file (first);
  remove_file (second);
}

static void
test_simulated (void)
{
  g_autoptr (PlateauStudy) study = make_study (TRUE);
  char *path = write_study (study, FALSE, NULL);
  g_autofree char *strings = entry_text (path, "xl/sharedStrings.xml");
  const char *at = strstr (strings, "Simulated data: not a measurement");
  g_assert_nonnull (at);
  guint index = 0;
  for (const char *p = strings; (p = strstr (p, "<si>")) != NULL && p < at; p++)
    index++;
  g_autofree char *reference = g_strdup_printf ("t=\"s\"><v>%u</v>", index - 1);
  for (guint i = 1; i <= 10; i++)
    {
      g_autofree char *name = g_strdup_printf ("xl/worksheets/sheet%u.xml", i);
      g_autofree char *sheet = entry_text (path, name);
      const char *cell = strstr (sheet, "<c r=\"A2\" ");
      g_assert_nonnull (cell);
      g_assert_nonnull (g_strstr_len (cell, 40, reference));
    }
  remove_file (path);
}

static void
test_sheet_names (void)
{
  g_autoptr (GHashTable) used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  static const struct
  {
    const char *wanted, *name;
  } names[] = {
    { "a", "a" },
    { "A", "A (2)" },
    { "", "_" },
    { "History", "History_" },
    { "'x'", "x" },
    { "a[b]:c*d?e/f\\g", "a_b__c_d_e_f_g" },
    { "1234567890123456789012345678901234567890", "1234567890123456789012345678901" },
    { "1234567890123456789012345678901234567890", "123456789012345678901234567 (2)" },
    { "放电容量", "放电容量" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = plateau_book_sheet_name (used, names[i].wanted);
      g_assert_cmpstr (name, ==, names[i].name);
    }
}

static void
test_template (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauExportTemplate) template = plateau_export_template_new_from_json (
      "{\"name\":\"mine\",\"heads\":\"origin\",\"cycle_columns\":[\"discharge_capacity_mAh\","
      "\"cycle\",\"no_such_column\"],\"raw_columns\":[\"potential\",\"time\"]}",
      -1, &error);
  g_assert_no_error (error);
  g_autofree char *json = plateau_export_template_to_json (template);
  g_autoptr (PlateauExportTemplate) again = plateau_export_template_new_from_json (json, -1, NULL);
  g_assert_cmpint (again->heads, ==, PLATEAU_HEADS_ORIGIN);
  g_assert_cmpstr (again->cycle_columns[1], ==, "cycle");

  g_autoptr (PlateauStudy) study = make_study (FALSE);
  char *path = write_study (study, FALSE, template);
  check_parts (path);
  g_autofree char *cell = entry_text (path, "xl/worksheets/sheet5.xml");
  g_assert_nonnull (strstr (cell, "r=\"B7\"")); /* two columns below three rows of heads */
  g_assert_null (strstr (cell, "r=\"C7\""));
  remove_file (path);
  path = write_study (study, TRUE, template);
  g_autofree char *raw = entry_text (path, "xl/worksheets/sheet1.xml");
  g_assert_nonnull (strstr (raw, "<c r=\"A7\"><v>3</v>"));
  g_assert_null (strstr (raw, "<c r=\"C7\""));
  remove_file (path);

  g_assert_null (plateau_export_template_new_from_json ("{\"heads\":\"none\"}", -1, &error));
  g_assert_error (error, PLATEAU_EXPORT_ERROR, PLATEAU_EXPORT_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (plateau_export_template_new_from_json ("[", -1, &error));
  g_assert_error (error, PLATEAU_EXPORT_ERROR, PLATEAU_EXPORT_ERROR_INVALID);
}

static void
test_unwritable (void)
{
  g_autoptr (PlateauStudy) study = make_study (FALSE);
  g_autoptr (GError) error = NULL;
  PlateauWorkbookOptions options = PLATEAU_WORKBOOK_OPTIONS_INIT;
  g_assert_false (plateau_workbook_write (study, &options, "/no/such/folder/a.xlsx", NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_cancellable_cancel (cancellable);
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "plateau-never.xlsx", NULL);
  g_assert_false (plateau_workbook_write (study, &options, path, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/workbook/contents", test_contents);
  g_test_add_func ("/workbook/curves", test_curves);
  g_test_add_func ("/workbook/notation", test_notation);
  g_test_add_func ("/workbook/omitted", test_omitted);
  g_test_add_func ("/workbook/figures", test_figures);
  g_test_add_func ("/workbook/same-bytes", test_same_bytes);
  g_test_add_func ("/workbook/simulated", test_simulated);
  g_test_add_func ("/workbook/sheet-names", test_sheet_names);
  g_test_add_func ("/workbook/template", test_template);
  g_test_add_func ("/workbook/unwritable", test_unwritable);
  return g_test_run ();
}
