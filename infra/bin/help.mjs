/** Every command, in the order of its use: what follows it on the line, and what it does. @type {Record<string, string>} */
export const COMMANDS = {
  init: 'write the settings: asks for what is missing, tries each key (init --help)',
  demo: 'set everything up, start the platform, film examples/kanban to out/demo',
  film: '<git-url | folder | archive> film an app (film --help for the options)',
  templates: 'list the apps of the gallery, for film --template',
  detect: '<git-url | folder | archive> how an app would be built and started',
  studio: 'print an address of the studio, where all of this is done in a browser',
  runs: 'list the runs',
  logs: '<run> what happened in a run',
  get: '<run> fetch what a run made (--out)',
  edit: '<run> edit the timeline of a film, or show it (edit --help)',
  export: '<run> render its film again, as MP4, WebM, GIF, guide or demo (export --help)',
  session: 'open, act, mark, end, list: drive an app by hand, and film what is proven (docs/sessions.md)',
  share: '<run> print an address under which anybody may watch its film, for a time',
  verify: '<run | export> how a finished film was held against what happened',
  replay: '<run-id | history.json> film the same actions again',
  check: '<run> drive its plan again without pictures, and say what changed; for CI',
  test: '<run> what it has shown, as a Playwright test',
  comment: '<folder> post the report of a comparison to its pull request',
  mcp: 'serve films as tools to coding agents (docs/mcp.md)',
  review: '<run> [<feature>...] drop and reorder features of a plan that waits (film --review), and go on',
  cancel: '<run> stop at the next safe point and keep what exists',
  kill: '<run> stop now',
  delete: '<run...> delete runs that have ended, with their films',
  prune: 'delete what is over the limits of what is kept (--dry-run: only say what)',
  sandboxes: 'list, archive, delete or migrate them (sandboxes --help)',
  agents: 'create, list, run or delete stored code (agents --help; docs/sandbox-api.md)',
  tenants: 'list, make or change them (tenants --help)',
  keys: 'list, make or revoke API keys (keys --help)',
  'rotate-secrets': 'a new key for secrets at rest',
  up: 'start the platform (--foreground: until Ctrl-C)',
  down: 'take the platform down; films go on with the next up (--wait: when they have ended)',
  status: 'how the platform is (--json)',
  doctor: 'check every prerequisite (--json)',
  setup: 'install what is missing and build',
};

/** Wide enough for all but the longest, which pushes its line aside. */
const WIDTH = 9;

export const help = `showrunner <command>        in this repository: npm run showrunner -- <command>

${Object.entries(COMMANDS)
  .map(([name, does]) => `  ${name.padEnd(WIDTH)} ${does}`)
  .join('\n')}

  <command> --help tells its options.`;

/**
 * Of a command that is none. Nothing is set up for it: that takes minutes on a fresh clone.
 * @param {string} name
 */
export function unknownCommand(name) {
  return `error: unknown command '${name}'${didYouMean(name, Object.keys(COMMANDS))}\n(--help lists the commands)`;
}

/**
 * A line to follow what is wrong, with what may be meant; empty when nothing is near.
 * @param {string} typed
 * @param {readonly string[]} known
 */
export function didYouMean(typed, known) {
  const near = known.filter((name) => isNear(typed, name));
  return near.length === 0 ? '' : `\n(Did you mean ${near.join(' or ')}?)`;
}

/**
 * Whether one is the beginning of the other, or both begin alike and have the same letters but for one: too much, too few, wrong, or in other places.
 * @param {string} typed
 * @param {string} known
 */
function isNear(typed, known) {
  const start = typed.replace(/^-+/, '');
  if (start.length >= 2 && known.replace(/^-+/, '').startsWith(start)) return true;
  if (typed[0] !== known[0] || Math.abs(typed.length - known.length) > 1) return false;
  const left = [...known];
  const strange = [...typed].filter((letter) => {
    const at = left.indexOf(letter);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return Math.max(strange.length, left.length) <= 1;
}
