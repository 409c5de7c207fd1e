/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "data/plateau-measurement.h"
#include "readers/plateau-input.h"

G_BEGIN_DECLS

/* Said by the user; everything has a default. */
typedef struct
{
  const char *reader;     /* id of the reader to use, or NULL: by content */
  GHashTable *columns;    /* quantity id ("potential") -> header text, or NULL */
  GHashTable *units;      /* header text -> unit id, overriding the guess, or NULL */
  gboolean flip_current;  /* the file counts discharge as positive */
  const char *encoding;   /* NULL: detect */
  double full_scale_current; /* A, for formats that store counts; 0: as the format's notes say */
} PlateauReadOptions;

#define PLATEAU_READ_OPTIONS_INIT { NULL, NULL, NULL, FALSE, NULL, 0 }

/* The beginning of a file, for scoring. */
typedef struct
{
  const char *name;   /* lower case */
  guint64 size;
  const guint8 *head; /* up to 64 KiB */
  gsize head_length;
  const char *text;   /* head as UTF-8 if it is text (first 16 KiB, decoded), else NULL */
} PlateauProbe;

typedef struct
{
  const char *id;     /* stable: stored in projects */
  const char *label;  /* N_("BioLogic EC-Lab binary (.mpr)") */
  const char *const *suffixes; /* "mpr", for the open dialog; NULL terminated */
  guint version;      /* raised when the same file would read differently */
  gboolean experimental; /* no real file was to be had: the window says so */
  gboolean general; /* of no one instrument: asked only when no other reader scores 70 or more */
  /* 0 not ours; 10..30 by the suffix alone; 60..80 by words of the header; 90 magic;
   * 100 magic and known version */
  guint (*score) (const PlateauProbe *probe);
  /* Appends PlateauMeasurement to @measurements. TRUE with warnings beats FALSE: what is sound
   * before a damage is kept. */
  gboolean (*read) (PlateauInput *input, const PlateauReadOptions *options,
                    GPtrArray *measurements, GCancellable *cancellable, GError **error);
} PlateauReader;

const PlateauReader *const *plateau_reader_list (guint *n_readers);
const PlateauReader *plateau_reader_find (const char *id);
const PlateauReader *plateau_reader_probe (PlateauInput *input, guint *score, GError **error);

/* Reads a file with the best reader. Returns (transfer full) an array of PlateauMeasurement, each
 * with its source filled in. */
GPtrArray *plateau_read_file (GFile *file, const PlateauReadOptions *options,
                              GCancellable *cancellable, GError **error);
GPtrArray *plateau_read_input (PlateauInput *input, const PlateauReadOptions *options,
                               GCancellable *cancellable, GError **error);

G_END_DECLS
