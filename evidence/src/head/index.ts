export { TREE_HEAD_FORMAT, checkTreeHead, networkOf, treeHeadBytes } from './tree-head.js';
export type { Network, SignedTreeHead, TreeHead } from './tree-head.js';
