/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-kinetics.h"

#include "analysis/plateau-gitt.h"
#include "base/plateau-error.h"
#include "base/plateau-unit.h"

#include <glib/gi18n.h>
#include <math.h>

/* One pulse of a titration with the construction that its numbers come from: the relaxed
 * potentials, the step dE_s, the change dE_t and the line of the regression. */

#define LINE 36 /* characters of the text in the plot */

typedef struct
{
  int pulse;
} Options;

static const PlateauOption option_table[] = {
  { "pulse", N_ ("Pulse"), N_ ("Number of the pulse"), PLATEAU_OPTION_INTEGER,
    G_STRUCT_OFFSET (Options, pulse), NULL, 1, 1000000, NULL, NULL },
  { NULL },
};

static const Options option_defaults = { 1 };

typedef struct
{
  PlateauPlotContext *context;
  const PlateauPlotGroup *group;
  const PlateauStudyCell *cell;
  const PlateauGittPulse *pulse;
  double offset;
  int method; /* PlateauGittMethod */
} Build;

static void
add_course (Build *b, PlateauRecording *recording)
{
  const double *time = plateau_recording_peek (recording, PLATEAU_QUANTITY_TIME);
  const double *potential = plateau_recording_peek (recording, PLATEAU_QUANTITY_POTENTIAL);
  gsize first = b->pulse->before_row, last = b->pulse->rest_row, n = 0;
  g_autofree char *label = plot_group_label (b->group);
  double *x, *y;
  PlateauLayer *layer;

  first = first > 3 ? first - 3 : 0;
  x = g_new (double, last - first + 1);
  y = g_new (double, last - first + 1);
  for (gsize i = first; i <= last; i++, n++)
    {
      x[n] = (time[i] - b->pulse->start) / 60;
      y[n] = potential[i] + b->offset;
    }
  layer = plot_kinetics_add_points (b->context, b->group, b->cell, "course", label, x, y, n, FALSE);
  layer->style.dash = PLATEAU_DASH_SOLID;
  layer->style.marker_size = 0.6;
  layer->style.width = 0.6;
}

/* A straight line of the construction, in the colour of text. */
static void
add_mark (Build *b, const char *id, double x0, double y0, double x1, double y1)
{
  double *x = g_new (double, 2), *y = g_new (double, 2);
  PlateauLayer *layer;

  x[0] = x0 / 60;
  x[1] = x1 / 60;
  y[0] = y0 + b->offset;
  y[1] = y1 + b->offset;
  layer = plot_kinetics_add_line (b->context, b->group, b->cell, id, NULL, x, y, 2);
  layer->style.dash = PLATEAU_DASH_DASHED;
  layer->style.width = 0.8;
  layer->style.alpha = 0.8;
  layer->in_fit = FALSE;
}

static void
add_text (Build *b, double time, double potential, const char *name, double volts)
{
  g_autofree char *text = g_strdup_printf ("%s = %.2f mV", name, volts * 1e3);
  PlateauAnnotation *a
      = plateau_panel_add_annotation (b->context->panel, PLATEAU_ANNOTATION_TEXT, text);

  a->x_coordinates = a->y_coordinates = PLATEAU_COORDINATES_DATA;
  a->x = time / 60;
  a->y = potential + b->offset;
  a->horizontal = PLATEAU_ANCHOR_START;
  a->avoid = TRUE;
  a->small = TRUE;
}

/* The regression: on sqrt (t) from the switch to the end of the pulse, or on sqrt (t + tau) -
 * sqrt (t) through its window of the rest. */
static void
add_regression (Build *b)
{
  const PlateauGittPulse *pulse = b->pulse;
  const guint n = 60;
  gboolean rest = b->method == PLATEAU_GITT_RELAXATION;
  double tau = pulse->duration, from = rest ? pulse->fit_begin : 0, to = rest ? pulse->fit_end : tau;
  double *x, *y;
  PlateauLayer *layer;

  if (!isfinite (pulse->fit_slope))
    return;
  x = g_new (double, n);
  y = g_new (double, n);
  for (guint i = 0; i < n; i++)
    {
      double t = from + (to - from) * i * i / ((n - 1.0) * (n - 1.0));
      double at = rest ? sqrt (t + tau) - sqrt (t) : sqrt (t);

      x[i] = (rest ? tau + t : t) / 60;
      y[i] = pulse->fit_intercept + pulse->fit_slope * at + b->offset;
    }
  layer = plot_kinetics_add_line (b->context, b->group, b->cell, "regression", NULL, x, y, n);
  layer->style.width = 1.4;
  layer->style.alpha = 0.5;
  layer->style.dash = PLATEAU_DASH_SOLID;
}

/* Where the regression is taken, to be moved by hand. */
static void
add_fit_window (Build *b)
{
  const PlateauGittPulse *pulse = b->pulse;
  PlateauAnnotation *a;

  if (!isfinite (pulse->fit_slope) || b->method != PLATEAU_GITT_SQRT_FIT)
    return;
  a = plateau_panel_add_annotation (b->context->panel, PLATEAU_ANNOTATION_WINDOW, NULL);
  a->x_coordinates = PLATEAU_COORDINATES_DATA;
  a->x = pulse->fit_begin / 60;
  a->x1 = pulse->fit_end / 60;
  a->y = a->y1 = NAN;
  a->colour = plateau_colour_simple (PLATEAU_COLOUR_WINDOW);
  a->handle = g_strdup_printf ("gitt/fit-window/%.17g", pulse->duration / 60);
}

/* Appends @text in lines that a narrow plot has room for. */
static void
append_wrapped (GString *all, const char *first, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  glong used = g_utf8_strlen (first, -1);

  g_string_append_printf (all, "\n%s", first);
  for (guint i = 0; words[i]; i++)
    {
      glong length = g_utf8_strlen (words[i], -1);
      gboolean breaks = i > 0 && used + 1 + length > LINE;

      g_string_append_printf (all, "%s%s", breaks ? "\n" : i > 0 ? " " : "", words[i]);
      used = breaks ? length : used + 1 + length;
    }
}

/* D with what it comes from, and each doubt in words, in the room kept above the curve. */
static void
add_result (Build *b, const PlateauGitt *gitt)
{
  const PlateauGittPulse *pulse = b->pulse;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *label = plot_group_label (b->group), *number = NULL;
  PlateauAnnotation *a;

  number = g_strdup_printf (_ ("pulse %u"), pulse->index);
  g_string_append_printf (text, "%s, %s\n", label, number);
  if (isfinite (pulse->diffusion))
    {
      g_autofree char *mantissa = NULL;
      double d = plateau_from_si (pulse->diffusion, "cm2/s"), power = floor (log10 (d));

      mantissa = g_strdup_printf ("%.2f", d / pow (10, power));
      g_string_append_printf (text, "<i>D</i> = %s·10<sup>%d</sup> cm<sup>2</sup> s<sup>−1</sup>\n",
                              mantissa, (int)power);
      g_string_append_printf (text, "<i>L</i> = %.3g µm:\n%s\n", gitt->length * 1e6,
                              gitt->length_source);
    }
  else
    g_string_append_printf (text, "<i>D</i>/<i>L</i><sup>2</sup> = %.3g s<sup>−1</sup>\n%s\n",
                            pulse->relative_diffusion, _ ("relative: length <i>L</i> not given"));
  g_string_append_printf (text, "<i>τ</i> = %.4g s, <i>L</i><sup>2</sup>/<i>Dτ</i> = %.3g, "
                                "<i>r</i><sup>2</sup> = %.4f\n<i>R</i> = %.3g Ω, <i>η</i> = %.3g mV",
                          pulse->duration, pulse->diffusion_time_over_tau, pulse->fit_r2,
                          pulse->resistance, pulse->overpotential * 1e3);
  for (guint i = 0; i < PLATEAU_GITT_N_FLAGS; i++)
    if (pulse->flags & (1u << i) && (1u << i) != PLATEAU_GITT_FLAG_RELATIVE)
      append_wrapped (text, "! ", plateau_gitt_flag_label ((PlateauGittFlags)(1u << i)));
  if (gitt->remark)
    plateau_panel_note (b->context->panel, "%s: %s", b->cell->name, gitt->remark);
  a = plateau_panel_add_annotation (b->context->panel, PLATEAU_ANNOTATION_TEXT, text->str);
  a->x_coordinates = a->y_coordinates = PLATEAU_COORDINATES_AXES;
  a->x = 0.98;
  a->y = 0.97;
  a->horizontal = PLATEAU_ANCHOR_END;
  a->vertical = PLATEAU_ANCHOR_START;
  a->small = TRUE;
}

static void
add_construction (Build *b)
{
  const PlateauGittPulse *pulse = b->pulse;
  double end = pulse->duration, whole = pulse->duration + pulse->rest;

  add_mark (b, "before", 0, pulse->relaxed_before, whole, pulse->relaxed_before);
  add_mark (b, "after", end, pulse->relaxed_after, whole, pulse->relaxed_after);
  add_mark (b, "first", 0, pulse->relaxed_before + pulse->ir_drop, end,
            pulse->relaxed_before + pulse->ir_drop);
  add_mark (b, "step", 0.97 * whole, pulse->relaxed_before, 0.97 * whole, pulse->relaxed_after);
  add_text (b, 0.8 * whole, 0.5 * (pulse->relaxed_before + pulse->relaxed_after),
            "Δ<i>E</i><sub>s</sub>", pulse->delta_es);
  add_text (b, end + 0.02 * whole, 0.5 * (pulse->first + pulse->end_of_pulse),
            "Δ<i>E</i><sub>t</sub>", pulse->delta_et);
  add_text (b, 0.25 * end, pulse->relaxed_before + 0.5 * pulse->ir_drop, "<i>IR</i>",
            pulse->ir_drop);
  add_fit_window (b);
  add_regression (b);
}

static void
fill_table (Build *b)
{
  PlateauTable *table = b->context->panel->data = plateau_table_new (_ ("Pulse"));
  PlateauLayer *course = g_ptr_array_index (b->context->panel->layers, 0);

  plateau_table_add_column (table, "time_min", _ ("Time"), "min", PLATEAU_COLUMN_NUMBER, 5);
  plateau_table_add_column (table, "potential_V", _ ("Potential"), "V", PLATEAU_COLUMN_NUMBER, 6);
  for (gsize i = 0; i < course->n; i++)
    {
      guint row = plateau_table_add_row (table);

      plateau_table_set_number (table, row, 0, plateau_array_get (&course->x, i));
      plateau_table_set_number (table, row, 1, plateau_array_get (&course->y, i));
    }
}

static const PlateauGittPulse *
find_pulse (PlateauGitt *gitt, int wanted)
{
  for (guint i = 0; i < gitt->n_pulses; i++)
    if ((int)gitt->pulses[i].index == wanted)
      return &gitt->pulses[i];
  return &gitt->pulses[0];
}

static gboolean
build (PlateauPlotContext *context, gconstpointer options, GError **error)
{
  const Options *o = options;
  PlateauGittOptions settings = PLATEAU_GITT_OPTIONS_INIT;
  Build b = { .context = context };
  g_autoptr (PlateauRecording) recording = NULL;
  g_autoptr (PlateauGitt) gitt = NULL;

  for (guint g = 0; g < context->n_groups && !b.cell; g++)
    if (context->groups[g].n_cells > 0)
      {
        b.group = &context->groups[g];
        b.cell = b.group->cells[0];
      }
  if (!b.cell)
    {
      g_set_error (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_EMPTY,
                   _ ("GITT needs current pulses with rests between them, and none of these cells has any."));
      return FALSE;
    }
  b.offset = plot_kinetics_offset (b.cell);
  if (plateau_plot_get_settings (context, "gitt", plateau_gitt_option_table, &settings, error))
    recording = plateau_plot_get_recording (context, b.cell, PLATEAU_KIND_GITT, error);
  if (recording)
    gitt = plateau_gitt_analyse_cell (recording, b.cell, &settings, context->cancellable, error);
  plateau_options_clear (plateau_gitt_option_table, &settings);
  if (!gitt)
    return FALSE;
  b.pulse = find_pulse (gitt, o->pulse);
  b.method = settings.method;
  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_X, _ ("Time since the pulse began"), "min");
  plateau_plot_set_potential_axis (context, PLATEAU_AXIS_Y);
  context->panel->axes[PLATEAU_AXIS_Y].fit_margin = 0.08;
  context->panel->axes[PLATEAU_AXIS_Y].head_room = 0.4;
  context->panel->legend.place = PLATEAU_PLACE_HIDDEN;
  add_course (&b, recording);
  add_construction (&b);
  add_result (&b, gitt);
  fill_table (&b);
  return TRUE;
}

const PlateauPlotKind plateau_plot_gitt_pulse = {
  .id = "gitt-pulse",
  .label = N_ ("One pulse with its construction"),
  .page = "gitt",
  .needs = PLATEAU_KIND_GITT,
  .options = option_table,
  .options_size = sizeof (Options),
  .options_init = &option_defaults,
  .build = build,
};
