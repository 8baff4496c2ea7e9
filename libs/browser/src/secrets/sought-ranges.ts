/** Runs inside the page: where texts stand in what is written below `roots`, also across elements and with white space in between. */
export function soughtRanges(roots: Iterable<Document | ShadowRoot>, values: readonly string[]): Range[] {
  const ranges: Range[] = [];
  const most = 200;
  for (const root of roots) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const nodes: Text[] = [];
    /** Of each letter its node and its place there. */
    const places: [number, number][] = [];
    let letters = '';
    for (
      let node = walker.nextNode() as Text | null;
      node !== null;
      node = walker.nextNode() as Text | null
    ) {
      if (node.parentElement?.closest('script, style, noscript, template')) continue;
      const at = nodes.push(node) - 1;
      for (let place = 0; place < node.data.length; place += 1) {
        const letter = node.data[place] ?? '';
        if (/[\s\u200b-\u200d\u2060\ufeff\u00ad]/.test(letter)) continue;
        letters += letter;
        places.push([at, place]);
      }
    }
    for (const value of values) {
      const wanted = value.replace(/\s+/g, '');
      for (let at = letters.indexOf(wanted); at !== -1; at = letters.indexOf(wanted, at + wanted.length)) {
        const [first, last] = [places[at], places[at + wanted.length - 1]];
        const [from, to] = [nodes[first?.[0] ?? -1], nodes[last?.[0] ?? -1]];
        if (first === undefined || last === undefined || from === undefined || to === undefined) break;
        const range = document.createRange();
        range.setStart(from, first[1]);
        range.setEnd(to, last[1] + 1);
        if (ranges.push(range) >= most) return ranges;
      }
    }
  }
  return ranges;
}
