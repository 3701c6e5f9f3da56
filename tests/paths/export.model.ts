import { expect } from 'vitest';
import type { AnyMachineSnapshot } from 'xstate';
import { exportMachine } from '../../machines/export.machine.ts';
import type { Building, ExportResult, ExportSettings } from '../../machines/export.types.ts';
import { checkFile } from '../../src/bundle/checkFile.ts';
import { StorageError } from '../../src/engines/errors.ts';
import { Timeout } from '../../src/services/deadline.ts';
import { buildFile } from '../../src/services/export.ts';
import { digestWith } from '../../src/vault/sha256.ts';
import type { Rule } from '../simulation/faults/step.ts';
import { exportPromises } from './export.promises.ts';
import { done, failed, type Model, type Outcome } from './kit/model.ts';
import { replaced } from './world/damage.ts';
import { ImportWorld, notesDomain } from './world/importWorld.ts';
import { dumpAfter, inOtherTab, planOf } from './world/scene.ts';

type Context = ReturnType<typeof exportMachine.getInitialSnapshot>['context'];

const PASSPHRASE = 'correct horse';
const NOTES = planOf('notes', [
  ['a', { text: 'a as stored' }, 0],
  ['b', { text: 'b as stored' }, 0],
  ['c', { text: 'c \ud800\r\n' }, 0],
]);
const sound = await dumpAfter([NOTES]);
const damaged = replaced(sound, 'b as stored', 'b as storec');

const settings: ExportSettings = {
  stores: null,
  only: new Map(),
  isProtected: false,
  fileName: 'notes-2026-03-01.json',
  withTestValues: false,
  look: null,
};

const contextOf = ({ context }: AnyMachineSnapshot): Context => context;
const isProtected = (snapshot: AnyMachineSnapshot) => contextOf(snapshot).settings.isProtected;
const isReplacing = (snapshot: AnyMachineSnapshot) => contextOf(snapshot).settings.withTestValues;

const connectionDead: Rule = ({ kind }) =>
  kind === 'transaction' ? { kind: 'error', name: 'InvalidStateError' } : undefined;
const hangs: Rule = ({ kind }) => (kind === 'issue' ? { kind: 'hang' } : undefined);

/** Of the file itself, only what cannot differ: a seal is new each time. */
function buildingTrait(building: Building): unknown {
  if (building.kind !== 'built') return building.kind;
  const { name, counts, damaged: apart, replaced: made, leftOut, unreadable } = building.file;
  return { name, counts, apart: apart.map(({ id, why }) => [id, why]), made, leftOut, unreadable };
}

interface Expected {
  readonly counts: object;
  readonly damaged?: readonly object[];
  readonly replaced?: number;
  readonly leftOut?: number;
}

function builds(label: string, dump: typeof sound, expected: Expected): Outcome<ImportWorld> {
  const own = { damaged: [], replaced: 0, leftOut: 0, unreadable: 0, ...expected };
  const file = { name: settings.fileName, ...own };
  return {
    label,
    event: done('buildFile', { kind: 'built', file }),
    when: (snapshot) => isReplacing(snapshot) === own.replaced > 0,
    trait: buildingTrait,
    arrange: (world) => world.set(dump),
  };
}

const buildings: Outcome<ImportWorld>[] = [
  builds('everything is sound', sound, { counts: { drafts: 0, notes: 3 } }),
  builds('a record is damaged', damaged, {
    counts: { drafts: 0, notes: 2 },
    damaged: [{ id: 'b', why: 'corrupt:checksum' }],
  }),
  builds('with test values', sound, { counts: { drafts: 0, notes: 3 }, replaced: 3 }),
  builds('with test values, and a record is damaged', damaged, {
    counts: { drafts: 0, notes: 2 },
    replaced: 2,
    leftOut: 1,
  }),
  {
    label: 'what is read back is not what was written',
    event: done('buildFile', { kind: 'mismatched' }),
    arrange: async (world) => {
      await world.set(sound);
      world.isStrict = true;
    },
  },
  {
    label: 'this page cannot encrypt',
    event: failed('buildFile', new StorageError('denied', '')),
    when: isProtected,
    arrange: async (world) => {
      await world.set(sound);
      world.isInsecure = true;
    },
  },
  {
    label: 'a newer build wrote',
    event: failed('buildFile', new StorageError('newer', '')),
    arrange: async (world) => {
      await world.set(sound);
      const newer = planOf('newer', [['n', { text: 'of a newer build' }, 0]]);
      await inOtherTab({ factory: world.factory, version: 2 }, (vault) => vault.append(newer).outcome);
    },
  },
  {
    label: 'the connection is dead',
    event: failed('buildFile', new StorageError('connection', '', { platformName: 'InvalidStateError' })),
    arrange: async (world) => {
      await world.set(sound);
      world.arm(connectionDead);
    },
  },
  {
    label: 'nobody answers',
    event: failed('buildFile', new Timeout('buildFile', 30_000)),
    arrange: async (world) => {
      await world.set(sound);
      world.arm(hangs);
    },
    elapses: true,
  },
];

const orders: Outcome<ImportWorld>[] = [
  { label: 'exports', event: { type: 'EXPORT', passphrase: null }, when: (s) => !isProtected(s) },
  { label: 'exports encrypted', event: { type: 'EXPORT', passphrase: PASSPHRASE }, when: isProtected },
  {
    label: 'exports, the passphrase forgotten',
    event: { type: 'EXPORT', passphrase: '' },
    when: isProtected,
  },
  { label: 'copies', event: { type: 'COPY', passphrase: null } },
  { label: 'protects it', event: { type: 'SET', settings: { isProtected: true } } },
  { label: 'wants test values', event: { type: 'SET', settings: { withTestValues: true } } },
  { label: 'takes nothing', event: { type: 'SET', settings: { stores: [] } } },
];

export const exportModel: Model<ImportWorld> = {
  machine: exportMachine,
  starts: [{ label: 'opened', input: { settings }, arrange: (world) => world.set(sound) }],
  outcomes: [...buildings, ...orders],
  project(snapshot) {
    const { settings: set, passphrase, built, finding } = contextOf(snapshot);
    const isSealed = passphrase !== null;
    return {
      isProtected: set.isProtected,
      withTestValues: set.withTestValues,
      isAll: set.stores === null,
      isSealed,
      isBuilt: built !== null,
      finding: finding.code,
    };
  },
  world: async () => new ImportWorld(),
  services: (world) => ({
    buildFile: (input: Parameters<typeof buildFile>[1], signal) =>
      buildFile(world.importHands, input, signal),
  }),
  writers: [],
  promises: exportPromises,
  async atEnd(_, { status, output, context, value }) {
    if (value !== 'building' && value !== 'failed')
      expect(JSON.stringify(context), 'the passphrase is kept nowhere').not.toContain(PASSPHRASE);
    if (status !== 'done') return;
    const result = output as ExportResult;
    expect(JSON.stringify({ ...result, file: null })).not.toContain(PASSPHRASE);
    if (result.kind !== 'exported') return;
    const { bytes, counts } = result.file;
    const digest = digestWith(globalThis.crypto.subtle);
    const found = await checkFile(bytes, notesDomain, { digest, now: Date.UTC(2026, 2, 1, 9) });
    const isSealed = (context as Context).settings.isProtected;
    expect(found.kind, 'what is handed out can be read again').toBe(isSealed ? 'locked' : 'accepted');
    if (found.kind !== 'accepted') return;
    expect(found.bundle.records).toHaveLength(counts.notes ?? 0);
    const isMadeUp = (context as Context).settings.withTestValues;
    for (const { data } of found.bundle.records)
      expect(JSON.stringify(data)).toMatch(isMadeUp ? /"test \d"/ : /as stored|c \\ud800/);
    if (isMadeUp) {
      const text = new TextDecoder().decode(bytes);
      expect(text, 'nothing of what is stored, damaged or not').not.toMatch(/as store|"apart"/);
    }
  },
};
