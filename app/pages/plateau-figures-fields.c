/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/plateau-figures-fields.h"

#include <glib/gi18n.h>

static const char *const answers[] = { "", "true", "false", NULL };
static const char *const answer_labels[] = { N_ ("Automatic"), N_ ("Yes"), N_ ("No"), NULL };
static const char *const scales[] = { "", "linear", "log", "inverse", "sqrt", "time", "cycle", NULL };
static const char *const scale_labels[]
    = { N_ ("Automatic"),   N_ ("Linear"), N_ ("Logarithmic"),  N_ ("Reciprocal"),
        N_ ("Square root"), N_ ("Time"),   N_ ("Whole numbers"), NULL };
static const char *const notations[] = { "", "plain", "power", NULL };
static const char *const notation_labels[]
    = { N_ ("Automatic"), N_ ("All digits"), N_ ("Power of ten apart"), NULL };
static const char *const places[]
    = { "",     "best",  "top-left",    "top",    "top-right",    "left",          "centre",
        "right", "bottom-left", "bottom", "bottom-right", "outside-right", "outside-bottom", "free",
        "hidden", NULL };
static const char *const place_labels[]
    = { N_ ("Automatic"),   N_ ("Best place"),     N_ ("Upper left"),     N_ ("Top"),
        N_ ("Upper right"), N_ ("Left"),           N_ ("Centre"),         N_ ("Right"),
        N_ ("Lower left"),  N_ ("Bottom"),         N_ ("Lower right"),    N_ ("Outside, right"),
        N_ ("Outside, below"), N_ ("Where it was dragged"), N_ ("Hidden"), NULL };
static const char *const dashes[] = { "", "solid", "dashed", "dotted", "dash-dot", "long", NULL };
static const char *const dash_labels[] = { N_ ("Automatic"), N_ ("Solid"),    N_ ("Dashed"),
                                           N_ ("Dotted"),    N_ ("Dash-dot"), N_ ("Long dashes"),
                                           NULL };
static const char *const markers[]
    = { "",         "none",     "circle", "square", "triangle", "diamond", "inverted",
        "pentagon", "cross",    "plus",   NULL };
static const char *const marker_labels[]
    = { N_ ("Automatic"), N_ ("No marker"), N_ ("Circle"),            N_ ("Square"),
        N_ ("Triangle"),  N_ ("Diamond"),   N_ ("Inverted triangle"), N_ ("Pentagon"),
        N_ ("Cross"),     N_ ("Plus"),      NULL };
static const char *const fills[] = { "", "open", "solid", "half", NULL };
static const char *const fill_labels[]
    = { N_ ("Automatic"), N_ ("Open"), N_ ("Filled"), N_ ("Half filled"), NULL };
static const char *const errors[] = { "", "bars", "band", "none", NULL };
static const char *const error_labels[]
    = { N_ ("Automatic"), N_ ("Error bars"), N_ ("Band"), N_ ("None"), NULL };
static const char *const letters[] = { "", "none", "A", "a", "(a)", NULL };
static const char *const letter_labels[] = { N_ ("Automatic"), N_ ("None"), "A", "a", "(a)", NULL };
static const char *const forms[] = { "", "slash", "parentheses", NULL };
static const char *const form_labels[]
    = { N_ ("Automatic"), N_ ("Quantity / unit"), N_ ("Quantity (unit)"), NULL };
static const char *const palettes[] = { "", "lines", "density", "difference", NULL };
static const char *const palette_labels[]
    = { N_ ("Automatic"), N_ ("Ordered curves"), N_ ("Density"), N_ ("Difference"), NULL };
static const char *const coordinates[] = { "", "data", "axes", NULL };
static const char *const coordinate_labels[]
    = { N_ ("Automatic"), N_ ("Values of the axes"), N_ ("Shares of the plot"), NULL };

#define TEXT(key, label) { key, label, PLATEAU_FIELD_TEXT, NULL, NULL, FALSE, 0 }
#define MARKUP(key, label) { key, label, PLATEAU_FIELD_MARKUP, NULL, NULL, FALSE, 0 }
#define NUMBER(key, label) { key, label, PLATEAU_FIELD_NUMBER, NULL, NULL, FALSE, 0 }
#define BESIDE(key, label) { key, label, PLATEAU_FIELD_NUMBER, NULL, NULL, TRUE, 0 }
#define COLOUR(key, label) { key, label, PLATEAU_FIELD_COLOUR, NULL, NULL, FALSE, 0 }
#define YES_NO(key, label) { key, label, PLATEAU_FIELD_BOOLEAN, answers, answer_labels, FALSE, 0 }
#define CHOICE(key, label, nicks, labels)                                                          \
  { key, label, PLATEAU_FIELD_CHOICE, nicks, labels, FALSE, 0 }
#define END { NULL, NULL, PLATEAU_FIELD_TEXT, NULL, NULL, FALSE, 0 }
#define OF(kind) (1u << PLATEAU_ANNOTATION_##kind)
#define TWO_ENDS (OF (ARROW) | OF (LINE) | OF (WINDOW) | OF (RECTANGLE))

static const PlateauFigureField figure_fields[] = {
  TEXT ("title", N_ ("Title")),
  NUMBER ("width_mm", N_ ("Size, mm")),
  BESIDE ("height_mm", N_ ("by")),
  MARKUP ("note", N_ ("Note")),
  END,
};

static const PlateauFigureField style_fields[] = {
  { "font", N_ ("Font"), PLATEAU_FIELD_FONT, NULL, NULL, FALSE, 0 },
  NUMBER ("text_pt", N_ ("Text, pt")),
  NUMBER ("tick_pt", N_ ("Tick labels, pt")),
  NUMBER ("letter_pt", N_ ("Letters, pt")),
  CHOICE ("letters", N_ ("Letters"), letters, letter_labels),
  CHOICE ("title_form", N_ ("Axis titles"), forms, form_labels),
  NUMBER ("axis_line_pt", N_ ("Axes, pt")),
  NUMBER ("curve_line_pt", N_ ("Curves, pt")),
  NUMBER ("marker_pt", N_ ("Markers, pt")),
  NUMBER ("tick_major_pt", N_ ("Ticks, pt")),
  BESIDE ("tick_minor_pt", N_ ("minor")),
  YES_NO ("box", N_ ("Full box")),
  YES_NO ("ticks_all_sides", N_ ("Ticks all round")),
  YES_NO ("grid", N_ ("Grid")),
  END,
};

static const PlateauFigureField panel_fields[] = {
  MARKUP ("title", N_ ("Title")),
  TEXT ("letter", N_ ("Letter")),
  YES_NO ("equal_units", N_ ("Equal units")),
  { "column", N_ ("Column"), PLATEAU_FIELD_PLACE, NULL, NULL, FALSE, 0 },
  BESIDE ("column_span", N_ ("wide")),
  { "row", N_ ("Row"), PLATEAU_FIELD_PLACE, NULL, NULL, FALSE, 0 },
  BESIDE ("row_span", N_ ("high")),
  END,
};

static const PlateauFigureField axis_fields[] = {
  MARKUP ("title", N_ ("Title")),
  MARKUP ("unit", N_ ("Unit")),
  NUMBER ("min", N_ ("Range")),
  BESIDE ("max", N_ ("to")),
  CHOICE ("scale", N_ ("Scale"), scales, scale_labels),
  NUMBER ("step", N_ ("Tick step")),
  BESIDE ("decimals", N_ ("digits")),
  CHOICE ("numbers", N_ ("Numbers"), notations, notation_labels),
  YES_NO ("labels", N_ ("Tick labels")),
  YES_NO ("reversed", N_ ("Reversed")),
  YES_NO ("shared", N_ ("Shared")),
  YES_NO ("from_zero", N_ ("From zero")),
  COLOUR ("colour", N_ ("Colour")),
  YES_NO ("used", N_ ("Shown")),
  END,
};

static const PlateauFigureField legend_fields[] = {
  MARKUP ("title", N_ ("Title")),
  CHOICE ("place", N_ ("Place"), places, place_labels),
  NUMBER ("columns", N_ ("Columns")),
  END,
};

static const PlateauFigureField bar_fields[] = {
  MARKUP ("title", N_ ("Title")),
  NUMBER ("min", N_ ("Range")),
  BESIDE ("max", N_ ("to")),
  CHOICE ("scale", N_ ("Scale"), scales, scale_labels),
  CHOICE ("palette", N_ ("Colours"), palettes, palette_labels),
  YES_NO ("inside", N_ ("Inside the plot")),
  YES_NO ("used", N_ ("Shown")),
  END,
};

static const PlateauFigureField curve_fields[] = {
  MARKUP ("label", N_ ("Name")),
  COLOUR ("colour", N_ ("Colour")),
  NUMBER ("width", N_ ("Line width")),
  CHOICE ("dash", N_ ("Dash"), dashes, dash_labels),
  CHOICE ("marker", N_ ("Marker"), markers, marker_labels),
  CHOICE ("fill", N_ ("Fill"), fills, fill_labels),
  NUMBER ("marker_size", N_ ("Marker size")),
  BESIDE ("marker_every", N_ ("every")),
  CHOICE ("errors", N_ ("Spread"), errors, error_labels),
  NUMBER ("alpha", N_ ("Opacity")),
  NUMBER ("area_alpha", N_ ("Area opacity")),
  YES_NO ("hidden", N_ ("Hidden")),
  END,
};

static const PlateauFigureField annotation_fields[] = {
  MARKUP ("text", N_ ("Text")),
  NUMBER ("x", N_ ("x")),
  { "x1", N_ ("to"), PLATEAU_FIELD_NUMBER, NULL, NULL, TRUE, TWO_ENDS },
  NUMBER ("y", N_ ("y")),
  { "y1", N_ ("to"), PLATEAU_FIELD_NUMBER, NULL, NULL, TRUE, TWO_ENDS },
  CHOICE ("coordinates", N_ ("Measured in"), coordinates, coordinate_labels),
  COLOUR ("colour", N_ ("Colour")),
  { "dash", N_ ("Dash"), PLATEAU_FIELD_CHOICE, dashes, dash_labels, FALSE, OF (LINE) },
  YES_NO ("bold", N_ ("Bold")),
  YES_NO ("small", N_ ("Small")),
  YES_NO ("avoid", N_ ("Keep off curves")),
  END,
};

static const PlateauFigureField inset_fields[] = {
  NUMBER ("x_min", N_ ("x from")),
  BESIDE ("x_max", N_ ("to")),
  NUMBER ("y_min", N_ ("y from")),
  BESIDE ("y_max", N_ ("to")),
  NUMBER ("left", N_ ("Left")),
  BESIDE ("width", N_ ("wide")),
  NUMBER ("top", N_ ("Top")),
  BESIDE ("height", N_ ("high")),
  YES_NO ("leaders", N_ ("Leader lines")),
  YES_NO ("ticks_right", N_ ("Numbers at right")),
  END,
};

#define ANY_PANEL PLATEAU_SHOW_PANEL

static const PlateauFigureSection sections[] = {
  { N_ ("Curve"), PLATEAU_EDITED_CURVE, "", PLATEAU_SHOW_CURVE, -1, TRUE, curve_fields },
  { N_ ("Annotation"), PLATEAU_EDITED_ANNOTATION, "", PLATEAU_SHOW_ANNOTATION, -1, TRUE,
    annotation_fields },
  { N_ ("Inset"), PLATEAU_EDITED_INSET, "", PLATEAU_SHOW_INSET, -1, TRUE, inset_fields },
  { N_ ("Figure"), PLATEAU_EDITED_FIGURE, "", PLATEAU_SHOW_FIGURE, -1, TRUE, figure_fields },
  { N_ ("Style"), PLATEAU_EDITED_FIGURE, "style_overrides", PLATEAU_SHOW_FIGURE, -1, TRUE,
    style_fields },
  { N_ ("Panel"), PLATEAU_EDITED_PANEL, "", ANY_PANEL | PLATEAU_SHOW_HEAD, -1, FALSE, panel_fields },
  { N_ ("x axis"), PLATEAU_EDITED_PANEL, "x", ANY_PANEL | PLATEAU_SHOW_AXIS, PLATEAU_AXIS_X, TRUE,
    axis_fields },
  { N_ ("Left y axis"), PLATEAU_EDITED_PANEL, "y", ANY_PANEL | PLATEAU_SHOW_AXIS, PLATEAU_AXIS_Y,
    TRUE, axis_fields },
  { N_ ("Right y axis"), PLATEAU_EDITED_PANEL, "y2", ANY_PANEL | PLATEAU_SHOW_AXIS,
    PLATEAU_AXIS_Y2, FALSE, axis_fields },
  { N_ ("Upper x axis"), PLATEAU_EDITED_PANEL, "x2", ANY_PANEL | PLATEAU_SHOW_AXIS,
    PLATEAU_AXIS_X2, FALSE, axis_fields },
  { N_ ("Colour bar"), PLATEAU_EDITED_PANEL, "colour_bar", ANY_PANEL | PLATEAU_SHOW_COLOUR_BAR, -1,
    FALSE, bar_fields },
  { N_ ("Legend"), PLATEAU_EDITED_PANEL, "legend", ANY_PANEL | PLATEAU_SHOW_LEGEND, -1, TRUE,
    legend_fields },
};

const PlateauFigureSection *
plateau_figure_sections (guint *n_sections)
{
  *n_sections = G_N_ELEMENTS (sections);
  return sections;
}

/* Which sections suit what is selected: PlateauShow. */
guint
plateau_figure_show_of (const PlateauHit *selected)
{
  switch (selected->part)
    {
    case PLATEAU_PART_TITLE:
    case PLATEAU_PART_LETTER:
      return PLATEAU_SHOW_HEAD;
    case PLATEAU_PART_AXIS:
    case PLATEAU_PART_AXIS_TITLE:
      return PLATEAU_SHOW_AXIS;
    case PLATEAU_PART_LEGEND:
      return PLATEAU_SHOW_LEGEND;
    case PLATEAU_PART_LEGEND_ENTRY:
      return PLATEAU_SHOW_LEGEND | PLATEAU_SHOW_CURVE;
    case PLATEAU_PART_LAYER:
      return PLATEAU_SHOW_CURVE;
    case PLATEAU_PART_ANNOTATION:
      return PLATEAU_SHOW_ANNOTATION;
    case PLATEAU_PART_INSET:
      return PLATEAU_SHOW_INSET;
    case PLATEAU_PART_COLOUR_BAR:
      return PLATEAU_SHOW_COLOUR_BAR;
    case PLATEAU_PART_PANEL:
    case PLATEAU_PART_PLOT_AREA:
      return PLATEAU_SHOW_PANEL;
    case PLATEAU_PART_NONE:
    default:
      return PLATEAU_SHOW_FIGURE;
    }
}
