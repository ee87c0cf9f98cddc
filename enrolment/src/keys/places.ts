import type { SigningKey } from './signing-key.js';

/** Where an owner keeps a private key. */
export type KeyPlace = FilePlace | TokenPlace;

/** A PKCS#8 PEM file that only its owner may read. */
export interface FilePlace {
  readonly kind: 'file';
  readonly path: string;
}

/** A key in a PKCS#11 token, which never lets it out. */
export interface TokenPlace {
  readonly kind: 'pkcs11';
  /** The vendor's library. */
  readonly module: string;
  /** Label of the token. */
  readonly token: string;
  /** Label of the key pair in the token (CKA_LABEL). */
  readonly label: string;
}

/** An open key; a token's session ends with `close`. */
export interface OpenKey extends SigningKey {
  close(): void;
}
