/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Facts about an electrode that follow from its formula and its make-up; SI. */

gboolean plateau_formula_molar_mass (const char *formula, double *molar_mass, GError **error);
double plateau_formula_count (const char *formula, const char *element);
double plateau_theoretical_capacity (double molar_mass, double electrons);
double plateau_active_mass (double composite_mass, double active_parts, double other_parts);
double plateau_disc_area (double diameter);
double plateau_c_rate (double current, double active_mass, double specific_current_1c);

G_END_DECLS
