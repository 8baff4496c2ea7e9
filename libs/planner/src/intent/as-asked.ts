import type { PageView } from '../page-view';

/** What every feature has that shows on a page no more and no less than a part of the intent says. */
export const asAsked = (
  view: PageView,
): { description: string; startPath: string; needsSignIn: boolean } => ({
  description: 'As it was asked for.',
  startPath: view.path,
  needsSignIn: view.page.signedIn ?? false,
});
