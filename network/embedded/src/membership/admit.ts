import {
  computeConfigUpdate,
  withConsenter,
  withMember,
  withOrderer,
  type ChannelConfig,
  type ConfigGroup,
} from '@passage/ledger';

import { signConfigUpdate } from '../configuration/build-update.js';
import { NetworkError } from '../errors.js';
import { consenterOf } from '../genesis/orderer-group.js';
import type { Ledger, Orderer, Organization } from '../network.js';
import type { Joined } from './joined-organizations.js';

/** The member after whose model others join: it acts on the channel, and decides no more than one of several. */
const MODEL = 'PortMSP';

/** Certificates name it, and clients verify what they dial. */
const HOST = 'localhost';

export interface AdmissionParts {
  readonly ledger: Ledger;
  readonly orderer: Orderer;
  /** All organisations, those that are to join among them. */
  readonly organizations: readonly Organization[];
  now(): Date;
}

/**
 * Brings everybody who is noted as joined into the channel's configuration: one update for each, signed by customs, port and
 * business, as the policies for changes ask. Who is in already stays as it is.
 *
 * @throws NetworkError ORGANIZATION_REFUSED with what the orderer says
 */
export async function admitOrganizations(parts: AdmissionParts, joined: readonly Joined[]): Promise<void> {
  for (const one of joined) {
    const organization = parts.organizations.find(({ name }) => name === one.name);
    if (organization === undefined) throw new TypeError(`${one.name} has no keys`);
    const config = parts.ledger.config();
    const updated = admitted(config, organization, one.orders);
    if (updated !== config.group) await change(parts, config, updated);
  }
}

/** The configuration with the organisation in it; the same one if it is in already. */
function admitted(config: ChannelConfig, organization: Organization, orders: boolean): ConfigGroup {
  const { mspId, index, ports, caRootPem, tlsRootPem } = organization;
  const isMember = config.applicationOrganizations.has(mspId);
  const isConsenter = config.consenters.some(({ id }) => id === index + 1);
  const member = isMember
    ? config.group
    : withMember(config.group, MODEL, {
        mspId,
        rootCerts: [Buffer.from(caRootPem)],
        tlsRootCerts: [Buffer.from(tlsRootPem)],
        anchorPeer: { host: HOST, port: ports.peer },
      });
  if (!orders || isConsenter) return member;
  const ordering = withOrderer(member, MODEL, mspId, `${HOST}:${ports.orderer}`);
  return withConsenter(ordering, consenterOf(organization));
}

async function change(parts: AdmissionParts, config: ChannelConfig, updated: ConfigGroup): Promise<void> {
  const { ledger, orderer, organizations } = parts;
  const [customs, ...others] = organizations.map(({ admin }) => admin);
  if (customs === undefined) throw new TypeError('a network without organisations');
  const { channelId } = config;
  const update = signConfigUpdate({
    channelId,
    configUpdate: computeConfigUpdate(channelId, config.group, updated),
    signers: [customs, ...others.slice(0, 2)],
    submitter: customs,
    now: parts.now(),
  });
  const inForce = new Promise<void>((resolve) => {
    const stop = ledger.onCommit(() => {
      if (ledger.config().sequence === config.sequence) return;
      stop();
      resolve();
    });
  });
  const { status, info } = await orderer.broadcast(update);
  if (status !== 200) throw new NetworkError('ORGANIZATION_REFUSED', info);
  await inForce;
}
