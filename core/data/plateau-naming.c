/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/plateau-naming.h"

#include <string.h>

/* A replicate's number is small; larger ones are names. */
#define MAXIMUM_REPLICATE 20

/* Parts of a file's name that tell how a cell was measured, not which cell. */
static const char *const condition_patterns[] = {
  /* rates: 0.1C 2C C/10 C-24 0p5C C20 */
  "(?:\\d{1,2}|0?\\d?[.p,]\\d+)c|c[-/"
  "]\\d+(?:[.p]\\d+)?|(?-i:C\\d+)|\\d+(?:[.p]\\d+)?(?:ma|ua|a)(?:g|g-1|cm2)?",
  /* techniques */
  "(?:gcpl|gcd|cccv|cc|cv|cva|ca|cp|lsv|ocv|ocp|peis|geis|eis|gitt|pitt|ici|hppc|drt|mb|modulobat|"
  "wait|bcd|coc|zir)\\d{0,2}",
  "(?:cyc|cycle|cycles|cycling|longterm|long|lt|rate|ratetest|ratecapability|formation|form|aging|"
  "ageing|"
  "initial|first|1st|charge|discharge|chg|dchg|hold|rest|symmetric|data|raw|export|record|general|"
  "report|test)",
  "\\d+cycles?|cycles?\\d+(?:-\\d+)?|\\d+(?:st|nd|rd|th)",
  /* temperatures: 25degC 60°C RT -30C; two digits above the rates that cells see */
  "-?\\d{1,4}(?:deg|degc|°c|℃)|rt|m\\d{2}c|-\\d{1,2}c|[2-9]\\dc|\\d{3,4}c|\\d{3,4}k|"
  "t=?-?\\d{1,4}c|t\\d{3,4}|temp=?-?\\d{1,4}c?",
  /* states of charge */
  "soc[=-]?\\d{1,3}%?|\\d{1,3}%?soc",
  /* windows, masses, currents */
  "\\d+mvdc|\\d+(?:[.p]\\d+)?m?v(?:[-–to]+\\d+(?:[.p]\\d+)?m?v?)?|\\d+(?:[.p]\\d+)?-\\d+(?:[.p]\\d+"
  ")?v|\\d+("
  "?:[.p]\\d+)?mg",
  /* dates */
  "20\\d{6}|20\\d{2}-\\d{1,2}-\\d{1,2}|\\d{2}[01]\\d[0-3]\\d",
  /* instruments and channels */
  "landt?|lanhe|neware|nda|arbin|maccor|basytec|biologic|novonix|solartron|autolab|gamry|bts\\d*",
  "ch(?:annel)?\\d{1,3}", NULL
};
/* BioLogic's channel at the very end: _C09 _CD8; capital, unlike c3. */
#define CHANNEL_PATTERN "^C[A-Z]?\\d{1,2}$"
/* Words that only number parts of one measurement. */
#define PART_PATTERN "^(?:pulse|part|run|file|segment|step|cont|continued?|copy)$"
/* "025_mvdc", "50 SOC": a number and its unit, parted like words. */
#define VALUE_PATTERN "^-?\\d{1,4}(?:[.p]\\d+)?$"
#define UNIT_PATTERN "^(?:m?v(?:dc)?|deg|degc|°c|℃|k|%?soc)$"
#define MATERIAL_PATTERN                                                                           \
  "(?i)(LR?-?LR?MO|LRMO|LRLO|LLO|LMR|LNMO|LNO|LMO|LCO|LFP|LMFP|NC[AM]\\d*|NMC\\d*|NCMA?\\d*|"      \
  "LiCoO2|LiNiO2)"
#define PRISTINE_PATTERN                                                                           \
  "(?i)(?:^|[-_ ])(?:pristine|bare|uncoated|untreated|unmodified|p|b)(?:$|[-_ ])"
#define CONTROL_PATTERN                                                                            \
  "(?i)(?:^|[-_ ])(?:control|ctrl|reference|ref|blank|bm|ballmilled|ball-milled)(?:$|[-_ ])"
#define MODIFIED_PATTERN                                                                           \
  "(?i)(?:^|[-_ ])(?:coated|modified|doped|treated|c|s|sr|m)(?:\\([^)]*\\))?(?:$|[-_ ])|@"

typedef struct
{
  GRegex *condition, *channel, *part, *value, *unit, *material, *pristine, *control, *modified,
      *suffix;
} Patterns;

static GRegex *
compile (const char *pattern, GRegexCompileFlags flags)
{
  g_autoptr (GError) error = NULL;
  GRegex *regex = g_regex_new (pattern, flags | G_REGEX_OPTIMIZE, 0, &error);

  g_assert_no_error (error);
  return regex;
}

static void
patterns_init (Patterns *p)
{
  g_autofree char *all = g_strjoinv ("|", (char **) condition_patterns);
  g_autofree char *whole = g_strdup_printf ("^(?:%s)$", all);

  p->condition = compile (whole, G_REGEX_CASELESS);
  p->channel = compile (CHANNEL_PATTERN, 0);
  p->part = compile (PART_PATTERN, G_REGEX_CASELESS);
  p->value = compile (VALUE_PATTERN, 0);
  p->unit = compile (UNIT_PATTERN, G_REGEX_CASELESS);
  p->material = compile (MATERIAL_PATTERN, 0);
  p->pristine = compile (PRISTINE_PATTERN, 0);
  p->control = compile (CONTROL_PATTERN, 0);
  p->modified = compile (MODIFIED_PATTERN, 0);
  p->suffix = compile ("\\.(?:bdf\\.csv|csv|txt|tsv|dat|mpr|mpt|nda|ndax|res|xlsx?|xlsm|dta|idf|z|"
                       "par|mps|ism|parquet|gz|zip|edf|asc|cex|dfr|ccs|cel)$",
                       G_REGEX_CASELESS);
}

static void
patterns_clear (Patterns *p)
{
  GRegex **all[] = { &p->condition, &p->channel,  &p->part,    &p->value,    &p->unit,
                     &p->material,  &p->pristine, &p->control, &p->modified, &p->suffix };
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    g_clear_pointer (all[i], g_regex_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Patterns, patterns_clear)

static gboolean
matches (GRegex *regex, const char *text)
{
  return g_regex_match (regex, text, 0, NULL);
}

static gboolean
is_number (const char *text, guint max_digits)
{
  gsize length = strlen (text);

  return length > 0 && length <= max_digits && strspn (text, "0123456789") == length;
}

static gboolean
is_condition (const Patterns *p, const char *chunk)
{
  if (matches (p->condition, chunk))
    return TRUE;
  /* "0.1C-0.2C" and "25degC-0.5C": conditions joined by hyphens. */
  g_auto (GStrv) parts = g_strsplit (chunk, "-", -1);
  guint n = g_strv_length (parts);
  for (guint i = 0; i < n; i++)
    if (!matches (p->condition, parts[i]))
      return FALSE;
  return n > 1;
}

static void
drop_last (GPtrArray *chunks, guint n)
{
  g_ptr_array_set_size (chunks, (int) (chunks->len - n));
}

static const char *
chunk_at (GPtrArray *chunks, guint from_end)
{
  return chunks->len > from_end ? chunks->pdata[chunks->len - 1 - from_end] : "";
}

/* Takes a date as CALCE writes it, _8_17_10, off the end: month, day, year. */
static gboolean
take_split_date (GPtrArray *chunks, gint64 *sequence)
{
  int month, day, year;

  if (chunks->len < 5 || !is_number (chunk_at (chunks, 0), 2) || strlen (chunk_at (chunks, 0)) != 2
      || !is_number (chunk_at (chunks, 1), 2) || !is_number (chunk_at (chunks, 2), 2))
    return FALSE;
  month = atoi (chunk_at (chunks, 2));
  day = atoi (chunk_at (chunks, 1));
  year = atoi (chunk_at (chunks, 0));
  if (month > 12 && day <= 12)
    {
      int swap = month;
      month = day;
      day = swap;
    }
  if (month < 1 || month > 12 || day < 1 || day > 31)
    return FALSE;
  *sequence = year * 10000 + month * 100 + day;
  drop_last (chunks, 3);
  return TRUE;
}

static gint64
date_of (const char *chunk)
{
  g_autofree char *digits = g_strdup (chunk);
  gsize length;

  g_strcanon (digits, "0123456789", ' ');
  g_auto (GStrv) parts = g_strsplit (digits, " ", -1);
  g_autofree char *joined = g_strjoinv ("", parts);
  length = strlen (joined);
  if (length == 8)
    return g_ascii_strtoll (joined + 2, NULL, 10);
  return length == 6 ? g_ascii_strtoll (joined, NULL, 10) : -1;
}

/* "S-LRMO-1" is replicate 1 of "S-LRMO"; "SR-LCO-10min" is not a replicate. */
static char *
split_replicate (const char *cell, guint *replicate)
{
  const char *digits = cell + strlen (cell), *mark;
  gsize length;
  guint number;

  *replicate = 0;
  while (digits > cell && g_ascii_isdigit (digits[-1]))
    digits--;
  length = strlen (digits);
  number = length > 0 && length <= 2 ? (guint) atoi (digits) : 0;
  if (number == 0 || number > MAXIMUM_REPLICATE || digits == cell)
    return g_strdup (cell);
  mark = digits;
  if (g_str_has_suffix (cell, digits) && mark - cell > 4
      && g_ascii_strncasecmp (mark - 4, "cell", 4) == 0)
    mark -= 4;
  else if (mark - cell > 3 && g_ascii_strncasecmp (mark - 3, "rep", 3) == 0)
    mark -= 3;
  else if (strchr ("-_# (", mark[-1]) == NULL)
    return g_strdup (cell);
  while (mark > cell && strchr ("-_# (", mark[-1]) != NULL)
    mark--;
  if (mark == cell)
    return g_strdup (cell);
  *replicate = number;
  return g_strndup (cell, (gsize) (mark - cell));
}

/* "S-LRMO-1_02" is the second part of replicate 1; "S-LRMO_02" may be a replicate itself. */
static gboolean
is_part_of_replicate (GPtrArray *chunks, guint i)
{
  const char *chunk = chunks->pdata[i];
  guint replicate = 0;

  if (i == 0 || i + 1 < chunks->len || chunk[0] != '0' || strlen (chunk) != 2
      || !is_number (chunk, 2))
    return FALSE;
  g_free (split_replicate (chunks->pdata[i - 1], &replicate));
  return replicate > 0;
}

/* Splits a name and leaves out what is a condition, a channel or the number of a part. */
static GPtrArray *
strip_conditions (const Patterns *p, const char *stem, gint64 *sequence)
{
  g_auto (GStrv) pieces = g_strsplit_set (stem, "_ ,;", -1);
  GPtrArray *chunks = g_ptr_array_new_with_free_func (g_free);
  gboolean after_technique = FALSE;

  *sequence = -1;
  for (guint i = 0; pieces[i] != NULL; i++)
    if (*pieces[i] != 0)
      g_ptr_array_add (chunks, g_strdup (pieces[i]));
  if (chunks->len > 1 && matches (p->channel, chunk_at (chunks, 0)))
    drop_last (chunks, 1);
  if (chunks->len > 1 && is_number (chunk_at (chunks, 0), 3)
      && (g_ascii_strcasecmp (chunk_at (chunks, 1), "channel") == 0
          || g_ascii_strcasecmp (chunk_at (chunks, 1), "ch") == 0))
    drop_last (chunks, 2);
  take_split_date (chunks, sequence);
  for (guint i = 0; i < chunks->len;)
    {
      const char *chunk = chunks->pdata[i];
      const char *next = i + 1 < chunks->len ? chunks->pdata[i + 1] : "";
      const char *second = i + 2 < chunks->len ? chunks->pdata[i + 2] : "";
      gboolean number = is_number (chunk, 2);

      /* "_02_GCPL": the number of the technique; "_cc_01", "-1_02" and "pulse_7": of the part. */
      if (i > 0
          && ((number && after_technique) || is_part_of_replicate (chunks, i)
              || (number && strlen (chunk) == 2 && *next != 0 && !is_number (next, 9)
                  && !is_number (second, 2) && is_condition (p, next))))
        {
          *sequence = *sequence < 0 ? atoi (chunk) : *sequence;
          g_ptr_array_remove_index (chunks, i);
          continue;
        }
      if (matches (p->value, chunk) && matches (p->unit, next))
        {
          g_ptr_array_remove_range (chunks, i, 2);
          after_technique = TRUE;
          continue;
        }
      if (matches (p->part, chunk) && is_number (next, 4) && chunks->len > 1)
        {
          *sequence = atoi (next);
          g_ptr_array_remove_index (chunks, i + 1);
          if (i > 0)
            g_ptr_array_remove_index (chunks, i);
          else
            i++;
          continue;
        }
      /* A date in front is how many people name a cell; behind it is when a part was taken. */
      if (!is_condition (p, chunk) || (i == 0 && date_of (chunk) >= 0 && chunks->len > 1))
        {
          after_technique = FALSE;
          i++;
          continue;
        }
      if (date_of (chunk) > 0 && *sequence < 0)
        *sequence = date_of (chunk);
      after_technique = !is_number (chunk, 9);
      g_ptr_array_remove_index (chunks, i);
    }
  return chunks;
}

static char *
join_chunks (GPtrArray *chunks)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < chunks->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "_" : "", (const char *) chunks->pdata[i]);
  return g_string_free (text, FALSE);
}

static PlateauRole
guess_role (const Patterns *p, const char *sample)
{
  if (matches (p->control, sample))
    return PLATEAU_ROLE_CONTROL;
  if (matches (p->pristine, sample))
    return PLATEAU_ROLE_PRISTINE;
  if (matches (p->modified, sample))
    return PLATEAU_ROLE_MODIFIED;
  return PLATEAU_ROLE_NONE;
}

/* The material, or what follows the letters of a variant: "LRMO" of "S-LRMO". Names that tell
 * neither share the nameless family, so that they can be compared. */
static char *
guess_family (const Patterns *p, const char *sample)
{
  g_autoptr (GMatchInfo) info = NULL;
  const char *hyphen = strchr (sample, '-');

  if (g_regex_match (p->material, sample, 0, &info))
    {
      g_autofree char *material = g_match_info_fetch (info, 1);
      return g_ascii_strup (material, -1);
    }
  if (hyphen != NULL && hyphen - sample <= 3 && g_ascii_isalpha (hyphen[1]))
    return g_strdup (hyphen + 1);
  return g_strdup ("");
}

static PlateauNaming *
guess (const Patterns *p, const char *name, const char *folder, const char *cell_name)
{
  PlateauNaming *naming = g_new0 (PlateauNaming, 1);
  g_autofree char *stem = g_regex_replace_literal (p->suffix, name, -1, 0, "", 0, NULL);
  g_autoptr (GPtrArray) chunks = NULL;
  const char *letter;

  if (stem == NULL || *stem == 0)
    {
      g_free (stem);
      stem = g_strdup (name);
    }
  chunks = strip_conditions (p, stem, &naming->sequence);
  naming->cell = join_chunks (chunks);
  for (letter = naming->cell; *letter != 0 && !g_unichar_isalpha (g_utf8_get_char (letter));
       letter = g_utf8_next_char (letter))
    ;
  if (*letter == 0)
    {
      /* Only numbers are left: the file's own word for the cell, else the folder, is the better
       * name; with neither the whole file name. */
      const char *better = cell_name != NULL && *cell_name != 0                   ? cell_name
                           : *naming->cell == 0 && folder != NULL && *folder != 0 ? folder
                                                                                  : stem;
      g_free (naming->cell);
      naming->cell = g_strdup (better);
    }
  naming->sample = split_replicate (naming->cell, &naming->replicate);
  naming->family = guess_family (p, naming->sample);
  naming->role = guess_role (p, naming->sample);
  return naming;
}

/**
 * plateau_naming_guess:
 * @name: a file's name, without its folder
 * @folder: (nullable): name of the folder it lies in
 * @cell_name: (nullable): what the file itself calls the cell
 *
 * Guesses which cell a file is of. Rates, techniques, temperatures, windows, dates behind the
 * first word, channels and numbers of parts are left out of the name: "S-LRMO-1_0.1C_0.2C.ndax" is
 * cell "S-LRMO-1", replicate 1 of sample "S-LRMO" in family "LRMO". A name that is all conditions
 * is called after its folder.
 *
 * Returns: (transfer full): the guess; its texts are never %NULL
 */
PlateauNaming *
plateau_naming_guess (const char *name, const char *folder, const char *cell_name)
{
  g_auto (Patterns) patterns = { 0 };
  g_autofree char *valid = g_utf8_make_valid (name, -1);

  patterns_init (&patterns);
  return guess (&patterns, valid, folder, cell_name);
}

static char *
folder_of (const char *uri)
{
  g_autoptr (GFile) file = uri != NULL ? g_file_new_for_uri (uri) : NULL;
  g_autoptr (GFile) parent = file != NULL ? g_file_get_parent (file) : NULL;
  g_autofree char *base = parent != NULL ? g_file_get_basename (parent) : NULL;

  return base != NULL && strcmp (base, "/") != 0 ? g_utf8_make_valid (base, -1) : NULL;
}

/* In a family with a pristine or control sample, what is neither was modified. */
static void
complete_roles (GPtrArray *namings)
{
  g_autoptr (GHashTable) with_base = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < namings->len; i++)
    {
      PlateauNaming *naming = namings->pdata[i];
      if (naming->role == PLATEAU_ROLE_PRISTINE || naming->role == PLATEAU_ROLE_CONTROL)
        g_hash_table_add (with_base, naming->family);
    }
  for (guint i = 0; i < namings->len; i++)
    {
      PlateauNaming *naming = namings->pdata[i];
      if (naming->role == PLATEAU_ROLE_NONE && g_hash_table_contains (with_base, naming->family))
        naming->role = PLATEAU_ROLE_MODIFIED;
      /* "C-", "S-" and the like only mean a modification beside something unmodified. */
      else if (naming->role == PLATEAU_ROLE_MODIFIED
               && !g_hash_table_contains (with_base, naming->family))
        naming->role = PLATEAU_ROLE_NONE;
    }
}

/**
 * plateau_naming_guess_list:
 * @measurements: (element-type PlateauMeasurement): files opened together
 *
 * Guesses cells, samples, families and roles of a whole list of files, which agree with one
 * another: files whose names differ only in conditions, dates or part numbers are of one cell, and
 * a sample without a role is modified when its family has a pristine or control sample.
 *
 * Returns: (transfer full) (element-type PlateauNaming): one for each measurement
 */
GPtrArray *
plateau_naming_guess_list (GPtrArray *measurements)
{
  g_auto (Patterns) patterns = { 0 };
  GPtrArray *namings = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_naming_free);

  patterns_init (&patterns);
  for (guint i = 0; i < measurements->len; i++)
    {
      PlateauMeasurement *measurement = measurements->pdata[i];
      const PlateauSource *source = plateau_measurement_get_source (measurement);
      g_autofree char *valid = g_utf8_make_valid (source->name != NULL ? source->name : "", -1);
      g_autofree char *folder = folder_of (source->uri);

      g_ptr_array_add (namings,
                       guess (&patterns, valid, folder,
                              plateau_measurement_get_info (measurement, PLATEAU_INFO_CELL_NAME)));
    }
  complete_roles (namings);
  return namings;
}

/**
 * plateau_naming_free:
 * @naming: (transfer full) (nullable): freed
 */
void
plateau_naming_free (PlateauNaming *naming)
{
  if (naming == NULL)
    return;
  g_free (naming->cell);
  g_free (naming->sample);
  g_free (naming->family);
  g_free (naming);
}

/**
 * plateau_naming_compare:
 *
 * Returns: the order of two names in which numbers count by their value: "cell 2" before "cell 10"
 */
int
plateau_naming_compare (const char *a, const char *b)
{
  g_autofree char *key_a = g_utf8_collate_key_for_filename (a, -1);
  g_autofree char *key_b = g_utf8_collate_key_for_filename (b, -1);

  return strcmp (key_a, key_b);
}

/**
 * plateau_naming_without_mark:
 * @name: a name
 *
 * Names of simulated things end with "(simulated)"; where that is said once for all, a name can go
 * without.
 *
 * Returns: (transfer full): the name without that ending
 */
char *
plateau_naming_without_mark (const char *name)
{
  static const char mark[] = " (simulated)";
  return g_str_has_suffix (name, mark) ? g_strndup (name, strlen (name) - strlen (mark))
                                       : g_strdup (name);
}
