#!/usr/bin/env bash
# aws-cron-parser 1.1.12 (npm): a schedule for the 31st also runs on the 1st or 3rd of the month after a short one; one for 29 February on 1 March.
#
# Expected: the day of the month of EventBridge's cron is a day that the month has: "0 10 31 * ? *" runs in seven months, "0 0 29 2 ? *" every four years.
# Seen: after 31 January come 3 March, 31 March and 1 May; prev() skips June rightly, so that both directions disagree; prev() of February names 1 March, too.
# Matters to: whoever shows when a schedule runs next: dates are named at which nothing runs.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund aws-cron-parser@1.1.12
cat > run.cjs <<'JS'
const { next, parse, prev } = require('aws-cron-parser');
for (const [text, step, from] of [['0 10 31 * ? *', next, '2026-01-01'], ['0 10 31 * ? *', prev, '2026-07-31'], ['0 0 29 2 ? *', next, '2026-01-01'], ['0 0 29 2 ? *', prev, '2026-12-01']]) {
  const cron = parse(text);
  const days = [];
  for (let at = new Date(from); days.length < 4; days.push(at.toISOString().slice(0, 10))) at = step(cron, at);
  console.log(text, step === next ? 'next' : 'prev', days.join(' '));
}
JS
seen=$(TZ=UTC node run.cjs); echo "$seen"
diff <(echo "$seen") - <<'SEEN'
0 10 31 * ? * next 2026-01-31 2026-03-03 2026-03-31 2026-05-01
0 10 31 * ? * prev 2026-05-31 2026-03-31 2026-01-31 2025-12-31
0 0 29 2 ? * next 2026-03-01 2027-03-01 2028-02-29 2029-03-01
0 0 29 2 ? * prev 2026-03-01 2025-03-01 2024-02-29 2023-03-01
SEEN
