import { ownerOfId } from '@passage/domain';
import type { MasterRecord } from '@passage/domain';

import type { ConsolidationTable, MasterTable } from '../index/tables/index.js';
import type { PageArgs } from '../paging/page.js';
import type { Receipt } from '../submission/commands.js';
import { act, text } from './act.js';
import { partyActor } from './acting.js';
import { connection } from './connection.js';
import type { GatewayContext } from './context.js';
import { act as signedBy, verification } from './recorded.js';
import type { Node, Services } from './recorded.js';

function masterNode(services: Services, row: MasterTable): Node {
  const record = JSON.parse(row.record) as MasterRecord;
  return {
    ...record,
    id: record.master,
    opener: ownerOfId(record.master),
    houses: (page: PageArgs) =>
      connection(services.reader.consolidations.houses(record.master), page, (each) =>
        consolidationNode(services, each),
      ),
    act: () => signedBy(services, row),
    verification: () => verification(services, row),
  };
}

function consolidationNode(services: Services, row: ConsolidationTable): Node {
  const { ucr, master, status, at, by } = row;
  return { ucr, master, status, at, by, verification: () => verification(services, row) };
}

/** The masters that a shipment is or was under. */
export function consolidationsOf(services: Services, ucr: string, page: PageArgs): Promise<Node> {
  const list = services.reader.consolidations.ofShipment(ucr);
  return connection(list, page, (row) => consolidationNode(services, row));
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
