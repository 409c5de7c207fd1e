/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-tooltip.h"

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
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
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
  if (text != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    text, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

const char *
plateau_tooltip_get (GtkWidget *widget)
{
  return g_object_get_qdata (G_OBJECT (widget), tooltip_quark ());
}
