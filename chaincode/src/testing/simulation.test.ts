import { expect } from 'chai';
import type { Context } from 'fabric-contract-api';
import { creator } from './creator.js';
import { InMemoryLedger, type Chaincode, type Endorsement } from './in-memory-ledger.js';

type ChaincodeStub = Context['stub'];

/** A chaincode that does whatever a test says. */
function doing(act: (stub: ChaincodeStub) => Promise<unknown>): Chaincode {
  return {
    async Invoke(stub) {
      return { status: 200, payload: Buffer.from(JSON.stringify((await act(stub)) ?? null)) };
    },
  };
}

const someone = creator({ mspId: 'BusinessMSP' });

class Peer {
  #act: (stub: ChaincodeStub) => Promise<unknown> = () => Promise.resolve();
  readonly ledger = new InMemoryLedger(doing((stub) => this.#act(stub)));

  endorse(act: (stub: ChaincodeStub) => Promise<unknown>): Promise<Endorsement> {
    this.#act = act;
    return this.ledger.endorse({ creator: someone, txId: 'tx', timestamp: new Date(0), args: ['f'] });
  }

  async commit(act: (stub: ChaincodeStub) => Promise<unknown>): Promise<void> {
    expect(this.ledger.commit(await this.endorse(act))).to.equal('VALID');
  }

  put(...keys: readonly string[]): Promise<void> {
    return this.commit(async (stub) => {
      for (const key of keys) await stub.putState(key, Buffer.from(key));
    });
  }
}

async function get(stub: ChaincodeStub, key: string): Promise<string> {
  return Buffer.from(await stub.getState(key)).toString();
}

describe('the in-memory peer', () => {
  it('does not let a transaction read its own writes', async () => {
    const peer = new Peer();
    await peer.put('a');
    const { payload, writes } = await peer.endorse(async (stub) => {
      await stub.putState('a', Buffer.from('new'));
      return get(stub, 'a');
    });
    expect(payload).to.equal('"a"');
    expect(writes).to.deep.equal([{ key: 'a', value: Buffer.from('new') }]);
  });

  it('keeps the last write of a key, and orders keys by their bytes', async () => {
    const [low, high] = ['\u{ff5e}', '\u{1f6a2}'];
    expect(low > high, 'UTF-16 order is the other way round').to.equal(true);
    const { writes } = await new Peer().endorse(async (stub) => {
      for (const key of [high, 'b', low, 'b']) await stub.putState(key, Buffer.from(key));
      await stub.putState('b', Buffer.from('last'));
    });
    expect(writes.map(({ key }) => key)).to.deep.equal(['b', low, high]);
    expect(writes[0]?.value).to.deep.equal(Buffer.from('last'));
  });

  it('takes an empty value for a deletion', async () => {
    const peer = new Peer();
    await peer.put('a', 'b');
    const endorsement = await peer.endorse(async (stub) => {
      await stub.putState('a', Buffer.alloc(0));
      await stub.deleteState('b');
    });
    expect(endorsement.writes).to.deep.equal([{ key: 'a' }, { key: 'b' }]);
    peer.ledger.commit(endorsement);
    expect(peer.ledger.keys()).to.deep.equal([]);
  });

  it('hands out an absent key as no bytes, and has it in the read set', async () => {
    const { payload, reads } = await new Peer().endorse((stub) => get(stub, 'a'));
    expect(payload).to.equal('""');
    expect(reads).to.deep.equal([{ key: 'a', version: undefined }]);
  });

  it('emits the last event', async () => {
    const { event } = await new Peer().endorse((stub) => {
      stub.setEvent('first', Buffer.from('1'));
      stub.setEvent('last', Buffer.from('2'));
      return Promise.resolve();
    });
    expect(event).to.deep.equal({ name: 'last', payload: '2' });
  });

  it('reads ranges of committed keys in byte order, without the end', async () => {
    const peer = new Peer();
    await peer.put('\u{1f6a2}', 'a', '\u{ff5e}', 'c', 'b');
    const { payload, reads } = await peer.endorse((stub) => keysOf(stub.getStateByRange('b', '')));
    expect(JSON.parse(payload)).to.deep.equal(['b', 'c', '\u{ff5e}', '\u{1f6a2}']);
    expect(reads).to.have.length(4);
    const bounded = await peer.endorse((stub) => keysOf(stub.getStateByRange('', 'c')));
    expect(JSON.parse(bounded.payload)).to.deep.equal(['a', 'b']);
  });

  it('keeps composite keys out of plain ranges, and finds them by their prefix', async () => {
    const peer = new Peer();
    await peer.commit(async (stub) => {
      await stub.putState(stub.createCompositeKey('unit', ['x', '1']), Buffer.from('1'));
      await stub.putState(stub.createCompositeKey('unit', ['y', '1']), Buffer.from('1'));
      await stub.putState('plain', Buffer.from('1'));
    });
    const plain = await peer.endorse((stub) => keysOf(stub.getStateByRange('', '')));
    expect(JSON.parse(plain.payload)).to.deep.equal(['plain']);
    const composite = await peer.endorse((stub) => keysOf(stub.getStateByPartialCompositeKey('unit', ['x'])));
    expect(JSON.parse(composite.payload)).to.deep.equal(['\0unit\0x\x001\0']);
  });

  it('keeps the policy of a key through writes until it is changed or the key deleted', async () => {
    const peer = new Peer();
    await peer.put('a', 'b');
    const policyOf = async (key: string): Promise<string> => {
      const { payload } = await peer.endorse(async (stub) => {
        const policy = (await stub.getStateValidationParameter(key)) as Uint8Array | undefined;
        return policy === undefined ? 'none' : Buffer.from(policy).toString();
      });
      return payload;
    };
    const set = (key: string, policy: string): Promise<void> =>
      peer.commit((stub) => stub.setStateValidationParameter(key, Buffer.from(policy)));
    expect(await policyOf('a')).to.equal('"none"');
    await set('a', 'P');
    await peer.put('a');
    expect(await policyOf('a')).to.equal('"P"');
    await set('a', '');
    expect(await policyOf('a')).to.equal('""');
    await set('b', 'P');
    await peer.commit((stub) => stub.deleteState('b'));
    await peer.put('b');
    expect(await policyOf('b')).to.equal('"none"');
  });

  it('raises the version with a policy, and leaves none on a key that is not there', async () => {
    const peer = new Peer();
    await peer.put('a');
    const read = await peer.endorse((stub) => get(stub, 'a'));
    await peer.commit((stub) => stub.setStateValidationParameter('a', Buffer.from('P')));
    expect(peer.ledger.commit(read)).to.equal('MVCC_READ_CONFLICT');
    await peer.commit((stub) => stub.setStateValidationParameter('absent', Buffer.from('P')));
    expect(peer.ledger.keys()).to.deep.equal(['a']);
  });

  it('reads a key by reading its policy', async () => {
    const { reads, policies } = await new Peer().endorse(async (stub) => {
      await stub.getStateValidationParameter('a');
      await stub.setStateValidationParameter('b', Buffer.from('P'));
    });
    expect(reads).to.deep.equal([{ key: 'a', version: undefined }]);
    expect(policies).to.deep.equal([{ key: 'b', policy: Buffer.from('P') }]);
  });

  it('refuses to commit what was read in an older version', async () => {
    const peer = new Peer();
    await peer.put('a');
    const act = async (stub: ChaincodeStub): Promise<void> => {
      await stub.getState('a');
      await stub.putState('a', Buffer.from('new'));
    };
    const [one, other] = [await peer.endorse(act), await peer.endorse(act)];
    expect(peer.ledger.commit(one)).to.equal('VALID');
    expect(peer.ledger.commit(other)).to.equal('MVCC_READ_CONFLICT');
  });

  it('refuses to commit what was read as absent and is there now', async () => {
    const peer = new Peer();
    const act = async (stub: ChaincodeStub): Promise<void> => {
      if ((await stub.getState('a')).length === 0) await stub.putState('a', Buffer.from('mine'));
    };
    const [one, other] = [await peer.endorse(act), await peer.endorse(act)];
    expect(peer.ledger.commit(one)).to.equal('VALID');
    expect(peer.ledger.commit(other)).to.equal('MVCC_READ_CONFLICT');
  });
});

async function keysOf(range: AsyncIterable<{ readonly key: string }>): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { key } of range) keys.push(key);
  return keys;
}
