import { describe, expect, it } from '@jest/globals';
import { AppError } from './errors';
import { MANUAL_TOOLS, manualToolCall } from './manual-tools';

const ORIGINS = ['http://s1.preview.localhost:4401'];
const go = (url: string) => manualToolCall({ tool: 'browser_navigate', arguments: { url } }, ORIGINS);
const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'none';
  } catch (error) {
    return error instanceof AppError ? `${error.code} ${error.status}` : String(error);
  }
};

describe('the tools of a manual session', () => {
  it('lead to paths of the app alone, however they are written', () => {
    expect(go('/settings?tab=1#top').arguments).toEqual({ url: '/settings?tab=1#top' });
    expect(go('http://s1.preview.localhost:4401/a').arguments).toEqual({ url: '/a' });
    for (const address of [
      ...['file:///etc/passwd', 'http://169.254.169.254/latest/meta-data', 'http://localhost:4400/api/runs'],
      ...['//evil.test/', '/\\evil.test/', '\\\\evil.test', '/\t/evil.test', 'javascript:alert(1)'],
      ...['data:text/html,x', 'chrome://version', 'about:blank', 'view-source:http://x/', 'blob:http://x/1'],
      ...['http://s1.preview.localhost:4402/', 'https://s1.preview.localhost:4401/', 'settings', ' '],
      'http://s1.preview.localhost:4401@evil.test/',
    ])
      expect([address, codeOf(() => go(address))]).toEqual([address, 'address_not_allowed 403']);
  });

  it('are those that cannot make true what they prove', () => {
    for (const tool of [
      ...['browser_evaluate', 'browser_run_code_unsafe', 'browser_resize', 'browser_close', 'browser_tabs'],
      ...['browser_network_requests', 'constructor', '__proto__', 'toString', ''],
    ])
      expect(codeOf(() => manualToolCall({ tool, arguments: {} }, []))).toBe('tool_not_allowed 403');
    expect(MANUAL_TOOLS).toContain('browser_snapshot');
  });

  it('take the arguments that are known, and no file of the driver', () => {
    const call = (tool: string, args: Record<string, unknown>): string =>
      codeOf(() => manualToolCall({ tool, arguments: args }, []));
    expect(call('browser_click', { target: 'e1', element: 'Save' })).toBe('none');
    expect(call('browser_click', { ref: 'e1' })).toBe('none');
    expect(call('browser_file_upload', { target: 'e1', paths: ['notes.txt'] })).toBe('none');
    for (const [tool, args] of [
      ['browser_click', {}],
      ['browser_snapshot', { filename: '/tmp/x' }],
      ['browser_take_screenshot', { filename: 'x.png' }],
      ['browser_file_upload', { target: 'e1', paths: ['/etc/passwd'] }],
      ['browser_wait_for', {}],
      ['browser_wait_for', { time: 3600 }],
      ['browser_type', { target: 'e1', text: 'x'.repeat(6000) }],
    ] as const)
      expect([tool, call(tool, args)]).toEqual([tool, 'tool_arguments_invalid 422']);
  });
});
