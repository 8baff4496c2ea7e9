#!/usr/bin/env bash
# parse-diff 0.12.0 and gitdiff-parser 0.3.1 (npm): a file that a merge changed (git show of a merge, "diff --cc") has no changes, or is not there.
#
# Expected: the lines of a combined diff, or an error that it is not understood.
# Seen: parse-diff names the file with 0 additions and 0 deletions, gitdiff-parser answers an empty list; what-the-diff 0.6.0 reads it.
# Matters to: summaries of what a commit changed: a merge that changed a file by hand counts as changing nothing.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund parse-diff@0.12.0 gitdiff-parser@0.3.1 what-the-diff@0.6.0
git init -q repo; cd repo
git config user.name Somebody; git config user.email somebody@example.org
printf 'one\ntwo\nthree\n' > list.txt; git add .; git commit -qm one
git checkout -qb other; printf 'one\nours\nthree\n' > list.txt; git commit -qam other
git checkout -q -; printf 'one\ntheirs\nthree\n' > list.txt; git commit -qam this
git merge -q other >/dev/null 2>&1 || true
printf 'one\nmerged\nthree\n' > list.txt; git commit -qam merged
git show --format= HEAD > ../merge.diff; cd ..
cat > run.cjs <<'JS'
const text = require('node:fs').readFileSync('merge.diff', 'utf8');
console.log('parse-diff', JSON.stringify(require('parse-diff')(text).map(({ to, additions, deletions }) => ({ to, additions, deletions }))));
console.log('gitdiff-parser', JSON.stringify(require('gitdiff-parser').parse(text)));
console.log('what-the-diff', require('what-the-diff').parse(text).map(({ filePath, hunks }) => `${filePath} ${hunks[0].lines.length} lines`).join());
JS
seen=$(node run.cjs); echo "$seen"
[ "$seen" = 'parse-diff [{"to":"list.txt","additions":0,"deletions":0}]
gitdiff-parser []
what-the-diff list.txt 5 lines' ]
