import { optionalTool, type WorkerConfig } from '@showrunner/config';
import type { Voices } from './export/film-voice';

const NO_KEY = 'none';

/** Who can speak here: the programs of this machine, and OpenAI where there is a key or a server. */
export function voicesOf(
  config: Pick<WorkerConfig, 'OPENAI_API_KEY' | 'OPENAI_BASE_URL' | 'OPENAI_SPEECH_MODEL' | 'LLM_TIMEOUT_MS'>,
): Voices {
  const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl, OPENAI_SPEECH_MODEL: model } = config;
  const isSetUp = apiKey !== undefined || baseUrl !== undefined;
  return {
    programs: {
      hibariPath: optionalTool('hibari'),
      espeakPath: optionalTool('espeak-ng'),
      bwrapPath: optionalTool('bwrap'),
    },
    ...(isSetUp && {
      openAi: { apiKey: apiKey ?? NO_KEY, baseUrl, model, timeoutMs: config.LLM_TIMEOUT_MS },
    }),
  };
}
