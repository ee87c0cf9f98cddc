import { stop } from './down.js';
import { ControlError } from './errors.js';
import { heldNetwork, type HeldNetwork, holdNetwork } from './held-network.js';
import type { JoinedOrganization } from './joined-organization.js';
import { defaultBasePort, layout, type Layout, organizations } from './layout.js';
import { type Member, members } from './members.js';
import { chaincodeProcesses, networkProcesses } from './plan.js';
import { needFreePorts } from './ports.js';
import { up, type UpOptions } from './up.js';

export interface AddOptions extends Pick<UpOptions, 'dir' | 'onReady'> {
  readonly name: string;
  /** Without it the name, written as the others are: customs2 becomes Customs2MSP. */
  readonly mspId?: string;
  /** Whether it runs an orderer, too. */
  readonly orders: boolean;
}

/** What came of it. */
export interface Added {
  readonly layout: Layout;
  readonly member: Member;
  readonly mspId: string;
  /** How many organisations run an orderer, before and after. */
  readonly orderers: { readonly before: number; readonly after: number };
  readonly started: readonly string[];
}

/** Names become folders, and parts of process names; the form of MSP ids is Fabric's. */
const nameForm = /^[a-z][a-z0-9]{0,30}$/;
const mspIdForm = /^[A-Za-z][A-Za-z0-9.-]{0,62}$/;

/** An organisation's MSP id where nobody says otherwise. */
const usualMspId = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}MSP`;

/**
 * Lets one more organisation join the channel of the network in the folder: its CA, identities, peer, chaincode server and
 * gateway, and with `orders` an orderer. Asked for again it repairs what is missing, and one that did not order may begin to.
 * Fabric's processes go on running; the embedded network starts anew for it.
 *
 * @throws ControlError NOT_STARTED where the folder holds no network, ORGANIZATION_UNUSABLE, PORT_IN_USE, and what `up` throws
 */
export async function addOrganization(options: AddOptions): Promise<Added> {
  const { dir, name, orders, mspId = usualMspId(name) } = options;
  const asked = layout(dir, defaultBasePort);
  const held = heldNetwork(asked);
  if (held === undefined) throw new ControlError('NOT_STARTED', `${asked.dir} holds no network.`);
  const at = layout(dir, held.basePort);
  const before = ordererCount(at);
  const joined = withOne(held, { name, mspId, orders });
  if (joined !== held.joined) {
    await needRoom(at, held, name);
    holdNetwork(at, { ...held, joined });
    if (held.network === 'embedded') await stopForRestart(at);
  }
  const { started } = await up(options);
  const member = members(at).find((one) => one.name === name);
  if (member === undefined) throw new TypeError(`${name} was not noted`);
  return { layout: at, member, mspId, orderers: { before, after: ordererCount(at) }, started };
}

const ordererCount = (at: Layout): number => members(at).filter(({ orders }) => orders).length;

/** Who joined so far and this one; the same list if nothing is new. */
function withOne({ joined = [] }: HeldNetwork, wanted: JoinedOrganization): readonly JoinedOrganization[] {
  const { name, mspId, orders } = wanted;
  if (!nameForm.test(name))
    throw unusable(`The name ${name} is not lower-case letters and digits, a letter first.`);
  if (!mspIdForm.test(mspId)) throw unusable(`${mspId} is no MSP id.`);
  const known = joined.find((one) => one.name === name && one.mspId === mspId);
  if (known !== undefined)
    return known.orders || !orders ? joined : joined.map((one) => (one === known ? wanted : one));
  const founders = organizations.map((founder) => ({ name: founder, mspId: usualMspId(founder) }));
  const other = [...founders, ...joined].find((one) => one.name === name || one.mspId === mspId);
  if (other !== undefined) throw unusable(`${other.name} with ${other.mspId} is a member already.`);
  return [...joined, wanted];
}

/** A new organisation's ports have to be free before anything is changed. */
async function needRoom(at: Layout, held: HeldNetwork, name: string): Promise<void> {
  if (held.joined?.some((one) => one.name === name) === true) return;
  const place = { index: members(at).length };
  const services = ['orderer', 'peer', 'ca', 'chaincode', 'gateway'] as const;
  await needFreePorts([{ ports: services.map((service) => at.port(place, service)) }]);
}

/** The embedded network reads who belongs to it when it starts; its chaincode, whose peers may call. */
async function stopForRestart(at: Layout): Promise<void> {
  const names = [...chaincodeProcesses(at), ...networkProcesses(at, 'embedded')];
  await Promise.all(names.map((name) => stop(at, name)));
}

function unusable(sentence: string): ControlError {
  return new ControlError('ORGANIZATION_UNUSABLE', sentence);
}
