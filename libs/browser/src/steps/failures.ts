import { printable } from '@showrunner/contracts';
import type { Condition, PageSnapshot } from '@showrunner/contracts';
import type { PageObserver } from '../observer/page-observer';

/** Why what is shown is not a page of the app, if so. */
export const wrongPage = (observer: PageObserver, origin: string, page: PageSnapshot): string | undefined => {
  if (observer.currentOrigin !== origin) return `The page left the app (${observer.currentOrigin}).`;
  return page.status !== undefined && page.status >= 500 ? `The app answered ${page.status}.` : undefined;
};

/** With the first telling line of an MCP error reply. */
export const toolFailure = (text: string): string => {
  const line = text
    .split('\n')
    .map((one) => printable(one).trim())
    .find((one) => one !== '' && !one.startsWith('#'));
  const reason = (line ?? 'no reason given').replace(/^Error: /, '').slice(0, 300);
  return `The browser could not do it: ${reason}`;
};

/** The condition that did not come true, as the end of a sentence. */
export const explain = (condition: Condition): string => {
  switch (condition.kind) {
    case 'textVisible':
      return `the text "${condition.text}" did not appear`;
    case 'textHidden':
      return `the text "${condition.text}" did not disappear`;
    case 'elementVisible':
      return `${condition.target.role} "${condition.target.name}" did not appear`;
    case 'elementHidden':
      return `${condition.target.role} "${condition.target.name}" did not disappear`;
    case 'url':
      return `the address did not become ${condition.path ?? condition.pattern ?? ''}`;
    case 'count':
      return `the number of ${condition.role} elements did not become ${condition.equals ?? condition.change ?? ''}`;
    case 'value':
      return `${condition.target.role} "${condition.target.name}" did not get the value "${condition.equals}"`;
    case 'state':
      return `${condition.target.role} "${condition.target.name}" did not become ${condition.equals ? '' : 'not '}${condition.state}`;
    case 'themeChanged':
      return 'the look of the page did not change';
    case 'inViewport':
      return `${condition.target.role} "${condition.target.name}" did not come into view`;
    case 'under':
      return `${condition.target.role} "${condition.target.name}" did not come under "${condition.heading.name}"`;
    case 'pictureChanged':
      return `${condition.target.role} "${condition.target.name}" did not change its picture`;
    case 'textChanged':
      return 'the page still shows what it did';
    case 'textOrder':
      return `"${condition.first}" did not come before "${condition.then}"`;
    case 'done':
      return 'nothing was done';
  }
};
