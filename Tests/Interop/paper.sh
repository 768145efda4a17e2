# Other people's programs read what `bitim certificate sheet` makes. Called by scripts/interop with NUMBER, CODE,
# PYTHON, INTEROP, a registrar's profile, and tokens in the working folder.
set -euo pipefail
passed=0
ok() { passed=$((passed + 1)); echo "ok   $*"; }
fail() { echo "FAIL $*"; exit 1; }
page=https://mediators.example/verify
sheet() { bitim certificate sheet "$NUMBER" --page "$page" "$@" >/dev/null; }

# A picture of each page of a PDF, as grey octets.
pictures() { pdftoppm -r "$1" -gray "$2" "$3"; }

judged() {
  local folder=$1 pdf=$1/$NUMBER.pdf html=$1/$NUMBER.html
  qpdf --check "$pdf" >qpdf.log 2>&1 || { cat qpdf.log; fail "qpdf: $folder"; }
  grep -qi warning qpdf.log && { cat qpdf.log; fail "qpdf warns: $folder"; }
  pdffonts "$pdf" | sed 1,2d >fonts.list
  [ "$(wc -l <fonts.list)" -ge 5 ] || { cat fonts.list; fail "pdffonts: too few faces"; }
  if grep -vE 'CID TrueType +Identity-H +yes yes yes ' fonts.list; then fail "pdffonts: a face is not embedded"; fi
  pdfinfo "$pdf" | grep -qE '^Page size: +841\.89 x 595\.28 pts \(A4\)' || fail "pdfinfo: not A4: $folder"
  pdfinfo -struct-text "$pdf" >struct.txt
  pdftotext "$pdf" text.txt
  bitim certificate show "$NUMBER" --output json >shown.json
  "$PYTHON" "$INTEROP/paper.py" texts "$html" struct.txt text.txt shown.json || fail "texts: $folder"
  chromium --headless --no-sandbox --disable-gpu --no-pdf-header-footer --user-data-dir="$PWD/chromium" \
    --print-to-pdf="$PWD/chromium.pdf" "file://$PWD/$html" >chromium.log 2>&1 || { cat chromium.log; fail "chromium"; }
  pictures 60 "$pdf" ours
  pictures 60 chromium.pdf theirs
  "$PYTHON" "$INTEROP/paper.py" pictures ours theirs || fail "pictures: $folder"
}

sheet --folder made
sheet --folder made --format html
judged made
ok "qpdf, poppler and Chromium read a paper: faces embedded, texts equal and in order, PDF and page one picture"
for dpi in 150 300 600; do
  pdftoppm -r "$dpi" -f 1 -l 1 -mono "made/$NUMBER.pdf" "code-$dpi"
  [ "$(zbarimg --raw -q code-"$dpi"-1.pbm)" = "$page#$NUMBER.$CODE" ] || fail "zbar at $dpi dpi"
done
ok "zbar reads the QR code of the page in black and white at 150, 300 and 600 dpi"
sheet --folder again
cmp "made/$NUMBER.pdf" "again/$NUMBER.pdf" || fail "another paper the second time"
sheet --folder english --second en
sheet --folder english --second en --format html
judged english
ok "they read it beside English too"
bitim certificate duplicate "$NUMBER" --reason lost >duplicate.log 2>&1 || { cat duplicate.log; fail "duplicate"; }
suspend() { bitim certificate suspend "$NUMBER" --ground investigation --token-file tokens/certifier.token "$@" 2>&1; }
digest=$({ suspend || true; } | grep -oE '[0-9a-f]{32}' | tail -1)
suspend --digest "$digest" >suspend.log || { cat suspend.log; fail "suspend"; }
sheet --folder suspended
sheet --folder suspended --format html
judged suspended
for words in 'ТЕЛНҰСҚА № 1 · ДУБЛИКАТ № 1' 'ҚОЛДАНЫЛУЫ ТОҚТАТЫЛА ТҰРДЫ' 'ДЕЙСТВИЕ ПРИОСТАНОВЛЕНО'; do
  grep -qF "\"$words\"" struct.txt || { cat struct.txt; fail "not on the paper: $words"; }
done
ok "they read on a duplicate of a suspended one that it is both"

# A cohort in one file: a certificate is two pages, its front one.
together() { bitim certificate sheet --cohort P1-ALA-01 --page "$page" "$@"; }
together --zip cohort.zip --output csv >cohort.csv 2>/dev/null || fail "--zip"
together --zip cohort-again.zip >/dev/null 2>&1 && cmp cohort.zip cohort-again.zip || fail "another ZIP file the second time"
unzip -tqq cohort.zip || fail "unzip -t"
sed 1d cohort.csv | cut -d, -f1 >cohort.numbers
unzip -Z1 cohort.zip | sed 's/[.]pdf$//' | cmp - cohort.numbers || fail "unzip: other members, or another order"
unzip -q cohort.zip -d members
bitim certificate sheet $(cat cohort.numbers) --page "$page" --folder alone >/dev/null
diff -r members alone || fail "a member is another paper than the one alone"
ok "unzip takes a cohort's papers in one file: each as it is alone, in the order that was told, the same each time"
pages() { pdfinfo "$1" | sed -n 's/^Pages: *//p'; }
count=$(wc -l <cohort.numbers)
together --one-pdf cohort.pdf >/dev/null
together --one-pdf fronts.pdf --front-only --from 3 --offset 3,-2 >/dev/null
for file in cohort.pdf fronts.pdf; do
  qpdf --check "$file" >qpdf.log 2>&1 || { cat qpdf.log; fail "qpdf: $file"; }
  grep -qi warning qpdf.log && { cat qpdf.log; fail "qpdf warns: $file"; }
done
[ "$(pages cohort.pdf) $(pages fronts.pdf)" = "$((2 * count)) $((count - 2))" ] || fail "pdfinfo: other pages"
pdfinfo -struct-text cohort.pdf | grep -cE '^  Sect' | grep -qx "$count" || fail "pdfinfo: other sections"
pictures 60 cohort.pdf cohort
pictures 60 "members/$(sed -n 2p cohort.numbers).pdf" second
for place in 1 2; do
  first=$(printf "%0$(printf %s "$((2 * count))" | wc -c)d" $((place + 2)))
  cmp "cohort-$first.pgm" "second-$place.pgm" || fail "a page of many is another picture than alone"
done
for dpi in 150 300; do
  pdftoppm -r "$dpi" -f 1 -l 1 -mono fronts.pdf moved
  zbarimg --raw -q moved-*.pbm | grep -q "^$page#$(sed -n 3p cohort.numbers)[.]" || fail "zbar: a sheet that was moved"
  rm moved-*.pbm
done
ok "qpdf and poppler take it as one PDF: pages, sections and pictures as they are alone; from the third on, moved"
