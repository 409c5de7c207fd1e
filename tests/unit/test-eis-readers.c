/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Impedance files of every format, made here: what a header may look like and what goes wrong. The
 * spectrum is always that of R0 + R1 in parallel with a time constant, in closed form. */
#include "base/plateau-error.h"
#include "readers/plateau-eis-column.h"
#include "readers/plateau-eis-name.h"
#include "readers/plateau-reader.h"

#include <math.h>
#include <string.h>

enum
{
  N = 21,
};

static double
frequency (guint i)
{
  return pow (10, 5 - 6.0 * i / (N - 1));
}

static double
z_re (guint i)
{
  double w = 2 * G_PI * frequency (i) * 1e-2;
  return 10 + 100 / (1 + w * w);
}

static double
z_im (guint i)
{
  double w = 2 * G_PI * frequency (i) * 1e-2;
  return -100 * w / (1 + w * w);
}

static GPtrArray *
read_bytes (const void *data, gsize length, const char *name, const char *reader, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (PlateauInput) input = plateau_input_new_for_bytes (bytes, name);
  g_autoptr (GPtrArray) measurements = plateau_read_input (input, NULL, NULL, error);
  if (measurements != NULL && reader != NULL)
    g_assert_cmpstr (plateau_measurement_get_source (measurements->pdata[0])->reader, ==, reader);
  return g_steal_pointer (&measurements);
}

static GPtrArray *
read_text (const char *text, const char *name, const char *reader)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) measurements = read_bytes (text, strlen (text), name, reader, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&measurements);
}

static GPtrArray *
spectra_of (GPtrArray *measurements)
{
  return plateau_measurement_ref_spectra (measurements->pdata[0], NULL);
}

static void
check_spectrum (PlateauSpectrum *spectrum, double tolerance)
{
  g_assert_cmpuint (plateau_spectrum_get_n (spectrum), ==, N);
  for (guint i = 0; i < N; i++)
    {
      double f = plateau_spectrum_peek_frequency (spectrum)[i];
      double re = plateau_spectrum_peek_re (spectrum)[i];
      double im = plateau_spectrum_peek_im (spectrum)[i];
      g_assert_true (fabs (f - frequency (i)) <= tolerance * frequency (i));
      g_assert_true (fabs (re - z_re (i)) <= tolerance * fabs (z_re (i)));
      g_assert_true (fabs (im - z_im (i)) <= tolerance * MAX (fabs (z_im (i)), 1e-3));
    }
}

static void
check_text (const char *text, const char *name, const char *reader, guint n_spectra)
{
  g_autoptr (GPtrArray) measurements = read_text (text, name, reader);
  g_autoptr (GPtrArray) spectra = spectra_of (measurements);
  g_assert_cmpuint (spectra->len, ==, n_spectra);
  for (guint i = 0; i < n_spectra; i++)
    check_spectrum (spectra->pdata[i], 1e-9);
}

/* Rows as printf of (f, Z', Z'') times the factors. */
static void
append_rows (GString *out, const char *format, double f, double re, double im)
{
  for (guint i = 0; i < N; i++)
    g_string_append_printf (out, format, f * frequency (i), re * z_re (i), im * z_im (i));
}

static char *
table (const char *head, const char *format, double f, double re, double im)
{
  g_autoptr (GString) out = g_string_new (head);
  append_rows (out, format, f, re, im);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

typedef struct
{
  const char *head, *format;
  double f, re, im;
} Variant;

#define COMMA "%.17g,%.17g,%.17g\n"
#define TAB "%.17g\t%.17g\t%.17g\n"

static void
test_heads (void)
{
  static const Variant variants[] = {
    { "f,Z',Z''\n", COMMA, 1, 1, 1 },
    { "Frequency (Hz)\tZ' (Ω)\t-Z'' (Ω)\n", TAB, 1, 1, -1 },
    { "freq/Hz;Re(Z)/Ohm;-Im(Z)/Ohm\n", "%.17g;%.17g;%.17g\n", 1, 1, -1 },
    { "Frequency [kHz],Zre [kOhm],Zim [kOhm]\n", COMMA, 1e-3, 1e-3, 1e-3 },
    { "频率/Hz,Z'/ohm,Z\"/ohm\n", COMMA, 1, 1, 1 },
    { "freq / Hz, Z′ / mΩ, −Z″ / mΩ\n", COMMA, 1, 1e3, -1e3 },
    { "f\t-Z'\t-Z''\n", TAB, 1, -1, -1 },
    { "Freq,Re,Im\n", COMMA, 1, 1, -1 }, /* no sign given: the data decide */
    { "f,Z',Z''\n", COMMA, 1, 1, -1 },   /* the head is wrong: all is positive */
    { "\"Frequency (Hz)\",\"Zreal (ohms)\",\"Zimag (ohms)\"\r\n", "%.17g,%.17g,%.17g\r\n", 1, 1,
      1 },
    { "Measured by somebody\nof a cell\n\nf Z' Z''\n", "%.17g %.17g %.17g\n", 1, 1, 1 },
    { "f\tZ'\tZ''\nHz\tkohm\tkohm\n", TAB, 1, 1e-3, 1e-3 },
    { "", COMMA, 1, 1, 1 },
    { "", "  %.17g   %.17g   %.17g\n", 1, 1, -1 },
    { "Some words\nand more\n\n21\n", "%.17g %.17g %.17g\n", 1, 1, 1 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (variants); i++)
    {
      const Variant *v = &variants[i];
      g_autofree char *text = table (v->head, v->format, v->f, v->re, v->im);
      g_test_message ("%s", v->head);
      check_text (text, "a.csv", "eis-text", 1);
    }
}

static void
test_decimal_comma (void)
{
  g_autofree char *text = table ("f;Z';Z''\n", "%.17g;%.17g;%.17g\n", 1, 1, 1);
  g_strdelimit (text, ".", ',');
  check_text (text, "a.csv", "eis-text", 1);
  g_autofree char *tabs = table ("f\tZ'\tZ''\n", TAB, 1, 1, 1);
  g_strdelimit (tabs, ".", ',');
  check_text (tabs, "a.txt", "eis-text", 1);
}

static void
test_polar (void)
{
  static const struct
  {
    const char *head;
    double factor;
  } variants[] = {
    { "f,|Z|,phase (deg)\n", 180 / G_PI },
    { "f,|Z|,phase\n", 180 / G_PI },
    { "f,|Z|,phase (rad)\n", 1 },
    { "f,|Z|,phase\n", 1 },
    { "f,|Z| / ohm,-phase / deg\n", -180 / G_PI },
    { "freq,Z,-Phase (°)\n", -180 / G_PI },
  };
  for (gsize v = 0; v < G_N_ELEMENTS (variants); v++)
    {
      g_autoptr (GString) out = g_string_new (variants[v].head);
      for (guint i = 0; i < N; i++)
        g_string_append_printf (out, "%.17g,%.17g,%.17g\n", frequency (i),
                                hypot (z_re (i), z_im (i)),
                                variants[v].factor * atan2 (z_im (i), z_re (i)));
      check_text (out->str, "a.csv", "eis-text", 1);
    }
}

static void
test_several_spectra (void)
{
  g_autofree char *one = table ("f,Z',Z''\n", COMMA, 1, 1, 1);
  g_autofree char *rows = table ("", COMMA, 1, 1, 1);
  g_autofree char *repeated = g_strconcat (one, one, one, NULL);
  check_text (repeated, "a.csv", "eis-text", 3);
  g_autofree char *appended = g_strconcat (one, rows, NULL);
  check_text (appended, "a.csv", "eis-text", 2);

  g_autoptr (GString) beside = g_string_new ("f,Z',Z'',f,Z',Z''\n");
  for (guint i = 0; i < N; i++)
    g_string_append_printf (beside, "%.17g,%.17g,%.17g,%.17g,%.17g,%.17g\n", frequency (i),
                            z_re (i), z_im (i), frequency (i), z_re (i), z_im (i));
  check_text (beside->str, "a.csv", "eis-text", 2);
}

static void
test_bad_rows (void)
{
  g_autoptr (GString) text = g_string_new ("f,Z',Z''\n0,1,1\n-5,1,1\nnan,3,4\n,,\n");
  append_rows (text, COMMA, 1, 1, 1);
  g_string_append (text, "1e-2,nan,1\n1e-3,,\n");
  g_autoptr (GPtrArray) measurements = read_text (text->str, "a.csv", "eis-text");
  g_autoptr (GPtrArray) spectra = spectra_of (measurements);
  g_assert_cmpuint (spectra->len, ==, 1);
  check_spectrum (spectra->pdata[0], 1e-9);
  g_assert_nonnull (plateau_measurement_get_warnings (measurements->pdata[0])[0]);
}

static void
test_rising_and_repeated (void)
{
  g_autoptr (GString) text = g_string_new ("f,Z',Z''\n");
  for (guint i = N; i > 0; i--)
    g_string_append_printf (text, COMMA, frequency (i - 1), z_re (i - 1), z_im (i - 1));
  g_string_append_printf (text, COMMA, frequency (0), z_re (0), z_im (0));
  g_autoptr (GPtrArray) measurements = read_text (text->str, "a.csv", NULL);
  g_autoptr (GPtrArray) spectra = spectra_of (measurements);
  g_assert_cmpuint (spectra->len, ==, 1);
  g_assert_cmpuint (plateau_spectrum_get_n (spectra->pdata[0]), ==, N + 1);
  g_assert_cmpfloat_with_epsilon (plateau_spectrum_peek_frequency (spectra->pdata[0])[0],
                                  frequency (N - 1), 1e-9);
}

/* The inductance of leads makes Z'' positive at high frequencies: nothing is to be turned. */
static void
test_inductive_is_kept (void)
{
  g_autoptr (GString) text = g_string_new ("f,Z',Z''\n");
  for (guint i = 0; i < N; i++)
    g_string_append_printf (text, COMMA, frequency (i), 0.01, 2 * G_PI * frequency (i) * 1e-7);
  g_autoptr (GPtrArray) measurements = read_text (text->str, "a.csv", NULL);
  g_autoptr (GPtrArray) spectra = spectra_of (measurements);
  g_assert_cmpfloat (plateau_spectrum_peek_im (spectra->pdata[0])[0], >, 0);
}

static void
test_no_data (void)
{
  static const char *const texts[] = {
    "f,Z',Z''\n",
    "f,Z',Z''\n0,0,0\n",
    "f,Z',Z''\nwords,and,words\n",
    "ZPLOT2 ASCII\nEnd Comments\n",
    "EXPLAIN\nTAG\tEISPOT\nZCURVE\tTABLE\n",
    "VERSION8.0\n29\n1\n",
    "<Application>\nName=VersaStudio\n</Application>\n",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray)
          measurements = read_bytes (texts[i], strlen (texts[i]), "a.txt", NULL, &error);
      g_assert_null (measurements);
      g_assert_nonnull (error);
      g_assert_cmpuint (strlen (error->message), >, 20);
    }
}

static void
test_gamry (void)
{
  g_autoptr (GString) text = g_string_new (
      "EXPLAIN\nTAG\tGALVEIS\nTITLE\tLABEL\tmine\tTest\nIAC\tQUANT\t5,0E-003\tAC (A rms)\n"
      "OCVCURVE\tTABLE\t2\n\tPt\tT\tVf\n\t#\ts\tV\n\t0\t1\t3\n\t1\t2\t3\n"
      "ZCURVE\tTABLE\n\tPt\tTime\tFreq\tZreal\tZimag\tZsig\tIdc\tVdc\n\t#"
      "\ts\tHz\tohm\tohm\tV\tA\tV\n");
  for (guint i = 0; i < N; i++)
    g_string_append_printf (text, "\t%u\t%u\t%.17g\t%.17g\t%.17g\t1\t-0.002\t3.7\n", i, 10 * i,
                            frequency (i), z_re (i), z_im (i));
  g_autofree char *head = g_strndup (text->str, strstr (text->str, "ZCURVE") - text->str);
  const char *zcurve = strstr (text->str, "ZCURVE");
  g_autofree char *comma = g_strdup (zcurve);
  g_strdelimit (comma, ".", ',');
  g_autofree char *whole = g_strconcat (head, zcurve, comma, "EXPERIMENTABORTED\tTOGGLE\tT\n",
                                        NULL);
  g_autoptr (GPtrArray) measurements = read_text (whole, "a.dta", "gamry-eis");
  g_autoptr (GPtrArray) spectra = spectra_of (measurements);
  g_assert_cmpuint (spectra->len, ==, 2);
  check_spectrum (spectra->pdata[0], 1e-9);
  check_spectrum (spectra->pdata[1], 1e-9);
  const PlateauConditions *conditions = plateau_spectrum_get_conditions (spectra->pdata[0]);
  g_assert_cmpint (conditions->mode, ==, PLATEAU_EIS_GEIS);
  g_assert_cmpfloat_with_epsilon (conditions->amplitude, 5e-3, 1e-12);
  g_assert_cmpfloat_with_epsilon (conditions->potential, 3.7, 1e-9);
  g_assert_cmpfloat_with_epsilon (conditions->dc_current, -2e-3, 1e-12);
  g_assert_cmpfloat_with_epsilon (conditions->duration, 10 * (N - 1), 1e-9);
}

static void
test_gamry_drift (void)
{
  g_autoptr (GString) text = g_string_new (
      "EXPLAIN\nTAG\tEISPOT\nZCURVE\tTABLE\n\tPt\tFreq\tZreal\tZimag\tZrealDrCor\tZimagDrCor\n"
      "\t#\tHz\tohm\tohm\tohm\tohm\n");
  for (guint i = 0; i < N; i++)
    g_string_append_printf (text, "\t%u\t%.17g\t1\t-1\t%.17g\t%.17g\n", i, frequency (i), z_re (i),
                            z_im (i));
  check_text (text->str, "a.dta", "gamry-eis", 1);
}

static void
test_zplot (void)
{
  g_autoptr (GString) text = g_string_new (
      "ZPLOT2 ASCII\n  Experiment Type:  Sweep Frequency, Control Current\n"
      "  Freq(Hz)\tAmpl\tBias\tTime(Sec)\tZ'(a)\tZ''(b)\tGD\tErr\tRange\nEnd Comments\n");
  for (guint i = 0; i < N; i++)
    g_string_append_printf (text, "%.17g\t0.01\t3.8\t%u\t%.17g\t%.17g\t0\t0\t3\n", frequency (i), i,
                            z_re (i), z_im (i));
  g_autoptr (GPtrArray) measurements = read_text (text->str, "a.z", "zplot");
  g_autoptr (GPtrArray) spectra = spectra_of (measurements);
  check_spectrum (spectra->pdata[0], 1e-9);
  const PlateauConditions *conditions = plateau_spectrum_get_conditions (spectra->pdata[0]);
  g_assert_cmpfloat (conditions->potential, ==, 3.8);
  g_assert_cmpint (conditions->mode, ==, PLATEAU_EIS_GEIS);
}

static void
put_f64_be (GByteArray *out, double value)
{
  guint64 bits;
  memcpy (&bits, &value, sizeof bits);
  bits = GUINT64_TO_BE (bits);
  g_byte_array_append (out, (const guint8 *) &bits, sizeof bits);
}

static GByteArray *
make_ism (void)
{
  static const guint8 head[] = { 0, 0, 0xFF, 0xFF, 0xFF, 0xFE, 0, 0, 0, 0, 0, N - 1 };
  static const char texts[] = "\0\006010203\0\004cell\0\0200.5000v, aMPL: 5Mv\0\0061.5Ma ";
  GByteArray *out = g_byte_array_new ();
  g_byte_array_append (out, head, sizeof head);
  /* The instrument begins in the middle. */
  for (guint k = 0; k < 4; k++)
    for (guint j = 0; j < N; j++)
      {
        guint i = (j + N / 2) % N;
        double value = k == 0   ? frequency (i)
                       : k == 1 ? hypot (z_re (i), z_im (i))
                       : k == 2 ? atan2 (z_im (i), z_re (i))
                                : 1.4e9 + j;
        put_f64_be (out, value);
      }
  g_byte_array_append (out, (const guint8 *) texts, sizeof texts - 1);
  return out;
}

static void
test_ism (void)
{
  g_autoptr (GByteArray) bytes = make_ism ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray)
      measurements = read_bytes (bytes->data, bytes->len, "a.ism", "zahner-ism", &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) spectra = spectra_of (measurements);
  g_assert_cmpuint (spectra->len, ==, 1);
  check_spectrum (spectra->pdata[0], 1e-12);
  for (gsize cut = 0; cut < bytes->len; cut += 7)
    {
      g_autoptr (GError) failure = NULL;
      g_autoptr (GPtrArray) part = read_bytes (bytes->data, cut, "a.ism", NULL, &failure);
      g_assert_true ((part == NULL) == (failure != NULL));
    }
}

/* Variables of a MAT-file of level 5, little-endian, not compressed. */
static void
put_u32 (GByteArray *out, guint32 value)
{
  value = GUINT32_TO_LE (value);
  g_byte_array_append (out, (const guint8 *) &value, sizeof value);
}

static void
put_matrix (GByteArray *out, const char *name, double (*value) (guint))
{
  guint name_size = ((guint) strlen (name) + 7) / 8 * 8;
  put_u32 (out, 14);
  put_u32 (out, 16 + 16 + 8 + name_size + 8 + 8 * N);
  put_u32 (out, 6);
  put_u32 (out, 8);
  put_u32 (out, 6); /* double */
  put_u32 (out, 0);
  put_u32 (out, 5);
  put_u32 (out, 8);
  put_u32 (out, N);
  put_u32 (out, 1);
  put_u32 (out, 1);
  put_u32 (out, (guint32) strlen (name));
  g_autofree char *padded = g_malloc0 (name_size);
  memcpy (padded, name, strlen (name));
  g_byte_array_append (out, (const guint8 *) padded, name_size);
  put_u32 (out, 9);
  put_u32 (out, 8 * N);
  for (guint i = 0; i < N; i++)
    {
      double number = value (i);
      g_byte_array_append (out, (const guint8 *) &number, sizeof number);
    }
}

/* Heads and comments in quotes, no line that ends the comments, a number of points that lies. */
static void
test_zplot_quoted (void)
{
  g_autoptr (GString) text = g_string_new (
      "\"ZPlotW Data File: Version 3.2c\"\n\"Sweep Frequency: Control Voltage\"\n"
      "Date: 12-17-2019    Time: 16:24:35\n0,3,0,1,300000,0.005\n79\n");
  gsize head = text->len;
  g_string_append (text, "\"  Freq(Hz)    Ampl     Bias   Time(Sec)   Z'(a)    Z''(b)    GD   Err   "
                         "Range\"\n");
  append_rows (text, "%.17g, 1E-02, 0, 2.5, %.17g, %.17g, 0, 0, 5\n", 1, 1, 1);
  check_text (text->str, "sample.z", "zplot", 1);
  g_autoptr (GPtrArray) measurements = read_text (text->str, "sample.z", "zplot");
  g_autoptr (GPtrArray) spectra = spectra_of (measurements);
  const PlateauConditions *conditions = plateau_spectrum_get_conditions (spectra->pdata[0]);
  g_assert_cmpint (conditions->mode, ==, PLATEAU_EIS_PEIS);
  check_text (text->str + head, "sample.txt", "eis-text", 1);
}

/* Nine numbers a point with Z' and -Z'' behind six others. */
static void
test_crv (void)
{
  g_autoptr (GString) text = g_string_new ("\xFE\xABZ11\r\nFZPTEIYXC\r\nPot. Dynamic EIS "
                                           "(Impedance)\r\n11|free|0|20|Auto\r\n  1.000\r\n"
                                           "0|1.000\r\n/2026/8/6/2/21/32/15/153\r\n");
  g_string_append_printf (text, "%-20d\r\n", N);
  gsize head = text->len;
  append_rows (text, "%.17g\t1\t2\t0\t0\t0\t%.17g\t%.17g\t0\r\n", 1, 1, -1);
  check_text (text->str, "sample.crv", "origalys-crv", 1);
  check_text (text->str, "sample.txt", "origalys-crv", 1);
  /* Cut in the middle of a row: what is there, with a warning. */
  g_string_truncate (text, head + (text->len - head) / 2);
  g_autoptr (GPtrArray) measurements = read_text (text->str, "sample.crv", "origalys-crv");
  g_assert_nonnull (plateau_measurement_get_warnings (measurements->pdata[0])[0]);
  g_autoptr (GError) error = NULL;
  g_assert_null (read_bytes (text->str, head, "sample.crv", NULL, &error));
  g_assert_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_NO_DATA);
}

static void
test_mat (void)
{
  if (G_BYTE_ORDER != G_LITTLE_ENDIAN)
    {
      g_test_skip ("the file is made with the machine's byte order");
      return;
    }
  g_autoptr (GByteArray) out = g_byte_array_new ();
  char head[128] = "MATLAB 5.0 MAT-file, made for a test";
  memcpy (head + 124, "\x00\x01IM", 4);
  g_byte_array_append (out, (const guint8 *) head, sizeof head);
  put_matrix (out, "unrelated", frequency);
  put_matrix (out, "freq", frequency);
  put_matrix (out, "Z_prime", z_re);
  put_matrix (out, "Z_double_prime", z_im);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) measurements = read_bytes (out->data, out->len, "a.mat", "matlab", &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) spectra = spectra_of (measurements);
  check_spectrum (spectra->pdata[0], 1e-12);
  for (gsize cut = 100; cut < out->len; cut += 13)
    {
      g_autoptr (GError) failure = NULL;
      g_autoptr (GPtrArray) part = read_bytes (out->data, cut, "a.mat", NULL, &failure);
      g_assert_true ((part == NULL) == (failure != NULL));
    }
}

static void
append_values (GString *out, const char *description, const char *unit_type, const char *quantity,
               double (*value) (guint), double factor)
{
  g_string_append_printf (out,
                          "%s{\"Description\":\"%s\",\"Unit\":{\"Type\":\"%s\",\"Q\":\"%s\"},"
                          "\"DataValues\":[",
                          g_str_has_suffix (out->str, "[") ? "" : ",", description, unit_type,
                          quantity);
  for (guint i = 0; i < N; i++)
    g_string_append_printf (out, "%s{\"V\":%.17g}", i > 0 ? "," : "", factor * value (i));
  g_string_append (out, "]}");
}

static double
one (guint i)
{
  return 1;
}

static void
test_pssession (void)
{
  g_autoptr (GString) text = g_string_new (
      "{\"Type\":\"PalmSens.DataFiles.SessionFile\",\"MethodForMeasurement\":"
      "\"#x\\nMETHOD_ID=eis\\nAMPLITUDE=1.000E-002\\n\",\"Measurements\":[{\"Title\":\"mine\","
      "\"DataSet\":{\"Values\":[");
  append_values (text, "Idc", "PalmSens.Units.MicroAmpere", "Current", one, 2);
  append_values (text, "Frequency", "PalmSens.Units.Hertz", "Frequency", frequency, 1);
  append_values (text, "ZRe", "PalmSens.Units.ZRe", "Z'", z_re, 1);
  append_values (text, "ZIm", "PalmSens.Units.ZIm", "-Z''", z_im, -1);
  g_string_append (text, "]}}]}");
  g_autoptr (GPtrArray) measurements = read_text (text->str, "a.pssession", "palmsens");
  g_autoptr (GPtrArray) spectra = spectra_of (measurements);
  check_spectrum (spectra->pdata[0], 1e-12);
  const PlateauConditions *conditions = plateau_spectrum_get_conditions (spectra->pdata[0]);
  g_assert_cmpfloat_with_epsilon (conditions->dc_current, 2e-6, 1e-15);
  g_assert_cmpfloat_with_epsilon (conditions->amplitude, 0.01, 1e-12);
}

static void
test_ivium (void)
{
  g_autoptr (GString) text = g_string_new ("");
  for (guint k = 0; k < 2; k++)
    {
      g_string_append_printf (text,
                              "Method=Impedance\nTechnique=Constant E\nTitle=loop %u\n"
                              "E start=%g\nFrequencies.amp[1]=0.005\nprimary_data\n3\n%u\n",
                              k, 3.5 + 0.1 * k, N);
      for (guint i = 0; i < N; i++)
        g_string_append_printf (text, "%.17g\t%.17g\t%.17g\n", z_re (i), z_im (i), frequency (i));
    }
  g_autoptr (GPtrArray) measurements = read_text (text->str, "a.ids", "ivium-idf");
  g_autoptr (GPtrArray) spectra = spectra_of (measurements);
  g_assert_cmpuint (spectra->len, ==, 2);
  check_spectrum (spectra->pdata[1], 1e-12);
  g_assert_cmpfloat_with_epsilon (plateau_spectrum_get_conditions (spectra->pdata[1])->potential,
                                  3.6, 1e-12);
}

static void
check_name (const char *name, double temperature, double potential, double soc, double cycle)
{
  PlateauConditions conditions = PLATEAU_CONDITIONS_INIT;
  plateau_eis_name_conditions (name, &conditions);
#define SAME(found, want)                                                                          \
  if (isnan (want) != isnan (found) || fabs ((found) - (want)) > 1e-9)                             \
    g_error ("%s: " #found " is %g, expected %g", name, found, want);
  SAME (conditions.temperature, temperature);
  SAME (conditions.potential, potential);
  SAME (conditions.state_of_charge, soc);
  SAME (conditions.cycle, cycle);
#undef SAME
}

static void
test_names (void)
{
  check_name ("LPSCl_-25C", 248.15, NAN, NAN, NAN);
  check_name ("cell_25degC_3.80V", 298.15, 3.8, NAN, NAN);
  check_name ("A_T500", 773.15, NAN, NAN, NAN);
  check_name ("x_300K_SOC50_cycle_12", 300, NAN, 0.5, 12);
  check_name ("x_80%SOC", NAN, NAN, 0.8, NAN);
  check_name ("025_mvdc", NAN, 0.025, NAN, NAN);
  check_name ("rate_0.1C_2C", NAN, NAN, NAN, NAN);
  check_name ("EIS_10mV_C01", NAN, NAN, NAN, NAN);
  check_name ("plain", NAN, NAN, NAN, NAN);
}

static void
test_columns (void)
{
  static const struct
  {
    const char *head;
    PlateauEisRole role;
    gboolean negated;
  } heads[] = {
    { "Z' (ohm)", PLATEAU_EIS_ROLE_RE, FALSE },
    { "-Z'' / Ω", PLATEAU_EIS_ROLE_IM, TRUE },
    { "Im(Z)/Ohm", PLATEAU_EIS_ROLE_IM, FALSE },
    { "-Im(Z)", PLATEAU_EIS_ROLE_IM, TRUE },
    { "neg. Phase / °", PLATEAU_EIS_ROLE_PHASE, TRUE },
    { "T/°C", PLATEAU_EIS_ROLE_TEMPERATURE, FALSE },
    { "t/s", PLATEAU_EIS_ROLE_TIME, FALSE },
    { "Potential (DC) (V)", PLATEAU_EIS_ROLE_NONE, FALSE },
    { "capacity/mAh", PLATEAU_EIS_ROLE_NONE, FALSE },
    { "", PLATEAU_EIS_ROLE_NONE, FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      PlateauEisColumn column;
      plateau_eis_column_parse (heads[i].head, NULL, &column);
      g_test_message ("%s", heads[i].head);
      g_assert_cmpint (column.role, ==, heads[i].role);
      g_assert_cmpint (column.negated, ==, heads[i].negated);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/eis-readers/heads", test_heads);
  g_test_add_func ("/eis-readers/decimal-comma", test_decimal_comma);
  g_test_add_func ("/eis-readers/polar", test_polar);
  g_test_add_func ("/eis-readers/several-spectra", test_several_spectra);
  g_test_add_func ("/eis-readers/bad-rows", test_bad_rows);
  g_test_add_func ("/eis-readers/rising-and-repeated", test_rising_and_repeated);
  g_test_add_func ("/eis-readers/inductive-is-kept", test_inductive_is_kept);
  g_test_add_func ("/eis-readers/no-data", test_no_data);
  g_test_add_func ("/eis-readers/gamry", test_gamry);
  g_test_add_func ("/eis-readers/gamry-drift", test_gamry_drift);
  g_test_add_func ("/eis-readers/zplot", test_zplot);
  g_test_add_func ("/eis-readers/ism", test_ism);
  g_test_add_func ("/eis-readers/mat", test_mat);
  g_test_add_func ("/eis-readers/pssession", test_pssession);
  g_test_add_func ("/eis-readers/ivium", test_ivium);
  g_test_add_func ("/eis-readers/origalys", test_crv);
  g_test_add_func ("/eis-readers/zplot-quoted", test_zplot_quoted);
  g_test_add_func ("/eis-readers/names", test_names);
  g_test_add_func ("/eis-readers/columns", test_columns);
  return g_test_run ();
}
