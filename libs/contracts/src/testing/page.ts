import type { PageElement, PageSnapshot } from '../page';

/** An element that can be seen; the fields given are as given. */
export const pageElement = (role: string, name: string, change: Partial<PageElement> = {}): PageElement => ({
  role,
  name,
  value: '',
  box: { x: 0, y: 0, width: 10, height: 10 },
  inViewport: true,
  parent: -1,
  group: -1,
  ...change,
});

/** A page of these elements; the fields given are as given. */
export const pageSnapshot = (elements: PageElement[], change: Partial<PageSnapshot> = {}): PageSnapshot => ({
  path: '/',
  title: '',
  text: '',
  elements,
  theme: '',
  fingerprint: '',
  viewport: { width: 1280, height: 720 },
  ...change,
});
