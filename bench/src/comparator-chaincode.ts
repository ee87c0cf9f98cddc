/*
 * The chaincode of the measurements: Passage's contract with two transactions more, which do what a sample application does.
 * Both sides so run in one process, on one network. Started by network/control in the place of the packaged main.
 */
import { PassageContract } from '@passage/chaincode';
import contractApi, { type Context } from 'fabric-contract-api';

const { Param, Returns, Transaction } = contractApi;

interface Stored {
  readonly key: string;
  readonly value: string;
}

/** Stores a value under a key, over the last one. */
async function storeUnderOneKey({ stub }: Context, input: string): Promise<string> {
  const { key, value } = JSON.parse(input) as Stored;
  await stub.putState(key, Buffer.from(value));
  return '';
}

/** Every value that stood under a key, as Fabric's history has them, in a JSON array. */
async function historyOfOneKey({ stub }: Context, input: string): Promise<string> {
  const { key } = JSON.parse(input) as Pick<Stored, 'key'>;
  const values: string[] = [];
  for await (const { value } of stub.getHistoryForKey(key)) values.push(Buffer.from(value).toString('utf8'));
  return JSON.stringify(values);
}

function publish(
  name: string,
  value: (ctx: Context, input: string) => Promise<string>,
  transaction: PropertyDecorator,
): void {
  const contract = PassageContract.prototype;
  Object.defineProperty(contract, name, { value });
  for (const decorate of [transaction, Param('input', 'string'), Returns('string')]) decorate(contract, name);
}

publish('StoreUnderOneKey', storeUnderOneKey, Transaction());
publish('HistoryOfOneKey', historyOfOneKey, Transaction(false));

await import('@passage/chaincode/main');
