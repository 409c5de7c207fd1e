/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-run.h"
#include "config.h"

#include <glib/gi18n.h>
#include <gsl/gsl_errno.h>
#include <locale.h>

#define EXIT_SOME_FAILED 1
#define EXIT_USAGE 2

static void
print_help (void)
{
  const CliCommand *const *commands = cli_commands ();
  g_print ("%s\n  plateau-cli %s\n\n%s\n", _ ("Usage:"), _ ("COMMAND [OPTION…] FILE…"),
           _ ("Commands:"));
  for (guint i = 0; commands[i] != NULL; i++)
    g_print ("  %-14s %s\n", commands[i]->name, _ (commands[i]->summary));
  g_print ("\n%s\n", _ ("A FILE is any measurement that a reader knows, or a .plateau project.\n"
                        "“plateau-cli COMMAND --help” lists the options of a command."));
}

static const CliCommand *
find_command (const char *name)
{
  const CliCommand *const *commands = cli_commands ();
  for (guint i = 0; commands[i] != NULL; i++)
    if (g_str_equal (commands[i]->name, name))
      return commands[i];
  return NULL;
}

static int
usage_error (const char *command, const char *message)
{
  g_printerr ("plateau-cli: %s\n", message);
  g_printerr (command != NULL ? _ ("Try “plateau-cli %s --help”.\n")
                              : _ ("Try “plateau-cli --help”.\n"),
              command);
  return EXIT_USAGE;
}

/* Requests that the table of commands itself rules out. */
static const char *
find_misuse (CliContext *context)
{
  const CliCommand *command = cli_context_get_command (context);
  if (cli_context_get_files (context)[0] == NULL)
    return _ ("no FILE was named");
  if (command->writes_file && cli_context_get_output (context) == NULL)
    return _ ("--output FILE is missing");
  return NULL;
}

static int
write_and_end (CliContext *context, JsonArray *results)
{
  g_autoptr (GError) error = NULL;
  if (cli_write_results (context, results, &error))
    return cli_context_all_done (context) ? EXIT_SUCCESS : EXIT_SOME_FAILED;
  const char *output = cli_context_get_output (context);
  g_printerr ("plateau-cli: %s: %s\n", output != NULL ? output : "-", error->message);
  return EXIT_SOME_FAILED;
}

static int
run_command (const CliCommand *command, char **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *program = g_strdup_printf ("plateau-cli %s", command->name);
  g_set_prgname (program);
  g_autoptr (CliContext) context = cli_context_parse (command, arguments, &error);
  if (context == NULL)
    return usage_error (command->name, error->message);

  g_autoptr (JsonObject) listing = json_object_new ();
  if (command->without_files != NULL && command->without_files (context, listing))
    {
      g_autoptr (JsonArray) list = json_array_new ();
      json_array_add_object_element (list, g_steal_pointer (&listing));
      return write_and_end (context, list);
    }
  const char *misuse = find_misuse (context);
  if (misuse != NULL)
    return usage_error (command->name, misuse);

  g_autoptr (JsonArray) results = cli_run (context);
  return write_and_end (context, results);
}

int
main (int argc, char **argv)
{
  /* Characters that several languages share look as in China where the locale says nothing of them. */
  const char *languages = g_getenv ("LANGUAGE");
  g_autofree char *preferred = g_strconcat (languages != NULL && *languages != '\0' ? languages : "en",
                                            ":zh-cn", NULL);
  g_setenv ("PANGO_LANGUAGE", preferred, FALSE);
  setlocale (LC_ALL, "");
  /* Numbers are printed and read without the locale, whatever a library does. */
  setlocale (LC_NUMERIC, "C");
  /* The analyses look at what GSL returns; its own handler would end the program. */
  gsl_set_error_handler_off ();
  const char *locale_dir = g_getenv ("PLATEAU_LOCALE_DIR"); /* from the build folder */
  bindtextdomain (PLATEAU_GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : PLATEAU_LOCALE_DIR);
  bind_textdomain_codeset (PLATEAU_GETTEXT_PACKAGE, "UTF-8");
  textdomain (PLATEAU_GETTEXT_PACKAGE);
  g_set_prgname ("plateau-cli");

  if (argc < 2)
    return usage_error (NULL, _ ("no COMMAND was named"));
  const char *name = argv[1];
  if (g_str_equal (name, "--help") || g_str_equal (name, "-h") || g_str_equal (name, "help"))
    {
      print_help ();
      return EXIT_SUCCESS;
    }
  if (g_str_equal (name, "--version"))
    {
      g_print ("plateau-cli %s\n", PLATEAU_VERSION);
      return EXIT_SUCCESS;
    }
  const CliCommand *command = find_command (name);
  if (command == NULL)
    {
      g_autofree char *message = g_strdup_printf (_ ("there is no command “%s”"), name);
      return usage_error (NULL, message);
    }
  return run_command (command, argv + 1);
}
