// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "json.h"
#include "log_sa.h"

/* That are negotiating at once; whoever floods us gets shorter lines. */
#define SAS	128

/**
 * struct log_memory - see log_parts.h
 * @sas: in no order
 * @none: for lines about no SA
 * @lines: so far
 * @peers: of the configuration
 */
struct log_memory {
	struct log_sa sas[SAS], none;
	unsigned long lines;
	json_object *peers;
};

struct log_memory *log_memory_new(void)
{
	return calloc(1, sizeof(struct log_memory));
}

void log_memory_free(struct log_memory *m)
{
	if (m)
		json_object_put(m->peers);
	free(m);
}

void log_memory_peers(struct log_memory *m, json_object *peers)
{
	json_object_put(m->peers);
	m->peers = json_object_get(peers);
}

void log_forget(struct log_memory *m)
{
	memset(m->sas, 0, sizeof(m->sas));
}

struct log_sa *log_sa(struct log_memory *m, unsigned int id)
{
	struct log_sa *oldest = m->sas;
	size_t i;

	if (!id) {
		memset(&m->none, 0, sizeof(m->none));
		return &m->none;
	}
	for (i = 0; i < SAS; i++) {
		struct log_sa *sa = &m->sas[i];

		if (sa->id == id) {
			sa->used = ++m->lines;
			return sa;
		}
		if (sa->used < oldest->used)
			oldest = sa;
	}
	memset(oldest, 0, sizeof(*oldest));
	oldest->id = id;
	oldest->used = ++m->lines;
	return oldest;
}

bool log_has_phase2(const struct log_memory *m, const char *name)
{
	size_t i;

	for (i = 0; i < SAS; i++)
		if (m->sas[i].phase2 && !strcmp(m->sas[i].name, name))
			return true;
	return false;
}

const char *log_peer(const struct log_memory *m, const struct log_sa *sa,
		     const char *what)
{
	char address[sizeof(sa->remote)];
	size_t len = strcspn(sa->remote, "[");

	snprintf(address, sizeof(address), "%.*s", (int)len, sa->remote);
	return json_text(json_section(m->peers, address), what);
}
