/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-sidebar-row.h"

#include "base/plateau-number.h"
#include "data/plateau-naming.h"
#include "plateau-key.h"
#include "plateau-page.h"

#include "figure/plateau-look.h"
#include "plateau-tooltip.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

G_DEFINE_FINAL_TYPE (PlateauSidebarRow, plateau_sidebar_row, G_TYPE_OBJECT)

static void
plateau_sidebar_row_finalize (GObject *object)
{
  PlateauSidebarRow *row = PLATEAU_SIDEBAR_ROW (object);
  g_free (row->name);
  g_free (row->test);
  g_clear_object (&row->object);
  G_OBJECT_CLASS (plateau_sidebar_row_parent_class)->finalize (object);
}

static void
plateau_sidebar_row_class_init (PlateauSidebarRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plateau_sidebar_row_finalize;
}

static void
plateau_sidebar_row_init (PlateauSidebarRow *row)
{
}

PlateauSidebarRow *
plateau_sidebar_row_new (PlateauSidebarKind kind, const char *name, gpointer object)
{
  PlateauSidebarRow *row = g_object_new (PLATEAU_TYPE_SIDEBAR_ROW, NULL);
  row->kind = kind;
  row->name = g_strdup (name);
  row->object = object != NULL ? g_object_ref (object) : NULL;
  row->expanded = TRUE;
  return row;
}

gboolean
plateau_sidebar_row_same (PlateauSidebarRow *a, PlateauSidebarRow *b)
{
  return a->kind == b->kind && a->object == b->object && g_strcmp0 (a->name, b->name) == 0
         && g_strcmp0 (a->test, b->test) == 0 && a->n_cells == b->n_cells
         && a->expanded == b->expanded;
}

/* Building the list */

static gboolean
matches (const char *search, const char *text)
{
  if (search == NULL || *search == '\0')
    return TRUE;
  if (text == NULL)
    return FALSE;
  g_autofree char *needle = g_utf8_casefold (search, -1);
  g_autofree char *hay = g_utf8_casefold (text, -1);
  return strstr (hay, needle) != NULL;
}

static gboolean
cell_matches (const char *search, const PlateauStudyCell *cell)
{
  return matches (search, cell->name) || matches (search, cell->tags)
         || matches (search, cell->channel)
         || (cell->sample != NULL
             && (matches (search, cell->sample->name) || matches (search, cell->sample->family)));
}

static void
add_cell (GPtrArray *rows, PlateauProject *project, const PlateauStudyCell *cell)
{
  PlateauCell *object = plateau_project_find_cell (project, cell->id);
  g_ptr_array_add (rows, plateau_sidebar_row_new (PLATEAU_SIDEBAR_CELL, cell->name, object));
}

static void
add_cells (GPtrArray *rows, PlateauProject *project, GPtrArray *cells)
{
  for (guint i = 0; i < cells->len; i++)
    add_cell (rows, project, g_ptr_array_index (cells, i));
}

/* (transfer full) */
char *
plateau_sidebar_test_key (PlateauSample *sample, const char *test)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT " %s", plateau_sample_get_id (sample), test);
}

void
plateau_sidebar_row_add_objects (PlateauSidebarRow *row, PlateauProject *project,
                                 GPtrArray *objects)
{
  if (row->kind == PLATEAU_SIDEBAR_SAMPLE || row->kind == PLATEAU_SIDEBAR_CELL)
    g_ptr_array_add (objects, row->object);
  if (row->kind != PLATEAU_SIDEBAR_TEST)
    return;
  g_autoptr (GPtrArray)
      cells = plateau_project_list_cells_of (project, PLATEAU_SAMPLE (row->object), FALSE);
  for (guint i = 0; i < cells->len; i++)
    {
      PlateauCell *cell = g_ptr_array_index (cells, i);
      g_autofree char *test = plateau_cell_dup_property_text (cell, "test");
      if (strcmp (test, row->test) == 0 && !g_ptr_array_find (objects, cell, NULL))
        g_ptr_array_add (objects, cell); /* the project holds it */
    }
}

/* One row for each test in the order in which tests first come, cells under those unfolded. */
static void
add_tests (GPtrArray *rows, PlateauProject *project, PlateauSample *sample, GPtrArray *cells,
           GHashTable *unfolded, gboolean searching)
{
  g_autoptr (GPtrArray) tests = g_ptr_array_new ();
  for (guint i = 0; i < cells->len; i++)
    {
      const PlateauStudyCell *cell = g_ptr_array_index (cells, i);
      if (!g_ptr_array_find_with_equal_func (tests, cell->test, g_str_equal, NULL))
        g_ptr_array_add (tests, (gpointer) cell->test);
    }
  if (tests->len < 2)
    {
      add_cells (rows, project, cells);
      return;
    }
  for (guint t = 0; t < tests->len; t++)
    {
      const char *test = g_ptr_array_index (tests, t);
      const char *name = *test != '\0' ? test : _ ("Other");
      g_autofree char *key = plateau_sidebar_test_key (sample, test);
      PlateauSidebarRow *row = plateau_sidebar_row_new (PLATEAU_SIDEBAR_TEST, name, sample);
      row->test = g_strdup (test);
      row->expanded = searching || g_hash_table_contains (unfolded, key);
      g_ptr_array_add (rows, row);
      for (guint i = 0; i < cells->len; i++)
        {
          const PlateauStudyCell *cell = g_ptr_array_index (cells, i);
          if (strcmp (cell->test, test) != 0)
            continue;
          row->n_cells++;
          if (row->expanded)
            add_cell (rows, project, cell);
        }
    }
}

/* Cells by sample: key is the study's sample, or NULL. */
static GHashTable *
group_cells (PlateauStudy *study, const char *search)
{
  GHashTable *groups = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < plateau_study_get_n_cells (study); i++)
    {
      const PlateauStudyCell *cell = plateau_study_get_cell (study, i);
      if (!cell_matches (search, cell))
        continue;
      GPtrArray *group = g_hash_table_lookup (groups, cell->sample);
      if (group == NULL)
        {
          group = g_ptr_array_new ();
          g_hash_table_insert (groups, (gpointer) cell->sample, group);
        }
      g_ptr_array_add (group, (gpointer) cell);
    }
  return groups;
}

GPtrArray *
plateau_sidebar_rows_build (PlateauDocument *document, GHashTable *collapsed, GHashTable *unfolded,
                            const char *search)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  PlateauStudy *study = plateau_document_get_study (document);
  PlateauProject *project = plateau_document_get_project (document);
  g_autoptr (GHashTable) groups = group_cells (study, search);
  gboolean searching = search != NULL && *search != '\0';
  const char *family = NULL;
  for (guint i = 0; i < plateau_study_get_n_samples (study); i++)
    {
      const PlateauStudySample *sample = plateau_study_get_sample (study, i);
      GPtrArray *cells = g_hash_table_lookup (groups, sample);
      if (searching && cells == NULL && !matches (search, sample->name))
        continue;
      if (family == NULL || strcmp (family, sample->family) != 0)
        {
          family = sample->family;
          g_ptr_array_add (
              rows, plateau_sidebar_row_new (PLATEAU_SIDEBAR_HEADING,
                                             *family != '\0' ? family : _ ("No family"), NULL));
        }
      PlateauSidebarRow *row = plateau_sidebar_row_new (
          PLATEAU_SIDEBAR_SAMPLE, sample->name, plateau_project_find_sample (project, sample->id));
      row->n_cells = cells != NULL ? cells->len : 0;
      row->expanded = searching || !g_hash_table_contains (collapsed, row->object);
      g_ptr_array_add (rows, row);
      if (row->expanded && cells != NULL)
        add_tests (rows, project, PLATEAU_SAMPLE (row->object), cells, unfolded, searching);
    }
  GPtrArray *loose = g_hash_table_lookup (groups, NULL);
  if (loose != NULL)
    {
      g_ptr_array_add (
          rows, plateau_sidebar_row_new (PLATEAU_SIDEBAR_HEADING, _ ("Not yet assigned"), NULL));
      add_cells (rows, project, loose);
    }
  return rows;
}

/* The widget of a row */

typedef struct
{
  PlateauSidebarRow *row;
  GtkWidget *arrow, *key, *name, *caption, *warning, *value, *count;
} RowParts;

static void
row_parts_free (RowParts *parts)
{
  g_clear_object (&parts->row);
  g_free (parts);
}

static RowParts *
get_parts (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), "parts");
}

void
plateau_sidebar_row_widget_fold (GtkWidget *widget)
{
  RowParts *parts = get_parts (widget);
  PlateauSample *sample = PLATEAU_SAMPLE (parts->row->object);
  if (parts->row->kind == PLATEAU_SIDEBAR_TEST)
    {
      g_autofree char *key = plateau_sidebar_test_key (sample, parts->row->test);
      gtk_widget_activate_action (widget, "sidebar.fold-test", "s", key);
    }
  else
    gtk_widget_activate_action (widget, "sidebar.fold", "x", plateau_sample_get_id (sample));
}

GtkWidget *
plateau_sidebar_row_widget_new (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  RowParts *parts = g_new0 (RowParts, 1);
  g_object_set_data_full (G_OBJECT (box), "parts", parts, (GDestroyNotify) row_parts_free);

  parts->arrow = gtk_button_new ();
  gtk_widget_add_css_class (parts->arrow, "fold");
  gtk_widget_add_css_class (parts->arrow, "flat");
  gtk_widget_set_focusable (parts->arrow, FALSE);
  gtk_widget_set_valign (parts->arrow, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (parts->arrow, "clicked", G_CALLBACK (plateau_sidebar_row_widget_fold), box);
  gtk_box_append (GTK_BOX (box), parts->arrow);

  parts->key = plateau_key_new ();
  gtk_box_append (GTK_BOX (box), parts->key);

  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (texts, "texts");
  parts->name = gtk_label_new (NULL);
  gtk_widget_add_css_class (parts->name, "name");
  parts->caption = gtk_label_new (NULL);
  gtk_widget_add_css_class (parts->caption, "caption");
  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *label = i == 0 ? parts->name : parts->caption;
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_box_append (GTK_BOX (texts), label);
    }
  gtk_box_append (GTK_BOX (box), texts);

  parts->warning = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  gtk_widget_add_css_class (parts->warning, "warning-mark");
  gtk_box_append (GTK_BOX (box), parts->warning);
  parts->value = gtk_label_new (NULL);
  gtk_widget_add_css_class (parts->value, "value");
  gtk_box_append (GTK_BOX (box), parts->value);
  parts->count = gtk_label_new (NULL);
  gtk_widget_add_css_class (parts->count, "count");
  gtk_widget_set_valign (parts->count, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_start (parts->count, 4);
  gtk_box_append (GTK_BOX (box), parts->count);
  return box;
}

PlateauSidebarRow *
plateau_sidebar_row_widget_get_row (GtkWidget *widget)
{
  RowParts *parts = get_parts (widget);
  return parts != NULL ? parts->row : NULL;
}

static char *
sample_caption (PlateauSample *sample)
{
  PlateauRole role = plateau_sample_get_role (sample);
  g_autoptr (GString) text = g_string_new (NULL);
  if (role != PLATEAU_ROLE_NONE)
    g_string_append (text, plateau_role_get_label (role));
  double value = plateau_sample_get_variable_value (sample);
  if (!isnan (value))
    {
      g_autofree char *number = plateau_format_significant (value, 4);
      g_string_append_printf (text, "%s%s %s", text->len > 0 ? " · " : "", number,
                              plateau_sample_get_variable_unit (sample));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const char *
first_warning (const PlateauStudyCell *cell)
{
  for (guint i = 0; i < cell->measurements->len; i++)
    {
      const char *const *warnings = plateau_measurement_get_warnings (
          g_ptr_array_index (cell->measurements, i));
      if (warnings != NULL && warnings[0] != NULL)
        return warnings[0];
    }
  return NULL;
}

static void
bind_cell (RowParts *parts, PlateauDocument *document)
{
  PlateauCell *cell = PLATEAU_CELL (parts->row->object);
  const PlateauStudyCell *study = plateau_study_find_cell (plateau_document_get_study (document),
                                                           plateau_cell_get_id (cell));
  if (study == NULL)
    return;
  double mass = study->active_mass;
  /* A pellet or a symmetric cell has no active mass and needs none. */
  gboolean lacks_mass = isnan (mass) && (study->kinds & PLATEAU_KIND_CYCLING) != 0;
  const char *warning = lacks_mass ? _ ("No active mass: capacities are shown in mAh.")
                                   : first_warning (study);
  g_autofree char *number = plateau_format_significant (plateau_from_si (mass, "mg"), 3);
  g_autofree char *value = study->excluded ? g_strdup (_ ("left out"))
                           : lacks_mass    ? g_strdup (_ ("no mass"))
                           : isnan (mass)  ? g_strdup ("")
                                           : g_strdup_printf ("%s mg", number);
  gtk_label_set_text (GTK_LABEL (parts->value), value);
  gtk_widget_set_visible (parts->warning, warning != NULL && !study->excluded);
  plateau_tooltip_set (parts->warning, warning);
  gtk_label_set_attributes (GTK_LABEL (parts->name), NULL);
  if (study->excluded)
    {
      g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
      pango_attr_list_insert (attributes, pango_attr_strikethrough_new (TRUE));
      gtk_label_set_attributes (GTK_LABEL (parts->name), attributes);
      plateau_tooltip_set (parts->value, study->exclusion_reason);
    }
  else
    plateau_tooltip_set (parts->value, NULL);
}

static void
bind_sample (RowParts *parts, PlateauDocument *document)
{
  PlateauSample *sample = PLATEAU_SAMPLE (parts->row->object);
  PlateauStudy *study = plateau_document_get_study (document);
  plateau_key_set_slot (PLATEAU_KEY (parts->key),
                        plateau_look_of_sample (study, plateau_study_find_sample (
                                                           study, plateau_sample_get_id (sample))));
  g_autofree char *caption = sample_caption (sample);
  gtk_label_set_text (GTK_LABEL (parts->caption), caption);
  gtk_widget_set_visible (parts->caption, *caption != '\0');
}

/* What samples and tests have in common: cells to count and to fold away. */
static void
bind_fold (RowParts *parts)
{
  g_autofree char *count = g_strdup_printf ("%u", parts->row->n_cells);
  gtk_label_set_text (GTK_LABEL (parts->count), count);
  g_autofree char *count_text = g_strdup_printf (
      ngettext ("%u cell", "%u cells", parts->row->n_cells), parts->row->n_cells);
  plateau_tooltip_set (parts->count, count_text);
  gtk_button_set_icon_name (GTK_BUTTON (parts->arrow),
                            parts->row->expanded ? "pan-down-symbolic" : "pan-end-symbolic");
  const char *fold = parts->row->expanded ? _ ("Hide the cells") : _ ("Show the cells");
  plateau_tooltip_set (parts->arrow, fold);
  gtk_accessible_update_property (GTK_ACCESSIBLE (parts->arrow), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  fold, -1);
  gtk_label_set_attributes (GTK_LABEL (parts->name), NULL);
}

/* What the row says beside its name, for a screen reader; the list's own row has the focus. */
static void
describe (GtkWidget *widget, RowParts *parts)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);
  const char *told[] = { gtk_label_get_text (GTK_LABEL (parts->caption)),
                         plateau_tooltip_get (parts->count),
                         gtk_label_get_text (GTK_LABEL (parts->value)),
                         plateau_tooltip_get (parts->value), plateau_tooltip_get (parts->warning) };
  GtkWidget *teller[] = { parts->caption, parts->count, parts->value, parts->value, parts->warning };
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    if (gtk_widget_get_visible (teller[i]) && told[i] != NULL && *told[i] != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", told[i]);
  if (parent == NULL)
    return;
  gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text->str, -1);
  if (parts->row->kind == PLATEAU_SIDEBAR_SAMPLE || parts->row->kind == PLATEAU_SIDEBAR_TEST)
    gtk_accessible_update_state (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_STATE_EXPANDED,
                                 parts->row->expanded, -1);
  else
    gtk_accessible_reset_state (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_STATE_EXPANDED);
}

/* Under its sample a cell needs only what comes after the sample's name: "0.2C 1". */
static char *
shown_name (PlateauSidebarRow *row)
{
  g_autofree char *name = plateau_naming_without_mark (row->name);
  PlateauSample *sample = row->kind == PLATEAU_SIDEBAR_CELL
                              ? plateau_cell_get_sample (PLATEAU_CELL (row->object))
                              : NULL;
  if (sample == NULL)
    return g_steal_pointer (&name);
  g_autofree char *of = plateau_naming_without_mark (plateau_sample_get_name (sample));
  gsize length = strlen (of);
  if (g_str_has_prefix (name, of) && name[length] == ' ' && name[length + 1] != '\0')
    return g_strdup (name + length + 1);
  return g_steal_pointer (&name);
}

void
plateau_sidebar_row_widget_bind (GtkWidget *widget, PlateauSidebarRow *row,
                                 PlateauDocument *document)
{
  static const char *const classes[] = { "heading", "sample", "test", "cell" };
  RowParts *parts = get_parts (widget);
  g_set_object (&parts->row, row);
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (widget, classes[i]);
  gtk_widget_add_css_class (widget, classes[row->kind]);
  gboolean is_sample = row->kind == PLATEAU_SIDEBAR_SAMPLE;
  gboolean is_cell = row->kind == PLATEAU_SIDEBAR_CELL;
  gboolean is_test = row->kind == PLATEAU_SIDEBAR_TEST;
  gtk_widget_set_visible (parts->arrow, is_sample || is_test);
  gtk_widget_set_visible (parts->key, is_sample);
  gtk_widget_set_visible (parts->caption, is_sample);
  gtk_widget_set_visible (parts->count, is_sample || is_test);
  gtk_widget_set_visible (parts->warning, is_cell);
  gtk_widget_set_visible (parts->value, is_cell);
  g_autofree char *shown = shown_name (row);
  gtk_label_set_text (GTK_LABEL (parts->name), shown);
  plateau_tooltip_set (parts->name, row->name);
  if (is_cell)
    bind_cell (parts, document);
  else if (is_sample || is_test)
    {
      bind_fold (parts);
      if (is_sample)
        bind_sample (parts, document);
    }
  else
    gtk_label_set_attributes (GTK_LABEL (parts->name), NULL);
  describe (widget, parts);
}
