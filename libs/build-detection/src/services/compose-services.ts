import type { FileListing } from '../listing';
import { composeFile } from '../container/detect-container';
import { plainYaml } from '../plain-yaml';

export interface ComposeService {
  name: string;
  image: string;
  environment: Record<string, string>;
  /** Port of this machine that leads to the first of the container's; undefined where none does. */
  port: number | undefined;
}

const MOST = 30;

/** What a compose file says of its services; nothing of it is followed: no mounts, commands, networks or files. */
export function composeServices(
  listing: FileListing,
): { file: string; services: ComposeService[] } | undefined {
  const file = composeFile(listing);
  const text = file === undefined ? undefined : listing.read(file);
  if (file === undefined || text === undefined) return undefined;
  const { value } = plainYaml(text);
  const services = Object.entries(recordOf(recordOf(value)['services'])).slice(0, MOST);
  return {
    file,
    services: services.map(([name, raw]) => {
      const service = recordOf(raw);
      return {
        name,
        image: textOf(service['image']),
        environment: variablesOf(service['environment']),
        port: publishedPort(service['ports']),
      };
    }),
  };
}

/** `${NAME:-default}` is its default, `${NAME}` nothing. */
const expanded = (text: string): string =>
  text
    .slice(0, 500)
    .replace(/\$\{\w{1,60}(?::?[-?]([^}]{0,200}))?\}/g, (_whole, fallback?: string) => fallback ?? '');

function variablesOf(raw: unknown): Record<string, string> {
  const pairs: [string, unknown][] = Array.isArray(raw)
    ? raw.map((line) => {
        const [name = '', ...rest] = textOf(line).split('=');
        return [name, rest.join('=')];
      })
    : Object.entries(recordOf(raw));
  return Object.fromEntries(
    pairs
      .filter(([name]) => /^[A-Za-z_]\w{0,60}$/.test(name))
      .map(([name, value]) => [name, expanded(textOf(value))]),
  );
}

function publishedPort(raw: unknown): number | undefined {
  const first: unknown = Array.isArray(raw) ? raw[0] : undefined;
  const text = typeof first === 'object' ? textOf(recordOf(first)['published']) : expanded(textOf(first));
  const port = Number(/(?:^|:)(\d{2,5})(?::\d{2,5})?(?:\/tcp)?$/.exec(text)?.[1]);
  return Number.isInteger(port) && port >= 1024 && port < 65_536 ? port : undefined;
}

const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
const textOf = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : '';
