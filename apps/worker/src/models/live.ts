import { loadConfig, workerConfigSchema } from '@showrunner/config';
import { askLive } from '@showrunner/llm/testing';

/** `npm run models:live`: asks the models of the settings what the tests ask loopback servers. */
export async function main(): Promise<void> {
  const config = loadConfig(workerConfigSchema.partial({ INTERNAL_TOKEN: true }));
  const {
    OPENAI_API_KEY,
    OPENAI_BASE_URL,
    OPENAI_MODEL,
    ANTHROPIC_API_KEY,
    ANTHROPIC_BASE_URL,
    ANTHROPIC_MODEL,
  } = config;
  const openai = {
    provider: 'openai',
    model: OPENAI_MODEL,
    apiKey: OPENAI_API_KEY ?? 'none',
    baseUrl: OPENAI_BASE_URL,
  } as const;
  const anthropic = {
    provider: 'anthropic',
    model: ANTHROPIC_MODEL,
    apiKey: ANTHROPIC_API_KEY ?? 'none',
    baseUrl: ANTHROPIC_BASE_URL,
  } as const;
  const models = [
    ...((OPENAI_API_KEY ?? OPENAI_BASE_URL) ? [openai] : []),
    ...((ANTHROPIC_API_KEY ?? ANTHROPIC_BASE_URL) ? [anthropic] : []),
  ];
  const failed = await askLive(models, (line) => process.stdout.write(`${line}\n`));
  process.exitCode = failed > 0 ? 1 : 0;
}
