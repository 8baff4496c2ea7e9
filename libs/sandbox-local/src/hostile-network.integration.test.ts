import { expect } from '@jest/globals';
import { itUnlessMissing } from '@showrunner/contracts/testing';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runBundled } from './testing/run-bundled';
import { describeSandbox, SMALL } from './testing/sandbox-fixture';

/**
 * A world of its own, in namespaces of ours: a "host" that has the metadata addresses, private ones and the ports of the platform, each with
 * a listener that would tell a secret; a name server that the attacker controls; and a public web server across a cable.
 */
const WORLD = `
set -e
folder=$1; shift
ip link set lo up
for address in 169.254.169.254 100.100.100.200 10.9.8.7; do ip addr add $address/32 dev lo; done
ip -6 addr add fd00:ec2::254/128 dev lo
unshare -n sh -c 'until ip link show peer0 >/dev/null 2>&1; do sleep 0.02; done
  ip link set lo up; ip addr add 93.184.216.34/24 dev peer0; ip link set peer0 up
  exec python3 -c "
import http.server
class Public(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(b\\"public\\")
    def log_message(self, *args): pass
http.server.HTTPServer((\\"93.184.216.34\\", 80), Public).serve_forever()"' &
peer=$!
trap 'kill -9 $peer' EXIT
sleep 0.2
ip link add cable0 type veth peer name peer0 netns $peer
ip addr add 93.184.216.1/24 dev cable0; ip link set cable0 up
mount --bind $folder/resolv.conf /etc/resolv.conf
"$@"
`;

/** Runs on that host: the listeners, the name server, and a sandbox that tries everything. */
const attack = (home: string): string => `
  import { createServer } from 'node:net';
  import { createSocket } from 'node:dgram';
  const once = (emitter, event) => new Promise((resolve) => emitter.once(event, resolve));
  const PORTS = [['169.254.169.254', 80], ['100.100.100.200', 80], ['10.9.8.7', 80], ['fd00:ec2::254', 80],
    ['127.0.0.1', 7233], ['127.0.0.1', 5432], ['127.0.0.1', 6379], ['::1', 4400], ['93.184.216.1', 80]];
  let reached = [];
  for (const [host, port] of PORTS) {
    const server = createServer((socket) => {
      reached.push(host + ' ' + port);
      socket.on('error', () => undefined).end('HTTP/1.1 200 OK\\r\\nContent-Length: 6\\r\\nConnection: close\\r\\n\\r\\nsecret');
    }).listen(port, host);
    await once(server, 'listening');
  }

  // Answers every second question for flip.test with the metadata address, the others with the public one, each for 0 seconds.
  let questions = 0;
  const A = { 'good.test': '93.184.216.34', 'meta.test': '169.254.169.254', 'alibaba.test': '100.100.100.200', 'priv.test': '10.9.8.7', 'loop.test': '127.0.0.1', 'self.test': '93.184.216.1' };
  const names = createSocket('udp4').on('message', (message, from) => {
    let at = 12; const labels = [];
    while (message[at] !== 0) { labels.push(message.toString('latin1', at + 1, at + 1 + message[at])); at += message[at] + 1; }
    const end = at + 5; const type = message.readUInt16BE(at + 1); const name = labels.join('.').toLowerCase();
    let data;
    if (type === 1) {
      const address = name === 'flip.test' ? (questions++ % 2 ? '169.254.169.254' : '93.184.216.34') : A[name];
      if (address) data = Buffer.from(address.split('.').map(Number));
    } else if (type === 28 && name === 'six.test') data = Buffer.from('fd000ec2000000000000000000000254', 'hex');
    else if (type === 28 && name === 'mapped.test') data = Buffer.from('00000000000000000000ffffa9fea9fe', 'hex');
    const head = Buffer.from(message.subarray(0, end)); head.writeUInt16BE(0x8180, 2); head.writeUInt16BE(data ? 1 : 0, 6); head.fill(0, 8, 12);
    const record = data ? Buffer.concat([Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 0, 0, data.length]), data]) : Buffer.alloc(0);
    names.send(Buffer.concat([head, record]), from.port, from.address);
  });
  names.bind(53, '127.0.0.1'); await once(names, 'listening');

  const provider = new LocalSandboxProvider({ home: ${JSON.stringify(home)} });
  const sandbox = await provider.create({ id: 'attacker', limits: ${JSON.stringify(SMALL)}, labels: {} });
  const results = {};
  try {
    // The listeners are there, and the host itself does reach them.
    const control = [];
    for (const [host, port] of PORTS) control.push(await (await fetch('http://' + (host.includes(':') ? '[' + host + ']' : host) + ':' + port)).text());
    results.control = [...new Set(control)];
    reached = [];

    const curl = async (...args) => (await sandbox.exec(['curl', '-s', '-g', '-m', '4', ...args])).stdout;
    results.direct = [];
    for (const [host, port] of PORTS) results.direct.push(await curl('http://' + (host.includes(':') ? '[' + host + ']' : host) + ':' + port));

    const hosts = ['good.test', 'flip.test', 'meta.test', 'alibaba.test', 'priv.test', 'loop.test', 'self.test', 'six.test', 'mapped.test',
      'loop.test:7233', 'loop.test:5432', 'loop.test:6379', '169.254.169.254', '[fd00:ec2::254]', '*'];
    const { decisions } = await sandbox.withNetwork({ mode: 'allow', hosts }, async () => {
      const plain = (url) => curl('--noproxy', '', url);
      const tunnel = (url) => curl('--noproxy', '', '-p', url);
      results.good = [await plain('http://good.test/'), await tunnel('http://good.test/')];
      results.named = [];
      for (const url of ['meta.test', 'alibaba.test', 'priv.test', 'loop.test:7233', 'loop.test:5432', 'loop.test:6379', 'self.test', 'six.test', 'mapped.test', '169.254.169.254', '[fd00:ec2::254]', '[::ffff:169.254.169.254]'])
        for (const way of [plain, tunnel]) results.named.push(await way('http://' + url + '/'));
      results.flips = [];
      for (let n = 0; n < 12; n++) results.flips.push(await (n % 3 ? plain : tunnel)('http://flip.test/'));
      // A CONNECT to a listed host, and through it a CONNECT to another: the listed host is no proxy, and ours judges each by itself.
      results.relayed = await sandbox.exec(['curl', '-s', '-m', '4', '--preproxy', 'http://127.0.0.1:3128', '-x', 'http://good.test:80', '-p', 'http://meta.test/']).then(({ stdout }) => stdout);
    });
    results.reached = reached;
    results.allowed = [...new Set(decisions.filter(({ allowed }) => allowed).map(({ host }) => host))].sort();
  } finally {
    await provider.destroy('attacker');
  }
  console.log(JSON.stringify(results));
  process.exit(0);
`;

const missing =
  spawnSync('unshare', ['-n', 'ip', 'link', 'show']).status === 0 ? undefined : 'it needs ip, of iproute2';

describeSandbox('an attacker who owns names', (bench) => {
  itUnlessMissing(missing)(
    'reaches no private, metadata or loopback address, whatever its name server says (needs ip)',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'hostile-network-'));
      writeFileSync(join(folder, 'resolv.conf'), 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n');
      try {
        const within = ['unshare', '-n', '-m', 'sh', '-c', WORLD, 'world', folder];
        const output = await runBundled(attack(join(bench.home, '.world')), { within, limitMs: 50_000 });
        const results = JSON.parse(output.trim().split('\n').at(-1) ?? '') as Record<
          string,
          string[] | string
        >;
        expect(results['control']).toEqual(['secret']);
        expect(new Set(results['direct'])).toEqual(new Set(['']));
        expect(results['good']).toEqual(['public', 'public']);
        expect(JSON.stringify(results['named'])).not.toContain('secret');
        expect(results['flips']).toContain('public');
        expect(JSON.stringify(results['flips'])).not.toContain('secret');
        expect(results['relayed']).not.toContain('secret');
        expect(results['reached']).toEqual([]);
        expect(results['allowed']).toEqual(['flip.test', 'good.test']);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  );
});
