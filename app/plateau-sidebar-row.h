/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  PLATEAU_SIDEBAR_HEADING, /* a family, "Not yet assigned" */
  PLATEAU_SIDEBAR_SAMPLE,
  PLATEAU_SIDEBAR_TEST, /* the cells of a sample that were made to do the same */
  PLATEAU_SIDEBAR_CELL,
} PlateauSidebarKind;

/* A line of the sidebar's list. Two lines of the same thing are equal by key. */
#define PLATEAU_TYPE_SIDEBAR_ROW (plateau_sidebar_row_get_type ())
G_DECLARE_FINAL_TYPE (PlateauSidebarRow, plateau_sidebar_row, PLATEAU, SIDEBAR_ROW, GObject)

struct _PlateauSidebarRow
{
  GObject parent_instance;

  PlateauSidebarKind kind;
  char *name;
  GObject *object; /* PlateauSample (also of a test), PlateauCell, or NULL */
  char *test;      /* of a test, else NULL */
  guint n_cells;
  gboolean expanded;
};

PlateauSidebarRow *plateau_sidebar_row_new (PlateauSidebarKind kind, const char *name,
                                            gpointer object);
gboolean plateau_sidebar_row_same (PlateauSidebarRow *a, PlateauSidebarRow *b);

/* The rows of a document: @collapsed holds folded samples, @unfolded the keys of tests whose cells
 * show, @search narrows. A sample with one test only has no rows for tests. */
GPtrArray *plateau_sidebar_rows_build (PlateauDocument *document, GHashTable *collapsed,
                                       GHashTable *unfolded, const char *search);
char *plateau_sidebar_test_key (PlateauSample *sample, const char *test);
/* Cells that a row stands for when it is selected: (transfer full) of PlateauCell or PlateauSample
 */
void plateau_sidebar_row_add_objects (PlateauSidebarRow *row, PlateauProject *project,
                                      GPtrArray *objects);

/* The widget of a row; bound anew whenever the document changes. */
GtkWidget *plateau_sidebar_row_widget_new (void);
void plateau_sidebar_row_widget_bind (GtkWidget *widget, PlateauSidebarRow *row,
                                      PlateauDocument *document);
PlateauSidebarRow *plateau_sidebar_row_widget_get_row (GtkWidget *widget);
void plateau_sidebar_row_widget_fold (GtkWidget *widget);

G_END_DECLS
