/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-document.h"
#include "plateau-plot-view.h"
#include "plateau-result-table.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A page of the window: one view of the study, such as Cycling or DRT.
 *
 * To add a page:
 *  1. Write pages/plateau-NAME-page.c: a GtkWidget that implements this interface, with
 *     "GtkWidget *plateau_NAME_page_new (PlateauDocument *document)". Every method but refresh may
 *     be left NULL.
 *  2. Put one line into the table in plateau-pages.c and the file into meson.build.
 * Most pages are a tools row, one or more PlateauPlotPane (a plot bound from the JSON of a figure,
 * in the background, with fit, copy and export) and a PlateauResultTable; see
 * pages/plateau-cycling-page.c.
 *
 * The window calls refresh() when the study or the selection changed and the page is seen, and
 * when the page comes into view after such a change. A page never changes the project but through
 * the document's edits, so that everything can be undone. */
#define PLATEAU_TYPE_PAGE (plateau_page_get_type ())
G_DECLARE_INTERFACE (PlateauPage, plateau_page, PLATEAU, PAGE, GtkWidget)

struct _PlateauPageInterface
{
  GTypeInterface parent;

  /* The study or the selection is another one: show it. Ask the document for both. */
  void (*refresh) (PlateauPage *page);
  /* Widgets for the tools row above the page, in a box; the window adds "Send to figure". */
  GtkWidget *(*get_tools) (PlateauPage *page);
  /* Sections for the inspector below those of the cell; see plateau_section_new(). */
  GtkWidget *(*get_inspector) (PlateauPage *page);
  gboolean inspector_first; /* they stand above those of the cell */
  gboolean inspector_alone; /* those of the cell stay away until one is picked */
  /* What the page shows as a figure document: (transfer full), NULL: nothing to send. */
  JsonNode *(*dup_figure) (PlateauPage *page);
  /* The numbers behind it: (transfer full), NULL: none. */
  PlateauTable *(*ref_table) (PlateauPage *page);
  /* A person asks for a cycle or spectrum from elsewhere (a message, a table). */
  void (*show_tag) (PlateauPage *page, const PlateauTag *tag);
  /* A figure of the project that is to be seen, by its name. */
  void (*show_figure) (PlateauPage *page, const char *name);
  /* The window is narrower than 1200 (1) or 800 (2) pixels, or wide (0). */
  void (*set_narrow) (PlateauPage *page, int narrow);
};

void plateau_page_refresh (PlateauPage *page);
GtkWidget *plateau_page_get_tools (PlateauPage *page);
GtkWidget *plateau_page_get_inspector (PlateauPage *page);
gboolean plateau_page_is_inspector_first (PlateauPage *page);
gboolean plateau_page_is_inspector_alone (PlateauPage *page);
JsonNode *plateau_page_dup_figure (PlateauPage *page);
PlateauTable *plateau_page_ref_table (PlateauPage *page);
void plateau_page_show_tag (PlateauPage *page, const PlateauTag *tag);
void plateau_page_show_figure (PlateauPage *page, const char *name);
void plateau_page_set_narrow (PlateauPage *page, int narrow);

/* The table of pages, in the order of the tabs. */
typedef struct
{
  const char *id;    /* stable: in settings and actions */
  const char *title; /* N_() */
  const char *help;  /* N_(): what it shows, one sentence */
  GtkWidget *(*create) (PlateauDocument *document);
  const char *const *settings; /* of the project that are edited here; the first page that names
                                  one is shown when it is undone; NULL: none */
} PlateauPageInfo;

const PlateauPageInfo *plateau_pages_list (guint *n_pages);

/* For pages */

/* A section of the inspector: a title that folds, and rows under it. */
GtkWidget *plateau_section_new (const char *title, GtkWidget *content, gboolean expanded);
/* A table under plots: at first it has room for @height, at most for 40 % of the page; afterwards the
 * border is where it was dragged. */
void plateau_page_place_table (GtkPaned *paned, int height);
/* Long names end in dots, so that they widen nothing; the list shows them whole. */
void plateau_page_shorten_names (GtkDropDown *chooser);
/* "S-LRMO-1   cycle 1, charge", for plots; (transfer full). */
char *plateau_page_name_tag (const PlateauTag *tag, gpointer document);
/* The look of a sample (id) or cell in the document's study. */
PlateauSlot plateau_page_row_slot (gint64 tag, gpointer document);
/* What a page's tools say goes into the project, in three steps: noted when it was loaded, stored as a
 * step to undo when it is another thing now. Where only @view, which plot is looked at, has changed,
 * it is kept without a step. @settings: (transfer full) */
void plateau_page_note_settings (gpointer page, JsonObject *settings);
void plateau_page_store_settings (gpointer page, PlateauDocument *document, const char *analysis,
                                  JsonObject *settings, const char *view, const char *label);
/* {"kind": kind, "cells": [...]} of the selection; the page adds "options". (transfer full) */
JsonObject *plateau_page_new_plot (PlateauDocument *document, const char *kind);

G_END_DECLS
