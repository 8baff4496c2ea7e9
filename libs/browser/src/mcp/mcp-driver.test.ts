import { describe, expect, it } from '@jest/globals';
import { isHeldUp } from './mcp-driver';

const ALERT =
  '### Modal state\n- ["alert" dialog with message "Wait"]: can be handled by browser_handle_dialog';

describe('an answer that names an open dialog', () => {
  it('means that the page was not left', () => {
    expect(isHeldUp('browser_navigate', ALERT)).toBe(true);
    expect(isHeldUp('browser_navigate_back', ALERT)).toBe(true);
  });
  it('is the consequence of a click, which was done', () => {
    expect(isHeldUp('browser_click', ALERT)).toBe(false);
    expect(isHeldUp('browser_navigate', '### Page\n- Page URL: http://app/')).toBe(false);
  });
});
