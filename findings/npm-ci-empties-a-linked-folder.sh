#!/usr/bin/env bash
# `npm ci` in a project whose node_modules is a link empties the folder that the link leads to, the packages of another
# project perhaps, and then puts a folder in the place of the link. `npm install` leaves the other folder alone. Both warn of the
# same, and truly of what they do to the link only: "Removing non-directory".
#
# npm 10.8.2 and 11.6.2; ms 2.1.3. `ci` removes all that stands in node_modules before it installs, and lists it through the
# link, as `readdir` does; only then is the link itself looked at. Two working trees of one repository that share their
# packages by a link so take them from each other as soon as their lock files differ.
#
#> npm 10.8.2, ci: exit 0, warned: yes, the other project has its package: no, the link is a folder now: yes
#> npm 11.6.2, ci: exit 0, warned: yes, the other project has its package: no, the link is a folder now: yes
#> npm 10.8.2, install: exit 0, warned: yes, the other project has its package: yes, the link is a folder now: yes
#> npm 11.6.2, install: exit 0, warned: yes, the other project has its package: yes, the link is a folder now: yes
set -euo pipefail
self=$(realpath "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
quiet=(--no-audit --no-fund --no-update-notifier)
for version in 10.8.2 11.6.2; do
  mkdir "$work/$version"
  npm install "${quiet[@]}" --silent --ignore-scripts --prefix "$work/$version" "npm@$version"
done
yes_if() { "$@" >/dev/null 2>&1 && echo yes || echo no; }

{
  for command in ci install; do
    for version in 10.8.2 11.6.2; do
      npm_cli=$work/$version/node_modules/npm/bin/npm-cli.js
      rm -rf "$work/owner" "$work/guest"
      mkdir "$work/owner" "$work/guest"
      cd "$work/owner"
      printf '{"private":true,"dependencies":{"ms":"2.1.3"}}' >package.json
      node "$npm_cli" install "${quiet[@]}" --silent
      cp package.json package-lock.json "$work/guest"
      cd "$work/guest"
      ln -s "$work/owner/node_modules" node_modules
      code=0
      node "$npm_cli" "$command" "${quiet[@]}" >"$work/output" 2>&1 || code=$?
      warned=$(yes_if grep "warn reify Removing non-directory .*/guest/node_modules" "$work/output")
      there=$(yes_if test -f "$work/owner/node_modules/ms/package.json")
      folder=$([[ -L node_modules ]] && echo no || echo yes)
      echo "npm $version, $command: exit $code, warned: $warned, the other project has its package: $there, the link is a folder now: $folder"
    done
  done
} | tee >(cat >&2) | diff <(sed -n 's/^#> //p' "$self") -
