/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-preferences.h"

#include "base/plateau-unit.h"
#include "plateau-option-editor.h"
#include "plateau-unit-entry.h"
#include "plateau-tooltip.h"

#include <glib/gi18n.h>
#include <math.h>

typedef struct
{
  const char *key;
  const char *label;
  const char *help;
  const char *choices[5]; /* N_(), in the order of the key's enumeration */
} EnumSetting;

static const EnumSetting enums[] = {
  { "color-scheme",
    N_ ("Appearance"),
    N_ ("Exports stay on white"),
    { N_ ("As the system"), N_ ("Light"), N_ ("Dark") } },
  { "title-form",
    N_ ("Axis titles"),
    N_ ("IUPAC and RSC ask for the first, ACS for the second"),
    { N_ ("Quantity / unit"), N_ ("Quantity (unit)") } },
  { "specific-unit",
    N_ ("Specific capacity"),
    N_ ("In plots, tables, figures and the workbook; 1 mAh/g is 1 Ah/kg"),
    { "mAh g⁻¹", "Ah kg⁻¹" } },
  { "temperature-unit",
    N_ ("Temperature"),
    N_ ("In plots, tables, figures and the workbook"),
    { "°C", "K" } },
  { "colours",
    N_ ("Colours of samples"),
    N_ ("In this order to pristine, modified, control and further samples. All of them can be told "
        "apart by the colour-blind; dashes and markers differ besides"),
    { N_ ("Okabe–Ito"), N_ ("Tol, bright"), N_ ("Tol, vibrant"), N_ ("Black and grey") } },
  { "cycle-rule",
    N_ ("A cycle starts with"),
    N_ ("For new projects; each project keeps its own"),
    { N_ ("The first half cycle"), N_ ("Charge"), N_ ("Discharge"),
      N_ ("As the instrument counts") } },
};

void
plateau_preferences_get_family (const char *family, double *one_c, double *offset)
{
  g_autoptr (GSettings) settings = g_settings_new (PLATEAU_APP_ID);
  g_autoptr (GVariant) families = g_settings_get_value (settings, "families");
  *one_c = *offset = NAN;
  g_autoptr (GVariant)
      entry = family != NULL ? g_variant_lookup_value (families, family, G_VARIANT_TYPE ("(dd)"))
                             : NULL;
  if (entry == NULL)
    return;
  g_variant_get (entry, "(dd)", one_c, offset);
  *one_c = plateau_to_si (*one_c, "mA/g");
}

JsonObject *
plateau_preferences_dup_manner (GSettings *settings)
{
  JsonObject *manner = json_object_new ();
  g_autofree char *form = g_settings_get_string (settings, "title-form");
  g_autofree char *colours = g_settings_get_string (settings, "colours");
  g_autofree char *font = g_settings_get_string (settings, "figure-font");
  json_object_set_string_member (manner, "title_form", form);
  json_object_set_string_member (manner, "colours", colours);
  if (*font != '\0')
    json_object_set_string_member (manner, "font", font);
  json_object_set_boolean_member (manner, "per_kg",
                                  g_settings_get_enum (settings, "specific-unit") == 1);
  json_object_set_boolean_member (manner, "kelvin",
                                  g_settings_get_enum (settings, "temperature-unit") == 1);
  return manner;
}

gboolean
plateau_preferences_is_of_manner (const char *key)
{
  static const char *const keys[] = { "title-form", "colours", "figure-font", "specific-unit",
                                      "temperature-unit", NULL };
  return g_strv_contains (keys, key);
}

/* Each setting has its own way back. */

static void
reset_one (GtkWidget *button, GSettings *settings)
{
  g_settings_reset (settings, g_object_get_data (G_OBJECT (button), "key"));
}

static void
show_reset (GSettings *settings, const char *key, GtkWidget *button)
{
  g_autoptr (GVariant) own = g_settings_get_user_value (settings, key);
  g_autoptr (GVariant) usual = g_settings_get_default_value (settings, key);
  gtk_widget_set_sensitive (button, own != NULL && !g_variant_equal (own, usual));
}

static GtkWidget *
reset_button_new (GSettings *settings, const char *key, const char *label)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-clear-symbolic");
  g_autofree char *name = g_strdup_printf (_ ("Reset: %s"), label);
  g_autofree char *signal = g_strconcat ("changed::", key, NULL);
  gtk_widget_add_css_class (button, "flat");
  plateau_tooltip_set (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (button), "key", (gpointer) key);
  g_signal_connect_object (button, "clicked", G_CALLBACK (reset_one), settings, 0);
  g_signal_connect_object (settings, signal, G_CALLBACK (show_reset), button, 0);
  show_reset (settings, key, button);
  return button;
}

static GtkWidget *
row_new (GSettings *settings, const char *key, const char *label, GtkWidget *chooser,
         const char *help)
{
  GtkWidget *row = plateau_form_row_new (label, chooser, help);
  gtk_box_append (GTK_BOX (row), reset_button_new (settings, key, label));
  return row;
}

/* Enumerations */

static void
enum_chosen (GtkDropDown *chooser, GParamSpec *pspec, GSettings *settings)
{
  const char *key = g_object_get_data (G_OBJECT (chooser), "key");
  int value = (int) gtk_drop_down_get_selected (chooser);
  if (g_settings_get_enum (settings, key) != value)
    g_settings_set_enum (settings, key, value);
}

static void
enum_changed (GSettings *settings, const char *key, GtkDropDown *chooser)
{
  gtk_drop_down_set_selected (chooser, (guint) g_settings_get_enum (settings, key));
}

static GtkWidget *
enum_row_new (GSettings *settings, const EnumSetting *setting)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  for (guint i = 0; setting->choices[i] != NULL; i++)
    gtk_string_list_append (names, _ (setting->choices[i]));
  GtkWidget *chooser = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL);
  g_object_set_data (G_OBJECT (chooser), "key", (gpointer) setting->key);
  enum_changed (settings, setting->key, GTK_DROP_DOWN (chooser));
  g_autofree char *signal = g_strconcat ("changed::", setting->key, NULL);
  g_signal_connect_object (settings, signal, G_CALLBACK (enum_changed), chooser, 0);
  g_signal_connect_object (chooser, "notify::selected", G_CALLBACK (enum_chosen), settings, 0);
  return row_new (settings, setting->key, _ (setting->label), chooser, _ (setting->help));
}

/* The font */

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (*(const char *const *) a, *(const char *const *) b);
}

static GtkStringList *
list_fonts (GtkWidget *widget)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  PangoContext *context = gtk_widget_get_pango_context (widget);
  PangoFontFamily **families;
  int n_families;
  pango_font_map_list_families (pango_context_get_font_map (context), &families, &n_families);
  for (int i = 0; i < n_families; i++)
    g_ptr_array_add (names, (gpointer) pango_font_family_get_name (families[i]));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_insert (names, 0, (gpointer) _ ("As the window and the journal"));
  g_ptr_array_add (names, NULL);
  GtkStringList *list = gtk_string_list_new ((const char *const *) names->pdata);
  g_free (families);
  return list;
}

static void
font_chosen (GtkDropDown *chooser, GParamSpec *pspec, GSettings *settings)
{
  guint selected = gtk_drop_down_get_selected (chooser);
  GtkStringList *names = GTK_STRING_LIST (gtk_drop_down_get_model (chooser));
  if (selected == GTK_INVALID_LIST_POSITION)
    return;
  g_settings_set_string (settings, "figure-font",
                         selected > 0 ? gtk_string_list_get_string (names, selected) : "");
}

static void
font_changed (GSettings *settings, const char *key, GtkDropDown *chooser)
{
  GtkStringList *names = GTK_STRING_LIST (gtk_drop_down_get_model (chooser));
  g_autofree char *font = g_settings_get_string (settings, key);
  guint selected = 0;
  for (guint i = 1; i < g_list_model_get_n_items (G_LIST_MODEL (names)); i++)
    if (g_str_equal (gtk_string_list_get_string (names, i), font))
      selected = i;
  if (gtk_drop_down_get_selected (chooser) != selected)
    gtk_drop_down_set_selected (chooser, selected);
}

static GtkWidget *
font_row_new (GSettings *settings, GtkWidget *window)
{
  GtkExpression *name = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  GtkWidget *chooser = gtk_drop_down_new (G_LIST_MODEL (list_fonts (window)), name);
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (chooser), TRUE);
  font_changed (settings, "figure-font", GTK_DROP_DOWN (chooser));
  g_signal_connect_object (settings, "changed::figure-font", G_CALLBACK (font_changed), chooser, 0);
  g_signal_connect_object (chooser, "notify::selected", G_CALLBACK (font_chosen), settings, 0);
  return row_new (settings, "figure-font", _ ("Font of plots and figures"), chooser,
                  _ ("A journal’s style that asks for a font of its own keeps it"));
}

/* Families */

typedef struct
{
  GtkWidget *name, *one_c, *offset;
} FamilyRow;

static GVariant *
list_families (GtkWidget *list)
{
  GVariantBuilder builder;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{s(dd)}"));
  for (GtkWidget *child = gtk_widget_get_first_child (list); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      FamilyRow *row = g_object_get_data (G_OBJECT (child), "row");
      const char *name = gtk_editable_get_text (GTK_EDITABLE (row->name));
      double one_c = plateau_unit_entry_get_value (PLATEAU_UNIT_ENTRY (row->one_c));
      double offset = plateau_unit_entry_get_value (PLATEAU_UNIT_ENTRY (row->offset));
      if (*name != '\0')
        g_variant_builder_add (&builder, "{s(dd)}", name, plateau_from_si (one_c, "mA/g"), offset);
    }
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

static void
store_families (GtkWidget *list)
{
  GSettings *settings = g_object_get_data (G_OBJECT (list), "settings");
  g_autoptr (GVariant) families = list_families (list);
  g_settings_set_value (settings, "families", families);
}

static void
family_changed (GtkWidget *list)
{
  store_families (list);
}

static void
remove_family (GtkWidget *child)
{
  GtkWidget *list = gtk_widget_get_parent (child);
  gtk_box_remove (GTK_BOX (list), child);
  store_families (list);
}

/* To the window that the preferences were opened from. */
static void
apply_family (GtkWidget *child)
{
  FamilyRow *row = g_object_get_data (G_OBJECT (child), "row");
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (child));
  GtkWindow *parent = gtk_window_get_transient_for (window);
  const char *name = gtk_editable_get_text (GTK_EDITABLE (row->name));
  if (parent != NULL && *name != '\0')
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.apply-family", "s", name);
}

static void
add_family (GtkWidget *list, const char *name, double one_c, double offset)
{
  GtkWidget *child = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  FamilyRow *row = g_new0 (FamilyRow, 1);
  g_object_set_data_full (G_OBJECT (child), "row", row, g_free);
  row->name = gtk_entry_new ();
  gtk_editable_set_text (GTK_EDITABLE (row->name), name);
  gtk_editable_set_width_chars (GTK_EDITABLE (row->name), 10);
  gtk_entry_set_placeholder_text (GTK_ENTRY (row->name), _ ("Family"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->name), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Family"), -1);
  gtk_widget_set_hexpand (row->name, TRUE);
  row->one_c = plateau_unit_entry_new (_ ("1C means"), "mA/g");
  plateau_unit_entry_set_value (PLATEAU_UNIT_ENTRY (row->one_c), plateau_to_si (one_c, "mA/g"));
  row->offset = plateau_unit_entry_new (_ ("Reference offset"), "V");
  plateau_unit_entry_set_value (PLATEAU_UNIT_ENTRY (row->offset), offset);
  GtkWidget *remove = gtk_button_new_from_icon_name ("list-remove-symbolic");
  plateau_tooltip_set (remove, _ ("Remove the family"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Remove the family"), -1);
  g_signal_connect_swapped (row->name, "changed", G_CALLBACK (family_changed), list);
  g_signal_connect_swapped (row->one_c, "value-changed", G_CALLBACK (family_changed), list);
  g_signal_connect_swapped (row->offset, "value-changed", G_CALLBACK (family_changed), list);
  g_signal_connect_swapped (remove, "clicked", G_CALLBACK (remove_family), child);
  GtkWidget *apply = gtk_button_new_with_label (_ ("Apply"));
  plateau_tooltip_set (apply, _ ("Gives these values to all samples and cells of the family in the "
                                 "open project; new cells have them anyway"));
  g_signal_connect_swapped (apply, "clicked", G_CALLBACK (apply_family), child);
  GtkWidget *widgets[] = { row->name,   gtk_label_new (_ ("1C")), row->one_c,
                           gtk_label_new (_ ("Offset")), row->offset, apply, remove };
  for (guint i = 0; i < G_N_ELEMENTS (widgets); i++)
    gtk_box_append (GTK_BOX (child), widgets[i]);
  gtk_box_append (GTK_BOX (list), child);
}

static void
add_clicked (GtkWidget *list)
{
  add_family (list, "", NAN, NAN);
}

static void
fill_families (GtkWidget *list, GSettings *settings)
{
  g_autoptr (GVariant) families = g_settings_get_value (settings, "families");
  GVariantIter iter;
  const char *name;
  double one_c, offset;
  g_variant_iter_init (&iter, families);
  while (g_variant_iter_next (&iter, "{&s(dd)}", &name, &one_c, &offset))
    add_family (list, name, one_c, offset);
}

/* Reset, or changed in another window. */
static void
families_changed (GSettings *settings, const char *key, GtkWidget *list)
{
  g_autoptr (GVariant) shown = list_families (list);
  g_autoptr (GVariant) kept = g_settings_get_value (settings, key);
  GtkWidget *child;
  if (g_variant_n_children (shown) == g_variant_n_children (kept))
    return; /* an entry of these rows is being edited */
  while ((child = gtk_widget_get_first_child (list)) != NULL)
    gtk_box_remove (GTK_BOX (list), child);
  fill_families (list, settings);
}

/* What is not seen here stays: the window's size, and names given to columns of files. */
static void
reset_clicked (GSettings *settings)
{
  static const char *const others[] = { "figure-font", "families", "figure-width", "figure-dpi" };
  for (guint i = 0; i < G_N_ELEMENTS (enums); i++)
    g_settings_reset (settings, enums[i].key);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_settings_reset (settings, others[i]);
}

static GtkWidget *
heading_new (const char *text)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  return label;
}

GtkWidget *
plateau_preferences_window_new (void)
{
  GtkWidget *window = gtk_window_new ();
  GSettings *settings = g_settings_new (PLATEAU_APP_ID);
  g_object_set_data_full (G_OBJECT (window), "settings", settings, g_object_unref);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Preferences"));
  gtk_window_set_default_size (GTK_WINDOW (window), 640, -1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (box, "dialog-box");
  gtk_window_set_child (GTK_WINDOW (window), box);
  for (guint i = 0; i < G_N_ELEMENTS (enums); i++)
    gtk_box_append (GTK_BOX (box), enum_row_new (settings, &enums[i]));
  gtk_box_append (GTK_BOX (box), font_row_new (settings, window));

  GtkWidget *families = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *heading = heading_new (
      _ ("What 1C means, and the reference offset, for new cells of a family"));
  gtk_label_set_wrap (GTK_LABEL (heading), TRUE);
  gtk_widget_set_hexpand (heading, TRUE);
  gtk_box_append (GTK_BOX (families), heading);
  gtk_box_append (GTK_BOX (families), reset_button_new (settings, "families", _ ("Families")));
  gtk_box_append (GTK_BOX (box), families);
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  g_object_set_data (G_OBJECT (list), "settings", settings);
  fill_families (list, settings);
  g_signal_connect_object (settings, "changed::families", G_CALLBACK (families_changed), list, 0);
  gtk_box_append (GTK_BOX (box), list);
  GtkWidget *add = gtk_button_new_with_label (_ ("Add a family"));
  gtk_widget_set_halign (add, GTK_ALIGN_START);
  g_signal_connect_swapped (add, "clicked", G_CALLBACK (add_clicked), list);
  gtk_box_append (GTK_BOX (box), add);

  GtkWidget *reset = gtk_button_new_with_label (_ ("Reset everything"));
  gtk_widget_set_halign (reset, GTK_ALIGN_END);
  plateau_tooltip_set (reset, _ ("All of these as after installation, and the size and resolution of exported figures"));
  g_signal_connect_object (reset, "clicked", G_CALLBACK (reset_clicked), settings,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), reset);
  return window;
}
