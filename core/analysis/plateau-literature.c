/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-literature.h"

#include "analysis/plateau-analysis-resources.h"
#include "base/plateau-error.h"
#include "base/plateau-number.h"
#include "base/plateau-unit.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define TABLE_PATH "/io/github/plateau/analysis/literature/reported-values.tsv"

struct _PlateauLiterature
{
  gint ref_count;
  GArray *values;      /* of PlateauReportedValue */
  GStringChunk *texts; /* what the values point into */
};

/* Columns of the table in any order, by name; those missing are empty. */
enum
{
  STUDY,
  SYSTEM,
  CATHODE,
  ROLE,
  ELECTROLYTE,
  ANODE,
  QUANTITY,
  RELATION,
  VALUE,
  HIGH,
  UNIT,
  C_RATE,
  CYCLE,
  LOADING,
  TEMPERATURE,
  WINDOW_LOW,
  WINDOW_HIGH,
  PLACE,
  NOTE,
  N_COLUMNS
};
static const char *const column_names[N_COLUMNS] = {
  "study",    "system",         "cathode",       "role",         "electrolyte",   "anode",
  "quantity", "relation",       "value",         "high",         "unit",          "c_rate",
  "cycle",    "loading_mg_cm2", "temperature_C", "window_low_V", "window_high_V", "place",
  "note"
};

static double
number_of (const char *text)
{
  double value;

  return text != NULL && *text != 0 && plateau_parse_number (text, &value) ? value : NAN;
}

static void
find_columns (char **heads, int *positions)
{
  for (guint k = 0; k < N_COLUMNS; k++)
    {
      positions[k] = -1;
      for (int i = 0; heads[i] != NULL; i++)
        if (strcmp (g_strstrip (heads[i]), column_names[k]) == 0)
          positions[k] = i;
    }
}

static gboolean
add_row (PlateauLiterature *literature, char **cells, const int *positions, guint line,
         GError **error)
{
  guint n = g_strv_length (cells);
  const char *text[N_COLUMNS];
  PlateauReportedValue value;

  for (guint k = 0; k < N_COLUMNS; k++)
    text[k] = positions[k] >= 0 && (guint) positions[k] < n ? g_strstrip (cells[positions[k]]) : "";
#define TEXT(k) g_string_chunk_insert_const (literature->texts, text[k])
  value = (PlateauReportedValue){
    .study = TEXT (STUDY),
    .system = TEXT (SYSTEM),
    .cathode = TEXT (CATHODE),
    .role = TEXT (ROLE),
    .electrolyte = TEXT (ELECTROLYTE),
    .anode = TEXT (ANODE),
    .quantity = TEXT (QUANTITY),
    .relation = *text[RELATION] != 0 ? TEXT (RELATION) : "=",
    .value = number_of (text[VALUE]),
    .high = number_of (text[HIGH]),
    .unit = TEXT (UNIT),
    .c_rate = number_of (text[C_RATE]),
    .cycle = number_of (text[CYCLE]),
    .loading = plateau_to_si (number_of (text[LOADING]), "mg/cm2"),
    .temperature = plateau_to_si (number_of (text[TEMPERATURE]), "degC"),
    .window_low = number_of (text[WINDOW_LOW]),
    .window_high = number_of (text[WINDOW_HIGH]),
    .place = TEXT (PLACE),
    .note = TEXT (NOTE),
  };
#undef TEXT
  if (isnan (value.value) || *value.quantity == 0)
    {
      g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID,
                   _ ("Line %u of the table of reported values needs a quantity and a number as "
                      "its value; it has “%s” and “%s”."),
                   line, text[QUANTITY], text[VALUE]);
      return FALSE;
    }
  g_array_append_val (literature->values, value);
  return TRUE;
}

/**
 * plateau_literature_add_table:
 * @text: tab-separated text whose first line names columns (study, cathode, quantity, value, unit,
 *   loading_mg_cm2, ...); own entries of a user have the same form
 *
 * Adds the values of a table. Columns may stand in any order and be missing.
 *
 * Returns: %FALSE with PLATEAU_ANALYSIS_ERROR_INVALID when the head has no quantity and value, or a
 *   row no number; rows before it stay
 */
gboolean
plateau_literature_add_table (PlateauLiterature *literature, const char *text, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_auto (GStrv) heads = NULL;
  int positions[N_COLUMNS];

  heads = g_strsplit (lines[0] != NULL ? lines[0] : "", "\t", -1);
  find_columns (heads, positions);
  if (positions[QUANTITY] < 0 || positions[VALUE] < 0)
    {
      g_set_error_literal (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID,
                           _ ("The first line of a table of reported values names its columns; "
                              "“quantity” and “value” are missing."));
      return FALSE;
    }
  for (guint i = 1; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "\t", -1);
      if (*g_strstrip (lines[i]) != 0 && !add_row (literature, cells, positions, i + 1, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * plateau_literature_new_empty:
 *
 * Returns: (transfer full): no values yet
 */
PlateauLiterature *
plateau_literature_new_empty (void)
{
  PlateauLiterature *literature = g_new0 (PlateauLiterature, 1);

  literature->ref_count = 1;
  literature->values = g_array_new (FALSE, FALSE, sizeof (PlateauReportedValue));
  literature->texts = g_string_chunk_new (4096);
  return literature;
}

static void
append_number (GString *text, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_c (text, '\t');
  /* Twelve digits: what was entered comes back without the rounding of the units. */
  if (isfinite (value))
    g_string_append (text, g_ascii_formatd (buffer, sizeof buffer, "%.12g", value));
}

static void
append_row (GString *text, const PlateauReportedValue *v)
{
  g_string_append_printf (text, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s", v->study, v->system, v->cathode,
                          v->role, v->electrolyte, v->anode, v->quantity, v->relation);
  append_number (text, v->value);
  append_number (text, v->high);
  g_string_append_printf (text, "\t%s", v->unit);
  append_number (text, v->c_rate);
  append_number (text, v->cycle);
  append_number (text, plateau_from_si (v->loading, "mg/cm2"));
  append_number (text, plateau_from_si (v->temperature, "degC"));
  append_number (text, v->window_low);
  append_number (text, v->window_high);
  g_string_append_printf (text, "\t%s\t%s\n", v->place, v->note);
}

/**
 * plateau_literature_to_table:
 *
 * Returns: (transfer full): all values as plateau_literature_add_table() takes them, with all
 *   columns
 */
char *
plateau_literature_to_table (PlateauLiterature *literature)
{
  GString *text = g_string_new (NULL);

  for (guint k = 0; k < N_COLUMNS; k++)
    g_string_append_printf (text, "%s%s", k > 0 ? "\t" : "", column_names[k]);
  g_string_append_c (text, '\n');
  for (guint i = 0; i < literature->values->len; i++)
    append_row (text, &g_array_index (literature->values, PlateauReportedValue, i));
  return g_string_free (text, FALSE);
}

/**
 * plateau_literature_new:
 *
 * Returns: (transfer full): the values that come with the program
 */
PlateauLiterature *
plateau_literature_new (void)
{
  PlateauLiterature *literature = plateau_literature_new_empty ();
  g_autoptr (GBytes) bytes = g_resource_lookup_data (
      plateau_analysis_resources_get_resource (), TABLE_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autoptr (GError) error = NULL;

  if (!plateau_literature_add_table (literature, text, &error))
    g_error ("The built-in table of reported values: %s", error->message);
  return literature;
}

/**
 * plateau_literature_ref:
 *
 * Returns: (transfer full): @literature
 */
PlateauLiterature *
plateau_literature_ref (PlateauLiterature *literature)
{
  g_atomic_int_inc (&literature->ref_count);
  return literature;
}

/**
 * plateau_literature_unref:
 * @literature: (transfer full): freed with its last reference
 */
void
plateau_literature_unref (PlateauLiterature *literature)
{
  if (!g_atomic_int_dec_and_test (&literature->ref_count))
    return;
  g_array_unref (literature->values);
  g_string_chunk_free (literature->texts);
  g_free (literature);
}

/**
 * plateau_literature_get_n:
 *
 * Returns: how many values there are
 */
guint
plateau_literature_get_n (PlateauLiterature *literature)
{
  return literature->values->len;
}

/**
 * plateau_literature_get:
 * @index: less than plateau_literature_get_n()
 *
 * Returns: (transfer none): a value
 */
const PlateauReportedValue *
plateau_literature_get (PlateauLiterature *literature, guint index)
{
  return &g_array_index (literature->values, PlateauReportedValue, index);
}

/**
 * plateau_literature_find:
 * @system: (nullable): "LRMO|LICF", or %NULL for any
 * @cathode: (nullable): "S-LRMO", or %NULL for any
 * @quantity: (nullable): "capacity retention", or %NULL for any
 *
 * Returns: (transfer full) (element-type PlateauReportedValue): pointers into @literature
 */
GPtrArray *
plateau_literature_find (PlateauLiterature *literature, const char *system, const char *cathode,
                         const char *quantity)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < literature->values->len; i++)
    {
      PlateauReportedValue *value = &g_array_index (literature->values, PlateauReportedValue, i);
      if ((system == NULL || strcmp (value->system, system) == 0)
          && (cathode == NULL || strcmp (value->cathode, cathode) == 0)
          && (quantity == NULL || strcmp (value->quantity, quantity) == 0))
        g_ptr_array_add (found, value);
    }
  return found;
}

static gboolean
same_or_unknown (double a, double b, double share)
{
  return isnan (a) || isnan (b) || fabs (a - b) <= share * MAX (fabs (a), fabs (b));
}

/* The retention of the same cathode under conditions that do not contradict; the one with the
 * most conditions in common. */
static const PlateauReportedValue *
find_retention (PlateauLiterature *literature, const PlateauReportedValue *cell)
{
  const PlateauReportedValue *best = NULL;
  int best_score = 0;

  for (guint i = 0; i < literature->values->len; i++)
    {
      const PlateauReportedValue *v = &g_array_index (literature->values, PlateauReportedValue, i);
      int score;

      if (strcmp (v->quantity, "capacity retention") != 0 || strcmp (v->study, cell->study) != 0
          || strcmp (v->system, cell->system) != 0 || strcmp (v->cathode, cell->cathode) != 0
          || !same_or_unknown (v->loading, cell->loading, 0.05)
          || !same_or_unknown (v->temperature, cell->temperature, 0.01)
          || !same_or_unknown (v->c_rate, cell->c_rate, 0.05))
        continue;
      score = 1 + !isnan (v->loading) + !isnan (v->temperature) + !isnan (v->c_rate);
      if (score > best_score)
        {
          best = v;
          best_score = score;
        }
    }
  return best;
}

/**
 * plateau_literature_list_cells:
 *
 * Collects what the charts of areal capacity against retention and against loading show: reported
 * areal capacities at the start of a test, and those of specific capacities with a loading, each
 * with the retention that the study gives under conditions that do not contradict.
 *
 * Returns: (transfer full) (element-type PlateauReportedCell): points
 */
GArray *
plateau_literature_list_cells (PlateauLiterature *literature)
{
  GArray *cells = g_array_new (FALSE, FALSE, sizeof (PlateauReportedCell));

  for (guint i = 0; i < literature->values->len; i++)
    {
      const PlateauReportedValue *v = &g_array_index (literature->values, PlateauReportedValue, i);
      gboolean areal = strcmp (v->quantity, "areal capacity") == 0;
      gboolean specific = strcmp (v->quantity, "specific discharge capacity") == 0
                          && !isnan (v->loading);
      PlateauReportedCell cell = { v->study, v->cathode, v->place,   NAN,
                                   NAN,      NAN,        v->loading, v->c_rate };
      const PlateauReportedValue *retention;
      gboolean known = FALSE;

      /* A value after cycles is the end of a test, unless it is a limit that was kept. */
      if ((!areal && !specific)
          || (!isnan (v->cycle) && strcmp (v->relation, "=") == 0
              && find_retention (literature, v) != NULL))
        continue;
      cell.areal_capacity = areal ? plateau_to_si (v->value, "mAh/cm2")
                                  : plateau_to_si (v->value, "mAh/g") * v->loading;
      for (guint k = 0; k < cells->len; k++)
        {
          const PlateauReportedCell *other = &g_array_index (cells, PlateauReportedCell, k);
          known = known
                  || (other->cathode == cell.cathode && other->study == cell.study
                      && fabs (other->areal_capacity - cell.areal_capacity)
                             < 0.08 * cell.areal_capacity
                      && same_or_unknown (other->loading, cell.loading, 0.05));
        }
      if (known)
        continue;
      retention = find_retention (literature, v);
      if (retention != NULL)
        {
          cell.retention = retention->value / 100;
          cell.cycles = retention->cycle;
        }
      g_array_append_val (cells, cell);
    }
  return cells;
}
