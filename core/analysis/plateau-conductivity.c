/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-conductivity-private.h"

#include "base/plateau-unit.h"

#include <glib/gi18n.h>
#include <math.h>

static const char *const forms[] = { "sigma-t", "sigma", NULL };
static const char *const form_labels[] = { N_ ("ln(σT) against 1/T"), N_ ("ln σ against 1/T"),
                                           NULL };

static const char *const quantities[] = { "conductivity", "charge-transfer", "diffusion", NULL };
static const char *const quantity_labels[] = { N_ ("Conductivity"), N_ ("Charge transfer"),
                                               N_ ("Diffusion"), NULL };

/* How each quantity is shown, by PlateauTransport. */
static const struct
{
  const char *title, *key, *unit;
  const char *forms[2]; /* by PlateauArrheniusForm */
} shown[] = {
  { N_ ("Conductivity"), "conductivity_mS_cm", "mS/cm", { "ln(sigma T)", "ln(sigma)" } },
  { N_ ("Charge-transfer resistance"),
    "areal_resistance_ohm_cm2",
    "ohm cm2",
    { "ln(T/R)", "ln(1/R)" } },
  { N_ ("Diffusion coefficient"), "diffusion_cm2_s", "cm2/s", { "ln(D)", "ln(D)" } },
};

const PlateauOption plateau_conductivity_option_table[] = {
  { "quantity", N_ ("Quantity"),
    N_ ("What is followed over temperature: the conductivity of pellets, the charge transfer of "
        "cells by their spectra, or diffusion by titrations"),
    PLATEAU_OPTION_CHOICE, G_STRUCT_OFFSET (PlateauConductivityOptions, quantity), NULL, 0, 0,
    quantities, quantity_labels },
  { "form", N_ ("Arrhenius form"),
    N_ ("What is linear in 1/T: ln (σ T) = ln A − E_a / (k_B T) for hopping of ions, or ln σ; the "
        "two energies differ by about k_B T, 26 meV at 25 °C"),
    PLATEAU_OPTION_CHOICE, G_STRUCT_OFFSET (PlateauConductivityOptions, form), NULL, 0, 0, forms,
    form_labels },
  { "exclude", N_ ("Left out"),
    N_ ("Points that are not in the line: their numbers, 1,4, or cell and number, pellet A:2"),
    PLATEAU_OPTION_TEXT, G_STRUCT_OFFSET (PlateauConductivityOptions, excluded) },
  { "circuit", N_ ("Circuit"),
    N_ ("The circuit whose fit gives the resistance, for example p(R1,CPE1)-CPE2; empty: the "
        "intercept with the real axis"),
    PLATEAU_OPTION_TEXT, G_STRUCT_OFFSET (PlateauConductivityOptions, circuit) },
  { "elements", N_ ("Resistances"),
    N_ ("Which resistances of the circuit are added up, for example R1,R2; empty: all"),
    PLATEAU_OPTION_TEXT, G_STRUCT_OFFSET (PlateauConductivityOptions, elements) },
  { "process", N_ ("Process (s)"),
    N_ ("Relaxation times between which charge transfer is looked for near 25 °C, when no circuit "
        "is given: 1e-3:1e-1; it is followed from there to the other temperatures"),
    PLATEAU_OPTION_TEXT, G_STRUCT_OFFSET (PlateauConductivityOptions, process) },
  { NULL },
};

/**
 * plateau_conductivity_takes:
 * @options: which quantity is wanted
 * @cell: a cell
 *
 * Pellets have spectra and a thickness; cells with a charge transfer have spectra and, should a
 * thickness be known, a reference offset; titrations are told by their kind.
 *
 * Returns: whether @cell can have points of the quantity
 */
gboolean
plateau_conductivity_takes (const PlateauConductivityOptions *options, const PlateauStudyCell *cell)
{
  gboolean spectra = (cell->kinds & PLATEAU_KIND_EIS) != 0;
  gboolean has_electrodes = fabs (cell->reference_offset) > 0;
  if (options->quantity == PLATEAU_TRANSPORT_DIFFUSION)
    return (cell->kinds & PLATEAU_KIND_GITT) != 0;
  if (options->quantity == PLATEAU_TRANSPORT_CHARGE_TRANSFER)
    return spectra && (has_electrodes || !(cell->thickness > 0));
  return spectra && cell->thickness > 0;
}

/**
 * plateau_conductivity_get_unit:
 *
 * Returns: (transfer none): the id of the unit that values are shown in; %NULL: 1/s, of relative
 *   diffusion
 */
const char *
plateau_conductivity_get_unit (PlateauConductivity *conductivity)
{
  return conductivity->relative ? NULL : shown[conductivity->quantity].unit;
}

/**
 * plateau_conductivity_get_title:
 *
 * Returns: (transfer none): the quantity, translated
 */
const char *
plateau_conductivity_get_title (PlateauConductivity *conductivity)
{
  return conductivity->relative ? _ ("Relative diffusion D/L²")
                                : _ (shown[conductivity->quantity].title);
}

/**
 * plateau_conductivity_get_form:
 *
 * Returns: (transfer none): what is linear in 1/T, as files and tables name it
 */
const char *
plateau_conductivity_get_form (PlateauConductivity *conductivity)
{
  return shown[conductivity->quantity].forms[conductivity->form];
}

/**
 * plateau_conductivity_show:
 * @value: of a point, SI
 *
 * Returns: the value in its shown unit; of charge transfer the areal resistance
 */
double
plateau_conductivity_show (PlateauConductivity *conductivity, double value)
{
  const char *unit = plateau_conductivity_get_unit (conductivity);
  if (conductivity->quantity == PLATEAU_TRANSPORT_CHARGE_TRANSFER)
    value = 1 / value;
  return unit != NULL ? plateau_from_si (value, unit) : value;
}

/**
 * plateau_conductivity_table:
 *
 * Returns: (transfer full): one row a point, tagged with its number
 */
PlateauTable *
plateau_conductivity_table (PlateauConductivity *conductivity)
{
  PlateauTable *table = plateau_table_new (plateau_conductivity_get_title (conductivity));
  gboolean resistance = conductivity->quantity != PLATEAU_TRANSPORT_DIFFUSION;
  plateau_table_add_column (table, "file", _ ("Of"), "", PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (table, "temperature_C", _ ("Temperature"), "degC",
                            PLATEAU_COLUMN_NUMBER, 5);
  if (resistance)
    {
      plateau_table_add_column (table, "resistance_ohm", _ ("Resistance"), "ohm",
                                PLATEAU_COLUMN_NUMBER, 5);
      plateau_table_add_column (table, "resistance_stderr_ohm", _ ("Standard error"), "ohm",
                                PLATEAU_COLUMN_NUMBER, 3);
    }
  plateau_table_add_column (
      table, conductivity->relative ? "relative_diffusion_1_s" : shown[conductivity->quantity].key,
      plateau_conductivity_get_title (conductivity), plateau_conductivity_get_unit (conductivity),
      PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "used", _ ("In the line"), "", PLATEAU_COLUMN_BOOLEAN, 0);
  for (guint i = 0; i < conductivity->n_points; i++)
    {
      const PlateauConductivityPoint *point = &conductivity->points[i];
      guint row = plateau_table_add_row (table), column = 0;
      plateau_table_set_row_tag (table, row, i + 1);
      plateau_table_set_text (table, row, column++, point->label);
      plateau_table_set_number (table, row, column++, plateau_from_si (point->temperature, "degC"));
      if (resistance)
        {
          plateau_table_set_number (table, row, column++, point->resistance);
          plateau_table_set_number (table, row, column++, point->resistance_stderr);
        }
      plateau_table_set_number (table, row, column++,
                                plateau_conductivity_show (conductivity, point->value));
      plateau_table_set_number (table, row, column++, point->used);
    }
  return table;
}
