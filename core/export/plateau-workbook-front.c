/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/plateau-workbook-private.h"

#include "analysis/plateau-circuit.h"
#include "analysis/plateau-conductivity.h"
#include "analysis/plateau-dqdv.h"
#include "analysis/plateau-drt.h"
#include "analysis/plateau-gitt.h"
#include "analysis/plateau-hold.h"
#include "analysis/plateau-kk.h"
#include "analysis/plateau-voltammetry.h"
#include "config.h"
#include "data/plateau-field.h"

#include <glib/gi18n.h>
#include <math.h>

/* The sheets about the study itself: front, cells, settings, sources. */

#define CONTENTS_COLUMN 8

static const struct
{
  const char *id;
  const char *label;
  const PlateauOption *table;
  gsize size;
  gconstpointer defaults;
} analyses[] = {
  { "cycles", N_ ("Cycles"), plateau_cycles_option_table, sizeof (PlateauCyclesOptions),
    &(const PlateauCyclesOptions) PLATEAU_CYCLES_OPTIONS_INIT },
  { "rate", N_ ("Rate"), plateau_rate_option_table, sizeof (PlateauRateOptions),
    &(const PlateauRateOptions) PLATEAU_RATE_OPTIONS_INIT },
  { "dqdv", N_ ("Differential capacity"), plateau_dqdv_option_table, sizeof (PlateauDqdvOptions),
    &(const PlateauDqdvOptions) PLATEAU_DQDV_OPTIONS_INIT },
  { "gitt", N_ ("GITT"), plateau_gitt_option_table, sizeof (PlateauGittOptions),
    &(const PlateauGittOptions) PLATEAU_GITT_OPTIONS_INIT },
  { "cv", N_ ("Voltammetry"), plateau_voltammetry_option_table, sizeof (PlateauVoltammetryOptions),
    &(const PlateauVoltammetryOptions) PLATEAU_VOLTAMMETRY_OPTIONS_INIT },
  { "hold", N_ ("Holds"), plateau_hold_option_table, sizeof (PlateauHoldOptions),
    &(const PlateauHoldOptions) PLATEAU_HOLD_OPTIONS_INIT },
  { "kk", N_ ("Validity of impedance"), plateau_kk_option_table, sizeof (PlateauKkOptions),
    &(const PlateauKkOptions) PLATEAU_KK_OPTIONS_INIT },
  { "circuit", N_ ("Equivalent circuit"), plateau_circuit_option_table, sizeof (PlateauCircuitOptions),
    &(const PlateauCircuitOptions) PLATEAU_CIRCUIT_OPTIONS_INIT },
  { "drt", N_ ("Relaxation times"), plateau_drt_option_table, sizeof (PlateauDrtOptions),
    &(const PlateauDrtOptions) PLATEAU_DRT_OPTIONS_INIT },
  { "conductivity", N_ ("Conductivity"), plateau_conductivity_option_table,
    sizeof (PlateauConductivityOptions),
    &(const PlateauConductivityOptions) PLATEAU_CONDUCTIVITY_OPTIONS_INIT },
};

/* Of one analysis, as the study has them; cleared by plateau_options_clear() and freed. */
static gpointer
read_options (PlateauBook *book, gsize index)
{
  gpointer options = g_memdup2 (analyses[index].defaults, analyses[index].size);
  for (const PlateauOption *option = analyses[index].table; option->name != NULL; option++)
    if (option->type == PLATEAU_OPTION_TEXT)
      G_STRUCT_MEMBER (char *, options, option->offset) = g_strdup (
          G_STRUCT_MEMBER (char *, analyses[index].defaults, option->offset));
  JsonObject *settings = plateau_study_get_settings (book->study, analyses[index].id);
  if (settings != NULL)
    plateau_options_from_json (analyses[index].table, options, settings, NULL);
  return options;
}

static void
write_pair (PlateauBook *book, lxw_worksheet *sheet, lxw_row_t row, const char *key,
            const char *value)
{
  worksheet_write_string (sheet, row, 0, key, book->head);
  worksheet_write_string (sheet, row, 1, value, NULL);
}

static void
write_samples (PlateauBook *book, lxw_worksheet *sheet, lxw_row_t row)
{
  static const char *const heads[] = {
    N_ ("Sample"),   N_ ("Family"), N_ ("Role"), N_ ("Formula"), N_ ("1C means / mA g⁻¹"),
    N_ ("Variable"), N_ ("Cells"),
  };
  for (guint c = 0; c < G_N_ELEMENTS (heads); c++)
    {
      g_autofree char *head = plateau_book_text (book, _ (heads[c]));
      worksheet_write_string (sheet, row, (lxw_col_t) c, head, book->head);
    }
  for (guint i = 0; i < plateau_study_get_n_samples (book->study); i++)
    {
      const PlateauStudySample *sample = plateau_study_get_sample (book->study, i);
      guint n_cells = 0;
      for (guint c = 0; c < book->cells->len; c++)
        n_cells += ((PlateauBookCell *) book->cells->pdata[c])->cell->sample == sample;
      lxw_row_t at = row + 1 + i;
      worksheet_write_string (sheet, at, 0, sample->name, NULL);
      worksheet_write_string (sheet, at, 1, sample->family, NULL);
      if (sample->role != PLATEAU_ROLE_NONE)
        worksheet_write_string (sheet, at, 2, plateau_role_get_label (sample->role), NULL);
      worksheet_write_string (sheet, at, 3, sample->formula, NULL);
      if (isfinite (sample->specific_current_1c))
        worksheet_write_number (sheet, at, 4, plateau_from_si (sample->specific_current_1c, "mA/g"),
                                NULL);
      if (isfinite (sample->variable_value))
        {
          g_autofree char *variable = g_strdup_printf (
              "%s %g %s", sample->variable_name, sample->variable_value, sample->variable_unit);
          worksheet_write_string (sheet, at, 5, variable, NULL);
        }
      worksheet_write_number (sheet, at, 6, n_cells, NULL);
    }
}

static lxw_worksheet *
front_sheet (PlateauBook *book)
{
  return workbook_get_worksheet_by_name (book->workbook, book->sheets->pdata[0]);
}

void
plateau_book_write_front (PlateauBook *book)
{
  const char *title = plateau_study_get_title (book->study);
  lxw_worksheet *sheet = plateau_book_add_sheet (
      book, _ ("Study"), title[0] != '\0' ? title : _ ("Study without a title"), NULL);
  if (sheet == NULL)
    return;
  gint64 created = book->options->created >= 0 ? book->options->created
                                               : g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (created);
  g_autofree char *date = g_date_time_format (time, "%Y-%m-%d %H:%M:%S UTC");
  g_autofree char *program = g_strdup_printf ("Plateau %s", PLATEAU_VERSION);
  write_pair (book, sheet, 3, _ ("Written"), date);
  write_pair (book, sheet, 4, _ ("Program"), program);
  write_pair (book, sheet, 5, _ ("Signs"),
              _ ("Charging current is positive; potentials include the reference offset of the "
                 "cell; capacitive Z″ is negative. Empty cells are absent values."));
  write_samples (book, sheet, 7);
  worksheet_set_column (sheet, 0, 0, 22, NULL);
  worksheet_set_column (sheet, 1, 6, 16, NULL);
  worksheet_set_column (sheet, CONTENTS_COLUMN, CONTENTS_COLUMN, 34, NULL);
}

/* Below the samples: what a reader may look for in vain, and why. Returns the next free row. */
static lxw_row_t
write_omitted (PlateauBook *book, lxw_worksheet *sheet)
{
  lxw_row_t row = 7 + 2 + plateau_study_get_n_samples (book->study);
  if (book->omitted->len == 0)
    return row;
  worksheet_write_string (sheet, row, 0, _ ("Not in this workbook"), book->head);
  for (guint i = 0; i < book->omitted->len; i++)
    worksheet_write_string (sheet, row + 1 + i, 0, book->omitted->pdata[i], NULL);
  return row + 2 + book->omitted->len;
}

/* One line an analysis: its settings. */
static void
write_front_settings (PlateauBook *book, lxw_worksheet *sheet, lxw_row_t row)
{
  worksheet_write_string (sheet, row, 0, _ ("Settings of each analysis"), book->head);
  for (gsize i = 0; i < G_N_ELEMENTS (analyses); i++)
    {
      g_autofree gpointer options = read_options (book, i);
      g_autoptr (GString) text = g_string_new (NULL);
      for (const PlateauOption *option = analyses[i].table; option->name != NULL; option++)
        {
          g_autofree char *value = plateau_option_to_text (option, options);
          if (value == NULL || value[0] == '\0')
            continue;
          g_string_append_printf (text, "%s%s: %s%s%s", text->len > 0 ? "; " : "",
                                  _ (option->label), value, option->unit != NULL ? " " : "",
                                  option->unit != NULL ? option->unit : "");
        }
      worksheet_write_string (sheet, row + 1 + i, 0, _ (analyses[i].label), NULL);
      worksheet_write_string (sheet, row + 1 + i, 1, text->str, NULL);
      plateau_options_clear (analyses[i].table, options);
    }
}

/* Once all sheets have their names. */
void
plateau_book_write_front_contents (PlateauBook *book)
{
  lxw_worksheet *sheet = front_sheet (book);
  worksheet_write_string (sheet, 7, CONTENTS_COLUMN, _ ("Sheets"), book->head);
  write_front_settings (book, sheet, write_omitted (book, sheet));
  for (guint i = 1; i < book->sheets->len; i++)
    {
      const char *name = book->sheets->pdata[i];
      g_auto (GStrv) parts = g_strsplit (name, "'", -1);
      g_autofree char *quoted = g_strjoinv ("''", parts);
      g_autofree char *target = g_strdup_printf ("internal:'%s'!A1", quoted);
      worksheet_write_url_opt (sheet, 7 + i, CONTENTS_COLUMN, target, book->link, name, NULL);
    }
}

/* Fields of the cell table, found in the study's copy of the cell. */
typedef struct
{
  const char *column;
  gsize offset;
  gboolean of_sample;
} StudyField;

#define OF_CELL(column, member)                                                                    \
  {                                                                                                \
    column, G_STRUCT_OFFSET (PlateauStudyCell, member), FALSE                                      \
  }
#define OF_SAMPLE(column, member)                                                                  \
  {                                                                                                \
    column, G_STRUCT_OFFSET (PlateauStudySample, member), TRUE                                     \
  }

static const StudyField study_fields[] = {
  OF_CELL ("cell", name),
  OF_SAMPLE ("sample", name),
  OF_SAMPLE ("family", family),
  OF_SAMPLE ("role", role),
  OF_SAMPLE ("formula", formula),
  OF_CELL ("mass_mg", active_mass),
  OF_CELL ("area_cm2", area),
  OF_CELL ("thickness_um", thickness),
  OF_SAMPLE ("one_c_mAh_g", specific_current_1c),
  OF_CELL ("offset_V", reference_offset),
  OF_CELL ("reference", reference_name),
  OF_CELL ("electrolyte", electrolyte),
  OF_CELL ("anode", anode),
  OF_CELL ("temperature_C", temperature),
  OF_CELL ("pressure_MPa", pressure),
  OF_CELL ("composite_mass_mg", composite_mass),
  OF_CELL ("active_fraction", active_fraction),
  OF_CELL ("channel", channel),
  OF_SAMPLE ("variable_name", variable_name),
  OF_SAMPLE ("variable_value", variable_value),
  OF_SAMPLE ("variable_unit", variable_unit),
  OF_SAMPLE ("molar_mass_g_mol", molar_mass),
  OF_SAMPLE ("molar_volume_cm3_mol", molar_volume),
  OF_SAMPLE ("radius_um", particle_radius),
  OF_SAMPLE ("specific_area_m2_g", specific_area),
  OF_SAMPLE ("contact_area_cm2", contact_area),
  OF_SAMPLE ("gitt_geometry", gitt_geometry),
  OF_SAMPLE ("resistance_circuit", resistance_circuit),
  OF_SAMPLE ("resistance_elements", resistance_elements),
  OF_CELL ("tags", tags),
  OF_CELL ("note", note),
};

#undef OF_CELL
#undef OF_SAMPLE

static void
set_field (PlateauTable *table, guint row, guint column, const PlateauField *field,
           const StudyField *place, const PlateauStudyCell *cell)
{
  gconstpointer object = place->of_sample ? (gconstpointer) cell->sample : cell;
  if (object == NULL)
    return;
  if (field->type == PLATEAU_FIELD_NUMBER)
    {
      double value = G_STRUCT_MEMBER (double, object, place->offset);
      plateau_table_set_number (table, row, column,
                                field->unit != NULL ? plateau_from_si (value, field->unit) : value);
    }
  else if (field->type == PLATEAU_FIELD_ROLE)
    {
      PlateauRole role = G_STRUCT_MEMBER (PlateauRole, object, place->offset);
      plateau_table_set_text (table, row, column, plateau_role_get_nick (role));
    }
  else
    plateau_table_set_text (table, row, column,
                            G_STRUCT_MEMBER (const char *, object, place->offset));
}

/* Names of the free fields of all cells, in the order in which they first occur. */
static GPtrArray *
list_free_fields (PlateauBook *book)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < book->cells->len; i++)
    {
      GVariant *fields = ((PlateauBookCell *) book->cells->pdata[i])->cell->fields;
      GVariantIter iter;
      const char *name, *value;
      if (fields == NULL)
        continue;
      g_variant_iter_init (&iter, fields);
      while (g_variant_iter_next (&iter, "{&s&s}", &name, &value))
        if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
          g_ptr_array_add (names, g_strdup (name));
    }
  return names;
}

/* The columns of "plateau-cli build", so that the sheet can be saved as csv and used there. */
void
plateau_book_write_metadata (PlateauBook *book)
{
  g_autoptr (PlateauTable) table = plateau_table_new (_ ("Cells"));
  g_autoptr (GPtrArray) free_fields = list_free_fields (book);
  for (gsize f = 0; f < G_N_ELEMENTS (study_fields); f++)
    {
      const PlateauField *field = plateau_field_find (study_fields[f].column);
      gboolean number = field->type == PLATEAU_FIELD_NUMBER;
      plateau_table_add_column (table, field->column, _ (field->label), number ? field->unit : NULL,
                                number ? PLATEAU_COLUMN_NUMBER : PLATEAU_COLUMN_TEXT,
                                number ? 6 : 0);
    }
  for (guint i = 0; i < free_fields->len; i++)
    plateau_table_add_column (table, free_fields->pdata[i], free_fields->pdata[i], NULL,
                              PLATEAU_COLUMN_TEXT, 0);
  for (guint i = 0; i < book->cells->len; i++)
    {
      const PlateauStudyCell *cell = ((PlateauBookCell *) book->cells->pdata[i])->cell;
      guint row = plateau_table_add_row (table);
      for (gsize f = 0; f < G_N_ELEMENTS (study_fields); f++)
        set_field (table, row, (guint) f, plateau_field_find (study_fields[f].column),
                   &study_fields[f], cell);
      for (guint f = 0; cell->fields != NULL && f < free_fields->len; f++)
        {
          const char *value;
          if (g_variant_lookup (cell->fields, free_fields->pdata[f], "&s", &value))
            plateau_table_set_text (table, row, G_N_ELEMENTS (study_fields) + f, value);
        }
    }
  lxw_worksheet *sheet = plateau_book_add_sheet (book, _ ("Cells"), _ ("Cells"), NULL);
  plateau_book_add_table (book, sheet, table, "Cells", NULL);
}

static void
add_settings (PlateauBook *book, PlateauTable *table, gsize index)
{
  g_autofree gpointer options = read_options (book, index);
  for (const PlateauOption *option = analyses[index].table; option->name != NULL; option++)
    {
      guint row = plateau_table_add_row (table);
      g_autofree char *value = plateau_option_to_text (option, options);
      plateau_table_set_text (table, row, 0, _ (analyses[index].label));
      plateau_table_set_text (table, row, 1, _ (option->label));
      plateau_table_set_text (table, row, 2, value);
      plateau_table_set_text (table, row, 3, option->unit);
      plateau_table_set_text (table, row, 4, option->name);
      plateau_table_set_text (table, row, 5, option->help != NULL ? _ (option->help) : "");
    }
  plateau_options_clear (analyses[index].table, options);
}

void
plateau_book_write_settings (PlateauBook *book)
{
  static const struct
  {
    const char *key, *label;
  } columns[] = { { "analysis", N_ ("Analysis") }, { "setting", N_ ("Setting") },
                  { "value", N_ ("Value") },       { "unit", N_ ("Unit") },
                  { "option", N_ ("Option") },     { "meaning", N_ ("Meaning") } };
  g_autoptr (PlateauTable) table = plateau_table_new (_ ("Settings"));
  for (gsize c = 0; c < G_N_ELEMENTS (columns); c++)
    plateau_table_add_column (table, columns[c].key, _ (columns[c].label), NULL,
                              PLATEAU_COLUMN_TEXT, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (analyses); i++)
    add_settings (book, table, i);
  lxw_worksheet *sheet = plateau_book_add_sheet (
      book, _ ("Settings"), _ ("Settings that the numbers are made with"), NULL);
  plateau_book_add_table (book, sheet, table, "Settings", NULL);
}

static void
add_source (PlateauTable *table, const PlateauStudyCell *cell, PlateauMeasurement *measurement)
{
  const PlateauSource *source = plateau_measurement_get_source (measurement);
  const char *const *warnings = plateau_measurement_get_warnings (measurement);
  g_autofree char *joined = warnings != NULL ? g_strjoinv ("\n", (char **) warnings)
                                             : g_strdup ("");
  guint row = plateau_table_add_row (table);
  plateau_table_set_text (table, row, 0, cell->name);
  plateau_table_set_text (table, row, 1, source->name);
  plateau_table_set_text (table, row, 2, source->part);
  plateau_table_set_number (table, row, 3, (double) source->size);
  plateau_table_set_text (table, row, 4, source->sha256);
  plateau_table_set_text (table, row, 5, source->reader);
  plateau_table_set_number (table, row, 6, source->reader_version);
  plateau_table_set_number (table, row, 7, (double) plateau_measurement_get_n_rows (measurement));
  plateau_table_set_number (table, row, 8, plateau_measurement_get_n_spectra (measurement));
  plateau_table_set_text (table, row, 9,
                          plateau_measurement_get_info (measurement, PLATEAU_INFO_STARTED));
  plateau_table_set_text (table, row, 10, joined);
}

void
plateau_book_write_sources (PlateauBook *book)
{
  static const struct
  {
    const char *key, *label;
    PlateauColumnType type;
  } columns[] = {
    { "cell", N_ ("Cell"), PLATEAU_COLUMN_TEXT },
    { "file", N_ ("File"), PLATEAU_COLUMN_TEXT },
    { "part", N_ ("Part"), PLATEAU_COLUMN_TEXT },
    { "size_bytes", N_ ("Size (bytes)"), PLATEAU_COLUMN_INTEGER },
    { "sha256", N_ ("SHA-256"), PLATEAU_COLUMN_TEXT },
    { "reader", N_ ("Reader"), PLATEAU_COLUMN_TEXT },
    { "reader_version", N_ ("Reader version"), PLATEAU_COLUMN_INTEGER },
    { "rows", N_ ("Rows"), PLATEAU_COLUMN_INTEGER },
    { "spectra", N_ ("Spectra"), PLATEAU_COLUMN_INTEGER },
    { "started", N_ ("Started"), PLATEAU_COLUMN_TEXT },
    { "warnings", N_ ("Warnings"), PLATEAU_COLUMN_TEXT },
  };
  g_autoptr (PlateauTable) table = plateau_table_new (_ ("Sources"));
  for (gsize c = 0; c < G_N_ELEMENTS (columns); c++)
    plateau_table_add_column (table, columns[c].key, _ (columns[c].label), NULL, columns[c].type,
                              0);
  for (guint i = 0; i < book->cells->len; i++)
    {
      const PlateauStudyCell *cell = ((PlateauBookCell *) book->cells->pdata[i])->cell;
      for (guint m = 0; m < cell->measurements->len; m++)
        add_source (table, cell, cell->measurements->pdata[m]);
    }
  lxw_worksheet *sheet = plateau_book_add_sheet (book, _ ("Sources"),
                                                 _ ("Files that the data come from"), NULL);
  plateau_book_add_table (book, sheet, table, "Sources", NULL);
}
