/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A script: its file, its text, and the configuration that it makes.
 */
#ifndef SITELINK_SCRIPT_H
#define SITELINK_SCRIPT_H

#include <sys/stat.h>

#include "config.h"

#define SCRIPT_MAX	(16 << 20)

/**
 * struct script - a script that has been run on an empty configuration
 * @file: its name; "-": standard input
 * @text: of it, and a NUL
 * @len: octets of it
 * @first: its statements
 * @config: what they make
 * @diag: mistakes in them
 * @quiet: only mistakes are told, no notes
 * @stat: of the file when it was read; st_ino 0: there was none
 */
struct script {
	const char *file;
	const char *text;
	size_t len;
	const struct stmt *first;
	struct config config;
	struct diag diag;
	bool quiet;
	struct stat stat;
};

/*
 * Read @file; @missing_ok: none is an empty one. false: it has been said why not.
 */
bool script_read(struct script *s, struct arena *a, const char *file,
		 bool missing_ok);

/*
 * Parse and run @s->text, which is @len octets, with the interfaces of @m. Mistakes
 * are in @s->diag.errors, and told on @out. @offline: @m may be NULL, references to
 * interfaces are not looked up.
 */
void script_run(struct script *s, struct arena *a, struct machine *m,
		bool offline, FILE *out);

/* Do both make the same of everything? */
bool config_equal(const struct config *a, const struct config *b);

/*
 * Put @text where @s was read from: all of it or nothing, mode 0600 if it is new.
 * false: it has been said why not, as that someone else has written to the file.
 */
bool script_write(const struct script *s, const char *text, size_t len);

/* Nobody else edits @file until the process ends or closes what is returned; -1. */
int script_lock(const char *file);

#endif /* SITELINK_SCRIPT_H */
