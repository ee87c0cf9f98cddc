import { createHash, createPublicKey, verify, X509Certificate } from 'node:crypto';
import { expect } from 'chai';
import { Story } from '../testing/story.js';

/*
 * A verifier of somebody else's: written from docs/evidence.md, RFC 9162 and RFC 7515, with nothing of this project but the file. It
 * shows that the page says enough; it checks less than `verifyBundle`.
 */

const sha256 = (...parts: readonly (Uint8Array | string)[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

const bytes = (base64url: string): Buffer => Buffer.from(base64url, 'base64url');

const leafOf = (id: string): Buffer => sha256(Uint8Array.of(0), id);

/** RFC 9162, section 2.1.1: the hash of a list of entries. */
function merkleTreeHash(ids: readonly string[]): Buffer {
  const [only] = ids;
  if (only === undefined) return sha256('');
  if (ids.length === 1) return leafOf(only);
  const k = 2 ** Math.floor(Math.log2(ids.length - 1));
  return sha256(Uint8Array.of(1), merkleTreeHash(ids.slice(0, k)), merkleTreeHash(ids.slice(k)));
}

/** RFC 9162, section 2.1.3.2: the root to which a path leads; undefined where it is too long or too short. */
function rootOf(
  leaf: Buffer,
  leafIndex: number,
  treeSize: number,
  path: readonly Buffer[],
): Buffer | undefined {
  let [fn, sn, r] = [leafIndex, treeSize - 1, leaf];
  for (const p of path) {
    if (sn === 0) return undefined;
    if (fn % 2 === 1 || fn === sn) {
      r = sha256(Uint8Array.of(1), p, r);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn >> 1, sn >> 1];
    } else {
      r = sha256(Uint8Array.of(1), r, p);
    }
    [fn, sn] = [fn >> 1, sn >> 1];
  }
  return sn === 0 ? r : undefined;
}

interface Signed {
  readonly signatures: readonly { readonly certificate: string; readonly signature: string }[];
}

/** The text that is signed: the format, then a line for each name and value. */
function signaturesHold(lines: readonly string[], { signatures }: Signed): boolean {
  const text = Buffer.from(lines.map((line) => `${line}\n`).join(''));
  return signatures.every(({ certificate, signature }) =>
    verify('sha256', text, new X509Certificate(certificate).publicKey, bytes(signature)),
  );
}

interface StatementText {
  readonly format: string;
  readonly network: string;
  readonly genesisHash: string;
  readonly height: number;
  readonly size: number;
  readonly root: string;
  readonly ucr: string;
  readonly events: number;
  readonly state: string;
  readonly devices: string;
}

interface Bundle {
  readonly genesisHash: string;
  readonly configuration: readonly string[];
  readonly events: readonly {
    readonly id: string;
    readonly jws?: string;
    readonly leaf: number;
    readonly path: readonly string[];
  }[];
  readonly keys: readonly (Record<string, string> & { readonly kty: string })[];
  readonly state: readonly Kept[];
  readonly devices: readonly Kept[];
  readonly head: Signed & { readonly head: StatementText };
  readonly statement: Signed & { readonly statement: StatementText };
}

interface Kept {
  readonly key: string;
  readonly value: string;
}

function digestOf(records: readonly Kept[]): string {
  const lines = records.map(({ key, value }) => `${sha256(value).toString('hex')} ${key}\n`);
  return sha256(lines.join('')).toString('hex');
}

/** The fields of a protobuf message: of each number its contents, a varint as a number. */
function fieldsOf(message: Buffer): ReadonlyMap<number, readonly (Buffer | number)[]> {
  const fields = new Map<number, (Buffer | number)[]>();
  let at = 0;
  const varint = (): number => {
    for (let value = 0, factor = 1; ; factor *= 128) {
      const byte = message[at++] ?? 0;
      value += (byte % 128) * factor;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const tag = varint();
    const value = varint();
    const isBytes = tag % 8 === 2;
    const content = isBytes ? message.subarray(at, (at += value)) : value;
    fields.set(tag >> 3, [...(fields.get(tag >> 3) ?? []), content]);
  }
  return fields;
}

function bytesIn(message: Buffer, field: number): readonly Buffer[] {
  return (fieldsOf(message).get(field) ?? []).filter((content) => typeof content !== 'number');
}

/** DER SEQUENCE {INTEGER 0, OCTET STRING previous, OCTET STRING data hash}. */
function headerHashOfBlock0(block: Buffer): string {
  const [header = Buffer.alloc(0)] = bytesIn(block, 1);
  const [previous = Buffer.alloc(0)] = bytesIn(header, 2);
  const [dataHash = Buffer.alloc(0)] = bytesIn(header, 3);
  const content = Buffer.concat([
    Buffer.from([2, 1, 0, 4, previous.length]),
    previous,
    Buffer.from([4, dataHash.length]),
    dataHash,
  ]);
  const envelopes = bytesIn(bytesIn(block, 2)[0] ?? Buffer.alloc(0), 1);
  expect(sha256(...envelopes).equals(dataHash)).to.equal(true);
  return sha256(Buffer.from([0x30, content.length]), content).toString('hex');
}

/** The statement of an event: its id is that of its bytes, and one of the keys has signed them. */
function statementHolds(id: string, jws: string, { keys, genesisHash }: Bundle): boolean {
  const [header = '', payload = '', signature = ''] = jws.split('.');
  const input = `${header}.${payload}`;
  const { kid, alg, aud } = JSON.parse(bytes(header).toString()) as Record<string, string>;
  const key = keys.find(
    (jwk) => sha256(JSON.stringify(thumbprintMembers(jwk))).toString('base64url') === kid,
  );
  if (key === undefined || aud !== genesisHash) return false;
  const publicKey = createPublicKey({ key, format: 'jwk' });
  const isSigned =
    alg === 'ES256'
      ? verify('sha256', Buffer.from(input), { key: publicKey, dsaEncoding: 'ieee-p1363' }, bytes(signature))
      : verify(null, Buffer.from(input), publicKey, bytes(signature));
  return isSigned && id === `ni:///sha-256;${sha256(input).toString('base64url')}`;
}

/** RFC 7638: the required members by name. */
function thumbprintMembers({ crv, kty, x, y }: Bundle['keys'][number]): object {
  return kty === 'EC' ? { crv, kty, x, y } : { crv, kty, x };
}

describe('a bundle in the hands of a verifier that was written from docs/evidence.md', function () {
  this.timeout(60_000);
  const story = new Story();
  const bundle = JSON.parse(Buffer.from(story.bytes('proofs')).toString()) as Bundle;
  const { head } = bundle.head;
  const { statement } = bundle.statement;

  it('begins with the block whose hash is known', () => {
    expect(headerHashOfBlock0(bytes(bundle.configuration[0] ?? ''))).to.equal(story.chain.genesisHash);
  });

  it('has a path from each event to the root that was signed', () => {
    for (const { id, leaf, path } of bundle.events) {
      const root = rootOf(leafOf(id), leaf, head.size, path.map(bytes));
      expect(root?.toString('hex')).to.equal(head.root);
      expect(rootOf(leafOf(`${id} `), leaf, head.size, path.map(bytes))?.toString('hex')).not.to.equal(
        head.root,
      );
    }
  });

  it('has statements that their devices have signed', () => {
    const statements = bundle.events.filter(({ jws }) => jws !== undefined);
    expect(statements).to.have.length(2);
    for (const { id, jws = '' } of statements) expect(statementHolds(id, jws, bundle)).to.equal(true);
  });

  it('has all events and records that two organisations speak of', () => {
    const ids = bundle.events.map(({ id }) => id);
    expect(merkleTreeHash(ids).toString('hex')).to.equal(statement.root);
    expect(ids).to.have.length(statement.events);
    expect(digestOf(bundle.state)).to.equal(statement.state);
    expect(digestOf(bundle.devices)).to.equal(statement.devices);
  });

  it('has signatures over the texts that the page shows', () => {
    const first = ({ format, network, genesisHash, height }: StatementText): readonly string[] => [
      format,
      `network ${network}`,
      `genesis ${genesisHash}`,
      `height ${height}`,
    ];
    const ofHead = [...first(head), `size ${head.size}`, `root ${head.root}`];
    const { ucr, events, root, state, devices } = statement;
    const ofStatement = [
      ...first(statement),
      `ucr ${ucr}`,
      `events ${events}`,
      `root ${root}`,
      `state ${state}`,
      `devices ${devices}`,
    ];
    expect(signaturesHold(ofHead, bundle.head)).to.equal(true);
    expect(signaturesHold(ofStatement, bundle.statement)).to.equal(true);
    expect(signaturesHold([...ofHead, 'more 1'], bundle.head)).to.equal(false);
  });
});
