import {
  AppError,
  durationOfAudio,
  NotFoundError,
  storageKeys,
  type Speech,
  type VoiceName,
} from '@showrunner/contracts';
import { languageOf } from '@showrunner/language';
import { openAiSpeech } from '@showrunner/llm';
import type { PlacedSpeech } from '@showrunner/media';
import { offlineSpeech, speakable, withSpokenStore, type VoicePrograms } from '@showrunner/speech';
import type { ObjectStore } from '@showrunner/storage';
import { narrationOf, waitForWords, type Timeline } from '@showrunner/timeline';

/** Who can speak on this worker. */
export interface Voices {
  programs: VoicePrograms;
  /** Absent where there is neither a key nor a server. */
  openAi?: { apiKey: string; baseUrl?: string; model: string; timeoutMs: number };
}

export interface VoicedFilm {
  /** With the time that its words need. */
  timeline: Timeline;
  /** Undefined in a film in which nobody speaks. */
  speech?: readonly PlacedSpeech[];
}

/** OpenAI's voice when none is named. */
const OPENAI_VOICE = 'marin';

/**
 * Says the words of a film, and lets its pictures wait for them. What was said before of the run is not said again.
 * @throws AppError `voice_unavailable` (422), `speech_failed`, those of models; the signal's reason
 */
export async function voicedFilm(
  deps: { voices: Voices; store: Pick<ObjectStore, 'head' | 'read' | 'put'> },
  { timeline, runId, signal }: { timeline: Timeline; runId: string; signal: AbortSignal },
): Promise<VoicedFilm> {
  const { voice } = timeline;
  if (voice === null || voice.name === 'none') return { timeline };
  const lines = narrationOf(timeline).flatMap(({ startMs, text }) => {
    const words = speakable(text);
    return /[\p{L}\p{N}]/u.test(words) ? [{ startMs, text: words }] : [];
  });
  const language = voice.language ?? languageOf(lines.map(({ text }) => text).join(' '));
  const speech = withSpokenStore(speechOf(voice.name, language, deps.voices), {
    find: async (key) => {
      const stored = storageKeys.spoken(runId, key);
      return (await deps.store.head(stored)) === null ? null : await readIfThere(deps.store, stored);
    },
    put: (key, wav) => deps.store.put(storageKeys.spoken(runId, key), wav),
  });
  const audio = await speech.speak(
    lines.map(({ text }) => ({ text, language })),
    signal,
  );
  const said = lines.map(({ startMs }, n) => {
    const one = audio[n];
    if (one === undefined) throw new AppError('speech_failed', `${speech.name} did not say every line.`);
    return { startMs, durationMs: durationOfAudio(one), audio: one };
  });
  const waited = waitForWords(timeline, said);
  return {
    timeline: waited.timeline,
    speech: said.map((line, n) => ({ startMs: waited.startsMs[n] ?? line.startMs, audio: line.audio })),
  };
}

/** A run that is deleted meanwhile takes what was said along. */
async function readIfThere(store: Pick<ObjectStore, 'read'>, key: string): Promise<Buffer | null> {
  try {
    return await store.read(key);
  } catch (error) {
    if (error instanceof NotFoundError) return null;
    throw error;
  }
}

/** @throws AppError `voice_unavailable` */
function speechOf(name: VoiceName, language: string, { programs, openAi }: Voices): Speech {
  const [engine, voice = OPENAI_VOICE] = name.split(':');
  if (engine !== 'openai') return offlineSpeech(name, language, programs);
  if (openAi !== undefined) return openAiSpeech({ ...openAi, voice });
  throw new AppError('voice_unavailable', 'The voice openai needs a key, and none is set.', {
    status: 422,
    remedy: 'Set OPENAI_API_KEY, or OPENAI_BASE_URL to a server that speaks, or choose the voice auto.',
  });
}
