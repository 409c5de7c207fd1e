/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plateau-style.h"

#include "base/plateau-error.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdlib.h>

static PlateauRgba
rgb (guint32 value)
{
  return (PlateauRgba){ (value >> 16 & 255) / 255.0, (value >> 8 & 255) / 255.0,
                        (value & 255) / 255.0, 1 };
}

static PlateauRgba
mix (const PlateauRgba *a, const PlateauRgba *b, double t)
{
  return (PlateauRgba){ a->r + t * (b->r - a->r), a->g + t * (b->g - a->g),
                        a->b + t * (b->b - a->b), a->a + t * (b->a - a->a) };
}

/* One row a slot: what a sample looks like. Marks and text on light and on dark surfaces. */
static const struct
{
  const char *nick;
  guint32 light, light_text, dark;
  PlateauDash dash;
  PlateauMarker marker;
  PlateauMarkerFill fill;
} slots[PLATEAU_N_SLOTS] = {
  { "pristine", 0x0072B2, 0x0072B2, 0x56B4E9, PLATEAU_DASH_DASHED, PLATEAU_MARKER_CIRCLE,
    PLATEAU_FILL_OPEN },
  { "modified", 0xD55E00, 0xB34A00, 0xF28C45, PLATEAU_DASH_SOLID, PLATEAU_MARKER_CIRCLE,
    PLATEAU_FILL_SOLID },
  { "control", 0x009E73, 0x00704F, 0x3CC79E, PLATEAU_DASH_DASH_DOT, PLATEAU_MARKER_CIRCLE,
    PLATEAU_FILL_HALF },
  { "variant1", 0xCC79A7, 0xA0437A, 0xE39CC4, PLATEAU_DASH_SOLID, PLATEAU_MARKER_SQUARE,
    PLATEAU_FILL_SOLID },
  { "variant2", 0xC98700, 0x8A5C00, 0xE6A81E, PLATEAU_DASH_LONG, PLATEAU_MARKER_TRIANGLE,
    PLATEAU_FILL_SOLID },
  { "variant3", 0x3A93C4, 0x1C6E9C, 0x7CC4EE, PLATEAU_DASH_DOTTED, PLATEAU_MARKER_DIAMOND,
    PLATEAU_FILL_SOLID },
  { "variant4", 0x6A51A3, 0x54408A, 0xA896D6, PLATEAU_DASH_DASH_DOT, PLATEAU_MARKER_INVERTED,
    PLATEAU_FILL_SOLID },
  { "none", 0x3D3846, 0x3D3846, 0xC9C7C3, PLATEAU_DASH_SOLID, PLATEAU_MARKER_CIRCLE,
    PLATEAU_FILL_SOLID },
};

/* Other colours of the slots, in the slots' order; dash, marker and fill stay. Where one is too pale
 * for the paper it is made darker, see with_contrast(). Bright and vibrant: P. Tol, Colour schemes,
 * SRON/EPS/TN/09-002. */
static const struct
{
  const char *nick, *label;
  guint32 rgb[PLATEAU_N_SLOTS]; /* of the first row: those of the slots */
} orders[PLATEAU_N_COLOURS] = {
  { "okabe-ito", N_ ("Okabe–Ito"), { 0 } },
  { "tol-bright",
    N_ ("Tol, bright"),
    { 0x4477AA, 0xEE6677, 0x228833, 0xAA3377, 0xCCBB44, 0x66CCEE, 0x7A5CC0, 0x3D3846 } },
  { "tol-vibrant",
    N_ ("Tol, vibrant"),
    { 0x0077BB, 0xCC3311, 0x009988, 0xEE3377, 0xEE7733, 0x33BBEE, 0x6F4FA8, 0x3D3846 } },
  { "grey",
    N_ ("Black and grey"),
    { 0x7F7F7F, 0x000000, 0x4D4D4D, 0x666666, 0x2E2E2E, 0x8C8C8C, 0x1A1A1A, 0x3D3846 } },
};

/* Ink, dim, grid, window band, accent, paper, by theme. */
static const struct
{
  guint32 ink, dim, grid, window, accent, paper;
} themes[] = {
  [PLATEAU_THEME_PAPER] = { 0x000000, 0x5E5C64, 0xE3E1DE, 0xEFEDEA, 0x1A5FB4, 0xFFFFFF },
  [PLATEAU_THEME_LIGHT] = { 0x2E3436, 0x5E5C64, 0xEBE9E6, 0xF1EFEC, 0x3584E4, 0xFFFFFF },
  [PLATEAU_THEME_DARK] = { 0xEEEEEC, 0xB5B3AE, 0x3C3C3C, 0x3A3A3A, 0x78AEED, 0x2D2D2D },
  [PLATEAU_THEME_CONTRAST] = { 0x000000, 0x000000, 0xB0B0B0, 0xDCDCDC, 0x0B3A85, 0xFFFFFF },
  [PLATEAU_THEME_CONTRAST_DARK] = { 0xFFFFFF, 0xFFFFFF, 0x6A6A6A, 0x404040, 0x9ECBFF, 0x000000 },
};

/* viridis at 0, 1/16 ... 1 */
static const guint32 viridis[]
    = { 0x440154, 0x48186A, 0x472D7B, 0x424086, 0x3B528B, 0x33638D, 0x2C728E, 0x26828E, 0x21918C,
        0x1FA088, 0x28AE80, 0x3FBC73, 0x5EC962, 0x84D44B, 0xADDC30, 0xD8E219, 0xFDE725 };
static const guint32 density_light[]
    = { 0xFFFFFF, 0xFBE9C8, 0xF2C27A, 0xDF8A4B, 0xB9493F, 0x7B1F4B, 0x34104A };
static const guint32 density_dark[]
    = { 0x2D2D2D, 0x43304F, 0x75305F, 0xB24A52, 0xDF8A4B, 0xF5C97F, 0xFDF3D6 };

/* Both ends read in grey too: the middle is the paper. */
static const guint32 difference_light[]
    = { 0x08306B, 0x2171B5, 0x6BAED6, 0xC6DBEF, 0xFFFFFF, 0xFDD0A2, 0xFD8D3C, 0xD94801, 0x7F2704 };
static const guint32 difference_dark[]
    = { 0xBFE0F7, 0x7CC4EE, 0x3A93C4, 0x1E4A66, 0x2D2D2D, 0x6B3A12, 0xC0641A, 0xF28C45, 0xFFD9B8 };

static PlateauRgba
along (const guint32 *colours, guint n, double amount)
{
  double position = CLAMP (isfinite (amount) ? amount : 0, 0, 1) * (n - 1);
  guint index = MIN ((guint)position, n - 2);
  PlateauRgba a = rgb (colours[index]), b = rgb (colours[index + 1]);

  return mix (&a, &b, position - index);
}

/**
 * plateau_colour_fixed:
 * @rgb_value: 0xrrggbb
 *
 * Returns: a colour that is the same everywhere
 */
PlateauColour
plateau_colour_fixed (guint32 rgb_value)
{
  return (PlateauColour){ .kind = PLATEAU_COLOUR_FIXED, .rgb = rgb (rgb_value) };
}

/**
 * plateau_colour_slot:
 * @slot: whose colour
 * @amount: 0 the first cycle (the role's colour) to 1 the last (darkest on light)
 *
 * Returns: the colour of a sample's curve
 */
PlateauColour
plateau_colour_slot (PlateauSlot slot, double amount)
{
  return (PlateauColour){ .kind = PLATEAU_COLOUR_SLOT, .slot = slot, .amount = amount };
}

/**
 * plateau_colour_sequential:
 * @amount: 0 to 1
 *
 * Returns: a colour for an ordered series (cycle, potential, state of charge)
 */
PlateauColour
plateau_colour_sequential (double amount)
{
  return (PlateauColour){ .kind = PLATEAU_COLOUR_SEQUENTIAL, .amount = amount };
}

/**
 * plateau_colour_simple:
 * @kind: a kind without parameters: ink, dim, grid, window, accent
 *
 * Returns: that colour
 */
PlateauColour
plateau_colour_simple (PlateauColourKind kind)
{
  return (PlateauColour){ .kind = kind };
}

static const struct
{
  const char *nick;
  PlateauColourKind kind;
} simple[] = { { "auto", PLATEAU_COLOUR_AUTOMATIC }, { "ink", PLATEAU_COLOUR_INK },
               { "dim", PLATEAU_COLOUR_DIM },        { "grid", PLATEAU_COLOUR_GRID },
               { "window", PLATEAU_COLOUR_WINDOW },  { "accent", PLATEAU_COLOUR_ACCENT } };

static gboolean
parse_hex (const char *text, guint32 *value)
{
  char *end;

  if (text[0] != '#' || strlen (text) != 7)
    return FALSE;
  *value = (guint32)strtoul (text + 1, &end, 16);
  return *end == '\0';
}

/**
 * plateau_colour_parse:
 * @text: "#rrggbb", "ink", "dim", "grid", "window", "accent", "auto", a sample's slot such as
 *   "pristine" or "modified:0.5", or "sequential:0.3"
 * @colour: (out): the colour
 * @error: return location
 *
 * Returns: %FALSE with @error when the text names no colour
 */
gboolean
plateau_colour_parse (const char *text, PlateauColour *colour, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 2);
  double amount = parts[0] && parts[1] ? CLAMP (g_ascii_strtod (parts[1], NULL), 0, 1) : 0;
  guint32 value;

  if (parse_hex (text, &value))
    {
      *colour = plateau_colour_fixed (value);
      return TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (simple); i++)
    if (g_str_equal (text, simple[i].nick))
      {
        *colour = plateau_colour_simple (simple[i].kind);
        return TRUE;
      }
  for (guint i = 0; i < PLATEAU_N_SLOTS; i++)
    if (g_strcmp0 (parts[0], slots[i].nick) == 0)
      {
        *colour = plateau_colour_slot (i, amount);
        return TRUE;
      }
  if (g_strcmp0 (parts[0], "sequential") == 0)
    {
      *colour = plateau_colour_sequential (amount);
      return TRUE;
    }
  g_set_error (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_INVALID,
               _ ("“%s” is not a colour. Write #rrggbb, or a role such as pristine or modified"),
               text);
  return FALSE;
}

/**
 * plateau_colour_to_text:
 * @colour: a colour
 *
 * Returns: (transfer full): what plateau_colour_parse() reads back
 */
char *
plateau_colour_to_text (const PlateauColour *colour)
{
  char amount[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (amount, sizeof amount, "%.4g", colour->amount);
  switch (colour->kind)
    {
    case PLATEAU_COLOUR_FIXED:
      return g_strdup_printf ("#%02X%02X%02X", (guint)(colour->rgb.r * 255 + 0.5),
                              (guint)(colour->rgb.g * 255 + 0.5),
                              (guint)(colour->rgb.b * 255 + 0.5));
    case PLATEAU_COLOUR_SLOT:
      return colour->amount > 0 ? g_strdup_printf ("%s:%s", slots[colour->slot].nick, amount)
                                : g_strdup (slots[colour->slot].nick);
    case PLATEAU_COLOUR_SEQUENTIAL:
      return g_strdup_printf ("sequential:%s", amount);
    case PLATEAU_COLOUR_AUTOMATIC:
    case PLATEAU_COLOUR_INK:
    case PLATEAU_COLOUR_DIM:
    case PLATEAU_COLOUR_GRID:
    case PLATEAU_COLOUR_WINDOW:
    case PLATEAU_COLOUR_ACCENT:
    default:
      for (guint i = 0; i < G_N_ELEMENTS (simple); i++)
        if (simple[i].kind == colour->kind)
          return g_strdup (simple[i].nick);
      return g_strdup ("auto");
    }
}

/* Against paper marks need 3:1 and text 4.5:1 (WCAG 2.1, 1.4.11 and 1.4.3), where contrast is asked for
 * 4.5:1 and 7:1 (1.4.6). */
static PlateauRgba
with_contrast (PlateauRgba colour, PlateauTheme theme, gboolean text)
{
  gboolean strong = plateau_theme_is_contrast (theme);
  double wanted = text ? (strong ? 7 : 4.5) : (strong ? 4.5 : 3);
  PlateauRgba paper = rgb (themes[theme].paper);
  PlateauRgba end = rgb (plateau_theme_is_dark (theme) ? 0xFFFFFF : 0x000000);

  for (guint i = 0; i < 40 && plateau_colour_contrast (&colour, &paper) < wanted; i++)
    colour = mix (&colour, &end, 0.05);
  return colour;
}

static PlateauRgba
base_colour (const PlateauColour *colour, guint index, PlateauTheme theme, gboolean text)
{
  gboolean dark = plateau_theme_is_dark (theme);

  if (colour->colours != PLATEAU_COLOURS_OKABE_ITO && colour->colours < PLATEAU_N_COLOURS)
    return with_contrast (rgb (orders[colour->colours].rgb[index]), theme, text);
  PlateauRgba own = rgb (dark   ? slots[index].dark
                         : text ? slots[index].light_text
                                : slots[index].light);
  return plateau_theme_is_contrast (theme) ? with_contrast (own, theme, text) : own;
}

/* Within a sample the cycles go from the role's colour away from the paper: 100, 82, 64, 46 %. */
static PlateauRgba
slot_colour (const PlateauColour *colour, PlateauTheme theme, gboolean text)
{
  guint index = MIN ((guint)colour->slot, PLATEAU_N_SLOTS - 1);
  gboolean dark = plateau_theme_is_dark (theme);
  PlateauRgba base = base_colour (colour, index, theme, text);
  PlateauRgba end = rgb (dark ? 0xFFFFFF : 0x14110F);

  return mix (&base, &end, 0.54 * CLAMP (colour->amount, 0, 1));
}

/**
 * plateau_colour_resolve:
 * @colour: a colour by its meaning
 * @theme: where it is shown
 * @text: whether it is for text, which needs more contrast than marks
 *
 * Returns: the colour as it is drawn
 */
PlateauRgba
plateau_colour_resolve (const PlateauColour *colour, PlateauTheme theme, gboolean text)
{
  switch (colour->kind)
    {
    case PLATEAU_COLOUR_FIXED:
      return colour->rgb;
    case PLATEAU_COLOUR_SLOT:
      return slot_colour (colour, theme, text);
    case PLATEAU_COLOUR_SEQUENTIAL:
      return plateau_colour_map_lines (theme, colour->amount);
    case PLATEAU_COLOUR_DIM:
      return rgb (themes[theme].dim);
    case PLATEAU_COLOUR_GRID:
      return rgb (themes[theme].grid);
    case PLATEAU_COLOUR_WINDOW:
      return rgb (themes[theme].window);
    case PLATEAU_COLOUR_ACCENT:
      return rgb (themes[theme].accent);
    case PLATEAU_COLOUR_AUTOMATIC:
    case PLATEAU_COLOUR_INK:
    default:
      return rgb (themes[theme].ink);
    }
}

/**
 * plateau_theme_get_paper:
 * @theme: a theme
 *
 * Returns: the colour behind plots
 */
PlateauRgba
plateau_theme_get_paper (PlateauTheme theme)
{
  return rgb (themes[theme].paper);
}

/**
 * plateau_theme_is_dark:
 * @theme: a theme
 *
 * Returns: whether marks are light on dark
 */
gboolean
plateau_theme_is_dark (PlateauTheme theme)
{
  return theme == PLATEAU_THEME_DARK || theme == PLATEAU_THEME_CONTRAST_DARK;
}

/**
 * plateau_theme_is_contrast:
 * @theme: a theme
 *
 * Returns: whether edges and texts are as strong as they can be
 */
gboolean
plateau_theme_is_contrast (PlateauTheme theme)
{
  return theme == PLATEAU_THEME_CONTRAST || theme == PLATEAU_THEME_CONTRAST_DARK;
}

/**
 * plateau_colour_viridis:
 * @amount: 0 to 1, clamped
 *
 * Returns: the colour of the viridis map
 */
PlateauRgba
plateau_colour_viridis (double amount)
{
  return along (viridis, G_N_ELEMENTS (viridis), amount);
}

/**
 * plateau_colour_map_lines:
 * @theme: where it is shown
 * @amount: 0 to 1, clamped
 *
 * viridis, cut so that no line vanishes: 0 to 0.60 on white, 0.45 to 1 on dark.
 *
 * Returns: the colour
 */
PlateauRgba
plateau_colour_map_lines (PlateauTheme theme, double amount)
{
  amount = CLAMP (isfinite (amount) ? amount : 0, 0, 1);
  return plateau_colour_viridis (plateau_theme_is_dark (theme) ? 0.45 + 0.55 * amount
                                                             : 0.60 * amount);
}

/**
 * plateau_colours_get_nick:
 * @colours: the colours of samples
 *
 * Returns: their name in documents and settings
 */
const char *
plateau_colours_get_nick (PlateauColours colours)
{
  g_return_val_if_fail (colours < PLATEAU_N_COLOURS, orders[0].nick);
  return orders[colours].nick;
}

/**
 * plateau_colours_get_label:
 * @colours: the colours of samples
 *
 * Returns: their name for people, not translated yet
 */
const char *
plateau_colours_get_label (PlateauColours colours)
{
  g_return_val_if_fail (colours < PLATEAU_N_COLOURS, orders[0].label);
  return orders[colours].label;
}

/**
 * plateau_palette_get:
 * @palette: which colours
 * @theme: where it is shown
 * @amount: 0 (the least value) to 1 (the most), clamped
 *
 * Returns: the colour of a value
 */
PlateauRgba
plateau_palette_get (PlateauPalette palette, PlateauTheme theme, double amount)
{
  gboolean dark = plateau_theme_is_dark (theme);

  switch (palette)
    {
    case PLATEAU_PALETTE_DENSITY:
      return dark ? along (density_dark, G_N_ELEMENTS (density_dark), amount)
                  : along (density_light, G_N_ELEMENTS (density_light), amount);
    case PLATEAU_PALETTE_DIFFERENCE:
      return dark ? along (difference_dark, G_N_ELEMENTS (difference_dark), amount)
                  : along (difference_light, G_N_ELEMENTS (difference_light), amount);
    case PLATEAU_PALETTE_LINES:
    default:
      return plateau_colour_map_lines (theme, amount);
    }
}

/**
 * plateau_palette_from_nick:
 * @nick: "lines", "density" or "difference"
 * @palette: (out): the palette
 *
 * Returns: %FALSE when @nick is none
 */
gboolean
plateau_palette_from_nick (const char *nick, PlateauPalette *palette)
{
  static const char *const nicks[] = { "lines", "density", "difference" };

  for (guint i = 0; i < G_N_ELEMENTS (nicks); i++)
    if (g_strcmp0 (nicks[i], nick) == 0)
      {
        *palette = i;
        return TRUE;
      }
  return FALSE;
}

static double
linear_light (double v)
{
  return v <= 0.04045 ? v / 12.92 : pow ((v + 0.055) / 1.055, 2.4);
}

static double
encode (double v)
{
  v = CLAMP (v, 0, 1);
  return v <= 0.0031308 ? 12.92 * v : 1.055 * pow (v, 1 / 2.4) - 0.055;
}

static double
luminance (const PlateauRgba *c)
{
  return 0.2126 * linear_light (c->r) + 0.7152 * linear_light (c->g) + 0.0722 * linear_light (c->b);
}

/**
 * plateau_colour_contrast:
 * @a: a colour
 * @b: another
 *
 * Returns: contrast ratio of WCAG 2, 1 to 21
 */
double
plateau_colour_contrast (const PlateauRgba *a, const PlateauRgba *b)
{
  double la = luminance (a), lb = luminance (b);

  return (MAX (la, lb) + 0.05) / (MIN (la, lb) + 0.05);
}

/**
 * plateau_colour_simulate:
 * @colour: a colour
 * @vision: "protan", "deutan", "tritan" or "grey"
 *
 * What a dichromat, or a printer without colours, makes of a colour. Matrices at full severity of
 * Machado, Oliveira and Fernandes, IEEE TVCG 15(6), 1291 (2009), in linear light.
 *
 * Returns: the colour seen; @colour itself for an unknown @vision
 */
PlateauRgba
plateau_colour_simulate (const PlateauRgba *colour, const char *vision)
{
  static const struct
  {
    const char *name;
    double m[9];
  } table[] = {
    { "protan",
      { 0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116,
        1.051998 } },
    { "deutan",
      { 0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940,
        0.968881 } },
    { "tritan",
      { 1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367,
        0.303900 } },
    { "grey",
      { 0.2126, 0.7152, 0.0722, 0.2126, 0.7152, 0.0722, 0.2126, 0.7152, 0.0722 } },
  };
  double v[3] = { linear_light (colour->r), linear_light (colour->g), linear_light (colour->b) };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_strcmp0 (vision, table[i].name) == 0)
      {
        const double *m = table[i].m;
        return (PlateauRgba){ encode (m[0] * v[0] + m[1] * v[1] + m[2] * v[2]),
                              encode (m[3] * v[0] + m[4] * v[1] + m[5] * v[2]),
                              encode (m[6] * v[0] + m[7] * v[1] + m[8] * v[2]), colour->a };
      }
  return *colour;
}

/**
 * plateau_slot_for_role:
 * @role: a sample's role
 * @variant: how many samples of the same role stand before it in its family
 *
 * Returns: the look of the sample; further samples of a role get looks of their own
 */
PlateauSlot
plateau_slot_for_role (PlateauRole role, guint variant)
{
  static const PlateauSlot more[] = { PLATEAU_SLOT_VARIANT1, PLATEAU_SLOT_VARIANT2,
                                      PLATEAU_SLOT_VARIANT3, PLATEAU_SLOT_VARIANT4 };

  if (role == PLATEAU_ROLE_NONE)
    return variant == 0 ? PLATEAU_SLOT_NONE : more[(variant - 1) % G_N_ELEMENTS (more)];
  if (variant > 0)
    return more[(variant - 1) % G_N_ELEMENTS (more)];
  return role == PLATEAU_ROLE_PRISTINE  ? PLATEAU_SLOT_PRISTINE
         : role == PLATEAU_ROLE_CONTROL ? PLATEAU_SLOT_CONTROL
                                        : PLATEAU_SLOT_MODIFIED;
}

/**
 * plateau_slot_from_nick:
 * @nick: (nullable): "pristine", "variant2" ...
 * @slot: (out): the look
 *
 * Returns: %FALSE when @nick is no look
 */
gboolean
plateau_slot_from_nick (const char *nick, PlateauSlot *slot)
{
  for (guint i = 0; i < PLATEAU_N_SLOTS; i++)
    if (g_strcmp0 (slots[i].nick, nick) == 0)
      {
        *slot = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * plateau_slot_get_dash:
 * @slot: a sample's look
 *
 * Returns: the dash of its lines
 */
PlateauDash
plateau_slot_get_dash (PlateauSlot slot)
{
  return slots[MIN ((guint)slot, PLATEAU_N_SLOTS - 1)].dash;
}

/**
 * plateau_slot_get_marker:
 * @slot: a sample's look
 *
 * Returns: its marker
 */
PlateauMarker
plateau_slot_get_marker (PlateauSlot slot)
{
  return slots[MIN ((guint)slot, PLATEAU_N_SLOTS - 1)].marker;
}

/**
 * plateau_slot_get_fill:
 * @slot: a sample's look
 *
 * Returns: how its markers are filled
 */
PlateauMarkerFill
plateau_slot_get_fill (PlateauSlot slot)
{
  return slots[MIN ((guint)slot, PLATEAU_N_SLOTS - 1)].fill;
}
