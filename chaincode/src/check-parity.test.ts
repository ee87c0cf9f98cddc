import './testing/quiet.js';
import {
  checkText,
  decodeContractError,
  type JsonObject,
  type Knowledge,
  type Taken,
  type Verdict,
} from '@passage/domain';
import { observation, partyCaller, TestDevice, testLedger } from '@passage/domain/testing';
import { expect } from 'chai';
import { Stage } from './testing/stage.js';

const carrier = partyCaller('CARRIER1');
const device = new TestDevice(testLedger, new Uint8Array(32).fill(7));
const p256 = new TestDevice(testLedger);
const stranger = new TestDevice(testLedger);
const prev = 'ni:///sha-256;ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0';
const event = observation();
const eventText = JSON.stringify(event);
const header = {
  alg: 'EdDSA',
  aud: testLedger,
  kid: device.kid,
  seq: 1,
  typ: 'passage-statement-1+jws',
} as const;

/** A statement whose header has these members besides or instead; undefined leaves one out. */
function headed(change: Record<string, unknown>): string {
  return device.raw(JSON.stringify({ ...header, ...change }), eventText);
}

function headerText(change: (text: string) => string): string {
  return device.raw(change(JSON.stringify(header)), eventText);
}

function paid(payload: string | JsonObject): string {
  return device.raw(JSON.stringify(header), typeof payload === 'string' ? payload : JSON.stringify(payload));
}

/** An event with one extension, whose value is written as it is. */
function extended(value: string): string {
  return paid(eventText.replace('{', `{"gs1:x":${value},`));
}

const good = device.statement();
const [head = '', body = '', signature = ''] = good.split('.');

/** A statement, and what is said of it: '' where it is taken, otherwise code and pointer. */
type Row = readonly [what: string, jws: string, said: string];

const numbers: readonly Row[] = [
  ['the first number', good, ''],
  ['the greatest number', headed({ seq: 2 ** 53 - 1, prev }), ''],
  [
    'a number above it',
    headerText((text) => text.replace('"seq":1', '"seq":9007199254740992')),
    'UNSAFE_NUMBER /header/seq',
  ],
  ['number 0', headed({ seq: 0, prev }), 'INVALID_HEADER /header/seq'],
  ['a negative number', headed({ seq: -1, prev }), 'INVALID_HEADER /header/seq'],
  ['half a number', headed({ seq: 1.5, prev }), 'INVALID_HEADER /header/seq'],
  ['a number as a text', headed({ seq: '1', prev }), 'INVALID_HEADER /header/seq'],
  ['no number', headed({ seq: undefined, prev }), 'INVALID_HEADER /header/seq'],
  ['a first statement with one before it', headed({ prev }), 'INVALID_HEADER /header/prev'],
  ['a second statement with none before it', headed({ seq: 2 }), 'INVALID_HEADER /header/prev'],
  ['one before it that is no id', headed({ seq: 2, prev: 'x' }), 'INVALID_HEADER /header/prev'],
];

const headers: readonly Row[] = [
  ['no signature algorithm', headed({ alg: 'none' }), 'UNSUPPORTED_ALGORITHM /header/alg'],
  ['a shared secret', headed({ alg: 'HS256' }), 'UNSUPPORTED_ALGORITHM /header/alg'],
  ["the other curve's algorithm", headed({ alg: 'ES256' }), 'SIGNATURE_INVALID /signature'],
  ['a critical member', headed({ crit: ['b64'] }), 'INVALID_HEADER /header/crit'],
  ['another type', headed({ typ: 'JWT' }), 'INVALID_HEADER /header/typ'],
  ['an audience in capitals', headed({ aud: testLedger.toUpperCase() }), 'INVALID_HEADER /header/aud'],
  ['another ledger', headed({ aud: 'cd'.repeat(32) }), 'WRONG_LEDGER /header/aud'],
  ['a key id that is no thumbprint', headed({ kid: 'x' }), 'INVALID_HEADER /header/kid'],
  ['a key that nobody registered', stranger.statement(), 'KEY_UNKNOWN /header/kid'],
  ["somebody else's key", stranger.statement({ kid: device.kid }), 'SIGNATURE_INVALID /signature'],
  [
    'a member twice in the header',
    headerText((text) => text.replace('{', '{"seq":2,')),
    'DUPLICATE_MEMBER /header/seq',
  ],
  [
    'a member twice, once with an escape',
    headerText((text) => text.replace('{', '{"\\u0073eq":2,')),
    'DUPLICATE_MEMBER /header/seq',
  ],
  ['a header that ends early', headerText((text) => text.slice(0, -1)), 'INVALID_JSON /header'],
  ['a header that is a list', headerText(() => '[]'), 'INVALID_STATEMENT /header'],
  ['a header of over 1024 bytes', headerText((text) => text.padEnd(1025)), 'TOO_LARGE /header'],
  ['a header that just fits', headerText((text) => text.padEnd(1024)), ''],
];

const payloads: readonly Row[] = [
  ['a member twice', paid(eventText.replace('{', '{"action":"ADD",')), 'DUPLICATE_MEMBER /payload/action'],
  ['a member twice deep inside', extended('[{"b":{"c":1,"c":1}}]'), 'DUPLICATE_MEMBER /payload/gs1:x/0/b/c'],
  ['an integer that would be rounded', extended('9007199254740993'), 'UNSAFE_NUMBER /payload/gs1:x'],
  ['a fraction that would be rounded', extended('0.10000000000000000555'), 'UNSAFE_NUMBER /payload/gs1:x'],
  ['a number that overflows', extended('1e400'), 'UNSAFE_NUMBER /payload/gs1:x'],
  ['a text that is not in NFC', extended('"e\u0301"'), 'NOT_NFC /payload/gs1:x'],
  ['a text that is not in NFC, as an escape', extended('"e\\u0301"'), 'NOT_NFC /payload/gs1:x'],
  ['half a surrogate pair', extended('"\\ud800"'), 'INVALID_JSON /payload/gs1:x'],
  ['32 levels', extended(nested(31)), ''],
  ['33 levels', extended(nested(32)), `TOO_DEEP /payload/gs1:x${'/0'.repeat(31)}`],
  ['a byte order mark', paid(`\uFEFF${eventText}`), 'INVALID_JSON /payload'],
  ['a second value', paid(`${eventText}{}`), 'INVALID_JSON /payload'],
  ['a payload that is a list', paid('[]'), 'INVALID_STATEMENT /payload'],
  ['a payload that is null', paid('null'), 'INVALID_STATEMENT /payload'],
  ['an event of no type', paid('{}'), 'INVALID_FIELD /payload/type'],
  ['an event of a type that EPCIS lacks', paid({ ...event, type: 'gs1:X' }), 'INVALID_FIELD /payload/type'],
  [
    'an event with two faults',
    paid({ ...event, eventTime: 'now', bizStep: 'x' }),
    'INVALID_FIELD /payload/eventTime',
  ],
  [
    'a licence plate that is no commitment',
    paid({ ...event, 'psg:licencePlateCommitment': '12가3456' }),
    'INVALID_FIELD /payload/psg:licencePlateCommitment',
  ],
  ['blanks around the members', paid(` ${eventText.replaceAll(',', ' ,\n ')} `), ''],
];

const texts: readonly Row[] = [
  ['two parts', `${head}.${body}`, 'INVALID_STATEMENT '],
  ['four parts', `${good}.AA`, 'INVALID_STATEMENT '],
  ['padding', `${head}.${body}.${signature}==`, 'INVALID_STATEMENT /signature'],
  ['the other base64', `${head}+.${body}.${signature}`, 'INVALID_STATEMENT /header'],
  ['a bit that means nothing', `${head}.${body}.${signature.slice(0, -1)}B`, 'INVALID_STATEMENT /signature'],
  ['a signature of 63 bytes', `${head}.${body}.${signature.slice(0, 84)}`, 'INVALID_STATEMENT /signature'],
  ['a signature of zeros', `${head}.${body}.${'A'.repeat(86)}`, 'SIGNATURE_INVALID /signature'],
  ['an empty payload', `${head}..${signature}`, 'INVALID_JSON /payload'],
  ['the longest text', 'A'.repeat(65_536), 'INVALID_STATEMENT '],
  ['a longer text', 'A'.repeat(65_537), 'TOO_LARGE '],
  ['a P-256 key', p256.statement(), ''],
  [
    'a P-256 signature of zeros',
    p256.statement().replace(/[^.]*$/, 'A'.repeat(86)),
    'SIGNATURE_INVALID /signature',
  ],
];

function nested(levels: number): string {
  return '['.repeat(levels) + ']'.repeat(levels);
}

const knowledge: Knowledge = {
  ledger: testLedger,
  keys: new Map([device, p256].map(({ kid, jwk }) => [kid, jwk])),
};

/** A verdict of `passage check` as code and pointer. */
function said({ refusal }: Verdict): string {
  return refusal === undefined ? '' : `${refusal.code} ${refusal.pointer}`;
}

function checked(jws: string, taken?: Taken): string {
  const [verdict, ...more] = checkText(Buffer.from(jws), knowledge, taken);
  expect(more).to.deep.equal([]);
  return verdict === undefined ? expect.fail() : said(verdict);
}

describe('passage check says what the chaincode says', () => {
  let stage: Stage;

  before(async () => {
    stage = await Stage.started();
    for (const owned of [device, p256]) {
      const proof = owned.proof({ owner: 'CARRIER1', kind: 'gps_eseal' });
      await stage.given(carrier, 'RegisterDevice', { requestId: owned.kid, kind: 'gps_eseal', proof });
    }
  });

  /** What the chaincode says of a batch: `index code pointer` of each bad statement; nothing may be written then. */
  async function recorded(...statements: readonly string[]): Promise<string[]> {
    const { status, message, writes } = await stage.when(carrier, 'RecordStatements', { statements });
    if (status === 200) return [];
    expect(writes).to.deep.equal([]);
    const error = decodeContractError(message);
    expect(error?.code).to.equal('BATCH_REFUSED');
    const refused = error?.details['refused'] as { index: number; code: string; pointer: string }[];
    return refused.map(({ index, code, pointer }) => `${String(index)} ${code} ${pointer}`);
  }

  for (const [what, jws, expected] of [...numbers, ...headers, ...payloads, ...texts]) {
    it(`of ${what}: ${expected || 'taken'}`, async () => {
      expect(await recorded(jws)).to.deep.equal(expected === '' ? [] : [`0 ${expected}`]);
      expect(checked(jws)).to.equal(expected);
    });
  }

  it('of a batch, whose bad statements name themselves', async () => {
    const batch = [
      good,
      good,
      headed({ seq: 2 }),
      paid({ ...event, eventTimeZoneOffset: '+09:30' }),
      'x.y',
      headed({ seq: 3, prev }),
    ];
    const taken: Taken = new Map();
    const offline = batch.map((jws) => checked(jws, taken));
    expect(offline).to.deep.equal([
      '',
      '',
      'INVALID_HEADER /header/prev',
      'SEQUENCE_USED /header/seq',
      'INVALID_STATEMENT ',
      '',
    ]);
    const bad = offline.flatMap((refusal, index) => (refusal === '' ? [] : [`${String(index)} ${refusal}`]));
    expect(await recorded(...batch)).to.deep.equal(bad);
  });

  it('takes batches of one to a hundred', async () => {
    const statements = Array.from({ length: 101 }, (_, index) => device.statement({ seq: index + 1 }));
    expect(await recorded(...statements.slice(0, 100))).to.deep.equal([]);
    for (const batch of [statements, []]) {
      const { message } = await stage.when(carrier, 'RecordStatements', { statements: batch });
      expect(decodeContractError(message)?.code).to.equal('BATCH_SIZE');
    }
  });

  const x = device.jwk.x;
  const p256Jwk = p256.jwk as unknown as JsonObject;
  const keys: readonly (readonly [string, JsonObject, string])[] = [
    ['P-384', { kty: 'EC', crv: 'P-384', x: 'A'.repeat(64), y: 'A'.repeat(64) }, '/crv'],
    ['secp256k1', { ...p256Jwk, crv: 'secp256k1' }, '/crv'],
    ['X25519', { kty: 'OKP', crv: 'X25519', x }, '/crv'],
    ['Ed448', { kty: 'OKP', crv: 'Ed448', x: 'A'.repeat(76) }, '/crv'],
    ['an RSA key', { kty: 'RSA', n: 'AQAB', e: 'AQAB' }, '/crv'],
    ['a point of order 1', { kty: 'OKP', crv: 'Ed25519', x: point('01') }, '/x'],
    ['a point of order 2', { kty: 'OKP', crv: 'Ed25519', x: point('ec', 'ff', '7f') }, '/x'],
    ['a point of order 4', { kty: 'OKP', crv: 'Ed25519', x: point('00') }, '/x'],
    ['a point of order 4 with its sign', { kty: 'OKP', crv: 'Ed25519', x: point('00', '00', '80') }, '/x'],
    ['a point that is not canonical', { kty: 'OKP', crv: 'Ed25519', x: point('ee', 'ff', '7f') }, '/x'],
    ['a point off its curve', { ...p256Jwk, y: p256Jwk['x'] ?? null }, '/y'],
    ['a key with its secret', { kty: 'OKP', crv: 'Ed25519', x, d: x }, '/d'],
    ['a key for encryption', { kty: 'OKP', crv: 'Ed25519', x, use: 'enc' }, '/use'],
    ['padding', { kty: 'OKP', crv: 'Ed25519', x: `${x}=` }, '/x'],
  ];

  /** 32 bytes, little-endian: the first, those between, the last. */
  function point(first: string, between = '00', last = between): string {
    return Buffer.from(first + between.repeat(30) + last, 'hex').toString('base64url');
  }

  for (const [what, jwk, pointer] of keys) {
    it(`of a key: ${what}`, async () => {
      const [verdict] = checkText(Buffer.from(JSON.stringify(jwk)));
      expect(verdict && said(verdict)).to.equal(`INVALID_KEY ${pointer}`);
      const proofHeader = { alg: 'EdDSA', typ: 'passage-device-proof-1+jws', jwk, aud: testLedger };
      const proof = device.raw(JSON.stringify(proofHeader), '{"owner":"CARRIER1","kind":"gps_eseal"}');
      const input = { requestId: 'bad-key', kind: 'gps_eseal', proof };
      const { message, writes } = await stage.when(carrier, 'RegisterDevice', input);
      const error = decodeContractError(message);
      expect(error).to.include({ code: 'INVALID_KEY' });
      expect(error?.message).to.include(` at /jwk${pointer}:`);
      expect(writes).to.deep.equal([]);
    });
  }
});
