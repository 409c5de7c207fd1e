/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-file.h"
#include "cli-run.h"
#include "config.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>

static void
append_document (GString *out, CliContext *context, JsonArray *results)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *document = json_object_new ();
  json_node_take_object (root, document);
  cli_set_text (document, "program", "plateau-cli");
  cli_set_text (document, "version", PLATEAU_VERSION);
  cli_set_text (document, "command", cli_context_get_command (context)->name);
  json_object_set_array_member (document, "results", json_array_ref (results));
  cli_append_json (out, root, 0);
  g_string_append_c (out, '\n');
}

gboolean
cli_write_results (CliContext *context, JsonArray *results, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  switch (cli_context_get_common (context)->format)
    {
    case CLI_FORMAT_JSON:
      append_document (out, context, results);
      break;
    case CLI_FORMAT_CSV:
      cli_append_csv (out, results);
      break;
    default:
      cli_append_table (out, results);
    }
  const char *path = cli_context_get_output (context);
  if (path != NULL && !cli_context_get_command (context)->writes_file)
    return plateau_file_set_contents (path, out->str, (gssize) out->len, error);
  if (fwrite (out->str, 1, out->len, stdout) != out->len || fflush (stdout) != 0)
    {
      int code = errno;
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code),
                   _ ("The results could not be written: %s"), g_strerror (code));
      return FALSE;
    }
  return TRUE;
}
