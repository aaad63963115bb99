// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "write_all.h"

bool write_all(int fd, const char *text, size_t len)
{
	while (len) {
		ssize_t n = write(fd, text, len);

		if (n < 0 && errno != EINTR)
			return false;
		if (n > 0) {
			text += n;
			len -= n;
		}
	}
	return true;
}

bool write_file(const char *to, const char *draft, const char *text,
		const gid_t *group)
{
	bool well;
	int fd;

	unlink(draft);
	fd = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
		  0600);
	if (fd < 0)
		return false;
	well = !group || (!fchown(fd, 0, *group) && !fchmod(fd, 0640));
	well = well && write_all(fd, text, strlen(text));
	well = !close(fd) && well && !rename(draft, to);
	if (!well)
		unlink(draft);
	return well;
}
