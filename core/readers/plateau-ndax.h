/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "readers/plateau-ndc.h"
#include "readers/plateau-neware.h"

G_BEGIN_DECLS

/* One auxiliary channel of a test. */
typedef struct
{
  guint id;      /* number of the channel in the test: data_ID.ndc */
  guint real_id; /* number of the channel in the rack: data_AUX_REAL_x_y.ndc */
  guint type;    /* what it measures */
} PlateauNdaxChannel;

PlateauNewareTable *plateau_ndax_whole_records (const PlateauNdc *data, PlateauInput *input,
                                                GError **error);
PlateauNewareTable *plateau_ndax_split_records (const PlateauNdc *data, const PlateauNdc *run_info,
                                                const PlateauNdc *steps, PlateauInput *input,
                                                PlateauMeasurement *measurement, GError **error);
void plateau_ndax_add_aux (PlateauNewareTable *table, const PlateauNdc *aux, const char *name,
                           const PlateauNdaxChannel *channel);
GArray *plateau_ndax_read_info (PlateauZip *zip, PlateauMeasurement *measurement);

G_END_DECLS
