/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/plateau-store-private.h"

G_BEGIN_DECLS

/* One statement: ?1 and ?2 are texts, ?3 to ?5 numbers (0 at ?5: NULL); or, without SQL, a
 * measurement to write or to take out. */
typedef struct
{
  const char *sql;
  char *text1, *text2;
  gint64 number1, number2, number3;
  PlateauMeasurement *measurement;
  gboolean removes;
} PlateauStoreOperation;

struct _PlateauStoreChange
{
  GPtrArray *operations;
};

G_END_DECLS
