import type { AppService } from '@showrunner/contracts';
import { SERVICE_KINDS } from './service-kinds';

const PLAIN_NAME = /^[A-Za-z_][\w-]{0,60}$/;
export const LOOPBACK = /^(localhost|127(\.\d+){3}|0\.0\.0\.0|\[?::1\]?)$/;

export const nameOr = (text: string | undefined, otherwise: string): string =>
  text !== undefined && PLAIN_NAME.test(text) ? text : otherwise;

/** A connection string: what it names, and the same string to another place. */
export function connectionIn(value: string):
  | {
      kind: AppService['kind'];
      host: string;
      service: AppService;
      withPlace: (host: string, port: number) => string;
    }
  | undefined {
  const text = value.trim().slice(0, 500);
  const known = SERVICE_KINDS.find(({ scheme }) => scheme.test(/^[\w+]{1,30}:/.exec(text)?.[0] ?? ''));
  const [, head = '', user = '', host = '', port, path = ''] =
    /^([\w+]{1,30}:\/\/)(?:([^:@/\s]{0,60})(?::[^@/\s]{0,100})?@)?([\w.-]{1,100}|\[::1\])(?::(\d{1,5}))?(\/[\w-]{0,60})?/.exec(
      text,
    ) ?? [];
  if (known === undefined || head === '') return undefined;
  const own = port === undefined ? known.port : Number(port);
  const service: AppService =
    known.kind === 'redis'
      ? { kind: 'redis', port: own, user: '', database: '' }
      : {
          kind: known.kind,
          port: own,
          user: nameOr(user, known.kind === 'mariadb' ? 'root' : 'postgres'),
          database: nameOr(path.slice(1), known.kind === 'mariadb' ? '' : nameOr(user, 'postgres')),
        };
  const place = `${host}${port === undefined ? '' : `:${port}`}`;
  const at = text.indexOf('@') < 0 ? head.length : text.indexOf('@') + 1;
  return {
    kind: known.kind,
    host,
    service,
    withPlace: (other, otherPort) =>
      `${text.slice(0, at)}${other}:${otherPort}${text.slice(at + place.length)}`,
  };
}
