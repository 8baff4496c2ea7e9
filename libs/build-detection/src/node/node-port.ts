import type { Reason } from '@showrunner/contracts';
import { type FileListing } from '../listing';
import { portIn, portNamedBy, usualPort, validPort } from '../ports';
import type { NodeFramework } from './frameworks';
import type { PackageJson } from './package-json';
import { innerScript, type ScriptChoice } from './scripts';

const DEFAULT_PORT = 3000;
const CONFIGS =
  /^(vite|webpack|vue|nuxt|astro|svelte|rsbuild|react-router|sanity)\.config\.[cm]?[jt]s$|^angular\.json$/;

/** Where a Node app will listen, by its script, the script that this one runs, its configuration, or the custom of its framework. */
export function nodePort(
  listing: FileListing,
  manifest: PackageJson,
  choice: ScriptChoice | undefined,
  framework: NodeFramework | undefined,
): { port: number; reason: Reason } {
  const inner = choice === undefined ? undefined : innerScript(choice.command);
  const named: [string, number | undefined][] = [
    [`The script "${choice?.script}"`, portIn(choice?.command ?? '')],
    [
      `The script "${inner}"`,
      inner !== undefined && Object.hasOwn(manifest.scripts, inner)
        ? portIn(manifest.scripts[inner] ?? '')
        : undefined,
    ],
    ...listing.files
      .filter((file) => CONFIGS.test(file))
      .map((file): [string, number | undefined] => [file, configuredPort(listing.read(file) ?? '')]),
  ];
  for (const [who, port] of named) if (port !== undefined) return { port, reason: portNamedBy(port, who) };
  const port = framework?.port ?? DEFAULT_PORT;
  return { port, reason: usualPort(port, framework?.name ?? 'Node apps') };
}

/** `server: { port: 4000 }` and its like: the first port after the word "server" or "serve". */
function configuredPort(text: string): number | undefined {
  const at = text.search(/\b(?:dev)?serve(?:r)?\b["']?\s{0,4}:/i);
  if (at < 0) return undefined;
  const part = text.slice(at, at + 2000);
  const preview = part.search(/\bpreview\b/);
  return validPort(
    /\bport["']?\s{0,4}:\s{0,4}(\d{2,5})\b/.exec(preview < 0 ? part : part.slice(0, preview))?.[1],
  );
}
