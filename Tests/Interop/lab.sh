#!/usr/bin/env bash
# The protocol, judged by other people's programs and by peers of our own in other languages; run by
# scripts/interop. Wants BIN, PYTHON, GO, SCHEMA in the environment.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/bitim-lab.XXXXXX")
pids=()
trap 'for p in "${pids[@]}"; do kill "$p" 2>/dev/null || true; done; wait 2>/dev/null || true; rm -rf "$work"' EXIT
passed=0
ok() { passed=$((passed + 1)); echo "ok   $*"; }
fail() { echo "FAIL $*"; exit 1; }
# Runs a trial of many lines; shows them only when one of them fails.
all() {
  local what=$1
  shift
  timeout 120 "$@" >"$work/out" 2>&1 || { cat "$work/out"; fail "$what"; }
  if grep -q '^FAIL' "$work/out"; then cat "$work/out"; fail "$what"; fi
  ok "$what ($(grep -c '^ok' "$work/out") trials)"
}
# Runs a command that must fail, and must say so in these words.
refused() {
  local what=$1 words=$2
  shift 2
  if timeout 60 "$@" >"$work/out" 2>&1; then cat "$work/out"; fail "$what: it succeeded"; fi
  grep -qi -- "$words" "$work/out" || { cat "$work/out"; fail "$what: it does not say '$words'"; }
  ok "$what: $(grep -im1 -- "$words" "$work/out" | cut -c1-110)"
}
# Waits for a file, a second at most each time it is asked for.
await() {
  for _ in $(seq 100); do
    [ -e "$1" ] && return
    read -rt 0.1 <> <(:) || true
  done
  fail "$1 does not appear"
}
cd "$work"
(cd "$SCHEMA" && protoc -I. -I"$SCHEMA/vectors/lab" --include_imports --descriptor_set_out="$work/lab.pb" \
  bitim/rpc/v1/connection.proto ttrpc/envelope.proto vectors/lab/lab.proto)

# 1. Our two ends against each other.
"$BIN/rpc-lab" serve --listen "unix://$work/lab" >lab.log &
pids+=($!)
await lab
all "rpc-lab at both ends, extended" "$BIN/rpc-lab" client --connect "unix://$work/lab"
all "rpc-lab at both ends, plain ttrpc" "$BIN/rpc-lab" client --connect "unix://$work/lab" --plain

# 2. Python's protobuf and a socket, in both directions.
all "Python's client, plain ttrpc" "$PYTHON" "$here/lab_peer.py" client "$work/lab" lab.pb
all "Python's client, extended" "$PYTHON" "$here/lab_peer.py" client "$work/lab" lab.pb --extended
"$PYTHON" "$here/lab_peer.py" serve "$work/python" lab.pb >python.log &
pids+=($!)
await python
all "our client of Python's server" "$BIN/rpc-lab" client --connect "unix://$work/python"

# 3. Debian's stock Go ttrpc server, with a descriptor set in the place of reflection.
mkdir -p go
GOPATH=/usr/share/gocode GO111MODULE=off GOFLAGS= GOCACHE="$work/go" "$GO" build -o go/server "$here/labserver.go" ||
  fail "go build: apt-get install golang-go golang-github-containerd-ttrpc-dev"
go/server "$work/gosock" &
pids+=($!)
await gosock
rpc=("$BIN/bitim-rpc" --server "unix://$work/gosock" --descriptors lab.pb)
[ "$("${rpc[@]}" call lab.v1.Lab/Echo -d '"Өзен"')" = '"Өзен"' ] || fail "Go's server: Echo"
[ "$("${rpc[@]}" call lab.v1.Lab/Meta -H k:v)" = '"deadline=true;k=v;"' ] || fail "Go's server: Meta"
status=0
"${rpc[@]}" call lab.v1.Lab/Fail -d '"9:not now"' 2>go.err || status=$?
[ "$status" = 73 ] && grep -q "FAILED_PRECONDITION: not now" go.err || { cat go.err; fail "Go's server: Fail"; }
status=0
"${rpc[@]}" call lab.v1.Lab/Sleep -d '"5s"' --timeout 0.2 2>go.err || status=$?
[ "$status" = 68 ] || { cat go.err; fail "Go's server: Sleep"; }
refused "a stock server that describes nothing" "descriptors" "$BIN/bitim-rpc" --server "unix://$work/gosock" list
ok "bitim-rpc calls Debian's Go ttrpc server: answers, metadata, errors, deadlines"

# 4. OpenSSH carries the frames to the Unix socket.
ssh-keygen -q -t ed25519 -N '' -f host
ssh-keygen -q -t ed25519 -N '' -f key
port=$("$PYTHON" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
echo "restrict,command=\"$BIN/bitimd bridge --listen unix://$work/lab\" $(cat key.pub)" >authorized
cat >sshd_config <<CONFIG
Port $port
ListenAddress 127.0.0.1
HostKey $work/host
AuthorizedKeysFile $work/authorized
PidFile $work/sshd.pid
StrictModes no
UsePAM no
PasswordAuthentication no
CONFIG
mkdir -p /run/sshd 2>/dev/null || true
/usr/sbin/sshd -D -f sshd_config -E sshd.log &
pids+=($!)
await sshd.pid
mkdir sshbin
# The client's own words for ssh stay as they are; where its keys are is the test's business.
cat >sshbin/ssh <<WRAP
#!/bin/sh
exec /usr/bin/ssh -F none -i "$work/\${LAB_KEY:-key}" -o IdentitiesOnly=yes -o UserKnownHostsFile="$work/known" "\$@"
WRAP
chmod +x sshbin/ssh
echo "[127.0.0.1]:$port $(cut -d' ' -f1,2 host.pub)" >known
me=$(id -un)
PATH="$work/sshbin:$PATH" all "rpc-lab through OpenSSH: every octet value, 32 MiB both ways" \
  "$BIN/rpc-lab" client --connect "ssh://$me@127.0.0.1:$port"
ssh-keygen -q -t ed25519 -N '' -f stranger
rpc=(env "PATH=$work/sshbin:$PATH" "$BIN/bitim-rpc")
refused "a key that sshd does not know" "permission denied" \
  env LAB_KEY=stranger "${rpc[@]}" --server "ssh://$me@127.0.0.1:$port" list
refused "an sshd that is not there" "refused" "${rpc[@]}" --server "ssh://$me@127.0.0.1:1" list

# 5. TLS by HAProxy in front, by openssl at the client's end.
certify() { # NAME AUTHORITY
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -out "$1.csr" -subj "/CN=$1" 2>/dev/null
  openssl x509 -req -in "$1.csr" -CA "$2.crt" -CAkey "$2.key" -days 2 -out "$1.crt" \
    -extfile <(echo "subjectAltName=DNS:$1,IP:127.0.0.1") 2>/dev/null
}
for authority in ca other; do
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout $authority.key -out $authority.crt \
    -days 2 -subj "/CN=$authority" 2>/dev/null
done
certify registry.test ca
cat registry.test.crt registry.test.key >haproxy.pem
ports() { "$PYTHON" -c 'import socket; l = [socket.socket() for _ in range(3)]; [s.bind(("127.0.0.1", 0)) for s in l]; print(*[s.getsockname()[1] for s in l])'; }
read -r tls dead registry <<<"$(ports)"
"$BIN/bitimd" init --database db --name-kk 'Мектеп' --name-ru 'Школа' --name-en School --region Алматы \
  --entitled-from 2020-01-01 --entitled-by '№ 7' --administrator 'Әбенова Гүлнәр' --born 1980-05-02 >/dev/null
"$BIN/bitimd" serve --database db --listen "unix://$work/registry" --terminators "$(id -u)" 2>bitimd.log &
pids+=($!)
await registry
cat >haproxy.cfg <<CONFIG
defaults
  mode tcp
  timeout connect 5s
  timeout client 30s
  timeout server 30s
frontend lab
  bind 127.0.0.1:$tls ssl crt $work/haproxy.pem ssl-min-ver TLSv1.3
  default_backend lab
backend lab
  server lab unix@$work/lab
frontend dead
  bind 127.0.0.1:$dead ssl crt $work/haproxy.pem ssl-min-ver TLSv1.3
  default_backend dead
backend dead
  server dead unix@$work/nobody
frontend registry
  bind 127.0.0.1:$registry ssl crt $work/haproxy.pem ssl-min-ver TLSv1.3
  default_backend registry
backend registry
  server registry unix@$work/registry send-proxy-v2
CONFIG
haproxy -f haproxy.cfg -db >haproxy.log 2>&1 &
pids+=($!)
for _ in $(seq 100); do
  openssl s_client -connect "127.0.0.1:$tls" </dev/null >/dev/null 2>&1 && break
  read -rt 0.1 <> <(:) || true
done
at="ca=$work/ca.crt&name=registry.test"
all "rpc-lab through TLS: every octet value, 32 MiB both ways" \
  "$BIN/rpc-lab" client --connect "tls://127.0.0.1:$tls?$at"
[ "$("$BIN/bitim-rpc" --server "tls://127.0.0.1:$registry?$at" call grpc.health.v1.Health/Check)" = '{"status":"SERVING"}' ] ||
  fail "bitimd behind HAProxy with PROXY protocol v2"
ok "bitimd behind HAProxy with PROXY protocol v2 answers over TLS"
rpc=("$BIN/bitim-rpc")
refused "a certificate of another authority" "verify" "${rpc[@]}" --server "tls://127.0.0.1:$tls?ca=$work/other.crt&name=registry.test" list
refused "a certificate for another name" "verify\|mismatch" "${rpc[@]}" --server "tls://127.0.0.1:$tls?ca=$work/ca.crt&name=elsewhere.test" list
refused "a service that is not there behind its terminator" "closed the connection" "${rpc[@]}" --server "tls://127.0.0.1:$dead?$at" list
refused "a terminator that is not there" "connect\|refused" "${rpc[@]}" --server "tls://127.0.0.1:1?$at" list
echo "lab: $passed passed, 0 failed"
