// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>

#include "lock.h"

/* Closed, and so unlocked, with the process; not passed on to daemons. */
bool machine_lock(struct machine *m, struct arena *a)
{
	const char *name = machine_file(m, a, "lock");
	int fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	if (fd >= 0 && !flock(fd, LOCK_EX))
		return true;
	fprintf(stderr, "sitelink: lock %s: %s\n", name, strerror(errno));
	return false;
}
