/** The token of the address, which is taken off it at once: neither history nor a copied address keeps it. */
export function takeToken(): string | undefined {
  const token = location.hash.slice(1);
  if (token === '') return undefined;
  history.replaceState(history.state, '', location.pathname);
  return token;
}
