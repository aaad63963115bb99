// SPDX-License-Identifier: GPL-2.0-only
/* The state's file. */
#include <fcntl.h>
#include <unistd.h>

#include "ike.h"

json_object *ike_state_read(struct machine *m, struct arena *a)
{
	int fd = open(machine_file(m, a, IKE_STATE),
		      O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	json_object *state = fd < 0 ? NULL : json_object_from_fd(fd);

	if (fd >= 0)
		close(fd);
	if (json_object_is_type(state, json_type_object))
		return state;
	/* none, or not ours any more: what is loaded is not known */
	json_object_put(state);
	return json_object_new_object();
}
