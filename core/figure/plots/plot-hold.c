/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-kinetics.h"

#include "analysis/plateau-hold.h"
#include "base/plateau-error.h"
#include "base/plateau-unit.h"

#include <glib/gi18n.h>
#include <math.h>

/* The current during holds, on a logarithmic axis against time since the hold began; or the end
 * values against potential, whose slope is the conductance. */

typedef struct
{
  gboolean steady;
} Options;

static const PlateauOption option_table[] = {
  { "steady", N_ ("End values"), N_ ("End currents against potential instead of their course"),
    PLATEAU_OPTION_BOOLEAN, G_STRUCT_OFFSET (Options, steady), NULL, 0, 0, NULL, NULL },
  { NULL },
};

static const Options option_defaults = { FALSE };

static PlateauHolds *
analyse (PlateauPlotContext *context, const PlateauStudyCell *cell, PlateauRecording **recording,
         GError **error)
{
  PlateauHoldOptions options = PLATEAU_HOLD_OPTIONS_INIT;

  *recording = plateau_plot_get_recording (context, cell, PLATEAU_KIND_HOLD, error);
  if (!*recording
      || !plateau_plot_get_settings (context, "hold", plateau_hold_option_table, &options, error))
    return NULL;
  return plateau_holds_analyse (*recording, &options, context->cancellable, error);
}

#define MOST_MARKED 4 /* holds whose end values are written at their curves */

/* The end value as a line, with its number and the time of the decay. */
static void
add_end (PlateauPlotContext *context, const PlateauPlotGroup *group, const PlateauStudyCell *cell,
         const PlateauHold *hold, guint number)
{
  double *x = g_new (double, 2), *y = g_new (double, 2);
  g_autofree char *id = g_strdup_printf ("end/%s/%u", cell->name, number);
  double end = plateau_from_si (fabs (hold->current_end), "uA");
  gboolean large = end >= 1000;
  double shown = large ? end / 1000 : end, decay = hold->decay_time / 3600;
  const char *with_decay = large ? _ ("%.3g mA at the end,\ndecay %.3g h")
                                 : _ ("%.3g µA at the end,\ndecay %.3g h");
  const char *alone = large ? _ ("%.3g mA at the end") : _ ("%.3g µA at the end");
  g_autofree char *text = isfinite (decay) ? g_strdup_printf (with_decay, shown, decay)
                                           : g_strdup_printf (alone, shown);
  PlateauAnnotation *a;
  PlateauLayer *layer;

  x[0] = 0;
  x[1] = hold->duration / 3600;
  y[0] = y[1] = end;
  layer = plot_kinetics_add_line (context, group, cell, id, NULL, x, y, 2);
  layer->style.width = 0.6;
  layer->style.dash = PLATEAU_DASH_DOTTED;
  a = plateau_panel_add_annotation (context->panel, PLATEAU_ANNOTATION_TEXT, text);
  a->x_coordinates = a->y_coordinates = PLATEAU_COORDINATES_DATA;
  a->x = x[0];
  a->y = 1.1 * end; /* over its line */
  a->horizontal = PLATEAU_ANCHOR_START;
  a->vertical = PLATEAU_ANCHOR_END;
  a->avoid = TRUE;
  a->small = TRUE;
}

static void
add_courses (PlateauPlotContext *context, const PlateauPlotGroup *group,
             const PlateauStudyCell *cell, PlateauRecording *recording, PlateauHolds *holds)
{
  const double *time = plateau_recording_peek (recording, PLATEAU_QUANTITY_TIME);
  const double *current = plateau_recording_peek (recording, PLATEAU_QUANTITY_CURRENT);
  gboolean alone = context->n_groups == 1 && group->n_cells == 1;

  for (guint i = 0; i < holds->n_holds; i++)
    {
      const PlateauHold *hold = &holds->holds[i];
      gsize n = hold->last_row - hold->first_row + 1;
      double *x = g_new (double, n), *y = g_new (double, n);
      g_autofree char *id = g_strdup_printf ("hold/%s/%u", cell->name, i + 1);
      g_autofree char *name = plot_group_label (group);
      g_autofree char *label = g_strdup_printf (
          "%s, %.2f V", name, hold->potential + plot_kinetics_offset (cell));
      PlateauLayer *layer;

      for (gsize k = 0; k < n; k++)
        {
          x[k] = (time[hold->first_row + k] - hold->start) / 3600;
          y[k] = plateau_from_si (fabs (current[hold->first_row + k]), "uA");
        }
      layer = plot_kinetics_add_line (context, group, cell, id, label, x, y, n);
      /* The curves of one cell are told by the potential, those of several by their samples. */
      layer->style.colour
          = alone && holds->n_holds > 1
                ? plateau_colour_sequential ((double)i / (holds->n_holds - 1))
                : plateau_colour_slot (group->slot, plateau_plot_shade (i, holds->n_holds));
      if (holds->n_holds <= MOST_MARKED)
        add_end (context, group, cell, hold, i + 1);
    }
}

/* The sample with what its holds say: a conductivity where thickness and area are known, else the
 * resistance. */
static char *
steady_label (const PlateauPlotGroup *group, const PlateauStudyCell *cell, PlateauHolds *holds)
{
  g_autofree char *name = plot_group_label (group), *number = NULL;
  double factor = cell->thickness / cell->area, value, power;
  PlateauLine line;

  if (!plateau_holds_conductance (holds, &line) || !(line.slope > 0))
    return g_steal_pointer (&name);
  if (!(factor > 0))
    return g_strdup_printf ("%s, %.3g Ω", name, 1 / line.slope);
  value = plateau_from_si (line.slope * factor, "mS/cm");
  power = floor (log10 (value));
  number = g_strdup_printf ("%.2f", value / pow (10, power));
  return g_strdup_printf ("%s, %s·10<sup>%d</sup> mS cm<sup>−1</sup>", name, number, (int)power);
}

static void
add_steady (PlateauPlotContext *context, const PlateauPlotGroup *group,
            const PlateauStudyCell *cell, PlateauHolds *holds)
{
  double *x = g_new (double, holds->n_holds + 1), *y = g_new (double, holds->n_holds + 1);
  g_autofree char *id = g_strdup_printf ("steady/%s", cell->name);
  g_autofree char *line_id = g_strdup_printf ("line/%s", cell->name);
  g_autofree char *label = steady_label (group, cell, holds);
  PlateauLine line;

  for (guint i = 0; i < holds->n_holds; i++)
    {
      x[i] = holds->holds[i].potential + plot_kinetics_offset (cell);
      y[i] = plateau_from_si (holds->holds[i].current_end, "uA");
    }
  if (plateau_holds_conductance (holds, &line) && holds->n_holds > 1)
    {
      double *lx = g_new (double, 2), *ly = g_new (double, 2);
      double ends[] = { holds->holds[0].potential, holds->holds[holds->n_holds - 1].potential };

      for (guint i = 0; i < 2; i++)
        {
          lx[i] = ends[i] + plot_kinetics_offset (cell);
          ly[i] = plateau_from_si (line.intercept + line.slope * ends[i], "uA");
        }
      plot_kinetics_add_line (context, group, cell, line_id, NULL, lx, ly, 2);
    }
  plot_kinetics_add_points (context, group, cell, id, label, x, y, holds->n_holds, FALSE);
}

static void
add_rows (PlateauTable *table, const PlateauStudyCell *cell, PlateauHolds *holds)
{
  for (guint i = 0; i < holds->n_holds; i++)
    {
      const PlateauHold *hold = &holds->holds[i];
      guint row = plateau_table_add_row (table);

      plateau_table_set_row_tag (table, row, cell->id);
      plateau_table_set_text (table, row, 0, cell->name);
      plateau_table_set_number (table, row, 1, hold->potential + plot_kinetics_offset (cell));
      plateau_table_set_number (table, row, 2, hold->duration / 3600);
      plateau_table_set_number (table, row, 3, plateau_from_si (hold->current_end, "uA"));
      plateau_table_set_number (table, row, 4, hold->half_time);
      plateau_table_set_number (table, row, 5, hold->decay_time);
      plateau_table_set_number (table, row, 6, hold->steady);
    }
}

static PlateauTable *
make_table (void)
{
  PlateauTable *table = plateau_table_new (_ ("Holds"));

  plateau_table_add_column (table, "cell", _ ("Cell"), NULL, PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (table, "potential", _ ("Potential"), "V", PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "duration", _ ("Duration"), "h", PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "current", _ ("Current at the end"), "uA",
                            PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "half_time", _ ("Half of the current after"), "s",
                            PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "decay_time", _ ("Decay time"), "s", PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "steady", _ ("Steady"), NULL, PLATEAU_COLUMN_BOOLEAN, 0);
  return table;
}

static gboolean
build (PlateauPlotContext *context, gconstpointer options, GError **error)
{
  const Options *o = options;
  PlateauTable *table = context->panel->data = make_table ();

  if (o->steady)
    plateau_plot_set_potential_axis (context, PLATEAU_AXIS_X);
  else
    plateau_panel_set_axis (context->panel, PLATEAU_AXIS_X, _ ("Time since the hold began"), "h");
  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_Y, _ ("Current"), "µA");
  if (!o->steady)
    context->panel->axes[PLATEAU_AXIS_Y].scale = PLATEAU_SCALE_LOG;
  for (guint g = 0; g < context->n_groups; g++)
    for (guint c = 0; c < context->groups[g].n_cells; c++)
      {
        const PlateauPlotGroup *group = &context->groups[g];
        g_autoptr (PlateauRecording) recording = NULL;
        g_autoptr (PlateauHolds) holds = analyse (context, group->cells[c], &recording, error);

        if (!holds)
          return FALSE;
        if (o->steady)
          add_steady (context, group, group->cells[c], holds);
        else
          add_courses (context, group, group->cells[c], recording, holds);
        add_rows (table, group->cells[c], holds);
      }
  return TRUE;
}

const PlateauPlotKind plateau_plot_hold = {
  .id = "hold-current",
  .label = N_ ("Current during holds at constant potential"),
  .page = "cv",
  .needs = PLATEAU_KIND_HOLD,
  .options = option_table,
  .options_size = sizeof (Options),
  .options_init = &option_defaults,
  .build = build,
};
