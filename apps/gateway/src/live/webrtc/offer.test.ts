import { describe, expect, it } from '@jest/globals';
import { tellAddresses, withoutAddresses } from './offer';

const OFFER = [
  'v=0',
  'o=- 1 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'm=video 9 UDP/TLS/RTP/SAVPF 96',
  'c=IN IP4 0.0.0.0',
  'a=candidate:1 1 udp 2113937151 192.0.2.7 52331 typ host generation 0',
  'a=remote-candidates:1 192.0.2.8 5000',
  'a=end-of-candidates',
  'a=ice-ufrag:abcd',
  'a=ice-pwd:efgh',
  'a=recvonly',
];

describe('the offer of a player', () => {
  it('loses every address that it names', () => {
    const kept = withoutAddresses(OFFER.join('\r\n'));
    expect(kept).not.toContain('192.0.2');
    expect(kept.split('\r\n')).toEqual([...OFFER.filter((line) => !/candidate/.test(line)), '']);
  });

  it.each([
    ['nothing', ''],
    ['words', 'give me the film'],
    ['JSON', '{"type":"offer"}'],
    ['sound alone', 'v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=ice-ufrag:a'],
    ['no credentials of ICE', 'v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96'],
  ])('is refused when it is %s', (_what, text) => {
    expect(() => withoutAddresses(text)).toThrow(expect.objectContaining({ code: 'bad_sdp', status: 400 }));
  });
});

describe('the addresses that an answer tells', () => {
  const candidate = (host: string, port: number): string =>
    `a=candidate:x 1 udp 2116026367 ${host} ${port} typ host`;
  const answer = ['v=0', candidate('127.0.0.1', 5000), candidate('192.0.2.2', 5001), 'a=sendonly', ''].join(
    '\r\n',
  );

  it('are all of ours, or those alone that we listen at', () => {
    expect(tellAddresses(answer, undefined)).toBe(answer);
    expect(tellAddresses(answer, new Set(['127.0.0.1']))).not.toContain('192.0.2.2');
  });

  it('are one as it is seen from outside, with our ports', () => {
    const told = tellAddresses(answer, undefined, 'live.example.org').match(/udp .*/g);
    expect(told).toEqual([
      'udp 2116026367 live.example.org 5000 typ host',
      'udp 2116026367 live.example.org 5001 typ host',
    ]);
  });
});
