import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SampleFile } from '@showrunner/contracts';
import { harbourPicture } from './sample-picture';

const BRIEF = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj
4 0 obj<</Length 47>>stream
BT /F1 18 Tf 30 120 Td (The spring launch) Tj ET
endstream endobj
trailer<</Root 1 0 R/Size 5>>
%%EOF
`;

const CONTENTS: Record<SampleFile, () => Buffer> = {
  'harbour.png': harbourPicture,
  'notes.txt': () => Buffer.from('Plan the launch\nCall the printer\nBook the venue\n'),
  'figures.csv': () =>
    Buffer.from('month,visitors,orders\nJanuary,1200,34\nFebruary,1480,41\nMarch,1930,58\n'),
  'places.json': () => Buffer.from('[{"name":"Lisbon","nights":3},{"name":"Porto","nights":2}]\n'),
  'brief.pdf': () => Buffer.from(BRIEF),
};

/** Writes the sample file into a folder and answers its path. Its content is always the same. */
export async function sampleFile(name: SampleFile, folder: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, CONTENTS[name]());
  return path;
}
