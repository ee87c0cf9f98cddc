import { ownerOfId } from '@passage/domain';
import type { MasterRecord } from '@passage/domain';

import { gatewayError } from '../errors.js';
import type { ConsolidationTable, MasterTable } from '../index/tables/index.js';
import type { Receipt } from '../submission/commands.js';
import { act, text } from './act.js';
import { partyActor } from './acting.js';
import type { GatewayContext } from './context.js';
import { act as signedBy, verification } from './recorded.js';
import type { Node, Services } from './recorded.js';

/** The longest list of houses in one answer. */
const MOST_HOUSES = 500;

interface Page {
  readonly first: number;
  readonly after?: string | null;
}

function masterNode(services: Services, row: MasterTable): Node {
  const record = JSON.parse(row.record) as MasterRecord;
  return {
    ...record,
    id: record.master,
    opener: ownerOfId(record.master),
    houses: (page: Page) => housesOf(services, record.master, page),
    act: () => signedBy(services, row),
    verification: () => verification(services, row),
  };
}

async function housesOf(
  services: Services,
  master: string,
  { first, after }: Page,
): Promise<readonly Node[]> {
  if (first < 1 || first > MOST_HOUSES) {
    throw gatewayError('BAD_ARGUMENT', `\`first\` is ${String(first)}; 1 to ${String(MOST_HOUSES)} will do`, {
      next: 'Ask for so many, and for the next with `after`: the last UCR that came.',
    });
  }
  const rows = await services.reader.consolidations.houses(master, first, after ?? undefined);
  return rows.map((row) => consolidationNode(services, row));
}

function consolidationNode(services: Services, row: ConsolidationTable): Node {
  const { ucr, master, status, at, by } = row;
  return { ucr, master, status, at, by, verification: () => verification(services, row) };
}

/** The masters that a shipment is or was under. */
export async function consolidationsOf(services: Services, ucr: string): Promise<readonly Node[]> {
  const rows = await services.reader.consolidations.ofShipment(ucr);
  return rows.map((row) => consolidationNode(services, row));
}

async function masterById(_: unknown, { id }: { id: string }, context: GatewayContext): Promise<Node | null> {
  const row = await context.reader.consolidations.master(id);
  return row ? masterNode(context, row) : null;
}

async function masterResult({ result }: Receipt, context: GatewayContext): Promise<Node> {
  const row = await context.reader.consolidations.master(text(result.master));
  return { master: row && masterNode(context, row) };
}

/** Fields of `Query` that are about consolidations. */
export const consolidationQueries = { master: masterById };

/** Acts upon master consignments. */
export const consolidationMutations = {
  openMaster: act('OpenMaster', partyActor, masterResult),
  consolidateHouses: act('ConsolidateHouses', partyActor, masterResult),
  deconsolidateHouses: act('DeconsolidateHouses', partyActor, masterResult),
};
