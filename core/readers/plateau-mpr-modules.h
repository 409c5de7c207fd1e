/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "data/plateau-measurement.h"
#include "readers/plateau-input.h"
#include "readers/plateau-mpr-columns.h"

G_BEGIN_DECLS

/* The frame of an .mpr file: a magic, then modules one after the other. */

#define PLATEAU_MPR_MAGIC "BIO-LOGIC MODULAR FILE\x1a"
#define PLATEAU_MPR_FIRST_MODULE 52

typedef struct
{
  char name[11];       /* "VMP data" */
  guint64 offset;      /* of the module's data in the file */
  guint64 available;   /* bytes of it that the file holds */
  guint32 length;      /* bytes of it that the header promises */
  guint32 version;     /* the new number where the header has one */
  gboolean new_header; /* EC-Lab 11.50 and later */
} PlateauMprModule;

/* What the settings and log modules say; numbers are NaN where they say nothing. */
typedef struct
{
  int technique; /* id, or -1 */
  double start;  /* Unix time of the local clock */
} PlateauMprHead;

gboolean plateau_mpr_module_read (PlateauInput *input, guint64 offset, PlateauMprModule *module,
                                  GError **error);
const char *plateau_mpr_technique_name (int technique);
gboolean plateau_mpr_technique_is_sweep (int technique);
gboolean plateau_mpr_settings_read (PlateauInput *input, const PlateauMprModule *module,
                                    PlateauMeasurement *measurement, PlateauMprHead *head,
                                    GError **error);
gboolean plateau_mpr_log_read (PlateauInput *input, const PlateauMprModule *module,
                               PlateauMeasurement *measurement, PlateauMprHead *head,
                               GError **error);

G_END_DECLS
