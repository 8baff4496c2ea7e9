import { builtinModules } from 'node:module';

/** What every generated app gets. */
export const BASE = { next: '^15.5.0', react: '^19.1.0', 'react-dom': '^19.1.0' };
export const BASE_DEVELOPMENT = {
  '@types/node': '^22.0.0',
  '@types/react': '^19.1.0',
  '@types/react-dom': '^19.1.0',
  typescript: '^5.9.0',
};
export const TAILWIND_3 = { autoprefixer: '^10.4.0', postcss: '^8.5.0', tailwindcss: '^3.4.17' };
export const TAILWIND_4 = { '@tailwindcss/postcss': '^4.1.0', postcss: '^8.5.0', tailwindcss: '^4.1.0' };

const SPECIFIER = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(['"])([^'"\n]+)\1/g;
const NAME = /^(@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*$/;

/** Packages that sources import, without Node's own and without what an alias or a relative path names. */
export function importedPackages(sources: readonly string[]): string[] {
  const found = new Set<string>();
  for (const source of sources) {
    for (const [, , specifier = ''] of source.matchAll(SPECIFIER)) {
      if (/^[./~#]|^@\/|^[a-z]+:/.test(specifier)) continue;
      const parts = specifier.split('/');
      const name = specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '');
      if (NAME.test(name) && !builtinModules.includes(name)) found.add(name);
    }
  }
  return [...found].sort();
}
