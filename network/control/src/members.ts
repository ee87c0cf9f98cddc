import { heldNetwork } from './held-network.js';
import { type Layout, organizations } from './layout.js';

/** An organisation of the network that a folder holds. */
export interface Member {
  readonly name: string;
  /** Its place among all; its ports count from it. */
  readonly index: number;
  /** Whether it runs an orderer. */
  readonly orders: boolean;
  readonly hasGateway: boolean;
}

/** Everybody: those who founded the channel, then those who joined, in the order in which they came. */
export function members(at: Layout): readonly Member[] {
  const founders = organizations.map((name, index) => ({
    name,
    index,
    orders: true,
    hasGateway: name !== 'auditor',
  }));
  const joined = (heldNetwork(at)?.joined ?? []).map(({ name, orders }, position) => ({
    name,
    index: founders.length + position,
    orders,
    hasGateway: true,
  }));
  return [...founders, ...joined];
}
