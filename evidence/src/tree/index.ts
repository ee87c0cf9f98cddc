export { Frontier } from './frontier.js';
export { EMPTY_ROOT, MAX_TREE_SIZE, leafHash, nodeHash } from './hashes.js';
export { consistencyProof, inclusionProof, treeRoot } from './proofs.js';
export { MemoryNodes, nodesOfLeaf } from './tree-nodes.js';
export type { TreeNode, TreeNodes } from './tree-nodes.js';
export { verifyConsistency, verifyInclusion } from './verify-proofs.js';
export type { Consistency, Inclusion } from './verify-proofs.js';
