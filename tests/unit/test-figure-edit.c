/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Edits of figure documents: the grid, annotations, the legend, styles of one's own, the places of a
 * template, shared axes. */
#include "figure/plateau-figure-edit.h"
#include "figure/plateau-own-style.h"
#include "figure/plateau-template-slots.h"
#include "figure/plateau-template.h"

#include <glib/gstdio.h>
#include <math.h>

static JsonNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (text, &error);

  g_assert_no_error (error);
  return node;
}

/* Two by two panels named by their ids. */
static JsonNode *
grid_of_four (void)
{
  return parse ("{'plateau-figure':1,'height_mm':100,'panels':["
                "{'id':'a','column':0,'row':0},{'id':'b','column':1,'row':0},"
                "{'id':'c','column':0,'row':1},{'id':'d','column':1,'row':1}]}");
}

/* "a00+1+1 b10+1+1": id, column, row, spans, in the order of the document. */
static char *
describe (JsonNode *document)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauFigure) figure = plateau_figure_new_from_json (document, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < figure->panels->len; i++)
    {
      const PlateauPanel *p = plateau_figure_get_panel (figure, i);

      g_string_append_printf (text, "%s%s%u%u+%u+%u", i > 0 ? " " : "", p->id, p->column, p->row,
                              p->column_span, p->row_span);
    }
  return g_string_free (text, FALSE);
}

static void
expect (JsonNode *document, const char *wanted)
{
  g_autofree char *text = describe (document);

  g_assert_cmpstr (text, ==, wanted);
}

static void
test_move (void)
{
  g_autoptr (JsonNode) document = grid_of_four ();

  /* Onto another: they change places, and stand in reading order. */
  g_assert_cmpuint (plateau_document_move_panel (document, 0, 1, 1), ==, 3);
  expect (document, "d00+1+1 b10+1+1 c01+1+1 a11+1+1");
  /* Into a new row: the figure grows by what a row is high. */
  g_assert_cmpuint (plateau_document_move_panel (document, 1, 0, 2), ==, 3);
  expect (document, "d00+1+1 c01+1+1 a11+1+1 b02+1+1");
  g_assert_cmpfloat (json_object_get_double_member (json_node_get_object (document), "height_mm"),
                     ==, 150);
}

static void
test_span (void)
{
  g_autoptr (JsonNode) document = grid_of_four ();
  g_autoptr (JsonNode) wide = parse ("{'plateau-figure':1,'columns':6,'panels':["
                                     "{'id':'a','column':0,'row':0,'column_span':2},"
                                     "{'id':'b','column':2,'row':0,'column_span':2},"
                                     "{'id':'c','column':4,'row':0,'column_span':2}]}");

  /* One that lies wholly below moves to the first free place. */
  plateau_document_span_panel (document, 0, &(PlateauGridPlace){ 0, 0, 2, 1 });
  expect (document, "a00+2+1 c01+1+1 d11+1+1 b02+1+1");
  /* One that reaches beyond becomes narrower. */
  plateau_document_span_panel (wide, 0, &(PlateauGridPlace){ 0, 0, 3, 1 });
  expect (wide, "a00+3+1 b30+1+1 c40+2+1");
}

static void
test_add_and_remove (void)
{
  g_autoptr (JsonNode) document = grid_of_four ();
  JsonObject *root = json_node_get_object (document);

  plateau_document_remove_panel (document, 1);
  expect (document, "a00+1+1 c01+1+1 d11+1+1");
  g_assert_cmpuint (plateau_document_duplicate_panel (document, 0), ==, 1);
  expect (document, "a00+1+1 410+1+1 c01+1+1 d11+1+1");
  /* An emptied row goes, and its height. */
  plateau_document_remove_panel (document, 3);
  plateau_document_remove_panel (document, 2);
  expect (document, "a00+1+1 410+1+1");
  g_assert_cmpfloat (json_object_get_double_member (root, "height_mm"), ==, 50);
}

static void
test_border (void)
{
  g_autoptr (JsonNode) document = grid_of_four ();
  g_autoptr (PlateauFigure) figure = NULL;

  plateau_document_set_border (document, TRUE, 1, 0.3);
  figure = plateau_figure_new_from_json (document, NULL);
  g_assert_cmpfloat_with_epsilon (plateau_grid_offset (figure->column_weights, 2, 1), 0.3, 1e-9);
  /* Weights follow the rows that come and go. */
  plateau_document_set_border (document, FALSE, 1, 0.6);
  plateau_document_remove_panel (document, 3);
  plateau_document_remove_panel (document, 2);
  expect (document, "a00+1+1 b10+1+1");
}

#define LINE                                                                                       \
  "{'plateau-figure':1,'panels':[{'layers':[{'x':[0,10],'y':[0,5],'label':'one'},"                 \
  "{'x':[0,10],'y':[1,4],'label':'two'}],'x':{'min':0,'max':10},'y':{'min':0,'max':5},"            \
  "'annotations':[{'kind':'arrow','x':2,'y':1,'x1':4,'y1':3},{'text':'here','x':0.5,'y':0.5},"     \
  "{'kind':'line','x':7}]}]}"

static void
test_annotations (void)
{
  g_autoptr (JsonNode) document = parse (LINE);
  g_autoptr (PlateauFigure) figure = plateau_figure_new_from_json (document, NULL);
  g_autoptr (PlateauLayout) layout = plateau_figure_layout (figure, NULL);
  const PlateauPanelLayout *pl = plateau_layout_get_panel (layout, 0);
  PlateauPanel *panel = plateau_figure_get_panel (figure, 0);
  JsonObject *object = plateau_document_get_panel (document, 0), *arrow;
  double p[4], tenth = pl->plot.width / 10;
  PlateauHit hit;

  g_assert_cmpuint (plateau_panel_n_automatic (panel), ==, 0);
  g_assert_true (plateau_layout_get_annotation (layout, 0, 0, p));
  g_assert_true (plateau_layout_hit (layout, (p[0] + p[2]) / 2, (p[1] + p[3]) / 2, 2, &hit));
  g_assert_cmpint (hit.part, ==, PLATEAU_PART_ANNOTATION);
  g_assert_cmpint (hit.index, ==, 0);
  g_assert_cmpint (plateau_layout_find_grip (layout, 0, 0, p[2], p[3], 3), ==, PLATEAU_GRIP_END);
  g_assert_cmpint (plateau_layout_find_grip (layout, 0, 0, p[0], p[1], 3), ==, PLATEAU_GRIP_START);
  /* An end alone, then all of it. */
  arrow = plateau_document_get_annotation (object, panel, 0);
  plateau_document_move_annotation (arrow, layout, 0, 0, PLATEAU_GRIP_END, tenth, 0);
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (arrow, "x1"), 5, 0.02);
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (arrow, "x"), 2, 1e-9);
  plateau_document_move_annotation (arrow, layout, 0, 0, PLATEAU_GRIP_WHOLE, -tenth, 0);
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (arrow, "x"), 1, 0.02);
  /* A reference line has no second end to be given. */
  plateau_document_move_annotation (plateau_document_get_annotation (object, panel, 2), layout, 0,
                                    2, PLATEAU_GRIP_WHOLE, 2 * tenth, 7);
  g_assert_cmpfloat_with_epsilon (
      json_object_get_double_member (plateau_document_get_annotation (object, panel, 2), "x"), 9,
      0.02);
  g_assert_false (json_object_has_member (plateau_document_get_annotation (object, panel, 2), "y"));
  plateau_document_remove_annotation (object, panel, 1);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "annotations")), ==,
                    2);
}

static void
test_legend (void)
{
  g_autoptr (JsonNode) document = parse (LINE);
  JsonObject *object = plateau_document_get_panel (document, 0);
  g_autoptr (PlateauFigure) before = plateau_figure_new_from_json (document, NULL);
  g_autoptr (PlateauLayout) layout = plateau_figure_layout (before, NULL);
  g_autoptr (PlateauFigure) after = NULL;
  g_autoptr (PlateauLayout) laid = NULL;
  const PlateauLegendEntry *first;

  plateau_document_order_legend (object, plateau_layout_get_panel (layout, 0)->entries, 1, 0);
  plateau_document_rename_entry (object, "two", "Li<sub>2</sub>O");
  after = plateau_figure_new_from_json (document, NULL);
  laid = plateau_figure_layout (after, NULL);
  first = g_ptr_array_index (plateau_layout_get_panel (laid, 0)->entries, 0);
  g_assert_cmpstr (first->label, ==, "two");
  g_assert_cmpstr (g_hash_table_lookup (plateau_figure_get_panel (after, 0)->legend.names, "two"),
                   ==, "Li<sub>2</sub>O");
  plateau_document_rename_entry (object, "two", "");
  g_assert_false (json_object_has_member (
      json_object_get_object_member (json_object_get_object_member (object, "legend"), "names"),
      "two"));
}

/* What a look or a text says is tried before there are curves. */
static void
test_refused (void)
{
  static const char *const bad[] = {
    "{'plateau-figure':1,'panels':[{'plot':{},'looks':{'c':{'label':'<sup'}}}]}",
    "{'plateau-figure':1,'panels':[{'plot':{},'looks':{'c':{'colour':'bluish'}}}]}",
    "{'plateau-figure':1,'panels':[{'plot':{},'auto_looks':{'0':{'text':'<b'}}}]}",
    "{'plateau-figure':1,'panels':[{'x':{'min':5,'max':2}}]}",
    "{'plateau-figure':1,'panels':[{'legend':{'names':{'a':'<i>'}}}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (JsonNode) document = parse (bad[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (plateau_figure_new_from_json (document, &error));
      g_assert_nonnull (error);
    }
}

static void
test_shared_axes (void)
{
  g_autoptr (JsonNode) document
      = parse ("{'plateau-figure':1,'width_mm':170,'height_mm':60,'panels':["
               "{'column':0,'row':0,'layers':[{'x':[0,1],'y':[0,10]}],"
               "'y':{'title':'Capacity','shared':true}},"
               "{'column':1,'row':0,'layers':[{'x':[0,1],'y':[50,100]}],"
               "'y':{'title':'Capacity','shared':true}}]}");
  g_autoptr (PlateauFigure) figure = plateau_figure_new_from_json (document, NULL);
  g_autoptr (PlateauLayout) layout = plateau_figure_layout (figure, NULL);
  const PlateauPanelLayout *a = plateau_layout_get_panel (layout, 0);
  const PlateauPanelLayout *b = plateau_layout_get_panel (layout, 1);

  g_assert_cmpfloat (a->scales[PLATEAU_AXIS_Y].min, ==, b->scales[PLATEAU_AXIS_Y].min);
  g_assert_cmpfloat (a->scales[PLATEAU_AXIS_Y].max, ==, b->scales[PLATEAU_AXIS_Y].max);
  g_assert_cmpfloat (a->scales[PLATEAU_AXIS_Y].max, >=, 100);
  g_assert_nonnull (a->titles[PLATEAU_AXIS_Y]);
  g_assert_null (b->titles[PLATEAU_AXIS_Y]);
  g_assert_cmpfloat_with_epsilon (a->plot.width, b->plot.width, 0.5);
}

static void
test_own_style (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("plateau-styles-XXXXXX", &error);
  g_autofree char *nested = g_build_filename (folder, "new", NULL);
  g_autofree char *file = g_build_filename (nested, "A%2FB.json", NULL);
  g_autoptr (JsonNode) from = parse ("{'plateau-figure':1,'style':'acs','panels':[],"
                                     "'style_overrides':{'text_pt':6.5}}");
  g_autoptr (JsonNode) to = parse ("{'plateau-figure':1,'panels':[],'width_mm':85,"
                                   "'style_overrides':{'grid':true}}");
  g_autoptr (PlateauFigure) figure = NULL;
  g_autoptr (JsonObject) own = NULL;
  g_auto (GStrv) names = NULL;

  g_assert_no_error (error);
  g_assert_true (plateau_own_style_save (nested, "Our group", from, &error));
  g_assert_true (plateau_own_style_rename (nested, "Our group", "A/B", &error));
  g_assert_no_error (error);
  names = plateau_own_style_list (nested);
  g_assert_cmpuint (g_strv_length (names), ==, 1);
  g_assert_cmpstr (names[0], ==, "A/B");
  own = plateau_own_style_load (nested, "A/B", &error);
  g_assert_no_error (error);
  g_assert_true (plateau_document_apply_style (to, NULL, own, &error));
  figure = plateau_figure_new_from_json (to, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (figure->style->text, ==, 6.5);
  g_assert_false (figure->style->grid);
  /* One column stays one column. */
  g_assert_cmpfloat (figure->width_mm, ==, figure->style->width_single_mm);
  g_assert_true (g_file_set_contents (file, "{\"plateau-style\":1,\"style_overrides\":{\"text_pt\":900}}",
                                      -1, NULL));
  g_assert_null (plateau_own_style_load (nested, "A/B", &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_true (plateau_own_style_remove (nested, "A/B", &error));
  g_assert_false (plateau_own_style_remove (nested, "A/B", &error));
  g_assert_nonnull (error);
  g_rmdir (nested);
  g_rmdir (folder);
}

static void
test_slots (void)
{
  g_autoptr (JsonNode) document = plateau_template_load ("sun2022-fig3", NULL);
  g_autoptr (JsonNode) many = plateau_template_load ("zhang2023-fig6", NULL);
  g_autoptr (GPtrArray) slots = plateau_template_list_slots (document);
  g_autoptr (GPtrArray) families = plateau_template_list_slots (many);
  const PlateauTemplateSlot *first = g_ptr_array_index (slots, 0);

  g_assert_cmpuint (slots->len, ==, 2);
  g_assert_cmpstr (first->token, ==, "$pristine");
  g_assert_cmpuint (first->panels->len, >=, 3);
  /* Several families: each has a place of its own, named by it. */
  g_assert_cmpuint (families->len, >, 2);
  g_assert_nonnull (strchr (((PlateauTemplateSlot *)g_ptr_array_index (families, 0))->label, ','));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure-edit/move", test_move);
  g_test_add_func ("/figure-edit/span", test_span);
  g_test_add_func ("/figure-edit/add-and-remove", test_add_and_remove);
  g_test_add_func ("/figure-edit/border", test_border);
  g_test_add_func ("/figure-edit/annotations", test_annotations);
  g_test_add_func ("/figure-edit/legend", test_legend);
  g_test_add_func ("/figure-edit/refused", test_refused);
  g_test_add_func ("/figure-edit/shared-axes", test_shared_axes);
  g_test_add_func ("/figure-edit/own-style", test_own_style);
  g_test_add_func ("/figure-edit/template-places", test_slots);
  return g_test_run ();
}
