/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-commands.h"

/* One line a command, in the order of the help. */
/* clang-format off */
static const CliCommand *const commands[] = {
  &cli_info_command,
  &cli_cycles_command,
  &cli_dqdv_command,
  &cli_rate_command,
  &cli_gitt_command,
  &cli_cv_command,
  &cli_hold_command,
  &cli_eis_command,
  &cli_conductivity_command,
  &cli_compare_command,
  &cli_kk_command,
  &cli_fit_command,
  &cli_drt_command,
  &cli_figure_command,
  &cli_export_command,
  &cli_convert_command,
  &cli_build_command,
  NULL,
};
/* clang-format on */

const CliCommand *const *
cli_commands (void)
{
  return commands;
}
