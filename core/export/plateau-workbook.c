/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/plateau-workbook-private.h"
#include "figure/plateau-look.h"

#include "analysis/plateau-compare.h"
#include "base/plateau-error.h"
#include "base/plateau-file.h"
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define WARNING_RGB 0xB00020
#define PAPER_A4 9

void
plateau_book_check (PlateauBook *book, lxw_error code)
{
  if (code != LXW_NO_ERROR && book->first_error == LXW_NO_ERROR)
    book->first_error = code;
}

/* Excel's rules: at most 31 UTF-16 units, none of []:*?/\, no apostrophe at either end, not
 * "History", not empty, and unique whatever the case. */
char *
plateau_book_sheet_name (GHashTable *used, const char *wanted)
{
  g_autofree char *valid = g_utf8_make_valid (wanted, -1);
  g_autoptr (GString) clean = g_string_new (NULL);
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      g_string_append_unichar (
          clean, c < 0x20 || strchr ("[]:*?/\\", (int) MIN (c, 0x7F)) != NULL ? (gunichar) '_' : c);
    }
  while (clean->len > 0 && (clean->str[0] == '\'' || clean->str[0] == ' '))
    g_string_erase (clean, 0, 1);
  if (clean->len == 0 || g_ascii_strcasecmp (clean->str, "history") == 0)
    g_string_append (clean, "_");
  for (guint number = 1;; number++)
    {
      g_autofree char *suffix = number > 1 ? g_strdup_printf (" (%u)", number) : g_strdup ("");
      g_autoptr (GString) name = g_string_new (NULL);
      glong room = 31 - (glong) strlen (suffix);
      for (const char *p = clean->str; *p != '\0'; p = g_utf8_next_char (p))
        {
          gunichar c = g_utf8_get_char (p);
          room -= c > 0xFFFF ? 2 : 1;
          if (room < 0)
            break;
          g_string_append_unichar (name, c);
        }
      while (name->len > 0 && (name->str[name->len - 1] == '\'' || name->str[name->len - 1] == ' '))
        g_string_truncate (name, name->len - 1);
      g_string_append (name, suffix);
      g_autofree char *folded = g_utf8_casefold (name->str, -1);
      if (g_hash_table_add (used, g_steal_pointer (&folded)))
        return g_string_free (g_steal_pointer (&name), FALSE);
    }
}

lxw_worksheet *
plateau_book_add_sheet (PlateauBook *book, const char *wanted, const char *title, char **name)
{
  char *chosen = plateau_book_sheet_name (book->names, wanted);
  lxw_worksheet *sheet = workbook_add_worksheet (book->workbook, chosen);
  g_ptr_array_add (book->sheets, chosen);
  if (name != NULL)
    *name = chosen;
  if (sheet == NULL)
    {
      plateau_book_check (book, LXW_ERROR_MEMORY_MALLOC_FAILED);
      return NULL;
    }
  worksheet_set_landscape (sheet);
  worksheet_set_paper (sheet, PAPER_A4);
  worksheet_fit_to_pages (sheet, 1, 0);
  worksheet_write_string (sheet, 0, 0, title, book->title);
  if (plateau_study_get_simulated (book->study))
    worksheet_write_string (sheet, 1, 0, _ ("Simulated data: not a measurement"), book->warning);
  return sheet;
}

lxw_format *
plateau_book_number_format (PlateauBook *book, int decimals)
{
  static const char *const formats[] = { "0",       "0.0",      "0.00",     "0.000",  "0.0000",
                                         "0.00000", "0.000000", "0.00E+00", "General" };
  guint index = (guint) CLAMP (decimals, 0, (int) G_N_ELEMENTS (formats) - 1);
  lxw_format *format = g_hash_table_lookup (book->number_formats, GUINT_TO_POINTER (index + 1));
  if (format == NULL)
    {
      format = workbook_add_format (book->workbook);
      format_set_num_format (format, formats[index]);
      g_hash_table_insert (book->number_formats, GUINT_TO_POINTER (index + 1), format);
    }
  return format;
}

/* As many decimals as show the wanted significant digits of the column's typical value. */
static lxw_format *
column_format (PlateauBook *book, PlateauTable *table, guint column)
{
  if (plateau_table_get_column_type (table, column) == PLATEAU_COLUMN_INTEGER)
    return plateau_book_number_format (book, 0);
  double largest = 0, smallest = INFINITY;
  guint n = plateau_table_get_n_rows (table);
  for (guint row = 0; row < n; row++)
    {
      double value = fabs (plateau_table_get_number (table, row, column));
      if (!isfinite (value))
        continue;
      largest = MAX (largest, value);
      if (value > 0)
        smallest = MIN (smallest, value);
    }
  if (largest == 0)
    return plateau_book_number_format (book, 3);
  if (largest > 1e4 * smallest)
    return plateau_book_number_format (book, 8); /* several quantities in one column */
  if (largest < 1e-3 || largest >= 1e7)
    return plateau_book_number_format (book, 7);
  return plateau_book_number_format (book, CLAMP (4 - (int) floor (log10 (largest)), 0, 6));
}

/* "Charge capacity / mAh g⁻¹", the unit as the book's person writes it. */
char *
plateau_book_head (PlateauBook *book, PlateauTable *table, guint column)
{
  const PlateauUnit *unit = plateau_notation_get_unit (&book->notation,
                                                       plateau_table_get_unit (table, column));
  const char *label = plateau_table_get_label (table, column);
  g_autofree char *other = plateau_notation_rewrite (&book->notation, label);
  return g_strdup_printf ("%s%s%s", other != NULL ? other : label,
                          unit != NULL && unit->label[0] != '\0' ? " / " : "",
                          unit != NULL ? unit->label : "");
}

/* A text of the program's own in the book's units. (transfer full) */
char *
plateau_book_text (PlateauBook *book, const char *text)
{
  char *other = plateau_notation_rewrite (&book->notation, text);
  return other != NULL ? other : g_strdup (text);
}

/* To twelve significant digits: more than any instrument resolves, and 0.1 mA times 1000 is 100
 * and not 100.00000000000001, which makes files a third larger. */
double
plateau_book_round (double value)
{
  static const double powers[] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                   1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };
  double magnitude = fabs (value);
  if (!(magnitude >= 1e-10 && magnitude < 1e11))
    return value;
  int digits = 11 - (int) floor (log10 (magnitude));
  if (digits < 0 || digits >= (int) G_N_ELEMENTS (powers))
    return value;
  return rint (value * powers[digits]) / powers[digits];
}

static void
write_cell (PlateauBook *book, lxw_worksheet *sheet, lxw_row_t at, lxw_col_t column,
            PlateauTable *table, guint row, lxw_format *format)
{
  PlateauColumnType type = plateau_table_get_column_type (table, column);
  if (type == PLATEAU_COLUMN_TEXT)
    {
      const char *text = plateau_table_get_text (table, row, column);
      if (text != NULL && text[0] != '\0')
        worksheet_write_string (sheet, at, column, text, NULL);
      return;
    }
  double value = plateau_table_get_number (table, row, column);
  if (!isfinite (value))
    return;
  if (type == PLATEAU_COLUMN_BOOLEAN)
    worksheet_write_boolean (sheet, at, column, value != 0, NULL);
  else
    worksheet_write_number (sheet, at, column, plateau_book_round (value), format);
}

/* Heads of a table must differ from each other, or Excel repairs the file. */
static char **
unique_heads (PlateauBook *book, PlateauTable *table, PlateauHeads heads)
{
  guint n = plateau_table_get_n_columns (table);
  char **texts = g_new0 (char *, n + 1);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint c = 0; c < n; c++)
    {
      g_autofree char *head = heads == PLATEAU_HEADS_KEY
                                  ? g_strdup (plateau_table_get_key (table, c))
                              : heads == PLATEAU_HEADS_ORIGIN
                                  ? g_strdup (plateau_table_get_label (table, c))
                                  : plateau_book_head (book, table, c);
      texts[c] = g_strdup (head);
      for (guint i = 2; !g_hash_table_add (seen, g_utf8_casefold (texts[c], -1)); i++)
        {
          g_free (texts[c]);
          texts[c] = g_strdup_printf ("%s (%u)", head, i);
        }
    }
  return texts;
}

/* Origin takes the first row as long names, the second as units, the third as comments. */
static guint
write_origin_heads (PlateauBook *book, lxw_worksheet *sheet, PlateauTable *table)
{
  for (guint c = 0; c < plateau_table_get_n_columns (table); c++)
    {
      worksheet_write_string (sheet, BOOK_HEAD_ROW, (lxw_col_t) c,
                              plateau_table_get_label (table, c), book->head);
      worksheet_write_string (sheet, BOOK_HEAD_ROW + 1, (lxw_col_t) c,
                              plateau_table_get_unit_label (table, c), book->head);
      worksheet_write_string (sheet, BOOK_HEAD_ROW + 2, (lxw_col_t) c,
                              plateau_table_get_title (table), book->head);
    }
  return BOOK_HEAD_ROW + 3;
}

static void
add_table_object (PlateauBook *book, lxw_worksheet *sheet, char **heads, guint n_columns,
                  guint n_rows, const char *name)
{
  lxw_table_column *columns = g_new0 (lxw_table_column, n_columns);
  lxw_table_column **pointers = g_new0 (lxw_table_column *, n_columns + 1);
  for (guint c = 0; c < n_columns; c++)
    {
      columns[c].header = heads[c];
      columns[c].header_format = book->head;
      pointers[c] = &columns[c];
    }
  g_autofree char *table_name = g_strdup_printf ("%s_%u", name, ++book->n_tables);
  lxw_table_options options = { .name = table_name,
                                .columns = pointers,
                                .style_type = LXW_TABLE_STYLE_TYPE_LIGHT,
                                .style_type_number = 1 };
  plateau_book_check (book, worksheet_add_table (sheet, BOOK_HEAD_ROW, 0,
                                                 (lxw_row_t) (BOOK_HEAD_ROW + n_rows),
                                                 (lxw_col_t) (n_columns - 1), &options));
  g_free (pointers);
  g_free (columns);
}

/* Heads wrap; texts do not. */
static double
column_width (PlateauTable *table, guint column, const char *head)
{
  double width = CLAMP ((double) g_utf8_strlen (head, -1) * 0.62 + 4, 9, 28);
  if (plateau_table_get_column_type (table, column) != PLATEAU_COLUMN_TEXT)
    return width;
  for (guint row = 0; row < plateau_table_get_n_rows (table); row++)
    {
      const char *text = plateau_table_get_text (table, row, column);
      if (text != NULL)
        width = MAX (width, (double) g_utf8_strlen (text, -1) + 1);
    }
  return MIN (width, 60);
}

/* A table under the title, its head frozen. @name: letters, for the named table. */
void
plateau_book_add_table (PlateauBook *book, lxw_worksheet *sheet, PlateauTable *values,
                        const char *name, guint *first_row)
{
  PlateauHeads heads = book->options->template != NULL ? book->options->template->heads
                                                       : PLATEAU_HEADS_LABEL_AND_UNIT;
  /* Keys name the units that they stand for. */
  g_autoptr (PlateauTable) table = plateau_notation_convert_table (
      heads == PLATEAU_HEADS_KEY ? NULL : &book->notation, values);
  guint n_columns = plateau_table_get_n_columns (table), n_rows = plateau_table_get_n_rows (table);
  guint first = BOOK_HEAD_ROW + 1;
  g_auto (GStrv) texts = unique_heads (book, table, heads);
  if (sheet == NULL || n_columns == 0)
    return;
  if (heads == PLATEAU_HEADS_ORIGIN)
    first = write_origin_heads (book, sheet, table);
  else if (n_rows > 0)
    add_table_object (book, sheet, texts, n_columns, n_rows, name);
  else
    for (guint c = 0; c < n_columns; c++)
      worksheet_write_string (sheet, BOOK_HEAD_ROW, (lxw_col_t) c, texts[c], book->head);
  for (guint c = 0; c < n_columns; c++)
    {
      gboolean text = plateau_table_get_column_type (table, c) == PLATEAU_COLUMN_TEXT;
      lxw_format *format = text ? NULL : column_format (book, table, c);
      worksheet_set_column (sheet, (lxw_col_t) c, (lxw_col_t) c, column_width (table, c, texts[c]),
                            NULL);
      for (guint r = 0; r < n_rows; r++)
        write_cell (book, sheet, first + r, (lxw_col_t) c, table, r, format);
    }
  worksheet_set_row (sheet, BOOK_HEAD_ROW, 45, NULL);
  worksheet_freeze_panes (sheet, first, 1);
  if (first_row != NULL)
    *first_row = first;
}

static lxw_format *
add_format (PlateauBook *book, gboolean bold, double size, int colour)
{
  lxw_format *format = workbook_add_format (book->workbook);
  if (bold)
    format_set_bold (format);
  if (size > 0)
    format_set_font_size (format, size);
  if (colour >= 0)
    format_set_font_color (format, (lxw_color_t) colour);
  return format;
}

static void
make_formats (PlateauBook *book)
{
  book->title = add_format (book, TRUE, 14, -1);
  book->note = add_format (book, FALSE, 0, 0x606060);
  book->warning = add_format (book, TRUE, 0, WARNING_RGB);
  book->head = add_format (book, TRUE, 0, -1);
  format_set_text_wrap (book->head);
  format_set_align (book->head, LXW_ALIGN_VERTICAL_TOP);
  format_set_bottom (book->head, LXW_BORDER_THIN);
  book->link = add_format (book, FALSE, 0, 0x0B5394);
  format_set_underline (book->link, LXW_UNDERLINE_SINGLE);
  book->wrapped = add_format (book, FALSE, 0, -1);
  format_set_text_wrap (book->wrapped);
  format_set_align (book->wrapped, LXW_ALIGN_VERTICAL_TOP);
  book->text = add_format (book, FALSE, 0, -1);
  book->date = add_format (book, FALSE, 0, -1);
  format_set_num_format (book->date, "yyyy-mm-dd hh:mm:ss");
}

static void
set_properties (PlateauBook *book)
{
  gint64 created = book->options->created >= 0 ? book->options->created
                                               : g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *program = g_strdup_printf ("Plateau %s", PLATEAU_VERSION);
  gboolean simulated = plateau_study_get_simulated (book->study);
  lxw_doc_properties properties = {
    .title = (char *) plateau_study_get_title (book->study),
    .subject = simulated ? _ ("Simulated data: not a measurement") : NULL,
    .company = program,
    .created = (time_t) created,
  };
  workbook_set_properties (book->workbook, &properties);
}

/* Notes what the workbook does not hold, for the front sheet. Takes @text. */
void
plateau_book_omit (PlateauBook *book, char *text)
{
  g_ptr_array_add (book->omitted, text);
}

/* Formats and properties, which every workbook begins with. */
void
plateau_book_begin (PlateauBook *book)
{
  g_autoptr (PlateauStyle) style = plateau_style_find_over (
      NULL, plateau_study_get_manner (book->study), NULL);
  if (style != NULL)
    {
      book->notation = style->notation;
      book->colours = style->colours;
    }
  make_formats (book);
  set_properties (book);
}

static void
book_cell_free (PlateauBookCell *cell)
{
  g_clear_pointer (&cell->cycles, plateau_cycles_unref);
  g_clear_pointer (&cell->table, plateau_table_unref);
  g_clear_pointer (&cell->rate, plateau_table_unref);
  g_free (cell);
}

static void
edit_clear (gpointer data)
{
  PlateauBookEdit *edit = data;
  g_free (edit->title);
  g_ptr_array_unref (edit->error_bars);
}

/* Keeps the columns that the template names, in its order. */
static PlateauTable *
choose_columns (PlateauTable *table, const PlateauExportTemplate *template)
{
  if (template == NULL || template->cycle_columns == NULL)
    return plateau_table_ref (table);
  PlateauTable *chosen = plateau_table_new (plateau_table_get_title (table));
  g_autoptr (GArray) from = g_array_new (FALSE, FALSE, sizeof (guint));
  for (char **key = template->cycle_columns; *key != NULL; key++)
    {
      int column = plateau_table_find_column (table, *key);
      if (column < 0)
        continue;
      guint index = (guint) column;
      plateau_table_add_column_like (chosen, table, index);
      g_array_append_val (from, index);
    }
  for (guint r = 0; r < plateau_table_get_n_rows (table); r++)
    {
      guint row = plateau_table_add_row (chosen);
      plateau_table_set_row_tag (chosen, row, plateau_table_get_row_tag (table, r));
      for (guint c = 0; c < from->len; c++)
        {
          guint source = g_array_index (from, guint, c);
          if (plateau_table_get_column_type (table, source) == PLATEAU_COLUMN_TEXT)
            plateau_table_set_text (chosen, row, c, plateau_table_get_text (table, r, source));
          else
            plateau_table_set_number (chosen, row, c, plateau_table_get_number (table, r, source));
        }
    }
  return chosen;
}

typedef struct
{
  PlateauStudy *study;
  const PlateauExportTemplate *template;
  PlateauCyclesOptions cycles;
  PlateauRateOptions rate;
  GCancellable *cancellable;
} AnalysisJob;

static void
analyse_cell (gpointer data, gpointer user_data)
{
  PlateauBookCell *book_cell = data;
  const AnalysisJob *job = user_data;
  const PlateauStudyCell *cell = book_cell->cell;
  if ((cell->kinds & PLATEAU_KIND_CYCLING) == 0 || g_cancellable_is_cancelled (job->cancellable))
    return;
  g_autoptr (PlateauRecording) recording = plateau_measurements_load_recording (
      cell->measurements, PLATEAU_KIND_CYCLING, NULL);
  if (recording == NULL)
    return;
  PlateauCyclesOptions options = plateau_cycles_options_as_measured (&job->cycles, cell->name,
                                                                     cell->reference_offset);
  book_cell->cycles = plateau_cycles_analyse (recording, &options, job->cancellable, NULL);
  if (book_cell->cycles == NULL)
    return;
  PlateauNormalisation normalisation = plateau_normalisation_of_cell (cell);
  g_autoptr (PlateauTable) table = plateau_cycles_table (book_cell->cycles, &normalisation);
  plateau_cycles_summarise (book_cell->cycles, recording, &options, &book_cell->summary);
  book_cell->table = choose_columns (table, job->template);
  PlateauRateOptions rates = plateau_rate_options_of_cell (&job->rate, cell->name);
  g_autoptr (PlateauRate) rate = plateau_rate_analyse (book_cell->cycles, &rates, NULL);
  if (rate != NULL && rate->n_groups > 1)
    book_cell->rate = plateau_rate_table (rate, cell->active_mass, cell->one_c);
}

static void
analyse_cells (PlateauBook *book, GCancellable *cancellable)
{
  AnalysisJob job = { .study = book->study,
                      .template = book->options->template,
                      .cycles = PLATEAU_CYCLES_OPTIONS_INIT,
                      .rate = PLATEAU_RATE_OPTIONS_INIT,
                      .cancellable = cancellable };
  JsonObject *settings = plateau_study_get_settings (book->study, "cycles");
  if (settings != NULL)
    plateau_options_from_json (plateau_cycles_option_table, &job.cycles, settings, NULL);
  settings = plateau_study_get_settings (book->study, "rate");
  if (settings != NULL)
    plateau_options_from_json (plateau_rate_option_table, &job.rate, settings, NULL);
  int n_jobs = book->options->n_jobs > 0 ? book->options->n_jobs : (int) g_get_num_processors ();
  GThreadPool *pool = g_thread_pool_new (analyse_cell, &job, n_jobs, FALSE, NULL);
  for (guint i = 0; i < book->cells->len; i++)
    g_thread_pool_push (pool, book->cells->pdata[i], NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
  plateau_options_clear (plateau_cycles_option_table, &job.cycles);
  plateau_options_clear (plateau_rate_option_table, &job.rate);
}

/* As in the plots; dashed where the plots dash, so that lines differ in grey too. */
static void
choose_colours (PlateauBook *book)
{
  for (guint i = 0; i < book->cells->len; i++)
    {
      PlateauBookCell *cell = book->cells->pdata[i];
      PlateauSlot slot = cell->cell->sample != NULL
                             ? plateau_look_of_sample (book->study, cell->cell->sample)
                             : plateau_slot_for_role (PLATEAU_ROLE_NONE, i);
      PlateauColour colour = plateau_colour_slot (slot, 0.5);
      colour.colours = book->colours;
      PlateauRgba rgba = plateau_colour_resolve (&colour, PLATEAU_THEME_PAPER, FALSE);
      cell->rgb = (guint32) lround (rgba.r * 255) << 16 | (guint32) lround (rgba.g * 255) << 8
                  | (guint32) lround (rgba.b * 255);
      cell->dashed = plateau_slot_get_dash (slot) == PLATEAU_DASH_DASHED;
    }
}

static void
take_cells (PlateauBook *book)
{
  book->cells = g_ptr_array_new_with_free_func ((GDestroyNotify) book_cell_free);
  GPtrArray *wanted = book->options->cells;
  guint n = wanted != NULL ? wanted->len : plateau_study_get_n_cells (book->study);
  for (guint i = 0; i < n; i++)
    {
      const PlateauStudyCell *cell = wanted != NULL ? wanted->pdata[i]
                                                    : plateau_study_get_cell (book->study, i);
      if (wanted == NULL && cell->excluded)
        continue;
      PlateauBookCell *own = g_new0 (PlateauBookCell, 1);
      own->cell = cell;
      g_ptr_array_add (book->cells, own);
    }
}

/* Only where there is something to compare: two samples at least. */
static void
write_compare (PlateauBook *book)
{
  if (!book->options->compare || plateau_study_get_n_samples (book->study) < 2)
    return;
  g_autoptr (PlateauCompare) compare = plateau_compare_analyse (book->study, NULL, NULL);
  if (compare == NULL || compare->n_entries == 0)
    return;
  g_autoptr (PlateauTable) table = plateau_compare_table (compare);
  lxw_worksheet *sheet = plateau_book_add_sheet (
      book, _ ("Compare"), _ ("Samples compared under equal conditions"), NULL);
  plateau_book_add_table (book, sheet, table, "Compare", NULL);
}

static void
write_sheets (PlateauBook *book, GCancellable *cancellable)
{
  plateau_book_write_front (book);
  plateau_book_write_metadata (book);
  book->summary = plateau_book_add_sheet (book, _ ("Summary"), _ ("Summary of the cells"), NULL);
  write_compare (book);
  GPtrArray *tables = book->options->tables;
  for (guint i = 0; tables != NULL && i < tables->len; i++)
    {
      const char *title = plateau_table_get_title (tables->pdata[i]);
      lxw_worksheet *sheet = plateau_book_add_sheet (book, title, title, NULL);
      plateau_book_add_table (book, sheet, tables->pdata[i], "Table", NULL);
    }
  plateau_book_add_cell_sheets (book);
  plateau_book_write_cells (book);
  plateau_book_write_spectra (book);
  plateau_book_write_pages (book, cancellable);
  plateau_book_write_figures (book, cancellable);
  plateau_book_write_summary (book);
  plateau_book_write_settings (book);
  plateau_book_write_sources (book);
  plateau_book_write_front_contents (book);
}

typedef struct
{
  PlateauStudy *study;
  const PlateauWorkbookOptions *options;
  GCancellable *cancellable;
} WriteJob;

static gboolean
write_book (const char *path, gpointer data, GError **error)
{
  const WriteJob *job = data;
  PlateauBook book = { .study = job->study, .options = job->options };
  book.workbook = workbook_new (path);
  book.names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  book.sheets = g_ptr_array_new_with_free_func (g_free);
  book.omitted = g_ptr_array_new_with_free_func (g_free);
  book.edits = g_array_new (FALSE, TRUE, sizeof (PlateauBookEdit));
  g_array_set_clear_func (book.edits, edit_clear);
  book.number_formats = g_hash_table_new (NULL, NULL);
  plateau_book_begin (&book);
  take_cells (&book);
  analyse_cells (&book, job->cancellable);
  choose_colours (&book);
  gboolean ok = !g_cancellable_set_error_if_cancelled (job->cancellable, error);
  if (ok)
    {
      write_sheets (&book, job->cancellable);
      ok = !g_cancellable_set_error_if_cancelled (job->cancellable, error);
    }
  g_autofree guint *numbers = g_new (guint, book.edits->len + 1);
  for (guint i = 0; i < book.edits->len; i++)
    numbers[i] = plateau_book_chart_number (
        &book, g_array_index (book.edits, PlateauBookEdit, i).worksheet);
  lxw_error code = workbook_close (book.workbook);
  plateau_book_check (&book, code);
  if (ok && book.first_error != LXW_NO_ERROR)
    {
      g_set_error (error, PLATEAU_EXPORT_ERROR, PLATEAU_EXPORT_ERROR_FAILED,
                   _ ("The workbook cannot be written: %s"), lxw_strerror (book.first_error));
      ok = FALSE;
    }
  ok = ok && plateau_book_apply_edits (path, book.edits, numbers, error)
       && plateau_book_verify (path, error);
  g_ptr_array_unref (book.cells);
  g_ptr_array_unref (book.sheets);
  g_ptr_array_unref (book.omitted);
  g_array_unref (book.edits);
  g_hash_table_unref (book.names);
  g_hash_table_unref (book.number_formats);
  return ok;
}

/**
 * plateau_workbook_write:
 * @study: the study; its settings are those that the numbers are made with
 * @options: what to write; %PLATEAU_WORKBOOK_OPTIONS_INIT writes all
 * @path: the file to make or to replace
 * @cancellable: (nullable): stops it
 *
 * Writes a workbook with a front sheet, the metadata of the cells, a summary whose retention,
 * coulombic efficiency, loss, voltage decay, mean and standard deviation are formulas over the
 * cells' rows, the further
 * tables, a sheet of per-cycle values with a chart for each cell, sheets of spectra, the curves
 * and peaks of the analyses (dQ/dV, titrations, voltammograms, relaxation times), the figures
 * of the project, the settings and the sources. Curves that are left out, or that an analysis could
 * not give, are named on the front sheet with the reason. Heads carry units, absent values are
 * empty cells, numbers are numbers. With the same study and
 * @created the bytes are the same. A simulated study says so on every sheet.
 *
 * Returns: FALSE with @error set when it cannot be written; an old file then stays
 */
gboolean
plateau_workbook_write (PlateauStudy *study, const PlateauWorkbookOptions *options,
                        const char *path, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (study != NULL && options != NULL && path != NULL, FALSE);
  WriteJob job = { study, options, cancellable };
  return plateau_file_write_beside (path, write_book, &job, error);
}
