/** What the party wants done, as it has to stand in both messages. Nothing of it comes from the gateway. */
export interface Intent {
  readonly channel: string;
  readonly chaincode: string;
  /** Name of the act, as `OfferHandover`. */
  readonly command: string;
  /** Its input: the very JSON text that is to stand in the message. */
  readonly argument: string;
  /** What only endorsing peers are to see, by name. */
  readonly transient: ReadonlyMap<string, Uint8Array>;
  readonly mspId: string;
  /** PEM, of the key that is to sign. */
  readonly certificate: string;
}
