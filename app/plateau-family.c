/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-family.h"

#include "plateau-preferences.h"

#include <glib/gi18n.h>
#include <math.h>

static void
set_number (PlateauDocument *document, gpointer object, const char *property, double number)
{
  g_auto (GValue) value = G_VALUE_INIT;
  if (isnan (number))
    return; /* nothing is said of it */
  g_value_init (&value, G_TYPE_DOUBLE);
  g_value_set_double (&value, number);
  plateau_document_edit (document, plateau_edit_new_property (object, property, &value));
}

char *
plateau_family_apply (PlateauDocument *document, const char *family)
{
  PlateauProject *project = plateau_document_get_project (document);
  GListModel *samples = plateau_project_get_samples (project);
  g_autofree char *name = g_strdup_printf (_ ("Set 1C and offset of %s"), family);
  double one_c, offset;
  guint n_samples = 0, n_cells = 0;
  plateau_preferences_get_family (family, &one_c, &offset);
  plateau_document_begin (document, name, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (samples); i++)
    {
      g_autoptr (PlateauSample) sample = g_list_model_get_item (samples, i);
      if (g_strcmp0 (plateau_sample_get_family (sample), family) != 0)
        continue;
      g_autoptr (GPtrArray) cells = plateau_project_list_cells_of (project, sample, TRUE);
      set_number (document, sample, "specific-current-1c", one_c);
      for (guint k = 0; k < cells->len; k++)
        set_number (document, g_ptr_array_index (cells, k), "reference-offset", offset);
      n_samples++;
      n_cells += cells->len;
    }
  gboolean changed = plateau_document_end (document);
  if (n_samples == 0)
    return g_strdup_printf (_ ("The project has no sample of the family %s."), family);
  if (!changed)
    return g_strdup_printf (_ ("The family %s has these values already."), family);
  return g_strdup_printf (_ ("%s: samples %u, cells %u."), name, n_samples, n_cells);
}
