import { openSync, writeSync } from 'node:fs';

// Fills the disk, 11 GiB at most: more than any sandbox has.
const file = openSync('filler.bin', 'w');
const block = Buffer.alloc(8 * 1024 * 1024, 1);
for (let count = 0; count < 1408; count++) writeSync(file, block);
console.log('There is still room');
