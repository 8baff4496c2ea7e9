import { z } from 'zod';
import { InvalidInputError } from './errors';
import { SAMPLE_FILES } from './plan';

/** A reference of the last snapshot (`e12`), or a selector of exactly one element. */
const target = z.string().min(1).max(500);
const element = z.string().max(300).optional();

/**
 * The tools of a manual session, with the arguments that the Playwright MCP server knows, as far as they are allowed. Left out is what runs
 * code in the page or the driver, since it could make true what it then proves; what writes or reads files of the driver; and what
 * changes the window that is filmed.
 */
const TOOLS = {
  browser_click: z.strictObject({
    ...{ element, target },
    doubleClick: z.boolean().optional(),
    button: z.enum(['left', 'right']).optional(),
  }),
  browser_console_messages: z.strictObject({ level: z.enum(['error', 'warning', 'info']).optional() }),
  browser_drag: z.strictObject({
    ...{ startElement: element, startTarget: target, endElement: element, endTarget: target },
  }),
  browser_file_upload: z.strictObject({
    ...{ element, target },
    paths: z.array(z.enum(SAMPLE_FILES)).length(1),
  }),
  browser_find: z.strictObject({ text: z.string().min(1).max(300) }),
  browser_hover: z.strictObject({ element, target }),
  browser_navigate: z.strictObject({ url: z.string().min(1).max(2000) }),
  browser_navigate_back: z.strictObject({}),
  browser_press_key: z.strictObject({ key: z.string().min(1).max(50) }),
  browser_select_option: z.strictObject({
    ...{ element, target },
    values: z.array(z.string().max(500)).length(1),
  }),
  browser_snapshot: z.strictObject({
    target: target.optional(),
    depth: z.number().int().min(1).max(100).optional(),
    boxes: z.boolean().optional(),
  }),
  browser_take_screenshot: z.strictObject({}),
  browser_type: z.strictObject({
    ...{ element, target },
    text: z.string().max(5000),
    submit: z.boolean().optional(),
    slowly: z.boolean().optional(),
  }),
  browser_wait_for: z
    .strictObject({
      time: z.number().min(0).max(20).optional(),
      text: z.string().min(1).max(500).optional(),
      textGone: z.string().min(1).max(500).optional(),
    })
    .refine((asked) => Object.keys(asked).length > 0, 'must say what to wait for'),
} as const;
type Tools = typeof TOOLS;
export type ManualToolName = keyof Tools;
export type ManualToolCall = {
  [Name in ManualToolName]: { tool: Name; arguments: z.infer<Tools[Name]> };
}[ManualToolName];

export const MANUAL_TOOLS = Object.keys(TOOLS).sort() as ManualToolName[];

const LOOKS: ReadonlySet<string> = new Set([
  ...['browser_console_messages', 'browser_find', 'browser_snapshot', 'browser_take_screenshot'],
  'browser_wait_for',
]);
/** Whether a tool only looks: nothing is done to the page, and nothing stands in the log. */
export const isLook = ({ tool }: Pick<ManualToolCall, 'tool'>): boolean => LOOKS.has(tool);

/**
 * A call as it may be carried out: a navigation leads to a path of the app.
 * @param origins under which the app is known: its preview, and what the browser of the session calls it
 * @throws InvalidInputError `tool_not_allowed` (403), `tool_arguments_invalid`, `address_not_allowed` (403)
 */
export function manualToolCall(
  asked: { tool: string; arguments: Record<string, unknown> },
  origins: readonly string[],
): ManualToolCall {
  if (!Object.hasOwn(TOOLS, asked.tool)) {
    throw new InvalidInputError('tool_not_allowed', `Sessions have no tool "${asked.tool}".`, {
      status: 403,
      remedy: `Use one of ${MANUAL_TOOLS.join(', ')}.`,
    });
  }
  const tool = asked.tool as ManualToolName;
  const { ref, ...others } = asked.arguments;
  // What the server called its references before.
  const args = ref === undefined || 'target' in others ? asked.arguments : { ...others, target: ref };
  const parsed = TOOLS[tool].safeParse(args);
  if (!parsed.success) {
    throw new InvalidInputError('tool_arguments_invalid', z.prettifyError(parsed.error).slice(0, 1000), {
      status: 422,
      remedy: `Correct the arguments of ${tool}; docs/sessions.md lists them.`,
    });
  }
  const call = { tool, arguments: parsed.data } as ManualToolCall;
  if (call.tool !== 'browser_navigate') return call;
  return { tool: call.tool, arguments: { url: pathOfApp(call.arguments.url, origins) } };
}

/** Path with query and hash of an address within the app. */
function pathOfApp(address: string, origins: readonly string[]): string {
  const here = 'http://app.invalid';
  // As browsers read it: `/\host` and `//host` lead elsewhere, and control characters are left out.
  const url = URL.canParse(address, here) ? new URL(address, here) : undefined;
  const isPath = address.startsWith('/') && url?.origin === here;
  if (url !== undefined && (isPath || origins.includes(url.origin)))
    return `${url.pathname}${url.search}${url.hash}`;
  throw new InvalidInputError('address_not_allowed', 'A session goes nowhere but to its own app.', {
    status: 403,
    remedy: 'Give a path of the app, such as /settings?tab=1.',
  });
}
