/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/plateau-eclab.h"

#include <string.h>

/**
 * plateau_eclab_settings_name:
 * @data_file: path or name of a data file as EC-Lab recorded it, with either kind of slash
 *
 * EC-Lab names the files of one experiment "NAME_01_OCV_C05.mpr", "NAME_02_GCPL_C05.mpr", ...
 * A linked run of one technique has no number.
 *
 * Returns: (transfer full): "NAME"
 */
char *
plateau_eclab_settings_name (const char *data_file)
{
  g_return_val_if_fail (data_file != NULL, g_strdup (""));
  const char *slash = strrchr (data_file, '\\');
  const char *name = slash != NULL ? slash + 1 : data_file;
  slash = strrchr (name, '/');
  name = slash != NULL ? slash + 1 : name;
  g_autoptr (GRegex)
      tail = g_regex_new ("(_[0-9]{2}_[A-Za-z0-9]+)?_C[A-Z]?[0-9]{1,2}(\\.mp[rtl])?$|\\.mp[rtl]$",
                          G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);
  char *settings = g_regex_replace_literal (tail, name, -1, 0, "", 0, NULL);
  return settings != NULL ? settings : g_strdup (name);
}

/**
 * plateau_eclab_technique_kinds:
 * @technique: EC-Lab's short name ("GCPL", "PEIS"), any case
 *
 * Returns: what a file of that technique holds; 0 when the name does not decide it
 */
PlateauKinds
plateau_eclab_technique_kinds (const char *technique)
{
  static const struct
  {
    const char *name;
    PlateauKinds kinds;
  } table[] = {
    { "GCPL", PLATEAU_KIND_CYCLING }, { "BCD", PLATEAU_KIND_CYCLING },
    { "CP", PLATEAU_KIND_CYCLING },   { "CstC", PLATEAU_KIND_CYCLING },
    { "CLD", PLATEAU_KIND_CYCLING },  { "CPW", PLATEAU_KIND_CYCLING },
    { "PCGA", PLATEAU_KIND_CYCLING }, { "COC", PLATEAU_KIND_CYCLING },
    { "CV", PLATEAU_KIND_CV },        { "CVA", PLATEAU_KIND_CV },
    { "LSV", PLATEAU_KIND_CV },       { "OCV", PLATEAU_KIND_OCV },
    { "CA", PLATEAU_KIND_HOLD },      { "CstV", PLATEAU_KIND_HOLD },
    { "COV", PLATEAU_KIND_HOLD },     { "PEIS", PLATEAU_KIND_EIS },
    { "GEIS", PLATEAU_KIND_EIS },     { "SPEIS", PLATEAU_KIND_EIS },
    { "SGEIS", PLATEAU_KIND_EIS },    { "ZIR", PLATEAU_KIND_EIS },
  };
  g_return_val_if_fail (technique != NULL, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_ascii_strcasecmp (table[i].name, technique) == 0)
      return table[i].kinds;
  /* GCPL2 ... GCPL7, CV with a suffix */
  if (g_ascii_strncasecmp (technique, "GCPL", 4) == 0)
    return PLATEAU_KIND_CYCLING;
  return 0;
}

/**
 * plateau_eclab_mode:
 * @mode: EC-Lab's control mode: 1 galvanostatic, 2 potentiostatic, 3 open circuit
 * @sweep: whether the technique ramps the potential
 *
 * Returns: the mode of a record
 */
PlateauMode
plateau_eclab_mode (guint mode, gboolean sweep)
{
  switch (mode)
    {
    case 1:
      return PLATEAU_MODE_GALVANOSTATIC;
    case 2:
      return sweep ? PLATEAU_MODE_SWEEP : PLATEAU_MODE_POTENTIOSTATIC;
    case 3:
      return PLATEAU_MODE_REST;
    default:
      return PLATEAU_MODE_UNKNOWN;
    }
}
