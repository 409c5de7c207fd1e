/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "readers/plateau-zip.h"

G_BEGIN_DECLS

/* One member of an .ndax archive: pages of slots, each slot a record. */

typedef enum
{
  PLATEAU_NDC_DATA = 1,
  PLATEAU_NDC_AUX = 5,
  PLATEAU_NDC_STEP = 7,
  PLATEAU_NDC_RUN_INFO = 18,
} PlateauNdcType;

typedef struct
{
  guint8 *data;
  gsize size;
  guint type, version;
  gsize page_size, first_slot, slot_size, slots_per_page, n_pages;
} PlateauNdc;

PlateauNdc *plateau_ndc_open (PlateauZip *zip, const char *name, GPtrArray *warnings,
                              GError **error);
void plateau_ndc_free (PlateauNdc *ndc);
gsize plateau_ndc_get_n_slots (const PlateauNdc *ndc);

/* The slot, or NULL when it holds no record. */
static inline const guint8 *
plateau_ndc_slot (const PlateauNdc *ndc, gsize slot)
{
  gsize in_page = slot % ndc->slots_per_page;
  const guint8 *page = ndc->data + (1 + slot / ndc->slots_per_page) * ndc->page_size;
  if (ndc->version >= 5 && (page[4 + in_page / 8] & (1u << (in_page % 8))) == 0)
    return NULL;
  return page + ndc->first_slot + in_page * ndc->slot_size;
}

/* Going through all slots in order: cheaper than asking for each. */
typedef struct
{
  const PlateauNdc *ndc;
  gsize page, in_page;
  gsize slot; /* number of the slot given last */
} PlateauNdcWalk;

/* The next slot that holds a record, or NULL at the end. */
static inline const guint8 *
plateau_ndc_walk_next (PlateauNdcWalk *walk)
{
  const PlateauNdc *ndc = walk->ndc;
  for (; walk->page + 1 < ndc->n_pages; walk->page++, walk->in_page = 0)
    {
      const guint8 *page = ndc->data + (walk->page + 1) * ndc->page_size;
      while (walk->in_page < ndc->slots_per_page)
        {
          gsize k = walk->in_page++;
          if (ndc->version < 5 || (page[4 + k / 8] & (1u << (k % 8))) != 0)
            {
              walk->slot = walk->page * ndc->slots_per_page + k;
              return page + ndc->first_slot + k * ndc->slot_size;
            }
        }
    }
  return NULL;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauNdc, plateau_ndc_free)

G_END_DECLS
