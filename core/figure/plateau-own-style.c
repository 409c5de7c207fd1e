/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plateau-own-style.h"

#include "base/plateau-error.h"
#include "figure/plateau-style.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define SUFFIX ".json"

static char *
path_of (const char *folder, const char *name)
{
  g_autofree char *escaped = g_uri_escape_string (name, " ()", TRUE);
  g_autofree char *file = g_strconcat (escaped, SUFFIX, NULL);

  return g_build_filename (folder, file, NULL);
}

static gboolean
fail_file (GError **error, const char *path)
{
  int saved = errno;

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved), "%s: %s", path,
               g_strerror (saved));
  return FALSE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (*(char *const *)a, *(char *const *)b);
}

/**
 * plateau_own_style_dup_folder:
 *
 * Returns: (transfer full): where the styles of the person at this account are
 */
char *
plateau_own_style_dup_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "plateau", "styles", NULL);
}

/**
 * plateau_own_style_list:
 * @folder: where the styles are
 *
 * Returns: (transfer full): their names in order; none where there is no folder
 */
char **
plateau_own_style_list (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *names = g_ptr_array_new ();
  const char *file;

  while (dir && (file = g_dir_read_name (dir)))
    {
      g_autofree char *stem
          = g_str_has_suffix (file, SUFFIX) ? g_strndup (file, strlen (file) - strlen (SUFFIX)) : NULL;
      char *name = stem ? g_uri_unescape_string (stem, NULL) : NULL;

      if (name)
        g_ptr_array_add (names, name);
    }
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **)g_ptr_array_free (names, FALSE);
}

/* What it says must be a style, whoever has written the file. */
static gboolean
check (JsonObject *object, const char *path, GError **error)
{
  JsonNode *overrides = json_object_get_member (object, "style_overrides");
  JsonNode *base = json_object_get_member (object, "style");
  JsonNode *version = json_object_get_member (object, "plateau-style");
  g_autoptr (PlateauStyle) style = NULL;

  if (!version || !JSON_NODE_HOLDS_VALUE (version)
      || (base && (!JSON_NODE_HOLDS_VALUE (base) || !json_node_get_string (base)))
      || (overrides && !JSON_NODE_HOLDS_OBJECT (overrides)))
    {
      g_set_error (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_INVALID,
                   _ ("%s is no style of figures"), path);
      return FALSE;
    }
  style = plateau_style_find (base ? json_node_get_string (base) : NULL, error);
  return style
         && (!overrides
             || plateau_style_apply_json (style, json_node_get_object (overrides), error));
}

/**
 * plateau_own_style_load:
 * @folder: where the styles are
 * @name: of the style
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the style, or %NULL with @error: not there, no JSON, values
 *   that cannot be
 */
JsonObject *
plateau_own_style_load (const char *folder, const char *name, GError **error)
{
  g_autofree char *path = path_of (folder, name);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode *root;

  if (!json_parser_load_from_file (parser, path, error))
    return NULL;
  root = json_parser_get_root (parser);
  if (!root || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_INVALID,
                   _ ("%s is no style of figures"), path);
      return NULL;
    }
  return check (json_node_get_object (root), path, error)
             ? json_object_ref (json_node_get_object (root))
             : NULL;
}

/**
 * plateau_own_style_save:
 * @folder: where the styles are; made where it is missing
 * @name: of the style; one of that name is replaced
 * @document: the figure whose style it is
 * @error: return location
 *
 * Returns: %FALSE with @error when the file cannot be written; the old one is then still there
 */
gboolean
plateau_own_style_save (const char *folder, const char *name, JsonNode *document, GError **error)
{
  g_autofree char *path = path_of (folder, name);
  JsonObject *root = json_node_get_object (document), *object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autofree char *text = NULL;
  gsize length;

  json_object_set_int_member (object, "plateau-style", PLATEAU_STYLE_VERSION);
  json_object_set_string_member (object, "name", name);
  for (guint i = 0; i < 2; i++)
    {
      const char *key = i == 0 ? "style" : "style_overrides";

      if (json_object_has_member (root, key))
        json_object_set_member (object, key, json_node_copy (json_object_get_member (root, key)));
    }
  json_object_unref (object);
  json_generator_set_pretty (generator, TRUE);
  json_generator_set_root (generator, node);
  text = json_generator_to_data (generator, &length);
  if (g_mkdir_with_parents (folder, 0755) != 0)
    return fail_file (error, folder);
  return g_file_set_contents (path, text, (gssize)length, error);
}

/**
 * plateau_own_style_remove:
 * @folder: where the styles are
 * @name: of the style
 * @error: return location
 *
 * Returns: %FALSE with @error when it cannot be removed; figures that took it keep their look
 */
gboolean
plateau_own_style_remove (const char *folder, const char *name, GError **error)
{
  g_autofree char *path = path_of (folder, name);

  return g_remove (path) == 0 || fail_file (error, path);
}

/**
 * plateau_own_style_rename:
 * @folder: where the styles are
 * @name: of the style
 * @to: its new name; one that is there is not replaced
 * @error: return location
 *
 * Returns: %FALSE with @error when it cannot be; the style then has its old name
 */
gboolean
plateau_own_style_rename (const char *folder, const char *name, const char *to, GError **error)
{
  g_autofree char *from = path_of (folder, name), *path = path_of (folder, to);
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_INVALID,
                   _ ("There is a style of the name “%s” already"), to);
      return FALSE;
    }
  object = plateau_own_style_load (folder, name, error);
  if (!object)
    return FALSE;
  node = json_node_init_object (json_node_alloc (), object);
  return plateau_own_style_save (folder, to, node, error)
         && (g_remove (from) == 0 || fail_file (error, from));
}

/**
 * plateau_document_apply_style:
 * @document: a figure document, changed
 * @style: (nullable): name of a style that comes with the program
 * @own: (nullable): a style of one's own, rather than @style
 * @error: return location
 *
 * Gives a figure a style. One column of the journal stays one column, two stay two; a width that is
 * neither stays as it is. What the figure said about its style before is replaced.
 *
 * Returns: %FALSE with @error when there is no such style; the document is then as it was
 */
gboolean
plateau_document_apply_style (JsonNode *document, const char *style, JsonObject *own,
                              GError **error)
{
  JsonObject *root = json_node_get_object (document);
  const char *base = own ? json_object_get_string_member_with_default (own, "style", "default")
                         : style;
  g_autoptr (PlateauStyle) before = plateau_style_find (
      json_object_get_string_member_with_default (root, "style", "default"), NULL);
  g_autoptr (PlateauStyle) after = plateau_style_find (base, error);
  double width;

  if (!after)
    return FALSE;
  if (!before)
    before = plateau_style_copy (after);
  width = json_object_get_double_member_with_default (root, "width_mm", before->width_mm);
  if (fabs (width - before->width_double_mm) < 0.5)
    width = after->width_double_mm;
  else if (fabs (width - before->width_single_mm) < 0.5)
    width = after->width_single_mm;
  json_object_set_double_member (root, "width_mm", width);
  json_object_set_string_member (root, "style", after->name);
  json_object_remove_member (root, "style_overrides");
  json_object_remove_member (root, "own_style");
  if (own && json_object_has_member (own, "style_overrides"))
    json_object_set_member (root, "style_overrides",
                            json_node_copy (json_object_get_member (own, "style_overrides")));
  if (own)
    json_object_set_string_member (root, "own_style",
                                   json_object_get_string_member_with_default (own, "name", ""));
  return TRUE;
}
