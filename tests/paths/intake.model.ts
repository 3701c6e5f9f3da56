import { expect } from 'vitest';
import type { AnyMachineSnapshot } from 'xstate';
import { intakeMachine } from '../../machines/intake.machine.ts';
import type { ChosenFile, FileCheck, IntakeResult, IntakeSource } from '../../machines/intake.types.ts';
import { StorageError } from '../../src/engines/errors.ts';
import { Timeout } from '../../src/services/deadline.ts';
import { checkFile, unlockBundle } from '../../src/services/intake.ts';
import { intakePromises } from './intake.promises.ts';
import { done, failed, type Model, type Outcome } from './kit/model.ts';
import { exportOfNotes, fileOf, goneFile, ImportWorld, lockedWith, slowFile } from './world/importWorld.ts';

type Context = ReturnType<typeof intakeMachine.getInitialSnapshot>['context'];

const PASSPHRASE = 'correct horse';
const sound = await exportOfNotes({ a: { text: 'a' }, b: { text: 'b' } });
const locked = await lockedWith(PASSPHRASE, sound);
/** It ends in the middle; what was whole before can be rescued. */
const cutOff = sound.slice(0, sound.length - 300);

const files: Readonly<Record<string, ChosenFile>> = {
  sound: fileOf(sound),
  'cut off': fileOf(cutOff),
  'no export': fileOf(new TextEncoder().encode('{"some": "json"}')),
  locked: fileOf(locked),
  gone: goneFile,
  slow: slowFile,
  broken: fileOf(sound),
};

const contextOf = ({ context }: AnyMachineSnapshot): Context => context;
const nameOf = (source: IntakeSource | null): string | null => {
  if (source?.kind === 'bytes') return 'inner';
  return Object.entries(files).find(([, file]) => file === source?.file)?.[0] ?? null;
};
const isSource =
  (...names: string[]) =>
  (snapshot: AnyMachineSnapshot) =>
    names.includes(nameOf(contextOf(snapshot).source) ?? '');

const { signal } = new AbortController();
async function checkOf(source: IntakeSource): Promise<FileCheck> {
  const world = new ImportWorld();
  const check = await checkFile(world.importHands, { source }, signal);
  await world.close();
  return check;
}
const ofFile = (name: string): IntakeSource => ({ kind: 'file', file: files[name] ?? goneFile });

async function finds(name: string, source: IntakeSource): Promise<Outcome<ImportWorld>> {
  return {
    label: `finds a file that is ${name}`,
    event: done('checkFile', await checkOf(source)),
    when: isSource(name),
    arrange: (world) => world.heal(),
  };
}

const checks: Outcome<ImportWorld>[] = [
  await finds('sound', ofFile('sound')),
  await finds('cut off', ofFile('cut off')),
  await finds('no export', ofFile('no export')),
  await finds('locked', ofFile('locked')),
  await finds('inner', { kind: 'bytes', bytes: sound }),
  {
    label: 'the drive is gone',
    event: failed('checkFile', new StorageError('transient', '', { platformName: 'NotReadableError' })),
    when: isSource('gone'),
    arrange: (world) => world.heal(),
  },
  {
    label: 'the drive does not answer',
    event: failed('checkFile', new Timeout('checkFile', 30_000)),
    when: isSource('slow'),
    arrange: (world) => world.heal(),
    elapses: true,
  },
  {
    label: 'we break',
    event: failed('checkFile', new TypeError('A mistake of ours')),
    when: isSource('broken'),
    arrange: (world) => {
      world.heal();
      world.isAppBroken = true;
    },
  },
];

const unlockings: Outcome<ImportWorld>[] = [
  {
    label: 'it opens',
    event: done('unlockBundle', { kind: 'unlocked', bytes: sound }),
    arrange: (world) => world.heal(),
  },
  {
    label: 'it was mistyped',
    event: done('unlockBundle', { kind: 'wrong-passphrase' }),
    arrange: (world) => {
      world.heal();
      world.isMistyped = true;
    },
  },
  {
    label: 'this page cannot decrypt',
    event: failed('unlockBundle', new StorageError('denied', '')),
    arrange: (world) => {
      world.heal();
      world.isInsecure = true;
    },
  },
];

export const intakeModel: Model<ImportWorld> = {
  machine: intakeMachine,
  starts: [
    { label: 'opened', input: { source: null } },
    { label: 'opened with a file', input: { source: ofFile('sound') } },
    { label: 'opened with bytes', input: { source: { kind: 'bytes', bytes: sound } } },
  ],
  outcomes: [
    ...Object.entries(files).map(([name, file]) => ({
      label: `chooses a file that is ${name}`,
      event: { type: 'FILE', file },
    })),
    { label: 'types the passphrase', event: { type: 'UNLOCK', passphrase: PASSPHRASE } },
    ...checks,
    ...unlockings,
  ],
  project(snapshot) {
    const { source, lock, finding, accepted, hash } = contextOf(snapshot);
    const refused = finding.code === 'refused' ? finding.refused.code : null;
    return {
      file: nameOf(source),
      isLocked: lock !== null,
      finding: finding.code,
      refused,
      accepted: accepted !== null,
      hash,
    };
  },
  world: async () => new ImportWorld(),
  services: (world) => ({
    checkFile: (input: Parameters<typeof checkFile>[1], bySignal) =>
      checkFile(world.importHands, input, bySignal),
    unlockBundle: (input: Parameters<typeof unlockBundle>[1], bySignal) => {
      const passphrase = world.isMistyped ? 'corect horse' : input.passphrase;
      return unlockBundle(world.importHands, { ...input, passphrase }, bySignal);
    },
  }),
  writers: [],
  promises: intakePromises,
  atEnd(_, { status, output, context }) {
    expect(JSON.stringify(context), 'the passphrase is kept nowhere').not.toContain(PASSPHRASE);
    if (status !== 'done') return;
    const result = output as IntakeResult;
    if (result.kind !== 'accepted') return;
    const ids = result.accepted.bundle.records.map(({ id }) => id);
    const isWhole =
      result.accepted.bundle.unusable.length === 0 && result.accepted.label === 'strong-checksum';
    expect(isWhole ? ids : ids.slice(0, 1), 'what is handed up is what is in the file').toEqual(
      isWhole ? ['a', 'b'] : ['a'],
    );
  },
};
