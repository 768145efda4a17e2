# Chromium opens what `bitim publish` makes, from a web server and from the disk. Called by scripts/interop with
# PYTHON, INTEROP, a registrar's profile, tokens and issued.csv in the working folder; the first certificate of that
# list is suspended and has a duplicate, see paper.sh.
set -euo pipefail
passed=0
ok() { passed=$((passed + 1)); echo "ok   $*"; }
fail() { echo "FAIL $*"; exit 1; }

line() { sed -n "$1p" issued.csv | cut -d, -f1-2; }
suspended=$(line 2) valid=$(line 3) revoked=$(line 4)
number=${revoked%%,*}
revoke() { bitim certificate revoke "$number" --reason fraud --token-file tokens/certifier.token "$@" 2>&1; }
bitim publish web --contact 'verify@mediators.example' 2>publish.log || { cat publish.log; fail "publish"; }
grep -q "web: $(($(wc -l <issued.csv) - 1)) answers beside verify.html" publish.log || { cat publish.log; fail "publish"; }
ls -i --time-style=full-iso -l web/answers >before.list
digest=$({ revoke || true; } | grep -oE '[0-9a-f]{32}' | tail -1)
revoke --digest "$digest" >revoke.log || { cat revoke.log; fail "revoke"; }
bitim publish web --contact 'verify@mediators.example' 2>publish.log || { cat publish.log; fail "publish"; }
grep -q " 0 new, 1 changed, 0 taken away" publish.log || { cat publish.log; fail "publish: another change"; }
ls -i --time-style=full-iso -l web/answers >after.list
[ "$(diff before.list after.list | grep -c '^>')" = 1 ] || { diff before.list after.list; fail "publish: more was written"; }
ok "a second publication writes what changed, and that alone"
name=$(printf %s "${valid/,/:}" | sha256sum | cut -d' ' -f1)
"$PYTHON" -c 'import json, sys; assert json.load(open(sys.argv[1]))["answer"]["sheet"]["number"] == sys.argv[2]' \
  "web/answers/$name.json" "${valid%%,*}" || fail "no answer under what sha256sum makes of number and code"
ok "sha256sum of NUMBER:CODE is the name of the answer that Python reads"
[ "$(sed '/id="data"/d' web/verify.html | wc -c)" -lt 60000 ] || fail "verify.html has 60 KB and more without its lists"
papers=$(tail -n +2 issued.csv | cut -d, -f1-2 | sed "s/\$/,valid/; s/^$suspended,valid/$suspended,suspended/; s/^$revoked,valid/$revoked,revoked/")
"$PYTHON" "$INTEROP/status.py" judge db web $papers || fail "status lists"
ok "status lists hold for cryptography and gzip, each place by the journal's salt; with any member changed they don't"
papers=""
for paper in "$valid,valid" "$suspended,suspended" "$revoked,revoked"; do
  standing=${paper##*,} paper=${paper%,*}
  for format in vc openbadge; do
    # A badge knows nothing of suspensions.
    [ "$format $standing" = "openbadge suspended" ] && standing=valid
    bitim certificate credential "${paper%,*}" "${paper#*,}" --format "$format" --to "${paper%,*}.$format.json" \
      2>credential.log || { cat credential.log; fail "credential"; }
    papers="$papers ${paper%,*}.$format.json,$standing"
  done
done
"$PYTHON" "$INTEROP/credential.py" judge ./*.vc.json ./*.openbadge.json || fail "credentials"
"$PYTHON" "$INTEROP/credential.py" standing web $papers || fail "how credentials stand"
ok "credentials of this server hold for cryptography, pyld and openbadgeslib, and stand as the published lists say"
bitim certificate sheet "${valid%%,*}" --folder papers --page https://mediators.example/verify >/dev/null 2>sheet.log ||
  { cat sheet.log; fail "sheet"; }
"$PYTHON" "$INTEROP/publish.py" web "$valid" "$suspended" "$revoked" "papers/${valid%%,*}.pdf" || fail "verify.html"
