/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One at a time changes the machine.
 */
#ifndef SITELINK_LOCK_H
#define SITELINK_LOCK_H

#include "machine.h"

/* Waits. Held until the process ends; false: it has been said why not. */
bool machine_lock(struct machine *m, struct arena *a);

#endif /* SITELINK_LOCK_H */
