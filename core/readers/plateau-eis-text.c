/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/plateau-eis-text.h"

#include "base/plateau-date.h"
#include "base/plateau-error.h"
#include "base/plateau-number.h"
#include "readers/plateau-encoding.h"
#include "readers/plateau-eis-name.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

enum
{
  MAX_COLUMNS = 512,
  MAX_PREAMBLE = 5000, /* lines before a table in which its head is looked for */
  MAX_HEAD_LENGTH = 16384,
};

/* One spectrum may stand beside another: each frequency column begins a table of its own. */
typedef struct
{
  GPtrArray *tables; /* of PlateauEisTable */
  GArray *offsets;   /* first column of each */
  PlateauEisLayout layout;
  gboolean layout_known;
  char head_separator; /* of the heads; 0: blanks or none */
  guint n_columns;
  guint needed; /* fields that a row has at least */
  guint n_skipped;
} Block;

static void
block_clear (Block *block)
{
  g_clear_pointer (&block->tables, g_ptr_array_unref);
  g_clear_pointer (&block->offsets, g_array_unref);
}

static void
block_init (Block *block)
{
  *block =
      (Block){ .tables = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_eis_table_free),
               .offsets = g_array_new (FALSE, FALSE, sizeof (guint)) };
}

static void
block_add (Block *block, const PlateauEisTraits *traits, PlateauEisTable *table, guint offset)
{
  *plateau_eis_table_get_conditions (table) = traits->conditions;
  if (traits->trust_sign)
    plateau_eis_table_trust_sign (table);
  g_ptr_array_add (block->tables, table);
  g_array_append_val (block->offsets, offset);
}

static guint
next_frequency (char **heads, guint from)
{
  PlateauEisColumn column;
  for (guint i = from; heads[i] != NULL; i++)
    {
      plateau_eis_column_parse (heads[i], NULL, &column);
      if (column.role == PLATEAU_EIS_ROLE_FREQUENCY)
        return i;
    }
  return G_MAXUINT;
}

static gboolean
block_set_heads (Block *block, char **heads, char **units, const PlateauEisTraits *traits)
{
  guint n = g_strv_length (heads);
  guint n_units = units != NULL ? g_strv_length (units) : 0;
  guint first = next_frequency (heads, 0);
  if (first == G_MAXUINT)
    return FALSE;
  guint start = 0;
  guint next = next_frequency (heads, first + 1);
  while (TRUE)
    {
      guint end = next != G_MAXUINT ? next : n;
      g_auto (GStrv) part = g_new0 (char *, end - start + 1);
      g_auto (GStrv) part_units = g_new0 (char *, end - start + 1);
      for (guint i = start; i < end; i++)
        {
          part[i - start] = g_strdup (heads[i]);
          part_units[i - start] = g_strdup (i < n_units ? units[i] : "");
        }
      PlateauEisTable *table = plateau_eis_table_new ();
      if (plateau_eis_table_set_heads (table, (const char *const *) part,
                                       n_units > 0 ? (const char *const *) part_units : NULL))
        block_add (block, traits, table, start);
      else
        plateau_eis_table_free (table);
      if (next == G_MAXUINT)
        break;
      start = next;
      next = next_frequency (heads, start + 1);
    }
  block->n_columns = n;
  return block->tables->len > 0;
}

static guint
block_flush (Block *block, PlateauMeasurement *measurement)
{
  guint n = 0;
  for (guint i = 0; i < block->tables->len; i++)
    n += plateau_eis_table_flush (block->tables->pdata[i], measurement);
  return n;
}

static void
block_add_row (Block *block, const char *line)
{
  double values[MAX_COLUMNS];
  if (!block->layout_known)
    {
      if (!plateau_eis_text_guess_row_with (line, block->head_separator, &block->layout)
          && !plateau_eis_text_guess_row (line, 3, &block->layout))
        {
          block->n_skipped++;
          return;
        }
      block->layout_known = TRUE;
    }
  guint n = plateau_eis_text_parse_row (line, &block->layout, values, MAX_COLUMNS);
  guint numbers = 0;
  for (guint i = 0; i < n; i++)
    numbers += !isnan (values[i]);
  /* A count of points, a line of words: not a point that lost its numbers. */
  if (numbers < 2)
    {
      block->n_skipped++;
      return;
    }
  for (guint i = 0; i < block->tables->len; i++)
    {
      guint offset = g_array_index (block->offsets, guint, i);
      guint end = i + 1 < block->offsets->len ? g_array_index (block->offsets, guint, i + 1)
                                              : MAX_COLUMNS;
      if (offset >= n)
        continue;
      /* A shorter spectrum beside a longer one ends in empty cells. */
      gboolean any = FALSE;
      for (guint c = offset; c < MIN (n, end); c++)
        any = any || !isnan (values[c]);
      if (any)
        plateau_eis_table_add_row (block->tables->pdata[i], values + offset, MIN (n, end) - offset);
    }
}

/* The line as the head of a table, by whichever separator makes it one. */
static char **
head_cells (const char *line, Block *block, const PlateauEisTraits *traits)
{
  static const char separators[] = { '\t', ';', ',', 0 };
  for (gsize i = 0; i < G_N_ELEMENTS (separators); i++)
    {
      if (separators[i] != 0 && strchr (line, separators[i]) == NULL)
        continue;
      g_auto (GStrv) cells = plateau_eis_text_split (line, separators[i]);
      if (!block_set_heads (block, cells, NULL, traits))
        continue;
      block->head_separator = separators[i];
      return g_steal_pointer (&cells);
    }
  return NULL;
}

/* Cheap reasons why a line cannot name a frequency and an impedance. */
static gboolean
can_name_impedance (const char *line)
{
  gsize length = strlen (line);
  gboolean wide = FALSE;
  if (length > MAX_HEAD_LENGTH)
    return FALSE;
  for (const char *p = line; *p != '\0' && !wide; p++)
    wide = (guchar) *p >= 0x80;
  return wide || (strpbrk (line, "fFwWoO") != NULL && strpbrk (line, "zZrRmM|") != NULL);
}

static gboolean
may_be_head (const char *line)
{
  /* A head has letters; rows of numbers have at most e, n, a, i, f, t, y. */
  for (const char *p = line; *p != '\0'; p++)
    if ((guchar) *p >= 0x80 || (g_ascii_isalpha (*p) && strchr ("eEnNaAiI", *p) == NULL))
      return TRUE;
  return FALSE;
}

/* Units on a line of their own right below the heads. */
static char **
units_below (GPtrArray *lines, guint line, guint n_columns)
{
  if (line + 1 >= lines->len)
    return NULL;
  const char *text = lines->pdata[line + 1];
  static const char separators[] = { '\t', ';', ',', 0 };
  for (gsize i = 0; i < G_N_ELEMENTS (separators); i++)
    {
      g_auto (GStrv) cells = plateau_eis_text_split (text, separators[i]);
      if (g_strv_length (cells) + 2 < n_columns || !may_be_head (text))
        continue;
      guint known = 0;
      for (guint c = 0; cells[c] != NULL; c++)
        known += plateau_unit_parse (cells[c], PLATEAU_DIMENSION_FREQUENCY) != NULL
                 || plateau_unit_parse (cells[c], PLATEAU_DIMENSION_RESISTANCE) != NULL;
      if (known >= 2)
        return g_steal_pointer (&cells);
    }
  return NULL;
}

static gboolean
begin_block (GPtrArray *lines, guint line, Block *block, const PlateauEisTraits *traits,
             gboolean *units_used)
{
  *units_used = FALSE;
  if (!may_be_head (lines->pdata[line]) || !can_name_impedance (lines->pdata[line]))
    return FALSE;
  g_auto (GStrv) heads = head_cells (lines->pdata[line], block, traits);
  if (heads == NULL)
    return FALSE;
  g_auto (GStrv) units = units_below (lines, line, g_strv_length (heads));
  if (units != NULL)
    {
      g_ptr_array_set_size (block->tables, 0);
      g_array_set_size (block->offsets, 0);
      block_set_heads (block, heads, units, traits);
      *units_used = TRUE;
    }
  return TRUE;
}

/**
 * plateau_eis_text_find_head:
 * @lines: (element-type utf8): of a file
 * @line: (inout): where to begin; the first line that heads a table of impedance
 *
 * Returns: FALSE when there is none
 */
gboolean
plateau_eis_text_find_head (GPtrArray *lines, guint *line)
{
  static const PlateauEisTraits traits = PLATEAU_EIS_TRAITS_INIT;
  for (guint i = *line; i < lines->len && i < *line + MAX_PREAMBLE; i++)
    {
      Block block;
      block_init (&block);
      gboolean units;
      gboolean found = begin_block (lines, i, &block, &traits, &units);
      block_clear (&block);
      if (found)
        {
          *line = i;
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * plateau_eis_text_read_tables:
 * @lines: (element-type utf8): of a file
 * @first: where to begin
 * @traits: what the format says beyond the heads
 * @measurement: gets the spectra
 *
 * Reads every table whose head names a frequency and an impedance. A repeated head begins a new
 * spectrum; spectra side by side become several. Separator and decimal mark come from the rows.
 *
 * Returns: the number of spectra
 */
guint
plateau_eis_text_read_tables (GPtrArray *lines, guint first, const PlateauEisTraits *traits,
                              PlateauMeasurement *measurement)
{
  guint n_spectra = 0, n_skipped = 0, preamble = 0;
  Block block = { NULL };
  for (guint i = first; i < lines->len; i++)
    {
      const char *line = lines->pdata[i];
      if (line[strspn (line, " \t,;\"")] == '\0')
        continue;
      Block next;
      block_init (&next);
      gboolean units_used;
      if ((block.tables != NULL || preamble++ < MAX_PREAMBLE)
          && begin_block (lines, i, &next, traits, &units_used))
        {
          if (block.tables != NULL)
            n_spectra += block_flush (&block, measurement);
          n_skipped += block.n_skipped;
          block_clear (&block);
          block = next;
          i += units_used;
          continue;
        }
      block_clear (&next);
      if (block.tables != NULL)
        block_add_row (&block, line);
    }
  if (block.tables != NULL)
    n_spectra += block_flush (&block, measurement);
  n_skipped += block.n_skipped;
  block_clear (&block);
  if (n_skipped > 2)
    plateau_measurement_warn (measurement, _ ("%u lines that are no rows of numbers were left out"),
                              n_skipped);
  return n_spectra;
}

/**
 * plateau_eis_text_read_rows:
 * @lines: (element-type utf8): of a file
 * @first: where to begin
 * @roles: (array length=n_roles): what the columns are
 * @traits: what the format says
 * @measurement: gets the spectra
 *
 * Reads rows of numbers whose columns are known without a head; other lines are passed over.
 *
 * Returns: the number of spectra
 */
guint
plateau_eis_text_read_rows (GPtrArray *lines, guint first, const PlateauEisRole *roles,
                            guint n_roles, const PlateauEisTraits *traits,
                            PlateauMeasurement *measurement)
{
  Block block;
  block_init (&block);
  PlateauEisTable *table = plateau_eis_table_new ();
  plateau_eis_table_set_roles (table, roles, n_roles);
  block_add (&block, traits, table, 0);
  for (guint i = first; i < lines->len; i++)
    {
      const char *line = lines->pdata[i];
      if (line[0] != '\0' && !may_be_head (line))
        block_add_row (&block, line);
    }
  guint n = block_flush (&block, measurement);
  block_clear (&block);
  return n;
}

/**
 * plateau_eis_text_read_file:
 * @instrument: (nullable): what measured, when the format tells
 * @preamble: (nullable): understands the lines in front of the table
 *
 * The whole of a reader whose tables have heads: lines, preamble, conditions from the file's name
 * where the file itself does not tell, tables.
 */
gboolean
plateau_eis_text_read_file (PlateauInput *input, const PlateauReadOptions *options,
                            const char *instrument, PlateauEisPreamble preamble,
                            GPtrArray *measurements, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) lines = plateau_eis_text_lines (input, options, cancellable, error);
  if (lines == NULL)
    return FALSE;
  PlateauMeasurement *measurement = plateau_input_new_measurement (input, NULL);
  PlateauEisTraits traits = PLATEAU_EIS_TRAITS_INIT;
  guint head = 0;
  if (!plateau_eis_text_find_head (lines, &head))
    head = MIN (lines->len, MAX_PREAMBLE);
  if (instrument != NULL)
    plateau_measurement_set_info (measurement, PLATEAU_INFO_INSTRUMENT, instrument);
  if (preamble != NULL)
    preamble (lines, head, &traits, measurement);
  g_autofree char *stem = plateau_eis_text_stem (input);
  plateau_eis_name_conditions (stem, &traits.conditions);
  plateau_eis_text_read_tables (lines, head, &traits, measurement);
  return plateau_eis_text_finish (input, measurement, measurements, error);
}

/**
 * plateau_eis_text_finish:
 * @measurement: (transfer full): after reading
 * @measurements: gets it
 *
 * Says what the file's name tells about conditions, and refuses a file that gave no point.
 *
 * Returns: FALSE with PLATEAU_READER_ERROR_NO_DATA
 */
gboolean
plateau_eis_text_finish (PlateauInput *input, PlateauMeasurement *measurement,
                         GPtrArray *measurements, GError **error)
{
  if (plateau_measurement_get_n_spectra (measurement) == 0)
    {
      g_set_error (
          error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_NO_DATA,
          _ ("“%s” was read as an impedance file, but holds no point with a frequency "
             "above 0 and an impedance. It is cut, or nothing was measured: copy or export "
             "it again."),
          plateau_input_get_name (input));
      plateau_measurement_unref (measurement);
      return FALSE;
    }
  plateau_measurement_set_kinds (measurement, PLATEAU_KIND_EIS);
  g_ptr_array_add (measurements, measurement);
  return TRUE;
}
