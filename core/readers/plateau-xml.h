/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "readers/plateau-zip.h"

G_BEGIN_DECLS

/* A file, or a member of an archive, read as a stream of XML events: memory does not grow with it. Entities
 * that the file defines and anything outside the file are left alone. */
typedef struct
{
  void (*start) (gpointer user_data, const char *name, const char *const *attributes);
  void (*end) (gpointer user_data, const char *name);
  void (*text) (gpointer user_data, const char *text, gsize length);
  gboolean (*go_on) (gpointer user_data, GError **error); /* asked now and then, or NULL */
} PlateauXmlEvents;

gboolean plateau_xml_parse (PlateauZip *zip, const char *member, const PlateauXmlEvents *events,
                            gpointer user_data, GCancellable *cancellable, GError **error);
gboolean plateau_xml_parse_input (PlateauInput *input, const PlateauXmlEvents *events,
                                  gpointer user_data, GCancellable *cancellable, GError **error);
const char *plateau_xml_attribute (const char *const *attributes, const char *name, gsize *length);
char *plateau_xml_dup_attribute (const char *const *attributes, const char *name);
gboolean plateau_xml_attribute_is (const char *const *attributes, const char *name,
                                   const char *value);
guint plateau_xml_attribute_number (const char *const *attributes, const char *name);

G_END_DECLS
