#!/usr/bin/env bash
# gitignore-parser 0.0.2 and dotignore 0.1.2 (npm): *.log ignores nothing in a folder, {a,b} ignores a, * leaves what begins with a dot.
#
# Expected: as gitignore(5) says and git check-ignore answers: a pattern without a slash matches at any depth, braces are letters, a dot is a letter,
# and what is in an ignored folder is ignored. dotignore's README: "str should conform to the .gitignore specification".
# Seen: gitignore-parser looks at the top folder alone and answers false for all classes of letters; dotignore knows braces, and foo/* leaves foo/a/b. fast-ignore 2.0.0 is right.
# Matters to: tools that pack or search "what git would": logs and builds of sub folders are sent along.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund gitignore-parser@0.0.2 dotignore@0.1.2 fast-ignore@2.0.0
git init -q repo
cat > run.mjs <<'JS'
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import dotignore from 'dotignore';
import fast from 'fast-ignore';
import parser from 'gitignore-parser';
for (const [pattern, path] of [['*.log', 'a/b.log'], ['build', 'src/build/x.js'], ['[a-c].txt', 'b.txt'], ['{a,b}', 'a'], ['*', '.hidden'], ['foo/*', 'foo/a/b'], ['**/foo', 'foo']]) {
  writeFileSync('repo/.gitignore', `${pattern}\n`);
  const git = spawnSync('git', ['check-ignore', '-q', path], { cwd: 'repo' }).status === 0;
  const answers = { 'fast-ignore': fast(pattern)(path), 'gitignore-parser': parser.compile(pattern).denies(path), dotignore: dotignore.createMatcher(pattern).shouldIgnore(path) };
  console.log(pattern, path, git, 'wrong:', Object.keys(answers).filter((name) => answers[name] !== git).join(', '));
}
JS
seen=$(node run.mjs); echo "$seen"
diff <(echo "$seen") - <<'SEEN'
*.log a/b.log true wrong: gitignore-parser
build src/build/x.js true wrong: gitignore-parser
[a-c].txt b.txt true wrong: gitignore-parser
{a,b} a false wrong: dotignore
* .hidden true wrong: dotignore
foo/* foo/a/b true wrong: dotignore
**/foo foo true wrong: gitignore-parser, dotignore
SEEN
