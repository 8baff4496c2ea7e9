/** Sent with everything: a page of somebody else cannot, so that the cookie alone changes nothing. */
export const OWN_PAGE = { 'x-requested-by': 'studio' };

let underWay: Promise<boolean> | undefined;

/**
 * Access for the next minutes. A token that comes twice ends the session, so one window at a time asks, and whoever waited finds that it was
 * done.
 * @param isForced also while the access of now is good
 * @returns whether this browser is signed in
 */
export function refresh(isForced = false): Promise<boolean> {
  underWay ??= alone(async () => {
    if (!isForced && (await fetch('/api/session', { headers: OWN_PAGE })).ok) return true;
    return (await fetch('/api/auth/refresh', { method: 'POST', headers: OWN_PAGE })).ok;
  }).finally(() => (underWay = undefined));
  return underWay;
}

/** Among all windows of this browser, where it knows locks: on loopback and behind TLS. */
const alone = (work: () => Promise<boolean>): Promise<boolean> =>
  (navigator.locks as LockManager | undefined)?.request('showrunner-refresh', work) ?? work();

/** Asks; and once more after access was refreshed, if that is what was missing. */
export async function refreshingFetch(request: Request): Promise<Response> {
  const again = request.clone();
  const response = await fetch(request);
  if (response.status !== 401) return response;
  const told = (await response
    .clone()
    .json()
    .catch(() => ({}))) as { code?: unknown };
  return told.code === 'session_expired' && (await refresh()) ? fetch(again) : response;
}
