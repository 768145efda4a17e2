#!/bin/sh
# Mails an office what ends soon, each notice once: notices.sh FILE ADDRESS MAILER [ARGUMENT …]
#
# FILE keeps the key of the last notice that was mailed; MAILER gets a mail with its head on its input. A mail that was
# not taken is sent again the next time, with what has come since. BITIM is bitim's path, BITIM_OPTIONS its own options.
set -eu
file=$1 address=$2
shift 2
day=${DAY:-$(date +%F)}
# The first time all of today.
[ -s "$file" ] || printf '%s/certificate/90/0\n' "$day" >"$file"
after=$(cat "$file")
ask() { # what bitim has to be told besides; the options are words
  # shellcheck disable=SC2086
  "${BITIM:-bitim}" notices --day "$day" --after "$after" ${BITIM_OPTIONS:-} "$@"
}
# A key has neither comma nor quotation mark. What comes to be known after the first question is told the next time.
rows=$(ask --output csv)
last=$(printf '%s\n' "$rows" | tr -d '\r' | tail -n 1 | cut -d, -f1)
[ "$last" != key ] || exit 0
lines=$(ask)
printf 'To: %s\nSubject: bitim %s\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n%s\n' \
  "$address" "$day" "$lines" | "$@"
printf '%s\n' "$last" >"$file.new"
mv "$file.new" "$file"
