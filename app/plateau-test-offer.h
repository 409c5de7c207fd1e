/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What can be done about a plot that the selected cells cannot fill, as buttons: another test that
 * can, of the same samples ("Show “rate”") or else of others ("Show “CV” of LCO"), and a remedy.
 * Hidden while there is neither. */
#define PLATEAU_TYPE_TEST_OFFER (plateau_test_offer_get_type ())
G_DECLARE_FINAL_TYPE (PlateauTestOffer, plateau_test_offer, PLATEAU, TEST_OFFER, GtkWidget)

typedef enum
{
  PLATEAU_REMEDY_NONE,
  PLATEAU_REMEDY_ADD_DATA,
  PLATEAU_REMEDY_TAKE_IN,   /* the cells of the selected samples that are left out */
  PLATEAU_REMEDY_THICKNESS, /* of a selected cell, to be entered */
} PlateauRemedy;

GtkWidget *plateau_test_offer_new (PlateauDocument *document);
/* Looks in the background for the first test that a plot of one of @kinds (separated by a space)
 * can be made of; %NULL: none. */
void plateau_test_offer_look (PlateauTestOffer *offer, const char *kinds, PlateauRemedy remedy);

G_END_DECLS
