import { guard } from '../../customs/customs-word.js';
import { customsPolicy } from '../../customs/held-keys.js';
import { PassageError } from '../../errors/passage-error.js';
import { canonicalJson } from '../../json/canonical.js';
import { roleTable, type LedgerRecord } from '../../party/ledger-record.js';
import { customsMspId, customsRoles, type RoleTable } from '../../party/roles.js';
import { object } from '../../shape/composites.js';
import { sha256Hex } from '../../shape/fields.js';
import { broken, readShape, type Shape } from '../../shape/shape.js';
import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import { requireAdmin } from '../define.js';
import type { Operation } from '../operation.js';

type InitInput = { readonly ledger: string; readonly roles: RoleTable };

/** A role table that leaves customs' authority with customs. */
const guardedRoleTable: Shape<RoleTable> = (value, pointer, violations) => {
  const table = roleTable(value, pointer, violations);
  if (table === undefined) return undefined;
  const before = violations.length;
  for (const role of customsRoles) {
    if (table[role]?.some((mspId) => mspId !== customsMspId)) {
      broken(violations, `${pointer}/${role}`, `must be held by ${customsMspId} alone`);
    }
  }
  return violations.length === before ? table : undefined;
};

const input = object<InitInput>({ ledger: sha256Hex, roles: guardedRoleTable }, {});

/**
 * The first transaction of a ledger: says which ledger this is and which organisation's parties may hold which role, and
 * makes the guard of customs' keys. Saying the same again changes nothing; anything else is refused for good.
 *
 * A ledger that an earlier version initialised has no guard under customs' policy. There the same `Init` again makes it, and
 * puts the policy on the ledger's own record. No other act could: whoever looks whether the guard is there conflicts with
 * everyone who writes it.
 */
export const init: Operation = {
  name: 'Init',
  by: 'admin',
  writes: ['ledger', 'guard'],
  prepare(argument, caller) {
    requireAdmin(caller);
    if (caller.mspId !== customsMspId) {
      throw new PassageError('NOT_ADMIN', `Init is for an admin of ${customsMspId}`, { mspId: caller.mspId });
    }
    const { ledger, roles } = readShape('The input of Init', input, argument);
    return {
      reads: [keys.ledger, keys.guard(customsMspId)],
      decide(view) {
        const record: LedgerRecord = { v: 1, ledger, roles };
        const earlier = view.get(keys.ledger);
        const result = { ledger };
        if (earlier !== undefined && !saysTheSame(earlier, record)) {
          throw new PassageError('LEDGER_INITIALISED', 'Init has run with other values', {
            ledger: earlier.ledger,
          });
        }
        if (earlier !== undefined && view.get(keys.guard(customsMspId)) !== undefined) {
          return { writes: [], response: { result, duplicate: true } };
        }
        const policy = customsPolicy(customsMspId);
        return {
          writes: [entry(keys.ledger, earlier ?? record, { policy }), { ...guard(customsMspId), policy }],
          response: { result, duplicate: false },
        };
      },
    };
  },
};

/** Parameters that came into force since are none of Init's business. */
function saysTheSame({ v, ledger, roles }: LedgerRecord, asked: LedgerRecord): boolean {
  return canonicalJson({ v, ledger, roles }) === canonicalJson(asked);
}
