/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Client of VICI, the control socket of strongSwan's charon. A message is a tree: in
 * JSON terms objects (sections), arrays of strings (lists), strings (values).
 *
 * Wire: length u32 (big-endian), type u8, for some types a name (length u8), then
 * elements; strongSwan's src/libcharon/plugins/vici/README.md.
 */
#ifndef SITELINK_VICI_H
#define SITELINK_VICI_H

#include <json-c/json.h>
#include <stdbool.h>

struct vici;

/* The daemon's socket at @path; NULL: errno says why. Ends with vici_close(). */
struct vici *vici_open(const char *path);
void vici_close(struct vici *v);

/* For poll(): readable when an event waits. */
int vici_fd(const struct vici *v);

/* What the last call that failed was about: one sentence, never NULL. */
const char *vici_error(const struct vici *v);

/*
 * Send @command with @request (NULL: nothing; it stays the caller's) and wait for
 * the answer, which is returned and the caller's. NULL: no answer, or it says
 * success=no: vici_error(). After a lost connection every further call fails.
 * Waits at most @timeout_ms for each octet; events that come meanwhile are kept for
 * vici_event().
 */
json_object *vici_call(struct vici *v, const char *command,
		       json_object *request, int timeout_ms);

/*
 * Send a command that streams events of the kind @event (as list-sas: list-sa), @fn
 * for each; the message is vici's own. 0, or -1 and vici_error().
 */
int vici_stream(struct vici *v, const char *command, json_object *request,
		const char *event,
		void (*fn)(json_object *message, void *data), void *data,
		int timeout_ms);

/* Ask for events of that name from now on. 0, or -1. */
int vici_listen(struct vici *v, const char *event);

/*
 * The next event, without waiting: its message, which is the caller's, and its name
 * in @name (of @size octets). NULL and *@lost = false: none yet. NULL and *@lost =
 * true: the daemon is gone.
 */
json_object *vici_event(struct vici *v, char *name, size_t size, bool *lost);

/*
 * The octets of a message's elements, malloc()ed: NULL: it holds something that VICI
 * has no form for. And back, from octets that nobody has checked: NULL: malformed.
 */
unsigned char *vici_encode(json_object *message, size_t *len);
json_object *vici_decode(const unsigned char *data, size_t len);

#endif /* SITELINK_VICI_H */
