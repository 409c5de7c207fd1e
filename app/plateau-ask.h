/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A question, or a sentence that must not be missed, in a dialog over the window. */
typedef struct
{
  const char *label;  /* translated */
  const char *action; /* of the window or the program; NULL: nothing but closing the dialog */
  const char *target; /* (nullable): a text */
  gboolean suggested, destructive;
} PlateauAnswer;

void plateau_ask (GtkWindow *parent, const char *title, const char *text,
                  const PlateauAnswer *answers, guint n_answers);

G_END_DECLS
