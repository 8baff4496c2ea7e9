import { HOST_NAME, type AppService, type Reason } from '@showrunner/contracts';
import { because } from '../draft';
import { ENVIRONMENT_EXAMPLES, variablesIn } from '../environment-file';
import { baseName, depthOf, firstOf, folderOf, type FileListing } from '../listing';
import { BACK } from '../companions';
import { composeServices, type ComposeService } from './compose-services';
import { environmentFilesOf } from './composed-environment';
import { LOOPBACK, connectionIn, nameOr } from './connection-string';
import { SERVICE_KINDS } from './service-kinds';
import { SqlOfServices } from './sql-files';
import { statedDatabase } from './stated-databases';

/** What an app needs beside it, with the variables that make it find that inside its own sandbox. */
export interface ServicesFound {
  services: AppService[];
  env: Record<string, string>;
  reasons: Reason[];
  /** What the compose file calls its services: names that the app may use. */
  names: string[];
}

type Kind = AppService['kind'];
/** Servers that are known, and not run. */
const OTHERS =
  /(^|\/)(mongo|mongodb|elasticsearch|opensearch|rabbitmq|kafka|minio|memcached|clickhouse)(:|$|@)/;

/** Names of Debian's packages that bring a service. */
export const packagesOf = (services: readonly AppService[]): string[] =>
  services.flatMap(({ kind }) => SERVICE_KINDS.find((one) => one.kind === kind)?.packages ?? []);

/**
 * Databases and caches that a compose file, or a connection string in an example of the environment, names; each once. Connection strings and host
 * variables that lead to a container by its name lead to the sandbox itself.
 * @param place folder of `dir` below the root
 */
export function servicesOf(root: FileListing, dir: FileListing, place = ''): ServicesFound {
  const near = composeServices(dir);
  const compose = near ?? composeServices(root);
  const sql = new SqlOfServices(near === undefined ? root : dir, near === undefined ? '' : place);
  const file = exampleNear(root, dir);
  const stated = variablesIn(file?.text ?? '');
  const containers = new Set((compose?.services ?? []).map(({ name }) => name));
  const found = new Map<Kind, AppService>();
  const reasons: Reason[] = [];
  const isAmongThem = compose?.services.some(({ context }) => context !== undefined) === true;
  for (const stating of compose?.services ?? []) {
    const service = sql.withImage(stating);
    const known = SERVICE_KINDS.find(({ image }) => image.test(service.image));
    if (known !== undefined && !found.has(known.kind)) {
      // An app that is a container itself asks for the port of the container; one beside them for that of the machine.
      const port = isAmongThem ? (service.inside ?? known.port) : service.port;
      found.set(known.kind, ofContainer(known.kind, known.port, { ...service, port }));
      sql.mounted(known.kind, service);
      reasons.push(
        because(
          'environment',
          `${compose?.file ?? ''} names ${known.kind} (${service.name}), which runs inside the sandbox.`,
        ),
      );
    } else if (OTHERS.test(service.image))
      reasons.push(
        because(
          'unmet',
          `${compose?.file ?? ''} names ${service.image.slice(0, 40)}, which no sandbox starts.`,
        ),
      );
  }
  const env: Record<string, string> = {};
  const everywhere = Object.assign(
    {},
    ...(compose?.services ?? []).map(({ environment }) => environment),
  ) as Record<string, string>;
  for (const [name, value] of Object.entries({ ...everywhere, ...stated })) {
    const url = connectionIn(value);
    if (
      url !== undefined &&
      (LOOPBACK.test(url.host) ||
        containers.has(url.host) ||
        /^(db|database|postgres|mysql|mariadb|redis|cache)$/.test(url.host))
    ) {
      const service = found.get(url.kind);
      if (service === undefined) {
        found.set(url.kind, url.service);
        reasons.push(
          because(
            'environment',
            `${name} in ${file?.path ?? compose?.file ?? ''} names ${url.kind}, which runs inside the sandbox.`,
          ),
        );
      } else if (url.kind !== 'redis')
        found.set(url.kind, {
          ...url.service,
          port: LOOPBACK.test(url.host) ? url.service.port : service.port,
        });
      const port = found.get(url.kind)?.port ?? url.service.port;
      env[name] = url.withPlace('127.0.0.1', port);
    } else if (/HOST(NAME)?$/.test(name) && containers.has(value)) env[name] = '127.0.0.1';
  }
  const stands = [...found.keys()].some((kind) => kind !== 'redis');
  const own = stands
    ? undefined
    : statedDatabase(dir, file === undefined ? undefined : { path: file.path, variables: stated });
  if (own !== undefined) {
    found.set(own.service.kind, own.service);
    Object.assign(env, own.env);
    reasons.push(because('environment', `${own.where}: ${own.service.kind} runs inside the sandbox.`));
  }
  const names = [...containers].filter((name) => HOST_NAME.test(name) && !LOOPBACK.test(name));
  const environmentFiles = [
    ...new Set(
      (compose?.services ?? []).flatMap((service) =>
        environmentFilesOf(root, service, near === undefined ? '' : place).map(({ path }) => path),
      ),
    ),
  ];
  const services = [...found.values()].map((service) => {
    const files = sql.filesFor(service, dir, place);
    if (files.length > 0)
      reasons.push(because('setup', `${files.join(', ')} fills ${service.kind} before anything else.`));
    const naming = service.kind === 'redis' ? [] : environmentFiles;
    return {
      ...service,
      ...(files.length === 0 ? {} : { sql: files }),
      ...(naming.length === 0 ? {} : { environmentFiles: naming }),
    };
  });
  return { services, env, reasons, names };
}

function ofContainer(kind: Kind, usual: number, { environment, port }: ComposeService): AppService {
  if (kind === 'redis') return { kind, port: port ?? usual, user: '', database: '' };
  if (kind === 'mariadb') {
    const of = (what: string): string | undefined =>
      environment[`MYSQL_${what}`] ?? environment[`MARIADB_${what}`];
    return {
      kind,
      port: port ?? usual,
      user: nameOr(of('USER'), 'root'),
      database: nameOr(of('DATABASE'), ''),
    };
  }
  const user = nameOr(environment['POSTGRES_USER'], 'postgres');
  return { kind, port: port ?? usual, user, database: nameOr(environment['POSTGRES_DB'], user) };
}

/** An example of the environment in the folder that is looked at, in the root, or else in the only part of the source that has one. */
function exampleNear(root: FileListing, dir: FileListing): { path: string; text: string } | undefined {
  for (const listing of [dir, root]) {
    const path = firstOf(listing, ENVIRONMENT_EXAMPLES);
    if (path !== undefined) return { path, text: listing.read(path) ?? '' };
  }
  const below = dir.files.filter(
    (file) => depthOf(file) <= 2 && ENVIRONMENT_EXAMPLES.includes(baseName(file)),
  );
  const named = below.filter((file) => BACK.test(baseName(folderOf(file))));
  const path = named.length === 1 ? named[0] : below.length === 1 ? below[0] : undefined;
  return path === undefined ? undefined : { path, text: dir.read(path) ?? '' };
}
