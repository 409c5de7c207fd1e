/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A button for a plot that the selected cells cannot fill: it selects another test of the same
 * samples that can ("Show “rate”"). Hidden while there is none. */
#define PLATEAU_TYPE_TEST_OFFER (plateau_test_offer_get_type ())
G_DECLARE_FINAL_TYPE (PlateauTestOffer, plateau_test_offer, PLATEAU, TEST_OFFER, GtkWidget)

GtkWidget *plateau_test_offer_new (PlateauDocument *document);
/* Looks in the background for the first test of the selected samples that a plot of @kind can be
 * made of; %NULL: none, hide. */
void plateau_test_offer_look (PlateauTestOffer *offer, const char *kind);

G_END_DECLS
