/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Dates as instruments print them. Local clocks without a zone are taken as UTC. */
typedef enum
{
  PLATEAU_DATE_YMD,
  PLATEAU_DATE_DMY,
  PLATEAU_DATE_MDY,
} PlateauDateOrder;

gboolean plateau_parse_date (const char *text, gsize length, PlateauDateOrder order,
                             double *unix_time);
PlateauDateOrder plateau_guess_date_order (const char *const *samples, gsize n_samples);
char *plateau_format_date (double unix_time);
double plateau_unix_from_ole_date (double days);

G_END_DECLS
