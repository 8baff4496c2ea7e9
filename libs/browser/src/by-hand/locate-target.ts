import { BoxSchema, type Box } from '@showrunner/contracts';
import type { McpDriver } from '../mcp/mcp-driver';
import { toolFailure } from '../steps/failures';

/** Brings the element into view as a person scrolls, gives it the keyboard where its content is to be replaced, and tells where it is. */
const LOOK = `async (element) => {
  const rect = () => {
    const own = element.getBoundingClientRect();
    const box = { x: Math.round(own.left), y: Math.round(own.top), width: Math.round(own.width), height: Math.round(own.height) };
    for (let frame = element.ownerDocument.defaultView.frameElement; frame; frame = frame.ownerDocument.defaultView.frameElement) {
      const outer = frame.getBoundingClientRect();
      box.x += Math.round(outer.left);
      box.y += Math.round(outer.top);
    }
    return box;
  };
  const isSeen = () => {
    const { x, y, width, height } = rect();
    return y >= 0 && y + height <= innerHeight && x >= 0 && x + width <= innerWidth;
  };
  const scroll = (behavior) => element.scrollIntoView({ behavior, block: 'center', inline: 'nearest' });
  if (!isSeen()) {
    scroll('smooth');
    for (let n = 0, still = 0, last = ''; n < 80 && !(still >= 4 && isSeen()); n += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      const now = JSON.stringify(rect());
      still = now === last ? still + 1 : 0;
      last = now;
    }
    // Where nothing glides, or too slowly.
    if (!isSeen()) scroll('instant');
  }
  return rect();
}`;
const REPLACE = LOOK.replace(
  'return rect();\n}',
  "element.focus({ preventScroll: true }); if (typeof element.select === 'function') element.select(); else if (element.isContentEditable) getSelection().selectAllChildren(element); return rect();\n}",
);

export type Located = { box: Box } | { error: string };

/**
 * Where the element is that a target names: a reference of the last snapshot, or a selector. Asks the server, which alone knows its references.
 * @param isReplaced its content is selected, so that typing replaces it
 */
export async function locateTarget(
  driver: Pick<McpDriver, 'call'>,
  target: string,
  isReplaced = false,
): Promise<Located> {
  const reply = await driver.call('browser_evaluate', {
    ...{ element: 'target of the next action', target },
    function: isReplaced ? REPLACE : LOOK,
  });
  if (reply.isError) return { error: toolFailure(reply.text) };
  const json = /### Result\n([\s\S]*?)(?:\n###|$)/.exec(reply.text)?.[1] ?? '';
  // The page may have got hold of the functions that measure: what it says is data.
  const box = BoxSchema.safeParse(parsed(json));
  return box.success ? { box: box.data } : { error: 'The browser could not tell where the target is.' };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
