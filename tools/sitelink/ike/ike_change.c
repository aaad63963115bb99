// SPDX-License-Identifier: GPL-2.0-only
/*
 * From what is loaded to what shall be, one part after the other; parts that are the
 * same are left alone. Before the first step the file says NULL for each part that is
 * to change, so that whoever comes after us knows what he cannot rely on.
 */
#include <errno.h>
#include <string.h>
#include <time.h>

#include "buffer.h"
#include "ike_private.h"

#define CONNECT_MS	20000
#define PAUSE_MS	50

static void pause_ms(long ms)
{
	const struct timespec t = { .tv_nsec = ms * 1000000 };

	nanosleep(&t, NULL);
}

bool ike_connect(struct ike_work *w)
{
	const char *path = machine_file(w->ap->machine, w->ap->arena,
					IKE_SOCKET);
	int left = CONNECT_MS;

	/* it may have been killed, and the agent is at it */
	while (!w->v && left > 0) {
		w->v = vici_open(path);
		if (w->v)
			return true;
		pause_ms(PAUSE_MS);
		left -= PAUSE_MS;
	}
	if (!w->v)
		apply_error(w->ap, NULL, "the IKE daemon does not answer: %s",
			    strerror(errno));
	return w->v;
}

/* What the daemon says of a value is a list of words. */
static const char *sentence(struct arena *a, const char *said)
{
	static const char begin[] = "invalid value for: ";
	size_t len = strlen(begin);

	if (strncmp(said, begin, len))
		return said;
	return buffer_format(a, "the IKE daemon does not take its %.*s",
			     (int)strcspn(said + len, ","), said + len);
}

/* The peer that a connection is of. */
static const struct item *item_of(const struct ike_work *w, const char *name)
{
	const char *peer = arena_strndup(w->ap->arena, name,
					 ike_peer_len(name));

	return w->config ? item_by_name(w->config, "ip ipsec peer", peer) : NULL;
}

static int blame(struct ike_work *w, const struct ike_kind *kind,
		 const char *name)
{
	apply_error(w->ap, item_of(w, name), "%s %s: %s", kind->label, name,
		    sentence(w->ap->arena, vici_error(w->v)));
	return -1;
}

static bool has(json_object *parts, const char *key)
{
	return json_object_object_get_ex(parts, key, NULL);
}

static bool same_message(json_object *a, json_object *b)
{
	return a && b && json_object_equal(json_section(a, "message"),
					   json_section(b, "message"));
}

static bool write_now(struct ike_work *w)
{
	if (w->ap->dry ||
	    ike_state_write(w->ap->machine, w->ap->arena, w->now))
		return true;
	apply_error(w->ap, NULL, "%s: %s",
		    machine_file(w->ap->machine, w->ap->arena, IKE_STATE),
		    strerror(errno));
	return false;
}

/* Is one of that kind gone, or another one? */
static bool changed(const struct ike_kind *kind, json_object *have,
		    json_object *want)
{
	json_object_object_foreach(have, key, part) {
		if (ike_name(kind, key) &&
		    !same_message(part, json_section(want, key)))
			return true;
	}
	return false;
}

/* Certificates and keys cannot be unloaded one by one. */
static bool renew_credentials(json_object *have, json_object *want)
{
	size_t i;

	for (i = 0; i < IKE_KINDS; i++)
		if (!ike_kinds[i].unload && changed(&ike_kinds[i], have, want))
			return true;
	return false;
}

static bool is_credential(const char *key)
{
	size_t i;

	for (i = 0; i < IKE_KINDS; i++)
		if (ike_name(&ike_kinds[i], key))
			return !ike_kinds[i].unload ||
			       !strcmp(ike_kinds[i].name, "shared");
	return false;
}

/* What is going to change is not known any more, from now on. */
static bool mark(struct ike_work *w, json_object *have, json_object *want,
		 bool renew)
{
	json_object *now = ike_parts(w->now);

	json_object_object_foreach(have, key, part) {
		if (!same_message(part, json_section(want, key)) ||
		    (renew && is_credential(key)))
			json_object_object_add(now, key, NULL);
	}
	json_object_object_foreach(want, new_key, new_part) {
		(void)new_part;
		if (!has(have, new_key))
			json_object_object_add(now, new_key, NULL);
	}
	return write_now(w);
}

static int remove_gone(struct ike_work *w, const struct ike_kind *kind,
		       json_object *have, json_object *want)
{
	json_object_object_foreach(have, key, part) {
		const char *name = ike_name(kind, key);

		(void)part;
		if (!name || has(want, key) ||
		    !apply_step(w->ap, "unload %s %s", kind->label, name))
			continue;
		if (kind->unload && ike_unload(w->v, kind, name))
			return blame(w, kind, name);
		json_object_object_del(ike_parts(w->now), key);
	}
	return 0;
}

static json_object *secret_of(json_object *part)
{
	return json_get(json_section(part, "message"), "data", json_type_string);
}

/* Is it another secret? For whom it is, is no difference: that goes by others', too. */
static bool other_secret(json_object *old, json_object *part)
{
	return !old || !json_object_equal(secret_of(old), secret_of(part));
}

/*
 * New keys are made without asking again who the other end is: what stands by
 * something that is no longer so has to end.
 */
static int end_old(struct ike_work *w, const struct ike_kind *kind,
		   const char *name, json_object *old, json_object *part)
{
	if (kind == &ike_kinds[IKE_CONN])
		return ike_end_changed(w->v, name, old, part);
	if (kind == &ike_kinds[IKE_SHARED] && other_secret(old, part))
		return ike_terminate(w->v, "ike", name, NULL, NULL);
	return 0;
}

/* @was: something is loaded by that name; @old: what, if it is known */
static int put_part(struct ike_work *w, const struct ike_kind *kind,
		    const char *key, bool was, json_object *old,
		    json_object *part)
{
	const char *name = ike_name(kind, key);

	if (!apply_step(w->ap, was ? "load %s %s anew" : "load %s %s",
			kind->label, name))
		return 0;
	if (ike_load(w->v, kind, part) ||
	    (was && end_old(w, kind, name, old, part)))
		return blame(w, kind, name);
	json_object_object_add(ike_parts(w->now), key, json_object_get(part));
	return 0;
}

static int put_parts(struct ike_work *w, const struct ike_kind *kind,
		     json_object *have, json_object *want, bool renew)
{
	json_object_object_foreach(want, key, part) {
		json_object *old = json_section(have, key);

		if (!ike_name(kind, key))
			continue;
		if (!same_message(old, part) || (renew && is_credential(key))) {
			if (put_part(w, kind, key, has(have, key), old, part))
				return -1;
		} else {
			/* what else is in it is the agent's */
			json_object_object_add(ike_parts(w->now), key,
					       json_object_get(part));
		}
	}
	return 0;
}

/* An authority is gone, and who was let in by it may not be any more. */
static int end_certified(struct ike_work *w, json_object *have, json_object *want)
{
	const struct ike_kind *conn = &ike_kinds[IKE_CONN];

	json_object_object_foreach(want, key, part) {
		const char *name = ike_name(conn, key);
		const char *auth = json_text(json_section(ike_conn(part),
							  "remote"), "auth");

		if (name && has(have, key) && auth && !strcmp(auth, "pubkey") &&
		    ike_terminate(w->v, "ike", name, NULL, NULL))
			return blame(w, conn, name);
	}
	return 0;
}

/* Which connections could not be what they say. */
static int check_algorithms(struct ike_work *w, json_object *want)
{
	json_object *answer = vici_call(w->v, "get-algorithms", NULL,
					CONNECT_MS);
	int err = 0;

	if (!answer) {
		apply_error(w->ap, NULL, "%s", vici_error(w->v));
		return -1;
	}
	json_object_object_foreach(want, key, part) {
		const char *name = ike_name(&ike_kinds[IKE_CONN], key);
		const char *word = name ? ike_cannot(w->ap->arena, answer,
						     part) : NULL;

		if (!word)
			continue;
		apply_error(w->ap, item_of(w, name),
			    "IPsec peer %s: the IKE daemon has no plugin for %s",
			    name, word);
		err = -1;
	}
	json_object_put(answer);
	return err;
}

int ike_change(struct ike_work *w, json_object *have, json_object *want)
{
	bool renew = renew_credentials(have, want);
	size_t i;

	if (!w->ap->dry && (!ike_connect(w) || check_algorithms(w, want) ||
			    !mark(w, have, want, renew)))
		return -1;
	for (i = IKE_KINDS; i-- > 0;)
		if (remove_gone(w, &ike_kinds[i], have, want))
			return -1;
	if (renew &&
	    apply_step(w->ap, "forget IPsec secrets and certificates") &&
	    ike_unload_credentials(w->v)) {
		apply_error(w->ap, NULL, "%s", vici_error(w->v));
		return -1;
	}
	for (i = 0; i < IKE_KINDS; i++)
		if (put_parts(w, &ike_kinds[i], have, want, renew))
			return -1;
	return !w->ap->dry && changed(&ike_kinds[IKE_CERT], have, want) ?
	       end_certified(w, have, want) : 0;
}
