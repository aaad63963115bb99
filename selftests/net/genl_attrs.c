// SPDX-License-Identifier: GPL-2.0-only
/*
 * The attributes of the generic netlink families.
 */
#include "genl_attrs.h"

const struct attr properties[MAX_ATTR + 1] = {
	[IFLA_SITELINK_KEEPALIVE_INTERVAL] = { "keepalive-interval", U32, 0 },
	[IFLA_SITELINK_KEEPALIVE_RETRIES] = { "keepalive-retries", U32, 0 },
	[IFLA_SITELINK_CLAMP_TCP_MSS] = { "clamp-tcp-mss", U8, 0 },
	[IFLA_SITELINK_DONT_FRAGMENT] = { "dont-fragment", U8, 0 },
	[IFLA_SITELINK_DSCP] = { "dscp", U8, 0 },
	[IFLA_SITELINK_ALLOW_FAST_PATH] = { "allow-fast-path", U8, 0 },
	[IFLA_SITELINK_LOOP_PROTECT] = { "loop-protect", U8, 0 },
	[IFLA_SITELINK_LOOP_PROTECT_SEND_INTERVAL] = {
		"loop-protect-send-interval", U32, 0 },
	[IFLA_SITELINK_LOOP_PROTECT_DISABLE_TIME] = {
		"loop-protect-disable-time", U32, 0 },
	[IFLA_SITELINK_LOOP_PROTECT_STATUS] = { "loop-protect-status", U8, 0 },
	[IFLA_SITELINK_MTU_AUTO] = { "mtu-auto", U8, 0 },
};

static const struct attr keepalive[MAX_ATTR + 1] = {
	[SITELINK_A_KEEPALIVE_LAST_SEEN] = { "last-seen", U64, 0 },
	[SITELINK_A_KEEPALIVE_MISSED] = { "missed", U32, 0 },
};

const struct attr tunnel[MAX_ATTR + 1] = {
	[SITELINK_A_TUNNEL_IFINDEX] = { "ifindex", U32, 0 },
	[SITELINK_A_TUNNEL_IFNAME] = { "ifname", STRING, 0 },
	[SITELINK_A_TUNNEL_LOCAL] = { "local", IPV4, 0 },
	[SITELINK_A_TUNNEL_REMOTE] = { "remote", IPV4, 0 },
	[SITELINK_A_TUNNEL_LOCAL6] = { "local6", IPV6, 0 },
	[SITELINK_A_TUNNEL_REMOTE6] = { "remote6", IPV6, 0 },
	[SITELINK_A_TUNNEL_TUNNEL_ID] = { "tunnel-id", U32, 0 },
	[SITELINK_A_TUNNEL_TTL] = { "ttl", U8, 0 },
	[SITELINK_A_TUNNEL_MTU] = { "mtu", U32, 0 },
	[SITELINK_A_TUNNEL_PROPERTIES] = { "properties", NEST, properties },
	[SITELINK_A_TUNNEL_KIND] = { "kind", STRING, 0 },
	[SITELINK_A_TUNNEL_ACTUAL_MTU] = { "actual-mtu", U32, 0 },
	[SITELINK_A_TUNNEL_MTU_REASON] = { "mtu-reason", U32, 0 },
	[SITELINK_A_TUNNEL_RUNNING] = { "running", U8, 0 },
	[SITELINK_A_TUNNEL_DOWN_REASONS] = { "down-reasons", U32, 0 },
	[SITELINK_A_TUNNEL_RUNNING_SINCE] = { "running-since", U64, 0 },
	[SITELINK_A_TUNNEL_FAST_PATH_ACTIVE] = { "fast-path-active", U8, 0 },
	[SITELINK_A_TUNNEL_KEEPALIVE] = { "keepalive", NEST, keepalive },
};

static const struct attr capability[MAX_ATTR + 1] = {
	[SITELINK_ESPDEV_A_CAPABILITY_ALGORITHM] = { "algorithm", STRING, 0 },
	[SITELINK_ESPDEV_A_CAPABILITY_KEY_BITS] = { "key-bits", U32, 0 },
	[SITELINK_ESPDEV_A_CAPABILITY_ICV_BITS] = { "icv-bits", U32, 0 },
	[SITELINK_ESPDEV_A_CAPABILITY_ESN] = { "esn", U8, 0 },
	[SITELINK_ESPDEV_A_CAPABILITY_ASYNC] = { "async", U8, 0 },
	[SITELINK_ESPDEV_A_CAPABILITY_DRIVER] = { "driver", STRING, 0 },
};

const struct attr engine[MAX_ATTR + 1] = {
	[SITELINK_ESPDEV_A_ENGINE_NAME] = { "name", STRING, 0 },
	[SITELINK_ESPDEV_A_ENGINE_PRIORITY] = { "priority", S32, 0 },
	[SITELINK_ESPDEV_A_ENGINE_FAILED] = { "failed", U8, 0 },
	[SITELINK_ESPDEV_A_ENGINE_RESETS] = { "resets", U32, 0 },
	[SITELINK_ESPDEV_A_ENGINE_ERRORS] = { "errors", U64, 0 },
	[SITELINK_ESPDEV_A_ENGINE_SAS] = { "sas", U32, 0 },
	[SITELINK_ESPDEV_A_ENGINE_LOAD] = { "load", U32, 0 },
	[SITELINK_ESPDEV_A_ENGINE_CAPABILITY] = { "capability", NEST,
						  capability },
};

static const struct attr drops[MAX_ATTR + 1] = {
	[SITELINK_ESPDEV_A_DROPS_MALFORMED] = { "malformed", U64, 0 },
	[SITELINK_ESPDEV_A_DROPS_NO_MEMORY] = { "no-memory", U64, 0 },
	[SITELINK_ESPDEV_A_DROPS_FULL] = { "full", U64, 0 },
	[SITELINK_ESPDEV_A_DROPS_ENGINE] = { "not-done", U64, 0 },
	[SITELINK_ESPDEV_A_DROPS_BAD_ICV] = { "bad-icv", U64, 0 },
	[SITELINK_ESPDEV_A_DROPS_POLICY] = { "policy", U64, 0 },
};

const struct attr sa[MAX_ATTR + 1] = {
	[SITELINK_ESPDEV_A_SA_IFINDEX] = { "ifindex", U32, 0 },
	[SITELINK_ESPDEV_A_SA_DIRECTION] = { "direction", U32, 0 },
	[SITELINK_ESPDEV_A_SA_SPI] = { "spi", BE32, 0 },
	[SITELINK_ESPDEV_A_SA_DESTINATION] = { "destination", ADDRESS, 0 },
	[SITELINK_ESPDEV_A_SA_SOURCE] = { "source", ADDRESS, 0 },
	[SITELINK_ESPDEV_A_SA_IFNAME] = { "ifname", STRING, 0 },
	[SITELINK_ESPDEV_A_SA_FAMILY] = { "family", U32, 0 },
	[SITELINK_ESPDEV_A_SA_MODE] = { "mode", U32, 0 },
	[SITELINK_ESPDEV_A_SA_ALGORITHM] = { "algorithm", STRING, 0 },
	[SITELINK_ESPDEV_A_SA_ESN] = { "esn", U8, 0 },
	[SITELINK_ESPDEV_A_SA_ENGINE] = { "engine", STRING, 0 },
	[SITELINK_ESPDEV_A_SA_HW_AEAD] = { "hw-aead", U8, 0 },
	[SITELINK_ESPDEV_A_SA_PACKETS] = { "packets", U64, 0 },
	[SITELINK_ESPDEV_A_SA_BYTES] = { "bytes", U64, 0 },
	[SITELINK_ESPDEV_A_SA_IN_FLIGHT] = { "in-flight", U32, 0 },
	[SITELINK_ESPDEV_A_SA_DROPS] = { "drops", NEST, drops },
};
