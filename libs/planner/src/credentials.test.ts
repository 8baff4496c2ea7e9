import { describe, expect, it } from '@jest/globals';
import { credentialsIn } from './credentials';

describe('credentialsIn', () => {
  it.each([
    ['Try it: demo / demo123', 'demo', 'demo123'],
    ['Username: admin Password: s3cret', 'admin', 's3cret'],
    ['Sign in with user name demo, password welcome.', 'demo', 'welcome'],
    ['Email: a@b.example\nPassword: hunter2!', 'a@b.example', 'hunter2!'],
    ['user name `demo`, password `welcome`.', 'demo', 'welcome'],
    ['sign in as alice with password x7, then add a card', 'alice', 'x7'],
    ['Demo credentials: tester / pass-1', 'tester', 'pass-1'],
  ])('reads %j', (text, username, password) => expect(credentialsIn(text)).toEqual({ username, password }));

  it.each([
    'Username Password Sign in',
    'Enter your username and your password',
    'Username: your username Password: your password',
    'Forgot password? Remember me',
    'Board / Insights',
    '',
  ])('finds none in %j', (text) => expect(credentialsIn(text)).toBeUndefined());
});
