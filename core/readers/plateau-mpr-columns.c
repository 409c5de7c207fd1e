/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/plateau-mpr-columns.h"

#define Q(name) PLATEAU_QUANTITY_##name
#define T(name) PLATEAU_MPR_##name
#define OTHER Q (OTHER), 0, 1

/* Sorted by id. Charge: the increment since the last point is exact, the counter of the half
 * cycle and the one since the start follow; (Q-Qo)/C is kept for comparison only, because
 * instruments that write it average it differently from the current beside it. */
static const PlateauMprColumn columns[] = {
  { 1, T (FLAGS), "mode", "", OTHER },
  { 2, T (FLAGS), "ox/red", "", OTHER },
  { 3, T (FLAGS), "error", "", OTHER },
  { 4, T (F64), "time/s", "s", Q (TIME), 0, 1 },
  { 5, T (F32), "control/V/mA", "V or mA", OTHER },
  { 6, T (F32), "Ewe/V", "V", Q (POTENTIAL), 0, 1 },
  { 7, T (F64), "dq/mA.h", "mAh", Q (CHARGE_INCREMENT), 0, 1 },
  { 8, T (F32), "I/mA", "mA", Q (CURRENT), 0, 1 },
  { 9, T (F32), "Ece/V", "V", Q (COUNTER_POTENTIAL), 0, 1 },
  { 11, T (F64), "<I>/mA", "mA", Q (CURRENT), 1, 1 },
  { 13, T (F64), "(Q-Qo)/mA.h", "mAh", Q (COUNTER_SIGNED_CHARGE), 1, 1 },
  { 16, T (F32), "Analog IN 1/V", "V", OTHER },
  { 17, T (F32), "Analog IN 2/V", "V", OTHER },
  { 19, T (F32), "control/V", "V", OTHER },
  { 20, T (F32), "control/mA", "mA", OTHER },
  { 21, T (FLAGS), "control changes", "", OTHER },
  { 23, T (F64), "dQ/mA.h", "mAh", OTHER },
  { 24, T (F64), "cycle number", "", Q (CYCLE), 0, 1 },
  { 26, T (F32), "Rapp/Ohm", "ohm", OTHER },
  { 27, T (F32), "Ewe-Ece/V", "V", Q (CELL_POTENTIAL), 0, 1 },
  { 31, T (FLAGS), "Ns changes", "", OTHER },
  { 32, T (F32), "freq/Hz", "Hz", Q (FREQUENCY), 0, 1 },
  { 33, T (F32), "|Ewe|/V", "V", OTHER },
  { 34, T (F32), "|I|/A", "A", OTHER },
  { 35, T (F32), "Phase(Z)/deg", "deg", OTHER },
  { 36, T (F32), "|Z|/Ohm", "ohm", OTHER },
  { 37, T (F32), "Re(Z)/Ohm", "ohm", Q (IMPEDANCE_REAL), 0, 1 },
  { 38, T (F32), "-Im(Z)/Ohm", "ohm", Q (IMPEDANCE_IMAGINARY), 0, -1 },
  { 39, T (U16), "I Range", "", OTHER },
  { 65, T (FLAGS), "counter inc.", "", OTHER },
  { 69, T (F32), "R/Ohm", "ohm", OTHER },
  { 70, T (F32), "P/W", "W", Q (POWER), 0, 1 },
  { 74, T (F64), "|Energy|/W.h", "Wh", OTHER },
  { 75, T (F32), "Analog OUT/V", "V", OTHER },
  { 76, T (F32), "<I>/mA", "mA", Q (CURRENT), 2, 1 },
  { 77, T (F32), "<Ewe>/V", "V", Q (POTENTIAL), 2, 1 },
  { 78, T (F32), "Cs-2/µF-2", "µF^-2", OTHER },
  { 96, T (F32), "|Ece|/V", "V", OTHER },
  { 98, T (F32), "Phase(Zce)/deg", "deg", OTHER },
  { 99, T (F32), "|Zce|/Ohm", "ohm", OTHER },
  { 100, T (F32), "Re(Zce)/Ohm", "ohm", OTHER },
  { 101, T (F32), "-Im(Zce)/Ohm", "ohm", OTHER },
  { 123, T (F64), "Energy charge/W.h", "Wh", OTHER },
  { 124, T (F64), "Energy discharge/W.h", "Wh", OTHER },
  { 125, T (F64), "Capacitance charge/µF", "uF", OTHER },
  { 126, T (F64), "Capacitance discharge/µF", "uF", OTHER },
  { 131, T (U16), "Ns", "", Q (STEP_INDEX), 0, 1 },
  { 163, T (F32), "|Estack|/V", "V", OTHER },
  { 168, T (F32), "Rcmp/Ohm", "ohm", OTHER },
  { 169, T (F32), "Cs/µF", "uF", OTHER },
  { 172, T (F32), "Cp/µF", "uF", OTHER },
  { 173, T (F32), "Cp-2/µF-2", "µF^-2", OTHER },
  { 174, T (F32), "<Ewe>/V", "V", Q (POTENTIAL), 1, 1 },
  { 179, T (F32), "dQ/C", "C", OTHER },
  { 213, T (U32), "z cycle", "", Q (CYCLE), 1, 1 },
  { 241, T (F32), "|E1|/V", "V", OTHER },
  { 242, T (F32), "|E2|/V", "V", OTHER },
  { 271, T (F32), "Phase(Z1)/deg", "deg", OTHER },
  { 272, T (F32), "Phase(Z2)/deg", "deg", OTHER },
  { 301, T (F32), "|Z1|/Ohm", "ohm", OTHER },
  { 302, T (F32), "|Z2|/Ohm", "ohm", OTHER },
  { 331, T (F32), "Re(Z1)/Ohm", "ohm", OTHER },
  { 332, T (F32), "Re(Z2)/Ohm", "ohm", OTHER },
  { 361, T (F32), "-Im(Z1)/Ohm", "ohm", OTHER },
  { 362, T (F32), "-Im(Z2)/Ohm", "ohm", OTHER },
  { 391, T (F32), "<E1>/V", "V", OTHER },
  { 392, T (F32), "<E2>/V", "V", OTHER },
  { 422, T (F32), "Phase(Zstack)/deg", "deg", OTHER },
  { 423, T (F32), "|Zstack|/Ohm", "ohm", OTHER },
  { 424, T (F32), "Re(Zstack)/Ohm", "ohm", OTHER },
  { 425, T (F32), "-Im(Zstack)/Ohm", "ohm", OTHER },
  { 426, T (F32), "<Estack>/V", "V", OTHER },
  { 430, T (F32), "Phase(Zwe-ce)/deg", "deg", OTHER },
  { 431, T (F32), "|Zwe-ce|/Ohm", "ohm", OTHER },
  { 432, T (F32), "Re(Zwe-ce)/Ohm", "ohm", OTHER },
  { 433, T (F32), "-Im(Zwe-ce)/Ohm", "ohm", OTHER },
  { 434, T (F32), "(Q-Qo)/C", "C", OTHER },
  { 435, T (F32), "dQ/C", "C", OTHER },
  { 438, T (F64), "step time/s", "s", Q (STEP_TIME), 0, 1 },
  { 441, T (F32), "<Ece>/V", "V", Q (COUNTER_POTENTIAL), 1, 1 },
  { 462, T (F32), "Temperature/°C", "degC", Q (TEMPERATURE), 0, 1 },
  { 467, T (F64), "Q charge/discharge/mA.h", "mAh", Q (COUNTER_SIGNED_CHARGE), 0, 1 },
  { 468, T (U32), "half cycle", "", Q (HALF_CYCLE), 0, 1 },
  { 469, T (U32), "z cycle", "", Q (CYCLE), 1, 1 },
  { 471, T (F32), "<Ece>/V", "V", Q (COUNTER_POTENTIAL), 2, 1 },
  { 473, T (F32), "THD Ewe/%", "%", OTHER },
  { 474, T (F32), "THD I/%", "%", OTHER },
  { 475, T (F32), "THD Ece/%", "%", OTHER },
  { 476, T (F32), "NSD Ewe/%", "%", OTHER },
  { 477, T (F32), "NSD I/%", "%", OTHER },
  { 478, T (F32), "NSD Ece/%", "%", OTHER },
  { 479, T (F32), "NSR Ewe/%", "%", OTHER },
  { 480, T (F32), "NSR I/%", "%", OTHER },
  { 481, T (F32), "NSR Ece/%", "%", OTHER },
  { 486, T (F32), "|Ewe h2|/V", "V", OTHER },
  { 487, T (F32), "|Ewe h3|/V", "V", OTHER },
  { 488, T (F32), "|Ewe h4|/V", "V", OTHER },
  { 489, T (F32), "|Ewe h5|/V", "V", OTHER },
  { 490, T (F32), "|Ewe h6|/V", "V", OTHER },
  { 491, T (F32), "|Ewe h7|/V", "V", OTHER },
  { 492, T (F32), "|I h2|/A", "A", OTHER },
  { 493, T (F32), "|I h3|/A", "A", OTHER },
  { 494, T (F32), "|I h4|/A", "A", OTHER },
  { 495, T (F32), "|I h5|/A", "A", OTHER },
  { 496, T (F32), "|I h6|/A", "A", OTHER },
  { 497, T (F32), "|I h7|/A", "A", OTHER },
  { 498, T (F64), "Q charge/mA.h", "mAh", OTHER },
  { 499, T (F64), "Q discharge/mA.h", "mAh", OTHER },
  { 500, T (F64), "step time/s", "s", Q (STEP_TIME), 2, 1 },
  { 501, T (F64), "Efficiency/%", "%", OTHER },
  { 502, T (F64), "Capacity/mA.h", "mAh", OTHER },
  { 505, T (F32), "Rdc/Ohm", "ohm", OTHER },
  { 509, T (U8), "Acir/Dcir Control", "", OTHER },
  { 880, T (F64), "Energy we/W.h", "Wh", OTHER },
  { 883, T (F64), "Energy ce charge/W.h", "Wh", OTHER },
  { 884, T (F64), "Energy ce discharge/W.h", "Wh", OTHER },
};

/* Where the harmonics of potential and current are recorded (486 to 497), those of the counter
 * electrode follow them in numbers that mean something else in a battery's test. */
static const PlateauMprColumn counter_harmonics[] = {
  { 498, T (F32), "|Ece h2|/V", "V", OTHER }, { 499, T (F32), "|Ece h3|/V", "V", OTHER },
  { 500, T (F32), "|Ece h4|/V", "V", OTHER }, { 501, T (F32), "|Ece h5|/V", "V", OTHER },
  { 502, T (F32), "|Ece h6|/V", "V", OTHER }, { 503, T (F32), "|Ece h7|/V", "V", OTHER },
};

/**
 * plateau_mpr_column_find:
 * @id: id of a column in the data module of an .mpr file
 * @harmonics: whether that module has columns of harmonics (PLATEAU_MPR_FIRST_HARMONIC)
 *
 * Returns: (transfer none) (nullable): the column, or NULL when the id is not known
 */
const PlateauMprColumn *
plateau_mpr_column_find (guint16 id, gboolean harmonics)
{
  for (gsize i = 0; harmonics && i < G_N_ELEMENTS (counter_harmonics); i++)
    if (counter_harmonics[i].id == id)
      return &counter_harmonics[i];
  gsize low = 0, high = G_N_ELEMENTS (columns);
  while (low < high)
    {
      gsize middle = (low + high) / 2;
      if (columns[middle].id == id)
        return &columns[middle];
      if (columns[middle].id < id)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

/**
 * plateau_mpr_type_size:
 *
 * Returns: the bytes that a value of @type takes in a record; 0 for the shared byte of flags, which
 *   the caller counts once
 */
gsize
plateau_mpr_type_size (PlateauMprType type)
{
  static const guint8 sizes[] = { 0, 1, 2, 4, 4, 8 };
  return sizes[type];
}
