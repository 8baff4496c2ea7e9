/** Front-end and full-stack frameworks by the package that gives them away; the first match wins. */
export interface NodeFramework {
  name: string;
  package: string;
  /** Where its development server listens unless told otherwise. */
  port: number;
  /** Its development server, for when there is no script. */
  dev: string | null;
  /** True when `PORT` in the environment decides the port. */
  readsPort: boolean;
}

const row = (
  name: string,
  pkg: string,
  port: number,
  dev: string | null,
  readsPort = false,
): NodeFramework => ({
  name,
  package: pkg,
  port,
  dev,
  readsPort,
});

export const NODE_FRAMEWORKS: readonly NodeFramework[] = [
  row('next', 'next', 3000, 'next dev', true),
  row('nuxt', 'nuxt', 3000, 'nuxt dev', true),
  row('sveltekit', '@sveltejs/kit', 5173, 'vite dev'),
  row('react-router', '@react-router/dev', 5173, 'react-router dev'),
  row('remix', '@remix-run/dev', 5173, 'remix vite:dev'),
  row('astro', 'astro', 4321, 'astro dev'),
  row('angular', '@angular/cli', 4200, 'ng serve'),
  row('gatsby', 'gatsby', 8000, 'gatsby develop'),
  row('docusaurus', '@docusaurus/core', 3000, 'docusaurus start', true),
  row('vitepress', 'vitepress', 5173, 'vitepress dev'),
  row('create-react-app', 'react-scripts', 3000, 'react-scripts start', true),
  row('vue-cli', '@vue/cli-service', 8080, 'vue-cli-service serve', true),
  row('ember', 'ember-cli', 4200, 'ember serve'),
  row('eleventy', '@11ty/eleventy', 8080, 'eleventy --serve'),
  row('parcel', 'parcel', 1234, 'parcel index.html'),
  row('solid-start', '@solidjs/start', 3000, 'vinxi dev', true),
  row('qwik', '@builder.io/qwik', 5173, 'vite'),
  row('vite', 'vite', 5173, 'vite'),
  row('webpack', 'webpack-dev-server', 8080, 'webpack serve'),
  row('storybook', 'storybook', 6006, null),
  row('nest', '@nestjs/core', 3000, null, true),
  row('fastify', 'fastify', 3000, null, true),
  row('koa', 'koa', 3000, null, true),
  row('hono', 'hono', 3000, null, true),
  row('express', 'express', 3000, null, true),
];

/** Frameworks whose pages people look at; the others are servers of any kind. */
export const isFrontEnd = (framework: NodeFramework): boolean =>
  framework.dev !== null || framework.name === 'storybook';

/** Whether what is started is the development server of a front end. Pure. */
export const showsFrontEnd = ({ framework }: { framework: string }): boolean =>
  NODE_FRAMEWORKS.some((one) => one.name === framework && isFrontEnd(one));

export function knownFramework(dependencies: Readonly<Record<string, string>>): NodeFramework | undefined {
  return NODE_FRAMEWORKS.find((one) => Object.hasOwn(dependencies, one.package));
}

/**
 * The framework whose tool a command line runs, for packages of a workspace that leave their tools to its root: `pnpm vite --mode x`,
 * `cross-env A=b next dev`.
 */
export function frameworkOfCommand(command: string): NodeFramework | undefined {
  const words = command.slice(0, 1000).split(/\s+/);
  const tool = words.find((word) => !BEFORE_A_TOOL.test(word));
  if (tool === undefined) return undefined;
  const same = NODE_FRAMEWORKS.filter((one) => one.dev?.split(' ', 1)[0] === tool);
  // Several frameworks are plugins of one tool: then it is the tool itself.
  return same.find((one) => one.name === tool) ?? same[0];
}
const BEFORE_A_TOOL =
  /^(&&|\w+=\S*|npx|bunx|pnpm|yarn|npm|exec|run|install|--|--no-install|cross-env|dotenv|)$/;
