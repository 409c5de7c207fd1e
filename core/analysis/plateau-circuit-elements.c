/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-circuit-private.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* --- helpers ---------------------------------------------------------------------------------- */

/* (j omega)^a for omega > 0 */
static inline double complex
power_j (double omega, double a)
{
  double modulus = pow (omega, a), angle = 0.5 * G_PI * a;

  return CMPLX (modulus * cos (angle), modulus * sin (angle));
}

/* s coth s and tanh(s)/s without overflow: by series near 0, 1 to rounding beyond 20. */
static double complex
coth_over_s (double complex s)
{
  double complex s2 = s * s;

  if (cabs (s) < 1e-2)
    return 1 / s2 + 1.0 / 3 - s2 / 45 + 2 * s2 * s2 / 945;
  return creal (s) > 20 ? 1 / s : 1 / (s * ctanh (s));
}

static double complex
tanh_over_s (double complex s)
{
  double complex s2 = s * s;

  if (cabs (s) < 1e-2)
    return 1 - s2 / 3 + 2 * s2 * s2 / 15;
  return creal (s) > 20 ? 1 / s : ctanh (s) / s;
}

static double complex
one_over_s_sinh (double complex s)
{
  double complex s2 = s * s;

  if (cabs (s) < 1e-2)
    return 1 / s2 - 1.0 / 6 + 7 * s2 / 360;
  return creal (s) > 300 ? 0 : 1 / (s * csinh (s));
}

/* --- lumped elements -------------------------------------------------------------------------- */

static double complex
resistor (double omega, const double *p, double complex *dz)
{
  if (dz != NULL)
    dz[0] = 1;
  return p[0];
}

static double complex
capacitor (double omega, const double *p, double complex *dz)
{
  double complex z = -I / (omega * p[0]);

  if (dz != NULL)
    dz[0] = -z / p[0];
  return z;
}

static double complex
inductor (double omega, const double *p, double complex *dz)
{
  if (dz != NULL)
    dz[0] = I * omega;
  return I * omega * p[0];
}

/* (j omega L)^a */
static double complex
modified_inductor (double omega, const double *p, double complex *dz)
{
  double complex z = power_j (omega * p[0], p[1]);

  if (dz != NULL)
    {
      dz[0] = p[1] * z / p[0];
      dz[1] = z * CMPLX (log (omega * p[0]), 0.5 * G_PI);
    }
  return z;
}

static double complex
constant_phase (double omega, const double *p, double complex *dz)
{
  double complex z = power_j (omega, -p[1]) / p[0];

  if (dz != NULL)
    {
      dz[0] = -z / p[0];
      dz[1] = -z * CMPLX (log (omega), 0.5 * G_PI);
    }
  return z;
}

/* R / (1 + (j omega tau)^n) */
static double complex
zarc (double omega, const double *p, double complex *dz)
{
  double complex u = power_j (omega * p[1], p[2]), d = 1 / (1 + u), z = p[0] * d;

  if (dz != NULL)
    {
      dz[0] = d;
      dz[1] = -z * d * u * p[2] / p[1];
      dz[2] = -z * d * u * CMPLX (log (omega * p[1]), 0.5 * G_PI);
    }
  return z;
}

static double complex
debye (double omega, const double *p, double complex *dz)
{
  double complex d = 1 / (1 + I * omega * p[1]), z = p[0] * d;

  if (dz != NULL)
    {
      dz[0] = d;
      dz[1] = -z * d * I * omega;
    }
  return z;
}

/* R / (1 + (j omega tau)^a)^b */
static double complex
havriliak_negami (double omega, const double *p, double complex *dz)
{
  double complex u = power_j (omega * p[1], p[2]), l = clog (1 + u), d = cexp (-p[3] * l);
  double complex z = p[0] * d, inner = -p[3] * z / (1 + u) * u;

  if (dz != NULL)
    {
      dz[0] = d;
      dz[1] = inner * p[2] / p[1];
      dz[2] = inner * CMPLX (log (omega * p[1]), 0.5 * G_PI);
      dz[3] = -l * z;
    }
  return z;
}

/* --- diffusion -------------------------------------------------------------------------------- */

static double complex
warburg (double omega, const double *p, double complex *dz)
{
  double complex unit = CMPLX (1, -1) / sqrt (omega);

  if (dz != NULL)
    dz[0] = unit;
  return p[0] * unit;
}

static double complex
warburg_open (double omega, const double *p, double complex *dz)
{
  return p[0] * coth_over_s (power_j (omega * p[1], 0.5));
}

static double complex
warburg_short (double omega, const double *p, double complex *dz)
{
  return p[0] * tanh_over_s (power_j (omega * p[1], 0.5));
}

static double complex
warburg_open_free (double omega, const double *p, double complex *dz)
{
  return p[0] * coth_over_s (power_j (omega * p[1], p[2]));
}

static double complex
warburg_short_free (double omega, const double *p, double complex *dz)
{
  return p[0] * tanh_over_s (power_j (omega * p[1], p[2]));
}

static double complex
gerischer (double omega, const double *p, double complex *dz)
{
  double complex d = 1 / csqrt (CMPLX (1, omega * p[1])), z = p[0] * d;

  if (dz != NULL)
    {
      dz[0] = d;
      dz[1] = -0.5 * z * d * d * I * omega;
    }
  return z;
}

static double complex
gerischer_fractal (double omega, const double *p, double complex *dz)
{
  double complex l = clog (CMPLX (1, omega * p[1])), d = cexp (-p[2] * l), z = p[0] * d;

  if (dz != NULL)
    {
      dz[0] = d;
      dz[1] = -p[2] * z / CMPLX (1, omega * p[1]) * I * omega;
      dz[2] = -l * z;
    }
  return z;
}

static double complex
gerischer_finite (double omega, const double *p, double complex *dz)
{
  double complex q = csqrt (CMPLX (1, omega * p[1]));

  return p[0] * p[2] * coth_over_s (p[2] * q);
}

/* --- porous electrodes ------------------------------------------------------------------------ */

/* One rail of total resistance r with interface impedance zs over its whole length, blocking end:
 * sqrt(r zs) coth sqrt(r/zs) (Landesfeind et al., J. Electrochem. Soc. 163 (2016) A1373). */
static double complex
line_blocking (double r, double complex zs)
{
  return r * coth_over_s (csqrt (r / zs));
}

static double complex
line_transmissive (double r, double complex zs)
{
  return r * tanh_over_s (csqrt (r / zs));
}

/* Ionic and electronic rail, contacted at opposite ends (Paasch et al., Electrochim. Acta 38
 * (1993) 2653; Bisquert, J. Phys. Chem. B 104 (2000) 2287). */
static double complex
line_two_rails (double r1, double r2, double complex zs)
{
  double sum = r1 + r2;
  double complex x = csqrt (sum / zs);

  return r1 * r2 / sum * (1 + 2 * one_over_s_sinh (x))
         + (r1 * r1 + r2 * r2) / sum * coth_over_s (x);
}

static double complex
interface_q (double omega, double q, double n)
{
  return power_j (omega, -n) / q;
}

static double complex
interface_rq (double omega, double complex r, double q, double n)
{
  return r / (1 + r * q * power_j (omega, n));
}

static double complex
interface_diffusion (double omega, double r, double q, double n, double rd, double tau)
{
  return interface_rq (omega, r + rd * coth_over_s (power_j (omega * tau, 0.5)), q, n);
}

static double complex
tlm_q (double omega, const double *p, double complex *dz)
{
  return line_blocking (p[0], interface_q (omega, p[1], p[2]));
}

static double complex
tlm_rq (double omega, const double *p, double complex *dz)
{
  return line_blocking (p[0], interface_rq (omega, p[1], p[2], p[3]));
}

static double complex
tlm_d (double omega, const double *p, double complex *dz)
{
  return line_blocking (p[0], interface_diffusion (omega, p[1], p[2], p[3], p[4], p[5]));
}

static double complex
tlm_rq_transmissive (double omega, const double *p, double complex *dz)
{
  return line_transmissive (p[0], interface_rq (omega, p[1], p[2], p[3]));
}

static double complex
tlm2_q (double omega, const double *p, double complex *dz)
{
  return line_two_rails (p[0], p[1], interface_q (omega, p[2], p[3]));
}

static double complex
tlm2_rq (double omega, const double *p, double complex *dz)
{
  return line_two_rails (p[0], p[1], interface_rq (omega, p[2], p[3], p[4]));
}

static double complex
tlm2_d (double omega, const double *p, double complex *dz)
{
  return line_two_rails (p[0], p[1], interface_diffusion (omega, p[2], p[3], p[4], p[5], p[6]));
}

/* A coth(beta)/beta + B/(beta sinh beta), beta = sqrt(a + j omega b) */
static double complex
paasch (double omega, const double *p, double complex *dz)
{
  double complex beta = csqrt (CMPLX (p[2], omega * p[3]));

  return p[0] * coth_over_s (beta) + p[1] * one_over_s_sinh (beta);
}

/* --- the table -------------------------------------------------------------------------------- */

#define OHM(suffix, start)                                                                         \
  {                                                                                                \
    suffix, "Ω", start, 0, INFINITY, TRUE                                                          \
  }
#define SECOND(suffix, start)                                                                      \
  {                                                                                                \
    suffix, "s", start, 0, INFINITY, TRUE                                                          \
  }
#define EXPONENT(suffix, start)                                                                    \
  {                                                                                                \
    suffix, "", start, 0, 1, FALSE                                                                 \
  }
#define CPE_Q(suffix)                                                                              \
  {                                                                                                \
    suffix, "S sⁿ", 1e-5, 0, INFINITY, TRUE                                                        \
  }

const PlateauElement plateau_elements[] = {
  { { "R", N_ ("Resistor"), "Z = R" },
    "R",
    PLATEAU_ELEMENT_SERIES,
    PLATEAU_CIRCUIT_RESISTOR,
    1,
    { OHM (NULL, 10) },
    resistor,
    TRUE },
  { { "C", N_ ("Capacitor"), "Z = 1/(jωC)" },
    "C",
    PLATEAU_ELEMENT_SERIES,
    PLATEAU_CIRCUIT_CAPACITOR,
    1,
    { { NULL, "F", 1e-5, 0, INFINITY, TRUE } },
    capacitor,
    TRUE },
  { { "L", N_ ("Inductor"), "Z = jωL" },
    "L",
    PLATEAU_ELEMENT_SERIES,
    PLATEAU_CIRCUIT_INDUCTOR,
    1,
    { { NULL, "H", 1e-7, 0, INFINITY, TRUE } },
    inductor,
    TRUE },
  { { "La", N_ ("Modified inductor"), "Z = (jωL)ᵃ" },
    NULL,
    PLATEAU_ELEMENT_SERIES,
    PLATEAU_CIRCUIT_INDUCTOR,
    2,
    { { "L", "H", 1e-7, 0, INFINITY, TRUE }, EXPONENT ("a", 0.95) },
    modified_inductor,
    TRUE },
  { { "CPE", N_ ("Constant phase element"), "Z = 1/(Q(jω)ⁿ)" },
    "Q",
    PLATEAU_ELEMENT_CPE,
    PLATEAU_CIRCUIT_CPE,
    2,
    { CPE_Q ("Q"), EXPONENT ("n", 0.85) },
    constant_phase,
    TRUE },
  { { "ZARC", N_ ("ZARC: R and CPE in parallel, by its time constant"), "Z = R/(1 + (jωτ)ⁿ)" },
    NULL,
    PLATEAU_ELEMENT_ARC,
    PLATEAU_CIRCUIT_BOX,
    3,
    { OHM ("R", 10), SECOND ("tau", 1e-3), EXPONENT ("n", 0.85) },
    zarc,
    TRUE },
  { { "K", N_ ("R and C in parallel, by its time constant"), "Z = R/(1 + jωτ)" },
    NULL,
    PLATEAU_ELEMENT_ARC,
    PLATEAU_CIRCUIT_BOX,
    2,
    { OHM ("R", 10), SECOND ("tau", 1e-3) },
    debye,
    TRUE },
  { { "HN", N_ ("Havriliak-Negami"), "Z = R/(1 + (jωτ)ᵃ)ᵇ" },
    NULL,
    PLATEAU_ELEMENT_ARC,
    PLATEAU_CIRCUIT_BOX,
    4,
    { OHM ("R", 10), SECOND ("tau", 1e-3), EXPONENT ("a", 0.9), EXPONENT ("b", 0.9) },
    havriliak_negami,
    TRUE },
  { { "W", N_ ("Warburg, semi-infinite"), "Z = A(1 − j)/√ω" },
    "W",
    PLATEAU_ELEMENT_DIFFUSION,
    PLATEAU_CIRCUIT_BOX,
    1,
    { { NULL, "Ω s^−1/2", 1, 0, INFINITY, TRUE } },
    warburg,
    TRUE },
  { { "Wo", N_ ("Warburg, finite space (reflecting end)"), "Z = R coth(√(jωτ))/√(jωτ)" },
    "T",
    PLATEAU_ELEMENT_DIFFUSION,
    PLATEAU_CIRCUIT_BOX,
    2,
    { OHM ("R", 10), SECOND ("tau", 100) },
    warburg_open,
    FALSE },
  { { "Ws", N_ ("Warburg, finite length (transmitting end)"), "Z = R tanh(√(jωτ))/√(jωτ)" },
    "O",
    PLATEAU_ELEMENT_DIFFUSION,
    PLATEAU_CIRCUIT_BOX,
    2,
    { OHM ("R", 10), SECOND ("tau", 10) },
    warburg_short,
    FALSE },
  { { "Woa", N_ ("Warburg, finite space, free exponent"), "Z = R coth((jωτ)ᵃ)/(jωτ)ᵃ" },
    NULL,
    PLATEAU_ELEMENT_DIFFUSION,
    PLATEAU_CIRCUIT_BOX,
    3,
    { OHM ("R", 10), SECOND ("tau", 100), { "a", "", 0.48, 0.2, 0.5, FALSE } },
    warburg_open_free,
    FALSE },
  { { "Wsa", N_ ("Warburg, finite length, free exponent"), "Z = R tanh((jωτ)ᵃ)/(jωτ)ᵃ" },
    NULL,
    PLATEAU_ELEMENT_DIFFUSION,
    PLATEAU_CIRCUIT_BOX,
    3,
    { OHM ("R", 10), SECOND ("tau", 10), { "a", "", 0.48, 0.2, 0.5, FALSE } },
    warburg_short_free,
    FALSE },
  { { "G", N_ ("Gerischer"), "Z = R/√(1 + jωτ)" },
    "G",
    PLATEAU_ELEMENT_ARC,
    PLATEAU_CIRCUIT_BOX,
    2,
    { OHM ("R", 10), SECOND ("tau", 1e-2) },
    gerischer,
    TRUE },
  { { "Ga", N_ ("Gerischer, free exponent"), "Z = R/(1 + jωτ)ᵃ" },
    NULL,
    PLATEAU_ELEMENT_ARC,
    PLATEAU_CIRCUIT_BOX,
    3,
    { OHM ("R", 10), SECOND ("tau", 1e-2), EXPONENT ("a", 0.5) },
    gerischer_fractal,
    TRUE },
  { { "Gs", N_ ("Gerischer, finite length"), "Z = R/(√(1 + jωτ) tanh(φ√(1 + jωτ)))" },
    NULL,
    PLATEAU_ELEMENT_ARC,
    PLATEAU_CIRCUIT_BOX,
    3,
    { OHM ("R", 10), SECOND ("tau", 1e-2), { "phi", "", 1, 0, INFINITY, TRUE } },
    gerischer_finite,
    FALSE },
  { { "TLMQ", N_ ("Porous electrode, blocking interface"),
      "Z = √(Rion Zs) coth √(Rion/Zs), Zs CPE" },
    NULL,
    PLATEAU_ELEMENT_LINE,
    PLATEAU_CIRCUIT_BOX,
    3,
    { OHM ("Rion", 20), CPE_Q ("Q"), EXPONENT ("n", 0.9) },
    tlm_q,
    FALSE },
  { { "TLMRQ", N_ ("Porous electrode, charge transfer"), "Zs = Rct ∥ CPE" },
    NULL,
    PLATEAU_ELEMENT_LINE,
    PLATEAU_CIRCUIT_BOX,
    4,
    { OHM ("Rion", 20), OHM ("Rct", 20), CPE_Q ("Q"), EXPONENT ("n", 0.9) },
    tlm_rq,
    FALSE },
  { { "TLMD", N_ ("Porous electrode, charge transfer and diffusion in the particles"),
      "Zs = (Rct + finite-space Warburg) ∥ CPE" },
    NULL,
    PLATEAU_ELEMENT_LINE,
    PLATEAU_CIRCUIT_BOX,
    6,
    { OHM ("Rion", 20), OHM ("Rct", 20), CPE_Q ("Q"), EXPONENT ("n", 0.9), OHM ("Rd", 10),
      SECOND ("tau", 100) },
    tlm_d,
    FALSE },
  { { "TLMT", N_ ("Porous electrode with transmitting end, charge transfer"),
      "Z = √(Rion Zs) tanh √(Rion/Zs), Zs = Rct ∥ CPE" },
    NULL,
    PLATEAU_ELEMENT_LINE,
    PLATEAU_CIRCUIT_BOX,
    4,
    { OHM ("Rion", 20), OHM ("Rct", 20), CPE_Q ("Q"), EXPONENT ("n", 0.9) },
    tlm_rq_transmissive,
    FALSE },
  { { "TLM2Q", N_ ("Composite cathode, two rails, blocking interface"), "Zs CPE" },
    NULL,
    PLATEAU_ELEMENT_LINE,
    PLATEAU_CIRCUIT_BOX,
    4,
    { OHM ("Rion", 20), OHM ("Rel", 5), CPE_Q ("Q"), EXPONENT ("n", 0.9) },
    tlm2_q,
    FALSE },
  { { "TLM2RQ", N_ ("Composite cathode, two rails, charge transfer"), "Zs = Rct ∥ CPE" },
    NULL,
    PLATEAU_ELEMENT_LINE,
    PLATEAU_CIRCUIT_BOX,
    5,
    { OHM ("Rion", 20), OHM ("Rel", 5), OHM ("Rct", 20), CPE_Q ("Q"), EXPONENT ("n", 0.9) },
    tlm2_rq,
    FALSE },
  { { "TLM2D", N_ ("Composite cathode, two rails, charge transfer and diffusion"),
      "Zs = (Rct + finite-space Warburg) ∥ CPE" },
    NULL,
    PLATEAU_ELEMENT_LINE,
    PLATEAU_CIRCUIT_BOX,
    7,
    { OHM ("Rion", 20), OHM ("Rel", 5), OHM ("Rct", 20), CPE_Q ("Q"), EXPONENT ("n", 0.9),
      OHM ("Rd", 10), SECOND ("tau", 100) },
    tlm2_d,
    FALSE },
  { { "T", N_ ("Macrohomogeneous porous electrode"),
      "Z = A coth β/β + B/(β sinh β), β = √(a + jωb)" },
    NULL,
    PLATEAU_ELEMENT_LINE,
    PLATEAU_CIRCUIT_BOX,
    4,
    { OHM ("A", 10), OHM ("B", 5), { "a", "", 1, 0, INFINITY, TRUE }, SECOND ("b", 1) },
    paasch,
    FALSE },
};

const guint plateau_n_elements = G_N_ELEMENTS (plateau_elements);

/**
 * plateau_element_find:
 * @symbol: text that starts with a symbol
 * @length: length of the symbol
 *
 * Returns: (nullable): the element of exactly that symbol
 */
const PlateauElement *
plateau_element_find (const char *symbol, gsize length)
{
  for (guint i = 0; i < plateau_n_elements; i++)
    if (strlen (plateau_elements[i].info.symbol) == length
        && strncmp (plateau_elements[i].info.symbol, symbol, length) == 0)
      return &plateau_elements[i];
  /* longer symbols are known in any case: Zarc */
  for (guint i = 0; length >= 3 && i < plateau_n_elements; i++)
    if (strlen (plateau_elements[i].info.symbol) == length
        && g_ascii_strncasecmp (plateau_elements[i].info.symbol, symbol, length) == 0)
      return &plateau_elements[i];
  return NULL;
}

/**
 * plateau_element_find_boukamp:
 * @symbol: one letter of a circuit description code
 *
 * Returns: (nullable): the element it stands for
 */
const PlateauElement *
plateau_element_find_boukamp (char symbol)
{
  for (guint i = 0; i < plateau_n_elements; i++)
    if (plateau_elements[i].boukamp != NULL && plateau_elements[i].boukamp[0] == symbol)
      return &plateau_elements[i];
  return NULL;
}

/**
 * plateau_circuit_get_element_info:
 * @index: number of an element
 *
 * Returns: (nullable): symbol, name and formula of the element, %NULL beyond the last
 */
const PlateauCircuitElementInfo *
plateau_circuit_get_element_info (guint index)
{
  return index < plateau_n_elements ? &plateau_elements[index].info : NULL;
}
