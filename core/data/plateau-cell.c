/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/plateau-cell.h"

#include "base/plateau-error.h"
#include "data/plateau-join.h"
#include "data/plateau-member-private.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

struct _PlateauCell
{
  GObject parent_instance;
  gint64 id;
  char *name, *reference_name, *electrolyte, *anode, *test, *channel, *tags, *note,
      *exclusion_reason;
  double active_mass, area, thickness, reference_offset, temperature, pressure, composite_mass,
      active_fraction;
  gboolean excluded;
  PlateauSample *sample;
  GVariant *fields;
  GPtrArray *measurements;
};

G_DEFINE_FINAL_TYPE (PlateauCell, plateau_cell, G_TYPE_OBJECT)

#define N_MEMBERS 19

static PlateauMember *
members (void)
{
  static PlateauMember table[N_MEMBERS];
  static gsize ready = 0;
  if (g_once_init_enter (&ready))
    {
#define MEMBER(name, type, field)                                                                  \
  {                                                                                                \
    name, type, G_STRUCT_OFFSET (PlateauCell, field)                                               \
  }
      const PlateauMember all[N_MEMBERS] = {
        MEMBER ("id", G_TYPE_INT64, id),
        MEMBER ("name", G_TYPE_STRING, name),
        MEMBER ("active-mass", G_TYPE_DOUBLE, active_mass),
        MEMBER ("area", G_TYPE_DOUBLE, area),
        MEMBER ("thickness", G_TYPE_DOUBLE, thickness),
        MEMBER ("reference-offset", G_TYPE_DOUBLE, reference_offset),
        MEMBER ("reference-name", G_TYPE_STRING, reference_name),
        MEMBER ("electrolyte", G_TYPE_STRING, electrolyte),
        MEMBER ("anode", G_TYPE_STRING, anode),
        MEMBER ("temperature", G_TYPE_DOUBLE, temperature),
        MEMBER ("pressure", G_TYPE_DOUBLE, pressure),
        MEMBER ("composite-mass", G_TYPE_DOUBLE, composite_mass),
        MEMBER ("active-fraction", G_TYPE_DOUBLE, active_fraction),
        MEMBER ("test", G_TYPE_STRING, test),
        MEMBER ("channel", G_TYPE_STRING, channel),
        MEMBER ("tags", G_TYPE_STRING, tags),
        MEMBER ("note", G_TYPE_STRING, note),
        MEMBER ("excluded", G_TYPE_BOOLEAN, excluded),
        MEMBER ("exclusion-reason", G_TYPE_STRING, exclusion_reason),
      };
#undef MEMBER
      memcpy (table, all, sizeof all);
      g_once_init_leave (&ready, 1);
    }
  return table;
}

enum
{
  PROP_SAMPLE = N_MEMBERS + 1,
  PROP_FIELDS,
};

enum
{
  MEASUREMENTS_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
plateau_cell_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  PlateauCell *cell = PLATEAU_CELL (object);
  if (id == PROP_SAMPLE)
    g_value_set_object (value, cell->sample);
  else if (id == PROP_FIELDS)
    g_value_set_variant (value, cell->fields);
  else
    plateau_member_get (object, &members ()[id - 1], value);
}

static gboolean
set_fields (PlateauCell *cell, GVariant *fields)
{
  if (fields != NULL && cell->fields != NULL && g_variant_equal (fields, cell->fields))
    return FALSE;
  g_clear_pointer (&cell->fields, g_variant_unref);
  cell->fields = fields != NULL ? g_variant_ref_sink (fields) : NULL;
  return TRUE;
}

static void
plateau_cell_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  PlateauCell *cell = PLATEAU_CELL (object);
  gboolean changed;
  if (id == PROP_SAMPLE)
    changed = g_set_object (&cell->sample, g_value_get_object (value));
  else if (id == PROP_FIELDS)
    changed = set_fields (cell, g_value_get_variant (value));
  else
    changed = plateau_member_set (object, &members ()[id - 1], value);
  if (changed)
    g_object_notify_by_pspec (object, spec);
}

static void
plateau_cell_finalize (GObject *object)
{
  PlateauCell *cell = PLATEAU_CELL (object);
  plateau_members_clear (object, members (), N_MEMBERS);
  g_clear_object (&cell->sample);
  g_clear_pointer (&cell->fields, g_variant_unref);
  g_ptr_array_unref (cell->measurements);
  G_OBJECT_CLASS (plateau_cell_parent_class)->finalize (object);
}

static void
plateau_cell_class_init (PlateauCellClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GParamSpec *specs[N_MEMBERS + 1];
  object_class->get_property = plateau_cell_get_property;
  object_class->set_property = plateau_cell_set_property;
  object_class->finalize = plateau_cell_finalize;
  plateau_members_install (object_class, members (), N_MEMBERS, specs);
  g_object_class_install_property (
      object_class, PROP_SAMPLE,
      g_param_spec_object ("sample", NULL, NULL, PLATEAU_TYPE_SAMPLE, flags));
  g_object_class_install_property (
      object_class, PROP_FIELDS,
      g_param_spec_variant ("fields", NULL, NULL, G_VARIANT_TYPE ("a{ss}"), NULL, flags));
  signals[MEASUREMENTS_CHANGED] = g_signal_new ("measurements-changed", PLATEAU_TYPE_CELL,
                                                G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                                0);
}

static void
plateau_cell_init (PlateauCell *cell)
{
  plateau_members_init (cell, members (), N_MEMBERS);
  cell->reference_offset = 0;
  cell->fields = g_variant_ref_sink (g_variant_new_array (G_VARIANT_TYPE ("{ss}"), NULL, 0));
  cell->measurements = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_measurement_unref);
}

/**
 * plateau_cell_new:
 * @name: (nullable): as the user calls it, "S-LRMO-1"
 *
 * Returns: (transfer full): a cell about which nothing else is known
 */
PlateauCell *
plateau_cell_new (const char *name)
{
  return g_object_new (PLATEAU_TYPE_CELL, "name", name, NULL);
}

gint64
plateau_cell_get_id (PlateauCell *cell)
{
  return cell->id;
}

void
plateau_cell_set_id (PlateauCell *cell, gint64 id)
{
  g_object_set (cell, "id", id, NULL);
}

const char *
plateau_cell_get_name (PlateauCell *cell)
{
  return cell->name;
}

/**
 * plateau_cell_get_sample:
 *
 * Returns: (transfer none) (nullable): the sample, NULL while the cell is not assigned
 */
PlateauSample *
plateau_cell_get_sample (PlateauCell *cell)
{
  return cell->sample;
}

double
plateau_cell_get_active_mass (PlateauCell *cell)
{
  return cell->active_mass;
}

double
plateau_cell_get_area (PlateauCell *cell)
{
  return cell->area;
}

double
plateau_cell_get_thickness (PlateauCell *cell)
{
  return cell->thickness;
}

double
plateau_cell_get_reference_offset (PlateauCell *cell)
{
  return isnan (cell->reference_offset) ? 0 : cell->reference_offset;
}

double
plateau_cell_get_temperature (PlateauCell *cell)
{
  return cell->temperature;
}

/**
 * plateau_cell_get_loading:
 *
 * Returns: active mass over electrode area in kg/m2, NaN when either is missing or not positive
 */
double
plateau_cell_get_loading (PlateauCell *cell)
{
  return cell->active_mass > 0 && cell->area > 0 ? cell->active_mass / cell->area : NAN;
}

/**
 * plateau_cell_get_one_c:
 *
 * Returns: the current in A that 1C means for this cell, NaN when mass or the sample's 1C is
 *   missing
 */
double
plateau_cell_get_one_c (PlateauCell *cell)
{
  if (cell->sample == NULL || !(cell->active_mass > 0))
    return NAN;
  return cell->active_mass * plateau_sample_get_specific_current_1c (cell->sample);
}

gboolean
plateau_cell_get_excluded (PlateauCell *cell)
{
  return cell->excluded;
}

/**
 * plateau_cell_dup_property_text:
 * @property: the name of a text property
 *
 * Returns: (transfer full): its value
 */
char *
plateau_cell_dup_property_text (PlateauCell *cell, const char *property)
{
  char *text = NULL;
  g_object_get (cell, property, &text, NULL);
  return text;
}

/**
 * plateau_cell_add_measurement:
 * @measurement: (transfer none): goes to the end; order in time is found when loading
 */
void
plateau_cell_add_measurement (PlateauCell *cell, PlateauMeasurement *measurement)
{
  plateau_cell_insert_measurement (cell, measurement, G_MAXUINT);
}

/**
 * plateau_cell_insert_measurement:
 * @measurement: (transfer none): a measurement
 * @position: its place; past the end means last
 */
void
plateau_cell_insert_measurement (PlateauCell *cell, PlateauMeasurement *measurement,
                                 guint position)
{
  g_ptr_array_insert (cell->measurements,
                      position < cell->measurements->len ? (int) position : -1,
                      plateau_measurement_ref (measurement));
  g_signal_emit (cell, signals[MEASUREMENTS_CHANGED], 0);
}

void
plateau_cell_remove_measurement (PlateauCell *cell, PlateauMeasurement *measurement)
{
  if (g_ptr_array_remove (cell->measurements, measurement))
    g_signal_emit (cell, signals[MEASUREMENTS_CHANGED], 0);
}

/**
 * plateau_cell_replace_measurement:
 * @old: one of the cell's
 * @replacement: (transfer none): takes its place (a file read again)
 */
void
plateau_cell_replace_measurement (PlateauCell *cell, PlateauMeasurement *old,
                                  PlateauMeasurement *replacement)
{
  guint index;
  g_return_if_fail (g_ptr_array_find (cell->measurements, old, &index));
  cell->measurements->pdata[index] = plateau_measurement_ref (replacement);
  plateau_measurement_unref (old);
  g_signal_emit (cell, signals[MEASUREMENTS_CHANGED], 0);
}

guint
plateau_cell_get_n_measurements (PlateauCell *cell)
{
  return cell->measurements->len;
}

PlateauMeasurement *
plateau_cell_get_measurement (PlateauCell *cell, guint index)
{
  g_return_val_if_fail (index < cell->measurements->len, NULL);
  return cell->measurements->pdata[index];
}

PlateauKinds
plateau_cell_get_kinds (PlateauCell *cell)
{
  PlateauKinds kinds = 0;
  for (guint i = 0; i < cell->measurements->len; i++)
    kinds |= plateau_measurement_get_kinds (cell->measurements->pdata[i]);
  return kinds;
}

static gpointer
ref_measurement (gconstpointer measurement, gpointer user_data)
{
  return plateau_measurement_ref ((PlateauMeasurement *) measurement);
}

/**
 * plateau_cell_list_measurements:
 *
 * Returns: (transfer full) (element-type PlateauMeasurement): a copy of the list, for other threads
 */
GPtrArray *
plateau_cell_list_measurements (PlateauCell *cell)
{
  return g_ptr_array_copy (cell->measurements, ref_measurement, NULL);
}

/**
 * plateau_measurements_load_recording:
 * @measurements: (element-type PlateauMeasurement): of one cell
 * @kinds: only those that have one of these kinds; 0: all
 *
 * Loads the time series and joins them in the order of plateau_join_order().
 *
 * Returns: (transfer full): one recording; NULL with PLATEAU_DATA_ERROR_MISSING when there is none
 */
PlateauRecording *
plateau_measurements_load_recording (GPtrArray *measurements, PlateauKinds kinds, GError **error)
{
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();
  g_autoptr (GPtrArray) ordered = NULL;
  g_autoptr (GPtrArray)
      parts = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_recording_unref);
  for (guint i = 0; i < measurements->len; i++)
    {
      PlateauMeasurement *m = measurements->pdata[i];
      if (plateau_measurement_get_n_rows (m) == 0
          || (kinds != 0 && (plateau_measurement_get_kinds (m) & kinds) == 0))
        continue;
      PlateauRecording *part = plateau_measurement_ref_recording (m, error);
      if (part == NULL)
        return NULL;
      plateau_recording_unref (part);
      g_ptr_array_add (chosen, m);
    }
  ordered = plateau_join_order (chosen, NULL);
  for (guint i = 0; i < ordered->len; i++)
    {
      PlateauRecording *part = plateau_measurement_ref_recording (ordered->pdata[i], error);
      if (part == NULL)
        return NULL;
      g_ptr_array_add (parts, part);
    }
  if (parts->len == 0)
    {
      g_set_error_literal (error, PLATEAU_DATA_ERROR, PLATEAU_DATA_ERROR_MISSING,
                           _ ("This cell has no such measurement."));
      return NULL;
    }
  return plateau_recording_join ((PlateauRecording *const *) parts->pdata, parts->len);
}
