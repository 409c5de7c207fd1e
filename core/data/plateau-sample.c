/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/plateau-sample.h"

#include "data/plateau-member-private.h"

#include <glib/gi18n.h>
#include <string.h>

struct _PlateauSample
{
  GObject parent_instance;
  gint64 id;
  char *name, *family, *formula, *variable_name, *variable_unit, *colour, *note;
  int role;
  char *gitt_geometry;
  char *resistance_circuit, *resistance_elements;
  double specific_current_1c, variable_value;
  double molar_mass, molar_volume, particle_radius, specific_area, contact_area;
};

G_DEFINE_ENUM_TYPE (PlateauRole, plateau_role, G_DEFINE_ENUM_VALUE (PLATEAU_ROLE_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (PLATEAU_ROLE_PRISTINE, "pristine"),
                    G_DEFINE_ENUM_VALUE (PLATEAU_ROLE_CONTROL, "control"),
                    G_DEFINE_ENUM_VALUE (PLATEAU_ROLE_MODIFIED, "modified"))

G_DEFINE_FINAL_TYPE (PlateauSample, plateau_sample, G_TYPE_OBJECT)

#define N_MEMBERS 19

static PlateauMember *
members (void)
{
  static PlateauMember table[N_MEMBERS];
  static gsize ready = 0;
  if (g_once_init_enter (&ready))
    {
      const PlateauMember all[N_MEMBERS] = {
        { "id", G_TYPE_INT64, G_STRUCT_OFFSET (PlateauSample, id) },
        { "name", G_TYPE_STRING, G_STRUCT_OFFSET (PlateauSample, name) },
        { "family", G_TYPE_STRING, G_STRUCT_OFFSET (PlateauSample, family) },
        { "role", PLATEAU_TYPE_ROLE, G_STRUCT_OFFSET (PlateauSample, role) },
        { "formula", G_TYPE_STRING, G_STRUCT_OFFSET (PlateauSample, formula) },
        { "specific-current-1c", G_TYPE_DOUBLE,
          G_STRUCT_OFFSET (PlateauSample, specific_current_1c) },
        { "variable-name", G_TYPE_STRING, G_STRUCT_OFFSET (PlateauSample, variable_name) },
        { "variable-value", G_TYPE_DOUBLE, G_STRUCT_OFFSET (PlateauSample, variable_value) },
        { "variable-unit", G_TYPE_STRING, G_STRUCT_OFFSET (PlateauSample, variable_unit) },
        { "colour", G_TYPE_STRING, G_STRUCT_OFFSET (PlateauSample, colour) },
        { "note", G_TYPE_STRING, G_STRUCT_OFFSET (PlateauSample, note) },
        { "molar-mass", G_TYPE_DOUBLE, G_STRUCT_OFFSET (PlateauSample, molar_mass) },
        { "molar-volume", G_TYPE_DOUBLE, G_STRUCT_OFFSET (PlateauSample, molar_volume) },
        { "particle-radius", G_TYPE_DOUBLE, G_STRUCT_OFFSET (PlateauSample, particle_radius) },
        { "specific-area", G_TYPE_DOUBLE, G_STRUCT_OFFSET (PlateauSample, specific_area) },
        { "contact-area", G_TYPE_DOUBLE, G_STRUCT_OFFSET (PlateauSample, contact_area) },
        { "gitt-geometry", G_TYPE_STRING, G_STRUCT_OFFSET (PlateauSample, gitt_geometry) },
        { "resistance-circuit", G_TYPE_STRING,
          G_STRUCT_OFFSET (PlateauSample, resistance_circuit) },
        { "resistance-elements", G_TYPE_STRING,
          G_STRUCT_OFFSET (PlateauSample, resistance_elements) },
      };
      memcpy (table, all, sizeof all);
      g_once_init_leave (&ready, 1);
    }
  return table;
}

static void
plateau_sample_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  plateau_member_get (object, &members ()[id - 1], value);
}

static void
plateau_sample_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  if (plateau_member_set (object, &members ()[id - 1], value))
    g_object_notify_by_pspec (object, spec);
}

static void
plateau_sample_finalize (GObject *object)
{
  plateau_members_clear (object, members (), N_MEMBERS);
  G_OBJECT_CLASS (plateau_sample_parent_class)->finalize (object);
}

static void
plateau_sample_class_init (PlateauSampleClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GParamSpec *specs[N_MEMBERS + 1];
  object_class->get_property = plateau_sample_get_property;
  object_class->set_property = plateau_sample_set_property;
  object_class->finalize = plateau_sample_finalize;
  plateau_members_install (object_class, members (), N_MEMBERS, specs);
}

static void
plateau_sample_init (PlateauSample *sample)
{
  plateau_members_init (sample, members (), N_MEMBERS);
}

/**
 * plateau_role_get_nick:
 *
 * Returns: (transfer none): the stable name, "" for PLATEAU_ROLE_NONE
 */
const char *
plateau_role_get_nick (PlateauRole role)
{
  static const char *const nicks[] = { "", "pristine", "control", "modified" };
  return nicks[role];
}

/**
 * plateau_role_get_label:
 *
 * Returns: (transfer none): the name in the user's language
 */
const char *
plateau_role_get_label (PlateauRole role)
{
  static const char *const labels[] = { N_ ("no role"), N_ ("pristine"), N_ ("control"),
                                        N_ ("modified") };
  return _ (labels[role]);
}

/**
 * plateau_role_from_text:
 * @text: a nick in any case, "" for none; "bare", "uncoated" and "reference" mean pristine
 * @role: (out): the role
 *
 * Returns: FALSE when @text is no role
 */
gboolean
plateau_role_from_text (const char *text, PlateauRole *role)
{
  static const struct
  {
    const char *word;
    PlateauRole role;
  } words[] = {
    { "", PLATEAU_ROLE_NONE },
    { "none", PLATEAU_ROLE_NONE },
    { "-", PLATEAU_ROLE_NONE },
    { "pristine", PLATEAU_ROLE_PRISTINE },
    { "bare", PLATEAU_ROLE_PRISTINE },
    { "uncoated", PLATEAU_ROLE_PRISTINE },
    { "reference", PLATEAU_ROLE_PRISTINE },
    { "control", PLATEAU_ROLE_CONTROL },
    { "modified", PLATEAU_ROLE_MODIFIED },
    { "coated", PLATEAU_ROLE_MODIFIED },
  };
  g_autofree char *word = g_strstrip (g_ascii_strdown (text, -1));
  g_autofree char *own = g_strdup (text);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i].word, word) == 0)
      {
        *role = words[i].role;
        return TRUE;
      }
  for (PlateauRole i = PLATEAU_ROLE_NONE; i <= PLATEAU_ROLE_MODIFIED; i++)
    if (g_utf8_collate (plateau_role_get_label (i), g_strstrip (own)) == 0)
      {
        *role = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * plateau_sample_new:
 * @name: (nullable): as the user calls it, "S-LRMO"
 *
 * Returns: (transfer full): a sample about which nothing else is known
 */
PlateauSample *
plateau_sample_new (const char *name)
{
  return g_object_new (PLATEAU_TYPE_SAMPLE, "name", name, NULL);
}

gint64
plateau_sample_get_id (PlateauSample *sample)
{
  return sample->id;
}

void
plateau_sample_set_id (PlateauSample *sample, gint64 id)
{
  g_object_set (sample, "id", id, NULL);
}

const char *
plateau_sample_get_name (PlateauSample *sample)
{
  return sample->name;
}

const char *
plateau_sample_get_family (PlateauSample *sample)
{
  return sample->family;
}

PlateauRole
plateau_sample_get_role (PlateauSample *sample)
{
  return (PlateauRole) sample->role;
}

const char *
plateau_sample_get_formula (PlateauSample *sample)
{
  return sample->formula;
}

double
plateau_sample_get_specific_current_1c (PlateauSample *sample)
{
  return sample->specific_current_1c;
}

const char *
plateau_sample_get_variable_name (PlateauSample *sample)
{
  return sample->variable_name;
}

double
plateau_sample_get_variable_value (PlateauSample *sample)
{
  return sample->variable_value;
}

const char *
plateau_sample_get_variable_unit (PlateauSample *sample)
{
  return sample->variable_unit;
}

const char *
plateau_sample_get_colour (PlateauSample *sample)
{
  return sample->colour;
}
