/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/plateau-workbook-pages.h"

#include <glib/gi18n.h>
#include <math.h>

/* Beyond these the sheets would take longer than a reader waits for a workbook. */
#define MAX_CELLS 20
#define MAX_SPECTRA 200
#define MAX_CURVES 12 /* as many as a legend holds */
#define INK 0x202020

static const PlateauBookKind *const kinds[] = {
  &plateau_book_kind_dqdv,
  &plateau_book_kind_gitt,
  &plateau_book_kind_cv,
  &plateau_book_kind_drt,
};
#define N_KINDS G_N_ELEMENTS (kinds)

gboolean
plateau_book_read_settings (PlateauStudy *study, const char *analysis, const PlateauOption *table,
                            gpointer options, GError **error)
{
  JsonObject *settings = plateau_study_get_settings (study, analysis);
  return settings == NULL || plateau_options_from_json (table, options, settings, error);
}

/* Takes @name. */
void
plateau_book_page_add_curve (PlateauBookPage *page, char *name, guint first, guint n, double share)
{
  PlateauBookCurve curve = { name, first, n, share, name == NULL };
  g_array_append_val (page->series, curve);
}

typedef struct
{
  PlateauBook *book;
  GCancellable *cancellable;
  PlateauBookPage *pages; /* cell * N_KINDS + kind */
  char **failures;
} Batch;

static void
analyse_page (gpointer item, gpointer user_data)
{
  Batch *batch = user_data;
  guint index = GPOINTER_TO_UINT (item) - 1;
  const PlateauBookKind *kind = kinds[index % N_KINDS];
  PlateauBookCell *cell = batch->book->cells->pdata[index / N_KINDS];
  PlateauBookJob job = { batch->book->study, cell, batch->cancellable };
  g_autoptr (GError) error = NULL;
  if (g_cancellable_is_cancelled (batch->cancellable))
    return;
  if (!kind->analyse (&job, &batch->pages[index], &error) && error != NULL)
    batch->failures[index] = g_strdup_printf (_ ("%s, %s: %s"), cell->cell->name, _ (kind->label),
                                              error->message);
}

static void
curve_clear (gpointer data)
{
  PlateauBookCurve *curve = data;
  g_free (curve->name);
}

static guint
count_spectra (PlateauBook *book)
{
  guint n = 0;
  for (guint i = 0; i < book->cells->len; i++)
    {
      GPtrArray *all = ((PlateauBookCell *) book->cells->pdata[i])->cell->measurements;
      for (guint m = 0; m < all->len; m++)
        n += plateau_measurement_get_n_spectra (all->pdata[m]);
    }
  return n;
}

static gboolean
has_kind (PlateauBook *book, const PlateauBookKind *kind, guint cell)
{
  return (((PlateauBookCell *) book->cells->pdata[cell])->cell->kinds & kind->kinds) != 0;
}

/* What is left out is said on the front sheet. */
static gboolean
is_wanted (PlateauBook *book, const PlateauBookKind *kind)
{
  guint n = 0;
  for (guint i = 0; i < book->cells->len; i++)
    n += has_kind (book, kind, i);
  if (n == 0)
    return FALSE;
  const char *title = _ (kind->label);
  switch (book->options->curves)
    {
    case PLATEAU_WORKBOOK_CURVES_ALL:
      return TRUE;
    case PLATEAU_WORKBOOK_CURVES_NONE:
      plateau_book_omit (book, g_strdup_printf (_ ("%s: not asked for"), title));
      return FALSE;
    case PLATEAU_WORKBOOK_CURVES_AUTO:
    default:
      break;
    }
  if (n > MAX_CELLS)
    plateau_book_omit (book,
                       g_strdup_printf (_ ("%s: by default only with up to %u such cells; choose "
                                           "fewer cells, or all curves"),
                                        title, MAX_CELLS));
  else if (kind->of_spectra && count_spectra (book) > MAX_SPECTRA)
    plateau_book_omit (book, g_strdup_printf (_ ("%s: by default only with up to %u spectra; "
                                                 "choose fewer cells, or all curves"),
                                              title, MAX_SPECTRA));
  else
    return TRUE;
  return FALSE;
}

static void
analyse_pages (Batch *batch, const gboolean *wanted)
{
  PlateauBook *book = batch->book;
  int n_jobs = book->options->n_jobs > 0 ? book->options->n_jobs : (int) g_get_num_processors ();
  GThreadPool *pool = g_thread_pool_new (analyse_page, batch, n_jobs, FALSE, NULL);
  for (guint i = 0; i < book->cells->len * N_KINDS; i++)
    if (wanted[i % N_KINDS] && has_kind (book, kinds[i % N_KINDS], i / N_KINDS))
      g_thread_pool_push (pool, GUINT_TO_POINTER (i + 1), NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
}

static void
style_axis (lxw_chart_axis *axis, const char *title)
{
  lxw_chart_font font = {
    .name = (char *) "Arial", .size = 10, .color = INK, .bold = LXW_EXPLICIT_FALSE
  };
  chart_axis_set_name (axis, title);
  chart_axis_set_name_font (axis, &font);
  chart_axis_set_num_font (axis, &font);
  chart_axis_major_gridlines_set_visible (axis, LXW_FALSE);
  chart_axis_set_major_tick_mark (axis, LXW_CHART_AXIS_TICK_MARK_INSIDE);
  chart_axis_set_label_position (axis, LXW_CHART_AXIS_LABEL_POSITION_LOW);
  chart_axis_set_num_format (axis, "General");
}

static void
add_series (lxw_chart *chart, const char *sheet, const PlateauBookPage *page, guint first_row,
            const PlateauBookCurve *curve)
{
  PlateauColour colour = plateau_colour_sequential (curve->share);
  PlateauRgba rgba = plateau_colour_resolve (&colour, PLATEAU_THEME_PAPER, FALSE);
  lxw_chart_line line = { .color = (guint32) lround (rgba.r * 255) << 16
                                   | (guint32) lround (rgba.g * 255) << 8
                                   | (guint32) lround (rgba.b * 255),
                          .width = 1.25 };
  lxw_row_t first = first_row + curve->first, last = first + curve->n - 1;
  lxw_chart_series *series = chart_add_series (chart, NULL, NULL);
  chart_series_set_categories (series, sheet, first, (lxw_col_t) page->x, last,
                               (lxw_col_t) page->x);
  chart_series_set_values (series, sheet, first, (lxw_col_t) page->y, last, (lxw_col_t) page->y);
  if (curve->name != NULL)
    chart_series_set_name (series, curve->name);
  line.none = curve->points;
  chart_series_set_line (series, &line);
  if (curve->points)
    {
      lxw_chart_fill fill = { .color = line.color };
      chart_series_set_marker_type (series, LXW_CHART_MARKER_CIRCLE);
      chart_series_set_marker_size (series, 5);
      chart_series_set_marker_fill (series, &fill);
    }
  else
    chart_series_set_marker_type (series, LXW_CHART_MARKER_NONE);
}

/* At most MAX_CURVES of them, evenly from the first to the last. */
static gboolean
is_shown (guint index, guint n)
{
  if (n <= MAX_CURVES)
    return TRUE;
  for (guint i = 0; i < MAX_CURVES; i++)
    if (index == (guint) ((guint64) i * (n - 1) / (MAX_CURVES - 1)))
      return TRUE;
  return FALSE;
}

/* Decades of the data, as a logarithmic axis of a sheet begins and ends with whole ones. */
static void
set_decades (lxw_chart_axis *axis, PlateauTable *table, guint column)
{
  double low = INFINITY, high = 0;
  for (guint row = 0; row < plateau_table_get_n_rows (table); row++)
    {
      double value = plateau_table_get_number (table, row, column);
      if (value > 0)
        {
          low = MIN (low, value);
          high = MAX (high, value);
        }
    }
  chart_axis_set_log_base (axis, 10);
  chart_axis_set_num_format (axis, "0E+0");
  if (high > 0)
    {
      chart_axis_set_min (axis, pow (10, floor (log10 (low))));
      chart_axis_set_max (axis, pow (10, ceil (log10 (high))));
      chart_axis_set_crossing (axis, pow (10, floor (log10 (low))));
    }
}

static void
add_chart (PlateauBook *book, lxw_worksheet *worksheet, const char *sheet, const char *title,
           const PlateauBookPage *page, guint first_row)
{
  lxw_chart *chart = workbook_add_chart (book->workbook, LXW_CHART_SCATTER_STRAIGHT);
  g_autofree char *x = plateau_book_head (book, page->curves, page->x);
  g_autofree char *y = plateau_book_head (book, page->curves, page->y);
  g_autoptr (GArray) unnamed = g_array_new (FALSE, FALSE, sizeof (gint16));
  const gint16 end = -1;
  gint16 index = 0;
  style_axis (chart->x_axis, x);
  style_axis (chart->y_axis, y);
  if (page->log_x)
    set_decades (chart->x_axis, page->curves, page->x);
  if (page->log_y)
    set_decades (chart->y_axis, page->curves, page->y);
  chart_title_set_name (chart, title);
  chart_legend_set_position (chart, LXW_CHART_LEGEND_RIGHT);
  for (guint i = 0; i < page->series->len; i++)
    {
      const PlateauBookCurve *curve = &g_array_index (page->series, PlateauBookCurve, i);
      if (!is_shown (i, page->series->len))
        continue;
      add_series (chart, sheet, page, first_row, curve);
      if (curve->unnamed)
        g_array_append_val (unnamed, index);
      index++;
    }
  g_array_append_val (unnamed, end);
  if (unnamed->len > 1)
    chart_legend_delete_series (chart, (gint16 *) (gpointer) unnamed->data);
  lxw_chart_options place = { .x_scale = 1.35, .y_scale = 1.4 };
  worksheet_insert_chart_opt (worksheet, BOOK_HEAD_ROW,
                              (lxw_col_t) (plateau_table_get_n_columns (page->curves) + 1), chart,
                              &place);
}

static void
write_curves (PlateauBook *book, const PlateauBookKind *kind, const PlateauBookCell *cell,
              const PlateauBookPage *page)
{
  g_autofree char *wanted = g_strdup_printf ("%s %s", _ (kind->curves_sheet), cell->cell->name);
  g_autofree char *title = g_strdup_printf ("%s, %s", cell->cell->name, _ (kind->curves_title));
  char *name = NULL;
  guint first_row = 0;
  lxw_worksheet *sheet = plateau_book_add_sheet (book, wanted, title, &name);
  if (sheet == NULL)
    return;
  plateau_book_add_table (book, sheet, page->curves, kind->object, &first_row);
  if (book->options->charts && page->series->len > 0)
    add_chart (book, sheet, name, title, page, first_row);
}

/* The rows of one cell behind those of the others, with its name and sample in front. */
static void
append_values (PlateauTable *all, PlateauTable *values, const PlateauStudyCell *cell)
{
  guint n_columns = plateau_table_get_n_columns (values);
  for (guint r = 0; r < plateau_table_get_n_rows (values); r++)
    {
      guint row = plateau_table_add_row (all);
      plateau_table_set_text (all, row, 0, cell->name);
      plateau_table_set_text (all, row, 1, cell->sample != NULL ? cell->sample->name : "");
      for (guint c = 0; c < n_columns; c++)
        if (plateau_table_get_column_type (values, c) == PLATEAU_COLUMN_TEXT)
          plateau_table_set_text (all, row, c + 2, plateau_table_get_text (values, r, c));
        else
          plateau_table_set_number (all, row, c + 2, plateau_table_get_number (values, r, c));
    }
}

static void
write_kind (Batch *batch, guint k)
{
  PlateauBook *book = batch->book;
  g_autoptr (PlateauTable) all = NULL;
  for (guint i = 0; i < book->cells->len; i++)
    {
      const PlateauBookCell *cell = book->cells->pdata[i];
      PlateauBookPage *page = &batch->pages[i * N_KINDS + k];
      char **failure = &batch->failures[i * N_KINDS + k];
      if (*failure != NULL)
        plateau_book_omit (book, g_steal_pointer (failure));
      if (page->curves != NULL && plateau_table_get_n_rows (page->curves) > 0)
        write_curves (book, kinds[k], cell, page);
      if (page->values == NULL || plateau_table_get_n_rows (page->values) == 0)
        continue;
      if (all == NULL)
        {
          all = plateau_table_new (_ (kinds[k]->values_title));
          plateau_table_add_column (all, "cell", _ ("Cell"), NULL, PLATEAU_COLUMN_TEXT, 0);
          plateau_table_add_column (all, "sample", _ ("Sample"), NULL, PLATEAU_COLUMN_TEXT, 0);
          for (guint c = 0; c < plateau_table_get_n_columns (page->values); c++)
            plateau_table_add_column_like (all, page->values, c);
        }
      append_values (all, page->values, cell->cell);
    }
  if (all == NULL)
    return;
  g_autofree char *object = g_strconcat (kinds[k]->object, "_values", NULL);
  lxw_worksheet *sheet = plateau_book_add_sheet (book, _ (kinds[k]->values_sheet),
                                                 _ (kinds[k]->values_title), NULL);
  plateau_book_add_table (book, sheet, all, object, NULL);
}

/* The sheets of the analyses, kind after kind, behind those of cycles and impedance. */
void
plateau_book_write_pages (PlateauBook *book, GCancellable *cancellable)
{
  guint n = book->cells->len * N_KINDS;
  gboolean wanted[N_KINDS];
  Batch batch = { book, cancellable, g_new0 (PlateauBookPage, MAX (n, 1)),
                  g_new0 (char *, MAX (n, 1)) };
  for (guint i = 0; i < n; i++)
    {
      batch.pages[i].series = g_array_new (FALSE, TRUE, sizeof (PlateauBookCurve));
      g_array_set_clear_func (batch.pages[i].series, curve_clear);
    }
  for (guint k = 0; k < N_KINDS; k++)
    wanted[k] = is_wanted (book, kinds[k]);
  analyse_pages (&batch, wanted);
  for (guint k = 0; k < N_KINDS; k++)
    write_kind (&batch, k);
  for (guint i = 0; i < n; i++)
    {
      g_clear_pointer (&batch.pages[i].curves, plateau_table_unref);
      g_clear_pointer (&batch.pages[i].values, plateau_table_unref);
      g_array_unref (batch.pages[i].series);
      g_free (batch.failures[i]);
    }
  g_free (batch.pages);
  g_free (batch.failures);
}
