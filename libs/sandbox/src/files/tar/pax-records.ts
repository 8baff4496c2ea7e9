/**
 * Records of a pax extended header, `<length> <key>=<value>\n`, one character a byte.
 * Throws RangeError when they are malformed.
 */
export function paxRecords(content: Buffer): Map<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < content.length;) {
    const match = /^(\d{1,8}) /.exec(content.toString('latin1', at, at + 9));
    const length = Number(match?.[1] ?? 0);
    const end = at + length;
    if (match === null || length <= match[0].length || end > content.length || content[end - 1] !== 10)
      throw new RangeError('an extended header is malformed');
    const record = content.toString('latin1', at + match[0].length, end - 1);
    const equals = record.indexOf('=');
    if (equals < 1) throw new RangeError('an extended header is malformed');
    records.set(record.slice(0, equals), record.slice(equals + 1));
    at = end;
  }
  return records;
}
