import { prepareTransaction } from '@passage/domain';
import { prologue, testLedger } from '@passage/domain/testing';
import { judgeCustody, type CustodyJudgement } from '../custody/custody-rules.js';
import type { KeyPolicyChange } from '@passage/domain';
import type { Scene } from '@passage/domain/testing';
import type { RecordedCall } from '../custody/recorded-call.js';
import type { Kept } from '../custody/record-view.js';

type Playable = Pick<Scene, 'caller' | 'name' | 'input' | 'openings'>;

/** A ledger in memory on which transactions are played by the domain, and judged by the auditor. */
export class CustodyStage {
  readonly #state = new Map<string, Kept>();
  #minute = 0;

  /** A ledger with everybody of the scenarios. */
  static started(): CustodyStage {
    const stage = new CustodyStage();
    for (const play of prologue(testLedger)) stage.commit(stage.call(play));
    return stage;
  }

  /** What the domain makes of a transaction. */
  call({ caller, name, input, openings }: Playable): RecordedCall {
    this.#minute += 1;
    const transient = new Map(
      openings === undefined ? [] : [['openings', Buffer.from(JSON.stringify(openings))]],
    );
    const argument = Buffer.from(JSON.stringify(input));
    const prepared = prepareTransaction(name, argument, caller, transient);
    const values = new Map<string, Uint8Array | undefined>();
    for (let keys = prepared.reads; keys.length > 0; keys = prepared.more(values)) {
      for (const key of keys) values.set(key, this.#state.get(key)?.value);
    }
    const at = new Date(Date.UTC(2026, 0, 1, 0, this.#minute)).toISOString();
    const { writes, policies } = prepared.execute(values, {
      txId: `tx-${String(this.#minute)}`,
      timestamp: at,
    });
    const changed = new Map(policies.map(({ key, policy }) => [key, policy]));
    const written = new Map(writes.map(({ key, value }) => [key, value]));
    // A policy on a key that is not there leaves nothing.
    const touched = [...new Set([...written.keys(), ...changed.keys()])].filter(
      (key) => written.has(key) || this.#state.has(key),
    );
    return {
      txId: `tx-${String(this.#minute)}`,
      act: name,
      argument,
      caller,
      at,
      writes: touched.map((key) => {
        const before = this.#state.get(key);
        const value = written.get(key) ?? before?.value ?? new Uint8Array();
        return { key, kept: { value, keeper: keeperBy(changed.get(key)) ?? before?.keeper ?? 'open' } };
      }),
    };
  }

  judge(call: RecordedCall): CustodyJudgement {
    return judgeCustody(call, (key) => this.#state.get(key), testLedger);
  }

  /** Writes what a transaction wrote. */
  commit({ writes }: RecordedCall): void {
    for (const { key, kept } of writes) {
      if (kept === undefined) this.#state.delete(key);
      else this.#state.set(key, kept);
    }
  }
}

function keeperBy(policy: KeyPolicyChange | undefined): Kept['keeper'] | undefined {
  if (policy === undefined) return undefined;
  return 'allOf' in policy ? 'customs' : 'open';
}
