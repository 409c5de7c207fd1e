/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a plot is empty: what it needs, and what the cells have that were chosen for it. */

#include "figure/plateau-plot-kind.h"

#include "data/plateau-naming.h"

#include <glib/gi18n.h>

/* What a plot of a page needs: the first line that fits the page and shares a measurement. */
static const struct
{
  const char *page; /* NULL: any */
  guint needs;      /* of PlateauKinds; all bits: any */
  const char *text;
} needs[] = {
  { "cycling", PLATEAU_KIND_CYCLING, N_ ("Cycling needs charges and discharges of a cycler") },
  { "dqdv", PLATEAU_KIND_CYCLING, N_ ("dQ/dV needs charges or discharges at constant current") },
  { "rate", PLATEAU_KIND_CYCLING, N_ ("Rate capability needs cycles at several C-rates") },
  { "gitt", PLATEAU_KIND_GITT, N_ ("GITT needs current pulses with rests between them") },
  { "cv", PLATEAU_KIND_CV,
    N_ ("Cyclic voltammetry needs a potential that is swept at a constant rate") },
  { "cv", PLATEAU_KIND_OCV, N_ ("Relaxation needs a rest: a time without current") },
  { "cv", PLATEAU_KIND_HOLD, N_ ("A hold needs a constant potential and the current at it") },
  { "impedance", PLATEAU_KIND_EIS, N_ ("Impedance needs spectra: Z′ and Z″ at each frequency") },
  { "drt", PLATEAU_KIND_EIS, N_ ("DRT needs impedance spectra: Z′ and Z″ at each frequency") },
  { "conductivity", PLATEAU_KIND_GITT,
    N_ ("Conductivity needs impedance spectra of a pellet, its thickness and its area; diffusion "
        "needs titrations") },
  { "conductivity", PLATEAU_KIND_EIS,
    N_ ("Conductivity needs impedance spectra of a pellet, its thickness and its area") },
  { "compare", PLATEAU_KIND_CYCLING, N_ ("A comparison needs the cycling of samples") },
  { NULL, G_MAXUINT, N_ ("This plot needs measurements") },
};

static const struct
{
  guint kind;
  const char *text;
} names[] = {
  { PLATEAU_KIND_CYCLING, N_ ("cycling") },  { PLATEAU_KIND_GITT, N_ ("titrations (GITT)") },
  { PLATEAU_KIND_CV, N_ ("voltammograms") }, { PLATEAU_KIND_EIS, N_ ("impedance") },
  { PLATEAU_KIND_OCV, N_ ("rests (OCV)") },  { PLATEAU_KIND_HOLD, N_ ("potential holds") },
};

static const char *
needs_of (const PlateauPlotKind *kind)
{
  for (guint i = 0; i + 1 < G_N_ELEMENTS (needs); i++)
    if (g_strcmp0 (needs[i].page, kind->page) == 0 && (needs[i].needs & (guint) kind->needs) != 0)
      return _ (needs[i].text);
  return _ (needs[G_N_ELEMENTS (needs) - 1].text);
}

static char *
list_kinds (guint kinds)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (kinds & names[i].kind)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", _ (names[i].text));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * plateau_plot_dup_missing:
 * @kind: a kind of plot
 * @cells: (array length=n_cells): the cells that were chosen for it
 * @n_cells: their number, may be 0
 *
 * Says why there is nothing to plot: "GITT needs current pulses with rests between them; S-LRMO-1
 * has only cycling".
 *
 * Returns: (transfer full): a sentence without its full stop, translated
 */
char *
plateau_plot_dup_missing (const PlateauPlotKind *kind, const PlateauStudyCell *const *cells,
                          guint n_cells)
{
  guint kinds = 0;
  g_autofree char *held = NULL, *name = NULL;

  g_return_val_if_fail (kind != NULL, NULL);
  for (guint i = 0; i < n_cells; i++)
    kinds |= cells[i]->kinds;
  held = list_kinds (kinds);
  if (n_cells == 0)
    return g_strdup_printf (_ ("%s; no cell is chosen"), needs_of (kind));
  name = plateau_naming_without_mark (cells[0]->name);
  if (n_cells == 1 && kinds == 0)
    return g_strdup_printf (_ ("%s; %s has no data yet"), needs_of (kind), name);
  if (n_cells == 1)
    return g_strdup_printf (_ ("%s; %s has only %s"), needs_of (kind), name, held);
  if (kinds == 0)
    return g_strdup_printf (_ ("%s; the %u chosen cells have no data yet"), needs_of (kind),
                            n_cells);
  return g_strdup_printf (_ ("%s; the %u chosen cells have only %s"), needs_of (kind), n_cells,
                          held);
}
