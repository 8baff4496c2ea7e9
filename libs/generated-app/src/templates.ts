export const NEXT_CONFIG = `/** @type {import('next').NextConfig} */
const nextConfig = {};

module.exports = nextConfig;
`;

export const postcssConfig = (tailwind: 3 | 4): string =>
  tailwind === 4
    ? `module.exports = { plugins: { '@tailwindcss/postcss': {} } };\n`
    : `module.exports = { plugins: { tailwindcss: {}, autoprefixer: {} } };\n`;

/** Classes are looked for at the top and in every folder of the project. */
export const tailwindConfig = (folders: readonly string[]): string => {
  const names = [...new Set(['app', 'components', ...folders])].filter((name) => name !== 'public').sort();
  const content = ['./*.{js,jsx,ts,tsx,mdx}', ...names.map((name) => `./${name}/**/*.{js,jsx,ts,tsx,mdx}`)];
  return `/** @type {import('tailwindcss').Config} */
module.exports = {
  content: ${JSON.stringify(content)},
  theme: { extend: {} },
  plugins: [],
};
`;
};

export const TSCONFIG = `${JSON.stringify(
  {
    compilerOptions: {
      target: 'ES2022',
      lib: ['dom', 'dom.iterable', 'esnext'],
      allowJs: true,
      skipLibCheck: true,
      strict: false,
      noEmit: true,
      esModuleInterop: true,
      module: 'esnext',
      moduleResolution: 'bundler',
      resolveJsonModule: true,
      isolatedModules: true,
      jsx: 'preserve',
      incremental: true,
      plugins: [{ name: 'next' }],
      paths: { '@/*': ['./*'] },
    },
    include: ['next-env.d.ts', '**/*.ts', '**/*.tsx', '.next/types/**/*.ts'],
    exclude: ['node_modules'],
  },
  null,
  2,
)}\n`;

export const defaultGlobals = (): string => '@tailwind base;\n@tailwind components;\n@tailwind utilities;\n';

export const defaultLayout = (facts: { title: string; description: string; lang: string }): string =>
  `import type { ReactNode } from 'react';
import './globals.css';

export const metadata = { title: ${JSON.stringify(facts.title)}, description: ${JSON.stringify(facts.description)} };

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang={${JSON.stringify(facts.lang)}}>
      <body>{children}</body>
    </html>
  );
}
`;
