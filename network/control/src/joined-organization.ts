/** An organisation that joined the channel after it was founded. */
export interface JoinedOrganization {
  readonly name: string;
  readonly mspId: string;
  /** Whether it runs an orderer, too. */
  readonly orders: boolean;
}

/** How the programs of both networks are told of it: `name:mspId`, and `:orderer` behind. */
export function joiningText({ name, mspId, orders }: JoinedOrganization): string {
  return [name, mspId, ...(orders ? ['orderer'] : [])].join(':');
}
