/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-option.h"

#include "base/plateau-number.h"
#include "base/plateau-unit.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define MEMBER(type, options, option) ((type *) ((char *) (options) + (option)->offset))
#define CONST_MEMBER(type, options, option)                                                        \
  ((const type *) ((const char *) (options) + (option)->offset))

/**
 * plateau_options_clear:
 * @table: the description
 * @options: the struct
 *
 * Frees the text members and sets them to NULL; other members stay.
 */
void
plateau_options_clear (const PlateauOption *table, gpointer options)
{
  for (const PlateauOption *o = table; o->name != NULL; o++)
    if (o->type == PLATEAU_OPTION_TEXT)
      g_clear_pointer (MEMBER (char *, options, o), g_free);
}

/**
 * plateau_options_copy:
 * @table: the description
 * @from: a struct of options
 * @to: a struct of the same type that owns its text members
 *
 * Copies the described members; text is duplicated.
 */
void
plateau_options_copy (const PlateauOption *table, gconstpointer from, gpointer to)
{
  for (const PlateauOption *o = table; o->name != NULL; o++)
    switch (o->type)
      {
      case PLATEAU_OPTION_NUMBER:
        *MEMBER (double, to, o) = *CONST_MEMBER (double, from, o);
        break;
      case PLATEAU_OPTION_TEXT:
        {
          char *text = g_strdup (*CONST_MEMBER (char *, from, o));
          g_free (*MEMBER (char *, to, o));
          *MEMBER (char *, to, o) = text;
          break;
        }
      case PLATEAU_OPTION_INTEGER:
      case PLATEAU_OPTION_BOOLEAN:
      case PLATEAU_OPTION_CHOICE:
        *MEMBER (int, to, o) = *CONST_MEMBER (int, from, o);
        break;
      }
}

static gboolean
in_range (const PlateauOption *option, double value, GError **error)
{
  if (option->minimum == option->maximum || (value >= option->minimum && value <= option->maximum))
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("%s must lie between %g and %g%s%s, not %g"), option->name, option->minimum,
               option->maximum, option->unit != NULL ? " " : "",
               option->unit != NULL ? option->unit : "", value);
  return FALSE;
}

static gboolean
set_choice (const PlateauOption *option, gpointer options, const char *text, GError **error)
{
  for (int i = 0; option->choices[i] != NULL; i++)
    if (g_ascii_strcasecmp (option->choices[i], text) == 0)
      {
        *MEMBER (int, options, option) = i;
        return TRUE;
      }
  g_autofree char *known = g_strjoinv (", ", (char **) option->choices);
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("%s is one of %s, not “%s”"),
               option->name, known, text);
  return FALSE;
}

/**
 * plateau_option_set_from_text:
 * @option: which one
 * @options: the struct
 * @text: the value as a person types it, in the option's unit; "" or "auto" for a number means
 *   NaN: found by the method itself
 *
 * Returns: FALSE with a G_OPTION_ERROR when @text is no value of this option; nothing changes then
 */
gboolean
plateau_option_set_from_text (const PlateauOption *option, gpointer options, const char *text,
                              GError **error)
{
  double value;
  switch (option->type)
    {
    case PLATEAU_OPTION_TEXT:
      g_free (*MEMBER (char *, options, option));
      *MEMBER (char *, options, option) = g_strdup (text);
      return TRUE;

    case PLATEAU_OPTION_CHOICE:
      return set_choice (option, options, text, error);

    case PLATEAU_OPTION_BOOLEAN:
      {
        gboolean yes = g_ascii_strcasecmp (text, "true") == 0 || strcmp (text, "1") == 0
                       || g_ascii_strcasecmp (text, "yes") == 0;
        gboolean no = g_ascii_strcasecmp (text, "false") == 0 || strcmp (text, "0") == 0
                      || g_ascii_strcasecmp (text, "no") == 0;
        if (!yes && !no)
          {
            g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                         _ ("%s is true or false, not “%s”"), option->name, text);
            return FALSE;
          }
        *MEMBER (gboolean, options, option) = yes;
        return TRUE;
      }

    case PLATEAU_OPTION_NUMBER:
      if (text[0] == '\0' || g_ascii_strcasecmp (text, "auto") == 0)
        {
          *MEMBER (double, options, option) = NAN;
          return TRUE;
        }
      break;

    case PLATEAU_OPTION_INTEGER:
      break;
    }

  if (!plateau_parse_number (text, &value) || !isfinite (value))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("%s is a number, not “%s”"),
                   option->name, text);
      return FALSE;
    }
  if (!in_range (option, value, error))
    return FALSE;
  if (option->type == PLATEAU_OPTION_NUMBER)
    *MEMBER (double, options, option) = option->unit != NULL ? plateau_to_si (value, option->unit)
                                                             : value;
  else if (value != trunc (value) || fabs (value) > G_MAXINT)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("%s is a whole number, not “%s”"), option->name, text);
      return FALSE;
    }
  else
    *MEMBER (int, options, option) = (int) value;
  return TRUE;
}

/* Twelve digits undo the unit conversion, so that 5 mV stays "5". */
static char *
number_to_text (const PlateauOption *option, double value)
{
  return plateau_format_significant (
      option->unit != NULL ? plateau_from_si (value, option->unit) : value, 12);
}

/**
 * plateau_option_to_text:
 *
 * Returns: (transfer full): the value as plateau_option_set_from_text() reads it
 */
char *
plateau_option_to_text (const PlateauOption *option, gconstpointer options)
{
  switch (option->type)
    {
    case PLATEAU_OPTION_NUMBER:
      return number_to_text (option, *CONST_MEMBER (double, options, option));
    case PLATEAU_OPTION_INTEGER:
      return g_strdup_printf ("%d", *CONST_MEMBER (int, options, option));
    case PLATEAU_OPTION_BOOLEAN:
      return g_strdup (*CONST_MEMBER (gboolean, options, option) ? "true" : "false");
    case PLATEAU_OPTION_CHOICE:
      return g_strdup (option->choices[*CONST_MEMBER (int, options, option)]);
    case PLATEAU_OPTION_TEXT:
      {
        const char *text = *CONST_MEMBER (char *, options, option);
        return g_strdup (text != NULL ? text : "");
      }
    }
  g_return_val_if_reached (NULL);
}

/**
 * plateau_option_find:
 *
 * Returns: (transfer none) (nullable): the option called @name, or NULL
 */
const PlateauOption *
plateau_option_find (const PlateauOption *table, const char *name)
{
  for (const PlateauOption *o = table; o->name != NULL; o++)
    if (strcmp (o->name, name) == 0)
      return o;
  return NULL;
}

/**
 * plateau_options_to_json:
 *
 * Returns: (transfer full): one member for each option, numbers in the option's unit, NaN as null
 */
JsonObject *
plateau_options_to_json (const PlateauOption *table, gconstpointer options)
{
  JsonObject *object = json_object_new ();
  for (const PlateauOption *o = table; o->name != NULL; o++)
    switch (o->type)
      {
      case PLATEAU_OPTION_NUMBER:
        {
          g_autofree char *text = number_to_text (o, *CONST_MEMBER (double, options, o));
          if (text[0] == '\0')
            json_object_set_null_member (object, o->name);
          else
            json_object_set_double_member (object, o->name, g_ascii_strtod (text, NULL));
          break;
        }
      case PLATEAU_OPTION_INTEGER:
        json_object_set_int_member (object, o->name, *CONST_MEMBER (int, options, o));
        break;
      case PLATEAU_OPTION_BOOLEAN:
        json_object_set_boolean_member (object, o->name, *CONST_MEMBER (gboolean, options, o));
        break;
      case PLATEAU_OPTION_CHOICE:
      case PLATEAU_OPTION_TEXT:
        {
          g_autofree char *text = plateau_option_to_text (o, options);
          json_object_set_string_member (object, o->name, text);
          break;
        }
      }
  return object;
}

static char *
json_to_text (JsonNode *node)
{
  if (JSON_NODE_HOLDS_NULL (node))
    return g_strdup ("");
  if (!JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  GType type = json_node_get_value_type (node);
  if (type == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));
  if (type == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (node) ? "true" : "false");
  return plateau_format_double (json_node_get_double (node));
}

/**
 * plateau_options_from_json:
 * @table: the description
 * @options: the struct, holding defaults
 * @object: (nullable): members as plateau_options_to_json() writes them
 *
 * Members that are absent keep their value; unknown ones, of a newer version, are passed over.
 *
 * Returns: FALSE with a G_OPTION_ERROR for the first member that cannot be understood
 */
gboolean
plateau_options_from_json (const PlateauOption *table, gpointer options, JsonObject *object,
                           GError **error)
{
  if (object == NULL)
    return TRUE;
  for (const PlateauOption *o = table; o->name != NULL; o++)
    {
      JsonNode *node = json_object_get_member (object, o->name);
      if (node == NULL)
        continue;
      g_autofree char *text = json_to_text (node);
      if (text == NULL)
        {
          g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       _ ("%s is a single value, not a list"), o->name);
          return FALSE;
        }
      if (!plateau_option_set_from_text (o, options, text, error))
        return FALSE;
    }
  return TRUE;
}
