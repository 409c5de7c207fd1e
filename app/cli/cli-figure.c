/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-commands.h"
#include "cli-manner.h"

#include "archive/plateau-archive.h"
#include "base/plateau-error.h"
#include "export/plateau-image.h"
#include "figure/plateau-journal.h"
#include "figure/plateau-own-style.h"
#include "figure/plateau-plot-kind.h"
#include "figure/plateau-template.h"

#include <glib/gi18n.h>

/* A figure of a project, of a template, or one plot, as a file. */

#define CACHE_SIZE (256 * 1024 * 1024)

typedef struct
{
  char *template_name, *figure, *plot, *style, *family;
  double width, height, dpi;
  gboolean all_points, list, data;
} FigureOptions;

static const FigureOptions figure_defaults = { .dpi = 600 };

static const PlateauOption figure_table[] = {
  { "template", N_ ("Template"), N_ ("Name of a template, see --list"), PLATEAU_OPTION_TEXT,
    G_STRUCT_OFFSET (FigureOptions, template_name), NULL, 0, 0, NULL, NULL },
  { "figure", N_ ("Figure"), N_ ("Name of a figure of the project"), PLATEAU_OPTION_TEXT,
    G_STRUCT_OFFSET (FigureOptions, figure), NULL, 0, 0, NULL, NULL },
  { "plot", N_ ("Plot"), N_ ("One panel: a kind of plot, see --list"), PLATEAU_OPTION_TEXT,
    G_STRUCT_OFFSET (FigureOptions, plot), NULL, 0, 0, NULL, NULL },
  { "style", N_ ("Style"), N_ ("Name of a style, also one saved in the window, see --list"), PLATEAU_OPTION_TEXT,
    G_STRUCT_OFFSET (FigureOptions, style), NULL, 0, 0, NULL, NULL },
  { "family", N_ ("Family"), N_ ("The family whose samples a template takes"), PLATEAU_OPTION_TEXT,
    G_STRUCT_OFFSET (FigureOptions, family), NULL, 0, 0, NULL, NULL },
  { "width-mm", N_ ("Width"), N_ ("Width in mm; 0: the figure's own"), PLATEAU_OPTION_NUMBER,
    G_STRUCT_OFFSET (FigureOptions, width), NULL, 0, 5000, NULL, NULL },
  { "height-mm", N_ ("Height"), N_ ("Height in mm; 0: by the width"), PLATEAU_OPTION_NUMBER,
    G_STRUCT_OFFSET (FigureOptions, height), NULL, 0, 5000, NULL, NULL },
  { "dpi", N_ ("Resolution"), N_ ("Of PNG and TIFF"), PLATEAU_OPTION_NUMBER,
    G_STRUCT_OFFSET (FigureOptions, dpi), NULL, 30, 9600, NULL, NULL },
  { "all-points", N_ ("All points"), N_ ("No thinning in PDF, SVG and EPS"),
    PLATEAU_OPTION_BOOLEAN, G_STRUCT_OFFSET (FigureOptions, all_points), NULL, 0, 0, NULL, NULL },
  { "list", N_ ("List"), N_ ("Name templates, styles and kinds of plots"), PLATEAU_OPTION_BOOLEAN,
    G_STRUCT_OFFSET (FigureOptions, list), NULL, 0, 0, NULL, NULL },
  { NULL },
};

static const CliOptionSet figure_options[] = {
  { figure_table, sizeof (FigureOptions), &figure_defaults },
  { cli_manner_table, sizeof (CliManner), &cli_manner_defaults },
  { NULL },
};

static gboolean
list_names (CliContext *context, JsonObject *result)
{
  const FigureOptions *o = cli_context_get_options (context, figure_table);
  g_autoptr (GPtrArray) templates = NULL;
  g_auto (GStrv) styles = NULL, own_styles = NULL;
  g_autofree char *folder = NULL;
  const PlateauPlotKind *const *kinds;
  JsonArray *list;
  guint n;

  if (!o->list)
    return FALSE;
  templates = plateau_template_list ();
  list = cli_set_list (result, "templates");
  for (guint i = 0; i < templates->len; i++)
    {
      const PlateauTemplateInfo *info = g_ptr_array_index (templates, i);
      JsonObject *item = cli_append_object (list);

      cli_set_text (item, "template", info->name);
      cli_set_text (item, "label", info->label);
      cli_set_integer (item, "panels", info->n_panels);
      cli_set_text (item, "about", info->text);
    }
  styles = plateau_style_list ();
  cli_set_texts (result, "styles", (const char *const *)styles);
  folder = plateau_own_style_dup_folder ();
  own_styles = plateau_own_style_list (folder);
  cli_set_texts (result, "own_styles", (const char *const *)own_styles);
  kinds = plateau_plot_kind_list (&n);
  list = cli_set_list (result, "plots");
  for (guint i = 0; i < n; i++)
    {
      JsonObject *item = cli_append_object (list);

      cli_set_text (item, "plot", kinds[i]->id);
      cli_set_text (item, "label", _ (kinds[i]->label));
    }
  return TRUE;
}

static gboolean
check_figure (CliContext *context, GError **error)
{
  const FigureOptions *o = cli_context_get_options (context, figure_table);
  const char *output = cli_context_get_output (context);
  guint asked = (o->template_name != NULL) + (o->figure != NULL) + (o->plot != NULL);
  PlateauImageFormat format;

  if (o->list)
    return TRUE;
  if (asked != 1)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("name one of --template, --figure or --plot"));
      return FALSE;
    }
  if (output != NULL && !g_str_has_suffix (output, PLATEAU_ARCHIVE_SUFFIX)
      && !plateau_image_format_from_path (output, &format))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("%s: the name must end in .pdf, .svg, .eps, .png or .tiff"), output);
      return FALSE;
    }
  return TRUE;
}

static JsonNode *
document_of_plot (CliContext *context, const FigureOptions *o)
{
  const CliCommon *common = cli_context_get_common (context);
  g_autoptr (JsonObject) plot = json_object_new ();

  if (common->cycles != NULL)
    json_object_set_string_member (plot, "cycles", common->cycles);
  if (common->cell != NULL)
    {
      JsonArray *cells = json_array_new ();
      json_array_add_string_element (cells, common->cell);
      json_object_set_array_member (plot, "cells", cells);
    }
  if (o->family != NULL)
    json_object_set_string_member (plot, "family", o->family);
  return plateau_document_for_plot (o->plot, plot);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;

  return (x > y) - (x < y);
}

/* Files say nothing about samples and roles: the first is taken as the reference. */
static JsonNode *
apply_to_files (CliContext *context, JsonNode *template_document, PlateauStudy *study)
{
  guint n = plateau_study_get_n_samples (study);
  g_autofree gint64 *ids = g_new (gint64, n);

  for (guint i = 0; i < n; i++)
    ids[i] = plateau_study_get_sample (study, i)->id;
  qsort (ids, n, sizeof *ids, compare_ids); /* as they were given */
  if (n > 1)
    cli_context_say (context, _ ("the files tell no roles: “%s” is taken as the pristine sample, "
                                 "the others as modified ones"),
                     plateau_study_find_sample (study, ids[0])->name);
  else
    cli_context_say (context, _ ("the file tells no role: “%s” stands for every sample of the "
                                 "template"),
                     plateau_study_find_sample (study, ids[0])->name);
  return plateau_template_apply_in_order (template_document, ids, n);
}

static JsonNode *
find_document (CliContext *context, CliInput *input, const FigureOptions *o, GError **error)
{
  g_autoptr (JsonNode) node = NULL;

  if (o->plot != NULL)
    return document_of_plot (context, o);
  if (o->template_name != NULL)
    {
      node = plateau_template_load (o->template_name, error);
      return node == NULL        ? NULL
             : !input->is_project ? apply_to_files (context, node, input->study)
                          : plateau_template_apply (node, input->study, o->family, NULL, 0, error);
    }
  node = plateau_study_get_figure (input->study, o->figure);
  if (node == NULL)
    g_set_error (error, PLATEAU_DATA_ERROR, PLATEAU_DATA_ERROR_MISSING,
                 _ ("the project has no figure “%s”"), o->figure);
  return g_steal_pointer (&node);
}

/* Empty panels and what was left out: said, not hidden. */
static void
report_panels (JsonObject *result, PlateauFigure *figure)
{
  JsonArray *list = cli_set_list (result, "panels");

  for (guint i = 0; i < figure->panels->len; i++)
    {
      PlateauPanel *panel = plateau_figure_get_panel (figure, i);
      JsonObject *item = cli_append_object (list);
      g_autoptr (GPtrArray) notes = g_ptr_array_new ();

      cli_set_text (item, "panel", panel->id);
      cli_set_integer (item, "series", panel->layers->len);
      if (panel->message != NULL)
        g_ptr_array_add (notes, panel->message);
      for (guint k = 0; k < panel->notes->len; k++)
        g_ptr_array_add (notes, g_ptr_array_index (panel->notes, k));
      g_ptr_array_add (notes, NULL);
      cli_set_texts (item, "notes", (const char *const *)notes->pdata);
    }
}

/* A style that comes with the program, else one that was saved in the window. */
static gboolean
apply_style (JsonNode *document, const char *name, GError **error)
{
  g_auto (GStrv) styles = plateau_style_list (), own_styles = NULL;
  g_autofree char *folder = plateau_own_style_dup_folder (), *all = NULL, *all_own = NULL;
  g_autoptr (JsonObject) own = NULL;

  if (name == NULL || g_strv_contains ((const char *const *)styles, name))
    return name == NULL || plateau_document_apply_style (document, name, NULL, error);
  own_styles = plateau_own_style_list (folder);
  if (g_strv_contains ((const char *const *)own_styles, name))
    {
      own = plateau_own_style_load (folder, name, error);
      return own != NULL && plateau_document_apply_style (document, NULL, own, error);
    }
  all = g_strjoinv (", ", styles);
  all_own = g_strjoinv (", ", own_styles);
  g_set_error (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_MISSING,
               _ ("There is no style “%s”. There are: %s. Styles of your own in %s: %s"), name, all,
               folder, *all_own != '\0' ? all_own : _ ("none"));
  return FALSE;
}

/* What the command line has said goes into the document, so that the archive gives it again. */
static gboolean
write_archive (CliInput *input, const FigureOptions *o, JsonNode *document, PlateauCache *cache,
               const char *output, GError **error)
{
  JsonObject *root = json_node_get_object (document);
  const char *name = o->figure != NULL          ? o->figure
                     : o->template_name != NULL ? o->template_name
                                                : o->plot;

  if (!input->is_project)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("an archive holds a part of a project: make one with “build” first"));
      return FALSE;
    }
  if (o->width > 0)
    json_object_set_double_member (root, "width_mm", o->width);
  if (o->height > 0)
    json_object_set_double_member (root, "height_mm", o->height);
  return plateau_archive_write (output, input->unpacked != NULL ? input->unpacked : input->file,
                                name, document, plateau_study_get_manner (input->study), cache,
                                NULL, error);
}

static gboolean
draw_input (CliContext *context, CliInput *input, JsonObject *result, GError **error)
{
  const FigureOptions *o = cli_context_get_options (context, figure_table);
  const char *output = cli_context_get_output (context);
  g_autoptr (JsonNode) document = find_document (context, input, o, error);
  g_autoptr (PlateauFigure) figure
      = document != NULL && apply_style (document, o->style, error)
            ? plateau_figure_new_from_json (document, error)
            : NULL;
  g_autoptr (PlateauCache) cache = plateau_cache_new (CACHE_SIZE);
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  PlateauImageOptions image = PLATEAU_IMAGE_OPTIONS_INIT;
  PlateauImageFormat format;
  guint drawn = 0;

  if (figure == NULL)
    return FALSE;
  cli_manner_apply (context, input->study);
  if (!plateau_figure_bind (figure, input->study, cache, NULL, error))
    return FALSE;
  for (guint i = 0; i < figure->panels->len; i++)
    drawn += plateau_figure_get_panel (figure, i)->layers->len > 0;
  if (drawn == 0)
    {
      PlateauPanel *first = plateau_figure_get_panel (figure, 0);
      g_set_error (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_EMPTY, "%s",
                   first != NULL && first->message != NULL ? first->message
                                                           : _ ("the figure has no data"));
      return FALSE;
    }
  image.width_mm = o->width;
  image.height_mm = o->height;
  image.dpi = o->dpi;
  image.all_points = o->all_points;
  if (g_str_has_suffix (output, PLATEAU_ARCHIVE_SUFFIX))
    {
      if (!write_archive (input, o, document, cache, output, error))
        return FALSE;
    }
  else if (!plateau_image_format_from_path (output, &format)
           || !plateau_image_save (figure, output, format, &image, warnings, error))
    return FALSE;
  g_ptr_array_add (warnings, NULL);
  cli_set_text (result, "output", output);
  report_panels (result, figure);
  cli_set_texts (result, "warnings", (const char *const *)warnings->pdata);
  return TRUE;
}

static gboolean
draw_all (CliContext *context, GPtrArray *inputs, JsonObject *result, GError **error)
{
  CliInput *first = inputs->pdata[0];
  g_autoptr (CliInput) together = NULL;

  if (inputs->len == 1)
    return draw_input (context, first, result, error);
  together = cli_input_gather (context, inputs, TRUE, error);
  return together != NULL && draw_input (context, together, result, error);
}

const CliCommand cli_figure_command = {
  .name = "figure",
  .summary = N_ ("Draw a figure as PDF, SVG, EPS, PNG or TIFF"),
  .arguments = N_ ("INPUT…"),
  .options = figure_options,
  .writes_file = TRUE,
  .check = check_figure,
  .all = draw_all,
  .without_files = list_names,
};
