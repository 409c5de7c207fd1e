/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-gradual-model.h"

struct _PlateauGradualModel
{
  GObject parent_instance;

  GtkSelectionModel *whole;
  guint at_first, at_once, n_widgets;
  guint shown; /* rows of the whole, from its first */
  gboolean retired;
};

/* The list */

static GType
get_item_type (GListModel *list)
{
  return g_list_model_get_item_type (G_LIST_MODEL (PLATEAU_GRADUAL_MODEL (list)->whole));
}

static guint
get_n_items (GListModel *list)
{
  return PLATEAU_GRADUAL_MODEL (list)->shown;
}

static gpointer
get_item (GListModel *list, guint position)
{
  PlateauGradualModel *self = PLATEAU_GRADUAL_MODEL (list);
  return position < self->shown ? g_list_model_get_item (G_LIST_MODEL (self->whole), position)
                                : NULL;
}

static void
list_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* The selection is that of the whole */

static gboolean
is_selected (GtkSelectionModel *model, guint position)
{
  return gtk_selection_model_is_selected (PLATEAU_GRADUAL_MODEL (model)->whole, position);
}

static GtkBitset *
get_selection_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  return gtk_selection_model_get_selection_in_range (PLATEAU_GRADUAL_MODEL (model)->whole, position,
                                                     n_items);
}

static gboolean
select_item (GtkSelectionModel *model, guint position, gboolean unselect_rest)
{
  return gtk_selection_model_select_item (PLATEAU_GRADUAL_MODEL (model)->whole, position,
                                          unselect_rest);
}

static gboolean
unselect_item (GtkSelectionModel *model, guint position)
{
  return gtk_selection_model_unselect_item (PLATEAU_GRADUAL_MODEL (model)->whole, position);
}

static gboolean
select_range (GtkSelectionModel *model, guint position, guint n_items, gboolean unselect_rest)
{
  return gtk_selection_model_select_range (PLATEAU_GRADUAL_MODEL (model)->whole, position, n_items,
                                           unselect_rest);
}

static gboolean
unselect_range (GtkSelectionModel *model, guint position, guint n_items)
{
  return gtk_selection_model_unselect_range (PLATEAU_GRADUAL_MODEL (model)->whole, position,
                                             n_items);
}

static gboolean
select_all (GtkSelectionModel *model)
{
  return gtk_selection_model_select_all (PLATEAU_GRADUAL_MODEL (model)->whole);
}

static gboolean
unselect_all (GtkSelectionModel *model)
{
  return gtk_selection_model_unselect_all (PLATEAU_GRADUAL_MODEL (model)->whole);
}

static gboolean
set_selection (GtkSelectionModel *model, GtkBitset *selected, GtkBitset *mask)
{
  return gtk_selection_model_set_selection (PLATEAU_GRADUAL_MODEL (model)->whole, selected, mask);
}

static void
selection_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = is_selected;
  iface->get_selection_in_range = get_selection_in_range;
  iface->select_item = select_item;
  iface->unselect_item = unselect_item;
  iface->select_range = select_range;
  iface->unselect_range = unselect_range;
  iface->select_all = select_all;
  iface->unselect_all = unselect_all;
  iface->set_selection = set_selection;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PlateauGradualModel, plateau_gradual_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_init)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, selection_init))

/* Filling */

static guint
count_whole (PlateauGradualModel *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->whole));
}

static void
fill (gpointer object)
{
  PlateauGradualModel *self = object;
  if (self->retired)
    return;
  guint missing = count_whole (self) - self->shown;
  guint added = self->shown < self->n_widgets ? MIN (missing, self->at_once) : missing;
  guint position = self->shown;
  self->shown += added;
  if (added < missing)
    plateau_later (self, fill);
  if (added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), position, 0, added);
}

/* Few rows more are shown at once; of many, the first. */
static void
whole_changed (PlateauGradualModel *self, guint position, guint removed, guint added)
{
  if (self->retired)
    return;
  guint shown = self->shown;
  gboolean all = shown == count_whole (self) + removed - added;
  if (position > shown || (position == shown && !all))
    return; /* to be filled in anyway */
  if (all && added <= self->at_first)
    self->shown = shown + added - removed;
  else
    {
      self->shown = position < self->n_widgets ? MIN (count_whole (self), position + self->at_first)
                                               : count_whole (self);
      added = self->shown - position;
      removed = shown - position;
    }
  if (self->shown < count_whole (self))
    plateau_later (self, fill);
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
whole_selected (PlateauGradualModel *self, guint position, guint n_items)
{
  if (position < self->shown)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), position,
                                           MIN (n_items, self->shown - position));
}

static void
plateau_gradual_model_finalize (GObject *object)
{
  g_object_unref (PLATEAU_GRADUAL_MODEL (object)->whole);
  G_OBJECT_CLASS (plateau_gradual_model_parent_class)->finalize (object);
}

static void
plateau_gradual_model_class_init (PlateauGradualModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plateau_gradual_model_finalize;
}

static void
plateau_gradual_model_init (PlateauGradualModel *self)
{
}

/* @whole: (transfer full). @at_first rows are there at once, @at_once more in each turn, and all
 * when there are @n_widgets of them. */
GtkSelectionModel *
plateau_gradual_model_new (GtkSelectionModel *whole, guint at_first, guint at_once, guint n_widgets)
{
  PlateauGradualModel *self = g_object_new (PLATEAU_TYPE_GRADUAL_MODEL, NULL);
  self->whole = whole;
  self->at_first = at_first;
  self->at_once = at_once;
  self->n_widgets = n_widgets;
  g_signal_connect_object (whole, "items-changed", G_CALLBACK (whole_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (whole, "selection-changed", G_CALLBACK (whole_selected), self,
                           G_CONNECT_SWAPPED);
  whole_changed (self, 0, 0, count_whole (self));
  return GTK_SELECTION_MODEL (self);
}

/* Retiring */

static PlateauGradualModel *
get_model (GtkWidget *widget)
{
  GtkSelectionModel *model = GTK_IS_LIST_VIEW (widget)
                                 ? gtk_list_view_get_model (GTK_LIST_VIEW (widget))
                             : GTK_IS_COLUMN_VIEW (widget)
                                 ? gtk_column_view_get_model (GTK_COLUMN_VIEW (widget))
                                 : NULL;
  return PLATEAU_IS_GRADUAL_MODEL (model) ? PLATEAU_GRADUAL_MODEL (model) : NULL;
}

/* The first list that still has rows; NULL: none. */
static PlateauGradualModel *
find_filled (GtkWidget *widget)
{
  PlateauGradualModel *model = get_model (widget);
  if (model != NULL)
    return model->shown > 0 ? model : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && model == NULL;
       child = gtk_widget_get_next_sibling (child))
    model = find_filled (child);
  return model;
}

static void
retire_step (gpointer widget)
{
  PlateauGradualModel *model = find_filled (widget);
  if (model == NULL)
    {
      PlateauLaterFunc gone = g_object_get_data (widget, "gone");
      gone (widget);
      return;
    }
  guint removed = MIN (model->shown, model->at_once);
  model->retired = TRUE;
  model->shown -= removed;
  plateau_later (widget, retire_step);
  g_list_model_items_changed (G_LIST_MODEL (model), model->shown, removed, 0);
}

void
plateau_gradual_retire (GtkWidget *widget, PlateauLaterFunc gone)
{
  gtk_widget_set_visible (widget, FALSE);
  g_object_set_data (G_OBJECT (widget), "gone", (gpointer) gone);
  plateau_later (widget, retire_step);
}
