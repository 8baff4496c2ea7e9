import type { CatalogueEntry } from './entry';

/** Answers of the REST API as such. */
export const API_ERRORS = {
  bad_cursor: {
    message: 'The cursor is not one of this list.',
    remedy:
      'Pass `nextCursor` of the page before unchanged, or leave the cursor out to start from the newest.',
    status: 400,
  },
  bad_gateway: {
    message: 'The service that answers this broke off.',
    remedy: 'Try again in a moment.',
    status: 502,
    retryable: 'depends',
  },
  bad_json: { message: 'The body is not valid JSON.', remedy: 'Send one JSON object.', status: 400 },
  bad_path: {
    message: 'The address of the request is not a path.',
    remedy: 'Send the path of a route of /api/openapi.json.',
    status: 400,
  },
  bad_pattern: {
    message: 'The success condition has an unusable regular expression: <pattern>',
    remedy: 'Correct the pattern in the plan.',
    status: 400,
  },
  bad_request: {
    message: 'The request cannot be understood.',
    remedy: '/api/openapi.json describes every request.',
    status: 400,
  },
  bad_sdp: {
    message: 'The body is no SDP offer of a player that takes a video.',
    remedy:
      'Send what RTCPeerConnection.createOffer() answers for one receive-only video, as application/sdp.',
    status: 400,
  },
  conflict: {
    message: 'The request contradicts the present state.',
    remedy: 'Read the state again, then decide.',
    status: 409,
  },
  cross_site_refused: {
    message: 'The request comes from a page that is not the studio’s.',
    remedy: 'Ask from a page of the same address; programs send an API key instead of a cookie.',
    status: 403,
  },
  description_conflict: {
    message: '"<path>" is described twice.',
    remedy: 'Give one of them another name or path.',
  },
  gateway_timeout: {
    message: 'The service that answers this is silent.',
    remedy: 'Try again in a moment; `showrunner status` shows which process is down.',
    status: 504,
    retryable: true,
  },
  idempotency_key_in_progress: {
    message: 'The first request with this key has not ended.',
    remedy:
      'Ask again in a moment. If its service died in the middle, its outcome is unknown: use a new key.',
    status: 409,
    retryable: true,
  },
  idempotency_key_invalid: {
    message: 'The Idempotency-Key cannot be used.',
    remedy: 'Send 1 to 200 printable characters without blanks, for example a UUID.',
    status: 400,
  },
  idempotency_key_reused: {
    message: 'This Idempotency-Key came before with another body.',
    remedy: 'Use a new key for a new request.',
    status: 422,
  },
  if_match_required: {
    message: 'Who changes a timeline says which version he has seen.',
    remedy: 'Send If-Match with the ETag of GET /api/runs/{id}/timeline.',
    status: 428,
  },
  incomplete_body: {
    message: 'The body ended early.',
    remedy: 'Send as many bytes as Content-Length says.',
    status: 400,
  },
  internal_error: {
    message: 'Something went wrong inside the platform.',
    remedy: 'Look for the request or run in the logs of the services.',
    status: 500,
  },
  invalid_input: {
    message: 'The input is not valid. <place>: <what is wrong>',
    remedy: 'Mend what `errors` names; /api/openapi.json describes every input.',
    status: 400,
  },
  method_not_allowed: {
    message: '<method> is not possible at <path>.',
    remedy: 'Use <methods>.',
    status: 405,
  },
  module_without_controllers: {
    message: 'The @Module of <name> names no controller.',
    remedy:
      'Name its controllers there; those that are only in a dynamic module cannot be seen without starting it.',
  },
  not_acceptable: {
    message: 'The answer cannot be given in that form.',
    remedy: 'Leave the Accept header out.',
    status: 406,
  },
  not_found: {
    message: 'There is no <kind> "<id>".',
    remedy: 'List what there is of this kind.',
    status: 404,
  },
  not_ready: {
    message: 'Waiting for <away>.',
    remedy: 'Try again in a moment; `showrunner status` shows which process is down.',
    status: 503,
    retryable: true,
  },
  permission_missing: {
    message: 'This key may not do this: it lacks the permission "<permission>".',
    remedy: 'Use a key with that permission; an operator makes one.',
    status: 403,
  },
  project_in_use: {
    message: 'Run <id> of this project has not ended.',
    remedy: 'Wait for it, or cancel it with POST /api/runs/{id}/cancel.',
    status: 409,
  },
  range_not_satisfiable: {
    message: 'Bytes <start> to <end> do not exist: there are <bytes>.',
    remedy: 'Ask for a range that begins before the end, or for the whole.',
    status: 416,
  },
  request_timeout: { message: 'The request took too long to arrive.', remedy: 'Send it again.', status: 408 },
  route_not_described: {
    message: '<controller>.<handler> is a route without description.',
    remedy: 'Give it an @Operation and its controller a @Tag.',
  },
  service_starting: {
    message: 'The service that answers this is being started.',
    remedy: 'Try again in a moment.',
    status: 503,
  },
  studio_not_built: {
    message: 'The pages of the studio are not built.',
    remedy: 'Build them with "npm run build", then start the platform again.',
    status: 503,
  },
  tenant_exists: {
    message: 'There is a tenant "<id>" already.',
    remedy: 'Choose another name, or change the one that is there: PATCH /api/tenants/{id}.',
    status: 409,
  },
  tenant_in_use: {
    message: 'Run <id> of this tenant has not ended.',
    remedy: 'Wait for it, or cancel it with POST /api/runs/{id}/cancel.',
    status: 409,
  },
  tenant_is_default: {
    message: 'The tenant "default" cannot be deleted: it owns what nobody said otherwise about.',
    remedy: 'Delete its projects instead: DELETE /api/projects/{id}.',
    status: 409,
  },
  text_not_storable: {
    message: '<field> holds a NUL character or half a surrogate pair, which no text may.',
    remedy: 'Leave it out; bytes go as the body of a file (PUT /api/sandboxes/{id}/files).',
    status: 400,
  },
  too_large: {
    message: 'The body is larger than <bytes> bytes.',
    remedy: 'Send less in one request.',
    status: 413,
  },
  too_many_requests: { message: 'Too many requests.', remedy: 'Wait a moment.', status: 429 },
  too_many_viewers: {
    message: '<count> players take the video of this run already.',
    remedy: 'Look on over the WebSocket at /api/runs/{id}/live, or when another has gone.',
    status: 429,
  },
  unauthorized: {
    message: 'The API key is missing or not valid.',
    remedy: 'Send the request to the gateway, with an API key.',
    status: 401,
  },
  unavailable: { message: 'The service cannot answer now.', remedy: 'Try again in a moment.', status: 503 },
  unknown_route: {
    message: 'There is nothing at <path>.',
    remedy: 'See /api/openapi.json for what there is.',
    status: 404,
  },
  unprocessable: {
    message: 'The request is understood but cannot be done.',
    remedy: '/api/openapi.json describes every request.',
    status: 422,
  },
  unsupported_media_type: {
    message: 'The body is <type>, which is not read here.',
    remedy: 'Send it as the route describes it in /api/openapi.json.',
    status: 415,
  },
} as const satisfies Record<string, CatalogueEntry>;
