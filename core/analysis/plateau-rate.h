/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "analysis/plateau-cycles.h"

G_BEGIN_DECLS

typedef struct
{
  double tolerance; /* share by which currents of one group may differ */
  int last;         /* average only the last so many cycles of a group; 0: all */
  char *groups;     /* "1-5,6-10,11-15; S-LRMO-2: 1-4,5-9": groups by hand; NULL or "": found */
  const char *cell; /* (unowned): name of the cell, for groups of its own; or NULL */
} PlateauRateOptions;

#define PLATEAU_RATE_OPTIONS_INIT                                                                  \
  {                                                                                                \
    0.1, 0, NULL, NULL                                                                             \
  }
extern const PlateauOption plateau_rate_option_table[];

typedef struct
{
  double charge_current, discharge_current;        /* A, medians of the cycles, magnitudes */
  guint first_cycle, last_cycle;                   /* cycle numbers */
  guint n;                                         /* cycles in the means */
  double charge_capacity_mean, charge_capacity_sd; /* C */
  double discharge_capacity_mean, discharge_capacity_sd;
} PlateauRateGroup;

typedef struct
{
  /*< read-only >*/
  guint n_groups;
  PlateauRateGroup *groups;
  double recovery; /* discharge capacity of the last group at the first group's rate over the
                      first's */
} PlateauRate;

/* As one cell of a study reads them; text stays that of @options. */
PlateauRateOptions plateau_rate_options_of_cell (const PlateauRateOptions *options,
                                                 const char *cell);
PlateauRate *plateau_rate_analyse (PlateauCycles *cycles, const PlateauRateOptions *options,
                                   GError **error);
void plateau_rate_free (PlateauRate *rate);
PlateauTable *plateau_rate_table (const PlateauRate *rate, double active_mass, double one_c);

void plateau_rate_options_clear (PlateauRateOptions *options);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauRate, plateau_rate_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PlateauRateOptions, plateau_rate_options_clear)

G_END_DECLS
