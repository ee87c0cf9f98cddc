import { toHex } from '@passage/ledger';
import { eventLeaf } from '../events/index.js';
import { checkShipmentStatement, STATEMENT_QUORUM } from '../shipment-statement/index.js';
import { Frontier } from '../tree/index.js';
import { badSignature, unproven } from './tree-head.js';
import { fails, holds, notChecked } from './verdict.js';
import type { EvidenceBundle } from '../bundle/index.js';
import type { ShipmentStatement } from '../shipment-statement/index.js';
import type { ConfigBelow } from './tree-head.js';
import type { VerdictLine } from './verdict.js';

/** A shipment statement that proves something. */
export interface GoodStatement {
  readonly statement: ShipmentStatement;
  readonly organisations: readonly string[];
}

/** Whether two organisations say that these are all events of the consignment, in this order. */
export function verifyCompleteness(
  bundle: EvidenceBundle,
  configBelow: ConfigBelow,
): { readonly line: VerdictLine; readonly good?: GoodStatement } {
  if (bundle.statement === undefined) {
    return {
      line: notChecked('completeness', 'not proven: the bundle has no shipment statement'),
    };
  }
  const { statement } = bundle.statement;
  if (!isOfThis(statement, bundle)) {
    return {
      line: fails(
        'completeness',
        'STATEMENT_OF_ANOTHER',
        'not proven: the shipment statement is of another consignment or ledger',
      ),
    };
  }
  const config = configBelow(statement.height);
  if (config === undefined) return { line: unproven('completeness', statement.height) };
  const { verdicts, organisations, isProof } = checkShipmentStatement(bundle.statement, config.msps);
  const bad =
    badSignature(verdicts) ??
    (organisations.length < verdicts.length
      ? `${organisations.join(', ')} signed more than once`
      : undefined);
  if (bad !== undefined || !isProof) {
    const why =
      bad ?? `${organisations.join(', ')} alone signed, ${STATEMENT_QUORUM} organisations are needed`;
    return { line: fails('completeness', 'STATEMENT_SIGNERS', `not proven: ${why}`) };
  }
  const shown = bundle.events.length;
  if (statement.events !== shown || statement.root !== rootOf(bundle)) {
    const text = `not proven: the consignment has ${statement.events} events at height ${statement.height}, and the ${shown} of the bundle are not just these in this order`;
    return { line: fails('completeness', 'EVENTS_OTHER', text) };
  }
  const text = `proven: ${organisations.join(' and ')} say that these ${shown} events are all up to height ${statement.height}`;
  return { line: holds('completeness', text), good: { statement, organisations } };
}

function isOfThis({ genesisHash, network, ucr }: ShipmentStatement, bundle: EvidenceBundle): boolean {
  return genesisHash === bundle.genesisHash && network === bundle.network && ucr === bundle.ucr;
}

function rootOf({ events }: EvidenceBundle): string {
  const tree = new Frontier();
  for (const { id } of events) tree.append(eventLeaf(id));
  return toHex(tree.root());
}
