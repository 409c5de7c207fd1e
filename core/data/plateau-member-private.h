/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Properties that are plain members, described as data: a double (NaN: absent), an int64, a
 * gboolean, an enumeration, or owned text (never NULL; "" is absent). */
typedef struct
{
  const char *name;
  GType type;
  gsize offset;
} PlateauMember;

void plateau_members_install (GObjectClass *class, const PlateauMember *members, guint n,
                              GParamSpec **specs);
void plateau_members_init (gpointer object, const PlateauMember *members, guint n);
void plateau_members_clear (gpointer object, const PlateauMember *members, guint n);
void plateau_member_get (gpointer object, const PlateauMember *member, GValue *value);
gboolean plateau_member_set (gpointer object, const PlateauMember *member, const GValue *value);

G_END_DECLS
