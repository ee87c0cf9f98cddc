import { expect } from 'chai';
import { decode, encode, toHex, utf8 } from '../codec/index.js';
import { encodeSignaturePolicy, parsePolicy } from '../policy/index.js';
import { KVMetadataWrite } from '../proto/index.js';
import { hashKey, readReadWriteSet } from '../rwset/index.js';
import { at, get, hashed, held, put, simulate } from '../testing/private-simulations.js';
import { NAMESPACE } from '../testing/simulations.js';
import { VALIDATION_PARAMETER } from '../validation/index.js';
import type { StateUpdate } from '../state/index.js';

import { GetStateMetadata, MessageType, PutStateMetadata, StateMetadataResult } from './shim-messages.js';
import type { Simulation } from './simulation.js';

const policy = encodeSignaturePolicy(parsePolicy("AND('CustomsMSP.peer', 'PortMSP.peer')"));

describe('private data in a simulation', () => {
  describe('policies of keys', () => {
    const stored = encode(KVMetadataWrite, { entries: [{ name: VALIDATION_PARAMETER, value: policy }] });
    const putPolicy = (key: string, value: Uint8Array, collection?: string): [number, Uint8Array] => [
      MessageType.PUT_STATE_METADATA,
      encode(PutStateMetadata, { key, collection, metadata: { metakey: VALIDATION_PARAMETER, value } }),
    ];
    const publicKey: StateUpdate = {
      namespace: NAMESPACE,
      key: 'k',
      value: utf8('1'),
      version: at,
      metadata: stored,
    };

    it('are recorded as metadata of the key, empty ones too', () => {
      const simulation = simulate([], []);
      simulation.answer(...putPolicy('on', policy));
      simulation.answer(...putPolicy('off', new Uint8Array()));
      simulation.answer(...putPolicy('private', policy, 'open'));
      const [set] = readReadWriteSet(simulation.results().publicBytes).filter(
        ({ namespace }) => namespace === NAMESPACE,
      );
      expect(set?.metadataWrites).to.deep.equal([
        { key: 'off', entries: [{ name: VALIDATION_PARAMETER, value: new Uint8Array() }] },
        { key: 'on', entries: [{ name: VALIDATION_PARAMETER, value: policy }] },
      ]);
      expect(set?.collections[0]?.metadataWrites).to.deep.equal([
        { key: toHex(hashKey('private')), entries: [{ name: VALIDATION_PARAMETER, value: policy }] },
      ]);
    });

    it('are read with the version of the key', () => {
      const simulation = simulate([publicKey, hashed('open', 'p', 'v', stored)], []);
      for (const request of [{ key: 'k' }, { key: 'p', collection: 'open' }]) {
        const result = simulation.answer(MessageType.GET_STATE_METADATA, encode(GetStateMetadata, request));
        expect(decode(StateMetadataResult, result).entries).to.deep.equal([
          { metakey: VALIDATION_PARAMETER, value: policy },
        ]);
      }
      const [set] = readReadWriteSet(simulation.results().publicBytes).filter(
        ({ namespace }) => namespace === NAMESPACE,
      );
      expect(set?.reads).to.deep.equal([{ key: 'k', version: at }]);
      expect(set?.collections[0]?.reads).to.deep.equal([{ key: toHex(hashKey('p')), version: at }]);
    });

    it('tell the gateway whose endorsement a transaction needs', () => {
      const call = (simulation: Simulation): object[] =>
        simulation
          .interest()
          .chaincodes.map(({ collectionNames, keyPolicies, disregardNamespacePolicy, noPrivateReads }) => ({
            collectionNames,
            keyPolicies: keyPolicies.length,
            disregardNamespacePolicy,
            noPrivateReads,
          }));
      const state = [publicKey, hashed('open', 'p', 'v', stored), hashed('open', 'q', 'v')];
      const run = (...requests: [number, Uint8Array][]): object[] => {
        const simulation = simulate(state, [held('open', 'q', 'v')]);
        for (const request of requests) simulation.answer(...request);
        return call(simulation);
      };
      const publicCall = {
        collectionNames: [],
        keyPolicies: 0,
        disregardNamespacePolicy: false,
        noPrivateReads: false,
      };
      const openCall = { ...publicCall, collectionNames: ['open'], noPrivateReads: true };
      expect(run()).to.deep.equal([publicCall]);
      expect(run(put('', 'free', '1'))).to.deep.equal([publicCall]);
      expect(run(put('', 'k', '1'))).to.deep.equal([
        { ...publicCall, keyPolicies: 1, disregardNamespacePolicy: true },
      ]);
      expect(run(put('', 'k', '1'), put('', 'free', '1'))).to.deep.equal([{ ...publicCall, keyPolicies: 1 }]);
      expect(run(put('open', 'q', '1'))).to.deep.equal([openCall]);
      expect(run(put('open', 'p', '1'))).to.deep.equal([
        { ...publicCall, keyPolicies: 1, disregardNamespacePolicy: true },
      ]);
      expect(run(get('open', 'q'))).to.deep.equal([publicCall, { ...openCall, noPrivateReads: false }]);
    });

    it('keep everybody from endorsing a write where the bytes in the state are no policy', () => {
      const spoilt = encode(KVMetadataWrite, {
        entries: [{ name: VALIDATION_PARAMETER, value: utf8('no policy') }],
      });
      const simulation = simulate([{ ...publicKey, metadata: spoilt }], []);
      simulation.answer(...put('', 'k', '1'));
      expect(() => simulation.interest()).to.throw('error unmarshalling SignaturePolicyEnvelope');
    });
  });
});
