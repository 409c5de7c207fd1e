/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-export.h"

#include "archive/plateau-archive.h"
#include "base/plateau-file.h"
#include "export/plateau-workbook.h"

#include "base/plateau-error.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

typedef enum
{
  EXPORT_FIGURE,
  EXPORT_DATA,
  EXPORT_WORKBOOK,
  EXPORT_ARCHIVE,
} ExportKind;

typedef struct
{
  ExportKind kind;
  char *path;
  char *name; /* of the figure in an archive */
  PlateauStore *store;
  JsonNode *figure;
  PlateauTable *table;
  PlateauExportSize size;
  PlateauStudy *study;
  PlateauCache *cache;
  PlateauExported done;
} Export;

static void
export_clear (gpointer data)
{
  Export *export = data;
  g_free (export->path);
  g_free (export->name);
  g_clear_object (&export->store);
  g_clear_pointer (&export->figure, json_node_unref);
  g_clear_pointer (&export->table, plateau_table_unref);
  plateau_study_unref (export->study);
  plateau_cache_unref (export->cache);
}

static void
export_unref (Export *export)
{
  g_atomic_rc_box_release_full (export, export_clear);
}

/* A result that carries its request back; the file's own failure is in it, so that the one who
 * asked hears of it with the path. */
typedef struct
{
  Export *export;
  GError *error;
} ExportResult;

static void
export_result_free (ExportResult *result)
{
  export_unref (result->export);
  g_clear_error (&result->error);
  g_free (result);
}

static PlateauFigure *
bind (Export *export, GCancellable *cancellable, GError **error)
{
  g_autoptr (PlateauFigure) figure = plateau_figure_new_from_json (export->figure, error);
  if (figure == NULL
      || !plateau_figure_bind (figure, export->study, export->cache, cancellable, error))
    return NULL;
  return g_steal_pointer (&figure);
}

static gboolean
write_figure (Export *export, GCancellable *cancellable, GError **error)
{
  PlateauImageFormat format;
  if (!plateau_image_format_from_path (export->path, &format))
    {
      g_set_error (error, PLATEAU_EXPORT_ERROR, PLATEAU_EXPORT_ERROR_INVALID,
                   _ ("%s: the name must end in .pdf, .svg, .eps, .png or .tiff"), export->path);
      return FALSE;
    }
  g_autoptr (PlateauFigure) figure = bind (export, cancellable, error);
  if (figure == NULL)
    return FALSE;
  PlateauImageOptions options = PLATEAU_IMAGE_OPTIONS_INIT;
  options.width_mm = export->size.width_mm;
  options.dpi = export->size.dpi > 0 ? export->size.dpi : options.dpi;
  return plateau_image_save (figure, export->path, format, &options, NULL, error);
}

static gboolean
write_data (Export *export, GCancellable *cancellable, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  if (export->figure != NULL)
    {
      g_autoptr (PlateauFigure) figure = bind (export, cancellable, error);
      if (figure == NULL)
        return FALSE;
      for (guint i = 0; i < figure->panels->len; i++)
        {
          g_autofree char *panel = plateau_image_panel_csv (figure, i, error);
          if (panel == NULL)
            return FALSE;
          g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", panel);
        }
    }
  if (export->table != NULL)
    {
      g_autofree char *table = plateau_table_to_separated (export->table, ',', TRUE);
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", table);
    }
  return plateau_file_set_contents (export->path, text->str, (gssize) text->len, error);
}

static gboolean
write_workbook (Export *export, GCancellable *cancellable, GError **error)
{
  PlateauWorkbookOptions options = PLATEAU_WORKBOOK_OPTIONS_INIT;
  return plateau_workbook_write (export->study, &options, export->path, cancellable, error);
}

/* The store may be written to meanwhile: the part is taken from a copy. */
static gboolean
write_archive (Export *export, GCancellable *cancellable, GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("plateau-XXXXXX", error);
  if (folder == NULL)
    return FALSE;
  g_autofree char *copy = g_build_filename (folder, "copy.plateau", NULL);
  gboolean good = plateau_store_copy_to (export->store, copy, error)
                  && plateau_archive_write (export->path, copy, export->name, export->figure,
                                            plateau_study_get_manner (export->study),
                                            export->cache, cancellable, error);
  g_unlink (copy);
  g_rmdir (folder);
  return good;
}

static gpointer
run_export (gpointer data, PlateauJob *job, GCancellable *cancellable, GError **error)
{
  static gboolean (*const writers[]) (Export *, GCancellable *,
                                      GError **) = { write_figure, write_data, write_workbook,
                                                     write_archive };
  Export *export = data;
  ExportResult *result = g_new0 (ExportResult, 1);
  result->export = g_atomic_rc_box_acquire (export);
  writers[export->kind](export, cancellable, &result->error);
  return result;
}

static void
export_done (GObject *owner, gpointer data, const GError *error)
{
  ExportResult *result = data;
  result->export->done (owner, result->export->path, result->error);
  export_result_free (result);
}

static Export *
export_new (PlateauDocument *document, ExportKind kind, const char *path, JsonNode *figure,
            PlateauTable *table, const PlateauExportSize *size, PlateauExported done)
{
  Export *export = g_atomic_rc_box_new0 (Export);
  export->kind = kind;
  export->path = g_strdup (path);
  export->figure = figure != NULL ? json_node_copy (figure) : NULL;
  export->table = table != NULL ? plateau_table_ref (table) : NULL;
  export->size = size != NULL ? *size : (PlateauExportSize){ 0, 600 };
  export->study = plateau_study_ref (plateau_document_get_study (document));
  export->cache = plateau_cache_ref (plateau_document_get_cache (document));
  export->done = done;
  return export;
}

static void
start_export (PlateauDocument *document, Export *export /* transfer full */, GObject *owner)
{
  PlateauJobSpec spec = {
    .title = _ ("Writing"),
    .run = run_export,
    .input = export,
    .free_input = (GDestroyNotify) export_unref,
    .free_result = (GDestroyNotify) export_result_free,
    .done = export_done,
    .owner = owner,
    .holds = TRUE,
  };
  plateau_jobs_start (plateau_document_get_jobs (document), NULL, &spec);
}

static void
start (PlateauDocument *document, ExportKind kind, const char *path, JsonNode *figure,
       PlateauTable *table, const PlateauExportSize *size, GObject *owner, PlateauExported done)
{
  start_export (document, export_new (document, kind, path, figure, table, size, done), owner);
}

void
plateau_export_archive (PlateauDocument *document, const char *name, JsonNode *figure,
                        const char *path, GObject *owner, PlateauExported done)
{
  Export *export = export_new (document, EXPORT_ARCHIVE, path, figure, NULL, NULL, done);
  export->name = g_strdup (name);
  export->store = g_object_ref (plateau_document_get_store (document));
  start_export (document, export, owner);
}

void
plateau_export_figure (PlateauDocument *document, JsonNode *figure, const char *path,
                       const PlateauExportSize *size, GObject *owner, PlateauExported done)
{
  start (document, EXPORT_FIGURE, path, figure, NULL, size, owner, done);
}

/* What the plots show and the table below them; either may be NULL. */
void
plateau_export_data (PlateauDocument *document, JsonNode *figure, PlateauTable *table,
                     const char *path, GObject *owner, PlateauExported done)
{
  start (document, EXPORT_DATA, path, figure, table, NULL, owner, done);
}

void
plateau_export_workbook (PlateauDocument *document, const char *path, GObject *owner,
                         PlateauExported done)
{
  start (document, EXPORT_WORKBOOK, path, NULL, NULL, NULL, owner, done);
}

/* Copying and printing: the figure is bound, and drawn, off the main thread too. */

typedef struct
{
  Export *export;
  PlateauFigure *figure; /* NULL: error says why */
  GError *error;
  GPtrArray *providers; /* of GdkContentProvider, when it is to be copied */
  PlateauFigureBound bound;
  GdkClipboard *clipboard;
} Bound;

static void
bound_free (Bound *bound)
{
  export_unref (bound->export);
  g_clear_pointer (&bound->figure, plateau_figure_unref);
  g_clear_error (&bound->error);
  g_clear_pointer (&bound->providers, g_ptr_array_unref);
  g_clear_object (&bound->clipboard);
  g_free (bound);
}

static GPtrArray *
render_all (PlateauFigure *figure)
{
  static const PlateauImageFormat formats[] = { PLATEAU_IMAGE_SVG, PLATEAU_IMAGE_PDF,
                                                PLATEAU_IMAGE_PNG };
  GPtrArray *providers = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      PlateauImageOptions options = PLATEAU_IMAGE_OPTIONS_INIT;
      g_autoptr (GBytes) bytes = plateau_image_render (figure, formats[i], &options, NULL, NULL);
      if (bytes != NULL)
        g_ptr_array_add (providers, gdk_content_provider_new_for_bytes (
                                        plateau_image_format_get_mime_type (formats[i]), bytes));
    }
  g_autoptr (GString) data = g_string_new (NULL);
  for (guint i = 0; i < figure->panels->len; i++)
    {
      g_autofree char *csv = plateau_image_panel_csv (figure, i, NULL);
      if (csv != NULL)
        g_string_append_printf (data, "%s%s", data->len > 0 ? "\n" : "", csv);
    }
  if (data->len > 0)
    g_ptr_array_add (providers, gdk_content_provider_new_typed (G_TYPE_STRING, data->str));
  return providers;
}

static gpointer
run_bind (gpointer data, PlateauJob *job, GCancellable *cancellable, GError **error)
{
  Bound *input = data;
  Bound *bound = g_new0 (Bound, 1);
  bound->export = g_atomic_rc_box_acquire (input->export);
  bound->bound = input->bound;
  bound->clipboard = input->clipboard != NULL ? g_object_ref (input->clipboard) : NULL;
  bound->figure = bind (input->export, cancellable, &bound->error);
  if (bound->figure != NULL && bound->clipboard != NULL)
    bound->providers = render_all (bound->figure);
  return bound;
}

static void
bound_done (GObject *owner, gpointer data, const GError *error)
{
  Bound *bound = data;
  if (bound->providers != NULL)
    {
      g_autoptr (GdkContentProvider) all = gdk_content_provider_new_union (
          (GdkContentProvider **) bound->providers->pdata, bound->providers->len);
      g_ptr_array_set_free_func (bound->providers, NULL); /* the union has taken them */
      gdk_clipboard_set_content (bound->clipboard, all);
    }
  bound->bound (owner, bound->figure, bound->error);
  bound_free (bound);
}

static void
start_bind (PlateauDocument *document, JsonNode *figure, GdkClipboard *clipboard, GObject *owner,
            PlateauFigureBound done)
{
  Bound *input = g_new0 (Bound, 1);
  input->export = export_new (document, EXPORT_FIGURE, NULL, figure, NULL, NULL, NULL);
  input->bound = done;
  input->clipboard = clipboard != NULL ? g_object_ref (clipboard) : NULL;
  PlateauJobSpec spec = {
    .title = _ ("Drawing"),
    .run = run_bind,
    .input = input,
    .free_input = (GDestroyNotify) bound_free,
    .free_result = (GDestroyNotify) bound_free,
    .done = bound_done,
    .owner = owner,
  };
  plateau_jobs_start (plateau_document_get_jobs (document), NULL, &spec);
}

void
plateau_export_bind_figure (PlateauDocument *document, JsonNode *figure, GObject *owner,
                            PlateauFigureBound done)
{
  start_bind (document, figure, NULL, owner, done);
}

void
plateau_export_copy_figure (PlateauDocument *document, JsonNode *figure, GdkClipboard *clipboard,
                            GObject *owner, PlateauFigureBound done)
{
  start_bind (document, figure, clipboard, owner, done);
}
