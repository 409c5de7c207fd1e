/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-impedance.h"

#include "base/plateau-unit.h"
#include "figure/plateau-markup.h"
#include "figure/plots/plot-cycling.h"

#include <glib/gi18n.h>
#include <math.h>

/* What spectra of a series differ in: their places, colours, labels and layers. */

const char *const plot_series_axis_nicks[] = { "auto",   "potential",   "cycle",
                                               "time",   "temperature", "inverse-temperature",
                                               "number", NULL };
const char *const plot_series_axis_labels[] = { N_ ("What differs"), N_ ("Potential"),
                                                N_ ("Cycle"),        N_ ("Time"),
                                                N_ ("Temperature"),  "1000/T",
                                                N_ ("Number"),       NULL };

const char *const plot_per_nicks[] = { "none", "area", "thickness", NULL };
const char *const plot_per_labels[] = { N_ ("As measured"), N_ ("Times area"),
                                        N_ ("Times area over thickness"), NULL };

const char *
plot_per_unit (int per)
{
  static const char *const units[] = { "Ω", "Ω cm<sup>2</sup>", "Ω cm" };

  return units[per];
}

double
plot_per_factor (PlateauPlotContext *context, const PlateauStudyCell *cell, int per)
{
  if (per == PLOT_PER_AREA && cell->area > 0)
    return cell->area * 1e4;
  if (per == PLOT_PER_THICKNESS && cell->area > 0 && cell->thickness > 0)
    return cell->area / cell->thickness * 1e2;
  if (per != PLOT_PER_NOTHING)
    plateau_panel_note (context->panel, _ ("%s has no area or thickness: shown as measured"),
                        cell->name);
  return 1;
}

void
plot_spectrum_style (PlateauLayerStyle *style, const PlotSpectra *set, guint index, guint n_sets)
{
  plateau_layer_style_for_slot (style, set->group->slot);
  style->dash = PLATEAU_DASH_SOLID;
  if (set->spectra->len > 1)
    {
      double amount = set->shades ? set->shades[index]
                                  : plateau_plot_shade (index, set->spectra->len);

      style->colour = n_sets > 1 ? plateau_colour_slot (set->group->slot, amount)
                                 : plateau_colour_sequential (amount);
    }
}

static double
condition (PlateauSpectrum *spectrum, const PlotSpectra *set, PlotSeriesAxis axis)
{
  const PlateauStudyCell *cell = set->cell;
  const PlateauConditions *c = plateau_spectrum_get_conditions (spectrum);
  double offset = isfinite (cell->reference_offset) ? cell->reference_offset : 0;

  switch (axis)
    {
    case PLOT_SERIES_POTENTIAL:
      return c->potential + offset;
    case PLOT_SERIES_CYCLE:
      return c->cycle;
    case PLOT_SERIES_TIME:
      return plateau_from_si (c->time, "h");
    case PLOT_SERIES_TEMPERATURE:
      return plateau_from_si (isfinite (c->temperature) ? c->temperature : cell->temperature,
                              set->kelvin ? "K" : "degC");
    case PLOT_SERIES_INVERSE_TEMPERATURE:
      return 1000 / (isfinite (c->temperature) ? c->temperature : cell->temperature);
    default:
      return NAN;
    }
}

double
plot_series_value (const PlotSpectra *set, guint index, PlotSeriesAxis axis)
{
  if (axis == PLOT_SERIES_NUMBER)
    return g_array_index (set->numbers, guint, index);
  return condition (g_ptr_array_index (set->spectra, index), set, axis);
}

static gboolean
differs (const PlotSpectra *set, PlotSeriesAxis axis)
{
  double least = INFINITY, most = -INFINITY;

  for (guint i = 0; i < set->spectra->len; i++)
    {
      double value = plot_series_value (set, i, axis);

      if (!isfinite (value))
        return FALSE;
      least = MIN (least, value);
      most = MAX (most, value);
    }
  /* a potential or a temperature that only scatters is none to sort by */
  return most - least
         > (axis == PLOT_SERIES_POTENTIAL     ? 5e-3
            : axis == PLOT_SERIES_TEMPERATURE ? 2
                                              : 1e-3 * MAX (fabs (most), fabs (least)));
}

static PlotSeriesAxis
choose_for_set (const PlotSpectra *set)
{
  static const PlotSeriesAxis order[] = { PLOT_SERIES_POTENTIAL, PLOT_SERIES_TEMPERATURE,
                                          PLOT_SERIES_CYCLE, PLOT_SERIES_TIME };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if (differs (set, order[i]))
      return order[i];
  return PLOT_SERIES_NUMBER;
}

PlotSeriesAxis
plot_series_axis_choose (GPtrArray *sets, PlotSeriesAxis wanted)
{
  if (wanted != PLOT_SERIES_AUTO)
    return wanted;
  return sets->len > 0 ? choose_for_set (g_ptr_array_index (sets, 0)) : PLOT_SERIES_NUMBER;
}

void
plot_series_set_axis (PlateauPlotContext *context, PlateauAxisId id, PlotSeriesAxis axis)
{
  switch (axis)
    {
    case PLOT_SERIES_POTENTIAL:
      plateau_plot_set_potential_axis (context, id);
      return;
    case PLOT_SERIES_CYCLE:
      plateau_panel_set_axis (context->panel, id, _ ("Cycle number"), NULL);
      return;
    case PLOT_SERIES_TIME:
      plateau_panel_set_axis (context->panel, id, _ ("Time"), "h");
      return;
    case PLOT_SERIES_TEMPERATURE:
      plateau_panel_set_axis (context->panel, id, _ ("Temperature"),
                              context->notation.kelvin ? "K" : "°C");
      return;
    case PLOT_SERIES_INVERSE_TEMPERATURE:
      plateau_panel_set_axis (context->panel, id, "1000 <i>T</i><sup>−1</sup>", "K<sup>−1</sup>");
      return;
    default:
      plateau_panel_set_axis (context->panel, id, _ ("Spectrum"), NULL);
    }
}

/* Share of @values[i] in their range; FALSE when they have none. */
static gboolean
shade_by_value (PlotSpectra *set, PlotSeriesAxis axis, double least, double most)
{
  if (!(most > least))
    return FALSE;
  for (guint i = 0; i < set->spectra->len; i++)
    {
      double value = plot_series_value (set, i, axis);

      set->shades[i] = isfinite (value) ? (value - least) / (most - least) : 0.5;
    }
  return TRUE;
}

static void
shade_by_rank (PlotSpectra *set, PlotSeriesAxis axis)
{
  guint n = set->spectra->len;

  for (guint i = 0; i < n; i++)
    {
      double value = plot_series_value (set, i, axis);
      guint rank = 0;

      for (guint k = 0; k < n; k++)
        {
          double other = plot_series_value (set, k, axis);

          rank += other < value || (!(other > value) && k < i);
        }
      set->shades[i] = plateau_plot_shade (rank, n);
    }
}

static char *
axis_title (PlotSeriesAxis axis, gboolean kelvin)
{
  switch (axis)
    {
    case PLOT_SERIES_POTENTIAL:
      return g_strconcat (_ ("Potential"), " / V", NULL);
    case PLOT_SERIES_CYCLE:
      return g_strdup (_ ("Cycle number"));
    case PLOT_SERIES_TIME:
      return g_strconcat (_ ("Time"), " / h", NULL);
    case PLOT_SERIES_TEMPERATURE:
      return g_strconcat (_ ("Temperature"), kelvin ? " / K" : " / °C", NULL);
    case PLOT_SERIES_INVERSE_TEMPERATURE:
      return g_strdup ("1000 <i>T</i><sup>−1</sup> / K<sup>−1</sup>");
    default:
      return g_strdup (_ ("Spectrum"));
    }
}

static void
range_of_values (GPtrArray *sets, PlotSeriesAxis axis, double *least, double *most)
{
  *least = INFINITY;
  *most = -INFINITY;
  for (guint s = 0; s < sets->len; s++)
    {
      const PlotSpectra *set = g_ptr_array_index (sets, s);

      for (guint i = 0; i < set->spectra->len; i++)
        {
          double value = plot_series_value (set, i, axis);

          if (!isfinite (value))
            continue;
          *least = MIN (*least, value);
          *most = MAX (*most, value);
        }
    }
}

gboolean
plot_spectra_colour (PlateauPlotContext *context, GPtrArray *sets, int axis, gboolean stacked)
{
  gboolean many = plateau_plot_wants_colour_bar (context, plot_spectra_count (sets));
  gboolean by_value = many && !stacked;
  double least, most;

  if (stacked && axis == PLOT_SERIES_AUTO)
    return FALSE; /* in the order in which they stand */
  axis = plot_series_axis_choose (sets, axis);
  range_of_values (sets, axis, &least, &most);
  if (!(most >= least))
    plateau_panel_note (context->panel, _ ("These spectra carry no %s to be coloured by"),
                        _ (plot_series_axis_labels[axis]));
  for (guint s = 0; s < sets->len; s++)
    {
      PlotSpectra *set = g_ptr_array_index (sets, s);

      set->axis = axis;
      set->shades = g_new (double, set->spectra->len + 1);
      if (!by_value || !shade_by_value (set, axis, least, most))
        shade_by_rank (set, axis);
    }
  if (!by_value)
    return !many;
  for (guint s = 0; sets->len > 1 && s < sets->len; s++)
    plot_name_sample (context, g_ptr_array_index (sets, s));
  if (sets->len > 1 && most > least)
    {
      g_autofree char *title = axis_title (axis, context->notation.kelvin);
      g_autofree char *plain = plateau_markup_to_plain (title);

      plateau_panel_note (context->panel,
                          _ ("Shaded by %s: the sample's colour at %.3g, furthest from it at %.3g"),
                          plain, least, most);
    }
  if (sets->len == 1 && most > least)
    context->panel->colour_bar = (PlateauColourBar){
      .used = TRUE, .title = axis_title (axis, context->notation.kelvin), .min = least, .max = most
    };
  return FALSE;
}

char *
plot_spectrum_label (const PlotSpectra *set, guint index)
{
  PlotSeriesAxis axis = set->axis != PLOT_SERIES_AUTO ? (PlotSeriesAxis) set->axis
                                                      : choose_for_set (set);
  double value = plot_series_value (set, index, axis);
  const char *label = plateau_spectrum_get_label (g_ptr_array_index (set->spectra, index));

  switch (axis)
    {
    case PLOT_SERIES_POTENTIAL:
      return g_strdup_printf ("%.2f V", value);
    case PLOT_SERIES_CYCLE:
      return g_strdup_printf (_ ("cycle %.0f"), value);
    case PLOT_SERIES_INVERSE_TEMPERATURE:
      value = plot_series_value (set, index, PLOT_SERIES_TEMPERATURE);
      return g_strdup_printf (set->kelvin ? "%.0f K" : "%.0f °C", value);
    case PLOT_SERIES_TEMPERATURE:
      return g_strdup_printf (set->kelvin ? "%.0f K" : "%.0f °C", value);
    case PLOT_SERIES_TIME:
      return g_strdup_printf ("%.1f h", value);
    default:
      if (label && *label && set->spectra->len > 1)
        return plateau_plot_markup (label);
      return g_strdup_printf ("%u", g_array_index (set->numbers, guint, index));
    }
}

void
plot_add_stack_label (PlateauPlotContext *context, const PlotSpectra *set, guint index,
                      double shift)
{
  gboolean marked = plot_spectrum_is_marked (context, set, index);
  g_autofree char *text = plot_spectrum_label (set, index);
  g_autofree char *bold = g_strdup_printf ("<b>%s</b>", text);
  PlateauAnnotation *a = plateau_panel_add_annotation (context->panel, PLATEAU_ANNOTATION_TEXT,
                                                       marked ? bold : text);

  a->x_coordinates = PLATEAU_COORDINATES_AXES;
  a->y_coordinates = PLATEAU_COORDINATES_DATA;
  a->x = 0.98;
  a->y = shift;
  a->horizontal = PLATEAU_ANCHOR_END;
  a->vertical = PLATEAU_ANCHOR_END;
  a->small = TRUE;
  a->colour = plateau_colour_simple (marked ? PLATEAU_COLOUR_ACCENT : PLATEAU_COLOUR_DIM);
}

/* Small grey crosses where points are masked, which a pick brings back. */
void
plot_style_masked (PlateauLayer *layer)
{
  layer->style.width = 0;
  layer->style.marker = PLATEAU_MARKER_CROSS;
  layer->style.marker_size = 0.8;
  layer->style.colour = plateau_colour_simple (PLATEAU_COLOUR_DIM);
}

PlateauLayer *
plot_spectrum_layer (PlateauPlotContext *context, PlateauLayerKind kind, const PlotSpectra *set,
                     guint index, guint n_sets, const char *what, gboolean legend)
{
  guint number = g_array_index (set->numbers, guint, index);
  g_autofree char *id = g_strdup_printf ("%s/%s/%u", what, set->cell->name, number);
  g_autofree char *group = plot_group_label (set->group);
  g_autofree char *own = plot_spectrum_label (set, index);
  g_autofree char *label = set->spectra->len > 1 && n_sets > 1
                               ? g_strconcat (group, ", ", own, NULL)
                           : set->spectra->len > 1 ? g_strdup (own)
                                                   : g_strdup (group);
  PlateauLayer *layer = plateau_panel_add_layer (context->panel, kind, id, legend ? label : NULL);

  plot_spectrum_style (&layer->style, set, index, n_sets);
  layer->tag.cell = set->cell->id;
  layer->tag.sample = set->group->sample ? set->group->sample->id : 0;
  layer->tag.spectrum = (int) number - 1;
  if (plot_spectrum_is_marked (context, set, index))
    layer->style.width *= 2.2;
  return layer;
}

/* A legend entry that names the colour of a sample, where markers tell what differs within it. */
void
plot_name_sample (PlateauPlotContext *context, const PlotSpectra *set)
{
  g_autofree char *id = g_strdup_printf ("sample/%s", set->cell->name);
  g_autofree char *label = plot_group_label (set->group);
  PlateauLayer *layer = plateau_panel_add_layer (context->panel, PLATEAU_LAYER_LINE, id, label);
  double *x = g_new (double, 1), *y = g_new (double, 1);

  x[0] = y[0] = NAN;
  plateau_layer_style_for_slot (&layer->style, set->group->slot);
  layer->style.dash = PLATEAU_DASH_SOLID;
  layer->tag.cell = set->cell->id;
  plateau_layer_take_xy (layer, x, y, 1);
}
