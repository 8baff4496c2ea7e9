import { describe, expect, it } from '@jest/globals';
import { loadConfig, workerConfigSchema } from '@showrunner/config';
import { openModels } from './open-models';

const REQUIRED = { INTERNAL_TOKEN: 'x'.repeat(16) };
const open = (env: Record<string, string>) =>
  openModels(loadConfig(workerConfigSchema, { ...REQUIRED, ...env }));
const names = (env: Record<string, string>): string[] | undefined =>
  open(env)?.clients.map(({ provider, model }) => `${provider}/${model}`);
const OPENAI = { OPENAI_API_KEY: 'sk-1' };
const ANTHROPIC = { ANTHROPIC_API_KEY: 'sk-ant-1' };

describe('which models a worker asks', () => {
  it('none without a key, and none where rules are wanted', () => {
    expect(names({})).toBeUndefined();
    expect(names({ LLM_PROVIDER: 'anthropic', ...OPENAI })).toBeUndefined();
    expect(names({ LLM_PROVIDER: 'rules', ...OPENAI })).toBeUndefined();
  });

  it('that of the key, and the other provider behind it where that has one', () => {
    expect(names(OPENAI)).toEqual(['openai/gpt-6.1-terra']);
    expect(names({ ...OPENAI, ...ANTHROPIC })).toEqual([
      'openai/gpt-6.1-terra',
      'anthropic/claude-sonnet-5-5',
    ]);
    expect(names({ ...OPENAI, ...ANTHROPIC, LLM_PROVIDER: 'anthropic' })).toEqual([
      ...['anthropic/claude-sonnet-5-5', 'openai/gpt-6.1-terra'],
    ]);
  });

  it('the fallback of the settings, or none', () => {
    expect(names({ ...OPENAI, LLM_FALLBACK: 'openai/gpt-5-mini' })).toEqual([
      'openai/gpt-6.1-terra',
      'openai/gpt-5-mini',
    ]);
    expect(names({ ...OPENAI, ...ANTHROPIC, LLM_FALLBACK: 'none' })).toEqual(['openai/gpt-6.1-terra']);
    expect(names({ ...OPENAI, LLM_FALLBACK: 'anthropic/claude-opus-5' })).toEqual(['openai/gpt-6.1-terra']);
    expect(() => open({ LLM_FALLBACK: 'gpt-5' })).toThrow('must look like openai/gpt-5-mini');
  });

  it('a local server, without a key, under names with slashes', () => {
    const env = {
      OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1',
      OPENAI_MODEL: 'qwen/qwen3',
      LLM_PRICES: 'qwen/qwen3=0/0, b=1.5/2',
    };
    expect(names(env)).toEqual(['openai/qwen/qwen3']);
    expect(open(env)?.clients[0]?.isVendor).toBe(false);
    expect([...(open(env)?.prices ?? [])]).toEqual([
      ['qwen/qwen3', { input: 0, output: 0 }],
      ['b', { input: 1.5, output: 2 }],
    ]);
    expect(() => open({ LLM_PRICES: 'gpt-5' })).toThrow('must look like my-model=0.5/1.5');
  });

  it('never shows a key where a setting is wrong', () => {
    expect(() => open({ ...OPENAI, OPENAI_BASE_URL: 'ftp://x' })).toThrow(
      expect.not.stringContaining('sk-1'),
    );
  });
});
