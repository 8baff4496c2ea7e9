const BEGIN = '<!-- table -->';
const END = '<!-- end of table -->';

/** The document with the table between its marks. @throws Error when the document has no marks */
export function replaceTable(document: string, table: string): string {
  const from = document.indexOf(BEGIN);
  const to = document.indexOf(END);
  if (from === -1 || to < from) throw new Error(`The document has no lines "${BEGIN}" and "${END}".`);
  return `${document.slice(0, from + BEGIN.length)}\n\n${table}\n${document.slice(to)}`;
}
