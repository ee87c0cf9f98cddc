import { ClientError } from '../errors.js';

/** Where the gateway is, and the token that it asks for; the token says as which party the caller acts. */
export interface GatewayAddress {
  /** Of its GraphQL endpoint. */
  readonly url: string;
  readonly token: () => Promise<string>;
  readonly fetch?: typeof fetch;
}

/** The two halves of a proposal, as the gateway hands them over. */
export interface ProposedAct {
  readonly proposal: string;
  readonly expiresAt: string;
}

/** An endorsed act: a transaction to sign, or the receipt where it had been carried out before. */
export interface EndorsedAct {
  /** The chaincode's answer: a JSON text. */
  readonly answer: string;
  readonly transaction?: string | null;
  readonly receipt?: Receipt | null;
}

/** Proof of delivery, as far as the gateway's word goes: what was done stands in this block. */
export interface Receipt {
  readonly requestId: string;
  readonly duplicate: boolean;
  readonly transactionId: string;
  readonly block: number;
}

const RECEIPT = 'receipt { requestId duplicate transactionId block }';

/** The three mutations by which an act is signed elsewhere. Bytes travel as base64. */
export class GatewayDoor {
  readonly #address: GatewayAddress;

  constructor(address: GatewayAddress) {
    this.#address = address;
  }

  propose(input: {
    readonly command: string;
    readonly argument: string;
    readonly certificate: string;
    readonly transient: readonly { readonly name: string; readonly value: string }[];
  }): Promise<ProposedAct> {
    return this.#mutate('proposeAct', 'ProposeActInput', input, 'proposal expiresAt');
  }

  endorse(input: { readonly proposal: string; readonly signature: string }): Promise<EndorsedAct> {
    return this.#mutate('endorseAct', 'EndorseActInput', input, `answer transaction ${RECEIPT}`);
  }

  async submit(input: { readonly transaction: string; readonly signature: string }): Promise<Receipt> {
    const type = 'SubmitActInput';
    const { receipt } = await this.#mutate<{ receipt: Receipt }>('submitAct', type, input, RECEIPT);
    return receipt;
  }

  /** @throws ClientError GATEWAY_REFUSED with the gateway's code, or GATEWAY_UNREACHABLE */
  async #mutate<T>(mutation: string, type: string, input: object, fields: string): Promise<T> {
    const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${fields} } }`;
    const { data, errors } = await this.#post({ query, variables: { input } });
    const [error] = errors ?? [];
    if (error !== undefined) {
      throw new ClientError('GATEWAY_REFUSED', error.message, { details: { ...error.extensions } });
    }
    const done = data?.[mutation];
    if (done === undefined) throw new ClientError('GATEWAY_UNREACHABLE', 'the gateway gave no answer');
    return done as T;
  }

  async #post(body: object): Promise<GraphQlAnswer> {
    const { url, token, fetch: send = fetch } = this.#address;
    try {
      const response = await send(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${await token()}` },
        body: JSON.stringify(body),
      });
      return (await response.json()) as GraphQlAnswer;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new ClientError('GATEWAY_UNREACHABLE', `${url}: ${reason}`, { cause: error });
    }
  }
}

interface GraphQlAnswer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: Record<string, unknown> }[];
}
