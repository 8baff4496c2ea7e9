import { crc32, deflateSync } from 'node:zlib';

const WIDTH = 640;
const HEIGHT = 400;
const HORIZON = 240;

type Colour = readonly [number, number, number];

/** A boat in a harbour at sunset, 640 by 400 px, as PNG: something to look at where a film uploads a picture. */
export function harbourPicture(): Buffer {
  const rows = Buffer.alloc(HEIGHT * (WIDTH * 3 + 1));
  for (let y = 0; y < HEIGHT; y += 1)
    for (let x = 0; x < WIDTH; x += 1) rows.set(colourAt(x, y), y * (WIDTH * 3 + 1) + 1 + x * 3);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  // 8 bits a channel, red, green and blue.
  header.set([8, 2], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function colourAt(x: number, y: number): Colour {
  const isHull = y >= 224 && y <= 258 && Math.abs(x - 200) <= 90 - (y - 224);
  if (isHull) return [90, 50, 40];
  if (x >= 196 && x <= 202 && y >= 110 && y < 224) return [70, 40, 30];
  if (x > 204 && y >= 116 && y <= 214 && x - 204 <= (y - 116) * 0.7) return [250, 246, 238];
  if (y >= HORIZON) return [28, 80 + ((x + y * 3) % 23) / 2, 120 + (y - HORIZON) / 3];
  if ((x - 470) ** 2 + (y - 160) ** 2 < 2704) return [255, 236, 170];
  return [255 - y / 5, 190 - y / 9, 140 + y / 6];
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'ascii'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
