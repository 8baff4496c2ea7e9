import { describe, expect, it } from '@jest/globals';
import { readOutput } from './output-options';

describe('options of export', () => {
  it('are handed on as numbers, and only those that were given', () => {
    expect(readOutput({})).toEqual({});
    expect(readOutput({ format: 'gif', height: '480', maxBytes: '900000' })).toEqual({
      ...{ format: 'gif', height: 480, maxBytes: 900_000 },
    });
  });

  it.each([
    [{ format: 'avi' }, '--format avi'],
    [{ height: 'tall' }, '--height tall'],
    [{ height: '' }, '--height '],
    [{ fps: '24' }, '--fps 24'],
    [{ aspect: '3:2' }, '--aspect 3:2'],
    [{ theme: 'neon' }, '--theme neon'],
    [{ format: 'gif', fps: '30' }, '--fps 30'],
    [{ maxBytes: '1000000' }, '--max-bytes 1000000'],
  ])('that cannot be are named: %j', (options, named) => {
    expect(() => readOutput(options)).toThrow(expect.objectContaining({ code: 'bad_output' }));
    expect(() => readOutput(options)).toThrow(named);
  });
});
