// SPDX-License-Identifier: GPL-2.0-only
/*
 * For LD_PRELOAD: libnftables' JSON as of nftables 1.1.4, where a single flag of a set
 * is a string and no array.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

struct nft_ctx;

const char *nft_ctx_get_output_buffer(struct nft_ctx *ctx);

/* In place: blanks are as good as brackets. */
static void unwrap(char *flags)
{
	char *end = strchr(flags, ']'), *open = strchr(flags, '[');

	if (!open || !end || memchr(open, ',', end - open))
		return;
	*open = ' ';
	*end = ' ';
}

const char *nft_ctx_get_output_buffer(struct nft_ctx *ctx)
{
	static const char key[] = "\"flags\": [";
	const char *(*real)(struct nft_ctx *ctx);
	static char *text;
	char *at;

	*(void **)&real = dlsym(RTLD_NEXT, "nft_ctx_get_output_buffer");
	free(text);
	text = strdup(real(ctx));
	for (at = text; at && (at = strstr(at, key)); at++)
		unwrap(at);
	return text;
}
