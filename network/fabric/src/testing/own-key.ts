import { PassageClient } from '@passage/client';
import type { DoneAct } from '@passage/client';
import { openKey, profileOrganization, readIdentity } from '@passage/enrolment';

import { CHAINCODE } from '../topology.js';

/** Carries out an act through an organisation's gateway, signed by an owner's key from the folder that `passage enroll` wrote. */
export async function actWithOwnKey(
  dir: string,
  identityFolder: string,
  call: {
    readonly organization: string;
    readonly token: string;
    readonly name: string;
    readonly input: Parameters<PassageClient['act']>[1];
  },
): Promise<DoneAct> {
  const { channel, mspId, gateway } = profileOrganization(dir, call.organization);
  const { key: place, cert: certificate } = readIdentity(identityFolder);
  const key = await openKey(place, { pin: () => '' }, 'existing');
  try {
    const client = new PassageClient({
      gateway: { url: gateway?.url ?? '', token: () => Promise.resolve(call.token) },
      signer: { mspId, certificate, sign: (message) => key.sign(message) },
      channel,
      chaincode: CHAINCODE,
    });
    return await client.act(call.name, call.input);
  } finally {
    key.close();
  }
}
