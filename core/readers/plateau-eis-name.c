/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/plateau-eis-name.h"

#include "base/plateau-number.h"
#include "base/plateau-unit.h"

#include <math.h>

/* What people write into the names of files and spectra. The first group is the number. Patterns
 * of one condition stand from the surest to the least sure; limits keep rates ("0.1C") and
 * amplitudes ("10mV") out. */
typedef struct
{
  const char *pattern;
  gsize offset; /* in PlateauConditions */
  const char *unit;
  double minimum, maximum; /* in that unit */
} NamePattern;

#define NUMBER "(-?[0-9]+(?:[.,p][0-9]+)?)"
#define BEFORE "(?<![0-9A-Za-z.,])"
#define AFTER "(?![0-9A-Za-z])"
#define C(member) G_STRUCT_OFFSET (PlateauConditions, member)

static const NamePattern patterns[] = {
  { BEFORE NUMBER "[ _]?(?:°|º|deg)[ _]?C" AFTER, C (temperature), "degC", -100, 1500 },
  { BEFORE "T(?:emp)?[ _=]?" NUMBER "[ _]?C?" AFTER, C (temperature), "degC", -100, 1500 },
  { BEFORE "(-[0-9]+)[ _]?C" AFTER, C (temperature), "degC", -100, -1 },
  { BEFORE NUMBER "[ _]?C" AFTER, C (temperature), "degC", 15, 1500 },
  { BEFORE NUMBER "[ _]?K" AFTER, C (temperature), "K", 150, 1800 },
  { BEFORE NUMBER "[ _]?mVdc" AFTER, C (potential), "mV", -10000, 10000 },
  { "([0-9]+)_mvdc" AFTER, C (potential), "mV", -10000, 10000 },
  { BEFORE NUMBER "[ _]?V" AFTER, C (potential), "V", -10, 10 },
  { BEFORE NUMBER "[ _]?mV" AFTER, C (potential), "mV", 200, 10000 },
  { BEFORE "SOC[ _=-]?" NUMBER, C (state_of_charge), "%", 0, 100 },
  { BEFORE NUMBER "[ _]?%?[ _]?SOC", C (state_of_charge), "%", 0, 100 },
  { BEFORE "cyc(?:le)?s?[ _#=-]*([0-9]+)", C (cycle), NULL, 0, 1e6 },
  { BEFORE "([0-9]+)(?:st|nd|rd|th)?[ _-]?cyc(?:le)?", C (cycle), NULL, 0, 1e6 },
};

/* The last match counts: names grow at their end. */
static double
find_number (const NamePattern *pattern, const char *name)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern->pattern, G_REGEX_CASELESS, 0, NULL);
  g_return_val_if_fail (regex != NULL, NAN);
  g_autoptr (GMatchInfo) match = NULL;
  double found = NAN;
  for (gboolean more = g_regex_match (regex, name, 0, &match); more;
       more = g_match_info_next (match, NULL))
    {
      double value;
      g_autofree char *text = g_match_info_fetch (match, 1);
      g_strdelimit (text, ",pP", '.');
      if (plateau_parse_number (text, &value) && value >= pattern->minimum
          && value <= pattern->maximum)
        found = value;
    }
  return found;
}

/**
 * plateau_eis_name_conditions:
 * @name: of a file or a spectrum: "LPSCl_-25C", "SOC50_cycle_12", "cell3_3.80V", "025_mvdc"
 * @conditions: (inout): gets temperature (K), potential (V), state of charge (0 to 1) and cycle
 *   where @name tells them; members that are not NaN stay
 */
void
plateau_eis_name_conditions (const char *name, PlateauConditions *conditions)
{
  g_return_if_fail (name != NULL && conditions != NULL);
  if (!g_utf8_validate (name, -1, NULL))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      const NamePattern *pattern = &patterns[i];
      double *member = &G_STRUCT_MEMBER (double, conditions, pattern->offset);
      if (!isnan (*member))
        continue;
      double value = find_number (pattern, name);
      if (isnan (value))
        continue;
      *member = pattern->unit != NULL ? plateau_to_si (value, pattern->unit) : value;
    }
}
