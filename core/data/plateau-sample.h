/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The role is what the user says a sample is; it orders and colours everything. */
typedef enum
{
  PLATEAU_ROLE_NONE,
  PLATEAU_ROLE_PRISTINE,
  PLATEAU_ROLE_CONTROL,
  PLATEAU_ROLE_MODIFIED,
} PlateauRole;

#define PLATEAU_TYPE_ROLE (plateau_role_get_type ())
GType plateau_role_get_type (void);
const char *plateau_role_get_nick (PlateauRole role);  /* "pristine"; "" for NONE */
const char *plateau_role_get_label (PlateauRole role); /* translated */
gboolean plateau_role_from_text (const char *text, PlateauRole *role);

#define PLATEAU_TYPE_SAMPLE (plateau_sample_get_type ())
G_DECLARE_FINAL_TYPE (PlateauSample, plateau_sample, PLATEAU, SAMPLE, GObject)

/* A cathode material. Properties (all writable, SI, NaN or "" where not given):
 *   id (int64, set by the project), name, family, role, formula,
 *   specific-current-1c (A/kg: the current that 1C means),
 *   variable-name, variable-value (in variable-unit as the user wrote it), variable-unit,
 *   colour ("#rrggbb" or "": chosen by role), note,
 *   molar-mass (kg/mol), molar-volume (m3/mol), particle-radius (m), specific-area (m2/kg),
 *   contact-area (m2), gitt-geometry ("planar", "sphere" or "": the project's),
 *   resistance-circuit (a circuit, "intercept" or "": the project's), resistance-elements */
PlateauSample *plateau_sample_new (const char *name);
gint64 plateau_sample_get_id (PlateauSample *sample);
void plateau_sample_set_id (PlateauSample *sample, gint64 id);
const char *plateau_sample_get_name (PlateauSample *sample);
const char *plateau_sample_get_family (PlateauSample *sample);
PlateauRole plateau_sample_get_role (PlateauSample *sample);
const char *plateau_sample_get_formula (PlateauSample *sample);
double plateau_sample_get_specific_current_1c (PlateauSample *sample);
const char *plateau_sample_get_variable_name (PlateauSample *sample);
double plateau_sample_get_variable_value (PlateauSample *sample);
const char *plateau_sample_get_variable_unit (PlateauSample *sample);
const char *plateau_sample_get_colour (PlateauSample *sample);

G_END_DECLS
