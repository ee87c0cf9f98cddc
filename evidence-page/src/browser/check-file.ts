import { EvidenceError, verifyBundle } from '@passage/evidence';
import type { BundleVerdict } from '@passage/evidence';
import type { Sheet } from './sheet.js';
import { tryVectors } from './wycheproof.js';

/** Looks at a file, whatever it is. Pure: the same lines come of the same bytes, in Node and in every browser. */
export function checkFile(bytes: Uint8Array, genesisHash: string): Sheet {
  const vectors = tryVectors(bytes);
  if (vectors !== undefined) return vectors;
  if (!/^[0-9a-f]{64}$/.test(genesisHash)) {
    return refused(
      'The genesis hash is missing',
      'Nothing was checked: 64 hexadecimal digits have to be given.',
    );
  }
  try {
    return sheetOf(verifyBundle(bytes, { genesisHash }));
  } catch (error) {
    if (error instanceof EvidenceError)
      return refused('This file cannot be checked', `${error.code}: ${error.message}`);
    throw error;
  }
}

function refused(headline: string, explanation: string): Sheet {
  return { verdict: 'bad', headline, explanation, facts: [], lines: [] };
}

const EMBEDDED =
  'It is of an embedded network: one machine held every key, which proves nothing to anybody else.';

function sheetOf(verdict: BundleVerdict): Sheet {
  const { network, kind, genesisHash, ucr, events, lines } = verdict;
  const judged = judge(verdict);
  const isEmbedded = network === 'embedded';
  return {
    headline: judged.headline,
    verdict: isEmbedded && judged.verdict === 'good' ? 'open' : judged.verdict,
    explanation: isEmbedded ? `${EMBEDDED} ${judged.explanation}` : judged.explanation,
    facts: [
      ['shipment (UCR)', ucr],
      ['genesis hash', genesisHash],
      ['network', isEmbedded ? 'embedded' : "Fabric's own programs"],
      ['bundle of', kind === 'blocks' ? 'whole blocks' : 'proofs against a tree head'],
      ['events', String(events)],
    ],
    lines,
  };
}

/** A good headline only where nothing fails and nothing was left out. */
function judge({
  verdict,
  completeness,
  lines,
}: BundleVerdict): Pick<Sheet, 'verdict' | 'headline' | 'explanation'> {
  if (verdict === 'differs') {
    const failing = lines.filter(({ status }) => status === 'fails');
    const count = failing.length === 1 ? 'One line does' : `${failing.length} lines do`;
    const explanation = `${count} not hold, the first: ${failing[0]?.text ?? ''}. Believe nothing of this bundle.`;
    return { verdict: 'bad', headline: 'This bundle does not hold', explanation };
  }
  if (!completeness.proven) {
    return {
      verdict: 'open',
      headline: 'What was checked holds; completeness: not proven',
      explanation: 'Events, holds or corrections of the shipment may have been left out of this bundle.',
    };
  }
  return {
    verdict: 'good',
    headline: `What was checked holds, and nothing was left out below block ${completeness.height}`,
    explanation: 'The lines say what was checked, and what was not.',
  };
}
