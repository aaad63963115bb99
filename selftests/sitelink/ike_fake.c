// SPDX-License-Identifier: GPL-2.0-only
/*
 * In the place of the IKE daemon, the firewall and /run/sitelink: linked before the
 * command's own objects. In the directory $IKE_FAKE the file "sas" is the daemon's
 * answer to list-sas, a list; what the daemon or nft is told goes to stdout.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "buffer.h"
#include "fw.h"
#include "json.h"
#include "vici.h"

/* What a connection points to; nobody looks at it. */
static char daemon_of_ours;

static const char *file_of(char *buf, size_t size, const char *name)
{
	const char *dir = getenv("IKE_FAKE");

	snprintf(buf, size, "%s/%s", dir ? dir : "/nonexistent", name);
	return buf;
}

const char *machine_file(struct machine *m, struct arena *a, const char *name)
{
	char buf[4096];

	(void)m;
	return buffer_format(a, "%s", file_of(buf, sizeof(buf), name));
}

struct vici *vici_open(const char *path)
{
	(void)path;
	errno = ENOENT;
	return getenv("IKE_FAKE") ? (void *)&daemon_of_ours : NULL;
}

void vici_close(struct vici *v)
{
	(void)v;
}

int vici_fd(const struct vici *v)
{
	(void)v;
	return -1;
}

const char *vici_error(const struct vici *v)
{
	(void)v;
	return "no word of it";
}

json_object *vici_call(struct vici *v, const char *command,
		       json_object *request, int timeout_ms)
{
	(void)v;
	(void)timeout_ms;
	printf("%s %s\n", command, json_object_to_json_string(request));
	return json_object_new_object();
}

int vici_stream(struct vici *v, const char *command, json_object *request,
		const char *event,
		void (*fn)(json_object *message, void *data), void *data,
		int timeout_ms)
{
	char path[4096];
	json_object *sas;
	size_t i;

	(void)v;
	(void)command;
	(void)request;
	(void)event;
	(void)timeout_ms;
	sas = json_object_from_file(file_of(path, sizeof(path), "sas"));
	if (!sas)
		return -1;
	for (i = 0; i < json_object_array_length(sas); i++)
		fn(json_object_array_get_idx(sas, i), data);
	json_object_put(sas);
	return 0;
}

int vici_listen(struct vici *v, const char *event)
{
	(void)v;
	(void)event;
	return -1;
}

json_object *vici_event(struct vici *v, char *name, size_t size, bool *lost)
{
	(void)v;
	(void)name;
	(void)size;
	*lost = true;
	return NULL;
}

struct fw_table *fw_have(struct arena *a, const char **why)
{
	*why = NULL;
	return arena_alloc(a, sizeof(struct fw_table));
}

/* Each is there, and empty. */
struct fw_chain *fw_chain_find(const struct fw_table *t, const char *name)
{
	static struct fw_chain empty;

	(void)t;
	(void)name;
	return &empty;
}

const char *fw_run(struct arena *a, const char *commands, unsigned int *line)
{
	(void)a;
	(void)line;
	printf("%s", commands);
	return NULL;
}
