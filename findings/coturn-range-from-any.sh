#!/usr/bin/env bash
# In coturn a range of denied peers that begins at the unspecified address :: holds every IPv4 address: the relay serves
# nobody over IPv4. One that begins at ::1 and ends at the same place does not, and holds the IPv6 addresses all the same.
#
# coturn 4.6.1-1 of Debian 12, in a network namespace of its own (as root). An unspecified beginning counts as no bound, and of two
# addresses of unlike families the IPv4 one counts as the lower, so that any end of IPv6 lies behind it. The log names that range
# beside the IPv4 address, which looks as if its mapped form were meant: it is not, the range ends before that.
#
#> denied ::1-::fffe:ffff:ffff: peer of IPv4 relayed, loopback of IPv6 forbidden
#> denied ::-::fffe:ffff:ffff: peer of IPv4 forbidden, loopback of IPv6 forbidden
set -euo pipefail
self=$(realpath "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -m 755 "$work/packages"
(
  cd "$work/packages"
  apt-get download -q coturn=4.6.1-1 libevent-core-2.1-7=2.1.12-stable-8+deb12u1 libevent-extra-2.1-7=2.1.12-stable-8+deb12u1 \
    libevent-openssl-2.1-7=2.1.12-stable-8+deb12u1 libevent-pthreads-2.1-7=2.1.12-stable-8+deb12u1 libhiredis0.14=0.14.1-3 \
    libpq5=15.18-0+deb12u1 libmariadb3=1:10.11.19-0+deb12u1 libsqlite3-0=3.40.1-2+deb12u2 libldap-2.5-0=2.5.13+dfsg-5 \
    libsasl2-2=2.1.28+dfsg-10 libgssapi-krb5-2=1.20.1-2+deb12u5 libkrb5-3=1.20.1-2+deb12u5 libk5crypto3=1.20.1-2+deb12u5 \
    libkrb5support0=1.20.1-2+deb12u5 libkeyutils1=1.6.3-2
  for package in *.deb; do dpkg-deb --extract "$package" "$work/root"; done
) >/dev/null 2>&1
cat >"$work/run.sh" <<'RUN'
set -euo pipefail
work=$1
export LD_LIBRARY_PATH=$(echo "$work"/root/usr/lib/*-linux-gnu)
ip link set lo up
ip link add own type veth peer name other
ip link set own up
ip link set other up
ip address add 198.51.100.7/24 dev own
ip -6 address add 2001:db8::7/64 dev own nodad

ask() {
  local said
  said=$(timeout 2 "$work/root/usr/bin/turnutils_uclient" -u any -w any -n 1 -c "${@:2}" -e "$1" -r 3999 198.51.100.7 2>&1) || true
  if [[ $said == *'error 403'* ]]; then echo forbidden; elif [[ $said == *start_mclient* ]]; then echo relayed; else echo "$said"; fi
}

for range in ::1-::fffe:ffff:ffff ::-::fffe:ffff:ffff; do
  "$work/root/usr/bin/turnserver" -n --lt-cred-mech --user any:any --realm any --no-cli --no-tls --no-dtls --userdb "$work/none" \
    --pidfile "$work/pid" --log-file stdout --allow-loopback-peers --denied-peer-ip "$range" >"$work/log" 2>&1 &
  server=$!
  until grep -q 'admin thread' "$work/log"; do sleep 0.1; done
  echo "denied $range: peer of IPv4 $(ask 198.51.100.7), loopback of IPv6 $(ask ::1 -x)"
  kill "$server"
  wait "$server" 2>/dev/null || true
done
RUN
unshare --net bash "$work/run.sh" "$work" | tee >(cat >&2) | diff <(sed -n 's/^#> //p' "$self") -
