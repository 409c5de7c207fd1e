/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The options of an analysis, described as data. One description serves the command line, the
 * project file, the inspector and the workbook's settings sheet.
 *
 * An options struct is plain memory; each description names a member by its offset. Text members
 * are owned by the struct and freed by plateau_options_clear(). */

typedef enum
{
  PLATEAU_OPTION_NUMBER,  /* double */
  PLATEAU_OPTION_INTEGER, /* int */
  PLATEAU_OPTION_BOOLEAN, /* gboolean */
  PLATEAU_OPTION_CHOICE,  /* int, the index into choices */
  PLATEAU_OPTION_TEXT,    /* char * */
} PlateauOptionType;

typedef struct
{
  const char *name;  /* "window-mV": the long option without "--"; also the key in files */
  const char *label; /* N_("Smoothing window") */
  const char *help;  /* N_(one line) */
  PlateauOptionType type;
  gsize offset;
  const char *unit;           /* unit id of the number a user enters; the member is SI; or NULL */
  double minimum, maximum;    /* of numbers and integers, in that unit; both 0: no limits */
  const char *const *choices; /* NULL terminated nicks, stable */
  const char *const *choice_labels; /* N_(), same length, or NULL to show the nicks */
} PlateauOption;

/* A table of options ends with an entry whose name is NULL. */

void plateau_options_clear (const PlateauOption *table, gpointer options);
void plateau_options_copy (const PlateauOption *table, gconstpointer from, gpointer to);
gboolean plateau_option_set_from_text (const PlateauOption *option, gpointer options,
                                       const char *text, GError **error);
char *plateau_option_to_text (const PlateauOption *option, gconstpointer options);
const PlateauOption *plateau_option_find (const PlateauOption *table, const char *name);
JsonObject *plateau_options_to_json (const PlateauOption *table, gconstpointer options);
gboolean plateau_options_from_json (const PlateauOption *table, gpointer options,
                                    JsonObject *object, GError **error);

G_END_DECLS
