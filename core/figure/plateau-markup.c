/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plateau-markup.h"

#include "base/plateau-error.h"

#include <glib/gi18n.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

/* Superscripts and subscripts of Unicode, and the characters that are raised or lowered for them:
 * few fonts have all of them, and their sizes differ. */
static const struct
{
  gunichar from, to;
  int level;
} scripts[] = {
  { 0x2070, '0', 1 },  { 0x00b9, '1', 1 },  { 0x00b2, '2', 1 },     { 0x00b3, '3', 1 },
  { 0x2074, '4', 1 },  { 0x2075, '5', 1 },  { 0x2076, '6', 1 },     { 0x2077, '7', 1 },
  { 0x2078, '8', 1 },  { 0x2079, '9', 1 },  { 0x207a, '+', 1 },     { 0x207b, 0x2212, 1 },
  { 0x2080, '0', -1 }, { 0x2081, '1', -1 }, { 0x2082, '2', -1 },    { 0x2083, '3', -1 },
  { 0x2084, '4', -1 }, { 0x2085, '5', -1 }, { 0x2086, '6', -1 },    { 0x2087, '7', -1 },
  { 0x2088, '8', -1 }, { 0x2089, '9', -1 }, { 0x1d57, 't', 1 },     { 0x02b3, 'r', 1 },
};

typedef struct
{
  GArray *runs;
  GString *text;
  int bold, italic, sub, sup;
} Parse;

static void
run_clear (gpointer data)
{
  g_free (((PlateauTextRun *)data)->text);
}

static int
parse_level (const Parse *p)
{
  return p->sup > 0 ? 1 : p->sub > 0 ? -1 : 0;
}

static void
flush (Parse *p, int level, gboolean line_end)
{
  PlateauTextRun run;

  if (p->text->len == 0 && !line_end)
    return;
  run = (PlateauTextRun){ g_strdup (p->text->str), p->bold > 0, p->italic > 0, level, line_end };
  g_array_append_val (p->runs, run);
  g_string_truncate (p->text, 0);
}

static void
add_text (Parse *p, const char *text, gsize length)
{
  const char *end = text + length;
  int level = parse_level (p), current = level;

  for (const char *c = text; c < end; c = g_utf8_next_char (c))
    {
      gunichar u = g_utf8_get_char (c), to = u;
      int wanted = level;

      if (u == '\n')
        {
          flush (p, current, TRUE);
          continue;
        }
      for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
        if (scripts[i].from == u)
          {
            to = scripts[i].to;
            wanted = scripts[i].level;
          }
      if (wanted != current)
        flush (p, current, FALSE);
      current = wanted;
      g_string_append_unichar (p->text, to);
    }
  flush (p, current, FALSE);
}

static int *
counter_of (Parse *p, const char *element)
{
  if (g_str_equal (element, "sub"))
    return &p->sub;
  if (g_str_equal (element, "sup"))
    return &p->sup;
  if (g_str_equal (element, "b"))
    return &p->bold;
  if (g_str_equal (element, "i"))
    return &p->italic;
  return NULL;
}

static void
start_element (GMarkupParseContext *context, const char *element, const char **names,
               const char **values, gpointer user_data, GError **error)
{
  Parse *p = user_data;
  int *counter = counter_of (p, element);

  if (counter)
    (*counter)++;
  else if (g_str_equal (element, "br"))
    flush (p, 0, TRUE);
  else if (!g_str_equal (element, "label"))
    g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_UNKNOWN_ELEMENT,
                 _ ("<%s> is not known here; labels use <sub>, <sup>, <i>, <b> and <br/>"), element);
}

static void
end_element (GMarkupParseContext *context, const char *element, gpointer user_data, GError **error)
{
  int *counter = counter_of (user_data, element);

  if (counter)
    (*counter)--;
}

static void
take_text (GMarkupParseContext *context, const char *text, gsize length, gpointer user_data,
           GError **error)
{
  add_text (user_data, text, length);
}

static const GMarkupParser parser = { start_element, end_element, take_text, NULL, NULL };

static GArray *
parse (const char *markup, GError **error)
{
  Parse p = { g_array_new (FALSE, TRUE, sizeof (PlateauTextRun)), g_string_new (NULL), 0, 0, 0, 0 };
  g_autofree char *whole = g_strdup_printf ("<label>%s</label>", markup);
  GMarkupParseContext *context = g_markup_parse_context_new (&parser, 0, &p, NULL);
  gboolean ok;

  g_array_set_clear_func (p.runs, run_clear);
  ok = g_markup_parse_context_parse (context, whole, -1, error)
       && g_markup_parse_context_end_parse (context, error);
  g_markup_parse_context_free (context);
  g_string_free (p.text, TRUE);
  if (!ok)
    g_clear_pointer (&p.runs, g_array_unref);
  return p.runs;
}

/**
 * plateau_markup_check:
 * @markup: a label as the user wrote it
 * @error: return location
 *
 * Returns: whether @markup can be read; if not, @error says what is wrong and what labels allow
 */
gboolean
plateau_markup_check (const char *markup, GError **error)
{
  g_autoptr (GError) local = NULL;
  GArray *runs;

  if (!g_utf8_validate (markup, -1, NULL))
    {
      g_set_error_literal (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_INVALID,
                           _ ("The label is not valid UTF-8 text"));
      return FALSE;
    }
  runs = parse (markup, &local);
  if (runs)
    {
      g_array_unref (runs);
      return TRUE;
    }
  g_set_error (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_INVALID,
               _ ("The label “%s” is not valid markup: %s. Labels use <sub>, <sup>, <i>, <b>; "
                  "write &amp; for & and &lt; for <"),
               markup, local->message);
  return FALSE;
}

/**
 * plateau_markup_parse:
 * @markup: (nullable): a label
 *
 * Splits a label into runs of one look. What is not valid markup is taken as plain text.
 *
 * Returns: (transfer full): an array of PlateauTextRun
 */
GArray *
plateau_markup_parse (const char *markup)
{
  GArray *runs;
  g_autofree char *escaped = NULL, *valid = NULL;

  if (!markup)
    markup = "";
  if (!g_utf8_validate (markup, -1, NULL))
    markup = valid = g_utf8_make_valid (markup, -1);
  runs = parse (markup, NULL);
  if (runs)
    return runs;
  escaped = g_markup_escape_text (markup, -1);
  runs = parse (escaped, NULL);
  return runs ? runs : g_array_new (FALSE, TRUE, sizeof (PlateauTextRun));
}

/**
 * plateau_markup_to_plain:
 * @markup: (nullable): a label
 *
 * Returns: (transfer full): the text without its markup, for tables and screen readers
 */
char *
plateau_markup_to_plain (const char *markup)
{
  g_autoptr (GArray) runs = plateau_markup_parse (markup);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < runs->len; i++)
    {
      const PlateauTextRun *run = &g_array_index (runs, PlateauTextRun, i);
      g_string_append (text, run->text);
      if (run->line_end)
        g_string_append_c (text, ' ');
    }
  return g_string_free (text, FALSE);
}

static gunichar
superscript (gunichar c)
{
  static const char from[] = "0123456789+-−n", to[] = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ";
  const char *at = g_utf8_strchr (from, -1, c);

  return at ? g_utf8_get_char (g_utf8_offset_to_pointer (to, g_utf8_pointer_to_offset (from, at)))
            : 0;
}

/**
 * plateau_markup_to_unicode:
 * @markup: (nullable): a label
 *
 * Returns: (transfer full): the text without its markup, superscripts as Unicode has them where it
 *   has all of their letters ("mAh g⁻¹"), for sheets whose cells know no others
 */
char *
plateau_markup_to_unicode (const char *markup)
{
  g_autoptr (GArray) runs = plateau_markup_parse (markup);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < runs->len; i++)
    {
      const PlateauTextRun *run = &g_array_index (runs, PlateauTextRun, i);
      g_autoptr (GString) raised = g_string_new (NULL);
      gboolean all = run->level == 1;

      for (const char *c = run->text; all && *c; c = g_utf8_next_char (c))
        {
          gunichar up = superscript (g_utf8_get_char (c));
          all = up != 0;
          if (all)
            g_string_append_unichar (raised, up);
        }
      g_string_append (text, all ? raised->str : run->text);
      if (run->line_end)
        g_string_append_c (text, ' ');
    }
  return g_string_free (text, FALSE);
}

/**
 * plateau_markup_escape:
 * @text: plain text
 *
 * Returns: (transfer full): @text as markup that shows just it
 */
char *
plateau_markup_escape (const char *text)
{
  return g_markup_escape_text (text ? text : "", -1);
}
