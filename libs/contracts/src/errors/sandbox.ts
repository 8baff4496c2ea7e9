import type { CatalogueEntry } from './entry';

/** Sandboxes and their providers. */
export const SANDBOX_ERRORS = {
  budget_exceeded: {
    message:
      'The sandboxes of this month cost <dollars> US dollars; or the sandbox of a run cost more than its budget.',
    remedy:
      'Raise the budget of the tenant, or give the run a larger one (budgetUsd, or the setting RUN_BUDGET_USD), or a smaller sandbox.',
    status: 402,
  },
  docker_certs_invalid: {
    message: 'The certificates in <where> cannot be used: <why>.',
    remedy:
      'Put ca.pem into the folder that SANDBOX_SERVER_CERTS names, and both cert.pem and key.pem if the engine asks for them.',
  },
  docker_host_invalid: {
    message: '"<address>" is no address of an engine.',
    remedy:
      'Set SANDBOX_SERVER_URL to unix:///path/to/docker.sock or tcp://host:port. An engine behind ssh is reached through `ssh -L /tmp/docker.sock:/var/run/docker.sock`.',
    status: 400,
  },
  docker_stream_malformed: {
    message: 'The engine sent a stream that cannot be read.',
    remedy: 'Check that nothing between this host and the engine changes its replies.',
    retryable: 'depends',
  },
  forbidden: {
    message: 'Only an operator may do this.',
    remedy: 'Use an API key of the operator.',
    status: 403,
  },
  host_name_invalid: {
    message: '"<name>" cannot name a sandbox to itself.',
    remedy: 'Use one label of letters, digits, "-" and "_", without dots.',
    status: 400,
  },
  limits_too_small: {
    message: 'limits.<name>: at least <least>, for <reason>.',
    remedy: 'Ask for more, or leave it out: each limit has a default.',
    status: 422,
  },
  migration_incomplete: {
    message: 'Only <count> of <count> files of <sandbox> arrived.',
    remedy: 'Try again; the sandbox is unchanged where it was.',
    retryable: true,
  },
  migration_not_possible: {
    message: 'The sandbox <sandbox> cannot be moved: <why>.',
    remedy: 'Plan the migration again to see what is left to do.',
    status: 409,
  },
  provider_not_set_up: {
    message: 'This platform is not set up for <provider> sandboxes.',
    remedy:
      'Ask for the provider local, or set SANDBOX_PROVIDER and SANDBOX_API_KEY where the services and workers start.',
    status: 422,
  },
  sandbox_archive_failed: {
    message: 'The archive of the sandbox could not be handled: <reason>.',
    remedy: 'See that the disk of the data folder has room, then do it again.',
    status: 410,
    retryable: 'depends',
  },
  sandbox_auth: {
    message: 'The sandbox provider refuses the credentials: <reason>.',
    remedy:
      'Set SANDBOX_API_KEY to a key that the server of SANDBOX_SERVER_URL issued; for Docker let this user use the engine, or its registry (`docker login` on the engine).',
    status: [502, 403],
    retryable: 'depends',
  },
  sandbox_bridge_closed: {
    message: 'The bridge was closed.',
    remedy: 'Try again; the connection is made anew.',
    retryable: true,
  },
  sandbox_bridge_malformed: {
    message: 'The bridge into the sandbox sent what it never would.',
    remedy: 'Something in the sandbox interferes with it; build again.',
  },
  sandbox_busy: {
    message: 'The sandbox is being changed by another caller, or it is gone.',
    remedy: 'Try again in a moment.',
    retryable: true,
  },
  sandbox_capability_missing: {
    message: '<provider> cannot <what was asked>.',
    remedy: 'Choose another provider, or leave that out.',
    status: 400,
  },
  sandbox_disk_broken: {
    message: 'The disk of the sandbox cannot be used: <reason>.',
    remedy: 'Build the project again; a new sandbox is made.',
  },
  sandbox_disk_busy: {
    message: 'The disk of the sandbox is still in use.',
    remedy: 'Try again in a moment.',
    retryable: true,
  },
  sandbox_gate_unreachable: {
    message: 'The egress proxy of this sandbox does not answer.',
    remedy: 'Destroy the sandbox and build again.',
    retryable: true,
  },
  sandbox_gone: {
    message: 'Sandbox <sandbox id> is gone.',
    remedy: 'Create another sandbox; its files are gone with it.',
    status: 502,
  },
  sandbox_id_invalid: {
    message: '"<id>" cannot be the id of a sandbox.',
    remedy: 'Use letters, digits, "_" and "-", at most 63.',
    status: 400,
  },
  sandbox_in_use: {
    message: 'Run <id> works with this sandbox.',
    remedy: 'Wait for the run, or end both with POST /api/runs/<id>/kill.',
    status: 409,
  },
  sandbox_keeper_lost: {
    message: 'The shim of this sandbox went away.',
    remedy: 'Destroy the sandbox and build again.',
    retryable: true,
  },
  sandbox_keeper_refused: {
    message: 'The shim refused: <reason>.',
    remedy: 'Destroy the sandbox and build again.',
    retryable: 'depends',
  },
  sandbox_keeper_unreachable: {
    message: 'The shim of this sandbox does not answer.',
    remedy: 'Destroy the sandbox and build again.',
    retryable: true,
  },
  sandbox_label_invalid: {
    message: 'The label "<name>" is the platform\'s own.',
    remedy: 'Choose another name.',
    status: 400,
  },
  sandbox_lost: {
    message: 'The sandbox <id> is no longer running.',
    remedy: 'Build the project again; a new sandbox is made.',
    status: 410,
  },
  sandbox_not_deleted: {
    message: 'The sandbox <id> could not be deleted: <reason>',
    remedy:
      'See to its provider; it is tried again, at longer and longer intervals. An operator gives it up with POST /api/maintenance/sandboxes/<id>/delete?abandon=true.',
    status: 409,
  },
  sandbox_not_found: {
    message: 'There is no sandbox <id>.',
    remedy: 'List the sandboxes to see which exist.',
    status: 404,
  },
  sandbox_not_running: { message: 'The sandbox <id> is <state>.', remedy: 'Start it first.', status: 409 },
  sandbox_queue_full: {
    message: '<count> requests of yours wait for a place already.',
    remedy: 'Delete sandboxes that are not needed any more, or ask again later.',
    status: 429,
    retryable: true,
  },
  sandbox_queue_wait: {
    message: 'No place for a sandbox came free in time.',
    remedy: 'Try again in a moment; GET /api/sandboxes shows what holds the places.',
    status: 503,
    retryable: true,
  },
  sandbox_quota: {
    message: 'The sandbox provider has no room for this: <reason>.',
    remedy:
      'Destroy sandboxes that are not needed, ask for less, or give the provider more (disk of the engine, plan of the account).',
    status: [429, 507],
    retryable: 'depends',
  },
  sandbox_rate_limited: {
    message: 'At most <count> sandboxes a minute can be asked for.',
    remedy: 'Try again later.',
    status: 429,
    retryable: true,
  },
  sandbox_refused: {
    message: 'The sandbox provider refused the request: <reason>.',
    remedy: 'Compare the request with what the server of SANDBOX_SERVER_URL supports (SANDBOX_TARGET).',
    status: 502,
  },
  sandbox_settings_invalid: {
    message: 'The settings of the sandbox provider are not usable: <which>.',
    remedy: 'Set SANDBOX_API_KEY, SANDBOX_SERVER_URL and SANDBOX_TARGET as docs/sandbox.md says.',
    status: 400,
  },
  sandbox_start_failed: {
    message: 'The sandbox did not start: <reason>',
    remedy:
      'Run `showrunner doctor` to see what this machine lacks; with an image of your own, use a Linux image with /bin/sh.',
    status: [502, 400],
    retryable: 'depends',
  },
  sandbox_still_there: {
    message: 'The sandbox <id> is still being deleted.',
    remedy: 'It will be deleted as soon as a worker can; ask again in a moment.',
    status: 503,
    retryable: true,
  },
  sandbox_uids_exhausted: {
    message: 'Every host uid for sandboxes is taken.',
    remedy: 'Destroy sandboxes that are no longer needed.',
  },
  sandbox_unavailable: {
    message: 'The sandbox provider cannot be used: <reason>.',
    remedy: 'Run `showrunner doctor`, and check SANDBOX_SERVER_URL: it is where sandboxes are made.',
    status: 503,
    retryable: 'depends',
  },
} as const satisfies Record<string, CatalogueEntry>;
