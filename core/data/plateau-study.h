/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "data/plateau-project.h"

G_BEGIN_DECLS

/* A project as it stood at one moment: plain, immutable, counted by reference. Analyses of whole
 * studies, figures, workbooks and the command line work on this, on any thread, while the user
 * goes on editing the project. Values are SI, NaN or "" where not given. */

typedef struct
{
  gint64 id;
  const char *name, *family, *formula, *colour, *note;
  PlateauRole role;
  double specific_current_1c;
  const char *variable_name, *variable_unit;
  double variable_value;
  double molar_mass, molar_volume, particle_radius, specific_area, contact_area;
  const char *gitt_geometry; /* "planar", "sphere" or "" */
  const char *resistance_circuit, *resistance_elements; /* of spectra; "": as in the settings */
} PlateauStudySample;

typedef struct
{
  gint64 id;
  const char *name;
  const PlateauStudySample *sample; /* NULL: not yet assigned */
  guint replicate;                  /* 1, 2, ... within sample and test, in project order */
  double active_mass, area, thickness, reference_offset;
  const char *reference_name;
  const char *test; /* "": not said */
  const char *electrolyte, *anode, *channel, *tags, *note;
  double temperature, pressure, composite_mass, active_fraction;
  gboolean excluded;
  const char *exclusion_reason;
  double one_c; /* A */
  PlateauKinds kinds;
  GVariant *fields;        /* a{ss}: free fields */
  GPtrArray *measurements; /* of PlateauMeasurement */
} PlateauStudyCell;

typedef struct _PlateauStudy PlateauStudy;

PlateauStudy *plateau_study_new (PlateauProject *project);
PlateauStudy *plateau_study_ref (PlateauStudy *study);
void plateau_study_unref (PlateauStudy *study);
/* Members of a figure's style (see plateau_style_apply_json()) that hold for everything made of the
 * study unless a journal or a figure says otherwise; not to be changed. */
void plateau_study_set_manner (PlateauStudy *study, JsonObject *manner);
JsonObject *plateau_study_get_manner (PlateauStudy *study);
const char *plateau_study_get_title (PlateauStudy *study);
gboolean plateau_study_get_simulated (PlateauStudy *study);
guint plateau_study_get_n_samples (PlateauStudy *study); /* ordered: family, role, variable, name */
const PlateauStudySample *plateau_study_get_sample (PlateauStudy *study, guint index);
guint plateau_study_get_n_cells (PlateauStudy *study); /* ordered by sample, unassigned last */
const PlateauStudyCell *plateau_study_get_cell (PlateauStudy *study, guint index);
const PlateauStudyCell *plateau_study_find_cell (PlateauStudy *study, gint64 id);
const PlateauStudySample *plateau_study_find_sample (PlateauStudy *study, gint64 id);
JsonObject *plateau_study_get_settings (PlateauStudy *study, const char *analysis);
guint plateau_study_get_n_figures (PlateauStudy *study);
const char *plateau_study_get_figure_name (PlateauStudy *study, guint index);
JsonNode *plateau_study_get_figure (PlateauStudy *study, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauStudy, plateau_study_unref)

G_END_DECLS
