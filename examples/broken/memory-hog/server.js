// Takes memory until it is stopped, 9 GiB at most: more than any sandbox has.
const MIB = 1024 * 1024;
const held = [];
while (held.length < 144) held.push(Buffer.alloc(64 * MIB, 1));
console.log('Nobody stopped me');
