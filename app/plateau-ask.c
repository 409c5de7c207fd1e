/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-ask.h"

typedef struct
{
  GtkWindow *parent;
  guint n;
  char **actions, **targets;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;
  g_object_unref (question->parent);
  for (guint i = 0; i < question->n; i++)
    {
      g_free (question->actions[i]);
      g_free (question->targets[i]);
    }
  g_free (question->actions);
  g_free (question->targets);
  g_free (question);
}

static void
answered (GtkDialog *dialog, int answer, gpointer user_data)
{
  Question *question = user_data;
  g_autoptr (GtkWindow) parent = g_object_ref (question->parent);
  gboolean known = answer >= 0 && answer < (int) question->n;
  g_autofree char *action = known ? g_steal_pointer (&question->actions[answer]) : NULL;
  g_autofree char *target = known ? g_steal_pointer (&question->targets[answer]) : NULL;
  gtk_window_destroy (GTK_WINDOW (dialog));
  if (action != NULL)
    gtk_widget_activate_action_variant (GTK_WIDGET (parent), action,
                                        target != NULL ? g_variant_new_string (target) : NULL);
}

/**
 * plateau_ask:
 * @text: what is the matter, with the file's name and what can be done
 * @answers: from left to right; the first is what Escape means
 */
void
plateau_ask (GtkWindow *parent, const char *title, const char *text, const PlateauAnswer *answers,
             guint n_answers)
{
  GtkWidget *dialog = gtk_message_dialog_new (
      parent, GTK_DIALOG_MODAL | GTK_DIALOG_DESTROY_WITH_PARENT,
      GTK_MESSAGE_OTHER, GTK_BUTTONS_NONE, "%s", title);
  gtk_message_dialog_format_secondary_text (GTK_MESSAGE_DIALOG (dialog), "%s", text);
  Question *question = g_new0 (Question, 1);
  question->parent = g_object_ref (parent);
  question->n = n_answers;
  question->actions = g_new0 (char *, n_answers);
  question->targets = g_new0 (char *, n_answers);
  for (guint i = 0; i < n_answers; i++)
    {
      GtkWidget *button = gtk_dialog_add_button (GTK_DIALOG (dialog), answers[i].label, (int) i);
      question->actions[i] = g_strdup (answers[i].action);
      question->targets[i] = g_strdup (answers[i].target);
      if (answers[i].destructive)
        gtk_widget_add_css_class (button, "destructive-action");
      if (answers[i].suggested)
        {
          gtk_widget_add_css_class (button, "suggested-action");
          gtk_dialog_set_default_response (GTK_DIALOG (dialog), (int) i);
        }
    }
  g_signal_connect_data (dialog, "response", G_CALLBACK (answered), question,
                         (GClosureNotify) (void (*) (void)) question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
