import { Command } from 'commander';

import { Channel } from '../channel/channel.js';
import { readIdentity } from '../identity/identity-folder.js';
import { openKey } from '../keys/open-key.js';
import { holderOf } from '../keys/signing-key.js';
import { profileOrganization } from '../profile.js';
import { addPinOption, addPlaceOptions, channelPlaceOf, EXIT, tell, tokenAccess } from './options.js';
import type { PlaceOptions } from './options.js';

/** `passage enroll check`: exit 0 when the network takes the identity, 1 when it refuses. */
export function checkCommand(): Command {
  const command = new Command('check')
    .description("ask the organisation's peer whether the network takes this identity")
    .argument('<folder>', "the identity's folder");
  return addPinOption(addPlaceOptions(command)).action(runCheck);
}

async function runCheck(
  folder: string,
  options: PlaceOptions & { readonly pinFile?: string },
): Promise<void> {
  const { id, cert, key: place } = readIdentity(folder);
  const organization = profileOrganization(options.dir, options.org);
  const key = await openKey(place, tokenAccess(options), 'existing');
  const channel = new Channel(channelPlaceOf(organization), holderOf(cert, key));
  try {
    const refusal = await channel.refusal();
    const { channel: name } = organization;
    const words =
      refusal === undefined ? `channel ${name} takes ${id}` : `channel ${name} refuses ${id}: ${refusal}`;
    tell(options.json, { id, accepted: refusal === undefined, ...(refusal !== undefined && { refusal }) }, [
      words,
    ]);
    process.exitCode = refusal === undefined ? EXIT.done : EXIT.no;
  } finally {
    channel.close();
    key.close();
  }
}
