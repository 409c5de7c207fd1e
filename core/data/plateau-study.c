/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/plateau-study.h"

#include <math.h>
#include <string.h>

struct _PlateauStudy
{
  char *title;
  gboolean simulated;
  GStringChunk *texts;
  GArray *samples; /* of PlateauStudySample */
  GArray *cells;   /* of PlateauStudyCell */
  GHashTable *settings;
  JsonObject *manner; /* NULL: none */
  GPtrArray *figure_names; /* of char * */
  GPtrArray *figures;      /* of JsonNode, in the same order */
};

static void
cell_clear (gpointer data)
{
  PlateauStudyCell *cell = data;
  g_clear_pointer (&cell->measurements, g_ptr_array_unref);
  g_clear_pointer (&cell->fields, g_variant_unref);
}

static const char *
text_of (PlateauStudy *study, gpointer object, const char *property)
{
  g_autofree char *text = NULL;
  g_object_get (object, property, &text, NULL);
  return g_string_chunk_insert_const (study->texts, text != NULL ? text : "");
}

static double
number_of (gpointer object, const char *property)
{
  double number = NAN;
  g_object_get (object, property, &number, NULL);
  return number;
}

static PlateauStudySample
copy_sample (PlateauStudy *study, PlateauSample *sample)
{
  return (PlateauStudySample){
    .id = plateau_sample_get_id (sample),
    .name = text_of (study, sample, "name"),
    .family = text_of (study, sample, "family"),
    .formula = text_of (study, sample, "formula"),
    .colour = text_of (study, sample, "colour"),
    .note = text_of (study, sample, "note"),
    .role = plateau_sample_get_role (sample),
    .specific_current_1c = plateau_sample_get_specific_current_1c (sample),
    .variable_name = text_of (study, sample, "variable-name"),
    .variable_unit = text_of (study, sample, "variable-unit"),
    .variable_value = plateau_sample_get_variable_value (sample),
    .molar_mass = number_of (sample, "molar-mass"),
    .molar_volume = number_of (sample, "molar-volume"),
    .particle_radius = number_of (sample, "particle-radius"),
    .specific_area = number_of (sample, "specific-area"),
    .contact_area = number_of (sample, "contact-area"),
    .gitt_geometry = text_of (study, sample, "gitt-geometry"),
    .resistance_circuit = text_of (study, sample, "resistance-circuit"),
    .resistance_elements = text_of (study, sample, "resistance-elements"),
  };
}

static PlateauStudyCell
copy_cell (PlateauStudy *study, PlateauCell *cell, const PlateauStudySample *sample,
           guint replicate)
{
  PlateauStudyCell copy = {
    .id = plateau_cell_get_id (cell),
    .name = text_of (study, cell, "name"),
    .sample = sample,
    .replicate = replicate,
    .active_mass = plateau_cell_get_active_mass (cell),
    .area = plateau_cell_get_area (cell),
    .thickness = plateau_cell_get_thickness (cell),
    .reference_offset = plateau_cell_get_reference_offset (cell),
    .reference_name = text_of (study, cell, "reference-name"),
    .test = text_of (study, cell, "test"),
    .electrolyte = text_of (study, cell, "electrolyte"),
    .anode = text_of (study, cell, "anode"),
    .channel = text_of (study, cell, "channel"),
    .tags = text_of (study, cell, "tags"),
    .note = text_of (study, cell, "note"),
    .excluded = plateau_cell_get_excluded (cell),
    .exclusion_reason = text_of (study, cell, "exclusion-reason"),
    .one_c = plateau_cell_get_one_c (cell),
    .kinds = plateau_cell_get_kinds (cell),
    .measurements = plateau_cell_list_measurements (cell),
  };
  g_object_get (cell, "temperature", &copy.temperature, "pressure", &copy.pressure,
                "composite-mass", &copy.composite_mass, "active-fraction", &copy.active_fraction,
                "fields", &copy.fields, NULL);
  return copy;
}

/* Texts of one study are stored once, so that equal ones have one address. */
static guint
next_replicate (PlateauStudy *study, const PlateauStudySample *sample, const char *test)
{
  guint replicate = 1;
  for (guint i = study->cells->len; i-- > 0;)
    {
      const PlateauStudyCell *other = plateau_study_get_cell (study, i);
      if (other->sample != sample)
        break; /* cells stand sample by sample */
      replicate += other->test == test;
    }
  return replicate;
}

/* Sample, or NULL -> its PlateauCells in the project's order. */
static GHashTable *
group_cells (PlateauProject *project)
{
  GHashTable *groups = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  GListModel *cells = plateau_project_get_cells (project);
  for (guint i = 0; i < g_list_model_get_n_items (cells); i++)
    {
      g_autoptr (PlateauCell) cell = g_list_model_get_item (cells, i);
      PlateauSample *sample = plateau_cell_get_sample (cell);
      GPtrArray *group = g_hash_table_lookup (groups, sample);
      if (group == NULL)
        {
          group = g_ptr_array_new ();
          g_hash_table_insert (groups, sample, group);
        }
      g_ptr_array_add (group, cell); /* the project keeps it */
    }
  return groups;
}

static void
copy_cells (PlateauStudy *study, GPtrArray *cells, const PlateauStudySample *copied)
{
  for (guint i = 0; cells != NULL && i < cells->len; i++)
    {
      PlateauStudyCell cell = copy_cell (study, cells->pdata[i], copied, 0);
      cell.replicate = next_replicate (study, copied, cell.test);
      g_array_append_val (study->cells, cell);
    }
}

/**
 * plateau_study_new:
 * @project: to be copied; only on the project's own thread
 *
 * Returns: (transfer full): the project as it stands now; measurements are shared, not copied
 */
PlateauStudy *
plateau_study_new (PlateauProject *project)
{
  PlateauStudy *study = g_atomic_rc_box_new0 (PlateauStudy);
  study->title = g_strdup (plateau_project_get_title (project));
  study->simulated = plateau_project_get_simulated (project);
  study->texts = g_string_chunk_new (4096);
  study->samples = g_array_new (FALSE, TRUE, sizeof (PlateauStudySample));
  study->cells = g_array_new (FALSE, TRUE, sizeof (PlateauStudyCell));
  g_array_set_clear_func (study->cells, cell_clear);
  study->settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                           (GDestroyNotify) json_object_unref);

  g_autoptr (GPtrArray) samples = plateau_project_list_samples_ordered (project);
  g_autoptr (GHashTable) groups = group_cells (project);
  for (guint i = 0; i < samples->len; i++)
    {
      PlateauStudySample sample = copy_sample (study, samples->pdata[i]);
      g_array_append_val (study->samples, sample);
    }
  for (guint i = 0; i < samples->len; i++)
    copy_cells (study, g_hash_table_lookup (groups, samples->pdata[i]),
                &g_array_index (study->samples, PlateauStudySample, i));
  copy_cells (study, g_hash_table_lookup (groups, NULL), NULL);

  g_auto (GStrv) analyses = plateau_project_list_settings (project);
  for (char **name = analyses; *name != NULL; name++)
    g_hash_table_insert (study->settings, g_strdup (*name),
                         json_object_ref (plateau_project_get_settings (project, *name)));
  study->figure_names = g_ptr_array_new_with_free_func (g_free);
  study->figures = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  for (guint i = 0; i < plateau_project_get_n_figures (project); i++)
    {
      const char *figure = plateau_project_get_figure_name (project, i);
      JsonNode *document = plateau_project_get_figure (project, figure);
      g_ptr_array_add (study->figure_names, g_strdup (figure));
      g_ptr_array_add (study->figures, json_node_copy (document));
    }
  return study;
}

PlateauStudy *
plateau_study_ref (PlateauStudy *study)
{
  return g_atomic_rc_box_acquire (study);
}

static void
study_clear (gpointer data)
{
  PlateauStudy *study = data;
  g_free (study->title);
  g_array_unref (study->cells);
  g_array_unref (study->samples);
  g_string_chunk_free (study->texts);
  g_hash_table_unref (study->settings);
  g_clear_pointer (&study->manner, json_object_unref);
  g_ptr_array_unref (study->figure_names);
  g_ptr_array_unref (study->figures);
}

void
plateau_study_unref (PlateauStudy *study)
{
  g_atomic_rc_box_release_full (study, study_clear);
}

const char *
plateau_study_get_title (PlateauStudy *study)
{
  return study->title;
}

gboolean
plateau_study_get_simulated (PlateauStudy *study)
{
  return study->simulated;
}

guint
plateau_study_get_n_samples (PlateauStudy *study)
{
  return study->samples->len;
}

const PlateauStudySample *
plateau_study_get_sample (PlateauStudy *study, guint index)
{
  g_return_val_if_fail (index < study->samples->len, NULL);
  return &g_array_index (study->samples, PlateauStudySample, index);
}

guint
plateau_study_get_n_cells (PlateauStudy *study)
{
  return study->cells->len;
}

const PlateauStudyCell *
plateau_study_get_cell (PlateauStudy *study, guint index)
{
  g_return_val_if_fail (index < study->cells->len, NULL);
  return &g_array_index (study->cells, PlateauStudyCell, index);
}

/**
 * plateau_study_find_cell:
 *
 * Returns: (transfer none) (nullable): the cell with @id, or NULL
 */
const PlateauStudyCell *
plateau_study_find_cell (PlateauStudy *study, gint64 id)
{
  for (guint i = 0; i < study->cells->len; i++)
    if (plateau_study_get_cell (study, i)->id == id)
      return plateau_study_get_cell (study, i);
  return NULL;
}

/**
 * plateau_study_find_sample:
 *
 * Returns: (transfer none) (nullable): the sample with @id, or NULL
 */
const PlateauStudySample *
plateau_study_find_sample (PlateauStudy *study, gint64 id)
{
  for (guint i = 0; i < study->samples->len; i++)
    if (plateau_study_get_sample (study, i)->id == id)
      return plateau_study_get_sample (study, i);
  return NULL;
}

/**
 * plateau_study_get_settings:
 *
 * Returns: (transfer none) (nullable): the settings of @analysis, NULL: its defaults; not to be
 *   changed
 */
JsonObject *
plateau_study_get_settings (PlateauStudy *study, const char *analysis)
{
  return g_hash_table_lookup (study->settings, analysis);
}

/**
 * plateau_study_set_manner:
 * @study: a study that is not shared yet
 * @manner: (transfer full) (nullable): members of a style, such as "title_form", "font", "colours",
 *   "per_kg" and "kelvin": what the person who works with the study prefers
 */
void
plateau_study_set_manner (PlateauStudy *study, JsonObject *manner)
{
  g_clear_pointer (&study->manner, json_object_unref);
  study->manner = manner;
}

/**
 * plateau_study_get_manner:
 *
 * Returns: (transfer none) (nullable): how the study is to be shown; not to be changed
 */
JsonObject *
plateau_study_get_manner (PlateauStudy *study)
{
  return study->manner;
}

/**
 * plateau_study_get_n_figures:
 * @study: a study
 *
 * Returns: the number of figures of the project
 */
guint
plateau_study_get_n_figures (PlateauStudy *study)
{
  return study->figures->len;
}

/**
 * plateau_study_get_figure_name:
 * @study: a study
 * @index: position of a figure
 *
 * Returns: (transfer none): its name
 */
const char *
plateau_study_get_figure_name (PlateauStudy *study, guint index)
{
  g_return_val_if_fail (index < study->figure_names->len, NULL);
  return study->figure_names->pdata[index];
}

/**
 * plateau_study_get_figure:
 * @study: a study
 * @name: of a figure
 *
 * Returns: (transfer full) (nullable): a copy of its document, NULL when there is none
 */
JsonNode *
plateau_study_get_figure (PlateauStudy *study, const char *name)
{
  for (guint i = 0; i < study->figures->len; i++)
    if (g_strcmp0 (study->figure_names->pdata[i], name) == 0)
      return json_node_copy (study->figures->pdata[i]);
  return NULL;
}
