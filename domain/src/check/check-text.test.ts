import { expect } from 'chai';
import fc from 'fast-check';
import type { JsonObject } from '../json/value.js';
import { observation, partyCaller, TestDevice, testLedger, TestWorld } from '../testing/index.js';
import { PassageError } from '../errors/passage-error.js';
import type { Knowledge, Taken } from './check-statement.js';
import { checkText } from './check-text.js';
import type { Verdict } from './verdict.js';

function check(text: string, knowledge?: Knowledge, taken?: Taken): readonly Verdict[] {
  return checkText(Buffer.from(text), knowledge, taken);
}

function only(value: unknown): Verdict {
  const verdicts = check(JSON.stringify(value));
  expect(verdicts).to.have.length(1);
  return verdicts[0] ?? expect.fail();
}

/** A verdict as "kind: code pointer", or "kind" where it is accepted. */
function said({ kind, refusal }: Verdict): string {
  return refusal === undefined ? kind : `${kind}: ${refusal.code} ${refusal.pointer}`;
}

const device = new TestDevice(testLedger, new Uint8Array(32).fill(7));
const context = 'https://ref.gs1.org/standards/epcis/epcis-context.jsonld';
const event = observation();
const act: JsonObject = { ...event, action: 'ADD' };
const document: JsonObject = {
  '@context': context,
  type: 'EPCISDocument',
  schemaVersion: '2.0',
  creationDate: '2026-01-31T12:00:00Z',
  epcisBody: { eventList: [event, act] },
};

describe('checkText', () => {
  it('knows documents, events, queries and keys by what they say they are', () => {
    expect(said(only(document))).to.equal('document');
    expect(said(only(event))).to.equal('event');
    expect(said(only({ EQ_bizStep: ['shipping'] }))).to.equal('query');
    expect(said(only({ name: 'mine', query: { EQ_bizStep: ['shipping'] } }))).to.equal('query');
    expect(said(only(device.jwk))).to.equal('key');
    expect(said(only({ keys: [device.jwk] }))).to.equal('key');
    expect(said(only({}))).to.equal('unknown: INVALID_FIELD /type');
    expect(said(only({ type: 'Invoice' }))).to.equal('event: INVALID_FIELD /@context');
    expect(said(only([event]))).to.equal('unknown: INVALID_FIELD ');
    expect(said(only('text'))).to.equal('unknown: INVALID_FIELD ');
  });

  it('says where the first fault is, what to do next, and every fault', () => {
    const { refusal } = only({
      ...document,
      creationDate: 'today',
      epcisBody: { eventList: [{ ...event, bizStep: 'x' }] },
    });
    expect(refusal).to.include({ code: 'INVALID_FIELD', pointer: '/creationDate' });
    expect(refusal?.next).to.be.a('string').and.not.equal('');
    expect(refusal?.violations.map(({ pointer }) => pointer)).to.deep.equal([
      '/creationDate',
      '/epcisBody/eventList/0/bizStep',
    ]);
    const secret = { ...device.jwk, d: 'x' };
    expect(said(only({ keys: [device.jwk, secret] }))).to.equal('key: INVALID_KEY /keys/1/d');
  });

  it('wants the context of a bare event beside it, and says which events are acts', () => {
    const bare = Object.fromEntries(Object.entries(event).filter(([name]) => name !== '@context'));
    expect(said(only(bare))).to.equal('event: INVALID_FIELD /@context');
    expect(only(event).notes).to.deep.equal([]);
    expect(only(act).notes.join()).to.match(/an act/);
  });

  it("takes an event of somebody's own type, which no statement can carry", () => {
    const own: JsonObject = { ...event, type: 'psg:WeighEvent', action: 'WEIGH' };
    expect(said(only(own))).to.equal('event');
    expect(only(own).notes.join()).to.match(/^no statement/);
    expect(said(only({ ...own, eventTime: 'now' }))).to.equal('event: INVALID_FIELD /eventTime');
    expect(said(only({ ...own, type: 'WeighEvent' }))).to.equal('event: INVALID_FIELD /type');
    const [inStatement] = check(device.statement({ payload: own }));
    expect(inStatement && said(inStatement)).to.equal('statement: INVALID_FIELD /payload/type');
  });

  it('gives the hash of each event', () => {
    const hashes = only(document).eventHashes();
    expect(hashes).to.have.length(2);
    expect(only(event).eventHashes()).to.deep.equal(hashes.slice(0, 1));
    expect(check(device.statement()).flatMap(({ eventHashes }) => eventHashes())).to.deep.equal(
      hashes.slice(0, 1),
    );
  });

  for (const [text, code] of [
    ['', 'INVALID_JSON'],
    ['\uFEFF{}', 'INVALID_JSON'],
    ['{"a":1,"a":2}', 'DUPLICATE_MEMBER'],
    ['{"type":"ObjectEvent","x":9007199254740993}', 'UNSAFE_NUMBER'],
    ['{"x":"e\u0301"}', 'NOT_NFC'],
    ['['.repeat(100_000), 'TOO_DEEP'],
    ['{"a":', 'INVALID_JSON'],
    ['<?xml version="1.0"?>\n<a/>', 'INVALID_JSON'],
    ['-----BEGIN PUBLIC KEY-----\nAA==', 'INVALID_JSON'],
  ] as const) {
    it(`refuses ${JSON.stringify(text.slice(0, 20))} as the ledger's reader does: ${code}`, () => {
      expect(check(text).map(({ refusal }) => refusal?.code)).to.deep.equal([code]);
    });
  }

  it('refuses bytes that are no UTF-8', () => {
    expect(checkText(Uint8Array.of(0x7b, 0xff))[0]?.refusal?.code).to.equal('INVALID_JSON');
  });

  it('judges statements a line, with their numbers, and what it was not told it does not judge', () => {
    const [first, second] = [device.statement({ seq: 1 }), device.statement({ seq: 2 })];
    const verdicts = check(`${first}\r\n\n${second}\nrubbish\n`);
    expect(verdicts.map(({ line }) => line)).to.deep.equal([1, 3, 4]);
    expect(verdicts.map(said)).to.deep.equal(['statement', 'statement', 'statement: INVALID_STATEMENT ']);
    expect(verdicts[0]?.notes).to.have.length(2);
    const [one] = check(first, { ledger: testLedger, keys: new Map([[device.kid, device.jwk]]) });
    expect(one).to.include({ kind: 'statement' }).and.not.have.any.keys('refusal', 'line');
    expect(one?.notes).to.deep.equal([]);
    const forAnother = device.statement({ payload: { ...event, 'psg:signedFor': 'urn:x:seal' } });
    expect(check(forAnother)[0]?.notes.at(-1)).to.match(/^not judged: .* urn:x:seal/);
  });

  it('judges the event of a statement, and says what of an act or a correction only the ledger judges', () => {
    const notesOn = (payload: JsonObject): readonly string[] =>
      check(device.statement({ payload }), {
        ledger: testLedger,
        keys: new Map([[device.kid, device.jwk]]),
      }).flatMap(({ notes }) => notes);
    expect(notesOn(act).join()).to.match(/owner may do this/);
    const errorDeclaration = { declarationTime: '2026-01-31T13:00:00Z', reason: 'did_not_occur' };
    expect(notesOn({ ...event, errorDeclaration }).join()).to.match(/^not judged: .* DeclareError$/);
    const [bad] = check(device.statement({ payload: { ...event, bizStep: 'x' } }));
    expect(bad && said(bad)).to.equal('statement: INVALID_FIELD /payload/bizStep');
  });

  it('never fails and never hangs, whatever the bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => checkText(bytes).length > 0));
    const value = fc.dictionary(
      fc.constantFrom('type', 'kty', 'keys', 'query', 'epcisBody', 'EQ_a'),
      fc.jsonValue(),
    );
    fc.assert(fc.property(value, (object) => check(JSON.stringify(object)).length === 1));
    for (const part of ['a', '.', '{', ' ', '\n', 'e30.']) {
      expect(check(part.repeat(100_000 / part.length)).length).to.be.above(0);
    }
  });
});

describe('checkText of statements', () => {
  const owner = partyCaller('CARRIER1');
  const stranger = new TestDevice(testLedger);

  /** Each statement on the ledger by itself: its status, or its refusal as code and pointer. */
  function onTheLedger(statements: readonly string[]): string[] {
    const world = TestWorld.started();
    const proof = device.proof({ owner: 'CARRIER1', kind: 'gps_eseal' });
    world.play(owner, 'RegisterDevice', { requestId: 'one', kind: 'gps_eseal', proof });
    return statements.map((jws) => {
      try {
        world.play(owner, 'RecordStatements', { statements: [jws] });
        return 'statement';
      } catch (error) {
        if (!(error instanceof PassageError)) throw error;
        const [{ code, pointer } = { code: '', pointer: '' }] = error.details['refused'] as unknown as {
          code: string;
          pointer: string;
        }[];
        return `statement: ${code} ${pointer}`;
      }
    });
  }

  it('says what the ledger says, in the same order', () => {
    const first = device.statement({ seq: 1 });
    const statements = [
      first,
      first,
      device.statement({ seq: 1, payload: observation('urn:epc:id:bic:MWCU6059784') }),
      device.statement({ seq: 2, aud: 'cd'.repeat(32) }),
      device.statement({ seq: 2, payload: act }),
      device.statement({ seq: 2, payload: { ...event, bizStep: 'x', eventTime: 'now' } }),
      device.statement({ seq: 2 }),
      stranger.statement(),
      stranger.statement({ kid: device.kid, seq: 5 }),
      `${first.slice(0, -3)}AAA`,
      `${first}.x`,
      '',
      'a.b.c',
      'x'.repeat(70_000),
    ];
    const knowledge = { ledger: testLedger, keys: new Map([[device.kid, device.jwk]]) };
    const taken: Taken = new Map();
    const lines = statements.filter((jws) => jws !== '');
    const verdicts = lines.flatMap((jws) => check(jws, knowledge, taken));
    expect(verdicts.map(said)).to.deep.equal(onTheLedger(lines));
    expect(verdicts.filter(({ refusal }) => refusal === undefined)).to.have.length(3);
    expect(verdicts[1]?.notes.join()).to.match(/^a duplicate/);
  });
});
