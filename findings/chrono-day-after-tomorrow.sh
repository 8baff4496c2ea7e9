#!/usr/bin/env bash
# chrono-node 2.10.3 (npm): "the day after tomorrow" in Spanish, French and Portuguese is read as tomorrow.
#
# Expected: two days on, as in English and German, or nothing found where a language does not know the words.
# Seen: the last word alone is found ("mañana", "demain", "amanhã"), and so the date is a day early, without a sign of it. Dutch finds nothing.
# Matters to: whoever enters dates that people gave in words, in a booking or a reminder.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund chrono-node@2.10.3
cat > run.mjs <<'JS'
import * as chrono from 'chrono-node';
const monday = new Date(2026, 2, 2, 12);
for (const [language, words] of [
  ['en', 'the day after tomorrow'], ['de', 'übermorgen'], ['es', 'pasado mañana'], ['fr', 'après-demain'], ['pt', 'depois de amanhã'], ['nl', 'overmorgen'],
]) {
  const [found] = chrono[language].parse(words, monday);
  console.log(language, found ? `${found.text}: ${found.start.get('day') - 2} days on` : 'nothing');
}
JS
seen=$(node run.mjs); echo "$seen"
[ "$seen" = 'en the day after tomorrow: 2 days on
de übermorgen: 2 days on
es mañana: 1 days on
fr demain: 1 days on
pt amanhã: 1 days on
nl nothing' ]
