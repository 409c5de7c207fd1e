/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-circuit-private.h"
#include "analysis/plateau-drt.h"

#include <math.h>

#define DENSE 5.0 /* points a decade that start values are taken from */

/* One process of the spectrum, as the DRT or, without one, the frequency range tells it. */
typedef struct
{
  double resistance, tau, exponent;
} Arc;

typedef struct
{
  const PlateauCircuitPrivate *circuit;
  double *values;
  GArray *arcs; /* Arc, rising tau */
  guint next_arc;
  double r_inf, inductance;
  double omega_low, re_low, im_low; /* the point of lowest frequency */
  gboolean series_resistor_taken;
} Start;

/* Exponent of a ZARC whose distribution has the width of the peak: at half height
 * cosh(n y) = 2 - cos((1 - n) pi). */
static double
exponent_of_width (double sigma)
{
  double half = 1.1774 * sigma, low = 0.5, high = 0.98;

  for (int i = 0; i < 40; i++)
    {
      double n = 0.5 * (low + high);

      if (acosh (2 - cos ((1 - n) * G_PI)) / n > half)
        low = n;
      else
        high = n;
    }
  return 0.5 * (low + high);
}

static int
compare_resistance (gconstpointer a, gconstpointer b)
{
  const Arc *left = a, *right = b;

  return (left->resistance < right->resistance) - (left->resistance > right->resistance);
}

static int
compare_tau (gconstpointer a, gconstpointer b)
{
  const Arc *left = a, *right = b;

  return (left->tau > right->tau) - (left->tau < right->tau);
}

/* An arc of the circuit: an element with R and tau in one, or parallel branches of which one holds
 * a resistor. */
static gboolean
is_arc (const PlateauCircuitPrivate *circuit, const PlateauNode *node)
{
  if (node->kind == PLATEAU_NODE_ELEMENT)
    return node->element->kind == PLATEAU_ELEMENT_ARC
           || node->element->kind == PLATEAU_ELEMENT_LINE;
  return node->kind == PLATEAU_NODE_PARALLEL;
}

static guint
count_arcs (const PlateauCircuitPrivate *circuit, guint index)
{
  const PlateauNode *node = g_ptr_array_index (circuit->nodes, index);
  guint count = 0;

  if (is_arc (circuit, node))
    return 1;
  if (node->kind == PLATEAU_NODE_SERIES)
    for (guint c = 0; c < node->children->len; c++)
      count += count_arcs (circuit, g_array_index (node->children, guint, c));
  return count;
}

/* The arcs of the data: the largest peaks, or an even spread of what they leave. */
static void
collect_arcs (Start *start, const PlateauDrt *drt, guint n_arcs, double tau_low, double tau_high,
              double r_total)
{
  guint missing;

  for (guint i = 0; drt != NULL && i < drt->n_peaks; i++)
    {
      const PlateauDrtPeak *peak = &drt->peaks[i];
      Arc arc = { peak->resistance, peak->tau, exponent_of_width (peak->sigma) };

      if (peak->resistance > 0 && peak->tau > tau_low / 3 && peak->tau < tau_high * 3)
        g_array_append_val (start->arcs, arc);
    }
  g_array_sort (start->arcs, compare_resistance);
  g_array_set_size (start->arcs, MIN (start->arcs->len, n_arcs));
  missing = n_arcs - start->arcs->len;
  for (guint i = 0; i < missing; i++)
    {
      double share = (i + 1.0) / (missing + 1.0);
      Arc arc = { 0.8 * r_total / n_arcs, tau_low * pow (tau_high / tau_low, share), 0.85 };

      g_array_append_val (start->arcs, arc);
    }
  g_array_sort (start->arcs, compare_tau);
}

static Arc
take_arc (Start *start)
{
  Arc arc = { 1, 1e-3, 0.85 };

  if (start->next_arc < start->arcs->len)
    arc = g_array_index (start->arcs, Arc, start->next_arc);
  start->next_arc++;
  return arc;
}

static void
start_arc_element (const PlateauNode *node, double *p, Arc arc)
{
  p[0] = arc.resistance;
  p[1] = arc.tau;
  for (guint i = 2; i < node->element->n_parameters; i++)
    if (!node->element->parameters[i].positive)
      p[i] = node->element->parameters[i].start;
  if (g_str_equal (node->element->info.symbol, "ZARC"))
    p[2] = arc.exponent;
}

/* A line of blocking end tends to R_ion / 3 + Z_s: its resistance is shared among the rails and
 * the interface. */
static void
start_line (const PlateauNode *node, double *p, Arc arc)
{
  const PlateauElement *element = node->element;
  double q_resistance = arc.resistance;

  for (guint i = 0; i < element->n_parameters; i++)
    {
      const char *suffix = element->parameters[i].suffix;

      if (g_str_equal (suffix, "Rion") || g_str_equal (suffix, "Rct"))
        p[i] = arc.resistance;
      else if (g_str_equal (suffix, "Rel") || g_str_equal (suffix, "Rd"))
        p[i] = 0.3 * arc.resistance;
      else if (g_str_equal (suffix, "Q"))
        p[i] = pow (arc.tau, 0.9) / q_resistance;
    }
}

static void
start_diffusion (Start *start, const PlateauNode *node, double *p)
{
  double reactance = fabs (start->im_low) > 0 ? fabs (start->im_low) : 1;

  if (node->element->n_parameters == 1)
    p[0] = reactance * sqrt (start->omega_low);
  else
    {
      /* reactance R/sqrt(w tau)/sqrt(2) of the 45 degree part with w tau = 1 at the lowest point */
      p[1] = 3 / start->omega_low;
      p[0] = reactance * sqrt (start->omega_low * p[1]);
    }
}

static void
start_branches (Start *start, const PlateauNode *node, Arc arc)
{
  gboolean first_resistor = TRUE;

  for (guint c = 0; c < node->children->len; c++)
    {
      const PlateauNode *child = g_ptr_array_index (start->circuit->nodes,
                                                    g_array_index (node->children, guint, c));
      double *p = start->values + child->first_parameter;

      if (child->kind != PLATEAU_NODE_ELEMENT)
        {
          start_branches (start, child, arc);
          continue;
        }
      switch (child->element->shape)
        {
        case PLATEAU_CIRCUIT_RESISTOR:
          p[0] = arc.resistance * (first_resistor ? 1 : 0.3);
          first_resistor = FALSE;
          break;
        case PLATEAU_CIRCUIT_CAPACITOR:
          p[0] = arc.tau / arc.resistance;
          break;
        case PLATEAU_CIRCUIT_CPE:
          p[1] = arc.exponent;
          p[0] = pow (arc.tau, arc.exponent) / arc.resistance;
          break;
        case PLATEAU_CIRCUIT_INDUCTOR:
          p[0] = arc.tau * arc.resistance;
          break;
        default:
          if (child->element->kind == PLATEAU_ELEMENT_DIFFUSION)
            start_diffusion (start, child, p);
          else if (child->element->kind == PLATEAU_ELEMENT_LINE)
            start_line (child, p, arc);
          else
            start_arc_element (child, p, arc);
        }
    }
}

static void
start_node (Start *start, guint index)
{
  const PlateauNode *node = g_ptr_array_index (start->circuit->nodes, index);
  double *p = start->values + node->first_parameter;

  if (node->kind == PLATEAU_NODE_SERIES)
    {
      for (guint c = 0; c < node->children->len; c++)
        start_node (start, g_array_index (node->children, guint, c));
      return;
    }
  if (node->kind == PLATEAU_NODE_PARALLEL)
    {
      start_branches (start, node, take_arc (start));
      return;
    }
  switch (node->element->kind)
    {
    case PLATEAU_ELEMENT_ARC:
      start_arc_element (node, p, take_arc (start));
      break;
    case PLATEAU_ELEMENT_LINE:
      start_line (node, p, take_arc (start));
      break;
    case PLATEAU_ELEMENT_DIFFUSION:
      start_diffusion (start, node, p);
      break;
    case PLATEAU_ELEMENT_CPE:
      p[1] = node->element->parameters[1].start;
      p[0] = pow (start->omega_low, -p[1]) / MAX (fabs (start->im_low), 1e-12);
      break;
    default:
      if (node->element->shape == PLATEAU_CIRCUIT_RESISTOR)
        {
          p[0] = start->series_resistor_taken ? 0.1 * start->r_inf : start->r_inf;
          start->series_resistor_taken = TRUE;
        }
      else if (node->element->shape == PLATEAU_CIRCUIT_CAPACITOR)
        p[0] = 1 / (start->omega_low * MAX (fabs (start->im_low), 1e-12));
      else
        p[0] = start->inductance;
    }
}

/* A start asks for arcs, not for shapes: of dense spectra some points a decade tell them. */
static PlateauSpectrum *
thin_out (PlateauSpectrum *clean)
{
  gsize n = plateau_spectrum_get_n (clean);
  const double *f = plateau_spectrum_peek_frequency (clean);
  double decades = log10 (f[0] / f[n - 1]);
  gsize every = (gsize) MAX (1, floor ((n - 1) / MAX (DENSE * decades, 1)));
  g_autofree gboolean *keep = g_new (gboolean, n);

  for (gsize i = 0; i < n; i++)
    keep[i] = i % every == 0 || i == n - 1;
  return plateau_spectrum_select (clean, keep);
}

/**
 * plateau_circuit_start_values:
 * @circuit: a circuit
 * @spectrum: a clean spectrum of falling frequencies
 * @variant: 0 and 1: from a DRT with strong and with weak regularisation; 2: arcs spread evenly
 *   over the measured frequencies
 * @kernel: (inout) (nullable): of the DRT, shared by the variants
 * @values: (array): receives one value a parameter
 * @error: return location
 *
 * Start values from the data: R_inf, inductance and the largest peaks of a DRT for the arcs in the
 * order in which they stand in the circuit, by rising time constant; diffusion from the point of
 * lowest frequency.
 *
 * Returns: whether the spectrum has points to start from
 */
gboolean
plateau_circuit_start_values (const PlateauCircuit *circuit, PlateauSpectrum *spectrum,
                              guint variant, PlateauDrtKernel **kernel, double *values,
                              GError **error)
{
  const PlateauCircuitPrivate *self = (const PlateauCircuitPrivate *) circuit;
  PlateauDrtOptions options = PLATEAU_DRT_OPTIONS_INIT;
  g_autoptr (PlateauSpectrum) clean = plateau_spectrum_clean (spectrum, NULL, error);
  g_autoptr (PlateauDrt) drt = NULL;
  g_autoptr (GArray) arcs = g_array_new (FALSE, FALSE, sizeof (Arc));
  Start start = { .circuit = self, .values = values, .arcs = arcs };
  const double *frequency, *re;
  double largest = 0, smallest = INFINITY;
  gsize n;

  if (clean == NULL)
    return FALSE;
  n = plateau_spectrum_get_n (clean);
  frequency = plateau_spectrum_peek_frequency (clean);
  re = plateau_spectrum_peek_re (clean);
  for (guint i = 0; i < circuit->n_parameters; i++)
    values[i] = circuit->parameters[i].start;
  for (gsize i = 0; i < n; i++)
    {
      largest = MAX (largest, re[i]);
      smallest = MIN (smallest, re[i]);
    }
  start.omega_low = 2 * G_PI * frequency[n - 1];
  start.re_low = re[n - 1];
  start.im_low = plateau_spectrum_peek_im (clean)[n - 1];

  options.lambda = variant == 0 ? 1e-1 : 1e-3;
  options.points_per_decade = (int) DENSE;
  options.weighting = PLATEAU_DRT_WEIGHT_MODULUS;
  options.tail = PLATEAU_DRT_TAIL_CAPACITANCE;
  options.max_peaks = 8;
  if (variant < 2)
    {
      g_autoptr (PlateauSpectrum) thin = thin_out (clean);

      drt = plateau_drt_analyse_with (kernel, thin, &options, NULL, NULL);
    }
  start.r_inf = drt != NULL && drt->r_inf > 0 ? drt->r_inf : MAX (smallest, 1e-3 * largest);
  start.inductance = drt != NULL && drt->inductance > 0
                         ? drt->inductance
                         : 1e-3 * largest / (2 * G_PI * frequency[0]);
  collect_arcs (&start, drt, count_arcs (self, self->nodes->len - 1), 1 / (2 * G_PI * frequency[0]),
                1 / start.omega_low, largest);
  start_node (&start, self->nodes->len - 1);
  for (guint i = 0; i < circuit->n_parameters; i++)
    if (!isfinite (values[i]) || (circuit->parameters[i].positive && !(values[i] > 0)))
      values[i] = circuit->parameters[i].start;
  return TRUE;
}
