/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/plateau-field.h"

#include "base/plateau-error.h"
#include "base/plateau-number.h"
#include "base/plateau-unit.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define CELL FALSE
#define SAMPLE TRUE

/* The looks of core/figure, told by their colours; each has its own dash and marker too. */
static const PlateauFieldChoice looks[] = { { "", N_ ("By role") },
                                            { "pristine", N_ ("Blue, dashed") },
                                            { "modified", N_ ("Orange") },
                                            { "control", N_ ("Green, dash-dotted") },
                                            { "variant1", N_ ("Pink") },
                                            { "variant2", N_ ("Gold, long dashes") },
                                            { "variant3", N_ ("Sky blue, dotted") },
                                            { "variant4", N_ ("Violet, dash-dotted") },
                                            { "none", N_ ("Dark grey") },
                                            { NULL, NULL } };

static const PlateauFieldChoice geometries[] = { { "", N_ ("As set for the project") },
                                                 { "planar", N_ ("Planar, semi-infinite") },
                                                 { "sphere", N_ ("Sphere, finite") },
                                                 { NULL, NULL } };

static const PlateauField fields[] = {
  { "cell", N_ ("Cell"), NULL, CELL, "name", PLATEAU_FIELD_TEXT,
    N_ ("Name of the assembled cell") },
  { "sample", N_ ("Sample"), NULL, SAMPLE, "name", PLATEAU_FIELD_TEXT,
    N_ ("Name of the cathode material; cells of one sample are replicates") },
  { "family", N_ ("Family"), NULL, SAMPLE, "family", PLATEAU_FIELD_TEXT,
    N_ ("Samples of one family are compared with each other") },
  { "role", N_ ("Role"), NULL, SAMPLE, "role", PLATEAU_FIELD_ROLE,
    N_ ("Pristine, control or modified") },
  { "look", N_ ("Look"), NULL, SAMPLE, "colour", PLATEAU_FIELD_CHOICE,
    N_ ("Colour, dash and marker of the sample's curves in every plot"), looks },
  { "test", N_ ("Test"), NULL, CELL, "test", PLATEAU_FIELD_TEXT,
    N_ ("What the cell was made to do: rate, 0.2C, GITT. Cells of one sample and one test are "
        "replicates") },
  { "formula", N_ ("Formula"), NULL, SAMPLE, "formula", PLATEAU_FIELD_TEXT,
    N_ ("Chemical formula of the cathode material") },
  { "mass_mg", N_ ("Active mass"), "mg", CELL, "active-mass", PLATEAU_FIELD_NUMBER,
    N_ ("Mass of the active material alone; without it capacities stay in mAh") },
  { "area_cm2", N_ ("Electrode area"), "cm2", CELL, "area", PLATEAU_FIELD_NUMBER,
    N_ ("Geometric area of the working electrode") },
  { "thickness_um", N_ ("Thickness"), "um", CELL, "thickness", PLATEAU_FIELD_NUMBER,
    N_ ("Thickness of the layer or pellet") },
  { "one_c_mAh_g", N_ ("1C means"), "mA/g", SAMPLE, "specific-current-1c", PLATEAU_FIELD_NUMBER,
    N_ ("The specific current that is called 1C") },
  { "offset_V", N_ ("Reference offset"), "V", CELL, "reference-offset", PLATEAU_FIELD_NUMBER,
    N_ ("Added to the measured potential: 0.62 V for Li–In against Li⁺/Li") },
  { "reference", N_ ("Potential against"), NULL, CELL, "reference-name", PLATEAU_FIELD_TEXT,
    N_ ("What potentials are against once the offset is added: Li⁺/Li") },
  { "electrolyte", N_ ("Electrolyte"), NULL, CELL, "electrolyte", PLATEAU_FIELD_TEXT,
    N_ ("Electrolyte of the cell; cells with different ones are compared apart") },
  { "anode", N_ ("Anode"), NULL, CELL, "anode", PLATEAU_FIELD_TEXT,
    N_ ("Negative electrode of the cell, such as Li–In, Li or graphite") },
  { "temperature_C", N_ ("Temperature"), "degC", CELL, "temperature", PLATEAU_FIELD_NUMBER,
    N_ ("Temperature of the test; only cells at the same are compared") },
  { "pressure_MPa", N_ ("Stack pressure"), "MPa", CELL, "pressure", PLATEAU_FIELD_NUMBER,
    N_ ("Pressure on the stack of the cell during the test") },
  { "composite_mass_mg", N_ ("Composite mass"), "mg", CELL, "composite-mass", PLATEAU_FIELD_NUMBER,
    N_ ("Mass of the whole cathode composite") },
  { "active_fraction", N_ ("Active fraction"), "1", CELL, "active-fraction", PLATEAU_FIELD_NUMBER,
    N_ ("Share of active material in the composite, 0 to 1") },
  { "channel", N_ ("Channel"), NULL, CELL, "channel", PLATEAU_FIELD_TEXT,
    N_ ("Channel of the instrument; pasted tables find their cell by it") },
  { "variable_name", N_ ("Variable"), NULL, SAMPLE, "variable-name", PLATEAU_FIELD_TEXT,
    N_ ("What was changed from sample to sample: time in H2, coating") },
  { "variable_value", N_ ("Value"), NULL, SAMPLE, "variable-value", PLATEAU_FIELD_NUMBER,
    N_ ("Value of the variable for this sample; plots over the variable use it") },
  { "variable_unit", N_ ("Unit"), NULL, SAMPLE, "variable-unit", PLATEAU_FIELD_TEXT,
    N_ ("Unit of the variable as it is written: min, wt%, x") },
  { "molar_mass_g_mol", N_ ("Molar mass"), "g/mol", SAMPLE, "molar-mass", PLATEAU_FIELD_NUMBER,
    N_ ("Of the active material, for diffusion; when empty it follows from the formula") },
  { "molar_volume_cm3_mol", N_ ("Molar volume"), "cm3/mol", SAMPLE, "molar-volume",
    PLATEAU_FIELD_NUMBER, N_ ("Molar volume of the active material, for diffusion") },
  { "radius_um", N_ ("Particle radius"), "um", SAMPLE, "particle-radius", PLATEAU_FIELD_NUMBER,
    N_ ("Volume over contact area is then a third of the radius") },
  { "specific_area_m2_g", N_ ("Specific surface area"), "m2/g", SAMPLE, "specific-area",
    PLATEAU_FIELD_NUMBER, N_ ("Contact area per mass of the active material, by BET for example") },
  { "contact_area_cm2", N_ ("Contact area"), "cm2", SAMPLE, "contact-area", PLATEAU_FIELD_NUMBER,
    N_ ("Area between active material and electrolyte in one cell") },
  { "gitt_geometry", N_ ("Particles in GITT"), NULL, SAMPLE, "gitt-geometry", PLATEAU_FIELD_CHOICE,
    N_ ("Shape of the particles in the evaluation of titrations"), geometries },
  { "resistance_circuit", N_ ("Circuit"), NULL, SAMPLE, "resistance-circuit", PLATEAU_FIELD_TEXT,
    N_ ("The circuit whose fit gives the resistance of this sample's spectra, as p(R1,CPE1)-CPE2; "
        "“intercept”: none; empty: as set for the project") },
  { "resistance_elements", N_ ("Resistances"), NULL, SAMPLE, "resistance-elements",
    PLATEAU_FIELD_TEXT, N_ ("Which of the circuit's resistances are added up, as R1,R2") },
  { "tags", N_ ("Tags"), NULL, CELL, "tags", PLATEAU_FIELD_TEXT, N_ ("Separated by commas") },
  { "note", N_ ("Note"), NULL, CELL, "note", PLATEAU_FIELD_TEXT,
    N_ ("Free text; it stands in the workbook with the cell") },
  { "excluded", N_ ("Left out"), NULL, CELL, "excluded", PLATEAU_FIELD_BOOLEAN,
    N_ ("Left out of means and comparisons, never deleted") },
  { "exclusion_reason", N_ ("Reason"), NULL, CELL, "exclusion-reason", PLATEAU_FIELD_TEXT,
    N_ ("Why the cell is left out") },
};

/**
 * plateau_field_list:
 * @n_fields: (out): how many
 *
 * Returns: (transfer none): the fields in the order of the sheet
 */
const PlateauField *
plateau_field_list (guint *n_fields)
{
  *n_fields = G_N_ELEMENTS (fields);
  return fields;
}

/**
 * plateau_field_find:
 *
 * Returns: (transfer none) (nullable): the field whose sheet column is called @column, or NULL
 */
const PlateauField *
plateau_field_find (const char *column)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (strcmp (fields[i].column, column) == 0)
      return &fields[i];
  return NULL;
}

/**
 * plateau_field_get_object:
 *
 * Returns: (transfer none) (nullable): the cell or its sample; NULL when the cell has no sample
 */
GObject *
plateau_field_get_object (const PlateauField *field, PlateauCell *cell)
{
  return field->of_sample ? (GObject *) plateau_cell_get_sample (cell) : G_OBJECT (cell);
}

/**
 * plateau_field_get_number:
 *
 * Returns: the value of a number field in its own unit, NaN when absent
 */
double
plateau_field_get_number (const PlateauField *field, PlateauCell *cell)
{
  GObject *object = plateau_field_get_object (field, cell);
  double value = NAN;
  g_return_val_if_fail (field->type == PLATEAU_FIELD_NUMBER, NAN);
  if (object != NULL)
    g_object_get (object, field->property, &value, NULL);
  return field->unit != NULL ? plateau_from_si (value, field->unit) : value;
}

/**
 * plateau_field_get_text:
 *
 * Returns: (transfer full): the value as it stands in the sheet; "" when absent
 */
char *
plateau_field_get_text (const PlateauField *field, PlateauCell *cell)
{
  GObject *object = plateau_field_get_object (field, cell);
  if (object == NULL)
    return g_strdup ("");
  switch (field->type)
    {
    case PLATEAU_FIELD_NUMBER:
      return plateau_format_significant (plateau_field_get_number (field, cell), 12);
    case PLATEAU_FIELD_ROLE:
      return g_strdup (plateau_role_get_nick (plateau_sample_get_role (PLATEAU_SAMPLE (object))));
    case PLATEAU_FIELD_BOOLEAN:
      {
        gboolean value;
        g_object_get (object, field->property, &value, NULL);
        return g_strdup (value ? "true" : "");
      }
    case PLATEAU_FIELD_CHOICE:
    case PLATEAU_FIELD_TEXT:
      {
        char *text = NULL;
        g_object_get (object, field->property, &text, NULL);
        return text;
      }
    }
  g_return_val_if_reached (NULL);
}

/**
 * plateau_field_get_shown:
 *
 * Returns: (transfer full): the value as a person reads it, words of a fixed set in the person's
 *   language; plateau_field_parse() takes it back
 */
char *
plateau_field_get_shown (const PlateauField *field, PlateauCell *cell)
{
  g_autofree char *text = plateau_field_get_text (field, cell);
  PlateauRole role;
  if (text == NULL || *text == '\0')
    return g_strdup ("");
  if (field->type == PLATEAU_FIELD_ROLE && plateau_role_from_text (text, &role))
    return g_strdup (plateau_role_get_label (role));
  if (field->type == PLATEAU_FIELD_BOOLEAN)
    return g_strdup (_ ("yes"));
  for (const PlateauFieldChoice *choice = field->choices;
       field->type == PLATEAU_FIELD_CHOICE && choice->text != NULL; choice++)
    if (strcmp (choice->text, text) == 0)
      return g_strdup (_ (choice->label));
  return g_steal_pointer (&text);
}

static gboolean
parse_number (const PlateauField *field, const char *text, GValue *value, GError **error)
{
  double number = NAN;
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  if (stripped[0] != '\0' && !plateau_parse_number (stripped, &number))
    {
      g_set_error (error, PLATEAU_DATA_ERROR, PLATEAU_DATA_ERROR_INVALID,
                   _ ("%s is a number%s%s, not “%s”."), _ (field->label),
                   field->unit != NULL ? _ (" in ") : "", field->unit != NULL ? field->unit : "",
                   text);
      return FALSE;
    }
  gboolean must_be_positive =
      strstr ("mass_mg area_cm2 thickness_um one_c_mAh_g composite_mass_mg molar_mass_g_mol "
              "molar_volume_cm3_mol radius_um specific_area_m2_g contact_area_cm2",
              field->column)
      != NULL;
  if (must_be_positive && number <= 0)
    {
      g_set_error (error, PLATEAU_DATA_ERROR, PLATEAU_DATA_ERROR_INVALID,
                   _ ("%s must be larger than 0, not %s; leave it empty when it is not known."),
                   _ (field->label), text);
      return FALSE;
    }
  g_value_init (value, G_TYPE_DOUBLE);
  g_value_set_double (value, field->unit != NULL ? plateau_to_si (number, field->unit) : number);
  return TRUE;
}

static gboolean
parse_choice (const PlateauField *field, const char *text, GValue *value, GError **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autoptr (GString) known = g_string_new (NULL);
  for (const PlateauFieldChoice *choice = field->choices; choice->text != NULL; choice++)
    {
      if (g_ascii_strcasecmp (choice->text, stripped) == 0
          || g_utf8_collate (_ (choice->label), stripped) == 0)
        {
          g_value_init (value, G_TYPE_STRING);
          g_value_set_string (value, choice->text);
          return TRUE;
        }
      if (*choice->text != '\0')
        g_string_append_printf (known, "%s%s", known->len > 0 ? ", " : "", choice->text);
    }
  g_set_error (error, PLATEAU_DATA_ERROR, PLATEAU_DATA_ERROR_INVALID,
               _ ("%s is one of %s, not “%s”; leave it empty for the usual one."), _ (field->label),
               known->str, text);
  return FALSE;
}

/**
 * plateau_field_parse:
 * @text: what a person typed or pasted, in the field's unit; "" means absent
 * @value: an unset GValue; gets the value of the property in SI
 *
 * Returns: FALSE with PLATEAU_DATA_ERROR_INVALID when @text cannot be meant; @value stays unset
 */
gboolean
plateau_field_parse (const PlateauField *field, const char *text, GValue *value, GError **error)
{
  switch (field->type)
    {
    case PLATEAU_FIELD_NUMBER:
      return parse_number (field, text, value, error);

    case PLATEAU_FIELD_ROLE:
      {
        PlateauRole role;
        if (!plateau_role_from_text (text, &role))
          {
            g_set_error (error, PLATEAU_DATA_ERROR, PLATEAU_DATA_ERROR_INVALID,
                         _ ("A role is pristine, control or modified, not “%s”."), text);
            return FALSE;
          }
        g_value_init (value, PLATEAU_TYPE_ROLE);
        g_value_set_enum (value, role);
        return TRUE;
      }

    case PLATEAU_FIELD_BOOLEAN:
      g_value_init (value, G_TYPE_BOOLEAN);
      g_value_set_boolean (value, g_ascii_strcasecmp (text, "true") == 0 || strcmp (text, "1") == 0
                                      || g_ascii_strcasecmp (text, "yes") == 0
                                      || g_utf8_collate (text, _ ("yes")) == 0);
      return TRUE;

    case PLATEAU_FIELD_CHOICE:
      return parse_choice (field, text, value, error);

    case PLATEAU_FIELD_TEXT:
      {
        g_autofree char *stripped = g_strstrip (g_strdup (text));
        g_value_init (value, G_TYPE_STRING);
        g_value_set_string (value, stripped);
        return TRUE;
      }
    }
  g_return_val_if_reached (FALSE);
}
