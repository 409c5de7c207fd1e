/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-drt.h"

#include "base/plateau-error.h"
#include "base/plateau-number.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  const char *preset;
  const char *name, *brief;
  double low, high;
} WindowRow;

/* Time constants as two studies of lithium-rich layered cathodes in solid-state cells assign them:
 * sun2022, Sci. Adv. 8, eadd5189; lei2026, Nano-Micro Lett. 18, 383. */
static const WindowRow window_rows[] = {
  { "sun2022", N_ ("SE grain boundary"), "g.b.", 1e-7, 1e-5 },
  { "sun2022", N_ ("SEI/CEI"), "CEI", 1e-5, 1e-3 },
  { "sun2022", N_ ("Charge transfer 1"), "R_ct1", 1e-3, 1e-1 },
  { "sun2022", N_ ("Charge transfer 2"), "R_ct2", 1e-1, 1 },
  { "lei2026", N_ ("SE grain boundary"), "g.b.", 1e-7, 1e-5 },
  { "lei2026", N_ ("SEI/CEI"), "CEI", 1e-5, 1e-3 },
  { "lei2026", N_ ("Charge transfer"), "R_ct", 1e-3, 1e-1 },
  { "lei2026", N_ ("Li⁺ diffusion"), "R_d", 1, 1e2 },
};

static const char *const preset_ids[] = { "sun2022", "lei2026", NULL };

/**
 * plateau_drt_window_new:
 * @name: name of the process
 * @brief: short name for narrow places
 * @low: lower end of tau, s
 * @high: upper end, s
 *
 * Returns: (transfer full): a window
 */
PlateauDrtWindow *
plateau_drt_window_new (const char *name, const char *brief, double low, double high)
{
  PlateauDrtWindow *window = g_new (PlateauDrtWindow, 1);

  window->name = g_strdup (name);
  window->brief = g_strdup (brief);
  window->low = low;
  window->high = high;
  return window;
}

/**
 * plateau_drt_window_free:
 * @window: a window
 */
void
plateau_drt_window_free (PlateauDrtWindow *window)
{
  g_free (window->name);
  g_free (window->brief);
  g_free (window);
}

static GPtrArray *
windows_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_drt_window_free);
}

/**
 * plateau_drt_windows_list:
 *
 * Returns: (array zero-terminated=1): ids of the presets
 */
const char *const *
plateau_drt_windows_list (void)
{
  return preset_ids;
}

/**
 * plateau_drt_windows_preset:
 * @id: id of a preset
 *
 * Returns: (transfer full) (element-type PlateauDrtWindow): its windows; empty for an unknown id
 */
GPtrArray *
plateau_drt_windows_preset (const char *id)
{
  GPtrArray *windows = windows_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (window_rows); i++)
    if (g_strcmp0 (window_rows[i].preset, id) == 0)
      g_ptr_array_add (windows,
                       plateau_drt_window_new (_ (window_rows[i].name), window_rows[i].brief,
                                               window_rows[i].low, window_rows[i].high));
  return windows;
}

/**
 * plateau_drt_windows_to_text:
 * @windows: (element-type PlateauDrtWindow): windows
 *
 * Returns: (transfer full): "name|brief|low|high" joined by ";", for the project's settings
 */
char *
plateau_drt_windows_to_text (GPtrArray *windows)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < windows->len; i++)
    {
      const PlateauDrtWindow *window = g_ptr_array_index (windows, i);
      g_autofree char *low = plateau_format_double (window->low);
      g_autofree char *high = plateau_format_double (window->high);

      g_string_append_printf (text, "%s%s|%s|%s|%s", i > 0 ? ";" : "", window->name, window->brief,
                              low, high);
    }
  return g_string_free (text, FALSE);
}

/**
 * plateau_drt_windows_from_text:
 * @text: what plateau_drt_windows_to_text() wrote
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type PlateauDrtWindow): the windows
 */
GPtrArray *
plateau_drt_windows_from_text (const char *text, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);
  g_autoptr (GPtrArray) windows = windows_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_auto (GStrv) fields = NULL;
      double low, high;

      if (g_strstrip (parts[i])[0] == '\0')
        continue;
      fields = g_strsplit (parts[i], "|", -1);
      if (g_strv_length (fields) != 4 || !plateau_parse_number (fields[2], &low)
          || !plateau_parse_number (fields[3], &high) || !(low > 0) || !(high > low))
        {
          g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID,
                       _ ("“%s” is not a process window. Expected: name|short name|from|to, times "
                          "in seconds with 0 < from < to."),
                       parts[i]);
          return NULL;
        }
      g_ptr_array_add (windows, plateau_drt_window_new (fields[0], fields[1], low, high));
    }
  return g_steal_pointer (&windows);
}

/**
 * plateau_drt_windows_assign:
 * @windows: (element-type PlateauDrtWindow): windows
 * @tau: a relaxation time, s
 *
 * Returns: (nullable): name of the first window that holds @tau
 */
const char *
plateau_drt_windows_assign (GPtrArray *windows, double tau)
{
  for (guint i = 0; i < windows->len; i++)
    {
      const PlateauDrtWindow *window = g_ptr_array_index (windows, i);

      if (tau >= window->low && tau < window->high)
        return window->name;
    }
  return NULL;
}
