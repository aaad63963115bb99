#!/usr/bin/env -S python3 -IS
# SPDX-License-Identifier: GPL-2.0-only
"""What the kernel's IPsec policies do to a packet, after each change of them.

usage: xfrm_replay.py BEFORE EVENTS DIRECTION SRC DST
BEFORE is what "ip -s xfrm policy" says, EVENTS what "ip -s xfrm monitor policy"
says; each moment in which the packet would pass is a line.
"""

import ipaddress
import re
import sys

BLOCK = re.compile(
    r"^(?P<verb>Updated |Deleted )?src (?P<src>\S+) dst (?P<dst>\S+) (?P<rest>.*)\n"
    r"\s+dir (?P<dir>\S+) action (?P<action>\S+) .*priority (?P<prio>\d+)", re.M)


def policies(path):
    for m in BLOCK.finditer(open(path).read()):
        yield (m["verb"] or "").strip(), m


def passes(now, src, dst):
    first = None
    for m in now.values():
        if src in ipaddress.ip_network(m["src"]) and \
                dst in ipaddress.ip_network(m["dst"]) and \
                (first is None or int(m["prio"]) < int(first["prio"])):
            first = m
    return first is None or first["action"] == "allow"


def main(before, events, direction, src, dst):
    src, dst = ipaddress.ip_address(src), ipaddress.ip_address(dst)
    now, changes = {}, 0
    for number, (verb, m) in enumerate([*policies(before), *policies(events)]):
        if m["dir"] != direction:
            continue
        key = m["src"], m["dst"], m["rest"]
        if verb == "Deleted":
            now.pop(key, None)
        else:
            now[key] = m
        if verb:
            changes += 1
            if passes(now, src, dst):
                print(f"passes after event {number}: {m[0]}")
    if changes < 10:
        print(f"only {changes} changes were seen")


main(*sys.argv[1:])
