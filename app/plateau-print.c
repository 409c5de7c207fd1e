/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-print.h"

#include "export/plateau-image.h"

#include <glib/gi18n.h>

/* A figure on a page, at its own size or, where the page is smaller, as large as fits. */

typedef struct
{
  PlateauFigure *figure;
  GtkWindow *parent;
  PlateauPrinted done;
} Print;

static void
print_free (gpointer data, GClosure *closure)
{
  Print *print = data;
  plateau_figure_unref (print->figure);
  g_free (print);
}

static void
draw_page (GtkPrintOperation *operation, GtkPrintContext *context, int page, Print *print)
{
  double width, height;
  double page_width = gtk_print_context_get_width (context);
  double page_height = gtk_print_context_get_height (context);
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  g_autoptr (GError) error = NULL;
  plateau_figure_get_size (print->figure, &width, &height);
  width *= 72 / 25.4;
  height *= 72 / 25.4;
  double scale = MIN (1, MIN (page_width / width, page_height / height));
  cairo_translate (cr, (page_width - scale * width) / 2, 0);
  cairo_scale (cr, scale, scale);
  if (!plateau_image_draw (print->figure, NULL, cr, &error))
    {
      gtk_print_operation_cancel (operation);
      print->done (print->parent, error);
    }
}

static void
printed (GtkPrintOperation *operation, GtkPrintOperationResult result, Print *print)
{
  g_autoptr (GError) error = NULL;
  if (result != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;
  gtk_print_operation_get_error (operation, &error);
  print->done (print->parent, error);
}

void
plateau_print_figure (GtkWindow *parent, PlateauFigure *figure, const char *title,
                      const char *path, PlateauPrinted done)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (GError) error = NULL;
  Print *print = g_new0 (Print, 1);
  double width, height;
  print->figure = plateau_figure_ref (figure);
  print->parent = parent;
  print->done = done;
  plateau_figure_get_size (figure, &width, &height);
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  gtk_page_setup_set_orientation (setup, width > height && width > 175
                                             ? GTK_PAGE_ORIENTATION_LANDSCAPE
                                             : GTK_PAGE_ORIENTATION_PORTRAIT);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_job_name (operation, title);
  gtk_print_operation_set_n_pages (operation, 1);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_allow_async (operation, TRUE);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page), print);
  g_signal_connect_data (operation, "done", G_CALLBACK (printed), print, print_free, 0);
  if (path != NULL)
    gtk_print_operation_set_export_filename (operation, path);
  if (gtk_print_operation_run (operation,
                               path != NULL ? GTK_PRINT_OPERATION_ACTION_EXPORT
                                            : GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                               parent, &error)
      == GTK_PRINT_OPERATION_RESULT_ERROR)
    done (parent, error);
}
