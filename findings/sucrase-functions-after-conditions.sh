#!/usr/bin/env bash
# sucrase 3.35.1 (npm): "a ? (b) : c => c" is a syntax error, and a string of an enum that is written as a template gets a name of its own.
#
# Expected: the expression is JavaScript (ECMA-262, ConditionalExpression: an AssignmentExpression after the colon), with or without its transform
# "typescript"; members of an enum that are strings have no reverse mapping (TypeScript handbook, "Enums"): typescript 5.9.3 reads both so.
# Seen: (b) : c => is taken for a function with the type c (with (c) => it is not); Object.keys() of the enum has its values as well, though not where they
# stand in quotes.
# Matters to: code that was written as JavaScript and is run as TypeScript; lists of choices that are made of an enum: each stands there twice.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund sucrase@3.35.1 typescript@5.9.3
cat > run.cjs <<'JS'
const { transform } = require('sucrase');
const { ScriptTarget, transpileModule } = require('typescript');
const compilers = {
  typescript: (code) => transpileModule(code, { compilerOptions: { target: ScriptTarget.ESNext } }).outputText,
  sucrase: (code) => transform(code, { transforms: ['typescript'] }).code,
};
for (const [code, last] of [['const pick = (a, b) => a ? (b) : c => c', 'pick(true, 5)'], ['enum E { A = "x", B = `y` }', 'Object.keys(E).join()']])
  for (const [name, compile] of Object.entries(compilers)) {
    try { console.log(name, code, '->', new Function(`${compile(code)}; return ${last};`)()); } catch (error) { console.log(name, code, '->', error.message); }
  }
JS
seen=$(node run.cjs); echo "$seen"
diff <(echo "$seen") - <<'SEEN'
typescript const pick = (a, b) => a ? (b) : c => c -> 5
sucrase const pick = (a, b) => a ? (b) : c => c -> Unexpected token, expected ";" (1:21)
typescript enum E { A = "x", B = `y` } -> A,B
sucrase enum E { A = "x", B = `y` } -> A,B,y
SEEN
