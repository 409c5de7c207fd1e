/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/plateau-ndc.h"

#include "base/plateau-error.h"
#include "base/plateau-memory.h"

#include <glib/gi18n.h>

/* Bytes of a slot by type of file and version. */
static const struct
{
  guint8 type, version, size;
} slot_sizes[] = {
  { PLATEAU_NDC_DATA, 2, 94 },       { PLATEAU_NDC_DATA, 5, 87 },
  { PLATEAU_NDC_DATA, 11, 8 },       { PLATEAU_NDC_DATA, 14, 8 },
  { PLATEAU_NDC_DATA, 16, 8 },       { PLATEAU_NDC_DATA, 17, 8 },
  { PLATEAU_NDC_RUN_INFO, 11, 47 },  { PLATEAU_NDC_RUN_INFO, 14, 55 },
  { PLATEAU_NDC_RUN_INFO, 16, 100 }, { PLATEAU_NDC_RUN_INFO, 17, 100 },
  { PLATEAU_NDC_STEP, 11, 37 },      { PLATEAU_NDC_STEP, 14, 37 },
  { PLATEAU_NDC_STEP, 16, 100 },     { PLATEAU_NDC_STEP, 17, 100 },
  { PLATEAU_NDC_AUX, 2, 94 },        { PLATEAU_NDC_AUX, 5, 87 },
  { PLATEAU_NDC_AUX, 11, 7 },        { PLATEAU_NDC_AUX, 14, 4 },
  { PLATEAU_NDC_AUX, 16, 7 },        { PLATEAU_NDC_AUX, 17, 4 },
};

static gsize
find_slot_size (guint type, guint version)
{
  for (gsize i = 0; i < G_N_ELEMENTS (slot_sizes); i++)
    if (slot_sizes[i].type == type && slot_sizes[i].version == version)
      return slot_sizes[i].size;
  return 0;
}

/* Unpacks as much as can be unpacked; damage behind it is a warning. */
static gboolean
load (PlateauNdc *ndc, PlateauZip *zip, const char *name, GPtrArray *warnings, GError **error)
{
  g_autoptr (PlateauZipMember) member = plateau_zip_open_member (zip, name, error);
  if (member == NULL)
    return FALSE;
  guint64 size = plateau_zip_get_size (zip, name);
  ndc->data = size < G_MAXSSIZE ? g_try_malloc (MAX (size, 1)) : NULL;
  plateau_memory_expect_filling (ndc->data, size);
  if (ndc->data == NULL)
    {
      g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_LIMIT,
                   _ ("The part “%s” of the archive needs more memory than there is."), name);
      return FALSE;
    }
  if (plateau_zip_member_unpack (member, ndc->data))
    ndc->size = (gsize) size;
  while (ndc->size < size)
    {
      g_autoptr (GError) problem = NULL;
      gssize n = plateau_zip_member_read (member, ndc->data + ndc->size,
                                          MIN ((gsize) size - ndc->size, 4096), &problem);
      if (n < 0)
        {
          if (ndc->size == 0)
            {
              g_propagate_error (error, g_steal_pointer (&problem));
              return FALSE;
            }
          g_ptr_array_add (warnings, g_strdup (problem->message));
        }
      if (n <= 0)
        break;
      ndc->size += (gsize) n;
    }
  return TRUE;
}

/**
 * plateau_ndc_open:
 * @name: name of a member
 * @warnings: gets what was wrong behind the part that could be unpacked
 *
 * Unpacks a member and finds its pages.
 *
 * Returns: (transfer full) (nullable): the member, or NULL with @error set when it cannot be
 *   unpacked or its type and version are not known
 */
PlateauNdc *
plateau_ndc_open (PlateauZip *zip, const char *name, GPtrArray *warnings, GError **error)
{
  g_autoptr (PlateauNdc) ndc = g_new0 (PlateauNdc, 1);
  if (!load (ndc, zip, name, warnings, error))
    return NULL;
  if (ndc->size < 3)
    {
      g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_NO_DATA,
                   _ ("The part “%s” of the archive is empty."), name);
      return NULL;
    }
  ndc->type = ndc->data[0];
  ndc->version = ndc->data[2];
  ndc->slot_size = find_slot_size (ndc->type, ndc->version);
  if (ndc->slot_size == 0)
    {
      g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_UNSUPPORTED_VERSION,
                   _ ("The part “%s” of the archive is of type %u, version %u, which is not known "
                      "here (known versions: 2, 5, 11, 14, 16, 17). Export the test as csv or xlsx "
                      "in BTSDA."),
                   name, ndc->type, ndc->version);
      return NULL;
    }
  gboolean old = ndc->version < 5;
  ndc->page_size = old ? 512 : 4096;
  ndc->first_slot = old ? 5 : 132;
  ndc->slots_per_page = (ndc->page_size - ndc->first_slot - (old ? 0 : 1)) / ndc->slot_size;
  ndc->n_pages = ndc->size / ndc->page_size;
  if (ndc->size % ndc->page_size != 0)
    g_ptr_array_add (warnings,
                     g_strdup_printf (_ ("The part “%s” ends inside a page; its last %zu bytes "
                                         "were left out."),
                                      name, ndc->size % ndc->page_size));
  return g_steal_pointer (&ndc);
}

/**
 * plateau_ndc_free:
 * @ndc: (transfer full): a member
 */
void
plateau_ndc_free (PlateauNdc *ndc)
{
  g_free (ndc->data);
  g_free (ndc);
}

/**
 * plateau_ndc_get_n_slots:
 *
 * Returns: how many slots there are, empty ones included
 */
gsize
plateau_ndc_get_n_slots (const PlateauNdc *ndc)
{
  return ndc->n_pages > 0 ? (ndc->n_pages - 1) * ndc->slots_per_page : 0;
}
