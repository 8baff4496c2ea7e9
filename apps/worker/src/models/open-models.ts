import type { WorkerConfig } from '@showrunner/config';
import { openClient } from '@showrunner/llm';
import type { ModelClient, Price, ProviderName, SpendLimit } from '@showrunner/llm';

/** The settings of language models, as this worker's processes know them. */
export type ModelSettings = Pick<
  WorkerConfig,
  | 'LLM_PROVIDER'
  | 'OPENAI_API_KEY'
  | 'OPENAI_BASE_URL'
  | 'OPENAI_MODEL'
  | 'ANTHROPIC_API_KEY'
  | 'ANTHROPIC_BASE_URL'
  | 'ANTHROPIC_MODEL'
  | 'LLM_FALLBACK'
  | 'LLM_STREAMING'
  | 'LLM_PICTURES'
  | 'LLM_TIMEOUT_MS'
  | 'LLM_MAX_WAIT_MS'
  | 'LLM_RUN_BUDGET_USD'
  | 'LLM_APP_BUDGET_USD'
  | 'LLM_RUN_MAX_TOKENS'
  | 'LLM_PRICES'
>;

/** The models that are asked, in order, and within what. */
export interface Models {
  clients: readonly ModelClient[];
  prices: ReadonlyMap<string, Price>;
  limit: SpendLimit;
  /** Of an app that is written. */
  appLimit: SpendLimit;
  pictures: boolean;
  timeoutMs: number;
  maxWaitMs: number;
}

interface Access {
  apiKey: string | undefined;
  baseUrl: string | undefined;
  model: string;
}

/** A local server often wants no key, and its clients want one. */
const NO_KEY = 'none';

/** The models of the settings; undefined when rules are to plan alone. Nothing is connected to. */
export function openModels(settings: ModelSettings): Models | undefined {
  const access: Record<ProviderName, Access> = {
    openai: {
      apiKey: settings.OPENAI_API_KEY,
      baseUrl: settings.OPENAI_BASE_URL,
      model: settings.OPENAI_MODEL,
    },
    anthropic: {
      apiKey: settings.ANTHROPIC_API_KEY,
      baseUrl: settings.ANTHROPIC_BASE_URL,
      model: settings.ANTHROPIC_MODEL,
    },
  };
  const isSetUp = (name: ProviderName): boolean =>
    access[name].apiKey !== undefined || access[name].baseUrl !== undefined;
  const wanted = settings.LLM_PROVIDER;
  if (wanted === 'rules') return undefined;
  const first = wanted === 'auto' ? (['openai', 'anthropic'] as const).find(isSetUp) : wanted;
  if (first === undefined || !isSetUp(first)) return undefined;
  const client = (name: ProviderName, model: string): ModelClient => {
    const { apiKey = NO_KEY, baseUrl } = access[name];
    return openClient(name, {
      ...{ model, apiKey, streaming: settings.LLM_STREAMING === 'on' },
      ...(baseUrl === undefined ? {} : { baseUrl }),
    });
  };
  const clients = [client(first, access[first].model)];
  const [name, ...rest] = (settings.LLM_FALLBACK ?? '').split('/');
  const other: ProviderName = first === 'openai' ? 'anthropic' : 'openai';
  if ((name === 'openai' || name === 'anthropic') && isSetUp(name))
    clients.push(client(name, rest.join('/')));
  else if (settings.LLM_FALLBACK === undefined && isSetUp(other))
    clients.push(client(other, access[other].model));
  return {
    clients,
    prices: settings.LLM_PRICES,
    limit: { usd: settings.LLM_RUN_BUDGET_USD, tokens: settings.LLM_RUN_MAX_TOKENS },
    appLimit: { usd: settings.LLM_APP_BUDGET_USD, tokens: settings.LLM_RUN_MAX_TOKENS, of: 'app' },
    pictures: settings.LLM_PICTURES === 'on',
    ...{ timeoutMs: settings.LLM_TIMEOUT_MS, maxWaitMs: settings.LLM_MAX_WAIT_MS },
  };
}
