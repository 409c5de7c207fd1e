/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-cycling.h"

#include "base/plateau-numeric.h"
#include "base/plateau-unit.h"

#include <glib/gi18n.h>
#include <math.h>

/* Charge and discharge curves of chosen cycles. */

#define MEAN_POINTS 400

typedef enum
{
  COLOUR_AUTO,
  COLOUR_SAMPLE,
  COLOUR_CYCLE,
} ColourBy;

typedef struct
{
  int unit, branch, colour, label;
  gboolean mean, efficiency;
} Options;

static const char *const branch_nicks[] = { "both", "charge", "discharge", NULL };
static const char *const branch_labels[] = { N_ ("Both"), N_ ("Charge"), N_ ("Discharge"), NULL };
static const char *const colour_nicks[] = { "auto", "sample", "cycle", NULL };
static const char *const colour_labels[] = { N_ ("Automatic"), N_ ("Sample"), N_ ("Cycle"), NULL };
static const char *const label_nicks[] = { "cycle", "rate", NULL };
static const char *const label_labels[] = { N_ ("Cycle"), N_ ("Rate"), NULL };

static const PlateauOption option_table[] = {
  { "unit", N_ ("Capacity in"), N_ ("Unit of the capacity"), PLATEAU_OPTION_CHOICE,
    G_STRUCT_OFFSET (Options, unit), NULL, 0, 0, plot_capacity_units, plot_capacity_unit_labels },
  { "branch", N_ ("Branch"), N_ ("Which half cycles"), PLATEAU_OPTION_CHOICE,
    G_STRUCT_OFFSET (Options, branch), NULL, 0, 0, branch_nicks, branch_labels },
  { "colour", N_ ("Colour by"), N_ ("What the colour of a curve tells"), PLATEAU_OPTION_CHOICE,
    G_STRUCT_OFFSET (Options, colour), NULL, 0, 0, colour_nicks, colour_labels },
  { "label", N_ ("Name curves by"), N_ ("What the legend says"), PLATEAU_OPTION_CHOICE,
    G_STRUCT_OFFSET (Options, label), NULL, 0, 0, label_nicks, label_labels },
  { "mean", N_ ("Mean of replicates"), N_ ("One curve a sample and cycle"), PLATEAU_OPTION_BOOLEAN,
    G_STRUCT_OFFSET (Options, mean), NULL, 0, 0, NULL, NULL },
  { "efficiency", N_ ("Initial efficiency"), N_ ("Written in the plot when cycle 1 is shown"),
    PLATEAU_OPTION_BOOLEAN, G_STRUCT_OFFSET (Options, efficiency), NULL, 0, 0, NULL, NULL },
  { NULL },
};

static const Options option_defaults = { 0, 0, COLOUR_AUTO, 0, TRUE, FALSE };

typedef struct
{
  PlateauPlotContext *context;
  const Options *o;
  const char *unit;
  GArray *chosen;
  gboolean by_cycle, bar;
  PlateauTable *table;
} Build;

typedef struct
{
  gsize n;
  double *capacity, *potential;
} Curve;

static void
curve_clear (Curve *curve)
{
  g_clear_pointer (&curve->capacity, g_free);
  g_clear_pointer (&curve->potential, g_free);
  curve->n = 0;
}

static gboolean
branch_of_cell (Build *b, const PlateauStudyCell *cell, guint cycle, gboolean charge, Curve *curve,
                GError **error)
{
  g_autoptr (PlateauRecording)
      recording = plateau_plot_get_recording (b->context, cell, PLATEAU_KIND_CYCLING, error);
  g_autoptr (PlateauCycles) cycles = recording ? plateau_plot_get_cycles (b->context, cell, error)
                                               : NULL;
  g_autoptr (GArray) capacity = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) potential = g_array_new (FALSE, FALSE, sizeof (double));
  double offset = isnan (cell->reference_offset) ? 0 : cell->reference_offset;

  *curve = (Curve){ 0 };
  if (!cycles)
    return FALSE;
  if (!plateau_cycles_branch (cycles, recording, cycle, charge, TRUE, capacity, potential, NULL))
    return TRUE;
  curve->n = capacity->len;
  curve->capacity = g_new (double, curve->n + 1);
  curve->potential = g_new (double, curve->n + 1);
  for (gsize i = 0; i < curve->n; i++)
    {
      curve->capacity[i] = plateau_plot_normalise (cell, g_array_index (capacity, double, i),
                                                   b->unit);
      curve->potential[i] = g_array_index (potential, double, i) + offset;
    }
  return TRUE;
}

/* Mean of curves: potential at equal shares of each one's capacity, and the mean capacity there,
 * so that curves of different length keep the shape of their ends. */
static void
mean_of_curves (const Curve *curves, guint n_curves, Curve *mean)
{
  double end = 0;

  *mean = (Curve){ MEAN_POINTS, g_new (double, MEAN_POINTS), g_new (double, MEAN_POINTS) };
  for (guint k = 0; k < n_curves; k++)
    end += curves[k].capacity[curves[k].n - 1] / n_curves;
  for (guint i = 0; i < MEAN_POINTS; i++)
    {
      /* Closer together at both ends, where the potential changes fast. */
      double share = 0.5 - 0.5 * cos (G_PI * i / (MEAN_POINTS - 1)), sum = 0;

      for (guint k = 0; k < n_curves; k++)
        sum += plateau_interpolate (curves[k].capacity, curves[k].potential, curves[k].n,
                                    share * curves[k].capacity[curves[k].n - 1]);
      mean->capacity[i] = share * end;
      mean->potential[i] = sum / n_curves;
    }
}

static void
style_curve (Build *b, PlateauLayer *layer, const PlateauPlotGroup *group, guint position)
{
  double shade = plateau_plot_shade (position, b->chosen->len);

  plateau_layer_style_for_slot (&layer->style, group->slot);
  if (b->by_cycle)
    {
      double first = g_array_index (b->chosen, guint, 0);
      double last = g_array_index (b->chosen, guint, b->chosen->len - 1);
      double cycle = g_array_index (b->chosen, guint, position);

      layer->style.colour = plateau_colour_sequential (
          b->bar && last > first ? (cycle - first) / (last - first) : shade);
      if (b->context->n_groups == 1)
        layer->style.dash = PLATEAU_DASH_SOLID;
    }
  else
    layer->style.colour = plateau_colour_slot (group->slot, shade);
}

static char *
curve_label (Build *b, const PlateauPlotGroup *group, guint cycle)
{
  if (b->bar)
    return b->context->n_groups > 1 ? plot_group_label (group) : NULL;
  if (b->o->label == 1)
    {
      g_autoptr (PlateauCycles)
          cycles = plateau_plot_get_cycles (b->context, group->cells[0], NULL);
      int index = cycles ? plateau_cycles_find (cycles, cycle) : -1;

      if (index >= 0)
        return plot_rate_label (
            plot_c_rate (group->cells[0], cycles->cycles[index].discharge_current));
    }
  return b->chosen->len == 1 ? plot_group_label (group) : g_strdup_printf ("%u", cycle);
}

static void
add_to_table (Build *b, const char *name, guint cycle, gboolean charge, const Curve *curve)
{
  for (gsize i = 0; i < curve->n; i++)
    {
      guint row = plateau_table_add_row (b->table);

      plateau_table_set_text (b->table, row, 0, name);
      plateau_table_set_number (b->table, row, 1, cycle);
      plateau_table_set_word (b->table, row, 2, charge ? "charge" : "discharge",
                              charge ? _ ("charge") : _ ("discharge"));
      plateau_table_set_number (b->table, row, 3, curve->capacity[i]);
      plateau_table_set_number (b->table, row, 4, curve->potential[i]);
    }
}

static void
add_curve (Build *b, const PlateauPlotGroup *group, const PlateauStudyCell *only, guint position,
           gboolean charge, Curve *curve)
{
  guint cycle = g_array_index (b->chosen, guint, position);
  g_autofree char *label = curve_label (b, group, cycle);
  g_autofree char *id = g_strdup_printf ("%s/%u/%s", only ? only->name : group->name, cycle,
                                         charge ? "charge" : "discharge");
  PlateauLayer *layer = plateau_panel_add_layer (b->context->panel, PLATEAU_LAYER_LINE, id, label);

  style_curve (b, layer, group, position);
  layer->tag.sample = group->sample ? group->sample->id : 0;
  layer->tag.cell = only ? only->id : group->n_cells == 1 ? group->cells[0]->id : 0;
  layer->tag.cycle = (int) cycle;
  layer->tag.branch = charge ? PLATEAU_TAG_CHARGE : PLATEAU_TAG_DISCHARGE;
  add_to_table (b, only ? only->name : group->name, cycle, charge, curve);
  plateau_layer_take_xy (layer, g_steal_pointer (&curve->capacity),
                         g_steal_pointer (&curve->potential), curve->n);
}

static gboolean
add_branch (Build *b, const PlateauPlotGroup *group, guint position, gboolean charge,
            GError **error)
{
  guint cycle = g_array_index (b->chosen, guint, position), n = 0;
  g_autofree Curve *curves = g_new0 (Curve, group->n_cells);
  gboolean ok = TRUE;

  for (guint c = 0; ok && c < group->n_cells; c++)
    {
      ok = branch_of_cell (b, group->cells[c], cycle, charge, &curves[n], error);
      if (!ok || curves[n].n < 2)
        {
          curve_clear (&curves[n]);
          continue;
        }
      if (b->o->mean)
        n++;
      else
        {
          add_curve (b, group, group->cells[c], position, charge, &curves[n]);
          curve_clear (&curves[n]);
        }
    }
  if (ok && n == 1)
    add_curve (b, group, NULL, position, charge, &curves[0]);
  else if (ok && n > 1)
    {
      Curve mean;

      mean_of_curves (curves, n, &mean);
      add_curve (b, group, NULL, position, charge, &mean);
      curve_clear (&mean);
    }
  for (guint k = 0; k < n; k++)
    curve_clear (&curves[k]);
  return ok;
}

/* "ICE 94 %" in each sample's colour. */
static void
add_efficiencies (Build *b)
{
  double y = 0.62;

  for (guint g = b->context->n_groups; g > 0; g--)
    {
      const PlateauPlotGroup *group = &b->context->groups[g - 1];
      guint one = 1;
      g_autoptr (GArray) first = g_array_new (FALSE, FALSE, sizeof (guint));
      PlotSeries series;

      g_array_append_val (first, one);
      if (!plot_series_compute (b->context, group, NULL, PLOT_COULOMBIC_EFFICIENCY, b->unit, first,
                                &series, NULL))
        continue;
      if (series.n == 1)
        {
          g_autofree char *text = g_strdup_printf (_ ("ICE %.0f %%"), series.mean[0]);
          PlateauAnnotation *a = plateau_panel_add_annotation (b->context->panel,
                                                               PLATEAU_ANNOTATION_TEXT, text);

          a->x = 0.97;
          a->y = y;
          a->horizontal = PLATEAU_ANCHOR_END;
          a->avoid = TRUE;
          a->colour = plateau_colour_slot (group->slot, 0);
          y -= 0.09;
        }
      plot_series_clear (&series);
    }
}

/* With colours for cycles the samples are named in the plot, each in its colour. */
static void
add_names (Build *b)
{
  PlateauPanel *panel = b->context->panel;

  for (guint g = 0; g < b->context->n_groups; g++)
    {
      const PlateauPlotGroup *group = &b->context->groups[g];
      g_autofree char *name = plot_group_label (group);
      PlateauAnnotation *a = plateau_panel_add_annotation (panel, PLATEAU_ANNOTATION_TEXT, name);

      a->x = 0.97;
      a->y = 0.96 - 0.08 * g;
      a->horizontal = PLATEAU_ANCHOR_END;
      a->bold = a->avoid = TRUE;
      a->colour = plateau_colour_slot (group->slot, 0);
    }
}

static void
set_axes (Build *b)
{
  g_autofree char *unit = plot_unit_markup (b->unit);
  const char *title = g_str_equal (b->unit, "mAh/g")     ? _ ("Specific capacity")
                      : g_str_equal (b->unit, "mAh/cm2") ? _ ("Areal capacity")
                                                         : _ ("Capacity");

  plateau_panel_set_axis (b->context->panel, PLATEAU_AXIS_X, title, unit);
  b->context->panel->axes[PLATEAU_AXIS_X].from_zero = TRUE;
  plateau_plot_set_potential_axis (b->context, PLATEAU_AXIS_Y);
  b->context->panel->axes[PLATEAU_AXIS_Y].head_room = 0.08;
}

static void
set_legend (Build *b)
{
  PlateauPanel *panel = b->context->panel;

  if (b->bar)
    {
      panel->colour_bar = (PlateauColourBar){
        .used = TRUE,
        .title = g_strdup (_ ("Cycle number")),
        .min = g_array_index (b->chosen, guint, 0),
        .max = g_array_index (b->chosen, guint, b->chosen->len - 1),
      };
      return;
    }
  if (b->chosen->len > 1)
    {
      if (b->o->label == 0)
        panel->legend.title = g_strdup (_ ("Cycle"));
      if (b->context->n_groups > 1)
        add_names (b);
    }
}

static gboolean
build (PlateauPlotContext *context, gconstpointer options, GError **error)
{
  Build b = { .context = context, .o = options };
  gboolean ok = TRUE;

  b.unit = plateau_plot_capacity_unit (context, plot_capacity_units[b.o->unit]);
  if (!*context->cycles)
    context->cycles = "1";
  b.chosen = plot_choose_cycles (context, error);
  if (!b.chosen)
    return FALSE;
  b.bar = plateau_plot_wants_colour_bar (context, b.chosen->len);
  b.by_cycle = b.o->colour == COLOUR_CYCLE
               || (b.o->colour == COLOUR_AUTO && b.chosen->len > 1
                   && (context->n_groups == 1 || b.bar));
  b.table = context->panel->data = plateau_table_new (_ ("Potential against capacity"));
  plateau_table_add_column (b.table, "sample", _ ("Sample"), NULL, PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (b.table, "cycle", _ ("Cycle"), NULL, PLATEAU_COLUMN_INTEGER, 0);
  plateau_table_add_column (b.table, "branch", _ ("Branch"), NULL, PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (b.table, "capacity", _ ("Capacity"), b.unit, PLATEAU_COLUMN_NUMBER, 2);
  plateau_table_add_column (b.table, "potential", _ ("Potential"), "V", PLATEAU_COLUMN_NUMBER, 4);
  set_axes (&b);
  for (guint g = 0; ok && g < context->n_groups; g++)
    for (guint k = 0; ok && k < b.chosen->len; k++)
      {
        if (b.o->branch != 2)
          ok = add_branch (&b, &context->groups[g], k, TRUE, error);
        if (ok && b.o->branch != 1)
          ok = add_branch (&b, &context->groups[g], k, FALSE, error);
      }
  if (ok && b.chosen->len > 0)
    set_legend (&b);
  if (ok && b.o->efficiency)
    add_efficiencies (&b);
  if (ok && b.o->label == 1)
    plot_state_one_c (context);
  g_array_unref (b.chosen);
  return ok;
}

const PlateauPlotKind plateau_plot_potential_capacity = {
  .id = "potential-capacity",
  .label = N_ ("Potential against capacity"),
  .page = "cycling",
  .needs = PLATEAU_KIND_CYCLING,
  .options = option_table,
  .options_size = sizeof (Options),
  .options_init = &option_defaults,
  .build = build,
};
