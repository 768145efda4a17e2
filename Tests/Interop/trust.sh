# Called by scripts/interop with BIN, PYTHON and INTEROP: what is signed and verified, judged by OpenSSL.
set -euo pipefail
passed=0
ok() { passed=$((passed + 1)); echo "ok   $*"; }
fail() { echo "FAIL $*"; exit 1; }
cd "$INTEROP/../.."

swift build --product trust-lab 2>&1 | grep -E "error|complete" >&2
"$PYTHON" "$INTEROP/agent.py" "$BIN/trust-lab" || fail "ssh-agent"
ok "what OpenSSH's agent signs holds for OpenSSL and ssh-keygen; empty, locked, stopped, killed, it is named"
"$PYTHON" "$INTEROP/notes.py" "$BIN/trust-lab" || fail "notes and proofs"
ok "notes, checkpoints and proofs are those of a second writing of C2SP and RFC 9162; what is tampered with is refused"

golden="$(mktemp -d)"
trap 'rm -rf "$golden"' EXIT
"$PYTHON" "$INTEROP/bundle_golden.py" "$golden/bundles" && diff -r "$golden/bundles" Tests/Golden/bundles || fail "golden bundles"
swift build --product bitim 2>&1 | grep -E "error|complete" >&2
"$PYTHON" "$INTEROP/bundle.py" judge "$BIN/bitim" Tests/Golden/bundles/school.vkey Tests/Golden/bundles/*.bitim ||
  fail "bundles"
"$PYTHON" "$INTEROP/bundle.py" judge "$BIN/bitim" Tests/Golden/bundles/disbelieving.vkey \
  Tests/Golden/bundles/{valid,rotated,self-introduced}.bitim || fail "bundles of a stolen key"
ok "bundles of schema/BUNDLE.md are told alike by two verifiers, whole and with each field tampered with"

mkdir "$golden/credentials"
"$PYTHON" "$INTEROP/credential_golden.py" "$golden/credentials" &&
  diff -r "$golden/credentials" Tests/Golden/credentials || fail "golden credentials"
"$PYTHON" "$INTEROP/credential.py" judge Tests/Golden/credentials/*.json || fail "credentials"
ok "credentials hold for cryptography, pyld and openbadgeslib; with any member changed they don't"

for product in bitimd bitim; do swift build --product "$product" 2>&1 | grep -E "error|complete" >&2; done
"$PYTHON" "$INTEROP/signing.py" "$BIN" || fail "signed checkpoints"
ok "bitimd's checkpoints hold for cryptography over the journal's entries; its memory has no seed, no agent stays"

"$PYTHON" "$INTEROP/keys.py" "$BIN" || fail "a key that is rotated"
ok "a key is rotated by two persons: cryptography verifies who introduces whom, and refuses each line changed"

# A hundred thousand verifications by a debug build would take minutes.
swift build -c release --product bench-crypto 2>&1 | grep -E "error|complete" >&2
"$PYTHON" "$INTEROP/ed25519.py" .build/release/bench-crypto 100000 || fail "OpenSSL on Ed25519"
ok "OpenSSL agrees on 100,000 signatures of Ed25519, half of them with a bit flipped"
echo "trust: $passed passed, 0 failed"
