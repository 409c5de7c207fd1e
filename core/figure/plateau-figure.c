/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plateau-figure.h"

#include "figure/plateau-decimate.h"
#include "figure/plateau-figure-private.h"
#include "figure/plateau-markup.h"

#include <glib/gi18n.h>
#include <math.h>

static void
array_clear (PlateauArray *array)
{
  if (array->release)
    array->release (array->owner);
  *array = (PlateauArray){ NULL, 1, 0, NULL, NULL };
}

static void
layer_free (gpointer data)
{
  PlateauLayer *layer = data;

  array_clear (&layer->x);
  array_clear (&layer->y);
  array_clear (&layer->x_low);
  array_clear (&layer->x_high);
  array_clear (&layer->y_low);
  array_clear (&layer->y_high);
  array_clear (&layer->z);
  array_clear (&layer->key);
  g_clear_pointer (&layer->point_cycle_owner, g_bytes_unref);
  if (layer->point_label)
    for (gsize i = 0; i < layer->n; i++)
      g_free (layer->point_label[i]);
  g_free (layer->point_label);
  plateau_pyramid_free (layer->pyramid);
  g_free (layer->id);
  g_free (layer->label);
  g_free (layer);
}

static void
axis_clear (PlateauAxis *axis)
{
  g_free (axis->title);
  g_free (axis->unit);
  g_free (axis->reference);
  g_strfreev (axis->categories);
}

static void
panel_free (gpointer data)
{
  PlateauPanel *panel = data;

  for (guint i = 0; i < PLATEAU_N_AXES; i++)
    axis_clear (&panel->axes[i]);
  g_ptr_array_unref (panel->layers);
  g_array_unref (panel->annotations);
  g_array_unref (panel->insets);
  g_ptr_array_unref (panel->notes);
  g_clear_pointer (&panel->plot, json_object_unref);
  g_clear_pointer (&panel->source, json_object_unref);
  g_clear_pointer (&panel->data, plateau_table_unref);
  g_clear_pointer (&panel->legend.names, g_hash_table_unref);
  g_strfreev (panel->legend.order);
  g_free (panel->legend.title);
  g_free (panel->colour_bar.title);
  g_free (panel->id);
  g_free (panel->title);
  g_free (panel->letter);
  g_free (panel->message);
  g_free (panel);
}

static void
annotation_clear (gpointer data)
{
  PlateauAnnotation *annotation = data;

  g_free (annotation->text);
  g_free (annotation->handle);
}

static void
axis_init (PlateauAxis *axis)
{
  *axis = (PlateauAxis){ .min = NAN,
                         .max = NAN,
                         .fit_margin = 0.05,
                         .step = NAN,
                         .decimals = -1,
                         .labels = TRUE,
                         .colour = plateau_colour_simple (PLATEAU_COLOUR_INK) };
}

PlateauPanel *
plateau_panel_new (void)
{
  PlateauPanel *panel = g_new0 (PlateauPanel, 1);

  panel->column_span = panel->row_span = 1;
  for (guint i = 0; i < PLATEAU_N_AXES; i++)
    axis_init (&panel->axes[i]);
  panel->axes[PLATEAU_AXIS_X].used = panel->axes[PLATEAU_AXIS_Y].used = TRUE;
  panel->layers = g_ptr_array_new_with_free_func (layer_free);
  panel->annotations = g_array_new (FALSE, TRUE, sizeof (PlateauAnnotation));
  g_array_set_clear_func (panel->annotations, annotation_clear);
  panel->insets = g_array_new (FALSE, TRUE, sizeof (PlateauInset));
  panel->notes = g_ptr_array_new_with_free_func (g_free);
  return panel;
}

/* What a plot kind filled is emptied, so that a panel can be bound again. */
void
plateau_panel_reset (PlateauPanel *panel)
{
  for (guint i = 0; i < PLATEAU_N_AXES; i++)
    {
      axis_clear (&panel->axes[i]);
      axis_init (&panel->axes[i]);
    }
  panel->axes[PLATEAU_AXIS_X].used = panel->axes[PLATEAU_AXIS_Y].used = TRUE;
  g_ptr_array_set_size (panel->layers, 0);
  g_array_set_size (panel->annotations, 0);
  g_array_set_size (panel->insets, 0);
  g_ptr_array_set_size (panel->notes, 0);
  g_clear_pointer (&panel->data, plateau_table_unref);
  g_clear_pointer (&panel->message, g_free);
  g_clear_pointer (&panel->title, g_free);
  g_clear_pointer (&panel->letter, g_free);
  g_clear_pointer (&panel->legend.names, g_hash_table_unref);
  g_clear_pointer (&panel->legend.order, g_strfreev);
  g_clear_pointer (&panel->legend.title, g_free);
  g_clear_pointer (&panel->colour_bar.title, g_free);
  panel->legend = (PlateauLegend){ PLATEAU_PLACE_BEST };
  panel->colour_bar = (PlateauColourBar){ FALSE };
  panel->equal_units = FALSE;
}

PlateauFigure *
plateau_figure_new_empty (void)
{
  PlateauFigure *figure = g_atomic_rc_box_new0 (PlateauFigure);

  figure->columns = figure->rows = 1;
  figure->style = plateau_style_new ();
  figure->width_mm = figure->style->width_mm;
  figure->panels = g_ptr_array_new_with_free_func (panel_free);
  return figure;
}

/**
 * plateau_figure_new:
 *
 * Returns: (transfer full): a figure of 85 mm with one empty panel
 */
PlateauFigure *
plateau_figure_new (void)
{
  PlateauFigure *figure = plateau_figure_new_empty ();

  plateau_figure_add_panel (figure);
  return figure;
}

static void
figure_clear (gpointer data)
{
  PlateauFigure *figure = data;

  g_free (figure->title);
  g_free (figure->note);
  g_free (figure->column_weights);
  g_free (figure->row_weights);
  plateau_style_free (figure->style);
  g_clear_pointer (&figure->style_overrides, json_object_unref);
  g_ptr_array_unref (figure->panels);
}

/**
 * plateau_figure_ref:
 * @figure: a figure
 *
 * Returns: (transfer full): @figure
 */
PlateauFigure *
plateau_figure_ref (PlateauFigure *figure)
{
  return g_atomic_rc_box_acquire (figure);
}

/**
 * plateau_figure_unref:
 * @figure: (transfer full): a figure
 */
void
plateau_figure_unref (PlateauFigure *figure)
{
  g_atomic_rc_box_release_full (figure, figure_clear);
}

/**
 * plateau_figure_add_panel:
 * @figure: a figure under construction
 *
 * Returns: (transfer none): a further empty panel, below the others
 */
PlateauPanel *
plateau_figure_add_panel (PlateauFigure *figure)
{
  PlateauPanel *panel = plateau_panel_new ();

  panel->row = figure->panels->len;
  panel->id = g_strdup_printf ("%u", figure->panels->len + 1);
  figure->rows = MAX (figure->rows, panel->row + 1);
  g_ptr_array_add (figure->panels, panel);
  return panel;
}

/**
 * plateau_figure_get_panel:
 * @figure: a figure
 * @index: of the panel
 *
 * Returns: (transfer none) (nullable): the panel, or %NULL beyond the last
 */
PlateauPanel *
plateau_figure_get_panel (PlateauFigure *figure, guint index)
{
  return index < figure->panels->len ? g_ptr_array_index (figure->panels, index) : NULL;
}

/**
 * plateau_panel_add_layer:
 * @panel: a panel under construction
 * @kind: what is drawn
 * @id: unique within the panel and the same whenever the figure is made again
 * @label: (nullable): markup for the legend
 *
 * Returns: (transfer none): a layer without data in the automatic look
 */
PlateauLayer *
plateau_panel_add_layer (PlateauPanel *panel, PlateauLayerKind kind, const char *id,
                         const char *label)
{
  PlateauLayer *layer = g_new0 (PlateauLayer, 1);

  layer->kind = kind;
  layer->id = g_strdup (id);
  layer->label = g_strdup (label);
  layer->tag = (PlateauTag)PLATEAU_TAG_INIT;
  layer->x.factor = layer->y.factor = layer->z.factor = 1;
  layer->x_low.factor = layer->x_high.factor = layer->y_low.factor = layer->y_high.factor = 1;
  layer->bar_width = 0.8;
  layer->in_fit = TRUE;
  layer->style = (PlateauLayerStyle){ .colour = plateau_colour_slot (PLATEAU_SLOT_NONE, 0),
                                      .width = 1,
                                      .marker_size = 1,
                                      .alpha = 1 };
  g_ptr_array_add (panel->layers, layer);
  return layer;
}

/**
 * plateau_panel_set_axis:
 * @panel: a panel under construction
 * @axis: which axis; it is then used
 * @title: markup of the quantity
 * @unit: (nullable): markup of the unit
 */
void
plateau_panel_set_axis (PlateauPanel *panel, PlateauAxisId axis, const char *title,
                        const char *unit)
{
  PlateauAxis *a = &panel->axes[axis];

  a->used = TRUE;
  g_free (a->title);
  g_free (a->unit);
  a->title = g_strdup (title);
  a->unit = g_strdup (unit);
}

/**
 * plateau_panel_add_annotation:
 * @panel: a panel under construction
 * @kind: what is drawn
 * @markup: (nullable): its text
 *
 * Returns: (transfer none): the annotation, to be placed, valid until the next one is added. It
 *   starts at the upper left of the plot area, in dim small text, coordinates as shares.
 */
PlateauAnnotation *
plateau_panel_add_annotation (PlateauPanel *panel, PlateauAnnotationKind kind, const char *markup)
{
  PlateauAnnotation annotation = { .kind = kind,
                                   .x_coordinates = PLATEAU_COORDINATES_AXES,
                                   .y_coordinates = PLATEAU_COORDINATES_AXES,
                                   .x = 0.03,
                                   .y = 0.96,
                                   .x1 = NAN,
                                   .y1 = NAN,
                                   .text = g_strdup (markup),
                                   .colour = plateau_colour_simple (PLATEAU_COLOUR_INK) };

  g_array_append_val (panel->annotations, annotation);
  return &g_array_index (panel->annotations, PlateauAnnotation, panel->annotations->len - 1);
}

/**
 * plateau_panel_note:
 * @panel: a panel under construction
 * @format: printf format of one sentence: what was left out and why
 * @...: its arguments
 */
void
plateau_panel_note (PlateauPanel *panel, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (panel->notes, g_strdup_vprintf (format, args));
  va_end (args);
}

/**
 * plateau_array_take:
 * @array: an array of a layer
 * @values: (transfer full) (nullable): values in the axis' unit
 */
void
plateau_array_take (PlateauArray *array, double *values)
{
  array_clear (array);
  array->values = values;
  array->owner = values;
  array->release = g_free;
}

/**
 * plateau_array_borrow:
 * @array: an array of a layer
 * @values: values that live as long as @owner
 * @factor: shown = factor * value + offset
 * @offset: see @factor
 * @owner: (transfer full): keeps the values
 * @release: frees the reference to @owner
 */
void
plateau_array_borrow (PlateauArray *array, const double *values, double factor, double offset,
                      gpointer owner, GDestroyNotify release)
{
  array_clear (array);
  *array = (PlateauArray){ values, factor, offset, owner, release };
}

/**
 * plateau_array_get:
 * @array: an array of a layer
 * @index: of the value
 *
 * Returns: the value as it is shown; NaN when the array is empty
 */
double
plateau_array_get (const PlateauArray *array, gsize index)
{
  return array->values ? array->factor * array->values[index] + array->offset : NAN;
}

/**
 * plateau_layer_take_xy:
 * @layer: a layer
 * @x: (transfer full): @n values in the axis' unit
 * @y: (transfer full): @n values
 * @n: number of points
 */
void
plateau_layer_take_xy (PlateauLayer *layer, double *x, double *y, gsize n)
{
  plateau_array_take (&layer->x, x);
  plateau_array_take (&layer->y, y);
  layer->n = n;
}

/**
 * plateau_layer_take_y_range:
 * @layer: a layer with its x and y
 * @low: (transfer full): lower ends of error bars or of the band
 * @high: (transfer full): upper ends
 */
void
plateau_layer_take_y_range (PlateauLayer *layer, double *low, double *high)
{
  plateau_array_take (&layer->y_low, low);
  plateau_array_take (&layer->y_high, high);
}

/**
 * plateau_axis_dup_title:
 * @axis: an axis
 * @form: `Quantity / unit` or `Quantity (unit)`
 * @exponent_label: (nullable): the power of ten taken out of the tick labels
 *
 * Returns: (transfer full): the title as markup: "Potential vs Li+/Li / V" or
 *   "Potential (V vs Li+/Li)"; "" when the axis has none
 */
char *
plateau_axis_dup_title (const PlateauAxis *axis, PlateauTitleForm form, const char *exponent_label)
{
  g_autofree char *power = NULL;
  const char *unit = axis->unit && *axis->unit ? axis->unit : NULL;
  const char *title = axis->title ? axis->title : "";

  if (exponent_label)
    unit = power = g_strdup_printf ("%s%s%s", exponent_label, unit ? " " : "", unit ? unit : "");
  if (form == PLATEAU_TITLE_SLASH)
    return g_strdup_printf ("%s%s%s%s%s", title, axis->reference ? _ (" vs ") : "",
                            axis->reference ? axis->reference : "", unit ? " / " : "",
                            unit ? unit : "");
  if (!unit)
    return g_strdup (title);
  return g_strdup_printf ("%s (%s%s%s)", title, unit, axis->reference ? _ (" vs ") : "",
                          axis->reference ? axis->reference : "");
}

/**
 * plateau_axis_id_get_nick:
 * @axis: an axis
 *
 * Returns: its name in documents: "x", "y", "x2" or "y2"
 */
const char *
plateau_axis_id_get_nick (PlateauAxisId axis)
{
  static const char *const nicks[] = { "x", "y", "x2", "y2" };

  g_return_val_if_fail ((guint)axis < PLATEAU_N_AXES, "x");
  return nicks[axis];
}

static const struct
{
  const char *nick, *label;
} places[] = {
  [PLATEAU_PLACE_BEST] = { "best", N_ ("Best place") },
  [PLATEAU_PLACE_TOP_LEFT] = { "top-left", N_ ("Upper left") },
  [PLATEAU_PLACE_TOP] = { "top", N_ ("Top") },
  [PLATEAU_PLACE_TOP_RIGHT] = { "top-right", N_ ("Upper right") },
  [PLATEAU_PLACE_LEFT] = { "left", N_ ("Left") },
  [PLATEAU_PLACE_CENTRE] = { "centre", N_ ("Centre") },
  [PLATEAU_PLACE_RIGHT] = { "right", N_ ("Right") },
  [PLATEAU_PLACE_BOTTOM_LEFT] = { "bottom-left", N_ ("Lower left") },
  [PLATEAU_PLACE_BOTTOM] = { "bottom", N_ ("Bottom") },
  [PLATEAU_PLACE_BOTTOM_RIGHT] = { "bottom-right", N_ ("Lower right") },
  [PLATEAU_PLACE_OUTSIDE_RIGHT] = { "outside-right", N_ ("Outside, right") },
  [PLATEAU_PLACE_OUTSIDE_BOTTOM] = { "outside-bottom", N_ ("Outside, below") },
  [PLATEAU_PLACE_FREE] = { "free", N_ ("Where it was dragged") },
  [PLATEAU_PLACE_HIDDEN] = { "hidden", N_ ("Hidden") },
};

/**
 * plateau_place_get_nick:
 * @place: a place of the legend
 *
 * Returns: its name in documents
 */
const char *
plateau_place_get_nick (PlateauPlace place)
{
  g_return_val_if_fail ((guint)place < G_N_ELEMENTS (places), "best");
  return places[place].nick;
}

/**
 * plateau_place_get_label:
 * @place: a place of the legend
 *
 * Returns: its name for people, translated
 */
const char *
plateau_place_get_label (PlateauPlace place)
{
  g_return_val_if_fail ((guint)place < G_N_ELEMENTS (places), "");
  return _ (places[place].label);
}

gboolean
plateau_place_from_nick (const char *nick, PlateauPlace *place)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_strcmp0 (nick, places[i].nick) == 0)
      {
        *place = i;
        return TRUE;
      }
  return FALSE;
}

/* How many curves there are, and what is written among them, as their names are. */
static void
describe_curves (GString *text, PlateauPanel *panel)
{
  guint n = 0, n_texts = 0;

  for (guint i = 0; i < panel->layers->len; i++)
    n += !((PlateauLayer *)g_ptr_array_index (panel->layers, i))->hidden;
  if (n > 0)
    g_string_append_printf (text, ngettext ("; %u curve", "; %u curves", n), n);
  for (guint i = 0; i < panel->annotations->len; i++)
    {
      const PlateauAnnotation *a = &g_array_index (panel->annotations, PlateauAnnotation, i);

      if (a->text == NULL || *a->text == '\0')
        continue;
      g_autofree char *plain = plateau_markup_to_plain (a->text);
      g_string_append_printf (text, "%s%s", n_texts++ == 0 ? _ ("; written in it: ") : ", ", plain);
    }
}

static void
describe_panel (GString *text, PlateauFigure *figure, PlateauPanel *panel, guint index)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (figure->panels->len > 1)
    g_string_append_printf (text, _ ("Panel %u: "), index + 1);
  if (panel->message)
    {
      g_string_append_printf (text, "%s. ", panel->message);
      return;
    }
  for (guint a = 0; a < PLATEAU_N_AXES; a++)
    if (panel->axes[a].used && panel->axes[a].title && a != PLATEAU_AXIS_X)
      {
        g_autofree char *title
            = plateau_axis_dup_title (&panel->axes[a], PLATEAU_TITLE_PARENTHESES, NULL);
        g_autofree char *plain = plateau_markup_to_plain (title);
        g_string_append_printf (text, "%s%s", a == PLATEAU_AXIS_Y ? "" : ", ", plain);
      }
  if (panel->axes[PLATEAU_AXIS_X].title)
    {
      g_autofree char *title = plateau_axis_dup_title (&panel->axes[PLATEAU_AXIS_X],
                                                       PLATEAU_TITLE_PARENTHESES, NULL);
      g_autofree char *plain = plateau_markup_to_plain (title);
      g_string_append_printf (text, _ (" against %s"), plain);
    }
  for (guint i = 0; i < panel->layers->len; i++)
    {
      PlateauLayer *layer = g_ptr_array_index (panel->layers, i);

      if (layer->label && *layer->label && g_hash_table_add (seen, layer->label))
        {
          g_autofree char *plain = plateau_markup_to_plain (layer->label);
          g_string_append_printf (text, "%s%s", g_hash_table_size (seen) == 1 ? ": " : ", ", plain);
        }
    }
  describe_curves (text, panel);
  g_string_append (text, ". ");
}

/**
 * plateau_figure_get_message:
 * @figure: a bound figure
 *
 * Returns: (nullable): why its first panel is empty when all panels are; %NULL when something can
 *   be seen
 */
const char *
plateau_figure_get_message (PlateauFigure *figure)
{
  const char *message = NULL;

  g_return_val_if_fail (figure != NULL, NULL);
  for (guint i = 0; i < figure->panels->len; i++)
    {
      PlateauPanel *panel = g_ptr_array_index (figure->panels, i);
      if (panel->layers->len > 0)
        return NULL;
      if (!message)
        message = panel->message;
    }
  return message;
}

/**
 * plateau_figure_describe:
 * @figure: a bound figure
 *
 * Returns: (transfer full): what the figure shows in sentences, for a screen reader
 */
char *
plateau_figure_describe (PlateauFigure *figure)
{
  GString *text = g_string_new (NULL);

  if (figure->title && *figure->title)
    g_string_append_printf (text, "%s. ", figure->title);
  for (guint i = 0; i < figure->panels->len; i++)
    describe_panel (text, figure, g_ptr_array_index (figure->panels, i), i);
  return g_strchomp (g_string_free (text, FALSE));
}
