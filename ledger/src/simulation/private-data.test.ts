import { expect } from 'chai';
import { decode, encode, toHex, utf8 } from '../codec/index.js';
import { KVRWSet, TxPvtReadWriteSet } from '../proto/index.js';
import { hashKey, readReadWriteSet } from '../rwset/index.js';
import { at, get, hashed, held, put, simulate } from '../testing/private-simulations.js';
import { NAMESPACE } from '../testing/simulations.js';
import type { CollectionSet } from '../rwset/index.js';

import {
  DelState,
  GetState,
  GetStateByRange,
  KeyValue,
  MessageType,
  QueryMetadata,
  QueryResponse,
} from './shim-messages.js';
import type { Simulation } from './simulation.js';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

const collectionsOf = (simulation: Simulation): readonly CollectionSet[] =>
  readReadWriteSet(simulation.results().publicBytes).find(({ namespace }) => namespace === NAMESPACE)
    ?.collections ?? [];

const rangeOf = (collection: string, metadata?: Uint8Array): [number, Uint8Array] => [
  MessageType.GET_STATE_BY_RANGE,
  encode(GetStateByRange, { collection, startKey: 'a', endKey: 'z', metadata }),
];

describe('private data in a simulation', () => {
  it('is read from what the organisation holds, and recorded as a read of the hash', () => {
    const simulation = simulate([hashed('closed', 'k', 'secret')], [held('closed', 'k', 'secret')]);
    expect(text(simulation.answer(...get('closed', 'k')))).to.equal('secret');
    expect(collectionsOf(simulation)[0]?.reads).to.deep.equal([{ key: toHex(hashKey('k')), version: at }]);
    expect(simulation.dependsOnOrganization).to.equal(true);
  });

  it('is missing for everybody where there is no hash, and that is recorded too', () => {
    const simulation = simulate([], []);
    expect(simulation.answer(...get('open', 'k'))).to.have.length(0);
    expect(collectionsOf(simulation)[0]?.reads).to.deep.equal([{ key: toHex(hashKey('k')) }]);
  });

  it('is refused where the organisation lacks the value, or holds an outdated one', () => {
    const sentence = 'private data matching public hash version is not available. Public hash version = ';
    const lacking = simulate([hashed('closed', 'k', 'secret')], []);
    expect(() => lacking.answer(...get('closed', 'k'))).to.throw(
      `${sentence}{BlockNum: 4, TxNum: 2}, Private data version = <nil>`,
    );
    const outdated = simulate(
      [hashed('closed', 'k', 'new')],
      [held('closed', 'k', 'old', { block: 3, tx: 0 })],
    );
    expect(() => outdated.answer(...get('closed', 'k'))).to.throw(
      `${sentence}{BlockNum: 4, TxNum: 2}, Private data version = {BlockNum: 3, TxNum: 0}`,
    );
    expect(outdated.dependsOnOrganization).to.equal(true);
  });

  it('gives its hash to everybody', () => {
    const simulation = simulate([hashed('closed', 'k', 'secret')], [], 'PortMSP');
    const hash = simulation.answer(
      MessageType.GET_PRIVATE_DATA_HASH,
      encode(GetState, { collection: 'closed', key: 'k' }),
    );
    expect(hash).to.deep.equal(hashKey('secret'));
    expect(collectionsOf(simulation)[0]?.reads).to.have.length(1);
    expect(simulation.dependsOnOrganization).to.equal(false);
  });

  it('has the rules of its collection looked up, which is a read of the definition, by whoever asks for the hash alone', () => {
    const simulation = simulate([], [], 'PortMSP');
    simulation.answer(MessageType.GET_PRIVATE_DATA_HASH, encode(GetState, { collection: 'open', key: 'k' }));
    const [lifecycle] = readReadWriteSet(simulation.results().publicBytes);
    expect(lifecycle?.reads.map(({ key }) => key)).to.include(`namespaces/metadata/${NAMESPACE}`);
  });

  it('goes into the block as hashes only, and beside it in clear', () => {
    const simulation = simulate([], []);
    simulation.answer(...put('closed', 'k', 'secret'));
    const { publicBytes, privateBytes } = simulation.results();
    expect(text(publicBytes)).not.to.contain('secret');
    const [namespace] = decode(TxPvtReadWriteSet, privateBytes ?? new Uint8Array()).nsPvtRwset;
    const [set] = namespace?.collectionPvtRwset ?? [];
    expect(decode(KVRWSet, set?.rwset ?? new Uint8Array()).writes).to.deep.equal([
      { key: 'k', isDelete: false, value: utf8('secret') },
    ]);
  });

  it('is deleted and purged, which the block tells apart', () => {
    const simulation = simulate([], []);
    simulation.answer(MessageType.DEL_STATE, encode(DelState, { collection: 'open', key: 'd' }));
    simulation.answer(MessageType.PURGE_PRIVATE_DATA, encode(DelState, { collection: 'open', key: 'p' }));
    const writes = new Map(collectionsOf(simulation)[0]?.writes.map((write) => [write.key, write]));
    expect(writes.get(toHex(hashKey('d')))).to.deep.equal({ key: toHex(hashKey('d')) });
    expect(writes.get(toHex(hashKey('p')))).to.deep.equal({ key: toHex(hashKey('p')), purge: true });
    expect(() => simulation.answer(MessageType.PURGE_PRIVATE_DATA, encode(DelState, { key: 'p' }))).to.throw(
      'only applicable for private data',
    );
  });

  describe('access', () => {
    const denied = 'access permission on privatedata in chaincodeName:passage collectionName: closed';

    it('is refused to clients of other organisations where the collection says so', () => {
      const stranger = simulate([], [], 'PortMSP');
      expect(() => stranger.answer(...get('closed', 'k'))).to.throw(
        `tx creator does not have read ${denied}`,
      );
      expect(() => stranger.answer(...put('closed', 'k', '1'))).to.throw(
        `tx creator does not have write ${denied}`,
      );
      expect(() => stranger.answer(...rangeOf('closed'))).to.throw(`tx creator does not have read ${denied}`);
      expect(collectionsOf(stranger)).to.deep.equal([]);
    });

    it('is open to every client where it does not, and to implicit collections', () => {
      const stranger = simulate([], [], 'PortMSP');
      stranger.answer(...put('open', 'k', '1'));
      stranger.answer(...put('_implicit_org_CustomsMSP', 'k', '1'));
      expect(collectionsOf(stranger).map(({ collection }) => collection)).to.deep.equal([
        '_implicit_org_CustomsMSP',
        'open',
      ]);
    });

    it('is refused for collections that do not exist', () => {
      const simulation = simulate([], []);
      expect(() => simulation.answer(...get('other', 'k'))).to.throw(
        'collection ch/passage/other could not be found',
      );
      expect(() => simulation.answer(...put('_implicit_org_NobodyMSP', 'k', '1'))).to.throw(
        'collection [_implicit_org_NobodyMSP] not defined in the collection config for chaincode [passage]',
      );
      const hash = encode(GetState, { collection: 'other', key: 'k' });
      expect(() => simulation.answer(MessageType.GET_PRIVATE_DATA_HASH, hash)).to.throw(
        'collection [other] not defined in the collection config for chaincode [passage]',
      );
    });
  });

  describe('ranges', () => {
    const values = ['b', 'a', 'c', 'z'].map((key) => held('open', key, `value of ${key}`));
    const keysOf = (payload: Uint8Array): string[] =>
      decode(QueryResponse, payload).results.map(({ resultBytes }) => decode(KeyValue, resultBytes).key);

    it('are read from what the organisation holds, in order, without a trace in the read set', () => {
      const simulation = simulate([], values);
      expect(keysOf(simulation.answer(...rangeOf('open')))).to.deep.equal(['a', 'b', 'c']);
      expect(collectionsOf(simulation)).to.deep.equal([]);
    });

    it('have no pages: a page size only bounds them', () => {
      const paging = encode(QueryMetadata, { pageSize: 2 });
      const answer = simulate([], values).answer(...rangeOf('open', paging));
      expect(keysOf(answer)).to.deep.equal(['a', 'b']);
      expect(decode(QueryResponse, answer)).to.deep.include({ hasMore: false, metadata: new Uint8Array() });
    });

    it('keep the transaction from writing, whichever comes first', () => {
      const reading = simulate([], values);
      reading.answer(...rangeOf('open'));
      expect(() => reading.answer(...put('', 'k', '1'))).to.throw(
        'Transaction has already performed queries on pvt data. Writes are not allowed',
      );
      const writing = simulate([], values);
      writing.answer(...put('open', 'k', '1'));
      expect(() => writing.answer(...rangeOf('open'))).to.throw(
        'Queries on pvt data is supported only in a read-only transaction',
      );
    });
  });
});
