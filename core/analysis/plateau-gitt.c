/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-gitt-private.h"

#include "base/plateau-error.h"
#include "base/plateau-numeric.h"
#include "base/plateau-number.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define LARGE_STEP 0.030          /* V */
#define NO_STEP 0.0002            /* V: two counts of a common cycler */
#define DRIFT_LIMIT (1e-3 / 3600) /* V/s */
#define LEAST_R2 0.98
#define PLANAR_LIMIT 5    /* L^2 / (D tau): a slab's formula is then within 5 % */
#define SPHERE_LIMIT 140  /* the same for a sphere taken as a slab with L = r / 3 */
#define CORRECTED_LIMIT 1 /* with the sphere's own response: below it dE_t tells little of D */

static const char *const methods[] = { "endpoints", "sqrt-fit", "relaxation", NULL };
static const char *const method_labels[] = { N_ ("End points"), N_ ("Fit of √t in the pulse"),
                                             N_ ("Fit in the relaxation"), NULL };
static const char *const geometries[] = { "planar", "sphere", NULL };
static const char *const geometry_labels[] = { N_ ("Planar, semi-infinite"), N_ ("Sphere, finite"),
                                               NULL };

#define MEMBER(name) G_STRUCT_OFFSET (PlateauGittOptions, name)

const PlateauOption plateau_gitt_option_table[] = {
  { "method", N_ ("Method"),
    N_ ("How ΔE_t is found: last less first potential of the pulse; slope of E over √t in the fit "
        "window times √τ (Weppner and Huggins 1977); or slope over √(t + τ) − √t in the rest (Kang "
        "and Chueh 2021)"),
    PLATEAU_OPTION_CHOICE, MEMBER (method), NULL, 0, 0, methods, method_labels },
  { "geometry", N_ ("Geometry"),
    N_ ("Shape that diffusion goes into: a plane of length L = volume / area, semi-infinite (τ ≪ "
        "L²/D), or a sphere of finite radius"),
    PLATEAU_OPTION_CHOICE, MEMBER (geometry), NULL, 0, 0, geometries, geometry_labels },
  { "molar-mass", N_ ("Molar mass"),
    N_ ("Molar mass M of the active material in D = (4/πτ) (m V_M / M A)² (ΔE_s/ΔE_t)²"),
    PLATEAU_OPTION_NUMBER, MEMBER (molar_mass), "g/mol", 1, 10000 },
  { "molar-volume", N_ ("Molar volume"),
    N_ ("Molar volume V_M of the active material: molar mass / density"), PLATEAU_OPTION_NUMBER,
    MEMBER (molar_volume), "cm3/mol", 0.1, 10000 },
  { "contact-area-cm2", N_ ("Contact area"), N_ ("Area between active material and electrolyte"),
    PLATEAU_OPTION_NUMBER, MEMBER (contact_area), "cm2", 1e-9, 1e9 },
  { "specific-area-m2-g", N_ ("Specific surface area"),
    N_ ("Contact area per mass of the active material, by BET for example"), PLATEAU_OPTION_NUMBER,
    MEMBER (specific_area), "m2/g", 1e-6, 1e5 },
  { "radius-um", N_ ("Particle radius"), N_ ("Volume over area is then a third of the radius"),
    PLATEAU_OPTION_NUMBER, MEMBER (radius), "um", 1e-4, 1e4 },
  { "electrode-area", N_ ("Electrode area as contact"),
    N_ ("Take the geometric area of the electrode as contact area where nothing else is given"),
    PLATEAU_OPTION_BOOLEAN, MEMBER (geometric) },
  { "fit-window", N_ ("Fit window"),
    N_ ("Shares of the pulse, 0.05:0.5, or times after the switch, 10s:600s"), PLATEAU_OPTION_TEXT,
    MEMBER (fit_window) },
  { NULL },
};

typedef struct
{
  PlateauGitt public;
  gatomicrefcount ref_count;
  GArray *pulses, *dropped;
} Gitt;

static const struct
{
  const char *nick, *label;
} flags[PLATEAU_GITT_N_FLAGS] = {
  { "relative", N_ ("relative only: contact area, molar values or mass are missing") },
  { "pulse-too-long", N_ ("the pulse is too long for the formula") },
  { "no-step", N_ ("the equilibrium potential does not change") },
  { "large-step", N_ ("the equilibrium potential changes by more than 30 mV") },
  { "opposite-step", N_ ("the equilibrium potential changes against the current") },
  { "unrelaxed", N_ ("the rest still drifts by more than 1 mV/h") },
  { "not-linear", N_ ("the potential is not linear in √t") },
  { "direction-change", N_ ("the pulse before went the other way") },
  { "no-transient", N_ ("the potential does not follow the current during the pulse") },
};

static guint
flag_index (PlateauGittFlags flag)
{
  guint index = 0;
  while (index + 1 < PLATEAU_GITT_N_FLAGS && !((guint) flag & (1u << index)))
    index++;
  return index;
}

/**
 * plateau_gitt_flag_nick:
 *
 * Returns: (transfer none): the stable name of one flag
 */
const char *
plateau_gitt_flag_nick (PlateauGittFlags flag)
{
  return flags[flag_index (flag)].nick;
}

/**
 * plateau_gitt_flag_label:
 *
 * Returns: (transfer none): what one flag means, translated
 */
const char *
plateau_gitt_flag_label (PlateauGittFlags flag)
{
  return _ (flags[flag_index (flag)].label);
}

/**
 * plateau_gitt_length:
 * @active_mass: kg, or NaN
 * @source: (out) (optional) (transfer none): where it comes from, or what is missing; translated
 *
 * The volume of the active material over its contact area: a third of the radius of a sphere,
 * V_M m / (M S), or V_M / (M s) with the area per mass.
 *
 * Returns: the length in m, or NaN
 */
double
plateau_gitt_length (double active_mass, const PlateauGittOptions *options, const char **source)
{
  const char *unused;
  if (source == NULL)
    source = &unused;
  double volume = options->molar_volume / options->molar_mass; /* m3/kg */
  if (options->radius > 0)
    {
      *source = _ ("a third of the particle radius");
      return options->radius / 3;
    }
  *source = _ (
      "no contact area: give a particle radius, a contact area or a specific surface area");
  if (!(options->contact_area > 0) && !(options->specific_area > 0))
    return NAN;
  *source = _ ("molar mass and molar volume are missing");
  if (!(volume > 0))
    return NAN;
  if (options->contact_area > 0)
    {
      *source = active_mass > 0 ? _ ("active mass, molar volume and contact area")
                                : _ ("the active mass is missing");
      return active_mass > 0 ? active_mass * volume / options->contact_area : NAN;
    }
  *source = _ ("molar volume and specific surface area");
  return volume / options->specific_area;
}

/* "0.5:1" in shares, "10s:600s" in seconds. */
static gboolean
parse_window (const char *text, double *begin, double *end, gboolean *in_seconds, GError **error)
{
  /* Late enough for charge transfer to be over, early enough for curved particles: a sphere from
   * L^2 / (D tau) = 140 on is then within 5 %. */
  *begin = 0.05;
  *end = 0.5;
  *in_seconds = FALSE;
  if (text == NULL || *text == 0)
    return TRUE;
  const char *stop = text + strlen (text);
  const char *at = plateau_parse_double (text, stop, '.', begin);
  gboolean first_unit = at != NULL && at < stop && *at == 's';
  if (first_unit)
    at++;
  if (at != NULL && at < stop && *at == ':')
    {
      at = plateau_parse_double (at + 1, stop, '.', end);
      gboolean second_unit = at != NULL && at < stop && *at == 's';
      if (second_unit)
        at++;
      *in_seconds = first_unit;
      if (at == stop && first_unit == second_unit && *begin >= 0 && *end > *begin
          && (*in_seconds || *end <= 1))
        return TRUE;
    }
  g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID,
               _ ("“%s” is not a fit window: write shares of the pulse as 0.5:1, or seconds as "
                  "10s:600s"),
               text);
  return FALSE;
}

static guint
flags_of (const PlateauGittPulse *pulse, const PlateauGittOptions *options)
{
  gboolean sphere = options->geometry == PLATEAU_GITT_SPHERE;
  double limit = sphere ? CORRECTED_LIMIT : options->radius > 0 ? SPHERE_LIMIT : PLANAR_LIMIT;
  guint found = pulse->flags;
  if (isnan (pulse->diffusion) && !isnan (pulse->relative_diffusion))
    found |= PLATEAU_GITT_FLAG_RELATIVE;
  if (pulse->diffusion_time_over_tau < limit)
    found |= PLATEAU_GITT_FLAG_TOO_LONG;
  if (fabs (pulse->delta_es) < NO_STEP)
    found |= PLATEAU_GITT_FLAG_NO_STEP;
  else if (pulse->delta_es * pulse->direction < 0)
    found |= PLATEAU_GITT_FLAG_OPPOSITE_STEP;
  if (fabs (pulse->delta_es) > LARGE_STEP)
    found |= PLATEAU_GITT_FLAG_LARGE_STEP;
  if (fabs (pulse->drift) > DRIFT_LIMIT)
    found |= PLATEAU_GITT_FLAG_UNRELAXED;
  if (pulse->fit_r2 < LEAST_R2)
    found |= PLATEAU_GITT_FLAG_NOT_LINEAR;
  if (!(pulse->delta_et * pulse->direction > 0))
    found |= PLATEAU_GITT_FLAG_NO_TRANSIENT;
  return found;
}

/* Weppner and Huggins, J. Electrochem. Soc. 124 (1977) 1569, equation 36:
 * D = 4 / (pi tau) L^2 (dE_s / dE_t)^2; or the inverse of the sphere's response. */
static void
evaluate (const PlateauGittOptions *options, double window_begin, double window_end, double length,
          PlateauGittPulse *pulse)
{
  double ratio = pulse->delta_es / pulse->delta_et, tau = pulse->duration;
  double share = 4 / G_PI * ratio * ratio; /* D tau / L^2 */
  if (options->geometry == PLATEAU_GITT_SPHERE)
    {
      gboolean whole = options->method != PLATEAU_GITT_SQRT_FIT;
      double begin = whole ? 0 : window_begin / tau, end = whole ? 1 : window_end / tau;
      share = plateau_gitt_invert_sphere (1 / fabs (ratio), begin, end);
    }
  /* A step or transient against the current, or none, has no coefficient. */
  if (!(pulse->delta_et * pulse->direction > 0) || !(pulse->delta_es * pulse->direction > 0))
    share = NAN;
  pulse->relative_diffusion = share / tau;
  pulse->diffusion = pulse->relative_diffusion * length * length;
  pulse->diffusion_time_over_tau = 1 / share;
  pulse->flags = flags_of (pulse, options);
}

static void
clear_dropped (gpointer data)
{
  g_free (((PlateauGittDropped *) data)->reason);
}

static Gitt *
gitt_new (void)
{
  Gitt *gitt = g_new0 (Gitt, 1);
  g_atomic_ref_count_init (&gitt->ref_count);
  gitt->pulses = g_array_new (FALSE, TRUE, sizeof (PlateauGittPulse));
  gitt->dropped = g_array_new (FALSE, TRUE, sizeof (PlateauGittDropped));
  g_array_set_clear_func (gitt->dropped, clear_dropped);
  return gitt;
}

static double
median_duration (const GArray *pulses)
{
  g_autofree double *durations = g_new (double, pulses->len);
  for (guint i = 0; i < pulses->len; i++)
    durations[i] = g_array_index (pulses, PlateauGittPulse, i).duration;
  return plateau_median (durations, pulses->len);
}

static gboolean
has_columns (const PlateauSeries *series, GError **error)
{
  if (series->time != NULL && series->potential != NULL && series->current != NULL)
    return TRUE;
  g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA,
               _ ("titration needs time, potential and current; the file has no %s"),
               series->time == NULL        ? _ ("time")
               : series->potential == NULL ? _ ("potential")
                                           : _ ("current"));
  return FALSE;
}

/**
 * plateau_gitt_analyse:
 * @recording: pulses of current with rests between
 * @active_mass: kg, needed with a contact area; NaN if unknown
 * @options: see PlateauGittOptions
 *
 * Pulses are runs of current above a tenth of the median active current, found by the current
 * alone; those without a rest on both sides, of another length than the usual (5 %) or with a
 * current that is not constant are dropped with a reason. The pulse begins at the last record of
 * the rest before it. Diffusion is Weppner and Huggins' 4 / (π τ) L² (ΔE_s / ΔE_t)² for slabs;
 * for spheres the exact response is inverted. It is NaN where a potential change is absent or
 * against the current; doubts are in the flags.
 *
 * Returns: (transfer full): the pulses, or %NULL with @error set when there are none
 */
PlateauGitt *
plateau_gitt_analyse (PlateauRecording *recording, double active_mass,
                      const PlateauGittOptions *options, GCancellable *cancellable, GError **error)
{
  g_auto (PlateauSeries) series = { 0 };
  double begin, end;
  gboolean in_seconds;
  g_return_val_if_fail (recording != NULL && options != NULL, NULL);
  if (!parse_window (options->fit_window, &begin, &end, &in_seconds, error)
      || !plateau_series_init (&series, recording, error) || !has_columns (&series, error))
    return NULL;
  Gitt *gitt = gitt_new ();
  g_autoptr (PlateauGitt) result = &gitt->public;
  if (!plateau_gitt_find_pulses (&series, gitt->pulses, gitt->dropped, cancellable, error))
    return NULL;
  if (gitt->pulses->len == 0)
    {
      if (gitt->dropped->len > 0)
        g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA,
                     _ ("no pulse can be used; the first of %u: %s"), gitt->dropped->len,
                     g_array_index (gitt->dropped, PlateauGittDropped, 0).reason);
      else
        g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA,
                     _ ("no current pulse was found"));
      return NULL;
    }
  result->length = plateau_gitt_length (active_mass, options, &result->length_source);
  result->tau = median_duration (gitt->pulses);
  for (guint i = 0; i < gitt->pulses->len; i++)
    {
      PlateauGittPulse *pulse = &g_array_index (gitt->pulses, PlateauGittPulse, i);
      plateau_gitt_fit_pulse (&series, options, begin, end, in_seconds, pulse);
      evaluate (options, pulse->fit_begin, pulse->fit_end, result->length, pulse);
    }
  result->composition_source = plateau_gitt_fill_composition (options, active_mass, gitt->pulses);
  result->remark = plateau_gitt_remark (options);
  result->pulses = (const PlateauGittPulse *) gitt->pulses->data;
  result->n_pulses = gitt->pulses->len;
  result->dropped = (const PlateauGittDropped *) gitt->dropped->data;
  result->n_dropped = gitt->dropped->len;
  return g_steal_pointer (&result);
}

/**
 * plateau_gitt_ref:
 */
PlateauGitt *
plateau_gitt_ref (PlateauGitt *gitt)
{
  g_atomic_ref_count_inc (&((Gitt *) gitt)->ref_count);
  return gitt;
}

/**
 * plateau_gitt_unref:
 */
void
plateau_gitt_unref (PlateauGitt *gitt)
{
  Gitt *self = (Gitt *) gitt;
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_array_unref (self->pulses);
  g_array_unref (self->dropped);
  g_free (self->public.remark);
  g_free (self);
}
