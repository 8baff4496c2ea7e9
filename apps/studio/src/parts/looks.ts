import type { Schemas } from '../api/client';

type Timeline = Schemas['Timeline'];

export const ASPECTS: readonly { value: Timeline['aspect']; label: string }[] = [
  { value: 'source', label: 'As filmed' },
  { value: '16:9', label: 'Wide, 16:9' },
  { value: '9:16', label: 'Upright, 9:16' },
  { value: '1:1', label: 'Square' },
  { value: '4:5', label: 'Portrait, 4:5' },
];
export const THEMES: readonly { value: Timeline['theme']; label: string }[] = [
  { value: 'plain', label: 'The page alone' },
  { value: 'midnight', label: 'Midnight' },
  { value: 'daylight', label: 'Daylight' },
  { value: 'aurora', label: 'Aurora' },
  { value: 'graphite', label: 'Graphite' },
];
/** Who speaks the words of a film (docs/voices.md). */
const VOICES = [
  { value: 'none', label: 'Nobody' },
  { value: 'auto', label: 'The best voice here' },
  { value: 'heart', label: 'Heart: English, like a person' },
  { value: 'espeak', label: 'eSpeak: any language, plainly a machine' },
  { value: 'openai', label: 'OpenAI: its captions leave this machine' },
] as const;

/** The voices to choose from, and `named` among them: a voice of OpenAI may have been named elsewhere. */
export function voicesWith(named: string): readonly { value: string; label: string }[] {
  const isKnown = VOICES.some(({ value }) => value === named);
  return isKnown ? VOICES : [...VOICES, { value: named, label: named }];
}
