import { implicitMetaPolicy, parsePolicy, signaturePolicy, type Policy } from '@passage/ledger';

import { ORGANIZATIONS } from '../organizations.js';

/** A rule over other policies of the same name in the groups below: `ANY Readers`. */
export interface ImplicitPolicy {
  readonly rule: 'ANY' | 'ALL' | 'MAJORITY';
  readonly of: string;
}

/** A policy as configtx.yaml writes it: a signature rule in words, or an implicit one. */
export type PolicyText = string | ImplicitPolicy;

export type PolicyTexts = Readonly<Record<string, PolicyText>>;

const ANY_READERS: PolicyText = { rule: 'ANY', of: 'Readers' };
const ANY_WRITERS: PolicyText = { rule: 'ANY', of: 'Writers' };

const MSP_IDS = ORGANIZATIONS.map(({ mspId }) => mspId);

/** The organisations whose clients may submit, and whose peers endorse: all but the auditor, which must not audit itself. */
const ACTING_MSP_IDS = MSP_IDS.filter((mspId) => mspId !== 'AuditorMSP');

/**
 * Signature policies, not ANY Writers: with that, one organisation could change its own Writers and so open the channel by
 * itself. The auditor's admin is in, because it must send its own approval of a chaincode.
 */
const SUBMITTERS = [...principals(ACTING_MSP_IDS, 'client'), ...principals(MSP_IDS, 'admin')];

/** Customs and two of the others. */
function customsAndTwo(role: 'admin' | 'peer'): string {
  const [customs, ...others] = principals(MSP_IDS, role);
  return `AND(${customs ?? ''}, OutOf(2, ${others.join(', ')}))`;
}

export const CHANNEL_POLICIES: PolicyTexts = {
  Readers: ANY_READERS,
  // An orderer signs the CONFIG envelope it makes of an update and checks it against this policy, so it has to be in.
  Writers: or([...SUBMITTERS, ...principals(MSP_IDS, 'orderer')]),
  Admins: customsAndTwo('admin'),
};

/** Policy of the chaincode `passage`: two of customs, port and business. */
export const CHAINCODE_POLICY = `OutOf(2, ${principals(ACTING_MSP_IDS, 'peer').join(', ')})`;

export const APPLICATION_POLICIES: PolicyTexts = {
  Readers: ANY_READERS,
  Writers: or(SUBMITTERS),
  Admins: customsAndTwo('admin'),
  LifecycleEndorsement: customsAndTwo('peer'),
  /** Only for definitions without a policy of their own. */
  Endorsement: CHAINCODE_POLICY,
};

/** The orderer group's; BlockValidation is added from the consenters. */
export const ORDERER_POLICIES: PolicyTexts = {
  Readers: ANY_READERS,
  Writers: ANY_WRITERS,
  Admins: customsAndTwo('admin'),
};

/** One organisation's own policies in the Application group. The auditor's clients only evaluate. */
export function applicationOrgPolicies(mspId: string): PolicyTexts {
  const role = (...names: string[]): string => or(names.map((name) => `'${mspId}.${name}'`));
  return {
    Readers: role('admin', 'peer', 'client'),
    Writers: ACTING_MSP_IDS.includes(mspId) ? role('admin', 'client') : role('admin'),
    Admins: role('admin'),
    Endorsement: role('peer'),
  };
}

/** One organisation's own policies in the Orderer group; its Writers must admit its orderer, or no block ever forms. */
export function ordererOrgPolicies(mspId: string): PolicyTexts {
  return {
    Readers: or([`'${mspId}.member'`]),
    Writers: or([`'${mspId}.orderer'`]),
    Admins: or([`'${mspId}.admin'`]),
  };
}

/** The policies as the configuration holds them. */
export function policiesOf(texts: PolicyTexts): Record<string, Policy> {
  const entries = Object.entries(texts).map(([name, text]) => [
    name,
    typeof text === 'string' ? signaturePolicy(parsePolicy(text)) : implicitMetaPolicy(text.rule, text.of),
  ]);
  return Object.fromEntries(entries) as Record<string, Policy>;
}

function principals(mspIds: readonly string[], role: string): string[] {
  return mspIds.map((mspId) => `'${mspId}.${role}'`);
}

function or(parts: readonly string[]): string {
  return `OR(${parts.join(', ')})`;
}
