import { utf8 } from '../bytes/bytes.js';
import type { Caller } from '../command/caller.js';
import { prepareTransaction } from '../command/transaction.js';
import { PassageError } from '../errors/passage-error.js';
import { readJson } from '../json/read-json.js';
import type { JsonObject, JsonValue } from '../json/value.js';
import { decodeRecord } from '../state/codec.js';
import type { KeyPolicy, KeyPolicyChange } from '../state/key-policy.js';
import type { StateKey, StateKind, StateRecords } from '../state/keys.js';
import { privateId, PrivateView, type PrivateKey, type PrivateWrite } from '../private/private-state.js';
import { opening } from './cast.js';

/** What a played transaction came to. */
export interface Played {
  readonly response: JsonObject;
  /** The keys that were written, in order. */
  readonly writes: readonly string[];
  /** The policies that keys were given. */
  readonly policies: Readonly<Record<string, KeyPolicyChange>>;
  /** The keys that were fetched. */
  readonly reads: readonly string[];
  /** What went into private collections. */
  readonly privateWrites: readonly PrivateWrite[];
}

/** World state in a map: plays transactions one after another, each a minute after the one before. */
export class TestWorld {
  readonly #values = new Map<string, Uint8Array>();
  readonly #policies = new Map<string, KeyPolicyChange>();
  readonly #private = new Map<string, Uint8Array>();
  #minute = 0;

  /** A ledger that has been initialised and knows the whole cast. */
  static started(): TestWorld {
    const world = new TestWorld();
    for (const { caller, name, input } of opening()) world.play(caller, name, input);
    return world;
  }

  /** Runs a transaction and applies its writes; `openings` is its transient data. @throws PassageError where it is refused */
  play(caller: Caller, name: string, input: JsonObject, openings?: JsonValue): Played {
    this.#minute += 1;
    const transient = new Map(openings === undefined ? [] : [['openings', utf8(JSON.stringify(openings))]]);
    const prepared = prepareTransaction(name, JSON.stringify(input), caller, transient);
    const values = new Map<string, Uint8Array | undefined>();
    for (let keys = prepared.reads; keys.length > 0; keys = prepared.more(values)) {
      for (const key of keys) values.set(key, this.#values.get(key));
    }
    const tx = { txId: `tx-${String(this.#minute)}`, timestamp: this.now() };
    const secrets = new PrivateView(this.#declared(prepared.privateReads));
    const { writes, policies, privateWrites, purges, response } = prepared.execute(values, tx, secrets);
    for (const write of privateWrites) this.#private.set(privateId(write), write.value);
    for (const key of purges) this.#private.delete(privateId(key));
    for (const { key, value } of writes) this.#values.set(key, value);
    for (const { key, policy } of policies) this.#policies.set(key, policy);
    return {
      response: readJson(response) as JsonObject,
      writes: writes.map(({ key }) => key),
      policies: Object.fromEntries(policies.map(({ key, policy }) => [key, policy])),
      reads: [...values.keys()],
      privateWrites,
    };
  }

  /** The refusal of a transaction; fails the test where it is not refused. */
  refusal(caller: Caller, name: string, input: JsonObject, openings?: JsonValue): PassageError {
    try {
      this.play(caller, name, input, openings);
    } catch (error) {
      if (error instanceof PassageError) return error;
      throw error;
    }
    throw new Error(`${name} was not refused`);
  }

  /** The record under a key. */
  get<Kind extends StateKind>(key: StateKey<Kind>): StateRecords[Kind] | undefined {
    const value = this.#values.get(key);
    return value && decodeRecord(key, value);
  }

  /** The values of the private keys that a transaction has declared: it sees no others. */
  #declared(keys: readonly PrivateKey[]): ReadonlyMap<string, Uint8Array> {
    const entries = keys.flatMap((key) => {
      const value = this.#private.get(privateId(key));
      return value === undefined ? [] : [[privateId(key), value] as const];
    });
    return new Map(entries);
  }

  /** The policy of a key that customs keeps; undefined where any two may change it. */
  policy(key: StateKey): KeyPolicy | undefined {
    const policy = this.#policies.get(key);
    return policy !== undefined && 'allOf' in policy ? policy : undefined;
  }

  /** Stores bytes as they are: for states that no rule makes. */
  put(key: string, value: Uint8Array): void {
    this.#values.set(key, value);
  }

  /** Lets days go by. */
  wait(days: number): void {
    this.#minute += days * 24 * 60;
  }

  /** The timestamp of the last transaction played. */
  now(): string {
    return new Date(Date.UTC(2026, 0, 1, 0, this.#minute)).toISOString();
  }
}
