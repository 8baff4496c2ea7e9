import type { CatalogueEntry } from './entry';

/** Exploring, planning, filming, rendering. */
export const FILM_ERRORS = {
  address_not_allowed: {
    message: 'A session goes nowhere but to its own app.',
    remedy: 'Give a path of the app, such as /settings?tab=1.',
    status: 403,
  },
  bad_operation: {
    message: '<what of the timeline is not so>',
    remedy: 'Read the timeline again: what it holds, and how long it is.',
    status: 400,
  },
  bad_otio: {
    message: '<what of the document cannot be read>',
    remedy: 'Begin with the document of the film: GET /api/runs/{id}/timeline/otio.',
    status: 400,
  },
  blank_page: {
    message: 'The app answers at <path>, but its page stayed blank for <seconds> s.',
    remedy:
      'Open the preview and look at the browser console: often an outside API or a build step is missing. Set it with --env or --start.',
    status: 422,
  },
  browser_start_failed: {
    message: 'Chromium did not start in its sandbox: <reason>',
    remedy: 'Run `showrunner doctor` to check Chromium and bubblewrap.',
    retryable: true,
  },
  cancelled: { message: 'The export was cancelled.', remedy: 'Ask for it again: "showrunner export".' },
  cdp_error: {
    message: 'The browser refused <command>: <reason>',
    remedy: 'Nothing need be done: the step or the session is tried again.',
  },
  check_ambiguous: {
    message: 'Both --against and --source are given.',
    remedy: 'Leave one of them out.',
    status: 400,
  },
  check_needs_git: {
    message: 'What run <run id> has filmed was uploaded, and has no other states.',
    remedy: 'Check out what is to be checked, and name its folder: showrunner check <run> --source <folder>.',
    status: 422,
  },
  comparison_ambiguous: {
    message: '<what does not go together>',
    remedy: 'Give what is to be compared once: `base`, and `head` or `baseProjectId`.',
    status: 400,
  },
  comparison_needs_git: {
    message: 'What was uploaded has no other states.',
    remedy: 'Upload the state to compare with as a project of its own, and name it as `baseProjectId`.',
    status: 422,
  },
  condition_not_allowed: {
    message: 'A condition of this kind is not looked at: <why>',
    remedy: 'Name what can be seen, such as {"kind": "textVisible", "text": "Saved"}.',
    status: 422,
  },
  driver_start_failed: {
    message: 'The Playwright MCP server did not start.',
    remedy: 'Run `showrunner doctor`.',
    retryable: true,
  },
  export_ended: {
    message: 'Export <id> has ended already: it is <state>.',
    remedy: 'Nothing is left to cancel.',
    status: 409,
  },
  export_lost: {
    message: 'The workflow of this export ended without a result.',
    remedy: 'Ask for the export again: POST /api/runs/{id}/exports.',
  },
  export_of_run: {
    message: 'Export <id> is a part of run <run>, which is not over.',
    remedy: 'Cancel the run: POST /api/runs/{id}/cancel.',
    status: 409,
  },
  feature_marked_already: {
    message: 'The feature <id> has succeeded already.',
    remedy: 'Give the next feature an id of its own.',
    status: 409,
  },
  ffmpeg_failed: {
    message: 'ffmpeg ended with <code>: <end of its output>',
    remedy: 'Run `npm run showrunner -- doctor`; an ffmpeg with libx264 and libass is needed.',
    retryable: true,
  },
  ffmpeg_missing: {
    message: 'The program <program> could not be started.',
    remedy: 'Install ffmpeg, or run `npm run showrunner -- doctor` to see what is missing.',
  },
  film_untrue: {
    message: 'The finished film does not show what happened. <checks that failed>',
    remedy: 'Render it again: showrunner export. Should it fail again, report it with the files of the run.',
    status: 500,
  },
  frames_refused: {
    message: 'The worker that holds the session <session id> answered <status>.',
    remedy: 'Start all workers with the same INTERNAL_TOKEN.',
    retryable: true,
  },
  frames_unreachable: {
    message: 'The worker that holds the session does not answer.',
    remedy:
      'See that recording workers reach agent workers under the host that these advertise (WORKER_ADVERTISED_HOST).',
    retryable: 'depends',
  },
  gif_too_large: {
    message: 'The smallest GIF of this film has <bytes> bytes, more than <limit>.',
    remedy: 'Allow more bytes, or export MP4 or WebM, which need a tenth of them.',
    status: 422,
  },
  history_invalid: {
    message: 'The history cannot be replayed: <why>.',
    remedy: 'Give the history.json that a finished run left (GET /api/runs/{id}/history).',
    status: 422,
  },
  intent_ambiguous: {
    message: 'Both `intent` and `intentId` are given.',
    remedy: 'Leave one of them out.',
    status: 400,
  },
  intent_not_shown: {
    message: 'Nothing of what was asked for could be shown, and nothing else was filmed instead. <reasons>',
    remedy:
      'Say it with the words that the app itself uses, put names in quotation marks, or leave --intent out.',
    status: 422,
  },
  intent_of_other_project: {
    message: 'Intent <intent id> belongs to another project.',
    remedy: 'Use an intent of the same project: GET /api/intents?projectId=….',
    status: 422,
  },
  marks_used_up: {
    message: 'The session has <count> features already, as many as a film may have.',
    remedy: 'End it with POST /api/sessions/{id}/end, and go on in another.',
    status: 409,
  },
  no_feature_begun: {
    message: 'No feature has begun that could have succeeded.',
    remedy: 'Mark its start first: {"kind": "start", "feature": "sign-in"}.',
    status: 409,
  },
  no_feature_proven: {
    message: 'None of the planned features could be proven. <reasons>',
    remedy: 'Say with --intent what to show, or look at actions.jsonl for what was tried.',
  },
  no_page: {
    message: 'The browser has no page open.',
    remedy: 'Nothing need be done: the step is tried again.',
    retryable: true,
  },
  no_recorder: {
    message: 'No recording worker took the film within five minutes.',
    remedy: 'Start more workers of the pool "recording", and see that they reach the agent workers.',
  },
  not_verified: {
    message: 'The film <id> was not checked: it is <state>.',
    remedy: 'Wait for its end, or render it again: showrunner export.',
    status: 409,
  },
  nothing_compared: {
    message: 'Run <id> ended before anything was compared: <message>',
    remedy: 'See why it ended: GET /api/runs/{id}.',
    status: 409,
  },
  nothing_recorded: { message: 'Nothing was recorded.', remedy: 'Film again.' },
  nothing_to_check: {
    message: 'Run <run id> has shown nothing that could be checked.',
    remedy: 'Check a run that has shown at least one feature.',
    status: 409,
  },
  nothing_to_redo: {
    message: 'Nothing of the timeline of run <id> was undone since its last edit.',
    remedy: 'GET /api/runs/{id}/timeline/history says what was done.',
    status: 409,
  },
  nothing_to_render: {
    message: 'Run <id> has no clip to make a film of.',
    remedy: 'Film again: a feature must succeed to become a clip.',
    status: [409, 400],
  },
  nothing_to_replay: {
    message: 'Run <run id> ended before anything was filmed.',
    remedy: 'Replay a run that got as far as filming, or start a new one.',
    status: 409,
  },
  nothing_to_share: {
    message: 'Run <run> has no film yet that browsers can play.',
    remedy: 'Wait until its film is rendered, or render it again as MP4: POST /api/runs/{id}/exports.',
    status: 409,
  },
  nothing_to_show: {
    message: 'The app was opened, but nothing in it was found that a film could show.',
    remedy: 'Say with --intent what to show, or which page to begin with.',
    status: 400,
  },
  nothing_to_test: {
    message: 'Run <run id> has shown nothing that a test could hold.',
    remedy: 'Ask for the test of a run that has shown at least one feature.',
    status: 409,
  },
  nothing_to_undo: {
    message: 'Nothing of the timeline of run <id> can be undone.',
    remedy: 'GET /api/runs/{id}/timeline/history says what was done; the last 200 changes can be undone.',
    status: 409,
  },
  other_plan: {
    message: 'Run <other> filmed another plan than run <id>.',
    remedy: 'Carry edits over between films of one plan: a replay, or a run with planId.',
    status: 409,
  },
  page_unreadable: {
    message: 'The page could not be read: <reason>',
    remedy: 'Nothing need be done: the step is tried again.',
    retryable: true,
  },
  plan_ambiguous: {
    message: 'Both `plan` and `planId` are given.',
    remedy: 'Leave one of them out.',
    status: 400,
  },
  plan_gone: {
    message: 'The plan of run <id> is not stored any more.',
    remedy: 'Film again: POST /api/runs/{id}/replay repeats the same actions.',
    status: 410,
  },
  plan_of_other_project: {
    message: 'Plan <id> belongs to another project.',
    remedy: 'Use a plan of the same project: GET /api/plans?projectId=….',
    status: 422,
  },
  project_deleted: {
    message: 'The project was deleted before the run could begin.',
    remedy: 'Create the project again and start a new run.',
  },
  recording_handed_over: {
    message: 'The recorder shuts down; another one goes on with the take.',
    remedy: 'Nothing need be done.',
    retryable: true,
  },
  review_feature_unknown: {
    message: 'The plan has no feature "<id>".',
    remedy: 'Name features of `review.features` of GET /api/runs/{id}.',
    status: 422,
  },
  review_not_open: {
    message: 'The plan of run <id> waits for nobody.',
    remedy: 'Start a run with `review: true`; once its plan is fixed nothing changes it.',
    status: 409,
  },
  review_of_fixed_plan: {
    message: 'A plan that is given is fixed: nobody can look at it before.',
    remedy: 'Leave `review` out, or the plan.',
    status: 422,
  },
  run_ended: {
    message: 'Run <id> has ended already: it is <state>.',
    remedy: 'Nothing is left to stop.',
    status: 409,
  },
  run_in_use: {
    message: 'Run <id> has not ended: it is <state>.',
    remedy: 'Wait for it, or cancel it with POST /api/runs/{id}/cancel.',
    status: 409,
  },
  run_limit_reached: {
    message: '<count> of your runs have not ended; <number> may be under way.',
    remedy:
      'Wait for one, or stop one with POST /api/runs/{id}/cancel; GET /api/usage says how many there are, and an operator may raise the limit.',
    status: 429,
    retryable: true,
  },
  run_not_ended: {
    message: 'Run <earlier id> is still <state>.',
    remedy: 'Wait for its end, then replay it.',
    status: 409,
  },
  run_not_over: {
    message: 'Run <id> is <state>: its film is not there yet.',
    remedy: 'Wait until the run has ended: GET /api/runs/{id}, or its events.',
    status: 409,
    retryable: true,
  },
  run_rate_limited: {
    message: 'At most <number> runs a minute can be asked for.',
    remedy: 'Wait a few seconds and ask again; GET /api/usage says how many were asked for.',
    status: 429,
    retryable: true,
  },
  secret_missing: {
    message: 'The plan types secrets whose values are not here: <names>.',
    remedy: 'Give each with the request: --secret <name>=…, or `secrets` of its body.',
    status: 422,
  },
  session_app_ambiguous: {
    message: 'Exactly one of `projectId`, `buildId` and `sandboxId` is to be given.',
    remedy: 'Give `projectId` to have the app built, or one of the others for an app that runs already.',
    status: 422,
  },
  session_lost: {
    message: 'The browser session is gone: <why>.',
    remedy: 'Nothing need be done: the film goes on in a new session.',
    retryable: 'depends',
  },
  session_lost_repeatedly: {
    message: 'The browser session was lost <count> times.',
    remedy: 'Look at the memory of this machine and at the worker logs; the app may crash the browser.',
  },
  session_needs_app: {
    message: '<what> shows no app.',
    remedy: 'Name a build that is running, a generated app, or a project.',
    status: 409,
  },
  session_not_open: {
    message: 'The session <id> takes no actions: it is <state>.',
    remedy: 'Wait until GET /api/sessions/{id} says `filming`; of one that has ended open another.',
    status: 409,
  },
  session_steps_used_up: {
    message: 'The session has used all of its <count> steps.',
    remedy: 'End it with POST /api/sessions/{id}/end, or open one with more `maxSteps`.',
    status: 409,
  },
  sessions_used_up: {
    message: 'You have <count> sessions open already.',
    remedy: 'End one: DELETE /api/sessions/{id}.',
    status: 429,
    retryable: true,
  },
  share_ended: {
    message: 'This link has ended: its time is over, it was taken back, or the film was deleted.',
    remedy: 'Ask whoever sent it for a new one.',
    status: 410,
  },
  share_invalid: {
    message: 'This link leads to no film.',
    remedy: 'Open it as it was sent, to its last character.',
    status: 404,
  },
  sink_failed: {
    message: 'The frames of the session could not be passed on: <reason>',
    remedy: 'See that the disk of the recording worker has room, then film again.',
  },
  speech_failed: {
    message: '<the voice> <how it failed>',
    remedy: 'Run `npm run showrunner -- doctor`, choose another voice, or export without one.',
    retryable: true,
  },
  stage_timed_out: {
    message: 'The stage "<stage>" did not finish in time.',
    remedy: 'Look at the logs of the run, and at the workers with "showrunner status".',
  },
  step_limit: {
    message: 'The session reached its limit of <max steps> steps.',
    remedy: 'Plan fewer features or raise the limit.',
  },
  take_empty: { message: 'The take <take id> holds no picture.', remedy: 'Film again.' },
  take_gone: {
    message: 'The recording <take> of run <id> is not stored any more.',
    remedy: 'Film again: POST /api/runs/{id}/replay repeats the same actions.',
    status: 410,
  },
  take_missing: {
    message: 'The take <id> is not there.',
    remedy: 'Film again: POST /api/runs/{id}/replay repeats the same actions.',
    status: 400,
  },
  take_unreadable: {
    message: 'The recording <path> ends before its header does.',
    remedy: 'Film again: the recording was cut or changed after it was stored.',
  },
  take_unwritable: {
    message: 'The take could not be written: <reason>',
    remedy: 'See that the disk of the recording worker has room, then film again.',
  },
  time_limit: {
    message: 'The session reached its limit of <seconds> s of browser time.',
    remedy: 'Plan fewer features or raise the limit.',
  },
  timeline_changed: {
    message: 'The timeline of run <id> is at version <number> by now.',
    remedy:
      'Read it again (GET /api/runs/{id}/timeline), and do to that one what is still wanted. Nothing of it is lost.',
    status: 412,
  },
  timeline_missing: {
    message: 'Run <id> has no timeline yet: its recording was never indexed.',
    remedy: 'Export the run once (POST /api/runs/{id}/exports): that makes it.',
    status: 409,
  },
  timeline_version_gone: {
    message: 'Version <number> of the timeline of run <id> is not kept any more.',
    remedy: 'Take one of the last 200 versions: GET /api/runs/{id}/timeline/history lists them.',
    status: 410,
  },
  tool_arguments_invalid: {
    message: '<which argument is not as it should be>',
    remedy: 'See docs/sessions.md for the arguments of each tool.',
    status: 422,
  },
  tool_not_allowed: {
    message: 'Sessions have no tool "<tool>".',
    remedy: 'Use one of those that docs/sessions.md lists.',
    status: 403,
  },
  voice_unavailable: {
    message: '<which voice, and what it lacks>',
    remedy:
      'Run `npm run setup`, which installs the voices, or `apt-get install espeak-ng`; `npm run showrunner -- doctor` tells what is there.',
    status: 422,
  },
  workflow_lost: {
    message: 'Temporal does not know this run any more.',
    remedy: 'Start the run again. If this repeats, check whether the Temporal data folder was deleted.',
  },
} as const satisfies Record<string, CatalogueEntry>;
