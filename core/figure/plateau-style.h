/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/plateau-notation.h"
#include "data/plateau-sample.h"
#include "figure/plateau-canvas.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A colour by its meaning, so that one figure suits light and dark screens and paper. */
typedef enum
{
  PLATEAU_COLOUR_AUTOMATIC,
  PLATEAU_COLOUR_FIXED,      /* rgb */
  PLATEAU_COLOUR_SLOT,       /* a sample's: slot (PlateauSlot), amount = 0 first .. 1 last cycle */
  PLATEAU_COLOUR_SEQUENTIAL, /* along the colour map for lines: amount 0 .. 1 */
  PLATEAU_COLOUR_INK,        /* axes and main text */
  PLATEAU_COLOUR_DIM,        /* captions inside the plot */
  PLATEAU_COLOUR_GRID,
  PLATEAU_COLOUR_WINDOW, /* bands behind the data */
  PLATEAU_COLOUR_ACCENT,
} PlateauColourKind;

/* The colours of the looks of samples and their order. */
typedef enum
{
  PLATEAU_COLOURS_OKABE_ITO,
  PLATEAU_COLOURS_TOL_BRIGHT,
  PLATEAU_COLOURS_TOL_VIBRANT,
  PLATEAU_COLOURS_GREY,
  PLATEAU_N_COLOURS
} PlateauColours;

/* Colours of a bar from its least value to its most. */
typedef enum
{
  PLATEAU_PALETTE_LINES,      /* of ordered curves */
  PLATEAU_PALETTE_DENSITY,    /* of a map: the paper to dark */
  PLATEAU_PALETTE_DIFFERENCE, /* of a map with a sign: blue, the paper in the middle, orange */
} PlateauPalette;

/* Colour, dash, marker and fill of a sample, by role and position in its family. */
typedef enum
{
  PLATEAU_SLOT_PRISTINE,
  PLATEAU_SLOT_MODIFIED,
  PLATEAU_SLOT_CONTROL,
  PLATEAU_SLOT_VARIANT1,
  PLATEAU_SLOT_VARIANT2,
  PLATEAU_SLOT_VARIANT3,
  PLATEAU_SLOT_VARIANT4,
  PLATEAU_SLOT_NONE, /* no role: ink */
  PLATEAU_N_SLOTS
} PlateauSlot;

typedef struct
{
  PlateauColourKind kind;
  PlateauSlot slot;
  double amount;
  PlateauRgba rgb; /* of FIXED */
  PlateauColours colours; /* of SLOT */
} PlateauColour;

typedef enum
{
  PLATEAU_DASH_SOLID,
  PLATEAU_DASH_DASHED,
  PLATEAU_DASH_DOTTED,
  PLATEAU_DASH_DASH_DOT,
  PLATEAU_DASH_LONG,
} PlateauDash;

typedef enum
{
  PLATEAU_THEME_PAPER, /* white, black ink */
  PLATEAU_THEME_LIGHT,
  PLATEAU_THEME_DARK,
  PLATEAU_THEME_CONTRAST, /* black on white, for those who need strong edges */
  PLATEAU_THEME_CONTRAST_DARK,
  PLATEAU_N_THEMES,
} PlateauTheme;

typedef enum
{
  PLATEAU_TITLE_SLASH,       /* Quantity / unit */
  PLATEAU_TITLE_PARENTHESES, /* Quantity (unit) */
} PlateauTitleForm;

typedef enum
{
  PLATEAU_LETTERS_NONE,
  PLATEAU_LETTERS_UPPER,  /* A */
  PLATEAU_LETTERS_LOWER,  /* a */
  PLATEAU_LETTERS_PARENS, /* (a) */
} PlateauLetters;

/* Sizes of everything, in canvas units: points on paper, pixels on screen. Page sizes in mm. */
typedef struct
{
  char *name, *label;   /* id and what the chooser shows */
  char *family;         /* font; NULL: sans */
  double text, tick, small, letter; /* font sizes: titles and legend, tick labels, least, letters */
  double axis_line, curve_line, many_line, guide_line, grid_line, error_line, marker_edge;
  double tick_major, tick_minor, error_cap;
  double marker, small_marker;
  double left, right, twin, top, bottom, column_gap, row_gap; /* margins around plots */
  double pad;           /* between a tick and its label, a label and its title */
  double tick_space_x, tick_space_y; /* aim between labels */
  gboolean grid, ticks_all_sides, box, fixed_margins, direct_names;
  PlateauTitleForm title_form;
  PlateauLetters letters;
  PlateauColours colours;
  PlateauNotation notation;
  double width_mm, width_single_mm, width_middle_mm, width_double_mm, height_max_mm; /* of a journal */
  double text_min_pt, line_min_pt;
  double dpi_colour, dpi_grey, dpi_line;
  char *journal;        /* whose limits these are, or NULL */
} PlateauStyle;

PlateauStyle *plateau_style_new (void); /* 85 mm, 7 pt sans */
PlateauStyle *plateau_style_new_screen (const char *family, double text_px);
PlateauStyle *plateau_style_find (const char *name, GError **error); /* of resources/styles */
PlateauStyle *plateau_style_find_over (const char *name, JsonObject *base, GError **error);
PlateauStyle *plateau_style_copy (const PlateauStyle *style);
void plateau_style_free (PlateauStyle *style);
char **plateau_style_list (void);
gboolean plateau_style_apply_json (PlateauStyle *style, JsonObject *overrides, GError **error);
JsonObject *plateau_style_to_json (const PlateauStyle *style);

/* Colours */
PlateauColour plateau_colour_fixed (guint32 rgb);
PlateauColour plateau_colour_slot (PlateauSlot slot, double amount);
PlateauColour plateau_colour_sequential (double amount);
PlateauColour plateau_colour_simple (PlateauColourKind kind);
gboolean plateau_colour_parse (const char *text, PlateauColour *colour, GError **error);
char *plateau_colour_to_text (const PlateauColour *colour);
PlateauRgba plateau_colour_resolve (const PlateauColour *colour, PlateauTheme theme, gboolean text);
PlateauRgba plateau_theme_get_paper (PlateauTheme theme);
gboolean plateau_theme_is_dark (PlateauTheme theme);
gboolean plateau_theme_is_contrast (PlateauTheme theme);
PlateauRgba plateau_colour_map_lines (PlateauTheme theme, double amount); /* viridis, cut */
PlateauRgba plateau_palette_get (PlateauPalette palette, PlateauTheme theme, double amount);
const char *plateau_colours_get_nick (PlateauColours colours);
const char *plateau_colours_get_label (PlateauColours colours);
gboolean plateau_palette_from_nick (const char *nick, PlateauPalette *palette);
PlateauRgba plateau_colour_viridis (double amount);
double plateau_colour_contrast (const PlateauRgba *a, const PlateauRgba *b);
PlateauRgba plateau_colour_simulate (const PlateauRgba *colour, const char *vision);

/* What a sample looks like in every plot, list and table head. @variant counts the samples of the
 * same role before it in its family. */
PlateauSlot plateau_slot_for_role (PlateauRole role, guint variant);
gboolean plateau_slot_from_nick (const char *nick, PlateauSlot *slot);
PlateauDash plateau_slot_get_dash (PlateauSlot slot);
PlateauMarker plateau_slot_get_marker (PlateauSlot slot);
PlateauMarkerFill plateau_slot_get_fill (PlateauSlot slot);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauStyle, plateau_style_free)

G_END_DECLS
