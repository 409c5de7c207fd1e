/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/plateau-eis-table.h"

#include "readers/plateau-sweep.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define R(name) PLATEAU_EIS_ROLE_##name

struct _PlateauEisTable
{
  GArray *columns;                     /* of PlateauEisColumn, in the order of the file */
  GArray *values[PLATEAU_EIS_N_ROLES]; /* of double, NULL where no column has the role */
  gsize n_rows;
  gboolean trust_sign;
  PlateauConditions conditions; /* what the file says for all its points */
};

/**
 * plateau_eis_table_new:
 *
 * Returns: (transfer full): a table without columns
 */
PlateauEisTable *
plateau_eis_table_new (void)
{
  PlateauEisTable *table = g_new0 (PlateauEisTable, 1);
  table->columns = g_array_new (FALSE, TRUE, sizeof (PlateauEisColumn));
  table->conditions = (PlateauConditions) PLATEAU_CONDITIONS_INIT;
  return table;
}

static void
clear_values (PlateauEisTable *table)
{
  for (guint i = 0; i < PLATEAU_EIS_N_ROLES; i++)
    g_clear_pointer (&table->values[i], g_array_unref);
  table->n_rows = 0;
}

/**
 * plateau_eis_table_free:
 */
void
plateau_eis_table_free (PlateauEisTable *table)
{
  clear_values (table);
  g_array_unref (table->columns);
  g_free (table);
}

/* The first column of a role counts; a second one (a repeated or smoothed copy) is left out. */
static void
make_values (PlateauEisTable *table)
{
  clear_values (table);
  for (guint i = 0; i < table->columns->len; i++)
    {
      PlateauEisColumn *column = &g_array_index (table->columns, PlateauEisColumn, i);
      if (column->role == R (NONE))
        continue;
      if (table->values[column->role] != NULL)
        column->role = R (NONE);
      else
        table->values[column->role] = g_array_new (FALSE, FALSE, sizeof (double));
    }
}

/**
 * plateau_eis_table_set_heads:
 * @heads: (array zero-terminated=1): heads of the columns, UTF-8
 * @units: (nullable) (array zero-terminated=1): their units, where these stand apart
 *
 * Says what the columns of the rows to come are; rows not yet flushed are lost.
 *
 * Returns: FALSE, and nothing changes, when the heads do not name a frequency and an impedance
 */
gboolean
plateau_eis_table_set_heads (PlateauEisTable *table, const char *const *heads,
                             const char *const *units)
{
  g_autoptr (GArray) columns = g_array_new (FALSE, TRUE, sizeof (PlateauEisColumn));
  guint n_units = units != NULL ? g_strv_length ((char **) units) : 0;
  for (guint i = 0; heads[i] != NULL; i++)
    {
      PlateauEisColumn column;
      plateau_eis_column_parse (heads[i], i < n_units ? units[i] : NULL, &column);
      g_array_append_val (columns, column);
    }
  if (!plateau_eis_columns_suffice ((PlateauEisColumn *) (gpointer) columns->data, columns->len))
    return FALSE;
  g_array_unref (table->columns);
  table->columns = g_steal_pointer (&columns);
  make_values (table);
  return TRUE;
}

/**
 * plateau_eis_table_set_roles:
 * @roles: (array length=n): what each column is; values are SI
 *
 * For formats that fix their columns; rows not yet flushed are lost.
 */
void
plateau_eis_table_set_roles (PlateauEisTable *table, const PlateauEisRole *roles, guint n)
{
  g_array_set_size (table->columns, 0);
  for (guint i = 0; i < n; i++)
    {
      PlateauEisColumn column = { roles[i] };
      g_array_append_val (table->columns, column);
    }
  make_values (table);
}

/**
 * plateau_eis_table_trust_sign:
 *
 * Says that the format fixes the sign of Z'' (capacitive negative), so that data which look
 * otherwise are inductive and not to be turned.
 */
void
plateau_eis_table_trust_sign (PlateauEisTable *table)
{
  table->trust_sign = TRUE;
}

/**
 * plateau_eis_table_add_row:
 * @values: (array length=n): in the order of the columns and in their units; NaN where absent
 * @n: may be less or more than there are columns
 */
void
plateau_eis_table_add_row (PlateauEisTable *table, const double *values, guint n)
{
  for (guint i = 0; i < table->columns->len; i++)
    {
      const PlateauEisColumn *column = &g_array_index (table->columns, PlateauEisColumn, i);
      if (column->role == R (NONE))
        continue;
      double value = i < n ? values[i] : NAN;
      if (column->unit != NULL)
        value = plateau_unit_to_si (column->unit, value);
      if (column->negated)
        value = -value;
      if (column->angular)
        value /= 2 * G_PI;
      g_array_append_val (table->values[column->role], value);
    }
  table->n_rows++;
}

/**
 * plateau_eis_table_get_n_rows:
 */
gsize
plateau_eis_table_get_n_rows (PlateauEisTable *table)
{
  return table->n_rows;
}

/**
 * plateau_eis_table_get_n_columns:
 */
guint
plateau_eis_table_get_n_columns (PlateauEisTable *table)
{
  return table->columns->len;
}

/**
 * plateau_eis_table_get_conditions:
 *
 * Returns: (transfer none): what holds for all points to come, to be filled in by the reader;
 *   columns of the table go before it
 */
PlateauConditions *
plateau_eis_table_get_conditions (PlateauEisTable *table)
{
  return &table->conditions;
}

static double *
peek (PlateauEisTable *table, PlateauEisRole role)
{
  return table->values[role] != NULL ? (double *) (gpointer) table->values[role]->data : NULL;
}

static const PlateauEisColumn *
find_column (PlateauEisTable *table, PlateauEisRole role)
{
  for (guint i = 0; i < table->columns->len; i++)
    {
      const PlateauEisColumn *column = &g_array_index (table->columns, PlateauEisColumn, i);
      if (column->role == role)
        return column;
    }
  return NULL;
}

/* A head without a unit leaves degrees or radians open. No angle in radians passes pi, while
 * spectra whose angles all stay within pi degrees are rare. */
static void
settle_phase_unit (PlateauEisTable *table, PlateauMeasurement *measurement)
{
  const PlateauEisColumn *column = find_column (table, R (PHASE));
  double *phase = peek (table, R (PHASE));
  if (column->unit != NULL)
    return;
  double largest = 0;
  for (gsize i = 0; i < table->n_rows; i++)
    if (isfinite (phase[i]))
      largest = MAX (largest, fabs (phase[i]));
  if (largest > 0 && largest <= G_PI * 1.001)
    {
      plateau_measurement_warn (measurement,
                                _ ("The phase has no unit; no value passes π, so it was taken as "
                                   "radians"));
      return;
    }
  for (gsize i = 0; i < table->n_rows; i++)
    phase[i] *= G_PI / 180;
}

static void
add_role (PlateauEisTable *table, PlateauEisRole role)
{
  if (table->values[role] == NULL)
    table->values[role] = g_array_sized_new (FALSE, FALSE, sizeof (double), (guint) table->n_rows);
  g_array_set_size (table->values[role], (guint) table->n_rows);
}

static void
from_polar (PlateauEisTable *table, PlateauMeasurement *measurement)
{
  settle_phase_unit (table, measurement);
  add_role (table, R (RE));
  add_role (table, R (IM));
  const double *modulus = peek (table, R (MODULUS)), *phase = peek (table, R (PHASE));
  double *re = peek (table, R (RE)), *im = peek (table, R (IM));
  for (gsize i = 0; i < table->n_rows; i++)
    {
      re[i] = modulus[i] * cos (phase[i]);
      im[i] = modulus[i] * sin (phase[i]);
    }
}

/* Whether Z'' as it stands can only be -Z'': nearly all of it is positive, and it does not grow
 * towards the highest frequencies as the inductance of leads does. */
static gboolean
looks_turned (PlateauEisTable *table, double share)
{
  const double *frequency = peek (table, R (FREQUENCY)), *im = peek (table, R (IM));
  gsize n_positive = 0, n = 0;
  double top = 0, largest = 0, at_largest = 0;
  for (gsize i = 0; i < table->n_rows; i++)
    {
      if (!isfinite (im[i]) || !(frequency[i] > 0) || im[i] == 0)
        continue;
      n++;
      n_positive += im[i] > 0;
      top = MAX (top, frequency[i]);
      if (im[i] > largest)
        {
          largest = im[i];
          at_largest = frequency[i];
        }
    }
  return n >= 3 && (double) n_positive >= share * (double) n && at_largest < 0.5 * top;
}

static void
settle_sign (PlateauEisTable *table, gboolean polar, PlateauMeasurement *measurement)
{
  const PlateauEisColumn *column = find_column (table, polar ? R (PHASE) : R (IM));
  if (table->trust_sign || (column != NULL && column->negated))
    return;
  gboolean named = column != NULL && column->named;
  if (!looks_turned (table, named ? 0.95 : 0.7))
    return;
  double *im = peek (table, R (IM));
  for (gsize i = 0; i < table->n_rows; i++)
    im[i] = -im[i];
  plateau_measurement_warn (measurement, _ ("The imaginary part is positive at nearly all points: "
                                            "it was taken as −Z″"));
}

/* -Z' beside -Z'': the head negates both. A file whose real part is negative throughout without
 * saying so was written as -Z. */
static gsize
count_bad_rows (PlateauEisTable *table)
{
  const double *frequency = peek (table, R (FREQUENCY));
  const double *re = peek (table, R (RE)), *im = peek (table, R (IM));
  gsize bad = 0;
  for (gsize i = 0; i < table->n_rows; i++)
    bad += !(frequency[i] > 0 && isfinite (frequency[i]) && isfinite (re[i]) && isfinite (im[i]));
  return bad;
}

static void
fill_constant (PlateauEisTable *table, PlateauEisRole role, double value)
{
  if (!isfinite (value))
    return;
  if (table->values[role] == NULL)
    {
      add_role (table, role);
      double *made = peek (table, role);
      for (gsize i = 0; i < table->n_rows; i++)
        made[i] = value;
    }
}

/* Rows of one spectrum number are one spectrum, whatever its frequencies do. */
static guint
flush_part (PlateauEisTable *table, PlateauMeasurement *measurement, gsize first, gsize n)
{
#define COLUMN(role) (table->values[R (role)] != NULL ? peek (table, R (role)) + first : NULL)
  PlateauSweepTable sweep = PLATEAU_SWEEP_TABLE_INIT;
  PlateauEisMode mode = table->conditions.mode;
  sweep.n = n;
  sweep.frequency = COLUMN (FREQUENCY);
  sweep.z_re = COLUMN (RE);
  sweep.z_im = COLUMN (IM);
  sweep.time = COLUMN (TIME);
  sweep.potential = COLUMN (POTENTIAL);
  sweep.current = COLUMN (CURRENT);
  sweep.cycle = COLUMN (CYCLE);
  sweep.temperature = COLUMN (TEMPERATURE);
  sweep.amplitude = mode == PLATEAU_EIS_GEIS ? COLUMN (AMPLITUDE_CURRENT)
                                             : COLUMN (AMPLITUDE_POTENTIAL);
  sweep.mode = mode;
  sweep.electrode = table->conditions.electrode;
#undef COLUMN
  return plateau_sweep_add_spectra (&sweep, measurement);
}

static guint
flush_numbered (PlateauEisTable *table, PlateauMeasurement *measurement)
{
  const double *number = peek (table, R (SPECTRUM));
  guint n_spectra = 0;
  for (gsize first = 0, i = 1; i <= table->n_rows; i++)
    if (i == table->n_rows || number[i] != number[first])
      {
        n_spectra += flush_part (table, measurement, first, i - first);
        first = i;
      }
  return n_spectra;
}

/**
 * plateau_eis_table_flush:
 * @measurement: gets the spectra, and warnings about rows and signs
 *
 * Makes spectra of the rows collected so far and forgets the rows. |Z| and phase become Z' and
 * Z''. Without a minus in the head, an imaginary part that is positive nearly everywhere (95 % of
 * the points where the head says Z'', 70 % where it says nothing) and does not have its maximum at
 * the highest frequencies is taken as -Z''. Rows without frequency or impedance, and rows at
 * f <= 0, are counted in a warning.
 *
 * Returns: the number of spectra added
 */
guint
plateau_eis_table_flush (PlateauEisTable *table, PlateauMeasurement *measurement)
{
  g_return_val_if_fail (table != NULL && measurement != NULL, 0);
  if (table->n_rows == 0 || peek (table, R (FREQUENCY)) == NULL)
    return 0;
  gboolean polar = peek (table, R (RE)) == NULL || peek (table, R (IM)) == NULL;
  if (polar)
    from_polar (table, measurement);
  settle_sign (table, polar, measurement);

  gsize bad = count_bad_rows (table);
  if (bad > 0 && bad < table->n_rows)
    plateau_measurement_warn (
        measurement,
        ngettext ("%zu row without a frequency above 0 and an impedance was left out",
                  "%zu rows without a frequency above 0 and an impedance were left out", bad),
        bad);
  for (guint i = 0; i < table->columns->len; i++)
    if (g_array_index (table->columns, PlateauEisColumn, i).per_area)
      {
        plateau_measurement_warn (measurement, _ ("The impedance is given per area (Ω cm²); its "
                                                  "numbers were kept as Ω"));
        break;
      }
  const PlateauConditions *constant = &table->conditions;
  fill_constant (table, R (POTENTIAL), constant->potential);
  fill_constant (table, R (CURRENT), constant->dc_current);
  fill_constant (table, R (TEMPERATURE), constant->temperature);
  fill_constant (table, R (CYCLE), constant->cycle);
  fill_constant (
      table, constant->mode == PLATEAU_EIS_GEIS ? R (AMPLITUDE_CURRENT) : R (AMPLITUDE_POTENTIAL),
      constant->amplitude);
  guint n = peek (table, R (SPECTRUM)) != NULL ? flush_numbered (table, measurement)
                                               : flush_part (table, measurement, 0, table->n_rows);
  /* The columns stay for the rows of a next block. */
  make_values (table);
  return n;
}
