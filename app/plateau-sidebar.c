/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-sidebar.h"

#include "plateau-gradual-model.h"
#include "plateau-later.h"
#include "plateau-sidebar-drag.h"
#include "plateau-sidebar-row.h"

#include <glib/gi18n.h>
#include <string.h>

/* Above this samples are folded when a project opens. */
#define MANY_CELLS 30
#define ROWS_AT_FIRST 10
#define ROWS_AT_ONCE 10

struct _PlateauSidebar
{
  GtkWidget parent_instance;

  PlateauDocument *document;
  GtkWidget *box, *search, *list, *scrolled;
  GListStore *rows;
  GtkMultiSelection *selection;
  GHashTable *collapsed; /* set of PlateauSample */
  GHashTable *unfolded;  /* set of keys of tests */
  GPtrArray *shown;      /* row widgets in use */
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (PlateauSidebar, plateau_sidebar, GTK_TYPE_WIDGET)

/* The list follows the document */

/* A test is selected when all its cells are. */
static gboolean
row_is_selected (PlateauSidebar *sidebar, PlateauSelection *selection, PlateauSidebarRow *row)
{
  g_autoptr (GPtrArray) objects = g_ptr_array_new ();
  plateau_sidebar_row_add_objects (row, plateau_document_get_project (sidebar->document), objects);
  for (guint i = 0; i < objects->len; i++)
    if (!plateau_selection_contains (selection, g_ptr_array_index (objects, i)))
      return FALSE;
  return objects->len > 0;
}

static void
restore_selection (PlateauSidebar *sidebar)
{
  PlateauSelection *selection = plateau_document_get_selection (sidebar->document);
  g_autoptr (GtkBitset) chosen = gtk_bitset_new_empty ();
  guint n = g_list_model_get_n_items (G_LIST_MODEL (sidebar->rows));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PlateauSidebarRow) row = g_list_model_get_item (G_LIST_MODEL (sidebar->rows), i);
      if (row_is_selected (sidebar, selection, row))
        gtk_bitset_add (chosen, i);
    }
  g_autoptr (GtkBitset) all = gtk_bitset_new_range (0, n);
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (sidebar->selection), chosen, all);
}

static gboolean
row_stays (PlateauSidebar *sidebar, guint position, PlateauSidebarRow *row)
{
  g_autoptr (PlateauSidebarRow)
      old = g_list_model_get_item (G_LIST_MODEL (sidebar->rows), position);
  return plateau_sidebar_row_same (old, row);
}

/* Rows before and behind what changed stay, so that the list stays where it is scrolled to. */
static void
replace_rows (PlateauSidebar *sidebar, GPtrArray *rows)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (sidebar->rows)), before = 0, behind = 0;
  guint least = MIN (n, rows->len);
  while (before < least && row_stays (sidebar, before, rows->pdata[before]))
    before++;
  while (behind < least - before
         && row_stays (sidebar, n - 1 - behind, rows->pdata[rows->len - 1 - behind]))
    behind++;
  if (before + behind < MAX (n, rows->len))
    g_list_store_splice (sidebar->rows, before, n - before - behind, rows->pdata + before,
                         rows->len - before - behind);
}

static void
rebind_shown (PlateauSidebar *sidebar)
{
  for (guint i = 0; i < sidebar->shown->len; i++)
    {
      GtkWidget *widget = g_ptr_array_index (sidebar->shown, i);
      PlateauSidebarRow *row = plateau_sidebar_row_widget_get_row (widget);
      if (row != NULL)
        plateau_sidebar_row_widget_bind (widget, row, sidebar->document);
    }
}

/* The row that has the focus: its own widget, inside that of the list. */
static GtkWidget *
focused_row (PlateauSidebar *sidebar)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (sidebar));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  for (guint i = 0; focus != NULL && i < sidebar->shown->len; i++)
    {
      GtkWidget *widget = g_ptr_array_index (sidebar->shown, i);
      if (gtk_widget_get_parent (widget) == focus)
        return widget;
    }
  return NULL;
}

/* Rows that are made anew lose the focus: it goes to the one that means the same. */
static void
restore_focus (PlateauSidebar *sidebar, PlateauSidebarRow *before)
{
  for (guint i = 0; i < sidebar->shown->len; i++)
    {
      GtkWidget *widget = g_ptr_array_index (sidebar->shown, i);
      PlateauSidebarRow *row = plateau_sidebar_row_widget_get_row (widget);
      if (row->kind == before->kind && row->object == before->object
          && g_strcmp0 (row->test, before->test) == 0)
        gtk_widget_grab_focus (gtk_widget_get_parent (widget));
    }
}

static void
update_rows (gpointer object)
{
  PlateauSidebar *sidebar = object;
  GtkWidget *focus = focused_row (sidebar);
  g_autoptr (PlateauSidebarRow)
      before = focus != NULL ? g_object_ref (plateau_sidebar_row_widget_get_row (focus)) : NULL;
  g_autoptr (GPtrArray)
      rows = plateau_sidebar_rows_build (sidebar->document, sidebar->collapsed, sidebar->unfolded,
                                         gtk_editable_get_text (GTK_EDITABLE (sidebar->search)));
  sidebar->updating = TRUE;
  replace_rows (sidebar, rows);
  rebind_shown (sidebar);
  restore_selection (sidebar);
  if (before != NULL)
    restore_focus (sidebar, before);
  sidebar->updating = FALSE;
}

/* The first rows come after the frame in which the window's parts are first seen. */
static void
document_changed (PlateauSidebar *sidebar)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (sidebar->rows)) > 0)
    update_rows (sidebar);
  else
    plateau_later (sidebar, update_rows);
}

/* What a person selects, the pages show. Rows that a search hides keep their selection. */
static void
selection_changed (PlateauSidebar *sidebar, guint position, guint n_items)
{
  if (sidebar->updating)
    return;
  g_autoptr (GPtrArray) objects = g_ptr_array_new ();
  GObject *current = NULL;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (sidebar->rows)); i++)
    {
      if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (sidebar->selection), i))
        continue;
      g_autoptr (PlateauSidebarRow) row = g_list_model_get_item (G_LIST_MODEL (sidebar->rows), i);
      if (row->object == NULL)
        continue;
      plateau_sidebar_row_add_objects (row, plateau_document_get_project (sidebar->document),
                                       objects);
      if (i >= position && i < position + n_items)
        current = row->object;
    }
  PlateauSelection *selection = plateau_document_get_selection (sidebar->document);
  GPtrArray *before = plateau_selection_get_objects (selection);
  if (current != NULL && g_ptr_array_find (before, current, NULL))
    current = NULL;
  plateau_selection_set (selection, objects,
                         objects->len == 1 ? g_ptr_array_index (objects, 0) : current);
}

static void
document_selection_changed (PlateauSidebar *sidebar)
{
  if (sidebar->updating)
    return;
  sidebar->updating = TRUE;
  restore_selection (sidebar);
  sidebar->updating = FALSE;
}

/* Context menu */

static gboolean
unparent_in_idle (gpointer user_data)
{
  if (gtk_widget_get_parent (user_data) != NULL)
    gtk_widget_unparent (user_data);
  return G_SOURCE_REMOVE;
}

/* A menu closes before its action runs, which goes up from the menu to the window. */
static void
let_go (GtkWidget *menu)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent_in_idle, g_object_ref (menu), g_object_unref);
}

static void
open_menu (PlateauSidebar *sidebar, GtkWidget *widget, double x, double y)
{
  PlateauSidebarRow *row = plateau_sidebar_row_widget_get_row (widget);
  if (row == NULL || row->object == NULL)
    return;
  PlateauSelection *selection = plateau_document_get_selection (sidebar->document);
  if (!plateau_selection_contains (selection, row->object))
    {
      g_autoptr (GPtrArray) objects = g_ptr_array_new ();
      plateau_sidebar_row_add_objects (row, plateau_document_get_project (sidebar->document),
                                       objects);
      plateau_selection_set (selection, objects, NULL);
    }
  else if (row->kind != PLATEAU_SIDEBAR_TEST)
    plateau_selection_set_current (selection, row->object);
  graphene_point_t point = GRAPHENE_POINT_INIT (x, y), in_list;
  if (!gtk_widget_compute_point (widget, GTK_WIDGET (sidebar), &point, &in_list))
    return;
  g_autoptr (GtkBuilder)
      builder = gtk_builder_new_from_resource ("/io/github/plateau/Plateau/ui/menus.ui");
  GMenuModel *model = G_MENU_MODEL (gtk_builder_get_object (
      builder, row->kind == PLATEAU_SIDEBAR_SAMPLE ? "sample-menu" : "cell-menu"));
  GtkWidget *menu = gtk_popover_menu_new_from_model (model);
  gtk_widget_set_parent (menu, GTK_WIDGET (sidebar));
  gtk_popover_set_has_arrow (GTK_POPOVER (menu), FALSE);
  gtk_widget_set_halign (menu, GTK_ALIGN_START);
  gtk_popover_set_pointing_to (GTK_POPOVER (menu), &(GdkRectangle){ in_list.x, in_list.y, 1, 1 });
  g_signal_connect (menu, "closed", G_CALLBACK (let_go), NULL);
  gtk_popover_popup (GTK_POPOVER (menu));
}

static void
row_pressed (GtkGestureClick *gesture, int n_press, double x, double y, GtkWidget *widget)
{
  open_menu (PLATEAU_SIDEBAR (gtk_widget_get_ancestor (widget, PLATEAU_TYPE_SIDEBAR)), widget, x,
             y);
}

/* Rows */

static void
setup_row (GtkSignalListItemFactory *factory, GtkListItem *item, PlateauSidebar *sidebar)
{
  GtkWidget *widget = plateau_sidebar_row_widget_new ();
  plateau_sidebar_row_make_draggable (widget, sidebar->document);
  GtkGesture *click = gtk_gesture_click_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (row_pressed), widget);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  gtk_list_item_set_child (item, widget);
}

static void
bind_row (GtkSignalListItemFactory *factory, GtkListItem *item, PlateauSidebar *sidebar)
{
  PlateauSidebarRow *row = gtk_list_item_get_item (item);
  GtkWidget *widget = gtk_list_item_get_child (item);
  gtk_list_item_set_selectable (item, row->kind != PLATEAU_SIDEBAR_HEADING);
  gtk_list_item_set_activatable (item, row->kind != PLATEAU_SIDEBAR_HEADING);
  plateau_sidebar_row_widget_bind (widget, row, sidebar->document);
  /* Rows that cannot be selected take no focus of their own, and the arrow keys would stop there.
   */
  gtk_widget_set_focusable (widget, row->kind == PLATEAU_SIDEBAR_HEADING);
  g_ptr_array_add (sidebar->shown, widget);
  GtkWidget *parent = gtk_widget_get_parent (widget);
  static const char *const classes[] = { "heading-row", "sample-row", "test-row", "cell-row" };
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (parent, classes[i]);
  gtk_widget_add_css_class (parent, classes[row->kind]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL, row->name,
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, row->name,
                                  -1);
}

static void
unbind_row (GtkSignalListItemFactory *factory, GtkListItem *item, PlateauSidebar *sidebar)
{
  g_ptr_array_remove (sidebar->shown, gtk_list_item_get_child (item));
}

static void
fold_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PlateauSidebar *sidebar = PLATEAU_SIDEBAR (widget);
  PlateauSample *sample = plateau_project_find_sample (
      plateau_document_get_project (sidebar->document), g_variant_get_int64 (parameter));
  if (sample == NULL)
    return;
  if (!g_hash_table_remove (sidebar->collapsed, sample))
    g_hash_table_add (sidebar->collapsed, g_object_ref (sample));
  update_rows (sidebar);
}

static void
fold_test_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PlateauSidebar *sidebar = PLATEAU_SIDEBAR (widget);
  const char *key = g_variant_get_string (parameter, NULL);
  if (!g_hash_table_remove (sidebar->unfolded, key))
    g_hash_table_add (sidebar->unfolded, g_strdup (key));
  update_rows (sidebar);
}

/* Left and Right fold the sample or test that has the focus, as trees do. */
static gboolean
fold_by_key (PlateauSidebarRow *row, GtkWidget *widget, gboolean unfold)
{
  if (row->kind != PLATEAU_SIDEBAR_SAMPLE && row->kind != PLATEAU_SIDEBAR_TEST)
    return GDK_EVENT_PROPAGATE;
  if (row->expanded != unfold)
    plateau_sidebar_row_widget_fold (widget);
  return GDK_EVENT_STOP;
}

static gboolean
key_pressed (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state,
             PlateauSidebar *sidebar)
{
  GtkWidget *widget = focused_row (sidebar);
  PlateauSidebarRow *row = widget != NULL ? plateau_sidebar_row_widget_get_row (widget) : NULL;
  if (row == NULL)
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_Left || keyval == GDK_KEY_Right)
    return fold_by_key (row, widget, keyval == GDK_KEY_Right);
  if (keyval != GDK_KEY_Menu && !(keyval == GDK_KEY_F10 && (state & GDK_SHIFT_MASK) != 0))
    return GDK_EVENT_PROPAGATE;
  open_menu (sidebar, widget, gtk_widget_get_width (widget) / 2.0,
             gtk_widget_get_height (widget) / 2.0);
  return GDK_EVENT_STOP;
}

/* Renaming in place */

static void
rename_entered (GtkEntry *entry, PlateauSidebar *sidebar)
{
  GObject *object = g_object_get_data (G_OBJECT (entry), "object");
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));
  if (*text != '\0')
    {
      g_auto (GValue) value = G_VALUE_INIT;
      g_value_init (&value, G_TYPE_STRING);
      g_value_set_string (&value, text);
      g_autofree char *name = g_strdup_printf (_ ("Rename to %s"), text);
      plateau_document_set_property (sidebar->document, object, "name", &value, name);
    }
  gtk_popover_popdown (
      GTK_POPOVER (gtk_widget_get_ancestor (GTK_WIDGET (entry), GTK_TYPE_POPOVER)));
}

void
plateau_sidebar_rename (PlateauSidebar *sidebar)
{
  GObject *current = plateau_selection_get_current (
      plateau_document_get_selection (sidebar->document));
  GtkWidget *anchor = NULL;
  for (guint i = 0; current != NULL && i < sidebar->shown->len && anchor == NULL; i++)
    {
      GtkWidget *widget = g_ptr_array_index (sidebar->shown, i);
      if (plateau_sidebar_row_widget_get_row (widget)->object == current)
        anchor = widget;
    }
  if (anchor == NULL)
    return;
  g_autofree char *name = NULL;
  g_object_get (current, "name", &name, NULL);
  graphene_rect_t bounds;
  if (!gtk_widget_compute_bounds (anchor, GTK_WIDGET (sidebar), &bounds))
    return;
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *entry = gtk_entry_new ();
  gtk_editable_set_text (GTK_EDITABLE (entry), name);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 24);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("New name"), -1);
  g_object_set_data_full (G_OBJECT (entry), "object", g_object_ref (current), g_object_unref);
  g_signal_connect (entry, "activate", G_CALLBACK (rename_entered), sidebar);
  gtk_popover_set_child (GTK_POPOVER (popover), entry);
  gtk_widget_set_parent (popover, GTK_WIDGET (sidebar));
  gtk_popover_set_pointing_to (
      GTK_POPOVER (popover),
      &(GdkRectangle){ bounds.origin.x, bounds.origin.y, bounds.size.width, bounds.size.height });
  g_signal_connect (popover, "closed", G_CALLBACK (gtk_widget_unparent), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
  gtk_widget_grab_focus (entry);
}

void
plateau_sidebar_focus_search (PlateauSidebar *sidebar)
{
  gtk_widget_grab_focus (sidebar->search);
}

/* Rows of all cycling cells of @test in @family, over how many samples with a role. */
static guint
weigh_test (PlateauStudy *study, const char *family, const char *test, guint64 *rows)
{
  g_autoptr (GHashTable) samples = g_hash_table_new (NULL, NULL);
  *rows = 0;
  for (guint i = 0; i < plateau_study_get_n_cells (study); i++)
    {
      const PlateauStudyCell *cell = plateau_study_get_cell (study, i);
      if (cell->sample == NULL || cell->excluded || cell->sample->role == PLATEAU_ROLE_NONE
          || (cell->kinds & PLATEAU_KIND_CYCLING) == 0 || strcmp (cell->sample->family, family) != 0
          || strcmp (cell->test, test) != 0)
        continue;
      g_hash_table_add (samples, (gpointer) cell->sample);
      for (guint k = 0; k < cell->measurements->len; k++)
        *rows += plateau_measurement_get_n_rows (g_ptr_array_index (cell->measurements, k));
    }
  return g_hash_table_size (samples);
}

/* The test that most samples of the first family that can be compared went through; of equal ones
 * the longest. NULL when nothing can be compared. */
static const PlateauStudyCell *
best_comparison (PlateauStudy *study)
{
  const PlateauStudyCell *best = NULL;
  guint best_samples = 1;
  guint64 best_rows = 0;
  for (guint i = 0; i < plateau_study_get_n_cells (study); i++)
    {
      const PlateauStudyCell *cell = plateau_study_get_cell (study, i);
      guint64 rows;
      if (cell->sample == NULL
          || (best != NULL && strcmp (best->sample->family, cell->sample->family) != 0))
        continue;
      guint samples = weigh_test (study, cell->sample->family, cell->test, &rows);
      if (samples > best_samples || (samples == best_samples && best != NULL && rows > best_rows))
        {
          best = cell;
          best_samples = samples;
          best_rows = rows;
        }
    }
  return best;
}

/* With many cells only the samples with selected ones are unfolded. */
static void
fold_others (PlateauSidebar *sidebar, GPtrArray *chosen)
{
  PlateauProject *project = plateau_document_get_project (sidebar->document);
  GListModel *samples = plateau_project_get_samples (project);
  if (g_list_model_get_n_items (plateau_project_get_cells (project)) <= MANY_CELLS)
    return;
  for (guint i = 0; i < g_list_model_get_n_items (samples); i++)
    {
      g_autoptr (PlateauSample) sample = g_list_model_get_item (samples, i);
      gboolean used = FALSE;
      for (guint k = 0; k < chosen->len && !used; k++)
        used = PLATEAU_IS_CELL (g_ptr_array_index (chosen, k))
               && plateau_cell_get_sample (g_ptr_array_index (chosen, k)) == sample;
      if (!used)
        g_hash_table_add (sidebar->collapsed, g_object_ref (sample));
    }
}

/* At first: what can best be compared; else everything. */
void
plateau_sidebar_select_default (PlateauSidebar *sidebar)
{
  PlateauStudy *study = plateau_document_get_study (sidebar->document);
  PlateauProject *project = plateau_document_get_project (sidebar->document);
  g_autoptr (GPtrArray) objects = g_ptr_array_new ();
  const PlateauStudyCell *best = best_comparison (study);
  for (guint i = 0; i < plateau_study_get_n_cells (study); i++)
    {
      const PlateauStudyCell *cell = plateau_study_get_cell (study, i);
      if (best == NULL
          || (cell->sample != NULL && !cell->excluded && strcmp (cell->test, best->test) == 0
              && strcmp (cell->sample->family, best->sample->family) == 0))
        g_ptr_array_add (objects, plateau_project_find_cell (project, cell->id));
    }
  fold_others (sidebar, objects);
  plateau_selection_set (plateau_document_get_selection (sidebar->document), objects, NULL);
  plateau_later (sidebar, update_rows);
}

void
plateau_sidebar_select_cells (PlateauSidebar *sidebar, const gint64 *ids, guint n_ids)
{
  PlateauProject *project = plateau_document_get_project (sidebar->document);
  g_autoptr (GPtrArray) objects = g_ptr_array_new ();
  for (guint i = 0; i < n_ids; i++)
    {
      PlateauCell *cell = plateau_project_find_cell (project, ids[i]);
      if (cell != NULL)
        g_ptr_array_add (objects, cell);
    }
  plateau_selection_set (plateau_document_get_selection (sidebar->document), objects, NULL);
}

static void
drop_list (PlateauSidebar *sidebar)
{
  g_signal_handlers_disconnect_by_data (sidebar->selection, sidebar);
  g_clear_object (&sidebar->selection);
  g_clear_object (&sidebar->rows);
}

static void
plateau_sidebar_dispose (GObject *object)
{
  PlateauSidebar *sidebar = PLATEAU_SIDEBAR (object);
  GtkWidget *child;
  if (sidebar->selection != NULL)
    drop_list (sidebar);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (sidebar))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&sidebar->document);
  G_OBJECT_CLASS (plateau_sidebar_parent_class)->dispose (object);
}

static void
plateau_sidebar_finalize (GObject *object)
{
  PlateauSidebar *sidebar = PLATEAU_SIDEBAR (object);
  g_hash_table_unref (sidebar->collapsed);
  g_hash_table_unref (sidebar->unfolded);
  g_ptr_array_unref (sidebar->shown);
  G_OBJECT_CLASS (plateau_sidebar_parent_class)->finalize (object);
}

static void
plateau_sidebar_class_init (PlateauSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = plateau_sidebar_dispose;
  G_OBJECT_CLASS (klass)->finalize = plateau_sidebar_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "sidebar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_install_action (widget_class, "sidebar.fold", "x", fold_action);
  gtk_widget_class_install_action (widget_class, "sidebar.fold-test", "s", fold_test_action);
}

static GtkWidget *
drop_hint_new (void)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("list-add-symbolic"));
  GtkWidget *label = gtk_label_new (_ ("Drop files or folders"));
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "drop-hint");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.add-data");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Add files or folders"), -1);
  return button;
}

static void
build_list (PlateauSidebar *sidebar)
{
  sidebar->rows = g_list_store_new (PLATEAU_TYPE_SIDEBAR_ROW);
  sidebar->selection = gtk_multi_selection_new (G_LIST_MODEL (g_object_ref (sidebar->rows)));
  g_signal_connect_swapped (sidebar->selection, "selection-changed", G_CALLBACK (selection_changed),
                            sidebar);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (setup_row), sidebar);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row), sidebar);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_row), sidebar);
  sidebar->list = gtk_list_view_new (
      plateau_gradual_model_new (GTK_SELECTION_MODEL (g_object_ref (sidebar->selection)),
                                 ROWS_AT_FIRST, ROWS_AT_ONCE, PLATEAU_ROWS_WITH_WIDGETS),
      factory);
  gtk_widget_add_css_class (sidebar->list, "sidebar-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (sidebar->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Samples and cells"), -1);
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed), sidebar);
  gtk_widget_add_controller (sidebar->list, keys);
  sidebar->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (sidebar->scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (sidebar->scrolled), sidebar->list);
  gtk_widget_set_vexpand (sidebar->scrolled, TRUE);
  gtk_box_insert_child_after (GTK_BOX (sidebar->box), sidebar->scrolled, sidebar->search);
}

/* A search shows quite other rows: those of before go out of sight. */
static void
search_changed (PlateauSidebar *sidebar)
{
  drop_list (sidebar);
  g_ptr_array_set_size (sidebar->shown, 0);
  plateau_gradual_retire (sidebar->scrolled, (PlateauLaterFunc) gtk_widget_unparent);
  build_list (sidebar);
  update_rows (sidebar);
}

static void
plateau_sidebar_init (PlateauSidebar *sidebar)
{
  sidebar->collapsed = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  sidebar->unfolded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sidebar->shown = g_ptr_array_new ();
  sidebar->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (sidebar->box, GTK_WIDGET (sidebar));
  sidebar->search = gtk_search_entry_new ();
  g_object_set (sidebar->search, "placeholder-text", _ ("Find cell or sample"), NULL);
  gtk_editable_set_width_chars (GTK_EDITABLE (sidebar->search), 8);
  gtk_accessible_update_property (GTK_ACCESSIBLE (sidebar->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Find cell or sample"), -1);
  gtk_widget_add_css_class (sidebar->search, "sidebar-search");
  g_signal_connect_swapped (sidebar->search, "search-changed", G_CALLBACK (search_changed),
                            sidebar);
  gtk_box_append (GTK_BOX (sidebar->box), sidebar->search);
  build_list (sidebar);
  gtk_box_append (GTK_BOX (sidebar->box), drop_hint_new ());
}

GtkWidget *
plateau_sidebar_new (PlateauDocument *document)
{
  PlateauSidebar *sidebar = g_object_new (PLATEAU_TYPE_SIDEBAR, NULL);
  sidebar->document = g_object_ref (document);
  g_signal_connect_object (document, "changed", G_CALLBACK (document_changed), sidebar,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (plateau_document_get_selection (document), "changed",
                           G_CALLBACK (document_selection_changed), sidebar, G_CONNECT_SWAPPED);
  return GTK_WIDGET (sidebar);
}
