// SPDX-License-Identifier: GPL-2.0-only
/* The state's file, and the lock on it. */
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buffer.h"
#include "ike_private.h"
#include "write_all.h"

#define STATE_MAX	(64 << 20)

/* A connection's message has one section, by its name. */
static json_object *inner(json_object *message)
{
	json_object_object_foreach(message, name, conn) {
		(void)name;
		return json_object_is_type(conn, json_type_object) ? conn :
								     NULL;
	}
	return NULL;
}

json_object *ike_conn(json_object *part)
{
	json_object *message = json_section(part, "message");

	return message ? inner(message) : NULL;
}

json_object *ike_children(json_object *part)
{
	return json_section(ike_conn(part), "children");
}

json_object *ike_parts(json_object *state)
{
	json_object *parts = json_section(state, "parts");

	if (parts)
		return parts;
	parts = json_object_new_object();
	json_object_object_add(state, "parts", parts);
	return parts;
}

json_object *ike_conn_part(json_object *state, struct arena *a,
			   const char *name)
{
	const char *key = buffer_format(a, "%s/%s",
					ike_kinds[IKE_CONN].name, name);

	return json_section(ike_parts(state), key);
}

/* Parts are NULL, or have a message. */
static bool well_formed(json_object *state)
{
	if (!json_object_is_type(state, json_type_object))
		return false;
	json_object_object_foreach(ike_parts(state), key, part) {
		(void)key;
		if (part && !json_section(part, "message"))
			return false;
	}
	return true;
}

json_object *ike_state_read(struct machine *m, struct arena *a)
{
	int fd = open(machine_file(m, a, IKE_STATE),
		      O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	json_object *state = NULL;
	struct stat st;

	if (fd >= 0 && !fstat(fd, &st) && S_ISREG(st.st_mode) &&
	    st.st_size <= STATE_MAX)
		state = json_object_from_fd(fd);
	if (fd >= 0)
		close(fd);
	if (well_formed(state))
		return state;
	/* none, or not ours any more: what is loaded is not known */
	json_object_put(state);
	return json_object_new_object();
}

bool ike_write(struct machine *m, struct arena *a, const char *name,
	       const char *text)
{
	const char *to = machine_file(m, a, name);

	return write_file(to, buffer_format(a, "%s.new", to), text, NULL);
}

bool ike_state_write(struct machine *m, struct arena *a, json_object *state)
{
	const char *text = json_object_to_json_string_ext(state,
						JSON_C_TO_STRING_PLAIN);

	return ike_write(m, a, IKE_STATE, text);
}

int ike_lock(struct machine *m, struct arena *a, bool wait)
{
	int fd = open(machine_file(m, a, IKE_LOCK),
		      O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	int n;

	if (fd < 0)
		return -1;
	do {
		n = flock(fd, wait ? LOCK_EX : LOCK_EX | LOCK_NB);
	} while (n && errno == EINTR);
	if (!n)
		return fd;
	close(fd);
	return -1;
}
