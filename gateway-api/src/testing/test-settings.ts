import { join } from 'node:path';

import type { AssemblySettings } from '../assemble.js';
import { TEST_LEDGER } from './test-device.js';

const endpoint = { address: 'localhost:0', tlsRootCert: '' };
const organization = {
  name: 'business',
  mspId: 'BusinessMSP',
  peer: endpoint,
  orderer: endpoint,
  ca: { url: 'https://localhost:0', name: 'ca', tlsRootCert: '', registrar: '' },
  admin: { cert: '', key: '' },
  gateway: { url: 'http://127.0.0.1:0/graphql' },
};

const mspIds = { customs: 'CustomsMSP', port: 'PortMSP', business: 'BusinessMSP', auditor: 'AuditorMSP' };

/** Whose test gateway it may be. */
export type Org = keyof typeof mspIds;

function organizationOf(name: Org): AssemblySettings['organization'] {
  return { ...organization, name, mspId: mspIds[name] };
}

/** The settings of one organisation's test gateway in a folder. */
export function testSettings(folder: string, org: Org): AssemblySettings {
  return {
    organization: organizationOf(org),
    profile: {
      format: 'passage-profile-1',
      network: 'embedded',
      channel: 'test',
      chaincode: 'passage',
      organizations: (Object.keys(mspIds) as Org[]).map(organizationOf),
    },
    trust: { format: 'passage-trust-1', network: 'embedded', channel: 'test', genesisHash: TEST_LEDGER },
    folder,
    index: join(folder, 'index.sqlite'),
    batch: { count: 50, bytes: 262_144, ms: 5 },
    outboxLimit: 1_000,
    quotas: { party: 100_000, device: 100_000 },
    webhooks: testWebhooks(),
    accessDays: 1,
    streams: { perCaller: 100, all: 1_000, unread: 1_000 },
  };
}

/** Webhooks that may call this machine, and come again soon; `patience` in milliseconds. */
export function testWebhooks(patience = 60_000): AssemblySettings['webhooks'] {
  const pace = { first: 5, most: 40, attempt: 5_000, patience };
  return { loopback: true, networks: [], perCaller: 3, pace };
}
