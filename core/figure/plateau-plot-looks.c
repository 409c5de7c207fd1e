/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How plots look and name things: styles of samples, shades of a series, units of axes. */

#include "figure/plateau-plot-kind.h"

#include "base/plateau-error.h"
#include "data/plateau-naming.h"
#include "figure/plateau-look.h"
#include "figure/plateau-markup.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/**
 * plateau_layer_style_for_slot:
 * @style: (inout): colour, dash and marker shape are set; whether a line or markers show is not
 * @slot: look of the sample
 */
void
plateau_layer_style_for_slot (PlateauLayerStyle *style, PlateauSlot slot)
{
  style->colour = plateau_colour_slot (slot, 0);
  style->dash = plateau_slot_get_dash (slot);
  style->fill = plateau_slot_get_fill (slot);
}

/**
 * plateau_plot_shade:
 * @index: position in a series
 * @n: length of the series
 *
 * Returns: 0 for the first to 1 for the last; 0 when there is one
 */
double
plateau_plot_shade (guint index, guint n)
{
  return n > 1 ? (double) index / (n - 1) : 0;
}

/**
 * plateau_plot_wants_colour_bar:
 * @context: of the plot
 * @n_curves: curves of one series
 *
 * Returns: whether a colour bar replaces the legend: above 8 curves, or above "legend_limit" of the
 *   panel's "plot"
 */
gboolean
plateau_plot_wants_colour_bar (PlateauPlotContext *context, guint n_curves)
{
  gint64 limit = context->plot
                     ? json_object_get_int_member_with_default (context->plot, "legend_limit", 8)
                     : 8;

  return n_curves > MAX (limit, 1);
}

/**
 * plateau_plot_markup:
 * @plain: (nullable): a name as the user wrote it
 *
 * Returns: (transfer full): markup in which ions have their charges raised (Li+/Li)
 */
char *
plateau_plot_markup (const char *plain)
{
  g_autofree char *escaped = plateau_markup_escape (plain);
  GString *text = g_string_new (escaped);

  g_string_replace (text, "Li+", "Li<sup>+</sup>", 0);
  g_string_replace (text, "Na+", "Na<sup>+</sup>", 0);
  return g_string_free (text, FALSE);
}

/**
 * plateau_plot_set_potential_axis:
 * @context: of the plot
 * @axis: an axis of the panel
 *
 * Titles it "Potential" in V, against what the cells' potentials are against when all agree.
 */
void
plateau_plot_set_potential_axis (PlateauPlotContext *context, PlateauAxisId axis)
{
  const char *reference = NULL;
  gboolean same = TRUE;

  for (guint g = 0; g < context->n_groups; g++)
    for (guint c = 0; c < context->groups[g].n_cells; c++)
      {
        const PlateauStudyCell *cell = context->groups[g].cells[c];
        const char *name = cell->reference_name;

        /* An offset without a name: lithium alloys are counted to Li+/Li, and Li itself is it. */
        if ((!name || !*name) && (cell->reference_offset != 0 || g_strcmp0 (cell->anode, "Li") == 0)
            && cell->anode && (strstr (cell->anode, "Li") || strstr (cell->anode, "In")))
          name = "Li+/Li";

        if (!reference)
          reference = name ? name : "";
        else
          same = same && g_strcmp0 (reference, name) == 0;
      }
  plateau_panel_set_axis (context->panel, axis, _ ("Potential"), "V");
  g_clear_pointer (&context->panel->axes[axis].reference, g_free);
  if (same && reference && *reference)
    {
      g_autofree char *plain = plateau_naming_without_mark (reference);
      context->panel->axes[axis].reference = plateau_plot_markup (plain);
    }
}

/**
 * plateau_plot_capacity_unit:
 * @context: of the plot
 * @wanted: "mAh/g", "mAh/cm2" or "mAh"
 *
 * Returns: @wanted, or "mAh" with a note in the panel when a cell lacks the mass or area it needs
 */
const char *
plateau_plot_capacity_unit (PlateauPlotContext *context, const char *wanted)
{
  gboolean specific = g_strcmp0 (wanted, "mAh/g") == 0, areal = g_strcmp0 (wanted, "mAh/cm2") == 0;

  for (guint g = 0; g < context->n_groups; g++)
    for (guint c = 0; c < context->groups[g].n_cells; c++)
      {
        const PlateauStudyCell *cell = context->groups[g].cells[c];

        if ((specific && !(cell->active_mass > 0)) || (areal && !(cell->area > 0)))
          {
            plateau_panel_note (context->panel,
                                specific ? _ ("%s has no active mass: capacities are in mAh")
                                         : _ ("%s has no electrode area: capacities are in mAh"),
                                cell->name);
            return "mAh";
          }
      }
  return specific || areal ? wanted : "mAh";
}

/**
 * plateau_plot_normalise:
 * @cell: a cell
 * @charge: C
 * @unit_id: of plateau_plot_capacity_unit()
 *
 * Returns: the charge in the unit; NaN when the cell lacks mass or area
 */
double
plateau_plot_normalise (const PlateauStudyCell *cell, double charge, const char *unit_id)
{
  double per = g_str_equal (unit_id, "mAh/g")     ? cell->active_mass
               : g_str_equal (unit_id, "mAh/cm2") ? cell->area
                                                  : 1;

  return plateau_from_si (charge / per, unit_id);
}
