import { foldText } from '@showrunner/contracts';
import type { PageElement } from '@showrunner/contracts';

/**
 * What must not be touched, whatever a model says: the rules' own words, handed in. `permittedBy` is what a person asked for, whose words may permit a kind.
 */
export interface Guard {
  /** A control of this name ends, destroys, pays, sends away or leaves, and nobody asked for that. */
  isForbidden(name: string, permittedBy: string): boolean;
  /** A link of this address leads out of the app. */
  leavesApp(href: string | undefined): boolean;
}

/** Whether an element may be acted on at all. */
export function isAllowed(element: PageElement, guard: Guard, permittedBy: string): boolean {
  if (element.disabled === true || guard.leavesApp(element.href)) return false;
  const says = [element.name, element.text, element.value, element.placeholder, element.href];
  return !says.some((text) => text !== undefined && text !== '' && guard.isForbidden(text, permittedBy));
}

/** Roles of what stands on a page to be looked at, or to hold other things. */
const INERT = new Set([
  ...[
    'document',
    'main',
    'banner',
    'contentinfo',
    'complementary',
    'navigation',
    'region',
    'form',
    'search',
    'group',
  ],
  ...[
    'generic',
    'none',
    'presentation',
    'paragraph',
    'text',
    'heading',
    'list',
    'table',
    'rowgroup',
    'separator',
  ],
  ...[
    'status',
    'alert',
    'log',
    'progressbar',
    'tooltip',
    'dialog',
    'alertdialog',
    'article',
    'LabelText',
    'blockquote',
  ],
]);
const TEXT_FIELDS = new Set(['textbox', 'searchbox', 'combobox', 'spinbutton']);
const CHOICES = new Set(['combobox', 'listbox']);

/** Whether such an action makes sense on such an element. */
export function suits(
  action: { type: string; text?: string; option?: string },
  element: PageElement,
  mayBePassword: boolean,
): boolean {
  const { role, inputType, options, readonly } = element;
  switch (action.type) {
    case 'type':
      return TEXT_FIELDS.has(role) && readonly !== true && (inputType !== 'password' || mayBePassword);
    case 'select':
      return (
        CHOICES.has(role) && (options ?? []).some((one) => foldText(one) === foldText(action.option ?? ''))
      );
    case 'scroll':
      return true;
    default:
      return !INERT.has(role) || element.popup !== undefined || element.expanded !== undefined;
  }
}
