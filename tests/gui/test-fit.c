/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window in small sizes, large texts, high contrast and long words: nothing is wider than the
 * window, nothing is cut off, no label ends in dots. PLATEAU_PICTURES=FOLDER writes what was seen.
 */

#include "config.h"

#include "plateau-application.h"
#include "plateau-page.h"
#include "plateau-window.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

#define PATIENCE (60 * G_USEC_PER_SEC)

static const char *const pages[] = { "cycling",   "dqdv", "rate",         "gitt",    "cv",
                                     "impedance", "drt",  "conductivity", "compare", "figures" };

typedef struct
{
  const char *name;
  int width, height;
  double text_scale;
  const char *theme;
  const char *languages;
  guint step; /* of the pages that are looked at */
} Variant;

static const Variant variants[] = {
  { "1024x700", 1024, 700, 1, "Default", "en", 1 },
  { "text 150 % at 1024x700", 1024, 700, 1.5, "Default", "en de zh_CN", 1 },
  { "text 200 % at 1440x900", 1440, 900, 2, "Default", "en de", 1 },
  { "high contrast at 1024x700", 1024, 700, 1, "Default-hc", "en", 4 },
  { "inverse high contrast at 1440x900", 1440, 900, 1, "Default-hc-dark", "de", 4 },
};

static PlateauWindow *window;

static gboolean
is_busy (void)
{
  return plateau_jobs_busy (plateau_document_get_jobs (plateau_window_get_document (window)));
}

static gboolean
wake (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Until no job runs and the window has been laid out. */
static void
settle (void)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;
  guint source = g_timeout_add (20, wake, NULL);
  int quiet = 0;
  while (quiet < 4 && g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, TRUE);
      quiet = is_busy () || g_main_context_pending (NULL) ? 0 : quiet + 1;
    }
  g_source_remove (source);
  g_assert_cmpint (quiet, ==, 4);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
}

static void
take_picture (const char *name)
{
  const char *folder = g_getenv ("PLATEAU_PICTURES");
  if (folder == NULL)
    return;
  g_autofree char *file = g_strdup_printf ("%s/%s-%s.png", folder, g_getenv ("LANGUAGE"), name);
  g_strdelimit (file + strlen (folder) + 1, " %", '_');
  GtkWidget *widget = GTK_WIDGET (window);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), width, height);
  GskRenderNode *node = gtk_snapshot_to_node (snapshot);
  g_autoptr (GdkTexture)
      texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                             &GRAPHENE_RECT_INIT (0, 0, width, height));
  gsk_render_node_unref (node);
  gdk_texture_save_to_png (texture, file);
}

/* What scrolls may be longer than what is seen of it. */
static gboolean
scrolls (GtkWidget *widget)
{
  return GTK_IS_SCROLLABLE (widget) || GTK_IS_SCROLLED_WINDOW (widget);
}

static const char *
text_of (GtkWidget *widget)
{
  return GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget)) : "";
}

static void
report (GString *found, GtkWidget *widget, const char *what)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);
  g_string_append_printf (
      found, "%s: %s “%s” in %s.%s in %s\n", what, G_OBJECT_TYPE_NAME (widget), text_of (widget),
      G_OBJECT_TYPE_NAME (parent), gtk_widget_get_css_name (parent),
      gtk_widget_get_parent (parent) != NULL ? G_OBJECT_TYPE_NAME (gtk_widget_get_parent (parent))
                                             : "");
}

/* What people named may be of any length: it may end in dots when the whole is told on pointing, as
 * is what an entry says while it is empty. */
static gboolean
may_be_shortened (GtkWidget *label)
{
  return gtk_widget_get_has_tooltip (label) || GTK_IS_TEXT (gtk_widget_get_parent (label));
}

static void
look_at (GtkWidget *widget, gboolean scrolled, GString *found)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_child_visible (widget))
    return;
  graphene_rect_t bounds;
  if (!scrolled && !GTK_IS_NATIVE (widget) && gtk_widget_get_width (widget) > 0
      && gtk_widget_compute_bounds (widget, GTK_WIDGET (window), &bounds)
      && (bounds.origin.x < -1 || bounds.origin.y < -1
          || bounds.origin.x + bounds.size.width > gtk_widget_get_width (GTK_WIDGET (window)) + 1
          || bounds.origin.y + bounds.size.height
                 > gtk_widget_get_height (GTK_WIDGET (window)) + 1))
    report (found, widget, "outside");
  if (GTK_IS_LABEL (widget)
      && pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget)))
      && !may_be_shortened (widget))
    report (found, widget, "shortened");
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_NATIVE (child))
      look_at (child, scrolled || scrolls (widget), found);
}

static gboolean
has_size (const Variant *variant)
{
  return gtk_widget_get_width (GTK_WIDGET (window)) <= variant->width
         && gtk_widget_get_height (GTK_WIDGET (window)) <= variant->height;
}

static void
take_variant (const Variant *variant)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (96 * 1024 * variant->text_scale),
                "gtk-theme-name", variant->theme, NULL);
  gtk_window_set_default_size (GTK_WINDOW (window), variant->width, variant->height);
  settle ();
  /* Until the display has given it the size; the least width becomes less as parts give way. */
  gint64 end = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;
  while (!has_size (variant) && g_get_monotonic_time () < end)
    {
      gtk_window_set_default_size (GTK_WINDOW (window), variant->width - 1, variant->height);
      gtk_window_set_default_size (GTK_WINDOW (window), variant->width, variant->height);
      gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
    }
}

static void
check_variant (gconstpointer data)
{
  const Variant *variant = data;
  take_variant (variant);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i += variant->step)
    {
      plateau_window_show_page (window, pages[i]);
      settle ();
      g_autoptr (GString) found = g_string_new (NULL);
      if (!has_size (variant))
        g_string_append_printf (found, "the window has become %d x %d\n",
                                gtk_widget_get_width (GTK_WIDGET (window)),
                                gtk_widget_get_height (GTK_WIDGET (window)));
      look_at (GTK_WIDGET (window), FALSE, found);
      g_autofree char *name = g_strdup_printf ("%s-%s", variant->name, pages[i]);
      take_picture (name);
      if (found->len > 0)
        {
          g_test_message ("%s: %s\n%s", variant->name, pages[i], found->str);
          g_test_fail ();
        }
    }
}

static gboolean
is_open (void)
{
  GList *all = gtk_application_get_windows (GTK_APPLICATION (g_application_get_default ()));
  window = all != NULL && PLATEAU_IS_WINDOW (all->data) ? all->data : NULL;
  return window != NULL && !plateau_document_is_empty (plateau_window_get_document (window));
}

static void
open_example (GApplication *application)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;
  guint source = g_timeout_add (20, wake, NULL);
  g_application_activate (application);
  g_action_group_activate_action (G_ACTION_GROUP (application), "example", NULL);
  while (!is_open () && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
  g_assert_nonnull (window);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  setlocale (LC_NUMERIC, "C");
  gtk_disable_setlocale ();
  bindtextdomain (PLATEAU_GETTEXT_PACKAGE, g_getenv ("PLATEAU_LOCALE_DIR"));
  bind_textdomain_codeset (PLATEAU_GETTEXT_PACKAGE, "UTF-8");
  textdomain (PLATEAU_GETTEXT_PACKAGE);
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    {
      g_test_message ("SKIP: no display");
      return 77;
    }
  g_autofree char *folder = g_dir_make_tmp ("plateau-fit-XXXXXX", NULL);
  g_setenv ("XDG_STATE_HOME", folder, TRUE);
  g_autoptr (PlateauApplication) application = plateau_application_new ();
  g_application_set_default (G_APPLICATION (application));
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  open_example (G_APPLICATION (application));
  for (guint i = 0; i < G_N_ELEMENTS (variants); i++)
    {
      g_autofree char *path = g_strdup_printf ("/fit/%s", variants[i].name);
      if (strstr (variants[i].languages, g_getenv ("LANGUAGE")) != NULL)
        g_test_add_data_func (path, &variants[i], check_variant);
    }
  int status = g_test_run ();
  gtk_window_destroy (GTK_WINDOW (window));
  return status;
}
