/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-kinetics.h"

#include "analysis/plateau-hold.h"
#include "base/plateau-error.h"
#include "base/plateau-unit.h"

#include <glib/gi18n.h>
#include <math.h>

/* The potential without current against the time since the current stopped, with the value that it
 * would come to on 1/sqrt (t). */

#define MOST_MARKED 3 /* rests whose drift and end are written at their curves */

typedef struct
{
  int rest;
} Options;

static const PlateauOption option_table[] = {
  { "rest", N_ ("Rest"), N_ ("Number of the rest; 0: the longest"), PLATEAU_OPTION_INTEGER,
    G_STRUCT_OFFSET (Options, rest), NULL, 0, 1000000, NULL, NULL },
  { NULL },
};

static const Options option_defaults = { 0 };

static PlateauHolds *
analyse (PlateauPlotContext *context, const PlateauStudyCell *cell, PlateauRecording **recording,
         GError **error)
{
  const PlateauKinds kinds = (PlateauKinds)(PLATEAU_KIND_OCV | PLATEAU_KIND_HOLD);
  PlateauHoldOptions options = PLATEAU_HOLD_OPTIONS_INIT;

  *recording = plateau_plot_get_recording (context, cell, kinds, error);
  if (!*recording
      || !plateau_plot_get_settings (context, "hold", plateau_hold_option_table, &options, error))
    return NULL;
  return plateau_holds_analyse (*recording, &options, context->cancellable, error);
}

static const PlateauRelaxation *
choose (const PlateauHolds *holds, int wanted)
{
  const PlateauRelaxation *longest = NULL;

  if (wanted >= 1 && (guint)wanted <= holds->n_relaxations)
    return &holds->relaxations[wanted - 1];
  for (guint i = 0; i < holds->n_relaxations; i++)
    if (!longest || holds->relaxations[i].duration > longest->duration)
      longest = &holds->relaxations[i];
  return longest;
}

static void
add_text (PlateauPlotContext *context, const PlateauRelaxation *rest, double offset)
{
  g_autofree char *text
      = g_strdup_printf (_ ("%.2f mV/h at the end; %.4f V on 1/√t"), 3.6e6 * rest->drift,
                         rest->extrapolated + offset);
  PlateauAnnotation *a
      = plateau_panel_add_annotation (context->panel, PLATEAU_ANNOTATION_TEXT, text);

  a->x_coordinates = a->y_coordinates = PLATEAU_COORDINATES_DATA;
  a->x = rest->duration / 3600;
  a->y = rest->potential_end + offset;
  a->horizontal = PLATEAU_ANCHOR_END;
  a->avoid = TRUE;
  a->small = TRUE;
}

static void
add_course (PlateauPlotContext *context, const PlateauPlotGroup *group,
            const PlateauStudyCell *cell, PlateauRecording *recording,
            const PlateauRelaxation *rest)
{
  const double *time = plateau_recording_peek (recording, PLATEAU_QUANTITY_TIME);
  const double *potential = plateau_recording_peek (recording, PLATEAU_QUANTITY_POTENTIAL);
  double offset = plot_kinetics_offset (cell);
  gsize n = rest->last_row - rest->first_row + 1;
  double *x = g_new (double, n), *y = g_new (double, n);
  g_autofree char *id = g_strdup_printf ("rest/%s", cell->name);
  g_autofree char *label = plot_group_label (group);

  for (gsize k = 0; k < n; k++)
    {
      x[k] = (time[rest->first_row + k] - rest->start) / 3600;
      y[k] = potential[rest->first_row + k] + offset;
    }
  plot_kinetics_add_line (context, group, cell, id, label, x, y, n);
  if (isfinite (rest->extrapolated))
    {
      double *lx = g_new (double, 2), *ly = g_new (double, 2);
      g_autofree char *line_id = g_strdup_printf ("extrapolated/%s", cell->name);
      PlateauLayer *line;

      lx[0] = 0;
      lx[1] = rest->duration / 3600;
      ly[0] = ly[1] = rest->extrapolated + offset;
      line = plot_kinetics_add_line (context, group, cell, line_id, NULL, lx, ly, 2);
      line->style.width = 0.6;
      line->style.dash = PLATEAU_DASH_DOTTED;
    }
}

static void
add_row (PlateauTable *table, const PlateauStudyCell *cell, const PlateauRelaxation *rest)
{
  double offset = plot_kinetics_offset (cell);
  guint row = plateau_table_add_row (table);

  plateau_table_set_row_tag (table, row, cell->id);
  plateau_table_set_text (table, row, 0, cell->name);
  plateau_table_set_number (table, row, 1, rest->duration / 3600);
  plateau_table_set_number (table, row, 2, rest->potential_first + offset);
  plateau_table_set_number (table, row, 3, rest->potential_end + offset);
  plateau_table_set_number (table, row, 4, rest->extrapolated + offset);
  plateau_table_set_number (table, row, 5, 3.6e6 * rest->drift);
}

static PlateauTable *
make_table (void)
{
  PlateauTable *table = plateau_table_new (_ ("Relaxations"));

  plateau_table_add_column (table, "cell", _ ("Cell"), NULL, PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (table, "duration", _ ("Duration"), "h", PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "first", _ ("Potential at first"), "V", PLATEAU_COLUMN_NUMBER,
                            5);
  plateau_table_add_column (table, "end", _ ("Potential at the end"), "V", PLATEAU_COLUMN_NUMBER,
                            5);
  plateau_table_add_column (table, "extrapolated", _ ("Extrapolated on 1/√t"), "V",
                            PLATEAU_COLUMN_NUMBER, 5);
  plateau_table_add_column (table, "drift", _ ("Drift at the end (mV/h)"), NULL,
                            PLATEAU_COLUMN_NUMBER, 3);
  return table;
}

static gboolean
build (PlateauPlotContext *context, gconstpointer options, GError **error)
{
  const Options *o = options;
  PlateauTable *table = context->panel->data = make_table ();

  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_X, _ ("Time since the current stopped"),
                          "h");
  plateau_plot_set_potential_axis (context, PLATEAU_AXIS_Y);
  context->panel->axes[PLATEAU_AXIS_Y].fit_margin = 0.1;
  for (guint g = 0; g < context->n_groups; g++)
    for (guint c = 0; c < context->groups[g].n_cells; c++)
      {
        const PlateauPlotGroup *group = &context->groups[g];
        g_autoptr (PlateauRecording) recording = NULL;
        g_autoptr (PlateauHolds) holds = analyse (context, group->cells[c], &recording, error);
        const PlateauRelaxation *rest = holds ? choose (holds, o->rest) : NULL;

        if (!holds)
          return FALSE;
        if (!rest)
          continue;
        add_course (context, group, group->cells[c], recording, rest);
        if (plateau_table_get_n_rows (table) < MOST_MARKED)
          add_text (context, rest, plot_kinetics_offset (group->cells[c]));
        add_row (table, group->cells[c], rest);
      }
  if (plateau_table_get_n_rows (table) > 0)
    return TRUE;
  g_set_error_literal (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_EMPTY,
                       _ ("Relaxation needs a rest, a time without current, and there is none in these cells."));
  return FALSE;
}

const PlateauPlotKind plateau_plot_relaxation = {
  .id = "relaxation",
  .label = N_ ("Potential without current against time"),
  .page = "cv",
  .needs = PLATEAU_KIND_HOLD | PLATEAU_KIND_OCV,
  .options = option_table,
  .options_size = sizeof (Options),
  .options_init = &option_defaults,
  .build = build,
};
