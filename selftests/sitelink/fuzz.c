// SPDX-License-Identifier: GPL-2.0-only
/*
 * libFuzzer's target: any octets as a script. It is read, run on an empty
 * configuration and checked; one without a mistake is exported, and the export must
 * make the same.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "export.h"
#include "script.h"

/* named for libFuzzer by the compiler's options */
int fuzz_one(const unsigned char *data, size_t size);

static void run(struct script *s, struct arena *a, const char *text, size_t len,
		FILE *out)
{
	*s = (struct script){ .file = "fuzz", .text = text, .len = len };
	script_run(s, a, NULL, true, out);
}

int fuzz_one(const unsigned char *data, size_t size)
{
	static FILE *null;
	struct arena a = { 0 };
	struct script one, two;
	char *copy, *text = NULL;
	size_t len = 0;

	if (!null)
		null = fopen("/dev/null", "w");
	/* what is read beyond its end is seen */
	copy = malloc(size ? size : 1);
	memcpy(copy, data, size);
	run(&one, &a, copy, size, null);
	if (!one.diag.errors) {
		FILE *out = open_memstream(&text, &len);

		if (export_menus(out, &one.config, menus, menu_count,
				 EXPORT_SENSITIVE))
			abort();
		fclose(out);
		run(&two, &a, text, len, stderr);
		if (two.diag.errors || !config_equal(&one.config, &two.config)) {
			fprintf(stderr, "exported as:\n%s", text);
			abort();
		}
		free(text);
	}
	arena_free(&a);
	free(copy);
	return 0;
}
