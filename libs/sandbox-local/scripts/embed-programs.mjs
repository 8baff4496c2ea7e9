// Bundles the programs that run beside a local sandbox into text files, because bundles of the apps must carry them with them.
// Run it after a change of src/{shim,egress-proxy}/program or of what they import; a unit test compares both. `--check` prints instead of writing.
import { build } from 'esbuild';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const local = fileURLToPath(new URL('../src/', import.meta.url));
/** The programs name their errors themselves: the catalogue's sentences would only make them long, and each new code make them anew. */
const withoutCatalogue = {
  name: 'without-catalogue',
  setup(/** @type {import('esbuild').PluginBuild} */ { onLoad }) {
    onLoad({ filter: /contracts\/src\/errors\/catalogue\.ts$/ }, () => ({
      contents: 'export const catalogueEntry = () => undefined;',
    }));
  },
};
const errors = fileURLToPath(new URL('../../contracts/src/errors.ts', import.meta.url));
/** @type {Record<string, string>} */
const sources = {};
for (const { folder, name } of [
  { folder: 'shim', name: 'shim' },
  { folder: 'egress-proxy', name: 'proxy' },
]) {
  const result = await build({
    entryPoints: [`${local}${folder}/program/main.ts`],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    legalComments: 'none',
    charset: 'utf8',
    minifyWhitespace: true,
    // The programs use the errors alone; the schemas beside them would make the text twenty times as long.
    alias: { '@showrunner/contracts': errors },
    plugins: [withoutCatalogue],
    absWorkingDir: `${local}${folder}/`,
  });
  const source = result.outputFiles.map((file) => file.text).join('');
  sources[name] = source;
  if (process.argv.includes('--check')) continue;
  const escaped = source.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${');
  const header =
    '// Made from program/ by scripts/embed-programs.mjs: change it there and run that script.\n/* prettier-ignore */\n';
  const variable = `${folder.replace('-', '_').toUpperCase()}_SOURCE`;
  writeFileSync(`${local}${folder}/${name}.text.ts`, `${header}export const ${variable} = \`${escaped}\`;\n`);
}
if (process.argv.includes('--check')) process.stdout.write(JSON.stringify(sources));
