import type { FontFamily } from './mirror.types';

const REGULAR = { weight: 400, isItalic: false };
const WEIGHTS = [100, 200, 300, 400, 500, 600, 700, 800, 900];
const NAMED: Readonly<Record<string, number>> = {
  regular: 400,
  normal: 400,
  bold: 700,
  light: 300,
  thin: 100,
};

/**
 * The families that an address of Google Fonts asks for, by version 1 (`family=Lato:400,700italic|Inter`) or 2
 * (`family=Lato:ital,wght@0,400;1,700`) of its interface.
 */
export function fontFamilies(url: URL): FontFamily[] {
  const asked = url.searchParams.getAll('family');
  const families =
    url.pathname === '/css2' ? asked.map(version2) : asked.flatMap((one) => one.split('|').map(version1));
  return families.filter(({ family }) => /^[\p{L}\p{N} _-]{1,80}$/u.test(family));
}

function version1(text: string): FontFamily {
  const [family = '', faces = ''] = text.split(':');
  const parsed = faces.split(',').flatMap((face) => {
    const match = /^(\d{3})?(regular|normal|bold|light|thin)?(i|italic)?$/i.exec(face.trim());
    if (!match || face.trim() === '') return [];
    const weight = Number(match[1] ?? NAMED[match[2]?.toLowerCase() ?? ''] ?? 400);
    return [{ weight, isItalic: match[3] !== undefined }];
  });
  return { family: family.trim(), faces: parsed.length > 0 ? parsed : [REGULAR] };
}

function version2(text: string): FontFamily {
  const [family = '', rest = ''] = text.split(':');
  const [axes = '', values = ''] = rest.split('@');
  const names = axes.split(',');
  const faces = values.split(';').flatMap((value) => {
    const parts = value.split(',');
    const isItalic = names.includes('ital') && parts[names.indexOf('ital')] === '1';
    const weight = names.includes('wght') ? (parts[names.indexOf('wght')] ?? '400') : '400';
    return weightsOf(weight).map((one) => ({ weight: one, isItalic }));
  });
  return { family: family.trim(), faces: faces.length > 0 ? faces : [REGULAR] };
}

/** `400`, or each hundred of the range `100..900`. */
function weightsOf(text: string): number[] {
  const [from, to] = text.split('..').map(Number);
  if (from === undefined || !Number.isFinite(from)) return [];
  return to === undefined ? [from] : WEIGHTS.filter((weight) => weight >= from && weight <= to);
}

/** The package of a family: `Open Sans` is `@fontsource/open-sans`. */
export const fontPackage = (family: string): string =>
  `@fontsource/${family.toLowerCase().replace(/[\s_]+/g, '-')}`;
