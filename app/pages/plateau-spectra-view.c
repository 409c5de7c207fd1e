/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-spectra-view.h"

#include <glib/gi18n.h>

static const char *const along_nicks[] = { "auto",        "potential",           "cycle",  "time",
                                           "temperature", "inverse-temperature", "number", NULL };
static const char *const along_labels[] = { N_ ("What differs"), N_ ("Potential"),
                                            N_ ("Cycle"),        N_ ("Time"),
                                            N_ ("Temperature"),  "1000/T",
                                            N_ ("Number"),       NULL };
static const char *const process_nicks[] = { "windows", "peaks", NULL };
static const char *const process_labels[] = { N_ ("Process windows"),
                                              N_ ("Peaks that are followed"), NULL };
static const char *const per_nicks[] = { "none", "area", "thickness", NULL };
static const char *const per_labels[] = { N_ ("As measured"), N_ ("Times area"),
                                          N_ ("Times area over thickness"), NULL };
static const char *const bode_nicks[] = { "modulus", "parts", NULL };
static const char *const bode_labels[] = { N_ ("Modulus and phase"), N_ ("Z′ and −Z″"), NULL };

#define AT(member) G_STRUCT_OFFSET (PlateauSpectraView, member)

const PlateauOption plateau_spectra_view_table[] = {
  { "along", N_ ("Series by"), N_ ("What spectra are coloured by and results are drawn against"),
    PLATEAU_OPTION_CHOICE, AT (along), NULL, 0, 0, along_nicks, along_labels },
  { "processes", N_ ("Resistances of"),
    N_ ("The area inside each window, or each peak followed along the series"),
    PLATEAU_OPTION_CHOICE, AT (processes), NULL, 0, 0, process_nicks, process_labels },
  { "per", N_ ("Normalised"), N_ ("By electrode area, or by area and thickness"),
    PLATEAU_OPTION_CHOICE, AT (per), NULL, 0, 0, per_nicks, per_labels },
  { "bode", N_ ("Bode"), N_ ("What is drawn against frequency"), PLATEAU_OPTION_CHOICE, AT (bode),
    NULL, 0, 0, bode_nicks, bode_labels },
  { "stack", N_ ("Stacked"), N_ ("Spectra of a series above each other"), PLATEAU_OPTION_BOOLEAN,
    AT (stack) },
  { "equal-units", N_ ("Equal units"), N_ ("One ohm is as long on both axes"),
    PLATEAU_OPTION_BOOLEAN, AT (equal_units) },
  { "decades", N_ ("Decades of frequency"), N_ ("Points next to whole decades are marked"),
    PLATEAU_OPTION_BOOLEAN, AT (decades) },
  { NULL }
};

/* Which option of which plot a choice is. */
static const struct
{
  const char *choice, *kind, *option;
} places[] = {
  { "along", "nyquist", "colour" },
  { "along", "bode", "colour" },
  { "along", "drt", "colour" },
  { "along", "series-curve", "colour" },
  { "along", "drt-processes", "against" },
  { "along", "circuit-series", "against" },
  { "along", "drt-map", "against" },
  { "processes", "drt-processes", "processes" },
  { "per", "nyquist", "per" },
  { "per", "bode", "per" },
  { "bode", "bode", "quantity" },
  { "stack", "nyquist", "stack" },
  { "equal-units", "nyquist", "equal-units" },
  { "decades", "nyquist", "decades" },
};

void
plateau_spectra_view_apply (JsonObject *settings, JsonObject *plot)
{
  const char *kind = json_object_get_string_member (plot, "kind");
  JsonObject *options;

  if (settings == NULL)
    return;
  if (!json_object_has_member (plot, "options"))
    json_object_set_object_member (plot, "options", json_object_new ());
  options = json_object_get_object_member (plot, "options");
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_str_equal (places[i].kind, kind) && json_object_has_member (settings, places[i].choice)
        && !json_object_has_member (options, places[i].option))
      json_object_set_member (options, places[i].option,
                              json_object_dup_member (settings, places[i].choice));
}
