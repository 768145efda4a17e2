# Chromium prints the office's pages and poppler reads them. Called by scripts/interop with a registrar's profile and
# tokens in the working folder, when all results of session S-014 are confirmed and its cohort has certificates.
set -euo pipefail
passed=0
ok() { passed=$((passed + 1)); echo "ok   $*"; }
fail() { echo "FAIL $*"; exit 1; }

# Prints a page as a reader of a language would, and says what is on it.
printed() {
  local file=$1 language=$2
  shift 2
  bitim "$@" --language "$language" --to "office/$file.html" >office.log 2>&1 || { cat office.log; fail "$*"; }
  chromium --headless --no-sandbox --disable-gpu --no-pdf-header-footer --user-data-dir="$PWD/chromium" \
    --print-to-pdf="$PWD/office/$file.pdf" "file://$PWD/office/$file.html" >chromium.log 2>&1 ||
    { cat chromium.log; fail "chromium: $file"; }
  pdftotext -layout "office/$file.pdf" "office/$file.txt"
}
# How many sheets of A4 a page has; lying or standing.
sheets() {
  pdfinfo "$1" | grep -qE "^Page size: +(594\.9[0-9]* x 841\.9[0-9]*|841\.9[0-9]* x 594\.9[0-9]*|595.* x 84.*|84.* x 595.*) pts" ||
    { pdfinfo "$1"; fail "$1 is not A4"; }
  pdfinfo "$1" | sed -n 's/^Pages: *//p'
}
has() { grep -qF -- "$2" "office/$1.txt" || { cat "office/$1.txt"; fail "$1 does not say: $2"; }; }

mkdir -p office
for language in kk ru en; do
  printed "sign-in-$language" "$language" session sign-in S-014
  printed "protocol-$language" "$language" session protocol S-014
  printed "register-$language" "$language" cohort register P1-ALA-01
  printed "issued-$language" "$language" report issued --cohort P1-ALA-01 --format html
  for page in sign-in protocol register issued; do sheets "office/$page-$language.pdf" >/dev/null; done
done
has sign-in-kk 'Үміткерлердің қол қою парағы'
has sign-in-kk 'Әбілов Ғалым Әлиханұлы'
has protocol-ru 'Протокол заседания комиссии, № 14'
has protocol-en 'All recorded results are confirmed by the chair.'
has register-kk 'P1-ALA-01 тобының сабақ журналы'
has issued-kk 'Берілген сертификаттар тізбесі'
ok "Chromium prints the office's pages on A4 in three languages, and poppler reads their Kazakh"
# Marks of this session lie between 41 and 90; a page that candidates sign has no such number but in P-NN-NN and days.
sed -E 's/P-[0-9]+-[0-9]+//; s/2026//; s/S-014//' office/sign-in-en.txt | grep -qwE '(4[1-9]|[5-8][0-9]|90)' &&
  { cat office/sign-in-en.txt; fail "a result on what candidates sign"; }
grep -qiE 'passed|failed|absent' office/sign-in-en.txt && fail "an outcome on what candidates sign"
ok "no result stands on what candidates sign"
# A long list: every sheet has the head again, and no row is lost.
python3 - office/sign-in-kk.html office/long.html <<'PY'
import re, sys
text = open(sys.argv[1], encoding="utf-8").read()
row = re.search(r"<tr><td.*?</tr>\n", text, re.S).group()
rows = "".join(row.replace("Әбілова Әйгерім", f"Тұңғышбаева-Қожахметова Мөлдірсұлтан Нұрғазытөлегенжанқызы {n}-інші")
               for n in range(1, 121))
open(sys.argv[2], "w", encoding="utf-8").write(re.sub(r"<tbody>.*?</tbody>", lambda _: f"<tbody>{rows}</tbody>", text, flags=re.S))
PY
chromium --headless --no-sandbox --disable-gpu --no-pdf-header-footer --user-data-dir="$PWD/chromium" \
  --print-to-pdf="$PWD/office/long.pdf" "file://$PWD/office/long.html" >chromium.log 2>&1 || fail "chromium: long"
count=$(sheets office/long.pdf)
pdftotext -layout office/long.pdf office/long.txt
[ "$count" -ge 4 ] || fail "120 long names on $count sheets"
[ "$(grep -c 'Тегі, аты, әкесінің аты' office/long.txt)" -ge $((count - 1)) ] || fail "the head is not on every sheet"
for n in 1 60 120; do has long "$n-інші"; done
ok "120 long names wrap and go on over $count sheets, each with the table's head"
echo "office: $passed checks"
