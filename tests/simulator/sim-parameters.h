/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Values of the parameter file. A value that describes a material or a cell is written as
 * [value, "study"] when the study reports it, or as [value, "assumed"]. Looking a value up
 * notes where it came from; the notes of a cell end in its metadata. */
typedef struct
{
  JsonObject *const *scopes; /* innermost first: test, sample, defaults; NULL terminated */
  GPtrArray *reported;       /* "name (study)" */
  GPtrArray *assumed;        /* "name" */
  GError *error;             /* first value that was missing or not understood */
  const char *where;         /* for messages */
} SimParameters;

double sim_number (SimParameters *parameters, const char *name);
double sim_number_or (SimParameters *parameters, const char *name, double fallback);
const char *sim_text (SimParameters *parameters, const char *name, const char *fallback);
JsonArray *sim_list (SimParameters *parameters, const char *name);
double sim_number_in (SimParameters *parameters, JsonObject *object, const char *name,
                      double fallback);
void sim_parameters_note (SimParameters *parameters, const char *name, const char *from);
char *sim_parameters_describe (const SimParameters *parameters);

G_END_DECLS
