#!/usr/bin/env bash
# ratelimit-header-parser 0.1.0 with express-rate-limit 8.1.0 (npm, both of one house): the headers of the newest draft are read as NaN.
#
# Expected: limit, remaining and reset are read from each of the forms that express-rate-limit can send.
# Seen: "draft-6" and "draft-7" are read; of "draft-8" (structured fields: "default";r=9;t=60) limit and remaining are NaN and the date is invalid, without an error.
# Matters to: clients that wait by these headers: they never wait once a server moves to the newest form.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund express@5.1.0 express-rate-limit@8.1.0 ratelimit-header-parser@0.1.0
cat > run.mjs <<'JS'
import express from 'express';
import { rateLimit } from 'express-rate-limit';
import { parseRateLimit } from 'ratelimit-header-parser';
for (const standardHeaders of ['draft-6', 'draft-7', 'draft-8']) {
  const app = express().use(rateLimit({ windowMs: 60_000, limit: 10, standardHeaders, legacyHeaders: false })).get('/', (_, response) => void response.end());
  const server = app.listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { headers } = await fetch(`http://127.0.0.1:${server.address().port}/`);
  const { limit, remaining, reset } = parseRateLimit(Object.fromEntries(headers)) ?? {};
  console.log(standardHeaders, limit, remaining, Number.isFinite(reset?.getTime()));
  server.close();
}
JS
seen=$(node run.mjs); echo "$seen"
[ "$seen" = 'draft-6 10 9 true
draft-7 10 9 true
draft-8 NaN NaN false' ]
