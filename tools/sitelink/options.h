/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the command line says before its command.
 */
#ifndef SITELINK_OPTIONS_H
#define SITELINK_OPTIONS_H

#include <stdbool.h>

#define SITELINK_VERSION	"0.1"

/**
 * struct options - of the command line
 * @file: the script
 * @json: print as JSON
 * @dry: only say what would be done
 * @verbose: say what is done
 * @offline: this machine is not the one that the script is for
 */
struct options {
	const char *file;
	bool json, dry, verbose, offline;
};

#endif /* SITELINK_OPTIONS_H */
