/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-cycling.h"

#include "analysis/plateau-runs.h"
#include "base/plateau-error.h"
#include "base/plateau-unit.h"
#include "figure/plateau-plot-dqdv.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* Differential capacity of chosen cycles, charge up and discharge down; or dV/dQ; or the
 * difference of samples to the first one. */

typedef struct
{
  gboolean mean, peaks, difference;
} Options;

static const PlateauOption option_table[] = {
  { "mean", N_ ("Mean of replicates"), N_ ("One curve a sample and cycle, with its scatter"),
    PLATEAU_OPTION_BOOLEAN, G_STRUCT_OFFSET (Options, mean), NULL, 0, 0, NULL, NULL },
  { "peaks", N_ ("Mark peaks"), N_ ("The potentials of peaks beside them"), PLATEAU_OPTION_BOOLEAN,
    G_STRUCT_OFFSET (Options, peaks), NULL, 0, 0, NULL, NULL },
  { "difference", N_ ("Difference"),
    N_ ("Each sample minus the pristine one, with its standard error as a band"),
    PLATEAU_OPTION_BOOLEAN, G_STRUCT_OFFSET (Options, difference), NULL, 0, 0, NULL, NULL },
  { NULL },
};

static const Options option_defaults = { TRUE, FALSE, FALSE };

/* More curves than this need no bands. */
#define MAXIMUM_BANDS 4

typedef struct
{
  PlateauPlotContext *context;
  const Options *o;
  PlateauDqdvOptions options;
  gboolean specific;
  GArray *chosen;
  gboolean by_cycle, bar;
  double rate, temperature; /* of the first group's cells: the others are shown at the same */
} Build;

static double
offset_of (const PlateauStudyCell *cell)
{
  return isnan (cell->reference_offset) ? 0 : cell->reference_offset;
}

/* From C/V (or V/C) to the unit of the axis. */
static double
scale_of (Build *b, const PlateauStudyCell *cell)
{
  double mass = cell->active_mass;

  if (b->options.inverse)
    return b->specific ? 3.6 * 1e3 * mass : 3.6;
  return b->specific ? plateau_from_si (1 / mass, "mAh/(g V)") : plateau_from_si (1, "mAh/V");
}

static gboolean
near_or_unknown (double a, double b, double absolute, double share)
{
  return isnan (a) || isnan (b) || fabs (a - b) <= MAX (absolute, share * fabs (a));
}

/* Only what was taken at one rate, temperature and loading may be averaged. */
static gboolean
belong_together (const PlateauStudyCell *a, const PlateauCycle *x, const PlateauStudyCell *b,
                 const PlateauCycle *y)
{
  return plateau_cycles_same_rate (x, y, PLATEAU_RATE_TOLERANCE)
         && near_or_unknown (a->temperature, b->temperature, 3, 0)
         && near_or_unknown (a->active_mass / a->area, b->active_mass / b->area, 0, 0.25);
}

/* The largest set of cells of a group that can be averaged in @cycle. */
static gboolean
choose_cells (Build *b, const PlateauPlotGroup *group, guint cycle, gboolean charge,
              GPtrArray *chosen, GError **error)
{
  g_autofree PlateauCycle *of_cell = g_new0 (PlateauCycle, group->n_cells);
  g_autofree gboolean *has = g_new0 (gboolean, group->n_cells);
  guint most = 0, reference = 0, with_cycle = 0;

  for (guint c = 0; c < group->n_cells; c++)
    {
      g_autoptr (PlateauCycles)
          cycles = plateau_plot_get_cycles (b->context, group->cells[c], error);
      int index = cycles ? plateau_cycles_find (cycles, cycle) : -1;

      if (!cycles)
        return FALSE;
      has[c] = index >= 0;
      with_cycle += has[c];
      if (has[c])
        of_cell[c] = cycles->cycles[index];
    }
  for (guint c = 0; c < group->n_cells; c++)
    {
      guint count = 0;

      /* Samples are compared at one rate where they have it. */
      if (has[c] && b->context->n_groups > 1 && isfinite (b->rate)
          && near_or_unknown (b->rate, plot_c_rate (group->cells[c], of_cell[c].discharge_current),
                              0, 0.12)
          && near_or_unknown (b->temperature, group->cells[c]->temperature, 3, 0))
        count = group->n_cells;
      for (guint k = 0; has[c] && k < group->n_cells; k++)
        count += has[k]
                 && belong_together (group->cells[c], &of_cell[c], group->cells[k], &of_cell[k]);
      if (count > most)
        {
          most = count;
          reference = c;
        }
    }
  for (guint c = 0; c < group->n_cells; c++)
    if (has[c]
        && (!b->o->mean
            || belong_together (group->cells[reference], &of_cell[reference], group->cells[c],
                                &of_cell[c])))
      g_ptr_array_add (chosen, (gpointer) group->cells[c]);
  if (chosen->len > 0 && isnan (b->rate))
    {
      b->rate = plot_c_rate (group->cells[reference], of_cell[reference].discharge_current);
      b->temperature = group->cells[reference]->temperature;
    }
  if (chosen->len < with_cycle && charge)
    plateau_panel_note (
        b->context->panel,
        _ ("%s, cycle %u: %u of %u cells; the others were measured at another rate, "
           "temperature or loading"),
        group->name, cycle, chosen->len, with_cycle);
  return TRUE;
}

/* The curves of one branch of a group's cells; cells whose branch gives none are left out. */
static GPtrArray *
compute_branch (Build *b, const PlateauPlotGroup *group, guint cycle, gboolean charge,
                GPtrArray *cells, GError **error)
{
  g_autoptr (GPtrArray)
      curves = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_dqdv_curve_unref);
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();
  PlateauDqdvOptions options = b->options;

  options.branch = charge ? PLATEAU_BRANCH_CHARGE : PLATEAU_BRANCH_DISCHARGE;
  if (!choose_cells (b, group, cycle, charge, chosen, error))
    return NULL;
  for (guint c = 0; c < chosen->len; c++)
    {
      const PlateauStudyCell *cell = chosen->pdata[c];
      /* A branch too short for a curve is left out. */
      g_autoptr (GPtrArray)
          own = plateau_plot_get_dqdv (b->context, cell, &cycle, 1, &options, NULL);

      if (g_cancellable_set_error_if_cancelled (b->context->cancellable, error))
        return NULL;
      if (own && own->len == 1)
        {
          g_ptr_array_add (curves, plateau_dqdv_curve_ref (own->pdata[0]));
          g_ptr_array_add (cells, (gpointer) cell);
        }
    }
  return g_steal_pointer (&curves);
}

static void
style_curve (Build *b, PlateauLayer *layer, const PlateauPlotGroup *group, guint position)
{
  double shade = plateau_plot_shade (position, b->chosen->len);

  plateau_layer_style_for_slot (&layer->style, group->slot);
  if (!b->by_cycle)
    {
      layer->style.colour = plateau_colour_slot (group->slot, shade);
      return;
    }
  double first = g_array_index (b->chosen, guint, 0);
  double last = g_array_index (b->chosen, guint, b->chosen->len - 1);
  double cycle = g_array_index (b->chosen, guint, position);
  layer->style.colour = plateau_colour_sequential (
      b->bar && last > first ? (cycle - first) / (last - first) : shade);
  if (b->context->n_groups == 1)
    layer->style.dash = PLATEAU_DASH_SOLID;
}

static char *
curve_label (Build *b, const PlateauPlotGroup *group, guint cycle)
{
  if (b->bar)
    return b->context->n_groups > 1 ? plot_group_label (group) : NULL;
  if (b->chosen->len == 1)
    return plot_group_label (group);
  return b->context->n_groups == 1 ? g_strdup_printf ("%u", cycle)
                                   : g_strdup_printf ("%s, %u", group->name, cycle);
}

static PlateauLayer *
new_layer (Build *b, PlateauLayerKind kind, const PlateauPlotGroup *group,
           const PlateauStudyCell *only, guint position, gboolean charge)
{
  guint cycle = g_array_index (b->chosen, guint, position);
  g_autofree char *label = kind == PLATEAU_LAYER_BAND ? NULL : curve_label (b, group, cycle);
  g_autofree char *id = g_strdup_printf ("%s%s/%u/%s", kind == PLATEAU_LAYER_BAND ? "band/" : "",
                                         only ? only->name : group->name, cycle,
                                         charge ? "charge" : "discharge");
  PlateauLayer *layer = plateau_panel_add_layer (b->context->panel, kind, id, label);

  style_curve (b, layer, group, position);
  layer->tag.sample = group->sample ? group->sample->id : 0;
  layer->tag.cell = only ? only->id : group->n_cells == 1 ? group->cells[0]->id : 0;
  layer->tag.cycle = (int) cycle;
  layer->tag.branch = charge ? PLATEAU_TAG_CHARGE : PLATEAU_TAG_DISCHARGE;
  return layer;
}

static void
add_to_table (Build *b, const char *name, guint cycle, gboolean charge, const double *x,
              const double *y, const double *sd, guint n)
{
  PlateauTable *table = b->context->panel->data;

  for (guint i = 0; i < n; i++)
    {
      guint row = plateau_table_add_row (table);

      plateau_table_set_text (table, row, 0, name);
      plateau_table_set_number (table, row, 1, cycle);
      plateau_table_set_word (table, row, 2, charge ? "charge" : "discharge",
                              charge ? _ ("charge") : _ ("discharge"));
      plateau_table_set_number (table, row, 3, x[i]);
      plateau_table_set_number (table, row, 4, y[i]);
      plateau_table_set_number (table, row, 5, sd ? sd[i] : NAN);
    }
}

/* A curve with its scatter; takes x and y. */
static void
add_curve (Build *b, const PlateauPlotGroup *group, const PlateauStudyCell *only, guint position,
           gboolean charge, double *x, double *y, const double *sd, guint n)
{
  guint cycle = g_array_index (b->chosen, guint, position);
  PlateauLayer *layer;

  /* The empty bin at either end is for integration; drawn it would be a line to zero. */
  if (!b->options.inverse && n > 2)
    {
      n -= 2;
      memmove (x, x + 1, n * sizeof *x);
      memmove (y, y + 1, n * sizeof *y);
      sd = sd ? sd + 1 : NULL;
    }
  add_to_table (b, only ? only->name : group->name, cycle, charge, x, y, sd, n);
  if (sd && !isnan (sd[0]) && b->chosen->len <= MAXIMUM_BANDS)
    {
      double *low = g_new (double, n), *high = g_new (double, n);

      for (guint i = 0; i < n; i++)
        {
          low[i] = y[i] - sd[i];
          high[i] = y[i] + sd[i];
        }
      layer = new_layer (b, PLATEAU_LAYER_BAND, group, only, position, charge);
      layer->style.area_alpha = 0.2;
      layer->style.width = 0;
      plateau_layer_take_xy (layer, g_memdup2 (x, n * sizeof *x), g_memdup2 (y, n * sizeof *y), n);
      plateau_layer_take_y_range (layer, low, high);
    }
  layer = new_layer (b, PLATEAU_LAYER_LINE, group, only, position, charge);
  plateau_layer_take_xy (layer, x, y, n);
}

static void
mark_peaks (Build *b, const PlateauDqdvCurve *curve, const PlateauPlotGroup *group,
            const PlateauStudyCell *cell)
{
  for (guint p = 0; p < curve->n_peaks; p++)
    {
      g_autofree char *text = g_strdup_printf ("%.2f",
                                               curve->peaks[p].potential + offset_of (cell));
      PlateauAnnotation *a = plateau_panel_add_annotation (b->context->panel,
                                                           PLATEAU_ANNOTATION_TEXT, text);

      a->x_coordinates = a->y_coordinates = PLATEAU_COORDINATES_DATA;
      a->x = curve->peaks[p].potential + offset_of (cell);
      a->y = curve->peaks[p].height * scale_of (b, cell);
      a->horizontal = PLATEAU_ANCHOR_MIDDLE;
      a->vertical = curve->charge ? PLATEAU_ANCHOR_END : PLATEAU_ANCHOR_START;
      a->small = a->avoid = TRUE;
      a->colour = plateau_colour_slot (group->slot, 0);
    }
}

static void
add_single (Build *b, const PlateauPlotGroup *group, const PlateauStudyCell *cell, guint position,
            const PlateauDqdvCurve *curve)
{
  guint n = b->options.inverse ? curve->n_inverse : curve->n;
  double *x = g_new (double, n), *y = g_new (double, n);
  double scale = scale_of (b, cell), offset = offset_of (cell);

  for (guint i = 0; i < n; i++)
    {
      x[i] = b->options.inverse ? plateau_plot_normalise (cell, curve->charge_passed[i],
                                                          b->specific ? "mAh/g" : "mAh")
                                : curve->potential[i] + offset;
      y[i] = scale * (b->options.inverse ? curve->dvdq[i] : curve->dqdv[i]);
    }
  if (b->o->peaks && !b->options.inverse && b->chosen->len == 1)
    mark_peaks (b, curve, group, cell);
  add_curve (b, group, group->n_cells > 1 && !b->o->mean ? cell : NULL, position, curve->charge, x,
             y, NULL, n);
}

/* Mean of a group's curves in the unit of the axis. */
static PlateauDqdvMean *
mean_of_branch (Build *b, GPtrArray *curves, GPtrArray *cells)
{
  g_autofree double *scales = g_new (double, curves->len);
  PlateauDqdvMean *mean;

  for (guint k = 0; k < curves->len; k++)
    scales[k] = scale_of (b, cells->pdata[k]);
  mean = plateau_dqdv_mean ((PlateauDqdvCurve *const *) curves->pdata, scales, curves->len);
  for (guint i = 0; i < mean->n; i++)
    mean->potential[i] += offset_of (cells->pdata[0]);
  return mean;
}

static gboolean
add_branch (Build *b, const PlateauPlotGroup *group, guint position, gboolean charge,
            GError **error)
{
  guint cycle = g_array_index (b->chosen, guint, position);
  g_autoptr (GPtrArray) cells = g_ptr_array_new ();
  g_autoptr (GPtrArray) curves = compute_branch (b, group, cycle, charge, cells, error);

  if (!curves)
    return FALSE;
  if (b->o->mean && curves->len > 1 && !b->options.inverse)
    {
      g_autoptr (PlateauDqdvMean) mean = mean_of_branch (b, curves, cells);

      add_curve (b, group, NULL, position, charge,
                 g_memdup2 (mean->potential, mean->n * sizeof (double)),
                 g_memdup2 (mean->mean, mean->n * sizeof (double)), mean->sd, mean->n);
      if (b->o->peaks && b->chosen->len == 1)
        mark_peaks (b, curves->pdata[0], group, cells->pdata[0]);
      return TRUE;
    }
  for (guint k = 0; k < curves->len; k++)
    add_single (b, group, cells->pdata[k], position, curves->pdata[k]);
  return TRUE;
}

static guint
find_base (PlateauPlotContext *context)
{
  const PlateauRole wanted[] = { PLATEAU_ROLE_PRISTINE, PLATEAU_ROLE_CONTROL };

  for (guint k = 0; k < G_N_ELEMENTS (wanted); k++)
    for (guint g = 0; g < context->n_groups; g++)
      if (context->groups[g].sample && context->groups[g].sample->role == wanted[k])
        return g;
  return 0;
}

/* Every group but the base, minus the base. */
static gboolean
add_differences (Build *b, guint position, gboolean charge, GError **error)
{
  guint cycle = g_array_index (b->chosen, guint, position), base = find_base (b->context);
  g_autoptr (GPtrArray) base_cells = g_ptr_array_new ();
  g_autoptr (GPtrArray)
      base_curves = compute_branch (b, &b->context->groups[base], cycle, charge, base_cells, error);
  g_autoptr (PlateauDqdvMean) base_mean = NULL;

  if (!base_curves)
    return FALSE;
  if (base_curves->len == 0)
    return TRUE;
  base_mean = mean_of_branch (b, base_curves, base_cells);
  for (guint g = 0; g < b->context->n_groups; g++)
    {
      const PlateauPlotGroup *group = &b->context->groups[g];
      g_autoptr (GPtrArray) cells = g_ptr_array_new ();
      g_autoptr (GPtrArray)
          curves = g != base ? compute_branch (b, group, cycle, charge, cells, error) : NULL;
      g_autoptr (PlateauDqdvMean) mean = NULL;
      g_autoptr (PlateauDqdvMean) difference = NULL;

      if (g == base)
        continue;
      if (!curves)
        return FALSE;
      if (curves->len == 0)
        continue;
      mean = mean_of_branch (b, curves, cells);
      difference = plateau_dqdv_difference (mean, base_mean);
      add_curve (b, group, NULL, position, charge,
                 g_memdup2 (difference->potential, difference->n * sizeof (double)),
                 g_memdup2 (difference->mean, difference->n * sizeof (double)), difference->sd,
                 difference->n);
    }
  return TRUE;
}

static void
set_axes (Build *b)
{
  PlateauPanel *panel = b->context->panel;
  g_autofree char *capacity = plot_unit_markup (b->specific ? "mAh/g" : "mAh");
  g_autofree char *unit = plot_unit_markup (b->specific ? "mAh/(g V)" : "mAh/V");
  g_autofree char *inverse = plateau_plot_markup (b->specific ? "V g mAh⁻¹" : "V mAh⁻¹");

  if (b->options.inverse)
    {
      plateau_panel_set_axis (panel, PLATEAU_AXIS_X,
                              b->specific ? _ ("Specific capacity") : _ ("Capacity"), capacity);
      plateau_panel_set_axis (panel, PLATEAU_AXIS_Y, _ ("d<i>V</i>/d<i>Q</i>"), inverse);
      return;
    }
  plateau_plot_set_potential_axis (b->context, PLATEAU_AXIS_X);
  plateau_panel_set_axis (
      panel, PLATEAU_AXIS_Y,
      b->o->difference ? _ ("Δ d<i>Q</i>/d<i>V</i>") : _ ("d<i>Q</i>/d<i>V</i>"), unit);
}

static void
set_legend (Build *b)
{
  PlateauPanel *panel = b->context->panel;

  if (b->bar)
    panel->colour_bar = (PlateauColourBar){
      .used = TRUE,
      .title = g_strdup (_ ("Cycle number")),
      .min = g_array_index (b->chosen, guint, 0),
      .max = g_array_index (b->chosen, guint, b->chosen->len - 1),
    };
  else if (b->chosen->len > 1 && b->context->n_groups == 1)
    panel->legend.title = g_strdup (_ ("Cycle"));
}

static void
start_table (Build *b)
{
  const char *x = b->options.inverse ? (b->specific ? "mAh/g" : "mAh") : "V";
  const char *y = b->options.inverse ? NULL : b->specific ? "mAh/(g V)" : "mAh/V";
  PlateauTable *table = b->context->panel->data = plateau_table_new (_ ("Differential capacity"));

  plateau_table_add_column (table, "sample", _ ("Sample"), NULL, PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (table, "cycle", _ ("Cycle"), NULL, PLATEAU_COLUMN_INTEGER, 0);
  plateau_table_add_column (table, "branch", _ ("Branch"), NULL, PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (table, "x", b->options.inverse ? _ ("Capacity") : _ ("Potential"), x,
                            PLATEAU_COLUMN_NUMBER, 5);
  plateau_table_add_column (table, "y", b->options.inverse ? _ ("dV/dQ") : _ ("dQ/dV"), y,
                            PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "sd", _ ("s.d."), y, PLATEAU_COLUMN_NUMBER, 3);
}

static gboolean
build (PlateauPlotContext *context, gconstpointer options, GError **error)
{
  Build b = { .context = context, .o = options, .options = PLATEAU_DQDV_OPTIONS_INIT };
  gboolean ok = TRUE;

  b.rate = b.temperature = NAN;
  if (!plateau_plot_get_settings (context, "dqdv", plateau_dqdv_option_table, &b.options, error))
    return FALSE;
  b.specific = g_str_equal (plateau_plot_capacity_unit (context, "mAh/g"), "mAh/g");
  if (!*context->cycles)
    context->cycles = "1";
  b.chosen = plot_choose_cycles (context, error);
  if (!b.chosen)
    return FALSE;
  b.bar = plateau_plot_wants_colour_bar (context, b.chosen->len);
  b.by_cycle = b.chosen->len > 1 && (context->n_groups == 1 || b.bar);
  start_table (&b);
  set_axes (&b);
  if (b.o->difference && context->n_groups < 2)
    {
      g_set_error_literal (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_EMPTY,
                           _ ("Select two samples to see their difference"));
      ok = FALSE;
    }
  for (guint side = 0; ok && side < 2; side++)
    for (guint k = 0; ok && k < b.chosen->len; k++)
      {
        gboolean charge = side == 0;
        if (b.options.branch != PLATEAU_BRANCH_BOTH
            && charge != (b.options.branch == PLATEAU_BRANCH_CHARGE))
          continue;
        b.rate = b.temperature = NAN;
        if (b.o->difference)
          ok = add_differences (&b, k, charge, error);
        else
          for (guint g = 0; ok && g < context->n_groups; g++)
            ok = add_branch (&b, &context->groups[g], k, charge, error);
      }
  if (ok && b.chosen->len > 0)
    set_legend (&b);
  g_array_unref (b.chosen);
  return ok;
}

const PlateauPlotKind plateau_plot_dqdv = {
  .id = "dqdv",
  .label = N_ ("Differential capacity"),
  .page = "dqdv",
  .needs = PLATEAU_KIND_CYCLING,
  .options = option_table,
  .options_size = sizeof (Options),
  .options_init = &option_defaults,
  .build = build,
};
