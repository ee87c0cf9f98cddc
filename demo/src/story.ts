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
    | { readonly __typename: 'CustomsDecision'; readonly decision: string; readonly act: Act }
    | {
        readonly __typename: 'Observation';
        readonly device: { readonly kind: string; readonly kid: string };
        readonly eventTime: string | null;
        readonly bizStep: string | null;
        readonly disposition: string | null;
      }
  );

/** What a connection of the gateway answers, as far as it is told. */
interface Page<Node> {
  readonly nodes: readonly Node[];
}

interface Inspection {
  readonly number: number;
  readonly kind: string;
  readonly to: string;
  readonly result: string | null;
  readonly turnaround: readonly { readonly step: string; readonly sinceOrder: number }[];
}

/** One shipment as a gateway tells it. */
export interface Story {
  readonly shipment: {
    readonly ucr: string;
    readonly goods: readonly { readonly hs: string; readonly hsEdition: string }[];
    readonly origin: string;
    readonly departure: string;
    readonly transportMode: string;
    readonly importer: string;
    readonly customs: {
      readonly status: string;
      readonly release: { readonly by: string; readonly legalBasis: string } | null;
    } | null;
    readonly declarations: Page<{
      readonly id: string;
      readonly version: number;
      readonly status: string;
    }>;
    readonly risks: Page<{
      readonly score: number;
      readonly contributions: readonly { readonly rule: string; readonly points: number }[];
    }>;
    readonly inspections: Page<Inspection>;
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
  shipment(ucr: $ucr) {
    ucr goods { hs hsEdition } origin departure transportMode importer
    customs { status release { by legalBasis } }
    declarations { nodes { id version status } }
    risks { nodes { score contributions { rule points } } }
    inspections { nodes { number kind to result turnaround { step sinceOrder } } }
    custody { custodian since }
    where { id unlocode }
    verification { checks notChecked asOfBlock embedded }
  }
  trace(ucr: $ucr, first: 100) {
    totalCount
    edges { node {
      __typename recordedAt place { id unlocode } verification { block }
      ... on ShipmentOpened { custodian act { party role keyHeldBy } }
      ... on Observation { device { kind kid } eventTime bizStep disposition }
      ... on CustomsDecision { decision act { party role keyHeldBy } }
      ... on HandoverStep { step handover { from to } act { party role keyHeldBy } }
    } }
  }
}`;

interface Answer {
  readonly shipment: (Story['shipment'] & Pick<Story, 'custody' | 'where' | 'verification'>) | null;
  readonly trace: {
    readonly totalCount: number;
    readonly edges: readonly { readonly node: TimelineEvent }[];
  } | null;
}

/** Asks a gateway for a shipment's story, told from what it has verified up to a block at least. */
export async function readStory(gateway: GraphQLClient, ucr: string, afterBlock: number): Promise<Story> {
  const { shipment, trace } = await gateway<Answer>(query, { ucr }, afterBlock);
  if (shipment === null || trace === null) throw new Error(`the gateway does not know ${ucr}`);
  const { custody, where, verification } = shipment;
  const { totalCount, edges } = trace;
  return {
    shipment,
    custody,
    where,
    totalCount,
    events: edges.map(({ node }) => node),
    verification,
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
    case 'CustomsDecision':
      return `${event.decision.replaceAll('_', ' ')} by ${event.act.party ?? 'customs'}${held(event.act)}`;
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

/** What customs did, as lines of text. */
function control({ customs, declarations, risks, inspections }: Story['shipment']): readonly string[] {
  const { release = null, status = 'undecided' } = customs ?? {};
  return [
    ...declarations.nodes.map(
      ({ id, version, status: now }) => `declaration ${id}, version ${String(version)}: ${now}`,
    ),
    ...risks.nodes.map(
      ({ score, contributions }) =>
        `risk ${String(score)}: ${contributions.map(({ rule, points }) => `${rule} ${String(points)}`).join(', ') || 'no rule had anything to say'}`,
    ),
    ...inspections.nodes.map(({ number, kind, to, result, turnaround }) => {
      const steps = turnaround.map(({ step, sinceOrder }) => `${step} ${String(sinceOrder)} s`).join(', ');
      return `inspection ${String(number)}, ${kind} by ${to}: ${steps}; ${result ?? 'no result yet'}`;
    }),
    release === null ? status : `${status} by ${release.by} (${release.legalBasis})`,
  ].map((line) => `    customs: ${line}`);
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
    ...control(shipment),
    ...story.events.map(row),
    `    (times of observations are the devices' claims; the block is the authority for before and after)`,
    `  Verified up to block ${String(verification.asOfBlock)}: ${verification.checks.join(', ')}`,
    `  Not checked: ${verification.notChecked.join('; ')}`,
    ...(verification.embedded
      ? ['  Embedded network: one machine holds every key, so this proves nothing to anyone else.']
      : []),
  ];
}
