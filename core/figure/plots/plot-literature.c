/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-cycling.h"

#include "analysis/plateau-literature.h"
#include "analysis/plateau-rate.h"
#include "base/plateau-error.h"
#include "base/plateau-numeric.h"
#include "base/plateau-unit.h"
#include "figure/plateau-look.h"

#include "data/plateau-naming.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* Areal capacity of the chosen samples among reported ones, against retention or loading. */

typedef struct
{
  int against;
} Options;

static const char *const against_nicks[] = { "retention", "loading", NULL };
static const char *const against_labels[] = { N_ ("Capacity retention"), N_ ("Loading"), NULL };

static const PlateauOption option_table[] = {
  { "against", N_ ("Against"), N_ ("What areal capacity is shown against"), PLATEAU_OPTION_CHOICE,
    G_STRUCT_OFFSET (Options, against), NULL, 0, 0, against_nicks, against_labels },
  { NULL },
};

static const Options option_defaults = { 0 };

static void
add_to_table (PlateauTable *table, const char *name, const char *place, double x, double y)
{
  guint row = plateau_table_add_row (table);

  plateau_table_set_text (table, row, 0, name);
  plateau_table_set_text (table, row, 1, place);
  plateau_table_set_number (table, row, 2, x);
  plateau_table_set_number (table, row, 3, y);
}

/* One layer a study, open grey markers: reported, not measured here. */
static void
add_reported (PlateauPlotContext *context, gboolean loading)
{
  const PlateauMarker markers[] = { PLATEAU_MARKER_SQUARE, PLATEAU_MARKER_TRIANGLE,
                                    PLATEAU_MARKER_DIAMOND, PLATEAU_MARKER_CIRCLE };
  g_autoptr (PlateauLiterature) literature = plot_literature_new (context);
  g_autoptr (GArray) cells = plateau_literature_list_cells (literature);
  g_autoptr (GPtrArray) studies = g_ptr_array_new ();

  for (guint i = 0; i < cells->len; i++)
    {
      const char *study = g_array_index (cells, PlateauReportedCell, i).study;
      if (!g_ptr_array_find_with_equal_func (studies, study, g_str_equal, NULL))
        g_ptr_array_add (studies, (gpointer) study);
    }
  for (guint s = 0; s < studies->len; s++)
    {
      g_autoptr (GArray) x = g_array_new (FALSE, FALSE, sizeof (double));
      g_autoptr (GArray) y = g_array_new (FALSE, FALSE, sizeof (double));
      g_autofree char *id = g_strdup_printf ("reported/%s", (char *) studies->pdata[s]);
      g_autofree char *label = g_strdup_printf (_ ("%s (reported)"), (char *) studies->pdata[s]);
      PlateauLayer *layer;

      for (guint i = 0; i < cells->len; i++)
        {
          const PlateauReportedCell *cell = &g_array_index (cells, PlateauReportedCell, i);
          double at = loading ? plateau_from_si (cell->loading, "mg/cm2") : 100 * cell->retention;
          double capacity = plateau_from_si (cell->areal_capacity, "mAh/cm2");

          if (strcmp (cell->study, studies->pdata[s]) != 0 || isnan (at))
            continue;
          g_autofree char *name = g_strdup_printf ("%s, %s", cell->study, cell->cathode);
          g_array_append_val (x, at);
          g_array_append_val (y, capacity);
          add_to_table (context->panel->data, name, cell->place, at, capacity);
        }
      if (x->len == 0)
        continue;
      layer = plateau_panel_add_layer (context->panel, PLATEAU_LAYER_LINE, id, label);
      layer->style.width = 0;
      layer->style.marker = markers[s % G_N_ELEMENTS (markers)];
      layer->style.fill = PLATEAU_FILL_OPEN;
      layer->style.marker_every = 1;
      layer->style.colour = plateau_colour_simple (PLATEAU_COLOUR_DIM);
      guint n = x->len;
      plateau_layer_take_xy (layer,
                             (double *) (gpointer) g_array_free (g_steal_pointer (&x), FALSE),
                             (double *) (gpointer) g_array_free (g_steal_pointer (&y), FALSE), n);
    }
}

static gboolean
measure_cell (PlateauPlotContext *context, const PlateauStudyCell *cell, gboolean loading,
              double *x, double *y)
{
  g_autoptr (PlateauCycles) cycles = plateau_plot_get_cycles (context, cell, NULL);
  PlateauCyclesSummary summary;
  int index;

  if (!cycles || !(cell->area > 0) || (loading && !(cell->active_mass > 0)))
    return FALSE;
  plateau_cycles_summarise (cycles, NULL, NULL, &summary);
  index = plateau_cycles_find (cycles, summary.retention_reference_cycle);
  if (index < 0 || (!loading && summary.retention_cycle < summary.retention_reference_cycle + 9))
    return FALSE;
  *y = plateau_from_si (cycles->cycles[index].discharge_capacity / cell->area, "mAh/cm2");
  *x = loading ? plateau_from_si (cell->active_mass / cell->area, "mg/cm2")
               : 100 * summary.retention;
  return isfinite (*x) && isfinite (*y);
}

/* The cells of one sample, whatever they were tested for, from the group @from on, where it first
 * stands. */
static void
add_sample (PlateauPlotContext *context, guint from, gboolean loading)
{
  const PlateauPlotGroup *first = &context->groups[from];
  g_autoptr (GArray) x = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) y = g_array_new (FALSE, FALSE, sizeof (double));
  PlateauLayer *layer;
  guint n;

  for (guint g = 0; first->sample != NULL && g < from; g++)
    if (context->groups[g].sample == first->sample)
      return;
  for (guint g = from; g < context->n_groups; g++)
    for (guint c = 0;
         c < context->groups[g].n_cells
         && (g == from || (first->sample != NULL && context->groups[g].sample == first->sample));
         c++)
      {
        const PlateauStudyCell *cell = context->groups[g].cells[c];
        double at, capacity;

        if (!measure_cell (context, cell, loading, &at, &capacity))
          continue;
        add_to_table (context->panel->data, cell->name, _ ("this project"), at, capacity);
        g_array_append_val (x, at);
        g_array_append_val (y, capacity);
      }
  n = x->len;
  if (n == 0)
    return;
  g_autofree char *plain = plateau_naming_without_mark (
      first->sample != NULL ? first->sample->name : first->name);
  g_autofree char *label = plateau_plot_markup (plain);
  layer = plateau_panel_add_layer (context->panel, PLATEAU_LAYER_LINE, first->name, label);
  PlateauSlot slot = first->sample != NULL ? plateau_look_of_sample (context->study, first->sample)
                                           : first->slot;
  plateau_layer_style_for_slot (&layer->style, slot);
  layer->style.width = 0;
  layer->style.marker = plateau_slot_get_marker (slot);
  layer->style.marker_every = 1;
  layer->tag.sample = first->sample != NULL ? first->sample->id : 0;
  plateau_layer_take_xy (layer, (double *) (gpointer) g_array_free (g_steal_pointer (&x), FALSE),
                         (double *) (gpointer) g_array_free (g_steal_pointer (&y), FALSE), n);
}

static gboolean
build (PlateauPlotContext *context, gconstpointer options, GError **error)
{
  gboolean loading = ((const Options *) options)->against == 1;
  g_autofree char *areal = plot_unit_markup ("mAh/cm2");
  g_autofree char *mass = plot_unit_markup ("mg/cm2");
  PlateauTable *table;

  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_X,
                          loading ? _ ("Loading of active material") : _ ("Capacity retention"),
                          loading ? mass : "%");
  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_Y, _ ("Areal capacity"), areal);
  context->panel->axes[PLATEAU_AXIS_Y].from_zero = TRUE;
  table = context->panel->data = plateau_table_new (_ ("Areal capacity"));
  plateau_table_add_column (table, "name", _ ("Cell"), NULL, PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (table, "place", _ ("From"), NULL, PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (table, "x", loading ? _ ("Loading") : _ ("Retention"),
                            loading ? "mg/cm2" : "%", PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "areal_capacity_mAh_cm2", _ ("Areal capacity"), "mAh/cm2",
                            PLATEAU_COLUMN_NUMBER, 4);
  add_reported (context, loading);
  for (guint g = 0; g < context->n_groups; g++)
    add_sample (context, g, loading);
  return TRUE;
}

const PlateauPlotKind plateau_plot_literature = {
  .id = "literature",
  .label = N_ ("Areal capacity among reported values"),
  .page = "compare",
  .needs = PLATEAU_KIND_CYCLING,
  .options = option_table,
  .options_size = sizeof (Options),
  .options_init = &option_defaults,
  .build = build,
};
