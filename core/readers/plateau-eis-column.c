/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/plateau-eis-column.h"

#include <string.h>

#define R(name) PLATEAU_EIS_ROLE_##name

/* Heads after folding (see fold_name()): lower case, no blanks, no unit, no leading minus. */
static const struct
{
  const char *name;
  PlateauEisRole role;
  gboolean named;
} names[] = {
  { "f", R (FREQUENCY) },
  { "freq", R (FREQUENCY) },
  { "freq.", R (FREQUENCY) },
  { "frequency", R (FREQUENCY) },
  { "frequenz", R (FREQUENCY) },
  { "fréquence", R (FREQUENCY) },
  { "频率", R (FREQUENCY) },
  { "ω", R (FREQUENCY) },
  { "w", R (FREQUENCY) },
  { "omega", R (FREQUENCY) },
  { "angularfrequency", R (FREQUENCY) },
  { "z'", R (RE), TRUE },
  { "z're", R (RE), TRUE },
  { "zre", R (RE), TRUE },
  { "zreal", R (RE), TRUE },
  { "zr", R (RE), TRUE },
  { "rez", R (RE), TRUE },
  { "re(z)", R (RE), TRUE },
  { "real(z)", R (RE), TRUE },
  { "re[z]", R (RE), TRUE },
  { "z(re)", R (RE), TRUE },
  { "z_re", R (RE), TRUE },
  { "z.re", R (RE), TRUE },
  { "z.real", R (RE), TRUE },
  { "re", R (RE) },
  { "real", R (RE) },
  { "realpart", R (RE) },
  { "realimpedance", R (RE), TRUE },
  { "impedancereal", R (RE), TRUE },
  { "z'(a)", R (RE), TRUE },
  { "z_prime", R (RE), TRUE },
  { "zprime", R (RE), TRUE },
  { "实部", R (RE) },
  { "z\"", R (IM), TRUE },
  { "z''", R (IM), TRUE },
  { "zim", R (IM), TRUE },
  { "zimg", R (IM), TRUE },
  { "zimag", R (IM), TRUE },
  { "zi", R (IM), TRUE },
  { "imz", R (IM), TRUE },
  { "im(z)", R (IM), TRUE },
  { "imag(z)", R (IM), TRUE },
  { "im[z]", R (IM), TRUE },
  { "z(im)", R (IM), TRUE },
  { "z_im", R (IM), TRUE },
  { "z.im", R (IM), TRUE },
  { "z.imag", R (IM), TRUE },
  { "im", R (IM) },
  { "imag", R (IM) },
  { "imaginary", R (IM) },
  { "imaginarypart", R (IM) },
  { "imaginaryimpedance", R (IM), TRUE },
  { "impedanceimaginary", R (IM), TRUE },
  { "z\"(b)", R (IM), TRUE },
  { "z_double_prime", R (IM), TRUE },
  { "zdoubleprime", R (IM), TRUE },
  { "z_dblprime", R (IM), TRUE },
  { "虚部", R (IM) },
  { "|z|", R (MODULUS) },
  { "z", R (MODULUS) },
  { "zmod", R (MODULUS) },
  { "zabs", R (MODULUS) },
  { "absz", R (MODULUS) },
  { "abs(z)", R (MODULUS) },
  { "mag(z)", R (MODULUS) },
  { "modz", R (MODULUS) },
  { "magnitude", R (MODULUS) },
  { "modulus", R (MODULUS) },
  { "mag", R (MODULUS) },
  { "impedance", R (MODULUS) },
  { "阻抗", R (MODULUS) },
  { "phase", R (PHASE) },
  { "phasez", R (PHASE) },
  { "phase(z)", R (PHASE) },
  { "phaseofz", R (PHASE) },
  { "zphz", R (PHASE) },
  { "zphase", R (PHASE) },
  { "phaseangle", R (PHASE) },
  { "phi", R (PHASE) },
  { "φ", R (PHASE) },
  { "ϕ", R (PHASE) },
  { "theta", R (PHASE) },
  { "theta(z)", R (PHASE) },
  { "θ", R (PHASE) },
  { "angle", R (PHASE) },
  { "arg(z)", R (PHASE) },
  { "相位", R (PHASE) },
  { "相角", R (PHASE) },
  { "相位角", R (PHASE) },
  { "time", R (TIME) },
  { "t", R (TIME) },
  { "elapsedtime", R (TIME) },
  { "testtime", R (TIME) },
  { "timestamp", R (NONE) },
  { "zeit", R (TIME) },
  { "时间", R (TIME) },
  { "e", R (POTENTIAL) },
  { "e(dc)", R (POTENTIAL) },
  { "edc", R (POTENTIAL) },
  { "vdc", R (POTENTIAL) },
  { "udc", R (POTENTIAL) },
  { "dcpotential", R (POTENTIAL) },
  { "potentialdc", R (POTENTIAL) },
  { "potential", R (POTENTIAL) },
  { "voltage", R (POTENTIAL) },
  { "<ewe>", R (POTENTIAL) },
  { "ewe", R (POTENTIAL) },
  { "<ecell>", R (POTENTIAL) },
  { "bias", R (POTENTIAL) },
  { "we(1).potential", R (POTENTIAL) },
  { "电位", R (POTENTIAL) },
  { "电压", R (POTENTIAL) },
  { "i", R (CURRENT) },
  { "idc", R (CURRENT) },
  { "i(dc)", R (CURRENT) },
  { "dccurrent", R (CURRENT) },
  { "currentdc", R (CURRENT) },
  { "current", R (CURRENT) },
  { "<i>", R (CURRENT) },
  { "we(1).current", R (CURRENT) },
  { "电流", R (CURRENT) },
  { "temperature", R (TEMPERATURE) },
  { "temp", R (TEMPERATURE) },
  { "temp.", R (TEMPERATURE) },
  { "temperaturet1", R (TEMPERATURE) },
  { "温度", R (TEMPERATURE) },
  { "cycle", R (CYCLE) },
  { "cyclenumber", R (CYCLE) },
  { "cyclecount", R (CYCLE) },
  { "cycle#", R (CYCLE) },
  { "循环", R (CYCLE) },
  { "spectrum", R (SPECTRUM) },
  { "spectrumcount", R (SPECTRUM) },
  { "spectrumnumber", R (SPECTRUM) },
  { "scan", R (SPECTRUM) },
  { "sweep", R (SPECTRUM) },
  { "|vac|", R (AMPLITUDE_POTENTIAL) },
  { "vac", R (AMPLITUDE_POTENTIAL) },
  { "eac", R (AMPLITUDE_POTENTIAL) },
  { "potentialac", R (AMPLITUDE_POTENTIAL) },
  { "|iac|", R (AMPLITUDE_CURRENT) },
  { "iac", R (AMPLITUDE_CURRENT) },
  { "currentac", R (AMPLITUDE_CURRENT) },
  { "soc", R (STATE_OF_CHARGE) },
  { "stateofcharge", R (STATE_OF_CHARGE) },
};

static const PlateauDimension dimensions[PLATEAU_EIS_N_ROLES] = {
  [R (FREQUENCY)] = PLATEAU_DIMENSION_FREQUENCY,
  [R (RE)] = PLATEAU_DIMENSION_RESISTANCE,
  [R (IM)] = PLATEAU_DIMENSION_RESISTANCE,
  [R (MODULUS)] = PLATEAU_DIMENSION_RESISTANCE,
  [R (PHASE)] = PLATEAU_DIMENSION_PHASE,
  [R (TIME)] = PLATEAU_DIMENSION_TIME,
  [R (POTENTIAL)] = PLATEAU_DIMENSION_POTENTIAL,
  [R (CURRENT)] = PLATEAU_DIMENSION_CURRENT,
  [R (TEMPERATURE)] = PLATEAU_DIMENSION_TEMPERATURE,
  [R (AMPLITUDE_POTENTIAL)] = PLATEAU_DIMENSION_POTENTIAL,
  [R (AMPLITUDE_CURRENT)] = PLATEAU_DIMENSION_CURRENT,
  [R (STATE_OF_CHARGE)] = PLATEAU_DIMENSION_FRACTION,
};

/* One spelling of primes, minus signs and letters. */
static char *
fold_head (const char *head)
{
  static const struct
  {
    gunichar from;
    const char *to;
  } marks[] = {
    { 0x2032, "'" },  { 0x2019, "'" },   { 0x2018, "'" },  { '`', "'" },
    { 0xB4, "'" },    { 0x2033, "\"" },  { 0x201D, "\"" }, { 0x201C, "\"" },
    { 0x2212, "-" },  { 0x2013, "-" },   { 0xFF08, "(" },  { 0xFF09, ")" },
    { 0x3A9, "ohm" }, { 0x2126, "ohm" }, { 0xFEFF, "" },   { 0x2225, "|" },
  };
  g_autoptr (GString) out = g_string_new (NULL);
  for (const char *p = head; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gsize i = 0;
      while (i < G_N_ELEMENTS (marks) && marks[i].from != c)
        i++;
      if (i < G_N_ELEMENTS (marks))
        g_string_append (out, marks[i].to);
      else
        g_string_append_unichar (out, c);
    }
  g_string_replace (out, "''", "\"", 0);
  return g_strstrip (g_string_free (g_steal_pointer (&out), FALSE));
}

/* Splits "Z' (kohm)", "Re(Z)/Ohm", "freq / Hz", "time[s]" into name and unit. */
static char *
split_unit (char *head)
{
  gsize length = strlen (head);
  char *slash = strrchr (head, '/');
  char *close = strrchr (head, ')');
  if (slash != NULL && slash > head && slash[1] != '\0' && (close == NULL || close < slash))
    {
      *slash = '\0';
      return g_strstrip (slash + 1);
    }
  if (length < 3 || (head[length - 1] != ')' && head[length - 1] != ']'))
    {
      /* "Impedance, ohm" */
      char *comma = strrchr (head, ',');
      if (comma == NULL || comma == head)
        return NULL;
      *comma = '\0';
      return g_strstrip (comma + 1);
    }
  char *open = strrchr (head, head[length - 1] == ')' ? '(' : '[');
  if (open == NULL || open == head)
    return NULL;
  g_autofree char *inner = g_strndup (open + 1, strlen (open) - 2);
  /* Re(Z), Z'(a), theta(z): no unit. */
  static const char *const no_units[] = { "z", "a", "b", "re", "im", "dc", "real", "imag", "1" };
  g_autofree char *lower = g_utf8_strdown (inner, -1);
  g_strstrip (lower);
  for (gsize i = 0; i < G_N_ELEMENTS (no_units); i++)
    if (strcmp (lower, no_units[i]) == 0)
      {
        gboolean glued = !g_ascii_isspace (open[-1]);
        if (glued || strcmp (lower, "a") != 0)
          return NULL;
      }
  head[length - 1] = '\0';
  *open = '\0';
  return g_strstrip (open + 1);
}

static char *
fold_name (const char *name, gboolean *negated)
{
  g_autofree char *lower = g_utf8_strdown (name, -1);
  g_autoptr (GString) out = g_string_new (NULL);
  const char *p = lower;
  if (g_str_has_prefix (p, "data:"))
    p += strlen ("data:");
  for (; *p != '\0'; p++)
    if (!g_ascii_isspace (*p))
      g_string_append_c (out, *p);
  *negated = FALSE;
  while (out->str[0] == '-')
    {
      *negated = !*negated;
      g_string_erase (out, 0, 1);
    }
  if (g_str_has_prefix (out->str, "neg."))
    {
      *negated = TRUE;
      g_string_erase (out, 0, strlen ("neg."));
    }
  /* "(-z")" */
  if (g_str_has_prefix (out->str, "(-") && out->str[out->len - 1] == ')')
    {
      *negated = TRUE;
      g_string_truncate (out, out->len - 1);
      g_string_erase (out, 0, 2);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
is_angular (const char *name)
{
  static const char *const names_of_omega[] = { "ω", "w", "omega", "angularfrequency" };
  for (gsize i = 0; i < G_N_ELEMENTS (names_of_omega); i++)
    if (strcmp (name, names_of_omega[i]) == 0)
      return TRUE;
  return FALSE;
}

static void
set_unit (PlateauEisColumn *column, const char *unit)
{
  if (unit == NULL || unit[0] == '\0')
    return;
  column->unit = plateau_unit_parse (unit, dimensions[column->role]);
  if (column->role == R (FREQUENCY) && strstr (unit, "rad") != NULL)
    column->angular = TRUE;
  if (column->unit == NULL && column->role == R (FREQUENCY) && strcmp (unit, "1/s") == 0)
    column->unit = plateau_unit_si (PLATEAU_DIMENSION_FREQUENCY);
  column->unit_known = column->unit != NULL;
  g_autofree char *lower = g_utf8_strdown (unit, -1);
  column->per_area = dimensions[column->role] == PLATEAU_DIMENSION_RESISTANCE
                     && strstr (lower, "cm") != NULL;
}

/**
 * plateau_eis_column_parse:
 * @head: UTF-8, the head of a column: "-Z'' (Ohm)", "freq/Hz", "Zimag"
 * @unit: (nullable): its unit where that stands on a line of its own
 * @column: (out): what the column is; the role is NONE for heads that say nothing to us
 *
 * Understands the spellings of the instruments' exports and what people write, any prime, dash,
 * bracket and case, with the unit behind a slash, in brackets or not given.
 */
void
plateau_eis_column_parse (const char *head, const char *unit, PlateauEisColumn *column)
{
  *column = (PlateauEisColumn){ R (NONE) };
  g_autofree char *whole = fold_head (head);
  gboolean negated;
  const char *found = NULL;
  /* Some names look like a name with a unit ("Im(Z)", "E(dc)"), so the whole is tried first. */
  for (int round = 0; round < 2 && column->role == R (NONE); round++)
    {
      if (round == 1)
        {
          found = split_unit (whole);
          if (found == NULL)
            break;
        }
      g_autofree char *name = fold_name (whole, &negated);
      for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
        if (strcmp (names[i].name, name) == 0)
          {
            column->role = names[i].role;
            column->named = names[i].named || negated;
            column->negated = negated;
            column->angular = is_angular (name);
            break;
          }
    }
  if (unit != NULL)
    found = unit;
  if (column->role == R (TIME) && found != NULL
      && plateau_unit_parse (found, PLATEAU_DIMENSION_TIME) == NULL
      && plateau_unit_parse (found, PLATEAU_DIMENSION_TEMPERATURE) != NULL)
    column->role = R (TEMPERATURE); /* T/°C */
  if (column->role != R (NONE))
    {
      g_autofree char *folded = found != NULL ? fold_head (found) : NULL;
      set_unit (column, folded);
    }
}

/**
 * plateau_eis_columns_suffice:
 *
 * Returns: whether @columns hold a frequency and an impedance, as Z' and Z'' or as |Z| and phase
 */
gboolean
plateau_eis_columns_suffice (const PlateauEisColumn *columns, guint n)
{
  guint seen = 0;
  for (guint i = 0; i < n; i++)
    seen |= 1u << columns[i].role;
#define HAS(name) ((seen & (1u << R (name))) != 0)
  return HAS (FREQUENCY) && ((HAS (RE) && HAS (IM)) || (HAS (MODULUS) && HAS (PHASE)));
#undef HAS
}
