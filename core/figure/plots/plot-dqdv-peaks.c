/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-cycling.h"

#include "analysis/plateau-runs.h"
#include "base/plateau-error.h"
#include "base/plateau-unit.h"
#include "figure/plateau-plot-dqdv.h"

#include <glib/gi18n.h>
#include <math.h>

/* Peaks of dQ/dV followed through the cycles: where they stand or how high. */

enum
{
  PEAK_POTENTIAL,
  PEAK_HEIGHT,
  PEAK_AREA,
};

typedef struct
{
  int value;
  int tracks;
} Options;

static const char *const value_nicks[] = { "potential", "height", "area", NULL };
static const char *const value_labels[] = { N_ ("Peak potential"), N_ ("Peak height"),
                                            N_ ("Peak area"), NULL };

static const PlateauOption option_table[] = {
  { "value", N_ ("Value"), N_ ("What of a peak is shown against the cycle"), PLATEAU_OPTION_CHOICE,
    G_STRUCT_OFFSET (Options, value), NULL, 0, 0, value_nicks, value_labels },
  { "tracks", N_ ("Peaks of a branch"), N_ ("How many peaks are followed, the highest first"),
    PLATEAU_OPTION_INTEGER, G_STRUCT_OFFSET (Options, tracks), NULL, 1, 12, NULL, NULL },
  { NULL },
};

static const Options option_defaults = { PEAK_POTENTIAL, 3 };

/* V that a peak may move from one cycle to the next. */
#define TRACK_LIMIT 0.05
/* A track is shown that was found in this share of the cycles, and in so many. */
#define TRACK_SHARE 0.3
#define TRACK_POINTS 2

typedef struct
{
  PlateauPlotContext *context;
  const Options *o;
  PlateauDqdvOptions options;
  gboolean specific;
  GArray *chosen;
} Build;

static const PlateauDqdvPeak *
get_peak (GPtrArray *curves, const GArray *track, guint i)
{
  const PlateauDqdvTrackPoint *point = &g_array_index (track, PlateauDqdvTrackPoint, i);
  const PlateauDqdvCurve *curve = curves->pdata[point->curve];

  return &curve->peaks[point->peak];
}

static const PlateauDqdvCurve *
get_curve (GPtrArray *curves, const GArray *track, guint i)
{
  return curves->pdata[g_array_index (track, PlateauDqdvTrackPoint, i).curve];
}

static double
value_of (const Build *b, const PlateauStudyCell *cell, const PlateauDqdvPeak *peak)
{
  double mass = b->specific ? cell->active_mass : 1;

  switch (b->o->value)
    {
    case PEAK_HEIGHT:
      return plateau_from_si (fabs (peak->height) / mass, b->specific ? "mAh/(g V)" : "mAh/V");
    case PEAK_AREA:
      return plateau_from_si (peak->area / mass, b->specific ? "mAh/g" : "mAh");
    case PEAK_POTENTIAL:
    default:
      return peak->potential + (isnan (cell->reference_offset) ? 0 : cell->reference_offset);
    }
}

static double
mean_prominence (GPtrArray *curves, const GArray *track)
{
  double sum = 0;

  for (guint i = 0; i < track->len; i++)
    sum += get_peak (curves, track, i)->prominence;
  return sum / track->len;
}

/* The cycles to look at: those chosen that count. */
static GArray *
usable_cycles (const Build *b, PlateauCycles *cycles)
{
  GArray *usable = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < b->chosen->len; i++)
    {
      guint number = g_array_index (b->chosen, guint, i);
      int index = plateau_cycles_find (cycles, number);

      if (index >= 0 && plateau_cycle_is_usable (&cycles->cycles[index]))
        g_array_append_val (usable, number);
    }
  return usable;
}

static void
add_track (Build *b, const PlateauPlotGroup *group, const PlateauStudyCell *cell, GPtrArray *curves,
           const GArray *track, guint rank)
{
  gboolean charge = get_curve (curves, track, 0)->charge;
  g_autofree char *label = plot_group_label (group);
  g_autofree char *id = g_strdup_printf ("%s/%s/%u", cell->name, charge ? "charge" : "discharge",
                                         rank + 1);
  PlateauLayer *layer = plateau_panel_add_layer (b->context->panel, PLATEAU_LAYER_LINE, id, label);
  double *x = g_new (double, track->len), *y = g_new (double, track->len);
  PlateauTable *table = b->context->panel->data;
  int *numbers = g_new (int, track->len);

  for (guint i = 0; i < track->len; i++)
    {
      guint row = plateau_table_add_row (table);

      numbers[i] = (int) get_curve (curves, track, i)->cycle;
      x[i] = numbers[i];
      y[i] = value_of (b, cell, get_peak (curves, track, i));
      plateau_table_set_text (table, row, 0, cell->name);
      plateau_table_set_word (table, row, 1, charge ? "charge" : "discharge",
                              charge ? _ ("charge") : _ ("discharge"));
      plateau_table_set_number (table, row, 2, rank + 1);
      plateau_table_set_number (table, row, 3, x[i]);
      plateau_table_set_number (table, row, 4, y[i]);
    }
  plateau_layer_style_for_slot (&layer->style, group->slot);
  layer->style.width = 0;
  layer->style.marker = plateau_slot_get_marker (group->slot);
  layer->style.marker_every = 0;
  layer->style.fill = charge ? PLATEAU_FILL_SOLID : PLATEAU_FILL_OPEN;
  layer->tag.sample = group->sample ? group->sample->id : 0;
  layer->tag.cell = cell->id;
  layer->tag.branch = charge ? PLATEAU_TAG_CHARGE : PLATEAU_TAG_DISCHARGE;
  layer->point_cycle_owner = g_bytes_new_take (numbers, track->len * sizeof (int));
  layer->point_cycle = g_bytes_get_data (layer->point_cycle_owner, NULL);
  plateau_layer_take_xy (layer, x, y, track->len);
}

/* The highest tracks of one branch that last. */
static void
add_branch (Build *b, const PlateauPlotGroup *group, const PlateauStudyCell *cell,
            GPtrArray *curves, GPtrArray *tracks, gboolean charge)
{
  guint n_curves = 0, least;

  for (guint i = 0; i < curves->len; i++)
    {
      const PlateauDqdvCurve *curve = curves->pdata[i];
      /* Cycles of which only a few points were stored show no peaks at all. */
      n_curves += curve->charge == charge && curve->n_peaks > 0;
    }
  least = MAX (MIN (TRACK_POINTS, n_curves), (guint) (TRACK_SHARE * n_curves));
  for (guint rank = 0; rank < (guint) b->o->tracks; rank++)
    {
      const GArray *best = NULL;
      guint index = 0;
      double highest = 0;

      for (guint t = 0; t < tracks->len; t++)
        {
          const GArray *track = tracks->pdata[t];
          double prominence = mean_prominence (curves, track);

          if (get_curve (curves, track, 0)->charge != charge || track->len < least
              || prominence <= highest)
            continue;
          best = track;
          index = t;
          highest = prominence;
        }
      if (best == NULL)
        return;
      add_track (b, group, cell, curves, best, rank);
      g_ptr_array_remove_index_fast (tracks, index);
    }
}

static gboolean
add_cell (Build *b, const PlateauPlotGroup *group, const PlateauStudyCell *cell, GError **error)
{
  g_autoptr (PlateauCycles) cycles = plateau_plot_get_cycles (b->context, cell, error);
  g_autoptr (GArray) usable = cycles ? usable_cycles (b, cycles) : NULL;
  g_autoptr (GPtrArray) curves = NULL;
  g_autoptr (GPtrArray) tracks = NULL;
  g_autoptr (GError) reason = NULL;

  if (!cycles)
    return FALSE;
  if (usable->len == 0)
    return TRUE;
  curves = plateau_plot_get_dqdv (b->context, cell, (const guint *) (gpointer) usable->data,
                                  usable->len, &b->options, &reason);
  if (!curves)
    {
      if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return FALSE;
        }
      plateau_panel_note (b->context->panel, _ ("%s is left out: %s"), cell->name, reason->message);
      return TRUE;
    }
  tracks = plateau_dqdv_track (curves, TRACK_LIMIT);
  add_branch (b, group, cell, curves, tracks, TRUE);
  add_branch (b, group, cell, curves, tracks, FALSE);
  return TRUE;
}

static void
set_axes (Build *b)
{
  static const char *const specific_units[] = { "V", "mAh/(g V)", "mAh/g" };
  static const char *const units[] = { "V", "mAh/V", "mAh" };
  const char *unit = (b->specific ? specific_units : units)[b->o->value];
  g_autofree char *markup = plot_unit_markup (unit);
  PlateauPanel *panel = b->context->panel;
  PlateauTable *table = panel->data = plateau_table_new (_ ("Peaks of dQ/dV by cycle"));

  plateau_panel_set_axis (panel, PLATEAU_AXIS_X, _ ("Cycle number"), NULL);
  panel->axes[PLATEAU_AXIS_X].scale = PLATEAU_SCALE_CYCLE;
  panel->axes[PLATEAU_AXIS_X].fit_margin = 0.03;
  if (b->o->value == PEAK_POTENTIAL)
    plateau_plot_set_potential_axis (b->context, PLATEAU_AXIS_Y);
  plateau_panel_set_axis (panel, PLATEAU_AXIS_Y, _ (value_labels[b->o->value]), markup);
  panel->axes[PLATEAU_AXIS_Y].fit_margin = 0.12;
  plateau_table_add_column (table, "cell", _ ("Cell"), NULL, PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (table, "branch", _ ("Branch"), NULL, PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (table, "peak", _ ("Peak"), NULL, PLATEAU_COLUMN_INTEGER, 0);
  plateau_table_add_column (table, "cycle", _ ("Cycle"), NULL, PLATEAU_COLUMN_INTEGER, 0);
  plateau_table_add_column (table, value_nicks[b->o->value], _ (value_labels[b->o->value]), unit,
                            PLATEAU_COLUMN_NUMBER, 4);
}

static gboolean
build (PlateauPlotContext *context, gconstpointer options, GError **error)
{
  Build b = { .context = context, .o = options, .options = PLATEAU_DQDV_OPTIONS_INIT };
  g_autoptr (GArray) chosen = NULL;

  if (!plateau_plot_get_settings (context, "dqdv", plateau_dqdv_option_table, &b.options, error))
    return FALSE;
  b.options.inverse = FALSE;
  b.specific = g_str_equal (plateau_plot_capacity_unit (context, "mAh/g"), "mAh/g");
  b.chosen = chosen = plot_choose_cycles (context, error);
  if (!chosen)
    return FALSE;
  set_axes (&b);
  for (guint g = 0; g < context->n_groups; g++)
    for (guint c = 0; c < context->groups[g].n_cells; c++)
      if (!add_cell (&b, &context->groups[g], context->groups[g].cells[c], error))
        return FALSE;
  if (plateau_table_get_n_rows (context->panel->data) == 0)
    {
      g_set_error_literal (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_EMPTY,
                           _ ("No peak stands out in dQ/dV over the chosen cycles. Lower the "
                              "prominence or the smoothing window."));
      return FALSE;
    }
  if (b.options.branch == PLATEAU_BRANCH_BOTH)
    plateau_panel_note (context->panel, _ ("Filled: charge; open: discharge"));
  return TRUE;
}

const PlateauPlotKind plateau_plot_dqdv_peaks = {
  .id = "dqdv-peaks",
  .label = N_ ("Peaks of dQ/dV against cycle"),
  .page = "dqdv",
  .needs = PLATEAU_KIND_CYCLING,
  .options = option_table,
  .options_size = sizeof (Options),
  .options_init = &option_defaults,
  .build = build,
};
