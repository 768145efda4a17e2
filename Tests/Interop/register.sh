# Chromium opens the register of mediators that `bitim publish` makes, and Python reads its list. Called by
# scripts/interop with PYTHON, a registrar's profile, tokens and issued.csv in the working folder.
set -euo pipefail
ok() { echo "ok   $*"; }
fail() { echo "FAIL $*"; exit 1; }

# By the digest of what is shown.
stated() {
  local digest
  digest=$({ bitim "$@" 2>&1 || true; } | grep -oE '[0-9a-f]{32}' | tail -1)
  bitim "$@" --digest "$digest"
}

today=$(TZ=Asia/Almaty date +%F)
enter() {
  bitim register apply "$1" --contact '+7 701 000 00 00' --address-kk 'Алматы, Абай даңғылы 1' \
    --address-ru 'Алматы, пр. Абая 1' --field-kk 'отбасылық, мұрагерлік' --field-ru 'семейная, наследственная' \
    --languages-kk 'қазақ, орыс' --languages-ru 'казахский, русский' \
    --paper "identity;045;;Әлия Серікова;$today;" --paper "narcology;;$today;Әлия Серікова;$today;жоқ" \
    --paper "psychoneurology;;$today;Әлия Серікова;$today;жоқ" \
    --paper "criminal_record;7;$today;Әлия Серікова;$today;жоқ" \
    --paper "diploma;ЖБ 0012;2012-06-20;Әлия Серікова;$today;" \
    --paper "certificate;${2%%,*};;Әлия Серікова;$today;"
  stated register enter "$(bitim register applications --output csv 2>/dev/null | sed -n 2p | cut -d, -f1)" \
    --token-file tokens/certifier.token
}
{
  for line in 5 6 7; do
    paper=$(sed -n "${line}p" issued.csv)
    enter "$(printf %s "$paper" | cut -d, -f3 | tr -d "\r")" "$paper"
  done
  bitim register correct M-2026-2 --contact 'медиатор@mediators.example' --why '14-өтініш'
} >register.log 2>&1 || { cat register.log; fail "register"; }
bitim publish register 2>publish.log || { cat publish.log; fail "publish"; }
grep -q 'the register of mediators: 3 in' publish.log || { cat publish.log; fail "publish: another register"; }
ls -i register/register* >before.list
bitim publish register 2>publish.log || { cat publish.log; fail "publish"; }
ls -i register/register* >after.list
cmp -s before.list after.list || fail "what has not changed was written again"
ok "a second publication writes no page of the register"
"$PYTHON" - register/register.csv <<'PY' || fail "Python reads another list"
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8", newline="")))
assert len(rows) == 3 and all(row["certificate"] == "yes" for row in rows), rows
assert [row["contact"] for row in rows].count("медиатор@mediators.example") == 1, rows
assert all("Алматы" in row["address_kk"] and row["name_ru"] and not row["suspended_until"] for row in rows), rows
PY
ok "Python's csv reads the list"
for page in register register-ru; do
  chromium --headless --no-sandbox --disable-gpu --no-pdf-header-footer --user-data-dir="$PWD/chromium" \
    --print-to-pdf="$PWD/$page.pdf" "file://$PWD/register/$page.html" >chromium.log 2>&1 ||
    { cat chromium.log; fail "chromium: $page"; }
  pdftotext -layout "$page.pdf" "$page.txt"
done
grep -q 'Кәсіпқой медиаторлар тізілімі' register.txt && grep -q 'отбасылық, мұрагерлік' register.txt ||
  { cat register.txt; fail "the page in Kazakh"; }
grep -q 'Реестр профессиональных медиаторов' register-ru.txt && grep -q 'семейная, наследственная' register-ru.txt ||
  { cat register-ru.txt; fail "the page in Russian"; }
# The page's own policy lets its style through: without it Chromium would print no card in two columns.
for width in 390 1280; do
  for page in register register-ru; do
    chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$PWD/chromium" \
      --window-size="$width,1400" --screenshot="$PWD/$page-$width.png" "file://$PWD/register/$page.html" \
      >chromium.log 2>&1 || { cat chromium.log; fail "chromium: $page at $width"; }
    if grep -q 'Refused to apply' chromium.log; then cat chromium.log; fail "the policy refuses the page's style"; fi
  done
done
ok "Chromium prints and shows the register in Kazakh and in Russian"
