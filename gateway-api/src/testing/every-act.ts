import { prologue, scenarios, scenesOf } from '@passage/domain/testing';
import { custodyChain } from '@passage/evidence/testing';
import type { Told } from '@passage/evidence/testing';

import type { Trust } from '../trust.js';
import { trustIn } from './generated-chain.js';

/** Serialized blocks of a chain, from the first, and where trust in it starts. */
export interface StoryChain {
  readonly blocks: readonly Uint8Array[];
  readonly trust: Trust;
}

const today = new Date('2026-01-01T00:00:00.000Z');

/** A chain of Fabric's blocks in which every act of the custody rules is carried out, one to a block. */
export function everyActChain(): StoryChain {
  const chain = custodyChain((ledger) => [...prologue(ledger), ...everyAct(ledger)]);
  return { blocks: [...chain.blocks()].map(({ bytes }) => bytes), trust: trustIn(chain) };
}

/** Every scene that writes, and needs no values that stand in no block. */
function everyAct(ledger: string): readonly Told[] {
  const told = scenarios.flatMap((scenario) => scenesOf(scenario, ledger, today));
  return told.filter(
    ({ expect: to, openings }) => to.refused === undefined && to.writes.length > 0 && openings === undefined,
  );
}
