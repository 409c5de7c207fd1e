/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-kinetics.h"

#include "analysis/plateau-scan-rates.h"
#include "base/plateau-error.h"
#include "base/plateau-number.h"
#include "base/plateau-unit.h"

#include <glib/gi18n.h>
#include <math.h>

/* Voltammograms at several scan rates: peak currents against the rate (b value, or Randles and
 * Sevcik's line), the share of the charge that grows with the rate, and that share in the
 * voltammogram itself. The cells of one sample together give its scan rates. */

typedef enum
{
  LAW_POWER,
  LAW_ROOT,
} Law;

typedef struct
{
  int law, rate;
} Options;

static const char *const law_nicks[] = { "power", "root", NULL };
static const char *const law_labels[] = { N_ ("Power law (b value)"),
                                          N_ ("Square root of the rate"), NULL };

static const PlateauOption peak_table[] = {
  { "law", N_ ("Law"), N_ ("What the peak currents are drawn against"), PLATEAU_OPTION_CHOICE,
    G_STRUCT_OFFSET (Options, law), NULL, 0, 0, law_nicks, law_labels },
  { NULL },
};

static const PlateauOption split_table[] = {
  { "rate", N_ ("Scan rate"),
    N_ ("Number of the scan rate that is drawn, from the slowest; 0: middle"),
    PLATEAU_OPTION_INTEGER, G_STRUCT_OFFSET (Options, rate), NULL, 0, 1000 },
  { NULL },
};

static const Options option_defaults = { LAW_POWER, 0 };

static const char *const branch_names[] = { N_ ("anodic"), N_ ("cathodic") };

static PlateauScanRates *
analyse_group (PlateauPlotContext *context, const PlateauPlotGroup *group, GError **error)
{
  PlateauVoltammetryOptions options = PLATEAU_VOLTAMMETRY_OPTIONS_INIT;
  PlateauScanRatesOptions scan = PLATEAU_SCAN_RATES_OPTIONS_INIT;
  g_autoptr (GPtrArray)
      recordings = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_recording_unref);
  g_autoptr (GPtrArray)
      cvs = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_voltammetry_unref);

  if (!plateau_plot_get_settings (context, "cv", plateau_voltammetry_option_table, &options, error)
      || !plateau_plot_get_settings (context, "cv-scan-rates", plateau_scan_rates_option_table,
                                     &scan, error))
    return NULL;
  for (guint c = 0; c < group->n_cells; c++)
    {
      PlateauRecording *recording = plateau_plot_get_recording (context, group->cells[c],
                                                                PLATEAU_KIND_CV, error);
      PlateauVoltammetry *cv;

      if (!recording)
        return NULL;
      g_ptr_array_add (recordings, recording);
      cv = plateau_voltammetry_analyse (recording, &options, context->cancellable, error);
      if (!cv)
        return NULL;
      g_ptr_array_add (cvs, cv);
    }
  return plateau_scan_rates_analyse (
      (PlateauRecording *const *) recordings->pdata, (PlateauVoltammetry *const *) cvs->pdata,
      cvs->len, group->cells[0]->area, group->cells[0]->temperature, &scan, error);
}

static void
fill_table (PlateauPlotContext *context, const PlateauPlotGroup *group,
            const PlateauScanRates *rates)
{
  PlateauTable *table = context->panel->data;

  if (!table)
    {
      table = context->panel->data = plateau_table_new (_ ("Scan rates"));
      plateau_table_add_column (table, "sample", _ ("Sample"), NULL, PLATEAU_COLUMN_TEXT, 0);
      plateau_table_add_column (table, "scan_rate", _ ("Scan rate"), "mV/s", PLATEAU_COLUMN_NUMBER,
                                4);
      plateau_table_add_column (table, "anodic_current", _ ("Anodic peak current"), "mA",
                                PLATEAU_COLUMN_NUMBER, 5);
      plateau_table_add_column (table, "cathodic_current", _ ("Cathodic peak current"), "mA",
                                PLATEAU_COLUMN_NUMBER, 5);
      plateau_table_add_column (table, "anodic_share", _ ("Surface-controlled, anodic"), "%",
                                PLATEAU_COLUMN_NUMBER, 3);
      plateau_table_add_column (table, "cathodic_share", _ ("Surface-controlled, cathodic"), "%",
                                PLATEAU_COLUMN_NUMBER, 3);
    }
  for (guint r = 0; r < rates->n_rates; r++)
    {
      guint row = plateau_table_add_row (table);

      plateau_table_set_text (table, row, 0, group->name);
      plateau_table_set_number (table, row, 1, rates->rate[r] * 1e3);
      plateau_table_set_number (table, row, 2, rates->peak[0][r] * 1e3);
      plateau_table_set_number (table, row, 3, rates->peak[1][r] * 1e3);
      plateau_table_set_number (table, row, 4, 100 * rates->share[0][r]);
      plateau_table_set_number (table, row, 5, 100 * rates->share[1][r]);
    }
}

/* Adds what a group has; groups without several scan rates are noted, and an error when all are. */
typedef void (*AddGroup) (PlateauPlotContext *context, const PlateauPlotGroup *group,
                          const PlateauScanRates *rates, const Options *o);

static gboolean
build_groups (PlateauPlotContext *context, const Options *o, AddGroup add, GError **error)
{
  g_autoptr (GError) last = NULL;
  guint drawn = 0;

  for (guint g = 0; g < context->n_groups; g++)
    {
      const PlateauPlotGroup *group = &context->groups[g];
      g_autoptr (PlateauScanRates) rates = NULL;

      g_clear_error (&last);
      rates = analyse_group (context, group, &last);
      if (!rates)
        {
          plateau_panel_note (context->panel, "%s: %s", group->name, last->message);
          continue;
        }
      add (context, group, rates, o);
      fill_table (context, group, rates);
      drawn++;
    }
  if (drawn > 0 && context->panel->layers->len > 0)
    return TRUE;
  if (last)
    g_propagate_error (error, g_steal_pointer (&last));
  else
    g_set_error_literal (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_EMPTY,
                         _ ("The split into two currents needs three scan rates over one window"));
  return FALSE;
}

/* ---- peak currents ---- */

static void
add_text (PlateauPlotContext *context, const char *markup)
{
  guint line = 0;
  PlateauAnnotation *a;

  for (guint i = 0; i < context->panel->annotations->len; i++)
    line += g_array_index (context->panel->annotations, PlateauAnnotation, i).kind
            == PLATEAU_ANNOTATION_TEXT;
  a = plateau_panel_add_annotation (context->panel, PLATEAU_ANNOTATION_TEXT, markup);
  a->x_coordinates = a->y_coordinates = PLATEAU_COORDINATES_AXES;
  a->x = 0.97;
  a->y = 0.08 + 0.07 * line;
  a->horizontal = PLATEAU_ANCHOR_END;
  a->small = TRUE;
}

static void
add_peaks_branch (PlateauPlotContext *context, const PlateauPlotGroup *group,
                  const PlateauScanRates *rates, guint branch, Law law)
{
  const PlateauLine *line = law == LAW_POWER ? &rates->b[branch] : &rates->root[branch];
  g_autofree char *id = g_strdup_printf ("peaks/%s/%u", group->name, branch);
  g_autofree char *line_id = g_strdup_printf ("line/%s/%u", group->name, branch);
  g_autofree char *name = plot_group_label (group);
  g_autofree char *label = g_strdup_printf ("%s, %s", name, _ (branch_names[branch]));
  g_autofree char *text = NULL;
  double *x = g_new (double, rates->n_rates), *y = g_new (double, rates->n_rates);
  double *lx = g_new (double, rates->n_rates), *ly = g_new (double, rates->n_rates);
  gboolean fitted = law == LAW_POWER ? rates->has_b[branch] : rates->has_root[branch];

  for (guint r = 0; r < rates->n_rates; r++)
    {
      double rate = rates->rate[r];

      lx[r] = x[r] = law == LAW_POWER ? rate * 1e3 : sqrt (rate * 1e3);
      y[r] = fabs (rates->peak[branch][r]) * 1e3;
      ly[r] = 1e3
              * (law == LAW_POWER ? pow (10, line->intercept + line->slope * log10 (rate))
                                  : line->intercept + line->slope * sqrt (rate));
    }
  plot_kinetics_add_points (context, group, group->cells[0], id, label, x, y, rates->n_rates,
                            branch == 1);
  if (!fitted)
    {
      g_free (lx);
      g_free (ly);
      return;
    }
  plot_kinetics_add_line (context, group, group->cells[0], line_id, NULL, lx, ly, rates->n_rates)
      ->style.width = 0.8;
  if (law == LAW_POWER)
    {
      g_autofree char *number = plateau_format_with_error (line->slope, line->slope_stderr);
      text = g_strdup_printf ("%s: <i>b</i> = %s", label, number);
    }
  else if (isfinite (rates->diffusion[branch]))
    text = g_strdup_printf ("%s: <i>D</i> = %.2e cm<sup>2</sup> s<sup>−1</sup>", label,
                            rates->diffusion[branch] * 1e4);
  else
    text = g_strdup_printf ("%s: <i>R</i><sup>2</sup> = %.4f", label, line->r2);
  add_text (context, text);
}

static void
add_peaks (PlateauPlotContext *context, const PlateauPlotGroup *group,
           const PlateauScanRates *rates, const Options *o)
{
  for (guint branch = 0; branch < 2; branch++)
    add_peaks_branch (context, group, rates, branch, o->law);
}

static gboolean
build_peaks (PlateauPlotContext *context, gconstpointer options, GError **error)
{
  const Options *o = options;

  if (o->law == LAW_POWER)
    {
      plateau_panel_set_axis (context->panel, PLATEAU_AXIS_X, _ ("Scan rate"), "mV s<sup>−1</sup>");
      context->panel->axes[PLATEAU_AXIS_X].scale = PLATEAU_SCALE_LOG;
      context->panel->axes[PLATEAU_AXIS_Y].scale = PLATEAU_SCALE_LOG;
    }
  else
    plateau_panel_set_axis (context->panel, PLATEAU_AXIS_X, _ ("(Scan rate)<sup>1/2</sup>"),
                            "(mV s<sup>−1</sup>)<sup>1/2</sup>");
  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_Y, _ ("Peak current"), "mA");
  context->panel->axes[PLATEAU_AXIS_X].fit_margin = 0.1;
  context->panel->axes[PLATEAU_AXIS_Y].fit_margin = 0.15;
  return build_groups (context, o, add_peaks, error);
}

/* ---- shares ---- */

static void
add_shares (PlateauPlotContext *context, const PlateauPlotGroup *group,
            const PlateauScanRates *rates, const Options *o)
{
  for (guint branch = 0; rates->n_grid > 0 && branch < 2; branch++)
    {
      g_autofree char *id = g_strdup_printf ("share/%s/%u", group->name, branch);
      g_autofree char *name = plot_group_label (group);
      g_autofree char *label = g_strdup_printf ("%s, %s", name, _ (branch_names[branch]));
      double *x = g_new (double, rates->n_rates), *y = g_new (double, rates->n_rates);
      PlateauLayer *layer;

      for (guint r = 0; r < rates->n_rates; r++)
        {
          x[r] = rates->rate[r] * 1e3;
          y[r] = 100 * rates->share[branch][r];
        }
      layer = plot_kinetics_add_points (context, group, group->cells[0], id, label, x, y,
                                        rates->n_rates, branch == 1);
      layer->style.width = 0.8;
    }
}

static gboolean
build_shares (PlateauPlotContext *context, gconstpointer options, GError **error)
{
  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_X, _ ("Scan rate"), "mV s<sup>−1</sup>");
  context->panel->axes[PLATEAU_AXIS_X].scale = PLATEAU_SCALE_LOG;
  context->panel->axes[PLATEAU_AXIS_X].fit_margin = 0.1;
  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_Y, _ ("Surface-controlled share"), "%");
  context->panel->axes[PLATEAU_AXIS_Y].min = 0;
  context->panel->axes[PLATEAU_AXIS_Y].max = 100;
  return build_groups (context, options, add_shares, error);
}

/* ---- the split voltammogram ---- */

static void
add_loop (PlateauPlotContext *context, const PlateauPlotGroup *group, const PlateauScanRates *rates,
          guint rate, gboolean surface)
{
  guint n = rates->n_grid;
  double *x = g_new (double, 2 * n + 1), *y = g_new (double, 2 * n + 1);
  double offset = plot_kinetics_offset (group->cells[0]);
  g_autofree char *id = g_strdup_printf ("%s/%s", surface ? "surface" : "whole", group->name);
  g_autofree char *name = plot_group_label (group);
  g_autofree char *label = surface ? g_strdup_printf (_ ("%s, surface-controlled"), name)
                                   : g_strdup (name);
  PlateauLayer *layer;

  for (guint k = 0; k < 2 * n; k++)
    {
      guint branch = k < n ? 0 : 1, at = k < n ? k : 2 * n - 1 - k;

      x[k] = rates->potential[at] + offset;
      y[k] = 1e3
             * (surface ? rates->surface[branch][at] * rates->rate[rate]
                        : rates->current[branch][rate * n + at]);
    }
  x[2 * n] = x[0];
  y[2 * n] = y[0];
  layer = plot_kinetics_add_line (context, group, group->cells[0], id, label, x, y, 2 * n + 1);
  layer->style.dash = PLATEAU_DASH_SOLID;
  if (surface)
    {
      layer->style.dash = PLATEAU_DASH_DASHED;
      layer->style.area_alpha = 0.25;
    }
}

static void
add_split (PlateauPlotContext *context, const PlateauPlotGroup *group,
           const PlateauScanRates *rates, const Options *o)
{
  guint rate = o->rate > 0 ? MIN ((guint) o->rate, rates->n_rates) - 1 : rates->n_rates / 2;
  g_autofree char *name = plot_group_label (group);
  g_autofree char *text = NULL;

  if (rates->n_grid == 0)
    return;
  add_loop (context, group, rates, rate, FALSE);
  add_loop (context, group, rates, rate, TRUE);
  text = g_strdup_printf (_ ("%s, %.3g mV s<sup>−1</sup>: %.0f %% and %.0f %%"), name,
                          1e3 * rates->rate[rate], 100 * rates->share[0][rate],
                          100 * rates->share[1][rate]);
  add_text (context, text);
}

static gboolean
build_split (PlateauPlotContext *context, gconstpointer options, GError **error)
{
  plateau_plot_set_potential_axis (context, PLATEAU_AXIS_X);
  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_Y, _ ("Current"), "mA");
  context->panel->axes[PLATEAU_AXIS_Y].fit_margin = 0.12;
  return build_groups (context, options, add_split, error);
}

const PlateauPlotKind plateau_plot_scan_rate_peaks = {
  .id = "scan-rate-peaks",
  .label = N_ ("Peak current against scan rate"),
  .page = "cv",
  .needs = PLATEAU_KIND_CV,
  .options = peak_table,
  .options_size = sizeof (Options),
  .options_init = &option_defaults,
  .build = build_peaks,
};

const PlateauPlotKind plateau_plot_scan_rate_shares = {
  .id = "scan-rate-shares",
  .label = N_ ("Surface-controlled share against scan rate"),
  .page = "cv",
  .needs = PLATEAU_KIND_CV,
  .options_size = sizeof (Options),
  .options_init = &option_defaults,
  .build = build_shares,
};

const PlateauPlotKind plateau_plot_scan_rate_split = {
  .id = "scan-rate-split",
  .label = N_ ("Surface-controlled part of a voltammogram"),
  .page = "cv",
  .needs = PLATEAU_KIND_CV,
  .options = split_table,
  .options_size = sizeof (Options),
  .options_init = &option_defaults,
  .build = build_split,
};
