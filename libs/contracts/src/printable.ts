import stripAnsi from 'strip-ansi';

/**
 * What a program said as its reader sees it: without the codes that colour and move in a terminal, and without other characters that
 * cannot be seen. Line feeds and tabs stay; carriage returns go, so what is written over is split at them first.
 */
export const printable = (text: string): string =>
  stripAnsi(text).replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
