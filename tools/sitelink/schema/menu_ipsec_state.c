// SPDX-License-Identifier: GPL-2.0-only
/* /ip ipsec statistics, active-peers, remote-peers, installed-sa; /log */
#include "ipsec_live.h"
#include "log.h"
#include "menu_ipsec.h"
#include "menu_rows.h"
#include "net_rows.h"
#include "type_service.h"

#define COUNT(_name, _maps, _help) \
	{ .name = (_name), .rule = { &type_number }, \
	  .flags = PROP_READ_ONLY, .maps = (_maps), .help = (_help) }

static const struct prop statistics_rows[] = {
	COUNT("in-errors", "XfrmInError", "None of the others."),
	COUNT("in-buffer-errors", "XfrmInBufferError", "No memory."),
	COUNT("in-header-errors", "XfrmInHdrError", "A header is wrong."),
	COUNT("in-no-states", "XfrmInNoStates",
	      "No such SA: SPI, address or protocol is wrong."),
	COUNT("in-state-protocol-errors", "XfrmInStateProtoError",
	      "Of the protocol: a key is wrong, say."),
	COUNT("in-state-mode-errors", "XfrmInStateModeError", "Of the mode."),
	COUNT("in-state-sequence-errors", "XfrmInStateSeqError",
	      "A sequence number is outside the window."),
	COUNT("in-state-expired", "XfrmInStateExpired", "The SA has expired."),
	COUNT("in-state-mismatches", "XfrmInStateMismatch",
	      "The SA wants it otherwise, in UDP, say."),
	COUNT("in-state-invalid", "XfrmInStateInvalid", "The SA is not valid."),
	COUNT("in-template-mismatches", "XfrmInTmplMismatch",
	      "The policy wants another SA."),
	COUNT("in-no-policies", "XfrmInNoPols", "The SA is right, no policy is."),
	COUNT("in-policy-blocked", "XfrmInPolBlock", "A policy discards."),
	COUNT("in-policy-errors", "XfrmInPolError", "Of a policy."),
	COUNT("out-errors", "XfrmOutError", "None of the others."),
	COUNT("out-bundle-errors", "XfrmOutBundleGenError",
	      "SAs could not be put together."),
	COUNT("out-bundle-check-errors", "XfrmOutBundleCheckError",
	      "SAs that were put together are not good any more."),
	COUNT("out-no-states", "XfrmOutNoStates", "There is no SA."),
	COUNT("out-state-protocol-errors", "XfrmOutStateProtoError",
	      "Of the protocol."),
	COUNT("out-state-mode-errors", "XfrmOutStateModeError", "Of the mode."),
	COUNT("out-state-sequence-errors", "XfrmOutStateSeqError",
	      "Sequence numbers are used up, say."),
	COUNT("out-state-expired", "XfrmOutStateExpired", "The SA has expired."),
	COUNT("out-policy-blocked", "XfrmOutPolBlock", "A policy discards."),
	COUNT("out-policy-dead", "XfrmOutPolDead", "The policy is dead."),
	COUNT("out-policy-errors", "XfrmOutPolError", "Of a policy."),
};

const struct menu menu_ipsec_statistics = {
	.path = "ip ipsec statistics", TABLE_OF(statistics_rows),
	.flags = MENU_SINGLE, .live = ipsec_live_statistics,
	.title = "IPsec, statistics",
	.help = "Packets that IPsec dropped, and why; /proc/net/xfrm_stat.",
};

#define SAID(_name, _type, _help) \
	{ ROW_READ_ONLY(_name, _type, _help) }

/* What print has to say of an item that the machine has by itself. */
#define REMARK \
	{ .name = "comment", .rule = { &type_text }, \
	  .flags = PROP_READ_ONLY, .help = "What is not as it should be." }

static const char *const sides[] = { "initiator", "responder", NULL };

static const struct prop peer_rows[] = {
	{ ROW_FLAG('R', "responder", "The other side began.") },
	{ ROW_FLAG('N', "natt-peer", "ESP goes in UDP.") },
	SAID("id", &type_text, "What the other side says that it is."),
	SAID("local-address", &type_any_ip, "Address of this side."),
	SAID("port", &type_number, "Where the other side's daemon listens."),
	SAID("remote-address", &type_any_ip, "Address of the other side."),
	SAID("dynamic-address", &type_any_ip,
	     "Address that one has given the other."),
	SAID("state", &type_text, "How far phase 1 is: established, say."),
	{ .name = "side", .rule = { .type = &type_word, .words = sides },
	  .flags = PROP_READ_ONLY, .help = "Which side of phase 1 this is." },
	SAID("uptime", &type_time, "Since when it is established."),
	SAID("last-seen", &type_time, "Since when nothing was heard of it."),
	SAID("ph2-total", &type_number, "SAs of it, of one direction."),
	{ ROW_COUNTER("rx-bytes", "Octets from it.") },
	{ ROW_COUNTER("rx-packets", "Packets from it.") },
	{ ROW_COUNTER("tx-bytes", "Octets to it.") },
	{ ROW_COUNTER("tx-packets", "Packets to it.") },
	REMARK,
};

static const struct menu_command peer_commands[] = {
	{ .name = "kill-connections", .run = ipsec_kill_connections,
	  .help = "end phase 1 with all of them" },
	{ .name = NULL },
};

#define PEER_COLUMNS	"id state uptime ph2-total remote-address"

const struct menu menu_ipsec_active_peers = {
	.path = "ip ipsec active-peers", TABLE_OF(peer_rows),
	.flags = MENU_FIXED, .others = ipsec_others_peers,
	.columns = PEER_COLUMNS,
	.title = "IPsec, active peers", .help = "Who phase 1 is done with.",
	.commands = peer_commands,
};

const struct menu menu_ipsec_remote_peers = {
	.path = "ip ipsec remote-peers", TABLE_OF(peer_rows),
	.flags = MENU_FIXED, .columns = PEER_COLUMNS,
	.title = "IPsec, remote peers",
	.help = "The same as active-peers, by the name it had before.",
	.commands = peer_commands,
};

static const struct prop sa_rows[] = {
	{ .name = "hw-aead", .rule = { &type_bool }, .letter = 'H',
	  .flags = PROP_FLAG | PROP_READ_ONLY | PROP_SHOWN, .def = "no",
	  .help = "It is done by a device, espdev." },
	{ ROW_FLAG('A', "AH", "It is of AH.") },
	{ ROW_FLAG('E', "ESP", "It is of ESP.") },
	SAID("spi", &type_text, "Its number."),
	SAID("src-address", &type_any_ip, "Where its packets are from."),
	SAID("dst-address", &type_any_ip, "Where its packets go."),
	SAID("state", &type_text, "larval, mature, dying or dead."),
	SAID("auth-algorithm", &type_text, "What tells that packets are genuine."),
	SAID("enc-algorithm", &type_text, "What packets are encrypted by."),
	SAID("enc-key-size", &type_number, "Bits of the key."),
	{ .name = "auth-key", .rule = { &type_text },
	  .flags = PROP_READ_ONLY | PROP_SECRET, .help = "Key of the one." },
	{ .name = "enc-key", .rule = { &type_text },
	  .flags = PROP_READ_ONLY | PROP_SECRET, .help = "Key of the other." },
	SAID("addtime", &type_text, "When it was made."),
	SAID("expires-in", &type_time, "Time until it ends."),
	SAID("add-lifetime", &type_text,
	     "soft/hard: new keys are made; it ends."),
	SAID("current-bytes", &type_number, "Octets that it has seen."),
	SAID("current-packets", &type_number, "Packets that it has seen."),
	SAID("replay", &type_number, "Packets that its window is wide."),
	REMARK,
};

static const struct menu_command sa_commands[] = {
	{ .name = "flush", .run = ipsec_flush, .help = "end all of them" },
	{ .name = NULL },
};

const struct menu menu_ipsec_installed_sa = {
	.path = "ip ipsec installed-sa", TABLE_OF(sa_rows),
	.flags = MENU_FIXED | MENU_DETAIL, .others = ipsec_others_sas,
	.title = "IPsec, installed SAs",
	.columns = "spi src-address dst-address state auth-algorithm enc-algorithm enc-key-size",
	.help = "The kernel's security associations; their keys with show-sensitive.",
	.commands = sa_commands,
};

static const struct prop log_rows[] = {
	SAID("time", &type_text, "When."),
	SAID("topics", &type_text, "What it is about."),
	SAID("message", &type_text, "What there is to say."),
};

const struct menu menu_log = {
	.path = "log", TABLE_OF(log_rows), .flags = MENU_FIXED | MENU_LINES,
	.columns = "time topics message", .title = "Log",
	.help = "What the IKE daemon had to say.", .others = log_others,
};
