import type { AppService } from '@showrunner/contracts';
import { baseName, depthOf, folderOf, hasFile, type FileListing } from '../listing';
import { INITIAL, pathBelow, type ComposeService } from './compose-services';

const MOST = 20;
/** Folders in which people keep what their database begins with. */
const FOLDER = /^(?:|sql|db|database|databases?|data|schema|dump|scripts|sql[_-]?files?|resources)$/i;
const MAKES = /schema|struct|create|init|setup|database|dump|backup|tables|db|^\d/i;
const FILLS = /seed|insert|data(?!base)|sample|populate|fixtures?/i;
const NOT_MEANT = /migrat|drop|down|rollback|delete|clean|reset|test|quer(y|ies)|upgrade|update|prod/i;

/** Which files of SQL fill the services of one source. */
export class SqlOfServices {
  private readonly files = new Map<AppService['kind'], string[]>();

  /** @param listing that of the compose file, in the folder `place` of the source */
  constructor(
    private readonly listing: FileListing,
    private readonly place: string,
  ) {}

  /** A service that is built only to have its first data stands for the image that it is built on. */
  withImage(service: ComposeService): ComposeService {
    if (service.image !== '' || service.context === undefined) return service;
    const built = databaseOfDockerfile(this.listing, service.context);
    return built === undefined
      ? service
      : { ...service, image: built.image, initial: [...service.initial, ...built.initial] };
  }

  mounted(kind: AppService['kind'], service: ComposeService): void {
    this.files.set(
      kind,
      mountedSql(this.listing, service).map((file) => below(this.place, file)),
    );
  }

  /** What its compose file mounts, else what the app keeps for it. */
  filesFor({ kind, database }: AppService, dir: FileListing, place: string): string[] {
    const mounted = this.files.get(kind) ?? [];
    return kind === 'redis' || mounted.length > 0
      ? mounted
      : ownSql(dir, database).map((file) => below(place, file));
  }
}

const below = (place: string, file: string): string => (place === '' ? file : `${place}/${file}`);

/** An image of a database that a Dockerfile of the source builds on, with the files that it fills it with. */
function databaseOfDockerfile(
  listing: FileListing,
  context: string,
): { image: string; initial: string[] } | undefined {
  const prefix = context === '' ? '' : `${context}/`;
  const text = listing.read(`${prefix}Dockerfile`);
  const image = /^[ \t]{0,8}FROM[ \t]+(?:--platform=\S+[ \t]+)?([\w./:@-]{1,200})/im.exec(text ?? '')?.[1];
  if (text === undefined || image === undefined) return undefined;
  const initial = [...text.matchAll(/^[ \t]{0,8}(?:COPY|ADD)[ \t]+(\S{1,200})[ \t]+(\S{1,200})/gim)].flatMap(
    ([, from = '', to = '']) => {
      const path = INITIAL.test(to) ? pathBelow(`./${from}`) : undefined;
      return path === undefined ? [] : [`${prefix}${path}`];
    },
  );
  return { image, initial };
}

/** Files of SQL that a compose file gives a service to begin with, a folder's in the order of their names, as images of databases take them. */
function mountedSql(listing: FileListing, { initial }: Pick<ComposeService, 'initial'>): string[] {
  return initial
    .flatMap((path) =>
      hasFile(listing, path)
        ? [path]
        : listing.files.filter((file) => folderOf(file) === path.replace(/\/?\*?$/, '')).sort(),
    )
    .filter((file) => /\.sql$/i.test(file))
    .slice(0, MOST);
}

/**
 * Files of SQL in the root or in a folder of that name that make the tables and fill them, for an app whose framework makes none by itself; what makes
 * comes before what fills. Judged by names alone, as dumps are large.
 */
function ownSql(listing: FileListing, database: string): string[] {
  if (listing.files.some((file) => MIGRATES.test(file))) return [];
  const near = listing.files.filter(
    (file) =>
      /\.sql$/i.test(file) &&
      depthOf(file) <= 2 &&
      FOLDER.test(baseName(folderOf(file))) &&
      !NOT_MEANT.test(baseName(file)),
  );
  const named = near.filter((file) => isMeant(baseName(file), database));
  const meant = named.length > 0 ? named : near.length === 1 ? near : [];
  const rank = (file: string): number =>
    FILLS.test(baseName(file)) && !/schema|struct|create/i.test(file) ? 1 : 0;
  return [...meant].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1)).slice(0, 4);
}

const isMeant = (name: string, database: string): boolean =>
  name.toLowerCase() === `${database.toLowerCase()}.sql` || MAKES.test(name) || FILLS.test(name);

/** What makes its tables by other means. */
const MIGRATES =
  /(^|\/)(migrations?|alembic|versions|db\/migrat\w+)\/|(^|\/)(alembic\.ini|schema\.prisma|manage\.py|artisan|knexfile\.\w+|flyway\.conf)$|(^|\/)db\/schema\.rb$/;
