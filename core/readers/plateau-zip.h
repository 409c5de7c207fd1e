/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "readers/plateau-input.h"

G_BEGIN_DECLS

/* A zip archive under reading. Sizes are checked before they are believed: a member that would
 * unpack to more than PLATEAU_ZIP_MAX_RATIO times its packed size is refused, and a member that
 * gives more bytes than the archive says is an error. */

#define PLATEAU_ZIP_MAX_RATIO 200

typedef struct _PlateauZip PlateauZip;
typedef struct _PlateauZipMember PlateauZipMember;

PlateauZip *plateau_zip_open (PlateauInput *input, GError **error);
void plateau_zip_free (PlateauZip *zip);
guint plateau_zip_get_n_members (PlateauZip *zip);
const char *plateau_zip_get_member_name (PlateauZip *zip, guint index);
gboolean plateau_zip_has (PlateauZip *zip, const char *name);
guint64 plateau_zip_get_size (PlateauZip *zip, const char *name);

PlateauZipMember *plateau_zip_open_member (PlateauZip *zip, const char *name, GError **error);
gssize plateau_zip_member_read (PlateauZipMember *member, gpointer buffer, gsize length,
                                GError **error);
gboolean plateau_zip_member_unpack (PlateauZipMember *member, guint8 *buffer);
void plateau_zip_member_free (PlateauZipMember *member);
GBytes *plateau_zip_read (PlateauZip *zip, const char *name, GError **error);

gboolean plateau_zip_is_zip (const guint8 *head, gsize length);
gboolean plateau_zip_lists (const guint8 *head, gsize length, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauZip, plateau_zip_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauZipMember, plateau_zip_member_free)

G_END_DECLS
