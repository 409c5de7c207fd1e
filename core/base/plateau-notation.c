/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-notation.h"

#include <string.h>

/* Per kilogram the numbers stay: 1 mAh/g = 1 Ah/kg. */
static const struct
{
  const char *from, *to;
} per_kg_units[] = {
  { "mAh/g", "Ah/kg" },
  { "mWh/g", "Wh/kg" },
  { "mA/g", "A/kg" },
  { "mAh/(g V)", "Ah/(kg V)" },
};

/* The same in texts, plain and as markup. */
static const struct
{
  const char *from, *to;
} per_kg_texts[] = {
  { "mAh g⁻¹", "Ah kg⁻¹" },
  { "mAh g<sup>−1</sup>", "Ah kg<sup>−1</sup>" },
  { "mAh/g", "Ah/kg" },
  { "mWh g⁻¹", "Wh kg⁻¹" },
  { "mWh g<sup>−1</sup>", "Wh kg<sup>−1</sup>" },
  { "mA g⁻¹", "A kg⁻¹" },
  { "mA g<sup>−1</sup>", "A kg<sup>−1</sup>" },
  { "mA/g", "A/kg" },
};

/**
 * plateau_notation_from_json:
 * @manner: (nullable): an object that may have the booleans "per_kg" and "kelvin"
 *
 * Returns: the notation; what is not said is mAh/g and °C
 */
PlateauNotation
plateau_notation_from_json (JsonObject *manner)
{
  PlateauNotation notation = { FALSE, FALSE };
  if (manner == NULL)
    return notation;
  notation.per_kg = json_object_get_boolean_member_with_default (manner, "per_kg", FALSE);
  notation.kelvin = json_object_get_boolean_member_with_default (manner, "kelvin", FALSE);
  return notation;
}

/**
 * plateau_notation_get_unit:
 * @notation: (nullable): NULL: as the tables have it
 * @unit: a unit
 *
 * Returns: (transfer none): the unit that is shown in place of @unit, often itself
 */
const PlateauUnit *
plateau_notation_get_unit (const PlateauNotation *notation, const PlateauUnit *unit)
{
  if (notation == NULL || unit == NULL)
    return unit;
  if (notation->kelvin && strcmp (unit->id, "degC") == 0)
    return plateau_unit_find ("K");
  for (gsize i = 0; notation->per_kg && i < G_N_ELEMENTS (per_kg_units); i++)
    if (strcmp (unit->id, per_kg_units[i].from) == 0)
      return plateau_unit_find (per_kg_units[i].to);
  return unit;
}

/* "25 °C" becomes "298 K", with as many decimals. */
static guint
celsius_to_kelvin (GString *text)
{
  static const char degree[] = " °C";
  guint n = 0;
  for (char *at = strstr (text->str, degree); at != NULL; at = strstr (at, degree))
    {
      gsize end = (gsize) (at - text->str), start = end;
      int decimals = 0;
      while (start > 0 && (g_ascii_isdigit (text->str[start - 1]) || text->str[start - 1] == '.'))
        start--;
      const char *point = memchr (text->str + start, '.', end - start);
      if (point != NULL)
        decimals = (int) (at - point) - 1;
      gboolean minus = start > 0 && text->str[start - 1] == '-';
      gboolean typographic = start > 2 && g_str_has_prefix (text->str + start - 3, "−");
      at++;
      if (start == end)
        continue;
      double celsius = g_ascii_strtod (text->str + start, NULL);
      if (minus || typographic)
        celsius = -celsius;
      start -= minus ? 1 : typographic ? 3 : 0;
      g_autofree char *kelvin = g_strdup_printf ("%.*f K", decimals, celsius + 273.15);
      g_string_erase (text, (gssize) start, (gssize) (end + sizeof degree - 1 - start));
      g_string_insert (text, (gssize) start, kelvin);
      at = text->str + start;
      n++;
    }
  return n;
}

/**
 * plateau_notation_rewrite:
 * @text: (nullable): text or markup for people with numbers and units in it
 *
 * Returns: (transfer full) (nullable): the text in the units of @notation; NULL when nothing
 *   changes
 */
char *
plateau_notation_rewrite (const PlateauNotation *notation, const char *text)
{
  if (text == NULL || !(notation->per_kg || notation->kelvin))
    return NULL;
  g_autoptr (GString) out = g_string_new (text);
  guint n = notation->kelvin ? celsius_to_kelvin (out) : 0;
  for (gsize i = 0; notation->per_kg && i < G_N_ELEMENTS (per_kg_texts); i++)
    n += g_string_replace (out, per_kg_texts[i].from, per_kg_texts[i].to, 0);
  return n > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

static void
add_converted_column (PlateauTable *out, const PlateauNotation *notation, PlateauTable *table,
                      guint c)
{
  const PlateauUnit *unit = plateau_notation_get_unit (notation, plateau_table_get_unit (table, c));
  const char *label = plateau_table_get_label (table, c);
  g_autofree char *other = plateau_notation_rewrite (notation, label);
  plateau_table_add_column (out, plateau_table_get_key (table, c), other != NULL ? other : label,
                            unit != NULL ? unit->id : NULL,
                            plateau_table_get_column_type (table, c),
                            plateau_table_get_digits (table, c));
}

/* Names are those of a person: "NMC 800 °C" is not rewritten. */
static gboolean
holds_names (PlateauTable *table, guint c)
{
  static const char *const keys[] = { "cell", "sample", "family", "file", "series",
                                      "name", "test",   "tags",   NULL };
  return g_strv_contains (keys, plateau_table_get_key (table, c));
}

static void
convert_cell (PlateauTable *out, const PlateauNotation *notation, PlateauTable *table, guint row,
              guint c)
{
  const PlateauUnit *from = plateau_table_get_unit (table, c),
                    *to = plateau_table_get_unit (out, c);
  if (plateau_table_get_column_type (table, c) == PLATEAU_COLUMN_TEXT)
    {
      const char *text = plateau_table_get_text (table, row, c);
      g_autofree char *other
          = holds_names (table, c) ? NULL : plateau_notation_rewrite (notation, text);
      plateau_table_set_text (out, row, c, other != NULL ? other : text);
      return;
    }
  double value = plateau_table_get_number (table, row, c);
  /* units of equal size: the number stays to the last digit */
  if (from != to && from->factor == to->factor)
    value += from->offset - to->offset;
  else if (from != to)
    value = plateau_unit_from_si (to, plateau_unit_to_si (from, value));
  plateau_table_set_number (out, row, c, value);
}

/**
 * plateau_notation_convert_table:
 * @notation: (nullable): NULL: as it is
 *
 * The keys of columns stay, whatever unit they name.
 *
 * Returns: (transfer full): @table itself, or a copy with the heads, numbers and texts of the
 *   notation
 */
PlateauTable *
plateau_notation_convert_table (const PlateauNotation *notation, PlateauTable *table)
{
  guint n_columns = plateau_table_get_n_columns (table);
  if (notation == NULL || !(notation->per_kg || notation->kelvin))
    return plateau_table_ref (table);
  PlateauTable *out = plateau_table_new (plateau_table_get_title (table));
  for (guint c = 0; c < n_columns; c++)
    add_converted_column (out, notation, table, c);
  for (guint r = 0; r < plateau_table_get_n_rows (table); r++)
    {
      guint row = plateau_table_add_row (out);
      plateau_table_set_row_tag (out, row, plateau_table_get_row_tag (table, r));
      for (guint c = 0; c < n_columns; c++)
        convert_cell (out, notation, table, r, c);
    }
  return out;
}
