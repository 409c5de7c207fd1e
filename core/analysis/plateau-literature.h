/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One number that a study reports, with the conditions and the place in the study. */
typedef struct
{
  const char *study, *system, *cathode, *role, *electrolyte, *anode;
  const char *quantity; /* "specific discharge capacity" */
  const char *relation; /* "=", "~", "<", ">", "range" */
  double value, high;   /* in the unit; high: NaN unless a range */
  const char *unit;     /* as the study writes it */
  double c_rate, cycle;
  double loading;                 /* kg/m2 */
  double temperature;             /* K */
  double window_low, window_high; /* V */
  const char *place;              /* "text, Fig. 3A" */
  const char *note;               /* where a report disagrees with itself; "" */
} PlateauReportedValue;

/* A point of areal capacity against retention and loading. */
typedef struct
{
  const char *study, *cathode, *place;
  double areal_capacity; /* C/m2 */
  double retention;      /* 0 .. 1, NaN: not reported for it */
  double cycles;         /* of the retention */
  double loading;        /* kg/m2 */
  double c_rate;
} PlateauReportedCell;

typedef struct _PlateauLiterature PlateauLiterature;

PlateauLiterature *plateau_literature_new (void);
PlateauLiterature *plateau_literature_new_empty (void);
char *plateau_literature_to_table (PlateauLiterature *literature);
gboolean plateau_literature_add_table (PlateauLiterature *literature, const char *text,
                                       GError **error);
PlateauLiterature *plateau_literature_ref (PlateauLiterature *literature);
void plateau_literature_unref (PlateauLiterature *literature);
guint plateau_literature_get_n (PlateauLiterature *literature);
const PlateauReportedValue *plateau_literature_get (PlateauLiterature *literature, guint index);
GPtrArray *plateau_literature_find (PlateauLiterature *literature, const char *system,
                                    const char *cathode, const char *quantity);
GArray *plateau_literature_list_cells (PlateauLiterature *literature);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauLiterature, plateau_literature_unref)

G_END_DECLS
