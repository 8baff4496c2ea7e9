/** What Next.js reads off a page or layout by name. */
const NAMED = ['metadata', 'generateMetadata', 'viewport', 'generateViewport', 'generateStaticParams'];
/** What it reads off the text of the file, so that it must stand there itself. */
const LITERAL = /^export const (dynamic|revalidate|runtime|fetchCache|maxDuration)\b[^\n]*$/gm;

/** A file of the folder `app` that shows what lies at the same place beside it. */
export function reExport(path: string, source: string): string {
  const up = '../'.repeat(path.split('/').length);
  const names = NAMED.filter((name) =>
    new RegExp(`export\\s+(async\\s+)?(const|let|function)\\s+${name}\\b`).test(source),
  );
  const literals = [...source.matchAll(LITERAL)].map(([line]) => line);
  const from = `${up}${path.replace(/\.\w+$/, '')}`;
  return `${[`export { ${['default', ...names].join(', ')} } from '${from}';`, ...literals].join('\n')}\n`;
}
