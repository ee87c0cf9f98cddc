import type { CorrectionTable } from '../index/tables/index.js';
import type { Receipt } from '../submission/commands.js';
import { act, text } from './act.js';
import { partyActor } from './acting.js';
import type { GatewayContext } from './context.js';
import { act as signedBy, verification } from './recorded.js';
import type { Node, Services } from './recorded.js';

function correctionNode(services: Services, row: CorrectionTable): Node {
  return {
    declaration: row.statement_id,
    corrected: row.corrected_id,
    correctiveEvents: () => services.reader.corrections.correctives(row.statement_id),
    declarationTime: row.declaration_time,
    reason: row.reason,
    act: () => signedBy(services, row),
    verification: () => verification(services, row),
  };
}

/** What an observation says of its corrections: those of itself, and those in which it takes the place of another. */
export function correctionsOf(services: Services, statementId: string): Node {
  const { corrections } = services.reader;
  const nodes = (rows: readonly CorrectionTable[]) => rows.map((row) => correctionNode(services, row));
  return {
    corrected: async () => (await corrections.of(statementId)).length > 0,
    corrections: async () => nodes(await corrections.of(statementId)),
    correctiveOf: async () => nodes(await corrections.by(statementId)),
  };
}

/** What a declaration corrects; undefined where the statement is none. */
export async function correctionBy(services: Services, statementId: string): Promise<Node | undefined> {
  const row = await services.reader.corrections.declared(statementId);
  return row && correctionNode(services, row);
}

async function correctionResult({ result }: Receipt, context: GatewayContext): Promise<Node> {
  return { correction: await correctionBy(context, text(result.statementId)) };
}

/** Acts that correct. */
export const correctionMutations = {
  declareError: act('DeclareError', partyActor, correctionResult),
};
