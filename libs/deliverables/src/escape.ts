import { plainLine } from '@showrunner/media';

/** Hostile text as one line of HTML text, also within a quoted attribute. */
export const html = (text: string): string =>
  plainLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

/**
 * Hostile text as one line of Markdown text: what could begin emphasis, code, a link, a list, a heading, HTML or a formula is escaped
 * (CommonMark 0.31, 2.4), and addresses become no links (GFM, 6.9).
 */
export const markdown = (text: string): string =>
  plainLine(text)
    .replace(/[\\`*_{}[\]<>()#+\-!|~&$^=@:]/gu, '\\$&')
    .replace(/^\d+(?=\.)|\bwww(?=\.)/giu, '$&\\');
