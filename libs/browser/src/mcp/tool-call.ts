import type { StepAction } from '@showrunner/contracts';

export interface ToolCall {
  tool: string;
  /** Arguments as sent, without `target`: the selector belongs to one moment of one page and is not recorded. */
  arguments: Record<string, unknown>;
  /** Whether the call is sent with a `target` selector. */
  targeted: boolean;
  /** What has to be done to the element first so that one call suffices. */
  prepare: 'look' | 'focus' | 'select' | 'words';
}

/** Kinds of input that take a whole value at once, not keys. */
const FILLED = new Set(['date', 'datetime-local', 'month', 'week', 'time', 'color', 'range']);

/**
 * The one MCP tool call that carries out an action. `inputType` is that of the target, where it is an input. Text is typed key by key
 * (`slowly`), so that search-as-you-type, key handlers and the film see keys; the relay gives the keys their pace.
 */
export const toolCallFor = (action: StepAction, origin: string, inputType?: string): ToolCall => {
  const element = 'target' in action && action.target ? `${action.target.role} "${action.target.name}"` : '';
  switch (action.type) {
    case 'navigate':
      return {
        tool: 'browser_navigate',
        arguments: { url: origin + action.path },
        targeted: false,
        prepare: 'look',
      };
    case 'click':
      return {
        tool: 'browser_click',
        arguments: { element, ...(action.button && { button: action.button }) },
        targeted: true,
        prepare: 'look',
      };
    case 'doubleClick':
      return {
        tool: 'browser_click',
        arguments: { element, doubleClick: true },
        targeted: true,
        prepare: 'words',
      };
    case 'drag':
      return {
        tool: 'browser_drag',
        arguments: { startElement: element, endElement: `${action.to.role} "${action.to.name}"` },
        targeted: true,
        prepare: 'look',
      };
    case 'upload':
      return {
        tool: 'browser_file_upload',
        arguments: { element, paths: [action.file] },
        targeted: true,
        prepare: 'look',
      };
    case 'back':
      return { tool: 'browser_navigate_back', arguments: {}, targeted: false, prepare: 'look' };
    case 'hover':
      return { tool: 'browser_hover', arguments: { element }, targeted: true, prepare: 'look' };
    case 'select':
      return {
        tool: 'browser_select_option',
        arguments: { element, values: [action.option] },
        targeted: true,
        prepare: 'look',
      };
    case 'press':
      return { tool: 'browser_press_key', arguments: { key: action.key }, targeted: false, prepare: 'focus' };
    case 'scroll':
      return {
        tool: 'browser_evaluate',
        arguments: { element, function: SCROLL },
        targeted: true,
        prepare: 'look',
      };
    case 'type': {
      const filled = action.text === '' || (inputType !== undefined && FILLED.has(inputType));
      const how = filled ? {} : { slowly: true };
      return {
        tool: 'browser_type',
        arguments: { element, text: action.text, ...how, ...(action.submit ? { submit: true } : {}) },
        targeted: true,
        prepare: filled ? 'look' : 'select',
      };
    }
  }
};

const SCROLL = "(element) => element.scrollIntoView({ behavior: 'smooth', block: 'center' })";
