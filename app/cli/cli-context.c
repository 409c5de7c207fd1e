/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-context.h"

#include "cli-ranges.h"
#include "cli-run.h"
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

struct _CliContext
{
  const CliCommand *command;
  CliCommon common;
  char *output;
  char **files;
  gpointer *options;        /* one struct for each set of the command */
  GHashTable *given;        /* names of the options that the user named */
  GHashTable *lists;        /* name -> GPtrArray of texts, NULL terminated */
  GHashTable *columns;      /* quantity id -> header text, or NULL */
  GArray *cycles, *spectra; /* ranges, or NULL */
  gint failed;              /* atomic */
  CliContext *root;    /* of a request for one project, which owns all but the options; else NULL */
  PlateauStudy *study; /* of that project */
};

#define C(member) G_STRUCT_OFFSET (CliCommon, member)

static const char *const format_nicks[] = { "table", "csv", "json", NULL };

static const char *const electrode_nicks[] = { "auto", "cell", "working", "counter", "all", NULL };

static const PlateauOption common_table[] = {
  { "format", N_ ("Format"),
    N_ ("How results are printed (default: table on a terminal, else csv)"), PLATEAU_OPTION_CHOICE,
    C (format), NULL, 0, 0, format_nicks, NULL },
  { "reader", N_ ("Reader"),
    N_ ("Read the files with this reader instead of the one found by content"), PLATEAU_OPTION_TEXT,
    C (reader) },
  { "cell", N_ ("Cell"), N_ ("Only this cell of a project"), PLATEAU_OPTION_TEXT, C (cell) },
  { "mass-mg", N_ ("Active mass"), N_ ("Active mass in mg"), PLATEAU_OPTION_NUMBER, C (mass), "mg",
    1e-9, 1e12 },
  { "area-cm2", N_ ("Electrode area"), N_ ("Electrode area in cm²"), PLATEAU_OPTION_NUMBER,
    C (area), "cm2", 1e-9, 1e9 },
  { "thickness-um", N_ ("Thickness"), N_ ("Thickness of the sample in µm"), PLATEAU_OPTION_NUMBER,
    C (thickness), "um", 1e-6, 1e9 },
  { "one-c", N_ ("1C"), N_ ("Specific capacity in mAh/g that 1C means"), PLATEAU_OPTION_NUMBER,
    C (one_c), "mA/g", 1e-9, 1e9 },
  { "offset-V", N_ ("Reference offset"),
    N_ ("Potential of the reference in V, added to every potential (0.62 for Li-In)"),
    PLATEAU_OPTION_NUMBER, C (offset), "V", -100, 100 },
  { "cycles", N_ ("Cycles"), N_ ("Only these cycles, like 1,2,10-100"), PLATEAU_OPTION_TEXT,
    C (cycles) },
  { "spectra", N_ ("Spectra"), N_ ("Only these spectra, like 1-20"), PLATEAU_OPTION_TEXT,
    C (spectra) },
  { "electrode", N_ ("Electrode"),
    N_ ("Spectra of this electrode of a three-electrode cell (default: the working electrode)"),
    PLATEAU_OPTION_CHOICE, C (electrode), NULL, 0, 0, electrode_nicks, NULL },
  { "jobs", N_ ("Jobs"), N_ ("Files worked on at once (default: the number of processors)"),
    PLATEAU_OPTION_INTEGER, C (jobs), NULL, 1, 1024 },
  { "join", N_ ("Join"), N_ ("Take all files as parts of one test, in time order"),
    PLATEAU_OPTION_BOOLEAN, C (join) },
  { NULL },
};

static const CliListOption common_lists[] = {
  { "column", N_ ("QUANTITY=HEADER"),
    N_ ("Name a column by its header, like potential=\"E / V\"; several times") },
  { NULL },
};

/* The option called @name and the struct it writes to. */
static const PlateauOption *
find_option (CliContext *context, const char *name, gpointer *options)
{
  const PlateauOption *option = plateau_option_find (common_table, name);
  *options = &context->common;
  const CliOptionSet *sets = context->command->options;
  for (guint i = 0; option == NULL && sets != NULL && sets[i].table != NULL; i++)
    {
      option = plateau_option_find (sets[i].table, name);
      *options = context->options[i];
    }
  return option;
}

static gboolean
on_option (const char *dashed, const char *value, gpointer data, GError **error)
{
  CliContext *context = data;
  const char *name = dashed + strspn (dashed, "-");
  gpointer options;
  const PlateauOption *option = find_option (context, name, &options);
  if (option == NULL && g_str_has_prefix (name, "no-"))
    {
      option = find_option (context, name + strlen ("no-"), &options);
      value = "false";
    }
  g_return_val_if_fail (option != NULL, FALSE);
  if (option->type == PLATEAU_OPTION_BOOLEAN && value == NULL)
    value = "true";
  g_autoptr (GError) reason = NULL;
  if (!plateau_option_set_from_text (option, options, value, &reason))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "--%s: %s", name,
                   reason->message);
      return FALSE;
    }
  g_hash_table_add (context->given, (gpointer) option->name);
  return TRUE;
}

static gboolean
on_list (const char *dashed, const char *value, gpointer data, GError **error)
{
  CliContext *context = data;
  const char *name = dashed + strspn (dashed, "-");
  GPtrArray *texts = g_hash_table_lookup (context->lists, name);
  if (texts == NULL)
    {
      texts = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (texts, NULL);
      g_hash_table_insert (context->lists, g_strdup (name), texts);
    }
  g_ptr_array_insert (texts, (int) texts->len - 1, g_strdup (value));
  return TRUE;
}

static gboolean
on_version (const char *name, const char *value, gpointer data, GError **error)
{
  g_print ("plateau-cli %s\n", PLATEAU_VERSION);
  exit (EXIT_SUCCESS);
}

static void
add_option_entries (GArray *entries, GPtrArray *texts, const PlateauOption *table)
{
  for (const PlateauOption *option = table; option->name != NULL; option++)
    {
      GOptionEntry entry = {
        option->name, 0, 0, G_OPTION_ARG_CALLBACK, (gpointer) on_option, option->help, option->unit
      };
      if (option->type == PLATEAU_OPTION_BOOLEAN)
        entry.flags |= G_OPTION_FLAG_NO_ARG;
      else if (option->type == PLATEAU_OPTION_CHOICE)
        {
          entry.arg_description = g_strjoinv ("|", (char **) option->choices);
          g_ptr_array_add (texts, (gpointer) entry.arg_description);
        }
      else if (entry.arg_description == NULL || entry.arg_description[0] == '\0')
        entry.arg_description = option->type == PLATEAU_OPTION_INTEGER ? "N" : "X";
      g_array_append_val (entries, entry);
      if (option->type != PLATEAU_OPTION_BOOLEAN)
        continue;
      char *negated = g_strconcat ("no-", option->name, NULL);
      g_ptr_array_add (texts, negated);
      GOptionEntry no = { negated,
                          0,
                          G_OPTION_FLAG_NO_ARG | G_OPTION_FLAG_HIDDEN,
                          G_OPTION_ARG_CALLBACK,
                          (gpointer) on_option,
                          NULL,
                          NULL };
      g_array_append_val (entries, no);
    }
}

static void
add_list_entries (GArray *entries, const CliListOption *lists)
{
  for (; lists != NULL && lists->name != NULL; lists++)
    {
      GOptionEntry entry = {
        lists->name, 0, 0, G_OPTION_ARG_CALLBACK, (gpointer) on_list, lists->help, lists->argument
      };
      g_array_append_val (entries, entry);
    }
}

static gboolean
parse_arguments (CliContext *context, char **arguments, GError **error)
{
  const CliCommand *command = context->command;
  g_autoptr (GArray) entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; command->options != NULL && command->options[i].table != NULL; i++)
    add_option_entries (entries, texts, command->options[i].table);
  add_list_entries (entries, command->lists);
  GOptionEntry output = { "output",
                          'o',
                          0,
                          G_OPTION_ARG_FILENAME,
                          &context->output,
                          N_ ("Write to this file instead of the screen"),
                          N_ ("FILE") };
  g_array_append_val (entries, output);
  add_option_entries (entries, texts, common_table);
  add_list_entries (entries, common_lists);
  GOptionEntry version = { "version",
                           0,
                           G_OPTION_FLAG_NO_ARG,
                           G_OPTION_ARG_CALLBACK,
                           (gpointer) on_version,
                           N_ ("Print the version"),
                           NULL };
  g_array_append_val (entries, version);
  GOptionEntry rest = { G_OPTION_REMAINING,
                        0,
                        0,
                        G_OPTION_ARG_FILENAME_ARRAY,
                        &context->files,
                        NULL,
                        command->arguments != NULL ? command->arguments : N_ ("FILE…") };
  g_array_append_val (entries, rest);

  g_autoptr (GOptionContext) parser = g_option_context_new (NULL);
  GOptionGroup *group = g_option_group_new (command->name, "", "", context, NULL);
  g_option_group_set_translation_domain (group, PLATEAU_GETTEXT_PACKAGE);
  g_option_group_add_entries (group, &g_array_index (entries, GOptionEntry, 0));
  g_option_context_set_main_group (parser, group);
  g_option_context_set_summary (parser, _ (command->summary));
  g_auto (GStrv) copy = g_strdupv (arguments);
  return g_option_context_parse_strv (parser, &copy, error);
}

static gboolean
parse_columns (CliContext *context, GError **error)
{
  const char *const *texts = cli_context_get_list (context, "column");
  for (guint i = 0; texts[i] != NULL; i++)
    {
      const char *equals = strchr (texts[i], '=');
      g_autofree char *id = equals != NULL ? g_strndup (texts[i], (gsize) (equals - texts[i]))
                                           : NULL;
      if (id == NULL || equals[1] == '\0'
          || plateau_quantity_from_id (id) == PLATEAU_QUANTITY_OTHER)
        {
          g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       _ ("--column: “%s” is not QUANTITY=HEADER with a quantity like time, "
                          "potential, current, capacity, cycle, frequency, z_re or z_im"),
                       texts[i]);
          return FALSE;
        }
      if (context->columns == NULL)
        context->columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_hash_table_insert (context->columns, g_steal_pointer (&id), g_strdup (equals + 1));
    }
  return TRUE;
}

static gboolean
check_request (CliContext *context, GError **error)
{
  const CliCommand *command = context->command;
  const CliCommon *common = &context->common;
  if (common->cycles != NULL
      && (context->cycles = cli_ranges_parse ("cycles", common->cycles, error)) == NULL)
    return FALSE;
  if (common->spectra != NULL
      && (context->spectra = cli_ranges_parse ("spectra", common->spectra, error)) == NULL)
    return FALSE;
  if (!parse_columns (context, error))
    return FALSE;
  if (common->reader != NULL && common->reader[0] != '\0'
      && plateau_reader_find (common->reader) == NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("--reader: there is no reader “%s” (plateau-cli info --readers lists them)"),
                   common->reader);
      return FALSE;
    }
  return command->check == NULL || command->check (context, error);
}

static void
set_defaults (const CliOptionSet *set, gpointer options)
{
  if (set->defaults == NULL)
    return;
  memcpy (options, set->defaults, set->size);
  /* Texts belong to the struct: none is shared with the defaults. */
  for (const PlateauOption *option = set->table; option->name != NULL; option++)
    if (option->type == PLATEAU_OPTION_TEXT)
      G_STRUCT_MEMBER (char *, options, option->offset) = g_strdup (
          G_STRUCT_MEMBER (char *, set->defaults, option->offset));
}

static gpointer *
new_options (const CliCommand *command)
{
  guint n = 0;
  while (command->options != NULL && command->options[n].table != NULL)
    n++;
  gpointer *options = g_new0 (gpointer, n + 1);
  for (guint i = 0; i < n; i++)
    {
      options[i] = g_malloc0 (command->options[i].size);
      set_defaults (&command->options[i], options[i]);
    }
  return options;
}

static void
free_options (const CliCommand *command, gpointer *options)
{
  for (guint i = 0; options[i] != NULL; i++)
    {
      plateau_options_clear (command->options[i].table, options[i]);
      g_free (options[i]);
    }
  g_free (options);
}

/* Settings of the project, then what the user named. */
static gboolean
merge (CliContext *context, guint set, GError **error)
{
  const CliOptionSet *by = &context->command->options[set];
  g_autoptr (JsonObject) given = plateau_options_to_json (by->table, context->root->options[set]);
  for (const PlateauOption *option = by->table; option->name != NULL; option++)
    if (!g_hash_table_contains (context->given, option->name))
      json_object_remove_member (given, option->name);
  JsonObject *kept = by->settings != NULL
                         ? plateau_study_get_settings (context->study, by->settings)
                         : NULL;
  return plateau_options_from_json (by->table, context->options[set], kept, error)
         && plateau_options_from_json (by->table, context->options[set], given, error);
}

CliContext *
cli_context_for_project (CliContext *root, PlateauStudy *study, GError **error)
{
  g_autoptr (CliContext) context = g_new0 (CliContext, 1);
  *context = *root;
  context->root = root;
  context->study = plateau_study_ref (study);
  context->options = new_options (root->command);
  for (guint i = 0; context->options[i] != NULL; i++)
    if (!merge (context, i, error))
      return NULL;
  return g_steal_pointer (&context);
}

JsonObject *
cli_context_get_settings (CliContext *context, const char *analysis)
{
  return context->study != NULL ? plateau_study_get_settings (context->study, analysis) : NULL;
}

CliContext *
cli_context_parse (const CliCommand *command, char **arguments, GError **error)
{
  g_autoptr (CliContext) context = g_new0 (CliContext, 1);
  context->command = command;
  context->common = (CliCommon){ .format = isatty (STDOUT_FILENO) ? CLI_FORMAT_TABLE
                                                                  : CLI_FORMAT_CSV,
                                 .mass = NAN,
                                 .area = NAN,
                                 .thickness = NAN,
                                 .one_c = NAN,
                                 .offset = NAN };
  context->given = g_hash_table_new (g_str_hash, g_str_equal);
  context->lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                          (GDestroyNotify) g_ptr_array_unref);
  context->options = new_options (command);
  if (!parse_arguments (context, arguments, error))
    return NULL;
  if (context->output != NULL && !g_hash_table_contains (context->given, "format"))
    context->common.format = CLI_FORMAT_CSV;
  if (!check_request (context, error))
    return NULL;
  return g_steal_pointer (&context);
}

void
cli_context_free (CliContext *context)
{
  free_options (context->command, context->options);
  if (context->root != NULL)
    {
      plateau_study_unref (context->study);
      g_free (context);
      return;
    }
  plateau_options_clear (common_table, &context->common);
  g_free (context->output);
  g_strfreev (context->files);
  g_clear_pointer (&context->given, g_hash_table_unref);
  g_clear_pointer (&context->lists, g_hash_table_unref);
  g_clear_pointer (&context->columns, g_hash_table_unref);
  g_clear_pointer (&context->cycles, g_array_unref);
  g_clear_pointer (&context->spectra, g_array_unref);
  g_free (context);
}

const CliCommand *
cli_context_get_command (CliContext *context)
{
  return context->command;
}

const CliCommon *
cli_context_get_common (CliContext *context)
{
  return &context->common;
}

const char *
cli_context_get_output (CliContext *context)
{
  return context->output;
}

const char *const *
cli_context_get_files (CliContext *context)
{
  static const char *const none[] = { NULL };
  return context->files != NULL ? (const char *const *) context->files : none;
}

gconstpointer
cli_context_get_options (CliContext *context, const PlateauOption *table)
{
  const CliOptionSet *sets = context->command->options;
  for (guint i = 0; sets != NULL && sets[i].table != NULL; i++)
    if (sets[i].table == table)
      return context->options[i];
  g_return_val_if_reached (NULL);
}

gboolean
cli_context_was_given (CliContext *context, const char *option)
{
  return g_hash_table_contains (context->given, option);
}

const char *const *
cli_context_get_list (CliContext *context, const char *name)
{
  static const char *const none[] = { NULL };
  GPtrArray *texts = g_hash_table_lookup (context->lists, name);
  return texts != NULL ? (const char *const *) texts->pdata : none;
}

gboolean
cli_context_has_cycle (CliContext *context, guint cycle)
{
  return cli_ranges_contain (context->cycles, cycle);
}

gboolean
cli_context_has_spectrum (CliContext *context, guint index)
{
  return cli_ranges_contain (context->spectra, index);
}

static gboolean
has_electrode (GPtrArray *spectra, PlateauElectrode electrode)
{
  for (guint i = 0; i < spectra->len; i++)
    if (plateau_spectrum_get_conditions (spectra->pdata[i])->electrode == electrode)
      return TRUE;
  return FALSE;
}

GPtrArray *
cli_context_load_spectra (CliContext *context, const PlateauStudyCell *cell, GError **error)
{
  g_autoptr (GPtrArray) all = plateau_measurements_load_spectra (cell->measurements, error);
  if (all == NULL)
    return NULL;
  int wanted = context->common.electrode;
  if (wanted == CLI_ELECTRODE_AUTO)
    wanted = has_electrode (all, PLATEAU_ELECTRODE_WORKING) ? CLI_ELECTRODE_WORKING
             : has_electrode (all, PLATEAU_ELECTRODE_CELL)  ? CLI_ELECTRODE_CELL
                                                            : CLI_ELECTRODE_ALL;
  if (wanted == CLI_ELECTRODE_ALL)
    return g_steal_pointer (&all);
  PlateauElectrode electrode = wanted == CLI_ELECTRODE_WORKING   ? PLATEAU_ELECTRODE_WORKING
                               : wanted == CLI_ELECTRODE_COUNTER ? PLATEAU_ELECTRODE_COUNTER
                                                                 : PLATEAU_ELECTRODE_CELL;
  GPtrArray *chosen = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_spectrum_unref);
  for (guint i = 0; i < all->len; i++)
    if (plateau_spectrum_get_conditions (all->pdata[i])->electrode == electrode)
      g_ptr_array_add (chosen, plateau_spectrum_ref (all->pdata[i]));
  return chosen;
}

void
cli_context_fill_read_options (CliContext *context, PlateauReadOptions *options)
{
  const char *reader = context->common.reader;
  options->reader = reader != NULL && reader[0] != '\0' ? reader : NULL;
  options->columns = context->columns;
}

void
cli_context_fail (CliContext *context, const char *file, const char *reason)
{
  g_autofree char *line = g_strdup (reason);
  g_strdelimit (line, "\r\n", ' ');
  g_printerr ("plateau-cli: %s: %s\n", file, line);
  g_atomic_int_set (&(context->root != NULL ? context->root : context)->failed, TRUE);
}

void
cli_context_say (CliContext *context, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_printerr ("plateau-cli: %s\n", text);
}

gboolean
cli_context_all_done (CliContext *context)
{
  return !g_atomic_int_get (&context->failed);
}
