/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A command of RouterOS on the command line: it shows something, or changes the
 * script and the machine.
 */
#ifndef SITELINK_COMMAND_H
#define SITELINK_COMMAND_H

#include "arena.h"
#include "options.h"

/* Both return what the process exits with. */
int do_command(const struct options *o, struct arena *a, int argc, char **argv);
int do_help(int argc, char **argv);

#endif /* SITELINK_COMMAND_H */
