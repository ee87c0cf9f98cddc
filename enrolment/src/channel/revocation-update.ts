import {
  ConfigUpdate,
  decode,
  encode,
  FabricMSPConfig,
  MSPConfig,
  readRevocationList,
} from '@passage/ledger';
import type { ChannelConfig, ConfigGroup, Encodable } from '@passage/ledger';

import { EnrolmentError, messageOf } from '../errors.js';

/** The two groups in which an organisation's MSP stands; both must stay the same (F:common/channelconfig/msp.go). */
const SIDES = ['Application', 'Orderer'] as const;

/** An organisation's group on one side, and its MSP there. */
interface Place {
  readonly side: string;
  readonly name: string;
  readonly group: ConfigGroup;
  readonly outer: MSPConfig;
  readonly inner: FabricMSPConfig;
}

/**
 * The update (common.ConfigUpdate bytes) that puts a revocation list (PEM) in place of the older ones of an organisation.
 * Its own administrator alone may allow it. Undefined when what the channel has revokes exactly the same.
 * Throws EnrolmentError CHANNEL_REFUSED for an organisation that the channel does not have, and for what is no list.
 */
export function revocationUpdate(config: ChannelConfig, mspId: string, list: string): Uint8Array | undefined {
  const places = placesOf(config, mspId);
  if (places.length === 0) {
    throw new EnrolmentError('CHANNEL_REFUSED', `channel ${config.channelId} has no organisation ${mspId}`, {
      next: 'Check --org: the MSP id is that of the profile.',
    });
  }
  const bytes = Buffer.from(list);
  const wanted = revokedBy([bytes]);
  if (places.every(({ inner }) => isSame(revokedBy(inner.revocationList), wanted))) return undefined;
  return encode(ConfigUpdate, {
    channelId: config.channelId,
    readSet: tree(config.group, places, ({ group }) => ({ version: group.version })),
    writeSet: tree(config.group, places, (place) => withList(place, bytes)),
  });
}

/** Serial numbers on the lists. */
function revokedBy(lists: readonly Uint8Array[]): ReadonlySet<string> {
  try {
    return new Set(lists.flatMap((list) => [...readRevocationList(list).revoked]));
  } catch (cause) {
    throw new EnrolmentError(
      'CHANNEL_REFUSED',
      `what should go into the channel is no revocation list: ${messageOf(cause)}`,
      {
        next: 'Give a PEM file that --crl-out wrote, or leave --from out.',
        cause,
      },
    );
  }
}

function isSame(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((serial) => other.has(serial));
}

/** The root, the sides and the organisation's groups, in the versions they have. */
function tree(
  root: ConfigGroup,
  places: readonly Place[],
  organization: (place: Place) => Encodable<ConfigGroup>,
): Encodable<ConfigGroup> {
  const sides = places.map((place): [string, Encodable<ConfigGroup>] => {
    const version = root.groups.get(place.side)?.version ?? 0;
    return [place.side, { version, groups: new Map([[place.name, organization(place)]]) }];
  });
  return { version: root.version, groups: new Map(sides) };
}

/** The organisation's group with the list in its MSP, which is one version on. */
function withList({ group, outer, inner }: Place, list: Uint8Array): Encodable<ConfigGroup> {
  const { version = 0, modPolicy = '' } = group.values.get('MSP') ?? {};
  const value = encode(MSPConfig, {
    ...outer,
    config: encode(FabricMSPConfig, { ...inner, revocationList: [list] }),
  });
  return { version: group.version, values: new Map([['MSP', { version: version + 1, modPolicy, value }]]) };
}

function placesOf({ group: root }: ChannelConfig, mspId: string): Place[] {
  return SIDES.flatMap((side) =>
    [...(root.groups.get(side)?.groups ?? [])].flatMap(([name, group]) => {
      const value = group.values.get('MSP')?.value;
      if (value === undefined) return [];
      const outer = decode(MSPConfig, value);
      const inner = decode(FabricMSPConfig, outer.config);
      return inner.name === mspId ? [{ side, name, group, outer, inner }] : [];
    }),
  );
}
