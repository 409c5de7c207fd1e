/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text exports of LAND and LANHE cyclers: the table of records alone, blocks of cycles, steps and
 * records, or nested; English and Chinese, in GBK, UTF-8 or UTF-16. */
#include "readers/plateau-nested.h"
#include "readers/plateau-reader-table.h"

#include <glib/gi18n.h>
#include <string.h>

/* Heads as LAND prints them and others do not. */
static const char *const particular[] = {
  "TestTime/", "StepTime/",  "SpeCap",    "SpeEnergy",  "StepStatus", "Step-State",
  "SysTime",   "CapacityC",  "CapacityD", "EnergyC",    "CycleNo",    "Cycle-Index",
  "StepNo",    "Step-Index", "AuxTemp/",  "IncubTemp",  "MedVolt",    "CapC",
  "电压/V",    "电流/mA",    "容量/mAh",  "比容量/mAh", "能量/mWh",   "过程序号",
  "工作模式",  "步骤时间",   "系统时间",  "电流/uA",    "Egy-Effi",
};

/* Heads that LAND prints so and others now and then. */
static const char *const usual[] = {
  "Voltage/V", "Current/mA", "Current/uA", "Capacity/mAh", "Capacity/uAh", "TestTime", "StepTime",
};

static guint
count_words (const char *text, const char *const *words, gsize n_words)
{
  guint found = 0;
  for (gsize i = 0; i < n_words; i++)
    found += strstr (text, words[i]) != NULL;
  return found;
}

static guint
score_land (const PlateauProbe *probe)
{
  if (probe->text == NULL)
    return 0;
  guint found = count_words (probe->text, particular, G_N_ELEMENTS (particular));
  guint besides = count_words (probe->text, usual, G_N_ELEMENTS (usual));
  gboolean potential = strstr (probe->text, "Voltage") != NULL
                       || strstr (probe->text, "电压") != NULL;
  return potential && (found >= 2 || (found == 1 && besides >= 3)) ? 74 : 0;
}

static gboolean
read_land (PlateauInput *input, const PlateauReadOptions *options, GPtrArray *measurements,
           GCancellable *cancellable, GError **error)
{
  static const PlateauTextFormat format = { .instrument = "LAND" };
  return plateau_nested_read_any (input, options, &format, measurements, cancellable, error);
}

static const char *const suffixes[] = { "csv", "txt", NULL };

const PlateauReader plateau_reader_land = {
  .id = "land-text",
  .label = N_ ("LAND / LANHE text export (.csv, .txt)"),
  .suffixes = suffixes,
  .version = 1,
  .experimental = TRUE,
  .score = score_land,
  .read = read_land,
};
