/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-inspector.h"

#include "base/plateau-number.h"
#include "plateau-field-row.h"
#include "plateau-key.h"
#include "plateau-later.h"
#include "plateau-option-editor.h"
#include "plateau-page.h"
#include "readers/plateau-reader.h"

#include "figure/plateau-look.h"

#include <glib/gi18n.h>
#include <math.h>

struct _PlateauInspector
{
  GtkWidget parent_instance;

  PlateauDocument *document;
  GtkWidget *scrolled, *sections;
  int frames_to_wait; /* until a field is brought into view */
  GtkWidget *header, *key, *title, *subtitle;
  GtkWidget *sample_section, *cell_section, *source_section;
  GtkWidget *page_box;    /* the page's own sections */
  GtkWidget *before_page; /* the section that they stand behind, if they are not the first */
  GtkWidget *assign, *loading, *reference, *source_box;
  GPtrArray *rows; /* PlateauFieldRow */
  GPtrArray *assign_samples;
  GtkWidget *more[2]; /* of the cell, of the sample */
  GtkWidget *page_sections;
  gboolean page_first;
  gboolean page_alone; /* the page edits something else than samples and cells */
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (PlateauInspector, plateau_inspector, GTK_TYPE_WIDGET)

/* Fields seen at once; the others of the table are under "More". */
static const char *const main_columns[] = { "role",        "look",          "family",
                                            "one_c_mAh_g", "mass_mg",       "area_cm2",
                                            "offset_V",    "temperature_C", NULL };
/* Said elsewhere: the title, the chooser of the sample. */
static const char *const hidden_columns[] = { "file", "cell", "sample", NULL };

/* Source: one entry a file */

static void
clear_box (GtkWidget *box)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static void
append_line (GtkWidget *box, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 30);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
}

/* What read the file, and whether it was ever held against a real one. */
static void
append_reader (GtkWidget *box, const PlateauSource *source)
{
  const PlateauReader *reader = source->reader != NULL ? plateau_reader_find (source->reader)
                                                       : NULL;
  if (reader == NULL)
    return;
  g_autofree char *text = g_strdup_printf (_ ("%s, reader version %u"), _ (reader->label),
                                           source->reader_version);
  append_line (box, text, "caption");
  if (reader->experimental)
    append_line (box, _ ("Experimental: this reader was not held against a real file."),
                 "warning-text");
}

static void
append_remedy (GtkWidget *box, const char *label, const char *action, const char *uri)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", uri);
  gtk_box_append (GTK_BOX (box), button);
}

static void
append_remedies (GtkWidget *box, PlateauMeasurement *measurement)
{
  const PlateauSource *source = plateau_measurement_get_source (measurement);
  const PlateauReader *reader = source->reader != NULL ? plateau_reader_find (source->reader)
                                                       : NULL;
  if (source->uri == NULL || reader == NULL)
    return;
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  append_remedy (row, _ ("Read as…"), "win.read-as", source->uri);
  if (reader->general)
    append_remedy (row, _ ("Name columns"), "win.name-columns", source->uri);
  if (plateau_measurement_get_info (measurement, PLATEAU_INFO_ASSUMED_UNITS) != NULL)
    append_remedy (row, _ ("Units…"), "win.confirm-units", source->uri);
  gtk_box_append (GTK_BOX (box), row);
}

/* The instrument's counters against the integral of the current. */
static void
append_charge_check (GtkWidget *box, PlateauMeasurement *measurement)
{
  PlateauChargeCheck check;
  if (!plateau_measurement_get_charge_check (measurement, &check))
    return;
  const char *const formats[] = { _ ("Charge: %.5g mAh counted, %.5g mAh by current × time"),
                                  _ ("Discharge: %.5g mAh counted, %.5g mAh by current × time") };
  for (guint d = 0; d < G_N_ELEMENTS (formats); d++)
    if (check.counted[d] > 0 || check.integrated[d] > 0)
      {
        g_autofree char *text = g_strdup_printf (formats[d], check.counted[d] / 3.6,
                                                 check.integrated[d] / 3.6);
        append_line (box, text, "caption");
      }
}

static void
append_source (GtkWidget *box, PlateauMeasurement *measurement)
{
  const PlateauSource *source = plateau_measurement_get_source (measurement);
  append_line (box, source->name, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  const char *instrument = plateau_measurement_get_info (measurement, PLATEAU_INFO_INSTRUMENT);
  const char *technique = plateau_measurement_get_info (measurement, PLATEAU_INFO_TECHNIQUE);
  if (instrument != NULL)
    g_string_append_printf (text, "%s · ", instrument);
  if (technique != NULL)
    g_string_append_printf (text, "%s · ", technique);
  guint64 n_rows = plateau_measurement_get_n_rows (measurement);
  if (n_rows > 0)
    g_string_append_printf (text, ngettext ("%'llu row", "%'llu rows", n_rows),
                            (unsigned long long) n_rows);
  guint n_spectra = plateau_measurement_get_n_spectra (measurement);
  if (n_spectra > 0)
    g_string_append_printf (text, ngettext ("%s%u spectrum", "%s%u spectra", n_spectra),
                            n_rows > 0 ? " · " : "", n_spectra);
  append_line (box, text->str, "caption");
  append_reader (box, source);
  append_charge_check (box, measurement);
  const char *const *warnings = plateau_measurement_get_warnings (measurement);
  for (guint i = 0; warnings != NULL && warnings[i] != NULL && i < 5; i++)
    append_line (box, warnings[i], "warning-text");
  append_remedies (box, measurement);
}

static void
update_source (PlateauInspector *self, PlateauCell *cell)
{
  clear_box (self->source_box);
  guint n = cell != NULL ? plateau_cell_get_n_measurements (cell) : 0;
  for (guint i = 0; i < n && i < 50; i++)
    append_source (self->source_box, plateau_cell_get_measurement (cell, i));
  gtk_widget_set_visible (self->source_section, n > 0 && !self->page_alone);
}

/* Header */

static char *
cell_subtitle (PlateauStudy *study, const PlateauStudyCell *cell)
{
  if (cell->excluded)
    return g_strdup_printf (_ ("left out: %s"), *cell->exclusion_reason != '\0'
                                                    ? cell->exclusion_reason
                                                    : _ ("no reason given"));
  if (cell->sample == NULL)
    return g_strdup (_ ("not yet assigned to a sample"));
  guint n = 0;
  for (guint i = 0; i < plateau_study_get_n_cells (study); i++)
    n += plateau_study_get_cell (study, i)->sample == cell->sample
         && strcmp (plateau_study_get_cell (study, i)->test, cell->test) == 0;
  const char *role = cell->sample->role != PLATEAU_ROLE_NONE
                         ? plateau_role_get_label (cell->sample->role)
                         : cell->sample->name;
  return g_strdup_printf (_ ("%s · replicate %u of %u"), role, cell->replicate, n);
}

static void
update_header (PlateauInspector *self, GObject *current)
{
  PlateauStudy *study = plateau_document_get_study (self->document);
  g_autofree char *name = NULL;
  g_autofree char *subtitle = NULL;
  const PlateauStudySample *sample = NULL;
  if (PLATEAU_IS_CELL (current))
    {
      const PlateauStudyCell *cell = plateau_study_find_cell (
          study, plateau_cell_get_id (PLATEAU_CELL (current)));
      name = g_strdup (plateau_cell_get_name (PLATEAU_CELL (current)));
      subtitle = cell != NULL ? cell_subtitle (study, cell) : NULL;
      sample = cell != NULL ? cell->sample : NULL;
    }
  else if (PLATEAU_IS_SAMPLE (current))
    {
      PlateauRole role = plateau_sample_get_role (PLATEAU_SAMPLE (current));
      name = g_strdup (plateau_sample_get_name (PLATEAU_SAMPLE (current)));
      subtitle = g_strdup (role != PLATEAU_ROLE_NONE ? plateau_role_get_label (role)
                                                     : _ ("no role given"));
      sample = plateau_study_find_sample (study, plateau_sample_get_id (PLATEAU_SAMPLE (current)));
    }
  gtk_label_set_text (GTK_LABEL (self->title), name != NULL ? name : _ ("Nothing selected"));
  gtk_label_set_text (GTK_LABEL (self->subtitle),
                      subtitle != NULL ? subtitle : _ ("Select a sample or a cell at the left"));
  gtk_widget_set_visible (self->key, sample != NULL);
  plateau_key_set_slot (PLATEAU_KEY (self->key), plateau_look_of_sample (study, sample));
}

/* The chooser of the cell's sample */

static void
update_assign (PlateauInspector *self, PlateauCell *cell)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;
  g_ptr_array_set_size (self->assign_samples, 0);
  gtk_string_list_append (names, _ ("Not yet assigned"));
  g_autoptr (GPtrArray) samples = plateau_project_list_samples_ordered (
      plateau_document_get_project (self->document));
  for (guint i = 0; i < samples->len; i++)
    {
      PlateauSample *sample = g_ptr_array_index (samples, i);
      gtk_string_list_append (names, plateau_sample_get_name (sample));
      g_ptr_array_add (self->assign_samples, g_object_ref (sample));
      if (plateau_cell_get_sample (cell) == sample)
        selected = i + 1;
    }
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->assign), G_LIST_MODEL (names));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->assign), selected);
}

static void
assign_chosen (PlateauInspector *self)
{
  PlateauCell *cell = plateau_selection_get_current_cell (
      plateau_document_get_selection (self->document));
  guint index = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->assign));
  if (self->updating || cell == NULL || index == GTK_INVALID_LIST_POSITION)
    return;
  PlateauSample *sample = index > 0 ? g_ptr_array_index (self->assign_samples, index - 1) : NULL;
  g_auto (GValue) value = G_VALUE_INIT;
  g_value_init (&value, PLATEAU_TYPE_SAMPLE);
  g_value_set_object (&value, sample);
  g_autofree char *name = g_strdup_printf (_ ("Change sample of %s"), plateau_cell_get_name (cell));
  plateau_document_set_property (self->document, G_OBJECT (cell), "sample", &value, name);
}

static void
update_loading (PlateauInspector *self, PlateauCell *cell)
{
  double loading = plateau_from_si (plateau_cell_get_loading (cell), "mg/cm2");
  g_autofree char *number = plateau_format_significant (loading, 3);
  g_autofree char *text = isnan (loading) ? g_strdup (_ ("needs mass and area"))
                                          : g_strdup_printf ("%s mg cm⁻²", number);
  gtk_label_set_text (GTK_LABEL (self->loading), text);
}

static void
update (PlateauInspector *self)
{
  if (self->scrolled == NULL)
    return;
  GObject *current = plateau_selection_get_current (
      plateau_document_get_selection (self->document));
  PlateauCell *cell = PLATEAU_IS_CELL (current) ? PLATEAU_CELL (current) : NULL;
  PlateauSample *sample = cell != NULL                  ? plateau_cell_get_sample (cell)
                          : PLATEAU_IS_SAMPLE (current) ? PLATEAU_SAMPLE (current)
                                                        : NULL;
  self->updating = TRUE;
  update_header (self, current);
  for (guint i = 0; i < self->rows->len; i++)
    {
      PlateauFieldRow *row = g_ptr_array_index (self->rows, i);
      const PlateauField *field = plateau_field_row_get_field (row);
      plateau_field_row_set_object (row, field->of_sample ? (GObject *) sample : (GObject *) cell);
      if (g_str_equal (field->column, "mass_mg"))
        plateau_field_row_set_missing (row,
                                       cell != NULL && isnan (plateau_cell_get_active_mass (cell)));
    }
  gtk_widget_set_visible (self->header, !self->page_alone);
  gtk_widget_set_visible (self->sample_section, sample != NULL && !self->page_alone);
  gtk_widget_set_visible (self->cell_section, cell != NULL && !self->page_alone);
  if (cell != NULL)
    {
      update_assign (self, cell);
      update_loading (self, cell);
    }
  update_source (self, cell);
  self->updating = FALSE;
}

/* Who picks a cell wants to see it, on any page. */
static void
cell_chosen (PlateauInspector *self)
{
  self->page_alone = FALSE;
  update (self);
}

/* Building */

static GtkWidget *
column_box_new (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  return box;
}

/* The helper that works a field out. */
static void
append_facts (GtkWidget *box, const char *label)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.material-facts");
  gtk_box_append (GTK_BOX (box), button);
}

static void
append_field (PlateauInspector *self, GtkWidget *box, const PlateauField *field)
{
  GtkWidget *row = plateau_field_row_new (self->document, field);
  g_ptr_array_add (self->rows, row);
  gtk_box_append (GTK_BOX (box), row);
  if (g_str_equal (field->column, "one_c_mAh_g"))
    append_facts (box, _ ("From the formula…"));
  if (!g_str_equal (field->column, "area_cm2"))
    return;
  self->loading = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->loading), 0);
  gtk_box_append (GTK_BOX (box), plateau_form_row_new (_ ("Loading"), self->loading,
                                                       _ ("Active mass over electrode area")));
  append_facts (box, _ ("From mix and die…"));
}

static void
append_fields (PlateauInspector *self, GtkWidget *box, gboolean of_sample, gboolean of_main)
{
  guint n_fields;
  const PlateauField *fields = plateau_field_list (&n_fields);
  for (guint i = 0; of_main && main_columns[i] != NULL; i++)
    {
      const PlateauField *field = plateau_field_find (main_columns[i]);
      if (field->of_sample == of_sample)
        append_field (self, box, field);
    }
  for (guint i = 0; !of_main && i < n_fields; i++)
    if (fields[i].of_sample == of_sample && !g_strv_contains (hidden_columns, fields[i].column)
        && !g_strv_contains (main_columns, fields[i].column))
      append_field (self, box, &fields[i]);
}

/* Fields that few need are made when they are asked for. */
static void
fill_more (PlateauInspector *self)
{
  for (guint of_sample = 0; of_sample < G_N_ELEMENTS (self->more); of_sample++)
    {
      GtkExpander *expander = GTK_EXPANDER (self->more[of_sample]);
      if (!gtk_expander_get_expanded (expander) || gtk_expander_get_child (expander) != NULL)
        continue;
      GtkWidget *fields = column_box_new ();
      append_fields (self, fields, of_sample, FALSE);
      gtk_widget_add_css_class (fields, "inspector-more-content");
      gtk_expander_set_child (expander, fields);
      update (self);
    }
}

static GtkWidget *
fields_section_new (PlateauInspector *self, const char *title, gboolean of_sample)
{
  GtkWidget *box = column_box_new ();
  if (!of_sample)
    {
      self->assign = gtk_drop_down_new (NULL, NULL);
      plateau_page_shorten_names (GTK_DROP_DOWN (self->assign));
      g_signal_connect_swapped (self->assign, "notify::selected", G_CALLBACK (assign_chosen), self);
      gtk_box_append (GTK_BOX (box),
                      plateau_form_row_new (_ ("Sample"), self->assign,
                                            _ ("The material that this cell is made of")));
    }
  append_fields (self, box, of_sample, TRUE);
  GtkWidget *expander = gtk_expander_new (_ ("More"));
  gtk_widget_add_css_class (expander, "inspector-more");
  g_autofree char *label = g_strdup_printf (_ ("More about the %s"), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (expander), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_signal_connect_swapped (expander, "notify::expanded", G_CALLBACK (fill_more), self);
  self->more[of_sample] = expander;
  gtk_box_append (GTK_BOX (box), expander);
  return plateau_section_new (title, box, TRUE);
}

static GtkWidget *
header_new (PlateauInspector *self)
{
  GtkWidget *header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_add_css_class (header, "inspector-header");
  self->key = plateau_key_new ();
  gtk_box_append (GTK_BOX (header), self->key);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->title = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->title, "inspector-title");
  self->subtitle = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->subtitle, "caption");
  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *label = i == 0 ? self->title : self->subtitle;
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_box_append (GTK_BOX (texts), label);
    }
  gtk_box_append (GTK_BOX (header), texts);
  return header;
}

static void
plateau_inspector_dispose (GObject *object)
{
  PlateauInspector *self = PLATEAU_INSPECTOR (object);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  g_clear_object (&self->page_sections);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (plateau_inspector_parent_class)->dispose (object);
}

static void
plateau_inspector_finalize (GObject *object)
{
  PlateauInspector *self = PLATEAU_INSPECTOR (object);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->assign_samples);
  G_OBJECT_CLASS (plateau_inspector_parent_class)->finalize (object);
}

static void
place_page_sections (PlateauInspector *self)
{
  clear_box (self->page_box);
  if (self->page_sections != NULL)
    gtk_box_append (GTK_BOX (self->page_box), self->page_sections);
  gtk_box_reorder_child_after (GTK_BOX (self->sections), self->page_box,
                               self->page_first ? NULL : self->before_page);
}

/* Not before the window is there and its other parts are. */
static void
build (gpointer object)
{
  PlateauInspector *self = object;
  if (self->scrolled != NULL)
    return;
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
  self->sections = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), self->sections);
  self->header = header_new (self);
  gtk_box_append (GTK_BOX (self->sections), self->header);
  self->sample_section = fields_section_new (self, _ ("Sample"), TRUE);
  gtk_box_append (GTK_BOX (self->sections), self->sample_section);
  self->cell_section = fields_section_new (self, _ ("Cell"), FALSE);
  gtk_box_append (GTK_BOX (self->sections), self->cell_section);
  self->page_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->before_page = gtk_widget_get_last_child (self->sections);
  gtk_box_append (GTK_BOX (self->sections), self->page_box);
  self->source_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  self->source_section = plateau_section_new (_ ("Source"), self->source_box, TRUE);
  gtk_box_append (GTK_BOX (self->sections), self->source_section);
  place_page_sections (self);
  update (self);
}

static void
plateau_inspector_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (plateau_inspector_parent_class)->map (widget);
  if (PLATEAU_INSPECTOR (widget)->scrolled == NULL)
    plateau_later (widget, build);
}

void
plateau_inspector_set_page_sections (PlateauInspector *self, GtkWidget *sections, gboolean first,
                                     gboolean alone)
{
  g_return_if_fail (PLATEAU_IS_INSPECTOR (self));
  g_set_object (&self->page_sections, sections);
  self->page_first = first;
  self->page_alone = alone;
  if (self->scrolled == NULL)
    return;
  place_page_sections (self);
  update (self);
}

/* After the layout: what has just been unfolded has no place before. */
static gboolean
bring_into_view (GtkWidget *row, GdkFrameClock *clock, gpointer inspector)
{
  PlateauInspector *self = inspector;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (
      GTK_SCROLLED_WINDOW (self->scrolled));
  GtkWidget *content = gtk_widget_get_first_child (
      gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (self->scrolled)));
  graphene_rect_t bounds;
  if (self->frames_to_wait-- > 0) /* a callback comes before the layout of its frame */
    return G_SOURCE_CONTINUE;
  if (content == NULL || !gtk_widget_compute_bounds (row, content, &bounds))
    return G_SOURCE_REMOVE;
  double end = bounds.origin.y + 2 * bounds.size.height;
  /* Ends the scrolling to where the field was before; gtk_adjustment_clamp_page() would not. */
  if (end > gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment))
    gtk_adjustment_set_value (adjustment, end - gtk_adjustment_get_page_size (adjustment));
  return G_SOURCE_REMOVE;
}

void
plateau_inspector_focus_field (PlateauInspector *self, const char *column)
{
  self->page_alone = FALSE;
  build (self);
  const PlateauField *field = plateau_field_find (column);
  if (!g_strv_contains (main_columns, column))
    gtk_expander_set_expanded (GTK_EXPANDER (self->more[field->of_sample]), TRUE);
  update (self);
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      if (plateau_field_row_get_field (PLATEAU_FIELD_ROW (row)) != field)
        continue;
      for (GtkWidget *up = row; up != NULL; up = gtk_widget_get_parent (up))
        if (GTK_IS_EXPANDER (up))
          gtk_expander_set_expanded (GTK_EXPANDER (up), TRUE);
      gtk_widget_grab_focus (row);
      self->frames_to_wait = 4; /* what was unfolded grows step by step */
      gtk_widget_add_tick_callback (row, bring_into_view, g_object_ref (self), g_object_unref);
      return;
    }
}

static void
plateau_inspector_class_init (PlateauInspectorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = plateau_inspector_dispose;
  G_OBJECT_CLASS (klass)->finalize = plateau_inspector_finalize;
  widget_class->map = plateau_inspector_map;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "inspector");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
plateau_inspector_init (PlateauInspector *self)
{
  self->rows = g_ptr_array_new ();
  self->assign_samples = g_ptr_array_new_with_free_func (g_object_unref);
}

GtkWidget *
plateau_inspector_new (PlateauDocument *document)
{
  PlateauInspector *self = g_object_new (PLATEAU_TYPE_INSPECTOR, NULL);
  self->document = g_object_ref (document);
  g_signal_connect_object (document, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (plateau_document_get_selection (document), "changed",
                           G_CALLBACK (cell_chosen), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
