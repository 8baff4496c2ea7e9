import { AppError } from '@showrunner/contracts';

export const fileNotFound = (path: string): AppError =>
  new AppError('file_not_found', `There is no "${path}" in the sandbox.`, {
    status: 404,
    remedy: 'List its folder to see what is there.',
  });

export const fileTooLarge = (path: string, maxBytes: number): AppError =>
  new AppError('file_too_large', `"${path}" is larger than ${maxBytes} bytes.`, {
    status: 413,
    remedy: 'Ask for fewer bytes, or allow more.',
  });

/** @param why what the sandbox said: no space, read-only, no permission */
export const fileNotWritable = (path: string, why: string): AppError =>
  new AppError('file_not_writable', `"${path}" cannot be written: ${lastLine(why)}`, {
    status: 409,
    remedy: 'Write below /app, /home/app or /tmp, within the disk limit.',
  });

export const fileNotReadable = (path: string, why: string): AppError =>
  new AppError('file_not_readable', `"${path}" cannot be read: ${lastLine(why)}`, {
    status: 409,
    remedy: "Let the sandbox's own user read it.",
  });

const lastLine = (text: string): string => text.trim().split('\n').at(-1)?.slice(-300) ?? '';
