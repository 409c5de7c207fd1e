/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-kinetics.h"

#include "analysis/plateau-voltammetry.h"
#include "base/plateau-unit.h"

#include <glib/gi18n.h>
#include <math.h>

/* Current against potential of chosen cycles, with the peaks. */

typedef struct
{
  gboolean specific, peaks, baseline;
} Options;

static const PlateauOption option_table[] = {
  { "specific", N_ ("Specific current"), N_ ("Current per active mass"), PLATEAU_OPTION_BOOLEAN,
    G_STRUCT_OFFSET (Options, specific), NULL, 0, 0, NULL, NULL },
  { "peaks", N_ ("Peaks"), N_ ("Marks at the peaks and their separation"), PLATEAU_OPTION_BOOLEAN,
    G_STRUCT_OFFSET (Options, peaks), NULL, 0, 0, NULL, NULL },
  { "baseline", N_ ("Baselines"), N_ ("The lines that the heights are measured from"),
    PLATEAU_OPTION_BOOLEAN, G_STRUCT_OFFSET (Options, baseline), NULL, 0, 0, NULL, NULL },
  { NULL },
};

static const Options option_defaults = { TRUE, TRUE, FALSE };

typedef struct
{
  PlateauPlotContext *context;
  const Options *options;
  const PlateauPlotGroup *group;
  const PlateauStudyCell *cell;
  PlateauTable *table;
  double factor, offset;
  double resistance; /* ohm: potentials are shown corrected by - i R */
  gboolean specific;
} Build;

static void
add_curve (Build *b, PlateauRecording *recording, PlateauVoltammetry *cv,
           const PlateauVoltammetryCycle *cycle, double shade, const char *label)
{
  const double *potential = plateau_recording_peek (recording, PLATEAU_QUANTITY_POTENTIAL);
  const double *current = plateau_recording_peek (recording, PLATEAU_QUANTITY_CURRENT);
  guint sweeps[] = { cycle->anodic_sweep, cycle->cathodic_sweep };
  gsize first = G_MAXSIZE, last = 0;
  g_autofree char *id = g_strdup_printf ("cv/%s/%u", b->cell->name, cycle->cycle);
  PlateauLayer *layer;
  double *x, *y;

  for (guint k = 0; k < 2; k++)
    if (sweeps[k] != G_MAXUINT)
      {
        first = MIN (first, cv->sweeps[sweeps[k]].first_row);
        last = MAX (last, cv->sweeps[sweeps[k]].last_row);
      }
  x = g_new (double, last - first + 1);
  y = g_new (double, last - first + 1);
  for (gsize i = first; i <= last; i++)
    {
      x[i - first] = potential[i] - current[i] * b->resistance + b->offset;
      y[i - first] = current[i] * b->factor;
    }
  layer = plot_kinetics_add_line (b->context, b->group, b->cell, id, label, x, y, last - first + 1);
  layer->style.colour = plateau_colour_slot (b->group->slot, shade);
  layer->tag.cycle = (int)cycle->cycle;
}

static void
add_peaks (Build *b, const PlateauVoltammetryCycle *cycle)
{
  double *x = g_new (double, 2), *y = g_new (double, 2);
  g_autofree char *id = g_strdup_printf ("peaks/%s/%u", b->cell->name, cycle->cycle);
  const PlateauVoltammetryPeak *peaks[] = { &cycle->anodic, &cycle->cathodic };
  gsize n = 0;

  for (guint k = 0; k < 2; k++)
    if (isfinite (peaks[k]->potential))
      {
        x[n] = peaks[k]->potential + b->offset;
        y[n++] = peaks[k]->current * b->factor;
      }
  plot_kinetics_add_points (b->context, b->group, b->cell, id, NULL, x, y, n, FALSE);
}

/* Where the baseline was fitted, to be moved by hand; of the first curve only. */
static void
add_window (Build *b, const PlateauVoltammetryPeak *peak, gboolean anodic)
{
  g_autofree char *handle = g_strdup_printf ("cv/%s", anodic ? "anodic" : "cathodic");
  GArray *all = b->context->panel->annotations;
  PlateauAnnotation *a;

  for (guint i = 0; i < all->len; i++)
    if (g_strcmp0 (g_array_index (all, PlateauAnnotation, i).handle, handle) == 0)
      return;
  a = plateau_panel_add_annotation (b->context->panel, PLATEAU_ANNOTATION_WINDOW, NULL);
  a->x_coordinates = PLATEAU_COORDINATES_DATA;
  a->x = MIN (peak->baseline_low, peak->baseline_high) + b->offset;
  a->x1 = MAX (peak->baseline_low, peak->baseline_high) + b->offset;
  a->y = a->y1 = NAN;
  a->colour = plateau_colour_simple (PLATEAU_COLOUR_WINDOW);
  a->handle = g_steal_pointer (&handle);
}

static void
add_baseline (Build *b, const PlateauVoltammetryCycle *cycle, const PlateauVoltammetryPeak *peak,
              gboolean anodic)
{
  double *x, *y;
  g_autofree char *id = g_strdup_printf ("baseline/%s/%u/%d", b->cell->name, cycle->cycle, anodic);
  PlateauLayer *layer;
  double from = anodic ? peak->baseline_low : peak->baseline_high;

  if (!isfinite (peak->potential) || !isfinite (from))
    return;
  x = g_new (double, 2);
  y = g_new (double, 2);
  x[0] = from;
  x[1] = peak->potential;
  for (guint i = 0; i < 2; i++)
    {
      y[i] = (peak->baseline_intercept + peak->baseline_slope * x[i]) * b->factor;
      x[i] += b->offset;
    }
  layer = plot_kinetics_add_line (b->context, b->group, b->cell, id, NULL, x, y, 2);
  layer->style.dash = PLATEAU_DASH_DASHED;
  layer->style.width = 0.6;
  add_window (b, peak, anodic);
}

static void
add_row (Build *b, const PlateauVoltammetryCycle *cycle)
{
  guint row = plateau_table_add_row (b->table);

  plateau_table_set_row_tag (b->table, row, b->cell->id);
  plateau_table_set_text (b->table, row, 0, b->cell->name);
  plateau_table_set_number (b->table, row, 1, cycle->cycle);
  plateau_table_set_number (b->table, row, 2, plateau_from_si (cycle->scan_rate, "mV/s"));
  plateau_table_set_number (b->table, row, 3, cycle->anodic.potential + b->offset);
  plateau_table_set_number (b->table, row, 4, plateau_from_si (cycle->anodic.height, "mA"));
  plateau_table_set_number (b->table, row, 5, cycle->cathodic.potential + b->offset);
  plateau_table_set_number (b->table, row, 6, plateau_from_si (cycle->cathodic.height, "mA"));
  plateau_table_set_number (b->table, row, 7, plateau_from_si (cycle->separation, "mV"));
}

static gboolean
add_cell (Build *b, GError **error)
{
  PlateauVoltammetryOptions options = PLATEAU_VOLTAMMETRY_OPTIONS_INIT;
  g_autoptr (PlateauRecording) recording
      = plateau_plot_get_recording (b->context, b->cell, PLATEAU_KIND_CV, error);
  g_autoptr (PlateauVoltammetry) cv = NULL;
  g_autoptr (GArray) chosen = NULL;
  g_autofree char *label = plot_group_label (b->group);

  if (!recording
      || !plateau_plot_get_settings (b->context, "cv", plateau_voltammetry_option_table, &options,
                                     error))
    return FALSE;
  cv = plateau_voltammetry_analyse (recording, &options, b->context->cancellable, error);
  if (!cv)
    return FALSE;
  chosen = plateau_plot_choose_cycles (b->context->cycles, cv->n_cycles);
  b->offset = plot_kinetics_offset (b->cell);
  b->resistance = options.resistance;
  if (b->resistance > 0 && b->context->panel->notes->len == 0)
    plateau_panel_note (b->context->panel, _ ("Potentials are corrected by iR, %g Ω"),
                        b->resistance);
  b->factor = b->specific ? 1 / b->cell->active_mass : 1e3;
  for (guint i = 0; i < chosen->len; i++)
    {
      const PlateauVoltammetryCycle *cycle = &cv->cycles[g_array_index (chosen, guint, i) - 1];

      add_curve (b, recording, cv, cycle, plateau_plot_shade (i, chosen->len),
                 i == 0 ? label : NULL);
      if (b->options->peaks)
        add_peaks (b, cycle);
      if (b->options->baseline)
        {
          add_baseline (b, cycle, &cycle->anodic, TRUE);
          add_baseline (b, cycle, &cycle->cathodic, FALSE);
        }
      add_row (b, cycle);
    }
  return TRUE;
}

static void
make_table (Build *b)
{
  PlateauTable *table = b->table = b->context->panel->data = plateau_table_new (_ ("Peaks"));

  plateau_table_add_column (table, "cell", _ ("Cell"), NULL, PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (table, "cycle", _ ("Cycle"), NULL, PLATEAU_COLUMN_INTEGER, 0);
  plateau_table_add_column (table, "scan_rate", _ ("Scan rate"), "mV/s", PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "anodic_peak", _ ("Anodic peak"), "V", PLATEAU_COLUMN_NUMBER, 5);
  plateau_table_add_column (table, "anodic_current", _ ("Anodic peak current"), "mA",
                            PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "cathodic_peak", _ ("Cathodic peak"), "V",
                            PLATEAU_COLUMN_NUMBER, 5);
  plateau_table_add_column (table, "cathodic_current", _ ("Cathodic peak current"), "mA",
                            PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "separation", _ ("Peak separation"), "mV",
                            PLATEAU_COLUMN_NUMBER, 4);
}

static gboolean
build (PlateauPlotContext *context, gconstpointer options, GError **error)
{
  Build b = { .context = context, .options = options };

  b.specific = b.options->specific;
  for (guint g = 0; g < context->n_groups; g++)
    for (guint c = 0; c < context->groups[g].n_cells; c++)
      if (!(context->groups[g].cells[c]->active_mass > 0))
        b.specific = FALSE;
  plateau_plot_set_potential_axis (context, PLATEAU_AXIS_X);
  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_Y,
                          b.specific ? _ ("Specific current") : _ ("Current"),
                          b.specific ? "mA g<sup>−1</sup>" : "mA");
  context->panel->axes[PLATEAU_AXIS_Y].fit_margin = 0.1;
  make_table (&b);
  for (guint g = 0; g < context->n_groups; g++)
    for (guint c = 0; c < context->groups[g].n_cells; c++)
      {
        b.group = &context->groups[g];
        b.cell = b.group->cells[c];
        if (!add_cell (&b, error))
          return FALSE;
      }
  return TRUE;
}

const PlateauPlotKind plateau_plot_voltammogram = {
  .id = "voltammogram",
  .label = N_ ("Cyclic voltammograms with their peaks"),
  .page = "cv",
  .needs = PLATEAU_KIND_CV,
  .options = option_table,
  .options_size = sizeof (Options),
  .options_init = &option_defaults,
  .build = build,
};
