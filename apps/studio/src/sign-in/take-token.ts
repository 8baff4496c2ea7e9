import { useEffect } from 'react';

/** The token of the address, which is taken off it at once: neither history nor a copied address keeps it. */
export function takeToken(): string | undefined {
  const token = location.hash.slice(1);
  if (token === '') return undefined;
  history.replaceState(history.state, '', location.pathname);
  return token;
}

/** Hands on the token of the address, also one that comes while the page is open: such an address is pasted into this very window. */
export function useToken(onToken: (token: string) => void): void {
  useEffect(() => {
    const take = (): void => {
      const token = takeToken();
      if (token !== undefined) onToken(token);
    };
    take();
    window.addEventListener('hashchange', take);
    return () => window.removeEventListener('hashchange', take);
  }, [onToken]);
}
