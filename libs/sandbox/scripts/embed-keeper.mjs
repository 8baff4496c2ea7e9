// Bundles the keeper's program into src/local/keeper/keeper.text.ts, because bundles of the apps must carry it with them.
// Run it after a change of src/local/keeper/program; a unit test compares both. `--check` prints instead of writing.
import { build } from 'esbuild';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../src/local/keeper/', import.meta.url));
const result = await build({
  entryPoints: [`${folder}program/main.ts`],
  bundle: true,
  write: false,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  legalComments: 'none',
  charset: 'utf8',
  absWorkingDir: folder,
});
const source = result.outputFiles.map((file) => file.text).join('');
if (process.argv.includes('--check')) process.stdout.write(source);
else {
  const escaped = source.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${');
  const header =
    '// Made from program/ by scripts/embed-keeper.mjs: change it there and run that script.\n/* prettier-ignore */\n';
  writeFileSync(`${folder}keeper.text.ts`, `${header}export const KEEPER_SOURCE = \`${escaped}\`;\n`);
}
