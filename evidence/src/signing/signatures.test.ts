import { expect } from 'chai';
import { channelConfigOf, decode, SerializedIdentity } from '@passage/ledger';
import { generateChain } from '@passage/ledger/generator';
import { nodeKey } from '../testing/node-key.js';
import { checkTreeHead, TREE_HEAD_FORMAT, treeHeadBytes } from '../head/index.js';
import {
  checkShipmentStatement,
  recordsDigest,
  SHIPMENT_STATEMENT_FORMAT,
  shipmentRecords,
  shipmentStatementBytes,
} from '../shipment-statement/index.js';
import { checkSignature, organisationSignature } from './index.js';
import type { OrganisationSignature } from './index.js';
import type { TreeHead } from '../head/index.js';
import type { ShipmentStatement } from '../shipment-statement/index.js';

const chain = generateChain({ newKey: nodeKey });
const [{ block: genesis } = { block: undefined }] = chain.blocks();
if (genesis === undefined) throw new Error('a chain without blocks');
const { msps } = channelConfigOf(genesis);
const { organizations, stranger } = chain.consortium;
const [customs, port] = organizations;
if (customs === undefined || port === undefined) throw new Error('a chain without organisations');

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
const head: TreeHead = {
  format: TREE_HEAD_FORMAT,
  network: 'embedded',
  genesisHash: chain.genesisHash,
  height: 7,
  size: 12,
  root: 'cd'.repeat(32),
};

type Signer = (typeof customs)['admin'];

function sign(message: Uint8Array, { mspId, identity, sign: make }: Signer): OrganisationSignature {
  const { idBytes } = decode(SerializedIdentity, identity);
  return organisationSignature(mspId, text(idBytes), make(message));
}

describe('a signed tree head', () => {
  const bytes = treeHeadBytes(head);

  it('is signed as text, a line for each field', () => {
    expect(text(bytes)).to.equal(
      `passage-tree-head-1\nnetwork embedded\ngenesis ${chain.genesisHash}\nheight 7\nsize 12\nroot ${'cd'.repeat(32)}\n`,
    );
  });

  it('holds by an administrator or a peer, and by nobody else', () => {
    const former = customs.formerClient;
    const signatures = [customs.admin, port.peer, customs.client, former, stranger].map((one) =>
      sign(bytes, one),
    );
    const verdicts = checkTreeHead({ head, signatures }, msps);
    expect(verdicts[0]).to.deep.equal({ holds: true, mspId: 'CustomsMSP', signer: 'admin.customs' });
    expect(verdicts.map((verdict) => (verdict.holds ? verdict.mspId : verdict.fault))).to.deep.equal([
      'CustomsMSP',
      'PortMSP',
      'not-its-speaker',
      'not-its-speaker',
      'stranger',
    ]);
  });

  it('holds for no other field, key or organisation', () => {
    const good = sign(bytes, customs.admin);
    const faultOf = (one: OrganisationSignature, message = bytes): string => {
      const verdict = checkSignature(message, one, msps);
      return verdict.holds ? 'none' : verdict.fault;
    };
    expect(faultOf(good)).to.equal('none');
    for (const changes of [
      { height: 8 },
      { size: 13 },
      { root: 'ce'.repeat(32) },
      { network: 'fabric' as const },
    ]) {
      expect(faultOf(good, treeHeadBytes({ ...head, ...changes }))).to.equal('wrong-signature');
    }
    expect(faultOf({ ...good, certificate: sign(bytes, customs.peer).certificate })).to.equal(
      'wrong-signature',
    );
    expect(faultOf({ ...good, mspId: 'PortMSP' })).to.equal('stranger');
    expect(faultOf({ ...good, mspId: 'NoMSP' })).to.equal('stranger');
    expect(faultOf({ ...good, signature: '*' })).to.equal('unreadable');
    expect(faultOf({ ...good, certificate: `# hidden\n${good.certificate}` })).to.equal('unreadable');
  });
});

describe('a signed shipment statement', () => {
  const statement: ShipmentStatement = {
    format: SHIPMENT_STATEMENT_FORMAT,
    network: 'fabric',
    genesisHash: chain.genesisHash,
    height: 7,
    ucr: '6KRIMPORTER1-DECL1',
    events: 3,
    root: 'cd'.repeat(32),
    state: 'ef'.repeat(32),
    devices: '01'.repeat(32),
  };
  const bytes = shipmentStatementBytes(statement);

  it('is signed as text, a line for each field', () => {
    expect(
      text(bytes)
        .split('\n')
        .map((line) => line.split(' ')[0]),
    ).to.deep.equal([
      SHIPMENT_STATEMENT_FORMAT,
      'network',
      'genesis',
      'height',
      'ucr',
      'events',
      'root',
      'state',
      'devices',
      '',
    ]);
  });

  it('is a proof by two organisations, and not by one that signs twice', () => {
    const proofBy = (...signers: Signer[]): boolean =>
      checkShipmentStatement({ statement, signatures: signers.map((one) => sign(bytes, one)) }, msps).isProof;
    expect(proofBy(customs.admin, port.admin)).to.equal(true);
    expect(proofBy(customs.admin, customs.admin)).to.equal(false);
    expect(proofBy(customs.admin, customs.peer)).to.equal(false);
    expect(proofBy(customs.admin, port.client)).to.equal(false);
    expect(proofBy(customs.admin)).to.equal(false);
  });
});

describe('the records of a shipment statement', () => {
  const bytesOf = (json: object): Uint8Array => Buffer.from(JSON.stringify(json));
  const stored = new Map<string, Uint8Array>([
    ['shipment/U', bytesOf({ parties: { importer: 'P1' }, note: 'P9' })],
    ['device/K', bytesOf({ owner: 'P2' })],
    ['party/P1', bytesOf({ partyId: 'P1' })],
    ['party/P2', bytesOf({ partyId: 'P2' })],
    ['party/P3', bytesOf({ partyId: 'P3' })],
  ]);

  it('are its own that are still there, those of the parties that they name, and the keys that signed', () => {
    const named = ['shipment/U', 'hold/U/1', 'shipment/U'];
    const statements = ['1', '2'].map((id) => ({ id, kid: 'K' }));
    const { state, devices } = shipmentRecords(
      named,
      statements,
      (key) => stored.get(key),
      () => new Map(),
    );
    expect(state.map(({ key }) => key)).to.deep.equal(['party/P1', 'party/P2', 'shipment/U']);
    expect(devices.map(({ key }) => key)).to.deep.equal(['device/K']);
  });

  it('have a digest over the lines that sha256sum would print, whatever their order', () => {
    const records = [...stored].map(([key, value]) => ({ key, value }));
    expect(recordsDigest(records)).to.equal(recordsDigest([...records].reverse()));
    expect(recordsDigest([])).to.equal('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    const changed = records.map(({ key, value }) => ({
      key,
      value: key === 'device/K' ? bytesOf({ owner: 'P3' }) : value,
    }));
    expect(recordsDigest(changed)).not.to.equal(recordsDigest(records));
  });
});
