import { type ActorRefFrom, createActor, fromPromise, type SnapshotFrom, toPromise } from 'xstate';
import { commitMachine } from '../../../machines/commit.machine.ts';
import type { conflictsMachine } from '../../../machines/conflicts.machine.ts';
import type { Decision } from '../../../machines/conflicts.types.ts';
import { importMachine } from '../../../machines/import.machine.ts';
import type { ImportResult, ImportSelection } from '../../../machines/import.types.ts';
import { intakeMachine } from '../../../machines/intake.machine.ts';
import { appFiles } from '../../../src/app/stores/files/appFiles.ts';
import { createIndexedDbEngine } from '../../../src/engines/indexeddb.ts';
import { createOwner } from '../../../src/engines/owner.ts';
import type { Environment } from '../../../src/environment.ts';
import { boundServices } from '../../../src/services/bound.ts';
import { boundFileServices } from '../../../src/services/importing/boundFiles.ts';
import type { ImportHands } from '../../../src/services/importing/hands.ts';
import { openedBy } from '../../../src/services/opened.ts';
import type { Vault } from '../../../src/vault/contract.ts';
import { emptyState } from '../../../src/vault/draft.ts';
import { isEmpty, readStored, readWhole } from '../../../src/vault/read.ts';
import { digestWith } from '../../../src/vault/sha256.ts';
import { createVault } from '../../../src/vault/vault.ts';
import { verifyStored } from '../../../src/vault/verify.ts';
import { conflictsIn } from '../../paths/world/importChildren.ts';
import { asFactory, FaultFactory } from '../../simulation/faults/factory.ts';
import { Process, Steps } from '../../simulation/faults/process.ts';
import { type RawDump, rawDump } from '../../simulation/world/dump.ts';
import { type Origin, testEnvironment, testOrigin } from '../../support/environment.ts';

export const NAME = 'importing';
/** Of simulated time: every deadline and every retry of a commit, and then some. */
const LONGEST_MS = 240_000;
const STEP_MS = 500;

/** What a person does with the dialog. */
export interface Person {
  readonly selection?: Partial<ImportSelection>;
  /** About every conflict; without a word they go back and leave. */
  readonly decides?: Decision;
  /** They agree to what would shrink. */
  readonly agrees?: boolean;
  /** They press Cancel when the page has breathed so many times. */
  readonly leavesAfter?: number;
}

/** How it ended; `stuck`, `refused`: what the person was told, by the dialog or about the file. */
export type Ended = ImportResult | { kind: 'stuck' | 'refused'; code: string };

interface AppOptions {
  readonly hasSubtle?: boolean;
  readonly pause?: () => Promise<void>;
}

/** Ids that no other visit makes, as in production. */
let visits = 0;

/** The app's own files, machines and services over IndexedDB, with a fault layer: everything but the screen. */
export class App {
  readonly steps = new Steps();
  readonly process = new Process('app', this.steps);
  readonly environment: ReturnType<typeof testEnvironment>;
  readonly hands: ImportHands;
  readonly #options: AppOptions;
  #vault: Vault | undefined;
  #onPause: (() => void) | undefined;

  readonly origin: Origin;

  /** @param options.hasSubtle  digests beside the page; where faults strike they are made at once, so that no time passes */
  constructor(origin: Origin = testOrigin(), { hasSubtle = false, pause = async () => {} }: AppOptions = {}) {
    this.origin = origin;
    this.#options = { hasSubtle, pause };
    const factory = asFactory(new FaultFactory(origin.indexedDB, this.process));
    visits += 1;
    this.environment = testEnvironment({
      origin,
      seed: visits,
      without: hasSubtle ? ['channel'] : ['channel', 'subtle'],
    });
    const environment: Environment = { ...this.environment, pause, indexedDB: () => factory };
    this.hands = {
      name: NAME,
      environment,
      owner: createOwner(createIndexedDbEngine(environment, NAME), environment),
      rules: appFiles.stores,
      vault: () => this.vault,
      unanswered: new Map(),
      domain: appFiles,
      pause: async () => {
        await pause();
        this.#onPause?.();
      },
    };
  }

  get vault(): Vault {
    if (!this.#vault) throw new Error('Nothing was loaded');
    return this.#vault;
  }

  /** Reads and verifies what is stored, as a start does. */
  async load(): Promise<this> {
    const { owner, environment, rules, name } = this.hands;
    const { connection } = await openedBy(owner);
    const stored = await readStored(connection);
    const digest = digestWith(environment.subtle);
    const verdict = await verifyStored(stored, {
      rules,
      digest,
      witness: null,
      readWhole: () => readWhole(connection),
    });
    if (verdict.kind !== 'intact' && !isEmpty(stored)) throw new Error(`Found ${verdict.kind}`);
    const state = verdict.kind === 'intact' && !isEmpty(stored) ? verdict.state : emptyState('vault-1');
    this.#vault = createVault({ connection, state, rules, environment, name, device: 'app' });
    return this;
  }

  /** Another visit to the same storage, past every fault. */
  revisit(): Promise<App> {
    this.steps.rule = undefined;
    this.process.kill();
    return new App(this.origin, this.#options).load();
  }

  raw(): Promise<RawDump> {
    return rawDump(this.origin.indexedDB, NAME);
  }

  /** Opens the dialog on these bytes, and lets a person go through it. */
  async import(bytes: Uint8Array<ArrayBuffer>, person: Person = {}): Promise<Ended> {
    const source = { kind: 'bytes', bytes } as const;
    const actor = createActor(this.#importMachine(person), {
      input: { source, memories: new Map(), label: 'Import', pinName: 'Before the import' },
      clock: this.environment.clock,
    });
    let told = '';
    let refused = '';
    let wish = person.selection;
    actor.subscribe({
      next: (snapshot) => {
        const child = snapshot.matches('taking') ? snapshot.children.intake : undefined;
        const intake = child as ActorRefFrom<typeof intakeMachine> | undefined;
        intake?.subscribe((taking) => {
          if (!taking.matches('refused')) return;
          const { finding } = taking.context;
          refused = finding.code === 'refused' ? finding.refused.code : finding.code;
          intake.send({ type: 'CANCEL' });
        });
        told = snapshot.matches('refused') ? (snapshot.context.finding?.code ?? '') : told;
        if (snapshot.matches('previewing')) told = '';
        const selection = wish;
        if ((snapshot.matches('previewing') || snapshot.matches('refused')) && selection) {
          wish = undefined;
          actor.send({ type: 'SELECT', selection });
        } else {
          const event = nextOf(snapshot, person);
          if (event) actor.send(event);
        }
      },
      error: () => {},
    });
    let pauses = 0;
    this.#onPause = () => {
      pauses += 1;
      if (pauses !== person.leavesAfter) return;
      const { children } = actor.getSnapshot();
      const intake = children.intake as ActorRefFrom<typeof intakeMachine> | undefined;
      (intake ?? actor).send({ type: 'CANCEL' });
    };
    const end = toPromise(actor);
    actor.start();
    const result = await this.#settled(end);
    if (refused !== '') return { kind: 'refused', code: refused };
    return result.kind === 'left' && told !== '' ? { kind: 'stuck', code: told } : result;
  }

  /** An export of everything, or of what is stored at all. */
  async export(): Promise<Uint8Array<ArrayBuffer>> {
    const settings = {
      stores: null,
      only: new Map(),
      isProtected: false,
      fileName: 'x.json',
      withTestValues: false,
      look: null,
    };
    const { signal } = new AbortController();
    const { buildFile } = boundFileServices(this.hands).export;
    const built = await buildFile({ settings, passphrase: null }, signal);
    if (built.kind !== 'built') throw new Error(`not built: ${built.kind}`);
    return built.file.bytes;
  }

  async undo(id: string): Promise<void> {
    const found = await this.vault.planUndo(id);
    if (found.kind !== 'undoable') throw new Error(`cannot be undone: ${found.kind}`);
    const outcome = await this.vault.append({ ...found.plan, id: `undo of ${id}` }).outcome;
    if (outcome.kind !== 'committed') throw new Error(`not undone: ${outcome.kind}`);
  }

  /** Waits; with a fault about, simulated time passes meanwhile. A crashed page never ends. */
  async #settled(end: Promise<ImportResult>): Promise<ImportResult> {
    if (!this.steps.rule) return end;
    let result: ImportResult | undefined;
    end.then((found) => {
      result = found;
    });
    for (let passedMs = 0; passedMs < LONGEST_MS; passedMs += STEP_MS) {
      // Digests are made at once here, so that a turn of the loop is enough for whatever was asked.
      for (let turns = 0; turns < 4; turns += 1) await new Promise((resolve) => setImmediate(resolve));
      if (result) return result;
      if (this.process.dead) throw new Error('crashed');
      this.environment.clock.increment(STEP_MS);
    }
    throw new Error('it waits for ever');
  }

  #importMachine({ decides }: Person) {
    const { hands } = this;
    const commits = boundServices(hands).commit;
    const files = boundFileServices(hands);
    const commit = commitMachine.provide({
      actors: {
        writeCommit: fromPromise(({ input, signal }) => commits.writeCommit(input, signal)),
        abortWrite: fromPromise(({ input, signal }) => commits.abortWrite(input, signal)),
        findCommit: fromPromise(({ input, signal }) => commits.findCommit(input, signal)),
        reopenStorage: fromPromise(({ input, signal }) => commits.reopenStorage(input, signal)),
        shedOldCopies: fromPromise(({ input, signal }) => commits.shedOldCopies(input, signal)),
      },
    });
    const intake = intakeMachine.provide({
      actors: {
        checkFile: fromPromise(({ input, signal }) => files.intake.checkFile(input, signal)),
        unlockBundle: fromPromise(({ input, signal }) => files.intake.unlockBundle(input, signal)),
      },
    });
    const { clock } = this.environment;
    const resolve = conflictsIn({ importHands: hands, isChildBroken: false, decides, clock });
    const conflicts = fromPromise(({ input }) => resolve(input as never));
    return importMachine.provide({
      actors: {
        planImport: fromPromise(({ input, signal }) => files.import.planImport(input, signal)),
        commit,
        intake,
        conflicts: conflicts as unknown as typeof conflictsMachine,
      },
    });
  }
}

/** What the person does next; nothing while the machine is at work. */
function nextOf(snapshot: SnapshotFrom<typeof importMachine>, { agrees, decides }: Person) {
  const { preview, selection } = snapshot.context;
  if (snapshot.matches('refused') || snapshot.matches('applied')) return { type: 'CLOSE' } as const;
  if (!snapshot.matches('previewing')) return undefined;
  const mustAgree = (preview?.plan.shrinking.length ?? 0) > 0 && !selection.isAgreed;
  if (mustAgree && agrees) return { type: 'SELECT', selection: { isAgreed: true } } as const;
  const isWilling = preview?.next === 'write' || decides !== undefined;
  return { type: isWilling && snapshot.can({ type: 'CONTINUE' }) ? 'CONTINUE' : 'CANCEL' } as const;
}
