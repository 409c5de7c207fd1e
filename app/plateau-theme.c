/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-theme.h"

#include "plateau-manner.h"
#include "plateau-preferences.h"

#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define PORTAL_SETTINGS "org.freedesktop.portal.Settings"
#define APPEARANCE "org.freedesktop.appearance"
#define PREFER_DARK 1

enum
{
  SCHEME_SYSTEM,
  SCHEME_LIGHT,
  SCHEME_DARK,
};

struct _PlateauThemeWatcher
{
  GObject parent_instance;

  GSettings *settings;
  GDBusProxy *portal;
  GtkCssProvider *dark_sheet;
  gboolean system_dark;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (PlateauThemeWatcher, plateau_theme_watcher, G_TYPE_OBJECT)

static void
apply (PlateauThemeWatcher *watcher)
{
  GdkDisplay *display = gdk_display_get_default ();
  int scheme = g_settings_get_enum (watcher->settings, "color-scheme");
  gboolean dark = scheme == SCHEME_DARK || (scheme == SCHEME_SYSTEM && watcher->system_dark);
  g_object_set (gtk_settings_get_default (), "gtk-application-prefer-dark-theme", dark, NULL);
  if (dark)
    gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (watcher->dark_sheet),
                                                GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
  else
    gtk_style_context_remove_provider_for_display (display,
                                                   GTK_STYLE_PROVIDER (watcher->dark_sheet));
}

/* What the widgets of all windows look at. */
static void
apply_manner (PlateauThemeWatcher *watcher)
{
  g_autoptr (JsonObject) manner = plateau_preferences_dup_manner (watcher->settings);
  PlateauNotation notation = plateau_notation_from_json (manner);
  plateau_manner_set (plateau_manner_get_default (), &notation,
                      (PlateauColours) g_settings_get_enum (watcher->settings, "colours"));
}

static void
take_portal_value (PlateauThemeWatcher *watcher, const char *key, GVariant *value)
{
  g_autoptr (GVariant) plain = g_variant_ref (value);
  while (g_variant_is_of_type (plain, G_VARIANT_TYPE_VARIANT))
    {
      GVariant *inner = g_variant_get_variant (plain);
      g_variant_unref (plain);
      plain = inner;
    }
  if (g_strcmp0 (key, "color-scheme") == 0 && g_variant_is_of_type (plain, G_VARIANT_TYPE_UINT32))
    {
      watcher->system_dark = g_variant_get_uint32 (plain) == PREFER_DARK;
      apply (watcher);
    }
}

static void
portal_signal (GDBusProxy *proxy, const char *sender, const char *signal, GVariant *parameters,
               PlateauThemeWatcher *watcher)
{
  if (g_strcmp0 (signal, "SettingChanged") != 0
      || !g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ssv)")))
    return;
  const char *space, *key;
  g_autoptr (GVariant) value = NULL;
  g_variant_get (parameters, "(&s&sv)", &space, &key, &value);
  if (g_strcmp0 (space, APPEARANCE) == 0)
    take_portal_value (watcher, key, value);
}

static void
scheme_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);
  if (reply == NULL)
    return; /* a desktop without the portal: light */
  g_autoptr (GVariant) value = NULL;
  g_variant_get (reply, "(v)", &value);
  take_portal_value (PLATEAU_THEME_WATCHER (user_data), "color-scheme", value);
}

static void
portal_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  GDBusProxy *portal = g_dbus_proxy_new_for_bus_finish (result, &error);
  if (portal == NULL)
    return;
  PlateauThemeWatcher *watcher = user_data;
  watcher->portal = portal;
  g_signal_connect_object (portal, "g-signal", G_CALLBACK (portal_signal), watcher, 0);
  g_dbus_proxy_call (portal, "Read", g_variant_new ("(ss)", APPEARANCE, "color-scheme"),
                     G_DBUS_CALL_FLAGS_NO_AUTO_START, 1000, watcher->cancellable, scheme_read,
                     watcher);
}

static void
load_sheets (PlateauThemeWatcher *watcher)
{
  g_autoptr (GtkCssProvider) sheet = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (sheet, "/io/github/plateau/Plateau/css/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (sheet),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  watcher->dark_sheet = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (watcher->dark_sheet,
                                       "/io/github/plateau/Plateau/css/dark.css");
}

static void
plateau_theme_watcher_dispose (GObject *object)
{
  PlateauThemeWatcher *watcher = PLATEAU_THEME_WATCHER (object);
  g_cancellable_cancel (watcher->cancellable);
  g_clear_object (&watcher->settings);
  g_clear_object (&watcher->portal);
  g_clear_object (&watcher->dark_sheet);
  G_OBJECT_CLASS (plateau_theme_watcher_parent_class)->dispose (object);
}

static void
plateau_theme_watcher_finalize (GObject *object)
{
  g_object_unref (PLATEAU_THEME_WATCHER (object)->cancellable);
  G_OBJECT_CLASS (plateau_theme_watcher_parent_class)->finalize (object);
}

static void
plateau_theme_watcher_class_init (PlateauThemeWatcherClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plateau_theme_watcher_dispose;
  G_OBJECT_CLASS (klass)->finalize = plateau_theme_watcher_finalize;
}

static void
plateau_theme_watcher_init (PlateauThemeWatcher *watcher)
{
  watcher->cancellable = g_cancellable_new ();
}

PlateauThemeWatcher *
plateau_theme_watcher_new (GSettings *settings)
{
  PlateauThemeWatcher *watcher = g_object_new (PLATEAU_TYPE_THEME_WATCHER, NULL);
  watcher->settings = g_object_ref (settings);
  load_sheets (watcher);
  g_signal_connect_object (settings, "changed::color-scheme", G_CALLBACK (apply), watcher,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed", G_CALLBACK (apply_manner), watcher,
                           G_CONNECT_SWAPPED);
  apply (watcher);
  apply_manner (watcher);
  g_dbus_proxy_new_for_bus (
      G_BUS_TYPE_SESSION,
      G_DBUS_PROXY_FLAGS_DO_NOT_AUTO_START | G_DBUS_PROXY_FLAGS_DO_NOT_LOAD_PROPERTIES, NULL,
      PORTAL_NAME, PORTAL_PATH, PORTAL_SETTINGS, watcher->cancellable, portal_found, watcher);
  return watcher;
}
