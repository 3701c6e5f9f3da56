import { assign, fromPromise, setup } from 'xstate';
import type { Building, ExportFinding, ExportResult, ExportSettings, PatientLike } from './export.types.ts';
import type { Failure, Tag } from './types.ts';

interface Context {
  readonly settings: ExportSettings;
  /** What looks like a patient's in what the settings choose; `null` while nobody has looked. */
  readonly patientLike: PatientLike | null;
  readonly to: 'file' | 'clipboard';
  /** From the button that builds until the file is built or the person goes back. */
  readonly passphrase: string | null;
  readonly built: Extract<Building, { kind: 'built' }> | null;
  readonly finding: ExportFinding;
}

type Order = { readonly passphrase: string | null };

/** Makes a file of what is stored, and says that it is one only after it was read back. */
export const exportMachine = setup({
  types: {} as {
    context: Context;
    events:
      | { type: 'SET'; settings: Partial<ExportSettings> }
      | ({ type: 'EXPORT' } & Order)
      | ({ type: 'COPY' } & Order)
      | { type: 'RETRY' }
      | { type: 'BACK' }
      | { type: 'CANCEL' };
    input: { settings: ExportSettings };
    output: ExportResult;
    tags: Tag;
    meta: { title: string };
  },
  actors: {
    buildFile: fromPromise<Building, { settings: ExportSettings; passphrase: string | null }>(() =>
      Promise.reject(new Error('`buildFile` was not provided')),
    ),
  },
  guards: {
    // A passphrase that nobody asked for would lock a person out; one that is missing would leave the file open.
    isReady: ({ context: { settings } }, { passphrase }: Order) =>
      hasSelection(settings) && settings.isProtected === ((passphrase ?? '') !== ''),
    isBuilt: (_, building: Building) => building.kind === 'built',
  },
  actions: {
    set: assign(({ context }, { settings: changed }: { settings: Partial<ExportSettings> }) => {
      const settings = { ...context.settings, ...changed };
      return { settings, patientLike: patientLikeIn(settings) };
    }),
    order: assign((_, { passphrase, to }: Order & { to: Context['to'] }) => ({ passphrase, to })),
    forgetPassphrase: assign({ passphrase: null }),
    forgetFailure: assign({ finding: { code: 'asked' } }),
    keepFile: assign((_, building: Building) => (building.kind === 'built' ? { built: building } : {})),
    tellUnbuilt: assign((_, building: Building) =>
      building.kind === 'built' ? {} : { finding: findingOf(building) },
    ),
    tellFailure: assign((_, { error }: { error: unknown }) => {
      const { class: errorClass = 'programmer', platformName } = error as Partial<Failure>;
      return { finding: { code: 'notBuilt' as const, class: errorClass, platformName } };
    }),
  },
}).createMachine({
  id: 'export',
  description:
    'A person says what goes into the file; it is built, read back and compared before it is handed out.',
  context: ({ input }) => ({
    settings: input.settings,
    patientLike: patientLikeIn(input.settings),
    to: 'file',
    passphrase: null,
    built: null,
    finding: { code: 'asked' },
  }),
  initial: 'configuring',
  output: ({ event }) => event.output as ExportResult,
  states: {
    configuring: {
      tags: ['needs-user', 'nothing-changed'],
      description:
        'What goes into the file, whether it is encrypted, and with test values instead of a patient’s.',
      meta: { title: 'export.configuring' },
      entry: ['forgetPassphrase', 'forgetFailure'],
      on: {
        SET: { actions: { type: 'set', params: ({ event }) => event } },
        EXPORT: {
          guard: { type: 'isReady', params: ({ event }) => event },
          target: 'building',
          actions: {
            type: 'order',
            params: ({ event: { passphrase } }) => ({ passphrase, to: 'file' as const }),
          },
        },
        COPY: {
          guard: { type: 'isReady', params: ({ event }) => event },
          target: 'building',
          actions: {
            type: 'order',
            params: ({ event: { passphrase } }) => ({ passphrase, to: 'clipboard' as const }),
          },
        },
        CANCEL: { target: 'left' },
      },
    },
    building: {
      tags: ['busy', 'nothing-changed'],
      description:
        'One state of the vault is read and checked, test values put in where asked, written, sealed where asked, read back and compared.',
      invoke: {
        id: 'buildFile',
        src: 'buildFile',
        input: ({ context: { settings, passphrase } }) => ({ settings, passphrase }),
        onDone: [
          {
            guard: { type: 'isBuilt', params: ({ event }) => event.output },
            target: 'exported',
            actions: [{ type: 'keepFile', params: ({ event }) => event.output }, 'forgetPassphrase'],
          },
          {
            target: 'failed',
            actions: { type: 'tellUnbuilt', params: ({ event }) => event.output },
          },
        ],
        onError: {
          target: 'failed',
          actions: { type: 'tellFailure', params: ({ event }) => event },
        },
      },
      on: { CANCEL: { target: 'configuring' } },
    },
    failed: {
      tags: ['needs-user', 'nothing-changed'],
      description: 'No file was handed out, and nothing was changed. A person tries again or goes back.',
      meta: { title: 'export.failed' },
      on: {
        RETRY: { target: 'building' },
        BACK: { target: 'configuring' },
        CANCEL: { target: 'left', actions: 'forgetPassphrase' },
      },
    },
    exported: {
      type: 'final',
      output: ({ context: { built, to } }): ExportResult =>
        built ? { kind: 'exported', to, file: built.file } : { kind: 'left' },
    },
    left: {
      type: 'final',
      output: { kind: 'left' },
    },
  },
});

/** Something would be in the file. */
function hasSelection({ stores, only }: ExportSettings): boolean {
  if (stores === null) return true;
  return stores.some((store) => only.get(store)?.size !== 0);
}

/** Looked at once, counted for every choice: of thousands of records, only those with such values are gone through. */
function patientLikeIn({ look, stores, only }: ExportSettings): PatientLike | null {
  if (look === null) return null;
  const places = new Map<string, number>();
  let records = 0;
  for (const { store, id, places: here } of look) {
    if (!(stores?.includes(store) ?? true) || !(only.get(store)?.has(id) ?? true)) continue;
    records += 1;
    for (const place of here) places.set(place, (places.get(place) ?? 0) + 1);
  }
  return { records, places };
}

function findingOf(building: Exclude<Building, { kind: 'built' }>): ExportFinding {
  return building.kind === 'too-large'
    ? { code: 'tooLarge', sizeBytes: building.sizeBytes }
    : { code: 'mismatched' };
}
