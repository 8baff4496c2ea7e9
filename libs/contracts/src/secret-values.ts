import { InvalidInputError } from './errors';
import type { Step, StepAction, Target } from './plan';
import { SAMPLE_PASSWORD, SECRET_MASK, SHORTEST_SOUGHT, type GivenSecrets } from './secrets';

type TypeAction = Extract<StepAction, { type: 'type' }>;

/**
 * The secrets of a run, in memory: takes their values out of whatever is stored or told, and puts them in where they are typed. What is
 * typed into a field of secrets becomes one.
 */
export class SecretValues {
  private readonly values: Map<string, string>;
  private readonly given: ReadonlySet<string>;
  /** Names by field and text, for values too short to be looked for anywhere else. */
  private readonly typed = new Map<string, string>();
  private forms: readonly string[] = [];

  constructor(values: GivenSecrets = {}) {
    this.values = new Map(Object.entries(values));
    this.given = new Set(this.values.keys());
    this.list();
  }

  /** Values to be looked for on pages. */
  get sought(): string[] {
    return [...this.values.values()].filter((value) => value.length >= SHORTEST_SOUGHT);
  }

  /** All that is known by name, given and typed. */
  get all(): GivenSecrets {
    return Object.fromEntries(this.values);
  }

  /** Those that came to be known since, by name; without what everybody knows. */
  get added(): GivenSecrets {
    return Object.fromEntries(
      [...this.values].filter(([name]) => !this.given.has(name) && name !== SAMPLE_PASSWORD.name),
    );
  }

  /** These are known from now on; a name that is known already keeps its value. */
  learn(values: GivenSecrets): void {
    for (const [name, value] of Object.entries(values)) this.keep(name, value);
  }

  /** This text was typed into a field of secrets. */
  noteTyped({ target, text, secret }: TypeAction): void {
    if (text === '' || (typeof secret === 'string' && text.includes(SECRET_MASK))) return;
    const name = typeof secret === 'string' ? this.keep(secret, text) : this.nameOf(text);
    this.typed.set(placeOf(target, text), name);
  }

  /** The same without any value: in all strings, and with the secret's name in each action that types one. */
  mask<T>(thing: T): T {
    return this.masked(thing) as T;
  }

  text(text: string): string {
    const plain = [...this.values.keys()].reduce(
      (left, name) => left.replaceAll(`{{${name}}}`, SECRET_MASK),
      text,
    );
    return this.forms.reduce((left, form) => left.replaceAll(form, SECRET_MASK), plain);
  }

  /** The action as it is carried out. @throws InvalidInputError `secret_missing` */
  reveal(action: StepAction): StepAction {
    if (action.type !== 'type' || typeof action.secret !== 'string') return action;
    const { secret, ...plain } = action;
    const value = this.valueOf(secret);
    const put = (text: string, place: string): string => text.split(place).join(value);
    return { ...plain, text: plain.text === '' ? value : put(put(plain.text, SECRET_MASK), `{{${secret}}}`) };
  }

  /** A step whose own field is held to what is typed into it, to the letter; not to be stored. */
  exactly<S extends Pick<Step, 'action' | 'success'>>(step: S): S {
    const { action, success } = step;
    if (action.type !== 'type' || typeof action.secret !== 'string') return step;
    const isOwn = success.kind === 'value' && keyOf(success.target) === keyOf(action.target);
    const revealed = this.reveal(action);
    return isOwn && success.equals === action.text && revealed.type === 'type'
      ? { ...step, success: { ...success, equals: revealed.text } }
      : step;
  }

  private valueOf(name: string): string {
    const value =
      name === SAMPLE_PASSWORD.name
        ? (this.values.get(name) ?? SAMPLE_PASSWORD.value)
        : this.values.get(name);
    if (value !== undefined) return value;
    throw secretMissing([name]);
  }

  private keep(name: string, value: string): string {
    if (this.values.get(name) === undefined) {
      this.values.set(name, value);
      this.list();
    }
    return name;
  }

  private nameOf(value: string): string {
    for (const [name, known] of this.values) if (known === value) return name;
    if (value === SAMPLE_PASSWORD.value) return this.keep(SAMPLE_PASSWORD.name, value);
    let name = 'password';
    for (let n = 2; this.values.has(name); n += 1) name = `password-${n}`;
    return this.keep(name, value);
  }

  /** As they stand in texts: as they are, in addresses, in base64. */
  private list(): void {
    this.forms = this.sought
      .flatMap((value) => [value, ...encoded(value)])
      .filter((form, n, all) => all.indexOf(form) === n)
      .sort((a, b) => b.length - a.length);
  }

  private masked(thing: unknown): unknown {
    if (typeof thing === 'string') return this.text(thing);
    if (Array.isArray(thing)) return thing.map((one) => this.masked(one));
    if (typeof thing !== 'object' || thing === null || ArrayBuffer.isView(thing)) return thing;
    if (isTypeAction(thing)) return this.maskedAction(thing);
    const { action, caption } = thing as { action?: unknown; caption?: unknown };
    const typed = typeof action === 'object' && action !== null && isTypeAction(action) ? action : undefined;
    const entries = Object.entries(thing).map(([key, value]) => [key, this.masked(value)]);
    const done = Object.fromEntries(entries) as Record<string, unknown>;
    // What its own step says of a value that is too short to be looked for elsewhere.
    if (typed && typeof caption === 'string' && this.nameIn(typed) !== undefined && typed.text.length > 1)
      done['caption'] = this.text(caption.replaceAll(typed.text, SECRET_MASK));
    const { kind, target, equals } = thing as { kind?: unknown; target?: Target; equals?: unknown };
    if (kind === 'value' && target !== undefined && typeof equals === 'string')
      if (this.typed.has(placeOf(target, equals))) done['equals'] = SECRET_MASK;
    return done;
  }

  private maskedAction(action: TypeAction): TypeAction {
    if (action.secret !== undefined) this.noteTyped(action);
    const name = this.nameIn(action);
    const target = this.masked(action.target) as Target;
    const isWhole = name !== undefined && this.typed.get(placeOf(action.target, action.text)) === name;
    const isUntold = name !== undefined && action.text === '';
    return {
      ...action,
      ...{ target, text: isWhole || isUntold ? SECRET_MASK : this.text(action.text) },
      ...(name !== undefined && { secret: name }),
    };
  }

  private nameIn({ target, text, secret }: TypeAction): string | undefined {
    if (typeof secret === 'string') return secret;
    const typed = this.typed.get(placeOf(target, text));
    if (typed !== undefined) return typed;
    for (const [name, value] of this.values)
      if (text.includes(`{{${name}}}`) || (value.length >= SHORTEST_SOUGHT && text.includes(value)))
        return name;
    return undefined;
  }
}

const keyOf = ({ role, name, nth, within }: Target): string =>
  JSON.stringify([role, name, nth ?? 0, within?.name ?? '']);
const placeOf = (target: Target, text: string): string => `${keyOf(target)} ${text}`;

const isTypeAction = (thing: object): thing is TypeAction => {
  const { type, text, target } = thing as Partial<TypeAction>;
  return type === 'type' && typeof text === 'string' && typeof target === 'object';
};

function encoded(value: string): string[] {
  const base64 = btoa(String.fromCharCode(...new TextEncoder().encode(value)));
  // Half a character has no form in an address.
  return /\p{Surrogate}/u.test(value) ? [base64] : [encodeURIComponent(value), base64];
}

/** @param names of secrets that a plan types */
export const secretMissing = (names: readonly string[]): InvalidInputError =>
  new InvalidInputError(
    'secret_missing',
    `The plan types secrets whose values are not here: ${names.join(', ')}.`,
    {
      status: 422,
      remedy: `Give each with the request: --secret ${names[0] ?? 'NAME'}=…, or "secrets" of its body.`,
    },
  );

/** The secrets that a plan names. */
export function secretsNamed(features: readonly { steps: readonly Pick<Step, 'action'>[] }[]): string[] {
  const names = features.flatMap(({ steps }) =>
    steps.flatMap(({ action }) =>
      action.type === 'type' && typeof action.secret === 'string' ? [action.secret] : [],
    ),
  );
  return [...new Set(names)];
}
