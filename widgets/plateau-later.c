/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-later.h"

/* Longer than from one frame to the next. */
#define PAUSE_MS 20

typedef struct
{
  GWeakRef object;
  PlateauLaterFunc func;
} Step;

static struct
{
  GQueue steps;
  guint source;
} later = { G_QUEUE_INIT, 0 };

static void
step_free (Step *step)
{
  g_weak_ref_clear (&step->object);
  g_free (step);
}

static gboolean
take_step (gpointer user_data)
{
  g_autoptr (GObject) object = NULL;
  while (object == NULL && !g_queue_is_empty (&later.steps))
    {
      Step *step = g_queue_pop_head (&later.steps);
      PlateauLaterFunc func = step->func;
      object = g_weak_ref_get (&step->object);
      step_free (step);
      if (object != NULL)
        func (object);
    }
  if (!g_queue_is_empty (&later.steps))
    return G_SOURCE_CONTINUE;
  later.source = 0;
  return G_SOURCE_REMOVE;
}

void
plateau_later (gpointer object, PlateauLaterFunc func)
{
  g_return_if_fail (G_IS_OBJECT (object));
  for (GList *link = later.steps.head; link != NULL; link = link->next)
    {
      Step *step = link->data;
      g_autoptr (GObject) waiting = g_weak_ref_get (&step->object);
      if (waiting == object && step->func == func)
        return;
    }
  Step *step = g_new0 (Step, 1);
  g_weak_ref_init (&step->object, object);
  step->func = func;
  g_queue_push_tail (&later.steps, step);
  /* below the drawing of frames */
  if (later.source == 0)
    later.source = g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, PAUSE_MS, take_step, NULL, NULL);
}

gboolean
plateau_later_is_pending (void)
{
  return later.source != 0;
}
