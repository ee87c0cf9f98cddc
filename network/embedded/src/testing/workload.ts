import type { Contract } from '@hyperledger/fabric-gateway';
import { encodeSignaturePolicy, parsePolicy, toHex } from '@passage/ledger';

import type { OrganizationName } from '../network.js';
import type { CollectionWish } from './collections.js';

/** Collections with a policy of their own, an end of life, and members that a single peer of the network is or is not. */
export const WORKLOAD_COLLECTIONS: readonly CollectionWish[] = [
  { name: 'shared', members: "OR('CustomsMSP.member', 'PortMSP.member')" },
  {
    name: 'guarded',
    members: "OR('CustomsMSP.member', 'BusinessMSP.member', 'AuditorMSP.member')",
    endorsement: "AND('CustomsMSP.peer', OR('PortMSP.peer', 'BusinessMSP.peer'))",
  },
  { name: 'fleeting', members: "OR('CustomsMSP.member', 'AuditorMSP.member')", blockToLive: 3 },
];

const COLLECTIONS = [
  ...WORKLOAD_COLLECTIONS.map(({ name }) => name),
  '_implicit_org_CustomsMSP',
  '_implicit_org_AuditorMSP',
];
const POLICIES = [
  "AND('CustomsMSP.peer', OR('PortMSP.peer', 'BusinessMSP.peer'))",
  "OR('PortMSP.peer', 'AuditorMSP.peer')",
  "OutOf(2, 'CustomsMSP.peer', 'PortMSP.peer', 'BusinessMSP.peer')",
].map((text) => toHex(encodeSignaturePolicy(parsePolicy(text))));
const MSP_IDS = ['CustomsMSP', 'PortMSP', 'BusinessMSP', 'AuditorMSP'];

/** Numbers that look random and are the same for the same seed (mulberry32). */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** A whole number below `sides`. */
  roll(sides: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  }

  one<T>(choices: readonly [T, ...T[]] | readonly T[]): T {
    return choices[this.roll(choices.length)] as T;
  }
}

interface Call {
  readonly name: string;
  readonly args: readonly string[];
  readonly secret?: string;
}

/** One random call; few keys, so that calls meet. */
function randomCall(dice: Dice): Call {
  const key = `w${String(dice.roll(25)).padStart(2, '0')}`;
  const collection = dice.one(COLLECTIONS);
  const policy = dice.one([...POLICIES, '']);
  const calls: (() => Call)[] = [
    () => ({ name: 'put', args: [key, `value ${dice.roll(1000)}`] }),
    () => ({ name: 'increment', args: [key] }),
    () => ({ name: 'increment', args: ['counter'] }),
    () => ({ name: 'delete', args: [key] }),
    () => ({ name: 'countRange', args: ['w05', 'w15', `count${dice.roll(3)}`] }),
    () => ({ name: 'putMany', args: [`w${dice.roll(10)}x`, '60'] }),
    () => ({ name: 'countRange', args: ['w', 'x', `count${dice.roll(3)}`] }),
    () => ({ name: 'putPrivate', args: [collection, key], secret: `secret ${dice.roll(1000)}` }),
    () => ({ name: 'putPrivate', args: [collection, key, `open ${dice.roll(1000)}`] }),
    () => ({ name: 'deletePrivate', args: [collection, key] }),
    () => ({ name: 'purgePrivate', args: [collection, key] }),
    () => ({ name: 'measurePrivate', args: [collection, key, `length${dice.roll(3)}`] }),
    () => ({ name: 'getPrivateHash', args: [collection, key] }),
    () => ({ name: 'putPolicy', args: [key, policy] }),
    () => ({ name: 'putPolicy', args: [key, policy, 'with its policy'] }),
    () => ({ name: 'putPrivatePolicy', args: [collection, key, policy] }),
    () => ({ name: 'event', args: ['happened', key] }),
  ];
  return dice.one(calls)();
}

/** What became of the calls of a workload: validation codes, and refusals before any block. */
export type Tally = Map<number | 'refused', number>;

/**
 * One client after another picks a call, sometimes endorsers of its own, and waits for its fate; refusals are part of the
 * game.
 */
export async function runClient(
  contracts: ReadonlyMap<OrganizationName, Contract>,
  dice: Dice,
  calls: number,
  tally: Tally,
): Promise<void> {
  const from = [...contracts.keys()].filter((name) => name !== 'auditor');
  for (let count = 0; count < calls; count++) {
    const fate = await send(contracts.get(dice.one(from)) as Contract, dice);
    tally.set(fate, (tally.get(fate) ?? 0) + 1);
  }
}

async function send(contract: Contract, dice: Dice): Promise<number | 'refused'> {
  const { name, args, secret } = randomCall(dice);
  const start = dice.roll(4);
  const endorsingOrganizations = dice.roll(3) > 0 ? [] : MSP_IDS.slice(start, start + 1 + dice.roll(4));
  try {
    const proposal = contract.newProposal(name, {
      arguments: [...args],
      ...(secret !== undefined && { transientData: { value: secret } }),
      ...(endorsingOrganizations.length > 0 && { endorsingOrganizations }),
    });
    const commit = await (await proposal.endorse()).submit();
    return (await commit.getStatus()).code;
  } catch {
    return 'refused';
  }
}
