import { createActor, fromPromise, toPromise } from 'xstate';
import { conflictsMachine } from '../../../machines/conflicts.machine.ts';
import type { ConflictsInput, ConflictsResult } from '../../../machines/conflicts.types.ts';
import { intakeMachine } from '../../../machines/intake.machine.ts';
import type { IntakeResult, IntakeSource } from '../../../machines/intake.types.ts';
import { boundFileServices } from '../../../src/services/importing/boundFiles.ts';
import { broken } from './child.ts';
import type { ImportWorld } from './importWorld.ts';

/** `intake` as a parent invokes it: the real machine and services, and a person who brings a file or leaves. */
export function intakeIn(world: Pick<ImportWorld, 'importHands' | 'isChildBroken' | 'brings' | 'clock'>) {
  const services = boundFileServices(world.importHands).intake;
  const machine = intakeMachine.provide({
    actors: {
      checkFile: fromPromise(({ input, signal }) => services.checkFile(input, signal)),
      unlockBundle: fromPromise(({ input, signal }) => services.unlockBundle(input, signal)),
    },
  });
  return async (input: { source: IntakeSource | null }): Promise<IntakeResult> => {
    if (world.isChildBroken) throw broken;
    const { brings } = world;
    const actor = createActor(machine, { input, clock: world.clock });
    const end = toPromise(actor);
    actor.start();
    if (actor.getSnapshot().matches('choosingFile'))
      actor.send(brings ? { type: 'FILE', file: brings } : { type: 'CANCEL' });
    return end;
  };
}

/** `conflicts` as a parent invokes it: the real machine and services, and a person who decides all alike, or goes back. */
export function conflictsIn(world: Pick<ImportWorld, 'importHands' | 'isChildBroken' | 'decides' | 'clock'>) {
  const services = boundFileServices(world.importHands).conflicts;
  const machine = conflictsMachine.provide({
    actors: {
      compareRecords: fromPromise(({ input, signal }) => services.compareRecords(input, signal)),
      checkMerged: fromPromise(({ input, signal }) => services.checkMerged(input, signal)),
    },
  });
  return async (input: ConflictsInput): Promise<ConflictsResult> => {
    if (world.isChildBroken) throw broken;
    const { decides: decision } = world;
    const actor = createActor(machine, { input, clock: world.clock });
    const end = toPromise(actor);
    actor.subscribe((snapshot) => {
      if (!snapshot.matches('choosing')) return;
      if (!decision) actor.send({ type: 'BACK' });
      else if (snapshot.can({ type: 'APPLY' })) actor.send({ type: 'APPLY' });
      else actor.send({ type: 'CHOOSE_FOR_REST', decision });
    });
    actor.start();
    return end;
  };
}
