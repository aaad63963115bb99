// SPDX-License-Identifier: GPL-2.0-only
/*
 * What two ends have twice since both began at once: the same one stays, whichever
 * end looks.
 */
#include <string.h>

#include "agent.h"
#include "array.h"
#include "sa_list.h"

/* Is it of a connection that we begin? Those who come to one may be many. */
static bool is_ours(struct agent *a, const char *name)
{
	return json_list_text(ike_conn_part(a->state, &a->scratch, name), "up",
			      0);
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

/* The IKE_SA of the lower number stays. */
static void end_ike_twins(struct agent *a, json_object *sas, json_object *now)
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
		if (twin && id && agent_again(a, now, "twin", id))
			ike_terminate(a->v, "ike-id", id, NULL, NULL);
	}
}

/* The lower SPI of the two, which is the same at both ends; NULL: it has none. */
static const char *lower_spi(json_object *child)
{
	const char *in = json_text(child, "spi-in");
	const char *out = json_text(child, "spi-out");

	return in && out && strcmp(out, in) < 0 ? out : in;
}

/* Do both carry the same, and none is about to take the place of the other? */
static bool child_twins(json_object *one, json_object *other)
{
	static const char *const keys[] = { "local-ts", "remote-ts" };
	const char *x = lower_spi(one), *y = lower_spi(other);
	const char *name = json_text(one, "name");
	size_t i;

	if (!name || !json_is(other, "name", name) ||
	    !json_is(one, "state", "INSTALLED") ||
	    !json_is(other, "state", "INSTALLED"))
		return false;
	for (i = 0; i < ARRAY_SIZE(keys); i++)
		if (!json_object_equal(json_list(one, keys[i]),
				       json_list(other, keys[i])))
			return false;
	return x && y && strcmp(y, x) < 0;
}

/* IKEv1 hands the children of an IKE_SA that ends over to the one that stays. */
static void end_child_twins(struct agent *a, const struct sa_list *sa,
			    json_object *now)
{
	json_object_object_foreach(sa->children, key, one) {
		const char *id = json_text(one, "uniqueid");
		bool twin = false;

		(void)key;
		json_object_object_foreach(sa->children, other_key, other) {
			(void)other_key;
			twin |= child_twins(one, other);
		}
		if (twin && id && agent_again(a, now, "child twin", id))
			ike_terminate(a->v, "child-id", id, NULL, NULL);
	}
}

void agent_end_twins(struct agent *a, json_object *sas, json_object *now)
{
	struct sa_list sa;
	size_t i;

	end_ike_twins(a, sas, now);
	for (i = 0; i < json_object_array_length(sas); i++)
		if (sa_list_at(sas, i, &sa) && sa.children &&
		    is_ours(a, sa.name))
			end_child_twins(a, &sa, now);
}
