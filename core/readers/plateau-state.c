/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-quantity.h"
#include "readers/plateau-header.h"

#include <string.h>

/* Whole words first, then parts of words; the first that fits decides. */
static const struct
{
  const char *text;
  gboolean whole;
  int mode;
  int direction;
} states[] = {
  { "r", TRUE, PLATEAU_MODE_REST, 0 },
  { "c", TRUE, PLATEAU_MODE_UNKNOWN, 1 },
  { "d", TRUE, PLATEAU_MODE_UNKNOWN, -1 },
  { "ratec", TRUE, PLATEAU_MODE_GALVANOSTATIC, 1 },
  { "rated", TRUE, PLATEAU_MODE_GALVANOSTATIC, -1 },
  { "ccc", TRUE, PLATEAU_MODE_GALVANOSTATIC, 1 },
  { "ccd", TRUE, PLATEAU_MODE_GALVANOSTATIC, -1 },
  { "cvc", TRUE, PLATEAU_MODE_POTENTIOSTATIC, 1 },
  { "cvd", TRUE, PLATEAU_MODE_POTENTIOSTATIC, -1 },
  { "f", TRUE, PLATEAU_MODE_REST, 0 },
  { "p", TRUE, PLATEAU_MODE_REST, 0 },
  { "s", TRUE, PLATEAU_MODE_UNKNOWN, 0 },
  { "o", TRUE, PLATEAU_MODE_UNKNOWN, 0 },
  { "a", TRUE, PLATEAU_MODE_UNKNOWN, 0 },
  { "cha", TRUE, PLATEAU_MODE_UNKNOWN, 1 },
  { "dch", TRUE, PLATEAU_MODE_UNKNOWN, -1 },
  { "pau", TRUE, PLATEAU_MODE_REST, 0 },
  { "rest", FALSE, PLATEAU_MODE_REST, 0 },
  { "pause", FALSE, PLATEAU_MODE_REST, 0 },
  { "ocv", FALSE, PLATEAU_MODE_REST, 0 },
  { "opencircuit", FALSE, PLATEAU_MODE_REST, 0 },
  { "idle", FALSE, PLATEAU_MODE_REST, 0 },
  { "finish", FALSE, PLATEAU_MODE_REST, 0 },
  { "静置", FALSE, PLATEAU_MODE_REST, 0 },
  { "搁置", FALSE, PLATEAU_MODE_REST, 0 },
  { "休眠", FALSE, PLATEAU_MODE_REST, 0 },
  { "暂停", FALSE, PLATEAU_MODE_REST, 0 },
  { "impedance", FALSE, PLATEAU_MODE_IMPEDANCE, 0 },
  { "cccvd", FALSE, PLATEAU_MODE_UNKNOWN, -1 },
  { "cccv", FALSE, PLATEAU_MODE_UNKNOWN, 1 },
  { "恒流恒压放电", FALSE, PLATEAU_MODE_UNKNOWN, -1 },
  { "恒流恒压充电", FALSE, PLATEAU_MODE_UNKNOWN, 1 },
  { "恒流放电", FALSE, PLATEAU_MODE_GALVANOSTATIC, -1 },
  { "恒流充电", FALSE, PLATEAU_MODE_GALVANOSTATIC, 1 },
  { "倍率放电", FALSE, PLATEAU_MODE_GALVANOSTATIC, -1 },
  { "倍率充电", FALSE, PLATEAU_MODE_GALVANOSTATIC, 1 },
  { "恒压放电", FALSE, PLATEAU_MODE_POTENTIOSTATIC, -1 },
  { "恒压充电", FALSE, PLATEAU_MODE_POTENTIOSTATIC, 1 },
  { "放电", FALSE, PLATEAU_MODE_UNKNOWN, -1 },
  { "充电", FALSE, PLATEAU_MODE_UNKNOWN, 1 },
  { "ccd", FALSE, PLATEAU_MODE_GALVANOSTATIC, -1 },
  { "ccc", FALSE, PLATEAU_MODE_GALVANOSTATIC, 1 },
  { "cvd", FALSE, PLATEAU_MODE_POTENTIOSTATIC, -1 },
  { "cvc", FALSE, PLATEAU_MODE_POTENTIOSTATIC, 1 },
  { "dischg", FALSE, PLATEAU_MODE_UNKNOWN, -1 },
  { "discharg", FALSE, PLATEAU_MODE_UNKNOWN, -1 },
  { "dchg", FALSE, PLATEAU_MODE_UNKNOWN, -1 },
  { "entladen", FALSE, PLATEAU_MODE_UNKNOWN, -1 },
  { "chg", FALSE, PLATEAU_MODE_UNKNOWN, 1 },
  { "charg", FALSE, PLATEAU_MODE_UNKNOWN, 1 },
  { "laden", FALSE, PLATEAU_MODE_UNKNOWN, 1 },
};

/**
 * plateau_state_parse:
 * @text: what a cycler calls a step: "CC Chg", "Rest", "R", "恒流充电"
 * @state: (out): mode and direction
 *
 * Returns: FALSE when nothing in @text is known; @state is then unknown and without direction
 */
gboolean
plateau_state_parse (const char *text, PlateauState *state)
{
  g_return_val_if_fail (text != NULL && state != NULL, FALSE);
  *state = (PlateauState){ PLATEAU_MODE_UNKNOWN, 0 };
  g_autofree char *folded = plateau_header_fold (text);
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    if (states[i].whole ? strcmp (folded, states[i].text) == 0
                        : strstr (folded, states[i].text) != NULL)
      {
        *state = (PlateauState){ states[i].mode, states[i].direction };
        return TRUE;
      }
  return FALSE;
}
