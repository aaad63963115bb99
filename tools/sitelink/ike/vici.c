// SPDX-License-Identifier: GPL-2.0-only
/*
 * The socket: packets, each with its length before it. One request is under way at
 * a time; events come whenever they like.
 */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "diag.h"
#include "json.h"
#include "vici.h"
#include "vici_private.h"

enum packet {
	CMD_REQUEST, CMD_RESPONSE, CMD_UNKNOWN, EVENT_REGISTER,
	EVENT_UNREGISTER, EVENT_CONFIRM, EVENT_UNKNOWN, EVENT
};

#define HEAD		4	/* octets of the length */
#define LISTEN_MS	10000

/* who does not read them for so long has no use for more */
#define EVENTS_MAX	10000

/**
 * struct event - an event that waits
 * @next: the one after it
 * @message: of it
 * @name: of it
 */
struct event {
	struct event *next;
	json_object *message;
	char name[UINT8_MAX + 1];
};

/**
 * struct vici - a connection
 * @fd: socket
 * @lost: nothing more comes
 * @error: what the last failure was about
 * @head: length of the packet that comes in
 * @body: its octets behind it
 * @have: octets of both that are here
 * @first: event that waits
 * @last: where the next one is linked
 * @waiting: events
 * @stream: name of those that @fn takes; NULL: none
 * @fn: of vici_stream()
 * @data: for @fn
 */
struct vici {
	int fd;
	bool lost;
	char error[512];
	unsigned char head[HEAD], *body;
	size_t have;
	struct event *first, **last;
	size_t waiting;
	const char *stream;
	void (*fn)(json_object *message, void *data);
	void *data;
};

struct vici *vici_open(const char *path)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	struct vici *v;

	if (strlen(path) >= sizeof(to.sun_path)) {
		errno = ENAMETOOLONG;
		return NULL;
	}
	memcpy(to.sun_path, path, strlen(path));
	v = calloc(1, sizeof(*v));
	if (!v)
		return NULL;
	v->last = &v->first;
	v->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (v->fd < 0 || connect(v->fd, (void *)&to, sizeof(to)) ||
	    fcntl(v->fd, F_SETFL, O_NONBLOCK)) {
		int code = errno;

		vici_close(v);
		errno = code;
		return NULL;
	}
	return v;
}

void vici_close(struct vici *v)
{
	struct event *e;

	if (!v)
		return;
	while ((e = v->first)) {
		v->first = e->next;
		json_object_put(e->message);
		free(e);
	}
	free(v->body);
	if (v->fd >= 0)
		close(v->fd);
	free(v);
}

int vici_fd(const struct vici *v)
{
	return v->fd;
}

const char *vici_error(const struct vici *v)
{
	return v->error;
}

CHECKED((format(printf, 2, 3)))
static int fail(struct vici *v, const char *format, ...)
{
	va_list args;
	char *p;

	va_start(args, format);
	vsnprintf(v->error, sizeof(v->error), format, args);
	va_end(args);
	/* the daemon's sentences may end on a terminal */
	for (p = v->error; *p; p++)
		if (iscntrl((unsigned char)*p))
			*p = '?';
	return -1;
}

CHECKED((format(printf, 2, 3)))
static int lose(struct vici *v, const char *format, ...)
{
	char why[200];
	va_list args;

	va_start(args, format);
	vsnprintf(why, sizeof(why), format, args);
	va_end(args);
	v->lost = true;
	return fail(v, "the IKE daemon: %s", why);
}

static int wait_for(struct vici *v, short events, int timeout_ms)
{
	struct pollfd p = { .fd = v->fd, .events = events };
	int n;

	do {
		n = poll(&p, 1, timeout_ms);
	} while (n < 0 && errno == EINTR);
	if (n < 0)
		return lose(v, "%s", strerror(errno));
	return n ? 0 : lose(v, "no answer in time");
}

static int send_all(struct vici *v, const unsigned char *data, size_t len,
		    int timeout_ms)
{
	while (len) {
		ssize_t n = send(v->fd, data, len, MSG_NOSIGNAL);

		if (n >= 0) {
			data += n;
			len -= n;
		} else if (errno == EAGAIN) {
			if (wait_for(v, POLLOUT, timeout_ms))
				return -1;
		} else if (errno != EINTR) {
			return lose(v, "%s", strerror(errno));
		}
	}
	return 0;
}

static int send_packet(struct vici *v, enum packet type, const char *name,
		       const unsigned char *data, size_t len, int timeout_ms)
{
	size_t name_len = strlen(name), size = 2 + name_len + len;
	unsigned char head[HEAD + 2 + UINT8_MAX];

	if (v->lost)
		return fail(v, "the IKE daemon is gone");
	if (name_len > UINT8_MAX || size > VICI_MAX)
		return fail(v, "%s: more than the IKE daemon takes", name);
	head[0] = size >> 24;
	head[1] = size >> 16;
	head[2] = size >> 8;
	head[3] = size;
	head[4] = type;
	head[5] = name_len;
	memcpy(head + 6, name, name_len);
	if (send_all(v, head, 6 + name_len, timeout_ms))
		return -1;
	return send_all(v, data, len, timeout_ms);
}

static size_t body_len(const struct vici *v)
{
	return (size_t)v->head[0] << 24 | v->head[1] << 16 | v->head[2] << 8 |
	       v->head[3];
}

/*
 * Octets as they come, up to a packet's end. 1: it is whole; 0: nothing more is
 * here; -1: nothing more will be.
 */
static int receive(struct vici *v)
{
	for (;;) {
		bool head = v->have < HEAD;
		size_t at = head ? v->have : v->have - HEAD;
		size_t end = head ? HEAD : body_len(v);
		ssize_t n;

		if (!head && at == end)
			return 1;
		n = recv(v->fd, (head ? v->head : v->body) + at, end - at, 0);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			return 0;
		if (n < 0)
			return lose(v, "%s", strerror(errno));
		if (!n)
			return lose(v, "it is gone");
		v->have += n;
		if (v->have != HEAD || !head)
			continue;
		if (!body_len(v) || body_len(v) > VICI_MAX)
			return lose(v, "a packet of %zu octets", body_len(v));
		free(v->body);
		v->body = malloc(body_len(v));
		if (!v->body)
			return lose(v, "out of memory");
	}
}

/* The packet's message, behind @offset octets. */
static json_object *message_at(struct vici *v, size_t offset)
{
	json_object *m = vici_decode(v->body + offset, body_len(v) - offset);

	if (!m)
		lose(v, "a message that is none");
	return m;
}

static int take_event(struct vici *v)
{
	size_t len = body_len(v);
	json_object *message;
	struct event *e;

	if (len < 2 || v->body[1] > len - 2 ||
	    memchr(v->body + 2, 0, v->body[1]))
		return lose(v, "an event without a name");
	message = message_at(v, 2 + v->body[1]);
	if (!message)
		return -1;
	e = v->waiting < EVENTS_MAX ? calloc(1, sizeof(*e)) : NULL;
	if (e)
		memcpy(e->name, v->body + 2, v->body[1]);
	if (e && v->stream && !strcmp(v->stream, e->name)) {
		v->fn(message, v->data);
	} else if (e) {
		e->message = message;
		*v->last = e;
		v->last = &e->next;
		v->waiting++;
		return 0;
	}
	json_object_put(message);
	free(e);
	return 0;
}

/* The type of the next packet, which is no event; its octets are in the body. */
static int next_answer(struct vici *v, int timeout_ms)
{
	for (;;) {
		int n = v->lost ? -1 : receive(v);

		if (n < 0)
			return -1;
		if (!n) {
			if (wait_for(v, POLLIN, timeout_ms))
				return -1;
			continue;
		}
		v->have = 0;
		if (v->body[0] != EVENT)
			return v->body[0];
		if (take_event(v))
			return -1;
	}
}

static json_object *ask(struct vici *v, const char *command,
			json_object *request, int timeout_ms)
{
	unsigned char *data = NULL;
	size_t len = 0;
	int type;

	if (request) {
		data = vici_encode(request, &len);
		if (!data) {
			fail(v, "%s: cannot be said to the IKE daemon",
			     command);
			return NULL;
		}
	}
	type = send_packet(v, CMD_REQUEST, command, data, len, timeout_ms);
	free(data);
	if (!type)
		type = next_answer(v, timeout_ms);
	if (type == CMD_RESPONSE)
		return message_at(v, 1);
	if (type == CMD_UNKNOWN)
		fail(v, "the IKE daemon does not know %s", command);
	else if (type >= 0)
		lose(v, "a packet of type %d", type);
	return NULL;
}

json_object *vici_call(struct vici *v, const char *command,
		       json_object *request, int timeout_ms)
{
	json_object *answer = ask(v, command, request, timeout_ms);
	const char *why;

	if (!json_text(answer, "success") || json_is(answer, "success", "yes"))
		return answer;
	why = json_text(answer, "errmsg");
	fail(v, "%s", why && *why ? why : "the IKE daemon gave no reason");
	json_object_put(answer);
	return NULL;
}

static int register_event(struct vici *v, enum packet how, const char *event,
			  int timeout_ms)
{
	int type;

	if (send_packet(v, how, event, NULL, 0, timeout_ms))
		return -1;
	type = next_answer(v, timeout_ms);
	if (type < 0)
		return -1;
	if (type == EVENT_UNKNOWN)
		return fail(v, "the IKE daemon has no event %s", event);
	return type == EVENT_CONFIRM ? 0 : lose(v, "a packet of type %d", type);
}

int vici_listen(struct vici *v, const char *event)
{
	return register_event(v, EVENT_REGISTER, event, LISTEN_MS);
}

int vici_stream(struct vici *v, const char *command, json_object *request,
		const char *event,
		void (*fn)(json_object *message, void *data), void *data,
		int timeout_ms)
{
	json_object *answer;

	if (register_event(v, EVENT_REGISTER, event, timeout_ms))
		return -1;
	v->stream = event;
	v->fn = fn;
	v->data = data;
	answer = vici_call(v, command, request, timeout_ms);
	if (!v->lost && register_event(v, EVENT_UNREGISTER, event, timeout_ms)) {
		json_object_put(answer);
		answer = NULL;
	}
	v->stream = NULL;
	json_object_put(answer);
	return answer ? 0 : -1;
}

json_object *vici_event(struct vici *v, char *name, size_t size, bool *lost)
{
	json_object *message;
	struct event *e;

	*lost = false;
	while (!v->first && !v->lost && receive(v) > 0) {
		v->have = 0;
		/* nothing was asked: it can only be one */
		if (v->body[0] != EVENT)
			lose(v, "a packet of type %d", v->body[0]);
		else
			take_event(v);
	}
	e = v->first;
	if (!e) {
		*lost = v->lost;
		return NULL;
	}
	v->first = e->next;
	if (!v->first)
		v->last = &v->first;
	v->waiting--;
	snprintf(name, size, "%s", e->name);
	message = e->message;
	free(e);
	return message;
}
