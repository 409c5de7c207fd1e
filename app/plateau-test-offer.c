/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-test-offer.h"

#include "data/plateau-naming.h"
#include "figure/plateau-plot-kind.h"
#include "figure/plateau-template.h"
#include "plateau-tooltip.h"
#include "plateau-wrap-layout.h"

#include <glib/gi18n.h>
#include <math.h>

struct _PlateauTestOffer
{
  GtkWidget parent_instance;

  PlateauDocument *document;
  GtkWidget *box, *button, *add_data, *take_in, *thickness;
  GArray *cells; /* of gint64, or NULL: nothing is offered */
  PlateauJob *job;
};

G_DEFINE_FINAL_TYPE (PlateauTestOffer, plateau_test_offer, GTK_TYPE_WIDGET)

/* Looking, on a worker thread */

typedef struct
{
  char *name;
  const char *family; /* of the study; NULL: of the selected samples themselves */
  GArray *cells;      /* of gint64 */
} Test;

typedef struct
{
  char **kinds;
  PlateauStudy *study;
  PlateauCache *cache;
  GPtrArray *tests; /* of Test */
} Search;

static void
test_free (Test *test)
{
  if (test == NULL)
    return;
  g_free (test->name);
  g_clear_pointer (&test->cells, g_array_unref);
  g_free (test);
}

static void
search_free (Search *search)
{
  g_strfreev (search->kinds);
  plateau_study_unref (search->study);
  plateau_cache_unref (search->cache);
  g_ptr_array_unref (search->tests);
  g_free (search);
}

static gboolean
can_be_plotted (Search *search, const char *kind, const Test *test, GCancellable *cancellable,
                GError **error)
{
  g_autoptr (JsonObject) plot = json_object_new ();
  JsonArray *cells = json_array_new ();
  for (guint i = 0; i < test->cells->len; i++)
    json_array_add_int_element (cells, g_array_index (test->cells, gint64, i));
  json_object_set_string_member (plot, "kind", kind);
  json_object_set_array_member (plot, "cells", cells);
  g_autoptr (JsonNode) document = plateau_document_for_plot (kind, plot);
  g_autoptr (PlateauFigure) figure = plateau_figure_new_from_json (document, error);
  return figure != NULL
         && plateau_figure_bind (figure, search->study, search->cache, cancellable, error)
         && plateau_figure_get_message (figure) == NULL;
}

static gpointer
look (gpointer data, PlateauJob *job, GCancellable *cancellable, GError **error)
{
  Search *search = data;
  for (guint i = 0; i < search->tests->len; i++)
    for (guint k = 0; search->kinds[k] != NULL; k++)
      {
        g_autoptr (GError) why = NULL;
        if (can_be_plotted (search, search->kinds[k], search->tests->pdata[i], cancellable, &why))
          return g_steal_pointer (&search->tests->pdata[i]);
        if (g_cancellable_set_error_if_cancelled (cancellable, error))
          return NULL;
      }
  /* Nobody reads it: nothing is offered then. */
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, search->kinds[0]);
  return NULL;
}

static char *
label_of (const Test *test, PlateauStudy *study)
{
  g_autofree char *name = plateau_naming_without_mark (test->name);
  const PlateauStudyCell *only = test->cells->len == 1 ? plateau_study_find_cell (
                                     study, g_array_index (test->cells, gint64, 0))
                                                       : NULL;
  if (*name == '\0' && only != NULL)
    return g_strdup_printf (_ ("Show %s"), only->name);
  if (*name == '\0')
    return g_strdup (_ ("Show the other cells"));
  if (test->family == NULL || *test->family == '\0')
    return g_strdup_printf (_ ("Show “%s”"), name);
  return g_strdup_printf (_ ("Show “%s” of %s"), name, test->family);
}

static void
found (GObject *owner, gpointer result, const GError *error)
{
  PlateauTestOffer *offer = PLATEAU_TEST_OFFER (owner);
  Test *test = result;
  if (test == NULL) /* that there is none is an answer: nothing to offer */
    return;
  g_autofree char *label = label_of (test, plateau_document_get_study (offer->document));
  gtk_button_set_label (GTK_BUTTON (offer->button), label);
  offer->cells = g_array_ref (test->cells);
  gtk_widget_set_visible (offer->button, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (offer), TRUE);
  test_free (test);
}

/* Which tests there are */

static Test *
find_test (GPtrArray *tests, const char *name, const char *family)
{
  for (guint i = 0; i < tests->len; i++)
    {
      Test *test = tests->pdata[i];
      if (strcmp (test->name, name) == 0 && g_strcmp0 (test->family, family) == 0)
        return test;
    }
  return NULL;
}

static void
add_cell (GPtrArray *tests, const PlateauStudyCell *cell, const char *family)
{
  Test *test = find_test (tests, cell->test, family);
  if (test == NULL)
    {
      test = g_new0 (Test, 1);
      test->name = g_strdup (cell->test);
      test->family = family;
      test->cells = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_ptr_array_add (tests, test);
    }
  g_array_append_val (test->cells, cell->id);
}

/* What a cell must have one of. */
static guint
needs_of (char **kinds)
{
  guint needs = 0;
  for (guint i = 0; kinds[i] != NULL; i++)
    {
      const PlateauPlotKind *kind = plateau_plot_kind_find (kinds[i]);
      if (kind == NULL || kind->needs == 0)
        return G_MAXUINT;
      needs |= (guint) kind->needs;
    }
  return needs;
}

/* The tests of the selected cells' samples in the order of the study, then those of the other
 * samples, each of one family. */
static GPtrArray *
list_tests (PlateauStudy *study, GArray *selected, guint needs)
{
  g_autoptr (GHashTable) samples = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) shown = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < selected->len; i++)
    {
      const PlateauStudyCell *cell = plateau_study_find_cell (study,
                                                              g_array_index (selected, gint64, i));
      g_hash_table_add (shown, (gpointer) cell);
      if (cell->sample != NULL)
        g_hash_table_add (samples, (gpointer) cell->sample);
    }
  GPtrArray *tests = g_ptr_array_new_with_free_func ((GDestroyNotify) test_free);
  for (guint others = 0; others < 2; others++)
    for (guint i = 0; i < plateau_study_get_n_cells (study); i++)
      {
        const PlateauStudyCell *cell = plateau_study_get_cell (study, i);
        if (cell->excluded || g_hash_table_contains (shown, cell) || !((guint) cell->kinds & needs)
            || g_hash_table_contains (samples, cell->sample) != (others == 0))
          continue;
        add_cell (tests, cell,
                  others == 0            ? NULL
                  : cell->sample != NULL ? cell->sample->family
                                         : "");
      }
  return tests;
}

void
plateau_test_offer_look (PlateauTestOffer *offer, const char *kinds, PlateauRemedy remedy)
{
  g_return_if_fail (PLATEAU_IS_TEST_OFFER (offer));
  PlateauStudy *study = plateau_document_get_study (offer->document);
  plateau_jobs_cancel (plateau_document_get_jobs (offer->document), &offer->job);
  g_clear_pointer (&offer->cells, g_array_unref);
  gtk_widget_set_visible (offer->button, FALSE);
  gtk_widget_set_visible (offer->add_data, remedy == PLATEAU_REMEDY_ADD_DATA);
  gtk_widget_set_visible (offer->take_in, remedy == PLATEAU_REMEDY_TAKE_IN);
  gtk_widget_set_visible (offer->thickness, remedy == PLATEAU_REMEDY_THICKNESS);
  gtk_widget_set_visible (GTK_WIDGET (offer), remedy != PLATEAU_REMEDY_NONE);
  if (kinds == NULL)
    return;
  g_autoptr (GArray) selected = plateau_selection_list_cell_ids (
      plateau_document_get_selection (offer->document), study);
  Search *search = g_new0 (Search, 1);
  search->kinds = g_strsplit (kinds, " ", -1);
  search->study = plateau_study_ref (study);
  search->cache = plateau_cache_ref (plateau_document_get_cache (offer->document));
  search->tests = list_tests (study, selected, needs_of (search->kinds));
  PlateauJobSpec spec = {
    .run = look,
    .input = search,
    .free_input = (GDestroyNotify) search_free,
    .free_result = (GDestroyNotify) test_free,
    .done = found,
    .owner = G_OBJECT (offer),
  };
  plateau_jobs_start (plateau_document_get_jobs (offer->document), &offer->job, &spec);
}

static void
clicked (PlateauTestOffer *offer)
{
  PlateauProject *project = plateau_document_get_project (offer->document);
  g_autoptr (GPtrArray) cells = g_ptr_array_new ();
  for (guint i = 0; offer->cells != NULL && i < offer->cells->len; i++)
    {
      PlateauCell *cell = plateau_project_find_cell (project,
                                                     g_array_index (offer->cells, gint64, i));
      if (cell != NULL)
        g_ptr_array_add (cells, cell);
    }
  if (cells->len > 0)
    plateau_selection_set (plateau_document_get_selection (offer->document), cells,
                           cells->pdata[0]);
}

/* One step to undo. */
static void
take_in_clicked (PlateauTestOffer *offer)
{
  PlateauSelection *selection = plateau_document_get_selection (offer->document);
  GListModel *cells = plateau_project_get_cells (plateau_document_get_project (offer->document));
  g_auto (GValue) value = G_VALUE_INIT;
  g_value_init (&value, G_TYPE_BOOLEAN);
  g_value_set_boolean (&value, FALSE);
  plateau_document_begin (offer->document, _ ("Take cells in again"), NULL);
  for (guint i = 0; i < g_list_model_get_n_items (cells); i++)
    {
      g_autoptr (PlateauCell) cell = g_list_model_get_item (cells, i);
      if (plateau_cell_get_excluded (cell)
          && plateau_selection_contains (selection, plateau_cell_get_sample (cell)))
        plateau_document_edit (offer->document,
                               plateau_edit_new_property (G_OBJECT (cell), "excluded", &value));
    }
  plateau_document_end (offer->document);
}

/* Of the first selected cell with spectra that lacks it. */
static void
thickness_clicked (PlateauTestOffer *offer)
{
  PlateauStudy *study = plateau_document_get_study (offer->document);
  g_autoptr (GArray) ids = plateau_selection_list_cell_ids (
      plateau_document_get_selection (offer->document), study);
  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      const PlateauStudyCell *cell = plateau_study_find_cell (study, id);
      if ((cell->kinds & PLATEAU_KIND_EIS) && (isnan (cell->thickness) || isnan (cell->area)))
        {
          gtk_widget_activate_action (GTK_WIDGET (offer), "win.enter-thickness", "x", id);
          return;
        }
    }
}

static void
plateau_test_offer_dispose (GObject *object)
{
  PlateauTestOffer *offer = PLATEAU_TEST_OFFER (object);
  if (offer->document != NULL)
    plateau_jobs_cancel (plateau_document_get_jobs (offer->document), &offer->job);
  g_clear_pointer (&offer->box, gtk_widget_unparent);
  g_clear_pointer (&offer->cells, g_array_unref);
  g_clear_object (&offer->document);
  G_OBJECT_CLASS (plateau_test_offer_parent_class)->dispose (object);
}

static void
plateau_test_offer_class_init (PlateauTestOfferClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plateau_test_offer_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
plateau_test_offer_init (PlateauTestOffer *offer)
{
  offer->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_set_layout_manager (offer->box, plateau_wrap_layout_new (8));
  offer->button = gtk_button_new ();
  plateau_tooltip_set (offer->button, _ ("Selects cells that have what this plot needs"));
  g_signal_connect_swapped (offer->button, "clicked", G_CALLBACK (clicked), offer);
  gtk_box_append (GTK_BOX (offer->box), offer->button);
  offer->take_in = gtk_button_new_with_label (_ ("Take in again"));
  plateau_tooltip_set (offer->take_in, _ ("The cells of the selected samples that are left out "
                                          "count again"));
  g_signal_connect_swapped (offer->take_in, "clicked", G_CALLBACK (take_in_clicked), offer);
  gtk_box_append (GTK_BOX (offer->box), offer->take_in);
  offer->thickness = gtk_button_new_with_label (_ ("Enter thickness and area"));
  plateau_tooltip_set (offer->thickness, _ ("Goes to the fields of the cell in the inspector"));
  g_signal_connect_swapped (offer->thickness, "clicked", G_CALLBACK (thickness_clicked), offer);
  gtk_box_append (GTK_BOX (offer->box), offer->thickness);
  offer->add_data = gtk_button_new_with_label (_ ("Add data…"));
  plateau_tooltip_set (offer->add_data,
                       _ ("Adds files of cyclers and impedance analysers (Ctrl+D)"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (offer->add_data), "win.add-data");
  gtk_box_append (GTK_BOX (offer->box), offer->add_data);
  gtk_widget_set_parent (offer->box, GTK_WIDGET (offer));
  gtk_widget_set_visible (GTK_WIDGET (offer), FALSE);
}

GtkWidget *
plateau_test_offer_new (PlateauDocument *document)
{
  PlateauTestOffer *offer = g_object_new (PLATEAU_TYPE_TEST_OFFER, NULL);
  offer->document = g_object_ref (document);
  return GTK_WIDGET (offer);
}
