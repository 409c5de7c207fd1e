/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-manner.h"

#include <glib/gi18n.h>

struct _PlateauManner
{
  GObject parent_instance;

  PlateauNotation notation;
  PlateauColours colours;
  gboolean contrast;
};

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlateauManner, plateau_manner, G_TYPE_OBJECT)

static void
plateau_manner_class_init (PlateauMannerClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", PLATEAU_TYPE_MANNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
plateau_manner_init (PlateauManner *manner)
{
}

PlateauManner *
plateau_manner_get_default (void)
{
  static PlateauManner *manner;
  if (manner == NULL)
    manner = g_object_new (PLATEAU_TYPE_MANNER, NULL);
  return manner;
}

void
plateau_manner_set (PlateauManner *manner, const PlateauNotation *notation, PlateauColours colours)
{
  if (manner->notation.per_kg == notation->per_kg && manner->notation.kelvin == notation->kelvin
      && manner->colours == colours)
    return;
  manner->notation = *notation;
  manner->colours = colours;
  g_signal_emit (manner, signals[CHANGED], 0);
}

const PlateauNotation *
plateau_manner_get_notation (PlateauManner *manner)
{
  return &manner->notation;
}

PlateauColours
plateau_manner_get_colours (PlateauManner *manner)
{
  return manner->colours;
}

char *
plateau_manner_dup_text (const char *text)
{
  char *other = plateau_notation_rewrite (&plateau_manner_get_default ()->notation, text);
  return other != NULL ? other : g_strdup (text);
}

void
plateau_manner_set_contrast (PlateauManner *manner, gboolean contrast)
{
  if (manner->contrast == contrast)
    return;
  manner->contrast = contrast;
  g_signal_emit (manner, signals[CHANGED], 0);
}

gboolean
plateau_manner_get_contrast (PlateauManner *manner)
{
  return manner->contrast;
}

/* @labels: to be translated, in the order of the list. */
void
plateau_manner_label_choices (GtkDropDown *chooser, const char *const *labels)
{
  GtkStringList *list = GTK_STRING_LIST (gtk_drop_down_get_model (chooser));
  for (guint i = 0; labels[i] != NULL; i++)
    {
      g_autofree char *label = plateau_manner_dup_text (_ (labels[i]));
      gboolean shown = i < g_list_model_get_n_items (G_LIST_MODEL (list));
      if (!shown || g_strcmp0 (gtk_string_list_get_string (list, i), label) != 0)
        gtk_string_list_splice (list, i, shown ? 1 : 0, (const char *const[]){ label, NULL });
    }
}
