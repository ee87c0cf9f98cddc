/** Who asks, as the token of an issuer says it. The ledger checks party and role again from the certificate. */
export interface Caller {
  /** The issuer's name for the person or program. */
  readonly subject: string;
  /** The token's own id (`jti`), where it has one. */
  readonly token?: string;
  /** When the token expires, in milliseconds since 1970, where it says. */
  readonly expires?: number;
  /** Organisation (profile name) whose gateway may act for this caller. */
  readonly org: string;
  /** The registered party the caller acts as; absent for a mere administrator. */
  readonly party?: string;
  /** The role the caller acts in. */
  readonly role?: string;
  /** May use the organisation's admin identity (registering parties). */
  readonly admin: boolean;
}
