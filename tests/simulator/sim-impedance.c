/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-impedance.h"

#include <math.h>
#include <string.h>

static const struct
{
  const char *name;
  SimElementKind kind;
  const char *value; /* its member */
} kinds[] = {
  { "resistor", SIM_ELEMENT_RESISTOR, "R_ohm" },
  { "inductor", SIM_ELEMENT_INDUCTOR, "L_H" },
  { "zarc", SIM_ELEMENT_ZARC, "R_ohm" },
  { "warburg", SIM_ELEMENT_WARBURG, "R_ohm" },
  { "blocking", SIM_ELEMENT_BLOCKING, "Q_F_s" },
  { "composite", SIM_ELEMENT_COMPOSITE, "R_ohm" },
  { "conductor", SIM_ELEMENT_CONDUCTOR, "conductivity_mS_cm" },
};

/**
 * sim_elements_read:
 * @list: objects with kind, R_ohm (or L_H, Q_F_s), tau_s, n and, of a composite, R_ionic_ohm
 * @points_name: the course to take of values that change, "at" or "discharge"
 *
 * Returns: (transfer full): SimElement in series
 */
GArray *
sim_elements_read (SimParameters *parameters, JsonArray *list, const char *points_name)
{
  GArray *elements = g_array_new (FALSE, TRUE, sizeof (SimElement));
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *object = json_array_get_object_element (list, i);
      const char *name = json_object_get_string_member (object, "kind");
      for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
        if (strcmp (kinds[k].name, name) == 0)
          {
            SimElement element = { .kind = kinds[k].kind };
            sim_table_read (&element.value, parameters, object, kinds[k].value, points_name);
            sim_table_read (&element.tau, parameters, object, "tau_s", points_name);
            sim_table_read (&element.exponent, parameters, object, "n", points_name);
            sim_table_read (&element.ionic, parameters, object, "R_ionic_ohm", points_name);
            sim_table_read (&element.energy, parameters, object, "activation_energy_eV", "at");
            sim_table_read (&element.capacitance, parameters, object, "C_F", "at");
            if (element.kind == SIM_ELEMENT_CONDUCTOR)
              element.cell_constant = sim_number (parameters, "thickness_um") * 1e-4
                                      / sim_number (parameters, "area_cm2");
            g_array_append_val (elements, element);
          }
    }
  return elements;
}

/* sigma T follows Arrhenius' law; @x is in degrees C. */
static double complex
conductor (const SimElement *element, double omega, double x)
{
  double kelvin = x + 273.15, room = 298.15, energy = sim_table_at (&element->energy, x);
  double sigma = 1e-3 * sim_table_at (&element->value, x) * room / kelvin
                 * exp (-energy / 8.617333262e-5 * (1 / kelvin - 1 / room));
  double resistance = element->cell_constant / sigma;
  return resistance / (1 + I * omega * resistance * sim_table_at (&element->capacitance, x));
}

static double complex
impedance_of (const SimElement *element, double omega, double x)
{
  double value = sim_table_at (&element->value, x);
  double n = element->exponent.n > 0 ? sim_table_at (&element->exponent, x) : 1;
  double tau = element->tau.n > 0 ? sim_table_at (&element->tau, x) : 0;
  double complex zarc = value / (1 + cpow (I * omega * tau, n));
  double complex root = csqrt (I * omega * tau);
  double ionic;
  switch (element->kind)
    {
    case SIM_ELEMENT_RESISTOR:
      return value;
    case SIM_ELEMENT_INDUCTOR:
      return I * omega * value;
    case SIM_ELEMENT_ZARC:
      return zarc;
    case SIM_ELEMENT_WARBURG:
      return value * ctanh (root) / root;
    case SIM_ELEMENT_BLOCKING:
      return 1 / (value * cpow (I * omega, n));
    case SIM_ELEMENT_COMPOSITE:
      /* de Levie's line: sqrt (R_ion Z) coth (sqrt (R_ion / Z)). */
      ionic = sim_table_at (&element->ionic, x);
      return csqrt (ionic * zarc) / ctanh (csqrt (ionic / zarc));
    case SIM_ELEMENT_CONDUCTOR:
      return conductor (element, omega, x);
    default:
      return 0;
    }
}

/**
 * sim_elements_impedance:
 * @x: where on the courses of the values: V vs Li+/Li, cycle, hours or degrees C
 */
double complex
sim_elements_impedance (const GArray *elements, double frequency, double x)
{
  double complex sum = 0;
  for (guint i = 0; i < elements->len; i++)
    sum += impedance_of (&g_array_index (elements, SimElement, i), 2 * G_PI * frequency, x);
  return sum;
}
