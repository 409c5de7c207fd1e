/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-help-chapters.h"

#include <glib/gi18n.h>

static const PlateauHelpChapter chapters[] = {
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
      N_ ("Mean of replicates averages the cells of a sample; bars and bands are one standard "
          "deviation (n − 1)."),
      N_ ("Every option and every head of a column says what it is when the pointer rests on "
          "it.") } },
  { N_ ("Cycling"),
    "cycling",
    N_ ("Potential against capacity, and capacity and efficiency of each cycle"),
    { N_ ("V–Q draws the potential of the cycles that you name against capacity, Cycles the "
          "capacity and efficiency of each cycle, V–t the course in time. Mean puts the cells of a "
          "sample together."),
      N_ ("Coulombic efficiency = discharge capacity / charge capacity of one cycle. Retention "
          "refers to the first cycle of the longest run at equal rates unless you choose another. "
          "Polarisation = mean charge potential − mean discharge potential."),
      N_ ("C-rate = |current| / (1C of the sample · active mass). What 1C means stands with the "
          "sample, because studies differ in it by a third."),
      N_ ("The table has a row for each cycle. Leave out selected cycles takes the cycles of the "
          "selected rows out of means, retention and rates; they stay in the plot as crosses.") } },
  { N_ ("dQ/dV"),
    "dqdv",
    N_ ("Differential capacity of two samples with their peaks"),
    { N_ ("dQ/dV = change of charge / change of potential along a half cycle: a plateau of the "
          "potential becomes a peak, whose place and area are listed."),
      N_ ("The smoothing window is given in millivolts, so that it does not depend on how often "
          "the cycler recorded. A wide one flattens sharp peaks: choose the narrowest that shows "
          "the same peaks in each replicate."),
      N_ ("The second plot subtracts the pristine sample, or follows the place or height of each "
          "peak over the cycles.") } },
  { N_ ("Rate"),
    "rate",
    N_ ("Capacity against the C-rate of two samples"),
    { N_ ("Consecutive cycles at equal currents make a group; the plot shows the mean of each "
          "group with its standard deviation. Recovery = capacity when the first rate comes back / "
          "capacity at first."),
      N_ ("Groups that were found wrongly are set in the inspector: 1-5, 6-10.") } },
  { N_ ("GITT"),
    "gitt",
    N_ ("Diffusion coefficients against potential, and one pulse with its fit"),
    { N_ ("GITT: D = (4 / π τ) (m V_M / M A)² (ΔE_s / ΔE_t)², with the step ΔE_s of the rest "
          "potential and the change ΔE_t during the pulse of length τ. The area A stands under "
          "Material facts."),
      N_ ("A click on a point shows its pulse with the line over √t; drag the ends of the fit "
          "window. Open markers are doubtful: the diffusion time L² / D is not long against τ, or "
          "E is not linear in √t."),
      N_ ("The absolute D goes with the contact area squared, which is seldom known: compare "
          "samples of one convention, as Ratio does.") } },
  { N_ ("CV and holds"),
    "cv",
    N_ ("Cyclic voltammograms with peaks and baselines"),
    { N_ ("CV: the peak current grows as ν^b with the scan rate ν; b = 0.5 speaks for diffusion, b "
          "= 1 for the surface."),
      N_ ("The height of a peak is measured from its baseline, whose ends are dragged. Scan rates "
          "needs voltammograms at several rates in the selection: i = k₁ ν + k₂ √ν parts what is "
          "at the surface from what diffuses."),
      N_ ("Holds shows the current at constant potential, DC the electronic conductivity from "
          "steady currents, OCV the relaxation without current.") } },
  { N_ ("Impedance"),
    "impedance",
    N_ ("Nyquist and Bode plots of the spectra of two samples"),
    { N_ ("Impedance: the Kramers–Kronig test says which points are sound, a circuit is fitted to "
          "those, with the standard error of each value."),
      N_ ("Impedance shows spectra, tests them and fits circuits; DRT tells processes apart by "
          "their time constant. Plot in the inspector says what a series is coloured by and drawn "
          "against: potential, cycle, time, temperature or 1000/T, which gives the activation "
          "energy of each process below the plot."),
      N_ ("Mask points: a click or a box leaves points out of every analysis, once more brings "
          "them back, and all can be undone. Points left out in the inspector masks by frequency, "
          "or what fails the Kramers-Kronig test."),
      N_ ("Validity: data of a stable cell have residuals within 1 %. Where spectra were taken "
          "while charging, Correct drift interpolates a series in time; the residuals before it "
          "stay in grey.") } },
  { N_ ("DRT"),
    "drt",
    N_ ("Spectra of two cells during a charge, and their distributions of relaxation times"),
    { N_ ("DRT: Z = R∞ + ∫ γ(ln τ) / (1 + i ω τ) d ln τ. The area of a peak of γ is the resistance "
          "of a process, its place the time that it takes. λ weighs smoothness against the data; λ "
          "shows how it was chosen."),
      N_ ("γ is per unit of ln τ: the area under a peak is its resistance. One λ holds for all "
          "spectra that are compared; λ shows which peaks stay when it changes, Hilbert how well "
          "Z′ and Z″ agree. Peaks beyond the measured frequencies are extrapolated and marked."),
      N_ ("Drag the ends of a process window, or its top to move it. A click on a spectrum in the "
          "curve, a stack or the map marks it everywhere.") } },
  { N_ ("Conductivity"),
    NULL,
    NULL,
    { N_ ("Conductivity: σ = thickness / (R · area); the slope of ln (σ T) over 1 / T gives the "
          "activation energy."),
      N_ ("The thickness and the area of a pellet are fields of its cell, the temperature comes "
          "from the file or the cell. Charge transfer follows a resistance of cells and diffusion "
          "the titrations over temperature in the same way.") } },
  { N_ ("Compare"),
    "compare",
    N_ ("The table of metrics of two samples with their differences"),
    { N_ ("Compare sets the modified sample of a family against the pristine one, metric by "
          "metric: mean ± one standard deviation and the number of cells, the difference, and "
          "whether it is beyond the scatter of the cells (Welch’s t test, which does not suppose "
          "equal scatter)."),
      N_ ("A metric is compared only where it was measured under the same conditions: C-rate, "
          "window of potential, temperature, loading. The conditions stand beside it."),
      N_ ("The sentence below the table says the chosen metric as a paper would; Copy takes it "
          "along.") } },
  { N_ ("Figures"),
    "figures",
    N_ ("A figure of two panels on paper"),
    { N_ ("Send to figure puts the plots of a page on paper, at the width that a journal asks for. "
          "From template… makes a whole figure of the samples that you choose."),
      N_ ("A click selects a panel or a part of it: the inspector edits it, a double click writes "
          "on the figure, a drag moves it. Axes, curves and legends that you do not touch go on "
          "following the data."),
      N_ ("The line below the paper checks the style’s limits all the time: sizes of text and "
          "lines, widths, empty panels.") } },
  { N_ ("Workbook and export"),
    NULL,
    NULL,
    { N_ ("The workbook has one sheet of what is known about the cells, one of values per cycle "
          "for each cell with charts, and a summary whose numbers are formulas."),
      N_ ("Export writes the figure of a page as PDF, SVG, PNG, TIFF or EPS at the width that the "
          "journal asks for. Text stays text, fonts are embedded, and PNG and TIFF carry their "
          "resolution."),
      N_ ("Tables are copied with heads and units; select rows first to copy only those. Send to "
          "figure collects plots for a figure of several panels.") } },
  { N_ ("Messages and warnings"),
    "messages",
    N_ ("Files that could not be read, each with its reason and its remedies"),
    { N_ ("What a file could not give is a row under Messages (Ctrl+M): which file, where in it, "
          "what was expected and what to do. The buttons of the row do it: read the file as "
          "another format, name its columns, enter a mass, find a file that has moved."),
      N_ ("An error leaves a file out; a warning leaves the data in use and says what to doubt. "
          "The line below a plot says what was left out of it and why."),
      N_ ("A page that the selected cells cannot fill says what it needs, and offers cells of the "
          "project that have it.") } },
  { N_ ("Your project is safe"),
    NULL,
    NULL,
    { N_ ("Every change is kept at once; there is nothing to save. A project that has no file yet "
          "waits in the program’s own folder and can be opened again. Save as… gives it a file of "
          "yours, with all data in it."),
      N_ ("Every change can be undone by Ctrl+Z, by its name. Zooming is not a change: it has a "
          "history of its own.") } },
};

const PlateauHelpChapter *
plateau_help_list_chapters (guint *n_chapters)
{
  *n_chapters = G_N_ELEMENTS (chapters);
  return chapters;
}
