/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What apply's part for the IKE daemon and its agent share.
 */
#ifndef SITELINK_IKE_PRIVATE_H
#define SITELINK_IKE_PRIVATE_H

#include "ike.h"
#include "json.h"
#include "process.h"
#include "vici.h"

#define IKE_PROGRAM	"/usr/sbin/charon-systemd"
#define IKE_LOCK	"ike.lock"	/* held by who changes state and daemon */

/* The daemon loads what there may be a lot of, and asks for names in the DNS. */
#define IKE_LOAD_MS	60000

/* How much of a connection's name is its peer's. */
size_t ike_peer_len(const char *name);

/* The agent, and the daemon, of this network namespace. */
struct process ike_agent_process(struct machine *m, struct arena *a);
struct process ike_daemon_process(struct machine *m, struct arena *a);

/*
 * Text of strongswan.conf. @retries: how often a message of IKEv2 is sent again
 * before its sender takes the other end for dead; @level: of the log
 */
const char *ike_settings(struct machine *m, struct arena *a,
			 unsigned int retries, unsigned int level);

/* The file of the settings; false: it has been said why not. */
bool ike_settings_write(struct apply *ap, const char *text);

/*
 * A text to a file of the machine's (as IKE_STATE), which is the old one or the new
 * one, whenever we are killed. false: errno says why not.
 */
bool ike_write(struct machine *m, struct arena *a, const char *name,
	       const char *text);

/* Who holds it, changes state and daemon; -1: another does (@wait: or errno). */
int ike_lock(struct machine *m, struct arena *a, bool wait);

/* Of a state: an empty object if it has none. */
json_object *ike_parts(json_object *state);

/* The part of the connection @name; NULL: none. */
json_object *ike_conn_part(json_object *state, struct arena *a,
			   const char *name);

/* What a connection's message has below its name, and its children; NULL: none. */
json_object *ike_conn(json_object *part);
json_object *ike_children(json_object *part);

/**
 * struct ike_kind - a kind of part
 * @name: before the slash in its key
 * @label: for people
 * @load: command
 * @unload: command; NULL: all secrets, certificates and keys at once
 * @id: what @unload knows it by
 */
struct ike_kind {
	const char *name, *label, *load, *unload, *id;
};

/* In the order of loading. */
enum { IKE_SHARED, IKE_CERT, IKE_KEY, IKE_POOL, IKE_CONN, IKE_KINDS };
extern const struct ike_kind ike_kinds[IKE_KINDS];

/* Is the key of that kind? Then what is behind the slash, else NULL. */
const char *ike_name(const struct ike_kind *kind, const char *key);

/* 0, or -1 and vici_error(). Who unloads what is not there succeeds. */
int ike_load(struct vici *v, const struct ike_kind *kind, json_object *part);
int ike_unload(struct vici *v, const struct ike_kind *kind, const char *name);

/*
 * The first algorithm of a connection's phase 1 that is not in the daemon's @answer
 * to get-algorithms; NULL: all are.
 */
const char *ike_cannot(struct arena *a, json_object *answer, json_object *part);

/* Forget all secrets, certificates and keys. */
int ike_unload_credentials(struct vici *v);

/*
 * A connection was loaded in another's place: what was negotiated by what is
 * different, ends. @old NULL: all of it.
 */
int ike_end_changed(struct vici *v, const char *name, json_object *old,
		    json_object *part);

/* "terminate" of what the pairs say; nothing there is no error. */
int ike_terminate(struct vici *v, const char *key, const char *value,
		  const char *key2, const char *value2);

struct ip;

/* The address on our side, named or routed from; false: not known. */
bool ike_local(json_object *part, struct ip *local);

/*
 * Both ends have the same lifetimes: one of them is first to begin and to renew keys
 * (the lower address), the other only when the first has not done so. @local: of
 * ike_local()
 */
void ike_put_turn(struct arena *a, json_object *part, const struct ip *local);

/*
 * Fill in what only the machine knows, in all parts: marks, offload, turns. @have: the
 * parts that are loaded; NULL: not known; @c: what asks for them, or NULL. false: it
 * has been said why not.
 */
bool ike_resolve(struct apply *ap, const struct config *c, json_object *parts,
		 json_object *have);

/* All children: offloaded, "yes" or "no". */
void ike_put_offload(json_object *part, const char *value);

/**
 * struct ike_sad - security associations of the kernel
 * @spi: of each, host byte order
 * @count: of them
 * @size: that @spi has place for
 */
struct ike_sad {
	uint32_t *spi;
	size_t count, size;
};

/* Read them; false: could not be read. Ends with free(sad->spi). */
bool ike_sad_read(struct machine *m, struct ike_sad *sad);
bool ike_sad_has(const struct ike_sad *sad, const char *hex);

/*
 * A daemon that was killed leaves its policies and SAs in the kernel: those that
 * the parts' connections have.
 */
void ike_sweep(struct machine *m, json_object *parts);

/**
 * struct ike_work - the daemon is being changed
 * @ap: the run
 * @config: where mistakes are; NULL: none is to blame
 * @v: connection to the daemon; NULL: none yet
 * @now: what is loaded; NULL parts: not known
 */
struct ike_work {
	struct apply *ap;
	const struct config *config;
	struct vici *v;
	json_object *now;
};

/*
 * Make what is loaded (@have) what shall be (@want), both parts; dry, too. @now goes
 * with it. 0, or -1 and it has been said.
 */
int ike_change(struct ike_work *w, json_object *have, json_object *want);

/* The connection to the daemon, which may be about to begin; false: it was said. */
bool ike_connect(struct ike_work *w);

#endif /* SITELINK_IKE_PRIVATE_H */
