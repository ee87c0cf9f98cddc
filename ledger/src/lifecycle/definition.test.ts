import { expect } from 'chai';
import { fromHex, toHex, utf8 } from '../codec/index.js';
import { LIFECYCLE_NAMESPACE, MemoryState } from '../state/index.js';
import { definitionWith } from '../testing/definition.js';
import { readDefinition } from './definition.js';
import { approveDefinition, commitDefinition } from './write-definition.js';
import type { StructureStore } from './store-structure.js';

/** Bytes observed on a real network: two of customs, port and business. */
const POLICY =
  '120e120c080212020800120208011202080' +
  '21a10120e0a0a437573746f6d734d535010031a0d120b0a07506f72744d535010031a11120f0a0b427573696e6573734d53501003';

const definition = definitionWith({ validationParameter: fromHex(`0a46${POLICY}`) });

/** A store over a map, which remembers what was written since it was last asked. */
class MapStore implements StructureStore {
  readonly values = new Map<string, Uint8Array>();
  #written = new Map<string, string>();

  get(key: string): Uint8Array | undefined {
    return this.values.get(key);
  }

  put(key: string, value: Uint8Array): void {
    this.values.set(key, value);
    this.#written.set(key, toHex(value));
  }

  delete(key: string): void {
    this.values.delete(key);
    this.#written.set(key, 'deleted');
  }

  takeWritten(): Record<string, string> {
    const written = Object.fromEntries(this.#written);
    this.#written = new Map();
    return written;
  }

  state(): MemoryState {
    const state = new MemoryState();
    const version = { block: 1, tx: 0 };
    state.apply(
      [...this.values].map(([key, value]) => ({ namespace: LIFECYCLE_NAMESPACE, key, value, version })),
    );
    return state;
  }
}

describe('commitDefinition', () => {
  it('writes the bytes that a real network wrote', () => {
    const store = new MapStore();
    commitDefinition(store, 'passage', definition);
    const written = store.takeWritten();
    expect(written['namespaces/fields/passage/Sequence']).to.equal('0801');
    expect(written['namespaces/fields/passage/EndorsementInfo']).to.equal('12090a01311a0465736363');
    expect(written['namespaces/fields/passage/Collections']).to.equal('1200');
    expect(written['namespaces/fields/passage/ValidationInfo']).to.equal(`12500a047673636312480a46${POLICY}`);
    expect(Object.keys(written)).to.include('namespaces/metadata/passage');
  });

  it('writes only what an upgrade changes, and is read back whole', () => {
    const store = new MapStore();
    commitDefinition(store, 'passage', definition);
    store.takeWritten();
    const upgrade = { ...definition, sequence: 2, version: '2' };
    commitDefinition(store, 'passage', upgrade);
    expect(Object.keys(store.takeWritten())).to.have.members([
      'namespaces/fields/passage/Sequence',
      'namespaces/fields/passage/EndorsementInfo',
    ]);
    expect(readDefinition(store.state(), 'passage')).to.deep.equal(upgrade);
  });
});

describe('approveDefinition', () => {
  it('keeps parameters and package under the name with the sequence', () => {
    const store = new MapStore();
    approveDefinition(store, 'passage', definition, 'passage_1:ab');
    expect(Object.keys(store.takeWritten())).to.have.members([
      'namespaces/metadata/passage#1',
      'namespaces/fields/passage#1/EndorsementInfo',
      'namespaces/fields/passage#1/ValidationInfo',
      'namespaces/fields/passage#1/Collections',
      'chaincode-sources/metadata/passage#1',
      'chaincode-sources/fields/passage#1/PackageID',
    ]);
    const packageId = store.get('chaincode-sources/fields/passage#1/PackageID');
    expect(toHex(packageId ?? new Uint8Array())).to.equal(`1a0c${toHex(utf8('passage_1:ab'))}`);
  });

  it('is no committed definition', () => {
    const store = new MapStore();
    approveDefinition(store, 'passage', definition, '');
    expect(readDefinition(store.state(), 'passage')).to.equal(undefined);
    expect(readDefinition(store.state(), 'passage#1')).to.equal(undefined);
  });
});
