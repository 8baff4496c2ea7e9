import { expect, it } from '@jest/globals';
import { PERMISSIONS, ROLE_PERMISSIONS, roleOf, ROLES } from './tenants';

it('each role may do what the one before it may, and more; an operator everything', () => {
  ROLES.forEach((role, at) => {
    const before = ROLES[at - 1];
    if (before === undefined) return;
    expect(ROLE_PERMISSIONS[role]).toEqual(expect.arrayContaining([...ROLE_PERMISSIONS[before]]));
    expect(ROLE_PERMISSIONS[role].length).toBeGreaterThan(ROLE_PERMISSIONS[before].length);
  });
  expect(ROLE_PERMISSIONS.operator).toEqual(PERMISSIONS);
});

it('a role is told by exactly its permissions, in any order', () => {
  for (const role of ROLES) expect(roleOf([...ROLE_PERMISSIONS[role]].reverse())).toBe(role);
  expect([roleOf([]), roleOf(['write']), roleOf(['read', 'operate'])]).toEqual([null, null, null]);
});
