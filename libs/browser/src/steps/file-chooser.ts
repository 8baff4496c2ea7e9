import type { StepAction } from '@showrunner/contracts';
import type { McpDriver, ToolReply } from '../mcp/mcp-driver';
import { sampleFile } from './sample-files';
import { pause } from './wait-until';

const TRIES = 10;
const TRY_AGAIN_MS = 80;
/** What the server says when no question for a file stands. */
const NOTHING_ASKED = /No file chooser|modal state present/i;

type Driver = Pick<McpDriver, 'call' | 'workDir'>;

/** Clicks what asks for a file and answers with the sample file. The reply is that of the upload, or of a click that failed. */
export async function uploadFile(
  driver: Driver,
  { target, file }: Extract<StepAction, { type: 'upload' }>,
  selectors: { target?: string },
): Promise<ToolReply> {
  const paths = [await sampleFile(file, driver.workDir)];
  const element = `${target.role} "${target.name}"`;
  const clicked = await driver.call('browser_click', { element, ...selectors });
  if (clicked.isError) return clicked;
  let reply = await driver.call('browser_file_upload', { paths });
  // A page may ask a moment after the click; while nothing is asked, nothing was done by trying.
  for (let attempt = 1; attempt < TRIES && NOTHING_ASKED.test(reply.text); attempt += 1) {
    await pause(TRY_AGAIN_MS);
    reply = await driver.call('browser_file_upload', { paths });
  }
  return NOTHING_ASKED.test(reply.text) ? { ...reply, isError: true } : reply;
}

/** A question for a file that no step answers is cancelled: the server refuses every other tool while it stands. */
export async function withoutFileChooser(
  driver: Pick<McpDriver, 'call'>,
  reply: ToolReply,
): Promise<ToolReply> {
  if (/\[File chooser\]/.test(reply.text)) await driver.call('browser_file_upload', {});
  return reply;
}
