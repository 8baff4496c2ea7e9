#!/usr/bin/env bash
# git-url-parse 16.1.0 (npm): the address of a pull request is read as a repository named by its number; a branch page of Forgejo as the branch "branch".
#
# Expected: owner "octo", name "app" for every page of github.com/octo/app, as for its tree pages; ref "main" for codeberg.org/octo/app/src/branch/main/docs.
# Seen: …/pull/7 gives owner "octo/app/pull" and name "7", and toString() the address of a repository that is none; …/src/branch/main/docs gives
# ref "branch" and filepath "main/docs". Tree pages of GitHub, GitLab (subgroups, too) and Bitbucket are right.
# Matters to: who takes an address pasted from a browser's bar as a source.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund git-url-parse@16.1.0
cat > run.mjs <<'JS'
import parse from 'git-url-parse';
for (const url of ['https://github.com/octo/app/pull/7', 'https://github.com/octo/app/tree/main/docs', 'https://gitlab.com/a/b/app/-/tree/main/docs', 'https://codeberg.org/octo/app/src/branch/main/docs']) {
  const { owner, name, ref, filepath } = parse(url);
  console.log([owner, name, ref, filepath].join(' , '), '=>', parse(url).toString('https'));
}
JS
seen=$(node run.mjs); echo "$seen"
[ "$seen" = 'octo/app/pull , 7 ,  ,  => https://github.com/octo/app/pull/7
octo , app , main , docs => https://github.com/octo/app
a/b , app , main , docs => https://gitlab.com/a/b/app
octo , app , branch , main/docs => https://codeberg.org/octo/app' ]
