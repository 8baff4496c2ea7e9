import type { CatalogueEntry } from './entry';

/** Detecting, installing and starting the app. */
export const BUILD_ERRORS = {
  app_error_page: {
    message: 'The app answers with an error page at <path>: <error>',
    remedy:
      'Look at the log of the app; a missing environment variable (--env), database or outside API is the usual cause.',
    status: 422,
  },
  app_error_status: {
    message: 'The app answers with HTTP <status> instead of a page.',
    remedy: 'Look at its log; a missing variable (--env) or database is the usual cause.',
    status: 422,
  },
  app_exited: {
    message: 'The app ended before it showed a page.',
    remedy:
      'Mend what the log names, set missing variables with --env NAME=value, or give another command with --start.',
    status: 422,
  },
  app_no_page: {
    message: 'The app answers on port <port>, but at / with <what>.',
    remedy: 'If this is only the API, choose the folder of the front end with --subdir.',
    status: 422,
  },
  app_not_answering: {
    message: 'The app listens on port <port>, but sent no page within <seconds> s.',
    remedy: 'See in its log what it waits for.',
    status: 422,
  },
  app_not_built: { message: '<bundle> does not exist.', remedy: 'Run `npm run build`.' },
  app_not_generated: {
    message: 'No app could be made of the prompt: <why>.',
    remedy: 'Say it in other words or ask for less, or begin with an app of the gallery: GET /api/templates.',
    status: 422,
  },
  app_not_listening: {
    message: 'The app runs, but opened no port within <seconds> s.',
    remedy: 'See in its log what it waits for; give its port with --port.',
    status: 422,
  },
  app_not_written: {
    message: 'The app of this project is not written yet.',
    remedy: 'Wait until the state of its generation is running: GET /api/projects/{id}.',
    status: 409,
  },
  app_unreachable: {
    message: 'The browser could not open <path>: <reason>',
    remedy: 'Look at the log of the app: it may have ended.',
    status: 422,
    retryable: true,
  },
  build_context_too_large: {
    message:
      'The folder of the app has more than <size> MiB, packed; that is too much to build an image from.',
    remedy: 'Name in .dockerignore what the image does not need.',
    status: 400,
  },
  build_context_unreadable: {
    message: 'The files for the image could not be gathered: <reason>',
    remedy: 'Simplify .dockerignore, or give a source that is a plain folder.',
    status: 422,
  },
  build_failed: {
    message: 'The build failed: <why>.',
    remedy: 'Read its output: GET /api/builds/{id}/log.',
    status: 422,
  },
  build_not_started: {
    message: 'The build could not be started: <why>.',
    remedy: 'Try again when `showrunner status` shows Temporal running.',
  },
  checkpoint_failed: {
    message: 'The state of the app could not be stored: <reason>',
    remedy: 'Build the project again.',
    retryable: 'depends',
  },
  checkpoint_missing: {
    message: 'The app cannot be reset: its state after the install was never stored.',
    remedy: 'Build the project again.',
  },
  compiler_missing: {
    message: 'The install needs a compiler that the sandbox does not have.',
    remedy: 'Use packages with ready-made binaries, or a Dockerfile that installs what they need.',
    status: 422,
  },
  compose_unsupported: {
    message: 'The app is started with docker compose, which no sandbox runs.',
    remedy: 'Say how the app alone starts with --start.',
    status: 400,
  },
  disk_full: {
    message: '<program> filled the disk of the sandbox.',
    remedy: 'Ask for a larger disk (at most 10 GiB), or make it write less.',
    status: 422,
  },
  dockerfile_not_found: {
    message: 'The folder of the app has no file "<file>".',
    remedy: 'Give a file that exists, relative to the folder of the app.',
    status: 400,
  },
  dockerfile_or_start: {
    message: 'The app is either built from a Dockerfile, which says how it starts, or started by a command.',
    remedy: 'Give one of the two.',
    status: 400,
  },
  dockerfile_unsupported: {
    message: 'The app is to be built from a Dockerfile, and the sandbox provider builds no container images.',
    remedy: 'Ask for the provider docker, or say how the app starts without a container with --start.',
    status: 400,
  },
  file_name_invalid: {
    message: '"<name>" cannot be the name of a file.',
    remedy: 'Use plain relative names such as page.tsx or components/Card.tsx.',
    status: 400,
  },
  image_build_failed: {
    message: 'The Dockerfile did not build: <reason>',
    remedy: 'Mend the step that failed; steps reach only the hosts that the operator allows for builds.',
    status: 400,
  },
  image_build_timeout: {
    message: 'The image took longer than <minutes> min to build.',
    remedy: 'Have the Dockerfile do less, or begin from an image that has more.',
    status: 422,
  },
  image_not_found: {
    message: 'The image <name> could not be pulled: <reason>',
    remedy: 'Check its name; for a private registry sign the engine in with `docker login`.',
    status: 404,
  },
  image_not_reachable: {
    message: 'The registry of <name> cannot be reached: <reason>',
    remedy: 'Give the engine a way to the registry, or load the image into it with `docker load`.',
    status: 502,
    retryable: true,
  },
  image_reference_invalid: {
    message: '"<name>" names no image.',
    remedy: 'Write it as `name:tag`, `registry/name:tag` or `name@sha256:digest`.',
    status: 400,
  },
  image_without_command: {
    message: 'The image of <file> starts nothing.',
    remedy: 'Give it a CMD or an ENTRYPOINT.',
    status: 422,
  },
  install_damaged: {
    message: 'A kept install is not what was kept.',
    remedy: 'Nothing need be done: the install is made anew.',
    retryable: true,
  },
  install_failed: {
    message: 'The install ended with exit code <code>.',
    remedy: 'Mend what the log names, or give another command with --install.',
    status: 422,
  },
  install_inputs_unreadable: {
    message: 'The files that decide the install could not be read: <reason>',
    remedy: 'Nothing need be done: the install is made anew.',
    retryable: true,
  },
  install_not_packed: {
    message: 'The install could not be packed: <reason>',
    remedy: 'Nothing need be done: the next build installs anew.',
    retryable: true,
  },
  install_not_removed: {
    message: 'What was left of an earlier install could not be removed: <reason>',
    remedy: 'Build the project again.',
    retryable: true,
  },
  install_not_restored: {
    message: 'An earlier install could not be unpacked: <reason>',
    remedy: 'Nothing need be done: the install is made anew.',
    retryable: true,
  },
  install_timeout: {
    message: 'The install took longer than <minutes> min.',
    remedy: 'Give a faster command with --install.',
    status: 422,
  },
  install_too_large: {
    message: 'What the install made takes more than <size> MiB packed.',
    remedy: 'Nothing need be done: the install is not kept, and each build makes it anew.',
    status: 400,
  },
  limits_invalid: {
    message: 'The limit <name> is not possible: <why>.',
    remedy: 'At most 4 CPUs, 8 GiB of memory and 10 GiB of disk.',
    status: 400,
  },
  not_detected: {
    message: 'The app could not be looked at: <why>.',
    remedy: 'Read the log of the build: GET /api/builds/{id}/log.',
  },
  nothing_to_run: {
    message: '<source> has nothing to run. <what was found>',
    remedy:
      'Say how the app starts with --start "<command>" (and --install, --port), or choose its folder with --subdir.',
    status: 400,
  },
  out_of_memory: {
    message: '<program> ran out of memory and was ended.',
    remedy: 'Ask for more memory (at most 8 GiB), or make it need less.',
    status: 422,
  },
  package_json_invalid: {
    message: 'The generated package.json is not a JSON object.',
    remedy: 'Send a valid package.json, or leave it out.',
    status: 400,
  },
  page_missing: {
    message: 'The generated code has no page.',
    remedy: 'Send page.tsx, app/page.tsx, App.tsx or index.html.',
    status: 400,
  },
  place_not_writable: {
    message:
      'The app wants to use files that it may not: it runs as user 1000, and can write below /app, /home/app and /tmp only.',
    remedy:
      'Have it write below one of these folders; in a Dockerfile, put what it changes below /app, and let everybody read the rest.',
    status: 422,
  },
  process_limit: {
    message: '<program> started more processes than the sandbox allows.',
    remedy: 'Ask for more processes (at most 4096), or make it start fewer.',
    status: 422,
  },
  provider_not_configured: {
    message: 'Sandboxes of the provider "<asked>" cannot be made here: this installation uses "<provider>".',
    remedy: 'Ask for the provider that SANDBOX_PROVIDER names.',
    status: 400,
  },
  redirect_away: {
    message: 'The app sends visitors to <address>, which is outside of the sandbox.',
    remedy: 'It often needs its own address as a setting; set it with --env NAME=value.',
    status: 422,
  },
  redirect_loop: {
    message: 'The app redirects for ever: <path> leads back to itself.',
    remedy: 'It often needs a setting, such as its own address; set it with --env NAME=value.',
    status: 422,
  },
  registry_unreachable: {
    message: 'The install could not reach its registry.',
    remedy:
      'Have the operator allow its host (SANDBOX_INSTALL_HOSTS), or give another command with --install.',
    status: 422,
  },
  runtime_busy: {
    message: 'Another build is still making what this app runs on.',
    remedy: 'Try again in a moment.',
    status: 503,
    retryable: true,
  },
  runtime_damaged: {
    message: '<package> is not what the registry says that it is.',
    remedy:
      'Nothing of it is used. Try again; if it stays so, the registry or the way to it is not to be trusted.',
    status: 502,
  },
  runtime_not_fetched: {
    message: 'What the app runs on could not be fetched: <reason>.',
    remedy: 'Check the network and NPM_REGISTRY_URL, or choose what there is with --runtime.',
    status: 503,
    retryable: 'depends',
  },
  runtime_pin_refused: {
    message: '<file> does not name a version of <language> but a place: <text>.',
    remedy: 'Only versions are followed; choose one with --runtime <language>@<version>.',
    status: 400,
  },
  runtime_unavailable: {
    message: '<file> asks for <language> <version>, which cannot be had here.',
    remedy: 'The error names versions that can be had; choose one with --runtime <language>@<version>.',
    status: 400,
  },
  service_failed: {
    message: '<service>, which the app needs, did not start.',
    remedy: 'Give the sandbox more memory, or give the app another database with --env.',
    status: 422,
  },
  setup_failed: {
    message: 'The set-up command "<command>" failed.',
    remedy:
      'Mend what the log names; set-up commands have no network. showrunner.yaml can name others under "setup".',
    status: 422,
  },
  setup_timeout: {
    message: 'The set-up command "<command>" took too long.',
    remedy:
      'Mend what the log names; set-up commands have no network. showrunner.yaml can name others under "setup".',
    status: 422,
  },
  several_apps: {
    message: '<source> starts nothing itself, and several of its folders could be the app.',
    remedy: 'Choose one of them with --subdir.',
    status: 400,
  },
  stack_unsupported: {
    message: 'The app is written for a language or platform that the sandbox does not have.',
    remedy: 'Say how it starts with --start and --install, or give a Dockerfile to the provider docker.',
    status: 400,
  },
  system_not_made: {
    message: 'Debian <suite> with <packages> could not be put together: <reason>',
    remedy:
      'Let the platform reach DEBIAN_MIRROR_URL, install mmdebstrap, or choose what the sandbox has with --runtime.',
    status: 503,
    retryable: 'depends',
  },
  workspace_missing: {
    message: 'The app asks for a package of its workspace that the source does not have.',
    remedy: 'Film the root of the workspace and choose the app with --subdir.',
    status: 422,
  },
} as const satisfies Record<string, CatalogueEntry>;
