/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-kinetics-edits.h"

#include "analysis/plateau-conductivity.h"
#include "plateau-plot-view.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* The settings of an analysis as they are, for a change. */
static JsonObject *
copy_settings (PlateauDocument *document, const char *analysis)
{
  JsonObject *before = plateau_project_get_settings (plateau_document_get_project (document),
                                                     analysis);
  JsonObject *settings = json_object_new ();
  g_autoptr (GList) members = before != NULL ? json_object_get_members (before) : NULL;
  for (GList *l = members; l != NULL; l = l->next)
    json_object_set_member (settings, l->data, json_object_dup_member (before, l->data));
  return settings;
}

/* The offset of the first chosen cell, whose baselines the plot lets one move. */
static double
first_offset (PlateauDocument *document)
{
  PlateauStudy *study = plateau_document_get_study (document);
  g_autoptr (GArray)
      ids = plateau_selection_list_cell_ids (plateau_document_get_selection (document), study);
  for (guint i = 0; i < ids->len; i++)
    {
      const PlateauStudyCell *cell = plateau_study_find_cell (study,
                                                              g_array_index (ids, gint64, i));
      if ((cell->kinds & PLATEAU_KIND_CV) != 0)
        return isnan (cell->reference_offset) ? 0 : cell->reference_offset;
    }
  return 0;
}

static void
move_baseline (PlateauDocument *document, const char *branch, double from, double to)
{
  g_autofree char *low = g_strdup_printf ("%s-baseline-low-V", branch);
  g_autofree char *high = g_strdup_printf ("%s-baseline-high-V", branch);
  g_autoptr (JsonObject) settings = copy_settings (document, "cv");
  double offset = first_offset (document);
  json_object_set_double_member (settings, low, from - offset);
  json_object_set_double_member (settings, high, to - offset);
  plateau_document_set_settings (document, "cv", settings, _ ("Move the baseline"));
}

static void
move_fit_window (PlateauDocument *document, double minutes, double from, double to)
{
  char first[G_ASCII_DTOSTR_BUF_SIZE], last[G_ASCII_DTOSTR_BUF_SIZE];
  if (!(minutes > 0))
    return;
  g_ascii_formatd (first, sizeof first, "%.4g", CLAMP (from / minutes, 0, 0.95));
  g_ascii_formatd (last, sizeof last, "%.4g", CLAMP (to / minutes, 0.01, 1));
  g_autofree char *text = g_strdup_printf ("%s:%s", first, last);
  g_autoptr (JsonObject) settings = copy_settings (document, "gitt");
  json_object_set_string_member (settings, "fit-window", text);
  plateau_document_set_settings (document, "gitt", settings, _ ("Move the fit window"));
}

void
plateau_kinetics_move_window (PlateauDocument *document, const char *handle, double from, double to)
{
  const char *const fit = "gitt/fit-window/";
  if (g_str_has_prefix (handle, "cv/"))
    move_baseline (document, handle + strlen ("cv/"), from, to);
  else if (g_str_has_prefix (handle, fit))
    move_fit_window (document, g_ascii_strtod (handle + strlen (fit), NULL), from, to);
}

void
plateau_kinetics_leave_out (PlateauDocument *document, const char *analysis, GArray *picks)
{
  PlateauProject *project = plateau_document_get_project (document);
  g_autoptr (JsonObject) settings = copy_settings (document, analysis);
  g_autofree char *excluded = g_strdup (
      json_object_get_string_member_with_default (settings, "exclude", ""));
  for (guint i = 0; i < picks->len; i++)
    {
      const PlateauPick *pick = &g_array_index (picks, PlateauPick, i);
      PlateauCell *cell = plateau_project_find_cell (project, pick->tag.cell);
      if (cell == NULL)
        continue;
      char *toggled = plateau_conductivity_toggle_excluded (excluded, plateau_cell_get_name (cell),
                                                            (guint) pick->key);
      g_free (excluded);
      excluded = toggled;
    }
  json_object_set_string_member (settings, "exclude", excluded);
  plateau_document_set_settings (document, analysis, settings, _ ("Leave points out of the line"));
}

void
plateau_kinetics_choose (PlateauDocument *document, const char *analysis, const char *option,
                         const char *nick)
{
  g_autoptr (JsonObject) settings = copy_settings (document, analysis);
  json_object_set_string_member (settings, option, nick);
  plateau_document_set_settings (document, analysis, settings, _ ("Choose the quantity"));
}
