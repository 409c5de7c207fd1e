/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-help.h"

#include <glib/gi18n.h>

/* A chapter: a title, paragraphs, and the icons that its text speaks of. */
typedef struct
{
  const char *title;
  const char *icon;
  const char *paragraphs[7];
} Chapter;

static const Chapter chapters[] = {
  { N_ ("Bring in files"),
    "plateau-folder-symbolic",
    { N_ ("Drop files or whole folders anywhere in the window, paste them with Ctrl+V, or use Add "
          "data. The file’s format is found by its content, not by its name."),
      N_ ("Which cell a file belongs to is guessed from its name: “S-LRMO-2_0.2C.ndax” is cell "
          "S-LRMO-2 of sample S-LRMO. Files of one test that was split are joined in the order of "
          "time."),
      N_ ("A file that cannot be read is one row under Messages with its reason. From there you "
          "can choose the reader yourself or name the columns by hand; the other files are there "
          "all the same.") } },
  { N_ ("Say what the cells are"),
    "dialog-information-symbolic",
    { N_ ("In the inspector give the sample its family and its role: pristine, control or "
          "modified. Samples of one family are compared with each other; the role sets colour, "
          "dash and marker in every plot."),
      N_ ("Capacity per mass needs the mass of active material. Without it capacities stay in mAh: "
          "nothing is divided by a mass that was not given."),
      N_ ("Loading = active mass / electrode area. Potential shown = potential measured + "
          "reference offset; for a Li–In counter electrode the offset is 0.62 V against Li⁺/Li."),
      N_ ("Masses of many cells are pasted at once: open the cell table (Ctrl+T), copy a block "
          "from a spreadsheet, and paste it. With heads, or with cell names in the first column, "
          "rows find their cells by name or channel."),
      N_ ("A cell that failed is left out (Ctrl+L) with a reason; it is struck through, not "
          "deleted, and never counts in a mean.") } },
  { N_ ("Read the plots"),
    "zoom-fit-best-symbolic",
    { N_ ("The wheel zooms at the pointer; with Shift only x, with Ctrl only y, over an axis only "
          "that axis. Drag a box to zoom into it, drag with the middle button or with Space to "
          "pan, double click to fit. Alt+Left goes back to the view before."),
      N_ ("Rest the pointer on a curve to read it off; click it to select its cell. Square "
          "brackets step from point to point, Page Down from curve to curve."),
      N_ ("Coulombic efficiency = discharge capacity / charge capacity of one cycle. Retention "
          "refers to the second cycle unless you choose another. Polarisation = mean charge "
          "potential − mean discharge potential."),
      N_ ("Mean of replicates averages the cells of a sample; bars and bands are one standard "
          "deviation (n − 1).") } },
  { N_ ("Take results home"),
    "plateau-export-symbolic",
    { N_ ("Export writes the figure of a page as PDF, SVG, PNG, TIFF or EPS at the width that the "
          "journal asks for. Text stays text, fonts are embedded, and PNG and TIFF carry their "
          "resolution."),
      N_ ("The workbook has one sheet of what is known about the cells, one of values per cycle "
          "for each cell with charts, and a summary whose numbers are formulas."),
      N_ ("Tables are copied with heads and units; select rows first to copy only those. Send to "
          "figure collects plots for a figure of several panels.") } },
  { N_ ("Your project is safe"),
    "document-save-symbolic",
    { N_ ("Every change is kept at once; there is nothing to save. A project that has no file yet "
          "waits in the program’s own folder and can be opened again. Save as… gives it a file of "
          "yours, with all data in it."),
      N_ ("Every change can be undone by Ctrl+Z, by its name. Zooming is not a change: it has a "
          "history of its own.") } },
};

static GtkWidget *
chapter_new (const Chapter *chapter)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (box, "help-page");
  GtkWidget *icon = gtk_image_new_from_icon_name (chapter->icon);
  gtk_image_set_pixel_size (GTK_IMAGE (icon), 32);
  gtk_widget_set_halign (icon, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), icon);
  GtkWidget *title = gtk_label_new (_ (chapter->title));
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "help-title");
  gtk_box_append (GTK_BOX (box), title);
  for (guint i = 0; chapter->paragraphs[i] != NULL; i++)
    {
      GtkWidget *text = gtk_label_new (_ (chapter->paragraphs[i]));
      gtk_label_set_xalign (GTK_LABEL (text), 0);
      gtk_label_set_wrap (GTK_LABEL (text), TRUE);
      gtk_label_set_max_width_chars (GTK_LABEL (text), 72);
      gtk_label_set_selectable (GTK_LABEL (text), TRUE);
      gtk_box_append (GTK_BOX (box), text);
    }
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  gtk_widget_set_hexpand (scrolled, TRUE);
  return scrolled;
}

GtkWidget *
plateau_help_window_new (void)
{
  GtkWidget *window = gtk_window_new ();
  gtk_window_set_title (GTK_WINDOW (window), _ ("Help"));
  gtk_window_set_default_size (GTK_WINDOW (window), 860, 560);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *stack = gtk_stack_new ();
  for (guint i = 0; i < G_N_ELEMENTS (chapters); i++)
    gtk_stack_add_titled (GTK_STACK (stack), chapter_new (&chapters[i]), chapters[i].title,
                          _ (chapters[i].title));
  GtkWidget *sidebar = gtk_stack_sidebar_new ();
  gtk_stack_sidebar_set_stack (GTK_STACK_SIDEBAR (sidebar), GTK_STACK (stack));
  gtk_widget_set_size_request (sidebar, 200, -1);
  gtk_box_append (GTK_BOX (box), sidebar);
  gtk_box_append (GTK_BOX (box), stack);
  gtk_window_set_child (GTK_WINDOW (window), box);
  return window;
}
