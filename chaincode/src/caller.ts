import { X509Certificate } from 'node:crypto';
import type { Caller } from '@passage/domain';
import type { Context } from 'fabric-contract-api';

/**
 * Who is asking, from the creator's certificate: the MSP id, the attributes that the organisation's CA wrote into the
 * certificate (extension 1.2.3.4.5.6.7.8.1), and the node OU. The peer has checked the certificate's chain before.
 */
export function callerOf(identity: Context['clientIdentity']): Caller {
  const partyId = identity.getAttributeValue('passage.party');
  const role = identity.getAttributeValue('passage.role');
  const keyHeldBy = identity.getAttributeValue('passage.keyHeldBy');
  return {
    mspId: identity.getMSPID(),
    admin: organizationalUnits(identity.getIDBytes()).includes('admin'),
    ...(partyId !== null && { partyId }),
    ...(role !== null && { role }),
    ...((keyHeldBy === 'gateway' || keyHeldBy === 'party') && { keyHeldBy }),
  };
}

/**
 * The OU values of a certificate's subject. They are taken from the parsed name: the shim's `getID` is one line of text, in
 * which a common name could pretend to be an OU.
 */
function organizationalUnits(pem: Uint8Array): readonly string[] {
  const { OU } = new X509Certificate(pem).toLegacyObject().subject as {
    readonly OU?: string | readonly string[];
  };
  if (OU === undefined) return [];
  return typeof OU === 'string' ? [OU] : OU;
}
