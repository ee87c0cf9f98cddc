import { readStatement, signedFor } from '@passage/domain';

import { STATEMENT_SIGNATURE } from '../index/links-alone.js';
import { recordedPayload } from '../index/recorded-payload.js';
import type { Origin, StatementTable, TransactionTable } from '../index/tables/index.js';
import { agreeing } from '../sources/source-state.js';
import type { GatewayContext } from './context.js';
import { recheck } from './recheck-node.js';

/** What a node needs to say where it stands on the ledger. */
export type Services = Pick<GatewayContext, 'reader' | 'whole' | 'status' | 'rechecks' | 'asOfBlock'>;

/** A GraphQL node: plain values, and functions for what costs another look. */
export type Node = Readonly<Record<string, unknown>>;

/** Of a statement that its owner filed when the key was revoked. */
const UNPROVEN =
  'whether it was signed before the key was revoked: its owner filed it afterwards, so it is unproven';

/** How a row was verified. `signatureHolds` is for what a device signed; `notChecked`, where more is to be said than of its block. */
export function verification(
  services: Services,
  origin: Origin,
  signatureHolds?: boolean,
  notChecked: () => readonly string[] = () => notCheckedOf(services, origin, signatureHolds === false),
): Node {
  const { status, asOfBlock } = services;
  return {
    checks: () => checksOf(services, origin, signatureHolds === true),
    notChecked,
    sources: () => status.sources,
    agreeing: () => agreeing(status.sources, origin.block).length,
    asOfBlock,
    block: origin.block,
    position: origin.position,
    transactionId: origin.transaction_id,
    embedded: status.embedded,
    recheck: () => recheck(services, origin),
  };
}

/** How the rows were verified from which something is computed: every block up to the answer's own. */
export function answerVerification({ status, asOfBlock }: Services): Node {
  return {
    checks: () => status.checks,
    notChecked: () => status.notCheckedUpTo(asOfBlock),
    sources: () => status.sources,
    agreeing: () => agreeing(status.sources, asOfBlock).length,
    asOfBlock,
    embedded: status.embedded,
  };
}

async function checksOf(
  { reader, status }: Services,
  { block }: Origin,
  isSigned: boolean,
): Promise<readonly string[]> {
  const row = await reader.chain.block(block);
  const ofBlock = row ? (JSON.parse(row.checks) as string[]) : [];
  return isSigned && !status.isLinked(block) ? [...ofBlock, STATEMENT_SIGNATURE] : ofBlock;
}

function notCheckedOf({ status }: Services, { block }: Origin, failed: boolean): readonly string[] {
  const not = status.notChecked(block);
  return failed ? ["the device's signature does not hold with its registered key", ...not] : not;
}

/** What a row has of a statement, where there is one. */
type OfStatement = {
  readonly [Column in 'signature_holds' | 'late' | 'jws']: StatementTable[Column] | null;
};

/**
 * How a statement was verified; for late evidence, and for what an edge signer signed for another device, it says what that
 * cannot prove.
 */
export function statementVerification(services: Services, row: Origin & OfStatement): Node {
  const isSigned = row.signature_holds === 1;
  const unproven = row.late === 1 ? [UNPROVEN] : [];
  return verification(services, row, isSigned, () => [
    ...unproven,
    ...signedByAnother(row),
    ...notCheckedOf(services, row, !isSigned),
  ]);
}

/** What nobody can check where the device that is spoken of signed nothing. */
function signedByAnother({ jws }: OfStatement): readonly string[] {
  if (jws === null) return [];
  const device = signedFor(recordedPayload(jws));
  return device === undefined
    ? []
    : [
        `whether ${device} reported it: it signs nothing, and the edge signer ${readStatement(jws).header.kid} signed for it`,
      ];
}

/** Who signed the act that wrote a row. */
export async function act({ reader }: Services, origin: Origin): Promise<Node> {
  const by: Partial<TransactionTable> = (await reader.chain.transaction(origin)) ?? {};
  return {
    mspId: by.msp_id ?? '',
    party: by.party,
    role: by.role,
    keyHeldBy: by.key_held_by,
    onBehalfOf: by.on_behalf_of,
    requestId: () => reader.chain.requestId(origin.transaction_id),
  };
}
