#!/usr/bin/env bash
# diffparser 2.0.1 (npm): a removed line that begins with "-- " begins a new file, and a rename of a name with a space is one of its last words.
#
# Expected: within a hunk the first sign alone tells what a line is, and the header @@ -1,3 +1,3 @@ how many there are (GNU diffutils, "Detailed Unified");
# "rename from old name.txt" names "old name.txt" (git-diff, "extended header lines"). what-the-diff 0.6.0 reads both.
# Seen: "--- old note" (the comment "-- old note" removed) is a file "old note", and both changed lines are missing; the rename is from "new" to "name.txt".
# Matters to: summaries of commits that touch SQL, Lua, Haskell, Ada or YAML separators: files that are none, changes that are missing, no error.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund diffparser@2.0.1 what-the-diff@0.6.0
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
git init -q repo; cd repo
printf 'select 1;\n-- old note\nselect 2;\n' > q.sql; echo words > 'old name.txt'
git add .; git -c user.name=Ann -c user.email=ann@example.net commit -qm one
printf 'select 1;\n++ new\nselect 2;\n' > q.sql; git mv 'old name.txt' 'new name.txt'; git add .
git -c diff.renames=true diff --cached > ../changes.diff; cd ..
cat > run.cjs <<'JS'
const text = require('node:fs').readFileSync('changes.diff', 'utf8');
for (const { from, to, additions, deletions } of require('diffparser')(text)) console.log('diffparser', [from, to, additions, deletions].join(' | '));
for (const { oldPath, newPath, hunks } of require('what-the-diff').parse(text)) {
  const count = (sign) => hunks.flatMap(({ lines }) => lines).filter((line) => line.startsWith(sign)).length;
  console.log('what-the-diff', [oldPath, newPath, count('+'), count('-')].join(' | '));
}
JS
seen=$(node run.cjs); echo "$seen"
diff <(echo "$seen") - <<'SEEN'
diffparser new | name.txt | 0 | 0
diffparser q.sql | q.sql | 0 | 0
diffparser old note | new | 0 | 0
what-the-diff old name.txt | new name.txt | 0 | 0
what-the-diff b/q.sql | b/q.sql | 1 | 1
SEEN
