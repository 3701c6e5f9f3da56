import { expect } from 'vitest';
import type { AnyMachineSnapshot } from 'xstate';
import { conflictsMachine } from '../../machines/conflicts.machine.ts';
import type {
  ConflictDraft,
  ConflictSides,
  ConflictsResult,
  Decision,
} from '../../machines/conflicts.types.ts';
import { checkMerged, compareRecords } from '../../src/services/conflicts.ts';
import type { Json } from '../../src/vault/types.ts';
import { conflictsPromises } from './conflicts.promises.ts';
import { done, failed, type Model, type Outcome } from './kit/model.ts';
import { ImportWorld } from './world/importWorld.ts';

type Context = ReturnType<typeof conflictsMachine.getInitialSnapshot>['context'];

function side(id: string, first: Json | undefined, second: Json | undefined, base?: Json): ConflictSides {
  const canKeepBoth = first !== undefined && second !== undefined;
  return { key: id, store: 'notes', id, first, second, base, canKeepBoth };
}

/** A merge of its halves is only sound where the first is taken. */
const halves = side('halves', { text: 'x', half: 'right' }, { text: 'x', half: 'left' });
const equal = side('equal', { text: 'a\r\nb' }, { text: 'a\nb' });
/** Each side changed one place: nothing is left to ask. */
const clear = side('clear', { text: '1', more: 'x' }, { text: '0', more: 'y' }, { text: '0', more: 'x' });
const gone = side('gone', { text: 'edited' }, undefined, { text: 'before' });

const draft: ConflictDraft = {
  decisions: new Map<string, Decision>([
    ['halves', 'keep-second'],
    ['gone', 'keep-both'],
  ]),
  picks: new Map(),
};

const contextOf = ({ context }: AnyMachineSnapshot): Context => context;
const isOf =
  (...sides: readonly ConflictSides[]) =>
  (snapshot: AnyMachineSnapshot) =>
    contextOf(snapshot)
      .sides.map(({ key }) => key)
      .join() === sides.map(({ key }) => key).join();
const isMergeOf = (pick: 'first' | 'second' | undefined) => (snapshot: AnyMachineSnapshot) => {
  const { decisions, picks } = contextOf(snapshot);
  return decisions.get('halves') === 'merge' && picks.get('halves')?.get('half') === pick;
};
const isAnyMerge = (snapshot: AnyMachineSnapshot) => contextOf(snapshot).decisions.get('halves') === 'merge';
const isClear = isOf(clear, gone);

const comparison = (sides: readonly ConflictSides[]) => {
  const world = new ImportWorld();
  return compareRecords(world.importHands, { sides }, new AbortController().signal);
};

const comparisons: Outcome<ImportWorld>[] = await Promise.all(
  [[equal], [halves], [clear, gone]].map(async (sides) => ({
    label: 'compares',
    event: done('compareRecords', await comparison(sides)),
    when: isOf(...sides),
    arrange: (world: ImportWorld) => world.heal(),
  })),
);
comparisons.push({
  label: 'comparing breaks',
  event: failed('compareRecords', new TypeError('A mistake of ours')),
  arrange: breaks,
});

function breaks(world: ImportWorld): void {
  world.heal();
  world.isAppBroken = true;
}

const merged = (entries: readonly (readonly [string, Json])[]) =>
  done('checkMerged', { kind: 'sound', merged: new Map(entries) });
const checks: Outcome<ImportWorld>[] = [
  {
    label: 'nothing is merged',
    event: merged([]),
    when: (snapshot) => !isClear(snapshot) && !isAnyMerge(snapshot),
    arrange: (world) => world.heal(),
  },
  {
    label: 'the merge is sound',
    event: merged([['halves', { text: 'x', half: 'right' }]]),
    when: isMergeOf('first'),
    arrange: (world) => world.heal(),
  },
  {
    label: 'the merge is not sound',
    event: done('checkMerged', { kind: 'unsound', faults: [{ key: 'halves', why: 'half' }] }),
    when: isMergeOf('second'),
    arrange: (world) => world.heal(),
  },
  {
    label: 'what one side changed is sound',
    event: merged([['clear', { text: '1', more: 'y' }]]),
    when: (snapshot) => isClear(snapshot) && contextOf(snapshot).decisions.get('clear') === 'merge',
    arrange: (world) => world.heal(),
  },
  {
    label: 'nothing of it is merged',
    event: merged([]),
    when: (snapshot) => isClear(snapshot) && contextOf(snapshot).decisions.get('clear') !== 'merge',
    arrange: (world) => world.heal(),
  },
  {
    label: 'checking breaks',
    event: failed('checkMerged', new TypeError('A mistake of ours')),
    when: (snapshot) => isAnyMerge(snapshot) || contextOf(snapshot).decisions.get('clear') === 'merge',
    arrange: breaks,
  },
];

const choices: Outcome<ImportWorld>[] = [
  ...(['merge', 'keep-first', 'keep-both', 'later'] as const).map((decision) => ({
    label: `chooses ${decision}`,
    event: { type: 'CHOOSE', key: 'halves', decision },
    when: isOf(halves),
  })),
  ...(['first', 'second'] as const).map((picked) => ({
    label: `picks the ${picked}`,
    event: { type: 'PICK', key: 'halves', path: 'half', side: picked },
    when: isOf(halves),
  })),
  {
    label: 'later for the rest',
    event: { type: 'CHOOSE_FOR_REST', decision: 'later' },
    when: isClear,
  },
  {
    label: 'both for the rest, which is not possible',
    event: { type: 'CHOOSE_FOR_REST', decision: 'keep-both' },
    when: isClear,
  },
];

export const conflictsModel: Model<ImportWorld> = {
  machine: conflictsMachine,
  starts: [
    { label: 'equal but for line ends', input: { sides: [equal], draft: null } },
    { label: 'both changed', input: { sides: [halves], draft: null } },
    { label: 'one side changed, one removed', input: { sides: [clear, gone], draft: null } },
    { label: 'both changed, come back', input: { sides: [halves], draft } },
    { label: 'come back, and it was removed since', input: { sides: [clear, gone], draft } },
  ],
  outcomes: [...comparisons, ...checks, ...choices],
  project(snapshot) {
    const { conflicts, decisions, picks, at, finding } = contextOf(snapshot);
    return {
      conflicts: conflicts.map(({ key, rows }) => [key, rows.length]),
      // All but `merge` are alike to guards and outcomes: each takes a record as a whole.
      decisions: [...decisions].map(([key, decision]) => [key, decision === 'merge']),
      picks: [...picks].map(([key, sides]) => [key, ...sides]),
      at,
      finding: finding?.code,
    };
  },
  world: async () => new ImportWorld(),
  services: (world) => ({
    compareRecords: (input: Parameters<typeof compareRecords>[1], signal) =>
      compareRecords(world.importHands, input, signal),
    checkMerged: (input: Parameters<typeof checkMerged>[1], signal) =>
      checkMerged(world.importHands, input, signal),
  }),
  writers: [],
  promises: conflictsPromises,
  atEnd(_, { status, output, context }) {
    if (status !== 'done') return;
    const result = output as ConflictsResult;
    const { conflicts } = context as Context;
    if (result.kind === 'left') return;
    expect([...result.resolutions.keys()]).toEqual(conflicts.map(({ key }) => key));
    for (const { decision, merged: data } of result.resolutions.values())
      expect(data !== undefined, 'merged data is there where it is to be merged').toBe(decision === 'merge');
  },
};
