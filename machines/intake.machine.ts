import { assertEvent, assign, fromPromise, setup } from 'xstate';
import type { Lock } from '../src/bundle/lockShape.ts';
import type { Accepted } from '../src/bundle/verdict.ts';
import type {
  ChosenFile,
  FileCheck,
  IntakeFinding,
  IntakeResult,
  IntakeSource,
  Unlocking,
} from './intake.types.ts';
import type { Failure, Tag } from './types.ts';

interface Context {
  readonly source: IntakeSource | null;
  readonly lock: Lock | null;
  /** Of what was checked last. */
  readonly hash: string;
  readonly accepted: Accepted | null;
  readonly finding: IntakeFinding;
}

/** From "choose a file" to "this is what is in it". Nothing here changes anything that is stored. */
export const intakeMachine = setup({
  types: {} as {
    context: Context;
    events:
      | { type: 'FILE'; file: ChosenFile }
      | { type: 'UNLOCK'; passphrase: string }
      | { type: 'SALVAGE' }
      | { type: 'CHOOSE_ANOTHER' }
      | { type: 'CANCEL' };
    input: { source: IntakeSource | null };
    output: IntakeResult;
    tags: Tag;
    meta: { title: string };
  },
  actors: {
    checkFile: fromPromise<FileCheck, { source: IntakeSource | null }>(() =>
      Promise.reject(new Error('`checkFile` was not provided')),
    ),
    unlockBundle: fromPromise<Unlocking, { lock: Lock | null; passphrase: string }>(() =>
      Promise.reject(new Error('`unlockBundle` was not provided')),
    ),
  },
  guards: {
    hasBytes: ({ context }) => context.source !== null,
    isUsable: (_, check: FileCheck) => check.kind === 'accepted',
    isLocked: (_, check: FileCheck) => check.kind === 'locked',
    isUnlocked: (_, unlocking: Unlocking) => unlocking.kind === 'unlocked',
    canSalvage: ({ context: { finding } }) => finding.code === 'refused' && finding.refused.salvage !== null,
  },
  actions: {
    keepFile: assign((_, { file }: { file: ChosenFile }) => ({ source: { kind: 'file' as const, file } })),
    // What was read is kept, and the file itself let go: it may have changed since.
    keepCheck: assign((_, check: FileCheck) => {
      if (check.kind === 'locked')
        return { source: null, lock: check.lock, finding: { code: 'locked' as const, isWrong: false } };
      const { hash } = check;
      if (check.kind === 'accepted') return { source: null, hash, accepted: check.accepted };
      return { source: null, hash, finding: { code: 'refused' as const, refused: check.refused } };
    }),
    takeSalvage: assign(({ context: { finding } }) => ({
      accepted: finding.code === 'refused' ? finding.refused.salvage : null,
    })),
    keepUnlocked: assign((_, unlocking: Unlocking) =>
      unlocking.kind === 'unlocked'
        ? { lock: null, source: { kind: 'bytes' as const, bytes: unlocking.bytes } }
        : {},
    ),
    tellWrong: assign({ finding: { code: 'locked', isWrong: true } }),
    tellNotUnlocked: assign((_, { error }: { error: unknown }) => ({
      finding: { code: 'notUnlocked' as const, ...failureOf(error) },
    })),
    tellUnreadable: assign((_, { error }: { error: unknown }) => ({
      source: null,
      finding: { code: 'unreadable' as const, ...failureOf(error) },
    })),
    forget: assign({ source: null, lock: null, hash: '', accepted: null, finding: { code: 'asked' } }),
  },
}).createMachine({
  id: 'intake',
  description: 'Takes one file and says what is in it, or why it is refused.',
  context: ({ input }) => ({
    source: input.source,
    lock: null,
    hash: '',
    accepted: null,
    finding: { code: 'asked' },
  }),
  initial: 'choosingFile',
  output: ({ event }) => event.output as IntakeResult,
  states: {
    choosingFile: {
      tags: ['needs-user', 'nothing-changed'],
      description: 'A person chooses, drops or pastes a file. Skipped where the bytes are at hand.',
      meta: { title: 'import.choosing' },
      always: { guard: 'hasBytes', target: 'checking' },
      on: {
        FILE: { target: 'checking', actions: { type: 'keepFile', params: ({ event }) => event } },
        CANCEL: { target: 'left' },
      },
    },
    checking: {
      tags: ['busy', 'nothing-changed'],
      description:
        'The bytes are read once; encoding, JSON, format, version, checksums and every record are checked.',
      invoke: {
        id: 'checkFile',
        src: 'checkFile',
        input: ({ context }) => ({ source: context.source }),
        onDone: [
          {
            guard: { type: 'isUsable', params: ({ event }) => event.output },
            target: 'accepted',
            actions: { type: 'keepCheck', params: ({ event }) => event.output },
          },
          {
            guard: { type: 'isLocked', params: ({ event }) => event.output },
            target: 'locked',
            actions: { type: 'keepCheck', params: ({ event }) => event.output },
          },
          {
            target: 'refused',
            actions: { type: 'keepCheck', params: ({ event }) => event.output },
          },
        ],
        onError: {
          target: 'refused',
          actions: { type: 'tellUnreadable', params: ({ event }) => event },
        },
      },
      on: { CANCEL: { target: 'left' } },
    },
    locked: {
      tags: ['needs-user', 'nothing-changed'],
      description: 'The file is encrypted. A person types its passphrase; it is kept nowhere.',
      meta: { title: 'import.locked' },
      on: {
        UNLOCK: { target: 'unlocking' },
        CHOOSE_ANOTHER: { target: 'choosingFile', actions: 'forget' },
        CANCEL: { target: 'left' },
      },
    },
    unlocking: {
      tags: ['busy', 'nothing-changed'],
      description: 'The key is made from the passphrase, and the seal is tried.',
      invoke: {
        id: 'unlockBundle',
        src: 'unlockBundle',
        // Only UNLOCK leads here: the passphrase need not be kept.
        input: ({ context, event }) => {
          assertEvent(event, 'UNLOCK');
          return { lock: context.lock, passphrase: event.passphrase };
        },
        onDone: [
          {
            guard: { type: 'isUnlocked', params: ({ event }) => event.output },
            target: 'checking',
            actions: { type: 'keepUnlocked', params: ({ event }) => event.output },
          },
          { target: 'locked', actions: 'tellWrong' },
        ],
        onError: {
          target: 'locked',
          actions: { type: 'tellNotUnlocked', params: ({ event }) => event },
        },
      },
    },
    refused: {
      tags: ['needs-user', 'nothing-changed'],
      description:
        'The file is not taken. What could be taken all the same is a separate step of the person.',
      meta: { title: 'import.refused' },
      on: {
        SALVAGE: { guard: 'canSalvage', target: 'accepted', actions: 'takeSalvage' },
        CHOOSE_ANOTHER: { target: 'choosingFile', actions: 'forget' },
        CANCEL: { target: 'left' },
      },
    },
    accepted: {
      type: 'final',
      output: ({ context }): IntakeResult => acceptedOf(context),
    },
    left: {
      type: 'final',
      output: { kind: 'left' },
    },
  },
});

function acceptedOf({ accepted, hash }: Context): IntakeResult {
  return accepted ? { kind: 'accepted', accepted, hash } : { kind: 'left' };
}

function failureOf(error: unknown): Failure {
  const { class: errorClass = 'programmer', platformName } = error as Partial<Failure>;
  return { class: errorClass, platformName };
}
