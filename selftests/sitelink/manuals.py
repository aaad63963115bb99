#!/usr/bin/env -S python3 -IS
# SPDX-License-Identifier: GPL-2.0-only
"""Take the command blocks out of the manuals, corrected.

usage: manuals.py SEEDS CORRECTIONS OUT [MENU...]

One file a block, OUT/SEED-LINE.rsc, of the menus that sitelink has and that say something
by themselves, and of each MENU; beside it
OUT/SEED-LINE.needs, kinds and names of interfaces that the block takes for granted, and
OUT/SEED-LINE.before, a script that makes what of /ip ipsec it names and does not make. A
correction that corrects nothing is an error.
"""

import html
import os
import re
import sys

MENUS = (
    "interface eoip", "interface eoipv6", "interface gre", "interface ipip",
    "interface 6to4", "interface vti", "interface bridge port",
    "interface bridge", "interface set", "ip address", "ip route", "ip pool",
    "ip dns", "ip firewall", "ipv6 address", "ipv6 route", "ipv6 nd",
    "system identity", "system logging", "routing ospf",
)
# below menus of ours, but not of them
OTHERS = ("interface bridge vlan", "interface bridge mdb")
START = re.compile(r"^\s*(?:\[[^\]]*\]\s*(/?[a-z0-9 /]*)>\s*)?"
                   r"(/(?:interface|ip|ipv6|system|routing)\b.*|"
                   r"(?:add|set|en|enable)\b.*)$")
MORE = re.compile(r"^\s*(/|add\b|set\b|en\b|enable\b|remove\b|src-address=|#)")
DEFINES = re.compile(r"/interface[ /](?:eoip|gre|ipip|6to4|vti|bridge)(?![ /]port)")
NEEDS = re.compile(r"(?<![\w-])(?:(?:interfaces?|in-interface|out-interface)="
                   r"\"?([\w-]+)|gateway=\"?((?:[A-Za-z]|6to4)[\w-]*))")
BRIDGES = re.compile(r"(?<![\w-])bridge=\"?([\w-]+)")
# properties of /ip ipsec that name something, of what menu, and what it is made by
NAMES = (
    ("address-pool", "ip pool", "ranges=192.168.77.2-192.168.77.254"),
    ("profile", "ip ipsec profile", ""),
    ("peer", "ip ipsec peer", "address={}"),
    ("proposal", "ip ipsec proposal", ""),
    ("group", "ip ipsec policy group", ""),
    ("policy-template-group", "ip ipsec policy group", ""),
    ("mode-config", "ip ipsec mode-config", ""),
)
THERE = ("default", "none", "request-only")


def corrections(path):
    with open(path, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            if line.strip() and not line.startswith("#"):
                parts = line.rstrip("\n").split("\t")
                if len(parts) != 4:
                    sys.exit(f"{path}:{number}: not SEED, WRONG, RIGHT, WHY")
                yield number, [p.replace("\\n", "\n") for p in parts]


def plain(text):
    """A page's text: code tables of HTML line by line."""
    def code(match):
        inner = re.sub(r"</div>", "\n", match.group(0))
        return "\n" + re.sub(r"\n\s*\n+", "\n",
                             re.sub(r"<[^>]*>", "", inner)) + "\n\n"
    if "<table" not in text:
        return text
    text = re.sub(r"<table.*?</table>", code, text, flags=re.S)
    return html.unescape(re.sub(r"<[^>]*>", "", text)).replace("\xa0", " ")


def blocks(text):
    lines = text.split("\n")
    i = 0
    while i < len(lines):
        match = START.match(lines[i])
        if not match:
            i += 1
            continue
        begin, block = i, []
        menu = (match.group(1) or "").strip()
        if menu and not match.group(2).startswith("/"):
            block.append("/" + menu.lstrip("/"))
        block.append(match.group(2))
        i += 1
        while i < len(lines) and (block[-1].rstrip().endswith("\\") or
                                  MORE.match(lines[i])):
            line = lines[i]
            # a rule broken over two lines without a backslash
            if line.strip().startswith("src-address=") and \
                    not block[-1].rstrip().endswith("\\"):
                block[-1] = block[-1].rstrip() + " \\"
            block.append(line)
            i += 1
        yield begin + 1, block


def commands(block):
    """The block's statements of our menus, each menu line where it is needed."""
    menu, ours, out = "", False, []
    for line in "\n".join(block).replace("\\\n", "\0").split("\n"):
        text = line.replace("\0", " ").strip()
        words = re.split(r"[ /]+", text.lstrip("/"))
        if text.startswith("/"):
            path = " ".join(words)
            menu = next((m for m in (*MENUS, *sys.argv[4:]) if path == m or
                         path.startswith(m + " ")), "")
            ours = bool(menu) and not any(path.startswith(o) for o in OTHERS)
        if ours and not re.search(r"\bprint\b", text):
            out.append(line.replace("\0", "\\\n"))
    # menus without a command at the end say nothing
    if not any(re.search(r"\b(add|set|en|enable|remove)\b", o) for o in out):
        return []
    return out


def before(script):
    """What a block of /ip ipsec has from blocks before it."""
    menu, made, named, out = "", set(), [], []
    ends = re.findall(r"sa-dst-address=([0-9.]+)", script)
    for line in script.split("\n"):
        text = line.strip()
        if text.startswith("/"):
            path = re.split(r" (?=add\b|set\b)", text.lstrip("/"))
            menu = re.sub(r"[ /]+", " ", path[0]).strip()
        made |= {(menu, n) for n in
                 re.findall(r"(?<![\w-])name=\"?([\w.-]+)", text)}
        if not menu.startswith("ip ipsec"):
            continue
        for prop, where, more in NAMES:
            named += [(where, n, more) for n in
                      re.findall(rf"(?<![\w-]){prop}=\"?([\w.-]+)", text)]
        # a policy that is its peer's by the address
        if menu == "ip ipsec policy" and "peer=" not in text:
            named += [("ip ipsec peer", "other-end", "address={}")
                      for _ in ends]
    for where, name, more in named:
        if name in THERE or (where, name) in made:
            continue
        made.add((where, name))
        more = more.format(ends[0] if ends else
                           f"192.0.2.{len(made)} exchange-mode=ike2")
        out.append(f"/{where} add name={name} {more}\n")
    return "".join(out)


def main():
    seeds, fixes, target = sys.argv[1:4]
    pages = {}
    for name in sorted(os.listdir(seeds)):
        with open(os.path.join(seeds, name), encoding="utf-8") as f:
            pages[name[:3]] = plain(f.read())
    for number, (seed, wrong, right, _) in corrections(fixes):
        if wrong not in pages.get(seed, ""):
            sys.exit(f"{fixes}:{number}: there is no such text in {seed}")
        pages[seed] = pages[seed].replace(wrong, right)
    for seed, text in pages.items():
        for line, block in blocks(text):
            statements = commands(block)
            if not statements:
                continue
            script = "\n".join(statements) + "\n"
            base = os.path.join(target, f"{seed}-{line}")
            with open(base + ".rsc", "w", encoding="utf-8") as f:
                f.write(script)
            joined = script.replace("\\\n", " ")
            with open(base + ".before", "w", encoding="utf-8") as f:
                f.write(before(joined))
            made = set(re.findall(r"\bname=\"?([\w-]+)", joined)) \
                if DEFINES.search(joined) else set()
            # a name that the router makes up
            if re.search(r"/interface ipip\nadd", joined):
                made.add("ipip1")
            with open(base + ".needs", "w", encoding="utf-8") as f:
                needs = {a or b for a, b in NEEDS.findall(joined)} - made
                f.writelines(f"dummy {n}\n" for n in sorted(needs))
                bridges = set(BRIDGES.findall(joined)) - made
                f.writelines(f"bridge {n}\n" for n in sorted(bridges))


main()
