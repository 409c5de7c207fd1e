/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-gitt.h"

#include "base/plateau-unit.h"

#include <glib/gi18n.h>
#include <math.h>

/* A column of the table: an SI member of the pulse, and the unit it is shown in. */
typedef struct
{
  const char *key, *label, *unit;
  PlateauColumnType type;
  int digits;
  gsize offset;
  gboolean potential; /* gets the reference offset */
} Column;

#define M(name) G_STRUCT_OFFSET (PlateauGittPulse, name)
#define NUMBER PLATEAU_COLUMN_NUMBER

static const Column columns[] = {
  { "start_s", N_ ("Start"), "s", NUMBER, 8, M (start), FALSE },
  { "duration_s", N_ ("Duration"), "s", NUMBER, 6, M (duration), FALSE },
  { "rest_s", N_ ("Rest"), "s", NUMBER, 6, M (rest), FALSE },
  { "current_mA", N_ ("Current"), "mA", NUMBER, 6, M (current), FALSE },
  { "relaxed_before_V", N_ ("Relaxed before"), "V", NUMBER, 6, M (relaxed_before), TRUE },
  { "end_of_pulse_V", N_ ("End of pulse"), "V", NUMBER, 6, M (end_of_pulse), TRUE },
  { "relaxed_after_V", N_ ("Relaxed after"), "V", NUMBER, 6, M (relaxed_after), TRUE },
  { "delta_es_V", N_ ("ΔE_s"), "V", NUMBER, 5, M (delta_es), FALSE },
  { "delta_et_V", N_ ("ΔE_t"), "V", NUMBER, 5, M (delta_et), FALSE },
  { "ir_drop_V", N_ ("IR drop"), "V", NUMBER, 5, M (ir_drop), FALSE },
  { "resistance_ohm", N_ ("Resistance"), "ohm", NUMBER, 5, M (resistance), FALSE },
  { "charge_transfer_V", N_ ("Charge-transfer step"), "V", NUMBER, 5, M (charge_transfer), FALSE },
  { "overpotential_V", N_ ("Overpotential"), "V", NUMBER, 5, M (overpotential), FALSE },
  { "total_resistance_ohm", N_ ("Total resistance"), "ohm", NUMBER, 5, M (total_resistance),
    FALSE },
  { "diffusion_cm2_s", N_ ("D"), "cm2/s", NUMBER, 4, M (diffusion), FALSE },
  { "sqrt_fit_r2", N_ ("r²"), "", NUMBER, 6, M (fit_r2), FALSE },
  { "diffusion_time_over_tau", N_ ("L²/(Dτ)"), "", NUMBER, 4, M (diffusion_time_over_tau), FALSE },
  { "composition_x", N_ ("x in LiₓM"), "", NUMBER, 5, M (composition), FALSE },
  { "capacity_mAh", N_ ("Charge passed"), "mAh", NUMBER, 6, M (charge), FALSE },
};

static void
add_columns (PlateauTable *table)
{
  plateau_table_add_column (table, "index", _ ("Pulse"), "", PLATEAU_COLUMN_INTEGER, 0);
  plateau_table_add_column (table, "direction", _ ("Direction"), "", PLATEAU_COLUMN_TEXT, 0);
  for (guint c = 0; c < G_N_ELEMENTS (columns); c++)
    plateau_table_add_column (table, columns[c].key, _ (columns[c].label), columns[c].unit,
                              columns[c].type, columns[c].digits);
  plateau_table_add_column (table, "capacity_mAh_g", _ ("Specific capacity"), "mAh/g", NUMBER, 5);
  plateau_table_add_column (table, "relative_diffusion_1_s", _ ("D/L² (1/s)"), "", NUMBER, 4);
  plateau_table_add_column (table, "flags", _ ("Doubts"), "", PLATEAU_COLUMN_TEXT, 0);
}

/**
 * plateau_gitt_set_doubts:
 * @flags: PlateauGittFlags of the row's pulse
 *
 * Writes what is doubtful about a pulse into a column of texts: the stable names of the flags,
 * and for people what they mean.
 */
void
plateau_gitt_set_doubts (PlateauTable *table, guint row, guint column, guint flags)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GString) labels = g_string_new (NULL);
  for (guint i = 0; i < PLATEAU_GITT_N_FLAGS; i++)
    {
      PlateauGittFlags flag = (PlateauGittFlags) (1u << i);
      if ((flags & flag) == 0)
        continue;
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                              plateau_gitt_flag_nick (flag));
      g_string_append_printf (labels, "%s%s", labels->len > 0 ? "; " : "",
                              plateau_gitt_flag_label (flag));
    }
  plateau_table_set_word (table, row, column, names->str, labels->str);
}

/**
 * plateau_gitt_table:
 * @active_mass: kg, or NaN
 * @offset: V added to potentials
 *
 * Returns: (transfer full): one row a pulse, tagged with its index; keys as in the command line
 */
PlateauTable *
plateau_gitt_table (PlateauGitt *gitt, double active_mass, double offset)
{
  PlateauTable *table = plateau_table_new (_ ("GITT"));
  add_columns (table);
  for (guint i = 0; i < gitt->n_pulses; i++)
    {
      const PlateauGittPulse *pulse = &gitt->pulses[i];
      guint row = plateau_table_add_row (table), column = 0;
      plateau_table_set_row_tag (table, row, pulse->index);
      plateau_table_set_number (table, row, column++, pulse->index);
      plateau_table_set_word (table, row, column++, pulse->direction > 0 ? "charge" : "discharge",
                              pulse->direction > 0 ? _ ("charge") : _ ("discharge"));
      for (guint c = 0; c < G_N_ELEMENTS (columns); c++)
        {
          double value = G_STRUCT_MEMBER (double, pulse, columns[c].offset);
          if (columns[c].potential)
            value += offset;
          plateau_table_set_number (table, row, column++, plateau_from_si (value, columns[c].unit));
        }
      plateau_table_set_number (table, row, column++,
                                plateau_from_si (pulse->charge / active_mass, "mAh/g"));
      plateau_table_set_number (table, row, column++, pulse->relative_diffusion);
      plateau_gitt_set_doubts (table, row, column++, pulse->flags);
    }
  return table;
}

/**
 * plateau_gitt_dropped_table:
 *
 * Returns: (transfer full): one row a pulse that was not used, with the reason
 */
PlateauTable *
plateau_gitt_dropped_table (PlateauGitt *gitt)
{
  PlateauTable *table = plateau_table_new (_ ("Pulses not used"));
  plateau_table_add_column (table, "start_s", _ ("Start"), "s", NUMBER, 8);
  plateau_table_add_column (table, "duration_s", _ ("Duration"), "s", NUMBER, 6);
  plateau_table_add_column (table, "current_mA", _ ("Current"), "mA", NUMBER, 5);
  plateau_table_add_column (table, "reason", _ ("Reason"), "", PLATEAU_COLUMN_TEXT, 0);
  for (guint i = 0; i < gitt->n_dropped; i++)
    {
      const PlateauGittDropped *dropped = &gitt->dropped[i];
      guint row = plateau_table_add_row (table);
      plateau_table_set_number (table, row, 0, dropped->start);
      plateau_table_set_number (table, row, 1, dropped->duration);
      plateau_table_set_number (table, row, 2, plateau_from_si (dropped->current, "mA"));
      plateau_table_set_text (table, row, 3, dropped->reason);
    }
  return table;
}
