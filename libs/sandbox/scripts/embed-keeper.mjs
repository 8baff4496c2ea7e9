// Writes src/local/keeper/keeper.text.ts from keeper.mjs: bundles carry the keeper's source with them. A unit test compares both.
import { readFileSync, writeFileSync } from 'node:fs';

const source = readFileSync(new URL('../src/local/keeper/keeper.mjs', import.meta.url), 'utf8');
const escaped = source.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${');
writeFileSync(
  new URL('../src/local/keeper/keeper.text.ts', import.meta.url),
  `// Made from keeper.mjs by scripts/embed-keeper.mjs: change that file and run the script.\nexport const KEEPER_SOURCE = \`${escaped}\`;\n`,
);
