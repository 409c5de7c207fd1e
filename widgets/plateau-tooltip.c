/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-tooltip.h"

#include "plateau-manner.h"

static GQuark
tooltip_quark (void)
{
  return g_quark_from_static_string ("plateau-tooltip");
}

static gboolean
query (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  const char *text = g_object_get_qdata (G_OBJECT (widget), tooltip_quark ());
  if (text == NULL)
    return FALSE;
  g_autofree char *shown = plateau_manner_dup_text (text);
  gtk_tooltip_set_text (tooltip, shown);
  return TRUE;
}

static void
describe (GtkWidget *widget)
{
  const char *text = g_object_get_qdata (G_OBJECT (widget), tooltip_quark ());
  g_autofree char *shown = text != NULL ? plateau_manner_dup_text (text) : NULL;
  if (shown != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    shown, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

/* Few texts have a unit in them that a person may want otherwise. */
static void
follow_manner (GtkWidget *widget, const char *text)
{
  PlateauManner *manner = plateau_manner_get_default ();
  const PlateauNotation other = { TRUE, TRUE };
  g_autofree char *rewritten = plateau_notation_rewrite (&other, text);
  g_signal_handlers_disconnect_by_func (manner, describe, widget);
  if (rewritten != NULL)
    g_signal_connect_object (manner, "changed", G_CALLBACK (describe), widget, G_CONNECT_SWAPPED);
}

void
plateau_tooltip_set (GtkWidget *widget, const char *text)
{
  const char *before = g_object_get_qdata (G_OBJECT (widget), tooltip_quark ());
  if (g_strcmp0 (before, text) == 0)
    return;
  if (g_signal_handler_find (widget, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, query, NULL) == 0)
    g_signal_connect (widget, "query-tooltip", G_CALLBACK (query), NULL);
  g_object_set_qdata_full (G_OBJECT (widget), tooltip_quark (), g_strdup (text), g_free);
  gtk_widget_set_has_tooltip (widget, text != NULL);
  follow_manner (widget, text);
  describe (widget);
}

const char *
plateau_tooltip_get (GtkWidget *widget)
{
  return g_object_get_qdata (G_OBJECT (widget), tooltip_quark ());
}
