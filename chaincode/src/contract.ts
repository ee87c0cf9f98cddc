import './log-level.js';
import { commands, queries } from '@passage/domain';
// As named exports Node sees only the classes of this CommonJS package, so the decorators come from the default one.
import contractApi, { type Context, Contract } from 'fabric-contract-api';
import { invoke } from './invoke.js';

const { Info, Param, Returns, Transaction } = contractApi;

const description = 'The custody ledger for goods that cross borders';

/**
 * The contract `passage`. It only routes: what a transaction reads, decides and writes is the object of the same name in
 * `@passage/domain`, and each of those objects is a transaction here.
 */
@Info({ title: 'passage', description })
export class PassageContract extends Contract {
  constructor() {
    super('passage');
  }

  /** Any other name goes the same way, and is refused by the table of transactions. */
  override async unknownTransaction(ctx: Context): Promise<void> {
    await invoke(ctx, ctx.stub.getFunctionAndParameters().fcn, '{}');
  }
}

for (const { name } of commands) publish(name, Transaction());
for (const { name } of queries) publish(name, Transaction(false));

/** Adds a transaction to the contract and to its published interface, as the decorators would above a method. */
function publish(name: string, transaction: PropertyDecorator): void {
  const contract = PassageContract.prototype;
  const value = (ctx: Context, input: string): Promise<string> => invoke(ctx, name, input);
  Object.defineProperty(contract, name, { value });
  for (const decorate of [transaction, Param('input', 'string'), Returns('string')]) decorate(contract, name);
}
