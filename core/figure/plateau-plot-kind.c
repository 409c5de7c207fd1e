/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The kinds of plots, and a figure filled from a study by them. */

#include "figure/plateau-plot-kind.h"

#include "base/plateau-error.h"
#include "figure/plateau-figure-private.h"
#include "figure/plots/plateau-plots.h"

#include <glib/gi18n.h>
#include <math.h>

/* A new kind of plot is one line here. */
static const PlateauPlotKind *const kinds[] = {
  &plateau_plot_potential_capacity,
  &plateau_plot_capacity_cycle,
  &plateau_plot_potential_time,
  &plateau_plot_metric_cycle,
  &plateau_plot_rate_cycle,
  &plateau_plot_rate_capability,
  &plateau_plot_dqdv,
  &plateau_plot_metric_bars,
  &plateau_plot_literature,
  &plateau_plot_dqdv_peaks,
  &plateau_plot_gitt,
  &plateau_plot_gitt_pulse,
  &plateau_plot_voltammogram,
  &plateau_plot_scan_rate_peaks,
  &plateau_plot_scan_rate_shares,
  &plateau_plot_scan_rate_split,
  &plateau_plot_hold,
  &plateau_plot_arrhenius,
  &plateau_plot_conductivity_composition,
  &plateau_plot_conductivity_bars,
  &plateau_plot_box,
  &plateau_plot_relaxation,
  &plateau_plot_nyquist,
  &plateau_plot_bode,
  &plateau_plot_kk_orders,
  &plateau_plot_kk_residuals,
  &plateau_plot_fit_residuals,
  &plateau_plot_drt,
  &plateau_plot_circuit_series,
  &plateau_plot_zhit_residuals,
  &plateau_plot_drt_difference,
  &plateau_plot_drt_difference_map,
  &plateau_plot_drt_symmetric,
  &plateau_plot_drt_map,
  &plateau_plot_drt_processes,
  &plateau_plot_drt_scores,
  &plateau_plot_drt_sensitivity,
  &plateau_plot_drt_hilbert,
  &plateau_plot_drt_hilbert_scores,
  &plateau_plot_series_curve,
};

/**
 * plateau_plot_kind_list:
 * @n_kinds: (out): number of kinds
 *
 * Returns: (transfer none): all kinds of plots
 */
const PlateauPlotKind *const *
plateau_plot_kind_list (guint *n_kinds)
{
  *n_kinds = G_N_ELEMENTS (kinds);
  return kinds;
}

/**
 * plateau_plot_kind_find:
 * @id: (nullable): id in documents
 *
 * Returns: (transfer none) (nullable): the kind
 */
const PlateauPlotKind *
plateau_plot_kind_find (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (id, kinds[i]->id) == 0)
      return kinds[i];
  return NULL;
}

/* ---- Binding ---- */

static gboolean
build (PlateauPlotContext *context, const PlateauPlotKind *kind, GError **error)
{
  g_autofree gpointer options = NULL;
  gboolean ok = TRUE;

  if (kind->options)
    {
      JsonNode *own = json_object_get_member (context->plot, "options");

      options = g_malloc0 (kind->options_size);
      plateau_options_copy (kind->options, kind->options_init, options);
      if (own && JSON_NODE_HOLDS_OBJECT (own))
        ok = plateau_options_from_json (kind->options, options, json_node_get_object (own), error);
    }
  ok = ok && kind->build (context, options, error);
  if (options)
    plateau_options_clear (kind->options, options);
  return ok;
}

/* Why no cell that is chosen has what the plot needs. */
static char *
dup_missing (PlateauPlotContext *context, const PlateauPlotKind *kind)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new ();

  plateau_plot_unselect (context);
  plateau_plot_select (context, 0);
  for (guint i = 0; i < context->n_groups; i++)
    for (guint k = 0; k < context->groups[i].n_cells; k++)
      g_ptr_array_add (cells, (gpointer) context->groups[i].cells[k]);
  return plateau_plot_dup_missing (kind, (const PlateauStudyCell *const *) cells->pdata,
                                   cells->len);
}

static gboolean
fill_panel (PlateauPlotContext *context, GError **error)
{
  const char *id = json_object_get_string_member_with_default (context->plot, "kind", NULL);
  const PlateauPlotKind *kind = plateau_plot_kind_find (id);
  gboolean ok = FALSE;

  if (!kind)
    {
      g_set_error (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_INVALID,
                   _ ("“%s” is not a kind of plot that this version knows"), id ? id : "");
      return FALSE;
    }
  plateau_plot_select (context, kind->needs);
  if (context->n_groups > 0)
    ok = build (context, kind, error);
  else
    {
      g_autofree char *missing = dup_missing (context, kind);

      g_set_error_literal (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_EMPTY, missing);
    }
  plateau_plot_unselect (context);
  return ok;
}

static gboolean
has_points (const PlateauPanel *panel)
{
  for (guint i = 0; i < panel->layers->len; i++)
    {
      const PlateauLayer *layer = g_ptr_array_index (panel->layers, i);

      if (layer->map_nx > 0)
        return TRUE;
      for (gsize k = 0; k < layer->n; k++)
        if (isfinite (plateau_array_get (&layer->y, k)))
          return TRUE;
    }
  return FALSE;
}

/* An empty frame tells nothing: what was noted while it was filled tells why, else what it needs. */
static char *
dup_why_empty (PlateauPlotContext *context)
{
  const PlateauPlotKind *kind = plateau_plot_kind_find (
      json_object_get_string_member_with_default (context->plot, "kind", NULL));

  if (context->panel->notes->len > 0)
    return g_strdup (g_ptr_array_index (context->panel->notes, 0));
  if (g_ascii_isdigit (*context->cycles))
    return g_strdup_printf (_ ("Of the cycles %s these cells have none with values to plot. Choose "
                               "other cycles, or all."),
                            context->cycles);
  return g_strdup (kind && kind->needs == PLATEAU_KIND_CYCLING
                       ? _ ("No cycle of these cells has values to plot: a cycle is a charge and a "
                            "discharge.")
                       : _ ("The measurements of these cells have no values to plot here."));
}

static gboolean
bind_panel (PlateauFigure *figure, PlateauPanel *panel, PlateauStudy *study, PlateauCache *cache,
            GCancellable *cancellable, GError **error)
{
  PlateauPlotContext context = { .study = study, .cache = cache, .cancellable = cancellable,
                                 .plot = panel->plot, .notation = figure->style->notation,
                                 .panel = panel };
  g_autoptr (GError) local = NULL;

  plateau_panel_reset (panel);
  context.cycles = json_object_get_string_member_with_default (panel->plot, "cycles", "");
  if (!fill_panel (&context, &local))
    {
      if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      panel->message = g_strdup (local->message);
    }
  else if (!has_points (panel))
    panel->message = dup_why_empty (&context);
  if (panel->message)
    {
      g_ptr_array_set_size (panel->layers, 0);
      g_array_set_size (panel->annotations, 0);
    }
  /* The document's own words were checked when it was read. */
  return !panel->source || plateau_panel_apply_json (panel, panel->source, error);
}

/* The style once more, now over what the study's person prefers. */
static gboolean
take_manner (PlateauFigure *figure, JsonObject *manner, GError **error)
{
  PlateauStyle *style;

  if (!manner)
    return TRUE;
  style = plateau_style_find_over (figure->style->name, manner, error);
  if (!style)
    return FALSE;
  plateau_style_free (figure->style);
  figure->style = style;
  return !figure->style_overrides
         || plateau_style_apply_json (style, figure->style_overrides, error);
}

static void
add_if_unit (GPtrArray *names, const char *name)
{
  const PlateauNotation other = { TRUE, TRUE };
  g_autofree char *rewritten = plateau_notation_rewrite (&other, name);

  if (rewritten)
    g_ptr_array_add (names, (gpointer)name);
}

/* Names that people gave and that have a unit in them, such as "NMC 800 °C". */
static GPtrArray *
names_with_units (PlateauStudy *study)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < plateau_study_get_n_samples (study); i++)
    add_if_unit (names, plateau_study_get_sample (study, i)->name);
  for (guint i = 0; i < plateau_study_get_n_cells (study); i++)
    add_if_unit (names, plateau_study_get_cell (study, i)->name);
  return names;
}

/**
 * plateau_figure_bind:
 * @figure: a figure of plateau_figure_new_from_json(), not shared yet
 * @study: what to show
 * @cache: results of analyses
 * @cancellable: (nullable): stops between panels and within analyses
 * @error: return location
 *
 * Fills every panel that has a "plot". A panel whose selection is empty or whose analysis fails
 * holds its reason in `message`; the figure is still good. Runs on any thread.
 *
 * Returns: %FALSE with @error when it was cancelled
 */
gboolean
plateau_figure_bind (PlateauFigure *figure, PlateauStudy *study, PlateauCache *cache,
                     GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) names = NULL;

  if (!take_manner (figure, plateau_study_get_manner (study), error))
    return FALSE;
  names = names_with_units (study);
  for (guint i = 0; i < figure->panels->len; i++)
    {
      PlateauPanel *panel = g_ptr_array_index (figure->panels, i);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (panel->plot && !bind_panel (figure, panel, study, cache, cancellable, error))
        return FALSE;
      plateau_panel_apply_manner (panel, figure->style, names);
    }
  if (plateau_study_get_simulated (study) && !figure->note)
    figure->note = g_strdup (_ ("Simulated data"));
  return TRUE;
}
