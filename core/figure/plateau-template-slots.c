/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plateau-template-slots.h"

#include "data/plateau-sample.h"

#include <glib/gi18n.h>
#include <string.h>

/* "$all" and "$modified*" stand for as many samples as there are: nothing to choose. */
static gboolean
is_many (const char *token)
{
  return g_str_equal (token, "$all") || (token[0] == '$' && g_str_has_suffix (token, "*"));
}

static JsonArray *
panels_of (JsonNode *document)
{
  JsonObject *root = json_node_get_object (document);

  return json_object_has_member (root, "panels") ? json_object_get_array_member (root, "panels")
                                                 : NULL;
}

static JsonObject *
plot_of (JsonArray *panels, guint index)
{
  JsonObject *panel = json_array_get_object_element (panels, index);

  return json_object_has_member (panel, "plot") ? json_object_get_object_member (panel, "plot")
                                                : NULL;
}

static JsonArray *
samples_of (JsonObject *plot)
{
  JsonNode *node = plot ? json_object_get_member (plot, "samples") : NULL;

  return node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static const char *
token_at (JsonArray *samples, guint index)
{
  JsonNode *node = json_array_get_element (samples, index);

  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

/* The role that a token names and which of that role: "$modified2". */
static gboolean
token_role (const char *token, PlateauRole *role, guint *number)
{
  g_autofree char *name = NULL;
  gsize length;

  if (token[0] != '$')
    return FALSE;
  name = g_strdup (token + 1);
  length = strlen (name);
  *number = 1;
  if (length > 0 && g_ascii_isdigit (name[length - 1]))
    {
      *number = (guint)(name[length - 1] - '0');
      name[length - 1] = '\0';
    }
  return plateau_role_from_text (name, role);
}

static char *
token_label (const char *token)
{
  PlateauRole role;
  guint number;
  g_autofree char *name = NULL;

  if (!token_role (token, &role, &number))
    return g_strdup (token);
  name = g_strdup (role == PLATEAU_ROLE_PRISTINE ? _ ("Pristine")
                   : role == PLATEAU_ROLE_CONTROL ? _ ("Control")
                                                  : _ ("Modified"));
  return number > 1 ? g_strdup_printf ("%s %u", name, number) : g_steal_pointer (&name);
}

/**
 * plateau_template_slot_free:
 * @slot: (transfer full): a slot
 */
void
plateau_template_slot_free (PlateauTemplateSlot *slot)
{
  g_free (slot->family);
  g_free (slot->token);
  g_free (slot->label);
  g_array_unref (slot->panels);
  g_free (slot);
}

static PlateauTemplateSlot *
find_slot (GPtrArray *slots, const char *family, const char *token)
{
  for (guint i = 0; i < slots->len; i++)
    {
      PlateauTemplateSlot *slot = g_ptr_array_index (slots, i);

      if (g_strcmp0 (slot->family, family) == 0 && g_str_equal (slot->token, token))
        return slot;
    }
  return NULL;
}

static gboolean
has_several_families (GPtrArray *slots)
{
  const PlateauTemplateSlot *first = slots->len > 0 ? g_ptr_array_index (slots, 0) : NULL;

  for (guint i = 1; i < slots->len; i++)
    if (g_strcmp0 (((PlateauTemplateSlot *)g_ptr_array_index (slots, i))->family, first->family)
        != 0)
      return TRUE;
  return FALSE;
}

/**
 * plateau_template_list_slots:
 * @template_document: of plateau_template_load()
 *
 * Returns: (transfer full) (element-type PlateauTemplateSlot): what has to be chosen, in the order
 *   of the panels; entries that stand for all samples of a role are none
 */
GPtrArray *
plateau_template_list_slots (JsonNode *template_document)
{
  GPtrArray *slots = g_ptr_array_new_with_free_func ((GDestroyNotify)plateau_template_slot_free);
  JsonArray *panels = panels_of (template_document);

  for (guint i = 0; panels && i < json_array_get_length (panels); i++)
    {
      JsonObject *plot = plot_of (panels, i);
      JsonArray *samples = samples_of (plot);
      const char *family
          = plot ? json_object_get_string_member_with_default (plot, "family", NULL) : NULL;

      for (guint k = 0; samples && k < json_array_get_length (samples); k++)
        {
          const char *token = token_at (samples, k);
          PlateauTemplateSlot *slot;

          if (!token || is_many (token))
            continue;
          slot = find_slot (slots, family, token);
          if (!slot)
            {
              slot = g_new0 (PlateauTemplateSlot, 1);
              slot->family = g_strdup (family);
              slot->token = g_strdup (token);
              slot->label = token_label (token);
              slot->panels = g_array_new (FALSE, FALSE, sizeof (guint));
              g_ptr_array_add (slots, slot);
            }
          g_array_append_val (slot->panels, i);
        }
    }
  if (has_several_families (slots))
    for (guint i = 0; i < slots->len; i++)
      {
        PlateauTemplateSlot *slot = g_ptr_array_index (slots, i);
        g_autoptr (GString) names = g_string_new (NULL);
        char *label;

        for (guint k = 0; k < slot->panels->len; k++)
          g_string_append_printf (names, "%s%c", k > 0 ? ", " : "",
                                  'a' + (int)(g_array_index (slot->panels, guint, k) % 26));
        label = g_strdup_printf ("%s, %s", slot->label, names->str);

        g_free (slot->label);
        slot->label = label;
      }
  return slots;
}

static gint64
find_sample (PlateauStudy *study, const PlateauTemplateSlot *slot, const char *family)
{
  PlateauRole role;
  guint wanted = 1, seen = 0;
  gboolean by_role = token_role (slot->token, &role, &wanted);

  for (guint i = 0; i < plateau_study_get_n_samples (study); i++)
    {
      const PlateauStudySample *sample = plateau_study_get_sample (study, i);
      gboolean reference = by_role
                           && (role == PLATEAU_ROLE_PRISTINE || role == PLATEAU_ROLE_CONTROL)
                           && (sample->role == PLATEAU_ROLE_PRISTINE
                               || sample->role == PLATEAU_ROLE_CONTROL);

      if (family && g_strcmp0 (family, sample->family) != 0)
        continue;
      if (by_role ? (sample->role == role || reference) && ++seen == wanted
                  : g_strcmp0 (sample->name, slot->token) == 0)
        return sample->id;
    }
  return 0;
}

/**
 * plateau_template_slot_guess:
 * @slot: what has to be chosen
 * @study: where the samples are
 *
 * Returns: id of the sample that suits: in the family that the template was made for, else the
 *   first of its role; 0: none
 */
gint64
plateau_template_slot_guess (const PlateauTemplateSlot *slot, PlateauStudy *study)
{
  gint64 found = slot->family ? find_sample (study, slot, slot->family) : 0;

  return found ? found : find_sample (study, slot, NULL);
}

/* What holds for the template's own study alone: its limits of axes and what its texts say. */
static void
forget_study (JsonObject *panel)
{
  json_object_remove_member (panel, "annotations");
  for (guint k = 0; k < PLATEAU_N_AXES; k++)
    {
      JsonNode *node = json_object_get_member (panel, plateau_axis_id_get_nick (k));

      if (!node || !JSON_NODE_HOLDS_OBJECT (node))
        continue;
      json_object_remove_member (json_node_get_object (node), "min");
      json_object_remove_member (json_node_get_object (node), "max");
    }
}

static gint64
chosen_for (GPtrArray *slots, const gint64 *ids, const char *family, const char *token)
{
  for (guint i = 0; i < slots->len; i++)
    {
      const PlateauTemplateSlot *slot = g_ptr_array_index (slots, i);

      if (g_strcmp0 (slot->family, family) == 0 && g_str_equal (slot->token, token))
        return ids[i];
    }
  return 0;
}

static void
fill_panel (JsonObject *panel, JsonObject *plot, GPtrArray *slots, const gint64 *ids,
            PlateauStudy *study)
{
  JsonArray *old = samples_of (plot), *filled = json_array_new ();
  g_autofree char *own
      = g_strdup (json_object_get_string_member_with_default (plot, "family", NULL));
  const char *family = NULL;
  gboolean foreign = FALSE;

  for (guint i = 0; i < json_array_get_length (old); i++)
    {
      const char *token = token_at (old, i);
      gint64 id = token && !is_many (token) ? chosen_for (slots, ids, own, token) : 0;
      const PlateauStudySample *sample = id ? plateau_study_find_sample (study, id) : NULL;

      if (sample)
        {
          json_array_add_int_element (filled, id);
          family = family ? family : sample->family;
          foreign = foreign || g_strcmp0 (sample->family, own) != 0;
        }
      else
        json_array_add_element (filled, json_node_copy (json_array_get_element (old, i)));
    }
  json_object_set_array_member (plot, "samples", filled);
  if (foreign)
    forget_study (panel);
  if (family)
    json_object_set_string_member (plot, "family", family);
}

/**
 * plateau_template_fill:
 * @template_document: of plateau_template_load()
 * @slots: of plateau_template_list_slots()
 * @samples: one id a slot; 0: stays open, and its panels say that a sample is missing
 * @study: where the samples are
 *
 * Puts the chosen samples into a template. Panels whose samples are of another family than the
 * template's lose its limits and the texts that tell its study's conditions.
 *
 * Returns: (transfer full): a figure document
 */
JsonNode *
plateau_template_fill (JsonNode *template_document, GPtrArray *slots, const gint64 *samples,
                       PlateauStudy *study)
{
  g_autofree char *text = json_to_string (template_document, FALSE);
  JsonNode *document = json_from_string (text, NULL);
  JsonArray *panels = document ? panels_of (document) : NULL;

  for (guint i = 0; panels && i < json_array_get_length (panels); i++)
    {
      JsonObject *plot = plot_of (panels, i);

      if (samples_of (plot))
        fill_panel (json_array_get_object_element (panels, i), plot, slots, samples, study);
    }
  return document;
}

/**
 * plateau_template_relax:
 * @document: of plateau_template_fill(), changed
 * @bound: the figure made of it
 *
 * Panels that show nothing because no cell was measured under the template's conditions (loading,
 * rate, temperature) take any cell of their samples.
 *
 * Returns: how many panels were changed; they have to be bound again
 */
guint
plateau_template_relax (JsonNode *document, PlateauFigure *bound)
{
  JsonArray *panels = panels_of (document);
  guint n = 0;

  for (guint i = 0; panels && i < json_array_get_length (panels) && i < bound->panels->len; i++)
    {
      JsonObject *plot = plot_of (panels, i);

      if (!plot || !plateau_figure_get_panel (bound, i)->message
          || !json_object_has_member (plot, "where"))
        continue;
      json_object_remove_member (plot, "where");
      forget_study (json_array_get_object_element (panels, i));
      n++;
    }
  return n;
}
