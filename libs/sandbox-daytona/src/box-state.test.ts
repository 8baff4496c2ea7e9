import { describe, expect, it } from '@jest/globals';
import { nextStep, statusOf, type NextStep } from './box-state';

/** Every state of the specification, and what is due on the way to started, stopped and archived. */
const TABLE: [string, string, NextStep, NextStep, NextStep][] = [
  ['creating', 'creating', 'wait', 'wait', 'wait'],
  ['restoring', 'creating', 'wait', 'wait', 'wait'],
  ['starting', 'creating', 'wait', 'wait', 'wait'],
  ['resuming', 'creating', 'wait', 'wait', 'wait'],
  ['pending_build', 'creating', 'wait', 'wait', 'wait'],
  ['building_snapshot', 'creating', 'wait', 'wait', 'wait'],
  ['pulling_snapshot', 'creating', 'wait', 'wait', 'wait'],
  ['started', 'running', 'there', 'stop', 'stop'],
  ['resizing', 'running', 'wait', 'wait', 'wait'],
  ['snapshotting', 'running', 'wait', 'wait', 'wait'],
  ['forking', 'running', 'wait', 'wait', 'wait'],
  ['stopping', 'stopped', 'wait', 'wait', 'wait'],
  ['stopped', 'stopped', 'start', 'there', 'archive'],
  ['pausing', 'stopped', 'wait', 'wait', 'wait'],
  ['paused', 'stopped', 'start', 'stop', 'stop'],
  ['archiving', 'stopped', 'start', 'there', 'wait'],
  ['archived', 'archived', 'start', 'there', 'there'],
  ['destroying', 'destroyed', 'gone', 'gone', 'gone'],
  ['destroyed', 'destroyed', 'gone', 'gone', 'gone'],
  ['error', 'failed', 'failed', 'failed', 'failed'],
  ['build_failed', 'failed', 'failed', 'failed', 'failed'],
  ['unknown', 'failed', 'wait', 'wait', 'wait'],
  ['invented_tomorrow', 'failed', 'wait', 'wait', 'wait'],
];

describe('states of a box', () => {
  it.each(TABLE)('%s is %s; next: %s, %s, %s', (state, status, started, stopped, archived) => {
    expect(statusOf(state)).toBe(status);
    expect(nextStep(state, 'started')).toBe(started);
    expect(nextStep(state, 'stopped')).toBe(stopped);
    expect(nextStep(state, 'archived')).toBe(archived);
  });

  it('waits for a box of which no state is known yet', () => {
    expect(statusOf(undefined)).toBe('creating');
    expect(nextStep(undefined, 'started')).toBe('wait');
  });
});
