/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/plateau-workbook-private.h"

#include <glib/gi18n.h>
#include <math.h>

/* Impedance spectra of a cell, one row a point, with a Nyquist chart beside them. */

#define MAX_CURVES 12
#define INK 0x202020

typedef enum
{
  COLUMN_SPECTRUM,
  COLUMN_FREQUENCY,
  COLUMN_RE,
  COLUMN_MINUS_IM,
  COLUMN_MODULUS,
  COLUMN_PHASE,
  COLUMN_POTENTIAL,
  COLUMN_TEMPERATURE,
  COLUMN_CYCLE,
  COLUMN_ELECTRODE,
} SpectrumColumn;

static PlateauTable *
new_table (const char *title)
{
  PlateauTable *table = plateau_table_new (title);
  plateau_table_add_column (table, "spectrum", _ ("Spectrum"), NULL, PLATEAU_COLUMN_INTEGER, 0);
  plateau_table_add_column (table, "frequency_Hz", _ ("Frequency"), "Hz", PLATEAU_COLUMN_NUMBER, 6);
  plateau_table_add_column (table, "z_re_ohm", _ ("Z′"), "ohm", PLATEAU_COLUMN_NUMBER, 6);
  plateau_table_add_column (table, "minus_z_im_ohm", _ ("−Z″"), "ohm", PLATEAU_COLUMN_NUMBER, 6);
  plateau_table_add_column (table, "z_abs_ohm", _ ("|Z|"), "ohm", PLATEAU_COLUMN_NUMBER, 6);
  plateau_table_add_column (table, "phase_deg", _ ("Phase"), "deg", PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "potential_V", _ ("Potential"), "V", PLATEAU_COLUMN_NUMBER, 5);
  plateau_table_add_column (table, "temperature_C", _ ("Temperature"), "degC",
                            PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "cycle", _ ("Cycle"), NULL, PLATEAU_COLUMN_INTEGER, 0);
  plateau_table_add_column (table, "electrode", _ ("Electrode"), NULL, PLATEAU_COLUMN_TEXT, 0);
  return table;
}

static const char *
electrode_name (PlateauElectrode electrode)
{
  switch (electrode)
    {
    case PLATEAU_ELECTRODE_WORKING:
      return _ ("working");
    case PLATEAU_ELECTRODE_COUNTER:
      return _ ("counter");
    case PLATEAU_ELECTRODE_CELL:
    default:
      return _ ("cell");
    }
}

static void
add_rows (PlateauTable *table, guint number, PlateauSpectrum *spectrum, double offset)
{
  const PlateauConditions *conditions = plateau_spectrum_get_conditions (spectrum);
  const double *frequency = plateau_spectrum_peek_frequency (spectrum);
  const double *re = plateau_spectrum_peek_re (spectrum);
  const double *im = plateau_spectrum_peek_im (spectrum);
  for (gsize i = 0; i < plateau_spectrum_get_n (spectrum); i++)
    {
      guint row = plateau_table_add_row (table);
      plateau_table_set_number (table, row, COLUMN_SPECTRUM, number);
      plateau_table_set_number (table, row, COLUMN_FREQUENCY, frequency[i]);
      plateau_table_set_number (table, row, COLUMN_RE, re[i]);
      plateau_table_set_number (table, row, COLUMN_MINUS_IM, -im[i]);
      plateau_table_set_number (table, row, COLUMN_MODULUS, hypot (re[i], im[i]));
      plateau_table_set_number (table, row, COLUMN_PHASE, atan2 (im[i], re[i]) * 180 / G_PI);
      plateau_table_set_number (table, row, COLUMN_POTENTIAL, conditions->potential + offset);
      plateau_table_set_number (table, row, COLUMN_TEMPERATURE,
                                plateau_from_si (conditions->temperature, "degC"));
      plateau_table_set_number (table, row, COLUMN_CYCLE, conditions->cycle);
      plateau_table_set_text (table, row, COLUMN_ELECTRODE, electrode_name (conditions->electrode));
    }
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
  chart_axis_set_num_format (axis, "General");
}

static void
add_curve (lxw_chart *chart, const char *sheet, guint first, guint n, guint number, double share)
{
  PlateauColour colour = plateau_colour_sequential (share);
  PlateauRgba rgba = plateau_colour_resolve (&colour, PLATEAU_THEME_PAPER, FALSE);
  guint32 rgb = (guint32) lround (rgba.r * 255) << 16 | (guint32) lround (rgba.g * 255) << 8
                | (guint32) lround (rgba.b * 255);
  g_autofree char *name = g_strdup_printf (_ ("Spectrum %u"), number);
  lxw_chart_line line = { .color = rgb, .width = 1 };
  lxw_chart_fill fill = { .color = rgb };
  lxw_chart_series *series = chart_add_series (chart, NULL, NULL);
  chart_series_set_categories (series, sheet, first, COLUMN_RE, first + n - 1, COLUMN_RE);
  chart_series_set_values (series, sheet, first, COLUMN_MINUS_IM, first + n - 1, COLUMN_MINUS_IM);
  chart_series_set_name (series, name);
  chart_series_set_line (series, &line);
  chart_series_set_marker_type (series, LXW_CHART_MARKER_CIRCLE);
  chart_series_set_marker_size (series, 4);
  chart_series_set_marker_fill (series, &fill);
  chart_series_set_marker_line (series, &line);
}

/* At most so many spectra as a legend can hold, evenly from the first to the last. */
static void
add_nyquist (PlateauBook *book, lxw_worksheet *worksheet, const char *sheet, const char *title,
             GPtrArray *spectra, guint first_row)
{
  lxw_chart *chart = workbook_add_chart (book->workbook, LXW_CHART_SCATTER_STRAIGHT_WITH_MARKERS);
  style_axis (chart->x_axis, _ ("Z′ / Ω"));
  style_axis (chart->y_axis, _ ("−Z″ / Ω"));
  chart_title_set_name (chart, title);
  chart_legend_set_position (chart, LXW_CHART_LEGEND_RIGHT);
  guint n_curves = MIN (spectra->len, MAX_CURVES);
  guint next = 0, row = first_row;
  for (guint i = 0; i < spectra->len; i++)
    {
      guint n = (guint) plateau_spectrum_get_n (spectra->pdata[i]);
      guint wanted = n_curves > 1 ? (guint) ((guint64) next * (spectra->len - 1) / (n_curves - 1))
                                  : 0;
      if (i == wanted && next < n_curves && n > 0)
        {
          add_curve (chart, sheet, row, n, i + 1,
                     n_curves > 1 ? (double) next / (n_curves - 1) : 0);
          next++;
        }
      row += n;
    }
  lxw_chart_options place = { .x_scale = 1.25, .y_scale = 1.5 };
  worksheet_insert_chart_opt (worksheet, BOOK_HEAD_ROW, COLUMN_ELECTRODE + 2, chart, &place);
}

/* A sheet for each cell that has spectra. They stand behind the sheets of cycles. */
void
plateau_book_write_spectra (PlateauBook *book)
{
  for (guint i = 0; i < book->cells->len; i++)
    {
      const PlateauStudyCell *cell = ((PlateauBookCell *) book->cells->pdata[i])->cell;
      if ((cell->kinds & PLATEAU_KIND_EIS) == 0)
        continue;
      g_autoptr (GPtrArray) spectra = plateau_measurements_load_spectra (cell->measurements, NULL);
      if (spectra == NULL || spectra->len == 0)
        continue;
      g_autofree char *title = g_strdup_printf (_ ("%s, impedance"), cell->name);
      g_autofree char *wanted = g_strdup_printf ("EIS %s", cell->name);
      g_autoptr (PlateauTable) table = new_table (title);
      for (guint s = 0; s < spectra->len; s++)
        add_rows (table, s + 1, spectra->pdata[s], cell->reference_offset);
      char *name = NULL;
      guint first_row = 0;
      lxw_worksheet *sheet = plateau_book_add_sheet (book, wanted, title, &name);
      if (sheet == NULL)
        return;
      plateau_book_add_table (book, sheet, table, "Spectra", &first_row);
      if (book->options->charts)
        add_nyquist (book, sheet, name, title, spectra, first_row);
    }
}
