import type { Background, LookChanges, ThemeName } from '@showrunner/timeline';

/** A look in full; lengths are shares of the film's shorter side. */
export interface Theme {
  background: Background;
  padding: number;
  cornerRadius: number;
  shadow: number;
  frame: 'none' | 'browser';
  /** Bar of the browser's window. */
  bar: { colour: string; text: string; field: string };
  colours: { slate: string; card: string; accent: string; text: string; muted: string; track: string };
  /** Of what stands on the background itself. */
  onBackground: string;
  font: string;
}

const NIGHT = {
  slate: '#0b1220',
  card: '#111a2b',
  accent: '#5b9dff',
  text: '#ffffff',
  muted: '#c3cede',
  track: '#3a4860',
};
const DARK_BAR = { colour: '#232a36', text: '#aab4c3', field: '#171c25' };
const LIGHT_BAR = { colour: '#eef0f3', text: '#69707c', field: '#ffffff' };
const WINDOW = {
  padding: 0.06,
  cornerRadius: 0.017,
  shadow: 0.5,
  frame: 'browser',
  font: 'Noto Sans',
} as const;

export const THEMES: Record<ThemeName, Theme> = {
  plain: {
    ...WINDOW,
    ...{ padding: 0, cornerRadius: 0, shadow: 0, frame: 'none' },
    background: { kind: 'colour', colour: '#0b1220' },
    bar: DARK_BAR,
    colours: NIGHT,
    onBackground: '#c3cede',
  },
  midnight: {
    ...WINDOW,
    background: { kind: 'gradient', from: '#1b2a4a', to: '#0a0f1c', angle: 60 },
    bar: DARK_BAR,
    colours: NIGHT,
    onBackground: '#c3cede',
  },
  daylight: {
    ...WINDOW,
    shadow: 0.28,
    background: { kind: 'gradient', from: '#eef3fb', to: '#c9d8ef', angle: 65 },
    bar: LIGHT_BAR,
    colours: { ...NIGHT, accent: '#2f6fed', card: '#16233b', track: '#4a5b78' },
    onBackground: '#33415c',
  },
  aurora: {
    ...WINDOW,
    background: { kind: 'gradient', from: '#6a5af9', to: '#f0719b', angle: 40 },
    bar: LIGHT_BAR,
    colours: { ...NIGHT, slate: '#150f2e', card: '#1d1538', accent: '#ff7eb6', track: '#4d4170' },
    onBackground: '#ffffff',
  },
  graphite: {
    ...WINDOW,
    background: { kind: 'colour', colour: '#2a2d33' },
    bar: { colour: '#3a3e46', text: '#b9bec8', field: '#2c3037' },
    colours: {
      ...NIGHT,
      slate: '#121417',
      card: '#1a1d22',
      accent: '#f2a541',
      muted: '#c9ccd2',
      track: '#4a4e57',
    },
    onBackground: '#c9ccd2',
  },
};

/** A theme with what a brand or an editor changed of it. */
export function themeOf(name: ThemeName, { accent, font, logoText: _, ...changes }: LookChanges): Theme {
  const theme = THEMES[name];
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  return {
    ...theme,
    ...given,
    colours: { ...theme.colours, ...(accent !== undefined && { accent }) },
    font: font ?? theme.font,
  };
}
