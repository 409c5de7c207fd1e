/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plateau-template.h"

#include "base/plateau-error.h"
#include "figure/plateau-figure-edit.h"
#include "plateau-figure-resources.h"

#include <glib/gi18n.h>
#include <string.h>

#define TEMPLATE_FOLDER "/io/github/plateau/figure/templates"

/* What people read of a template, in their language; options of plots are names for programs. */
static void
translate_member (JsonObject *object, const char *key, JsonNode *member, gpointer user_data)
{
  static const char *const shown[] = { "label", "about", "title", "text", NULL };

  if (JSON_NODE_HOLDS_OBJECT (member) && !g_str_equal (key, "options"))
    json_object_foreach_member (json_node_get_object (member), translate_member, NULL);
  else if (JSON_NODE_HOLDS_ARRAY (member))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (member)); i++)
      {
        JsonNode *element = json_array_get_element (json_node_get_array (member), i);

        if (JSON_NODE_HOLDS_OBJECT (element))
          json_object_foreach_member (json_node_get_object (element), translate_member, NULL);
      }
  else if (JSON_NODE_HOLDS_VALUE (member) && g_strv_contains (shown, key))
    {
      g_autofree char *text = json_node_dup_string (member);

      if (text != NULL && *text != '\0')
        json_node_set_string (member, _ (text));
    }
}

static JsonNode *
load_resource (const char *file, GError **error)
{
  g_autofree char *path = g_strconcat (TEMPLATE_FOLDER "/", file, NULL);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (plateau_figure_resources_get_resource (), path,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize size;
  const char *text;
  JsonNode *root;

  if (!bytes)
    return NULL;
  text = g_bytes_get_data (bytes, &size);
  if (!json_parser_load_from_data (parser, text, (gssize)size, error))
    return NULL;
  root = json_parser_steal_root (parser);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    json_object_foreach_member (json_node_get_object (root), translate_member, NULL);
  return root;
}

static char **
list_files (void)
{
  char **files
      = g_resource_enumerate_children (plateau_figure_resources_get_resource (), TEMPLATE_FOLDER,
                                       G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  return files ? files : g_new0 (char *, 1);
}

/**
 * plateau_template_info_free:
 * @info: (transfer full): an entry of plateau_template_list()
 */
void
plateau_template_info_free (PlateauTemplateInfo *info)
{
  g_free (info->name);
  g_free (info->label);
  g_free (info->study);
  g_free (info->text);
  g_free (info);
}

static int
compare_infos (gconstpointer a, gconstpointer b)
{
  const PlateauTemplateInfo *x = *(PlateauTemplateInfo *const *)a, *y = *(PlateauTemplateInfo *const *)b;
  int studies = g_strcmp0 (x->study, y->study);

  return studies != 0 ? studies : g_strcmp0 (x->name, y->name);
}

/**
 * plateau_template_list:
 *
 * Returns: (transfer full) (element-type PlateauTemplateInfo): the templates that come with the
 *   program, by study
 */
GPtrArray *
plateau_template_list (void)
{
  GPtrArray *list
      = g_ptr_array_new_with_free_func ((GDestroyNotify)plateau_template_info_free);
  g_auto (GStrv) files = list_files ();

  for (guint i = 0; files[i]; i++)
    {
      g_autoptr (JsonNode) node = load_resource (files[i], NULL);
      PlateauTemplateInfo *info;
      JsonObject *object;

      if (!node || !JSON_NODE_HOLDS_OBJECT (node) || !g_str_has_suffix (files[i], ".json"))
        continue;
      object = json_node_get_object (node);
      info = g_new0 (PlateauTemplateInfo, 1);
      info->name = g_strndup (files[i], strlen (files[i]) - 5);
      info->label
          = g_strdup (json_object_get_string_member_with_default (object, "label", info->name));
      info->study = g_strdup (json_object_get_string_member_with_default (object, "study", ""));
      info->text = g_strdup (json_object_get_string_member_with_default (object, "about", ""));
      info->n_panels = json_object_has_member (object, "panels")
                           ? json_array_get_length (json_object_get_array_member (object, "panels"))
                           : 0;
      g_ptr_array_add (list, info);
    }
  g_ptr_array_sort (list, compare_infos);
  return list;
}

/**
 * plateau_template_load:
 * @name: such as "sun2022-fig3"
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the template, or %NULL with @error naming those there are
 */
JsonNode *
plateau_template_load (const char *name, GError **error)
{
  g_auto (GStrv) files = list_files ();
  g_autofree char *file = g_strconcat (name, ".json", NULL);

  if (!g_strv_contains ((const char *const *)files, file))
    {
      g_set_error (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_MISSING,
                   _ ("There is no template “%s”; “plateau-cli figure --list” names them"), name);
      return NULL;
    }
  return load_resource (file, error);
}

static gboolean
is_open (JsonNode *samples)
{
  JsonArray *array = samples && JSON_NODE_HOLDS_ARRAY (samples) ? json_node_get_array (samples) : NULL;

  for (guint i = 0; array && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const char *text = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
      if (text && text[0] == '$')
        return TRUE;
    }
  return FALSE;
}

static const PlateauStudySample *
find_role (PlateauStudy *study, PlateauRole role, const char *family, const gint64 *samples,
           guint n_samples, guint wanted)
{
  guint seen = 0;

  for (guint i = 0; i < plateau_study_get_n_samples (study); i++)
    {
      const PlateauStudySample *sample = plateau_study_get_sample (study, i);
      gboolean allowed = n_samples == 0;

      for (guint k = 0; k < n_samples; k++)
        allowed = allowed || samples[k] == sample->id;
      if (allowed && sample->role == role && (!family || g_strcmp0 (family, sample->family) == 0)
          && ++seen == wanted)
        return sample;
    }
  return NULL;
}

/* A family that has as many roles as the template asks for. */
static const char *
find_family (PlateauStudy *study, const char *wanted, const gint64 *samples, guint n_samples)
{
  const char *second = NULL;

  if (wanted && *wanted)
    return wanted;
  for (guint i = 0; i < plateau_study_get_n_samples (study); i++)
    {
      const PlateauStudySample *sample = plateau_study_get_sample (study, i);
      gboolean reference = find_role (study, PLATEAU_ROLE_PRISTINE, sample->family, samples,
                                      n_samples, 1)
                           || find_role (study, PLATEAU_ROLE_CONTROL, sample->family, samples,
                                         n_samples, 1);
      gboolean modified = find_role (study, PLATEAU_ROLE_MODIFIED, sample->family, samples,
                                     n_samples, 1)
                          != NULL;

      if (reference && modified)
        return sample->family;
      if ((reference || modified) && !second)
        second = sample->family;
    }
  return second;
}

typedef struct
{
  PlateauStudy *study;
  const char *family;
  const gint64 *samples;
  guint n_samples;
  guint given; /* samples in their order, for templates that take any */
} Apply;

/* "$pristine" also takes the control when there is no pristine sample, and the other way round. */
static const PlateauStudySample *
resolve (const Apply *a, const char *token)
{
  g_autofree char *name = g_strdup (token + 1);
  gsize length = strlen (name);
  guint wanted = 1;
  PlateauRole role;
  const PlateauStudySample *found;

  if (length > 0 && g_ascii_isdigit (name[length - 1]))
    {
      wanted = name[length - 1] - '0';
      name[length - 1] = '\0';
    }
  if (!plateau_role_from_text (name, &role))
    return NULL;
  found = find_role (a->study, role, a->family, a->samples, a->n_samples, wanted);
  if (!found && role == PLATEAU_ROLE_PRISTINE)
    found = find_role (a->study, PLATEAU_ROLE_CONTROL, a->family, a->samples, a->n_samples, wanted);
  else if (!found && role == PLATEAU_ROLE_CONTROL)
    found = find_role (a->study, PLATEAU_ROLE_PRISTINE, a->family, a->samples, a->n_samples, wanted);
  return found;
}

static void
fill_samples (const Apply *a, JsonObject *plot)
{
  JsonArray *old = json_object_get_array_member (plot, "samples"), *filled = json_array_new ();

  for (guint i = 0; i < json_array_get_length (old); i++)
    {
      JsonNode *node = json_array_get_element (old, i);
      const char *text = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
      const PlateauStudySample *sample;

      if (!text || text[0] != '$' || g_str_has_suffix (text, "*") || g_str_equal (text, "$all"))
        {
          json_array_add_element (filled, json_node_copy (node));
          continue;
        }
      sample = resolve (a, text);
      if (sample)
        json_array_add_int_element (filled, sample->id);
      else
        json_array_add_string_element (filled, text);
    }
  json_object_set_array_member (plot, "samples", filled);
}

/**
 * plateau_template_apply:
 * @template_document: of plateau_template_load()
 * @study: where the samples are
 * @family: (nullable): the family to take them from; %NULL: the template's own when the study has
 *   it, else the first with a pristine (or control) and a modified sample
 * @samples: (array length=n_samples) (nullable): ids to choose among
 * @n_samples: their number
 * @error: return location
 *
 * Closes the open samples of a template. What cannot be found stays open; its panel then says that
 * samples are missing.
 *
 * Returns: (transfer full) (nullable): a figure document
 */
JsonNode *
plateau_template_apply (JsonNode *template_document, PlateauStudy *study, const char *family,
                        const gint64 *samples, guint n_samples, GError **error)
{
  g_autofree char *text = json_to_string (template_document, FALSE);
  JsonNode *document = json_from_string (text, error);
  JsonObject *object;
  JsonArray *panels;

  if (!document)
    return NULL;
  object = json_node_get_object (document);
  panels = json_object_get_array_member (object, "panels");
  for (guint i = 0; i < json_array_get_length (panels); i++)
    {
      JsonObject *panel = json_array_get_object_element (panels, i), *plot;
      g_autofree char *own = NULL;
      gboolean known = FALSE;
      Apply a = { study, NULL, samples, n_samples, 0 };

      if (!json_object_has_member (panel, "plot"))
        continue;
      plot = json_object_get_object_member (panel, "plot");
      own = g_strdup (json_object_get_string_member_with_default (plot, "family", NULL));
      for (guint k = 0; own && k < plateau_study_get_n_samples (study); k++)
        known = known || g_strcmp0 (plateau_study_get_sample (study, k)->family, own) == 0;
      a.family = find_family (study, family ? family : known ? own : NULL, samples, n_samples);
      if (a.family)
        json_object_set_string_member (plot, "family", a.family);
      else
        json_object_remove_member (plot, "family");
      if (is_open (json_object_get_member (plot, "samples")))
        fill_samples (&a, plot);
    }
  return document;
}

/* Which of the samples an entry of a template means: the reference is the first, "$modified2" the
 * third; a sample that the template names is the one at that place of its list. */
static gboolean
find_in_order (const char *text, guint place, guint n_samples, guint *first, guint *end)
{
  gsize length = text ? strlen (text) : 0;

  *first = place;
  if (length > 0 && text[0] == '$')
    {
      gboolean modified = g_str_has_prefix (text, "$modified");
      guint number = g_ascii_isdigit (text[length - 1]) ? text[length - 1] - '0' : 1;

      *first = modified ? number : number - 1;
      if (g_str_equal (text, "$all") || text[length - 1] == '*')
        {
          *first = modified && n_samples > 1 ? 1 : 0;
          *end = n_samples;
          return TRUE;
        }
    }
  /* One sample alone is the only one to show. */
  if (n_samples == 1)
    *first = 0;
  *end = *first + 1;
  return *first < n_samples;
}

static void
fill_in_order (JsonObject *plot, const gint64 *samples, guint n_samples)
{
  JsonNode *node = json_object_get_member (plot, "samples");
  JsonArray *old = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  JsonArray *filled = json_array_new ();
  g_autofree gboolean *taken = g_new0 (gboolean, n_samples);

  for (guint i = 0; old && i < json_array_get_length (old); i++)
    {
      JsonNode *entry = json_array_get_element (old, i);
      const char *text = JSON_NODE_HOLDS_VALUE (entry) ? json_node_get_string (entry) : NULL;
      guint first, end;

      if (!find_in_order (text, i, n_samples, &first, &end))
        continue;
      for (guint k = first; k < end; k++)
        {
          if (!taken[k])
            json_array_add_int_element (filled, samples[k]);
          taken[k] = TRUE;
        }
    }
  json_object_set_array_member (plot, "samples", filled);
}

/**
 * plateau_template_apply_in_order:
 * @template_document: of plateau_template_load()
 * @samples: (array length=n_samples): ids, the reference first
 * @n_samples: at least one
 *
 * For measurements of which neither sample nor conditions are known: the samples stand in for the
 * template's by their order, and what holds for the template's study alone (its conditions on
 * loading, rate and temperature, its limits of axes, its annotations) goes.
 *
 * Returns: (transfer full): a figure document
 */
JsonNode *
plateau_template_apply_in_order (JsonNode *template_document, const gint64 *samples,
                                 guint n_samples)
{
  g_autofree char *text = json_to_string (template_document, FALSE);
  JsonNode *document = json_from_string (text, NULL);
  JsonArray *panels;

  g_return_val_if_fail (document != NULL && n_samples > 0, NULL);
  panels = json_object_get_array_member (json_node_get_object (document), "panels");
  for (guint i = 0; i < json_array_get_length (panels); i++)
    {
      JsonObject *panel = json_array_get_object_element (panels, i), *plot;

      if (!json_object_has_member (panel, "plot"))
        continue;
      plot = json_object_get_object_member (panel, "plot");
      json_object_remove_member (plot, "where");
      json_object_remove_member (plot, "family");
      json_object_remove_member (panel, "annotations");
      for (guint k = 0; k < 2; k++)
        {
          const char *axis = k == 0 ? "x" : "y";
          JsonObject *object = json_object_has_member (panel, axis)
                                   ? json_object_get_object_member (panel, axis)
                                   : NULL;

          if (object)
            {
              json_object_remove_member (object, "min");
              json_object_remove_member (object, "max");
            }
        }
      fill_in_order (plot, samples, n_samples);
    }
  return document;
}

/**
 * plateau_document_for_plot:
 * @kind: id of a plot kind
 * @plot: (nullable) (transfer none): its selection and options, see plateau-plot-kind.h
 *
 * Returns: (transfer full): a document of one panel that shows the plot
 */
JsonNode *
plateau_document_for_plot (const char *kind, JsonObject *plot)
{
  JsonObject *root = json_object_new (), *panel = json_object_new (), *copy;
  JsonArray *panels = json_array_new ();
  JsonNode *document = json_node_new (JSON_NODE_OBJECT);

  if (plot)
    {
      JsonNode *node = json_node_new (JSON_NODE_OBJECT);
      g_autofree char *text = NULL;
      JsonNode *parsed;

      json_node_set_object (node, plot);
      text = json_to_string (node, FALSE);
      parsed = json_from_string (text, NULL);
      copy = json_object_ref (json_node_get_object (parsed));
      json_node_unref (parsed);
      json_node_unref (node);
    }
  else
    copy = json_object_new ();
  json_object_set_string_member (copy, "kind", kind);
  json_object_set_object_member (panel, "plot", copy);
  json_array_add_object_element (panels, panel);
  json_object_set_int_member (root, "plateau-figure", 1);
  json_object_set_array_member (root, "panels", panels);
  json_node_take_object (document, root);
  return document;
}

/* Panels beside each other need both columns of a journal's page, and rows their height; a size that
 * a person chose stays. */
static void
make_room (JsonObject *root, guint rows_before, guint rows)
{
  const double width = 170, row_height = 66; /* mm */
  gboolean chosen = json_object_has_member (root, "width_mm");
  double height = json_object_get_double_member_with_default (root, "height_mm", 0);

  if (chosen && height != rows_before * row_height)
    return;
  json_object_set_double_member (root, "width_mm", width);
  json_object_set_double_member (root, "height_mm", rows * row_height);
}

/**
 * plateau_document_add_panel:
 * @document: a figure document, changed
 * @panel: (transfer full): a panel
 *
 * Puts a panel into the first free place of the grid: beside the last one while the figure is at
 * most two wide, else in a new row. A document without a size of its own becomes 170 mm wide.
 *
 * Returns: index of the panel
 */
guint
plateau_document_add_panel (JsonNode *document, JsonObject *panel)
{
  JsonObject *root = json_node_get_object (document);
  JsonArray *panels;
  guint n;

  if (!json_object_has_member (root, "panels"))
    json_object_set_array_member (root, "panels", json_array_new ());
  panels = json_object_get_array_member (root, "panels");
  n = json_array_get_length (panels);
  /* A finer grid: as wide as the panel before, so that it is no sliver. */
  if (json_object_get_int_member_with_default (root, "columns", 1) > 2)
    return plateau_document_insert_panel (document, panel);
  if (n > 0)
    {
      gint64 row = 0, right = 0;

      for (guint i = 0; i < n; i++)
        {
          JsonObject *other = json_array_get_object_element (panels, i);
          gint64 r = json_object_get_int_member_with_default (other, "row", i);
          gint64 end = json_object_get_int_member_with_default (other, "column", 0)
                       + json_object_get_int_member_with_default (other, "column_span", 1);

          if (r > row)
            {
              row = r;
              right = 0;
            }
          if (r == row)
            right = MAX (right, end);
        }
      json_object_set_int_member (panel, "column", right < 2 ? right : 0);
      json_object_set_int_member (panel, "row", right < 2 ? row : row + 1);
      make_room (root, (guint) row + 1, (guint) (right < 2 ? row : row + 1) + 1);
    }
  json_array_add_object_element (panels, panel);
  return n;
}

/**
 * plateau_document_add_panels:
 * @document: a figure document, changed
 * @other: a figure document
 *
 * Puts copies of the panels of @other behind those of @document.
 */
void
plateau_document_add_panels (JsonNode *document, JsonNode *other)
{
  g_autofree char *text = json_to_string (other, FALSE);
  g_autoptr (JsonNode) copy = json_from_string (text, NULL);
  JsonObject *root = json_node_get_object (copy);

  if (!json_object_has_member (root, "panels"))
    return;
  JsonArray *panels = json_object_get_array_member (root, "panels");
  for (guint i = 0; i < json_array_get_length (panels); i++)
    plateau_document_add_panel (document,
                                json_object_ref (json_array_get_object_element (panels, i)));
}
