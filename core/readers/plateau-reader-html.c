/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-error.h"
#include "readers/plateau-encoding.h"
#include "readers/plateau-reader.h"
#include "readers/plateau-reader-table.h"
#include "readers/plateau-workbook.h"

#include <glib/gi18n.h>
#include <libxml/HTMLparser.h>
#include <string.h>

/* Some programs write a web page and call it .xls: its tables are taken like the sheets of a
 * workbook. */

#define MAX_SIZE ((guint64) 512 << 20)

enum
{
  CHUNK_SIZE = 64 << 10,
  MAX_TABLES = 1000,
  MAX_COLUMNS = 1024,
};

static guint
score (const PlateauProbe *probe)
{
  if (probe->text == NULL)
    return 0;
  gsize length = MIN (strlen (probe->text), (gsize) 16384);
  g_autofree char *lower = g_ascii_strdown (probe->text, (gssize) length);
  return strstr (lower, "<table") != NULL && strstr (lower, "<t") != NULL ? 78 : 0;
}

typedef struct
{
  GPtrArray *tables;
  PlateauSheet *table; /* the outermost open one */
  guint depth;
  guint column;
  gboolean in_cell;
  GString *cell;
} Page;

static void
on_start (void *data, const xmlChar *name, const xmlChar **attributes)
{
  Page *page = data;
  const char *tag = (const char *) name;
  if (strcmp (tag, "table") == 0)
    {
      if (page->depth++ > 0 || page->tables->len >= MAX_TABLES)
        return;
      g_autofree char *title = g_strdup_printf (_ ("Table %u"), page->tables->len + 1);
      page->table = plateau_sheet_new (title);
      g_ptr_array_add (page->tables, page->table);
    }
  else if (page->table != NULL && strcmp (tag, "tr") == 0)
    page->column = 0;
  else if (page->table != NULL && (strcmp (tag, "td") == 0 || strcmp (tag, "th") == 0))
    {
      if (page->column > 0)
        g_string_append_c (page->table->text, '\t');
      page->column++;
      page->in_cell = page->column < MAX_COLUMNS;
      g_string_truncate (page->cell, 0);
    }
}

static void
on_end (void *data, const xmlChar *name)
{
  Page *page = data;
  const char *tag = (const char *) name;
  if (strcmp (tag, "table") == 0 && page->depth > 0)
    {
      if (--page->depth == 0)
        page->table = NULL;
    }
  else if (page->table != NULL && (strcmp (tag, "td") == 0 || strcmp (tag, "th") == 0))
    {
      g_strstrip (page->cell->str);
      plateau_sheet_append_text (page->table, page->cell->str, strlen (page->cell->str));
      g_string_truncate (page->cell, 0);
      page->in_cell = FALSE;
    }
  else if (page->table != NULL && strcmp (tag, "tr") == 0 && page->column > 0)
    g_string_append_c (page->table->text, '\n');
}

static void
on_text (void *data, const xmlChar *text, int length)
{
  Page *page = data;
  if (page->in_cell && page->cell->len < 32768)
    g_string_append_len (page->cell, (const char *) text, length);
}

static void
on_error (void *data, xmlError *error)
{
}

static void
parse (Page *page, const char *text)
{
  htmlSAXHandler handler = {
    .startElement = on_start,
    .endElement = on_end,
    .characters = on_text,
    .cdataBlock = on_text,
    .ignorableWhitespace = NULL,
    .initialized = XML_SAX2_MAGIC,
    .serror = on_error,
  };
  htmlParserCtxtPtr parser = htmlCreatePushParserCtxt (&handler, page, NULL, 0, NULL,
                                                       XML_CHAR_ENCODING_UTF8);
  if (parser == NULL)
    return;
  htmlCtxtUseOptions (parser, HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
  for (gsize left = strlen (text); left > 0;)
    {
      int n = (int) MIN (left, (gsize) CHUNK_SIZE);
      htmlParseChunk (parser, text, n, 0);
      text += n;
      left -= (gsize) n;
    }
  htmlParseChunk (parser, "", 0, 1);
  htmlFreeParserCtxt (parser);
}

static gboolean
read_html (PlateauInput *input, const PlateauReadOptions *options, GPtrArray *measurements,
           GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = plateau_input_read_all (input, MAX_SIZE, error);
  if (bytes == NULL)
    return FALSE;
  gsize length, bom;
  const guint8 *content = g_bytes_get_data (bytes, &length);
  PlateauEncoding encoding = plateau_encoding_detect (content, length, &bom);
  g_autofree char *text = plateau_encoding_decode (encoding, content + bom, length - bom);
  g_autoptr (GPtrArray)
      tables = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_sheet_free);
  Page page = { .tables = tables, .cell = g_string_new (NULL) };
  parse (&page, text);
  g_string_free (page.cell, TRUE);
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  return plateau_workbook_read (input, tables, warnings, NULL, options, measurements, cancellable,
                                error);
}

static const char *const suffixes[] = { "xls", "html", "htm", NULL };

const PlateauReader plateau_reader_html = {
  .id = "html-table",
  .label = N_ ("Tables of a web page (.xls, .html)"),
  .suffixes = suffixes,
  .version = 1,
  .experimental = TRUE,
  .score = score,
  .read = read_html,
};
