import { type OldLedgerName, oldLedger } from '@passage/domain/testing';
import { encodeSignaturePolicy, parsePolicy, toHex } from '@passage/ledger';

import type { Stage } from '../stage.js';

/**
 * Puts a ledger that older rules have left on a network that runs the fixture: each key in a transaction of its own, byte for
 * byte, with the policy that it had. The fixture stands for the older chaincode: what a later version finds is the same.
 */
export async function putOldLedger(stage: Stage, name: OldLedgerName): Promise<void> {
  const { state, policies } = oldLedger(name);
  await Promise.all(
    Object.entries(state).map(async ([key, value]) => {
      const policy = policies[key];
      const call =
        policy === undefined
          ? { name: 'put', args: [key, value] }
          : { name: 'putPolicy', args: [key, customsAndOneOf(policy), value] };
      const { outcome } = await stage.send(await stage.endorse(key, call));
      const { code } = outcome as { readonly code: string };
      if (code !== '0 VALID') throw new Error(`${key} is ${code}`);
    }),
  );
}

function customsAndOneOf({
  allOf,
  oneOf,
}: {
  readonly allOf: string;
  readonly oneOf: readonly string[];
}): string {
  const others = oneOf.map((mspId) => `'${mspId}.peer'`).join(', ');
  return toHex(encodeSignaturePolicy(parsePolicy(`AND('${allOf}.peer', OR(${others}))`)));
}
