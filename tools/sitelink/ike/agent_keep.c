// SPDX-License-Identifier: GPL-2.0-only
/*
 * A look at what the daemon has: children that shall be up and are not are begun;
 * those whose SAs the kernel has lost end, and so begin anew. What looks wrong while
 * things change must look so twice.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agent.h"
#include "array.h"
#include "buffer.h"
#include "sa_list.h"

#define LIST_MS		30000

/* Until a child is tried again. */
#define TRY_MIN		3000
#define TRY_MAX		24000

/* Was it so the last time? It is noted that it is so now. */
static bool again(struct agent *a, json_object *now, const char *what,
		  const char *which)
{
	const char *key = buffer_format(&a->scratch, "%s/%s", what, which);

	json_object_object_add(now, key, NULL);
	return json_object_object_get_ex(a->suspects, key, NULL);
}

/* Of children that are there, or about to be. */
static bool stands(json_object *child)
{
	static const char *const states[] = {
		"CREATED", "INSTALLING", "INSTALLED", "UPDATING", "REKEYING",
		"RETRYING", NULL
	};

	return sa_list_word(json_text(child, "state"), states);
}

/* Is it the one of that name in the configuration, and does it stand? */
static bool has_child(const struct sa_list *sa, const char *name)
{
	if (!sa->children)
		return false;
	json_object_object_foreach(sa->children, key, child) {
		(void)key;
		if (json_is(child, "name", name) && stands(child))
			return true;
	}
	return false;
}

/* Is it still talking about children? */
static bool negotiates(const struct sa_list *sa)
{
	static const char *const queues[] = { "tasks-queued", "tasks-active" };
	static const char *const tasks[] = {
		"CHILD_CREATE", "QUICK_MODE", NULL
	};
	const char *task;
	size_t i, j;

	if (sa_list_state(sa, "CREATED") || sa_list_state(sa, "CONNECTING"))
		return true;
	for (i = 0; i < ARRAY_SIZE(queues); i++)
		for (j = 0; (task = json_list_text(sa->ike, queues[i], j)); j++)
			if (sa_list_word(task, tasks))
				return true;
	return false;
}

/* Begin, and do not wait. */
static void initiate(struct agent *a, const char *name, const char *child)
{
	json_object *request = json_object_new_object();

	json_put_text(request, "ike", name);
	json_put_text(request, "child", child);
	json_put_text(request, "timeout", "-1");
	json_object_put(vici_call(a->v, "initiate", request, LIST_MS));
	json_object_put(request);
}

/**
 * struct try - when a child is tried next, and how long it is left alone then
 */
struct try {
	long long next, wait;
};

static struct try get_try(struct agent *a, const char *key)
{
	json_object *o = json_section(a->tries, key);

	return (struct try){
		.next = json_object_get_int64(json_get(o, "next",
						       json_type_int)),
		.wait = json_object_get_int64(json_get(o, "wait",
						       json_type_int)),
	};
}

static void put_try(struct agent *a, const char *key, struct try t)
{
	json_object *o = json_object_new_object();

	json_object_object_add(o, "next", json_object_new_int64(t.next));
	json_object_object_add(o, "wait", json_object_new_int64(t.wait));
	json_object_object_add(a->tries, key, o);
}

static void keep_child(struct agent *a, json_object *sas, const char *name,
		       const char *child)
{
	const char *key = buffer_format(&a->scratch, "%s/%s", name, child);
	struct try t = get_try(a, key);
	bool busy = false;
	struct sa_list sa;
	size_t i;

	for (i = 0; i < json_object_array_length(sas); i++) {
		if (!sa_list_at(sas, i, &sa) || !sa_list_of_peer(sa.name, name))
			continue;
		if (has_child(&sa, child)) {
			json_object_object_del(a->tries, key);
			return;
		}
		busy |= negotiates(&sa);
	}
	if (busy || agent_now() < t.next)
		return;
	initiate(a, name, child);
	t.wait = t.wait ? t.wait < TRY_MAX / 2 ? 2 * t.wait : TRY_MAX : TRY_MIN;
	t.next = agent_now() + agent_about(t.wait);
	put_try(a, key, t);
}

static void keep_up(struct agent *a, json_object *sas)
{
	const char *child;
	size_t i;

	json_object_object_foreach(ike_parts(a->state), key, part) {
		const char *name = ike_name(&ike_kinds[IKE_KINDS - 1], key);

		if (!name)
			continue;
		for (i = 0; (child = json_list_text(part, "up", i)); i++)
			keep_child(a, sas, name, child);
	}
}

/* The device of an SA went down, or somebody flushed them. */
static void check_kernel(struct agent *a, json_object *sas, json_object *now)
{
	struct ike_sad sad;
	struct sa_list sa;
	size_t i;

	if (!ike_sad_read(a->machine, &sad))
		return;
	for (i = 0; i < json_object_array_length(sas); i++) {
		if (!sa_list_at(sas, i, &sa) || !sa.children)
			continue;
		json_object_object_foreach(sa.children, key, child) {
			const char *id = json_text(child, "uniqueid");

			(void)key;
			if (!id || !sa_list_installed(child) ||
			    (ike_sad_has(&sad, json_text(child, "spi-in")) &&
			     ike_sad_has(&sad, json_text(child, "spi-out"))) ||
			    !again(a, now, "lost", id))
				continue;
			agent_log_say(a->log, sa.name,
				      "the kernel has lost the SAs of %s, which begins anew",
				      json_text(child, "name"));
			ike_terminate(a->v, "child-id", id, NULL, NULL);
		}
	}
	free(sad.spi);
}

/* Is it of a connection that we begin? Those who come to one may be many. */
static bool is_ours(struct agent *a, const char *name)
{
	const char *key = buffer_format(&a->scratch, "%s/%s",
					ike_kinds[IKE_KINDS - 1].name, name);

	return json_list_text(json_section(ike_parts(a->state), key), "up", 0);
}

/* Do both stand between the same two, and the other one was first? */
static bool twins(const struct sa_list *one, const struct sa_list *other)
{
	static const char *const keys[] = { "remote-host", "remote-id" };
	const char *x, *y;
	size_t i;

	if (strcmp(one->name, other->name) ||
	    !sa_list_state(other, "ESTABLISHED"))
		return false;
	for (i = 0; i < ARRAY_SIZE(keys); i++) {
		x = json_text(one->ike, keys[i]);
		y = json_text(other->ike, keys[i]);
		if (!x || !y || strcmp(x, y))
			return false;
	}
	x = json_text(one->ike, "initiator-spi");
	y = json_text(other->ike, "initiator-spi");
	return x && y && strcmp(y, x) < 0;
}

/* Both ends began at once: the one of the lower number stays, as both see it. */
static void check_twins(struct agent *a, json_object *sas, json_object *now)
{
	struct sa_list one, other;
	size_t i, j;

	for (i = 0; i < json_object_array_length(sas); i++) {
		const char *id;
		bool twin = false;

		if (!sa_list_at(sas, i, &one) ||
		    !sa_list_state(&one, "ESTABLISHED") ||
		    !is_ours(a, one.name))
			continue;
		for (j = 0; j < json_object_array_length(sas); j++)
			twin |= sa_list_at(sas, j, &other) &&
				twins(&one, &other);
		id = json_text(one.ike, "uniqueid");
		if (twin && id && again(a, now, "twin", id))
			ike_terminate(a->v, "ike-id", id, NULL, NULL);
	}
}

static bool any_installed(const struct sa_list *sa)
{
	if (!sa->children)
		return false;
	json_object_object_foreach(sa->children, key, child) {
		(void)key;
		if (stands(child))
			return true;
	}
	return false;
}

/* Does NAT stand between its ends, and no child of it? */
static bool fails_behind_nat(json_object *sas, const char *name)
{
	bool nat = false;
	struct sa_list sa;
	size_t i;

	for (i = 0; i < json_object_array_length(sas); i++) {
		if (!sa_list_at(sas, i, &sa) || strcmp(sa.name, name))
			continue;
		if (any_installed(&sa) || negotiates(&sa))
			return false;
		nat |= sa_list_state(&sa, "ESTABLISHED") &&
		       json_text(sa.ike, "nat-any");
	}
	return nat;
}

/* Without offload from now on, unless another is at it. */
static void refuse_offload(struct agent *a, const char *key)
{
	static const char why[] =
		"the kernel does not offload ESP in UDP, which NAT needs";
	int lock = ike_lock(a->machine, &a->scratch, false);
	json_object *part;

	if (lock < 0)
		return;
	json_object_put(a->state);
	a->state = ike_state_read(a->machine, &a->scratch);
	part = json_section(ike_parts(a->state), key);
	if (ike_children(part)) {
		ike_put_offload(part, "no");
		json_put_text(part, "offload", "no");
		json_put_text(part, "why", why);
		if (!ike_load(a->v, &ike_kinds[IKE_KINDS - 1], part))
			ike_state_write(a->machine, &a->scratch, a->state);
	}
	close(lock);
}

static bool is_offloaded(json_object *part)
{
	json_object *children = ike_children(part);

	if (!children)
		return false;
	json_object_object_foreach(children, key, child) {
		(void)key;
		if (json_is(child, "hw_offload", "yes"))
			return true;
	}
	return false;
}

static void check_offload(struct agent *a, json_object *sas, json_object *now)
{
	json_object_object_foreach(ike_parts(a->state), key, part) {
		const char *name = ike_name(&ike_kinds[IKE_KINDS - 1], key);

		if (!name || !is_offloaded(part) ||
		    !fails_behind_nat(sas, name) ||
		    !again(a, now, "offload", name))
			continue;
		agent_log_say(a->log, name,
			      "behind NAT the kernel does not offload, so it goes without");
		refuse_offload(a, buffer_format(&a->scratch, "%s", key));
		/* the state is another one */
		return;
	}
}

void agent_keep(struct agent *a)
{
	json_object *sas, *now;

	if (!json_object_object_length(ike_parts(a->state)))
		return;
	sas = sa_list_read(a->v, LIST_MS);
	if (!sas)
		return;
	now = json_object_new_object();
	check_kernel(a, sas, now);
	check_twins(a, sas, now);
	check_offload(a, sas, now);
	json_object_put(a->suspects);
	a->suspects = now;
	keep_up(a, sas);
	json_object_put(sas);
}
