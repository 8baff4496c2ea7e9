import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { AppError } from '@showrunner/contracts';

/** Characters of a tool's text: what a model reads at once. What is longer is a resource. */
const MOST_TEXT = 6_000;

/**
 * A tool's answer: lines for whoever reads, and the same as data.
 * @param data of the tool's `outputSchema`, where it has one
 */
export function answer(lines: readonly string[], data?: Record<string, unknown>): CallToolResult {
  const text = lines.join('\n');
  const shown =
    text.length > MOST_TEXT
      ? `${text.slice(0, MOST_TEXT)}\n… ${text.length - MOST_TEXT} more characters are left out.`
      : text;
  return { content: [{ type: 'text', text: shown }], ...(data ? { structuredContent: data } : {}) };
}

/** Runs a tool. What it refuses is an answer that says what to do, not an error of the protocol: a model can read it and try again. */
export async function answering(work: () => Promise<CallToolResult>): Promise<CallToolResult> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const remedy = error.remedy ? [`Try: ${error.remedy}`] : [];
    return { ...answer([error.message, ...remedy, `Code: ${error.code}`]), isError: true };
  }
}
