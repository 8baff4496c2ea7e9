#!/usr/bin/env bash
# json-schema-to-zod 2.8.1, @n8n/json-schema-to-zod 1.16.0, @composio/json-schema-to-zod 0.3.0, @dmitryrechkin/json-schema-to-zod 1.0.1 (npm): values that a
# schema allows are refused by its copy in zod, and the last one takes values that it forbids.
#
# Expected: JSON Schema 2020-12 (validation, 6.1.2 and 6.1.3): const and enum "MAY be of any type" and hold for equal values; properties that are not named are
# allowed unless additionalProperties says otherwise. Ajv 8.17.1 answers so. @dmitryrechkin: "Handles various schema types".
# Seen: a const that is an object, an enum of lists never hold; extra properties are refused by two; bounds, pattern and const are ignored by the last.
# Matters to: tools of MCP and agents, whose arguments are checked by such copies: right calls are refused.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund json-schema-to-zod@2.8.1 @n8n/json-schema-to-zod@1.16.0 @composio/json-schema-to-zod@0.3.0 @dmitryrechkin/json-schema-to-zod@1.0.1 zod@3.25.76 ajv@8.17.1
cat > run.mjs <<'JS'
import { jsonSchemaToZod as composio } from '@composio/json-schema-to-zod';
import { JSONSchemaToZod } from '@dmitryrechkin/json-schema-to-zod';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { jsonSchemaToZod } from 'json-schema-to-zod';
import { createRequire } from 'node:module';
import { z } from 'zod/v4';
const n8n = createRequire(import.meta.url)('@n8n/json-schema-to-zod');
const copies = {
  'json-schema-to-zod': (schema) => new Function('z', `return ${jsonSchemaToZod(schema)}`)(z),
  '@n8n': n8n.jsonSchemaToZod,
  '@composio': composio,
  '@dmitryrechkin': (schema) => JSONSchemaToZod.convert(schema),
};
const cases = [
  [{ const: { a: 1 } }, { a: 1 }],
  [{ enum: [[1, 2], [3, 4]] }, [1, 2]],
  [{ type: 'object', properties: { a: { type: 'number' } } }, { a: 1, b: 2 }],
  [{ type: 'integer', maximum: 5 }, 6],
  [{ type: 'string', pattern: '^a' }, 'ba'],
  [{ const: 1 }, 2],
];
for (const [schema, value] of cases) {
  const valid = new Ajv2020().validate(schema, value);
  const wrong = Object.keys(copies).filter((name) => copies[name](schema).safeParse(value).success !== valid);
  console.log(JSON.stringify(schema), JSON.stringify(value), valid, 'otherwise:', wrong.join(', '));
}
JS
seen=$(node run.mjs); echo "$seen"
diff <(echo "$seen") - <<'SEEN'
{"const":{"a":1}} {"a":1} true otherwise: json-schema-to-zod, @n8n, @composio
{"enum":[[1,2],[3,4]]} [1,2] true otherwise: json-schema-to-zod, @n8n, @composio
{"type":"object","properties":{"a":{"type":"number"}}} {"a":1,"b":2} true otherwise: @composio, @dmitryrechkin
{"type":"integer","maximum":5} 6 false otherwise: @dmitryrechkin
{"type":"string","pattern":"^a"} "ba" false otherwise: @dmitryrechkin
{"const":1} 2 false otherwise: @dmitryrechkin
SEEN
