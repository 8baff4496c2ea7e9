import type { PackageJson } from './package-json';

export interface ScriptChoice {
  script: string;
  command: string;
  reason: string;
  /** A build that has to run before the start; its script's name. */
  buildFirst: string | null;
  /** It serves files that may be there already: a build that fails is no reason not to. */
  isFileServer: boolean;
}

const ORDER = [
  'dev',
  'start',
  'serve',
  'preview',
  'start:dev',
  'dev:web',
  'web',
  'develop',
  'server',
  'client',
  'docs:dev',
  'docs',
] as const;

/** Longer than anything that people write; what tells scripts apart is not meant for more. */
const MAX_SCRIPT = 4096;

const DESKTOP = /\b(electron|electron-forge|electron-vite|tauri|nw)\b/;
const MOBILE = /\b(react-native|expo)\b(?!.*--web)/;
const CONTAINER = /\b(docker|docker-compose|podman|kubectl|vagrant)\b/;
/** Development servers of hosting platforms, which ask for an account before they serve anything. */
const PLATFORM =
  /\b(vercel dev|netlify dev|firebase (?:serve|emulators)|sst dev|supabase start|heroku local|shopify app dev)\b/;
/** Commands that watch or test and never serve a page. */
const WATCHER =
  /^\s*(?:\w+=\S+\s+)*(?:npx\s+)?(?:tsc|tsup|rollup|unbuild|microbundle|babel|jest|vitest|ava|swc|esbuild|sass|tailwindcss|lerna|nodemon\s+--exec\s+tsc)\b(?!.*\bserve)(?!.*--servedir)/;
/** Commands that serve what a build left behind. */
const NEEDS_BUILD =
  /\b(next start|nuxt start|nuxi preview|vite preview|astro preview|remix-serve|react-router-serve|gatsby serve|serve\s+(?:-\S+\s+)*\.?\/?(?:build|dist|out)|(?:node|nodemon)\s+\S*(?:\.\/)?(?:dist|build|out|\.output|\.next)\/)/;
/** Commands that serve files as they are. */
const FILE_SERVER =
  /^\s*(?:\w+=\S+\s+)*(?:npx\s+)?(?:sirv|serve|http-server|live-server|lite-server|light-server|browser-sync)\b[^&|;]{0,200}$/;
const INSTALLS_FIRST =
  /^\s*(?:npm (?:i|ci|install)|yarn(?: install)?|pnpm (?:i|install)|bun install)(?:\s+--?[\w-]+)*\s*&&\s*/;

/** The script that shows the app, or why each of them does not. Pure. */
export function chooseScript(manifest: PackageJson): { choice: ScriptChoice | undefined; refused: string[] } {
  const refused: string[] = [];
  for (const script of ORDER) {
    const command = Object.hasOwn(manifest.scripts, script) ? manifest.scripts[script] : undefined;
    if (command === undefined || command.trim() === '' || command.length > MAX_SCRIPT) continue;
    const problem = problemWith(script, command, manifest);
    if (problem !== undefined) {
      refused.push(problem);
      continue;
    }
    const isFileServer = FILE_SERVER.test(command) && !NEEDS_BUILD.test(command);
    const buildFirst =
      (isFileServer || NEEDS_BUILD.test(command)) && manifest.scripts['build'] !== undefined ? 'build' : null;
    return {
      choice: {
        script,
        command,
        buildFirst,
        isFileServer,
        reason: `The script "${script}" (${shorten(command)}) starts it.`,
      },
      refused,
    };
  }
  return { choice: undefined, refused };
}

/** The command line that runs a script without asking the network; a leading install is left out because there is no network at run time. */
export function runScript(choice: Pick<ScriptChoice, 'script' | 'command'>): string {
  if (!INSTALLS_FIRST.test(choice.command)) return `npm run ${choice.script}`;
  return `PATH="$PWD/node_modules/.bin:$PATH"; ${choice.command.replace(INSTALLS_FIRST, '')}`;
}

function problemWith(script: string, command: string, manifest: PackageJson): string | undefined {
  if (DESKTOP.test(command)) return `The script "${script}" opens a desktop window (${shorten(command)}).`;
  if (MOBILE.test(command)) return `The script "${script}" is for a mobile app (${shorten(command)}).`;
  if (CONTAINER.test(command)) return `The script "${script}" needs containers (${shorten(command)}).`;
  if (PLATFORM.test(command))
    return `The script "${script}" asks for an account of its hosting platform (${shorten(command)}).`;
  if (WATCHER.test(command)) return `The script "${script}" only compiles or tests (${shorten(command)}).`;
  const inner = /^\s*(?:npm run|yarn(?: run)?|pnpm(?: run)?|bun run)\s+([\w:-]+)\s*$/.exec(command)?.[1];
  const target = inner === undefined || inner === script ? undefined : manifest.scripts[inner];
  return target === undefined
    ? undefined
    : problemWith(inner ?? script, target, { ...manifest, scripts: {} });
}

/** The script that a script only hands over to; undefined when it does work of its own. */
export const innerScript = (command: string): string | undefined =>
  /^\s*(?:npm run|yarn(?: run)?|pnpm(?: run)?|bun run)\s+([\w:-]+)/.exec(command)?.[1];

const shorten = (text: string): string => (text.length > 90 ? `${text.slice(0, 87)}...` : text);
