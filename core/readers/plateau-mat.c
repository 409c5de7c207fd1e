/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/plateau-mat.h"

#include "base/plateau-error.h"

#include <glib/gi18n.h>
#include <string.h>
#include <zlib.h>

enum
{
  HEAD = 128,
  TYPE_MATRIX = 14,
  TYPE_COMPRESSED = 15,
  CLASS_STRUCT = 2,
  CLASS_DOUBLE = 6,
  CLASS_UINT64 = 15,
  FLAG_COMPLEX = 0x0800,
  MAX_DEPTH = 4,
  FILE_LIMIT = 256 << 20,
  RATIO_LIMIT = 200, /* of unpacked to packed; more is no measurement */
};

typedef struct
{
  const guint8 *p, *end;
  gboolean swapped; /* written with the other byte order */
} Cursor;

typedef struct
{
  guint32 type;
  const guint8 *data;
  gsize length;
} Element;

static guint32
read_u32 (const Cursor *cursor, const guint8 *p)
{
  guint32 value;
  memcpy (&value, p, sizeof value);
  return cursor->swapped ? GUINT32_SWAP_LE_BE (GUINT32_FROM_LE (value)) : GUINT32_FROM_LE (value);
}

/* The next data element; short ones keep type, length and data in eight bytes. */
static gboolean
next_element (Cursor *cursor, Element *element)
{
  if (cursor->end - cursor->p < 8)
    return FALSE;
  guint32 first = read_u32 (cursor, cursor->p);
  if (first >> 16 != 0)
    {
      element->type = first & 0xFFFF;
      element->length = first >> 16;
      element->data = cursor->p + 4;
      if (element->length > 4)
        return FALSE;
      cursor->p += 8;
      return TRUE;
    }
  element->type = first;
  element->length = read_u32 (cursor, cursor->p + 4);
  element->data = cursor->p + 8;
  gsize left = (gsize) (cursor->end - element->data);
  if (element->length > left)
    return FALSE;
  gsize padded = element->type == TYPE_COMPRESSED ? element->length : (element->length + 7) / 8 * 8;
  cursor->p = element->data + MIN (padded, left);
  return TRUE;
}

static gsize
type_size (guint32 type)
{
  static const guint8 sizes[16] = { 0, 1, 1, 2, 2, 4, 4, 4, 0, 8, 0, 0, 8, 8 };
  return type < G_N_ELEMENTS (sizes) ? sizes[type] : 0;
}

static double
read_number (const Cursor *cursor, guint32 type, const guint8 *p)
{
  guint8 raw[8];
  gsize size = type_size (type);
  for (gsize i = 0; i < size; i++)
    raw[i] = p[cursor->swapped ? size - 1 - i : i];
#define AS(ctype)                                                                                  \
  {                                                                                                \
    ctype value;                                                                                   \
    memcpy (&value, raw, sizeof value);                                                            \
    return (double) value;                                                                         \
  }
  switch (type)
    {
    case 1:
      AS (gint8)
    case 2:
      AS (guint8)
    case 3:
      AS (gint16)
    case 4:
      AS (guint16)
    case 5:
      AS (gint32)
    case 6:
      AS (guint32)
    case 7:
      AS (float)
    case 9:
      AS (double)
    case 12:
      AS (gint64)
    default:
      AS (guint64)
    }
#undef AS
}

static double *
read_numbers (const Cursor *cursor, const Element *element, gsize n)
{
  gsize size = type_size (element->type);
  if (size == 0 || element->length / size < n)
    return NULL;
  double *numbers = g_new (double, MAX (n, 1));
  for (gsize i = 0; i < n; i++)
    numbers[i] = read_number (cursor, element->type, element->data + i * size);
  return numbers;
}

static void
array_free (PlateauMatArray *array)
{
  g_free (array->name);
  g_free (array->re);
  g_free (array->im);
  g_free (array);
}

static void read_matrix (Cursor *cursor, const char *field, guint depth, GPtrArray *arrays);

/* The fields of a 1 x 1 struct; of larger ones those of every element, in order. */
static void
read_struct (Cursor *cursor, gsize n, guint depth, GPtrArray *arrays)
{
  Element length, names;
  if (!next_element (cursor, &length) || length.length < 4 || !next_element (cursor, &names))
    return;
  gsize width = read_u32 (cursor, length.data);
  if (width == 0 || width > 256)
    return;
  gsize n_fields = names.length / width;
  for (gsize i = 0; i < n * n_fields; i++)
    {
      Element value;
      if (!next_element (cursor, &value))
        return;
      if (value.type != TYPE_MATRIX)
        continue;
      g_autofree char *name = g_strndup ((const char *) names.data + (i % n_fields) * width, width);
      Cursor inner = { value.data, value.data + value.length, cursor->swapped };
      read_matrix (&inner, name, depth + 1, arrays);
    }
}

static void
read_matrix (Cursor *cursor, const char *field, guint depth, GPtrArray *arrays)
{
  Element flags, dimensions, name, re, im;
  if (depth > MAX_DEPTH || !next_element (cursor, &flags) || flags.length < 8
      || !next_element (cursor, &dimensions) || dimensions.length < 8
      || !next_element (cursor, &name))
    return;
  guint32 flag_bits = read_u32 (cursor, flags.data);
  guint32 class = flag_bits & 0xFF;
  gsize rows = read_u32 (cursor, dimensions.data);
  gsize columns = read_u32 (cursor, dimensions.data + 4);
  for (gsize i = 8; i + 4 <= dimensions.length; i += 4)
    if (read_u32 (cursor, dimensions.data + i) != 1)
      return; /* more than two dimensions */
  if (rows == 0 || columns == 0 || rows > G_MAXUINT32 / columns)
    return;
  if (class == CLASS_STRUCT)
    {
      if (rows * columns <= 10000)
        read_struct (cursor, rows * columns, depth, arrays);
      return;
    }
  if (class < CLASS_DOUBLE || class > CLASS_UINT64 || !next_element (cursor, &re))
    return;
  PlateauMatArray *array = g_new0 (PlateauMatArray, 1);
  array->name = name.length > 0 ? g_strndup ((const char *) name.data, name.length)
                                : g_strdup (field != NULL ? field : "");
  array->rows = rows;
  array->columns = columns;
  array->re = read_numbers (cursor, &re, rows * columns);
  if ((flag_bits & FLAG_COMPLEX) != 0 && next_element (cursor, &im))
    array->im = read_numbers (cursor, &im, rows * columns);
  if (array->re == NULL)
    array_free (array);
  else
    g_ptr_array_add (arrays, array);
}

static GByteArray *
inflate_element (const Element *element)
{
  z_stream stream = { .next_in = (Bytef *) element->data, .avail_in = (uInt) element->length };
  if (inflateInit (&stream) != Z_OK)
    return NULL;
  GByteArray *out = g_byte_array_new ();
  gsize limit = MIN ((gsize) FILE_LIMIT, element->length * RATIO_LIMIT + (1 << 20));
  int state = Z_OK;
  while (state == Z_OK && out->len < limit)
    {
      guint8 block[1 << 15];
      stream.next_out = block;
      stream.avail_out = sizeof block;
      state = inflate (&stream, Z_NO_FLUSH);
      if (state != Z_OK && state != Z_STREAM_END)
        break;
      guint got = (guint) (sizeof block - stream.avail_out);
      if (got == 0)
        break;
      g_byte_array_append (out, block, got);
    }
  inflateEnd (&stream);
  return out;
}

static gboolean
read_elements (Cursor *cursor, guint depth, GPtrArray *arrays)
{
  Element element;
  while (cursor->end - cursor->p >= 8)
    {
      if (!next_element (cursor, &element))
        return FALSE;
      Cursor inner = { element.data, element.data + element.length, cursor->swapped };
      if (element.type == TYPE_MATRIX)
        read_matrix (&inner, NULL, 0, arrays);
      else if (element.type == TYPE_COMPRESSED && depth == 0)
        {
          g_autoptr (GByteArray) unpacked = inflate_element (&element);
          if (unpacked == NULL)
            return FALSE;
          if (unpacked->len == 0)
            return FALSE;
          inner = (Cursor){ unpacked->data, unpacked->data + unpacked->len, cursor->swapped };
          if (!read_elements (&inner, depth + 1, arrays))
            return FALSE;
        }
    }
  return TRUE;
}

/**
 * plateau_mat_is_magic:
 *
 * Returns: whether a file that begins with @head is a MAT-file of level 5
 */
gboolean
plateau_mat_is_magic (const guint8 *head, gsize length)
{
  return length >= HEAD && memcmp (head, "MATLAB 5.0 MAT-file", 19) == 0
         && (memcmp (head + 126, "IM", 2) == 0 || memcmp (head + 126, "MI", 2) == 0);
}

/**
 * plateau_mat_read:
 * @input: a MAT-file of level 5, compressed or not, of either byte order
 * @damaged: (out): whether it breaks off or holds what cannot be unpacked
 *
 * Returns: (transfer full) (element-type PlateauMatArray) (nullable): its numeric arrays of two
 *   dimensions, those in structs by the names of their fields; or NULL with @error set
 */
GPtrArray *
plateau_mat_read (PlateauInput *input, gboolean *damaged, GError **error)
{
  g_autoptr (GBytes) bytes = plateau_input_read_all (input, FILE_LIMIT, error);
  if (bytes == NULL)
    return NULL;
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  if (!plateau_mat_is_magic (data, length))
    {
      g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_INVALID,
                   _ ("“%s” is no MAT-file of MATLAB 5 to 7; save it with save -v7"),
                   plateau_input_get_name (input));
      return NULL;
    }
  Cursor cursor = { data + HEAD, data + length, memcmp (data + 126, "MI", 2) == 0 };
  GPtrArray *arrays = g_ptr_array_new_with_free_func ((GDestroyNotify) array_free);
  *damaged = !read_elements (&cursor, 0, arrays);
  return arrays;
}
