/*
 * A small chaincode for the tests of the network: on request it does one of the things that a chaincode can do to a peer.
 * Run as a process of its own, it is a server of Fabric's own Node runtime. Nobody imports this file.
 */
import './quiet-shim.js';

import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { Shim } from 'fabric-shim';
import type { ChaincodeResponse, ChaincodeStub } from 'fabric-shim';

type Command = (stub: ChaincodeStub, ...args: string[]) => Promise<string>;

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

const COMMANDS: Readonly<Record<string, Command>> = {
  async put(stub, key = '', value = '') {
    await stub.putState(key, Buffer.from(value));
    return '';
  },
  async get(stub, key = '') {
    return text(await stub.getState(key));
  },
  async delete(stub, key = '') {
    await stub.deleteState(key);
    return '';
  },
  /** Reads and writes one key: two at once conflict. */
  async increment(stub, key = '') {
    const next = String(Number(text(await stub.getState(key))) + 1);
    await stub.putState(key, Buffer.from(next));
    return next;
  },
  /** Writes, then reads: Fabric shows what was committed before, not what was just written. */
  async putThenGet(stub, key = '', value = '') {
    await stub.putState(key, Buffer.from(value));
    return text(await stub.getState(key));
  },
  /** The last write of a key counts. */
  async putTwice(stub, key = '', first = '', second = '') {
    await stub.putState(key, Buffer.from(first));
    await stub.putState(key, Buffer.from(second));
    return '';
  },
  async putMany(stub, prefix = '', count = '') {
    const keys = Array.from(
      { length: Number(count) },
      (_, index) => `${prefix}${String(index).padStart(4, '0')}`,
    );
    for (const key of keys) await stub.putState(key, Buffer.from(key));
    return '';
  },
  async event(stub, name = '', payload = '') {
    stub.setEvent(name, Buffer.from(payload));
    await stub.putState(`event-${stub.getTxID()}`, Buffer.from(payload));
    return '';
  },
  /** Lists the keys from start up to but without end, and writes how many, so that the range is checked. */
  async countRange(stub, start = '', end = '', resultKey = '') {
    const keys = await keysOf(await stub.getStateByRange(start, end));
    if (resultKey !== '') await stub.putState(resultKey, Buffer.from(String(keys.length)));
    return JSON.stringify(keys);
  },
  /** Reads the first keys of a range and lets the rest be. */
  async firstOfRange(stub, start = '', end = '', count = '', resultKey = '') {
    const iterator = await stub.getStateByRange(start, end);
    const keys: string[] = [];
    while (keys.length < Number(count)) keys.push((await iterator.next()).value.key);
    await iterator.close();
    await stub.putState(resultKey, Buffer.from(keys.join()));
    return JSON.stringify(keys);
  },
  async page(stub, start = '', end = '', size = '', bookmark = '') {
    const { iterator, metadata } = await stub.getStateByRangeWithPagination(
      start,
      end,
      Number(size),
      bookmark,
    );
    return JSON.stringify({ keys: await keysOf(iterator), ...metadata });
  },
  async pageThenPut(stub, start = '', end = '') {
    await stub.getStateByRangeWithPagination(start, end, 10);
    await stub.putState('after-page', Buffer.from('1'));
    return '';
  },
  async history(stub, key = '') {
    const entries: { value: string; isDelete: boolean }[] = [];
    const iterator = await stub.getHistoryForKey(key);
    for (let step = await iterator.next(); !step.done; step = await iterator.next()) {
      entries.push({ value: text(step.value.value), isDelete: step.value.isDelete });
    }
    return JSON.stringify(entries);
  },
  transient(stub, name = '') {
    return Promise.resolve(text(stub.getTransient().get(name) ?? new Uint8Array()));
  },
  creator(stub) {
    return Promise.resolve(stub.getCreator().mspid);
  },
  /** Says what the environment told this process to say: two processes may differ. */
  async answer(stub) {
    const answer = process.env['FIXTURE_ANSWER'] ?? 'the same everywhere';
    await stub.putState('answer', Buffer.from(answer));
    return answer;
  },
  /** Says what is different in every process: where it listens. */
  async differ(stub) {
    const answer = environment('CORE_CHAINCODE_ADDRESS');
    await stub.putState('answer', Buffer.from(answer));
    return answer;
  },
  /** What every contract of Fabric's Node runtime answers; a bring-up asks for it. */
  'org.hyperledger.fabric:GetMetadata'() {
    return Promise.resolve('{}');
  },
  /** The last event of a transaction counts. */
  async twoEvents(stub, key = '') {
    stub.setEvent('first', Buffer.from('1'));
    stub.setEvent('second', Buffer.from('2'));
    await stub.putState(key, Buffer.from('1'));
    return '';
  },
  /** Sets an event and fails: nobody hears of it. */
  eventThenFail(stub) {
    stub.setEvent('unheard', Buffer.from('1'));
    return Promise.reject(new Error('after the event'));
  },
  fail(_stub, message = '') {
    return Promise.reject(new Error(message));
  },
  async sleep(_stub, milliseconds = '') {
    await sleep(Number(milliseconds));
    return '';
  },
  crash() {
    return process.exit(9);
  },
  /** Puts, deletes ('') or purges; the value travels as transient data where the client sends some. */
  async putPrivate(stub, collection = '', key = '', value = '') {
    const secret = stub.getTransient().get('value') ?? Buffer.from(value);
    await stub.putPrivateData(collection, key, secret);
    return '';
  },
  async deletePrivate(stub, collection = '', key = '') {
    await stub.deletePrivateData(collection, key);
    return '';
  },
  async purgePrivate(stub, collection = '', key = '') {
    await stub.purgePrivateData(collection, key);
    return '';
  },
  async getPrivate(stub, collection = '', key = '') {
    return text(await stub.getPrivateData(collection, key));
  },
  /** Reads a private value and, with a result key, writes its length: a transaction that depends on it. */
  async measurePrivate(stub, collection = '', key = '', resultKey = '') {
    const { length } = await stub.getPrivateData(collection, key);
    await stub.putState(resultKey, Buffer.from(String(length)));
    return String(length);
  },
  async getPrivateHash(stub, collection = '', key = '') {
    return Buffer.from(await stub.getPrivateDataHash(collection, key)).toString('hex');
  },
  async privateRange(stub, collection = '', start = '', end = '') {
    const keys: string[] = [];
    for await (const { key } of stub.getPrivateDataByRange(collection, start, end)) keys.push(key);
    return JSON.stringify(keys);
  },
  /** Sets the policy of a key, hexadecimal, and with a value writes the key too. */
  async putPolicy(stub, key = '', policy = '', value = '') {
    if (value !== '') await stub.putState(key, Buffer.from(value));
    await stub.setStateValidationParameter(key, Buffer.from(policy, 'hex'));
    return '';
  },
  async getPolicy(stub, key = '') {
    return Buffer.from(await stub.getStateValidationParameter(key)).toString('hex');
  },
  async putPrivatePolicy(stub, collection = '', key = '', policy = '') {
    await stub.setPrivateDataValidationParameter(collection, key, Buffer.from(policy, 'hex'));
    return '';
  },
  /** Writes a pair of keys: the second one protects the first, while that is not there yet. */
  async putWithGuard(stub, key = '', guard = '') {
    await stub.putState(key, Buffer.from('new'));
    await stub.putState(guard, Buffer.from('guard'));
    return '';
  },
  /** Lists composite keys by their first attributes. */
  async composite(stub, type = '', ...attributes) {
    const keys: string[][] = [];
    for await (const { key } of stub.getStateByPartialCompositeKey(type, attributes)) {
      keys.push(stub.splitCompositeKey(key).attributes);
    }
    return JSON.stringify(keys);
  },
  async putComposite(stub, type = '', ...attributes) {
    await stub.putState(stub.createCompositeKey(type, attributes), Buffer.from('composite'));
    return '';
  },
  async richQuery(stub) {
    return JSON.stringify(await keysOf(await stub.getQueryResult('{}')));
  },
  /** Calls another chaincode; the message is what came of it. */
  async invokeOther(stub, name = 'other', channel = '', ...args) {
    const { message } = await stub.invokeChaincode(name, args, channel);
    return message ?? '';
  },
};

interface KeyIterator {
  next(): Promise<{ done?: boolean; value: { key: string } }>;
}

async function keysOf(iterator: KeyIterator): Promise<string[]> {
  const keys: string[] = [];
  for (let step = await iterator.next(); step.done !== true; step = await iterator.next())
    keys.push(step.value.key);
  return keys;
}

class FixtureChaincode {
  Init(): Promise<ChaincodeResponse> {
    return Promise.resolve(Shim.success());
  }

  async Invoke(stub: ChaincodeStub): Promise<ChaincodeResponse> {
    const [name = '', ...args] = stub.getStringArgs();
    try {
      const command = COMMANDS[name];
      if (command === undefined) throw new Error(`unknown command ${name}`);
      return Shim.success(Buffer.from(await command(stub, ...args)));
    } catch (error) {
      return Shim.error(error instanceof Error ? error.message : String(error));
    }
  }
}

function environment(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}

const server = Shim.server(new FixtureChaincode(), {
  ccid: environment('CORE_CHAINCODE_ID'),
  address: environment('CORE_CHAINCODE_ADDRESS'),
  tlsProps: {
    key: readFileSync(environment('CORE_CHAINCODE_TLS_KEY_FILE')),
    cert: readFileSync(environment('CORE_CHAINCODE_TLS_CERT_FILE')),
    clientCACerts: readFileSync(environment('CORE_CHAINCODE_TLS_CLIENT_CACERT_FILE')),
  },
  'grpc.max_receive_message_length': -1,
  'grpc.max_send_message_length': -1,
});
await server.start();
if (process.send === undefined) process.stdout.write(`${JSON.stringify({ ready: true })}\n`);
else process.send('ready');
// A test run that is killed takes its chaincodes with it.
process.on('disconnect', () => process.exit(0));
