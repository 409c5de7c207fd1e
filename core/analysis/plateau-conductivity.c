/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-conductivity.h"

#include "base/plateau-error.h"
#include "base/plateau-number.h"
#include "base/plateau-unit.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define TAIL_LEAST 4 /* points of a blocking tail */

static const char *const forms[] = { "sigma-t", "sigma", NULL };
static const char *const form_labels[] = { N_ ("ln(σT) against 1/T"), N_ ("ln σ against 1/T"),
                                           NULL };

const PlateauOption plateau_conductivity_option_table[] = {
  { "form", N_ ("Arrhenius form"), N_ ("What is linear in 1/T"), PLATEAU_OPTION_CHOICE,
    G_STRUCT_OFFSET (PlateauConductivityOptions, form), NULL, 0, 0, forms, form_labels },
  { "exclude", N_ ("Left out"),
    N_ ("Points that are not in the line: their numbers, 1,4, or cell and number, pellet A:2"),
    PLATEAU_OPTION_TEXT, G_STRUCT_OFFSET (PlateauConductivityOptions, excluded) },
  { "circuit", N_ ("Resistance by circuit"),
    N_ ("The circuit whose fit gives the resistance, for example p(R1,CPE1)-CPE2; empty: the "
        "intercept with the real axis"),
    PLATEAU_OPTION_TEXT, G_STRUCT_OFFSET (PlateauConductivityOptions, circuit) },
  { "elements", N_ ("Its resistances"),
    N_ ("Which resistances of the circuit are added up, for example R1,R2; empty: all"),
    PLATEAU_OPTION_TEXT, G_STRUCT_OFFSET (PlateauConductivityOptions, elements) },
  { NULL },
};

/* Rows by falling frequency. */
static guint *
order_by_frequency (const double *frequency, gsize n)
{
  guint *order = g_new (guint, n);
  for (guint i = 0; i < n; i++)
    {
      guint k = i;
      for (; k > 0 && frequency[order[k - 1]] < frequency[i]; k--)
        order[k] = order[k - 1];
      order[k] = i;
    }
  return order;
}

/* The tail of blocking electrodes begins where - Z'' is least on its way down in frequency and
 * rises from there to the end, more than fivefold or steeper than it is wide. */
static gboolean
find_tail (const double *re, const double *im, const guint *order, gsize n, gsize *begin)
{
  gsize least = n - 1;
  while (least > 0 && -im[order[least - 1]] < -im[order[least]])
    least--;
  double rise = im[order[least]] - im[order[n - 1]], width = re[order[n - 1]] - re[order[least]];
  *begin = least;
  return n - least > TAIL_LEAST && rise > fabs (width)
         && (-im[order[n - 1]] > 5 * -im[order[least]] || rise > 2 * fabs (width));
}

/**
 * plateau_conductivity_intercept:
 * @spectrum: an impedance spectrum
 * @intercept: (out): the resistance
 *
 * Between blocking electrodes the low-frequency tail is a straight line in the complex plane,
 * also for a constant phase element; it is carried on to the real axis, its points beyond the
 * bend weighed by 1/|Z|². Without a tail the resistance is Z' where |Z''| is least at the low
 * frequencies.
 *
 * Returns: %FALSE with @error set with fewer than three points
 */
gboolean
plateau_conductivity_intercept (PlateauSpectrum *spectrum, PlateauIntercept *intercept,
                                GError **error)
{
  gsize n = plateau_spectrum_get_n (spectrum), begin;
  const double *re = plateau_spectrum_peek_re (spectrum);
  const double *im = plateau_spectrum_peek_im (spectrum);
  const double *frequency = plateau_spectrum_peek_frequency (spectrum);
  *intercept = (PlateauIntercept){ NAN, NAN, FALSE, NAN };
  if (n < 3)
    {
      g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA,
                   _ ("a spectrum of %u points has no intercept"), (guint) n);
      return FALSE;
    }
  g_autofree guint *order = order_by_frequency (frequency, n);
  intercept->blocking = find_tail (re, im, order, n, &begin);
  if (!intercept->blocking)
    {
      gsize at = n - 1;
      for (gsize i = n / 2; i < n; i++)
        if (fabs (im[order[i]]) < fabs (im[order[at]]))
          at = i;
      /* The half is no end of its own: a wide arc is followed up to where it begins. */
      gboolean cut = at == n / 2;
      while (cut && at > 0 && fabs (im[order[at - 1]]) < fabs (im[order[at]]))
        at--;
      intercept->resistance = re[order[at]];
      intercept->frequency = frequency[order[at]];
      return TRUE;
    }
  /* The first points of the tail still bend into the arc. */
  gsize from = begin + (n - begin) / 3, m = n - from;
  g_autofree double *x = g_new (double, m), *y = g_new (double, m), *w = g_new (double, m);
  PlateauLine line;
  for (gsize i = 0; i < m; i++)
    {
      guint row = order[from + i];
      x[i] = -im[row];
      y[i] = re[row];
      w[i] = 1 / (re[row] * re[row] + im[row] * im[row]);
    }
  plateau_fit_line (x, y, w, m, &line);
  double chi2 = 0;
  for (gsize i = 0; i < m; i++)
    chi2 += w[i] * pow (y[i] - line.intercept - line.slope * x[i], 2);
  intercept->resistance = line.intercept;
  intercept->resistance_stderr = m > 2 ? line.intercept_stderr * sqrt (chi2 / (double) (m - 2))
                                       : NAN;
  intercept->frequency = frequency[order[begin]];
  return TRUE;
}

struct _PlateauConductivityBuilder
{
  GArray *points;
  GPtrArray *warnings;
};

typedef struct
{
  PlateauConductivity public;
  gatomicrefcount ref_count;
  GArray *points;
  GPtrArray *warnings;
} Conductivity;

static void
clear_point (gpointer data)
{
  g_free (((PlateauConductivityPoint *) data)->label);
}

/**
 * plateau_conductivity_builder_new:
 *
 * Returns: (transfer full): an empty set of resistances
 */
PlateauConductivityBuilder *
plateau_conductivity_builder_new (void)
{
  PlateauConductivityBuilder *builder = g_new0 (PlateauConductivityBuilder, 1);
  builder->points = g_array_new (FALSE, TRUE, sizeof (PlateauConductivityPoint));
  g_array_set_clear_func (builder->points, clear_point);
  builder->warnings = g_ptr_array_new_with_free_func (g_free);
  return builder;
}

/**
 * plateau_conductivity_builder_free:
 */
void
plateau_conductivity_builder_free (PlateauConductivityBuilder *builder)
{
  g_clear_pointer (&builder->points, g_array_unref);
  g_clear_pointer (&builder->warnings, g_ptr_array_unref);
  g_free (builder);
}

/**
 * plateau_conductivity_builder_add:
 * @label: what the point is of
 * @temperature: K, or NaN
 * @resistance: ohm; @resistance_stderr may be NaN
 * @thickness: m; @area: m², the smaller of the electrodes. Either may be NaN
 *
 * σ = thickness / (resistance × area).
 */
void
plateau_conductivity_builder_add (PlateauConductivityBuilder *builder, const char *label,
                                  double temperature, double resistance, double resistance_stderr,
                                  double thickness, double area)
{
  PlateauConductivityPoint point = { g_strdup (label),  1,   temperature, resistance,
                                     resistance_stderr, NAN, FALSE };
  for (guint i = 0; i < builder->points->len; i++)
    if (g_str_equal (g_array_index (builder->points, PlateauConductivityPoint, i).label, label))
      point.number++;
  guint number = builder->points->len + 1;
  point.conductivity = thickness / (resistance * area);
  if (!(resistance > 0))
    g_ptr_array_add (
        builder->warnings,
        g_strdup_printf (_ ("point %u (%s): a resistance of %g ohm has no conductivity"), number,
                         label, resistance));
  else if (!(thickness > 0) || !(area > 0))
    g_ptr_array_add (builder->warnings,
                     g_strdup_printf (_ ("point %u (%s): %s is not given, so there is no "
                                         "conductivity"),
                                      number, label,
                                      !(thickness > 0) ? _ ("the thickness") : _ ("the area")));
  else if (!(temperature > 0))
    g_ptr_array_add (
        builder->warnings,
        g_strdup_printf (_ ("point %u (%s): the temperature is not known; it is not in "
                            "the line"),
                         number, label));
  if (!(point.conductivity > 0) || !isfinite (point.conductivity))
    point.conductivity = NAN;
  g_array_append_val (builder->points, point);
}

/* Names of pellets may hold commas. */
static char **
split_excluded (const char *text)
{
  text = text != NULL ? text : "";
  return g_strsplit_set (text, strchr (text, ':') != NULL ? ";" : ",;", -1);
}

/* The point that "4" or "pellet A:2" names. */
static PlateauConductivityPoint *
find_point (GArray *points, const char *name)
{
  const char *colon = strrchr (name, ':');
  const char *digits = colon != NULL ? colon + 1 : name, *end = name + strlen (name);
  gint64 number;
  if (plateau_parse_int64 (digits, end, &number) != end || number < 1)
    return NULL;
  if (colon == NULL)
    return number <= (gint64) points->len
               ? &g_array_index (points, PlateauConductivityPoint, number - 1)
               : NULL;
  for (guint i = 0; i < points->len; i++)
    {
      PlateauConductivityPoint *point = &g_array_index (points, PlateauConductivityPoint, i);
      if (point->number == number && strlen (point->label) == (gsize) (colon - name)
          && strncmp (point->label, name, (gsize) (colon - name)) == 0)
        return point;
    }
  return NULL;
}

static gboolean
exclude (GArray *points, const char *text, GError **error)
{
  g_auto (GStrv) parts = split_excluded (text);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *name = g_strstrip (parts[i]);
      PlateauConductivityPoint *point = find_point (points, name);
      if (point != NULL)
        point->used = FALSE;
      /* A named point may be of another sample. */
      else if (*name != '\0' && strchr (name, ':') == NULL)
        {
          g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID,
                       _ ("“%s” is not the number of a point: there are points 1 to %u"), name,
                       points->len);
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * plateau_conductivity_toggle_excluded:
 * @excluded: (nullable): the points that are left out, as in the options
 * @label: of a point
 * @number: of the point among those of the label, from 1
 *
 * Returns: (transfer full): the same with the point left out or, where it was, back in
 */
char *
plateau_conductivity_toggle_excluded (const char *excluded, const char *label, guint number)
{
  g_autofree char *wanted = g_strdup_printf ("%s:%u", label, number);
  g_auto (GStrv) parts = split_excluded (excluded);
  GString *text = g_string_new (NULL);
  gboolean found = FALSE;
  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *name = g_strstrip (parts[i]);
      if (strcmp (name, wanted) == 0)
        found = TRUE;
      else if (*name != '\0')
        g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", name);
    }
  if (!found)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", wanted);
  return g_string_free (text, FALSE);
}

static void
fit_line (Conductivity *self, PlateauArrheniusForm form)
{
  guint n = self->points->len;
  g_autofree double *temperature = g_new (double, n), *value = g_new (double, n);
  g_autofree double *relative = g_new (double, n);
  g_autofree gboolean *used = g_new (gboolean, n);
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < n; i++)
    {
      const PlateauConductivityPoint *point = &g_array_index (self->points,
                                                              PlateauConductivityPoint, i);
      temperature[i] = point->temperature;
      value[i] = point->conductivity;
      relative[i] = point->resistance_stderr / point->resistance;
      used[i] = point->used;
    }
  if (!plateau_arrhenius_fit (temperature, value, relative, used, n, form, &self->public.fit,
                              &error))
    g_ptr_array_add (self->warnings, g_strdup (error->message));
  else if (self->public.fit.n_temperatures == 2)
    g_ptr_array_add (self->warnings,
                     g_strdup (_ ("two temperatures only: the activation energy has no error")));
}

/**
 * plateau_conductivity_builder_finish:
 * @builder: (transfer full): the points
 *
 * The activation energy is NaN, with a warning, when fewer than two temperatures have a
 * conductivity.
 *
 * Returns: (transfer full): points and line, or %NULL with @error set
 */
PlateauConductivity *
plateau_conductivity_builder_finish (PlateauConductivityBuilder *builder,
                                     const PlateauConductivityOptions *options, GError **error)
{
  Conductivity *self = g_new0 (Conductivity, 1);
  g_autoptr (PlateauConductivity) result = &self->public;
  g_atomic_ref_count_init (&self->ref_count);
  self->points = g_steal_pointer (&builder->points);
  self->warnings = g_steal_pointer (&builder->warnings);
  plateau_conductivity_builder_free (builder);
  result->form = options->form;
  result->fit.activation_energy = result->fit.activation_energy_stderr = NAN;
  for (guint i = 0; i < self->points->len; i++)
    {
      PlateauConductivityPoint *point = &g_array_index (self->points, PlateauConductivityPoint, i);
      point->used = point->temperature > 0 && point->conductivity > 0;
    }
  if (self->points->len == 0)
    {
      g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA,
                   _ ("no resistance is given"));
      return NULL;
    }
  if (!exclude (self->points, options->excluded, error))
    return NULL;
  if (self->points->len > 1)
    fit_line (self, options->form);
  g_ptr_array_add (self->warnings, NULL);
  result->warnings = (const char *const *) self->warnings->pdata;
  result->points = (const PlateauConductivityPoint *) self->points->data;
  result->n_points = self->points->len;
  return g_steal_pointer (&result);
}

/**
 * plateau_conductivity_ref:
 */
PlateauConductivity *
plateau_conductivity_ref (PlateauConductivity *conductivity)
{
  g_atomic_ref_count_inc (&((Conductivity *) conductivity)->ref_count);
  return conductivity;
}

/**
 * plateau_conductivity_unref:
 */
void
plateau_conductivity_unref (PlateauConductivity *conductivity)
{
  Conductivity *self = (Conductivity *) conductivity;
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->points, g_array_unref);
  g_clear_pointer (&self->warnings, g_ptr_array_unref);
  g_free (self);
}

/**
 * plateau_conductivity_table:
 *
 * Returns: (transfer full): one row a point, tagged with its number
 */
PlateauTable *
plateau_conductivity_table (PlateauConductivity *conductivity)
{
  PlateauTable *table = plateau_table_new (_ ("Conductivity"));
  plateau_table_add_column (table, "file", _ ("Of"), "", PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (table, "temperature_C", _ ("Temperature"), "degC",
                            PLATEAU_COLUMN_NUMBER, 5);
  plateau_table_add_column (table, "resistance_ohm", _ ("Resistance"), "ohm", PLATEAU_COLUMN_NUMBER,
                            5);
  plateau_table_add_column (table, "resistance_stderr_ohm", _ ("Standard error"), "ohm",
                            PLATEAU_COLUMN_NUMBER, 3);
  plateau_table_add_column (table, "conductivity_mS_cm", _ ("Conductivity"), "mS/cm",
                            PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "used", _ ("In the line"), "", PLATEAU_COLUMN_BOOLEAN, 0);
  for (guint i = 0; i < conductivity->n_points; i++)
    {
      const PlateauConductivityPoint *point = &conductivity->points[i];
      guint row = plateau_table_add_row (table);
      plateau_table_set_row_tag (table, row, i + 1);
      plateau_table_set_text (table, row, 0, point->label);
      plateau_table_set_number (table, row, 1, plateau_from_si (point->temperature, "degC"));
      plateau_table_set_number (table, row, 2, point->resistance);
      plateau_table_set_number (table, row, 3, point->resistance_stderr);
      plateau_table_set_number (table, row, 4, plateau_from_si (point->conductivity, "mS/cm"));
      plateau_table_set_number (table, row, 5, point->used);
    }
  return table;
}
