// SPDX-License-Identifier: GPL-2.0-only
/*
 * The two ends of a connection, by their addresses; and which of them is to begin, and
 * to renew keys, so that they do not do it both at once.
 */
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <linux/xfrm.h>

#include "buffer.h"
#include "ike_private.h"
#include "ip.h"

/* The daemon's packets, too, pass by all policies. */
static void pass_by(int fd, int family)
{
	struct xfrm_userpolicy_info p = {
		.sel.family = family, .dir = XFRM_POLICY_OUT,
		.action = XFRM_POLICY_ALLOW,
	};

	if (family == AF_INET)
		setsockopt(fd, SOL_IP, IP_XFRM_POLICY, &p, sizeof(p));
	else
		setsockopt(fd, SOL_IPV6, IPV6_XFRM_POLICY, &p, sizeof(p));
}

/* The address that the kernel would send from; nothing is sent. */
static bool source_of(const struct ip *to, struct ip *from)
{
	union {
		struct sockaddr sa;
		struct sockaddr_in in;
		struct sockaddr_in6 in6;
	} at = { .sa.sa_family = to->family };
	void *octets = to->family == AF_INET ? (void *)&at.in.sin_addr :
					       (void *)&at.in6.sin6_addr;
	int fd = socket(to->family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	socklen_t len = sizeof(at);
	bool found;

	if (fd < 0)
		return false;
	pass_by(fd, to->family);
	at.in.sin_port = htons(500);
	memcpy(octets, to->octets, ip_size(to->family));
	found = !connect(fd, &at.sa, sizeof(at)) &&
		!getsockname(fd, &at.sa, &len);
	close(fd);
	*from = *to;
	memcpy(from->octets, octets, ip_size(to->family));
	return found;
}

/* An address that is one; names of the DNS are the daemon's. */
static bool literal(struct ip *ip, const char *text)
{
	return text && (ip_parse(ip, AF_INET, text) ||
			ip_parse(ip, AF_INET6, text)) &&
	       ip->len == ip_bits(ip->family);
}

bool ike_local(json_object *part, struct ip *local)
{
	struct ip remote;

	return literal(local, json_text(part, "local")) ||
	       (literal(&remote, json_text(part, "remote")) &&
		source_of(&remote, local));
}

/* As the other end sees it, too, if no NAT is between; else both may be first. */
static bool is_second(json_object *part, const struct ip *local)
{
	struct ip remote;

	return literal(&remote, json_text(part, "remote")) &&
	       local->family == remote.family &&
	       memcmp(local->octets, remote.octets, ip_size(remote.family)) > 0;
}

static unsigned long long seconds(json_object *o, const char *key)
{
	const char *text = json_text(o, key);

	return text ? strtoull(text, NULL, 10) : 0;
}

static void put_seconds(struct arena *a, json_object *o, const char *key,
			unsigned long long n)
{
	json_put_text(o, key, buffer_format(a, "%llu", n));
}

/* Of a lifetime; the first end is done with it by then. */
static unsigned long long late(unsigned long long hard)
{
	return hard - hard / 10;
}

void ike_put_turn(struct arena *a, json_object *part, const struct ip *local)
{
	json_object *conn = ike_conn(part), *children = ike_children(part);
	unsigned long long hard;

	if (!conn || !is_second(part, local))
		return;
	json_object_object_add(part, "second", json_object_new_boolean(true));
	hard = seconds(conn, "rekey_time") + seconds(conn, "over_time");
	put_seconds(a, conn, "rekey_time", late(hard));
	put_seconds(a, conn, "over_time", hard - late(hard));
	if (!children)
		return;
	json_object_object_foreach(children, name, child) {
		(void)name;
		put_seconds(a, child, "rekey_time",
			    late(seconds(child, "life_time")));
	}
}
