/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-kinetics-views.h"

#include "analysis/plateau-conductivity.h"
#include "analysis/plateau-gitt.h"
#include "analysis/plateau-hold.h"
#include "analysis/plateau-scan-rates.h"
#include "analysis/plateau-voltammetry.h"
#include "figure/plateau-plot-kind.h"

#include <glib/gi18n.h>
#include <math.h>

static const PlateauGittOptions gitt_defaults = PLATEAU_GITT_OPTIONS_INIT;
static const PlateauVoltammetryOptions cv_defaults = PLATEAU_VOLTAMMETRY_OPTIONS_INIT;
static const PlateauScanRatesOptions scan_rates_defaults = PLATEAU_SCAN_RATES_OPTIONS_INIT;
static const PlateauHoldOptions hold_defaults = PLATEAU_HOLD_OPTIONS_INIT;
static const PlateauConductivityOptions conductivity_defaults = PLATEAU_CONDUCTIVITY_OPTIONS_INIT;

#define SECTION(title, key, table, defaults)                                                       \
  {                                                                                                \
    title, key, table, &(defaults), sizeof (defaults)                                              \
  }

/* GITT */

#define PULSE                                                                                      \
  {                                                                                                \
    N_ ("Pulse"), "gitt-pulse", "{}"                                                               \
  }
#define GITT_VIEW(nick, label, title, options)                                                     \
  {                                                                                                \
    nick, label, title, PLATEAU_KIND_GITT, { title, "gitt", options }, PULSE, 0,                   \
        plateau_kinetics_gitt_table                                                                \
  }

static const PlateauKineticsView gitt_views[] = {
  GITT_VIEW ("diffusion", N_ ("D"), N_ ("Diffusion coefficient"), "{\"value\":\"diffusion\"}"),
  GITT_VIEW ("overpotential", N_ ("η"), N_ ("Overpotential"), "{\"value\":\"overpotential\"}"),
  GITT_VIEW ("resistance", N_ ("R"), N_ ("Resistance of the first step"),
             "{\"value\":\"resistance\"}"),
  GITT_VIEW ("ratio", N_ ("Ratio"), N_ ("Diffusion relative to the pristine sample"),
             "{\"value\":\"ratio\"}"),
  { "curve",
    N_ ("E–t"),
    N_ ("Potential and current against time"),
    PLATEAU_KIND_GITT,
    { N_ ("Potential and current against time"), "potential-time", "{}" },
    PULSE,
    0,
    plateau_kinetics_gitt_table },
};

static const char *const against_nicks[] = { "potential", "capacity", "composition", NULL };
static const char *const against_labels[] = { N_ ("against potential"), N_ ("against capacity"),
                                              N_ ("against composition"), NULL };
static const char *const direction_nicks[] = { "both", "charge", "discharge", NULL };
static const char *const direction_labels[] = { N_ ("Both directions"), N_ ("Charge"),
                                                N_ ("Discharge"), NULL };

static const PlateauKineticsChoice gitt_choices[] = {
  { "against", NULL, N_ ("What the values are shown against"), against_nicks, against_labels },
  { "direction", NULL, N_ ("Pulses of which direction are shown"), direction_nicks,
    direction_labels },
};

/* What the studies themselves disagree about; see the reported values. */
static const PlateauKineticsSection gitt_sections[] = {
  { N_ ("Titration"), "gitt", plateau_gitt_option_table, &gitt_defaults, sizeof gitt_defaults, NULL,
    N_ ("τ is measured in the data, not entered: D goes with 1/τ, so 1200 or 1800 s (zhang2023 "
        "gives both) make a factor of 1.5. D goes with (V_M / M)² / S²: 81.87 g/mol and 32.13 "
        "cm³/mol instead of 97.87 and 19.4 of LiCoO₂ make a factor of 3.9. Ratios between samples "
        "of one convention stay.") },
};

const PlateauKineticsSpec plateau_kinetics_gitt = {
  .settings = "page-gitt",
  .kinds = "gitt",
  .n_views = G_N_ELEMENTS (gitt_views),
  .n_choices = G_N_ELEMENTS (gitt_choices),
  .n_sections = G_N_ELEMENTS (gitt_sections),
  .views = gitt_views,
  .choices = gitt_choices,
  .sections = gitt_sections,
  .has_pulses = TRUE,
};

/* Voltammetry and holds */

static const PlateauKineticsView cv_views[] = {
  { "voltammogram",
    N_ ("CV"),
    N_ ("Current against potential, with peaks"),
    PLATEAU_KIND_CV,
    { N_ ("Cyclic voltammograms"), "voltammogram", "{\"baseline\":true}" },
    { NULL, NULL, NULL },
    0,
    plateau_kinetics_cv_table },
  { "scan-rates",
    N_ ("Scan rates"),
    N_ ("Peak currents against the scan rate, and what of the current grows with it"),
    PLATEAU_KIND_CV,
    { N_ ("Peak current against scan rate"), "scan-rate-peaks", "{}" },
    { N_ ("Surface-controlled part"), "scan-rate-split", "{}" },
    2,
    plateau_kinetics_cv_table },
  { "shares",
    N_ ("Shares"),
    N_ ("Randles–Ševčík plot, and the surface-controlled share at each scan rate"),
    PLATEAU_KIND_CV,
    { N_ ("Peak current against the root of the scan rate"), "scan-rate-peaks",
      "{\"law\":\"root\"}" },
    { N_ ("Surface-controlled share"), "scan-rate-shares", "{}" },
    2,
    plateau_kinetics_cv_table },
  { "hold",
    N_ ("Holds"),
    N_ ("Current at constant potential, with its end value and decay"),
    PLATEAU_KIND_HOLD,
    { N_ ("Current at constant potential"), "hold-current", "{}" },
    { NULL, NULL, NULL },
    1,
    plateau_kinetics_hold_table },
  { "polarisation",
    N_ ("DC"),
    N_ ("Polarisation at several potentials: steady currents and the electronic conductivity"),
    PLATEAU_KIND_HOLD,
    { N_ ("Steady currents"), "hold-current", "{\"steady\":true}" },
    { N_ ("Current at constant potential"), "hold-current", "{}" },
    1,
    plateau_kinetics_hold_table },
  { "relaxation",
    N_ ("OCV"),
    N_ ("Relaxation of the potential without current"),
    (PlateauKinds) (PLATEAU_KIND_OCV | PLATEAU_KIND_HOLD),
    { N_ ("Relaxation without current"), "relaxation", "{}" },
    { NULL, NULL, NULL },
    1,
    plateau_kinetics_relaxation_table },
};

static const PlateauKineticsSection cv_sections[] = {
  SECTION (N_ ("Voltammetry"), "cv", plateau_voltammetry_option_table, cv_defaults),
  SECTION (N_ ("Holds"), "hold", plateau_hold_option_table, hold_defaults),
  SECTION (N_ ("Scan rates"), "cv-scan-rates", plateau_scan_rates_option_table,
           scan_rates_defaults),
};

const PlateauKineticsSpec plateau_kinetics_cv = {
  .settings = "page-cv",
  .kinds = "voltammogram hold-current",
  .n_views = G_N_ELEMENTS (cv_views),
  .n_sections = G_N_ELEMENTS (cv_sections),
  .views = cv_views,
  .sections = cv_sections,
};

/* Conductivity */

#define THERMAL (PlateauKinds) (PLATEAU_KIND_EIS | PLATEAU_KIND_GITT)

static const PlateauKineticsView conductivity_views[] = {
  { "arrhenius",
    N_ ("Arrhenius"),
    N_ ("The quantity against temperature, and its activation energy"),
    THERMAL,
    { N_ ("Arrhenius plot"), "arrhenius", "{}" },
    { NULL, NULL, NULL },
    0,
    plateau_kinetics_conductivity_table },
  { "composition",
    N_ ("Composition"),
    N_ ("The quantity at 25 °C and its activation energy against the samples' variable"),
    THERMAL,
    { N_ ("Against the samples' variable"), "conductivity-composition", "{}" },
    { NULL, NULL, NULL },
    0,
    plateau_kinetics_conductivity_table },
};

static const char *const quantity_nicks[] = { "conductivity", "charge-transfer", "diffusion",
                                              NULL };
static const char *const quantity_labels[] = { N_ ("Conductivity"), N_ ("Charge transfer"),
                                               N_ ("Diffusion"), NULL };

static const PlateauKineticsChoice conductivity_choices[] = {
  { "quantity", "conductivity", N_ ("What is followed over temperature"), quantity_nicks,
    quantity_labels },
};

static const char *const conductivity_options[] = { "form",     "exclude", "circuit",
                                                    "elements", "process", NULL };

static const PlateauKineticsSection conductivity_sections[] = {
  { N_ ("Conductivity"), "conductivity", plateau_conductivity_option_table, &conductivity_defaults,
    sizeof conductivity_defaults, conductivity_options,
    N_ ("A sample can have a circuit of its own: see “More” under Sample. ln(σT) and ln σ differ "
        "by "
        "about kT, 26 meV at 25 °C.") },
};

const PlateauKineticsSpec plateau_kinetics_conductivity = {
  .settings = "page-conductivity",
  .kinds = "arrhenius",
  .n_views = G_N_ELEMENTS (conductivity_views),
  .n_choices = G_N_ELEMENTS (conductivity_choices),
  .n_sections = G_N_ELEMENTS (conductivity_sections),
  .views = conductivity_views,
  .choices = conductivity_choices,
  .sections = conductivity_sections,
  .excluded_in = "conductivity",
};

JsonObject *
plateau_kinetics_parse_options (const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  return json_object_ref (json_node_get_object (node));
}

gboolean
plateau_kinetics_has_option (const char *kind, const char *option)
{
  const PlateauPlotKind *found = plateau_plot_kind_find (kind);
  return found != NULL && found->options != NULL
         && plateau_option_find (found->options, option) != NULL;
}
