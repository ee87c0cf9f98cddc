export { TREE_HEAD_FORMAT, checkTreeHead, treeHeadBytes } from './tree-head.js';
export type { Network, SignedTreeHead, TreeHead } from './tree-head.js';
