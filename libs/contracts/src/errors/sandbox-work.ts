import type { CatalogueEntry } from './entry';

/** Work in a sandbox: files, processes, ports, previews, network. */
export const SANDBOX_WORK_ERRORS = {
  agent_env_missing: {
    message: 'The agent needs <names>, which the request does not give.',
    remedy: 'Give each of them in `environment`: values are not stored with an agent.',
    status: 422,
  },
  agent_file_reserved: {
    message: 'A file of the agent is called "<name>", as its code is.',
    remedy: 'Give the file another name.',
    status: 422,
  },
  agent_id_invalid: {
    message: 'The id of the agent is no plain name.',
    remedy: 'Use letters, digits, ".", "_" and "-".',
    status: 400,
  },
  agent_limit_reached: {
    message: 'There are <count> agents already.',
    remedy: 'Delete those that are not needed any more.',
    status: 409,
  },
  agent_not_found: {
    message: 'There is no agent "<id>".',
    remedy: 'List them: GET /api/agents; an agent is made by POST /api/agents.',
    status: 404,
  },
  busy: {
    message: 'The execution before has not ended.',
    remedy: 'Wait for its end, or open another stream.',
    status: 400,
  },
  context_id_invalid: {
    message: '"<id>" cannot name a context.',
    remedy: 'Use an id that createContext answered.',
    status: 400,
  },
  context_language_differs: {
    message: 'The context "<id>" is one of <language>.',
    remedy: 'Leave the language out, or use a context of this language.',
    status: 409,
  },
  context_not_found: {
    message: 'There is no context "<id>".',
    remedy: 'Create it; contexts end with their sandbox.',
    status: 404,
  },
  exec_aborted: {
    message: 'The command was ended because its caller gave up.',
    remedy: 'Run it again with a longer limit, if it was not meant to end.',
  },
  file_not_found: {
    message: 'There is no "<path>" in the sandbox.',
    remedy: 'List its folder to see what is there.',
    status: 404,
  },
  file_not_readable: {
    message: '"<path>" cannot be read: <reason>',
    remedy: "Let the sandbox's own user read it.",
    status: 409,
  },
  file_not_writable: {
    message: '"<path>" cannot be written: <reason>',
    remedy: 'Write below /app, /home/app or /tmp, within the disk limit.',
    status: 409,
  },
  file_path_invalid: {
    message: '"<path>" is not a path in the sandbox.',
    remedy: 'Give an absolute path of at most 4096 bytes.',
    status: 400,
  },
  file_too_large: {
    message: '"<path>" is larger than <bytes> bytes.',
    remedy: 'Ask for fewer bytes, or allow more.',
    status: 413,
  },
  file_watch_too_large: {
    message: '"<folder>" holds too many files to be watched.',
    remedy: 'Watch a folder without dependencies and build results.',
    status: 413,
  },
  interpreter_unavailable: {
    message: 'There is no <program> in the sandbox.',
    remedy:
      'Make the sandbox from an image with Python 3.7 or later, for JavaScript and TypeScript with Node.js 18 or later too, or install it.',
    status: 409,
    retryable: 'depends',
  },
  length_required: {
    message: 'The request does not say how long its body is.',
    remedy: 'Send Content-Length, or a tar stream to files/upload.',
    status: 411,
  },
  network_ambiguous: {
    message: 'Both `internet` and `network` are given.',
    remedy: 'Leave one of them out.',
    status: 400,
  },
  network_host_invalid: {
    message: '"<host>" is not a host of a network policy.',
    remedy: 'Write "host", "*.host" or "host:port".',
    status: 400,
  },
  network_phase_open: {
    message: 'Another caller has opened the network of this sandbox.',
    remedy: 'Try again when the other caller has ended.',
    retryable: true,
  },
  no_input: {
    message: 'Nothing runs that reads standard input.',
    remedy: 'Start a command with standard input open, then send.',
    status: 400,
  },
  nothing_asked: {
    message: 'The stream was opened, and nothing asked of it.',
    remedy: 'Send a request within a minute, such as {"type":"exec","command":"ls"}.',
    status: 400,
  },
  port_invalid: {
    message: '<port> is not a TCP port.',
    remedy: 'Give a number between 1 and 65535.',
    status: 400,
  },
  port_refused: {
    message: 'Nothing listens on port <port> in the sandbox.',
    remedy: 'Start what listens there, or see in its log why it ended.',
    status: 502,
    retryable: true,
  },
  port_timeout: {
    message: 'The port did not answer.',
    remedy: 'See in the log of the app what keeps it busy, then try again.',
    status: 504,
    retryable: true,
  },
  preview_link_expired: {
    message: 'This preview link has expired.',
    remedy: 'Ask whoever sent it for a new one.',
    status: 410,
  },
  preview_link_invalid: {
    message: 'This preview link is not valid here.',
    remedy: 'Ask whoever sent it for a new one.',
    status: 401,
  },
  preview_link_revoked: {
    message: 'This preview link has been revoked.',
    remedy: 'Ask whoever sent it for a new one.',
    status: 410,
  },
  preview_time_invalid: {
    message: 'A preview link lives for 1 second to 24 hours.',
    remedy: 'Give a time between 1 and 86400 seconds.',
    status: 400,
  },
  process_input_full: {
    message: 'The process "<name>" does not read its input.',
    remedy: 'Try again when it reads.',
    status: 409,
    retryable: true,
  },
  process_name_invalid: {
    message: '"<name>" cannot name a process.',
    remedy: 'Use letters, digits, "_" and "-", at most 40.',
    status: 400,
  },
  process_not_killed: {
    message: 'The process "<name>" did not end.',
    remedy: 'Try again; destroying the sandbox ends everything in it.',
    retryable: true,
  },
  process_not_running: {
    message: 'No process "<name>" runs in the sandbox.',
    remedy: 'Start it first.',
    status: 409,
  },
  process_not_started: {
    message: 'The process "<name>" could not be started: <reason>',
    remedy:
      'Check the folder it is to run in, whether the disk of the sandbox is full, and whether its number of processes is used up.',
    status: 422,
    retryable: 'depends',
  },
  process_start_failed: {
    message: '"<name>" was not started: <reason>',
    remedy:
      'Check that its folder exists, and that the disk and the processes of the sandbox are not used up.',
  },
  sandbox_command_invalid: {
    message: 'A command needs at least one word, and no NUL bytes.',
    remedy: 'Give the program and its arguments as a list of words.',
    status: 400,
  },
  sandbox_env_invalid: {
    message: '"<name>" cannot be set as a variable.',
    remedy: 'Name variables with letters, digits and "_", and leave out NUL bytes.',
    status: 400,
  },
} as const satisfies Record<string, CatalogueEntry>;
