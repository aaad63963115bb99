// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "ike_private.h"
#include "sa_list.h"

static void take_sa(json_object *message, void *data)
{
	json_object_array_add(data, json_object_get(message));
}

json_object *sa_list_read(struct vici *v, int ms)
{
	json_object *sas = json_object_new_array();

	if (!vici_stream(v, "list-sas", NULL, "list-sa", take_sa, sas, ms))
		return sas;
	json_object_put(sas);
	return NULL;
}

bool sa_list_at(json_object *sas, size_t i, struct sa_list *sa)
{
	json_object *one = json_object_array_get_idx(sas, i);

	json_object_object_foreach(one, name, ike) {
		*sa = (struct sa_list){ .name = name, .ike = ike };
		sa->children = json_section(ike, "child-sas");
		return true;
	}
	return false;
}

bool sa_list_word(const char *word, const char *const *words)
{
	for (; word && *words; words++)
		if (!strcmp(word, *words))
			return true;
	return false;
}

bool sa_list_state(const struct sa_list *sa, const char *state)
{
	return json_is(sa->ike, "state", state);
}

bool sa_list_installed(json_object *child)
{
	static const char *const states[] = { "INSTALLED", "REKEYING", NULL };

	return sa_list_word(json_text(child, "state"), states);
}

bool sa_list_of_peer(const char *a, const char *b)
{
	size_t len = ike_peer_len(a);

	return len == ike_peer_len(b) && !strncmp(a, b, len);
}
