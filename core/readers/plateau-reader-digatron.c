/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Digatron csv: column heads, then a line of units in brackets; or heads with the unit behind a
 * number sign ("Voltage#V"). No file of the instrument itself was to be had. */
#include "readers/plateau-reader-table.h"
#include "readers/plateau-text-reader.h"

#include <glib/gi18n.h>
#include <string.h>

#define Q(name) PLATEAU_QUANTITY_##name

static const struct
{
  const char *name;
  PlateauQuantity quantity;
  const char *unit;
  gboolean is_state;
} columns[] = {
  { "progtime", Q (TIME), "s" },
  { "programtime", Q (TIME), "s" },
  { "programduration", Q (TIME), "s" },
  { "stepduration", Q (STEP_TIME), "s" },
  { "status", Q (MODE), "1", TRUE },
  { "ahaccu", Q (COUNTER_SIGNED_CHARGE), "Ah" },
  { "ahcha", Q (COUNTER_CHARGE_CAPACITY), "Ah" },
  { "ahdch", Q (COUNTER_DISCHARGE_CAPACITY), "Ah" },
  { "whcha", Q (COUNTER_CHARGE_ENERGY), "Wh" },
  { "whdch", Q (COUNTER_DISCHARGE_ENERGY), "Wh" },
};

/* The unit behind the number sign; its letters are not always those of the unit ("AhCha#AH"). */
static const PlateauUnit *
unit_of (const char *text, const char *usual)
{
  const PlateauUnit *unit = plateau_unit_find (text);
  return unit != NULL ? unit : plateau_unit_find (usual);
}

static gboolean
understand (const char *cell, PlateauHeader *header)
{
  const char *mark = strchr (cell, '#');
  g_autofree char *name = mark != NULL ? g_strndup (cell, (gsize) (mark - cell)) : g_strdup (cell);
  g_autofree char *folded = plateau_header_fold (name);
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    if (strcmp (columns[i].name, folded) == 0
        && (mark == NULL || columns[i].quantity != Q (COUNTER_SIGNED_CHARGE)))
      {
        *header = (PlateauHeader){
          .quantity = columns[i].quantity,
          .name = g_strdup (cell),
          .unit = mark != NULL ? unit_of (mark + 1, columns[i].unit)
                               : plateau_unit_find (columns[i].unit),
          .is_state = columns[i].is_state,
        };
        return TRUE;
      }
  if (mark == NULL)
    return FALSE;
  /* "AhAccu" stands beside "AhCha" and "AhDch" then, and is a balance in some exports and a sum of
   * both in others. */
  if (g_str_has_prefix (folded, "ah") || g_str_has_prefix (folded, "wh"))
    {
      *header = (PlateauHeader){ .quantity = Q (OTHER), .name = g_strdup (cell) };
      return TRUE;
    }
  plateau_header_parse (name, mark + 1, header);
  return TRUE;
}

#undef Q

static gboolean
has_marked_units (const char *line)
{
  return strstr (line, "Duration#") != NULL && strstr (line, "Voltage#") != NULL;
}

static gboolean
is_header (const char *line)
{
  return (strstr (line, "Prog Time") != NULL && strstr (line, "Step Time") != NULL
          && strstr (line, "Voltage") != NULL)
         || has_marked_units (line);
}

static gboolean
find_digatron (GPtrArray *lines, PlateauTextLayout *layout)
{
  for (guint i = 0; i < lines->len; i++)
    if (is_header (lines->pdata[i]))
      {
        if (!plateau_text_set_header (lines, i, layout))
          return FALSE;
        /* A line of letters of its own form may follow. */
        if (has_marked_units (lines->pdata[i]) && layout->units_line == G_MAXUINT
            && i + 1 < lines->len && strpbrk (lines->pdata[i + 1], "0123456789") == NULL)
          layout->first_row = i + 2;
        return TRUE;
      }
  return FALSE;
}

static guint
score_digatron (const PlateauProbe *probe)
{
  return probe->text != NULL && is_header (probe->text) ? 75 : 0;
}

static gboolean
read_digatron (PlateauInput *input, const PlateauReadOptions *options, GPtrArray *measurements,
               GCancellable *cancellable, GError **error)
{
  static const PlateauTextFormat format = {
    .instrument = "Digatron",
    .traits = { .understand = understand, .units_are_known = TRUE },
    .find = find_digatron,
  };
  return plateau_text_read_file (input, options, &format, measurements, cancellable, error);
}

static const char *const suffixes[] = { "csv", NULL };

const PlateauReader plateau_reader_digatron = {
  .id = "digatron",
  .label = N_ ("Digatron (.csv)"),
  .suffixes = suffixes,
  .version = 1,
  .experimental = TRUE,
  .score = score_digatron,
  .read = read_digatron,
};
