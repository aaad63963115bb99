# SPDX-License-Identifier: GPL-2.0-only
# sitelink: `make help` says what there is.

KDIR	?= /lib/modules/$(shell uname -r)/build
TOP	:= $(CURDIR)
VM	:= selftests/vm

# The modules are built out of the tree by KERNEL=, in it by KDIR=.
ifdef KERNEL
modules:
	@$(VM)/build $(KERNEL)
else
modules:
	$(MAKE) -C $(KDIR) M=$(TOP) modules
endif

.DEFAULT_GOAL := modules

help:
	@echo 'make demo              two LANs joined by EoIP, on a stock kernel'
	@echo '                       KIND=gre|ipip|6to4: two LANs routed;'
	@echo '                       KIND=esp: the stack and espdev;'
	@echo '                       KIND=routeros: the manual, pasted;'
	@echo '                       KIND=site-to-site|vti|gre-ipsec|eoip-ipsec:'
	@echo '                       IPsec from RouterOS scripts, what the WAN sees'
	@echo 'make check             all tests, on both kernels, and lint'
	@echo 'make check LONG=1      five minutes of fuzzing as well'
	@echo 'make check ONLY="a b"  tests whose names match, KERNEL=6.1|6.12'
	@echo 'make                   modules for the running kernel'
	@echo '                       KDIR=DIR: for another'
	@echo 'make modules KERNEL=K  modules for stock Debian 6.1 or 6.12'
	@echo 'make plugins           plugins for iproute2'
	@echo 'make monitor           sitelink-monitor'
	@echo 'make command           sitelink, RouterOS configuration'
	@echo 'make lint              W=1, sparse, checkpatch, kernel-doc, ...'
	@echo 'make bench             instructions per packet, TCP goodput'
	@echo 'make install           modules, plugins, programs, headers'
	@echo 'make uninstall         and away again'
	@echo 'make clean             what make built'
	@echo
	@echo 'Downloads go to $$SITELINK_CACHE, by default ~/.cache/sitelink;'
	@echo 'it is safe to delete. demo, check, lint and bench install the'
	@echo 'Debian packages that they need.'

plugins:
	$(MAKE) -C tools/iproute2

monitor:
	$(MAKE) -C tools/monitor

command:
	$(MAKE) -C tools/sitelink

demo:
	@selftests/demo/run $(KIND)

check:
	@LONG=$(LONG) selftests/check $(if $(KERNEL),-k $(KERNEL)) $(ONLY)

lint:
	@selftests/lint/run

bench:
	@selftests/bench/run $(if $(KERNEL),-k $(KERNEL)) $(ONLY)

# DESTDIR= for a package's tree
KREL	= $(shell sed -n 's/.*UTS_RELEASE "\(.*\)"/\1/p' \
		$(KDIR)/include/generated/utsrelease.h)
MODDIR	= $(DESTDIR)/lib/modules/$(KREL)

HEADERS	= sitelink.h sitelink_netlink.h sitelink_espdev.h

install: modules plugins monitor command
	$(MAKE) -C $(KDIR) M=$(TOP) INSTALL_MOD_PATH=$(DESTDIR) \
		INSTALL_MOD_DIR=updates modules_install
	depmod -b $(DESTDIR)/ $(KREL)
	$(MAKE) -C tools/iproute2 install
	$(MAKE) -C tools/monitor install
	$(MAKE) -C tools/sitelink install
	install -D -m 644 -t $(DESTDIR)/usr/include/linux \
		$(HEADERS:%=uapi/linux/%)
	test -e $(DESTDIR)/etc/modprobe.d/sitelink.conf || \
		install -D -m 644 tools/modprobe.conf \
			$(DESTDIR)/etc/modprobe.d/sitelink.conf

uninstall:
	find $(MODDIR)/updates -name 'sitelink*.ko*' -delete
	find $(MODDIR)/updates -type d -empty -delete
	depmod -b $(DESTDIR)/ $(KREL)
	$(MAKE) -C tools/iproute2 uninstall
	$(MAKE) -C tools/monitor uninstall
	$(MAKE) -C tools/sitelink uninstall
	rm -f $(HEADERS:%=$(DESTDIR)/usr/include/linux/%)
	! cmp -s tools/modprobe.conf $(DESTDIR)/etc/modprobe.d/sitelink.conf || \
		rm $(DESTDIR)/etc/modprobe.d/sitelink.conf

clean:
	rm -rf build
	find net drivers \( -name '*.o' -o -name '*.ko' -o -name '*.mod' -o \
		-name '*.mod.c' -o -name '.*.cmd' -o -name '.*.d' -o \
		-name 'modules.order' \) -delete
	rm -f Module.symvers modules.order .*.cmd .module-common.o

.PHONY: modules help plugins monitor command demo check lint bench install uninstall clean
