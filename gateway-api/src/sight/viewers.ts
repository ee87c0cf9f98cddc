import { customsMspId, ownerOfId } from '@passage/domain';
import type { StateKind, StateRecords } from '@passage/domain';

/*
 * Who gains sight of what, by what the ledger says. Sight once gained stays: whoever is named later sees what was before, too.
 * Three kinds of viewers: a party, an organisation through whose hands goods pass, and customs in its territory.
 */

export const partyViewer = (party: string): string => `party:${party}`;
export const organizationViewer = (mspId: string): string => `organization:${mspId}`;
export const customsViewer = (mspId: string): string => `customs:${mspId}`;

/** What a lot is called among the things that are seen; a consignment has its UCR. */
export const lotSubject = (lot: string): string => `lot:${lot}`;

/** What is seen, and by whom. */
export interface Gain {
  readonly subject: string;
  readonly viewers: readonly string[];
}

/** Who wrote a record: the creator of its transaction, and the party that it said it acts for. */
export interface Author {
  readonly mspId?: string;
  readonly party?: string;
  readonly onBehalfOf?: string;
}

type GainBy<Kind extends StateKind> = (record: StateRecords[Kind], author: Author) => Gain;

const gains: { readonly [Kind in StateKind]?: GainBy<Kind> } = {
  shipment: ({ ucr, opener, parties, customs }) => ({
    subject: ucr,
    viewers: [
      ...named(opener, parties.importer, parties.declarant, parties.seller),
      customsViewer(customs ?? customsMspId),
    ],
  }),
  naming: ({ ucr, partyId }) => ({ subject: ucr, viewers: named(partyId) }),
  custody: ({ ucr, custodian }) => ({ subject: ucr, viewers: named(custodian) }),
  handover: ({ ucr, from, to, status }, { mspId }) => ({
    subject: ucr,
    viewers: [
      ...named(from, to),
      ...(status === 'accepted' && mspId !== undefined ? [organizationViewer(mspId)] : []),
    ],
  }),
  pickup: ({ ucr, from, carrier }) => ({ subject: ucr, viewers: named(from, carrier) }),
  inspection: ({ ucr, to }) => ({ subject: ucr, viewers: named(to) }),
  declaration: ({ ucr, declaration }) => ({ subject: ucr, viewers: named(ownerOfId(declaration)) }),
  lot: ({ lot, holder, offer }) => ({ subject: lotSubject(lot), viewers: named(holder, offer?.to) }),
  certificate: ({ lot, certificate }) => ({
    subject: lotSubject(lot),
    viewers: named(ownerOfId(certificate)),
  }),
};

function named(...parties: readonly (string | undefined)[]): readonly string[] {
  return parties.flatMap((party) => (party === undefined ? [] : [partyViewer(party)]));
}

/** Who gains sight by a record. A mandatary sees what it has acted upon. */
export function gainedBy<Kind extends StateKind>(
  kind: Kind,
  record: StateRecords[Kind],
  author: Author,
): Gain | undefined {
  const gain = gains[kind]?.(record, author);
  if (!gain || author.onBehalfOf === undefined) return gain;
  return { ...gain, viewers: [...gain.viewers, ...named(author.party)] };
}

/**
 * Who gains sight of a consignment because a device saw its goods: the organisation whose device stands at a place. A device
 * that travels sees goods wherever they are, so it gives nobody sight.
 */
export function gainedByObservation(
  ucr: string,
  { mspId, place }: { readonly mspId: string; readonly place?: string },
): Gain | undefined {
  return place === undefined ? undefined : { subject: ucr, viewers: [organizationViewer(mspId)] };
}
