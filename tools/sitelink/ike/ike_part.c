// SPDX-License-Identifier: GPL-2.0-only
/* Parts of the state, into the daemon and out of it. */
#include <string.h>

#include "array.h"
#include "ike_private.h"

#define TERMINATE_MS	"1000"	/* for the other end to say that it knows */
#define LOST		"the IKE daemon"	/* how errors of the connection begin */

const struct ike_kind ike_kinds[IKE_KINDS] = {
	[IKE_SHARED] = { "shared", "IPsec secret of", "load-shared",
			 "unload-shared", "id" },
	[IKE_CERT] = { "cert", "IPsec certificate", "load-cert", NULL, NULL },
	[IKE_KEY] = { "key", "IPsec key", "load-key", NULL, NULL },
	[IKE_POOL] = { "pool", "IPsec address pool", "load-pool", "unload-pool",
		       "name" },
	[IKE_CONN] = { "conn", "IPsec peer", "load-conn", "unload-conn", "name" },
};

const char *ike_name(const struct ike_kind *kind, const char *key)
{
	size_t len = strlen(kind->name);

	return !strncmp(key, kind->name, len) && key[len] == '/' ?
	       key + len + 1 : NULL;
}

size_t ike_peer_len(const char *name)
{
	size_t len = strlen(name), skip = strlen(IKE_IDENTITY);
	const char *at = name, *next;

	/* the last one */
	while ((next = strstr(at, IKE_IDENTITY)))
		at = next + skip;
	if (at == name || !*at || strspn(at, "0123456789") != strlen(at))
		return len;
	return at - skip - name;
}

/* The answer is of no interest; @request is given up. */
static int call(struct vici *v, const char *command, json_object *request)
{
	json_object *answer = vici_call(v, command, request, IKE_LOAD_MS);

	json_object_put(request);
	json_object_put(answer);
	return answer ? 0 : -1;
}

int ike_load(struct vici *v, const struct ike_kind *kind, json_object *part)
{
	json_object *message = json_section(part, "message");

	return call(v, kind->load, json_object_get(message));
}

/* As daemon and plugins say it. */
static bool was_not_there(const struct vici *v)
{
	static const char *const words[] = {
		"not found", "no matching", "not loaded",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (strstr(vici_error(v), words[i]))
			return true;
	return false;
}

int ike_terminate(struct vici *v, const char *key, const char *value,
		  const char *key2, const char *value2)
{
	json_object *request = json_object_new_object();

	json_put_text(request, key, value);
	if (key2)
		json_put_text(request, key2, value2);
	json_put_text(request, "force", "yes");
	json_put_text(request, "timeout", TERMINATE_MS);
	/* who does not answer is gone for us all the same */
	if (call(v, "terminate", request) && !strncmp(vici_error(v), LOST, strlen(LOST)))
		return -1;
	return 0;
}

int ike_unload(struct vici *v, const struct ike_kind *kind, const char *name)
{
	json_object *request = json_object_new_object();

	json_put_text(request, kind->id, name);
	if (call(v, kind->unload, request) && !was_not_there(v))
		return -1;
	return strcmp(kind->name, "conn") ? 0 :
	       ike_terminate(v, "ike", name, NULL, NULL);
}

int ike_unload_credentials(struct vici *v)
{
	return call(v, "clear-creds", NULL);
}

/*
 * The connection without its children; the caller's. Which name of the other end is
 * expected, where the script leaves that open, goes by other peers' secrets: that is
 * no difference.
 */
static json_object *without_children(json_object *part)
{
	const char *address = json_text(part, "remote"), *id;
	json_object *copy = NULL, *remote;

	json_object_deep_copy(ike_conn(part), &copy, NULL);
	json_object_object_del(copy, "children");
	remote = json_section(copy, "remote");
	id = json_text(remote, "id");
	if (id && (!strcmp(id, "%any") || (address && !strcmp(id, address))))
		json_object_object_del(remote, "id");
	return copy;
}

static bool same_but_children(json_object *a, json_object *b)
{
	json_object *conn_a = without_children(a), *conn_b = without_children(b);
	bool same = json_object_equal(conn_a, conn_b);

	json_object_put(conn_a);
	json_object_put(conn_b);
	return same;
}

int ike_end_changed(struct vici *v, const char *name, json_object *old,
		    json_object *part)
{
	json_object *now = ike_children(part);

	if (!ike_children(old) || !same_but_children(old, part))
		return ike_terminate(v, "ike", name, NULL, NULL);
	json_object_object_foreach(ike_children(old), key, was) {
		json_object *child = json_section(now, key);

		if (child && json_object_equal(child, was))
			continue;
		if (ike_terminate(v, "ike", name, "child", key))
			return -1;
	}
	return 0;
}
