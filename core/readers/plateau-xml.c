/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/plateau-xml.h"

#include "base/plateau-error.h"

#include <glib/gi18n.h>
#include <libxml/parser.h>
#include <string.h>

enum
{
  CHUNK_SIZE = 32 << 10,
  /* libxml2 hands attributes over in fives: name, prefix, namespace, start and end of the value. */
  ATTRIBUTE_STRIDE = 5,
};

typedef struct
{
  const PlateauXmlEvents *events;
  gpointer user_data;
  const char *attributes[3 * 64 + 1]; /* name, start, end; NULL terminated */
} Context;

static void
on_start (void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
          int n_namespaces, const xmlChar **namespaces, int n_attributes, int n_defaulted,
          const xmlChar **attributes)
{
  Context *context = data;
  guint n = 0;
  for (int i = 0; i < n_attributes && i < 64; i++)
    {
      const xmlChar **attribute = attributes + i * ATTRIBUTE_STRIDE;
      context->attributes[n++] = (const char *) attribute[0];
      context->attributes[n++] = (const char *) attribute[3];
      context->attributes[n++] = (const char *) attribute[4];
    }
  context->attributes[n] = NULL;
  context->events->start (context->user_data, (const char *) name, context->attributes);
}

static void
on_end (void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
  Context *context = data;
  context->events->end (context->user_data, (const char *) name);
}

static void
on_text (void *data, const xmlChar *text, int length)
{
  Context *context = data;
  if (context->events->text != NULL)
    context->events->text (context->user_data, (const char *) text, (gsize) length);
}

/* libxml2 prints errors where no one listens. */
static void
on_error (void *data, xmlError *error)
{
}

/* Where the bytes come from: a member of an archive, or a file. */
typedef struct
{
  const char *name;
  PlateauZipMember *member;
  PlateauInput *input;
  guint64 offset;
} Source;

static gssize
read_chunk (Source *source, char *chunk, GError **error)
{
  if (source->member != NULL)
    return plateau_zip_member_read (source->member, chunk, CHUNK_SIZE, error);
  if (source->offset >= plateau_input_get_size (source->input))
    return 0;
  gsize length;
  const guint8 *bytes = plateau_input_peek_some (source->input, source->offset, CHUNK_SIZE, &length,
                                                 error);
  if (bytes == NULL)
    return -1;
  length = MIN (length, (gsize) CHUNK_SIZE);
  memcpy (chunk, bytes, length);
  source->offset += length;
  return (gssize) length;
}

static gboolean
set_broken (xmlParserCtxt *parser, const Source *source, GError **error)
{
  xmlError *problem = xmlCtxtGetLastError (parser);
  g_autofree char *message = g_utf8_make_valid (
      problem != NULL && problem->message != NULL ? problem->message : "", -1);
  g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_INVALID,
               source->member != NULL
                   ? _ ("The part “%s” of the archive is damaged in line %d: %s")
                   : _ ("“%s” is damaged in line %d: %s"),
               source->name, problem != NULL ? problem->line : 0, g_strstrip (message));
  return FALSE;
}

static gboolean
feed (Source *source, xmlParserCtxt *parser, Context *context, GCancellable *cancellable,
      GError **error)
{
  g_autofree char *chunk = g_malloc (CHUNK_SIZE);
  for (;;)
    {
      gssize n = read_chunk (source, chunk, error);
      if (n < 0 || g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (xmlParseChunk (parser, chunk, (int) n, n == 0) != XML_ERR_OK && parser->wellFormed == 0)
        return set_broken (parser, source, error);
      if (context->events->go_on != NULL && !context->events->go_on (context->user_data, error))
        return FALSE;
      if (n == 0)
        return TRUE;
    }
}

static gboolean
parse (Source *source, const PlateauXmlEvents *events, gpointer user_data,
       GCancellable *cancellable, GError **error)
{
  xmlSAXHandler handler = {
    .initialized = XML_SAX2_MAGIC,
    .startElementNs = on_start,
    .endElementNs = on_end,
    .characters = on_text,
    .cdataBlock = on_text,
    .serror = on_error,
  };
  Context context = { .events = events, .user_data = user_data };
  xmlParserCtxt *parser = xmlCreatePushParserCtxt (&handler, &context, NULL, 0, NULL);
  if (parser == NULL)
    g_error ("out of memory");
  xmlCtxtUseOptions (parser, XML_PARSE_NONET);
  gboolean fine = feed (source, parser, &context, cancellable, error);
  xmlFreeParserCtxt (parser);
  return fine;
}

/**
 * plateau_xml_parse:
 * @member: name of a member of @zip
 * @events: what to call for elements (local names) and text
 *
 * Parses a member. Events up to a damage have been given when an error is returned.
 *
 * Returns: FALSE with @error set when the member is absent, damaged or not well formed, when
 *   go_on() refused, or when @cancellable was used
 */
gboolean
plateau_xml_parse (PlateauZip *zip, const char *member, const PlateauXmlEvents *events,
                   gpointer user_data, GCancellable *cancellable, GError **error)
{
  g_autoptr (PlateauZipMember) content = plateau_zip_open_member (zip, member, error);
  if (content == NULL)
    return FALSE;
  Source source = { .name = member, .member = content };
  return parse (&source, events, user_data, cancellable, error);
}

/**
 * plateau_xml_parse_input:
 * @input: a file that is XML itself
 * @events: what to call for elements (local names) and text
 *
 * Like plateau_xml_parse(), for a file that is no archive.
 *
 * Returns: FALSE with @error set when the file is damaged or not well formed, when go_on()
 *   refused, or when @cancellable was used
 */
gboolean
plateau_xml_parse_input (PlateauInput *input, const PlateauXmlEvents *events, gpointer user_data,
                         GCancellable *cancellable, GError **error)
{
  Source source = { .name = plateau_input_get_name (input), .input = input };
  return parse (&source, events, user_data, cancellable, error);
}

/**
 * plateau_xml_attribute:
 * @attributes: as given to start()
 * @name: local name of an attribute
 * @length: (out): bytes of its value, which is not terminated
 *
 * Returns: (transfer none) (nullable): the value, or NULL when there is none
 */
const char *
plateau_xml_attribute (const char *const *attributes, const char *name, gsize *length)
{
  for (; attributes[0] != NULL; attributes += 3)
    if (strcmp (attributes[0], name) == 0)
      {
        *length = (gsize) (attributes[2] - attributes[1]);
        return attributes[1];
      }
  *length = 0;
  return NULL;
}

/**
 * plateau_xml_dup_attribute:
 *
 * Returns: (transfer full) (nullable): the value of an attribute, or NULL when there is none
 */
char *
plateau_xml_dup_attribute (const char *const *attributes, const char *name)
{
  gsize length;
  const char *value = plateau_xml_attribute (attributes, name, &length);
  return value != NULL ? g_strndup (value, length) : NULL;
}

/**
 * plateau_xml_attribute_is:
 *
 * Returns: whether the attribute @name is there and has the @value
 */
gboolean
plateau_xml_attribute_is (const char *const *attributes, const char *name, const char *value)
{
  gsize length;
  const char *found = plateau_xml_attribute (attributes, name, &length);
  return found != NULL && strlen (value) == length && memcmp (found, value, length) == 0;
}

/**
 * plateau_xml_attribute_number:
 *
 * Returns: the digits that the attribute begins with as a number, 0 when there are none, at most
 *   a thousand million
 */
guint
plateau_xml_attribute_number (const char *const *attributes, const char *name)
{
  gsize length;
  const char *value = plateau_xml_attribute (attributes, name, &length);
  guint number = 0;
  for (gsize i = 0; i < length && g_ascii_isdigit (value[i]) && number < 100000000; i++)
    number = 10 * number + (guint) (value[i] - '0');
  return number;
}
