import { parentPort, workerData } from 'node:worker_threads';
import { parseTake } from './parse-take.mjs';

/*
 * Program of the thread that `indexTake` starts: parses one take file and answers columns of numbers, whose memory changes hands without
 * being copied.
 */
const take = parseTake(workerData.path);
if (take === null) {
  parentPort?.postMessage(null);
} else {
  const { frames, ...facts } = take;
  const columns = {
    tMs: Float64Array.from(frames, ({ tMs }) => tMs),
    offset: Float64Array.from(frames, ({ offset }) => offset),
    length: Uint32Array.from(frames, ({ length }) => length),
    width: Uint16Array.from(frames, ({ width }) => width),
    height: Uint16Array.from(frames, ({ height }) => height),
    changed: Uint8Array.from(frames, ({ changed }) => Number(changed)),
  };
  parentPort?.postMessage(
    { facts, columns },
    Object.values(columns).map(({ buffer }) => buffer),
  );
}
