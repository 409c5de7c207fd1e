/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/plateau-sweep.h"

#include <glib/gi18n.h>
#include <math.h>

/* Instruments print the frequency they reached, so a repeated frequency may differ in the last
 * digits without being a step of the sweep. */
#define SAME_FREQUENCY 1e-5

typedef struct
{
  gsize first, n; /* in the list of usable rows */
} Sweep;

static gboolean
is_point (const PlateauSweepTable *table, gsize row)
{
  return table->frequency[row] > 0 && isfinite (table->frequency[row])
         && isfinite (table->z_re[row]) && isfinite (table->z_im[row])
         && (table->z_re[row] != 0 || table->z_im[row] != 0);
}

static int
direction (double from, double to)
{
  if (fabs (to - from) <= SAME_FREQUENCY * from)
    return 0;
  return to > from ? 1 : -1;
}

/* A sweep ends where the frequency turns back, or where rows without a frequency lie between and
 * it does not go on as before (one bad point does not cut a sweep in two). */
static GArray *
split_by_direction (const PlateauSweepTable *table, const gsize *rows, gsize n_rows)
{
  GArray *sweeps = g_array_new (FALSE, FALSE, sizeof (Sweep));
  Sweep sweep = { 0, 0 };
  int way = 0;
  for (gsize i = 0; i < n_rows; i++)
    {
      int step = i > 0 ? direction (table->frequency[rows[i - 1]], table->frequency[rows[i]]) : 0;
      gboolean gap = i > 0 && rows[i] != rows[i - 1] + 1;
      gboolean turned = step != 0 && way != 0 && step != way;
      if (turned || (gap && step != way))
        {
          g_array_append_val (sweeps, sweep);
          sweep = (Sweep){ i, 0 };
          way = 0;
        }
      else if (step != 0)
        way = step;
      sweep.n++;
    }
  if (sweep.n > 0)
    g_array_append_val (sweeps, sweep);
  return sweeps;
}

static GArray *
split (const PlateauSweepTable *table, const gsize *rows, gsize n_rows)
{
  GArray *sweeps = split_by_direction (table, rows, n_rows);
  /* Frequencies in no order at all (sorted by something else, or measured at random) would fall
   * into scraps; they are one spectrum. */
  if (sweeps->len > 1 && n_rows < 3 * (gsize) sweeps->len)
    {
      Sweep whole = { 0, n_rows };
      g_array_set_size (sweeps, 0);
      g_array_append_val (sweeps, whole);
    }
  return sweeps;
}

static double
mean_at (const double *column, const gsize *rows, gsize n)
{
  if (column == NULL)
    return NAN;
  double sum = 0, low = INFINITY, high = -INFINITY;
  gsize count = 0;
  for (gsize i = 0; i < n; i++)
    if (isfinite (column[rows[i]]))
      {
        sum += column[rows[i]];
        low = MIN (low, column[rows[i]]);
        high = MAX (high, column[rows[i]]);
        count++;
      }
  if (count == 0)
    return NAN;
  return low == high ? low : sum / (double) count; /* a set value comes back as it was set */
}

static double
first_at (const double *column, const gsize *rows)
{
  return column != NULL ? column[rows[0]] : NAN;
}

static char *
make_label (guint number, PlateauElectrode electrode)
{
  switch (electrode)
    {
    case PLATEAU_ELECTRODE_WORKING:
      return g_strdup_printf (_ ("Spectrum %u, working electrode"), number);
    case PLATEAU_ELECTRODE_COUNTER:
      return g_strdup_printf (_ ("Spectrum %u, counter electrode"), number);
    case PLATEAU_ELECTRODE_CELL:
    default:
      return g_strdup_printf (_ ("Spectrum %u"), number);
    }
}

static PlateauSpectrum *
make_spectrum (const PlateauSweepTable *table, const gsize *rows, gsize n, guint number)
{
  g_autofree double *values = g_new (double, 4 * n);
  double *frequency = values, *re = values + n, *im = values + 2 * n, *time = values + 3 * n;
  for (gsize i = 0; i < n; i++)
    {
      frequency[i] = table->frequency[rows[i]];
      re[i] = table->z_re[rows[i]];
      im[i] = table->z_im[rows[i]];
      time[i] = table->time != NULL ? table->time[rows[i]] : NAN;
    }
  PlateauConditions conditions = PLATEAU_CONDITIONS_INIT;
  conditions.potential = mean_at (table->potential, rows, n);
  conditions.time = first_at (table->time, rows);
  conditions.duration = table->time != NULL ? time[n - 1] - time[0] : NAN;
  conditions.cycle = first_at (table->cycle, rows);
  conditions.charge = first_at (table->charge, rows);
  conditions.temperature = mean_at (table->temperature, rows, n);
  conditions.amplitude = mean_at (table->amplitude, rows, n);
  conditions.dc_current = mean_at (table->current, rows, n);
  conditions.mode = table->mode;
  conditions.electrode = table->electrode;
  g_autofree char *label = make_label (number, table->electrode);
  return plateau_spectrum_new (label, &conditions, frequency, re, im,
                               table->time != NULL ? time : NULL, n);
}

/**
 * plateau_sweep_add_spectra:
 * @table: impedance points in the order of the file, SI
 * @measurement: gets one spectrum for each sweep, in the order of the file
 *
 * Cuts a table into sweeps: a new one begins where the frequency turns back (a loop starts again,
 * or a sweep down is followed by one up), and where it does not go on after rows without one. Rows
 * whose frequency is not above 0 or whose impedance is absent or exactly 0 are no points. Points
 * in no order of frequency at all are one spectrum. Potential, current, temperature and amplitude
 * of a spectrum are means over its points; time, cycle and charge are those of its first point.
 *
 * Returns: the number of spectra added
 */
guint
plateau_sweep_add_spectra (const PlateauSweepTable *table, PlateauMeasurement *measurement)
{
  g_return_val_if_fail (table != NULL && measurement != NULL, 0);
  g_return_val_if_fail (table->frequency != NULL && table->z_re != NULL && table->z_im != NULL, 0);
  g_autofree gsize *rows = g_new (gsize, MAX (table->n, 1));
  gsize n_rows = 0;
  for (gsize i = 0; i < table->n; i++)
    if (is_point (table, i))
      rows[n_rows++] = i;
  g_autoptr (GArray) sweeps = split (table, rows, n_rows);
  for (guint i = 0; i < sweeps->len; i++)
    {
      const Sweep *sweep = &g_array_index (sweeps, Sweep, i);
      g_autoptr (PlateauSpectrum)
          spectrum = make_spectrum (table, rows + sweep->first, sweep->n, i + 1);
      plateau_measurement_add_spectrum (measurement, spectrum);
    }
  return sweeps->len;
}

/* A column by any of the heads that exports give it; unit and minus stand in the head. */
static const double *
peek_any (PlateauRecording *recording, const char *const *names)
{
  for (; *names != NULL; names++)
    {
      const double *values = plateau_recording_peek_named (recording, *names);
      if (values != NULL)
        return values;
    }
  return NULL;
}

static double *
negate (const double *values, gsize n)
{
  double *turned = g_new (double, MAX (n, 1));
  for (gsize i = 0; i < n; i++)
    turned[i] = -values[i];
  return turned;
}

/**
 * plateau_sweep_add_recording:
 * @recording: one that has frequency, Z' and Z'' beside time, potential and current
 * @mode: what was controlled, as far as the file tells
 * @measurement: gets the spectra
 *
 * As plateau_sweep_add_spectra(), from the columns of a text export of EC-Lab. The impedance of the
 * counter electrode and of the whole cell, where a three-electrode file has them, become spectra of
 * their own.
 *
 * Returns: the number of spectra added; 0 when the columns are not there
 */
guint
plateau_sweep_add_recording (PlateauRecording *recording, PlateauEisMode mode,
                             PlateauMeasurement *measurement)
{
  static const char *const amplitude_v[] = { "|Ewe|", "|Ewe|/V", "|Ecell|", "|E|", NULL };
  static const char *const amplitude_a[] = { "|I|", "|I|/A", NULL };
  static const struct
  {
    const char *const re[4], *const im[4];
    PlateauElectrode electrode;
  } others[] = {
    { { "Re(Zce)", "Re(Zce)/Ohm", NULL },
      { "-Im(Zce)", "-Im(Zce)/Ohm", NULL },
      PLATEAU_ELECTRODE_COUNTER },
    { { "Re(Zwe-ce)", "Re(Zwe-ce)/Ohm", "Re(Zcell)", NULL },
      { "-Im(Zwe-ce)", "-Im(Zwe-ce)/Ohm", "-Im(Zcell)", NULL },
      PLATEAU_ELECTRODE_CELL },
  };
  PlateauSweepTable table = {
    .n = plateau_recording_get_n_rows (recording),
    .frequency = plateau_recording_peek (recording, PLATEAU_QUANTITY_FREQUENCY),
    .z_re = plateau_recording_peek (recording, PLATEAU_QUANTITY_IMPEDANCE_REAL),
    .z_im = plateau_recording_peek (recording, PLATEAU_QUANTITY_IMPEDANCE_IMAGINARY),
    .time = plateau_recording_peek (recording, PLATEAU_QUANTITY_TIME),
    .potential = plateau_recording_peek (recording, PLATEAU_QUANTITY_POTENTIAL),
    .current = plateau_recording_peek (recording, PLATEAU_QUANTITY_CURRENT),
    .cycle = plateau_recording_peek (recording, PLATEAU_QUANTITY_CYCLE),
    .charge = plateau_recording_peek (recording, PLATEAU_QUANTITY_CHARGE),
    .temperature = plateau_recording_peek (recording, PLATEAU_QUANTITY_TEMPERATURE),
    .amplitude = peek_any (recording, mode == PLATEAU_EIS_GEIS ? amplitude_a : amplitude_v),
    .mode = mode,
    .electrode = PLATEAU_ELECTRODE_CELL,
  };
  if (table.frequency == NULL || table.z_re == NULL || table.z_im == NULL)
    return 0;
  if (peek_any (recording, others[0].re) != NULL)
    table.electrode = PLATEAU_ELECTRODE_WORKING;
  guint n = plateau_sweep_add_spectra (&table, measurement);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      const double *re = peek_any (recording, others[i].re);
      const double *minus_im = peek_any (recording, others[i].im);
      if (re == NULL || minus_im == NULL)
        continue;
      g_autofree double *im = negate (minus_im, table.n);
      PlateauSweepTable other = table;
      other.z_re = re;
      other.z_im = im;
      other.electrode = others[i].electrode;
      n += plateau_sweep_add_spectra (&other, measurement);
    }
  return n;
}
