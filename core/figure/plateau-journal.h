/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/plateau-layout.h"

G_BEGIN_DECLS

/* What a journal would say about the figure. */
typedef enum
{
  PLATEAU_CHECK_GOOD,
  PLATEAU_CHECK_WARNING,
} PlateauCheckState;

typedef struct
{
  const char *id; /* "width", "height", "text", "lines", "grey", "fonts", "overlap", "panels" */
  PlateauCheckState state;
  char *text;     /* "170 mm wide", "text 5.5–9 pt" */
  int panel;      /* -1: the figure */
} PlateauCheck;

GPtrArray *plateau_layout_check (PlateauLayout *layout); /* of PlateauCheck */
void plateau_check_free (PlateauCheck *check);

G_END_DECLS
