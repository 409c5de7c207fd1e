/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/plateau-header.h"

#include <string.h>

#define Q(name) PLATEAU_QUANTITY_##name

enum
{
  LONGEST_NAME = 120, /* bytes; a longer cell is a sentence */
};

typedef enum
{
  STATE = 1 << 0,      /* words, not numbers */
  ROW_NUMBER = 1 << 1, /* counts the rows, says nothing */
  NEEDS_UNIT = 1 << 2, /* means the quantity only beside a unit of its dimension */
  NEGATIVE = 1 << 3,   /* minus the quantity */
} EntryFlags;

/* Column names after plateau_header_fold(), with the unit a column has that states none. Where one
 * name can be two things the unit decides, and without a unit the first. */
static const struct
{
  const char *name;
  PlateauQuantity quantity;
  guint rank;
  const char *unit;
  EntryFlags flags;
} entries[] = {
  /* time since the start */
  { "testtime", Q (TIME), 0, "s" },
  { "totaltime", Q (TIME), 0, "s" },
  { "cumulativetime", Q (TIME), 0, "s" },
  { "runtime", Q (TIME), 0, "s" },
  { "elapsedtime", Q (TIME), 1, "s" },
  { "timeelapsed", Q (TIME), 1, "s" },
  { "time", Q (TIME), 2, "s" },
  { "test", Q (TIME), 2, "s", NEEDS_UNIT },
  { "seconds", Q (TIME), 3, "s" },
  { "second", Q (TIME), 3, "s" },
  { "minutes", Q (TIME), 3, "min" },
  { "hours", Q (TIME), 3, "h" },
  { "t", Q (TIME), 4, "s" },
  { "测试时间", Q (TIME), 0, "s" },
  { "总时间", Q (TIME), 0, "s" },
  { "累计时间", Q (TIME), 0, "s" },
  { "累积时间", Q (TIME), 0, "s" },
  { "运行时间", Q (TIME), 1, "s" },
  { "时间", Q (TIME), 2, "s" },
  { "zeit", Q (TIME), 2, "s" },
  { "testzeit", Q (TIME), 0, "s" },
  { "gesamtzeit", Q (TIME), 0, "s" },
  { "laufzeit", Q (TIME), 0, "s" },
  { "temps", Q (TIME), 2, "s" },
  { "tempstotal", Q (TIME), 0, "s" },
  { "tiempo", Q (TIME), 2, "s" },
  { "tempo", Q (TIME), 2, "s" },
  { "経過時間", Q (TIME), 1, "s" },
  { "総時間", Q (TIME), 0, "s" },
  { "時間", Q (TIME), 2, "s" },
  { "총시간", Q (TIME), 0, "s" },
  { "경과시간", Q (TIME), 1, "s" },
  { "시간", Q (TIME), 2, "s" },
  /* time in the step */
  { "steptime", Q (STEP_TIME), 0, "s" },
  { "tstep", Q (STEP_TIME), 0, "s" },
  { "timeinstep", Q (STEP_TIME), 0, "s" },
  { "步骤时间", Q (STEP_TIME), 0, "s" },
  { "工步时间", Q (STEP_TIME), 0, "s" },
  { "过程时间", Q (STEP_TIME), 0, "s" },
  { "相对时间", Q (STEP_TIME), 1, "s" },
  { "schrittzeit", Q (STEP_TIME), 0, "s" },
  { "ステップ時間", Q (STEP_TIME), 0, "s" },
  { "스텝시간", Q (STEP_TIME), 0, "s" },
  /* clock */
  { "datetime", Q (CLOCK), 0, "s" },
  { "dateandtime", Q (CLOCK), 0, "s" },
  { "datetimeisostring", Q (CLOCK), 0, "s" },
  { "dpttime", Q (CLOCK), 0, "s" },
  { "timestamp", Q (CLOCK), 0, "s" },
  { "unixtime", Q (CLOCK), 0, "s" },
  { "unixtimestamp", Q (CLOCK), 0, "s" },
  { "systime", Q (CLOCK), 0, "s" },
  { "systemtime", Q (CLOCK), 0, "s" },
  { "absolutetime", Q (CLOCK), 0, "s" },
  { "absolutetimestamp", Q (CLOCK), 0, "s" },
  { "realtime", Q (CLOCK), 0, "s" },
  { "date", Q (CLOCK), 1, "s" },
  { "datenum", Q (CLOCK), 2, "d" },
  { "绝对时间", Q (CLOCK), 0, "s" },
  { "系统时间", Q (CLOCK), 0, "s" },
  { "日期时间", Q (CLOCK), 0, "s" },
  { "日期", Q (CLOCK), 1, "s" },
  { "实时时间", Q (CLOCK), 0, "s" },
  { "datum", Q (CLOCK), 1, "s" },
  { "zeitstempel", Q (CLOCK), 0, "s" },
  { "日時", Q (CLOCK), 0, "s" },
  /* potential */
  { "voltage", Q (POTENTIAL), 0, "V" },
  { "potential", Q (POTENTIAL), 0, "V" },
  { "ewe", Q (POTENTIAL), 0, "V" },
  { "cellvoltage", Q (POTENTIAL), 0, "V" },
  { "terminalvoltage", Q (POTENTIAL), 0, "V" },
  { "voltagemeasured", Q (POTENTIAL), 0, "V" },
  { "measuredvoltage", Q (POTENTIAL), 0, "V" },
  { "workingelectrodepotential", Q (POTENTIAL), 0, "V" },
  { "volts", Q (POTENTIAL), 1, "V" },
  { "volt", Q (POTENTIAL), 1, "V" },
  { "voltag", Q (POTENTIAL), 1, "V" },
  { "ecell", Q (POTENTIAL), 1, "V" },
  { "<ewe>", Q (POTENTIAL), 1, "V" },
  { "we(1)potential", Q (POTENTIAL), 1, "V" },
  { "vf", Q (POTENTIAL), 1, "V" },
  { "u", Q (POTENTIAL), 2, "V" },
  { "v", Q (POTENTIAL), 2, "V" },
  { "e", Q (POTENTIAL), 2, "V" },
  { "电压", Q (POTENTIAL), 0, "V" },
  { "电位", Q (POTENTIAL), 0, "V" },
  { "电势", Q (POTENTIAL), 0, "V" },
  { "电池电压", Q (POTENTIAL), 0, "V" },
  { "工作电压", Q (POTENTIAL), 0, "V" },
  { "spannung", Q (POTENTIAL), 0, "V" },
  { "zellspannung", Q (POTENTIAL), 0, "V" },
  { "tension", Q (POTENTIAL), 0, "V" },
  { "potentiel", Q (POTENTIAL), 0, "V" },
  { "voltaje", Q (POTENTIAL), 0, "V" },
  { "tensión", Q (POTENTIAL), 0, "V" },
  { "tensione", Q (POTENTIAL), 0, "V" },
  { "電圧", Q (POTENTIAL), 0, "V" },
  { "電位", Q (POTENTIAL), 0, "V" },
  { "전압", Q (POTENTIAL), 0, "V" },
  { "positiveelectrodepotential", Q (POTENTIAL), 6, "V" },
  /* current */
  { "current", Q (CURRENT), 0, "A" },
  { "cellcurrent", Q (CURRENT), 0, "A" },
  { "currentmeasured", Q (CURRENT), 0, "A" },
  { "measuredcurrent", Q (CURRENT), 0, "A" },
  { "<i>", Q (CURRENT), 0, "A" },
  { "amps", Q (CURRENT), 1, "A" },
  { "mamps", Q (CURRENT), 1, "mA" },
  { "uamps", Q (CURRENT), 1, "uA" },
  { "amp", Q (CURRENT), 1, "A" },
  { "ampere", Q (CURRENT), 1, "A" },
  { "amperes", Q (CURRENT), 1, "A" },
  { "we(1)current", Q (CURRENT), 1, "A" },
  { "im", Q (CURRENT), 1, "A", NEEDS_UNIT },
  { "i", Q (CURRENT), 2, "A" },
  { "ma", Q (CURRENT), 3, "mA" },
  { "电流", Q (CURRENT), 0, "A" },
  { "工作电流", Q (CURRENT), 0, "A" },
  { "strom", Q (CURRENT), 0, "A" },
  { "courant", Q (CURRENT), 0, "A" },
  { "corriente", Q (CURRENT), 0, "A" },
  { "corrente", Q (CURRENT), 0, "A" },
  { "電流", Q (CURRENT), 0, "A" },
  { "전류", Q (CURRENT), 0, "A" },
  /* charge counters */
  { "chargecapacity", Q (COUNTER_CHARGE_CAPACITY), 0, "Ah" },
  { "chargingcapacity", Q (COUNTER_CHARGE_CAPACITY), 0, "Ah" },
  { "chgcap", Q (COUNTER_CHARGE_CAPACITY), 0, "Ah" },
  { "chgcapacity", Q (COUNTER_CHARGE_CAPACITY), 0, "Ah" },
  { "chargecap", Q (COUNTER_CHARGE_CAPACITY), 0, "Ah" },
  { "capacityc", Q (COUNTER_CHARGE_CAPACITY), 0, "Ah" },
  { "capc", Q (COUNTER_CHARGE_CAPACITY), 1, "Ah" },
  { "qcharge", Q (COUNTER_CHARGE_CAPACITY), 1, "Ah" },
  { "qchg", Q (COUNTER_CHARGE_CAPACITY), 1, "Ah" },
  { "charge", Q (COUNTER_CHARGE_CAPACITY), 3, "Ah", NEEDS_UNIT },
  { "充电容量", Q (COUNTER_CHARGE_CAPACITY), 0, "Ah" },
  { "ahcyccharge", Q (COUNTER_CHARGE_CAPACITY), 1, "Ah" },
  { "ahcha", Q (COUNTER_CHARGE_CAPACITY), 1, "Ah" },
  { "ladekapazität", Q (COUNTER_CHARGE_CAPACITY), 0, "Ah" },
  { "充電容量", Q (COUNTER_CHARGE_CAPACITY), 0, "Ah" },
  { "충전용량", Q (COUNTER_CHARGE_CAPACITY), 0, "Ah" },
  { "dischargecapacity", Q (COUNTER_DISCHARGE_CAPACITY), 0, "Ah" },
  { "dischargingcapacity", Q (COUNTER_DISCHARGE_CAPACITY), 0, "Ah" },
  { "dchgcap", Q (COUNTER_DISCHARGE_CAPACITY), 0, "Ah" },
  { "dischgcap", Q (COUNTER_DISCHARGE_CAPACITY), 0, "Ah" },
  { "dchgcapacity", Q (COUNTER_DISCHARGE_CAPACITY), 0, "Ah" },
  { "dischgcapacity", Q (COUNTER_DISCHARGE_CAPACITY), 0, "Ah" },
  { "dischargecap", Q (COUNTER_DISCHARGE_CAPACITY), 0, "Ah" },
  { "capacityd", Q (COUNTER_DISCHARGE_CAPACITY), 0, "Ah" },
  { "capd", Q (COUNTER_DISCHARGE_CAPACITY), 1, "Ah" },
  { "qdischarge", Q (COUNTER_DISCHARGE_CAPACITY), 1, "Ah" },
  { "qdis", Q (COUNTER_DISCHARGE_CAPACITY), 1, "Ah" },
  { "discharge", Q (COUNTER_DISCHARGE_CAPACITY), 3, "Ah", NEEDS_UNIT },
  { "放电容量", Q (COUNTER_DISCHARGE_CAPACITY), 0, "Ah" },
  { "ahcycdischarge", Q (COUNTER_DISCHARGE_CAPACITY), 1, "Ah" },
  { "ahdch", Q (COUNTER_DISCHARGE_CAPACITY), 1, "Ah" },
  { "entladekapazität", Q (COUNTER_DISCHARGE_CAPACITY), 0, "Ah" },
  { "放電容量", Q (COUNTER_DISCHARGE_CAPACITY), 0, "Ah" },
  { "방전용량", Q (COUNTER_DISCHARGE_CAPACITY), 0, "Ah" },
  { "capacity", Q (COUNTER_CAPACITY), 0, "Ah" },
  { "cap", Q (COUNTER_CAPACITY), 0, "Ah" },
  { "stepcapacity", Q (COUNTER_CAPACITY), 0, "Ah" },
  { "amphr", Q (COUNTER_CAPACITY), 0, "Ah" },
  { "mamphr", Q (COUNTER_CAPACITY), 0, "mAh" },
  { "uamphr", Q (COUNTER_CAPACITY), 0, "uAh" },
  { "ahstep", Q (COUNTER_CAPACITY), 0, "Ah" },
  { "ah", Q (COUNTER_CAPACITY), 2, "Ah" },
  { "mah", Q (COUNTER_CAPACITY), 2, "mAh" },
  { "q", Q (COUNTER_CAPACITY), 3, "Ah", NEEDS_UNIT },
  { "容量", Q (COUNTER_CAPACITY), 0, "Ah" },
  { "kapazität", Q (COUNTER_CAPACITY), 0, "Ah" },
  { "capacité", Q (COUNTER_CAPACITY), 0, "Ah" },
  { "capacidad", Q (COUNTER_CAPACITY), 0, "Ah" },
  { "capacità", Q (COUNTER_CAPACITY), 0, "Ah" },
  { "용량", Q (COUNTER_CAPACITY), 0, "Ah" },
  { "netcapacity", Q (COUNTER_SIGNED_CHARGE), 1, "Ah" },
  { "signedcapacity", Q (COUNTER_SIGNED_CHARGE), 1, "Ah" },
  { "chargeincrement", Q (CHARGE_INCREMENT), 1, "Ah" },
  /* energy counters */
  { "chargeenergy", Q (COUNTER_CHARGE_ENERGY), 0, "Wh" },
  { "chargingenergy", Q (COUNTER_CHARGE_ENERGY), 0, "Wh" },
  { "chgenergy", Q (COUNTER_CHARGE_ENERGY), 0, "Wh" },
  { "energyc", Q (COUNTER_CHARGE_ENERGY), 0, "Wh" },
  { "energycharge", Q (COUNTER_CHARGE_ENERGY), 0, "Wh" },
  { "充电能量", Q (COUNTER_CHARGE_ENERGY), 0, "Wh" },
  { "dischargeenergy", Q (COUNTER_DISCHARGE_ENERGY), 0, "Wh" },
  { "dischargingenergy", Q (COUNTER_DISCHARGE_ENERGY), 0, "Wh" },
  { "dchgenergy", Q (COUNTER_DISCHARGE_ENERGY), 0, "Wh" },
  { "dischgenergy", Q (COUNTER_DISCHARGE_ENERGY), 0, "Wh" },
  { "energyd", Q (COUNTER_DISCHARGE_ENERGY), 0, "Wh" },
  { "energydischarge", Q (COUNTER_DISCHARGE_ENERGY), 0, "Wh" },
  { "放电能量", Q (COUNTER_DISCHARGE_ENERGY), 0, "Wh" },
  { "energy", Q (COUNTER_ENERGY), 0, "Wh" },
  { "ener", Q (COUNTER_ENERGY), 0, "Wh" },
  { "stepenergy", Q (COUNTER_ENERGY), 0, "Wh" },
  { "watthr", Q (COUNTER_ENERGY), 0, "Wh" },
  { "mwatthr", Q (COUNTER_ENERGY), 0, "mWh" },
  { "能量", Q (COUNTER_ENERGY), 0, "Wh" },
  /* cycle */
  { "cycle", Q (CYCLE), 0, "1" },
  { "cycleindex", Q (CYCLE), 0, "1" },
  { "cycleno", Q (CYCLE), 0, "1" },
  { "cyclenumber", Q (CYCLE), 0, "1" },
  { "cyclecount", Q (CYCLE), 0, "1" },
  { "cyccount", Q (CYCLE), 0, "1" },
  { "cyclep", Q (CYCLE), 0, "1" },
  { "cyclec", Q (CYCLE), 1, "1" },
  { "cyclenr", Q (CYCLE), 0, "1" },
  { "cycleid", Q (CYCLE), 1, "1" },
  { "cyc", Q (CYCLE), 1, "1" },
  { "循环号", Q (CYCLE), 0, "1" },
  { "循环序号", Q (CYCLE), 0, "1" },
  { "循环编号", Q (CYCLE), 0, "1" },
  { "循环次数", Q (CYCLE), 0, "1" },
  { "循环数", Q (CYCLE), 0, "1" },
  { "循环", Q (CYCLE), 1, "1" },
  { "圈数", Q (CYCLE), 1, "1" },
  { "zyklus", Q (CYCLE), 0, "1" },
  { "zyklusnr", Q (CYCLE), 0, "1" },
  { "ciclo", Q (CYCLE), 0, "1" },
  { "サイクル", Q (CYCLE), 0, "1" },
  { "サイクル番号", Q (CYCLE), 0, "1" },
  { "사이클", Q (CYCLE), 0, "1" },
  { "halfcycle", Q (HALF_CYCLE), 0, "1" },
  { "halfcyclecount", Q (HALF_CYCLE), 0, "1" },
  /* step */
  { "stepindex", Q (STEP_INDEX), 0, "1" },
  { "stepno", Q (STEP_INDEX), 0, "1" },
  { "stepnumber", Q (STEP_INDEX), 1, "1" },
  { "stepid", Q (STEP_INDEX), 1, "1" },
  { "step", Q (STEP_TIME), 1, "s", NEEDS_UNIT },
  { "step", Q (STEP_INDEX), 1, "1" },
  { "ns", Q (STEP_INDEX), 1, "1" },
  { "工步号", Q (STEP_INDEX), 0, "1" },
  { "工步序号", Q (STEP_INDEX), 0, "1" },
  { "工步编号", Q (STEP_INDEX), 0, "1" },
  { "过程序号", Q (STEP_INDEX), 0, "1" },
  { "步骤序号", Q (STEP_INDEX), 0, "1" },
  { "步骤号", Q (STEP_INDEX), 0, "1" },
  { "步骤", Q (STEP_INDEX), 1, "1" },
  { "步次", Q (STEP_INDEX), 1, "1" },
  { "工步", Q (STEP_INDEX), 2, "1" },
  { "schritt", Q (STEP_INDEX), 1, "1" },
  { "ステップ", Q (STEP_INDEX), 1, "1" },
  { "스텝", Q (STEP_INDEX), 1, "1" },
  { "stepcount", Q (STEP_COUNT), 0, "1" },
  /* state */
  { "steptype", Q (MODE), 0, "1", STATE },
  { "stepstatus", Q (MODE), 0, "1", STATE },
  { "stepstate", Q (MODE), 0, "1", STATE },
  { "stepname", Q (MODE), 1, "1", STATE },
  { "stepmode", Q (MODE), 1, "1", STATE },
  { "state", Q (MODE), 1, "1", STATE },
  { "md", Q (MODE), 1, "1", STATE },
  { "status", Q (MODE), 2, "1", STATE },
  { "workmode", Q (MODE), 1, "1", STATE },
  { "mode", Q (MODE), 2, "1", STATE },
  { "工步类型", Q (MODE), 0, "1", STATE },
  { "工步名称", Q (MODE), 0, "1", STATE },
  { "工步状态", Q (MODE), 0, "1", STATE },
  { "工作模式", Q (MODE), 0, "1", STATE },
  { "工作状态", Q (MODE), 0, "1", STATE },
  { "步骤状态", Q (MODE), 0, "1", STATE },
  { "过程名称", Q (MODE), 0, "1", STATE },
  { "状态", Q (MODE), 1, "1", STATE },
  /* temperature, power */
  { "temperature", Q (TEMPERATURE), 0, "degC" },
  { "celltemperature", Q (TEMPERATURE), 0, "degC" },
  { "temp", Q (TEMPERATURE), 0, "degC" },
  { "auxtemp", Q (TEMPERATURE), 1, "degC" },
  { "auxtemperature", Q (TEMPERATURE), 1, "degC" },
  { "auxtemperature1", Q (TEMPERATURE), 1, "degC" },
  { "temperature1", Q (TEMPERATURE), 1, "degC" },
  { "temperaturet1", Q (TEMPERATURE), 1, "degC" },
  { "temp1", Q (TEMPERATURE), 1, "degC" },
  { "t1", Q (TEMPERATURE), 1, "degC" },
  { "t", Q (TEMPERATURE), 2, "degC", NEEDS_UNIT },
  { "ambienttemperature", Q (TEMPERATURE), 3, "degC" },
  { "incubtemp", Q (TEMPERATURE), 3, "degC" },
  { "温度", Q (TEMPERATURE), 0, "degC" },
  { "辅助温度", Q (TEMPERATURE), 1, "degC" },
  { "temperatur", Q (TEMPERATURE), 0, "degC" },
  { "température", Q (TEMPERATURE), 0, "degC" },
  { "temperatura", Q (TEMPERATURE), 0, "degC" },
  { "온도", Q (TEMPERATURE), 0, "degC" },
  { "power", Q (POWER), 0, "W" },
  { "p", Q (POWER), 2, "W", NEEDS_UNIT },
  { "功率", Q (POWER), 0, "W" },
  /* three electrodes */
  { "ece", Q (COUNTER_POTENTIAL), 0, "V" },
  { "<ece>", Q (COUNTER_POTENTIAL), 1, "V" },
  { "counterelectrodepotential", Q (COUNTER_POTENTIAL), 0, "V" },
  { "eweece", Q (CELL_POTENTIAL), 0, "V" },
  { "cellpotential", Q (CELL_POTENTIAL), 0, "V" },
  /* impedance */
  { "freq", Q (FREQUENCY), 0, "Hz" },
  { "frequency", Q (FREQUENCY), 0, "Hz" },
  { "频率", Q (FREQUENCY), 0, "Hz" },
  { "re(z)", Q (IMPEDANCE_REAL), 0, "ohm" },
  { "zreal", Q (IMPEDANCE_REAL), 0, "ohm" },
  { "realimpedance", Q (IMPEDANCE_REAL), 0, "ohm" },
  { "z'", Q (IMPEDANCE_REAL), 0, "ohm" },
  { "im(z)", Q (IMPEDANCE_IMAGINARY), 0, "ohm" },
  { "zimag", Q (IMPEDANCE_IMAGINARY), 0, "ohm" },
  { "imaginaryimpedance", Q (IMPEDANCE_IMAGINARY), 0, "ohm" },
  { "z''", Q (IMPEDANCE_IMAGINARY), 0, "ohm" },
  /* row numbers */
  { "datapoint", Q (OTHER), 0, "", ROW_NUMBER },
  { "datapointnumber", Q (OTHER), 0, "", ROW_NUMBER },
  { "rec", Q (OTHER), 0, "", ROW_NUMBER },
  { "record", Q (OTHER), 0, "", ROW_NUMBER },
  { "recordid", Q (OTHER), 0, "", ROW_NUMBER },
  { "recordnumber", Q (OTHER), 0, "", ROW_NUMBER },
  { "recordno", Q (OTHER), 0, "", ROW_NUMBER },
  { "index", Q (OTHER), 0, "", ROW_NUMBER },
  { "pt", Q (OTHER), 0, "", ROW_NUMBER },
  { "序号", Q (OTHER), 0, "", ROW_NUMBER },
  { "记录序号", Q (OTHER), 0, "", ROW_NUMBER },
  { "记录号", Q (OTHER), 0, "", ROW_NUMBER },
  { "数据序号", Q (OTHER), 0, "", ROW_NUMBER },
};

#undef Q

/**
 * plateau_header_fold:
 * @text: a column name
 *
 * Returns: (transfer full): @text in lower case without blanks, quotes and the marks that
 *   instruments put between words or do not put
 */
char *
plateau_header_fold (const char *text)
{
  g_autofree char *lower = g_utf8_strdown (text, -1);
  g_autoptr (GString) out = g_string_new (NULL);
  for (const char *p = lower; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (c < 0x80 && strchr (" \t_-.#:*~\"\r,", (int) c) != NULL)
        continue;
      if (c == 0xA0 || c == 0xFEFF || c == 0x3000 || g_unichar_isspace (c))
        continue;
      if (c == 0xFF08)
        c = '(';
      if (c == 0xFF09)
        c = ')';
      g_string_append_unichar (out, c);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
strip (const char *text)
{
  g_autofree char *copy = g_strdup (text);
  g_strstrip (copy);
  gsize n = strlen (copy);
  if (n >= 2 && copy[0] == '"' && copy[n - 1] == '"')
    {
      copy[n - 1] = '\0';
      return g_strstrip (g_strdup (copy + 1));
    }
  return g_steal_pointer (&copy);
}

/* A line of units may put each in brackets. */
static char *
strip_brackets (const char *text)
{
  g_autofree char *unit = strip (text);
  gsize n = strlen (unit);
  gboolean bracketed =
      n >= 2 && ((unit[0] == '(' && unit[n - 1] == ')') || (unit[0] == '[' && unit[n - 1] == ']'));
  return bracketed ? g_strndup (unit + 1, n - 2) : g_steal_pointer (&unit);
}

/* "hh:mm:ss", "h:min:s.ms" beside a time: the values say it themselves. */
static gboolean
is_clock_format (const char *unit)
{
  return strchr (unit, ':') != NULL && strpbrk (unit, "hH") != NULL;
}

/* "Sec." is "Sec". */
static const PlateauUnit *
parse_unit (const char *text, PlateauDimension dimension)
{
  const PlateauUnit *unit = plateau_unit_parse (text, dimension);
  gsize n = strlen (text);
  if (unit != NULL || n < 2 || text[n - 1] != '.')
    return unit;
  g_autofree char *bare = g_strndup (text, n - 1);
  return plateau_unit_parse (bare, dimension);
}

/* TRUE when @name is in the table and @unit (may be NULL) suits it. */
static gboolean
lookup (const char *name, const char *unit, PlateauHeader *header)
{
  g_autofree char *folded = plateau_header_fold (name);
  if (folded[0] == '\0')
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      if (entries[i].name[0] != folded[0] || strcmp (entries[i].name, folded) != 0)
        continue;
      const PlateauUnit *parsed = NULL;
      if (entries[i].unit[0] != '\0')
        {
          const PlateauUnit *usual = plateau_unit_find (entries[i].unit);
          gboolean of_time = usual->dimension == PLATEAU_DIMENSION_TIME;
          if (unit == NULL || unit[0] == '\0' || (of_time && is_clock_format (unit)))
            {
              if (entries[i].flags & NEEDS_UNIT && unit == NULL)
                continue;
              parsed = usual;
            }
          else if (entries[i].quantity == PLATEAU_QUANTITY_CLOCK)
            {
              parsed = plateau_unit_parse (unit, PLATEAU_DIMENSION_TIME);
              if (parsed == NULL)
                parsed = usual;
            }
          else
            parsed = parse_unit (unit, usual->dimension);
          if (parsed == NULL)
            continue;
        }
      header->quantity = entries[i].quantity;
      header->rank = entries[i].rank;
      header->is_state = (entries[i].flags & STATE) != 0;
      header->is_row_number = (entries[i].flags & ROW_NUMBER) != 0;
      header->negative = (entries[i].flags & NEGATIVE) != 0;
      header->unit = parsed;
      header->unit_assumed = (unit == NULL || unit[0] == '\0') && parsed != NULL
                             && parsed->dimension != PLATEAU_DIMENSION_FRACTION;
      return TRUE;
    }
  return FALSE;
}

/* Name and unit are known now: keep both texts. */
static gboolean
settle (PlateauHeader *header, const char *name, const char *unit)
{
  header->name = strip (name);
  header->unit_text = unit != NULL && unit[0] != '\0' ? strip (unit) : NULL;
  return TRUE;
}

/* "Current(A)", "U[V]", "TestTime{hh:mm:ss}", with ASCII or full-width brackets: cuts the last pair
 * off @cell. */
static gboolean
split_bracket (const char *cell, char **name, char **unit)
{
  static const char *const pairs[][2] = {
    { "(", ")" }, { "[", "]" }, { "{", "}" }, { "（", "）" }
  };
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      if (!g_str_has_suffix (cell, pairs[i][1]))
        continue;
      const char *open = g_strrstr (cell, pairs[i][0]);
      if (open == NULL || open == cell)
        continue;
      const char *inside = open + strlen (pairs[i][0]);
      *name = g_strndup (cell, (gsize) (open - cell));
      *unit = g_strndup (inside, strlen (inside) - strlen (pairs[i][1]));
      g_strstrip (*name);
      g_strstrip (*unit);
      return TRUE;
    }
  return FALSE;
}

/* Tries @cell split at each place where @mark stands, from the left or from the right. */
static gboolean
lookup_split (const char *cell, char mark, gboolean from_right, PlateauHeader *header)
{
  gsize length = strlen (cell);
  for (gsize k = 1; k + 1 < length; k++)
    {
      gsize i = from_right ? length - 1 - k : k;
      if (cell[i] != mark)
        continue;
      g_autofree char *name = g_strndup (cell, i);
      g_autofree char *unit = g_strstrip (g_strdup (cell + i + 1));
      if (unit[0] != '\0' && lookup (name, unit, header))
        return settle (header, name, unit);
    }
  return FALSE;
}

static gboolean
lookup_cell (const char *cell, PlateauHeader *header)
{
  if (lookup (cell, NULL, header))
    return settle (header, cell, NULL);
  g_autofree char *name = NULL, *unit = NULL;
  if (split_bracket (cell, &name, &unit))
    {
      if (lookup (name, unit, header))
        return settle (header, name, unit);
      /* "TestTime/Sec.{hh:mm:ss.fff}": the bracket is a format, the unit stands before it. */
      if (is_clock_format (unit) && lookup_split (name, '/', FALSE, header))
        return TRUE;
      g_autofree char *inner_name = NULL, *inner_unit = NULL;
      if (split_bracket (name, &inner_name, &inner_unit) && lookup (inner_name, inner_unit, header))
        return settle (header, inner_name, inner_unit);
    }
  return lookup_split (cell, '/', FALSE, header) || lookup_split (cell, '_', TRUE, header)
         || lookup_split (cell, ' ', TRUE, header) || lookup_split (cell, ',', TRUE, header);
}

/* "E vs. Li/Li+ (V)", "Potential (V vs Li-In)": @text without what the potential is measured
 * against, or NULL when it names nothing. */
static char *
drop_reference (const char *text)
{
  static const char *const words[] = { "vs", "versus", "gegen" };
  for (const char *p = text; *p != '\0'; p++)
    for (gsize w = 0; w < G_N_ELEMENTS (words); w++)
      {
        gsize n = strlen (words[w]);
        if ((p > text && g_ascii_isalnum (p[-1])) || g_ascii_strncasecmp (p, words[w], n) != 0
            || g_ascii_isalnum (p[n]))
          continue;
        const char *electrode = p + n + strspn (p + n, ". ");
        gsize length = strcspn (electrode, " )],;");
        /* The unit may stand right behind the electrode: "Li/V". */
        const char *slash = g_strrstr_len (electrode, (gssize) length, "/");
        g_autofree char *tail =
            slash != NULL ? g_strndup (slash + 1, (gsize) (electrode + length - slash) - 1) : NULL;
        if (tail != NULL && plateau_unit_parse (tail, PLATEAU_DIMENSION_POTENTIAL) != NULL)
          length = (gsize) (slash - electrode);
        g_autofree char *before = g_strchomp (g_strndup (text, (gsize) (p - text)));
        return length > 0 ? g_strconcat (before, electrode + length, NULL) : NULL;
      }
  return NULL;
}

static gboolean
lookup_without_reference (const char *cell, const char *unit, PlateauHeader *header)
{
  g_autofree char *bare = drop_reference (cell);
  if (bare == NULL)
    return FALSE;
  if (unit != NULL && unit[0] != '\0' && lookup (bare, unit, header))
    return settle (header, bare, unit);
  return lookup_cell (bare, header);
}

/* An unknown column still shows its unit. */
static void
settle_unknown (const char *cell, PlateauHeader *header)
{
  g_autofree char *name = NULL, *unit = NULL;
  if (split_bracket (cell, &name, &unit))
    {
      settle (header, name, unit);
      return;
    }
  for (const char *slash = strchr (cell, '/'); slash != NULL; slash = strchr (slash + 1, '/'))
    {
      g_autofree char *tail = g_strstrip (g_strdup (slash + 1));
      if (tail[0] != '\0' && plateau_unit_parse (tail, PLATEAU_DIMENSION_NONE) != NULL)
        {
          g_autofree char *before = g_strndup (cell, (gsize) (slash - cell));
          settle (header, before, tail);
          return;
        }
    }
  settle (header, cell, NULL);
}

/**
 * plateau_header_parse:
 * @cell: the head of a column as printed: "Current(A)", "Ewe/V", "test_time_second", "电压(V)"
 * @unit_cell: (nullable): the unit when the table prints it in a line of its own
 * @header: (out caller-allocates): what it says
 *
 * Finds the quantity by a table of names, and its unit in brackets, behind a slash, an underscore
 * or a blank. A known name with a unit of another dimension ("Capacity(mAh/g)") is no match.
 */
void
plateau_header_parse (const char *cell, const char *unit_cell, PlateauHeader *header)
{
  g_return_if_fail (cell != NULL && header != NULL);
  *header = (PlateauHeader){ .quantity = PLATEAU_QUANTITY_OTHER };
  g_autofree char *text = strip (cell);
  if (strlen (text) > LONGEST_NAME)
    {
      settle (header, text, NULL);
      return;
    }
  g_autofree char *unit = unit_cell != NULL ? strip_brackets (unit_cell) : NULL;
  if (unit != NULL && unit[0] != '\0' && lookup (text, unit, header))
    settle (header, text, unit);
  else if (lookup_cell (text, header) || lookup_without_reference (text, unit, header))
    ;
  else if (unit != NULL && unit[0] != '\0')
    settle (header, text, unit);
  else
    settle_unknown (text, header);
}

/**
 * plateau_header_clear:
 */
void
plateau_header_clear (PlateauHeader *header)
{
  g_clear_pointer (&header->name, g_free);
  g_clear_pointer (&header->unit_text, g_free);
}
