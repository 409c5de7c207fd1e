/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-figures-fields.h"

#include <glib/gi18n.h>

#define ANY -1

/* What each field of the inspector of figures does, by its owner and key. */
static const struct
{
  int owner; /* PlateauEditedOwner, ANY */
  const char *key, *text;
} helps[] = {
  { PLATEAU_EDITED_FIGURE, "title", N_ ("Heading over the whole figure; empty: none") },
  { PLATEAU_EDITED_FIGURE, "width_mm",
    N_ ("Width on paper in millimetres; journals ask for one or two columns") },
  { PLATEAU_EDITED_FIGURE, "height_mm", N_ ("Height on paper in millimetres") },
  { PLATEAU_EDITED_FIGURE, "note", N_ ("Small text under the figure") },
  { PLATEAU_EDITED_FIGURE, "font", N_ ("Family of all text; embedded in PDF") },
  { PLATEAU_EDITED_FIGURE, "text_pt", N_ ("Size of axis titles and legends in points") },
  { PLATEAU_EDITED_FIGURE, "tick_pt", N_ ("Size of the numbers at the axes in points") },
  { PLATEAU_EDITED_FIGURE, "letter_pt", N_ ("Size of the panel letters in points") },
  { PLATEAU_EDITED_FIGURE, "letters", N_ ("How panels are lettered: A, a, (a), or not") },
  { PLATEAU_EDITED_FIGURE, "title_form", N_ ("Quantity / unit, or quantity (unit)") },
  { PLATEAU_EDITED_FIGURE, "axis_line_pt", N_ ("Width of the axes in points") },
  { PLATEAU_EDITED_FIGURE, "curve_line_pt", N_ ("Width of the curves in points") },
  { PLATEAU_EDITED_FIGURE, "marker_pt", N_ ("Diameter of the markers in points") },
  { PLATEAU_EDITED_FIGURE, "tick_major_pt", N_ ("Length of the ticks with numbers in points") },
  { PLATEAU_EDITED_FIGURE, "tick_minor_pt", N_ ("Length of the ticks between in points") },
  { PLATEAU_EDITED_FIGURE, "box", N_ ("Axes on all four sides") },
  { PLATEAU_EDITED_FIGURE, "ticks_all_sides", N_ ("Ticks on the sides without numbers too") },
  { PLATEAU_EDITED_FIGURE, "grid", N_ ("Thin lines at the ticks") },
  { PLATEAU_EDITED_PANEL, "title",
    N_ ("Title of the panel, axis, bar or legend; <i>, <sub> and <sup> are understood") },
  { PLATEAU_EDITED_PANEL, "letter", N_ ("Letter of the panel instead of the one by its place") },
  { PLATEAU_EDITED_PANEL, "equal_units",
    N_ ("One unit is as long on x as on y, as a Nyquist plot needs") },
  { PLATEAU_EDITED_PANEL, "column", N_ ("Column of the grid where the panel begins, from 1") },
  { PLATEAU_EDITED_PANEL, "column_span", N_ ("How many columns the panel is wide") },
  { PLATEAU_EDITED_PANEL, "row", N_ ("Row of the grid where the panel begins, from 1") },
  { PLATEAU_EDITED_PANEL, "row_span", N_ ("How many rows the panel is high") },
  { PLATEAU_EDITED_PANEL, "unit", N_ ("Unit as it is written; values are not converted") },
  { PLATEAU_EDITED_PANEL, "min", N_ ("Lower end; empty: fits the data") },
  { PLATEAU_EDITED_PANEL, "max", N_ ("Upper end; empty: fits the data") },
  { PLATEAU_EDITED_PANEL, "scale", N_ ("How values are spaced: linear, logarithmic, 1/x, √x") },
  { PLATEAU_EDITED_PANEL, "step", N_ ("Distance of the ticks with numbers; empty: chosen") },
  { PLATEAU_EDITED_PANEL, "decimals",
    N_ ("Decimals of the numbers; empty: as many as are needed") },
  { PLATEAU_EDITED_PANEL, "numbers", N_ ("All digits, or a power of ten apart") },
  { PLATEAU_EDITED_PANEL, "labels", N_ ("Numbers at the ticks") },
  { PLATEAU_EDITED_PANEL, "reversed", N_ ("Values fall from left to right, or upwards") },
  { PLATEAU_EDITED_PANEL, "shared",
    N_ ("The same range as the panels of the column (x) or row (y) that share too") },
  { PLATEAU_EDITED_PANEL, "from_zero", N_ ("The axis begins at zero, as bars need") },
  { PLATEAU_EDITED_PANEL, "used", N_ ("Whether it is drawn") },
  { PLATEAU_EDITED_PANEL, "place", N_ ("Where in the panel it stands; best: where no curve is") },
  { PLATEAU_EDITED_PANEL, "columns", N_ ("Columns that the entries stand in") },
  { PLATEAU_EDITED_PANEL, "palette", N_ ("Colours from the lowest to the highest value") },
  { PLATEAU_EDITED_PANEL, "inside", N_ ("In a corner of the plot instead of beside it") },
  { ANY, "colour", N_ ("Colour on paper; the screen in dark shows a lighter one") },
  { PLATEAU_EDITED_CURVE, "label", N_ ("Name in the legend; curves of one name share an entry") },
  { PLATEAU_EDITED_CURVE, "width", N_ ("Line width, times that of the style; 0: no line") },
  { ANY, "dash", N_ ("Solid, dashed or dotted: tells curves apart in grey too") },
  { PLATEAU_EDITED_CURVE, "marker", N_ ("Shape at each point") },
  { PLATEAU_EDITED_CURVE, "fill", N_ ("Whether markers are open, filled or half filled") },
  { PLATEAU_EDITED_CURVE, "marker_size", N_ ("Diameter, times that of the style") },
  { PLATEAU_EDITED_CURVE, "marker_every",
    N_ ("A marker at every so many points; 0: as many as keep apart") },
  { PLATEAU_EDITED_CURVE, "errors", N_ ("How the standard deviation is drawn") },
  { PLATEAU_EDITED_CURVE, "alpha", N_ ("Opacity of line and markers, from 0 to 1") },
  { PLATEAU_EDITED_CURVE, "area_alpha",
    N_ ("Opacity of the band or the area under the curve, from 0 to 1") },
  { PLATEAU_EDITED_CURVE, "hidden", N_ ("Not drawn and not in the legend; the data stay") },
  { PLATEAU_EDITED_ANNOTATION, "text",
    N_ ("What is written; <i>, <sub> and <sup> are understood") },
  { PLATEAU_EDITED_ANNOTATION, "x", N_ ("Place along x") },
  { PLATEAU_EDITED_ANNOTATION, "x1", N_ ("Place along x of the other end") },
  { PLATEAU_EDITED_ANNOTATION, "y", N_ ("Place along y") },
  { PLATEAU_EDITED_ANNOTATION, "y1", N_ ("Place along y of the other end") },
  { PLATEAU_EDITED_ANNOTATION, "coordinates",
    N_ ("Values of the axes, which move with the zoom, or shares of the panel from 0 to 1") },
  { PLATEAU_EDITED_ANNOTATION, "bold", N_ ("Heavier letters") },
  { PLATEAU_EDITED_ANNOTATION, "small", N_ ("In the size of tick labels") },
  { PLATEAU_EDITED_ANNOTATION, "avoid",
    N_ ("The text moves away from curves that it would lie on") },
  { PLATEAU_EDITED_INSET, "x_min", N_ ("Part of x that is magnified: from") },
  { PLATEAU_EDITED_INSET, "x_max", N_ ("Part of x that is magnified: to") },
  { PLATEAU_EDITED_INSET, "y_min", N_ ("Part of y that is magnified: from") },
  { PLATEAU_EDITED_INSET, "y_max", N_ ("Part of y that is magnified: to") },
  { PLATEAU_EDITED_INSET, "left",
    N_ ("Where in the panel the inset begins, as a share of its width") },
  { PLATEAU_EDITED_INSET, "width", N_ ("Width of the inset as a share of that of the panel") },
  { PLATEAU_EDITED_INSET, "top",
    N_ ("Where in the panel the inset begins, as a share of its height") },
  { PLATEAU_EDITED_INSET, "height", N_ ("Height of the inset as a share of that of the panel") },
  { PLATEAU_EDITED_INSET, "leaders", N_ ("Lines from the part that is magnified to the inset") },
  { PLATEAU_EDITED_INSET, "ticks_right", N_ ("Numbers of the inset on its right side") },
};

const char *
plateau_figure_field_get_help (const PlateauFigureSection *section, const PlateauFigureField *field)
{
  for (guint i = 0; i < G_N_ELEMENTS (helps); i++)
    if ((helps[i].owner == ANY || helps[i].owner == (int) section->owner)
        && g_str_equal (helps[i].key, field->key))
      return _ (helps[i].text);
  return NULL;
}
