import { Command, CommanderError, Option } from 'commander';
import { cliConfigSchema, loadConfig } from '@showrunner/config';
import { AppError, EXPORT_FORMATS, FILM_ASPECTS, FILM_THEMES } from '@showrunner/contracts';
import type { ApiClient } from '@showrunner/api-client';
import { check } from './check.command';
import type { CheckOptions } from './check.command';
import { comment } from './comment.command';
import type { CommentOptions } from './comment.command';
import { detect } from './detect.command';
import type { DetectOptions } from './detect.command';
import { edit } from './edit.command';
import type { EditOptions } from './edit.command';
import { exportRun } from './export.command';
import type { ExportOptions } from './export.command';
import { film } from './film.command';
import type { FilmOptions } from './film-options';
import { getRun } from './get.command';
import { readMinutes, reviewPlan } from './review.command';
import { Interrupts } from './interrupts';
import type { McpOptions } from './mcp/mcp.command';
import { connect, connectStarted } from './platform';
import { prune } from './prune.command';
import { replay } from './replay.command';
import type { ReplayOptions } from './replay.command';
import { deleteRuns, listRuns, showLogs, stopRun } from './run.commands';
import { addAgentCommands } from './agents.program';
import { addKeyCommands } from './keys.program';
import { studio } from './studio.command';
import { share } from './share.command';
import type { ShareOptions } from './share.command';
import { addSandboxCommands } from './sandboxes.program';
import { addSessionCommands } from './sessions.program';
import { addSourceOptions, collect } from './source-options';
import { listTemplates } from './templates.command';
import { writeTest } from './test.command';
import type { TestOptions } from './test.command';
import { verify } from './verify.command';
import { EXIT } from './watch-run';
import type { WatchOptions } from './watch-run';

const api = (): ApiClient => connect(loadConfig(cliConfigSchema));
const startedApi = (): Promise<ApiClient> => connectStarted(loadConfig(cliConfigSchema));
const finish = async (code: Promise<number>): Promise<void> => {
  process.exitCode = await code;
};
const interruptible = async (work: (interrupts: Interrupts) => Promise<number>): Promise<void> => {
  const interrupts = new Interrupts((line) => void process.stderr.write(`${line}\n`));
  interrupts.listen();
  await finish(work(interrupts)).finally(() => interrupts.release());
};
// Its protocol is a library that no other command needs.
const mcp = async (options: McpOptions): Promise<number> =>
  (await import('./mcp/mcp.command')).serveMcp(loadConfig(cliConfigSchema), options);
const out = (): Option => new Option('--out <dir>', 'folder for the results').default('out');
const force = (): Option =>
  new Option('--force', 'write over files of others, and beside another film that writes there');

const program = new Command('showrunner')
  .description('From a repository to a proven, replayable video.')
  .showHelpAfterError('(--help lists the options)')
  .exitOverride();
addSourceOptions(
  program
    .command('film [source]')
    .description('film an app: a Git URL, a folder or an archive; or again what a stored plan says')
    .option('--intent <text>', 'what to show')
    .option('--prompt <text>', 'film an app that a model writes for this (docs/prompts.md)')
    .option('--kind <kind>', 'of that app: webapp, api or script (default: webapp)')
    .option('--template <name>', 'film an app of the gallery, see `showrunner templates`')
    .option('--branch <name>', 'branch of the repository')
    .option('--base <ref>', 'film what is new or different since this branch, tag or commit (docs/ci.md)')
    .option('--head <ref>', 'with --base: the branch, tag or commit that is filmed'),
)
  .option(
    '--secret <NAME=value>',
    'what {{NAME}} in the intent or plan stands for: typed, and shown nowhere; may be given several times',
    collect,
    [],
  )
  .option('--provider <name>', 'sandbox provider (default: SANDBOX_PROVIDER of the platform)')
  .option('--size <WxH>', 'size of the film', '1280x720')
  .option('--pace <pace>', 'slow, normal, fast, or none: without the pauses of a person', 'normal')
  .option('--aspect <ratio>', `of the film: ${FILM_ASPECTS.join(', ')} (default: as filmed)`)
  .option('--theme <name>', `of the film: ${FILM_THEMES.join(', ')} (default: plain)`)
  .option(
    '--voice [name]',
    'who speaks its words: auto, heart, espeak, openai or openai:<voice> (docs/voices.md)',
  )
  .option('--plan <file>', 'film this plan, written by hand (docs/plans.md), without exploring')
  .option(
    '--from <test>',
    'film what a file of Playwright tests does (docs/playwright-tests.md); it is read, never run',
  )
  .option(
    '--plan-id <id>',
    'film this plan of an earlier run, on the source it was made for, without exploring',
  )
  .addOption(out())
  .addOption(force())
  .option('--json', 'the report as JSON on standard output')
  .option('--keep', 'keep the sandbox running')
  .option('--review', 'wait with the plan until somebody has looked at it: showrunner review <run>')
  .option('--review-minutes <n>', 'how long it waits before it goes on as proposed, 1 to 60', readMinutes, 15)
  .action((source: string | undefined, options: FilmOptions) =>
    interruptible((interrupts) => film(startedApi, source, options, interrupts)),
  );
program
  .command('templates')
  .description('list the apps of the gallery, which need no source and no model')
  .option('--json', 'as JSON')
  .action((options: { json?: boolean }) => finish(listTemplates(api(), options.json ?? false)));
addSourceOptions(
  program
    .command('detect <source>')
    .description('say how an app would be built and started, and why, without running anything of it')
    .option('--branch <name>', 'branch of the repository'),
)
  .option('--provider <name>', 'sandbox provider (default: SANDBOX_PROVIDER of the platform)')
  .option('--json', 'the plan as JSON on standard output')
  .action((source: string, options: DetectOptions) =>
    interruptible((interrupts) => detect(startedApi, source, options, interrupts)),
  );
program
  .command('replay <run-or-history>')
  .description('film the same actions again: the id of a run, or its history.json')
  .option(
    '--source <source>',
    'with a history of another machine: the folder, archive or Git URL that was filmed',
  )
  .addOption(out())
  .addOption(force())
  .option('--json', 'the report as JSON on standard output')
  .action((what: string, options: ReplayOptions) =>
    interruptible((interrupts) => replay(startedApi, what, options, interrupts)),
  );
program
  .command('runs')
  .description('list the runs')
  .option('--json', 'as JSON')
  .action((options: { json?: boolean }) => finish(listRuns(api(), options.json ?? false)));
for (const how of ['cancel', 'kill'] as const) {
  program
    .command(`${how} <run>`)
    .description(how === 'cancel' ? 'stop at the next safe point and keep what exists' : 'stop now')
    .action((run: string) => finish(stopRun(api(), run, how)));
}
program
  .command('review <run> [features...]')
  .description(
    'film these features of a plan that waits, in this order, by number or id; without any say what it has',
  )
  .option('--accept', 'film all as proposed')
  .action((run: string, features: string[], options: { accept?: boolean }) =>
    finish(reviewPlan(api(), run, features, options.accept ?? false)),
  );
program
  .command('export <run>')
  .description('render the film of a run again, from what is stored')
  .option('--format <name>', `${EXPORT_FORMATS.join(', ')} (default: mp4); guide and demo are of its steps`)
  .option('--aspect <ratio>', `${FILM_ASPECTS.join(', ')} (default: as filmed)`)
  .option('--theme <name>', `${FILM_THEMES.join(', ')} (default: plain)`)
  .option('--voice [name]', 'who speaks its words: auto, heart, espeak, openai, openai:<voice> or none')
  .option('--height <px>', 'height of the picture, 480 to 2160; default: as filmed, of a GIF 480')
  .option('--fps <number>', '30 or 60 frames a second (default: 30)')
  .option('--max-bytes <number>', 'lower rate, colours and size of a GIF until it has no more')
  .addOption(out())
  .addOption(force())
  .action((run: string, options: ExportOptions) => finish(exportRun(api(), run, options)));
program
  .command('verify <run-or-export>')
  .description('how a finished film was held against what happened, check by check')
  .option('--json', 'as JSON')
  .action((id: string, options: { json?: boolean }) => finish(verify(api(), id, options.json ?? false)));
program
  .command('edit <run>')
  .description('edit the timeline of a film (docs/timelines.md), or show it; export renders it')
  .option('--op <json>', 'an operation; may be given several times, all are one change', collect, [])
  .option('--file <json>', 'operations as a JSON array in a file')
  .option('--undo', 'undo the last change')
  .option('--redo', 'do again what was undone last')
  .option('--carry <run>', 'do the edits of another film of the same plan')
  .option('--otio <file>', 'write it as OpenTimelineIO, for editing programs')
  .option('--from-otio <file>', 'make what such a file shows of the run its film')
  .option('--json', 'the timeline as JSON on standard output')
  .action((run: string, options: EditOptions) => finish(edit(api(), run, options)));
program
  .command('get <run>')
  .description('fetch what a run made, also of one that ended while nobody waited')
  .addOption(out())
  .addOption(force())
  .option('--json', 'the report as JSON on standard output')
  .action((run: string, options: WatchOptions) => finish(getRun(api(), run, options)));
program
  .command('share <run>')
  .description('print an address under which anybody may watch the film of a run, for a time')
  .option('--expires <age>', 'after which it opens nothing any more, e.g. 12h or 90d (default: 30d)')
  .option('--list', 'list the links of the run instead')
  .option('--revoke <id>', 'take a link back instead')
  .option('--json', 'as JSON')
  .action((run: string, options: ShareOptions) => finish(share(api(), run, options)));
program
  .command('delete <run...>')
  .description('delete runs that have ended, with their films, takes and histories')
  .action((runs: string[]) => finish(deleteRuns(api(), runs)));
program
  .command('check <run>')
  .description('drive the plan of a run again, without pace and pictures, and say step by step what changed')
  .option('--against <ref>', 'branch, tag or commit of its repository to check')
  .option('--source <source>', 'folder, archive or Git URL to check instead of what was filmed')
  .option('--junit <file>', 'write JUnit XML for CI')
  .option('--json <file>', 'write the report as JSON')
  .action((run: string, options: CheckOptions) =>
    interruptible((interrupts) => check(startedApi, run, options, interrupts)),
  );
program
  .command('comment <folder>')
  .description('post the report of a comparison to its pull request, or renew it (docs/ci.md)')
  .option('--github <owner/name#number>', 'pull request of GitHub')
  .option('--gitlab <group/name!number>', 'merge request of GitLab')
  .requiredOption('--token-file <file>', 'file with a token that may comment; -: standard input')
  .option('--api-url <url>', 'of a forge of your own, e.g. https://git.example.org/api/v4')
  .option('--link <url>', 'address below which the files of the folder are served: the comment shows them')
  .option('--files-at <url>', 'page that lists them, where they are not served one by one')
  .action((folder: string, options: CommentOptions) => finish(comment(folder, options)));
program
  .command('test <run>')
  .description(
    'what a run has shown, as a file for @playwright/test; on standard output unless --out names a file',
  )
  .option('--out <file>', 'TypeScript file to write, for example tests/board.spec.ts')
  .option('--force', 'write over a file that is there')
  .action((run: string, options: TestOptions) => finish(writeTest(api(), run, options)));
program
  .command('prune')
  .description('delete runs that are over the limits of what is kept, and files that belong to nothing')
  .option('--dry-run', 'only say what would go, and why')
  .option('--json', 'as JSON')
  .action((options: { dryRun?: boolean; json?: boolean }) => finish(prune(api(), options)));
program
  .command('logs <run>')
  .description('what happened in a run')
  .action((run: string) => finish(showLogs(api(), run)));
program
  .command('mcp')
  .description('serve films as tools to coding agents, by the Model Context Protocol (docs/mcp.md)')
  .option('--http <port>', 'over HTTP, for whoever has a key, instead of standard input and output')
  .option('--host <address>', 'address to listen on with --http', '127.0.0.1')
  .action((options: McpOptions) => finish(mcp(options)));
program
  .command('studio')
  .description('print an address of the studio that signs one browser in')
  .option('--quiet', 'the address alone')
  .action((options: { quiet?: boolean }) => finish(studio(startedApi, options)));
addSandboxCommands(program, api, finish);
addAgentCommands(program, api, finish);
addSessionCommands(program, api, finish);
addKeyCommands(program, api, finish);

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = explain(error);
}

/** Tells what went wrong in one sentence and what to try; answers the exit code. */
function explain(error: unknown): number {
  // Commander has said it already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.refused;
  const { message, remedy } =
    error instanceof AppError
      ? error
      : {
          message: `Unexpected: ${error instanceof Error ? error.message : String(error)}`,
          remedy: undefined,
        };
  process.stderr.write(`${message}\n${remedy ? `Try: ${remedy}\n` : ''}`);
  return EXIT.refused;
}
