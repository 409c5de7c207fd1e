/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/plateau-figures-inspector.h"
#include "pages/plateau-figures-page.h"
#include "plateau-figure-paper.h"
#include "plateau-page.h"

G_BEGIN_DECLS

struct _PlateauFiguresPage
{
  GtkWidget parent_instance;

  PlateauDocument *document;
  GtkWidget *box, *paper, *scrolled, *empty, *stack, *checks, *inspector, *menu;
  GtkWidget *legend, *data, *name_entry, *name_problem; /* of the page's own in the inspector */
  GtkWidget *tools, *figure_chooser, *style_button, *styles, *zoom_label;
  GSimpleActionGroup *actions;
  char *name;        /* of the figure shown */
  GPtrArray *curves; /* ids of the selected layers: one, or those of an entry of the legend */
  PlateauJob *job;
  gboolean updating;
  gboolean fits; /* the width that there is */
};

/* A copy of the document shown, to be edited; NULL: none */
JsonNode *_plateau_figures_page_dup (PlateauFiguresPage *page);
/* Tries an edited document and makes it a step; returns why it cannot be (transfer full). */
char *_plateau_figures_page_store (PlateauFiguresPage *page, JsonNode *document, const char *label);
/* The same where there is no field to say it under. */
gboolean _plateau_figures_page_do (PlateauFiguresPage *page, JsonNode *document, const char *label);
void _plateau_figures_page_show_new (PlateauFiguresPage *page, JsonNode *document,
                                     const char *wanted_name, const char *label);
void _plateau_figures_page_show_figure (PlateauFiguresPage *page, const char *name);
void _plateau_figures_page_select (PlateauFiguresPage *page, PlateauPart part, int panel, int index);
void _plateau_figures_page_show_selected (PlateauFiguresPage *page);
void _plateau_figures_page_show_zoom (PlateauFiguresPage *page);

/* plateau-figures-edits.c: what the paper and the inspector ask for */
void _plateau_figures_page_connect_edits (PlateauFiguresPage *page);
void _plateau_figures_page_take_curves (PlateauFiguresPage *page);

/* plateau-figures-tools.c: the tools row and its actions */
void _plateau_figures_page_make_tools (PlateauFiguresPage *page);
void _plateau_figures_page_show_tools (PlateauFiguresPage *page);

G_END_DECLS
