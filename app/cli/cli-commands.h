/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli-command.h"

G_BEGIN_DECLS

extern const CliCommand cli_build_command;
extern const CliCommand cli_compare_command;
extern const CliCommand cli_conductivity_command;
extern const CliCommand cli_convert_command;
extern const CliCommand cli_cv_command;
extern const CliCommand cli_gitt_command;
extern const CliCommand cli_hold_command;
extern const CliCommand cli_cycles_command;
extern const CliCommand cli_dqdv_command;
extern const CliCommand cli_drt_command;
extern const CliCommand cli_eis_command;
extern const CliCommand cli_export_command;
extern const CliCommand cli_figure_command;
extern const CliCommand cli_fit_command;
extern const CliCommand cli_info_command;
extern const CliCommand cli_kk_command;
extern const CliCommand cli_rate_command;

G_END_DECLS
