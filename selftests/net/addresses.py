#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Print the addresses whose protocol (IFA_PROTO) is the one given.

ip of Debian 12 does not show it.
"""

import ipaddress
import socket
import struct
import sys

RTM_GETADDR, NLMSG_DONE, DUMP = 22, 3, 0x301
IFA_ADDRESS, IFA_LOCAL, IFA_PROTO = 1, 2, 11


def attributes(data):
    while len(data) >= 4:
        size, kind = struct.unpack_from("HH", data)
        yield kind, data[4:size]
        data = data[(size + 3) & ~3:]


def messages(sock):
    while True:
        data = sock.recv(1 << 16)
        while data:
            size, kind = struct.unpack_from("IH", data)
            if kind == NLMSG_DONE:
                return
            yield data[16:size]
            data = data[(size + 3) & ~3:]


def main():
    sock = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
    sock.send(struct.pack("IHHII8x", 24, RTM_GETADDR, DUMP, 1, 0))
    for message in messages(sock):
        length, index = message[1], struct.unpack_from("I", message, 4)[0]
        found = dict(attributes(message[8:]))
        if found.get(IFA_PROTO, b"\0")[0] == int(sys.argv[1]):
            own = found.get(IFA_LOCAL) or found[IFA_ADDRESS]
            print(f"{ipaddress.ip_address(own)}/{length} "
                  f"{socket.if_indextoname(index)}")


main()
