import { asksForMore, findTargets } from '@showrunner/contracts';
import type { AppAccess, Exploration, PageSnapshot, Target } from '@showrunner/contracts';
import type { Credentials } from '../credentials';
import { formsOf } from '../forms';
import { PageView } from '../page-view';
import { rulesContext } from '../rules-context';
import { accessSteps, formGone, formIn, shownCredentials } from '../rules/sign-in';
import type { FoundForm } from '../rules/sign-in';
import { SAMPLE_PERSON } from '../sample-values';
import type { ExploreInput, ExplorerBrowser } from './explorer-browser';
import { settled } from './rendering';

/** Who looks around; not the person of the film, who is still to sign up. */
const VISITOR: Credentials = { username: 'maya-visits', password: SAMPLE_PERSON.password };
const SIGN_OUT = /\b(log|sign)\s?-?(out|off)\b|\blogout\b/i;
const ACCOUNT = /\b(my account|profile|account|dashboard)\b/i;

/**
 * Passes the app's own sign-in, where credentials are shown or named, or its sign-up, where anybody may. Undefined when there is neither
 * form, or it did not work; the reason is noted.
 */
export async function enterApp(
  browser: ExplorerBrowser,
  input: ExploreInput,
  exploration: Exploration,
): Promise<{ access: AppAccess; page: PageSnapshot } | undefined> {
  const context = rulesContext(exploration, input.intent);
  const signIn = formIn(context, 'signIn');
  const credentials = shownCredentials(context);
  if (signIn && credentials) {
    const page = await send(browser, input, signIn, credentials);
    if (page && isThrough(page, signIn)) {
      const access: AppAccess = {
        via: 'signIn',
        path: signIn.view.path,
        ...credentials,
        proof: proofOf(page, signIn),
      };
      return { access, page };
    }
    exploration.notes.push(
      page && asksForMore(page)
        ? 'The app asks to sign in, and for more than a password: a code, or a confirmation.'
        : 'The app asks to sign in; the credentials that were found did not work.',
    );
    return undefined;
  }
  const register = formIn(context, 'register');
  if (!register) {
    if (signIn)
      exploration.notes.push(
        'The app asks to sign in, and no credentials were found; name them in the intent: "as <user> with password <password>".',
      );
    return undefined;
  }
  return signUp(browser, input, exploration, register);
}

async function signUp(
  browser: ExplorerBrowser,
  input: ExploreInput,
  exploration: Exploration,
  register: FoundForm,
): Promise<{ access: AppAccess; page: PageSnapshot } | undefined> {
  const page = await send(browser, input, register, VISITOR);
  const base = { via: 'register', path: register.view.path, ...VISITOR } as const;
  if (page) {
    const view = PageView.of(page);
    const form = formsOf(view).find((one) => one.kind === 'signIn');
    if (form) {
      const found = { view, form };
      const later = await send(browser, input, found, VISITOR);
      if (later && isThrough(later, found))
        return { access: { ...base, proof: proofOf(later, found), thenSignInAt: page.path }, page: later };
    } else if (isThrough(page, register))
      return { access: { ...base, proof: proofOf(page, register) }, page };
  }
  exploration.notes.push('The app lets visitors sign up, but that did not work with sample values.');
  return undefined;
}

/** Fills in and sends a form; undefined when a field or the button could not be used. */
async function send(
  browser: ExplorerBrowser,
  input: ExploreInput,
  found: FoundForm,
  user: Credentials,
): Promise<PageSnapshot | undefined> {
  const { view } = found;
  if ((await browser.snapshot()).path !== view.path || view.page.revealedBy.length > 0) {
    if ((await browser.goto(view.path)).errorText !== undefined) return undefined;
    await settled(browser, input);
    for (const target of view.page.revealedBy)
      if ((await browser.act({ type: 'click', target })).error !== undefined) return undefined;
  }
  for (const { action } of accessSteps(found, user, formGone(found), 'Sign in')) {
    input.signal?.throwIfAborted();
    if ((await browser.act(action)).error !== undefined) return undefined;
  }
  return settled(browser, input);
}

const isThrough = (page: PageSnapshot, { form, view }: FoundForm): boolean => {
  // Half of the way in is not in.
  if (asksForMore(page) && !asksForMore(view.snapshot)) return false;
  const password = form.fields.find((field) => field.inputType === 'password');
  const stillAsked =
    password !== undefined &&
    findTargets(page.elements, { role: password.role, name: password.name, exact: true }).length > 0;
  return !stillAsked && (page.status === undefined || page.status < 400);
};

/** A control that was not there before and that only somebody who is signed in sees. */
function proofOf(page: PageSnapshot, { view }: FoundForm): Target | null {
  for (const pattern of [SIGN_OUT, ACCOUNT]) {
    for (const element of page.elements) {
      const target: Target = { role: element.role, name: element.name.trim(), exact: true };
      if (
        ['button', 'link', 'menuitem', 'heading'].includes(element.role) &&
        pattern.test(element.name) &&
        findTargets(view.nodes, target).length === 0
      )
        return target;
    }
  }
  const heading = page.elements.find(
    (element) =>
      element.role === 'heading' &&
      element.name !== '' &&
      findTargets(view.nodes, { role: 'heading', name: element.name, exact: true }).length === 0,
  );
  return heading ? { role: 'heading', name: heading.name, exact: true } : null;
}
