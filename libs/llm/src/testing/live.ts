import { openClient } from '../open-client';
import type { ClientOptions } from '../clients/client-options';
import type { ProviderName } from '../model.types';
import { MODEL_CONTRACT } from './model-contract';

/** A model of the settings. */
export interface LiveModel extends Omit<ClientOptions, 'streaming'> {
  provider: ProviderName;
}

/** Asks live models what loopback servers are asked in the tests, with streams and without; prints what held. @returns how many did not hold */
export async function askLive(models: readonly LiveModel[], print: (line: string) => void): Promise<number> {
  let failed = 0;
  if (models.length === 0)
    print('No model is set up (OPENAI_API_KEY, OPENAI_BASE_URL, ANTHROPIC_API_KEY, …): nothing was asked.');
  for (const { provider, ...options } of models)
    for (const streaming of [true, false]) {
      print(`${provider}/${options.model}, ${streaming ? 'stream' : 'one piece'}`);
      const client = openClient(provider, { ...options, streaming });
      for (const { name, run } of MODEL_CONTRACT) {
        try {
          await run(client);
          print(`  ✓ ${name}`);
        } catch (error) {
          failed += 1;
          print(`  ✗ ${name}: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
    }
  return failed;
}
