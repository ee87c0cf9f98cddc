/**
 * How many of n orderers must sign a block so that any two such groups share an honest one, where f = ⌊(n−1)/3⌋ may be
 * faulty: ⌈(n+f+1)/2⌉ (common/policies/bft.go, ComputeBFTQuorum). 3 of 4.
 */
export function bftQuorum(orderers: number): number {
  const faulty = Math.floor((orderers - 1) / 3);
  return Math.ceil((orderers + faulty + 1) / 2);
}
