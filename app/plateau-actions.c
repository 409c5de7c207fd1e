/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-actions.h"

#include <glib/gi18n.h>

#define FILES N_ ("Files")
#define EDIT N_ ("Editing")
#define MOVE N_ ("Getting about")
#define PLOT N_ ("In a plot")
#define FIGURE N_ ("On a figure")
#define TABLE N_ ("In a table")

static const PlateauActionInfo actions[] = {
  { FILES, N_ ("Open a project"), "win.open", { "<Control>o" } },
  { FILES, N_ ("Add files"), "win.add-data", { "<Control>d" } },
  { FILES, N_ ("Add a folder"), "win.add-folder", { "<Control><Shift>d" } },
  { FILES, N_ ("Paste files"), "win.paste-files", { "<Control>v" } },
  { FILES, N_ ("Save the project as"), "win.save-as", { "<Control><Shift>s" } },
  { FILES, N_ ("New window"), "app.new-window", { "<Control>n" } },
  { FILES, N_ ("Export the figure of this page"), "win.export-page", { "<Control>e" } },
  { FILES, N_ ("Print the figure of this page"), "win.print-page", { "<Control>p" } },
  { FILES, N_ ("Export the workbook"), "win.export-workbook", { "<Control><Shift>e" } },
  { FILES, N_ ("Close the window"), "window.close", { "<Control>w" } },
  { FILES, N_ ("Quit"), "app.quit", { "<Control>q" } },

  { EDIT, N_ ("Undo"), "win.undo", { "<Control>z" } },
  { EDIT, N_ ("Redo"), "win.redo", { "<Control><Shift>z", "<Control>y" } },
  { EDIT, N_ ("Rename the sample or cell"), "win.rename", { "F2" } },
  { EDIT, N_ ("New sample of the selected cells"), "win.new-sample", { "<Control><Shift>n" } },
  { EDIT, N_ ("Leave a cell out, or take it in again"), "win.toggle-excluded", { "<Control>l" } },
  { EDIT,
    N_ ("Remove the selected from the project"),
    "win.remove-selected",
    { "<Control>Delete" } },
  { EDIT, N_ ("Menu of what has the focus"), NULL, { "Menu", "<Shift>F10" } },
  { EDIT, N_ ("Cell table"), "win.cell-table", { "<Control>t" } },
  { EDIT, N_ ("Material facts"), "win.material-facts", { NULL } },
  { EDIT, N_ ("Own reported values"), "win.own-literature", { NULL } },

  { MOVE, N_ ("Next part of the window"), "win.next-part", { "F6" } },
  { MOVE, N_ ("Part before"), "win.previous-part", { "<Shift>F6" } },
  { MOVE, N_ ("Find a cell or sample"), "win.find", { "<Control>f" } },
  { MOVE, N_ ("Stop what is running"), "win.cancel-jobs", { "<Shift>Escape" } },
  { MOVE, N_ ("Compute the page again"), "win.compute-again", { "F5" } },
  { MOVE, N_ ("Fold and unfold a sample or test"), NULL, { "Left", "Right" } },
  { MOVE, N_ ("Next page"), "win.next-page", { "<Control>Page_Down" } },
  { MOVE, N_ ("Page before"), "win.previous-page", { "<Control>Page_Up" } },
  { MOVE, N_ ("Go to page 1 to 9"), NULL, { "<Alt>1", "<Alt>9" } },
  { MOVE, N_ ("Show or hide the inspector"), "win.show-inspector", { "F9" } },
  { MOVE, N_ ("Show or hide the messages"), "win.show-messages", { "<Control>m" } },
  { MOVE, N_ ("Preferences"), "app.preferences", { "<Control>comma" } },
  { MOVE, N_ ("Help"), "app.help", { "F1" } },
  { MOVE, N_ ("Keyboard shortcuts"), "win.show-help-overlay", { "<Control>question" } },

  { PLOT, N_ ("Zoom at the pointer: wheel; with Shift only x, with Ctrl only y"), NULL, { NULL } },
  { PLOT, N_ ("Zoom to a box: drag"), NULL, { NULL } },
  { PLOT, N_ ("Pan"), NULL, { "Left", "Right" } },
  { PLOT, N_ ("Pan by small steps"), NULL, { "<Shift>Left", "<Shift>Right" } },
  { PLOT, N_ ("Zoom in and out; x or y held: that axis"), NULL, { "plus", "minus" } },
  { PLOT, N_ ("Fit to the data"), NULL, { "0", "Home" } },
  { PLOT, N_ ("View before and after"), NULL, { "<Alt>Left", "<Alt>Right" } },
  { PLOT, N_ ("The same: side buttons of the mouse"), NULL, { NULL } },
  { PLOT, N_ ("Next and previous curve"), NULL, { "Page_Down", "Page_Up" } },
  { PLOT, N_ ("Next and previous point"), NULL, { "bracketright", "bracketleft" } },
  { PLOT, N_ ("A twentieth of the curve on and back"), NULL, { "n", "p" } },
  { PLOT, N_ ("Select the cell of the curve; where points are masked: mask the point"), NULL, { "Return" } },
  { PLOT, N_ ("Zoom to a box, or mask in it: once at a point, again at another"), NULL, { "b" } },
  { PLOT, N_ ("Hide the curve, show all again"), NULL, { "h", "<Shift>h" } },
  { PLOT, N_ ("Choose a window or one of its ends"), NULL, { "w" } },
  { PLOT, N_ ("Move what is chosen; with Shift by larger steps"), NULL, { "comma", "period" } },
  { PLOT, N_ ("Logarithmic y and x axis"), NULL, { "l", "k" } },
  { PLOT, N_ ("Grid"), NULL, { "g" } },

  { FIGURE, N_ ("From panel to panel"), NULL, { "Left", "Right" } },
  { FIGURE, N_ ("Through the parts of a panel"), NULL, { "Tab", "<Shift>Tab" } },
  { FIGURE, N_ ("Through the curves of a panel"), NULL, { "Page_Down", "Page_Up" } },
  { FIGURE, N_ ("Edit the text of what is selected"), NULL, { "F2", "Return" } },
  { FIGURE, N_ ("Move what is selected"), NULL, { "<Alt>Left", "<Alt>Right" } },
  { FIGURE, N_ ("Resize what is selected: the figure, a column, an end of an annotation"), NULL, { "<Control><Alt>Left", "<Control><Alt>Right" } },
  { FIGURE, N_ ("Move by a tenth of a millimetre"), NULL, { "<Shift><Alt>Up", "<Shift><Alt>Down" } },
  { FIGURE, N_ ("Make the panel wider or narrower"), NULL, { "<Shift><Alt>Right", "<Shift><Alt>Left" } },
  { FIGURE, N_ ("Remove what is selected"), NULL, { "Delete" } },
  { FIGURE, N_ ("From a part to its panel, to the figure"), NULL, { "Escape" } },

  { TABLE, N_ ("Copy with heads and units"), NULL, { "<Control>c" } },
  { TABLE, N_ ("Select all rows"), NULL, { "<Control>a" } },
  { TABLE, N_ ("Select the row too, or no longer"), NULL, { "<Control>space" } },
  { TABLE, N_ ("Sort by the next column, the other way round"), NULL, { "<Control>period", "<Control>r" } },
  { TABLE, N_ ("Leave a table with entries"), NULL, { "<Control>Tab", "<Control><Shift>Tab" } },
};

const PlateauActionInfo *
plateau_actions_list (guint *n_actions)
{
  *n_actions = G_N_ELEMENTS (actions);
  return actions;
}

void
plateau_actions_install_accels (GtkApplication *application)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (actions[i].action != NULL)
      gtk_application_set_accels_for_action (application, actions[i].action,
                                             (const char *const *) actions[i].accels);
  for (guint i = 1; i <= 9; i++)
    {
      g_autofree char *action = g_strdup_printf ("win.page-number(%u)", i);
      g_autofree char *accel = g_strdup_printf ("<Alt>%u", i);
      gtk_application_set_accels_for_action (application, action,
                                             (const char *const[]){ accel, NULL });
    }
}

/* "Ctrl+Z", "Ctrl+Y, Shift+Ctrl+Z" (transfer full); "" for a gesture, which its title says */
char *
plateau_actions_dup_keys (const PlateauActionInfo *info)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (info->accels) && info->accels[i] != NULL; i++)
    {
      guint key;
      GdkModifierType modifiers;
      if (!gtk_accelerator_parse (info->accels[i], &key, &modifiers))
        continue;
      g_autofree char *label = gtk_accelerator_get_label (key, modifiers);
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", label);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
append_shortcut (GString *xml, const PlateauActionInfo *info)
{
  g_autofree char *title = g_markup_escape_text (_ (info->title), -1);
  g_autoptr (GString) keys = g_string_new (NULL);
  for (guint i = 0; i < 2 && info->accels[i] != NULL; i++)
    g_string_append_printf (keys, "%s%s", i > 0 ? " " : "", info->accels[i]);
  g_autofree char *accels = g_markup_escape_text (keys->str, -1);
  g_string_append_printf (xml,
                          "<child><object class=\"GtkShortcutsShortcut\">"
                          "<property name=\"title\">%s</property>"
                          "<property name=\"accelerator\">%s</property>"
                          "</object></child>",
                          title, accels);
}

/* GTK names neither the search of that window nor the button that shows it. */
static void
name_parts (GtkWidget *widget)
{
  const char *name = GTK_IS_SEARCH_ENTRY (widget) || GTK_IS_TOGGLE_BUTTON (widget)
                         ? _ ("Find a shortcut")
                     : GTK_IS_MENU_BUTTON (widget) ? _ ("Keyboard shortcuts")
                                                   : NULL;
  if (name != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                    -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_parts (child);
}

/* One XML from the table, so that what is shown is what is installed. */
GtkWidget *
plateau_shortcuts_window_new (void)
{
  g_autoptr (GString) xml = g_string_new (
      "<interface><object class=\"GtkShortcutsWindow\" id=\"window\">"
      "<property name=\"modal\">1</property>"
      "<child><object class=\"GtkShortcutsSection\">"
      "<property name=\"section-name\">all</property><property name=\"max-height\">12</property>");
  const char *group = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      if (group == NULL || g_strcmp0 (group, actions[i].group) != 0)
        {
          g_autofree char *title = g_markup_escape_text (_ (actions[i].group), -1);
          g_string_append_printf (xml,
                                  "%s<child><object class=\"GtkShortcutsGroup\">"
                                  "<property name=\"title\">%s</property>",
                                  group != NULL ? "</object></child>" : "", title);
          group = actions[i].group;
        }
      append_shortcut (xml, &actions[i]);
    }
  g_string_append (xml, "</object></child></object></child></object></interface>");
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_string (xml->str, -1);
  GtkWidget *window = GTK_WIDGET (gtk_builder_get_object (builder, "window"));
  gtk_window_set_title (GTK_WINDOW (window), _ ("Keyboard shortcuts"));
  name_parts (window);
  g_object_ref (window); /* a toplevel belongs to GTK until it is destroyed */
  return window;
}
