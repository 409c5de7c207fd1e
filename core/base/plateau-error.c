/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-error.h"

G_DEFINE_QUARK (plateau - data - error - quark, plateau_data_error)
G_DEFINE_QUARK (plateau - reader - error - quark, plateau_reader_error)
G_DEFINE_QUARK (plateau - analysis - error - quark, plateau_analysis_error)
G_DEFINE_QUARK (plateau - figure - error - quark, plateau_figure_error)
G_DEFINE_QUARK (plateau - export - error - quark, plateau_export_error)
G_DEFINE_QUARK (plateau - store - error - quark, plateau_store_error)
