// SPDX-License-Identifier: GPL-2.0-only
/*
 * sitelink_vti: route-based IPsec, kind vti, in the place of the in-tree
 * ip_vti.
 */
#include <linux/module.h>

#include "vti.h"

/* Segments are made before ESP, by the stack: any super-packet will do. */
static void vti_prepare(struct sitelink_cfg *cfg, void *hdr)
{
	cfg->gso_type = SKB_GSO_ESP;
}

struct sitelink_kind vti_kind = {
	.link_ops = {
		.kind = "vti",
		.maxtype = IFLA_SITELINK,
		.policy = vti_policy,
		.priv_size = sizeof(struct vti_tunnel),
	},
	.family = AF_INET,
	.protocol = IPPROTO_IPIP,
	.arphrd = ARPHRD_TUNNEL,
	.twin = true,
	.fallback_name = "ip_vti0",
	.mtu_msg = "mtu: 0 (auto), or 68 to 65515",
	.xmit = vti_xmit,
	.path_mtu = vti_path_mtu,
	.prepare = vti_prepare,
	.attrs = &vti_attrs,
	.parse = vti_parse,
	.check = vti_check,
	.choose = vti_choose,
	.from_parm = vti_from_parm,
	.to_parm = vti_to_parm,
	.fill = vti_fill,
	.attr_size = VTI_ATTR_SIZE,
};

static int __init vti_init(void)
{
	int err;

	err = sitelink_kind_register(&vti_kind);
	if (err)
		goto err_owner;
	vti_policy_init();
	err = vti_recv_init();
	if (err)
		goto err_policy;
	return 0;

err_policy:
	vti_policy_exit();
	sitelink_kind_unregister(&vti_kind);
err_owner:
	if (err == -EEXIST)
		pr_err("sitelink_vti: vti belongs to the in-tree ip_vti; for this one: rmmod ip_vti, modprobe sitelink_vti\n");
	return err;
}

/* Devices first: they wait for the packets that decryption has in hand. */
static void __exit vti_exit(void)
{
	sitelink_kind_unregister(&vti_kind);
	vti_recv_exit();
	vti_policy_exit();
}

module_init(vti_init);
module_exit(vti_exit);
MODULE_DESCRIPTION("VTI, route-based IPsec, with RouterOS' properties");
MODULE_LICENSE("GPL");
