export type Rgb = readonly [number, number, number];

export const rgbOf = (hex: string): Rgb => [
  Number.parseInt(hex.slice(1, 3), 16),
  Number.parseInt(hex.slice(3, 5), 16),
  Number.parseInt(hex.slice(5, 7), 16),
];

export const mixed = (a: Rgb, b: Rgb, share: number): Rgb =>
  share <= 0 ? a : share >= 1 ? b : [mix(a[0], b[0], share), mix(a[1], b[1], share), mix(a[2], b[2], share)];

const mix = (a: number, b: number, share: number): number => a + (b - a) * share;
