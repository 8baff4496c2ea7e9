import { describe, expect, it } from '@jest/globals';
import { assetUrlsIn, styleSheetUrls } from './asset-urls';

describe('assetUrlsIn', () => {
  it('finds addresses in markup, scripts and style sheets, each once, as a browser would ask for them', () => {
    const text = `<link href="https://fonts.googleapis.com/css2?family=Lato:wght@400&amp;display=swap" rel=stylesheet>
      <script src='//unpkg.com/vue@3'></script> @import url(http://cdnjs.cloudflare.com/ajax/libs/x/1/x.css);
      import "https://unpkg.com/vue@3"; // see https://example.com/`;
    expect(assetUrlsIn(text)).toEqual([
      'https://fonts.googleapis.com/css2?family=Lato:wght@400&display=swap',
      'https://unpkg.com/vue@3',
      'https://cdnjs.cloudflare.com/ajax/libs/x/1/x.css',
    ]);
  });
  it('leaves out what is put together only later', () => {
    expect(assetUrlsIn('`https://unpkg.com/${name}@3/x.js` "https://unpkg.com/{{ name }}/x.js"')).toEqual([]);
  });
});

describe('styleSheetUrls', () => {
  it('makes addresses absolute and leaves data alone', () => {
    const css = `@import "b.css"; @font-face{src:url(../webfonts/a.woff2?v=1#iefix) format("woff2"),url('data:font/woff;base64,AA')} i{background:url( "x.png" )}`;
    expect(styleSheetUrls(css, 'https://unpkg.com/p@1/css/all.css')).toEqual([
      'https://unpkg.com/p@1/css/b.css',
      'https://unpkg.com/p@1/webfonts/a.woff2?v=1',
      'https://unpkg.com/p@1/css/x.png',
    ]);
  });
});
