/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-drt-page-private.h"

#include "analysis/plateau-drt.h"
#include "plateau-impedance-batch.h"
#include "plateau-tooltip.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* What is computed for the page DRT in the background, and the spectrum that is marked in it. */

gint64
plateau_drt_page_nth_cell (PlateauDrtPage *page, guint index)
{
  return g_array_index (page->cells, gint64, index);
}

/* The marked spectrum of a cell, or NULL: that of the first cell, or what is most like it. */
const PlateauDrtPoint *
plateau_drt_page_find_marked (PlateauDrtPage *page, gint64 cell)
{
  if (page->overview == NULL || page->cells->len == 0)
    return NULL;
  const PlateauDrtPoint *lead = plateau_drt_series_find (
      plateau_drt_overview_find (page->overview, plateau_drt_page_nth_cell (page, 0)),
      page->marked);
  if (lead == NULL || cell == plateau_drt_page_nth_cell (page, 0))
    return lead;
  return plateau_drt_series_match (plateau_drt_overview_find (page->overview, cell), lead);
}

/* The resistances of the marked spectra, in the inspector */

static void
clear_grid (GtkWidget *grid)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (grid)) != NULL)
    gtk_grid_remove (GTK_GRID (grid), child);
}

static void
put (GtkWidget *grid, const char *text, guint column, guint row, gboolean dim, const char *tip)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_markup (GTK_LABEL (label), text);
  gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 0 : 1);
  gtk_widget_set_hexpand (label, column == 0);
  plateau_tooltip_set (label, tip);
  if (dim)
    gtk_widget_add_css_class (label, "dim-label");
  gtk_grid_attach (GTK_GRID (grid), label, (int) column, (int) row, 1, 1);
}

static void
put_resistance (PlateauDrtPage *page, const PlateauDrtSeries *series, guint window, guint column,
                guint row)
{
  const PlateauDrtWindow *w = page->overview->windows->pdata[window];
  const PlateauDrtPoint *point = plateau_drt_page_find_marked (page, series->cell);
  gboolean beyond = w->low < 0.999 * series->measured_low
                    || w->high > 1.001 * series->measured_high;
  double value = point != NULL ? point->resistance[window] : NAN;
  g_autofree char *text = isnan (value)   ? g_strdup ("–")
                          : value >= 99.5 ? g_strdup_printf ("%.0f%s", value, beyond ? "*" : "")
                                          : g_strdup_printf ("%.3g%s", value, beyond ? "*" : "");
  put (page->processes, text, column, row, beyond,
       beyond ? _ ("Extrapolated: part of the window lies beyond the measured frequencies") : NULL);
}

void
plateau_drt_page_show_processes (PlateauDrtPage *page)
{
  clear_grid (page->processes);
  if (page->overview == NULL || page->overview->series->len == 0)
    return;
  PlateauStudy *study = plateau_document_get_study (page->document);
  guint n = MIN (page->overview->series->len, PLATEAU_DRT_MOST_CELLS);
  put (page->processes, _ ("R / Ω at the marked spectra"), 0, 0, TRUE, NULL);
  for (guint s = 0; s < n; s++)
    {
      const PlateauDrtSeries *series = page->overview->series->pdata[s];
      const PlateauDrtPoint *point = plateau_drt_page_find_marked (page, series->cell);
      const PlateauStudyCell *cell = plateau_study_find_cell (study, series->cell);
      g_autofree char *text = point != NULL && isfinite (point->potential)
                                  ? g_strdup_printf ("%.2f V", point->potential)
                                  : g_strdup_printf ("#%u", point != NULL ? point->number : 0);
      put (page->processes, text, s + 1, 0, TRUE, cell != NULL ? cell->name : NULL);
    }
  for (guint w = 0; w < page->overview->windows->len; w++)
    {
      const PlateauDrtWindow *window = page->overview->windows->pdata[w];
      g_autofree char *range = g_strdup_printf ("%.1e – %.1e s", window->low, window->high);
      g_autofree char *name = g_markup_escape_text (window->name, -1);
      put (page->processes, name, 0, w + 1, FALSE, range);
      for (guint s = 0; s < n; s++)
        put_resistance (page, page->overview->series->pdata[s], w, s + 1, w + 1);
    }
}

/* What is computed in the background */

typedef struct
{
  PlateauStudy *study;
  GArray *cells, *numbers; /* of guint: the marked spectrum of each cell, 0: none */
  char *choice;
} Input;

static void
input_free (Input *input)
{
  plateau_study_unref (input->study);
  g_array_unref (input->cells);
  g_array_unref (input->numbers);
  g_free (input->choice);
  g_free (input);
}

static Input *
input_new (PlateauDrtPage *page)
{
  Input *input = g_new0 (Input, 1);
  input->study = plateau_study_ref (plateau_document_get_study (page->document));
  input->cells = g_array_ref (page->cells);
  input->choice = g_strdup (plateau_drt_page_get_choice (page));
  input->numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < page->cells->len; i++)
    {
      const PlateauDrtPoint *point = plateau_drt_page_find_marked (
          page, plateau_drt_page_nth_cell (page, i));
      guint number = point != NULL ? point->number : 0;
      g_array_append_val (input->numbers, number);
    }
  return input;
}

static gpointer
build_table (gpointer data, PlateauJob *job, GCancellable *cancellable, GError **error)
{
  Input *input = data;
  return plateau_impedance_batch_build (input->study, input->cells, PLATEAU_BATCH_PEAKS,
                                        cancellable, error);
}

static gpointer
build_assignment (gpointer data, PlateauJob *job, GCancellable *cancellable, GError **error)
{
  Input *input = data;
  return plateau_impedance_batch_assign (input->study, input->cells, input->numbers, cancellable,
                                         error);
}

static gpointer
build_hilbert (gpointer data, PlateauJob *job, GCancellable *cancellable, GError **error)
{
  Input *input = data;
  return plateau_impedance_batch_hilbert (input->study, input->cells, input->numbers, cancellable,
                                          error);
}

static void
table_built (GObject *owner, gpointer result, const GError *error)
{
  g_autoptr (PlateauTable) table = result;
  plateau_result_table_set_table (PLATEAU_RESULT_TABLE (PLATEAU_DRT_PAGE (owner)->table), table);
}

static gpointer
build_overview (gpointer data, PlateauJob *job, GCancellable *cancellable, GError **error)
{
  Input *input = data;
  return plateau_drt_overview_new (input->study, input->cells, input->choice, cancellable, error);
}

/* The spin button counts the first cell's spectra; a series is marked where it is most interesting:
 * at the highest potential. */
static void
update_marked (PlateauDrtPage *page)
{
  const PlateauDrtSeries *series = page->cells->len > 0 ? plateau_drt_overview_find (
                                       page->overview, plateau_drt_page_nth_cell (page, 0))
                                                        : NULL;
  if (series == NULL || series->n_points == 0)
    return;
  const PlateauDrtPoint *best = &series->points[0];
  for (guint i = 0; i < series->n_points; i++)
    if (series->points[i].potential > best->potential)
      best = &series->points[i];
  if (plateau_drt_series_find (series, page->marked) == NULL)
    page->marked = best->number;
  page->updating = TRUE;
  gtk_spin_button_set_range (GTK_SPIN_BUTTON (page->spin), series->points[0].number,
                             series->points[series->n_points - 1].number);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (page->spin), page->marked);
  page->updating = FALSE;
}

/* The table under the plots: of all peaks, or of what the marked spectra say. */
static void
start_table (PlateauDrtPage *page)
{
  static const PlateauJobFunc builders[] = { build_table, build_assignment, build_hilbert };
  PlateauJobSpec spec = {
    .title = _ ("Analysing spectra"),
    .run = builders[plateau_drt_modes[page->mode].table],
    .input = input_new (page),
    .free_input = (GDestroyNotify) input_free,
    .free_result = (GDestroyNotify) plateau_table_unref,
    .done = table_built,
    .owner = G_OBJECT (page),
  };
  plateau_result_table_set_busy (PLATEAU_RESULT_TABLE (page->table));
  plateau_jobs_start (plateau_document_get_jobs (page->document), &page->table_job, &spec);
}

/* What has changed where another spectrum is marked. */
static void
show_marked (PlateauDrtPage *page)
{
  update_marked (page);
  plateau_drt_page_show_processes (page);
  plateau_drt_page_show_plots (page);
  if (plateau_drt_modes[page->mode].table != PLATEAU_DRT_TABLE_PEAKS)
    start_table (page);
}

static void
overview_built (GObject *owner, gpointer result, const GError *error)
{
  PlateauDrtPage *page = PLATEAU_DRT_PAGE (owner);
  g_clear_pointer (&page->overview, plateau_drt_overview_free);
  page->overview = result;
  show_marked (page);
}

void
plateau_drt_page_start (PlateauDrtPage *page)
{
  PlateauJobs *jobs = plateau_document_get_jobs (page->document);
  PlateauJobSpec spec = {
    .title = _ ("Analysing spectra"),
    .run = build_overview,
    .input = input_new (page),
    .free_input = (GDestroyNotify) input_free,
    .free_result = (GDestroyNotify) plateau_drt_overview_free,
    .done = overview_built,
    .owner = G_OBJECT (page),
  };
  if (plateau_drt_modes[page->mode].table == PLATEAU_DRT_TABLE_PEAKS)
    start_table (page);
  plateau_jobs_start (jobs, &page->overview_job, &spec);
}

/* Marking */

void
plateau_drt_page_mark (PlateauDrtPage *page, guint number)
{
  if (number == page->marked)
    return;
  page->marked = number;
  show_marked (page);
}
