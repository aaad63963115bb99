/* SPDX-License-Identifier: GPL-2.0-only */
/* Rows of struct prop: parameters of actions that all menus have */
	FOR("jump-target", &type_name, "jump", "Of action=jump."),
	FOR("address-list", &type_name, "update @dyn-LIST",
	    "Of action=add-src-to-address-list."),
	FOR("address-list-timeout", &type_time, "timeout",
	    "When what action=add-src-to-address-list puts there ends.",
	    .words = no_timeout),
