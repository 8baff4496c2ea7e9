/* Functions of this file run inside the page's isolated world: what the app keeps in the browser. */

/** Local and session storage as JSON; '' where the page may keep nothing. */
export function storageOf(): string {
  try {
    return JSON.stringify([{ ...localStorage }, { ...sessionStorage }]);
  } catch {
    // A page without an origin, or a browser told to keep nothing.
    return '';
  }
}

/** Puts back what `storageOf` answered. */
export function putBack(kept: string): void {
  const stores = [localStorage, sessionStorage];
  for (const [at, entries] of (JSON.parse(kept) as Record<string, string>[]).entries()) {
    const store = stores[at];
    store?.clear();
    for (const [key, value] of Object.entries(entries)) store?.setItem(key, value);
  }
}

/** Sent into the page. */
export const STORAGE_FUNCTIONS = [storageOf, putBack];
