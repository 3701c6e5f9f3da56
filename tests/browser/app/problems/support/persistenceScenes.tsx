import { createActor, fromPromise } from 'xstate';
import type { BootResult } from '../../../../../machines/boot.types.ts';
import type { LoadResult } from '../../../../../machines/load.types.ts';
import { persistenceMachine } from '../../../../../machines/persistence.machine.ts';
import type { WriteBack } from '../../../../../machines/persistence.types.ts';
import PersistenceDialog from '../../../../../src/app/start/PersistenceDialog.tsx';
import PersistenceNotices from '../../../../../src/app/start/PersistenceNotices.tsx';
import { StorageError } from '../../../../../src/engines/errors.ts';
import { scenes } from '../../../../paths/world/loadScenes.ts';
import { openStage, passed, spyCommands, untilActive } from './stage.tsx';
import type { Scene, Visit } from './visit.ts';

type Event = { readonly type: string };

/** How its parts turn out. What they do is the matter of their own tests; here it is what is shown of it. */
interface Way {
  readonly load?: () => Promise<LoadResult>;
  readonly unsaved?: number;
  readonly writeBack?: () => Promise<WriteBack>;
  readonly sends?: readonly Event[];
}

const OPENED: BootResult = {
  kind: 'opened',
  engine: 'indexeddb',
  access: 'write',
  isDurable: true,
  isWiped: false,
};

function loadedFrom({ verdict }: (typeof scenes)['sound' | 'contained']): LoadResult {
  if (!('state' in verdict) || !verdict.state) throw new Error('Nothing could be loaded of this scene');
  const damage = 'damage' in verdict ? verdict.damage : [];
  return { kind: 'loaded', state: verdict.state, isFirstRun: false, damage, recovered: null, migrated: null };
}

const sound = async () => loadedFrom(scenes.sound);
const contained = async () => loadedFrom(scenes.contained);
const deferred = async (): Promise<LoadResult> => ({
  kind: 'deferred',
  finding: { code: 'unreadable', class: 'transient', platformName: 'AbortError' },
  readable: [],
});
const gone = async (): Promise<LoadResult> => ({
  kind: 'deferred',
  finding: { code: 'vanished', witness: { vault: 'vault-1', seq: 3, count: {} } },
  readable: [],
});
const SUPERSEDED = { type: 'storage.superseded' };
const VANISHED = { type: 'storage.vanished' };
const WRITE_BACK = { type: 'WRITE_BACK' };
const never = () => new Promise<never>(() => {});

const lost = { WRITE_BACK: /^Write it back$/, START_EMPTY: /^Start empty…$/, DEFER: /^Decide later$/ };
const COPY = [/^Download a copy$/];

export const noticeScenes: readonly Scene[] = [
  notice('working', {}, { labels: {} }),
  notice(
    'some set aside',
    { load: contained },
    {
      labels: {},
      commands: [/^Review…$/, /^Download it$/, /^Later$/],
      says: [/1 of 12 records couldn’t be read/, /The other 11 are fine/],
    },
  ),
  notice(
    'decided later',
    { load: deferred },
    {
      labels: { REVIEW: /^Review…$/ },
      commands: [/^Download what is stored$/],
      says: [/are waiting/],
    },
  ),
  notice(
    'decided later, and all is gone',
    { load: gone },
    {
      labels: { REVIEW: /^Review…$/ },
      commands: [/^Download what is stored$/],
      says: [/Your saved data is missing/],
    },
  ),
  notice(
    'superseded, and looked at',
    { sends: [SUPERSEDED, { type: 'DEFER' }] },
    {
      labels: { REVIEW: /^Review…$/ },
      commands: [/^Download changes$/, /^Reload to get the newer version$/],
      says: [/Nothing is saved here/],
    },
  ),
  notice('lost', { sends: [VANISHED] }, { labels: lost, commands: COPY, says: [/only in this page/] }),
  notice(
    'lost, and another tab was first',
    { sends: [VANISHED, WRITE_BACK], writeBack: async () => ({ kind: 'occupied' }) },
    { labels: lost, commands: COPY, says: [/nothing was written over it/] },
  ),
  notice(
    'lost, and it does not open',
    {
      sends: [VANISHED, WRITE_BACK],
      writeBack: () =>
        Promise.reject(new StorageError('denied', 'denied', { platformName: 'SecurityError' })),
    },
    { labels: lost, commands: COPY, says: [/SecurityError/] },
  ),
  notice(
    'writing back',
    { sends: [VANISHED, WRITE_BACK], writeBack: never },
    {
      labels: {},
      says: [/Writing everything back/],
    },
  ),
  notice(
    'lost, and folded',
    { sends: [VANISHED, { type: 'DEFER' }] },
    {
      labels: {},
      silent: Object.keys(lost),
    },
  ),
];

const RELOAD = /^Reload to get the newer version/;

export const rootDialogScenes: readonly Scene[] = [
  dialog(
    'superseded, all is saved',
    { sends: [SUPERSEDED] },
    {
      labels: { DEFER: /^Keep looking \(read-only\)$/ },
      commands: [RELOAD],
      says: [/were saved before this page stepped aside/],
    },
  ),
  dialog(
    'superseded, some is not saved',
    { sends: [SUPERSEDED], unsaved: 2 },
    {
      labels: { DEFER: /^Keep looking \(read-only\)$/ },
      commands: [RELOAD, /^Download changes/],
      says: [/2 changes in this page aren’t saved/],
    },
  ),
  dialog(
    'failed',
    { load: () => Promise.reject(new TypeError('unforeseen')) },
    {
      labels: { RETRY: /^Try again/, DEFER: /^Decide later$/ },
      commands: [/^Download what is stored/, /^Open safe mode/],
    },
  ),
];

type Expected = Pick<Scene, 'labels'> & Partial<Scene>;
const EVENTS = ['REVIEW', 'WRITE_BACK', 'START_EMPTY', 'RETRY', 'DEFER'].map((type) => ({ type }));

function notice(name: string, way: Way, expected: Expected): Scene {
  return {
    name,
    role: 'none',
    commands: [],
    events: () => EVENTS,
    open: () => visitRoot(way, 'notices'),
    ...expected,
  };
}

function dialog(name: string, way: Way, expected: Expected): Scene {
  return { ...notice(name, way, expected), role: 'alertdialog', open: () => visitRoot(way, 'dialog') };
}

export async function visitRoot(
  { load = sound, unsaved = 0, writeBack = never, sends = [] }: Way,
  view: 'notices' | 'dialog',
): Promise<Visit> {
  const machine = persistenceMachine.provide({
    actors: {
      boot: fromPromise(async () => OPENED) as never,
      load: fromPromise(load) as never,
      startWriting: fromPromise(async () => {}) as never,
      prepareWriteBack: fromPromise(writeBack),
      flushAndClose: fromPromise(async () => ({ unsaved })),
    },
  });
  const actor = createActor(machine, { input: { mayHoldData: true, canUseLocalStorage: true } });
  const stage = await openStage();
  const commands = spyCommands();
  actor.start();
  await passed(20);
  for (const event of sends) {
    actor.send(event as never);
    await passed(20);
  }
  stage.show(
    view === 'notices' ? (
      <PersistenceNotices actor={actor} commands={commands} />
    ) : (
      <PersistenceDialog actor={actor} commands={commands} unsaved={unsaved} />
    ),
  );
  await untilActive();
  return {
    actor,
    stage,
    commands,
    dump: async () => '',
    heal() {},
    settled: async () => actor.getSnapshot(),
    async close() {
      actor.stop();
      stage.close();
    },
  };
}
