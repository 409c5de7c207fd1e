/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-impedance.h"
#include "figure/plots/plot-transport.h"

#include "base/plateau-error.h"
#include "base/plateau-number.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* A quantity against 1000/T with the line of each sample and its activation energy. */

#define LINE_POINTS 40

static void
add_line (PlateauPlotContext *context, const PlateauPlotGroup *group,
          PlateauConductivity *conductivity)
{
  double low = HUGE_VAL, high = 0, *x, *y;
  g_autofree char *id = g_strdup_printf ("line/%s", group->name);

  for (guint i = 0; i < conductivity->n_points; i++)
    if (conductivity->points[i].used)
      {
        low = MIN (low, conductivity->points[i].temperature);
        high = MAX (high, conductivity->points[i].temperature);
      }
  if (!isfinite (conductivity->fit.activation_energy) || !(high > low))
    return;
  x = g_new (double, LINE_POINTS);
  y = g_new (double, LINE_POINTS);
  for (guint i = 0; i < LINE_POINTS; i++)
    {
      double inverse = 1 / high + (1 / low - 1 / high) * i / (LINE_POINTS - 1);
      double sigma = plateau_arrhenius_at (&conductivity->fit, conductivity->form, 1 / inverse);

      x[i] = 1000 * inverse;
      y[i] = plateau_conductivity_show (conductivity, sigma);
    }
  plot_kinetics_add_line (context, group, NULL, id, NULL, x, y, LINE_POINTS);
}

/* One layer a pellet, so that a pick tells whose point it is; those left out are crosses. */
static void
add_points (PlateauPlotContext *context, const PlateauPlotGroup *group,
            PlateauConductivity *conductivity, gboolean used, const char *label)
{
  for (guint c = 0; c < group->n_cells; c++)
    {
      guint n = 0;
      double *x = g_new (double, conductivity->n_points);
      double *y = g_new (double, conductivity->n_points);
      double *key = g_new (double, conductivity->n_points);
      g_autofree char *id = g_strdup_printf ("%s/%s", used ? "points" : "left-out",
                                             group->cells[c]->name);

      for (guint i = 0; i < conductivity->n_points; i++)
        {
          const PlateauConductivityPoint *point = &conductivity->points[i];

          if (point->used != used || !(point->temperature > 0) || !(point->value > 0)
              || strcmp (point->label, group->cells[c]->name) != 0)
            continue;
          x[n] = 1000 / point->temperature;
          y[n] = plateau_conductivity_show (conductivity, point->value);
          key[n++] = point->number;
        }
      if (n > 0)
        {
          PlateauLayer *layer = plot_kinetics_add_points (context, group, group->cells[c], id,
                                                          label, x, y, n, FALSE);
          plateau_array_take (&layer->key, key);
          if (!used)
            plot_style_masked (layer);
          label = NULL;
          continue;
        }
      g_free (x);
      g_free (y);
      g_free (key);
    }
}

/* No activation energy is known to better than a meV. */
static char *
format_energy (double energy, double error)
{
  if (!(error >= 0.5e-3))
    return g_strdup_printf ("%.3f", energy);
  return error < 0.01 ? g_strdup_printf ("%.3f ± %.3f", energy, error)
                      : plateau_format_with_error (energy, error);
}

static void
add_group (PlateauPlotContext *context, const PlateauPlotGroup *group,
           PlateauConductivity *conductivity)
{
  double energy = conductivity->fit.activation_energy;
  double error = conductivity->fit.activation_energy_stderr;
  g_autofree char *name = plot_group_label (group);
  g_autofree char *number = format_energy (energy, error);
  g_autofree char *label = isnan (energy) ? g_strdup (name)
                                          : g_strdup_printf ("%s, %s eV", name, number);

  add_line (context, group, conductivity);
  add_points (context, group, conductivity, TRUE, label);
  add_points (context, group, conductivity, FALSE, NULL);
}

/* Over the legend: which line the energies are of. */
static char *
form_title (PlateauConductivity *conductivity)
{
  static const char *const forms[3][2] = { { "ln(<i>σT</i>)", "ln <i>σ</i>" },
                                           { "ln(<i>T</i>/<i>R</i>)", "ln(1/<i>R</i>)" },
                                           { "ln <i>D</i>", "ln <i>D</i>" } };

  return g_strdup_printf (_ ("<i>E</i><sub>a</sub> of %s over 1/<i>T</i>"),
                          forms[conductivity->quantity][conductivity->form]);
}

static gboolean
add_groups (PlateauPlotContext *context, const PlateauConductivityOptions *options, GError **error)
{
  g_autoptr (GError) no_data = NULL;
  g_autoptr (GArray) samples = plot_transport_list (context);

  for (guint g = 0; g < samples->len; g++)
    {
      const PlateauPlotGroup *group = &g_array_index (samples, PlateauPlotGroup, g);
      g_autoptr (PlateauConductivity) conductivity = NULL;

      if (!plot_transport_try (context, group, options, &conductivity, &no_data, error))
        return FALSE;
      if (!conductivity)
        continue;
      if (!context->panel->data)
        {
          context->panel->data = plot_transport_make_table (conductivity);
          plot_transport_set_axis (context, conductivity);
        }
      add_group (context, group, conductivity);
      plot_transport_add_rows (context->panel->data, group, conductivity);
      for (guint i = 0; conductivity->warnings[i] != NULL; i++)
        plateau_panel_note (context->panel, "%s", conductivity->warnings[i]);
      if (isfinite (conductivity->fit.activation_energy) && !context->panel->legend.title)
        context->panel->legend.title = form_title (conductivity);
    }
  return context->panel->data || plot_transport_nothing (options, &no_data, error);
}

static gboolean
build_arrhenius (PlateauPlotContext *context, gconstpointer unused, GError **error)
{
  PlateauConductivityOptions options = PLATEAU_CONDUCTIVITY_OPTIONS_INIT;
  gboolean done;

  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_X, "1000 / <i>T</i>", "K<sup>−1</sup>");
  context->panel->axes[PLATEAU_AXIS_X2].used = TRUE;
  context->panel->axes[PLATEAU_AXIS_X2].link
      = context->notation.kelvin ? PLATEAU_LINK_KELVIN : PLATEAU_LINK_CELSIUS;
  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_X2, _ ("Temperature"),
                          context->notation.kelvin ? "K" : "°C");
  context->panel->axes[PLATEAU_AXIS_Y].scale = PLATEAU_SCALE_LOG;
  done = plateau_plot_get_settings (context, "conductivity", plateau_conductivity_option_table,
                                    &options, error)
         && add_groups (context, &options, error);
  plateau_options_clear (plateau_conductivity_option_table, &options);
  return done;
}

const PlateauPlotKind plateau_plot_arrhenius = {
  .id = "arrhenius",
  .label = N_ ("Conductivity, charge transfer or diffusion against temperature"),
  .page = "conductivity",
  .needs = PLATEAU_KIND_EIS | PLATEAU_KIND_GITT,
  .build = build_arrhenius,
};
