// SPDX-License-Identifier: GPL-2.0-only
/*
 * sitelink_espdev: a stacked device that puts ESP on any engine and every CPU
 * behind the stack's offload callbacks.
 */
#include <linux/module.h>

#include "espdev.h"
#include "nl.h"

static int __init espdev_init(void)
{
	int err;

	err = espdev_nl_init();
	if (err)
		return err;
	err = espdev_sa_init();
	if (err)
		goto err_nl;
	err = espdev_queue_init();
	if (err)
		goto err_sa;
	err = espdev_deliver_init();
	if (err)
		goto err_queue;
	err = espdev_lower_init();
	if (err)
		goto err_deliver;
	err = rtnl_link_register(&espdev_link_ops);
	if (err)
		goto err_lower;
	return 0;

err_lower:
	espdev_lower_exit();
err_deliver:
	espdev_deliver_exit();
err_queue:
	espdev_queue_exit();
err_sa:
	espdev_sa_exit();
err_nl:
	espdev_nl_exit();
	return err;
}

static void __exit espdev_exit(void)
{
	rtnl_link_unregister(&espdev_link_ops);
	espdev_lower_exit();
	espdev_queue_exit();
	espdev_sa_exit();
	espdev_failover_exit();
	espdev_deliver_exit();
	/* nothing is left to tell of */
	espdev_nl_exit();
	/* SAs are freed after a grace period */
	rcu_barrier();
}

module_init(espdev_init);
module_exit(espdev_exit);
MODULE_DESCRIPTION("Stacked device with ESP offload");
MODULE_ALIAS_RTNL_LINK("espdev");
/* what "auto" finds when nothing else is loaded */
MODULE_SOFTDEP("post: sitelink_cryptoapi");
MODULE_LICENSE("GPL");
