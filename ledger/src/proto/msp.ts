import { bool, bytes, embedded, int32, message, repeated, string } from '../codec/index.js';
import type { Decoded } from '../codec/index.js';

/** How an identity travels: its MSP and, for X.509, the certificate as PEM. */
export const SerializedIdentity = message(
  'msp.SerializedIdentity',
  {
    mspid: string(1),
    idBytes: bytes(2),
  },
  (next) => ({ mspid: next.string(1), idBytes: next.bytes(2) }),
);
export type SerializedIdentity = Decoded<typeof SerializedIdentity>;

/** An MSP in the channel configuration; type 0 is the X.509 one, with a FabricMSPConfig inside. */
export const MSPConfig = message('msp.MSPConfig', {
  type: int32(1),
  config: bytes(2),
});
export type MSPConfig = Decoded<typeof MSPConfig>;

export const KeyInfo = message('msp.KeyInfo', {
  keyIdentifier: string(1),
  keyMaterial: bytes(2),
});
export type KeyInfo = Decoded<typeof KeyInfo>;

export const SigningIdentityInfo = message('msp.SigningIdentityInfo', {
  publicSigner: bytes(1),
  privateSigner: embedded(2, KeyInfo),
});
export type SigningIdentityInfo = Decoded<typeof SigningIdentityInfo>;

export const FabricOUIdentifier = message('msp.FabricOUIdentifier', {
  certificate: bytes(1),
  organizationalUnitIdentifier: string(2),
});
export type FabricOUIdentifier = Decoded<typeof FabricOUIdentifier>;

export const FabricCryptoConfig = message('msp.FabricCryptoConfig', {
  signatureHashFamily: string(1),
  identityIdentifierHashFunction: string(2),
});
export type FabricCryptoConfig = Decoded<typeof FabricCryptoConfig>;

export const FabricNodeOUs = message('msp.FabricNodeOUs', {
  enable: bool(1),
  clientOuIdentifier: embedded(2, FabricOUIdentifier),
  peerOuIdentifier: embedded(3, FabricOUIdentifier),
  adminOuIdentifier: embedded(4, FabricOUIdentifier),
  ordererOuIdentifier: embedded(5, FabricOUIdentifier),
});
export type FabricNodeOUs = Decoded<typeof FabricNodeOUs>;

export const FabricMSPConfig = message('msp.FabricMSPConfig', {
  name: string(1),
  rootCerts: repeated(bytes(2)),
  intermediateCerts: repeated(bytes(3)),
  admins: repeated(bytes(4)),
  revocationList: repeated(bytes(5)),
  signingIdentity: embedded(6, SigningIdentityInfo),
  organizationalUnitIdentifiers: repeated(embedded(7, FabricOUIdentifier)),
  cryptoConfig: embedded(8, FabricCryptoConfig),
  tlsRootCerts: repeated(bytes(9)),
  tlsIntermediateCerts: repeated(bytes(10)),
  fabricNodeOus: embedded(11, FabricNodeOUs),
});
export type FabricMSPConfig = Decoded<typeof FabricMSPConfig>;
