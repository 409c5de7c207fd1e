/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-theme.h"

#include "plateau-manner.h"
#include "plateau-preferences.h"

#include <string.h>

#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define PORTAL_SETTINGS "org.freedesktop.portal.Settings"
#define APPEARANCE "org.freedesktop.appearance"
#define PREFER_DARK 1
#define HIGHER_CONTRAST 1
#define CONTRAST_THEME "Default-hc"

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
  GSettings *desktop; /* of the desktop's access settings, or NULL */
  GtkCssProvider *dark_sheet, *contrast_sheet, *contrast_dark_sheet;
  gboolean system_dark, system_contrast;
  char *plain_theme; /* what to go back to when high contrast ends */
  gboolean applying;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (PlateauThemeWatcher, plateau_theme_watcher, G_TYPE_OBJECT)

static void
use_sheet (GtkCssProvider *sheet, gboolean used, guint rank)
{
  GdkDisplay *display = gdk_display_get_default ();
  gtk_style_context_remove_provider_for_display (display, GTK_STYLE_PROVIDER (sheet));
  if (used)
    gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (sheet),
                                                GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + rank);
}

/* The theme in use: the environment has the last word. */
static gboolean
is_contrast_theme (void)
{
  g_autofree char *name = g_strdup (g_getenv ("GTK_THEME"));
  if (name == NULL)
    g_object_get (gtk_settings_get_default (), "gtk-theme-name", &name, NULL);
  return name != NULL
         && (g_str_has_prefix (name, CONTRAST_THEME) || strstr (name, "HighContrast") != NULL);
}

/* A theme may be dark whatever was asked for: its own colour of texts tells. */
static gboolean
is_dark_theme (void)
{
  g_autoptr (GtkWidget) probe = g_object_ref_sink (gtk_label_new (NULL));
  GdkRGBA text;
  return gtk_style_context_lookup_color (gtk_widget_get_style_context (probe), "theme_fg_color",
                                         &text)
         && 0.2126 * text.red + 0.7152 * text.green + 0.0722 * text.blue > 0.5;
}

static void
ask_for_contrast (PlateauThemeWatcher *watcher)
{
  GtkSettings *settings = gtk_settings_get_default ();
  gboolean asked = watcher->system_contrast
                   || (watcher->desktop != NULL
                       && g_settings_get_boolean (watcher->desktop, "high-contrast"));
  if (asked && !is_contrast_theme ())
    {
      g_object_get (settings, "gtk-theme-name", &watcher->plain_theme, NULL);
      g_object_set (settings, "gtk-theme-name", CONTRAST_THEME, NULL);
    }
  else if (!asked && watcher->plain_theme != NULL)
    {
      g_object_set (settings, "gtk-theme-name", watcher->plain_theme, NULL);
      g_clear_pointer (&watcher->plain_theme, g_free);
    }
}

static void
apply (PlateauThemeWatcher *watcher)
{
  if (watcher->applying) /* the settings that are set here call again */
    return;
  watcher->applying = TRUE;
  int scheme = g_settings_get_enum (watcher->settings, "color-scheme");
  gboolean dark = scheme == SCHEME_DARK || (scheme == SCHEME_SYSTEM && watcher->system_dark);
  g_object_set (gtk_settings_get_default (), "gtk-application-prefer-dark-theme", dark, NULL);
  ask_for_contrast (watcher);
  gboolean contrast = is_contrast_theme ();
  dark = is_dark_theme ();
  use_sheet (watcher->dark_sheet, dark, 1);
  use_sheet (watcher->contrast_sheet, contrast, 2);
  use_sheet (watcher->contrast_dark_sheet, contrast && dark, 3);
  plateau_manner_set_contrast (plateau_manner_get_default (), contrast);
  watcher->applying = FALSE;
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
  if (!g_variant_is_of_type (plain, G_VARIANT_TYPE_UINT32))
    return;
  if (g_strcmp0 (key, "color-scheme") == 0)
    watcher->system_dark = g_variant_get_uint32 (plain) == PREFER_DARK;
  else if (g_strcmp0 (key, "contrast") == 0)
    watcher->system_contrast = g_variant_get_uint32 (plain) == HIGHER_CONTRAST;
  apply (watcher);
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
take_reply (GObject *source, GAsyncResult *result, gpointer user_data, const char *key)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);
  if (reply == NULL)
    return; /* a desktop without the portal: light */
  g_autoptr (GVariant) value = NULL;
  g_variant_get (reply, "(v)", &value);
  take_portal_value (PLATEAU_THEME_WATCHER (user_data), key, value);
}

static void
scheme_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  take_reply (source, result, user_data, "color-scheme");
}

static void
contrast_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  take_reply (source, result, user_data, "contrast");
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
  g_dbus_proxy_call (portal, "Read", g_variant_new ("(ss)", APPEARANCE, "contrast"),
                     G_DBUS_CALL_FLAGS_NO_AUTO_START, 1000, watcher->cancellable, contrast_read,
                     watcher);
}

static GtkCssProvider *
sheet_new (const char *name)
{
  GtkCssProvider *sheet = gtk_css_provider_new ();
  g_autofree char *path = g_strdup_printf ("/io/github/plateau/Plateau/css/%s.css", name);
  gtk_css_provider_load_from_resource (sheet, path);
  return sheet;
}

static void
load_sheets (PlateauThemeWatcher *watcher)
{
  g_autoptr (GtkCssProvider) sheet = sheet_new ("style");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (sheet),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  watcher->dark_sheet = sheet_new ("dark");
  watcher->contrast_sheet = sheet_new ("contrast");
  watcher->contrast_dark_sheet = sheet_new ("contrast-dark");
}

static void
plateau_theme_watcher_dispose (GObject *object)
{
  PlateauThemeWatcher *watcher = PLATEAU_THEME_WATCHER (object);
  g_cancellable_cancel (watcher->cancellable);
  g_clear_object (&watcher->settings);
  g_clear_object (&watcher->portal);
  g_clear_object (&watcher->desktop);
  g_clear_object (&watcher->dark_sheet);
  g_clear_object (&watcher->contrast_sheet);
  g_clear_object (&watcher->contrast_dark_sheet);
  g_clear_pointer (&watcher->plain_theme, g_free);
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
  /* What GTK itself was told of the desktop, until a portal says otherwise. */
  g_object_get (gtk_settings_get_default (), "gtk-application-prefer-dark-theme",
                &watcher->system_dark, NULL);
}

/* Where there is no portal, a desktop may still have its access settings here. */
static void
watch_desktop (PlateauThemeWatcher *watcher)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema)
      schema = source != NULL
                   ? g_settings_schema_source_lookup (source, "org.gnome.desktop.a11y.interface",
                                                      TRUE)
                   : NULL;
  if (schema == NULL || !g_settings_schema_has_key (schema, "high-contrast"))
    return;
  watcher->desktop = g_settings_new_full (schema, NULL, NULL);
  g_signal_connect_object (watcher->desktop, "changed::high-contrast", G_CALLBACK (apply), watcher,
                           G_CONNECT_SWAPPED);
}

PlateauThemeWatcher *
plateau_theme_watcher_new (GSettings *settings)
{
  PlateauThemeWatcher *watcher = g_object_new (PLATEAU_TYPE_THEME_WATCHER, NULL);
  watcher->settings = g_object_ref (settings);
  load_sheets (watcher);
  watch_desktop (watcher);
  g_signal_connect_object (gtk_settings_get_default (), "notify::gtk-theme-name",
                           G_CALLBACK (apply), watcher, G_CONNECT_SWAPPED);
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
