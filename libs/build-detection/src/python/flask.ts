import { because } from '../draft';
import { firstOf, hasFile, readmeOf, type FileListing } from '../listing';
import { validPort } from '../ports';
import { quotePath, tolerant } from '../shell';
import { isImportable, moduleOf, type PythonApp, type PythonFinder } from './python-app';

/** An app of the module, or one that the module has made for it. */
const MODULE_APP =
  /^(\w{1,60})[ \t]{0,4}(?::[^=\n]{1,100})?=[ \t]{0,4}(?:flask\.)?(?:Flask|create_app|make_app)\(/m;
const FACTORY = /^def[ \t]+(?:create_app|make_app)[ \t]{0,4}\(([^()\n]{0,400})\)/m;
const COMMAND =
  /(?:\bcli\.command|click\.command)\(\s{0,20}["']((?:init|create|seed|setup)[-_]?\w{0,40})["']/g;
/** Commands that make a database; others of the same beginning, such as create-user, want arguments. */
const MAKES = /^(?:init|create|setup)[-_]?(?:db|database|tables?|schema|all|data|app)?$/;
const FILLS = /^seed[-_]?(?:db|database|data|all)?$/;
/** Work that only running the file does, so that `flask run` would miss it. */
const MAIN_DOES_MORE = /create_all|init_db|socketio|create_tables|seed|\.run_server/;

/** How a Flask app is started and, if it says so itself, how its database is made. */
export const flaskApp: PythonFinder = (listing, sources) => {
  const named = /^[ \t]*FLASK_APP[ \t]*=[ \t]*["']?([\w./:]+)/m.exec(listing.read('.flaskenv') ?? '')?.[1];
  const importable = sources.filter((one) => isImportable(one) && !isOfOther(listing.read(one) ?? ''));
  const file =
    importable.find((one) => MODULE_APP.test(listing.read(one) ?? '')) ??
    importable.find(
      (one) => /\bFlask\(/.test(listing.read(one) ?? '') && hasFactory(listing.read(one) ?? ''),
    );
  if (file === undefined && named === undefined) return undefined;
  const text = file === undefined ? '' : (listing.read(file) ?? '');
  const main = text.slice(mainBlockAt(text));
  const ownPort = portOf(main);
  const port = {
    port: ownPort ?? 5000,
    ...(ownPort === undefined || file === undefined ? {} : { portNamedBy: file }),
  };
  if (file !== undefined && main !== '' && MAIN_DOES_MORE.test(main)) {
    return {
      framework: 'flask',
      start: `python ${quotePath(file)}`,
      ...port,
      setup: [],
      env: {},
      reason: `${file} prepares and runs a Flask app itself.`,
    };
  }
  const app = named ?? appName(file ?? '', text);
  // Before 2.2 there was only the variable.
  const flask = isOld(listing)
    ? `FLASK_APP=${quotePath(named ?? appFile(file ?? '', text))} flask`
    : `flask --app ${quotePath(app)}`;
  return {
    framework: 'flask',
    start: `${flask} run --host 127.0.0.1 --port $PORT --no-reload`,
    ...port,
    ...databaseSetup(listing, sources, flask, app),
    reason: named === undefined ? `${file} defines a Flask app.` : `.flaskenv names the Flask app ${named}.`,
  };
};

const isOld = (listing: FileListing): boolean =>
  listing.files.some(
    (file) =>
      /(^|\/)requirements[\w./-]{0,60}\.txt$/.test(file) &&
      /^flask\s{0,4}==\s{0,4}(?:0|1|2\.[01])(?:\.|\s|$)/im.test(listing.read(file) ?? ''),
  );

/** Factories have the same names everywhere. */
const isOfOther = (text: string): boolean =>
  /^[ \t]{0,8}(?:from|import)[ \t]{1,4}(?:fastapi|starlette|litestar|sanic|quart|aiohttp|bottle|falcon)\b/m.test(
    text,
  ) && !/^[ \t]{0,8}(?:from|import)[ \t]{1,4}flask\b/m.test(text);

/** A function that Flask can call itself: every parameter has a default. */
function hasFactory(text: string): boolean {
  const parameters = FACTORY.exec(text)?.[1];
  return (
    parameters !== undefined &&
    parameters.split(',').every((one) => one.trim() === '' || one.includes('=') || one.trim().startsWith('*'))
  );
}

function appName(file: string, text: string): string {
  const module = moduleOf(file);
  const variable = MODULE_APP.exec(text)?.[1];
  return variable === undefined || variable === 'app' || variable === 'application'
    ? module
    : `${module}:${variable}`;
}

/** The same by its file, which every version takes. */
const appFile = (file: string, text: string): string => file + (/:\w+$/.exec(appName(file, text))?.[0] ?? '');

function databaseSetup(
  listing: FileListing,
  sources: readonly string[],
  flask: string,
  app: string,
): Pick<PythonApp, 'setup' | 'more' | 'env'> {
  const owners = new Map<string, string>();
  for (const file of sources) {
    const text = listing.read(file) ?? '';
    // Commands of a group of its own are those of the file that runs it.
    const own = text.includes('FlaskGroup(') ? `python ${quotePath(file)}` : flask;
    for (const [, name = ''] of text.matchAll(COMMAND)) owners.set(name, own);
  }
  const commands = [...owners.keys()];
  const run = (name: string): string => `${owners.get(name) ?? flask} ${name}`;
  const documented = [
    ...readmeOf(listing).matchAll(
      /flask[ \t]+(?:--app[ \t]+\S{1,80}[ \t]+)?((?:init|create|seed|setup)[-_]?\w{0,40})/g,
    ),
  ].flatMap((match) => match[1] ?? []);
  const all = [...commands, ...documented];
  const make = all.find((one) => MAKES.test(one));
  const fill = all.find((one) => FILLS.test(one));
  const migrations = hasFile(listing, 'migrations/env.py');
  const script = firstOf(listing, ['init_db.py', 'create_db.py', 'setup_db.py', 'db_init.py']);
  const makes: { command: string; why: string } | undefined =
    make !== undefined
      ? { command: run(make), why: `Its own command ${make} makes its database.` }
      : migrations
        ? { command: `${flask} db upgrade`, why: 'Its migrations make its database.' }
        : script === undefined
          ? undefined
          : { command: `python ${script}`, why: `${script} makes its database.` };
  const isOfOwnGroup = [make, fill].some(
    (name) => name !== undefined && (owners.get(name) ?? flask) !== flask,
  );
  return {
    env: isOfOwnGroup ? { FLASK_APP: app } : {},
    setup: [
      ...(makes === undefined ? [] : [makes.command]),
      ...(fill === undefined
        ? []
        : [tolerant(run(fill), 'This set-up step did not work; going on without it.')]),
    ],
    more: [
      ...(makes === undefined ? [] : [because('setup', makes.why)]),
      ...(fill === undefined ? [] : [because('setup', `Its own command ${fill} fills it; it is tried.`)]),
    ],
  };
}

function mainBlockAt(text: string): number {
  const at = text.search(/^if\s{1,8}__name__\s{0,8}==\s{0,8}["']__main__["']/m);
  return at < 0 ? text.length : at;
}

const portOf = (text: string): number | undefined =>
  validPort(/\bport\s{0,4}=\s{0,4}(\d{2,5})\b/.exec(text)?.[1]);
