import { answerOf } from './answer.js';
import type { Answer } from './answer.js';
import { askers } from './example-story.js';
import type { Example } from './examples.js';
import { following } from './follow.js';
import { at } from './read.js';
import type { TestGateway } from './test-gateway.js';

type AnswerError = NonNullable<Answer['errors']>[number];

/**
 * Asks an example's query, and says what it is answered: the data, or the codes of the errors; of a subscription, the data of as many
 * messages as the page has. `before` are the answers of the examples above.
 */
export async function runExample(
  gateway: TestGateway,
  { query, asker, afterBlock, variable, answer }: Example,
  before: readonly unknown[],
): Promise<unknown> {
  if (!(asker in askers)) throw new Error(`nobody is called ${asker}`);
  const caller = askers[asker as keyof typeof askers];
  const variables = variable && { [variable.name]: at(before.at(-variable.above), variable.path) };
  const isStream = /^subscription/m.test(query);
  const headers = {
    'content-type': 'application/json',
    ...(isStream && { accept: 'text/event-stream' }),
    ...(afterBlock !== undefined && { 'passage-after-block': afterBlock }),
  };
  const body = JSON.stringify({ query, variables });
  const response = await gateway.fetch({ method: 'POST', headers, body }, caller);
  if (!isStream) {
    const { data, errors } = await answerOf(response);
    return errors ? { errors: errors.map(codeAndDetails) } : data;
  }
  const stream = following(response);
  const messages: unknown[] = [];
  while (messages.length < (answer as readonly unknown[]).length) {
    const { data, errors } = (await stream.next()) ?? {};
    messages.push(errors ?? data);
  }
  await stream.leave();
  return messages;
}

function codeAndDetails({ extensions: { code, details } }: AnswerError): object {
  return { code, ...(details !== undefined && { details }) };
}
