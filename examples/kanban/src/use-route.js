import { useEffect, useState } from 'react';

/** The current path, and a click handler that changes it without loading the page again. */
export function useRoute() {
  const [path, setPath] = useState(window.location.pathname);
  useEffect(() => {
    const read = () => setPath(window.location.pathname);
    window.addEventListener('popstate', read);
    return () => window.removeEventListener('popstate', read);
  }, []);
  const follow = (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    window.history.pushState(null, '', event.currentTarget.href);
    setPath(window.location.pathname);
  };
  return { path, follow };
}
