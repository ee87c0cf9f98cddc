import { decodeBase64url, encodeBase64url } from '@passage/domain';
import { bareEnvelope, BUNDLE_FORMAT } from '../bundle/index.js';
import { EvidenceError } from '../errors.js';
import { networkOf } from '../head/index.js';
import type { BundleEvent, BundleKind, BundleOpening, EvidenceBundle } from '../bundle/index.js';
import type { SignedTreeHead } from '../head/index.js';
import type { SignedShipmentStatement } from '../shipment-statement/index.js';
import type { CollectedEvent, ShipmentMaterial } from './material.js';

/** What a bundle is made of. */
export interface BundleMaterial {
  readonly kind: BundleKind;
  readonly channel: string;
  readonly genesisHash: string;
  /** From the blocks below the height of head and statement. */
  readonly shipment: ShipmentMaterial;
  /** Needed for proofs. */
  readonly head?: SignedTreeHead;
  /** By two organisations; without it the bundle is not complete. */
  readonly statement?: SignedShipmentStatement;
  readonly openings?: readonly BundleOpening[];
}

/**
 * Puts a bundle together. It is not looked at once more: `verifyBundle` does that.
 *
 * @throws EvidenceError NO_EVENTS, or MATERIAL_MISSING where head or statement are missing or of another height
 */
export function buildBundle(material: BundleMaterial): EvidenceBundle {
  const { kind, channel, genesisHash, shipment, head, statement, openings = [] } = material;
  const { ucr, height, configuration, tip, blocks, events, keys, state, devices } = shipment;
  needEvents(shipment);
  const proofs = kind === 'proofs' ? needed(head, height) : undefined;
  if (statement) needHeight(statement.statement, height);
  const isSigned = statement !== undefined || proofs !== undefined;
  const last = isSigned ? Infinity : Math.max(...events.map(({ block }) => block));
  return {
    format: BUNDLE_FORMAT,
    network: networkOf(channel),
    kind,
    genesisHash,
    ucr,
    configuration: configuration.filter(({ number }) => number <= last).map(({ packed }) => packed),
    tips: isSigned && tip !== undefined ? [tip] : [],
    blocks: kind === 'blocks' ? blocks : [],
    events: proofs ? provenEvents(shipment) : events.map(placedEvent),
    keys,
    openings,
    ...(proofs && { head: proofs }),
    ...(statement ? { state, devices, statement } : { state: [], devices: [] }),
  };
}

function needEvents({ events, ucr, height }: ShipmentMaterial): void {
  if (events.length > 0) return;
  throw new EvidenceError(
    'NO_EVENTS',
    `the ledger has no event of consignment ${ucr} up to height ${height}: compare the UCR`,
  );
}

function needed(head: SignedTreeHead | undefined, height: number): SignedTreeHead {
  if (head === undefined) {
    throw new EvidenceError(
      'MATERIAL_MISSING',
      'a bundle of proofs stands on a signed tree head: sign one, or ask for a bundle of blocks',
    );
  }
  needHeight(head.head, height);
  return head;
}

function needHeight({ height: found }: { readonly height: number }, height: number): void {
  if (found === height) return;
  throw new EvidenceError(
    'MATERIAL_MISSING',
    `what was signed is of height ${found}, and the blocks end at ${height}: take one of this height`,
  );
}

function placedEvent({ id, jws, block, transaction }: CollectedEvent): BundleEvent {
  return { id, ...(jws !== undefined && { jws }), block, transaction };
}

/** The events of the consignment with their paths to the root over all events so far. */
export function provenEvents({
  events,
  path,
}: Pick<ShipmentMaterial, 'events' | 'path'>): readonly BundleEvent[] {
  return events.map(({ id, jws, envelope, leaf }) => ({
    id,
    ...(jws === undefined ? { envelope: bare(envelope) } : { jws }),
    leaf,
    path: path(leaf).map(encodeBase64url),
  }));
}

/** Without what a bundle does not take, and nobody has signed. */
function bare(envelope: string): string {
  return encodeBase64url(bareEnvelope(decodeBase64url(envelope) ?? new Uint8Array()));
}
