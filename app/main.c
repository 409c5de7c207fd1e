/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plateau-application.h"
#include "plateau-watch.h"

#include <glib/gi18n.h>
#include <locale.h>

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  /* Axes, tables and files write numbers with a point; words around them must not differ. GTK would
   * set the locale once more. */
  setlocale (LC_NUMERIC, "C");
  gtk_disable_setlocale ();
  const char *locale_dir = g_getenv ("PLATEAU_LOCALE_DIR");
  bindtextdomain (PLATEAU_GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : PLATEAU_LOCALE_DIR);
  bind_textdomain_codeset (PLATEAU_GETTEXT_PACKAGE, "UTF-8");
  textdomain (PLATEAU_GETTEXT_PACKAGE);
  g_set_application_name ("Plateau");
  plateau_watch_start ();
  g_autoptr (PlateauApplication) application = plateau_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
