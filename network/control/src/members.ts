import { heldNetwork } from './held-network.js';
import { type Layout, organizations } from './layout.js';
import { type OwnOrganization, ownOrganization } from './own-organization.js';

/** An organisation of the network that a folder holds. */
export interface Member {
  readonly name: string;
  /** Its place among all; its ports count from it. */
  readonly index: number;
  /** Whether it runs an orderer. */
  readonly orders: boolean;
  readonly hasGateway: boolean;
  /** Where it listens, if not on loopback. */
  readonly host?: string;
  /** Where its second peer listens, with a chaincode server of its own; its ports are those of the first and a hundred. */
  readonly secondHost?: string;
}

/** In the folder of one organisation, that one. Otherwise everybody: those who founded the channel, then those who joined, in the order in which they came. */
export function members(at: Layout): readonly Member[] {
  const own = ownOrganization(at);
  if (own !== undefined) return [ownMember(own)];
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

/** Its ports count from a base of its own. */
function ownMember({ name, host, second }: OwnOrganization): Member {
  const member = { name, index: 0, orders: true, hasGateway: name !== 'auditor', host };
  return second === undefined ? member : { ...member, secondHost: second.host };
}
