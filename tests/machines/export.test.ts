import { describe, expect, it } from 'vitest';
import { createActor } from 'xstate';
import { exportMachine } from '../../machines/export.machine.ts';
import type { ExportSettings, PatientLook } from '../../machines/export.types.ts';

const look: PatientLook = [
  { store: 'templates', id: 'a', places: ['PID-5', 'PID-7'] },
  { store: 'templates', id: 'b', places: ['PID-5'] },
  { store: 'drafts', id: 'templates/c', places: ['NK1-2'] },
];

function counting(...changes: readonly Partial<ExportSettings>[]) {
  const settings: ExportSettings = {
    stores: null,
    only: new Map(),
    isProtected: false,
    fileName: 'x.json',
    withTestValues: false,
    look: null,
  };
  const actor = createActor(exportMachine, { input: { settings } });
  actor.start();
  for (const changed of changes) actor.send({ type: 'SET', settings: changed });
  const { patientLike } = actor.getSnapshot().context;
  actor.stop();
  return patientLike && { ...patientLike, places: Object.fromEntries(patientLike.places) };
}

describe('export', () => {
  it('says nothing of patients until somebody has looked', () => {
    expect(counting()).toBeNull();
    expect(counting({ stores: ['templates'] })).toBeNull();
  });

  it('counts what looks like a patient’s of what is chosen, whichever comes first', () => {
    const all = { records: 3, places: { 'PID-5': 2, 'PID-7': 1, 'NK1-2': 1 } };
    expect(counting({ look })).toEqual(all);
    const stores = ['templates', 'settings'];
    const only = new Map([['templates', new Set(['b'])]]);
    const templates = { records: 2, places: { 'PID-5': 2, 'PID-7': 1 } };
    expect(counting({ look }, { stores })).toEqual(templates);
    expect(counting({ stores }, { look })).toEqual(templates);
    expect(counting({ stores, only }, { look })).toEqual({ records: 1, places: { 'PID-5': 1 } });
    expect(counting({ look }, { only })).toEqual({ records: 2, places: { 'PID-5': 1, 'NK1-2': 1 } });
    expect(counting({ look }, { stores: ['settings'] })).toEqual({ records: 0, places: {} });
    expect(counting({ look }, { stores, only }, { stores: null, only: new Map() })).toEqual(all);
  });
});
