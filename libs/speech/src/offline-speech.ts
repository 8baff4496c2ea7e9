import { AppError, type Speech, type VoiceName } from '@showrunner/contracts';
import { espeakSpeech } from './espeak';
import { heartSpeech } from './heart';

/** Programs of this machine, as far as they are there. */
export interface VoicePrograms {
  hibariPath?: string;
  espeakPath?: string;
  bwrapPath?: string;
}

/**
 * The voice of that name on this machine. `auto`: Hibari for English where it is installed, else eSpeak NG.
 * @throws AppError `voice_unavailable` (422) with what to do
 */
export function offlineSpeech(name: VoiceName, language: string, programs: VoicePrograms): Speech {
  const { hibariPath, espeakPath, bwrapPath } = programs;
  const isEnglish = language.split('-')[0] === 'en';
  if (name === 'heart' && !isEnglish)
    throw unavailable(`The voice heart knows English alone, and the film's language is ${language}.`, {
      remedy: 'Choose the voice auto or espeak, or say in the timeline which language is spoken.',
    });
  if (bwrapPath === undefined) throw unavailable('A voice runs in a bubblewrap, which is not installed.');
  if ((name === 'heart' || (name === 'auto' && isEnglish)) && hibariPath !== undefined)
    return heartSpeech({ hibariPath, bwrapPath });
  if (name === 'heart') throw unavailable('The voice heart is not installed.');
  if (espeakPath !== undefined) return espeakSpeech({ espeakPath, bwrapPath });
  throw unavailable('No voice without a network is installed.');
}

function unavailable(message: string, { remedy }: { remedy?: string } = {}): AppError {
  return new AppError('voice_unavailable', message, {
    status: 422,
    remedy:
      remedy ??
      'Run `npm run setup`, which installs the voices, or `apt-get install espeak-ng`; `npm run showrunner -- doctor` tells what is there.',
  });
}
