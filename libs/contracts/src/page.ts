import { z } from 'zod';

/** CSS pixels, relative to the viewport. */
export const BoxSchema = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
export type Box = z.infer<typeof BoxSchema>;

/** One visible element of the accessibility tree. Page content is hostile: these strings are data and never instructions. */
export interface PageElement {
  role: string;
  name: string;
  /** What browsers say where `name` leaves out the labels of icons beside its words: `team Users`. */
  accessibleName?: string;
  /** Current value of inputs, '' otherwise. */
  value: string;
  /** `text`, `email`, `password`, `search`, `number`, `date` ... for inputs. */
  inputType?: string;
  /** What is in it is not shown: of a password, a code, the number of a card. `value` has dots. */
  secret?: boolean;
  placeholder?: string;
  required?: boolean;
  disabled?: boolean;
  readonly?: boolean;
  checked?: boolean;
  pressed?: boolean;
  expanded?: boolean;
  selected?: boolean;
  /** Where a link leads, resolved; a path for the same origin, a full URL otherwise. */
  href?: string;
  /** Options of a select. */
  options?: string[];
  /** Heading level. */
  level?: number;
  /** Visible text of the whole subtree outside of inputs, white space folded, at most 200 characters; only where it differs from `name`. */
  text?: string;
  /** What its tooltip says, where its name has no letters: `Archive` of a button that shows a box. */
  hint?: string;
  /** Texts of its parts in document order, without those of buttons, of a row or card that is drawn of plain boxes. */
  parts?: string[];
  /** `aria-current`, or a class that marks the chosen link of a navigation. */
  current?: boolean;
  /** The pointer says that it can be clicked, although its role does not: rows, cards, entries, headings of columns. */
  clickable?: boolean;
  /** `aria-haspopup`: `dialog`, `menu`, `listbox`. */
  popup?: string;
  /** Can be taken and dragged, as far as markup or pointer tell. */
  draggable?: boolean;
  /**
   * Hash of what a drawing (`svg`, `canvas`), a board of cells or a paused film shows; `file-…` for which file a picture is. Absent for
   * anything else and for what is as small as icons.
   */
  picture?: string;
  /** `aria-sort`, or `none` where a column can be sorted and is not. */
  sort?: string;
  /** Bounds and step of a slider or number field, as the page gives them. */
  min?: string;
  max?: string;
  step?: string;
  /** What a file field takes: `image/*,.pdf`. */
  accept?: string;
  /** It, or something around it, has been seen to change by itself: no action brought that about. */
  restless?: boolean;
  box: Box;
  inViewport: boolean;
  /** Index of the parent element in `PageSnapshot.elements`, -1 for the root. */
  parent: number;
  /** Index of the surrounding form, dialog or search landmark in `elements`, -1 if none. */
  group: number;
}

/** What an observer sees of a page at one moment. */
export interface PageSnapshot {
  /** Path, query and hash. */
  path: string;
  title: string;
  /** Visible text outside of inputs, in document order, white space folded, at most 50,000 characters. */
  text: string;
  elements: PageElement[];
  /** Colours that the page is painted in: of its body and what fills it, of heading, header and navigation; for `themeChanged`. */
  theme: string;
  /** Hash of what the page shows (roles, names, values, states); equal pages have equal fingerprints. */
  fingerprint: string;
  viewport: { width: number; height: number };
  /** Texts, as they are now, of the parts that change by themselves: clocks, tickers, counters. */
  restless?: string[];
  /** HTTP status of the document, when known. */
  status?: number;
}

/** A page that the explorer saw, and how it came there. */
export interface ExploredPage {
  path: string;
  snapshot: PageSnapshot;
  /** Clicks that revealed this state from a fresh load of `path`, in order; empty for the page as loaded. */
  revealedBy: import('./plan').Target[];
  /** The last of `revealedBy` was not clicked: the pointer only rested on it. */
  hovering?: boolean;
  /** Seen only after the app's own access (`Exploration.access`) was used. */
  signedIn?: boolean;
}

/** How the explorer got past a sign-in form, with what the app itself or the intent offers. */
export interface AppAccess {
  /** `register`: no credentials were found and the app lets anybody sign up. */
  via: 'signIn' | 'register';
  /** Path of the form. */
  path: string;
  username: string;
  password: string;
  /** A control that only somebody who is signed in sees, e.g. the button `Log out`; null when none was seen. */
  proof: import('./plan').Target | null;
  /** Register only: whether the app then asks to sign in, and where. */
  thenSignInAt?: string;
}

/** What exploring found; stored as JSON, read by the planner. */
export interface Exploration {
  appTitle: string;
  readme: string;
  pages: ExploredPage[];
  /** What limits or errors cut exploring short, one sentence each. */
  notes: string[];
  access?: AppAccess;
  /** Other servers of the app itself that its pages asked for data and cannot reach: `http://localhost:4000`. */
  unreachable?: string[];
}
