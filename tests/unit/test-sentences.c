/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said about a file that cannot be read, or lacks something: it names the file, tells what
 * was expected and what to do. */

#include "readers/plateau-reader.h"

#include <string.h>

#define LETTER "Dear all,\nplease find attached the results of last week.\nBest regards\n"

typedef struct
{
  const char *name, *content; /* NULL: 4096 zeros */
  const char *says, *remedy;  /* parts of the sentence */
} Broken;

static const Broken broken[] = {
  { "cell.mpr", "", "is empty", "Copy it again" },
  { "cell.csv", LETTER, "no table of numbers", "export its records" },
  { "cell.mpr", LETTER, "does not begin like a file of EC-Lab", "choose another reader" },
  { "cell.mpr", NULL, "does not begin like a file of EC-Lab", "choose another reader" },
  { "cell.ndax", LETTER, "does not begin like a zip archive", "Copy it again" },
  { "cell.xlsx", "PK\3\4 cut", "directory at the end", "copy it again" },
  { "cell.nda", NULL, "does not begin like a Neware file", "choose another reader" },
  { "cell.res", NULL, "does not begin like an Access database", "choose another reader" },
  { "cell.idf", LETTER, "no point with a frequency", "copy or export it again" },
  { "cell.csv", "Time (s),Voltage (V),Current (A)\n", "without a single record",
    "export it again" },
  { "cell.csv", "Z',Z''\n109.0,-26.5\n110.2,-27.1\n112.8,-29.3\n115.0,-31.4\n", "frequency",
    "name the column" },
  { "cell.csv", "name,age\nA,1\nB,2\nC,3\nD,4\n", "potential, current and time",
    "Name them by hand" },
  { "cell.csv", "%PDF-1.4\n1 0 obj\n", "PDF document", "Open the file" },
};

static void
test_broken (gconstpointer data)
{
  const Broken *b = data;
  g_autofree char *zeros = g_malloc0 (4096);
  g_autoptr (GBytes) bytes = b->content != NULL ? g_bytes_new (b->content, strlen (b->content))
                                                : g_bytes_new (zeros, 4096);
  g_autoptr (PlateauInput) input = plateau_input_new_for_bytes (bytes, b->name);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) measurements = plateau_read_input (input, NULL, NULL, &error);
  g_assert_null (measurements);
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, b->name));
  g_assert_nonnull (strstr (error->message, b->says));
  g_assert_nonnull (strstr (error->message, b->remedy));
}

/* A table of @head whose columns are 1, 2, ... */
static PlateauMeasurement *
read_columns (const char *head)
{
  g_autoptr (GString) text = g_string_new (head);
  g_auto (GStrv) heads = g_strsplit (head, ",", -1);
  guint n = g_strv_length (heads);
  g_string_append_c (text, '\n');
  for (guint i = 0; i < 40; i++)
    for (guint c = 0; c < n; c++)
      g_string_append_printf (text, "%g%c", 0.01 * i * (c + 1) + 1, c + 1 < n ? ',' : '\n');
  g_autoptr (GBytes) bytes = g_bytes_new (text->str, text->len);
  g_autoptr (PlateauInput) input = plateau_input_new_for_bytes (bytes, "cell.csv");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) measurements = plateau_read_input (input, NULL, NULL, &error);
  g_assert_no_error (error);
  return plateau_measurement_ref (g_ptr_array_index (measurements, 0));
}

static gboolean
warns (PlateauMeasurement *measurement, const char *part)
{
  const char *const *warnings = plateau_measurement_get_warnings (measurement);
  for (; warnings != NULL && *warnings != NULL; warnings++)
    if (strstr (*warnings, part) != NULL)
      return TRUE;
  return FALSE;
}

static void
test_lacking (void)
{
  g_autoptr (PlateauMeasurement) whole = read_columns ("Time (s),Voltage (V),Current (A)");
  g_assert_false (warns (whole, "has no column"));
  g_autoptr (PlateauMeasurement)
      counted = read_columns ("Time (s),Voltage (V),Charge Capacity (Ah)");
  g_assert_true (warns (counted, "no column of current: it was taken from the charge counter"));
  g_autoptr (PlateauMeasurement) blind = read_columns ("Time (s),Current (A),Charge Capacity (Ah)");
  g_assert_true (warns (blind, "no column of potential"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autofree char *path = g_strdup_printf ("/sentences/%u-%s", i, broken[i].name);
      g_test_add_data_func (path, &broken[i], test_broken);
    }
  g_test_add_func ("/sentences/lacking", test_lacking);
  return g_test_run ();
}
