import './quiet.js';
import contractApi from 'fabric-contract-api';
import ChaincodeFromContract from 'fabric-shim/lib/contract-spi/chaincodefromcontract.js';
import type { ChaincodeInterface } from 'fabric-shim';
import { InMemoryStub, type Proposal } from './in-memory-stub.js';
import {
  Simulation,
  type CommittedValue,
  type PolicyWrite,
  type PrivateWriteOrPurge,
  type StateRead,
  type StateWriteOrDelete,
} from './simulation.js';

/** What an endorsing peer would sign: the answer, the exact read and write set, and the event. */
export interface Endorsement {
  readonly status: number;
  readonly message: string;
  readonly payload: string;
  readonly reads: readonly StateRead[];
  readonly writes: readonly StateWriteOrDelete[];
  readonly policies: readonly PolicyWrite[];
  readonly privateWrites: readonly PrivateWriteOrPurge[];
  readonly event: { readonly name: string; readonly payload: string } | undefined;
}

/** A chaincode as Fabric's shim runs it. */
export type Chaincode = Pick<ChaincodeInterface, 'Invoke'>;

/** Contract classes behind the shim's own routing, as `main` starts them. */
export function chaincodeOf(...contracts: readonly (new () => object)[]): Chaincode {
  const serializers = {
    transaction: 'jsonSerializer',
    serializers: { jsonSerializer: contractApi.JSONSerializer },
  };
  return new ChaincodeFromContract([...contracts], serializers, {}, 'passage', '1');
}

/** A peer and an orderer in one object: simulates transactions, and commits them one at a time. */
export class InMemoryLedger {
  readonly #chaincode: Chaincode;
  readonly #state = new Map<string, CommittedValue>();
  readonly #private = new Map<string, Uint8Array>();

  constructor(chaincode: Chaincode) {
    this.#chaincode = chaincode;
  }

  /** Runs the chaincode over committed state; nothing is committed. */
  async endorse(proposal: Proposal): Promise<Endorsement> {
    const simulation = new Simulation(this.#state, this.#private);
    const stub = new InMemoryStub(proposal, simulation);
    const { status, message = '', payload } = await this.#chaincode.Invoke(stub);
    return {
      status,
      message,
      payload: Buffer.from(payload ?? []).toString(),
      reads: simulation.reads(),
      writes: simulation.writes(),
      policies: simulation.policies(),
      privateWrites: simulation.privateWrites(),
      event: stub.event(),
    };
  }

  /** Applies the write set if every version that was read is still the committed one (Fabric's code 0 or 11). */
  commit({ reads, writes, policies, privateWrites }: Endorsement): 'VALID' | 'MVCC_READ_CONFLICT' {
    if (reads.some(({ key, version }) => this.#state.get(key)?.version !== version))
      return 'MVCC_READ_CONFLICT';
    for (const { key, value } of writes) {
      const before = this.#state.get(key);
      if (value === undefined) this.#state.delete(key);
      else this.#state.set(key, { ...before, value, version: (before?.version ?? 0) + 1 });
    }
    for (const { key, policy } of policies) {
      const before = this.#state.get(key);
      // A policy on a key that is not there leaves nothing.
      if (before) this.#state.set(key, { ...before, policy, version: before.version + 1 });
    }
    for (const { collection, key, value } of privateWrites) {
      if (value === undefined) this.#private.delete(`${collection}/${key}`);
      else this.#private.set(`${collection}/${key}`, value);
    }
    return 'VALID';
  }

  /** Commits a value as it is: for states that no transaction of ours makes. */
  put(key: string, value: Uint8Array): void {
    const before = this.#state.get(key);
    this.#state.set(key, { ...before, value, version: (before?.version ?? 0) + 1 });
  }

  /** The committed value under a key, as text. */
  value(key: string): string | undefined {
    const committed = this.#state.get(key);
    return committed && Buffer.from(committed.value).toString();
  }

  /** The endorsement policy of a key, as bytes; undefined where it never had one, empty where it was taken off. */
  policy(key: string): Uint8Array | undefined {
    return this.#state.get(key)?.policy;
  }

  /** What a private key holds, as text. */
  secret(collection: string, key: string): string | undefined {
    const value = this.#private.get(`${collection}/${key}`);
    return value && Buffer.from(value).toString();
  }

  /** Every key that has a value. */
  keys(): readonly string[] {
    return [...this.#state.keys()].sort();
  }
}
