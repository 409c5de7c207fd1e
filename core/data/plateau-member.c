/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/plateau-member-private.h"

#include <math.h>
#include <string.h>

#define AT(type, object, member) ((type *) (gpointer) ((char *) (object) + (member)->offset))

static GParamSpec *
make_spec (const PlateauMember *member)
{
  /* NaN never equals itself, so strict validation would refuse it. */
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS
                            | G_PARAM_LAX_VALIDATION;
  switch (G_TYPE_FUNDAMENTAL (member->type))
    {
    case G_TYPE_DOUBLE:
      return g_param_spec_double (member->name, NULL, NULL, -INFINITY, INFINITY, 0, flags);
    case G_TYPE_INT64:
      return g_param_spec_int64 (member->name, NULL, NULL, 0, G_MAXINT64, 0, flags);
    case G_TYPE_BOOLEAN:
      return g_param_spec_boolean (member->name, NULL, NULL, FALSE, flags);
    case G_TYPE_ENUM:
      return g_param_spec_enum (member->name, NULL, NULL, member->type, 0, flags);
    case G_TYPE_STRING:
      return g_param_spec_string (member->name, NULL, NULL, "", flags);
    default:
      g_return_val_if_reached (NULL);
    }
}

/* Property i + 1 is members[i]; @specs has room for n + 1. */
void
plateau_members_install (GObjectClass *class, const PlateauMember *members, guint n,
                         GParamSpec **specs)
{
  for (guint i = 0; i < n; i++)
    {
      specs[i + 1] = make_spec (&members[i]);
      g_object_class_install_property (class, i + 1, specs[i + 1]);
    }
}

void
plateau_members_init (gpointer object, const PlateauMember *members, guint n)
{
  for (guint i = 0; i < n; i++)
    if (members[i].type == G_TYPE_DOUBLE)
      *AT (double, object, &members[i]) = NAN;
    else if (members[i].type == G_TYPE_STRING)
      *AT (char *, object, &members[i]) = g_strdup ("");
}

void
plateau_members_clear (gpointer object, const PlateauMember *members, guint n)
{
  for (guint i = 0; i < n; i++)
    if (members[i].type == G_TYPE_STRING)
      g_clear_pointer (AT (char *, object, &members[i]), g_free);
}

void
plateau_member_get (gpointer object, const PlateauMember *member, GValue *value)
{
  switch (G_TYPE_FUNDAMENTAL (member->type))
    {
    case G_TYPE_DOUBLE:
      g_value_set_double (value, *AT (double, object, member));
      break;
    case G_TYPE_INT64:
      g_value_set_int64 (value, *AT (gint64, object, member));
      break;
    case G_TYPE_BOOLEAN:
      g_value_set_boolean (value, *AT (gboolean, object, member));
      break;
    case G_TYPE_ENUM:
      g_value_set_enum (value, *AT (int, object, member));
      break;
    case G_TYPE_STRING:
      g_value_set_string (value, *AT (char *, object, member));
      break;
    default:
      g_return_if_reached ();
    }
}

static gboolean
set_double (double *member, double value)
{
  gboolean same = *member == value || (isnan (*member) && isnan (value));
  *member = value;
  return !same;
}

static gboolean
set_text (char **member, const char *value)
{
  if (value == NULL)
    value = "";
  if (strcmp (*member, value) == 0)
    return FALSE;
  g_free (*member);
  *member = g_strdup (value);
  return TRUE;
}

/* Returns TRUE when the member has changed. */
gboolean
plateau_member_set (gpointer object, const PlateauMember *member, const GValue *value)
{
  switch (G_TYPE_FUNDAMENTAL (member->type))
    {
    case G_TYPE_DOUBLE:
      return set_double (AT (double, object, member), g_value_get_double (value));
    case G_TYPE_INT64:
      {
        gboolean changed = *AT (gint64, object, member) != g_value_get_int64 (value);
        *AT (gint64, object, member) = g_value_get_int64 (value);
        return changed;
      }
    case G_TYPE_BOOLEAN:
      {
        gboolean changed = *AT (gboolean, object, member) != g_value_get_boolean (value);
        *AT (gboolean, object, member) = g_value_get_boolean (value);
        return changed;
      }
    case G_TYPE_ENUM:
      {
        gboolean changed = *AT (int, object, member) != g_value_get_enum (value);
        *AT (int, object, member) = g_value_get_enum (value);
        return changed;
      }
    case G_TYPE_STRING:
      return set_text (AT (char *, object, member), g_value_get_string (value));
    default:
      g_return_val_if_reached (FALSE);
    }
}
