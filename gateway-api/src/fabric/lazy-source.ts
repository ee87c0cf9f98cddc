import type { ActingIdentity } from '../enrolment/identities.js';
import type { HeaderSource } from '../sources/header-source.js';
import { PeerConnection } from './connection.js';
import { fabricHeaders } from './fabric-blocks.js';

/** Another organisation's peer as a source of headers; connected when it is first asked, so that nothing of it keeps us from starting. */
export function lazySource(
  organization: string,
  channel: string,
  peer: ConstructorParameters<typeof PeerConnection>[0],
  reader: () => ActingIdentity,
): { readonly source: HeaderSource; close(): void } {
  let connection: PeerConnection | undefined;
  return {
    source: {
      organization,
      header: async (number) => {
        connection ??= new PeerConnection(peer);
        return fabricHeaders(organization, connection, channel, reader).header(number);
      },
    },
    close: () => connection?.close(),
  };
}
