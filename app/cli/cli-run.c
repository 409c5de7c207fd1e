/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-run.h"

#include "base/plateau-error.h"
#include "base/plateau-unit.h"

#include <glib/gi18n.h>
#include <stdio.h>

/* Work on one FILE, or on one cell of a project. */
typedef struct
{
  CliContext *context;
  const char *file;
  CliInput *input;
  const PlateauStudyCell *cell;
  JsonObject *result;
  gboolean failed;
  gboolean skipped; /* a cell of a project that has nothing for this command */
} Task;

static void
task_free (Task *task)
{
  if (task->result != NULL)
    json_object_unref (task->result);
  g_free (task);
}

static void
fill_head (JsonObject *result, CliInput *input, const PlateauStudyCell *cell)
{
  if (input->files != NULL)
    cli_set_texts (result, "file", (const char *const *) input->files);
  else
    cli_set_text (result, "file", input->file);
  if (cell == NULL)
    return;
  if (input->is_project)
    {
      const PlateauStudySample *sample = cell->sample;
      cli_set_text (result, "cell", cell->name);
      cli_set_text (result, "sample", sample != NULL ? sample->name : NULL);
      cli_set_text (result, "family", sample != NULL ? sample->family : NULL);
      cli_set_text (result, "role",
                    sample != NULL && sample->role != PLATEAU_ROLE_NONE
                        ? plateau_role_get_nick (sample->role)
                        : NULL);
    }
  cli_set_number (result, "offset_V", cell->reference_offset);
}

static JsonObject *
error_result (CliInput *input, const PlateauStudyCell *cell, const GError *error)
{
  JsonObject *result = json_object_new ();
  if (input->files != NULL)
    cli_set_texts (result, "file", (const char *const *) input->files);
  else
    cli_set_text (result, "file", input->file);
  if (cell != NULL && input->is_project)
    cli_set_text (result, "cell", cell->name);
  cli_set_text (result, "error", error->message);
  return result;
}

static gboolean
is_nothing_to_do (const GError *error)
{
  return g_error_matches (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA)
         || g_error_matches (error, PLATEAU_DATA_ERROR, PLATEAU_DATA_ERROR_MISSING);
}

/* Columns of a stored cell are not needed once its numbers are out. */
static void
unload_cell (const PlateauStudyCell *cell)
{
  for (guint i = 0; i < cell->measurements->len; i++)
    plateau_measurement_unload (cell->measurements->pdata[i]);
}

static void
run_cell (Task *task, const PlateauStudyCell *cell)
{
  const CliCommand *command = cli_context_get_command (task->context);
  g_autoptr (GError) error = NULL;
  task->result = json_object_new ();
  fill_head (task->result, task->input, cell);
  if (!command->each_cell (task->input->context, task->input, cell, task->result, &error))
    {
      gboolean named = cli_context_get_common (task->context)->cell != NULL;
      task->skipped = task->input->is_project && !named && is_nothing_to_do (error);
      task->failed = !task->skipped;
      json_object_unref (task->result);
      task->result = error_result (task->input, cell, error);
    }
  if (task->input->is_project)
    unload_cell (cell);
}

static void
run_input (Task *task)
{
  const CliCommand *command = cli_context_get_command (task->context);
  g_autoptr (GError) error = NULL;
  if (task->input->error != NULL)
    {
      task->failed = TRUE;
      task->result = error_result (task->input, NULL, task->input->error);
    }
  else if (command->each_input != NULL)
    {
      task->result = json_object_new ();
      fill_head (task->result, task->input, NULL);
      if (command->each_input (task->input->context, task->input, task->result, &error))
        return;
      task->failed = TRUE;
      json_object_unref (task->result);
      task->result = error_result (task->input, NULL, error);
    }
}

static gboolean
wants_all (CliContext *context)
{
  const CliCommand *command = cli_context_get_command (context);
  if (command->all == NULL)
    return FALSE;
  return command->each_cell == NULL
         || g_strv_length ((char **) cli_context_get_files (context)) > 1;
}

/* Opens a FILE and, unless its cells are many or all FILEs go together, does its work too, so that
 * a measurement leaves memory as soon as it is done. */
static void
on_open (gpointer data, gpointer user_data)
{
  Task *task = data;
  const CliCommon *common = cli_context_get_common (task->context);
  const CliCommand *command = cli_context_get_command (task->context);
  task->input = cli_input_open (task->context, task->file);
  if (common->join || wants_all (task->context))
    return;
  run_input (task);
  if (task->result == NULL && command->each_cell != NULL && !task->input->is_project
      && task->input->study != NULL)
    {
      run_cell (task, plateau_study_get_cell (task->input->study, 0));
      g_clear_pointer (&task->input->study, plateau_study_unref);
    }
}

static void
on_cell (gpointer data, gpointer user_data)
{
  Task *task = data;
  run_cell (task, task->cell);
}

static void
run_tasks (CliContext *context, GPtrArray *tasks, GFunc function)
{
  int jobs = cli_context_get_common (context)->jobs;
  if (jobs < 1)
    jobs = (int) g_get_num_processors ();
  GThreadPool *pool = g_thread_pool_new (function, NULL, jobs, FALSE, NULL);
  for (guint i = 0; i < tasks->len; i++)
    g_thread_pool_push (pool, tasks->pdata[i], NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
}

static void
report (CliContext *context, JsonObject *result, const char *file)
{
  cli_context_fail (context, file, json_object_get_string_member (result, "error"));
}

static void
collect (GPtrArray *tasks, JsonArray *results)
{
  for (guint i = 0; i < tasks->len; i++)
    {
      Task *task = tasks->pdata[i];
      if (task->result == NULL || task->skipped)
        continue;
      if (task->failed)
        report (task->context, task->result, task->input->file);
      json_array_add_object_element (results, json_object_ref (task->result));
    }
}

static void
add_failure (CliContext *context, CliInput *input, GError *reason, JsonArray *results)
{
  g_autoptr (GError) error = reason;
  JsonObject *result = error_result (input, NULL, error);
  report (context, result, input->file);
  json_array_add_object_element (results, result);
}

/* The cells of one project, or of one join. */
static void
run_study (CliContext *context, CliInput *input, JsonArray *results)
{
  const char *wanted = cli_context_get_common (context)->cell;
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func ((GDestroyNotify) task_free);
  for (guint i = 0; i < plateau_study_get_n_cells (input->study); i++)
    {
      const PlateauStudyCell *cell = plateau_study_get_cell (input->study, i);
      if (input->is_project && wanted != NULL && g_strcmp0 (cell->name, wanted) != 0)
        continue;
      Task *task = g_new0 (Task, 1);
      *task = (Task){ .context = context, .input = input, .cell = cell };
      g_ptr_array_add (tasks, task);
    }
  if (tasks->len == 0)
    {
      GError *error = wanted != NULL ? g_error_new (PLATEAU_DATA_ERROR, PLATEAU_DATA_ERROR_MISSING,
                                                    _ ("the project has no cell “%s”"), wanted)
                                     : g_error_new (PLATEAU_DATA_ERROR, PLATEAU_DATA_ERROR_MISSING,
                                                    _ ("the project has no cells"));
      add_failure (context, input, error, results);
      return;
    }
  run_tasks (context, tasks, on_cell);
  guint before = json_array_get_length (results);
  collect (tasks, results);
  if (json_array_get_length (results) == before)
    {
      GError *error = g_error_new (PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA,
                                   _ ("no cell of the project has data for “%s”"),
                                   cli_context_get_command (context)->name);
      add_failure (context, input, error, results);
    }
}

static void
run_all (CliContext *context, GPtrArray *inputs, JsonArray *results)
{
  g_autoptr (GPtrArray) good = g_ptr_array_new ();
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = 0; i < inputs->len; i++)
    {
      CliInput *input = inputs->pdata[i];
      if (input->error != NULL)
        continue;
      g_ptr_array_add (good, input);
      g_string_append_printf (names, "%s%s", names->len > 0 ? "; " : "", input->file);
    }
  if (good->len == 0)
    return;
  g_autoptr (JsonObject) result = json_object_new ();
  CliInput *first = good->pdata[0];
  if (good->len == 1)
    fill_head (result, first, NULL);
  else
    {
      JsonArray *list = cli_set_list (result, "file");
      for (guint i = 0; i < good->len; i++)
        json_array_add_string_element (list, ((CliInput *) good->pdata[i])->file);
    }
  g_autoptr (GError) error = NULL;
  if (cli_context_get_command (context)->all (context, good, result, &error))
    {
      json_array_add_object_element (results, g_steal_pointer (&result));
      return;
    }
  CliInput together = { .file = names->str };
  add_failure (context, &together, g_steal_pointer (&error), results);
}

/* Replaces the inputs by the one that they make together. */
static void
join_inputs (CliContext *context, GPtrArray *inputs, JsonArray *results)
{
  CliInput *joined = cli_input_join (context, inputs);
  for (guint i = 0; i < inputs->len; i++)
    {
      CliInput *input = inputs->pdata[i];
      if (input->is_project)
        g_set_error (&input->error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                     _ ("is a project; --join takes measurements"));
      if (input->error != NULL)
        add_failure (context, input, g_error_copy (input->error), results);
    }
  g_ptr_array_set_size (inputs, 0);
  g_ptr_array_add (inputs, joined);
}

static GPtrArray *
take_inputs (GPtrArray *tasks)
{
  GPtrArray *inputs = g_ptr_array_new_with_free_func ((GDestroyNotify) cli_input_free);
  for (guint i = 0; i < tasks->len; i++)
    g_ptr_array_add (inputs, ((Task *) tasks->pdata[i])->input);
  return inputs;
}

static void
run_joined (CliContext *context, GPtrArray *inputs, JsonArray *results)
{
  const CliCommand *command = cli_context_get_command (context);
  join_inputs (context, inputs, results);
  CliInput *joined = inputs->pdata[0];
  if (joined->study == NULL)
    return;
  if (command->each_cell != NULL)
    run_study (context, joined, results);
  else if (command->each_input != NULL)
    {
      g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func ((GDestroyNotify) task_free);
      Task *task = g_new0 (Task, 1);
      *task = (Task){ .context = context, .input = joined };
      g_ptr_array_add (tasks, task);
      run_input (task);
      collect (tasks, results);
    }
  else
    run_all (context, inputs, results);
}

JsonArray *
cli_run (CliContext *context)
{
  const char *const *files = cli_context_get_files (context);
  const CliCommand *command = cli_context_get_command (context);
  JsonArray *results = json_array_new ();
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func ((GDestroyNotify) task_free);
  for (guint i = 0; files[i] != NULL; i++)
    {
      Task *task = g_new0 (Task, 1);
      task->context = context;
      task->file = files[i];
      g_ptr_array_add (tasks, task);
    }
  run_tasks (context, tasks, on_open);
  g_autoptr (GPtrArray) inputs = take_inputs (tasks);
  if (cli_context_get_common (context)->join)
    {
      run_joined (context, inputs, results);
      return results;
    }
  if (wants_all (context))
    {
      run_all (context, inputs, results);
      for (guint i = 0; i < inputs->len; i++)
        {
          CliInput *input = inputs->pdata[i];
          if (input->error != NULL)
            add_failure (context, input, g_error_copy (input->error), results);
        }
      return results;
    }
  for (guint i = 0; i < tasks->len; i++)
    {
      Task *task = tasks->pdata[i];
      g_autoptr (GPtrArray) one = g_ptr_array_new ();
      g_ptr_array_add (one, task);
      collect (one, results);
      if (task->result == NULL && command->each_cell != NULL && task->input->study != NULL)
        run_study (context, task->input, results);
    }
  return results;
}
