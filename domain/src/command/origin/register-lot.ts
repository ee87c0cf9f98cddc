import { refuseViolations } from '../../errors/violations.js';
import { newLot } from '../../origin/lot/lot.js';
import { classified, witnesses, type Classified, type StatementRef } from '../../origin/lot/lot-record.js';
import { shareViolations } from '../../origin/lot/registration.js';
import { fullStock, shares, type Share } from '../../origin/stock.js';
import { unit, type Unit } from '../../origin/unit.js';
import { object } from '../../shape/composites.js';
import { requestId } from '../../shape/fields.js';
import { ownedId, requireOwnId } from '../../shape/owned-id.js';
import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import { partyCommand } from '../define.js';
import { requireNewLot, requireStatements } from '../../origin/lot/known-lot.js';

type RegisterLotInput = Classified & {
  readonly requestId: string;
  readonly lot: string;
  readonly unit: Unit;
  readonly shares: readonly Share[];
  readonly witnesses?: readonly StatementRef[];
};

/** A party makes a lot known and claims where its material is from. */
export const registerLot = partyCommand<RegisterLotInput>({
  name: 'RegisterLot',
  roles: ['exporter', 'importer', 'warehouse'],
  writes: ['lot'],
  input: object<RegisterLotInput>({ requestId, lot: ownedId, ...classified, unit, shares }, { witnesses }),
  reads: ({ lot, witnesses = [] }) => [
    keys.lot(lot),
    ...witnesses.map(({ kid, seq }) => keys.statement(kid, seq)),
  ],
  decide({ lot, hs, hsEdition, unit, shares, witnesses }, { party }, view, { timestamp }) {
    requireOwnId(lot, party.partyId, '/lot');
    refuseViolations('The lot', shareViolations(shares));
    requireNewLot(lot, view);
    requireStatements(witnesses ?? [], view);
    const facts = { lot, holder: party.partyId, at: timestamp, hs, hsEdition };
    const record = newLot(facts, fullStock(unit, shares), { ...(witnesses && { witnesses }) });
    return { writes: [entry(keys.lot(lot), record)], result: { lot, quantity: record.quantity } };
  },
});
