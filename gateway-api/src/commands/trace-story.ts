import { transportModes } from '@passage/domain';
import type { TransportMode } from '@passage/domain';

/** How an answer was verified, as the gateway says it. */
export interface Verified {
  readonly checks: readonly string[];
  readonly notChecked: readonly string[];
  readonly asOfBlock: number;
  readonly block: number;
  readonly transactionId: string;
  readonly embedded: boolean;
}

interface PlaceAnswer {
  readonly id: string;
  readonly unlocode: string | null;
}

interface ActAnswer {
  readonly party: string | null;
  readonly role: string | null;
  readonly mspId: string;
  readonly keyHeldBy: string | null;
}

interface EventBase {
  readonly id: string;
  readonly recordedAt: string;
  readonly place: PlaceAnswer | null;
  readonly verification: Verified;
}

/** One event of a trace, by its GraphQL type. */
export type TraceEvent = EventBase &
  (
    | { readonly __typename: 'ShipmentOpened'; readonly custodian: string; readonly act: ActAnswer }
    | {
        readonly __typename: 'Observation';
        readonly statementId: string;
        readonly seq: number;
        readonly eventTime: string | null;
        readonly bizStep: string | null;
        readonly device: { readonly kid: string; readonly kind: string; readonly owner: string };
      }
    | {
        readonly __typename: 'HandoverStep';
        readonly step: 'offered' | 'accepted' | 'rejected';
        readonly handover: {
          readonly number: number;
          readonly from: string;
          readonly to: string;
          readonly reason: string | null;
        };
        readonly act: ActAnswer;
      }
    | { readonly __typename: 'CustomsDecision'; readonly decision: string; readonly act: ActAnswer }
    | { readonly __typename: 'ErrorDeclared' }
  );

/** Everything the story is told from. */
export interface TraceAnswer {
  readonly shipment: {
    readonly ucr: string;
    readonly opener: string;
    readonly importer: string;
    readonly seller: string | null;
    readonly origin: string;
    readonly departure: string;
    readonly transportMode: string;
    readonly goods: readonly { readonly hs: string; readonly hsEdition: string }[];
    readonly verification: Verified;
  };
  readonly custody: { readonly custodian: string; readonly since: string; readonly verification: Verified };
  readonly where: PlaceAnswer | null;
  readonly seenBy: readonly {
    readonly kid: string;
    readonly kind: string;
    readonly owner: string;
    readonly status: string;
  }[];
  readonly totalCount: number;
  readonly events: readonly TraceEvent[];
}

/** A shipment's story for people: what it is, what happened, who has it now, and what all this rests on. */
export function tellStory({ shipment, custody, where, seenBy, events }: TraceAnswer): string {
  const goods = shipment.goods.map((g) => `HS ${g.hs} (${g.hsEdition})`).join(', ');
  return [
    `Shipment ${shipment.ucr}`,
    `  ${goods} from ${shipment.origin}, departed ${shipment.departure} by ${modeName(shipment.transportMode)}`,
    `  importer ${shipment.importer}${shipment.seller === null ? '' : `, seller ${shipment.seller}`}`,
    '',
    ...events.map(tellEvent),
    '',
    `Now with ${custody.custodian}, since ${custody.since}${where ? `; last seen at ${placeName(where)}` : ''}`,
    `Seen by ${seenBy.length === 0 ? 'no device' : seenBy.map((d) => `${d.kind} ${d.kid.slice(0, 8)}… of ${d.owner}`).join(', ')}`,
    ...tellVerification(
      events.map((e) => e.verification).concat(shipment.verification, custody.verification),
    ),
    '',
  ].join('\n');
}

/** The mode's name (UNECE Recommendation 19). */
function modeName(code: string): string {
  return Object.hasOwn(transportModes, code)
    ? transportModes[code as TransportMode].replaceAll('_', ' ')
    : code;
}

function tellEvent(event: TraceEvent): string {
  const place = event.place ? ` at ${placeName(event.place)}` : '';
  return `  block ${String(event.verification.block).padStart(5)}  ${what(event)}${place}`;
}

function what(event: TraceEvent): string {
  switch (event.__typename) {
    case 'ShipmentOpened':
      return `opened by ${actor(event.act)}; ${event.custodian} has the goods`;
    case 'Observation': {
      const step = event.bizStep === null ? 'seen' : event.bizStep.replaceAll('_', ' ');
      return `${event.eventTime ?? 'at an unknown time'}  ${step}: ${event.device.kind} ${event.device.kid.slice(0, 8)}…`;
    }
    case 'HandoverStep':
      return handoverStep(event.step, event.handover, event.act);
    case 'CustomsDecision':
      return `${event.decision.replaceAll('_', ' ')}: ${actor(event.act)}`;
    case 'ErrorDeclared':
      return "a device's owner declares an earlier statement in error";
  }
}

function handoverStep(
  step: 'offered' | 'accepted' | 'rejected',
  { from, to, reason }: { from: string; to: string; reason: string | null },
  act: ActAnswer,
): string {
  if (step === 'offered') return `${actor(act)} offers the goods to ${to}`;
  if (step === 'accepted') return `${actor(act)} takes the goods over from ${from}`;
  return `${actor(act)} does not take the goods from ${from}: ${reason ?? 'no reason given'}`;
}

function actor({ party, role, mspId, keyHeldBy }: ActAnswer): string {
  if (party === null) return `the administrator of ${mspId}`;
  return `${party} (${role ?? 'no role'}${keyHeldBy === null ? '' : `, key held by ${keyHeldBy}`})`;
}

function placeName({ id, unlocode }: PlaceAnswer): string {
  return unlocode ?? id;
}

/** What every event has in common was checked of all; what only some have is not claimed for the rest. */
function tellVerification(all: readonly Verified[]): string[] {
  const [first] = all;
  if (!first) return [];
  const common = first.checks.filter((check) => all.every((v) => v.checks.includes(check)));
  const missing = [...new Set(all.flatMap((v) => v.notChecked))];
  return [
    `Checked of every transaction above, as of block ${String(first.asOfBlock)}: ${common.join('; ')}`,
    ...(missing.length === 0 ? [] : [`Not checked: ${missing.join('; ')}`]),
    ...(first.embedded
      ? ['This is the embedded network: one machine holds every key, so it proves nothing to anyone else.']
      : []),
  ];
}
