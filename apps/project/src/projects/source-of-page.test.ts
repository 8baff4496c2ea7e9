import { expect, it } from '@jest/globals';
import { sourceOfPage } from './source-of-page';

const url = 'https://example.test/owner/kanban';

it('a source may be the address of a page about a repository; what is said beside it counts more', () => {
  expect(sourceOfPage({ url: `${url}/pull/7` })).toEqual({ url, branch: 'refs/pull/7/head' });
  expect(sourceOfPage({ url: `${url}/tree/main/apps/web` })).toEqual({
    ...{ url, branch: 'main', subdir: 'apps/web' },
  });
  expect(sourceOfPage({ url: `${url}/tree/main/apps/web`, branch: 'next', subdir: 'api' })).toEqual({
    ...{ url, subdir: 'api' },
  });
  expect(sourceOfPage({ url })).toEqual({});
});
