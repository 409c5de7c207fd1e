/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/plateau-encoding.h"

#include <errno.h>
#include <string.h>

static const struct
{
  const char *name;
  const char *others[4];
} encodings[PLATEAU_N_ENCODINGS] = {
  [PLATEAU_ENCODING_UTF_8] = { "UTF-8", { "utf8", "ascii" } },
  [PLATEAU_ENCODING_WINDOWS_1252] = { "windows-1252", { "cp1252", "latin-1", "iso-8859-1" } },
  [PLATEAU_ENCODING_GB18030] = { "GB18030", { "gbk", "gb2312", "cp936" } },
  [PLATEAU_ENCODING_UTF_16LE] = { "UTF-16LE", { "utf-16", "utf16", "utf16le" } },
  [PLATEAU_ENCODING_UTF_16BE] = { "UTF-16BE", { "utf16be" } },
};

/* Unicode of the bytes 0x80..0x9F of windows-1252; the others are Latin-1. */
static const guint16 windows_1252[32] = {
  0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
  0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
  0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
};

/* Words of Chinese cyclers' headers, and the letters of units that a Chinese system writes in two
 * bytes even in English headers; one of them, decoded, settles GB18030. */
static const char *const chinese_words[] = {
  "循环", "工步", "电压", "电流", "容量", "时间", "状态", "测试", "记录", "序号", "充电", "放电",
  "静置", "搁置", "通道", "步骤", "能量", "数据", "μA",   "μV",   "μW",   "Ω",    "℃",
};

/**
 * plateau_encoding_get_name:
 *
 * Returns: the registered name ("GB18030")
 */
const char *
plateau_encoding_get_name (PlateauEncoding encoding)
{
  g_return_val_if_fail ((int) encoding >= 0 && encoding < PLATEAU_N_ENCODINGS, "");
  return encodings[encoding].name;
}

/**
 * plateau_encoding_from_name:
 * @name: as a person writes it ("utf8", "GBK")
 * @encoding: (out): the encoding of that name
 *
 * Returns: FALSE when @name is none of the known ones
 */
gboolean
plateau_encoding_from_name (const char *name, PlateauEncoding *encoding)
{
  g_return_val_if_fail (name != NULL && encoding != NULL, FALSE);
  for (guint i = 0; i < PLATEAU_N_ENCODINGS; i++)
    {
      gboolean same = g_ascii_strcasecmp (name, encodings[i].name) == 0;
      for (guint j = 0; !same && j < G_N_ELEMENTS (encodings[i].others); j++)
        same = encodings[i].others[j] != NULL
               && g_ascii_strcasecmp (name, encodings[i].others[j]) == 0;
      if (same)
        {
          *encoding = i;
          return TRUE;
        }
    }
  return FALSE;
}

/* TRUE when the zero bytes are those of ASCII characters in UTF-16 without a byte order mark. */
static gboolean
is_utf16 (const guint8 *head, gsize length, gboolean *big_endian)
{
  gsize zeros[2] = { 0, 0 };
  gsize pairs = length / 2;
  *big_endian = FALSE;
  if (memchr (head, 0, length) == NULL)
    return FALSE;
  for (gsize i = 0; i < 2 * pairs; i++)
    zeros[i & 1] += head[i] == 0;
  *big_endian = zeros[0] > zeros[1];
  gsize most = MAX (zeros[0], zeros[1]), least = MIN (zeros[0], zeros[1]);
  if (pairs < 4 || most * 4 < pairs || least * 50 > pairs)
    return FALSE;
  /* Binary numbers leave zeros in one place too, but their other halves are no characters. */
  gsize odd = 0;
  for (gsize i = 0; i < pairs; i++)
    {
      guint8 low = head[2 * i + *big_endian], high = head[2 * i + !*big_endian];
      odd += high == 0 && (low < 0x20 ? strchr ("\t\n\r\f", low) == NULL || low == 0 : low == 0x7F);
    }
  return odd * 30 < pairs;
}

static gsize
find_bom (const guint8 *head, gsize length, PlateauEncoding *encoding)
{
  if (length >= 3 && memcmp (head, "\xEF\xBB\xBF", 3) == 0)
    {
      *encoding = PLATEAU_ENCODING_UTF_8;
      return 3;
    }
  if (length >= 2 && head[0] == 0xFF && head[1] == 0xFE)
    {
      *encoding = PLATEAU_ENCODING_UTF_16LE;
      return 2;
    }
  if (length >= 2 && head[0] == 0xFE && head[1] == 0xFF)
    {
      *encoding = PLATEAU_ENCODING_UTF_16BE;
      return 2;
    }
  return 0;
}

/**
 * plateau_encoding_looks_like_text:
 * @head: the beginning of a file
 *
 * Stray control bytes (instruments leave them in free text) are allowed, a share of them is not.
 *
 * Returns: whether @head is text in one of the known encodings; FALSE when empty
 */
gboolean
plateau_encoding_looks_like_text (const guint8 *head, gsize length)
{
  PlateauEncoding encoding;
  gboolean big_endian;
  if (length == 0)
    return FALSE;
  if (is_utf16 (head, length, &big_endian))
    return TRUE;
  gsize bom = find_bom (head, length, &encoding);
  if (bom == 2)
    return FALSE; /* announced as UTF-16, but is_utf16() found no text */
  gsize controls = 0;
  for (gsize i = bom; i < length; i++)
    controls += head[i] < 0x20 && head[i] != '\t' && head[i] != '\n' && head[i] != '\r';
  return controls * 33 <= length;
}

static gboolean
is_gb18030 (const guint8 *head, gsize length)
{
  gsize pairs = 0, others = 0;
  for (gsize i = 0; i < length; i++)
    if (head[i] >= 0x80)
      {
        gboolean common = head[i] >= 0xA1 && head[i] <= 0xF7 && i + 1 < length
                          && head[i + 1] >= 0xA1 && head[i + 1] != 0xFF;
        if (common)
          pairs++, i++;
        else
          others++;
      }
  if (pairs == 0 || others > pairs / 8 + 1)
    return FALSE;
  if (pairs >= 6 && others == 0)
    return TRUE;
  g_autofree char *text = plateau_encoding_decode (PLATEAU_ENCODING_GB18030, head, length);
  for (gsize i = 0; i < G_N_ELEMENTS (chinese_words); i++)
    if (strstr (text, chinese_words[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* The length of @text without a multi-byte character that its end cuts. */
static gsize
whole_characters (const guint8 *text, gsize length)
{
  gsize back = 0;
  while (back < 3 && back < length && (text[length - 1 - back] & 0xC0) == 0x80)
    back++;
  if (back < length && text[length - 1 - back] >= 0xC0)
    return length - 1 - back;
  return length;
}

/**
 * plateau_encoding_detect:
 * @head: the beginning of a text file, 16 KiB or more if the file has them
 * @bom_length: (out): bytes of the byte order mark, or 0
 *
 * By byte order mark, by the zero bytes of UTF-16, as strict UTF-8, as GB18030 if it reads as
 * Chinese, and else windows-1252.
 *
 * Returns: the encoding; UTF-8 when there are only ASCII characters
 */
PlateauEncoding
plateau_encoding_detect (const guint8 *head, gsize length, gsize *bom_length)
{
  PlateauEncoding encoding = PLATEAU_ENCODING_UTF_8;
  gboolean big_endian;
  *bom_length = find_bom (head, length, &encoding);
  if (*bom_length > 0)
    return encoding;
  if (is_utf16 (head, length, &big_endian))
    return big_endian ? PLATEAU_ENCODING_UTF_16BE : PLATEAU_ENCODING_UTF_16LE;
  if (g_utf8_validate_len ((const char *) head, whole_characters (head, length), NULL))
    return PLATEAU_ENCODING_UTF_8;
  if (is_gb18030 (head, length))
    return PLATEAU_ENCODING_GB18030;
  /* A few NUL bytes or one broken character do not unmake UTF-8. */
  g_autofree char *text = plateau_encoding_decode (PLATEAU_ENCODING_UTF_8, head, length);
  gsize broken = 0, good = 0;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if ((guint8) *p >= 0x80)
      {
        if (g_utf8_get_char (p) == 0xFFFD)
          broken++;
        else
          good++;
      }
  return good > 2 * broken || broken == 0 ? PLATEAU_ENCODING_UTF_8 : PLATEAU_ENCODING_WINDOWS_1252;
}

/**
 * plateau_encoding_utf16_to_utf8:
 * @encoding: one of the two UTF-16
 * @length: bytes at @from; an odd last byte is left out
 * @to: room for 3 bytes per 2 of @length
 *
 * Unpaired surrogates become U+FFFD.
 *
 * Returns: bytes written, without a terminating zero
 */
gsize
plateau_encoding_utf16_to_utf8 (PlateauEncoding encoding, const guint8 *from, gsize length,
                                char *to)
{
  gsize low = encoding == PLATEAU_ENCODING_UTF_16BE, high = !low;
  char *out = to;
  for (gsize i = 0; i + 1 < length; i += 2)
    {
      guint32 c = from[i + low] | (guint32) from[i + high] << 8;
      if (c < 0x80)
        {
          *out++ = (char) c;
          continue;
        }
      if (c >= 0xD800 && c < 0xDC00 && i + 3 < length)
        {
          guint32 next = from[i + 2 + low] | (guint32) from[i + 2 + high] << 8;
          if (next >= 0xDC00 && next < 0xE000)
            {
              c = 0x10000 + ((c - 0xD800) << 10) + (next - 0xDC00);
              i += 2;
            }
        }
      if (c >= 0xD800 && c < 0xE000)
        c = 0xFFFD;
      out += g_unichar_to_utf8 (c, out);
    }
  return (gsize) (out - to);
}

static char *
decode_gb18030 (const guint8 *text, gsize length)
{
  GIConv converter = g_iconv_open ("UTF-8", "GB18030");
  if (converter == (GIConv) -1)
    return g_utf8_make_valid ((const char *) text, (gssize) length);
  g_autoptr (GString) out = g_string_sized_new (2 * length + 1);
  char *from = (char *) text;
  gsize left = length;
  while (left > 0)
    {
      char buffer[1024];
      char *to = buffer;
      gsize room = sizeof buffer;
      gsize result = g_iconv (converter, &from, &left, &to, &room);
      int code = errno;
      g_string_append_len (out, buffer, to - buffer);
      if (result == (gsize) -1 && code != E2BIG && left > 0)
        {
          g_string_append_unichar (out, 0xFFFD);
          from++;
          left--;
        }
    }
  g_iconv_close (converter);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
decode_windows_1252 (const guint8 *text, gsize length)
{
  g_autoptr (GString) out = g_string_sized_new (length + 16);
  for (gsize i = 0; i < length; i++)
    if (text[i] < 0x80)
      g_string_append_c (out, (char) text[i]);
    else
      g_string_append_unichar (out, text[i] < 0xA0 ? windows_1252[text[i] - 0x80] : text[i]);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * plateau_encoding_decode:
 * @text: (array length=length): bytes in @encoding
 *
 * Never fails: what is no character of @encoding becomes U+FFFD, and NUL a space.
 *
 * Returns: (transfer full): the text as UTF-8
 */
char *
plateau_encoding_decode (PlateauEncoding encoding, const guint8 *text, gsize length)
{
  g_autofree guint8 *copy = NULL;
  gboolean wide = encoding == PLATEAU_ENCODING_UTF_16LE || encoding == PLATEAU_ENCODING_UTF_16BE;
  if (!wide && length > 0 && memchr (text, 0, length) != NULL)
    {
      copy = g_memdup2 (text, length);
      for (gsize i = 0; i < length; i++)
        if (copy[i] == 0)
          copy[i] = ' ';
      text = copy;
    }
  switch (encoding)
    {
    case PLATEAU_ENCODING_GB18030:
      return decode_gb18030 (text, length);
    case PLATEAU_ENCODING_WINDOWS_1252:
      return decode_windows_1252 (text, length);
    case PLATEAU_ENCODING_UTF_16LE:
    case PLATEAU_ENCODING_UTF_16BE:
      {
        char *out = g_malloc (length / 2 * 3 + 1);
        gsize n = plateau_encoding_utf16_to_utf8 (encoding, text, length, out);
        out[n] = '\0';
        for (gsize i = 0; i < n; i++)
          if (out[i] == '\0')
            out[i] = ' ';
        return out;
      }
    case PLATEAU_ENCODING_UTF_8:
    case PLATEAU_N_ENCODINGS:
    default:
      return g_utf8_make_valid ((const char *) text, (gssize) length);
    }
}
