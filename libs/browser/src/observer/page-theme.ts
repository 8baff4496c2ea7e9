/* Runs inside the page's isolated world. */

/**
 * The colours that the page is painted in, of its body and what fills it, of heading, header and navigation, as far as they do not move: names of
 * themes that paint nothing are none. '' before there is a body.
 * @param view size of the window, CSS px
 */
export function themeOf(view: { width: number; height: number }): string {
  const { body } = document;
  if (!body) return '';
  const isLarge = (one: Element): boolean => {
    const box = one.getBoundingClientRect();
    return box.width * box.height >= view.width * view.height * 0.6;
  };
  const layers: Element[] = [body];
  for (let at: Element | undefined = body; at !== undefined && layers.length < 8;) {
    at = [...at.children].find(isLarge);
    if (at !== undefined) layers.push(at);
  }
  const parts = ['h1', 'header', 'nav'].flatMap((name) => {
    const part = body.querySelector(name);
    return part === null ? [] : [part];
  });
  const painted = [...layers, ...parts].map((one) => {
    if (one.getAnimations().length > 0) return '';
    const { backgroundColor, color } = getComputedStyle(one);
    return `${backgroundColor} on ${color}`;
  });
  return `${getComputedStyle(document.documentElement).colorScheme} | ${painted.join(' | ')}`;
}
