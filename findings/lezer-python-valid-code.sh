#!/usr/bin/env bash
# @lezer/python 1.1.19 (npm): valid Python from 3.8 on has error nodes: items of "with" in parentheses, positional-only parameters of a lambda, any
# expression as a decorator, a starred subscript.
#
# Expected: a program without a syntax error has a tree without error nodes, as tree-sitter-python 0.25.0 makes (match, except* and type are known to both).
# Seen: one or two errors in each; what follows is read well again.
# Matters to: who tells by this parser whether a program can run (CodeMirror only colours by it): well-formatted code, where long "with" lines stand in
# parentheses, is refused.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund --ignore-scripts @lezer/python@1.1.19 web-tree-sitter@0.27.2 tree-sitter-python@0.25.0
cat > run.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { parser } from '@lezer/python';
import { Language, Parser } from 'web-tree-sitter';
await Parser.init();
const tree = new Parser();
tree.setLanguage(await Language.load(readFileSync('node_modules/tree-sitter-python/tree-sitter-python.wasm')));
const programs = ['with (\n    open("a") as a,\n    open("b") as b,\n):\n    pass\n', 'f = lambda x, /, y: x\n', '@a[0](1).b\ndef f(): ...\n', 'x[*a]\n', 'match x:\n    case [1, *_]:\n        pass\n', 'try:\n    pass\nexcept* OSError:\n    pass\n'];
for (const code of programs) {
  let errors = 0;
  parser.parse(code).iterate({ enter: ({ type }) => { if (type.isError) errors += 1; } });
  console.log(JSON.stringify(code.split('\n')[0]), errors, tree.parse(code).rootNode.hasError);
}
JS
seen=$(node run.mjs); echo "$seen"
diff <(echo "$seen") - <<'SEEN'
"with (" 3 false
"f = lambda x, /, y: x" 1 false
"@a[0](1).b" 2 false
"x[*a]" 1 false
"match x:" 0 false
"try:" 0 false
SEEN
