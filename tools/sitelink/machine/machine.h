/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The machine: what the kernel says by netlink, read when asked for.
 */
#ifndef SITELINK_MACHINE_H
#define SITELINK_MACHINE_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"

/*
 * What marks as ours, where the kernel has a place for a mark: the group of
 * interfaces ("SL"), the protocol of addresses, routes and rules ("S").
 */
#define MARK_GROUP	0x534c
#define MARK_PROTO	0x53

struct machine;

/* NULL: no netlink, and it has been said. Ends with machine_close(). */
struct machine *machine_open(struct arena *a);
void machine_close(struct machine *m);

/**
 * struct iface - an interface, as the kernel has it
 * @next: the one behind it
 * @index: of it
 * @name: of it
 * @kind: of IFLA_INFO_KIND; "": a device of its own
 * @alias: ifalias
 * @type: ARPHRD_*
 * @flags: IFF_*
 * @mtu: in octets
 * @group: MARK_GROUP: ours
 * @master: index of its bridge, or 0
 * @mac: link-layer address
 * @mac_len: of it
 */
struct iface {
	struct iface *next;
	uint32_t index;
	char name[16];
	char kind[16];
	const char *alias;
	uint16_t type;
	uint32_t flags;
	uint32_t mtu;
	uint32_t group;
	uint32_t master;
	uint8_t mac[32];
	uint8_t mac_len;
	uint64_t rx_bytes, rx_packets, tx_bytes, tx_packets;
};

/* All interfaces, read once until machine_changed(). */
const struct iface *machine_ifaces(struct machine *m);
const struct iface *machine_iface(struct machine *m, const char *name);
const struct iface *machine_iface_at(struct machine *m, uint32_t index);

/* What has been read is old. */
void machine_changed(struct machine *m);

/*
 * Values that are not ours and that we change: what they were is noted, in a file
 * below /run that belongs to this network namespace, before the first change.
 * @key: one line without blanks at its ends. false: could not be written.
 */
bool undo_note(struct machine *m, const char *key, const char *old);
/* Note @value in place of what is noted: at any moment one of them is. */
bool undo_set(struct machine *m, const char *key, const char *value);
/* NULL: not noted */
const char *undo_get(struct machine *m, const char *key);
bool undo_drop(struct machine *m, const char *key);
/* For each note; @data is passed on. */
void undo_each(struct machine *m,
	       void (*fn)(const char *key, const char *old, void *data),
	       void *data);

/* /run/sitelink/NAME for this namespace, NAME being as "dnsmasq.conf". */
const char *machine_file(struct machine *m, struct arena *a, const char *name);

#endif /* SITELINK_MACHINE_H */
