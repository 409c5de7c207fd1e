/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A button for a plot that the selected cells cannot fill: it selects another test that can, of the
 * same samples ("Show “rate”") or else of others ("Show “CV” of LCO"). Hidden while there is none.
 */
#define PLATEAU_TYPE_TEST_OFFER (plateau_test_offer_get_type ())
G_DECLARE_FINAL_TYPE (PlateauTestOffer, plateau_test_offer, PLATEAU, TEST_OFFER, GtkWidget)

GtkWidget *plateau_test_offer_new (PlateauDocument *document);
/* Looks in the background for the first test that a plot of one of @kinds (separated by a space)
 * can be made of; %NULL: none, hide. */
void plateau_test_offer_look (PlateauTestOffer *offer, const char *kinds);

G_END_DECLS
