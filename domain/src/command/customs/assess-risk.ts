import { guard } from '../../customs/customs-word.js';
import { customsPolicy } from '../../customs/held-keys.js';
import { customsReads } from '../../customs/refuse-while-held.js';
import { customsRoles } from '../../party/roles.js';
import { parametersOf } from '../../parameters/in-force.js';
import { requireAgreedRules, requireAssessable, requireExplained } from '../../risk/assessment.js';
import {
  assessedDeclaration,
  riskScore,
  type AssessedDeclaration,
  type RiskRecord,
  type RiskScore,
} from '../../risk/risk-record.js';
import { object } from '../../shape/composites.js';
import { requestId } from '../../shape/fields.js';
import { ucr } from '../../shipment/fields.js';
import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import { partyCommand } from '../define.js';
import { customsFor } from './customs-decision.js';

type AssessRiskInput = RiskScore & {
  readonly requestId: string;
  readonly ucr: string;
  readonly about?: AssessedDeclaration;
};

/** Customs records what risk it sees in a consignment or a declaration, by which rules, and how the score came about. */
export const assessRisk = partyCommand<AssessRiskInput>({
  name: 'AssessRisk',
  roles: customsRoles,
  writes: ['risk', 'guard'],
  input: object<AssessRiskInput>({ requestId, ucr, ...riskScore }, { about: assessedDeclaration }),
  reads: ({ ucr, about }) => [
    ...customsReads(ucr),
    keys.risk(ucr, about?.declaration),
    ...(about ? [keys.declaration(about.declaration)] : []),
  ],
  decide({ ucr, about, rules, score, contributions }, actor, view, { timestamp: at }) {
    requireExplained({ rules, score, contributions });
    requireAgreedRules({ rules }, parametersOf(view));
    const { customs } = customsFor(ucr, actor, view);
    if (about) requireAssessable(ucr, about, view.get(keys.declaration(about.declaration)));
    const key = keys.risk(ucr, about?.declaration);
    const before = view.get(key);
    const number = (before?.number ?? 0) + 1;
    const by = { by: actor.party.partyId, role: actor.role, at };
    const record: RiskRecord = {
      v: 1,
      ucr,
      ...(about && { about }),
      rules,
      score,
      contributions,
      number,
      ...by,
    };
    return {
      writes: before
        ? [entry(key, record)]
        : [entry(key, record, { policy: customsPolicy(customs) }), guard(customs)],
      result: { ucr, ...(about && { declaration: about.declaration }), score, number },
    };
  },
});
