#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# The helper's language: characters to statements, and what is said of mistakes.
# On the host; sanitizers watch. SITELINK_FUZZ: seconds of mutated scripts (10).
set -u
. "$(dirname "$0")/../vm/lib.sh"
. "$(dirname "$0")/../tap.sh"

"$VM_DIR/deps" build || exit 125
bin=$SITELINK_BUILD/selftests
made selftests/sitelink selftests || exit 125
tmp=$(mktemp -d) || exit 125
trap 'rm -rf "$tmp"' EXIT
n=0

# gives NAME SCRIPT WANT: WANT is mistakes, then statements; the positions of
# statements only where WANT has them
gives() {
	local name=$1 got
	n=$((n + 1))
	printf '%b' "$2" >"$tmp/$n.rsc"
	got=$("$bin/parse_dump" <"$tmp/$n.rsc" 2>&1)
	[[ $3 == [0-9]*:[0-9]* || $3 == script:* ]] ||
		got=$(sed -E 's/(^|\[)[0-9]+:[0-9]+ ?/\1/g' <<<"$got")
	is "$name" "$3" "$got"
}

gives "a command by its whole path" \
	'/interface eoip add name=eoip-remote remote-address=192.168.1.2 tunnel-id=0\n' \
	'/ "interface" "eoip" "add" name="eoip-remote" remote-address="192.168.1.2" tunnel-id="0"'
gives "words with slashes are the menus' matter" '/interface/eoip/print' \
	'/ "interface/eoip/print"'
gives "a menu, then commands in it" '/ip address\nadd address=10.0.0.1/24\n..\n/\n' \
	'1:1 / "ip" "address"
2:1 "add" address="10.0.0.1/24"
3:1 ".."
4:1 /'
gives "semicolons, comments, empty lines" \
	'# x add\n\n \t\nadd a=1;add b=2 ; # c=3\nadd d=#4' \
	'4:1 "add" a="1"
4:9 "add" b="2"
5:1 "add" d="#4"'
gives "lines that end like those of DOS" 'add a=1\r\nadd b="x"\r\n' \
	'1:1 "add" a="1"
2:1 "add" b="x"q'
gives "a continued line, even within a word" \
	'add name=a \\\n    comment="one \\\n     line" mt\\\r\n\tu=auto\n\\\nadd' \
	'1:1 "add" name="a" comment="one line"q mtu="auto"
6:1 "add"'
gives "quotes and escapes" 'add c="\\"\\\\\\n\\$\\?\\_\\41\\E4 []{}();#"x\\\n' \
	'"add" c="\"\\\0A$? A\E4 []{}();#x"q'
gives "nothing is a value" 'add comment= c=""' '"add" comment="" c=""q'
gives "lists, addresses, times" \
	'add a=1.1.1.1,2.2.2.2 b=2001:db8::1/64 c=00:01:30 d=1h2m3s e=aes-128' \
	'"add" a="1.1.1.1,2.2.2.2" b="2001:db8::1/64" c="00:01:30" d="1h2m3s" e="aes-128"'
gives "which: numbers, names, ids" 'set 0,2,*1F,eoip1 mtu=1500' \
	'"set" "0,2,*1F,eoip1" mtu="1500"'
gives "back to its default, and all but that" 'set a !keepalive src-address=!10.0.0.0/8' \
	'"set" "a" !keepalive src-address=!"10.0.0.0/8"'
gives "a quoted word is no keyword" 'print "where"' '"print" "where"q'
gives "brackets" 'set [ find ] a=[/ip pool find name=b];remove [find where !disabled]' \
	'"set" ["find"] a=[/ "ip" "pool" "find" where (= name "b")]
"remove" ["find" where (not (flag disabled))]'
gives "a path that ends with find" 'set [/a/b/find name=b] x=[find/c name=d]' \
	'"set" [/ "a/b/find" where (= name "b")] x=["find/c" name="d"]'
gives "conditions beside each other all hold" 'print where a=1 b b!=2 and c~"^x"' \
	'"print" where (and (and (and (= a "1") (flag b)) (!= b "2")) (~ c "^x"q))'
gives "and binds more than or" 'print where a or b and c||d&&!e' \
	'"print" where (or (or (flag a) (and (flag b) (flag c))) (and (flag d) (not (flag e))))'
gives "parentheses, blanks around operators" \
	'print where (a = 1 or (b>2)) and !( c < 3 ) order' \
	'"print" where (and (and (or (= a "1") (> b "2")) (not (< c "3"))) (flag order))'
gives "or equal" 'print where a>=1 b <= "2" c> =3' \
	'"print" where (and (and (>= a "1") (<= b "2"q)) (> c "=3"))'

gives "an open quote" 'add a="x\nadd b=1' \
	"script:1:7: the quote is not closed on its line; a \\ at the end continues it, \\n is a line's end
2:1 \"add\" b=\"1\""
gives "an open bracket" 'set [find a=1\n' \
	'script:1:5: the [ is not closed by a ]'
gives "an open parenthesis" 'print where (a or b' \
	'script:1:13: the ( is not closed by a )'
gives "one that is closed twice" 'add a=b]' \
	"script:1:8: unexpected ']'; quote it as part of a value"
gives "and behind others" 'set [find] a=b]' \
	"script:1:15: unexpected ']'; quote it as part of a value"
gives "something behind a bracket" 'set [find]x a=1' \
	'script:1:11: a blank is missing behind ]'
gives "an unknown escape" 'add a="\\q"' \
	'script:1:8: no such sequence; use \" \\ \$ \? \_ \n \r \t or two upper-case hexadecimal digits but \00'
gives "a NUL" 'add a="\\00"\nadd b=\00001' \
	'script:1:8: no such sequence; use \" \\ \$ \? \_ \n \r \t or two upper-case hexadecimal digits but \00
script:2:7: unexpected octet 0x00'
gives "variables" "add a=\$b" \
	'script:1:7: variables are not supported; write "\$" for a dollar sign'
gives "scripts" ':local a 1\nadd on={ x }' \
	"script:1:1: commands of scripts are not supported, configuration is
script:2:8: unexpected '{'; quote it as part of a value"
gives "! with a value" 'set a !b=c' \
	"script:1:7: ! is followed by a property's name alone"
gives "where, and nothing" 'print where\nfind where' \
	'script:1:12: what is looked for is missing behind where
script:2:11: what is looked for is missing behind where'
gives "an operator without a property" 'print where =1' \
	"script:1:13: a property's name is missing"
deep=$(printf '[%.0s' {1..40})
gives "too deep" "set $deep" 'script:1:21: nested too deeply; at most 16'
long=$(yes 'a or b' | head -n 128 | paste -sd ' ')
check "a condition as long as may be" "$bin/parse_dump" <<<"print where $long"
gives "one that is longer" "print where $long c" \
	'script:1:909: the condition is too long; at most 256 properties'
gives "what follows a mistake is read, on its next line" 'a b={;c\nd' \
	"script:1:5: unexpected '{'; quote it as part of a value
2:1 \"d\""
yes 'a={' | head -n 100 >"$tmp/many"
is "a hundred mistakes: twenty are told" 20 \
	"$("$bin/parse_dump" <"$tmp/many" 2>&1 | wc -l)"

seed=${SITELINK_SEED:-$((1 + $(od -An -N3 -tu4 /dev/urandom)))}
check "mutated scripts (SITELINK_SEED=$seed)" \
	"$bin/parse_fuzz" "${SITELINK_FUZZ:-10}" "$seed" "$tmp"/*.rsc
tap_end
