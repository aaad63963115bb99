// SPDX-License-Identifier: GPL-2.0-only
/*
 * sitelink_gre: GRE over IPv4 with RouterOS' properties, kinds gre and
 * gretap, in the place of the in-tree ip_gre.
 */
#include <linux/module.h>

#include "gre.h"

struct sitelink_kind gre_kind = {
	.link_ops = {
		.kind = "gre",
		.maxtype = IFLA_SITELINK,
		.policy = gre_policy,
		.priv_size = sizeof(struct gre_tunnel),
	},
	.family = AF_INET,
	.protocol = IPPROTO_GRE,
	.arphrd = ARPHRD_IPGRE,
	.twin = true,
	.fallback_name = "gre%d",
	.keepalive_on = true,
	.mtu_msg = "mtu: 0 (auto), or 68 to 65511 less the header's options",
	.attrs = &gre_attrs,
	.hook = gre_keepalive_hook,
	.hook_for_keepalive = true,
	.header_ops = &gre_header_ops,
	.open = gre_open,
	.stop = gre_stop,
	.prepare = gre_prepare,
	.build = gre_build,
	.dest = gre_dest,
	.keepalive_len = gre_keepalive_len,
	.keepalive = gre_keepalive,
	.parse = gre_parse,
	.check = gre_check,
	.from_parm = gre_from_parm,
	.to_parm = gre_to_parm,
	.fill = gre_fill,
	.attr_size = GRE_ATTR_SIZE,
};

struct sitelink_kind gretap_kind = {
	.link_ops = {
		.kind = "gretap",
		.maxtype = IFLA_SITELINK,
		.policy = gre_policy,
		.priv_size = sizeof(struct gre_tunnel),
	},
	.family = AF_INET,
	.protocol = IPPROTO_GRE,
	.arphrd = ARPHRD_ETHER,
	.twin = true,
	.fallback_name = "gretap0",
	.mtu_msg = "mtu: 0 (auto), or 68 to 65497 less the header's options",
	.attrs = &gre_attrs,
	.prepare = gretap_prepare,
	.build = gretap_build,
	.parse = gre_parse,
	.check = gretap_check,
	.fill = gre_fill,
	.attr_size = GRE_ATTR_SIZE,
};

static int __init gre_init(void)
{
	int err;

	err = sitelink_kind_register(&gre_kind);
	if (err)
		goto err_owner;
	err = sitelink_kind_register(&gretap_kind);
	if (err)
		goto err_gre;
	err = gre_demux_init();
	if (err)
		goto err_gretap;
	return 0;

err_gretap:
	sitelink_kind_unregister(&gretap_kind);
err_gre:
	sitelink_kind_unregister(&gre_kind);
err_owner:
	if (err == -EEXIST)
		pr_err("sitelink_gre: gre belongs to ip_gre; for this one: rmmod ip_gre, modprobe sitelink_gre\n");
	return err;
}

static void __exit gre_exit(void)
{
	gre_demux_exit();
	sitelink_kind_unregister(&gretap_kind);
	sitelink_kind_unregister(&gre_kind);
}

module_init(gre_init);
module_exit(gre_exit);
MODULE_DESCRIPTION("GRE tunnels with RouterOS' properties");
MODULE_LICENSE("GPL");
