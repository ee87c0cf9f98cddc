import type { AeoTable, MandateTable, PartyTable } from '../index/tables/index.js';
import type { PageArgs } from '../paging/page.js';
import { connection } from './connection.js';
import { parsed } from './parsed.js';
import { verification } from './recorded.js';
import type { Node, Services } from './recorded.js';

export function partyNode(services: Services, row: PartyTable): Node {
  return {
    id: row.party_id,
    name: row.name,
    mspId: row.msp_id,
    roles: JSON.parse(row.roles),
    registeredAt: row.registered_at,
    gln: row.gln,
    registration: parsed(row.registration),
    updatedAt: row.updated_at,
    aeo: async () => {
      const standing = await services.reader.parties.aeo(row.party_id);
      return standing && aeoNode(services, standing);
    },
    mandates: (page: PageArgs) =>
      connection(services.reader.parties.mandates(row.party_id), page, (mandate) =>
        mandateNode(services, mandate),
      ),
    verification: () => verification(services, row),
  };
}

function aeoNode(services: Services, row: AeoTable): Node {
  return {
    status: row.status,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    reason: row.reason,
    verification: () => verification(services, row),
  };
}

export function mandateNode(services: Services, row: MandateTable): Node {
  return {
    mandator: row.mandator,
    mandatary: row.mandatary,
    mandate: row.mandate,
    scope: JSON.parse(row.scope),
    ucrPrefix: row.ucr_prefix,
    until: row.until,
    grantedAt: row.granted_at,
    withdrawnAt: row.withdrawn_at,
    verification: () => verification(services, row),
  };
}
