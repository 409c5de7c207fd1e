/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows that come a few at a time: at any time the first of the whole, in the end all, whatever
 * changes meanwhile; and what is selected is selected in the whole. */

#include "plateau-gradual-model.h"
#include "plateau-later.h"

#define AT_FIRST 5
#define AT_ONCE 3
#define N_WIDGETS 40

typedef struct
{
  GListStore *rows;
  GtkSelectionModel *whole, *gradual;
  GPtrArray *mirror; /* what a list would show that hears only of the changes */
} Fixture;

static void
items_changed (Fixture *fixture, guint position, guint removed, guint added)
{
  g_assert_cmpuint (position + removed, <=, fixture->mirror->len);
  if (removed > 0)
    g_ptr_array_remove_range (fixture->mirror, position, removed);
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (GObject)
          item = g_list_model_get_item (G_LIST_MODEL (fixture->gradual), position + i);
      g_assert_nonnull (item);
      g_ptr_array_insert (fixture->mirror, (int) (position + i), item);
    }
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->rows = g_list_store_new (G_TYPE_OBJECT);
  fixture->whole = GTK_SELECTION_MODEL (
      gtk_multi_selection_new (G_LIST_MODEL (g_object_ref (fixture->rows))));
  fixture->gradual = plateau_gradual_model_new (g_object_ref (fixture->whole), AT_FIRST, AT_ONCE,
                                                N_WIDGETS);
  fixture->mirror = g_ptr_array_new ();
  g_signal_connect_swapped (fixture->gradual, "items-changed", G_CALLBACK (items_changed), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (fixture->gradual, fixture);
  g_object_unref (fixture->gradual);
  g_object_unref (fixture->whole);
  g_object_unref (fixture->rows);
  g_ptr_array_unref (fixture->mirror);
}

static void
splice (Fixture *fixture, guint position, guint removed, guint added)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < added; i++)
    g_ptr_array_add (items, g_object_new (G_TYPE_OBJECT, NULL));
  g_list_store_splice (fixture->rows, position, removed, items->pdata, added);
}

static guint
count (gpointer model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (model));
}

/* What is shown is the beginning of the whole. */
static void
check (Fixture *fixture)
{
  g_assert_cmpuint (fixture->mirror->len, ==, count (fixture->gradual));
  g_assert_cmpuint (fixture->mirror->len, <=, count (fixture->whole));
  for (guint i = 0; i < fixture->mirror->len; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (fixture->whole), i);
      g_assert_true (item == fixture->mirror->pdata[i]);
    }
}

static void
settle (void)
{
  while (plateau_later_is_pending ())
    g_main_context_iteration (NULL, TRUE);
}

static void
test_growth (Fixture *fixture, gconstpointer data)
{
  splice (fixture, 0, 0, 200);
  check (fixture);
  g_assert_cmpuint (fixture->mirror->len, ==, AT_FIRST);
  while (fixture->mirror->len == AT_FIRST)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fixture->mirror->len, ==, AT_FIRST + AT_ONCE);
  settle ();
  check (fixture);
  g_assert_cmpuint (fixture->mirror->len, ==, 200);
  splice (fixture, 100, 1, 2); /* a small change is there at once */
  g_assert_cmpuint (fixture->mirror->len, ==, 201);
}

static void
test_selection (Fixture *fixture, gconstpointer data)
{
  splice (fixture, 0, 0, 30);
  g_assert_true (gtk_selection_model_select_all (fixture->gradual));
  g_assert_cmpuint (fixture->mirror->len, ==, AT_FIRST);
  g_autoptr (GtkBitset) chosen = gtk_selection_model_get_selection (fixture->whole);
  g_assert_cmpuint (gtk_bitset_get_size (chosen), ==, 30);
  settle ();
  for (guint i = 0; i < 30; i++)
    g_assert_true (gtk_selection_model_is_selected (fixture->gradual, i));
  gtk_selection_model_select_item (fixture->gradual, 7, TRUE);
  g_assert_true (gtk_selection_model_is_selected (fixture->whole, 7));
  g_assert_false (gtk_selection_model_is_selected (fixture->whole, 8));
}

static void
test_random (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261121);
  for (guint round = 0; round < 400; round++)
    {
      guint n = count (fixture->whole);
      guint position = (guint) g_rand_int_range (rand, 0, (int) n + 1);
      guint removed = (guint) g_rand_int_range (rand, 0, (int) MIN (n - position, 30) + 1);
      splice (fixture, position, removed, (guint) g_rand_int_range (rand, 0, 31));
      check (fixture);
      for (int i = g_rand_int_range (rand, 0, 3); i > 0 && plateau_later_is_pending (); i--)
        g_main_context_iteration (NULL, round % 8 == 0);
      check (fixture);
    }
  settle ();
  check (fixture);
  g_assert_cmpuint (fixture->mirror->len, ==, count (fixture->whole));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/gradual/growth", Fixture, NULL, set_up, test_growth, tear_down);
  g_test_add ("/gradual/selection", Fixture, NULL, set_up, test_selection, tear_down);
  g_test_add ("/gradual/random", Fixture, NULL, set_up, test_random, tear_down);
  return g_test_run ();
}
