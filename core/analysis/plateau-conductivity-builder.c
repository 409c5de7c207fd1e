/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-conductivity-private.h"

#include "base/plateau-error.h"
#include "base/plateau-number.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* Points of one quantity over temperature, and the line through them. */

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

static void
clear_spectrum (gpointer data)
{
  PlateauPendingSpectrum *pending = data;
  g_free (pending->label);
  plateau_spectrum_unref (pending->spectrum);
}

static void
clear_titration (gpointer data)
{
  PlateauPendingTitration *pending = data;
  g_free (pending->label);
  plateau_gitt_unref (pending->gitt);
}

static GArray *
new_array (gsize size, GDestroyNotify clear)
{
  GArray *array = g_array_new (FALSE, TRUE, (guint) size);
  g_array_set_clear_func (array, clear);
  return array;
}

/**
 * plateau_conductivity_builder_new:
 * @options: which quantity, and how it is found; copied
 *
 * Returns: (transfer full): an empty set of points
 */
PlateauConductivityBuilder *
plateau_conductivity_builder_new (const PlateauConductivityOptions *options)
{
  PlateauConductivityBuilder *builder = g_new0 (PlateauConductivityBuilder, 1);
  plateau_options_copy (plateau_conductivity_option_table, options, &builder->options);
  builder->points = new_array (sizeof (PlateauConductivityPoint), clear_point);
  builder->spectra = new_array (sizeof (PlateauPendingSpectrum), clear_spectrum);
  builder->titrations = new_array (sizeof (PlateauPendingTitration), clear_titration);
  builder->warnings = g_ptr_array_new_with_free_func (g_free);
  return builder;
}

/**
 * plateau_conductivity_builder_free:
 */
void
plateau_conductivity_builder_free (PlateauConductivityBuilder *builder)
{
  plateau_options_clear (plateau_conductivity_option_table, &builder->options);
  g_clear_pointer (&builder->points, g_array_unref);
  g_clear_pointer (&builder->spectra, g_array_unref);
  g_clear_pointer (&builder->titrations, g_array_unref);
  g_clear_pointer (&builder->warnings, g_ptr_array_unref);
  g_free (builder);
}

void
plateau_conductivity_builder_warn (PlateauConductivityBuilder *builder, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_ptr_array_add (builder->warnings, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

void
plateau_conductivity_builder_add_value (PlateauConductivityBuilder *builder, const char *label,
                                        double temperature, double resistance,
                                        double resistance_stderr, double value)
{
  PlateauConductivityPoint point = { g_strdup (label),  1,   temperature, resistance,
                                     resistance_stderr, NAN, FALSE };
  for (guint i = 0; i < builder->points->len; i++)
    if (g_str_equal (g_array_index (builder->points, PlateauConductivityPoint, i).label, label))
      point.number++;
  if (value > 0 && isfinite (value))
    point.value = value;
  if (point.value > 0 && !(temperature > 0))
    plateau_conductivity_builder_warn (
        builder, _ ("point %u (%s): the temperature is not known; it is not in the line"),
        builder->points->len + 1, label);
  g_array_append_val (builder->points, point);
}

/**
 * plateau_conductivity_builder_add:
 * @label: what the point is of
 * @temperature: K, or NaN
 * @resistance: ohm; @resistance_stderr may be NaN
 * @thickness: m; @area: m², the smaller of the electrodes. Either may be NaN
 *
 * σ = thickness / (resistance × area); of charge transfer 1 / (resistance × area), @thickness
 * then does not matter.
 */
void
plateau_conductivity_builder_add (PlateauConductivityBuilder *builder, const char *label,
                                  double temperature, double resistance, double resistance_stderr,
                                  double thickness, double area)
{
  gboolean pellet = builder->options.quantity == PLATEAU_TRANSPORT_CONDUCTIVITY;
  guint number = builder->points->len + 1;
  double value = resistance > 0 ? (pellet ? thickness : 1) / (resistance * area) : NAN;
  if (!(resistance > 0))
    plateau_conductivity_builder_warn (
        builder, _ ("point %u (%s): a resistance of %g ohm has no conductivity"), number, label,
        resistance);
  else if ((pellet && !(thickness > 0)) || !(area > 0))
    plateau_conductivity_builder_warn (
        builder, _ ("point %u (%s): %s is not given, so there is no conductivity"), number, label,
        pellet && !(thickness > 0) ? _ ("the thickness") : _ ("the area"));
  plateau_conductivity_builder_add_value (builder, label, temperature, resistance,
                                          resistance_stderr, value);
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
fit_line (Conductivity *self)
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
      value[i] = point->value;
      relative[i] = point->resistance_stderr / point->resistance;
      used[i] = point->used;
    }
  if (!plateau_arrhenius_fit (temperature, value, relative, used, n, self->public.form,
                              &self->public.fit, &error))
    g_ptr_array_add (self->warnings, g_strdup (error->message));
  else if (self->public.fit.n_temperatures == 2)
    g_ptr_array_add (self->warnings,
                     g_strdup (_ ("two temperatures only: the activation energy has no error")));
}

/**
 * plateau_conductivity_builder_finish:
 * @builder: (transfer full): the points
 * @cancellable: (nullable): to stop early
 *
 * The activation energy is NaN, with a warning, when fewer than two temperatures have a value.
 *
 * Returns: (transfer full): points and line, or %NULL with @error set
 */
PlateauConductivity *
plateau_conductivity_builder_finish (PlateauConductivityBuilder *builder, GCancellable *cancellable,
                                     GError **error)
{
  g_autoptr (PlateauConductivityBuilder) owned = builder;
  const PlateauConductivityOptions *options = &builder->options;
  if (!plateau_conductivity_add_processes (builder, cancellable, error))
    return NULL;
  plateau_conductivity_add_titrations (builder);
  if (builder->points->len == 0)
    {
      g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA,
                   options->quantity == PLATEAU_TRANSPORT_DIFFUSION ? _ ("no titration is given")
                                                                    : _ ("no resistance is given"));
      return NULL;
    }
  for (guint i = 0; i < builder->points->len; i++)
    {
      PlateauConductivityPoint *point = &g_array_index (builder->points, PlateauConductivityPoint,
                                                        i);
      point->used = point->temperature > 0 && point->value > 0;
    }
  if (!exclude (builder->points, options->excluded, error))
    return NULL;
  Conductivity *self = g_new0 (Conductivity, 1);
  PlateauConductivity *result = &self->public;
  g_atomic_ref_count_init (&self->ref_count);
  self->points = g_steal_pointer (&builder->points);
  self->warnings = g_steal_pointer (&builder->warnings);
  result->quantity = (PlateauTransport) options->quantity;
  result->relative = builder->relative;
  /* A diffusion coefficient has no factor 1/T before its exponential. */
  result->form = result->quantity == PLATEAU_TRANSPORT_DIFFUSION
                     ? PLATEAU_ARRHENIUS_SIGMA
                     : (PlateauArrheniusForm) options->form;
  result->fit.activation_energy = result->fit.activation_energy_stderr = NAN;
  if (self->points->len > 1)
    fit_line (self);
  g_ptr_array_add (self->warnings, NULL);
  result->warnings = (const char *const *) self->warnings->pdata;
  result->points = (const PlateauConductivityPoint *) self->points->data;
  result->n_points = self->points->len;
  return result;
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
