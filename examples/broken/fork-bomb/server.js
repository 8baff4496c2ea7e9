import { spawn } from 'node:child_process';

// Every process starts two more: at most 8191 of them, more than any sandbox allows, each gone after 20 s.
const bomb =
  'grow() { if [ "$1" -le 0 ]; then sleep 20; else grow $(($1 - 1)) & grow $(($1 - 1)) & wait; fi; }; grow 12';
const first = spawn('sh', ['-c', bomb], { stdio: 'inherit' });
first.on('exit', (code) => {
  console.error(`The processes ended with ${code}`);
  process.exit(1);
});
