/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-manner.h"

#include "figure/plateau-style.h"

#include <glib/gi18n.h>

#define M(member) G_STRUCT_OFFSET (CliManner, member)

static const char *const specific_nicks[] = { "mAh/g", "Ah/kg", NULL };
static const char *const temperature_nicks[] = { "C", "K", NULL };
static const char *const title_nicks[] = { "style", "slash", "parentheses", NULL };
static const char *const colours_nicks[] = { "okabe-ito", "tol-bright", "tol-vibrant", "grey",
                                             NULL };

const CliManner cli_manner_defaults = { 0 };

const PlateauOption cli_manner_table[] = {
  { "specific-unit", N_ ("Specific capacity"), N_ ("Unit of specific quantities"),
    PLATEAU_OPTION_CHOICE, M (per_kg), NULL, 0, 0, specific_nicks, NULL },
  { "temperature-unit", N_ ("Temperature"), N_ ("Unit of temperatures"), PLATEAU_OPTION_CHOICE,
    M (kelvin), NULL, 0, 0, temperature_nicks, NULL },
  { "title-form", N_ ("Axis titles"),
    N_ ("“quantity / unit”, “quantity (unit)”, or as the style has them"), PLATEAU_OPTION_CHOICE,
    M (title_form), NULL, 0, 0, title_nicks, NULL },
  { "colours", N_ ("Colours of samples"), N_ ("Order of the colours of samples"),
    PLATEAU_OPTION_CHOICE, M (colours), NULL, 0, 0, colours_nicks, NULL },
  { "font", N_ ("Font"), N_ ("Font, where the style asks for none of its own"), PLATEAU_OPTION_TEXT,
    M (font) },
  { NULL },
};

/* Said on the command line; where nothing was said, figures and workbook are as their styles are.
 */
void
cli_manner_apply (CliContext *context, PlateauStudy *study)
{
  const CliManner *given = cli_context_get_options (context, cli_manner_table);
  JsonObject *manner = json_object_new ();

  json_object_set_boolean_member (manner, "per_kg", given->per_kg);
  json_object_set_boolean_member (manner, "kelvin", given->kelvin);
  if (given->title_form > 0)
    json_object_set_string_member (manner, "title_form", title_nicks[given->title_form]);
  json_object_set_string_member (manner, "colours", colours_nicks[given->colours]);
  if (given->font != NULL)
    json_object_set_string_member (manner, "font", given->font);
  plateau_study_set_manner (study, manner);
}
