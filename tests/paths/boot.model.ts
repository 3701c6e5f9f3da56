import { expect } from 'vitest';
import type { AnyMachineSnapshot } from 'xstate';
import { bootMachine } from '../../machines/boot.machine.ts';
import type { BootInput, BootOpened, BootResult, EngineName } from '../../machines/boot.types.ts';
import { StorageError } from '../../src/engines/errors.ts';
import { awaitUnblocked, openStorage, probeStorage } from '../../src/services/boot.ts';
import { orTimeout } from '../../src/services/deadline.ts';
import { rememberedBy } from '../../src/services/remembered.ts';
import { diskFull } from '../simulation/faults/rules.ts';
import type { Rule } from '../simulation/faults/step.ts';
import { bootPromises } from './boot.promises.ts';
import { done, failed, type Model, type Outcome, type Start } from './kit/model.ts';
import { BootWorld, NEWER, OLDER } from './world/bootWorld.ts';
import { NAME } from './world/scene.ts';

type Context = ReturnType<typeof bootMachine.getInitialSnapshot>['context'];

const witness = { vault: 'vault-1', seq: 2, seal: 'f'.repeat(64), count: { notes: 12 } };
const contextOf = ({ context }: AnyMachineSnapshot): Context => context;

function start(label: string, input: BootInput): Start<BootWorld> {
  return {
    label,
    input,
    async arrange(world) {
      if (input.mayHoldData) world.remember(witness);
      const { locks, ...others } = world.environment;
      const environment = input.canUseLocalStorage ? { ...others, locks } : others;
      expect(rememberedBy(environment, NAME), 'what the page knows at its start').toEqual(input);
    },
  };
}

const starts = [
  start('nothing is remembered', { mayHoldData: false, canUseLocalStorage: true }),
  start('there was data', { mayHoldData: true, canUseLocalStorage: true }),
  start('nothing is remembered, no locks', { mayHoldData: false, canUseLocalStorage: false }),
];

const opened = (engine: EngineName, patch: Partial<BootOpened> = {}): BootOpened => ({
  kind: 'open',
  engine,
  isDurable: engine !== 'memory',
  isCreated: true,
  isWiped: false,
  ...patch,
});
const isOn = (engine: EngineName) => (snapshot: AnyMachineSnapshot) => contextOf(snapshot).engine === engine;

/** What an opening finds is the same at every try: after a silence, one way to go on is enough. */
function isFirstTry(snapshot: AnyMachineSnapshot): boolean {
  return isOn('indexeddb')(snapshot) && contextOf(snapshot).tries === 0;
}

const looksFail: Rule = ({ kind }) =>
  kind === 'databases' ? { kind: 'error', name: 'UnknownError' } : undefined;
const opensNot: Rule = ({ kind }) => (kind === 'open' ? { kind: 'error', name: 'UnknownError' } : undefined);
const openHangs: Rule = ({ kind }) => (kind === 'open' ? { kind: 'hang' } : undefined);
const connectionDead: Rule = ({ kind }) =>
  kind === 'transaction' ? { kind: 'error', name: 'InvalidStateError' } : undefined;

const silent = new StorageError('blocked', 'The database did not open in time');
const dead = new StorageError('connection', 'dead', { platformName: 'InvalidStateError' });

const openings: Outcome<BootWorld>[] = [
  {
    label: 'opens what is there',
    event: done('openStorage', opened('indexeddb', { isCreated: false })),
    when: isOn('indexeddb'),
    arrange: (world) => world.set(OLDER),
  },
  {
    label: 'opens where nothing was',
    event: done('openStorage', opened('indexeddb')),
    when: isFirstTry,
    arrange: (world) => world.set(undefined),
  },
  {
    label: 'opens empty after an error',
    event: done('openStorage', opened('indexeddb', { isWiped: true })),
    when: isFirstTry,
    arrange: async (world) => {
      await world.set(undefined);
      world.arm(looksFail);
    },
  },
  {
    label: 'a newer app made it',
    event: done('openStorage', { kind: 'newer' }),
    when: isFirstTry,
    arrange: (world) => world.set(NEWER),
  },
  {
    label: 'another tab blocks it',
    event: done('openStorage', { kind: 'blocked' }),
    when: isFirstTry,
    arrange: async (world) => {
      await world.set(OLDER);
      await world.openElsewhere();
    },
  },
  {
    label: 'it is forbidden',
    event: done('openStorage', { kind: 'failed', class: 'denied', platformName: undefined }),
    when: isFirstTry,
    arrange: async (world) => {
      await world.set(OLDER);
      world.isDenied = true;
    },
  },
  {
    label: 'it does not open',
    event: done('openStorage', { kind: 'failed', class: 'connection', platformName: 'UnknownError' }),
    when: isFirstTry,
    arrange: async (world) => {
      await world.set(OLDER);
      world.arm(opensNot);
    },
    elapses: true,
  },
  {
    label: 'nobody answers',
    event: failed('openStorage', silent),
    when: isOn('indexeddb'),
    arrange: async (world) => {
      await world.set(OLDER);
      world.arm(openHangs);
    },
    elapses: true,
  },
  {
    label: 'localStorage opens',
    event: done('openStorage', opened('localstorage')),
    when: isOn('localstorage'),
    arrange: () => {},
  },
  {
    label: 'localStorage is forbidden',
    event: done('openStorage', { kind: 'failed', class: 'denied', platformName: 'SecurityError' }),
    when: isOn('localstorage'),
    arrange: (world) => {
      world.isLocalStorageDenied = true;
    },
  },
  {
    label: 'memory opens',
    event: done('openStorage', opened('memory')),
    when: isOn('memory'),
    arrange: () => {},
  },
];

const waits: Outcome<BootWorld>[] = [
  {
    label: 'the other tab lets go',
    event: done('awaitUnblocked', opened('indexeddb', { isCreated: false })),
    arrange: (world) => world.closeElsewhere(),
  },
  {
    label: 'the other tab does not let go',
    event: failed('awaitUnblocked', silent),
    when: (snapshot) => contextOf(snapshot).canUseLocalStorage,
    arrange: () => {},
    elapses: true,
  },
];

const probes: Outcome<BootWorld>[] = [
  {
    label: 'it can be written',
    event: done('probeStorage', undefined),
    arrange: (world) => world.arm(undefined),
  },
  {
    label: 'it is full',
    event: failed(
      'probeStorage',
      new StorageError('capacity', 'full', { platformName: 'QuotaExceededError' }),
    ),
    when: isOn('indexeddb'),
    arrange: (world) => world.arm(diskFull('abort')),
  },
  {
    label: 'it cannot be written',
    event: failed('probeStorage', dead),
    when: isOn('indexeddb'),
    arrange: (world) => world.arm(connectionDead),
  },
  {
    label: 'localStorage is full',
    event: failed(
      'probeStorage',
      new StorageError('capacity', 'full', { platformName: 'QuotaExceededError' }),
    ),
    when: isOn('localstorage'),
    arrange: (world) => world.fillLocalStorage(),
  },
];

export const bootModel: Model<BootWorld> = {
  machine: bootMachine,
  starts,
  outcomes: [...openings, ...waits, ...probes],
  project(snapshot) {
    const { engine, tries, mayHoldData, opened: found } = contextOf(snapshot);
    // Tries are read while something is opened, and what was found while it is probed; then nobody asks any more.
    const isOpening = snapshot.matches('opening') || snapshot.matches('backingOff');
    return {
      engine,
      mayHoldData,
      tries: isOpening && tries,
      isCreated: snapshot.matches('probing') && found?.isCreated,
    };
  },
  world: async () => new BootWorld(),
  services: ({ hands, clock }) => {
    const within = <Input, Output>(
      service: (hands: BootWorld['hands'], input: Input) => Promise<Output>,
      deadlineMs: number,
    ) => {
      return (input: Input) => orTimeout(clock, service(hands, input), { service: service.name, deadlineMs });
    };
    return {
      openStorage: within(openStorage, 20_000),
      awaitUnblocked: within(awaitUnblocked, 90_000),
      probeStorage: within(probeStorage, 10_000),
    };
  },
  writers: [],
  promises: bootPromises,
  atEnd(world, snapshot) {
    const { mayHoldData, engine } = contextOf(snapshot);
    // What may hold data has no stand-in but the one that a person asked for, and that one keeps nothing.
    if (mayHoldData) {
      expect(engine, 'the engine in place of one that may hold data').not.toBe('localstorage');
      expect(world.hasMarker(), 'localStorage taken as a place for data').toBe(false);
    }
    if (snapshot.status !== 'done') return;
    const result: BootResult = snapshot.output;
    if (result.kind === 'opened') {
      expect(result.isDurable).toBe(result.engine !== 'memory');
      expect(result.engine).toBe(engine);
    }
  },
};
