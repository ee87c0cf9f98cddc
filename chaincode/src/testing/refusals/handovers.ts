import { shipmentInput, testUcr } from '@passage/domain/testing';
import { carrier, importer, seller, terminal } from './people.js';
import { given, refused, type Story } from './story.js';

const ucr = testUcr;
const opened = given(importer, 'OpenShipment', shipmentInput({ custodian: 'TERMINAL1' }));
const plateCommitment = 'A'.repeat(43);
const release = { requestId: 'gate', ucr, carrier: 'CARRIER1', plateCommitment, place: 'KRPUS' };
const released = given(terminal, 'ReleaseToCarrier', release);
const offer = { ucr, to: 'CARRIER1', place: 'KRPUS' };
const offered = given(terminal, 'OfferHandover', { requestId: 'offer', ...offer });

export const handoverStories: readonly Story[] = [
  {
    about: 'an answer to no offer, and a release that is not there or for another carrier',
    before: [opened, released],
    refused: [
      refused('HANDOVER_UNKNOWN', carrier, 'AcceptHandover', { ucr, handover: 1 }),
      refused('RELEASE_UNKNOWN', terminal, 'OfferHandover', { ...offer, release: 'none' }),
      refused('RELEASE_MISMATCH', terminal, 'OfferHandover', { ...offer, to: 'SELLER1', release: 'gate' }),
    ],
  },
  {
    about: 'an answer that comes too late',
    before: [opened, offered, { days: 4 }],
    refused: [refused('OFFER_EXPIRED', carrier, 'AcceptHandover', { ucr, handover: 1 })],
  },
  {
    about: 'a release under an id that an earlier custodian has used for one',
    before: [
      opened,
      released,
      given(terminal, 'OfferHandover', { ...offer, requestId: 'offer', to: 'SELLER1' }),
      given(seller, 'AcceptHandover', { requestId: 'accept', ucr, handover: 1 }),
    ],
    refused: [refused('RELEASE_EXISTS', seller, 'ReleaseToCarrier', release)],
  },
];
