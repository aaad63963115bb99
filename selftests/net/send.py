#!/usr/bin/env -S python3 -IS
# SPDX-License-Identifier: GPL-2.0-only
"""Send one packet of any protocol from an address of this host.

usage: send.py SOURCE DESTINATION PROTOCOL [SOURCE-PORT DESTINATION-PORT]
"""

import socket
import struct
import sys

source, destination, protocol = sys.argv[1:4]
payload = b"\0" * 32
if len(sys.argv) > 4:
    # UDP, without a checksum
    payload = struct.pack("!HHHH", int(sys.argv[4]), int(sys.argv[5]),
                          8 + len(payload), 0) + payload
sock = socket.socket(socket.AF_INET, socket.SOCK_RAW, int(protocol))
sock.bind((source, 0))
sock.sendto(payload, (destination, 0))
