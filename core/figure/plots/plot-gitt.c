/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-kinetics.h"

#include "analysis/plateau-gitt.h"
#include "base/plateau-error.h"
#include "base/plateau-numeric.h"
#include "base/plateau-unit.h"

#include <glib/gi18n.h>
#include <math.h>

/* Diffusion coefficient, overpotential or resistance of titration pulses against potential,
 * capacity or composition; and the ratio of the diffusion coefficients to those of the pristine
 * sample. */

typedef enum
{
  VALUE_DIFFUSION,
  VALUE_OVERPOTENTIAL,
  VALUE_RESISTANCE,
  VALUE_RATIO,
} Value;

typedef enum
{
  AGAINST_POTENTIAL,
  AGAINST_CAPACITY,
  AGAINST_COMPOSITION,
} Against;

typedef enum
{
  DIRECTION_BOTH,
  DIRECTION_CHARGE,
  DIRECTION_DISCHARGE,
} Direction;

typedef struct
{
  int value, against, direction;
  gboolean doubtful;
} Options;

static const char *const value_nicks[] = { "diffusion", "overpotential", "resistance", "ratio",
                                           NULL };
static const char *const value_labels[] = { N_ ("Diffusion coefficient"), N_ ("Overpotential"),
                                            N_ ("Resistance"), N_ ("Ratio to the pristine sample"),
                                            NULL };
static const char *const against_nicks[] = { "potential", "capacity", "composition", NULL };
static const char *const against_labels[] = { N_ ("Potential"), N_ ("Capacity"), N_ ("Composition"),
                                              NULL };
static const char *const direction_nicks[] = { "both", "charge", "discharge", NULL };
static const char *const direction_labels[] = { N_ ("Both directions"), N_ ("Charge"),
                                                N_ ("Discharge"), NULL };

static const PlateauOption option_table[] = {
  { "value", N_ ("Value"), N_ ("What is shown of each pulse"), PLATEAU_OPTION_CHOICE,
    G_STRUCT_OFFSET (Options, value), NULL, 0, 0, value_nicks, value_labels },
  { "against", N_ ("Against"), N_ ("The horizontal axis"), PLATEAU_OPTION_CHOICE,
    G_STRUCT_OFFSET (Options, against), NULL, 0, 0, against_nicks, against_labels },
  { "direction", N_ ("Direction"), N_ ("Pulses of which direction are shown"),
    PLATEAU_OPTION_CHOICE, G_STRUCT_OFFSET (Options, direction), NULL, 0, 0, direction_nicks,
    direction_labels },
  { "doubtful", N_ ("Doubtful points"), N_ ("Points with a validity flag, as open markers"),
    PLATEAU_OPTION_BOOLEAN, G_STRUCT_OFFSET (Options, doubtful), NULL, 0, 0, NULL, NULL },
  { NULL },
};

static const Options option_defaults = { VALUE_DIFFUSION, AGAINST_POTENTIAL, DIRECTION_BOTH, TRUE };

#define SHADE 0.45 /* of the colour of discharge beside charge */

/* Flags that make the value itself doubtful; the others are remarks. */
#define DOUBTS                                                                                     \
  (PLATEAU_GITT_FLAG_TOO_LONG | PLATEAU_GITT_FLAG_NO_STEP | PLATEAU_GITT_FLAG_OPPOSITE_STEP        \
   | PLATEAU_GITT_FLAG_NOT_LINEAR | PLATEAU_GITT_FLAG_NO_TRANSIENT)

typedef struct
{
  PlateauPlotContext *context;
  const Options *options;
  PlateauTable *table;
  gboolean relative;      /* one cell has no length: all are shown as D / L^2 */
  PlateauGitt *reference; /* of the ratio */
  gint64 reference_sample;
} Build;

/* log10 of the reference's D at a potential, by interpolation among its own points. */
static double
reference_at (const PlateauGitt *reference, double potential)
{
  double below = -HUGE_VAL, above = HUGE_VAL, y_below = NAN, y_above = NAN;

  for (guint i = 0; i < reference->n_pulses; i++)
    {
      const PlateauGittPulse *pulse = &reference->pulses[i];
      double e = pulse->relaxed_before, d = pulse->relative_diffusion;

      if (!(d > 0))
        continue;
      if (e <= potential && e > below)
        {
          below = e;
          y_below = log10 (d);
        }
      if (e >= potential && e < above)
        {
          above = e;
          y_above = log10 (d);
        }
    }
  if (isnan (y_below) || isnan (y_above))
    return NAN;
  return above > below ? y_below + (y_above - y_below) * (potential - below) / (above - below)
                       : y_below;
}

static double
value_of (const Build *b, const PlateauGittPulse *pulse)
{
  switch (b->options->value)
    {
    case VALUE_OVERPOTENTIAL:
      return plateau_from_si (pulse->overpotential, "mV");
    case VALUE_RESISTANCE:
      return pulse->resistance;
    case VALUE_RATIO:
      return pulse->relative_diffusion
             / pow (10, reference_at (b->reference, pulse->relaxed_before));
    default:
      return b->relative ? pulse->relative_diffusion : plateau_from_si (pulse->diffusion, "cm2/s");
    }
}

static double
abscissa_of (const Build *b, const PlateauStudyCell *cell, const PlateauGittPulse *pulse)
{
  if (b->options->against == AGAINST_POTENTIAL)
    return pulse->relaxed_before + plot_kinetics_offset (cell);
  if (b->options->against == AGAINST_COMPOSITION)
    return pulse->composition;
  return plateau_plot_normalise (cell, fabs (pulse->charge),
                                 plateau_plot_capacity_unit (b->context, "mAh/g"));
}

/* The points of one kind: of one direction, doubtful or not. */
typedef struct
{
  int direction;
  gboolean doubtful, both; /* beside points of the other direction */
  const char *label;
} Points;

static gboolean
belongs (const Build *b, const Points *points, const PlateauGittPulse *pulse)
{
  gboolean diffusive = b->options->value == VALUE_DIFFUSION || b->options->value == VALUE_RATIO;

  return pulse->direction == points->direction
         && (diffusive && (pulse->flags & DOUBTS) != 0) == points->doubtful;
}

static void
add_row (Build *b, const PlateauStudyCell *cell, const PlateauGittPulse *pulse, double at,
         double value)
{
  guint row = plateau_table_add_row (b->table);

  plateau_table_set_row_tag (b->table, row, cell->id);
  plateau_table_set_text (b->table, row, 0, cell->name);
  plateau_table_set_number (b->table, row, 1, pulse->index);
  plateau_table_set_word (b->table, row, 2, pulse->direction > 0 ? "charge" : "discharge",
                          pulse->direction > 0 ? _ ("charge") : _ ("discharge"));
  plateau_table_set_number (b->table, row, 3, at);
  plateau_table_set_number (b->table, row, 4, value);
  plateau_table_set_number (b->table, row, 5, (pulse->flags & DOUBTS) != 0);
  plateau_gitt_set_doubts (b->table, row, 6, pulse->flags);
}

static void
add_points (Build *b, const PlateauPlotGroup *group, const PlateauStudyCell *cell,
            PlateauGitt *gitt, const Points *points)
{
  double *x = g_new (double, gitt->n_pulses + 1), *y = g_new (double, gitt->n_pulses + 1);
  g_autofree char *id = g_strdup_printf ("gitt/%s%s%s", cell->name,
                                         points->doubtful ? "/doubtful" : "",
                                         points->both && points->direction < 0 ? "/discharge" : "");
  g_autofree int *pulses = g_new (int, gitt->n_pulses + 1);
  PlateauLayer *layer;
  gsize n = 0;

  for (guint i = 0; i < gitt->n_pulses; i++)
    {
      const PlateauGittPulse *pulse = &gitt->pulses[i];
      double value = value_of (b, pulse), at = abscissa_of (b, cell, pulse);

      if (!belongs (b, points, pulse) || !isfinite (value) || !isfinite (at))
        continue;
      x[n] = at;
      pulses[n] = (int) pulse->index;
      y[n++] = value;
      add_row (b, cell, pulse, at, value);
    }
  layer = plot_kinetics_add_points (b->context, group, cell, id, points->label, x, y, n,
                                    points->doubtful);
  if (points->both)
    {
      gboolean up = points->direction > 0;

      layer->style.colour = plateau_colour_slot (group->slot, up ? 0 : SHADE);
      layer->style.marker = up ? PLATEAU_MARKER_TRIANGLE : PLATEAU_MARKER_INVERTED;
    }
  /* A click on a point names its pulse. */
  layer->point_cycle_owner = g_bytes_new (pulses, n * sizeof (int));
  layer->point_cycle = g_bytes_get_data (layer->point_cycle_owner, NULL);
}

static gboolean
has_direction (const PlateauGitt *gitt, int direction)
{
  for (guint i = 0; i < gitt->n_pulses; i++)
    if (gitt->pulses[i].direction == direction)
      return TRUE;
  return FALSE;
}

/* Charge points up, discharge down, where a cell has both. */
static void
add_cell (Build *b, const PlateauPlotGroup *group, const PlateauStudyCell *cell, PlateauGitt *gitt)
{
  g_autofree char *name = plot_group_label (group);
  gboolean both = b->options->direction == DIRECTION_BOTH && has_direction (gitt, 1)
                  && has_direction (gitt, -1);

  for (int direction = 1; direction >= -1; direction -= 2)
    {
      int wanted = direction > 0 ? DIRECTION_CHARGE : DIRECTION_DISCHARGE;
      g_autofree char *label = both ? g_strdup_printf (
                                   "%s, %s", name, direction > 0 ? _ ("charge") : _ ("discharge"))
                                    : g_strdup (name);
      Points points = { direction, FALSE, both, label };

      if (!has_direction (gitt, direction)
          || (b->options->direction != DIRECTION_BOTH && b->options->direction != wanted))
        continue;
      add_points (b, group, cell, gitt, &points);
      points.doubtful = TRUE;
      points.label = NULL;
      if (b->options->doubtful)
        add_points (b, group, cell, gitt, &points);
    }
}

static void
set_axes (Build *b)
{
  static const struct
  {
    const char *title, *unit;
  } heads[] = {
    { N_ ("<i>D</i><sub>Li</sub>"), "cm<sup>2</sup> s<sup>−1</sup>" },
    { N_ ("Overpotential"), "mV" },
    { N_ ("Resistance"), "Ω" },
    { N_ ("<i>D</i> / <i>D</i><sub>pristine</sub>"), NULL },
  };
  PlateauPanel *panel = b->context->panel;
  guint value = (guint) b->options->value;

  if (b->options->against == AGAINST_POTENTIAL)
    plateau_plot_set_potential_axis (b->context, PLATEAU_AXIS_X);
  else if (b->options->against == AGAINST_COMPOSITION)
    plateau_panel_set_axis (panel, PLATEAU_AXIS_X, _ ("<i>x</i> in Li<sub><i>x</i></sub>"), NULL);
  else
    {
      g_autofree char *unit = plot_unit_markup (plateau_plot_capacity_unit (b->context, "mAh/g"));
      plateau_panel_set_axis (panel, PLATEAU_AXIS_X, _ ("Capacity"), unit);
    }
  if (value == VALUE_DIFFUSION && b->relative)
    plateau_panel_set_axis (panel, PLATEAU_AXIS_Y, _ ("<i>D</i> / <i>L</i><sup>2</sup>"),
                            "s<sup>−1</sup>");
  else
    plateau_panel_set_axis (panel, PLATEAU_AXIS_Y, _ (heads[value].title), heads[value].unit);
  if (value == VALUE_DIFFUSION || value == VALUE_RATIO)
    panel->axes[PLATEAU_AXIS_Y].scale = PLATEAU_SCALE_LOG;
  panel->axes[PLATEAU_AXIS_Y].fit_margin = 0.1;
}

static void
make_table (Build *b)
{
  static const char *const units[] = { "cm2/s", "mV", "ohm", NULL };
  const char *const at_units[] = { "V", plateau_plot_capacity_unit (b->context, "mAh/g"), NULL };
  const char *unit = b->relative && b->options->value == VALUE_DIFFUSION ? NULL
                                                                         : units[b->options->value];

  b->table = b->context->panel->data = plateau_table_new (_ (value_labels[b->options->value]));
  plateau_table_add_column (b->table, "cell", _ ("Cell"), NULL, PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (b->table, "pulse", _ ("Pulse"), NULL, PLATEAU_COLUMN_INTEGER, 0);
  plateau_table_add_column (b->table, "direction", _ ("Direction"), NULL, PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (b->table, against_nicks[b->options->against],
                            _ (against_labels[b->options->against]), at_units[b->options->against],
                            PLATEAU_COLUMN_NUMBER, 5);
  plateau_table_add_column (b->table, value_nicks[b->options->value],
                            _ (value_labels[b->options->value]), unit, PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (b->table, "doubtful", _ ("Doubtful"), NULL, PLATEAU_COLUMN_BOOLEAN, 0);
  plateau_table_add_column (b->table, "flags", _ ("Doubts"), NULL, PLATEAU_COLUMN_TEXT, 0);
}

static gboolean
find_reference (Build *b, GError **error)
{
  for (guint g = 0; g < b->context->n_groups; g++)
    {
      const PlateauPlotGroup *group = &b->context->groups[g];

      if (group->sample
          && (group->sample->role == PLATEAU_ROLE_PRISTINE
              || group->sample->role == PLATEAU_ROLE_CONTROL)
          && group->n_cells > 0)
        {
          b->reference = plot_kinetics_gitt (b->context, group->cells[0], error);
          b->reference_sample = group->sample->id;
          return b->reference != NULL;
        }
    }
  g_set_error (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_EMPTY,
               _ ("choose a pristine or control sample beside the modified one for the ratio"));
  return FALSE;
}

static guint
count_doubtful (const PlateauGitt *gitt)
{
  guint n = 0;

  for (guint i = 0; i < gitt->n_pulses; i++)
    n += (gitt->pulses[i].flags & DOUBTS) != 0;
  return n;
}

/* What is doubtful, what was not used, and what is odd, in words under the plot. */
static void
note_cell (Build *b, const PlateauStudyCell *cell, PlateauGitt *gitt)
{
  guint doubtful = count_doubtful (gitt);

  if (doubtful > 0 && b->options->doubtful)
    plateau_panel_note (b->context->panel,
                        _ ("%s: %u of %u points are doubtful (open markers); the table says why"),
                        cell->name, doubtful, gitt->n_pulses);
  if (gitt->n_dropped > 0)
    plateau_panel_note (b->context->panel, _ ("%s: %u pulses not used, the first %s"), cell->name,
                        gitt->n_dropped, gitt->dropped[0].reason);
  if (gitt->remark)
    plateau_panel_note (b->context->panel, "%s: %s", cell->name, gitt->remark);
}

static void
add_all (Build *b, GPtrArray *results)
{
  guint at = 0;

  for (guint g = 0; g < b->context->n_groups; g++)
    for (guint c = 0; c < b->context->groups[g].n_cells; c++)
      {
        const PlateauPlotGroup *group = &b->context->groups[g];
        PlateauGitt *gitt = results->pdata[at++];

        if (b->options->value == VALUE_RATIO && group->sample
            && group->sample->id == b->reference_sample)
          continue;
        add_cell (b, group, group->cells[c], gitt);
        note_cell (b, group->cells[c], gitt);
      }
}

/* No point although there are pulses: the axis says why. */
static gboolean
check_drawn (Build *b, const PlateauGitt *first, GError **error)
{
  gboolean composed = FALSE;

  if (plateau_table_get_n_rows (b->table) > 0)
    return TRUE;
  for (guint i = 0; i < first->n_pulses; i++)
    composed = composed || isfinite (first->pulses[i].composition);
  if (b->options->against == AGAINST_COMPOSITION && !composed)
    g_set_error (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_EMPTY,
                 _ ("The composition is not known: %s. Choose another axis above the plot."),
                 first->composition_source);
  else if (b->options->against == AGAINST_CAPACITY
           && !(first->n_pulses > 0 && isfinite (first->pulses[0].charge)))
    g_set_error (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_EMPTY,
                 _ ("These titrations have no counted charge. Show the values against potential."));
  else
    g_set_error (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_EMPTY,
                 _ ("No pulse of this direction has such a value. Choose both directions above the "
                    "plot."));
  return FALSE;
}

/* On the plot itself: nobody may take relative values for coefficients. */
static void
say_relative (PlateauPlotContext *context, PlateauGitt *gitt)
{
  PlateauAnnotation *a = plateau_panel_add_annotation (context->panel, PLATEAU_ANNOTATION_TEXT,
                                                       _ ("relative: length <i>L</i> not given"));

  a->x_coordinates = a->y_coordinates = PLATEAU_COORDINATES_AXES;
  a->x = 0.03;
  a->y = 0.03;
  a->horizontal = PLATEAU_ANCHOR_START;
  a->avoid = TRUE;
  a->small = TRUE;
  plateau_panel_note (context->panel, _ ("relative diffusion: %s"), gitt->length_source);
}

static gboolean
build (PlateauPlotContext *context, gconstpointer options, GError **error)
{
  Build b = { .context = context, .options = options };
  g_autoptr (GPtrArray)
      results = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_gitt_unref);
  gboolean done;

  for (guint g = 0; g < context->n_groups; g++)
    for (guint c = 0; c < context->groups[g].n_cells; c++)
      {
        PlateauGitt *gitt = plot_kinetics_gitt (context, context->groups[g].cells[c], error);

        if (!gitt)
          return FALSE;
        g_ptr_array_add (results, gitt);
        b.relative = b.relative || isnan (gitt->length);
      }
  if (b.relative && b.options->value == VALUE_DIFFUSION)
    say_relative (context, results->pdata[0]);
  if (b.options->value == VALUE_RATIO && !find_reference (&b, error))
    return FALSE;
  set_axes (&b);
  make_table (&b);
  add_all (&b, results);
  done = check_drawn (&b, results->pdata[0], error);
  g_clear_pointer (&b.reference, plateau_gitt_unref);
  return done;
}

const PlateauPlotKind plateau_plot_gitt = {
  .id = "gitt",
  .label = N_ ("Diffusion, overpotential or resistance from GITT"),
  .page = "gitt",
  .needs = PLATEAU_KIND_GITT,
  .options = option_table,
  .options_size = sizeof (Options),
  .options_init = &option_defaults,
  .build = build,
};
