/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "readers/plateau-reader.h"

/* The readers, one line each: X (name) stands for a PlateauReader plateau_reader_NAME. The first
 * of two that score the same reads the file, so the more particular one comes first. */
/* clang-format off */
#define PLATEAU_READERS(X)                                                                         \
  X (mpr)                                                                                          \
  X (nda)                                                                                          \
  X (ndax)                                                                                         \
  X (xlsx)                                                                                         \
  X (xls)                                                                                          \
  X (ods)                                                                                          \
  X (html)                                                                                         \
  X (res)                                                                                          \
  X (land_cex)                                                                                     \
  X (land_ccs)                                                                                     \
  X (mpt)                                                                                          \
  X (ivium)                                                                                        \
  X (chi)                                                                                          \
  X (gamry)                                                                                        \
  X (land)                                                                                         \
  X (neware_csv)                                                                                   \
  X (digatron)                                                                                     \
  X (pec)                                                                                          \
  X (basytec)                                                                                      \
  X (novonix)                                                                                      \
  X (maccor)                                                                                       \
  X (bdf_csv)                                                                                      \
  X (arbin_csv)                                                                                    \
  X (gamry_eis)                                                                                    \
  X (zplot)                                                                                        \
  X (relaxis)                                                                                      \
  X (versastudio)                                                                                  \
  X (chi_eis)                                                                                      \
  X (parstat)                                                                                      \
  X (ivium_idf)                                                                                    \
  X (dfr)                                                                                          \
  X (crv)                                                                                          \
  X (ism)                                                                                          \
  X (pssession)                                                                                    \
  X (mat)                                                                                          \
  X (eis_text)                                                                                     \
  X (delimited)

#define PLATEAU_DECLARE_READER(name) extern const PlateauReader plateau_reader_##name;
/* clang-format on */
PLATEAU_READERS (PLATEAU_DECLARE_READER)
#undef PLATEAU_DECLARE_READER
