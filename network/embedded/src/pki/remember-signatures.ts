import { readCertificatePem, signatureMemoKey, type SignatureMemo } from '@passage/ledger';

import type { Organization, Signer } from '../network.js';

/** The same organisation; whoever judges blocks with this memo need not compute its own signatures once more. */
export function rememberSignatures(organization: Organization, memo: SignatureMemo): Organization {
  const { peer, orderer, admin } = organization;
  const remembering = (signer: Signer): Signer => rememberingSigner(signer, memo);
  return {
    ...organization,
    peer: remembering(peer),
    orderer: remembering(orderer),
    admin: remembering(admin),
  };
}

function rememberingSigner(signer: Signer, memo: SignatureMemo): Signer {
  const certificate = readCertificatePem(Buffer.from(signer.certificatePem));
  return {
    ...signer,
    sign: (message) => {
      const signature = signer.sign(message);
      memo.add(signatureMemoKey(certificate, message, signature));
      return signature;
    },
  };
}
