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

/* To the first try of the end whose turn it is not. */
#define SECOND_MS	6000

/* Until a child is tried again. */
#define TRY_MIN		3000
#define TRY_MAX		24000

bool agent_again(struct agent *a, json_object *now, const char *what,
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

bool agent_has_child(const struct sa_list *sa, const char *name)
{
	if (!sa->children)
		return false;
	json_object_object_foreach(sa->children, key, child) {
		(void)key;
		if ((!name || json_is(child, "name", name)) && stands(child))
			return true;
	}
	return false;
}

bool agent_negotiates(const struct sa_list *sa)
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
 * @known: it has been down before this look
 */
struct try {
	long long next, wait;
	bool known;
};

static struct try get_try(struct agent *a, const char *key)
{
	json_object *o = json_section(a->tries, key);

	return (struct try){
		.next = json_object_get_int64(json_get(o, "next",
						       json_type_int)),
		.wait = json_object_get_int64(json_get(o, "wait",
						       json_type_int)),
		.known = o,
	};
}

static void put_try(struct agent *a, const char *key, struct try t)
{
	json_object *o = json_object_new_object();

	json_object_object_add(o, "next", json_object_new_int64(t.next));
	json_object_object_add(o, "wait", json_object_new_int64(t.wait));
	json_object_object_add(a->tries, key, o);
}

/* Is it to be begun now? And when the next time? */
static bool is_due(struct agent *a, const char *key, bool second)
{
	struct try t = get_try(a, key);
	bool due = t.known || !second;

	if (agent_now() < t.next)
		return false;
	if (due)
		t.wait = !t.wait ? TRY_MIN :
			 t.wait < TRY_MAX / 2 ? 2 * t.wait : TRY_MAX;
	t.next = agent_now() + agent_about(due ? t.wait : SECOND_MS);
	put_try(a, key, t);
	return due;
}

static void keep_child(struct agent *a, json_object *sas, const char *name,
		       const char *child, bool second)
{
	const char *key = buffer_format(&a->scratch, "%s/%s", name, child);
	bool busy = false;
	struct sa_list sa;
	size_t i;

	for (i = 0; i < json_object_array_length(sas); i++) {
		if (!sa_list_at(sas, i, &sa) || !sa_list_of_peer(sa.name, name))
			continue;
		if (agent_has_child(&sa, child)) {
			json_object_object_del(a->tries, key);
			return;
		}
		busy |= agent_negotiates(&sa);
	}
	if (!busy && is_due(a, key, second))
		initiate(a, name, child);
}

static void keep_up(struct agent *a, json_object *sas)
{
	const char *child;
	size_t i;

	json_object_object_foreach(ike_parts(a->state), key, part) {
		const char *name = ike_name(&ike_kinds[IKE_CONN], key);

		if (!name)
			continue;
		for (i = 0; (child = json_list_text(part, "up", i)); i++)
			keep_child(a, sas, name, child,
				   json_get(part, "second", json_type_boolean));
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
			    !agent_again(a, now, "lost", id))
				continue;
			agent_log_say(a->log, sa.name,
				      "the kernel has lost the SAs of %s, which begins anew",
				      json_text(child, "name"));
			ike_terminate(a->v, "child-id", id, NULL, NULL);
		}
	}
	free(sad.spi);
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
	agent_end_twins(a, sas, now);
	agent_end_offload(a, sas, now);
	json_object_put(a->suspects);
	a->suspects = now;
	keep_up(a, sas);
	json_object_put(sas);
}
