import { build } from 'esbuild';
import { join } from 'node:path';
import { repositoryRoot } from '../tooling/paths.mjs';

const TITLES = {
  api: 'Requests',
  accounts: 'People and accounts',
  source: 'Sources',
  build: 'Building and starting the app',
  sandbox: 'Sandboxes and their providers',
  'sandbox-work': 'Work in a sandbox',
  film: 'Exploring, planning, filming, rendering',
  model: 'Language models',
  platform: 'The installation and the command line',
};

/**
 * The catalogue of error codes as it stands in the contracts.
 * @returns {Promise<Record<keyof typeof TITLES, Record<string, import('@showrunner/contracts').CatalogueEntry>>>}
 */
export async function errorAreas() {
  const { outputFiles } = await build({
    entryPoints: [join(repositoryRoot, 'libs/contracts/src/errors/catalogue.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    logLevel: 'silent',
  });
  const text = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  return (await import(`data:text/javascript;base64,${text}`)).ERROR_AREAS;
}

/** `docs/errors.md`: a table for each area. */
export async function errorsPage() {
  const areas = await errorAreas();
  const lines = [
    '# Errors',
    '',
    'Every error has a code that stays the same, a sentence, and a remedy: what can be done next. The command line prints sentence and remedy;',
    'the REST API answers with `application/problem+json` (RFC 9457), where `code`, `detail` and `remedy` hold them; `run.json`, builds and',
    'exports keep them under `failure`. The place where an error arises often knows a better remedy than the one given here.',
    '',
    '"Retry" says whether the same call may succeed later: yes, no, or depending on the reason. A status stands where a request can be answered so.',
    '',
    'Written by `npm run openapi` from `libs/contracts/src/errors`.',
  ];
  for (const [area, title] of Object.entries(TITLES)) {
    const entries = areas[/** @type {keyof typeof TITLES} */ (area)];
    lines.push(
      '',
      `## ${title}`,
      '',
      '| code | sentence | status | retry | remedy |',
      '| --- | --- | --- | --- | --- |',
    );
    for (const [code, { message, remedy, status, retryable }] of Object.entries(entries)) {
      const retry = retryable === true ? 'yes' : retryable === undefined ? 'no' : 'depends';
      const statuses = status === undefined ? '' : [status].flat().join(', ');
      lines.push(`| \`${code}\` | ${cell(message)} | ${statuses} | ${retry} | ${cell(remedy)} |`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** @param {string} text */
const cell = (text) => text.replaceAll('|', '\\|').replaceAll('<', '‹').replaceAll('>', '›');
