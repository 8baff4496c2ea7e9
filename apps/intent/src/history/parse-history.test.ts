import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parseHistory } from './parse-history';

interface Exported {
  workflows: Record<string, { events: Record<string, unknown>[] }>;
}
const recorded = (name: string): Exported => {
  const file = resolve(import.meta.dirname, `../../../../workflows/histories/${name}.json`);
  return { workflows: JSON.parse(readFileSync(file, 'utf8')) as Exported['workflows'] };
};
const failure = (code: string, text: string | RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(text) });
const idOf = (history: Exported, prefix: string): string =>
  Object.keys(history.workflows).find((id) => id.startsWith(prefix)) ?? '';

describe('parseHistory', () => {
  it('reads the input, the plan and the actions of a run', () => {
    const run = parseHistory(recorded('happy'));
    expect(run).toMatchObject({
      provider: 'local',
      size: { width: 1280, height: 720 },
      source: { kind: 'git' },
    });
    expect(run.actions.length).toBeGreaterThan(run.plan.features.length);
    expect(new Set(run.actions.map(({ feature }) => feature))).toEqual(
      new Set(run.plan.features.map(({ id }) => id)),
    );
    expect(Object.keys(run.actions[0] ?? {}).sort()).toEqual(
      ['action', 'arguments', 'feature', 'result', 'step', 'tool', 'verified'].sort(),
    );
  });

  it('counts a feature that was filmed again once', () => {
    const { actions } = parseHistory(recorded('session-lost'));
    const keys = actions.map(({ feature, step }) => `${feature} ${step}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('says what is missing', () => {
    const history = recorded('happy');
    const without = (prefix: string): Exported => {
      const workflows = { ...history.workflows };
      delete workflows[idOf(history, prefix)];
      return { workflows };
    };
    for (const value of [null, 1, [], {}, { events: [] }, { workflows: [] }]) {
      expect(() => parseHistory(value)).toThrow(failure('history_invalid', 'workflows'));
    }
    expect(() => parseHistory({ workflows: {} })).toThrow(failure('history_invalid', 'produceVideo'));
    expect(() => parseHistory({ workflows: { a: { events: [] } } })).toThrow(
      failure('history_invalid', '"a"'),
    );
    expect(() => parseHistory(without('run-'))).toThrow(failure('history_invalid', 'produceVideo'));
    expect(() => parseHistory(without('film-'))).toThrow(
      failure('history_invalid', 'before anything was filmed'),
    );
    expect(parseHistory(without('build-')).commit).toBeUndefined();
  });

  it('takes nothing that does not have the shape of our own', () => {
    const changed = (prefix: string, change: (text: string) => string): Exported => {
      const history = recorded('happy');
      const events = history.workflows[idOf(history, prefix)]?.events ?? [];
      const text = JSON.stringify(events).replace(/"data":"([\w+/=]+)"/g, (_, data: string) => {
        const json = change(Buffer.from(data, 'base64').toString());
        return `"data":"${Buffer.from(json).toString('base64')}"`;
      });
      return {
        workflows: { ...history.workflows, [idOf(history, prefix)]: { events: JSON.parse(text) as [] } },
      };
    };
    const refused = (history: Exported): void =>
      expect(() => parseHistory(history)).toThrow(
        expect.objectContaining({ code: 'history_invalid', status: 422 }),
      );
    refused(changed('run-', (json) => json.replace('"kind":"git"', '"kind":"shell"')));
    refused(changed('run-', (json) => json.replace('"width":1280', '"width":-1')));
    refused(changed('film-', (json) => json.replace('"type":"click"', '"type":"evaluate"')));
    refused(changed('film-', (json) => json.replace(/"features":\[.*\]/, '"features":[]')));
    refused(changed('film-', (json) => (json.includes('"tool"') ? 'not json' : json)));
  });
});
