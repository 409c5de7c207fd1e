/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/plateau-option.h"
#include "plateau-kinetics-table.h"

G_BEGIN_DECLS

/* What the pages of kinetics show, as data: views of one or two plots, choosers of a plot's options
 * above them, and the options of analyses in the inspector. */

typedef struct
{
  const char *title;   /* N_() */
  const char *kind;    /* of plots */
  const char *options; /* JSON */
} PlateauKineticsPlot;

typedef struct
{
  const char *nick, *label, *tip;
  PlateauKinds needs;
  PlateauKineticsPlot left, right; /* right.kind NULL: one plot */
  guint section;                   /* of the inspector */
  PlateauKineticsTableFunc table;
} PlateauKineticsView;

/* A chooser of an option that plots have (where the plot has no such option, it is hidden), or of
 * one of an analysis. */
typedef struct
{
  const char *option;
  const char *settings;       /* of the analysis, or NULL: of the plots, kept with the page */
  const char *tip;            /* N_() */
  const char *const *nicks;   /* the first is the default */
  const char *const *choices; /* N_() */
} PlateauKineticsChoice;

typedef struct
{
  const char *title;    /* N_() */
  const char *settings; /* key in the project */
  const PlateauOption *table;
  gconstpointer defaults;
  gsize size;
  const char *const *only; /* names of the options to show, or NULL: all */
  const char *about;       /* N_() what to know of the numbers, under the options; or NULL */
} PlateauKineticsSection;

#define PLATEAU_KINETICS_MOST 8 /* views, choices, sections */

typedef struct
{
  const char *settings;
  const char *kinds; /* of plots that are offered when there is nothing to show, with spaces between */
  guint n_views, n_choices, n_sections;
  const PlateauKineticsView *views;
  const PlateauKineticsChoice *choices;
  const PlateauKineticsSection *sections;
  const char *excluded_in; /* settings whose "exclude" lists points left out by hand, or NULL */
  gboolean has_pulses;     /* a point of the left plot is a pulse of the right one */
} PlateauKineticsSpec;

extern const PlateauKineticsSpec plateau_kinetics_gitt, plateau_kinetics_cv,
    plateau_kinetics_conductivity;

/* The options of a plot, (transfer full), and whether plots of a kind have an option. */
JsonObject *plateau_kinetics_parse_options (const char *text);
gboolean plateau_kinetics_has_option (const char *kind, const char *option);

G_END_DECLS
