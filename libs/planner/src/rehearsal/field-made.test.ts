import { describe, expect, it } from '@jest/globals';
import { page } from '../testing/outline';
import { fieldMade } from './field-made';

const INTO = { role: 'textbox', name: 'New task', exact: true };
const filled = page('/', 'textbox "New task" value="Plan it"');

describe('a thing that is shown in a field of its own', () => {
  it('is seen there', () => {
    const after = page('/', 'textbox "" value="Plan it" disabled\ntextbox "New task"');
    expect(fieldMade('Plan it', filled, after, [INTO])).toEqual({
      kind: 'value',
      target: { role: 'textbox', name: '', exact: true },
      equals: 'Plan it',
    });
  });
  it('is not the field that it was entered into, however that is called afterwards', () => {
    expect(fieldMade('Plan it', filled, filled, [INTO])).toBeUndefined();
    const renamed = page('/', 'textbox "Task" value="Plan it" disabled');
    expect(fieldMade('Plan it', filled, renamed, [INTO])).toBeUndefined();
  });
  it('is no preview that stood there before', () => {
    const preview = page(
      '/',
      'textbox "New task" value="Plan it"\ntextbox "Preview" value="Plan it" readonly',
    );
    expect(fieldMade('Plan it', preview, preview, [INTO])).toBeUndefined();
  });
});
