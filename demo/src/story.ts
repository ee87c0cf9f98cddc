import type { GraphQLClient } from './graphql-client.js';

interface Act {
  readonly party: string | null;
  readonly role: string | null;
  readonly keyHeldBy: string | null;
}

interface Recorded {
  readonly recordedAt: string;
  readonly place: { readonly id: string; readonly unlocode: string | null } | null;
  readonly verification: { readonly block: number };
}

type TimelineEvent = Recorded &
  (
    | { readonly __typename: 'ShipmentOpened'; readonly custodian: string; readonly act: Act }
    | {
        readonly __typename: 'HandoverStep';
        readonly step: string;
        readonly handover: { readonly from: string; readonly to: string };
        readonly act: Act;
      }
    | {
        readonly __typename: 'Observation';
        readonly device: { readonly kind: string; readonly kid: string };
        readonly eventTime: string | null;
        readonly bizStep: string | null;
        readonly disposition: string | null;
      }
  );

/** One shipment as a gateway tells it. */
export interface Story {
  readonly shipment: {
    readonly ucr: string;
    readonly goods: readonly { readonly hs: string; readonly hsEdition: string }[];
    readonly origin: string;
    readonly departure: string;
    readonly transportMode: string;
    readonly importer: string;
  };
  readonly custody: { readonly custodian: string; readonly since: string };
  readonly where: { readonly id: string; readonly unlocode: string | null } | null;
  readonly totalCount: number;
  readonly events: readonly TimelineEvent[];
  readonly verification: {
    readonly checks: readonly string[];
    readonly notChecked: readonly string[];
    readonly asOfBlock: number;
    readonly embedded: boolean;
  };
}

const query = `query Story($ucr: UCR!) {
  trace(ucr: $ucr, first: 100) {
    shipment {
      ucr goods { hs hsEdition } origin departure transportMode importer
      verification { checks notChecked asOfBlock embedded }
    }
    custody { custodian since }
    where { id unlocode }
    totalCount
    edges { node {
      __typename recordedAt place { id unlocode } verification { block }
      ... on ShipmentOpened { custodian act { party role keyHeldBy } }
      ... on Observation { device { kind kid } eventTime bizStep disposition }
      ... on HandoverStep { step handover { from to } act { party role keyHeldBy } }
    } }
  }
}`;

interface Answer {
  readonly trace: {
    readonly shipment: Story['shipment'] & { readonly verification: Story['verification'] };
    readonly custody: Story['custody'];
    readonly where: Story['where'];
    readonly totalCount: number;
    readonly edges: readonly { readonly node: TimelineEvent }[];
  } | null;
}

/** Asks a gateway for a shipment's story, told from what it has verified up to a block at least. */
export async function readStory(gateway: GraphQLClient, ucr: string, afterBlock: number): Promise<Story> {
  const { trace } = await gateway<Answer>(query, { ucr }, afterBlock);
  if (trace === null) throw new Error(`the gateway does not know ${ucr}`);
  const { shipment, custody, where, totalCount, edges } = trace;
  return {
    shipment,
    custody,
    where,
    totalCount,
    events: edges.map(({ node }) => node),
    verification: shipment.verification,
  };
}

const keyHolders: Readonly<Record<string, string>> = {
  gateway: ' [key held by gateway]',
  party: ' [own key]',
};

const held = ({ keyHeldBy }: Act): string => keyHolders[keyHeldBy ?? ''] ?? '';

/** What happened, in words. */
function happening(event: TimelineEvent): string {
  switch (event.__typename) {
    case 'ShipmentOpened':
      return `opened by ${event.act.party ?? 'an administrator'}, first custodian ${event.custodian}${held(event.act)}`;
    case 'HandoverStep':
      return `handover ${event.handover.from} -> ${event.handover.to} ${event.step}${held(event.act)}`;
    case 'Observation': {
      const { kind, kid } = event.device;
      return `${kind} ${kid.slice(0, 8)}: ${[event.bizStep, event.disposition].filter((word) => word !== null).join(', ')}`;
    }
  }
}

/** One line: the block, the time (a device's claim, or the transaction's), the place, what happened. */
function row(event: TimelineEvent): string {
  const claimed = event.__typename === 'Observation' ? event.eventTime : null;
  const time = (claimed ?? event.recordedAt).slice(0, 16).replace('T', ' ');
  const place = event.place?.unlocode ?? event.place?.id ?? '';
  return `    block ${String(event.verification.block).padStart(4)}  ${time}  ${place.padEnd(26)}  ${happening(event)}`;
}

/** The story as lines of text: who had it, where, seen by which device, what was verified and up to which block. */
export function tellStory(story: Story): readonly string[] {
  const { shipment, custody, where, verification } = story;
  const goods = shipment.goods.map(({ hs, hsEdition }) => `HS ${hs} (${hsEdition})`).join(', ');
  return [
    `  Shipment ${shipment.ucr}`,
    `    ${goods}, origin ${shipment.origin}, departed from ${shipment.departure}, importer ${shipment.importer}`,
    `    custodian now: ${custody.custodian}, since ${custody.since}`,
    `    last seen at: ${where?.unlocode ?? where?.id ?? 'nowhere yet'}`,
    ...story.events.map(row),
    `    (times of observations are the devices' claims; the block is the authority for before and after)`,
    `  Verified up to block ${String(verification.asOfBlock)}: ${verification.checks.join(', ')}`,
    `  Not checked: ${verification.notChecked.join('; ')}`,
    ...(verification.embedded
      ? ['  Embedded network: one machine holds every key, so this proves nothing to anyone else.']
      : []),
  ];
}
