#!/usr/bin/env bash
# codeowners-utils 1.0.2, codeowners 5.1.1, @snyk/github-codeowners 1.1.0 (npm): docs/* owns nested files too; words of a comment are owners, or an error.
#
# Expected: GitHub's own example: "docs/*" matches docs/getting-started.md "but not further nested files like docs/build-app/troubleshooting.md";
# "*.js @js-owner #This is an inline comment." has one owner.
# Seen: the first two give the nested file to the owner of docs/* (the third does not); codeowners lists "#This", "is", "an" among the owners of a script,
# and the third refuses the whole file for its comment; codeowners-utils reads the comment.
# Matters to: bots that ask for reviews: the wrong team is asked, and people who have the name of a word.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund --ignore-scripts codeowners-utils@1.0.2 codeowners@5.1.1 @snyk/github-codeowners@1.1.0
git init -q .
cat > run.cjs <<'JS'
const { writeFileSync } = require('node:fs');
const Codeowners = require('codeowners');
const utils = require('codeowners-utils');
const { OwnershipEngine } = require('@snyk/github-codeowners/dist/lib/ownership');
console.error = () => {};
const readers = {
  'codeowners-utils': (text, file) => utils.matchFile(file, utils.parse(text)).owners,
  codeowners: (_, file) => new Codeowners(process.cwd()).getOwner(file),
  '@snyk/github-codeowners': (_, file) => OwnershipEngine.FromCodeownersFile(`${process.cwd()}/CODEOWNERS`).calcFileOwnership(file),
};
for (const [line, file] of [['docs/* @docs', 'docs/build-app/troubleshooting.md'], ['*.js @js-owner #This is an inline comment.', 'app.js']]) {
  const text = `* @all\n${line}\n`;
  writeFileSync('CODEOWNERS', text);
  for (const [name, read] of Object.entries(readers)) {
    try { console.log(file, name, read(text, file).join()); } catch (error) { console.log(file, name, error.message); }
  }
}
JS
seen=$(node run.cjs 2>/dev/null); echo "$seen"
diff <(echo "$seen") - <<'SEEN'
docs/build-app/troubleshooting.md codeowners-utils @docs
docs/build-app/troubleshooting.md codeowners @docs
docs/build-app/troubleshooting.md @snyk/github-codeowners @all
app.js codeowners-utils @js-owner
app.js codeowners @js-owner,#This,is,an,inline,comment.
app.js @snyk/github-codeowners #This is not a valid owner name in rule *.js @js-owner #This is an inline comment.
SEEN
