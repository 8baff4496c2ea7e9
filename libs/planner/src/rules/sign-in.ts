import type { AppAccess, Candidate, CandidateStep, Condition } from '@showrunner/contracts';
import { candidate, click, fill, submit } from '../candidate';
import { credentialsIn } from '../credentials';
import type { Credentials } from '../credentials';
import { formsOf } from '../forms';
import type { Form } from '../forms';
import { isTextField } from '../page-view';
import type { PageView } from '../page-view';
import { isLoaded, stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { SAMPLE_PERSON, fieldKind, valueFor } from '../sample-values';
import { readable } from '../words';

/** Signing in with what the app, its README or the intent names; otherwise signing up where anybody may. */
export function signInFeatures(context: RulesContext): Candidate[] {
  const access = context.exploration.access;
  const signIn = formIn(context, 'signIn');
  const register = formIn(context, 'register');
  const credentials = shownCredentials(context);
  if (signIn && credentials)
    return [signInWith(signIn, credentials, access?.proof ?? null, stepsTo(context, signIn.view) ?? [])];
  // Signing up is worth it only when it led somewhere.
  if (!register || access?.via !== 'register') return [];
  const user: Credentials = { username: SAMPLE_PERSON.username, password: SAMPLE_PERSON.password };
  const signUp = registerWith(register, user, access);
  if (access.thenSignInAt === undefined || !signIn) return [signUp];
  const later = signInWith(signIn, user, access.proof, []);
  return [
    { ...signUp },
    { ...later, after: signUp.feature.id, feature: { ...later.feature, startPath: signIn.view.path } },
  ];
}

export interface FoundForm {
  view: PageView;
  form: Form;
}

export function formIn(context: RulesContext, kind: 'signIn' | 'register'): FoundForm | undefined {
  for (const view of context.views) {
    const form = formsOf(view).find((one) => one.kind === kind);
    if (form && (isLoaded(view.page) || stepsTo(context, view) !== undefined)) return { view, form };
  }
  return undefined;
}

/** The intent's before the page's, the page's before the README's. */
export function shownCredentials(context: RulesContext): Credentials | undefined {
  const named = credentialsIn(context.intent);
  if (named) return named;
  for (const { view } of [formIn(context, 'signIn')].flatMap((one) => one ?? [])) {
    const placeholders = view.nodes
      .filter((node) => isTextField(node) && (node.placeholder ?? '') !== '')
      .map((node) => `${node.inputType === 'password' ? 'password' : 'username'}: ${node.placeholder ?? ''}`);
    const found = credentialsIn(view.snapshot.text) ?? credentialsIn(placeholders.join(' '));
    if (found) return found;
    const prefilled = prefilledCredentials(view);
    if (prefilled) return prefilled;
  }
  return credentialsIn(context.exploration.readme);
}

function prefilledCredentials(view: PageView): Credentials | undefined {
  const form = formsOf(view).find((one) => one.kind === 'signIn');
  const password = form?.fields.find((field) => field.inputType === 'password')?.value ?? '';
  const username =
    form?.fields.find((field) => isTextField(field) && field.inputType !== 'password')?.value ?? '';
  return username !== '' && password !== '' ? { username, password } : undefined;
}

/** Fills the form and sends it; `success` is what shows afterwards. */
export function accessSteps(
  { view, form }: FoundForm,
  user: Credentials,
  success: Condition,
  caption: string,
): CandidateStep[] {
  const fields = form.fields.filter(
    (field) =>
      isTextField(field) &&
      (field.required === true ||
        ['username', 'email', 'password'].includes(fieldKind(field)) ||
        form.fields.length <= 5),
  );
  const steps: CandidateStep[] = [];
  let userField = true;
  for (const field of fields) {
    const kind = fieldKind(field);
    const email = user.username.includes('@')
      ? user.username
      : form.kind === 'register'
        ? `${user.username}@example.com`
        : user.username;
    let text = valueFor(field);
    if (kind === 'password') text = user.password;
    else if (kind === 'email') text = email;
    else if (kind === 'username' || (form.kind === 'signIn' && userField)) text = user.username;
    if (kind !== 'password') userField = false;
    if (field.value === text) continue;
    const label =
      readable(field.name)
        .toLowerCase()
        .replace(/[:*]+$/, '')
        .trim() || (kind === 'password' ? 'password' : 'user name');
    steps.push(
      fill(
        view.targetOf(field),
        text,
        kind === 'password'
          ? 'Enter the password'
          : `Enter the ${label.replace(/^(enter )?(your |the )?/, '')}`,
      ),
    );
  }
  for (const box of form.fields.filter(
    (field) => field.role === 'checkbox' && field.required === true && field.checked !== true,
  )) {
    const target = view.targetOf(box);
    steps.push(click(target, 'Accept the terms', { kind: 'state', target, state: 'checked', equals: true }));
  }
  const last = steps[steps.length - 1];
  if (form.button) steps.push(click(view.targetOf(form.button), caption, success));
  else if (last?.action.type === 'type')
    steps.splice(-1, 1, submit(last.action.target, last.action.text, caption, success));
  return steps;
}

/** The password field is gone: the weakest sign that a form was accepted. */
export const formGone = ({ view, form }: FoundForm): Condition => {
  const password = form.fields.find((field) => field.inputType === 'password');
  return {
    kind: 'elementHidden',
    target: password ? view.targetOf(password) : { role: 'textbox', name: 'Password', exact: false },
  };
};

function signInWith(
  found: FoundForm,
  user: Credentials,
  proof: AppAccess['proof'],
  before: CandidateStep[],
): Candidate {
  const success: Condition = proof ? { kind: 'elementVisible', target: proof } : formGone(found);
  return candidate({
    kind: 'signIn',
    title: 'Sign in',
    description: `Welcome back, ${user.username.split('@')[0] ?? user.username}.`,
    startPath: found.view.path,
    steps: [...before, ...accessSteps(found, user, success, 'Sign in')],
    score: 100,
    words: ['sign log in login signin password user account'],
  });
}

function registerWith(found: FoundForm, user: Credentials, access: AppAccess): Candidate {
  const signedIn = access.thenSignInAt === undefined && access.proof !== null;
  const success: Condition =
    signedIn && access.proof
      ? { kind: 'elementVisible', target: access.proof }
      : access.thenSignInAt !== undefined && access.thenSignInAt !== found.view.path
        ? { kind: 'url', path: access.thenSignInAt }
        : formGone(found);
  return candidate({
    kind: 'signIn',
    title: 'Create an account',
    description: 'A name and a password are enough.',
    startPath: found.view.path,
    steps: accessSteps(found, user, success, 'Create the account'),
    score: 101,
    words: ['register sign up signup account create join'],
  });
}
