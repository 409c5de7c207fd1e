/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Digatron csv: column heads, then a line of units in brackets. No file of the instrument itself
 * was to be had. */
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
  { "status", Q (MODE), "1", TRUE },
  { "ahaccu", Q (COUNTER_SIGNED_CHARGE), "Ah" },
  { "ahcha", Q (COUNTER_CHARGE_CAPACITY), "Ah" },
  { "ahdch", Q (COUNTER_DISCHARGE_CAPACITY), "Ah" },
  { "whcha", Q (COUNTER_CHARGE_ENERGY), "Wh" },
  { "whdch", Q (COUNTER_DISCHARGE_ENERGY), "Wh" },
};

#undef Q

static gboolean
understand (const char *cell, PlateauHeader *header)
{
  g_autofree char *folded = plateau_header_fold (cell);
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    if (strcmp (columns[i].name, folded) == 0)
      {
        *header = (PlateauHeader){
          .quantity = columns[i].quantity,
          .name = g_strdup (cell),
          .unit = plateau_unit_find (columns[i].unit),
          .is_state = columns[i].is_state,
        };
        return TRUE;
      }
  return FALSE;
}

static gboolean
is_header (const char *line)
{
  return strstr (line, "Prog Time") != NULL && strstr (line, "Step Time") != NULL
         && strstr (line, "Voltage") != NULL;
}

static gboolean
find_digatron (GPtrArray *lines, PlateauTextLayout *layout)
{
  for (guint i = 0; i < lines->len; i++)
    if (is_header (lines->pdata[i]))
      return plateau_text_set_header (lines, i, layout);
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
