/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plateau-application.h"
#include "plateau-watch.h"

#include <glib/gi18n.h>
#include <locale.h>

int
main (int argc, char **argv)
{
  /* Characters that several languages share look as in China where the locale says nothing of them.
   */
  const char *languages = g_getenv ("LANGUAGE");
  g_autofree char *preferred = g_strconcat (
      languages != NULL && *languages != '\0' ? languages : "en", ":zh-cn", NULL);
  g_setenv ("PANGO_LANGUAGE", preferred, FALSE);
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
