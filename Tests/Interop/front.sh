#!/usr/bin/env bash
# What stands around bitimd in examples/, run as it stands there but for places, ports and, where nobody may become
# another, users; run by scripts/interop. Wants BIN and PYTHON in the environment.
set -euo pipefail
examples=$(cd "$(dirname "$0")/../../examples" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/bitim-front.XXXXXX")
pids=()
trap 'for p in "${pids[@]}"; do kill "$p" 2>/dev/null || true; done; wait 2>/dev/null || true; rm -rf "$work"' EXIT
passed=0
ok() { passed=$((passed + 1)); echo "ok   $*"; }
fail() { echo "FAIL $*"; exit 1; }
# Asks until it is so, ten seconds at most.
until_true() {
  for _ in $(seq 100); do
    "$@" >/dev/null 2>&1 && return
    read -rt 0.1 <> <(:) || true
  done
  return 1
}
cd "$work"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout bitim.key -out bitim.crt -days 2 \
  -subj /CN=registry.test -addext 'subjectAltName=DNS:registry.test' 2>/dev/null
cat bitim.crt bitim.key >bitim.pem
read -r haproxy stunnel stunnel_v1 <<<"$("$PYTHON" -c 'import socket
l = [socket.socket() for _ in range(3)]
[s.bind(("127.0.0.1", 0)) for s in l]
print(*[s.getsockname()[1] for s in l])')"

# 1. A server of its own user and group, whose folders are as the unit makes them. The numbers are of nobody.
as=()
terminators=$(id -u)
change() { sed -E '/^ *(user|group|setuid|setgid)[ =]/d' "$1"; }
if [ "$(id -u)" = 0 ]; then
  as=(setpriv --reuid 64997 --regid 64998 --clear-groups)
  terminators="$(id -u haproxy),$(id -u stunnel4)"
  # A group that no file names is a number: `gid` in HAProxy, `setgid` in stunnel.
  change() { sed -E 's/^( *)group bitim$/\1gid 64998/; s/^setgid = bitim$/setgid = 64998/' "$1"; }
fi
chmod 0711 "$work"
mkdir -m 0755 bin
cp "$BIN/bitimd" "$BIN/bitim" bin/
mkdir -m 0700 lib copy
mkdir -m 0750 run
[ "$(id -u)" != 0 ] || chown 64997:64998 lib run copy
"${as[@]}" bin/bitimd init --database lib/school.db --name-kk 'Мектеп' --name-ru 'Школа' --name-en School \
  --region Алматы --entitled-from 2020-01-01 --entitled-by '№ 7' --administrator 'Әбенова Гүлнәр' --born 1980-05-02 \
  --token-file lib/copy.token >/dev/null
serve() { # TERMINATORS
  "${as[@]}" bin/bitimd serve --database lib/school.db --listen "unix://$work/run/bitim.sock" --terminators "$1" \
    2>>bitimd.log &
  server=$!
  pids+=("$server")
  until_true test -S run/bitim.sock || { cat bitimd.log; fail "bitimd serve"; }
}
serve "$terminators"
probe() { # PORT
  [ "$("$BIN/bitim-rpc" --server "tls://127.0.0.1:$1?ca=$work/bitim.crt&name=registry.test" --timeout 5 \
    call grpc.health.v1.Health/Check)" = '{"status":"SERVING"}' ]
}

# 2. HAProxy with examples/haproxy.cfg reaches the socket by the group alone, and says who calls.
change "$examples/haproxy.cfg" |
  sed "s,/etc/haproxy/,$work/,; s,/run/bitim/,$work/run/,; s,:::7443 v4v6,127.0.0.1:$haproxy," >haproxy.cfg
haproxy -c -q -f haproxy.cfg || fail "haproxy -c: examples/haproxy.cfg"
haproxy -f haproxy.cfg -db >haproxy.log 2>&1 &
pids+=($!)
until_true probe "$haproxy" || { cat haproxy.log bitimd.log; fail "bitimd behind examples/haproxy.cfg"; }
if grep -q proxy-header-refused bitimd.log; then cat bitimd.log; fail "examples/haproxy.cfg: no PROXY v2 header"; fi
ok "bitimd behind HAProxy with examples/haproxy.cfg answers over TLS"

# 3. The same with Debian's own group: it does not connect, and what OPERATIONS says of it is so.
if [ "$(id -u)" = 0 ]; then
  sed -E "s/^( *)gid 64998/\1group haproxy/; s/:$haproxy /:$stunnel_v1 /" haproxy.cfg >debian.cfg
  haproxy -f debian.cfg -db >debian.log 2>&1 &
  debian=$!
  until_true bash -c "exec 3<>/dev/tcp/127.0.0.1/$stunnel_v1" || fail "HAProxy of another group does not start"
  if probe "$stunnel_v1" 2>/dev/null; then fail "HAProxy of another group reaches the socket"; fi
  kill "$debian"
  wait "$debian" 2>/dev/null || true
  ok "HAProxy of another group does not reach the socket"
fi

# 4. stunnel with PROXY v1, which is all it has, is refused in words; with examples/stunnel.conf it is let through.
stunnel_conf() { # PORT
  change "$examples/stunnel.conf" |
    sed "s,/etc/stunnel/,$work/,; s,/run/bitim/,$work/run/,; s,:::7443,127.0.0.1:$1,"
}
{ stunnel_conf "$stunnel_v1"; echo "protocol = proxy"; } >v1.conf
stunnel4 v1.conf >v1.log 2>&1 &
pids+=($!)
until_true bash -c "exec 3<>/dev/tcp/127.0.0.1/$stunnel_v1" || { cat v1.log; fail "stunnel does not start"; }
if probe "$stunnel_v1" 2>/dev/null; then fail "PROXY v1 is taken"; fi
grep -q proxy-header-refused bitimd.log || { cat v1.log bitimd.log; fail "PROXY v1 is refused without a word"; }
ok "stunnel's PROXY v1 is refused: $(grep -m1 -o 'proxy-header-refused.*' bitimd.log | cut -c1-100)"
kill "$server"
wait "$server" 2>/dev/null || true
serve "$([ "$(id -u)" = 0 ] && id -u haproxy || echo 64996)"
stunnel_conf "$stunnel" >stunnel.conf
stunnel4 stunnel.conf >stunnel.log 2>&1 &
pids+=($!)
until_true probe "$stunnel" || { cat stunnel.log bitimd.log; fail "bitimd behind examples/stunnel.conf"; }
ok "bitimd behind stunnel with examples/stunnel.conf answers over TLS"

# 5. The commands of the units, word by word: the second copy, and a backup that lets the old ones go.
commands() { # UNIT
  sed -e ':a' -e '/\\$/{N; s/\\\n *//; ta' -e '}' "$examples/$1" | sed -n 's/^ExecStart=//p' |
    sed "s,/usr/local/bin/,$work/bin/,; s,/var/lib/bitim,$work/lib,g; s,/run/bitim/,$work/run/," |
    sed "s,/mnt/other-disk,$work/copy,"
}
export XDG_CONFIG_HOME="$work/none" BITIM_LANGUAGE=en
mkdir -m 0700 lib/backups
for day in 31 29; do touch -d "-$day days" "lib/backups/bitim-$day.db"; done
touch -d '-90 days' lib/backups/mine.txt
[ "$(id -u)" != 0 ] || chown -R 64997:64998 lib/backups
[ "$(commands bitim-backup.service | wc -l)" = 2 ] || fail "bitim-backup.service has other commands"
commands bitim-backup.service | while read -r line; do "${as[@]}" bash -c "$line" >>backup.log 2>&1 </dev/null; done ||
  { cat backup.log; fail "bitim-backup.service"; }
[ "$(LC_ALL=C ls lib/backups | sed 's/bitim-2[0-9]*T.*/new/' | tr '\n' ' ')" = 'new bitim-29.db mine.txt ' ] ||
  { ls lib/backups; fail "bitim-backup.service keeps other files"; }
ok "the commands of bitim-backup.service make a backup, and remove what is older than thirty days"
"${as[@]}" bash -c "exec $(commands bitim-follow.service)" >follow.log 2>&1 &
pids+=($!)
until_true test -s copy/bitim/acts.bitim || { cat follow.log; fail "bitim-follow.service"; }
ok "the command of bitim-follow.service keeps a second copy"
echo "front: $passed passed, 0 failed"
