import { quote } from '../draft';
import { hasFile, readmeOf, type FileListing } from '../listing';
import type { PythonApp } from './python-app';
import { moduleOf } from './python-app';

const MODULE_APP = /^(\w+)\s*(?::[^=\n]+)?=\s*(?:flask\.)?Flask\(/m;
const FACTORY = /^def\s+(create_app|make_app)\s*\(/m;
const COMMAND = /(?:\.cli\.command|click\.command)\(\s*["']((?:init|create|seed|setup|reset)[-_]?\w*)["']/;
/** Work that only running the file does, so that `flask run` would miss it. */
const MAIN_DOES_MORE = /create_all|init_db|socketio|create_tables|seed|\.run_server/;

/** How a Flask app is started and, if it says so itself, how its database is made. */
export function flaskApp(listing: FileListing, sources: readonly string[]): PythonApp | undefined {
  const named = /FLASK_APP\s*=\s*["']?([\w./:]+)/.exec(listing.read('.flaskenv') ?? '')?.[1];
  const file =
    sources.find((one) => MODULE_APP.test(listing.read(one) ?? '')) ??
    sources.find((one) => /\bFlask\(/.test(listing.read(one) ?? '') && FACTORY.test(listing.read(one) ?? ''));
  if (file === undefined && named === undefined) return undefined;
  const text = file === undefined ? '' : (listing.read(file) ?? '');
  const main = text.slice(mainBlockAt(text));
  const setup = databaseSetup(listing, sources);
  if (file !== undefined && main !== '' && MAIN_DOES_MORE.test(main)) {
    return {
      framework: 'flask',
      start: `python ${quote(file)}`,
      port: portOf(main) ?? 5000,
      setup: [],
      env: {},
      reason: `${file} prepares and runs a Flask app itself.`,
    };
  }
  const app = named ?? appName(file ?? '', text);
  const flask = `flask --app ${quote(app)}`;
  return {
    framework: 'flask',
    start: `${flask} run --host 127.0.0.1 --port $PORT --no-reload`,
    port: 5000,
    setup: setup.map((line) => line.replace(/^flask\b/, flask)),
    env: {},
    reason: named === undefined ? `${file} defines a Flask app.` : `.flaskenv names the Flask app ${named}.`,
  };
}

function appName(file: string, text: string): string {
  const module = moduleOf(file);
  const variable = MODULE_APP.exec(text)?.[1];
  if (variable === undefined || variable === 'app' || variable === 'application') return module;
  return FACTORY.test(text) && /^\s+\w+\s*=\s*Flask\(/m.test(text) && !/^\w+\s*=\s*Flask\(/m.test(text)
    ? module
    : `${module}:${variable}`;
}

function databaseSetup(listing: FileListing, sources: readonly string[]): string[] {
  const commands = sources.flatMap((file) => COMMAND.exec(listing.read(file) ?? '')?.[1] ?? []);
  const documented = [
    ...readmeOf(listing).matchAll(/flask\s+(?:--app\s+\S+\s+)?((?:init|create|seed|setup)[-_]?\w*)/g),
  ].flatMap((match) => match[1] ?? []);
  const first = [...commands, ...documented].find((one) => /^(init|create|setup)/.test(one));
  if (first !== undefined) return [`flask ${quote(first)}`];
  if (hasFile(listing, 'migrations/env.py')) return ['flask db upgrade'];
  const script = ['init_db.py', 'create_db.py', 'setup_db.py', 'db_init.py'].find((one) =>
    hasFile(listing, one),
  );
  return script === undefined ? [] : [`python ${script}`];
}

function mainBlockAt(text: string): number {
  const at = text.search(/^if\s+__name__\s*==\s*["']__main__["']/m);
  return at < 0 ? text.length : at;
}

const portOf = (text: string): number | undefined => {
  const port = Number(/\bport\s*=\s*(\d{2,5})/.exec(text)?.[1]);
  return port > 0 ? port : undefined;
};
