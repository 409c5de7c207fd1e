/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-commands.h"

/* One line a command, in the order of the help. */
static const CliCommand *const commands[] = {
  &cli_info_command,
  &cli_cycles_command,
  &cli_dqdv_command,
  &cli_rate_command,
  &cli_convert_command,
  NULL,
};

const CliCommand *const *
cli_commands (void)
{
  return commands;
}
