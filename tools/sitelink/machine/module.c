// SPDX-License-Identifier: GPL-2.0-only
#include <fcntl.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "module.h"

static bool loaded(const char *module)
{
	char path[80];

	snprintf(path, sizeof(path), "/sys/module/%s", module);
	return !access(path, F_OK);
}

/* What modprobe says would be in nobody's language; who needs it finds it in
 * the kernel's log.
 */
static void load(const char *module)
{
	pid_t pid = fork();
	int null;

	if (pid < 0)
		return;
	if (pid) {
		waitpid(pid, NULL, 0);
		return;
	}
	null = open("/dev/null", O_RDWR);
	if (null >= 0) {
		dup2(null, STDIN_FILENO);
		dup2(null, STDOUT_FILENO);
		dup2(null, STDERR_FILENO);
	}
	execl("/sbin/modprobe", "modprobe", "-q", module, (char *)NULL);
	_exit(127);
}

bool module_need(const char *module, const char *twin, char *why, size_t size)
{
	if (loaded(module))
		return true;
	/* modprobe is content even where the module does not stay */
	load(module);
	if (loaded(module))
		return true;
	if (twin && loaded(twin))
		snprintf(why, size,
			 "the kernel's own module %s is in the place of %s: rmmod %s",
			 twin, module, twin);
	else
		snprintf(why, size,
			 "the module %s cannot be loaded: is it installed for this kernel?",
			 module);
	return false;
}
