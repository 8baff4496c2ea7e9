import { checkPrerequisites } from './checks.mjs';

/**
 * Lines for people: what is there, what is missing and how to mend it.
 * @param {readonly import('./checks.mjs').Check[]} checks
 */
export function doctorLines(checks) {
  const lines = checks.map(({ name, ok, required, where = '', version = '', problem = '', remedy }) => {
    const mark = ok ? '✓' : required ? '✗' : '!';
    const facts = ok
      ? [where, version].filter(Boolean).join('  ·  ')
      : `${problem}${required ? '' : ' (optional)'}`;
    return `  ${mark}  ${name.padEnd(20)} ${facts}${ok || !remedy ? '' : `\n        → ${remedy}`}`;
  });
  const bad = checks.filter(({ ok, required }) => !ok && required);
  const verdict =
    bad.length === 0
      ? 'Everything that is required is there.'
      : `${bad.length} required ${bad.length === 1 ? 'thing is' : 'things are'} missing: ${bad.map(({ name }) => name).join(', ')}.`;
  return [...lines, verdict];
}

/**
 * @param {readonly string[]} args `--json` for programs
 * @returns {Promise<number>} 0, or 1 when something required is missing
 */
export async function runDoctor(args) {
  const checks = await checkPrerequisites(process.env);
  const ok = checks.every((check) => check.ok || !check.required);
  console.log(
    args.includes('--json') ? JSON.stringify({ ok, checks }, null, 2) : doctorLines(checks).join('\n'),
  );
  return ok ? 0 : 1;
}
