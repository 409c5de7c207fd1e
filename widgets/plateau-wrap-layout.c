/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-wrap-layout.h"

struct _PlateauWrapLayout
{
  GtkLayoutManager parent_instance;
  int spacing; /* between children and between rows */
};

G_DEFINE_FINAL_TYPE (PlateauWrapLayout, plateau_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

/* Children that stand beside one another. */
typedef struct
{
  guint first, n;
  int height;
} Row;

static GPtrArray *
list_children (GtkWidget *widget)
{
  GPtrArray *children = g_ptr_array_new ();
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child))
      g_ptr_array_add (children, child);
  return children;
}

static GtkRequestedSize *
measure_widths (const GPtrArray *children)
{
  GtkRequestedSize *widths = g_new (GtkRequestedSize, MAX (children->len, 1));
  for (guint i = 0; i < children->len; i++)
    {
      widths[i].data = children->pdata[i];
      gtk_widget_measure (children->pdata[i], GTK_ORIENTATION_HORIZONTAL, -1,
                          &widths[i].minimum_size, &widths[i].natural_size, NULL, NULL);
    }
  return widths;
}

/* Gives a row's children their widths: what is left first to those that want more, then to those
 * that expand. */
static void
share_width (GtkRequestedSize *widths, guint n, int width, int spacing)
{
  int left = width - spacing * (int) (n - 1);
  guint n_expanding = 0;
  for (guint i = 0; i < n; i++)
    {
      left -= widths[i].minimum_size;
      n_expanding += gtk_widget_compute_expand (widths[i].data, GTK_ORIENTATION_HORIZONTAL);
    }
  left = gtk_distribute_natural_allocation (MAX (left, 0), n, widths);
  for (guint i = 0; i < n && n_expanding > 0; i++)
    if (gtk_widget_compute_expand (widths[i].data, GTK_ORIENTATION_HORIZONTAL))
      {
        int share = left / (int) n_expanding--;
        widths[i].minimum_size += share;
        left -= share;
      }
}

/* Rows of as many children as fit without being shortened; @widths become those that they get. */
static GArray *
arrange (GtkRequestedSize *widths, guint n, int width, int spacing)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (Row));
  for (guint i = 0; i < n;)
    {
      Row row = { i, 0, 0 };
      int used = -spacing;
      for (; i < n && (row.n == 0 || used + spacing + widths[i].natural_size <= width);
           i++, row.n++)
        used += spacing + widths[i].natural_size;
      share_width (widths + row.first, row.n, width, spacing);
      for (guint k = row.first; k < row.first + row.n; k++)
        {
          int minimum, natural;
          gtk_widget_measure (widths[k].data, GTK_ORIENTATION_VERTICAL, widths[k].minimum_size,
                              &minimum, &natural, NULL, NULL);
          row.height = MAX (row.height, natural);
        }
      g_array_append_val (rows, row);
    }
  return rows;
}

static GtkSizeRequestMode
plateau_wrap_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
plateau_wrap_layout_measure (GtkLayoutManager *manager, GtkWidget *widget,
                             GtkOrientation orientation, int for_size, int *minimum, int *natural,
                             int *minimum_baseline, int *natural_baseline)
{
  int spacing = PLATEAU_WRAP_LAYOUT (manager)->spacing;
  g_autoptr (GPtrArray) children = list_children (widget);
  g_autofree GtkRequestedSize *widths = measure_widths (children);
  int least = 0, all = 0;
  for (guint i = 0; i < children->len; i++)
    {
      least = MAX (least, widths[i].minimum_size);
      all += widths[i].natural_size + (i > 0 ? spacing : 0);
    }
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      int width = for_size >= 0 ? MAX (for_size, least) : all;
      g_autoptr (GArray) rows = arrange (widths, children->len, width, spacing);
      least = 0;
      for (guint i = 0; i < rows->len; i++)
        least += g_array_index (rows, Row, i).height + (i > 0 ? spacing : 0);
      all = least;
    }
  *minimum = least;
  *natural = all;
  *minimum_baseline = *natural_baseline = -1;
}

static void
plateau_wrap_layout_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height,
                              int baseline)
{
  int spacing = PLATEAU_WRAP_LAYOUT (manager)->spacing, y = 0;
  gboolean from_right = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  g_autoptr (GPtrArray) children = list_children (widget);
  g_autofree GtkRequestedSize *widths = measure_widths (children);
  g_autoptr (GArray) rows = arrange (widths, children->len, width, spacing);
  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = &g_array_index (rows, Row, i);
      int x = 0;
      for (guint k = row->first; k < row->first + row->n; k++)
        {
          int w = widths[k].minimum_size;
          GtkAllocation place = { from_right ? width - x - w : x, y, w, row->height };
          gtk_widget_size_allocate (widths[k].data, &place, -1);
          x += w + spacing;
        }
      y += row->height + spacing;
    }
}

static void
plateau_wrap_layout_class_init (PlateauWrapLayoutClass *class)
{
  GtkLayoutManagerClass *layout = GTK_LAYOUT_MANAGER_CLASS (class);
  layout->get_request_mode = plateau_wrap_layout_get_request_mode;
  layout->measure = plateau_wrap_layout_measure;
  layout->allocate = plateau_wrap_layout_allocate;
}

static void
plateau_wrap_layout_init (PlateauWrapLayout *self)
{
}

/**
 * plateau_wrap_layout_new:
 * @spacing: pixels between children and between rows
 *
 * Returns: (transfer full): the layout, for gtk_widget_set_layout_manager()
 */
GtkLayoutManager *
plateau_wrap_layout_new (int spacing)
{
  PlateauWrapLayout *self = g_object_new (PLATEAU_TYPE_WRAP_LAYOUT, NULL);
  self->spacing = spacing;
  return GTK_LAYOUT_MANAGER (self);
}
