/** Something to be said. */
export interface SpeechLine {
  /** Hostile text; an engine gets it as data alone. */
  text: string;
  /** Such as `en` or `pt-br`. */
  language: string;
}

/** What was said: 16-bit little-endian samples of one channel. */
export interface SpokenAudio {
  sampleRate: number;
  samples: Buffer;
}

/** The port behind which lines are said, whoever says them. */
export interface Speech {
  /** Engine, version and voice: the same name says the same line with the same sound. */
  name: string;
  /**
   * Says each line, in the order given.
   * @throws AppError `voice_unavailable`, `speech_failed`; the signal's reason
   */
  speak(lines: readonly SpeechLine[], signal: AbortSignal): Promise<SpokenAudio[]>;
}

/** How long something said lasts, ms. */
export const durationOfAudio = ({ sampleRate, samples }: SpokenAudio): number =>
  (samples.length / 2 / sampleRate) * 1000;
