/*
 * The chaincode of the measurements: Passage's contract with a few transactions more, which do what a sample application does.
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

/** Stores records under their keys. */
async function storeRecords({ stub }: Context, input: string): Promise<string> {
  const { records } = JSON.parse(input) as { readonly records: readonly Stored[] };
  for (const { key, value } of records) await stub.putState(key, Buffer.from(value));
  return '';
}

interface Made {
  readonly transformation?: string;
  readonly inputs?: readonly { readonly lot: string }[];
}

/** What some lots were made of, record by record from the world state: the lots of one step further, in a JSON array. */
async function stepOfRecords({ stub }: Context, input: string): Promise<string> {
  const { lots } = JSON.parse(input) as { readonly lots: readonly string[] };
  const read = async (key: string): Promise<Made> =>
    JSON.parse(Buffer.from(await stub.getState(`walk/${key}`)).toString('utf8')) as Made;
  const found: string[] = [];
  for (const lot of lots) {
    const { transformation } = await read(`lot/${lot}`);
    const { inputs = [] } =
      transformation === undefined ? {} : await read(`transformation/${transformation}`);
    found.push(...inputs.map((each) => each.lot));
  }
  return JSON.stringify(found);
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
publish('StoreRecords', storeRecords, Transaction());
publish('StepOfRecords', stepOfRecords, Transaction(false));

await import('@passage/chaincode/main');
