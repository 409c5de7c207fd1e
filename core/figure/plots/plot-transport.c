/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-transport.h"

#include "base/plateau-error.h"
#include "base/plateau-unit.h"
#include "data/plateau-naming.h"
#include "figure/plateau-look.h"

#include <glib/gi18n.h>
#include <math.h>

/* What the plots of a quantity over temperature share: the conductivity of pellets, the resistance
 * of charge transfer, or diffusion. */

/* The cells of one sample stand for one line, whichever tests they were in. */
static void
clear_group (gpointer data)
{
  PlateauPlotGroup *group = data;

  g_free (group->name);
  g_free (group->cells);
}

static void
append_cells (PlateauPlotGroup *to, const PlateauPlotGroup *from)
{
  to->cells = g_renew (const PlateauStudyCell *, to->cells, to->n_cells + from->n_cells);
  for (guint c = 0; c < from->n_cells; c++)
    to->cells[to->n_cells++] = from->cells[c];
}

GArray *
plot_transport_list (PlateauPlotContext *context)
{
  GArray *samples = g_array_new (FALSE, TRUE, sizeof (PlateauPlotGroup));

  g_array_set_clear_func (samples, clear_group);
  for (guint g = 0; g < context->n_groups; g++)
    {
      const PlateauPlotGroup *group = &context->groups[g];
      PlateauPlotGroup *same = NULL, own = { .sample = group->sample, .slot = group->slot };

      for (guint i = 0; group->sample && i < samples->len && !same; i++)
        if (g_array_index (samples, PlateauPlotGroup, i).sample == group->sample)
          same = &g_array_index (samples, PlateauPlotGroup, i);
      if (same)
        {
          g_free (same->name);
          same->name = plateau_naming_without_mark (group->sample->name);
          same->slot = plateau_look_of_sample (context->study, group->sample);
          append_cells (same, group);
          continue;
        }
      own.name = g_strdup (group->name);
      append_cells (&own, group);
      g_array_append_val (samples, own);
    }
  return samples;
}

static gboolean
add_cell (PlateauPlotContext *context, const PlateauStudyCell *cell,
          const PlateauConductivityOptions *options, PlateauConductivityBuilder *builder,
          GError **error)
{
  g_autoptr (GPtrArray) spectra = NULL;

  if (options->quantity == PLATEAU_TRANSPORT_DIFFUSION)
    {
      g_autoptr (PlateauGitt) gitt = plot_kinetics_gitt (context, cell, error);
      g_autoptr (PlateauRecording) recording
          = gitt ? plateau_plot_get_recording (context, cell, PLATEAU_KIND_GITT, error) : NULL;

      if (recording)
        plateau_conductivity_builder_add_titration (builder, cell->name, cell->temperature,
                                                    recording, gitt);
      return gitt != NULL;
    }
  spectra = plateau_plot_get_spectra (context, cell, error);
  return spectra
         && plateau_conductivity_builder_add_spectra (
             builder, cell->name, spectra, cell->temperature, cell->thickness, cell->area,
             cell->sample, context->cancellable, error);
}

/* What the sample's cells say; %NULL without @error: none of them has the quantity. */
static PlateauConductivity *
analyse (PlateauPlotContext *context, const PlateauPlotGroup *group,
         const PlateauConductivityOptions *options, GError **error)
{
  g_autoptr (PlateauConductivityBuilder) builder = plateau_conductivity_builder_new (options);
  gboolean any = FALSE;

  for (guint c = 0; c < group->n_cells; c++)
    if (plateau_conductivity_takes (options, group->cells[c]))
      {
        if (!add_cell (context, group->cells[c], options, builder, error))
          return NULL;
        any = TRUE;
      }
  return any ? plateau_conductivity_builder_finish (g_steal_pointer (&builder),
                                                    context->cancellable, error)
             : NULL;
}

/* The same; a sample without such a value is noted and left out, as long as another has one. */
gboolean
plot_transport_try (PlateauPlotContext *context, const PlateauPlotGroup *group,
           const PlateauConductivityOptions *options, PlateauConductivity **found,
           GError **no_data, GError **error)
{
  g_autoptr (GError) failed = NULL;

  *found = analyse (context, group, options, &failed);
  if (!failed)
    return TRUE;
  g_prefix_error (&failed, "%s: ", group->name);
  if (!g_error_matches (failed, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA))
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  plateau_panel_note (context->panel, "%s", failed->message);
  if (!*no_data)
    *no_data = g_steal_pointer (&failed);
  return TRUE;
}

PlateauTable *
plot_transport_make_table (PlateauConductivity *conductivity)
{
  PlateauTable *table = plateau_table_new (plateau_conductivity_get_title (conductivity));

  plateau_table_add_column (table, "sample", _ ("Sample"), NULL, PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (table, "temperature", _ ("Temperature"), "degC", PLATEAU_COLUMN_NUMBER,
                            4);
  plateau_table_add_column (table, "resistance", _ ("Resistance"), "ohm", PLATEAU_COLUMN_NUMBER, 5);
  plateau_table_add_column (table, "value", plateau_conductivity_get_title (conductivity),
                            plateau_conductivity_get_unit (conductivity), PLATEAU_COLUMN_NUMBER,
                            4);
  plateau_table_add_column (table, "activation_energy", _ ("Activation energy (eV)"), NULL,
                            PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "activation_energy_stderr", _ ("Its standard error (eV)"), NULL,
                            PLATEAU_COLUMN_NUMBER, 2);
  return table;
}

void
plot_transport_add_rows (PlateauTable *table, const PlateauPlotGroup *group, PlateauConductivity *conductivity)
{
  for (guint i = 0; i < conductivity->n_points; i++)
    {
      const PlateauConductivityPoint *point = &conductivity->points[i];
      guint row = plateau_table_add_row (table);

      plateau_table_set_text (table, row, 0, group->name);
      plateau_table_set_number (table, row, 1, plateau_from_si (point->temperature, "degC"));
      plateau_table_set_number (table, row, 2, point->resistance);
      plateau_table_set_number (table, row, 3,
                                plateau_conductivity_show (conductivity, point->value));
      plateau_table_set_number (table, row, 4, conductivity->fit.activation_energy);
      plateau_table_set_number (table, row, 5, conductivity->fit.activation_energy_stderr);
    }
}

gboolean
plot_transport_nothing (const PlateauConductivityOptions *options, GError **why, GError **error)
{
  static const char *const messages[]
      = { N_ ("Conductivity needs the thickness and the area of a cell beside its spectra, and none "
              "of these cells has both. They are entered in the inspector under Cell."),
          N_ ("Charge transfer needs impedance spectra, and none of these cells has any."),
          N_ ("Diffusion over temperature needs titrations (GITT), and none of these cells has "
              "one.") };

  if (*why)
    {
      g_propagate_error (error, g_steal_pointer (why));
      return FALSE;
    }
  g_set_error_literal (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_EMPTY,
                       _ (messages[options->quantity]));
  return FALSE;
}

/* The axis of the quantity, on whichever side. */
void
plot_transport_set_axis (PlateauPlotContext *context, PlateauConductivity *conductivity)
{
  static const char *const titles[] = { N_ ("Conductivity"), N_ ("<i>R</i><sub>ct</sub>"),
                                        N_ ("<i>D</i><sub>Li</sub>") };
  const char *unit = plateau_conductivity_get_unit (conductivity);
  g_autofree char *markup = unit ? plot_unit_markup (unit) : g_strdup ("s<sup>−1</sup>");
  PlateauAxis *axis = &context->panel->axes[PLATEAU_AXIS_Y];

  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_Y,
                          conductivity->relative ? _ ("<i>D</i> / <i>L</i><sup>2</sup>")
                                                 : _ (titles[conductivity->quantity]),
                          markup);
  axis->fit_margin = 0.1;
}
