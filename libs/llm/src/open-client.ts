import { anthropicClient } from './clients/anthropic-client';
import type { ClientOptions } from './clients/client-options';
import { openAiClient } from './clients/openai-client';
import type { ModelClient, ProviderName } from './model.types';

export const openClient = (provider: ProviderName, options: ClientOptions): ModelClient =>
  provider === 'openai' ? openAiClient(options) : anthropicClient(options);
