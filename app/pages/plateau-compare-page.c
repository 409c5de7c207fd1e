/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-compare-page.h"

#include "analysis/plateau-metrics.h"
#include "plateau-compare-details.h"
#include "plateau-compare-plots.h"
#include "plateau-later.h"
#include "plateau-manner.h"
#include "plateau-tooltip.h"

#include <glib/gi18n.h>
#include <string.h>

struct _PlateauComparePage
{
  GtkWidget parent_instance;

  PlateauDocument *document;
  PlateauCompare *compare;
  GPtrArray *families, *samples; /* into compare */
  const PlateauStudySample *base, *other;
  char *family;             /* chosen, or NULL: the selection's */
  gint64 other_id, base_id; /* 0: the first */
  guint entry;              /* of the row that was chosen */
  gboolean has_entry, updating;
  PlateauJob *job;

  GtkWidget *paned, *table, *sentence, *copy, *plots;
  GtkWidget *tools, *family_chooser, *base_chooser, *other_chooser;
  GtkWidget *literature_check, *all_check, *box_check;
  GtkWidget *inspector, *details;
};

static void plateau_compare_page_interface_init (PlateauPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlateauComparePage, plateau_compare_page, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (PLATEAU_TYPE_PAGE,
                                                      plateau_compare_page_interface_init))

static const PlateauCompareEntry *
chosen_entry (PlateauComparePage *page)
{
  return page->compare != NULL && page->has_entry && page->entry < page->compare->n_entries
             ? &page->compare->entries[page->entry]
             : NULL;
}

static PlateauCompareChoice
get_choice (PlateauComparePage *page)
{
  return (PlateauCompareChoice){ page->compare, page->family, page->samples,
                                 page->base,    page->other,  chosen_entry (page) };
}

static void
show_plots (PlateauComparePage *page, gboolean metric_only)
{
  PlateauCompareChoice choice = get_choice (page);
  PlateauComparePlotsShown shown = {
    .all = gtk_check_button_get_active (GTK_CHECK_BUTTON (page->all_check)),
    .boxes = gtk_check_button_get_active (GTK_CHECK_BUTTON (page->box_check)),
    .reported = gtk_check_button_get_active (GTK_CHECK_BUTTON (page->literature_check)),
    .metric_only = metric_only,
  };

  plateau_compare_plots_show (PLATEAU_COMPARE_PLOTS (page->plots), &choice, &shown);
}

/* The sentence and the inspector */

static void
show_entry (PlateauComparePage *page)
{
  PlateauCompareChoice choice = get_choice (page);
  int index = choice.entry != NULL ? plateau_compare_view_find (choice.entry, page->other) : -1;
  int base = choice.entry != NULL ? plateau_compare_view_find (choice.entry, page->base) : -1;
  g_autofree char *text = NULL;

  if (index >= 0 || base >= 0)
    text = plateau_compare_sentence (choice.entry, (guint) (index >= 0 ? index : base),
                                     base >= 0 ? base : index);
  g_autofree char *shown = text != NULL ? plateau_manner_dup_text (text) : g_strdup ("");
  gtk_label_set_text (GTK_LABEL (page->sentence), shown);
  gtk_widget_set_sensitive (page->copy, text != NULL);
  plateau_compare_details_show (PLATEAU_COMPARE_DETAILS (page->details), &choice);
}

/* Choice of family and sample */

static void
fill_chooser (GtkWidget *chooser, GPtrArray *names, guint selected)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (guint i = 0; i < names->len; i++)
    gtk_string_list_append (list, *(const char *) names->pdata[i] != '\0' ? names->pdata[i]
                                                                          : _ ("No family"));
  gtk_drop_down_set_model (GTK_DROP_DOWN (chooser), G_LIST_MODEL (list));
  if (selected < names->len)
    gtk_drop_down_set_selected (GTK_DROP_DOWN (chooser), selected);
}

/* The family of what the sidebar has selected. */
static const char *
family_of_selection (PlateauComparePage *page)
{
  PlateauStudy *study = page->compare->study;
  g_autoptr (GArray) ids = plateau_selection_list_cell_ids (
      plateau_document_get_selection (page->document), study);

  for (guint i = 0; i < ids->len; i++)
    {
      const PlateauStudyCell *cell = plateau_study_find_cell (study,
                                                              g_array_index (ids, gint64, i));
      if (cell != NULL && cell->sample != NULL)
        for (guint f = 0; f < page->families->len; f++)
          if (g_strcmp0 (page->families->pdata[f], cell->sample->family) == 0)
            return page->families->pdata[f];
    }
  return NULL;
}

static void
choose_samples (PlateauComparePage *page)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  guint base = 0, other = 1;

  g_clear_pointer (&page->samples, g_ptr_array_unref);
  page->samples = plateau_compare_view_samples (page->compare, page->family);
  for (guint i = 0; i < page->samples->len; i++)
    {
      const PlateauStudySample *sample = page->samples->pdata[i];
      g_ptr_array_add (names, plateau_compare_view_name (sample));
      if (sample->id == page->base_id)
        base = i;
      if (sample->id == page->other_id)
        other = i;
    }
  other = MIN (other, page->samples->len - 1);
  page->base = page->samples->pdata[base];
  page->other = page->samples->pdata[other];
  fill_chooser (page->base_chooser, names, base);
  fill_chooser (page->other_chooser, names, other);
}

/* Without a comparison there is nothing to choose, and no sentence. */
static void
show_choices (PlateauComparePage *page, gboolean shown)
{
  gtk_widget_set_visible (gtk_widget_get_parent (page->sentence), shown);
  for (GtkWidget *child = gtk_widget_get_first_child (page->tools); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_visible (child, shown);
}

static void
show_all_plots (gpointer object)
{
  PlateauComparePage *page = object;

  if (page->compare != NULL && page->family != NULL)
    show_plots (page, FALSE);
}

static void
show_all (PlateauComparePage *page)
{
  page->updating = TRUE;
  choose_samples (page);
  page->updating = FALSE;
  if (chosen_entry (page) == NULL || strcmp (chosen_entry (page)->family, page->family) != 0)
    {
      PlateauCompareChoice any = get_choice (page);
      const PlateauCompareEntry *first = plateau_compare_view_best (&any,
                                                                    "initial_discharge_capacity");
      page->has_entry = first != NULL;
      page->entry = first != NULL ? (guint) (first - page->compare->entries) : 0;
    }
  PlateauCompareChoice choice = get_choice (page);
  show_choices (page, TRUE);
  g_autoptr (PlateauTable) table = plateau_compare_view_table (&choice);
  plateau_result_table_set_table (PLATEAU_RESULT_TABLE (page->table), table);
  if (page->has_entry)
    plateau_result_table_select (PLATEAU_RESULT_TABLE (page->table), page->entry);
  show_entry (page);
  plateau_later (page, show_all_plots);
}

static void
show_families (PlateauComparePage *page)
{
  const char *wanted;
  guint selected = 0;

  g_clear_pointer (&page->families, g_ptr_array_unref);
  page->families = plateau_compare_view_families (page->compare);
  wanted = page->family != NULL ? page->family : family_of_selection (page);
  for (guint i = 0; i < page->families->len; i++)
    if (g_strcmp0 (page->families->pdata[i], wanted) == 0)
      selected = i;
  g_autofree char *family = g_strdup (page->families->pdata[selected]);
  g_free (page->family);
  page->family = g_steal_pointer (&family);
  page->updating = TRUE;
  fill_chooser (page->family_chooser, page->families, selected);
  page->updating = FALSE;
  show_all (page);
}

/* The row that was chosen stays the same one in another comparison, wherever it now stands. */
static void
keep_entry (PlateauComparePage *page, const PlateauMetric *metric, const char *family,
            PlateauCompareConditions conditions)
{
  page->has_entry = FALSE;
  for (guint i = 0; i < page->compare->n_entries && !page->has_entry; i++)
    {
      const PlateauCompareEntry *entry = &page->compare->entries[i];

      /* The text of the old one's electrolyte is gone with its study. */
      conditions.electrolyte = entry->conditions.electrolyte;
      page->has_entry = entry->metric == metric && g_str_equal (entry->family, family)
                        && plateau_conditions_agree (&entry->conditions, &conditions);
      page->entry = i;
    }
}

/* The comparison, on a worker thread */

static gpointer
run_compare (gpointer data, PlateauJob *job, GCancellable *cancellable, GError **error)
{
  return plateau_compare_analyse (data, cancellable, error);
}

static void
compared (GObject *owner, gpointer result, const GError *error)
{
  PlateauComparePage *page = PLATEAU_COMPARE_PAGE (owner);

  const PlateauCompareEntry *before = chosen_entry (page);
  const PlateauMetric *metric = before != NULL ? before->metric : NULL;
  g_autofree char *family = before != NULL ? g_strdup (before->family) : NULL;
  PlateauCompareConditions conditions = { 0 };

  if (before != NULL)
    conditions = before->conditions;
  /* What was chosen from the old one points into it. */
  g_clear_pointer (&page->families, g_ptr_array_unref);
  g_clear_pointer (&page->samples, g_ptr_array_unref);
  page->base = page->other = NULL;
  g_clear_pointer (&page->compare, plateau_compare_unref);
  page->compare = result;
  if (result != NULL)
    {
      if (metric != NULL)
        keep_entry (page, metric, family, conditions);
      show_families (page);
      return;
    }
  plateau_result_table_set_table (PLATEAU_RESULT_TABLE (page->table), NULL);
  show_entry (page);
  show_choices (page, FALSE);
  plateau_compare_plots_say (PLATEAU_COMPARE_PLOTS (page->plots), error->message);
}

static void
plateau_compare_page_refresh (PlateauPage *ppage)
{
  PlateauComparePage *page = PLATEAU_COMPARE_PAGE (ppage);
  PlateauStudy *study = plateau_document_get_study (page->document);

  /* Another selection is no other comparison. */
  if (page->compare != NULL && page->compare->study == study)
    {
      const char *family = family_of_selection (page);
      if (family != NULL && g_strcmp0 (family, page->family) != 0)
        {
          g_free (page->family);
          page->family = g_strdup (family);
          show_families (page);
        }
      return;
    }
  PlateauJobSpec spec = {
    .title = _ ("Comparing samples"),
    .run = run_compare,
    .input = plateau_study_ref (study),
    .free_input = (GDestroyNotify) plateau_study_unref,
    .free_result = (GDestroyNotify) plateau_compare_unref,
    .done = compared,
    .owner = G_OBJECT (page),
  };
  plateau_jobs_start (plateau_document_get_jobs (page->document), &page->job, &spec);
}

/* What a person does */

static void
family_chosen (PlateauComparePage *page)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (page->family_chooser));

  if (page->updating || page->compare == NULL || selected >= page->families->len)
    return;
  g_free (page->family);
  page->family = g_strdup (page->families->pdata[selected]);
  page->base_id = page->other_id = 0;
  show_all (page);
}

static void
sample_chosen (PlateauComparePage *page)
{
  guint base = gtk_drop_down_get_selected (GTK_DROP_DOWN (page->base_chooser));
  guint other = gtk_drop_down_get_selected (GTK_DROP_DOWN (page->other_chooser));

  if (page->updating || page->compare == NULL || base >= page->samples->len
      || other >= page->samples->len)
    return;
  page->base_id = ((const PlateauStudySample *) page->samples->pdata[base])->id;
  page->other_id = ((const PlateauStudySample *) page->samples->pdata[other])->id;
  show_all (page);
}

static void
row_activated (PlateauComparePage *page, gint64 tag)
{
  page->entry = (guint) tag;
  page->has_entry = TRUE;
  show_entry (page);
  show_plots (page, TRUE);
}

static void
copy_sentence (PlateauComparePage *page)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (page)),
                          gtk_label_get_text (GTK_LABEL (page->sentence)));
}

static void
copy_table (PlateauComparePage *page)
{
  plateau_result_table_copy (PLATEAU_RESULT_TABLE (page->table));
}

static GtkWidget *
add_chooser (PlateauComparePage *page, const char *label, const char *help, GCallback changed)
{
  GtkWidget *text = gtk_label_new (label), *chooser = gtk_drop_down_new (NULL, NULL);

  gtk_widget_add_css_class (text, "tool-label");
  plateau_page_shorten_names (GTK_DROP_DOWN (chooser));
  plateau_tooltip_set (chooser, help);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chooser), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_signal_connect_swapped (chooser, "notify::selected", changed, page);
  gtk_box_append (GTK_BOX (page->tools), text);
  gtk_box_append (GTK_BOX (page->tools), chooser);
  return chooser;
}

static void
build_tools (PlateauComparePage *page)
{
  GtkWidget *copy = gtk_button_new ();

  page->tools = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8));
  page->family_chooser = add_chooser (page, _ ("Family"),
                                      _ ("Family of samples whose metrics the table shows"),
                                      G_CALLBACK (family_chosen));
  page->other_chooser = add_chooser (page, _ ("Sample"),
                                     _ ("Sample that is compared, such as the modified one"),
                                     G_CALLBACK (sample_chosen));
  page->base_chooser = add_chooser (
      page, _ ("Against"), _ ("Sample that it is compared with: difference = sample − this one"),
      G_CALLBACK (sample_chosen));
  gtk_button_set_icon_name (GTK_BUTTON (copy), "edit-copy-symbolic");
  gtk_accessible_update_property (GTK_ACCESSIBLE (copy), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Copy table"), -1);
  plateau_tooltip_set (copy, _ ("Copy all metrics for a spreadsheet"));
  g_signal_connect_swapped (copy, "clicked", G_CALLBACK (copy_table), page);
  gtk_box_append (GTK_BOX (page->tools), copy);
}

static GtkWidget *
plateau_compare_page_get_tools (PlateauPage *page)
{
  return PLATEAU_COMPARE_PAGE (page)->tools;
}

static GtkWidget *
plateau_compare_page_get_inspector (PlateauPage *page)
{
  return PLATEAU_COMPARE_PAGE (page)->inspector;
}

static JsonNode *
plateau_compare_page_dup_figure (PlateauPage *ppage)
{
  return plateau_compare_plots_dup_figure (
      PLATEAU_COMPARE_PLOTS (PLATEAU_COMPARE_PAGE (ppage)->plots));
}

static PlateauTable *
plateau_compare_page_ref_table (PlateauPage *ppage)
{
  PlateauComparePage *page = PLATEAU_COMPARE_PAGE (ppage);

  return page->compare != NULL ? plateau_compare_table (page->compare) : NULL;
}

static void
plateau_compare_page_interface_init (PlateauPageInterface *iface)
{
  iface->refresh = plateau_compare_page_refresh;
  iface->get_tools = plateau_compare_page_get_tools;
  iface->get_inspector = plateau_compare_page_get_inspector;
  iface->dup_figure = plateau_compare_page_dup_figure;
  iface->ref_table = plateau_compare_page_ref_table;
  iface->inspector_first = TRUE;
}

static void
plateau_compare_page_dispose (GObject *object)
{
  PlateauComparePage *page = PLATEAU_COMPARE_PAGE (object);

  if (page->document != NULL)
    plateau_jobs_cancel (plateau_document_get_jobs (page->document), &page->job);
  g_clear_pointer (&page->paned, gtk_widget_unparent);
  g_clear_pointer (&page->compare, plateau_compare_unref);
  g_clear_pointer (&page->families, g_ptr_array_unref);
  g_clear_pointer (&page->samples, g_ptr_array_unref);
  g_clear_pointer (&page->family, g_free);
  g_clear_object (&page->tools);
  g_clear_object (&page->inspector);
  g_clear_object (&page->document);
  G_OBJECT_CLASS (plateau_compare_page_parent_class)->dispose (object);
}

static void
plateau_compare_page_class_init (PlateauComparePageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plateau_compare_page_dispose;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkSizeRequestMode
height_for_width (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* In a low window the sentence would ask for the width at which it needs few lines, which is more
 * than the window has: the width is asked for alone. */
static void
measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
         int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (PLATEAU_COMPARE_PAGE (widget)->paned, orientation,
                      orientation == GTK_ORIENTATION_HORIZONTAL ? -1 : for_size, minimum, natural,
                      NULL, NULL);
}

static void
allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_size_allocate (PLATEAU_COMPARE_PAGE (widget)->paned,
                            &(GtkAllocation){ 0, 0, width, height }, -1);
}

static void
plateau_compare_page_init (PlateauComparePage *page)
{
  gtk_widget_set_layout_manager (GTK_WIDGET (page),
                                 gtk_custom_layout_new (height_for_width, measure, allocate));
}

static GtkWidget *
build_sentence (PlateauComparePage *page)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_widget_add_css_class (bar, "sentence-bar");
  gtk_widget_set_margin_start (bar, 16);
  gtk_widget_set_margin_end (bar, 12);
  gtk_widget_set_margin_top (bar, 6);
  gtk_widget_set_margin_bottom (bar, 6);
  page->sentence = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (page->sentence), TRUE);
  gtk_label_set_selectable (GTK_LABEL (page->sentence), TRUE);
  gtk_label_set_xalign (GTK_LABEL (page->sentence), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (page->sentence), 60); /* it may wrap */
  gtk_widget_set_hexpand (page->sentence, TRUE);
  page->copy = gtk_button_new_with_label (_ ("Copy"));
  gtk_widget_set_valign (page->copy, GTK_ALIGN_CENTER);
  plateau_tooltip_set (page->copy, _ ("Copy the sentence for a paper"));
  g_signal_connect_swapped (page->copy, "clicked", G_CALLBACK (copy_sentence), page);
  gtk_box_append (GTK_BOX (bar), page->sentence);
  gtk_box_append (GTK_BOX (bar), page->copy);
  return bar;
}

static GtkWidget *
build_choices (PlateauComparePage *page)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4), *own = gtk_button_new ();

  page->all_check = gtk_check_button_new_with_label (_ ("All samples of the family"));
  plateau_tooltip_set (
      page->all_check,
      _ ("The chosen metric of every sample; against their variable where they have one"));
  page->box_check = gtk_check_button_new_with_label (_ ("Box plots"));
  plateau_tooltip_set (page->box_check,
                       _ ("Median, quartiles and whiskers of the cells instead of bars"));
  g_signal_connect_swapped (page->box_check, "toggled", G_CALLBACK (show_all_plots), page);
  page->literature_check = gtk_check_button_new_with_label (_ ("Literature values"));
  plateau_tooltip_set (page->literature_check,
                       _ ("The samples among areal capacities that studies report; "
                          "in other plots reported values are open diamonds"));
  g_signal_connect_swapped (page->all_check, "toggled", G_CALLBACK (show_all_plots), page);
  g_signal_connect_swapped (page->literature_check, "toggled", G_CALLBACK (show_all_plots), page);
  gtk_box_append (GTK_BOX (box), page->all_check);
  gtk_box_append (GTK_BOX (box), page->box_check);
  gtk_box_append (GTK_BOX (box), page->literature_check);
  gtk_button_set_label (GTK_BUTTON (own), _ ("Own reported values…"));
  plateau_tooltip_set (
      own,
      _ ("Areal capacities and retentions of your own list, to stand among those of the studies"));
  gtk_widget_add_css_class (own, "flat");
  gtk_widget_set_halign (own, GTK_ALIGN_START);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (own), "win.own-literature");
  gtk_box_append (GTK_BOX (box), own);
  return box;
}

static void
build_inspector (PlateauComparePage *page)
{
  page->inspector = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  page->details = plateau_compare_details_new (page->document);
  gtk_box_append (GTK_BOX (page->inspector), page->details);
  gtk_box_append (GTK_BOX (page->inspector),
                  plateau_section_new (_ ("Plots"), build_choices (page), TRUE));
}

static const char *
class_of_cell (gint64 tag, const char *column, gpointer user_data)
{
  PlateauCompareChoice choice = get_choice (user_data);

  return choice.compare != NULL && tag < choice.compare->n_entries
             ? plateau_compare_view_class (&choice, tag, column)
             : NULL;
}

static const char *
tip_of_row (gint64 tag, gpointer user_data)
{
  PlateauComparePage *page = user_data;

  return page->compare != NULL && tag < page->compare->n_entries
             ? _ (page->compare->entries[tag].metric->definition)
             : NULL;
}

static void
build (PlateauComparePage *page)
{
  GtkWidget *lower = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  build_tools (page);
  build_inspector (page);
  page->table = plateau_result_table_new (_ ("Metrics of both samples"));
  g_signal_connect_swapped (page->table, "row-activated", G_CALLBACK (row_activated), page);
  gtk_widget_set_size_request (page->table, -1, 110);
  /* What the sentence says as well. */
  static const char *const optional[] = { "interval", "difference_percent", "unit", NULL };
  plateau_result_table_set_optional (PLATEAU_RESULT_TABLE (page->table), optional);
  plateau_result_table_set_class_func (PLATEAU_RESULT_TABLE (page->table), class_of_cell, page);
  plateau_result_table_set_tip_func (PLATEAU_RESULT_TABLE (page->table), tip_of_row, page);
  page->plots = plateau_compare_plots_new (page->document);
  gtk_box_append (GTK_BOX (lower), build_sentence (page));
  gtk_box_append (GTK_BOX (lower), page->plots);
  page->paned = gtk_paned_new (GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (page->paned, "work");
  gtk_paned_set_start_child (GTK_PANED (page->paned), page->table);
  gtk_paned_set_end_child (GTK_PANED (page->paned), lower);
  gtk_paned_set_shrink_start_child (GTK_PANED (page->paned), FALSE);
  gtk_paned_set_shrink_end_child (GTK_PANED (page->paned), FALSE);
  gtk_paned_set_position (GTK_PANED (page->paned), 280);
  gtk_widget_set_parent (page->paned, GTK_WIDGET (page));
}

GtkWidget *
plateau_compare_page_new (PlateauDocument *document)
{
  PlateauComparePage *page = g_object_new (PLATEAU_TYPE_COMPARE_PAGE, NULL);

  page->document = g_object_ref (document);
  build (page);
  return GTK_WIDGET (page);
}
