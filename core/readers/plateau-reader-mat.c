/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-error.h"
#include "readers/plateau-eis-name.h"
#include "readers/plateau-eis-text.h"
#include "readers/plateau-mat.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* Impedance in MATLAB variables: a frequency with Z' and Z'' (or |Z| and phase, or complex Z) by
 * their names, one spectrum a column; or one matrix with the columns f, Z', Z''. */

static guint
mat_score (const PlateauProbe *probe)
{
  return plateau_mat_is_magic (probe->head, probe->head_length) ? 90 : 0;
}

typedef struct
{
  const PlateauMatArray *roles[PLATEAU_EIS_N_ROLES];
  PlateauEisColumn columns[PLATEAU_EIS_N_ROLES];
  const PlateauMatArray *complex_z, *matrix;
} Found;

static void
find_arrays (GPtrArray *arrays, Found *found)
{
  for (guint i = 0; i < arrays->len; i++)
    {
      const PlateauMatArray *array = arrays->pdata[i];
      PlateauEisColumn column;
      plateau_eis_column_parse (array->name, NULL, &column);
      if (array->im != NULL && found->complex_z == NULL)
        found->complex_z = array;
      else if (column.role != PLATEAU_EIS_ROLE_NONE && found->roles[column.role] == NULL)
        {
          found->roles[column.role] = array;
          found->columns[column.role] = column;
        }
      else if (array->columns >= 3 && array->rows >= 3 && found->matrix == NULL)
        found->matrix = array;
    }
}

static double
value_at (const PlateauMatArray *array, gsize n, gsize spectrum, gsize point)
{
  gsize total = array->rows * array->columns;
  gsize at = total >= (spectrum + 1) * n ? spectrum * n + point : point;
  return at < total ? array->re[at] : NAN;
}

/* Values with the sign of their names: "minus_Z_im" is not known, but "-Z''" cannot be a name, so
 * the sign of unnamed ones comes from the data. */
static guint
add_named (const Found *found, const PlateauConditions *conditions, PlateauMeasurement *measurement)
{
  const PlateauMatArray *frequency = found->roles[PLATEAU_EIS_ROLE_FREQUENCY];
  gboolean polar = found->roles[PLATEAU_EIS_ROLE_RE] == NULL;
  const PlateauMatArray *first =
      found->roles[polar ? PLATEAU_EIS_ROLE_MODULUS : PLATEAU_EIS_ROLE_RE];
  const PlateauMatArray *second =
      found->roles[polar ? PLATEAU_EIS_ROLE_PHASE : PLATEAU_EIS_ROLE_IM];
  const PlateauMatArray *whole = found->complex_z;
  gsize n = MAX (frequency->rows, frequency->columns);
  if (MIN (frequency->rows, frequency->columns) != 1)
    n = frequency->rows;
  const PlateauMatArray *shape = whole != NULL ? whole : first;
  gsize n_spectra = shape->rows * shape->columns / n;
  const char *const heads[] = { "f", polar && whole == NULL ? "|Z|" : "Z'",
                                polar && whole == NULL ? "phase" : "Im", NULL };
  g_autoptr (PlateauEisTable) table = plateau_eis_table_new ();
  plateau_eis_table_set_heads (table, heads, NULL);
  *plateau_eis_table_get_conditions (table) = *conditions;
  if (whole != NULL)
    plateau_eis_table_trust_sign (table);
  guint made = 0;
  for (gsize s = 0; s < n_spectra; s++)
    {
      for (gsize i = 0; i < n; i++)
        {
          double row[] = { value_at (frequency, n, s, i),
                           whole != NULL ? whole->re[s * n + i] : value_at (first, n, s, i),
                           whole != NULL ? whole->im[s * n + i] : value_at (second, n, s, i) };
          plateau_eis_table_add_row (table, row, G_N_ELEMENTS (row));
        }
      made += plateau_eis_table_flush (table, measurement);
    }
  return made;
}

static guint
add_matrix (const PlateauMatArray *matrix, const PlateauConditions *conditions,
            PlateauMeasurement *measurement)
{
  static const char *const heads[] = { "f", "Re", "Im", NULL };
  g_autoptr (PlateauEisTable) table = plateau_eis_table_new ();
  plateau_eis_table_set_heads (table, heads, NULL);
  *plateau_eis_table_get_conditions (table) = *conditions;
  for (gsize i = 0; i < matrix->rows; i++)
    {
      double row[] = { matrix->re[i], matrix->re[matrix->rows + i],
                       matrix->re[2 * matrix->rows + i] };
      plateau_eis_table_add_row (table, row, G_N_ELEMENTS (row));
    }
  plateau_measurement_warn (measurement,
                            _ ("The columns of the matrix “%s” were taken as frequency "
                               "in Hz, Z′ and Z″ in Ω"),
                            matrix->name);
  return plateau_eis_table_flush (table, measurement);
}

static gboolean
mat_read (PlateauInput *input, const PlateauReadOptions *options, GPtrArray *measurements,
          GCancellable *cancellable, GError **error)
{
  gboolean damaged;
  g_autoptr (GPtrArray) arrays = plateau_mat_read (input, &damaged, error);
  if (arrays == NULL)
    return FALSE;
  Found found = { { NULL } };
  find_arrays (arrays, &found);
  PlateauMeasurement *measurement = plateau_input_new_measurement (input, NULL);
  PlateauConditions conditions = PLATEAU_CONDITIONS_INIT;
  g_autofree char *stem = plateau_eis_text_stem (input);
  plateau_eis_name_conditions (stem, &conditions);
#define HAS(name) (found.roles[PLATEAU_EIS_ROLE_##name] != NULL)
  if (HAS (FREQUENCY)
      && (found.complex_z != NULL || (HAS (RE) && HAS (IM)) || (HAS (MODULUS) && HAS (PHASE))))
    add_named (&found, &conditions, measurement);
  else if (found.matrix != NULL)
    add_matrix (found.matrix, &conditions, measurement);
#undef HAS
  if (damaged)
    plateau_measurement_warn (measurement, _ ("The file breaks off or is damaged; the variables "
                                              "before the damage were kept"));
  return plateau_eis_text_finish (input, measurement, measurements, error);
}

static const char *const mat_suffixes[] = { "mat", NULL };

const PlateauReader plateau_reader_mat = {
  .id = "matlab",
  .label = N_ ("Impedance in MATLAB variables (.mat)"),
  .suffixes = mat_suffixes,
  .version = 1,
  .score = mat_score,
  .read = mat_read,
};
