import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What a reader is told to do: the words with which the last part of a refusal begins. */
const STEPS =
  'ask|build|check|choose|compare|copy|find|get|give|leave|name|replay|see|sign|start|take|try|write';

const NEXT_STEP = new RegExp(`(?:[:,.] |'|^)(?:${STEPS})\\b`, 'i');

/** Whether the sentence of a refusal says what to do next. */
export function saysNextStep(sentence: string): boolean {
  return NEXT_STEP.test(sentence);
}

/**
 * The places in a workspace's sources where an error of a class is made with a sentence that does not say what to do next. A sentence that
 * takes its next step from elsewhere calls it `next`.
 *
 * @param src URL of the folder of the sources
 */
export function refusalsWithoutNextStep(src: URL, errorClass: string): readonly string[] {
  const folder = fileURLToPath(src);
  const files = globSync('**/*.ts', { cwd: folder }).filter((name) => !/\.test\.ts$|testing\//.test(name));
  return files.flatMap((name) => {
    const [, ...made] = readFileSync(`${folder}/${name}`, 'utf8').split(`new ${errorClass}(`);
    return made.flatMap((rest) => {
      const sentence = rest.slice(0, endOfCall(rest));
      return saysNextStep(sentence) || sentence.includes('${next}') ? [] : `${name}: ${sentence.trim()}`;
    });
  });
}

/** Where the brackets of a call end that have just been opened. */
function endOfCall(text: string): number {
  let open = 1;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '(') open += 1;
    if (text[at] === ')') open -= 1;
    if (open === 0) return at;
  }
  return text.length;
}
