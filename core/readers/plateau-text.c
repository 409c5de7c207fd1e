/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/plateau-text.h"

#include "base/plateau-error.h"

#include <glib/gi18n.h>
#include <string.h>

enum
{
  CHUNK_SIZE = 256 << 10,     /* bytes read at a time: fits the second-level cache */
  DETECT_SIZE = 64 << 10,     /* bytes on which the encoding is decided */
  LINE_LIMIT = 16 << 20,      /* no row of a table is longer; more is no table */
  HEAD_LIMIT = 2 << 20,       /* bytes that the lines before the data may take */
  HEAD_LINE_LIMIT = 64 << 10, /* of a line in the head, the rest is cut off */
};

struct _PlateauText
{
  PlateauInput *input;
  GCancellable *cancellable;
  PlateauEncoding encoding;
  gboolean wide; /* UTF-16 */
  char terminator;
  gsize bom;
  guint64 offset; /* in the file, of the next chunk */
  guint64 line_number;
  guint64 window;
  gboolean ended_in_line;

  /* What is read and not yet given out is buffer[start..end). */
  char *buffer;
  gsize capacity;
  gsize start, end;
};

static gboolean
detect (PlateauText *self, const char *encoding, GError **error)
{
  gsize length;
  const guint8 *head = plateau_input_peek_some (self->input, 0, DETECT_SIZE, &length, error);
  if (head == NULL)
    return FALSE;
  self->encoding = plateau_encoding_detect (head, length, &self->bom);
  if (encoding != NULL)
    {
      PlateauEncoding chosen;
      if (!plateau_encoding_from_name (encoding, &chosen))
        {
          g_set_error (
              error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_INVALID,
              _ ("Text encoding “%s” is not known; known are UTF-8, windows-1252, GB18030, "
                 "UTF-16LE and UTF-16BE"),
              encoding);
          return FALSE;
        }
      if (chosen != self->encoding)
        self->bom = 0;
      self->encoding = chosen;
    }
  self->wide = self->encoding == PLATEAU_ENCODING_UTF_16LE
               || self->encoding == PLATEAU_ENCODING_UTF_16BE;
  /* Carriage returns alone end the lines of very old files. */
  gboolean has_newline = memchr (head, '\n', length) != NULL;
  gboolean has_return = memchr (head, '\r', length) != NULL;
  self->terminator = !has_newline && has_return ? '\r' : '\n';
  return TRUE;
}

/**
 * plateau_text_new:
 * @input: a text file
 * @encoding: (nullable): its encoding as the user named it, or NULL to detect it
 *
 * Returns: (transfer full) (nullable): the text before its first line, or NULL with @error set
 */
PlateauText *
plateau_text_new (PlateauInput *input, const char *encoding, GCancellable *cancellable,
                  GError **error)
{
  g_return_val_if_fail (PLATEAU_IS_INPUT (input), NULL);
  g_autoptr (PlateauText) self = g_new0 (PlateauText, 1);
  self->input = g_object_ref (input);
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  if (!detect (self, encoding, error))
    return NULL;
  self->offset = self->bom;
  return g_steal_pointer (&self);
}

/**
 * plateau_text_free:
 */
void
plateau_text_free (PlateauText *text)
{
  if (text == NULL)
    return;
  g_clear_object (&text->input);
  g_clear_object (&text->cancellable);
  g_free (text->buffer);
  g_free (text);
}

/* Appends the next chunk to the buffer. FALSE without an error: the file has ended. */
static gboolean
fill (PlateauText *self, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  gsize length;
  const guint8 *chunk = plateau_input_peek_some (self->input, self->offset, CHUNK_SIZE, &length,
                                                 error);
  if (chunk == NULL)
    return FALSE;
  if (self->wide)
    length &= ~(gsize) 1;
  if (length == 0)
    return FALSE;
  if (self->start > 0)
    {
      memmove (self->buffer, self->buffer + self->start, self->end - self->start);
      self->end -= self->start;
      self->start = 0;
    }
  gsize needed = self->end + (self->wide ? length / 2 * 3 : length);
  if (needed > self->capacity)
    {
      self->capacity = MAX (needed, 2 * self->capacity);
      self->buffer = g_realloc (self->buffer, self->capacity + PLATEAU_TEXT_PADDING);
    }
  if (self->wide)
    {
      /* A surrogate pair is not cut in two. */
      gboolean big = self->encoding == PLATEAU_ENCODING_UTF_16BE;
      guint8 high = chunk[length - 2 + !big];
      if (length > 2 && high >= 0xD8 && high < 0xDC)
        length -= 2;
      self->end += plateau_encoding_utf16_to_utf8 (self->encoding, chunk, length,
                                                   self->buffer + self->end);
    }
  else
    {
      memcpy (self->buffer + self->end, chunk, length);
      self->end += length;
    }
  self->offset += length;
  self->window++;
  memset (self->buffer + self->end, 0, PLATEAU_TEXT_PADDING);
  return TRUE;
}

static void
set_line (PlateauText *self, PlateauTextLine *line, gsize length)
{
  line->start = self->buffer + self->start;
  line->length = length;
  if (length > 0 && line->start[length - 1] == '\r')
    line->length--;
  self->line_number++;
}

/**
 * plateau_text_next_line:
 * @line: (out): the next line without its end
 *
 * Returns: FALSE at the end of the text, or with @error set: PLATEAU_READER_ERROR_LIMIT for a line
 *   longer than 16 MiB, G_IO_ERROR_CANCELLED, or what reading the file gave
 */
gboolean
plateau_text_next_line (PlateauText *text, PlateauTextLine *line, GError **error)
{
  gsize searched = 0;
  for (;;)
    {
      gsize left = text->end - text->start - searched;
      const char *from = left > 0 ? text->buffer + text->start + searched : NULL;
      const char *newline = left > 0 ? memchr (from, text->terminator, left) : NULL;
      if (newline != NULL)
        {
          gsize length = (gsize) (newline - (text->buffer + text->start));
          set_line (text, line, length);
          text->start += length + 1;
          text->ended_in_line = FALSE;
          return TRUE;
        }
      searched = text->end - text->start;
      if (searched > LINE_LIMIT)
        {
          g_set_error (
              error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_LIMIT,
              _ ("“%s”, line %llu: the line is longer than %d MiB, so this is not a table of "
                 "measurements. Check that it is the file you meant."),
              plateau_input_get_name (text->input), (unsigned long long) (text->line_number + 1),
              LINE_LIMIT >> 20);
          return FALSE;
        }
      g_autoptr (GError) failure = NULL;
      if (fill (text, &failure))
        continue;
      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      if (searched == 0)
        return FALSE;
      set_line (text, line, searched);
      text->start = text->end;
      text->ended_in_line = TRUE;
      return TRUE;
    }
}

/**
 * plateau_text_rewind:
 * @lines: lines to skip from the beginning
 *
 * Goes back to the beginning and behind @lines lines.
 *
 * Returns: FALSE with @error set when the file cannot be read again
 */
gboolean
plateau_text_rewind (PlateauText *text, guint64 lines, GError **error)
{
  text->offset = text->bom;
  text->start = text->end = 0;
  text->line_number = 0;
  text->ended_in_line = FALSE;
  PlateauTextLine line;
  g_autoptr (GError) failure = NULL;
  for (guint64 i = 0; i < lines; i++)
    if (!plateau_text_next_line (text, &line, &failure))
      break;
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return TRUE;
}

/**
 * plateau_text_get_line_number:
 *
 * Returns: the number of the line that was given out last, from 1
 */
guint64
plateau_text_get_line_number (PlateauText *text)
{
  return text->line_number;
}

/**
 * plateau_text_get_window:
 *
 * Returns: a number that changes whenever lines given out before may have moved
 */
guint64
plateau_text_get_window (PlateauText *text)
{
  return text->window;
}

/**
 * plateau_text_ended_in_line:
 *
 * Returns: whether the line given out last was the end of a file without a line end: it may have
 *   been cut
 */
gboolean
plateau_text_ended_in_line (PlateauText *text)
{
  return text->ended_in_line;
}

/**
 * plateau_text_get_encoding:
 */
PlateauEncoding
plateau_text_get_encoding (PlateauText *text)
{
  return text->encoding;
}

/**
 * plateau_text_get_name:
 *
 * Returns: the name of the file, for messages
 */
const char *
plateau_text_get_name (PlateauText *text)
{
  return plateau_input_get_name (text->input);
}

/**
 * plateau_text_get_size:
 *
 * Returns: bytes of the whole file
 */
guint64
plateau_text_get_size (PlateauText *text)
{
  return plateau_input_get_size (text->input);
}

/**
 * plateau_text_get_offset:
 *
 * Returns: bytes of the file in front of the next line (an estimate for UTF-16)
 */
guint64
plateau_text_get_offset (PlateauText *text)
{
  guint64 pending = text->end - text->start;
  if (text->wide)
    pending *= 2;
  return text->offset > pending ? text->offset - pending : 0;
}

/**
 * plateau_text_decode:
 * @bytes: part of a line
 *
 * Returns: (transfer full): @bytes as UTF-8
 */
char *
plateau_text_decode (PlateauText *text, const char *bytes, gsize length)
{
  PlateauEncoding encoding = text->wide ? PLATEAU_ENCODING_UTF_8 : text->encoding;
  return plateau_encoding_decode (encoding, (const guint8 *) bytes, length);
}

/**
 * plateau_text_head:
 * @max_lines: how many lines at most
 *
 * The first lines as UTF-8, for finding out what follows; the text is then before its first line
 * again. Lines are cut at 64 KiB, and the whole at 2 MiB.
 *
 * Returns: (transfer full) (element-type utf8) (nullable): the lines, or NULL with @error set
 */
GPtrArray *
plateau_text_head (PlateauText *text, guint max_lines, GError **error)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) failure = NULL;
  if (!plateau_text_rewind (text, 0, error))
    return NULL;
  gsize total = 0;
  PlateauTextLine line;
  while (lines->len < max_lines && total < HEAD_LIMIT
         && plateau_text_next_line (text, &line, &failure))
    {
      gsize length = MIN (line.length, (gsize) HEAD_LINE_LIMIT);
      total += length;
      g_ptr_array_add (lines, plateau_text_decode (text, line.start, length));
    }
  /* A line without end behind good lines is met again, and reported, when the data are read. */
  if (failure != NULL && (lines->len == 0 || failure->domain != PLATEAU_READER_ERROR))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  if (!plateau_text_rewind (text, 0, error))
    return NULL;
  return g_steal_pointer (&lines);
}
