/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

gboolean sim_study_run_parameters (JsonObject *parameters, const char *folder, GError **error);
gboolean sim_study_run (const char *parameters_path, const char *folder, GError **error);

G_END_DECLS
