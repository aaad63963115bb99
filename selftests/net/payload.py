#!/usr/bin/env -S python3 -IS
# SPDX-License-Identifier: GPL-2.0-only
"""TCP that carries a text which can be recognized on the way, both ways.

usage: payload.py serve ADDRESS PORT...      echo whatever comes, for ever
       payload.py send ADDRESS PORT TEXT     64 KiB of it there and back
       payload.py hear ADDRESS PORT          a datagram that comes, of those who say
       payload.py say ADDRESS PORT TO-ADDRESS TO-PORT TEXT
       payload.py find FILE TEXT             how often FILE has it
"""

import selectors
import socket
import sys


def serve(address, *ports):
    waiting = selectors.DefaultSelector()
    for port in ports:
        sock = socket.create_server((address, int(port)))
        waiting.register(sock, selectors.EVENT_READ, True)
    while True:
        for key, _ in waiting.select():
            if key.data:
                waiting.register(key.fileobj.accept()[0],
                                 selectors.EVENT_READ, False)
                continue
            data = key.fileobj.recv(65536)
            if data:
                key.fileobj.sendall(data)
            else:
                waiting.unregister(key.fileobj)
                key.fileobj.close()


def send(address, port, text):
    data = (text.encode() * (65536 // len(text) + 1))[:65536]
    with socket.create_connection((address, int(port)), 20) as sock:
        for at in range(0, len(data), 4096):
            sock.sendall(data[at:at + 4096])
            back = b""
            while len(back) < 4096:
                more = sock.recv(4096 - len(back))
                if not more:
                    sys.exit("the other end has closed")
                back += more
            if back != data[at:at + 4096]:
                sys.exit("something else came back")


def hear(address, port):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((address, int(port)))
        print(sock.recv(65536).decode(), flush=True)


def say(address, port, to_address, to_port, text):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((address, int(port)))
        sock.sendto(text.encode(), (to_address, int(to_port)))


def find(path, text):
    with open(path, "rb") as file:
        print(file.read().count(text.encode()))


{"serve": serve, "send": send, "hear": hear, "say": say,
 "find": find}[sys.argv[1]](*sys.argv[2:])
