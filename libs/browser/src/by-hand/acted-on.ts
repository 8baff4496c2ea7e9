import {
  findTargets,
  foldText,
  type Box,
  type ManualToolCall,
  type PageElement,
  type PageSnapshot,
  type StepAction,
  type Target,
} from '@showrunner/contracts';

/** Boxes of the observer and of the server are rounded on their own. */
const ROUNDED_PX = 2;

const isAt = (box: Box, other: Box): boolean =>
  (['x', 'y', 'width', 'height'] as const).every((side) => Math.abs(box[side] - other[side]) <= ROUNDED_PX);

const holds = (outer: Box, { x, y, width, height }: Box): boolean => {
  const [cx, cy] = [x + width / 2, y + height / 2];
  return cx >= outer.x && cy >= outer.y && cx <= outer.x + outer.width && cy <= outer.y + outer.height;
};

/** The element of a look at the page that is where the server found its target: the same box, or else the smallest around. */
export function elementAt({ elements }: PageSnapshot, box: Box): PageElement | undefined {
  const exact = elements.filter((one) => isAt(one.box, box));
  const named = exact.filter((one) => one.name !== '');
  if (exact.length > 0) return named.at(-1) ?? exact.at(-1);
  return elements
    .filter((one) => one.name !== '' && holds(one.box, box))
    .sort((one, other) => one.box.width * one.box.height - other.box.width * other.box.height)[0];
}

/** An element as a person would name it. */
export function targetOfElement({ elements }: PageSnapshot, element: PageElement): Target {
  const target: Target = { role: element.role, name: foldText(element.name).slice(0, 200), exact: true };
  const equals = findTargets(elements, target);
  const nth = equals.indexOf(element);
  return equals.length > 1 && nth >= 0 ? { ...target, nth } : target;
}

/** What a call did, in the words of plans. `boxes`: of its targets, in their order. */
export function actionOf(call: ManualToolCall, page: PageSnapshot, boxes: readonly Box[]): StepAction {
  const targetAt = (at: number, told: string | undefined): Target => {
    const box = boxes[at];
    const element = box === undefined ? undefined : elementAt(page, box);
    if (element !== undefined) return targetOfElement(page, element);
    return { role: 'generic', name: foldText(told ?? '').slice(0, 200), exact: true };
  };
  switch (call.tool) {
    case 'browser_click': {
      const { element, doubleClick, button } = call.arguments;
      const target = targetAt(0, element);
      if (doubleClick === true) return { type: 'doubleClick', target };
      return { type: 'click', target, ...(button === 'right' && { button }) };
    }
    case 'browser_type': {
      const { element, text, submit = false } = call.arguments;
      return { type: 'type', target: targetAt(0, element), text, submit };
    }
    case 'browser_hover':
      return { type: 'hover', target: targetAt(0, call.arguments.element) };
    case 'browser_select_option': {
      const { element, values } = call.arguments;
      return { type: 'select', target: targetAt(0, element), option: values[0] ?? '' };
    }
    case 'browser_drag': {
      const { startElement, endElement } = call.arguments;
      return { type: 'drag', target: targetAt(0, startElement), to: targetAt(1, endElement) };
    }
    case 'browser_file_upload': {
      const { element, paths } = call.arguments;
      return { type: 'upload', target: targetAt(0, element), file: paths[0] ?? 'notes.txt' };
    }
    case 'browser_press_key':
      return { type: 'press', key: call.arguments.key };
    case 'browser_navigate':
      return { type: 'navigate', path: call.arguments.url };
    default:
      return { type: 'back' };
  }
}

/** What the film says of an action that nobody has named. */
export function captionOf(action: StepAction): string {
  const name = 'target' in action && action.target ? action.target.name || action.target.role : '';
  const said = ((): string => {
    switch (action.type) {
      case 'navigate':
        return `Open ${action.path}`;
      case 'click':
        return `Click “${name}”`;
      case 'doubleClick':
        return `Double-click “${name}”`;
      case 'drag':
        return `Drag “${name}” to “${action.to.name || action.to.role}”`;
      case 'upload':
        return `Choose the file ${action.file}`;
      case 'back':
        return 'Go back';
      case 'type':
        return name === '' ? 'Type' : `Fill in “${name}”`;
      case 'press':
        return `Press ${action.key}`;
      case 'select':
        return `Choose “${action.option}”`;
      case 'hover':
        return `Point at “${name}”`;
      case 'scroll':
        return `Scroll to “${name}”`;
    }
  })();
  return said.length > 200 ? `${said.slice(0, 199)}…` : said;
}
