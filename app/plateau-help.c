/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-help.h"

#include "plateau-actions.h"

#include <glib/gi18n.h>

#define PICTURES "/io/github/plateau/Plateau/help"

/* A chapter: a title, a picture of what its text speaks of, and paragraphs. The pictures are made
 * by tests/gui/help_pictures.py. */
typedef struct
{
  const char *title;
  const char *picture, *shows; /* NULL: none; what it shows, for a screen reader */
  const char *paragraphs[8];
} Chapter;

static const Chapter chapters[] = {
  { N_ ("Bring in files"),
    "files",
    N_ ("Three files held over the window, which says to which cell each goes"),
    { N_ ("Drop files or whole folders anywhere in the window, paste them with Ctrl+V, or use Add "
          "data. The file’s format is found by its content, not by its name."),
      N_ ("Which cell a file belongs to is guessed from its name: “S-LRMO-2_0.2C.ndax” is cell "
          "S-LRMO-2 of sample S-LRMO. Files of one test that was split are joined in the order of "
          "time."),
      N_ ("A file that cannot be read is one row under Messages with its reason. From there you "
          "can choose the reader yourself or name the columns by hand; the other files are there "
          "all the same.") } },
  { N_ ("Say what the cells are"),
    "cells",
    N_ ("The inspector with the role of a sample and the mass of a cell"),
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
    "plots",
    N_ ("Charge and discharge curves of two samples over several cycles"),
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
  { N_ ("Compare"),
    "compare",
    N_ ("The table of metrics of two samples with their differences"),
    { N_ ("Compare sets the modified sample of a family against the pristine one, metric by "
          "metric: "
          "mean ± one standard deviation and the number of cells, the difference, and whether it "
          "is "
          "beyond the scatter of the cells (Welch’s t test, which does not suppose equal "
          "scatter)."),
      N_ ("A metric is compared only where it was measured under the same conditions: C-rate, "
          "window of potential, temperature, loading. The conditions stand beside it."),
      N_ ("The sentence below the table says the chosen metric as a paper would; Copy takes it "
          "along.") } },
  { N_ ("Analyse"),
    "drt",
    N_ ("Spectra of two cells during a charge, and their distributions of relaxation times"),
    { N_ ("dQ/dV = change of charge / change of potential along a half cycle: a plateau of the "
          "potential becomes a peak, whose place and area are listed."),
      N_ ("GITT: D = (4 / π τ) (m V_M / M A)² (ΔE_s / ΔE_t)², with the step ΔE_s of the rest "
          "potential and the change ΔE_t during the pulse of length τ. The area A stands under "
          "Material facts."),
      N_ ("CV: the peak current grows as ν^b with the scan rate ν; b = 0.5 speaks for diffusion, "
          "b = 1 for the surface."),
      N_ ("Impedance: the Kramers–Kronig test says which points are sound, a circuit is fitted to "
          "those, with the standard error of each value."),
      N_ ("DRT: Z = R∞ + ∫ γ(ln τ) / (1 + i ω τ) d ln τ. The area of a peak of γ is the resistance "
          "of a process, its place the time that it takes. λ weighs smoothness against the data; "
          "λ shows how it was chosen."),
      N_ ("Conductivity: σ = thickness / (R · area); the slope of ln (σ T) over 1 / T gives the "
          "activation energy."),
      N_ ("Every option and every head of a column says what it is when the pointer rests on "
          "it.") } },
  { N_ ("Impedance"),
    NULL,
    NULL,
    { N_ ("Impedance shows spectra, tests them and fits circuits; DRT tells processes apart by their "
          "time constant. Plot in the inspector says what a series is coloured by and drawn "
          "against: potential, cycle, time, temperature or 1000/T, which gives the activation "
          "energy of each process below the plot."),
      N_ ("Mask points: a click or a box leaves points out of every analysis, once more brings "
          "them back, and all can be undone. Points left out in the inspector masks by frequency, "
          "or what fails the Kramers-Kronig test."),
      N_ ("Validity: data of a stable cell have residuals within 1 %. Where spectra were taken "
          "while charging, Correct drift interpolates a series in time; the residuals before it "
          "stay in grey."),
      N_ ("γ is per unit of ln τ: the area under a peak is its resistance. One λ holds for all "
          "spectra that are compared; λ shows which peaks stay when it changes, Hilbert how well "
          "Z′ and Z″ agree. Peaks beyond the measured frequencies are extrapolated and marked."),
      N_ ("Drag the ends of a process window, or its top to move it. A click on a spectrum in the "
          "curve, a stack or the map marks it everywhere.") } },
  { N_ ("Take results home"),
    "figures",
    N_ ("A figure of two panels on paper"),
    { N_ ("Export writes the figure of a page as PDF, SVG, PNG, TIFF or EPS at the width that the "
          "journal asks for. Text stays text, fonts are embedded, and PNG and TIFF carry their "
          "resolution."),
      N_ ("The workbook has one sheet of what is known about the cells, one of values per cycle "
          "for each cell with charts, and a summary whose numbers are formulas."),
      N_ ("Tables are copied with heads and units; select rows first to copy only those. Send to "
          "figure collects plots for a figure of several panels."),
      N_ ("On the Figures page a click selects a panel or a part of it: the inspector edits it, a "
          "double click writes on the figure, a drag moves it. From template… makes a whole figure "
          "of the samples that you choose.") } },
  { N_ ("Your project is safe"),
    NULL,
    NULL,
    { N_ ("Every change is kept at once; there is nothing to save. A project that has no file yet "
          "waits in the program’s own folder and can be opened again. Save as… gives it a file of "
          "yours, with all data in it."),
      N_ ("Every change can be undone by Ctrl+Z, by its name. Zooming is not a change: it has a "
          "history of its own.") } },
};

static GtkWidget *
picture_new (const Chapter *chapter)
{
  g_autofree char *path = g_strdup_printf (PICTURES "/%s.png", chapter->picture);
  GtkWidget *picture = gtk_picture_new_for_resource (path);
  gtk_picture_set_alternative_text (GTK_PICTURE (picture), _ (chapter->shows));
  gtk_picture_set_can_shrink (GTK_PICTURE (picture), FALSE);
  gtk_widget_set_halign (picture, GTK_ALIGN_START);
  gtk_widget_add_css_class (picture, "help-picture");
  return picture;
}

static GtkWidget *
page_new (GtkWidget *box)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  gtk_widget_set_hexpand (scrolled, TRUE);
  return scrolled;
}

static GtkWidget *
title_new (const char *text)
{
  GtkWidget *title = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "help-title");
  return title;
}

static GtkWidget *
chapter_new (const Chapter *chapter)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (box, "help-page");
  gtk_box_append (GTK_BOX (box), title_new (_ (chapter->title)));
  if (chapter->picture != NULL)
    gtk_box_append (GTK_BOX (box), picture_new (chapter));
  for (guint i = 0; chapter->paragraphs[i] != NULL; i++)
    {
      GtkWidget *text = gtk_label_new (_ (chapter->paragraphs[i]));
      gtk_label_set_xalign (GTK_LABEL (text), 0);
      gtk_label_set_wrap (GTK_LABEL (text), TRUE);
      gtk_label_set_max_width_chars (GTK_LABEL (text), 72);
      gtk_box_append (GTK_BOX (box), text);
    }
  return page_new (box);
}

/* Every key, out of the table that installs them. */
static GtkWidget *
keys_new (void)
{
  GtkWidget *grid = gtk_grid_new ();
  const char *group = NULL;
  guint n_actions;
  const PlateauActionInfo *actions = plateau_actions_list (&n_actions);
  int row = 0;
  gtk_widget_add_css_class (grid, "help-page");
  gtk_grid_set_row_spacing (GTK_GRID (grid), 4);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 24);
  gtk_grid_attach (GTK_GRID (grid), title_new (_ ("Keys")), 0, row++, 2, 1);
  for (guint i = 0; i < n_actions; i++)
    {
      if (g_strcmp0 (group, actions[i].group) != 0)
        {
          GtkWidget *heading = gtk_label_new (_ (actions[i].group));
          group = actions[i].group;
          gtk_label_set_xalign (GTK_LABEL (heading), 0);
          gtk_widget_add_css_class (heading, "heading");
          gtk_widget_set_margin_top (heading, 10);
          gtk_grid_attach (GTK_GRID (grid), heading, 0, row++, 2, 1);
        }
      g_autofree char *keys = plateau_actions_dup_keys (&actions[i]);
      GtkWidget *what = gtk_label_new (_ (actions[i].title)), *key = gtk_label_new (keys);
      gtk_label_set_xalign (GTK_LABEL (what), 0);
      gtk_label_set_wrap (GTK_LABEL (what), TRUE);
      gtk_label_set_max_width_chars (GTK_LABEL (what), 44);
      gtk_label_set_xalign (GTK_LABEL (key), 0);
      gtk_widget_set_valign (key, GTK_ALIGN_START);
      gtk_grid_attach (GTK_GRID (grid), what, 0, row, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), key, 1, row++, 1, 1);
    }
  return page_new (grid);
}

GtkWidget *
plateau_help_window_new (void)
{
  GtkWidget *window = gtk_window_new ();
  gtk_window_set_title (GTK_WINDOW (window), _ ("Help"));
  gtk_window_set_default_size (GTK_WINDOW (window), 940, 680);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *stack = gtk_stack_new ();
  for (guint i = 0; i < G_N_ELEMENTS (chapters); i++)
    gtk_stack_add_titled (GTK_STACK (stack), chapter_new (&chapters[i]), chapters[i].title,
                          _ (chapters[i].title));
  gtk_stack_add_titled (GTK_STACK (stack), keys_new (), "keys", _ ("Keys"));
  GtkWidget *sidebar = gtk_stack_sidebar_new ();
  gtk_stack_sidebar_set_stack (GTK_STACK_SIDEBAR (sidebar), GTK_STACK (stack));
  gtk_widget_set_size_request (sidebar, 200, -1);
  gtk_box_append (GTK_BOX (box), sidebar);
  gtk_box_append (GTK_BOX (box), stack);
  gtk_window_set_child (GTK_WINDOW (window), box);
  return window;
}
