import { GatewayError } from '@hyperledger/fabric-gateway';

/** What a call was refused with; fails the test if it was not refused. */
export async function refusalOf(call: Promise<unknown>): Promise<GatewayError> {
  const outcome = await call.then(
    () => 'no refusal',
    (error: unknown) => error,
  );
  if (outcome instanceof GatewayError) return outcome;
  throw new Error(`not refused by the gateway: ${String(outcome)}`, { cause: outcome });
}

/** The endpoints' own words, each after its MSP id. */
export function detailsOf(error: GatewayError): string[] {
  return error.details.map(({ mspId, message }) => `${mspId}: ${message}`);
}
