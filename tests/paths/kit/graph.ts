// The only file that imports the graph package; should it fall behind xstate, this line becomes `xstate/graph`.
export { getAdjacencyMap, getStateNodes } from '@xstate/graph';
