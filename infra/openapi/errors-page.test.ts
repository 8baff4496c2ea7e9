import { describe, expect, it } from '@jest/globals';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { ERROR_AREAS, ERROR_CODES, catalogueEntry } from '@showrunner/contracts';
import { repositoryRoot } from '../tooling/paths.mjs';

const CATALOGUE = join(repositoryRoot, 'libs/contracts/src/errors/');
const SKIPPED = new Set(['node_modules', 'dist', 'testing', 'conformance']);
const CLASSES = new Set(['AppError', 'InvalidInputError', 'EnvironmentError']);

/** What is thrown in production: the programs of the sandbox name codes too. */
const sources = ['apps', 'libs', 'workflows', 'infra/src']
  .flatMap((folder) => filesBelow(join(repositoryRoot, folder)))
  .map((file) => ({ file, text: readFileSync(file, 'utf8') }));

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return SKIPPED.has(entry.name) || `${path}/` === CATALOGUE ? [] : filesBelow(path);
    return /\.(ts|mjs|py|pl)$/.test(entry.name) && !/\.test\.ts$|\.text\.ts$/.test(entry.name) ? [path] : [];
  });
}

describe('the catalogue of error codes', () => {
  it('has a code once, in its alphabetical place', () => {
    const all = Object.values(ERROR_AREAS).map((area) => Object.keys(area));
    for (const codes of all) expect(codes).toEqual([...codes].sort());
    expect(all.flat().sort()).toEqual([...ERROR_CODES]);
  });

  it('says of each in whole sentences what is wrong and what can be done', () => {
    for (const code of ERROR_CODES) {
      const { message = '', remedy = '' } = catalogueEntry(code) ?? {};
      expect([code, message]).toEqual([code, expect.stringMatching(/^["<A-Za-z].*[.>]$/)]);
      expect([code, remedy]).toEqual([code, expect.stringMatching(/^[/A-Z].*\.$/)]);
    }
  });

  it('holds no code that nothing uses', () => {
    const named = new Set(
      sources.flatMap(({ text }) => text.match(/(?<=['"])[a-z][a-z0-9_]+(?=['"])/g) ?? []),
    );
    expect(ERROR_CODES.filter((code) => !named.has(code))).toEqual([]);
  });

  it('says the status and the worth of a retry that the places say which throw', () => {
    const differing: string[] = [];
    for (const { file, text } of sources) {
      if (!/new (App|InvalidInput|Environment)Error\(/.test(text)) continue;
      const parsed = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
      const visit = (node: ts.Node): void => {
        ts.forEachChild(node, visit);
        if (!ts.isNewExpression(node) || !CLASSES.has(node.expression.getText())) return;
        const [code, , options] = node.arguments ?? [];
        if (code === undefined || !ts.isStringLiteral(code)) return;
        const entry = catalogueEntry(code.text);
        const said = options === undefined ? {} : literalsOf(options);
        const statuses = [entry?.status ?? []].flat();
        if (said['status'] !== undefined && !statuses.includes(Number(said['status'])))
          differing.push(`${file} ${code.text}: status ${said['status']}`);
        if (said['retryable'] !== undefined && entry?.retryable !== 'depends')
          if ((said['retryable'] === 'true') !== (entry?.retryable ?? false))
            differing.push(`${file} ${code.text}: retryable ${said['retryable']}`);
      };
      visit(parsed);
    }
    expect(differing).toEqual([]);
  });
});

/** `status` and `retryable` as far as they are written out there. */
function literalsOf(options: ts.Expression): Record<string, string> {
  const found: Record<string, string> = {};
  if (ts.isObjectLiteralExpression(options))
    for (const property of options.properties)
      if (ts.isPropertyAssignment(property) && /^(\d+|true|false)$/.test(property.initializer.getText()))
        found[property.name.getText()] = property.initializer.getText();
  return found;
}
