import type { PeerParts } from '../endorser/peer-parts.js';
import type { DuplexMethod, GrpcService } from '../grpc/service.js';
import type { Organization } from '../network.js';
import type { Resource } from '../access/access.js';
import { asFiltered, asOrdered, asStored } from './block-forms.js';
import type { BlockForm } from './block-forms.js';
import { withPrivateData } from './private-data-form.js';
import { deliver } from './session.js';

/** What peer.limits.concurrency.deliverService is set to by default. */
const CONCURRENCY = 2500;

/** The service protos.Deliver of one organisation's peer. */
export function peerDeliverService(
  { network, access, chaincodes }: PeerParts,
  { mspId }: Organization,
): GrpcService {
  const method = (resource: Resource, form: BlockForm): DuplexMethod => ({
    kind: 'duplex',
    handle: (requests, send, signal) => {
      const parts = { ledger: network.ledger, access, form };
      return deliver(
        { ...parts, denial: (signed) => access.denial(resource, signed) },
        requests,
        send,
        signal,
      );
    },
  });
  return {
    name: 'protos.Deliver',
    concurrency: CONCURRENCY,
    methods: {
      Deliver: method('event/Block', asStored),
      DeliverFiltered: method('event/FilteredBlock', asFiltered),
      DeliverWithPrivateData: method('event/Block', withPrivateData({ network, access, chaincodes }, mspId)),
    },
  };
}

/** The method Deliver of an orderer's service, which peers follow. */
export function ordererDeliver({ network, access }: PeerParts): DuplexMethod {
  return {
    kind: 'duplex',
    handle: (requests, send, signal) => {
      const parts = { ledger: network.ledger, access, form: asOrdered };
      return deliver({ ...parts, denial: (signed) => access.ordererDenial(signed) }, requests, send, signal);
    },
  };
}
