import { sealContinuity } from '@passage/domain';

import type { SealCheckTable, SealTable } from '../index/tables/index.js';
import type { PageArgs } from '../paging/page.js';
import type { Receipt } from '../submission/commands.js';
import { act, text } from './act.js';
import { partyActor } from './acting.js';
import { connection } from './connection.js';
import type { GatewayContext } from './context.js';
import { act as signedBy, answerVerification, verification } from './recorded.js';
import type { Node, Services } from './recorded.js';

function sealNode(services: Services, row: SealTable): Node {
  return {
    unit: row.unit,
    seal: row.seal,
    kind: row.kind,
    status: row.status,
    source: row.source,
    type: row.type,
    fitted: JSON.parse(row.fitted),
    opened: row.opened === null ? undefined : JSON.parse(row.opened),
    removed: row.removed === null ? undefined : JSON.parse(row.removed),
    replaces: row.replaces,
    replacedBy: row.replaced_by,
    checks: (page: PageArgs) =>
      connection(services.reader.seals.checks(row.unit, row.seal), page, (check) =>
        checkNode(services, check),
      ),
    act: () => signedBy(services, row),
    verification: () => verification(services, row),
  };
}

function checkNode(services: Services, row: SealCheckTable): Node {
  return {
    finding: row.finding,
    step: JSON.parse(row.step),
    verification: () => verification(services, row),
  };
}

function seals(
  _: unknown,
  { unit, ...page }: { unit: string } & PageArgs,
  context: GatewayContext,
): Promise<Node> {
  return connection(context.reader.seals.ofUnit(unit), page, (row) => sealNode(context, row));
}

/** The proof over what the index has: the same function that an auditor runs. */
async function continuity(
  _: unknown,
  { unit, from, to }: { readonly unit: string; readonly from: string; readonly to: string },
  context: GatewayContext,
): Promise<Node> {
  const utc = (time: string): string => new Date(time).toISOString();
  const proof = sealContinuity({ from: utc(from), to: utc(to) }, await context.reader.seals.events(unit));
  return { unit, ...proof, verification: () => answerVerification(context) };
}

async function sealResult({ result }: Receipt, context: GatewayContext): Promise<Node> {
  const row = await context.reader.seals.seal(text(result.unit), text(result.seal));
  return { seal: row && sealNode(context, row) };
}

/** Fields of `Query` that are about seals. */
export const sealQueries = { seals, sealContinuity: continuity };

/** Acts upon seals. */
export const sealMutations = {
  fitSeal: act('FitSeal', partyActor, sealResult),
  checkSeal: act('CheckSeal', partyActor, sealResult),
  openSeal: act('OpenSeal', partyActor, sealResult),
  removeSeal: act('RemoveSeal', partyActor, sealResult),
  replaceSeal: act('ReplaceSeal', partyActor, sealResult),
};
