#!/usr/bin/env bash
# nanotar 0.3.0 (npm): a path of more than 100 bytes is cut when it is written, and read without its first folders from what "git archive" writes.
#
# Expected: the path as git and tar list it: the header's prefix field, a slash and its name field (ustar, 1988).
# Seen: the name field alone: app/ and the long folder are gone, the file stands at another place, without an error. createTar keeps the first 100 bytes of a name, so that the file has another one.
# Matters to: archives of a repository that are unpacked in a browser or a worker: files of deep folders land at the top, where two of them can meet.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund nanotar@0.3.0
deep=packages/$(printf 'd%.0s' {1..60})/$(printf 'e%.0s' {1..40})
git init -q repo; mkdir -p "repo/$deep"; echo deep > "repo/$deep/index.js"; echo top > repo/index.js; git -C repo add .
git -C repo -c user.name=Somebody -c user.email=somebody@example.org commit -qm one; git -C repo archive --prefix=app/ -o ../app.tar HEAD
cat > run.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { createTar, parseTar } from 'nanotar';
for (const { name, type, text } of parseTar(readFileSync('app.tar'))) if (type === 'file') console.log(name.replace(/([de])\1+/g, '$1…'), text.trim());
console.log(parseTar(createTar([{ name: `${'deep/'.repeat(25)}index.js`, data: 'x' }]))[0].name.length);
JS
seen=$(node run.mjs; echo; tar tf app.tar | grep js | sed -E 's/d{9,}/d…/; s/e{9,}/e…/'); echo "$seen"
diff <(echo "$seen") - <<'SEEN'
app/index.js top
index.js deep
100

app/index.js
app/packages/d…/e…/index.js
SEEN
