/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "readers/plateau-text-reader.h"

G_BEGIN_DECLS

/* Exports that put tables of cycles, steps and records into one another: by indentation (each level
 * one more empty cell in front), or in blocks that are announced by a line of heads. */

typedef enum
{
  PLATEAU_NESTED_NONE,
  PLATEAU_NESTED_INDENTED,
  PLATEAU_NESTED_BLOCKS,
} PlateauNesting;

PlateauNesting plateau_nested_detect (GPtrArray *lines);
gboolean plateau_nested_read (PlateauInput *input, const PlateauReadOptions *options,
                              const PlateauTextFormat *format, GPtrArray *measurements,
                              GCancellable *cancellable, GError **error);

gboolean plateau_nested_read_any (PlateauInput *input, const PlateauReadOptions *options,
                                  const PlateauTextFormat *format, GPtrArray *measurements,
                                  GCancellable *cancellable, GError **error);

G_END_DECLS
