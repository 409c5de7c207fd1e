/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/plateau-project.h"

#include <string.h>

typedef struct
{
  char *name;
  JsonNode *document;
} Figure;

struct _PlateauProject
{
  GObject parent_instance;
  char *title, *note;
  gboolean simulated;
  GListStore *samples, *cells;
  GHashTable *sample_index, *cell_index; /* id -> object, no reference */
  GHashTable *settings; /* analysis -> JsonObject */
  GPtrArray *figures;   /* of Figure */
  gint64 last_id;
};

G_DEFINE_FINAL_TYPE (PlateauProject, plateau_project, G_TYPE_OBJECT)

enum
{
  PROP_TITLE = 1,
  PROP_NOTE,
  PROP_SIMULATED,
  N_PROPS
};

enum
{
  CHANGED,
  SETTINGS_CHANGED,
  N_SIGNALS
};

static GParamSpec *specs[N_PROPS];
static guint signals[N_SIGNALS];

static void
emit_changed (PlateauProject *project)
{
  g_signal_emit (project, signals[CHANGED], 0);
}

static void
figure_free (gpointer data)
{
  Figure *figure = data;
  g_free (figure->name);
  json_node_unref (figure->document);
  g_free (figure);
}

static void
plateau_project_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  PlateauProject *project = PLATEAU_PROJECT (object);
  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, project->title);
      break;
    case PROP_NOTE:
      g_value_set_string (value, project->note);
      break;
    case PROP_SIMULATED:
      g_value_set_boolean (value, project->simulated);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static gboolean
set_text (char **member, const char *text)
{
  if (text == NULL)
    text = "";
  if (strcmp (*member, text) == 0)
    return FALSE;
  g_free (*member);
  *member = g_strdup (text);
  return TRUE;
}

static void
plateau_project_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  PlateauProject *project = PLATEAU_PROJECT (object);
  gboolean changed = FALSE;
  switch (id)
    {
    case PROP_TITLE:
      changed = set_text (&project->title, g_value_get_string (value));
      break;
    case PROP_NOTE:
      changed = set_text (&project->note, g_value_get_string (value));
      break;
    case PROP_SIMULATED:
      changed = project->simulated != g_value_get_boolean (value);
      project->simulated = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
  if (changed)
    {
      g_object_notify_by_pspec (object, spec);
      emit_changed (project);
    }
}

static void
plateau_project_finalize (GObject *object)
{
  PlateauProject *project = PLATEAU_PROJECT (object);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (project->samples)); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (project->samples), i);
      g_signal_handlers_disconnect_by_data (item, project);
    }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (project->cells)); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (project->cells), i);
      g_signal_handlers_disconnect_by_data (item, project);
    }
  g_free (project->title);
  g_free (project->note);
  g_signal_handlers_disconnect_by_data (project->samples, project->sample_index);
  g_signal_handlers_disconnect_by_data (project->cells, project->cell_index);
  g_hash_table_unref (project->sample_index);
  g_hash_table_unref (project->cell_index);
  g_object_unref (project->samples);
  g_object_unref (project->cells);
  g_hash_table_unref (project->settings);
  g_ptr_array_unref (project->figures);
  G_OBJECT_CLASS (plateau_project_parent_class)->finalize (object);
}

static void
plateau_project_class_init (PlateauProjectClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  object_class->get_property = plateau_project_get_property;
  object_class->set_property = plateau_project_set_property;
  object_class->finalize = plateau_project_finalize;
  specs[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  specs[PROP_NOTE] = g_param_spec_string ("note", NULL, NULL, "", flags);
  specs[PROP_SIMULATED] = g_param_spec_boolean ("simulated", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, specs);
  signals[CHANGED] = g_signal_new ("changed", PLATEAU_TYPE_PROJECT, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[SETTINGS_CHANGED] = g_signal_new ("settings-changed", PLATEAU_TYPE_PROJECT,
                                            G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED, 0, NULL, NULL,
                                            NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void forget_index (GListModel *model, guint position, guint removed, guint added,
                          GHashTable *index);

static void
plateau_project_init (PlateauProject *project)
{
  project->title = g_strdup ("");
  project->note = g_strdup ("");
  project->samples = g_list_store_new (PLATEAU_TYPE_SAMPLE);
  project->cells = g_list_store_new (PLATEAU_TYPE_CELL);
  project->sample_index = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  project->cell_index = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_signal_connect (project->samples, "items-changed", G_CALLBACK (forget_index),
                    project->sample_index);
  g_signal_connect (project->cells, "items-changed", G_CALLBACK (forget_index),
                    project->cell_index);
  project->settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                             (GDestroyNotify) json_object_unref);
  project->figures = g_ptr_array_new_with_free_func (figure_free);
}

/**
 * plateau_project_new:
 *
 * Returns: (transfer full): an empty project
 */
PlateauProject *
plateau_project_new (void)
{
  return g_object_new (PLATEAU_TYPE_PROJECT, NULL);
}

const char *
plateau_project_get_title (PlateauProject *project)
{
  return project->title;
}

void
plateau_project_set_title (PlateauProject *project, const char *title)
{
  g_object_set (project, "title", title, NULL);
}

gboolean
plateau_project_get_simulated (PlateauProject *project)
{
  return project->simulated;
}

GListModel *
plateau_project_get_samples (PlateauProject *project)
{
  return G_LIST_MODEL (project->samples);
}

GListModel *
plateau_project_get_cells (PlateauProject *project)
{
  return G_LIST_MODEL (project->cells);
}

/* Ids once given are never given again, so that undo and the file can name things by them. */
static void
ensure_id (PlateauProject *project, GObject *object)
{
  gint64 id;
  g_object_get (object, "id", &id, NULL);
  if (id == 0)
    g_object_set (object, "id", ++project->last_id, NULL);
  else
    project->last_id = MAX (project->last_id, id);
}

static void
watch (PlateauProject *project, GObject *object)
{
  g_signal_connect_swapped (object, "notify", G_CALLBACK (emit_changed), project);
  if (PLATEAU_IS_CELL (object))
    g_signal_connect_swapped (object, "measurements-changed", G_CALLBACK (emit_changed), project);
}

static void
insert (PlateauProject *project, GListStore *store, gpointer object, guint position)
{
  ensure_id (project, object);
  g_list_store_insert (store, MIN (position, g_list_model_get_n_items (G_LIST_MODEL (store))),
                       object);
  watch (project, object);
  emit_changed (project);
}

static void
take_out (PlateauProject *project, GListStore *store, gpointer object)
{
  guint position;
  g_return_if_fail (g_list_store_find (store, object, &position));
  g_signal_handlers_disconnect_by_data (object, project);
  g_list_store_remove (store, position);
  emit_changed (project);
}

/**
 * plateau_project_add_sample:
 * @sample: (transfer none): gets an id when it has none
 */
void
plateau_project_add_sample (PlateauProject *project, PlateauSample *sample)
{
  insert (project, project->samples, sample, G_MAXUINT);
}

/**
 * plateau_project_insert_sample:
 * @sample: (transfer none): gets an id when it has none
 * @position: its place; past the end means last
 */
void
plateau_project_insert_sample (PlateauProject *project, PlateauSample *sample, guint position)
{
  insert (project, project->samples, sample, position);
}

/**
 * plateau_project_remove_sample:
 * @sample: its cells keep pointing to it; assign them first
 */
void
plateau_project_remove_sample (PlateauProject *project, PlateauSample *sample)
{
  take_out (project, project->samples, sample);
}

/**
 * plateau_project_add_cell:
 * @cell: (transfer none): gets an id when it has none
 */
void
plateau_project_add_cell (PlateauProject *project, PlateauCell *cell)
{
  insert (project, project->cells, cell, G_MAXUINT);
}

/**
 * plateau_project_insert_cell:
 * @cell: (transfer none): gets an id when it has none
 * @position: its place; past the end means last
 */
void
plateau_project_insert_cell (PlateauProject *project, PlateauCell *cell, guint position)
{
  insert (project, project->cells, cell, position);
}

void
plateau_project_remove_cell (PlateauProject *project, PlateauCell *cell)
{
  take_out (project, project->cells, cell);
}

/**
 * plateau_project_move_cell:
 * @position: index after the move; past the end means last
 */
void
plateau_project_move_cell (PlateauProject *project, PlateauCell *cell, guint position)
{
  guint old;
  g_return_if_fail (g_list_store_find (project->cells, cell, &old));
  g_object_ref (cell);
  g_list_store_remove (project->cells, old);
  g_list_store_insert (project->cells,
                       MIN (position, g_list_model_get_n_items (G_LIST_MODEL (project->cells))),
                       cell);
  g_object_unref (cell);
  emit_changed (project);
}

typedef gboolean (*Matches) (gpointer item, gconstpointer key);

static gpointer
find_item (GListStore *store, Matches matches, gconstpointer key)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (store)); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (store), i);
      if (matches (item, key))
        return item; /* the store keeps it alive */
    }
  return NULL;
}

static gint64
id_of (gpointer item)
{
  return PLATEAU_IS_CELL (item) ? plateau_cell_get_id (item) : plateau_sample_get_id (item);
}

static gboolean
has_id (gpointer item, gconstpointer key)
{
  return id_of (item) == *(const gint64 *) key;
}

/* Most questions are for ids: they are answered from an index, which is made anew when the list has
 * changed. An id that was given to an object only later is found by looking at all. */
static gpointer
find_id (GListStore *store, GHashTable *index, gint64 id)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (store));
  if (g_hash_table_size (index) != n)
    {
      g_hash_table_remove_all (index);
      for (guint i = 0; i < n; i++)
        {
          g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (store), i);
          gint64 own = id_of (item);
          g_hash_table_insert (index, g_memdup2 (&own, sizeof own), item);
        }
    }
  gpointer item = g_hash_table_lookup (index, &id);
  return item != NULL && id_of (item) == id ? item : find_item (store, has_id, &id);
}

static void
forget_index (GListModel *model, guint position, guint removed, guint added, GHashTable *index)
{
  g_hash_table_remove_all (index);
}

static gboolean
is_named (gpointer item, gconstpointer key)
{
  return strcmp (plateau_cell_get_name (item), key) == 0;
}

static gboolean
is_sample_named (gpointer item, gconstpointer key)
{
  const char *const *names = key;
  return strcmp (plateau_sample_get_name (item), names[0]) == 0
         && (names[1] == NULL || strcmp (plateau_sample_get_family (item), names[1]) == 0);
}

/**
 * plateau_project_find_sample:
 *
 * Returns: (transfer none) (nullable): the sample with @id, or NULL
 */
PlateauSample *
plateau_project_find_sample (PlateauProject *project, gint64 id)
{
  return find_id (project->samples, project->sample_index, id);
}

/**
 * plateau_project_find_sample_named:
 * @family: (nullable): NULL: any
 *
 * Returns: (transfer none) (nullable): the first sample of that name, or NULL
 */
PlateauSample *
plateau_project_find_sample_named (PlateauProject *project, const char *name, const char *family)
{
  const char *names[] = { name, family };
  return find_item (project->samples, is_sample_named, names);
}

/**
 * plateau_project_find_cell:
 *
 * Returns: (transfer none) (nullable): the cell with @id, or NULL
 */
PlateauCell *
plateau_project_find_cell (PlateauProject *project, gint64 id)
{
  return find_id (project->cells, project->cell_index, id);
}

/**
 * plateau_project_find_cell_named:
 *
 * Returns: (transfer none) (nullable): the first cell of that name, or NULL
 */
PlateauCell *
plateau_project_find_cell_named (PlateauProject *project, const char *name)
{
  return find_item (project->cells, is_named, name);
}

/**
 * plateau_project_list_cells_of:
 * @sample: (nullable): NULL: the cells not yet assigned
 * @with_excluded: FALSE: leave out the cells that the user left out
 *
 * Returns: (transfer full) (element-type PlateauCell): in project order
 */
GPtrArray *
plateau_project_list_cells_of (PlateauProject *project, PlateauSample *sample,
                               gboolean with_excluded)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (project->cells)); i++)
    {
      g_autoptr (PlateauCell) cell = g_list_model_get_item (G_LIST_MODEL (project->cells), i);
      if (plateau_cell_get_sample (cell) == sample
          && (with_excluded || !plateau_cell_get_excluded (cell)))
        g_ptr_array_add (found, g_steal_pointer (&cell));
    }
  return found;
}

/* Families keep the order in which they came; within one, role, then variable, then name. */
static int
compare_samples (gconstpointer a, gconstpointer b, gpointer user_data)
{
  PlateauSample *first = *(PlateauSample *const *) a, *second = *(PlateauSample *const *) b;
  GHashTable *families = user_data;
  int f1 = GPOINTER_TO_INT (g_hash_table_lookup (families, plateau_sample_get_family (first)));
  int f2 = GPOINTER_TO_INT (g_hash_table_lookup (families, plateau_sample_get_family (second)));
  if (f1 != f2)
    return f1 - f2;
  int r1 = plateau_sample_get_role (first), r2 = plateau_sample_get_role (second);
  if (r1 != r2)
    return r1 - r2;
  double v1 = plateau_sample_get_variable_value (first);
  double v2 = plateau_sample_get_variable_value (second);
  if (v1 < v2 || v1 > v2)
    return v1 < v2 ? -1 : 1;
  return strcmp (plateau_sample_get_name (first), plateau_sample_get_name (second));
}

/**
 * plateau_project_list_samples_ordered:
 *
 * Returns: (transfer full) (element-type PlateauSample): family by family, in each pristine,
 *   control, modified, then by the sample's variable, then by name
 */
GPtrArray *
plateau_project_list_samples_ordered (PlateauProject *project)
{
  GPtrArray *samples = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) families = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (project->samples)); i++)
    {
      PlateauSample *sample = g_list_model_get_item (G_LIST_MODEL (project->samples), i);
      const char *family = plateau_sample_get_family (sample);
      if (!g_hash_table_contains (families, family))
        g_hash_table_insert (families, (gpointer) family,
                             GINT_TO_POINTER ((int) g_hash_table_size (families)));
      g_ptr_array_add (samples, sample);
    }
  g_ptr_array_sort_with_data (samples, compare_samples, families);
  return samples;
}

/**
 * plateau_project_get_settings:
 *
 * Returns: (transfer none) (nullable): the settings of @analysis, NULL: its defaults; not to be
 *   changed
 */
JsonObject *
plateau_project_get_settings (PlateauProject *project, const char *analysis)
{
  return g_hash_table_lookup (project->settings, analysis);
}

/**
 * plateau_project_set_settings:
 * @settings: (nullable) (transfer none): NULL: back to the defaults; must not change afterwards
 */
void
plateau_project_set_settings (PlateauProject *project, const char *analysis, JsonObject *settings)
{
  if (settings == NULL)
    g_hash_table_remove (project->settings, analysis);
  else
    g_hash_table_replace (project->settings, g_strdup (analysis), json_object_ref (settings));
  g_signal_emit (project, signals[SETTINGS_CHANGED], g_quark_from_string (analysis), analysis);
  emit_changed (project);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * plateau_project_list_settings:
 *
 * Returns: (transfer full): the analyses with settings of their own, in alphabetical order
 */
char **
plateau_project_list_settings (PlateauProject *project)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_null_terminated (8, g_free, TRUE);
  GHashTableIter iter;
  gpointer key;
  g_hash_table_iter_init (&iter, project->settings);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (names, g_strdup (key));
  g_ptr_array_sort (names, compare_names);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

guint
plateau_project_get_n_figures (PlateauProject *project)
{
  return project->figures->len;
}

const char *
plateau_project_get_figure_name (PlateauProject *project, guint index)
{
  g_return_val_if_fail (index < project->figures->len, NULL);
  return ((Figure *) project->figures->pdata[index])->name;
}

static Figure *
find_figure (PlateauProject *project, const char *name)
{
  for (guint i = 0; i < project->figures->len; i++)
    {
      Figure *figure = project->figures->pdata[i];
      if (strcmp (figure->name, name) == 0)
        return figure;
    }
  return NULL;
}

/**
 * plateau_project_get_figure:
 *
 * Returns: (transfer none) (nullable): the document called @name, or NULL; not to be changed
 */
JsonNode *
plateau_project_get_figure (PlateauProject *project, const char *name)
{
  Figure *figure = find_figure (project, name);
  return figure != NULL ? figure->document : NULL;
}

/**
 * plateau_project_set_figure:
 * @document: (transfer none): must not change afterwards; a new name goes to the end
 */
void
plateau_project_set_figure (PlateauProject *project, const char *name, JsonNode *document)
{
  plateau_project_insert_figure (project, name, document, G_MAXUINT);
}

/**
 * plateau_project_insert_figure:
 * @document: (transfer none): must not change afterwards
 * @position: where a new name goes; past the end means last. A name that is there keeps its place
 */
void
plateau_project_insert_figure (PlateauProject *project, const char *name, JsonNode *document,
                               guint position)
{
  Figure *figure = find_figure (project, name);
  json_node_ref (document);
  if (figure != NULL)
    {
      json_node_unref (figure->document);
      figure->document = document;
    }
  else
    {
      figure = g_new0 (Figure, 1);
      figure->name = g_strdup (name);
      figure->document = document;
      g_ptr_array_insert (project->figures,
                          position < project->figures->len ? (int) position : -1, figure);
    }
  emit_changed (project);
}

void
plateau_project_remove_figure (PlateauProject *project, const char *name)
{
  Figure *figure = find_figure (project, name);
  if (figure == NULL)
    return;
  g_ptr_array_remove (project->figures, figure);
  emit_changed (project);
}
