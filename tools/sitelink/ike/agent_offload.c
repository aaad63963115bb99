// SPDX-License-Identifier: GPL-2.0-only
/*
 * Peers whose SAs the kernel cannot offload, which only shows once NAT is found
 * between the ends: they go without.
 */
#include <string.h>
#include <unistd.h>

#include "agent.h"
#include "buffer.h"
#include "sa_list.h"

/* Does NAT stand between its ends, and no child of it? */
static bool fails_behind_nat(json_object *sas, const char *name)
{
	bool nat = false;
	struct sa_list sa;
	size_t i;

	for (i = 0; i < json_object_array_length(sas); i++) {
		if (!sa_list_at(sas, i, &sa) || strcmp(sa.name, name))
			continue;
		if (agent_has_child(&sa, NULL) || agent_negotiates(&sa))
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
		if (!ike_load(a->v, &ike_kinds[IKE_CONN], part))
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

void agent_end_offload(struct agent *a, json_object *sas, json_object *now)
{
	json_object_object_foreach(ike_parts(a->state), key, part) {
		const char *name = ike_name(&ike_kinds[IKE_CONN], key);

		if (!name || !is_offloaded(part) ||
		    !fails_behind_nat(sas, name) ||
		    !agent_again(a, now, "offload", name))
			continue;
		agent_log_say(a->log, name,
			      "behind NAT the kernel does not offload, so it goes without");
		refuse_offload(a, buffer_format(&a->scratch, "%s", key));
		/* the state is another one */
		return;
	}
}

void agent_try_offload(struct agent *a)
{
	bool changed = false;

	json_object_object_foreach(ike_parts(a->state), key, part) {
		(void)key;
		if (!json_text(part, "offload") || !json_text(part, "why"))
			continue;
		json_object_object_del(part, "offload");
		json_object_object_del(part, "why");
		ike_put_offload(part, "yes");
		changed = true;
	}
	if (changed)
		ike_state_write(a->machine, &a->scratch, a->state);
}
