/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What follows from a formula, the mix of a composite and a current, with a press that fills the
 * fields of the selected sample and cell. */
GtkWidget *plateau_facts_dialog_new (PlateauDocument *document, GtkWindow *parent);

G_END_DECLS
