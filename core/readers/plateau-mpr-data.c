/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/plateau-mpr-data.h"

#include "base/plateau-error.h"
#include "readers/plateau-bytes.h"
#include "readers/plateau-eclab.h"

#include <glib/gi18n.h>

enum
{
  CHUNK_SIZE = 128 << 10,
  MAX_COLUMNS = 400,
  FLAG_ERROR = 0x08,
};

/* Where the parts of a data module lie. */
typedef struct
{
  guint ids_offset;
  gboolean wide_count;
  guint first_record;
  guint id_size;
} Frame;

static const Frame frame_0 = { 5, FALSE, 100, 1 };
static const Frame frame_2 = { 5, FALSE, 405, 2 };
static const Frame frame_3 = { 5, FALSE, 406, 2 };
static const Frame frame_11 = { 6, TRUE, 1007, 2 };

/* The sizes of columns that are not in the table, found from what the record has room for. */
static gboolean
settle_unknown (guint n_unknown, gsize known_size, gsize record_size, PlateauMprType *type)
{
  static const PlateauMprType guesses[] = { PLATEAU_MPR_F32, PLATEAU_MPR_F64, PLATEAU_MPR_U16,
                                            PLATEAU_MPR_U8 };
  for (gsize i = 0; i < G_N_ELEMENTS (guesses); i++)
    if (known_size + n_unknown * plateau_mpr_type_size (guesses[i]) == record_size)
      {
        *type = guesses[i];
        return TRUE;
      }
  return FALSE;
}

static void
add_field (PlateauMprLayout *layout, guint16 id, const PlateauMprColumn *column,
           PlateauMprType unknown_type, guint *offset)
{
  PlateauMprField field = { .id = id, .offset = *offset, .factor = 1 };
  if (column != NULL)
    {
      field.type = column->type;
      field.name = column->name;
      field.unit = column->unit;
      field.quantity = column->quantity;
    }
  else
    {
      field.type = unknown_type;
      g_autofree char *name = g_strdup_printf (_ ("Unknown column %u"), id);
      field.name = g_string_chunk_insert (layout->names, name);
      field.unit = "";
      field.quantity = PLATEAU_QUANTITY_OTHER;
    }
  *offset += plateau_mpr_type_size (field.type);
  g_array_append_val (layout->fields, field);
}

static gboolean
is_charge (PlateauQuantity quantity)
{
  return quantity == PLATEAU_QUANTITY_CHARGE_INCREMENT
         || quantity == PLATEAU_QUANTITY_COUNTER_SIGNED_CHARGE;
}

static guint
rank (const PlateauMprField *field)
{
  const PlateauMprColumn *column = plateau_mpr_column_find (field->id, FALSE);
  /* The increment is exact; a counter is what is left when it is absent. */
  return column->rank + (field->quantity == PLATEAU_QUANTITY_COUNTER_SIGNED_CHARGE ? 10 : 0);
}

static gboolean
compete (const PlateauMprField *a, const PlateauMprField *b)
{
  return a->quantity == b->quantity || (is_charge (a->quantity) && is_charge (b->quantity));
}

/* Each quantity is taken from one column; the others stay as they are printed. */
static void
choose_quantities (PlateauMprLayout *layout)
{
  PlateauMprField *fields = (PlateauMprField *) (gpointer) layout->fields->data;
  for (guint i = 0; i < layout->fields->len; i++)
    for (guint k = 0; k < layout->fields->len && fields[i].quantity != PLATEAU_QUANTITY_OTHER; k++)
      if (k != i && fields[k].quantity != PLATEAU_QUANTITY_OTHER && compete (&fields[i], &fields[k])
          && (rank (&fields[k]) < rank (&fields[i])
              || (rank (&fields[k]) == rank (&fields[i]) && k < i)))
        fields[i].quantity = PLATEAU_QUANTITY_OTHER;
  for (guint i = 0; i < layout->fields->len; i++)
    {
      if (fields[i].quantity == PLATEAU_QUANTITY_OTHER)
        continue;
      layout->has_charge |= is_charge (fields[i].quantity);
      const PlateauUnit *unit = plateau_unit_find (fields[i].unit);
      fields[i].factor = plateau_mpr_column_find (fields[i].id, FALSE)->sign
                         * (unit != NULL ? unit->factor : 1);
      fields[i].summand = unit != NULL ? unit->offset : 0;
    }
}

static gboolean
has_harmonics (const guint16 *ids, guint n_columns)
{
  for (guint i = 0; i < n_columns; i++)
    if (ids[i] >= PLATEAU_MPR_FIRST_HARMONIC && ids[i] <= PLATEAU_MPR_LAST_HARMONIC)
      return TRUE;
  return FALSE;
}

static char *
list_unknown (const guint16 *ids, guint n_columns, gboolean harmonics)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < n_columns; i++)
    if (plateau_mpr_column_find (ids[i], harmonics) == NULL)
      g_string_append_printf (text, "%s%u", text->len > 0 ? ", " : "", ids[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Bytes a record takes by the known columns; @n_unknown counts the others. */
static gsize
known_record_size (const guint16 *ids, guint n_columns, gboolean harmonics, guint *n_unknown)
{
  gsize size = 0;
  gboolean flags = FALSE;
  *n_unknown = 0;
  for (guint i = 0; i < n_columns; i++)
    {
      const PlateauMprColumn *column = plateau_mpr_column_find (ids[i], harmonics);
      if (column == NULL)
        (*n_unknown)++;
      else if (column->type == PLATEAU_MPR_FLAGS)
        flags = TRUE;
      else
        size += plateau_mpr_type_size (column->type);
    }
  return size + (flags ? 1 : 0);
}

static void
place_fields (PlateauMprLayout *layout, const guint16 *ids, guint n_columns, gboolean harmonics,
              PlateauMprType unknown_type)
{
  guint offset = 0;
  for (guint i = 0; i < n_columns; i++)
    {
      guint16 id = ids[i];
      const PlateauMprColumn *column = plateau_mpr_column_find (id, harmonics);
      if (column == NULL || column->type != PLATEAU_MPR_FLAGS)
        add_field (layout, id, column, unknown_type, &offset);
      else if (layout->flags_offset < 0)
        layout->flags_offset = (int) offset++;
    }
  layout->record_size = offset;
}

/* How many records there are: what the header says must agree with the length of the module; of
 * the two the one that the bytes support wins. */
static gboolean
count_records (PlateauInput *input, const PlateauMprModule *module, const Frame *frame, gsize size,
               PlateauMprLayout *layout, GPtrArray *warnings)
{
  guint64 room = module->available > frame->first_record
                     ? (module->available - frame->first_record) / size
                     : 0;
  guint64 stated = layout->n_promised;
  if (frame->first_record + stated * size == module->length)
    {
      layout->n_records = MIN (stated, room);
      return TRUE;
    }
  gboolean whole_length = module->length > frame->first_record
                          && (module->length - frame->first_record) % size == 0;
  guint64 behind = module->offset + frame->first_record + stated * size;
  gboolean next_module = FALSE;
  if (stated > 0 && behind < plateau_input_get_size (input))
    {
      const guint8 *mark = plateau_input_peek (input, behind, 6, NULL);
      next_module = mark != NULL && memcmp (mark, "MODULE", 6) == 0;
    }
  if (!next_module && !whole_length && behind != plateau_input_get_size (input))
    return FALSE;
  if (next_module || behind == plateau_input_get_size (input))
    layout->n_records = stated;
  else
    layout->n_records = layout->n_promised = room;
  g_ptr_array_add (warnings,
                   g_strdup_printf (_ ("The data module says %llu records, but its length is that "
                                       "of another number; %llu were read."),
                                    (unsigned long long) stated,
                                    (unsigned long long) layout->n_records));
  return TRUE;
}

static PlateauMprLayout *
layout_new (void)
{
  PlateauMprLayout *layout = g_new0 (PlateauMprLayout, 1);
  layout->fields = g_array_new (FALSE, FALSE, sizeof (PlateauMprField));
  layout->names = g_string_chunk_new (64);
  layout->flags_offset = -1;
  return layout;
}

/**
 * plateau_mpr_layout_free:
 * @layout: (transfer full): a layout
 */
void
plateau_mpr_layout_free (PlateauMprLayout *layout)
{
  g_array_unref (layout->fields);
  g_string_chunk_free (layout->names);
  g_free (layout);
}

static gboolean
layout_fill (PlateauInput *input, const PlateauMprModule *module, const Frame *frame,
             PlateauMprLayout *layout, GPtrArray *warnings, GError **error)
{
  gsize head_size = frame->ids_offset + (frame->wide_count ? 2 * MAX_COLUMNS : 2 * 200);
  gsize length;
  const guint8 *window = plateau_input_peek_some (input, module->offset, head_size, &length, error);
  if (window == NULL)
    return FALSE;
  g_autofree guint8 *head = g_memdup2 (window, length); /* later looks reuse the window */
  guint n_columns = length < frame->ids_offset ? 0
                    : frame->wide_count        ? plateau_le_u16 (head + 4)
                                               : head[4];
  if (n_columns == 0 || n_columns > MAX_COLUMNS
      || frame->ids_offset + frame->id_size * n_columns > length)
    {
      g_set_error (error, PLATEAU_READER_ERROR,
                   length < frame->ids_offset ? PLATEAU_READER_ERROR_TRUNCATED
                                              : PLATEAU_READER_ERROR_INVALID,
                   _ ("“%s”: the data module at byte %llu has no usable list of columns (%u "
                      "columns). The file is damaged or cut."),
                   plateau_input_get_name (input), (unsigned long long) module->offset, n_columns);
      return FALSE;
    }
  guint16 ids[MAX_COLUMNS];
  for (guint i = 0; i < n_columns; i++)
    {
      const guint8 *id = head + frame->ids_offset + frame->id_size * i;
      ids[i] = frame->id_size == 1 ? *id : plateau_le_u16 (id);
    }
  layout->n_promised = plateau_le_u32 (head);
  guint n_unknown;
  gboolean harmonics = has_harmonics (ids, n_columns);
  gsize size = known_record_size (ids, n_columns, harmonics, &n_unknown);
  PlateauMprType unknown_type = PLATEAU_MPR_F32;
  if (n_unknown > 0)
    {
      guint64 body = module->length > frame->first_record ? module->length - frame->first_record
                                                          : 0;
      g_autofree char *unknown = list_unknown (ids, n_columns, harmonics);
      if (layout->n_promised > 0
          && (body % layout->n_promised != 0
              || !settle_unknown (n_unknown, size, body / layout->n_promised, &unknown_type)))
        {
          g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_UNSUPPORTED_VERSION,
                       _ ("“%s” holds columns that are not known here (%s), and their size does "
                          "not follow from the length of the records, so that no value could be "
                          "trusted. Export the file as text (.mpt) in EC-Lab."),
                       plateau_input_get_name (input), unknown);
          return FALSE;
        }
      g_ptr_array_add (warnings, g_strdup_printf (_ ("Columns of unknown meaning (EC-Lab numbers "
                                                     "%s) are kept as they are."),
                                                  unknown));
    }
  place_fields (layout, ids, n_columns, harmonics, unknown_type);
  layout->first_record = module->offset + frame->first_record;
  if (layout->record_size > 0
      && count_records (input, module, frame, layout->record_size, layout, warnings))
    return TRUE;
  g_set_error (
      error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_INVALID,
      _ ("“%s”: %llu records of %zu bytes do not fit the data module at byte %llu (%u bytes). "
         "The file is damaged, or of a version of EC-Lab that is not known here."),
      plateau_input_get_name (input), (unsigned long long) layout->n_promised, layout->record_size,
      (unsigned long long) module->offset, module->length);
  return FALSE;
}

/**
 * plateau_mpr_layout_read:
 * @module: a module "VMP data"
 * @warnings: gets what was found odd but does no harm
 *
 * Reads the list of columns and checks it against the length of the module. Columns that are not
 * in the table are kept when all of them having one size explains the length of a record.
 *
 * Returns: (transfer full) (nullable): the layout, or NULL with @error set
 */
PlateauMprLayout *
plateau_mpr_layout_read (PlateauInput *input, const PlateauMprModule *module, GPtrArray *warnings,
                         GError **error)
{
  /* The version decides; a version that was never seen is tried with each frame, newest first. */
  const Frame *frames[] = { &frame_11, &frame_3, &frame_2, &frame_0 };
  guint first = 0, last = G_N_ELEMENTS (frames) - 1;
  if (module->new_header)
    last = 0;
  else if (module->version == 3)
    first = last = 1;
  else if (module->version == 2)
    first = last = 2;
  else if (module->version == 0)
    first = last = 3;
  g_autoptr (GError) failure = NULL;
  for (guint i = first; i <= last; i++)
    {
      g_autoptr (PlateauMprLayout) layout = layout_new ();
      g_autoptr (GPtrArray) remarks = g_ptr_array_new_with_free_func (g_free);
      GError *problem = NULL;
      if (layout_fill (input, module, frames[i], layout, remarks, &problem))
        {
          choose_quantities (layout);
          g_ptr_array_extend_and_steal (warnings, g_steal_pointer (&remarks));
          return g_steal_pointer (&layout);
        }
      if (failure == NULL)
        failure = problem;
      else
        g_error_free (problem);
    }
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

static void
decode_column (const PlateauMprField *field, const guint8 *records, gsize record_size, gsize n,
               double *out)
{
  const guint8 *p = records + field->offset;
  double factor = field->factor, summand = field->summand;
  switch (field->type)
    {
    case PLATEAU_MPR_U8:
      for (gsize i = 0; i < n; i++, p += record_size)
        out[i] = p[0];
      break;
    case PLATEAU_MPR_U16:
      for (gsize i = 0; i < n; i++, p += record_size)
        out[i] = plateau_le_u16 (p);
      break;
    case PLATEAU_MPR_U32:
      for (gsize i = 0; i < n; i++, p += record_size)
        out[i] = plateau_le_u32 (p);
      break;
    case PLATEAU_MPR_F32:
      for (gsize i = 0; i < n; i++, p += record_size)
        {
          float value = plateau_le_f32 (p);
          out[i] = isfinite (value) ? factor * (double) value + summand : NAN;
        }
      break;
    case PLATEAU_MPR_F64:
      for (gsize i = 0; i < n; i++, p += record_size)
        {
          double value = plateau_le_f64 (p);
          out[i] = isfinite (value) ? factor * value + summand : NAN;
        }
      break;
    case PLATEAU_MPR_FLAGS:
      break;
    }
}

static void
decode_flags (const guint8 *p, gsize record_size, gsize n, gboolean sweep, double *modes,
              guint *n_error_marks)
{
  double of_mode[4];
  for (guint mode = 0; mode < 4; mode++)
    of_mode[mode] = plateau_eclab_mode (mode, sweep);
  for (gsize i = 0; i < n; i++, p += record_size)
    {
      modes[i] = of_mode[p[0] & 3];
      *n_error_marks += (p[0] & FLAG_ERROR) != 0;
    }
}

/**
 * plateau_mpr_records_read:
 * @columns: for each field of @layout where its values go, n_records of them, in SI
 * @modes: (nullable): where the modes go when the records carry flags
 * @sweep: whether potentiostatic records belong to a potential ramp
 * @n_error_marks: (out): records that the instrument marked as faulty
 *
 * Returns: FALSE with @error set when the file cannot be read or @cancellable was used
 */
gboolean
plateau_mpr_records_read (PlateauInput *input, const PlateauMprLayout *layout,
                          double *const *columns, double *modes, gboolean sweep,
                          guint *n_error_marks, GCancellable *cancellable, GError **error)
{
  gsize size = layout->record_size;
  gsize per_chunk = MAX ((gsize) 1, CHUNK_SIZE / size);
  *n_error_marks = 0;
  for (guint64 row = 0; row < layout->n_records; row += per_chunk)
    {
      gsize n = (gsize) MIN ((guint64) per_chunk, layout->n_records - row);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      const guint8 *records = plateau_input_peek (input, layout->first_record + row * size,
                                                  n * size, error);
      if (records == NULL)
        return FALSE;
      for (guint c = 0; c < layout->fields->len; c++)
        decode_column (&g_array_index (layout->fields, PlateauMprField, c), records, size, n,
                       columns[c] + row);
      if (modes != NULL)
        decode_flags (records + layout->flags_offset, size, n, sweep, modes + row, n_error_marks);
    }
  return TRUE;
}
