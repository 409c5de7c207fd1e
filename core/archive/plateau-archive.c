/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "archive/plateau-archive.h"

#include "base/plateau-error.h"
#include "base/plateau-file.h"
#include "export/plateau-image.h"
#include "store/plateau-store.h"

#include "config.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <zip.h>

#define PROJECT_MEMBER "project.plateau"
#define SETTINGS_MEMBER "settings.json"
#define MAX_RATIO 1000             /* recordings are packed in the project; more is no project */
#define SMALL (64 * 1024 * 1024)   /* may be packed as well as it likes */
#define MEMBER_TIME 315532800      /* 1980, the first that zip knows: same input, same bytes */

typedef struct
{
  const char *name;
  JsonNode *document; /* sealed */
  PlateauFigure *figure;
  PlateauProject *project;
  const char *part_path;
  GCancellable *cancellable;
} Archive;

static PlateauFigure *
bind (JsonNode *document, PlateauProject *project, JsonObject *manner, PlateauCache *cache,
      GCancellable *cancellable, GError **error)
{
  g_autoptr (PlateauFigure) figure = plateau_figure_new_from_json (document, error);
  g_autoptr (PlateauStudy) study = plateau_study_new (project);

  if (manner)
    plateau_study_set_manner (study, json_object_ref (manner));
  if (!figure || !plateau_figure_bind (figure, study, cache, cancellable, error))
    return NULL;
  return g_steal_pointer (&figure);
}

/* How the picture was written (units, form of titles, colours, font) becomes its own say, so that
 * it is the same picture where others are preferred. Returns: (transfer full) */
static JsonNode *
seal (JsonNode *document, const PlateauStyle *style)
{
  static const char *const members[] = { "per_kg", "kelvin", "title_form", "colours", "font" };
  g_autoptr (JsonObject) all = plateau_style_to_json (style);
  g_autofree char *text = json_to_string (document, FALSE);
  JsonNode *sealed = json_from_string (text, NULL);
  JsonObject *root = json_node_get_object (sealed);

  if (!json_object_has_member (root, "style_overrides"))
    json_object_set_object_member (root, "style_overrides", json_object_new ());
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (json_object_has_member (all, members[i]))
      json_object_set_member (json_object_get_object_member (root, "style_overrides"), members[i],
                              json_node_copy (json_object_get_member (all, members[i])));
  return sealed;
}

/* Families of all that the figure shows: a modified sample is read against its pristine one, which
 * a panel may use without drawing it. NULL: a curve does not tell. */
static GHashTable *
families_of (PlateauFigure *figure, PlateauProject *project)
{
  g_autoptr (GHashTable) families = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < figure->panels->len; i++)
    {
      PlateauPanel *panel = plateau_figure_get_panel (figure, i);

      for (guint k = 0; k < panel->layers->len; k++)
        {
          PlateauLayer *layer = g_ptr_array_index (panel->layers, k);
          PlateauCell *cell = plateau_project_find_cell (project, layer->tag.cell);
          PlateauSample *sample = cell ? plateau_cell_get_sample (cell)
                                       : plateau_project_find_sample (project, layer->tag.sample);
          char *family = NULL;

          if (!sample)
            return NULL;
          g_object_get (sample, "family", &family, NULL);
          g_hash_table_add (families, family ? family : g_strdup (""));
        }
    }
  return g_steal_pointer (&families);
}

static gboolean
is_of (PlateauSample *sample, GHashTable *families)
{
  g_autofree char *family = NULL;

  if (sample)
    g_object_get (sample, "family", &family, NULL);
  return sample && g_hash_table_contains (families, family ? family : "");
}

static void
prune (PlateauProject *project, GHashTable *families)
{
  GListModel *cells = plateau_project_get_cells (project);
  GListModel *samples = plateau_project_get_samples (project);

  for (guint i = g_list_model_get_n_items (cells); families && i-- > 0;)
    {
      g_autoptr (PlateauCell) cell = g_list_model_get_item (cells, i);

      if (!is_of (plateau_cell_get_sample (cell), families))
        plateau_project_remove_cell (project, cell);
    }
  for (guint i = g_list_model_get_n_items (samples); families && i-- > 0;)
    {
      g_autoptr (PlateauSample) sample = g_list_model_get_item (samples, i);

      if (!is_of (sample, families))
        plateau_project_remove_sample (project, sample);
    }
}

static void
keep_only_figure (PlateauProject *project, const char *name, JsonNode *document)
{
  while (plateau_project_get_n_figures (project) > 0)
    {
      g_autofree char *other = g_strdup (plateau_project_get_figure_name (project, 0));

      plateau_project_remove_figure (project, other);
    }
  plateau_project_set_figure (project, name, document);
}

static gboolean
shows_the_same (PlateauFigure *a, PlateauFigure *b)
{
  for (guint i = 0; i < a->panels->len; i++)
    {
      g_autofree char *left = plateau_image_panel_csv (a, i, NULL);
      g_autofree char *right = plateau_image_panel_csv (b, i, NULL);

      if (g_strcmp0 (left, right) != 0)
        return FALSE;
    }
  return a->panels->len == b->panels->len;
}

/* The part of the project at @part_path; where the part alone would show something else, all. */
static gboolean
write_part (Archive *archive, const char *project_path, const char *part_path, GError **error)
{
  g_autoptr (GHashTable) families = families_of (archive->figure, archive->project);
  g_autoptr (PlateauCache) cache = plateau_cache_new (SMALL);
  g_autoptr (PlateauFigure) again = NULL;
  g_autoptr (PlateauProject) whole = NULL;

  prune (archive->project, families);
  keep_only_figure (archive->project, archive->name, archive->document);
  again = bind (archive->document, archive->project, NULL, cache, archive->cancellable, NULL);
  if (again && shows_the_same (archive->figure, again))
    return plateau_store_write_project (archive->project, part_path, error);
  whole = plateau_store_load_file (project_path, error);
  if (!whole)
    return FALSE;
  keep_only_figure (whole, archive->name, archive->document);
  return plateau_store_write_project (whole, part_path, error);
}

static char *
settings_text (Archive *archive)
{
  g_autoptr (JsonNode) root = json_node_alloc ();
  JsonObject *object = json_object_new (), *settings = json_object_new ();
  g_auto (GStrv) names = plateau_project_list_settings (archive->project);

  json_object_set_string_member (object, "program", "Plateau");
  json_object_set_string_member (object, "version", PLATEAU_VERSION);
  json_object_set_string_member (object, "project", plateau_project_get_title (archive->project));
  json_object_set_string_member (object, "figure", archive->name);
  json_object_set_member (object, "document", json_node_copy (archive->document));
  for (guint i = 0; names && names[i]; i++)
    {
      JsonObject *of = plateau_project_get_settings (archive->project, names[i]);

      if (of)
        json_object_set_object_member (settings, names[i], json_object_ref (of));
    }
  json_object_set_object_member (object, "settings", settings);
  json_node_init_object (root, object);
  json_object_unref (object);
  return json_to_string (root, TRUE);
}

static gboolean
zip_fail (zip_t *zip, const char *path, GError **error)
{
  g_set_error (error, PLATEAU_EXPORT_ERROR, PLATEAU_EXPORT_ERROR_FAILED,
               _ ("%s cannot be written: %s"), path, zip_error_strerror (zip_get_error (zip)));
  return FALSE;
}

/* @bytes stay until the archive is closed: libzip reads them only then. */
static gboolean
add_source (zip_t *zip, const char *name, zip_source_t *source)
{
  zip_int64_t index = source ? zip_file_add (zip, name, source, ZIP_FL_ENC_UTF_8) : -1;

  if (index < 0)
    {
      zip_source_free (source);
      return FALSE;
    }
  return zip_file_set_mtime (zip, (zip_uint64_t) index, MEMBER_TIME, 0) == 0;
}

static gboolean
add_bytes (zip_t *zip, const char *name, GBytes *bytes, GPtrArray *kept)
{
  g_ptr_array_add (kept, bytes);
  return add_source (zip, name,
                     zip_source_buffer (zip, g_bytes_get_data (bytes, NULL),
                                        g_bytes_get_size (bytes), 0));
}

static gboolean
add_members (Archive *archive, zip_t *zip, GPtrArray *kept, const char *path, GError **error)
{
  static const PlateauImageFormat formats[] = { PLATEAU_IMAGE_PDF, PLATEAU_IMAGE_SVG };
  char *settings = settings_text (archive);
  gboolean good = add_bytes (zip, SETTINGS_MEMBER,
                             g_bytes_new_take (settings, strlen (settings)), kept);

  for (guint i = 0; good && i < G_N_ELEMENTS (formats); i++)
    {
      PlateauImageOptions options = PLATEAU_IMAGE_OPTIONS_INIT;
      g_autofree char *name
          = g_strdup_printf ("figure.%s", plateau_image_format_get_suffix (formats[i]));
      GBytes *bytes = plateau_image_render (archive->figure, formats[i], &options, NULL, error);

      if (!bytes)
        return FALSE;
      good = add_bytes (zip, name, bytes, kept);
    }
  for (guint i = 0; good && i < archive->figure->panels->len; i++)
    {
      g_autofree char *name = g_strdup_printf ("data/panel-%02u.csv", i + 1);
      char *csv = plateau_image_panel_csv (archive->figure, i, NULL);

      /* A panel that shows nothing has no data. */
      if (csv)
        good = add_bytes (zip, name, g_bytes_new_take (csv, strlen (csv)), kept);
    }
  good = good
         && add_source (zip, PROJECT_MEMBER,
                        zip_source_file (zip, archive->part_path, 0, -1));
  return good || zip_fail (zip, path, error);
}

static gboolean
write_zip (const char *temporary, gpointer user_data, GError **error)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  int code = 0;
  zip_t *zip = zip_open (temporary, ZIP_CREATE | ZIP_EXCL, &code);

  if (!zip)
    {
      zip_error_t reason;

      zip_error_init_with_code (&reason, code);
      g_set_error (error, PLATEAU_EXPORT_ERROR, PLATEAU_EXPORT_ERROR_FAILED,
                   _ ("%s cannot be written: %s"), temporary, zip_error_strerror (&reason));
      zip_error_fini (&reason);
      return FALSE;
    }
  if (!add_members (user_data, zip, kept, temporary, error)
      || (zip_close (zip) != 0 && !zip_fail (zip, temporary, error)))
    {
      zip_discard (zip);
      return FALSE;
    }
  return TRUE;
}

/**
 * plateau_archive_write:
 * @path: the archive; an old file is replaced once the new one is whole
 * @project_path: the project's file, which is only read
 * @name: what the figure is called
 * @document: its document
 * @manner: (nullable): as for plateau_study_set_manner(); what it says goes into the figure's
 *   document, for those who prefer something else
 * @cache: results already computed
 * @cancellable: (nullable): ends it early
 * @error: return location
 *
 * Writes figure.pdf, figure.svg, data/panel-NN.csv of every panel that shows something,
 * settings.json (the figure's document and the settings of each analysis) and project.plateau: the
 * families that the figure is about, with their recordings and this one figure. The part is bound
 * again before it is written; where it would show anything else than the project does, the whole
 * project goes in.
 *
 * Returns: %FALSE with @error set; nothing half written is left
 */
gboolean
plateau_archive_write (const char *path, const char *project_path, const char *name,
                       JsonNode *document, JsonObject *manner, PlateauCache *cache,
                       GCancellable *cancellable, GError **error)
{
  g_autoptr (PlateauProject) project = plateau_store_load_file (project_path, error);
  g_autoptr (PlateauFigure) figure
      = project ? bind (document, project, manner, cache, cancellable, error) : NULL;
  g_autoptr (JsonNode) sealed = figure ? seal (document, figure->style) : NULL;
  g_autofree char *folder = figure ? g_dir_make_tmp ("plateau-XXXXXX", error) : NULL;
  g_autofree char *part_path = folder ? g_build_filename (folder, PROJECT_MEMBER, NULL) : NULL;
  Archive archive = { name, sealed, figure, project, part_path, cancellable };
  gboolean good;

  if (!folder)
    return FALSE;
  good = write_part (&archive, project_path, part_path, error)
         && plateau_file_write_beside (path, write_zip, &archive, error);
  g_unlink (part_path);
  g_rmdir (folder);
  return good;
}

static zip_t *
open_archive (const char *path, zip_stat_t *stat)
{
  zip_t *zip = zip_open (path, ZIP_RDONLY, NULL);

  if (zip
      && (zip_stat (zip, PROJECT_MEMBER, 0, stat) != 0 || !(stat->valid & ZIP_STAT_SIZE)
          || zip_name_locate (zip, SETTINGS_MEMBER, 0) < 0))
    g_clear_pointer (&zip, zip_discard);
  return zip;
}

/**
 * plateau_archive_is:
 * @path: a file
 *
 * Returns: whether it is an archive of a figure; any other zip file is not
 */
gboolean
plateau_archive_is (const char *path)
{
  zip_stat_t stat;
  zip_t *zip = g_str_has_suffix (path, PLATEAU_ARCHIVE_SUFFIX) ? open_archive (path, &stat) : NULL;

  if (zip)
    zip_discard (zip);
  return zip != NULL;
}

typedef struct
{
  const char *path;
  zip_file_t *member;
  guint64 size;
} Extract;

static gboolean
write_extracted (const char *temporary, gpointer user_data, GError **error)
{
  Extract *extract = user_data;
  g_autoptr (GFile) file = g_file_new_for_path (temporary);
  g_autoptr (GFileOutputStream) out
      = g_file_create (file, G_FILE_CREATE_PRIVATE, NULL, error);
  g_autofree guint8 *buffer = g_malloc (1 << 16);
  guint64 done = 0;
  zip_int64_t n = 0;

  if (!out)
    return FALSE;
  while ((n = zip_fread (extract->member, buffer, 1 << 16)) > 0 && done <= extract->size)
    {
      done += (guint64) n;
      if (!g_output_stream_write_all (G_OUTPUT_STREAM (out), buffer, (gsize) n, NULL, NULL, error))
        return FALSE;
    }
  if (n != 0 || done != extract->size)
    {
      g_set_error (error, PLATEAU_STORE_ERROR, PLATEAU_STORE_ERROR_NOT_A_PROJECT,
                   _ ("%s: the archive is damaged. Copy it again from where it came from."),
                   extract->path);
      return FALSE;
    }
  return g_output_stream_close (G_OUTPUT_STREAM (out), NULL, error);
}

/**
 * plateau_archive_extract_project:
 * @path: an archive of plateau_archive_write()
 * @project_path: where its project goes
 * @error: return location
 *
 * Returns: %FALSE with @error set when it is no such archive, is damaged, or would unpack to more
 *   than a project can, or @project_path cannot be written
 */
gboolean
plateau_archive_extract_project (const char *path, const char *project_path, GError **error)
{
  zip_stat_t stat;
  zip_t *zip = open_archive (path, &stat);
  Extract extract = { path, NULL, 0 };
  gboolean good;

  if (!zip)
    {
      g_set_error (error, PLATEAU_STORE_ERROR, PLATEAU_STORE_ERROR_NOT_A_PROJECT,
                   _ ("%s is no archive of a figure: it has no %s"), path, PROJECT_MEMBER);
      return FALSE;
    }
  if (stat.size > SMALL && stat.size / MAX_RATIO > stat.comp_size)
    {
      g_set_error (error, PLATEAU_STORE_ERROR, PLATEAU_STORE_ERROR_NOT_A_PROJECT,
                   _ ("%s: the archive would unpack to far more than a project holds"), path);
      zip_discard (zip);
      return FALSE;
    }
  extract.member = zip_fopen (zip, PROJECT_MEMBER, 0);
  extract.size = stat.size;
  if (!extract.member)
    {
      g_set_error (error, PLATEAU_STORE_ERROR, PLATEAU_STORE_ERROR_NOT_A_PROJECT, "%s: %s", path,
                   zip_error_strerror (zip_get_error (zip)));
      zip_discard (zip);
      return FALSE;
    }
  good = plateau_file_write_beside (project_path, write_extracted, &extract, error);
  zip_fclose (extract.member);
  zip_discard (zip);
  return good;
}
