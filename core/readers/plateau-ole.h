/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "readers/plateau-input.h"

G_BEGIN_DECLS

/* Compound files (OLE 2): a small file system in a file, in which old workbooks and protected new
 * ones are kept. */
typedef struct _PlateauOle PlateauOle;

gboolean plateau_ole_is_ole (const guint8 *head, gsize length);
PlateauOle *plateau_ole_open (PlateauInput *input, GError **error);
void plateau_ole_close (PlateauOle *ole);
gboolean plateau_ole_has (PlateauOle *ole, const char *stream);
GBytes *plateau_ole_read (PlateauOle *ole, const char *stream, gboolean *cut, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauOle, plateau_ole_close)

G_END_DECLS
