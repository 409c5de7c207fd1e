/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-study.h"

#include <glib/gprintf.h>

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  if (argc != 3)
    {
      g_fprintf (stderr, "usage: plateau-simulate PARAMETERS.json FOLDER\n"
                         "Writes records of simulated cells and their sheet cells.csv.\n");
      return 2;
    }
  if (sim_study_run (argv[1], argv[2], &error))
    return 0;
  g_fprintf (stderr, "plateau-simulate: %s\n", error->message);
  return 1;
}
