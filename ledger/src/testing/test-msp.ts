import { mspConfig } from '../generator/msp-config.js';
import { Msp } from '../identity/index.js';
import { issue } from './certificates.js';
import type { Encodable } from '../codec/index.js';
import type { FabricMSPConfig } from '../proto/index.js';
import type { CertificateOptions, TestIdentity } from './certificates.js';

export { mspConfig };

export function testCa(options: CertificateOptions = {}): TestIdentity {
  return issue(undefined, { commonName: 'ca', isCa: true, ...options });
}

export function testMsp(mspId: string, ca: TestIdentity, more: Encodable<FabricMSPConfig> = {}): Msp {
  return Msp.read(mspConfig(mspId, ca, more), { ed25519: true });
}
